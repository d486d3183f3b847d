/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Rewriting YAML in place, see tree-draft.h: the difference of two trees becomes edits, which are
 * places of the old text with what stands there instead.
 */
#include "base/tree-draft.h"

#include <errno.h>
#include <string.h>

#include "base/tree-edit.h"

/* The drafting of one text. */
struct drafting {
	struct bt_edits edits;
	const char *const *names; /* keys that tell maps of a list apart; NULL: none */
};

static void drafting_release(struct drafting *d)
{
	bt_edits_release(&d->edits);
}

/* ---- what is the same ------------------------------------------------------------------------ */

static bool is_scalar_equal(const struct bt_span *span, const struct bt_node *node)
{
	if (node->kind == BT_NODE_NULL)
		return span->style == BT_SPAN_PLAIN && (!*span->text || bt_equal(span->text, "~") ||
							bt_equal_ignoring_case(span->text, "null"));
	return bt_node_is_scalar(node) && bt_equal(span->text, node->text);
}

/* Whether the text has all that NODE has; it may have further keys. */
static bool has_all(const struct bt_span *span, const struct bt_node *node)
{
	if (span->kind == BT_SPAN_SCALAR)
		return is_scalar_equal(span, node);
	if ((span->kind == BT_SPAN_MAP) != (node->kind == BT_NODE_MAP) ||
	    (span->kind == BT_SPAN_LIST) != (node->kind == BT_NODE_LIST))
		return false;
	if (span->kind == BT_SPAN_LIST && span->count != node->count)
		return false;
	for (size_t i = 0; i < node->count; i++) {
		const struct bt_span *item = span->kind == BT_SPAN_MAP
						     ? bt_span_get(span, node->items[i]->key)
						     : span->items[i];

		if (!item || !has_all(item, node->items[i]))
			return false;
	}
	return true;
}

/* Whether two maps of a list have the same name; *ret_named: whether they have one at all. */
static bool is_same_name(const struct drafting *d, const struct bt_node *a, const struct bt_node *b,
			 bool *ret_named)
{
	*ret_named = false;
	for (size_t i = 0; d->names && d->names[i]; i++) {
		const struct bt_node *of_a = bt_node_get(a, d->names[i]);
		const struct bt_node *of_b = bt_node_get(b, d->names[i]);

		*ret_named = *ret_named || of_a || of_b;
		if (!bt_node_equal(of_a, of_b))
			return false;
	}
	return true;
}

static bool is_same_item(const struct drafting *d, const struct bt_node *a, const struct bt_node *b)
{
	bool named;

	if (a->kind != BT_NODE_MAP || b->kind != BT_NODE_MAP)
		return bt_node_equal(a, b);
	return is_same_name(d, a, b, &named) && (named || bt_node_equal(a, b));
}

/* Whether the text's item is the one that NODE speaks of. */
static bool is_item_of(const struct drafting *d, const struct bt_span *span,
		       const struct bt_node *node)
{
	bool named = false;

	if (span->kind != BT_SPAN_MAP || node->kind != BT_NODE_MAP)
		return has_all(span, node);
	for (size_t i = 0; d->names && d->names[i]; i++) {
		const struct bt_span *of_span = bt_span_get(span, d->names[i]);
		const struct bt_node *of_node = bt_node_get(node, d->names[i]);

		named = named || of_node;
		if (of_node && (!of_span || !has_all(of_span, of_node)))
			return false;
	}
	return named || has_all(span, node);
}

/* ---- maps ------------------------------------------------------------------------------------ */

static void change(struct drafting *d, const struct bt_place *place, const struct bt_node *was,
		   const struct bt_node *now);

static bool is_removed(const struct bt_span *entry, const struct bt_node *was,
		       const struct bt_node *now)
{
	return !bt_node_get(now, entry->key) && bt_node_get(was, entry->key);
}

/* Whether the entry of NOW has to be added: the text lacks it, and not because it says so anyway.
 */
static bool is_added(const struct bt_span *map, const struct bt_node *was,
		     const struct bt_node *entry)
{
	return !bt_span_get(map, entry->key) && !bt_node_equal(bt_node_get(was, entry->key), entry);
}

