/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Two configurations compared in meaning: what they say, what their tools imply, and the defaults
 * for the rest. UUIDs, names of profiles and places of text do not count.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "model/profile.h"

struct bondtool_comparison {
	struct bondtool_difference *items; /* own their strings, which look const from outside */
	size_t count, size;
};

static void difference_release(struct bondtool_difference *difference)
{
	free((char *)difference->interface);
	free((char *)difference->property);
	free((char *)difference->first);
	free((char *)difference->second);
}

void bondtool_comparison_free(struct bondtool_comparison *comparison)
{
	if (!comparison)
		return;
	for (size_t i = 0; i < comparison->count; i++)
		difference_release(&comparison->items[i]);
	free(comparison->items);
	free(comparison);
}
BT_DEFINE_AUTO(struct bondtool_comparison, comparison_auto, bondtool_comparison_free);

size_t bondtool_comparison_count(const struct bondtool_comparison *comparison)
{
	return comparison->count;
}

const struct bondtool_difference *bondtool_comparison_at(const struct bondtool_comparison *all,
							 size_t index)
{
	return index < all->count ? &all->items[index] : NULL;
}

/* The interface of a profile; its name where it has none. Borrowed. */
static const char *subject_of(const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	return interface ? interface : bt_profile_label(profile);
}

/* Adds a difference; copies the strings, of which FIRST or SECOND may be NULL. */
static int add(struct bondtool_comparison *comparison, const struct bondtool_profile *profile,
	       const char *property, const char *first, const char *second)
{
	struct bondtool_difference new = {
		.interface = strdup(subject_of(profile)),
		.property = strdup(property),
		.first = first ? strdup(first) : NULL,
		.second = second ? strdup(second) : NULL,
	};

	if (!new.interface || !new.property || (first && !new.first) || (second && !new.second) ||
	    !BT_MAKE_ROOM(comparison->items, comparison->count, comparison->size)) {
		difference_release(&new);
		return -ENOMEM;
	}
	comparison->items[comparison->count++] = new;
	return 0;
}

/* Adds a difference where two texts, each of which may be NULL, are not the same. */
static int add_unless_equal(struct bondtool_comparison *comparison,
			    const struct bondtool_profile *profile, const char *property,
			    const char *first, const char *second)
{
	if (bt_equal(first, second))
		return 0;
	return add(comparison, profile, property, first, second);
}

/* ---- what a profile means -----------------------------------------------------------------------
 */

/* What the driver has where neither the profile nor its tool sets the option. */
static bool default_of(const struct bt_option *option, const struct bt_values *options,
		       struct bt_value *ret_value)
{
	const struct bt_option *arp = &bt_options[BT_OPT_ARP_INTERVAL];

	ret_value->number = option->standard;
	if (bt_option_id(option) == BT_OPT_MIIMON &&
	    !bt_option_allowed_in(arp, bt_options_mode(options)))
		ret_value->number = BT_FORCED_MIIMON;
	return option->has_default;
}

/* The value of an option as text in *RET_TEXT, NULL where there is none. 0 or -ENOMEM. */
static int option_meaning(const struct bondtool_profile *profile, enum bt_option_id id,
			  char **ret_text)
{
	const struct bt_option *option = &bt_options[id];
	const struct bt_value *value = bt_values_find(&profile->options, id);
	struct bt_value standard = {.id = id};

	if (!value)
		value = bt_values_find(&profile->implied, id);
	if (!value && default_of(option, &profile->options, &standard))
		value = &standard;
	*ret_text = value ? bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE) : NULL;
	return value && !*ret_text ? -ENOMEM : 0;
}

/* What a controller or a parent is called: its interface, however the text refers to it. */
static const char *referred(struct bondtool_config *config, const char *text)
{
	const struct bondtool_profile *profile = text ? bt_config_referred(config, text) : NULL;

	return profile ? subject_of(profile) : text;
}

/* The type of a port's controller, which need not be said where the controller is at hand. */
static const char *port_type(struct bondtool_config *config, const struct bondtool_profile *profile)
{
	const char *text = bt_profile_text(profile, BT_PROP_PORT_TYPE);
	const struct bondtool_profile *controller = bt_config_controller(config, profile);

	return text || !controller ? text : bt_profile_text(controller, BT_PROP_TYPE);
}

/* An address of an interface means the same in capitals. */
static void lower_address(enum bt_property_id id, char *text)
{
	for (; id == BT_PROP_CLONED_MAC_ADDRESS && text && *text; text++)
		*text = (char)tolower((unsigned char)*text);
}

/* The value of a property as text in *RET_TEXT, NULL where there is none. 0 or -ENOMEM. */
static int property_meaning(struct bondtool_config *config, const struct bondtool_profile *profile,
			    enum bt_property_id id, char **ret_text)
{
	const struct bt_property *property = &bt_properties[id];
	const struct bt_value *value = bt_profile_value(profile, id);
	const char *text = property->standard;

	if (property->option >= 0)
		return option_meaning(profile, property->option, ret_text);
	if (!value)
		value = bt_values_find(&profile->implied_properties, id);
	if (id == BT_PROP_CONTROLLER || id == BT_PROP_VLAN_PARENT) {
		text = referred(config, bt_profile_text(profile, id));
		value = NULL;
	} else if (id == BT_PROP_PORT_TYPE) {
		text = port_type(config, profile);
		value = NULL;
	}
	*ret_text = value  ? bt_value_joined(&property->spec, value, ",", BONDTOOL_PARSABLE)
		    : text ? strdup(text)
			   : NULL;
	lower_address(id, *ret_text);
	return (value || text) && !*ret_text ? -ENOMEM : 0;
}

