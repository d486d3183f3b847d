/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Trees: building them and finding things in them. */
#include "base/tree.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

static void free_key(struct bt_node *node)
{
	if (!node->key_in_pool)
		free((char *)node->key);
	node->key = NULL;
	node->key_in_pool = false;
}

/* Gives NODE a copy of KEY. */
static int copy_key(struct bt_node *node, const char *key)
{
	char *copy = strdup(key);

	if (!copy)
		return -ENOMEM;
	free_key(node);
	node->key = copy;
	return 0;
}

static void forget_index(struct bt_node *map)
{
	if (map->by_key)
		bt_hash_release(map->by_key);
	free(map->by_key);
	map->by_key = NULL;
}

void bt_node_forget_text(struct bt_node *node)
{
	if (!node->text_in_pool)
		free((char *)node->text);
	node->text = NULL;
	node->text_in_pool = false;
}

static void free_pool(struct bt_node *tree)
{
	bt_pool_release(tree->pool);
	free(tree->pool);
	tree->pool = NULL;
}

void bt_node_free(struct bt_node *node)
{
	if (!node)
		return;
	for (size_t i = 0; i < node->count; i++)
		bt_node_free(node->items[i]);
	if (!node->items_in_pool)
		free(node->items);
	free_key(node);
	bt_node_forget_text(node);
	if (node->owns_pool)
		free_pool(node);
	else if (node->by_key)
		forget_index(node);
	if (!node->in_pool)
		free(node);
}

struct bt_node *bt_node_new(enum bt_node_kind kind)
{
	struct bt_node *node = calloc(1, sizeof(*node));

	if (node)
		node->kind = kind;
	return node;
}

struct bt_node *bt_node_scalar(enum bt_node_kind kind, const char *text)
{
	BT_AUTONODE struct bt_node *node = text ? bt_node_new(kind) : NULL;

	if (!node || !(node->text = strdup(text)))
		return NULL;
	return BT_TAKE(node);
}

struct bt_node *bt_node_number(int64_t number)
{
	BT_AUTOFREE char *text = bt_format("%" PRId64, number);

	return bt_node_scalar(BT_NODE_NUMBER, text);
}

struct bt_node *bt_node_copy(const struct bt_node *node)
{
	BT_AUTONODE struct bt_node *copy = bt_node_new(node->kind);

	if (!copy || (node->text && !(copy->text = strdup(node->text))))
		return NULL;
	copy->origin = node->origin;
	for (size_t i = 0; i < node->count; i++) {
		const struct bt_node *item = node->items[i];
		struct bt_node *twin = bt_node_copy(item);
		int r = item->key ? bt_node_put(copy, item->key, twin) : bt_node_append(copy, twin);

		if (r < 0)
			return NULL;
		twin->key_origin = item->key_origin;
	}
	return BT_TAKE(copy);
}

/* Makes room for a further item; 0 or -ENOMEM. */
static int grow_items(struct bt_node *node)
{
	unsigned size = node->size ? node->size * 2 : 4;
	struct bt_node **items = reallocarray(node->items_in_pool ? NULL : node->items, size,
					      sizeof(struct bt_node *));

	if (!items)
		return -ENOMEM;
	if (node->items_in_pool)
		memcpy(items, node->items, node->count * sizeof(struct bt_node *));
	node->items = items;
	node->items_in_pool = false;
	node->size = size;
	return 0;
}

int bt_node_append(struct bt_node *list, struct bt_node *item)
{
	BT_AUTONODE struct bt_node *owned = item;

	if (!owned || (list->count == list->size && grow_items(list) < 0))
		return -ENOMEM;
	list->items[list->count++] = BT_TAKE(owned);
	return 0;
}

enum { LINEAR = 8 }; /* items of a map up to which looking at each is cheaper than a hash table */

/* Brings the hash table of a map that has outgrown LINEAR up to its items. */
static int index_map(struct bt_node *map)
{
	int r = 0;

	if (map->count <= LINEAR)
		return 0;
	if (!map->by_key && !(map->by_key = calloc(1, sizeof(*map->by_key))))
		return -ENOMEM;
	for (size_t i = map->by_key->count; r == 0 && i < map->count; i++)
		r = bt_hash_put(map->by_key, map->items[i]->key, i);
	return r;
}

/* Adds an item that has its key to a map; takes it over. */
static int put(struct bt_node *map, struct bt_node *item)
{
	int r = bt_node_append(map, item);

	return r < 0 ? r : index_map(map);
}


int bt_node_put(struct bt_node *map, const char *key, struct bt_node *item)
{
	BT_AUTONODE struct bt_node *owned = item;

	if (!owned)
		return -ENOMEM;
	if (bt_node_get(map, key))
		return -EEXIST;
	if (copy_key(owned, key) < 0)
		return -ENOMEM;
	return put(map, BT_TAKE(owned));
}

