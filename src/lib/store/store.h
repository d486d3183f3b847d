/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The store: profiles on disk, one YAML file each, in /etc/bondtool/connections below the root of
 * the context. What it does for programs is in bondtool.h.
 *
 * A writer holds an flock() on that folder from before it reads until it is closed, so that writers
 * come one after the other and each sees what the one before wrote. Readers need no lock: files are
 * only ever replaced whole, by rename().
 */
#ifndef BT_STORE_STORE_H
#define BT_STORE_STORE_H

#include "base/text.h"
#include "model/profile.h"

/* Ten times a second for so many seconds a writer asks for the lock before it gives up. */
enum { BT_STORE_PATIENCE = 30 };

/* A profile and what it was when it was read. */
struct bt_stored {
	struct bondtool_profile *profile; /* in the configuration, which owns it */
	struct bondtool_profile *before;  /* owned copy; NULL: added since */
	const struct bt_source *source;	  /* what stands in the file; NULL: nothing yet */
	char *file;			  /* name in the folder; NULL: has none yet */
	bool removed;			  /* no longer in the configuration */
};

struct bondtool_store {
	struct bondtool *bt;
	char *folder; /* path of the profiles, with the root */
	int lock;     /* descriptor of the folder, locked; -1 for readers */
	struct bondtool_config *config;
	struct bt_stored *stored;
	size_t count, size;
	struct bt_set files; /* every name in the folder, also those that could not be read */
};

/* Reads what is in the folder (commit.c writes). 0, or a negative errno with a diagnostic. */
int bt_store_load(struct bondtool_store *store, enum bondtool_store_use use);

/* The entry of a profile, or NULL. */
struct bt_stored *bt_store_entry(const struct bondtool_store *store,
				 const struct bondtool_profile *profile);

#endif
