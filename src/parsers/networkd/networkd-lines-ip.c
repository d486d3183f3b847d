/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses, routes and name servers of a profile as assignments of a .network file. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "model/route.h"
#include "parsers/loss.h"
#include "parsers/networkd/networkd.h"

/* What is written of one profile. */
struct ip {
	struct bondtool *bt;
	const struct bondtool_profile *profile;
	struct bt_written *written;
	struct bt_networkd_texts *texts;
};

static enum bt_property_id of_family(bool v4, enum bt_property_id of_ip4)
{
	return v4 ? of_ip4 : of_ip4 + BT_IP_BLOCK;
}

static void add(struct ip *ip, const char *section, const char *key, const char *value)
{
	bt_networkd_add(ip->texts, BT_NETWORKD_NETWORK, section, NULL, key, "%s", value);
}

static void lose(struct ip *ip, enum bt_property_id property, const char *why)
{
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[property]);

	if (ip->bt)
		bt_report_loss(ip->bt, &bt_format_networkd, bt_profile_value(ip->profile, property),
			       NULL, "'%s': %s %s", bt_profile_label(ip->profile),
			       name ? name : "a property", why);
}

/* ---- methods -----------------------------------------------------------------------------------
 */

static bool is_method(const struct ip *ip, bool v4, const char *method)
{
	return bt_equal(bt_profile_text(ip->profile, of_family(v4, BT_PROP_IPV4_METHOD)), method);
}

/* The switches that come to the profile's methods. */
static struct bt_networkd_methods switches(const struct ip *ip)
{
	const char *of4 = bt_profile_text(ip->profile, BT_PROP_IPV4_METHOD);
	const char *of6 = bt_profile_text(ip->profile, BT_PROP_IPV6_METHOD);
	bool local4 = is_method(ip, true, "link-local");
	bool off6 = is_method(ip, false, "disabled");
	bool local6 = is_method(ip, false, "link-local");
	struct bt_networkd_methods m = {
		.dhcp = -1,
		.link_local = -1,
		.accept_ra = -1,
		.addresses4 = bt_profile_value(ip->profile, BT_PROP_IPV4_ADDRESSES),
		.addresses6 = bt_profile_value(ip->profile, BT_PROP_IPV6_ADDRESSES),
	};

	if (bt_equal(of4, "auto") || bt_equal(of6, "dhcp") || bt_equal(of4, "disabled"))
		m.dhcp = bt_equal(of4, "auto") | bt_equal(of6, "dhcp") << 1;
	if (local4 || off6 || local6)
		m.link_local = local4 | !off6 << 1;
	if (bt_equal(of6, "auto"))
		m.accept_ra = 1;
	else if (bt_equal(of6, "manual") || bt_equal(of6, "dhcp") || off6 || local6)
		m.accept_ra = 0;
	return m;
}

static void add_families(struct ip *ip, const char *key, int families)
{
	static const char *const words[] = {"no", "ipv4", "ipv6", "yes"};

	if (families >= 0)
		add(ip, "Network", key, words[families]);
}

static void add_methods(struct ip *ip)
{
	struct bt_networkd_methods m = switches(ip);

	add_families(ip, "DHCP", m.dhcp);
	add_families(ip, "LinkLocalAddressing", m.link_local);
	if (m.accept_ra >= 0)
		add(ip, "Network", "IPv6AcceptRA", m.accept_ra ? "yes" : "no");
	for (int v4 = 1; v4 >= 0; v4--) {
		enum bt_property_id property = of_family(v4, BT_PROP_IPV4_METHOD);
		const char *wanted = bt_profile_text(ip->profile, property);
		const char *meant = bt_networkd_method(&m, v4);

		bt_written_property(ip->written, property);
		if (!bt_equal(wanted, meant))
			lose(ip, property, meant ? "becomes another one" : "has no word for it");
	}
}

/* ---- addresses and routes ----------------------------------------------------------------------
 */

