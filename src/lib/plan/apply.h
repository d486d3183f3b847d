/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Applying a plan: one operation after the other, all of them or none. */
#ifndef BT_PLAN_APPLY_H
#define BT_PLAN_APPLY_H

#include "plan/operation.h"
#include "wire/snapshot.h"

/* Why an operation was refused. Zero-initialise; release with bt_refusal_release(). */
struct bt_refusal {
	struct bt_ack ack;	  /* the driver's own words, where it said some */
	const struct bt_option *option; /* the one at fault; NULL: not told */
	bool done;			/* the change was made, but what belongs to it failed */
};
void bt_refusal_release(struct bt_refusal *refusal);
#define BT_AUTOREFUSAL BT_CLEANUP(bt_refusal_release)

/* What carries operations out. A test puts something else in the system's place. */
struct bt_executor {
	/* Returns 0 or a negative errno, with *ret_refusal filled in as far as it is known. */
	int (*run)(struct bt_executor *executor, const struct bt_operation *operation,
		   struct bt_refusal *ret_refusal);
};

/*
 * Runs the operations in their order. Each operation's undo is journalled before it is sent. At a
 * refusal, or when SIGINT, SIGTERM or SIGHUP came in between two operations, what was done is taken
 * back in the opposite order. Returns 0, the refusal's errno, or -EINTR, with diagnostics.
 */
int bt_apply(struct bondtool *bt, const struct bt_operations *operations,
	     struct bt_executor *executor);

/* An executor that talks to the driver (execute.c). Release it with bt_driver_executor_free(). */
struct bt_driver_executor;
/* SNAPSHOT (may be NULL) tells the indexes of interfaces; borrowed. NULL without memory. */
struct bt_driver_executor *bt_driver_executor_new(struct bondtool *bt,
						  const struct bondtool_snapshot *snapshot);
void bt_driver_executor_free(struct bt_driver_executor *executor);
struct bt_executor *bt_driver_executor_base(struct bt_driver_executor *executor);

#endif
