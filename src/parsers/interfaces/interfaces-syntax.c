/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts of /etc/network/interfaces to lines. Their words are in interfaces-words.c. */
#include "parsers/interfaces/interfaces-syntax.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

enum {
	JUNK_SHOWN = 20,     /* lines that are no text and are reported one by one */
	PLAIN_LENGTH = 4000, /* bytes of a plain line: less than any tool takes */
};

/* What a byte is to a line. */
enum byte {
	IN_WORD,
	BLANK,
	LINE_END, /* or that of the text */
	MARK,	  /* '\' or '#', which may join the line or begin a comment: it is not plain */
};

/* What is being taken apart. */
struct parsing {
	struct bondtool *bt;
	struct bt_eni_text *text;
	const char *start, *end; /* of the source's text */
	bool clean;		 /* the whole text is: no NUL bytes, valid UTF-8 */
	unsigned junk;		 /* lines that are no text */
	uint8_t bytes[UCHAR_MAX + 1]; /* enum byte */
	uint64_t initials;	 /* of the dialect's keywords: most lines begin with another one */
};

/* A bit for a letter. */
static uint64_t initial(char c)
{
	return UINT64_C(1) << ((unsigned char)c % 64);
}

void bt_eni_text_release(struct bt_eni_text *text)
{
	free(text->lines);
	free(text->words);
	free(text->starts);
	*text = (struct bt_eni_text){0};
}

struct bt_origin bt_eni_line_origin(const struct bt_eni_text *text, const struct bt_eni_line *line)
{
	const char *start = text->source->text + line->offset;
	const char *before = start;
	const char *newline = memchr(start, '\n', line->length);

	while (before > text->source->text && before[-1] != '\n')
		before--;
	return (struct bt_origin){
		.source = text->source,
		.line = line->number,
		.column = (unsigned)(start - before) + 1,
		.length = bt_marked(newline ? (size_t)(newline - start) : line->length),
	};
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && *p != '\n' && (bt_is_space(*p) || !*p))
		p++;
	return p;
}

static const char *trim_back(const char *start, const char *end)
{
	while (end > start && (bt_is_space(end[-1]) || !end[-1]))
		end--;
	return end;
}

static const char *newline_or_end(const char *p, const char *end)
{
	const char *newline = memchr(p, '\n', (size_t)(end - p));

	return newline ? newline : end;
}

/* Whether the '\' at P is itself behind an uneven number of others. */
static bool is_escaped(const char *start, const char *p)
{
	size_t count = 0;

	while (p > start && *--p == '\\')
		count++;
	return count % 2;
}

/* The '#' that begins a comment between START and END, or NULL. */
static const char *find_comment(const char *start, const char *end)
{
	for (const char *p = start; (p = memchr(p, '#', (size_t)(end - p))); p++)
		if (p == start || p[-1] != '\\')
			return p;
	return NULL;
}

/* Behind the white space at NEWLINE, line ends included: where tools that join anywhere go on. */
static const char *behind_blanks(const struct parsing *parsing, const char *start,
				 const char *newline)
{
	const char *last = trim_back(start, newline);
	const char *next = newline;

	if (last == start)
		return NULL;
	while (next < parsing->end && bt_is_space(*next))
		next++;
	return last[-1] == '\\' || (next < parsing->end && *next == '\\') ? next : NULL;
}

/* Where the line from START to its NEWLINE goes on; NULL when it ends there. */
static const char *next_part(const struct parsing *parsing, const char *start,
			     const char *newline)
{
	const char *last = newline;

	switch (parsing->text->dialect->joining) {
	case BT_ENI_JOIN_ANYWHERE:
		return behind_blanks(parsing, start, newline);
	case BT_ENI_JOIN_AND_CUT:
		if (find_comment(start, newline))
			return NULL;
		if (last > start && last[-1] == '\r')
			last--;
		if (last == start || is_escaped(start, last - 1))
			return NULL;
		break;
	case BT_ENI_JOIN_AT_END:
		break;
	}
	return *start != '#' && last > start && last[-1] == '\\' ? newline + 1 : NULL;
}

/*
 * The end of the line from START to NEWLINE: white space is cut off, but not the line end behind a
 * '\', with which a line may go on into nothing.
 */
static const char *end_of_line(const char *start, const char *newline)
{
	const char *end = trim_back(start, newline);

	if (end == start || end[-1] != '\\')
		return end;
	if (newline - end >= 1 && end[0] == '\n')
		return end + 1;
	return newline - end >= 2 && end[0] == '\r' && end[1] == '\n' ? end + 2 : end;
}

