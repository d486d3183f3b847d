/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which profiles of a configuration are ports of which: for writers, who put them beside it. */
#ifndef BT_PARSERS_PORT_LISTS_H
#define BT_PARSERS_PORT_LISTS_H

#include "model/profile.h"

#define BT_NO_PORT SIZE_MAX

/* The lists, by numbers of profiles. Zero-initialise. */
struct bt_port_lists {
	size_t *bond;  /* of each profile: its bond, or BT_NO_PORT */
	size_t *first; /* of each profile: its first port in the configuration's order, or none */
	size_t *next;  /* of each port: the next one of its bond, or none */
};
void bt_port_lists_release(struct bt_port_lists *lists);

/* Fills the lists for all profiles whose controller is a bond of CONFIG. 0 or -ENOMEM. */
int bt_port_lists_make(struct bondtool_config *config, struct bt_port_lists *ret_lists);

#endif
