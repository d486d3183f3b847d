/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* nmstate's declarations to profiles: interfaces, and what they have in common. */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "parsers/implied.h"
#include "parsers/nmstate/nmstate-reading.h"

static void reading_release(struct bt_nmstate_reading *reading)
{
	free(reading->entries);
	bt_hash_release(&reading->by_name);
}

struct bt_nmstate_entry *bt_nmstate_find(const struct bt_nmstate_reading *reading, const char *name)
{
	size_t number;

	return bt_hash_get(&reading->by_name, name, &number) ? &reading->entries[number] : NULL;
}

int bt_nmstate_add_entry(struct bt_nmstate_reading *reading, const char *name,
			 const struct bt_node *node, struct bondtool_profile *profile)
{
	const struct bt_node *own = node ? bt_node_get(node, "profile-name") : NULL;
	struct bt_nmstate_entry entry = {name, node, profile};
	struct bt_nmstate_entry *earlier = bt_nmstate_find(reading, name);
	int r = profile ? bt_config_add(reading->config, profile) : 0;

	if (r < 0)
		return r;
	if (earlier) {
		*earlier = entry;
		return 0;
	}
	if (!BT_MAKE_ROOM(reading->entries, reading->count, reading->size))
		return -ENOMEM;
	reading->entries[reading->count] = entry;
	r = bt_hash_put(&reading->by_name, name, reading->count);
	if (r == 0 && own && own->text)
		r = bt_hash_put(&reading->by_name, own->text, reading->count);
	reading->count++;
	return r;
}

/* ---- what all interfaces have ------------------------------------------------------------------
 */

/* What the interface is known by: its own name, or the MAC address that it was made with. */
static int take_identifier(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			   const struct bt_node *name, const struct bt_node *map)
{
	const struct bt_node *identifier = bt_nmstate_scalar(reading, map, "identifier");
	const struct bt_node *mac = bt_nmstate_scalar(reading, map, "mac-address");
	int r = 0;

	if (!identifier || bt_equal(identifier->text, "name")) {
		r = bt_nmstate_set(reading, profile, NULL, name, BT_PROP_INTERFACE_NAME,
				   name->text);
		if (r == 0 && mac)
			r = bt_nmstate_set(reading, profile, NULL, mac, BT_PROP_CLONED_MAC_ADDRESS,
					   mac->text);
		return r;
	}
	if (bt_equal(identifier->text, "mac-address") && mac)
		return bt_nmstate_set(reading, profile, NULL, mac, BT_PROP_MAC_ADDRESS, mac->text);
	if (bt_equal(identifier->text, "mac-address"))
		return bt_nmstate_refused_value(reading, profile, NULL, identifier,
						"it needs 'mac-address' too");
	if (!bt_equal(identifier->text, "pci-address"))
		return bt_nmstate_refused_value(reading, profile, NULL, identifier,
						"only name, mac-address and pci-address are known");
	bt_warning(reading->bt, "nmstate/needs-system", &identifier->origin,
		   "which interface is meant is told by its place on the PCI bus");
	return bt_nmstate_keep(profile, NULL, identifier);
}

static int take_number(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		       const struct bt_node *map, const char *key, enum bt_property_id property)
{
	const struct bt_node *node = bt_nmstate_scalar(reading, map, key);
	BT_AUTOFREE char *text = NULL;
	int64_t number;

	if (!node)
		return 0;
	if (!bt_nmstate_number(node, &number) || number < 0)
		return bt_nmstate_refused_value(reading, profile, NULL, node, "a number is needed");
	text = bt_format("%lld", (long long)number);
	return text ? bt_nmstate_set(reading, profile, NULL, node, property, text) : -ENOMEM;
}

