/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a device of netplan says about addresses, gateways, routes and name servers. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "parsers/netplan/netplan-reading.h"
#include "parsers/networkd/networkd.h"

enum { IP4 = 1, IP6 = 2 }; /* bits of struct bt_networkd_methods */

/* The reading of one device. */
struct ip {
	struct bt_netplan_reading *reading;
	struct bt_netplan_device *device;
	int link_local; /* families: IP4, IP6; -1: the keys do not matter */
};

static enum bt_property_id of_family(bool v4, enum bt_property_id of_ip4)
{
	return v4 ? of_ip4 : of_ip4 + BT_IP_BLOCK;
}

static bool is_ip4(const char *text)
{
	return !strchr(text, ':');
}

static int keep(struct ip *ip, const struct bt_node *node)
{
	return bt_netplan_keep(ip->reading, ip->device, NULL, node);
}

static const char *text_of(const struct ip *ip, enum bt_property_id property)
{
	return bt_profile_text(ip->device->profile, property);
}

/* Netplan takes the addresses that an interface makes for itself from ports of a bridge, too. */
static bool is_in_bridge(const struct ip *ip)
{
	const struct bt_netplan_device *controller = ip->device->controller;

	return controller && controller->row->section == BT_NETPLAN_BRIDGES;
}

/* Whether a family is used so that netplan hands its routes and domains on to the renderer. */
static bool is_handed_on(const struct ip *ip, bool v4)
{
	return ip->device->renderer != BT_NETPLAN_MANAGER ||
	       bt_netplan_get_boolean(ip->device, v4 ? "dhcp4" : "dhcp6") > 0 ||
	       bt_profile_value(ip->device->profile, of_family(v4, BT_PROP_IPV4_ADDRESSES));
}

static void not_handed_on(const struct ip *ip, const struct bt_node *node, const char *what)
{
	bt_diag(ip->reading->bt, BONDTOOL_ERROR, "netplan/ignored", &node->origin,
		"add an address or DHCP of the same family",
		"netplan does not hand %s '%s' on to NetworkManager without an address", what,
		node->text ? node->text : "");
}

/* ---- addresses ------------------------------------------------------------------------------- */

/* Netplan merges files by appending lists, and leaves out what is there already. */
static bool has_item(const struct ip *ip, enum bt_property_id property, const char *text)
{
	const struct bt_value *value = bt_profile_value(ip->device->profile, property);

	for (size_t i = 0; value && i < value->n_items; i++)
		if (bt_equal(value->items[i].text, text))
			return true;
	return false;
}

static int take_address(struct ip *ip, const char *text, const struct bt_origin *place)
{
	bool v4 = is_ip4(text);
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_ADDRESSES);
	BT_AUTOFREE char *address = NULL;
	int r = strchr(text, '/') ? bt_item_canonical(v4 ? BT_TYPE_ADDRESS4S : BT_TYPE_ADDRESS6S,
						      text, &address)
				  : -EINVAL;

	if (r == -EINVAL)
		bt_netplan_refused(ip->reading->bt, place, NULL,
				   "'%s' should be an address with its prefix length, such as "
				   "10.0.0.1/24",
				   text);
	if (r < 0 || has_item(ip, property, address))
		return r == -ENOMEM ? r : 0;
	return bt_profile_set(ip->reading->bt, ip->device->profile, property, address, place);
}

/* "10.0.0.1/24" or {10.0.0.1/24: {label: one}}, whose options are kept. */
static int take_address_item(struct ip *ip, const struct bt_node *item)
{
	int r = 0;

	if (item->kind != BT_NODE_MAP)
		return bt_netplan_is_kind(ip->reading->bt, item, BT_NETPLAN_TEXT)
			       ? take_address(ip, item->text, &item->origin)
			       : 0;
	for (size_t i = 0; r == 0 && i < item->count; i++) {
		r = take_address(ip, item->items[i]->key, &item->items[i]->key_origin);
		if (r == 0)
			r = bt_netplan_keep(ip->reading, ip->device, "addresses", item->items[i]);
	}
	return r;
}

static int take_addresses(struct ip *ip)
{
	const struct bt_node *list = bt_netplan_get(ip->device, "addresses");
	int r = 0;

	for (size_t i = 0; r == 0 && list && i < list->count; i++)
		r = take_address_item(ip, list->items[i]);
	return r;
}

/* ---- gateways and routes --------------------------------------------------------------------- */

