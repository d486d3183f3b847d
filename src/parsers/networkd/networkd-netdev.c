/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What .netdev files make: bonds with their options, and VLANs. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "parsers/implied.h"
#include "parsers/networkd/networkd.h"

void bt_networkd_ignored(struct bondtool *bt, const struct bt_networkd_line *line, const char *hint,
			 const char *format, ...)
{
	struct bt_origin origin = bt_networkd_value_place(line);
	BT_AUTOFREE char *why = NULL;
	va_list arguments;

	va_start(arguments, format);
	why = bt_vformat(format, arguments);
	va_end(arguments);
	bt_diag(bt, BONDTOOL_ERROR, "networkd/value", &origin, hint,
		"systemd-networkd ignores '%s=%s': %s", line->line->key, line->line->value,
		why ? why : "it does not know the value");
}

/* ---- options of the bond -----------------------------------------------------------------------
 */

static bool is_time(const struct bt_option *option)
{
	return bt_has_suffix(option->keys[BT_FORMAT_NETWORKD], "Sec");
}

static bool is_boolean(const struct bt_option *option)
{
	return option->spec.type == BT_TYPE_NUMBER && option->spec.minimum == 0 &&
	       option->spec.maximum == 1;
}

/* From so many microseconds on a plain number was hardly meant as seconds. */
enum { DOUBTFUL = 100 * 1000000 };

/* Where the number is not unusual in itself: the rule about units finds it then. */
static void doubt_unit(struct bondtool *bt, const struct bt_networkd_line *line,
		       const struct bt_option *option, uint64_t usec)
{
	struct bt_origin origin = bt_networkd_value_place(line);
	BT_AUTOFREE char *hint = bt_format("was '%sms' meant?", line->line->value);

	if (bt_equal(option->spec.unit, "ms") &&
	    (!option->usual.most || usec / 1000 <= (uint64_t)option->usual.most))
		bt_diag(bt, BONDTOOL_WARNING, "value/unit", &origin, hint,
			"'%s=%s' means seconds: there is no unit", line->line->key,
			line->line->value);
}

/* A span of time in the unit of the option, as text; without one: -EINVAL and a diagnostic. */
static int time_text(struct bondtool *bt, const struct bt_networkd_line *line,
		     const struct bt_option *option, char **ret_text)
{
	uint64_t per_unit = bt_equal(option->spec.unit, "s") ? 1000000 : 1000;
	uint64_t usec;
	int r = bt_networkd_parse_time(line->line->value, &usec);

	if (r == -ENOMEM)
		return r;
	if (r < 0) {
		bt_networkd_ignored(bt, line, "write '100ms', '1s' or '1.5s'",
				    "it is no span of time");
		return -EINVAL;
	}
	if (bt_networkd_lacks_unit(line->line->value) && usec >= DOUBTFUL)
		doubt_unit(bt, line, option, usec);
	if (usec % per_unit) {
		struct bt_origin origin = bt_networkd_value_place(line);

		bt_note(bt, "networkd/rounded", &origin, "'%s=%s' becomes %" PRIu64 " %s",
			line->line->key, line->line->value, usec / per_unit, option->spec.unit);
	}
	*ret_text = bt_format("%" PRIu64, usec / per_unit);
	return *ret_text ? 0 : -ENOMEM;
}

static int number_text(struct bondtool *bt, const struct bt_networkd_line *line,
		       const struct bt_option *option, char **ret_text)
{
	uint64_t number;
	bool yes;

	if (is_boolean(option)) {
		if (!bt_networkd_parse_boolean(line->line->value, &yes)) {
			bt_networkd_ignored(bt, line, NULL, "'yes' or 'no' is needed");
			return -EINVAL;
		}
		*ret_text = strdup(yes ? "1" : "0");
		return *ret_text ? 0 : -ENOMEM;
	}
	if (bt_networkd_parse_number(line->line->value, &number) < 0) {
		bt_networkd_ignored(bt, line, NULL, "a number is needed");
		return -EINVAL;
	}
	*ret_text = bt_format("%" PRIu64, number);
	return *ret_text ? 0 : -ENOMEM;
}

/* A name exactly: the driver's numbers are none of networkd's, and it has not all names. */
static int name_text(struct bondtool *bt, const struct bt_networkd_line *line,
		     const struct bt_option *option, char **ret_text)
{
	const struct bondtool_name *name = bt_name_find(option->spec.names, line->line->value);
	const struct bondtool_name *meant = NULL;
	BT_AUTOFREE char *hint = NULL;
	int64_t number;

	if (name) {
		*ret_text = strdup(name->name);
		return *ret_text ? 0 : -ENOMEM;
	}
	if (bt_parse_int(line->line->value, &number) == 0)
		meant = bt_name_of(option->spec.names, number);
	if (meant)
		hint = bt_format("write '%s=%s'", line->line->key, meant->name);
	else
		hint = bt_spec_allowed(&option->spec);
	bt_networkd_ignored(bt, line, hint, "a name is needed");
	return -EINVAL;
}

