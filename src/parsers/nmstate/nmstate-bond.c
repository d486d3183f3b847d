/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bonds and VLANs of nmstate's declarations, and which interfaces are ports of which. */
#include <errno.h>
#include <string.h>

#include "parsers/nmstate/nmstate-reading.h"

static const char bond_keys[] = "link-aggregation";
static const char option_keys[] = "link-aggregation.options";
static const char port_keys[] = "link-aggregation.ports-config";

/* ---- options -----------------------------------------------------------------------------------
 */

/*
 * The value as the driver writes it, in a new string; NULL with *ret_needed when nmstate refuses
 * it: it knows numbers, and names or booleans where the option has some.
 */
static char *option_text(const struct bt_option *option, const struct bt_node *node,
			 const char **ret_needed)
{
	enum bt_option_id id = bt_option_id(option);
	bool own_names = bt_option_value_name(BT_FORMAT_NMSTATE, id, 1) != NULL, yes;
	int64_t number;

	if (bt_option_value_number(BT_FORMAT_NMSTATE, id, "true", &number)) {
		*ret_needed = "a boolean is needed";
		return bt_nmstate_yes_no(node, &yes) ? strdup(yes ? "1" : "0") : NULL;
	}
	*ret_needed = option->spec.type == BT_TYPE_NUMBER && !own_names
			      ? "a number is needed"
			      : "a name that the option has, or its number, is needed";
	if (node->kind == BT_NODE_BOOLEAN)
		return NULL;
	if (bt_option_value_number(BT_FORMAT_NMSTATE, id, node->text, &number) ||
	    ((own_names || option->spec.type == BT_TYPE_NUMBER) &&
	     bt_nmstate_number(node, &number)))
		return bt_format("%lld", (long long)number);
	if (option->spec.type == BT_TYPE_NUMBER)
		return NULL;
	if (option->spec.type == BT_TYPE_NAME || node->kind == BT_NODE_TEXT)
		return strdup(node->text);
	*ret_needed = "a text is needed: write it in quotes";
	return NULL;
}

/* IPv6 targets are a list of their own, unlike those of IPv4. */
static int take_option_list(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			    const struct bt_option *option, const struct bt_node *list)
{
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option), .origin = list->origin};
	const struct bt_about about = {"driver/value", {"option '", option->name, "'"}};
	int r = 0;

	for (size_t i = 0; r == 0 && i < list->count; i++) {
		const struct bt_node *item = list->items[i];

		r = item->text ? bt_value_add_item(reading->bt, &option->spec, &about, item->text,
						   &item->origin, &value)
			       : -EINVAL;
	}
	if (r == -EINVAL)
		return bt_nmstate_refused_value(reading, profile, option_keys, list,
						"it must be a list of addresses");
	if (r < 0 || !value.n_items) /* an empty list takes the targets away */
		return r;
	return bt_values_put(&profile->options, &value);
}

static int take_known_option(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			     const struct bt_option *option, const struct bt_node *node)
{
	bool wants_list = option->spec.type == BT_TYPE_IP6S;
	const char *needed = "a single value is needed";
	BT_AUTOFREE char *text = NULL;
	int r;

	if (bt_nmstate_is_template(reading, node))
		return bt_nmstate_keep(profile, option_keys, node);
	if (wants_list && node->kind == BT_NODE_LIST)
		return take_option_list(reading, profile, option, node);
	if (wants_list)
		needed = "it must be a list of addresses";
	else if (option->spec.type == BT_TYPE_IP4S && node->kind == BT_NODE_LIST)
		needed = "the addresses must be one text, separated by commas";
	else if (bt_node_is_scalar(node))
		text = option_text(option, node, &needed);
	if (!text)
		return bt_nmstate_refused_value(reading, profile, option_keys, node, needed);
	if (!*text) /* takes the value away */
		return 0;
	r = bt_options_set(reading->bt, &profile->options, option->name, text, &node->origin);
	return r == -EINVAL || r == -ERANGE ? bt_nmstate_keep(profile, option_keys, node) : r;
}

static int take_option(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		       const struct bt_node *node)
{
	const struct bt_option *option = bt_option_by_key(BT_FORMAT_NMSTATE, node->key);

	if (bt_equal(node->key, "balance_slb") || bt_equal(node->key, "balance-slb")) {
		bt_warning(reading->bt, "nmstate/balance-slb", &node->key_origin,
			   "'%s' is done by NetworkManager and not by the driver", node->key);
		return bt_nmstate_keep(profile, option_keys, node);
	}
	if (!option || (option->flags & BT_OPTION_PORT) || bt_option_id(option) == BT_OPT_MODE)
		return bt_nmstate_other_key(reading, profile, option_keys, node);
	return take_known_option(reading, profile, option, node);
}

