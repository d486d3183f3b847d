/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Diagnostics: kept as records, rendered as text with a caret or as JSON. */
#include <jansson.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/context.h"
#include "base/text.h"

struct bt_diag {
	struct bondtool_diag shown; /* borrows the texts and the source's name */
	const struct bt_source *source;
	char *texts; /* rule, message and hint, one behind the other */
};

static struct bt_diag *diag_new(struct bondtool *bt)
{
	if (!BT_MAKE_ROOM(bt->diags, bt->n_diags, bt->size_diags))
		return NULL;
	return &bt->diags[bt->n_diags];
}

/* Adds a finding; without memory, nothing is added. */
static void add_diag(struct bondtool *bt, enum bondtool_severity severity, const char *rule,
		     const struct bt_origin *origin, const char *hint, const char *message)
{
	struct bt_diag *diag = diag_new(bt);
	size_t rule_size = strlen(rule) + 1, size = strlen(message) + 1;
	size_t hint_size = hint ? strlen(hint) + 1 : 0;
	char *texts = diag ? malloc(rule_size + size + hint_size) : NULL;

	if (!texts)
		return;
	*diag = (struct bt_diag){
		.texts = texts,
		.shown = {.severity = severity,
			  .rule = memcpy(texts, rule, rule_size),
			  .message = memcpy(texts + rule_size, message, size)},
	};
	if (hint)
		diag->shown.hint = memcpy(texts + rule_size + size, hint, hint_size);
	if (origin && origin->source) {
		diag->source = origin->source;
		diag->shown.file = origin->source->name;
		diag->shown.line = origin->line;
		diag->shown.column = origin->column;
		diag->shown.length = origin->length;
	}
	bt->n_diags++;
}

/* Texts that are not meant for us could otherwise fill the memory with findings. */
static void add_last_diag(struct bondtool *bt)
{
	BT_AUTOTEXT struct bt_text message = {0};

	bt_text_addf(&message, "there is more to say than these %d findings", BT_DIAG_LIMIT);
	if (!message.failed)
		add_diag(bt, BONDTOOL_ERROR, "diag/limit", NULL, NULL, message.data);
}

