/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A change of netplan's merged tree, divided among the texts that it was merged from. */
#include <errno.h>

#include "base/tree-draft.h"
#include "parsers/netplan/netplan-writing.h"

/* One map of the merged tree, as each of the texts has it. */
struct level {
	struct bt_netplan_part *parts; /* NULL texts: those that have nothing of it */
	size_t n_parts;
};

static const struct bt_node *text_item(const struct bt_netplan_part *part, const char *key)
{
	return part->text && part->text->kind == BT_NODE_MAP ? bt_node_get(part->text, key) : NULL;
}

/* The last text that has KEY (NULL: anything) at this level; NULL when none has. */
static struct bt_netplan_part *last_with(const struct level *level, const char *key)
{
	for (size_t i = level->n_parts; i-- > 0;) {
		struct bt_netplan_part *part = &level->parts[i];

		if (key ? text_item(part, key) != NULL : part->text != NULL)
			return part;
	}
	return NULL;
}

static int put_copy(struct bt_node *map, const char *key, const struct bt_node *item)
{
	int r = item ? bt_node_put(map, key, bt_node_copy(item)) : 0;

	return r == -EEXIST ? 0 : r;
}

static int split_map(const struct level *level, const struct bt_node *was,
		     const struct bt_node *now);

/* A map that several texts may have something of. */
static int go_below(const struct level *level, const char *key, const struct bt_node *was,
		    const struct bt_node *now)
{
	BT_AUTOFREE struct bt_netplan_part *parts = calloc(level->n_parts, sizeof(*parts));
	struct level below = {parts, level->n_parts};
	int r = parts ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < level->n_parts; i++) {
		const struct bt_netplan_part *part = &level->parts[i];

		parts[i] = (struct bt_netplan_part){.text = text_item(part, key)};
		if (!parts[i].text)
			continue;
		parts[i].was = bt_netplan_map_in(part->was, key);
		parts[i].now = bt_netplan_map_in(part->now, key);
		if (!parts[i].was || !parts[i].now)
			r = -ENOMEM;
	}
	return r == 0 ? split_map(&below, was, now) : r;
}

static bool has_item(const struct bt_node *list, const struct bt_node *item)
{
	for (size_t i = 0; i < list->count; i++)
		if (bt_node_equal(list->items[i], item))
			return true;
	return false;
}

/* Copies those items of FROM that ALSO has (or has not) into the list at KEY. */
static int copy_items(struct bt_node *map, const char *key, const struct bt_node *from,
		      const struct bt_node *also, bool wanted)
{
	struct bt_node *list = bt_node_get(map, key);
	int r = 0;

	if (!list)
		r = bt_node_put(map, key, bt_node_new(BT_NODE_LIST));
	list = bt_node_get(map, key);
	for (size_t i = 0; r == 0 && list && i < from->count; i++)
		if (has_item(also, from->items[i]) == wanted)
			r = bt_node_append(list, bt_node_copy(from->items[i]));
	return r;
}

/* A list whose items stand in several texts: each keeps its own, the last gets what is new. */
static int split_list(const struct level *level, const char *key, const struct bt_node *was,
		      const struct bt_node *now)
{
	const struct bt_netplan_part *last = last_with(level, key);
	int r = 0;

	for (size_t i = 0; r == 0 && i < level->n_parts; i++) {
		struct bt_netplan_part *part = &level->parts[i];
		const struct bt_node *text = text_item(part, key);

		if (!text)
			continue;
		BT_AUTONODE struct bt_node *own = bt_node_new(BT_NODE_LIST);

		for (size_t k = 0; own && k < was->count; k++)
			if (has_item(text, was->items[k]) &&
			    bt_node_append(own, bt_node_copy(was->items[k])) < 0)
				return -ENOMEM;
		if (!own)
			return -ENOMEM;
		r = put_copy(part->was, key, own);
		if (r == 0)
			r = copy_items(part->now, key, own, now, true);
		if (r == 0 && part == last)
			r = copy_items(part->now, key, now, was, false);
	}
	return r;
}

/* A value that one text decides, or that goes from all of them. */
static int split_value(const struct level *level, const char *key, const struct bt_node *was,
		       const struct bt_node *now)
{
	struct bt_netplan_part *holder = last_with(level, key);
	int r = 0;

	if (now) {
		holder = holder ? holder : last_with(level, NULL);
		if (!holder)
			return 0;
		r = put_copy(holder->was, key, text_item(holder, key) ? was : NULL);
		return r == 0 ? put_copy(holder->now, key, now) : r;
	}
	for (size_t i = 0; r == 0 && i < level->n_parts; i++)
		if (text_item(&level->parts[i], key))
			r = put_copy(level->parts[i].was, key, was);
	return r;
}

static bool is_both(enum bt_node_kind kind, const struct bt_node *was, const struct bt_node *now)
{
	return was && now && was->kind == kind && now->kind == kind;
}

static int split_key(const struct level *level, const char *key, const struct bt_node *was,
		     const struct bt_node *now)
{
	if (bt_node_equal(was, now))
		return 0;
	if (is_both(BT_NODE_MAP, was, now) && last_with(level, key))
		return go_below(level, key, was, now);
	if (is_both(BT_NODE_LIST, was, now) && last_with(level, key))
		return split_list(level, key, was, now);
	return split_value(level, key, was, now);
}

static int split_map(const struct level *level, const struct bt_node *was,
		     const struct bt_node *now)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < was->count; i++)
		r = split_key(level, was->items[i]->key, was->items[i],
			      bt_node_get(now, was->items[i]->key));
	for (size_t i = 0; r == 0 && i < now->count; i++)
		if (!bt_node_get(was, now->items[i]->key))
			r = split_key(level, now->items[i]->key, NULL, now->items[i]);
	return r;
}

int bt_netplan_split(struct bt_netplan_part *parts, size_t n_parts, const struct bt_node *was,
		     const struct bt_node *now)
{
	const struct level level = {parts, n_parts};

	return split_map(&level, was, now);
}
