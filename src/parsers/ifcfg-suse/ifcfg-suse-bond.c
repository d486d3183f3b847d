/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What SUSE's ifcfg files say of a bond: its options and ports, and what wicked refuses of them. */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "parsers/ifcfg-suse/ifcfg-suse.h"

static const char blanks[] = " \t";

/* ---- options ------------------------------------------------------------------------------- */

/* What is no option of a bond: wicked takes none of the file then. It is kept. */
static int keep_unknown(struct bt_suse_file *file, const char *name, const char *value,
			const struct bt_origin *place)
{
	int r = bt_option_find(name) ? -ENOENT
				     : bt_options_set(file->bt, &file->profile->options, name,
						      value, place);

	if (r != -ENOENT)
		return r;
	return bt_profile_add_extra(file->profile, BT_FORMAT_IFCFG_SUSE, "BONDING_MODULE_OPTS",
				    name, value, place);
}

static void report_no_key(struct bt_suse_file *file, const char *name,
			  const struct bt_origin *place)
{
	bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused", place, "leave it out",
		"wicked refuses the file: it does not know the option '%s'", name);
}

/* "arp_ip_target=192.0.2.1,192.0.2.2": wicked replaces the list when it comes a second time. */
static int set_targets(struct bt_suse_file *file, const struct bt_option *option,
		       const struct bt_ifcfg_line *line, size_t from, size_t end)
{
	const struct bt_about about = {"driver/value", {option->name}};
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option)};
	int r = 0;

	value.origin = bt_ifcfg_place(&file->ifcfg, line, from, end - from);
	while (r == 0 && from < end) {
		size_t length = strcspn(line->value + from, ", \t");
		struct bt_origin place = bt_ifcfg_place(&file->ifcfg, line, from, length);
		BT_AUTOFREE char *target = strndup(line->value + from, length);

		if (!target)
			return -ENOMEM;
		if (length)
			r = bt_value_add_item(file->bt, &option->spec, &about, target, &place,
					      &value);
		r = r == -ENOMEM ? r : 0;
		from += length + 1;
	}
	return r == 0 ? bt_values_put(&file->profile->options, &value) : r;
}

static int set_option(struct bt_suse_file *file, const struct bt_ifcfg_line *line, size_t offset,
		      size_t name_length, size_t length)
{
	BT_AUTOFREE char *name = strndup(line->value + offset, name_length);
	size_t from = offset + name_length + 1, end = offset + length;
	BT_AUTOFREE char *value = strndup(line->value + from, end - from);
	const struct bt_option *option = name ? bt_option_find(name) : NULL;
	struct bt_origin place;
	int r;

	if (!name || !value)
		return -ENOMEM;
	place = bt_ifcfg_place(&file->ifcfg, line, offset, name_length);
	if (option && !bt_option_by_key(BT_FORMAT_IFCFG_SUSE, name))
		report_no_key(file, name, &place);
	if (option && bt_type_is_list(option->spec.type))
		return set_targets(file, option, line, from, end);
	if (!option || (option->flags & BT_OPTION_PORT)) {
		r = keep_unknown(file, name, value, &place);
	} else {
		place = bt_ifcfg_place(&file->ifcfg, line, from, end - from);
		r = bt_options_set(file->bt, &file->profile->options, name, value, &place);
	}
	return r == -ENOMEM ? r : 0;
}

static int take_option(struct bt_suse_file *file, const struct bt_ifcfg_line *line, size_t offset,
		       size_t length)
{
	const char *item = line->value + offset;
	const char *equals = memchr(item, '=', length);
	struct bt_origin place;

	if (equals && equals > item && equals < item + length - 1)
		return set_option(file, line, offset, (size_t)(equals - item), length);
	place = bt_ifcfg_place(&file->ifcfg, line, offset, length);
	bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused", &place,
		"write OPTION=VALUE, separated by blanks",
		"wicked refuses the file: '%.*s' in BONDING_MODULE_OPTS is no option with a value",
		(int)length, item);
	return 0;
}

