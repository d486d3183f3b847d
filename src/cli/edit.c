/* SPDX-License-Identifier: GPL-2.0-or-later
 * Changing a profile by words of the command line.
 */
#include "cli/edit.h"

#include <errno.h>
#include <string.h>

/* The word as the name of an option: with '_' for '-'. */
static char *option_name(const char *word)
{
	char *name = copy_of(word);

	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
	return name;
}

bool is_option_word(const char *word)
{
	AUTOFREE char *name = option_name(word);
	struct bondtool_item_info info;

	for (size_t i = 0; bondtool_option_info(i, &info); i++)
		if (!info.port && (equal(info.name, name) || equal(info.alias, name)))
			return true;
	return false;
}

bool has_monitor(const struct bondtool_profile *profile)
{
	AUTOFREE char *options = profile_text(profile, "bond.options");
	AUTOSTRINGS struct strings items = {0};

	strings_split(&items, options, ',');
	for (size_t i = 0; i < items.count; i++)
		if (begins_with(items.items[i], "miimon=") ||
		    begins_with(items.items[i], "arp_interval="))
			return true;
	return false;
}

static enum bondtool_presence presence(const struct edit *edit, const char *setting)
{
	AUTOFREE char *type = profile_text(edit->profile, "connection.type");

	return bondtool_type_setting(type, setting);
}

/* The settings that the profile may have, as nmcli lists them: "802-3-ethernet (ethernet)". */
static char *settings_text(const struct edit *edit)
{
	AUTOSTRINGS struct strings settings = {0};
	struct bondtool_item_info info;
	const char *last = NULL;

	for (size_t i = 0; bondtool_property_info(i, &info); i++) {
		if (info.setting == last)
			continue;
		last = info.setting;
		if (presence(edit, info.setting) == BONDTOOL_NEVER)
			continue;
		if (info.setting_alias)
			strings_take(&settings,
				     format_text("%s (%s)", info.setting, info.setting_alias));
		else
			strings_add(&settings, info.setting);
	}
	return strings_joined(&settings, ", ");
}

static int refuse_setting(const struct edit *edit, const char *setting)
{
	AUTOFREE char *settings = settings_text(edit);

	return cli_fail(STATUS_USAGE, "invalid or not allowed setting '%s': '%s' not among [%s].",
			setting, setting, settings);
}

/* Says that there is no such property, with the name that is nearest if any is near. */
static int refuse_property(struct edit *edit, const char *name)
{
	const struct bondtool_diag *diag;

	cli_fail(STATUS_USAGE, "invalid <setting>.<property> '%s'.", name);
	if (bondtool_profile_change(edit->cli->bt, edit->profile, name, BONDTOOL_SET, "") < 0) {
		diag = bondtool_diags_at(edit->cli->bt, 0);
		if (diag && diag->hint)
			cli_hint(diag->hint);
	}
	bondtool_diags_clear(edit->cli->bt);
	return STATUS_USAGE;
}

static int change(struct edit *edit, const char *name, enum bondtool_change how, const char *value)
{
	int r = bondtool_profile_change(edit->cli->bt, edit->profile, name, how, value);
	const struct bondtool_diag *diag = bondtool_diags_at(edit->cli->bt, 0);
	AUTOFREE char *failure = diag && begins_with(diag->message, name)
					 ? copy_of("failed to modify ")
					 : format_text("failed to modify %s: ", name);

	cli_print_findings_as(edit->cli, failure);
	return r == 0 ? STATUS_OK : r == -EPERM ? STATUS_FAILED : STATUS_USAGE;
}

static int change_option(struct edit *edit, const char *word, enum bondtool_change how,
			 const char *value)
{
	AUTOFREE char *name = option_name(word);
	AUTOFREE char *assignment = format_text("%s=%s", name, value);

	return change(edit, "bond.options", how == BONDTOOL_REMOVE ? BONDTOOL_REMOVE : BONDTOOL_ADD,
		      assignment);
}

/* "ip4 ADDRESS" adds, and makes a new profile use it: unlike "ipv4.addresses ADDRESS". */
static int change_address(struct edit *edit, const struct bondtool_item_info *info,
			  enum bondtool_change how, const char *value)
{
	AUTOFREE char *name = format_text("%s.%s", info->setting, info->name);
	AUTOFREE char *method = format_text("%s.method", info->setting);
	int status = change(edit, name, how == BONDTOOL_SET ? BONDTOOL_ADD : how, value);

