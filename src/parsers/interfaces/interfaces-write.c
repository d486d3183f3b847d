/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configurations to /etc/network/interfaces: the file, and the bond lines of its stanzas. */
#include "parsers/interfaces/interfaces-write.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "model/kernel-paths.h"
#include "parsers/interfaces/interfaces-read.h"
#include "parsers/interfaces/interfaces-rewrite.h"

void bt_eni_put(struct bt_eni_writing *writing, const char *key, const char *format, ...)
{
	BT_AUTOFREE char *value = NULL;
	va_list arguments;

	va_start(arguments, format);
	value = bt_vformat(format, arguments);
	va_end(arguments);
	if (value)
		bt_text_addf(writing->text, "    %s %s\n", key, value);
	else
		writing->text->failed = true;
}

/* ---- which profile belongs to which ---- */

static bool is_set(const struct bondtool_profile *profile, enum bt_property_id property)
{
	return bt_profile_value(profile, property) != NULL;
}

bool bt_eni_needs_stanza(const struct bt_eni_writing *writing, size_t port)
{
	const struct bondtool_profile *profile = writing->config->profiles[port];

	/* a port that is listed comes up with its bond */
	if (!bt_profile_number(profile, BT_PROP_AUTOCONNECT) && writing->dialect->master_keys)
		return true;
	if (!bt_profile_is(profile, "802-3-ethernet") || is_set(profile, BT_PROP_MTU) ||
	    is_set(profile, BT_PROP_CLONED_MAC_ADDRESS) || is_set(profile, BT_PROP_IPV4_METHOD) ||
	    is_set(profile, BT_PROP_IPV6_METHOD))
		return true;
	for (size_t i = 0; i < profile->n_extras; i++)
		if (profile->extras[i].format == writing->dialect->format ||
		    bt_eni_is_command(profile, &profile->extras[i]))
			return true;
	return false;
}

bool bt_eni_stands_alone(const struct bt_eni_writing *writing, size_t port)
{
	return writing->dialect->master_keys && bt_eni_needs_stanza(writing, port);
}

/* ---- bond lines ---- */

/* "bond-slaves": the ports that do not name the bond themselves. */
static int write_ports(struct bt_eni_writing *writing)
{
	BT_AUTOTEXT struct bt_text ports = {0};

	for (size_t i = writing->lists.first[writing->number]; i != BT_NO_PORT;
	     i = writing->lists.next[i]) {
		const char *name = bt_profile_text(writing->config->profiles[i],
						   BT_PROP_INTERFACE_NAME);

		if (name && !bt_eni_stands_alone(writing, i))
			bt_text_addf(&ports, "%s%s", ports.length ? " " : "", name);
	}
	if (ports.failed)
		return -ENOMEM;
	if (ports.length || writing->dialect != &bt_eni_ifupdown_ng)
		bt_eni_put(writing, bt_eni_key_of(writing->dialect, BT_ENI_PORTS, 0), "%s",
			   ports.length ? ports.data : "none");
	else
		bt_eni_put(writing, bt_eni_key_of(writing->dialect, BT_ENI_USE, 0), "bond");
	return 0;
}

static bool is_expressible(const struct bt_eni_writing *writing, const struct bt_option *option,
			   const struct bt_value *value)
{
	const struct bt_eni_limit *limit = bt_eni_limit(writing->dialect, bt_option_id(option));

	return bt_option_has_key(option, writing->dialect->format) &&
	       !(limit && limit->refused && value->number > limit->maximum);
}

static int write_option(struct bt_eni_writing *writing, const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];
	BT_AUTOFREE char *key = bt_option_key(option, writing->dialect->format);
	bool commas = writing->dialect == &bt_eni_ifupdown_ng;
	BT_AUTOFREE char *text =
		bt_value_joined(&option->spec, value, commas ? "," : " ", BONDTOOL_PARSABLE);

	if (!key || !text)
		return -ENOMEM;
	/* ifupdown2 wants a line for each item of a list. */
	for (size_t i = 0; i < value->n_items && writing->dialect == &bt_eni_ifupdown2; i++)
		bt_eni_put(writing, key, "%s", value->items[i].text);
	if (!value->n_items || writing->dialect != &bt_eni_ifupdown2)
		bt_eni_put(writing, key, "%s", text);
	writing->written.option[value->id] = true;
	return 0;
}

