/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles as netplan's tree: a device each, and what does not fit into one. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "parsers/netplan/netplan-writing.h"

/* ---- nodes ---- */

int bt_netplan_put(struct bt_node *map, const char *key, struct bt_node *item)
{
	int r = bt_node_put(map, key, item);

	return r == -EEXIST ? 0 : r;
}

int bt_netplan_put_text(struct bt_node *map, const char *key, const char *text)
{
	return bt_netplan_put(map, key, bt_node_scalar(BT_NODE_TEXT, text));
}

int bt_netplan_put_boolean(struct bt_node *map, const char *key, bool yes)
{
	return bt_netplan_put(map, key, bt_node_scalar(BT_NODE_BOOLEAN, yes ? "true" : "false"));
}

struct bt_node *bt_netplan_map_in(struct bt_node *map, const char *key)
{
	struct bt_node *present = bt_node_get(map, key);
	struct bt_node *made;

	if (present)
		return present;
	made = bt_node_new(BT_NODE_MAP);
	return bt_node_put(map, key, made) == 0 ? made : NULL;
}

/* ---- devices and their ids ---- */

static const struct bt_netplan_section_row *row_of(const struct bondtool_profile *profile)
{
	if (bt_profile_is(profile, "bond"))
		return bt_netplan_find_section("bonds");
	if (bt_profile_is(profile, "vlan"))
		return bt_netplan_find_section("vlans");
	return bt_netplan_find_section("ethernets");
}

static const struct bt_node *old_device(const struct bt_netplan_writing *writing,
					const struct bt_netplan_section_row *row, const char *id)
{
	const struct bt_node *section = writing->old ? bt_node_get(writing->old, row->key) : NULL;

	return section && id ? bt_node_get(section, id) : NULL;
}

const char *bt_netplan_id(const struct bt_netplan_writing *writing,
			  const struct bondtool_profile *profile)
{
	const struct bt_netplan_section_row *row = row_of(profile);
	const char *id = bt_profile_text(profile, BT_PROP_ID);
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	if (row->section != BT_NETPLAN_ETHERNETS)
		return interface;
	if (old_device(writing, row, id))
		return id;
	if (interface)
		return interface;
	return id && !bt_netplan_is_glob(id) && bt_profile_text(profile, BT_PROP_MAC_ADDRESS)
		       ? id
		       : NULL;
}

const struct bt_node *bt_netplan_old(const struct bt_netplan_written *w, const char *key)
{
	return w->old ? bt_node_get(w->old, key) : NULL;
}

void bt_netplan_lose(struct bt_netplan_written *w, enum bt_property_id property, const char *hint,
		     const char *why)
{
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[property]);

	bt_written_property(&w->written, property);
	if (w->writing->bt)
		bt_report_loss(w->writing->bt, &bt_format_netplan,
			       bt_profile_value(w->profile, property), hint, "'%s': %s %s",
			       bt_profile_label(w->profile), name ? name : "a property", why);
}

/* The renderer that the texts name in this map, or ABOVE. */
static enum bt_netplan_renderer renderer_in(const struct bt_node *map,
					    enum bt_netplan_renderer above)
{
	const struct bt_node *node = map ? bt_node_get(map, "renderer") : NULL;

	if (!node || !node->text)
		return above;
	return bt_equal(node->text, "NetworkManager") ? BT_NETPLAN_MANAGER : BT_NETPLAN_NETWORKD;
}

static enum bt_netplan_renderer renderer_of(const struct bt_netplan_written *w)
{
	const struct bt_node *network = w->writing->old;
	const struct bt_node *section = network ? bt_node_get(network, w->row->key) : NULL;

	return renderer_in(w->old, renderer_in(section, renderer_in(network, BT_NETPLAN_NETWORKD)));
}

/* ---- what it is for ---- */

/* How an Ethernet interface is found: by its id alone, or by a map "match". */
static int put_match(struct bt_netplan_written *w, const char *id)
{
	const char *mac = bt_profile_text(w->profile, BT_PROP_MAC_ADDRESS);
	const char *name = bt_profile_text(w->profile, BT_PROP_INTERFACE_NAME);
	bool renamed = mac || bt_netplan_old(w, "set-name");
	struct bt_node *match;
	int r = 0;

	bt_written_property(&w->written, BT_PROP_MAC_ADDRESS);
	if (!mac && bt_equal(name, id) && !bt_netplan_old(w, "match"))
		return 0;
	match = bt_netplan_map_in(w->map, "match");
	if (!match)
		return -ENOMEM;
	if (mac)
		r = bt_netplan_put_text(match, "macaddress", mac);
	if (r == 0 && name)
		r = renamed ? bt_netplan_put_text(w->map, "set-name", name)
			    : bt_netplan_put_text(match, "name", name);
	return r;
}

