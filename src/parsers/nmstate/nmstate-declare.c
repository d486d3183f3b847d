/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles to a declaration of nmstate: interfaces, bonds with their ports, VLANs. */
#include <errno.h>
#include <string.h>

#include "parsers/nmstate/nmstate-writing.h"

void bt_nmstate_put(struct bt_nmstate_writing *writing, struct bt_node *map, const char *key,
		    struct bt_node *item)
{
	if (!map || bt_node_put(map, key, item) < 0)
		writing->failed = true;
}

struct bt_node *bt_nmstate_put_new(struct bt_nmstate_writing *writing, struct bt_node *map,
				   const char *key, enum bt_node_kind kind)
{
	struct bt_node *item = bt_node_new(kind);

	bt_nmstate_put(writing, map, key, item);
	return writing->failed ? NULL : item;
}

void bt_nmstate_put_text(struct bt_nmstate_writing *writing, struct bt_node *map, const char *key,
			 const char *text)
{
	bt_nmstate_put(writing, map, key, bt_node_scalar(BT_NODE_TEXT, text));
}

void bt_nmstate_put_yes_no(struct bt_nmstate_writing *writing, struct bt_node *map, const char *key,
			   bool yes)
{
	bt_nmstate_put(writing, map, key, bt_node_scalar(BT_NODE_BOOLEAN, yes ? "true" : "false"));
}

const char *bt_nmstate_name(const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	return interface ? interface : bt_profile_label(profile);
}

/* What refers to a profile by any of its names does so by the one that nmstate knows. */
static const char *reference(struct bt_nmstate_writing *writing, const char *text)
{
	const struct bondtool_profile *profile = bt_config_referred(writing->config, text);

	return profile ? bt_nmstate_name(profile) : text;
}

/* ---- bonds -------------------------------------------------------------------------------------
 */

static struct bt_node *option_node(const struct bt_option *option, const struct bt_value *value)
{
	const char *own =
		bt_option_value_name(BT_FORMAT_NMSTATE, bt_option_id(option), value->number);
	BT_AUTOFREE char *text = NULL;
	BT_AUTONODE struct bt_node *list = NULL;

	if (own)
		return bt_node_scalar(bt_equal(own, "true") || bt_equal(own, "false")
					      ? BT_NODE_BOOLEAN
					      : BT_NODE_TEXT,
				      own);
	if (option->spec.type == BT_TYPE_NUMBER)
		return bt_node_number(value->number);
	if (option->spec.type != BT_TYPE_IP6S) {
		text = bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE);
		return bt_node_scalar(BT_NODE_TEXT, text);
	}
	list = bt_node_new(BT_NODE_LIST);
	for (size_t i = 0; list && i < value->n_items; i++)
		if (bt_node_append(list, bt_node_scalar(BT_NODE_TEXT, value->items[i].text)) < 0)
			return NULL;
	return BT_TAKE(list);
}

/* The options of a bond (or of a port) in the order of the table. */
static void put_options(struct bt_nmstate_writing *writing, struct bt_node *map,
			const struct bondtool_profile *profile, struct bt_written *written,
			bool of_port)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		const struct bt_value *value = bt_values_find(&profile->options, (unsigned)i);
		BT_AUTOFREE char *key = NULL;

		if (!value || i == BT_OPT_MODE || !(option->flags & BT_OPTION_PORT) != !of_port ||
		    !bt_option_has_key(option, BT_FORMAT_NMSTATE))
			continue;
		key = bt_option_key(option, BT_FORMAT_NMSTATE);
		written->option[i] = true;
		if (key)
			bt_nmstate_put(writing, map, key, option_node(option, value));
		else
			writing->failed = true;
	}
}

static bool has_option(const struct bondtool_profile *profile, bool of_port)
{
	for (size_t i = 0; i < profile->options.count; i++) {
		unsigned id = profile->options.values[i].id;

		if (id != BT_OPT_MODE && !(bt_options[id].flags & BT_OPTION_PORT) == !of_port &&
		    bt_option_has_key(&bt_options[id], BT_FORMAT_NMSTATE))
			return true;
	}
	return false;
}

