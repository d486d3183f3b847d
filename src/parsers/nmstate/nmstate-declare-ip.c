/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles to a declaration of nmstate: addresses, routes, and the one list of name servers. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "model/route.h"
#include "parsers/nmstate/nmstate-writing.h"
#include "parsers/resolver.h"

static const enum bt_property_id blocks[] = {BT_PROP_IPV4, BT_PROP_IPV6};

/* The property of a block that stands where PROPERTY does in that of IPv4. */
static enum bt_property_id in_block(enum bt_property_id block, enum bt_property_id property)
{
	return block + (property - BT_PROP_IPV4);
}

/* ---- "ipv4" and "ipv6" -------------------------------------------------------------------------
 */

static const struct bt_nmstate_method *find_method(const struct bondtool_profile *profile,
						   enum bt_property_id block)
{
	const char *method = bt_profile_text(profile, block);
	bool addresses = bt_profile_value(profile, in_block(block, BT_PROP_IPV4_ADDRESSES)) != NULL;

	for (const struct bt_nmstate_method *m = bt_nmstate_methods; m->method; m++)
		if (bt_equal(m->method, method) && (block == BT_PROP_IPV6 ? m->v6 : m->v4) &&
		    (!m->addresses || addresses))
			return m;
	return NULL;
}

static void put_addresses(struct bt_nmstate_writing *writing, struct bt_node *section,
			  const struct bt_value *value)
{
	struct bt_node *list = bt_nmstate_put_new(writing, section, "address", BT_NODE_LIST);

	for (size_t i = 0; list && i < value->n_items; i++) {
		const char *text = value->items[i].text;
		const char *slash = strchr(text, '/');
		BT_AUTOFREE char *ip = strndup(text, slash ? (size_t)(slash - text) : 0);
		struct bt_node *map = bt_node_new(BT_NODE_MAP);

		if (!slash || bt_node_append(list, map) < 0) {
			writing->failed = true;
			return;
		}
		bt_nmstate_put_text(writing, map, "ip", ip);
		bt_nmstate_put(writing, map, "prefix-length",
			       bt_node_scalar(BT_NODE_NUMBER, slash + 1));
	}
}

static struct bt_node *key_node(const struct bt_nmstate_key *key, enum bt_property_id property,
				const struct bt_value *value)
{
	BT_AUTOFREE char *text = NULL;

	if (key->kind == BT_NMSTATE_NUMBER)
		return bt_node_number(value->number);
	if (key->kind != BT_NMSTATE_TEXT)
		return bt_node_scalar(BT_NODE_BOOLEAN,
				      !value->number == (key->kind == BT_NMSTATE_NO_YES) ? "true"
											 : "false");
	text = bt_value_text(bt_property_spec(&bt_properties[property]), value, BONDTOOL_PARSABLE);
	if (property == BT_PROP_IPV4_DHCP_CLIENT_ID && bt_equal(text, "mac"))
		return bt_node_scalar(BT_NODE_TEXT, BT_NMSTATE_OWN_ADDRESS);
	return bt_node_scalar(BT_NODE_TEXT, text);
}

/* The keys that each stand for a property, most of which nmstate forgets without DHCP. */
static void put_keys(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft,
		     struct bt_node *section, enum bt_property_id block,
		     const struct bt_nmstate_method *method)
{
	for (const struct bt_nmstate_key *key = bt_nmstate_ip_keys; key->key; key++) {
		enum bt_property_id id = block == BT_PROP_IPV6 ? key->ipv6 : key->ipv4;
		const struct bt_value *value =
			id == BT_PROP_ID ? NULL : bt_profile_value(draft->profile, id);

		if (!value || !(method->dhcp || (key->always && method->enabled)) ||
		    (key->kind == BT_NMSTATE_NUMBER && value->number < 0))
			continue;
		bt_nmstate_put(writing, section, key->key, key_node(key, id, value));
		draft->written.property[id] = true;
	}
}

static void put_family(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft,
		       enum bt_property_id block)
{
	const struct bt_nmstate_method *method = find_method(draft->profile, block);
	const char *key = bt_settings[bt_properties[block].setting].name;
	enum bt_property_id addresses = in_block(block, BT_PROP_IPV4_ADDRESSES);
	const struct bt_value *value = bt_profile_value(draft->profile, addresses);
	struct bt_node *section;

