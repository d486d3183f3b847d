/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and methods of SUSE's ifcfg files. Routes: ifcfg-suse-route.c. */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "parsers/ifcfg-suse/ifcfg-suse.h"

/* ---- addresses ----------------------------------------------------------------------------- */

/* The line of BASE with the suffix that LINE's key has behind "IPADDR". */
static const struct bt_ifcfg_line *sibling(const struct bt_suse_file *file,
					   const struct bt_ifcfg_line *line, const char *base)
{
	BT_AUTOFREE char *key = bt_format("%s%s", base, line->key + strlen("IPADDR"));

	return key ? bt_suse_line(file, key) : NULL;
}

/* ADDRESS with the length of LINE's PREFIXLEN or NETMASK; with all bits where neither helps. */
static char *with_length(const struct bt_suse_file *file, const struct bt_ifcfg_line *line,
			 bool v6, const struct bt_ifcfg_line **ret_length)
{
	const struct bt_ifcfg_line *prefix = sibling(file, line, "PREFIXLEN");
	const struct bt_ifcfg_line *mask = prefix || v6 ? NULL : sibling(file, line, "NETMASK");
	int most = v6 ? 128 : 32;
	int length = mask ? bt_ifcfg_prefix_of_netmask(mask->value) : -1;
	uint64_t number;

	if (prefix && bt_parse_uint(prefix->value, &number) == 0 && number && number <= 128)
		length = (int)number;
	*ret_length = prefix ? prefix : mask;
	return bt_format("%s/%d", line->value, length <= 0 || length > most ? most : length);
}

char *bt_suse_address(const struct bt_suse_file *file, const struct bt_ifcfg_line *line,
		      const struct bt_ifcfg_line **ret_length)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	bool v6 = strchr(line->value, ':') != NULL;

	*ret_length = NULL;
	if (strchr(line->value, '/'))
		return strdup(line->value);
	if (inet_pton(v6 ? AF_INET6 : AF_INET, line->value, bytes) != 1)
		return strdup(line->value); /* to be refused with its text */
	return with_length(file, line, v6, ret_length);
}

/* Marks PREFIXLEN and NETMASK of an address as understood, also where they do not count. */
static void take_siblings(struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	static const char *const bases[] = {"PREFIXLEN", "NETMASK"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(bases); i++) {
		const struct bt_ifcfg_line *found = sibling(file, line, bases[i]);

		if (found)
			file->taken[found - file->ifcfg.lines] = true;
	}
}

static void report_length(struct bt_suse_file *file, const struct bt_ifcfg_line *line,
			  const struct bt_ifcfg_line *length, const char *address)
{
	bool mask = length && bt_has_prefix(length->key, "NETMASK");
	struct bt_origin place = bt_ifcfg_line_place(&file->ifcfg, length ? length : line);

	if (!length && !strchr(line->value, '/') && strchr(address, '/'))
		bt_diag(file->bt, BONDTOOL_WARNING, "ifcfg-suse/no-prefix", &place,
			"write the length behind the address: 192.0.2.1/24",
			"'%s' has no prefix length: wicked takes that of a single host, '%s'",
			line->value, address);
	else if (mask && bt_ifcfg_prefix_of_netmask(length->value) < 0)
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/no-prefix", &place, NULL,
			"'%s' is no netmask, such as 255.255.255.0 is; wicked takes '%s'",
			length->value, address);
}

/* What yast2 wrote once for "no address". */
static bool is_unspecified(const char *value)
{
	size_t length = strcspn(value, "/");

	return (length == strlen("0.0.0.0") && strncmp(value, "0.0.0.0", length) == 0) ||
	       (length == strlen("::") && strncmp(value, "::", length) == 0);
}

static int take_address(struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	bool v6 = strchr(line->value, ':') != NULL;
	struct bt_origin place = bt_ifcfg_line_place(&file->ifcfg, line);
	const struct bt_ifcfg_line *length;
	BT_AUTOFREE char *address = bt_suse_address(file, line, &length);

	if (!address)
		return -ENOMEM;
	if (is_unspecified(line->value)) {
		bt_note(file->bt, "ifcfg-suse/ignored", &place, "wicked ignores the address '%s'",
			line->value);
		return 0;
	}
	file->taken[line - file->ifcfg.lines] = true;
	take_siblings(file, line);
	report_length(file, line, length, address);
	return bt_suse_set(file, v6 ? BT_PROP_IPV6_ADDRESSES : BT_PROP_IPV4_ADDRESSES, address,
			   &place);
}

/* Every variable whose name begins with IPADDR, in the order of the text. */
static int take_addresses(struct bt_suse_file *file, bool ignored)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < file->ifcfg.count; i++) {
		const struct bt_ifcfg_line *line = &file->ifcfg.lines[i];
		struct bt_origin place;

		if (!line->key || !bt_has_prefix(line->key, "IPADDR"))
			continue;
		file->taken[i] = !ignored && !(line->value && *line->value);
		if (!bt_suse_holds(file, line))
			continue;
		if (!ignored) {
			r = take_address(file, line);
			continue;
		}
		place = bt_ifcfg_line_place(&file->ifcfg, line);
		bt_diag(file->bt, BONDTOOL_WARNING, "ifcfg-suse/ignored", &place,
			"write BOOTPROTO='static'",
			"with BOOTPROTO='none' wicked sets no addresses; '%s' is ignored",
			line->key);
	}
	return r;
}

