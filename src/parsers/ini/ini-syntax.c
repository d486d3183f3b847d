/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text to lines for every dialect of INI files, see ini-syntax.h. */
#include "parsers/ini/ini-syntax.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

/* Where a line of the source begins in the copy: continued lines are joined there. */
struct bt_ini_piece {
	const char *at;
	unsigned line, column;
};

/* The blanks of both dialects (g_ascii_isspace() and systemd's WHITESPACE), the line end apart. */
static const char blanks[] = " \t\r\v\f";

void bt_ini_release(struct bt_ini *ini)
{
	free(ini->lines);
	free(ini->text);
	free(ini->pieces);
	*ini = (struct bt_ini){0};
}

/* The reading of one text: where it stands in the source and in the copy. */
struct scan {
	struct bt_ini *ini;
	const struct bt_ini_rules *rules;
	const char *line_start, *next, *end; /* in the source; "next" is behind a byte order mark */
	char *out;			     /* in the copy */
	unsigned line;			     /* number of the line at "next" */
	const char *section;
	size_t section_number;
};

static int add_piece(struct scan *scan, const char *at, size_t column)
{
	struct bt_ini *ini = scan->ini;

	if (!BT_MAKE_ROOM(ini->pieces, ini->n_pieces, ini->size_pieces))
		return -ENOMEM;
	ini->pieces[ini->n_pieces++] = (struct bt_ini_piece){at, scan->line, (unsigned)column};
	return 0;
}

static struct bt_ini_line *add_line(struct bt_ini *ini)
{
	if (!BT_MAKE_ROOM(ini->lines, ini->count, ini->size))
		return NULL;
	ini->lines[ini->count] = (struct bt_ini_line){0};
	return &ini->lines[ini->count++];
}

static bool ends_in_escape(const char *text, const char *end)
{
	size_t backslashes = 0;

	while (end > text && end[-1] == '\\') {
		backslashes++;
		end--;
	}
	return backslashes % 2;
}

/* Where the line at "next" ends, and in *ret_next where the one behind it begins. */
static const char *line_end(const struct scan *scan, const char **ret_next)
{
	const char *p = scan->next;

	if (!scan->rules->many_line_ends) {
		p = memchr(p, '\n', (size_t)(scan->end - p));
		*ret_next = p ? p + 1 : scan->end;
		return p ? p : scan->end;
	}
	while (p < scan->end && *p && *p != '\n' && *p != '\r')
		p++;
	*ret_next = p + (p < scan->end);
	if (p + 1 < scan->end && p[0] == '\r' && p[1] == '\n')
		++*ret_next;
	return p;
}

/* Copies the next line of the source behind the copy, without line end and leading blanks. */
static int copy_line(struct scan *scan)
{
	const char *start = scan->next, *next;
	const char *stop = line_end(scan, &next);

	if (stop > start && stop[-1] == '\r')
		stop--;
	while (start < stop && *start && strchr(blanks, *start))
		start++;

	int r = add_piece(scan, scan->out, (size_t)(start - scan->line_start) + 1);

	memcpy(scan->out, start, (size_t)(stop - start));
	scan->out += stop - start;
	/* Lines are counted as people see them. */
	if (next > scan->next && next[-1] == '\n') {
		scan->line_start = next;
		scan->line++;
	}
	scan->next = next;
	return r;
}

static bool is_comment(const struct scan *scan, const char *text)
{
	return text < scan->out && *text && strchr(scan->rules->comments, *text);
}

/*
 * Copies a line with those that continue it: each backslash at a line end becomes a blank, comments
 * in between are left out, and an empty line or the end of the text ends it.
 */
static int copy_joined(struct scan *scan)
{
	const char *start = scan->out;
	int r = copy_line(scan);

	if (r < 0 || !scan->rules->continues || is_comment(scan, start))
		return r;
	while (r == 0 && scan->next < scan->end && ends_in_escape(start, scan->out)) {
		char *more = scan->out;

		r = copy_line(scan);
		if (r == 0 && is_comment(scan, more))
			scan->out = more;
		else
			more[-1] = ' ';
	}
	if (ends_in_escape(start, scan->out))
		scan->out[-1] = ' ';
	return r;
}

static char *trimmed_end(const char *start, char *end)
{
	while (end > start && end[-1] && strchr(blanks, end[-1]))
		end--;
	return end;
}

static void bad(struct bt_ini_line *line, enum bt_ini_fault fault, const char *text)
{
	line->kind = BT_INI_BAD;
	line->fault = fault;
	line->key = text;
}

/* "[name]", nothing but blanks behind it; the name may hold anything but brackets. */
static void read_section(struct scan *scan, struct bt_ini_line *line, char *text, char *end)
{
	size_t length = strcspn(text + 1, "[]");

	end = trimmed_end(text, end);
	if (text + 1 + length + 1 != end || end[-1] != ']') {
		bad(line, BT_INI_NO_BRACKET, text);
		return;
	}
	end[-1] = '\0';
	line->kind = BT_INI_SECTION;
	scan->section = text + 1;
	scan->section_number++;
}

