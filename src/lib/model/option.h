/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The option table: the only copy of everything that is known about a bond option or a port option.
 * Checks, parsers, writers, netlink, sysfs, help, completion and manual pages read it. Adding an
 * option is one id and one row.
 *
 * Source of the facts: drivers/net/bonding/bond_options.c (names, values, flags, modes),
 * bond_netlink.c (attributes, order), Documentation/networking/bonding.rst (units, meaning).
 */
#ifndef BT_MODEL_OPTION_H
#define BT_MODEL_OPTION_H

#include "model/format-id.h"
#include "model/value.h"

/*
 * In the order in which the driver applies the attributes of one netlink message
 * (bond_changelink()), then the port options (bond_slave_changelink()).
 */
enum bt_option_id {
	BT_OPT_MODE,
	BT_OPT_ACTIVE_SLAVE,
	BT_OPT_MIIMON,
	BT_OPT_UPDELAY,
	BT_OPT_DOWNDELAY,
	BT_OPT_PEER_NOTIF_DELAY,
	BT_OPT_USE_CARRIER,
	BT_OPT_ARP_INTERVAL,
	BT_OPT_ARP_IP_TARGET,
	BT_OPT_NS_IP6_TARGET,
	BT_OPT_ARP_VALIDATE,
	BT_OPT_ARP_ALL_TARGETS,
	BT_OPT_PRIMARY,
	BT_OPT_PRIMARY_RESELECT,
	BT_OPT_FAIL_OVER_MAC,
	BT_OPT_XMIT_HASH_POLICY,
	BT_OPT_RESEND_IGMP,
	BT_OPT_NUM_PEER_NOTIF,
	BT_OPT_ALL_SLAVES_ACTIVE,
	BT_OPT_MIN_LINKS,
	BT_OPT_LP_INTERVAL,
	BT_OPT_PACKETS_PER_SLAVE,
	BT_OPT_LACP_ACTIVE,
	BT_OPT_LACP_RATE,
	BT_OPT_AD_SELECT,
	BT_OPT_AD_ACTOR_SYS_PRIO,
	BT_OPT_AD_USER_PORT_KEY,
	BT_OPT_AD_ACTOR_SYSTEM,
	BT_OPT_TLB_DYNAMIC_LB,
	BT_OPT_ARP_MISSED_MAX,
	BT_OPT_COUPLED_CONTROL,
	BT_OPT_BROADCAST_NEIGHBOR,
	BT_OPT_LACP_STRICT,
	/* of a port */
	BT_OPT_QUEUE_ID,
	BT_OPT_PRIO,
	BT_OPT_ACTOR_PORT_PRIO,
	BT_OPT_COUNT
};

/* The numbers of the modes, as in linux/if_bonding.h. */
enum bt_mode {
	BT_MODE_BALANCE_RR,
	BT_MODE_ACTIVE_BACKUP,
	BT_MODE_BALANCE_XOR,
	BT_MODE_BROADCAST,
	BT_MODE_8023AD,
	BT_MODE_BALANCE_TLB,
	BT_MODE_BALANCE_ALB,
	BT_MODE_COUNT
};

/* Values of other options that the code must know. */
enum { BT_FAIL_OVER_MAC_ACTIVE = 1 };

#define BT_MODE_BIT(mode) (1U << (mode))
#define BT_MODES_ALL	  (BT_MODE_BIT(BT_MODE_COUNT) - 1)

/* When the driver lets the option change, and what else is peculiar about it. */
enum bt_option_flag {
	BT_OPTION_IFDOWN = 1 << 0,	 /* only while the bond is down (else EBUSY) */
	BT_OPTION_NO_PORTS = 1 << 1,	 /* only while the bond has no ports (else ENOTEMPTY) */
	BT_OPTION_NEEDS_MIIMON = 1 << 2, /* only while miimon is not 0 (else EPERM), 0 included */
	BT_OPTION_RUNTIME = 1 << 3,	 /* a state to reach, not a setting to keep */
	BT_OPTION_PORT = 1 << 4,	 /* belongs to a port */
	BT_OPTION_NO_DEFAULT_WORD = 1 << 5, /* the driver does not know the word "default" for it */
	BT_OPTION_ADMIN_ONLY = 1 << 6,	 /* shown only to CAP_NET_ADMIN, and only in 802.3ad */
};

/* How the option's netlink attribute is encoded. */
enum bt_wire {
	BT_WIRE_U8,
	BT_WIRE_U16,
	BT_WIRE_U32,
	BT_WIRE_S32,
	BT_WIRE_IFINDEX, /* u32 index of the named interface; 0 clears */
	BT_WIRE_MAC,	 /* six bytes */
	BT_WIRE_IP4S,	 /* nested list of be32 */
	BT_WIRE_IP6S,	 /* nested list of 16 bytes */
};

/* Where the driver puts miimon by itself: on entering a mode that cannot use ARP, when it is 0. */
enum { BT_FORCED_MIIMON = 100 };

/* A range of numbers; both ends belong to it. All zero: none. */
struct bt_range {
	int64_t least, most;
};

