/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * NetworkManager's settings of a team or a port: "config" holds teamd's JSON, and the other keys
 * say the same one by one. Both come out as one tree.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "parsers/keyfile/keyfile.h"
#include "parsers/team/team.h"

/* How the value of a key is written. */
enum kind { SCALAR, LIST, WATCHERS };

/* A key of [team] or [team-port], and where teamd's JSON has it. */
static const struct setting_key {
	const char *key;
	enum kind kind;
	const char *path[3];
} setting_keys[] = {
	{"lacp-key", SCALAR, {"lacp_key"}},
	{"lacp-prio", SCALAR, {"lacp_prio"}},
	{"link-watchers", WATCHERS, {"link_watch"}},
	{"mcast-rejoin-count", SCALAR, {"mcast_rejoin", "count"}},
	{"mcast-rejoin-interval", SCALAR, {"mcast_rejoin", "interval"}},
	{"notify-peers-count", SCALAR, {"notify_peers", "count"}},
	{"notify-peers-interval", SCALAR, {"notify_peers", "interval"}},
	{"prio", SCALAR, {"prio"}},
	{"queue-id", SCALAR, {"queue_id"}},
	{"runner", SCALAR, {"runner", "name"}},
	{"runner-active", SCALAR, {"runner", "active"}},
	{"runner-agg-select-policy", SCALAR, {"runner", "agg_select_policy"}},
	{"runner-fast-rate", SCALAR, {"runner", "fast_rate"}},
	{"runner-hwaddr-policy", SCALAR, {"runner", "hwaddr_policy"}},
	{"runner-min-ports", SCALAR, {"runner", "min_ports"}},
	{"runner-sys-prio", SCALAR, {"runner", "sys_prio"}},
	{"runner-tx-balancer", SCALAR, {"runner", "tx_balancer", "name"}},
	{"runner-tx-balancer-interval", SCALAR, {"runner", "tx_balancer", "balancing_interval"}},
	{"runner-tx-hash", LIST, {"runner", "tx_hash"}},
	{"sticky", SCALAR, {"sticky"}},
};

static const struct setting_key *find_key(const char *name)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(setting_keys); i++)
		if (bt_equal(setting_keys[i].key, name))
			return &setting_keys[i];
	return NULL;
}

/* ---- trees --------------------------------------------------------------------------------- */

/* The map below MAP with this key, made when it is not there. 0, -EEXIST for no map, or -ENOMEM. */
static int map_below(struct bt_node *map, const char *key, const struct bt_origin *origin,
		     struct bt_node **ret_below)
{
	struct bt_node *below = bt_node_get(map, key);
	int r = 0;

	if (below && below->kind != BT_NODE_MAP)
		return -EEXIST;
	if (!below) {
		below = bt_node_new(BT_NODE_MAP);
		if (below)
			below->origin = *origin;
		r = bt_node_put(map, key, below);
	}
	if (r == 0)
		*ret_below = below;
	return r;
}

/* Adds a node and takes it over. 0, -EEXIST or -ENOMEM. */
static int put(struct bt_node *map, const char *key, struct bt_node *node,
	       const struct bt_origin *origin)
{
	if (node) {
		node->origin = *origin;
		node->key_origin = *origin;
	}
	return bt_node_put(map, key, node);
}

/* The words of TEXT as a list. */
static struct bt_node *words_node(const char *text, const char *separators,
				  const struct bt_origin *origin)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);

	for (const char *p = text; list && *p;) {
		size_t length = strcspn(p, separators);
		BT_AUTOFREE char *word = strndup(p, length);
		struct bt_node *item = length ? bt_node_scalar(BT_NODE_TEXT, word) : NULL;

		if (item)
			item->origin = *origin;
		if (length && bt_node_append(list, item) < 0)
			return NULL;
		p += length + (p[length] != '\0');
	}
	return BT_TAKE(list);
}

/*
 * "name=arp_ping interval=100 target-host=192.0.2.1" as a map, with '_' for '-' in keys. A word
 * without '=' is a key without a value, and so an unknown one.
 */
