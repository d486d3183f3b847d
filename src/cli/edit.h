/* SPDX-License-Identifier: GPL-2.0-or-later
 * Changing a profile by words of the command line, with nmcli's meaning: what "connection add" and
 * "connection modify" have in common.
 */
#ifndef CLI_EDIT_H
#define CLI_EDIT_H

#include "cli/profiles.h"

/* A profile that is being put together or changed, among others that it may refer to. */
struct edit {
	struct cli *cli;
	struct bondtool_config *config;
	struct bondtool_profile *profile;
	bool adding; /* connection add: "ip4" also sets the method */
};

/* Applies "[+|-]PROPERTY VALUE" or "ALIAS VALUE"; yields an exit status. */
int edit_change(struct edit *edit, const char *word, const char *value);
/* Unsets every property of an optional setting; yields an exit status. */
int edit_remove(struct edit *edit, const char *setting);

/*
 * Completes the profile and judges it as the driver would. MONITOR: it gets a link monitor if it
 * has none. FAILURE begins the message of an error ("Failed to add 'bond0' connection: "), STATUS
 * is the exit status then.
 */
int edit_finish(struct edit *edit, bool monitor, const char *failure, int status);

/* Whether a link monitor is chosen among the profile's bond options. */
bool has_monitor(const struct bondtool_profile *profile);
/* Whether a word without a dot is a name of a bond option ("arp-ip-target" too). */
bool is_option_word(const char *word);

#endif
