/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Making a configuration that was read from anywhere storable: what its own tool would have added
 * is written out, what the driver would refuse without need is left out, and names are given.
 */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "parsers/format.h"
#include "parsers/implied.h"

/* "miimon=100" in a new string; NULL without memory. */
static char *assignment(const struct bt_option *option, const struct bt_value *value)
{
	BT_AUTOFREE char *text = bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE);

	return text ? bt_format("%s=%s", option->name, text) : NULL;
}

/* ---- what the driver refuses ---------------------------------------------------------------- */

static bool is_default(const struct bt_option *option, const struct bt_value *value)
{
	static const char no_address[] = "00:00:00:00:00:00";

	if (option->spec.type == BT_TYPE_MAC)
		return strcmp(value->text, no_address) == 0;
	return option->has_default && value->number == option->standard;
}

/* Whether a delay is refused because nothing watches the links by MII. */
static bool lacks_miimon(const struct bt_values *values, const struct bt_option *option)
{
	const struct bt_value *miimon = bt_values_find(values, BT_OPT_MIIMON);
	const struct bt_option *arp = &bt_options[BT_OPT_ARP_INTERVAL];

	if (!(option->flags & BT_OPTION_NEEDS_MIIMON))
		return false;
	if (miimon)
		return miimon->number == 0;
	/* The driver sets it by itself in the modes that cannot use ARP. */
	return bt_option_allowed_in(arp, bt_options_mode(values));
}

/*
 * Says why VALUE of the profile is left out, and returns whether it is. A delay of some length
 * without miimon stays: it is a mistake that the author has to see as an error.
 */
static bool leave_out(struct bondtool *bt, const struct bondtool_profile *profile,
		      const struct bt_value *value, const struct bt_values *of_bond)
{
	const struct bt_option *option = &bt_options[value->id];
	enum bt_mode mode = bt_options_mode(of_bond);
	const struct bondtool_name *mode_name =
		bt_name_of(bt_options[BT_OPT_MODE].spec.names, mode);
	BT_AUTOFREE char *shown = assignment(option, value);

	if (!bt_option_allowed_in(option, mode)) {
		bool idle = is_default(option, value);

		bt_diag(bt, idle ? BONDTOOL_NOTE : BONDTOOL_WARNING, "import/mode-option",
			&value->origin, NULL,
			idle ? "'%s': %s is left out: it is the default, and the driver refuses "
			       "the option in mode %s"
			     : "'%s': %s is left out: the driver refuses the option in mode %s",
			bt_profile_label(profile), shown ? shown : option->name, mode_name->name);
		return true;
	}
	if (lacks_miimon(of_bond, option) && is_default(option, value)) {
		bt_note(bt, "import/delay", &value->origin,
			"'%s': %s is left out: it is the default, and the driver refuses the "
			"option without miimon",
			bt_profile_label(profile), shown ? shown : option->name);
		return true;
	}
	return false;
}

static void leave_out_refused(struct bondtool *bt, struct bondtool_config *config,
			      struct bondtool_profile *profile)
{
	const struct bondtool_profile *bond =
		bt_profile_is(profile, "bond") ? profile : bt_config_controller(config, profile);
	unsigned refused[BT_OPT_COUNT];
	size_t count = 0;

	if (!bond)
		return;
	for (size_t i = 0; i < profile->options.count; i++) {
		const struct bt_value *value = &profile->options.values[i];

		if (leave_out(bt, profile, value, &bond->options))
			refused[count++] = value->id;
	}
	while (count)
		bt_values_unset(&profile->options, refused[--count]);
}

/* ---- names ---------------------------------------------------------------------------------- */

/* What the profile is called where it has no id: its interface, else its file. */
static char *suggest_id(const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *type = bt_profile_text(profile, BT_PROP_TYPE);

	if (interface)
		return strdup(interface);
	if (profile->origin.source)
		return strdup(bt_path_base(profile->origin.source->name));
	return strdup(type ? type : "profile");
}

static int set_text(struct bondtool *bt, struct bondtool_profile *profile,
		    enum bt_property_id property, const char *text)
{
	return text ? bt_profile_set(bt, profile, property, text, &profile->origin) : -ENOMEM;
}

/* Sets the id or the UUID to what no other profile has. */
static int set_name(struct bondtool *bt, struct bondtool_config *config,
		    struct bondtool_profile *profile, enum bt_property_id property,
		    const char *text)
{
	int r = set_text(bt, profile, property, text);

	bt_config_named(config, profile);
	return r;
}

/* The type that the settings tell, where nothing else does. */
static const char *guess_type(const struct bondtool_profile *profile)
{
	if (bt_values_find(&profile->options, BT_OPT_MODE))
		return "bond";
	return bt_profile_value(profile, BT_PROP_VLAN_ID) ? "vlan" : "802-3-ethernet";
}

static int give_type(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_profile *profile)
{
	const struct bondtool_profile *controller = bt_config_controller(config, profile);
	int r = 0;

	if (!bt_profile_text(profile, BT_PROP_TYPE))
		r = set_text(bt, profile, BT_PROP_TYPE, guess_type(profile));
	if (r == 0 && controller && !bt_profile_text(profile, BT_PROP_PORT_TYPE) &&
	    bt_profile_is(controller, "bond"))
		r = set_text(bt, profile, BT_PROP_PORT_TYPE, "bond");
	return r;
}

/* Gives an id that no other profile of the configuration has. */
static int give_id(struct bondtool *bt, struct bondtool_config *config,
		   struct bondtool_profile *profile)
{
	const char *present = bt_profile_text(profile, BT_PROP_ID);
	BT_AUTOFREE char *stem = present ? strdup(present) : suggest_id(profile);
	BT_AUTOFREE char *id = stem ? strdup(stem) : NULL;
	const struct bondtool_profile *other;

	for (unsigned i = 2; id && (other = bt_config_by_id(config, id)) && other != profile; i++) {
		free(id);
		id = bt_format("%s-%u", stem, i);
	}
	if (bt_equal(id, present))
		return id ? 0 : -ENOMEM;
	if (id && present)
		bt_warning(bt, "import/duplicate-id", &profile->origin,
			   "another profile is called '%s' too; this one becomes '%s'", present,
			   id);
	return set_name(bt, config, profile, BT_PROP_ID, id);
}

static int give_uuid(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_profile *profile)
{
	const char *present = bt_profile_text(profile, BT_PROP_UUID);
	BT_AUTOFREE char *uuid = NULL;

	if (present && bt_config_by_uuid(config, present) == profile)
		return 0;
	uuid = bt_uuid_random();
	if (present)
		bt_warning(bt, "import/duplicate-uuid", &profile->origin,
			   "'%s': another profile has the UUID %s too; this one gets a new one",
			   bt_profile_label(profile), present);
	return set_name(bt, config, profile, BT_PROP_UUID, uuid);
}

int bondtool_config_prepare_import(struct bondtool *bt, struct bondtool_config *config)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < config->count; i++) {
		struct bondtool_profile *profile = config->profiles[i];

		r = bt_implied_write_out(bt, profile);
		if (r == 0)
			r = give_type(bt, config, profile);
		if (r == 0)
			r = give_id(bt, config, profile);
		if (r == 0)
			r = give_uuid(bt, config, profile);
	}
	bt_config_changed(config);
	for (size_t i = 0; r == 0 && i < config->count; i++)
		leave_out_refused(bt, config, config->profiles[i]);
	return r;
}
