/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles to files of declarations: into the texts that they came from, or into a new one. */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "parsers/nmstate/nmstate.h"

static const char new_name[] = "bonds.yml";

/* A text and the profiles that are to stand in it, which are copies. */
struct group {
	const struct bt_source *source; /* NULL: a new one */
	struct bondtool_config *config;
};

struct grouping {
	struct group *items;
	size_t count, size;
};

static void grouping_release(struct grouping *grouping)
{
	for (size_t i = 0; i < grouping->count; i++)
		bondtool_config_free(grouping->items[i].config);
	free(grouping->items);
}

/* The group of a source, which is made where it is missing; NULL without memory. */
static struct group *group_of(struct grouping *grouping, const struct bt_source *source)
{
	struct bondtool_config *config;

	for (size_t i = grouping->count; i > 0; i--)
		if (grouping->items[i - 1].source == source)
			return &grouping->items[i - 1];
	if (!BT_MAKE_ROOM(grouping->items, grouping->count, grouping->size))
		return NULL;
	config = bondtool_config_new();
	if (!config)
		return NULL;
	grouping->items[grouping->count] = (struct group){source, config};
	return &grouping->items[grouping->count++];
}

static int add(struct group *group, const struct bondtool_profile *profile)
{
	struct bondtool_profile *copy = group ? bt_profile_copy(profile) : NULL;

	return copy ? bt_config_add(group->config, copy) : -ENOMEM;
}

/* Those of a declaration go back to it, new ones into the first text that there is. */
static int group_profiles(const struct bondtool_config *config, struct grouping *grouping)
{
	const struct bt_source *first = NULL;
	int r = 0;

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; r == 0 && i < config->count; i++) {
			const struct bondtool_profile *profile = config->profiles[i];
			const struct bt_source *source = profile->origin.source;
			bool ours = source && profile->format == BT_FORMAT_NMSTATE;

			first = first || !ours ? first : source;
			if (ours == (round == 0))
				r = add(group_of(grouping, ours ? source : first), profile);
		}
	}
	return r;
}

static bool is_taken(const struct bondtool_files *files, const char *name)
{
	for (size_t i = 0; i < files->count; i++)
		if (bt_equal(files->items[i].name, name))
			return true;
	return false;
}

/* The name of a text's file; a second one of the same name gets a number. */
static char *file_name(const struct bt_source *source, const struct bondtool_files *files)
{
	const char *own = source ? bt_path_base(source->name) : "";
	const char *base = *own && *own != '<' && !bt_equal(own, "-") ? own : new_name;
	char *name = strdup(base);

	for (unsigned i = 2; name && is_taken(files, name); i++) {
		free(name);
		name = bt_format("%u-%s", i, base);
	}
	return name;
}

static int write_group(struct bondtool *bt, const struct group *group, struct bondtool_files *files)
{
	BT_AUTOFREE char *name = file_name(group->source, files);
	BT_AUTONODE struct bt_node *state = NULL;
	char *text = NULL;
	int r = 0;

	if (group->source)
		r = bt_nmstate_rewrite(bt, group->source, group->config, &text);
	else
		state = bt_nmstate_declare(bt, group->config, NULL);
	if (state)
		text = bt_tree_to_yaml(state);
	if (r < 0 || !name) {
		free(text);
		return r < 0 ? r : -ENOMEM;
	}
	return bt_files_add(files, name, 0600, text);
}

int bt_nmstate_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files)
{
	BT_CLEANUP(grouping_release) struct grouping grouping = {0};
	int r = group_profiles(config, &grouping);

	for (size_t i = 0; r == 0 && i < grouping.count; i++)
		r = write_group(bt, &grouping.items[i], files);
	return r;
}
