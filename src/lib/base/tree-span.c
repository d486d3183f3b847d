/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Taking a YAML text apart into spans, by libyaml's events; see tree-span.h. */
#include "base/tree-span.h"

#include <errno.h>
#include <string.h>
#include <yaml.h>

#include "base/array.h"
#include "base/text.h"

enum { DEEPEST = 64 }; /* levels of nesting, as for trees */

/* A place in the text: libyaml counts characters, we count bytes. */
struct place {
	size_t character, byte;
};

struct parsing {
	const struct bt_source *source;
	yaml_parser_t parser;
	yaml_event_t event; /* the one that is looked at */
	bool has_event;
	struct place place;
	const char *reason;
};

static void parsing_release(struct parsing *p)
{
	if (p->has_event)
		yaml_event_delete(&p->event);
	yaml_parser_delete(&p->parser);
}

void bt_span_free(struct bt_span *span)
{
	if (!span)
		return;
	for (size_t i = 0; i < span->count; i++)
		bt_span_free(span->items[i]);
	free(span->items);
	bt_hash_release(&span->by_key);
	free(span->text);
	free(span->key);
	free(span);
}

struct bt_span *bt_span_get(const struct bt_span *map, const char *key)
{
	size_t number;

	return map->kind == BT_SPAN_MAP && bt_hash_get(&map->by_key, key, &number)
		       ? map->items[number]
		       : NULL;
}

static int refuse(struct parsing *p, const char *reason)
{
	p->reason = reason;
	return -EOPNOTSUPP;
}

/* Goes on to the next event. */
static int next(struct parsing *p)
{
	if (p->has_event)
		yaml_event_delete(&p->event);
	p->has_event = false;
	if (!yaml_parser_parse(&p->parser, &p->event))
		return p->parser.error == YAML_MEMORY_ERROR ? -ENOMEM : refuse(p, "it is not YAML");
	p->has_event = true;
	return 0;
}

static bool is_inside_character(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The byte at which the mark's character begins. Marks lie close to each other, mostly in order. */
static size_t offset_of(struct parsing *p, const yaml_mark_t *mark)
{
	const char *text = p->source->text;
	struct place *at = &p->place;

	for (; at->character < mark->index && at->byte < p->source->length; at->character++)
		do
			at->byte++;
		while (is_inside_character(text[at->byte]));
	for (; at->character > mark->index && at->byte > 0; at->character--)
		do
			at->byte--;
		while (is_inside_character(text[at->byte]));
	return at->byte;
}

static int append(struct bt_span *parent, struct bt_span *item)
{
	BT_AUTOSPAN struct bt_span *owned = item;

	if (!BT_MAKE_ROOM(parent->items, parent->count, parent->size))
		return -ENOMEM;
	parent->items[parent->count++] = BT_TAKE(owned);
	return 0;
}

static int parse_value(struct parsing *p, unsigned depth, struct bt_span **ret_span);

static int parse_list(struct parsing *p, struct bt_span *list, unsigned depth)
{
	int r = next(p);

	while (r == 0 && p->event.type != YAML_SEQUENCE_END_EVENT) {
		struct bt_span *item = NULL;

		r = parse_value(p, depth, &item);
		if (r == 0)
			r = append(list, item);
	}
	return r;
}

static int parse_entry(struct parsing *p, struct bt_span *map, unsigned depth)
{
	BT_AUTOSPAN struct bt_span *key = NULL;
	struct bt_span *value = NULL;
	int r = parse_value(p, depth, &key);

	if (r < 0)
		return r;
	if (key->kind != BT_SPAN_SCALAR || key->style == BT_SPAN_LINES)
		return refuse(p, "it has a key that is no word");
	if (bt_span_get(map, key->text))
		return refuse(p, "it has a key twice");
	r = parse_value(p, depth, &value);
	if (r < 0)
		return r;
	value->key = BT_TAKE(key->text);
	value->key_start = key->start;
	value->key_end = key->end;
	r = append(map, value);
	return r == 0 ? bt_hash_put(&map->by_key, value->key, map->count - 1) : r;
}

static int parse_map(struct parsing *p, struct bt_span *map, unsigned depth)
{
	int r = next(p);

	while (r == 0 && p->event.type != YAML_MAPPING_END_EVENT)
		r = parse_entry(p, map, depth);
	return r;
}

/* The events of block style end where the next thing begins: what counts is the last item. */
static void settle_end(struct parsing *p, struct bt_span *span)
{
	if (span->style == BT_SPAN_FLOW)
		span->end = offset_of(p, &p->event.end_mark);
	else
		span->end = span->items[span->count - 1]->end;
}

static int parse_items(struct parsing *p, struct bt_span *span, unsigned depth)
{
	int r = span->kind == BT_SPAN_LIST ? parse_list(p, span, depth + 1)
					   : parse_map(p, span, depth + 1);

	if (r < 0)
		return r;
	if (span->style != BT_SPAN_FLOW && !span->count)
		return refuse(p, "it has something that is not followed");
	settle_end(p, span);
	return next(p);
}

static int take_scalar(struct parsing *p, struct bt_span *span)
{
	static const enum bt_span_style styles[] = {
		[YAML_PLAIN_SCALAR_STYLE] = BT_SPAN_PLAIN,
		[YAML_SINGLE_QUOTED_SCALAR_STYLE] = BT_SPAN_SINGLE,
		[YAML_DOUBLE_QUOTED_SCALAR_STYLE] = BT_SPAN_DOUBLE,
		[YAML_LITERAL_SCALAR_STYLE] = BT_SPAN_LINES,
		[YAML_FOLDED_SCALAR_STYLE] = BT_SPAN_LINES,
	};
	const char *text = p->source->text;

	span->style = styles[p->event.data.scalar.style];
	span->text = strdup((const char *)p->event.data.scalar.value);
	span->end = offset_of(p, &p->event.end_mark);
	while (span->style == BT_SPAN_LINES && span->end > span->start &&
	       strchr(" \r\n", text[span->end - 1]))
		span->end--;
	return span->text ? next(p) : -ENOMEM;
}

/* Whether what the event begins can be followed. */
static int check_event(struct parsing *p, unsigned depth)
{
	const yaml_event_t *event = &p->event;
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (event->type == YAML_ALIAS_EVENT)
		return refuse(p, "it has anchors and aliases");
	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	} else {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	}
	if (anchor)
		return refuse(p, "it has anchors and aliases");
	if (tag)
		return refuse(p, "it has tags");
	return depth > DEEPEST ? refuse(p, "it is nested too deeply") : 0;
}

