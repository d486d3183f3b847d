/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The property table: the settings and properties of a profile, named, typed and ordered as nmcli
 * shows them (nm-settings-nmcli(5)). Stores, commands, help and completion read it.
 */
#ifndef BT_MODEL_PROPERTY_H
#define BT_MODEL_PROPERTY_H

#include "model/option.h"

/* In the order in which nmcli shows them. */
enum bt_setting_id {
	BT_SETTING_CONNECTION,
	BT_SETTING_ETHERNET,
	BT_SETTING_IPV4,
	BT_SETTING_IPV6,
	BT_SETTING_BOND,
	BT_SETTING_BOND_PORT,
	BT_SETTING_VLAN,
	BT_SETTING_COUNT
};

enum bt_property_id {
	BT_PROP_ID,
	BT_PROP_UUID,
	BT_PROP_STABLE_ID,
	BT_PROP_TYPE,
	BT_PROP_INTERFACE_NAME,
	BT_PROP_AUTOCONNECT,
	BT_PROP_AUTOCONNECT_PRIORITY,
	BT_PROP_AUTOCONNECT_RETRIES,
	BT_PROP_MULTI_CONNECT,
	BT_PROP_AUTH_RETRIES,
	BT_PROP_TIMESTAMP,
	BT_PROP_PERMISSIONS,
	BT_PROP_ZONE,
	BT_PROP_CONTROLLER,
	BT_PROP_PORT_TYPE,
	BT_PROP_AUTOCONNECT_PORTS,
	BT_PROP_SECONDARIES,
	BT_PROP_GATEWAY_PING_TIMEOUT,
	BT_PROP_METERED,
	BT_PROP_LLDP,
	BT_PROP_MDNS,
	BT_PROP_LLMNR,
	BT_PROP_DNS_OVER_TLS,
	BT_PROP_WAIT_DEVICE_TIMEOUT,

	BT_PROP_MAC_ADDRESS,
	BT_PROP_CLONED_MAC_ADDRESS,
	BT_PROP_MTU,

	/* the same names in ipv4 and ipv6: the second block follows the first at BT_PROP_IPV6 */
	BT_PROP_IPV4,
	BT_PROP_IPV4_METHOD = BT_PROP_IPV4,
	BT_PROP_IPV4_DNS,
	BT_PROP_IPV4_DNS_SEARCH,
	BT_PROP_IPV4_DNS_OPTIONS,
	BT_PROP_IPV4_DNS_PRIORITY,
	BT_PROP_IPV4_ADDRESSES,
	BT_PROP_IPV4_GATEWAY,
	BT_PROP_IPV4_ROUTES,
	BT_PROP_IPV4_ROUTE_METRIC,
	BT_PROP_IPV4_ROUTE_TABLE,
	BT_PROP_IPV4_IGNORE_AUTO_ROUTES,
	BT_PROP_IPV4_IGNORE_AUTO_DNS,
	BT_PROP_IPV4_DHCP_HOSTNAME,
	BT_PROP_IPV4_DHCP_SEND_HOSTNAME,
	BT_PROP_IPV4_NEVER_DEFAULT,
	BT_PROP_IPV4_MAY_FAIL,
	BT_PROP_IPV4_DHCP_CLIENT_ID,
	BT_PROP_IPV4_DHCP_TIMEOUT,
	BT_PROP_IPV4_DAD_TIMEOUT,

	BT_PROP_IPV6,
	BT_PROP_IPV6_METHOD = BT_PROP_IPV6,
	BT_PROP_IPV6_DNS,
	BT_PROP_IPV6_DNS_SEARCH,
	BT_PROP_IPV6_DNS_OPTIONS,
	BT_PROP_IPV6_DNS_PRIORITY,
	BT_PROP_IPV6_ADDRESSES,
	BT_PROP_IPV6_GATEWAY,
	BT_PROP_IPV6_ROUTES,
	BT_PROP_IPV6_ROUTE_METRIC,
	BT_PROP_IPV6_ROUTE_TABLE,
	BT_PROP_IPV6_IGNORE_AUTO_ROUTES,
	BT_PROP_IPV6_IGNORE_AUTO_DNS,
	BT_PROP_IPV6_DHCP_HOSTNAME,
	BT_PROP_IPV6_DHCP_SEND_HOSTNAME,
	BT_PROP_IPV6_NEVER_DEFAULT,
	BT_PROP_IPV6_MAY_FAIL,
	BT_PROP_IPV6_PRIVACY,
	BT_PROP_IPV6_ADDR_GEN_MODE,
	BT_PROP_IPV6_RA_TIMEOUT,
	BT_PROP_IPV6_TOKEN,