static void put_bond(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	const struct bt_value *mode = bt_values_find(&draft->profile->options, BT_OPT_MODE);
	struct bt_node *section =
		bt_nmstate_put_new(writing, draft->map, "link-aggregation", BT_NODE_MAP);

	draft->written.option[BT_OPT_MODE] = true;
	/* nmstate makes no bond without a mode, and the driver's default is what is meant then. */
	if (section && mode)
		bt_nmstate_put(writing, section, "mode",
			       option_node(&bt_options[BT_OPT_MODE], mode));
	else if (section)
		bt_nmstate_put_text(writing, section, "mode",
				    bt_name_of(bt_options[BT_OPT_MODE].spec.names,
					       bt_options[BT_OPT_MODE].standard)
					    ->name);
	if (section && has_option(draft->profile, false))
		put_options(writing, bt_nmstate_put_new(writing, section, "options", BT_NODE_MAP),
			    draft->profile, &draft->written, false);
	if (section)
		draft->ports = bt_nmstate_put_new(writing, section, "port", BT_NODE_LIST);
	draft->section = section;
}

/* ---- ports -------------------------------------------------------------------------------------
 */

/* The draft of the bond that the profile is a port of; NULL when it is none, or not here. */
static struct bt_nmstate_draft *bond_of(struct bt_nmstate_writing *writing,
					const struct bondtool_profile *profile)
{
	const char *controller = bt_profile_text(profile, BT_PROP_CONTROLLER);
	size_t number;

	if (!controller || !bt_config_referred_number(writing->config, controller, &number) ||
	    !bt_profile_is(writing->drafts[number].profile, "bond"))
		return NULL;
	return &writing->drafts[number];
}

/* Names the port in its bond's list; a bond that a port has options in lists all again for them. */
static void put_port(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	const char *controller = bt_profile_text(draft->profile, BT_PROP_CONTROLLER);
	struct bt_nmstate_draft *bond = bond_of(writing, draft->profile);

	if (!controller)
		return;
	draft->written.property[BT_PROP_CONTROLLER] = true;
	if (!bond) {
		bt_nmstate_put_text(writing, draft->map, "controller",
				    reference(writing, controller));
		return;
	}
	draft->written.property[BT_PROP_PORT_TYPE] =
		bt_equal(bt_profile_text(draft->profile, BT_PROP_PORT_TYPE), "bond");
	if (bond->ports &&
	    bt_node_append(bond->ports,
			   bt_node_scalar(BT_NODE_TEXT, bt_nmstate_name(draft->profile))) < 0)
		writing->failed = true;
	bond->has_port_options = bond->has_port_options || has_option(draft->profile, true);
}

static void put_port_config(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	struct bt_nmstate_draft *bond = bond_of(writing, draft->profile);
	struct bt_node *list = NULL, *map;

	if (!bond || !bond->has_port_options || writing->failed)
		return;
	list = bt_node_get(bond->section, "ports-config");
	if (!list)
		list = bt_nmstate_put_new(writing, bond->section, "ports-config", BT_NODE_LIST);
	map = bt_node_new(BT_NODE_MAP);
	if (!list || bt_node_append(list, map) < 0) {
		writing->failed = true;
		return;
	}
	bt_nmstate_put_text(writing, map, "name", bt_nmstate_name(draft->profile));
	put_options(writing, map, draft->profile, &draft->written, true);
}

/* ---- VLANs -------------------------------------------------------------------------------------
 */

static void put_vlan_flags(struct bt_nmstate_writing *writing, struct bt_node *section,
			   int64_t flags)
{
	for (const struct bt_nmstate_flag *f = bt_nmstate_vlan_flags; f->key; f++)
		bt_nmstate_put_yes_no(writing, section, f->key, flags & f->bit);
	bt_nmstate_put_text(writing, section, "registration-protocol",
			    flags & BT_NMSTATE_GVRP   ? "gvrp"
			    : flags & BT_NMSTATE_MVRP ? "mvrp"
						      : "none");
}

