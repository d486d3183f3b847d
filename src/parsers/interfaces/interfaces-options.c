/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of a stanza in /etc/network/interfaces to properties and options of a profile. */
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-building.h"
#include "parsers/interfaces/interfaces-command.h"

/* A value that was refused has been reported; only a lack of memory ends the reading. */
static int unless_memory(int r)
{
	return r == -ENOMEM ? r : 0;
}

int bt_eni_set(struct bt_eni_building *building, enum bt_property_id property, const char *text,
	       const struct bt_origin *origin)
{
	const struct bt_value *present = bt_profile_value(building->profile, property);
	BT_AUTOVALUE struct bt_value before = {0};
	int r;

	if (present && bt_value_copy(present, &before) < 0)
		return -ENOMEM;
	r = bt_profile_set(building->reader->bt, building->profile, property, text, origin);
	if (r == 0 && present) {
		BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[property]);

		if (!bt_value_equal(&before, bt_profile_value(building->profile, property)))
			bt_eni_diag(building->reader, BONDTOOL_WARNING, "twice", origin, NULL,
				    "'%s' has another %s before; this later one holds",
				    building->interface->name, name ? name : "value");
	}
	return unless_memory(r);
}

int bt_eni_add(struct bt_eni_building *building, enum bt_property_id property, const char *text,
	       const struct bt_origin *origin)
{
	const struct bt_value *present = bt_profile_value(building->profile, property);
	BT_AUTOFREE char *canonical = NULL;

	if (present && bt_item_canonical(bt_properties[property].spec.type, text, &canonical) ==
			       -ENOMEM)
		return -ENOMEM;
	for (size_t i = 0; canonical && i < present->n_items; i++)
		if (strcmp(present->items[i].text, canonical) == 0)
			return 0;
	return unless_memory(bt_profile_set(building->reader->bt, building->profile, property,
					    text, origin));
}

/* ---- names and addresses ---- */

static int take_dns_servers(struct bt_eni_building *building)
{
	const struct bt_eni_words *words = &building->reader->words;
	int r = 0;

	for (size_t i = 1; r == 0 && i < words->count; i++) {
		const char *server = bt_eni_word(words, i);
		struct bt_origin origin = bt_eni_word_origin(words, i);

		r = bt_eni_add(building, strchr(server, ':') ? BT_PROP_IPV6_DNS : BT_PROP_IPV4_DNS,
			       server, &origin);
	}
	return r;
}

static int take_dns_search(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	const struct bt_eni_words *words = &building->reader->words;
	enum bt_property_id property = stanza->family == BT_ENI_INET6 ? BT_PROP_IPV6_DNS_SEARCH
								      : BT_PROP_IPV4_DNS_SEARCH;
	int r = 0;

	for (size_t i = 1; r == 0 && i < words->count; i++) {
		struct bt_origin origin = bt_eni_word_origin(words, i);

		r = bt_eni_add(building, property, bt_eni_word(words, i), &origin);
	}
	return r;
}

/* "hwaddress [ether] ADDRESS" */
static int take_mac(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	const struct bt_eni_words *words = &building->reader->words;
	size_t at = strcmp(bt_eni_word(words, 1), "ether") == 0 ? 2 : 1;
	const char *text = bt_eni_word(words, at);
	struct bt_origin origin = bt_eni_word_origin(words, at);
	BT_AUTOFREE char *canonical = NULL;
	int r = bt_item_canonical(BT_TYPE_MAC, text, &canonical);

	if (r == -ENOMEM)
		return r;
	if (!canonical && strcmp(text, "random") != 0)
		return bt_eni_keep(building, stanza);
	return bt_eni_set(building, BT_PROP_CLONED_MAC_ADDRESS, canonical ? canonical : text,
			  &origin);
}

