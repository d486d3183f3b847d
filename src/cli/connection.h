/* SPDX-License-Identifier: GPL-2.0-or-later
 * What the commands of connections share.
 */
#ifndef CLI_CONNECTION_H
#define CLI_CONNECTION_H

#include "cli/live.h"
#include "cli/profiles.h"
#include "cli/table.h"

/*
 * Whether bringing the profile up makes or binds an interface, so that deleting the profile undoes
 * that: a bond, a VLAN, a port. Other interfaces are there without it.
 */
bool owns_link(const struct bondtool_profile *profile);

/* Takes the profile down and says so; yields an exit status. */
int take_down(struct cli *cli, struct bondtool_config *config,
	      const struct bondtool_profile *profile);

/* "connection show" without a name. */
int connection_list(struct cli *cli, struct bondtool_config *config, const struct live *live,
		    const struct arguments *arguments);

/* Fields of an interface's addresses in details, and how they are filled. */
enum ip_field {
	IP_ADDRESS,
	IP_GATEWAY,
	IP_ROUTE,
};
extern const struct column ip_fields[];
/* Adds the row of FAMILY (4 or 6) to the group. */
void fill_ip_group(struct group *group, const struct bondtool_link_info *link, int family);

#endif
