/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every row of the option table: its columns agree with each other, and its values can be set. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "model/bond-uapi.h"
#include "model/option.h"

#include "test.h"

/* Checks, and says in which row it failed. */
#define ROW_CHECK(option, condition)                                                               \
	do {                                                                                       \
		if (!CHECK(condition))                                                             \
			printf("# in the row of option '%s'\n", (option)->name);                   \
	} while (0)

static bool is_port(const struct bt_option *option)
{
	return option->flags & BT_OPTION_PORT;
}

static void test_names_are_there_and_unique(void)
{
	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];

		if (!CHECK(option->name && *option->name))
			continue;
		ROW_CHECK(option, option->text && *option->text);
		ROW_CHECK(option, bt_option_find(option->name) == option);
		ROW_CHECK(option, !option->alias || bt_option_find(option->alias) == option);
		ROW_CHECK(option, bt_option_id(option) == i);
		for (unsigned k = 0; k < i; k++)
			ROW_CHECK(option, !option->label ||
						  !bt_equal(option->label, bt_options[k].label));
	}
	CHECK(!bt_option_find("Mode"));
	CHECK(!bt_option_find(""));
}

static void test_ports_come_last(void)
{
	for (unsigned i = 0; i < BT_OPT_COUNT; i++)
		ROW_CHECK(&bt_options[i], is_port(&bt_options[i]) == (i >= BT_OPT_QUEUE_ID));
}

static void test_attributes_are_unique(void)
{
	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		unsigned last = is_port(option) ? BT_IFLA_BOND_SLAVE_LAST : BT_IFLA_BOND_LAST;

		ROW_CHECK(option, option->attribute > 0 && option->attribute <= last);
		for (unsigned k = 0; k < i; k++)
			ROW_CHECK(option, is_port(option) != is_port(&bt_options[k]) ||
						  option->attribute != bt_options[k].attribute);
	}
}

/* The numbers that the option's attribute can carry. */
static struct bt_range wire_range(enum bt_wire wire)
{
	switch (wire) {
	case BT_WIRE_U8:
		return (struct bt_range){0, UINT8_MAX};
	case BT_WIRE_U16:
		return (struct bt_range){0, UINT16_MAX};
	case BT_WIRE_U32:
		return (struct bt_range){0, UINT32_MAX};
	case BT_WIRE_S32:
		return (struct bt_range){INT32_MIN, INT32_MAX};
	default:
		return (struct bt_range){0, 0};
	}
}

static bool within(const struct bt_range *range, int64_t number)
{
	return number >= range->least && number <= range->most;
}

static void check_number_row(const struct bt_option *option)
{
	const struct bt_spec *spec = &option->spec;
	struct bt_range wire = wire_range(option->wire);

	ROW_CHECK(option, spec->minimum < spec->maximum);
	ROW_CHECK(option, within(&wire, spec->minimum) && within(&wire, spec->maximum));
	ROW_CHECK(option, option->standard >= spec->minimum && option->standard <= spec->maximum);
	for (const struct bondtool_name *n = spec->names; n && n->name; n++)
		ROW_CHECK(option, n->number >= spec->minimum && n->number <= spec->maximum);
	if (option->usual.most) {
		ROW_CHECK(option, option->usual.least <= option->usual.most && spec->unit);
		ROW_CHECK(option, option->usual.least >= spec->minimum);
		ROW_CHECK(option, option->usual.most <= spec->maximum);
	}
}

static void check_name_row(const struct bt_option *option)
{
	const struct bondtool_name *names = option->spec.names;
	struct bt_range wire = wire_range(option->wire);

	ROW_CHECK(option, names && names->name);
	ROW_CHECK(option, bt_name_of(names, option->standard));
	for (const struct bondtool_name *n = names; n->name; n++) {
		ROW_CHECK(option, within(&wire, n->number));
		ROW_CHECK(option, bt_name_find(names, n->name) == n);
		ROW_CHECK(option, bt_name_of(names, n->number) == n);
	}
}

static void test_values_fit_their_attribute(void)
{
	static const enum bt_wire wires[] = {[BT_TYPE_INTERFACE] = BT_WIRE_IFINDEX,
					     [BT_TYPE_MAC] = BT_WIRE_MAC,
					     [BT_TYPE_IP4S] = BT_WIRE_IP4S,
					     [BT_TYPE_IP6S] = BT_WIRE_IP6S};

	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		enum bt_type type = option->spec.type;
		bool counted = type == BT_TYPE_NUMBER || type == BT_TYPE_NAME;

		ROW_CHECK(option, option->has_default == counted);
		if (type == BT_TYPE_NUMBER)
			check_number_row(option);
		else if (type == BT_TYPE_NAME)
			check_name_row(option);
		else
			ROW_CHECK(option, option->wire == wires[type]);
		ROW_CHECK(option, bt_type_is_list(type) == (option->spec.limit > 0));
	}
}