	BT_PROP_BOND_OPTIONS,

	BT_PROP_PORT_QUEUE_ID,
	BT_PROP_PORT_PRIO,
	BT_PROP_PORT_ACTOR_PORT_PRIO,

	BT_PROP_VLAN_PARENT,
	BT_PROP_VLAN_ID,
	BT_PROP_VLAN_FLAGS,
	BT_PROP_VLAN_PROTOCOL,
	BT_PROP_VLAN_INGRESS,
	BT_PROP_VLAN_EGRESS,
	BT_PROP_COUNT
};

/* The families whose blocks of properties are alike. */
enum { BT_IP_BLOCK = BT_PROP_IPV6 - BT_PROP_IPV4 };

enum bt_property_flag {
	BT_PROPERTY_FIXED = 1 << 0,    /* may not change once the profile exists */
	BT_PROPERTY_REQUIRED = 1 << 1, /* a profile without it is not valid */
	BT_PROPERTY_COMMAS_ONLY = 1 << 2, /* items hold blanks: only commas separate them */
	BT_PROPERTY_NO_DUPLICATES = 1 << 3, /* a list that keeps each item once */
	BT_PROPERTY_IDENTITY = 1 << 4, /* which profile it is, not what it does */
};

struct bt_property {
	struct bt_spec spec;
	enum bt_setting_id setting;
	const char *name;	/* within the setting: "interface-name" */
	const char *old_name;	/* nmcli's name before 1.46, shown too; NULL when unchanged */
	const char *alias;	/* word of "connection add": "ifname"; NULL when there is none; the
				   old name of a property with an alias is such a word too */
	const char *text;	/* one line of explanation */
	const char *standard;	/* default as text; NULL: none, shown as "--" */
	unsigned flags;		/* enum bt_property_flag */
	int option;		/* the value is the profile's option of this id; -1: it is not */
};

struct bt_setting {
	const char *name;  /* "802-3-ethernet" */
	const char *alias; /* "ethernet"; NULL when there is none */
	const char *text;  /* one line */
};

extern const struct bt_property bt_properties[BT_PROP_COUNT];
extern const struct bt_setting bt_settings[BT_SETTING_COUNT];

/* The kinds of profile: nmcli's connection types that the project handles. */
struct bt_profile_type {
	const char *name;	/* value of connection.type: "802-3-ethernet" */
	const char *alias;	/* as typed and listed: "ethernet" */
	unsigned settings;	/* bits of enum bt_setting_id that the type may have */
	unsigned mandatory;	/* bits that it always has */
	const char *text;	/* one line */
};
extern const struct bt_profile_type bt_profile_types[]; /* ended by .name = NULL */

/* The type with this name or alias; NULL when there is none. */
const struct bt_profile_type *bt_profile_type_find(const char *name);

/*
 * The property that "setting.property" names: aliases of settings and old names count, unique
 * prefixes too, in any case. NULL when there is none or several (*ret_ambiguous, may be NULL).
 */
const struct bt_property *bt_property_find(const char *name, bool *ret_ambiguous);
/* The property of SETTING with exactly this name (or old name). */
const struct bt_property *bt_property_in(enum bt_setting_id setting, const char *name);
/* The property with this alias of "connection add" ("ifname"); NULL when there is none. */
const struct bt_property *bt_property_by_alias(const char *alias);
enum bt_property_id bt_property_id(const struct bt_property *property);
/* The setting with this name or alias, or -1. */
int bt_setting_find(const char *name);

/* What the property may hold and what it is for: its own, or of the option that it stands for. */
const struct bt_spec *bt_property_spec(const struct bt_property *property);
const char *bt_property_text(const struct bt_property *property);

/* "setting.property" in a new string. */
char *bt_property_full_name(const struct bt_property *property);

#endif
