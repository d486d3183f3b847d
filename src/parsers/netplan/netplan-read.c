/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From netplan's merged tree to profiles: first all devices, then what they are to each other. */
#include <errno.h>
#include <string.h>

#include "base/tree-draft.h"
#include "parsers/netplan/netplan-reading.h"

static void reading_release(struct bt_netplan_reading *reading)
{
	for (size_t i = 0; i < reading->n_devices; i++)
		bt_profile_free(reading->devices[i].profile);
	free(reading->devices);
	bt_hash_release(&reading->by_id);
}

struct bt_netplan_device *bt_netplan_find_device(const struct bt_netplan_reading *reading,
						 const char *id)
{
	size_t number;

	return bt_hash_get(&reading->by_id, id, &number) ? &reading->devices[number] : NULL;
}

const char *bt_netplan_label(const struct bt_netplan_device *device)
{
	return device->name ? device->name : device->id;
}

/* ---- renderers ------------------------------------------------------------------------------- */

/* The renderer that NODE (may be NULL) names, or ABOVE. */
static enum bt_netplan_renderer renderer_of(struct bondtool *bt, const struct bt_node *node,
					    enum bt_netplan_renderer above)
{
	if (!node || !bt_netplan_is_kind(bt, node, BT_NETPLAN_TEXT))
		return above;
	if (bt_equal(node->text, "networkd"))
		return BT_NETPLAN_NETWORKD;
	if (bt_equal(node->text, "NetworkManager"))
		return BT_NETPLAN_MANAGER;
	if (bt_equal(node->text, "sriov"))
		return BT_NETPLAN_SRIOV;
	bt_netplan_refused(bt, &node->origin, "write 'networkd' or 'NetworkManager'",
			   "there is no renderer '%s'", node->text);
	return above;
}

/* Netplan takes the digits that the text begins with. */
static void check_version(struct bondtool *bt, const struct bt_node *node)
{
	if (node && bt_netplan_is_kind(bt, node, BT_NETPLAN_TEXT) &&
	    strtol(node->text, NULL, 10) != 2)
		bt_netplan_refused(bt, &node->origin, "write 'version: 2'",
				   "only version 2 is supported");
}

/* ---- devices --------------------------------------------------------------------------------- */

static bool is_matched(const struct bt_netplan_device *device)
{
	return device->row->section == BT_NETPLAN_ETHERNETS && bt_netplan_get(device, "match");
}

/* The name of the interface, as far as the text tells. */
static const char *name_of(const struct bt_netplan_device *device)
{
	const struct bt_node *match = is_matched(device) ? bt_netplan_get(device, "match") : NULL;
	const struct bt_node *renamed = match ? bt_netplan_get(device, "set-name") : NULL;
	const struct bt_node *name = match ? bt_node_get(match, "name") : NULL;

	if (!match)
		return device->id;
	if (renamed)
		return renamed->text;
	if (name && bt_node_is_scalar(name) && !bt_netplan_is_glob(name->text))
		return name->text;
	return NULL;
}

static void check_id(struct bt_netplan_reading *reading, const struct bt_node *node)
{
	struct bt_netplan_device *present = bt_netplan_find_device(reading, node->key);

	if (bt_netplan_is_glob(node->key))
		bt_netplan_refused(reading->bt, &node->key_origin,
				   "write a plain id, and the pattern as 'match: {name: ...}'",
				   "'%s' is an id and cannot be a pattern", node->key);
	if (present)
		bt_netplan_refused(reading->bt, &node->key_origin, NULL,
				   "'%s' is among '%s' already, in line %u", node->key,
				   present->row->key, present->node->key_origin.line);
}

static int new_profile(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
		       const struct bt_origin *place)
{
	struct bondtool_profile *profile = bt_profile_new();
	int r;

	device->profile = profile;
	if (!profile)
		return -ENOMEM;
	profile->origin = *place;
	r = bt_profile_set(reading->bt, profile, BT_PROP_ID, device->id, place);
	if (r == 0)
		r = bt_profile_set(reading->bt, profile, BT_PROP_TYPE, device->row->type, place);
	if (r == 0 && device->name)
		r = bt_profile_set(reading->bt, profile, BT_PROP_INTERFACE_NAME, device->name,
				   place);
	return r == -ENOMEM ? r : 0; /* a name may be too long for an interface: it is said */
}

