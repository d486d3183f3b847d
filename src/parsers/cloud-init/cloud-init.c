/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of cloud-init's network configuration: which texts are some, and their versions. */
#include "parsers/cloud-init/cloud-init.h"

#include <errno.h>
#include <string.h>

static const char header[] = "#cloud-config";
static const char network_key[] = "network";
static const char installer_key[] = "autoinstall";
static const char embedded_key[] = "network-interfaces";

/* ---- recognition -------------------------------------------------------------------------------
 */

/* Whether VALUE ("": any or none) begins what stands behind a key and its colon. */
static bool has_value(const char *behind, const char *value)
{
	behind += *behind == '"';
	behind += strspn(behind, " ");
	if (*behind != ':')
		return false;
	behind += 1 + strspn(behind + 1, " \"'");
	return bt_has_prefix(behind, value);
}

/* The same for a map in JSON: a key may stand anywhere. */
static bool has_member(const char *text, const char *key, const char *value)
{
	size_t length = strlen(key);

	for (const char *word = strstr(text, key); word; word = strstr(word + 1, key))
		if (word > text && word[-1] == '"' && has_value(word + length, value))
			return true;
	return false;
}

/* Whether a line (of a map in JSON: anything) has KEY and a value that begins with VALUE. */
static bool has_key(const char *text, const char *key, const char *value, bool indented)
{
	size_t length = strlen(key);

	if (text[strspn(text, " \t\r\n")] == '{')
		return has_member(text, key, value);
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';

		const char *word = line + (indented ? strspn(line, " -") : 0);

		word += *word == '"';
		if (strncmp(word, key, length) == 0 && has_value(word + length, value))
			return true;
	}
	return false;
}

/* A list of things with types, in a map that says that it is of version 1. */
static bool is_v1(const char *text)
{
	return has_key(text, "version", "1", true) && has_key(text, "config", "", true) &&
	       strstr(text, "type");
}

/* Version 2 without the wrapper that netplan needs. */
static bool is_bare_v2(const char *text)
{
	return has_key(text, "version", "2", false) && !has_key(text, "network", "", false) &&
	       (has_key(text, "ethernets", "", false) || has_key(text, "bonds", "", false) ||
		has_key(text, "vlans", "", false));
}

/* Where cloud-init looks for a configuration that netplan might have, too. */
static bool is_home(const struct bt_source *source)
{
	static const char *const names[] = {"network-config", "user-data", "meta-data", NULL};

	return bt_cloud_init_is_in(names, bt_path_base(source->name)) ||
	       strstr(source->name, "cloud/cloud.cfg") || bt_has_prefix(source->text, header) ||
	       has_key(source->text, "instance-id", "", false);
}

static unsigned recognise(const struct bt_source *source)
{
	const char *text = source->text;

	if (has_key(text, embedded_key, "", false))
		return 99; /* what it holds has a format of its own */
	if (is_v1(text))
		return 90;
	if (is_bare_v2(text))
		return 85;
	if (has_key(text, installer_key, "", false) && has_key(text, network_key, "", true))
		return 85;
	/* Netplan's schema all the same: only the place, or what else there is, tells whose it is.
	 */
	return has_key(text, network_key, "", false) && is_home(source) ? 80 : 0;
}

/* ---- reading -----------------------------------------------------------------------------------
 */

