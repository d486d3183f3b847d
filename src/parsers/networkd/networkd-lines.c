/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A profile as the assignments that a .netdev and a .network file hold, and what does not fit. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/array.h"
#include "parsers/loss.h"
#include "parsers/networkd/networkd.h"

void bt_networkd_texts_release(struct bt_networkd_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++) {
		free(texts->items[i].section);
		free(texts->items[i].block);
		free(texts->items[i].key);
		free(texts->items[i].value);
	}
	free(texts->items);
	*texts = (struct bt_networkd_texts){0};
}

/* Room for one more; NULL when memory ran out. */
static struct bt_networkd_text *grow(struct bt_networkd_texts *texts)
{
	if (!BT_MAKE_ROOM(texts->items, texts->count, texts->size))
		texts->failed = true;
	return texts->failed ? NULL : &texts->items[texts->count++];
}

void bt_networkd_add(struct bt_networkd_texts *texts, enum bt_networkd_file file,
		     const char *section, const char *block, const char *key, const char *format,
		     ...)
{
	struct bt_networkd_text *text = grow(texts);
	char *value = NULL;
	va_list arguments;

	va_start(arguments, format);
	value = bt_vformat(format, arguments);
	va_end(arguments);
	if (!text) {
		free(value);
		return;
	}
	*text = (struct bt_networkd_text){
		.file = file,
		.section = strdup(section),
		.block = block ? strdup(block) : NULL,
		.key = strdup(key),
		.value = value,
	};
	texts->failed = !text->section || (block && !text->block) || !text->key || !value;
}

/* One profile on its way to lines. */
struct lines {
	struct bondtool *bt; /* NULL: nobody wants to hear of losses */
	struct bondtool_config *config;
	const struct bondtool_profile *profile;
	struct bt_networkd_texts *texts;
	struct bt_written written;
	enum bt_networkd_type type;
};

static bool is_made(const struct bondtool_profile *profile)
{
	return bt_profile_is(profile, "bond") || bt_profile_is(profile, "vlan");
}

static void lose(struct lines *lines, enum bt_property_id property, const char *hint,
		 const char *why)
{
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[property]);
	const struct bt_value *value = bt_profile_value(lines->profile, property);

	bt_written_property(&lines->written, property);
	if (lines->bt)
		bt_report_loss(lines->bt, &bt_format_networkd, value, hint, "'%s': %s %s",
			       bt_profile_label(lines->profile), name ? name : "a property", why);
}

/* ---- who it is for -----------------------------------------------------------------------------
 */

static void add_identity(struct lines *lines)
{
	const struct bondtool_profile *profile = lines->profile;
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *mac = bt_profile_text(profile, BT_PROP_MAC_ADDRESS);

	bt_written_property(&lines->written, BT_PROP_TYPE);
	bt_written_property(&lines->written, BT_PROP_INTERFACE_NAME);
	if (is_made(profile)) {
		bt_networkd_add(lines->texts, BT_NETWORKD_NETDEV, "NetDev", NULL, "Name", "%s",
				name);
		bt_networkd_add(lines->texts, BT_NETWORKD_NETDEV, "NetDev", NULL, "Kind", "%s",
				bt_profile_text(profile, BT_PROP_TYPE));
	}
	if (name)
		bt_networkd_add(lines->texts, BT_NETWORKD_NETWORK, "Match", NULL, "Name", "%s",
				name);
	if (mac && !is_made(profile)) {
		bt_written_property(&lines->written, BT_PROP_MAC_ADDRESS);
		bt_networkd_add(lines->texts, BT_NETWORKD_NETWORK, "Match", NULL,
				"PermanentMACAddress", "%s", mac);
	}
}

/* A profile's name of its own has no place; the interface's is what comes back. */
static void settle_id(struct lines *lines)
{
	const char *id = bt_profile_text(lines->profile, BT_PROP_ID);

	if (bt_equal(id, bt_profile_text(lines->profile, BT_PROP_INTERFACE_NAME)))
		bt_written_property(&lines->written, BT_PROP_ID);
}

/* ---- keys of the table -------------------------------------------------------------------------
 */

static const char *word_for(const struct bt_networkd_key *row, const struct bt_value *value)
{
	for (const struct bondtool_name *word = row->words; word->name; word++)
		if (word->text ? bt_equal(word->text, value->text) : word->number == value->number)
			return word->name;
	return NULL;
}