/* A '\' that is meant to join lines but does not, because white space follows it. */
static void warn_of_lost_join(struct parsing *parsing, const struct bt_eni_line *line,
			      const char *newline)
{
	const struct bt_eni_text *text = parsing->text;
	const char *start = parsing->start + line->offset;
	const char *last = start + line->length - 1;
	struct bt_origin origin;
	BT_AUTOFREE char *rule = NULL;

	if (text->dialect->joining == BT_ENI_JOIN_ANYWHERE || line->kind == BT_ENI_COMMENT ||
	    *last != '\\' || last + 1 == newline)
		return;
	rule = bt_format("%s/continuation", text->dialect->name);
	origin = bt_origin_at(text->source, (size_t)(last - parsing->start), 1);
	bt_diag(parsing->bt, BONDTOOL_WARNING, rule ? rule : "", &origin,
		"remove what follows the '\\'",
		"'\\' with white space behind it does not continue the line: %s takes it as text",
		text->dialect->tool);
}

static void report_junk(struct parsing *parsing, const struct bt_eni_line *line)
{
	const struct bt_eni_text *text = parsing->text;
	const char *start = parsing->start + line->offset;
	BT_AUTOFREE char *rule = bt_format("%s/not-text", text->dialect->name);
	const char *nul = memchr(start, '\0', line->length);
	size_t bad = 0;
	struct bt_origin origin;

	if (++parsing->junk > JUNK_SHOWN || !rule)
		return;
	if (nul)
		bad = (size_t)(nul - start);
	else
		bt_utf8_valid(start, line->length, &bad);
	origin = bt_origin_at(text->source, line->offset + bad, 1);
	bt_diag(parsing->bt, BONDTOOL_ERROR, rule, &origin, NULL,
		parsing->junk == JUNK_SHOWN ? "%s; further such lines are left out without a word"
					    : "%s; the line is left out",
		nul ? "the line holds a NUL byte" : "the line is not valid UTF-8");
}

static bool is_junk(const struct parsing *parsing, const struct bt_eni_line *line)
{
	const char *start = parsing->start + line->offset;
	size_t bad;

	return !parsing->clean && (memchr(start, '\0', line->length) ||
				   !bt_utf8_valid(start, line->length, &bad));
}

/* Whether the line's first word, which white space, '\\' or the end follows, is the keyword. */
static bool is_keyword(const struct bt_eni_keyword *keyword, const char *word)
{
	const char *p = keyword->word;

	while (*p && *p == *word) {
		p++;
		word++;
	}
	return !*p && keyword->prefix != (!*word || bt_is_space(*word) || *word == '\\');
}

/* The keyword that the line begins with, or an option. */
static enum bt_eni_kind kind_of_word(const struct parsing *parsing, const char *word)
{
	if (!(parsing->initials & initial(*word)))
		return BT_ENI_OPTION;
	for (const struct bt_eni_keyword *k = parsing->text->dialect->keywords; k->word; k++)
		if (*k->word == *word && is_keyword(k, word))
			return k->kind;
	return BT_ENI_OPTION;
}

static enum bt_eni_kind kind_of(const struct parsing *parsing, const char *word, size_t length)
{
	if (!length)
		return BT_ENI_BLANK;
	if (*word == '#' || (parsing->text->dialect->letters_only &&
			     !isalpha((unsigned char)*word)))
		return BT_ENI_COMMENT;
	return kind_of_word(parsing, word);
}

static int add_line(struct bt_eni_text *text, const struct bt_eni_line *line)
{
	if (text->n_lines == text->size) {
		/* A line of such a file has some 20 bytes. */
		size_t size = text->size ? text->size * 2 : text->source->length / 16 + 8;
		struct bt_eni_line *lines = reallocarray(text->lines, size, sizeof(*lines));

		if (!lines)
			return -ENOMEM;
		text->lines = lines;
		text->size = size;
	}
	text->lines[text->n_lines++] = *line;
	text->n_interfaces += line->kind == BT_ENI_IFACE;
	return 0;
}

static void check_line(struct parsing *parsing, struct bt_eni_line *line, const char *newline)
{
	const struct bt_eni_dialect *dialect = parsing->text->dialect;

	if (is_junk(parsing, line)) {
		report_junk(parsing, line);
		line->kind = BT_ENI_COMMENT;
	}
	if (line->length && newline < parsing->end)
		warn_of_lost_join(parsing, line, newline);
	if (dialect->longest && line->length > dialect->longest && line->kind != BT_ENI_COMMENT) {
		BT_AUTOFREE char *rule = bt_format("%s/long-line", dialect->name);
		struct bt_origin origin = bt_eni_line_origin(parsing->text, line);

		bt_diag(parsing->bt, BONDTOOL_ERROR, rule ? rule : "", &origin, NULL,
			"%s cuts a line of more than %zu bytes in two", dialect->tool,
			dialect->longest);
	}
}

