/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * cloud-init's version 2: netplan's schema. Where netplan makes the network, cloud-init hands the
 * text on as it is; for every other tool it takes it apart itself, and knows less of it. The
 * meaning is netplan's; where cloud-init's differs is said.
 */
#include <errno.h>
#include <string.h>

#include "model/ip.h"
#include "parsers/cloud-init/cloud-init.h"
#include "parsers/netplan/netplan.h"

/* One reading of version 2: the map "network", which is ours to change. */
struct reading {
	struct bondtool *bt;
	struct bt_node *network;
	struct bt_strings said; /* keys that were said to be netplan's alone */
};

static void reading_release(struct reading *reading)
{
	bt_node_free(reading->network);
	bt_strings_release(&reading->said);
}

static void netplan_only(struct reading *reading, const struct bt_origin *place, const char *hint,
			 const char *what, const char *word)
{
	bt_diag(reading->bt, BONDTOOL_WARNING, "cloud-init/netplan-only", place, hint,
		"without netplan, cloud-init fails at this: %s '%s'", what, word);
}

/* Whether devices of it are read by cloud-init itself, too. */
static bool is_section(const struct bt_node *node)
{
	static const char *const sections[] = {"bonds", "bridges", "ethernets", "vlans", NULL};

	return bt_cloud_init_is_in(sections, node->key) && node->kind == BT_NODE_MAP;
}

static const struct bt_node *get_text(const struct bt_node *map, const char *key)
{
	const struct bt_node *node = bt_node_get(map, key);

	return node && bt_node_is_scalar(node) ? node : NULL;
}

/* ---- parameters of bonds -----------------------------------------------------------------------
 */

static const char targets[] = "arp-ip-targets";

/* Parameters of netplan that cloud-init does not have, and what it has instead. */
static const struct foreign_parameter {
	const char *name, *hint;
} foreign_parameters[] = {
	{"all-members-active", "newer releases of cloud-init know 'all-slaves-active'"},
	{"all-slaves-active", "newer releases of cloud-init know it"},
	{"arp-all-targets", "newer releases of cloud-init know it"},
	{targets, "its word is 'arp-ip-target', which netplan refuses"},
	{"learn-packet-interval", "newer releases of cloud-init know it"},
	{"packets-per-member", "newer releases of cloud-init know 'packets-per-slave'"},
	{"packets-per-slave", "newer releases of cloud-init know it"},
	{"resend-igmp", "version 1 has 'bond-resend-igmp'"},
};

static void check_parameter(struct reading *reading, const struct bt_node *node)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(foreign_parameters); i++)
		if (strcmp(foreign_parameters[i].name, node->key) == 0)
			netplan_only(reading, &node->key_origin, foreign_parameters[i].hint,
				     "it has no parameter", node->key);
}

/* cloud-init's own name of the targets, which netplan refuses. */
static int rename_targets(struct reading *reading, struct bt_node *parameters)
{
	const char *old = "arp-ip-target";
	struct bt_node *node = bt_node_get(parameters, old);
	struct bt_node *item;

	if (!node || bt_node_get(parameters, targets))
		return 0;
	bt_diag(reading->bt, BONDTOOL_WARNING, "cloud-init/not-netplan", &node->key_origin,
		"netplan's word is 'arp-ip-targets', at which cloud-init fails without netplan",
		"only cloud-init itself knows '%s': netplan refuses the configuration", node->key);
	if (bt_node_is_scalar(node)) {
		item = bt_node_copy(node);
		if (!item)
			return -ENOMEM;
		bt_node_forget_text(node);
		node->kind = BT_NODE_LIST;
		if (bt_node_append(node, item) < 0)
			return -ENOMEM;
	}
	return bt_node_rename(parameters, old, targets);
}

static int check_bond(struct reading *reading, struct bt_node *bond)
{
	struct bt_node *parameters = bt_node_get(bond, "parameters");

	if (!bt_node_get(bond, "interfaces"))
		netplan_only(reading, &bond->key_origin, "write 'interfaces: []'",
			     "there are no 'interfaces' in", bond->key);
	if (!parameters || parameters->kind != BT_NODE_MAP)
		return 0;
	for (size_t i = 0; i < parameters->count; i++)
		check_parameter(reading, parameters->items[i]);
	return rename_targets(reading, parameters);
}

