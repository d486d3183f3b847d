/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Units to profiles: what .netdev files make, the .network file that each of these devices gets
 * (the first by name that matches), and the interfaces that other .network files name.
 */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "parsers/networkd/networkd-reading.h"

static void reading_release(struct bt_networkd_reading *reading)
{
	for (size_t i = 0; i < reading->n_devices; i++)
		bt_profile_free(reading->devices[i].profile);
	free(reading->devices);
	bt_hash_release(&reading->by_name);
	free(reading->doubted);
	free(reading->is_of_device);
	bt_networkd_matcher_release(&reading->matcher);
	bt_networkd_units_release(&reading->units);
	bondtool_free(reading->silent);
}

struct bt_networkd_device *bt_networkd_find_device(const struct bt_networkd_reading *reading,
						   const char *name)
{
	size_t number;

	return bt_hash_get(&reading->by_name, name, &number) ? &reading->devices[number] : NULL;
}

int bt_networkd_add_device(struct bt_networkd_reading *reading,
			   const struct bt_networkd_device *device)
{
	int r = 0;

	if (!BT_MAKE_ROOM(reading->devices, reading->n_devices, reading->size_devices)) {
		bt_profile_free(device->profile);
		return -ENOMEM;
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
	struct bt_networkd_reading *reading;
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

static int choose_units(struct bt_networkd_reading *reading)
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
static bool check_netdev(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit)
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

struct bondtool_profile *bt_networkd_new_profile(struct bt_networkd_reading *reading,
						 const char *type, const char *id,
						 const struct bt_origin *origin)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();

	if (!profile || bt_profile_set(reading->bt, profile, BT_PROP_ID, id, origin) < 0 ||
	    bt_profile_set(reading->bt, profile, BT_PROP_TYPE, type, origin) < 0)
		return NULL;
	profile->origin = *origin;
	return BT_TAKE(profile);
}

/* A note about conditions that decide whether networkd makes the device at all. */
static void report_conditions(struct bt_networkd_reading *reading,
			      const struct bt_networkd_unit *unit)
{
	for (size_t i = 0; i < unit->n_lines; i++) {
		struct bt_origin origin = bt_networkd_key_place(&unit->lines[i]);

		if (bt_equal(unit->lines[i].line->section, "Match") && *unit->lines[i].line->value)
			bt_note(reading->bt, "networkd/needs-system", &origin,
				"whether '%s=%s' holds, only a running system can tell",
				unit->lines[i].line->key, unit->lines[i].line->value);
	}
}

static int set_name(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit,
		    struct bondtool_profile *profile)
{
	const struct bt_networkd_line *line = bt_networkd_last(unit, "NetDev", "Name");
	struct bt_origin origin = bt_networkd_value_place(line);

	bt_networkd_use(unit, "NetDev", "Name");
	bt_networkd_use(unit, "NetDev", "Kind");
	return bt_profile_set(reading->bt, profile, BT_PROP_INTERFACE_NAME, line->line->value,
			      &origin);
}

static int read_netdev(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit)
{
	struct bt_networkd_device device = {.name = bt_networkd_value(unit, "NetDev", "Name"),
					    .kind = bt_networkd_value(unit, "NetDev", "Kind"),
					    .netdev = unit};
	const struct bt_networkd_device *present = bt_networkd_find_device(reading, device.name);
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
		device.profile =
			bt_networkd_new_profile(reading, device.kind, device.name, &origin);
		r = device.profile ? set_name(reading, unit, device.profile) : -ENOMEM;
	} else {
		bt_note(reading->bt, "networkd/other-kind", &origin,
			"'%s' is a %s: only bonds, their ports and VLANs are read", device.name,
			device.kind);
	}
	if (r == 0 && device.profile)
		r = bt_networkd_take_netdev(reading->bt, &device);
	if (r < 0) {
		bt_profile_free(device.profile);
		return r;
	}
	return bt_networkd_add_device(reading, &device);
}

static int find_networks(struct bt_networkd_reading *reading)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->n_devices; i++) {
		struct bt_networkd_device *device = &reading->devices[i];
		struct bt_networkd_interface interface = made_by(device->netdev);
		struct bt_origin origin = bt_networkd_unit_place(device->netdev);
		struct bt_networkd_doubt doubt = {reading, device->name};

		device->network = bt_networkd_first(&reading->matcher, &interface,
						    reading->units.items + reading->units.count,
						    bt_networkd_report_doubt, &doubt);
		if (device->network)
			reading->is_of_device[device->network - reading->units.items] = true;
		else if (device->profile)
			bt_warning(
				reading->bt, "networkd/no-network", &origin,
				"no .network file here is for '%s': systemd-networkd makes it and "
				"leaves it down",
				device->name);
	}
	return r;
}

/* An interface that no .network file is for gets nothing from networkd. */
static int imply_nothing(struct bondtool_profile *profile)
{
	int r = bt_profile_imply(profile, BT_PROP_IPV4_METHOD, "disabled");

	return r == 0 ? bt_profile_imply(profile, BT_PROP_IPV6_METHOD, "ignore") : r;
}

static int read_made(struct bt_networkd_reading *reading)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->n_devices; i++) {
		struct bt_networkd_device *device = &reading->devices[i];

		r = device->profile ? bt_networkd_keep_rest(device->netdev, device->profile)
				    : bt_networkd_read_vlans(reading, device);
		if (r == 0 && device->profile && !device->network)
			r = imply_nothing(device->profile);
		if (r == 0 && device->profile && device->network) {
			bt_networkd_use(device->network, "Match", "Name");
			r = bt_networkd_read_network(reading, device);
		}
	}
	return r;
}

/* A VLAN is made only when an interface below it asks for it. */
static void report_parentless(struct bt_networkd_reading *reading)
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

static int read_units(struct bt_networkd_reading *reading)
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
		    !units->items[i].refused && !reading->is_of_device[i])
			r = bt_networkd_read_other(reading, &units->items[i]);
	report_parentless(reading);
	return r;
}

int bt_networkd_read(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bondtool_config *config)
{
	BT_CLEANUP(reading_release)
	struct bt_networkd_reading reading = {.bt = bt, .silent = bondtool_new()};
	int r = reading.silent ? bt_networkd_units_load(inputs, &reading.units) : -ENOMEM;

	if (r == 0)
		r = bt_networkd_matcher_init(&reading.matcher, &reading.units);
	reading.doubted = calloc(reading.units.count + 1, sizeof(*reading.doubted));
	reading.is_of_device = calloc(reading.units.count + 1, sizeof(*reading.is_of_device));
	if (r == 0 && (!reading.doubted || !reading.is_of_device))
		r = -ENOMEM;
	if (r == 0)
		r = choose_units(&reading);
	if (r == 0)
		r = read_units(&reading);
	for (size_t i = 0; r == 0 && i < reading.n_devices; i++)
		if (reading.devices[i].profile)
			r = bt_config_add(config, BT_TAKE(reading.devices[i].profile));
	return r;
}