/* "wait-ip" names the families without which the interface does not count as up. */
static int take_wait_ip(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			const struct bt_node *map)
{
	const struct bt_node *node = bt_nmstate_scalar(reading, map, "wait-ip");
	bool both = node && bt_equal(node->text, "ipv4+ipv6");
	int r = 0;

	if (!node || bt_equal(node->text, "any"))
		return 0;
	if (!both && !bt_equal(node->text, "ipv4") && !bt_equal(node->text, "ipv6"))
		return bt_nmstate_refused_value(reading, profile, NULL, node,
						"only any, ipv4, ipv6 and ipv4+ipv6 are known");
	if (both || bt_equal(node->text, "ipv4"))
		r = bt_profile_set_number(profile, BT_PROP_IPV4_MAY_FAIL, 0, &node->origin);
	if (r == 0 && (both || bt_equal(node->text, "ipv6")))
		r = bt_profile_set_number(profile, BT_PROP_IPV6_MAY_FAIL, 0, &node->origin);
	return r;
}

static int take_lldp(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		     const struct bt_node *map)
{
	const struct bt_node *lldp = bt_node_get(map, "lldp");
	const struct bt_node *enabled = lldp ? bt_nmstate_scalar(reading, lldp, "enabled") : NULL;
	bool yes;

	if (!lldp)
		return 0;
	if (!enabled || !bt_nmstate_yes_no(enabled, &yes))
		return bt_nmstate_refused_value(reading, profile, NULL, lldp,
						"'enabled: true' or 'enabled: false' is needed");
	return bt_profile_set_number(profile, BT_PROP_LLDP, yes, &enabled->origin);
}

/*
 * Where the MAC address comes from: another interface's, which the kernel has at hand and we have
 * not. A bond takes its first port's anyway.
 */
static int take_copied_mac(struct bt_nmstate_reading *reading, const struct bt_node *node)
{
	if (node && node->text && !bt_nmstate_is_template(reading, node))
		bt_note(reading->bt, "nmstate/copied-mac", &node->origin,
			"the MAC address is that of '%s', which only the running system knows",
			node->text);
	return 0;
}

/* "state: down" leaves the profile where it is and takes the interface down. */
static int take_state(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		      const struct bt_node *map)
{
	const struct bt_node *state = bt_nmstate_scalar(reading, map, "state");

	if (!state || bt_equal(state->text, "up"))
		return 0;
	if (!bt_equal(state->text, "down"))
		return bt_nmstate_refused_value(reading, profile, NULL, state,
						"only up, down, absent and ignore are known");
	bt_note(reading->bt, "nmstate/down", &state->origin,
		"'%s' is taken down, and is not made where it does not exist",
		bt_profile_label(profile));
	return bt_profile_set_number(profile, BT_PROP_AUTOCONNECT, 0, &state->origin);
}

static int take_other_keys(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			   const struct bt_node *map)
{
	static const char *const handled[] = {
		"bond", "controller",  "identifier", "ipv4", "ipv6",	     "link-aggregation",
		"lldp", "mac-address", "mtu",	     "name", "profile-name", "state",
		"type", "vlan",	       "wait-ip",    NULL,
	};
	int r = take_copied_mac(reading, bt_node_get(map, "copy-mac-from"));

	for (size_t i = 0; r == 0 && i < map->count; i++)
		if (!bt_nmstate_is_in(handled, map->items[i]->key))
			r = bt_nmstate_other_key(reading, profile, NULL, map->items[i]);
	return r;
}

static int take_controller(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			   const struct bt_node *map)
{
	const struct bt_node *node = bt_nmstate_scalar(reading, map, "controller");

	if (!node || !*node->text) /* empty: of none */
		return 0;
	return bt_nmstate_set(reading, profile, NULL, node, BT_PROP_CONTROLLER, node->text);
}

/* The profile's name: its own, else the interface's. */
static int take_names(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		      const struct bt_node *name, const struct bt_node *map)
{
	const struct bt_node *own = bt_nmstate_scalar(reading, map, "profile-name");
	int r = bt_nmstate_set(reading, profile, NULL, own ? own : name, BT_PROP_ID,
			       own ? own->text : name->text);

	return r == 0 ? take_identifier(reading, profile, name, map) : r;
}

