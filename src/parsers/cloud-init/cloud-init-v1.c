/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* cloud-init's version 1: a list of interfaces, name servers and routes. */
#include <errno.h>
#include <string.h>

#include "parsers/cloud-init/cloud-init.h"

/* ---- what the parts share ----------------------------------------------------------------------
 */

struct bondtool_profile *bt_cloud_init_find(const struct bt_cloud_init_reading *reading,
					    const char *name)
{
	size_t number;

	return bt_hash_get(&reading->by_name, name, &number)
		       ? reading->config->profiles[reading->first + number]
		       : NULL;
}

const struct bt_node *bt_cloud_init_scalar(struct bt_cloud_init_reading *reading,
					   const struct bt_node *map, const char *key)
{
	const struct bt_node *node = bt_node_get(map, key);

	if (!node || node->kind == BT_NODE_NULL)
		return NULL;
	if (bt_node_is_scalar(node))
		return node;
	bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/value", &node->origin, NULL,
		"'%s' must be a single value, not %s", key, bt_node_kind_text(node->kind));
	return NULL;
}

size_t bt_cloud_init_count(const struct bt_node *node)
{
	if (!node || node->kind == BT_NODE_NULL)
		return 0;
	return node->kind == BT_NODE_LIST ? node->count : 1;
}

const struct bt_node *bt_cloud_init_item(const struct bt_node *node, size_t number)
{
	return node->kind == BT_NODE_LIST ? node->items[number] : node;
}

int bt_cloud_init_keep(struct bondtool_profile *profile, const char *section,
		       const struct bt_node *node)
{
	BT_AUTOFREE char *value = bt_tree_to_json(node, false);

	return value ? bt_profile_add_extra(profile, BT_FORMAT_CLOUD_INIT, section, node->key,
					    value, &node->key_origin)
		     : -ENOMEM;
}

int bt_cloud_init_set(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		      const char *section, const struct bt_node *node, enum bt_property_id property,
		      const char *text)
{
	int r = bt_profile_set(reading->bt, profile, property, text, &node->origin);

	return r == -EINVAL || r == -ERANGE ? bt_cloud_init_keep(profile, section, node) : r;
}

bool bt_cloud_init_is_in(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

void bt_cloud_init_unknown(struct bt_cloud_init_reading *reading, const struct bt_node *node,
			   const char *const *words, const char *const *more)
{
	struct bt_nearest nearest = {.word = node->key};
	BT_AUTOFREE char *hint = NULL;

	for (; *words; words++)
		bt_nearest_offer(&nearest, *words);
	for (; *more; more++)
		bt_nearest_offer(&nearest, *more);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(reading->bt, BONDTOOL_WARNING, "cloud-init/unknown-key", &node->key_origin, hint,
		"cloud-init knows no '%s' here and ignores it", node->key);
}

void bt_cloud_init_wrong_value(struct bt_cloud_init_reading *reading, const struct bt_node *node,
			       const char *needed)
{
	bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/value", &node->origin, NULL,
		"cloud-init cannot use '%s: %s': %s", node->key ? node->key : "-",
		node->text ? node->text : bt_node_kind_text(node->kind), needed);
}

static void required(struct bt_cloud_init_reading *reading, const struct bt_node *map,
		     const char *what, const char *key)
{
	bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/required", &map->origin, NULL,
		"cloud-init skips this %s: it needs '%s'", what, key);
}

/* ---- MAC addresses -----------------------------------------------------------------------------
 */

/*
 * Whether YAML 1.1, and so cloud-init, takes the text for a number to the base 60: digits below 60
 * with colons between, as some MAC addresses are.
 */
static bool is_sexagesimal(const char *text)
{
	if (*text < '1' || *text > '9')
		return false;
	text += strspn(text, "0123456789");
	while (*text == ':') {
		size_t digits = strspn(text + 1, "0123456789");

		if (digits < 1 || digits > 2 || (digits == 2 && text[1] > '5'))
			return false;
		text += 1 + digits;
	}
	return !*text;
}