/* The value as the row writes it; NULL when there is no such word. */
static char *row_value(const struct bt_networkd_key *row, const struct bt_value *value)
{
	const char *word;

	switch (row->how) {
	case BT_NETWORKD_BOOLEAN:
		return strdup(value->number ? "yes" : "no");
	case BT_NETWORKD_INVERTED:
		return strdup(value->number ? "no" : "yes");
	case BT_NETWORKD_WORDS:
		word = word_for(row, value);
		return word ? strdup(word) : NULL;
	case BT_NETWORKD_TEXT:
		return strdup(value->text);
	default:
		return bt_format("%" PRId64, value->number);
	}
}

/* "permanent", "random", ...: what NetworkManager does by words, systemd does in .link files. */
static bool is_word_for_mac(const struct bt_networkd_key *row, const struct bt_value *value)
{
	BT_AUTOFREE char *mac = NULL;

	return row->property == BT_PROP_CLONED_MAC_ADDRESS &&
	       bt_item_canonical(BT_TYPE_MAC, value->text, &mac) < 0;
}

static void add_rows(struct lines *lines, enum bt_networkd_file file)
{
	for (const struct bt_networkd_key *row = bt_networkd_keys; row->key; row++) {
		const struct bt_value *value;
		BT_AUTOFREE char *text = NULL;

		if (row->file != file || !(row->types & lines->type))
			continue;
		value = bt_profile_value(lines->profile, row->property);
		if (!value)
			continue;
		if (is_word_for_mac(row, value)) {
			lose(lines, row->property, "write 'MACAddressPolicy=' into a .link file",
			     "is no address");
			continue;
		}
		text = row_value(row, value);
		if (!text) {
			lose(lines, row->property, NULL, "has a value that no word stands for");
			continue;
		}
		bt_written_property(&lines->written, row->property);
		bt_networkd_add(lines->texts, file, row->section, NULL, row->key, "%s", text);
	}
}

/* ---- the bond ----------------------------------------------------------------------------------
 */

/* Why networkd would not take the value; NULL when it does. */
static const char *refused(const struct lines *lines, const struct bt_option *option,
			   const struct bt_value *value)
{
	const struct bt_key_limit *limit =
		bt_option_limit(BT_FORMAT_NETWORKD, &lines->profile->options, value);

	if (limit)
		return limit->text;
	if (option->spec.type == BT_TYPE_MAC && !bt_networkd_is_system(value->text))
		return "systemd-networkd takes no null or multicast address";
	return NULL;
}

static void add_option(struct lines *lines, const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];
	const char *key = option->keys[BT_FORMAT_NETWORKD];
	const char *reason;
	BT_AUTOFREE char *text = NULL;

	if (!key || !bt_networkd_option(key))
		return;
	lines->written.option[value->id] = true;
	reason = refused(lines, option, value);
	if (reason) {
		if (lines->bt)
			bt_report_loss(lines->bt, &bt_format_networkd, value, NULL,
				       "'%s': the option %s is lost: %s",
				       bt_profile_label(lines->profile), option->name, reason);
		return;
	}
	text = bt_networkd_option_text(option, value);
	bt_networkd_add(lines->texts, BT_NETWORKD_NETDEV, "Bond", NULL, key, "%s",
			text ? text : "");
	lines->texts->failed = lines->texts->failed || !text;
}

static bool is_port_of(struct lines *lines, const struct bondtool_profile *port,
		       const struct bondtool_profile *bond)
{
	return bt_profile_text(port, BT_PROP_CONTROLLER) &&
	       bt_config_controller(lines->config, port) == bond;
}

/* "primary" is written in the file of the port that it names, when there is one. */
static bool names_a_port(struct lines *lines, const char *name)
{
	const struct bondtool_profile *port = bt_config_by_interface(lines->config, name);

	return port && is_port_of(lines, port, lines->profile);
}

static void add_bond(struct lines *lines)
{
	static const enum bt_option_id of_ports[] = {BT_OPT_PRIMARY, BT_OPT_ACTIVE_SLAVE};
	const struct bt_values *options = &lines->profile->options;

	bt_written_property(&lines->written, BT_PROP_BOND_OPTIONS);
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_value *value = bt_values_find(options, (unsigned)i);

		if (value)
			add_option(lines, value);
	}
	for (size_t i = 0; i < BT_ARRAY_SIZE(of_ports); i++) {
		const struct bt_value *value = bt_values_find(options, of_ports[i]);

		if (value && names_a_port(lines, value->text))
			lines->written.option[of_ports[i]] = true;
	}
}

/* ---- VLANs -------------------------------------------------------------------------------------
 */

