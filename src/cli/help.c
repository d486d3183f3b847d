/* SPDX-License-Identifier: GPL-2.0-or-later
 * Help: the rows of the command tree in words.
 */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/options.h"

enum {
	WIDTH = 80,
	TEXT_COLUMN = 22, /* where the explanations begin */
	USAGE_INDENT = 8,
};

/* Prints "  WORD    TEXT", the text on a line of its own after a long word. */
static void print_row(const char *word, const char *text)
{
	if (strlen(word) + 4 <= TEXT_COLUMN)
		printf("  %-*s%s\n", TEXT_COLUMN - 2, word, text);
	else
		printf("  %s\n%*s%s\n", word, TEXT_COLUMN, "", text);
}

/* How the argument is written: "[--order SPEC]", "ID ...". */
static char *argument_syntax(const struct argument *row)
{
	const char *more = row->flags & ARGUMENT_REPEATED ? " ..." : "";
	const char *word = row->letter ? row->letter : row->word;
	AUTOFREE char *bare = NULL;

	if (row->word && row->name)
		bare = format_text("%s %s%s", word, row->name, more);
	else
		bare = format_text("%s%s", row->word ? word : row->name, more);
	return row->flags & ARGUMENT_OPTIONAL ? format_text("[%s]", bare) : copy_of(bare);
}

/* The words that lead to the command: "bondtool connection add". */
static char *path_text(const struct command *const *path, size_t count)
{
	AUTOSTRINGS struct strings words = {0};

	for (size_t i = 0; i < count; i++)
		strings_add(&words, path[i]->word);
	return strings_joined(&words, " ");
}

/* Prints PREFIX and the syntax of the arguments, folded at the width of a terminal. */
static void print_syntax(const char *prefix, const struct argument *rows)
{
	size_t column = strlen(prefix);

	printf("%s", prefix);
	for (; rows && rows->text; rows++) {
		AUTOFREE char *syntax = argument_syntax(rows);

		if (column + 1 + strlen(syntax) > WIDTH) {
			printf("\n%*s", USAGE_INDENT - 1, "");
			column = USAGE_INDENT - 1;
		}
		printf(" %s", syntax);
		column += 1 + strlen(syntax);
	}
	printf("\n");
}

static void print_arguments(const struct argument *rows)
{
	for (; rows->text; rows++) {
		AUTOFREE char *word = NULL;

		if (rows->word && rows->letter)
			word = format_text("%s, %s", rows->letter, rows->word);
		else
			word = copy_of(rows->word ? rows->word : rows->name);
		if (rows->word && rows->name) {
			AUTOFREE char *with_value = format_text("%s %s", word, rows->name);

			print_row(with_value, rows->text);
		} else {
			print_row(word, rows->text);
		}
	}
}

/* Whether one of the rows takes the name of a format. */
static bool takes_format(const struct argument *rows, enum argument_kind kind)
{
	for (; rows->text; rows++)
		if (rows->kind == kind)
			return true;
	return false;
}

/* The names of the formats, folded at the width of a terminal. */
static void print_formats(const char *title, bool writing)
{
	struct bondtool_format_info info;
	size_t column = strlen(title);

	printf("\n%s", title);
	for (size_t i = 0; bondtool_format_info(i, &info); i++) {
		if (writing ? !info.writes : !info.reads)
			continue;
		if (column + 1 + strlen(info.name) > WIDTH) {
			printf("\n%*s", USAGE_INDENT - 1, "");
			column = USAGE_INDENT - 1;
		}
		printf(" %s", info.name);
		column += 1 + strlen(info.name);
	}
	printf("\n");
}

static void print_commands(const struct command *commands)
{
	for (; commands->word; commands++)
		if (!(commands->flags & COMMAND_HIDDEN))
			print_row(commands->word, commands->text);
}

static void print_program_help(const struct command *root)
{
	printf("Usage: %s [OPTIONS] COMMAND ...\n\n%s\n", root->word, root->text);
	printf("\nCommands (any beginning of a word will do; COMMAND help says more)\n");
	print_commands(root->commands);
	printf("\nOptions\n");
	print_arguments(global_options);
	printf("\n%s", root->details);
}

static void print_group_help(const struct command *group, const char *path)
{
	printf("Usage: %s COMMAND ...\n\n%s\n\nCommands\n", path, group->text);
	print_commands(group->commands);
	printf("\nUse '%s COMMAND help' for more on one of them.\n", path);
}

void command_help(const struct command *const *path, size_t count)
{
	const struct command *command = path[count - 1];
	AUTOFREE char *words = path_text(path, count);
	AUTOFREE char *usage = format_text("Usage: %s", words);

	if (count == 1) {
		print_program_help(command);
		return;
	}
	if (command->commands) {
		print_group_help(command, words);
		return;
	}
	print_syntax(usage, command->arguments);
	printf("\n%s\n", command->text);
	if (command->arguments && command->arguments->text) {
		printf("\n");
		print_arguments(command->arguments);
	}
	if (command->details)
		printf("\n%s", command->details);
	if (command->arguments && takes_format(command->arguments, ARGUMENT_FORMAT_READ))
		print_formats("Formats that can be read:", false);
	if (command->arguments && takes_format(command->arguments, ARGUMENT_FORMAT_WRITE))
		print_formats("Formats that can be written:", true);
}
