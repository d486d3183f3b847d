/* SPDX-License-Identifier: GPL-2.0-or-later
 * Tables as text: nmcli's two layouts, each terse, normal or pretty. Widths, separators and even
 * the blanks at the ends of lines are nmcli's, because scripts cut its output by columns.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"

enum {
	PREFIX_WIDTH = 40,    /* of multiline output */
	MULTILINE_WIDTH = 79, /* of its lines of '=' and '-' */
};

static void print_line(char c, size_t width)
{
	while (width-- > 0)
		putchar(c);
	putchar('\n');
}

static void print_blanks(size_t count)
{
	printf("%*s", (int)count, "");
}

/* The title, centred between two lines of WIDTH. */
static void print_title(const char *title, size_t width)
{
	size_t title_width = bondtool_display_width(title);

	print_line('=', width);
	print_blanks((width + title_width) / 2 - title_width);
	printf("%s\n", title);
	print_line('=', width);
}

/* ---- tabular ------------------------------------------------------------------------------------
 */

/* A cell as one text: several values are joined. */
static char *cell_text(const struct cli *cli, const struct strings *cell)
{
	if (cell->count == 0)
		return copy_of(cli->verbosity == VERBOSITY_TERSE ? "" : "--");
	return strings_joined(cell, " | ");
}

/* The block as rows of texts; the first is the header. */
struct grid {
	char **texts;
	size_t rows, columns;
};

static void grid_release(struct grid *grid)
{
	for (size_t i = 0; i < grid->rows * grid->columns; i++)
		free(grid->texts[i]);
	free(grid->texts);
}

static void grid_fill(const struct cli *cli, const struct block *block, bool named,
		      struct grid *grid)
{
	const struct group *group = block->group;

	grid->rows = group->count + 1;
	grid->columns = block->count + named;
	grid->texts = must(calloc(grid->rows * grid->columns + 1, sizeof(char *)));
	for (size_t row = 0; row < grid->rows; row++) {
		char **texts = grid->texts + row * grid->columns;

		if (named)
			texts[0] = copy_of(row ? group->name : "name");
		for (size_t i = 0; i < block->count; i++) {
			size_t column = block->columns[i];

			texts[i + named] =
				row ? cell_text(cli, &group->records[row - 1].cells[column])
				    : copy_of(group->columns[column].name);
		}
	}
}

static size_t column_width(const struct grid *grid, size_t column)
{
	size_t width = 0;

	for (size_t row = 0; row < grid->rows; row++) {
		size_t w = bondtool_display_width(grid->texts[row * grid->columns + column]);

		width = w > width ? w : width;
	}
	return width;
}

/* In a terse line ':' separates values, so those within a value are marked. */
static void print_escaped(const struct cli *cli, const char *text)
{
	for (; *text; text++) {
		if (cli->escape == ESCAPE_YES && strchr(":\\", *text))
			putchar('\\');
		putchar(*text);
	}
}

static void print_terse_row(const struct cli *cli, char **texts, size_t columns)
{
	for (size_t i = 0; i < columns; i++) {
		if (i > 0)
			putchar(':');
		print_escaped(cli, texts[i]);
	}
	putchar('\n');
}

static void print_row(const struct cli *cli, char **texts, const size_t *widths, size_t columns,
		      enum tint tint)
{
	for (size_t i = 0; i < columns; i++) {
		if (i > 0)
			putchar(' ');
		tint_begin(cli, tint);
		fputs(texts[i], stdout);
		tint_end(cli, tint);
		print_blanks(widths[i] + 1 - bondtool_display_width(texts[i]));
	}
	putchar('\n');
}

static void print_terse_grid(const struct cli *cli, const struct grid *grid)
{
	for (size_t row = 1; row < grid->rows; row++)
		print_terse_row(cli, grid->texts + row * grid->columns, grid->columns);
}

