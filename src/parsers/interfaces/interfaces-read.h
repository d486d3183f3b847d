/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reading and writing /etc/network/interfaces in the way of one dialect. */
#ifndef BT_PARSERS_INTERFACES_READ_H
#define BT_PARSERS_INTERFACES_READ_H

#include "parsers/format.h"
#include "parsers/interfaces/interfaces-syntax.h"

/* As the read() and write() of struct bt_format. */
int bt_eni_read(struct bondtool *bt, const struct bt_eni_dialect *dialect,
		const struct bt_inputs *inputs, struct bondtool_config *config);
int bt_eni_write(struct bondtool *bt, const struct bt_eni_dialect *dialect,
		 const struct bt_format *format, struct bondtool_config *config,
		 struct bondtool_files *files);

/*
 * The text that a whole configuration becomes, in a new string. What stands in the texts that
 * BEFORE was read from (NULL: there are none), and has no key, stays or becomes a command. NULL
 * without memory.
 */
char *bt_eni_text_of(struct bondtool *bt, const struct bt_eni_dialect *dialect,
		     const struct bt_format *format, struct bondtool_config *config,
		     struct bondtool_config *before);

#endif
