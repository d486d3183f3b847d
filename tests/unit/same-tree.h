/* SPDX-License-Identifier: GPL-2.0-or-later
 * Whether two trees are the same, and every node and key stands at the same place.
 */
#ifndef BT_SAME_TREE_H
#define BT_SAME_TREE_H

#include "base/tree.h"

static inline bool same_place(const struct bt_origin *a, const struct bt_origin *b)
{
	return a->line == b->line && a->column == b->column && a->length == b->length;
}

static inline bool same_tree(const struct bt_node *a, const struct bt_node *b)
{
	bool same = a->kind == b->kind && bt_equal(a->key, b->key) && bt_equal(a->text, b->text) &&
		    a->count == b->count && same_place(&a->origin, &b->origin) &&
		    same_place(&a->key_origin, &b->key_origin);

	for (size_t i = 0; same && i < a->count; i++)
		same = same_tree(a->items[i], b->items[i]);
	return same;
}

#endif
