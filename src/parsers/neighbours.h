/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files of formats that have one for each interface, all in one folder: with a bond's file
 * come those of its ports, which stand beside it.
 */
#ifndef BT_PARSERS_NEIGHBOURS_H
#define BT_PARSERS_NEIGHBOURS_H

#include "parsers/format.h"

struct bt_neighbours {
	/* Whether the owning tool would read a file of this name (without its folder). */
	bool (*is_read)(const char *name);
	/*
	 * Adds SOURCE to INPUTS, or not, when it was found BESIDE what was asked for and is of
	 * another format. 0 or -ENOMEM.
	 */
	int (*add)(struct bondtool *bt, const struct bt_source *source, bool beside,
		   struct bt_inputs *inputs);
};

/*
 * Adds the file at PATH and, as found beside it, those in its folder; or those in the folder at
 * PATH. Returns 0, or a negative errno with a diagnostic when PATH itself cannot be read.
 */
int bt_gather_neighbours(struct bondtool *bt, const struct bt_neighbours *neighbours,
			 const char *path, struct bt_inputs *inputs);

#endif