/* The value at which the current event stands; goes on to the event behind it. */
static int parse_value(struct parsing *p, unsigned depth, struct bt_span **ret_span)
{
	BT_AUTOSPAN struct bt_span *span = NULL;
	int r = check_event(p, depth);

	if (r < 0)
		return r;
	span = calloc(1, sizeof(*span));
	if (!span)
		return -ENOMEM;
	span->start = offset_of(p, &p->event.start_mark);
	if (p->event.type == YAML_SCALAR_EVENT) {
		r = take_scalar(p, span);
	} else if (p->event.type == YAML_MAPPING_START_EVENT) {
		span->kind = BT_SPAN_MAP;
		span->style = p->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
				      ? BT_SPAN_FLOW
				      : BT_SPAN_LINES;
		r = parse_items(p, span, depth);
	} else {
		span->kind = BT_SPAN_LIST;
		span->style = p->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
				      ? BT_SPAN_FLOW
				      : BT_SPAN_LINES;
		r = parse_items(p, span, depth);
	}
	if (r == 0)
		*ret_span = BT_TAKE(span);
	return r;
}

/* From the start of the stream to its end: one document, or none. */
static int parse_stream(struct parsing *p, struct bt_span **ret_root)
{
	BT_AUTOSPAN struct bt_span *root = NULL;
	int r = next(p);

	if (r == 0)
		r = next(p);
	if (r == 0 && p->event.type == YAML_DOCUMENT_START_EVENT) {
		r = next(p);
		if (r == 0)
			r = parse_value(p, 0, &root);
		if (r == 0)
			r = next(p);
	}
	if (r == 0 && p->event.type != YAML_STREAM_END_EVENT)
		r = refuse(p, "it has several documents");
	if (r == 0)
		*ret_root = BT_TAKE(root);
	return r;
}

int bt_span_parse(const struct bt_source *source, struct bt_span **ret_root,
		  const char **ret_reason)
{
	BT_CLEANUP(parsing_release) struct parsing p = {.source = source};
	int r;

	if (!yaml_parser_initialize(&p.parser))
		return -ENOMEM;
	yaml_parser_set_encoding(&p.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&p.parser, (const unsigned char *)source->text,
				     source->length);
	*ret_root = NULL;
	r = parse_stream(&p, ret_root);
	*ret_reason = p.reason;
	return r;
}
