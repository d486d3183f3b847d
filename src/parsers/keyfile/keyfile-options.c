/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The section [bond] of a keyfile: one key an option of the driver. */
#include <errno.h>
#include <string.h>

#include "parsers/keyfile/keyfile-reading.h"

static int unknown_option(struct bt_keyfile_reading *reading, const struct bt_ini_line *line)
{
	struct bt_origin origin = bt_ini_key_place(&reading->ini, line);
	struct bt_nearest nearest = {.word = line->key};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (!(bt_options[i].flags & BT_OPTION_PORT) &&
		    bt_option_has_key(&bt_options[i], BT_FORMAT_KEYFILE))
			bt_nearest_offer(&nearest, bt_options[i].name);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(reading->bt, BONDTOOL_WARNING, "keyfile/unknown-option", &origin, hint,
		bt_option_find(line->key)
			? "NetworkManager cannot set the option '%s' and ignores it"
			: "NetworkManager has no bond option '%s' and ignores it",
		line->key);
	return bt_keyfile_keep(reading, line);
}

bool bt_keyfile_is_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

/*
 * What is wrong with VALUE for NetworkManager though the driver might take it: NULL when nothing
 * is. Numbers are digits, lists have commas, and a blank behind a value belongs to it.
 */
static const char *refused_spelling(const struct bt_option *option, const char *value)
{
	size_t length = strlen(value);

	if (bt_type_is_list(option->spec.type)) {
		for (const char *p = value; *p; p += strcspn(p, ","), p += *p == ',') {
			size_t blanks = strspn(p, " \t");
			size_t word = strcspn(p + blanks, " \t,");
			const char *rest = p + blanks + word;

			if (rest[strspn(rest, " \t")] && rest[strspn(rest, " \t")] != ',')
				return "commas must separate the addresses";
		}
		return NULL;
	}
	if (length && strchr(" \t", value[length - 1]))
		return "the blank at the end belongs to the value";
	if (option->spec.type == BT_TYPE_NUMBER && !bt_keyfile_is_digits(value))
		return "a number is needed";
	if (option->spec.type == BT_TYPE_NAME && !bt_keyfile_is_digits(value) &&
	    !bt_name_find(option->spec.names, value))
		return "a name of the driver or its number is needed";
	return NULL;
}

/* The two names of one option of the driver, which NetworkManager keeps apart. */
static bool contradicts(const struct bt_keyfile_reading *reading, const struct bt_option *option,
			const char *text)
{
	const struct bt_value *present =
		bt_values_find(&reading->profile->options, bt_option_id(option));
	int64_t number;

	return present && option->alias && bt_parse_int(text, &number) == 0 &&
	       number != present->number;
}

static int take_known_option(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			     const struct bt_option *option)
{
	struct bt_origin origin = bt_ini_value_place(&reading->ini, line);
	BT_AUTOFREE char *text = bt_keyfile_decode(line->value);
	const char *fault = text ? refused_spelling(option, text) : "there is no such escape";

	if (!text && errno != EINVAL)
		return -ENOMEM;
	if (fault)
		return bt_keyfile_ignore_value(reading, line, NULL, fault);
	if (bt_option_id(option) == BT_OPT_ARP_MISSED_MAX && bt_equal(text, "0")) {
		bt_note(reading->bt, "keyfile/default", &origin,
			"'arp_missed_max=0' leaves it at the driver's default");
		return bt_keyfile_keep(reading, line);
	}
	if (contradicts(reading, option, text)) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "keyfile/refused", &origin, NULL,
			"NetworkManager refuses this profile: '%s' and '%s' differ", option->name,
			option->alias);
		return bt_keyfile_keep(reading, line);
	}
	return bt_keyfile_kept_unless(reading, line,
				      bt_options_set(reading->bt, &reading->profile->options,
						     option->name, text, &origin));
}

int bt_keyfile_take_option(struct bt_keyfile_reading *reading, const struct bt_ini_line *line)
{
	const struct bt_option *option = bt_option_by_key(BT_FORMAT_KEYFILE, line->key);

	if (bt_equal(line->key, "balance-slb")) {
		struct bt_origin origin = bt_ini_key_place(&reading->ini, line);

		bt_warning(reading->bt, "keyfile/balance-slb", &origin,
			   "'balance-slb' is done by NetworkManager and not by the driver");
		return bt_keyfile_keep(reading, line);
	}
	if (!option || (option->flags & BT_OPTION_PORT))
		return unknown_option(reading, line);
	if (bt_option_id(option) == BT_OPT_PRIMARY && !bt_equal(line->key, option->name)) {
		reading->active_slave = line;
		return 0;
	}
	return take_known_option(reading, line, option);
}

/* "active_slave" is an old word for "primary", which goes before it. */
int bt_keyfile_take_active_slave(struct bt_keyfile_reading *reading)
{
	const struct bt_ini_line *line = reading->active_slave;
	const struct bt_option *primary = &bt_options[BT_OPT_PRIMARY];
	struct bt_origin origin;

	if (!line)
		return 0;
	origin = bt_ini_key_place(&reading->ini, line);
	if (bt_values_find(&reading->profile->options, BT_OPT_PRIMARY)) {
		bt_warning(reading->bt, "keyfile/ignored", &origin,
			   "NetworkManager ignores '%s' because '%s' is set", line->key,
			   primary->name);
		return bt_keyfile_keep(reading, line);
	}
	bt_note(reading->bt, "keyfile/old-word", &origin,
		"NetworkManager takes '%s' for an old word for '%s'", line->key, primary->name);
	return take_known_option(reading, line, primary);
}

/* With both monitors set, NetworkManager passes on miimon and nothing of the other. */
int bt_keyfile_settle_monitors(struct bt_keyfile_reading *reading)
{
	static const enum bt_option_id of_arp[] = {BT_OPT_ARP_INTERVAL, BT_OPT_ARP_IP_TARGET,
						   BT_OPT_NS_IP6_TARGET};
	struct bt_values *options = &reading->profile->options;
	int r = 0;

	if (bt_options_number(options, BT_OPT_ARP_INTERVAL) <= 0 ||
	    bt_options_number(options, BT_OPT_MIIMON) <= 0)
		return 0;
	bt_diag(reading->bt, BONDTOOL_WARNING, "keyfile/ignored",
		&bt_values_find(options, BT_OPT_ARP_INTERVAL)->origin,
		"remove 'miimon' to probe by ARP",
		"NetworkManager ignores 'arp_interval' and its targets because 'miimon' is set");
	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(of_arp); i++) {
		const struct bt_ini_line *line = bt_keyfile_find(
			reading, bt_settings[BT_SETTING_BOND].name, bt_options[of_arp[i]].name);

		if (bt_values_unset(options, of_arp[i]) && line)
			r = bt_keyfile_keep(reading, line);
	}
	return r;
}
