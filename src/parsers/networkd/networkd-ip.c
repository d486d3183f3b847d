/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What .network files say about addresses, gateways, routes and name servers. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "parsers/networkd/networkd.h"

/* The reading of one .network file for one profile. */
struct ip {
	struct bondtool *bt;
	const struct bt_networkd_unit *unit;
	struct bondtool_profile *profile;
	struct bt_networkd_methods methods;
};

enum { IP4 = 1, IP6 = 2 };

static enum bt_property_id of_family(bool v4, enum bt_property_id of_ip4)
{
	return v4 ? of_ip4 : of_ip4 + BT_IP_BLOCK;
}

static bool is_ip4(const char *text)
{
	return !strchr(text, ':');
}

/* ---- methods -----------------------------------------------------------------------------------
 */

const char *bt_networkd_method(const struct bt_networkd_methods *m, bool v4)
{
	bool link_local = m->link_local >= 0 && (m->link_local & (v4 ? IP4 : IP6));
	bool dhcp = m->dhcp >= 0 && (m->dhcp & (v4 ? IP4 : IP6));

	if (v4) {
		if (dhcp)
			return "auto";
		if (m->addresses4)
			return "manual";
		return link_local ? "link-local" : m->dhcp >= 0 ? "disabled" : NULL;
	}
	if (dhcp && m->accept_ra == 0)
		return "dhcp";
	if (m->addresses6 && m->accept_ra == 0)
		return "manual";
	if (dhcp || m->accept_ra == 1 || m->addresses6)
		return "auto";
	if (m->link_local >= 0 && !link_local)
		return "disabled";
	return m->accept_ra == 0 ? "link-local" : NULL;
}

/* The bits of a word; -1 when it is none. */
static int families(const char *value, const struct bondtool_name *words)
{
	const struct bondtool_name *word = bt_name_find(words, value);
	bool yes;

	if (word)
		return (int)word->number;
	return bt_networkd_parse_boolean(value, &yes) ? (yes ? IP4 | IP6 : 0) : -1;
}

static int take_families(struct ip *ip, const char *key, const struct bondtool_name *words)
{
	struct bt_networkd_line *line = bt_networkd_last(ip->unit, "Network", key);
	int bits;

	if (!line)
		return -1;
	bt_networkd_use(ip->unit, "Network", key);
	if (!*line->line->value)
		return -1;
	bits = families(line->line->value, words);
	line->used = bits >= 0;
	if (bits < 0 && !bt_has_suffix(line->line->value, "fallback"))
		bt_networkd_ignored(ip->bt, line, NULL, "yes, no, ipv4 or ipv6 are needed");
	return bits;
}

static int take_accept_ra(struct ip *ip)
{
	struct bt_networkd_line *line = bt_networkd_last(ip->unit, "Network", "IPv6AcceptRA");
	bool yes;

	if (!line || !*line->line->value)
		return -1;
	bt_networkd_use(ip->unit, "Network", "IPv6AcceptRA");
	line->used = bt_networkd_parse_boolean(line->line->value, &yes);
	if (!line->used)
		bt_networkd_ignored(ip->bt, line, NULL, "'yes' or 'no' is needed");
	return line->used ? yes : -1;
}

static void take_methods(struct ip *ip)
{
	static const struct bondtool_name dhcp[] = {{"ipv4", IP4, NULL},
						    {"v4", IP4, NULL},
						    {"ipv6", IP6, NULL},
						    {"v6", IP6, NULL},
						    {"both", IP4 | IP6, NULL},
						    {"none", 0, NULL},
						    {0}};
	static const struct bondtool_name link_local[] = {
		{"ipv4", IP4, NULL}, {"ipv6", IP6, NULL}, {0}};

	ip->methods.dhcp = take_families(ip, "DHCP", dhcp);
	ip->methods.link_local = take_families(ip, "LinkLocalAddressing", link_local);
	ip->methods.accept_ra = take_accept_ra(ip);
}

