/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Options of bonds and ports as commands: words of ip where it knows them, else the driver's files.
 * What neither can say is left to the loss report.
 */
#include "model/kernel-paths.h"
#include "parsers/script/script.h"

static const struct bondtool_profile *profile_of(const struct bt_script *script, size_t number)
{
	return script->config->profiles[number];
}

/* The way in which an option gets to the driver. */
enum way {
	BY_NOTHING,
	BY_IP,
	BY_FILE,
};

static enum way way_of(const struct bt_script *script, const struct bt_option *option)
{
	bool ip_knows = bt_option_has_key(option, BT_FORMAT_IPROUTE2);

	if (option->has_sysfs && (script->format->id == BT_FORMAT_SYSFS || !ip_knows))
		return BY_FILE;
	return ip_knows ? BY_IP : BY_NOTHING;
}

/* Whether the value says nothing to a new bond: an empty list, an interface without a name. */
static bool is_empty(const struct bt_option *option, const struct bt_value *value)
{
	if (bt_type_is_list(option->spec.type))
		return !value->n_items;
	return option->spec.type == BT_TYPE_INTERFACE && !(value->text && *value->text);
}

/* The value as one word of the shell, its items joined by commas. */
static char *word_of(const struct bt_option *option, const struct bt_value *value)
{
	BT_AUTOFREE char *plain = bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE);
	BT_AUTOTEXT struct bt_text word = {0};

	if (!plain)
		return NULL;
	bt_shell_add_word(&word, plain);
	return bt_text_take(&word);
}

/* "KEY VALUE", as ip has it. */
static void add_words(struct bt_script *script, const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];
	BT_AUTOFREE char *key = bt_option_key(option, BT_FORMAT_IPROUTE2);
	BT_AUTOFREE char *word = word_of(option, value);

	if (key && word)
		bt_text_addf(&script->text, "%s %s", key, word);
	else
		script->text.failed = true;
}

/* Writes one WORD into the file of the bond's option. */
static void write_file(struct bt_script *script, size_t bond, const struct bt_option *option,
		       const char *word)
{
	BT_AUTOFREE char *file = bt_format("/bonding/%s", option->name);

	if (file && word)
		bt_shell_add_write(&script->text, word, bt_path_interfaces, script->devices[bond],
				   file);
	else
		script->text.failed = true;
}

/* The command that sets one option of the bond, without the end of its line. */
static void add_command(struct bt_script *script, size_t bond, const struct bt_value *value,
			enum way way)
{
	const struct bt_option *option = &bt_options[value->id];

	if (way == BY_FILE) {
		BT_AUTOFREE char *word = word_of(option, value);

		write_file(script, bond, option, word);
		return;
	}
	bt_text_addf(&script->text, "ip link set dev %s type bond ", script->devices[bond]);
	add_words(script, value);
}

/* A line for an option, or for each item of a list: those grow by one at a time. */
static void set_option(struct bt_script *script, size_t bond, const struct bt_value *value,
		       enum way way)
{
	const struct bt_option *option = &bt_options[value->id];

	if (way != BY_FILE || !bt_type_is_list(option->spec.type)) {
		add_command(script, bond, value, way);
		bt_text_add(&script->text, "\n");
		return;
	}
	for (size_t i = 0; i < value->n_items; i++) {
		BT_AUTOFREE char *word = bt_format("+%s", value->items[i].text);

		write_file(script, bond, option, word);
		bt_text_add(&script->text, "\n");
	}
}

/* ---- bonds ---------------------------------------------------------------------------------- */

/* What is set while the bond is down and has no ports: everything that names none. */
static bool is_early(const struct bt_option *option)
{
	return !(option->flags & (BT_OPTION_PORT | BT_OPTION_RUNTIME)) &&
	       bt_option_id(option) != BT_OPT_PRIMARY;
}

/*
 * Calls WRITE for the bond's early options that go WAY, in the table's order, which is the
 * driver's: the mode first, miimon before the delays, the interval before what depends on it.
 */
