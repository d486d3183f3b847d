/* SPDX-License-Identifier: GPL-2.0-or-later
 * Configurations for scripts.bats, as native JSON, without what no script can say.
 *
 *	every-option mii|arp	for each mode a bond of two ports with every option that it takes,
 *				none of them its default, watched in one of the two ways
 *	every-option SEED	a random one; its routes are left out, since they lead nowhere
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "../unit/generate.h"
#include "model/profile.h"

enum { DELAY = 400, MIIMON = 200 };

static struct bondtool *bt;

static void must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "every-option: %s\n", what);
	exit(1);
}

/* Options of the other way to watch links, or without an effect on what a script leads to. */
static bool is_left_out(const struct bt_option *option, bool arp)
{
	bool of_arp = option->acts_with == BT_OPT_ARP_INTERVAL ||
		      bt_option_id(option) == BT_OPT_ARP_INTERVAL;

	if (option->flags & (BT_OPTION_RUNTIME | BT_OPTION_PORT))
		return true;
	if (arp)
		return bt_option_id(option) == BT_OPT_MIIMON ||
		       option->flags & BT_OPTION_NEEDS_MIIMON;
	return of_arp;
}

/* Whether a script can set the option: by a word of ip, or by a file. */
static bool is_known(const struct bt_option *option)
{
	return option->has_sysfs || bt_option_has_key(option, BT_FORMAT_IPROUTE2);
}

/* A text for the option that is not its default; NULL for one that names a port. */
static char *other_value(const struct bt_option *option)
{
	const struct bondtool_name *last = option->spec.names;

	switch (option->spec.type) {
	case BT_TYPE_NAME:
		while (last[1].name && last[1].number != option->standard)
			last++;
		return strdup(last->number == option->standard ? last[1].name : last->name);
	case BT_TYPE_NUMBER:
		if (option->flags & BT_OPTION_NEEDS_MIIMON)
			return bt_format("%d", DELAY);
		if (option->spec.maximum == 1)
			return bt_format("%d", option->standard == 0);
		return bt_format("%d", MIIMON);
	case BT_TYPE_IP4S:
		return strdup("10.0.0.98 10.0.0.99");
	case BT_TYPE_IP6S:
		return strdup("2001:db8::98 2001:db8::99");
	case BT_TYPE_MAC:
		return strdup("02:00:5e:10:00:01");
	default:
		return NULL;
	}
}

static struct bondtool_profile *add_profile(struct bondtool_config *config, const char *type,
					    const char *name)
{
	struct bondtool_profile *profile = bt_profile_new();

	must(profile && bt_config_add(config, profile) == 0, "no memory");
	must(bt_profile_set(bt, profile, BT_PROP_ID, name, NULL) == 0 &&
		     bt_profile_set(bt, profile, BT_PROP_TYPE, type, NULL) == 0 &&
		     bt_profile_set(bt, profile, BT_PROP_INTERFACE_NAME, name, NULL) == 0,
	     name);
	return profile;
}

static void set_options(struct bondtool_profile *bond, enum bt_mode mode, bool arp,
			const char *port)
{
	must(bt_options_set(bt, &bond->options, "mode",
			    bt_options[BT_OPT_MODE].spec.names[mode].name, NULL) == 0,
	     "mode");
	for (unsigned id = BT_OPT_MODE + 1; id < BT_OPT_COUNT; id++) {
		const struct bt_option *option = &bt_options[id];
		BT_AUTOFREE char *value = other_value(option);

		if (is_left_out(option, arp) || !is_known(option) ||
		    !bt_option_allowed_in(option, mode))
			continue;
		must(bt_options_set(bt, &bond->options, option->name, value ? value : port, NULL) ==
			     0,
		     option->name);
	}
}

static void every_mode(struct bondtool_config *config, bool arp)
{
	for (unsigned mode = 0; mode < BT_MODE_COUNT; mode++) {
		BT_AUTOFREE char *bond = bt_format("bond%u", mode);
		BT_AUTOFREE char *first = bt_format("eth%u", 2 * mode);
		BT_AUTOFREE char *second = bt_format("eth%u", 2 * mode + 1);

		if (arp && !bt_option_allowed_in(&bt_options[BT_OPT_ARP_INTERVAL], mode))
			continue;
		set_options(add_profile(config, "bond", bond), mode, arp, second);
		must(bt_profile_set(bt, add_profile(config, "802-3-ethernet", first),
				    BT_PROP_CONTROLLER, bond, NULL) == 0 &&
			     bt_profile_set(bt, add_profile(config, "802-3-ethernet", second),
					    BT_PROP_CONTROLLER, bond, NULL) == 0,
		     "a port");
	}
}

/* Takes out of PROFILE what a script does not say, or the kernel would refuse. */
static void settle(struct bondtool_profile *profile)
{
	static const enum bt_property_id routes[] = {BT_PROP_IPV4_GATEWAY, BT_PROP_IPV4_ROUTES,
						     BT_PROP_IPV6_GATEWAY, BT_PROP_IPV6_ROUTES};

	for (size_t i = 0; i < BT_ARRAY_SIZE(routes); i++)
		bt_profile_unset(profile, routes[i]);
	for (unsigned id = 0; id < BT_OPT_COUNT; id++)
		if (!is_known(&bt_options[id]))
			bt_values_unset(&profile->options, id);
}

int main(int argc, char **argv)
{
	struct bondtool_config *config = NULL;
	bool arp = argc > 1 && bt_equal(argv[1], "arp");
	uint64_t seed;

	bt = bondtool_new();
	must(bt && argc == 2, "usage: every-option mii|arp|SEED");
	if (bt_parse_uint(argv[1], &seed) == 0) {
		struct generator random = generator_of(seed);

		config = generate_config(&random, bt);
		for (size_t i = 0; i < config->count; i++)
			settle(config->profiles[i]);
	} else {
		config = bondtool_config_new();
		must(config, "no memory");
		every_mode(config, arp);
	}

	BT_AUTOFREE char *json = bondtool_config_json(config);

	must(json && puts(json) >= 0, "cannot be written");
	bondtool_config_free(config);
	bondtool_free(bt);
	return 0;
}
