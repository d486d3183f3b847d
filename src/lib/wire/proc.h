/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reads the text of /proc/net/bonding/BOND, as any driver version has printed it, for what nothing
 * else tells: the identity in LACP, both ends of each port's link, churn, and the order of more
 * ports than sysfs has room for.
 */
#ifndef BT_WIRE_PROC_H
#define BT_WIRE_PROC_H

#include "wire/snapshot.h"

/* One "Slave Interface" block. Numbers are -1 where the text does not tell. */
struct bt_proc_port {
	char name[IFNAMSIZ];
	struct bt_speed speed; /* as the driver saw it last */
	int aggregator_id;
	int actor_churn, partner_churn; /* enum bt_churn */
	int64_t actor_churned, partner_churned;
	bool has_lacp; /* both ends were there in full */
	struct bt_lacp_end actor, partner;
};

struct bt_proc {
	int64_t system_priority; /* -1: not told */
	struct bt_mac system_mac;
	struct bt_proc_port *ports; /* in the bond's order */
	size_t n_ports, size_ports;
};
void bt_proc_release(struct bt_proc *proc);
#define BT_AUTOPROC BT_CLEANUP(bt_proc_release)

/* Lines that are not known are passed over; no text is an error. 0 or -ENOMEM. */
int bt_proc_parse(const char *text, struct bt_proc *ret_proc);

#endif
