/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words of ifcfg files, see ifcfg-word.h. */
#include "parsers/ifcfg/ifcfg-word.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

static const char expansion[] = "an expansion that only a running shell could tell";
static const char unclosed[] = "the quote is not closed";

/* The word as far as it was read. */
struct state {
	const struct bt_source *source;
	enum bt_ifcfg_reading reading;
	size_t at;
	struct bt_text text;
	uint32_t *places;
	size_t size; /* of places */
	const char *fault;
	size_t fault_at;
	bool needs_shell;
	bool no_memory;
};

static bool at_end(const struct state *s)
{
	return s->at >= s->source->length || (s->reading != BT_IFCFG_BASH &&
					      s->source->text[s->at] == '\n');
}

static char here(const struct state *s)
{
	return s->source->text[s->at];
}

static void fail(struct state *s, const char *fault, size_t at)
{
	if (s->fault)
		return;
	s->fault = fault;
	s->fault_at = at;
	s->needs_shell = fault == expansion;
}

static void note_place(struct state *s, size_t place)
{
	if (!BT_MAKE_ROOM(s->places, s->text.length, s->size)) {
		s->no_memory = true;
		return;
	}
	s->places[s->text.length] = (uint32_t)place;
}

/* Adds a byte that stands at PLACE. */
static void put(struct state *s, char c, size_t place)
{
	note_place(s, place);
	if (c == '\0')
		fail(s, "a NUL byte", place);
	else if (!s->no_memory)
		bt_text_add_char(&s->text, c);
}

/* Takes the next byte as it stands. */
static void take(struct state *s)
{
	put(s, here(s), s->at);
	s->at++;
}

/* Takes the quote that ends what the one at OPEN began, where the text has one. */
static void close_quote(struct state *s, size_t open)
{
	if (at_end(s))
		fail(s, unclosed, open);
	else
		s->at++;
}

static void read_single_quoted(struct state *s)
{
	size_t open = s->at++;

	while (!at_end(s) && here(s) != '\'')
		take(s);
	close_quote(s, open);
}

/* A backslash inside double quotes: it stays, unless it takes a meaning away. */
static void read_escape_in_quotes(struct state *s)
{
	size_t place = s->at++;

	if (at_end(s))
		return;
	if (here(s) == '\n') { /* bash joins the lines; NetworkManager ended at the line's end */
		s->at++;
		return;
	}
	if (!strchr("$`\"\\", here(s)))
		put(s, '\\', place);
	put(s, here(s), place);
	s->at++;
}

static void read_double_quoted(struct state *s)
{
	size_t open = s->at++;

	while (!at_end(s) && here(s) != '"') {
		if (here(s) == '\\') {
			read_escape_in_quotes(s);
			continue;
		}
		if (here(s) == '$' || here(s) == '`')
			fail(s, expansion, s->at);
		take(s);
	}
	close_quote(s, open);
}

/* Up to MOST digits of BASE (8 or 16) as the byte that they name. */
static void put_number(struct state *s, unsigned base, unsigned most, size_t place)
{
	unsigned number = 0;

	for (unsigned i = 0; i < most && !at_end(s); i++, s->at++) {
		char c = (char)tolower((unsigned char)here(s));
		unsigned digit = isdigit((unsigned char)c) ? (unsigned)(c - '0')
				 : c >= 'a' && c <= 'f'	   ? (unsigned)(c - 'a') + 10
							   : 99;

		if (digit >= base)
			break;
		number = number * base + digit;
	}
	put(s, (char)number, place);
}

/* An escape of $'...': letters as in C, numbers, or the character itself. */
static void read_ansi_escape(struct state *s)
{
	static const char letters[] = "abeEfnrtv\\'\"?";
	static const char meanings[] = "\a\b\033\033\f\n\r\t\v\\'\"?";
	size_t place = s->at++;

	if (at_end(s))
		return;

	const char *letter = strchr(letters, here(s));

	if (here(s) && letter) {
		put(s, meanings[letter - letters], place);
		s->at++;
	} else if (here(s) == 'x') {
		s->at++;
		put_number(s, 16, 2, place);
	} else if (here(s) >= '0' && here(s) <= '7') {
		put_number(s, 8, 3, place);
	} else {
		put(s, '\\', place);
		put(s, here(s), place);
		s->at++;
	}
}

