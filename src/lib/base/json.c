/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing JSON, see json.h. */
#include "base/json.h"

#include <string.h>

/*
 * An item is written straight to its place in the text, after one look whether there is room: for
 * what stands around it, and for strings as long as they usually are. What is longer, or has to be
 * escaped, goes another way.
 */
enum {
	AROUND = 16, /* comma, line end, quotes, colon, a brace */
	SHORT = 64,  /* bytes of a key or a string */
	ROOM = AROUND + 2 * (SHORT + 2),
	INDENT = 2,
	BLANKS = 32, /* nothing of ours is deeper */
};

/* What may stand in a string as it is and needs no look at its encoding. */
static const bool is_plain[256] = {
	[' ' ... '!'] = true, ['#' ... '['] = true, [']' ... 0x7f] = true};

static void add_escape(struct bt_text *text, char c)
{
	static const char letters[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	for (const char *p = letters; *p; p += 2)
		if (*p == c) {
			bt_text_add_char(text, '\\');
			bt_text_add_char(text, p[1]);
			return;
		}
	bt_text_addf(text, "\\u%04X", (unsigned char)c);
}

static bool needs_escape(char c)
{
	return (unsigned char)c < ' ' || c == '"' || c == '\\';
}

static void add_valid(struct bt_text *text, const char *string)
{
	while (*string) {
		const char *end = string;

		while (!needs_escape(*end)) /* the NUL is one that does */
			end++;
		bt_text_add_bytes(text, string, (size_t)(end - string));
		if (*end)
			add_escape(text, *end++);
		string = end;
	}
}

static void add_any(struct bt_text *text, const char *string)
{
	size_t bad;
	BT_AUTOFREE char *escaped = NULL;

	if (bt_utf8_valid(string, strlen(string), &bad)) {
		add_valid(text, string);
		return;
	}
	escaped = bt_utf8_escaped(string);
	if (escaped)
		add_valid(text, escaped);
	else
		text->failed = true;
}

/* Writes STRING to AT; returns the end with as much room as was there, or NULL without memory. */
static char *put_string(struct bt_text *text, char *at, const char *string)
{
	size_t length = 0;

	*at++ = '"';
	for (; length < SHORT && is_plain[(unsigned char)string[length]]; length++)
		at[length] = string[length];
	at += length;
	if (string[length]) {
		bt_text_end(text, at);
		add_any(text, string + length);
		at = bt_text_room(text, ROOM);
		if (!at)
			return NULL;
	}
	*at++ = '"';
	return at;
}

static char *put_line(char *at, size_t indent)
{
	static const char blanks[BLANKS] = {[0 ... BLANKS - 1] = ' '};

	*at++ = '\n';
	if (indent <= BLANKS) /* a fixed length is quicker than no more than needed */
		memcpy(at, blanks, BLANKS);
	else
		memset(at, ' ', indent);
	return at + indent;
}

/* The end of the text, with ROOM for an item on a line of its own; NULL without memory. */
static char *room_for_item(struct bt_json *json)
{
	return bt_text_room(&json->text, (size_t)json->depth * INDENT + BLANKS + ROOM);
}

/* Keeps what was written from START to END as HEAD, if it is short enough. */
static void make_head(struct bt_json_head *head, const char *start, const char *end)
{
	size_t length = (size_t)(end - start);

	if (*start != ',') /* of a first item; the others need it */
		length++;
	if (length > BT_JSON_HEAD)
		return;
	head->length = (unsigned char)length;
	head->text[0] = ',';
	memcpy(head->text + 1, end - (length - 1), length - 1);
}

/* As begin_item(), with the key of HEAD. */
static char *put_head(struct bt_json *json, const struct bt_json_head *head)
{
	char *at = bt_text_room(&json->text, BT_JSON_HEAD + ROOM);
	unsigned skipped = !json->begun;

	if (!at)
		return NULL;
	memcpy(at, head->text + skipped, BT_JSON_HEAD);
	json->begun = true;
	return at + head->length - skipped;
}

static char *put_key(struct bt_json *json, char *at, const char *key)
{
	if (!(at = put_string(&json->text, at, key)))
		return NULL;
	*at++ = ':';
	*at++ = ' ';
	return at;
}

/*
 * Writes what stands before an item: the comma behind the last one, the line's beginning, the key.
 * Returns its end, with room for what is short; NULL without memory.
 */
static char *begin_item(struct bt_json *json, const char *key)
{
	struct bt_json_head *head = json->head;
	size_t start = json->text.length;
	char *at;

	json->head = NULL;
	if (head && head->length)
		return put_head(json, head);
	at = room_for_item(json);
	if (!at)
		return NULL;
	if (json->begun)
		*at++ = ',';
	if (json->pretty && json->depth)
		at = put_line(at, (size_t)json->depth * INDENT);
	else if (json->begun)
		*at++ = ' ';
	json->begun = true;
	if (key)
		at = put_key(json, at, key);
	if (at && head && json->pretty)
		make_head(head, json->text.data + start, at);
	return at;
}

static void end_item(struct bt_json *json, char *end)
{
	if (end)
		bt_text_end(&json->text, end);
}

void bt_json_open(struct bt_json *json, const char *key, char brace)
{
	char *at = begin_item(json, key);

	if (at)
		*at++ = brace;
	end_item(json, at);
	json->begun = false;
	json->depth++;
}

void bt_json_close(struct bt_json *json, char brace)
{
	char *at = room_for_item(json);

	json->depth--;
	if (at && json->begun && json->pretty)
		at = put_line(at, (size_t)json->depth * INDENT);
	if (at)
		*at++ = brace;
	end_item(json, at);
	json->begun = true;
}

void bt_json_string(struct bt_json *json, const char *key, const char *string)
{
	char *at = begin_item(json, key);

	end_item(json, at ? put_string(&json->text, at, string) : NULL);
}

void bt_json_literal(struct bt_json *json, const char *key, const char *literal)
{
	end_item(json, begin_item(json, key));
	bt_text_add(&json->text, literal);
}

void bt_json_number(struct bt_json *json, const char *key, int64_t number)
{
	char *at = begin_item(json, key);

	end_item(json, at ? bt_put_digits(at, number) : NULL);
}
