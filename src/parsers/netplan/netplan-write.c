/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles to netplan's files. Those that came from such files go back into them: the tree of what
 * they mean is compared with that of what they are to mean, and only the difference is made.
 */
#include <errno.h>
#include <string.h>

#include "base/tree-draft.h"
#include "parsers/netplan/netplan-writing.h"

/* One writing. */
struct writing {
	struct bondtool *bt;
	struct bondtool *silent;
	struct bondtool_config *config;
	struct bt_inputs inputs;       /* the texts that are there */
	struct bt_netplan_part *parts; /* the same, in the order of their names */
	struct bt_netplan_texts old;   /* what they come to */
	struct bt_node *was, *now;     /* what of that the model knows, before and after */
};

static void writing_release(struct writing *writing)
{
	for (size_t i = 0; writing->parts && i < writing->inputs.count; i++) {
		bt_netplan_texts_release(&writing->parts[i].texts);
		bt_node_free(writing->parts[i].was);
		bt_node_free(writing->parts[i].now);
	}
	free(writing->parts);
	bt_netplan_texts_release(&writing->old);
	bt_node_free(writing->was);
	bt_node_free(writing->now);
	bt_inputs_release(&writing->inputs);
	bondtool_free(writing->silent);
}

/* ---- the texts that are there ---- */

/* Where the texts stand that SOURCE is merged with: its folder, or above "etc/netplan". */
static char *home_of(const struct bt_source *source)
{
	BT_AUTOFREE char *folder = bt_path_folder(source->name);
	BT_AUTOFREE char *above = NULL;

	if (!folder || !bt_equal(bt_path_base(folder), "netplan"))
		return BT_TAKE(folder);
	above = bt_path_folder(folder);
	return above ? bt_path_folder(above) : NULL;
}

static int collect_homes(const struct writing *writing, struct bt_strings *homes)
{
	const struct bt_source *last = NULL;
	int r = 0;

	for (size_t i = 0; r == 0 && i < writing->config->count; i++) {
		const struct bondtool_profile *profile = writing->config->profiles[i];
		const struct bt_source *source = profile->origin.source;
		BT_AUTOFREE char *home = NULL;

		if (source == last || !bt_profile_was_read_as(profile, BT_FORMAT_NETPLAN))
			continue;
		last = source;
		home = home_of(source);
		if (!home)
			return -ENOMEM;
		if (!bt_strings_contain(homes, home))
			r = bt_strings_take(homes, BT_TAKE(home));
	}
	return r;
}

/* All texts that were read together with those of the profiles: changes may concern any of them. */
static int collect_sources(struct writing *writing)
{
	BT_AUTOSTRINGS struct bt_strings homes = {0};
	int r = collect_homes(writing, &homes);

	for (const struct bt_source *source = writing->bt->sources; r == 0 && homes.count && source;
	     source = source->next) {
		BT_AUTOFREE char *home = home_of(source);

		if (!home)
			return -ENOMEM;
		if (bt_strings_contain(&homes, home) &&
		    bt_format_recognise(source) == &bt_format_netplan &&
		    !bt_inputs_find(&writing->inputs, source->name, NULL))
			r = bt_inputs_add(&writing->inputs, source, false);
	}
	return r;
}

static int compare_parts(const void *a, const void *b)
{
	const struct bt_netplan_part *one = a, *other = b;

	return bt_netplan_compare_files(one->source->name, other->source->name);
}

static int read_parts(struct writing *writing)
{
	size_t count = writing->inputs.count;

	writing->parts = calloc(count + 1, sizeof(*writing->parts));
	if (!writing->parts)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		writing->parts[i].source = writing->inputs.items[i].source;
	qsort(writing->parts, count, sizeof(*writing->parts), compare_parts);
	for (size_t i = 0; i < count; i++) {
		struct bt_netplan_part *part = &writing->parts[i];
		struct bt_input input = {.source = part->source};
		const struct bt_inputs one = {.items = &input, .count = 1};

		part->was = bt_node_new(BT_NODE_MAP);
		part->now = bt_node_new(BT_NODE_MAP);
		if (!part->was || !part->now ||
		    bt_netplan_merge(writing->silent, &one, &part->texts) == -ENOMEM)
			return -ENOMEM;
		part->text = part->texts.network;
	}
	return 0;
}

/* The trees of what the texts mean and of what they are to mean. */
static int make_trees(struct writing *writing)
{
	BT_AUTOCONFIG struct bondtool_config *before = bondtool_config_new();
	int r = before ? 0 : -ENOMEM;

	if (r == 0 && writing->inputs.count) {
		r = bt_netplan_merge(writing->silent, &writing->inputs, &writing->old);
		if (r == 0)
			r = bt_netplan_read(writing->silent, &writing->inputs, before);
		if (r == 0 && writing->old.network)
			r = bt_netplan_tree(NULL, before, writing->old.network, &writing->was);
		if (r == -EINVAL)
			r = 0; /* no YAML: all is written anew */
	}
	return r == 0 ? bt_netplan_tree(writing->bt, writing->config, writing->old.network,
					 &writing->now)
		      : r;
}

/* ---- files ---- */

/* {network: MAP} around a copy of a map. */
static struct bt_node *document_of(const struct bt_node *network)
{
	BT_AUTONODE struct bt_node *root = bt_node_new(BT_NODE_MAP);

	if (!root || bt_node_put(root, "network", bt_node_copy(network)) < 0)
		return NULL;
	return BT_TAKE(root);
}

static int write_new(const struct writing *writing, struct bondtool_files *files)
{
	BT_AUTONODE struct bt_node *root = document_of(writing->now);

	return root ? bt_files_add(files, "bondtool.yaml", 0600, bt_tree_to_yaml(root)) : -ENOMEM;
}

static int rewrite(const struct writing *writing, const struct bt_netplan_part *part,
		   struct bondtool_files *files)
{
	BT_AUTONODE struct bt_node *was = document_of(part->was);
	BT_AUTONODE struct bt_node *now = document_of(part->now);
	char *text = NULL;
	int r = was && now ? bt_tree_rewrite(writing->bt, part->source, was, now, NULL, &text)
			   : -ENOMEM;

	return r == 0 ? bt_files_add(files, bt_path_base(part->source->name), 0600, text) : r;
}

static int write_all(struct writing *writing, struct bondtool_files *files)
{
	int r = 0;

	if (!writing->was)
		return writing->config->count ? write_new(writing, files) : 0;
	r = bt_netplan_split(writing->parts, writing->inputs.count, writing->was, writing->now);
	for (size_t i = 0; r == 0 && i < writing->inputs.count; i++)
		r = rewrite(writing, &writing->parts[i], files);
	return r;
}

int bt_netplan_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files)
{
	BT_CLEANUP(writing_release) struct writing writing = {.bt = bt, .config = config};
	int r;

	writing.silent = bondtool_new();
	r = writing.silent ? collect_sources(&writing) : -ENOMEM;
	if (r == 0)
		r = read_parts(&writing);
	if (r == 0)
		r = make_trees(&writing);
	return r == 0 ? write_all(&writing, files) : r;
}
