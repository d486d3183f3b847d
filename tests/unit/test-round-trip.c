/* SPDX-License-Identifier: GPL-2.0-or-later
 * Every format that can be written and read: a random configuration comes back as it was, or what
 * differs is exactly what the loss report named.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "generate.h"
#include "parsers/format.h"
#include "test.h"

enum { ROUNDS = 150 };

/* One trip: out into files, back into a configuration, and what was said on the way out. */
struct trip {
	const struct bt_format *format;
	unsigned seed;
	struct bondtool *out; /* its diagnostics are the loss report */
	struct bondtool_config *original, *returned;
};

static bool fault(const struct trip *trip, const struct bondtool_profile *profile,
		  const char *name, const char *what)
{
	printf("# %s, seed %u: '%s': %s %s\n", bt_format_name(trip->format->id), trip->seed,
	       bt_profile_label(profile), name, what);
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

/* Whether the loss report has NAME ("option miimon", "ipv4.dns") of PROFILE. */
static bool is_reported(const struct trip *trip, const struct bondtool_profile *profile,
			const char *name)
{
	BT_AUTOFREE char *label = bt_format("'%s'", bt_profile_label(profile));

	for (size_t i = 0; i < bondtool_diags_count(trip->out); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(trip->out, i);

		if (bt_has_prefix(diag->rule, "loss/") && strstr(diag->message, label) &&
		    mentions(diag->message, name))
			return true;
	}
	return false;
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

/* Nothing may come back that was not sent. */
static bool check_additions(const struct trip *trip, const struct bondtool_profile *profile,
			    const struct bondtool_profile *returned)
{
	bool ok = true;

	for (size_t i = 0; i < returned->options.count; i++)
		if (!bt_values_find(&profile->options, returned->options.values[i].id) &&
		    !is_default(&returned->options.values[i]))
			ok = fault(trip, profile,
				   bt_options[returned->options.values[i].id].name, "was added");
	for (size_t i = 0; i < returned->properties.count; i++) {
		unsigned id = returned->properties.values[i].id;
		BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[id]);

		if (!bt_values_find(&profile->properties, id) && !is_reported(trip, profile, name))
			ok = fault(trip, profile, name, "was added");
	}
	return ok;
}

static bool check_profile(const struct trip *trip, const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const struct bondtool_profile *returned = bt_config_by_interface(trip->returned, interface);

	if (!returned)
		return is_reported(trip, profile, bt_profile_label(profile)) ||
		       fault(trip, profile, "the profile", "did not come back");

	bool values = check_values(trip, profile, returned);

	return check_additions(trip, profile, returned) && values;
}

/* Reads the files as they would stand in the owning tool's folder. */
static bool read_back(struct trip *trip, struct bondtool *back, const struct bondtool_files *files)
{
	BT_AUTOINPUTS struct bt_inputs inputs = {0};

	for (size_t i = 0; i < bondtool_files_count(files); i++) {
		const struct bondtool_file *file = bondtool_files_at(files, i);

		bt_inputs_add(&inputs,
			      bt_source_add(back, file->name, file->text, strlen(file->text)),
			      false);
	}
	return bt_format_read(back, trip->format, &inputs, trip->returned) == 0;
}

static bool one_trip(const struct bt_format *format, unsigned seed)
{
	struct generator g = generator_of(seed);
	struct bondtool *back = bondtool_new();
	struct trip trip = {.format = format, .seed = seed, .out = bondtool_new(),
			    .returned = bondtool_config_new()};
	struct bondtool_files *files = NULL;
	bool ok;

	trip.original = generate_config(&g, trip.out);
	ok = bondtool_write(trip.out, trip.original, bt_format_name(format->id), &files) == 0 &&
	     read_back(&trip, back, files);
	if (!ok)
		printf("# %s, seed %u: cannot be written and read\n",
		       bt_format_name(format->id), seed);
	for (size_t i = 0; ok && i < trip.original->count; i++)
		ok &= check_profile(&trip, trip.original->profiles[i]);
	if (!ok)
		for (size_t i = 0; i < bondtool_files_count(files); i++)
			printf("# ==> %s\n%s\n", bondtool_files_at(files, i)->name,
			       bondtool_files_at(files, i)->text);
	bondtool_files_free(files);
	bondtool_config_free(trip.original);
	bondtool_config_free(trip.returned);
	bondtool_free(trip.out);
	bondtool_free(back);
	return ok;
}

int main(void)
{
	int number = 0, failures = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (const struct bt_format *const *format = bt_formats; *format; format++) {
		bool ok = true;

		if (!(*format)->read || !(*format)->write)
			continue;
		for (unsigned seed = 1; ok && seed <= ROUNDS; seed++)
			ok = one_trip(*format, seed);
		failures += !ok;
		printf("%s %d - %d configurations come back from %s\n", ok ? "ok" : "not ok",
		       ++number, ROUNDS, bt_format_name((*format)->id));
	}
	printf("1..%d\n", number);
	return failures || !number;
}
