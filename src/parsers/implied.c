/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing out what tools imply, see implied.h. */
#include "parsers/implied.h"

#include <errno.h>

#include "base/array.h"
#include "base/text.h"

int bt_implied_monitor(struct bondtool_profile *profile)
{
	struct bt_value miimon = {
		.id = BT_OPT_MIIMON, .number = BT_FORCED_MIIMON, .origin = profile->origin};

	if (!bt_profile_is(profile, "bond") || bt_values_find(&profile->options, BT_OPT_MIIMON) ||
	    bt_options_number(&profile->options, BT_OPT_ARP_INTERVAL) > 0)
		return 0;
	return bt_values_put(&profile->implied, &miimon);
}

int bt_implied_driver_monitor(struct bondtool_profile *profile)
{
	const struct bt_option *probing = &bt_options[BT_OPT_ARP_INTERVAL];
	bool forced = !bt_option_allowed_in(probing, bt_options_mode(&profile->options));
	struct bt_value miimon = {.id = BT_OPT_MIIMON,
				  .number = forced ? BT_FORCED_MIIMON : 0,
				  .origin = profile->origin};

	if (bt_values_find(&profile->options, BT_OPT_MIIMON) ||
	    bt_options_number(&profile->options, BT_OPT_ARP_INTERVAL) > 0)
		return 0;
	return bt_values_put(&profile->implied, &miimon);
}

/* Says that NAME, of SETTING unless that is "", has become a part of the profile. */
static void report(struct bondtool *bt, const struct bondtool_profile *profile,
		   const char *setting, const char *name, const char *value)
{
	bt_note(bt, "import/implied", &profile->origin,
		"'%s': %s%s%s=%s is written out: the tool that this was written for implies it",
		bt_profile_label(profile), setting, *setting ? "." : "", name, value);
}

static int write_out(struct bondtool *bt, struct bondtool_profile *profile,
		     const struct bt_value *implied)
{
	const struct bt_option *option = &bt_options[implied->id];
	BT_AUTOFREE char *shown = bt_value_joined(&option->spec, implied, ",", BONDTOOL_PARSABLE);
	BT_AUTOVALUE struct bt_value value = {0};
	int r = shown ? bt_value_copy(implied, &value) : -ENOMEM;

	if (r < 0)
		return r;
	report(bt, profile, "", option->name, shown);
	return bt_values_put(&profile->options, &value);
}

static int write_out_property(struct bondtool *bt, struct bondtool_profile *profile,
			      const struct bt_value *implied)
{
	const struct bt_property *property = &bt_properties[implied->id];

	report(bt, profile, bt_settings[property->setting].name, property->name, implied->text);
	return bt_profile_set(bt, profile, implied->id, implied->text, &implied->origin);
}

/* What is implied and not set becomes a part of the profile; it is still implied, too. */
static int write_out_options(struct bondtool *bt, struct bondtool_profile *profile)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < profile->implied.count; i++) {
		const struct bt_value *implied = &profile->implied.values[i];

		if (!bt_values_find(&profile->options, implied->id))
			r = write_out(bt, profile, implied);
	}
	return r;
}

static int write_out_properties(struct bondtool *bt, struct bondtool_profile *profile)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < profile->implied_properties.count; i++) {
		const struct bt_value *implied = &profile->implied_properties.values[i];

		if (!bt_profile_value(profile, implied->id))
			r = write_out_property(bt, profile, implied);
	}
	return r;
}

int bt_implied_write_out(struct bondtool *bt, struct bondtool_profile *profile)
{
	int r = write_out_options(bt, profile);

	if (r == 0)
		r = write_out_properties(bt, profile);
	bt_values_release(&profile->implied);
	bt_values_release(&profile->implied_properties);
	return r;
}

/*
 * Whether the profile came from the format that it goes to: then both imply the same. Our own
 * formats imply nothing.
 */
static bool is_of(const struct bondtool_profile *profile, const struct bt_format *format)
{
	bool own = format->id == BT_FORMAT_YAML || format->id == BT_FORMAT_JSON;

	return !own && bt_profile_was_read_as(profile, format->id);
}

/*
 * Whether the bond has no MII monitor, so that a tool must not add one. In the modes that cannot
 * use ARP the driver itself does as NetworkManager does.
 */
static bool is_unwatched(const struct bondtool_profile *profile)
{
	const struct bt_option *arp = &bt_options[BT_OPT_ARP_INTERVAL];

	return bt_profile_is(profile, "bond") &&
	       !bt_values_find(&profile->options, BT_OPT_MIIMON) &&
	       bt_options_number(&profile->implied, BT_OPT_MIIMON) == 0 &&
	       bt_options_number(&profile->options, BT_OPT_ARP_INTERVAL) == 0 &&
	       bt_option_allowed_in(arp, bt_options_mode(&profile->options));
}

