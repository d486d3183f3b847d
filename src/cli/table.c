/* SPDX-License-Identifier: GPL-2.0-or-later
 * Tables: filling them, and printing them by the writer that the global options choose.
 */
#include "cli/table.h"

#include <stdlib.h>

size_t column_count(const struct column *columns)
{
	size_t count = 0;

	while (columns[count].name)
		count++;
	return count;
}

struct record *group_add(struct group *group, enum tint tint)
{
	struct record *record;

	/* Grows at each power of two. */
	if ((group->count & (group->count - 1)) == 0) {
		size_t size = group->count ? group->count * 2 : 1;

		group->records = must(reallocarray(group->records, size, sizeof(*record)));
	}
	record = &group->records[group->count++];
	record->tint = tint;
	record->cells = must(calloc(column_count(group->columns) + 1, sizeof(*record->cells)));
	return record;
}

void group_release(struct group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		for (size_t j = 0; group->columns[j].name; j++)
			strings_release(&group->records[i].cells[j]);
		free(group->records[i].cells);
	}
	free(group->records);
}

void cell_take(struct record *record, size_t column, char *text)
{
	if (text && *text)
		strings_take(&record->cells[column], text);
	else
		free(text);
}

void cell_set(struct record *record, size_t column, const char *text)
{
	if (text && *text)
		strings_add(&record->cells[column], text);
}

static const struct writer *choose_writer(const struct cli *cli, const struct sheet *sheet)
{
	if (cli->json)
		return &json_writer;
	if (cli->layout == LAYOUT_TABULAR)
		return &tabular_writer;
	if (cli->layout == LAYOUT_MULTILINE)
		return &multiline_writer;
	return sheet->details && !cli->get_values ? &multiline_writer : &tabular_writer;
}

int sheets_print(const struct cli *cli, const struct sheet *sheets, size_t count)
{
	const struct writer *writer = choose_writer(cli, sheets);
	int status = STATUS_OK;

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		struct blocks blocks = {0};

		status = blocks_select(cli, &sheets[i], &blocks);
		if (status == STATUS_OK) {
			if (i == 0)
				writer->begin(cli, sheets, count);
			writer->sheet(cli, &sheets[i], &blocks, i);
		}
		blocks_release(&blocks);
	}
	if (status == STATUS_OK)
		writer->end(cli, sheets, count);
	return status;
}
