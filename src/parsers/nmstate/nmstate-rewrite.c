/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Declarations written into the texts that they came from: what a text means and what it is to mean
 * are declared in the same way, both are completed by what the text has besides, and only their
 * difference is made (base/tree-draft.h).
 */
#include <errno.h>
#include <string.h>

#include "base/tree-draft.h"
#include "parsers/nmstate/nmstate.h"

/* The keys that tell interfaces, and routes, from others of their list. */
static const char *const names[] = {"name",   "destination", "next-hop-interface",
				    "metric", "table-id",    NULL};

/* ---- completing --------------------------------------------------------------------------------
 */

/* What is declared under KEY of a text: some keys have had other names. */
static const char *declared_key(const char *key)
{
	static const struct {
		const char *old, *new;
	} keys[] = {{"bond", "link-aggregation"}, {"ports", "port"}, {"slaves", "port"}};

	for (size_t i = 0; i < BT_ARRAY_SIZE(keys); i++)
		if (strcmp(keys[i].old, key) == 0)
			return keys[i].new;
	return key;
}

static const struct bt_node *declared(const struct bt_node *map, const char *key)
{
	const struct bt_node *node = bt_node_get(map, key);

	return node ? node : bt_node_get(map, declared_key(key));
}

/* Whether the text has the key, by any of its names. */
static bool has_key(const struct bt_node *text, const char *key)
{
	for (size_t i = 0; i < text->count; i++)
		if (strcmp(text->items[i]->key, key) == 0 ||
		    strcmp(declared_key(text->items[i]->key), key) == 0)
			return true;
	return false;
}

/* Two trees on their way: what the text means, and what it is to mean. Both are owned. */
struct pair {
	struct bt_node *was, *now;
};

static void pair_release(struct pair *pair)
{
	bt_node_free(pair->was);
	bt_node_free(pair->now);
}

static int complete(const struct bt_node *text, const struct bt_node *was,
		    const struct bt_node *now, struct pair *ret_pair);

/* Puts one key into both maps; a NULL is not put. Takes the nodes over. */
static int put_both(struct pair *pair, const char *key, struct pair *item)
{
	int r = item->was ? bt_node_put(pair->was, key, BT_TAKE(item->was)) : 0;

	if (r == 0 && item->now)
		r = bt_node_put(pair->now, key, BT_TAKE(item->now));
	return r;
}

static int append_both(struct pair *pair, struct pair *item)
{
	int r = item->was ? bt_node_append(pair->was, BT_TAKE(item->was)) : 0;

	if (r == 0 && item->now)
		r = bt_node_append(pair->now, BT_TAKE(item->now));
	return r;
}

/* Copies for either side; NULL stays NULL. */
static int copy_pair(const struct bt_node *was, const struct bt_node *now, struct pair *ret_pair)
{
	ret_pair->was = was ? bt_node_copy(was) : NULL;
	ret_pair->now = now ? bt_node_copy(now) : NULL;
	return (was && !ret_pair->was) || (now && !ret_pair->now) ? -ENOMEM : 0;
}

/* What is gone altogether: what the text has besides stays, and what is empty then goes. */
static int complete_gone(const struct bt_node *text, const struct bt_node *was,
			 struct pair *ret_pair)
{
	BT_AUTONODE struct bt_node *nothing = bt_node_new(was->kind);
	BT_CLEANUP(pair_release) struct pair pair = {0};
	int r = nothing ? complete(text, was, nothing, &pair) : -ENOMEM;

	if (r < 0)
		return r;
	ret_pair->was = BT_TAKE(pair.was);
	if (pair.now->count)
		ret_pair->now = BT_TAKE(pair.now);
	return 0;
}

/* One value of the text, which WAS and NOW may have or not. */
static int complete_value(const struct bt_node *text, const struct bt_node *was,
			  const struct bt_node *now, struct pair *ret_pair)
{
	if (was && now)
		return complete(text, was, now, ret_pair);
	if (!was && !now)
		return copy_pair(text, text, ret_pair);
	return copy_pair(text, now, ret_pair);
}