void bt_diag(struct bondtool *bt, enum bondtool_severity severity, const char *rule,
	     const struct bt_origin *origin, const char *hint, const char *format, ...)
{
	char usual[256]; /* bytes: enough for nearly all messages */
	va_list arguments;
	int length;

	if (bt->n_diags == BT_DIAG_LIMIT)
		add_last_diag(bt);
	if (bt->n_diags > BT_DIAG_LIMIT)
		return;
	va_start(arguments, format);
	length = vsnprintf(usual, sizeof(usual), format, arguments);
	va_end(arguments);
	if (length >= 0 && length < (int)sizeof(usual)) {
		add_diag(bt, severity, rule, origin, hint, usual);
		return;
	}

	char *longer;

	va_start(arguments, format);
	length = vasprintf(&longer, format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	add_diag(bt, severity, rule, origin, hint, longer);
	free(longer);
}

size_t bondtool_diags_count(const struct bondtool *bt)
{
	return bt->n_diags;
}

const struct bondtool_diag *bondtool_diags_at(const struct bondtool *bt, size_t index)
{
	return index < bt->n_diags ? &bt->diags[index].shown : NULL;
}

const struct bt_source *bt_diag_source(const struct bondtool *bt, size_t index)
{
	return index < bt->n_diags ? bt->diags[index].source : NULL;
}

size_t bondtool_diags_at_least(const struct bondtool *bt, enum bondtool_severity severity)
{
	size_t count = 0;

	for (size_t i = 0; i < bt->n_diags; i++)
		count += bt->diags[i].shown.severity >= severity;
	return count;
}

void bondtool_diags_clear(struct bondtool *bt)
{
	for (size_t i = 0; i < bt->n_diags; i++)
		free(bt->diags[i].texts);
	bt->n_diags = 0;
}

const char *bondtool_severity_name(enum bondtool_severity severity)
{
	switch (severity) {
	case BONDTOOL_NOTE:
		return "note";
	case BONDTOOL_WARNING:
		return "warning";
	case BONDTOOL_ERROR:
		return "error";
	}
	return "?";
}

enum {
	EXCERPT_WIDTH = 76,  /* of a source line that is shown, so that 80 columns suffice */
	EXCERPT_BEFORE = 30, /* of a longer line: kept before the place at fault */
};

/* Adds what a terminal can show: blanks for control characters, "?" for what is no UTF-8. */
static void add_printable(struct bt_text *text, const char *bytes, size_t length)
{
	char *start = bt_text_room(text, length), *at = start;
	size_t bad;

	if (!at)
		return;
	for (const char *end = bytes + length; bytes < end; bytes++)
		*at++ = (unsigned char)*bytes < ' ' || *bytes == 127 ? ' ' : *bytes;
	while (!bt_utf8_valid(start, length, &bad))
		start[bad] = '?';
	bt_text_end(text, at);
}

/* Shows the source line, cut to the width of a terminal, with a caret under the place. */
static void add_excerpt(struct bt_text *text, const struct bt_diag *diag)
{
	size_t length;
	const char *line = bt_source_line(diag->source, diag->shown.line, &length);
	size_t at = diag->shown.column ? diag->shown.column - 1 : 0;
	size_t from = 0;

	if (at > length)
		at = length;
	if (length > EXCERPT_WIDTH && at > EXCERPT_BEFORE)
		from = at - EXCERPT_BEFORE;
	while (from && from < at && ((unsigned char)line[from] & 0xc0) == 0x80)
		from++; /* not in the middle of a character */

	size_t shown = length - from > EXCERPT_WIDTH ? EXCERPT_WIDTH : length - from;
	size_t before = text->length, marks = diag->shown.length;

	bt_text_add(text, "  ");
	add_printable(text, line + from, at - from);

	size_t width = text->failed ? 0 : bt_display_width(text->data + before);

	add_printable(text, line + at, shown - (at - from));
	bt_text_add_char(text, '\n');
	if (!diag->shown.column)
		return;
	if (marks > shown - (at - from))
		marks = shown - (at - from);
	bt_text_fill(text, ' ', width);
	bt_text_add_char(text, '^');
	if (marks > 1)
		bt_text_fill(text, '~', marks - 1);
	bt_text_add_char(text, '\n');
}

/* The record that SHOWN, as handed out by us, is a part of; NULL when it is one of the caller's. */
static const struct bt_diag *record_of(const struct bondtool *bt, const struct bondtool_diag *shown)
{
	const struct bt_diag *diag = (const struct bt_diag *)shown;

	_Static_assert(offsetof(struct bt_diag, shown) == 0, "a record begins with what is shown");
	return diag >= bt->diags && diag < bt->diags + bt->n_diags ? diag : NULL;
}

/* "FILE:LINE:COLUMN: ", as much of it as is known. */
static void add_place(struct bt_text *text, const struct bondtool_diag *shown)
{
	const unsigned numbers[] = {shown->line, shown->line ? shown->column : 0};

	bt_text_add(text, shown->file);
	bt_text_add_char(text, ':');
	for (size_t i = 0; i < BT_ARRAY_SIZE(numbers); i++)
		if (numbers[i]) {
			bt_text_add_number(text, numbers[i]);
			bt_text_add_char(text, ':');
		}
	bt_text_add_char(text, ' ');
}

char *bondtool_diag_text(const struct bondtool *bt, const struct bondtool_diag *shown)
{
	BT_AUTOTEXT struct bt_text text = {0};
	const struct bt_diag *diag = record_of(bt, shown);

	bt_text_room(&text, 4 * EXCERPT_WIDTH); /* what most need */
	if (shown->file)
		add_place(&text, shown);
	bt_text_add(&text, bondtool_severity_name(shown->severity));
	bt_text_add(&text, ": ");
	bt_text_add(&text, shown->message);
	bt_text_add(&text, " [");
	bt_text_add(&text, shown->rule);
	bt_text_add(&text, "]\n");
	if (diag && diag->source && shown->line)
		add_excerpt(&text, diag);
	if (shown->hint) {
		bt_text_add(&text, "  hint: ");
		bt_text_add(&text, shown->hint);
		bt_text_add_char(&text, '\n');
	}
	return bt_text_take(&text);
}

static json_t *diag_json(const struct bondtool_diag *diag)
{
	json_t *object = json_pack("{s:s, s:s, s:s?, s:s}", "rule", diag->rule, "severity",
				   bondtool_severity_name(diag->severity), "file", diag->file,
				   "message", diag->message);

	if (!object) /* a message that quotes bytes that are no UTF-8 */
		return json_pack("{s:s, s:s, s:n, s:s}", "rule", diag->rule, "severity",
				 bondtool_severity_name(diag->severity), "file", "message",
				 "(the message quotes text that is not UTF-8)");
	if (diag->line)
		json_object_set_new(object, "line", json_integer(diag->line));
	if (diag->column)
		json_object_set_new(object, "column", json_integer(diag->column));
	if (diag->hint)
		json_object_set_new(object, "hint", json_string(diag->hint));
	return object;
}

char *bondtool_diags_json(const struct bondtool *bt)
{
	json_t *array = json_array();

	if (!array)
		return NULL;
	for (size_t i = 0; i < bt->n_diags; i++)
		json_array_append_new(array, diag_json(&bt->diags[i].shown));

	char *text = json_dumps(array, JSON_INDENT(2));

	json_decref(array);
	return text;
}
