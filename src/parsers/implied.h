/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a text leaves to its tool. NetworkManager watches the links of a bond that says nothing, the
 * kernel and other tools do not: so that a profile means the same everywhere, the difference has to
 * be written out.
 */
#ifndef BT_PARSERS_IMPLIED_H
#define BT_PARSERS_IMPLIED_H

#include "parsers/format.h"

/*
 * Remembers that NetworkManager watches the links of PROFILE, if that is a bond, unless it is told
 * to probe, or not to. 0 or -ENOMEM.
 */
int bt_implied_monitor(struct bondtool_profile *profile);

/*
 * The same where nothing but the driver decides: nothing watches the links, but in the modes for
 * which the driver sets miimon by itself. 0 or -ENOMEM.
 */
int bt_implied_driver_monitor(struct bondtool_profile *profile);

/* Makes what PROFILE's own tool implies part of the profile, with a note. 0 or -ENOMEM. */
int bt_implied_write_out(struct bondtool *bt, struct bondtool_profile *profile);

/* The profiles that say for a while what was implied, as they were before. Zero-initialise. */
struct bt_settled {
	struct bt_unsettled *before;
	size_t count, size;
};
/* Makes them what they were. */
void bt_settled_release(struct bt_settled *settled);
#define BT_AUTOSETTLED BT_CLEANUP(bt_settled_release)

/*
 * Makes every bond in CONFIG say what FORMAT's tool would not assume by itself, or would assume and
 * should not, until SETTLED is released: until then nothing may be unset in its profiles, and
 * SETTLED is to be released on error, too. 0 or -ENOMEM.
 */
int bt_implied_settle(struct bondtool *bt, const struct bt_format *format,
		      struct bondtool_config *config, struct bt_settled *settled);

#endif
