/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles to SUSE's ifcfg files, for wicked. A profile that came from such a file is written into
 * its text. The parts: ifcfg-suse-write-bond.c, -ip.c and -route.c.
 */
#include "parsers/ifcfg-suse/ifcfg-suse-write.h"

#include <errno.h>
#include <string.h>

static void writer_release(struct bt_suse_writer *writer)
{
	bt_hash_release(&writer->by_name);
	free(writer->sources);
	free(writer->first_port);
	free(writer->next_port);
	for (size_t i = 0; i < writer->n_commons; i++) {
		bt_suse_routes_release(&writer->commons[i].routes);
		free(writer->commons[i].dropped);
	}
	free(writer->commons);
}

static void writing_release(struct bt_suse_writing *writing)
{
	bt_ifcfg_pairs_release(&writing->pairs);
}

bool bt_suse_put(struct bt_suse_writing *writing, const char *key, const char *value)
{
	if (!bt_ifcfg_can_quote(key, value, BT_IFCFG_WICKED))
		return false;
	bt_ifcfg_pairs_add(&writing->pairs, NULL, key, strdup(value));
	return true;
}

void bt_suse_put_property(struct bt_suse_writing *writing, enum bt_property_id property,
			  const char *key, const char *value)
{
	if (bt_suse_put(writing, key, value))
		bt_written_property(&writing->written, property);
}

/* Whether the text is one of our files. Many profiles come from one text. */
static bool is_ours(struct bt_suse_writer *writer, const struct bt_source *source)
{
	if (source && source != writer->asked) {
		writer->asked = source;
		writer->is_ours = bt_format_recognise(source) == &bt_format_ifcfg_suse;
	}
	return source && writer->is_ours;
}

static const char *text_of(const struct bt_suse_writing *writing, enum bt_property_id property)
{
	return bt_profile_text(writing->profile, property);
}

/* ---- single keys ---------------------------------------------------------------------------- */

static void put_name(struct bt_suse_writing *writing)
{
	const char *interface = text_of(writing, BT_PROP_INTERFACE_NAME);
	const char *id = text_of(writing, BT_PROP_ID);

	bt_written_property(&writing->written, BT_PROP_TYPE);
	bt_written_property(&writing->written, BT_PROP_INTERFACE_NAME);
	if (!interface || bt_equal(id, interface))
		bt_written_property(&writing->written, BT_PROP_ID);
}

/* The word of the original file as long as it means the same. */
static const char *special_start_mode(const struct bondtool_profile *profile, bool starts)
{
	for (size_t i = 0; i < profile->n_extras; i++) {
		const struct bt_extra *extra = &profile->extras[i];
		const struct bt_suse_startmode *mode;

		if (extra->format != BT_FORMAT_IFCFG_SUSE || !bt_equal(extra->key, "STARTMODE"))
			continue;
		mode = bt_suse_startmode(extra->value);
		return (mode && mode->starts) == starts ? extra->value : NULL;
	}
	return NULL;
}

static void put_start_mode(struct bt_suse_writing *writing)
{
	bool starts = bt_profile_number(writing->profile, BT_PROP_AUTOCONNECT);
	const char *special = special_start_mode(writing->profile, starts);
	bool port = text_of(writing, BT_PROP_CONTROLLER) != NULL;

	bt_suse_put_property(writing, BT_PROP_AUTOCONNECT, "STARTMODE",
			     special  ? special
			     : !starts ? "manual"
			     : port    ? "hotplug"
				       : "auto");
}

static char *key_value(const struct bt_ifcfg_key *key, const struct bt_value *value)
{
	if (key->kind == BT_IFCFG_INVERTED)
		return strdup(value->number ? "no" : "yes");
	return bt_value_joined(bt_property_spec(&bt_properties[key->property]), value, " ",
			       BONDTOOL_PARSABLE);
}

