/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One declaration of nmstate on its way to profiles: what the parts of the reader share. */
#ifndef BT_PARSERS_NMSTATE_READING_H
#define BT_PARSERS_NMSTATE_READING_H

#include "parsers/nmstate/nmstate.h"

/* An interface of the declaration, or a port that only a bond names. */
struct bt_nmstate_entry {
	const char *name;		  /* borrowed from the tree */
	const struct bt_node *node;	  /* NULL: of such a port */
	struct bondtool_profile *profile; /* borrowed from the configuration; NULL: none of ours */
};

struct bt_nmstate_reading {
	struct bondtool *bt;
	struct bondtool_config *config;
	size_t first; /* the first profile of this declaration in "config" */
	struct bt_nmstate_entry *entries;
	size_t count, size;
	struct bt_hash by_name; /* of interfaces and of profiles */
};

/* The entry of this name, or NULL. */
struct bt_nmstate_entry *bt_nmstate_find(const struct bt_nmstate_reading *reading,
					 const char *name);

/* The scalar of a key of a map; NULL, with a diagnostic if it is something else, when none is. */
const struct bt_node *bt_nmstate_scalar(struct bt_nmstate_reading *reading,
					const struct bt_node *map, const char *key);
/* True, and *ret_yes set, when the node says yes or no in a way that nmstate understands. */
bool bt_nmstate_yes_no(const struct bt_node *node, bool *ret_yes);
/* True, and *ret_number set, when it is a number as nmstate reads one: decimal, or 0x... */
bool bt_nmstate_number(const struct bt_node *node, int64_t *ret_number);

/*
 * All of these return 0 or -ENOMEM. What the model cannot hold, or what nmstate does not take, is
 * kept as an extra of the profile: SECTION as in bt_nmstate_offer_keys(), the value as JSON.
 */
int bt_nmstate_keep(struct bondtool_profile *profile, const char *section,
		    const struct bt_node *node);
/* With an error that says what nmstate NEEDED; it refuses the whole text. */
int bt_nmstate_refused_value(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			     const char *section, const struct bt_node *node, const char *needed);
/* A key that is none of the reader's: kept, with an error unless nmstate knows it. */
int bt_nmstate_other_key(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const char *section, const struct bt_node *node);
/* A value that only the running system can tell ("{{ ... }}"): true, and a warning, if it is one.
 */
bool bt_nmstate_is_template(struct bt_nmstate_reading *reading, const struct bt_node *node);
/* Sets a property from the node's text and keeps the key when the model refuses the value. */
int bt_nmstate_set(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		   const char *section, const struct bt_node *node, enum bt_property_id property,
		   const char *text);

/* "link-aggregation" of a bond but for its ports; and "vlan". */
int bt_nmstate_take_bond(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const struct bt_node *section);
int bt_nmstate_take_vlan(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const struct bt_node *section);
/* The ports of all interfaces, when all of these are known. */
int bt_nmstate_take_ports(struct bt_nmstate_reading *reading);
/* "ipv4" or "ipv6"; and the routes and name servers of all, when all interfaces are known. */
int bt_nmstate_take_ip(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		       const struct bt_node *section, enum bt_property_id block);
int bt_nmstate_take_routes(struct bt_nmstate_reading *reading, const struct bt_node *routes);
int bt_nmstate_take_dns(struct bt_nmstate_reading *reading, const struct bt_node *dns);

/* Adds an interface and its profile (NULL: none of ours), which is taken over. 0 or -ENOMEM. */
int bt_nmstate_add_entry(struct bt_nmstate_reading *reading, const char *name,
			 const struct bt_node *node, struct bondtool_profile *profile);

#endif
