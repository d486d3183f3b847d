/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One ifcfg file of SUSE's to a profile. Bonds: ifcfg-suse-bond.c; addresses: ifcfg-suse-ip.c;
 * files that belong together: ifcfg-suse-files.c.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "parsers/ifcfg-suse/ifcfg-suse.h"

void bt_suse_file_release(struct bt_suse_file *file)
{
	bt_ifcfg_release(&file->ifcfg);
	bt_hash_release(&file->values);
	free(file->taken);
	bt_profile_free(file->profile);
	for (size_t i = 0; i < file->n_ports; i++)
		free(file->ports[i].name);
	free(file->ports);
	*file = (struct bt_suse_file){0};
}

/* ---- lines --------------------------------------------------------------------------------- */

/* An assignment that wicked cannot read does not undo an earlier one. */
static int index_values(struct bt_suse_file *file)
{
	int r = 0;

	for (size_t i = file->ifcfg.count; r == 0 && i-- > 0;)
		if (file->ifcfg.lines[i].value)
			r = bt_hash_put(&file->values, file->ifcfg.lines[i].key, i);
	return r;
}

const struct bt_ifcfg_line *bt_suse_line(const struct bt_suse_file *file, const char *key)
{
	size_t number;

	if (!bt_hash_get(&file->values, key, &number) || !*file->ifcfg.lines[number].value)
		return NULL;
	return &file->ifcfg.lines[number];
}

const struct bt_ifcfg_line *bt_suse_take(struct bt_suse_file *file, const char *key)
{
	bt_ifcfg_take(&file->ifcfg, key, file->taken);
	return bt_suse_line(file, key);
}

bool bt_suse_holds(const struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	return line->key && line->value && *line->value && bt_suse_line(file, line->key) == line;
}

int bt_suse_set(struct bt_suse_file *file, enum bt_property_id property, const char *text,
		const struct bt_origin *place)
{
	int r = bt_profile_set(file->bt, file->profile, property, text, place);

	return r == -ENOMEM ? r : 0;
}

static struct bt_origin key_place(const struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	return bt_origin_at(file->ifcfg.source, line->key_at, strlen(line->key));
}

static void report_fault(struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	struct bt_origin place = bt_ifcfg_fault_place(&file->ifcfg, line);

	if (line->key)
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/value", &place,
			"put the whole value in quotes, on a line of its own",
			"wicked ignores '%s': %s", line->key, line->fault);
	else
		bt_warning(file->bt, "ifcfg-suse/line", &place, "%s", line->fault);
}

/* The scripts before wicked were run by a shell; wicked takes what looks like one for itself. */
static void report_shell(struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	bool literal = file->ifcfg.source->text[line->value_at] == '\'';
	const char *dollar = line->value && !literal ? strpbrk(line->value, "$`") : NULL;
	struct bt_origin place;

	if (!dollar)
		return;
	place = bt_ifcfg_line_place(&file->ifcfg, line);
	bt_diag(file->bt, BONDTOOL_WARNING, "ifcfg-suse/needs-system", &place,
		"write the value itself",
		"only a shell could tell the value of '%s'; wicked takes it as it is written",
		line->key);
}

static void report_lines(struct bt_suse_file *file)
{
	for (size_t i = 0; i < file->ifcfg.count; i++) {
		const struct bt_ifcfg_line *line = &file->ifcfg.lines[i];
		struct bt_origin place;
		size_t last;

		if (line->fault)
			report_fault(file, line);
		if (!line->value)
			continue;
		report_shell(file, line);
		if (!bt_hash_get(&file->values, line->key, &last) || last == i)
			continue;
		place = key_place(file, line);
		bt_warning(file->bt, "ifcfg-suse/twice", &place,
			   "'%s' is set again below, and that value holds", line->key);
	}
}

/* ---- single keys --------------------------------------------------------------------------- */

static int take_key(struct bt_suse_file *file, const struct bt_ifcfg_key *key)
{
	const struct bt_ifcfg_line *line = bt_suse_take(file, key->key);
	struct bt_origin place;
	bool no;

	if (!line)
		return 0;
	place = bt_ifcfg_line_place(&file->ifcfg, line);
	if (key->kind != BT_IFCFG_INVERTED)
		return bt_suse_set(file, key->property, line->value, &place);
	no = bt_equal(line->value, "no");
	return no || bt_equal(line->value, "yes")
		       ? bt_profile_set_number(file->profile, key->property, no, &place)
		       : bt_suse_set(file, key->property, line->value, &place);
}