/* wicked knows addresses, but not the words that NetworkManager has for them. */
static bool is_word_for_address(enum bt_property_id property, const char *text)
{
	return property == BT_PROP_CLONED_MAC_ADDRESS && !strchr(text, ':');
}

static void put_keys(struct bt_suse_writing *writing)
{
	for (const struct bt_ifcfg_key *key = bt_suse_keys; key->key; key++) {
		const struct bt_value *value = bt_profile_value(writing->profile, key->property);
		BT_AUTOFREE char *text = value ? key_value(key, value) : NULL;

		if (value && !text)
			writing->pairs.failed = true;
		else if (text && *text && !is_word_for_address(key->property, text))
			bt_suse_put_property(writing, key->property, key->key, text);
	}
}

static void put_host_names(struct bt_suse_writing *writing)
{
	const char *v4 = text_of(writing, BT_PROP_IPV4_DHCP_HOSTNAME);
	const char *v6 = text_of(writing, BT_PROP_IPV6_DHCP_HOSTNAME);

	if (v4)
		bt_suse_put_property(writing, BT_PROP_IPV4_DHCP_HOSTNAME,
				     "DHCLIENT_HOSTNAME_OPTION", v4);
	if (v6)
		bt_suse_put_property(writing, BT_PROP_IPV6_DHCP_HOSTNAME,
				     "DHCLIENT6_HOSTNAME_OPTION", v6);
}

/* The name of the interface that a profile refers to by name, id or UUID. */
static const char *interface_of(const struct bt_suse_writing *writing, const char *reference)
{
	const struct bondtool_profile *profile =
		bt_config_referred(writing->writer->config, reference);
	const char *name = profile ? bt_profile_text(profile, BT_PROP_INTERFACE_NAME) : NULL;

	return name ? name : reference;
}

static void put_vlan(struct bt_suse_writing *writing)
{
	const struct bt_value *number = bt_profile_value(writing->profile, BT_PROP_VLAN_ID);
	const char *protocol = text_of(writing, BT_PROP_VLAN_PROTOCOL);
	const char *parent = text_of(writing, BT_PROP_VLAN_PARENT);
	const struct bt_spec *spec = &bt_properties[BT_PROP_VLAN_ID].spec;
	BT_AUTOFREE char *text = number ? bt_value_text(spec, number, BONDTOOL_PARSABLE) : NULL;

	if (!bt_profile_is(writing->profile, "vlan"))
		return;
	if (parent)
		bt_suse_put_property(writing, BT_PROP_VLAN_PARENT, "ETHERDEVICE",
				     interface_of(writing, parent));
	if (text)
		bt_suse_put_property(writing, BT_PROP_VLAN_ID, "VLAN_ID", text);
	if (protocol)
		bt_suse_put_property(writing, BT_PROP_VLAN_PROTOCOL, "VLAN_PROTOCOL",
				     bt_equal(protocol, "802.1ad") ? "ieee802-1ad" : "ieee802-1Q");
}

/* ---- bonds and ports ------------------------------------------------------------------------ */

static void put_bond(struct bt_suse_writing *writing)
{
	if (!bt_profile_is(writing->profile, "bond"))
		return;
	bt_suse_put(writing, "BONDING_MASTER", "yes");
	bt_suse_put_options(writing);
	bt_suse_put_ports(writing);
}

/* The bond names its ports; a port names its bond where that has no profile here, or did so. */
static void put_controller(struct bt_suse_writing *writing)
{
	static const char key[] = "MASTER_DEVICE";
	const char *controller = text_of(writing, BT_PROP_CONTROLLER);
	const struct bondtool_profile *bond =
		controller ? bt_config_referred(writing->writer->config, controller) : NULL;
	const char *name = controller ? interface_of(writing, controller) : NULL;
	bool said = writing->original && bt_suse_line(writing->original, key);

	if (!controller)
		return;
	if ((said || !bond) && bt_interface_name_valid(name))
		bt_suse_put_property(writing, BT_PROP_CONTROLLER, key, name);
	if (bond)
		bt_written_property(&writing->written, BT_PROP_CONTROLLER);
	if (bt_equal(text_of(writing, BT_PROP_PORT_TYPE), "bond"))
		bt_written_property(&writing->written, BT_PROP_PORT_TYPE);
}

