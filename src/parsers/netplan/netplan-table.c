/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The keys that netplan knows (parse.c of netplan 0.106 to 1.2) and what they are in the model. The
 * options of bonds are in the option table.
 */
#include <string.h>

#include "parsers/netplan/netplan.h"

#define IN(map)		   BT_NETPLAN_BIT(BT_NETPLAN_OF_##map)
#define DEVICES		   (IN(ETHERNET) | IN(BOND) | IN(VLAN))
#define OVERRIDES	   (IN(DHCP4) | IN(DHCP6))
#define KEPT(kind)	   BT_NETPLAN_##kind, BT_NETPLAN_KEPT, 0
#define SPECIAL(kind)	   BT_NETPLAN_##kind, BT_NETPLAN_SPECIAL, 0
#define PROPERTY(kind, id) BT_NETPLAN_##kind, BT_NETPLAN_PROPERTY, BT_PROP_##id
#define INVERTED(id)	   BT_NETPLAN_BOOLEAN, BT_NETPLAN_INVERTED, BT_PROP_##id

const struct bt_netplan_key bt_netplan_keys[] = {
	{IN(ROOT), "network", SPECIAL(MAP)},

	{IN(NETWORK), "version", SPECIAL(TEXT)},
	{IN(NETWORK) | DEVICES, "renderer", SPECIAL(TEXT)},
	{IN(NETWORK) | DEVICES, "openvswitch", SPECIAL(MAP)},

	{DEVICES, "dhcp4", SPECIAL(BOOLEAN)},
	{DEVICES, "dhcp6", SPECIAL(BOOLEAN)},
	{DEVICES, "accept-ra", SPECIAL(BOOLEAN)},
	{DEVICES, "link-local", SPECIAL(LIST)},
	{DEVICES, "addresses", SPECIAL(LIST)},
	{DEVICES, "gateway4", SPECIAL(TEXT)},
	{DEVICES, "gateway6", SPECIAL(TEXT)},
	{DEVICES, "routes", SPECIAL(LIST)},
	{DEVICES, "nameservers", SPECIAL(MAP)},
	{DEVICES, "dhcp4-overrides", SPECIAL(MAP)},
	{DEVICES, "dhcp6-overrides", SPECIAL(MAP)},
	{DEVICES, "networkmanager", SPECIAL(MAP)},
	{DEVICES, "activation-mode", SPECIAL(TEXT)},
	{DEVICES, "macaddress", PROPERTY(TEXT, CLONED_MAC_ADDRESS)},
	{DEVICES, "mtu", PROPERTY(NUMBER, MTU)},
	{DEVICES, "ipv6-privacy", SPECIAL(BOOLEAN)},
	{DEVICES, "ipv6-address-generation", PROPERTY(TEXT, IPV6_ADDR_GEN_MODE)},
	{DEVICES, "ipv6-address-token", PROPERTY(TEXT, IPV6_TOKEN)},
	{DEVICES, "critical", KEPT(BOOLEAN)},
	{DEVICES, "dhcp-identifier", KEPT(TEXT)},
	{DEVICES, "ignore-carrier", KEPT(BOOLEAN)},
	{DEVICES, "ipv6-mtu", KEPT(NUMBER)},
	{DEVICES, "neigh-suppress", KEPT(BOOLEAN)},
	{DEVICES, "optional", KEPT(BOOLEAN)},
	{DEVICES, "optional-addresses", KEPT(LIST)},
	{DEVICES, "ra-overrides", KEPT(MAP)},
	{DEVICES, "routing-policy", KEPT(LIST)},

	{IN(ETHERNET), "match", SPECIAL(MAP)},
	{IN(ETHERNET), "set-name", SPECIAL(TEXT)},
	{IN(ETHERNET), "auth", KEPT(MAP)},
	{IN(ETHERNET), "delay-virtual-functions-rebind", KEPT(BOOLEAN)},
	{IN(ETHERNET), "embedded-switch-mode", KEPT(TEXT)},
	{IN(ETHERNET), "emit-lldp", KEPT(BOOLEAN)},
	{IN(ETHERNET), "generic-receive-offload", KEPT(BOOLEAN)},
	{IN(ETHERNET), "generic-segmentation-offload", KEPT(BOOLEAN)},
	{IN(ETHERNET), "infiniband-mode", KEPT(TEXT)},
	{IN(ETHERNET), "large-receive-offload", KEPT(BOOLEAN)},
	{IN(ETHERNET), "link", KEPT(TEXT)},
	{IN(ETHERNET), "receive-checksum-offload", KEPT(BOOLEAN)},
	{IN(ETHERNET), "tcp-segmentation-offload", KEPT(BOOLEAN)},
	{IN(ETHERNET), "tcp6-segmentation-offload", KEPT(BOOLEAN)},
	{IN(ETHERNET), "transmit-checksum-offload", KEPT(BOOLEAN)},
	{IN(ETHERNET), "virtual-function-count", KEPT(NUMBER)},
	{IN(ETHERNET), "wakeonlan", KEPT(BOOLEAN)},

	{IN(BOND) | IN(BRIDGE), "interfaces", SPECIAL(LIST)},
	{IN(BOND), "parameters", SPECIAL(MAP)},

	{IN(VLAN), "id", PROPERTY(NUMBER, VLAN_ID)},
	{IN(VLAN), "link", SPECIAL(TEXT)},

	{IN(NAMESERVERS), "addresses", SPECIAL(LIST)},
	{IN(NAMESERVERS), "search", SPECIAL(LIST)},

	{IN(MATCH), "name", SPECIAL(TEXT)},
	{IN(MATCH), "macaddress", PROPERTY(TEXT, MAC_ADDRESS)},
	{IN(MATCH), "driver", KEPT(ANY)},

	{IN(DHCP4), "hostname", PROPERTY(TEXT, IPV4_DHCP_HOSTNAME)},
	{IN(DHCP4), "route-metric", PROPERTY(NUMBER, IPV4_ROUTE_METRIC)},
	{IN(DHCP4), "send-hostname", PROPERTY(BOOLEAN, IPV4_DHCP_SEND_HOSTNAME)},
	{IN(DHCP4), "use-dns", INVERTED(IPV4_IGNORE_AUTO_DNS)},
	{IN(DHCP4), "use-routes", INVERTED(IPV4_IGNORE_AUTO_ROUTES)},
	{IN(DHCP6), "hostname", KEPT(TEXT)},
	{IN(DHCP6), "route-metric", KEPT(NUMBER)},
	{IN(DHCP6), "send-hostname", KEPT(BOOLEAN)},
	{IN(DHCP6), "use-dns", KEPT(BOOLEAN)},
	{IN(DHCP6), "use-routes", KEPT(BOOLEAN)},
	{OVERRIDES, "use-domains", KEPT(TEXT)},
	{OVERRIDES, "use-hostname", KEPT(BOOLEAN)},
	{OVERRIDES, "use-mtu", KEPT(BOOLEAN)},
	{OVERRIDES, "use-ntp", KEPT(BOOLEAN)},

	{IN(ROUTE), "to", SPECIAL(TEXT)},
	{IN(ROUTE), "via", SPECIAL(TEXT)},
	{IN(ROUTE), "metric", SPECIAL(NUMBER)},
	{IN(ROUTE), "table", SPECIAL(NUMBER)},
	{IN(ROUTE), "from", SPECIAL(TEXT)},
	{IN(ROUTE), "scope", SPECIAL(TEXT)},
	{IN(ROUTE), "type", SPECIAL(TEXT)},
	{IN(ROUTE), "on-link", SPECIAL(BOOLEAN)},
	{IN(ROUTE), "mtu", SPECIAL(NUMBER)},
	{IN(ROUTE), "congestion-window", SPECIAL(NUMBER)},
	{IN(ROUTE), "advertised-receive-window", SPECIAL(NUMBER)},
	{IN(ROUTE), "advertised-mss", SPECIAL(NUMBER)},

	{IN(MANAGER), "uuid", PROPERTY(TEXT, UUID)},
	{IN(MANAGER), "stable-id", PROPERTY(TEXT, STABLE_ID)},
	{IN(MANAGER), "name", KEPT(TEXT)},
	{IN(MANAGER), "device", KEPT(TEXT)},
	{IN(MANAGER), "passthrough", KEPT(MAP)},
	{.key = NULL},
};

