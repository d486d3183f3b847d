/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Drafts of INI files, see ini-draft.h. */
#include "parsers/ini/ini-draft.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

/* One line to write: the bytes of the source, or a text of our own. */
struct bt_ini_draft_line {
	enum bt_ini_kind kind;
	char *section, *key;   /* copies; NULL where there is none */
	size_t section_number; /* of the file that was read; 0: not from there */
	const char *bytes;     /* of the source, when there is no text */
	size_t length;
	char *text; /* with its line end */
	bool removed;
};

static void line_release(struct bt_ini_draft_line *line)
{
	free(line->section);
	free(line->key);
	free(line->text);
}

void bt_ini_draft_release(struct bt_ini_draft *draft)
{
	for (size_t i = 0; i < draft->count; i++)
		line_release(&draft->lines[i]);
	free(draft->lines);
	*draft = (struct bt_ini_draft){0};
}

/* Puts LINE at INDEX and takes its strings over, even when memory runs out. */
static void insert(struct bt_ini_draft *draft, size_t index, struct bt_ini_draft_line *line)
{
	if (!BT_MAKE_ROOM(draft->lines, draft->count, draft->size))
		draft->failed = true;
	if (draft->failed) {
		line_release(line);
		return;
	}
	memmove(&draft->lines[index + 1], &draft->lines[index],
		(draft->count - index) * sizeof(*draft->lines));
	draft->lines[index] = *line;
	draft->count++;
}

/* A copy that remembers when it failed. */
static char *copy(struct bt_ini_draft *draft, const char *string)
{
	char *result = string ? strdup(string) : NULL;

	draft->failed = draft->failed || (string && !result);
	return result;
}

void bt_ini_draft_from(struct bt_ini_draft *draft, const struct bt_ini *ini)
{
	for (size_t i = 0; i < ini->count; i++) {
		const struct bt_ini_line *line = &ini->lines[i];
		struct bt_ini_draft_line drafted = {
			.kind = line->kind,
			.section = copy(draft, line->section),
			.key = copy(draft, line->kind == BT_INI_KEY ? line->key : NULL),
			.section_number = line->section_number,
			.bytes = ini->source->text + line->offset,
			.length = line->length,
		};

		insert(draft, draft->count, &drafted);
	}
}

static bool is_key(const struct bt_ini_draft_line *line, const char *section, const char *key)
{
	return line->kind == BT_INI_KEY && !line->removed && bt_equal(line->section, section) &&
	       bt_equal(line->key, key);
}

/* The last line with the key; -1 when there is none. */
static ssize_t find_key(const struct bt_ini_draft *draft, const char *section, const char *key)
{
	for (size_t i = draft->count; i-- > 0;)
		if (is_key(&draft->lines[i], section, key))
			return (ssize_t)i;
	return -1;
}

bool bt_ini_draft_has(const struct bt_ini_draft *draft, const char *section, const char *key)
{
	return find_key(draft, section, key) >= 0;
}

bool bt_ini_draft_is_empty(const struct bt_ini_draft *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		const struct bt_ini_draft_line *line = &draft->lines[i];

		if (!line->removed && line->kind != BT_INI_BLANK && line->kind != BT_INI_COMMENT)
			return false;
	}
	return true;
}

void bt_ini_draft_remove(struct bt_ini_draft *draft, const char *section, const char *key)
{
	for (size_t i = 0; i < draft->count; i++)
		if (is_key(&draft->lines[i], section, key))
			draft->lines[i].removed = true;
}

void bt_ini_draft_remove_section(struct bt_ini_draft *draft, size_t number)
{
	for (size_t i = 0; i < draft->count; i++)
		if (draft->lines[i].section_number == number)
			draft->lines[i].removed = true;
}

/* How the line was written up to its value: "  key = ". NULL when it is not of the source. */
static char *written_before_value(const struct bt_ini_draft_line *line)
{
	const char *equals = line->text ? NULL : memchr(line->bytes, '=', line->length);
	size_t length;

	if (!equals)
		return NULL;
	length = (size_t)(equals - line->bytes) + 1;
	while (length < line->length && strchr(" \t", line->bytes[length]))
		length++;
	return strndup(line->bytes, length);
}

static bool ends_in(const struct bt_ini_draft_line *line, const char *end)
{
	size_t length = strlen(end);

	return !line->text && line->length >= length &&
	       memcmp(line->bytes + line->length - length, end, length) == 0;
}