static int take_options(struct bt_suse_file *file)
{
	const struct bt_ifcfg_line *line = bt_suse_take(file, "BONDING_MODULE_OPTS");
	int r = 0;

	for (size_t at = 0; line && r == 0 && line->value[at];) {
		size_t skipped = strspn(line->value + at, blanks);
		size_t length = strcspn(line->value + at + skipped, blanks);

		if (length)
			r = take_option(file, line, at + skipped, length);
		at += skipped + length;
	}
	return r;
}

/* ---- ports --------------------------------------------------------------------------------- */

static int add_port(struct bt_suse_file *file, const char *name, const struct bt_origin *place)
{
	struct bt_suse_port *port;

	if (!BT_MAKE_ROOM(file->ports, file->n_ports, file->size_ports))
		return -ENOMEM;
	port = &file->ports[file->n_ports];
	*port = (struct bt_suse_port){strdup(name), *place};
	file->n_ports += port->name != NULL;
	return port->name ? 0 : -ENOMEM;
}

/* Whether the name is one of those that getcfg of SLES 9 to 11 looked up in the hardware. */
static bool is_hardware_name(const char *name)
{
	return bt_has_prefix(name, "bus-") || bt_has_prefix(name, "eth-id-") ||
	       bt_has_prefix(name, "eth-bus-");
}

static void report_port_name(struct bt_suse_file *file, const struct bt_ifcfg_line *line,
			     const struct bt_origin *place)
{
	if (is_hardware_name(line->value))
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/needs-system", place,
			"write the name of the interface",
			"only a running system could tell which interface '%s' is; wicked refuses "
			"the file",
			line->value);
	else if (!bt_interface_name_valid(line->value))
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused", place,
			"write one interface a line: BONDING_SLAVE_0, BONDING_SLAVE_1 and so on",
			"wicked refuses the file: '%s' is no name of an interface", line->value);
}

static int take_ports(struct bt_suse_file *file)
{
	struct bt_hash known = {0};
	size_t first;
	int r = 0;

	for (size_t i = 0; r == 0 && i < file->ifcfg.count; i++) {
		const struct bt_ifcfg_line *line = &file->ifcfg.lines[i];
		struct bt_origin place;

		if (!line->key || !bt_has_prefix(line->key, "BONDING_SLAVE"))
			continue;
		file->taken[i] = true;
		if (!bt_suse_holds(file, line))
			continue;
		place = bt_ifcfg_line_place(&file->ifcfg, line);
		report_port_name(file, line, &place);
		if (bt_hash_get(&known, line->value, &first)) {
			bt_warning(file->bt, "ifcfg-suse/twice", &place,
				   "the port '%s' is there twice", line->value);
			continue;
		}
		r = bt_hash_put(&known, line->value, i);
		if (r == 0)
			r = add_port(file, line->value, &place);
	}
	bt_hash_release(&known);
	return r;
}

/* ---- what wicked refuses ------------------------------------------------------------------- */

static bool is_set(const struct bt_values *options, enum bt_option_id id)
{
	return bt_values_find(options, id) != NULL;
}

static const char *refusal_of_delays(const struct bt_values *options, int *ret_option)
{
	static const enum bt_option_id delays[] = {BT_OPT_UPDELAY, BT_OPT_DOWNDELAY};
	int64_t miimon = bt_options_number(options, BT_OPT_MIIMON);

	for (size_t i = 0; i < BT_ARRAY_SIZE(delays); i++) {
		int64_t delay = bt_options_number(options, delays[i]);

		*ret_option = (int)delays[i];
		if (delay > 0 && delay < miimon)
			return "a delay is shorter than miimon";
	}
	return NULL;
}

