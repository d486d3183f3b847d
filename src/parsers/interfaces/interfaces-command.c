/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Simple commands in /etc/network/interfaces, see interfaces-command.h. */
#include "parsers/interfaces/interfaces-command.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "model/kernel-paths.h"
#include "model/value.h"
#include "parsers/route-words.h"

void bt_eni_command_release(struct bt_eni_command *command)
{
	free(command->text);
	free(command->option);
	free(command->device);
	bt_strings_release(&command->ports);
	*command = (struct bt_eni_command){0};
}

/* The command's words, without what guards it: "... || true", "2>/dev/null". */
struct command_line {
	const char *const *words;
	size_t count;
	const char *interface; /* $IFACE */
};

static const char *word(const struct command_line *line, size_t index)
{
	return index < line->count ? line->words[index] : "";
}

static bool is(const struct command_line *line, size_t index, const char *text)
{
	return strcmp(word(line, index), text) == 0;
}

/* The program's name without its folder. */
static bool runs(const struct command_line *line, const char *program)
{
	const char *name = word(line, 0);
	const char *slash = strrchr(name, '/');

	return strcmp(slash ? slash + 1 : name, program) == 0;
}

static void drop_guards(struct command_line *line)
{
	if (line->count > 2 && is(line, line->count - 2, "||") &&
	    (is(line, line->count - 1, "true") || is(line, line->count - 1, ":")))
		line->count -= 2;
	if (line->count && is(line, line->count - 1, "2>/dev/null"))
		line->count--;
}

/* Whether the shell would do more with a word than to pass it on. */
static bool is_for_the_shell(const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '$' && !bt_has_prefix(p, "$IFACE") && !bt_has_prefix(p, "${IFACE}"))
			return true;
		if (strchr(";&|<`\\'(){}*?[]#~", *p) && !(p > text && strchr("{}", *p) &&
							strstr(text, "${IFACE}")))
			return true;
	}
	return false;
}

/* TEXT with the interface's name for $IFACE and without surrounding double quotes. */
static char *resolved(const struct command_line *line, const char *text)
{
	BT_AUTOTEXT struct bt_text out = {0};

	bt_text_add(&out, "");
	for (const char *p = text; *p;) {
		size_t skip = bt_has_prefix(p, "${IFACE}") ? strlen("${IFACE}")
			      : bt_has_prefix(p, "$IFACE") ? strlen("$IFACE") : 0;

		if (skip)
			bt_text_add(&out, line->interface);
		else if (*p != '"')
			bt_text_add_char(&out, *p);
		p += skip ? skip : 1;
	}
	return bt_text_take(&out);
}

static bool means_interface(const struct command_line *line, const char *text)
{
	BT_AUTOFREE char *name = resolved(line, text);

	return name && strcmp(name, line->interface) == 0;
}

/* ---- routes ---- */

struct route_words {
	const char *destination, *gateway, *metric;
	int mask; /* prefix length; -1: in the destination */
	struct bt_text attributes;
};

static int prefix_of_mask(const char *mask)
{
	struct in_addr address;
	uint32_t bits;
	int prefix = 0;

	if (inet_pton(AF_INET, mask, &address) != 1)
		return -1;
	for (bits = ntohl(address.s_addr); bits & 0x80000000u; bits <<= 1)
		prefix++;
	return bits ? -1 : prefix;
}

static int make_route(const struct route_words *route, enum bt_eni_effect effect,
		      struct bt_eni_command *command)
{
	BT_AUTOTEXT struct bt_text text = {0};

	if (!route->destination || route->attributes.failed)
		return route->attributes.failed ? -ENOMEM : 0;
	bt_text_add(&text, route->destination);
	if (route->mask >= 0)
		bt_text_addf(&text, "/%d", route->mask);
	if (route->gateway)
		bt_text_addf(&text, " %s", route->gateway);
	if (route->metric)
		bt_text_addf(&text, " %s", route->metric);
	bt_text_add(&text, route->attributes.data ? route->attributes.data : "");
	command->text = bt_text_take(&text);
	command->effect = effect;
	return command->text ? 0 : -ENOMEM;
}

/* The word at INDEX of "ip route add" behind the destination; false when it is not understood. */
static bool take_ip_word(const struct command_line *line, size_t *index, struct route_words *route)
{
	const char *name = word(line, *index);
	const char *value = word(line, *index + 1);
	size_t taken = bt_route_read_words(line->words + *index, line->count - *index,
					   &route->attributes);

	if (taken) {
		*index += taken - 1;
		return true;
	}
	++*index;
	if (!*value)
		return false;
	if (strcmp(name, "via") == 0)
		route->gateway = value;
	else if (strcmp(name, "metric") == 0)
		route->metric = value;
	else if (strcmp(name, "dev") != 0 || !means_interface(line, value))
		return false;
	return true;
}

