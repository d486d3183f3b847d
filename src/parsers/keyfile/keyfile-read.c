/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keyfiles to profiles, with NetworkManager's understanding of every section. */
#include <errno.h>
#include <string.h>

#include "parsers/implied.h"
#include "parsers/keyfile/keyfile-reading.h"

static void reading_release(struct bt_keyfile_reading *reading)
{
	bt_ini_release(&reading->ini);
	free(reading->lines);
	bt_hash_release(&reading->by_key);
	bt_strings_release(&reading->names);
	bt_profile_free(reading->profile);
}

static void report_fault(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			 const char *what)
{
	struct bt_origin origin = bt_ini_key_place(&reading->ini, line);

	bt_diag(reading->bt, BONDTOOL_ERROR, "keyfile/syntax", &origin, NULL,
		"NetworkManager refuses the whole file: %s", what);
}

/* GLib refuses the whole file for one line that it cannot read; we say so and go on. */
static void report_faults(struct bt_keyfile_reading *reading)
{
	bool homeless = false;

	for (size_t i = 0; i < reading->ini.count; i++) {
		const struct bt_ini_line *line = &reading->ini.lines[i];

		if (line->kind == BT_INI_BAD)
			report_fault(reading, line, bt_ini_fault_text(line->fault));
		if (line->kind != BT_INI_KEY || line->section || homeless)
			continue;
		report_fault(reading, line, "a key before the first section");
		homeless = true;
	}
}

int bt_keyfile_setting(const char *section)
{
	for (int i = 0; i < BT_SETTING_COUNT; i++)
		if (bt_equal(bt_settings[i].name, section) ||
		    bt_equal(bt_settings[i].alias, section))
			return i;
	return -1;
}

/* The section by the name that both of its names share. */
const char *bt_keyfile_section_name(const char *section)
{
	int setting = bt_keyfile_setting(section);

	return setting >= 0 ? bt_settings[setting].name : section;
}

static void report_twice(struct bt_keyfile_reading *reading, const struct bt_ini_line *line)
{
	struct bt_origin origin = bt_ini_key_place(&reading->ini, line);

	bt_warning(reading->bt, "keyfile/twice", &origin,
		   "'%s' comes again in [%s]; this later one holds", line->key, line->section);
}

static char *name_of(const char *section, const char *key)
{
	return bt_format("%s\n%s", bt_keyfile_section_name(section), key);
}

/* Adds the line, or puts it in the place of the one with the same key. */
static int choose_line(struct bt_keyfile_reading *reading, const struct bt_ini_line *line)
{
	struct bt_strings *names = &reading->names;
	size_t number;
	int r = bt_strings_take(names, name_of(line->section, line->key));

	if (r < 0)
		return r;
	if (bt_hash_get(&reading->by_key, names->items[names->count - 1], &number)) {
		report_twice(reading, line);
		reading->lines[number] = line;
		return 0;
	}
	r = bt_hash_put(&reading->by_key, names->items[names->count - 1], reading->n_lines);
	reading->lines[reading->n_lines++] = line;
	return r;
}

/* Fills "lines": of a key that comes again only the last line holds. */
static int choose_lines(struct bt_keyfile_reading *reading)
{
	int r = 0;

	reading->lines = calloc(reading->ini.count + 1, sizeof(*reading->lines));
	if (!reading->lines)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < reading->ini.count; i++) {
		const struct bt_ini_line *line = &reading->ini.lines[i];

		if (line->kind == BT_INI_KEY && line->section)
			r = choose_line(reading, line);
	}
	return r;
}

const struct bt_ini_line *bt_keyfile_find(const struct bt_keyfile_reading *reading,
					  const char *section, const char *key)
{
	BT_AUTOFREE char *name = name_of(section, key);
	size_t number;

	return name && bt_hash_get(&reading->by_key, name, &number) ? reading->lines[number] : NULL;
}

static int unknown_key(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
		       enum bt_setting_id setting)
{
	struct bt_origin origin = bt_ini_key_place(&reading->ini, line);
	struct bt_nearest nearest = {.word = line->key};
	BT_AUTOFREE char *hint = NULL;

	if (!bt_keyfile_is_foreign_key(setting, line->key)) {
		bt_keyfile_offer_keys(&nearest, setting);
		if (nearest.best)
			hint = bt_format("did you mean '%s'?", nearest.best);
		bt_diag(reading->bt, BONDTOOL_WARNING, "keyfile/unknown-key", &origin, hint,
			"NetworkManager knows no '%s' in [%s] and ignores it", line->key,
			line->section);
	}
	return bt_keyfile_keep(reading, line);
}

