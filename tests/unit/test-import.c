/* SPDX-License-Identifier: GPL-2.0-or-later
 * Making what was read storable: names are given, implied values written out, and what the driver
 * refuses is left out.
 */
#include <stdlib.h>

#include "base/text.h"
#include "parsers/native/native.h"
#include "test.h"

/* A configuration from YAML, with its context; both released together. */
struct given {
	struct bondtool *bt;
	struct bondtool_config *config;
};

static struct given given(const char *text)
{
	struct given g = {bondtool_new(), bondtool_config_new()};

	bt_yaml_read(g.bt, bt_source_add(g.bt, "in.yaml", text, strlen(text)), g.config);
	CHECK_INT(bondtool_diags_count(g.bt), 0);
	return g;
}

static void given_release(struct given *g)
{
	bondtool_config_free(g->config);
	bondtool_free(g->bt);
}
#define GIVEN BT_CLEANUP(given_release) struct given

static unsigned count_rule(const struct bondtool *bt, const char *rule,
			   enum bondtool_severity severity)
{
	unsigned count = 0;

	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(bt, i);

		count += strcmp(diag->rule, rule) == 0 && diag->severity == severity;
	}
	return count;
}

static const char *text_of(const struct given *g, size_t number, enum bt_property_id property)
{
	return bt_profile_text(g->config->profiles[number], property);
}

static void test_names_are_given(void)
{
	GIVEN g = given("connection: {type: bond, interface-name: bond0}\n---\n"
			"connection: {controller: bond0, interface-name: eth0}\n---\n"
			"vlan: {parent: bond0, id: 5}\n");

	CHECK_INT(bondtool_config_prepare_import(g.bt, g.config), 0);
	CHECK_STR(text_of(&g, 0, BT_PROP_ID), "bond0");
	CHECK(bt_uuid_valid(text_of(&g, 0, BT_PROP_UUID)));
	CHECK_STR(text_of(&g, 1, BT_PROP_TYPE), "802-3-ethernet");
	CHECK_STR(text_of(&g, 1, BT_PROP_PORT_TYPE), "bond");
	CHECK_STR(text_of(&g, 2, BT_PROP_TYPE), "vlan");
	CHECK_STR(text_of(&g, 2, BT_PROP_ID), "in.yaml");
	CHECK_INT(bondtool_diags_count(g.bt), 0);
}

static void test_twins_are_told_apart(void)
{
	static const char uuid[] = "0a1b2c3d-0000-4000-8000-0123456789ab";
	GIVEN g = given("connection: {id: a, type: bond, uuid: "
			"0a1b2c3d-0000-4000-8000-0123456789ab}\n---\n"
			"connection: {id: a, type: bond, uuid: "
			"0a1b2c3d-0000-4000-8000-0123456789ab}\n---\n"
			"connection: {id: a-2, type: bond}\n---\n"
			"connection: {id: a, type: bond}\n");

	CHECK_INT(bondtool_config_prepare_import(g.bt, g.config), 0);
	CHECK_STR(text_of(&g, 0, BT_PROP_ID), "a");
	CHECK_STR(text_of(&g, 1, BT_PROP_ID), "a-3");
	CHECK_STR(text_of(&g, 2, BT_PROP_ID), "a-2");
	CHECK_STR(text_of(&g, 3, BT_PROP_ID), "a-4");
	CHECK_STR(text_of(&g, 0, BT_PROP_UUID), uuid);
	CHECK(strcmp(text_of(&g, 1, BT_PROP_UUID), uuid) != 0);
	CHECK_INT(count_rule(g.bt, "import/duplicate-id", BONDTOOL_WARNING), 2);
	CHECK_INT(count_rule(g.bt, "import/duplicate-uuid", BONDTOOL_WARNING), 1);
}

static void test_what_is_implied_is_written_out(void)
{
	GIVEN g = given("connection: {id: a, type: bond}\nbond: {options: {mode: 1}}\n");
	struct bondtool_profile *profile = g.config->profiles[0];
	struct bt_value miimon = {.id = BT_OPT_MIIMON, .number = 100};

	bt_values_put(&profile->implied, &miimon);
	CHECK_INT(bondtool_config_prepare_import(g.bt, g.config), 0);
	CHECK_INT(bt_options_number(&profile->options, BT_OPT_MIIMON), 100);
	CHECK_INT(profile->implied.count, 0);
	CHECK_INT(count_rule(g.bt, "import/implied", BONDTOOL_NOTE), 1);
}

static void test_what_is_set_wins_over_what_is_implied(void)
{
	GIVEN g = given("connection: {id: a, type: bond}\nbond: {options: {miimon: 0}}\n");
	struct bondtool_profile *profile = g.config->profiles[0];
	struct bt_value miimon = {.id = BT_OPT_MIIMON, .number = 100};

	bt_values_put(&profile->implied, &miimon);
	CHECK_INT(bondtool_config_prepare_import(g.bt, g.config), 0);
	CHECK_INT(bt_options_number(&profile->options, BT_OPT_MIIMON), 0);
	CHECK_INT(bondtool_diags_count(g.bt), 0);
}

