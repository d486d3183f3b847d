/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of /etc/network/interfaces to words, each with its place in the source. */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "parsers/interfaces/interfaces-syntax.h"

void bt_eni_words_release(struct bt_eni_words *words)
{
	bt_text_release(&words->joined);
	bt_text_release(&words->split);
	free(words->starts);
	free(words->pieces);
	*words = (struct bt_eni_words){0};
}

/* Makes room for as many words as LENGTH bytes can hold. */
static int reserve_starts(struct bt_eni_words *words, size_t length)
{
	size_t size = length < 254 ? 128 : length / 2 + 1;
	uint32_t *starts;

	if (size <= words->size)
		return 0;
	starts = reallocarray(words->starts, size, sizeof(*starts));
	if (!starts)
		return -ENOMEM;
	words->starts = starts;
	words->size = size;
	return 0;
}

static int add_piece(struct bt_eni_words *words, unsigned line, unsigned column)
{
	if (!BT_MAKE_ROOM(words->pieces, words->n_pieces, words->size_pieces))
		return -ENOMEM;
	words->pieces[words->n_pieces++] =
		(struct bt_eni_piece){words->joined.length, line, column};
	return 0;
}

/* The raw text of a line and the place that has been reached in it. */
struct walk {
	const char *p, *end;
	const char *line_start; /* of the physical line */
	unsigned line;
};

static void step_over(struct walk *walk, const char *to)
{
	for (; walk->p < to; walk->p++)
		if (*walk->p == '\n') {
			walk->line++;
			walk->line_start = walk->p + 1;
		}
}

/*
 * The end of the mark at P that joins two parts, or NULL when there is none. *RET_START is where
 * the mark begins: at P, or before it where the white space before it belongs to it.
 */
static const char *mark_end(enum bt_eni_joining joining, const char *start, const char *p,
			    const char *end, const char **ret_start)
{
	const char *newline = p + 1;

	if (joining == BT_ENI_JOIN_ANYWHERE) {
		while (newline < end && bt_is_space(*newline))
			newline++;
		while (p > start && bt_is_space(p[-1]))
			p--;
		*ret_start = p;
		return newline;
	}
	*ret_start = p;
	if (joining == BT_ENI_JOIN_AND_CUT && newline < end && *newline == '\r')
		newline++;
	if (newline >= end || *newline != '\n')
		return NULL;
	for (newline++; joining == BT_ENI_JOIN_AND_CUT && newline < end &&
			(*newline == ' ' || *newline == '\t');)
		newline++;
	return newline;
}

/* Adds the line's parts without the marks between them. */
static int add_parts(struct bt_eni_words *words, enum bt_eni_joining joining, struct walk *walk)
{
	const char *part = walk->p; /* not added yet */

	if (add_piece(words, walk->line, (unsigned)(part - walk->line_start) + 1) < 0)
		return -ENOMEM;
	for (const char *p = part; (p = memchr(p, '\\', (size_t)(walk->end - p)));) {
		const char *start;
		const char *behind = mark_end(joining, part, p, walk->end, &start);

		if (!behind) {
			p++;
			continue;
		}
		bt_text_add_bytes(&words->joined, part, (size_t)(start - part));
		if (joining == BT_ENI_JOIN_ANYWHERE)
			bt_text_add_char(&words->joined, ' ');
		step_over(walk, behind);
		if (add_piece(words, walk->line, (unsigned)(behind - walk->line_start) + 1) < 0)
			return -ENOMEM;
		part = p = behind;
	}
	bt_text_add_bytes(&words->joined, part, (size_t)(walk->end - part));
	return 0;
}

static const char *start_of_line(const struct bt_eni_text *text, const char *p)
{
	while (p > text->source->text && p[-1] != '\n')
		p--;
	return p;
}

static void trim(struct bt_text *text)
{
	while (text->length && bt_is_space(text->data[text->length - 1]))
		text->data[--text->length] = '\0';
}

/* Makes one line of the parts of a line with marks. */
static int join(struct bt_eni_words *words, const char *start, const char *end)
{
	struct walk walk = {
		.p = start,
		.end = end,
		.line_start = start_of_line(words->text, start),
		.line = words->line->number,
	};

	if (add_parts(words, words->text->dialect->joining, &walk) < 0)
		return -ENOMEM;
	trim(&words->joined);
	bt_text_add_bytes(&words->split, words->joined.data, words->joined.length);
	words->first = words->split.data;
	words->length = words->split.length;
	return words->joined.failed || words->split.failed ? -ENOMEM : 0;
}

/* Where the comment of the line begins, or its end; '\' before '#' makes it part of the text. */
static const char *cut_comment(const char *start, const char *end)
{
	for (const char *p = start; (p = memchr(p, '#', (size_t)(end - p))); p++)
		if (p == start || p[-1] != '\\')
			return p;
	return end;
}

/* Whether no word goes on here; a NUL is of an earlier split. */
static bool is_between(char c)
{
	return !c || bt_is_space(c);
}

