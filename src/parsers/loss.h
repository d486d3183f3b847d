/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a writer did not write. A writer marks each property and option of a profile that it
 * expressed; bt_report_losses() then names everything else that the profile sets, so that nothing
 * can be lost without a word, not even what a later row of a table adds.
 */
#ifndef BT_PARSERS_LOSS_H
#define BT_PARSERS_LOSS_H

#include "parsers/format.h"

/* What of one profile was expressed. Zero-initialise. */
struct bt_written {
	bool property[BT_PROP_COUNT];
	bool option[BT_OPT_COUNT];
	bool extras; /* the keys that the model does not know, those of the format's own */
	/* Tells which keys of other formats were written as well; NULL: none. */
	bool (*keeps_extra)(const struct bondtool_profile *profile, const struct bt_extra *extra);
};

/* Marks a property (or, for a port's property, its option). */
void bt_written_property(struct bt_written *written, enum bt_property_id property);
/* Marks all that a profile can hold, where its loss as a whole was reported. */
void bt_written_all(struct bt_written *written);

/*
 * Warns of everything that PROFILE sets and WRITTEN does not have: rules "loss/option",
 * "loss/property", "loss/key" (extras of another format, or of this one when they were not written
 * back), each with the origin of the value. What makes no difference where it stands is a mere
 * note. Names and numbers that only tell profiles apart are no loss: one note, "loss/identity", for
 * all of them. HINT_FOR may name the way around for a bond option, in a new string ("post-up echo
 * ... > ..."); it and its result may be NULL.
 */
void bt_report_losses(struct bondtool *bt, const struct bt_format *format,
		      const struct bondtool_profile *profile, const struct bt_written *written,
		      char *(*hint_for)(const struct bondtool_profile *profile,
					const struct bt_option *option));

/*
 * The way around for a property that a tool has no place for, by what any machine has: a .link
 * file, a sysctl, firewalld. In a new string; NULL when there is none.
 */
char *bt_loss_hint(const struct bondtool_profile *profile, enum bt_property_id property);

/*
 * Warns that one value is written in part, or in another way: rule "loss/value". VALUE may be NULL.
 */
void bt_report_loss(struct bondtool *bt, const struct bt_format *format,
		    const struct bt_value *value, const char *hint, const char *format_string, ...)
	BT_PRINTF(5, 6);

#endif