static void test_what_the_mode_refuses_is_left_out(void)
{
	GIVEN g = given("connection: {id: a, type: bond, interface-name: a}\n"
			"bond: {options: {mode: active-backup, miimon: 100, lacp_rate: slow, "
			"packets_per_slave: 5, ad_actor_system: 00:00:00:00:00:00, "
			"primary: eth0}}\n---\n"
			"connection: {id: b, type: ethernet, controller: a, port-type: bond}\n"
			"bond-port: {prio: 5, actor-port-prio: 255}\n");
	const struct bt_values *bond = &g.config->profiles[0]->options;
	const struct bt_values *port = &g.config->profiles[1]->options;

	CHECK_INT(bondtool_config_prepare_import(g.bt, g.config), 0);
	CHECK_INT(bond->count, 3);
	CHECK(bt_values_find(bond, BT_OPT_PRIMARY) != NULL);
	CHECK_INT(port->count, 1);
	CHECK(bt_values_find(port, BT_OPT_PRIO) != NULL);
	CHECK_INT(count_rule(g.bt, "import/mode-option", BONDTOOL_NOTE), 3);
	CHECK_INT(count_rule(g.bt, "import/mode-option", BONDTOOL_WARNING), 1);
}

/* The options of a bond: how many are left after preparing. */
static size_t left_of(const char *options)
{
	BT_AUTOFREE char *text =
		bt_format("connection: {id: a, type: bond}\nbond: {options: {%s}}\n", options);
	GIVEN g = given(text);

	CHECK_INT(bondtool_config_prepare_import(g.bt, g.config), 0);
	return g.config->profiles[0]->options.count;
}

static void test_idle_delays_are_left_out_without_miimon(void)
{
	CHECK_INT(left_of("mode: 1, updelay: 0"), 1);
	CHECK_INT(left_of("mode: 1, miimon: 0, updelay: 0, downdelay: 0"), 2);
	CHECK_INT(left_of("mode: 1, miimon: 100, updelay: 0"), 3);
	CHECK_INT(left_of("mode: 4, updelay: 0"), 2); /* the driver sets miimon by itself */
	CHECK_INT(left_of("mode: 1, updelay: 200"), 2); /* a mistake that has to be seen */
}

/* The number of miimon that a bond of these OPTIONS has once it is written as FORMAT; -1: none. */
static int64_t written_miimon(const char *options, bool implied, bool left_alone,
			      const char *format)
{
	BT_AUTOFREE char *text = bt_format("connection: {id: a, type: bond, interface-name: a}\n"
					   "bond: {options: {%s}}\n", options);
	GIVEN g = given(text);
	struct bondtool_profile *profile = g.config->profiles[0];
	struct bt_value miimon = {.id = BT_OPT_MIIMON, .number = 100};
	struct bondtool_files *files = NULL;
	const char *found = NULL;
	int64_t number = -1;

	if (implied)
		bt_values_put(&profile->implied, &miimon);
	if (left_alone)
		bt_profile_add_extra(profile, BT_FORMAT_IFCFG, NULL, "NM_CONTROLLED", "no", NULL);
	if (CHECK_INT(bondtool_write(g.bt, g.config, format, &files), 0))
		found = strstr(bondtool_files_at(files, 0)->text, "miimon");
	if (found)
		number = atoi(found + strcspn(found, "0123456789"));
	bondtool_files_free(files);
	return number;
}

static void test_formats_that_imply_differently_say_so(void)
{
	CHECK_INT(written_miimon("mode: 1", false, false, "yaml"), -1);
	CHECK_INT(written_miimon("mode: 1", true, false, "yaml"), 100);
	CHECK_INT(written_miimon("mode: 1", false, false, "keyfile"), 0);
	CHECK_INT(written_miimon("mode: 1", true, false, "keyfile"), -1);
	CHECK_INT(written_miimon("mode: 1, miimon: 50", true, false, "keyfile"), 50);
	CHECK_INT(written_miimon("mode: 1, arp_interval: 50, arp_ip_target: 10.0.0.1", false,
				 false, "keyfile"), -1);
	CHECK_INT(written_miimon("mode: 4", false, false, "keyfile"), -1);
	CHECK_INT(written_miimon("mode: 1", false, false, "ifcfg"), 0);
	CHECK_INT(written_miimon("mode: 1", false, true, "ifcfg"), -1);
}

TESTS(TEST(test_names_are_given), TEST(test_twins_are_told_apart),
      TEST(test_what_is_implied_is_written_out), TEST(test_what_is_set_wins_over_what_is_implied),
      TEST(test_what_the_mode_refuses_is_left_out),
      TEST(test_idle_delays_are_left_out_without_miimon),
      TEST(test_formats_that_imply_differently_say_so))