const char *bt_suse_refusal(const struct bt_values *options, int *ret_option)
{
	const struct bt_value *targets = bt_values_find(options, BT_OPT_ARP_IP_TARGET);
	const struct bt_option *arp = &bt_options[BT_OPT_ARP_INTERVAL];

	*ret_option = -1;
	if (!is_set(options, BT_OPT_MIIMON) && !is_set(options, BT_OPT_ARP_INTERVAL))
		return "it has neither miimon nor arp_interval";
	*ret_option = BT_OPT_ARP_INTERVAL;
	if (is_set(options, BT_OPT_MIIMON) && is_set(options, BT_OPT_ARP_INTERVAL))
		return "it has both miimon and arp_interval, even if one is 0";
	if (is_set(options, BT_OPT_ARP_INTERVAL)) {
		if (!bt_option_allowed_in(arp, bt_options_mode(options)))
			return "its mode cannot use arp_interval";
		if (bt_options_number(options, BT_OPT_ARP_INTERVAL) == 0)
			return "arp_interval is 0";
		return targets && targets->n_items ? NULL : "arp_interval has no arp_ip_target";
	}
	*ret_option = BT_OPT_ARP_IP_TARGET;
	if (targets && targets->n_items)
		return "it has arp_ip_target and no arp_interval";
	*ret_option = BT_OPT_MIIMON;
	if (bt_options_number(options, BT_OPT_MIIMON) == 0)
		return "miimon is 0";
	return refusal_of_delays(options, ret_option);
}

static void report_refusals(struct bt_suse_file *file)
{
	const struct bt_values *options = &file->profile->options;
	int blamed;
	const char *why = bt_suse_refusal(options, &blamed);
	const struct bt_value *value =
		why && blamed >= 0 ? bt_values_find(options, (unsigned)blamed) : NULL;

	if (why)
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused",
			value ? &value->origin : &file->profile->origin,
			blamed < 0 ? "add miimon=100 to BONDING_MODULE_OPTS" : NULL,
			"wicked refuses the bond: %s", why);
	for (size_t i = 0; i < options->count; i++) {
		const struct bt_key_limit *limit =
			bt_option_limit(BT_FORMAT_IFCFG_SUSE, options, &options->values[i]);

		if (limit)
			bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused",
				&options->values[i].origin, NULL,
				"wicked refuses the bond for '%s': %s",
				bt_options[options->values[i].id].name, limit->text);
	}
	if (!file->n_ports)
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused", &file->profile->origin,
			"add BONDING_SLAVE_0='eth0'", "wicked refuses the bond: it has no ports");
}

/* ---- all of it ----------------------------------------------------------------------------- */

/* BONDING_MASTER makes the bond, and nothing else does. */
static void take_master(struct bt_suse_file *file)
{
	const struct bt_ifcfg_line *master = bt_suse_take(file, "BONDING_MASTER");
	struct bt_origin place = master ? bt_ifcfg_line_place(&file->ifcfg, master)
					: file->profile->origin;

	if (!master || !bt_suse_is_yes(master->value))
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/no-master", &place,
			"write BONDING_MASTER='yes'",
			"without BONDING_MASTER='yes' wicked makes no bond of '%s'",
			bt_profile_label(file->profile));
}

/* A bond that is something else as well is nothing at all. */
static void report_second_type(struct bt_suse_file *file)
{
	static const char *const keys[] = {"BRIDGE", "OVS_BRIDGE", "VXLAN"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(keys); i++) {
		const struct bt_ifcfg_line *line = bt_suse_line(file, keys[i]);
		struct bt_origin place;

		if (!line || !bt_suse_is_yes(line->value))
			continue;
		place = bt_ifcfg_line_place(&file->ifcfg, line);
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused", &place,
			"give the other interface a file of its own",
			"wicked refuses the file: it is of a bond, and has %s='%s'", keys[i],
			line->value);
	}
}

int bt_suse_read_bond(struct bt_suse_file *file)
{
	int r;

	if (!bt_profile_is(file->profile, "bond"))
		return 0;
	take_master(file);
	report_second_type(file);
	r = take_options(file);
	if (r == 0)
		r = take_ports(file);
	if (r == 0)
		report_refusals(file);
	return r;
}
