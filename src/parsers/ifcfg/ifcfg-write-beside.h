/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing the files that stand beside an ifcfg file and were read with it. */
#ifndef BT_PARSERS_IFCFG_WRITE_BESIDE_H
#define BT_PARSERS_IFCFG_WRITE_BESIDE_H

#include "parsers/ifcfg/ifcfg.h"

/* Those of all profiles. Zero-initialise. */
struct bt_ifcfg_beside {
	const struct bt_source **sources; /* the array is owned */
	size_t count;
	struct bondtool *silent; /* what is wrong with them has been said */
};
void bt_ifcfg_beside_release(struct bt_ifcfg_beside *beside);

/* Finds them among the texts that were read. 0 or -ENOMEM. */
int bt_ifcfg_beside_find(const struct bondtool *bt, struct bt_ifcfg_beside *ret_beside);

/*
 * Adds the files of PROFILE's aliases, as far as it still has their addresses, and its policy rules
 * as they were. The addresses need no other place, and are added to ADDRESSES. 0 or -ENOMEM.
 */
int bt_ifcfg_write_aliases(const struct bt_ifcfg_beside *beside,
			   const struct bondtool_profile *profile, struct bondtool_files *files,
			   struct bt_strings *addresses);

/*
 * The text of PROFILE's route file of the FAMILY, in which lines whose routes are gone are left
 * out, in a new string in *RET_TEXT; NULL when there is none, or none that can be changed. What of
 * ROUTES it does not have is added to MISSING. 0 or -ENOMEM.
 */
int bt_ifcfg_rewrite_routes(const struct bt_ifcfg_beside *beside,
			    const struct bondtool_profile *profile, int family,
			    const struct bt_value *routes, char **ret_text,
			    struct bt_strings *missing);

#endif
