/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Taking an ifcfg file apart, see ifcfg-syntax.h. The words of its values: ifcfg-word.c. */
#include "parsers/ifcfg/ifcfg-syntax.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/text.h"
#include "parsers/ifcfg/ifcfg-word.h"

static void line_release(struct bt_ifcfg_line *line)
{
	free(line->key);
	free(line->value);
	free(line->places);
}

void bt_ifcfg_release(struct bt_ifcfg *ifcfg)
{
	for (size_t i = 0; i < ifcfg->count; i++)
		line_release(&ifcfg->lines[i]);
	free(ifcfg->lines);
	bt_hash_release(&ifcfg->by_key);
	*ifcfg = (struct bt_ifcfg){0};
}

/* Adds an empty line that begins at START; NULL without memory. */
static struct bt_ifcfg_line *add_line(struct bt_ifcfg *ifcfg, size_t start)
{
	if (!BT_MAKE_ROOM(ifcfg->lines, ifcfg->count, ifcfg->size))
		return NULL;

	struct bt_ifcfg_line *line = &ifcfg->lines[ifcfg->count++];

	*line = (struct bt_ifcfg_line){.start = start, .alone = true};
	return line;
}

bool bt_ifcfg_is_name(const char *name, size_t length)
{
	if (!length || isdigit((unsigned char)*name))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!isalnum((unsigned char)name[i]) && name[i] != '_')
			return false;
	return true;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static size_t skip_blanks(const struct bt_source *source, size_t at)
{
	while (at < source->length && is_blank(source->text[at]))
		at++;
	return at;
}

static size_t line_end(const struct bt_source *source, size_t at)
{
	const char *end = memchr(source->text + at, '\n', source->length - at);

	return end ? (size_t)(end - source->text) : source->length;
}

/* The length of the variable name before '=' at AT; 0 when there is no assignment. */
static size_t assignment_at(const struct bt_source *source, size_t at)
{
	size_t end = at;

	while (end < source->length &&
	       (isalnum((unsigned char)source->text[end]) || source->text[end] == '_'))
		end++;
	return end < source->length && source->text[end] == '=' &&
			       bt_ifcfg_is_name(source->text + at, end - at)
		       ? end - at
		       : 0;
}

static void set_fault(struct bt_ifcfg_line *line, const char *fault, size_t at)
{
	if (line->fault)
		return;
	line->fault = fault;
	line->fault_at = at;
}

/* Reads key and value of the assignment at AT; *ret_end is behind the value. */
static int read_assignment(struct bt_ifcfg *ifcfg, struct bt_ifcfg_line *line, size_t at,
			   size_t name_length, size_t *ret_end)
{
	const struct bt_source *source = ifcfg->source;
	BT_CLEANUP(bt_ifcfg_word_release) struct bt_ifcfg_word word = {0};

	line->key = strndup(source->text + at, name_length);
	line->key_at = at;
	line->value_at = at + name_length + 1;
	if (!line->key)
		return -ENOMEM;

	int r = bt_ifcfg_read_word(source, line->value_at, ifcfg->reading, &word);

	if (r < 0)
		return r;
	line->value_end = word.end;
	line->needs_shell = word.needs_shell;
	if (word.fault) {
		set_fault(line, word.fault, word.fault_at);
	} else {
		line->value = BT_TAKE(word.text);
		line->places = BT_TAKE(word.places);
	}
	*ret_end = word.end;
	return 0;
}

/* What may stand behind a value on NetworkManager's line: one ';' and a comment. */
static void check_rest_nm(const struct bt_ifcfg *ifcfg, struct bt_ifcfg_line *line, size_t at,
			  size_t end)
{
	const char *text = ifcfg->source->text;
	size_t rest = skip_blanks(ifcfg->source, at);
	bool apart = rest > at;

	if (rest < end && text[rest] == ';') {
		rest = skip_blanks(ifcfg->source, rest + 1);
		apart = true;
	}
	if (rest >= end || (text[rest] == '#' && apart))
		return;
	set_fault(line, "more text behind the value, which NetworkManager does not accept", rest);
	free(line->value);
	line->value = NULL;
}