/* "ip [-6] route add DESTINATION via GATEWAY [dev $IFACE] [metric N] ..." */
static int understand_ip_route(const struct command_line *line, size_t at, bool v6,
			       struct bt_eni_command *command)
{
	struct route_words route = {.mask = -1};
	bool adds = is(line, at, "add") || is(line, at, "replace");
	bool understood = adds || is(line, at, "del") || is(line, at, "delete");
	int r = 0;

	if (bt_route_is_type(word(line, at + 1)))
		bt_text_addf(&route.attributes, " type=%s", word(line, ++at));
	route.destination = word(line, at + 1);
	understood = understood && *route.destination;
	for (size_t i = at + 2; understood && i < line->count; i++)
		understood = take_ip_word(line, &i, &route);
	command->v6 = v6 || strchr(route.destination, ':') ||
		      (route.gateway && strchr(route.gateway, ':'));
	command->word = at + 1;
	if (understood)
		r = make_route(&route, adds ? BT_ENI_ADDS_ROUTE : BT_ENI_REMOVES_ROUTE, command);
	bt_text_release(&route.attributes);
	return r;
}

/* The word at INDEX of route(8) behind the destination. */
static bool take_route_word(const struct command_line *line, size_t *index,
			    struct route_words *route)
{
	const char *name = word(line, *index);
	const char *value = word(line, *index + 1);

	++*index;
	if (!*value)
		return false;
	if (strcmp(name, "gw") == 0)
		route->gateway = value;
	else if (strcmp(name, "netmask") == 0)
		return (route->mask = prefix_of_mask(value)) >= 0;
	else if (strcmp(name, "metric") == 0)
		route->metric = value;
	else
		return (strcmp(name, "dev") == 0 && means_interface(line, value));
	return true;
}

/* "route [-A inet6] add [-net|-host] DESTINATION [netmask M] [gw G] [metric N] [dev $IFACE]" */
static int understand_route(const struct command_line *line, struct bt_eni_command *command)
{
	struct route_words route = {.mask = -1};
	size_t at = 1;
	bool adds, understood;

	if (is(line, 1, "-A") && is(line, 2, "inet6"))
		at = 3;
	command->v6 = at == 3;
	adds = is(line, at, "add");
	understood = adds || is(line, at, "del");
	at += 1 + (is(line, at + 1, "-net") || is(line, at + 1, "-host"));
	route.destination = word(line, at);
	understood = understood && *route.destination;
	for (size_t i = at + 1; understood && i < line->count; i++)
		understood = take_route_word(line, &i, &route);
	command->word = at;
	return understood ? make_route(&route, adds ? BT_ENI_ADDS_ROUTE : BT_ENI_REMOVES_ROUTE,
				       command)
			  : 0;
}

/* ---- membership ---- */

static int add_port(const struct command_line *line, const char *name,
		    struct bt_eni_command *command)
{
	return bt_strings_take(&command->ports, resolved(line, name));
}

/* "ifenslave [-d] BOND PORT..." */
static int understand_ifenslave(const struct command_line *line, struct bt_eni_command *command)
{
	bool releases = is(line, 1, "-d");
	size_t at = 1;
	int r = 0;

	while (at < line->count && *word(line, at) == '-')
		at++;
	if (line->count < at + 2)
		return 0;
	command->device = resolved(line, word(line, at));
	for (size_t i = at + 1; r == 0 && i < line->count; i++)
		r = add_port(line, word(line, i), command);
	command->word = at + 1;
	command->effect = releases ? BT_ENI_RELEASES : BT_ENI_ENSLAVES;
	return command->device ? r : -ENOMEM;
}

/* "ip link set [dev] PORT master BOND" */
static int understand_ip_link(const struct command_line *line, size_t at,
			      struct bt_eni_command *command)
{
	int r;

	at += is(line, at, "dev");
	if (line->count != at + 3 || !is(line, at + 1, "master"))
		return 0;
	command->device = resolved(line, word(line, at + 2));
	r = add_port(line, word(line, at), command);
	command->word = at;
	command->effect = BT_ENI_ENSLAVES;
	return command->device ? r : -ENOMEM;
}

