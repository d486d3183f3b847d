/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configurations to scripts: the file from its first line, and what it leaves out. */
#include "parsers/script/script.h"

#include <errno.h>
#include <inttypes.h>

#include "model/kernel-paths.h"

enum {
	SHOWN_NAMES = 4, /* in the comment at the top */
};

static const struct bondtool_profile *profile_of(const struct bt_script *script, size_t number)
{
	return script->config->profiles[number];
}

/* ---- names of interfaces -------------------------------------------------------------------- */

/* "bond0.100" where the profile of a VLAN names no interface, as nmcli does. */
static char *vlan_name(const struct bt_script *script, const struct bondtool_profile *profile)
{
	const char *parent = bt_profile_text(profile, BT_PROP_VLAN_PARENT);
	const struct bondtool_profile *below =
		parent ? bt_config_referred(script->config, parent) : NULL;
	const char *interface = below ? bt_profile_text(below, BT_PROP_INTERFACE_NAME) : parent;

	return bt_format("%s.%" PRId64, interface ? interface : "vlan",
			 bt_profile_number(profile, BT_PROP_VLAN_ID));
}

static char *quoted(const char *name)
{
	BT_AUTOTEXT struct bt_text word = {0};

	bt_shell_add_word(&word, name);
	return bt_text_take(&word);
}

/* One that is known by its permanent MAC address has a variable, numbered by its profile. */
static int name_device(struct bt_script *script, size_t number)
{
	const struct bondtool_profile *profile = profile_of(script, number);
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	bool vlan = bt_profile_is(profile, "vlan");
	BT_AUTOFREE char *made = !name && vlan ? vlan_name(script, profile) : NULL;

	if (name || made) {
		script->devices[number] = quoted(name ? name : made);
	} else if (!vlan && !bt_profile_is(profile, "bond") &&
		   bt_profile_text(profile, BT_PROP_MAC_ADDRESS)) {
		script->devices[number] = bt_format("\"$interface%zu\"", number + 1);
	} else {
		bt_warning(script->bt, "loss/profile", &profile->origin,
			   "'%s' names no interface and has no place in a script",
			   bt_profile_label(profile));
		return 0;
	}
	return script->devices[number] ? 0 : -ENOMEM;
}

/* ---- the top of the script ------------------------------------------------------------------ */

static void add_names(struct bt_script *script)
{
	size_t shown = 0, more = 0;

	for (size_t i = 0; i < script->config->count; i++) {
		if (!script->devices[i] || script->lists.bond[i] != BT_NO_PORT)
			continue;
		if (shown == SHOWN_NAMES) {
			more++;
			continue;
		}
		bt_text_add(&script->text, shown++ ? ", " : " ");
		bt_shell_add_comment(&script->text,
				     *script->devices[i] == '"'
					     ? bt_profile_label(profile_of(script, i))
					     : script->devices[i]);
	}
	if (more)
		bt_text_addf(&script->text, " and %zu more", more);
}

static void add_top(struct bt_script *script)
{
	bt_text_add(&script->text, "#!/bin/sh\n# Sets up");
	add_names(script);
	bt_text_add(&script->text,
		    script->format->id == BT_FORMAT_SYSFS
			    ? ".\n# By the bonding driver's files, and ip where it has none. "
			    : ".\n# By ip, as of iproute2 6.1. ");
	bt_text_add(&script->text,
		    "To be run as root.\n"
		    "# Bonds and VLANs must not be there yet; ports are taken down and lose their\n"
		    "# addresses. At the first command that fails the script stops: what was done\n"
		    "# until then stays.\n"
		    "set -eu\n");
}

static bool has_bonds(const struct bt_script *script)
{
	for (size_t i = 0; i < script->config->count; i++)
		if (bt_profile_is(profile_of(script, i), "bond"))
			return true;
	return false;
}

/* Loaded for the first bond, the module would make a bond0 of its own, with the defaults. */
static void add_driver(struct bt_script *script)
{
	if (has_bonds(script))
		bt_text_addf(&script->text,
			     "\n# the driver, without the bond0 that it makes unless told\n"
			     "[ -e %s ] || modprobe bonding max_bonds=0\n",
			     bt_path_bonds);
}

static bool is_found_by_mac(const struct bt_script *script, size_t number)
{
	const struct bondtool_profile *profile = profile_of(script, number);

	return script->devices[number] && bt_profile_is(profile, "802-3-ethernet") &&
	       bt_profile_text(profile, BT_PROP_MAC_ADDRESS);
}

/*
 * What stands on other interfaces has their addresses, so it does not count; ip shows a permanent
 * address only where the present one is another.
 */
static void add_search(struct bt_script *script)
{
	bt_text_addf(&script->text,
		     "\n"
		     "stop() { echo \"$*\" >&2; exit 1; }\n"
		     "\n"
		     "# interface_with MAC: the name of the hardware with this permanent address\n"
		     "interface_with()\n"
		     "{\n"
		     "\tfor folder in %s*/; do\n"
		     "\t\tfor below in \"$folder\"lower_* \"$folder\"bonding "
		     "\"$folder\"bridge; do\n"
		     "\t\t\t[ ! -e \"$below\" ] || continue 2\n"
		     "\t\tdone\n"
		     "\t\tname=${folder%%/} name=${name##*/}\n"
		     "\t\tcase $(ip link show dev \"$name\") in\n"
		     "\t\t*\" permaddr $1\"*) ;;\n"
		     "\t\t*\" permaddr \"*) continue ;;\n"
		     "\t\t*\" $1 brd \"*) ;;\n"
		     "\t\t*) continue ;;\n"
		     "\t\tesac\n"
		     "\t\tprintf '%%s\\n' \"$name\"\n"
		     "\t\treturn\n"
		     "\tdone\n"
		     "\tstop \"no interface has the permanent MAC address $1\"\n"
		     "}\n",
		     bt_path_interfaces);
}

