/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What NetworkManager knows beyond our property table: keys and sections that are kept without a
 * word, so that only those are reported that NetworkManager does not know either. Names are those
 * of nm-settings-keyfile(5), 1.42 to 1.54.
 */
#include <stddef.h>

#include "parsers/keyfile/keyfile.h"

static const char *const connection_keys[] = {
	"dnssec",
	"down-on-poweroff",
	"ip-ping-addresses",
	"ip-ping-addresses-require-all",
	"ip-ping-timeout",
	"mptcp-flags",
	"mud-url",
	"read-only",
	"wait-activation-delay",
	NULL,
};

static const char *const ethernet_keys[] = {
	"accept-all-mac-addresses",
	"auto-negotiate",
	"duplex",
	"generate-mac-address-mask",
	"mac-address-blacklist",
	"mac-address-denylist",
	"port",
	"s390-nettype",
	"s390-subchannels",
	"speed",
	"wake-on-lan",
	"wake-on-lan-password",
	NULL,
};

static const char *const ipv4_keys[] = {
	"auto-route-ext-gw",   "dhcp-dscp",
	"dhcp-fqdn",	       "dhcp-hostname-flags",
	"dhcp-iaid",	       "dhcp-ipv6-only-preferred",
	"dhcp-reject-servers", "dhcp-send-hostname-v2",
	"dhcp-send-release",   "dhcp-vendor-class-identifier",
	"forwarding",	       "link-local",
	"replace-local-rule",  "required-timeout",
	"routed-dns",	       "shared-dhcp-lease-time",
	"shared-dhcp-range",   NULL,
};

static const char *const ipv6_keys[] = {
	"auto-route-ext-gw",
	"dhcp-duid",
	"dhcp-hostname-flags",
	"dhcp-iaid",
	"dhcp-pd-hint",
	"dhcp-reject-servers",
	"dhcp-send-hostname-v2",
	"dhcp-send-release",
	"dhcp-timeout",
	"forwarding",
	"mtu",
	"replace-local-rule",
	"required-timeout",
	"routed-dns",
	"shared-dhcp-lease-time",
	"shared-dhcp-range",
	"temp-preferred-lifetime",
	"temp-valid-lifetime",
	NULL,
};

static const char *const none[] = {NULL};

static const char *const *const foreign_keys[BT_SETTING_COUNT] = {
	[BT_SETTING_CONNECTION] = connection_keys,
	[BT_SETTING_ETHERNET] = ethernet_keys,
	[BT_SETTING_IPV4] = ipv4_keys,
	[BT_SETTING_IPV6] = ipv6_keys,
	[BT_SETTING_BOND] = none,
	[BT_SETTING_BOND_PORT] = none,
	[BT_SETTING_VLAN] = none,
};

static const char *const foreign_sections[] = {
	".nmmeta",
	"6lowpan",
	"802-1x",
	"802-11-olpc-mesh",
	"802-11-wireless",
	"802-11-wireless-security",
	"adsl",
	"bluetooth",
	"bridge",
	"bridge-port",
	"cdma",
	"dcb",
	"dummy",
	"ethernet-s390-options",
	"ethtool",
	"generic",
	"gsm",
	"hostname",
	"hsr",
	"infiniband",
	"ip-tunnel",
	"ipvlan",
	"link",
	"loopback",
	"macsec",
	"macvlan",
	"match",
	"olpc-mesh",
	"ovs-bridge",
	"ovs-dpdk",
	"ovs-external-ids",
	"ovs-interface",
	"ovs-other-config",
	"ovs-patch",
	"ovs-port",
	"ppp",
	"pppoe",
	"prefix-delegation",
	"proxy",
	"serial",
	"sriov",
	"tc",
	"team",
	"team-port",
	"tun",
	"user",
	"veth",
	"vpn",
	"vpn-secrets",
	"vrf",
	"vxlan",
	"wifi",
	"wifi-p2p",
	"wifi-security",
	"wimax",
	"wireguard",
	"wpan",
	NULL,
};

static bool is_in(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (bt_equal(*words, word))
			return true;
	return false;
}

bool bt_keyfile_is_foreign_key(enum bt_setting_id setting, const char *key)
{
	long number;

	if ((setting == BT_SETTING_IPV4 || setting == BT_SETTING_IPV6) &&
	    bt_keyfile_numbered(key, "routing-rule", &number))
		return true;
	return is_in(foreign_keys[setting], key);
}

bool bt_keyfile_is_foreign_section(const char *section)
{
	return is_in(foreign_sections, section) || bt_has_prefix(section, "wireguard-peer.");
}

void bt_keyfile_offer_sections(struct bt_nearest *nearest)
{
	for (size_t i = 0; i < BT_SETTING_COUNT; i++) {
		bt_nearest_offer(nearest, bt_settings[i].name);
		if (bt_settings[i].alias)
			bt_nearest_offer(nearest, bt_settings[i].alias);
	}
	for (const char *const *section = foreign_sections; *section; section++)
		bt_nearest_offer(nearest, *section);
}

void bt_keyfile_offer_keys(struct bt_nearest *nearest, enum bt_setting_id setting)
{
	for (size_t i = 0; i < BT_PROP_COUNT; i++) {
		int option = bt_properties[i].option;

		if (bt_properties[i].setting != setting ||
		    (option >= 0 && !bt_option_has_key(&bt_options[option], BT_FORMAT_KEYFILE)))
			continue;
		bt_nearest_offer(nearest, bt_properties[i].name);
		if (bt_properties[i].old_name)
			bt_nearest_offer(nearest, bt_properties[i].old_name);
	}
	for (const char *const *key = foreign_keys[setting]; *key; key++)
		bt_nearest_offer(nearest, *key);
}

bool bt_keyfile_has_names(enum bt_property_id property)
{
	return property == BT_PROP_IPV6_ADDR_GEN_MODE;
}
