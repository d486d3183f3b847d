/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Options through sysfs, in the grammar of the driver's files. */
#ifndef BT_WIRE_SYSFS_H
#define BT_WIRE_SYSFS_H

#include "model/option.h"
#include "wire/transport.h"

/*
 * Writes VALUE for BOND: numbers in decimal, enumerations by name, interfaces by name (an empty
 * one clears). A list becomes the wanted one, in its order, by removing and adding items. A port
 * option needs PORT, its name, which is NULL otherwise.
 *
 * Returns 0 or the driver's refusal (-EACCES: not in this mode, -EBUSY: the bond is up,
 * -ENOTEMPTY: it has ports, ...); -ENOENT: there is no such file, so the kernel does not know
 * the option; -EOPNOTSUPP: the option has no sysfs file. No diagnostic.
 */
int bt_sysfs_write_option(struct bondtool *bt, const char *bond, const char *port,
			  const struct bt_value *value);

/*
 * Reads OPTION of BOND, or of its port PORT. Returns 0, -ENODATA when the file tells nothing
 * (unset, not in this mode, or not for us), -EOPNOTSUPP, -ENOENT as above, -EINVAL for a text that
 * is no such value, -ENOMEM.
 */
int bt_sysfs_read_option(struct bondtool *bt, const char *bond, const char *port,
			 const struct bt_option *option, struct bt_value *ret_value);

/*
 * The names of BOND's ports in the order in which the bond holds them: as many as the file has room
 * for, one page. 0 or a negative errno.
 */
int bt_sysfs_read_ports(struct bondtool *bt, const char *bond, struct bt_strings *ret_names);

/* Puts PORT into BOND or takes it out, as netlink would: the port must be down to go in. */
int bt_sysfs_add_port(struct bondtool *bt, const char *bond, const char *port);
int bt_sysfs_remove_port(struct bondtool *bt, const char *bond, const char *port);
/* Makes or deletes a bond with the driver's defaults. */
int bt_sysfs_add_bond(struct bondtool *bt, const char *bond);
int bt_sysfs_remove_bond(struct bondtool *bt, const char *bond);

#endif