static void test_modes_agree(void)
{
	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];

		ROW_CHECK(option, option->acts_in && !(option->acts_in & ~BT_MODES_ALL));
		ROW_CHECK(option, !(option->refused_modes & ~BT_MODES_ALL));
		ROW_CHECK(option, !(option->refused_modes & option->acts_in));
		for (unsigned mode = 0; mode < BT_MODE_COUNT; mode++)
			ROW_CHECK(option, bt_option_allowed_in(option, mode) ==
						  !(option->refused_modes & BT_MODE_BIT(mode)));
	}
}

static void test_what_an_option_acts_with_is_a_switch(void)
{
	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		const struct bt_option *other = &bt_options[option->acts_with];

		if (option->acts_with == BT_OPT_MODE)
			continue;
		ROW_CHECK(option, other != option && !is_port(option) && !is_port(other));
		ROW_CHECK(option, other->spec.type == BT_TYPE_NUMBER && other->spec.minimum == 0);
		ROW_CHECK(option, !(option->acts_in & other->refused_modes));
	}
}

static void test_options_without_a_file_are_recent(void)
{
	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		double since = option->since ? strtod(option->since, NULL) : 2.6;

		ROW_CHECK(option, since >= 2.6 && since < 10);
		ROW_CHECK(option, option->has_sysfs || since >= 5.18 || since >= 6);
	}
}

static void test_keys_lead_back(void)
{
	unsigned keys = 0;

	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		for (unsigned format = 0; format < BT_FORMAT_COUNT; format++) {
			BT_AUTOFREE char *key = bt_option_key(&bt_options[i], format);

			ROW_CHECK(&bt_options[i], bt_option_has_key(&bt_options[i], format) == !!key);
			if (!key)
				continue;
			ROW_CHECK(&bt_options[i], bt_option_by_key(format, key) == &bt_options[i]);
			keys++;
		}
		ROW_CHECK(&bt_options[i], bt_option_has_key(&bt_options[i], BT_FORMAT_YAML));
	}
	CHECK(keys > 4 * BT_OPT_COUNT);
}

/* Whether OPTION can be set to TEXT; *ret_number is what it is then. */
static bool can_set(const struct bt_option *option, const char *text, int64_t *ret_number)
{
	struct bondtool *bt = bondtool_new();
	struct bt_values values = {0};
	int r = bt_options_set(bt, &values, option->name, text, NULL);
	const struct bt_value *value = bt_values_find(&values, bt_option_id(option));

	CHECK(!value == (r < 0));
	CHECK_INT(bondtool_diags_count(bt), r < 0);
	*ret_number = value ? value->number : -1;
	bt_values_release(&values);
	bondtool_free(bt);
	return r == 0;
}

static bool can_set_number(const struct bt_option *option, int64_t number)
{
	BT_AUTOFREE char *text = bt_format("%" PRId64, number);
	int64_t set;

	return can_set(option, text, &set) && set == number;
}

static void test_numbers_end_at_the_range(void)
{
	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		const struct bt_spec *spec = &option->spec;

		if (spec->type != BT_TYPE_NUMBER)
			continue;
		ROW_CHECK(option, can_set_number(option, spec->minimum));
		ROW_CHECK(option, can_set_number(option, spec->maximum));
		ROW_CHECK(option, !can_set_number(option, spec->minimum - 1));
		ROW_CHECK(option, !can_set_number(option, spec->maximum + 1));
	}
}

static void test_names_and_their_numbers_can_be_set(void)
{
	int64_t number;

	for (unsigned i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		bool word = option->has_default && !(option->flags & BT_OPTION_NO_DEFAULT_WORD);

		for (const struct bondtool_name *n = option->spec.names; n && n->name; n++) {
			ROW_CHECK(option, can_set(option, n->name, &number) && number == n->number);
			ROW_CHECK(option, can_set_number(option, n->number));
		}
		if (!option->has_default)
			continue;
		ROW_CHECK(option, can_set(option, "default", &number) == word);
		ROW_CHECK(option, !word || number == option->standard);
	}
}

static void test_a_sign_is_no_part_of_a_number(void)
{
	int64_t number;

	CHECK(!can_set(&bt_options[BT_OPT_MIIMON], "+1", &number));
	CHECK(!can_set(&bt_options[BT_OPT_MIIMON], "-0", &number));
	CHECK(!can_set(&bt_options[BT_OPT_MODE], "+1", &number));
	CHECK(can_set(&bt_options[BT_OPT_PRIO], "-5", &number) && number == -5);
}

TESTS(TEST(test_names_are_there_and_unique), TEST(test_ports_come_last),
      TEST(test_attributes_are_unique), TEST(test_values_fit_their_attribute),
      TEST(test_modes_agree), TEST(test_what_an_option_acts_with_is_a_switch),
      TEST(test_options_without_a_file_are_recent), TEST(test_keys_lead_back),
      TEST(test_numbers_end_at_the_range), TEST(test_names_and_their_numbers_can_be_set),
      TEST(test_a_sign_is_no_part_of_a_number))
