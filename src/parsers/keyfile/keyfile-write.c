/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Profiles to keyfiles. A profile that came from a keyfile is written into its lines: what has the
 * meaning that it had there stays as it is.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "model/route.h"
#include "parsers/ini/ini-draft.h"
#include "parsers/keyfile/keyfile.h"
#include "parsers/loss.h"

/* One profile on its way to a file. */
struct writing {
	struct bondtool *bt;
	struct bondtool_config *config;
	const struct bondtool_profile *profile;
	struct bondtool_profile *before; /* what the source text means; NULL: there is none */
	struct bt_ini ini;
	struct bt_ini_draft draft;
	struct bt_written written;
};

static void writing_release(struct writing *writing)
{
	bt_ini_draft_release(&writing->draft);
	bt_ini_release(&writing->ini);
	bt_profile_free(writing->before);
}

/* Begins with the text that the profile came from, when that is a keyfile. */
static int begin(struct writing *writing)
{
	const struct bt_source *source = writing->profile->origin.source;
	struct bondtool *silent;
	int r;

	if (!bt_profile_was_read_as(writing->profile, BT_FORMAT_KEYFILE))
		return 0;
	silent = bondtool_new();
	r = silent ? bt_keyfile_read_one(silent, source, &writing->before) : -ENOMEM;
	bondtool_free(silent);
	if (r == 0 && writing->before)
		r = bt_ini_parse(source, &bt_keyfile_rules, &writing->ini);
	if (r == 0 && writing->before)
		bt_ini_draft_from(&writing->draft, &writing->ini);
	return r;
}

/* ---- names of sections and keys ----------------------------------------------------------------
 */

static bool has_section(const struct writing *writing, const char *name)
{
	for (size_t i = 0; i < writing->ini.count; i++)
		if (writing->ini.lines[i].kind == BT_INI_SECTION &&
		    bt_equal(writing->ini.lines[i].section, name))
			return true;
	return false;
}

/* The section of a setting: by the name that the file uses already, else the short one. */
static const char *section_of(const struct writing *writing, enum bt_setting_id id)
{
	const struct bt_setting *setting = &bt_settings[id];

	return setting->alias && !has_section(writing, setting->name) ? setting->alias
								      : setting->name;
}

static void remove_key(struct writing *writing, enum bt_setting_id id, const char *key)
{
	bt_ini_draft_remove(&writing->draft, bt_settings[id].name, key);
	if (bt_settings[id].alias)
		bt_ini_draft_remove(&writing->draft, bt_settings[id].alias, key);
}

/*
 * The key of a property. Of two names the old one, which every release of NetworkManager reads,
 * unless the file has the new one.
 */
static const char *key_of(const struct writing *writing, const struct bt_property *property)
{
	const char *section = section_of(writing, property->setting);

	if (!property->old_name || bt_ini_draft_has(&writing->draft, section, property->name))
		return property->name;
	return property->old_name;
}

/* ---- values ------------------------------------------------------------------------------------
 */

static char *encode_list(const struct bt_value *value, enum bt_property_id property)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < value->n_items; i++) {
		BT_AUTOFREE char *item = bt_keyfile_encode(value->items[i].text);

		if (!item)
			return NULL;
		for (const char *p = item; *p; p++)
			bt_text_addf(&text, *p == ';' ? "\\;" : "%c", *p);
		bt_text_add(&text, property == BT_PROP_PERMISSIONS ? ":;" : ";");
	}
	return bt_text_take(&text);
}

static char *encode(const struct bt_value *value, enum bt_property_id id)
{
	const struct bt_spec *spec = bt_property_spec(&bt_properties[id]);

	if (id == BT_PROP_TYPE)
		return strdup(bt_profile_type_find(value->text)->alias);
	switch (spec->type) {
	case BT_TYPE_BOOLEAN:
		return strdup(value->number ? "true" : "false");
	case BT_TYPE_NAME:
		if (bt_keyfile_has_names(id))
			return bt_value_text(spec, value, BONDTOOL_PARSABLE);
		return bt_format("%" PRId64, value->number);
	case BT_TYPE_NUMBER:
	case BT_TYPE_NICKNAMED:
		return bt_format("%" PRId64, value->number);
	default:
		return bt_type_is_list(spec->type) ? encode_list(value, id)
						   : bt_keyfile_encode(value->text);
	}
}

