/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The word bond= of a command line: a bond, its ports, its options and its MTU. */
#include <errno.h>
#include <string.h>

#include "parsers/cmdline/cmdline.h"

static int keep_option(const struct bt_cmdline_at *at, struct bondtool_profile *bond,
		       const struct bt_cmdline_part *name, const struct bt_cmdline_part *value)
{
	BT_AUTOFREE char *key = bt_cmdline_text(name);

	return key ? bt_cmdline_keep(at, bond, "bond", key, value) : -ENOMEM;
}

/* "10.0.0.1;10.0.0.2" or "[2001:db8::1];[2001:db8::2]". */
static int set_list(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		    struct bondtool_profile *bond, const struct bt_option *option,
		    struct bt_cmdline_part rest)
{
	const struct bt_about about = {"driver/value", {option->name}};
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option)};
	struct bt_cmdline_part part;
	int r = 0;

	value.origin = bt_cmdline_place(at->text, at->word, &rest);
	while (r != -ENOMEM && bt_cmdline_next(&rest, ';', &part)) {
		struct bt_origin place = bt_cmdline_place(at->text, at->word, &part);
		BT_AUTOFREE char *item = bt_cmdline_text(&part);

		r = item ? bt_value_add_item(reading->bt, &option->spec, &about, item, &place,
					     &value)
			 : -ENOMEM;
	}
	if (r == -ENOMEM || !value.n_items)
		return r == -ENOMEM ? r : 0;
	return bt_values_put(&bond->options, &value);
}

static void report_unknown_option(struct bt_cmdline_reading *reading,
				  const struct bt_cmdline_at *at,
				  const struct bt_cmdline_part *part, const char *name)
{
	struct bt_nearest nearest = {.word = name};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (bt_option_has_key(&bt_options[i], BT_FORMAT_CMDLINE))
			bt_nearest_offer(&nearest, bt_options[i].name);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_cmdline_find(reading, at, part, BONDTOOL_WARNING, "cmdline/unknown-option", hint,
			"NetworkManager knows no bond option '%s' and ignores it", name);
}

static int set_scalar(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		      struct bondtool_profile *bond, const char *key, struct bt_cmdline_part rest)
{
	struct bt_origin place = bt_cmdline_place(at->text, at->word, &rest);
	struct bt_cmdline_part value = rest, part;
	BT_AUTOFREE char *text = NULL;

	/* Brackets around the whole of it are left out: a MAC address needs them. */
	bt_cmdline_next(&rest, ';', &part);
	if (!rest.start) {
		value = part;
		place = bt_cmdline_place(at->text, at->word, &value);
	}
	text = bt_cmdline_text(&value);
	return text ? bt_options_set(reading->bt, &bond->options, key, text, &place) : -ENOMEM;
}

static int set_option(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		      struct bondtool_profile *bond, const struct bt_cmdline_part *name,
		      const struct bt_cmdline_part *value)
{
	BT_AUTOFREE char *key = bt_cmdline_text(name);
	const struct bt_option *option = key ? bt_option_by_key(BT_FORMAT_CMDLINE, key) : NULL;
	int r;

	if (!key)
		return -ENOMEM;
	if (!option || (option->flags & BT_OPTION_PORT)) {
		report_unknown_option(reading, at, name, key);
		return keep_option(at, bond, name, value);
	}
	if (bt_type_is_list(option->spec.type))
		return set_list(reading, at, bond, option, *value);
	r = set_scalar(reading, at, bond, key, *value);
	return r == -EINVAL || r == -ERANGE ? keep_option(at, bond, name, value) : r;
}

/* network-legacy sets the options in their order, while the mode is still balance-rr. */
static void report_order(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			 const struct bt_cmdline_part *name, bool mode_known)
{
	BT_AUTOFREE char *key = bt_cmdline_text(name);
	const struct bt_option *option = key ? bt_option_by_key(BT_FORMAT_CMDLINE, key) : NULL;

	if (option && !mode_known && !bt_option_allowed_in(option, BT_MODE_BALANCE_RR))
		bt_cmdline_find(
			reading, at, name, BONDTOOL_NOTE, "cmdline/legacy", "put mode before it",
			"network-legacy sets the options in this order, and '%s' is refused "
			"before the mode is set",
			key);
}

/* "mode=1,miimon=100": the text before the first '=' is the name. */
static int take_options(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			struct bondtool_profile *bond, struct bt_cmdline_part rest)
{
	struct bt_cmdline_part item;
	bool mode_known = false;
	int r = 0;

	while (r == 0 && bt_cmdline_next(&rest, ',', &item)) {
		const char *equals = item.length ? memchr(item.start, '=', item.length) : NULL;
		struct bt_cmdline_part name = {.start = item.start}, value;

		if (!item.length)
			continue;
		if (!equals || equals == item.start || equals + 1 == item.start + item.length) {
			bt_cmdline_find(reading, at, &item, BONDTOOL_ERROR, "cmdline/option",
					"write OPTION=VALUE; ',' separates options, ';' the items "
					"of a list",
					"'%.*s' is no option with a value, and is ignored",
					(int)item.length, item.start);
			continue;
		}
		name.length = (size_t)(equals - item.start);
		value = (struct bt_cmdline_part){.start = equals + 1,
						 .length = item.length - name.length - 1};
		report_order(reading, at, &name, mode_known);
		mode_known = mode_known || bt_cmdline_part_is(&name, "mode");
		r = set_option(reading, at, bond, &name, &value);
	}
	return r;
}

