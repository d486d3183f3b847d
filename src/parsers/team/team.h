/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Teams, as a migration to bonds: teamd's JSON, teamd.conf(5), and the settings "team" and
 * "team-port" of NetworkManager in keyfiles and ifcfg files. What a bond has no setting for is a
 * loss, what it does in another way is said.
 */
#ifndef BT_PARSERS_TEAM_H
#define BT_PARSERS_TEAM_H

#include "base/tree.h"
#include "parsers/format.h"

extern const struct bt_format bt_format_team;

/* A port: its profile, and its part of the configuration, a map or NULL. Both borrowed. */
struct bt_team_port {
	struct bondtool_profile *profile;
	const struct bt_node *node;
};

/* A team on its way to a bond. Release with bt_team_release(). */
struct bt_team {
	struct bondtool *bt;
	struct bondtool_profile *bond; /* borrowed */
	struct bt_node *config;	       /* owned: what teamd would be told */
	struct bt_team_port *ports;
	size_t count, size;
};
void bt_team_release(struct bt_team *team);

/* Adds a port; 0 or -ENOMEM. */
int bt_team_add_port(struct bt_team *team, struct bondtool_profile *profile,
		     const struct bt_node *node);

/* Sets the options of the bond and of its ports as the configuration says. 0 or -ENOMEM. */
int bt_team_map(struct bt_team *team);
/* The same for "ports", which needs the mode to be set. 0 or -ENOMEM. */
int bt_team_map_ports(struct bt_team *team);
/* The same for what watches the links: "link_watch" of the team or of its ports. 0 or -ENOMEM. */
int bt_team_map_watch(struct bt_team *team);

/* The scalar below NODE with this key, or NULL; and its text. NODE may be NULL. Borrowed. */
const struct bt_node *bt_team_scalar(const struct bt_node *node, const char *key);
const char *bt_team_text(const struct bt_node *node, const char *key);
/* Whether the text stands for yes. */
bool bt_team_is_true(const char *text);

/*
 * Sets an option of PROFILE, the bond or a port, to TEXT, which NODE says. One that the driver
 * refuses in the bond's mode is reported as lost. What is wrong was reported: 0 or -ENOMEM.
 */
int bt_team_set(struct bt_team *team, struct bondtool_profile *profile, enum bt_option_id id,
		const char *text, const struct bt_node *node);

/*
 * Warnings about NODE: it is lost ("loss/team", with what to do instead or NULL), or the bond does
 * something near to it ("loss/team-nearest").
 */
void bt_team_lost(struct bt_team *team, const struct bt_node *node, const char *hint,
		  const char *format, ...) BT_PRINTF(4, 5);
void bt_team_near(struct bt_team *team, const struct bt_node *node, const char *format, ...)
	BT_PRINTF(3, 4);

/* What the value of a key has to be. */
enum bt_team_kind {
	BT_TEAM_ANY, /* whoever takes it says so */
	BT_TEAM_SCALAR,
	BT_TEAM_NUMBER,
	BT_TEAM_FLAG,
	BT_TEAM_LIST,
	BT_TEAM_MAP,
};

/* A key of a map and what becomes of it. */
struct bt_team_key {
	const char *name;
	enum bt_team_kind kind;
	int (*take)(struct bt_team *team, const struct bt_node *node);
};
/*
 * Takes each key of MAP by its row of KEYS, which end with .name = NULL; a row without a function
 * is for others to see to. A key without a row and a value of another kind are reported. WHERE is
 * for messages. 0 or -ENOMEM.
 */
int bt_team_take_keys(struct bt_team *team, const struct bt_node *map, const char *where,
		      const struct bt_team_key *keys);

/*
 * What NetworkManager's settings "team" (or "team-port") say, as teamd's JSON would: from the keys
 * that the reader of PROFILE kept, which are taken away. NULL in *ret_tree when there are none. 0
 * or -ENOMEM.
 */
int bt_team_settings(struct bondtool *bt, struct bondtool_profile *profile, bool of_port,
		     struct bt_node **ret_tree);

#endif