static int put_identity(struct bt_netplan_written *w, const char *id)
{
	bt_written_property(&w->written, BT_PROP_TYPE);
	bt_written_property(&w->written, BT_PROP_INTERFACE_NAME);
	if (bt_equal(id, bt_profile_text(w->profile, BT_PROP_ID)))
		bt_written_property(&w->written, BT_PROP_ID);
	return w->row->section == BT_NETPLAN_ETHERNETS ? put_match(w, id) : 0;
}

/* ---- properties with a key of the table ---- */

/* Netplan sets addresses. The words are NetworkManager's, and came with netplan 1.0. */
static bool is_word_for_mac(const struct bt_netplan_written *w, enum bt_property_id property)
{
	BT_AUTOFREE char *mac = NULL;

	return property == BT_PROP_CLONED_MAC_ADDRESS && w->renderer != BT_NETPLAN_MANAGER &&
	       bt_item_canonical(BT_TYPE_MAC, bt_profile_text(w->profile, property), &mac) < 0;
}

static struct bt_node *row_value(const struct bt_netplan_key *row, const struct bt_value *value)
{
	const struct bt_spec *spec = &bt_properties[row->property].spec;
	BT_AUTOFREE char *text = NULL;

	if (row->kind == BT_NETPLAN_NUMBER)
		return bt_node_number(value->number);
	if (row->kind == BT_NETPLAN_BOOLEAN)
		return bt_node_scalar(BT_NODE_BOOLEAN,
				      (row->how == BT_NETPLAN_INVERTED) != (value->number != 0)
					      ? "true"
					      : "false");
	text = bt_value_text(spec, value, BONDTOOL_PARSABLE);
	return bt_node_scalar(BT_NODE_TEXT, text);
}

enum { EUI64 = 0, STABLE_PRIVACY = 1 }; /* of ipv6.addr-gen-mode */

/*
 * Negative numbers and those that stand for "not set" have no notation in netplan, which allows one
 * of two ways to make addresses, and for systemd-networkd only the one that it takes anyway.
 */
static bool has_notation(const struct bt_netplan_written *w, const struct bt_netplan_key *row,
			 const struct bt_value *value)
{
	bool manager = w->renderer == BT_NETPLAN_MANAGER;

	if (row->property == BT_PROP_IPV6_ADDR_GEN_MODE)
		return (value->number == EUI64 || (value->number == STABLE_PRIVACY && manager)) &&
		       !bt_profile_value(w->profile, BT_PROP_IPV6_TOKEN);
	return row->kind != BT_NETPLAN_NUMBER || value->number >= 0;
}

static int put_row(struct bt_netplan_written *w, struct bt_node *map,
		   const struct bt_netplan_key *row)
{
	const struct bt_value *value = bt_profile_value(w->profile, row->property);

	if (!value)
		return 0;
	if (!has_notation(w, row, value) || is_word_for_mac(w, row->property)) {
		bt_netplan_lose(w, row->property, NULL, "has a value that netplan has no word for");
		return 0;
	}
	bt_written_property(&w->written, row->property);
	return bt_netplan_put(map, row->key, row_value(row, value));
}

/* The properties whose keys stand in a map of this kind. */
static int put_rows(struct bt_netplan_written *w, enum bt_netplan_map kind, const char *key)
{
	int r = 0;

	for (const struct bt_netplan_key *row = bt_netplan_keys; r == 0 && row->key; row++) {
		struct bt_node *map = w->map;

		if (!(row->maps & BT_NETPLAN_BIT(kind)) || row->how == BT_NETPLAN_KEPT ||
		    row->how == BT_NETPLAN_SPECIAL || !bt_profile_value(w->profile, row->property))
			continue;
		if (key)
			map = bt_netplan_map_in(w->map, key);
		r = map ? put_row(w, map, row) : -ENOMEM;
	}
	return r;
}

/* ---- others ---- */

/* For systemd-networkd DHCP has one set of overrides, and netplan insists on saying it twice. */
static int put_overrides(struct bt_netplan_written *w)
{
	int r = put_rows(w, BT_NETPLAN_OF_DHCP4, "dhcp4-overrides");
	const struct bt_node *of4 = bt_node_get(w->map, "dhcp4-overrides");

	if (r < 0 || !of4 || !bt_node_get(w->map, "dhcp6") || w->renderer == BT_NETPLAN_MANAGER)
		return r;
	return bt_netplan_put(w->map, "dhcp6-overrides", bt_node_copy(of4));
}