static size_t count_kept(const struct bt_span *map, const struct bt_node *was,
			 const struct bt_node *now)
{
	size_t kept = 0;

	for (size_t i = 0; i < map->count; i++)
		kept += !is_removed(map->items[i], was, now);
	return kept;
}

static void change_map(struct drafting *d, const struct bt_place *place, const struct bt_node *was,
		       const struct bt_node *now)
{
	const struct bt_span *map = place->span;
	BT_AUTOFREE bool *removed = calloc(map->count + 1, sizeof(*removed));

	if (!removed || count_kept(map, was, now) == 0) {
		d->edits.failed = d->edits.failed || !removed;
		bt_edit_replace(&d->edits, place, now);
		return;
	}
	for (size_t i = 0; i < map->count; i++) {
		const struct bt_span *entry = map->items[i];
		const struct bt_place below = bt_place_below(place, i);
		const struct bt_node *of_now = bt_node_get(now, entry->key);

		removed[i] = is_removed(entry, was, now);
		if (of_now)
			change(d, &below, bt_node_get(was, entry->key), of_now);
	}
	bt_edit_remove(&d->edits, place, removed);
	for (size_t i = 0; i < now->count; i++)
		if (is_added(map, was, now->items[i]))
			bt_edit_insert(&d->edits, place, map->count, now->items[i]);
}

/* ---- lists ----------------------------------------------------------------------------------- */

enum { NOWHERE = -1 };

/* Which item is which: for each of one list its number in another, or NOWHERE. */
struct pairing {
	ssize_t *of_was; /* items of the text */
	ssize_t *of_now; /* items of WAS */
};

static void pairing_release(struct pairing *pairing)
{
	free(pairing->of_was);
	free(pairing->of_now);
}

/* The item of the text that is this one of WAS, and none of the others: most likely the next one.
 */
static ssize_t find_in_text(const struct drafting *d, const struct bt_span *list, const bool *taken,
			    size_t next, const struct bt_node *item)
{
	for (size_t i = 0; i < list->count; i++) {
		size_t at = (next + i) % list->count;

		if (!taken[at] && is_item_of(d, list->items[at], item))
			return (ssize_t)at;
	}
	return NOWHERE;
}

static bool are_scalars(const struct bt_span *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->kind != BT_SPAN_SCALAR)
			return false;
	return true;
}

/*
 * Finds the items of WAS in the text, in any order. Where they are not all found, a list of as many
 * scalars has them in their places, in another spelling.
 */
static bool pair_with_text(const struct drafting *d, const struct bt_span *list,
			   const struct bt_node *was, ssize_t *of_was)
{
	BT_AUTOFREE bool *taken = calloc(list->count + 1, sizeof(*taken));
	size_t found = 0;

	for (size_t next = 0; taken && found < was->count; found++) {
		ssize_t at = find_in_text(d, list, taken, next, was->items[found]);

		if (at == NOWHERE)
			break;
		taken[at] = true;
		of_was[found] = at;
		next = (size_t)at + 1;
	}
	if (taken && found == was->count)
		return true;
	for (size_t i = 0; i < was->count; i++)
		of_was[i] = (ssize_t)i;
	return taken && was->count == list->count && are_scalars(list);
}

/* The item of WAS that is the same as ITEM: most likely the one behind the LAST. */
static ssize_t find_item(const struct drafting *d, const struct bt_node *was, ssize_t last,
			 const struct bt_node *item)
{
	for (size_t i = 0; i < was->count; i++) {
		size_t at = (i + (size_t)(last + 1)) % was->count;

		if (is_same_item(d, was->items[at], item))
			return (ssize_t)at;
	}
	return NOWHERE;
}

/* Finds the items of NOW in WAS; false when the order is another one. */
static bool pair_with_was(const struct drafting *d, const struct bt_node *was,
			  const struct bt_node *now, ssize_t *of_now)
{
	ssize_t last = NOWHERE;

	for (size_t i = 0; i < now->count; i++) {
		of_now[i] = find_item(d, was, last, now->items[i]);
		if (of_now[i] != NOWHERE && of_now[i] <= last)
			return false;
		if (of_now[i] != NOWHERE)
			last = of_now[i];
	}
	return true;
}

