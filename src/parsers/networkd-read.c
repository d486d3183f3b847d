/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Units to profiles: what .netdev files make, the .network file that each of these devices gets
 * (the first by name that matches), and the interfaces that other .network files name.
 */
#include <errno.h>
#include <string.h>

#include "parsers/networkd.h"

/* One reading of all units. */
struct reading {
	struct bondtool *bt;
	struct bondtool *silent; /* hears what was said already */
	struct bt_networkd_units units;
	struct bt_networkd_matcher matcher;
	struct bt_networkd_device *devices;
	size_t n_devices, size_devices;
	struct bt_hash by_name; /* of the devices that have one */
};

static void reading_release(struct reading *reading)
{
	for (size_t i = 0; i < reading->n_devices; i++)
		bt_profile_free(reading->devices[i].profile);
	free(reading->devices);
	bt_hash_release(&reading->by_name);
	bt_networkd_matcher_release(&reading->matcher);
	bt_networkd_units_release(&reading->units);
	bondtool_free(reading->silent);
}

/* The device of this name; NULL when no text makes or names one. Moves when one is added. */
static struct bt_networkd_device *find_device(const struct reading *reading, const char *name)
{
	size_t number;

	return bt_hash_get(&reading->by_name, name, &number) ? &reading->devices[number] : NULL;
}

/* Adds a device; takes its profile over, even on error. */
static int add_device(struct reading *reading, const struct bt_networkd_device *device)
{
	int r = 0;

	if (reading->n_devices == reading->size_devices) {
		size_t size = reading->size_devices ? reading->size_devices * 2 : 16;
		struct bt_networkd_device *devices =
			reallocarray(reading->devices, size, sizeof(*devices));

		if (!devices) {
			bt_profile_free(device->profile);
			return -ENOMEM;
		}
		reading->devices = devices;
		reading->size_devices = size;
	}
	if (device->name)
		r = bt_hash_put(&reading->by_name, device->name, reading->n_devices);
	reading->devices[reading->n_devices++] = *device;
	return r;
}

/* ---- which units count -------------------------------------------------------------------------
 */

/* What is known of the interface that a .netdev file makes. */
static struct bt_networkd_interface made_by(const struct bt_networkd_unit *unit)
{
	return (struct bt_networkd_interface){
		.name = bt_networkd_value(unit, "NetDev", "Name"),
		.type = bt_networkd_value(unit, "NetDev", "Kind"),
		.mac = bt_networkd_value(unit, "NetDev", "MACAddress"),
	};
}

/* Names that were asked for; borrowed from the units. */
struct asked {
	struct reading *reading;
	struct bt_hash names;
	bool more;
};

static int ask(struct asked *asked, const char *name)
{
	size_t unused;

	if (!name || bt_hash_get(&asked->names, name, &unused))
		return 0;
	asked->more = true;
	return bt_hash_put(&asked->names, name, 1);
}

static bool is_asked(const struct asked *asked, const char *name)
{
	size_t unused;

	return name && bt_hash_get(&asked->names, name, &unused);
}

/* VLANs on top of an interface that was asked for are asked for too. */
static int ask_vlans(struct asked *asked, const struct bt_networkd_unit *unit)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < unit->n_lines; i++)
		if (bt_networkd_is(&unit->lines[i], "Network", "VLAN"))
			r = ask(asked, unit->lines[i].line->value);
	return r;
}

static bool matches_asked(const struct asked *asked, const struct bt_networkd_unit *unit)
{
	BT_AUTOSTRINGS struct bt_strings names = {0}, macs = {0};

	bt_networkd_matched(unit, &names, &macs);
	for (size_t i = 0; i < names.count; i++)
		if (is_asked(asked, names.items[i]))
			return true;
	return false;
}

/* Whether a unit found beside others belongs to an interface that was asked for. */
static bool belongs(const struct asked *asked, const struct bt_networkd_unit *unit)
{
	if (unit->file == BT_NETWORKD_NETDEV)
		return is_asked(asked, bt_networkd_value(unit, "NetDev", "Name"));
	return is_asked(asked, bt_networkd_value(unit, "Network", "Bond")) ||
	       matches_asked(asked, unit);
}

/* A unit counts: its names are asked for, of a port's only those on top of it. */
static int count_unit(struct asked *asked, struct bt_networkd_unit *unit)
{
	unit->beside = false;
	if (unit->file == BT_NETWORKD_NETDEV)
		return ask(asked, bt_networkd_value(unit, "NetDev", "Name"));
	return ask_vlans(asked, unit);
}

