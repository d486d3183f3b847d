/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configurations from trees: what JSON and YAML texts of our own say. */
#include <errno.h>
#include <string.h>

#include "model/config-tree.h"

/* A reading of one profile. */
struct reading {
	struct bondtool *bt;
	struct bondtool_profile *profile;
};

/* Says that a node is of the wrong kind; 0, since the rest can be read. */
static int wrong_kind(struct reading *reading, const struct bt_node *node, const char *wanted)
{
	if (node->key)
		bt_diag(reading->bt, BONDTOOL_ERROR, "native/kind", &node->origin, NULL,
			"'%s' should be %s, not %s", node->key, wanted,
			bt_node_kind_text(node->kind));
	else
		bt_diag(reading->bt, BONDTOOL_ERROR, "native/kind", &node->origin, NULL,
			"an item of this list should be %s, not %s", wanted,
			bt_node_kind_text(node->kind));
	return 0;
}

/*
 * Says that a key is not known, and keeps it with its value as JSON, so that rewriting the profile
 * does not lose what a later version of ours may have put there. NEAREST may hold a better word.
 */
static int keep_unknown(struct reading *reading, const char *section, const struct bt_node *node,
			const struct bt_nearest *nearest)
{
	BT_AUTOFREE char *value = bt_tree_to_json(node, false);
	BT_AUTOFREE char *hint = NULL;

	if (!value)
		return -ENOMEM;
	if (nearest->best)
		hint = bt_format("did you mean '%s'?", nearest->best);
	bt_diag(reading->bt, BONDTOOL_ERROR, "native/unknown-key", &node->key_origin, hint,
		section ? "'%s' is not known in '%s'" : "'%s' is not known here", node->key,
		section);
	return bt_profile_add_extra(reading->profile, BT_FORMAT_YAML, section, node->key, value,
				    &node->key_origin);
}

/* Results of setting single values: only a lack of memory ends the reading. */
static int go_on(int r)
{
	return r == -ENOMEM ? r : 0;
}

static int read_list_option(struct reading *reading, const struct bt_option *option,
			    const struct bt_node *list)
{
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option), .origin = list->origin};
	const struct bt_about about = {"driver/value", {"option '", option->name, "'"}};

	for (size_t i = 0; i < list->count; i++) {
		const struct bt_node *item = list->items[i];
		int r;

		if (!bt_node_is_scalar(item))
			return wrong_kind(reading, item, "an address");
		r = bt_value_add_item(reading->bt, &option->spec, &about, item->text, &item->origin,
				      &value);
		if (r < 0)
			return go_on(r);
	}
	return bt_values_put(&reading->profile->options, &value);
}

static int read_option(struct reading *reading, const struct bt_node *node)
{
	const struct bt_option *option = bt_option_find(node->key);

	if (!option || (option->flags & BT_OPTION_PORT)) {
		struct bt_nearest nearest = {.word = node->key};

		for (size_t i = 0; i < BT_OPT_COUNT; i++)
			if (!(bt_options[i].flags & BT_OPTION_PORT))
				bt_nearest_offer(&nearest, bt_options[i].name);
		return keep_unknown(reading, "bond.options", node, &nearest);
	}
	if (node->kind == BT_NODE_LIST && bt_type_is_list(option->spec.type))
		return read_list_option(reading, option, node);
	if (!bt_node_is_scalar(node))
		return wrong_kind(reading, node, "a single value");
	return go_on(bt_options_set(reading->bt, &reading->profile->options, node->key, node->text,
				    &node->origin));
}

static int read_options(struct reading *reading, const struct bt_node *node)
{
	int r = 0;

	if (node->kind != BT_NODE_MAP)
		return wrong_kind(reading, node, "a map of options");
	for (size_t i = 0; r == 0 && i < node->count; i++)
		r = read_option(reading, node->items[i]);
	return r;
}

static int read_list(struct reading *reading, enum bt_property_id property,
		     const struct bt_node *list)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < list->count; i++) {
		const struct bt_node *item = list->items[i];

		if (bt_node_is_scalar(item))
			r = go_on(bt_profile_set(reading->bt, reading->profile, property,
						 item->text, &item->origin));
		else
			r = wrong_kind(reading, item, "a single value");
	}
	return r;
}

/* Types have two names, of which the model knows the first. */
static const char *canonical_text(const struct bt_property *property, const char *text)
{
	const struct bt_profile_type *type =
		bt_property_id(property) == BT_PROP_TYPE ? bt_profile_type_find(text) : NULL;

	return type ? type->name : text;
}

