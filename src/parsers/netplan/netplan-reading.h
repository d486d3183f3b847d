/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The reading of netplan's merged tree: what the parts of the reader share. */
#ifndef BT_PARSERS_NETPLAN_READING_H
#define BT_PARSERS_NETPLAN_READING_H

#include "parsers/netplan/netplan.h"

enum bt_netplan_renderer {
	BT_NETPLAN_NETWORKD,
	BT_NETPLAN_MANAGER,
	BT_NETPLAN_SRIOV, /* of VLANs: a filter of the network card */
};

/* A device as one of the sections defines it. */
struct bt_netplan_device {
	const char *id;
	const struct bt_node *node; /* its map */
	const struct bt_netplan_section_row *row;
	enum bt_netplan_renderer renderer;
	const char *name; /* of the interface; NULL: only a running system knows it */
	const struct bt_netplan_device *controller; /* that names it as its member; NULL: none */
	const struct bt_node *member;		    /* where it does so */
	struct bondtool_profile *profile;	    /* NULL: of a kind that is none of ours */
};

struct bt_netplan_reading {
	struct bondtool *bt;
	const struct bt_node *network;
	enum bt_netplan_renderer renderer;
	struct bt_netplan_device *devices; /* in the order of the text */
	size_t n_devices;
	struct bt_hash by_id;
};

/* The device with this id; NULL when none has it. */
struct bt_netplan_device *bt_netplan_find_device(const struct bt_netplan_reading *reading,
						 const char *id);
/* What others call the device: the interface's name, else its id. */
const char *bt_netplan_label(const struct bt_netplan_device *device);

/* ---- what netplan refuses, and what its renderers ignore ------------------------------------ */

/* An error that NODE's key is not known there, with the nearest that is. */
void bt_netplan_unknown_key(struct bondtool *bt, const struct bt_node *node,
			    enum bt_netplan_map map);
/* An error that NODE is of another kind than netplan wants. Yields -EINVAL. */
int bt_netplan_wrong_kind(struct bondtool *bt, const struct bt_node *node,
			  enum bt_netplan_kind wanted);
/* Whether NODE is of the kind; if not, an error as above, or of a bad number or boolean. */
bool bt_netplan_is_kind(struct bondtool *bt, const struct bt_node *node, enum bt_netplan_kind kind);
/* An error that netplan refuses the whole configuration for this. */
void bt_netplan_refused(struct bondtool *bt, const struct bt_origin *origin, const char *hint,
			const char *format, ...) BT_PRINTF(4, 5);
/* An error that the device's renderer ignores the value of NODE. */
void bt_netplan_ignored(struct bondtool *bt, const struct bt_netplan_device *device,
			const struct bt_node *node, const char *hint, const char *why);
const char *bt_netplan_renderer_name(enum bt_netplan_renderer renderer);

/* ---- parts of a device ---------------------------------------------------------------------- */

/* Keeps NODE as an extra of the device; MAP: the key of the map that it stands in, or NULL. */
int bt_netplan_keep(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
		    const char *map, const struct bt_node *node);
/* The item of the device's map with this key, if it is there and of its kind; else NULL, silently.
 */
const struct bt_node *bt_netplan_get(const struct bt_netplan_device *device, const char *key);
/* The same for a boolean: 1, 0, or -1 when it is not there. */
int bt_netplan_get_boolean(const struct bt_netplan_device *device, const char *key);
/*
 * Sets a property (or adds to its list) from a scalar NODE; where the model refuses the value it
 * becomes an extra. 0 or -ENOMEM.
 */
int bt_netplan_set(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
		   const char *map, enum bt_property_id property, const struct bt_node *node);

/* The bond's "parameters". 0 or -ENOMEM. */
int bt_netplan_read_options(struct bt_netplan_reading *reading, struct bt_netplan_device *device);
/* Methods, addresses, gateways, routes and name servers. 0 or -ENOMEM. */
int bt_netplan_read_ip(struct bt_netplan_reading *reading, struct bt_netplan_device *device);

#endif