static int choose_units(struct reading *reading)
{
	struct asked asked = {.reading = reading, .more = true};
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->units.count; i++)
		if (!reading->units.items[i].beside)
			r = count_unit(&asked, &reading->units.items[i]);
	asked.more = true;
	while (r == 0 && asked.more) {
		asked.more = false;
		for (size_t i = 0; r == 0 && i < reading->units.count; i++) {
			struct bt_networkd_unit *unit = &reading->units.items[i];

			if (unit->beside && belongs(&asked, unit))
				r = count_unit(&asked, unit);
		}
	}
	bt_hash_release(&asked.names);
	return r;
}

/* ---- devices of .netdev files ------------------------------------------------------------------
 */

/* What networkd refuses a .netdev file for; false when it does. */
static bool check_netdev(struct reading *reading, const struct bt_networkd_unit *unit)
{
	const struct bt_networkd_line *name = bt_networkd_last(unit, "NetDev", "Name");
	const char *kind = bt_networkd_value(unit, "NetDev", "Kind");
	struct bt_origin origin = bt_networkd_unit_place(unit);

	if (!name || !*name->line->value || !kind) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "networkd/refused", &origin, NULL,
			"systemd-networkd refuses the file: it needs 'Name' and 'Kind' in "
			"[NetDev]");
		return false;
	}
	if (!bt_interface_name_valid(name->line->value)) {
		bt_networkd_ignored(reading->bt, name, NULL,
				    "an interface's name has 1 to 15 characters");
		return false;
	}
	return !unit->refused;
}

static struct bondtool_profile *new_profile(struct reading *reading, const char *type,
					    const char *id, const struct bt_origin *origin)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();

	if (!profile || bt_profile_set(reading->bt, profile, BT_PROP_ID, id, origin) < 0 ||
	    bt_profile_set(reading->bt, profile, BT_PROP_TYPE, type, origin) < 0)
		return NULL;
	profile->origin = *origin;
	return BT_TAKE(profile);
}

/* A note about conditions that decide whether networkd makes the device at all. */
static void report_conditions(struct reading *reading, const struct bt_networkd_unit *unit)
{
	for (size_t i = 0; i < unit->n_lines; i++) {
		struct bt_origin origin = bt_networkd_key_place(&unit->lines[i]);

		if (bt_equal(unit->lines[i].line->section, "Match") && *unit->lines[i].line->value)
			bt_note(reading->bt, "networkd/needs-system", &origin,
				"whether '%s=%s' holds, only a running system can tell",
				unit->lines[i].line->key, unit->lines[i].line->value);
	}
}

static int set_name(struct reading *reading, const struct bt_networkd_unit *unit,
		    struct bondtool_profile *profile)
{
	const struct bt_networkd_line *line = bt_networkd_last(unit, "NetDev", "Name");
	struct bt_origin origin = bt_networkd_value_place(line);

	bt_networkd_use(unit, "NetDev", "Name");
	bt_networkd_use(unit, "NetDev", "Kind");
	return bt_profile_set(reading->bt, profile, BT_PROP_INTERFACE_NAME, line->line->value,
			      &origin);
}

static int read_netdev(struct reading *reading, const struct bt_networkd_unit *unit)
{
	struct bt_networkd_device device = {.name = bt_networkd_value(unit, "NetDev", "Name"),
					    .kind = bt_networkd_value(unit, "NetDev", "Kind"),
					    .netdev = unit};
	const struct bt_networkd_device *present = find_device(reading, device.name);
	struct bt_origin origin = bt_networkd_unit_place(unit);
	int r = 0;

	if (present) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "networkd/same-name", &origin, NULL,
			"systemd-networkd ignores the file: '%s' makes '%s' already",
			present->netdev->name, device.name);
		return 0;
	}
	report_conditions(reading, unit);
	if (bt_equal(device.kind, "bond") || bt_equal(device.kind, "vlan")) {
		device.profile = new_profile(reading, device.kind, device.name, &origin);
		r = device.profile ? set_name(reading, unit, device.profile) : -ENOMEM;
	} else {
		bt_note(reading->bt, "networkd/other-kind", &origin,
			"'%s' is a %s, none of a bond's, and is left alone", device.name,
			device.kind);
	}
	if (r == 0 && device.profile)
		r = bt_networkd_take_netdev(reading->bt, &device);
	if (r < 0) {
		bt_profile_free(device.profile);
		return r;
	}
	return add_device(reading, &device);
}