static void each_early(struct bt_script *script, size_t bond, enum way way,
		       void (*write)(struct bt_script *script, size_t bond,
				     const struct bt_value *value, enum way way))
{
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_option *option = &bt_options[id];
		const struct bt_value *value =
			bt_values_find(&profile_of(script, bond)->options, id);

		if (!value || !is_early(option) || way_of(script, option) != way)
			continue;
		script->written[bond].option[id] = true;
		if (!is_empty(option, value))
			write(script, bond, value, way);
	}
}

static void add_line(struct bt_script *script, size_t bond, const struct bt_value *value,
		     enum way way)
{
	(void)bond;
	(void)way;
	bt_text_add(&script->text, " \\\n\t");
	add_words(script, value);
}

void bt_script_new_bond(struct bt_script *script, size_t bond)
{
	each_early(script, bond, BY_IP, add_line);
	bt_text_add(&script->text, "\n");
}

void bt_script_bond_options(struct bt_script *script, size_t bond)
{
	each_early(script, bond, BY_FILE, set_option);
	if (script->format->id == BT_FORMAT_SYSFS)
		each_early(script, bond, BY_IP, set_option);
}

/* Whether the interface NAME is a port of the bond by now. */
static bool has_port(const struct bt_script *script, size_t bond, const char *name)
{
	for (size_t port = script->lists.first[bond]; port != BT_NO_PORT;
	     port = script->lists.next[port])
		if (script->states[port] == BT_SCRIPT_DONE &&
		    bt_equal(bt_profile_text(profile_of(script, port), BT_PROP_INTERFACE_NAME),
			     name))
			return true;
	return false;
}

/* ip looks the name up; the driver's file takes one that is not there, and remembers it. */
void bt_script_primary(struct bt_script *script, size_t bond)
{
	const struct bt_option *option = &bt_options[BT_OPT_PRIMARY];
	const struct bt_value *value =
		bt_values_find(&profile_of(script, bond)->options, BT_OPT_PRIMARY);

	if (!value)
		return;
	script->written[bond].option[BT_OPT_PRIMARY] = true;
	if (!is_empty(option, value))
		set_option(script, bond, value,
			   has_port(script, bond, value->text) ? way_of(script, option) : BY_FILE);
}

void bt_script_active_port(struct bt_script *script, size_t bond)
{
	const struct bt_option *option = &bt_options[BT_OPT_ACTIVE_SLAVE];
	const struct bt_value *value =
		bt_values_find(&profile_of(script, bond)->options, BT_OPT_ACTIVE_SLAVE);

	if (!value || !has_port(script, bond, value->text))
		return;
	script->written[bond].option[BT_OPT_ACTIVE_SLAVE] = true;
	bt_text_add(&script->text, "# a port becomes active only once its link is up\n");
	add_command(script, bond, value, way_of(script, option));
	bt_text_add(&script->text, " ||\n\techo ");
	bt_shell_add_word(&script->text, value->text);
	bt_text_add(&script->text, " cannot be the active port yet >&2\n");
}

/* ---- ports ---------------------------------------------------------------------------------- */

/* Into the bond's file, which holds them for all ports: "PORT:VALUE". */
static void write_port_file(struct bt_script *script, size_t bond, size_t port,
			    const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];
	BT_AUTOFREE char *plain = bt_value_text(&option->spec, value, BONDTOOL_PARSABLE);
	BT_AUTOFREE char *word =
		plain ? bt_format("%s:%s", script->devices[port], plain) : NULL;

	write_file(script, bond, option, word);
	bt_text_add(&script->text, "\n");
}

void bt_script_port_options(struct bt_script *script, size_t bond, size_t port)
{
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_option *option = &bt_options[id];
		const struct bt_value *value =
			bt_values_find(&profile_of(script, port)->options, id);
		enum way way = way_of(script, option);

		if (!value || !(option->flags & BT_OPTION_PORT) || way == BY_NOTHING)
			continue;
		script->written[port].option[id] = true;
		if (way == BY_FILE) {
			write_port_file(script, bond, port, value);
			continue;
		}
		bt_text_addf(&script->text, "ip link set dev %s type bond_slave ",
			     script->devices[port]);
		add_words(script, value);
		bt_text_add(&script->text, "\n");
	}
}
