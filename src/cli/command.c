/* SPDX-License-Identifier: GPL-2.0-or-later
 * The walker: from the words of the command line down the command tree, then over the arguments of
 * the command found. Running and completing take the same steps.
 */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "cli/candidates.h"
#include "cli/options.h"
#include "cli/profiles.h"

enum { DEPTH = 4 }; /* of the tree, its root included */

bool word_matches(const char *word, const char *name)
{
	return word && *word && begins_with(name, word);
}

bool word_asks_help(const char *word)
{
	size_t dashes = strspn(word, "-");

	return dashes <= 2 && word_matches(word + dashes, "help");
}

const struct argument *option_find(const struct argument *rows, unsigned flags, const char *word,
				   const char **ret_value)
{
	size_t dashes = strspn(word, "-");
	size_t length = strcspn(word + dashes, "=");

	if (!rows || dashes < 1 || dashes > 2 || length == 0)
		return NULL;
	for (; rows->text; rows++) {
		if (!rows->word || !begins_with(rows->word, "--") || (rows->flags & flags) != flags)
			continue;
		if (strncmp(rows->word + 2, word + dashes, length) != 0)
			continue;
		*ret_value = word[dashes + length] ? word + dashes + length + 1 : NULL;
		return rows;
	}
	return NULL;
}

static const struct command *find_command(const struct command *commands, const char *word)
{
	for (; commands->word; commands++)
		if (word_matches(word, commands->word))
			return commands;
	return NULL;
}

static const struct command *default_command(const struct command *commands)
{
	for (; commands->word; commands++)
		if (commands->flags & COMMAND_DEFAULT)
			return commands;
	return NULL;
}

static size_t row_count(const struct argument *rows)
{
	size_t count = 0;

	while (rows && rows[count].text)
		count++;
	return count;
}

static const struct argument *row_of_word(const struct arguments *arguments, const char *word)
{
	const struct argument *row = arguments->command->arguments;

	for (; row && row->text; row++)
		if (equal(row->word, word))
			return row;
	return NULL;
}

const char *argument_value(const struct arguments *arguments, const char *word)
{
	const struct argument *row = row_of_word(arguments, word);

	return row ? arguments->values[row - arguments->command->arguments] : NULL;
}

bool argument_given(const struct arguments *arguments, const char *word)
{
	return argument_value(arguments, word) != NULL;
}

static void begin_arguments(struct arguments *arguments, const struct command *command,
			    size_t most_words)
{
	*arguments = (struct arguments){
		.command = command,
		.words = must(calloc(most_words + 1, sizeof(char *))),
		.values = must(calloc(row_count(command->arguments) + 1, sizeof(char *))),
	};
}

static void release_arguments(struct arguments *arguments)
{
	free(arguments->words);
	free(arguments->values);
}

static void keep_value(struct arguments *arguments, const struct argument *row, const char *value)
{
	if (row->name && !value)
		arguments->pending = row;
	else
		arguments->values[row - arguments->command->arguments] = value ? value : "";
}

/*
 * Takes the option that begins at WORDS. *ret_taken is how many words it uses, 0 when the word is
 * no option here.
 */
static int take_option(struct cli *cli, struct arguments *arguments, char **words, size_t count,
		       size_t *ret_taken)
{
	const struct command *command = arguments->command;
	const char *value = NULL;
	const struct argument *row = option_find(command->arguments, 0, words[0], &value);

	*ret_taken = 1;
	if (row) {
		keep_value(arguments, row, value);
		return STATUS_OK;
	}
	row = option_find(global_options, ARGUMENT_ANYWHERE, words[0], &value);
	if (row)
		return global_option_take(cli, row, value, words, count, ret_taken);
	*ret_taken = 0;
	if (command->flags & COMMAND_PROPERTIES)
		return STATUS_OK;
	return cli_fail(STATUS_USAGE, "Option '%s' is unknown, try 'bondtool --help'.", words[0]);
}

/* Whether a further word that is known by its place is wanted. */
static bool takes_words(const struct arguments *arguments)
{
	const struct argument *row = arguments->command->arguments;
	size_t places = 0;

	for (; row && row->text; row++) {
		if (row->word)
			continue;
		if (row->flags & ARGUMENT_REPEATED || row->kind == ARGUMENT_PROFILE)
			return true;
		places++;
	}
	return arguments->count < places;
}

static int take_word(struct arguments *arguments, char *word)
{
	const struct argument *row = row_of_word(arguments, word);

	if (row && !begins_with(word, "-"))
		keep_value(arguments, row, NULL);
	else if (takes_words(arguments))
		arguments->words[arguments->count++] = word;
	else
		return cli_fail(STATUS_USAGE, "invalid extra argument '%s'.", word);
	return STATUS_OK;
}

/* Takes the next word or words of a command's arguments. */
static int take_argument(struct cli *cli, struct arguments *arguments, char **words, size_t count,
			 size_t *ret_taken)
{
	*ret_taken = 1;
	if (arguments->pending) {
		arguments->values[arguments->pending - arguments->command->arguments] = words[0];
		arguments->pending = NULL;
		return STATUS_OK;
	}
	if (equal(words[0], "--") && !arguments->options_ended) {
		arguments->options_ended = true;
		return STATUS_OK;
	}
	if (words[0][0] == '-' && words[0][1] && !arguments->options_ended) {
		int status = take_option(cli, arguments, words, count, ret_taken);

		if (status != STATUS_OK || *ret_taken)
			return status;
		*ret_taken = 1;
	}
	return take_word(arguments, words[0]);
}

