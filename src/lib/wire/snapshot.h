/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The running system as it was at one moment: links, what the driver says about bonds and ports,
 * addresses, routes. Plans compare it with what is wanted; status shows it.
 */
#ifndef BT_WIRE_SNAPSHOT_H
#define BT_WIRE_SNAPSHOT_H

#include <net/if.h>

#include "base/hash.h"
#include "model/option.h"
#include "wire/mac.h"
#include "wire/message.h"

/* An attribute that we do not know: kept as it came. */
struct bt_unknown {
	unsigned attribute;
	unsigned char *bytes; /* owned */
	size_t length;
};

/* A list of them. Zero-initialise. */
struct bt_unknowns {
	struct bt_unknown *items;
	size_t count, size;
};

enum bt_duplex { BT_DUPLEX_HALF, BT_DUPLEX_FULL, BT_DUPLEX_UNKNOWN };

struct bt_speed {
	uint32_t mbps; /* 0: unknown */
	enum bt_duplex duplex;
};

/* The aggregator that an 802.3ad bond uses. */
struct bt_aggregator {
	uint16_t id, ports, actor_key, partner_key;
	struct bt_mac partner;
};

/* What the driver says about a bond. */
struct bt_bond {
	struct bt_values options;    /* by enum bt_option_id, as the kernel tells them */
	struct bt_unknowns unknowns; /* attributes of bonds that we do not know */
	bool has_aggregator;	     /* there is an active one */
	struct bt_aggregator aggregator;
	struct bt_link **ports; /* in the bond's own order; borrowed from the snapshot */
	size_t n_ports;
	/* From /proc, since nothing else tells: the identity that the bond has in LACP, which is
	 * not always what the options ask for. Only for CAP_NET_ADMIN, and only in 802.3ad. */
	bool has_system;
	int64_t system_priority;
	struct bt_mac system_mac;
};

/* One end of a port's link as LACP sees it (from /proc). */
struct bt_lacp_end {
	int64_t system_priority;
	struct bt_mac system_mac;
	int64_t key, port_priority, port_number, port_state;
};

enum bt_churn { BT_CHURN_MONITORING, BT_CHURN_CHURNED, BT_CHURN_NONE, BT_CHURN_UNKNOWN };
/* "monitoring", "churned", "none"; "unknown" for any other number. */
const char *bt_churn_name(int churn);

/* What the driver says about a port. Numbers are -1 where it does not tell. */
struct bt_port {
	struct bt_values options; /* queue_id, prio, actor_port_prio */
	struct bt_unknowns unknowns;
	int state;	/* BOND_STATE_ACTIVE, BOND_STATE_BACKUP */
	int mii_status; /* BOND_LINK_UP, _FAIL (going down), _DOWN, _BACK (going back) */
	int64_t link_failures;
	struct bt_mac permanent_mac;
	/* 802.3ad only */
	int aggregator_id;
	int actor_state, partner_state; /* LACP_STATE_* bits of the last LACPDUs */
	int actor_churn, partner_churn; /* enum bt_churn */
	int64_t actor_churned, partner_churned; /* counts, from /proc */
	/* From /proc: the speed that the bonding driver saw last; not always the live one. */
	bool has_seen_speed;
	struct bt_speed seen_speed;
	bool has_lacp; /* the two ends below were told, by /proc */
	struct bt_lacp_end actor, partner;
};

/* An address of a link. */
struct bt_address {
	int family;
	char *text; /* "10.0.0.1/24", canonical */
	char *peer; /* far end; NULL without one */
	char *label;
	uint32_t flags;	   /* IFA_F_* */
	unsigned scope;	   /* RT_SCOPE_* */
	uint32_t priority; /* metric of the route to its network; 0: the kernel's */
	uint32_t valid;	   /* seconds that are left of a lease; 0: for ever */
	uint32_t preferred; /* of these, how long it is used for new connections */
};

/*
 * A route out of a link, of the kinds that a profile can hold: one next hop, not from the local
 * table, made by the kernel, an administrator, DHCP or a router advertisement.
 */
struct bt_live_route {
	int family;
	char *destination; /* "10.1.0.0/16"; "0.0.0.0/0", "::/0" for the default route */
	char *gateway;	   /* NULL: on the link */
	char *source;	   /* preferred source; NULL without one */
	uint32_t table;
	int64_t metric;	   /* 0 where IPv4 has none */
	unsigned protocol; /* RTPROT_* */
	unsigned scope, type, flags; /* RT_SCOPE_*, RTN_*, RTNH_F_* */
	uint32_t mtu; /* 0: of the link */
};

