/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * SUSE's ifcfg files that belong together: a bond names its ports, whose files are optional, and
 * routes stand in files of their own.
 */
#include <errno.h>
#include <string.h>

#include "parsers/beside.h"
#include "parsers/ifcfg-suse/ifcfg-suse.h"

/* The files of one reading, in the order of the inputs. */
struct reading {
	struct bondtool *bt;
	const struct bt_inputs *inputs;
	struct bt_suse_file *files; /* without a profile: not ours, or a file of routes */
	bool *chosen;		    /* of each file: it was asked for, or belongs to one that was */
	bool *is_port;		    /* of each file: a bond names it */
	struct bt_hash by_name;	    /* the files by id, which is the name of the interface */
};

static void reading_release(struct reading *reading)
{
	for (size_t i = 0; reading->files && i < reading->inputs->count; i++)
		bt_suse_file_release(&reading->files[i]);
	free(reading->files);
	free(reading->chosen);
	free(reading->is_port);
	bt_hash_release(&reading->by_name);
}

static int read_file(struct reading *reading, struct bondtool *bt, size_t number)
{
	const struct bt_source *source = reading->inputs->items[number].source;

	bt_suse_file_release(&reading->files[number]);
	if (bt_suse_is_route_file(source))
		return 0;
	return bt_suse_read_file(bt, source, &reading->files[number]);
}

/* ---- ports --------------------------------------------------------------------------------- */

/* What others refer to the profile by. */
static const char *name_of(const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	return interface ? interface : bt_profile_text(profile, BT_PROP_ID);
}

static int set(struct bondtool *bt, struct bondtool_profile *profile, enum bt_property_id property,
	       const char *text, const struct bt_origin *place)
{
	int r = text ? bt_profile_set(bt, profile, property, text, place) : -EINVAL;

	return r == -ENOMEM ? r : 0;
}

int bt_suse_make_port(struct bondtool *bt, struct bondtool_profile *profile, const char *bond,
		      const struct bt_origin *place)
{
	static const enum bt_property_id methods[] = {BT_PROP_IPV4_METHOD, BT_PROP_IPV6_METHOD};
	int r = set(bt, profile, BT_PROP_CONTROLLER, bond, place);

	for (size_t i = 0; i < BT_ARRAY_SIZE(methods); i++)
		if (bt_equal(bt_profile_text(profile, methods[i]), "disabled"))
			bt_profile_unset(profile, methods[i]);
	return r == 0 ? set(bt, profile, BT_PROP_PORT_TYPE, "bond", place) : r;
}

static int claim_port(struct reading *reading, struct bt_suse_file *bond,
		      const struct bt_suse_port *port, size_t number)
{
	struct bondtool_profile *profile = reading->files[number].profile;
	const char *present = bt_profile_text(profile, BT_PROP_CONTROLLER);
	const char *name = name_of(bond->profile);

	if (profile == bond->profile) {
		bt_diag(bond->bt, BONDTOOL_ERROR, "ifcfg-suse/refused", &port->place, NULL,
			"'%s' cannot be a port of itself", name);
		return 0;
	}
	if (present && !bt_equal(present, name)) {
		bt_diag(bond->bt, BONDTOOL_ERROR, "ifcfg-suse/two-bonds", &port->place, NULL,
			"'%s' is a port of '%s' already", port->name, present);
		return 0;
	}
	reading->is_port[number] = true;
	return bt_suse_make_port(bond->bt, profile, name, &port->place);
}

/* A file may say itself which interface it is a port of. */
static int take_master_device(struct bt_suse_file *file)
{
	const struct bt_ifcfg_line *line = bt_suse_line(file, "MASTER_DEVICE");
	struct bt_origin place;

	if (!line)
		return 0;
	place = bt_ifcfg_line_place(&file->ifcfg, line);
	return bt_suse_make_port(file->bt, file->profile, line->value, &place);
}