/* Whom a file may be for that only a running system can tell. */
struct doubt {
	struct bondtool *bt;
	const char *label;
};

static void report_doubt(void *context, const struct bt_networkd_unit *unit)
{
	const struct doubt *doubt = context;
	struct bt_origin origin = bt_networkd_unit_place(unit);

	/* No interface is a port of itself. */
	if (bt_equal(bt_networkd_value(unit, "Network", "Bond"), doubt->label))
		return;
	bt_note(doubt->bt, "networkd/needs-system", &origin,
		"only a running system can tell whether this file is for '%s'", doubt->label);
}

static int find_networks(struct reading *reading)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->n_devices; i++) {
		struct bt_networkd_device *device = &reading->devices[i];
		struct bt_networkd_interface interface = made_by(device->netdev);
		struct bt_origin origin = bt_networkd_unit_place(device->netdev);
		struct doubt doubt = {reading->bt, device->name};

		device->network = bt_networkd_first(&reading->matcher, &interface,
						    reading->units.items + reading->units.count,
						    report_doubt, &doubt);
		if (!device->network && device->profile)
			bt_warning(
				reading->bt, "networkd/no-network", &origin,
				"no .network file here is for '%s': systemd-networkd makes it and "
				"leaves it down",
				device->name);
	}
	return r;
}

/* ---- references between devices ----------------------------------------------------------------
 */

/* What a .network file says its interface is a port of, by kind of controller. */
static const struct {
	const char *key, *type;
} controllers[] = {{"Bond", "bond"}, {"Bridge", "bridge"}, {"VRF", "vrf"}};

static void check_controller(struct reading *reading, const struct bt_networkd_line *line,
			     const char *type)
{
	const char *name = line->line->value;
	const struct bt_networkd_device *device = find_device(reading, name);
	struct bt_origin origin = bt_networkd_value_place(line);
	BT_AUTOFREE char *hint = NULL;

	if (!device || !device->kind) {
		bt_warning(
			reading->bt, "networkd/no-netdev", &origin,
			"no .netdev file here makes '%s', without which systemd-networkd ignores "
			"'%s='",
			name, line->line->key);
		return;
	}
	if (bt_equal(device->kind, type))
		return;
	if (bt_equal(device->kind, "bond"))
		hint = bt_format("write 'Bond=%s'", name);
	bt_diag(reading->bt, BONDTOOL_ERROR, "networkd/kind", &origin, hint,
		"systemd-networkd ignores '%s=%s': it is a %s", line->line->key, name,
		device->kind);
}

static int take_controller(struct reading *reading, const struct bt_networkd_device *device)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(controllers); i++) {
		struct bt_networkd_line *line =
			bt_networkd_last(device->network, "Network", controllers[i].key);
		struct bt_origin origin;

		if (!line || !*line->line->value ||
		    bt_profile_text(device->profile, BT_PROP_CONTROLLER))
			continue;
		check_controller(reading, line, controllers[i].type);
		bt_networkd_use(device->network, "Network", controllers[i].key);
		origin = bt_networkd_value_place(line);
		r = bt_profile_set(reading->bt, device->profile, BT_PROP_CONTROLLER,
				   line->line->value, &origin);
		if (r == 0)
			r = bt_profile_set(reading->bt, device->profile, BT_PROP_PORT_TYPE,
					   controllers[i].type, &origin);
	}
	return r;
}

/* "PrimarySlave=yes" of a port is an option of its bond. */
static int take_port_option(struct reading *reading, const struct bt_networkd_device *device,
			    enum bt_option_id id)
{
	const char *key = bt_options[id].keys[BT_FORMAT_NETWORKD];
	struct bt_networkd_line *line = bt_networkd_last(device->network, "Network", key);
	const char *bond = bt_profile_text(device->profile, BT_PROP_CONTROLLER);
	struct bt_networkd_device *controller = bond ? find_device(reading, bond) : NULL;
	const struct bt_value *present;
	struct bt_origin origin;
	bool yes;