static int put_activation(struct bt_netplan_written *w)
{
	const struct bt_node *old = bt_netplan_old(w, "activation-mode");
	const struct bt_value *value = bt_profile_value(w->profile, BT_PROP_AUTOCONNECT);

	bt_written_property(&w->written, BT_PROP_AUTOCONNECT);
	if (!value || value->number)
		return 0;
	return bt_netplan_put_text(w->map, "activation-mode",
				   old && bt_equal(old->text, "off") ? "off" : "manual");
}

static int put_privacy(struct bt_netplan_written *w)
{
	const struct bt_value *value = bt_profile_value(w->profile, BT_PROP_IPV6_PRIVACY);

	if (!value)
		return 0;
	if (value->number != 0 && value->number != 2) {
		bt_netplan_lose(w, BT_PROP_IPV6_PRIVACY, NULL, "is neither on nor off");
		return 0;
	}
	bt_written_property(&w->written, BT_PROP_IPV6_PRIVACY);
	return bt_netplan_put_boolean(w->map, "ipv6-privacy", value->number != 0);
}

/* The parent of a VLAN, which netplan must know: by its id, or by one that is made for it. */
static int put_link(struct bt_netplan_written *w)
{
	struct bt_netplan_writing *writing = w->writing;
	const char *parent = bt_profile_text(w->profile, BT_PROP_VLAN_PARENT);
	const struct bondtool_profile *profile =
		parent ? bt_config_referred(writing->config, parent) : NULL;
	const char *id = profile ? bt_netplan_id(writing, profile) : parent;
	struct bt_node *ethernets;

	bt_written_property(&w->written, BT_PROP_VLAN_PARENT);
	if (!id)
		return 0;
	if (!profile && !old_device(writing, bt_netplan_find_section("bridges"), id)) {
		ethernets = bt_netplan_map_in(writing->network, "ethernets");
		if (!ethernets || !bt_netplan_map_in(ethernets, id))
			return -ENOMEM;
	}
	return bt_netplan_put_text(w->map, "link", id);
}

/* The list "interfaces" of a controller, with one more. */
static int add_member(struct bt_node *controller, const char *id)
{
	struct bt_node *list = bt_node_get(controller, "interfaces");

	if (!list) {
		int r = bt_netplan_put(controller, "interfaces", bt_node_new(BT_NODE_LIST));

		if (r < 0)
			return r;
		list = bt_node_get(controller, "interfaces");
	}
	return bt_node_append(list, bt_node_scalar(BT_NODE_TEXT, id));
}

/* Ports stand in the list of their controller: of a bond that is here, or of a bridge. */
static int put_controller(struct bt_netplan_written *w, const char *id)
{
	struct bt_netplan_writing *writing = w->writing;
	const char *text = bt_profile_text(w->profile, BT_PROP_CONTROLLER);
	const struct bondtool_profile *bond =
		text ? bt_config_controller(writing->config, w->profile) : NULL;
	const char *type = bt_profile_text(w->profile, BT_PROP_PORT_TYPE);
	bool is_bond = bond && bt_profile_is(bond, "bond");
	const char *name = is_bond ? bt_netplan_id(writing, bond) : text;
	struct bt_node *section, *controller;

	if (!text)
		return 0;
	if (!name || (!is_bond && !bt_equal(type, "bridge"))) {
		bt_netplan_lose(w, BT_PROP_CONTROLLER, NULL, "names no bond here, and no bridge");
		return 0;
	}
	bt_written_property(&w->written, BT_PROP_CONTROLLER);
	bt_written_property(&w->written, BT_PROP_PORT_TYPE);
	section = bt_netplan_map_in(writing->network, is_bond ? "bonds" : "bridges");
	controller = section ? bt_netplan_map_in(section, name) : NULL;
	return controller ? add_member(controller, id) : -ENOMEM;
}

/* Keys that the model does not know go back to where they stood. */
static int put_extras(struct bt_netplan_written *w)
{
	int r = 0;

	w->written.extras = true;
	for (size_t i = 0; r == 0 && i < w->profile->n_extras; i++) {
		const struct bt_extra *extra = &w->profile->extras[i];
		struct bt_node *map = w->map;

		if (extra->format != BT_FORMAT_NETPLAN || bt_equal(extra->section, "addresses"))
			continue;
		if (extra->section)
			map = bt_netplan_map_in(w->map, extra->section);
		if (!map)
			return -ENOMEM;
		if (map->kind == BT_NODE_MAP)
			r = bt_netplan_put(map, extra->key, bt_node_from_json(extra->value));
	}
	return r;
}

