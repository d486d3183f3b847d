/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles on their way to a declaration of nmstate: what the parts of the writer share. */
#ifndef BT_PARSERS_NMSTATE_WRITING_H
#define BT_PARSERS_NMSTATE_WRITING_H

#include "parsers/loss.h"
#include "parsers/nmstate/nmstate.h"

/* One profile and what stands for it; nodes are borrowed from the declaration. */
struct bt_nmstate_draft {
	const struct bondtool_profile *profile;
	struct bt_node *map;
	struct bt_node *section, *ports; /* of a bond: "link-aggregation", and "port" in it */
	bool has_port_options;		 /* of a bond: one of its ports has some */
	struct bt_written written;
};

struct bt_nmstate_writing {
	struct bondtool *bt;
	struct bondtool_config *config;
	struct bondtool_config *before;	 /* what the text means; NULL: there is none */
	struct bt_nmstate_draft *drafts; /* one a profile, in the same order */
	bool failed;			 /* memory ran out */
};

/* Add to a map under a new key; MAP may be NULL. Without memory the writing has failed. */
void bt_nmstate_put(struct bt_nmstate_writing *writing, struct bt_node *map, const char *key,
		    struct bt_node *item);
void bt_nmstate_put_text(struct bt_nmstate_writing *writing, struct bt_node *map, const char *key,
			 const char *text);
void bt_nmstate_put_yes_no(struct bt_nmstate_writing *writing, struct bt_node *map, const char *key,
			   bool yes);
/* The same with an empty list or map, which is returned; NULL when the writing has failed. */
struct bt_node *bt_nmstate_put_new(struct bt_nmstate_writing *writing, struct bt_node *map,
				   const char *key, enum bt_node_kind kind);

/* What nmstate calls the profile's interface: by its name, else by the profile's. Borrowed. */
const char *bt_nmstate_name(const struct bondtool_profile *profile);

/* "ipv4" and "ipv6" of one interface; the routes and the name servers of all. */
void bt_nmstate_put_ip(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft);
void bt_nmstate_put_routes(struct bt_nmstate_writing *writing, struct bt_node *state);
void bt_nmstate_put_dns(struct bt_nmstate_writing *writing, struct bt_node *state);

#endif