	if (!line || !*line->line->value)
		return 0;
	bt_networkd_use(device->network, "Network", key);
	line->used = false;
	origin = bt_networkd_value_place(line);
	if (!bt_networkd_parse_boolean(line->line->value, &yes)) {
		bt_networkd_ignored(reading->bt, line, NULL, "'yes' or 'no' is needed");
		return 0;
	}
	line->used = !yes;
	if (!yes || !controller || !controller->profile)
		return 0; /* about a bond that is not here: kept */
	if (!device->name) {
		bt_warning(reading->bt, "networkd/needs-system", &origin,
			   "only a running system knows the name of this port for '%s'", key);
		return 0;
	}
	present = bt_values_find(&controller->profile->options, id);
	if (present && !bt_equal(present->text, device->name))
		bt_warning(
			reading->bt, "networkd/two-primaries", &origin,
			"'%s' has another one already, '%s'; which one holds depends on the order "
			"in which they appear",
			bond, present->text);
	line->used = true;
	return present ? 0
		       : bt_options_set(reading->bt, &controller->profile->options,
					bt_options[id].name, device->name, &origin);
}

struct vlans {
	struct reading *reading;
	const struct bt_networkd_device *device;
};

/* "VLAN=bond0.100" of a bond makes it the parent of that VLAN. */
static int take_vlan(void *context, struct bt_networkd_line *line, const char *word,
		     const struct bt_origin *place)
{
	struct vlans *vlans = context;
	const struct bt_networkd_device *vlan = find_device(vlans->reading, word);

	bool is_vlan = vlan && bt_equal(vlan->kind, "vlan");

	if (!is_vlan)
		bt_warning(vlans->reading->bt, "networkd/no-netdev", place,
			   "no .netdev file here makes the VLAN '%s'", word);
	if (!is_vlan || !vlans->device->name || bt_profile_text(vlan->profile, BT_PROP_VLAN_PARENT))
		return vlans->device->profile
			       ? bt_profile_add_extra(vlans->device->profile, BT_FORMAT_NETWORKD,
						      "network/Network", line->line->key, word,
						      place)
			       : 0;
	return bt_profile_set(vlans->reading->bt, vlan->profile, BT_PROP_VLAN_PARENT,
			      vlans->device->name, place);
}

/* The .network file of a device, into its profile. */
static int read_network(struct reading *reading, struct bt_networkd_device *device)
{
	struct vlans vlans = {reading, device};
	int r = take_controller(reading, device);

	if (r == 0)
		r = take_port_option(reading, device, BT_OPT_PRIMARY);
	if (r == 0)
		r = take_port_option(reading, device, BT_OPT_ACTIVE_SLAVE);
	bt_networkd_use(device->network, "Network", "VLAN");
	if (r == 0)
		r = bt_networkd_each_word(device->network, "Network", "VLAN", take_vlan, &vlans);
	if (r == 0)
		r = bt_networkd_take_network(reading->bt, device);
	return r == 0 ? bt_networkd_keep_rest(device->network, device->profile) : r;
}

/* A device that is none of ours may still carry a VLAN that is. */
static int read_vlans_of(struct reading *reading, struct bt_networkd_device *device)
{
	struct vlans vlans = {reading, device};

	return device->network ? bt_networkd_each_word(device->network, "Network", "VLAN",
						       take_vlan, &vlans)
			       : 0;
}

static int read_made(struct reading *reading)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->n_devices; i++) {
		struct bt_networkd_device *device = &reading->devices[i];

		r = device->profile ? bt_networkd_keep_rest(device->netdev, device->profile)
				    : read_vlans_of(reading, device);
		if (r == 0 && device->profile && device->network) {
			bt_networkd_use(device->network, "Match", "Name");
			r = read_network(reading, device);
		}
	}
	return r;
}

/* ---- interfaces that .network files name -------------------------------------------------------
 */

/* Reads UNIT for one interface, by name or by MAC address. */
static int read_interface(struct reading *reading, const struct bt_networkd_unit *unit,
			  const char *name, const char *mac)
{
	struct bt_origin origin = bt_networkd_unit_place(unit);
	BT_AUTOFREE char *stem = strndup(unit->name, strcspn(unit->name, "."));
	struct bt_networkd_device device = {.name = name, .network = unit};
	int r = stem ? 0 : -ENOMEM;

	if (r == 0)
		device.profile =
			new_profile(reading, "802-3-ethernet", name ? name : stem, &origin);
	if (!device.profile)
		return -ENOMEM;
	if (name)
		r = bt_profile_set(reading->bt, device.profile, BT_PROP_INTERFACE_NAME, name,
				   &origin);
	if (r == 0 && mac)
		r = bt_profile_set(reading->bt, device.profile, BT_PROP_MAC_ADDRESS, mac, &origin);
	if (name) /* the profile's copy lives as long as the device does */
		device.name = bt_profile_text(device.profile, BT_PROP_INTERFACE_NAME);
	if (r == 0)
		r = read_network(reading, &device);
	if (r < 0) {
		bt_profile_free(device.profile);
		return r;
	}
	return add_device(reading, &device);
}

