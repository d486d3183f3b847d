/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Trees from YAML: from plain texts at once, from all others out of libyaml's events, which carry
 * the places. Depth and the growth by anchors are bounded, so that no text can exhaust stack or
 * memory.
 */
#include <errno.h>
#include <string.h>
#include <yaml.h>

#include "base/array.h"
#include "base/tree-yaml-plain.h"

enum {
	DEEPEST = 64,	     /* levels of nesting; real configurations have less than ten */
	MOST_COPIES = 50000, /* nodes that anchors and aliases may add to one text */
};

/* A place in the text that only moves forward, as libyaml's marks do. */
struct cursor {
	const char *line_start;
	const char *at;
	unsigned line;	  /* from 0, as libyaml counts */
	size_t character; /* from 0, within the line */
};

/* A list or map that is not complete yet. */
struct open_node {
	struct bt_node *node;	      /* owned until it is complete */
	const char *key;	      /* of a map: the key that waits for its value, or NULL */
	struct bt_origin key_origin;
	char *anchor;		      /* name, or NULL */
};

struct anchor {
	char *name;
	struct bt_node *node; /* a copy of its own: what it was taken from may be dropped */
};

/* What becomes of a key that comes a second time in a map. */
enum twice { FIRST_COUNTS, LAST_COUNTS, BOTH_MERGE };

struct building {
	struct bondtool *bt;
	const struct bt_source *source;
	enum twice twice;
	yaml_parser_t parser;
	struct cursor cursor;
	struct bt_node *documents;
	struct open_node open[DEEPEST];
	size_t depth;
	struct anchor *anchors; /* the later one of the same name holds */
	size_t n_anchors, size_anchors;
	size_t copies; /* nodes copied so far */
};

static void forget_anchors(struct building *b)
{
	for (size_t i = 0; i < b->n_anchors; i++) {
		free(b->anchors[i].name);
		bt_node_free(b->anchors[i].node);
	}
	b->n_anchors = 0;
}

static void building_release(struct building *b)
{
	for (size_t i = 0; i < b->depth; i++) {
		bt_node_free(b->open[i].node);
		free(b->open[i].anchor);
	}
	forget_anchors(b);
	free(b->anchors);
	bt_node_free(b->documents);
	yaml_parser_delete(&b->parser);
}

static const char *next_character(const char *at)
{
	do
		at++;
	while (((unsigned char)*at & 0xc0) == 0x80);
	return at;
}

/* Moves to the mark, whose columns count characters. */
static void move_to(struct building *b, const yaml_mark_t *mark)
{
	const char *end = b->source->text + b->source->length;
	struct cursor *c = &b->cursor;

	while (c->line < mark->line) {
		const char *break_ = memchr(c->at, '\n', (size_t)(end - c->at));

		if (!break_)
			break; /* libyaml knows more line ends than we do */
		*c = (struct cursor){break_ + 1, break_ + 1, c->line + 1, 0};
	}
	if (mark->column < c->character && c->line == mark->line) {
		c->at = c->line_start;
		c->character = 0;
	}
	for (; c->at < end && c->character < mark->column && *c->at != '\n'; c->character++)
		c->at = next_character(c->at);
}

static struct bt_origin origin_of(struct building *b, const yaml_mark_t *start,
				  const yaml_mark_t *end)
{
	struct bt_origin origin = {.source = b->source};
	struct cursor *c = &b->cursor;

	move_to(b, start);
	origin.line = c->line + 1;
	origin.column = (unsigned)(c->at - c->line_start) + 1;
	if (end && end->line == start->line && end->column > start->column) {
		const char *from = c->at;

		move_to(b, end);
		origin.length = bt_marked((size_t)(c->at - from));
	}
	return origin;
}

static int no_yaml(struct building *b)
{
	const yaml_parser_t *p = &b->parser;
	struct bt_origin origin;

	if (p->error == YAML_MEMORY_ERROR)
		return -ENOMEM;
	origin = p->error == YAML_READER_ERROR
			 ? bt_origin_at(b->source, p->problem_offset, 1)
			 : origin_of(b, &p->problem_mark, NULL);
	return bt_error(b->bt, -EINVAL, "yaml/syntax", &origin, "this is not YAML: %s%s%s",
			p->problem ? p->problem : "unreadable", p->context ? " " : "",
			p->context ? p->context : "");
}

