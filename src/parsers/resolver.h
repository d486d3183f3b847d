/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Name servers that a format has for the whole machine, where profiles have them for themselves. */
#ifndef BT_PARSERS_RESOLVER_H
#define BT_PARSERS_RESOLVER_H

#include "model/profile.h"

/*
 * Which profile of CONFIG, from number FIRST on, gets the name servers of a family (BLOCK:
 * BT_PROP_IPV4 or BT_PROP_IPV6): the first that has a default route of its own, else the first that
 * has addresses in the family at all. NULL when none can.
 */
struct bondtool_profile *bt_resolver_home(const struct bondtool_config *config, size_t first,
					  enum bt_property_id block);

#endif
