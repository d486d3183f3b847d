/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses, routes and name servers of a profile as keys of a netplan device. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "model/route.h"
#include "parsers/netplan/netplan-writing.h"
#include "parsers/networkd/networkd.h"

enum { IP4 = 1, IP6 = 2 }; /* bits of struct bt_networkd_methods */

static enum bt_property_id of_family(bool v4, enum bt_property_id of_ip4)
{
	return v4 ? of_ip4 : of_ip4 + BT_IP_BLOCK;
}

static const char *method_of(const struct bt_netplan_written *w, bool v4)
{
	return bt_profile_text(w->profile, of_family(v4, BT_PROP_IPV4_METHOD));
}

static bool has_addresses(const struct bt_netplan_written *w, bool v4)
{
	return bt_profile_value(w->profile, of_family(v4, BT_PROP_IPV4_ADDRESSES)) != NULL;
}

/* A port of a bridge, for which netplan has no "link-local". */
static bool is_in_bridge(const struct bt_netplan_written *w)
{
	return bt_profile_text(w->profile, BT_PROP_CONTROLLER) &&
	       bt_equal(bt_profile_text(w->profile, BT_PROP_PORT_TYPE), "bridge");
}

/* Whether netplan hands routes and domains of a family on to the renderer. */
static bool is_handed_on(const struct bt_netplan_written *w, bool v4)
{
	return w->renderer != BT_NETPLAN_MANAGER || has_addresses(w, v4) ||
	       bt_equal(method_of(w, v4), "auto");
}

/* Whether a property has what netplan would not hand on; then it says so. */
static bool is_kept_back(struct bt_netplan_written *w, enum bt_property_id property, bool handed_on)
{
	if (!handed_on && bt_profile_value(w->profile, property))
		bt_netplan_lose(w, property, "add an address of the same family",
				"would not reach NetworkManager without an address");
	return !handed_on;
}

/* ---- methods ---- */

/* Says so where a method is not what the keys come to. */
static void check_method(struct bt_netplan_written *w, bool v4, const char *meant)
{
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_METHOD);

	bt_written_property(&w->written, property);
	if (method_of(w, v4) && !bt_equal(method_of(w, v4), meant))
		bt_netplan_lose(w, property, NULL,
				meant ? "becomes another one" : "has no word for it");
}

/* Whether the texts ask for DHCPv6, which also makes systemd-networkd listen to routers. */
static bool asked_by_dhcp6(const struct bt_netplan_written *w)
{
	const struct bt_node *old = bt_netplan_old(w, "dhcp6");
	bool yes = false;

	return old && old->text && bt_netplan_parse_boolean(old->text, &yes) && yes;
}

static struct bt_networkd_methods switches(const struct bt_netplan_written *w)
{
	const char *of4 = method_of(w, true), *of6 = method_of(w, false);
	bool auto6 = bt_equal(of6, "auto");
	bool dhcp6 = bt_equal(of6, "dhcp") || (auto6 && asked_by_dhcp6(w));
	struct bt_networkd_methods m = {
		.dhcp = (bt_equal(of4, "auto") ? IP4 : 0) | (dhcp6 ? IP6 : 0),
		.link_local = (bt_equal(of4, "link-local") ? IP4 : 0) |
			      (bt_equal(of6, "disabled") ? 0 : IP6),
		.accept_ra = -1,
		.addresses4 = has_addresses(w, true),
		.addresses6 = has_addresses(w, false),
	};

	if (auto6 && !dhcp6)
		m.accept_ra = 1;
	else if (of6 && !auto6 && !bt_equal(of6, "ignore"))
		m.accept_ra = 0;
	if (is_in_bridge(w))
		m.link_local = m.accept_ra < 0 ? -1 : 0;
	if (!m.dhcp && !bt_equal(of4, "disabled"))
		m.dhcp = -1;
	return m;
}

static int put_link_local(struct bt_netplan_written *w, int families)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);
	int r = list ? 0 : -ENOMEM;

	if (families == IP6)
		return 0;
	if (r == 0 && (families & IP4))
		r = bt_node_append(list, bt_node_scalar(BT_NODE_TEXT, "ipv4"));
	if (r == 0 && (families & IP6))
		r = bt_node_append(list, bt_node_scalar(BT_NODE_TEXT, "ipv6"));
	return r == 0 ? bt_netplan_put(w->map, "link-local", BT_TAKE(list)) : r;
}

static int put_networkd_methods(struct bt_netplan_written *w)
{
	struct bt_networkd_methods m = switches(w);
	int r = 0;

	if (m.dhcp >= 0 && ((m.dhcp & IP4) || bt_equal(method_of(w, true), "disabled")))
		r = bt_netplan_put_boolean(w->map, "dhcp4", m.dhcp & IP4);
	if (r == 0 && m.dhcp >= 0 && (m.dhcp & IP6))
		r = bt_netplan_put_boolean(w->map, "dhcp6", true);
	if (r == 0 && m.accept_ra >= 0)
		r = bt_netplan_put_boolean(w->map, "accept-ra", m.accept_ra);
	if (r == 0)
		r = is_in_bridge(w) ? 0 : put_link_local(w, m.link_local);
	check_method(w, true, bt_networkd_method(&m, true));
	check_method(w, false, bt_networkd_method(&m, false));
	return r;
}