/* Where a method comes from: the first line that says anything about it. */
static struct bt_origin method_place(const struct ip *ip, bool v4)
{
	static const char *const keys[][4] = {
		{"IPv6AcceptRA", "LinkLocalAddressing", "DHCP", "Address"},
		{"DHCP", "LinkLocalAddressing", "Address", "Address"}};

	for (size_t i = 0; i < BT_ARRAY_SIZE(keys[v4]); i++) {
		const struct bt_networkd_line *line =
			bt_networkd_last(ip->unit, "Network", keys[v4][i]);

		if (line)
			return bt_networkd_value_place(line);
	}
	return bt_networkd_unit_place(ip->unit);
}

static int settle_method(struct ip *ip, bool v4)
{
	const char *method = bt_networkd_method(&ip->methods, v4);
	struct bt_origin origin = method_place(ip, v4);

	/* Not asked for anything, networkd listens to routers and knows no IPv4. */
	if (!method)
		return bt_profile_imply(ip->profile, of_family(v4, BT_PROP_IPV4_METHOD),
					v4 ? "disabled" : "auto");
	return bt_profile_set(ip->bt, ip->profile, of_family(v4, BT_PROP_IPV4_METHOD), method,
			      &origin);
}

/* ---- addresses ---------------------------------------------------------------------------------
 */

/* Sets or adds an item; a value that the model refuses stays unused, and so an extra. */
static int put(struct ip *ip, struct bt_networkd_line *line, enum bt_property_id property,
	       const char *text, const struct bt_origin *origin)
{
	int r = bt_profile_set(ip->bt, ip->profile, property, text, origin);

	if (r == -ENOMEM)
		return r;
	line->used = r == 0;
	return 0;
}

/* 0.0.0.0/24 and ::/64 ask for a free address of some pool. */
static bool is_of_pool(const char *address)
{
	return bt_has_prefix(address, "0.0.0.0/") || bt_has_prefix(address, "::/");
}

static int take_address(struct ip *ip, struct bt_networkd_line *line, const char *text,
			const struct bt_origin *origin)
{
	bool v4 = is_ip4(text);

	if (!strchr(text, '/')) {
		bt_diag(ip->bt, BONDTOOL_ERROR, "networkd/prefix", origin,
			"write the prefix length behind the address",
			"'%s' has no prefix length, and releases differ in what they take", text);
		return 0;
	}
	if (is_of_pool(text)) {
		bt_warning(ip->bt, "networkd/needs-system", origin,
			   "'%s' is an address that only a running system can find", text);
		return 0;
	}
	if (v4)
		ip->methods.addresses4 = true;
	else
		ip->methods.addresses6 = true;
	return put(ip, line, of_family(v4, BT_PROP_IPV4_ADDRESSES), text, origin);
}

static int take_plain_address(void *context, struct bt_networkd_line *line, const char *word,
			      const struct bt_origin *place)
{
	return take_address(context, line, word, place);
}

/* [Address] sections: one address each, with properties that stay extras about that address. */
static int take_address_blocks(struct ip *ip)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < ip->unit->n_lines; i++) {
		struct bt_networkd_line *line = &ip->unit->lines[i];
		char **name = &ip->unit->block_names[line->block];
		struct bt_origin origin = bt_networkd_value_place(line);

		if (!bt_networkd_is(line, "Address", "Address") || !*line->line->value)
			continue;
		r = take_address(ip, line, line->line->value, &origin);
		if (r == 0 && line->used && !*name) {
			*name = strdup(line->line->value);
			r = *name ? 0 : -ENOMEM;
		}
	}
	return r;
}

/* ---- gateways and routes -----------------------------------------------------------------------
 */

