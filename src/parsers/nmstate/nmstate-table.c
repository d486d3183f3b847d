/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The keys of nmstate's declarations beside bond options, which are in the option table: those that
 * stand for properties, and those that are known and have no place in our model. From the sources
 * of nmstate 2.2 (ifaces/base.rs, ip.rs, ifaces/vlan.rs, route.rs).
 */
#include <stddef.h>

#include "parsers/nmstate/nmstate.h"

#define BOTH(name) BT_PROP_IPV4_##name, BT_PROP_IPV6_##name
const struct bt_nmstate_key bt_nmstate_ip_keys[] = {
	{"addr-gen-mode", BT_PROP_ID, BT_PROP_IPV6_ADDR_GEN_MODE, BT_NMSTATE_TEXT, true},
	{"auto-dns", BOTH(IGNORE_AUTO_DNS), BT_NMSTATE_NO_YES, false},
	{"auto-gateway", BOTH(NEVER_DEFAULT), BT_NMSTATE_NO_YES, false},
	{"auto-route-metric", BOTH(ROUTE_METRIC), BT_NMSTATE_NUMBER, false},
	{"auto-route-table-id", BOTH(ROUTE_TABLE), BT_NMSTATE_NUMBER, false},
	{"auto-routes", BOTH(IGNORE_AUTO_ROUTES), BT_NMSTATE_NO_YES, false},
	{"dhcp-client-id", BT_PROP_IPV4_DHCP_CLIENT_ID, BT_PROP_ID, BT_NMSTATE_TEXT, false},
	{"dhcp-custom-hostname", BOTH(DHCP_HOSTNAME), BT_NMSTATE_TEXT, false},
	{"dhcp-send-hostname", BOTH(DHCP_SEND_HOSTNAME), BT_NMSTATE_YES_NO, false},
	{"token", BT_PROP_ID, BT_PROP_IPV6_TOKEN, BT_NMSTATE_TEXT, true},
	{.key = NULL},
};

const struct bt_nmstate_method bt_nmstate_methods[] = {
	{"disabled", .v4 = true, .v6 = true},
	{"auto", .v4 = true, .enabled = true, .dhcp = true},
	{"auto", .v6 = true, .enabled = true, .dhcp = true, .autoconf = true},
	{"dhcp", .v6 = true, .enabled = true, .dhcp = true},
	{"manual", .v4 = true, .v6 = true, .enabled = true, .addresses = true},
	{"link-local", .v6 = true, .enabled = true},
	{.method = NULL},
};

const struct bt_nmstate_controller bt_nmstate_controllers[] = {
	{"linux-bridge", "bridge", "bridge"},
	{"ovs-bridge", "bridge", "ovs-port"},
	{"vrf", "vrf", "vrf"},
	{.type = NULL},
};

const struct bt_nmstate_flag bt_nmstate_vlan_flags[] = {
	{"reorder-headers", 1, true},
	{"loose-binding", 4, false},
	{.key = NULL},
};

const struct bt_nmstate_attribute bt_nmstate_route_keys[] = {
	{"table-id", "table"},
	{"weight", "weight"},
	{"cwnd", "cwnd"},
	{"source", "src"},
	{"initcwnd", "initcwnd"},
	{"initrwnd", "initrwnd"},
	{"mtu", "mtu"},
	{"quickack", "quickack"},
	{"advmss", "advmss"},
	{"lock-mtu", "lock-mtu"},
	{.key = NULL},
};

static const char *const interface_keys[] = {
	"802.1x",
	"accept-all-mac-addresses",
	"alt-names",
	"bridge",
	"copy-mac-from",
	"description",
	"dispatch",
	"ethernet",
	"ethtool",
	"hsr",
	"infiniband",
	"ipvlan",
	"mac-vlan",
	"mac-vtap",
	"macsec",
	"mptcp",
	"ovs-db",
	"pci-address",
	"veth",
	"vrf",
	"vxlan",
	"xfrm",
	NULL,
};

