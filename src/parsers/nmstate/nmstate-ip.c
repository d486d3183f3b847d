/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses, routes and name servers of nmstate's declarations. */
#include <errno.h>
#include <string.h>

#include "parsers/nmstate/nmstate-reading.h"
#include "parsers/resolver.h"

static bool is_v6(enum bt_property_id block)
{
	return block == BT_PROP_IPV6;
}

static const char *section_of(enum bt_property_id block)
{
	return bt_settings[bt_properties[block].setting].name;
}

/* ---- "ipv4" and "ipv6" -------------------------------------------------------------------------
 */

/* The boolean of a key; false, with an error if it is none, where there is no such key. */
static bool switch_of(struct bt_nmstate_reading *reading, const struct bt_node *section,
		      const char *key)
{
	const struct bt_node *node = bt_nmstate_scalar(reading, section, key);
	bool yes = false;

	if (node && !bt_nmstate_yes_no(node, &yes))
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &node->origin, NULL,
			"nmstate refuses '%s: %s': a boolean is needed", key, node->text);
	return yes;
}

static int take_address(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			const struct bt_node *item, enum bt_property_id block)
{
	const struct bt_node *ip = bt_nmstate_scalar(reading, item, "ip");
	const struct bt_node *prefix = bt_nmstate_scalar(reading, item, "prefix-length");
	BT_AUTOFREE char *text = ip && prefix ? bt_format("%s/%s", ip->text, prefix->text) : NULL;
	int r;

	if (!ip || !prefix) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &item->origin, NULL,
			"nmstate refuses the whole text: an address needs 'ip' and "
			"'prefix-length'");
		return 0;
	}
	r = text ? bt_profile_set(reading->bt, profile,
				  block + (BT_PROP_IPV4_ADDRESSES - BT_PROP_IPV4), text,
				  &ip->origin)
		 : -ENOMEM;
	return r == -ENOMEM ? r : 0;
}

/* The method that the switches make, or NULL. */
static const char *find_method(enum bt_property_id block, bool dhcp, bool autoconf, bool addresses)
{
	for (const struct bt_nmstate_method *m = bt_nmstate_methods; m->method; m++)
		if (m->enabled && (is_v6(block) ? m->v6 : m->v4) && m->dhcp == dhcp &&
		    m->autoconf == autoconf && (dhcp || m->addresses == addresses))
			return m->method;
	return NULL;
}

static int take_method(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		       const struct bt_node *section, enum bt_property_id block)
{
	bool dhcp = switch_of(reading, section, "dhcp");
	bool autoconf = is_v6(block) && switch_of(reading, section, "autoconf");
	const struct bt_node *addresses = bt_node_get(section, "address");
	const char *method = find_method(block, dhcp, autoconf, addresses && addresses->count);
	const struct bt_node *enabled = bt_node_get(section, "enabled");

	if (method)
		return bt_profile_set(reading->bt, profile, block, method, &enabled->origin);
	if (autoconf) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/refused", &section->key_origin,
			"set 'dhcp: true' too",
			"nmstate refuses the whole text: 'autoconf' without 'dhcp' cannot be made");
		return bt_profile_set(reading->bt, profile, block, "auto", &enabled->origin);
	}
	bt_warning(reading->bt, "nmstate/no-address", &enabled->origin,
		   "without 'dhcp' and addresses nmstate disables IPv4 of '%s'",
		   bt_profile_label(profile));
	return bt_profile_set(reading->bt, profile, block, "disabled", &enabled->origin);
}

static int take_addresses(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			  const struct bt_node *section, enum bt_property_id block)
{
	const struct bt_node *list = bt_node_get(section, "address");
	int r = 0;

	if (!list || list->kind == BT_NODE_NULL)
		return 0;
	if (list->kind != BT_NODE_LIST)
		return bt_nmstate_refused_value(reading, profile, section_of(block), list,
						"it must be a list of maps");
	for (size_t i = 0; r == 0 && i < list->count; i++)
		r = take_address(reading, profile, list->items[i], block);
	return r;
}

static const struct bt_nmstate_key *find_key(const char *word, enum bt_property_id block)
{
	for (const struct bt_nmstate_key *key = bt_nmstate_ip_keys; key->key; key++)
		if (strcmp(key->key, word) == 0 &&
		    (is_v6(block) ? key->ipv6 : key->ipv4) != BT_PROP_ID)
			return key;
	return NULL;
}