static int take_old_gateway(struct ip *ip, const char *key, bool v4)
{
	const struct bt_node *node = bt_netplan_get(ip->device, key);
	BT_AUTOFREE char *address = NULL;
	int r;

	if (!node)
		return 0;
	r = bt_item_canonical(v4 ? BT_TYPE_IP4 : BT_TYPE_IP6, node->text, &address);
	if (r == -EINVAL) {
		bt_netplan_refused(ip->reading->bt, &node->origin, NULL, "'%s' is no IPv%d address",
				   node->text, v4 ? 4 : 6);
		return keep(ip, node);
	}
	bt_diag(ip->reading->bt, BONDTOOL_NOTE, "netplan/old-word", &node->key_origin,
		"write 'routes: [{to: default, via: ...}]'", "netplan calls '%s' deprecated", key);
	return r < 0 ? r
		     : bt_netplan_set(ip->reading, ip->device, NULL,
				      of_family(v4, BT_PROP_IPV4_GATEWAY), node);
}

/* The scalar of a route's key; NULL when it is not there, or bad. */
static const struct bt_node *part(const struct bt_node *route, const char *key)
{
	const struct bt_node *node = bt_node_get(route, key);

	return node && bt_node_is_scalar(node) ? node : NULL;
}

static bool is_default(const char *to)
{
	return bt_equal(to, "default") || bt_equal(to, "0.0.0.0/0") || bt_equal(to, "::/0");
}

/* Attributes in the order of the table, so that the same route is the same text. */
static void add_attributes(const struct bt_node *route, struct bt_text *text)
{
	for (const struct bt_netplan_attribute *a = bt_netplan_attributes; a->key; a++) {
		const struct bt_node *node = part(route, a->key);
		const struct bondtool_name *scope =
			node && bt_equal(a->key, "scope")
				? bt_name_find(bt_netplan_scopes, node->text)
				: NULL;
		bool yes;

		if (!node)
			continue;
		if (scope)
			bt_text_addf(text, " %s=%" PRId64, a->name, scope->number);
		else if (a->boolean && bt_netplan_parse_boolean(node->text, &yes))
			bt_text_addf(text, " %s=%s", a->name, yes ? "true" : "false");
		else
			bt_text_addf(text, " %s=%s", a->name, node->text);
	}
}

/* Whether every key of a route is one, and of its kind. */
static bool check_route(struct ip *ip, const struct bt_node *route)
{
	bool good = true;

	for (size_t i = 0; i < route->count; i++) {
		const struct bt_node *item = route->items[i];
		const struct bt_netplan_key *row =
			bt_netplan_find_key(BT_NETPLAN_OF_ROUTE, item->key);

		if (!row)
			bt_netplan_unknown_key(ip->reading->bt, item, BT_NETPLAN_OF_ROUTE);
		good = row && bt_netplan_is_kind(ip->reading->bt, item, row->kind) && good;
	}
	return good;
}

/* A default route of nothing but a gateway is the profile's gateway. */
static bool is_gateway(const struct ip *ip, const struct bt_node *route, const char *to, bool v4)
{
	return is_default(to) && part(route, "via") && route->count == 2 &&
	       !text_of(ip, of_family(v4, BT_PROP_IPV4_GATEWAY));
}

static int take_route(struct ip *ip, const struct bt_node *route)
{
	const struct bt_node *to = part(route, "to"), *via = part(route, "via");
	const struct bt_node *metric = part(route, "metric");
	BT_AUTOTEXT struct bt_text text = {0};
	bool v4;

	if (!to) {
		bt_netplan_refused(ip->reading->bt, &route->origin, NULL, "a route needs 'to'");
		return 0;
	}
	v4 = is_ip4(bt_equal(to->text, "default") && via ? via->text : to->text);
	if (via && is_ip4(via->text) != v4) {
		bt_netplan_refused(ip->reading->bt, &via->origin, NULL,
				   "'%s' and '%s' are of two families", to->text, via->text);
		return 0;
	}
	if (!is_handed_on(ip, v4)) {
		not_handed_on(ip, to, "the route to");
		return 0;
	}
	if (is_gateway(ip, route, to->text, v4))
		return bt_netplan_set(ip->reading, ip->device, "routes",
				      of_family(v4, BT_PROP_IPV4_GATEWAY), via);
	bt_text_add(&text, !is_default(to->text) ? to->text : v4 ? "0.0.0.0/0" : "::/0");
	if (via)
		bt_text_addf(&text, " %s", via->text);
	if (metric)
		bt_text_addf(&text, " %s", metric->text);
	add_attributes(route, &text);
	if (text.failed)
		return -ENOMEM;
	int r = bt_profile_set(ip->reading->bt, ip->device->profile,
			       of_family(v4, BT_PROP_IPV4_ROUTES), text.data, &route->origin);

	return r == -ENOMEM ? r : 0;
}

