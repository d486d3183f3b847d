/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The property table. Names, order and defaults are nmcli's (1.42, with the names of 1.46 for
 * "master" and "slave"), so that what people know and what scripts read holds here too.
 */
#include "model/property.h"

#include <limits.h>

const struct bt_setting bt_settings[BT_SETTING_COUNT] = {
	[BT_SETTING_CONNECTION] = {"connection", NULL, "what the profile is and where it belongs"},
	[BT_SETTING_ETHERNET] = {"802-3-ethernet", "ethernet", "MAC address and MTU"},
	[BT_SETTING_IPV4] = {"ipv4", NULL, "IPv4 addresses, routes and name servers"},
	[BT_SETTING_IPV6] = {"ipv6", NULL, "IPv6 addresses, routes and name servers"},
	[BT_SETTING_BOND] = {"bond", NULL, "options of the bonding driver"},
	[BT_SETTING_BOND_PORT] = {"bond-port", NULL, "what a port is to its bond"},
	[BT_SETTING_VLAN] = {"vlan", NULL, "a VLAN on top of another interface"},
};

#define BIT(setting) (1U << BT_SETTING_##setting)

const struct bt_profile_type bt_profile_types[] = {
	{"bond", "bond",
	 BIT(CONNECTION) | BIT(ETHERNET) | BIT(IPV4) | BIT(IPV6) | BIT(BOND) | BIT(BOND_PORT),
	 BIT(CONNECTION) | BIT(BOND), "several interfaces that work as one"},
	{"802-3-ethernet", "ethernet",
	 BIT(CONNECTION) | BIT(ETHERNET) | BIT(IPV4) | BIT(IPV6) | BIT(BOND_PORT),
	 BIT(CONNECTION) | BIT(ETHERNET), "a network interface, mostly the port of a bond"},
	{"vlan", "vlan",
	 BIT(CONNECTION) | BIT(ETHERNET) | BIT(IPV4) | BIT(IPV6) | BIT(VLAN) | BIT(BOND_PORT),
	 BIT(CONNECTION) | BIT(VLAN), "a VLAN on a bond or another interface"},
	{0},
};

#define TERNARY                                                                                    \
	{.type = BT_TYPE_NICKNAMED, .minimum = -1, .maximum = 1, .names = default_no_yes}
static const struct bondtool_name default_no_yes[] = {
	{"default", -1, NULL}, {"no", 0, NULL}, {"yes", 1, NULL}, {0}};
static const struct bondtool_name default_no_resolve_yes[] = {
	{"default", -1, NULL}, {"no", 0, NULL}, {"resolve", 1, NULL}, {"yes", 2, NULL}, {0}};
static const struct bondtool_name default_no_opportunistic_yes[] = {
	{"default", -1, NULL}, {"no", 0, NULL}, {"opportunistic", 1, NULL}, {"yes", 2, NULL}, {0}};
static const struct bondtool_name default_or_forever[] = {
	{"default", -1, NULL}, {"forever", 0, NULL}, {0}};
static const struct bondtool_name minus_one_default[] = {{"default", -1, NULL}, {0}};
static const struct bondtool_name zero_default[] = {{"default", 0, NULL}, {0}};
static const struct bondtool_name multi_connects[] = {
	{"default", 0, NULL}, {"single", 1, NULL}, {"manual-multiple", 2, NULL},
	{"multiple", 3, NULL}, {0}};
static const struct bondtool_name metered[] = {{"unknown", 0, NULL}, {"yes", 1, NULL}, {"no", 2, NULL}, {0}};
static const struct bondtool_name lldp_modes[] = {
	{"default", -1, NULL}, {"disable", 0, NULL}, {"enable-rx", 1, NULL}, {0}};
static const struct bondtool_name methods4[] = {
	{"auto", 0, "by DHCP"},
	{"link-local", 0, "an address of 169.254.0.0/16"},
	{"manual", 0, "the addresses of this profile"},
	{"shared", 0, "for others to share our connection"},
	{"disabled", 0, "no IPv4"},
	{0},
};
static const struct bondtool_name methods6[] = {
	{"ignore", 0, "left to the kernel"},
	{"auto", 0, "by router advertisements"},
	{"dhcp", 0, "by DHCPv6 alone"},
	{"link-local", 0, "a link-local address only"},
	{"manual", 0, "the addresses of this profile"},
	{"shared", 0, "for others to share our connection"},
	{"disabled", 0, "no IPv6"},
	{0},
};
static const struct bondtool_name privacies[] = {
	{"unknown", -1, NULL}, {"disabled", 0, NULL}, {"prefer-public-addr", 1, NULL},
	{"prefer-temp-addr", 2, NULL}, {0}};
