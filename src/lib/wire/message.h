/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The requests that change the system, as netlink messages: links of every kind, addresses and
 * routes. What an option looks like in them comes from the option table (attribute, wire).
 * Build one, send it with bt_request(), free it.
 */
#ifndef BT_WIRE_MESSAGE_H
#define BT_WIRE_MESSAGE_H

#include "model/option.h"
#include "model/route.h"
#include "wire/transport.h"

void bt_message_free(struct nl_msg *message);
BT_DEFINE_AUTO(struct nl_msg, bt_message_auto, bt_message_free);
#define BT_AUTOMESSAGE BT_CLEANUP(bt_message_auto)

/* The message's bytes, nlmsg_len of them. Borrowed. */
struct nlmsghdr *bt_message_header(struct nl_msg *message);

/* Finds the index of the interface NAME; 0 when there is none (yet). */
struct bt_resolver {
	int (*ifindex)(void *data, const char *name);
	void *data;
};

enum bt_admin { BT_ADMIN_KEEP, BT_ADMIN_DOWN, BT_ADMIN_UP };

/* One line of a VLAN's map between priorities. */
struct bt_vlan_map {
	uint32_t from, to;
};

/* What makes a VLAN. */
struct bt_vlan {
	uint16_t id;
	uint16_t protocol;	       /* ETH_P_8021Q, ETH_P_8021AD; 0: the kernel's choice */
	uint32_t flags, mask;	       /* VLAN_FLAG_*; only those in MASK are set */
	struct bt_vlan_map *ingress, *egress; /* owned by whoever made the struct */
	size_t n_ingress, n_egress;
};

/*
 * One RTM_NEWLINK: only what is set here is sent. Zero-initialise. IFINDEX names the link, or NAME
 * where IFINDEX is 0; with both the link is renamed.
 *
 * Putting a port into a bond and taking it up or down are two messages: several 6.x kernels do the
 * two in the wrong order when they come in one, so that is -EINVAL here.
 */
struct bt_link_request {
	bool create;		   /* fail with EEXIST when it is there already */
	int ifindex;
	const char *name;
	const char *kind;	   /* "bond", "vlan": needed for create, options and vlan */
	const struct bt_values *options; /* of the bond; NULL for none */
	const struct bt_values *port_options; /* of the port; NULL for none */
	const struct bt_resolver *resolver; /* for options that name an interface */
	enum bt_admin admin;
	bool set_controller;
	int controller;		   /* with set_controller: ifindex of the bond; 0 leaves it */
	uint32_t mtu;		   /* 0: as it is */
	const char *mac;	   /* text; NULL: as it is */
	int parent;		   /* ifindex that a VLAN stands on */
	const struct bt_vlan *vlan;
};

/*
 * Builds the message. Values are sent as they are, 0 included, in the order in which the driver
 * applies them; options of the other kind (port options among OPTIONS, ...) are left out.
 *
 * *ret_unsent (may be NULL) gets a bit 1ULL << id for each option that netlink cannot carry now:
 * one that names an interface which does not exist. Such an option goes through sysfs, which
 * remembers the name (bt_sysfs_write_option()). Returns 0, -EINVAL or -ENOMEM.
 */
int bt_message_link(const struct bt_link_request *request, struct nl_msg **ret_message,
		    uint64_t *ret_unsent);

/* Deletes the link. 0 or -ENOMEM. */
int bt_message_link_delete(int ifindex, struct nl_msg **ret_message);

enum bt_verb {
	BT_ADD,	    /* fails with EEXIST when it is there */
	BT_REPLACE, /* adds, or changes what is there */
	BT_REMOVE,
};

/* What an address is besides its text; NULL stands for all zero. */
struct bt_address_details {
	uint32_t flags;	   /* IFA_F_*, such as IFA_F_NODAD, IFA_F_NOPREFIXROUTE */
	uint32_t priority; /* metric of the prefix route; 0: the kernel's */
	unsigned scope;	   /* RT_SCOPE_*; 0: everywhere */
	uint32_t valid;	   /* seconds; 0: for ever */
	uint32_t preferred; /* seconds; means nothing without the one above */
	const char *label; /* IPv4: such as "bond0:1"; NULL without one */
	const char *peer;  /* far end of a point-to-point link; NULL without one */
};

/* ADDRESS is canonical text, "10.0.0.1/24" or "fe80::1/64". 0, -EINVAL or -ENOMEM. */
int bt_message_address(enum bt_verb verb, int ifindex, const char *address,
		       const struct bt_address_details *details, struct nl_msg **ret_message);

/*
 * A route of FAMILY out of IFINDEX. TABLE and METRIC are for a route that says none itself
 * (0 and -1: the kernel's main table and choice). PROTOCOL is who made it (RTPROT_*; 0: we did, or
 * whoever it was of one that is removed). Returns 0, -ENOMEM, or -EINVAL with the attribute that
 * has no valid value in *ret_bad (may be NULL; borrowed from the route).
 */
int bt_message_route(enum bt_verb verb, int family, int ifindex, const struct bt_route *route,
		     uint32_t table, int64_t metric, unsigned protocol,
		     struct nl_msg **ret_message, const char **ret_bad);

/*
 * The option whose attribute the driver found at fault in its answer to MESSAGE; NULL when it
 * named none.
 */
const struct bt_option *bt_ack_option(struct nl_msg *message, const struct bt_ack *ack);

#endif
