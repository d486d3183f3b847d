/* SPDX-License-Identifier: GPL-2.0-or-later
 * Files of other tools: to the disk, to standard output, or as JSON; and what got lost on the way.
 */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/json.h"

void config_release(struct bondtool_config **config)
{
	bondtool_config_free(*config);
}

static void release_files(struct bondtool_files **files)
{
	bondtool_files_free(*files);
}

/* ---- to the disk --------------------------------------------------------------------------------
 */

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

static bool write_all(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ssize_t written = write(fd, text, left);

		if (written < 0 && errno != EINTR)
			return false;
		if (written > 0) {
			text += written;
			left -= (size_t)written;
		}
	}
	return true;
}

static int write_file(const char *path, const struct bondtool_file *file)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file->mode);
	bool written = fd >= 0 && write_all(fd, file->text);

	if ((fd >= 0 && close(fd) < 0) || !written)
		return cli_fail(STATUS_FAILED, "cannot write '%s': %m", path);
	return STATUS_OK;
}

static int write_folder(const char *folder, const struct bondtool_files *files)
{
	int status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < bondtool_files_count(files); i++) {
		const struct bondtool_file *file = bondtool_files_at(files, i);
		AUTOFREE char *path = format_text("%s/%s", folder, file->name);

		status = make_parents(path);
		if (status == STATUS_OK)
			status = write_file(path, file);
	}
	return status;
}

static int write_only_file(const struct output *output, const struct bondtool_files *files)
{
	size_t count = bondtool_files_count(files);

	if (count == 1)
		return write_file(output->file, bondtool_files_at(files, 0));
	cli_fail(STATUS_FAILED, "in format '%s' this is %zu files, not one", output->format, count);
	cli_hint("--output DIR puts them into a folder");
	return STATUS_FAILED;
}

/* ---- to standard output -------------------------------------------------------------------------
 */

void output_texts(const struct bondtool_files *files)
{
	size_t count = bondtool_files_count(files);

	for (size_t i = 0; i < count; i++) {
		const struct bondtool_file *file = bondtool_files_at(files, i);

		if (count > 1)
			printf("%s==> %s <==\n", i ? "\n" : "", file->name);
		fputs(file->text, stdout);
	}
}

static void json_file(struct json *json, const struct bondtool_file *file, bool with_text)
{
	AUTOFREE char *mode = format_text("%04o", file->mode);

	json_begin(json, NULL, '{');
	json_text(json, "name", file->name);
	json_text(json, "mode", mode);
	json_text_if(json, "text", with_text ? file->text : NULL);
	json_end(json, '}');
}

static void json_finding(struct json *json, const struct bondtool_diag *diag)
{
	json_begin(json, NULL, '{');
	json_text(json, "rule", diag->rule);
	json_text(json, "severity", bondtool_severity_name(diag->severity));
	json_text_if(json, "file", diag->file);
	if (diag->line)
		json_number(json, "line", diag->line);
	if (diag->column)
		json_number(json, "column", diag->column);
	json_text(json, "message", diag->message);
	json_text_if(json, "hint", diag->hint);
	json_end(json, '}');
}

/* FILES may be NULL: nothing is put out. */
static void print_json(const struct cli *cli, const struct bondtool_files *files, bool with_text)
{
	struct json json = {0};

	json_begin(&json, NULL, '{');
	json_begin(&json, "files", '[');
	for (size_t i = 0; files && i < bondtool_files_count(files); i++)
		json_file(&json, bondtool_files_at(files, i), with_text);
	json_end(&json, ']');
	json_begin(&json, "findings", '[');
	for (size_t i = 0; i < bondtool_diags_count(cli->bt); i++)
		json_finding(&json, bondtool_diags_at(cli->bt, i));
	json_end(&json, ']');
	json_end(&json, '}');
}

/* ---- what came of it ----------------------------------------------------------------------------
 */

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

static int verdict(const struct bondtool *bt)
{
	if (bondtool_diags_at_least(bt, BONDTOOL_ERROR) > 0)
		return STATUS_FAILED;
	return has_losses(bt) ? STATUS_LOSSES : STATUS_OK;
}

static int put_out(const struct cli *cli, const struct output *output,
		   const struct bondtool_files *files)
{
	if (output->folder)
		return write_folder(output->folder, files);
	if (output->file)
		return write_only_file(output, files);
	if (!cli->json)
		output_texts(files);
	return STATUS_OK;
}

int output_config(struct cli *cli, struct bondtool_config *config, const struct output *output)
{
	__attribute__((cleanup(release_files))) struct bondtool_files *files = NULL;
	bool on_disk = output->folder || output->file;
	int status;

	if (bondtool_write(cli->bt, config, output->format, &files) < 0) {
		cli_print_findings(cli);
		return STATUS_USAGE;
	}
	status = verdict(cli->bt);
	if (status != STATUS_OK && output->strict) {
		bondtool_files_free(files);
		files = NULL;
	}
	if (cli->json)
		print_json(cli, files, !on_disk);
	else
		cli_print_findings(cli);
	if (!files && !cli->json)
		cli_fail(status, "nothing is written, as --strict asks: %s.",
			 status == STATUS_LOSSES ? "something would be lost"
						 : "there are errors");
	if (files) {
		int put = put_out(cli, output, files);

		if (put != STATUS_OK)
			return put;
	}
	return status;
}