static int read_property(struct reading *reading, enum bt_setting_id setting,
			 const struct bt_node *node)
{
	const struct bt_property *property = bt_property_in(setting, node->key);
	bool list = property && bt_type_is_list(property->spec.type);

	if (!property) {
		struct bt_nearest nearest = {.word = node->key};

		for (size_t i = 0; i < BT_PROP_COUNT; i++)
			if (bt_properties[i].setting == setting)
				bt_nearest_offer(&nearest, bt_properties[i].name);
		return keep_unknown(reading, bt_settings[setting].name, node, &nearest);
	}
	if (property->spec.type == BT_TYPE_OPTIONS)
		return read_options(reading, node);
	if (list && node->kind == BT_NODE_LIST)
		return read_list(reading, bt_property_id(property), node);
	if (!bt_node_is_scalar(node))
		return wrong_kind(reading, node, list ? "a list" : "a single value");
	return go_on(bt_profile_set(reading->bt, reading->profile, bt_property_id(property),
				    canonical_text(property, node->text), &node->origin));
}

static int read_setting(struct reading *reading, enum bt_setting_id setting,
			const struct bt_node *node)
{
	int r = 0;

	if (node->kind != BT_NODE_MAP)
		return node->kind == BT_NODE_NULL ? 0 : wrong_kind(reading, node, "a map");
	for (size_t i = 0; r == 0 && i < node->count; i++)
		r = read_property(reading, setting, node->items[i]);
	return r;
}

/* The text of a key of an extra; NULL when it is not there. */
static const char *text_of(const struct bt_node *map, const char *key)
{
	const struct bt_node *node = bt_node_get(map, key);

	return node && bt_node_is_scalar(node) ? node->text : NULL;
}

static int read_extras(struct reading *reading, const struct bt_node *list)
{
	int r = 0;

	if (list->kind != BT_NODE_LIST)
		return wrong_kind(reading, list, "a list");
	for (size_t i = 0; r == 0 && i < list->count; i++) {
		const struct bt_node *item = list->items[i];
		const char *name = text_of(item, "format");
		const char *key = text_of(item, "key");
		const char *value = text_of(item, "value");
		int format = name ? bt_format_id(name) : -1;

		if (format < 0 || !key || !value)
			bt_diag(reading->bt, BONDTOOL_ERROR, "native/extra", &item->origin, NULL,
				"an extra is a map of format, key and value; the format is one of "
				"those that can be read");
		else
			r = bt_profile_add_extra(reading->profile, (enum bt_format_id)format,
						 text_of(item, "section"), key, value,
						 &item->origin);
	}
	return r;
}

static int read_profile_key(struct reading *reading, const struct bt_node *node)
{
	int setting = bt_setting_find(node->key);
	struct bt_nearest nearest = {.word = node->key};

	if (setting >= 0)
		return read_setting(reading, (enum bt_setting_id)setting, node);
	if (bt_equal(node->key, "extras"))
		return read_extras(reading, node);
	for (size_t i = 0; i < BT_SETTING_COUNT; i++)
		bt_nearest_offer(&nearest, bt_settings[i].name);
	return keep_unknown(reading, NULL, node, &nearest);
}

static int read_profile(struct bondtool *bt, const struct bt_node *node,
			struct bondtool_config *config)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	struct reading reading = {bt, profile};
	int r = profile ? 0 : -ENOMEM;

	if (r == 0)
		profile->origin = node->origin;
	for (size_t i = 0; r == 0 && i < node->count; i++)
		r = read_profile_key(&reading, node->items[i]);
	return r < 0 ? r : bt_config_add(config, BT_TAKE(profile));
}

static int no_profile(struct bondtool *bt, const struct bt_node *node)
{
	return bt_error(bt, -EINVAL, "native/kind", &node->origin,
			"a profile should be a map of settings, not %s",
			bt_node_kind_text(node->kind));
}

int bt_config_from_tree(struct bondtool *bt, const struct bt_node *tree,
			struct bondtool_config *config)
{
	const struct bt_node *list = bt_node_get(tree, "profiles");
	int r = 0;

	if (tree->kind != BT_NODE_MAP || (list && list->kind != BT_NODE_LIST))
		return no_profile(bt, list ? list : tree);
	if (!list)
		return read_profile(bt, tree, config);
	for (size_t i = 0; i < tree->count; i++)
		if (tree->items[i] != list)
			bt_diag(bt, BONDTOOL_ERROR, "native/unknown-key",
				&tree->items[i]->key_origin, NULL,
				"'%s' cannot stand beside 'profiles'", tree->items[i]->key);
	for (size_t i = 0; r != -ENOMEM && i < list->count; i++)
		r = list->items[i]->kind == BT_NODE_MAP
			    ? read_profile(bt, list->items[i], config)
			    : no_profile(bt, list->items[i]);
	return r == -ENOMEM ? r : 0;
}