/* Keys that are written from properties are no extras, whatever they were when they were read. */
static void put_extras(struct bt_suse_writing *writing)
{
	writing->written.extras = true;
	for (size_t i = 0; i < writing->profile->n_extras; i++) {
		const struct bt_extra *extra = &writing->profile->extras[i];

		if (extra->format == BT_FORMAT_IFCFG_SUSE && !extra->section &&
		    !bt_ifcfg_pairs_have(&writing->pairs, extra->key))
			bt_suse_put(writing, extra->key, extra->value);
	}
}

static void make_pairs(struct bt_suse_writing *writing)
{
	static void (*const steps[])(struct bt_suse_writing *writing) = {
		put_name,     put_start_mode,	   bt_suse_put_methods, bt_suse_put_addresses,
		put_keys,     put_host_names,	   put_vlan,		put_bond,
		put_controller, put_extras,
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(steps); i++)
		steps[i](writing);
}

/* What a bond's BONDING_SLAVE calls the port; NULL when it can be told by its MAC address only. */
static const char *port_name(struct bt_suse_writer *writer, const struct bondtool_profile *port)
{
	const char *interface = bt_profile_text(port, BT_PROP_INTERFACE_NAME);
	const char *id = bt_profile_text(port, BT_PROP_ID);

	return interface ? interface : is_ours(writer, port->origin.source) ? id : NULL;
}

/* The ports of profile NUMBER, ended by NULL; the array is new, its strings are borrowed. */
static const char **ports_of(struct bt_suse_writer *writer, size_t number)
{
	size_t count = 0;
	const char **names;

	for (size_t i = writer->first_port[number]; i != BT_SUSE_NO_PORT; i = writer->next_port[i])
		count++;
	names = calloc(count + 1, sizeof(*names));
	count = 0;
	for (size_t i = writer->first_port[number]; names && i != BT_SUSE_NO_PORT;
	     i = writer->next_port[i]) {
		const char *name = port_name(writer, writer->config->profiles[i]);

		if (name)
			names[count++] = name;
	}
	return names;
}

static const char **original_ports(const struct bt_suse_file *original)
{
	const char **names = calloc(original->n_ports + 1, sizeof(*names));

	for (size_t i = 0; names && i < original->n_ports; i++)
		names[i] = original->ports[i].name;
	return names;
}

static int find_ports(struct bt_suse_writer *writer)
{
	size_t count = writer->config->count;

	writer->first_port = calloc(count + 1, sizeof(*writer->first_port));
	writer->next_port = calloc(count + 1, sizeof(*writer->next_port));
	if (!writer->first_port || !writer->next_port)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		writer->first_port[i] = BT_SUSE_NO_PORT;
	for (size_t i = count; i-- > 0;) {
		const char *controller =
			bt_profile_text(writer->config->profiles[i], BT_PROP_CONTROLLER);
		size_t bond;

		writer->next_port[i] = BT_SUSE_NO_PORT;
		if (!controller || !bt_config_referred_number(writer->config, controller, &bond))
			continue;
		writer->next_port[i] = writer->first_port[bond];
		writer->first_port[bond] = i;
	}
	return 0;
}

/* ---- texts that were read ------------------------------------------------------------------- */

/* Of texts with one name the one that was read last. */
static int index_sources(struct bt_suse_writer *writer)
{
	size_t count = 0;
	int r = 0;

	for (const struct bt_source *source = writer->bt->sources; source; source = source->next)
		count++;
	writer->sources = calloc(count + 1, sizeof(*writer->sources));
	if (!writer->sources)
		return -ENOMEM;
	count = 0;
	for (const struct bt_source *source = writer->bt->sources; r == 0 && source;
	     source = source->next) {
		writer->sources[count] = source;
		r = bt_hash_put(&writer->by_name, source->name, count++);
	}
	return r;
}

