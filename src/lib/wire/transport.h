/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The seam to the driver. Whatever takes the kernel's place gets real netlink messages, reads and
 * writes of sysfs files and reads of /proc/net/bonding; nobody above knows which driver answers.
 * One transport belongs to a context and is opened when it is first used.
 */
#ifndef BT_WIRE_TRANSPORT_H
#define BT_WIRE_TRANSPORT_H

#include "base/context.h"
#include "base/text.h"

struct nl_msg;	 /* of libnl: a message that is being built, see wire/message.h */
struct nlmsghdr; /* of the kernel: a whole message, of nlmsg_len bytes */

/* What the driver said to one request. Zero-initialise; release with bt_ack_release(). */
struct bt_ack {
	int error;	/* 0 or a negative errno */
	char *text;	/* the kernel's own words, without a line end; NULL when it said none */
	size_t offset;	/* of the attribute at fault, from the start of the message; 0: not told */
};
void bt_ack_release(struct bt_ack *ack);
#define BT_AUTOACK BT_CLEANUP(bt_ack_release)

/*
 * Called for every message that answers a request. A negative errno ends the handing over and
 * becomes the exchange's result. The message is valid during the call only.
 */
typedef int bt_reply_function(const struct nlmsghdr *reply, void *data);

/*
 * A way to the driver. Every function returns 0 or a negative errno and makes no diagnostics.
 * Paths of sysfs are relative to the folder of the network devices: "bond0/bonding/mode".
 */
struct bt_transport {
	const char *name;    /* "kernel", "simulated" */
	const char *version; /* of the driver, as it shows it: the kernel's release */

	/*
	 * Sends MESSAGE (NETLINK_ROUTE or NETLINK_GENERIC; sequence number and port are filled in
	 * here) and waits until it is answered in full, so it asks for an acknowledgement
	 * (NLM_F_ACK) or for a dump. Replies go to ON_REPLY (may be NULL).
	 * Returns the driver's refusal, also in *ret_ack (may be NULL) with its words; -EINTR when
	 * a dump was not consistent, after which the caller starts over; -ENOBUFS when answers
	 * were lost.
	 */
	int (*exchange)(struct bt_transport *transport, int protocol, struct nlmsghdr *message,
			bt_reply_function *on_reply, void *data, struct bt_ack *ret_ack);

	int (*sysfs_read)(struct bt_transport *transport, const char *path,
			  struct bt_text *ret_text);
	/* The whole TEXT in one write, as the kernel wants it. */
	int (*sysfs_write)(struct bt_transport *transport, const char *path, const char *text);
	/* The text of /proc/net/bonding/BOND. */
	int (*proc_read)(struct bt_transport *transport, const char *bond,
			 struct bt_text *ret_text);

	/* Switches IPv6 of the interface, which netlink cannot. -ENOENT: there is no IPv6. */
	int (*ipv6_switch)(struct bt_transport *transport, const char *interface, bool on);

	/* Whether the bonding driver is there now. */
	bool (*driver_loaded)(struct bt_transport *transport);
	/* Whether it is there or can be loaded. */
	bool (*driver_present)(struct bt_transport *transport);
	/* Loads it, without the bond that it makes unasked (max_bonds=0). -ENOENT: no module. */
	int (*driver_load)(struct bt_transport *transport);

	void (*release)(struct bt_transport *transport);
};

/* A new transport to the running kernel's driver; opens nothing yet. 0 or -ENOMEM. */
int bt_transport_kernel(struct bt_transport **ret_transport);

/* Makes TRANSPORT the context's and takes it over; one that was there before is released. */
void bt_transport_set(struct bondtool *bt, struct bt_transport *transport);

/* The context's transport, the kernel's unless another was set. 0 or -ENOMEM. Borrowed. */
int bt_transport_get(struct bondtool *bt, struct bt_transport **ret_transport);

/*
 * Sends a request and waits for the answer. Returns what the driver answered, 0 or a negative
 * errno, with its words in *ret_ack (may be NULL). Makes no diagnostic: who knows what the
 * request was for words it, see bt_ack_explain().
 */
int bt_request(struct bondtool *bt, struct nl_msg *message, struct bt_ack *ret_ack);

/*
 * Why the request failed, for a message: the kernel's own words where it said some, else what the
 * errno means ("Device or resource busy"). Borrowed from the ack or static.
 */
const char *bt_ack_explain(const struct bt_ack *ack);

#endif
