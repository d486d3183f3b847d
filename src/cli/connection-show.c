/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool connection show NAME...: what profiles hold, and what they are on the running system.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/connection.h"

/* ---- the profile's settings ---------------------------------------------------------------------
 */

/* Groups and columns of details, made from the property table. */
struct scheme {
	struct column *columns; /* of all settings, each run ended by {0} */
	struct group *groups;
	size_t settings; /* how many of the groups are settings; the others follow */
	size_t count;
	struct field_word words[3];
	char *title;
};

/* Old names of properties are shown beside the new ones, as nmcli does. */
static size_t add_columns(struct column *columns, const struct bondtool_item_info *info)
{
	columns[0] = (struct column){.name = info->name, .usual = true};
	if (!info->old_name)
		return 1;
	columns[1] = (struct column){.name = info->old_name, .usual = true};
	return 2;
}

enum general_field {
	GENERAL_NAME,
	GENERAL_UUID,
	GENERAL_DEVICES,
	GENERAL_IP_IFACE,
	GENERAL_STATE,
};
static const struct column general_fields[] = {
	[GENERAL_NAME] = {"NAME", .usual = true},
	[GENERAL_UUID] = {"UUID", .usual = true},
	[GENERAL_DEVICES] = {"DEVICES", .usual = true},
	[GENERAL_IP_IFACE] = {"IP-IFACE", .usual = true},
	[GENERAL_STATE] = {"STATE", .usual = true},
	{0},
};

/* Columns, their ends, and a group for each setting, fit into twice the number of properties. */
static void scheme_init(struct scheme *scheme)
{
	struct bondtool_item_info info;
	struct column *column;
	size_t properties = 0;

	while (bondtool_property_info(properties, &info))
		properties++;
	scheme->columns = column = must(calloc(properties * 3 + 1, sizeof(*column)));
	scheme->groups = must(calloc(properties + 3, sizeof(*scheme->groups)));
	for (size_t i = 0; bondtool_property_info(i, &info); i++) {
		struct group *last = scheme->count ? &scheme->groups[scheme->count - 1] : NULL;

		if (!last || !equal(last->name, info.setting)) {
			column += scheme->count > 0;
			scheme->groups[scheme->count++] =
				(struct group){.name = info.setting,
					       .alias = info.setting_alias,
					       .columns = column};
		}
		column += add_columns(column, &info);
	}
	scheme->settings = scheme->count;
	scheme->groups[scheme->count++] =
		(struct group){.name = "GENERAL", .columns = general_fields};
	scheme->groups[scheme->count++] = (struct group){.name = "IP4", .columns = ip_fields};
	scheme->groups[scheme->count++] = (struct group){.name = "IP6", .columns = ip_fields};
	scheme->words[0] = (struct field_word){"profile", 0, scheme->settings};
	scheme->words[1] =
		(struct field_word){"active", scheme->settings, scheme->count - scheme->settings};
}

static void scheme_release(struct scheme *scheme)
{
	for (size_t i = 0; i < scheme->count; i++)
		group_release(&scheme->groups[i]);
	free(scheme->groups);
	free(scheme->columns);
	free(scheme->title);
}

/* Whether the profile has the setting: by its type, or because something in it is set. */
static bool has_setting(const struct bondtool_profile *profile, const struct group *group)
{
	AUTOFREE char *type = profile_text(profile, "connection.type");
	bool port = bondtool_profile_has(profile, "connection.port-type");

	if (bondtool_type_setting(type, group->name) == BONDTOOL_ALWAYS)
		return true;
	if (equal(group->name, "bond-port") && profile_is(profile, "connection.port-type", "bond"))
		return true;
	if ((equal(group->name, "ipv4") || equal(group->name, "ipv6")) && !port)
		return true;
	for (size_t i = 0; group->columns[i].name; i++) {
		AUTOFREE char *name = format_text("%s.%s", group->name, group->columns[i].name);

		if (bondtool_profile_has(profile, name))
			return true;
	}
	return false;
}

static void fill_setting(const struct cli *cli, const struct bondtool_profile *profile,
			 struct group *group)
{
	struct record *row = group_add(group, TINT_NONE);

	for (size_t i = 0; group->columns[i].name; i++) {
		AUTOFREE char *name = format_text("%s.%s", group->name, group->columns[i].name);

		if (cli->overview && !bondtool_profile_has(profile, name))
			continue;
		cell_take(row, i, must(bondtool_profile_get(profile, name, cli_style(cli))));
	}
}

/* ---- the running system
 * -------------------------------------------------------------------------- */

const struct column ip_fields[] = {
	[IP_ADDRESS] = {"ADDRESS", .usual = true, .list = true},
	[IP_GATEWAY] = {"GATEWAY", .usual = true},
	[IP_ROUTE] = {"ROUTE", .usual = true, .list = true},
	{0},
};

static bool is_number(const char *word)
{
	return *word && strspn(word, "0123456789") == strlen(word);
}

/* "10.1.0.0/16 10.0.0.1 100 table=5" as nmcli shows routes: "dst = ..., nh = ..., mt = ...". */
static char *route_text(const char *route, const char *no_gateway)
{
	AUTOSTRINGS struct strings words = {0};
	struct strings rest = {0};
	const char *gateway = no_gateway, *metric = "0";
	size_t i = 1;
	char *text;

	strings_split(&words, route, ' ');
	if (i < words.count && !is_number(words.items[i]) && !strchr(words.items[i], '='))
		gateway = words.items[i++];
	if (i < words.count && is_number(words.items[i]))
		metric = words.items[i++];
	strings_take(&rest, format_text("dst = %s", words.items[0]));
	strings_take(&rest, format_text("nh = %s", gateway));
	strings_take(&rest, format_text("mt = %s", metric));
	for (; i < words.count; i++)
		strings_add(&rest, words.items[i]);
	text = strings_joined(&rest, ", ");
	strings_release(&rest);
	return text;
}

