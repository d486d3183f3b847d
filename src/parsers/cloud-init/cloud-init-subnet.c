/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Subnets, routes and name servers of cloud-init's version 1. */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "model/route.h"
#include "parsers/cloud-init/cloud-init.h"
#include "parsers/resolver.h"

static const char subnet_section[] = "subnets";

/* The property of a block that stands where PROPERTY does in that of IPv4. */
static enum bt_property_id in_block(bool v6, enum bt_property_id property)
{
	return property + (v6 ? BT_IP_BLOCK : 0);
}

static bool is_v6(const char *address)
{
	return strchr(address, ':') != NULL;
}

/* ---- prefix lengths ----------------------------------------------------------------------------
 */

/* The number of leading ones of a mask; false when there are ones behind a zero. */
static bool mask_length(const unsigned char *mask, size_t size, unsigned *ret_length)
{
	unsigned length = 0;

	while (length < size * 8 && (mask[length / 8] & (0x80 >> length % 8)))
		length++;
	*ret_length = length;
	for (unsigned bit = length; bit < size * 8; bit++)
		if (mask[bit / 8] & (0x80 >> bit % 8))
			return false;
	return true;
}

/* A prefix length: as a number, or as a mask of the family. */
static bool parse_prefix(bool v6, const char *text, unsigned *ret_prefix)
{
	unsigned char mask[sizeof(struct in6_addr)];
	uint64_t number;

	if (bt_parse_uint(text, &number) == 0) {
		*ret_prefix = (unsigned)number;
		return number <= (v6 ? 128 : 32);
	}
	return inet_pton(v6 ? AF_INET6 : AF_INET, text, mask) == 1 &&
	       mask_length(mask, v6 ? 16 : 4, ret_prefix);
}

/*
 * The address (or network) of a map as "ADDRESS/PREFIX" in a new string: the prefix length stands
 * behind it, in "prefix" or in "netmask", else cloud-init takes 24 or 64. NULL with an error where
 * it is none; *ret_failed tells of memory.
 */
static char *network_of(struct bt_cloud_init_reading *reading, const struct bt_node *map,
			const struct bt_node *address, bool *ret_failed)
{
	const struct bt_node *own = bt_cloud_init_scalar(reading, map, "prefix");
	const struct bt_node *mask = own ? own : bt_cloud_init_scalar(reading, map, "netmask");
	const char *slash = strchr(address->text, '/');
	const char *text = slash ? slash + 1 : mask ? mask->text : NULL;
	bool v6 = is_v6(address->text);
	unsigned prefix = v6 ? 64 : 24;
	char *network;

	if (text && !parse_prefix(v6, text, &prefix)) {
		bt_cloud_init_wrong_value(reading, slash ? address : mask,
					  "there is no such prefix length");
		return NULL;
	}
	if (!text)
		bt_warning(reading->bt, "cloud-init/prefix", &address->origin,
			   "'%s' has no prefix length; cloud-init takes %u", address->text, prefix);
	network = bt_format("%.*s/%u", (int)strcspn(address->text, "/"), address->text, prefix);
	*ret_failed = !network;
	return network;
}

/* ---- routes ------------------------------------------------------------------------------------
 */

/* A default route without a metric is the gateway of its interface, if that has none yet. */
static int set_route(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		     const struct bt_node *node, const char *network, const struct bt_node *gateway,
		     const struct bt_node *metric)
{
	bool v6 = is_v6(network), anywhere = bt_has_suffix(network, "/0");
	BT_AUTOFREE char *route =
		bt_format("%s%s%s%s%s", network, gateway ? " " : "", gateway ? gateway->text : "",
			  metric ? " " : "", metric ? metric->text : "");
	int r;

	if (!route)
		return -ENOMEM;
	if (anywhere && gateway && !metric &&
	    !bt_profile_text(profile, in_block(v6, BT_PROP_IPV4_GATEWAY)))
		r = bt_profile_set(reading->bt, profile, in_block(v6, BT_PROP_IPV4_GATEWAY),
				   gateway->text, &gateway->origin);
	else
		r = bt_profile_set(reading->bt, profile, in_block(v6, BT_PROP_IPV4_ROUTES), route,
				   &node->origin);
	return r == -ENOMEM ? r : 0;
}

/* Where a route leads: "network" in subnets, "destination" of its own. */
static const struct bt_node *destination_of(struct bt_cloud_init_reading *reading,
					    const struct bt_node *map)
{
	const struct bt_node *node = bt_cloud_init_scalar(reading, map, "destination");

	if (!node)
		node = bt_cloud_init_scalar(reading, map, "network");
	if (!node)
		bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/required", &map->origin, NULL,
			"cloud-init refuses a route without 'destination'");
	return node;
}