/* "3:5" as a map of "from" and "to". */
static void put_vlan_map(struct bt_nmstate_writing *writing, struct bt_node *section,
			 const char *key, const struct bt_value *value)
{
	struct bt_node *list = bt_nmstate_put_new(writing, section, key, BT_NODE_LIST);

	for (size_t i = 0; list && i < value->n_items; i++) {
		const char *text = value->items[i].text;
		size_t length = strcspn(text, ":");
		BT_AUTOFREE char *from = strndup(text, length);
		struct bt_node *map = bt_node_new(BT_NODE_MAP);

		if (bt_node_append(list, map) < 0) {
			writing->failed = true;
			return;
		}
		bt_nmstate_put(writing, map, "from", bt_node_scalar(BT_NODE_NUMBER, from));
		bt_nmstate_put(
			writing, map, "to",
			bt_node_scalar(BT_NODE_NUMBER, text + length + (text[length] == ':')));
	}
}

static bool is_number_map(const struct bt_value *value)
{
	for (size_t i = 0; i < value->n_items; i++) {
		const char *text = value->items[i].text;
		size_t from = strspn(text, "0123456789");
		size_t to = text[from] == ':' ? strspn(text + from + 1, "0123456789") : 0;

		if (!from || !to || text[from + 1 + to])
			return false;
	}
	return true;
}

static void put_vlan(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	static const struct {
		const char *key;
		enum bt_property_id property;
	} maps[] = {{"ingress-qos-map", BT_PROP_VLAN_INGRESS},
		    {"egress-qos-map", BT_PROP_VLAN_EGRESS}};
	const struct bondtool_profile *profile = draft->profile;
	const char *parent = bt_profile_text(profile, BT_PROP_VLAN_PARENT);
	const char *protocol = bt_profile_text(profile, BT_PROP_VLAN_PROTOCOL);
	struct bt_node *section = bt_nmstate_put_new(writing, draft->map, "vlan", BT_NODE_MAP);

	if (parent)
		bt_nmstate_put_text(writing, section, "base-iface", reference(writing, parent));
	if (bt_profile_value(profile, BT_PROP_VLAN_ID))
		bt_nmstate_put(writing, section, "id",
			       bt_node_number(bt_profile_number(profile, BT_PROP_VLAN_ID)));
	if (protocol)
		bt_nmstate_put_text(writing, section, "protocol",
				    bt_equal(protocol, "802.1Q") ? "802.1q" : protocol);
	if (bt_profile_value(profile, BT_PROP_VLAN_FLAGS))
		put_vlan_flags(writing, section, bt_profile_number(profile, BT_PROP_VLAN_FLAGS));
	for (size_t i = 0; i < BT_ARRAY_SIZE(maps); i++) {
		const struct bt_value *value = bt_profile_value(profile, maps[i].property);

		if (!value || !is_number_map(value))
			continue;
		put_vlan_map(writing, section, maps[i].key, value);
		draft->written.property[maps[i].property] = true;
	}
	draft->written.property[BT_PROP_VLAN_PARENT] = true;
	draft->written.property[BT_PROP_VLAN_ID] = true;
	draft->written.property[BT_PROP_VLAN_PROTOCOL] = true;
	draft->written.property[BT_PROP_VLAN_FLAGS] = true;
}

/* ---- what all interfaces have ------------------------------------------------------------------
 */

/* Whether the interface is to be down, as nmstate can say only of what there is already. */
static bool stays_down(struct bt_nmstate_writing *writing, const struct bondtool_profile *profile)
{
	const struct bondtool_profile *before =
		writing->before ? bt_config_by_id(writing->before, bt_profile_label(profile))
				: NULL;

	return before && !bt_profile_number(profile, BT_PROP_AUTOCONNECT) &&
	       !bt_profile_number(before, BT_PROP_AUTOCONNECT);
}