static const struct bt_netplan_section_row sections[] = {
	{"ethernets", BT_NETPLAN_ETHERNETS, BT_NETPLAN_OF_ETHERNET, "802-3-ethernet"},
	{"bonds", BT_NETPLAN_BONDS, BT_NETPLAN_OF_BOND, "bond"},
	{"vlans", BT_NETPLAN_VLANS, BT_NETPLAN_OF_VLAN, "vlan"},
	{"bridges", BT_NETPLAN_BRIDGES, BT_NETPLAN_OF_BRIDGE, NULL},
	{"vrfs", BT_NETPLAN_VRFS, BT_NETPLAN_OF_BRIDGE, NULL},
	{"dummy-devices", BT_NETPLAN_OTHERS, BT_NETPLAN_OF_BRIDGE, NULL},
	{"modems", BT_NETPLAN_OTHERS, BT_NETPLAN_OF_BRIDGE, NULL},
	{"nm-devices", BT_NETPLAN_OTHERS, BT_NETPLAN_OF_BRIDGE, NULL},
	{"tunnels", BT_NETPLAN_OTHERS, BT_NETPLAN_OF_BRIDGE, NULL},
	{"virtual-ethernets", BT_NETPLAN_OTHERS, BT_NETPLAN_OF_BRIDGE, NULL},
	{"wifis", BT_NETPLAN_OTHERS, BT_NETPLAN_OF_BRIDGE, NULL},
};