static bool pair(const struct drafting *d, const struct bt_span *list, const struct bt_node *was,
		 const struct bt_node *now, struct pairing *ret)
{
	ret->of_was = calloc(was->count + 1, sizeof(*ret->of_was));
	ret->of_now = calloc(now->count + 1, sizeof(*ret->of_now));
	return ret->of_was && ret->of_now && pair_with_text(d, list, was, ret->of_was) &&
	       pair_with_was(d, was, now, ret->of_now);
}

/* Marks what of the text goes; false when nothing would be left. */
static bool mark_removed(const struct bt_span *list, const struct bt_node *was,
			 const struct bt_node *now, const struct pairing *pairing, bool *removed)
{
	size_t left = list->count - was->count;

	for (size_t i = 0; i < was->count; i++)
		removed[pairing->of_was[i]] = true;
	for (size_t i = 0; i < now->count; i++) {
		if (pairing->of_now[i] == NOWHERE)
			continue;
		removed[pairing->of_was[pairing->of_now[i]]] = false;
		left++;
	}
	return left > 0;
}

static void change_list(struct drafting *d, const struct bt_place *place, const struct bt_node *was,
			const struct bt_node *now)
{
	BT_CLEANUP(pairing_release) struct pairing pairing = {0};
	const struct bt_span *list = place->span;
	BT_AUTOFREE bool *removed = calloc(list->count + 1, sizeof(*removed));
	size_t behind = 0; /* the number of items behind which the next one comes */

	if (!removed || !pair(d, list, was, now, &pairing) ||
	    !mark_removed(list, was, now, &pairing, removed)) {
		d->edits.failed = d->edits.failed || !removed;
		bt_edit_replace(&d->edits, place, now);
		return;
	}
	bt_edit_remove(&d->edits, place, removed);
	if (!was->count)
		behind = list->count;
	for (size_t i = 0; i < now->count; i++) {
		ssize_t in_was = pairing.of_now[i];

		if (in_was == NOWHERE) {
			bt_edit_insert(&d->edits, place, behind, now->items[i]);
			continue;
		}
		behind = (size_t)pairing.of_was[in_was] + 1;
		const struct bt_place below = bt_place_below(place, behind - 1);

		change(d, &below, was->items[in_was], now->items[i]);
	}
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void change(struct drafting *d, const struct bt_place *place, const struct bt_node *was,
		   const struct bt_node *now)
{
	const struct bt_span *span = place->span;

	if (bt_node_equal(was, now))
		return;
	if (was && span->count && span->kind == BT_SPAN_MAP && was->kind == BT_NODE_MAP &&
	    now->kind == BT_NODE_MAP)
		change_map(d, place, was, now);
	else if (was && span->count && span->kind == BT_SPAN_LIST && was->kind == BT_NODE_LIST &&
		 now->kind == BT_NODE_LIST)
		change_list(d, place, was, now);
	else
		bt_edit_replace(&d->edits, place, now);
}

bool bt_node_equal(const struct bt_node *a, const struct bt_node *b)
{
	if (!a || !b || a->kind != b->kind || a->count != b->count || !bt_equal(a->text, b->text))
		return a == b;
	for (size_t i = 0; i < a->count; i++) {
		const struct bt_node *item = a->items[i];
		const struct bt_node *other = item->key ? bt_node_get(b, item->key) : b->items[i];

		if (!bt_node_equal(item, other))
			return false;
	}
	return true;
}

/* ---- whether it worked ----------------------------------------------------------------------- */

/* Equal in text: a number in quotes is the same as without. */
static bool is_alike(const struct bt_node *a, const struct bt_node *b)
{
	if (!a || !b)
		return a == b;
	if (bt_node_is_scalar(a) && bt_node_is_scalar(b))
		return bt_equal(a->text, b->text);
	if (a->kind != b->kind || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct bt_node *item = a->items[i];

		if (!is_alike(item, item->key ? bt_node_get(b, item->key) : b->items[i]))
			return false;
	}
	return true;
}

static bool is_map(const struct bt_node *node)
{
	return node && node->kind == BT_NODE_MAP && node->count;
}

static bool is_applied(const struct bt_node *old, const struct bt_node *new,
		       const struct bt_node *was, const struct bt_node *now);

/* Each key of any of the four maps is as it should be. */
static bool is_map_applied(const struct bt_node *old, const struct bt_node *new,
			   const struct bt_node *was, const struct bt_node *now)
{
	const struct bt_node *const maps[] = {old, new, was, now};

	for (size_t i = 0; i < BT_ARRAY_SIZE(maps); i++) {
		for (size_t k = 0; k < maps[i]->count; k++) {
			const char *key = maps[i]->items[k]->key;

			if (!is_applied(bt_node_get(old, key), bt_node_get(new, key),
					bt_node_get(was, key), bt_node_get(now, key)))
				return false;
		}
	}
	return true;
}

/* Whether NODE has all that PART has: equal scalars and items, and at least the same keys. */
static bool includes(const struct bt_node *node, const struct bt_node *part)
{
	if (node->kind != BT_NODE_MAP || part->kind != BT_NODE_MAP)
		return is_alike(node, part);
	for (size_t i = 0; i < part->count; i++) {
		const struct bt_node *item = bt_node_get(node, part->items[i]->key);

		if (!item || !includes(item, part->items[i]))
			return false;
	}
	return true;
}

/* Every item of NOW stands in the new list, and nothing more than the old one had. */
static bool is_list_applied(const struct bt_node *old, const struct bt_node *new,
			    const struct bt_node *was, const struct bt_node *now)
{
	size_t more = old && was && old->count > was->count ? old->count - was->count : 0;
	size_t at = 0;

	if (new->kind != BT_NODE_LIST || new->count < now->count || new->count > now->count + more)
		return false;
	for (size_t i = 0; i < now->count; i++) {
		size_t tries = 0;

		while (tries < new->count && !includes(new->items[at % new->count], now->items[i]))
			at++, tries++;
		if (tries == new->count)
			return false;
		at++;
	}
	return true;
}

/* Whether the text's value went from OLD to NEW as it should where WAS became NOW. */
static bool is_applied(const struct bt_node *old, const struct bt_node *new,
		       const struct bt_node *was, const struct bt_node *now)
{
	if (bt_node_equal(was, now))
		return is_alike(old, new);
	if (!now || !new)
		return !now && !new;
	if (is_map(old) && is_map(new) && is_map(was) && is_map(now))
		return is_map_applied(old, new, was, now);
	if (now->kind == BT_NODE_LIST)
		return is_list_applied(old, new, was, now);
	return is_alike(new, now);
}

/* The list of the one document of a text without a name, or NULL. */
static struct bt_node *parse(struct bondtool *silent, const char *text, size_t length)
{
	const struct bt_source *source = bt_source_add(silent, "", text, length);
	BT_AUTONODE struct bt_node *documents = NULL;

	if (!source || bt_tree_from_yaml(silent, source, &documents) < 0 ||
	    bondtool_diags_count(silent) || documents->count > 1)
		return NULL;
	if (!documents->count && bt_node_append(documents, bt_node_new(BT_NODE_NULL)) < 0)
		return NULL;
	return BT_TAKE(documents);
}

static bool is_right(const struct bt_source *source, const char *text, const struct bt_node *was,
		     const struct bt_node *now)
{
	struct bondtool *silent = bondtool_new();
	BT_AUTONODE struct bt_node *old = NULL, *new = NULL;

	if (silent) {
		old = parse(silent, source->text, source->length);
		new = parse(silent, text, strlen(text));
	}
	bool right = old && new && is_applied(old->items[0], new->items[0], was, now);

	bondtool_free(silent);
	return right;
}

/* The edited text, or *ret_reason why there is none. 0, -EOPNOTSUPP or -ENOMEM. */
static int edit(const struct bt_source *source, const struct bt_node *was,
		const struct bt_node *now, const char *const *names, char **ret_text,
		const char **ret_reason)
{
	BT_AUTOSPAN struct bt_span *root = NULL;
	BT_AUTOFREE char *text = NULL;
	int r = bt_span_parse(source, &root, ret_reason);

	if (r < 0)
		return r;

	BT_CLEANUP(drafting_release) struct drafting d = {.names = names};
	struct bt_place place = bt_edits_begin(&d.edits, source, root);

	if (root)
		change(&d, &place, was, now);
	else
		bt_edit_replace(&d.edits, &place, now);
	text = bt_edits_apply(&d.edits);
	if (!text)
		return -ENOMEM;
	*ret_reason = "the change is not one of single lines";
	if (d.edits.unsafe || !is_right(source, text, was, now))
		return -EOPNOTSUPP;
	*ret_text = BT_TAKE(text);
	return 0;
}

/* ---- anew ------------------------------------------------------------------------------------ */

static struct bt_node *changed(const struct bt_node *old, const struct bt_node *was,
			       const struct bt_node *now);

static int put_changed(struct bt_node *map, const struct bt_node *old, const struct bt_node *was,
		       const struct bt_node *now)
{
	const char *key = old ? old->key : now->key;

	if (!now && was)
		return 0; /* it goes */
	return bt_node_put(map, key, now ? changed(old, was, now) : bt_node_copy(old));
}

/* The old map with the difference made. */
static struct bt_node *changed_map(const struct bt_node *old, const struct bt_node *was,
				   const struct bt_node *now)
{
	BT_AUTONODE struct bt_node *map = bt_node_new(BT_NODE_MAP);
	int r = map ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < old->count; i++)
		r = put_changed(map, old->items[i], bt_node_get(was, old->items[i]->key),
				bt_node_get(now, old->items[i]->key));
	for (size_t i = 0; r == 0 && i < now->count; i++) {
		const struct bt_node *of_was = bt_node_get(was, now->items[i]->key);

		if (!bt_node_get(old, now->items[i]->key) && !bt_node_equal(of_was, now->items[i]))
			r = put_changed(map, NULL, of_was, now->items[i]);
	}
	return r == 0 ? BT_TAKE(map) : NULL;
}

