/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Editing a YAML text by lines and by brackets, see tree-edit.h. */
#include "base/tree-edit.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"

void bt_edits_release(struct bt_edits *edits)
{
	for (size_t i = 0; i < edits->count; i++)
		free(edits->items[i].text);
	free(edits->items);
	*edits = (struct bt_edits){0};
}

/* ---- lines ----------------------------------------------------------------------------------- */

static size_t line_start(const struct bt_source *source, size_t at)
{
	while (at > 0 && source->text[at - 1] != '\n')
		at--;
	return at;
}

/* The end of the line at AT, before its line break. */
static size_t line_end(const struct bt_source *source, size_t at)
{
	const char *end = memchr(source->text + at, '\n', source->length - at);
	size_t offset = end ? (size_t)(end - source->text) : source->length;

	return end && offset > at && source->text[offset - 1] == '\r' ? offset - 1 : offset;
}

/* The start of the line behind that at AT, or the end of the text. */
static size_t next_line(const struct bt_source *source, size_t at)
{
	const char *end = memchr(source->text + at, '\n', source->length - at);

	return end ? (size_t)(end - source->text) + 1 : source->length;
}

static size_t column_of(const struct bt_source *source, size_t at)
{
	return at - line_start(source, at);
}

static bool is_blank_before(const struct bt_source *source, size_t at)
{
	while (at > 0 && source->text[at - 1] == ' ')
		at--;
	return at == 0 || source->text[at - 1] == '\n';
}

/* ---- places ---------------------------------------------------------------------------------- */

enum { NOT_FOUND = 0 }; /* no colon and no dash ends there */

static size_t behind_colon(const struct bt_source *source, const struct bt_span *entry)
{
	size_t at = entry->key_end;

	while (source->text[at] == ' ')
		at++;
	return source->text[at] == ':' ? at + 1 : NOT_FOUND;
}

static size_t behind_dash(const struct bt_source *source, const struct bt_span *item)
{
	size_t at = item->start;

	while (at > 0 && strchr(" \r\n", source->text[at - 1]))
		at--;
	return at > 0 && source->text[at - 1] == '-' ? at : NOT_FOUND;
}

struct bt_place bt_place_below(const struct bt_place *place, size_t index)
{
	const struct bt_span *span = place->span->items[index];
	struct bt_place below = {
		.span = span,
		.of = span->key ? BT_PLACE_ENTRY : BT_PLACE_ITEM,
		.in_flow = place->in_flow || place->span->style == BT_SPAN_FLOW,
		.source = place->source,
	};

	if (span->key) {
		below.behind = behind_colon(place->source, span);
		below.column = column_of(place->source, span->key_start);
	} else if (!below.in_flow) {
		below.behind = behind_dash(place->source, span);
		below.column = below.behind ? column_of(place->source, below.behind - 1) : 0;
	}
	return below;
}

/* Finds out how far the text indents maps and dashes; what is found is cleared from *SEEK. */
static void find_style(struct bt_edits *edits, const struct bt_place *place, unsigned *seek)
{
	enum { STEP = 1, DASH = 2 };
	const struct bt_span *span = place->span;
	unsigned what = span->kind == BT_SPAN_MAP ? STEP : DASH;

	if (span->kind == BT_SPAN_SCALAR || span->style == BT_SPAN_FLOW || !*seek)
		return;
	size_t column = column_of(edits->source, span->start);

	if (place->of == BT_PLACE_ENTRY && (*seek & what) && column >= place->column) {
		*(what == STEP ? &edits->style.step : &edits->style.dash) =
			(unsigned)(column - place->column);
		*seek &= ~what;
	}
	for (size_t i = 0; *seek && i < span->count; i++) {
		const struct bt_place below = bt_place_below(place, i);

		find_style(edits, &below, seek);
	}
}

struct bt_place bt_edits_begin(struct bt_edits *edits, const struct bt_source *source,
			       const struct bt_span *root)
{
	struct bt_place place = {.span = root, .source = source};
	unsigned seek = 3;

	*edits = (struct bt_edits){
		.source = source,
		.style = {.step = 2, .dash = 2},
		.crlf = memmem(source->text, source->length, "\r\n", 2) != NULL,
		.ended = !source->length || source->text[source->length - 1] == '\n',
	};
	if (root)
		find_style(edits, &place, &seek);
	return place;
}