static int take_key(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		    const struct bt_node *node, const struct bt_nmstate_key *key,
		    enum bt_property_id block)
{
	enum bt_property_id property = is_v6(block) ? key->ipv6 : key->ipv4;
	const char *section = section_of(block);
	BT_AUTOFREE char *text = NULL;
	int64_t number;
	bool yes;

	if (!bt_node_is_scalar(node))
		return bt_nmstate_refused_value(reading, profile, section, node,
						"a single value is needed");
	switch (key->kind) {
	case BT_NMSTATE_TEXT:
		if (property == BT_PROP_IPV4_DHCP_CLIENT_ID &&
		    bt_equal(node->text, BT_NMSTATE_OWN_ADDRESS))
			return bt_nmstate_set(reading, profile, section, node, property, "mac");
		return bt_nmstate_set(reading, profile, section, node, property, node->text);
	case BT_NMSTATE_NUMBER:
		if (!bt_nmstate_number(node, &number))
			return bt_nmstate_refused_value(reading, profile, section, node,
							"a number is needed");
		text = bt_format("%lld", (long long)number);
		return text ? bt_nmstate_set(reading, profile, section, node, property, text)
			    : -ENOMEM;
	default:
		if (!bt_nmstate_yes_no(node, &yes))
			return bt_nmstate_refused_value(reading, profile, section, node,
							"a boolean is needed");
		return bt_profile_set_number(
			profile, property, yes == (key->kind == BT_NMSTATE_YES_NO), &node->origin);
	}
}

/* The keys that each stand for themselves. */
static int take_keys(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		     const struct bt_node *section, enum bt_property_id block)
{
	static const char *const both[] = {"address", "dhcp", "enabled", NULL};
	int r = 0;

	for (size_t i = 0; r == 0 && i < section->count; i++) {
		const struct bt_node *node = section->items[i];
		const struct bt_nmstate_key *key = find_key(node->key, block);

		if (bt_nmstate_is_in(both, node->key) ||
		    (is_v6(block) && strcmp(node->key, "autoconf") == 0))
			continue; /* see take_method() and take_addresses() */
		r = key ? take_key(reading, profile, node, key, block)
			: bt_nmstate_other_key(reading, profile, section_of(block), node);
	}
	return r;
}

/* Whether the section has what only counts once the family is switched on. */
static bool asks_for_something(const struct bt_node *section)
{
	const struct bt_node *dhcp = bt_node_get(section, "dhcp");
	const struct bt_node *autoconf = bt_node_get(section, "autoconf");
	const struct bt_node *addresses = bt_node_get(section, "address");
	bool yes;

	return (dhcp && bt_nmstate_yes_no(dhcp, &yes) && yes) ||
	       (autoconf && bt_nmstate_yes_no(autoconf, &yes) && yes) ||
	       (addresses && addresses->count);
}

int bt_nmstate_take_ip(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		       const struct bt_node *section, enum bt_property_id block)
{
	const struct bt_node *enabled = bt_node_get(section, "enabled");
	int r;

	if (bt_nmstate_is_template(reading, section) || section->kind == BT_NODE_NULL)
		return 0;
	if (section->kind != BT_NODE_MAP)
		return bt_nmstate_refused_value(reading, profile, NULL, section,
						"it must be a map");
	if (!enabled || !switch_of(reading, section, "enabled")) {
		if (asks_for_something(section))
			bt_warning(reading->bt, "nmstate/not-enabled",
				   enabled ? &enabled->origin : &section->key_origin,
				   "without 'enabled: true' nmstate ignores the rest of '%s'",
				   section->key);
		return enabled ? bt_profile_set(reading->bt, profile, block, "disabled",
						&enabled->origin)
			       : 0;
	}
	r = take_method(reading, profile, section, block);
	if (r == 0)
		r = take_addresses(reading, profile, section, block);
	return r == 0 ? take_keys(reading, profile, section, block) : r;
}

/* ---- "routes" ----------------------------------------------------------------------------------
 */

