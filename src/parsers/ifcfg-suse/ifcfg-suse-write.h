/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writing SUSE's ifcfg files: what the parts share. A profile becomes a list of keys and values,
 * and so does what its own file said before, where it has one; only what differs changes there.
 */
#ifndef BT_PARSERS_IFCFG_SUSE_WRITE_H
#define BT_PARSERS_IFCFG_SUSE_WRITE_H

#include "parsers/ifcfg/ifcfg-draft.h"
#include "parsers/ifcfg-suse/ifcfg-suse.h"
#include "parsers/loss.h"

/* The common file of routes of one folder. */
struct bt_suse_common {
	struct bt_suse_routes routes;
	bool *dropped; /* of each line: no profile has it any more */
};

/* One run of the writer. Zero-initialise but for the first two. */
struct bt_suse_writer {
	struct bondtool *bt;
	struct bondtool_config *config;
	struct bondtool_files *files;
	struct bt_hash by_name; /* source texts by path, as numbers into .sources */
	const struct bt_source **sources;
	size_t *first_port, *next_port; /* of each profile, by number; see BT_SUSE_NO_PORT */
	struct bt_suse_common *commons;
	size_t n_commons;
	const struct bt_source *asked; /* the last text of which it was asked whether it is ours */
	bool is_ours;
};
#define BT_SUSE_NO_PORT SIZE_MAX

/* One profile on its way to keys and values. */
struct bt_suse_writing {
	struct bt_suse_writer *writer;
	const struct bondtool_profile *profile;
	const struct bt_suse_file *original; /* what its own file says; NULL without one */
	const char *const *ports;	     /* names, in order, ended by NULL; of a bond */
	struct bt_ifcfg_pairs pairs;
	struct bt_written written;
};

/*
 * Adds KEY=VALUE unless wicked could not read it back, and returns whether it did. VALUE is
 * borrowed. The second counts PROPERTY as written then.
 */
bool bt_suse_put(struct bt_suse_writing *writing, const char *key, const char *value);
void bt_suse_put_property(struct bt_suse_writing *writing, enum bt_property_id property,
			  const char *key, const char *value);

/* BONDING_MODULE_OPTS, and BONDING_SLAVE_n for each port. */
void bt_suse_put_options(struct bt_suse_writing *writing);
void bt_suse_put_ports(struct bt_suse_writing *writing);
/*
 * Whether PROFILE, a bond, has to say how its links are watched, because wicked insists on that,
 * and can: in modes that cannot use ARP the driver sets miimon by itself, so that nothing changes.
 * BEFORE is what the profile's own file says; NULL without one. The second makes it say so, with a
 * note; 0 or -ENOMEM.
 */
bool bt_suse_must_say_monitor(const struct bondtool_profile *profile,
			      const struct bondtool_profile *before);
int bt_suse_say_monitor(struct bondtool *bt, struct bondtool_profile *profile);
/* Warns when wicked will refuse the bond as it is written, unless it did so before. */
void bt_suse_warn_of_refusal(const struct bt_suse_writing *writing);

/* BOOTPROTO and what belongs to it; IPADDR and its siblings. */
void bt_suse_put_methods(struct bt_suse_writing *writing);
void bt_suse_put_addresses(struct bt_suse_writing *writing);
/* Warns of methods and name servers that belong into other files. */
void bt_suse_warn_of_ip(struct bt_suse_writing *writing);

/* The source of that path among the texts that were read; NULL when there is none. */
const struct bt_source *bt_suse_source(const struct bt_suse_writer *writer, const char *path);
/* Writes the profile's gateways and routes into its file of routes. 0 or a negative errno. */
int bt_suse_write_routes(struct bt_suse_writing *writing);
/* Writes the common files of routes that were touched or could have been. 0 or -ENOMEM. */
int bt_suse_write_commons(struct bt_suse_writer *writer);

#endif
