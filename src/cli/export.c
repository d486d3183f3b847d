/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool export: a stored profile, with all that stands on it, as files of another tool.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/profiles.h"

/* Whether PROPERTY of PROFILE, a controller or a parent, refers to OTHER. */
static bool refers_to(struct bondtool_config *config, const struct bondtool_profile *profile,
		      const char *property, const struct bondtool_profile *other)
{
	AUTOFREE char *text = profile_text(profile, property);

	return *text && bondtool_config_referred(config, text) == other;
}

static void add_copy(struct bondtool_config *family, const struct bondtool_profile *profile)
{
	if (bondtool_config_add(family, must(bondtool_profile_copy(profile))) < 0)
		cli_out_of_memory();
}

struct bondtool_config *profile_family(struct bondtool_config *config,
				       const struct bondtool_profile *profile)
{
	size_t count = bondtool_config_count(config), n_members = 1;
	const struct bondtool_profile **members = must(calloc(count + 1, sizeof(*members)));
	bool *taken = must(calloc(count + 1, sizeof(*taken)));
	struct bondtool_config *family = must(bondtool_config_new());

	members[0] = profile;
	for (size_t i = 0; i < n_members; i++) {
		add_copy(family, members[i]);
		for (size_t j = 0; j < count; j++) {
			const struct bondtool_profile *other = bondtool_config_at(config, j);

			if (taken[j] || other == profile ||
			    (!refers_to(config, other, "connection.controller", members[i]) &&
			     !refers_to(config, other, "vlan.parent", members[i])))
				continue;
			taken[j] = true;
			members[n_members++] = other;
		}
	}
	free(taken);
	free(members);
	return family;
}

/* Takes what stands behind the profile's name: the output file, and nothing else. */
static int take_file(const struct arguments *arguments, size_t position, const char **ret_file)
{
	if (position < arguments->count && !equal(arguments->words[position], "-"))
		*ret_file = arguments->words[position];
	if (position + 1 < arguments->count)
		return cli_fail(STATUS_USAGE, "unknown extra argument: '%s'.",
				arguments->words[position + 1]);
	return STATUS_OK;
}

/* What stays behind is referred to by its interface, a name that every format can hold. */
static void refer_by_interface(struct cli *cli, struct bondtool_config *config,
			       struct bondtool_profile *profile, const char *property)
{
	AUTOFREE char *text = profile_text(profile, property), *interface = NULL;
	const struct bondtool_profile *other = bondtool_config_referred(config, text);

	if (!*text || !other)
		return;
	interface = profile_text(other, "connection.interface-name");
	if (*interface && bondtool_profile_change(cli->bt, profile, property, BONDTOOL_SET,
						  interface) == -ENOMEM)
		cli_out_of_memory();
}

int run_export(struct cli *cli, const struct arguments *arguments)
{
	struct output output = {
		.format = argument_value(arguments, "--to"),
		.folder = argument_value(arguments, "--output"),
		.strict = argument_given(arguments, "--strict"),
	};
	AUTOSTORE struct bondtool_store *store = NULL;
	AUTOCONFIG struct bondtool_config *family = NULL;
	struct bondtool_profile *profile = NULL;
	size_t position = 0;
	int status;

	if (arguments->count == 0)
		return cli_fail(STATUS_USAGE, "No connection specified.");
	status = profiles_open(cli, BONDTOOL_STORE_READ, &store);
	if (status == STATUS_OK)
		status = profile_take(bondtool_store_config(store), arguments, &position, &profile);
	if (status == STATUS_OK)
		status = take_file(arguments, position, &output.file);
	if (status != STATUS_OK)
		return status;
	if (output.folder && output.file)
		return cli_fail(STATUS_USAGE, "--output and a file are given; one will do.");
	if (!output.format)
		output.format = "keyfile";
	family = profile_family(bondtool_store_config(store), profile);
	refer_by_interface(cli, bondtool_store_config(store), bondtool_config_at(family, 0),
			   "connection.controller");
	refer_by_interface(cli, bondtool_store_config(store), bondtool_config_at(family, 0),
			   "vlan.parent");
	return output_config(cli, family, &output);
}