/* ---- addresses ---------------------------------------------------------------------------------
 */

/* Whether the device has an address of the family, "4" or "6", or of any (""). */
static bool has_address(const struct bt_node *device, const char *family)
{
	const struct bt_node *list = bt_node_get(device, "addresses");

	for (size_t i = 0; list && i < list->count; i++) {
		const char *text = list->items[i]->text;

		if (text && (!*family || (strchr(text, ':') != NULL) == (*family == '6')))
			return true;
	}
	return false;
}

static void left_out(struct reading *reading, const struct bt_node *node, const char *why)
{
	bt_warning(reading->bt, "cloud-init/left-out", &node->key_origin,
		   "without netplan, cloud-init leaves '%s' out: %s", node->key, why);
}

/* YAML's booleans are true or false; a text in quotes is true when there is something in it. */
static bool check_boolean(struct reading *reading, const struct bt_node *node)
{
	bool yes = false;

	if (!node || !node->text || !bt_netplan_parse_boolean(node->text, &yes))
		return false;
	if (!yes && bt_cloud_init_is_quoted(node)) {
		bt_diag(reading->bt, BONDTOOL_WARNING, "cloud-init/truth", &node->origin,
			"write it without quotes",
			"without netplan, cloud-init takes '%s: \"%s\"' "
			"for true",
			node->key, node->text);
		return true;
	}
	return yes;
}

static void check_routes(struct reading *reading, const struct bt_node *routes)
{
	for (size_t i = 0; i < routes->count; i++) {
		const struct bt_node *to = get_text(routes->items[i], "to");

		if (to && strcmp(to->text, "default") == 0)
			netplan_only(reading, &to->origin, "write '0.0.0.0/0', or '::/0'",
				     "it has no route to", to->text);
	}
}

static void check_addresses(struct reading *reading, const struct bt_node *device)
{
	const struct bt_node *routes = bt_node_get(device, "routes");
	const struct bt_node *gateway4 = bt_node_get(device, "gateway4");
	const struct bt_node *gateway6 = bt_node_get(device, "gateway6");
	bool dhcp4 = check_boolean(reading, bt_node_get(device, "dhcp4"));
	bool dhcp6 = check_boolean(reading, bt_node_get(device, "dhcp6"));

	if (gateway4 && !has_address(device, "4"))
		left_out(reading, gateway4, "there is no address of IPv4 to go with it");
	if (gateway6 && !has_address(device, "6"))
		left_out(reading, gateway6, "there is no address of IPv6 to go with it");
	if (routes && routes->kind == BT_NODE_LIST)
		check_routes(reading, routes);
	if (routes && !dhcp4 && !dhcp6 && !has_address(device, ""))
		left_out(reading, routes, "there is no address to go with them");
}

/* ---- devices -----------------------------------------------------------------------------------
 */

/* A MAC address that is a number for cloud-init, which hands that on to netplan, too. */
static void check_mac(struct reading *reading, const struct bt_node *map)
{
	const struct bt_node *mac = bt_node_get(map, "macaddress");

	if (mac)
		bt_cloud_init_check_mac(reading->bt, mac);
}

/* What cloud-init takes from a device; the rest reaches netplan only. */
static const char *const common_keys[] = {
	"accept-ra", "addresses",   "dhcp4",	  "dhcp4-overrides", "dhcp6",  "dhcp6-overrides",
	"gateway4",  "gateway6",    "id",	  "interfaces",	     "link",   "match",
	"mtu",	     "nameservers", "parameters", "renderer",	     "routes", "set-name",
	"wakeonlan", NULL,
};

