/* SPDX-License-Identifier: GPL-2.0-or-later
 * The running system as commands show it, and which profile is up on which of its interfaces.
 */
#ifndef CLI_LIVE_H
#define CLI_LIVE_H

#include "cli/cli.h"

/* Read once; zero-initialised it is a system without interfaces. */
struct live {
	struct bondtool_snapshot *snapshot;
	struct bondtool_link_info *links; /* borrow from the snapshot */
	size_t count;
};
/*
 * Reads the running system; nothing with --root, because that is another system. Where it cannot
 * be read, a warning says so and it is as if there were no interfaces.
 */
void live_read(struct cli *cli, struct live *live);
void live_release(struct live *live);
#define AUTOLIVE __attribute__((cleanup(live_release)))

/* The interface with this name, or NULL. */
const struct bondtool_link_info *live_link(const struct live *live, const char *name);

/*
 * The interface on which the profile is up, or NULL. CONFIG has the profiles that it may refer to
 * as its controller.
 */
const struct bondtool_link_info *live_link_of(const struct live *live,
					      struct bondtool_config *config,
					      const struct bondtool_profile *profile);
/* The profile that is up on the interface, or NULL. */
const struct bondtool_profile *live_profile_of(const struct live *live,
					       struct bondtool_config *config,
					       const struct bondtool_link_info *link);

/* nmcli's word for the kind of interface: "ethernet" for veth too. */
const char *link_type(const struct bondtool_link_info *link);

#endif