static int understand_ip(const struct command_line *line, struct bt_eni_command *command)
{
	size_t at = 1;
	bool v6 = false;

	for (; at < line->count && *word(line, at) == '-'; at++) {
		if (is(line, at, "-6"))
			v6 = true;
		else if (is(line, at, "-family") || is(line, at, "-f"))
			v6 = is(line, ++at, "inet6");
		else if (!is(line, at, "-4"))
			return 0;
	}
	if (is(line, at, "route") || is(line, at, "ro") || is(line, at, "r"))
		return understand_ip_route(line, at + 1, v6, command);
	if (is(line, at, "link") && is(line, at + 1, "set"))
		return understand_ip_link(line, at + 2, command);
	return 0;
}

/* ---- sysfs ---- */

/* "echo VALUE > FILE" below the bond's folder. */
static int understand_bond_file(const struct command_line *line, const char *path,
				const char *value, struct bt_eni_command *command)
{
	const char *device = path + strlen(bt_path_interfaces);
	size_t length = strcspn(device, "/");
	const char *file = device + length;

	if (!bt_has_prefix(file, "/bonding/") || !length)
		return 0;
	file += strlen("/bonding/");
	command->device = strndup(device, length);
	command->option = strdup(file);
	command->word = 1;
	if (!command->device || !command->option)
		return -ENOMEM;
	if (strcmp(file, "slaves") == 0 && (*value == '+' || *value == '-') && value[1]) {
		command->effect = *value == '+' ? BT_ENI_ENSLAVES : BT_ENI_RELEASES;
		return add_port(line, value + 1, command);
	}
	command->text = resolved(line, *value == '+' ? value + 1 : value);
	command->effect = BT_ENI_SETS_OPTION;
	return command->text ? 0 : -ENOMEM;
}

/* "echo VALUE > FILE"; the words may stand without blanks around '>'. */
static int understand_echo(const struct command_line *line, struct bt_eni_command *command)
{
	BT_AUTOTEXT struct bt_text text = {0};
	char *value, *target;

	for (size_t i = 1; i < line->count; i++)
		bt_text_add(&text, word(line, i));

	BT_AUTOFREE char *joined = bt_text_take(&text);

	target = joined ? strchr(joined, '>') : NULL;
	if (!target || strchr(target + 1, '>') || line->count > 4)
		return joined ? 0 : -ENOMEM;
	*target++ = '\0';
	value = joined;
	value += strcspn(value, "\"") == 0;
	value[strcspn(value, "\"")] = '\0';

	BT_AUTOFREE char *path = resolved(line, target);

	if (!path)
		return -ENOMEM;
	if (bt_has_suffix(path, "/disable_ipv6") && strcmp(value, "1") == 0 &&
	    strstr(path, line->interface))
		command->effect = BT_ENI_NO_IPV6;
	return bt_has_prefix(path, bt_path_interfaces)
		       ? understand_bond_file(line, path, value, command)
		       : 0;
}

/* "sysctl [-q] [-w] net.ipv6.conf.$IFACE.disable_ipv6=1" */
static void understand_sysctl(const struct command_line *line, struct bt_eni_command *command)
{
	BT_AUTOFREE char *last = line->count ? resolved(line, word(line, line->count - 1)) : NULL;
	BT_AUTOFREE char *wanted = bt_format("net.ipv6.conf.%s.disable_ipv6=1", line->interface);
	BT_AUTOFREE char *slashed = bt_format("net/ipv6/conf/%s/disable_ipv6=1", line->interface);

	if (bt_equal(last, wanted) || bt_equal(last, slashed))
		command->effect = BT_ENI_NO_IPV6;
}

static bool is_simple(const struct command_line *line)
{
	for (size_t i = 0; i < line->count; i++)
		if (is_for_the_shell(line->words[i]))
			return false;
	return line->count > 0;
}

int bt_eni_understand(const char *const *words, size_t count, const char *interface,
		      struct bt_eni_command *ret_command)
{
	struct command_line line = {words, count, interface};
	BT_AUTOENICOMMAND struct bt_eni_command command = {0};
	int r = 0;

	drop_guards(&line);
	if (!is_simple(&line))
		return 0;
	if (runs(&line, "ip"))
		r = understand_ip(&line, &command);
	else if (runs(&line, "route"))
		r = understand_route(&line, &command);
	else if (runs(&line, "ifenslave"))
		r = understand_ifenslave(&line, &command);
	else if (runs(&line, "sysctl"))
		understand_sysctl(&line, &command);
	else if (runs(&line, "echo"))
		r = understand_echo(&line, &command);
	if (r < 0 || command.effect == BT_ENI_UNKNOWN_EFFECT)
		return r;
	*ret_command = command;
	command = (struct bt_eni_command){0};
	return 0;
}