static void put_names(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	const struct bondtool_profile *profile = draft->profile;
	const char *name = bt_nmstate_name(profile);
	const char *id = bt_profile_text(profile, BT_PROP_ID);
	const char *type = bt_profile_text(profile, BT_PROP_TYPE);
	const struct bt_profile_type *row = type ? bt_profile_type_find(type) : NULL;

	bt_nmstate_put_text(writing, draft->map, "name", name);
	if (id && !bt_equal(id, name))
		bt_nmstate_put_text(writing, draft->map, "profile-name", id);
	bt_nmstate_put_text(writing, draft->map, "type", row ? row->alias : "ethernet");
	bt_nmstate_put_text(writing, draft->map, "state",
			    stays_down(writing, profile) ? "down" : "up");
	draft->written.property[BT_PROP_ID] = true;
	draft->written.property[BT_PROP_INTERFACE_NAME] = true;
	draft->written.property[BT_PROP_TYPE] = true;
	draft->written.property[BT_PROP_AUTOCONNECT] =
		bt_profile_number(profile, BT_PROP_AUTOCONNECT) != 0 ||
		stays_down(writing, profile);
	/* nmstate brings ports up with their controller always. */
	draft->written.property[BT_PROP_AUTOCONNECT_PORTS] =
		bt_profile_number(profile, BT_PROP_AUTOCONNECT_PORTS) != 0;
}

/* The address to set, or, of an interface without a name, the one to find it by. */
static void put_mac(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	const struct bondtool_profile *profile = draft->profile;
	const char *permanent = bt_profile_text(profile, BT_PROP_MAC_ADDRESS);
	const char *cloned = bt_profile_text(profile, BT_PROP_CLONED_MAC_ADDRESS);
	BT_AUTOFREE char *unused = NULL;

	if (permanent && !bt_profile_text(profile, BT_PROP_INTERFACE_NAME)) {
		bt_nmstate_put_text(writing, draft->map, "identifier", "mac-address");
		bt_nmstate_put_text(writing, draft->map, "mac-address", permanent);
		draft->written.property[BT_PROP_MAC_ADDRESS] = true;
	} else if (cloned && bt_item_canonical(BT_TYPE_MAC, cloned, &unused) == 0) {
		bt_nmstate_put_text(writing, draft->map, "mac-address", cloned);
		draft->written.property[BT_PROP_CLONED_MAC_ADDRESS] = true;
	}
}

static void put_link(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	const struct bondtool_profile *profile = draft->profile;
	int64_t mtu = bt_profile_number(profile, BT_PROP_MTU);
	int64_t lldp = bt_profile_number(profile, BT_PROP_LLDP);
	struct bt_node *section;

	if (mtu) {
		bt_nmstate_put(writing, draft->map, "mtu", bt_node_number(mtu));
		draft->written.property[BT_PROP_MTU] = true;
	}
	if (!bt_profile_value(profile, BT_PROP_LLDP) || lldp < 0)
		return;
	section = bt_nmstate_put_new(writing, draft->map, "lldp", BT_NODE_MAP);
	bt_nmstate_put_yes_no(writing, section, "enabled", lldp);
	draft->written.property[BT_PROP_LLDP] = true;
}

/* The map that SECTION of an extra names, made where it is missing; the map itself for NULL. */
static struct bt_node *extra_home(struct bt_nmstate_writing *writing, struct bt_node *map,
				  const char *section)
{
	BT_AUTOFREE char *words = section ? strdup(section) : NULL;
	char *save = NULL;

	for (char *word = words ? strtok_r(words, ".", &save) : NULL; word && map;
	     word = strtok_r(NULL, ".", &save)) {
		struct bt_node *inner = bt_node_get(map, word);

		map = inner ? inner : bt_nmstate_put_new(writing, map, word, BT_NODE_MAP);
	}
	return map && map->kind == BT_NODE_MAP ? map : NULL;
}

