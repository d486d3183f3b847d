/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Configurations as trees and as JSON: one walk over the property table for both. JSON is written
 * as the walk goes, for it may hold thousands of profiles.
 */
#include "model/config-tree.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

/* The keys besides the settings of the property table. */
static const char profiles_key[] = "profiles";
static const char extras_key[] = "extras";
/* Where a key of our own format stood that we did not know, among the bond's options. */
static const char options_section[] = "bond.options";

enum { DEEPEST = 4 }; /* the profile, a setting, its options, a list */

/* Where the walk puts what it comes by. */
struct output {
	struct bt_json *json;		/* NULL: into a tree */
	struct bt_node *root;		/* of the tree */
	struct bt_node *open[DEEPEST];	/* the root first, the innermost last */
	unsigned depth;
	int error;			/* the first one; nothing is added after it */
};

/* ---- to either of the two ----------------------------------------------------------------- */

/* Adds a node to the tree and takes it over; NULL is a lack of memory. */
static void put_node(struct output *out, const char *key, struct bt_node *node)
{
	struct bt_node *inner = out->depth ? out->open[out->depth - 1] : NULL;

	if (!inner) {
		out->root = node;
		out->error = node ? 0 : -ENOMEM;
		return;
	}
	out->error = key ? bt_node_put(inner, key, node) : bt_node_append(inner, node);
	if (out->error == -EEXIST)
		out->error = 0; /* an unknown key that was kept twice: the first one counts */
}

static void open_node(struct output *out, const char *key, enum bt_node_kind kind)
{
	struct bt_node *node;

	if (out->json) {
		bt_json_open(out->json, key, kind == BT_NODE_MAP ? '{' : '[');
		return;
	}
	if (out->error)
		return;
	node = bt_node_new(kind);
	put_node(out, key, node);
	out->open[out->depth++] = node;
}

static void close_node(struct output *out, enum bt_node_kind kind)
{
	if (out->json)
		bt_json_close(out->json, kind == BT_NODE_MAP ? '}' : ']');
	else if (!out->error)
		out->depth--;
}

static void put_scalar(struct output *out, const char *key, enum bt_node_kind kind,
		       const char *text)
{
	if (out->json && kind == BT_NODE_TEXT)
		bt_json_string(out->json, key, text);
	else if (out->json)
		bt_json_literal(out->json, key, text);
	else if (!out->error)
		put_node(out, key, bt_node_scalar(kind, text));
}

/* What JSON makes of TEXT, which is JSON. */
static void put_json(struct output *out, const char *key, const char *text)
{
	BT_AUTONODE struct bt_node *node = bt_node_from_json(text);

	if (out->json && node)
		bt_json_node(out->json, key, node);
	else if (!out->error)
		put_node(out, key, BT_TAKE(node));
}

/* ---- values and settings ------------------------------------------------------------------ */

static void put_list(struct output *out, const char *key, const struct bt_value *value)
{
	open_node(out, key, BT_NODE_LIST);
	for (size_t i = 0; i < value->n_items; i++)
		put_scalar(out, NULL, BT_NODE_TEXT, value->items[i].text);
	close_node(out, BT_NODE_LIST);
}

/* Names as texts, numbers as numbers, booleans as true and false, lists as lists. */
static void put_value(struct output *out, const char *key, const struct bt_spec *spec,
		      const struct bt_value *value)
{
	const struct bondtool_name *name =
		spec->type == BT_TYPE_NAME ? bt_name_of(spec->names, value->number) : NULL;
	char digits[24];

	if (bt_type_is_list(spec->type)) {
		put_list(out, key, value);
	} else if (spec->type == BT_TYPE_BOOLEAN) {
		put_scalar(out, key, BT_NODE_BOOLEAN, value->number ? "true" : "false");
	} else if (name || value->text) {
		put_scalar(out, key, BT_NODE_TEXT, name ? name->name : value->text);
	} else {
		snprintf(digits, sizeof(digits), "%" PRId64, value->number);
		put_scalar(out, key, BT_NODE_NUMBER, digits);
	}
}

/* Everything that a profile sets, in the order of the tables; NULL: not set. */
struct listed {
	const struct bt_value *properties[BT_PROP_COUNT], *options[BT_OPT_COUNT];
	bool has_options;
	unsigned settings; /* bits of enum bt_setting_id: those that may have something */
};

static void list_values(const struct bondtool_profile *profile, struct listed *ret_listed)
{
	*ret_listed = (struct listed){
		.has_options = bt_profile_is(profile, "bond"),
		.settings = profile->n_extras ? ~0u : 0, /* there may be unknown keys in any */
	};
	for (size_t i = 0; i < profile->properties.count; i++) {
		const struct bt_value *value = &profile->properties.values[i];

		ret_listed->properties[value->id] = value;
		ret_listed->settings |= 1U << bt_properties[value->id].setting;
	}
	for (size_t i = 0; i < profile->options.count; i++) {
		const struct bt_value *value = &profile->options.values[i];
		bool of_port = bt_options[value->id].flags & BT_OPTION_PORT;

		ret_listed->options[value->id] = value;
		ret_listed->has_options |= !of_port;
		ret_listed->settings |= (unsigned)of_port << BT_SETTING_BOND_PORT;
	}
	ret_listed->settings |= (unsigned)ret_listed->has_options << BT_SETTING_BOND;
}

static const struct bt_value *listed_value(const struct listed *listed, enum bt_property_id id)
{
	int option = bt_properties[id].option;

	return option >= 0 ? listed->options[option] : listed->properties[id];
}