/* ---- one interface -----------------------------------------------------------------------------
 */

/* The type: as written, or as the section shows that only one type has. */
static const char *type_of(struct bt_nmstate_reading *reading, const struct bt_node *map)
{
	const struct bt_node *type = bt_nmstate_scalar(reading, map, "type");
	const char *shown = "ethernet";

	if (type && !bt_equal(type->text, "unknown"))
		return type->text;
	if (bt_node_get(map, "link-aggregation") || bt_node_get(map, "bond"))
		shown = "bond";
	else if (bt_node_get(map, "vlan"))
		shown = "vlan";
	bt_note(reading->bt, "nmstate/no-type", &map->origin,
		"without 'type' nmstate takes that of the running interface; read as %s", shown);
	return shown;
}

static const struct bt_node *bond_section(const struct bt_node *map)
{
	const struct bt_node *section = bt_node_get(map, "link-aggregation");

	return section ? section : bt_node_get(map, "bond");
}

static int take_sections(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const struct bt_node *map)
{
	const struct bt_node *ipv4 = bt_node_get(map, "ipv4"), *ipv6 = bt_node_get(map, "ipv6");
	int r = 0;

	if (bt_profile_is(profile, "bond"))
		r = bt_nmstate_take_bond(reading, profile, bond_section(map));
	else if (bond_section(map))
		r = bt_nmstate_refused_value(reading, profile, NULL, bond_section(map),
					     "only a bond has it");
	if (r == 0 && bt_profile_is(profile, "vlan"))
		r = bt_nmstate_take_vlan(reading, profile, bt_node_get(map, "vlan"));
	else if (r == 0 && bt_node_get(map, "vlan"))
		r = bt_nmstate_refused_value(reading, profile, NULL, bt_node_get(map, "vlan"),
					     "only a VLAN has it");
	if (r == 0 && ipv4)
		r = bt_nmstate_take_ip(reading, profile, ipv4, BT_PROP_IPV4);
	if (r == 0 && ipv6)
		r = bt_nmstate_take_ip(reading, profile, ipv6, BT_PROP_IPV6);
	return r;
}

static int take_interface(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			  const struct bt_node *name, const struct bt_node *map)
{
	int r = take_names(reading, profile, name, map);

	if (r == 0)
		r = take_state(reading, profile, map);
	if (r == 0)
		r = take_controller(reading, profile, map);
	if (r == 0)
		r = take_number(reading, profile, map, "mtu", BT_PROP_MTU);
	if (r == 0)
		r = take_lldp(reading, profile, map);
	if (r == 0)
		r = take_sections(reading, profile, map);
	if (r == 0)
		r = take_wait_ip(reading, profile, map);
	return r == 0 ? take_other_keys(reading, profile, map) : r;
}

/* Adds the interface with a profile of TYPE. */
static int add_interface(struct bt_nmstate_reading *reading, const struct bt_node *name,
			 const struct bt_node *map, const char *type)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	int r = profile ? 0 : -ENOMEM;

	if (r == 0) {
		profile->origin = map->origin;
		r = bt_profile_set(reading->bt, profile, BT_PROP_TYPE, type, &map->origin);
	}
	if (r == 0)
		r = take_interface(reading, profile, name, map);
	return r == 0 ? bt_nmstate_add_entry(reading, name->text, map, BT_TAKE(profile)) : r;
}

/* Whether the interface is to be gone, or left alone; says so. */
static bool is_not_wanted(struct bt_nmstate_reading *reading, const struct bt_node *name,
			  const struct bt_node *map)
{
	const struct bt_node *state = bt_node_get(map, "state");

	if (!state || !state->text)
		return false;
	if (bt_equal(state->text, "absent"))
		bt_warning(reading->bt, "nmstate/absent", &state->origin,
			   "'%s' is to be removed: there is no profile for that", name->text);
	else if (bt_equal(state->text, "ignore"))
		bt_note(reading->bt, "nmstate/ignore", &state->origin,
			"'%s' is left to others: no profile is made of it", name->text);
	else
		return false;
	return true;
}