/* A port has its bond's MAC address while it is one. */
static void report_mac(struct reading *reading, const struct bt_networkd_unit *unit)
{
	const struct bt_networkd_line *line = bt_networkd_last(unit, "Match", "MACAddress");
	struct bt_origin origin;

	if (!line || !bt_networkd_value(unit, "Network", "Bond"))
		return;
	origin = bt_networkd_key_place(line);
	bt_diag(reading->bt, BONDTOOL_WARNING, "networkd/match-mac", &origin,
		"write 'PermanentMACAddress='",
		"'MACAddress' no longer matches once the port has its bond's address");
}

static void report_shadow(struct reading *reading, const struct bt_networkd_unit *unit,
			  const char *label, const struct bt_networkd_unit *first)
{
	struct bt_origin origin = bt_networkd_unit_place(unit);

	bt_warning(reading->bt, "networkd/shadowed", &origin,
		   "this file does not count for '%s': '%s' comes first and matches", label,
		   first->name);
}

/* Whether no file before the unit matches the interface. */
static bool is_first_for(struct reading *reading, const struct bt_networkd_unit *unit,
			 const char *name, const char *mac)
{
	const struct bt_networkd_interface interface = {.name = name, .mac = mac};
	struct doubt doubt = {reading->bt, name ? name : mac};
	const struct bt_networkd_unit *first =
		bt_networkd_first(&reading->matcher, &interface, unit, report_doubt, &doubt);

	if (first)
		report_shadow(reading, unit, doubt.label, first);
	return !first;
}

/* What globs, types and drivers stand for: the bond keeps the whole file. */
static int keep_unresolved(struct reading *reading, const struct bt_networkd_unit *unit)
{
	const char *bond = bt_networkd_value(unit, "Network", "Bond");
	struct bt_networkd_device *device = bond ? find_device(reading, bond) : NULL;
	struct bt_origin origin = bt_networkd_unit_place(unit);
	int r = 0;

	bt_diag(reading->bt, bond ? BONDTOOL_WARNING : BONDTOOL_NOTE, "networkd/needs-system",
		&origin, NULL, "which interfaces the file is for, only a running system can tell");
	for (size_t i = 0; r == 0 && device && device->profile && i < unit->n_lines; i++) {
		const struct bt_ini_line *line = unit->lines[i].line;
		struct bt_origin place = bt_networkd_key_place(&unit->lines[i]);
		BT_AUTOFREE char *section =
			bt_format("%s/%s %zu", unit->name, line->section, unit->lines[i].block);

		r = section ? bt_profile_add_extra(device->profile, BT_FORMAT_NETWORKD, section,
						   line->key, line->value, &place)
			    : -ENOMEM;
	}
	return r;
}

/* Whether [Match] has no word at all, so that networkd ignores the file. */
static bool is_for_nobody(const struct bt_networkd_unit *unit)
{
	for (size_t i = 0; i < unit->n_lines; i++)
		if (bt_equal(unit->lines[i].line->section, "Match") && *unit->lines[i].line->value)
			return false;
	return true;
}

/* Whether a name in [Match] is a pattern, so that others than NAMES match too. */
static bool has_pattern(const struct bt_networkd_unit *unit, const struct bt_strings *names)
{
	const char *value = bt_networkd_value(unit, "Match", "Name");

	return value && (strpbrk(value, "*?[!") || !names->count);
}

static int read_named(struct reading *reading, const struct bt_networkd_unit *unit,
		      const struct bt_strings *names, const char *mac)
{
	struct bondtool *loud = reading->bt;
	int r = 0;

	for (size_t i = 0; r == 0 && i < names->count; i++) {
		const char *name = names->items[i];
		const struct bt_networkd_device *present = find_device(reading, name);

		if (present) {
			if (present->network && present->network != unit)
				report_shadow(reading, unit, name, present->network);
			continue;
		}
		if (is_first_for(reading, unit, name, mac))
			r = read_interface(reading, unit, name, mac);
		/* What was said for the first interface holds for the others. */
		reading->bt = reading->silent;
	}
	reading->bt = loud;
	return r;
}