bool bt_cloud_init_is_quoted(const struct bt_node *node)
{
	size_t length;
	const char *line = bt_source_line(node->origin.source, node->origin.line, &length);

	return line && node->origin.column && node->origin.column <= length &&
	       strchr("\"'", line[node->origin.column - 1]);
}

void bt_cloud_init_check_mac(struct bondtool *bt, const struct bt_node *mac)
{
	if (bt_node_is_scalar(mac) && is_sexagesimal(mac->text) && strchr(mac->text, ':') &&
	    !bt_cloud_init_is_quoted(mac))
		bt_diag(bt, BONDTOOL_ERROR, "cloud-init/sexagesimal", &mac->origin,
			"put it in quotes",
			"cloud-init takes '%s' for a number to the base 60, not for a MAC address",
			mac->text);
}

static int take_mac(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		    const struct bt_node *map, enum bt_property_id property)
{
	const struct bt_node *mac = bt_cloud_init_scalar(reading, map, "mac_address");

	if (!mac)
		return 0;
	bt_cloud_init_check_mac(reading->bt, mac);
	return bt_cloud_init_set(reading, profile, NULL, mac, property, mac->text);
}

/* ---- interfaces --------------------------------------------------------------------------------
 */

/* The profile of an interface: the one that is there, or a new one of TYPE. */
static int interface_of(struct bt_cloud_init_reading *reading, const struct bt_node *name,
			const char *type, struct bondtool_profile **ret_profile)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = NULL;
	size_t number = reading->config->count - reading->first;
	int r;

	*ret_profile = bt_cloud_init_find(reading, name->text);
	if (*ret_profile)
		return 0;
	profile = bt_profile_new();
	if (!profile)
		return -ENOMEM;
	profile->origin = name->origin;
	r = bt_profile_set(reading->bt, profile, BT_PROP_ID, name->text, &name->origin);
	if (r == 0)
		r = bt_profile_set(reading->bt, profile, BT_PROP_TYPE, type, &name->origin);
	if (r == 0)
		r = bt_profile_set(reading->bt, profile, BT_PROP_INTERFACE_NAME, name->text,
				   &name->origin);
	if (r == -EINVAL)
		r = 0; /* said; the profile goes by its id */
	if (r == 0)
		r = bt_hash_put(&reading->by_name, name->text, number);
	if (r < 0)
		return r;
	*ret_profile = profile;
	return bt_config_add(reading->config, BT_TAKE(profile));
}

static void report_twice(struct bt_cloud_init_reading *reading, const struct bt_node *name)
{
	if (bt_cloud_init_find(reading, name->text))
		bt_warning(reading->bt, "cloud-init/twice", &name->origin,
			   "'%s' is described a second time: what comes later wins", name->text);
}

static const char *const common_keys[] = {
	"accept-ra", "mac_address", "mtu", "name", "params", "subnets", "type", "wakeonlan", NULL,
};

/* What every interface has; OWN: the keys that its type has besides. */
static int take_common(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		       const struct bt_node *item, const char *const *own)
{
	const struct bt_node *mtu = bt_cloud_init_scalar(reading, item, "mtu");
	const struct bt_node *subnets = bt_node_get(item, "subnets");
	bool bond = bt_profile_is(profile, "bond");
	int r = take_mac(reading, profile, item,
			 bond || bt_profile_is(profile, "vlan") ? BT_PROP_CLONED_MAC_ADDRESS
								: BT_PROP_MAC_ADDRESS);

	if (r == 0 && mtu)
		r = bt_cloud_init_set(reading, profile, NULL, mtu, BT_PROP_MTU, mtu->text);
	if (r == 0 && subnets)
		r = bt_cloud_init_take_subnets(reading, profile, subnets);
	for (size_t i = 0; r == 0 && i < item->count; i++) {
		const struct bt_node *node = item->items[i];
		bool known = bt_cloud_init_is_in(common_keys, node->key);

		if (bt_cloud_init_is_in(own, node->key))
			continue;
		if (!known)
			bt_cloud_init_unknown(reading, node, own, common_keys);
		if (!known || strcmp(node->key, "accept-ra") == 0 ||
		    strcmp(node->key, "wakeonlan") == 0 || (!bond && !strcmp(node->key, "params")))
			r = bt_cloud_init_keep(profile, NULL, node);
	}
	return r;
}

