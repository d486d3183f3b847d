/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Parameters of the bonding module to options, as bond_check_params() takes them at load. */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/modprobe/modprobe.h"

bool bt_modprobe_is_for(const struct bt_modprobe_setting *setting, const char *target)
{
	return bt_equal(setting->target, "bonding") ||
	       (target && bt_equal(setting->target, target));
}

bool bt_modprobe_number(const char *text, int64_t *ret_number)
{
	char *end;
	long long number;

	if (!*text || strpbrk(text, " \t\n\v\f\r"))
		return false;
	errno = 0;
	number = strtoll(text, &end, 0);
	if (errno || *end || number < INT_MIN || number > INT_MAX)
		return false;
	*ret_number = number;
	return true;
}

/* ---- one parameter -------------------------------------------------------------------------- */

/* A parameter on its way into a profile. */
struct taking {
	struct bondtool *bt;
	const struct bt_modprobe_setting *setting;
	struct bondtool_profile *profile;
	bool *bad_target; /* set for a target that cannot be read */
};

static void report_unknown(const struct taking *taking)
{
	const struct bt_modprobe_setting *setting = taking->setting;
	struct bt_nearest nearest = {.word = setting->name};
	bool elsewhere = bt_option_find(setting->name) != NULL;
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_OPT_COUNT && !elsewhere; i++)
		if (bt_option_has_key(&bt_options[i], BT_FORMAT_MODPROBE))
			bt_nearest_offer(&nearest, bt_options[i].name);
	if (!elsewhere && nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(taking->bt, BONDTOOL_WARNING, "modprobe/parameter", &setting->name_place, hint,
		elsewhere ? "'%s' is an option of bonds, but no parameter of the module, which "
			    "ignores it"
			  : "the bonding module has no parameter '%s' and ignores it",
		setting->name);
}

/* The module is not loaded at all. */
static void report_value(const struct taking *taking, const char *what)
{
	bt_diag(taking->bt, BONDTOOL_ERROR, "modprobe/value", &taking->setting->place, NULL,
		"the module is not loaded: '%s' %s", taking->setting->name, what);
}

/* The module takes no words for numbers, and its default for what is out of range. */
static int take_number(const struct taking *taking, const struct bt_option *option)
{
	const struct bt_modprobe_setting *setting = taking->setting;
	struct bt_values *options = &taking->profile->options;
	BT_AUTOFREE char *text = NULL;
	int64_t number;
	int r;

	if (!bt_modprobe_number(setting->value, &number)) {
		report_value(taking, "wants a number up to 2147483647");
		return 0;
	}
	if (number < option->spec.minimum || number > option->spec.maximum) {
		bt_warning(taking->bt, "modprobe/reset", &setting->value_place,
			   "%s: %" PRId64 " is out of range; the module takes %" PRId64 " instead",
			   option->name, number, option->standard);
		bt_values_unset(options, bt_option_id(option));
		return 0;
	}
	text = bt_format("%" PRId64, number);
	r = text ? bt_options_set(taking->bt, options, setting->name, text, &setting->value_place)
		 : -ENOMEM;
	return r == -ENOMEM ? r : 0;
}

static bool has_item(const struct bt_value *value, const char *text)
{
	for (size_t i = 0; i < value->n_items; i++)
		if (strcmp(value->items[i].text, text) == 0)
			return true;
	return false;
}

static int add_target(const struct taking *taking, const struct bt_option *option,
		      const char *target, const struct bt_origin *place, struct bt_value *value)
{
	const struct bt_about about = {"driver/value", {option->name}};

	if (has_item(value, target)) {
		bt_warning(taking->bt, "modprobe/ignored", place,
			   "the module skips the target '%s', which it has already", target);
		return 0;
	}
	return bt_value_add_item(taking->bt, &option->spec, &about, target, place, value);
}

