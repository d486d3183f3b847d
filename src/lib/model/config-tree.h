/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Configurations as trees and back: our own shape, the same in JSON and in YAML.
 *
 *	profiles:
 *	  - connection: {id: bond0, type: bond, interface-name: bond0}
 *	    bond: {options: {mode: active-backup, miimon: 100, arp_ip_target: [10.0.0.1]}}
 *	    ipv4: {method: manual, addresses: [10.0.0.1/24]}
 *	    extras: [{format: ifcfg, key: NM_CONTROLLED, value: "no"}]
 *
 * Settings and properties are those of the property table and stand in its order; only what is set
 * is there. A tree with a single profile may do without the list. "extras" are the keys of a format
 * that the model does not know. Keys that are not even known here are kept the same way.
 */
#ifndef BT_MODEL_CONFIG_TREE_H
#define BT_MODEL_CONFIG_TREE_H

#include "base/tree.h"
#include "model/profile.h"

/* The profile as a map; NULL without memory. */
struct bt_node *bt_profile_to_tree(const struct bondtool_profile *profile);

/*
 * Adds the profiles of TREE to CONFIG: one, or those of its list "profiles". What is not understood
 * is a diagnostic of rule "native/..." (or "driver/value", "property/value") and the rest is read.
 * 0, -EINVAL when TREE holds no profile at all, or -ENOMEM.
 */
int bt_config_from_tree(struct bondtool *bt, const struct bt_node *tree,
			struct bondtool_config *config);

#endif