static int read_line_nm(struct bt_ifcfg *ifcfg, size_t start, size_t *ret_next)
{
	const struct bt_source *source = ifcfg->source;
	struct bt_ifcfg_line *line = add_line(ifcfg, start);
	size_t at = skip_blanks(source, start);
	size_t end = line_end(source, start);
	size_t name_length = assignment_at(source, at);
	size_t word_end;

	*ret_next = end + 1;
	if (!line)
		return -ENOMEM;
	line->end = end;
	if (name_length) {
		int r = read_assignment(ifcfg, line, at, name_length, &word_end);

		if (r == 0 && line->value)
			check_rest_nm(ifcfg, line, word_end, end);
		if (r == 0 && !line->value)
			line->value_end = end;
		return r;
	}
	if (at < end && source->text[at] != '#')
		set_fault(line, "not an assignment: NetworkManager passes over the line", at);
	return 0;
}

/* The bytes of a line that wicked reads at once; what is behind them is a line of its own to it. */
enum { WICKED_LINE = 511 };

static void check_length_wicked(struct bt_ifcfg_line *line, size_t start)
{
	if (line->value_end < start + WICKED_LINE)
		return;
	set_fault(line, "longer than the 511 bytes of a line that wicked reads", line->value_at);
	free(line->value);
	line->value = NULL;
}

/* What stands behind the value does not matter. A name begins with a letter. */
static int read_line_wicked(struct bt_ifcfg *ifcfg, size_t start, size_t *ret_next)
{
	const struct bt_source *source = ifcfg->source;
	struct bt_ifcfg_line *line = add_line(ifcfg, start);
	size_t at = skip_blanks(source, start);
	size_t end = line_end(source, start);
	bool named = at < end && isalpha((unsigned char)source->text[at]);
	size_t name_length = named ? assignment_at(source, at) : 0;
	size_t word_end;
	int r;

	*ret_next = end + 1;
	if (!line)
		return -ENOMEM;
	line->end = end;
	if (!name_length) {
		if (at < end && source->text[at] != '#')
			set_fault(line, "not an assignment: wicked passes over the line", at);
		return 0;
	}
	r = read_assignment(ifcfg, line, at, name_length, &word_end);
	if (r == 0 && line->value)
		check_length_wicked(line, start);
	if (r == 0 && !line->value)
		line->value_end = end;
	return r;
}

/* Behind one assignment of bash's line: where the next one begins, or the end of the command. */
static size_t next_in_command(const struct bt_source *source, size_t at, bool *ret_ended)
{
	at = skip_blanks(source, at);
	*ret_ended = at >= source->length || source->text[at] == '\n' || source->text[at] == ';' ||
		     source->text[at] == '#';
	return at;
}

static bool begins_with_word(const struct bt_source *source, size_t at, const char *word)
{
	size_t length = strlen(word);

	return at + length < source->length && memcmp(source->text + at, word, length) == 0 &&
	       is_blank(source->text[at + length]);
}

/* Marks the assignments from FIRST on as part of one command on the lines up to END. */
static void close_command(struct bt_ifcfg *ifcfg, size_t first, size_t start, size_t end)
{
	bool alone = ifcfg->count == first + 1;

	for (size_t i = first; i < ifcfg->count; i++) {
		ifcfg->lines[i].start = start;
		ifcfg->lines[i].end = end;
		ifcfg->lines[i].alone = ifcfg->lines[i].alone && alone;
	}
}

/*
 * A word that is no assignment makes the line a command: what it does is not known, and variables
 * before it are set for that command only.
 */