/* ---- edits ----------------------------------------------------------------------------------- */

/* Adds an edit and takes TEXT over; NULL: memory ran out. */
static void add(struct bt_edits *edits, size_t start, size_t end, char *text)
{
	if (!text || !BT_MAKE_ROOM(edits->items, edits->count, edits->size)) {
		edits->failed = true;
		free(text);
		return;
	}
	edits->items[edits->count++] = (struct bt_edit){start, end, text};
}

static void cut(struct bt_edits *edits, size_t start, size_t end)
{
	add(edits, start, end, strdup(""));
}

/* Takes a text of whole lines, without the end of the last one. */
static char *without_line_end(struct bt_text *text)
{
	if (text->length && text->data[text->length - 1] == '\n')
		text->data[--text->length] = '\0';
	return bt_text_take(text);
}

static bool is_container(const struct bt_node *node)
{
	return node->kind == BT_NODE_LIST || node->kind == BT_NODE_MAP;
}

/* ---- other values ---------------------------------------------------------------------------- */

/* The value in one line, in the quotes of the old one. */
static void add_inline(struct bt_text *out, const struct bt_place *place,
		       const struct bt_node *value)
{
	enum bt_span_style old = place->span->style;

	if (is_container(value))
		bt_yaml_add_flow(out, value);
	else
		bt_yaml_add_scalar(out, value,
				   old == BT_SPAN_SINGLE   ? BT_YAML_SINGLE
				   : old == BT_SPAN_DOUBLE ? BT_YAML_DOUBLE
							   : BT_YAML_AS_NEEDED,
				   place->in_flow);
}

/* Whether the value belongs into one line: scalars, and what had brackets before. */
static bool is_inline(const struct bt_place *place, const struct bt_node *value)
{
	const struct bt_span *old = place->span;
	bool same_kind = (value->kind == BT_NODE_LIST && old->kind == BT_SPAN_LIST) ||
			 (value->kind == BT_NODE_MAP && old->kind == BT_SPAN_MAP);

	return place->in_flow || !is_container(value) || !value->count ||
	       (same_kind && old->style == BT_SPAN_FLOW && old->count);
}

/* Whether the old value is nothing at all: "key:". */
static bool is_nothing(const struct bt_span *span)
{
	return span->kind == BT_SPAN_SCALAR && span->style == BT_SPAN_PLAIN && !*span->text;
}

/*
 * Puts TEXT, which begins with a blank, behind the colon or dash in place of a value that begins
 * there or in a later line; a comment in the same line stays.
 */
static void put_behind(struct bt_edits *edits, const struct bt_place *place, char *text)
{
	size_t end_of_line = line_end(edits->source, place->behind);

	edits->unsafe = edits->unsafe || place->behind == NOT_FOUND;
	if (is_nothing(place->span)) {
		add(edits, place->behind, place->behind, text);
	} else if (place->span->start <= end_of_line) {
		add(edits, place->behind, place->span->end, text);
	} else {
		add(edits, place->behind, place->behind, text);
		cut(edits, end_of_line, place->span->end);
	}
}

static void replace_inline(struct bt_edits *edits, const struct bt_place *place,
			   const struct bt_node *value)
{
	const struct bt_span *span = place->span;
	bool here = span->kind == BT_SPAN_SCALAR ? span->style != BT_SPAN_LINES
						 : span->style == BT_SPAN_FLOW;
	BT_AUTOTEXT struct bt_text text = {0};

	if (place->of == BT_PLACE_ROOT || place->in_flow || (here && !is_nothing(span))) {
		if (place->in_flow && is_nothing(span) &&
		    edits->source->text[span->start - 1] != ' ')
			bt_text_add_char(&text, ' ');
		add_inline(&text, place, value);
		add(edits, span->start, span->end, bt_text_take(&text));
		return;
	}
	bt_text_add_char(&text, ' ');
	add_inline(&text, place, value);
	put_behind(edits, place, bt_text_take(&text));
}