/* A second description of an interface takes the place of the first. */
static void drop_earlier(struct bt_nmstate_reading *reading, const struct bt_node *name)
{
	struct bt_nmstate_entry *earlier = bt_nmstate_find(reading, name->text);

	if (!earlier || !bt_equal(earlier->name, name->text))
		return;
	bt_warning(reading->bt, "nmstate/twice", &name->origin,
		   "'%s' is described a second time, and nmstate forgets the first one in line %u",
		   name->text, earlier->node->origin.line);
	if (earlier->profile)
		bt_profile_free(bt_config_take(reading->config, earlier->profile));
	earlier->profile = NULL;
}

static int read_interface(struct bt_nmstate_reading *reading, const struct bt_node *map)
{
	const struct bt_node *name = bt_nmstate_scalar(reading, map, "name");
	const struct bt_profile_type *type;
	const char *word;

	if (!name) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &map->origin, NULL,
			"nmstate refuses the whole text: an interface needs a name");
		return 0;
	}
	drop_earlier(reading, name);
	if (is_not_wanted(reading, name, map))
		return bt_nmstate_add_entry(reading, name->text, map, NULL);
	word = type_of(reading, map);
	type = bt_equal(word, "802-3-ethernet") ? NULL : bt_profile_type_find(word);
	if (type)
		return add_interface(reading, name, map, type->name);
	if (bt_equal(word, "veth") || bt_equal(word, "dummy") || bt_equal(word, "infiniband")) {
		bt_note(reading->bt, "nmstate/other-type", &map->origin,
			"'%s' is of type '%s', and counts as an interface that is there",
			name->text, word);
		return add_interface(reading, name, map, "802-3-ethernet");
	}
	bt_note(reading->bt, "nmstate/other-type", &map->origin,
		"'%s' is of type '%s': only bonds, their ports and VLANs are read", name->text,
		word);
	return bt_nmstate_add_entry(reading, name->text, map, NULL);
}

/* ---- the declaration ---------------------------------------------------------------------------
 */

/* What nmstate does where an interface says nothing, as the profiles that it makes show. */
static int imply(struct bondtool_profile *profile)
{
	int r = bt_implied_monitor(profile);

	if (bt_profile_text(profile, BT_PROP_CONTROLLER))
		return r;
	if (r == 0)
		r = bt_profile_imply(profile, BT_PROP_IPV4_METHOD, "disabled");
	return r == 0 ? bt_profile_imply(profile, BT_PROP_IPV6_METHOD, "disabled") : r;
}

/* A port has no addresses but below a VRF. */
static void check_port(struct bt_nmstate_reading *reading, const struct bondtool_profile *port)
{
	static const enum bt_property_id methods[] = {BT_PROP_IPV4_METHOD, BT_PROP_IPV6_METHOD};

	if (!bt_profile_text(port, BT_PROP_CONTROLLER) ||
	    bt_equal(bt_profile_text(port, BT_PROP_PORT_TYPE), "vrf"))
		return;
	for (size_t i = 0; i < BT_ARRAY_SIZE(methods); i++) {
		const struct bt_value *method = bt_profile_value(port, methods[i]);

		if (method && !bt_equal(method->text, "disabled"))
			bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/refused", &method->origin,
				NULL,
				"nmstate refuses the whole text: '%s' is a port and cannot have "
				"addresses",
				bt_profile_label(port));
	}
}

static int no_interfaces(struct bt_nmstate_reading *reading, const struct bt_node *node)
{
	bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &node->origin, NULL,
		"nmstate refuses the whole text: 'interfaces' must be a list of maps");
	return 0;
}

static int read_interfaces(struct bt_nmstate_reading *reading, const struct bt_node *list)
{
	int r = 0;

	if (list->kind != BT_NODE_LIST)
		return list->kind == BT_NODE_NULL ? 0 : no_interfaces(reading, list);
	for (size_t i = 0; r == 0 && i < list->count; i++)
		r = list->items[i]->kind == BT_NODE_MAP ? read_interface(reading, list->items[i])
							: no_interfaces(reading, list->items[i]);
	return r == 0 ? bt_nmstate_take_ports(reading) : r;
}