void fill_ip_group(struct group *group, const struct bondtool_link_info *link, int family)
{
	struct record *row = group_add(group, TINT_NONE);
	const char *const *addresses = family == 4 ? link->addresses4 : link->addresses6;
	const char *const *routes = family == 4 ? link->routes4 : link->routes6;

	for (; addresses && *addresses; addresses++)
		cell_set(row, IP_ADDRESS, *addresses);
	cell_set(row, IP_GATEWAY, family == 4 ? link->gateway4 : link->gateway6);
	for (; routes && *routes; routes++)
		cell_take(row, IP_ROUTE, route_text(*routes, family == 4 ? "0.0.0.0" : "::"));
}

static void fill_active(struct scheme *scheme, const struct bondtool_profile *profile,
			const struct bondtool_link_info *link)
{
	struct group *groups = scheme->groups + scheme->settings;
	struct record *row = group_add(&groups[0], TINT_NONE);

	cell_take(row, GENERAL_NAME, profile_text(profile, "connection.id"));
	cell_take(row, GENERAL_UUID, profile_text(profile, "connection.uuid"));
	cell_set(row, GENERAL_DEVICES, link->name);
	cell_set(row, GENERAL_IP_IFACE, link->controller ? NULL : link->name);
	cell_set(row, GENERAL_STATE, "activated");
	fill_ip_group(&groups[1], link, 4);
	fill_ip_group(&groups[2], link, 6);
}

/* ---- the command --------------------------------------------------------------------------------
 */

/* The profiles that the words name; an unknown name is an error, but the others are shown. */
static int find_named(struct bondtool_config *config, const struct arguments *arguments,
		      struct profile_list *found)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < arguments->count;) {
		AUTOPROFILES struct profile_list list = {0};
		int s = profiles_take(config, arguments, &i, &list);

		if (s != STATUS_OK)
			return s;
		if (list.count == 0)
			status = cli_fail(STATUS_NOT_FOUND, "%s - no such connection profile.",
					  list.name);
		found->items = must(reallocarray(found->items, found->count + list.count + 1,
						 sizeof(struct bondtool_profile *)));
		for (size_t j = 0; j < list.count; j++)
			found->items[found->count++] = list.items[j];
	}
	return status;
}

static void keep_active(const struct live *live, struct bondtool_config *config,
			struct profile_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (live_link_of(live, config, list->items[i]))
			list->items[kept++] = list->items[i];
	list->count = kept;
}

/* In the model's own JSON: what "bondtool convert --from json" reads. */
static int show_json(const struct profile_list *list)
{
	struct bondtool_config *config = must(bondtool_config_new());

	for (size_t i = 0; i < list->count; i++)
		if (bondtool_config_add(config, must(bondtool_profile_copy(list->items[i]))) < 0)
			cli_out_of_memory();
	cli_print(bondtool_config_json(config));
	bondtool_config_free(config);
	return STATUS_OK;
}

/* The sheet of one profile; SCHEME owns what it borrows. */
static struct sheet profile_sheet(const struct cli *cli, struct scheme *scheme,
				  const struct bondtool_profile *profile,
				  const struct bondtool_link_info *link)
{
	AUTOFREE char *id = profile_text(profile, "connection.id");

	scheme_init(scheme);
	scheme->title = format_text("Connection profile details (%s)", id);
	for (size_t i = 0; i < scheme->settings; i++)
		if (has_setting(profile, &scheme->groups[i]))
			fill_setting(cli, profile, &scheme->groups[i]);
	if (link)
		fill_active(scheme, profile, link);
	return (struct sheet){
		.title = scheme->title,
		.details = true,
		.groups = scheme->groups,
		.count = scheme->count,
		.words = scheme->words,
	};
}

static int show_details(const struct cli *cli, struct bondtool_config *config,
			const struct live *live, const struct profile_list *list)
{
	struct scheme *schemes = must(calloc(list->count + 1, sizeof(*schemes)));
	struct sheet *sheets = must(calloc(list->count + 1, sizeof(*sheets)));
	int status;

	for (size_t i = 0; i < list->count; i++)
		sheets[i] = profile_sheet(cli, &schemes[i], list->items[i],
					  live_link_of(live, config, list->items[i]));
	status = sheets_print(cli, sheets, list->count);
	for (size_t i = 0; i < list->count; i++)
		scheme_release(&schemes[i]);
	free(schemes);
	free(sheets);
	return status;
}

static int show_named(struct cli *cli, struct bondtool_config *config, const struct live *live,
		      const struct arguments *arguments)
{
	AUTOPROFILES struct profile_list list = {0};
	int status = find_named(config, arguments, &list);
	int shown;

	if (status == STATUS_USAGE)
		return status;
	if (argument_given(arguments, "--active"))
		keep_active(live, config, &list);
	if (cli->json && !cli->fields)
		shown = show_json(&list);
	else
		shown = list.count ? show_details(cli, config, live, &list) : STATUS_OK;
	return shown != STATUS_OK ? shown : status;
}

int run_connection_show(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	AUTOLIVE struct live live = {0};
	bool list = arguments->count == 0;
	int status = profiles_open(cli, list ? BONDTOOL_STORE_PART : BONDTOOL_STORE_READ, &store);

	if (status != STATUS_OK)
		return status;
	live_read(cli, &live);
	if (list)
		return connection_list(cli, bondtool_store_config(store), &live, arguments);
	return show_named(cli, bondtool_store_config(store), &live, arguments);
}