/* ---- all of it ---- */

static bool is_port_of_bond(const struct bondtool_profile *profile)
{
	return bt_profile_text(profile, BT_PROP_CONTROLLER) &&
	       bt_equal(bt_profile_text(profile, BT_PROP_PORT_TYPE), "bond");
}

static int put_device(struct bt_netplan_written *w, const char *id)
{
	int r = put_identity(w, id);

	if (r == 0)
		r = put_rows(w, w->row->map, NULL);
	if (r == 0 && w->row->section == BT_NETPLAN_VLANS)
		r = put_link(w);
	if (r == 0)
		r = put_controller(w, id);
	if (r == 0)
		r = put_activation(w);
	if (r == 0 && !is_port_of_bond(w->profile))
		r = bt_netplan_put_ip(w);
	if (r == 0 && !is_port_of_bond(w->profile))
		r = put_overrides(w);
	if (r == 0)
		r = put_privacy(w);
	if (r == 0 && w->renderer == BT_NETPLAN_MANAGER)
		r = put_rows(w, BT_NETPLAN_OF_MANAGER, "networkmanager");
	if (r == 0 && w->row->section == BT_NETPLAN_BONDS)
		r = bt_netplan_put_options(w);
	return r == 0 ? put_extras(w) : r;
}

/* Why the profile can be no device of netplan's; NULL when it can. */
static const char *refused(const struct bondtool_profile *profile, const char *id)
{
	if (!id)
		return "a device without a name";
	if (bt_profile_is(profile, "vlan") && !bt_profile_text(profile, BT_PROP_VLAN_PARENT))
		return "a VLAN without a parent";
	if (bt_profile_is(profile, "vlan") && !bt_profile_value(profile, BT_PROP_VLAN_ID))
		return "a VLAN without a number";
	return NULL;
}

static int put_profile(struct bt_netplan_writing *writing, const struct bondtool_profile *profile)
{
	struct bt_netplan_written w = {
		.writing = writing,
		.profile = profile,
		.row = row_of(profile),
	};
	const char *id = bt_netplan_id(writing, profile);
	const char *reason;
	struct bt_node *section;
	int r;

	reason = refused(profile, id);
	if (reason) {
		if (writing->bt)
			bt_diag(writing->bt, BONDTOOL_WARNING, "loss/profile", &profile->origin,
				NULL, "'%s' is not written: netplan refuses %s",
				bt_profile_label(profile), reason);
		return 0;
	}
	section = bt_netplan_map_in(writing->network, w.row->key);
	w.old = old_device(writing, w.row, id);
	w.renderer = renderer_of(&w);
	w.map = section ? bt_netplan_map_in(section, id) : NULL;
	r = w.map ? put_device(&w, id) : -ENOMEM;
	if (r == 0 && writing->bt)
		bt_report_losses(writing->bt, &bt_format_netplan, profile, &w.written,
				 w.renderer == BT_NETPLAN_MANAGER ? bt_netplan_hint_manager
								  : bt_netplan_hint_networkd);
	return r;
}

/* The head of a new file. In one that is there it stays as it is. */
static int put_head(struct bt_netplan_writing *writing)
{
	int r;

	if (writing->old)
		return 0;
	r = bt_netplan_put(writing->network, "version", bt_node_number(2));
	return r == 0 ? bt_netplan_put_text(writing->network, "renderer", "networkd") : r;
}

int bt_netplan_tree(struct bondtool *bt, struct bondtool_config *config, const struct bt_node *old,
		    struct bt_node **ret_network)
{
	BT_AUTONODE struct bt_node *network = bt_node_new(BT_NODE_MAP);
	struct bt_netplan_writing writing = {bt, config, old, network};
	int r = network ? put_head(&writing) : -ENOMEM;

	/* Ports have to be defined before they are named: ethernets come first. */
	for (int bonds = 0; r == 0 && bonds < 2; bonds++)
		for (size_t i = 0; r == 0 && i < config->count; i++)
			if ((row_of(config->profiles[i])->section != BT_NETPLAN_ETHERNETS) ==
			    (bonds == 1))
				r = put_profile(&writing, config->profiles[i]);
	if (r == 0)
		*ret_network = BT_TAKE(network);
	return r;
}
