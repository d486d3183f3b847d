/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles as text for the outside: single properties, and what the tables say about them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/profile.h"

static int by_name(const void *a, const void *b)
{
	const struct bt_option *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

/* The bond options that are set: mode first, the others by name, as nmcli lists them. */
static size_t listed_options(const struct bt_values *values, const struct bt_option **list)
{
	size_t count = 0, sorted = 0;

	if (bt_values_find(values, BT_OPT_MODE)) {
		list[count++] = &bt_options[BT_OPT_MODE];
		sorted = 1;
	}
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (i != BT_OPT_MODE && !(bt_options[i].flags & BT_OPTION_PORT) &&
		    bt_values_find(values, (unsigned)i))
			list[count++] = &bt_options[i];
	qsort(list + sorted, count - sorted, sizeof(*list), by_name);
	return count;
}

/* "mode=active-backup,arp_ip_target=10.0.0.1 10.0.0.2": lists by blanks, as nmcli takes them. */
static char *options_text(const struct bt_values *values)
{
	const struct bt_option *list[BT_OPT_COUNT];
	size_t count = listed_options(values, list);
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < count; i++) {
		const struct bt_value *value = bt_values_find(values, bt_option_id(list[i]));
		BT_AUTOFREE char *shown =
			bt_value_joined(&list[i]->spec, value, " ", BONDTOOL_PARSABLE);

		if (!shown)
			return NULL;
		bt_text_addf(&text, "%s%s=%s", i ? "," : "", list[i]->name, shown);
	}
	return bt_text_take(&text);
}

/* The default of PROPERTY as it would be shown if it were set. */
static char *standard_text(const struct bt_property *property, enum bondtool_style style)
{
	const struct bt_spec *spec = bt_property_spec(property);
	BT_AUTOVALUE struct bt_value value = {0};

	if (!property->standard)
		return strdup("");
	if (bt_value_parse_quietly(spec, property->standard, &value) < 0)
		return NULL;
	return bt_value_joined(spec, &value, ", ", style);
}

/* nmcli joins lists whose items hold blanks by ", " and the others by ",". */
static const char *separator_of(const struct bt_property *property)
{
	return property->flags & BT_PROPERTY_COMMAS_ONLY ? ", " : ",";
}

char *bondtool_profile_get(const struct bondtool_profile *profile, const char *name,
			   enum bondtool_style style)
{
	const struct bt_property *property = bt_property_find(name, NULL);
	const struct bt_value *value;

	if (!property)
		property = bt_property_by_alias(name);
	if (!property)
		return NULL;
	if (property->spec.type == BT_TYPE_OPTIONS)
		return options_text(&profile->options);
	value = bt_profile_value(profile, bt_property_id(property));
	return value ? bt_value_joined(bt_property_spec(property), value, separator_of(property),
				       style)
		     : standard_text(property, style);
}

bool bondtool_profile_has(const struct bondtool_profile *profile, const char *name)
{
	const struct bt_property *property = bt_property_find(name, NULL);
	const struct bt_option *list[BT_OPT_COUNT];

	if (!property)
		property = bt_property_by_alias(name);
	if (property && property->spec.type == BT_TYPE_OPTIONS)
		return listed_options(&profile->options, list) > 0;
	return property && bt_profile_value(profile, bt_property_id(property));
}

static void fill_info(const struct bt_spec *spec, struct bondtool_item_info *info)
{
	info->unit = spec->unit;
	info->value_type = bt_type_text(spec->type);
	info->minimum = spec->minimum;
	info->maximum = spec->maximum;
	info->names = spec->names;
}

bool bondtool_option_info(size_t index, struct bondtool_item_info *ret_info)
{
	if (index >= BT_OPT_COUNT)
		return false;

	const struct bt_option *option = &bt_options[index];
	struct bondtool_item_info info = {
		.name = option->name,
		.alias = option->alias,
		.text = option->text,
		.has_number = option->has_default,
		.number = option->standard,
		.port = option->flags & BT_OPTION_PORT,
	};

	fill_info(&option->spec, &info);
	*ret_info = info;
	return true;
}

bool bondtool_property_info(size_t index, struct bondtool_item_info *ret_info)
{
	if (index >= BT_PROP_COUNT)
		return false;

	const struct bt_property *property = &bt_properties[index];
	const struct bt_setting *setting = &bt_settings[property->setting];
	struct bondtool_item_info info = {
		.setting = setting->name,
		.setting_alias = setting->alias,
		.name = property->name,
		.old_name = property->old_name,
		.alias = property->alias,
		.text = bt_property_text(property),
		.standard = property->standard,
	};

	fill_info(bt_property_spec(property), &info);
	*ret_info = info;
	return true;
}
