/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One ifcfg file to a profile. Addresses: ifcfg-ip.c; files that belong together: ifcfg.c. */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "parsers/ifcfg/ifcfg.h"
#include "parsers/implied.h"

/* One file on its way to a profile. */
struct reading {
	struct bondtool *bt;
	struct bt_ifcfg ifcfg;
	bool *taken; /* of each line: its key was understood */
	struct bondtool_profile *profile;
};

static void reading_release(struct reading *reading)
{
	bt_ifcfg_release(&reading->ifcfg);
	free(reading->taken);
	bt_profile_free(reading->profile);
}

static bool is_bash(const struct reading *reading)
{
	return reading->ifcfg.reading == BT_IFCFG_BASH;
}

/* The tool that reads the file, for messages. */
static const char *tool(const struct reading *reading)
{
	return is_bash(reading) ? "initscripts" : "NetworkManager";
}

/* The line that holds KEY with a value; marks all lines of the key as understood. */
static const struct bt_ifcfg_line *take(struct reading *reading, const char *key)
{
	return bt_ifcfg_take(&reading->ifcfg, key, reading->taken);
}

/* ---- lines that are no keys, or not readable ----------------------------------------------- */

static void report_fault(struct reading *reading, const struct bt_ifcfg_line *line)
{
	struct bt_origin place = bt_ifcfg_fault_place(&reading->ifcfg, line);

	if (line->key)
		bt_diag(reading->bt, BONDTOOL_ERROR, line->needs_shell ? "ifcfg/needs-shell"
								       : "ifcfg/value",
			&place, line->needs_shell ? "write the value itself" : NULL,
			"%s cannot read the value of '%s': %s", tool(reading), line->key,
			line->fault);
	else
		bt_warning(reading->bt, line->needs_shell ? "ifcfg/needs-shell" : "ifcfg/line",
			   &place, "%s", line->fault);
}

static void report_twice(struct reading *reading, const struct bt_ifcfg_line *line)
{
	struct bt_origin place =
		bt_origin_at(reading->ifcfg.source, line->key_at, strlen(line->key));

	bt_warning(reading->bt, "ifcfg/twice", &place,
		   "'%s' is set twice; this later value holds", line->key);
}

static void report_carriage_return(struct reading *reading)
{
	const struct bt_source *source = reading->ifcfg.source;
	const char *end = memmem(source->text, source->length, "\r\n", 2);
	struct bt_origin place;

	if (!end)
		return;
	place = bt_origin_at(source, (size_t)(end - source->text), 1);
	bt_diag(reading->bt, is_bash(reading) ? BONDTOOL_ERROR : BONDTOOL_WARNING, "ifcfg/crlf",
		&place, "convert the file with dos2unix",
		"the lines end as in DOS: %s",
		is_bash(reading) ? "bash makes the carriage return part of the value"
				 : "only NetworkManager copes with that");
}

/*
 * BONDING_OPTS=mode=1 miimon=100 without quotes: for bash that is one option and a variable called
 * miimon.
 */
static void report_lost_option(struct reading *reading, const struct bt_ifcfg_line *line)
{
	struct bt_origin place =
		bt_origin_at(reading->ifcfg.source, line->key_at, strlen(line->key));

	bt_diag(reading->bt, BONDTOOL_ERROR, "ifcfg/unquoted-options", &place,
		"put quotes around all of BONDING_OPTS",
		"'%s' is no part of BONDING_OPTS: without quotes bash reads a variable of that "
		"name",
		line->key);
}

static void report_lines(struct reading *reading)
{
	struct bt_hash seen = {0};
	size_t unused;

	report_carriage_return(reading);
	for (size_t i = 0; i < reading->ifcfg.count; i++) {
		const struct bt_ifcfg_line *line = &reading->ifcfg.lines[i];

		if (line->fault)
			report_fault(reading, line);
		if (!line->key)
			continue;
		if (bt_hash_get(&seen, line->key, &unused))
			report_twice(reading, line);
		else
			bt_hash_put(&seen, line->key, i);
		if (!line->alone && bt_option_find(line->key))
			report_lost_option(reading, line);
	}
	bt_hash_release(&seen);
}

/* ---- single keys --------------------------------------------------------------------------- */

static int set(struct reading *reading, enum bt_property_id property, const char *text,
	       const struct bt_origin *place)
{
	int r = bt_profile_set(reading->bt, reading->profile, property, text, place);

	return r == -ENOMEM ? r : 0; /* a value that is refused was reported */
}