static int complete_map(const struct bt_node *text, const struct bt_node *was,
			const struct bt_node *now, struct pair *pair)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < text->count; i++) {
		const struct bt_node *item = text->items[i];
		BT_CLEANUP(pair_release) struct pair both = {0};
		const struct bt_node *before = declared(was, item->key);
		const struct bt_node *after = declared(now, item->key);

		if (before && !after && before->count && before->kind == item->kind)
			r = complete_gone(item, before, &both);
		else
			r = complete_value(item, before, after, &both);
		if (r == 0)
			r = put_both(pair, item->key, &both);
	}
	for (size_t i = 0; r == 0 && i < now->count; i++) {
		const struct bt_node *item = now->items[i];

		/* What both have and the text does not say goes without saying. */
		if (!has_key(text, item->key) && !bt_node_equal(bt_node_get(was, item->key), item))
			r = bt_node_put(pair->now, item->key, bt_node_copy(item));
	}
	return r;
}

/* ---- lists -------------------------------------------------------------------------------------
 */

/* Whether the text's item is the one that NODE declares: by its name, or by all that it has. */
static bool is_item(const struct bt_node *text, const struct bt_node *node)
{
	const struct bt_node *name = bt_node_get(node, "name");
	const struct bt_node *metric = bt_node_get(text, "metric");

	if (node->kind != BT_NODE_MAP || text->kind != BT_NODE_MAP)
		return bt_node_is_scalar(node) && bt_equal(text->text, node->text);
	if (name)
		return bt_node_get(text, "name") &&
		       bt_equal(bt_node_get(text, "name")->text, name->text);
	if (metric && !bt_node_get(node, "metric") && !bt_equal(metric->text, "-1"))
		return false; /* another route to the same place */
	for (size_t i = 0; i < node->count; i++) {
		const struct bt_node *other = bt_node_get(text, node->items[i]->key);

		if (!other || !bt_equal(other->text, node->items[i]->text))
			return false;
	}
	return true;
}

/* Whether two declared items are the same one, though it may have changed. */
static bool is_same(const struct bt_node *a, const struct bt_node *b)
{
	bool named = false;

	if (a->kind != BT_NODE_MAP || b->kind != BT_NODE_MAP)
		return bt_node_equal(a, b);
	for (const char *const *name = names; *name; name++) {
		const struct bt_node *one = bt_node_get(a, *name), *other = bt_node_get(b, *name);

		named = named || one;
		if (!bt_node_equal(one, other))
			return false;
	}
	return named || bt_node_equal(a, b);
}

/*
 * The first item of a list, from NEXT on and then from its start, that IS the one of NODE and is
 * not taken; its number, or the list's length.
 */
static size_t find(const struct bt_node *list, const bool *taken, size_t next,
		   const struct bt_node *node,
		   bool (*is)(const struct bt_node *node, const struct bt_node *item))
{
	for (size_t i = 0; i < list->count; i++) {
		size_t number = (next + i) % list->count;

		if (!taken[number] && is(node, list->items[number]))
			return number;
	}
	return list->count;
}

/* The text's items in their order, each with what is declared of it. */
static int complete_items(const struct bt_node *text, const struct bt_node *was,
			  const struct bt_node *now, bool *of_was, bool *of_now, struct pair *pair)
{
	size_t w = 0, n = 0;
	int r = 0;

	for (size_t i = 0; r == 0 && i < text->count; i++) {
		BT_CLEANUP(pair_release) struct pair both = {0};
		size_t before = find(was, of_was, w, text->items[i], is_item), after = now->count;

		if (before < was->count) {
			of_was[before] = true;
			w = before + 1;
			after = find(now, of_now, n, was->items[before], is_same);
		}
		if (after < now->count) {
			of_now[after] = true;
			n = after + 1;
		}
		r = complete_value(text->items[i], before < was->count ? was->items[before] : NULL,
				   after < now->count ? now->items[after] : NULL, &both);
		if (r == 0)
			r = append_both(pair, &both);
	}
	return r;
}

static int complete_list(const struct bt_node *text, const struct bt_node *was,
			 const struct bt_node *now, struct pair *pair)
{
	BT_AUTOFREE bool *of_was = calloc(was->count + 1, sizeof(*of_was));
	BT_AUTOFREE bool *of_now = calloc(now->count + 1, sizeof(*of_now));
	size_t next = 0;
	int r = of_was && of_now ? complete_items(text, was, now, of_was, of_now, pair) : -ENOMEM;

	for (size_t i = 0; r == 0 && i < now->count; i++) {
		size_t before;

		if (of_now[i])
			continue;
		before = find(was, of_was, next, now->items[i], is_same);
		next = before + 1;
		/* A port that only its bond names is declared, and goes without saying. */
		if (before == was->count || !bt_node_equal(was->items[before], now->items[i]))
			r = bt_node_append(pair->now, bt_node_copy(now->items[i]));
	}
	return r;
}