/* The value of the line as the driver would read it. */
static int option_text(struct bondtool *bt, const struct bt_networkd_line *line,
		       const struct bt_option *option, char **ret_text)
{
	if (is_time(option))
		return time_text(bt, line, option, ret_text);
	if (option->spec.type == BT_TYPE_NUMBER)
		return number_text(bt, line, option, ret_text);
	if (option->spec.type == BT_TYPE_NAME)
		return name_text(bt, line, option, ret_text);
	if (option->spec.type == BT_TYPE_MAC && !bt_networkd_is_system(line->line->value)) {
		bt_networkd_ignored(bt, line, NULL, "the address must not be null or multicast");
		return -EINVAL;
	}
	*ret_text = strdup(line->line->value);
	return *ret_text ? 0 : -ENOMEM;
}

static int take_option(struct bondtool *bt, struct bt_networkd_line *line,
		       const struct bt_option *option, struct bondtool_profile *profile)
{
	struct bt_origin origin = bt_networkd_value_place(line);
	BT_AUTOFREE char *text = NULL;
	int r;

	/* An empty assignment is as none. */
	if (!*line->line->value) {
		line->used = true;
		return 0;
	}
	r = option_text(bt, line, option, &text);
	if (r == 0)
		r = bt_options_set(bt, &profile->options, option->name, text, &origin);
	if (r == -ENOMEM)
		return r;
	line->used = r == 0;
	return 0;
}

/* The collecting of ARPIPTargets=. */
struct targets {
	struct bondtool *bt;
	struct bt_value value;
};

static bool is_known_target(const struct targets *targets, const char *word)
{
	for (size_t i = 0; i < targets->value.n_items; i++)
		if (bt_equal(targets->value.items[i].text, word))
			return true;
	return false;
}

static int take_target(void *context, struct bt_networkd_line *line, const char *word,
		       const struct bt_origin *place)
{
	struct targets *targets = context;
	const struct bt_spec *spec = &bt_options[BT_OPT_ARP_IP_TARGET].spec;
	const struct bt_about about = {"networkd/value", {line->line->key}};
	int r;

	if (is_known_target(targets, word) || targets->value.n_items == spec->limit) {
		bt_warning(targets->bt, "networkd/target", place,
			   "systemd-networkd ignores the target '%s': %s", word,
			   is_known_target(targets, word) ? "it is there already"
							  : "there are 16 before it");
		return 0;
	}
	if (targets->value.n_items == 0)
		targets->value.origin = *place;
	r = bt_value_add_item(targets->bt, spec, &about, word, place, &targets->value);
	return r == -ENOMEM ? r : 0;
}

static int take_targets(struct bondtool *bt, const struct bt_networkd_unit *unit,
			struct bondtool_profile *profile)
{
	struct targets targets = {.bt = bt, .value = {.id = BT_OPT_ARP_IP_TARGET}};
	const char *key = bt_options[BT_OPT_ARP_IP_TARGET].keys[BT_FORMAT_NETWORKD];
	int r = bt_networkd_each_word(unit, "Bond", key, take_target, &targets);

	/* What an empty assignment made forgotten is no part of the profile. */
	bt_networkd_use(unit, "Bond", key);
	if (r == 0 && targets.value.n_items)
		r = bt_values_put(&profile->options, &targets.value);
	bt_value_release(&targets.value);
	return r;
}

/* Options that networkd reads and does not send: they are as if they were not there. */
static void drop_unsent(struct bondtool *bt, const struct bt_networkd_unit *unit,
			struct bondtool_profile *profile)
{
	for (size_t i = profile->options.count; i-- > 0;) {
		const struct bt_value *value = &profile->options.values[i];
		const char *key = bt_options[value->id].keys[BT_FORMAT_NETWORKD];
		const struct bt_key_limit *limit =
			bt_option_limit(BT_FORMAT_NETWORKD, &profile->options, value);

		if (!limit)
			continue;
		bt_warning(bt, "networkd/not-sent", &value->origin, "'%s' has no effect: %s", key,
			   limit->text);
		for (size_t k = 0; k < unit->n_lines; k++)
			if (bt_networkd_is(&unit->lines[k], "Bond", key))
				unit->lines[k].used = false;
		bt_values_unset(&profile->options, value->id);
	}
}

