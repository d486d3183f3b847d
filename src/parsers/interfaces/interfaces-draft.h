/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A text of /etc/network/interfaces that is changed line by line: what nobody changes stays as it
 * was, byte for byte.
 */
#ifndef BT_PARSERS_INTERFACES_DRAFT_H
#define BT_PARSERS_INTERFACES_DRAFT_H

#include "parsers/interfaces/interfaces-syntax.h"

/* What becomes of a line. */
struct bt_eni_draft_line {
	char *content; /* from its first word to its last; NULL: as it was */
	bool gone;
	struct bt_text before, behind; /* whole lines that are added */
};

/* Zero-initialise, release with bt_eni_draft_release(). */
struct bt_eni_draft {
	const struct bt_eni_text *text;	 /* borrowed */
	struct bt_eni_draft_line *lines; /* one for each of the text's */
	struct bt_text end;		 /* lines that are added behind all others */
	bool failed;			 /* memory ran out: the text will be NULL */
};
void bt_eni_draft_release(struct bt_eni_draft *draft);

/* Begins with the lines of TEXT, which must outlive the draft. 0 or -ENOMEM. */
int bt_eni_draft_from(struct bt_eni_draft *draft, const struct bt_eni_text *text);

/* Removes a line with those that continue it. Lines are numbers in the text's array. */
void bt_eni_draft_remove(struct bt_eni_draft *draft, size_t line);
/*
 * Puts VALUE in the place of COUNT words of the line (SIZE_MAX: of all) from word FIRST on. WORDS
 * is the line taken apart.
 */
void bt_eni_draft_replace(struct bt_eni_draft *draft, size_t line, const struct bt_eni_words *words,
			  size_t first, size_t count, const char *value);
/*
 * Removes a WORD that stands behind the line's first one, or puts another in its place, in what the
 * line has become so far. Returns the number of words that are left, the first one included.
 */
size_t bt_eni_draft_swap(struct bt_eni_draft *draft, size_t line, const struct bt_eni_words *words,
			 const char *word, const char *other);
/* Adds a WORD to the end of what the line has become so far; it takes the place of "none". */
void bt_eni_draft_append(struct bt_eni_draft *draft, size_t line, const struct bt_eni_words *words,
			 const char *word);
/* Adds whole lines before or behind a line. */
void bt_eni_draft_add_before(struct bt_eni_draft *draft, size_t line, const char *lines);
void bt_eni_draft_add_behind(struct bt_eni_draft *draft, size_t line, const char *lines);

/* What stands before the first word of the line; a new string, NULL without memory. */
char *bt_eni_draft_indent(const struct bt_eni_draft *draft, size_t line);

/* The text in a new string; NULL when memory ran out at any time. */
char *bt_eni_draft_text(const struct bt_eni_draft *draft);

#endif
