/* SPDX-License-Identifier: GPL-2.0-or-later
 * The running system as commands show it. There is no daemon that remembers what was brought up: a
 * profile is up where an interface is what the profile says.
 */
#include "cli/live.h"

#include <stdlib.h>

#include "cli/profiles.h"

void live_read(struct cli *cli, struct live *live)
{
	if (cli->root)
		return;
	if (bondtool_snapshot_read(cli->bt, &live->snapshot) < 0) {
		cli_warn("the running system cannot be read: no profile is shown as active");
		cli_print_findings(cli);
		return;
	}
	live->count = bondtool_links_count(live->snapshot);
	live->links = must(calloc(live->count + 1, sizeof(*live->links)));
	for (size_t i = 0; i < live->count; i++)
		if (!bondtool_link_info(live->snapshot, i, &live->links[i]))
			cli_out_of_memory();
}

void live_release(struct live *live)
{
	free(live->links);
	bondtool_snapshot_free(live->snapshot);
}

const struct bondtool_link_info *live_link(const struct live *live, const char *name)
{
	for (size_t i = 0; i < live->count; i++)
		if (equal(live->links[i].name, name))
			return &live->links[i];
	return NULL;
}

/* The interface that the profile is for, by its name or its permanent MAC address. */
static const struct bondtool_link_info *link_for(const struct live *live,
						 const struct bondtool_profile *profile)
{
	AUTOFREE char *name = profile_text(profile, "connection.interface-name");
	AUTOFREE char *mac = profile_text(profile, "802-3-ethernet.mac-address");

	if (*name)
		return live_link(live, name);
	for (size_t i = 0; *mac && i < live->count; i++)
		if (equal_ignoring_case(live->links[i].permanent_mac, mac))
			return &live->links[i];
	return NULL;
}

/* Whether the interface is a port of what CONTROLLER, a name, UUID or id, refers to. */
static bool is_port_of(struct bondtool_config *config, const struct bondtool_link_info *link,
		       const char *controller)
{
	const struct bondtool_profile *profile = bondtool_config_referred(config, controller);
	AUTOFREE char *interface =
		profile ? profile_text(profile, "connection.interface-name") : copy_of(controller);

	return equal(link->controller, interface);
}

const struct bondtool_link_info *live_link_of(const struct live *live,
					      struct bondtool_config *config,
					      const struct bondtool_profile *profile)
{
	const struct bondtool_link_info *link = link_for(live, profile);
	AUTOFREE char *type = profile_text(profile, "connection.type");
	AUTOFREE char *controller = profile_text(profile, "connection.controller");

	if (!link || !link->up)
		return NULL;
	if (*controller)
		return is_port_of(config, link, controller) ? link : NULL;
	if (equal(type, "bond") || equal(type, "vlan"))
		return equal(link->kind, type) && !link->controller ? link : NULL;
	return link->controller ? NULL : link;
}

const struct bondtool_profile *live_profile_of(const struct live *live,
					       struct bondtool_config *config,
					       const struct bondtool_link_info *link)
{
	for (size_t i = 0; i < bondtool_config_count(config); i++) {
		const struct bondtool_profile *profile = bondtool_config_at(config, i);

		if (live_link_of(live, config, profile) == link)
			return profile;
	}
	return NULL;
}

const char *link_type(const struct bondtool_link_info *link)
{
	return equal(link->kind, "veth") ? "ethernet" : link->kind;
}