/* All are found before anything is changed. One that is named too must be the one that is meant. */
static void find_by_mac(struct bt_script *script)
{
	bool any = false;

	for (size_t i = 0; i < script->config->count; i++) {
		const char *mac = bt_profile_text(profile_of(script, i), BT_PROP_MAC_ADDRESS);

		if (!is_found_by_mac(script, i))
			continue;
		if (!any)
			add_search(script);
		any = true;
		if (bt_profile_text(profile_of(script, i), BT_PROP_INTERFACE_NAME))
			bt_text_addf(&script->text,
				     "[ \"$(interface_with %s)\" = %s ] ||\n"
				     "\tstop %s 'has another permanent MAC address than' %s\n",
				     mac, script->devices[i], script->devices[i], mac);
		else
			bt_text_addf(&script->text, "interface%zu=$(interface_with %s)\n", i + 1,
				     mac);
	}
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* What a newer ip may know. */
static char *hint_for(const struct bondtool_profile *profile, const struct bt_option *option)
{
	const struct bt_value *value = bt_values_find(&profile->options, bt_option_id(option));
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	BT_AUTOFREE char *word = name ? quoted(name) : NULL;
	BT_AUTOFREE char *text =
		value ? bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE) : NULL;

	if (!word || !text || option->has_sysfs)
		return NULL;
	return bt_format("with a newer ip: ip link set dev %s type %s %s %s", word,
			 option->flags & BT_OPTION_PORT ? "bond_slave" : "bond", option->name,
			 text);
}

/*
 * That something comes up by itself is a matter of whoever runs the script: said once, for all.
 * What does not come up by itself is as it was: it waits for the script to be run.
 */
static void report_start(struct bt_script *script)
{
	const struct bt_value *first = NULL;
	const char *label = NULL;
	bool more = false;

	for (size_t i = 0; i < script->config->count; i++) {
		const struct bt_value *value =
			bt_profile_value(profile_of(script, i), BT_PROP_AUTOCONNECT);

		bt_written_property(&script->written[i], BT_PROP_AUTOCONNECT);
		if (script->states[i] != BT_SCRIPT_DONE || !value || !value->number ||
		    script->lists.bond[i] != BT_NO_PORT)
			continue;
		more = first != NULL;
		label = first ? label : bt_profile_label(profile_of(script, i));
		first = first ? first : value;
	}
	if (first)
		bt_report_loss(script->bt, script->format, first,
			       "run it from a unit of systemd, or from /etc/rc.local",
			       "'%s'%s should come up when the machine starts, but nothing runs "
			       "the script then", label, more ? " and others" : "");
}

static void write_profiles(struct bt_script *script)
{
	for (size_t i = 0; i < script->config->count; i++)
		if (script->lists.bond[i] == BT_NO_PORT)
			bt_script_profile(script, i);
	/* Bonds that are ports of each other have not been reached. */
	for (size_t i = 0; i < script->config->count; i++)
		if (script->states[i] == BT_SCRIPT_TO_DO && script->lists.bond[i] != BT_NO_PORT &&
		    bt_profile_is(profile_of(script, i), "bond"))
			bt_script_profile(script, i);
	report_start(script);
	/* What was left out was said to be. */
	for (size_t i = 0; i < script->config->count; i++)
		if (script->states[i] == BT_SCRIPT_DONE)
			bt_report_losses(script->bt, script->format, profile_of(script, i),
					 &script->written[i], hint_for);
}

static int begin(struct bt_script *script)
{
	size_t count = script->config->count + 1;
	int r;

	script->states = calloc(count, sizeof(*script->states));
	script->devices = calloc(count, sizeof(char *));
	script->written = calloc(count, sizeof(*script->written));
	if (!script->states || !script->devices || !script->written)
		return -ENOMEM;
	r = bt_port_lists_make(script->config, &script->lists);
	for (size_t i = 0; r == 0 && i < script->config->count; i++)
		r = name_device(script, i);
	return r;
}

static void script_release(struct bt_script *script)
{
	for (size_t i = 0; script->devices && i < script->config->count; i++)
		free(script->devices[i]);
	free(script->devices);
	free(script->states);
	free(script->written);
	bt_port_lists_release(&script->lists);
	bt_text_release(&script->text);
}

static int write_script(struct bondtool *bt, const struct bt_format *format,
			struct bondtool_config *config, struct bondtool_files *files)
{
	BT_CLEANUP(script_release)
	struct bt_script script = {.bt = bt, .format = format, .config = config};
	int r = begin(&script);

	if (r < 0)
		return r;
	add_top(&script);
	find_by_mac(&script);
	add_driver(&script);
	write_profiles(&script);
	return bt_files_add(files, "bonds.sh", 0755, bt_text_take(&script.text));
}

static int write_iproute2(struct bondtool *bt, struct bondtool_config *config,
			  struct bondtool_files *files)
{
	return write_script(bt, &bt_format_iproute2, config, files);
}

static int write_sysfs(struct bondtool *bt, struct bondtool_config *config,
		       struct bondtool_files *files)
{
	return write_script(bt, &bt_format_sysfs, config, files);
}

const struct bt_format bt_format_iproute2 = {
	.id = BT_FORMAT_IPROUTE2,
	.text = "a script of ip commands (iproute2 6.1)",
	.write = write_iproute2,
};

const struct bt_format bt_format_sysfs = {
	.id = BT_FORMAT_SYSFS,
	.text = "a script that writes into the bonding driver's files",
	.write = write_sysfs,
};
