/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The interfaces that .network files name and no .netdev file makes: mostly ports. */
#include <errno.h>
#include <string.h>

#include "parsers/networkd/networkd-reading.h"

void bt_networkd_report_doubt(void *context, const struct bt_networkd_unit *unit)
{
	const struct bt_networkd_doubt *doubt = context;
	struct bt_networkd_reading *reading = doubt->reading;
	bool *doubted = &reading->doubted[unit - reading->units.items];
	struct bt_origin origin = bt_networkd_unit_place(unit);

	/* No interface is a port of itself. */
	if (*doubted || bt_equal(bt_networkd_value(unit, "Network", "Bond"), doubt->label))
		return;
	*doubted = true;
	bt_note(reading->bt, "networkd/needs-system", &origin,
		"only a running system can tell whether this file is for '%s'", doubt->label);
}

/* Reads UNIT for one interface, by name or by MAC address. */
static int read_interface(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit,
			  const char *name, const char *mac)
{
	struct bt_origin origin = bt_networkd_unit_place(unit);
	BT_AUTOFREE char *stem = strndup(unit->name, strcspn(unit->name, "."));
	struct bt_networkd_device device = {.name = name, .network = unit};
	int r = stem ? 0 : -ENOMEM;

	if (r == 0)
		device.profile = bt_networkd_new_profile(reading, "802-3-ethernet",
							 name ? name : stem, &origin);
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
		r = bt_networkd_read_network(reading, &device);
	if (r < 0) {
		bt_profile_free(device.profile);
		return r;
	}
	return bt_networkd_add_device(reading, &device);
}

/* A port has its bond's MAC address while it is one. */
static void report_mac(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit)
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

static void report_shadow(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit,
			  const char *label, const struct bt_networkd_unit *first)
{
	struct bt_origin origin = bt_networkd_unit_place(unit);

	bt_warning(reading->bt, "networkd/shadowed", &origin,
		   "this file does not count for '%s': '%s' comes first and matches", label,
		   first->name);
}

/* Whether no file before the unit matches the interface. */
static bool is_first_for(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit,
			 const char *name, const char *mac)
{
	const struct bt_networkd_interface interface = {.name = name, .mac = mac};
	struct bt_networkd_doubt doubt = {reading, name ? name : mac};
	const struct bt_networkd_unit *first = bt_networkd_first(
		&reading->matcher, &interface, unit, bt_networkd_report_doubt, &doubt);

	if (first)
		report_shadow(reading, unit, doubt.label, first);
	return !first;
}

/* The device keeps the whole file, as extras "10-ports.network/Match 1". */
static int keep_file(struct bondtool_profile *profile, const struct bt_networkd_unit *unit)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < unit->n_lines; i++) {
		const struct bt_ini_line *line = unit->lines[i].line;
		struct bt_origin place = bt_networkd_key_place(&unit->lines[i]);
		BT_AUTOFREE char *section =
			bt_format("%s/%s %zu", unit->name, line->section, unit->lines[i].block);

		r = section ? bt_profile_add_extra(profile, BT_FORMAT_NETWORKD, section, line->key,
						   line->value, &place)
			    : -ENOMEM;
	}
	return r;
}

/* What globs, types and drivers stand for: the bond keeps the file. */
static int keep_unresolved(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit)
{
	const char *bond = bt_networkd_value(unit, "Network", "Bond");
	struct bt_networkd_device *device = bond ? bt_networkd_find_device(reading, bond) : NULL;
	struct bt_origin origin = bt_networkd_unit_place(unit);

	bt_diag(reading->bt, bond ? BONDTOOL_WARNING : BONDTOOL_NOTE, "networkd/needs-system",
		&origin, NULL, "which interfaces the file is for, only a running system can tell");
	return device && device->profile ? keep_file(device->profile, unit) : 0;
}

/* The interface has its profile already: from a file that comes first, or that holds for sure. */
static int add_to_present(struct bt_networkd_reading *reading,
			  const struct bt_networkd_device *present,
			  const struct bt_networkd_unit *unit, const char *name)
{
	if (present->network == unit)
		return 0;
	if (present->network && present->network < unit) {
		report_shadow(reading, unit, name, present->network);
		return 0;
	}
	return present->profile ? keep_file(present->profile, unit) : 0;
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

static int read_named(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit,
		      const struct bt_strings *names, const char *mac)
{
	struct bondtool *loud = reading->bt;
	int r = 0;

	for (size_t i = 0; r == 0 && i < names->count; i++) {
		const char *name = names->items[i];
		const struct bt_networkd_device *present = bt_networkd_find_device(reading, name);

		if (present) {
			r = add_to_present(reading, present, unit, name);
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

static int read_addressed(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit,
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

int bt_networkd_read_other(struct bt_networkd_reading *reading, const struct bt_networkd_unit *unit)
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