static struct bt_node *watcher_node(const char *text, const struct bt_origin *origin)
{
	BT_AUTONODE struct bt_node *map = bt_node_new(BT_NODE_MAP);
	BT_AUTONODE struct bt_node *words = words_node(text, " \t", origin);

	if (map)
		map->origin = *origin;
	for (size_t i = 0; map && words && i < words->count; i++) {
		const char *word = words->items[i]->text;
		size_t length = strcspn(word, "=");
		BT_AUTOFREE char *key = strndup(word, length);
		struct bt_node *value;

		if (!key)
			return NULL;
		for (char *p = key; *p; p++)
			*p = *p == '-' ? '_' : *p;
		value = word[length] ? bt_node_scalar(BT_NODE_TEXT, word + length + 1)
				     : bt_node_new(BT_NODE_NULL);
		if (put(map, key, value, origin) == -ENOMEM)
			return NULL;
	}
	return words ? BT_TAKE(map) : NULL;
}

static struct bt_node *watchers_node(const char *text, const struct bt_origin *origin)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);
	BT_AUTONODE struct bt_node *texts = words_node(text, ";,", origin);

	if (list)
		list->origin = *origin;
	for (size_t i = 0; list && texts && i < texts->count; i++)
		if (bt_node_append(list, watcher_node(texts->items[i]->text, origin)) < 0)
			return NULL;
	return texts ? BT_TAKE(list) : NULL;
}

static int put_setting(struct bt_node *tree, const struct setting_key *key, const char *text,
		       const struct bt_origin *origin)
{
	size_t depth = 0;

	for (; depth + 1 < BT_ARRAY_SIZE(key->path) && key->path[depth + 1]; depth++) {
		int r = map_below(tree, key->path[depth], origin, &tree);

		if (r < 0)
			return r;
	}
	switch (key->kind) {
	case LIST:
		return put(tree, key->path[depth], words_node(text, ";, ", origin), origin);
	case WATCHERS:
		return put(tree, key->path[depth], watchers_node(text, origin), origin);
	default:
		return put(tree, key->path[depth], bt_node_scalar(BT_NODE_TEXT, text), origin);
	}
}

/* ---- the JSON text ------------------------------------------------------------------------- */

/* Places in a JSON text that stands in one line of a file become places in the file. */
static void place(struct bt_node *node, const struct bt_origin *start, bool exact)
{
	node->origin = exact ? bt_origin_part(start, node->origin.column - 1, node->origin.length)
			     : *start;
	node->key_origin = exact && node->key ? bt_origin_part(start, node->key_origin.column - 1,
							       node->key_origin.length)
					      : *start;
	for (size_t i = 0; i < node->count; i++)
		place(node->items[i], start, exact);
}

/* Where TEXT stands in the line of ORIGIN; false when it is written otherwise there. */
static bool find_text(const struct bt_origin *origin, const char *text, struct bt_origin *ret_start)
{
	size_t length, wanted = strlen(text);
	const char *line = origin->source && origin->line
				   ? bt_source_line(origin->source, origin->line, &length)
				   : NULL;
	const char *found = line && wanted && wanted <= length && !strchr(text, '\n')
				    ? memmem(line, length, text, wanted)
				    : NULL;

	*ret_start = *origin;
	if (!found)
		return false;
	ret_start->column = (unsigned)(found - line) + 1;
	return true;
}

static void report_json(struct bondtool *bt, const struct bt_extra *extra, const char *why)
{
	bt_diag(bt, BONDTOOL_ERROR, "team/value", &extra->origin, NULL,
		"NetworkManager refuses this configuration: %s",
		why ? why : "it is no JSON object");
}

/*
 * A text that teamd would refuse is an error at the key; the rest of the profile is read. What is
 * said about the text names places in it, so that it is said to nobody and put in our words.
 */
