/* SPDX-License-Identifier: GPL-2.0-or-later
 * The program: options, then one command of the tree; its exit status says how it went.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/candidates.h"
#include "cli/options.h"

/* Takes the options before the command. Sets *ret_used to the number of words they are. */
static int take_options(struct cli *cli, char **words, size_t count, size_t *ret_used)
{
	size_t taken;

	*ret_used = 0;
	for (size_t i = 0; i < count && words[i][0] == '-' && words[i][1]; i += taken) {
		const char *value = NULL;
		const struct argument *option;
		int status;

		if (equal(words[i], "--")) {
			*ret_used = i + 1;
			return STATUS_OK;
		}
		option = option_find(global_options, 0, words[i], &value);
		if (!option)
			return cli_fail(STATUS_USAGE,
					"Option '%s' is unknown, try 'bondtool --help'.", words[i]);
		status = global_option_take(cli, option, value, words + i, count - i, &taken);
		if (status != STATUS_OK)
			return status;
		*ret_used = i + taken;
	}
	return STATUS_OK;
}

static int run(struct cli *cli, char **words, size_t count)
{
	size_t used;
	int status = take_options(cli, words, count, &used);

	if (status != STATUS_OK)
		return status;
	if (cli->version) {
		printf("bondtool tool, version %s\n", bondtool_version());
		return STATUS_OK;
	}
	if (cli->help || used == count) {
		const struct command *root = &command_tree;

		command_help(&root, 1);
		return STATUS_OK;
	}
	return command_run(cli, words + used, count - used);
}

/* Output that could not be written, as on a full disk, is a failure. */
static int flushed(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	return status != STATUS_OK ? status
				   : cli_fail(STATUS_FAILED, "cannot write the output: %m");
}

/*
 * What hangs on this lives as long as the program and is not freed: the system does that at once,
 * and it would take us as long as reading a configuration.
 */
static struct cli cli = {.layout = LAYOUT_USUAL, .wait = -1};

int main(int argc, char **argv)
{
	size_t count = argc > 1 ? (size_t)argc - 1 : 0;
	bool described = count > 0 && equal(argv[1], "--complete-described");
	int status;

	memory_keep();
	cli.bt = must(bondtool_new());
	if (described || (count > 0 && equal(argv[1], "--complete-args")))
		status = complete(&cli, argv + 2, count - 1, described);
	else
		status = run(&cli, argv + 1, count);
	return flushed(status);
}