static int take_arguments(struct cli *cli, struct arguments *arguments, char **words, size_t count)
{
	size_t taken;

	for (size_t i = 0; i < count; i += taken) {
		int status = take_argument(cli, arguments, words + i, count - i, &taken);

		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static int check_modes(const struct cli *cli, const struct command *command)
{
	if (cli->offline && !(command->flags & COMMAND_OFFLINE))
		return cli_fail(STATUS_USAGE, "command doesn't support --offline mode.");
	if (cli->dry_run && !(command->flags & COMMAND_DRY_RUN))
		return cli_fail(STATUS_USAGE, "command doesn't support --dry-run mode.");
	return STATUS_OK;
}

static int run_command(struct cli *cli, const struct command *command, char **words, size_t count)
{
	__attribute__((cleanup(release_arguments))) struct arguments arguments;
	int status;

	begin_arguments(&arguments, command, count);
	status = take_arguments(cli, &arguments, words, count);
	if (status != STATUS_OK)
		return status;
	if (arguments.pending)
		return cli_fail(STATUS_USAGE, "'%s' argument is missing.", arguments.pending->word);
	status = check_modes(cli, command);
	return status != STATUS_OK ? status : command->run(cli, &arguments);
}

/* Goes down the tree by words as far as they name commands. Yields the number of words used. */
static size_t descend(const struct command **path, size_t *depth, char **words, size_t count)
{
	size_t used = 0;

	path[0] = &command_tree;
	*depth = 1;
	while (used < count && path[*depth - 1]->commands && *depth < DEPTH) {
		const struct command *next = find_command(path[*depth - 1]->commands, words[used]);

		if (!next)
			break;
		path[(*depth)++] = next;
		used++;
	}
	return used;
}

int command_run(struct cli *cli, char **words, size_t count)
{
	const struct command *path[DEPTH];
	size_t depth;
	size_t used = descend(path, &depth, words, count);
	const struct command *command = path[depth - 1];

	if (used < count && word_asks_help(words[used])) {
		command_help(path, depth);
		return STATUS_OK;
	}
	if (!command->commands)
		return run_command(cli, command, words + used, count - used);
	if (used < count)
		return cli_fail(STATUS_USAGE,
				"argument '%s' not understood. Try passing --help instead.",
				words[used]);
	command = default_command(command->commands);
	if (!command)
		return cli_fail(STATUS_USAGE, "missing argument. Try passing --help instead.");
	return run_command(cli, command, NULL, 0);
}

static void offer_commands(struct candidates *candidates, const struct command *group)
{
	for (const struct command *command = group->commands; command->word; command++)
		if (!(command->flags & COMMAND_HIDDEN))
			candidate_offer(candidates, command->word, command->text);
	candidate_offer(candidates, "help", "what the commands are");
}

/* Whether the argument of this place may come next; a profile may take two words: "id NAME". */
static bool is_wanted(const struct argument *row, size_t place, const struct arguments *arguments)
{
	size_t count = arguments->count;

	if (row->kind == ARGUMENT_PROPERTIES || row->flags & ARGUMENT_REPEATED)
		return true;
	return count == place || (row->kind == ARGUMENT_PROFILE && count == place + 1 &&
				  is_profile_keyword(arguments->words[place]));
}

static void offer_arguments(struct cli *cli, struct candidates *candidates,
			    const struct arguments *arguments)
{
	const struct argument *row = arguments->command->arguments;
	size_t place = 0;

	if (candidates->word[0] == '-' && !arguments->options_ended) {
		candidates_of_options(candidates, row, 0);
		candidates_of_options(candidates, global_options, ARGUMENT_ANYWHERE);
		if (!(arguments->command->flags & COMMAND_PROPERTIES))
			return;
	}
	for (; row && row->text; row++) {
		if (row->word && !begins_with(row->word, "-"))
			candidate_offer(candidates, row->word, row->text);
		if (row->word)
			continue;
		if (is_wanted(row, place++, arguments))
			candidates_of_kind(cli, candidates, row, arguments);
	}
	if (arguments->count == 0)
		candidate_offer(candidates, "help", "how to use the command");
}

static void complete_arguments(struct cli *cli, struct candidates *candidates,
			       const struct command *command, char **words, size_t count)
{
	__attribute__((cleanup(release_arguments))) struct arguments arguments;

	begin_arguments(&arguments, command, count);
	if (take_arguments(cli, &arguments, words, count - 1) != STATUS_OK)
		return;
	if (arguments.pending)
		candidates_of_kind(cli, candidates, arguments.pending, &arguments);
	else
		offer_arguments(cli, candidates, &arguments);
}

void command_complete(struct cli *cli, struct candidates *candidates, char **words, size_t count)
{
	const struct command *path[DEPTH];
	size_t depth;
	size_t used = descend(path, &depth, words, count - 1);
	const struct command *command = path[depth - 1];

	if (command->commands && used == count - 1)
		offer_commands(candidates, command);
	else if (!command->commands)
		complete_arguments(cli, candidates, command, words + used, count - used);
}