static void read_ansi_quoted(struct state *s)
{
	size_t open = s->at;

	s->at += 2;
	while (!at_end(s) && here(s) != '\'') {
		if (here(s) == '\\') {
			read_ansi_escape(s);
			continue;
		}
		take(s);
	}
	close_quote(s, open);
}

static void read_escape(struct state *s)
{
	size_t place = s->at++;

	if (at_end(s)) {
		fail(s, "a backslash at the end of the line", place);
		return;
	}
	if (here(s) != '\n') /* bash goes on in the next line */
		put(s, here(s), place);
	s->at++;
}

/* A character outside of quotes that is no part of the word; false when it is. */
static bool ends_word(const struct state *s)
{
	char c = here(s);

	bool last = s->at + 1 >= s->source->length;

	return c == ' ' || c == '\t' || c == '\n' || c == ';' ||
	       (c == '\r' && (last || s->source->text[s->at + 1] == '\n'));
}

/* `...` and $(...): blanks inside are no end of the word. */
static void skip_substitution(struct state *s, char close)
{
	fail(s, expansion, s->at);
	for (s->at++; !at_end(s) && here(s) != close && here(s) != '\n'; s->at++)
		;
	if (!at_end(s) && here(s) == close)
		s->at++;
}

static void read_plain(struct state *s)
{
	char c = here(s);
	char next = s->at + 1 < s->source->length ? s->source->text[s->at + 1] : '\0';

	if (c == '`' || (c == '$' && next == '(')) {
		skip_substitution(s, c == '`' ? '`' : ')');
		return;
	}
	if (c == '$' && (isalnum((unsigned char)next) || strchr("_{@*#?$!-\"", next)))
		fail(s, expansion, s->at);
	else if (strchr("|&()<>", c) && c)
		fail(s, "a character that means something to the shell, not quoted", s->at);
	take(s);
}

static void read_piece(struct state *s)
{
	switch (here(s)) {
	case '\'':
		read_single_quoted(s);
		break;
	case '"':
		read_double_quoted(s);
		break;
	case '\\':
		read_escape(s);
		break;
	default:
		if (here(s) == '$' && s->at + 1 < s->source->length &&
		    s->source->text[s->at + 1] == '\'')
			read_ansi_quoted(s);
		else
			read_plain(s);
	}
}

/*
 * wicked takes everything up to the quote that the value begins with, else up to the first blank.
 * A value without quotes it wants to see ended, and be it by the line end.
 */
static void read_wicked(struct state *s)
{
	size_t open = s->at;
	char quote = !at_end(s) && (here(s) == '"' || here(s) == '\'') ? here(s) : '\0';

	s->at += quote != '\0';
	while (!at_end(s) && (quote ? here(s) != quote : !isspace((unsigned char)here(s))))
		take(s);
	if (quote)
		close_quote(s, open);
	else if (s->at >= s->source->length)
		fail(s, "neither quotes nor a line end behind it", open);
}

void bt_ifcfg_word_release(struct bt_ifcfg_word *word)
{
	free(word->text);
	free(word->places);
	*word = (struct bt_ifcfg_word){0};
}

int bt_ifcfg_read_word(const struct bt_source *source, size_t at, enum bt_ifcfg_reading reading,
		       struct bt_ifcfg_word *ret_word)
{
	struct state s = {.source = source, .reading = reading, .at = at};
	size_t bad;

	if (reading == BT_IFCFG_WICKED)
		read_wicked(&s);
	else
		while (!at_end(&s) && !ends_word(&s) && !s.no_memory)
			read_piece(&s);
	note_place(&s, s.at);
	if (s.text.length && !bt_utf8_valid(s.text.data, s.text.length, &bad))
		fail(&s, "not UTF-8", s.places[bad]);

	char *text = bt_text_take(&s.text);

	if (!text || s.no_memory) {
		free(text);
		free(s.places);
		return -ENOMEM;
	}
	*ret_word = (struct bt_ifcfg_word){
		.text = text,
		.places = s.places,
		.end = s.at,
		.fault = s.fault,
		.fault_at = s.fault_at,
		.needs_shell = s.needs_shell,
	};
	return 0;
}