static int take_keys(struct bt_suse_file *file)
{
	int r = 0;

	for (const struct bt_ifcfg_key *key = bt_suse_keys; r == 0 && key->key; key++)
		r = take_key(file, key);
	return r;
}

/* AUTO and FQDN stand for the machine's own name. */
static int take_host_names(struct bt_suse_file *file)
{
	static const struct {
		const char *key;
		enum bt_property_id property;
	} names[] = {
		{"DHCLIENT_HOSTNAME_OPTION", BT_PROP_IPV4_DHCP_HOSTNAME},
		{"DHCLIENT6_HOSTNAME_OPTION", BT_PROP_IPV6_DHCP_HOSTNAME},
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(names); i++) {
		const struct bt_ifcfg_line *line = bt_suse_line(file, names[i].key);
		struct bt_origin place;

		if (!line || bt_equal_ignoring_case(line->value, "AUTO") ||
		    bt_equal_ignoring_case(line->value, "FQDN"))
			continue;
		bt_suse_take(file, names[i].key);
		place = bt_ifcfg_line_place(&file->ifcfg, line);
		r = bt_suse_set(file, names[i].property, line->value, &place);
	}
	return r;
}

/* Without STARTMODE, and with a word that it does not know, wicked waits to be told. */
static int take_start_mode(struct bt_suse_file *file)
{
	const struct bt_ifcfg_line *line = bt_suse_take(file, "STARTMODE");
	const struct bt_suse_startmode *mode = line ? bt_suse_startmode(line->value) : NULL;
	struct bt_origin place = line ? bt_ifcfg_line_place(&file->ifcfg, line)
				      : file->profile->origin;

	if (!mode)
		bt_diag(file->bt, line ? BONDTOOL_WARNING : BONDTOOL_NOTE, "ifcfg-suse/startmode",
			&place, "write STARTMODE='auto' to have it brought up at boot",
			line ? "STARTMODE '%s' is not known: wicked takes manual"
			     : "without STARTMODE wicked takes manual",
			line ? line->value : "");
	else if (mode->now)
		bt_note(file->bt, "ifcfg-suse/old-word", &place,
			"STARTMODE '%s' is an old word for %s", line->value, mode->now);
	if (line && (!mode || mode->special))
		file->taken[line - file->ifcfg.lines] = false; /* kept as it is */
	if (mode && mode->starts)
		return 0;
	return bt_profile_set_number(file->profile, BT_PROP_AUTOCONNECT, 0, &place);
}

/* ---- VLANs --------------------------------------------------------------------------------- */

/* The number in the name of the interface: behind its last dot, or its last digits. */
static const char *number_of_name(const char *name)
{
	const char *dot = strrchr(name, '.');
	const char *digits = name + strlen(name);

	while (!dot && digits > name && isdigit((unsigned char)digits[-1]))
		digits--;
	return dot ? dot + 1 : digits;
}

static int take_vlan_number(struct bt_suse_file *file, const struct bt_ifcfg_line *parent)
{
	const struct bt_ifcfg_line *line = bt_suse_take(file, "VLAN_ID");
	const char *name = bt_suse_interface(file->ifcfg.source->name, "ifcfg-");
	const char *number = line ? line->value : name ? number_of_name(name) : "";
	struct bt_origin place = bt_ifcfg_line_place(&file->ifcfg, line ? line : parent);

	if (*number)
		return bt_suse_set(file, BT_PROP_VLAN_ID, number, &place);
	bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused", &place, "add VLAN_ID",
		"wicked refuses the file: neither VLAN_ID nor the name tells the VLAN's number");
	return 0;
}

static int take_vlan_protocol(struct bt_suse_file *file)
{
	const struct bt_ifcfg_line *line = bt_suse_take(file, "VLAN_PROTOCOL");
	struct bt_origin place;

	if (!line)
		return 0;
	place = bt_ifcfg_line_place(&file->ifcfg, line);
	if (bt_equal_ignoring_case(line->value, "ieee802-1Q"))
		return bt_suse_set(file, BT_PROP_VLAN_PROTOCOL, "802.1Q", &place);
	if (bt_equal_ignoring_case(line->value, "ieee802-1ad"))
		return bt_suse_set(file, BT_PROP_VLAN_PROTOCOL, "802.1ad", &place);
	bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/refused", &place, NULL,
		"wicked refuses the file for VLAN_PROTOCOL '%s'; allowed: ieee802-1Q, ieee802-1ad",
		line->value);
	return 0;
}