/*
 * The controller or parent as NetworkManager finds it: a reference by a profile's name becomes one
 * by interface or UUID. Borrowed.
 */
static const char *reference(struct writing *writing, const char *text)
{
	const struct bondtool_profile *named;
	const char *better = NULL;

	if (bt_config_by_uuid(writing->config, text) ||
	    bt_config_by_interface(writing->config, text))
		return text;
	named = bt_config_by_id(writing->config, text);
	if (named)
		better = bt_profile_text(named, BT_PROP_INTERFACE_NAME);
	if (named && !better)
		better = bt_profile_text(named, BT_PROP_UUID);
	return better ? better : text;
}

/* ---- properties --------------------------------------------------------------------------------
 */

static bool is_same(const struct bt_value *now, const struct bt_value *before)
{
	return now && before ? bt_value_equal(now, before) : !now && !before;
}

static bool is_unchanged(const struct writing *writing, enum bt_property_id id)
{
	return writing->before && is_same(bt_profile_value(writing->profile, id),
					  bt_profile_value(writing->before, id));
}

static int write_value(struct writing *writing, const struct bt_property *property,
		       const struct bt_value *value)
{
	enum bt_property_id id = bt_property_id(property);
	BT_AUTOFREE char *text = NULL;

	if (id == BT_PROP_CONTROLLER || id == BT_PROP_VLAN_PARENT)
		text = bt_keyfile_encode(reference(writing, value->text));
	else
		text = encode(value, id);
	if (!text)
		return -ENOMEM;
	bt_ini_draft_set(&writing->draft, section_of(writing, property->setting),
			 key_of(writing, property), text);
	return 0;
}

/* NetworkManager refuses a port that does not say of what; a new one of a bond here says it. */
static void write_port_type(struct writing *writing)
{
	const char *controller = bt_profile_text(writing->profile, BT_PROP_CONTROLLER);
	const struct bondtool_profile *bond =
		controller ? bt_config_referred(writing->config, controller) : NULL;
	const struct bt_property *property = &bt_properties[BT_PROP_PORT_TYPE];

	if (!writing->before && bond && bt_profile_is(bond, "bond") &&
	    !bt_profile_value(writing->profile, BT_PROP_PORT_TYPE))
		bt_ini_draft_set(&writing->draft, section_of(writing, property->setting),
				 key_of(writing, property), "bond");
}

static bool has_no_key(const struct bt_property *property)
{
	return property->spec.type == BT_TYPE_OPTIONS ||
	       (property->option >= 0 &&
		!bt_option_has_key(&bt_options[property->option], BT_FORMAT_KEYFILE));
}

static bool is_of_ip_list(enum bt_property_id id)
{
	enum bt_property_id in_block =
		id >= BT_PROP_IPV6 && id < BT_PROP_IPV6 + BT_IP_BLOCK ? id - BT_IP_BLOCK : id;

	return in_block == BT_PROP_IPV4_ADDRESSES || in_block == BT_PROP_IPV4_GATEWAY ||
	       in_block == BT_PROP_IPV4_ROUTES;
}

/* What a new keyfile must not have; a text that came with it is left as its author wanted it. */
static bool leaves_out(const struct writing *writing, enum bt_property_id id)
{
	return !writing->before && bt_keyfile_refuses_property(writing->profile, id);
}

static int write_properties(struct writing *writing)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_PROP_COUNT; i++) {
		const struct bt_property *property = &bt_properties[i];
		const struct bt_value *value = bt_profile_value(writing->profile, i);

		if (has_no_key(property) || is_of_ip_list(i) || leaves_out(writing, i))
			continue;
		bt_written_property(&writing->written, i);
		if (is_unchanged(writing, i))
			continue;
		if (value) {
			r = write_value(writing, property, value);
		} else if (writing->before) {
			remove_key(writing, property->setting, property->name);
			if (property->old_name)
				remove_key(writing, property->setting, property->old_name);
		}
		if (i == BT_PROP_PORT_TYPE)
			write_port_type(writing);
	}
	return r;
}

