/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Numbers of the kernel's netlink interface that belong to bonds (linux/if_link.h), the newest
 * included, so that the project knows them on every build host. The numbers are the kernel's
 * promise to programs and never change.
 */
#ifndef BT_MODEL_BOND_UAPI_H
#define BT_MODEL_BOND_UAPI_H

#include <net/if.h> /* before linux/if.h, which then leaves out what both define */

#include <linux/if_bonding.h>
#include <linux/if_link.h>

/* newer than the headers of Debian 12 */
#define IFLA_BOND_COUPLED_CONTROL 32 /* 6.9 */
#define IFLA_BOND_BROADCAST_NEIGH 33 /* 6.17 */
#define IFLA_BOND_LACP_STRICT	  34 /* 7.0 */

#define IFLA_BOND_SLAVE_ACTOR_PORT_PRIO	       10 /* 6.18 */
#define IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE   11
#define IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE 12

enum {
	BT_IFLA_BOND_LAST = IFLA_BOND_LACP_STRICT,
	BT_IFLA_BOND_SLAVE_LAST = IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE,
};

#endif