/* Says of each key once that it gets no farther than to netplan. */
static int check_keys(struct reading *reading, const struct bt_node *device)
{
	for (size_t i = 0; i < device->count; i++) {
		const struct bt_node *node = device->items[i];

		if (bt_cloud_init_is_in(common_keys, node->key) ||
		    bt_strings_contain(&reading->said, node->key))
			continue;
		bt_note(reading->bt, "cloud-init/some-renderers", &node->key_origin,
			"without netplan, cloud-init drops '%s'", node->key);
		if (bt_strings_add(&reading->said, node->key) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int check_device(struct reading *reading, const struct bt_node *section,
			struct bt_node *device)
{
	int r;

	if (device->kind != BT_NODE_MAP)
		return 0; /* it is said */
	r = check_keys(reading, device);
	if (r == 0 && strcmp(section->key, "bonds") == 0)
		r = check_bond(reading, device);
	check_addresses(reading, device);
	return r;
}

/* ---- names -------------------------------------------------------------------------------------
 */

/* What an Ethernet device is called elsewhere than in this text; NULL: as it is here, or unknown.
 */
static const char *other_name(const struct reading *reading, const char *id)
{
	const struct bt_node *ethernets = bt_node_get(reading->network, "ethernets");
	const struct bt_node *device = ethernets ? bt_node_get(ethernets, id) : NULL;
	const struct bt_node *match = device ? bt_node_get(device, "match") : NULL;
	const struct bt_node *name = match ? get_text(device, "set-name") : NULL;

	if (match && !name)
		name = get_text(match, "name");
	return name && strcmp(name->text, id) != 0 ? name->text : NULL;
}

/* A reference by an id: cloud-init takes it for the name of an interface. */
static void check_reference(struct reading *reading, const struct bt_node *node)
{
	const char *name = node->text ? other_name(reading, node->text) : NULL;

	if (name)
		bt_diag(reading->bt, BONDTOOL_WARNING, "cloud-init/id", &node->origin,
			"give the device its interface's name for an id",
			"without netplan, cloud-init looks for an "
			"interface '%s', which is called '%s'",
			node->text, name);
}

static void check_references(struct reading *reading, const struct bt_node *device)
{
	const struct bt_node *ports = bt_node_get(device, "interfaces");
	const struct bt_node *link = bt_node_get(device, "link");
	const struct bt_node *parameters = bt_node_get(device, "parameters");
	const struct bt_node *primary = parameters ? bt_node_get(parameters, "primary") : NULL;

	for (size_t i = 0; ports && i < ports->count; i++)
		check_reference(reading, ports->items[i]);
	if (link)
		check_reference(reading, link);
	if (primary)
		check_reference(reading, primary);
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

/* cloud-init stops at what it does not know on top; of Wi-Fi it only says that it cannot. */
static void check_section(struct reading *reading, const struct bt_node *section)
{
	static const char *const known[] = {"bonds",   "bridges", "ethernets", "renderer",
					    "version", "vlans",	  "wifis",     NULL};
	bool netplans = bt_netplan_find_section(section->key) ||
			bt_netplan_find_key(BT_NETPLAN_OF_NETWORK, section->key);

	if (netplans && !bt_cloud_init_is_in(known, section->key))
		netplan_only(reading, &section->key_origin, NULL, "it knows nothing of",
			     section->key);
}

/* What cloud-init itself makes of the text, where it differs from what netplan does. */
static int check_network(struct reading *reading)
{
	const struct bt_node *network = reading->network;
	int r = 0;

	for (size_t i = 0; r == 0 && i < network->count; i++) {
		const struct bt_node *section = network->items[i];

		check_section(reading, section);
		for (size_t k = 0; r == 0 && is_section(section) && k < section->count; k++) {
			check_references(reading, section->items[k]);
			r = check_device(reading, section, section->items[k]);
		}
	}
	return r;
}

static void check_macs(struct reading *reading)
{
	const struct bt_node *network = reading->network;

	for (size_t i = 0; i < network->count; i++) {
		const struct bt_node *section = network->items[i];

		for (size_t k = 0; is_section(section) && k < section->count; k++) {
			const struct bt_node *match = bt_node_get(section->items[k], "match");

			check_mac(reading, section->items[k]);
			if (match)
				check_mac(reading, match);
		}
	}
}

int bt_cloud_init_read_v2(struct bondtool *bt, const struct bt_node *network, bool netplan,
			  struct bondtool_config *config)
{
	BT_CLEANUP(reading_release)
	struct reading reading = {.bt = bt, .network = bt_node_copy(network)};
	int r = reading.network ? 0 : -ENOMEM;

	if (r == 0)
		check_macs(&reading);
	if (r == 0 && !netplan)
		r = check_network(&reading);
	return r == 0 ? bt_netplan_read_network(bt, reading.network, config) : r;
}
