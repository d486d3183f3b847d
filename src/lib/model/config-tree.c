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

/* Whether KEY, not known when it was kept, is known by now: then the known one counts. */
static bool is_known(const struct bondtool_profile *profile, const char *section, const char *key)
{
	int setting = section ? bt_setting_find(section) : -1;
	const struct bt_property *property =
		setting >= 0 ? bt_property_in((enum bt_setting_id)setting, key) : NULL;
	const struct bt_option *option =
		bt_equal(section, options_section) ? bt_option_find(key) : NULL;

	return (property && bt_profile_value(profile, bt_property_id(property))) ||
	       (option && bt_values_find(&profile->options, bt_option_id(option)));
}

/* The next of the keys that stood in SECTION of our own format and were not understood. */
static const struct bt_extra *next_unknown(const struct bondtool_profile *profile,
					   const char *section, size_t *where)
{
	while (*where < profile->n_extras) {
		const struct bt_extra *extra = &profile->extras[(*where)++];

		if (extra->format == BT_FORMAT_YAML && bt_equal(extra->section, section) &&
		    !is_known(profile, section, extra->key))
			return extra;
	}
	return NULL;
}

/* Puts them back. */
static void put_unknown(struct output *out, const struct bondtool_profile *profile,
			const char *section)
{
	const struct bt_extra *extra;

	for (size_t i = 0; (extra = next_unknown(profile, section, &i));)
		put_json(out, extra->key, extra->value);
}

static void put_options(struct output *out, const struct bondtool_profile *profile)
{
	open_node(out, bt_properties[BT_PROP_BOND_OPTIONS].name, BT_NODE_MAP);
	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_value *value = bt_values_find(&profile->options, i);

		if (value && !(bt_options[i].flags & BT_OPTION_PORT))
			put_value(out, bt_options[i].name, &bt_options[i].spec, value);
	}
	put_unknown(out, profile, options_section);
	close_node(out, BT_NODE_MAP);
}

/* The properties that a profile sets, in the order of the table. */
struct listed {
	enum bt_property_id ids[BT_PROP_COUNT];
	unsigned count, done;
};

static void list(struct listed *listed, enum bt_property_id id)
{
	unsigned at = listed->count++;

	for (; at && listed->ids[at - 1] > id; at--)
		listed->ids[at] = listed->ids[at - 1];
	listed->ids[at] = id;
}

static void list_properties(const struct bondtool_profile *profile, struct listed *listed)
{
	bool has_options = bt_profile_is(profile, "bond");
	size_t first = 0;

	for (size_t i = 0; i < profile->properties.count; i++)
		list(listed, (enum bt_property_id)profile->properties.values[i].id);
	for (size_t i = 0; i < profile->options.count; i++)
		has_options |= !(bt_options[profile->options.values[i].id].flags & BT_OPTION_PORT);
	for (unsigned id = BT_PROP_PORT_QUEUE_ID; id <= BT_PROP_PORT_ACTOR_PORT_PRIO; id++)
		if (bt_profile_value(profile, (enum bt_property_id)id))
			list(listed, (enum bt_property_id)id);
	if (has_options || next_unknown(profile, options_section, &first))
		list(listed, BT_PROP_BOND_OPTIONS);
}

/* A setting with the properties that come next and are of it, unless it has nothing. */
static void put_setting(struct output *out, const struct bondtool_profile *profile,
			enum bt_setting_id setting, struct listed *listed)
{
	const char *name = bt_settings[setting].name;
	size_t first = 0;
	bool opened = next_unknown(profile, name, &first);

	if (opened)
		open_node(out, name, BT_NODE_MAP);
	for (; listed->done < listed->count; listed->done++) {
		enum bt_property_id id = listed->ids[listed->done];
		const struct bt_property *property = &bt_properties[id];

		if (property->setting != setting)
			break;
		if (!opened)
			open_node(out, name, BT_NODE_MAP);
		opened = true;
		if (id == BT_PROP_BOND_OPTIONS)
			put_options(out, profile);
		else
			put_value(out, property->name, bt_property_spec(property),
				  bt_profile_value(profile, id));
	}
	if (!opened)
		return;
	put_unknown(out, profile, name);
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

	listed.count = listed.done = 0;
	list_properties(profile, &listed);
	open_node(out, NULL, BT_NODE_MAP);
	for (unsigned setting = 0; setting < BT_SETTING_COUNT; setting++)
		put_setting(out, profile, (enum bt_setting_id)setting, &listed);
	put_unknown(out, profile, NULL);
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
