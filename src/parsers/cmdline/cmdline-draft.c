/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing command lines word by word: what nobody changes stays as it was, blanks included. */
#include <string.h>

#include "parsers/cmdline/cmdline-write.h"

void bt_cmdline_draft_from(struct bt_cmdline_draft *draft, struct bt_cmdline *texts, size_t count)
{
	draft->texts = texts;
	draft->words = calloc(count + 1, sizeof(*draft->words));
	draft->added = calloc(count + 1, sizeof(*draft->added));
	draft->failed = !draft->words || !draft->added;
	for (; !draft->failed && draft->n_texts < count; draft->n_texts++) {
		draft->words[draft->n_texts] =
			calloc(texts[draft->n_texts].count + 1, sizeof(char *));
		draft->failed = !draft->words[draft->n_texts];
	}
}

void bt_cmdline_draft_release(struct bt_cmdline_draft *draft)
{
	for (size_t i = 0; i < draft->n_texts; i++) {
		for (size_t k = 0; draft->words[i] && k < draft->texts[i].count; k++)
			free(draft->words[i][k]);
		free(draft->words[i]);
		bt_strings_release(&draft->added[i]);
	}
	free(draft->words);
	free(draft->added);
	*draft = (struct bt_cmdline_draft){0};
}

/* Those of WORDS that begin with "KEY=", separated by blanks; "" when there are none. */
static char *chosen(const char *key, const struct bt_strings *words)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < words->count; i++)
		if (bt_has_prefix(words->items[i], key) && words->items[i][strlen(key)] == '=')
			bt_text_addf(&text, "%s%s", text.length ? " " : "", words->items[i]);
	return bt_text_take(&text);
}

static bool is_meant(const struct bt_cmdline_word *word, const char *owner, const char *key)
{
	return bt_cmdline_is(word, key) && bt_equal(word->owner, owner);
}

/* Puts NEW, which is taken over, into the place of the first such word, and removes the others. */
static char *replace(struct bt_cmdline_draft *draft, const char *owner, const char *key, char *new)
{
	for (size_t i = 0; i < draft->n_texts; i++)
		for (size_t k = 0; k < draft->texts[i].count; k++) {
			char **word = &draft->words[i][k];

			if (!is_meant(&draft->texts[i].words[k], owner, key))
				continue;
			free(*word);
			*word = new ? new : strdup("");
			draft->failed = draft->failed || !*word;
			new = NULL;
		}
	return new;
}

static size_t number_of(const struct bt_cmdline_draft *draft, const struct bt_source *source)
{
	for (size_t i = 0; i < draft->n_texts; i++)
		if (draft->texts[i].source == source)
			return i;
	return draft->n_texts - 1;
}

void bt_cmdline_draft_set(struct bt_cmdline_draft *draft, const char *owner, const char *key,
			  const struct bt_strings *words, const struct bt_source *source)
{
	char *new = draft->failed ? NULL : chosen(key, words);

	if (!new) {
		draft->failed = true;
		return;
	}
	new = replace(draft, owner, key, new);
	if (new &&*new &&bt_strings_add(&draft->added[number_of(draft, source)], new) < 0)
		draft->failed = true;
	free(new);
}

/* Between two words: of the blanks around removed ones, those with a line end stay. */
struct gap {
	const char *start;
	size_t length;
};

static bool has_line_end(const struct gap *gap)
{
	return gap->length && memchr(gap->start, '\n', gap->length);
}

static void put_gap(struct bt_text *text, const struct gap *held, const struct gap *gap)
{
	const struct gap *chosen = has_line_end(held) ? held : gap;

	if (text->length || has_line_end(chosen) || !held->start)
		bt_text_add_bytes(text, chosen->start, chosen->length);
}

/* New words stand in a line of their own, unless the whole text is one line. */
static void put_added(struct bt_text *text, const struct bt_strings *added, bool one_line)
{
	bool line_end = text->length && text->data[text->length - 1] == '\n';

	if (!added->count)
		return;
	if (line_end && one_line) {
		text->length--;
		text->data[text->length] = '\0';
	}
	for (size_t i = 0; i < added->count; i++) {
		bool first = i == 0 && (!text->length || (line_end && !one_line));

		bt_text_addf(text, "%s%s", first ? "" : one_line ? " " : "\n", added->items[i]);
	}
	if (line_end || !one_line)
		bt_text_add_char(text, '\n');
}

char *bt_cmdline_draft_text(const struct bt_cmdline_draft *draft, size_t number)
{
	const struct bt_cmdline *cmdline = &draft->texts[number];
	const char *source = cmdline->source->text;
	BT_AUTOTEXT struct bt_text text = {0};
	struct gap held = {0};
	size_t at = 0;
	bool one_line = true;

	if (draft->failed)
		return NULL;
	for (size_t k = 0; k < cmdline->count; k++) {
		const struct bt_cmdline_word *word = &cmdline->words[k];
		const char *new = draft->words[number][k];
		struct gap gap = {source + at, word->offset - at};

		one_line = one_line && word->origin.line == cmdline->words[0].origin.line;
		at = word->offset + word->length;
		if (new && !*new) {
			if (!held.start || !has_line_end(&held))
				held = gap;
			continue;
		}
		put_gap(&text, &held, &gap);
		held = (struct gap){0};
		if (new)
			bt_text_add(&text, new);
		else
			bt_text_add_bytes(&text, source + word->offset, word->length);
	}
	put_gap(&text, &held, &(struct gap){source + at, cmdline->source->length - at});
	put_added(&text, &draft->added[number], one_line);
	return bt_text_take(&text);
}