	if (!method)
		return;
	section = bt_nmstate_put_new(writing, draft->map, key, BT_NODE_MAP);
	bt_nmstate_put_yes_no(writing, section, "enabled", method->enabled);
	draft->written.property[block] = true;
	if (!method->enabled)
		return;
	bt_nmstate_put_yes_no(writing, section, "dhcp", method->dhcp);
	if (block == BT_PROP_IPV6)
		bt_nmstate_put_yes_no(writing, section, "autoconf", method->autoconf);
	if (value && (method->addresses || method->dhcp)) {
		put_addresses(writing, section, value);
		draft->written.property[addresses] = true;
	}
	put_keys(writing, draft, section, block, method);
}

/* The families without which the interface does not count as up. */
static void put_wait(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	bool v4 = !bt_profile_number(draft->profile, BT_PROP_IPV4_MAY_FAIL) &&
		  bt_profile_value(draft->profile, BT_PROP_IPV4_MAY_FAIL);
	bool v6 = !bt_profile_number(draft->profile, BT_PROP_IPV6_MAY_FAIL) &&
		  bt_profile_value(draft->profile, BT_PROP_IPV6_MAY_FAIL);

	draft->written.property[BT_PROP_IPV4_MAY_FAIL] = true;
	draft->written.property[BT_PROP_IPV6_MAY_FAIL] = true;
	if (v4 || v6)
		bt_nmstate_put_text(writing, draft->map, "wait-ip",
				    v4 && v6 ? "ipv4+ipv6"
				    : v4     ? "ipv4"
					     : "ipv6");
}

void bt_nmstate_put_ip(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(blocks); i++)
		put_family(writing, draft, blocks[i]);
	put_wait(writing, draft);
}

/* ---- "routes" ----------------------------------------------------------------------------------
 */

/* nmstate's key for an attribute, or NULL. */
static const char *attribute_key(const char *attribute)
{
	size_t length = strcspn(attribute, "=");

	for (const struct bt_nmstate_attribute *a = bt_nmstate_route_keys; a->key; a++)
		if (strlen(a->attribute) == length && strncmp(a->attribute, attribute, length) == 0)
			return a->key;
	return NULL;
}

static struct bt_node *attribute_node(const char *value)
{
	uint64_t number;

	if (bt_equal(value, "true") || bt_equal(value, "false"))
		return bt_node_scalar(BT_NODE_BOOLEAN, value);
	return bt_node_scalar(bt_parse_uint(value, &number) == 0 ? BT_NODE_NUMBER : BT_NODE_TEXT,
			      value);
}

static void put_route(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft,
		      struct bt_node *list, const struct bt_route *route)
{
	struct bt_node *map = bt_node_new(BT_NODE_MAP);

	if (bt_node_append(list, map) < 0) {
		writing->failed = true;
		return;
	}
	bt_nmstate_put_text(writing, map, "destination", route->destination);
	if (route->gateway)
		bt_nmstate_put_text(writing, map, "next-hop-address", route->gateway);
	bt_nmstate_put_text(writing, map, "next-hop-interface", bt_nmstate_name(draft->profile));
	if (route->metric >= 0)
		bt_nmstate_put(writing, map, "metric", bt_node_number(route->metric));
	for (size_t i = 0; i < route->attributes.count; i++) {
		const char *attribute = route->attributes.items[i];
		const char *key = attribute_key(attribute);

		if (key && !bt_node_get(map, key))
			bt_nmstate_put(writing, map, key,
				       attribute_node(strchr(attribute, '=') + 1));
	}
}

static void report_route_losses(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft,
				enum bt_property_id property, const struct bt_value *value,
				const struct bt_route *route)
{
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[property]);

	for (size_t i = 0; i < route->attributes.count; i++)
		if (!attribute_key(route->attributes.items[i]))
			bt_report_loss(writing->bt, &bt_format_nmstate, value, NULL,
				       "'%s': a route of %s has no place for %s",
				       bt_profile_label(draft->profile), name ? name : "routes",
				       route->attributes.items[i]);
}