static int link_ports(struct reading *reading)
{
	int r = 0;

	memset(reading->is_port, 0, reading->inputs->count * sizeof(*reading->is_port));
	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++) {
		struct bt_suse_file *bond = &reading->files[i];
		size_t number;

		for (size_t k = 0; r == 0 && k < bond->n_ports; k++)
			if (bt_hash_get(&reading->by_name, bond->ports[k].name, &number))
				r = claim_port(reading, bond, &bond->ports[k], number);
	}
	return r;
}

/* A port without a file: wicked brings it up when it is there, for the bond alone. */
static struct bondtool_profile *port_without_file(const struct bt_suse_file *bond,
						  const struct bt_suse_port *port)
{
	static const char by_address[] = "eth-id-";
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	const struct bt_origin *place = &port->place;
	bool valid = bt_interface_name_valid(port->name);
	int r = profile ? 0 : -ENOMEM;

	if (r == 0) {
		profile->origin = *place;
		r = set(bond->bt, profile, BT_PROP_TYPE, "802-3-ethernet", place);
	}
	if (r == 0)
		r = set(bond->bt, profile, BT_PROP_ID, port->name, place);
	if (r == 0 && valid)
		r = set(bond->bt, profile, BT_PROP_INTERFACE_NAME, port->name, place);
	if (r == 0 && !valid && bt_has_prefix(port->name, by_address))
		r = set(bond->bt, profile, BT_PROP_MAC_ADDRESS, port->name + strlen(by_address),
			place);
	if (r == 0)
		r = bt_suse_make_port(bond->bt, profile, name_of(bond->profile), place);
	return r == 0 ? BT_TAKE(profile) : NULL;
}

/* ---- choosing ------------------------------------------------------------------------------ */

static bool any_beside(const struct bt_inputs *inputs)
{
	for (size_t i = 0; i < inputs->count; i++)
		if (inputs->items[i].beside)
			return true;
	return false;
}

static int index_files(struct reading *reading)
{
	int r = 0;

	bt_hash_release(&reading->by_name);
	reading->by_name = (struct bt_hash){0};
	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++) {
		const struct bondtool_profile *profile = reading->files[i].profile;
		const char *name = profile ? bt_profile_text(profile, BT_PROP_ID) : NULL;

		if (name)
			r = bt_hash_put(&reading->by_name, name, i);
		if (r == 0 && name)
			r = take_master_device(&reading->files[i]);
	}
	return r == 0 ? link_ports(reading) : r;
}

static int choose(struct reading *reading)
{
	BT_AUTOCANDIDATES struct bt_candidates candidates = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++) {
		const struct bondtool_profile *profile = reading->files[i].profile;

		r = bt_candidates_add(&candidates, profile ? bt_profile_copy(profile) : NULL,
				      reading->inputs->items[i].beside);
	}
	if (r == 0)
		r = bt_candidates_choose(&candidates);
	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++)
		reading->chosen[i] = !candidates.items[i].beside;
	return r;
}

/* Reads all files; what is found in those that were not asked for goes to SILENT. */
static int read_files(struct reading *reading, struct bondtool *silent)
{
	bool choosy = any_beside(reading->inputs);
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++) {
		reading->chosen[i] = true;
		r = read_file(reading, choosy ? silent : reading->bt, i);
	}
	if (r == 0)
		r = index_files(reading);
	if (r < 0 || !choosy)
		return r;
	r = choose(reading);
	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++)
		if (reading->chosen[i] || reading->files[i].profile)
			r = read_file(reading, reading->chosen[i] ? reading->bt : silent, i);
	return r == 0 ? index_files(reading) : r;
}

/* ---- routes -------------------------------------------------------------------------------- */

static const struct bt_source *source_of(const struct reading *reading, const char *folder,
					 const char *name)
{
	BT_AUTOFREE char *path = name ? bt_path_join(folder, name) : NULL;
	size_t number;

	return path && bt_inputs_find(reading->inputs, path, &number)
		       ? reading->inputs->items[number].source
		       : NULL;
}

static int add_own_routes(struct reading *reading, struct bondtool_profile *profile,
			  const char *folder)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	BT_AUTOFREE char *name = interface ? bt_format("ifroute-%s", interface) : NULL;
	const struct bt_source *source = source_of(reading, folder, name);
	BT_AUTOSUSEROUTES struct bt_suse_routes routes = {0};
	int r = source ? bt_suse_routes_parse(source, &routes) : 0;

	if (!source || r < 0)
		return r;
	bt_suse_report_routes(reading->bt, &routes);
	return bt_suse_add_routes(reading->bt, &routes, profile);
}