/* A network interface. */
struct bt_link {
	int ifindex;
	char name[IFNAMSIZ];
	struct bt_strings altnames;
	char *kind; /* "bond", "vlan", "veth", ...; NULL for hardware */
	char *port_kind; /* kind of its controller ("bond", "bridge"); NULL when it has none */
	unsigned type;	/* ARPHRD_* */
	unsigned flags; /* IFF_* */
	unsigned operstate; /* IF_OPER_* */
	bool carrier;
	uint32_t mtu;
	uint32_t num_tx_queues;
	struct bt_mac mac, permanent_mac;
	int controller;	     /* ifindex; 0 without one */
	int parent;	     /* ifindex of IFLA_LINK; 0 without one */
	bool parent_elsewhere; /* the parent's index counts in another network namespace */
	struct bt_vlan *vlan;  /* NULL unless it is a VLAN */
	bool ipv6_disabled;    /* by the sysctl disable_ipv6 */
	bool has_speed;	       /* the link's driver was asked */
	struct bt_speed speed;
	struct bt_bond *bond; /* NULL unless it is a bond */
	struct bt_port *port; /* NULL unless it is a port of a bond */
	struct bt_address *addresses;
	size_t n_addresses, size_addresses;
	struct bt_live_route *routes;
	size_t n_routes, size_routes;
	struct bt_link_texts *texts; /* of bondtool_link_info(); NULL until asked for */
};

/* Frees a VLAN with its maps; NULL is fine. */
void bt_vlan_free(struct bt_vlan *vlan);

struct bondtool_snapshot {
	struct bt_link **links; /* owned; ordered by ifindex */
	size_t count, size;
	struct bt_hash by_name; /* names and alternative names */
	char *version;		/* of the driver: the kernel's release */
};
BT_DEFINE_AUTO(struct bondtool_snapshot, bt_snapshot_auto, bondtool_snapshot_free);
#define BT_AUTOSNAPSHOT BT_CLEANUP(bt_snapshot_auto)

/* What a reader wants to know besides the links and what they are. */
enum bt_snapshot_part {
	BT_SNAPSHOT_ADDRESSES = 1 << 0,
	BT_SNAPSHOT_ROUTES = 1 << 1,
	BT_SNAPSHOT_SPEED = 1 << 2, /* asks each driver: may be slow on real hardware */
	BT_SNAPSHOT_PROC = 1 << 3,  /* what only /proc/net/bonding tells: mostly LACP */
	BT_SNAPSHOT_ALL = (1 << 4) - 1,
};

/*
 * Reads the whole system with one dump of links and one for each further part. A failure is a
 * diagnostic "system/read". Returns 0 or a negative errno.
 */
int bt_snapshot_read(struct bondtool *bt, unsigned parts, struct bondtool_snapshot **ret_snapshot);

/*
 * The same for one bond and its ports, without looking at other links. Returns -ENODEV (rule
 * "system/no-device") when there is no link of that name, and reads one that is no bond alike.
 */
int bt_snapshot_read_bond(struct bondtool *bt, const char *name, unsigned parts,
			  struct bondtool_snapshot **ret_snapshot);

/* The link with this name or alternative name; NULL when there is none. Borrowed. */
struct bt_link *bt_snapshot_by_name(const struct bondtool_snapshot *snapshot, const char *name);
/* The bond with this name; NULL with a diagnostic "system/no-device" or "system/no-bond". */
struct bt_link *bt_snapshot_bond(struct bondtool *bt, const struct bondtool_snapshot *snapshot,
				 const char *name);
struct bt_link *bt_snapshot_by_index(const struct bondtool_snapshot *snapshot, int ifindex);
/* A resolver that looks names up in the snapshot, for bt_message_link(). */
struct bt_resolver bt_snapshot_resolver(const struct bondtool_snapshot *snapshot);

/* How a live option compares with the value that was asked for. */
enum bt_took {
	BT_TOOK,	 /* it holds */
	BT_TOOK_ROUNDED, /* a delay, rounded down to a multiple of miimon as the driver does */
	BT_TOOK_NOT,	 /* it holds another value */
	BT_TOOK_UNKNOWN, /* the kernel does not tell: it does not know the option, or not to us */
};

/*
 * Whether WANTED holds for the bond, or the port, LINK. After a bond was made this finds the
 * options that the driver does not know: an attribute number above the kernel's own highest is
 * ignored without a word.
 */
enum bt_took bt_snapshot_took(const struct bt_link *link, const struct bt_value *wanted);

#endif
