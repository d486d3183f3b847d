/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Diagnostics: kept as records, rendered as text with a caret or as JSON. */
#include <jansson.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"

struct bt_diag {
	struct bondtool_diag shown; /* borrows the strings below and the source's name */
	const struct bt_source *source;
	char *rule, *message, *hint;
};

static struct bt_diag *diag_new(struct bondtool *bt)
{
	if (bt->n_diags == bt->size_diags) {
		size_t size = bt->size_diags ? bt->size_diags * 2 : 8;
		struct bt_diag *diags = reallocarray(bt->diags, size, sizeof(*diags));

		if (!diags)
			return NULL;
		bt->diags = diags;
		bt->size_diags = size;
	}
	return &bt->diags[bt->n_diags];
}

/* Adds a finding; takes MESSAGE over (NULL: without memory, nothing is added). */
static void add_diag(struct bondtool *bt, enum bondtool_severity severity, const char *rule,
		     const struct bt_origin *origin, const char *hint, char *message)
{
	struct bt_diag *diag = diag_new(bt);
	struct bt_diag made = {
		.rule = strdup(rule),
		.message = message,
		.hint = hint ? strdup(hint) : NULL,
	};

	if (!diag || !made.rule || !made.message || (hint && !made.hint)) {
		free(made.rule);
		free(made.message);
		free(made.hint);
		return;
	}
	made.shown = (struct bondtool_diag){
		.severity = severity,
		.rule = made.rule,
		.message = made.message,
		.hint = made.hint,
	};
	if (origin && origin->source) {
		made.source = origin->source;
		made.shown.file = origin->source->name;
		made.shown.line = origin->line;
		made.shown.column = origin->column;
		made.shown.length = origin->length;
	}
	*diag = made;
	bt->n_diags++;
}

/* Texts that are not meant for us could otherwise fill the memory with findings. */
static void add_last_diag(struct bondtool *bt)
{
	add_diag(bt, BONDTOOL_ERROR, "diag/limit", NULL, NULL,
		 bt_format("there is more to say than these %d findings", BT_DIAG_LIMIT));
}

void bt_diag(struct bondtool *bt, enum bondtool_severity severity, const char *rule,
	     const struct bt_origin *origin, const char *hint, const char *format, ...)
{
	char *message = NULL;
	va_list arguments;

	if (bt->n_diags == BT_DIAG_LIMIT)
		add_last_diag(bt);
	if (bt->n_diags > BT_DIAG_LIMIT)
		return;
	va_start(arguments, format);
	if (vasprintf(&message, format, arguments) < 0)
		message = NULL;
	va_end(arguments);
	add_diag(bt, severity, rule, origin, hint, message);
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
	for (size_t i = 0; i < bt->n_diags; i++) {
		free(bt->diags[i].rule);
		free(bt->diags[i].message);
		free(bt->diags[i].hint);
	}
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

static void add_printable(struct bt_text *text, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		bt_text_add_char(text, (unsigned char)bytes[i] < ' ' || bytes[i] == 127 ? ' '
											: bytes[i]);
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
	while (from && from < length && ((unsigned char)line[from] & 0xc0) == 0x80)
		from++; /* not in the middle of a character */

	size_t shown = length - from > EXCERPT_WIDTH ? EXCERPT_WIDTH : length - from;
	BT_AUTOTEXT struct bt_text before = {0};

	bt_text_add(text, "  ");
	add_printable(text, line + from, shown);
	bt_text_add(text, "\n");
	if (!diag->shown.column)
		return;
	add_printable(&before, line + from, at - from);

	size_t width = 2 + bt_display_width(before.data ? before.data : "");
	size_t marks = diag->shown.length;

	if (marks > shown - (at - from))
		marks = shown - (at - from);
	bt_text_pad(text, width);
	bt_text_add_char(text, '^');
	for (size_t i = 1; i < marks; i++)
		bt_text_add_char(text, '~');
	bt_text_add(text, "\n");
}

/* The record that SHOWN, as handed out by us, is a part of; NULL when it is one of the caller's. */
static const struct bt_diag *record_of(const struct bondtool *bt, const struct bondtool_diag *shown)
{
	const struct bt_diag *diag = (const struct bt_diag *)shown;

	_Static_assert(offsetof(struct bt_diag, shown) == 0, "a record begins with what is shown");
	return diag >= bt->diags && diag < bt->diags + bt->n_diags ? diag : NULL;
}

char *bondtool_diag_text(const struct bondtool *bt, const struct bondtool_diag *shown)
{
	BT_AUTOTEXT struct bt_text text = {0};
	const struct bt_diag *diag = record_of(bt, shown);

	if (shown->file)
		bt_text_addf(&text, "%s:", shown->file);
	if (shown->file && shown->line)
		bt_text_addf(&text, "%u:", shown->line);
	if (shown->file && shown->line && shown->column)
		bt_text_addf(&text, "%u:", shown->column);
	bt_text_addf(&text, "%s%s: %s [%s]\n", shown->file ? " " : "",
		     bondtool_severity_name(shown->severity), shown->message, shown->rule);
	if (diag && diag->source && shown->line)
		add_excerpt(&text, diag);
	if (shown->hint)
		bt_text_addf(&text, "  hint: %s\n", shown->hint);
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
