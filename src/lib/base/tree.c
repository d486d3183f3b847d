/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Trees: building them and finding things in them. */
#include "base/tree.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

void bt_node_free(struct bt_node *node)
{
	if (!node)
		return;
	for (size_t i = 0; i < node->count; i++)
		bt_node_free(node->items[i]);
	free(node->items);
	bt_hash_release(&node->by_key);
	free(node->key);
	free(node->text);
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
		size_t size = list->size ? list->size * 2 : 4;
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
	for (size_t i = map->by_key.count; r == 0 && i < map->count; i++)
		r = bt_hash_put(&map->by_key, map->items[i]->key, i);
	return r;
}

int bt_node_put(struct bt_node *map, const char *key, struct bt_node *item)
{
	BT_AUTONODE struct bt_node *owned = item;

	if (!owned)
		return -ENOMEM;
	if (bt_node_get(map, key))
		return -EEXIST;
	owned->key = strdup(key);
	if (!owned->key)
		return -ENOMEM;

	int r = bt_node_append(map, BT_TAKE(owned));

	return r < 0 ? r : index_map(map);
}

void bt_node_replace(struct bt_node *node, struct bt_node *item)
{
	struct bt_node old = *node;

	*node = *item;
	*item = old;
	item->key = node->key;
	node->key = old.key;
	item->key_origin = node->key_origin;
	node->key_origin = old.key_origin;
	bt_node_free(item);
}

/* Merges an item of a map (it has a key) or of a list into the parent's. */
static int merge_item(struct bt_node *parent, struct bt_node *item)
{
	BT_AUTOFREE char *key = BT_TAKE(item->key);
	struct bt_node *present = key ? bt_node_get(parent, key) : NULL;

	if (!key)
		return bt_node_append(parent, item);
	return present ? bt_node_merge(present, item) : bt_node_put(parent, key, item);
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
	bt_hash_release(&item->by_key);
	for (size_t i = 0; r == 0 && i < item->count; i++)
		r = merge_item(node, BT_TAKE(item->items[i]));
	return r;
}

struct bt_node *bt_node_get(const struct bt_node *map, const char *key)
{
	size_t number;

	if (map->kind != BT_NODE_MAP)
		return NULL;
	if (map->by_key.count)
		return bt_hash_get(&map->by_key, key, &number) ? map->items[number] : NULL;
	for (size_t i = 0; i < map->count; i++)
		if (strcmp(map->items[i]->key, key) == 0)
			return map->items[i];
	return NULL;
}

int bt_node_rename(struct bt_node *map, const char *key, const char *new_key)
{
	struct bt_node *item = bt_node_get(map, key);
	char *copy = item ? strdup(new_key) : NULL;

	if (!copy)
		return item ? -ENOMEM : -ENOENT;
	bt_hash_release(&map->by_key); /* it borrows the keys */
	free(item->key);
	item->key = copy;
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
