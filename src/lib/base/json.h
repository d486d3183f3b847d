/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * JSON as it is written, item by item, into one growing text: what is large needs no second copy in
 * memory. Laid out as Jansson does it.
 */
#ifndef BT_BASE_JSON_H
#define BT_BASE_JSON_H

#include "base/text.h"

enum { BT_JSON_HEAD = 48 }; /* bytes; a longer one is made each time */

/*
 * What stands before items that have the same key and depth, of which a pretty text may have
 * thousands: the comma, the line's beginning and the key. Zero-initialise; the first item makes it.
 */
struct bt_json_head {
	unsigned char length;
	char text[BT_JSON_HEAD + 1]; /* may be copied from its second byte on */
};

/* Zero-initialise, but for PRETTY. Without memory the text is marked as failed. */
struct bt_json {
	struct bt_text text;
	struct bt_json_head *head; /* of the next item, only; NULL: none */
	bool pretty;	/* a line for each item, indented by two; else all in one line */
	bool begun;	/* the innermost list or map has an item */
	unsigned depth;
};

/*
 * Each adds one item. KEY is that of a map's item, and NULL for a list's or at the top. BRACE is
 * '[' or '{'; the list or map is filled by the calls up to bt_json_close() with ']' or '}'.
 */
void bt_json_open(struct bt_json *json, const char *key, char brace);
void bt_json_close(struct bt_json *json, char brace);
/* A string; bytes that are no UTF-8, which JSON cannot hold, become visible escapes. */
void bt_json_string(struct bt_json *json, const char *key, const char *string);
/* A number, true, false or null: LITERAL as it is. */
void bt_json_literal(struct bt_json *json, const char *key, const char *literal);
void bt_json_number(struct bt_json *json, const char *key, int64_t number);

#endif
