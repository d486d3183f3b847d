/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * cloud-init's version 2: netplan's schema, which cloud-init hands to netplan as it is, and takes
 * apart itself for every other tool (cloudinit/net/network_state.py).
 */
#include <errno.h>

#include "parsers/cloud-init.h"
#include "parsers/netplan.h"

/* Parameters of a bond that netplan knows and cloud-init does not. */
static const char *const netplan_only[] = {
	"all-members-active", "arp-ip-targets", "packets-per-member", "resend-igmp", NULL,
};

static void check_parameters(struct bondtool *bt, const struct bt_node *bond)
{
	const struct bt_node *parameters = bt_node_get(bond, "parameters");

	for (size_t i = 0; parameters && i < parameters->count; i++) {
		const struct bt_node *item = parameters->items[i];

		if (item->key && bt_cloud_init_is_in(netplan_only, item->key))
			bt_warning(bt, "cloud-init/netplan-only", &item->key_origin,
				   "cloud-init knows no '%s', and fails where it is not netplan "
				   "that reads it",
				   item->key);
	}
}

int bt_cloud_init_read_v2(struct bondtool *bt, const struct bt_node *network,
			  struct bondtool_config *config)
{
	const struct bt_node *bonds = bt_node_get(network, "bonds");
	struct bt_node *copy = bt_node_copy(network);

	for (size_t i = 0; bonds && i < bonds->count; i++)
		check_parameters(bt, bonds->items[i]);
	return copy ? bt_netplan_read_network(bt, copy, config) : -ENOMEM;
}
