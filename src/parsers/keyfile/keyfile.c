/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of NetworkManager's keyfiles: which files are some, and how profiles belong together.
 */
#include "parsers/keyfile/keyfile.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "parsers/beside.h"
#include "parsers/neighbours.h"

static unsigned recognise(const struct bt_source *source)
{
	bool named = bt_has_suffix(source->name, ".nmconnection");

	if (bt_ini_has_section(source, "connection"))
		return named ? 95 : 80;
	return named ? 40 : 0;
}

/* ---- the files ---------------------------------------------------------------------------------
 */

/* Names that NetworkManager passes over: leftovers of editors, and certificates. */
static bool is_passed_over(const char *name)
{
	static const char *const suffixes[] = {"~", ".swp", ".swpx", ".pem", ".der", ".bak", NULL};

	for (const char *const *suffix = suffixes; *suffix; suffix++)
		if (bt_has_suffix(name, *suffix))
			return true;
	return *name == '.';
}

/* Where NetworkManager itself reads, it refuses files that others may read, and other names. */
static void check_installed(struct bondtool *bt, const struct bt_source *source)
{
	static const char directory[] = "/NetworkManager/system-connections/";
	const char *where = strstr(source->name, directory);
	struct bt_origin origin = {.source = source};
	struct stat status;

	if (!where || strchr(where + strlen(directory), '/') || stat(source->name, &status) < 0)
		return;
	if (status.st_mode & 077)
		bt_diag(bt, BONDTOOL_ERROR, "keyfile/permissions", &origin, "chmod 600",
			"NetworkManager refuses the file: its permissions are %04o and not 0600",
			status.st_mode & 07777);
	if (!bt_has_suffix(source->name, ".nmconnection") &&
	    (size_t)(where - source->name) >= strlen("/etc") &&
	    strncmp(where - strlen("/etc"), "/etc", strlen("/etc")) != 0)
		bt_diag(bt, BONDTOOL_ERROR, "keyfile/file-name", &origin, NULL,
			"NetworkManager ignores the file: outside of /etc its name must end in "
			"'.nmconnection'");
}

static bool is_read(const char *name)
{
	return !is_passed_over(name);
}

static int add(struct bondtool *bt, const struct bt_source *source, bool beside,
	       struct bt_inputs *inputs)
{
	if (beside && recognise(source) == 0)
		return 0;
	check_installed(bt, source);
	return bt_inputs_add(inputs, source, beside);
}

static int gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	static const struct bt_neighbours neighbours = {.is_read = is_read, .add = add};

	return bt_gather_neighbours(bt, &neighbours, path, inputs);
}

/* ---- profiles that belong together -------------------------------------------------------------
 */

/* The first of two profiles with one UUID is as good as not there. */
static void report_same_uuid(struct bondtool *bt, struct bondtool_config *config,
			     const struct bondtool_profile *profile)
{
	const char *uuid = bt_profile_text(profile, BT_PROP_UUID);
	const struct bondtool_profile *first = uuid ? bt_config_by_uuid(config, uuid) : NULL;
	struct bt_origin origin = bt_profile_origin(profile, BT_PROP_UUID);

	if (first && first != profile)
		bt_diag(bt, BONDTOOL_ERROR, "keyfile/same-uuid", &origin, NULL,
			"'%s' has the UUID of '%s': NetworkManager loads only one of them",
			bt_profile_label(profile), bt_profile_label(first));
}

/* A reference is a UUID or an interface's name; a profile's name refers to nothing. */
static void report_reference(struct bondtool *bt, struct bondtool_config *config,
			     const struct bondtool_profile *profile, enum bt_property_id property)
{
	const char *text = bt_profile_text(profile, property);
	const struct bondtool_profile *named = text ? bt_config_by_id(config, text) : NULL;
	const char *interface = named ? bt_profile_text(named, BT_PROP_INTERFACE_NAME) : NULL;
	struct bt_origin origin = bt_profile_origin(profile, property);
	BT_AUTOFREE char *hint = NULL;

	if (!named || bt_config_by_uuid(config, text) || bt_config_by_interface(config, text))
		return;
	if (interface)
		hint = bt_format("write the interface's name, '%s', or the profile's UUID",
				 interface);
	bt_diag(bt, BONDTOOL_ERROR, "keyfile/reference", &origin, hint,
		"'%s' is the name of a profile, and NetworkManager looks for an interface or a "
		"UUID",
		text);
}

static void report_port_type(struct bondtool *bt, struct bondtool_config *config,
			     const struct bondtool_profile *port)
{
	const struct bondtool_profile *controller = bt_config_controller(config, port);
	const struct bt_value *type = bt_profile_value(port, BT_PROP_PORT_TYPE);

	if (controller && type && !bt_profile_is(controller, type->text))
		bt_diag(bt, BONDTOOL_ERROR, "keyfile/port-type", &type->origin, NULL,
			"'%s' says that its controller is a %s, but '%s' is a %s",
			bt_profile_label(port), type->text, bt_profile_label(controller),
			bt_profile_text(controller, BT_PROP_TYPE));
}

/* Which inputs count: what is read for that is not reported. */
static int choose_inputs(const struct bt_inputs *inputs, struct bt_candidates *candidates)
{
	struct bondtool *silent = bondtool_new();
	int r = silent ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < inputs->count; i++) {
		struct bondtool_profile *profile = NULL;

		r = bt_keyfile_read_one(silent, inputs->items[i].source, &profile);
		if (r == 0)
			r = bt_candidates_add(candidates, profile, inputs->items[i].beside);
	}
	bondtool_free(silent);
	return r == 0 ? bt_candidates_choose(candidates) : r;
}

int bt_keyfile_read(struct bondtool *bt, const struct bt_inputs *inputs,
		    struct bondtool_config *config)
{
	BT_AUTOCANDIDATES struct bt_candidates candidates = {0};
	size_t first = config->count;
	int r = choose_inputs(inputs, &candidates);

	for (size_t i = 0; r == 0 && i < inputs->count; i++) {
		struct bondtool_profile *profile = NULL;

		if (!candidates.items[i].beside)
			r = bt_keyfile_read_one(bt, inputs->items[i].source, &profile);
		if (r == 0 && profile)
			r = bt_config_add(config, profile);
	}
	for (size_t i = first; r == 0 && i < config->count; i++) {
		report_same_uuid(bt, config, config->profiles[i]);
		report_reference(bt, config, config->profiles[i], BT_PROP_CONTROLLER);
		report_reference(bt, config, config->profiles[i], BT_PROP_VLAN_PARENT);
		report_port_type(bt, config, config->profiles[i]);
	}
	return r;
}

/* Every bond of NetworkManager is watched. */
static bool implies_miimon(const struct bondtool_profile *profile)
{
	(void)profile;
	return true;
}

const struct bt_format bt_format_keyfile = {
	.id = BT_FORMAT_KEYFILE,
	.text = "NetworkManager's keyfiles, /etc/NetworkManager/system-connections/*.nmconnection",
	.recognise = recognise,
	.gather = gather,
	.read = bt_keyfile_read,
	.implies_miimon = implies_miimon,
	.implies_addresses = true,
	.write = bt_keyfile_write,
};