static const struct bondtool_name addr_gen_modes[] = {
	{"eui64", 0, NULL}, {"stable-privacy", 1, NULL}, {"default-or-eui64", 2, NULL},
	{"default", 3, NULL}, {0}};
static const struct bondtool_name types[] = {
	{"bond", 0, NULL}, {"802-3-ethernet", 0, NULL}, {"vlan", 0, NULL}, {0}};
static const struct bondtool_name port_types[] = {
	{"bond", 0, NULL}, {"bridge", 0, NULL}, {"team", 0, NULL}, {"ovs-port", 0, NULL},
	{"vrf", 0, NULL}, {0}};
static const struct bondtool_name mtu_auto[] = {{"auto", 0, NULL}, {0}};
static const struct bondtool_name unspecified[] = {{"unspec", 0, NULL}, {0}};
static const struct bondtool_name protocols[] = {{"802.1Q", 0, NULL}, {"802.1ad", 0, NULL}, {0}};

#define ROW(id, where, word) [BT_PROP_##id] = {.setting = BT_SETTING_##where, .name = (word), .option = -1,
#define TEXT .spec = {.type = BT_TYPE_TEXT}
#define YESNO .spec = {.type = BT_TYPE_BOOLEAN}
#define NUMBER(least, most) .spec = {.type = BT_TYPE_NUMBER, .minimum = (least), .maximum = (most)}
#define NICKNAMED(least, most, words)                                                              \
	.spec = {.type = BT_TYPE_NICKNAMED, .minimum = (least), .maximum = (most), .names = (words)}
#define CHOICE(words) .spec = {.type = BT_TYPE_CHOICE, .names = (words)}
#define NAMED(words) .spec = {.type = BT_TYPE_NAME, .names = (words)}
#define LIST(kind) .spec = {.type = BT_TYPE_##kind}

