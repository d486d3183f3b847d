/* SPDX-License-Identifier: GPL-2.0-or-later
 * Comparing configurations in meaning: what counts as a difference, and what does not.
 */
#include "base/text.h"
#include "model/profile.h"
#include "generate.h"
#include "test.h"

/* A configuration of one bond with these options ("miimon=100 ..."), and a port "eth1". */
static struct bondtool_config *bond_with(struct bondtool *bt, const char *options)
{
	struct bondtool_config *config = bondtool_config_new();
	struct bondtool_profile *bond = bt_profile_new(), *port = bt_profile_new();
	BT_AUTOFREE char *words = strdup(options);
	char *save = NULL;

	CHECK_INT(bt_config_add(config, bond) + bt_config_add(config, port), 0);
	bt_profile_set(bt, bond, BT_PROP_ID, "storage", NULL);
	bt_profile_set(bt, bond, BT_PROP_INTERFACE_NAME, "bond0", NULL);
	bt_profile_set(bt, bond, BT_PROP_TYPE, "bond", NULL);
	bt_profile_set(bt, port, BT_PROP_INTERFACE_NAME, "eth1", NULL);
	bt_profile_set(bt, port, BT_PROP_TYPE, "802-3-ethernet", NULL);
	bt_profile_set(bt, port, BT_PROP_CONTROLLER, "bond0", NULL);
	for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *value = strchr(word, '=');

		*value++ = '\0';
		CHECK_INT(bt_options_set(bt, &bond->options, word, value, NULL), 0);
	}
	return config;
}

/* All differences as "INTERFACE PROPERTY FIRST SECOND;" in a new string; "-" for no value. */
static char *differences(struct bondtool_config *first, struct bondtool_config *second)
{
	struct bondtool_comparison *comparison = NULL;
	BT_AUTOTEXT struct bt_text text = {0};

	if (!CHECK_INT(bondtool_compare(first, second, &comparison), 0))
		return NULL;
	for (size_t i = 0; i < bondtool_comparison_count(comparison); i++) {
		const struct bondtool_difference *d = bondtool_comparison_at(comparison, i);

		bt_text_addf(&text, "%s %s %s %s;", d->interface, d->property,
			     d->first ? d->first : "-", d->second ? d->second : "-");
	}
	CHECK(!bondtool_comparison_at(comparison, bondtool_comparison_count(comparison)));
	bondtool_comparison_free(comparison);
	return text.data ? bt_text_take(&text) : strdup("");
}

static void check_options(const char *first, const char *second, const char *expected)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *a = bond_with(bt, first), *b = bond_with(bt, second);
	BT_AUTOFREE char *is = differences(a, b);

	CHECK_STR(is, expected);
	bondtool_free(bt);
}

static void test_options(void)
{
	check_options("mode=1 miimon=100", "miimon=100 mode=active-backup", "");
	check_options("mode=1 miimon=100", "mode=1 miimon=200", "bond0 miimon 100 200;");
	check_options("mode=1", "mode=1 arp_interval=1000 arp_ip_target=10.0.0.1",
		      "bond0 arp_interval 0 1000;bond0 arp_ip_target - 10.0.0.1;");
}

static void test_what_the_driver_does_by_itself_is_no_difference(void)
{
	check_options("mode=1", "mode=1 miimon=0 min_links=0 fail_over_mac=none", "");
	check_options("mode=4", "mode=4 miimon=100 lacp_rate=slow", "");
	check_options("mode=4", "mode=4 miimon=0", "bond0 miimon 100 0;");
}

static void test_what_the_tool_implies_counts(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *a = bond_with(bt, "mode=1");
	BT_AUTOCONFIG struct bondtool_config *b = bond_with(bt, "mode=1 miimon=100");
	struct bt_value miimon = {.id = BT_OPT_MIIMON, .number = 100};
	BT_AUTOFREE char *is = NULL;

	CHECK_INT(bt_values_put(&a->profiles[0]->implied, &miimon), 0);
	CHECK_INT(bt_profile_imply(a->profiles[0], BT_PROP_IPV4_METHOD, "auto"), 0);
	is = differences(a, b);
	CHECK_STR(is, "bond0 ipv4.method auto -;");
	bondtool_free(bt);
}

static void test_names_and_ways_to_refer_do_not_count(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *a = bond_with(bt, "mode=1");
	BT_AUTOCONFIG struct bondtool_config *b = bond_with(bt, "mode=1");
	static const char uuid[] = "5c6b7a1e-0000-4000-8000-000000000001";
	BT_AUTOFREE char *is = NULL;

	bt_profile_set(bt, a->profiles[0], BT_PROP_UUID, uuid, NULL);
	bt_profile_set(bt, a->profiles[1], BT_PROP_CONTROLLER, uuid, NULL);
	bt_profile_set(bt, a->profiles[1], BT_PROP_PORT_TYPE, "bond", NULL);
	bt_profile_set(bt, b->profiles[0], BT_PROP_ID, "other", NULL);
	bt_profile_set(bt, a->profiles[0], BT_PROP_CLONED_MAC_ADDRESS, "02:00:5e:10:00:0a", NULL);
	bt_profile_set(bt, b->profiles[0], BT_PROP_CLONED_MAC_ADDRESS, "02:00:5E:10:00:0A", NULL);
	is = differences(a, b);
	CHECK_STR(is, "");
	bondtool_free(bt);
}

static void test_a_profile_alone_is_one_difference(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *a = bond_with(bt, "mode=1");
	BT_AUTOCONFIG struct bondtool_config *b = bond_with(bt, "mode=1");
	BT_AUTOFREE char *is = NULL, *reversed = NULL;

	bt_profile_set(bt, a->profiles[1], BT_PROP_INTERFACE_NAME, "eth2", NULL);
	is = differences(a, b);
	CHECK_STR(is,
		  "eth2 connection.type 802-3-ethernet -;eth1 connection.type - 802-3-ethernet;");
	bt_config_changed(a);
	reversed = differences(b, a);
	CHECK_STR(reversed,
		  "eth1 connection.type 802-3-ethernet -;eth2 connection.type - 802-3-ethernet;");
	bondtool_free(bt);
}

/* Nothing differs from itself, and whatever is taken away is found. */
static void test_random_configurations(void)
{
	struct bondtool *bt = bondtool_new();

	for (unsigned seed = 1; seed <= 50; seed++) {
		struct generator g = generator_of(seed);
		BT_AUTOCONFIG struct bondtool_config *a = generate_config(&g, bt);
		BT_AUTOCONFIG struct bondtool_config *b = bondtool_config_new();
		BT_AUTOFREE char *none = NULL, *one = NULL;
		struct bondtool_profile *first;

		for (size_t i = 0; i < a->count; i++)
			CHECK_INT(bt_config_add(b, bt_profile_copy(a->profiles[i])), 0);
		none = differences(a, b);
		CHECK_STR(none, "");
		first = b->profiles[0];
		bt_profile_set_number(first, BT_PROP_MTU, bt_profile_number(first, BT_PROP_MTU) + 1,
				      NULL);
		one = differences(a, b);
		CHECK(one && strstr(one, "bond0 802-3-ethernet.mtu ") == one &&
		      strchr(one, ';')[1] == '\0');
	}
	bondtool_free(bt);
}

TESTS(TEST(test_options), TEST(test_what_the_driver_does_by_itself_is_no_difference),
      TEST(test_what_the_tool_implies_counts), TEST(test_names_and_ways_to_refer_do_not_count),
      TEST(test_a_profile_alone_is_one_difference), TEST(test_random_configurations))