static int add_device(struct bt_netplan_reading *reading, const struct bt_netplan_section_row *row,
		      const struct bt_node *node, enum bt_netplan_renderer renderer)
{
	struct bt_netplan_device *device = &reading->devices[reading->n_devices];

	if (!bt_netplan_is_kind(reading->bt, node, BT_NETPLAN_MAP))
		return 0;
	check_id(reading, node);
	*device = (struct bt_netplan_device){.id = node->key, .node = node, .row = row};
	device->renderer = renderer_of(reading->bt, bt_node_get(node, "renderer"), renderer);
	device->name = name_of(device);
	reading->n_devices++;
	if (!row->type) {
		bt_note(reading->bt, "netplan/other-kind", &node->key_origin,
			"'%s' is among '%s': only bonds, their ports, ethernets and VLANs are read",
			node->key, row->key);
	} else if (new_profile(reading, device, &node->key_origin) < 0) {
		return -ENOMEM;
	}
	return bt_hash_put(&reading->by_id, node->key, reading->n_devices - 1);
}

static int add_section(struct bt_netplan_reading *reading, const struct bt_node *section)
{
	const struct bt_netplan_section_row *row = bt_netplan_find_section(section->key);
	const struct bt_node *named;
	enum bt_netplan_renderer renderer;
	int r = 0;

	if (!bt_netplan_is_kind(reading->bt, section, BT_NETPLAN_MAP))
		return 0;
	named = bt_node_get(section, "renderer");
	renderer = renderer_of(reading->bt, named, reading->renderer);
	for (size_t i = 0; r == 0 && i < section->count; i++)
		if (section->items[i] != named)
			r = add_device(reading, row, section->items[i], renderer);
	return r;
}

/* Those that the sections define, and at most each member that none does. */
static size_t most_devices(const struct bt_node *network)
{
	size_t count = 1;

	for (size_t i = 0; i < network->count; i++) {
		const struct bt_node *section = network->items[i];

		count += section->count;
		for (size_t k = 0; k < section->count; k++) {
			const struct bt_node *members =
				bt_node_get(section->items[k], "interfaces");

			count += members ? members->count : 0;
		}
	}
	return count;
}

static int add_devices(struct bt_netplan_reading *reading)
{
	const struct bt_node *network = reading->network;
	int r = 0;

	reading->devices = calloc(most_devices(network), sizeof(*reading->devices));
	if (!reading->devices)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < network->count; i++) {
		const struct bt_node *item = network->items[i];

		if (bt_netplan_find_section(item->key))
			r = add_section(reading, item);
		else if (!bt_netplan_find_key(BT_NETPLAN_OF_NETWORK, item->key))
			bt_netplan_unknown_key(reading->bt, item, BT_NETPLAN_OF_NETWORK);
	}
	return r;
}

/* ---- what they are to each other ------------------------------------------------------------- */

/* The device that NODE names; an error when there is none, or only a later file defines it. */
static struct bt_netplan_device *referred(struct bt_netplan_reading *reading,
					  const struct bt_node *node)
{
	struct bt_netplan_device *device = bt_netplan_find_device(reading, node->text);
	const struct bt_origin *place = device ? &device->node->key_origin : NULL;

	if (!device)
		bt_netplan_refused(reading->bt, &node->origin,
				   "define it, if only by an empty map, for example in 'ethernets'",
				   "'%s' is the id of no device here", node->text);
	else if (place->source && node->origin.source && place->source != node->origin.source &&
		 bt_netplan_compare_files(place->source->name, node->origin.source->name) > 0)
		bt_netplan_refused(reading->bt, &node->origin, NULL,
				   "'%s' is defined only in a later file, '%s'", node->text,
				   place->source->name);
	return device;
}

/*
 * A port that no section defines: netplan refuses that, and what is meant is clear all the same.
 * NULL without memory.
 */
static struct bt_netplan_device *add_undefined(struct bt_netplan_reading *reading,
					       const struct bt_node *named)
{
	static const struct bt_node nothing = {.kind = BT_NODE_MAP};
	struct bt_netplan_device *device = &reading->devices[reading->n_devices++];

	*device = (struct bt_netplan_device){
		.id = named->text,
		.node = &nothing,
		.row = bt_netplan_find_section("ethernets"),
		.name = named->text,
	};
	if (new_profile(reading, device, &named->origin) < 0 ||
	    bt_hash_put(&reading->by_id, device->id, reading->n_devices - 1) < 0)
		return NULL;
	return device;
}