static int read_addressed(struct reading *reading, const struct bt_networkd_unit *unit,
			  const struct bt_strings *macs)
{
	struct bondtool *loud = reading->bt;
	int r = 0;

	for (size_t i = 0; r == 0 && i < macs->count; i++) {
		if (is_first_for(reading, unit, NULL, macs->items[i]))
			r = read_interface(reading, unit, NULL, macs->items[i]);
		reading->bt = reading->silent;
	}
	reading->bt = loud;
	return r;
}

static int read_other(struct reading *reading, const struct bt_networkd_unit *unit)
{
	BT_AUTOSTRINGS struct bt_strings names = {0}, macs = {0};
	struct bt_origin origin = bt_networkd_unit_place(unit);
	int r = bt_networkd_matched(unit, &names, &macs);

	if (r < 0)
		return r;
	if (is_for_nobody(unit)) {
		bt_warning(reading->bt, "networkd/no-match", &origin,
			   "systemd-networkd ignores the file: [Match] is empty");
		return 0;
	}
	if (has_pattern(unit, &names) || (!names.count && !macs.count) ||
	    (macs.count > 1 && names.count))
		r = keep_unresolved(reading, unit);
	if (r < 0 || (macs.count > 1 && names.count))
		return r;
	report_mac(reading, unit);
	bt_networkd_use(unit, "Match", "Name");
	bt_networkd_use(unit, "Match", "PermanentMACAddress");
	bt_networkd_use(unit, "Match", "MACAddress");
	if (names.count)
		return read_named(reading, unit, &names, macs.count ? macs.items[0] : NULL);
	return has_pattern(unit, &names) ? 0 : read_addressed(reading, unit, &macs);
}

/* Whether a device that a .netdev file makes has the unit. */
static bool is_of_device(const struct reading *reading, const struct bt_networkd_unit *unit)
{
	for (size_t i = 0; i < reading->n_devices; i++)
		if (reading->devices[i].netdev && reading->devices[i].network == unit)
			return true;
	return false;
}

/* A VLAN is made only when an interface below it asks for it. */
static void report_parentless(struct reading *reading)
{
	for (size_t i = 0; i < reading->n_devices; i++) {
		const struct bt_networkd_device *device = &reading->devices[i];
		struct bt_origin origin;

		if (!bt_equal(device->kind, "vlan") ||
		    bt_profile_text(device->profile, BT_PROP_VLAN_PARENT))
			continue;
		origin = bt_networkd_unit_place(device->netdev);
		bt_warning(reading->bt, "networkd/no-parent", &origin,
			   "no .network file here has 'VLAN=%s': systemd-networkd never makes it",
			   device->name);
	}
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

static int read_units(struct reading *reading)
{
	const struct bt_networkd_units *units = &reading->units;
	int r = 0;

	for (size_t i = 0; i < units->count; i++)
		if (!units->items[i].beside)
			bt_networkd_unit_report(reading->bt, &units->items[i]);
	for (size_t i = 0; r == 0 && i < units->count; i++)
		if (!units->items[i].beside && units->items[i].file == BT_NETWORKD_NETDEV &&
		    check_netdev(reading, &units->items[i]))
			r = read_netdev(reading, &units->items[i]);
	if (r == 0)
		r = find_networks(reading);
	if (r == 0)
		r = read_made(reading);
	for (size_t i = 0; r == 0 && i < units->count; i++)
		if (!units->items[i].beside && units->items[i].file == BT_NETWORKD_NETWORK &&
		    !units->items[i].refused && !is_of_device(reading, &units->items[i]))
			r = read_other(reading, &units->items[i]);
	report_parentless(reading);
	return r;
}

int bt_networkd_read(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bondtool_config *config)
{
	BT_CLEANUP(reading_release) struct reading reading = {.bt = bt, .silent = bondtool_new()};
	int r = reading.silent ? bt_networkd_units_load(inputs, &reading.units) : -ENOMEM;

	if (r == 0)
		r = bt_networkd_matcher_init(&reading.matcher, &reading.units);
	if (r == 0)
		r = choose_units(&reading);
	if (r == 0)
		r = read_units(&reading);
	for (size_t i = 0; r == 0 && i < reading.n_devices; i++)
		if (reading.devices[i].profile)
			r = bt_config_add(config, BT_TAKE(reading.devices[i].profile));
	return r;
}