static int take_routes(struct ip *ip)
{
	const struct bt_node *list = bt_netplan_get(ip->device, "routes");
	int r = 0;

	for (size_t i = 0; r == 0 && list && i < list->count; i++)
		if (bt_netplan_is_kind(ip->reading->bt, list->items[i], BT_NETPLAN_MAP) &&
		    check_route(ip, list->items[i]))
			r = take_route(ip, list->items[i]);
	return r;
}

/* ---- methods --------------------------------------------------------------------------------- */

/* The families of "link-local", or those that netplan takes without it. */
static int link_local(const struct ip *ip)
{
	const struct bt_node *list = bt_netplan_get(ip->device, "link-local");
	int families = 0;

	if (!list)
		return IP6;
	for (size_t i = 0; i < list->count; i++) {
		const struct bt_node *item = list->items[i];

		if (bt_equal(item->text, "ipv4"))
			families |= IP4;
		else if (bt_equal(item->text, "ipv6"))
			families |= IP6;
		else
			bt_netplan_refused(ip->reading->bt, &item->origin, NULL,
					   "an item of 'link-local' is 'ipv4' or 'ipv6'");
	}
	return families;
}

/*
 * For IPv6 that is not asked to have an address, but has any of this, netplan writes method=manual,
 * which NetworkManager refuses without one.
 */
static void check_ip6_of_manager(struct ip *ip)
{
	static const char *const keys[] = {"gateway6", "ipv6-address-generation"};
	const struct bt_value *dns = bt_profile_value(ip->device->profile, BT_PROP_IPV6_DNS);
	const struct bt_origin *place = dns ? &dns->origin : NULL;

	for (size_t i = 0; !place && i < BT_ARRAY_SIZE(keys); i++) {
		const struct bt_node *node = bt_netplan_get(ip->device, keys[i]);

		place = node ? &node->key_origin : NULL;
	}
	if (place && !is_handed_on(ip, false))
		bt_diag(ip->reading->bt, BONDTOOL_ERROR, "netplan/ignored", place,
			"add an IPv6 address or 'dhcp6: true'",
			"NetworkManager refuses '%s': IPv6 is set up here without an address",
			ip->device->id);
}

/* What netplan writes for systemd-networkd, and what that makes of it. */
static const char *networkd_method(const struct ip *ip, bool v4)
{
	int dhcp4 = bt_netplan_get_boolean(ip->device, "dhcp4");
	int dhcp6 = bt_netplan_get_boolean(ip->device, "dhcp6");
	struct bt_networkd_methods methods = {
		.dhcp = (dhcp4 > 0 ? IP4 : 0) | (dhcp6 > 0 ? IP6 : 0),
		.link_local = ip->link_local,
		.accept_ra = bt_netplan_get_boolean(ip->device, "accept-ra"),
		.addresses4 = bt_profile_value(ip->device->profile, BT_PROP_IPV4_ADDRESSES),
		.addresses6 = bt_profile_value(ip->device->profile, BT_PROP_IPV6_ADDRESSES),
	};

	if (!methods.dhcp && dhcp4 < 0)
		methods.dhcp = -1;
	return bt_networkd_method(&methods, v4);
}

/* What netplan writes for NetworkManager, which needs a method for each family. */
static const char *manager_method(const struct ip *ip, bool v4)
{
	if (bt_netplan_get_boolean(ip->device, v4 ? "dhcp4" : "dhcp6") > 0)
		return "auto";
	if (bt_profile_value(ip->device->profile, of_family(v4, BT_PROP_IPV4_ADDRESSES)))
		return "manual";
	return v4 ? "link-local" : "ignore";
}

/* The place of the first key that says something about the method. */
static struct bt_origin method_place(const struct ip *ip, bool v4)
{
	static const char *const keys[][4] = {
		{"accept-ra", "dhcp6", "link-local", "addresses"},
		{"dhcp4", "link-local", "addresses", "addresses"},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(keys[v4]); i++) {
		const struct bt_node *node = bt_netplan_get(ip->device, keys[v4][i]);

		if (node)
			return node->origin;
	}
	return ip->device->node->key_origin;
}

static int settle_method(struct ip *ip, bool v4)
{
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_METHOD);
	const char *method = ip->device->renderer == BT_NETPLAN_MANAGER ? manager_method(ip, v4)
									: networkd_method(ip, v4);
	struct bt_origin place;

	/* Not asked for anything, systemd-networkd listens to routers and knows no IPv4. */
	if (!method)
		return bt_profile_imply(ip->device->profile, property,
					v4 || is_in_bridge(ip) ? "disabled" : "auto");
	place = method_place(ip, v4);
	return bt_profile_set(ip->reading->bt, ip->device->profile, property, method, &place);
}

