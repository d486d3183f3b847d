/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Operations: the single steps of a plan. Each is one request to the kernel, knows what it
 * disturbs, why it is there, and which operations take it back.
 */
#ifndef BT_PLAN_OPERATION_H
#define BT_PLAN_OPERATION_H

#include "wire/snapshot.h"

enum bt_operation_kind {
	BT_OP_LOAD_DRIVER,
	BT_OP_CREATE_BOND,	/* .options, .mac, .mtu */
	BT_OP_CREATE_VLAN,	/* on .other: .vlan, .mac, .mtu */
	BT_OP_DELETE,		/* the link, which we or someone else made */
	BT_OP_UP,
	BT_OP_DOWN,
	BT_OP_ATTACH,		/* the port to the bond .other */
	BT_OP_DETACH,		/* the port from .other */
	BT_OP_OPTIONS,		/* of a bond: .options */
	BT_OP_PORT_OPTIONS,	/* of a port of .other: .options */
	BT_OP_MTU,		/* .mtu */
	BT_OP_MAC,		/* .mac */
	BT_OP_ADD_ADDRESS,	/* .address */
	BT_OP_REMOVE_ADDRESS,	/* .address */
	BT_OP_ADD_ROUTE,	/* .route of .family */
	BT_OP_REMOVE_ROUTE,	/* .route of .family */
	BT_OP_IPV6,		/* .enable: whether the interface has IPv6 at all */
	BT_OP_KIND_COUNT
};

/* What an operation does to traffic, from the least to the worst. */
enum bt_disruption {
	BT_DISRUPTION_NONE,
	BT_DISRUPTION_PORT,	 /* one port loses its link */
	BT_DISRUPTION_BOND_DOWN, /* the bond is down for a moment */
	BT_DISRUPTION_PORTS_OFF, /* every port leaves the bond */
	BT_DISRUPTION_REMOVED,	 /* the interface goes away */
};

/* Operations in the order in which they run. Zero-initialise. */
struct bt_operations {
	struct bt_operation *items;
	size_t count, size;
};

/* One step. It owns all that it points to. */
struct bt_operation {
	enum bt_operation_kind kind;
	enum bt_disruption disruption;
	char *interface;	    /* whom it is done to; "bonding" of LOAD_DRIVER */
	char *other;		    /* see the kinds */
	struct bt_values options;
	struct bt_values before;    /* what those options are until then, for those who read */
	char *mac;		    /* NULL: as it is */
	uint32_t mtu;		    /* 0: as it is */
	bool enable;
	int family;		    /* AF_INET, AF_INET6 */
	struct bt_address *address; /* all of it */
	char *route;		    /* canonical text of bt_route_canonical() */
	unsigned protocol;	    /* RTPROT_* of the route; 0: ours */
	struct bt_vlan *vlan;
	bool through_sysfs;	    /* not by netlink */
	bool may_fail;		    /* a refusal is a warning and undoes nothing */
	char *why;		    /* half a sentence; NULL where the operation says it all */
	struct bt_origin origin;    /* of the value behind it */
	struct bt_operations undo;  /* in the order in which they run */
};

void bt_operation_release(struct bt_operation *operation);
void bt_operations_release(struct bt_operations *operations);
#define BT_AUTOOPERATIONS BT_CLEANUP(bt_operations_release)

/*
 * Adds an operation of KIND for INTERFACE (copied) at the end. Returns it, to be filled in,
 * borrowed until the next is added; NULL without memory.
 */
struct bt_operation *bt_operations_add(struct bt_operations *operations,
				       enum bt_operation_kind kind, const char *interface);

/* Copies that the caller owns; NULL without memory. */
struct bt_address *bt_address_copy(const struct bt_address *address);
struct bt_vlan *bt_vlan_copy(const struct bt_vlan *vlan);

/* What is done, without the interface's name, as half a sentence; NULL without memory. */
char *bt_operation_text(const struct bt_operation *operation);

/* "create-bond", "attach", ...; and back: -1 for no such word. */
const char *bt_operation_word(enum bt_operation_kind kind);
int bt_operation_of_word(const char *word);

/* "none", "port", "bond-down", "ports-off", "removed". */
const char *bt_disruption_word(enum bt_disruption disruption);

#endif
