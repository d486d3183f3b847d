/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changing profiles from words: what nmcli's modify does, and what it should say. */
#include <errno.h>
#include <stdlib.h>

#include "base/text.h"
#include "model/change.h"
#include "test.h"

struct fixture {
	struct bondtool *bt;
	struct bondtool_profile *profile;
};

static struct fixture start(void)
{
	return (struct fixture){bondtool_new(), bt_profile_new()};
}

static void finish(struct fixture *f)
{
	bt_profile_free(f->profile);
	bondtool_free(f->bt);
}

static int set(struct fixture *f, const char *property, const char *value)
{
	return bondtool_profile_change(f->bt, f->profile, property, BONDTOOL_SET, value);
}

static int add(struct fixture *f, const char *property, const char *value)
{
	return bondtool_profile_change(f->bt, f->profile, property, BONDTOOL_ADD, value);
}

static int drop(struct fixture *f, const char *property, const char *value)
{
	return bondtool_profile_change(f->bt, f->profile, property, BONDTOOL_REMOVE, value);
}

static void check_shown(const struct fixture *f, const char *property, const char *expected)
{
	BT_AUTOFREE char *text = bondtool_profile_get(f->profile, property, BONDTOOL_PRETTY);

	CHECK_STR(text, expected);
}

static void check_message(const struct fixture *f, const char *rule, const char *message)
{
	size_t count = bondtool_diags_count(f->bt);

	if (!CHECK(count > 0))
		return;
	CHECK_STR(bondtool_diags_at(f->bt, count - 1)->rule, rule);
	CHECK_STR(bondtool_diags_at(f->bt, count - 1)->message, message);
}

static void test_options_are_merged_replaced_and_removed(void)
{
	struct fixture f = start();

	CHECK_INT(set(&f, "bond.options", "mode=active-backup"), 0);
	CHECK_INT(add(&f, "bond.options", "miimon=1000"), 0);
	CHECK_INT(add(&f, "bond.options", "primary=ens192, primary_reselect = always"), 0);
	check_shown(&f, "bond.options",
		    "mode=active-backup,miimon=1000,primary=ens192,primary_reselect=always");
	CHECK_INT(drop(&f, "bond.options", "primary=whatever,primary_reselect"), 0);
	CHECK_INT(add(&f, "bond.options", "miimon="), 0);
	check_shown(&f, "bond.options", "mode=active-backup");
	CHECK_INT(set(&f, "bond.options", "mode=4,lacp_rate=1"), 0);
	check_shown(&f, "bond.options", "mode=802.3ad,lacp_rate=fast");
	CHECK_INT(set(&f, "bond.options", ""), 0);
	check_shown(&f, "bond.options", "");
	finish(&f);
}

static void test_names_may_be_shortened(void)
{
	struct fixture f = start();

	CHECK_INT(set(&f, "b.o", "mode=active-b,mii=100,UPDELAY=200"), 0);
	check_shown(&f, "bond.options", "mode=active-backup,miimon=100,updelay=200");
	CHECK_INT(add(&f, "bond.options", "a=1"), -EINVAL);
	check_message(&f, "option/ambiguous", "several options begin with 'a'");
	CHECK_INT(set(&f, "conn.auto", "yes"), -ENOENT);
	check_message(&f, "property/unknown", "ambiguous property 'conn.auto'");
	finish(&f);
}

static void test_targets_may_be_separated_in_any_way(void)
{
	static const char *const ways[] = {
		"mode=1,arp_interval=100,arp_ip_target=10.0.0.1 10.0.0.2",
		"mode=1,arp_interval=100,arp_ip_target=10.0.0.1\\,10.0.0.2",
		"mode=1,arp_interval=100,arp_ip_target=10.0.0.1,10.0.0.2",
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(ways); i++) {
		struct fixture f = start();

		CHECK_INT(set(&f, "bond.options", ways[i]), 0);
		check_shown(&f, "bond.options",
			    "mode=active-backup,arp_interval=100,"
			    "arp_ip_target=10.0.0.1 10.0.0.2");
		finish(&f);
	}
}

static void test_the_later_monitor_replaces_the_earlier(void)
{
	struct fixture f = start();

	CHECK_INT(set(&f, "bond.options", "mode=1,miimon=100,updelay=200"), 0);
	CHECK_INT(add(&f, "bond.options", "arp_interval=100,arp_ip_target=10.0.0.1"), 0);
	check_shown(&f, "bond.options",
		    "mode=active-backup,arp_interval=100,arp_ip_target=10.0.0.1");
	check_message(&f, "option/replaced",
		      "option 'updelay' is dropped, because arp_interval is set");
	CHECK_INT(add(&f, "bond.options", "miimon=50"), 0);
	check_shown(&f, "bond.options", "mode=active-backup,miimon=50");
	finish(&f);
}

