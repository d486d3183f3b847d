/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of Red Hat's ifcfg files: which files are some, and which belong together. */
#include "parsers/ifcfg/ifcfg.h"

#include <errno.h>
#include <string.h>

#include "parsers/beside.h"
#include "parsers/ifcfg/ifcfg-bare.h"
#include "parsers/neighbours.h"

/* ---- recognising --------------------------------------------------------------------------- */

/* Keys that stand in ifcfg files of any tool. */
static const char *const common_keys[] = {
	"DEVICE=",	 "TYPE=",   "BOOTPROTO=", "ONBOOT=", "MASTER=",
	"BONDING_OPTS=", "HWADDR=", "IPADDR=",	  NULL};
/* SUSE's files have the same name, and these keys that no tool of Red Hat knows. */
static const char *const suse_keys[] = {
	"STARTMODE=", "BONDING_MODULE_OPTS=", "ETHERDEVICE=", "LLADDR=", NULL};

static unsigned recognise(const struct bt_source *source)
{
	bool named = bt_has_prefix(bt_path_base(source->name), "ifcfg-");
	struct bt_ifcfg_bare line = {0};
	unsigned known = 0;
	int family;

	if (bt_ifcfg_is_route_file(source, &family))
		return 30;
	while (bt_ifcfg_next_bare(source, &line)) {
		if (bt_ifcfg_bare_is_debian(&line))
			return 0;
		if (bt_ifcfg_bare_begins(&line, suse_keys))
			return named ? 20 : 5;
		known += bt_ifcfg_bare_begins(&line, common_keys);
	}
	if (!known)
		return named ? 20 : 0;
	return named ? 90 : known > 1 ? 60 : 30;
}

/* ---- the files ----------------------------------------------------------------------------- */

/* Leftovers of editors and packages, which both tools pass over. */
static bool is_leftover(const char *name)
{
	static const char *const suffixes[] = {"~",	  ".bak",     ".orig",	  ".rej",
					       ".rpmnew", ".rpmsave", ".rpmorig", ".augnew",
					       ".augtmp", ".old"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(suffixes); i++)
		if (bt_has_suffix(name, suffixes[i]))
			return true;
	return false;
}

static bool is_read(const char *name)
{
	return (bt_ifcfg_label(name) || bt_ifcfg_is_rule_file(name)) && !is_leftover(name);
}

static int add(struct bondtool *bt, const struct bt_source *source, bool beside,
	       struct bt_inputs *inputs)
{
	(void)bt;
	if (beside && !bt_ifcfg_is_rule_file(source->name) &&
	    bt_format_recognise(source) != &bt_format_ifcfg)
		return 0;
	return bt_inputs_add(inputs, source, beside);
}

static int gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	static const struct bt_neighbours neighbours = {.is_read = is_read, .add = add};

	return bt_gather_neighbours(bt, &neighbours, path, inputs);
}

/* ---- files that stand beside others ---------------------------------------------------------- */

struct companions {
	struct companion {
		const struct bt_source *source;
		bool used; /* the file that it belongs to is there */
	} * items;
	size_t count;
};

static void companions_release(struct companions *companions)
{
	free(companions->items);
}

static int find_companions(const struct bt_inputs *inputs, struct companions *companions)
{
	companions->items = calloc(inputs->count + 1, sizeof(*companions->items));
	if (!companions->items)
		return -ENOMEM;
	for (size_t i = 0; i < inputs->count; i++)
		if (bt_ifcfg_is_companion(inputs->items[i].source->name))
			companions->items[companions->count++].source = inputs->items[i].source;
	return 0;
}

/* An alias of nothing: initscripts never look at it. */
static void report_unused(struct bondtool *bt, const struct companions *companions,
			  const struct bt_inputs *inputs)
{
	for (size_t i = 0; i < companions->count; i++) {
		const struct bt_source *source = companions->items[i].source;
		struct bt_origin place = {source, 1, 1, 0};
		size_t number;

		if (!companions->items[i].used && bt_ifcfg_is_alias(source->name) &&
		    bt_inputs_find(inputs, source->name, &number) && !inputs->items[number].beside)
			bt_warning(bt, "ifcfg/alias", &place,
				   "the interface that the alias is of has no file here");
	}
}

/* ---- profiles that belong together --------------------------------------------------------- */

/* The devices that any of the files names as its MASTER: these are bonds, whatever they say. */
static int find_controllers(const struct bt_inputs *inputs, struct bt_strings *names,
			    struct bt_hash *controllers)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < inputs->count; i++) {
		BT_AUTOIFCFG struct bt_ifcfg ifcfg = {0};
		const char *master;

		r = bt_ifcfg_parse_as_owner(inputs->items[i].source, &ifcfg);
		master = r == 0 ? bt_ifcfg_value(&ifcfg, "MASTER") : NULL;
		if (master)
			r = bt_strings_add(names, master);
		if (r == 0 && master)
			r = bt_hash_put(controllers, names->items[names->count - 1], 1);
	}
	return r;
}