static int set_inverted(struct reading *reading, enum bt_property_id property, const char *text,
			const struct bt_origin *place)
{
	struct bt_value value = {0};
	const struct bt_property *row = &bt_properties[property];
	const struct bt_about about = {"property/value", {row->name}};
	int r = bt_value_parse(reading->bt, &row->spec, &about, text, place, &value);

	if (r == 0)
		r = bt_profile_set_number(reading->profile, property, !value.number, place);
	return r == -ENOMEM ? r : 0;
}

static int set_words(struct reading *reading, enum bt_property_id property,
		     const struct bt_ifcfg_line *line)
{
	int r = 0;

	for (const char *p = line->value; r == 0 && *p;) {
		size_t blanks = strspn(p, " \t,");
		size_t length = strcspn(p + blanks, " \t,");
		struct bt_origin place = bt_ifcfg_place(&reading->ifcfg, line,
							(size_t)(p + blanks - line->value), length);
		BT_AUTOFREE char *word = strndup(p + blanks, length);

		if (length)
			r = word ? set(reading, property, word, &place) : -ENOMEM;
		p += blanks + length;
	}
	return r;
}

/* MAC addresses are written with ':' or '-', and initscripts take them in any case. */
static int take_key(struct reading *reading, const struct bt_ifcfg_key *key)
{
	const struct bt_ifcfg_line *line = take(reading, key->key);
	struct bt_origin place;

	if (!line)
		return 0;
	place = bt_ifcfg_line_place(&reading->ifcfg, line);
	switch (key->kind) {
	case BT_IFCFG_INVERTED:
		return set_inverted(reading, key->property, line->value, &place);
	case BT_IFCFG_WORDS:
		return set_words(reading, key->property, line);
	default:
		return set(reading, key->property, line->value, &place);
	}
}

static int take_keys(struct reading *reading)
{
	int r = 0;

	for (const struct bt_ifcfg_key *key = bt_ifcfg_keys; r == 0 && key->key; key++)
		r = take_key(reading, key);
	return r;
}

/* ---- bond options -------------------------------------------------------------------------- */

/* "arp_ip_target=+10.0.0.1,-10.0.0.2" with quotes and signs that both tools throw away. */
static int add_targets(struct reading *reading, const struct bt_option *option,
		       const struct bt_ifcfg_line *line, size_t offset, size_t length)
{
	static const char noise[] = ",+-'\"";
	const struct bt_about about = {"driver/value", {option->name}};
	struct bt_values *options = &reading->profile->options;
	struct bt_value *present = bt_values_find(options, bt_option_id(option));
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option)};
	int r = present ? bt_value_copy(present, &value) : 0;

	if (!present)
		value.origin = bt_ifcfg_place(&reading->ifcfg, line, offset, length);
	for (size_t at = offset; r == 0 && at < offset + length;) {
		size_t end = at;

		while (end < offset + length && !strchr(noise, line->value[end]))
			end++;
		if (end > at) {
			struct bt_origin place =
				bt_ifcfg_place(&reading->ifcfg, line, at, end - at);
			BT_AUTOFREE char *target = strndup(line->value + at, end - at);

			r = target ? bt_value_add_item(reading->bt, &option->spec, &about, target,
						       &place, &value)
				   : -ENOMEM;
			r = r == -ENOMEM ? r : 0;
		}
		at = end + 1;
	}
	return r == 0 ? bt_values_put(options, &value) : r;
}

static int take_option(struct reading *reading, const struct bt_ifcfg_line *line, size_t offset,
		       size_t length)
{
	const char *equals = memchr(line->value + offset, '=', length);
	struct bt_origin place = bt_ifcfg_place(&reading->ifcfg, line, offset, length);
	BT_AUTOFREE char *item = strndup(line->value + offset, length);

	if (!item)
		return -ENOMEM;
	if (!equals || equals == line->value + offset || !equals[1] || equals[1] == ' ') {
		bt_diag(reading->bt, BONDTOOL_ERROR, "ifcfg/option", &place,
			"write OPTION=VALUE, separated by blanks",
			"'%s' in BONDING_OPTS is no option with a value, and is ignored", item);
		return 0;
	}

	size_t name_length = (size_t)(equals - line->value) - offset;
	const struct bt_option *option;

	item[name_length] = '\0';
	option = bt_option_find(item);
	if (option && bt_type_is_list(option->spec.type))
		return add_targets(reading, option, line, offset + name_length + 1,
				   length - name_length - 1);
	place = bt_ifcfg_place(&reading->ifcfg, line, offset + (option ? name_length + 1 : 0),
			       option ? length - name_length - 1 : name_length);

	int r = bt_options_set(reading->bt, &reading->profile->options, item,
			       item + name_length + 1, &place);

	return r == -ENOMEM ? r : 0;
}

