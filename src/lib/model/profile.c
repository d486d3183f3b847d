/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles: their life, and reading and setting single properties. */
#include "model/profile.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

enum {
	/* A profile has this many: its id, type and interface, and a controller or addresses. */
	USUAL_PROPERTIES = 5,
	USUAL_TEXTS = 40, /* bytes of them */
	USUAL_SIZE = USUAL_PROPERTIES * sizeof(struct bt_value)
};

/* There may be thousands, so most take one piece of memory for all that they hold. */
struct bondtool_profile *bt_profile_new(void)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = calloc(1, sizeof(*profile));
	struct bt_value *properties;

	if (!profile)
		return NULL;
	bt_pool_reserve(&profile->pool, USUAL_SIZE + USUAL_TEXTS);
	properties = bt_pool_take(&profile->pool, USUAL_SIZE);
	if (!properties)
		return NULL;
	bt_values_lend(&profile->properties, properties, USUAL_PROPERTIES);
	profile->format = BT_FORMAT_YAML;
	return BT_TAKE(profile);
}

static void extra_release(struct bt_extra *extra)
{
	free(extra->section);
	free(extra->key);
	free(extra->value);
}

void bt_profile_free(struct bondtool_profile *profile)
{
	if (!profile)
		return;
	bt_values_release(&profile->properties);
	bt_values_release(&profile->options);
	bt_values_release(&profile->implied);
	bt_values_release(&profile->implied_properties);
	for (size_t i = 0; i < profile->n_extras; i++)
		extra_release(&profile->extras[i]);
	free(profile->extras);
	free(profile->file);
	bt_pool_release(&profile->pool);
	free(profile);
}

struct bondtool_profile *bt_profile_copy(const struct bondtool_profile *profile)
{
	BT_AUTOPROFILE struct bondtool_profile *copy = bt_profile_new();

	if (!copy ||
	    bt_values_copy(&profile->properties, &copy->pool, &copy->properties) < 0 ||
	    bt_values_copy(&profile->options, &copy->pool, &copy->options) < 0 ||
	    bt_values_copy(&profile->implied, &copy->pool, &copy->implied) < 0 ||
	    bt_values_copy(&profile->implied_properties, &copy->pool,
			   &copy->implied_properties) < 0)
		return NULL;
	for (size_t i = 0; i < profile->n_extras; i++) {
		const struct bt_extra *extra = &profile->extras[i];

		if (bt_profile_add_extra(copy, extra->format, extra->section, extra->key,
					 extra->value, &extra->origin) < 0)
			return NULL;
	}
	copy->origin = profile->origin;
	copy->format = profile->format;
	if (profile->file && !(copy->file = strdup(profile->file)))
		return NULL;
	return BT_TAKE(copy);
}

static bool values_within(const struct bt_values *a, const struct bt_values *b)
{
	for (size_t i = 0; i < a->count; i++) {
		const struct bt_value *other = bt_values_find(b, a->values[i].id);

		if (!other || !bt_value_equal(&a->values[i], other))
			return false;
	}
	return true;
}

bool bt_profile_equal(const struct bondtool_profile *a, const struct bondtool_profile *b)
{
	return a->properties.count == b->properties.count && a->options.count == b->options.count &&
	       values_within(&a->properties, &b->properties) &&
	       values_within(&a->options, &b->options);
}

bool bt_profile_extras_equal(const struct bondtool_profile *a, const struct bondtool_profile *b)
{
	if (a->n_extras != b->n_extras)
		return false;
	for (size_t i = 0; i < a->n_extras; i++) {
		const struct bt_extra *x = &a->extras[i], *y = &b->extras[i];

		if (x->format != y->format || !bt_equal(x->section, y->section) ||
		    !bt_equal(x->key, y->key) || !bt_equal(x->value, y->value))
			return false;
	}
	return true;
}

/* Where the profile keeps PROPERTY, and by which id. */
static struct bt_values *storage(const struct bondtool_profile *profile,
				 enum bt_property_id property, unsigned *ret_id)
{
	int option = bt_properties[property].option;
	const struct bt_values *values = option >= 0 ? &profile->options : &profile->properties;

	*ret_id = option >= 0 ? (unsigned)option : (unsigned)property;
	return (struct bt_values *)values;
}

const struct bt_value *bt_profile_value(const struct bondtool_profile *profile,
					enum bt_property_id property)
{
	unsigned id;
	const struct bt_values *values = storage(profile, property, &id);

	return bt_values_find(values, id);
}

const char *bt_profile_text(const struct bondtool_profile *profile, enum bt_property_id property)
{
	const struct bt_value *value = bt_profile_value(profile, property);

	return value ? value->text : NULL;
}

int64_t bt_profile_number(const struct bondtool_profile *profile, enum bt_property_id property)
{
	const struct bt_value *value = bt_profile_value(profile, property);
	const struct bt_property *row = &bt_properties[property];
	BT_AUTOVALUE struct bt_value standard = {0};

	if (value)
		return value->number;
	if (row->standard)
		bt_value_parse_quietly(bt_property_spec(row), row->standard, &standard);
	return standard.number;
}

struct bt_origin bt_profile_origin(const struct bondtool_profile *profile,
				   enum bt_property_id property)
{
	const struct bt_value *value = bt_profile_value(profile, property);

	return value ? value->origin : profile->origin;
}

bool bt_profile_is(const struct bondtool_profile *profile, const char *type_name)
{
	return bt_equal(bt_profile_text(profile, BT_PROP_TYPE), type_name);
}

bool bt_profile_was_read_as(const struct bondtool_profile *profile, enum bt_format_id format)
{
	return profile->origin.source && profile->format == format;
}

