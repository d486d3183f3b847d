/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Trees from JSON and back. Jansson judges a text; since it keeps no places, what it found good is
 * walked once more to note where every value stands.
 */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/tree.h"

/* A walk over a text that is known to be JSON. */
struct walk {
	const struct bt_source *source;
	const char *at;
	const char *line_start;
	unsigned line;
};

static void skip_blanks(struct walk *walk)
{
	for (;; walk->at++) {
		if (*walk->at == '\n') {
			walk->line++;
			walk->line_start = walk->at + 1;
		} else if (*walk->at != ' ' && *walk->at != '\t' && *walk->at != '\r') {
			return;
		}
	}
}

/* The origin of what ends here and began at START, on this line. */
static struct bt_origin origin_from(const struct walk *walk, const char *start)
{
	return (struct bt_origin){
		.source = walk->source,
		.line = walk->line,
		.column = (unsigned)(start - walk->line_start) + 1,
		.length = bt_marked((size_t)(walk->at - start)),
	};
}

/* Passes a string and returns what it means, in a new string; NULL without memory. */
static char *walk_string(struct walk *walk)
{
	const char *start = walk->at++;
	bool escaped = false;

	for (; *walk->at != '"'; walk->at++) {
		if (*walk->at == '\\') {
			escaped = true;
			walk->at++;
		}
	}
	walk->at++;
	if (!escaped)
		return strndup(start + 1, (size_t)(walk->at - start) - 2);

	json_t *string = json_loadb(start, (size_t)(walk->at - start), JSON_DECODE_ANY, NULL);
	char *text = string ? strdup(json_string_value(string)) : NULL;

	json_decref(string);
	return text;
}

static struct bt_node *walk_scalar(struct walk *walk)
{
	const char *start = walk->at;
	enum bt_node_kind kind = *start == '"'			  ? BT_NODE_TEXT
				 : *start == 't' || *start == 'f' ? BT_NODE_BOOLEAN
				 : *start == 'n'		  ? BT_NODE_NULL
								  : BT_NODE_NUMBER;
	BT_AUTONODE struct bt_node *node = bt_node_new(kind);

	if (!node)
		return NULL;
	if (kind == BT_NODE_TEXT) {
		node->text = walk_string(walk);
	} else {
		walk->at += strcspn(walk->at, " \t\r\n,]}");
		node->text = strndup(start, (size_t)(walk->at - start));
	}
	node->origin = origin_from(walk, start);
	return node->text ? BT_TAKE(node) : NULL;
}

static struct bt_node *walk_value(struct walk *walk);

/* One "key": value of a map. */
static int walk_pair(struct walk *walk, struct bt_node *map)
{
	const char *start = walk->at;
	BT_AUTOFREE char *key = walk_string(walk);
	struct bt_origin origin = origin_from(walk, start);
	struct bt_node *value;
	int r;

	skip_blanks(walk);
	walk->at++; /* the colon */
	skip_blanks(walk);
	value = key ? walk_value(walk) : NULL;
	if (value)
		value->key_origin = origin;
	r = key ? bt_node_put(map, key, value) : -ENOMEM;
	return r;
}

static struct bt_node *walk_items(struct walk *walk, enum bt_node_kind kind)
{
	BT_AUTONODE struct bt_node *node = bt_node_new(kind);
	const char *start = walk->at++;

	if (!node)
		return NULL;
	node->origin = origin_from(walk, start);
	for (skip_blanks(walk); *walk->at != ']' && *walk->at != '}'; skip_blanks(walk)) {
		if (*walk->at == ',') {
			walk->at++;
			continue;
		}

		int r = kind == BT_NODE_MAP ? walk_pair(walk, node)
					    : bt_node_append(node, walk_value(walk));

		if (r < 0)
			return NULL;
	}
	walk->at++;
	return BT_TAKE(node);
}

/* As deep as Jansson goes (2,048 levels), so that this recursion ends. */
static struct bt_node *walk_value(struct walk *walk)
{
	if (*walk->at == '{')
		return walk_items(walk, BT_NODE_MAP);
	if (*walk->at == '[')
		return walk_items(walk, BT_NODE_LIST);
	return walk_scalar(walk);
}

/* Jansson's message without the quotation of the place, which we show ourselves. */
static int refuse(struct bondtool *bt, const struct bt_source *source, const json_error_t *error)
{
	size_t offset = error->position > 0 ? (size_t)error->position - 1 : 0;
	struct bt_origin origin = bt_origin_at(source, offset, 1);
	bool duplicate = json_error_code(error) == json_error_duplicate_key;
	BT_AUTOFREE char *message = strdup(error->text);
	char *near = message ? strstr(message, " near '") : NULL;

	if (!message || json_error_code(error) == json_error_out_of_memory)
		return -ENOMEM;
	if (near)
		*near = '\0';
	return bt_error(bt, -EINVAL, duplicate ? "json/duplicate-key" : "json/syntax", &origin,
			"this is not JSON: %s", message);
}

int bt_tree_from_json(struct bondtool *bt, const struct bt_source *source,
		      struct bt_node **ret_tree)
{
	struct walk walk = {source, source->text, source->text, 1};
	const char *nul = memchr(source->text, '\0', source->length);
	struct bt_node *tree;
	json_error_t error;
	json_t *json;

	if (nul) { /* Jansson (2.14) passes over it in some places */
		struct bt_origin origin = bt_origin_at(source, (size_t)(nul - source->text), 1);

		return bt_error(bt, -EINVAL, "json/syntax", &origin,
				"this is not JSON: it holds a NUL character");
	}
	json = json_loadb(source->text, source->length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY,
			  &error);
	if (!json)
		return refuse(bt, source, &error);
	json_decref(json);
	skip_blanks(&walk);
	tree = walk_value(&walk);
	if (!tree)
		return -ENOMEM;
	*ret_tree = tree;
	return 0;
}

struct bt_node *bt_node_from_json(const char *text)
{
	struct walk walk = {NULL, text, text, 1};
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);

	if (!json)
		return NULL;
	json_decref(json);
	skip_blanks(&walk);
	return walk_value(&walk);
}

void bt_json_node(struct bt_json *json, const char *key, const struct bt_node *node)
{
	bool map = node->kind == BT_NODE_MAP;

	switch (node->kind) {
	case BT_NODE_NULL:
		bt_json_literal(json, key, "null");
		break;
	case BT_NODE_TEXT:
		bt_json_string(json, key, node->text);
		break;
	case BT_NODE_NUMBER:
	case BT_NODE_BOOLEAN:
		bt_json_literal(json, key, node->text);
		break;
	case BT_NODE_LIST:
	case BT_NODE_MAP:
		bt_json_open(json, key, map ? '{' : '[');
		for (size_t i = 0; i < node->count; i++)
			bt_json_node(json, node->items[i]->key, node->items[i]);
		bt_json_close(json, map ? '}' : ']');
	}
}

char *bt_tree_to_json(const struct bt_node *tree, bool pretty)
{
	struct bt_json json = {.pretty = pretty};

	bt_json_node(&json, NULL, tree);
	if (pretty)
		bt_text_add_char(&json.text, '\n');
	return bt_text_take(&json.text);
}