static int take_line(struct bt_keyfile_reading *reading, const struct bt_ini_line *line)
{
	int setting = bt_keyfile_setting(line->section);
	const struct bt_property *property;
	size_t unused;

	if (!bt_utf8_valid(line->value, strlen(line->value), &unused))
		return bt_keyfile_ignore_value(reading, line, NULL, "it is not UTF-8");
	if (setting < 0)
		return bt_keyfile_keep(reading, line);
	if (reading->is_team && setting == BT_SETTING_CONNECTION && bt_equal(line->key, "type"))
		return 0; /* see type_of() */
	if (setting != BT_SETTING_CONNECTION && bt_equal(line->key, "interface-name"))
		return 0; /* see settle_interface() */
	if (setting == BT_SETTING_BOND)
		return bt_keyfile_take_option(reading, line);
	if ((setting == BT_SETTING_IPV4 || setting == BT_SETTING_IPV6) &&
	    bt_keyfile_is_ip_line(line))
		return 0;
	property = bt_property_in((enum bt_setting_id)setting, line->key);
	if (!property || (property->option >= 0 &&
			  !bt_option_has_key(&bt_options[property->option], BT_FORMAT_KEYFILE)))
		return unknown_key(reading, line, (enum bt_setting_id)setting);
	return bt_keyfile_take_property(reading, line, bt_property_id(property));
}

static void report_sections(struct bt_keyfile_reading *reading)
{
	for (size_t i = 0; i < reading->ini.count; i++) {
		const struct bt_ini_line *line = &reading->ini.lines[i];
		struct bt_nearest nearest = {.word = line->section};
		BT_AUTOFREE char *hint = NULL;
		struct bt_origin origin;

		if (line->kind != BT_INI_SECTION || bt_keyfile_setting(line->section) >= 0 ||
		    bt_keyfile_is_foreign_section(line->section))
			continue;
		bt_keyfile_offer_sections(&nearest);
		if (nearest.best)
			hint = bt_format("did you mean '[%s]'?", nearest.best);
		origin = bt_ini_key_place(&reading->ini, line);
		bt_diag(reading->bt, BONDTOOL_WARNING, "keyfile/unknown-section", &origin, hint,
			"NetworkManager knows no section [%s] and ignores it", line->section);
	}
}

static const struct bt_ini_line *find_section(const struct bt_keyfile_reading *reading,
					      enum bt_setting_id setting)
{
	for (size_t i = 0; i < reading->ini.count; i++)
		if (reading->ini.lines[i].kind == BT_INI_SECTION &&
		    bt_keyfile_setting(reading->ini.lines[i].section) == (int)setting)
			return &reading->ini.lines[i];
	return NULL;
}

/*
 * The type that the file names, or that its sections show, as NetworkManager concludes. NULL, with
 * a note, when it is none of ours.
 */
static const struct bt_profile_type *type_of(struct bt_keyfile_reading *reading)
{
	static const struct {
		enum bt_setting_id setting;
		const char *type;
	} shown[] = {{BT_SETTING_BOND, "bond"},
		     {BT_SETTING_VLAN, "vlan"},
		     {BT_SETTING_ETHERNET, "802-3-ethernet"}};
	const struct bt_ini_line *line = bt_keyfile_find(reading, "connection", "type");
	struct bt_origin origin = {.source = reading->ini.source};

	if (line && bt_profile_type_find(line->value))
		return bt_profile_type_find(line->value);
	reading->is_team = reading->takes_teams && line && bt_equal(line->value, "team");
	if (reading->is_team)
		return bt_profile_type_find("bond");
	for (size_t i = 0; !line && i < BT_ARRAY_SIZE(shown); i++)
		if (find_section(reading, shown[i].setting))
			return bt_profile_type_find(shown[i].type);
	if (line)
		origin = bt_ini_value_place(&reading->ini, line);
	if (!line && find_section(reading, BT_SETTING_CONNECTION)) {
		bt_diag(reading->bt, BONDTOOL_ERROR, "keyfile/refused", &origin, NULL,
			"NetworkManager refuses this profile: [connection] needs 'type'");
		return NULL;
	}
	bt_diag(reading->bt, BONDTOOL_NOTE, "keyfile/other-type", &origin,
		line && bt_equal(line->value, "team") ? "--from team makes a bond of it" : NULL,
		line ? "of type '%s': only bonds, their ports and VLANs are read"
		     : "a file without a type is not read%s",
		line ? line->value : "");
	return NULL;
}

/* The name of a profile that has none is its file's. */
static int settle_id(struct bt_keyfile_reading *reading)
{
	const char *base = bt_path_base(reading->ini.source->name);
	size_t length = strlen(base);
	BT_AUTOFREE char *id = NULL;

	if (bt_profile_text(reading->profile, BT_PROP_ID))
		return 0;
	if (bt_has_suffix(base, ".nmconnection"))
		length -= strlen(".nmconnection");
	id = strndup(base, length);
	return id ? bt_profile_set(reading->bt, reading->profile, BT_PROP_ID, id,
				   &reading->profile->origin)
		  : -ENOMEM;
}

