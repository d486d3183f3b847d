/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files beside an ifcfg file, written again: see ifcfg-write-beside.h. */
#include "parsers/ifcfg/ifcfg-write-beside.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

void bt_ifcfg_beside_release(struct bt_ifcfg_beside *beside)
{
	free(beside->sources);
	bondtool_free(beside->silent);
}

int bt_ifcfg_beside_find(const struct bondtool *bt, struct bt_ifcfg_beside *ret_beside)
{
	struct bt_ifcfg_beside beside = {.silent = bondtool_new()};
	size_t count = 0;

	for (const struct bt_source *source = bt->sources; source; source = source->next)
		count += bt_ifcfg_is_companion(source->name);
	beside.sources = calloc(count + 1, sizeof(*beside.sources));
	if (!beside.sources || !beside.silent) {
		bt_ifcfg_beside_release(&beside);
		return -ENOMEM;
	}
	/* the last one that was read is the first in the list */
	beside.count = count;
	for (const struct bt_source *source = bt->sources; source; source = source->next)
		if (bt_ifcfg_is_companion(source->name))
			beside.sources[--count] = source;
	*ret_beside = beside;
	return 0;
}

static bool belongs_to(const struct bt_source *source, const struct bondtool_profile *profile)
{
	return profile->origin.source && bt_profile_was_read_as(profile, BT_FORMAT_IFCFG) &&
	       bt_ifcfg_belongs_to(source->name, profile->origin.source->name);
}

static bool has_item(const struct bt_value *value, const char *text)
{
	for (size_t i = 0; value && i < value->n_items; i++)
		if (strcmp(value->items[i].text, text) == 0)
			return true;
	return false;
}

static int copy_file(const struct bt_source *source, struct bondtool_files *files)
{
	return bt_files_add(files, bt_path_base(source->name), 0644, strdup(source->text));
}

/* The address of an alias, for a profile of the same interface; NULL in *RET_TEXT without one. */
static int address_of(const struct bt_ifcfg_beside *beside, const struct bt_source *source,
		      const struct bondtool_profile *profile, char **ret_text)
{
	BT_AUTOPROFILE struct bondtool_profile *alone = bt_profile_new();
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const struct bt_value *value;
	int r = alone ? 0 : -ENOMEM;

	*ret_text = NULL;
	if (r == 0 && interface)
		r = bt_profile_set(beside->silent, alone, BT_PROP_INTERFACE_NAME, interface, NULL);
	if (r == 0)
		r = bt_ifcfg_read_alias(beside->silent, source, alone);
	if (r < 0)
		return r;
	value = bt_profile_value(alone, BT_PROP_IPV4_ADDRESSES);
	if (!value || !value->n_items)
		return 0;
	*ret_text = strdup(value->items[0].text);
	return *ret_text ? 0 : -ENOMEM;
}

static int write_alias(const struct bt_ifcfg_beside *beside, const struct bt_source *source,
		       const struct bondtool_profile *profile, struct bondtool_files *files,
		       struct bt_strings *addresses)
{
	BT_AUTOFREE char *address = NULL;
	int r = address_of(beside, source, profile, &address);

	if (r < 0)
		return r;
	if (address && !has_item(bt_profile_value(profile, BT_PROP_IPV4_ADDRESSES), address))
		return 0; /* it goes with its file */
	r = copy_file(source, files);
	return r == 0 && address ? bt_strings_add(addresses, address) : r;
}

int bt_ifcfg_write_aliases(const struct bt_ifcfg_beside *beside,
			   const struct bondtool_profile *profile, struct bondtool_files *files,
			   struct bt_strings *addresses)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < beside->count; i++) {
		const struct bt_source *source = beside->sources[i];

		if (!belongs_to(source, profile))
			continue;
		if (bt_ifcfg_is_rule_file(source->name))
			r = copy_file(source, files);
		else if (bt_ifcfg_is_alias(source->name))
			r = write_alias(beside, source, profile, files, addresses);
	}
	return r;
}

