/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Configurations as trees and as JSON: one walk over the property table for both. JSON is written
 * as the walk goes, for it may hold thousands of profiles.
 */
#include "model/config-tree.h"

#include <errno.h>

/* The keys besides the settings of the property table. */
static const char profiles_key[] = "profiles";
static const char extras_key[] = "extras";
/* Where a key of our own format stood that we did not know, among the bond's options. */
static const char options_section[] = "bond.options";

enum { DEEPEST = 4 }; /* the profile, a setting, its options, a list */

/* The keys of the tables: each is always at the same depth. */
enum {
	KEY_SETTING,
	KEY_PROPERTY = KEY_SETTING + BT_SETTING_COUNT,
	KEY_OPTION = KEY_PROPERTY + BT_PROP_COUNT,
	KEY_COUNT = KEY_OPTION + BT_OPT_COUNT
};

/* Where the walk puts what it comes by. */
struct output {
	struct bt_json *json;		/* NULL: into a tree */
	struct bt_json_head *heads;	/* of the JSON, by the number of the key */
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

/* Tells that what comes next has this key. */
static void expect_key(struct output *out, unsigned number)
{
	if (out->json)
		out->json->head = &out->heads[number];
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

static void put_number(struct output *out, const char *key, int64_t number)
{
	if (out->json)
		bt_json_number(out->json, key, number);
	else if (!out->error)
		put_node(out, key, bt_node_number(number));
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

	if (name || value->text)
		put_scalar(out, key, BT_NODE_TEXT, name ? name->name : value->text);
	else if (bt_type_is_list(spec->type))
		put_list(out, key, value);
	else if (spec->type == BT_TYPE_BOOLEAN)
		put_scalar(out, key, BT_NODE_BOOLEAN, value->number ? "true" : "false");
	else
		put_number(out, key, value->number);
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

static bool has_unknown(const struct bondtool_profile *profile, const char *section)
{
	size_t first = 0;

	return profile->n_extras && next_unknown(profile, section, &first);
}

/* Puts them back. */
static void put_unknown(struct output *out, const struct bondtool_profile *profile,
			const char *section)
{
	const struct bt_extra *extra;

	if (!profile->n_extras)
		return;
	for (size_t i = 0; (extra = next_unknown(profile, section, &i));)
		put_json(out, extra->key, extra->value);
}

_Static_assert((int)BT_OPT_COUNT <= (int)BT_VALUES_BITS,
	       "each option has a bit of its own in bt_values.present");

static void put_options(struct output *out, const struct bondtool_profile *profile)
{
	open_node(out, bt_properties[BT_PROP_BOND_OPTIONS].name, BT_NODE_MAP);
	for (uint64_t left = profile->options.present; left; left &= left - 1) {
		enum bt_option_id id = (enum bt_option_id)__builtin_ctzll(left);
		const struct bt_option *option = &bt_options[id];

		if (option->flags & BT_OPTION_PORT)
			continue;
		expect_key(out, KEY_OPTION + id);
		put_value(out, option->name, &option->spec, bt_values_find(&profile->options, id));
	}
	put_unknown(out, profile, options_section);
	close_node(out, BT_NODE_MAP);
}

/* The properties that a profile sets, in the order of the table. */
struct listed {
	struct listed_property {
		enum bt_property_id id;
		const struct bt_value *value; /* NULL: the bond's options */
	} items[BT_PROP_COUNT];
	unsigned count;
};

static void list(struct listed *listed, enum bt_property_id id, const struct bt_value *value)
{
	unsigned at = listed->count++;

	for (; at && listed->items[at - 1].id > id; at--)
		listed->items[at] = listed->items[at - 1];
	listed->items[at] = (struct listed_property){id, value};
}

/* The properties that are options; true when there are options of a bond besides. */
static bool list_port_options(const struct bondtool_profile *profile, struct listed *listed)
{
	unsigned of_port = 0;

	for (unsigned id = BT_PROP_PORT_QUEUE_ID; id <= BT_PROP_PORT_ACTOR_PORT_PRIO; id++) {
		const struct bt_value *value = bt_profile_value(profile, (enum bt_property_id)id);

		if (!value)
			continue;
		list(listed, (enum bt_property_id)id, value);
		of_port++;
	}
	return of_port < profile->options.count;
}

static void list_properties(const struct bondtool_profile *profile, struct listed *listed)
{
	const struct bt_values *properties = &profile->properties;

	for (unsigned i = 0; i < properties->count; i++)
		list(listed, (enum bt_property_id)properties->values[i].id,
		     &properties->values[i]);
	if ((profile->options.count && list_port_options(profile, listed)) ||
	    bt_profile_is(profile, "bond") || has_unknown(profile, options_section))
		list(listed, BT_PROP_BOND_OPTIONS, NULL);
}

static void put_property(struct output *out, const struct bondtool_profile *profile,
			 const struct listed_property *listed)
{
	const struct bt_property *property = &bt_properties[listed->id];

	expect_key(out, KEY_PROPERTY + listed->id);
	if (listed->value)
		put_value(out, property->name, bt_property_spec(property), listed->value);
	else
		put_options(out, profile);
}

/* A setting with the properties that are NEXT and of it, if it has any; returns what follows. */
static const struct listed_property *put_setting(struct output *out,
						 const struct bondtool_profile *profile,
						 enum bt_setting_id setting,
						 const struct listed_property *next,
						 const struct listed_property *end)
{
	const char *name = bt_settings[setting].name;

	if ((next == end || bt_properties[next->id].setting != setting) &&
	    !has_unknown(profile, name))
		return next;
	expect_key(out, KEY_SETTING + setting);
	open_node(out, name, BT_NODE_MAP);
	for (; next < end && bt_properties[next->id].setting == setting; next++)
		put_property(out, profile, next);
	put_unknown(out, profile, name);
	close_node(out, BT_NODE_MAP);
	return next;
}

static void put_settings(struct output *out, const struct bondtool_profile *profile)
{
	struct listed listed;
	const struct listed_property *next = listed.items, *end;

	listed.count = 0;
	list_properties(profile, &listed);
	end = next + listed.count;
	for (unsigned setting = 0; setting < BT_SETTING_COUNT; setting++) {
		if (!profile->n_extras && next == end)
			break;
		if (!profile->n_extras)
			setting = bt_properties[next->id].setting;
		next = put_setting(out, profile, (enum bt_setting_id)setting, next, end);
	}
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
	open_node(out, NULL, BT_NODE_MAP);
	put_settings(out, profile);
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
	struct bt_json_head heads[KEY_COUNT] = {0};
	struct output out = {.json = &json, .heads = heads};

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