/*
 * WAS and NOW with what the text has besides: equal ones become what the text has, so that they
 * differ from it, and from each other, only where something changes.
 */
static int complete(const struct bt_node *text, const struct bt_node *was,
		    const struct bt_node *now, struct pair *ret_pair)
{
	BT_CLEANUP(pair_release) struct pair pair = {0};
	bool maps = was->kind == BT_NODE_MAP && now->kind == BT_NODE_MAP;
	bool lists = was->kind == BT_NODE_LIST && now->kind == BT_NODE_LIST;
	int r;

	if (bt_node_equal(was, now))
		return copy_pair(text, text, ret_pair);
	if ((!maps && !lists) || text->kind != was->kind)
		return copy_pair(text, now, ret_pair);
	pair.was = bt_node_new(text->kind);
	pair.now = bt_node_new(text->kind);
	if (!pair.was || !pair.now)
		return -ENOMEM;
	r = maps ? complete_map(text, was, now, &pair) : complete_list(text, was, now, &pair);
	if (r == 0) {
		*ret_pair = pair;
		pair = (struct pair){0};
	}
	return r;
}

/* ---- one text ----------------------------------------------------------------------------------
 */

/* The one document of the text that holds something; NULL when there are several, or none. */
static const struct bt_node *only_document(const struct bt_node *documents)
{
	const struct bt_node *only = NULL;

	for (size_t i = 0; documents && i < documents->count; i++) {
		if (documents->items[i]->kind == BT_NODE_NULL)
			continue;
		if (only)
			return NULL;
		only = documents->items[i];
	}
	return only;
}

/* Puts a declaration into the wrappers that the text has around its own. Takes STATE over. */
static struct bt_node *wrap(const struct bt_node *text, struct bt_node *state)
{
	const struct bt_node *inner = text ? bt_nmstate_wrapped(text) : NULL;
	BT_AUTONODE struct bt_node *map = NULL;

	if (!inner || inner->kind != BT_NODE_MAP || !state)
		return state;
	state = wrap(inner, state);
	map = bt_node_new(BT_NODE_MAP);
	if (!map) {
		bt_node_free(state);
		return NULL;
	}
	return bt_node_put(map, inner->key, state) == 0 ? BT_TAKE(map) : NULL;
}

/* The text with the difference made, in a new string. */
static int edit(struct bondtool *bt, const struct bt_source *source, const struct bt_node *text,
		const struct pair *declared_pair, char **ret_text)
{
	BT_CLEANUP(pair_release) struct pair pair = {0};
	int r = text ? complete(text, declared_pair->was, declared_pair->now, &pair)
		     : copy_pair(declared_pair->was, declared_pair->now, &pair);

	if (r < 0)
		return r;
	if (!bt_nmstate_is_json(source))
		return bt_tree_rewrite(bt, source, pair.was, pair.now, names, ret_text);
	*ret_text = bt_node_equal(pair.was, pair.now) ? strndup(source->text, source->length)
						      : bt_tree_to_json(pair.now, true);
	return *ret_text ? 0 : -ENOMEM;
}

int bt_nmstate_rewrite(struct bondtool *bt, const struct bt_source *source,
		       struct bondtool_config *config, char **ret_text)
{
	BT_AUTOCONFIG struct bondtool_config *before = bondtool_config_new();
	BT_AUTONODE struct bt_node *documents = NULL;
	BT_CLEANUP(pair_release) struct pair pair = {0};
	struct bondtool *silent = bondtool_new();
	const struct bt_node *text;
	int r = before && silent ? bt_nmstate_parse(silent, source, &documents) : -ENOMEM;

	for (size_t i = 0; r == 0 && i < documents->count; i++)
		r = bt_nmstate_read_tree(silent, documents->items[i], before);
	if (r != -ENOMEM) {
		text = only_document(documents);
		pair.was = wrap(text, bt_nmstate_declare(silent, before, before));
		pair.now = wrap(text, bt_nmstate_declare(bt, config, before));
		r = pair.was && pair.now ? edit(bt, source, text, &pair, ret_text) : -ENOMEM;
	}
	bondtool_free(silent);
	return r;
}