/* Whether the extra belongs to an item of a list, where only its text still has a place for it. */
static bool is_of_item(const struct bt_extra *extra)
{
	return bt_equal(extra->section, "routes") ||
	       bt_equal(extra->section, "link-aggregation.ports-config");
}

static void put_extra(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft,
		      const struct bt_extra *extra)
{
	BT_AUTONODE struct bt_node *value = bt_node_from_json(extra->value);
	struct bt_node *home = value ? extra_home(writing, draft->map, extra->section) : NULL;

	if (home && !bt_node_get(home, extra->key))
		bt_nmstate_put(writing, home, extra->key, BT_TAKE(value));
}

/* Puts back what the model does not know. */
static void put_extras(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	draft->written.extras = true;
	for (size_t i = 0; i < draft->profile->n_extras; i++) {
		const struct bt_extra *extra = &draft->profile->extras[i];

		if (extra->format != BT_FORMAT_NMSTATE)
			continue;
		if (!is_of_item(extra))
			put_extra(writing, draft, extra);
		else if (!writing->before)
			bt_report_loss(writing->bt, &bt_format_nmstate, NULL, NULL,
				       "'%s': the key %s=%s of '%s' is left out",
				       bt_profile_label(draft->profile), extra->key, extra->value,
				       extra->section);
	}
}

/* ---- the declaration ---------------------------------------------------------------------------
 */

static int make_drafts(struct bt_nmstate_writing *writing, struct bt_node *interfaces)
{
	writing->drafts = calloc(writing->config->count + 1, sizeof(*writing->drafts));
	if (!writing->drafts)
		return -ENOMEM;
	for (size_t i = 0; i < writing->config->count; i++) {
		struct bt_nmstate_draft *draft = &writing->drafts[i];

		draft->profile = writing->config->profiles[i];
		draft->map = bt_node_new(BT_NODE_MAP);
		if (bt_node_append(interfaces, draft->map) < 0)
			return -ENOMEM;
	}
	return 0;
}

static void put_interface(struct bt_nmstate_writing *writing, struct bt_nmstate_draft *draft)
{
	put_names(writing, draft);
	put_mac(writing, draft);
	put_link(writing, draft);
	if (bt_profile_is(draft->profile, "bond"))
		put_bond(writing, draft);
	if (bt_profile_is(draft->profile, "vlan"))
		put_vlan(writing, draft);
	bt_nmstate_put_ip(writing, draft);
}

static int declare(struct bt_nmstate_writing *writing, struct bt_node *state)
{
	struct bt_node *interfaces = bt_nmstate_put_new(writing, state, "interfaces", BT_NODE_LIST);
	size_t count = writing->config->count;
	int r = interfaces ? make_drafts(writing, interfaces) : -ENOMEM;

	for (size_t i = 0; r == 0 && i < count; i++)
		put_interface(writing, &writing->drafts[i]);
	for (size_t i = 0; r == 0 && i < count; i++)
		put_port(writing, &writing->drafts[i]);
	for (size_t i = 0; r == 0 && i < count; i++)
		put_port_config(writing, &writing->drafts[i]);
	if (r == 0)
		bt_nmstate_put_routes(writing, state);
	if (r == 0)
		bt_nmstate_put_dns(writing, state);
	for (size_t i = 0; r == 0 && i < count; i++) {
		put_extras(writing, &writing->drafts[i]);
		bt_report_losses(writing->bt, &bt_format_nmstate, writing->drafts[i].profile,
				 &writing->drafts[i].written, NULL);
	}
	return writing->failed ? -ENOMEM : r;
}

struct bt_node *bt_nmstate_declare(struct bondtool *bt, struct bondtool_config *config,
				   struct bondtool_config *before)
{
	struct bt_nmstate_writing writing = {.bt = bt, .config = config, .before = before};
	BT_AUTONODE struct bt_node *state = bt_node_new(BT_NODE_MAP);
	int r = state ? declare(&writing, state) : -ENOMEM;

	free(writing.drafts);
	return r == 0 ? BT_TAKE(state) : NULL;
}
