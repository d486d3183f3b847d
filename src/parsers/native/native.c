/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our own formats: YAML, in which profiles are stored, and JSON. Shape: model/config-tree.h. */
#include "parsers/native/native.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "model/config-tree.h"

/* ---- YAML ----------------------------------------------------------------------------------- */

/* Ours begins a line with a key that no other YAML format has at its top. */
static unsigned recognise_yaml(const struct bt_source *source)
{
	for (const char *line = source->text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (bt_has_prefix(line, "connection:") || bt_has_prefix(line, "profiles:"))
			return 80;
	}
	return 0;
}

int bt_yaml_read(struct bondtool *bt, const struct bt_source *source,
		 struct bondtool_config *config)
{
	BT_AUTONODE struct bt_node *documents = NULL;
	size_t before = config->count;
	int r = bt_tree_from_yaml(bt, source, &documents);

	for (size_t i = 0; r != -ENOMEM && i < documents->count; i++)
		if (documents->items[i]->kind != BT_NODE_NULL)
			r = bt_config_from_tree(bt, documents->items[i], config);
	if (r == -ENOMEM || config->count > before)
		return r == -ENOMEM ? r : 0;
	if (r == 0) {
		struct bt_origin start = bt_origin_at(source, 0, 0);

		bt_diag(bt, BONDTOOL_ERROR, "native/empty", &start, NULL,
			"there is no profile in this text");
	}
	return -EINVAL;
}

static int read_yaml(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bondtool_config *config)
{
	return bt_read_each(bt, inputs, bt_yaml_read, config);
}

char *bt_yaml_text(const struct bondtool_profile *profile)
{
	BT_AUTONODE struct bt_node *tree = bt_profile_to_tree(profile);

	return tree ? bt_tree_to_yaml(tree) : NULL;
}

enum { LONGEST_STEM = NAME_MAX - 64 }; /* leaves room for a UUID and a suffix */

static char *file_stem(const char *label)
{
	BT_AUTOTEXT struct bt_text stem = {0};

	for (const char *p = label; *p && stem.length < LONGEST_STEM; p++) {
		bool unsafe = (unsigned char)*p < ' ' || strchr("/%\x7f", *p) ||
			      (p == label && *p == '.');

		if (unsafe)
			bt_text_addf(&stem, "%%%02x", (unsigned char)*p);
		else
			bt_text_add_char(&stem, *p);
	}
	return bt_text_take(&stem);
}

char *bt_profile_file_name(const struct bondtool_profile *profile, const char *suffix,
			   struct bt_set *taken)
{
	BT_AUTOFREE char *stem = file_stem(bt_profile_label(profile));
	BT_AUTOFREE char *name = stem ? bt_format("%s%s", stem, suffix) : NULL;
	const char *uuid = bt_profile_text(profile, BT_PROP_UUID);
	int added = 0;

	for (unsigned i = 2; name && (added = bt_set_add(taken, name)) == 0; i++) {
		free(name);
		name = uuid && i == 2 ? bt_format("%s-%s%s", stem, uuid, suffix)
				      : bt_format("%s-%u%s", stem, i, suffix);
	}
	return added > 0 ? BT_TAKE(name) : NULL;
}

/* Whether the profile beside number I, which may be none, came from the text SOURCE. */
static bool is_from(const struct bondtool_config *config, size_t i, const struct bt_source *source)
{
	return i < config->count && config->profiles[i]->origin.source == source;
}

/* What the profile's own text means, if that is ours and has no other profile; NULL otherwise. */
static struct bondtool_config *read_again(const struct bondtool_config *config, size_t i)
{
	const struct bondtool_profile *profile = config->profiles[i];
	const struct bt_source *source = profile->origin.source;
	BT_AUTOCONFIG struct bondtool_config *before = NULL;
	struct bondtool *silent;

	/* Several of one text stand side by side: it need not be read for each of them. */
	if (!bt_profile_was_read_as(profile, BT_FORMAT_YAML) || is_from(config, i - 1, source) ||
	    is_from(config, i + 1, source))
		return NULL;
	silent = bondtool_new();
	before = bondtool_config_new();
	if (silent && before && bt_yaml_read(silent, source, before) < 0)
		bondtool_config_free(BT_TAKE(before));
	bondtool_free(silent);
	return before && before->count == 1 ? BT_TAKE(before) : NULL;
}

static int write_profile(struct bondtool *bt, const struct bondtool_config *config, size_t i,
			 const char *name, struct bondtool_files *files)
{
	const struct bondtool_profile *profile = config->profiles[i];
	BT_AUTOCONFIG struct bondtool_config *before = read_again(config, i);
	char *text = NULL;
	int r = 0;

	if (before)
		r = bt_yaml_rewrite(bt, profile->origin.source, before->profiles[0], profile,
				    &text);
	else
		text = bt_yaml_text(profile);
	return r == 0 ? bt_files_add(files, name, 0600, text) : r;
}

static int write_yaml(struct bondtool *bt, struct bondtool_config *config,
		      struct bondtool_files *files)
{
	BT_AUTOSET struct bt_set taken = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < config->count; i++) {
		BT_AUTOFREE char *name =
			bt_profile_file_name(config->profiles[i], ".yaml", &taken);

		r = name ? write_profile(bt, config, i, name, files) : -ENOMEM;
	}
	return r;
}

const struct bt_format bt_format_yaml = {
	.id = BT_FORMAT_YAML,
	.text = "bondtool's own profiles, as it stores them",
	.recognise = recognise_yaml,
	.read = read_yaml,
	.write = write_yaml,
};

/* ---- JSON ----------------------------------------------------------------------------------- */

static unsigned recognise_json(const struct bt_source *source)
{
	const char *start = source->text + strspn(source->text, " \t\r\n");

	if (*start != '{')
		return 0;
	return strstr(start, "\"connection\"") || strstr(start, "\"profiles\"") ? 80 : 0;
}

static int read_one_json(struct bondtool *bt, const struct bt_source *source,
			 struct bondtool_config *config)
{
	BT_AUTONODE struct bt_node *tree = NULL;
	int r = bt_tree_from_json(bt, source, &tree);

	return r == 0 ? bt_config_from_tree(bt, tree, config) : r;
}

static int read_json(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bondtool_config *config)
{
	return bt_read_each(bt, inputs, read_one_json, config);
}

static int write_json(struct bondtool *bt, struct bondtool_config *config,
		      struct bondtool_files *files)
{
	(void)bt;
	return bt_files_add(files, "profiles.json", 0600, bondtool_config_json(config));
}

const struct bt_format bt_format_json = {
	.id = BT_FORMAT_JSON,
	.text = "bondtool's own profiles, for programs",
	.recognise = recognise_json,
	.read = read_json,
	.write = write_json,
};
