/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The journal: what takes the operations of a running plan back, on disk before each is sent, so
 * that not even a crash leaves a change half done. One change runs at a time: the journal is its
 * lock.
 */
#ifndef BT_PLAN_JOURNAL_H
#define BT_PLAN_JOURNAL_H

#include <jansson.h>

#include "plan/operation.h"

/* One open journal. Zero-initialise. */
struct bt_journal {
	char *path; /* NULL: there is none, nothing is written */
	int fd;
};

/*
 * Opens the journal and waits for other changes to end. Without the right to write it the change
 * goes on unrecorded: the kernel will refuse it, or knows better. *ret_left gets what a change that
 * did not end left to be undone, in the order in which it is to run. 0 or a negative errno.
 */
int bt_journal_open(struct bondtool *bt, struct bt_journal *journal,
		    struct bt_operations *ret_left);
/* Records what takes OPERATION back. 0 or a negative errno. */
int bt_journal_record(struct bt_journal *journal, const struct bt_operation *operation);
/* The change has ended, one way or the other: nothing is left to be undone. */
void bt_journal_close(struct bt_journal *journal);

/* An operation as JSON, without what only readers of a plan want; NULL without memory. */
json_t *bt_operation_to_json(const struct bt_operation *operation);
/*
 * And back, at the end of LIST. What is no operation is -EINVAL, without a diagnostic.
 */
int bt_operation_from_json(struct bondtool *bt, const json_t *json, struct bt_operations *list);

#endif