static int take_vlan_id(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	const struct bt_eni_words *words = &building->reader->words;
	const struct bt_value *present = bt_profile_value(building->profile, BT_PROP_VLAN_ID);
	struct bt_origin origin = bt_eni_word_origin(words, 1);
	uint64_t id;

	if (!bt_profile_is(building->profile, "vlan"))
		return bt_eni_keep(building, stanza);
	if (present && bt_parse_uint(bt_eni_word(words, 1), &id) == 0 &&
	    (int64_t)id != present->number) {
		bt_eni_diag(building->reader, BONDTOOL_WARNING, "twice", &origin, NULL,
			    "the name '%s' decides the VLAN, not this number",
			    building->interface->name);
		return 0;
	}
	return bt_eni_set(building, BT_PROP_VLAN_ID, bt_eni_word(words, 1), &origin);
}

static int take_vlan_device(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	const struct bt_eni_words *words = &building->reader->words;
	struct bt_origin origin = bt_eni_word_origin(words, 1);

	if (!bt_profile_is(building->profile, "vlan"))
		return bt_eni_keep(building, stanza);
	return bt_eni_set(building, BT_PROP_VLAN_PARENT, bt_eni_word(words, 1), &origin);
}

static int take_property(struct bt_eni_building *building, const struct bt_eni_stanza *stanza,
			 const struct bt_eni_line *line, bool of_family)
{
	const struct bt_eni_words *words = &building->reader->words;
	enum bt_property_id property = (enum bt_property_id)line->argument;
	struct bt_origin origin = bt_eni_word_origin(words, 1);
	bool v6 = stanza->family == BT_ENI_INET6;

	if (of_family && v6 && property == BT_PROP_IPV4_DHCP_CLIENT_ID)
		return bt_eni_keep(building, stanza);
	if (property == BT_PROP_VLAN_PROTOCOL && strcmp(bt_eni_rest(words, 1), "802.1q") == 0)
		return bt_eni_set(building, property, "802.1Q", &origin);
	return bt_eni_set(building, property + (of_family && v6 ? BT_IP_BLOCK : 0),
			  bt_eni_rest(words, 1), &origin);
}

/* ---- commands ---- */

static int take_route(struct bt_eni_building *building, const struct bt_eni_command *command)
{
	struct bt_origin origin =
		bt_eni_rest_origin(&building->reader->words, command->word + 1);

	return bt_eni_add(building, command->v6 ? BT_PROP_IPV6_ROUTES : BT_PROP_IPV4_ROUTES,
			  command->text, &origin);
}

/* Whether the command only undoes what a route of the profile implies. */
static bool removes_known_route(const struct bt_eni_building *building,
				const struct bt_eni_command *command)
{
	enum bt_property_id property = command->v6 ? BT_PROP_IPV6_ROUTES : BT_PROP_IPV4_ROUTES;
	const struct bt_value *routes = bt_profile_value(building->profile, property);
	BT_AUTOFREE char *canonical = NULL;

	if (!routes || bt_item_canonical(bt_properties[property].spec.type, command->text,
					 &canonical) < 0)
		return false;
	for (size_t i = 0; i < routes->n_items; i++)
		if (bt_has_prefix(routes->items[i].text, canonical))
			return true;
	return false;
}

/* "eth0:2" written to queue_id. */
static int take_queue_id(struct bt_eni_building *building, const char *text,
			 const struct bt_origin *origin)
{
	BT_AUTOFREE char *name = strdup(text);
	char *colon = name ? strchr(name, ':') : NULL;
	struct bt_eni_interface *port;

	if (!colon)
		return name ? 0 : -ENOMEM;
	*colon++ = '\0';
	port = bt_eni_find_interface(building->reader, name);
	if (!port || !port->profile)
		return 0;
	return unless_memory(bt_profile_set(building->reader->bt, port->profile,
					    BT_PROP_PORT_QUEUE_ID, colon, origin));
}

/* "echo VALUE > /sys/class/net/BOND/bonding/OPTION" in the bond's own stanza. */
static int take_written_option(struct bt_eni_building *building,
			       const struct bt_eni_stanza *stanza,
			       const struct bt_eni_command *command)
{
	struct bt_eni_reader *reader = building->reader;
	struct bt_origin origin = bt_eni_word_origin(&reader->words, command->word + 1);
	const struct bt_option *option = bt_option_find(command->option);

	if (!option || !building->interface->is_bond ||
	    strcmp(command->device, building->interface->name) != 0)
		return bt_eni_keep(building, stanza);
	if (bt_option_id(option) == BT_OPT_QUEUE_ID)
		return take_queue_id(building, command->text, &origin);
	if (option->flags & BT_OPTION_PORT)
		return bt_eni_keep(building, stanza);
	return unless_memory(bt_options_set(reader->bt, &building->profile->options, option->name,
					    command->text, &origin));
}

