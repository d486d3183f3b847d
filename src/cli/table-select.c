/* SPDX-License-Identifier: GPL-2.0-or-later
 * Tables: which of their columns, groups and fields --fields asks for.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"

static void add_block(struct blocks *blocks, const struct group *group, size_t *columns,
		      size_t count, bool whole)
{
	blocks->items = must(reallocarray(blocks->items, blocks->count + 1, sizeof(struct block)));
	blocks->items[blocks->count++] = (struct block){group, columns, count, whole};
}

void blocks_release(struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->count; i++)
		free(blocks->items[i].columns);
	free(blocks->items);
}

/* The group with all its columns, or its usual ones. */
static void add_group(struct blocks *blocks, const struct group *group, bool all)
{
	size_t *columns = must(calloc(column_count(group->columns) + 1, sizeof(size_t)));
	size_t count = 0;

	for (size_t i = 0; group->columns[i].name; i++)
		if (all || group->columns[i].usual)
			columns[count++] = i;
	if (count > 0)
		add_block(blocks, group, columns, count, true);
	else
		free(columns);
}

static void add_field(struct blocks *blocks, const struct group *group, size_t column)
{
	size_t *columns = must(calloc(1, sizeof(size_t)));

	columns[0] = column;
	add_block(blocks, group, columns, 1, false);
}

static bool find_column(const struct column *columns, const char *word, size_t *ret_column)
{
	for (size_t i = 0; columns[i].name; i++) {
		if (equal_ignoring_case(columns[i].name, word) ||
		    equal_ignoring_case(columns[i].old_name, word)) {
			*ret_column = i;
			return true;
		}
	}
	return false;
}

static int invalid_field(const struct sheet *sheet, const char *word, const struct strings *allowed,
			 const char *end)
{
	AUTOFREE char *list = strings_joined(allowed, ",");
	AUTOFREE char *command =
		sheet->command ? format_text("'%s': ", sheet->command) : copy_of("");

	return cli_fail(STATUS_USAGE, "%sinvalid field '%s'; allowed fields: %s%s", command, word,
			list, end);
}

static int unknown_column(const struct sheet *sheet, const char *word)
{
	AUTOSTRINGS struct strings allowed = {0};

	for (size_t i = 0; sheet->groups[0].columns[i].name; i++)
		strings_add(&allowed, sheet->groups[0].columns[i].name);
	return invalid_field(sheet, word, &allowed, "");
}

static int unknown_group(const struct sheet *sheet, const char *word)
{
	AUTOSTRINGS struct strings allowed = {0}, words = {0};
	AUTOFREE char *end = NULL;

	for (size_t i = 0; i < sheet->count; i++)
		strings_add(&allowed, sheet->groups[i].name);
	for (const struct field_word *w = sheet->words; w && w->word; w++)
		strings_add(&words, w->word);
	if (words.count > 0) {
		AUTOFREE char *list = strings_joined(&words, ",");

		end = format_text(", or %s", list);
	}
	return invalid_field(sheet, word, &allowed, end ? end : "");
}

static int unknown_field(const struct sheet *sheet, const struct group *group, const char *word)
{
	AUTOSTRINGS struct strings allowed = {0};

	for (size_t i = 0; group->columns[i].name; i++)
		strings_take(&allowed, format_text("%s.%s", group->name, group->columns[i].name));
	return invalid_field(sheet, word, &allowed, "");
}

/* Whether the first LENGTH bytes of WORD are NAME, in any case. */
static bool names(const char *name, const char *word, size_t length)
{
	AUTOFREE char *first = copy_of_bytes(word, length);

	return equal_ignoring_case(name, first);
}

/* Adds what one word of --fields names in details: a group, or "group.field". */
static int select_detail(const struct sheet *sheet, const char *word, struct blocks *blocks)
{
	const char *dot = strchr(word, '.');
	size_t length = dot ? (size_t)(dot - word) : strlen(word);
	size_t column;

	for (size_t i = 0; i < sheet->count; i++) {
		const struct group *group = &sheet->groups[i];

		if (!names(group->name, word, length) &&
		    !(group->alias && names(group->alias, word, length)))
			continue;
		if (!dot)
			add_group(blocks, group, true);
		else if (find_column(group->columns, dot + 1, &column))
			add_field(blocks, group, column);
		else
			return unknown_field(sheet, group, word);
		return STATUS_OK;
	}
	for (const struct field_word *w = sheet->words; w && w->word; w++) {
		if (!equal_ignoring_case(w->word, word))
			continue;
		for (size_t i = 0; i < w->count; i++)
			add_group(blocks, &sheet->groups[w->first + i], true);
		return STATUS_OK;
	}
	return unknown_group(sheet, word);
}

static int select_details(const struct sheet *sheet, const struct strings *words,
			  struct blocks *blocks)
{
	for (size_t i = 0; i < words->count; i++) {
		int status = STATUS_OK;

		if (*words->items[i])
			status = select_detail(sheet, words->items[i], blocks);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static int select_columns(const struct sheet *sheet, const struct strings *words,
			  struct blocks *blocks)
{
	const struct group *group = &sheet->groups[0];
	AUTOFREE size_t *columns = must(calloc(words->count + 1, sizeof(size_t)));
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];

		if (*word && !find_column(group->columns, word, &columns[count++]))
			return unknown_column(sheet, word);
	}
	add_block(blocks, group, columns, count, true);
	columns = NULL;
	return STATUS_OK;
}

int blocks_select(const struct cli *cli, const struct sheet *sheet, struct blocks *ret_blocks)
{
	bool all = equal_ignoring_case(cli->fields, "all");
	AUTOSTRINGS struct strings words = {0};

	if (!cli->fields || all || equal_ignoring_case(cli->fields, "common")) {
		for (size_t i = 0; i < sheet->count; i++)
			add_group(ret_blocks, &sheet->groups[i], all);
		return STATUS_OK;
	}
	if (strspn(cli->fields, ",") == strlen(cli->fields))
		return cli_fail(STATUS_USAGE, "failure to select field.");
	strings_split(&words, cli->fields, ',');
	return sheet->details ? select_details(sheet, &words, ret_blocks)
			      : select_columns(sheet, &words, ret_blocks);
}