static int take_options(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			const struct bt_node *options)
{
	int r = 0;

	if (options->kind == BT_NODE_NULL)
		return 0;
	if (options->kind != BT_NODE_MAP)
		return bt_nmstate_refused_value(reading, profile, bond_keys, options,
						"it must be a map of options");
	for (size_t i = 0; r == 0 && i < options->count; i++)
		r = take_option(reading, profile, options->items[i]);
	return r;
}

static int take_mode(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		     const struct bt_node *node)
{
	const char *needed = "a mode is needed";
	BT_AUTOFREE char *text = NULL;
	int r;

	if (bt_node_is_scalar(node))
		text = option_text(&bt_options[BT_OPT_MODE], node, &needed);
	if (!text)
		return bt_nmstate_refused_value(reading, profile, bond_keys, node, needed);
	r = bt_options_set(reading->bt, &profile->options, bt_options[BT_OPT_MODE].name, text,
			   &node->origin);
	return r == -EINVAL || r == -ERANGE ? bt_nmstate_keep(profile, bond_keys, node) : r;
}

/* ---- bonds -------------------------------------------------------------------------------------
 */

/* The ports by any of the names that the list has had; "slaves" was its name before 1.0. */
static const struct bt_node *ports_of(const struct bt_node *section)
{
	static const char *const names[] = {"port", "ports", "slaves"};
	const struct bt_node *ports = NULL;

	for (size_t i = 0; !ports && i < BT_ARRAY_SIZE(names); i++)
		ports = bt_node_get(section, names[i]);
	return ports;
}

static int take_bond_key(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const struct bt_node *node)
{
	if (bt_equal(node->key, "mode"))
		return take_mode(reading, profile, node);
	if (bt_equal(node->key, "options"))
		return take_options(reading, profile, node);
	if (bt_equal(node->key, "port") || bt_equal(node->key, "ports") ||
	    bt_equal(node->key, "ports-config"))
		return 0; /* see bt_nmstate_take_ports() */
	if (!bt_equal(node->key, "slaves"))
		return bt_nmstate_other_key(reading, profile, bond_keys, node);
	bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/old-word", &node->key_origin, "write 'port'",
		"nmstate refuses the whole text: 'slaves' is of nmstate before 1.0");
	return 0;
}

/* What a declaration leaves out stays as it is on the machine, and a new bond lacks it. */
static void report_missing(struct bt_nmstate_reading *reading,
			   const struct bondtool_profile *profile, const struct bt_node *section)
{
	const struct bt_origin *origin = section ? &section->key_origin : &profile->origin;

	if (!section || !bt_node_get(section, "mode"))
		bt_warning(reading->bt, "nmstate/no-mode", origin,
			   "nmstate can change '%s' so, but not make it: 'mode' is missing",
			   bt_profile_label(profile));
	if (!section || (!ports_of(section) && !bt_node_get(section, "ports-config")))
		bt_note(reading->bt, "nmstate/merge", origin,
			"'%s' keeps the ports that it has: there is no 'port'",
			bt_profile_label(profile));
}

int bt_nmstate_take_bond(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const struct bt_node *section)
{
	int r = 0;

	if (section && section->kind != BT_NODE_MAP)
		return bt_nmstate_refused_value(reading, profile, NULL, section,
						"it must be a map");
	for (size_t i = 0; section && r == 0 && i < section->count; i++)
		r = take_bond_key(reading, profile, section->items[i]);
	report_missing(reading, profile, section);
	return r;
}

/* ---- VLANs -------------------------------------------------------------------------------------
 */

static int take_vlan_protocol(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			      const struct bt_node *node)
{
	if (bt_equal(node->text, "802.1q"))
		return bt_nmstate_set(reading, profile, "vlan", node, BT_PROP_VLAN_PROTOCOL,
				      "802.1Q");
	if (bt_equal(node->text, "802.1ad"))
		return bt_nmstate_set(reading, profile, "vlan", node, BT_PROP_VLAN_PROTOCOL,
				      "802.1ad");
	return bt_nmstate_refused_value(reading, profile, "vlan", node,
					"only 802.1q and 802.1ad are known");
}

