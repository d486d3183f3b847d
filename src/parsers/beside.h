/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles whose texts were found beside those that were asked for: they count only as far as they
 * belong to one that was asked for, as a port of it or a VLAN on it.
 */
#ifndef BT_PARSERS_BESIDE_H
#define BT_PARSERS_BESIDE_H

#include "model/profile.h"

/* The profiles of the inputs, in the same order; NULL where an input is none. */
struct bt_candidates {
	struct bt_candidate {
		struct bondtool_profile *profile; /* owned */
		bool beside;
	} *items;
	size_t count, size;
};
void bt_candidates_release(struct bt_candidates *candidates);
#define BT_AUTOCANDIDATES BT_CLEANUP(bt_candidates_release)

/* Adds a profile (or NULL) and takes it over, even on error. 0 or -ENOMEM. */
int bt_candidates_add(struct bt_candidates *candidates, struct bondtool_profile *profile,
		      bool beside);

/*
 * Clears "beside" of those that refer to one that was asked for by connection.controller or
 * vlan.parent, directly or through others. 0 or -ENOMEM.
 */
int bt_candidates_choose(struct bt_candidates *candidates);

#endif
