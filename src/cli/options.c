/* SPDX-License-Identifier: GPL-2.0-or-later
 * The global options: what each one does to the run.
 */
#include "cli/options.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>

/* The member of the run that the option sets. */
static void *target(struct cli *cli, const struct argument *option)
{
	return (char *)cli + option->target;
}

static int apply_flag(struct cli *cli, const struct argument *option, const char *value)
{
	(void)value;
	*(bool *)target(cli, option) = true;
	return STATUS_OK;
}

/* The choices stand in the order of the enumeration that the member holds. */
static int apply_choice(struct cli *cli, const struct argument *option, const char *value)
{
	for (int i = 0; option->choices[i]; i++) {
		if (word_matches(value, option->choices[i])) {
			*(int *)target(cli, option) = i;
			return STATUS_OK;
		}
	}
	return cli_fail(STATUS_USAGE, "'%s' is not a valid argument for '%s' option.", value,
			option->word);
}

static int apply_text(struct cli *cli, const struct argument *option, const char *value)
{
	*(const char **)target(cli, option) = value;
	return STATUS_OK;
}

static int set_verbosity(struct cli *cli, enum verbosity verbosity, const char *word,
			 const char *other)
{
	if (cli->verbosity == verbosity)
		return cli_fail(STATUS_USAGE, "Option '%s' is specified the second time.", word);
	if (cli->verbosity != VERBOSITY_NORMAL)
		return cli_fail(STATUS_USAGE, "Option '%s' is mutually exclusive with '%s'.", word,
				other);
	cli->verbosity = verbosity;
	return STATUS_OK;
}

static int apply_terse(struct cli *cli, const struct argument *option, const char *value)
{
	(void)value;
	return set_verbosity(cli, VERBOSITY_TERSE, option->word, "--pretty");
}

static int apply_pretty(struct cli *cli, const struct argument *option, const char *value)
{
	(void)value;
	return set_verbosity(cli, VERBOSITY_PRETTY, option->word, "--terse");
}

/* As nmcli: terse, tabular unless --mode says otherwise, and the fields. */
static int apply_get_values(struct cli *cli, const struct argument *option, const char *value)
{
	cli->verbosity = VERBOSITY_TERSE;
	cli->get_values = true;
	return apply_text(cli, option, value);
}

static int apply_root(struct cli *cli, const struct argument *option, const char *value)
{
	if (bondtool_set_root(cli->bt, value) < 0)
		cli_out_of_memory();
	return apply_text(cli, option, value);
}

static int apply_seconds(struct cli *cli, const struct argument *option, const char *value)
{
	char *end;
	long seconds;

	errno = 0;
	seconds = strtol(value, &end, 10);
	if (errno || end == value || *end || seconds < 0 || seconds > INT_MAX)
		return cli_fail(STATUS_USAGE, "'%s' is not a valid timeout.", value);
	*(int *)target(cli, option) = (int)seconds;
	return STATUS_OK;
}

static const char *const modes[] = {"tabular", "multiline", NULL};
static const char *const whens[] = {"auto", "yes", "no", NULL};
static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const ways[] = {"netlink", "sysfs", NULL};

#define FLAG(member) .apply = apply_flag, .target = offsetof(struct cli, member)
#define CHOICE(member, words)                                                                      \
	.kind = ARGUMENT_CHOICE, .choices = (words), .apply = apply_choice,                        \
	.target = offsetof(struct cli, member)
#define VALUE(function, member) .apply = (function), .target = offsetof(struct cli, member)

/* In the order in which nmcli tries them, because any beginning of a word is accepted. */
const struct argument global_options[] = {
	{.word = "--overview", .letter = "-o", FLAG(overview),
	 .text = "show only what differs from its default"},
	{.word = "--offline", FLAG(offline),
	 .text = "connection add and modify: print the profile, store nothing"},
	{.word = "--terse", .letter = "-t", .apply = apply_terse, .text = "output for scripts"},
	{.word = "--pretty", .letter = "-p", .apply = apply_pretty,
	 .text = "output with titles and lines"},
	{.word = "--mode", .letter = "-m", .name = "tabular|multiline", CHOICE(layout, modes),
	 .text = "a line for each row, or for each value"},
	{.word = "--colors", .letter = "-c", .name = "auto|yes|no", CHOICE(colors, whens),
	 .text = "whether to use colours"},
	{.word = "--escape", .letter = "-e", .name = "yes|no", CHOICE(escape, yes_no),
	 .text = "terse output: put a '\\' before each ':' and '\\' of a value"},
	{.word = "--fields", .letter = "-f", .name = "FIELD,...|all|common",
	 .kind = ARGUMENT_FIELDS, VALUE(apply_text, fields),
	 .text = "what to show, in which order"},
	{.word = "--get-values", .letter = "-g", .name = "FIELD,...|all|common",
	 .kind = ARGUMENT_FIELDS, VALUE(apply_get_values, fields),
	 .text = "the same as -t -m tabular -f"},
	{.word = "--nocheck", .letter = "-n", FLAG(ignored), .text = "accepted, as by nmcli"},
	{.word = "--wait", .letter = "-w", .name = "SECONDS", VALUE(apply_seconds, wait),
	 .text = "how long to wait for the end of an operation"},
	{.word = "--version", .letter = "-v", FLAG(version), .text = "show the version"},
	{.word = "--help", .letter = "-h", FLAG(help), .text = "show this help"},
	{.word = "--ask", .letter = "-a", .flags = ARGUMENT_ANYWHERE, FLAG(ignored),
	 .text = "accepted: nothing needs to be asked"},
	{.word = "--show-secrets", .letter = "-s", .flags = ARGUMENT_ANYWHERE, FLAG(ignored),
	 .text = "accepted: profiles hold no secrets"},
	/* our own */
	{.word = "--json", .letter = "-j", .flags = ARGUMENT_ANYWHERE, FLAG(json),
	 .text = "output as JSON"},
	{.word = "--root", .letter = "-r", .name = "DIR", .kind = ARGUMENT_FILE,
	 .flags = ARGUMENT_ANYWHERE, VALUE(apply_root, root),
	 .text = "work on the profiles of the system below DIR"},
	{.word = "--via", .name = "netlink|sysfs", .flags = ARGUMENT_ANYWHERE, CHOICE(via, ways),
	 .text = "how to talk to the driver"},
	{.word = "--dry-run", .letter = "-d", .flags = ARGUMENT_ANYWHERE, FLAG(dry_run),
	 .text = "show the steps and take none"},
	{0},
};

int global_option_take(struct cli *cli, const struct argument *option, const char *value,
		       char **words, size_t count, size_t *ret_taken)
{
	*ret_taken = 1;
	if (option->name && !value) {
		if (count < 2)
			return cli_fail(STATUS_USAGE, "missing argument for '%s' option.",
					words[0]);
		value = words[1];
		*ret_taken = 2;
	}
	return option->apply(cli, option, value);
}