static int command_found(struct bt_ifcfg *ifcfg, size_t first, size_t at)
{
	static const char fault[] = "a command: only a running shell could tell what it does";

	for (size_t i = first; i < ifcfg->count; i++) {
		struct bt_ifcfg_line *line = &ifcfg->lines[i];

		set_fault(line, "set for the command behind it only", line->value_at);
		free(line->value);
		line->value = NULL;
	}

	struct bt_ifcfg_line *line = add_line(ifcfg, at);

	if (!line)
		return -ENOMEM;
	set_fault(line, fault, at);
	line->needs_shell = true;
	return 0;
}

/* One line of bash, which may hold several assignments and go on over several lines. */
static int read_line_bash(struct bt_ifcfg *ifcfg, size_t start, size_t *ret_next)
{
	const struct bt_source *source = ifcfg->source;
	size_t at = skip_blanks(source, start);
	size_t first = ifcfg->count;
	bool ended;
	int r = 0;

	if (begins_with_word(source, at, "export"))
		at = skip_blanks(source, at + strlen("export"));
	for (at = next_in_command(source, at, &ended); r == 0 && !ended;
	     at = next_in_command(source, at, &ended)) {
		size_t name_length = assignment_at(source, at);
		struct bt_ifcfg_line *line = name_length ? add_line(ifcfg, at) : NULL;

		if (!name_length) {
			r = command_found(ifcfg, first, at);
			at = line_end(source, at);
			break;
		}
		r = line ? read_assignment(ifcfg, line, at, name_length, &at) : -ENOMEM;
		if (at < source->length && source->text[at] == '#') /* glued to a quote */
			break;
	}

	bool more = at < source->length && source->text[at] == ';';
	size_t end = more ? at : line_end(source, at);

	if (ifcfg->count == first && !add_line(ifcfg, start))
		return -ENOMEM;
	close_command(ifcfg, first, start, end);
	if (more)
		ifcfg->lines[ifcfg->count - 1].alone = false;
	*ret_next = end + 1;
	return r;
}

/* Links the lines of each key to a ring that begins with the last of them. */
static int index_keys(struct bt_ifcfg *ifcfg)
{
	int r = 0;

	for (size_t i = ifcfg->count; r == 0 && i-- > 0;) {
		struct bt_ifcfg_line *line = &ifcfg->lines[i];
		size_t last;

		line->sibling = i;
		if (line->key && bt_hash_get(&ifcfg->by_key, line->key, &last)) {
			line->sibling = ifcfg->lines[last].sibling;
			ifcfg->lines[last].sibling = i;
		} else if (line->key) {
			r = bt_hash_put(&ifcfg->by_key, line->key, i);
		}
	}
	return r;
}

int bt_ifcfg_parse(const struct bt_source *source, enum bt_ifcfg_reading reading,
		   struct bt_ifcfg *ret_ifcfg)
{
	static int (*const readers[])(struct bt_ifcfg *ifcfg, size_t start, size_t *ret_next) = {
		[BT_IFCFG_NM] = read_line_nm,
		[BT_IFCFG_BASH] = read_line_bash,
		[BT_IFCFG_WICKED] = read_line_wicked,
	};
	struct bt_ifcfg ifcfg = {.source = source, .reading = reading};
	int r = 0;

	for (size_t at = 0; r == 0 && at < source->length;)
		r = readers[reading](&ifcfg, at, &at);
	if (r == 0)
		r = index_keys(&ifcfg);
	if (r < 0) {
		bt_ifcfg_release(&ifcfg);
		return r;
	}
	*ret_ifcfg = ifcfg;
	return 0;
}

int bt_ifcfg_parse_as_owner(const struct bt_source *source, struct bt_ifcfg *ret_ifcfg)
{
	static const char *const noes[] = {"no", "n", "false", "f", "0", NULL};
	static const char key[] = "NM_CONTROLLED";
	const char *controlled;
	int r;

	if (!memmem(source->text, source->length, key, strlen(key)))
		return bt_ifcfg_parse(source, BT_IFCFG_NM, ret_ifcfg);
	r = bt_ifcfg_parse(source, BT_IFCFG_BASH, ret_ifcfg);
	controlled = r == 0 ? bt_ifcfg_value(ret_ifcfg, key) : NULL;
	for (const char *const *no = noes; controlled && *no; no++)
		if (strcasecmp(*no, controlled) == 0)
			return 0;
	if (r == 0) {
		bt_ifcfg_release(ret_ifcfg);
		r = bt_ifcfg_parse(source, BT_IFCFG_NM, ret_ifcfg);
	}
	return r;
}

