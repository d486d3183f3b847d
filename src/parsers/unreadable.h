/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is wrong with a text whatever its format: that no format is its own, bytes that are no
 * characters, in comments too, and that nothing in it means anything.
 */
#ifndef BT_PARSERS_UNREADABLE_H
#define BT_PARSERS_UNREADABLE_H

#include "parsers/format.h"

/*
 * Reports that no format recognises SOURCE ("format/unrecognised"): at its first byte that is none
 * of a text, with what that is, where it has one.
 */
void bt_report_unrecognised(struct bondtool *bt, const struct bt_source *source);

/*
 * Reports the first byte of each text of INPUTS that is NUL ("file/nul") or no UTF-8
 * ("file/encoding"), unless a finding from number FIRST on, the reader's own, is about its line.
 */
void bt_report_bytes(struct bondtool *bt, const struct bt_inputs *inputs, size_t first);

/*
 * Notes that INPUTS, read as FORMAT, hold no profile ("format/empty"), unless they are blank or a
 * finding from number FIRST on names a place in them.
 */
void bt_report_emptiness(struct bondtool *bt, const struct bt_format *format,
			 const struct bt_inputs *inputs, size_t first);

#endif