static int read_physical(struct bt_cloud_init_reading *reading, const struct bt_node *item,
			 const struct bt_node *name)
{
	static const char *const none[] = {NULL};
	struct bondtool_profile *profile;
	int r;

	report_twice(reading, name);
	r = interface_of(reading, name, "802-3-ethernet", &profile);
	return r == 0 ? take_common(reading, profile, item, none) : r;
}

static int read_vlan(struct bt_cloud_init_reading *reading, const struct bt_node *item,
		     const struct bt_node *name)
{
	static const char *const own[] = {"vlan_id", "vlan_link", NULL};
	const struct bt_node *id = bt_cloud_init_scalar(reading, item, "vlan_id");
	const struct bt_node *link = bt_cloud_init_scalar(reading, item, "vlan_link");
	struct bondtool_profile *profile;
	int r;

	if (!id || !link)
		required(reading, item, "VLAN", id ? "vlan_link" : "vlan_id");
	report_twice(reading, name);
	r = interface_of(reading, name, "vlan", &profile);
	if (r == 0 && id)
		r = bt_cloud_init_set(reading, profile, NULL, id, BT_PROP_VLAN_ID, id->text);
	if (r == 0 && link)
		r = bt_cloud_init_set(reading, profile, NULL, link, BT_PROP_VLAN_PARENT,
				      link->text);
	return r == 0 ? take_common(reading, profile, item, own) : r;
}

/* ---- bonds -------------------------------------------------------------------------------------
 */

/* The option that a key names: '-' and '_' are the same, and "bond-" is mostly before it. */
static const struct bt_option *option_of(const char *key, bool *ret_known)
{
	BT_AUTOFREE char *dashed = strdup(key);
	BT_AUTOFREE char *plain = strdup(bt_has_prefix(key, "bond") ? key + strlen("bond") : key);
	const struct bt_option *option;

	for (char *p = dashed; p && *p; p++)
		*p = *p == '_' ? '-' : *p;
	for (char *p = plain; p && *p; p++)
		*p = *p == '-' ? '_' : *p;
	option = dashed ? bt_option_by_key(BT_FORMAT_CLOUD_INIT, dashed) : NULL;
	*ret_known = option != NULL;
	if (!option && plain && bt_has_prefix(key, "bond"))
		option = bt_option_find(*plain == '_' ? plain + 1 : plain);
	return option && !(option->flags & BT_OPTION_PORT) ? option : NULL;
}

static void unknown_option(struct bt_cloud_init_reading *reading, const struct bt_node *node)
{
	struct bt_nearest nearest = {.word = node->key};
	BT_AUTOSTRINGS struct bt_strings keys = {0};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (bt_option_has_key(&bt_options[i], BT_FORMAT_CLOUD_INIT))
			bt_strings_take(&keys, bt_option_key(&bt_options[i], BT_FORMAT_CLOUD_INIT));
	for (size_t i = 0; i < keys.count; i++)
		bt_nearest_offer(&nearest, keys.items[i]);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/unknown-option", &node->key_origin, hint,
		"no bond has the parameter '%s'", node->key);
}

/* The value as one text: a list has its items joined by blanks, as cloud-init does. */
static char *option_text(const struct bt_node *node)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < bt_cloud_init_count(node); i++) {
		const struct bt_node *item = bt_cloud_init_item(node, i);

		bt_text_add(&text, i ? " " : "");
		bt_text_add(&text, item->text ? item->text : "");
	}
	return bt_text_take(&text);
}

static int take_param(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		      const struct bt_node *node)
{
	bool known;
	const struct bt_option *option = option_of(node->key, &known);
	BT_AUTOFREE char *text = NULL;
	int r;

	if (!option) {
		unknown_option(reading, node);
		return bt_cloud_init_keep(profile, "params", node);
	}
	if (node->kind == BT_NODE_MAP) {
		bt_cloud_init_wrong_value(reading, node, "a single value or a list is needed");
		return bt_cloud_init_keep(profile, "params", node);
	}
	text = option_text(node);
	if (!text)
		return -ENOMEM;
	if (!known)
		bt_warning(reading->bt, "cloud-init/renderer", &node->key_origin,
			   "'%s' gets to the driver only by way of ifupdown-ng: cloud-init has no "
			   "such parameter",
			   node->key);
	r = bt_options_set(reading->bt, &profile->options, option->name, text, &node->origin);
	return r == -EINVAL || r == -ERANGE ? bt_cloud_init_keep(profile, "params", node) : r;
}