/* ---- routes -------------------------------------------------------------------------------- */

/* The routes of a text, which need not be a whole file, added to LIST. */
static int routes_in(const struct bt_ifcfg_beside *beside, const char *name, const char *text,
		     size_t length, struct bt_strings *list)
{
	BT_AUTOPROFILE struct bondtool_profile *profile = bt_profile_new();
	const struct bt_source *source = bt_source_add(beside->silent, name, text, length);
	int r = profile && source ? bt_ifcfg_read_routes(beside->silent, source, profile) : -ENOMEM;

	for (int v6 = 0; r == 0 && v6 < 2; v6++) {
		const struct bt_value *value =
			bt_profile_value(profile, v6 ? BT_PROP_IPV6_ROUTES : BT_PROP_IPV4_ROUTES);

		for (size_t i = 0; r == 0 && value && i < value->n_items; i++)
			r = bt_strings_add(list, value->items[i].text);
	}
	return r;
}

/* The lines of the file whose routes, if they are any, are among ROUTES; PRESENT gets all of it. */
static int keep_lines(const struct bt_ifcfg_beside *beside, const struct bt_source *source,
		      const struct bt_value *routes, struct bt_text *kept,
		      struct bt_strings *present)
{
	int r = 0;

	for (const char *p = source->text; r == 0 && *p;) {
		size_t length = strcspn(p, "\n");
		BT_AUTOSTRINGS struct bt_strings of_line = {0};
		bool wanted = true;

		length += p[length] == '\n';
		r = routes_in(beside, source->name, p, length, &of_line);
		for (size_t i = 0; r == 0 && i < of_line.count; i++) {
			wanted &= has_item(routes, of_line.items[i]);
			r = bt_strings_add(present, of_line.items[i]);
		}
		if (wanted)
			bt_text_add_bytes(kept, p, length);
		p += length;
	}
	return r;
}

/* Whether each line stands for itself, and not for a part of a route. */
static int lines_are_routes(const struct bt_ifcfg_beside *beside, const struct bt_source *source,
			    const struct bt_strings *present, bool *ret_are)
{
	BT_AUTOSTRINGS struct bt_strings all = {0};
	int r = routes_in(beside, source->name, source->text, source->length, &all);

	*ret_are = r == 0 && all.count == present->count;
	for (size_t i = 0; *ret_are && i < all.count; i++)
		*ret_are = strcmp(all.items[i], present->items[i]) == 0;
	return r;
}

static const struct bt_source *route_file(const struct bt_ifcfg_beside *beside,
					  const struct bondtool_profile *profile, int family)
{
	int of_file;

	for (size_t i = 0; i < beside->count; i++)
		if (bt_ifcfg_is_route_file(beside->sources[i], &of_file) && of_file == family &&
		    belongs_to(beside->sources[i], profile))
			return beside->sources[i];
	return NULL;
}

int bt_ifcfg_rewrite_routes(const struct bt_ifcfg_beside *beside,
			    const struct bondtool_profile *profile, int family,
			    const struct bt_value *routes, char **ret_text,
			    struct bt_strings *missing)
{
	const struct bt_source *source = route_file(beside, profile, family);
	BT_AUTOTEXT struct bt_text kept = {0};
	BT_AUTOSTRINGS struct bt_strings present = {0};
	bool are = false;
	int r = source ? keep_lines(beside, source, routes, &kept, &present) : 0;

	*ret_text = NULL;
	if (r == 0 && source)
		r = lines_are_routes(beside, source, &present, &are);
	for (size_t i = 0; r == 0 && routes && i < routes->n_items; i++)
		if (!are || !bt_strings_contain(&present, routes->items[i].text))
			r = bt_strings_add(missing, routes->items[i].text);
	if (r == 0 && !are && source && !missing->count)
		return 0; /* all of its routes are gone */
	if (r < 0 || !are)
		return r;
	*ret_text = bt_text_take(&kept);
	return *ret_text ? 0 : -ENOMEM;
}
