/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What .network files say about other devices: ports and their bond, VLANs and what they are on. */
#include <errno.h>
#include <string.h>

#include "parsers/networkd/networkd-reading.h"

/* What a .network file says its interface is a port of, by kind of controller. */
static const struct {
	const char *key, *type;
} controllers[] = {{"Bond", "bond"}, {"Bridge", "bridge"}, {"VRF", "vrf"}};

static void check_controller(struct bt_networkd_reading *reading,
			     const struct bt_networkd_line *line, const char *type)
{
	const char *name = line->line->value;
	const struct bt_networkd_device *device = bt_networkd_find_device(reading, name);
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

static int take_controller(struct bt_networkd_reading *reading,
			   const struct bt_networkd_device *device)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(controllers); i++) {
		struct bt_networkd_line *line =
			bt_networkd_last(device->network, "Network", controllers[i].key);
		struct bt_origin origin;

		if (!line || !*line->line->value ||
		    bt_profile_text(device->profile, BT_PROP_CONTROLLER))
			continue;
		if (bt_equal(line->line->value, device->name)) {
			bt_networkd_ignored(reading->bt, line, NULL,
					    "'%s' cannot be a port of itself", device->name);
			continue;
		}
		check_controller(reading, line, controllers[i].type);
		bt_networkd_report_twice(reading->bt, device->network, "Network",
					 controllers[i].key);
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
static int take_port_option(struct bt_networkd_reading *reading,
			    const struct bt_networkd_device *device, enum bt_option_id id)
{
	const char *key = bt_options[id].keys[BT_FORMAT_NETWORKD];
	struct bt_networkd_line *line = bt_networkd_last(device->network, "Network", key);
	const char *bond = bt_profile_text(device->profile, BT_PROP_CONTROLLER);
	struct bt_networkd_device *controller =
		bond ? bt_networkd_find_device(reading, bond) : NULL;
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
	if (yes && !bond)
		bt_warning(reading->bt, "networkd/not-sent", &origin,
			   "'%s' has no effect: there is no 'Bond='", key);
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
	struct bt_networkd_reading *reading;
	const struct bt_networkd_device *device;
};

/* "VLAN=bond0.100" of a bond makes it the parent of that VLAN. */
static int take_vlan(void *context, struct bt_networkd_line *line, const char *word,
		     const struct bt_origin *place)
{
	struct vlans *vlans = context;
	const struct bt_networkd_device *vlan = bt_networkd_find_device(vlans->reading, word);

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

int bt_networkd_read_network(struct bt_networkd_reading *reading, struct bt_networkd_device *device)
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

int bt_networkd_read_vlans(struct bt_networkd_reading *reading, struct bt_networkd_device *device)
{
	struct vlans vlans = {reading, device};

	return device->network ? bt_networkd_each_word(device->network, "Network", "VLAN",
						       take_vlan, &vlans)
			       : 0;
}