/* What only some of cloud-init's renderers write. */
static void report_renderers(struct bt_cloud_init_reading *reading,
			     const struct bondtool_profile *profile)
{
	for (size_t i = 0; i < profile->options.count; i++) {
		const struct bt_value *value = &profile->options.values[i];
		const struct bt_key_limit *limit =
			bt_option_limit(BT_FORMAT_CLOUD_INIT, &profile->options, value);

		if (limit)
			bt_note(reading->bt, "cloud-init/some-renderers", &value->origin,
				"'%s': %s", bt_options[value->id].name, limit->text);
	}
}

static int take_params(struct bt_cloud_init_reading *reading, struct bondtool_profile *profile,
		       const struct bt_node *params)
{
	int r = 0;

	if (params->kind == BT_NODE_NULL)
		return 0;
	if (params->kind != BT_NODE_MAP) {
		bt_cloud_init_wrong_value(reading, params, "it must be a map of parameters");
		return bt_cloud_init_keep(profile, NULL, params);
	}
	for (size_t i = 0; r == 0 && i < params->count; i++)
		r = take_param(reading, profile, params->items[i]);
	report_renderers(reading, profile);
	return r;
}

static int read_bond(struct bt_cloud_init_reading *reading, const struct bt_node *item,
		     const struct bt_node *name)
{
	static const char *const own[] = {"bond_interfaces", "params", NULL};
	const struct bt_node *params = bt_node_get(item, "params");
	const struct bt_node *ports = bt_node_get(item, "bond_interfaces");
	struct bondtool_profile *profile;
	int r;

	if (!params || !ports)
		required(reading, item, "bond", ports ? "params" : "bond_interfaces");
	report_twice(reading, name);
	r = interface_of(reading, name, "bond", &profile);
	if (r == 0)
		r = bt_profile_set(reading->bt, profile, BT_PROP_TYPE, "bond", &name->origin);
	if (r == 0 && params)
		r = take_params(reading, profile, params);
	return r == 0 ? take_common(reading, profile, item, own) : r;
}

/* Makes the interfaces of a list ports of NAME; a bond's are made where they have no item. */
static int attach(struct bt_cloud_init_reading *reading, const struct bt_node *name,
		  const struct bt_node *port, const char *port_type)
{
	struct bondtool_profile *profile = bt_cloud_init_find(reading, port->text);
	const char *present;
	int r = 0;

	if (!profile && bt_equal(port_type, "bond"))
		r = interface_of(reading, port, "802-3-ethernet", &profile);
	if (r < 0 || !profile)
		return r;
	present = bt_profile_text(profile, BT_PROP_CONTROLLER);
	if (present && !bt_equal(present, name->text))
		bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/two-controllers", &port->origin,
			NULL, "'%s' is a port of '%s' already; what comes later wins", port->text,
			present);
	r = bt_profile_set(reading->bt, profile, BT_PROP_CONTROLLER, name->text, &port->origin);
	return r == 0 ? bt_profile_set(reading->bt, profile, BT_PROP_PORT_TYPE, port_type,
				       &port->origin)
		      : r;
}

static int read_ports(struct bt_cloud_init_reading *reading, const struct bt_node *item,
		      const struct bt_node *name, const char *key, const char *port_type)
{
	const struct bt_node *ports = bt_node_get(item, key);
	int r = 0;

	if (ports && ports->kind != BT_NODE_LIST && ports->kind != BT_NODE_NULL) {
		bt_cloud_init_wrong_value(reading, ports, "it must be a list of names");
		return 0;
	}
	for (size_t i = 0; ports && r == 0 && i < ports->count; i++) {
		if (bt_node_is_scalar(ports->items[i]))
			r = attach(reading, name, ports->items[i], port_type);
		else
			bt_cloud_init_wrong_value(reading, ports->items[i], "it must be a name");
	}
	return r;
}