/* A list or map of several lines behind "key:". */
static void replace_below(struct bt_edits *edits, const struct bt_place *place,
			  const struct bt_node *value)
{
	const struct bt_span *span = place->span;
	size_t end_of_line = line_end(edits->source, place->behind);
	BT_AUTOTEXT struct bt_text text = {0};

	bt_yaml_add_value(&text, value, (unsigned)place->column, &edits->style);
	edits->unsafe = edits->unsafe || place->behind == NOT_FOUND;
	if (text.data && *text.data == ' ') { /* a short list after all */
		put_behind(edits, place, without_line_end(&text));
	} else if (is_nothing(span)) {
		add(edits, end_of_line, end_of_line, without_line_end(&text));
	} else if (span->start > end_of_line) {
		add(edits, end_of_line, span->end, without_line_end(&text));
	} else {
		size_t behind_old = line_end(edits->source, span->end);

		cut(edits, place->behind, span->end);
		add(edits, behind_old, behind_old, without_line_end(&text));
	}
}

/* A list or map of several lines where one was, or behind a dash, or as the whole text. */
static void replace_here(struct bt_edits *edits, const struct bt_place *place,
			 const struct bt_node *value)
{
	const struct bt_span *span = place->span;
	bool item = place->of == BT_PLACE_ITEM;
	size_t column = column_of(edits->source, span->start);
	BT_AUTOTEXT struct bt_text text = {0};

	if (item && is_nothing(span)) {
		bt_text_add_char(&text, ' ');
		column = place->column + 2;
	}
	if (item && value->kind == BT_NODE_LIST)
		bt_yaml_add_flow(&text, value);
	else
		bt_yaml_add_items(&text, value, (unsigned)column, true, &edits->style);
	add(edits, span->start, span->end, without_line_end(&text));
}

/* Adds lines at the end of the text. */
static void add_at_end(struct bt_edits *edits, char *lines)
{
	size_t end = edits->source->length;

	if (!edits->ended)
		add(edits, end, end, strdup("\n"));
	edits->ended = true;
	add(edits, end, end, lines);
}

static bool is_in_lines(const struct bt_span *span, const struct bt_node *value)
{
	return span->style == BT_SPAN_LINES &&
	       ((span->kind == BT_SPAN_MAP && value->kind == BT_NODE_MAP) ||
		(span->kind == BT_SPAN_LIST && value->kind == BT_NODE_LIST));
}

void bt_edit_replace(struct bt_edits *edits, const struct bt_place *place,
		     const struct bt_node *value)
{
	BT_AUTOTEXT struct bt_text text = {0};

	if (!place->span) {
		bt_yaml_add_items(&text, value, 0, false, &edits->style);
		add_at_end(edits, bt_text_take(&text));
	} else if (is_inline(place, value)) {
		replace_inline(edits, place, value);
	} else if (place->of != BT_PLACE_ENTRY || is_in_lines(place->span, value)) {
		replace_here(edits, place, value);
	} else {
		replace_below(edits, place, value);
	}
}

/* ---- fewer and more items -------------------------------------------------------------------- */

/* Where the item begins: at its key, in the lines of a list at its dash, else at its value. */
static size_t start_of(struct bt_edits *edits, const struct bt_span *parent, size_t index)
{
	const struct bt_span *item = parent->items[index];
	size_t behind;

	if (item->key)
		return item->key_start;
	if (parent->style == BT_SPAN_FLOW)
		return item->start;
	behind = behind_dash(edits->source, item);
	edits->unsafe = edits->unsafe || behind == NOT_FOUND;
	return behind == NOT_FOUND ? item->start : behind - 1;
}

/* Items within brackets go with the comma before them, the first ones with that behind them. */
static void remove_in_flow(struct bt_edits *edits, const struct bt_span *span, const bool *removed)
{
	bool first = true;

	for (size_t i = 0; i < span->count; i++) {
		if (!removed[i]) {
			first = false;
			continue;
		}
		if (first)
			cut(edits, start_of(edits, span, i), start_of(edits, span, i + 1));
		else
			cut(edits, span->items[i - 1]->end, span->items[i]->end);
	}
}

