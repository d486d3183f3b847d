/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * netplan's YAML (netplan(5)): what reading and writing it have in common. Syntax is base/tree.h.
 * Several files are merged into one tree, which describes devices by their ids; a renderer,
 * systemd-networkd or NetworkManager, gives most values their meaning.
 */
#ifndef BT_PARSERS_NETPLAN_H
#define BT_PARSERS_NETPLAN_H

#include "base/tree.h"
#include "parsers/format.h"

extern const struct bt_format bt_format_netplan;

/* The functions of the format, see format.h. */
int bt_netplan_gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs);
int bt_netplan_read(struct bondtool *bt, const struct bt_inputs *inputs,
		    struct bondtool_config *config);
/*
 * The meaning of one map "network"; version 2 of cloud-init has the same schema. Adds to CONFIG. 0,
 * or a negative errno with a diagnostic, or -ENOMEM.
 */
int bt_netplan_read_network(struct bondtool *bt, const struct bt_node *network,
			    struct bondtool_config *config);
int bt_netplan_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files);

/* ---- keys: netplan-table.c ----------------------------------------------------------------- */

/* The sections of "network" whose items are devices. */
enum bt_netplan_section {
	BT_NETPLAN_ETHERNETS,
	BT_NETPLAN_BONDS,
	BT_NETPLAN_VLANS,
	BT_NETPLAN_BRIDGES,
	BT_NETPLAN_VRFS,
	BT_NETPLAN_OTHERS, /* wifis, tunnels, ...: nothing of them is read but their ids */
};

/* What stands in a map, by where the map stands. */
enum bt_netplan_map {
	BT_NETPLAN_OF_ROOT,
	BT_NETPLAN_OF_NETWORK,
	BT_NETPLAN_OF_ETHERNET,
	BT_NETPLAN_OF_BOND,
	BT_NETPLAN_OF_VLAN,
	BT_NETPLAN_OF_BRIDGE, /* and of everything else: its keys are not judged */
	BT_NETPLAN_OF_NAMESERVERS,
	BT_NETPLAN_OF_MATCH,
	BT_NETPLAN_OF_DHCP4,
	BT_NETPLAN_OF_DHCP6,
	BT_NETPLAN_OF_ROUTE,
	BT_NETPLAN_OF_MANAGER,
};

/* How the value of a key becomes one of the model. */
enum bt_netplan_how {
	BT_NETPLAN_KEPT,     /* netplan knows it, the model does not */
	BT_NETPLAN_SPECIAL,  /* by code of its own */
	BT_NETPLAN_PROPERTY, /* the value of a property */
	BT_NETPLAN_INVERTED, /* a boolean that says the opposite */
};

/* What a value has to be for netplan. */
enum bt_netplan_kind {
	BT_NETPLAN_TEXT, /* any scalar */
	BT_NETPLAN_NUMBER,
	BT_NETPLAN_BOOLEAN,
	BT_NETPLAN_LIST,
	BT_NETPLAN_MAP,
	BT_NETPLAN_ANY,
};

struct bt_netplan_key {
	unsigned maps; /* bits of enum bt_netplan_map */
	const char *key;
	enum bt_netplan_kind kind;
	enum bt_netplan_how how;
	enum bt_property_id property;
};
extern const struct bt_netplan_key bt_netplan_keys[]; /* ended by .key = NULL */

#define BT_NETPLAN_BIT(map) (1U << (map))

/* The row of a key; NULL when netplan knows no such key there. */
const struct bt_netplan_key *bt_netplan_find_key(enum bt_netplan_map map, const char *key);
/* The key of a property in this map; NULL when it has none. */
const char *bt_netplan_key_of(enum bt_netplan_map map, enum bt_property_id property);
void bt_netplan_offer_keys(struct bt_nearest *nearest, enum bt_netplan_map map);

struct bt_netplan_section_row {
	const char *key;
	enum bt_netplan_section section;
	enum bt_netplan_map map;
	const char *type; /* of profiles; NULL: none are made */
};
/* The row of a section; NULL when "network" has none of this name. */
const struct bt_netplan_section_row *bt_netplan_find_section(const char *key);

/* What a key of a route is in our routes, see model/route.h; in the order in which we write them.
 */
struct bt_netplan_attribute {
	const char *key, *name;
	bool boolean;
};
extern const struct bt_netplan_attribute bt_netplan_attributes[]; /* ended by .key = NULL */
/* The scopes of routes with their numbers, ended by an empty row. */
extern const struct bondtool_name bt_netplan_scopes[];

/* "true", "on", "yes" and "y" in any case, and their opposites. False when it is none of them. */
bool bt_netplan_parse_boolean(const char *text, bool *ret_yes);
/* Whether the text has characters that stand for others: "en*". */
bool bt_netplan_is_glob(const char *text);

/* ---- merging: netplan-merge.c -------------------------------------------------------------- */

/* The texts of a configuration, as one tree. Zero-initialise. */
struct bt_netplan_texts {
	struct bt_node *documents; /* of the first text that has a map "network" */
	struct bt_node *network;   /* that, with those of the others; NULL: there is none */
};
void bt_netplan_texts_release(struct bt_netplan_texts *texts);
#define BT_AUTONETPLAN BT_CLEANUP(bt_netplan_texts_release)

/*
 * The trees of all texts, merged as netplan does: by the names of the files. What netplan refuses
 * is a diagnostic. -EINVAL when no text could be read at all, else 0 or -ENOMEM.
 */
int bt_netplan_merge(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bt_netplan_texts *ret_texts);
/* Orders file names as netplan reads them: by what stands behind the last slash. */
int bt_netplan_compare_files(const char *one, const char *other);

#endif