/* What ipv4 and ipv6 have in common; V is 4 or 6. */
#define IP_ROWS(V)                                                                                 \
	ROW(IPV##V##_DNS, IPV##V, "dns") LIST(IP##V##S), .text = "name servers",                   \
		.flags = BT_PROPERTY_NO_DUPLICATES},                                               \
	ROW(IPV##V##_DNS_SEARCH, IPV##V, "dns-search") LIST(TEXTS),                                \
		.text = "domains to search for names", .flags = BT_PROPERTY_NO_DUPLICATES},        \
	ROW(IPV##V##_DNS_OPTIONS, IPV##V, "dns-options") LIST(TEXTS),                              \
		.text = "options of resolv.conf(5)", .flags = BT_PROPERTY_NO_DUPLICATES},          \
	ROW(IPV##V##_DNS_PRIORITY, IPV##V, "dns-priority") NUMBER(INT_MIN, INT_MAX),               \
		.text = "rank of these name servers; lower comes first", .standard = "0"},         \
	ROW(IPV##V##_ADDRESSES, IPV##V, "addresses") LIST(ADDRESS##V##S), .alias = "ip" #V,        \
		.text = "addresses with prefix length",                                            \
		.flags = BT_PROPERTY_COMMAS_ONLY | BT_PROPERTY_NO_DUPLICATES},                   \
	ROW(IPV##V##_GATEWAY, IPV##V, "gateway") .spec = {.type = BT_TYPE_IP##V},                  \
		.alias = "gw" #V, .text = "the default gateway"},                                  \
	ROW(IPV##V##_ROUTES, IPV##V, "routes") LIST(ROUTE##V##S),                                  \
		.text = "further routes: DESTINATION[/PREFIX] [GATEWAY] [METRIC] [NAME=VALUE]",    \
		.flags = BT_PROPERTY_COMMAS_ONLY | BT_PROPERTY_NO_DUPLICATES},                   \
	ROW(IPV##V##_ROUTE_METRIC, IPV##V, "route-metric") NUMBER(-1, UINT32_MAX),                 \
		.text = "metric of routes that have none; -1 for the usual", .standard = "-1"},    \
	ROW(IPV##V##_ROUTE_TABLE, IPV##V, "route-table")                                           \
		NICKNAMED(0, UINT32_MAX, unspecified),                                             \
		.text = "routing table of the routes; 0 for the main one", .standard = "0"},       \
	ROW(IPV##V##_IGNORE_AUTO_ROUTES, IPV##V, "ignore-auto-routes") YESNO,                      \
		.text = "leave routes of the automatic method alone", .standard = "no"},           \
	ROW(IPV##V##_IGNORE_AUTO_DNS, IPV##V, "ignore-auto-dns") YESNO,                            \
		.text = "leave name servers of the automatic method alone", .standard = "no"},     \
	ROW(IPV##V##_DHCP_HOSTNAME, IPV##V, "dhcp-hostname") TEXT,                                 \
		.text = "the name told to the DHCP server"},                                       \
	ROW(IPV##V##_DHCP_SEND_HOSTNAME, IPV##V, "dhcp-send-hostname") YESNO,                      \
		.text = "tell the DHCP server a name at all", .standard = "yes"},                  \
	ROW(IPV##V##_NEVER_DEFAULT, IPV##V, "never-default") YESNO,                                \
		.text = "never be the default route", .standard = "no"},                           \
	ROW(IPV##V##_MAY_FAIL, IPV##V, "may-fail") YESNO,                                          \
		.text = "the profile may come up without this family", .standard = "yes"}

const struct bt_property bt_properties[BT_PROP_COUNT] = {
	ROW(ID, CONNECTION, "id") TEXT, .alias = "con-name", .text = "the profile's name",
		.flags = BT_PROPERTY_REQUIRED | BT_PROPERTY_IDENTITY},
	ROW(UUID, CONNECTION, "uuid") .spec = {.type = BT_TYPE_UUID},
		.text = "the profile's unique identifier",
		.flags = BT_PROPERTY_REQUIRED | BT_PROPERTY_FIXED | BT_PROPERTY_IDENTITY},
	ROW(STABLE_ID, CONNECTION, "stable-id") TEXT,
		.text = "seed of generated addresses and identifiers"},
	ROW(TYPE, CONNECTION, "type") CHOICE(types), .alias = "type", .text = "kind of interface",
		.flags = BT_PROPERTY_REQUIRED | BT_PROPERTY_FIXED},
	ROW(INTERFACE_NAME, CONNECTION, "interface-name") .spec = {.type = BT_TYPE_INTERFACE},
		.alias = "ifname", .text = "the interface that the profile is for"},
	ROW(AUTOCONNECT, CONNECTION, "autoconnect") YESNO, .alias = "autoconnect",
		.text = "bring it up at boot", .standard = "yes"},
	ROW(AUTOCONNECT_PRIORITY, CONNECTION, "autoconnect-priority") NUMBER(-999, 999),
		.text = "which profile comes up first; higher wins", .standard = "0"},
	ROW(AUTOCONNECT_RETRIES, CONNECTION, "autoconnect-retries")
		NICKNAMED(-1, INT_MAX, default_or_forever),
		.text = "how often to try at boot", .standard = "-1"},
	ROW(MULTI_CONNECT, CONNECTION, "multi-connect") NICKNAMED(0, 3, multi_connects),
		.text = "whether several interfaces may use the profile at once", .standard = "0"},
	ROW(AUTH_RETRIES, CONNECTION, "auth-retries") NUMBER(-1, INT_MAX),
		.text = "how often to ask for secrets", .standard = "-1"},
	ROW(TIMESTAMP, CONNECTION, "timestamp") NUMBER(0, INT64_MAX),
		.text = "when the profile was last up, in seconds since 1970", .standard = "0",
		.flags = BT_PROPERTY_FIXED | BT_PROPERTY_IDENTITY},
	ROW(PERMISSIONS, CONNECTION, "permissions") LIST(TEXTS),
		.text = "users who may use the profile; empty for all"},
	ROW(ZONE, CONNECTION, "zone") TEXT, .text = "zone of the firewall"},
	ROW(CONTROLLER, CONNECTION, "controller") TEXT, .old_name = "master",
		.alias = "controller",
		.text = "the bond that this is a port of: interface name, UUID or profile name"},
	ROW(PORT_TYPE, CONNECTION, "port-type") CHOICE(port_types), .old_name = "slave-type",
		.alias = "port-type", .text = "what the controller is"},
	ROW(AUTOCONNECT_PORTS, CONNECTION, "autoconnect-ports") .spec = TERNARY,
		.old_name = "autoconnect-slaves",
		.text = "bring the ports up with the controller", .standard = "-1"},
	ROW(SECONDARIES, CONNECTION, "secondaries") LIST(TEXTS),
		.text = "profiles to bring up after this one"},
	ROW(GATEWAY_PING_TIMEOUT, CONNECTION, "gateway-ping-timeout") NUMBER(0, 600),
		.text = "how long to wait for an answer of the gateway", .standard = "0"},
	ROW(METERED, CONNECTION, "metered") NAMED(metered),
		.text = "whether traffic is paid by volume", .standard = "unknown"},
	ROW(LLDP, CONNECTION, "lldp") NAMED(lldp_modes), .text = "whether to receive LLDP",
		.standard = "default"},
	ROW(MDNS, CONNECTION, "mdns") NICKNAMED(-1, 2, default_no_resolve_yes),
		.text = "multicast DNS", .standard = "-1"},
	ROW(LLMNR, CONNECTION, "llmnr") NICKNAMED(-1, 2, default_no_resolve_yes),
		.text = "link-local name resolution", .standard = "-1"},
	ROW(DNS_OVER_TLS, CONNECTION, "dns-over-tls")
		NICKNAMED(-1, 2, default_no_opportunistic_yes),
		.text = "name resolution through TLS", .standard = "-1"},
	ROW(WAIT_DEVICE_TIMEOUT, CONNECTION, "wait-device-timeout") NUMBER(-1, INT_MAX),
		.text = "how long to wait at boot for the interface", .standard = "-1"},

	ROW(MAC_ADDRESS, ETHERNET, "mac-address") .spec = {.type = BT_TYPE_MAC}, .alias = "mac",
		.text = "permanent MAC address of the interface that the profile is for"},
	ROW(CLONED_MAC_ADDRESS, ETHERNET, "cloned-mac-address") TEXT, .alias = "cloned-mac",
		.text = "MAC address to set: an address, permanent, preserve, random or stable"},
	ROW(MTU, ETHERNET, "mtu") NICKNAMED(0, UINT32_MAX, mtu_auto), .alias = "mtu",
		.text = "largest packet in bytes; 0 leaves it as it is", .standard = "0"},

	ROW(IPV4_METHOD, IPV4, "method") CHOICE(methods4), .text = "where addresses come from"},
	IP_ROWS(4),
	ROW(IPV4_DHCP_CLIENT_ID, IPV4, "dhcp-client-id") TEXT,
		.text = "identifier sent to the DHCP server"},
	ROW(IPV4_DHCP_TIMEOUT, IPV4, "dhcp-timeout") NICKNAMED(0, INT_MAX, zero_default),
		.text = "how long to wait for DHCP", .standard = "0"},
	ROW(IPV4_DAD_TIMEOUT, IPV4, "dad-timeout") NICKNAMED(-1, 30000, minus_one_default),
		.text = "how long to look for duplicate addresses", .standard = "-1"},

	ROW(IPV6_METHOD, IPV6, "method") CHOICE(methods6), .text = "where addresses come from"},
	IP_ROWS(6),
	ROW(IPV6_PRIVACY, IPV6, "ip6-privacy") NICKNAMED(-1, 2, privacies),
		.text = "temporary addresses", .standard = "-1"},
	ROW(IPV6_ADDR_GEN_MODE, IPV6, "addr-gen-mode") NAMED(addr_gen_modes),
		.text = "how the interface part of an address is made", .standard = "default"},
	ROW(IPV6_RA_TIMEOUT, IPV6, "ra-timeout") NICKNAMED(0, INT_MAX, zero_default),
		.text = "how long to wait for a router advertisement", .standard = "0"},
	ROW(IPV6_TOKEN, IPV6, "token") TEXT, .text = "fixed interface part of addresses"},

	ROW(BOND_OPTIONS, BOND, "options") .spec = {.type = BT_TYPE_OPTIONS},
		.text = "options of the bonding driver: NAME=VALUE[,NAME=VALUE...]"},

	[BT_PROP_PORT_QUEUE_ID] = {.setting = BT_SETTING_BOND_PORT, .name = "queue-id",
		.alias = "queue-id", .standard = "0", .option = BT_OPT_QUEUE_ID},
	[BT_PROP_PORT_PRIO] = {.setting = BT_SETTING_BOND_PORT, .name = "prio",
		.alias = "prio", .standard = "0", .option = BT_OPT_PRIO},
	[BT_PROP_PORT_ACTOR_PORT_PRIO] = {.setting = BT_SETTING_BOND_PORT,
		.name = "actor-port-prio", .standard = "255", .option = BT_OPT_ACTOR_PORT_PRIO},

	ROW(VLAN_PARENT, VLAN, "parent") TEXT, .alias = "dev",
		.text = "interface, UUID or name of the profile below the VLAN"},
	ROW(VLAN_ID, VLAN, "id") NUMBER(0, 4094), .alias = "id", .text = "the VLAN's number"},
	ROW(VLAN_FLAGS, VLAN, "flags") NUMBER(0, 15), .alias = "flags",
		.text = "sum of 1 reorder headers, 2 GVRP, 4 loose binding, 8 MVRP",
		.standard = "1"},
	ROW(VLAN_PROTOCOL, VLAN, "protocol") CHOICE(protocols), .text = "kind of VLAN tag"},
	ROW(VLAN_INGRESS, VLAN, "ingress-priority-map") LIST(TEXTS), .alias = "ingress",
		.text = "VLAN priority to packet priority: FROM:TO"},
	ROW(VLAN_EGRESS, VLAN, "egress-priority-map") LIST(TEXTS), .alias = "egress",
		.text = "packet priority to VLAN priority: FROM:TO"},
};
