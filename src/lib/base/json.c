/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing JSON, see json.h. */
#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void begin_line(struct bt_json *json)
{
	bt_text_add_char(&json->text, '\n');
	bt_text_fill(&json->text, ' ', (size_t)json->depth * 2);
}

/* What may stand in a string as it is and needs no look at its encoding. */
static const bool is_plain[256] = {
	[' ' ... '!'] = true, ['#' ... '['] = true, [']' ... 0x7f] = true};

static size_t plain_length(const char *string)
{
	const unsigned char *p = (const unsigned char *)string;

	while (is_plain[*p])
		p++;
	return (size_t)(p - (const unsigned char *)string);
}

static void add_escape(struct bt_text *text, char c)
{
	static const char letters[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	for (const char *p = letters; *p; p += 2)
		if (*p == c) {
			bt_text_addf(text, "\\%c", p[1]);
			return;
		}
	bt_text_addf(text, "\\u%04X", (unsigned char)c);
}

static void add_valid(struct bt_text *text, const char *string)
{
	for (; *string; string++) {
		if ((unsigned char)*string < ' ' || *string == '"' || *string == '\\')
			add_escape(text, *string);
		else
			bt_text_add_char(text, *string);
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

static void add_string(struct bt_text *text, const char *string)
{
	size_t plain = plain_length(string); /* nearly always all of it */

	bt_text_add_char(text, '"');
	bt_text_add_bytes(text, string, plain);
	if (string[plain])
		add_any(text, string + plain);
	bt_text_add_char(text, '"');
}

/* What stands before an item: the comma behind the last one, the line's beginning, the key. */
static void begin_item(struct bt_json *json, const char *key)
{
	if (json->begun)
		bt_text_add_char(&json->text, ',');
	if (json->pretty && json->depth)
		begin_line(json);
	else if (json->begun)
		bt_text_add_char(&json->text, ' ');
	json->begun = true;
	if (!key)
		return;
	add_string(&json->text, key);
	bt_text_add_char(&json->text, ':');
	bt_text_add_char(&json->text, ' ');
}

void bt_json_open(struct bt_json *json, const char *key, char brace)
{
	begin_item(json, key);
	bt_text_add_char(&json->text, brace);
	json->begun = false;
	json->depth++;
}

void bt_json_close(struct bt_json *json, char brace)
{
	json->depth--;
	if (json->begun && json->pretty)
		begin_line(json);
	bt_text_add_char(&json->text, brace);
	json->begun = true;
}

void bt_json_string(struct bt_json *json, const char *key, const char *string)
{
	begin_item(json, key);
	add_string(&json->text, string);
}

void bt_json_literal(struct bt_json *json, const char *key, const char *literal)
{
	begin_item(json, key);
	bt_text_add(&json->text, literal);
}

void bt_json_number(struct bt_json *json, const char *key, int64_t number)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRId64, number);
	bt_json_literal(json, key, digits);
}
