/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Concrete syntax of the kernel's command line: words separated by blanks and line ends, most of
 * them KEY=VALUE, and the fields that dracut separates by ':', ',' or ';' inside of a value.
 * Nothing is copied: words and parts point into the source.
 */
#ifndef BT_PARSERS_CMDLINE_SYNTAX_H
#define BT_PARSERS_CMDLINE_SYNTAX_H

#include "base/context.h"

/* A piece of a word; not NUL-terminated. */
struct bt_cmdline_part {
	const char *start;
	size_t length;
	bool bracketed; /* "[...]" stood around it, which is left out */
};

/* One word. */
struct bt_cmdline_word {
	size_t offset, length;	    /* in the source, quotes included */
	struct bt_cmdline_part key; /* before the first '='; without one, the whole word */
	struct bt_cmdline_part value;
	bool has_value;		 /* there is a '=' */
	bool quoted;		 /* quotes were taken away, or one is not closed */
	struct bt_origin origin; /* of the word */
	const char *owner;	 /* set by the reader: the interface that it is about, or NULL */
};

/* A text taken apart. Zero-initialise. */
struct bt_cmdline {
	const struct bt_source *source; /* borrowed */
	struct bt_cmdline_word *words;
	size_t count, size;
	size_t first_control; /* where the first CR or NUL byte stands; SIZE_MAX without one */
};
void bt_cmdline_release(struct bt_cmdline *cmdline);
#define BT_AUTOCMDLINE BT_CLEANUP(bt_cmdline_release)

/*
 * Takes SOURCE apart as the kernel's next_arg() does: double quotes protect blanks, and those
 * around a word or a value are taken away; but a line end ends every word, as dracut reads files
 * line by line. Time and memory are proportional to the length. 0 or -ENOMEM.
 */
int bt_cmdline_parse(const struct bt_source *source, struct bt_cmdline *ret_cmdline);

/* Whether the word's key is KEY. */
bool bt_cmdline_is(const struct bt_cmdline_word *word, const char *key);
bool bt_cmdline_part_is(const struct bt_cmdline_part *part, const char *text);

/*
 * Takes the text up to the next SEPARATOR off *REST and puts it into *ret_part; separators inside
 * of square brackets do not count, and brackets around the whole part are left out, as
 * NetworkManager and dracut do for IPv6 addresses. "a:" has two parts, the second of which is
 * empty. False when nothing is left; *REST.start is then NULL.
 */
bool bt_cmdline_next(struct bt_cmdline_part *rest, char separator,
		     struct bt_cmdline_part *ret_part);

/* The fields of a word's value, separated by ':'. */
enum { BT_CMDLINE_FIELDS = 8 };
struct bt_cmdline_fields {
	struct bt_cmdline_part parts[BT_CMDLINE_FIELDS];
	size_t count;
	struct bt_cmdline_part rest; /* what comes behind them; .start is NULL when nothing does */
};
/* Takes the first MOST fields off the value. A word without '=' has none. */
struct bt_cmdline_fields bt_cmdline_split(const struct bt_cmdline_word *word, size_t most);

/* The part as a new string; NULL without memory. */
char *bt_cmdline_text(const struct bt_cmdline_part *part);

/* The place of PART in WORD of CMDLINE; a part that stands nowhere is placed at the word. */
struct bt_origin bt_cmdline_place(const struct bt_cmdline *cmdline,
				  const struct bt_cmdline_word *word,
				  const struct bt_cmdline_part *part);

#endif
