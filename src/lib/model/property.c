/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looking things up in the property table. */
#include "model/property.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

const struct bt_profile_type *bt_profile_type_find(const char *name)
{
	for (const struct bt_profile_type *type = bt_profile_types; type->name; type++)
		if (bt_equal(type->name, name) || bt_equal(type->alias, name))
			return type;
	return NULL;
}

enum bt_property_id bt_property_id(const struct bt_property *property)
{
	return (enum bt_property_id)(property - bt_properties);
}

const struct bt_spec *bt_property_spec(const struct bt_property *property)
{
	return property->option >= 0 ? &bt_options[property->option].spec : &property->spec;
}

const char *bt_property_text(const struct bt_property *property)
{
	return property->option >= 0 ? bt_options[property->option].text : property->text;
}

const struct bt_property *bt_property_in(enum bt_setting_id setting, const char *name)
{
	for (size_t i = 0; i < BT_PROP_COUNT; i++) {
		const struct bt_property *property = &bt_properties[i];

		if (property->setting == setting &&
		    (bt_equal(property->name, name) || bt_equal(property->old_name, name)))
			return property;
	}
	return NULL;
}

int bt_setting_find(const char *name)
{
	for (int i = 0; i < BT_SETTING_COUNT; i++)
		if (bt_equal_ignoring_case(bt_settings[i].name, name) ||
		    bt_equal_ignoring_case(bt_settings[i].alias, name))
			return i;
	return -1;
}

/* How well WORD of LENGTH bytes stands for NAME: 2 is the whole name, 1 a beginning, 0 not. */
static int match(const char *name, const char *word, size_t length)
{
	if (!name || strncasecmp(name, word, length) != 0)
		return 0;
	return name[length] ? 1 : 2;
}

static int better(int a, int b)
{
	return a > b ? a : b;
}

static int setting_match(size_t setting, const char *word, size_t length)
{
	return better(match(bt_settings[setting].name, word, length),
		      match(bt_settings[setting].alias, word, length));
}

static const struct bt_property *find_in_setting(enum bt_setting_id setting, const char *word,
						 bool *ambiguous)
{
	const struct bt_property *found = NULL;
	int quality = 0;

	for (size_t i = 0; i < BT_PROP_COUNT; i++) {
		const struct bt_property *property = &bt_properties[i];
		int q = property->setting == setting
				? better(match(property->name, word, strlen(word)),
					 match(property->old_name, word, strlen(word)))
				: 0;

		if (q == 1 && quality == 1)
			*ambiguous = true;
		if (q > quality) {
			quality = q;
			found = property;
		}
	}
	if (quality == 2)
		*ambiguous = false;
	return *ambiguous ? NULL : found;
}

/*
 * Among the settings that WORD may stand for, QUALITY as match() says, the property PART of it: as
 * in nmcli "b.o" is bond.options, because bond-port has nothing that begins with "o".
 */
static const struct bt_property *find_in_settings(const char *word, size_t length, int quality,
						  const char *part, bool *ambiguous)
{
	const struct bt_property *found = NULL;

	for (size_t i = 0; i < BT_SETTING_COUNT; i++) {
		const struct bt_property *property =
			setting_match(i, word, length) == quality
				? find_in_setting((enum bt_setting_id)i, part, ambiguous)
				: NULL;

		if (property && found)
			*ambiguous = true;
		if (property)
			found = property;
	}
	return *ambiguous ? NULL : found;
}

/* Programs write names in full: these need no search for what they might be short for. */
static const struct bt_property *find_in_full(const char *name, const char *dot)
{
	size_t length = (size_t)(dot - name);

	for (size_t i = 0; i < BT_PROP_COUNT; i++) {
		const struct bt_property *property = &bt_properties[i];
		const char *setting = bt_settings[property->setting].name;

		if (bt_same(property->name, dot + 1) && strncmp(setting, name, length) == 0 &&
		    !setting[length])
			return property;
	}
	return NULL;
}

const struct bt_property *bt_property_find(const char *name, bool *ret_ambiguous)
{
	const char *dot = strchr(name, '.');
	const struct bt_property *found = dot ? find_in_full(name, dot) : NULL;
	bool ambiguous = false;

	if (!found && dot && dot > name && dot[1]) {
		size_t length = (size_t)(dot - name);

		found = find_in_settings(name, length, 2, dot + 1, &ambiguous);
		if (!found && !ambiguous)
			found = find_in_settings(name, length, 1, dot + 1, &ambiguous);
	}
	if (ret_ambiguous)
		*ret_ambiguous = ambiguous;
	return found;
}

const struct bt_property *bt_property_by_alias(const char *alias)
{
	for (size_t i = 0; i < BT_PROP_COUNT; i++) {
		const struct bt_property *property = &bt_properties[i];

		if (property->alias && (bt_equal(property->alias, alias) ||
					bt_equal(property->old_name, alias)))
			return property;
	}
	return NULL;
}

char *bt_property_full_name(const struct bt_property *property)
{
	return bt_format("%s.%s", bt_settings[property->setting].name, property->name);
}