/* Whole lines, unless the first item follows a dash: then the next one takes its place. */
static void remove_lines(struct bt_edits *edits, const struct bt_span *span, const bool *removed)
{
	size_t i = 0;

	if (removed[0] && !is_blank_before(edits->source, start_of(edits, span, 0))) {
		while (removed[i])
			i++;
		cut(edits, start_of(edits, span, 0), start_of(edits, span, i));
	}
	for (; i < span->count; i++)
		if (removed[i])
			cut(edits, line_start(edits->source, start_of(edits, span, i)),
			    next_line(edits->source, span->items[i]->end));
}

void bt_edit_remove(struct bt_edits *edits, const struct bt_place *place, const bool *removed)
{
	if (place->span->style == BT_SPAN_FLOW)
		remove_in_flow(edits, place->span, removed);
	else
		remove_lines(edits, place->span, removed);
}

static void insert_in_flow(struct bt_edits *edits, const struct bt_span *span, size_t index,
			   const struct bt_node *item)
{
	size_t at = index ? span->items[index - 1]->end : start_of(edits, span, 0);
	BT_AUTOTEXT struct bt_text text = {0};

	bt_text_add(&text, index ? ", " : "");
	if (item->key) {
		bt_yaml_add_key(&text, item->key, true);
		bt_text_add_char(&text, ' ');
	}
	bt_yaml_add_flow(&text, item);
	bt_text_add(&text, index ? "" : ", ");
	add(edits, at, at, bt_text_take(&text));
}

static void insert_lines(struct bt_edits *edits, const struct bt_span *span, size_t index,
			 const struct bt_node *item)
{
	size_t first = start_of(edits, span, 0);
	size_t at = index ? next_line(edits->source, span->items[index - 1]->end)
			  : line_start(edits->source, first);
	const struct bt_node parent = {
		.kind = span->kind == BT_SPAN_MAP ? BT_NODE_MAP : BT_NODE_LIST,
		.items = (struct bt_node *[]){(struct bt_node *)item},
		.count = 1,
	};
	BT_AUTOTEXT struct bt_text text = {0};

	bt_yaml_add_items(&text, &parent, (unsigned)column_of(edits->source, first), false,
			  &edits->style);
	if (at == edits->source->length)
		add_at_end(edits, bt_text_take(&text));
	else
		add(edits, at, at, bt_text_take(&text));
}

void bt_edit_insert(struct bt_edits *edits, const struct bt_place *place, size_t index,
		    const struct bt_node *item)
{
	if (place->span->style == BT_SPAN_FLOW)
		insert_in_flow(edits, place->span, index, item);
	else
		insert_lines(edits, place->span, index, item);
}

/* ---- the new text ---------------------------------------------------------------------------- */

/* An edit with its number: what comes to one place comes in the order in which it was asked for. */
struct numbered {
	const struct bt_edit *edit;
	size_t number;
};

static int by_place(const void *a, const void *b)
{
	const struct numbered *one = a, *other = b;

	if (one->edit->start != other->edit->start)
		return one->edit->start < other->edit->start ? -1 : 1;
	if (one->edit->end != other->edit->end)
		return one->edit->end < other->edit->end ? -1 : 1;
	return one->number < other->number ? -1 : 1;
}

static void add_lines(struct bt_text *out, const char *text, bool crlf)
{
	for (const char *p = text; *p; p++) {
		if (crlf && *p == '\n')
			bt_text_add_char(out, '\r');
		bt_text_add_char(out, *p);
	}
}

char *bt_edits_apply(struct bt_edits *edits)
{
	BT_AUTOFREE struct numbered *order = calloc(edits->count + 1, sizeof(*order));
	BT_AUTOTEXT struct bt_text out = {0};
	size_t at = 0;

	if (edits->failed || !order)
		return NULL;
	for (size_t i = 0; i < edits->count; i++)
		order[i] = (struct numbered){&edits->items[i], i};
	qsort(order, edits->count, sizeof(*order), by_place);
	for (size_t i = 0; i < edits->count; i++) {
		const struct bt_edit *edit = order[i].edit;

		if (edit->start < at || edit->end < edit->start) {
			edits->unsafe = true;
			continue;
		}
		bt_text_add_bytes(&out, edits->source->text + at, edit->start - at);
		add_lines(&out, edit->text, edits->crlf);
		at = edit->end;
	}
	bt_text_add_bytes(&out, edits->source->text + at, edits->source->length - at);
	return bt_text_take(&out);
}