/* The first gateway of a family is the profile's; another one is a default route. */
static int take_gateway(struct ip *ip, struct bt_networkd_line *line, const char *text,
			const struct bt_origin *origin)
{
	bool v4 = is_ip4(text);
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_GATEWAY);
	BT_AUTOFREE char *route = NULL;

	if (*text == '_') /* _dhcp4, _ipv6ra: whatever they will say */
		return 0;
	if (!bt_profile_text(ip->profile, property))
		return put(ip, line, property, text, origin);
	route = bt_format("%s %s", v4 ? "0.0.0.0/0" : "::/0", text);
	return route ? put(ip, line, of_family(v4, BT_PROP_IPV4_ROUTES), route, origin) : -ENOMEM;
}

static int take_plain_gateway(void *context, struct bt_networkd_line *line, const char *word,
			      const struct bt_origin *place)
{
	return take_gateway(context, line, word, place);
}

/* The lines of one section. */
struct block {
	const struct bt_networkd_unit *unit;
	size_t from, to;
};

static struct bt_networkd_line *in_block(const struct block *block, const char *key)
{
	for (size_t i = block->to; i-- > block->from;)
		if (bt_equal(block->unit->lines[i].line->key, key) &&
		    *block->unit->lines[i].line->value)
			return &block->unit->lines[i];
	return NULL;
}

/* " NAME=VALUE" behind the route, and the line is used; nothing when we have no word for it. */
static void add_attribute(const struct bt_networkd_attribute *attribute,
			  struct bt_networkd_line *line, struct bt_text *route)
{
	const char *value = line->line->value;
	const struct bondtool_name *word = bt_name_find(attribute->words, value);
	uint64_t number;
	bool yes;

	if (attribute->boolean) {
		if (!bt_networkd_parse_boolean(value, &yes))
			return;
		bt_text_addf(route, " %s=%s", attribute->name, yes ? "true" : "false");
	} else if (word) {
		bt_text_addf(route, " %s=%" PRId64, attribute->name, word->number);
	} else if (attribute->words && bt_networkd_parse_number(value, &number) < 0) {
		return;
	} else {
		bt_text_addf(route, " %s=%s", attribute->name, value);
	}
	line->used = true;
}

/* A section with a gateway and no more is about the profile's default gateway. */
static bool is_only_gateway(const struct block *block)
{
	for (size_t i = block->from; i < block->to; i++)
		if (!bt_equal(block->unit->lines[i].line->key, "Gateway"))
			return false;
	return true;
}

static int route_text(const struct block *block, struct bt_text *text)
{
	struct bt_networkd_line *destination = in_block(block, "Destination");
	struct bt_networkd_line *gateway = in_block(block, "Gateway");
	struct bt_networkd_line *metric = in_block(block, "Metric");
	bool v4 = is_ip4(destination ? destination->line->value : gateway->line->value);

	bt_text_add(text, destination ? destination->line->value : v4 ? "0.0.0.0/0" : "::/0");
	if (gateway)
		bt_text_addf(text, " %s", gateway->line->value);
	if (metric)
		bt_text_addf(text, " %s", metric->line->value);
	for (const struct bt_networkd_attribute *a = bt_networkd_attributes; a->key; a++) {
		struct bt_networkd_line *line = in_block(block, a->key);

		if (line)
			add_attribute(a, line, text);
	}
	return text->failed ? -ENOMEM : 0;
}

/* Marks the lines of KEY, or all (NULL). */
static void mark(const struct block *block, const char *key, bool used)
{
	for (size_t i = block->from; i < block->to; i++)
		if (!key || bt_equal(block->unit->lines[i].line->key, key))
			block->unit->lines[i].used = used;
}

/* The route of a section whose FIRST line is not the default gateway alone. */
static int take_route(struct ip *ip, const struct block *block, struct bt_networkd_line *first)
{
	bool v4 = is_ip4(first->line->value);
	struct bt_origin origin = bt_networkd_value_place(first);
	char **name = &ip->unit->block_names[first->block];
	BT_AUTOTEXT struct bt_text text = {0};
	int r;

	if (route_text(block, &text) < 0)
		return -ENOMEM;
	r = put(ip, first, of_family(v4, BT_PROP_IPV4_ROUTES), text.data, &origin);
	if (r < 0 || !first->used) {
		mark(block, NULL, false);
		return r;
	}
	mark(block, "Destination", true);
	mark(block, "Gateway", true);
	mark(block, "Metric", true);
	if (*name)
		return 0;
	r = bt_item_canonical(v4 ? BT_TYPE_ROUTE4S : BT_TYPE_ROUTE6S, text.data, name);
	return r == -ENOMEM ? r : 0;
}