/* The booleans of "vlan" as bits; unset where none of them is there. */
static int take_vlan_flags(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			   const struct bt_node *section)
{
	const struct bt_node *registration =
		bt_nmstate_scalar(reading, section, "registration-protocol");
	const struct bt_node *last = registration;
	unsigned flags = 0;

	for (const struct bt_nmstate_flag *f = bt_nmstate_vlan_flags; f->key; f++) {
		const struct bt_node *node = bt_nmstate_scalar(reading, section, f->key);
		bool yes = f->standard;

		if (node && !bt_nmstate_yes_no(node, &yes))
			return bt_nmstate_refused_value(reading, profile, "vlan", node,
							"a boolean is needed");
		flags |= yes ? f->bit : 0;
		last = node ? node : last;
	}
	if (registration && bt_equal(registration->text, "gvrp"))
		flags |= BT_NMSTATE_GVRP;
	else if (registration && bt_equal(registration->text, "mvrp"))
		flags |= BT_NMSTATE_MVRP;
	else if (registration && !bt_equal(registration->text, "none"))
		return bt_nmstate_refused_value(reading, profile, "vlan", registration,
						"only gvrp, mvrp and none are known");
	return last ? bt_profile_set_number(profile, BT_PROP_VLAN_FLAGS, flags, &last->origin) : 0;
}

/* "- from: 3\n  to: 5" */
static int take_vlan_map(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const struct bt_node *list, enum bt_property_id property)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < list->count; i++) {
		const struct bt_node *from = bt_nmstate_scalar(reading, list->items[i], "from");
		const struct bt_node *to = bt_nmstate_scalar(reading, list->items[i], "to");
		BT_AUTOFREE char *text =
			from && to ? bt_format("%s:%s", from->text, to->text) : NULL;

		if (!from || !to)
			return bt_nmstate_refused_value(reading, profile, "vlan", list,
							"each item needs 'from' and 'to'");
		r = text ? bt_profile_set(reading->bt, profile, property, text, &from->origin)
			 : -ENOMEM;
	}
	return r;
}

static int take_vlan_id(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			const struct bt_node *node)
{
	BT_AUTOFREE char *text = NULL;
	int64_t number;

	if (!bt_nmstate_number(node, &number))
		return bt_nmstate_refused_value(reading, profile, "vlan", node,
						"a number is needed");
	text = bt_format("%lld", (long long)number);
	return text ? bt_nmstate_set(reading, profile, "vlan", node, BT_PROP_VLAN_ID, text)
		    : -ENOMEM;
}

static bool is_vlan_flag(const char *key)
{
	for (const struct bt_nmstate_flag *f = bt_nmstate_vlan_flags; f->key; f++)
		if (strcmp(f->key, key) == 0)
			return true;
	return strcmp(key, "registration-protocol") == 0;
}

static int take_vlan_key(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const struct bt_node *node)
{
	if (is_vlan_flag(node->key))
		return 0; /* see take_vlan_flags() */
	if (node->kind == BT_NODE_LIST && bt_equal(node->key, "ingress-qos-map"))
		return take_vlan_map(reading, profile, node, BT_PROP_VLAN_INGRESS);
	if (node->kind == BT_NODE_LIST && bt_equal(node->key, "egress-qos-map"))
		return take_vlan_map(reading, profile, node, BT_PROP_VLAN_EGRESS);
	if (!bt_node_is_scalar(node) || bt_nmstate_is_template(reading, node))
		return bt_nmstate_other_key(reading, profile, "vlan", node);
	if (bt_equal(node->key, "base-iface"))
		return bt_nmstate_set(reading, profile, "vlan", node, BT_PROP_VLAN_PARENT,
				      node->text);
	if (bt_equal(node->key, "id"))
		return take_vlan_id(reading, profile, node);
	if (bt_equal(node->key, "protocol"))
		return take_vlan_protocol(reading, profile, node);
	return bt_nmstate_other_key(reading, profile, "vlan", node);
}

int bt_nmstate_take_vlan(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const struct bt_node *section)
{
	int r = 0;

	if (!section || section->kind != BT_NODE_MAP) {
		bt_note(reading->bt, "nmstate/merge", &profile->origin,
			"'%s' keeps the number and the parent that it has: there is no 'vlan'",
			bt_profile_label(profile));
		return 0;
	}
	for (size_t i = 0; r == 0 && i < section->count; i++)
		r = take_vlan_key(reading, profile, section->items[i]);
	return r == 0 ? take_vlan_flags(reading, profile, section) : r;
}

/* ---- ports -------------------------------------------------------------------------------------
 */

