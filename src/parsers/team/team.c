/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of teams: which texts are some, and the profiles that become a bond and its ports. */
#include "parsers/team/team.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/text.h"
#include "parsers/beside.h"
#include "parsers/ifcfg/ifcfg.h"
#include "parsers/keyfile/keyfile.h"

/* ---- recognising --------------------------------------------------------------------------- */

static bool is_keyfile(const struct bt_source *source)
{
	return bt_ini_has_section(source, "connection");
}

/* A list is JSON, too, if not what teamd wants; a keyfile also begins with a bracket. */
static bool is_json(const struct bt_source *source)
{
	char first = source->text[strspn(source->text, " \t\r\n")];

	return first == '{' || (first == '[' && !is_keyfile(source));
}

/* teamd's JSON alone: keyfiles and ifcfg files are recognised as what they are. */
static unsigned recognise(const struct bt_source *source)
{
	static const char *const signs[] = {"\"runner\"", "\"link_watch\"", "\"device\"",
					    "\"notify_peers\"", "\"tx_hash\""};
	unsigned count = 0;

	if (!is_json(source) || strstr(source->text, "\"connection\"") ||
	    strstr(source->text, "\"profiles\"") || strstr(source->text, "\"interfaces\""))
		return 0;
	for (size_t i = 0; i < BT_ARRAY_SIZE(signs); i++)
		count += strstr(source->text, signs[i]) != NULL;
	return count > 1 ? 75 : count ? 60 : 0;
}

/* ---- the files ----------------------------------------------------------------------------- */

/* The JSON texts of a folder such as /etc/teamd. */
static int add_json_files(struct bondtool *bt, const char *folder, struct bt_inputs *inputs)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = bt_folder_files(bt, folder, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		BT_AUTOFREE char *path = bt_path_join(folder, names.items[i]);
		const struct bt_source *source;

		if (!path)
			return -ENOMEM;
		if (!bt_has_suffix(path, ".conf") && !bt_has_suffix(path, ".json"))
			continue;
		r = bt_source_read(bt, path, &source);
		if (r == 0 && recognise(source))
			r = bt_inputs_add(inputs, source, false);
	}
	return r;
}

static int gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	const struct bt_source *source;
	struct stat status;
	int r;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
		r = add_json_files(bt, path, inputs);
		if (r == 0)
			r = bt_format_keyfile.gather(bt, path, inputs);
		return r == 0 ? bt_format_ifcfg.gather(bt, path, inputs) : r;
	}
	r = bt_source_read(bt, path, &source);
	if (r < 0)
		return r;
	if (is_json(source))
		return bt_inputs_add(inputs, source, false);
	return is_keyfile(source) ? bt_format_keyfile.gather(bt, path, inputs)
				  : bt_format_ifcfg.gather(bt, path, inputs);
}

/* ---- profiles ------------------------------------------------------------------------------ */

/* A profile that was read, and what its text says about a team or a port of one. */
struct part {
	struct bondtool_profile *profile; /* borrowed from the configuration */
	struct bt_node *tree;		  /* owned; NULL when it says nothing */
	bool is_team;
};

struct parts {
	struct bondtool *bt;
	struct bondtool_config *config;
	struct part *items;
	size_t count, size;
	bool failed; /* there is a text that could not be read at all */
};

static void parts_release(struct parts *parts)
{
	for (size_t i = 0; i < parts->count; i++)
		bt_node_free(parts->items[i].tree);
	free(parts->items);
}

/* Adds a profile to the configuration and takes both over, even on error. */
static int add_part(struct parts *parts, struct bondtool_profile *profile, struct bt_node *tree,
		    bool is_team)
{
	int r = bt_config_add(parts->config, profile);

	if (r == 0 && !BT_MAKE_ROOM(parts->items, parts->count, parts->size))
		r = -ENOMEM;
	if (r < 0)
		bt_node_free(tree);
	else
		parts->items[parts->count++] = (struct part){profile, tree, is_team};
	return r;
}

static int set(struct bondtool *bt, struct bondtool_profile *profile, enum bt_property_id property,
	       const char *text, const struct bt_origin *origin)
{
	int r = bt_profile_set(bt, profile, property, text, origin);

	return r == -ENOMEM ? r : 0;
}

/* ---- ifcfg files and keyfiles -------------------------------------------------------------- */

/* The value of a key of an ifcfg file that the reader kept, or NULL. */
static const struct bt_extra *kept(const struct bondtool_profile *profile, const char *key)
{
	for (size_t i = 0; i < profile->n_extras; i++)
		if (profile->extras[i].format == BT_FORMAT_IFCFG &&
		    bt_equal(profile->extras[i].key, key))
			return &profile->extras[i];
	return NULL;
}