/* One [Route] section: all of it that our routes can hold, or nothing when it is no such route. */
static int take_route_block(struct ip *ip, const struct block *block)
{
	struct bt_networkd_line *destination = in_block(block, "Destination");
	struct bt_networkd_line *gateway = in_block(block, "Gateway");
	struct bt_origin origin;

	if ((!destination && !gateway) || (gateway && *gateway->line->value == '_'))
		return 0;
	if (destination || !is_only_gateway(block) ||
	    bt_profile_text(ip->profile,
			    of_family(is_ip4(gateway->line->value), BT_PROP_IPV4_GATEWAY)))
		return take_route(ip, block, destination ? destination : gateway);
	origin = bt_networkd_value_place(gateway);
	return take_gateway(ip, gateway, gateway->line->value, &origin);
}

static int take_routes(struct ip *ip)
{
	struct block block = {.unit = ip->unit};
	int r = bt_networkd_each_word(ip->unit, "Network", "Gateway", take_plain_gateway, ip);

	for (; r == 0 && block.from < ip->unit->n_lines; block.from = block.to) {
		const struct bt_networkd_line *first = &ip->unit->lines[block.from];

		block.to = block.from + 1;
		while (block.to < ip->unit->n_lines &&
		       ip->unit->lines[block.to].block == first->block)
			block.to++;
		if (bt_equal(first->line->section, "Route"))
			r = take_route_block(ip, &block);
	}
	return r;
}

/* ---- name servers ------------------------------------------------------------------------------
 */

/* Plain addresses; one with a port, an interface or a name behind it stays an extra. */
static int take_server(void *context, struct bt_networkd_line *line, const char *word,
		       const struct bt_origin *place)
{
	struct ip *ip = context;
	bool v4 = is_ip4(word);
	BT_AUTOFREE char *plain = NULL;

	if (bt_item_canonical(v4 ? BT_TYPE_IP4 : BT_TYPE_IP6, word, &plain) == 0) {
		line->used = true;
		return bt_profile_set(ip->bt, ip->profile, of_family(v4, BT_PROP_IPV4_DNS), word,
				      place);
	}
	if (!strpbrk(word, "%#[") && (!v4 || !strchr(word, ':')))
		bt_networkd_ignored(ip->bt, line, NULL, "'%s' is no address", word);
	return bt_profile_add_extra(ip->profile, BT_FORMAT_NETWORKD, "network/Network",
				    line->line->key, word, place);
}

static int take_domain(void *context, struct bt_networkd_line *line, const char *word,
		       const struct bt_origin *place)
{
	struct ip *ip = context;
	const char *method = bt_profile_text(ip->profile, BT_PROP_IPV4_METHOD);
	bool v4 = method && !bt_equal(method, "disabled");

	line->used = true;
	if (!v4 && !bt_profile_text(ip->profile, BT_PROP_IPV6_METHOD))
		v4 = true;
	return bt_profile_set(ip->bt, ip->profile, of_family(v4, BT_PROP_IPV4_DNS_SEARCH), word,
			      place);
}

static int take_names(struct ip *ip)
{
	int r;

	bt_networkd_use(ip->unit, "Network", "DNS");
	bt_networkd_use(ip->unit, "Network", "Domains");
	r = bt_networkd_each_word(ip->unit, "Network", "DNS", take_server, ip);
	if (r == 0)
		r = bt_networkd_each_word(ip->unit, "Network", "Domains", take_domain, ip);
	return r;
}