/* The profile of a port that has no description of its own. */
static int add_port(struct bt_nmstate_reading *reading, const struct bt_node *name)
{
	BT_AUTOPROFILE struct bondtool_profile *port = bt_profile_new();
	int r = port ? 0 : -ENOMEM;

	if (r == 0) {
		port->origin = name->origin;
		r = bt_profile_set(reading->bt, port, BT_PROP_ID, name->text, &name->origin);
	}
	if (r == 0)
		r = bt_profile_set(reading->bt, port, BT_PROP_TYPE, "802-3-ethernet",
				   &name->origin);
	if (r == 0)
		r = bt_profile_set(reading->bt, port, BT_PROP_INTERFACE_NAME, name->text,
				   &name->origin);
	if (r == -EINVAL || r == -ERANGE)
		return 0; /* said */
	return r == 0 ? bt_nmstate_add_entry(reading, name->text, NULL, BT_TAKE(port)) : r;
}

/* Makes the interface that NAME names a port of a controller; the port in *ret_port, or NULL. */
static int attach(struct bt_nmstate_reading *reading, const char *controller, const char *port_type,
		  const struct bt_node *name, struct bondtool_profile **ret_port)
{
	const struct bt_nmstate_entry *entry = bt_nmstate_find(reading, name->text);
	const char *present;
	int r = 0;

	*ret_port = NULL;
	if (!entry && bt_equal(port_type, "bond")) {
		r = add_port(reading, name);
		entry = bt_nmstate_find(reading, name->text);
	}
	if (r < 0 || !entry || !entry->profile)
		return r;
	present = bt_profile_text(entry->profile, BT_PROP_CONTROLLER);
	if (present && !bt_equal(present, controller)) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/two-controllers", &name->origin, NULL,
			"nmstate refuses the whole text: '%s' is a port of '%s' already",
			name->text, present);
		return 0;
	}
	*ret_port = entry->profile;
	r = bt_profile_set(reading->bt, entry->profile, BT_PROP_CONTROLLER, controller,
			   &name->origin);
	return r == 0 ? bt_profile_set(reading->bt, entry->profile, BT_PROP_PORT_TYPE, port_type,
				       &name->origin)
		      : r;
}

static int take_port_key(struct bt_nmstate_reading *reading, struct bondtool_profile *port,
			 const struct bt_node *node)
{
	const struct bt_option *option = bt_option_by_key(BT_FORMAT_NMSTATE, node->key);
	BT_AUTOFREE char *text = NULL;
	int64_t number;
	int r;

	if (bt_equal(node->key, "name"))
		return 0;
	if (!option || !(option->flags & BT_OPTION_PORT))
		return bt_nmstate_other_key(reading, port, port_keys, node);
	if (!bt_nmstate_number(node, &number))
		return bt_nmstate_refused_value(reading, port, port_keys, node,
						"a number is needed");
	text = bt_format("%lld", (long long)number);
	r = text ? bt_options_set(reading->bt, &port->options, option->name, text, &node->origin)
		 : -ENOMEM;
	return r == -EINVAL || r == -ERANGE ? bt_nmstate_keep(port, port_keys, node) : r;
}

static int take_port_config(struct bt_nmstate_reading *reading, const char *bond,
			    const struct bt_node *config)
{
	const struct bt_node *name = bt_nmstate_scalar(reading, config, "name");
	struct bondtool_profile *port = NULL;
	int r;

	if (!name) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &config->origin, NULL,
			"nmstate refuses the whole text: an item of 'ports-config' needs a name");
		return 0;
	}
	r = attach(reading, bond, "bond", name, &port);
	for (size_t i = 0; r == 0 && port && i < config->count; i++)
		r = take_port_key(reading, port, config->items[i]);
	return r;
}

/* The name of an item that is a name, or a map that has one; NULL if it has none. */
static const char *item_name(const struct bt_node *item)
{
	const struct bt_node *own = bt_node_get(item, "name");

	return own ? own->text : item->text;
}

/* Both lists, where there are both, must name the same ports: says which of LIST others lack. */
static int compare_lists(struct bt_nmstate_reading *reading, const struct bt_node *list,
			 const struct bt_node *other)
{
	BT_CLEANUP(bt_hash_release) struct bt_hash names = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < other->count; i++)
		if (item_name(other->items[i]))
			r = bt_hash_put(&names, item_name(other->items[i]), i);
	for (size_t i = 0; r == 0 && i < list->count; i++) {
		const struct bt_node *item = list->items[i];
		size_t unused;

		if (item_name(item) && !bt_hash_get(&names, item_name(item), &unused))
			bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/ports-differ", &item->origin,
				NULL,
				"nmstate refuses the whole text: '%s' is in '%s' and not in '%s'",
				item_name(item), list->key, other->key);
	}
	return r;
}

