/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Trees: building them and finding things in them. */
#include "base/tree.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

static void free_key(struct bt_node *node)
{
	if (!node->key_is_kept)
		free((char *)node->key);
	node->key = NULL;
	node->key_is_kept = false;
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

void bt_node_set_kept_text(struct bt_node *node, const char *text)
{
	if (!node->text_is_kept)
		free((char *)node->text);
	node->text = text;
	node->text_is_kept = true;
}

void bt_node_free(struct bt_node *node)
{
	if (!node)
		return;
	for (size_t i = 0; i < node->count; i++)
		bt_node_free(node->items[i]);
	free(node->items);
	forget_index(node);
	free_key(node);
	bt_node_set_kept_text(node, NULL);
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

int bt_node_append(struct bt_node *list, struct bt_node *item)
{
	BT_AUTONODE struct bt_node *owned = item;

	if (!owned)
		return -ENOMEM;
	if (list->count == list->size) {
		unsigned size = list->size ? list->size * 2 : 4;
		struct bt_node **items = reallocarray(list->items, size, sizeof(struct bt_node *));

		if (!items)
			return -ENOMEM;
		list->items = items;
		list->size = size;
	}
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

int bt_node_put_kept(struct bt_node *map, const char *key, struct bt_node *item)
{
	if (bt_node_get(map, key)) {
		bt_node_free(item);
		return -EEXIST;
	}
	free_key(item);
	item->key = key;
	item->key_is_kept = true;
	return put(map, item);
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
	item->key = node->key;
	item->key_is_kept = node->key_is_kept;
	node->key = old.key;
	node->key_is_kept = old.key_is_kept;
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
