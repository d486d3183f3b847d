/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of cloud-init's network configuration: which texts are some, and their versions. */
#include "parsers/cloud-init.h"

#include <errno.h>
#include <string.h>

/* ---- recognition -------------------------------------------------------------------------------
 */

/* Whether a line has KEY, a colon and a value that begins with VALUE ("": any or none). */
static bool has_line(const char *text, const char *key, const char *value, bool indented)
{
	size_t length = strlen(key);

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';

		const char *word = line + (indented ? strspn(line, " -") : 0);

		if (strncmp(word, key, length) != 0 || word[length] != ':')
			continue;
		word += length + 1;
		word += strspn(word, " \"'");
		if (bt_has_prefix(word, value))
			return true;
	}
	return false;
}

/* A list of things with types, in a map that says that it is of version 1. */
static bool is_v1(const char *text)
{
	return has_line(text, "version", "1", true) && has_line(text, "config", "", true) &&
	       strstr(text, "type:");
}

/* Version 2 without the wrapper that netplan needs. */
static bool is_bare_v2(const char *text)
{
	return has_line(text, "version", "2", false) &&
	       (has_line(text, "ethernets", "", false) || has_line(text, "bonds", "", false) ||
		has_line(text, "vlans", "", false));
}

static unsigned recognise(const struct bt_source *source)
{
	const char *base = bt_path_base(source->name);
	bool wrapped = has_line(source->text, "network", "", false);

	if (is_v1(source->text))
		return 90;
	if (is_bare_v2(source->text))
		return 85;
	/* Netplan's schema all the same: only the place tells whose it is. */
	return wrapped && (bt_has_prefix(source->text, "#cloud-config") ||
			   strcmp(base, "network-config") == 0)
		       ? 80
		       : 0;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

static void report_user_data(struct bondtool *bt, const struct bt_source *source,
			     const struct bt_node *network)
{
	if (bt_has_prefix(source->text, "#cloud-config"))
		bt_note(bt, "cloud-init/user-data", &network->key_origin,
			"'network' counts in a data source and below /etc/cloud; in user data "
			"cloud-init ignores it");
}

static int wrong_version(struct bondtool *bt, const struct bt_node *map,
			 const struct bt_node *version)
{
	bt_diag(bt, BONDTOOL_ERROR, "cloud-init/version", version ? &version->origin : &map->origin,
		NULL,
		version ? "cloud-init knows version 1 and version 2, not '%s'"
			: "cloud-init refuses a network configuration without 'version'%s",
		version && version->text ? version->text : "");
	return 0;
}

static int read_v1(struct bondtool *bt, const struct bt_node *map, struct bondtool_config *config)
{
	const struct bt_node *list = bt_node_get(map, "config");

	if (list && list->kind == BT_NODE_LIST)
		return bt_cloud_init_read_v1(bt, list, config);
	bt_diag(bt, BONDTOOL_ERROR, "cloud-init/version", list ? &list->origin : &map->origin, NULL,
		"version 1 needs 'config', a list");
	return 0;
}

static int read_map(struct bondtool *bt, const struct bt_node *map, struct bondtool_config *config)
{
	const struct bt_node *version = bt_node_get(map, "version");
	const struct bt_node *list = bt_node_get(map, "config");

	if (list && bt_equal(list->text, "disabled")) {
		bt_note(bt, "cloud-init/disabled", &list->origin,
			"cloud-init leaves the network alone");
		return 0;
	}
	if (version && bt_equal(version->text, "1"))
		return read_v1(bt, map, config);
	if (version && bt_equal(version->text, "2"))
		return bt_cloud_init_read_v2(bt, map, config);
	return wrong_version(bt, map, version);
}

static struct bt_node *merged(const struct bt_node *node);

/* Adds the items of a map (or of each map of a list) to MAP, but for keys that it has already. */
static int merge_into(struct bt_node *map, const struct bt_node *other)
{
	BT_AUTONODE struct bt_node *source = merged(other);
	int r = source ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < source->count; i++) {
		const struct bt_node *item = source->items[i];
		struct bt_node *twin;

		if (source->kind == BT_NODE_LIST) {
			r = merge_into(map, item);
			continue;
		}
		if (bt_node_get(map, item->key))
			continue;
		twin = bt_node_copy(item);
		r = bt_node_put(map, item->key, twin);
		if (r == 0)
			twin->key_origin = item->key_origin;
	}
	return r;
}

/* A copy in which merge keys have done their work, as YAML 1.1 has them. NULL without memory. */
static struct bt_node *merged(const struct bt_node *node)
{
	static const char merge_key[] = "<<";
	BT_AUTONODE struct bt_node *copy =
		node->text ? bt_node_scalar(node->kind, node->text) : bt_node_new(node->kind);
	const struct bt_node *other = bt_node_get(node, merge_key);
	int r = copy ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < node->count; i++) {
		const struct bt_node *item = node->items[i];
		struct bt_node *twin = item == other ? NULL : merged(item);

		if (item != other)
			r = item->key ? bt_node_put(copy, item->key, twin)
				      : bt_node_append(copy, twin);
		if (r == 0 && twin)
			twin->key_origin = item->key_origin;
	}
	if (r == 0 && other)
		r = merge_into(copy, other);
	if (r < 0)
		return NULL;
	copy->origin = node->origin;
	return BT_TAKE(copy);
}

/* The network configuration within whatever stands around it: some tools wrap it twice. */
static int read_document(struct bondtool *bt, const struct bt_source *source,
			 const struct bt_node *tree, struct bondtool_config *config)
{
	const struct bt_node *inner = bt_node_get(tree, "network");

	if (inner)
		report_user_data(bt, source, inner);
	for (; inner && inner->kind == BT_NODE_MAP; inner = bt_node_get(tree, "network"))
		tree = inner;
	if (tree->kind == BT_NODE_MAP)
		return read_map(bt, tree, config);
	bt_diag(bt, BONDTOOL_ERROR, "cloud-init/version", &tree->origin, NULL,
		"a network configuration is a map, not %s", bt_node_kind_text(tree->kind));
	return 0;
}

/* Reads one text; -EINVAL when it is broken and nothing of it could be read. */
static int read_one(struct bondtool *bt, const struct bt_source *source,
		    struct bondtool_config *config)
{
	BT_AUTONODE struct bt_node *documents = NULL;
	size_t before = config->count;
	int broken = bt_tree_from_yaml(bt, source, &documents);
	int r = 0;

	if (broken == -ENOMEM)
		return broken;
	for (size_t i = 0; documents && r == 0 && i < documents->count; i++) {
		BT_AUTONODE struct bt_node *tree = merged(documents->items[i]);

		r = tree ? read_document(bt, source, tree, config) : -ENOMEM;
	}
	return r == 0 && broken && config->count == before ? -EINVAL : r;
}

static int read_all(struct bondtool *bt, const struct bt_inputs *inputs,
		    struct bondtool_config *config)
{
	int r = -EINVAL; /* until one of the texts could be read */

	for (size_t i = 0; i < inputs->count; i++) {
		int one = read_one(bt, inputs->items[i].source, config);

		if (one == -ENOMEM)
			return one;
		if (one == 0)
			r = 0;
	}
	return r;
}

const struct bt_format bt_format_cloud_init = {
	.id = BT_FORMAT_CLOUD_INIT,
	.text = "network configuration of cloud-init and curtin, version 1 and 2",
	.recognise = recognise,
	.read = read_all,
};
