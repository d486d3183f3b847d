/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool device: the interfaces of the running system, and the profiles that are up on them.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/connection.h"

/* ---- the state of an interface
 * -------------------------------------------------------------------- */

enum state {
	STATE_UNMANAGED,
	STATE_UNAVAILABLE,
	STATE_DISCONNECTED,
	STATE_EXTERNAL,
	STATE_CONNECTED,
};

/* NetworkManager's words and numbers. */
static const struct {
	const char *text;
	unsigned number;
	enum tint tint;
} states[] = {
	[STATE_UNMANAGED] = {"unmanaged", 10, TINT_FAINT},
	[STATE_UNAVAILABLE] = {"unavailable", 20, TINT_FAINT},
	[STATE_DISCONNECTED] = {"disconnected", 30, TINT_DOWN},
	[STATE_EXTERNAL] = {"connected (externally)", 100, TINT_FOREIGN},
	[STATE_CONNECTED] = {"connected", 100, TINT_UP},
};

static bool has_address(const struct bondtool_link_info *link)
{
	return (link->addresses4 && link->addresses4[0]) ||
	       (link->addresses6 && link->addresses6[0]);
}

static enum state state_of(const struct bondtool_link_info *link,
			   const struct bondtool_profile *profile)
{
	bool software = equal(link->kind, "bond") || equal(link->kind, "bridge");

	if (equal(link->kind, "loopback"))
		return STATE_UNMANAGED;
	if (!link->up)
		return STATE_DISCONNECTED;
	if (profile)
		return STATE_CONNECTED;
	if (link->controller || software || has_address(link))
		return STATE_EXTERNAL;
	return link->carrier ? STATE_DISCONNECTED : STATE_UNAVAILABLE;
}

/* An interface with what is known of it. */
struct device {
	const struct bondtool_link_info *link;
	const struct bondtool_profile *profile; /* up on it; NULL */
	enum state state;
};

static int by_importance(const void *left, const void *right)
{
	const struct device *a = left, *b = right;
	int order = (int)b->state - (int)a->state;

	if (order == 0)
		order = strcmp(link_type(a->link), link_type(b->link));
	return order != 0 ? order : strcmp(a->link->name, b->link->name);
}

static struct device *sorted_devices(const struct live *live, struct bondtool_config *config)
{
	struct device *devices = must(calloc(live->count + 1, sizeof(*devices)));

	for (size_t i = 0; i < live->count; i++) {
		const struct bondtool_link_info *link = &live->links[i];
		const struct bondtool_profile *profile = live_profile_of(live, config, link);

		devices[i] = (struct device){link, profile, state_of(link, profile)};
	}
	qsort(devices, live->count, sizeof(*devices), by_importance);
	return devices;
}

static char *property_of(const struct bondtool_profile *profile, const char *property)
{
	return profile ? profile_text(profile, property) : NULL;
}

/* ---- device status
 * --------------------------------------------------------------------------------- */

enum status_column {
	DEVICE,
	TYPE,
	STATE,
	CONNECTION,
	CON_UUID,
	CON_PATH,
};
const struct column device_columns[] = {
	[DEVICE] = {"DEVICE", .usual = true},
	[TYPE] = {"TYPE", .usual = true},
	[STATE] = {"STATE", .usual = true},
	[CONNECTION] = {"CONNECTION", .usual = true},
	[CON_UUID] = {"CON-UUID"},
	[CON_PATH] = {"CON-PATH"},
	{0},
};

