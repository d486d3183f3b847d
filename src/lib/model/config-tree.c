/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configurations as trees: one walk over the property table for JSON and YAML. */
#include "model/config-tree.h"

#include <errno.h>
#include <string.h>

/* The keys besides the settings of the property table. */
static const char profiles_key[] = "profiles";
static const char extras_key[] = "extras";
/* Where a key of our own format stood that we did not know, among the bond's options. */
static const char options_section[] = "bond.options";

/* ---- to a tree ---------------------------------------------------------------------------- */

static struct bt_node *list_to_node(const struct bt_value *value)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);

	for (size_t i = 0; list && i < value->n_items; i++)
		if (bt_node_append(list, bt_node_scalar(BT_NODE_TEXT, value->items[i].text)) < 0)
			return NULL;
	return BT_TAKE(list);
}

/* Names as texts, numbers as numbers, booleans as true and false, lists as lists. */
static struct bt_node *value_to_node(const struct bt_spec *spec, const struct bt_value *value)
{
	BT_AUTOFREE char *text = NULL;

	if (bt_type_is_list(spec->type))
		return list_to_node(value);
	if (spec->type == BT_TYPE_NUMBER || spec->type == BT_TYPE_NICKNAMED)
		return bt_node_number(value->number);
	if (spec->type == BT_TYPE_BOOLEAN)
		return bt_node_scalar(BT_NODE_BOOLEAN, value->number ? "true" : "false");
	text = bt_value_text(spec, value, BONDTOOL_PARSABLE);
	return bt_node_scalar(BT_NODE_TEXT, text);
}

/* Puts back what stood in SECTION of our own format and was not understood. */
static int put_unknown(struct bt_node *map, const struct bondtool_profile *profile,
		       const char *section)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < profile->n_extras; i++) {
		const struct bt_extra *extra = &profile->extras[i];

		if (extra->format != BT_FORMAT_YAML || !bt_equal(extra->section, section))
			continue;
		r = bt_node_put(map, extra->key, bt_node_from_json(extra->value));
		if (r == -EEXIST) /* by now it is known, and the known one counts */
			r = 0;
	}
	return r;
}

static struct bt_node *options_to_node(const struct bondtool_profile *profile)
{
	BT_AUTONODE struct bt_node *map = bt_node_new(BT_NODE_MAP);
	int r = map ? 0 : -ENOMEM;

	for (unsigned i = 0; r == 0 && i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		const struct bt_value *value = bt_values_find(&profile->options, i);

		if (value && !(option->flags & BT_OPTION_PORT))
			r = bt_node_put(map, option->name, value_to_node(&option->spec, value));
	}
	if (r == 0)
		r = put_unknown(map, profile, options_section);
	return r == 0 ? BT_TAKE(map) : NULL;
}

/* The property's value, or NULL when there is nothing to show; *ret_error is 0 or -ENOMEM. */
static struct bt_node *property_to_node(const struct bondtool_profile *profile,
					enum bt_property_id id, int *ret_error)
{
	const struct bt_property *property = &bt_properties[id];
	const struct bt_value *value = bt_profile_value(profile, id);
	struct bt_node *node = NULL;

	*ret_error = 0;
	if (property->spec.type == BT_TYPE_OPTIONS)
		node = options_to_node(profile);
	else if (value)
		node = value_to_node(bt_property_spec(property), value);
	else
		return NULL;
	if (!node)
		*ret_error = -ENOMEM;
	if (node && property->spec.type == BT_TYPE_OPTIONS && !node->count &&
	    !bt_profile_is(profile, "bond")) {
		bt_node_free(node);
		return NULL;
	}
	return node;
}

static int put_setting(struct bt_node *map, const struct bondtool_profile *profile,
		       enum bt_setting_id setting)
{
	BT_AUTONODE struct bt_node *node = bt_node_new(BT_NODE_MAP);
	int r = node ? 0 : -ENOMEM;

	for (unsigned i = 0; r == 0 && i < BT_PROP_COUNT; i++) {
		struct bt_node *value;

		if (bt_properties[i].setting != setting)
			continue;
		value = property_to_node(profile, (enum bt_property_id)i, &r);
		if (value)
			r = bt_node_put(node, bt_properties[i].name, value);
	}
	if (r == 0)
		r = put_unknown(node, profile, bt_settings[setting].name);
	if (r < 0 || !node->count)
		return r;
	return bt_node_put(map, bt_settings[setting].name, BT_TAKE(node));
}

static struct bt_node *extra_to_node(const struct bt_extra *extra)
{
	BT_AUTONODE struct bt_node *map = bt_node_new(BT_NODE_MAP);
	const char *format = bt_format_name(extra->format);

	if (!map || bt_node_put(map, "format", bt_node_scalar(BT_NODE_TEXT, format)) < 0)
		return NULL;
	if (extra->section &&
	    bt_node_put(map, "section", bt_node_scalar(BT_NODE_TEXT, extra->section)) < 0)
		return NULL;
	if (bt_node_put(map, "key", bt_node_scalar(BT_NODE_TEXT, extra->key)) < 0 ||
	    bt_node_put(map, "value", bt_node_scalar(BT_NODE_TEXT, extra->value)) < 0)
		return NULL;
	return BT_TAKE(map);
}

static int put_extras(struct bt_node *map, const struct bondtool_profile *profile)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);
	int r = list ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < profile->n_extras; i++)
		if (profile->extras[i].format != BT_FORMAT_YAML)
			r = bt_node_append(list, extra_to_node(&profile->extras[i]));
	if (r < 0 || !list->count)
		return r;
	return bt_node_put(map, extras_key, BT_TAKE(list));
}

struct bt_node *bt_profile_to_tree(const struct bondtool_profile *profile)
{
	BT_AUTONODE struct bt_node *map = bt_node_new(BT_NODE_MAP);
	int r = map ? 0 : -ENOMEM;

	for (unsigned i = 0; r == 0 && i < BT_SETTING_COUNT; i++)
		r = put_setting(map, profile, (enum bt_setting_id)i);
	if (r == 0)
		r = put_unknown(map, profile, NULL);
	if (r == 0)
		r = put_extras(map, profile);
	return r == 0 ? BT_TAKE(map) : NULL;
}

struct bt_node *bt_config_to_tree(const struct bondtool_config *config)
{
	BT_AUTONODE struct bt_node *map = bt_node_new(BT_NODE_MAP);
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);
	int r = map && list ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < config->count; i++)
		r = bt_node_append(list, bt_profile_to_tree(config->profiles[i]));
	if (r == 0)
		r = bt_node_put(map, profiles_key, BT_TAKE(list));
	return r == 0 ? BT_TAKE(map) : NULL;
}

char *bondtool_config_json(const struct bondtool_config *config)
{
	BT_AUTONODE struct bt_node *tree = bt_config_to_tree(config);

	return tree ? bt_tree_to_json(tree, true) : NULL;
}