/* ---- DHCP --------------------------------------------------------------------------------------
 */

/* Metric and table of DHCP's routes are the profile's where it has no other routes. */
static int take_dhcp_number(struct ip *ip, const char *key, enum bt_property_id property)
{
	struct bt_networkd_line *line = bt_networkd_last(ip->unit, "DHCPv4", key);
	const char *value = bt_networkd_value(ip->unit, "DHCPv4", key);
	const char *method = bt_profile_text(ip->profile, BT_PROP_IPV4_METHOD);
	struct bt_origin origin;
	uint64_t number;

	if (!value || !bt_equal(method, "auto") ||
	    bt_profile_value(ip->profile, BT_PROP_IPV4_GATEWAY) ||
	    bt_profile_value(ip->profile, BT_PROP_IPV4_ROUTES) ||
	    bt_networkd_parse_number(value, &number) < 0)
		return 0;
	origin = bt_networkd_value_place(line);
	bt_networkd_use(ip->unit, "DHCPv4", key);
	return put(ip, line, property, value, &origin);
}

/* ---- ports -------------------------------------------------------------------------------------
 */

/* A port of a bond has no addresses: networkd drops them with a warning. */
static void refuse_on_port(struct ip *ip)
{
	static const struct {
		const char *section, *key;
	} dropped[] = {{"Network", "Address"},
		       {"Network", "Gateway"},
		       {"Address", "Address"},
		       {"Route", "Gateway"},
		       {"Route", "Destination"}};
	static const char *const switches[] = {"DHCP", "LinkLocalAddressing", "IPv6AcceptRA"};

	for (size_t i = 0; i < ip->unit->n_lines; i++) {
		const struct bt_networkd_line *line = &ip->unit->lines[i];
		struct bt_origin origin = bt_networkd_key_place(line);

		for (size_t k = 0; k < BT_ARRAY_SIZE(dropped); k++)
			if (bt_networkd_is(line, dropped[k].section, dropped[k].key))
				bt_warning(ip->bt, "networkd/port-address", &origin,
					   "systemd-networkd ignores '%s' of a bond's port",
					   line->line->key);
	}
	for (size_t k = 0; k < BT_ARRAY_SIZE(switches); k++) {
		struct bt_networkd_line *line = bt_networkd_last(ip->unit, "Network", switches[k]);
		struct bt_origin origin;
		bool yes = false;

		if (!line)
			continue;
		/* "no" is what a port has in any case. */
		line->used = bt_networkd_parse_boolean(line->line->value, &yes) && !yes;
		origin = bt_networkd_key_place(line);
		if (!line->used && k < 2)
			bt_warning(ip->bt, "networkd/port-address", &origin,
				   "systemd-networkd ignores '%s' of a bond's port",
				   line->line->key);
	}
}

static int take_all(struct ip *ip)
{
	int r;

	take_methods(ip);
	r = bt_networkd_each_word(ip->unit, "Network", "Address", take_plain_address, ip);
	if (r == 0)
		r = take_address_blocks(ip);
	if (r == 0)
		r = take_routes(ip);
	if (r == 0)
		r = settle_method(ip, true);
	if (r == 0)
		r = settle_method(ip, false);
	if (r == 0)
		r = take_names(ip);
	if (r == 0)
		r = take_dhcp_number(ip, "RouteMetric", BT_PROP_IPV4_ROUTE_METRIC);
	if (r == 0)
		r = take_dhcp_number(ip, "RouteTable", BT_PROP_IPV4_ROUTE_TABLE);
	return r;
}

int bt_networkd_take_ip(struct bondtool *bt, struct bt_networkd_device *device)
{
	struct ip ip = {.bt = bt, .unit = device->network, .profile = device->profile};

	if (bt_equal(bt_profile_text(device->profile, BT_PROP_PORT_TYPE), "bond")) {
		refuse_on_port(&ip);
		return 0;
	}
	return take_all(&ip);
}