const struct bt_source *bt_suse_source(const struct bt_suse_writer *writer, const char *path)
{
	size_t number;

	return bt_hash_get(&writer->by_name, path, &number) ? writer->sources[number] : NULL;
}

/* The profile's own file, when it is one of ours; a port without a file comes from its bond's. */
static const struct bt_source *own_source(struct bt_suse_writer *writer,
					  const struct bondtool_profile *profile)
{
	const struct bt_source *source = profile->origin.source;

	if (!source || profile->origin.line != 1 || profile->origin.column != 1 ||
	    !bt_suse_interface(source->name, "ifcfg-") || !is_ours(writer, source))
		return NULL;
	return source;
}

/* Reads the file again, as far as it tells of the profile; FILE stays empty where there is none. */
static int read_original(struct bt_suse_writer *writer, const struct bondtool_profile *profile,
			 struct bondtool *silent, struct bt_suse_file *file)
{
	const struct bt_source *source = own_source(writer, profile);
	const char *controller = bt_profile_text(profile, BT_PROP_CONTROLLER);
	int r = source ? bt_suse_read_file(silent, source, file) : 0;

	if (r == 0 && file->profile && controller)
		r = bt_suse_make_port(silent, file->profile, controller, NULL);
	return r;
}

/* ---- one file ------------------------------------------------------------------------------- */

static char *file_text(struct bt_suse_writing *writing)
{
	const struct bt_suse_file *original = writing->original;
	BT_AUTOFREE const char **ports = original ? original_ports(original) : NULL;
	BT_CLEANUP(writing_release) struct bt_suse_writing before = {
		.writer = writing->writer,
		.profile = original ? original->profile : NULL,
		.original = original,
		.ports = ports,
	};

	make_pairs(writing);
	if (!original)
		return bt_ifcfg_draft_text(BT_IFCFG_WICKED, NULL, NULL, &writing->pairs);
	if (!ports)
		return NULL;
	make_pairs(&before);
	return bt_ifcfg_draft_text(BT_IFCFG_WICKED, &original->ifcfg, &before.pairs,
				   &writing->pairs);
}

/* Whether all that the profile says stands in the bond's file, which it comes from. */
static bool is_in_bond(struct bt_suse_writer *writer, const struct bondtool_profile *profile)
{
	static const enum bt_property_id said[] = {
		BT_PROP_ID, BT_PROP_UUID, BT_PROP_TYPE, BT_PROP_INTERFACE_NAME, BT_PROP_CONTROLLER,
		BT_PROP_PORT_TYPE, BT_PROP_MAC_ADDRESS};
	size_t known = 0;

	if (!bt_profile_text(profile, BT_PROP_CONTROLLER) || own_source(writer, profile) ||
	    !is_ours(writer, profile->origin.source))
		return false;
	for (size_t i = 0; i < BT_ARRAY_SIZE(said); i++)
		known += bt_profile_value(profile, said[i]) != NULL;
	return known == profile->properties.count && !profile->options.count &&
	       !profile->n_extras;
}

/* A new string; NULL without memory. */
static char *file_name(struct bt_suse_writer *writer, const struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const struct bt_source *source = own_source(writer, profile);
	const char *label = source ? bt_suse_interface(source->name, "ifcfg-") : NULL;
	char *name = bt_format("ifcfg-%s", interface ? interface
					   : label   ? label
						     : bt_profile_label(profile));

	for (char *p = name; p && *p; p++)
		if (*p == '/' || *p == ' ')
			*p = '_';
	return name;
}