static int take_subnet_route(struct bt_cloud_init_reading *reading,
			     struct bondtool_profile *profile, const struct bt_node *map)
{
	const struct bt_node *destination = destination_of(reading, map);
	bool failed = false;
	BT_AUTOFREE char *network =
		destination ? network_of(reading, map, destination, &failed) : NULL;

	if (!network)
		return failed ? -ENOMEM : 0;
	return set_route(reading, profile, destination, network,
			 bt_cloud_init_scalar(reading, map, "gateway"),
			 bt_cloud_init_scalar(reading, map, "metric"));
}

/* Whether ADDRESS lies in the network of ITEM, "192.0.2.1/24". */
static bool reaches(const char *item, const char *address)
{
	int family = is_v6(item) ? AF_INET6 : AF_INET;
	BT_AUTOFREE char *other =
		bt_format("%s%s", address, strchr(item, '/') ? strchr(item, '/') : "");
	BT_AUTOROUTE struct bt_route here = {0}, there = {0};

	return other && bt_route_parse(family, item, &here) == 0 &&
	       bt_route_parse(family, other, &there) == 0 &&
	       strcmp(here.destination, there.destination) == 0;
}

/* The first profile with an address whose network has the gateway; NULL if none has. */
static struct bondtool_profile *way_to(const struct bt_cloud_init_reading *reading,
				       const char *gateway)
{
	enum bt_property_id id = in_block(is_v6(gateway), BT_PROP_IPV4_ADDRESSES);

	for (size_t i = reading->first; i < reading->config->count; i++) {
		struct bondtool_profile *profile = reading->config->profiles[i];
		const struct bt_value *addresses = bt_profile_value(profile, id);

		for (size_t k = 0; addresses && k < addresses->n_items; k++)
			if (reaches(addresses->items[k].text, gateway))
				return profile;
	}
	return NULL;
}

int bt_cloud_init_take_route(struct bt_cloud_init_reading *reading, const struct bt_node *item)
{
	const struct bt_node *destination = destination_of(reading, item);
	const struct bt_node *gateway = bt_cloud_init_scalar(reading, item, "gateway");
	struct bondtool_profile *profile = gateway ? way_to(reading, gateway->text) : NULL;

	if (destination && !profile)
		bt_warning(reading->bt, "cloud-init/left-out", &item->origin,
			   "the route to '%s' is left out: no interface here reaches its gateway",
			   destination->text);
	return destination && profile ? take_subnet_route(reading, profile, item) : 0;
}

/* ---- name servers ------------------------------------------------------------------------------
 */

static bool has_item(const struct bondtool_profile *profile, enum bt_property_id property,
		     const char *word)
{
	const struct bt_value *value = bt_profile_value(profile, property);

	for (size_t i = 0; value && i < value->n_items; i++)
		if (bt_equal(value->items[i].text, word))
			return true;
	return false;
}

/*
 * Adds the words of a list, or of a text with blanks between, to a property. What the machine and
 * a subnet of it both have is there once.
 */
static int add_words(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		     const struct bt_node *node, enum bt_property_id property)
{
	BT_AUTOFREE char *words = strdup(node->text);
	char *save = NULL;
	int r = words ? 0 : -ENOMEM;

	for (char *word = words ? strtok_r(words, " ", &save) : NULL; word && r != -ENOMEM;
	     word = strtok_r(NULL, " ", &save)) {
		enum bt_property_id id = property;

		if (property == BT_PROP_IPV4_DNS)
			id = in_block(is_v6(word), property);
		if (!has_item(profile, id, word))
			r = bt_profile_set(reading->bt, profile, id, word, &node->origin);
	}
	return r == -ENOMEM ? r : 0;
}

static int take_words(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		      const struct bt_node *list, enum bt_property_id property)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < bt_cloud_init_count(list); i++) {
		const struct bt_node *item = bt_cloud_init_item(list, i);

		if (bt_node_is_scalar(item))
			r = add_words(reading, profile, item, property);
		else
			bt_cloud_init_wrong_value(reading, item, "a single value is needed");
	}
	return r;
}

/* The family whose name servers the profile has, for the domains that go with them. */
static enum bt_property_id search_of(const struct bondtool_profile *profile)
{
	bool v6 = !bt_profile_value(profile, BT_PROP_IPV4_DNS) &&
		  bt_profile_value(profile, BT_PROP_IPV6_DNS);

	return in_block(v6, BT_PROP_IPV4_DNS_SEARCH);
}