/* The gateway, as a default route, and the routes of one family. */
static void put_family_routes(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft,
			      struct bt_node *list, enum bt_property_id block)
{
	int family = block == BT_PROP_IPV6 ? AF_INET6 : AF_INET;
	enum bt_property_id routes = in_block(block, BT_PROP_IPV4_ROUTES);
	enum bt_property_id gateway = in_block(block, BT_PROP_IPV4_GATEWAY);
	const struct bt_value *value = bt_profile_value(draft->profile, routes);
	const char *via = bt_profile_text(draft->profile, gateway);

	if (via) {
		struct bt_route everywhere = {
			.destination = (char *)(family == AF_INET6 ? "::/0" : "0.0.0.0/0"),
			.gateway = (char *)via,
			.metric = -1};

		put_route(writing, draft, list, &everywhere);
	}
	for (size_t i = 0; value && i < value->n_items; i++) {
		BT_AUTOROUTE struct bt_route route = {0};

		if (bt_route_parse(family, value->items[i].text, &route) < 0) {
			writing->failed = true;
			return;
		}
		put_route(writing, draft, list, &route);
		report_route_losses(writing, draft, routes, value, &route);
	}
	draft->written.property[routes] = true;
	draft->written.property[gateway] = true;
}

static bool has_routes(const struct bondtool_profile *profile)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(blocks); i++)
		if (bt_profile_value(profile, in_block(blocks[i], BT_PROP_IPV4_ROUTES)) ||
		    bt_profile_value(profile, in_block(blocks[i], BT_PROP_IPV4_GATEWAY)))
			return true;
	return false;
}

void bt_nmstate_put_routes(struct bt_nmstate_writing *writing, struct bt_node *state)
{
	struct bt_node *list = NULL;

	for (size_t i = 0; !writing->failed && i < writing->config->count; i++) {
		struct bt_nmstate_draft *draft = &writing->drafts[i];

		if (!has_routes(draft->profile))
			continue;
		if (!list)
			list = bt_nmstate_put_new(
				writing, bt_nmstate_put_new(writing, state, "routes", BT_NODE_MAP),
				"config", BT_NODE_LIST);
		for (size_t k = 0; list && k < BT_ARRAY_SIZE(blocks); k++)
			put_family_routes(writing, draft, list, blocks[k]);
	}
}

/* ---- "dns-resolver" ----------------------------------------------------------------------------
 */

/* One list of the resolver: of the whole machine, and not of an interface as in profiles. */
struct resolver_list {
	const char *key;
	enum bt_property_id property; /* in the block of IPv4 */
	struct bt_strings words;
	const struct bt_value *first; /* the first value that it has words of; borrowed */
};

static void collect(struct bt_nmstate_writing *writing, struct resolver_list *list,
		    const struct bondtool_profile *profile, enum bt_property_id block)
{
	const struct bt_value *value = bt_profile_value(profile, in_block(block, list->property));

	if (!list->first)
		list->first = value;
	for (size_t i = 0; value && i < value->n_items; i++)
		if (!bt_strings_contain(&list->words, value->items[i].text) &&
		    bt_strings_add(&list->words, value->items[i].text) < 0)
			writing->failed = true;
}

static void put_list(struct bt_nmstate_writing *writing, struct bt_node *config,
		     const struct resolver_list *list)
{
	struct bt_node *node = NULL;

	if (!list->words.count)
		return;
	node = bt_nmstate_put_new(writing, config, list->key, BT_NODE_LIST);
	for (size_t i = 0; node && i < list->words.count; i++)
		if (bt_node_append(node, bt_node_scalar(BT_NODE_TEXT, list->words.items[i])) < 0)
			writing->failed = true;
}

/* Whether the words of the list that are of this family (all, unless they are servers) are VALUE.
 */
static bool is_all(const struct resolver_list *list, enum bt_property_id block,
		   const struct bt_value *value)
{
	size_t count = 0;

	for (size_t i = 0; i < list->words.count; i++) {
		const char *word = list->words.items[i];
		bool v6 = strchr(word, ':') != NULL;

		if (list->property == BT_PROP_IPV4_DNS && v6 != (block == BT_PROP_IPV6))
			continue;
		if (!value || count >= value->n_items || !bt_equal(value->items[count].text, word))
			return false;
		count++;
	}
	return count == (value ? value->n_items : 0);
}

