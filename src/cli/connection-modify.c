/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool connection modify, and bondtool modify: changes a profile, all of it or nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/edit.h"
#include "cli/live.h"

/* Whether the word can only be a property: then no profile was named. */
static bool is_property_word(const char *word)
{
	struct bondtool_item_info info;

	if (word[0] == '+' || word[0] == '-')
		return true;
	return bondtool_property_find(word, &info) || is_option_word(word);
}

/* The one bond profile there is: "bondtool modify +bond.options miimon=1000" means it. */
static int find_only_bond(struct bondtool_config *config, struct bondtool_profile **ret_profile)
{
	AUTOSTRINGS struct strings names = {0};
	AUTOFREE char *list = NULL;

	for (size_t i = 0; i < bondtool_config_count(config); i++) {
		struct bondtool_profile *profile = bondtool_config_at(config, i);
		AUTOFREE char *id = profile_text(profile, "connection.id");

		if (!profile_is(profile, "connection.type", "bond"))
			continue;
		strings_take(&names, format_text("'%s'", id));
		*ret_profile = profile;
	}
	if (names.count == 1)
		return STATUS_OK;
	if (names.count == 0)
		return cli_fail(STATUS_NOT_FOUND, "no connection specified, and no bond profile.");
	list = strings_joined(&names, ", ");
	return cli_fail(STATUS_USAGE, "no connection specified, and there are several bonds: %s.",
			list);
}

/*
 * An Ethernet interface for which there is no profile yet: as NetworkManager would, we take its
 * name for a profile that holds nothing else. NULL when NAME is no such interface.
 */
static struct bondtool_profile *new_for_interface(struct cli *cli, const char *name)
{
	AUTOLIVE struct live live = {0};
	const struct bondtool_link_info *link;
	struct bondtool_profile *profile;

	live_read(cli, &live);
	link = live_link(&live, name);
	if (!link || !equal(link_type(link), "ethernet"))
		return NULL;
	profile = must(bondtool_profile_new());
	if (bondtool_profile_change(cli->bt, profile, "connection.type", BONDTOOL_SET,
				    "802-3-ethernet") < 0 ||
	    bondtool_profile_change(cli->bt, profile, "connection.id", BONDTOOL_SET, name) < 0 ||
	    bondtool_profile_change(cli->bt, profile, "connection.interface-name", BONDTOOL_SET,
				    name) < 0)
		cli_out_of_memory();
	return profile;
}

/* The profile to change, and a copy to change it in; *ret_profile is NULL for a new one. */
static int find_subject(struct cli *cli, struct bondtool_config *config,
			const struct arguments *arguments, size_t *position,
			struct bondtool_profile **ret_profile, struct bondtool_profile **ret_copy)
{
	AUTOPROFILES struct profile_list list = {0};
	int status;

	*ret_profile = NULL;
	if (arguments->count == 0)
		return cli_fail(STATUS_USAGE, "No connection specified.");
	status = profiles_take(config, arguments, position, &list);
	if (status != STATUS_OK)
		return status;
	if (list.count > 0) {
		*ret_profile = list.items[0];
	} else if (*position == 1 && is_property_word(list.name)) {
		*position = 0;
		status = find_only_bond(config, ret_profile);
	} else {
		*ret_copy = new_for_interface(cli, list.name);
		if (!*ret_copy)
			return cli_fail(STATUS_NOT_FOUND, "unknown connection '%s'.", list.name);
	}
	if (status == STATUS_OK && *ret_profile)
		*ret_copy = must(bondtool_profile_copy(*ret_profile));
	return status;
}

static int apply_words(struct edit *edit, const struct arguments *arguments, size_t position)
{
	int status = STATUS_OK;

	if (position == arguments->count)
		return cli_fail(STATUS_USAGE, "<setting>.<property> argument is missing.");
	while (status == STATUS_OK && position < arguments->count) {
		const char *word = arguments->words[position++];

		if (position == arguments->count)
			return cli_fail(STATUS_USAGE, "value for '%s' is missing.", word);
		if (equal(word, "remove"))
			status = edit_remove(edit, arguments->words[position++]);
		else
			status = edit_change(edit, word, arguments->words[position++]);
	}
	return status;
}

/*
 * Applies the words to the copy and completes it. A bond that had a link monitor keeps one, as
 * under NetworkManager, which goes back to its default.
 */
static int change_copy(struct edit *edit, const struct arguments *arguments, size_t position)
{
	bool monitored = has_monitor(edit->profile);
	AUTOFREE char *id = NULL, *failure = NULL;
	int status = apply_words(edit, arguments, position);

	if (status != STATUS_OK)
		return status;
	id = profile_text(edit->profile, "connection.id");
	failure = format_text("Failed to modify connection '%s': ", id);
	return edit_finish(edit, monitored, failure, STATUS_FAILED);
}

static int put_into_store(struct edit *edit, struct bondtool_store *store,
			  struct bondtool_profile *old)
{
	struct bondtool_profile *profile = edit->profile;
	int r;

	edit->profile = NULL;
	r = old ? bondtool_store_replace(store, old, profile) : bondtool_store_add(store, profile);
	if (r < 0)
		cli_out_of_memory();
	return profiles_commit(edit->cli, store);
}

/* --offline: the one profile on standard input, changed, on standard output. */
static int modify_offline(struct cli *cli, const struct arguments *arguments)
{
	const char *const paths[] = {"-"};
	struct edit edit = {.cli = cli};
	int status = STATUS_USAGE;

	if (bondtool_read(cli->bt, NULL, paths, 1, &edit.config) < 0) {
		cli_print_findings(cli);
		return STATUS_USAGE;
	}
	cli_print_findings(cli);
	if (bondtool_config_count(edit.config) != 1)
		status = cli_fail(STATUS_USAGE, "standard input holds %zu profiles, not one.",
				  bondtool_config_count(edit.config));
	else
		edit.profile = must(bondtool_profile_copy(bondtool_config_at(edit.config, 0)));
	if (edit.profile)
		status = change_copy(&edit, arguments, 0);
	if (status == STATUS_OK)
		status = print_keyfile(cli, edit.profile);
	bondtool_profile_free(edit.profile);
	bondtool_config_free(edit.config);
	return status;
}

int run_connection_modify(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	struct edit edit = {.cli = cli};
	struct bondtool_profile *old;
	size_t position = 0;
	int status;

	if (cli->offline)
		return modify_offline(cli, arguments);
	status = profiles_open(cli, BONDTOOL_STORE_WRITE, &store);
	if (status != STATUS_OK)
		return status;
	edit.config = bondtool_store_config(store);
	status = find_subject(cli, edit.config, arguments, &position, &old, &edit.profile);
	if (status == STATUS_OK)
		status = change_copy(&edit, arguments, position);
	if (status == STATUS_OK)
		status = put_into_store(&edit, store, old);
	bondtool_profile_free(edit.profile);
	return status;
}
