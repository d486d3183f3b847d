/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Trips of configurations through a format: written, read again, and compared. What does not come
 * back must be in the loss report, and what comes back must not be.
 */
#ifndef BT_TEST_TRIP_H
#define BT_TEST_TRIP_H

#include "parsers/format.h"

/* One trip: out into files, back into a configuration, and what was said on the way out. */
struct trip {
	const char *name; /* for messages */
	const struct bt_format *format;
	struct bondtool *out;		  /* its diagnostics are the loss report */
	struct bondtool *back;		  /* owns the texts that were read */
	struct bondtool_config *original; /* borrowed */
	struct bondtool_config *returned;
};

/* Whether the format goes both ways. */
bool trip_can(const struct bt_format *format);

/*
 * Sends ORIGINAL through FORMAT. True when what came back is the same, or differs by exactly what
 * the loss report names; what the driver or the tool that ORIGINAL came from takes for unset may be
 * written out. Where not, it says so as TAP comments. The trip is to be released in any case.
 */
bool trip_make(struct trip *trip, const char *name, const struct bt_format *format,
	       struct bondtool_config *original);
void trip_release(struct trip *trip);

#endif