static int take_vlan(struct bt_suse_file *file)
{
	const struct bt_ifcfg_line *parent = bt_suse_line(file, "ETHERDEVICE");
	const struct bt_ifcfg_line *number = bt_suse_line(file, "VLAN_ID");
	struct bt_origin place;
	int r;

	if (!bt_profile_is(file->profile, "vlan")) {
		const struct bt_ifcfg_line *line = parent ? parent : number;

		if (!line)
			return 0;
		place = key_place(file, line);
		bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/ignored", &place, NULL,
			parent ? "'%s': a bond is no VLAN as well; wicked refuses the file"
			       : "'%s' has no effect without ETHERDEVICE",
			line->key);
		return 0;
	}
	bt_suse_take(file, "ETHERDEVICE");
	place = bt_ifcfg_line_place(&file->ifcfg, parent);
	r = bt_suse_set(file, BT_PROP_VLAN_PARENT, parent->value, &place);
	if (r == 0)
		r = take_vlan_number(file, parent);
	return r == 0 ? take_vlan_protocol(file) : r;
}

/* ---- keys that the model has no place for -------------------------------------------------- */

static bool is_one_of(const char *key, const char *const *names)
{
	for (; *names; names++)
		if (bt_has_prefix(key, *names))
			return true;
	return false;
}

static bool is_red_hat(const char *key)
{
	for (const struct bt_ifcfg_key *row = bt_ifcfg_keys; row->key; row++)
		if (bt_equal(key, row->key))
			return true;
	for (const char *const *name = bt_ifcfg_special_keys; *name; name++)
		if (bt_equal(key, *name))
			return true;
	return bt_suse_instead_of(key) != NULL;
}

static char *nearest_key(const char *key)
{
	struct bt_nearest nearest = {.word = key};

	for (const struct bt_ifcfg_key *row = bt_suse_keys; row->key; row++)
		bt_nearest_offer(&nearest, row->key);
	for (const char *const *name = bt_suse_special_keys; *name; name++)
		bt_nearest_offer(&nearest, *name);
	for (const char *const *name = bt_suse_foreign_keys; *name; name++)
		bt_nearest_offer(&nearest, *name);
	return nearest.best ? bt_format("did you mean '%s'?", nearest.best) : NULL;
}

static void report_unknown(struct bt_suse_file *file, const struct bt_ifcfg_line *line)
{
	struct bt_origin place = key_place(file, line);
	BT_AUTOFREE char *hint = NULL;

	if (is_red_hat(line->key)) {
		bt_diag(file->bt, BONDTOOL_WARNING, "ifcfg-suse/red-hat-key", &place,
			bt_suse_instead_of(line->key),
			"'%s' is a key of Red Hat's tools; wicked passes over it", line->key);
		return;
	}
	hint = nearest_key(line->key);
	bt_diag(file->bt, hint ? BONDTOOL_WARNING : BONDTOOL_NOTE, "ifcfg-suse/unknown-key", &place,
		hint, "'%s' is no key of wicked, which passes over it; it is kept", line->key);
}

static int keep_the_rest(struct bt_suse_file *file)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < file->ifcfg.count; i++) {
		const struct bt_ifcfg_line *line = &file->ifcfg.lines[i];
		struct bt_origin place;

		if (file->taken[i] || !line->value)
			continue;
		if (!is_one_of(line->key, bt_suse_foreign_keys) &&
		    !is_one_of(line->key, bt_suse_special_keys))
			report_unknown(file, line);
		if (!bt_suse_holds(file, line))
			continue;
		place = bt_ifcfg_line_place(&file->ifcfg, line);
		r = bt_profile_add_extra(file->profile, BT_FORMAT_IFCFG_SUSE, NULL, line->key,
					 line->value, &place);
	}
	return r;
}

/* ---- what the file is of ------------------------------------------------------------------- */

