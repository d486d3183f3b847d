/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The concrete syntax of modprobe.d(5): a directive a line, words between blanks, '#' only at the
 * start of a line, and a backslash that joins lines. Source: kmod's getline_wrapped().
 */
#ifndef BT_PARSERS_MODPROBE_SYNTAX_H
#define BT_PARSERS_MODPROBE_SYNTAX_H

#include "base/context.h"

/* A line, joined with those that it goes on in. */
struct bt_modprobe_line {
	char *text;	  /* NUL-terminated; backslashes are gone */
	size_t length;
	uint32_t *places; /* of each byte in the source, and of the end */
	bool carriage_return; /* stood at the end: a part of the last word to kmod */
	bool nul;	  /* kmod reads only up to a NUL byte, and so does this */
};

struct bt_modprobe {
	const struct bt_source *source; /* borrowed */
	struct bt_modprobe_line *lines; /* comments and empty ones included */
	size_t count, size;
};
void bt_modprobe_release(struct bt_modprobe *modprobe);
#define BT_AUTOMODPROBE BT_CLEANUP(bt_modprobe_release)

/* Takes the text apart. Anything is accepted. 0 or -ENOMEM. */
int bt_modprobe_parse(const struct bt_source *source, struct bt_modprobe *ret_modprobe);

/* A word of a line. */
struct bt_modprobe_word {
	size_t at, length; /* in the line's text */
};

/* The next word at or behind *AT, which moves behind it; false when there is none. */
bool bt_modprobe_next(const struct bt_modprobe_line *line, size_t *at,
		      struct bt_modprobe_word *ret_word);
/* The same, where double quotes keep blanks together as in the kernel's next_arg(). */
bool bt_modprobe_next_quoted(const struct bt_modprobe_line *line, size_t *at,
			     struct bt_modprobe_word *ret_word);
/* Whether the word is TEXT. */
bool bt_modprobe_is(const struct bt_modprobe_line *line, const struct bt_modprobe_word *word,
		    const char *text);
/* Whether the line is empty or a comment. */
bool bt_modprobe_is_blank(const struct bt_modprobe_line *line);

/* Where LENGTH bytes of the line's text stand in the source. */
struct bt_origin bt_modprobe_place(const struct bt_modprobe *modprobe,
				   const struct bt_modprobe_line *line, size_t at, size_t length);

#endif