/* The routes of all interfaces are read after those of the interfaces' own files. */
static int add_common_routes(struct reading *reading, const struct bt_source *source)
{
	BT_AUTOSUSEROUTES struct bt_suse_routes routes = {0};
	int r = bt_suse_routes_parse(source, &routes);

	if (r == 0)
		bt_suse_report_routes(reading->bt, &routes);
	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++) {
		struct bondtool_profile *profile = reading->files[i].profile;

		if (profile && reading->chosen[i])
			r = bt_suse_add_common_routes(reading->bt, &routes, profile);
	}
	return r;
}

static int add_routes(struct reading *reading)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++) {
		BT_AUTOFREE char *folder = bt_path_folder(reading->inputs->items[i].source->name);

		if (!folder)
			return -ENOMEM;
		if (reading->files[i].profile && reading->chosen[i])
			r = add_own_routes(reading, reading->files[i].profile, folder);
	}
	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++) {
		const struct bt_source *source = reading->inputs->items[i].source;

		if (bt_equal(bt_path_base(source->name), "routes"))
			r = add_common_routes(reading, source);
	}
	return r;
}

/* ---- into the configuration ---------------------------------------------------------------- */

static int add_profile(struct reading *reading, struct bondtool_config *config, size_t number);

/* The ports in the order in which the bond names them. */
static int add_ports(struct reading *reading, struct bondtool_config *config,
		     const struct bt_suse_file *bond)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < bond->n_ports; i++) {
		struct bondtool_profile *port = NULL;
		size_t number;

		if (bt_hash_get(&reading->by_name, bond->ports[i].name, &number)) {
			if (reading->chosen[number] && reading->is_port[number])
				r = add_profile(reading, config, number);
			continue;
		}
		port = port_without_file(bond, &bond->ports[i]);
		r = port ? bt_config_add(config, port) : -ENOMEM;
	}
	return r;
}

static int add_profile(struct reading *reading, struct bondtool_config *config, size_t number)
{
	struct bt_suse_file *file = &reading->files[number];
	struct bondtool_profile *profile = file->profile;
	int r;

	if (!profile) /* was added already */
		return 0;
	file->profile = NULL;
	r = bt_config_add(config, profile);
	if (r < 0)
		return r;

	struct bt_suse_file bond = *file; /* ports need its profile, which CONFIG owns now */

	bond.profile = profile;
	return add_ports(reading, config, &bond);
}

/* Ports stand behind their bond, and those whose bond is not there where their files do. */
static int add_profiles(struct reading *reading, struct bondtool_config *config)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++)
		if (reading->chosen[i] && !reading->is_port[i])
			r = add_profile(reading, config, i);
	for (size_t i = 0; r == 0 && i < reading->inputs->count; i++)
		if (reading->chosen[i])
			r = add_profile(reading, config, i);
	return r;
}

static int read_all(struct reading *reading, struct bondtool *silent,
		    struct bondtool_config *config)
{
	size_t count = reading->inputs->count;
	int r;

	reading->files = calloc(count, sizeof(*reading->files));
	reading->chosen = calloc(count, sizeof(*reading->chosen));
	reading->is_port = calloc(count, sizeof(*reading->is_port));
	if (!reading->files || !reading->chosen || !reading->is_port)
		return -ENOMEM;
	r = read_files(reading, silent);
	if (r == 0)
		r = add_routes(reading);
	return r == 0 ? add_profiles(reading, config) : r;
}

int bt_suse_read(struct bondtool *bt, const struct bt_inputs *inputs,
		 struct bondtool_config *config)
{
	BT_CLEANUP(reading_release) struct reading reading = {.bt = bt, .inputs = inputs};
	struct bondtool *silent = bondtool_new();
	int r = silent ? read_all(&reading, silent, config) : -ENOMEM;

	bondtool_free(silent);
	return r;
}