static int take_bond(struct bondtool *bt, const struct bt_networkd_unit *unit,
		     struct bondtool_profile *profile)
{
	int r = take_targets(bt, unit, profile);

	for (size_t i = 0; r == 0 && i < BT_OPT_COUNT; i++) {
		const char *key = bt_options[i].keys[BT_FORMAT_NETWORKD];
		struct bt_networkd_line *line;

		if (i == BT_OPT_ARP_IP_TARGET || !key || !bt_networkd_option(key))
			continue;
		line = bt_networkd_last(unit, "Bond", key);
		/* Of several assignments the last one holds. */
		bt_networkd_use(unit, "Bond", key);
		bt_networkd_report_twice(bt, unit, "Bond", key);
		if (line)
			r = take_option(bt, line, &bt_options[i], profile);
	}
	if (r < 0)
		return r;
	drop_unsent(bt, unit, profile);
	return bt_implied_driver_monitor(profile);
}

/* ---- VLANs -------------------------------------------------------------------------------------
 */

/* Flags of a VLAN by their keys, with their bits in vlan.flags. */
static const struct {
	const char *key;
	int64_t bit;
} vlan_flags[] = {{"ReorderHeader", 1}, {"GVRP", 2}, {"LooseBinding", 4}, {"MVRP", 8}};

static int take_flags(struct bondtool *bt, const struct bt_networkd_unit *unit,
		      struct bondtool_profile *profile)
{
	int64_t flags = bt_profile_number(profile, BT_PROP_VLAN_FLAGS);
	struct bt_origin origin = {0};
	bool any = false;

	for (size_t i = 0; i < BT_ARRAY_SIZE(vlan_flags); i++) {
		struct bt_networkd_line *line = bt_networkd_last(unit, "VLAN", vlan_flags[i].key);
		bool yes;

		if (!line || !*line->line->value)
			continue;
		if (!bt_networkd_parse_boolean(line->line->value, &yes)) {
			bt_networkd_ignored(bt, line, NULL, "'yes' or 'no' is needed");
			continue;
		}
		flags = yes ? flags | vlan_flags[i].bit : flags & ~vlan_flags[i].bit;
		origin = any ? origin : bt_networkd_value_place(line);
		any = true;
		bt_networkd_use(unit, "VLAN", vlan_flags[i].key);
	}
	return any ? bt_profile_set_number(profile, BT_PROP_VLAN_FLAGS, flags, &origin) : 0;
}

struct maps {
	struct bondtool *bt;
	struct bondtool_profile *profile;
	enum bt_property_id property;
};

/* "FROM-TO" there is "FROM:TO" here. */
static int take_map(void *context, struct bt_networkd_line *line, const char *word,
		    const struct bt_origin *place)
{
	struct maps *maps = context;
	BT_AUTOFREE char *map = strdup(word);
	char *dash = map ? strchr(map, '-') : NULL;
	uint64_t number;

	if (!map)
		return -ENOMEM;
	if (dash)
		*dash = '\0';
	if (!dash || bt_parse_uint(map, &number) < 0 || bt_parse_uint(dash + 1, &number) < 0) {
		bt_networkd_ignored(maps->bt, line, NULL, "pairs of numbers, FROM-TO, are needed");
		return 0;
	}
	*dash = ':';
	line->used = true;
	return bt_profile_set(maps->bt, maps->profile, maps->property, map, place);
}

static int take_vlan(struct bondtool *bt, const struct bt_networkd_unit *unit,
		     struct bondtool_profile *profile)
{
	struct maps egress = {bt, profile, BT_PROP_VLAN_EGRESS};
	struct maps ingress = {bt, profile, BT_PROP_VLAN_INGRESS};
	int r = take_flags(bt, unit, profile);

	if (r == 0)
		r = bt_networkd_each_word(unit, "VLAN", "EgressQOSMaps", take_map, &egress);
	if (r == 0)
		r = bt_networkd_each_word(unit, "VLAN", "IngressQOSMaps", take_map, &ingress);
	if (r == 0 && !bt_networkd_value(unit, "VLAN", "Id")) {
		struct bt_origin origin = bt_networkd_unit_place(unit);

		bt_diag(bt, BONDTOOL_ERROR, "networkd/refused", &origin, NULL,
			"systemd-networkd refuses the file: a VLAN needs 'Id' in [VLAN]");
	}
	return r;
}

int bt_networkd_take_netdev(struct bondtool *bt, struct bt_networkd_device *device)
{
	int r = bt_networkd_take_rows(bt, device->netdev, device->profile);

	if (r < 0)
		return r;
	if (bt_equal(device->kind, "bond"))
		return take_bond(bt, device->netdev, device->profile);
	return take_vlan(bt, device->netdev, device->profile);
}
