/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reading of all units of an input: what the parts of the reader share. */
#ifndef BT_PARSERS_NETWORKD_READING_H
#define BT_PARSERS_NETWORKD_READING_H

#include "parsers/networkd/networkd.h"

struct bt_networkd_reading {
	struct bondtool *bt;
	struct bondtool *silent; /* hears what was said already */
	struct bt_networkd_units units;
	struct bt_networkd_matcher matcher;
	struct bt_networkd_device *devices;
	size_t n_devices, size_devices;
	struct bt_hash by_name; /* of the devices that have one */
	bool *doubted;		/* by the number of the unit: its doubt was reported */
	bool *is_of_device;	/* the same: it is for a device that a .netdev file makes */
};

/* The device of this name; NULL when no text makes or names one. Moves when one is added. */
struct bt_networkd_device *bt_networkd_find_device(const struct bt_networkd_reading *reading,
						   const char *name);
/* Adds a device; takes its profile over, even on error. 0 or -ENOMEM. */
int bt_networkd_add_device(struct bt_networkd_reading *reading,
			   const struct bt_networkd_device *device);
/* A profile of TYPE that begins at ORIGIN; NULL without memory. */
struct bondtool_profile *bt_networkd_new_profile(struct bt_networkd_reading *reading,
						 const char *type, const char *id,
						 const struct bt_origin *origin);

/* Whom a file may be for that only a running system can tell. */
struct bt_networkd_doubt {
	struct bt_networkd_reading *reading;
	const char *label;
};
/* Says so of a unit, once; for bt_networkd_first(), with a doubt as context. */
void bt_networkd_report_doubt(void *context, const struct bt_networkd_unit *unit);

/* The .network file of a device, into its profile. 0 or -ENOMEM. */
int bt_networkd_read_network(struct bt_networkd_reading *reading,
			     struct bt_networkd_device *device);
/* Of a device that is none of ours only the VLANs that it carries. 0 or -ENOMEM. */
int bt_networkd_read_vlans(struct bt_networkd_reading *reading, struct bt_networkd_device *device);
/* A .network file that is for no device of a .netdev file. 0 or -ENOMEM. */
int bt_networkd_read_other(struct bt_networkd_reading *reading,
			   const struct bt_networkd_unit *unit);

#endif