/* What the old text means, with the difference made; the items of lists are those of NOW. */
static struct bt_node *changed(const struct bt_node *old, const struct bt_node *was,
			       const struct bt_node *now)
{
	if (old && bt_node_equal(was, now))
		return bt_node_copy(old);
	if (is_map(old) && is_map(was) && now->kind == BT_NODE_MAP)
		return changed_map(old, was, now);
	return bt_node_copy(now);
}

/* What the documents of the text mean, keys that come twice merged; NULL: it has none. */
static struct bt_node *parse_leniently(struct bondtool *silent, const struct bt_source *source)
{
	BT_AUTONODE struct bt_node *documents = NULL;

	if (bt_tree_from_yaml_merged(silent, source, &documents) < 0 || !documents->count)
		return NULL;
	return BT_TAKE(documents);
}

static char *write_anew(const struct bt_source *source, const struct bt_node *was,
			const struct bt_node *now)
{
	struct bondtool *silent = bondtool_new();
	BT_AUTONODE struct bt_node *old = silent ? parse_leniently(silent, source) : NULL;
	BT_AUTONODE struct bt_node *tree = changed(old ? old->items[0] : NULL, was, now);

	bondtool_free(silent);
	return tree ? bt_tree_to_yaml(tree) : NULL;
}

int bt_tree_rewrite(struct bondtool *bt, const struct bt_source *source, const struct bt_node *was,
		    const struct bt_node *now, const char *const *names, char **ret_text)
{
	const char *reason = NULL;
	struct bt_origin origin = {.source = source};
	int r;

	if (bt_node_equal(was, now)) {
		*ret_text = strndup(source->text, source->length);
		return *ret_text ? 0 : -ENOMEM;
	}
	r = edit(source, was, now, names, ret_text, &reason);
	if (r != -EOPNOTSUPP)
		return r;
	bt_note(bt, "rewrite/anew", &origin, "this text is written anew, without its comments: %s",
		reason);
	*ret_text = write_anew(source, was, now);
	return *ret_text ? 0 : -ENOMEM;
}
