/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our own YAML written back into the text that it came from, in its author's words and order. */
#include <errno.h>
#include <string.h>

#include "base/tree-draft.h"
#include "model/config-tree.h"
#include "parsers/native/native.h"

/* The name in the table for a key as the text spells it; NULL: it has no other one. */
static const char *name_of_property(enum bt_setting_id setting, const char *key)
{
	const struct bt_property *property = bt_property_in(setting, key);

	return property ? property->name : NULL;
}

static const char *name_of_option(const char *key)
{
	const struct bt_option *option = bt_option_find(key);

	return option ? option->name : NULL;
}

/* Lets MAP use the text's KEY where it has NAME. */
static int respell(struct bt_node *map, const char *name, const char *key,
		   const struct bt_node *in_text)
{
	int r;

	if (!name || bt_equal(name, key) || bt_node_get(in_text, name))
		return 0;
	r = bt_node_rename(map, name, key);
	return r == -ENOENT ? 0 : r;
}

static int respell_options(struct bt_node *options, const struct bt_node *in_text)
{
	int r = 0;

	for (size_t i = 0; r == 0 && in_text->kind == BT_NODE_MAP && i < in_text->count; i++)
		r = respell(options, name_of_option(in_text->items[i]->key), in_text->items[i]->key,
			    in_text);
	return r;
}

static int respell_setting(struct bt_node *setting, enum bt_setting_id id,
			   const struct bt_node *in_text)
{
	struct bt_node *options = bt_node_get(setting, bt_properties[BT_PROP_BOND_OPTIONS].name);
	int r = 0;

	for (size_t i = 0; r == 0 && in_text->kind == BT_NODE_MAP && i < in_text->count; i++) {
		const struct bt_node *item = in_text->items[i];

		r = respell(setting, name_of_property(id, item->key), item->key, in_text);
		if (r == 0 && options && id == BT_SETTING_BOND && bt_equal(item->key, options->key))
			r = respell_options(options, item);
	}
	return r;
}

/* Lets a profile's TREE use the second names of settings, properties and options that the text has.
 */
static int respell_profile(struct bt_node *tree, const struct bt_node *in_text)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < in_text->count; i++) {
		const struct bt_node *item = in_text->items[i];
		int id = bt_setting_find(item->key);
		struct bt_node *setting = id < 0 ? NULL : bt_node_get(tree, bt_settings[id].name);

		if (!setting)
			continue;
		r = respell_setting(setting, (enum bt_setting_id)id, item);
		if (r == 0)
			r = respell(tree, bt_settings[id].name, item->key, in_text);
	}
	return r;
}

/* The text's tree, if it is that of one profile; else NULL. */
static struct bt_node *tree_of(struct bondtool *silent, const struct bt_source *source)
{
	BT_AUTONODE struct bt_node *documents = NULL;
	const struct bt_node *root;

	if (bt_tree_from_yaml(silent, source, &documents) < 0 || documents->count != 1)
		return NULL;
	root = documents->items[0];
	if (root->kind != BT_NODE_MAP || bt_node_get(root, "profiles"))
		return NULL;
	return bt_node_copy(root);
}

/* Names that the store gives to profiles whose text has none. */
static int complete(struct bondtool *silent, struct bondtool_profile *read,
		    const struct bondtool_profile *profile)
{
	static const enum bt_property_id names[] = {BT_PROP_ID, BT_PROP_UUID};
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(names); i++) {
		const char *text = bt_profile_text(profile, names[i]);

		if (text && !bt_profile_text(read, names[i]))
			r = bt_profile_set(silent, read, names[i], text, NULL);
	}
	return r;
}

/* Whether the text, read, is the profile. */
static bool is_profile(struct bondtool *silent, const char *text,
		       const struct bondtool_profile *profile)
{
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	const struct bt_source *source = bt_source_add(silent, "", text, strlen(text));

	return config && source && bt_yaml_read(silent, source, config) == 0 &&
	       config->count == 1 && complete(silent, config->profiles[0], profile) == 0 &&
	       bt_profile_equal(config->profiles[0], profile);
}

static int rewrite(struct bondtool *bt, struct bondtool *silent, const struct bt_source *source,
		   const struct bondtool_profile *before, const struct bondtool_profile *profile,
		   char **ret_text)
{
	BT_AUTONODE struct bt_node *in_text = tree_of(silent, source);
	BT_AUTONODE struct bt_node *was = bt_profile_to_tree(before);
	BT_AUTONODE struct bt_node *now = bt_profile_to_tree(profile);
	int r = was && now ? 0 : -ENOMEM;

	if (r == 0 && in_text)
		r = respell_profile(was, in_text);
	if (r == 0 && in_text)
		r = respell_profile(now, in_text);
	return r == 0 ? bt_tree_rewrite(bt, source, was, now, NULL, ret_text) : r;
}

int bt_yaml_rewrite(struct bondtool *bt, const struct bt_source *source,
		    const struct bondtool_profile *before, const struct bondtool_profile *profile,
		    char **ret_text)
{
	struct bt_origin origin = {.source = source};
	struct bondtool *silent = bondtool_new();
	BT_AUTOFREE char *text = NULL;
	int r = silent ? rewrite(bt, silent, source, before, profile, &text) : -ENOMEM;

	if (r == 0 && !is_profile(silent, text, profile)) {
		bt_note(bt, "rewrite/anew", &origin,
			"this text is written anew, without its comments: it says things twice");
		free(text);
		text = bt_yaml_text(profile);
		r = text ? 0 : -ENOMEM;
	}
	bondtool_free(silent);
	if (r == 0)
		*ret_text = BT_TAKE(text);
	return r;
}