/* ---- addresses and routes ----------------------------------------------------------------------
 */

/* Removes "address", "address1", "addresses1", ... or the same of routes, with their options. */
static void remove_numbered(struct writing *writing, const char *section, bool route)
{
	for (size_t i = 0; i < writing->ini.count; i++) {
		const struct bt_ini_line *line = &writing->ini.lines[i];
		BT_AUTOFREE char *base = NULL;
		size_t length;
		long number;

		if (line->kind != BT_INI_KEY || !bt_equal(line->section, section))
			continue;
		length = strlen(line->key);
		if (route && bt_has_suffix(line->key, "_options"))
			length -= strlen("_options");
		base = strndup(line->key, length);
		if (base && (bt_keyfile_numbered(base, route ? "route" : "address", &number) ||
			     bt_keyfile_numbered(base, route ? "routes" : "addresses", &number)))
			bt_ini_draft_remove(&writing->draft, section, line->key);
	}
}

/* "address1=ADDRESS/PREFIX,GATEWAY": the gateway goes with the first address. */
static void write_addresses(struct writing *writing, enum bt_property_id block)
{
	enum bt_property_id addresses = block + (BT_PROP_IPV4_ADDRESSES - BT_PROP_IPV4);
	enum bt_property_id gateway = block + (BT_PROP_IPV4_GATEWAY - BT_PROP_IPV4);
	const struct bt_value *value = bt_profile_value(writing->profile, addresses);
	const char *via = bt_profile_text(writing->profile, gateway);
	const char *section = bt_settings[bt_properties[block].setting].name;

	if (leaves_out(writing, addresses))
		value = NULL;
	else
		bt_written_property(&writing->written, addresses);
	if (leaves_out(writing, gateway))
		via = NULL;
	else
		bt_written_property(&writing->written, gateway);
	if (is_unchanged(writing, addresses) && is_unchanged(writing, gateway))
		return;
	remove_numbered(writing, section, false);
	bt_ini_draft_remove(&writing->draft, section, "gateway");
	for (size_t i = 0; value && i < value->n_items; i++) {
		BT_AUTOFREE char *key = bt_format("address%zu", i + 1);
		BT_AUTOFREE char *text =
			bt_format("%s%s%s", value->items[i].text, i == 0 && via ? "," : "",
				  i == 0 && via ? via : "");

		writing->draft.failed = writing->draft.failed || !key || !text;
		if (key && text)
			bt_ini_draft_add(&writing->draft, section, key, text);
	}
	if (!value && via)
		bt_ini_draft_add(&writing->draft, section, "gateway", via);
}

/* "route1=DESTINATION/PREFIX,GATEWAY,METRIC" and "route1_options=NAME=VALUE,...". */
static void write_route(struct writing *writing, const char *section, size_t number,
			const struct bt_route *route)
{
	BT_AUTOTEXT struct bt_text text = {0}, options = {0};
	BT_AUTOFREE char *key = bt_format("route%zu", number);
	BT_AUTOFREE char *options_key = bt_format("route%zu_options", number);

	bt_text_add(&text, route->destination);
	if (route->gateway)
		bt_text_addf(&text, ",%s", route->gateway);
	else if (route->metric >= 0) /* the third place needs a second, as libnm fills it */
		bt_text_add(&text, strchr(route->destination, ':') ? ",::" : ",0.0.0.0");
	if (route->metric >= 0)
		bt_text_addf(&text, ",%" PRId64, route->metric);
	for (size_t i = 0; i < route->attributes.count; i++)
		bt_text_addf(&options, "%s%s", i ? "," : "", route->attributes.items[i]);
	writing->draft.failed =
		writing->draft.failed || !key || !options_key || text.failed || options.failed;
	if (writing->draft.failed)
		return;
	bt_ini_draft_add(&writing->draft, section, key, text.data);
	if (options.length)
		bt_ini_draft_add(&writing->draft, section, options_key, options.data);
}