/* Those that the reader knows itself. */
static const char *const read_interface_keys[] = {
	"controller", "identifier",  "ipv4", "ipv6",	"link-aggregation",
	"lldp",	      "mac-address", "mtu",  "name",	"profile-name",
	"state",      "type",	     "vlan", "wait-ip", NULL,
};
static const char *const read_ip_keys[] = {"address", "autoconf", "dhcp", "enabled", NULL};
static const char *const read_bond_keys[] = {"mode", "options", "port", "ports-config", NULL};
static const char *const read_port_keys[] = {"name", NULL};
static const char *const read_vlan_keys[] = {
	"base-iface",	   "egress-qos-map",	    "id",
	"ingress-qos-map", "loose-binding",	    "protocol",
	"reorder-headers", "registration-protocol", NULL,
};
static const char *const read_route_keys[] = {
	"destination", "metric", "next-hop-address", "next-hop-interface", "state", NULL,
};

static const char *const ipv4_keys[] = {"allow-extra-address", "forwarding", NULL};
static const char *const ipv6_keys[] = {"allow-extra-address", "dhcp-duid", "forwarding", NULL};
static const char *const vlan_keys[] = {"bridge-binding", NULL};
static const char *const route_keys[] = {"route-type", "vrf-name", NULL};
static const char *const none[] = {NULL};

/* The keys of each section: known but left to nmstate, and known to the reader. */
static const struct section {
	const char *name; /* NULL: of the interface itself */
	const char *const *foreign, *const *read;
} sections[] = {
	{NULL, interface_keys, read_interface_keys},
	{"ipv4", ipv4_keys, read_ip_keys},
	{"ipv6", ipv6_keys, read_ip_keys},
	{"link-aggregation", none, read_bond_keys},
	{"link-aggregation.options", none, none},
	{"link-aggregation.ports-config", none, read_port_keys},
	{"routes", route_keys, read_route_keys},
	{"vlan", vlan_keys, read_vlan_keys},
};

static const struct section *find_section(const char *name)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(sections); i++)
		if (bt_equal(sections[i].name, name))
			return &sections[i];
	return NULL;
}

bool bt_nmstate_is_in(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (bt_equal(*words, word))
			return true;
	return false;
}

bool bt_nmstate_is_foreign(const char *section, const char *key)
{
	const struct section *row = find_section(section);

	return row && bt_nmstate_is_in(row->foreign, key);
}

bool bt_nmstate_is_report(const char *key)
{
	static const char *const keys[] = {"max-mtu", "min-mtu", "permanent-mac-address", NULL};

	return bt_nmstate_is_in(keys, key);
}

static void offer(struct bt_nearest *nearest, const char *const *words)
{
	for (; *words; words++)
		bt_nearest_offer(nearest, *words);
}

/* Offers the keys of the bond's options, or of its ports'. */
static void offer_options(struct bt_nearest *nearest, bool of_port)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		const char *key = option->keys[BT_FORMAT_NMSTATE];

		if (i != BT_OPT_MODE && bt_option_has_key(option, BT_FORMAT_NMSTATE) &&
		    !(option->flags & BT_OPTION_PORT) == !of_port)
			bt_nearest_offer(nearest, key ? key : option->name);
	}
}

void bt_nmstate_offer_keys(struct bt_nearest *nearest, const char *section)
{
	const struct section *row = find_section(section);

	if (!row)
		return;
	offer(nearest, row->read);
	offer(nearest, row->foreign);
	if (bt_equal(section, "ipv4") || bt_equal(section, "ipv6"))
		for (const struct bt_nmstate_key *key = bt_nmstate_ip_keys; key->key; key++)
			bt_nearest_offer(nearest, key->key);
	if (bt_equal(section, "routes"))
		for (const struct bt_nmstate_attribute *a = bt_nmstate_route_keys; a->key; a++)
			bt_nearest_offer(nearest, a->key);
	if (bt_equal(section, "link-aggregation.options"))
		offer_options(nearest, false);
	if (bt_equal(section, "link-aggregation.ports-config"))
		offer_options(nearest, true);
}
