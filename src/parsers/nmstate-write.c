/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Declarations of nmstate to files. */
#include <errno.h>

#include "parsers/nmstate.h"

int bt_nmstate_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files)
{
	BT_AUTONODE struct bt_node *state = bt_nmstate_declare(bt, config);

	return state ? bt_files_add(files, "bonds.yml", 0600, bt_tree_to_yaml(state)) : -ENOMEM;
}
