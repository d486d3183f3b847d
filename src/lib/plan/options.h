/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How a running bond gets from the options it has to those of a profile. Knows what the driver does
 * on its own account when an option is set (bond_options.c: monitors exclude each other, delays are
 * kept as multiples of miimon, a new mode resets others), so that one message ends where it should.
 */
#ifndef BT_PLAN_OPTIONS_H
#define BT_PLAN_OPTIONS_H

#include "model/option.h"

/* One message's worth of change. Zero-initialise; release with bt_transition_release(). */
struct bt_transition {
	struct bt_values change; /* what is to be sent, in table order; no difference: empty */
	struct bt_values before; /* what the bond has instead; what is not here is unset there */
	struct bt_values undo;	 /* leads back, from a half-applied change too */
	struct bt_values undo_first; /* before that: what only the new mode lets anyone set */
	bool needs_down;	 /* the driver takes it only while the bond is down */
	bool needs_no_ports;	 /* ... and only while it has no ports */
	enum bt_option_id culprit; /* the option that asks for the worst of the two */
};
void bt_transition_release(struct bt_transition *transition);
#define BT_AUTOTRANSITION BT_CLEANUP(bt_transition_release)

/*
 * From LIVE, the options as the driver tells them, to those of the profile WANTED. The profile is
 * the whole truth: an option that it does not set goes back to the driver's default. KEEP has a bit
 * 1ULL << id for each option that must stay as it is nevertheless. 0 or -ENOMEM.
 */
int bt_transition_make(const struct bt_values *wanted, const struct bt_values *live, uint64_t keep,
		       struct bt_transition *ret_transition);

/*
 * The same for a port: from its LIVE port options (NULL: the driver's defaults of a new port) to
 * those of its profile, in a bond of MODE. There is no .undo beyond .before, nothing asks for
 * anything to be down. 0 or -ENOMEM.
 */
int bt_port_transition_make(const struct bt_values *wanted, const struct bt_values *live,
			    enum bt_mode mode, struct bt_transition *ret_transition);

/*
 * Whether the kernel that told LIVE does not know the option ID at all, as opposed to having it
 * unset or not telling us.
 */
bool bt_option_unknown_to_kernel(const struct bt_values *live, enum bt_option_id id);

/* The driver's default of the option ID in MODE, in *ret_value (id set). 0 or -ENOMEM. */
int bt_option_default(enum bt_option_id id, enum bt_mode mode, struct bt_value *ret_value);

#endif