const char *bt_profile_label(const struct bondtool_profile *profile)
{
	const char *id = bt_profile_text(profile, BT_PROP_ID);
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	return id ? id : interface ? interface : "?";
}

_Static_assert(BT_PROP_COUNT * 3 / 2 < UINT8_MAX && BT_OPT_COUNT * 3 / 2 < UINT8_MAX,
	       "bt_values counts in 8 bits, and grows by halves");

/* The place where PROPERTY is set, with nothing in it; NULL without memory. */
static struct bt_value *place(struct bondtool_profile *profile, enum bt_property_id property)
{
	unsigned id;
	struct bt_values *values = storage(profile, property, &id);

	return bt_values_place(values, id);
}

/* Keeps the text of MEANING: in the profile, unless it is the table's. 0 or -ENOMEM. */
static int keep_text(struct bondtool_profile *profile, const struct bt_meaning *meaning,
		     char **ret_text)
{
	bool as_it_is = !meaning->text || meaning->of_table;

	*ret_text = as_it_is ? (char *)meaning->text
			     : bt_pool_string(&profile->pool, meaning->text,
					      strlen(meaning->text));
	return *ret_text || !meaning->text ? 0 : -ENOMEM;
}

static enum bt_keeper keeper_of(const struct bt_meaning *meaning)
{
	return meaning->of_table ? BT_KEPT_BY_TABLE : BT_KEPT_BY_PROFILE;
}

static int set_scalar(struct bondtool_profile *profile, enum bt_property_id property,
		      const struct bt_meaning *meaning, const struct bt_origin *origin)
{
	/* Both may be those of a value of this profile: nothing of them is to be read later. */
	struct bt_origin where = origin ? *origin : (struct bt_origin){0};
	struct bt_value *value;
	char *text;

	if (keep_text(profile, meaning, &text) < 0 || !(value = place(profile, property)))
		return -ENOMEM;
	value->number = meaning->number;
	value->text = text;
	value->keeper = keeper_of(meaning);
	value->origin = where;
	return 0;
}

static struct bt_about about(const struct bt_property *row)
{
	return (struct bt_about){row->option >= 0 ? "driver/value" : "property/value",
				 {bt_settings[row->setting].name, ".", row->name}};
}

static int add_item(struct bondtool *bt, struct bondtool_profile *profile,
		    enum bt_property_id property, const char *text, const struct bt_origin *origin)
{
	const struct bt_property *row = &bt_properties[property];
	const struct bt_about of_property = about(row);
	struct bt_value value = {.id = property};
	struct bt_value *present = bt_values_find(&profile->properties, property);
	int r;

	if (origin)
		value.origin = *origin;
	r = bt_value_add_item(bt, &row->spec, &of_property, text, origin,
			      present ? present : &value);
	return r < 0 || present ? r : bt_values_put(&profile->properties, &value);
}

int bt_profile_set(struct bondtool *bt, struct bondtool_profile *profile,
		   enum bt_property_id property, const char *text, const struct bt_origin *origin)
{
	const struct bt_property *row = &bt_properties[property];
	const struct bt_spec *spec = bt_property_spec(row);
	struct bt_meaning meaning;
	int r;

	/* A list grows in place, so that a long one takes no longer than its items. */
	if (bt_type_is_list(spec->type))
		return add_item(bt, profile, property, text, origin);
	r = bt_value_mean(spec, text, &meaning);
	if (r < 0) {
		const struct bt_about of_property = about(row);

		return bt_value_refuse(bt, spec, &of_property, text, origin, r);
	}
	r = set_scalar(profile, property, &meaning, origin);
	free(meaning.made);
	return r;
}

int bt_profile_imply(struct bondtool_profile *profile, enum bt_property_id property,
		     const char *text)
{
	struct bt_value value = {.id = property, .origin = profile->origin};
	struct bt_meaning meaning;
	int r;

	if (bt_profile_value(profile, property))
		return 0;
	if (bt_value_mean(&bt_properties[property].spec, text, &meaning) < 0)
		return -EINVAL;
	r = keep_text(profile, &meaning, &value.text);
	free(meaning.made);
	if (r < 0)
		return r;
	value.keeper = keeper_of(&meaning);
	if (!profile->implied_properties.size)
		bt_values_reserve(&profile->implied_properties, 1); /* there is rarely more */
	return bt_values_put(&profile->implied_properties, &value);
}

int bt_profile_set_number(struct bondtool_profile *profile, enum bt_property_id property,
			  int64_t number, const struct bt_origin *origin)
{
	struct bt_origin where = origin ? *origin : profile->origin;
	struct bt_value *value = place(profile, property);

	if (!value)
		return -ENOMEM;
	value->number = number;
	value->origin = where;
	return 0;
}

void bt_profile_unset(struct bondtool_profile *profile, enum bt_property_id property)
{
	unsigned id;
	struct bt_values *values = storage(profile, property, &id);

	bt_values_unset(values, id);
}

int bt_profile_add_extra(struct bondtool_profile *profile, enum bt_format_id format,
			 const char *section, const char *key, const char *value,
			 const struct bt_origin *origin)
{
	if (!BT_MAKE_ROOM(profile->extras, profile->n_extras, profile->size_extras))
		return -ENOMEM;

	struct bt_extra extra = {
		.format = format,
		.section = section ? strdup(section) : NULL,
		.key = strdup(key),
		.value = strdup(value),
		.origin = origin ? *origin : (struct bt_origin){0},
	};

	if ((section && !extra.section) || !extra.key || !extra.value) {
		extra_release(&extra);
		return -ENOMEM;
	}
	profile->extras[profile->n_extras++] = extra;
	return 0;
}