const struct bt_ifcfg_line *bt_ifcfg_find(const struct bt_ifcfg *ifcfg, const char *key)
{
	size_t number;

	return bt_hash_get(&ifcfg->by_key, key, &number) ? &ifcfg->lines[number] : NULL;
}

const char *bt_ifcfg_value(const struct bt_ifcfg *ifcfg, const char *key)
{
	const struct bt_ifcfg_line *line = bt_ifcfg_find(ifcfg, key);

	return line && line->value && *line->value ? line->value : NULL;
}

const struct bt_ifcfg_line *bt_ifcfg_take(const struct bt_ifcfg *ifcfg, const char *key,
					  bool *taken)
{
	const struct bt_ifcfg_line *last = bt_ifcfg_find(ifcfg, key);
	const struct bt_ifcfg_line *line = last;

	while (line) {
		taken[line - ifcfg->lines] = true;
		line = &ifcfg->lines[line->sibling];
		line = line == last ? NULL : line;
	}
	return last && last->value && *last->value ? last : NULL;
}

struct bt_origin bt_ifcfg_place(const struct bt_ifcfg *ifcfg, const struct bt_ifcfg_line *line,
				size_t offset, size_t length)
{
	size_t from, to;

	if (!line->value)
		return bt_ifcfg_line_place(ifcfg, line);
	from = line->places[offset];
	to = length ? line->places[offset + length - 1] + 1 : from;
	return bt_origin_at(ifcfg->source, from, to - from);
}

struct bt_origin bt_ifcfg_line_place(const struct bt_ifcfg *ifcfg, const struct bt_ifcfg_line *line)
{
	if (line->value && *line->value)
		return bt_ifcfg_place(ifcfg, line, 0, strlen(line->value));
	if (line->key)
		return bt_origin_at(ifcfg->source, line->key_at, strlen(line->key));
	return bt_ifcfg_fault_place(ifcfg, line);
}

struct bt_origin bt_ifcfg_fault_place(const struct bt_ifcfg *ifcfg,
				      const struct bt_ifcfg_line *line)
{
	size_t at = line->fault ? line->fault_at : line->start;
	size_t end = line_end(ifcfg->source, at);

	return bt_origin_at(ifcfg->source, at, end > at ? end - at : 1);
}

bool bt_ifcfg_can_quote(const char *key, const char *value, enum bt_ifcfg_reading reading)
{
	static const char around[] = "=''\n";

	if (reading != BT_IFCFG_WICKED)
		return true;
	return !strchr(value, '\n') && !(strchr(value, '\'') && strchr(value, '"')) &&
	       strlen(key) + strlen(value) + strlen(around) <= WICKED_LINE;
}

char *bt_ifcfg_quote(const char *value, enum bt_ifcfg_reading reading)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "_-+./:@%,=";
	BT_AUTOTEXT struct bt_text text = {0};

	if (reading == BT_IFCFG_WICKED)
		return bt_format(strchr(value, '\'') ? "\"%s\"" : "'%s'", value);
	/* "A=b=c d" would be two words: '=' is plain only in a value without blanks */
	if (value[strspn(value, plain)] == '\0')
		return strdup(value);
	bt_text_add_char(&text, '"');
	for (const char *p = value; *p; p++) {
		if (strchr("$`\"\\", *p))
			bt_text_add_char(&text, '\\');
		bt_text_add_char(&text, *p);
	}
	bt_text_add_char(&text, '"');
	return bt_text_take(&text);
}
