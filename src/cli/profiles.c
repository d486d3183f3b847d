/* SPDX-License-Identifier: GPL-2.0-or-later
 * Profiles as commands see them: the store opened, the profiles that words name.
 */
#include "cli/profiles.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *profile_text(const struct bondtool_profile *profile, const char *property)
{
	return must(bondtool_profile_get(profile, property, BONDTOOL_PARSABLE));
}

bool profile_is(const struct bondtool_profile *profile, const char *property, const char *text)
{
	AUTOFREE char *value = profile_text(profile, property);

	return equal(value, text);
}

const char *profile_type(const struct bondtool_profile *profile)
{
	AUTOFREE char *name = profile_text(profile, "connection.type");
	struct bondtool_type_info info;

	for (size_t i = 0; bondtool_type_info(i, &info); i++)
		if (equal(info.name, name))
			return info.alias;
	return "";
}

int profiles_open(struct cli *cli, enum bondtool_store_use use,
		  struct bondtool_store **ret_store)
{
	int r = bondtool_store_open(cli->bt, use, ret_store);

	cli_print_findings(cli);
	return r < 0 ? STATUS_FAILED : STATUS_OK;
}

void profiles_close(struct bondtool_store **store)
{
	bondtool_store_close(*store);
}

int profiles_commit(struct cli *cli, struct bondtool_store *store)
{
	int r = bondtool_store_commit(store);

	cli_print_findings(cli);
	return r < 0 ? STATUS_FAILED : STATUS_OK;
}

void profile_list_release(struct profile_list *list)
{
	free(list->items);
}

/* How well a word stands for a profile, best first. */
enum match {
	MATCH_UUID,
	MATCH_ID,
	MATCH_PATH,
	MATCH_NONE,
};

static bool is_path(const struct bondtool_profile *profile, const char *name)
{
	const char *file = bondtool_profile_file(profile);

	return file && (equal(file, name) ||
			equal(strrchr(file, '/') ? strrchr(file, '/') + 1 : file, name));
}

/* KEYWORD is "id", "uuid", "path" or NULL for any of them. */
static enum match match_profile(const struct bondtool_profile *profile, const char *keyword,
				const char *name)
{
	AUTOFREE char *uuid = profile_text(profile, "connection.uuid");

	if (keyword && equal(keyword, "uuid"))
		return begins_with(uuid, name) ? MATCH_UUID : MATCH_NONE;
	if (!keyword && equal(uuid, name))
		return MATCH_UUID;
	if ((!keyword || equal(keyword, "id")) && profile_is(profile, "connection.id", name))
		return MATCH_ID;
	if ((!keyword || !equal(keyword, "id")) && is_path(profile, name))
		return MATCH_PATH;
	return MATCH_NONE;
}

static void find_profiles(struct bondtool_config *config, const char *keyword,
			  struct profile_list *list)
{
	size_t count = bondtool_config_count(config);
	enum match best = MATCH_NONE;

	list->items = must(calloc(count + 1, sizeof(struct bondtool_profile *)));
	for (size_t i = 0; i < count; i++) {
		struct bondtool_profile *profile = bondtool_config_at(config, i);
		enum match match = match_profile(profile, keyword, list->name);

		if (match < best) {
			best = match;
			list->count = 0;
		}
		if (match == best && match != MATCH_NONE)
			list->items[list->count++] = profile;
	}
	/* A beginning of several UUIDs means none of them. */
	if (equal(keyword, "uuid") && list->count > 1)
		list->count = 0;
}

const char *const profile_keywords[] = {"id", "uuid", "path", "filename", NULL};

bool is_profile_keyword(const char *word)
{
	for (const char *const *keyword = profile_keywords; *keyword; keyword++)
		if (equal(*keyword, word))
			return true;
	return false;
}

int profiles_take(struct bondtool_config *config, const struct arguments *arguments,
		  size_t *position, struct profile_list *ret_list)
{
	const char *keyword = NULL;

	if (is_profile_keyword(arguments->words[*position]))
		keyword = arguments->words[(*position)++];
	if (*position >= arguments->count)
		return cli_fail(STATUS_USAGE, "%s argument is missing.", keyword);
	ret_list->name = arguments->words[(*position)++];
	find_profiles(config, keyword, ret_list);
	return STATUS_OK;
}

int profile_take(struct bondtool_config *config, const struct arguments *arguments,
		 size_t *position, struct bondtool_profile **ret_profile)
{
	AUTOPROFILES struct profile_list list = {0};
	int status = profiles_take(config, arguments, position, &list);

	if (status != STATUS_OK)
		return status;
	if (list.count == 0)
		return cli_fail(STATUS_NOT_FOUND, "unknown connection '%s'.", list.name);
	*ret_profile = list.items[0];
	return STATUS_OK;
}
