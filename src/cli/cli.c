/* SPDX-License-Identifier: GPL-2.0-or-later
 * How the program speaks: errors as nmcli words them, and what the library found.
 */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

void cli_print(char *text)
{
	size_t length = strlen(must(text));

	fputs(text, stdout);
	if (length == 0 || text[length - 1] != '\n')
		putchar('\n');
	free(text);
}

static const char hint_format[] = "Hint: %s\n";

void cli_hint(const char *text)
{
	fprintf(stderr, hint_format, text);
}

void cli_out_of_memory(void)
{
	fputs("Error: out of memory\n", stderr);
	exit(STATUS_FAILED);
}

/* A finding that has no place in a file: "Error: MESSAGE", and what to do instead. */
static void print_plain(FILE *out, const struct bondtool_diag *diag, const char *prefix)
{
	static const char *const kinds[] = {
		[BONDTOOL_NOTE] = "Note",
		[BONDTOOL_WARNING] = "Warning",
		[BONDTOOL_ERROR] = "Error",
	};

	fprintf(out, "%s: %s%s\n", kinds[diag->severity], prefix, diag->message);
	if (diag->hint)
		fprintf(out, hint_format, diag->hint);
}

/* Words of the command line are texts too, named "<bond.options>": they need no excerpt. */
static bool is_in_file(const struct bondtool_diag *diag)
{
	return diag->file && (diag->file[0] != '<' || equal(diag->file, "<stdin>"));
}

/* The same for a finding in a file, with its place and the line at fault below. */
static void print_placed(FILE *out, const struct cli *cli, const struct bondtool_diag *diag,
			 const char *prefix)
{
	AUTOFREE char *text = must(bondtool_diag_text(cli->bt, diag));
	const char *excerpt = strchr(text, '\n');

	if (!*prefix) {
		fputs(text, out);
		return;
	}
	fprintf(out, "Error: %s%s\n  %s:%u:%u:%s", prefix, diag->message, diag->file, diag->line,
		diag->column, excerpt);
}

/* Standard error has no buffer: the findings, which may be thousands, get one of their own. */
static void print_findings(const struct cli *cli, size_t count, const char *prefix)
{
	AUTOFREE char *text = NULL;
	size_t size = 0;
	FILE *out;

	fflush(stdout);
	if (count == 0)
		return;
	out = must(open_memstream(&text, &size));
	for (size_t i = 0; i < count; i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(cli->bt, i);
		const char *begin = diag->severity == BONDTOOL_ERROR ? prefix : "";

		if (is_in_file(diag))
			print_placed(out, cli, diag, begin);
		else
			print_plain(out, diag, begin);
		if (diag->severity == BONDTOOL_ERROR)
			prefix = "";
	}
	if (fclose(out) != 0)
		cli_out_of_memory();
	fwrite(text, 1, size, stderr);
}

void cli_print_findings_as(struct cli *cli, const char *prefix)
{
	print_findings(cli, bondtool_diags_count(cli->bt), prefix);
	bondtool_diags_clear(cli->bt);
}

void cli_print_findings(struct cli *cli)
{
	cli_print_findings_as(cli, "");
}

void cli_print_first_findings(struct cli *cli, size_t count)
{
	print_findings(cli, count, "");
	bondtool_diags_clear(cli->bt);
}
