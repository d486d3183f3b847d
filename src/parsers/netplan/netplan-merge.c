/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several netplan files as one tree, with what netplan makes of lists and of bad texts. */
#include <errno.h>
#include <string.h>

#include "parsers/netplan/netplan-reading.h"

int bt_netplan_compare_files(const char *one, const char *other)
{
	return strcmp(bt_path_base(one), bt_path_base(other));
}

static int compare_inputs(const void *a, const void *b)
{
	const struct bt_source *one = *(const struct bt_source *const *)a;
	const struct bt_source *other = *(const struct bt_source *const *)b;

	return bt_netplan_compare_files(one->name, other->name);
}

void bt_netplan_texts_release(struct bt_netplan_texts *texts)
{
	bt_node_free(texts->documents);
	*texts = (struct bt_netplan_texts){0};
}

/* The one map of a text, "network"; NULL when it has none. */
static int network_of(struct bondtool *bt, const struct bt_node *documents,
		      struct bt_node **ret_network)
{
	struct bt_node *root;

	if (documents->count > 1)
		bt_warning(bt, "netplan/second-document", &documents->items[1]->origin,
			   "netplan reads the first document of a file only");
	if (!documents->count || documents->items[0]->kind == BT_NODE_NULL)
		return 0;
	root = documents->items[0];
	if (root->kind != BT_NODE_MAP)
		return bt_netplan_wrong_kind(bt, root, BT_NETPLAN_MAP);
	for (size_t i = 0; i < root->count; i++) {
		struct bt_node *item = root->items[i];

		if (!bt_netplan_find_key(BT_NETPLAN_OF_ROOT, item->key))
			bt_netplan_unknown_key(bt, item, BT_NETPLAN_OF_ROOT);
		else if (bt_netplan_is_kind(bt, item, BT_NETPLAN_MAP))
			*ret_network = item;
	}
	return 0;
}

static struct bt_node *below(const struct bt_node *node, const char *key)
{
	return node ? bt_node_get(node, key) : NULL;
}

/*
 * A later list of targets of the same length as the one before is taken for that one, read again,
 * and ignored.
 */
static void drop_targets(struct bondtool *bt, const struct bt_node *network, struct bt_node *later)
{
	const char *key = bt_options[BT_OPT_ARP_IP_TARGET].keys[BT_FORMAT_NETPLAN];
	struct bt_node *bonds = below(later, "bonds");

	for (size_t i = 0; bonds && i < bonds->count; i++) {
		const char *id = bonds->items[i]->key;
		const struct bt_node *before = below(below(network, "bonds"), id ? id : "");
		const struct bt_node *targets = below(below(before, "parameters"), key);
		struct bt_node *more = below(below(bonds->items[i], "parameters"), key);

		if (!targets || !more || !more->count || more->kind != BT_NODE_LIST ||
		    targets->count != more->count)
			continue;
		bt_warning(bt, "netplan/targets", &more->origin,
			   "netplan ignores these targets: there are as many in line %u already, "
			   "and it takes them for the same",
			   targets->origin.line);
		while (more->count)
			bt_node_free(more->items[--more->count]);
	}
}

static int merge_one(struct bondtool *bt, const struct bt_source *source,
		     struct bt_netplan_texts *texts)
{
	BT_AUTONODE struct bt_node *documents = NULL;
	struct bt_node *later = NULL;
	int r = bt_tree_from_yaml_merged(bt, source, &documents);

	if (r == 0)
		r = network_of(bt, documents, &later);
	if (r < 0 || !later)
		return r;
	if (!texts->network) {
		texts->documents = BT_TAKE(documents);
		texts->network = later;
		return 0;
	}
	drop_targets(bt, texts->network, later);
	return bt_node_merge(texts->network, bt_node_copy(later));
}

int bt_netplan_merge(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bt_netplan_texts *ret_texts)
{
	BT_AUTOFREE const struct bt_source **order = calloc(inputs->count + 1, sizeof(*order));
	BT_AUTONETPLAN struct bt_netplan_texts texts = {0};
	int r = inputs->count ? -EINVAL : 0; /* until one of the texts could be read */

	if (!order)
		return -ENOMEM;
	for (size_t i = 0; i < inputs->count; i++)
		order[i] = inputs->items[i].source;
	qsort(order, inputs->count, sizeof(*order), compare_inputs);
	for (size_t i = 0; i < inputs->count; i++) {
		int one = merge_one(bt, order[i], &texts);

		if (one == -ENOMEM)
			return one;
		if (one == 0)
			r = 0;
	}
	if (r < 0)
		return r;
	*ret_texts = texts;
	texts = (struct bt_netplan_texts){0};
	return 0;
}