/* Whether extras say more about the address or route TEXT, which then needs its own section. */
static bool has_extras(const struct ip *ip, const char *section, const char *text)
{
	BT_AUTOFREE char *whole = bt_format("network/%s %s", section, text);

	for (size_t i = 0; i < ip->profile->n_extras; i++)
		if (ip->profile->extras[i].format == BT_FORMAT_NETWORKD &&
		    bt_equal(ip->profile->extras[i].section, whole))
			return true;
	return false;
}

static void add_addresses(struct ip *ip, bool v4)
{
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_ADDRESSES);
	const struct bt_value *value = bt_profile_value(ip->profile, property);

	bt_written_property(ip->written, property);
	for (size_t i = 0; value && i < value->n_items; i++) {
		const char *text = value->items[i].text;

		if (has_extras(ip, "Address", text))
			bt_networkd_add(ip->texts, BT_NETWORKD_NETWORK, "Address", text, "Address",
					"%s", text);
		else
			add(ip, "Network", "Address", text);
	}
}

static void add_gateway(struct ip *ip, bool v4)
{
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_GATEWAY);
	const char *gateway = bt_profile_text(ip->profile, property);

	bt_written_property(ip->written, property);
	if (gateway)
		add(ip, "Network", "Gateway", gateway);
}

static void add_attribute(struct ip *ip, const char *block, const char *attribute)
{
	size_t length = strcspn(attribute, "=");
	const char *value = attribute + length + (attribute[length] == '=');

	for (const struct bt_networkd_attribute *a = bt_networkd_attributes; a->key; a++) {
		const struct bondtool_name *word = NULL;
		int64_t number;

		if (strlen(a->name) != length || strncmp(a->name, attribute, length) != 0)
			continue;
		if (a->words && bt_parse_int(value, &number) == 0)
			word = bt_name_of(a->words, number);
		if (a->boolean)
			value = bt_equal(value, "true") ? "yes" : "no";
		bt_networkd_add(ip->texts, BT_NETWORKD_NETWORK, "Route", block, a->key, "%s",
				word ? word->name : value);
		return;
	}
}

/* Whether every attribute has a key. */
static bool is_expressible(const struct bt_route *route)
{
	for (size_t i = 0; i < route->attributes.count; i++) {
		const char *attribute = route->attributes.items[i];
		size_t length = strcspn(attribute, "=");
		bool known = false;

		for (const struct bt_networkd_attribute *a = bt_networkd_attributes; a->key; a++)
			known = known || (strlen(a->name) == length &&
					  strncmp(a->name, attribute, length) == 0);
		if (!known)
			return false;
	}
	return true;
}

static void add_route(struct ip *ip, const char *block, const struct bt_route *route)
{
	bt_networkd_add(ip->texts, BT_NETWORKD_NETWORK, "Route", block, "Destination", "%s",
			route->destination);
	if (route->gateway)
		bt_networkd_add(ip->texts, BT_NETWORKD_NETWORK, "Route", block, "Gateway", "%s",
				route->gateway);
	if (route->metric >= 0)
		bt_networkd_add(ip->texts, BT_NETWORKD_NETWORK, "Route", block, "Metric",
				"%" PRId64, route->metric);
	for (size_t i = 0; i < route->attributes.count; i++)
		add_attribute(ip, block, route->attributes.items[i]);
}

static void add_routes(struct ip *ip, bool v4)
{
	enum bt_property_id property = of_family(v4, BT_PROP_IPV4_ROUTES);
	const struct bt_value *value = bt_profile_value(ip->profile, property);

	bt_written_property(ip->written, property);
	for (size_t i = 0; value && i < value->n_items; i++) {
		BT_AUTOROUTE struct bt_route route = {0};

		if (bt_route_parse(v4 ? AF_INET : AF_INET6, value->items[i].text, &route) < 0)
			continue;
		if (!is_expressible(&route))
			lose(ip, property, "has a route with an attribute that has no key");
		add_route(ip, value->items[i].text, &route);
	}
}

/* ---- names and DHCP ----------------------------------------------------------------------------
 */

static void join(const struct bt_value *value, struct bt_text *text)
{
	for (size_t i = 0; value && i < value->n_items; i++)
		bt_text_addf(text, "%s%s", text->length ? " " : "", value->items[i].text);
}