/* ---- name servers ---------------------------------------------------------------------------- */

static int take_server(struct ip *ip, const struct bt_node *item)
{
	bool v4 = is_ip4(item->text);
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_DNS);
	BT_AUTOFREE char *address = NULL;
	int r = bt_item_canonical(v4 ? BT_TYPE_IP4 : BT_TYPE_IP6, item->text, &address);

	if (r == -EINVAL)
		bt_netplan_refused(ip->reading->bt, &item->origin, NULL,
				   "'%s' should be the address of a name server", item->text);
	if (r < 0 || has_item(ip, property, address))
		return r == -ENOMEM ? r : 0;
	return bt_profile_set(ip->reading->bt, ip->device->profile, property, address,
			      &item->origin);
}

/* There is one list of domains: it is that of IPv4 where IPv4 is used. */
static int take_domain(struct ip *ip, const struct bt_node *item)
{
	const char *method = text_of(ip, BT_PROP_IPV4_METHOD);
	bool v4 = (method && !bt_equal(method, "disabled")) || !text_of(ip, BT_PROP_IPV6_METHOD);
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_DNS_SEARCH);

	if (!is_handed_on(ip, true) && !is_handed_on(ip, false))
		not_handed_on(ip, item, "the domain");
	else if (!has_item(ip, property, item->text))
		return bt_profile_set(ip->reading->bt, ip->device->profile, property, item->text,
				      &item->origin);
	return 0;
}

static int take_each(struct ip *ip, const struct bt_node *list,
		     int (*take)(struct ip *ip, const struct bt_node *item))
{
	int r = 0;

	if (!bt_netplan_is_kind(ip->reading->bt, list, BT_NETPLAN_LIST))
		return bt_netplan_keep(ip->reading, ip->device, "nameservers", list);
	for (size_t i = 0; r == 0 && i < list->count; i++)
		if (bt_netplan_is_kind(ip->reading->bt, list->items[i], BT_NETPLAN_TEXT))
			r = take(ip, list->items[i]);
	return r;
}

static int take_names(struct ip *ip)
{
	const struct bt_node *map = bt_netplan_get(ip->device, "nameservers");
	int r = 0;

	for (size_t i = 0; r == 0 && map && i < map->count; i++) {
		const struct bt_node *item = map->items[i];

		if (bt_equal(item->key, "addresses")) {
			r = take_each(ip, item, take_server);
		} else if (bt_equal(item->key, "search")) {
			r = take_each(ip, item, take_domain);
		} else {
			bt_netplan_unknown_key(ip->reading->bt, item, BT_NETPLAN_OF_NAMESERVERS);
			r = bt_netplan_keep(ip->reading, ip->device, "nameservers", item);
		}
	}
	return r;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* Whether the value asks for nothing, as ports are anyway: "dhcp4: false", "addresses: []". */
static bool is_idle(const struct bt_node *node)
{
	bool yes;

	if (bt_node_is_scalar(node))
		return bt_netplan_parse_boolean(node->text, &yes) && !yes;
	return !node->count;
}

/* A port of a bond has no addresses: what it has is kept, with a warning. */
static int refuse_on_port(struct ip *ip)
{
	static const char *const keys[] = {"dhcp4",	 "dhcp6",     "accept-ra",
					   "link-local", "addresses", "gateway4",
					   "gateway6",	 "routes",    "nameservers"};
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(keys); i++) {
		const struct bt_node *node = bt_netplan_get(ip->device, keys[i]);

		if (!node || is_idle(node))
			continue;
		bt_warning(ip->reading->bt, "netplan/port-address", &node->key_origin,
			   "'%s' has no effect: '%s' is a port of '%s'", node->key, ip->device->id,
			   ip->device->controller->id);
		r = keep(ip, node);
	}
	return r;
}

int bt_netplan_read_ip(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	struct ip ip = {reading, device};
	int r;

	if (device->controller && device->controller->row->section == BT_NETPLAN_BONDS)
		return refuse_on_port(&ip);
	ip.link_local = link_local(&ip);
	if (is_in_bridge(&ip))
		ip.link_local = bt_netplan_get(device, "accept-ra") ? 0 : -1;
	r = take_addresses(&ip);
	if (r == 0)
		r = take_old_gateway(&ip, "gateway4", true);
	if (r == 0)
		r = take_old_gateway(&ip, "gateway6", false);
	if (r == 0)
		r = take_routes(&ip);
	if (r == 0)
		r = settle_method(&ip, true);
	if (r == 0)
		r = settle_method(&ip, false);
	if (r == 0)
		r = take_names(&ip);
	check_ip6_of_manager(&ip);
	return r;
}