/* The key that makes the interface one that is not for us; NULL when there is none. */
static const struct bt_ifcfg_line *other_type(const struct bt_suse_file *file)
{
	static const struct {
		const char *key;
		bool boolean;
	} keys[] = {
		{"BRIDGE", true},	   {"OVS_BRIDGE", true},      {"VXLAN", true},
		{"DUMMY", true},	   {"TEAM_RUNNER", false},    {"TUNNEL", false},
		{"MACVLAN_DEVICE", false}, {"MACVTAP_DEVICE", false}, {"PPPMODE", false},
		{"WIRELESS_ESSID", false}, {"WIRELESS", true},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(keys); i++) {
		const struct bt_ifcfg_line *line = bt_suse_line(file, keys[i].key);

		if (line && (!keys[i].boolean || bt_suse_is_yes(line->value)))
			return line;
	}
	return NULL;
}

static bool is_bond(const struct bt_suse_file *file)
{
	const struct bt_ifcfg *ifcfg = &file->ifcfg;
	const struct bt_ifcfg_line *master = bt_suse_line(file, "BONDING_MASTER");

	if (master && bt_suse_is_yes(master->value))
		return true;
	for (size_t i = 0; i < ifcfg->count; i++)
		if (ifcfg->lines[i].value && *ifcfg->lines[i].value &&
		    (bt_has_prefix(ifcfg->lines[i].key, "BONDING_SLAVE") ||
		     bt_equal(ifcfg->lines[i].key, "BONDING_MODULE_OPTS")))
			return true;
	return false;
}

static const char *type_of(struct bt_suse_file *file)
{
	const struct bt_ifcfg_line *other = other_type(file);
	const char *interface = bt_suse_interface(file->ifcfg.source->name, "ifcfg-");
	struct bt_origin place;

	if (is_bond(file))
		return "bond";
	if (other) {
		place = bt_ifcfg_line_place(&file->ifcfg, other);
		bt_note(file->bt, "ifcfg-suse/other-type", &place,
			"an interface with %s='%s' is not for bondtool; the file is passed over",
			other->key, other->value);
		return NULL;
	}
	if (bt_equal(interface, "lo"))
		return NULL;
	return bt_suse_line(file, "ETHERDEVICE") ? "vlan" : "802-3-ethernet";
}

/* The name of the file is that of the interface. */
static int take_name(struct bt_suse_file *file, const char *type)
{
	const char *path = file->ifcfg.source->name;
	const char *interface = bt_suse_interface(path, "ifcfg-");
	const struct bt_origin *place = &file->profile->origin;
	int r = bt_suse_set(file, BT_PROP_TYPE, type, place);

	if (r == 0)
		r = bt_suse_set(file, BT_PROP_ID, interface ? interface : bt_path_base(path),
				place);
	if (r < 0)
		return r;
	if (interface && bt_interface_name_valid(interface))
		return bt_suse_set(file, BT_PROP_INTERFACE_NAME, interface, place);
	bt_diag(file->bt, BONDTOOL_ERROR, "ifcfg-suse/file-name", place,
		"call the file ifcfg-NAME, with the name of the interface",
		interface ? "wicked refuses the file: '%s' is no name of an interface"
			  : "wicked passes over the file '%s'",
		interface ? interface : bt_path_base(path));
	return 0;
}

static int take_all(struct bt_suse_file *file)
{
	static int (*const steps[])(struct bt_suse_file *file) = {
		take_start_mode, bt_suse_read_bond, take_keys,	take_host_names,
		take_vlan,	 bt_suse_read_ip,   keep_the_rest,
	};
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(steps); i++)
		r = steps[i](file);
	return r;
}

int bt_suse_read_file(struct bondtool *bt, const struct bt_source *source,
		      struct bt_suse_file *file)
{
	const char *type;
	int r;

	file->bt = bt;
	r = bt_ifcfg_parse(source, BT_IFCFG_WICKED, &file->ifcfg);
	if (r == 0)
		r = index_values(file);
	type = r == 0 ? type_of(file) : NULL;
	if (!type)
		return r;
	file->taken = calloc(file->ifcfg.count + 1, sizeof(*file->taken));
	file->profile = bt_profile_new();
	if (!file->taken || !file->profile)
		return -ENOMEM;
	file->profile->origin = (struct bt_origin){.source = source, .line = 1, .column = 1};
	report_lines(file);
	r = take_name(file, type);
	return r == 0 ? take_all(file) : r;
}
