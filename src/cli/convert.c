/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool convert: reads configuration files of any format and writes them in another.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands.h"

static void release_config(struct bondtool_config **config)
{
	bondtool_config_free(*config);
}

static void release_files(struct bondtool_files **files)
{
	bondtool_files_free(*files);
}

/* Whether something gets lost that makes a difference: notes are on mere names. */
static bool has_losses(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(bt, i);

		if (diag->severity != BONDTOOL_NOTE && begins_with(diag->rule, "loss/"))
			return true;
	}
	return false;
}

/* Several files on one stream: a line with its name before each. */
static void print_files(const struct bondtool_files *files)
{
	size_t count = bondtool_files_count(files);

	for (size_t i = 0; i < count; i++) {
		const struct bondtool_file *file = bondtool_files_at(files, i);

		if (count > 1)
			printf("%s==> %s <==\n", i ? "\n" : "", file->name);
		fputs(file->text, stdout);
	}
}

/* For --offline, as nmcli does it. */
int print_keyfile(struct cli *cli, const struct bondtool_profile *profile)
{
	__attribute__((cleanup(release_config))) struct bondtool_config *config =
		must(bondtool_config_new());
	struct bondtool_files *files = NULL;

	if (bondtool_config_add(config, must(bondtool_profile_copy(profile))) < 0 ||
	    bondtool_write(cli->bt, config, "keyfile", &files) < 0)
		cli_out_of_memory();
	cli_print_findings(cli);
	print_files(files);
	bondtool_files_free(files);
	return STATUS_OK;
}

static int make_parents(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) < 0 && errno != EEXIST)
			return cli_fail(STATUS_FAILED, "cannot make folder '%s': %m", path);
		*slash = '/';
	}
	return STATUS_OK;
}

static int write_file(const char *directory, const struct bondtool_file *file)
{
	AUTOFREE char *path = format_text("%s/%s", directory, file->name);
	int status = make_parents(path);
	size_t length = strlen(file->text);
	int fd;
	bool written;

	if (status != STATUS_OK)
		return status;
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file->mode);
	if (fd < 0)
		return cli_fail(STATUS_FAILED, "cannot write '%s': %m", path);
	written = write(fd, file->text, length) == (ssize_t)length;
	if (close(fd) < 0 || !written)
		return cli_fail(STATUS_FAILED, "cannot write '%s': %m", path);
	return STATUS_OK;
}

static int write_files(const char *directory, const struct bondtool_files *files)
{
	for (size_t i = 0; i < bondtool_files_count(files); i++) {
		int status = write_file(directory, bondtool_files_at(files, i));

		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static int put_out(const struct arguments *arguments, const struct bondtool_files *files)
{
	const char *directory = argument_value(arguments, "--output");

	if (directory)
		return write_files(directory, files);
	print_files(files);
	return STATUS_OK;
}

int run_convert(struct cli *cli, const struct arguments *arguments)
{
	const char *to = argument_value(arguments, "--to");
	const char *const *paths = (const char *const *)arguments->words;
	__attribute__((cleanup(release_config))) struct bondtool_config *config = NULL;
	__attribute__((cleanup(release_files))) struct bondtool_files *files = NULL;
	bool failed, lost;
	int status;

	if (!to || arguments->count == 0)
		return cli_fail(STATUS_USAGE, "'%s' argument is missing.", to ? "FILE" : "--to");
	if (bondtool_read(cli->bt, argument_value(arguments, "--from"), paths, arguments->count,
			  &config) < 0 ||
	    bondtool_write(cli->bt, config, to, &files) < 0) {
		cli_print_findings(cli);
		return STATUS_USAGE;
	}
	failed = bondtool_diags_at_least(cli->bt, BONDTOOL_ERROR) > 0;
	lost = has_losses(cli->bt);
	cli_print_findings(cli);
	if ((failed || lost) && argument_given(arguments, "--strict"))
		return failed ? STATUS_FAILED : STATUS_LOSSES;
	status = put_out(arguments, files);
	if (status != STATUS_OK)
		return status;
	return failed ? STATUS_FAILED : lost ? STATUS_LOSSES : STATUS_OK;
}