static int put_manager_methods(struct bt_netplan_written *w)
{
	int r = 0;

	for (int v4 = 1; r == 0 && v4 >= 0; v4--) {
		bool dhcp = bt_equal(method_of(w, v4), "auto");

		if (dhcp)
			r = bt_netplan_put_boolean(w->map, v4 ? "dhcp4" : "dhcp6", true);
		check_method(w, v4,
			     dhcp		    ? "auto"
			     : has_addresses(w, v4) ? "manual"
			     : v4		    ? "link-local"
						    : "ignore");
	}
	return r;
}

/* ---- addresses ---- */

/* The options that a text gives to an address; NULL without any. */
static const struct bt_extra *options_of(const struct bt_netplan_written *w, const char *address)
{
	for (size_t i = 0; i < w->profile->n_extras; i++) {
		const struct bt_extra *extra = &w->profile->extras[i];

		if (extra->format == BT_FORMAT_NETPLAN && bt_equal(extra->section, "addresses") &&
		    bt_equal(extra->key, address))
			return extra;
	}
	return NULL;
}

static struct bt_node *address_node(const struct bt_netplan_written *w, const char *address)
{
	const struct bt_extra *options = options_of(w, address);
	BT_AUTONODE struct bt_node *map = NULL;

	if (!options)
		return bt_node_scalar(BT_NODE_TEXT, address);
	map = bt_node_new(BT_NODE_MAP);
	if (!map || bt_netplan_put(map, address, bt_node_from_json(options->value)) < 0)
		return NULL;
	return BT_TAKE(map);
}

static int put_addresses(struct bt_netplan_written *w)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);
	int r = list ? 0 : -ENOMEM;

	for (int v4 = 1; r == 0 && v4 >= 0; v4--) {
		enum bt_property_id property = of_family(v4, BT_PROP_IPV4_ADDRESSES);
		const struct bt_value *value = bt_profile_value(w->profile, property);

		bt_written_property(&w->written, property);
		for (size_t i = 0; r == 0 && value && i < value->n_items; i++)
			r = bt_node_append(list, address_node(w, value->items[i].text));
	}
	if (r < 0 || !list->count)
		return r;
	return bt_netplan_put(w->map, "addresses", BT_TAKE(list));
}

/* ---- routes ---- */

static int put_attribute(struct bt_netplan_written *w, struct bt_node *map, bool v4,
			 const char *attribute)
{
	size_t length = strcspn(attribute, "=");
	const char *value = attribute + length + (attribute[length] == '=');
	const struct bondtool_name *scope = NULL;
	int64_t number;

	for (const struct bt_netplan_attribute *a = bt_netplan_attributes; a->key; a++) {
		if (strlen(a->name) != length || strncmp(a->name, attribute, length) != 0)
			continue;
		if (a->boolean)
			return bt_netplan_put_boolean(map, a->key, bt_equal(value, "true"));
		if (bt_parse_int(value, &number) < 0)
			return bt_netplan_put_text(map, a->key, value);
		if (bt_equal(a->key, "scope"))
			scope = bt_name_of(bt_netplan_scopes, number);
		return scope ? bt_netplan_put_text(map, a->key, scope->name)
			     : bt_netplan_put(map, a->key, bt_node_number(number));
	}
	bt_netplan_lose(w, of_family(v4, BT_PROP_IPV4_ROUTES), NULL,
			"has a route with an attribute that has no key");
	return 0;
}

static bool is_default(const char *destination)
{
	return bt_equal(destination, "0.0.0.0/0") || bt_equal(destination, "::/0");
}

static int add_route(struct bt_netplan_written *w, struct bt_node *list, bool v4, const char *text)
{
	BT_AUTONODE struct bt_node *map = bt_node_new(BT_NODE_MAP);
	BT_AUTOROUTE struct bt_route route = {0};
	int r = bt_route_parse(v4 ? AF_INET : AF_INET6, text, &route);

	if (r < 0 || !map)
		return -ENOMEM;
	r = bt_netplan_put_text(map, "to",
				route.gateway && is_default(route.destination) ? "default"
									       : route.destination);
	if (r == 0 && route.gateway)
		r = bt_netplan_put_text(map, "via", route.gateway);
	if (r == 0 && route.metric >= 0)
		r = bt_netplan_put(map, "metric", bt_node_number(route.metric));
	for (size_t i = 0; r == 0 && i < route.attributes.count; i++)
		r = put_attribute(w, map, v4, route.attributes.items[i]);
	return r == 0 ? bt_node_append(list, BT_TAKE(map)) : r;
}