/* NODE of the controller's list makes a device its member. */
static int add_member(struct bt_netplan_reading *reading,
		      const struct bt_netplan_device *controller, const struct bt_node *node)
{
	struct bt_netplan_device *member;

	if (!bt_netplan_is_kind(reading->bt, node, BT_NETPLAN_TEXT))
		return 0;
	member = referred(reading, node);
	if (!member && !(member = add_undefined(reading, node)))
		return -ENOMEM;
	if (member->controller == controller)
		return 0;
	if (member == controller) {
		bt_netplan_refused(reading->bt, &node->origin, NULL,
				   "'%s' cannot be a member of itself", member->id);
		return 0;
	}
	if (member->controller) {
		bt_netplan_refused(reading->bt, &node->origin, NULL,
				   "'%s' is a member of '%s' already, in line %u", member->id,
				   member->controller->id, member->member->origin.line);
		return 0;
	}
	member->controller = controller;
	member->member = node;
	return 0;
}

/* What the members of a device are ports of; NULL: it is none that has members. */
static const char *port_type_of(const struct bt_netplan_device *controller)
{
	switch (controller->row->section) {
	case BT_NETPLAN_BONDS:
		return "bond";
	case BT_NETPLAN_BRIDGES:
		return "bridge";
	case BT_NETPLAN_VRFS:
		return "vrf";
	default:
		return NULL;
	}
}

static int add_members(struct bt_netplan_reading *reading,
		       const struct bt_netplan_device *controller)
{
	const struct bt_node *list = bt_node_get(controller->node, "interfaces");
	int r = 0;

	if (!list || !port_type_of(controller))
		return 0;
	if (list->kind != BT_NODE_LIST) {
		if (!controller->profile) /* otherwise said with its other keys */
			bt_netplan_wrong_kind(reading->bt, list, BT_NETPLAN_LIST);
		return 0;
	}
	for (size_t i = 0; r == 0 && i < list->count; i++)
		r = add_member(reading, controller, list->items[i]);
	return r;
}

static int set_controller(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_netplan_device *controller = device->controller;
	int r;

	if (!controller)
		return 0;
	r = bt_profile_set(reading->bt, device->profile, BT_PROP_CONTROLLER,
			   bt_netplan_label(controller), &device->member->origin);
	if (r == 0)
		r = bt_profile_set(reading->bt, device->profile, BT_PROP_PORT_TYPE,
				   port_type_of(controller), &device->member->origin);
	return r;
}

static int read_link(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_node *link = bt_netplan_get(device, "link");
	const struct bt_netplan_device *parent = link ? referred(reading, link) : NULL;

	if (!link)
		bt_netplan_refused(reading->bt, &device->node->key_origin, NULL,
				   "the VLAN '%s' has no 'link'", device->id);
	if (!bt_node_get(device->node, "id"))
		bt_netplan_refused(reading->bt, &device->node->key_origin, NULL,
				   "the VLAN '%s' has no 'id'", device->id);
	if (!link)
		return 0;
	return bt_profile_set(reading->bt, device->profile, BT_PROP_VLAN_PARENT,
			      parent ? bt_netplan_label(parent) : link->text, &link->origin);
}

/* ---- the keys of a device -------------------------------------------------------------------- */

int bt_netplan_keep(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
		    const char *map, const struct bt_node *node)
{
	BT_AUTOFREE char *value = bt_tree_to_json(node, false);

	(void)reading;
	return value ? bt_profile_add_extra(device->profile, BT_FORMAT_NETPLAN, map, node->key,
					    value, &node->key_origin)
		     : -ENOMEM;
}

int bt_netplan_set(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
		   const char *map, enum bt_property_id property, const struct bt_node *node)
{
	int r = bt_profile_set(reading->bt, device->profile, property, node->text, &node->origin);

	if (r == 0 || r == -ENOMEM)
		return r;
	return node->key ? bt_netplan_keep(reading, device, map, node) : 0;
}

/* Words such as "permanent" came with netplan 1.0; they are NetworkManager's. */
static int take_mac(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
		    const struct bt_node *node)
{
	static const char *const words[] = {"permanent", "preserve", "random", "stable"};
	BT_AUTOFREE char *mac = NULL;
	int r = bt_item_canonical(BT_TYPE_MAC, node->text, &mac);

	for (size_t i = 0; r == -EINVAL && i < BT_ARRAY_SIZE(words); i++)
		if (bt_equal(words[i], node->text))
			r = 0;
	if (r == -EINVAL) {
		bt_netplan_refused(reading->bt, &node->origin, NULL,
				   "'%s' should be a MAC address such as 02:00:5e:10:00:01",
				   node->text);
		return bt_netplan_keep(reading, device, NULL, node);
	}
	return r < 0 ? r : bt_netplan_set(reading, device, NULL, BT_PROP_CLONED_MAC_ADDRESS, node);
}