static void add_servers(struct ip *ip)
{
	BT_AUTOTEXT struct bt_text text = {0};

	join(bt_profile_value(ip->profile, BT_PROP_IPV4_DNS), &text);
	join(bt_profile_value(ip->profile, BT_PROP_IPV6_DNS), &text);
	bt_written_property(ip->written, BT_PROP_IPV4_DNS);
	bt_written_property(ip->written, BT_PROP_IPV6_DNS);
	if (text.length)
		add(ip, "Network", "DNS", text.data);
}

/* Adds the words of the other family that are not there yet. */
static void join_new(const struct bt_value *value, const struct bt_value *present,
		     struct bt_text *text)
{
	for (size_t i = 0; value && i < value->n_items; i++) {
		bool known = false;

		for (size_t k = 0; present && k < present->n_items; k++)
			known = known || bt_equal(present->items[k].text, value->items[i].text);
		if (!known)
			bt_text_addf(text, "%s%s", text->length ? " " : "", value->items[i].text);
	}
}

/*
 * networkd has one list of domains, which is read as that of IPv4 where IPv4 is used. What moves
 * from one family to the other is reported.
 */
static void add_domains(struct ip *ip)
{
	const struct bt_value *of4 = bt_profile_value(ip->profile, BT_PROP_IPV4_DNS_SEARCH);
	const struct bt_value *of6 = bt_profile_value(ip->profile, BT_PROP_IPV6_DNS_SEARCH);
	const char *method4 = bt_profile_text(ip->profile, BT_PROP_IPV4_METHOD);
	bool back_to_4 = (method4 && !bt_equal(method4, "disabled")) ||
			 !bt_profile_text(ip->profile, BT_PROP_IPV6_METHOD);
	BT_AUTOTEXT struct bt_text text = {0};
	size_t length;

	join(of4, &text);
	length = text.length;
	join_new(of6, of4, &text);
	bt_written_property(ip->written, BT_PROP_IPV4_DNS_SEARCH);
	bt_written_property(ip->written, BT_PROP_IPV6_DNS_SEARCH);
	if (text.length)
		add(ip, "Network", "Domains", text.data);
	if (back_to_4 && of6)
		lose(ip, BT_PROP_IPV6_DNS_SEARCH,
		     text.length > length ? "goes into the list of ipv4.dns-search"
					  : "is in the list of the other family");
	if (!back_to_4 && of4)
		lose(ip, BT_PROP_IPV4_DNS_SEARCH, "goes into the list of ipv6.dns-search");
}

/* Metric and table of the profile are DHCP's where it has no other routes. */
static void add_dhcp_number(struct ip *ip, enum bt_property_id property, const char *key)
{
	const struct bt_value *value = bt_profile_value(ip->profile, property);

	if (!value || value->number <= 0 || !is_method(ip, true, "auto") ||
	    bt_profile_value(ip->profile, BT_PROP_IPV4_GATEWAY) ||
	    bt_profile_value(ip->profile, BT_PROP_IPV4_ROUTES))
		return;
	bt_written_property(ip->written, property);
	bt_networkd_add(ip->texts, BT_NETWORKD_NETWORK, "DHCPv4", NULL, key, "%" PRId64,
			value->number);
}

void bt_networkd_ip_lines(struct bondtool *bt, const struct bondtool_profile *profile,
			  struct bt_written *written, struct bt_networkd_texts *texts)
{
	struct ip ip = {bt, profile, written, texts};

	add_methods(&ip);
	add_addresses(&ip, true);
	add_addresses(&ip, false);
	add_gateway(&ip, true);
	add_gateway(&ip, false);
	add_servers(&ip);
	add_domains(&ip);
	add_dhcp_number(&ip, BT_PROP_IPV4_ROUTE_METRIC, "RouteMetric");
	add_dhcp_number(&ip, BT_PROP_IPV4_ROUTE_TABLE, "RouteTable");
	add_routes(&ip, true);
	add_routes(&ip, false);
}
