/* SPDX-License-Identifier: GPL-2.0-or-later
 * Writing JSON to standard output as it comes.
 */
#include "cli/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { INDENT = 2 };

static void begin_line(const struct json *json)
{
	printf("\n%*s", (int)(json->depth * INDENT), "");
}

/* How many bytes the UTF-8 character at TEXT has; 0 when it is none. */
static size_t character_length(const unsigned char *text)
{
	static const struct {
		unsigned char mask, lead, least; /* least: of the second byte, against overlong */
		size_t length;
	} forms[] = {{0x80, 0x00, 0x00, 1},
		     {0xe0, 0xc0, 0x80, 2},
		     {0xf0, 0xe0, 0x80, 3},
		     {0xf8, 0xf0, 0x80, 4}};
	size_t length = 0;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]) && !length; i++)
		if ((text[0] & forms[i].mask) == forms[i].lead)
			length = forms[i].length;
	for (size_t i = 1; i < length; i++)
		if ((text[i] & 0xc0) != 0x80)
			return 0;
	if (text[0] == 0xc0 || text[0] == 0xc1 || text[0] > 0xf4)
		return 0;
	if ((text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xf0 && text[1] < 0x90) ||
	    (text[0] == 0xed && text[1] > 0x9f) || (text[0] == 0xf4 && text[1] > 0x8f))
		return 0;
	return length;
}

static void print_character(const unsigned char *character, size_t length)
{
	if (length == 0)
		fputs("\\ufffd", stdout);
	else if (character[0] == '"' || character[0] == '\\')
		printf("\\%c", character[0]);
	else if (character[0] == '\n')
		fputs("\\n", stdout);
	else if (character[0] == '\t')
		fputs("\\t", stdout);
	else if (character[0] < ' ' || character[0] == 127)
		printf("\\u%04x", character[0]);
	else
		fwrite(character, 1, length, stdout);
}

static void print_string(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	putchar('"');
	while (*p) {
		size_t length = character_length(p);

		print_character(p, length);
		p += length ? length : 1;
	}
	putchar('"');
}

static void begin_value(struct json *json, const char *key)
{
	if (json->filled)
		putchar(',');
	if (json->depth > 0)
		begin_line(json);
	json->filled = true;
	if (key) {
		print_string(key);
		fputs(": ", stdout);
	}
}

void json_begin(struct json *json, const char *key, char bracket)
{
	begin_value(json, key);
	putchar(bracket);
	json->depth++;
	json->filled = false;
}

void json_end(struct json *json, char bracket)
{
	json->depth--;
	if (json->filled)
		begin_line(json);
	putchar(bracket);
	json->filled = true;
	if (json->depth == 0)
		putchar('\n');
}

void json_text(struct json *json, const char *key, const char *text)
{
	begin_value(json, key);
	if (text)
		print_string(text);
	else
		fputs("null", stdout);
}

void json_text_if(struct json *json, const char *key, const char *text)
{
	if (text)
		json_text(json, key, text);
}

void json_number(struct json *json, const char *key, int64_t number)
{
	begin_value(json, key);
	printf("%" PRId64, number);
}

void json_bool(struct json *json, const char *key, bool value)
{
	begin_value(json, key);
	fputs(value ? "true" : "false", stdout);
}