static int take_bond_ports(struct bt_nmstate_reading *reading, const char *bond,
			   const struct bt_node *section)
{
	const struct bt_node *ports = ports_of(section);
	const struct bt_node *configs = bt_node_get(section, "ports-config");
	struct bondtool_profile *unused;
	int r = 0;

	for (size_t i = 0; ports && r == 0 && i < ports->count; i++) {
		const struct bt_node *name = ports->items[i];

		if (!bt_node_is_scalar(name))
			bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &name->origin, NULL,
				"nmstate refuses the whole text: a port must be a name, not %s",
				bt_node_kind_text(name->kind));
		else if (!bt_nmstate_is_template(reading, name))
			r = attach(reading, bond, "bond", name, &unused);
	}
	for (size_t i = 0; configs && r == 0 && i < configs->count; i++)
		r = take_port_config(reading, bond, configs->items[i]);
	if (r == 0 && ports && configs)
		r = compare_lists(reading, ports, configs);
	return r == 0 && ports && configs ? compare_lists(reading, configs, ports) : r;
}

/* Ports of bridges and the like: only what is ours is marked, and bonds of Open vSwitch are none.
 */
static int take_other_ports(struct bt_nmstate_reading *reading,
			    const struct bt_nmstate_controller *kind,
			    const struct bt_nmstate_entry *entry)
{
	const struct bt_node *section = bt_node_get(entry->node, kind->section);
	const struct bt_node *ports = section ? bt_node_get(section, "port") : NULL;
	struct bondtool_profile *unused;
	int r = 0;

	if (section && !ports)
		ports = bt_node_get(section, "ports");
	for (size_t i = 0; ports && r == 0 && i < ports->count; i++) {
		const struct bt_node *item = ports->items[i];
		const struct bt_node *name = bt_node_get(item, "name");

		if (bt_node_get(item, "link-aggregation"))
			bt_warning(reading->bt, "nmstate/ovs-bond", &item->origin,
				   "a bond of Open vSwitch is none of the driver and is not read");
		else if ((name ? name : item)->text)
			r = attach(reading, entry->name, kind->port_type, name ? name : item,
				   &unused);
	}
	return r;
}

static const struct bt_nmstate_controller *controller_kind(const struct bt_node *map)
{
	const struct bt_node *type = bt_node_get(map, "type");
	const struct bt_node *state = bt_node_get(map, "state");
	bool is_there = !state || !bt_equal(state->text, "absent");

	for (const struct bt_nmstate_controller *c = bt_nmstate_controllers; c->type; c++)
		if (is_there && type && bt_equal(type->text, c->type))
			return c;
	return NULL;
}

/* A port that names its controller itself: what that is tells the rest. */
static int settle_own_controller(struct bt_nmstate_reading *reading,
				 struct bondtool_profile *profile)
{
	const char *name = bt_profile_text(profile, BT_PROP_CONTROLLER);
	const struct bt_nmstate_entry *entry = name ? bt_nmstate_find(reading, name) : NULL;
	const struct bt_nmstate_controller *kind =
		entry && entry->node ? controller_kind(entry->node) : NULL;
	const char *port_type = kind ? kind->port_type : NULL;
	struct bt_origin origin = bt_profile_origin(profile, BT_PROP_CONTROLLER);

	if (entry && entry->profile && bt_profile_is(entry->profile, "bond"))
		port_type = "bond";
	if (!port_type || bt_profile_text(profile, BT_PROP_PORT_TYPE))
		return 0;
	return bt_profile_set(reading->bt, profile, BT_PROP_PORT_TYPE, port_type, &origin);
}

int bt_nmstate_take_ports(struct bt_nmstate_reading *reading)
{
	size_t described = reading->count; /* ports that only a bond names come behind these */
	int r = 0;

	for (size_t i = 0; r == 0 && i < described; i++) {
		struct bt_nmstate_entry entry = reading->entries[i];
		const struct bt_nmstate_controller *kind = controller_kind(entry.node);
		const struct bt_node *section = bt_node_get(entry.node, bond_keys);

		if (!section)
			section = bt_node_get(entry.node, "bond");
		if (entry.profile && bt_profile_is(entry.profile, "bond") && section)
			r = take_bond_ports(reading, entry.name, section);
		else if (kind)
			r = take_other_ports(reading, kind, &entry);
	}
	for (size_t i = 0; r == 0 && i < reading->count; i++)
		if (reading->entries[i].profile)
			r = settle_own_controller(reading, reading->entries[i].profile);
	return r;
}