/* Before NetworkManager 1.0 the interface's name stood in the section of the type. */
static int settle_interface(struct bt_keyfile_reading *reading)
{
	const char *type = bt_profile_text(reading->profile, BT_PROP_TYPE);
	const struct bt_ini_line *line = bt_keyfile_find(reading, type, "interface-name");
	struct bt_origin origin;

	if (!line)
		return 0;
	origin = bt_ini_key_place(&reading->ini, line);
	if (!bt_profile_text(reading->profile, BT_PROP_INTERFACE_NAME)) {
		bt_note(reading->bt, "keyfile/old-word", &origin,
			"'interface-name' now belongs into [connection]");
		return bt_keyfile_take_scalar(reading, line, BT_PROP_INTERFACE_NAME);
	}
	if (bt_equal(bt_profile_text(reading->profile, BT_PROP_INTERFACE_NAME), line->value))
		return 0;
	bt_warning(reading->bt, "keyfile/ignored", &origin,
		   "NetworkManager ignores this name: [connection] has another one");
	return bt_keyfile_keep(reading, line);
}

/* Without a section about it NetworkManager asks DHCP and routers, but for ports. */
static int imply_method(struct bt_keyfile_reading *reading, enum bt_property_id block)
{
	if (find_section(reading, bt_properties[block].setting) ||
	    bt_profile_text(reading->profile, BT_PROP_CONTROLLER))
		return 0;
	return bt_profile_imply(reading->profile, block, "auto");
}

static void require_method(struct bt_keyfile_reading *reading, enum bt_property_id block)
{
	const struct bt_ini_line *section = find_section(reading, bt_properties[block].setting);
	struct bt_origin origin;

	if (!section || bt_profile_text(reading->profile, block) ||
	    bt_profile_text(reading->profile, BT_PROP_CONTROLLER))
		return;
	origin = bt_ini_key_place(&reading->ini, section);
	bt_diag(reading->bt, BONDTOOL_ERROR, "keyfile/refused", &origin, NULL,
		"NetworkManager refuses this profile: [%s] needs 'method'", section->section);
}

static int take_all(struct bt_keyfile_reading *reading, const struct bt_profile_type *type)
{
	struct bt_origin start = {.source = reading->ini.source, .line = 1, .column = 1};
	int r;

	reading->profile->origin = start;
	r = bt_profile_set(reading->bt, reading->profile, BT_PROP_TYPE, type->name, &start);
	for (size_t i = 0; r == 0 && i < reading->n_lines; i++)
		r = take_line(reading, reading->lines[i]);
	for (int i = 0; r == 0 && i < 4; i++)
		r = bt_keyfile_take_ips(reading, i < 2 ? BT_PROP_IPV4 : BT_PROP_IPV6, i % 2);
	if (r == 0)
		r = bt_keyfile_take_active_slave(reading);
	if (r == 0)
		r = bt_keyfile_settle_monitors(reading);
	if (r == 0)
		r = settle_interface(reading);
	if (r == 0)
		r = settle_id(reading);
	if (r == 0)
		r = bt_implied_monitor(reading->profile);
	if (r == 0)
		r = imply_method(reading, BT_PROP_IPV4);
	if (r == 0)
		r = imply_method(reading, BT_PROP_IPV6);
	return r;
}

/* Reads one text; TAKES_TEAMS: also that of a team, as a bond's. */
static int read_text(struct bondtool *bt, const struct bt_source *source, bool takes_teams,
		     struct bondtool_profile **ret_profile, bool *ret_team)
{
	BT_CLEANUP(reading_release)
	struct bt_keyfile_reading reading = {.bt = bt, .takes_teams = takes_teams};
	const struct bt_profile_type *type;
	int r = bt_ini_parse(source, &bt_keyfile_rules, &reading.ini);

	if (r < 0)
		return r;
	report_faults(&reading);
	r = choose_lines(&reading);
	if (r < 0)
		return r;
	type = type_of(&reading);
	if (!type) {
		*ret_profile = NULL;
		return 0;
	}
	report_sections(&reading);
	reading.profile = bt_profile_new();
	r = reading.profile ? take_all(&reading, type) : -ENOMEM;
	if (r < 0)
		return r;
	require_method(&reading, BT_PROP_IPV4);
	require_method(&reading, BT_PROP_IPV6);
	if (!reading.is_team)
		bt_keyfile_verify(bt, reading.profile);
	*ret_profile = BT_TAKE(reading.profile);
	*ret_team = reading.is_team;
	return 0;
}

int bt_keyfile_read_one(struct bondtool *bt, const struct bt_source *source,
			struct bondtool_profile **ret_profile)
{
	bool unused;

	return read_text(bt, source, false, ret_profile, &unused);
}

int bt_keyfile_read_team(struct bondtool *bt, const struct bt_source *source,
			 struct bondtool_profile **ret_profile, bool *ret_team)
{
	return read_text(bt, source, true, ret_profile, ret_team);
}