static void read_key(const struct scan *scan, struct bt_ini_line *line, char *text, char *end)
{
	char *equals = strchr(text, '=');
	char *key_end = equals ? trimmed_end(text, equals) : NULL;

	if (!equals || key_end == text) {
		bad(line, equals ? BT_INI_NO_KEY : BT_INI_NO_EQUALS, text);
		return;
	}
	if (scan->rules->trims_values)
		end = trimmed_end(equals + 1, end);
	*end = '\0';
	*key_end = '\0';
	line->kind = BT_INI_KEY;
	line->key = text;
	line->value = equals + 1 + strspn(equals + 1, blanks);
}

/* What the joined line in the copy from TEXT to the end of the copy is. */
static void classify(struct scan *scan, struct bt_ini_line *line, char *text)
{
	char *end = scan->out;
	size_t length = (size_t)(end - text), unused;

	*scan->out++ = '\0';
	if (memchr(text, '\0', length))
		bad(line, BT_INI_NUL, text);
	else if (trimmed_end(text, end) == text)
		line->kind = BT_INI_BLANK;
	else if (strchr(scan->rules->comments, *text))
		line->kind = BT_INI_COMMENT;
	else if (scan->rules->longest_line && length > scan->rules->longest_line)
		bad(line, BT_INI_TOO_LONG, text);
	else if (scan->rules->whole_utf8 && !bt_utf8_valid(text, length, &unused))
		bad(line, BT_INI_NOT_UTF8, text);
	else if (*text == '[')
		read_section(scan, line, text, end);
	else
		read_key(scan, line, text, end);
	line->section = scan->section;
	line->section_number = scan->section_number;
}

static int read_line(struct scan *scan)
{
	const char *start = scan->next;
	char *text = scan->out;
	struct bt_ini_line *line = add_line(scan->ini);
	int r = line ? copy_joined(scan) : -ENOMEM;

	if (r < 0)
		return r;
	line->offset = (size_t)(start - scan->ini->source->text);
	line->length = (size_t)(scan->next - start);
	classify(scan, line, text);
	return 0;
}

int bt_ini_parse(const struct bt_source *source, const struct bt_ini_rules *rules,
		 struct bt_ini *ret_ini)
{
	static const char mark[] = "\xef\xbb\xbf";
	BT_AUTOINI struct bt_ini ini = {.source = source};
	int r = 0;

	/* A line loses its end and gets a NUL; only the last one may have no end to lose. */
	ini.text = malloc(source->length + 2);
	if (!ini.text)
		return -ENOMEM;

	struct scan scan = {.ini = &ini,
			    .rules = rules,
			    .line_start = source->text,
			    .next = source->text,
			    .end = source->text + source->length,
			    .out = ini.text,
			    .line = 1};

	if (rules->byte_order_mark && bt_has_prefix(source->text, mark))
		scan.next += strlen(mark);
	while (r == 0 && scan.next < scan.end)
		r = read_line(&scan);
	if (r < 0)
		return r;
	*ret_ini = ini;
	ini = (struct bt_ini){0};
	return 0;
}

struct bt_origin bt_ini_place(const struct bt_ini *ini, const char *where, size_t length)
{
	size_t low = 0, high = ini->n_pieces;

	/* The last piece that begins at or before WHERE. */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (ini->pieces[middle].at <= where)
			low = middle;
		else
			high = middle;
	}
	return (struct bt_origin){
		.source = ini->source,
		.line = ini->pieces[low].line,
		.column = ini->pieces[low].column + (unsigned)(where - ini->pieces[low].at),
		.length = bt_marked(length),
	};
}

struct bt_origin bt_ini_key_place(const struct bt_ini *ini, const struct bt_ini_line *line)
{
	const char *name = line->key ? line->key : line->section;

	return bt_ini_place(ini, name, strlen(name));
}

struct bt_origin bt_ini_value_place(const struct bt_ini *ini, const struct bt_ini_line *line)
{
	return bt_ini_place(ini, line->value, strlen(line->value));
}

const char *bt_ini_fault_text(enum bt_ini_fault fault)
{
	static const char *const texts[] = {
		[BT_INI_NO_EQUALS] = "a line without '='",
		[BT_INI_NO_KEY] = "a line that begins with '='",
		[BT_INI_NO_BRACKET] = "a section name that is not between '[' and ']'",
		[BT_INI_NOT_UTF8] = "a line that is not UTF-8",
		[BT_INI_NUL] = "a line with a NUL byte",
		[BT_INI_TOO_LONG] = "a line that is too long",
	};

	return texts[fault];
}

bool bt_ini_has_section(const struct bt_source *source, const char *name)
{
	const char *end = source->text + source->length;
	size_t length = strlen(name);

	for (const char *line = source->text; line && line < end;) {
		const char *text = line + strspn(line, blanks);

		/* The text ends in a NUL, so that nothing is read behind it. */
		if (*text == '[' && strncmp(text + 1, name, length) == 0 && text[1 + length] == ']')
			return true;
		line = memchr(line, '\n', (size_t)(end - line));
		line = line ? line + 1 : NULL;
	}
	return false;
}