/* The profiles that get the lists when the declaration is read, and whether that is with servers.
 */
struct homes {
	struct bondtool_profile *of[BT_ARRAY_SIZE(blocks)];
	bool served[BT_ARRAY_SIZE(blocks)];
};

/*
 * Whether the profile gets the list: as the home of its family, and, but for servers, if the family
 * has some there (or neither has, and this is the first home).
 */
static bool gets(const struct bondtool_profile *profile, const struct resolver_list *list,
		 enum bt_property_id block, const struct homes *homes)
{
	bool v6 = block == BT_PROP_IPV6;

	if (homes->of[v6] != profile)
		return false;
	if (list->property == BT_PROP_IPV4_DNS || homes->served[v6])
		return true;
	return !homes->served[0] && !homes->served[1] && (!v6 || !homes->of[0]);
}

static void find_homes(struct bt_nmstate_writing *writing, const struct resolver_list *servers,
		       struct homes *ret_homes)
{
	struct bondtool_config *config = writing->config;

	for (size_t k = 0; k < BT_ARRAY_SIZE(blocks); k++)
		ret_homes->of[k] = bt_resolver_home(config, 0, blocks[k]);
	for (size_t i = 0; i < servers->words.count; i++) {
		size_t v6 = strchr(servers->words.items[i], ':') != NULL;

		ret_homes->served[v6] = ret_homes->of[v6] != NULL;
	}
}

/* Says where the one list is not what the profile has. */
static void report_list(struct bt_nmstate_writing *writing, const struct resolver_list *list,
			struct bt_nmstate_draft *draft, enum bt_property_id block,
			const struct homes *homes)
{
	enum bt_property_id property = in_block(block, list->property);
	const struct bt_value *value = bt_profile_value(draft->profile, property);
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[property]);
	bool same = gets(draft->profile, list, block, homes) ? is_all(list, block, value) : !value;

	draft->written.property[property] = true;
	if (!same && name)
		bt_report_loss(writing->bt, &bt_format_nmstate, value ? value : list->first, NULL,
			       value ? "'%s': %s becomes part of one list for the whole machine"
				     : "'%s': %s gets these, too: there is one list for the whole "
				       "machine",
			       bt_profile_label(draft->profile), name);
}

/* The lists as they are for the whole machine; whether there is anything in them. */
static bool collect_all(struct bt_nmstate_writing *writing, struct resolver_list *lists,
			size_t count)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		for (size_t p = 0; p < writing->config->count; p++)
			for (size_t k = 0; k < BT_ARRAY_SIZE(blocks); k++)
				collect(writing, &lists[i], writing->config->profiles[p],
					blocks[k]);
		any = any || lists[i].words.count;
	}
	return any;
}

void bt_nmstate_put_dns(struct bt_nmstate_writing *writing, struct bt_node *state)
{
	struct resolver_list lists[] = {{.key = "server", .property = BT_PROP_IPV4_DNS},
					{.key = "search", .property = BT_PROP_IPV4_DNS_SEARCH},
					{.key = "options", .property = BT_PROP_IPV4_DNS_OPTIONS}};
	bool any = collect_all(writing, lists, BT_ARRAY_SIZE(lists));
	struct bt_node *section = NULL;
	struct homes homes = {0};

	find_homes(writing, &lists[0], &homes);
	if (any)
		section = bt_nmstate_put_new(
			writing, bt_nmstate_put_new(writing, state, "dns-resolver", BT_NODE_MAP),
			"config", BT_NODE_MAP);
	for (size_t i = 0; i < BT_ARRAY_SIZE(lists); i++) {
		put_list(writing, section, &lists[i]);
		for (size_t p = 0; any && p < writing->config->count; p++)
			for (size_t k = 0; k < BT_ARRAY_SIZE(blocks); k++)
				report_list(writing, &lists[i], &writing->drafts[p], blocks[k],
					    &homes);
	}
	for (size_t i = 0; i < BT_ARRAY_SIZE(lists); i++)
		bt_strings_release(&lists[i].words);
}