int bt_eni_take_command(struct bt_eni_building *building, const struct bt_eni_stanza *stanza,
			enum bt_eni_meaning meaning)
{
	const struct bt_eni_words *words = &building->reader->words;
	BT_AUTOENICOMMAND struct bt_eni_command command = {0};
	const char *list[32];
	size_t count = 0;
	bool up = meaning == BT_ENI_COMMAND_UP;
	int r;

	if (words->count > BT_ARRAY_SIZE(list))
		return bt_eni_keep(building, stanza);
	for (; count + 1 < words->count; count++)
		list[count] = bt_eni_word(words, count + 1);
	r = bt_eni_understand(list, count, building->interface->name, &command);
	if (r < 0)
		return r;
	if (up && command.effect == BT_ENI_ADDS_ROUTE)
		return take_route(building, &command);
	if (up && command.effect == BT_ENI_SETS_OPTION)
		return take_written_option(building, stanza, &command);
	if (up && command.effect == BT_ENI_NO_IPV6) {
		building->no_ipv6 = true;
		building->method_origins[1] = bt_eni_rest_origin(words, 1);
		return 0;
	}
	if ((up && command.effect == BT_ENI_ENSLAVES) ||
	    (!up && command.effect == BT_ENI_RELEASES) ||
	    (!up && command.effect == BT_ENI_REMOVES_ROUTE &&
	     removes_known_route(building, &command)))
		return 0;
	return bt_eni_keep(building, stanza);
}

/* ---- all lines ---- */

/* Cuts off a comment that the tool takes for a part of the value, and says so. */
static void cut_comment(struct bt_eni_reader *reader)
{
	struct bt_eni_words *words = &reader->words;

	for (size_t i = 1; i < words->count; i++) {
		struct bt_origin origin;

		if (*bt_eni_word(words, i) != '#')
			continue;
		origin = bt_eni_rest_origin(words, i);
		bt_eni_diag(reader, BONDTOOL_ERROR, "comment-in-value", &origin,
			    "put the comment on a line of its own",
			    "%s takes '%s' for a part of the value", reader->dialect->tool,
			    bt_eni_rest(words, i));
		bt_eni_cut(words, i);
		return;
	}
}

/* A line with a key and nothing behind it; true when it is one. */
static bool is_empty(struct bt_eni_reader *reader)
{
	struct bt_origin origin;

	if (reader->words.count > 1)
		return false;
	origin = bt_eni_word_origin(&reader->words, 0);
	bt_eni_diag(reader, BONDTOOL_ERROR, "syntax", &origin, NULL,
		    reader->dialect->family_optional
			    ? "'%s' has no value; %s skips the line"
			    : "'%s' has no value; %s takes nothing of such a file",
		    bt_eni_word(&reader->words, 0), reader->dialect->tool);
	return true;
}

/* Lines that ifupdown-ng takes for options, though other tools know them as more. */
static void check_foreign_keyword(struct bt_eni_reader *reader)
{
	static const char *const keywords[] = {"mapping", "rename", "no-auto-down", "no-scripts"};
	const char *key = bt_eni_word(&reader->words, 0);
	struct bt_origin origin = bt_eni_word_origin(&reader->words, 0);
	bool known = bt_has_prefix(key, "allow-");

	for (size_t i = 0; i < BT_ARRAY_SIZE(keywords); i++)
		known |= strcmp(keywords[i], key) == 0;
	if (known)
		bt_eni_diag(reader, BONDTOOL_WARNING, "unknown-keyword", &origin, NULL,
			    "%s does not know '%s' and takes it for an option",
			    reader->dialect->tool, key);
}