int run_device_status(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	AUTOLIVE struct live live = {0};
	struct group group = {.columns = device_columns};
	struct sheet sheet = {.title = "Status of devices", .groups = &group, .count = 1};
	struct device *devices;
	int status = profiles_open(cli, BONDTOOL_STORE_PART, &store);

	(void)arguments;
	if (status != STATUS_OK)
		return status;
	live_read(cli, &live);
	devices = sorted_devices(&live, bondtool_store_config(store));
	for (size_t i = 0; i < live.count; i++) {
		const struct device *device = &devices[i];
		struct record *row = group_add(&group, states[device->state].tint);

		cell_set(row, DEVICE, device->link->name);
		cell_set(row, TYPE, link_type(device->link));
		cell_set(row, STATE, states[device->state].text);
		cell_take(row, CONNECTION, property_of(device->profile, "connection.id"));
		cell_take(row, CON_UUID, property_of(device->profile, "connection.uuid"));
		if (device->profile)
			cell_set(row, CON_PATH, bondtool_profile_file(device->profile));
	}
	status = sheets_print(cli, &sheet, 1);
	group_release(&group);
	free(devices);
	return status;
}

/* ---- device show
 * ------------------------------------------------------------------------------------ */

enum general_field {
	GENERAL_DEVICE,
	GENERAL_TYPE,
	GENERAL_HWADDR,
	GENERAL_PERM_HWADDR,
	GENERAL_MTU,
	GENERAL_STATE,
	GENERAL_CONNECTION,
	GENERAL_CON_UUID,
	GENERAL_CON_PATH,
};
static const struct column general_fields[] = {
	[GENERAL_DEVICE] = {"DEVICE", .usual = true},
	[GENERAL_TYPE] = {"TYPE", .usual = true},
	[GENERAL_HWADDR] = {"HWADDR", .usual = true},
	[GENERAL_PERM_HWADDR] = {"PERM-HWADDR"},
	[GENERAL_MTU] = {"MTU", .usual = true},
	[GENERAL_STATE] = {"STATE", .usual = true},
	[GENERAL_CONNECTION] = {"CONNECTION", .usual = true},
	[GENERAL_CON_UUID] = {"CON-UUID"},
	[GENERAL_CON_PATH] = {"CON-PATH", .usual = true},
	{0},
};
static const struct column speed_fields[] = {{.name = "SPEED"}, {.name = "DUPLEX"}, {0}};
static const struct column flag_fields[] = {{.name = "UP"}, {.name = "CARRIER"}, {0}};
static const struct column wired_fields[] = {{"CARRIER", .usual = true}, {0}};
static const struct column bond_fields[] = {{.name = "SLAVES"}, {.name = "PORTS"}, {0}};
static const struct column vlan_fields[] = {{.name = "PARENT"}, {.name = "ID"}, {0}};

enum show_group {
	GENERAL,
	CAPABILITIES,
	INTERFACE_FLAGS,
	WIRED_PROPERTIES,
	IP4,
	IP6,
	BOND,
	VLAN,
	SHOW_GROUPS
};
static const struct group show_groups[SHOW_GROUPS] = {
	[GENERAL] = {.name = "GENERAL", .columns = general_fields},
	[CAPABILITIES] = {.name = "CAPABILITIES", .columns = speed_fields},
	[INTERFACE_FLAGS] = {.name = "INTERFACE-FLAGS", .columns = flag_fields},
	[WIRED_PROPERTIES] = {.name = "WIRED-PROPERTIES", .columns = wired_fields},
	[IP4] = {.name = "IP4", .columns = ip_fields},
	[IP6] = {.name = "IP6", .columns = ip_fields},
	[BOND] = {.name = "BOND", .columns = bond_fields},
	[VLAN] = {.name = "VLAN", .columns = vlan_fields},
};