/* Whether FORMAT's tool would add a monitor to the bond, which has none. */
static bool must_say_none(const struct bt_format *format, const struct bondtool_profile *profile)
{
	return format->implies_miimon && format->implies_miimon(profile) && is_unwatched(profile);
}

/* The words by which a tool leaves a family as it is, where it would look for addresses. */
static const struct absence {
	enum bt_property_id property;
	const char *word;
} absences[] = {
	{BT_PROP_IPV4_METHOD, "disabled"},
	{BT_PROP_IPV6_METHOD, "ignore"},
};

/* Whether FORMAT's tool would look for addresses of a family of which the profile has no word. */
static bool must_say_absent(const struct bt_format *format, const struct bondtool_profile *profile,
			    const struct absence *absence)
{
	return format->implies_addresses && !bt_profile_value(profile, BT_PROP_CONTROLLER) &&
	       !bt_profile_value(profile, absence->property) &&
	       !bt_values_find(&profile->implied_properties, absence->property);
}

static int say_absent(struct bondtool *bt, const struct bt_format *format,
		      struct bondtool_profile *profile)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(absences); i++) {
		const struct bt_property *property = &bt_properties[absences[i].property];

		if (!must_say_absent(format, profile, &absences[i]))
			continue;
		bt_note(bt, "write/implied", &profile->origin,
			"'%s': %s.%s=%s is written out: without it, NetworkManager would set auto",
			bt_profile_label(profile), bt_settings[property->setting].name,
			property->name, absences[i].word);
		r = bt_profile_set(bt, profile, absences[i].property, absences[i].word,
				   &profile->origin);
	}
	return r;
}

static bool is_settled(const struct bt_format *format, const struct bondtool_profile *profile)
{
	if (is_of(profile, format))
		return true;
	for (size_t i = 0; i < BT_ARRAY_SIZE(absences); i++)
		if (must_say_absent(format, profile, &absences[i]))
			return false;
	return !profile->implied.count && !profile->implied_properties.count &&
	       !must_say_none(format, profile);
}

static int say_none(struct bondtool *bt, struct bondtool_profile *profile)
{
	struct bt_value none = {.id = BT_OPT_MIIMON, .origin = profile->origin};

	bt_note(bt, "write/implied", &profile->origin,
		"'%s': miimon=0 is written out: without it, NetworkManager would set 100",
		bt_profile_label(profile));
	return bt_values_put(&profile->options, &none);
}

/* What a profile was, and is again in the end: all that it gets meanwhile comes last in it. */
struct bt_unsettled {
	struct bondtool_profile *profile;
	unsigned n_properties, n_options;	      /* that it had */
	struct bt_values implied, implied_properties; /* taken from it */
};

static void take(struct bt_values *values, struct bt_values *ret_taken)
{
	*ret_taken = *values;
	*values = (struct bt_values){0};
}

static void put_back(struct bt_values *taken, struct bt_values *values)
{
	if (taken->values)
		*values = *taken;
}

/* What is implied becomes a part of PROFILE, or FORMAT's tool implies the same. */
static int settle(struct bondtool *bt, const struct bt_format *format,
		  struct bondtool_profile *profile, struct bt_unsettled *before)
{
	int r = say_absent(bt, format, profile);

	if (r < 0)
		return r;
	if (!format->implies_miimon || !format->implies_miimon(profile)) {
		r = write_out_options(bt, profile);
		take(&profile->implied, &before->implied);
	} else if (is_unwatched(profile)) {
		r = say_none(bt, profile);
	}
	if (r == 0)
		r = write_out_properties(bt, profile);
	take(&profile->implied_properties, &before->implied_properties);
	return r;
}

static struct bt_unsettled *add_unsettled(struct bt_settled *settled,
					  struct bondtool_profile *profile)
{
	if (!BT_MAKE_ROOM(settled->before, settled->count, settled->size))
		return NULL;
	settled->before[settled->count] = (struct bt_unsettled){
		.profile = profile,
		.n_properties = profile->properties.count,
		.n_options = profile->options.count,
	};
	return &settled->before[settled->count++];
}

int bt_implied_settle(struct bondtool *bt, const struct bt_format *format,
		      struct bondtool_config *config, struct bt_settled *settled)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < config->count; i++) {
		struct bondtool_profile *profile = config->profiles[i];
		struct bt_unsettled *before;

		if (is_settled(format, profile))
			continue;
		before = add_unsettled(settled, profile);
		r = before ? settle(bt, format, profile, before) : -ENOMEM;
	}
	return r;
}

void bt_settled_release(struct bt_settled *settled)
{
	for (size_t i = 0; i < settled->count; i++) {
		struct bt_unsettled *before = &settled->before[i];

		bt_values_cut(&before->profile->properties, before->n_properties);
		bt_values_cut(&before->profile->options, before->n_options);
		put_back(&before->implied, &before->profile->implied);
		put_back(&before->implied_properties, &before->profile->implied_properties);
	}
	free(settled->before);
	*settled = (struct bt_settled){0};
}