/* The profile as it stands in the texts that are changed, or NULL. */
static const struct bondtool_profile *before_of(const struct bt_eni_writing *writing,
						const struct bondtool_profile *profile)
{
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	return writing->before && name ? bt_config_by_interface(writing->before, name) : NULL;
}

/* An option without a key that the text has: it can only stand there as a command. */
static int write_command(struct bt_eni_writing *writing, const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];
	const struct bondtool_profile *before = before_of(writing, writing->profile);
	BT_AUTOFREE char *text = NULL;

	if (!before || !bt_values_find(&before->options, value->id) || !option->has_sysfs ||
	    bt_type_is_list(option->spec.type))
		return 0;
	text = bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE);
	if (!text)
		return -ENOMEM;
	bt_eni_put(writing, bt_eni_key_of(writing->dialect, BT_ENI_COMMAND_UP, 0),
		   "echo %s > %s$IFACE/bonding/%s", text, bt_path_interfaces, option->name);
	writing->written.option[value->id] = true;
	return 0;
}

static int write_options(struct bt_eni_writing *writing)
{
	const struct bt_values *options = &writing->profile->options;
	int r = 0;

	for (unsigned id = 0; r == 0 && id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_values_find(options, id);

		if (!value || (bt_options[id].flags & BT_OPTION_PORT))
			continue;
		r = is_expressible(writing, &bt_options[id], value)
			    ? write_option(writing, value)
			    : write_command(writing, value);
	}
	return r;
}

/* A port that names its bond is made the primary only if its own stanza says so, too. */
static void write_master(struct bt_eni_writing *writing)
{
	size_t number = writing->lists.bond[writing->number];
	const struct bondtool_profile *bond =
		number == BT_NO_PORT ? NULL : writing->config->profiles[number];
	const struct bt_value *primary =
		bond ? bt_values_find(&bond->options, BT_OPT_PRIMARY) : NULL;
	const char *name = bond ? bt_profile_text(bond, BT_PROP_INTERFACE_NAME)
				: bt_profile_text(writing->profile, BT_PROP_CONTROLLER);

	bt_eni_put(writing, bt_eni_key_of(writing->dialect, BT_ENI_MASTER, 0), "%s",
		   name ? name : "?");
	if (primary && bt_equal(primary->text, writing->name)) {
		BT_AUTOFREE char *key =
			bt_option_key(&bt_options[BT_OPT_PRIMARY], writing->dialect->format);

		if (key)
			bt_eni_put(writing, key, "%s", primary->text);
	}
}

int bt_eni_write_bond(struct bt_eni_writing *writing)
{
	bool of_bond = writing->lists.bond[writing->number] != BT_NO_PORT ||
		       bt_equal(bt_profile_text(writing->profile, BT_PROP_PORT_TYPE), "bond");
	int r = 0;

	if (of_bond && writing->dialect->master_keys &&
	    is_set(writing->profile, BT_PROP_CONTROLLER)) {
		write_master(writing);
		bt_written_property(&writing->written, BT_PROP_CONTROLLER);
		bt_written_property(&writing->written, BT_PROP_PORT_TYPE);
	}
	if (bt_profile_is(writing->profile, "bond")) {
		r = write_ports(writing);
		if (r == 0)
			r = write_options(writing);
	}
	return r;
}

/* ---- the file ---- */

/* The way around for an option that the tool has no key for. */
static char *hint_for(const struct bondtool_profile *profile, const struct bt_option *option)
{
	const struct bt_value *value = bt_values_find(&profile->options, bt_option_id(option));
	BT_AUTOFREE char *text =
		value ? bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE) : NULL;
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	if (!text || !name)
		return NULL;
	if (bt_option_id(option) == BT_OPT_QUEUE_ID)
		return bt_format("in the bond's stanza: post-up echo \"%s:%s\" > "
				 "%s$IFACE/bonding/queue_id", name, text, bt_path_interfaces);
	if (option->flags & BT_OPTION_PORT)
		return bt_format("post-up ip link set $IFACE type bond_slave %s %s", option->name,
				 text);
	if (option->has_sysfs && !bt_type_is_list(option->spec.type))
		return bt_format("post-up echo %s > %s$IFACE/bonding/%s", text, bt_path_interfaces,
				 option->name);
	return bt_format("post-up ip link set $IFACE type bond %s %s", option->name, text);
}