static char *upper_case(const char *text)
{
	char *copy = copy_of(text);

	for (char *p = copy; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return copy;
}

static void fill_general(struct group *group, const struct device *device)
{
	const struct bondtool_link_info *link = device->link;
	struct record *row = group_add(group, TINT_NONE);

	cell_set(row, GENERAL_DEVICE, link->name);
	cell_set(row, GENERAL_TYPE, link_type(link));
	cell_take(row, GENERAL_HWADDR, upper_case(link->mac));
	cell_take(row, GENERAL_PERM_HWADDR, upper_case(link->permanent_mac));
	cell_take(row, GENERAL_MTU, format_text("%u", link->mtu));
	cell_take(row, GENERAL_STATE,
		  format_text("%u (%s)", states[device->state].number, states[device->state].text));
	cell_take(row, GENERAL_CONNECTION, property_of(device->profile, "connection.id"));
	cell_take(row, GENERAL_CON_UUID, property_of(device->profile, "connection.uuid"));
	if (device->profile)
		cell_set(row, GENERAL_CON_PATH, bondtool_profile_file(device->profile));
}

static void fill_link(struct group *groups, const struct bondtool_link_info *link)
{
	struct record *row = group_add(&groups[CAPABILITIES], TINT_NONE);

	cell_take(row, 0, link->speed ? format_text("%u Mb/s", link->speed) : copy_of("unknown"));
	cell_set(row, 1, link->duplex);
	row = group_add(&groups[INTERFACE_FLAGS], TINT_NONE);
	cell_set(row, 0, link->up ? "yes" : "no");
	cell_set(row, 1, link->carrier ? "yes" : "no");
	if (equal(link_type(link), "ethernet")) {
		row = group_add(&groups[WIRED_PROPERTIES], TINT_NONE);
		cell_set(row, 0, link->carrier ? "on" : "off");
	}
}

static char *ports_of(const struct live *live, const char *bond)
{
	AUTOSTRINGS struct strings ports = {0};

	for (size_t i = 0; i < live->count; i++)
		if (equal(live->links[i].controller, bond))
			strings_add(&ports, live->links[i].name);
	return strings_joined(&ports, " ");
}

static void fill_kind(struct group *groups, const struct live *live,
		      const struct bondtool_link_info *link)
{
	struct record *row;

	if (equal(link->kind, "bond")) {
		row = group_add(&groups[BOND], TINT_NONE);
		cell_take(row, 0, ports_of(live, link->name));
		cell_take(row, 1, ports_of(live, link->name));
	}
	if (link->vlan_id >= 0) {
		row = group_add(&groups[VLAN], TINT_NONE);
		cell_set(row, 0, link->parent);
		cell_take(row, 1, format_text("%d", link->vlan_id));
	}
}

/* The details of one interface; GROUPS is what the sheet borrows. */
static struct sheet device_sheet(const struct live *live, const struct device *device,
				 struct group *groups)
{
	memcpy(groups, show_groups, sizeof(show_groups));
	fill_general(&groups[GENERAL], device);
	fill_link(groups, device->link);
	fill_ip_group(&groups[IP4], device->link, 4);
	fill_ip_group(&groups[IP6], device->link, 6);
	fill_kind(groups, live, device->link);
	return (struct sheet){
		.title = "Device details",
		.command = "device show",
		.details = true,
		.groups = groups,
		.count = SHOW_GROUPS,
	};
}

/* Shows all interfaces, or the one of this name. */
static int show_devices(const struct cli *cli, const struct live *live,
			const struct device *devices, const char *only)
{
	struct group(*groups)[SHOW_GROUPS] = must(calloc(live->count + 1, sizeof(*groups)));
	struct sheet *sheets = must(calloc(live->count + 1, sizeof(*sheets)));
	size_t count = 0;
	int status;

	for (size_t i = 0; i < live->count; i++) {
		if (only && !equal(devices[i].link->name, only))
			continue;
		sheets[count] = device_sheet(live, &devices[i], groups[count]);
		count++;
	}
	status = only && count == 0 ? cli_fail(STATUS_NOT_FOUND, "Device '%s' not found.", only)
				    : sheets_print(cli, sheets, count);
	for (size_t i = 0; i < count * SHOW_GROUPS; i++)
		group_release(&groups[i / SHOW_GROUPS][i % SHOW_GROUPS]);
	free(groups);
	free(sheets);
	return status;
}

int run_device_show(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	AUTOLIVE struct live live = {0};
	struct device *devices;
	int status = profiles_open(cli, BONDTOOL_STORE_PART, &store);

	if (status != STATUS_OK)
		return status;
	live_read(cli, &live);
	devices = sorted_devices(&live, bondtool_store_config(store));
	status = show_devices(cli, &live, devices, arguments->count ? arguments->words[0] : NULL);
	free(devices);
	return status;
}