/* NetworkManager separates at blanks only, bash at tabs and line ends, too. */
static int take_options(struct reading *reading)
{
	const struct bt_ifcfg_line *line = take(reading, "BONDING_OPTS");
	const char *separators = is_bash(reading) ? " \t\n" : " ";
	int r = 0;

	if (!line)
		return 0;
	for (size_t at = 0; r == 0 && line->value[at];) {
		size_t blanks = strspn(line->value + at, separators);
		size_t length = strcspn(line->value + at + blanks, separators);

		if (length && strcspn(line->value + at + blanks, "\t\n") < length) {
			struct bt_origin place =
				bt_ifcfg_place(&reading->ifcfg, line, at + blanks, length);

			bt_diag(reading->bt, BONDTOOL_ERROR, "ifcfg/option", &place,
				"separate the options by blanks",
				"a tab in BONDING_OPTS is no separator for NetworkManager: these "
				"options are ignored");
		} else if (length) {
			r = take_option(reading, line, at + blanks, length);
		}
		at += blanks + length;
	}
	return r;
}

/* NetworkManager watches the links of a bond even when nobody says so; initscripts do not. */
static int imply_miimon(struct reading *reading)
{
	return is_bash(reading) ? 0 : bt_implied_monitor(reading->profile);
}

/* ---- what the file is of ------------------------------------------------------------------- */

static int take_type(struct reading *reading, const char *type)
{
	const struct bt_ifcfg_line *line = take(reading, "TYPE");
	struct bt_origin place = line ? bt_ifcfg_line_place(&reading->ifcfg, line)
				      : reading->profile->origin;

	take(reading, "BONDING_MASTER");
	if (line && !bt_ifcfg_is_written_type(line->value))
		reading->taken[line - reading->ifcfg.lines] = false; /* kept as it is */
	if (bt_equal(type, "bond") && !bt_ifcfg_value(&reading->ifcfg, "DEVICE"))
		bt_diag(reading->bt, BONDTOOL_ERROR, "ifcfg/no-device", &place,
			"add a line such as DEVICE=bond0", "a bond needs DEVICE");
	return set(reading, BT_PROP_TYPE, type, &place);
}

/* Which bridge the file is a port of. */
static int take_bridge(struct reading *reading)
{
	const struct bt_ifcfg_line *bridge = bt_ifcfg_find(&reading->ifcfg, "BRIDGE");
	const struct bt_ifcfg_line *uuid = bt_ifcfg_find(&reading->ifcfg, "BRIDGE_UUID");
	const struct bt_ifcfg_line *line = uuid && !is_bash(reading) ? uuid : bridge;
	struct bt_origin place;
	int r;

	if (!line || !line->value || !*line->value)
		return 0;
	take(reading, line->key);
	place = bt_ifcfg_line_place(&reading->ifcfg, line);
	r = set(reading, BT_PROP_CONTROLLER, line->value, &place);
	return r == 0 ? set(reading, BT_PROP_PORT_TYPE, "bridge", &place) : r;
}

/* Which bond the file is a port of, or else which bridge. initscripts want SLAVE=yes, too. */
static int take_controller(struct reading *reading)
{
	const struct bt_ifcfg_line *master = take(reading, "MASTER");
	const struct bt_ifcfg_line *uuid = take(reading, "MASTER_UUID");
	const struct bt_ifcfg_line *slave = take(reading, "SLAVE");
	const struct bt_ifcfg_line *line = uuid && !is_bash(reading) ? uuid : master;
	struct bt_origin place;
	int r;

	if (uuid && is_bash(reading)) {
		place = bt_ifcfg_line_place(&reading->ifcfg, uuid);
		bt_warning(reading->bt, "ifcfg/master-uuid", &place,
			   "initscripts do not know MASTER_UUID; only NetworkManager does");
	}
	if (!line)
		return take_bridge(reading);
	place = bt_ifcfg_line_place(&reading->ifcfg, line);
	if (is_bash(reading) && !bt_ifcfg_is_yes(slave ? slave->value : NULL)) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "ifcfg/no-slave", &place, "add SLAVE=yes",
			"without SLAVE=yes initscripts do not make this a port of '%s'",
			line->value);
		reading->taken[line - reading->ifcfg.lines] = false;
		return 0;
	}
	r = set(reading, BT_PROP_CONTROLLER, line->value, &place);
	return r == 0 ? set(reading, BT_PROP_PORT_TYPE, "bond", &place) : r;
}

