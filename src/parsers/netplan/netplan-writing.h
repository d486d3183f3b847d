/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing netplan: profiles to a tree, and that tree into the texts that were there. */
#ifndef BT_PARSERS_NETPLAN_WRITING_H
#define BT_PARSERS_NETPLAN_WRITING_H

#include "parsers/loss.h"
#include "parsers/netplan/netplan-reading.h"

/* One configuration on its way to a tree. */
struct bt_netplan_writing {
	struct bondtool *bt; /* NULL: nobody wants to hear of losses */
	struct bondtool_config *config;
	const struct bt_node *old; /* "network" of the texts that are there; NULL: there are none */
	struct bt_node *network;   /* the result */
};

/* One profile of it. */
struct bt_netplan_written {
	struct bt_netplan_writing *writing;
	const struct bondtool_profile *profile;
	const struct bt_netplan_section_row *row;
	const struct bt_node *old; /* the device in the texts; NULL: it is new */
	enum bt_netplan_renderer renderer;
	struct bt_node *map; /* the device; in the tree */
	struct bt_written written;
};

/*
 * The map "network" of CONFIG in *ret_network. OLD, which may be NULL, is that of the texts into
 * which it is to go: where it uses one of several words for a thing, so does the result. Losses are
 * reported to BT unless it is NULL. 0 or -ENOMEM.
 */
int bt_netplan_tree(struct bondtool *bt, struct bondtool_config *config, const struct bt_node *old,
		    struct bt_node **ret_network);

/* The id that a profile has, or gets; NULL when it can have none. Borrowed. */
const char *bt_netplan_id(const struct bt_netplan_writing *writing,
			  const struct bondtool_profile *profile);
/* The item of the device in the texts; NULL when it is new, or has no such key. */
const struct bt_node *bt_netplan_old(const struct bt_netplan_written *w, const char *key);

/* Put an item into a map, which is taken over; 0 or -ENOMEM. What is there already stays. */
int bt_netplan_put(struct bt_node *map, const char *key, struct bt_node *item);
int bt_netplan_put_text(struct bt_node *map, const char *key, const char *text);
int bt_netplan_put_boolean(struct bt_node *map, const char *key, bool yes);
/* The map below MAP with this key, new if need be; NULL without memory. */
struct bt_node *bt_netplan_map_in(struct bt_node *map, const char *key);

/* Warns that a property is written in another way, or not at all, and marks it. */
void bt_netplan_lose(struct bt_netplan_written *w, enum bt_property_id property, const char *hint,
		     const char *why);

/*
 * The way around for an option that netplan has no key for, by what its renderer reads besides; for
 * bt_report_losses(). NULL when there is none, or no memory.
 */
char *bt_netplan_hint_networkd(const struct bondtool_profile *profile,
			       const struct bt_option *option);
char *bt_netplan_hint_manager(const struct bondtool_profile *profile,
			      const struct bt_option *option);

/* The bond's "parameters". 0 or -ENOMEM. */
int bt_netplan_put_options(struct bt_netplan_written *w);
/* Methods, addresses, routes and name servers. 0 or -ENOMEM. */
int bt_netplan_put_ip(struct bt_netplan_written *w);

/* One of several texts, and what it has of the difference between two trees. */
struct bt_netplan_part {
	const struct bt_source *source;
	struct bt_netplan_texts texts; /* as which it is read */
	const struct bt_node *text;    /* its map, or one below that; NULL: it has none */
	struct bt_node *was, *now; /* maps */
};

/*
 * Divides the difference of two trees among the texts: what changes or goes does so wherever it
 * stands, what is new goes to the last text that has something of the same map. 0 or -ENOMEM.
 */
int bt_netplan_split(struct bt_netplan_part *parts, size_t n_parts, const struct bt_node *was,
		     const struct bt_node *now);

#endif
