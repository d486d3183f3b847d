/* SPDX-License-Identifier: GPL-2.0-or-later
 * Profiles as commands see them: the store opened, the profiles that words name.
 */
#ifndef CLI_PROFILES_H
#define CLI_PROFILES_H

#include "cli/command.h"

/* A property of the profile as parsable text, never NULL; to be freed. */
char *profile_text(const struct bondtool_profile *profile, const char *property);
/* Whether a property is set to, or by default is, exactly TEXT. */
bool profile_is(const struct bondtool_profile *profile, const char *property, const char *text);
/* nmcli's short word for the profile's type: "bond", "ethernet", "vlan"; static. */
const char *profile_type(const struct bondtool_profile *profile);

#define AUTOSTORE __attribute__((cleanup(profiles_close)))
/*
 * Opens the store. Findings about files that cannot be understood are printed. Yields an exit
 * status.
 */
int profiles_open(struct cli *cli, enum bondtool_store_use use,
		  struct bondtool_store **ret_store);
void profiles_close(struct bondtool_store **store);
/* Writes what was changed; yields an exit status. */
int profiles_commit(struct cli *cli, struct bondtool_store *store);

/* Words that say how the next one names a profile: "id", "uuid", "path"; ended by NULL. */
extern const char *const profile_keywords[];
bool is_profile_keyword(const char *word);

/* Profiles that one name of the command line means. Borrows them. */
struct profile_list {
	struct bondtool_profile **items;
	size_t count;
	const char *name; /* as it was given */
};
void profile_list_release(struct profile_list *list);
#define AUTOPROFILES __attribute__((cleanup(profile_list_release)))

/*
 * Takes "[id | uuid | path] NAME" from the words at *POSITION and moves it behind. None may match.
 * Without a keyword a UUID is preferred to an id, an id to a path. Yields an exit status:
 * STATUS_USAGE when the keyword has no name behind it.
 */
int profiles_take(struct bondtool_config *config, const struct arguments *arguments,
		  size_t *position, struct profile_list *ret_list);

/* Takes one profile (the first, where several match): an error says so where there is none. */
int profile_take(struct bondtool_config *config, const struct arguments *arguments,
		 size_t *position, struct bondtool_profile **ret_profile);

/*
 * Copies of PROFILE, which CONFIG holds, and of all that stands on it: the ports of a bond, the
 * VLANs on it, and so on. To be freed.
 */
struct bondtool_config *profile_family(struct bondtool_config *config,
				       const struct bondtool_profile *profile);

#endif
