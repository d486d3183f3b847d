/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing lines of /etc/network/interfaces, see interfaces-draft.h. */
#include "parsers/interfaces/interfaces-draft.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

void bt_eni_draft_release(struct bt_eni_draft *draft)
{
	for (size_t i = 0; draft->lines && i < draft->text->n_lines; i++) {
		free(draft->lines[i].content);
		bt_text_release(&draft->lines[i].before);
		bt_text_release(&draft->lines[i].behind);
	}
	free(draft->lines);
	bt_text_release(&draft->end);
	*draft = (struct bt_eni_draft){0};
}

int bt_eni_draft_from(struct bt_eni_draft *draft, const struct bt_eni_text *text)
{
	draft->text = text;
	draft->lines = calloc(text->n_lines + 1, sizeof(*draft->lines));
	return draft->lines ? 0 : -ENOMEM;
}

void bt_eni_draft_remove(struct bt_eni_draft *draft, size_t line)
{
	draft->lines[line].gone = true;
}

static void set_content(struct bt_eni_draft *draft, size_t line, struct bt_text *content)
{
	char *text = bt_text_take(content);

	draft->failed |= !text;
	if (!text)
		return;
	free(draft->lines[line].content);
	draft->lines[line].content = text;
}

/* What the line is so far; a line that was joined of several becomes one. */
static char *content_of(const struct bt_eni_draft *draft, size_t line,
			const struct bt_eni_words *words)
{
	const struct bt_eni_line *original = &draft->text->lines[line];

	if (draft->lines[line].content)
		return strdup(draft->lines[line].content);
	if (words->n_pieces > 1)
		return strdup(words->joined.data ? words->joined.data : "");
	return strndup(draft->text->source->text + original->offset, original->length);
}

void bt_eni_draft_replace(struct bt_eni_draft *draft, size_t line, const struct bt_eni_words *words,
			  size_t first, size_t count, const char *value)
{
	BT_AUTOTEXT struct bt_text content = {0};
	BT_AUTOFREE char *was = NULL;
	size_t from, to;

	if (first >= words->count)
		return;
	free(draft->lines[line].content);
	draft->lines[line].content = NULL;
	was = content_of(draft, line, words);
	draft->failed |= !was;
	if (!was)
		return;
	from = bt_eni_start(words, first);
	to = words->length;
	if (count < words->count - first)
		to = bt_eni_start(words, first + count - 1) +
		     strlen(bt_eni_word(words, first + count - 1));
	bt_text_add_bytes(&content, was, from);
	bt_text_add(&content, value);
	bt_text_add(&content, was + to);
	set_content(draft, line, &content);
}

static const char white[] = " \t\r\n\f\v";

size_t bt_eni_draft_swap(struct bt_eni_draft *draft, size_t line, const struct bt_eni_words *words,
			 const char *word, const char *other)
{
	BT_AUTOTEXT struct bt_text content = {0};
	BT_AUTOFREE char *was = content_of(draft, line, words);
	size_t length = strlen(word), left = 0, blanks = 0;
	const char *gap = NULL; /* before a first word that is gone, for the one behind it */

	draft->failed |= !was;
	for (const char *p = was, *at; p && *p; p = at + strcspn(at, white)) {
		size_t size;
		bool found;

		at = p + strspn(p, white);
		size = strcspn(at, white);
		found = left && size == length && memcmp(at, word, length) == 0;
		if (found && !other) {
			blanks = left == 1 && !gap ? (size_t)(at - p) : blanks;
			gap = left == 1 && !gap ? p : gap;
			continue;
		}
		bt_text_add_bytes(&content, gap ? gap : p, gap ? blanks : (size_t)(at - p));
		bt_text_add_bytes(&content, found ? other : at, found ? strlen(other) : size);
		gap = NULL;
		left += size > 0;
	}
	if (was)
		set_content(draft, line, &content);
	return left;
}

void bt_eni_draft_append(struct bt_eni_draft *draft, size_t line, const struct bt_eni_words *words,
			 const char *word)
{
	BT_AUTOFREE char *was = content_of(draft, line, words);
	BT_AUTOTEXT struct bt_text content = {0};
	static const char none[] = " none";
	size_t end = words->length, kept; /* the end is before a comment */

	draft->failed |= !was;
	if (!was)
		return;
	if (draft->lines[line].content || words->n_pieces > 1)
		end = strlen(was);
	kept = end;
	if (end >= strlen(none) && memcmp(was + end - strlen(none), none, strlen(none)) == 0)
		kept -= strlen(none);
	bt_text_addf(&content, "%.*s %s%s", (int)kept, was, word, was + end);
	set_content(draft, line, &content);
}

void bt_eni_draft_add_before(struct bt_eni_draft *draft, size_t line, const char *lines)
{
	bt_text_add(&draft->lines[line].before, lines);
}

void bt_eni_draft_add_behind(struct bt_eni_draft *draft, size_t line, const char *lines)
{
	bt_text_add(&draft->lines[line].behind, lines);
}

/* Where in the source the first line begins that the LINE is made of. */
static size_t start_of(const struct bt_eni_text *text, size_t line)
{
	size_t at = line < text->n_lines ? text->lines[line].offset : text->source->length;

	while (line < text->n_lines && at && text->source->text[at - 1] != '\n')
		at--;
	return at;
}

char *bt_eni_draft_indent(const struct bt_eni_draft *draft, size_t line)
{
	size_t start = start_of(draft->text, line);

	return strndup(draft->text->source->text + start, draft->text->lines[line].offset - start);
}

/* Lines need an end before others can follow. */
static void add_lines(struct bt_text *text, const struct bt_text *lines)
{
	if (!lines->length)
		return;
	if (text->length && text->data[text->length - 1] != '\n')
		bt_text_add_char(text, '\n');
	bt_text_add_bytes(text, lines->data, lines->length);
	text->failed |= lines->failed;
}

static void add_line(struct bt_text *text, const struct bt_eni_draft *draft, size_t number)
{
	const char *source = draft->text->source->text;
	const struct bt_eni_line *original = &draft->text->lines[number];
	const struct bt_eni_draft_line *line = &draft->lines[number];
	size_t start = start_of(draft->text, number), end = start_of(draft->text, number + 1);
	size_t behind = original->offset + original->length;

	add_lines(text, &line->before);
	if (!line->gone && !line->content) {
		bt_text_add_bytes(text, source + start, end - start);
	} else if (!line->gone) {
		bt_text_add_bytes(text, source + start, original->offset - start);
		bt_text_add(text, line->content);
		bt_text_add_bytes(text, source + behind, end - behind);
	}
	add_lines(text, &line->behind);
}

char *bt_eni_draft_text(const struct bt_eni_draft *draft)
{
	BT_AUTOTEXT struct bt_text text = {0};

	bt_text_add_bytes(&text, draft->text->source->text, start_of(draft->text, 0));
	for (size_t i = 0; i < draft->text->n_lines; i++)
		add_line(&text, draft, i);
	add_lines(&text, &draft->end);
	return draft->failed ? NULL : bt_text_take(&text);
}