static int read_json(struct bondtool *bt, const struct bt_extra *extra, const char *text,
		     struct bt_node **ret_tree)
{
	struct bondtool *silent = bondtool_new();
	const struct bt_source *source =
		silent ? bt_source_add(silent, "config", text, strlen(text)) : NULL;
	BT_AUTONODE struct bt_node *tree = NULL;
	struct bt_origin start;
	bool exact = find_text(&extra->origin, text, &start);
	int r = source ? bt_tree_from_json(silent, source, &tree) : -ENOMEM;

	if (r == 0 && tree->kind == BT_NODE_MAP) {
		place(tree, &start, exact);
		bt_node_free(*ret_tree);
		*ret_tree = BT_TAKE(tree);
	} else if (r != -ENOMEM) {
		report_json(bt, extra, r < 0 ? bondtool_diags_at(silent, 0)->message : NULL);
		r = 0;
	}
	bondtool_free(silent);
	return r;
}

/* ---- what the readers kept ----------------------------------------------------------------- */

static bool is_json_key(const struct bt_extra *extra, bool of_port)
{
	if (extra->format == BT_FORMAT_IFCFG)
		return bt_equal(extra->key, of_port ? "TEAM_PORT_CONFIG" : "TEAM_CONFIG");
	return bt_equal(extra->key, "config");
}

static bool is_of_team(const struct bt_extra *extra, bool of_port)
{
	if (extra->format == BT_FORMAT_IFCFG)
		return is_json_key(extra, of_port);
	return extra->format == BT_FORMAT_KEYFILE &&
	       bt_equal(extra->section, of_port ? "team-port" : "team");
}

static char *text_of(const struct bt_extra *extra)
{
	return extra->format == BT_FORMAT_KEYFILE ? bt_keyfile_decode(extra->value)
						  : strdup(extra->value);
}

static int take_extra(struct bondtool *bt, const struct bt_extra *extra, bool json,
		      struct bt_node **tree)
{
	const struct setting_key *key = find_key(extra->key);
	BT_AUTOFREE char *text = text_of(extra);
	int r = 0;

	if (!text)
		return errno == EINVAL ? 0 : -ENOMEM;
	if (json)
		return read_json(bt, extra, text, tree);
	if (!*tree)
		*tree = bt_node_new(BT_NODE_MAP);
	if (!*tree)
		return -ENOMEM;
	(*tree)->origin = (*tree)->origin.source ? (*tree)->origin : extra->origin;
	if (key)
		r = put_setting(*tree, key, text, &extra->origin);
	if (r == -EEXIST)
		bt_warning(bt, "team/twice", &extra->origin,
			   "'%s' is left out: the text in 'config' says the same", extra->key);
	if (key)
		return r == -ENOMEM ? r : 0;
	bt_warning(bt, "team/unknown-key", &extra->origin, "NetworkManager knows no '%s' in [%s]",
		   extra->key, extra->section ? extra->section : "?");
	return 0;
}

static void drop_extras(struct bondtool_profile *profile, bool of_port)
{
	size_t kept = 0;

	for (size_t i = 0; i < profile->n_extras; i++) {
		struct bt_extra *extra = &profile->extras[i];

		if (!is_of_team(extra, of_port)) {
			profile->extras[kept++] = *extra;
			continue;
		}
		free(extra->section);
		free(extra->key);
		free(extra->value);
	}
	profile->n_extras = kept;
}

int bt_team_settings(struct bondtool *bt, struct bondtool_profile *profile, bool of_port,
		     struct bt_node **ret_tree)
{
	BT_AUTONODE struct bt_node *tree = NULL;
	int r = 0;

	/* The JSON text first: it replaces the tree, and the single keys add to it. */
	for (int json = 1; json >= 0; json--)
		for (size_t i = 0; r == 0 && i < profile->n_extras; i++) {
			const struct bt_extra *extra = &profile->extras[i];

			if (is_of_team(extra, of_port) && is_json_key(extra, of_port) == json)
				r = take_extra(bt, extra, json, &tree);
		}
	drop_extras(profile, of_port);
	if (r == 0)
		*ret_tree = BT_TAKE(tree);
	return r;
}
