/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Concrete syntax of files with [sections] and key=value lines. NetworkManager's keyfiles and
 * systemd-networkd's units look alike and differ in the details, which are data here: one struct
 * bt_ini_rules a dialect. Every line is kept, with its place, so that a file can be written back
 * with only the changed lines changed.
 */
#ifndef BT_PARSERS_INI_SYNTAX_H
#define BT_PARSERS_INI_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/context.h"

/* A dialect. */
struct bt_ini_rules {
	const char *comments;  /* characters that begin a comment, as the first of a line */
	bool continues;	       /* an odd number of backslashes at the end joins the next line */
	bool trims_values;     /* blanks behind a value do not belong to it */
	bool byte_order_mark;  /* one may begin the file */
	bool whole_utf8;       /* a line that is not UTF-8 is no assignment */
	bool many_line_ends;   /* a single CR or a NUL byte ends a line too */
	size_t longest_line;   /* bytes of a joined line; 0: any number */
};

enum bt_ini_kind {
	BT_INI_BLANK,
	BT_INI_COMMENT,
	BT_INI_SECTION,
	BT_INI_KEY,
	BT_INI_BAD, /* none of these: see the fault */
};

enum bt_ini_fault {
	BT_INI_NO_EQUALS,  /* text without '=' */
	BT_INI_NO_KEY,	   /* nothing before '=' */
	BT_INI_NO_BRACKET, /* a section that is not closed, or closed too early */
	BT_INI_NOT_UTF8,
	BT_INI_NUL,	   /* a NUL byte */
	BT_INI_TOO_LONG,
};

/* One line, or several that continue each other. Strings are borrowed from the document. */
struct bt_ini_line {
	enum bt_ini_kind kind;
	enum bt_ini_fault fault; /* of a BAD line */
	const char *section;	 /* the one it stands in or begins; NULL before the first */
	size_t section_number;	 /* counts the headers, from 1; 0 before the first */
	const char *key;	 /* of a KEY; of a BAD line where it begins */
	const char *value;	 /* of a KEY, joined and without the blanks around */
	size_t offset, length;	 /* in the source, line end included */
};

/* A text taken apart. Zero-initialise, release with bt_ini_release(). */
struct bt_ini {
	const struct bt_source *source; /* borrowed */
	struct bt_ini_line *lines;
	size_t count, size;
	char *text;		     /* copy of the source that the strings above point into */
	struct bt_ini_piece *pieces; /* which line of the source a part of the copy came from */
	size_t n_pieces, size_pieces;
};
void bt_ini_release(struct bt_ini *ini);
#define BT_AUTOINI BT_CLEANUP(bt_ini_release)

/*
 * Takes SOURCE apart by RULES in time and memory proportional to its length. Says nothing: what is
 * wrong are BAD lines. Returns 0 or -ENOMEM.
 */
int bt_ini_parse(const struct bt_source *source, const struct bt_ini_rules *rules,
		 struct bt_ini *ret_ini);

/* The place in the source of the LENGTH bytes at WHERE, a pointer into a string of INI. */
struct bt_origin bt_ini_place(const struct bt_ini *ini, const char *where, size_t length);
/* The same for the whole of a line's key, or of its value. */
struct bt_origin bt_ini_key_place(const struct bt_ini *ini, const struct bt_ini_line *line);
struct bt_origin bt_ini_value_place(const struct bt_ini *ini, const struct bt_ini_line *line);

/* What FAULT is, for a message: "a line without '='". */
const char *bt_ini_fault_text(enum bt_ini_fault fault);

/* Whether the text has a section of this name; quick, for recognising files. */
bool bt_ini_has_section(const struct bt_source *source, const char *name);

#endif