static uint32_t count_lines(const char *start, const char *end)
{
	uint32_t count = 0;

	for (const char *p = start; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		count++;
	return count;
}

/* The end of the line from START, which may have several parts, whose line ends it counts. */
static const char *join_parts(const struct parsing *parsing, const char *start, uint32_t *number)
{
	const char *newline = newline_or_end(start, parsing->end);

	for (const char *part = start; newline < parsing->end;) {
		part = next_part(parsing, part, newline);
		if (!part)
			break;
		*number += count_lines(newline, part);
		newline = newline_or_end(part, parsing->end);
	}
	return newline;
}

static int grow_starts(struct bt_eni_text *text)
{
	/* A word of such a file has some 7 bytes, and a blank or two. */
	size_t size = text->size_starts ? text->size_starts * 2 : text->source->length / 7 + 8;
	uint16_t *starts = reallocarray(text->starts, size, sizeof(*starts));

	if (!starts)
		return -ENOMEM;
	text->starts = starts;
	text->size_starts = size;
	return 0;
}

/* A line that is being taken, from START to NEWLINE; its length is without blanks at its end. */
struct taken {
	const char *start, *newline;
	size_t length, n_words;
};

/*
 * Takes down the words of the line and where it ends, if it is plain; else its newline stays NULL.
 * 0 or -ENOMEM.
 */
static int find_words(const struct parsing *parsing, struct taken *taken)
{
	const uint8_t *bytes = parsing->bytes, *at = (const uint8_t *)taken->start;
	struct bt_eni_text *text = parsing->text;
	char *words = text->words + (taken->start - parsing->start);
	size_t n = text->n_starts, i = 0, end = 0;

	while (bytes[at[i]] == IN_WORD) {
		if (n == text->size_starts && grow_starts(text) < 0)
			return -ENOMEM;
		text->starts[n++] = (uint16_t)i;
		do
			i++;
		while (bytes[at[i]] == IN_WORD);
		end = i;
		while (bytes[at[i]] == BLANK)
			i++;
		if (bytes[at[end]] != MARK)
			words[end] = '\0';
	}
	if (bytes[at[i]] != LINE_END || end > PLAIN_LENGTH)
		return 0;
	taken->newline = taken->start + i;
	taken->length = end;
	taken->n_words = n - text->n_starts;
	text->n_starts = n;
	return 0;
}

/* Whether the line, plain so far, goes on with a '\' on the next one. */
static bool is_continued(const struct parsing *parsing, const struct taken *taken)
{
	return parsing->text->dialect->joining == BT_ENI_JOIN_ANYWHERE &&
	       taken->newline < parsing->end &&
	       behind_blanks(parsing, taken->start, taken->newline);
}

/*
 * Takes the line at *WHERE and moves behind it, counting lines in *NUMBER. All but a few are plain
 * and are looked through once; the others are joined and cut as each tool does.
 */
static int parse_line(struct parsing *parsing, const char **where, uint32_t *number)
{
	struct taken taken = {.start = skip_blanks(*where, parsing->end)};
	struct bt_eni_line line;
	uint32_t first = *number;
	bool plain;

	if (parsing->clean && find_words(parsing, &taken) < 0)
		return -ENOMEM;
	plain = taken.newline && !is_continued(parsing, &taken);
	if (!plain) {
		taken.newline = join_parts(parsing, taken.start, number);
		taken.length = (size_t)(end_of_line(taken.start, taken.newline) - taken.start);
		taken.n_words = 0;
	}
	++*number;
	line = (struct bt_eni_line){
		.offset = (uint32_t)(taken.start - parsing->start),
		.length = (uint32_t)taken.length,
		.number = first,
		.first_word = (uint32_t)(parsing->text->n_starts - taken.n_words),
		.n_words = taken.n_words,
		.kind = kind_of(parsing, taken.start, taken.length),
	};
	if (!plain)
		check_line(parsing, &line, taken.newline);
	*where = taken.newline < parsing->end ? taken.newline + 1 : taken.newline;
	return add_line(parsing->text, &line);
}

/* What each byte is to a line; all bytes that are not said here are of words. */
static void know_bytes(struct parsing *parsing)
{
	for (unsigned char c = 0; c < ' '; c++)
		parsing->bytes[c] = bt_is_space((char)c) ? BLANK : IN_WORD;
	parsing->bytes[' '] = BLANK;
	parsing->bytes['\n'] = parsing->bytes['\0'] = LINE_END;
	parsing->bytes['\\'] = parsing->bytes['#'] = MARK;
}

int bt_eni_parse(struct bondtool *bt, const struct bt_source *source,
		 const struct bt_eni_dialect *dialect, struct bt_eni_text *ret_text)
{
	BT_AUTOENI struct bt_eni_text text = {.source = source, .dialect = dialect};
	struct parsing parsing = {
		.bt = bt,
		.text = &text,
		.start = source->text,
		.end = source->text + source->length,
	};
	uint32_t number = 1;
	size_t bad;
	int r = 0;

	know_bytes(&parsing);
	for (const struct bt_eni_keyword *k = dialect->keywords; k->word; k++)
		parsing.initials |= initial(*k->word);
	text.words = malloc(source->length + 1);
	if (!text.words)
		return -ENOMEM;
	memcpy(text.words, source->text, source->length + 1);
	parsing.clean = !memchr(source->text, '\0', source->length) &&
			bt_utf8_valid(source->text, source->length, &bad);
	for (const char *p = parsing.start; r == 0 && p < parsing.end;)
		r = parse_line(&parsing, &p, &number);
	if (r < 0)
		return r;
	*ret_text = text;
	text = (struct bt_eni_text){0};
	return 0;
}
