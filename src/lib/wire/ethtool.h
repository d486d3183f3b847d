/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Speed and duplex of links: by ethtool netlink, by sysfs where the kernel has none. */
#ifndef BT_WIRE_ETHTOOL_H
#define BT_WIRE_ETHTOOL_H

#include "wire/snapshot.h"

/* Fills in the speed of every link of the snapshot, with one dump. 0 or a negative errno. */
int bt_ethtool_read_all(struct bondtool *bt, struct bondtool_snapshot *snapshot);

/*
 * The same for a bond and its ports only, the bond first: that makes the driver itself look at the
 * ports again, see status/text.c. 0 or a negative errno.
 */
int bt_ethtool_read_bond(struct bondtool *bt, struct bt_link *bond);

#endif