/* Puts a complete node into the map that waits for it, as a key or as the value of one. */
static int place_in_map(struct building *b, struct open_node *map, struct bt_node *item)
{
	BT_AUTONODE struct bt_node *owned = item;
	const char *key = map->key;
	struct bt_node *present;

	if (!key && !owned->text)
		return bt_error(b->bt, -EINVAL, "yaml/syntax", &owned->origin, "%s cannot be a key",
				bt_node_kind_text(owned->kind));
	if (!key) {
		map->key = bt_tree_string(b->documents, owned->text, strlen(owned->text));
		map->key_origin = owned->origin;
		return map->key ? 0 : -ENOMEM;
	}
	map->key = NULL;
	present = bt_node_get(map->node, key);
	if (present && b->twice != FIRST_COUNTS) {
		bt_warning(b->bt, "yaml/duplicate-key", &map->key_origin,
			   "'%s' stands in line %u already; the later %s", key,
			   present->key_origin.line,
			   b->twice == BOTH_MERGE ? "values count" : "one counts");
		if (b->twice == BOTH_MERGE)
			return bt_node_merge(present, BT_TAKE(owned));
		bt_node_replace(present, BT_TAKE(owned));
		present->key_origin = map->key_origin;
		return 0;
	}
	if (present) {
		bt_diag(b->bt, BONDTOOL_ERROR, "yaml/duplicate-key", &map->key_origin, NULL,
			"'%s' stands here a second time; the one in line %u counts", key,
			present->key_origin.line);
		return 0;
	}
	owned->key_origin = map->key_origin;
	return bt_node_put(map->node, key, BT_TAKE(owned));
}

/* Puts a complete node where it belongs: into the innermost open node, or among the documents. */
static int place(struct building *b, struct bt_node *item)
{
	struct open_node *inner = b->depth ? &b->open[b->depth - 1] : NULL;

	if (!item)
		return -ENOMEM;
	if (!inner)
		return bt_node_append(b->documents, item);
	if (inner->node->kind == BT_NODE_LIST)
		return bt_node_append(inner->node, item);
	return place_in_map(b, inner, item);
}

static size_t count_nodes(const struct bt_node *node)
{
	size_t count = 1;

	for (size_t i = 0; i < node->count; i++)
		count += count_nodes(node->items[i]);
	return count;
}

/* A copy within the bounds, in *ret_copy; ORIGIN is who asks for it. */
static int copy_bounded(struct building *b, const struct bt_node *node,
			const struct bt_origin *origin, struct bt_node **ret_copy)
{
	b->copies += count_nodes(node);
	if (b->copies > MOST_COPIES)
		return bt_error(b->bt, -EINVAL, "yaml/limit", origin,
				"its anchors would make this text grow to more than %d values",
				MOST_COPIES);
	*ret_copy = bt_node_copy(node);
	return *ret_copy ? 0 : -ENOMEM;
}

/* Remembers a complete node under NAME (NULL: it has no anchor). */
static int add_anchor(struct building *b, const char *name, const struct bt_node *node)
{
	struct anchor anchor = {0};
	int r;

	if (!name)
		return 0;
	if (!BT_MAKE_ROOM(b->anchors, b->n_anchors, b->size_anchors))
		return -ENOMEM;
	r = copy_bounded(b, node, &node->origin, &anchor.node);
	if (r < 0)
		return r;
	anchor.name = strdup(name);
	b->anchors[b->n_anchors++] = anchor;
	return anchor.name ? 0 : -ENOMEM;
}

static int add_alias(struct building *b, const yaml_event_t *event)
{
	const char *name = (const char *)event->data.alias.anchor;
	struct bt_origin origin = origin_of(b, &event->start_mark, &event->end_mark);
	struct bt_node *copy = NULL;
	size_t i = b->n_anchors;
	int r;

	while (i && strcmp(b->anchors[i - 1].name, name) != 0)
		i--;
	if (!i)
		return bt_error(b->bt, -EINVAL, "yaml/syntax", &origin,
				"there is no anchor '&%s' before this alias", name);
	r = copy_bounded(b, b->anchors[i - 1].node, &origin, &copy);
	return r < 0 ? r : place(b, copy);
}

/* Whether the text is a number that JSON would have too: no leading zeros, no other bases. */
static bool is_number(const char *text)
{
	const char *p = text + (*text == '-');
	size_t digits = strspn(p, "0123456789");

	if (!digits || (digits > 1 && *p == '0'))
		return false;
	p += digits;
	if (*p == '.') {
		digits = strspn(p + 1, "0123456789");
		if (!digits)
			return false;
		p += digits + 1;
	}
	return !*p;
}

enum bt_node_kind bt_yaml_plain_kind(const char *text)
{
	if (!*text || bt_equal(text, "~") || bt_equal_ignoring_case(text, "null"))
		return BT_NODE_NULL;
	if (bt_equal(text, "true") || bt_equal(text, "false"))
		return BT_NODE_BOOLEAN;
	return is_number(text) ? BT_NODE_NUMBER : BT_NODE_TEXT;
}