/* A key that becomes a property, or its opposite. */
static int take_property(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
			 const char *map, const struct bt_netplan_key *row,
			 const struct bt_node *node)
{
	bool yes;

	if (row->property == BT_PROP_CLONED_MAC_ADDRESS)
		return take_mac(reading, device, node);
	if (row->kind != BT_NETPLAN_BOOLEAN)
		return bt_netplan_set(reading, device, map, row->property, node);
	bt_netplan_parse_boolean(node->text, &yes);
	return bt_profile_set_number(device->profile, row->property,
				     row->how == BT_NETPLAN_INVERTED ? !yes : yes, &node->origin);
}

/* The keys of a map that belong to the device, by the table; those of special ones elsewhere. */
static int take_rows(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
		     const char *name, enum bt_netplan_map map, const struct bt_node *node)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < node->count; i++) {
		const struct bt_node *item = node->items[i];
		const struct bt_netplan_key *row = bt_netplan_find_key(map, item->key);

		if (!row)
			bt_netplan_unknown_key(reading->bt, item, map);
		if (!row || !bt_netplan_is_kind(reading->bt, item, row->kind) ||
		    row->how == BT_NETPLAN_KEPT)
			r = bt_netplan_keep(reading, device, name, item);
		else if (row->how != BT_NETPLAN_SPECIAL)
			r = take_property(reading, device, name, row, item);
	}
	return r;
}

/* The keys of a map below the device's own. */
static int take_map(struct bt_netplan_reading *reading, struct bt_netplan_device *device,
		    const char *key, enum bt_netplan_map map)
{
	const struct bt_node *node = bt_netplan_get(device, key);

	return node ? take_rows(reading, device, key, map, node) : 0;
}

static int read_match(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_node *match = bt_netplan_get(device, "match");
	const struct bt_node *name = match ? bt_node_get(match, "name") : NULL;
	const struct bt_node *renamed = bt_netplan_get(device, "set-name");

	if (renamed && !match)
		bt_netplan_refused(reading->bt, &renamed->key_origin, NULL,
				   "'set-name' needs 'match'");
	if (!match)
		return renamed ? bt_netplan_keep(reading, device, NULL, renamed) : 0;
	if (!device->name && !bt_node_get(match, "macaddress"))
		bt_note(reading->bt, "netplan/needs-system", &match->origin,
			"which interfaces '%s' stands for, only a running system can tell",
			device->id);
	if (name && bt_node_is_scalar(name) && !bt_equal(name->text, device->name))
		return bt_netplan_keep(reading, device, "match", name);
	return 0;
}

/* "manual" and "off" differ in who may bring the device up; both leave it down at boot. */
static int read_activation(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_node *node = bt_netplan_get(device, "activation-mode");

	if (!node)
		return 0;
	if (bt_equal(node->text, "manual") || bt_equal(node->text, "off"))
		return bt_profile_set_number(device->profile, BT_PROP_AUTOCONNECT, 0,
					     &node->origin);
	bt_netplan_refused(reading->bt, &node->origin, "write 'manual' or 'off', or leave it out",
			   "there is no activation mode '%s'", node->text);
	return bt_netplan_keep(reading, device, NULL, node);
}

enum { PREFER_TEMPORARY = 2 }; /* of ipv6.ip6-privacy */

/* What systemd-networkd cannot do, netplan refuses to hand on to it. */
static void check_generation(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_node *node = bt_netplan_get(device, "ipv6-address-generation");
	bool named =
		node && (bt_equal(node->text, "eui64") || bt_equal(node->text, "stable-privacy"));

	if (node && !named)
		bt_netplan_refused(reading->bt, &node->origin, "write 'eui64' or 'stable-privacy'",
				   "there is no '%s' to make addresses", node->text);
	else if (node && bt_netplan_get(device, "ipv6-address-token"))
		bt_netplan_refused(reading->bt, &node->key_origin, NULL,
				   "'ipv6-address-token' says already how addresses are made");
	else if (node && !bt_equal(node->text, "eui64") && device->renderer == BT_NETPLAN_NETWORKD)
		bt_netplan_refused(reading->bt, &node->origin, NULL,
				   "systemd-networkd makes addresses by 'eui64' only");
}

/* For systemd-networkd the overrides of both kinds of DHCP have to be the same, where both are on.
 */
