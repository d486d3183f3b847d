/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The generator itself: it reaches every option and every mode, and repeats itself. */
#include "generate.h"

#include "test.h"

static void test_every_option_and_mode_occurs(void)
{
	struct bondtool *bt = bondtool_new();
	struct generator g = generator_of(1);
	unsigned options[BT_OPT_COUNT] = {0};
	unsigned modes[BT_MODE_COUNT] = {0};

	for (int round = 0; round < 300; round++) {
		BT_AUTOCONFIG struct bondtool_config *config = generate_config(&g, bt);

		for (size_t i = 0; i < config->count; i++) {
			const struct bt_values *values = &config->profiles[i]->options;

			for (size_t k = 0; k < values->count; k++)
				options[values->values[k].id]++;
			if (bt_profile_is(config->profiles[i], "bond"))
				modes[bt_options_mode(values)]++;
		}
	}
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		CHECK((bt_options[i].flags & BT_OPTION_RUNTIME) || options[i] > 0);
	for (size_t i = 0; i < BT_MODE_COUNT; i++)
		CHECK(modes[i] > 0);
	CHECK_INT(bondtool_diags_count(bt), 0);
	bondtool_free(bt);
}

static void test_a_seed_repeats_itself(void)
{
	struct bondtool *bt = bondtool_new();
	struct generator a = generator_of(7), b = generator_of(7);
	BT_AUTOCONFIG struct bondtool_config *first = generate_config(&a, bt);
	BT_AUTOCONFIG struct bondtool_config *second = generate_config(&b, bt);

	CHECK_INT(first->count, second->count);
	for (size_t i = 0; i < first->count && i < second->count; i++) {
		bt_profile_unset(first->profiles[i], BT_PROP_UUID); /* these are really random */
		bt_profile_unset(second->profiles[i], BT_PROP_UUID);
		CHECK(bt_profile_equal(first->profiles[i], second->profiles[i]));
	}
	bondtool_free(bt);
}

TESTS(TEST(test_every_option_and_mode_occurs), TEST(test_a_seed_repeats_itself))