static int take_known(struct bt_eni_building *building, const struct bt_eni_stanza *stanza,
		      const struct bt_eni_line *line)
{
	enum bt_eni_meaning meaning = (enum bt_eni_meaning)line->meaning;

	switch (meaning) {
	case BT_ENI_ADDRESS:
		return bt_eni_take_address(building, stanza);
	case BT_ENI_NETMASK:
		return bt_eni_take_netmask(building);
	case BT_ENI_BROADCAST:
		return bt_eni_take_implied(building, &building->broadcast);
	case BT_ENI_NETWORK:
		return bt_eni_take_implied(building, &building->network);
	case BT_ENI_GATEWAY:
		return bt_eni_take_gateway(building, stanza);
	case BT_ENI_PROPERTY:
	case BT_ENI_IP_PROPERTY:
		return take_property(building, stanza, line, meaning == BT_ENI_IP_PROPERTY);
	case BT_ENI_DNS_SERVERS:
		return take_dns_servers(building);
	case BT_ENI_DNS_SEARCH:
		return take_dns_search(building, stanza);
	case BT_ENI_MAC:
		return take_mac(building, stanza);
	case BT_ENI_VLAN_DEVICE:
		return take_vlan_device(building, stanza);
	case BT_ENI_VLAN_ID:
		return take_vlan_id(building, stanza);
	case BT_ENI_BOND_OPTION:
		return bt_eni_take_bond_option(building, stanza, line);
	default:
		return bt_eni_keep(building, stanza);
	}
}

static int take_use(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	const char *executor = bt_eni_word(&building->reader->words, 1);

	if (strcmp(executor, "dhcp") == 0 && building->methods[0] < BT_ENI_DHCP) {
		building->methods[0] = BT_ENI_DHCP;
		building->method_origins[0] = bt_eni_word_origin(&building->reader->words, 1);
	} else if (strcmp(executor, "ipv6-ra") == 0) {
		building->methods[1] = BT_ENI_SLAAC;
		building->method_origins[1] = bt_eni_word_origin(&building->reader->words, 1);
	} else if (strcmp(executor, "bond") != 0 && strcmp(executor, "static") != 0 &&
		   strcmp(executor, "link") != 0 && strcmp(executor, "vlan") != 0) {
		return bt_eni_keep(building, stanza);
	}
	return 0;
}

/*
 * Whether all that the line says is who is a port of whom, which interfaces-roles.c has seen to:
 * most lines are such, so they are not taken apart again, unless they may lack a value.
 */
static bool is_role(const struct bt_eni_line *line)
{
	return line->n_words > 1 &&
	       (line->meaning == BT_ENI_PORTS || line->meaning == BT_ENI_MASTER ||
		line->meaning == BT_ENI_REQUIRES);
}

int bt_eni_take_option_line(void *context, struct bt_eni_stanza *stanza, struct bt_eni_text *text,
			    struct bt_eni_line *line)
{
	struct bt_eni_building *building = context;
	struct bt_eni_reader *reader = building->reader;
	enum bt_eni_meaning meaning = bt_eni_key_meaning(text, line);

	if (is_role(line))
		return 0;
	if (bt_eni_split(&reader->words, text, line) < 0)
		return -ENOMEM;
	if (is_empty(reader))
		return 0;
	switch (meaning) {
	case BT_ENI_PORTS:
	case BT_ENI_MASTER:
	case BT_ENI_REQUIRES:
		return 0;
	case BT_ENI_USE:
		return take_use(building, stanza);
	case BT_ENI_COMMAND_UP:
	case BT_ENI_COMMAND_DOWN:
		return bt_eni_take_command(building, stanza, meaning);
	case BT_ENI_STRAY_OPTION:
	case BT_ENI_QUEUE_ID:
		return bt_eni_take_stray_option(building, stanza);
	case BT_ENI_OTHER_KEY:
	case BT_ENI_BRIDGE_PORTS:
		if (reader->dialect == &bt_eni_ifupdown_ng)
			check_foreign_keyword(reader);
		return bt_eni_keep(building, stanza);
	default:
		if (reader->dialect->joining != BT_ENI_JOIN_AND_CUT)
			cut_comment(reader);
		return is_empty(reader) ? 0 : take_known(building, stanza, line);
	}
}