const struct bt_netplan_attribute bt_netplan_attributes[] = {
	{"table", "table", false},
	{"from", "src", false},
	{"scope", "scope", false},
	{"type", "type", false},
	{"on-link", "onlink", true},
	{"mtu", "mtu", false},
	{"congestion-window", "initcwnd", false},
	{"advertised-receive-window", "initrwnd", false},
	{"advertised-mss", "advmss", false},
	{.key = NULL},
};

const struct bondtool_name bt_netplan_scopes[] = {
	{"global", 0, NULL}, {"link", 253, NULL}, {"host", 254, NULL}, {0}};

const struct bt_netplan_key *bt_netplan_find_key(enum bt_netplan_map map, const char *key)
{
	for (const struct bt_netplan_key *row = bt_netplan_keys; row->key; row++)
		if (bt_same(row->key, key) && (row->maps & BT_NETPLAN_BIT(map)))
			return row;
	return NULL;
}

const char *bt_netplan_key_of(enum bt_netplan_map map, enum bt_property_id property)
{
	for (const struct bt_netplan_key *row = bt_netplan_keys; row->key; row++)
		if ((row->maps & BT_NETPLAN_BIT(map)) && row->property == property &&
		    (row->how == BT_NETPLAN_PROPERTY || row->how == BT_NETPLAN_INVERTED))
			return row->key;
	return NULL;
}

void bt_netplan_offer_keys(struct bt_nearest *nearest, enum bt_netplan_map map)
{
	for (const struct bt_netplan_key *row = bt_netplan_keys; row->key; row++)
		if (row->maps & BT_NETPLAN_BIT(map))
			bt_nearest_offer(nearest, row->key);
	for (size_t i = 0; map == BT_NETPLAN_OF_NETWORK && i < BT_ARRAY_SIZE(sections); i++)
		bt_nearest_offer(nearest, sections[i].key);
}

const struct bt_netplan_section_row *bt_netplan_find_section(const char *key)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(sections); i++)
		if (strcmp(sections[i].key, key) == 0)
			return &sections[i];
	return NULL;
}

bool bt_netplan_parse_boolean(const char *text, bool *ret_yes)
{
	static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "n", "y"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++) {
		if (bt_equal_ignoring_case(words[i], text)) {
			*ret_yes = i % 2;
			return true;
		}
	}
	return false;
}

bool bt_netplan_is_glob(const char *text)
{
	return strpbrk(text, "*[]?") != NULL;
}