static int take_port_options(struct reading *reading)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		BT_AUTOFREE char *key = bt_option_key(option, BT_FORMAT_IFCFG);
		const struct bt_ifcfg_line *line;
		struct bt_origin place;

		if (!(option->flags & BT_OPTION_PORT) || !key)
			continue;
		line = take(reading, key);
		if (!line)
			continue;
		place = bt_ifcfg_line_place(&reading->ifcfg, line);
		r = bt_options_set(reading->bt, &reading->profile->options, option->name,
				   line->value, &place);
		r = r == -ENOMEM ? r : 0;
	}
	return r;
}

/* ---- VLANs --------------------------------------------------------------------------------- */

/* "bond0.100" is VLAN 100 on bond0; "vlan100" needs PHYSDEV. */
static int take_vlan_name(struct reading *reading)
{
	const struct bt_ifcfg_line *device = bt_ifcfg_find(&reading->ifcfg, "DEVICE");
	const char *dot = device && device->value ? strrchr(device->value, '.') : NULL;
	const char *digits = dot ? dot + 1 : NULL;
	BT_AUTOFREE char *parent =
		dot ? strndup(device->value, (size_t)(dot - device->value)) : NULL;
	struct bt_origin place = reading->profile->origin;
	int r = 0;

	if (!digits && device && device->value && bt_has_prefix(device->value, "vlan"))
		digits = device->value + strlen("vlan");
	if (digits)
		place = bt_ifcfg_line_place(&reading->ifcfg, device);
	if (dot && !bt_profile_text(reading->profile, BT_PROP_VLAN_PARENT))
		r = parent ? set(reading, BT_PROP_VLAN_PARENT, parent, &place) : -ENOMEM;
	if (r == 0 && digits && !bt_profile_value(reading->profile, BT_PROP_VLAN_ID))
		r = set(reading, BT_PROP_VLAN_ID, digits, &place);
	return r;
}

static int take_vlan_flags(struct reading *reading)
{
	static const struct {
		const char *key, *word;
		int64_t bit;
		bool standard;
	} flags[] = {
		{"REORDER_HDR", NULL, 1, true},
		{"GVRP", "GVRP", 2, false},
		{"LOOSE_BINDING", "LOOSE_BINDING", 4, false},
		{"MVRP", "MVRP", 8, false},
	};
	const struct bt_ifcfg_line *list = take(reading, "VLAN_FLAGS");
	int64_t number = 0;

	for (size_t i = 0; i < BT_ARRAY_SIZE(flags); i++) {
		const struct bt_ifcfg_line *line = take(reading, flags[i].key);
		bool on = line ? bt_ifcfg_is_yes(line->value) : flags[i].standard;

		if (list && flags[i].word && strstr(list->value, flags[i].word))
			on = true;
		number |= on ? flags[i].bit : 0;
	}
	return number == 1 ? 0
			   : bt_profile_set_number(reading->profile, BT_PROP_VLAN_FLAGS, number,
						   &reading->profile->origin);
}

static int take_vlan(struct reading *reading)
{
	static const struct bt_ifcfg_key keys[] = {
		{"PHYSDEV", BT_PROP_VLAN_PARENT, BT_IFCFG_AS_IS},
		{"VLAN_ID", BT_PROP_VLAN_ID, BT_IFCFG_AS_IS},
		{"VLAN_INGRESS_PRIORITY_MAP", BT_PROP_VLAN_INGRESS, BT_IFCFG_WORDS},
		{"VLAN_EGRESS_PRIORITY_MAP", BT_PROP_VLAN_EGRESS, BT_IFCFG_WORDS},
	};
	int r = 0;

	take(reading, "VLAN");
	if (!bt_profile_is(reading->profile, "vlan"))
		return 0;
	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(keys); i++)
		r = take_key(reading, &keys[i]);
	if (r == 0)
		r = take_vlan_name(reading);
	return r == 0 ? take_vlan_flags(reading) : r;
}

/* ---- keys that the model has no place for -------------------------------------------------- */

static bool begins_with_one_of(const char *key, const char *const *names)
{
	for (; *names; names++)
		if (bt_has_prefix(key, *names))
			return true;
	return false;
}