/* ---- the list ----------------------------------------------------------------------------------
 */

static void unknown_type(struct bt_cloud_init_reading *reading, const struct bt_node *type)
{
	static const char *const words[] = {"bond",	  "bridge",   "infiniband", "loopback",
					    "nameserver", "physical", "route",	    "vlan"};
	struct bt_nearest nearest = {.word = type->text};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++)
		bt_nearest_offer(&nearest, words[i]);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/value", &type->origin, hint,
		"cloud-init refuses the whole text: there is no type '%s'", type->text);
}

/* Interfaces first: the rest refers to them, wherever it stands. */
static int read_interface(struct bt_cloud_init_reading *reading, const struct bt_node *item)
{
	const struct bt_node *type = bt_cloud_init_scalar(reading, item, "type");
	const struct bt_node *name = bt_cloud_init_scalar(reading, item, "name");
	const char *word = type ? type->text : "";

	if (!type) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "cloud-init/required", &item->origin, NULL,
			"cloud-init refuses the whole text: an item needs a 'type'");
		return 0;
	}
	if (bt_equal(word, "loopback") || bt_equal(word, "nameserver") || bt_equal(word, "route"))
		return 0;
	if (!name) {
		required(reading, item, word, "name");
		return 0;
	}
	if (bt_equal(word, "physical"))
		return read_physical(reading, item, name);
	if (bt_equal(word, "bond"))
		return read_bond(reading, item, name);
	if (bt_equal(word, "vlan"))
		return read_vlan(reading, item, name);
	if (bt_equal(word, "bridge") || bt_equal(word, "infiniband"))
		bt_note(reading->bt, "cloud-init/other-type", &type->origin,
			"'%s' is of type '%s': only bonds, their ports and VLANs are read",
			name->text, word);
	else
		unknown_type(reading, type);
	return 0;
}

static int read_reference(struct bt_cloud_init_reading *reading, const struct bt_node *item)
{
	const struct bt_node *type = bt_node_get(item, "type");
	const struct bt_node *name = bt_node_get(item, "name");
	bool named = name && bt_node_is_scalar(name);

	if (!type || !bt_node_is_scalar(type))
		return 0;
	if (bt_equal(type->text, "bond") && named)
		return read_ports(reading, item, name, "bond_interfaces", "bond");
	if (bt_equal(type->text, "bridge") && named)
		return read_ports(reading, item, name, "bridge_interfaces", "bridge");
	if (bt_equal(type->text, "nameserver"))
		return bt_cloud_init_take_servers(reading, item);
	if (bt_equal(type->text, "route"))
		return bt_cloud_init_take_route(reading, item);
	return 0;
}

/* An interface without addresses of IPv4 has none: every renderer says so to its tool. */
static int imply(const struct bt_cloud_init_reading *reading)
{
	int r = 0;

	for (size_t i = reading->first; r == 0 && i < reading->config->count; i++)
		if (!bt_profile_text(reading->config->profiles[i], BT_PROP_CONTROLLER))
			r = bt_profile_imply(reading->config->profiles[i], BT_PROP_IPV4_METHOD,
					     "disabled");
	return r;
}

static void reading_release(struct bt_cloud_init_reading *reading)
{
	bt_hash_release(&reading->by_name);
}

int bt_cloud_init_read_v1(struct bondtool *bt, const struct bt_node *list,
			  struct bondtool_config *config)
{
	BT_CLEANUP(reading_release)
	struct bt_cloud_init_reading reading = {.bt = bt, .config = config, .first = config->count};
	int r = 0;

	for (size_t i = 0; r == 0 && i < list->count; i++) {
		if (list->items[i]->kind == BT_NODE_MAP)
			r = read_interface(&reading, list->items[i]);
		else
			bt_cloud_init_wrong_value(&reading, list->items[i], "it must be a map");
	}
	for (size_t i = 0; r == 0 && i < list->count; i++)
		if (list->items[i]->kind == BT_NODE_MAP)
			r = read_reference(&reading, list->items[i]);
	return r == 0 ? imply(&reading) : r;
}
