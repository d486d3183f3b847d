/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The keys of SUSE's ifcfg files. Those of bond options stand in the option table. */
#include <string.h>

#include "parsers/ifcfg-suse/ifcfg-suse.h"

const struct bt_ifcfg_key bt_suse_keys[] = {
	{"LLADDR", BT_PROP_CLONED_MAC_ADDRESS, BT_IFCFG_AS_IS},
	{"MTU", BT_PROP_MTU, BT_IFCFG_AS_IS},
	{"ZONE", BT_PROP_ZONE, BT_IFCFG_AS_IS},
	{"DHCLIENT_CLIENT_ID", BT_PROP_IPV4_DHCP_CLIENT_ID, BT_IFCFG_AS_IS},
	{"DHCLIENT_TIMEOUT", BT_PROP_IPV4_DHCP_TIMEOUT, BT_IFCFG_AS_IS},
	{"DHCLIENT_SET_DEFAULT_ROUTE", BT_PROP_IPV4_NEVER_DEFAULT, BT_IFCFG_INVERTED},
	{.key = NULL},
};

const char *const bt_suse_special_keys[] = {
	"STARTMODE", "BOOTPROTO", "BONDING_MASTER", "BONDING_MODULE_OPTS", "BONDING_SLAVE",
	"IPADDR",    "PREFIXLEN", "NETMASK",	    "ETHERDEVICE",	   "VLAN_ID",
	"VLAN_PROTOCOL", "DHCLIENT6_MODE", "DHCLIENT_HOSTNAME_OPTION", "DHCLIENT6_HOSTNAME_OPTION",
	"MASTER_DEVICE", NULL,
};

const char *const bt_suse_foreign_keys[] = {
	"BONDING_SKIP_REMOVE_WORKAROUND", "NAME", "BROADCAST", "NETWORK", "REMOTE_IPADDR", "LABEL",
	"SCOPE", "IP_OPTIONS", "ETHTOOL_OPTIONS", "USERCONTROL", "UNIQUE", "FIREWALL",
	"IFPLUGD_PRIORITY", "LINK_REQUIRED", "LINK_READY_WAIT", "PRE_UP_SCRIPT", "POST_UP_SCRIPT",
	"PRE_DOWN_SCRIPT", "POST_DOWN_SCRIPT", "CHECK_DUPLICATE_IP", "SEND_GRATUITOUS_ARP",
	"DHCLIENT_", "DHCLIENT6_", "AUTO6_", "INTERFACETYPE", "IPOIB_MODE", "IPOIB_UMCAST",
	"BRIDGE", "BRIDGE_", "WIRELESS_", "TUNNEL_", "TEAM_", "MANDATORY_DEVICES",
	"PERSISTENT_NAME", "NM_CONTROLLED", NULL,
};

const char *bt_suse_instead_of(const char *key)
{
	static const struct {
		const char *key, *instead;
	} hints[] = {
		{"BONDING_OPTS", "write BONDING_MODULE_OPTS"},
		{"ONBOOT", "write STARTMODE='auto'"},
		{"DEVICE", "the name of the file tells the interface"},
		{"PREFIX", "write PREFIXLEN, or the length behind the address"},
		{"HWADDR", "write LLADDR to set the address"},
		{"MACADDR", "write LLADDR"},
		{"GATEWAY", "write the route into the file ifroute-NAME"},
		{"MASTER", "write BONDING_SLAVE_0 and so on into the bond's file"},
		{"SLAVE", "write BONDING_SLAVE_0 and so on into the bond's file"},
		{"PHYSDEV", "write ETHERDEVICE"},
		{"USERCTL", "write USERCONTROL"},
		{"IPV6ADDR", "write IPADDR with a suffix"},
		{"DNS1", "write NETCONFIG_DNS_STATIC_SERVERS into the file config"},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(hints); i++)
		if (bt_equal(key, hints[i].key))
			return hints[i].instead;
	return NULL;
}

const struct bt_suse_startmode *bt_suse_startmode(const char *word)
{
	static const struct bt_suse_startmode words[] = {
		{"auto", true, NULL, false},	 {"boot", true, "auto", false},
		{"onboot", true, "auto", false}, {"on", true, "auto", false},
		{"hotplug", true, NULL, false},	 {"manual", false, NULL, false},
		{"nfsroot", true, NULL, true},	 {"ifplugd", true, NULL, true},
		{"off", false, NULL, true},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++)
		if (bt_equal(word, words[i].word))
			return &words[i];
	return NULL;
}

bool bt_suse_is_yes(const char *value)
{
	static const char *const words[] = {"yes", "on", "true"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++)
		if (bt_equal_ignoring_case(value, words[i]))
			return true;
	return false;
}

const char *bt_suse_interface(const char *path, const char *prefix)
{
	const char *base = bt_path_base(path);

	return bt_has_prefix(base, prefix) && base[strlen(prefix)] ? base + strlen(prefix) : NULL;
}

bool bt_suse_is_route_file(const struct bt_source *source)
{
	return bt_suse_interface(source->name, "ifroute-") ||
	       bt_equal(bt_path_base(source->name), "routes");
}
