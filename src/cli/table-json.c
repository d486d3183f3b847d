/* SPDX-License-Identifier: GPL-2.0-or-later
 * Tables as JSON: a list is an array of objects, details are an object of objects. Members are
 * named as the fields, in lower case.
 */
#include <ctype.h>

#include "cli/json.h"
#include "cli/table.h"

static struct json json;

static char *member_name(const char *field)
{
	char *name = copy_of(field);

	for (char *p = name; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return name;
}

static void write_cell(const struct column *column, const struct strings *cell)
{
	AUTOFREE char *name = member_name(column->name);

	if (!column->list) {
		json_text(&json, name, cell->count ? cell->items[0] : NULL);
		return;
	}
	json_begin(&json, name, '[');
	for (size_t i = 0; i < cell->count; i++)
		json_text(&json, NULL, cell->items[i]);
	json_end(&json, ']');
}

static void write_record(const struct block *block, const struct record *record)
{
	for (size_t i = 0; i < block->count; i++)
		write_cell(&block->group->columns[block->columns[i]],
			   &record->cells[block->columns[i]]);
}

static void write_list(const struct block *block)
{
	for (size_t row = 0; row < block->group->count; row++) {
		json_begin(&json, NULL, '{');
		write_record(block, &block->group->records[row]);
		json_end(&json, '}');
	}
}

/* Blocks of one group that follow each other share its object. */
static void write_details(const struct blocks *blocks)
{
	const struct group *open = NULL;

	json_begin(&json, NULL, '{');
	for (size_t i = 0; i < blocks->count; i++) {
		const struct block *block = &blocks->items[i];

		if (block->group->count == 0)
			continue;
		if (block->group != open) {
			AUTOFREE char *name = member_name(block->group->name);

			if (open)
				json_end(&json, '}');
			json_begin(&json, name, '{');
			open = block->group;
		}
		write_record(block, &block->group->records[0]);
	}
	if (open)
		json_end(&json, '}');
	json_end(&json, '}');
}

static void json_start(const struct cli *cli, const struct sheet *sheets, size_t count)
{
	(void)cli;
	(void)sheets;
	(void)count;
	json_begin(&json, NULL, '[');
}

static void json_sheet(const struct cli *cli, const struct sheet *sheet,
		       const struct blocks *blocks, size_t index)
{
	(void)cli;
	(void)index;
	if (sheet->details)
		write_details(blocks);
	else
		write_list(&blocks->items[0]);
}

static void json_finish(const struct cli *cli, const struct sheet *sheets, size_t count)
{
	(void)cli;
	(void)sheets;
	(void)count;
	json_end(&json, ']');
}

const struct writer json_writer = {"json", json_start, json_sheet, json_finish};