static struct bondtool_profile *home_of(struct bt_cloud_init_reading *reading, const char *server)
{
	return bt_resolver_home(reading->config, reading->first,
				server && is_v6(server) ? BT_PROP_IPV6 : BT_PROP_IPV4);
}

/* Servers of no interface: each goes where its family has its way out. */
static int take_global_servers(struct bt_cloud_init_reading *reading, const struct bt_node *item)
{
	const struct bt_node *servers = bt_node_get(item, "address");
	const struct bt_node *search = bt_node_get(item, "search");
	struct bondtool_profile *home = NULL;
	int r = 0;

	for (size_t i = 0; r == 0 && i < bt_cloud_init_count(servers); i++) {
		const struct bt_node *server = bt_cloud_init_item(servers, i);
		struct bondtool_profile *profile =
			server->text ? home_of(reading, server->text) : NULL;

		home = home ? home : profile;
		if (profile)
			r = take_words(reading, profile, server, BT_PROP_IPV4_DNS);
		else
			bt_warning(reading->bt, "cloud-init/left-out", &server->origin,
				   "'%s' is left out: no interface here has addresses of its "
				   "family",
				   server->text ? server->text : "a name server");
	}
	if (r == 0 && search && home)
		r = take_words(reading, home, search, search_of(home));
	return r;
}

int bt_cloud_init_take_servers(struct bt_cloud_init_reading *reading, const struct bt_node *item)
{
	const struct bt_node *interface = bt_cloud_init_scalar(reading, item, "interface");
	const struct bt_node *servers = bt_node_get(item, "address");
	const struct bt_node *search = bt_node_get(item, "search");
	struct bondtool_profile *profile;
	int r;

	if (!servers) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/required", &item->origin, NULL,
			"cloud-init skips this name server: it needs 'address'");
		return 0;
	}
	if (!interface)
		return take_global_servers(reading, item);
	profile = bt_cloud_init_find(reading, interface->text);
	if (!profile) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/reference", &interface->origin,
			NULL, "cloud-init refuses the whole text: there is no interface '%s'",
			interface->text);
		return 0;
	}
	r = take_words(reading, profile, servers, BT_PROP_IPV4_DNS);
	return r == 0 && search ? take_words(reading, profile, search, search_of(profile)) : r;
}

/* ---- subnets -----------------------------------------------------------------------------------
 */

/* What each type of subnet is as a method; NULL: as none. */
static const struct subnet_type {
	const char *name, *ipv4, *ipv6;
	bool address; /* it has one, whose family decides */
} subnet_types[] = {
	{"dhcp", "auto", NULL, false},
	{"dhcp4", "auto", NULL, false},
	{"dhcp6", NULL, "auto", false},
	{"ipv6_dhcpv6-stateful", NULL, "auto", false},
	{"ipv6_dhcpv6-stateless", NULL, "auto", false},
	{"ipv6_slaac", NULL, "auto", false},
	{"manual", NULL, NULL, false},
	{"static", "manual", "manual", true},
	{"static6", "manual", "manual", true},
};

static const struct subnet_type *find_type(struct bt_cloud_init_reading *reading,
					   const struct bt_node *subnet)
{
	const struct bt_node *type = bt_cloud_init_scalar(reading, subnet, "type");
	struct bt_nearest nearest = {.word = type ? type->text : ""};
	BT_AUTOFREE char *hint = NULL;

	if (!type) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/required", &subnet->origin, NULL,
			"cloud-init cannot use a subnet without 'type'");
		return NULL;
	}
	for (size_t i = 0; i < BT_ARRAY_SIZE(subnet_types); i++) {
		if (strcmp(subnet_types[i].name, type->text) == 0)
			return &subnet_types[i];
		bt_nearest_offer(&nearest, subnet_types[i].name);
	}
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/value", &type->origin, hint,
		"cloud-init knows no type '%s' of a subnet", type->text);
	return NULL;
}

/* Sets the method of a family; DHCP wins over addresses, which may stand beside it. */
static int set_method(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		      const struct bt_node *subnet, bool v6, const char *method)
{
	const char *present = bt_profile_text(profile, in_block(v6, BT_PROP_IPV4_METHOD));

	if (!method || bt_equal(present, "auto"))
		return 0;
	return bt_profile_set(reading->bt, profile, in_block(v6, BT_PROP_IPV4_METHOD), method,
			      &subnet->origin);
}