/* ---- comparing ----------------------------------------------------------------------------------
 */

/* The two sides of a comparison, and the profiles that are compared. */
struct pair {
	struct bondtool_config *configs[2];
	const struct bondtool_profile *profiles[2];
};

static bool is_set_in(const struct pair *pair, enum bt_property_id id)
{
	for (unsigned side = 0; side < 2; side++)
		if (bt_profile_value(pair->profiles[side], id) ||
		    bt_values_find(&pair->profiles[side]->implied_properties, id))
			return true;
	return false;
}

static int compare_property(const struct pair *pair, enum bt_property_id id,
			    struct bondtool_comparison *comparison)
{
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[id]);
	BT_AUTOFREE char *first = NULL, *second = NULL;
	int r = name ? 0 : -ENOMEM;

	if (r == 0)
		r = property_meaning(pair->configs[0], pair->profiles[0], id, &first);
	if (r == 0)
		r = property_meaning(pair->configs[1], pair->profiles[1], id, &second);
	return r < 0 ? r
		     : add_unless_equal(comparison, pair->profiles[0], name, first, second);
}

static int compare_properties(const struct pair *pair, struct bondtool_comparison *comparison)
{
	int r = 0;

	for (unsigned id = 0; r == 0 && id < BT_PROP_COUNT; id++) {
		const struct bt_property *property = &bt_properties[id];

		if (!(property->flags & BT_PROPERTY_IDENTITY) &&
		    property->spec.type != BT_TYPE_OPTIONS && is_set_in(pair, id))
			r = compare_property(pair, id, comparison);
	}
	return r;
}

static bool has_option(const struct bondtool_profile *profile, enum bt_option_id id)
{
	return bt_values_find(&profile->options, id) || bt_values_find(&profile->implied, id);
}

/* Options of ports are properties too, and compared as such. */
static int compare_options(const struct pair *pair, struct bondtool_comparison *comparison)
{
	int r = 0;

	for (unsigned id = 0; r == 0 && id < BT_OPT_COUNT; id++) {
		const struct bt_option *option = &bt_options[id];
		BT_AUTOFREE char *first = NULL, *second = NULL;

		if (option->flags & BT_OPTION_PORT ||
		    (!has_option(pair->profiles[0], id) && !has_option(pair->profiles[1], id)))
			continue;
		r = option_meaning(pair->profiles[0], id, &first);
		if (r == 0)
			r = option_meaning(pair->profiles[1], id, &second);
		if (r == 0)
			r = add_unless_equal(comparison, pair->profiles[0], option->name, first,
					     second);
	}
	return r;
}

/* A profile that the other side lacks: its type stands for all of it. */
static int add_alone(struct bondtool_comparison *comparison,
		     const struct bondtool_profile *profile, bool in_first)
{
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[BT_PROP_TYPE]);
	const char *type = bt_profile_text(profile, BT_PROP_TYPE);

	if (!name)
		return -ENOMEM;
	type = type ? type : "?";
	return add(comparison, profile, name, in_first ? type : NULL, in_first ? NULL : type);
}

/* The profile of OTHER for the same interface, or name, that is not in TAKEN yet; else false. */
static bool find_counterpart(struct bondtool_config *other, const bool *taken,
			     const struct bondtool_profile *profile, size_t *ret_number)
{
	const char *subject = subject_of(profile);

	if (bt_config_referred_number(other, subject, ret_number) && !taken[*ret_number])
		return true;
	for (size_t i = 0; i < other->count; i++)
		if (!taken[i] && bt_equal(subject_of(other->profiles[i]), subject)) {
			*ret_number = i;
			return true;
		}
	return false;
}

static int compare_profile(struct pair *pair, bool *taken, const struct bondtool_profile *profile,
			   struct bondtool_comparison *comparison)
{
	size_t number;
	int r;

	if (!find_counterpart(pair->configs[1], taken, profile, &number))
		return add_alone(comparison, profile, true);
	taken[number] = true;
	pair->profiles[0] = profile;
	pair->profiles[1] = pair->configs[1]->profiles[number];
	r = compare_properties(pair, comparison);
	return r == 0 ? compare_options(pair, comparison) : r;
}

int bondtool_compare(struct bondtool_config *first, struct bondtool_config *second,
		     struct bondtool_comparison **ret_comparison)
{
	BT_CLEANUP(comparison_auto) struct bondtool_comparison *comparison =
		calloc(1, sizeof(*comparison));
	BT_AUTOFREE bool *taken = calloc(second->count + 1, sizeof(*taken));
	struct pair pair = {.configs = {first, second}};
	int r = comparison && taken ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < first->count; i++)
		r = compare_profile(&pair, taken, first->profiles[i], comparison);
	for (size_t i = 0; r == 0 && i < second->count; i++)
		if (!taken[i])
			r = add_alone(comparison, second->profiles[i], false);
	if (r == 0)
		*ret_comparison = BT_TAKE(comparison);
	return r;
}