/* A second list replaces the first. */
static int take_targets(const struct taking *taking, const struct bt_option *option)
{
	const struct bt_modprobe_setting *setting = taking->setting;
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option),
					      .origin = setting->value_place};
	int r = 0;

	*taking->bad_target = false;
	for (const char *p = setting->value; r == 0 && *p;) {
		size_t length = strcspn(p, ",");
		struct bt_origin place = bt_origin_part(&setting->value_place,
							(size_t)(p - setting->value), length);
		BT_AUTOFREE char *target = strndup(p, length);

		r = target ? add_target(taking, option, target, &place, &value) : -ENOMEM;
		*taking->bad_target |= r < 0;
		r = r == -ENOMEM ? r : 0;
		p += length + (p[length] == ',');
	}
	bt_values_unset(&taking->profile->options, BT_OPT_ARP_IP_TARGET);
	return r == 0 && value.n_items ? bt_values_put(&taking->profile->options, &value) : r;
}

static int take_option(const struct taking *taking, const struct bt_option *option)
{
	const struct bt_modprobe_setting *setting = taking->setting;
	int r;

	if (!setting->value) {
		report_value(taking, "wants a value");
		return 0;
	}
	if (option->spec.type == BT_TYPE_NUMBER)
		return take_number(taking, option);
	if (bt_type_is_list(option->spec.type))
		return take_targets(taking, option);
	r = bt_options_set(taking->bt, &taking->profile->options, setting->name, setting->value,
			   &setting->value_place);
	return r == -ENOMEM ? r : 0;
}

/* Parameters of the module itself, which are no options of a bond. max_bonds counts elsewhere. */
static bool is_of_module(const char *name)
{
	static const char *const names[] = {"max_bonds", "tx_queues", "debug"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(names); i++)
		if (bt_equal(name, names[i]))
			return true;
	return false;
}

static int take_setting(const struct taking *taking)
{
	const struct bt_modprobe_setting *setting = taking->setting;
	const struct bt_option *option = bt_option_by_key(BT_FORMAT_MODPROBE, setting->name);

	if (option)
		return take_option(taking, option);
	if (!is_of_module(setting->name))
		report_unknown(taking);
	if (bt_equal(setting->name, "max_bonds"))
		return 0;
	return bt_profile_add_extra(taking->profile, BT_FORMAT_MODPROBE, NULL, setting->name,
				    setting->value ? setting->value : "", &setting->place);
}

/* ---- all of them together ------------------------------------------------------------------- */

static void ignore(struct bondtool *bt, struct bt_values *options, enum bt_option_id id,
		   const char *why)
{
	const struct bt_value *value = bt_values_find(options, id);

	bt_warning(bt, "modprobe/ignored", value ? &value->origin : NULL,
		   "the module ignores '%s': %s", bt_options[id].name, why);
	bt_values_unset(options, id);
}

static bool is_set(const struct bt_values *options, enum bt_option_id id)
{
	return bt_values_find(options, id) != NULL;
}

/* What another driver interface refuses in the mode, the module passes over. */
static void ignore_by_mode(struct bondtool *bt, struct bt_values *options)
{
	enum bt_mode mode = bt_options_mode(options);
	unsigned ignored[BT_OPT_COUNT];
	size_t count = 0;

	for (size_t i = 0; i < options->count; i++) {
		unsigned id = options->values[i].id;
		bool hash = id == BT_OPT_XMIT_HASH_POLICY &&
			    !(bt_options[id].acts_in & BT_MODE_BIT(mode));

		if (hash || (id != BT_OPT_ARP_VALIDATE && id != BT_OPT_ARP_INTERVAL &&
			     !bt_option_allowed_in(&bt_options[id], mode)))
			ignored[count++] = id;
	}
	while (count)
		ignore(bt, options, (enum bt_option_id)ignored[--count],
		       "it means nothing in the mode");
	if (is_set(options, BT_OPT_PRIMARY_RESELECT) && !is_set(options, BT_OPT_PRIMARY))
		ignore(bt, options, BT_OPT_PRIMARY_RESELECT, "there is no primary");
}