/* Removes those keys that the bond says in its own way. */
static void drop_team_keys(struct bondtool_profile *profile)
{
	static const char *const keys[] = {"DEVICETYPE", "TEAM_MASTER", "TEAM_MASTER_UUID"};
	size_t count = 0;

	for (size_t i = 0; i < profile->n_extras; i++) {
		struct bt_extra *extra = &profile->extras[i];
		bool drop = false;

		for (size_t k = 0; k < BT_ARRAY_SIZE(keys); k++)
			drop = drop ||
			       (extra->format == BT_FORMAT_IFCFG && bt_equal(extra->key, keys[k]));
		if (!drop) {
			profile->extras[count++] = *extra;
			continue;
		}
		free(extra->section);
		free(extra->key);
		free(extra->value);
	}
	profile->n_extras = count;
}

/* The reader did not see a port in it, but an interface that gets no addresses. */
static void drop_methods(struct bondtool_profile *profile)
{
	static const enum bt_property_id methods[] = {BT_PROP_IPV4_METHOD, BT_PROP_IPV6_METHOD};

	for (size_t i = 0; i < BT_ARRAY_SIZE(methods); i++)
		if (bt_equal(bt_profile_text(profile, methods[i]), "disabled"))
			bt_profile_unset(profile, methods[i]);
}

/* A port of a team becomes one of a bond. */
static int adapt_port(struct bondtool *bt, struct bondtool_profile *profile)
{
	const struct bt_extra *uuid = kept(profile, "TEAM_MASTER_UUID");
	const struct bt_extra *master = uuid ? uuid : kept(profile, "TEAM_MASTER");
	const struct bt_value *type = bt_profile_value(profile, BT_PROP_PORT_TYPE);
	struct bt_origin origin = type ? type->origin : profile->origin;
	int r = 0;

	if (type && bt_equal(type->text, "team"))
		r = set(bt, profile, BT_PROP_PORT_TYPE, "bond", &origin);
	if (r == 0 && master)
		r = set(bt, profile, BT_PROP_CONTROLLER, master->value, &master->origin);
	if (r == 0 && master)
		r = set(bt, profile, BT_PROP_PORT_TYPE, "bond", &master->origin);
	if (master)
		drop_methods(profile);
	drop_team_keys(profile);
	return r;
}

/* The profile of one keyfile or ifcfg file, a team as a bond; NULL when it is none of ours. */
static int read_profile(struct bondtool *bt, const struct bt_source *source,
			struct bondtool_profile **ret_profile, bool *ret_team)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = NULL;
	int r = is_keyfile(source) ? bt_keyfile_read_team(bt, source, &profile, ret_team)
				   : bt_ifcfg_read_team(bt, source, &profile, ret_team);

	if (r < 0 || !profile)
		return r;
	if (*ret_team)
		bt_values_release(&profile->implied); /* a team implies something else */
	r = adapt_port(bt, profile);
	if (r == 0)
		*ret_profile = BT_TAKE(profile);
	return r;
}

static int add_profile(struct parts *parts, const struct bt_source *source)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = NULL;
	struct bt_node *tree = NULL;
	bool is_team = false;
	int r = read_profile(parts->bt, source, &profile, &is_team);

	if (r == 0 && profile)
		r = bt_team_settings(parts->bt, profile, !is_team, &tree);
	if (r < 0 || !profile)
		return r;
	return add_part(parts, BT_TAKE(profile), tree, is_team);
}

/* ---- teamd's JSON -------------------------------------------------------------------------- */

/* Without "device" teamd is told the name by who starts it, mostly that of the file. */
static int name_by_file(struct bondtool *bt, struct bondtool_profile *profile)
{
	const char *base = bt_path_base(profile->origin.source->name);
	const char *dot = strrchr(base, '.');
	BT_AUTOFREE char *name = strndup(base, dot ? (size_t)(dot - base) : strlen(base));

	if (!name)
		return -ENOMEM;
	if (!bt_interface_name_valid(name)) {
		bt_diag(bt, BONDTOOL_ERROR, "team/value", &profile->origin, "add a 'device'",
			"the team has no name: there is no 'device', and no interface can be "
			"called "
			"'%s', as the file is",
			name);
		return 0;
	}
	bt_note(bt, "team/implied", &profile->origin,
		"'%s' is written out as the name: there is no 'device', and the file is called so",
		name);
	return set(bt, profile, BT_PROP_INTERFACE_NAME, name, &profile->origin);
}

static int add_json(struct parts *parts, const struct bt_source *source)
{
	BT_AUTONODE struct bt_node *tree = NULL;
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	const struct bt_node *device;
	int r = profile ? bt_tree_from_json(parts->bt, source, &tree) : -ENOMEM;

	parts->failed = parts->failed || r < 0;
	if (r < 0)
		return r == -ENOMEM ? r : 0; /* it was said what is wrong */
	profile->origin = (struct bt_origin){.source = source, .line = 1, .column = 1};
	device = bt_node_get(tree, "device");
	r = set(parts->bt, profile, BT_PROP_TYPE, "bond", &profile->origin);
	if (r == 0 && device && device->text)
		r = set(parts->bt, profile, BT_PROP_INTERFACE_NAME, device->text, &device->origin);
	else if (r == 0)
		r = name_by_file(parts->bt, profile);
	return r == 0 ? add_part(parts, BT_TAKE(profile), BT_TAKE(tree), true) : r;
}