/* Says which key may have been meant. Keys of others' scripts are common and no fault. */
static void report_unknown(struct reading *reading, const struct bt_ifcfg_line *line)
{
	struct bt_nearest nearest = {.word = line->key};
	struct bt_origin place =
		bt_origin_at(reading->ifcfg.source, line->key_at, strlen(line->key));
	BT_AUTOFREE char *hint = NULL;

	for (const struct bt_ifcfg_key *key = bt_ifcfg_keys; key->key; key++)
		bt_nearest_offer(&nearest, key->key);
	for (const char *const *key = bt_ifcfg_special_keys; *key; key++)
		bt_nearest_offer(&nearest, *key);
	for (const char *const *key = bt_ifcfg_foreign_keys; *key; key++)
		bt_nearest_offer(&nearest, *key);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(reading->bt, nearest.best ? BONDTOOL_WARNING : BONDTOOL_NOTE, "ifcfg/unknown-key",
		&place, hint, "'%s' is no key of %s, which pass over it; it is kept", line->key,
		is_bash(reading) ? "initscripts" : "NetworkManager's readers");
}

static int keep_the_rest(struct reading *reading)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < reading->ifcfg.count; i++) {
		const struct bt_ifcfg_line *line = &reading->ifcfg.lines[i];
		struct bt_origin place;

		if (!line->key || reading->taken[i])
			continue;
		if (!begins_with_one_of(line->key, bt_ifcfg_foreign_keys) &&
		    !begins_with_one_of(line->key, bt_ifcfg_special_keys) &&
		    !(bt_option_find(line->key) && !line->alone))
			report_unknown(reading, line);
		place = bt_ifcfg_line_place(&reading->ifcfg, line);
		r = bt_profile_add_extra(reading->profile, BT_FORMAT_IFCFG, NULL, line->key,
					 line->value ? line->value : "", &place);
	}
	return r;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static int take_all(struct reading *reading, const char *type)
{
	static int (*const steps[])(struct reading *reading) = {
		take_keys,	   take_controller, take_options,
		take_port_options, take_vlan,	    imply_miimon,
	};
	int r = take_type(reading, type);

	if (!is_bash(reading)) /* NM_CONTROLLED=no is kept: it says who reads the file */
		take(reading, "NM_CONTROLLED");
	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(steps); i++)
		r = steps[i](reading);
	if (r == 0)
		r = bt_ifcfg_read_ip(reading->bt, &reading->ifcfg, reading->taken,
				     reading->profile);
	return r == 0 ? keep_the_rest(reading) : r;
}

/* Reads one text; TAKES_TEAMS: also that of a team, as a bond's. */
static int read_text(struct bondtool *bt, const struct bt_source *source,
		     const struct bt_hash *controllers, bool takes_teams,
		     struct bondtool_profile **ret_profile, bool *ret_team)
{
	BT_CLEANUP(reading_release) struct reading reading = {.bt = bt};
	int r = bt_ifcfg_parse_as_owner(source, &reading.ifcfg);
	const char *type;

	if (r < 0)
		return r;
	type = takes_teams ? bt_ifcfg_type_for_team(&reading.ifcfg)
			   : bt_ifcfg_type(&reading.ifcfg, controllers);
	if (!type) {
		bt_ifcfg_report_other_type(bt, &reading.ifcfg);
		*ret_profile = NULL;
		return 0;
	}
	reading.taken = calloc(reading.ifcfg.count + 1, sizeof(*reading.taken));
	reading.profile = bt_profile_new();
	if (!reading.taken || !reading.profile)
		return -ENOMEM;
	reading.profile->origin = (struct bt_origin){.source = source, .line = 1, .column = 1};
	report_lines(&reading);
	r = take_all(&reading, type);
	*ret_team = bt_ifcfg_is_team(&reading.ifcfg);
	if (r == 0)
		*ret_profile = BT_TAKE(reading.profile);
	return r;
}

int bt_ifcfg_read_one(struct bondtool *bt, const struct bt_source *source,
		      const struct bt_hash *controllers, struct bondtool_profile **ret_profile)
{
	bool unused;

	return read_text(bt, source, controllers, false, ret_profile, &unused);
}

int bt_ifcfg_read_team(struct bondtool *bt, const struct bt_source *source,
		       struct bondtool_profile **ret_profile, bool *ret_team)
{
	return read_text(bt, source, NULL, true, ret_profile, ret_team);
}
