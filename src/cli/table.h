/* SPDX-License-Identifier: GPL-2.0-or-later
 * Output: commands fill tables and know nothing of how they look. What is shown of them and how
 * (tabular, multiline, terse, pretty, JSON) is decided here, by the global options, as in nmcli.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "cli/cli.h"

/* A column of a list, or a field of details: what --fields calls it. */
struct column {
	const char *name;     /* "NAME", "DEVICE", "interface-name" */
	const char *old_name; /* accepted for it; NULL when there is none */
	bool usual;	      /* shown without --fields, as by "--fields common" */
	bool list;	      /* of details: holds any number of values: "ADDRESS[1]" */
};

/* How a row is coloured. */
enum tint {
	TINT_NONE,
	TINT_UP,
	TINT_CHANGING,
	TINT_DOWN,
	TINT_FOREIGN, /* up, but not by a profile */
	TINT_FAINT,
};

/* One row: its cells in the order of the columns. No value is shown as "--". */
struct record {
	struct strings *cells;
	enum tint tint;
};

/* Rows of the same columns. Owns its rows; borrows names and columns. */
struct group {
	const char *name;	      /* of details: "connection", "GENERAL"; NULL of a list */
	const char *alias;	      /* "ethernet" for "802-3-ethernet"; NULL without one */
	const struct column *columns; /* ended by .name = NULL */
	struct record *records;
	size_t count;
};

/* How many columns there are. */
size_t column_count(const struct column *columns);
/* A new row at the end; the pointer is good until the next one is added. */
struct record *group_add(struct group *group, enum tint tint);
void group_release(struct group *group);
/* Sets a cell, or adds a further value to it. NULL and "" are no value. */
void cell_set(struct record *record, size_t column, const char *text);
/* The same; frees TEXT. */
void cell_take(struct record *record, size_t column, char *text);

/* A word of --fields that stands for several groups of details: "profile", "active". */
struct field_word {
	const char *word;
	size_t first, count; /* groups of the sheet */
};

/* Something to show: a list of rows, or the details of one thing. */
struct sheet {
	const char *title;   /* of pretty output */
	const char *command; /* for messages: "device show"; NULL: messages name none */
	bool details;	     /* groups of one row each; otherwise one group of many rows */
	const struct group *groups;
	size_t count;
	const struct field_word *words; /* ended by .word = NULL; NULL for none */
};

/*
 * Shows the sheets, which have the same groups and columns, as the global options say. Yields the
 * exit status: --fields may name what is not there.
 */
int sheets_print(const struct cli *cli, const struct sheet *sheets, size_t count);

/* ---- between the files that do this -----------------------------------------------------------
 */

/* What is shown of a group: the whole of it, or one field. */
struct block {
	const struct group *group;
	size_t *columns; /* indexes, in the order wanted; owned */
	size_t count;
	bool whole; /* tabular details then begin with the group's name */
};
struct blocks {
	struct block *items;
	size_t count;
};
/* Chooses by --fields; after an error was printed, yields its exit status. */
int blocks_select(const struct cli *cli, const struct sheet *sheet, struct blocks *ret_blocks);
void blocks_release(struct blocks *blocks);

/* A form of output. Standard output is where it goes. */
struct writer {
	const char *name;
	void (*begin)(const struct cli *cli, const struct sheet *sheets, size_t count);
	/* INDEX counts the sheets from 0. */
	void (*sheet)(const struct cli *cli, const struct sheet *sheet, const struct blocks *blocks,
		      size_t index);
	void (*end)(const struct cli *cli, const struct sheet *sheets, size_t count);
};
extern const struct writer tabular_writer, multiline_writer, json_writer;

/* Begins and ends a colour on standard output; nothing where colours are not wanted. */
void tint_begin(const struct cli *cli, enum tint tint);
void tint_end(const struct cli *cli, enum tint tint);

#endif