	if (status == STATUS_OK && edit->adding && how != BONDTOOL_REMOVE)
		status = change(edit, method, BONDTOOL_SET, "manual");
	return status;
}

/* A word without a dot: an alias of a property, or the name of a bond option. */
static int change_alias(struct edit *edit, const char *word, enum bondtool_change how,
			const char *value)
{
	struct bondtool_item_info info;

	if (bondtool_property_find(word, &info) && presence(edit, info.setting)) {
		AUTOFREE char *name = format_text("%s.%s", info.setting, info.name);

		if (equal(info.name, "addresses"))
			return change_address(edit, &info, how, value);
		return change(edit, name, how, value);
	}
	if (is_option_word(word) && presence(edit, "bond"))
		return change_option(edit, word, how, value);
	return refuse_property(edit, word);
}

int edit_change(struct edit *edit, const char *word, const char *value)
{
	enum bondtool_change how = word[0] == '+'   ? BONDTOOL_ADD
				   : word[0] == '-' ? BONDTOOL_REMOVE
						    : BONDTOOL_SET;
	const char *name = word + (how != BONDTOOL_SET);
	AUTOFREE char *full = NULL;
	struct bondtool_item_info info;

	if (!strchr(name, '.'))
		return change_alias(edit, name, how, value);
	if (!bondtool_property_find(name, &info))
		return refuse_property(edit, name);
	if (!presence(edit, info.setting))
		return refuse_setting(edit, info.setting);
	full = format_text("%s.%s", info.setting, info.name);
	return change(edit, full, how, value);
}

int edit_remove(struct edit *edit, const char *setting)
{
	struct bondtool_item_info info;
	bool known = false;

	for (size_t i = 0; bondtool_property_info(i, &info); i++) {
		AUTOFREE char *name = format_text("%s.%s", info.setting, info.name);

		if (!equal_ignoring_case(info.setting, setting) &&
		    !equal_ignoring_case(info.setting_alias, setting))
			continue;
		known = true;
		if (presence(edit, info.setting) == BONDTOOL_ALWAYS)
			return cli_fail(STATUS_USAGE,
					"setting '%s' is mandatory and cannot be removed.",
					info.setting);
		if (bondtool_profile_has(edit->profile, name)) {
			int status = change(edit, name, BONDTOOL_SET, "");

			if (status != STATUS_OK)
				return status;
		}
	}
	if (!known)
		return cli_fail(STATUS_USAGE, "invalid setting argument '%s'.", setting);
	return STATUS_OK;
}

/* Prints what the driver would refuse among the findings from FIRST on. */
static int print_refusals(const struct cli *cli, size_t first, const char *failure, int status)
{
	int result = STATUS_OK;

	for (size_t i = first; i < bondtool_diags_count(cli->bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(cli->bt, i);

		if (diag->severity != BONDTOOL_ERROR || !begins_with(diag->rule, "driver/"))
			continue;
		result = cli_fail(status, "%sbond.options: %s", failure, diag->message);
		if (diag->hint)
			cli_hint(diag->hint);
	}
	return result;
}

/* Judges the profile by itself: what is wrong with others is not at stake here. */
static int judge(struct edit *edit, const char *failure, int status)
{
	struct bondtool_config *config = must(bondtool_config_new());
	size_t before = bondtool_diags_count(edit->cli->bt);

	if (bondtool_config_add(config, must(bondtool_profile_copy(edit->profile))) < 0 ||
	    bondtool_check(edit->cli->bt, config) < 0)
		cli_out_of_memory();
	bondtool_config_free(config);
	status = print_refusals(edit->cli, before, failure, status);
	if (status == STATUS_OK)
		cli_print_first_findings(edit->cli, before);
	bondtool_diags_clear(edit->cli->bt);
	return status;
}

int edit_finish(struct edit *edit, bool monitor, const char *failure, int status)
{
	if (bondtool_profile_complete(edit->cli->bt, edit->config, edit->profile, monitor) == 0)
		return judge(edit, failure, status);
	cli_print_findings_as(edit->cli, failure);
	return status;
}