/* A version in quotes is a text, and no version for cloud-init. */
static void wrong_version(struct bondtool *bt, const struct bt_node *map,
			  const struct bt_node *version)
{
	const struct bt_origin *place = version ? &version->origin : &map->origin;

	if (!version)
		bt_diag(bt, BONDTOOL_ERROR, "cloud-init/version", place, NULL,
			"cloud-init refuses a network configuration without 'version'");
	else if (version->kind == BT_NODE_TEXT)
		bt_diag(bt, BONDTOOL_ERROR, "cloud-init/version", place,
			"write 'version: 1' or 'version: 2', without quotes",
			"cloud-init needs a number for the version, not the text '%s'",
			version->text);
	else
		bt_diag(bt, BONDTOOL_ERROR, "cloud-init/version", place, NULL,
			"cloud-init knows version 1 and version 2, not %s",
			version->text ? version->text : bt_node_kind_text(version->kind));
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

/* A configuration that is a text, as some data sources have it. */
static int report_encoded(struct bondtool *bt, const struct bt_node *node)
{
	bt_diag(bt, BONDTOOL_ERROR, "cloud-init/encoded", &node->origin,
		"decode it first, by 'base64 -d', or 'base64 -d | gunzip'",
		"'%s' is a text: the configuration within is encoded", node->key);
	return 0;
}

static int read_map(struct bondtool *bt, const struct bt_node *map, bool netplan,
		    struct bondtool_config *config)
{
	const struct bt_node *version = bt_node_get(map, "version");
	const struct bt_node *list = bt_node_get(map, "config");

	if (list && bt_equal(list->text, "disabled")) {
		bt_note(bt, "cloud-init/disabled", &list->origin,
			"cloud-init leaves the network alone");
		return 0;
	}
	if (list && !version && bt_node_is_scalar(list))
		return report_encoded(bt, list);
	if (!version || version->kind != BT_NODE_NUMBER)
		wrong_version(bt, map, version);
	if (version && bt_equal(version->text, "1"))
		return read_v1(bt, map, config);
	if (version && bt_equal(version->text, "2"))
		return bt_cloud_init_read_v2(bt, map, netplan, config);
	if (version && version->kind == BT_NODE_NUMBER)
		wrong_version(bt, map, version);
	return 0;
}

/* ---- merge keys --------------------------------------------------------------------------------
 */

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

/* ---- wrappers ----------------------------------------------------------------------------------
 */

static void report_user_data(struct bondtool *bt, const struct bt_source *source,
			     const struct bt_node *network)
{
	if (bt_has_prefix(source->text, header))
		bt_note(bt, "cloud-init/user-data", &network->key_origin,
			"'network' counts in a data source and below /etc/cloud; in user data "
			"cloud-init ignores it");
}

/* What "network" holds; some tools wrap it twice, which Ubuntu's installer once wanted. */
static const struct bt_node *within(struct bondtool *bt, const struct bt_node *network,
				    bool installer)
{
	const struct bt_node *inner = bt_node_get(network, network_key);
	const struct bt_node *config = bt_node_get(network, "config");

	if (inner && !installer)
		bt_warning(bt, "cloud-init/wrapped-twice", &inner->key_origin,
			   "cloud-init takes one 'network' off, and fails at the second");
	for (; inner; inner = bt_node_get(network, network_key))
		network = inner;
	if (config && config->kind == BT_NODE_MAP)
		network = config; /* of VMware's metadata */
	return network;
}

/* The network configuration within whatever stands around it. */
static int read_document(struct bondtool *bt, const struct bt_source *source,
			 const struct bt_node *tree, struct bondtool_config *config)
{
	const struct bt_node *answers = bt_node_get(tree, installer_key);
	const struct bt_node *network = bt_node_get(answers ? answers : tree, network_key);
	const struct bt_node *embedded = bt_node_get(tree, embedded_key);

	if (network && !answers)
		report_user_data(bt, source, network);
	if (network && bt_node_is_scalar(network))
		return report_encoded(bt, network);
	if (!network && embedded) {
		bt_diag(bt, BONDTOOL_ERROR, "cloud-init/embedded", &embedded->key_origin,
			"put it into a file of its own",
			"'%s' is a text in the format of /etc/network/interfaces", embedded_key);
		return 0;
	}
	tree = network ? within(bt, network, answers) : tree;
	if (tree->kind == BT_NODE_MAP)
		return read_map(bt, tree, answers, config);
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
	int broken = bt_tree_from_yaml_last(bt, source, &documents);
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
	return bt_read_each(bt, inputs, read_one, config);
}

const struct bt_format bt_format_cloud_init = {
	.id = BT_FORMAT_CLOUD_INIT,
	.text = "network configuration of cloud-init and curtin, version 1 and 2",
	.recognise = recognise,
	.read = read_all,
};