struct bt_option {
	struct bt_spec spec; /* type, unit, range, names */
	const char *name;    /* of the kernel and its sysfs file (unless "sysfs" says otherwise) */
	const char *alias;   /* second name of the same setting; NULL without one */
	const char *text;    /* one line of explanation */
	bool has_default;
	int64_t standard;    /* the driver's default, where has_default */
	unsigned refused_modes; /* BT_MODE_BIT()s of modes where the driver refuses it (EACCES) */
	unsigned acts_in;	/* BT_MODE_BIT()s of modes in which it has an effect */
	enum bt_option_id acts_with; /* no effect while this one is 0; BT_OPT_MODE: always acts */
	struct bt_range usual;	     /* beyond it, a value is hardly meant in this unit */
	unsigned flags;	     /* enum bt_option_flag */
	uint16_t attribute;  /* IFLA_BOND_* (or IFLA_BOND_SLAVE_* of a port option) */
	enum bt_wire wire;
	bool has_sysfs;	     /* there is a file of that name */
	const char *label;   /* in /proc/net/bonding; NULL when it is not shown there */
	const char *since;   /* kernel release; NULL: older than anyone's kernel */
	unsigned plain_in;   /* BT_FORMAT_BIT()s of formats whose key is the kernel's name */
	unsigned dashed_in;  /* formats whose key is "bond-" + name with '-' for '_' */
	const char *keys[BT_FORMAT_COUNT]; /* keys of formats that name it in another way */
};

extern const struct bt_option bt_options[BT_OPT_COUNT];

/* The option with this name or alias (exact, as the kernel compares); NULL when there is none. */
const struct bt_option *bt_option_find(const char *name);
enum bt_option_id bt_option_id(const struct bt_option *option);

/* Whether the driver knows the option in this mode. */
bool bt_option_allowed_in(const struct bt_option *option, enum bt_mode mode);

/*
 * The option's key in FORMAT as a new string ("miimon", "bond-miimon", "MIIMonitorSec"); NULL when
 * the format has none (or without memory: errno tells them apart).
 */
char *bt_option_key(const struct bt_option *option, enum bt_format_id format);
bool bt_option_has_key(const struct bt_option *option, enum bt_format_id format);
/* The option that KEY names in FORMAT, aliases of the format included; NULL when there is none. */
const struct bt_option *bt_option_by_key(enum bt_format_id format, const char *key);

/* A second spelling of a key that a format accepts. */
struct bt_key_alias {
	enum bt_format_id format;
	enum bt_option_id option;
	const char *key;
	const char *origin; /* where the spelling comes from */
};
extern const struct bt_key_alias bt_key_aliases[]; /* ended by .key = NULL */

/*
 * A name that a format has for a value of an option where the driver has another one: ALSO tells
 * whether the driver's own name is known there too, and then is the one to write.
 */
struct bt_value_name {
	enum bt_format_id format;
	enum bt_option_id option;
	const char *name;
	int64_t number;
	bool also;
};
extern const struct bt_value_name bt_value_names[]; /* ended by .name = NULL */

/* The name that FORMAT writes for NUMBER, a value of OPTION; NULL: what the driver calls it. */
const char *bt_option_value_name(enum bt_format_id format, enum bt_option_id option,
				 int64_t number);
/* True, and *ret_number set, when FORMAT has this name of its own for a value of OPTION. */
bool bt_option_value_number(enum bt_format_id format, enum bt_option_id option, const char *name,
			    int64_t *ret_number);

/*
 * Values that a format has a key for and its owning tool does not pass on to the driver: the
 * numbers of "values", unless the bond's mode is one of "modes" and the option "with" is not 0.
 */
struct bt_key_limit {
	enum bt_format_id format;
	enum bt_option_id option;
	struct bt_range values;	 /* of a list: its length */
	unsigned modes;		 /* BT_MODE_BIT()s; 0: never passed on */
	enum bt_option_id with;	 /* BT_OPT_MODE: none is needed */
	bool explicitly;	 /* the mode must be set, and not be the driver's default */
	const char *text;	 /* "systemd-networkd sends it only in mode 802.3ad" */
};
extern const struct bt_key_limit bt_key_limits[]; /* ended by .text = NULL */

/* The limit of FORMAT that VALUE of an option, one of OPTIONS, meets; NULL when it is passed on. */
const struct bt_key_limit *bt_option_limit(enum bt_format_id format,
					   const struct bt_values *options,
					   const struct bt_value *value);

/*
 * Sets option NAME of VALUES from a scalar or a list separated by blanks or commas. A text that the
 * driver would refuse as a value is a diagnostic "driver/value", an unknown name "option/unknown"
 * with the nearest name, the same setting twice with different values "option/twice" (a warning:
 * the later one holds). Returns 0, -ENOENT (unknown name), -EINVAL, -ERANGE or -ENOMEM.
 */
int bt_options_set(struct bondtool *bt, struct bt_values *values, const char *name,
		   const char *text, const struct bt_origin *origin);

/* The mode that VALUES set, or the driver's default. */
enum bt_mode bt_options_mode(const struct bt_values *values);
/* The number that is set, or the driver's default. */
int64_t bt_options_number(const struct bt_values *values, enum bt_option_id id);

#endif