static void check_overrides(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_node *of4 = bt_netplan_get(device, "dhcp4-overrides");
	const struct bt_node *of6 = bt_netplan_get(device, "dhcp6-overrides");
	const struct bt_node *one = of4 ? of4 : of6;

	if (one && device->renderer == BT_NETPLAN_NETWORKD && !bt_node_equal(of4, of6) &&
	    bt_netplan_get_boolean(device, "dhcp4") > 0 &&
	    bt_netplan_get_boolean(device, "dhcp6") > 0)
		bt_netplan_refused(
			reading->bt, &one->key_origin,
			"write the same into 'dhcp4-overrides' and 'dhcp6-overrides'",
			"systemd-networkd has one set of overrides for both kinds of DHCP");
}

static int read_privacy(struct bt_netplan_device *device)
{
	const struct bt_node *node = bt_netplan_get(device, "ipv6-privacy");
	bool yes;

	if (!node || !bt_netplan_parse_boolean(node->text, &yes))
		return 0;
	return bt_profile_set_number(device->profile, BT_PROP_IPV6_PRIVACY,
				     yes ? PREFER_TEMPORARY : 0, &node->origin);
}

static int keep_openvswitch(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_node *node = bt_netplan_get(device, "openvswitch");

	if (!node)
		return 0;
	bt_warning(reading->bt, "netplan/openvswitch", &node->key_origin,
		   "'%s' belongs to Open vSwitch and is none of the kernel's driver", device->id);
	return bt_netplan_keep(reading, device, NULL, node);
}

/* NetworkManager's own keys besides: what they change is not judged. */
static int read_manager(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_node *node = bt_netplan_get(device, "networkmanager");
	const struct bt_node *passed = node ? bt_node_get(node, "passthrough") : NULL;

	if (passed)
		bt_note(reading->bt, "netplan/passthrough", &passed->key_origin,
			"what is passed through to NetworkManager is kept, and not looked at");
	return node ? take_rows(reading, device, node->key, BT_NETPLAN_OF_MANAGER, node) : 0;
}

static int read_device(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	enum bt_netplan_section section = device->row->section;
	int r = set_controller(reading, device);

	if (r == 0)
		r = take_rows(reading, device, NULL, device->row->map, device->node);
	if (r == 0 && section == BT_NETPLAN_ETHERNETS)
		r = read_match(reading, device);
	if (r == 0 && section == BT_NETPLAN_ETHERNETS)
		r = take_map(reading, device, "match", BT_NETPLAN_OF_MATCH);
	if (r == 0 && section == BT_NETPLAN_VLANS)
		r = read_link(reading, device);
	if (r == 0 && section == BT_NETPLAN_BONDS)
		r = bt_netplan_read_options(reading, device);
	check_generation(reading, device);
	check_overrides(reading, device);
	if (r == 0)
		r = read_activation(reading, device);
	if (r == 0)
		r = read_privacy(device);
	if (r == 0)
		r = take_map(reading, device, "dhcp4-overrides", BT_NETPLAN_OF_DHCP4);
	if (r == 0)
		r = take_map(reading, device, "dhcp6-overrides", BT_NETPLAN_OF_DHCP6);
	if (r == 0)
		r = read_manager(reading, device);
	if (r == 0)
		r = keep_openvswitch(reading, device);
	return r == 0 ? bt_netplan_read_ip(reading, device) : r;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static int read_network(struct bt_netplan_reading *reading, struct bondtool_config *config)
{
	int r;

	check_version(reading->bt, bt_node_get(reading->network, "version"));
	reading->renderer = renderer_of(reading->bt, bt_node_get(reading->network, "renderer"),
					BT_NETPLAN_NETWORKD);
	r = add_devices(reading);
	for (size_t i = 0; r == 0 && i < reading->n_devices; i++)
		r = add_members(reading, &reading->devices[i]);
	for (size_t i = 0; r == 0 && i < reading->n_devices; i++)
		if (reading->devices[i].profile)
			r = read_device(reading, &reading->devices[i]);
	for (size_t i = 0; r == 0 && i < reading->n_devices; i++)
		if (reading->devices[i].profile)
			r = bt_config_add(config, BT_TAKE(reading->devices[i].profile));
	return r;
}

int bt_netplan_read_network(struct bondtool *bt, const struct bt_node *network,
			    struct bondtool_config *config)
{
	BT_CLEANUP(reading_release)
	struct bt_netplan_reading reading = {.bt = bt, .network = network};

	return read_network(&reading, config);
}

int bt_netplan_read(struct bondtool *bt, const struct bt_inputs *inputs,
		    struct bondtool_config *config)
{
	BT_AUTONETPLAN struct bt_netplan_texts texts = {0};
	int r = bt_netplan_merge(bt, inputs, &texts);

	return r < 0 || !texts.network ? r : bt_netplan_read_network(bt, texts.network, config);
}
