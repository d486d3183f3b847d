/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool convert: reads configuration files of any format and writes them in another.
 */
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/output.h"

/* For --offline, as nmcli does it. */
int print_keyfile(struct cli *cli, const struct bondtool_profile *profile)
{
	AUTOCONFIG struct bondtool_config *config = must(bondtool_config_new());
	struct bondtool_files *files = NULL;

	if (bondtool_config_add(config, must(bondtool_profile_copy(profile))) < 0 ||
	    bondtool_write(cli->bt, config, "keyfile", &files) < 0)
		cli_out_of_memory();
	cli_print_findings(cli);
	output_texts(files);
	bondtool_files_free(files);
	return STATUS_OK;
}

int run_convert(struct cli *cli, const struct arguments *arguments)
{
	const char *const *paths = (const char *const *)arguments->words;
	const struct output output = {
		.format = argument_value(arguments, "--to"),
		.folder = argument_value(arguments, "--output"),
		.strict = argument_given(arguments, "--strict"),
	};

	if (!output.format || arguments->count == 0)
		return cli_fail(STATUS_USAGE, "'%s' argument is missing.",
				output.format ? "FILE" : "--to");
	if (bondtool_format_writes(cli->bt, output.format) < 0 ||
	    input_read(cli, argument_value(arguments, "--from"), paths, arguments->count,
		       &cli->config) < 0) {
		cli_print_findings(cli);
		return STATUS_USAGE;
	}
	memory_trim();
	return output_config(cli, cli->config, &output);
}