/* The gateway: a default route, or the old key where the texts have it. */
static int add_gateway(struct bt_netplan_written *w, struct bt_node *list, bool v4)
{
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_GATEWAY);
	const char *gateway = bt_profile_text(w->profile, property);
	const char *key = v4 ? "gateway4" : "gateway6";
	BT_AUTOFREE char *route = NULL;

	bt_written_property(&w->written, property);
	if (!gateway)
		return 0;
	if (bt_netplan_old(w, key))
		return bt_netplan_put_text(w->map, key, gateway);
	if (is_kept_back(w, property, is_handed_on(w, v4)))
		return 0;
	route = bt_format("%s %s", v4 ? "0.0.0.0/0" : "::/0", gateway);
	return route ? add_route(w, list, v4, route) : -ENOMEM;
}

static int put_routes(struct bt_netplan_written *w)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);
	int r = list ? 0 : -ENOMEM;

	for (int v4 = 1; r == 0 && v4 >= 0; v4--) {
		enum bt_property_id property = of_family(v4, BT_PROP_IPV4_ROUTES);
		const struct bt_value *value = bt_profile_value(w->profile, property);

		bt_written_property(&w->written, property);
		r = add_gateway(w, list, v4);
		if (is_kept_back(w, property, is_handed_on(w, v4)))
			continue;
		for (size_t i = 0; r == 0 && value && i < value->n_items; i++)
			r = add_route(w, list, v4, value->items[i].text);
	}
	if (r < 0 || !list->count)
		return r;
	return bt_netplan_put(w->map, "routes", BT_TAKE(list));
}

/* ---- name servers ---- */

static bool has_text(const struct bt_node *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (bt_equal(list->items[i]->text, text))
			return true;
	return false;
}

/*
 * Whether NetworkManager gets the name servers or domains of a family: servers of IPv6 without an
 * address would make it refuse the profile, domains go with the addresses of either family.
 */
static bool are_names_handed_on(const struct bt_netplan_written *w, enum bt_property_id of_ip4,
				bool v4)
{
	if (of_ip4 == BT_PROP_IPV4_DNS)
		return v4 || is_handed_on(w, v4);
	return is_handed_on(w, true) || is_handed_on(w, false);
}

/* A list of both families, each item once. */
static int put_both(struct bt_netplan_written *w, const char *key, enum bt_property_id of_ip4)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);
	struct bt_node *map;
	int r = list ? 0 : -ENOMEM;

	for (int v4 = 1; r == 0 && v4 >= 0; v4--) {
		const struct bt_value *value = bt_profile_value(w->profile, of_family(v4, of_ip4));

		bt_written_property(&w->written, of_family(v4, of_ip4));
		if (is_kept_back(w, of_family(v4, of_ip4), are_names_handed_on(w, of_ip4, v4)))
			continue;
		for (size_t i = 0; r == 0 && value && i < value->n_items; i++)
			if (!has_text(list, value->items[i].text))
				r = bt_node_append(
					list, bt_node_scalar(BT_NODE_TEXT, value->items[i].text));
	}
	if (r < 0 || !list->count)
		return r;
	map = bt_netplan_map_in(w->map, "nameservers");
	return map ? bt_netplan_put(map, key, BT_TAKE(list)) : -ENOMEM;
}

static bool has_new_item(const struct bt_value *value, const struct bt_value *present)
{
	for (size_t i = 0; value && i < value->n_items; i++) {
		bool known = false;

		for (size_t k = 0; present && k < present->n_items; k++)
			known = known || bt_equal(present->items[k].text, value->items[i].text);
		if (!known)
			return true;
	}
	return false;
}

/* There is one list of domains, read as that of IPv4 where IPv4 is used: what moves is said. */
static void check_domains(struct bt_netplan_written *w)
{
	const struct bt_value *of4 = bt_profile_value(w->profile, BT_PROP_IPV4_DNS_SEARCH);
	const struct bt_value *of6 = bt_profile_value(w->profile, BT_PROP_IPV6_DNS_SEARCH);
	const char *method = method_of(w, true);
	bool back_to_4 = (method && !bt_equal(method, "disabled")) || !method_of(w, false);

	if (back_to_4 && of6)
		bt_netplan_lose(w, BT_PROP_IPV6_DNS_SEARCH, NULL,
				has_new_item(of6, of4) ? "goes into the list of ipv4.dns-search"
						       : "is in the list of the other family");
	if (!back_to_4 && of4)
		bt_netplan_lose(w, BT_PROP_IPV4_DNS_SEARCH, NULL,
				"goes into the list of ipv6.dns-search");
}

int bt_netplan_put_ip(struct bt_netplan_written *w)
{
	int r = w->renderer == BT_NETPLAN_MANAGER ? put_manager_methods(w)
						  : put_networkd_methods(w);

	if (r == 0)
		r = put_addresses(w);
	if (r == 0)
		r = put_routes(w);
	if (r == 0)
		r = put_both(w, "addresses", BT_PROP_IPV4_DNS);
	if (r == 0)
		r = put_both(w, "search", BT_PROP_IPV4_DNS_SEARCH);
	check_domains(w);
	return r;
}