void bt_node_replace(struct bt_node *node, struct bt_node *item)
{
	struct bt_node old = *node;

	*node = *item;
	*item = old;
	item->in_pool = node->in_pool; /* that goes with the place, and all else with the value */
	node->in_pool = old.in_pool;
	item->key = node->key;
	item->key_in_pool = node->key_in_pool;
	node->key = old.key;
	node->key_in_pool = old.key_in_pool;
	item->key_origin = node->key_origin;
	node->key_origin = old.key_origin;
	bt_node_free(item);
}

/* Merges an item of a map (it has a key) or of a list into the parent's. */
static int merge_item(struct bt_node *parent, struct bt_node *item)
{
	struct bt_node *present = item->key ? bt_node_get(parent, item->key) : NULL;

	if (present)
		return bt_node_merge(present, item);
	return item->key ? put(parent, item) : bt_node_append(parent, item);
}

int bt_node_merge(struct bt_node *node, struct bt_node *item)
{
	BT_AUTONODE struct bt_node *owned = item;
	int r = 0;

	if (!owned)
		return -ENOMEM;
	if (node->kind != item->kind ||
	    (node->kind != BT_NODE_MAP && node->kind != BT_NODE_LIST)) {
		bt_node_replace(node, BT_TAKE(owned));
		return 0;
	}
	forget_index(item);
	for (size_t i = 0; r == 0 && i < item->count; i++)
		r = merge_item(node, BT_TAKE(item->items[i]));
	return r;
}

struct bt_node *bt_node_get(const struct bt_node *map, const char *key)
{
	size_t number;

	if (map->kind != BT_NODE_MAP)
		return NULL;
	if (map->by_key)
		return bt_hash_get(map->by_key, key, &number) ? map->items[number] : NULL;
	for (size_t i = 0; i < map->count; i++)
		if (bt_same(map->items[i]->key, key))
			return map->items[i];
	return NULL;
}

int bt_node_rename(struct bt_node *map, const char *key, const char *new_key)
{
	struct bt_node *item = bt_node_get(map, key);

	if (!item)
		return -ENOENT;
	forget_index(map); /* it borrows the keys */
	if (copy_key(item, new_key) < 0)
		return -ENOMEM;
	return index_map(map);
}

bool bt_node_is_scalar(const struct bt_node *node)
{
	return node->kind == BT_NODE_TEXT || node->kind == BT_NODE_NUMBER ||
	       node->kind == BT_NODE_BOOLEAN;
}

const char *bt_node_kind_text(enum bt_node_kind kind)
{
	static const char *const texts[] = {
		[BT_NODE_NULL] = "nothing",   [BT_NODE_TEXT] = "a text",
		[BT_NODE_NUMBER] = "a number", [BT_NODE_BOOLEAN] = "true or false",
		[BT_NODE_LIST] = "a list",    [BT_NODE_MAP] = "a map",
	};

	return texts[kind];
}

/* ---- trees with a pool ----------------------------------------------------------------------- */

struct bt_node *bt_tree_new(void)
{
	BT_AUTONODE struct bt_node *tree = bt_node_new(BT_NODE_LIST);

	if (!tree || !(tree->pool = calloc(1, sizeof(*tree->pool))))
		return NULL;
	tree->owns_pool = true;
	return BT_TAKE(tree);
}

struct bt_node *bt_tree_node(struct bt_node *tree, enum bt_node_kind kind)
{
	struct bt_node *node = bt_pool_take(tree->pool, sizeof(*node));

	if (!node)
		return NULL;
	node->kind = kind;
	node->in_pool = true;
	return node;
}

const char *bt_tree_string(struct bt_node *tree, const char *bytes, size_t length)
{
	return bt_pool_string(tree->pool, bytes, length);
}

void bt_tree_set_text(struct bt_node *node, const char *text)
{
	bt_node_forget_text(node);
	node->text = text;
	node->text_in_pool = true;
}

void bt_tree_set_key(struct bt_node *node, const char *key)
{
	free_key(node);
	node->key = key;
	node->key_in_pool = true;
}

static bool has_key_twice(const struct bt_node *map)
{
	if (map->by_key)
		return map->by_key->count < map->count;
	for (size_t i = 1; i < map->count; i++)
		for (size_t k = 0; k < i; k++)
			if (bt_same(map->items[i]->key, map->items[k]->key))
				return true;
	return false;
}

int bt_tree_set_items(struct bt_node *tree, struct bt_node *node, struct bt_node *const *items,
		      unsigned count)
{
	int r;

	if (!count)
		return 0;
	node->items = bt_pool_take(tree->pool, count * sizeof(struct bt_node *));
	if (!node->items) {
		for (size_t i = 0; i < count; i++)
			bt_node_free(items[i]);
		return -ENOMEM;
	}
	memcpy(node->items, items, count * sizeof(struct bt_node *));
	node->items_in_pool = true;
	node->count = node->size = count;
	if (node->kind != BT_NODE_MAP)
		return 0;
	r = index_map(node);
	return r == 0 && has_key_twice(node) ? -EEXIST : r;
}
