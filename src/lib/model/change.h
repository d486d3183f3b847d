/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing values from words, as "nmcli connection modify" does. */
#ifndef BT_MODEL_CHANGE_H
#define BT_MODEL_CHANGE_H

#include "model/profile.h"

/*
 * Changes the bond options from "name=value[,name=value...]" (BONDTOOL_SET replaces all,
 * BONDTOOL_ADD merges) or removes those named in "name[=anything][,name...]" (BONDTOOL_REMOVE).
 * Names and modes may be shortened; an empty value removes the option; targets are separated by
 * blanks, or by commas where no doubt is possible. Turning one link monitor on drops the other, as
 * nmcli does, with a note. Diagnostics and errors as bt_options_set(); VALUES may be half changed
 * after an error.
 */
int bt_options_change(struct bondtool *bt, struct bt_values *values, enum bondtool_change change,
		      const char *text, const struct bt_origin *origin);

#endif