/* The route as the model writes it, in a new string. NULL without memory. */
static char *route_text(struct bt_nmstate_reading *reading, const struct bt_node *map,
			const char *destination, const char *gateway)
{
	const struct bt_node *metric = bt_nmstate_scalar(reading, map, "metric");
	BT_AUTOTEXT struct bt_text text = {0};
	int64_t number;
	bool yes;

	bt_text_add(&text, destination);
	if (gateway)
		bt_text_addf(&text, " %s", gateway);
	if (metric && bt_nmstate_number(metric, &number) && number >= 0)
		bt_text_addf(&text, " %s", metric->text);
	for (const struct bt_nmstate_attribute *a = bt_nmstate_route_keys; a->key; a++) {
		const struct bt_node *node = bt_nmstate_scalar(reading, map, a->key);

		/* Tables 0 and 254 are the main one, which needs no word. */
		if (!node || (bt_equal(a->attribute, "table") &&
			      (bt_equal(node->text, "0") || bt_equal(node->text, "254"))))
			continue;
		if (node->kind == BT_NODE_BOOLEAN && bt_nmstate_yes_no(node, &yes))
			bt_text_addf(&text, " %s=%s", a->attribute, yes ? "true" : "false");
		else
			bt_text_addf(&text, " %s=%s", a->attribute, node->text);
	}
	return bt_text_take(&text);
}

/* A default route that says no more than its gateway is the gateway of its interface. */
static bool is_gateway(const struct bondtool_profile *profile, enum bt_property_id block,
		       const char *route, const char *gateway)
{
	const char *everywhere = is_v6(block) ? "::/0" : "0.0.0.0/0";
	BT_AUTOFREE char *plain = gateway ? bt_format("%s %s", everywhere, gateway) : NULL;

	return plain && bt_equal(route, plain) &&
	       !bt_profile_text(profile, block + (BT_PROP_IPV4_GATEWAY - BT_PROP_IPV4));
}

static int set_route(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		     const struct bt_node *map, const struct bt_node *destination)
{
	const struct bt_node *via = bt_nmstate_scalar(reading, map, "next-hop-address");
	enum bt_property_id block = strchr(destination->text, ':') ? BT_PROP_IPV6 : BT_PROP_IPV4;
	bool nowhere =
		!via || !*via->text || bt_equal(via->text, "0.0.0.0") || bt_equal(via->text, "::");
	const char *gateway = nowhere ? NULL : via->text;
	BT_AUTOFREE char *route = route_text(reading, map, destination->text, gateway);
	int r;

	if (!route)
		return -ENOMEM;
	if (is_gateway(profile, block, route, gateway))
		r = bt_profile_set(reading->bt, profile,
				   block + (BT_PROP_IPV4_GATEWAY - BT_PROP_IPV4), gateway,
				   &via->origin);
	else
		r = bt_profile_set(reading->bt, profile,
				   block + (BT_PROP_IPV4_ROUTES - BT_PROP_IPV4), route,
				   &destination->origin);
	return r == -ENOMEM ? r : 0;
}

static void leave_out_route(struct bt_nmstate_reading *reading, const struct bt_node *map,
			    const char *why)
{
	bt_warning(reading->bt, "nmstate/left-out", &map->origin, "a route is left out: %s", why);
}

static int take_route_keys(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			   const struct bt_node *map)
{
	static const char *const handled[] = {"destination",	    "metric", "next-hop-address",
					      "next-hop-interface", "state",  NULL};
	int r = 0;

	for (size_t i = 0; r == 0 && i < map->count; i++) {
		const struct bt_node *node = map->items[i];
		const struct bt_nmstate_attribute *a = bt_nmstate_route_keys;

		while (a->key && strcmp(a->key, node->key) != 0)
			a++;
		if (!a->key && !bt_nmstate_is_in(handled, node->key))
			r = bt_nmstate_other_key(reading, profile, "routes", node);
	}
	return r;
}

static int take_route(struct bt_nmstate_reading *reading, const struct bt_node *map)
{
	const struct bt_node *state = bt_nmstate_scalar(reading, map, "state");
	const struct bt_node *interface = bt_nmstate_scalar(reading, map, "next-hop-interface");
	const struct bt_node *destination = bt_nmstate_scalar(reading, map, "destination");
	const struct bt_nmstate_entry *entry =
		interface ? bt_nmstate_find(reading, interface->text) : NULL;
	int r;

	if (state)
		leave_out_route(reading, map, "it is to be removed, or to be left alone");
	else if (!interface)
		leave_out_route(reading, map, "it names no 'next-hop-interface'");
	else if (!destination)
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &map->origin, NULL,
			"nmstate refuses the whole text: a route needs a 'destination'");
	else if (!entry || !entry->profile)
		leave_out_route(reading, map, "its interface has no profile here");
	if (state || !destination || !entry || !entry->profile)
		return 0;
	r = set_route(reading, entry->profile, map, destination);
	return r == 0 ? take_route_keys(reading, entry->profile, map) : r;
}

