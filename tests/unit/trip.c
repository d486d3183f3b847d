/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Trips of configurations through formats, see trip.h. */
#include "trip.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static bool fault(const struct trip *trip, const struct bondtool_profile *profile,
		  const char *name, const char *what)
{
	printf("# %s: '%s': %s %s\n", trip->name, bt_profile_label(profile), name, what);
	return false;
}

/* Whether WORD stands in TEXT by itself. */
static bool mentions(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (const char *p = text; (p = strstr(p, word)); p++) {
		char before = p > text ? p[-1] : ' ', after = p[length];

		if (!isalnum((unsigned char)before) && !strchr("_-.", before) &&
		    !isalnum((unsigned char)after) && !(after && strchr("_-", after)))
			return true;
	}
	return false;
}

/* Whether a diagnostic of a rule that begins with RULES has NAME ("ipv4.dns") of PROFILE. */
static bool is_said(const struct trip *trip, const char *rules,
		    const struct bondtool_profile *profile, const char *name)
{
	BT_AUTOFREE char *label = bt_format("'%s'", bt_profile_label(profile));

	for (size_t i = 0; i < bondtool_diags_count(trip->out); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(trip->out, i);

		if (bt_has_prefix(diag->rule, rules) && strstr(diag->message, label) &&
		    mentions(diag->message, name))
			return true;
	}
	return false;
}

/* Whether the loss report has NAME ("option miimon", "ipv4.dns") of PROFILE. */
static bool is_reported(const struct trip *trip, const struct bondtool_profile *profile,
			const char *name)
{
	return is_said(trip, "loss/", profile, name);
}

/* A value of the original against what came back: equal and not reported, or reported. */
static bool check_value(const struct trip *trip, const struct bondtool_profile *profile,
			const char *name, const struct bt_value *value,
			const struct bt_value *returned)
{
	bool kept = returned && bt_value_equal(value, returned);

	if (kept && is_reported(trip, profile, name))
		return fault(trip, profile, name, "came back, but was reported as lost");
	if (!kept && !is_reported(trip, profile, name))
		return fault(trip, profile, name, returned ? "changed" : "was lost silently");
	return true;
}

static bool check_values(const struct trip *trip, const struct bondtool_profile *profile,
			 const struct bondtool_profile *returned)
{
	bool ok = true;

	for (size_t i = 0; i < profile->options.count; i++) {
		const struct bt_value *value = &profile->options.values[i];
		BT_AUTOFREE char *name = bt_format("option %s", bt_options[value->id].name);

		ok &= check_value(trip, profile, name, value,
				  bt_values_find(&returned->options, value->id));
	}
	for (size_t i = 0; i < profile->properties.count; i++) {
		const struct bt_value *value = &profile->properties.values[i];
		BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[value->id]);

		ok &= check_value(trip, profile, name, value,
				  bt_values_find(&returned->properties, value->id));
	}
	return ok;
}

/* Whether VALUE is what the driver does anyway: saying so adds nothing. */
static bool is_default(const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];

	return option->has_default && value->number == option->standard;
}

/* Whether VALUE is what the tool that the profile came from would have taken for unset. */
static bool is_implied(const struct bt_values *implied, const struct bt_value *value)
{
	const struct bt_value *known = bt_values_find(implied, value->id);

	return known && bt_value_equal(known, value);
}

/* Nothing may come back that was not sent. */
static bool check_additions(const struct trip *trip, const struct bondtool_profile *profile,
			    const struct bondtool_profile *returned)
{
	bool ok = true;

	for (size_t i = 0; i < returned->options.count; i++) {
		const struct bt_value *value = &returned->options.values[i];
		const char *name = bt_options[value->id].name;

		if (!bt_values_find(&profile->options, value->id) && !is_default(value) &&
		    !is_implied(&profile->implied, value) &&
		    !is_said(trip, "write/implied", profile, name))
			ok = fault(trip, profile, name, "was added");
	}
	for (size_t i = 0; i < returned->properties.count; i++) {
		unsigned id = returned->properties.values[i].id;
		BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[id]);

		if (!bt_values_find(&profile->properties, id) &&
		    !is_implied(&profile->implied_properties, &returned->properties.values[i]) &&
		    !is_said(trip, "write/implied", profile, name) &&
		    !is_reported(trip, profile, name))
			ok = fault(trip, profile, name, "was added");
	}
	return ok;
}

static bool check_profile(const struct trip *trip, const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const struct bondtool_profile *returned =
		interface ? bt_config_by_interface(trip->returned, interface) : NULL;

	if (!returned)
		return is_reported(trip, profile, bt_profile_label(profile)) ||
		       fault(trip, profile, "the profile", "did not come back");

	bool values = check_values(trip, profile, returned);

	return check_additions(trip, profile, returned) && values;
}

/* Reads the files as they would stand in the owning tool's folder. */
static bool read_back(struct trip *trip, const struct bondtool_files *files)
{
	BT_AUTOINPUTS struct bt_inputs inputs = {0};
	bool ok;

	for (size_t i = 0; i < bondtool_files_count(files); i++) {
		const struct bondtool_file *file = bondtool_files_at(files, i);

		bt_inputs_add(&inputs,
			      bt_source_add(trip->back, file->name, file->text, strlen(file->text)),
			      false);
	}
	ok = !inputs.count ||
	     bt_format_read(trip->back, trip->format, &inputs, trip->returned) == 0;
	for (size_t i = 0; i < trip->returned->count; i++)
		trip->returned->profiles[i]->format = trip->format->id;
	return ok;
}

static void show(const struct bondtool_files *files)
{
	for (size_t i = 0; i < bondtool_files_count(files); i++)
		printf("# ==> %s\n%s\n", bondtool_files_at(files, i)->name,
		       bondtool_files_at(files, i)->text);
}

bool trip_make(struct trip *trip, const char *name, const struct bt_format *format,
	       struct bondtool_config *original)
{
	struct bondtool_files *files = NULL;
	bool ok;

	*trip = (struct trip){.name = name, .format = format, .original = original,
			      .out = bondtool_new(), .back = bondtool_new(),
			      .returned = bondtool_config_new()};
	ok = bondtool_write(trip->out, original, bt_format_name(format->id), &files) == 0 &&
	     read_back(trip, files);
	if (!ok)
		printf("# %s: cannot be written and read\n", name);
	for (size_t i = 0; ok && i < original->count; i++)
		ok &= check_profile(trip, original->profiles[i]);
	if (!ok)
		show(files);
	bondtool_files_free(files);
	return ok;
}

void trip_release(struct trip *trip)
{
	bondtool_config_free(trip->returned);
	bondtool_free(trip->out);
	bondtool_free(trip->back);
}

bool trip_can(const struct bt_format *format)
{
	return format->read && format->write;
}
