/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * cloud-init's network configuration (docs.cloud-init.io, "Networking config"), which curtin reads
 * too: version 1 is a list of things to configure, version 2 is netplan's schema. What version 1
 * means was read in cloudinit/net/network_state.py, and tried with cloud-init 22.4. Syntax is
 * base/tree.h; there is no writer.
 */
#ifndef BT_PARSERS_CLOUD_INIT_H
#define BT_PARSERS_CLOUD_INIT_H

#include "base/tree.h"
#include "parsers/format.h"

extern const struct bt_format bt_format_cloud_init;

/* One reading of version 1. */
struct bt_cloud_init_reading {
	struct bondtool *bt;
	struct bondtool_config *config;
	size_t first;		/* the first profile of this text in "config" */
	struct bt_hash by_name; /* of interfaces, to their number behind "first" */
};

/* The profile of an interface, or NULL. */
struct bondtool_profile *bt_cloud_init_find(const struct bt_cloud_init_reading *reading,
					    const char *name);

/* Reads "config" of version 1: a list of items, added to CONFIG. 0 or -ENOMEM. */
int bt_cloud_init_read_v1(struct bondtool *bt, const struct bt_node *config_list,
			  struct bondtool_config *config);

/*
 * Reads version 2, the map of its sections, added to CONFIG. NETPLAN: nothing but netplan will read
 * it, so that what cloud-init itself makes of it does not matter. 0 or -ENOMEM.
 */
int bt_cloud_init_read_v2(struct bondtool *bt, const struct bt_node *network, bool netplan,
			  struct bondtool_config *config);

/* The scalar of a key of a map; NULL, with a diagnostic if it is something else, when none is. */
const struct bt_node *bt_cloud_init_scalar(struct bt_cloud_init_reading *reading,
					   const struct bt_node *map, const char *key);
/* The items of a list, or the one value that stands in its place. */
size_t bt_cloud_init_count(const struct bt_node *node);
const struct bt_node *bt_cloud_init_item(const struct bt_node *node, size_t number);

/* An error that cloud-init can do nothing with the value, and what it NEEDED. */
void bt_cloud_init_wrong_value(struct bt_cloud_init_reading *reading, const struct bt_node *node,
			       const char *needed);
/* Keeps a key that the model does not know, its value as JSON. 0 or -ENOMEM. */
int bt_cloud_init_keep(struct bondtool_profile *profile, const char *section,
		       const struct bt_node *node);
/* Sets a property and keeps the key where the model refuses its value. 0 or -ENOMEM. */
int bt_cloud_init_set(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		      const char *section, const struct bt_node *node, enum bt_property_id property,
		      const char *text);
/* Warns of a key that cloud-init ignores, with the nearest of two lists of words, NULL-ended. */
void bt_cloud_init_unknown(struct bt_cloud_init_reading *reading, const struct bt_node *node,
			   const char *const *words, const char *const *more);
/* Whether WORD is one of WORDS, a list ended by NULL. */
bool bt_cloud_init_is_in(const char *const *words, const char *word);
/* Whether the scalar stands in quotes in its text. */
bool bt_cloud_init_is_quoted(const struct bt_node *node);
/* An error that cloud-init takes a MAC address for a number, if it does. */
void bt_cloud_init_check_mac(struct bondtool *bt, const struct bt_node *mac);

/* "subnets" of an item: addresses, routes and name servers. 0 or -ENOMEM. */
int bt_cloud_init_take_subnets(struct bt_cloud_init_reading *reading,
			       struct bondtool_profile *profile, const struct bt_node *subnets);
/* A route of the whole machine: of the interface that reaches its gateway. 0 or -ENOMEM. */
int bt_cloud_init_take_route(struct bt_cloud_init_reading *reading, const struct bt_node *item);
/* Name servers of the whole machine, or of one interface. 0 or -ENOMEM. */
int bt_cloud_init_take_servers(struct bt_cloud_init_reading *reading, const struct bt_node *item);

#endif
