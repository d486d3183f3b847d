/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The world's bonding driver: what setting an option does, and when it is refused. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "world.h"

static const unsigned delays[] = {BT_OPT_UPDELAY, BT_OPT_DOWNDELAY, BT_OPT_PEER_NOTIF_DELAY};

static void set_number(struct bt_values *options, unsigned id, int64_t number)
{
	struct bt_value value = {.id = id, .number = number};

	bt_values_put(options, &value);
}

static int64_t get_number(const struct bt_values *options, unsigned id)
{
	const struct bt_value *value = bt_values_find(options, id);

	return value ? value->number : 0;
}

static bool has_arp(int64_t mode)
{
	return mode != BT_MODE_8023AD && mode != BT_MODE_BALANCE_TLB && mode != BT_MODE_BALANCE_ALB;
}

/* Newer than the kernels that most people run: not told unless a test says so. */
static bool is_told(unsigned id, int64_t mode)
{
	const struct bt_option *option = &bt_options[id];

	if (option->flags & BT_OPTION_PORT || !option->has_default)
		return id == BT_OPT_AD_ACTOR_SYSTEM && mode == BT_MODE_8023AD;
	if (id == BT_OPT_COUPLED_CONTROL || id == BT_OPT_BROADCAST_NEIGHBOR ||
	    id == BT_OPT_LACP_STRICT)
		return false;
	return !(option->flags & BT_OPTION_ADMIN_ONLY) || mode == BT_MODE_8023AD;
}

void world_default_options(struct bt_values *options)
{
	int64_t mode = get_number(options, BT_OPT_MODE);

	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		struct bt_value value = {.id = id, .number = bt_options[id].standard};

		if (bt_values_find(options, id) || !is_told(id, mode))
			continue;
		if (id == BT_OPT_MIIMON && !has_arp(mode))
			value.number = 100;
		if (id == BT_OPT_AD_ACTOR_SYSTEM)
			value.text = strdup("00:00:00:00:00:00");
		bt_values_put(options, &value);
	}
}

static void show_delays(struct bt_values *options, const struct hidden *hidden)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(delays); i++)
		set_number(options, delays[i],
			   hidden->multiples[i] * get_number(options, BT_OPT_MIIMON));
}

static void set_mode(struct bt_values *options, int64_t mode)
{
	if (!has_arp(mode)) {
		set_number(options, BT_OPT_ARP_INTERVAL, 0);
		if (!get_number(options, BT_OPT_MIIMON))
			set_number(options, BT_OPT_MIIMON, 100);
	}
	if (mode == BT_MODE_BALANCE_ALB)
		set_number(options, BT_OPT_TLB_DYNAMIC_LB, 1);
	set_number(options, BT_OPT_ARP_VALIDATE, 0);
	set_number(options, BT_OPT_MODE, mode);
	for (unsigned id = 0; id < BT_OPT_COUNT; id++)
		if (bt_options[id].flags & BT_OPTION_ADMIN_ONLY && !is_told(id, mode))
			bt_values_unset(options, id);
	world_default_options(options);
}

/* What the driver checks before it looks at the value (bond_opt_check_deps()). */
static int check(const struct bt_link *bond, const struct bt_option *option)
{
	enum bt_mode mode = bt_options_mode(&bond->bond->options);

	if (!bt_option_allowed_in(option, mode))
		return -EACCES;
	if (option->flags & BT_OPTION_NO_PORTS && bond->bond->n_ports)
		return -ENOTEMPTY;
	if (option->flags & BT_OPTION_IFDOWN && bond->flags & IFF_UP)
		return -EBUSY;
	if (option->flags & BT_OPTION_NEEDS_MIIMON &&
	    !get_number(&bond->bond->options, BT_OPT_MIIMON))
		return -EPERM;
	return 0;
}

static void set_delay(struct bt_values *options, struct hidden *hidden,
		      const struct bt_value *value)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(delays); i++)
		if (delays[i] == value->id)
			hidden->multiples[i] =
				value->number / get_number(options, BT_OPT_MIIMON);
}

static void set_monitor(struct bt_values *options, const struct bt_value *value)
{
	if (value->number && value->id == BT_OPT_MIIMON) {
		set_number(options, BT_OPT_ARP_INTERVAL, 0);
		set_number(options, BT_OPT_ARP_VALIDATE, 0);
	} else if (value->number) {
		set_number(options, BT_OPT_MIIMON, 0);
	}
	set_number(options, value->id, value->number);
}

static void put(struct bt_values *options, const struct bt_value *value)
{
	struct bt_value copy;

	if (bt_type_is_list(bt_options[value->id].spec.type) && !value->n_items) {
		bt_values_unset(options, value->id);
		return;
	}
	bt_value_copy(value, &copy);
	bt_values_put(options, &copy);
}

static int set_option(struct world *world, struct bt_link *bond, const struct bt_value *value)
{
	struct hidden *hidden = world_hidden(world, bond->name);
	struct bt_values *options = &bond->bond->options;
	int r = check(bond, &bt_options[value->id]);

	if (r < 0)
		return r;
	if (value->id == BT_OPT_MODE)
		set_mode(options, value->number);
	else if (value->id == BT_OPT_MIIMON || value->id == BT_OPT_ARP_INTERVAL)
		set_monitor(options, value);
	else if (bt_options[value->id].flags & BT_OPTION_NEEDS_MIIMON)
		set_delay(options, hidden, value);
	else if (value->id == BT_OPT_PRIMARY)
		snprintf(hidden->primary, sizeof(hidden->primary), "%s", value->text);
	else
		put(options, value);
	show_delays(options, hidden);
	world_show_primary(world, bond);
	return 0;
}

void world_show_primary(struct world *world, struct bt_link *bond)
{
	const char *name = world_hidden(world, bond->name)->primary;

	bt_values_unset(&bond->bond->options, BT_OPT_PRIMARY);
	if (!bt_option_allowed_in(&bt_options[BT_OPT_PRIMARY],
				  bt_options_mode(&bond->bond->options)))
		return;
	for (size_t i = 0; i < bond->bond->n_ports; i++) {
		struct bt_value value = {.id = BT_OPT_PRIMARY};

		if (strcmp(bond->bond->ports[i]->name, name) != 0)
			continue;
		value.text = strdup(name);
		bt_values_put(&bond->bond->options, &value);
	}
}

int world_set_options(struct world *world, struct bt_link *bond, const struct bt_values *options)
{
	int64_t miimon = get_number(options, BT_OPT_MIIMON);

	/* in the driver's order, until one is refused: those before it stay */
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_values_find(options, id);
		int r = 0;

		if (!value)
			continue;
		if ((id == BT_OPT_ARP_INTERVAL || id == BT_OPT_ARP_VALIDATE) && miimon &&
		    value->number)
			r = -EINVAL;
		if (r == 0)
			r = set_option(world, bond, value);
		if (r < 0)
			return r;
	}
	return 0;
}
