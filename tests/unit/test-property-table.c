/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every row of the property table, of the settings and of the types of profiles. */
#include <inttypes.h>

#include "base/text.h"
#include "model/property.h"

#include "test.h"

#define ROW_CHECK(row, condition)                                                                  \
	do {                                                                                       \
		if (!CHECK(condition))                                                             \
			printf("# in the row of property '%s.%s'\n",                               \
			       bt_settings[(row)->setting].name, (row)->name);                     \
	} while (0)

static void test_rows_are_whole(void)
{
	for (unsigned i = 0; i < BT_PROP_COUNT; i++) {
		const struct bt_property *row = &bt_properties[i];

		if (!CHECK(row->name && *row->name && row->setting < BT_SETTING_COUNT))
			continue;
		ROW_CHECK(row, bt_property_text(row) && *bt_property_text(row));
		ROW_CHECK(row, bt_property_id(row) == i);
		ROW_CHECK(row, row->option < (int)BT_OPT_COUNT);
		ROW_CHECK(row, !(row->flags & BT_PROPERTY_REQUIRED) || !row->standard);
		ROW_CHECK(row, !(row->flags & BT_PROPERTY_NO_DUPLICATES) ||
				       bt_type_is_list(bt_property_spec(row)->type));
		if (row->option >= 0)
			ROW_CHECK(row, bt_options[row->option].flags & BT_OPTION_PORT);
	}
}

static void test_settings_stand_together_in_order(void)
{
	for (unsigned i = 1; i < BT_PROP_COUNT; i++)
		ROW_CHECK(&bt_properties[i],
			  bt_properties[i].setting >= bt_properties[i - 1].setting);
	for (int i = 0; i < BT_SETTING_COUNT; i++) {
		CHECK_INT(bt_setting_find(bt_settings[i].name), i);
		if (bt_settings[i].alias)
			CHECK_INT(bt_setting_find(bt_settings[i].alias), i);
		CHECK(bt_settings[i].text && *bt_settings[i].text);
	}
	CHECK_INT(bt_setting_find("wifi"), -1);
}

static void test_names_lead_back(void)
{
	for (unsigned i = 0; i < BT_PROP_COUNT; i++) {
		const struct bt_property *row = &bt_properties[i];
		BT_AUTOFREE char *name = bt_property_full_name(row);
		bool ambiguous = true;

		ROW_CHECK(row, bt_property_find(name, &ambiguous) == row && !ambiguous);
		ROW_CHECK(row, bt_property_in(row->setting, row->name) == row);
		ROW_CHECK(row, !row->old_name || bt_property_in(row->setting, row->old_name) == row);
		ROW_CHECK(row, !row->alias || bt_property_by_alias(row->alias) == row);
	}
}

static void test_defaults_are_values(void)
{
	unsigned defaults = 0;

	for (unsigned i = 0; i < BT_PROP_COUNT; i++) {
		const struct bt_property *row = &bt_properties[i];
		BT_AUTOVALUE struct bt_value value = {0};

		if (!row->standard)
			continue;
		ROW_CHECK(row, bt_value_parse_quietly(bt_property_spec(row), row->standard,
						      &value) == 0);
		ROW_CHECK(row, row->option < 0 ||
				       value.number == bt_options[row->option].standard);
		defaults++;
	}
	CHECK(defaults > 20);
}

static void test_names_of_values_are_unique(void)
{
	for (unsigned i = 0; i < BT_PROP_COUNT; i++) {
		const struct bt_property *row = &bt_properties[i];
		const struct bt_spec *spec = bt_property_spec(row);
		bool ranged = spec->type == BT_TYPE_NUMBER || spec->type == BT_TYPE_NICKNAMED;

		ROW_CHECK(row, !ranged || spec->minimum < spec->maximum);
		for (const struct bondtool_name *n = spec->names; n && n->name; n++) {
			ROW_CHECK(row, bt_name_find(spec->names, n->name) == n);
			ROW_CHECK(row, spec->type == BT_TYPE_CHOICE ||
					       bt_name_of(spec->names, n->number) == n);
			ROW_CHECK(row, !ranged || (n->number >= spec->minimum &&
						   n->number <= spec->maximum));
		}
	}
}

/* Code that works on a family adds BT_IP_BLOCK to the property of the other. */
static void test_the_families_are_laid_out_alike(void)
{
	unsigned same = 0;

	for (unsigned i = BT_PROP_IPV4; i <= BT_PROP_IPV4_MAY_FAIL; i++, same++)
		CHECK_STR(bt_properties[i].name, bt_properties[i + BT_IP_BLOCK].name);
	CHECK(same > 10);
	CHECK_INT(bt_properties[BT_PROP_IPV6].setting, BT_SETTING_IPV6);
}

static void test_types_have_what_they_must(void)
{
	for (const struct bt_profile_type *type = bt_profile_types; type->name; type++) {
		CHECK(bt_profile_type_find(type->name) == type);
		CHECK(bt_profile_type_find(type->alias) == type);
		CHECK(type->mandatory && !(type->mandatory & ~type->settings));
		CHECK(type->mandatory & 1U << BT_SETTING_CONNECTION);
		CHECK(bt_name_find(bt_properties[BT_PROP_TYPE].spec.names, type->name));
	}
	CHECK(!bt_profile_type_find("wifi"));
}

TESTS(TEST(test_rows_are_whole), TEST(test_settings_stand_together_in_order),
      TEST(test_names_lead_back), TEST(test_defaults_are_values),
      TEST(test_names_of_values_are_unique), TEST(test_the_families_are_laid_out_alike),
      TEST(test_types_have_what_they_must))