static void write_routes(struct writing *writing, enum bt_property_id block)
{
	enum bt_property_id routes = block + (BT_PROP_IPV4_ROUTES - BT_PROP_IPV4);
	const struct bt_value *value = bt_profile_value(writing->profile, routes);
	const char *section = bt_settings[bt_properties[block].setting].name;

	bt_written_property(&writing->written, routes);
	if (is_unchanged(writing, routes))
		return;
	remove_numbered(writing, section, true);
	for (size_t i = 0; value && i < value->n_items; i++) {
		BT_AUTOROUTE struct bt_route route = {0};

		if (bt_route_parse(block == BT_PROP_IPV4 ? AF_INET : AF_INET6, value->items[i].text,
				   &route) < 0)
			writing->draft.failed = true;
		else
			write_route(writing, section, i + 1, &route);
	}
}

/* ---- bond options and extras -------------------------------------------------------------------
 */

/* Every spelling of the option goes, as "num_unsol_na" does for "num_grat_arp". */
static void remove_option(struct writing *writing, const struct bt_option *option)
{
	const char *section = bt_settings[BT_SETTING_BOND].name;

	for (size_t i = 0; i < writing->ini.count; i++) {
		const struct bt_ini_line *line = &writing->ini.lines[i];

		if (line->kind == BT_INI_KEY && bt_equal(line->section, section) &&
		    bt_option_by_key(BT_FORMAT_KEYFILE, line->key) == option)
			bt_ini_draft_remove(&writing->draft, section, line->key);
	}
}

static int write_option(struct writing *writing, const struct bt_option *option)
{
	enum bt_option_id id = bt_option_id(option);
	const struct bt_value *value = bt_values_find(&writing->profile->options, id);
	BT_AUTOFREE char *key = bt_option_key(option, BT_FORMAT_KEYFILE);
	BT_AUTOFREE char *text = NULL;

	if (!key)
		return errno == ENOMEM ? -ENOMEM : 0;
	if (value && !writing->before && bt_keyfile_refuses_option(writing->profile, id))
		return 0;
	writing->written.option[id] = true;
	if (writing->before && is_same(value, bt_values_find(&writing->before->options, id)))
		return 0;
	if (!value || !bt_ini_draft_has(&writing->draft, "bond", key))
		remove_option(writing, option);
	if (!value)
		return 0;
	text = bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE);
	if (!text)
		return -ENOMEM;
	bt_ini_draft_set(&writing->draft, bt_settings[BT_SETTING_BOND].name, key, text);
	return 0;
}

static bool is_same_extra(const struct bt_extra *a, const struct bt_extra *b)
{
	return a->format == b->format && bt_equal(a->section, b->section) &&
	       bt_equal(a->key, b->key) && bt_equal(a->value, b->value);
}

/* Whether the profile has the extra, most likely at this INDEX. */
static bool has_extra(const struct bondtool_profile *profile, const struct bt_extra *extra,
		      size_t index)
{
	if (index < profile->n_extras && is_same_extra(&profile->extras[index], extra))
		return true;
	for (size_t i = 0; i < profile->n_extras; i++)
		if (is_same_extra(&profile->extras[i], extra))
			return true;
	return false;
}

static void write_extras(struct writing *writing)
{
	const struct bondtool_profile *before = writing->before;

	writing->written.extras = true;
	for (size_t i = 0; before && i < before->n_extras; i++)
		if (!has_extra(writing->profile, &before->extras[i], i))
			bt_ini_draft_remove(&writing->draft, before->extras[i].section,
					    before->extras[i].key);
	for (size_t i = 0; i < writing->profile->n_extras; i++) {
		const struct bt_extra *extra = &writing->profile->extras[i];

		if (extra->format == BT_FORMAT_KEYFILE && extra->section &&
		    (!before || !has_extra(before, extra, i)))
			bt_ini_draft_set(&writing->draft, extra->section, extra->key, extra->value);
	}
}

