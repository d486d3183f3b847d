/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool import: configuration files of any format become profiles, all of them or none.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/profiles.h"

static void release_config(struct bondtool_config **config)
{
	bondtool_config_free(*config);
}

/* The stored profile that has the same value of PROPERTY as the new one, or NULL. */
static struct bondtool_profile *namesake(struct bondtool_config *stored,
					 const struct bondtool_profile *profile,
					 const char *property)
{
	AUTOFREE char *text = profile_text(profile, property);

	for (size_t i = 0; *text && i < bondtool_config_count(stored); i++)
		if (profile_is(bondtool_config_at(stored, i), property, text))
			return bondtool_config_at(stored, i);
	return NULL;
}

/* What may stand only once among the profiles. */
static const char *const unique[] = {"connection.uuid", "connection.id",
				     "connection.interface-name"};

static int refuse_namesake(const struct bondtool_profile *profile, const char *property)
{
	AUTOFREE char *text = profile_text(profile, property);

	cli_fail(STATUS_UP_FAILED, "Failed to import: there is a profile with %s '%s' already",
		 property, text);
	cli_hint("--replace puts the new profile in its place");
	return STATUS_UP_FAILED;
}

/* With --replace the old profiles go; without it they are in the way. */
static int make_room(struct bondtool_store *store, const struct bondtool_profile *profile,
		     bool replace)
{
	for (size_t i = 0; i < ARRAY_SIZE(unique); i++) {
		struct bondtool_profile *old;

		while ((old = namesake(bondtool_store_config(store), profile, unique[i]))) {
			if (!replace)
				return refuse_namesake(profile, unique[i]);
			if (bondtool_store_remove(store, old) < 0)
				cli_out_of_memory();
		}
	}
	return STATUS_OK;
}

/* Room is made for all of them first, so that new ones do not replace each other. */
static int put_into_store(struct bondtool_store *store, const struct bondtool_config *config,
			  bool replace)
{
	size_t count = bondtool_config_count(config);

	for (size_t i = 0; i < count; i++) {
		int status = make_room(store, bondtool_config_at(config, i), replace);

		if (status != STATUS_OK)
			return status;
	}
	for (size_t i = 0; i < count; i++)
		if (bondtool_store_add(
			    store, must(bondtool_profile_copy(bondtool_config_at(config, i)))) < 0)
			cli_out_of_memory();
	return STATUS_OK;
}

static void report(const struct bondtool_config *config)
{
	for (size_t i = 0; i < bondtool_config_count(config); i++) {
		const struct bondtool_profile *profile = bondtool_config_at(config, i);
		AUTOFREE char *id = profile_text(profile, "connection.id");
		AUTOFREE char *uuid = profile_text(profile, "connection.uuid");

		printf("Connection '%s' (%s) successfully added.\n", id, uuid);
	}
}

/* Whether something was found that the driver would refuse, or that could not be read. */
static bool is_unusable(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		if (bondtool_diags_at(bt, i)->severity == BONDTOOL_ERROR &&
		    begins_with(bondtool_diags_at(bt, i)->rule, "driver/"))
			return true;
	return false;
}

/* Reads the files and makes them storable. What is wrong with them is printed. */
static int read_files(struct cli *cli, const struct arguments *arguments,
		      struct bondtool_config **ret_config)
{
	const char *file = argument_value(arguments, "file");
	const char *type = argument_value(arguments, "type");
	const char *format = type ? type : argument_value(arguments, "--from");
	const char *const *paths = file ? &file : (const char *const *)arguments->words;
	int r = input_read(cli, format, paths, file ? 1 : arguments->count, ret_config);
	bool failed = r < 0 || bondtool_diags_at_least(cli->bt, BONDTOOL_ERROR) > 0;

	if (!failed && (bondtool_config_prepare_import(cli->bt, *ret_config) < 0 ||
			bondtool_check(cli->bt, *ret_config) < 0))
		cli_out_of_memory();
	failed = failed || is_unusable(cli->bt);
	cli_print_findings(cli);
	if (failed)
		return STATUS_USAGE;
	if (bondtool_config_count(*ret_config) == 0)
		return cli_fail(STATUS_USAGE, "there is nothing to import.");
	return STATUS_OK;
}

int run_import(struct cli *cli, const struct arguments *arguments)
{
	__attribute__((cleanup(release_config))) struct bondtool_config *config = NULL;
	AUTOSTORE struct bondtool_store *store = NULL;
	int status;

	if (arguments->count == 0 && !argument_given(arguments, "file"))
		return cli_fail(STATUS_USAGE, "No arguments provided.");
	status = read_files(cli, arguments, &config);
	if (status == STATUS_OK)
		status = profiles_open(cli, BONDTOOL_STORE_WRITE, &store);
	if (status == STATUS_OK)
		status = put_into_store(store, config, argument_given(arguments, "--replace"));
	if (status == STATUS_OK)
		status = profiles_commit(cli, store);
	if (status == STATUS_OK)
		report(config);
	return status;
}