/* The module sets miimon in the modes that cannot use ARP, and then has no use for ARP. */
static void settle_monitors(struct bondtool *bt, struct bt_values *options, bool forced,
			    bool bad_target)
{
	bool miimon = forced || bt_options_number(options, BT_OPT_MIIMON) > 0;

	if (bt_options_number(options, BT_OPT_ARP_INTERVAL) > 0) {
		if (miimon)
			ignore(bt, options, BT_OPT_ARP_INTERVAL,
			       forced ? "the mode cannot use it" : "miimon is set");
		else if (bad_target)
			ignore(bt, options, BT_OPT_ARP_INTERVAL, "it cannot read a target");
		else if (!is_set(options, BT_OPT_ARP_IP_TARGET))
			ignore(bt, options, BT_OPT_ARP_INTERVAL, "there is no arp_ip_target");
	} else if (forced && is_set(options, BT_OPT_ARP_INTERVAL)) {
		ignore(bt, options, BT_OPT_ARP_INTERVAL, "the mode cannot use it");
	}
	if (is_set(options, BT_OPT_UPDELAY) && !miimon)
		ignore(bt, options, BT_OPT_UPDELAY, "miimon is not set");
	if (is_set(options, BT_OPT_DOWNDELAY) && !miimon)
		ignore(bt, options, BT_OPT_DOWNDELAY, "miimon is not set");
}

/* In the modes that need it, a miimon of 0 counts for nothing. */
static void settle_miimon(struct bondtool *bt, struct bt_values *options)
{
	const struct bt_value *miimon = bt_values_find(options, BT_OPT_MIIMON);

	if (!miimon || miimon->number > 0)
		return;
	bt_warning(bt, "modprobe/reset", &miimon->origin,
		   "miimon: the mode cannot do without; the module takes %d instead of 0",
		   BT_FORCED_MIIMON);
	bt_values_unset(options, BT_OPT_MIIMON);
}

static void settle_validation(struct bondtool *bt, struct bt_values *options)
{
	const struct bt_value *validate = bt_values_find(options, BT_OPT_ARP_VALIDATE);

	if (!validate || bt_options_number(options, BT_OPT_ARP_INTERVAL) > 0)
		return;
	bt_diag(bt, BONDTOOL_ERROR, "modprobe/value", &validate->origin,
		"leave it out, or set arp_interval and arp_ip_target",
		"the module is not loaded: 'arp_validate' wants an arp_interval that counts");
	bt_values_unset(options, BT_OPT_ARP_VALIDATE);
}

static int settle(struct bondtool *bt, struct bondtool_profile *profile, bool bad_target)
{
	const struct bt_option *arp = &bt_options[BT_OPT_ARP_INTERVAL];
	struct bt_values *options = &profile->options;
	bool forced = !bt_option_allowed_in(arp, bt_options_mode(options));
	struct bt_value miimon = {.id = BT_OPT_MIIMON,
				  .number = forced ? BT_FORCED_MIIMON : 0,
				  .origin = profile->origin};

	ignore_by_mode(bt, options);
	settle_monitors(bt, options, forced, bad_target);
	settle_validation(bt, options);
	if (forced)
		settle_miimon(bt, options);
	if (is_set(options, BT_OPT_MIIMON) || bt_options_number(options, BT_OPT_ARP_INTERVAL) > 0)
		return 0;
	return bt_values_put(&profile->implied, &miimon);
}

int bt_modprobe_apply(struct bt_modprobe_reader *reader, const char *target,
		      struct bondtool_profile *profile)
{
	bool bad_target = false;
	int r = 0;

	for (size_t i = 0; r == 0 && i < reader->n_settings; i++) {
		struct bt_modprobe_setting *setting = &reader->settings[i];
		struct taking taking = {setting->judged ? reader->silent : reader->bt, setting,
					profile, &bad_target};

		if (!bt_modprobe_is_for(setting, target))
			continue;
		r = take_setting(&taking);
		setting->judged = true;
	}
	return r == 0 ? settle(reader->bt, profile, bad_target) : r;
}