/* What stands for itself in the words around a stanza. */
static void mark_header(struct bt_eni_writing *writing)
{
	const struct bondtool_profile *profile = writing->profile;
	bool listed = writing->lists.bond[writing->number] != BT_NO_PORT &&
		      !bt_eni_stands_alone(writing, writing->number);

	bt_written_property(&writing->written, BT_PROP_TYPE);
	bt_written_property(&writing->written, BT_PROP_INTERFACE_NAME);
	if (bt_equal(bt_profile_text(profile, BT_PROP_ID), writing->name))
		bt_written_property(&writing->written, BT_PROP_ID);
	if (!listed || bt_profile_number(profile, BT_PROP_AUTOCONNECT))
		bt_written_property(&writing->written, BT_PROP_AUTOCONNECT);
	if (listed) {
		bt_written_property(&writing->written, BT_PROP_CONTROLLER);
		bt_written_property(&writing->written, BT_PROP_PORT_TYPE);
	}
	writing->written.extras = true;
	writing->written.keeps_extra = bt_eni_is_command;
}

/* What the texts say in ways of their own, and did not change, stays there. */
static void mark_kept(struct bt_eni_writing *writing)
{
	const struct bondtool_profile *profile = writing->profile;
	const struct bondtool_profile *before = before_of(writing, profile);

	for (size_t i = 0; before && i < profile->properties.count; i++) {
		const struct bt_value *value = &profile->properties.values[i];
		const struct bt_value *was = bt_values_find(&before->properties, value->id);

		if (was && bt_value_equal(value, was))
			bt_written_property(&writing->written, (enum bt_property_id)value->id);
	}
	for (size_t i = 0; before && i < profile->options.count; i++) {
		const struct bt_value *value = &profile->options.values[i];
		const struct bt_value *was = bt_values_find(&before->options, value->id);

		writing->written.option[value->id] |= was && bt_value_equal(value, was);
	}
}

static int write_profile(struct bt_eni_writing *writing, size_t number)
{
	int r = 0;

	writing->number = number;
	writing->profile = writing->config->profiles[number];
	writing->name = bt_profile_text(writing->profile, BT_PROP_INTERFACE_NAME);
	writing->written = (struct bt_written){0};
	if (!writing->name) {
		bt_warning(writing->bt, "loss/profile", &writing->profile->origin,
			   "'%s' names no interface and has no place in %s",
			   bt_profile_label(writing->profile), writing->dialect->name);
		return 0;
	}
	mark_header(writing);
	if (writing->lists.bond[number] == BT_NO_PORT || bt_eni_needs_stanza(writing, number))
		r = bt_eni_write_stanzas(writing);
	mark_kept(writing);
	if (r == 0)
		bt_report_losses(writing->bt, writing->format, writing->profile, &writing->written,
				 hint_for);
	return r;
}

static int write_file(struct bt_eni_writing *writing)
{
	int r;

	bt_text_add(writing->text, "# interfaces(5): read by ifup and ifdown\n\n"
				   "auto lo\niface lo inet loopback\n");
	r = bt_port_lists_make(writing->config, &writing->lists);
	for (size_t i = 0; r == 0 && i < writing->config->count; i++)
		r = write_profile(writing, i);
	bt_port_lists_release(&writing->lists);
	return r;
}

char *bt_eni_text_of(struct bondtool *bt, const struct bt_eni_dialect *dialect,
		     const struct bt_format *format, struct bondtool_config *config,
		     struct bondtool_config *before)
{
	BT_AUTOTEXT struct bt_text text = {0};
	struct bt_eni_writing writing = {
		.bt = bt,
		.dialect = dialect,
		.format = format,
		.config = config,
		.before = before,
		.text = &text,
	};

	return write_file(&writing) < 0 ? NULL : bt_text_take(&text);
}

int bt_eni_write(struct bondtool *bt, const struct bt_eni_dialect *dialect,
		 const struct bt_format *format, struct bondtool_config *config,
		 struct bondtool_files *files)
{
	bool done;
	int r = bt_eni_rewrite(bt, dialect, format, config, files, &done);

	if (r < 0 || done)
		return r;
	return bt_files_add(files, "interfaces", 0644,
			    bt_eni_text_of(bt, dialect, format, config, NULL));
}
