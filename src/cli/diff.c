/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool diff: two configurations in any two formats, compared in meaning.
 */
#include <sys/stat.h>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/profiles.h"

enum { DIFF_INTERFACE, DIFF_PROPERTY, DIFF_FIRST, DIFF_SECOND };

const struct column diff_columns[] = {
	[DIFF_INTERFACE] = {.name = "INTERFACE", .usual = true},
	[DIFF_PROPERTY] = {.name = "PROPERTY", .usual = true},
	[DIFF_FIRST] = {.name = "A", .usual = true},
	[DIFF_SECOND] = {.name = "B", .usual = true},
	{0},
};

static bool is_there(const char *path)
{
	struct stat status;

	return equal(path, "-") || stat(path, &status) == 0;
}

/* What is stored under NAME, if anything: the profile and all that stands on it. */
static int read_stored(struct cli *cli, const char *name, struct bondtool_config **ret_config)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	struct bondtool_profile *profile;
	int status = profiles_open(cli, BONDTOOL_STORE_READ, &store);

	if (status != STATUS_OK)
		return STATUS_TROUBLE;
	profile = bondtool_store_find(store, NULL, name);
	if (!profile)
		return cli_fail(STATUS_TROUBLE, "there is neither a file nor a profile '%s'.",
				name);
	*ret_config = profile_family(bondtool_store_config(store), profile);
	return STATUS_OK;
}

static int read_files(struct cli *cli, const char *path, const char *format,
		      struct bondtool_config **ret_config)
{
	int r = input_read(cli, format, &path, 1, ret_config);
	bool failed = r < 0 || bondtool_diags_at_least(cli->bt, BONDTOOL_ERROR) > 0;

	cli_print_findings(cli);
	if (failed)
		return STATUS_TROUBLE;
	if (bondtool_config_count(*ret_config) == 0)
		return cli_fail(STATUS_TROUBLE, "there is no profile in '%s'.", path);
	return STATUS_OK;
}

/*
 * One side, made storable, so that what tools imply is compared too. What that has to say is for
 * import, not for here.
 */
static int read_side(struct cli *cli, const char *name, const char *format,
		     struct bondtool_config **ret_config)
{
	int status = is_there(name) ? read_files(cli, name, format, ret_config)
				    : read_stored(cli, name, ret_config);

	if (status == STATUS_OK && bondtool_config_prepare_import(cli->bt, *ret_config) < 0)
		cli_out_of_memory();
	bondtool_diags_clear(cli->bt);
	return status;
}

static int print_comparison(const struct cli *cli, const struct bondtool_comparison *comparison)
{
	struct group group = {.columns = diff_columns};
	struct sheet sheet = {
		.title = "Differences", .command = "diff", .groups = &group, .count = 1};
	size_t count = bondtool_comparison_count(comparison);
	int status = STATUS_OK;

	for (size_t i = 0; i < count; i++) {
		const struct bondtool_difference *row = bondtool_comparison_at(comparison, i);
		struct record *record = group_add(&group, TINT_NONE);

		cell_set(record, DIFF_INTERFACE, row->interface);
		cell_set(record, DIFF_PROPERTY, row->property);
		cell_set(record, DIFF_FIRST, row->first);
		cell_set(record, DIFF_SECOND, row->second);
	}
	if (count > 0 || cli->json)
		status = sheets_print(cli, &sheet, 1);
	group_release(&group);
	if (status != STATUS_OK)
		return STATUS_TROUBLE;
	return count > 0 ? STATUS_DIFFERENT : STATUS_OK;
}

int run_diff(struct cli *cli, const struct arguments *arguments)
{
	const char *from = argument_value(arguments, "--from");
	const char *to = argument_value(arguments, "--to");
	AUTOCONFIG struct bondtool_config *first = NULL, *second = NULL;
	struct bondtool_comparison *comparison;
	int status;

	if (arguments->count < 2)
		return cli_fail(STATUS_TROUBLE, "'%s' argument is missing.",
				arguments->count == 0 ? "A" : "B");
	if (arguments->count > 2)
		return cli_fail(STATUS_TROUBLE, "unknown extra argument: '%s'.",
				arguments->words[2]);
	status = read_side(cli, arguments->words[0], from, &first);
	if (status == STATUS_OK)
		status = read_side(cli, arguments->words[1], to ? to : from, &second);
	if (status != STATUS_OK)
		return status;
	if (bondtool_compare(first, second, &comparison) < 0)
		cli_out_of_memory();
	status = print_comparison(cli, comparison);
	bondtool_comparison_free(comparison);
	return status;
}