static int add_scalar(struct building *b, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	struct bt_origin origin = origin_of(b, &event->start_mark, &event->end_mark);
	BT_AUTONODE struct bt_node *node = NULL;
	int r;

	if (strlen(text) != event->data.scalar.length)
		return bt_error(b->bt, -EINVAL, "yaml/syntax", &origin,
				"a text cannot hold a NUL character");
	node = bt_node_scalar(plain ? bt_yaml_plain_kind(text) : BT_NODE_TEXT, text);
	if (!node)
		return -ENOMEM;
	node->origin = origin;
	r = add_anchor(b, (const char *)event->data.scalar.anchor, node);
	return r < 0 ? r : place(b, BT_TAKE(node));
}

static int open_node(struct building *b, const yaml_event_t *event, enum bt_node_kind kind,
		     const yaml_char_t *anchor)
{
	struct bt_origin origin = origin_of(b, &event->start_mark, NULL);
	struct open_node *open = &b->open[b->depth];

	if (b->depth == DEEPEST)
		return bt_error(b->bt, -EINVAL, "yaml/limit", &origin,
				"lists and maps are nested more than %d deep", DEEPEST);
	*open = (struct open_node){.node = bt_node_new(kind)};
	if (!open->node)
		return -ENOMEM;
	b->depth++;
	open->node->origin = origin;
	if (anchor && !(open->anchor = strdup((const char *)anchor)))
		return -ENOMEM;
	return 0;
}

static int close_node(struct building *b)
{
	struct open_node *open = &b->open[--b->depth];
	BT_AUTONODE struct bt_node *node = BT_TAKE(open->node);
	BT_AUTOFREE char *anchor = BT_TAKE(open->anchor);
	int r = add_anchor(b, anchor, node);

	return r < 0 ? r : place(b, BT_TAKE(node));
}

static int take_event(struct building *b, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		forget_anchors(b);
		return 0;
	case YAML_SCALAR_EVENT:
		return add_scalar(b, event);
	case YAML_ALIAS_EVENT:
		return add_alias(b, event);
	case YAML_SEQUENCE_START_EVENT:
		return open_node(b, event, BT_NODE_LIST, event->data.sequence_start.anchor);
	case YAML_MAPPING_START_EVENT:
		return open_node(b, event, BT_NODE_MAP, event->data.mapping_start.anchor);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_node(b);
	default:
		return 0;
	}
}

static int take_all(struct building *b)
{
	for (;;) {
		yaml_event_t event;

		if (!yaml_parser_parse(&b->parser, &event))
			return no_yaml(b);

		bool end = event.type == YAML_STREAM_END_EVENT;
		int r = take_event(b, &event);

		yaml_event_delete(&event);
		if (r < 0 || end)
			return r;
	}
}

static int from_events(struct bondtool *bt, const struct bt_source *source, enum twice twice,
		       struct bt_node **ret_documents)
{
	BT_CLEANUP(building_release) struct building b = {
		.bt = bt,
		.source = source,
		.twice = twice,
		.cursor = {source->text, source->text, 0, 0},
	};
	int r;

	if (!yaml_parser_initialize(&b.parser))
		return -ENOMEM;
	b.documents = bt_tree_new();
	if (!b.documents)
		return -ENOMEM;
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)source->text,
				     source->length);
	r = take_all(&b);
	if (r != -ENOMEM)
		*ret_documents = BT_TAKE(b.documents);
	return r;
}

int bt_tree_from_yaml_events(struct bondtool *bt, const struct bt_source *source,
			     struct bt_node **ret_documents)
{
	return from_events(bt, source, FIRST_COUNTS, ret_documents);
}

static int build(struct bondtool *bt, const struct bt_source *source, enum twice twice,
		 struct bt_node **ret_documents)
{
	int r = bt_tree_from_plain_yaml(source, ret_documents);

	return r == -EOPNOTSUPP ? from_events(bt, source, twice, ret_documents) : r;
}

int bt_tree_from_yaml(struct bondtool *bt, const struct bt_source *source,
		      struct bt_node **ret_documents)
{
	return build(bt, source, FIRST_COUNTS, ret_documents);
}

int bt_tree_from_yaml_merged(struct bondtool *bt, const struct bt_source *source,
			     struct bt_node **ret_documents)
{
	return build(bt, source, BOTH_MERGE, ret_documents);
}

int bt_tree_from_yaml_last(struct bondtool *bt, const struct bt_source *source,
			   struct bt_node **ret_documents)
{
	return build(bt, source, LAST_COUNTS, ret_documents);
}