/* ---- files -------------------------------------------------------------------------------------
 */

/* A name for the file: that of its source, else the profile's with '/' and a leading '.' replaced.
 */
static char *file_name(const struct writing *writing, const struct bondtool_files *files)
{
	const char *label = bt_profile_label(writing->profile);
	const char *uuid = bt_profile_text(writing->profile, BT_PROP_UUID);
	const char *source = writing->before ? bt_path_base(writing->ini.source->name) : NULL;
	char *name;

	if (source && *source != '<' && !bt_files_have(files, source))
		return strdup(source);
	name = bt_format("%s.nmconnection", label);
	if (name && bt_files_have(files, name)) {
		free(name);
		name = bt_format("%s-%s.nmconnection", label, uuid ? uuid : "2");
	}
	for (char *p = name; p && *p; p++)
		if (*p == '/')
			*p = '*';
	if (name && *name == '.')
		*name = '_';
	return name;
}

static char *refusal(const struct bondtool_profile *profile, const struct bt_option *option)
{
	const char *text = bt_keyfile_refuses_option(profile, bt_option_id(option));

	return text ? bt_format("NetworkManager refuses the profile with it: %s", text) : NULL;
}

/* Whether something of the block is in the draft although the profile says no method. */
static bool lacks_method(const struct writing *writing, enum bt_property_id block)
{
	if (bt_profile_value(writing->profile, block))
		return false;
	for (unsigned id = block + 1; id < (unsigned)block + BT_IP_BLOCK; id++)
		if (bt_profile_value(writing->profile, id) && writing->written.property[id])
			return true;
	return false;
}

/* libnm insists on a name, which a profile from elsewhere may lack. */
static void write_name(struct writing *writing)
{
	if (!writing->before && !bt_profile_text(writing->profile, BT_PROP_ID))
		bt_ini_draft_set(&writing->draft, bt_settings[BT_SETTING_CONNECTION].name, "id",
				 bt_profile_label(writing->profile));
}

/*
 * And on a method where there is anything of the family; NetworkManager takes "auto" where there
 * is nothing.
 */
static void write_methods(struct writing *writing)
{
	for (unsigned block = BT_PROP_IPV4; !writing->before && block <= BT_PROP_IPV6;
	     block += BT_IP_BLOCK) {
		enum bt_property_id addresses = block + (BT_PROP_IPV4_ADDRESSES - BT_PROP_IPV4);

		if (lacks_method(writing, block))
			bt_ini_draft_set(&writing->draft,
					 bt_settings[bt_properties[block].setting].name, "method",
					 bt_profile_value(writing->profile, addresses) ? "manual"
										       : "auto");
	}
}

static int write_profile(struct writing *writing, struct bondtool_files *files)
{
	BT_AUTOFREE char *name = NULL;
	int r = begin(writing);

	if (r < 0)
		return r;
	write_name(writing);
	r = write_properties(writing);
	for (size_t i = 0; r == 0 && i < BT_OPT_COUNT; i++)
		if (!(bt_options[i].flags & BT_OPTION_PORT))
			r = write_option(writing, &bt_options[i]);
	if (r < 0)
		return r;
	write_addresses(writing, BT_PROP_IPV4);
	write_routes(writing, BT_PROP_IPV4);
	write_addresses(writing, BT_PROP_IPV6);
	write_routes(writing, BT_PROP_IPV6);
	write_methods(writing);
	write_extras(writing);
	bt_report_losses(writing->bt, &bt_format_keyfile, writing->profile, &writing->written,
			 refusal);
	name = file_name(writing, files);
	return name ? bt_files_add(files, name, 0600, bt_ini_draft_text(&writing->draft)) : -ENOMEM;
}

int bt_keyfile_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < config->count; i++) {
		BT_CLEANUP(writing_release)
		struct writing writing = {
			.bt = bt, .config = config, .profile = config->profiles[i]};

		r = write_profile(&writing, files);
	}
	return r;
}
