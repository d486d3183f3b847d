/* SPDX-License-Identifier: GPL-2.0-or-later
 * A driver that answers with what a test has prepared: links, addresses, routes, speeds and files.
 * It behaves as an old kernel in that it filters nothing itself.
 */
#ifndef BT_TEST_CANNED_H
#define BT_TEST_CANNED_H

#include "model/bond-uapi.h"
#include "wire/builder.h"
#include "wire/snapshot.h"

enum { CANNED_MESSAGES = 64, CANNED_FILES = 16, CANNED_FAMILY = 33 };

struct canned {
	struct bt_transport transport;
	struct nl_msg *messages[CANNED_MESSAGES]; /* what is, in the kernel's words; owned */
	size_t n_messages;
	struct {
		const char *path, *text;
	} files[CANNED_FILES]; /* of sysfs */
	size_t n_files;
	const char *proc;  /* the text of /proc/net/bonding of any bond; NULL: no such file */
	bool has_ethtool;  /* netlink tells 1000 + ifindex Mbit/s, full duplex */
	int interruptions; /* so many dumps will be interrupted at their end */
	unsigned exchanges, writes, proc_reads; /* how often it was asked */
	char last_write[128]; /* "PATH TEXT" */
	int write_result;
};

/* A context whose driver is *ret_canned, which lives as long as the context. */
struct bondtool *canned_new(struct canned **ret_canned);

/* Adds a message that a test has built. */
void canned_add(struct canned *canned, struct nl_msg *message);
void canned_file(struct canned *canned, const char *path, const char *text);

/* What a link is, to be sent as RTM_NEWLINK. */
struct canned_link {
	int ifindex;
	const char *name, *kind;
	unsigned flags; /* IFF_UP, IFF_LOWER_UP */
	int controller;
	/* of a bond: "mode=802.3ad miimon=100"; an interface "p3" has index 3 */
	const char *options;
	/* of a port of a bond: */
	int mii_status, state, failures;
	bool infiniband; /* its permanent address has 20 bytes */
	const char *port_options;
	bool lacp; /* its LACP attributes are told: */
	int aggregator_id, actor_state, partner_state;
	int churn; /* -1: an older driver, which does not tell */
	const struct bt_aggregator *aggregator; /* of a bond; NULL: none active */
};
struct nl_msg *canned_link_message(const struct canned_link *link);
void canned_add_link(struct canned *canned, const struct canned_link *link);

#endif