static void add_maps(struct lines *lines, enum bt_property_id property, const char *key)
{
	const struct bt_value *value = bt_profile_value(lines->profile, property);
	BT_AUTOTEXT struct bt_text text = {0};

	if (!value)
		return;
	bt_written_property(&lines->written, property);
	for (size_t i = 0; i < value->n_items; i++)
		bt_text_addf(&text, "%s%s", i ? " " : "", value->items[i].text);
	for (char *p = text.data; p && *p; p++)
		*p = *p == ':' ? '-' : *p;
	bt_networkd_add(lines->texts, BT_NETWORKD_NETDEV, "VLAN", NULL, key, "%s",
			text.data ? text.data : "");
}

static void add_flags(struct lines *lines)
{
	static const struct {
		const char *key;
		int64_t bit;
	} flags[] = {{"ReorderHeader", 1}, {"GVRP", 2}, {"LooseBinding", 4}, {"MVRP", 8}};
	const struct bt_value *value = bt_profile_value(lines->profile, BT_PROP_VLAN_FLAGS);

	if (!value)
		return;
	bt_written_property(&lines->written, BT_PROP_VLAN_FLAGS);
	for (size_t i = 0; i < BT_ARRAY_SIZE(flags); i++)
		if (i == 0 || (value->number & flags[i].bit))
			bt_networkd_add(lines->texts, BT_NETWORKD_NETDEV, "VLAN", NULL,
					flags[i].key, value->number & flags[i].bit ? "yes" : "no");
}

static struct bondtool_profile *parent_of(struct lines *lines, const struct bondtool_profile *vlan)
{
	const char *parent = bt_profile_text(vlan, BT_PROP_VLAN_PARENT);

	return parent ? bt_config_referred(lines->config, parent) : NULL;
}

static void add_vlan(struct lines *lines)
{
	const char *parent = bt_profile_text(lines->profile, BT_PROP_VLAN_PARENT);
	BT_AUTOFREE char *hint = NULL;

	add_flags(lines);
	add_maps(lines, BT_PROP_VLAN_EGRESS, "EgressQOSMaps");
	add_maps(lines, BT_PROP_VLAN_INGRESS, "IngressQOSMaps");
	if (!parent)
		return;
	bt_written_property(&lines->written, BT_PROP_VLAN_PARENT);
	if (parent_of(lines, lines->profile))
		return; /* written in the parent's file */
	hint = bt_format("write 'VLAN=%s' into the .network file of '%s'",
			 bt_profile_label(lines->profile), parent);
	lose(lines, BT_PROP_VLAN_PARENT, hint, "names an interface without a profile here");
}

/* ---- what interfaces are to each other ---------------------------------------------------------
 */

static void add_vlans_on_top(struct lines *lines)
{
	const struct bondtool_profile *vlan = NULL;

	while ((vlan = bt_config_next_vlan(lines->config, lines->profile, vlan))) {
		const char *name = bt_profile_text(vlan, BT_PROP_INTERFACE_NAME);

		if (name)
			bt_networkd_add(lines->texts, BT_NETWORKD_NETWORK, "Network", NULL, "VLAN",
					"%s", name);
	}
}

static void add_port_options(struct lines *lines, const struct bondtool_profile *bond)
{
	static const enum bt_option_id of_ports[] = {BT_OPT_PRIMARY, BT_OPT_ACTIVE_SLAVE};
	const char *name = bt_profile_text(lines->profile, BT_PROP_INTERFACE_NAME);

	for (size_t i = 0; i < BT_ARRAY_SIZE(of_ports); i++) {
		const struct bt_value *value = bt_values_find(&bond->options, of_ports[i]);

		if (value && bt_equal(value->text, name))
			bt_networkd_add(lines->texts, BT_NETWORKD_NETWORK, "Network", NULL,
					bt_options[of_ports[i]].keys[BT_FORMAT_NETWORKD], "yes");
	}
}

/* The key of the controller, by what it is: of the port's own word, else of the controller. */
static const char *controller_key(const struct bondtool_profile *port,
				  const struct bondtool_profile *controller)
{
	const char *type = bt_profile_text(port, BT_PROP_PORT_TYPE);

	if (!type && controller)
		type = bt_profile_text(controller, BT_PROP_TYPE);
	if (bt_equal(type, "bond"))
		return "Bond";
	if (bt_equal(type, "bridge"))
		return "Bridge";
	return bt_equal(type, "vrf") ? "VRF" : NULL;
}