static void rewrite(struct bt_ini_draft *draft, struct bt_ini_draft_line *line, const char *value)
{
	BT_AUTOFREE char *before = written_before_value(line);
	const char *end = ends_in(line, "\r\n") ? "\r\n" : "\n";
	char *text = before ? bt_format("%s%s%s", before, value, end)
			    : bt_format("%s=%s%s", line->key, value, end);

	draft->failed = draft->failed || !text;
	free(line->text);
	line->text = text;
}

/* Behind the last key of the last section of this name; -1 when there is none. */
static ssize_t end_of_section(const struct bt_ini_draft *draft, const char *section)
{
	for (size_t i = draft->count; i-- > 0;) {
		const struct bt_ini_draft_line *line = &draft->lines[i];

		if ((line->kind == BT_INI_KEY || line->kind == BT_INI_SECTION) && !line->removed &&
		    bt_equal(line->section, section))
			return (ssize_t)i + 1;
	}
	return -1;
}

/* The last line that is still there; NULL when there is none. */
static const struct bt_ini_draft_line *last_line(const struct bt_ini_draft *draft)
{
	for (size_t i = draft->count; i-- > 0;)
		if (!draft->lines[i].removed)
			return &draft->lines[i];
	return NULL;
}

/* Before what comes behind a line without a line end. */
static void end_last_line(struct bt_ini_draft *draft)
{
	const struct bt_ini_draft_line *last = last_line(draft);
	struct bt_ini_draft_line end = {.kind = BT_INI_BLANK, .bytes = "\n", .length = 1};

	if (last && !last->text && !ends_in(last, "\n"))
		insert(draft, draft->count, &end);
}

void bt_ini_draft_add_section(struct bt_ini_draft *draft, const char *section)
{
	end_last_line(draft);

	struct bt_ini_draft_line line = {
		.kind = BT_INI_SECTION,
		.section = copy(draft, section),
		.text = bt_format("[%s]\n", section),
	};

	draft->failed = draft->failed || !line.text;
	insert(draft, draft->count, &line);
}

static void insert_key(struct bt_ini_draft *draft, size_t index, const char *section,
		       const char *key, const char *value)
{
	if (index == draft->count) {
		end_last_line(draft);
		index = draft->count;
	}

	struct bt_ini_draft_line line = {
		.kind = BT_INI_KEY,
		.section = copy(draft, section),
		.key = copy(draft, key),
		.section_number = index ? draft->lines[index - 1].section_number : 0,
		.text = bt_format("%s=%s\n", key, value),
	};

	draft->failed = draft->failed || !line.text;
	insert(draft, index, &line);
}

void bt_ini_draft_add(struct bt_ini_draft *draft, const char *section, const char *key,
		      const char *value)
{
	ssize_t index = find_key(draft, section, key) + 1;

	if (index <= 0)
		index = end_of_section(draft, section);
	if (index < 0) {
		bt_ini_draft_add_section(draft, section);
		index = (ssize_t)draft->count;
	}
	if (!draft->failed)
		insert_key(draft, (size_t)index, section, key, value);
}

void bt_ini_draft_append(struct bt_ini_draft *draft, const char *section, const char *key,
			 const char *value)
{
	if (!draft->failed)
		insert_key(draft, draft->count, section, key, value);
}

void bt_ini_draft_set(struct bt_ini_draft *draft, const char *section, const char *key,
		      const char *value)
{
	ssize_t last = find_key(draft, section, key);

	if (last < 0) {
		bt_ini_draft_add(draft, section, key, value);
		return;
	}
	rewrite(draft, &draft->lines[last], value);
	for (size_t i = 0; i < (size_t)last; i++)
		if (is_key(&draft->lines[i], section, key))
			draft->lines[i].removed = true;
}

/* Whether an empty line has to come between a line and a section of ours behind it. */
static bool is_close(const struct bt_ini_draft_line *before, const struct bt_ini_draft_line *line)
{
	return before && before->kind != BT_INI_BLANK && line->kind == BT_INI_SECTION && line->text;
}

char *bt_ini_draft_text(const struct bt_ini_draft *draft)
{
	BT_AUTOTEXT struct bt_text text = {0};
	const struct bt_ini_draft_line *before = NULL;

	for (size_t i = 0; i < draft->count; i++) {
		const struct bt_ini_draft_line *line = &draft->lines[i];

		if (line->removed)
			continue;
		if (is_close(before, line))
			bt_text_add_char(&text, '\n');
		if (line->text)
			bt_text_add(&text, line->text);
		else
			bt_text_add_bytes(&text, line->bytes, line->length);
		before = line;
	}
	return draft->failed ? NULL : bt_text_take(&text);
}