/* ---- methods ------------------------------------------------------------------------------- */

/* What the words of BOOTPROTO, joined by '+', ask for. */
struct protocol {
	bool dhcp4, dhcp6, auto4, auto6;
};

static bool add_word(struct protocol *protocol, const char *word, size_t length)
{
	static const struct {
		const char *word;
		struct protocol adds;
	} words[] = {
		{"dhcp", {.dhcp4 = true, .dhcp6 = true}}, {"dhcp4", {.dhcp4 = true}},
		{"dhcp6", {.dhcp6 = true}},		  {"auto4", {.auto4 = true}},
		{"autoip", {.auto4 = true}},		  {"auto6", {.auto6 = true}},
		{"static", {0}},			  {"6to4", {0}},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++) {
		if (strlen(words[i].word) != length || strncmp(words[i].word, word, length) != 0)
			continue;
		protocol->dhcp4 |= words[i].adds.dhcp4;
		protocol->dhcp6 |= words[i].adds.dhcp6;
		protocol->auto4 |= words[i].adds.auto4;
		protocol->auto6 |= words[i].adds.auto6;
		return true;
	}
	return false;
}

static struct protocol read_protocol(struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	struct protocol protocol = {0};

	for (const char *p = line->value; *p;) {
		size_t length = strcspn(p, "+");
		struct bt_origin place = bt_ifcfg_place(&file->ifcfg, line,
							(size_t)(p - line->value), length);

		if (length && !add_word(&protocol, p, length))
			bt_warning(file->bt, "ifcfg-suse/bootproto", &place,
				   "BOOTPROTO '%.*s' is not known; allowed: none, static, dhcp, "
				   "dhcp4, dhcp6, autoip, auto6 or several of the last five joined "
				   "by '+'",
				   (int)length, p);
		p += length + (p[length] == '+');
	}
	return protocol;
}

static bool has(const struct bt_suse_file *file, enum bt_property_id property)
{
	return bt_profile_value(file->profile, property) != NULL;
}

static int set_method4(struct bt_suse_file *file, const struct protocol *protocol,
		       const struct bt_origin *place)
{
	const char *method = protocol->dhcp4 ? "auto"
			     : has(file, BT_PROP_IPV4_ADDRESSES) ? "manual"
			     : protocol->auto4			 ? "link-local"
								 : "disabled";

	if (protocol->dhcp4 && protocol->auto4)
		bt_note(file->bt, "ifcfg-suse/bootproto", place,
			"that a link-local address is to be taken where no DHCP server answers has "
			"no place in a profile");
	return bt_suse_set(file, BT_PROP_IPV4_METHOD, method, place);
}

/* Only "managed" asks a DHCPv6 server whatever the routers say. */
static int set_method6(struct bt_suse_file *file, const struct protocol *protocol,
		       const struct bt_origin *place)
{
	const struct bt_ifcfg_line *mode = bt_suse_line(file, "DHCLIENT6_MODE");
	const char *method = NULL;

	if (protocol->dhcp6 && mode && bt_equal(mode->value, "managed")) {
		bt_suse_take(file, "DHCLIENT6_MODE");
		method = "dhcp";
	} else if (protocol->dhcp6 || protocol->auto6) {
		method = "auto";
	} else if (has(file, BT_PROP_IPV6_ADDRESSES)) {
		method = "manual";
	}
	return method ? bt_suse_set(file, BT_PROP_IPV6_METHOD, method, place) : 0;
}

static int set_none(struct bt_suse_file *file, const struct bt_origin *place)
{
	int r = bt_suse_set(file, BT_PROP_IPV4_METHOD, "disabled", place);

	return r == 0 ? bt_suse_set(file, BT_PROP_IPV6_METHOD, "disabled", place) : r;
}

/* Words for which something else than wicked decides. */
static bool is_of_others(struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	struct bt_origin place = bt_ifcfg_line_place(&file->ifcfg, line);

	if (!bt_equal_ignoring_case(line->value, "ibft") &&
	    !bt_equal_ignoring_case(line->value, "ppp"))
		return false;
	file->taken[line - file->ifcfg.lines] = false; /* kept as it is */
	bt_note(file->bt, "ifcfg-suse/needs-system", &place,
		"BOOTPROTO '%s': only the running system could tell the addresses", line->value);
	return true;
}

int bt_suse_read_ip(struct bt_suse_file *file)
{
	const struct bt_ifcfg_line *line = bt_suse_take(file, "BOOTPROTO");
	struct bt_origin place = line ? bt_ifcfg_line_place(&file->ifcfg, line)
				      : file->profile->origin;
	bool none = line && bt_equal_ignoring_case(line->value, "none");
	struct protocol protocol = {0};
	int r;

	if (line && is_of_others(file, line))
		return take_addresses(file, true);
	r = take_addresses(file, none);
	if (r < 0)
		return r;
	if (none)
		return set_none(file, &place);
	if (line && !bt_equal_ignoring_case(line->value, "static"))
		protocol = read_protocol(file, line);
	r = set_method4(file, &protocol, &place);
	return r == 0 ? set_method6(file, &protocol, &place) : r;
}