/* Whether KEY, not known when it was kept, is known by now: then the known one counts. */
static bool is_known(const struct listed *listed, const char *section, const char *key)
{
	int setting = section ? bt_setting_find(section) : -1;
	const struct bt_property *property =
		setting >= 0 ? bt_property_in((enum bt_setting_id)setting, key) : NULL;
	const struct bt_option *option =
		bt_equal(section, options_section) ? bt_option_find(key) : NULL;

	return (property && listed_value(listed, bt_property_id(property))) ||
	       (option && listed->options[bt_option_id(option)]);
}

/* The next of the keys that stood in SECTION of our own format and were not understood. */
static const struct bt_extra *next_unknown(const struct bondtool_profile *profile,
					   const struct listed *listed, const char *section,
					   size_t *where)
{
	while (*where < profile->n_extras) {
		const struct bt_extra *extra = &profile->extras[(*where)++];

		if (extra->format == BT_FORMAT_YAML && bt_equal(extra->section, section) &&
		    !is_known(listed, section, extra->key))
			return extra;
	}
	return NULL;
}

/* Puts them back. */
static void put_unknown(struct output *out, const struct bondtool_profile *profile,
			const struct listed *listed, const char *section)
{
	const struct bt_extra *extra;

	for (size_t i = 0; (extra = next_unknown(profile, listed, section, &i));)
		put_json(out, extra->key, extra->value);
}

static void put_options(struct output *out, const struct bondtool_profile *profile,
			const struct listed *listed)
{
	open_node(out, bt_properties[BT_PROP_BOND_OPTIONS].name, BT_NODE_MAP);
	for (unsigned i = 0; i < BT_OPT_COUNT; i++)
		if (listed->options[i] && !(bt_options[i].flags & BT_OPTION_PORT))
			put_value(out, bt_options[i].name, &bt_options[i].spec, listed->options[i]);
	put_unknown(out, profile, listed, options_section);
	close_node(out, BT_NODE_MAP);
}

static bool is_there(const struct bondtool_profile *profile, const struct listed *listed,
		     enum bt_property_id id)
{
	size_t first = 0;

	if (id != BT_PROP_BOND_OPTIONS)
		return listed_value(listed, id);
	return listed->has_options || next_unknown(profile, listed, options_section, &first);
}

/* A setting, unless nothing of it is there; its properties are those from FIRST to before END. */
static void put_setting(struct output *out, const struct bondtool_profile *profile,
			const struct listed *listed, unsigned first, unsigned end)
{
	const char *name = bt_settings[bt_properties[first].setting].name;
	size_t where = 0;
	bool opened = next_unknown(profile, listed, name, &where);

	if (opened)
		open_node(out, name, BT_NODE_MAP);
	for (unsigned id = first; id < end; id++) {
		const struct bt_property *property = &bt_properties[id];

		if (!is_there(profile, listed, (enum bt_property_id)id))
			continue;
		if (!opened)
			open_node(out, name, BT_NODE_MAP);
		opened = true;
		if (id == BT_PROP_BOND_OPTIONS)
			put_options(out, profile, listed);
		else
			put_value(out, property->name, bt_property_spec(property),
				  listed_value(listed, (enum bt_property_id)id));
	}
	if (!opened)
		return;
	put_unknown(out, profile, listed, name);
	close_node(out, BT_NODE_MAP);
}

static void put_extra(struct output *out, const struct bt_extra *extra)
{
	open_node(out, NULL, BT_NODE_MAP);
	put_scalar(out, "format", BT_NODE_TEXT, bt_format_name(extra->format));
	if (extra->section)
		put_scalar(out, "section", BT_NODE_TEXT, extra->section);
	put_scalar(out, "key", BT_NODE_TEXT, extra->key);
	put_scalar(out, "value", BT_NODE_TEXT, extra->value);
	close_node(out, BT_NODE_MAP);
}

static void put_extras(struct output *out, const struct bondtool_profile *profile)
{
	bool opened = false;

	for (size_t i = 0; i < profile->n_extras; i++) {
		if (profile->extras[i].format == BT_FORMAT_YAML)
			continue;
		if (!opened)
			open_node(out, extras_key, BT_NODE_LIST);
		opened = true;
		put_extra(out, &profile->extras[i]);
	}
	if (opened)
		close_node(out, BT_NODE_LIST);
}

static void put_profile(struct output *out, const struct bondtool_profile *profile)
{
	struct listed listed;

	list_values(profile, &listed);
	open_node(out, NULL, BT_NODE_MAP);
	for (unsigned first = 0, end; first < BT_PROP_COUNT; first = end) {
		enum bt_setting_id setting = bt_properties[first].setting;

		for (end = first; end < BT_PROP_COUNT && bt_properties[end].setting == setting;)
			end++;
		if (listed.settings & 1U << setting)
			put_setting(out, profile, &listed, first, end);
	}
	put_unknown(out, profile, &listed, NULL);
	put_extras(out, profile);
	close_node(out, BT_NODE_MAP);
}

struct bt_node *bt_profile_to_tree(const struct bondtool_profile *profile)
{
	struct output out = {0};
	BT_AUTONODE struct bt_node *root = NULL;

	put_profile(&out, profile);
	root = out.root;
	return out.error ? NULL : BT_TAKE(root);
}

char *bondtool_config_json(const struct bondtool_config *config)
{
	struct bt_json json = {.pretty = true};
	struct output out = {.json = &json};

	open_node(&out, NULL, BT_NODE_MAP);
	open_node(&out, profiles_key, BT_NODE_LIST);
	for (size_t i = 0; i < config->count; i++)
		put_profile(&out, config->profiles[i]);
	close_node(&out, BT_NODE_LIST);
	close_node(&out, BT_NODE_MAP);
	bt_text_add_char(&json.text, '\n');
	if (out.error)
		bt_text_release(&json.text);
	return out.error ? NULL : bt_text_take(&json.text);
}
