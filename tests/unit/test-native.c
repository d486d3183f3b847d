/* SPDX-License-Identifier: GPL-2.0-or-later
 * Our own formats: whatever a profile holds, YAML and JSON hold it too.
 */
#include <errno.h>

#include "base/text.h"
#include "generate.h"
#include "model/config-tree.h"
#include "parsers/native/native.h"
#include "test.h"

/* Writes CONFIG as FORMAT and reads it again. NULL when that fails. */
static struct bondtool_config *there_and_back(struct bondtool *bt, struct bondtool_config *config,
					      const char *name)
{
	const struct bt_format *format = bt_format_find(name);
	struct bondtool_files *files = NULL;
	BT_AUTOINPUTS struct bt_inputs inputs = {0};
	BT_AUTOCONFIG struct bondtool_config *back = bondtool_config_new();

	if (!CHECK_INT(bondtool_write(bt, config, name, &files), 0))
		return NULL;
	for (size_t i = 0; i < bondtool_files_count(files); i++) {
		const struct bondtool_file *file = bondtool_files_at(files, i);

		bt_inputs_add(&inputs,
			      bt_source_add(bt, file->name, file->text, strlen(file->text)), false);
	}
	bondtool_files_free(files);
	for (size_t i = 0; i < inputs.count; i++)
		CHECK(bt_format_recognise(inputs.items[i].source) == format);
	return CHECK_INT(bt_format_read(bt, format, &inputs, back), 0) ? BT_TAKE(back) : NULL;
}

static void check_round_trip(struct bondtool *bt, struct bondtool_config *config, const char *name)
{
	BT_AUTOCONFIG struct bondtool_config *back = there_and_back(bt, config, name);

	if (!back || !CHECK_INT(back->count, config->count))
		return;
	for (size_t i = 0; i < back->count; i++) {
		CHECK(bt_profile_equal(config->profiles[i], back->profiles[i]));
		CHECK(bt_profile_extras_equal(config->profiles[i], back->profiles[i]));
	}
}

static void test_random_configurations_survive(void)
{
	struct bondtool *bt = bondtool_new();
	struct generator g = generator_of(11);

	for (int round = 0; round < 100; round++) {
		BT_AUTOCONFIG struct bondtool_config *config = generate_config(&g, bt);

		check_round_trip(bt, config, "yaml");
		check_round_trip(bt, config, "json");
	}
	CHECK_INT(bondtool_diags_count(bt), 0);
	bondtool_free(bt);
}

/* Some text that PROPERTY takes. */
static const char *example_of(const struct bt_property *property)
{
	const struct bt_spec *spec = bt_property_spec(property);

	switch (spec->type) {
	case BT_TYPE_NAME:
	case BT_TYPE_CHOICE:
		return spec->names[0].name;
	case BT_TYPE_NUMBER:
	case BT_TYPE_NICKNAMED:
	case BT_TYPE_BOOLEAN:
		return "1";
	case BT_TYPE_INTERFACE:
		return "bond0";
	case BT_TYPE_UUID:
		return "0a1b2c3d-0000-4000-8000-0123456789ab";
	case BT_TYPE_MAC:
		return "02:00:5e:10:00:01";
	case BT_TYPE_IP4:
	case BT_TYPE_IP4S:
		return "10.0.0.1";
	case BT_TYPE_IP6:
	case BT_TYPE_IP6S:
		return "2001:db8::1";
	case BT_TYPE_ADDRESS4S:
		return "10.0.0.1/24";
	case BT_TYPE_ADDRESS6S:
		return "2001:db8::1/64";
	case BT_TYPE_ROUTE4S:
		return "10.1.0.0/16 10.0.0.254 100 table=5";
	case BT_TYPE_ROUTE6S:
		return "2001:db8:1::/48 2001:db8::fe";
	default:
		return "yes: #1, \"x\"\n";
	}
}

static void test_every_property_survives(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	struct bondtool_profile *profile = bt_profile_new();

	bt_config_add(config, profile);
	for (unsigned i = 0; i < BT_PROP_COUNT; i++)
		if (bt_properties[i].spec.type != BT_TYPE_OPTIONS)
			CHECK_INT(bt_profile_set(bt, profile, i, example_of(&bt_properties[i]),
						 NULL), 0);
	check_round_trip(bt, config, "yaml");
	check_round_trip(bt, config, "json");
	bondtool_free(bt);
}

static void test_extras_survive(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	struct bondtool_profile *profile = bt_profile_new();

	bt_config_add(config, profile);
	bt_profile_set(bt, profile, BT_PROP_ID, "bond0", NULL);
	bt_profile_add_extra(profile, BT_FORMAT_IFCFG, NULL, "USERCTL", "yes", NULL);
	bt_profile_add_extra(profile, BT_FORMAT_INTERFACES, "iface bond0 inet static", "pre-up",
			     "echo \"x\": #y", NULL);
	check_round_trip(bt, config, "yaml");
	check_round_trip(bt, config, "json");
	bondtool_free(bt);
}

static void test_what_is_not_known_is_kept(void)
{
	static const char text[] = "connection:\n  id: bond0\n  type: bond\n  colour: {x: [1, a]}\n"
				   "bond:\n  options:\n    miimom: 100\n    queue_id: 5\n"
				   "ipv9:\n  method: auto\n";
	static const char wanted[] =
		"connection:\n  id: bond0\n  type: bond\n  colour:\n    x: [1, a]\n"
		"bond:\n  options:\n    miimom: 100\n    queue_id: 5\nipv9:\n  method: auto\n";
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	BT_AUTOFREE char *back = NULL;

	CHECK_INT(bt_yaml_read(bt, bt_source_add(bt, "t", text, strlen(text)), config), 0);
	CHECK_INT(bondtool_diags_at_least(bt, BONDTOOL_ERROR), 4);
	CHECK_STR(bondtool_diags_at(bt, 1)->hint, "did you mean 'miimon'?");
	CHECK_INT(bondtool_diags_at(bt, 1)->line, 7);
	back = bt_yaml_text(config->profiles[0]);
	CHECK_STR(back, wanted);
	bondtool_free(bt);
}

static void check_file_name(const char *id, const char *wanted, struct bt_set *taken)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	BT_AUTOFREE char *name = NULL;

	bt_profile_set(bt, profile, BT_PROP_ID, id, NULL);
	bt_profile_set(bt, profile, BT_PROP_UUID, "0a1b2c3d-0000-4000-8000-0123456789ab", NULL);
	name = bt_profile_file_name(profile, ".yaml", taken);
	CHECK_STR(name, wanted);
	bondtool_free(bt);
}

static void test_file_names_are_safe_and_unique(void)
{
	BT_AUTOSET struct bt_set taken = {0};

	check_file_name("bond0", "bond0.yaml", &taken);
	check_file_name("bond0", "bond0-0a1b2c3d-0000-4000-8000-0123456789ab.yaml", &taken);
	check_file_name("bond0", "bond0-3.yaml", &taken);
	check_file_name("../x y%", "%2e.%2fx y%25.yaml", &taken);
	check_file_name("a\nb", "a%0ab.yaml", &taken);
}

TESTS(TEST(test_random_configurations_survive), TEST(test_every_property_survives),
      TEST(test_extras_survive), TEST(test_what_is_not_known_is_kept),
      TEST(test_file_names_are_safe_and_unique))