/* What is not about interfaces belongs to no profile. */
static void report_rest(struct bt_nmstate_reading *reading, const struct bt_node *map)
{
	static const char *const ours[] = {"interfaces", "routes", "dns-resolver", NULL};
	static const char *const known[] = {"hostname", "route-rules", "ovs-db", "ovn", NULL};

	for (size_t i = 0; i < map->count; i++) {
		const struct bt_node *node = map->items[i];
		struct bt_nearest nearest = {.word = node->key};
		BT_AUTOFREE char *hint = NULL;

		if (bt_nmstate_is_in(ours, node->key))
			continue;
		if (bt_nmstate_is_in(known, node->key)) {
			bt_warning(reading->bt, "nmstate/left-out", &node->key_origin,
				   "'%s' is of no interface and is left out", node->key);
			continue;
		}
		for (const char *const *key = ours; *key; key++)
			bt_nearest_offer(&nearest, *key);
		if (nearest.best)
			hint = bt_format("did you mean '%s'?", nearest.best);
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/unknown-key", &node->key_origin, hint,
			"nmstate refuses the whole text: it knows no '%s'", node->key);
	}
}

/* A declaration without its wrappers. */
static int read_state(struct bondtool *bt, const struct bt_node *map,
		      struct bondtool_config *config)
{
	BT_CLEANUP(reading_release)
	struct bt_nmstate_reading reading = {.bt = bt, .config = config, .first = config->count};
	const struct bt_node *interfaces = bt_node_get(map, "interfaces");
	const struct bt_node *routes = bt_node_get(map, "routes");
	const struct bt_node *dns = bt_node_get(map, "dns-resolver");
	int r = interfaces ? read_interfaces(&reading, interfaces) : 0;

	if (r == 0 && routes)
		r = bt_nmstate_take_routes(&reading, routes);
	if (r == 0 && dns)
		r = bt_nmstate_take_dns(&reading, dns);
	report_rest(&reading, map);
	for (size_t i = reading.first; r == 0 && i < config->count; i++) {
		check_port(&reading, config->profiles[i]);
		r = imply(config->profiles[i]);
	}
	return r;
}

/*
 * What declarations stand in: policies of Kubernetes and of nmpolicy, and what reports of them say;
 * the files that the installers of OpenShift read; lists of all these.
 */
static const char *const wrappers[] = {
	"spec",	  "status", "desiredState",  "desired", "currentState",
	"config", "hosts",  "networkConfig", "items",
};

const struct bt_node *bt_nmstate_wrapped(const struct bt_node *map)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(wrappers); i++) {
		const struct bt_node *inner = bt_node_get(map, wrappers[i]);

		if (inner && (inner->kind == BT_NODE_MAP || inner->kind == BT_NODE_LIST))
			return inner;
	}
	return NULL;
}

int bt_nmstate_read_tree(struct bondtool *bt, const struct bt_node *tree,
			 struct bondtool_config *config)
{
	const struct bt_node *inner = tree->kind == BT_NODE_MAP ? bt_nmstate_wrapped(tree) : NULL;
	int r = 0;

	if (inner)
		return bt_nmstate_read_tree(bt, inner, config);
	if (tree->kind == BT_NODE_MAP)
		return read_state(bt, tree, config);
	if (tree->kind == BT_NODE_NULL)
		return 0;
	if (tree->kind != BT_NODE_LIST)
		bt_diag(bt, BONDTOOL_ERROR, "nmstate/value", &tree->origin, NULL,
			"a declaration is a map of interfaces, routes and dns-resolver, not %s",
			bt_node_kind_text(tree->kind));
	for (size_t i = 0; r == 0 && i < tree->count; i++)
		r = bt_nmstate_read_tree(bt, tree->items[i], config);
	return r;
}