static int take_port(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		     const struct bt_cmdline_part *part, const char *bond)
{
	struct bondtool_profile *port = NULL;
	const char *present;
	int r = bt_cmdline_profile(reading, at, part, &port, NULL);

	if (r < 0 || !port)
		return r;
	present = bt_profile_text(port, BT_PROP_CONTROLLER);
	if (present && !bt_equal(present, bond))
		bt_cmdline_find(reading, at, part, BONDTOOL_ERROR, "cmdline/twice", NULL,
				"'%s' is a port of '%s', too; this later bond gets it",
				bt_profile_label(port), present);
	r = bt_cmdline_set(reading, at, port, BT_PROP_CONTROLLER, part, bond);
	return r == 0 ? bt_cmdline_set(reading, at, port, BT_PROP_PORT_TYPE, part, "bond") : r;
}

/* The manual's ports of a bond that names none: eth0 and eth1. */
static int take_default_ports(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			      const char *bond)
{
	static const char *const names[] = {"eth0", "eth1"};
	int r = 0;

	bt_cmdline_find(reading, at, NULL, BONDTOOL_WARNING, "cmdline/default-ports",
			"name the ports: bond=NAME:PORT,PORT",
			"no ports are named: the manual and network-legacy take eth0 and eth1, "
			"NetworkManager eth0 only");
	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(names); i++)
		r = take_port(reading, at, &(struct bt_cmdline_part){names[i], strlen(names[i]), 0},
			      bond);
	return r;
}

static int take_ports(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		      struct bt_cmdline_part rest, const char *bond)
{
	struct bt_cmdline_part part;
	size_t count = 0;
	int r = 0;

	while (r == 0 && bt_cmdline_next(&rest, ',', &part)) {
		if (part.length)
			r = take_port(reading, at, &part, bond);
		count += part.length > 0;
	}
	if (r == 0 && !count)
		bt_cmdline_find(reading, at, NULL, BONDTOOL_WARNING, "cmdline/default-ports",
				"name the ports: bond=NAME:PORT,PORT",
				"no ports are named: NetworkManager takes eth0, and network-legacy "
				"makes no bond");
	return r;
}

/* Both tools set miimon=100, and without a mode it is balance-rr. */
static int imply_options(struct bondtool_profile *bond)
{
	struct bt_value mode = {.id = BT_OPT_MODE,
				.origin = bond->origin,
				.number = bt_options[BT_OPT_MODE].standard};
	struct bt_value miimon = {
		.id = BT_OPT_MIIMON, .origin = bond->origin, .number = BT_FORCED_MIIMON};
	int r = bt_values_put(&bond->implied, &mode);

	bt_values_unset(&bond->implied, BT_OPT_MIIMON);
	if (r < 0 || bt_options_number(&bond->options, BT_OPT_ARP_INTERVAL) > 0)
		return r;
	return bt_values_put(&bond->implied, &miimon);
}

static void report_again(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			 const char *name)
{
	bt_cmdline_find(reading, at, NULL, BONDTOOL_WARNING, "cmdline/twice",
			"write one bond= with all of it",
			"'%s' was there before: NetworkManager adds to it, and network-legacy "
			"replaces it",
			name);
}

static int take_bond_fields(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			    const struct bt_cmdline_fields *fields, struct bondtool_profile *bond,
			    const char *name)
{
	int r = fields->count < 2 ? take_default_ports(reading, at, name)
				  : take_ports(reading, at, fields->parts[1], name);

	if (r == 0 && fields->count > 2)
		r = take_options(reading, at, bond, fields->parts[2]);
	if (r == 0 && fields->count > 3 && fields->parts[3].length)
		r = bt_cmdline_set(reading, at, bond, BT_PROP_MTU, &fields->parts[3], NULL);
	bt_cmdline_report_rest(reading, at, fields,
			       "bond=NAME:PORT,PORT:OPTION=VALUE,OPTION=VALUE:MTU");
	return r == 0 ? imply_options(bond) : r;
}

int bt_cmdline_take_bond(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	struct bt_cmdline_fields fields = bt_cmdline_split(at->word, 4);
	struct bt_cmdline_part name = {.start = "bond0", .length = strlen("bond0")};
	struct bondtool_profile *bond = NULL;
	int r;

	if (fields.count && fields.parts[0].length)
		name = fields.parts[0];
	r = bt_cmdline_profile(reading, at, &name, &bond, &at->word->owner);
	if (r < 0 || !bond)
		return r;
	if (bt_profile_is(bond, "bond"))
		report_again(reading, at, at->word->owner);
	r = bt_cmdline_set(reading, at, bond, BT_PROP_TYPE, &name, "bond");
	return r == 0 ? take_bond_fields(reading, at, &fields, bond, at->word->owner) : r;
}
