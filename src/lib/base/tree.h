/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Trees of maps, lists and scalars, as YAML and JSON texts hold them: every node and every key
 * knows its place in the text. Readers of formats walk a tree; writers build one and render it.
 */
#ifndef BT_BASE_TREE_H
#define BT_BASE_TREE_H

#include "base/context.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/pool.h"
#include "base/text.h"

enum bt_node_kind {
	BT_NODE_NULL,	 /* null, ~ or nothing */
	BT_NODE_TEXT,
	BT_NODE_NUMBER,	 /* of any kind: its text says which */
	BT_NODE_BOOLEAN, /* true or false */
	BT_NODE_LIST,
	BT_NODE_MAP,
};

struct bt_node {
	enum bt_node_kind kind : 8;
	bool in_pool : 1;	/* the node itself is; see bt_tree_new() */
	bool items_in_pool : 1; /* the array, that is */
	bool key_in_pool : 1, text_in_pool : 1;
	bool owns_pool : 1;
	unsigned count, size;
	struct bt_node **items; /* of lists and maps: in the order of the text */
	union {
		struct bt_hash *by_key; /* of larger maps */
		struct bt_pool *pool;	/* of a list that owns one */
	};
	const char *key;	/* in a map; else NULL */
	const char *text;	/* of scalars: as written, without quotes */
	struct bt_origin key_origin;
	struct bt_origin origin;
};

void bt_node_free(struct bt_node *node);
BT_DEFINE_AUTO(struct bt_node, bt_node_auto, bt_node_free);
#define BT_AUTONODE BT_CLEANUP(bt_node_auto)

/* A new list, map or null; NULL without memory. */
struct bt_node *bt_node_new(enum bt_node_kind kind);
/* A new scalar; NULL without memory, also when TEXT is NULL. */
struct bt_node *bt_node_scalar(enum bt_node_kind kind, const char *text);
struct bt_node *bt_node_number(int64_t number);
/* Takes away a node's text. */
void bt_node_forget_text(struct bt_node *node);
/* A copy with everything below it, or NULL without memory. */
struct bt_node *bt_node_copy(const struct bt_node *node);

/* Adds to a list and takes the item over, even on error; NULL is -ENOMEM. 0 or -ENOMEM. */
int bt_node_append(struct bt_node *list, struct bt_node *item);
/* Adds to a map under KEY, which must be new there (else -EEXIST). Takes over as above. */
int bt_node_put(struct bt_node *map, const char *key, struct bt_node *item);
/*
 * Merges ITEM into NODE and takes it over, even on error: the items of a map are merged or added,
 * those of a list appended, and anything else takes NODE's place, with its own origin. NODE keeps
 * its key. 0 or -ENOMEM.
 */
int bt_node_merge(struct bt_node *node, struct bt_node *item);
/* Puts ITEM, which is taken over, into NODE's place, with its own origin. NODE keeps its key. */
void bt_node_replace(struct bt_node *node, struct bt_node *item);
/*
 * A new list whose items may be made in its pool: nodes, arrays and strings are there and gone with
 * the list. Who takes an item out of it keeps the list as long. NULL without memory.
 */
struct bt_node *bt_tree_new(void);
/* A new node in the tree's pool; NULL without memory. */
struct bt_node *bt_tree_node(struct bt_node *tree, enum bt_node_kind kind);
/* A string in the tree's pool; NULL without memory. */
const char *bt_tree_string(struct bt_node *tree, const char *bytes, size_t length);
/* Give a node a text, or a key, that is in its tree's pool. */
void bt_tree_set_text(struct bt_node *node, const char *text);
void bt_tree_set_key(struct bt_node *node, const char *key);
/*
 * Gives a list or map of the tree, which has none yet, its items. Returns 0, -ENOMEM, or -EEXIST
 * when two items of a map have the same key; the items are the node's in any case.
 */
int bt_tree_set_items(struct bt_node *tree, struct bt_node *node, struct bt_node *const *items,
		      unsigned count);

/* The item of a map with this key; NULL when there is none or the node is no map. Borrowed. */
struct bt_node *bt_node_get(const struct bt_node *map, const char *key);
/* Gives the item of a map that has this key another one, new there. 0, -ENOENT or -ENOMEM. */
int bt_node_rename(struct bt_node *map, const char *key, const char *new_key);
/* Whether it holds a text of its own: a number and a boolean count, null does not. */
bool bt_node_is_scalar(const struct bt_node *node);
/* "a list", "a map", "text", ...: for messages. */
const char *bt_node_kind_text(enum bt_node_kind kind);

/*
 * Reads a text as JSON into one tree. What is not JSON is an error "json/syntax", the same key
 * twice in a map "json/duplicate-key". 0, -EINVAL or -ENOMEM.
 */
int bt_tree_from_json(struct bondtool *bt, const struct bt_source *source,
		      struct bt_node **ret_tree);
/* The same for a text of no file: no origins, no diagnostics; NULL when it is not JSON. */
struct bt_node *bt_node_from_json(const char *text);
/* Adds the tree to a JSON text, under KEY (NULL: as an item of a list, or at the top). */
void bt_json_node(struct bt_json *json, const char *key, const struct bt_node *node);
/* The tree as JSON: in several lines with a line end, or in one without; NULL without memory. */
char *bt_tree_to_json(const struct bt_node *tree, bool pretty);

/*
 * Reads a text as YAML: one tree for each document, as the items of a list with a pool. Anchors
 * are resolved; merge keys ("<<") are ordinary keys. What is not YAML, too deep, or grows too much
 * by its anchors is an error "yaml/syntax", "yaml/limit"; the same key twice in a map
 * "yaml/duplicate-key" (the first one counts). Documents that were complete before the error are in
 * the list. 0, -EINVAL when there was an error of syntax, or -ENOMEM.
 */
int bt_tree_from_yaml(struct bondtool *bt, const struct bt_source *source,
		      struct bt_node **ret_documents);
/*
 * The same, but where a key comes a second time in a map, both values are merged by
 * bt_node_merge(), with a warning "yaml/duplicate-key".
 */
int bt_tree_from_yaml_merged(struct bondtool *bt, const struct bt_source *source,
			     struct bt_node **ret_documents);
/* The same, but the last one counts, as in Python: it takes the first one's place in the order. */
int bt_tree_from_yaml_last(struct bondtool *bt, const struct bt_source *source,
			   struct bt_node **ret_documents);
/* The tree as one YAML document without "---": block style, short lists in one line. */
char *bt_tree_to_yaml(const struct bt_node *tree);

#endif