static void test_bad_options_change_nothing(void)
{
	struct fixture f = start();

	CHECK_INT(set(&f, "bond.options", "mode=active-backup"), 0);
	CHECK_INT(add(&f, "bond.options", "updelay=100,miimon=-5"), -ERANGE);
	check_message(&f, "driver/value",
		      "option 'miimon': '-5' is out of range; allowed: 0 to 2147483647 (ms)");
	CHECK_INT(bondtool_diags_at(f.bt, bondtool_diags_count(f.bt) - 1)->column, 20);
	CHECK_INT(add(&f, "bond.options", "miimom=100"), -ENOENT);
	check_message(&f, "option/unknown", "the bonding driver has no option 'miimom'");
	CHECK_STR(bondtool_diags_at(f.bt, bondtool_diags_count(f.bt) - 1)->hint,
		  "did you mean 'miimon'?");
	CHECK_INT(add(&f, "bond.options", "miimon"), -EINVAL);
	check_message(&f, "option/no-value", "'miimon' is not valid; use <option>=<value>");
	CHECK_INT(add(&f, "bond.options", "queue_id=1"), -EINVAL);
	check_shown(&f, "bond.options", "mode=active-backup");
	finish(&f);
}

static void test_scalars_are_set_and_reset(void)
{
	struct fixture f = start();

	CHECK_INT(set(&f, "con-name", "bond0"), 0);
	CHECK_INT(set(&f, "ipv4.method", "man"), 0);
	check_shown(&f, "ipv4.method", "manual");
	CHECK_INT(set(&f, "connection.autoconnect", "no"), 0);
	CHECK_INT(set(&f, "connection.autoconnect", ""), 0);
	check_shown(&f, "connection.autoconnect", "yes");
	check_shown(&f, "connection.autoconnect-slaves", "-1 (default)");
	CHECK_INT(set(&f, "connection.autoconnect-slaves", "yes"), 0);
	check_shown(&f, "connection.autoconnect-ports", "1 (yes)");
	CHECK_INT(set(&f, "master", "bond0"), 0);
	check_shown(&f, "connection.controller", "bond0");
	CHECK_INT(set(&f, "connection.id", ""), -EPERM);
	CHECK_INT(set(&f, "ifname", "a-name-of-17-chars"), -EINVAL);
	CHECK_INT(set(&f, "ifname", "*"), 0);
	CHECK_INT(set(&f, "mtu", "9000"), 0);
	check_shown(&f, "802-3-ethernet.mtu", "9000");
	finish(&f);
}

static void test_lists_grow_and_shrink(void)
{
	struct fixture f = start();

	CHECK_INT(set(&f, "ipv4.addresses", "10.0.0.1/24, 10.0.0.2/24"), 0);
	CHECK_INT(add(&f, "ip4", "10.0.0.3"), 0);
	CHECK_INT(add(&f, "ip4", "10.0.0.1/24"), 0);
	check_shown(&f, "ipv4.addresses", "10.0.0.1/24, 10.0.0.2/24, 10.0.0.3/32");
	CHECK_INT(drop(&f, "ipv4.addresses", "0,2"), 0);
	check_shown(&f, "ipv4.addresses", "10.0.0.2/24");
	CHECK_INT(drop(&f, "ipv4.addresses", "10.9.9.9/24"), 0);
	CHECK_INT(drop(&f, "ipv4.addresses", "10.0.0.2/24"), 0);
	CHECK(!bondtool_profile_has(f.profile, "ipv4.addresses"));
	CHECK_INT(set(&f, "ipv4.dns", "10.0.0.1 10.0.0.2,10.0.0.1"), 0);
	check_shown(&f, "ipv4.dns", "10.0.0.1,10.0.0.2");
	CHECK_INT(set(&f, "ipv4.dns", "name.example"), -EINVAL);
	check_shown(&f, "ipv4.dns", "10.0.0.1,10.0.0.2");
	CHECK_INT(add(&f, "ipv4.routes", "10.1.2.3/16 10.0.0.254 100 table=5"), 0);
	check_shown(&f, "ipv4.routes",
		    "{ ip = 10.1.0.0/16, nh = 10.0.0.254, mt = 100 table=5 }");
	CHECK_INT(add(&f, "ipv4.routes", "10.1.0.0/33"), -EINVAL);
	CHECK_INT(add(&f, "ipv4.routes", "10.1.0.0/16 mt=4"), -EINVAL);
	finish(&f);
}

static void test_port_options_are_options(void)
{
	struct fixture f = start();

	CHECK_INT(set(&f, "bond-port.queue-id", "3"), 0);
	CHECK_INT(set(&f, "prio", "-10"), 0);
	CHECK_INT(bt_options_number(&f.profile->options, BT_OPT_QUEUE_ID), 3);
	check_shown(&f, "bond-port.prio", "-10");
	check_shown(&f, "bond.options", "");
	CHECK_INT(set(&f, "bond-port.queue-id", "70000"), -ERANGE);
	finish(&f);
}

static void test_changed_profiles_keep_their_place(void)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = bondtool_config_new();
	struct bondtool_profile *second = bt_profile_new();

	bt_config_add(config, bt_profile_new());
	bt_config_add(config, second);
	CHECK_INT(bondtool_profile_change(bt, second, "connection.id", BONDTOOL_SET, "up"), 0);
	CHECK_INT(second->number, 1);
	CHECK(bt_config_take(config, second) == second);
	bt_profile_free(second);
	bondtool_config_free(config);
	bondtool_free(bt);
}

TESTS(TEST(test_options_are_merged_replaced_and_removed), TEST(test_names_may_be_shortened),
      TEST(test_targets_may_be_separated_in_any_way),
      TEST(test_the_later_monitor_replaces_the_earlier), TEST(test_bad_options_change_nothing),
      TEST(test_scalars_are_set_and_reset), TEST(test_lists_grow_and_shrink),
      TEST(test_port_options_are_options),
      TEST(test_changed_profiles_keep_their_place))
