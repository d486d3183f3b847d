/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Command lines to words, and values to their fields; see cmdline-syntax.h. */
#include "parsers/cmdline/cmdline-syntax.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

void bt_cmdline_release(struct bt_cmdline *cmdline)
{
	free(cmdline->words);
	*cmdline = (struct bt_cmdline){0};
}

/* Blanks, line ends, and control characters that no word may hold. */
static bool is_blank(char c)
{
	return (unsigned char)c <= ' ';
}

static int add_word(struct bt_cmdline *cmdline, const struct bt_cmdline_word *word)
{
	if (!BT_MAKE_ROOM(cmdline->words, cmdline->count, cmdline->size))
		return -ENOMEM;
	cmdline->words[cmdline->count++] = *word;
	return 0;
}

/* The length of the word at TEXT; *ret_open: a quote is not closed in its line. */
static size_t word_length(const char *text, const char *end, bool *ret_open)
{
	bool inside = false;
	const char *p = text;

	for (; p < end && *p != '\n' && (inside || !is_blank(*p)); p++)
		if (*p == '"')
			inside = !inside;
	*ret_open = inside;
	return (size_t)(p - text);
}

/* Takes away a quote at the start of PART, and the one at its end that belongs to it. */
static bool unquote(struct bt_cmdline_part *part)
{
	if (!part->length || *part->start != '"')
		return false;
	part->start++;
	part->length--;
	if (part->length && part->start[part->length - 1] == '"')
		part->length--;
	return true;
}

/* The word of LENGTH bytes at TEXT, divided at its first '='. */
static struct bt_cmdline_word divide(const char *text, size_t length)
{
	struct bt_cmdline_word word = {.key = {.start = text, .length = length}};
	const char *equals;

	word.quoted = unquote(&word.key);
	equals = memchr(word.key.start, '=', word.key.length);
	if (!equals)
		return word;
	word.has_value = true;
	word.value.start = equals + 1;
	word.value.length = (size_t)(word.key.start + word.key.length - word.value.start);
	word.key.length = (size_t)(equals - word.key.start);
	word.quoted = unquote(&word.value) || word.quoted;
	return word;
}

int bt_cmdline_parse(const struct bt_source *source, struct bt_cmdline *ret_cmdline)
{
	struct bt_cmdline cmdline = {.source = source, .first_control = SIZE_MAX};
	const char *end = source->text + source->length;
	const char *line = source->text;
	unsigned number = 1;
	int r = 0;

	for (const char *p = source->text; r == 0 && p < end;) {
		struct bt_cmdline_word word;
		size_t length;
		bool open;

		if (is_blank(*p)) {
			if (*p != ' ' && *p != '\t' && *p != '\n' &&
			    cmdline.first_control == SIZE_MAX)
				cmdline.first_control = (size_t)(p - source->text);
			if (*p++ == '\n') {
				line = p;
				number++;
			}
			continue;
		}
		length = word_length(p, end, &open);
		word = divide(p, length);
		word.quoted = word.quoted || open;
		word.offset = (size_t)(p - source->text);
		word.length = length;
		word.origin = (struct bt_origin){source, number, (unsigned)(p - line) + 1,
						 (unsigned)length};
		r = add_word(&cmdline, &word);
		p += length;
	}
	if (r < 0)
		bt_cmdline_release(&cmdline);
	else
		*ret_cmdline = cmdline;
	return r;
}

bool bt_cmdline_part_is(const struct bt_cmdline_part *part, const char *text)
{
	return strlen(text) == part->length && memcmp(part->start, text, part->length) == 0;
}

bool bt_cmdline_is(const struct bt_cmdline_word *word, const char *key)
{
	return bt_cmdline_part_is(&word->key, key);
}

/* Takes away brackets around PART; CLOSE is where the first bracket was closed. */
static void unbracket(struct bt_cmdline_part *part, const char *close)
{
	if (part->length < 2 || *part->start != '[' || close != part->start + part->length - 1)
		return;
	part->start++;
	part->length -= 2;
	part->bracketed = true;
}

bool bt_cmdline_next(struct bt_cmdline_part *rest, char separator, struct bt_cmdline_part *ret_part)
{
	struct bt_cmdline_part part = {.start = rest->start};
	const char *close = NULL;
	unsigned depth = 0;

	if (!rest->start)
		return false;
	for (; part.length < rest->length; part.length++) {
		char c = rest->start[part.length];

		if (depth == 0 && c == separator)
			break;
		depth += c == '[';
		if (c == ']' && depth > 0 && --depth == 0 && !close)
			close = rest->start + part.length;
	}
	if (part.length < rest->length) {
		rest->start += part.length + 1;
		rest->length -= part.length + 1;
	} else {
		*rest = (struct bt_cmdline_part){0};
	}
	unbracket(&part, close);
	*ret_part = part;
	return true;
}

struct bt_cmdline_fields bt_cmdline_split(const struct bt_cmdline_word *word, size_t most)
{
	struct bt_cmdline_fields fields = {.rest = word->value};

	while (fields.count < most &&
	       bt_cmdline_next(&fields.rest, ':', &fields.parts[fields.count]))
		fields.count++;
	return fields;
}

char *bt_cmdline_text(const struct bt_cmdline_part *part)
{
	return strndup(part->start ? part->start : "", part->length);
}

struct bt_origin bt_cmdline_place(const struct bt_cmdline *cmdline,
				  const struct bt_cmdline_word *word,
				  const struct bt_cmdline_part *part)
{
	uintptr_t start = (uintptr_t)(cmdline->source->text + word->offset);
	uintptr_t here = (uintptr_t)part->start;

	if (here < start || here > start + word->length)
		return word->origin;
	return bt_origin_part(&word->origin, here - start, part->length);
}