static void report_nameless(const struct bt_suse_writing *writing)
{
	const struct bondtool_profile *profile = writing->profile;
	const struct bt_value *value = bt_profile_value(profile, BT_PROP_MAC_ADDRESS);

	if (!bt_profile_text(profile, BT_PROP_INTERFACE_NAME) &&
	    !own_source(writing->writer, profile))
		bt_report_loss(writing->writer->bt, &bt_format_ifcfg_suse, value,
			       "set connection.interface-name",
			       "'%s' has no name of an interface, and that is the name of its file",
			       bt_profile_label(profile));
}

static int write_file(struct bt_suse_writing *writing)
{
	BT_AUTOFREE char *name = file_name(writing->writer, writing->profile);
	int r;

	if (is_in_bond(writing->writer, writing->profile)) {
		make_pairs(writing);
		bt_written_property(&writing->written, BT_PROP_MAC_ADDRESS);
		return 0;
	}
	report_nameless(writing);
	if (name && bt_files_have(writing->writer->files, name)) {
		bt_warning(writing->writer->bt, "loss/profile", &writing->profile->origin,
			   "'%s' is left out: ifcfg-suse has one file for each interface, and '%s' "
			   "is another profile's",
			   bt_profile_label(writing->profile), name);
		bt_written_all(&writing->written); /* the loss of all of it is said */
		return 0;
	}
	r = name ? bt_files_add(writing->writer->files, name, 0644, file_text(writing)) : -ENOMEM;
	if (r == 0)
		r = bt_suse_write_routes(writing);
	if (r == 0 && bt_profile_is(writing->profile, "bond"))
		bt_suse_warn_of_refusal(writing);
	if (r == 0)
		bt_suse_warn_of_ip(writing);
	return r;
}

/* Lets a copy of the profile that says its monitor stand in for it where wicked insists on that. */
static int settle_monitor(struct bt_suse_writing *writing, struct bondtool_profile **ret_copy)
{
	const struct bondtool_profile *before =
		writing->original ? writing->original->profile : NULL;
	struct bondtool_profile *copy;

	if (!bt_suse_must_say_monitor(writing->profile, before))
		return 0;
	copy = bt_profile_copy(writing->profile);
	if (!copy)
		return -ENOMEM;
	writing->profile = *ret_copy = copy;
	return bt_suse_say_monitor(writing->writer->bt, copy);
}

static int write_profile(struct bt_suse_writer *writer, size_t number, struct bondtool *silent)
{
	const struct bondtool_profile *profile = writer->config->profiles[number];
	BT_AUTOFREE const char **ports = ports_of(writer, number);
	BT_AUTOPROFILE struct bondtool_profile *copy = NULL;
	BT_AUTOSUSE struct bt_suse_file original = {0};
	BT_CLEANUP(writing_release) struct bt_suse_writing writing = {
		.writer = writer, .profile = profile, .ports = ports};
	int r = ports ? read_original(writer, profile, silent, &original) : -ENOMEM;

	writing.original = original.profile ? &original : NULL;
	if (r == 0)
		r = settle_monitor(&writing, &copy);
	if (r == 0)
		r = write_file(&writing);
	if (r == 0)
		bt_report_losses(writer->bt, &bt_format_ifcfg_suse, writing.profile,
				 &writing.written, NULL);
	return r;
}

static int write_all(struct bt_suse_writer *writer, struct bondtool *silent)
{
	int r = find_ports(writer);

	if (r == 0)
		r = index_sources(writer);
	for (size_t i = 0; r == 0 && i < writer->config->count; i++)
		r = write_profile(writer, i, silent);
	return r == 0 ? bt_suse_write_commons(writer) : r;
}

int bt_suse_write(struct bondtool *bt, struct bondtool_config *config,
		  struct bondtool_files *files)
{
	BT_CLEANUP(writer_release) struct bt_suse_writer writer = {
		.bt = bt, .config = config, .files = files};
	struct bondtool *silent = bondtool_new();
	int r = silent ? write_all(&writer, silent) : -ENOMEM;

	bondtool_free(silent);
	return r;
}