/* The end of the word at P in a line that a NUL ends: most bytes are plainly no white space. */
static char *end_of_word(char *p)
{
	for (;; p++) {
		while ((unsigned char)*p > ' ')
			p++;
		if (is_between(*p))
			return p;
	}
}

static int find_words(struct bt_eni_words *words)
{
	char *end = words->first + words->length;
	size_t count = 0;

	if (reserve_starts(words, words->length) < 0)
		return -ENOMEM;
	*end = '\0';
	for (char *p = words->first; p < end; p++) {
		if (is_between(*p))
			continue;
		words->starts[count++] = (uint32_t)(p - words->first);
		p = end_of_word(p);
		*p = '\0';
	}
	words->count = count;
	return 0;
}

/* The words of a line without marks: they stand in the text. */
static int split_unjoined(struct bt_eni_words *words, const char *start, const char *end)
{
	while (end > start && bt_is_space(end[-1]))
		end--;
	words->first = words->text->words + (start - words->text->source->text);
	words->length = (size_t)(end - start);
	return find_words(words);
}

/* Finds the words of a line that is not plain. */
static int find_all(struct bt_eni_words *words, const char *start, const char *end)
{
	words->plain = NULL;
	words->split.length = 0;
	if (words->text->dialect->joining == BT_ENI_JOIN_AND_CUT)
		end = cut_comment(start, end);
	if (!memchr(start, '\\', (size_t)(end - start)))
		return split_unjoined(words, start, end);
	return join(words, start, end) < 0 ? -ENOMEM : find_words(words);
}

/* A plain line, of which all is known. */
static void take_plain(struct bt_eni_words *words)
{
	const struct bt_eni_line *line = words->line;

	words->first = words->text->words + line->offset;
	words->length = line->length;
	words->plain = words->text->starts + line->first_word;
	words->count = line->n_words;
}

/* The line for those who ask for more than a word of it, unless it had to be joined. */
static int keep_line(struct bt_eni_words *words, const char *start)
{
	if (!words->n_pieces)
		bt_text_add_bytes(&words->joined, start, words->length);
	return words->joined.failed ? -ENOMEM : 0;
}

int bt_eni_split(struct bt_eni_words *words, const struct bt_eni_text *text,
		 const struct bt_eni_line *line)
{
	const char *start = text->source->text + line->offset;

	words->text = text;
	words->line = line;
	words->n_pieces = 0;
	words->joined.length = 0;
	if (line->n_words)
		take_plain(words);
	else if (find_all(words, start, start + line->length) < 0)
		return -ENOMEM;
	/* with less, the rest of the line is a word */
	return words->count > 2 ? keep_line(words, start) : 0;
}

void bt_eni_cut(struct bt_eni_words *words, size_t index)
{
	words->count = index;
	words->length = bt_eni_start(words, index - 1) + strlen(bt_eni_word(words, index - 1));
	if (words->joined.length) {
		words->joined.length = words->length;
		words->joined.data[words->length] = '\0';
	}
}

const char *bt_eni_rest(const struct bt_eni_words *words, size_t index)
{
	if (index + 1 >= words->count)
		return bt_eni_word(words, index);
	return words->joined.data + bt_eni_start(words, index);
}

/* The piece that the byte AT belongs to, of a line that was joined. */
static const struct bt_eni_piece *piece_of(const struct bt_eni_words *words, size_t at)
{
	size_t low = 0, high = words->n_pieces;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (words->pieces[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return &words->pieces[low];
}

/* Where the LENGTH bytes from START on stand, of a line that was joined. */
static struct bt_origin origin_in_pieces(const struct bt_eni_words *words, size_t start,
					 size_t length)
{
	const struct bt_eni_piece *piece = piece_of(words, start);

	if (piece + 1 < words->pieces + words->n_pieces && start + length > piece[1].at)
		length = piece[1].at - start;
	return (struct bt_origin){
		.source = words->text->source,
		.line = piece->line,
		.column = piece->column + (unsigned)(start - piece->at),
		.length = bt_marked(length),
	};
}

/* The origin of TEXT, which begins with word INDEX; the column is looked for only here. */
static inline struct bt_origin origin_of(const struct bt_eni_words *words, size_t index,
					 const char *text)
{
	const char *line;
	size_t start;

	if (index >= words->count)
		return bt_eni_line_origin(words->text, words->line);
	start = bt_eni_start(words, index);
	if (words->n_pieces)
		return origin_in_pieces(words, start, strlen(text));
	line = words->text->source->text + words->line->offset;
	return (struct bt_origin){
		.source = words->text->source,
		.line = words->line->number,
		.column = (unsigned)(line + start - start_of_line(words->text, line)) + 1,
		.length = bt_marked(strlen(text)),
	};
}

struct bt_origin bt_eni_word_origin(const struct bt_eni_words *words, size_t index)
{
	return origin_of(words, index, bt_eni_word(words, index));
}

struct bt_origin bt_eni_rest_origin(const struct bt_eni_words *words, size_t index)
{
	return origin_of(words, index, bt_eni_rest(words, index));
}
