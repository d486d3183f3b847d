/* SPDX-License-Identifier: GPL-2.0-or-later
 * How the program speaks: errors as nmcli words them, and what the library found.
 */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum bondtool_style cli_style(const struct cli *cli)
{
	return cli->verbosity == VERBOSITY_TERSE || cli->json ? BONDTOOL_PARSABLE : BONDTOOL_PRETTY;
}

static void say(const char *kind, const char *format, va_list arguments)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", kind);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
}

int cli_fail(int status, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say("Error", format, arguments);
	va_end(arguments);
	return status;
}

void cli_warn(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	say("Warning", format, arguments);
	va_end(arguments);
}

void cli_out_of_memory(void)
{
	fputs("Error: out of memory\n", stderr);
	exit(STATUS_FAILED);
}

/* A finding that has no place in a file: "Error: MESSAGE", and what to do instead. */
static void print_plain(const struct bondtool_diag *diag, const char *prefix)
{
	static const char *const kinds[] = {
		[BONDTOOL_NOTE] = "Note",
		[BONDTOOL_WARNING] = "Warning",
		[BONDTOOL_ERROR] = "Error",
	};

	fprintf(stderr, "%s: %s%s\n", kinds[diag->severity], prefix, diag->message);
	if (diag->hint)
		fprintf(stderr, "Hint: %s\n", diag->hint);
}

/* Words of the command line are texts too, named "<bond.options>": they need no excerpt. */
static bool is_in_file(const struct bondtool_diag *diag)
{
	return diag->file && diag->file[0] != '<';
}

void cli_print_findings_as(struct cli *cli, const char *prefix)
{
	fflush(stdout);
	for (size_t i = 0; i < bondtool_diags_count(cli->bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(cli->bt, i);

		if (is_in_file(diag)) {
			AUTOFREE char *text = must(bondtool_diag_text(cli->bt, diag));

			fputs(text, stderr);
		} else if (diag->severity == BONDTOOL_ERROR) {
			print_plain(diag, prefix);
			prefix = "";
		} else {
			print_plain(diag, "");
		}
	}
	bondtool_diags_clear(cli->bt);
}

void cli_print_findings(struct cli *cli)
{
	cli_print_findings_as(cli, "");
}
