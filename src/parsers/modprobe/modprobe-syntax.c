/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Taking a file of modprobe.d apart, see modprobe-syntax.h. */
#include "parsers/modprobe/modprobe-syntax.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

void bt_modprobe_release(struct bt_modprobe *modprobe)
{
	for (size_t i = 0; i < modprobe->count; i++) {
		free(modprobe->lines[i].text);
		free(modprobe->lines[i].places);
	}
	free(modprobe->lines);
	*modprobe = (struct bt_modprobe){0};
}

static struct bt_modprobe_line *add_line(struct bt_modprobe *modprobe)
{
	if (!BT_MAKE_ROOM(modprobe->lines, modprobe->count, modprobe->size))
		return NULL;

	struct bt_modprobe_line *line = &modprobe->lines[modprobe->count++];

	*line = (struct bt_modprobe_line){0};
	return line;
}

/* Whether a backslash at AT joins the next line to this one. */
static bool is_joint(const struct bt_source *source, size_t at)
{
	return source->text[at] == '\\' && at + 1 < source->length &&
	       source->text[at + 1] == '\n';
}

/* Where the line that begins at START ends, the lines that are joined to it included. */
static size_t end_of(const struct bt_source *source, size_t start)
{
	size_t at = start;

	while (at < source->length && source->text[at] != '\n')
		at += is_joint(source, at) ? 2 : 1;
	return at < source->length ? at : source->length;
}

/* Copies the line without what joins it; a backslash before another character just vanishes. */
static void fill(struct bt_modprobe_line *line, const struct bt_source *source, size_t start,
		 size_t end)
{
	for (size_t at = start; at < end && !line->nul; at++) {
		if (is_joint(source, at)) {
			at++;
			continue;
		}
		if (source->text[at] == '\\' && at + 1 < end)
			at++;
		line->nul = source->text[at] == '\0';
		line->places[line->length] = (uint32_t)at;
		line->text[line->length] = source->text[at];
		line->length += !line->nul;
	}
	line->carriage_return = line->length && line->text[line->length - 1] == '\r';
	line->length -= line->carriage_return;
	line->text[line->length] = '\0';
	line->places[line->length] = (uint32_t)end;
}

int bt_modprobe_parse(const struct bt_source *source, struct bt_modprobe *ret_modprobe)
{
	BT_AUTOMODPROBE struct bt_modprobe modprobe = {.source = source};

	for (size_t start = 0; start < source->length;) {
		size_t end = end_of(source, start);
		struct bt_modprobe_line *line = add_line(&modprobe);

		if (!line)
			return -ENOMEM;
		line->text = malloc(end - start + 1);
		line->places = reallocarray(NULL, end - start + 1, sizeof(*line->places));
		if (!line->text || !line->places)
			return -ENOMEM;
		fill(line, source, start, end);
		start = end + 1;
	}
	*ret_modprobe = modprobe;
	modprobe = (struct bt_modprobe){0};
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool next_word(const struct bt_modprobe_line *line, size_t *at, bool quoting,
		      struct bt_modprobe_word *ret_word)
{
	bool quoted = false;
	size_t end;

	while (*at < line->length && is_blank(line->text[*at]))
		++*at;
	for (end = *at; end < line->length && (quoted || !is_blank(line->text[end])); end++)
		if (quoting && line->text[end] == '"')
			quoted = !quoted;
	*ret_word = (struct bt_modprobe_word){*at, end - *at};
	*at = end;
	return ret_word->length > 0;
}

bool bt_modprobe_next(const struct bt_modprobe_line *line, size_t *at,
		      struct bt_modprobe_word *ret_word)
{
	return next_word(line, at, false, ret_word);
}

bool bt_modprobe_next_quoted(const struct bt_modprobe_line *line, size_t *at,
			     struct bt_modprobe_word *ret_word)
{
	return next_word(line, at, true, ret_word);
}

bool bt_modprobe_is(const struct bt_modprobe_line *line, const struct bt_modprobe_word *word,
		    const char *text)
{
	return strlen(text) == word->length &&
	       memcmp(line->text + word->at, text, word->length) == 0;
}

bool bt_modprobe_is_blank(const struct bt_modprobe_line *line)
{
	struct bt_modprobe_word word;
	size_t at = 0;

	return !bt_modprobe_next(line, &at, &word) || line->text[word.at] == '#';
}

struct bt_origin bt_modprobe_place(const struct bt_modprobe *modprobe,
				   const struct bt_modprobe_line *line, size_t at, size_t length)
{
	size_t from = line->places[at];
	size_t to = length ? (size_t)line->places[at + length - 1] + 1 : from;

	return bt_origin_at(modprobe->source, from, to - from);
}
