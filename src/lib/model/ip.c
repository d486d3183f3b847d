/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and routes that a profile asks for; see model/ip.h. */
#include "model/ip.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "model/route.h"

enum bt_property_id bt_ip_property(int family, enum bt_property_id of_ipv4)
{
	return family == AF_INET ? of_ipv4 : (enum bt_property_id)(of_ipv4 + BT_IP_BLOCK);
}

enum bt_ip_method bt_ip_method(const struct bondtool_profile *profile, int family)
{
	const char *method = bt_profile_text(profile, bt_ip_property(family, BT_PROP_IPV4_METHOD));
	const struct bt_value *addresses =
		bt_profile_value(profile, bt_ip_property(family, BT_PROP_IPV4_ADDRESSES));

	if (!method)
		return addresses ? BT_IP_ADD : BT_IP_LEFT_ALONE;
	if (bt_equal(method, "manual") || bt_equal(method, "disabled") ||
	    bt_equal(method, "link-local"))
		return BT_IP_EXACT;
	return bt_equal(method, "ignore") ? BT_IP_LEFT_ALONE : BT_IP_ADD;
}

/* ---- networks ------------------------------------------------------------------------------- */

/* Splits "10.0.0.1/24"; false for a text that is none. */
static bool split(int family, const char *text, unsigned char *bytes, unsigned *ret_prefix)
{
	const char *slash = strchrnul(text, '/');
	BT_AUTOFREE char *address = strndup(text, (size_t)(slash - text));
	uint64_t prefix = family == AF_INET ? 32 : 128;

	if (*slash && bt_parse_uint(slash + 1, &prefix) < 0)
		return false;
	*ret_prefix = (unsigned)prefix;
	return address && inet_pton(family, address, bytes) == 1;
}

static bool same_bits(const unsigned char *a, const unsigned char *b, unsigned bits)
{
	unsigned rest = bits % 8;

	if (memcmp(a, b, bits / 8) != 0)
		return false;
	return !rest || (a[bits / 8] ^ b[bits / 8]) >> (8 - rest) == 0;
}

bool bt_ip_same_network(const char *a, const char *b)
{
	unsigned char one[16], other[16];
	unsigned prefix, other_prefix;

	return split(AF_INET, a, one, &prefix) && split(AF_INET, b, other, &other_prefix) &&
	       prefix == other_prefix && same_bits(one, other, prefix);
}

bool bt_ip_reaches(int family, const struct bt_value *addresses, const char *gateway)
{
	unsigned char hop[16], address[16];
	unsigned prefix, ignored;

	if (!split(family, gateway, hop, &ignored))
		return false;
	if (family == AF_INET6 && hop[0] == 0xfe && (hop[1] & 0xc0) == 0x80)
		return true;
	for (size_t i = 0; addresses && i < addresses->n_items; i++)
		if (split(family, addresses->items[i].text, address, &prefix) &&
		    same_bits(hop, address, prefix))
			return true;
	return false;
}

/* ---- routes --------------------------------------------------------------------------------- */

/* The words of a route with the profile's own metric and table where it names none. */
static char *complete(const struct bondtool_profile *profile, int family, const char *text)
{
	int64_t metric =
		bt_profile_number(profile, bt_ip_property(family, BT_PROP_IPV4_ROUTE_METRIC));
	int64_t table =
		bt_profile_number(profile, bt_ip_property(family, BT_PROP_IPV4_ROUTE_TABLE));
	BT_AUTOROUTE struct bt_route route = {0};
	BT_AUTOTEXT struct bt_text out = {0};

	if (bt_route_parse(family, text, &route) < 0)
		return NULL;
	bt_text_add(&out, route.destination);
	if (route.gateway)
		bt_text_addf(&out, " %s", route.gateway);
	if (route.metric >= 0 || metric >= 0)
		bt_text_addf(&out, " %" PRId64, route.metric >= 0 ? route.metric : metric);
	for (size_t i = 0; i < route.attributes.count; i++)
		bt_text_addf(&out, " %s", route.attributes.items[i]);
	if (table && !bt_route_attribute(&route, "table"))
		bt_text_addf(&out, " table=%" PRId64, table);
	return bt_text_take(&out);
}

static int add_route(const struct bondtool_profile *profile, int family, const char *text,
		     const struct bt_origin *origin, struct bt_value *routes)
{
	return bt_value_append(routes, complete(profile, family, text), origin);
}

/* The default route, marked as on the link where no address of ours reaches the gateway. */
static int add_gateway(const struct bondtool_profile *profile, int family, struct bt_value *routes)
{
	enum bt_property_id property = bt_ip_property(family, BT_PROP_IPV4_GATEWAY);
	const char *gateway = bt_profile_text(profile, property);
	const struct bt_value *addresses =
		bt_profile_value(profile, bt_ip_property(family, BT_PROP_IPV4_ADDRESSES));
	struct bt_origin origin = bt_profile_origin(profile, property);

	if (!gateway ||
	    bt_profile_number(profile, bt_ip_property(family, BT_PROP_IPV4_NEVER_DEFAULT)))
		return 0;

	BT_AUTOFREE char *text =
		bt_format("default %s%s", gateway,
			  bt_ip_reaches(family, addresses, gateway) ? "" : " onlink=true");

	return text ? add_route(profile, family, text, &origin, routes) : -ENOMEM;
}

int bt_ip_routes(const struct bondtool_profile *profile, int family, struct bt_value *ret_routes)
{
	enum bt_property_id property = bt_ip_property(family, BT_PROP_IPV4_ROUTES);
	const struct bt_value *given = bt_profile_value(profile, property);
	BT_AUTOVALUE struct bt_value routes = {.id = property};
	int r = 0;

	for (size_t i = 0; r == 0 && given && i < given->n_items; i++)
		r = add_route(profile, family, given->items[i].text, &given->items[i].origin,
			      &routes);
	if (r == 0)
		r = add_gateway(profile, family, &routes);
	if (r < 0)
		return r;
	*ret_routes = routes;
	routes = (struct bt_value){0};
	return 0;
}