/* The list "config" of a section; "running" beside it only reports. */
static const struct bt_node *config_of(struct bt_nmstate_reading *reading,
				       const struct bt_node *section, enum bt_node_kind kind)
{
	const struct bt_node *config = bt_node_get(section, "config");

	if (section->kind == BT_NODE_MAP && (!config || config->kind == kind))
		return config;
	if (section->kind == BT_NODE_NULL || (config && config->kind == BT_NODE_NULL))
		return NULL;
	bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &section->origin, NULL,
		"nmstate refuses the whole text: '%s' needs %s as its 'config'", section->key,
		bt_node_kind_text(kind));
	return NULL;
}

int bt_nmstate_take_routes(struct bt_nmstate_reading *reading, const struct bt_node *routes)
{
	const struct bt_node *list = config_of(reading, routes, BT_NODE_LIST);
	int r = 0;

	for (size_t i = 0; list && r == 0 && i < list->count; i++)
		r = take_route(reading, list->items[i]);
	return r;
}

/* ---- "dns-resolver" ----------------------------------------------------------------------------
 */

static void no_home(struct bt_nmstate_reading *reading, const struct bt_node *node)
{
	bt_warning(reading->bt, "nmstate/left-out", &node->origin,
		   "'%s' is left out: no interface here has addresses of its family", node->text);
}

/* Adds a server to its family's home. */
static int take_server(struct bt_nmstate_reading *reading, const struct bt_node *node,
		       struct bondtool_profile *const homes[2])
{
	size_t family = strchr(node->text, ':') != NULL;
	enum bt_property_id block = family ? BT_PROP_IPV6 : BT_PROP_IPV4;
	int r;

	if (!homes[family]) {
		no_home(reading, node);
		return 0;
	}
	r = bt_profile_set(reading->bt, homes[family], block + (BT_PROP_IPV4_DNS - BT_PROP_IPV4),
			   node->text, &node->origin);
	return r == -ENOMEM ? r : 0;
}

/* Adds a word to PROPERTY of the homes that have servers, or of the first one if none has. */
static int take_word(struct bt_nmstate_reading *reading, const struct bt_node *node,
		     struct bondtool_profile *const homes[2], enum bt_property_id property)
{
	bool taken = false;
	int r = 0;

	for (size_t family = 0; r == 0 && family < 2; family++) {
		enum bt_property_id offset = family ? BT_IP_BLOCK : 0;

		if (!homes[family] || !bt_profile_value(homes[family], BT_PROP_IPV4_DNS + offset))
			continue;
		taken = true;
		r = bt_profile_set(reading->bt, homes[family], property + offset, node->text,
				   &node->origin);
	}
	for (size_t family = 0; r == 0 && !taken && family < 2; family++) {
		if (!homes[family])
			continue;
		taken = true;
		r = bt_profile_set(reading->bt, homes[family],
				   property + (family ? BT_IP_BLOCK : 0), node->text,
				   &node->origin);
	}
	if (!taken)
		no_home(reading, node);
	return r == -ENOMEM ? r : 0;
}

int bt_nmstate_take_dns(struct bt_nmstate_reading *reading, const struct bt_node *dns)
{
	const struct bt_node *config = config_of(reading, dns, BT_NODE_MAP);
	struct bondtool_profile *const homes[2] = {
		bt_resolver_home(reading->config, reading->first, BT_PROP_IPV4),
		bt_resolver_home(reading->config, reading->first, BT_PROP_IPV6),
	};
	static const struct {
		const char *key;
		enum bt_property_id property;
	} lists[] = {{"server", BT_PROP_IPV4_DNS},
		     {"search", BT_PROP_IPV4_DNS_SEARCH},
		     {"options", BT_PROP_IPV4_DNS_OPTIONS}};
	int r = 0;

	for (size_t i = 0; config && i < BT_ARRAY_SIZE(lists); i++) {
		const struct bt_node *list = bt_node_get(config, lists[i].key);

		for (size_t k = 0; list && r == 0 && k < list->count; k++) {
			const struct bt_node *node = list->items[k];

			if (!bt_node_is_scalar(node) || bt_nmstate_is_template(reading, node))
				continue;
			r = i == 0 ? take_server(reading, node, homes)
				   : take_word(reading, node, homes, lists[i].property);
		}
	}
	return r;
}