static void add_controller(struct lines *lines)
{
	const char *text = bt_profile_text(lines->profile, BT_PROP_CONTROLLER);
	const struct bondtool_profile *controller =
		text ? bt_config_controller(lines->config, lines->profile) : NULL;
	const char *key = text ? controller_key(lines->profile, controller) : NULL;
	const char *name = controller ? bt_profile_text(controller, BT_PROP_INTERFACE_NAME) : text;

	if (!text)
		return;
	if (!key || !name || !bt_interface_name_valid(name)) {
		lose(lines, BT_PROP_CONTROLLER, NULL, "names no bond, bridge or VRF");
		return;
	}
	bt_written_property(&lines->written, BT_PROP_CONTROLLER);
	bt_written_property(&lines->written, BT_PROP_PORT_TYPE);
	bt_networkd_add(lines->texts, BT_NETWORKD_NETWORK, "Network", NULL, key, "%s", name);
	if (controller && bt_equal(key, "Bond"))
		add_port_options(lines, controller);
}

/* ---- extras ------------------------------------------------------------------------------------
 */

/* "netdev/Bond", "network/Route 3": the file, the section, and which of several. */
static void add_extra(struct lines *lines, const struct bt_extra *extra)
{
	const char *slash = extra->section ? strchr(extra->section, '/') : NULL;
	bool netdev = slash && bt_has_prefix(extra->section, "netdev/");
	BT_AUTOFREE char *section = NULL;
	const char *blank;

	if (!netdev && !(slash && bt_has_prefix(extra->section, "network/")))
		return; /* of a file of its own */
	blank = strchr(slash + 1, ' ');
	section = blank ? strndup(slash + 1, (size_t)(blank - slash - 1)) : strdup(slash + 1);
	if (section)
		bt_networkd_add(lines->texts, netdev ? BT_NETWORKD_NETDEV : BT_NETWORKD_NETWORK,
				section, blank ? blank + 1 : NULL, extra->key, "%s", extra->value);
}

static void add_extras(struct lines *lines)
{
	lines->written.extras = true;
	for (size_t i = 0; i < lines->profile->n_extras; i++)
		if (lines->profile->extras[i].format == BT_FORMAT_NETWORKD)
			add_extra(lines, &lines->profile->extras[i]);
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

/* RequiredFamilyForOnline= says which family must not fail. */
static void add_required_family(struct lines *lines)
{
	static const char *const words[] = {NULL, "ipv4", "ipv6", "both"};
	unsigned required = 0;

	for (unsigned i = 0; i < 2; i++) {
		enum bt_property_id property = i ? BT_PROP_IPV6_MAY_FAIL : BT_PROP_IPV4_MAY_FAIL;
		const struct bt_value *value = bt_profile_value(lines->profile, property);

		if (!value || value->number)
			continue;
		required |= 1U << i;
		bt_written_property(&lines->written, property);
	}
	if (required)
		bt_networkd_add(lines->texts, BT_NETWORKD_NETWORK, "Link", NULL,
				"RequiredFamilyForOnline", "%s", words[required]);
}

static void add_network(struct lines *lines)
{
	bool port = bt_equal(bt_profile_text(lines->profile, BT_PROP_PORT_TYPE), "bond") &&
		    bt_profile_text(lines->profile, BT_PROP_CONTROLLER);

	add_rows(lines, BT_NETWORKD_NETWORK);
	add_controller(lines);
	add_vlans_on_top(lines);
	if (!port) {
		add_required_family(lines);
		bt_networkd_ip_lines(lines->bt, lines->profile, &lines->written, lines->texts);
	}
}

bool bt_networkd_lines(struct bondtool *bt, struct bondtool_config *config,
		       const struct bondtool_profile *profile, struct bt_networkd_texts *texts)
{
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	struct lines lines = {.bt = bt,
			      .config = config,
			      .profile = profile,
			      .texts = texts,
			      .type = is_made(profile) ? BT_NETWORKD_VIRTUAL
						       : BT_NETWORKD_PHYSICAL};

	if (!name && (is_made(profile) || !bt_profile_text(profile, BT_PROP_MAC_ADDRESS))) {
		if (bt)
			bt_diag(bt, BONDTOOL_WARNING, "loss/profile", &profile->origin, NULL,
				"'%s': %s matches interfaces by name or MAC address, and it has "
				"none",
				bt_profile_label(profile), bt_format_name(BT_FORMAT_NETWORKD));
		return false;
	}
	add_identity(&lines);
	settle_id(&lines);
	if (is_made(profile))
		add_rows(&lines, BT_NETWORKD_NETDEV);
	if (bt_profile_is(profile, "bond"))
		add_bond(&lines);
	if (bt_profile_is(profile, "vlan"))
		add_vlan(&lines);
	add_network(&lines);
	add_extras(&lines);
	if (bt)
		bt_report_losses(bt, &bt_format_networkd, profile, &lines.written, NULL);
	return true;
}
