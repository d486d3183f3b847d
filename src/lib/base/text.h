/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text: a growing buffer whose first failure sticks, and the few string helpers that every layer
 * needs. Nothing here knows about bonds.
 */
#ifndef BT_BASE_TEXT_H
#define BT_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"

/*
 * A growing text. Zero-initialise it, add to it without looking at results, and look once at the
 * end: bt_text_take() yields NULL when an allocation failed on the way.
 */
struct bt_text {
	char *data;	/* NUL-terminated once anything was added; NULL before */
	size_t length;	/* bytes, without the NUL */
	size_t size;	/* bytes allocated */
	bool failed;	/* memory ran out: everything added since is lost */
};

void bt_text_release(struct bt_text *text);
#define BT_AUTOTEXT BT_CLEANUP(bt_text_release)

/* Add to the end; without memory the text is marked as failed. */
void bt_text_add(struct bt_text *text, const char *string);
void bt_text_add_bytes(struct bt_text *text, const char *bytes, size_t length);
void bt_text_addf(struct bt_text *text, const char *format, ...) BT_PRINTF(2, 3);
void bt_text_fill(struct bt_text *text, char c, size_t count); /* COUNT times */
void bt_text_add_number(struct bt_text *text, int64_t number); /* in decimal */

/*
 * For what is written where it will stay: room for MORE bytes behind the end. Returns where they
 * go, or NULL when memory ran out; bt_text_end() says how far they were filled. Here, because some
 * texts are made of little else.
 */
char *bt_text_grow(struct bt_text *text, size_t more);
static inline char *bt_text_room(struct bt_text *text, size_t more)
{
	if (text->size - text->length > more)
		return text->data + text->length;
	return bt_text_grow(text, more);
}
static inline void bt_text_end(struct bt_text *text, char *end)
{
	text->length = (size_t)(end - text->data);
	*end = '\0';
}
/* Adds one character. */
static inline void bt_text_add_char(struct bt_text *text, char c)
{
	char *at = bt_text_room(text, 1);

	if (!at)
		return;
	*at++ = c;
	bt_text_end(text, at);
}
/* Writes NUMBER in decimal to AT, where BT_DIGITS bytes are free; returns the end. */
enum { BT_DIGITS = 20 }; /* of int64_t, with its sign */
char *bt_put_digits(char *at, int64_t number);
/* Adds blanks until the text's last line is WIDTH columns wide (display columns of UTF-8). */
void bt_text_pad(struct bt_text *text, size_t width);

/*
 * Ends the use of TEXT: returns its string (possibly ""), owned by the caller, or NULL when memory
 * ran out.
 */
char *bt_text_take(struct bt_text *text);

/* printf() into a new string; NULL without memory. */
char *bt_format(const char *format, ...) BT_PRINTF(1, 2);
char *bt_vformat(const char *format, va_list arguments) BT_PRINTF(1, 0);

/* White space as isspace() has it in the C locale, without asking which locale there is. */
static inline bool bt_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool bt_equal(const char *a, const char *b);		 /* NULL equals only NULL */
/* The same for two strings, in searches: most differ in their first character already. */
static inline bool bt_same(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}
bool bt_equal_ignoring_case(const char *a, const char *b); /* ASCII; NULL equals only NULL */
bool bt_has_prefix(const char *string, const char *prefix);
bool bt_has_suffix(const char *string, const char *suffix);

/*
 * Reads an unsigned decimal number that fills the whole TEXT: digits only, no sign, no blanks.
 * Returns 0, -EINVAL when it is no such number, -ERANGE when it exceeds UINT64_MAX.
 */
int bt_parse_uint(const char *text, uint64_t *ret_number);
/* The same with an optional sign, for int64_t. */
int bt_parse_int(const char *text, int64_t *ret_number);

/* Display columns of the UTF-8 string: wide characters count 2, combining ones 0. */
size_t bt_display_width(const char *string);

/* Whether the LENGTH bytes are valid UTF-8; if not, *ret_offset is the first bad byte. */
bool bt_utf8_valid(const char *bytes, size_t length, size_t *ret_offset);

/* A copy in which each byte that is no UTF-8 is written as "\\xff"; NULL without memory. */
char *bt_utf8_escaped(const char *string);

/* The character at *WHERE, which moves behind it; a byte that is no UTF-8 is taken for itself. */
uint32_t bt_utf8_next(const char **where);

/*
 * The number of single-character edits (insert, delete, replace, swap of neighbours) between two
 * words, ignoring case; at most LIMIT + 1.
 */
unsigned bt_edit_distance(const char *a, const char *b, unsigned limit);

/*
 * "Did you mean": keeps the nearest of the candidates offered one by one. Start with
 * {.word = what was typed}, offer all, then read .best (borrowed; NULL when nothing is near).
 */
struct bt_nearest {
	const char *word;
	const char *best;
	unsigned distance;
};
void bt_nearest_offer(struct bt_nearest *nearest, const char *candidate);

/* An array of strings that owns them. Zero-initialise. */
struct bt_strings {
	char **items;
	size_t count;
	size_t size;
};
void bt_strings_release(struct bt_strings *strings);
#define BT_AUTOSTRINGS BT_CLEANUP(bt_strings_release)
int bt_strings_add(struct bt_strings *strings, const char *string); /* copies; 0 or -ENOMEM */
int bt_strings_take(struct bt_strings *strings, char *string);	    /* takes over, even on error */
bool bt_strings_contain(const struct bt_strings *strings, const char *string);

/* 36 characters of a random (version 4) UUID in a new string; NULL without memory or entropy. */
char *bt_uuid_random(void);
/* A UUID (version 8) that depends on NAME alone, the same each time; NULL without memory. */
char *bt_uuid_of(const char *name);
bool bt_uuid_valid(const char *text);

#endif
