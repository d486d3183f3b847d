/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool connection delete, clone, reload and load.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/connection.h"

static int delete_profile(struct cli *cli, struct bondtool_store *store, const struct live *live,
			  struct bondtool_profile *profile)
{
	AUTOFREE char *id = profile_text(profile, "connection.id");
	AUTOFREE char *uuid = profile_text(profile, "connection.uuid");
	struct bondtool_config *config = bondtool_store_config(store);
	int status = STATUS_OK;

	if (live_link_of(live, config, profile) && owns_link(profile))
		status = take_down(cli, config, profile);
	if (status != STATUS_OK)
		return STATUS_DELETE_FAILED;
	if (bondtool_store_remove(store, profile) < 0 || profiles_commit(cli, store) != STATUS_OK)
		return STATUS_DELETE_FAILED;
	printf("Connection '%s' (%s) successfully deleted.\n", id, uuid);
	return STATUS_OK;
}

/* Deletes all profiles that the next name means; a name that means none is kept in UNKNOWN. */
static int delete_next(struct cli *cli, struct bondtool_store *store, const struct live *live,
		       const struct arguments *arguments, size_t *position, struct strings *unknown)
{
	AUTOPROFILES struct profile_list list = {0};
	int status = profiles_take(bondtool_store_config(store), arguments, position, &list);

	if (status != STATUS_OK)
		return status;
	if (list.count == 0) {
		cli_fail(STATUS_NOT_FOUND, "unknown connection '%s'.", list.name);
		strings_take(unknown, format_text("'%s'", list.name));
	}
	for (size_t i = 0; i < list.count && status == STATUS_OK; i++)
		status = delete_profile(cli, store, live, list.items[i]);
	return status;
}

int run_connection_delete(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	AUTOLIVE struct live live = {0};
	AUTOSTRINGS struct strings unknown = {0};
	AUTOFREE char *list = NULL;
	int status;

	if (arguments->count == 0)
		return cli_fail(STATUS_NOT_FOUND, "No connection specified.");
	status = profiles_open(cli, BONDTOOL_STORE_WRITE, &store);
	live_read(cli, &live);
	for (size_t i = 0; i < arguments->count && status == STATUS_OK;)
		status = delete_next(cli, store, &live, arguments, &i, &unknown);
	if (status != STATUS_OK || unknown.count == 0)
		return status;
	list = strings_joined(&unknown, ", ");
	return cli_fail(STATUS_NOT_FOUND, "cannot delete unknown connection(s): %s.", list);
}

int run_connection_clone(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	AUTOFREE char *id = NULL, *uuid = NULL, *new_uuid = NULL;
	struct bondtool_profile *profile = NULL, *copy;
	size_t position = 0;
	const char *name;
	int status;

	if (arguments->count == 0)
		return cli_fail(STATUS_USAGE, "No connection specified.");
	status = profiles_open(cli, BONDTOOL_STORE_WRITE, &store);
	if (status == STATUS_OK)
		status = profile_take(bondtool_store_config(store), arguments, &position, &profile);
	if (status != STATUS_OK)
		return status;
	if (position == arguments->count)
		return cli_fail(STATUS_USAGE, "<new name> argument is missing.");
	name = arguments->words[position++];
	if (position < arguments->count)
		return cli_fail(STATUS_USAGE, "unknown extra argument: '%s'.",
				arguments->words[position]);
	copy = must(bondtool_profile_clone(profile, name));
	id = profile_text(profile, "connection.id");
	uuid = profile_text(profile, "connection.uuid");
	new_uuid = profile_text(copy, "connection.uuid");
	if (bondtool_store_add(store, copy) < 0)
		cli_out_of_memory();
	status = profiles_commit(cli, store);
	if (status == STATUS_OK)
		printf("%s (%s) cloned as %s (%s).\n", id, uuid, name, new_uuid);
	return status;
}

/* ---- for scripts that were written for nmcli
 * ----------------------------------------------------- */

int run_connection_reload(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;

	(void)arguments;
	return profiles_open(cli, BONDTOOL_STORE_READ, &store);
}

/* As nmcli: what cannot be read is said, and the exit status is 0. */
int run_connection_load(struct cli *cli, const struct arguments *arguments)
{
	if (arguments->count == 0)
		return cli_fail(STATUS_USAGE, "No connection specified.");
	for (size_t i = 0; i < arguments->count; i++) {
		const char *path = arguments->words[i];
		struct bondtool_config *config = NULL;

		if (bondtool_read(cli->bt, NULL, &path, 1, &config) < 0 ||
		    bondtool_diags_at_least(cli->bt, BONDTOOL_ERROR) > 0) {
			cli_print_findings(cli);
			fprintf(stderr, "Could not load file '%s'\n", path);
		}
		bondtool_diags_clear(cli->bt);
		bondtool_config_free(config);
	}
	return STATUS_OK;
}
