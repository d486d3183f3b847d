/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where the running kernel has files for what is set by writing to them, for formats that hold
 * commands. The names themselves stand in wire/kernel-files.c, beside the code that opens them.
 */
#ifndef BT_MODEL_KERNEL_PATHS_H
#define BT_MODEL_KERNEL_PATHS_H

/* Folders, each ended by a slash: NAME/bonding/OPTION, NAME/disable_ipv6. */
extern const char bt_path_interfaces[];
extern const char bt_path_ipv6[];
/* The bonds: "+NAME" makes one. It is there while the driver is. */
extern const char bt_path_bonds[];

#endif