/* ---- ports --------------------------------------------------------------------------------- */

/* A port that only the team's configuration names. */
static int add_named_port(struct parts *parts, struct bt_team *team, const struct bt_node *node)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	const char *bond = bt_profile_text(team->bond, BT_PROP_INTERFACE_NAME);
	struct bondtool_profile *port = profile;
	int r;

	if (!profile)
		return -ENOMEM;
	profile->origin = node->key_origin;
	r = set(parts->bt, profile, BT_PROP_TYPE, "802-3-ethernet", &node->key_origin);
	if (r == 0)
		r = set(parts->bt, profile, BT_PROP_INTERFACE_NAME, node->key, &node->key_origin);
	if (r == 0 && bond)
		r = set(parts->bt, profile, BT_PROP_CONTROLLER, bond, &node->key_origin);
	if (r == 0)
		r = set(parts->bt, profile, BT_PROP_PORT_TYPE, "bond", &node->key_origin);
	if (r == 0)
		r = add_part(parts, BT_TAKE(profile), NULL, false);
	return r == 0 ? bt_team_add_port(team, port, node->kind == BT_NODE_MAP ? node : NULL) : r;
}

/* What "ports" says about a port that has a profile, unless the profile says it. */
static bool is_known_port(struct bt_team *team, const struct bt_node *node)
{
	for (size_t i = 0; i < team->count; i++) {
		struct bt_team_port *port = &team->ports[i];

		if (!bt_equal(bt_profile_text(port->profile, BT_PROP_INTERFACE_NAME), node->key))
			continue;
		if (!port->node && node->kind == BT_NODE_MAP)
			port->node = node;
		return true;
	}
	return false;
}

static int add_ports(struct parts *parts, struct bt_team *team)
{
	const struct bt_node *ports = bt_node_get(team->config, "ports");
	size_t count = parts->count;
	int r = 0;

	for (size_t i = 0; r == 0 && i < count; i++)
		if (bt_config_controller(parts->config, parts->items[i].profile) == team->bond)
			r = bt_team_add_port(team, parts->items[i].profile, parts->items[i].tree);
	for (size_t i = 0; r == 0 && ports && ports->kind == BT_NODE_MAP && i < ports->count; i++)
		if (!is_known_port(team, ports->items[i]))
			r = add_named_port(parts, team, ports->items[i]);
	return r;
}

static int map_team(struct parts *parts, size_t number)
{
	BT_CLEANUP(bt_team_release)
	struct bt_team team = {.bt = parts->bt, .bond = parts->items[number].profile};
	int r;

	team.config = BT_TAKE(parts->items[number].tree);
	if (!team.config)
		team.config = bt_node_new(BT_NODE_MAP);
	r = team.config ? add_ports(parts, &team) : -ENOMEM;
	return r == 0 ? bt_team_map(&team) : r;
}

/* ---- all of it ----------------------------------------------------------------------------- */

/* Which inputs count: what is read for that is not reported. */
static int choose_inputs(const struct bt_inputs *inputs, struct bt_candidates *candidates)
{
	struct bondtool *silent = bondtool_new();
	int r = silent ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < inputs->count; i++) {
		struct bondtool_profile *profile = NULL;
		bool unused;

		if (!is_json(inputs->items[i].source))
			r = read_profile(silent, inputs->items[i].source, &profile, &unused);
		if (r == 0)
			r = bt_candidates_add(candidates, profile, inputs->items[i].beside);
	}
	bondtool_free(silent);
	return r == 0 ? bt_candidates_choose(candidates) : r;
}

static void report_none(struct bondtool *bt, const struct parts *parts)
{
	for (size_t i = 0; i < parts->count; i++)
		if (parts->items[i].is_team)
			return;
	if (!parts->failed)
		bt_warning(bt, "team/none", NULL, "there is no team in what was read");
}

static int read_inputs(struct bondtool *bt, const struct bt_inputs *inputs,
		       struct bondtool_config *config)
{
	BT_AUTOCANDIDATES struct bt_candidates candidates = {0};
	BT_CLEANUP(parts_release) struct parts parts = {.bt = bt, .config = config};
	int r = choose_inputs(inputs, &candidates);
	size_t count;

	for (size_t i = 0; r == 0 && i < inputs->count; i++) {
		const struct bt_source *source = inputs->items[i].source;

		if (!candidates.items[i].beside)
			r = is_json(source) ? add_json(&parts, source)
					    : add_profile(&parts, source);
	}
	count = parts.count;
	for (size_t i = 0; r == 0 && i < count; i++)
		if (parts.items[i].is_team)
			r = map_team(&parts, i);
	if (r == 0)
		report_none(bt, &parts);
	return r;
}

const struct bt_format bt_format_team = {
	.id = BT_FORMAT_TEAM,
	.text = "teams, to become bonds: teamd's JSON, NetworkManager's keyfiles and ifcfg files",
	.recognise = recognise,
	.gather = gather,
	.read = read_inputs,
};