static void print_grid(const struct cli *cli, const struct grid *grid, const struct group *group,
		       const char *title)
{
	AUTOFREE size_t *widths = must(calloc(grid->columns + 1, sizeof(size_t)));
	size_t line = title ? bondtool_display_width(title) + 4 : 0;

	if (title)
		print_title(title, line);
	for (size_t i = 0; i < grid->columns; i++) {
		widths[i] = column_width(grid, i);
		line += widths[i] + 2;
	}
	print_row(cli, grid->texts, widths, grid->columns, TINT_NONE);
	if (cli->verbosity == VERBOSITY_PRETTY)
		print_line('-', line);
	for (size_t row = 1; row < grid->rows; row++)
		print_row(cli, grid->texts + row * grid->columns, widths, grid->columns,
			  group->records[row - 1].tint);
}

static void tabular_sheet(const struct cli *cli, const struct sheet *sheet,
			  const struct blocks *blocks, size_t index)
{
	bool pretty = cli->verbosity == VERBOSITY_PRETTY;
	bool printed = index > 0;

	for (size_t i = 0; i < blocks->count; i++) {
		const struct block *block = &blocks->items[i];
		__attribute__((cleanup(grid_release))) struct grid grid = {0};

		if (sheet->details && block->group->count == 0)
			continue;
		grid_fill(cli, block, sheet->details && block->whole, &grid);
		if (cli->verbosity == VERBOSITY_TERSE) {
			print_terse_grid(cli, &grid);
			continue;
		}
		if (printed)
			putchar('\n');
		print_grid(cli, &grid, block->group, pretty && i == 0 ? sheet->title : NULL);
		printed = true;
	}
}

/* ---- multiline ----------------------------------------------------------------------------------
 */

static void print_value(const struct cli *cli, const char *prefix, const char *value,
			enum tint tint)
{
	size_t width = bondtool_display_width(prefix);

	fputs(prefix, stdout);
	if (cli->verbosity != VERBOSITY_TERSE && width < PREFIX_WIDTH)
		print_blanks(PREFIX_WIDTH - width);
	tint_begin(cli, tint);
	fputs(value, stdout);
	tint_end(cli, tint);
	putchar('\n');
}

static void print_field(const struct cli *cli, const char *name, const struct strings *cell,
			bool list, enum tint tint)
{
	AUTOFREE char *prefix = format_text("%s:", name);

	for (size_t i = 0; list && i < cell->count; i++) {
		AUTOFREE char *numbered = format_text("%s[%zu]:", name, i + 1);

		print_value(cli, numbered, cell->items[i], tint);
	}
	if (list || (cli->overview && cell->count == 0))
		return;

	AUTOFREE char *text = cell_text(cli, cell);

	print_value(cli, prefix, text, tint);
}

static void print_record(const struct cli *cli, const struct block *block,
			 const struct record *record)
{
	const struct group *group = block->group;

	for (size_t i = 0; i < block->count; i++) {
		const struct column *column = &group->columns[block->columns[i]];
		AUTOFREE char *name = group->name ? format_text("%s.%s", group->name, column->name)
						  : copy_of(column->name);

		print_field(cli, name, &record->cells[block->columns[i]], column->list,
			    record->tint);
	}
}

static void multiline_sheet(const struct cli *cli, const struct sheet *sheet,
			    const struct blocks *blocks, size_t index)
{
	bool pretty = cli->verbosity == VERBOSITY_PRETTY;

	if (index > 0)
		putchar('\n');
	if (pretty)
		print_title(sheet->title, MULTILINE_WIDTH);
	for (size_t i = 0; i < blocks->count; i++) {
		const struct group *group = blocks->items[i].group;

		for (size_t row = 0; row < group->count; row++) {
			print_record(cli, &blocks->items[i], &group->records[row]);
			if (pretty)
				print_line('-', MULTILINE_WIDTH);
		}
	}
}

static void nothing(const struct cli *cli, const struct sheet *sheets, size_t count)
{
	(void)cli;
	(void)sheets;
	(void)count;
}

const struct writer tabular_writer = {"tabular", nothing, tabular_sheet, nothing};
const struct writer multiline_writer = {"multiline", nothing, multiline_sheet, nothing};