static int take_address(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
			const struct bt_node *subnet, const struct subnet_type *type)
{
	const struct bt_node *address = bt_cloud_init_scalar(reading, subnet, "address");
	const struct bt_node *gateway = bt_cloud_init_scalar(reading, subnet, "gateway");
	bool v6 = address && is_v6(address->text), failed = false;
	BT_AUTOFREE char *text = NULL;
	int r;

	if (!address)
		address = bt_cloud_init_scalar(reading, subnet, "ip_address");
	if (!address) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/required", &subnet->origin, NULL,
			"cloud-init refuses a static subnet without 'address'");
		return 0;
	}
	v6 = is_v6(address->text);
	text = network_of(reading, subnet, address, &failed);
	if (!text)
		return failed ? -ENOMEM : 0;
	r = set_method(reading, profile, subnet, v6, v6 ? type->ipv6 : type->ipv4);
	if (r == 0)
		r = bt_cloud_init_set(reading, profile, subnet_section, address,
				      in_block(v6, BT_PROP_IPV4_ADDRESSES), text);
	if (r == 0 && gateway)
		r = bt_cloud_init_set(reading, profile, subnet_section, gateway,
				      in_block(is_v6(gateway->text), BT_PROP_IPV4_GATEWAY),
				      gateway->text);
	return r;
}

/* What decides whether the interface comes up at boot. */
static int take_control(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
			const struct bt_node *subnet)
{
	const struct bt_node *control = bt_cloud_init_scalar(reading, subnet, "control");

	if (!control || bt_equal(control->text, "auto") || bt_equal(control->text, "hotplug"))
		return 0;
	if (bt_equal(control->text, "manual") || bt_equal(control->text, "off"))
		return bt_profile_set_number(profile, BT_PROP_AUTOCONNECT, 0, &control->origin);
	bt_cloud_init_wrong_value(reading, control, "only auto, hotplug and manual are known");
	return 0;
}

static int take_lists(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		      const struct bt_node *subnet)
{
	const struct bt_node *servers = bt_node_get(subnet, "dns_nameservers");
	const struct bt_node *search = bt_node_get(subnet, "dns_search");
	const struct bt_node *routes = bt_node_get(subnet, "routes");
	int r = servers ? take_words(reading, profile, servers, BT_PROP_IPV4_DNS) : 0;

	if (r == 0 && search)
		r = take_words(reading, profile, search, search_of(profile));
	if (routes && routes->kind != BT_NODE_LIST && routes->kind != BT_NODE_NULL)
		bt_cloud_init_wrong_value(reading, routes, "it must be a list of maps");
	for (size_t i = 0; routes && r == 0 && i < routes->count; i++)
		r = take_subnet_route(reading, profile, routes->items[i]);
	return r;
}

static int take_subnet(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		       const struct bt_node *subnet)
{
	static const char *const words[] = {
		"address",    "broadcast", "control",	 "dns_nameservers",
		"dns_search", "gateway",   "ip_address", "ipv4",
		"ipv6",	      "metric",	   "netmask",	 "prefix",
		"routes",     "scope",	   "type",	 NULL,
	};
	static const char *const foreign[] = {"broadcast", "metric", "scope", NULL};
	const struct subnet_type *type = find_type(reading, subnet);
	int r = 0;

	if (!type)
		return 0;
	if (type->address)
		r = take_address(reading, profile, subnet, type);
	else
		r = set_method(reading, profile, subnet, type->ipv6 != NULL,
			       type->ipv6 ? type->ipv6 : type->ipv4);
	if (r == 0)
		r = take_control(reading, profile, subnet);
	if (r == 0)
		r = take_lists(reading, profile, subnet);
	for (size_t i = 0; r == 0 && i < subnet->count; i++) {
		const struct bt_node *node = subnet->items[i];

		if (!bt_cloud_init_is_in(words, node->key))
			bt_cloud_init_unknown(reading, node, words, foreign);
		if (!bt_cloud_init_is_in(words, node->key) ||
		    bt_cloud_init_is_in(foreign, node->key))
			r = bt_cloud_init_keep(profile, subnet_section, node);
	}
	return r;
}

int bt_cloud_init_take_subnets(struct bt_cloud_init_reading *reading,
			       struct bondtool_profile *profile, const struct bt_node *subnets)
{
	int r = 0;

	if (subnets->kind == BT_NODE_NULL)
		return 0;
	if (subnets->kind != BT_NODE_LIST) {
		bt_cloud_init_wrong_value(reading, subnets, "it must be a list of maps");
		return 0;
	}
	for (size_t i = 0; r == 0 && i < subnets->count; i++) {
		if (subnets->items[i]->kind == BT_NODE_MAP)
			r = take_subnet(reading, profile, subnets->items[i]);
		else
			bt_cloud_init_wrong_value(reading, subnets->items[i], "it must be a map");
	}
	return r;
}