static bool any_beside(const struct bt_inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++)
		if (inputs->items[i].beside)
			return true;
	return false;
}

/*
 * Which inputs count: what is read for that is not reported. Companions are no candidates. Where
 * all were asked for, nothing needs to be read for that.
 */
static int choose_inputs(const struct bt_inputs *inputs, const struct bt_hash *controllers,
			 struct bt_candidates *candidates)
{
	struct bondtool *silent = bondtool_new();
	bool choosy = any_beside(inputs);
	int r = silent ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < inputs->count; i++) {
		const struct bt_source *source = inputs->items[i].source;
		struct bondtool_profile *profile = NULL;

		if (choosy && !bt_ifcfg_is_companion(source->name))
			r = bt_ifcfg_read_one(silent, source, controllers, &profile);
		if (r == 0)
			r = bt_candidates_add(candidates, profile, inputs->items[i].beside);
	}
	bondtool_free(silent);
	return r == 0 ? bt_candidates_choose(candidates) : r;
}

/* Adds what the files say that lie beside the profile's own, by its label. */
static int add_companions(struct bondtool *bt, const struct companions *companions,
			  const char *path, struct bondtool_profile *profile)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < companions->count; i++) {
		if (!bt_ifcfg_belongs_to(companions->items[i].source->name, path))
			continue;
		companions->items[i].used = true;
		r = bt_ifcfg_read_companion(bt, companions->items[i].source, profile);
	}
	return r;
}

static void report_same_device(struct bondtool *bt, struct bondtool_config *config,
			       const struct bondtool_profile *profile)
{
	const char *device = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const struct bondtool_profile *first =
		device ? bt_config_by_interface(config, device) : NULL;
	struct bt_origin place = bt_profile_origin(profile, BT_PROP_INTERFACE_NAME);

	if (first && first != profile && first->origin.source)
		bt_warning(bt, "ifcfg/same-device", &place, "'%s' is configured in '%s', too",
			   device, first->origin.source->name);
}

static int read_chosen(struct bondtool *bt, const struct bt_inputs *inputs,
		       const struct bt_hash *controllers, struct bondtool_config *config)
{
	BT_AUTOCANDIDATES struct bt_candidates candidates = {0};
	BT_CLEANUP(companions_release) struct companions companions = {0};
	size_t first = config->count;
	int r = choose_inputs(inputs, controllers, &candidates);

	if (r == 0)
		r = find_companions(inputs, &companions);

	for (size_t i = 0; r == 0 && i < inputs->count; i++) {
		const struct bt_source *source = inputs->items[i].source;
		BT_AUTOPROFILE struct bondtool_profile *profile = NULL;

		if (candidates.items[i].beside || bt_ifcfg_is_companion(source->name))
			continue;
		r = bt_ifcfg_read_one(bt, source, controllers, &profile);
		if (r == 0 && profile)
			r = add_companions(bt, &companions, source->name, profile);
		if (r == 0 && profile)
			r = bt_config_add(config, BT_TAKE(profile));
	}
	if (r == 0)
		report_unused(bt, &companions, inputs);
	for (size_t i = first; r == 0 && i < config->count; i++)
		report_same_device(bt, config, config->profiles[i]);
	return r;
}

int bt_ifcfg_read(struct bondtool *bt, const struct bt_inputs *inputs,
		  struct bondtool_config *config)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	struct bt_hash controllers = {0};
	int r = find_controllers(inputs, &names, &controllers);

	if (r == 0)
		r = read_chosen(bt, inputs, &controllers, config);
	bt_hash_release(&controllers);
	return r;
}

/* A file that NetworkManager leaves alone says NM_CONTROLLED=no, which the profile keeps. */
static bool implies_miimon(const struct bondtool_profile *profile)
{
	for (size_t i = 0; i < profile->n_extras; i++)
		if (profile->extras[i].format == BT_FORMAT_IFCFG &&
		    bt_equal(profile->extras[i].key, "NM_CONTROLLED"))
			return false;
	return true;
}

const struct bt_format bt_format_ifcfg = {
	.id = BT_FORMAT_IFCFG,
	.text = "Red Hat's ifcfg files, /etc/sysconfig/network-scripts/ifcfg-*",
	.recognise = recognise,
	.gather = gather,
	.read = bt_ifcfg_read,
	.implies_miimon = implies_miimon,
	.write = bt_ifcfg_write,
};
