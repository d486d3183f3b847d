/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files that stand beside that of an interface, by its label: routes (route-NAME, route6-NAME),
 * policy rules (rule-NAME, rule6-NAME) and aliases, a further address each (ifcfg-NAME:1). The
 * secrets in keys-NAME are of no use to a bond, and are not read.
 */
#include <errno.h>
#include <string.h>

#include "parsers/ifcfg/ifcfg.h"

bool bt_ifcfg_is_rule_file(const char *path)
{
	const char *base = bt_path_base(path);

	return bt_has_prefix(base, "rule-") || bt_has_prefix(base, "rule6-");
}

bool bt_ifcfg_is_alias(const char *path)
{
	const char *base = bt_path_base(path);

	return bt_has_prefix(base, "ifcfg-") && strchr(base, ':');
}

bool bt_ifcfg_is_companion(const char *path)
{
	const char *base = bt_path_base(path);

	return bt_ifcfg_is_alias(path) || bt_ifcfg_is_rule_file(path) ||
	       bt_has_prefix(base, "route-") || bt_has_prefix(base, "route6-");
}

bool bt_ifcfg_belongs_to(const char *path, const char *base)
{
	const char *name = bt_path_base(path), *of_base = bt_path_base(base);
	size_t folder = (size_t)(name - path);
	const char *label = strchr(name, '-');
	const char *wanted = strchr(of_base, '-');
	size_t length;

	if (folder != (size_t)(of_base - base) || memcmp(path, base, folder) != 0 || !label ||
	    !wanted)
		return false;
	length = bt_ifcfg_is_alias(path) ? strcspn(label, ":") : strlen(label);
	return length == strlen(wanted) && memcmp(label, wanted, length) == 0;
}

/* Both tools want DEVICE to be "BASE:NAME", or none; NetworkManager insists on it. */
static bool is_of_device(struct bondtool *bt, const struct bt_ifcfg *ifcfg,
			 const struct bondtool_profile *profile)
{
	const struct bt_ifcfg_line *line = bt_ifcfg_find(ifcfg, "DEVICE");
	const char *base = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	struct bt_origin place = line ? bt_ifcfg_line_place(ifcfg, line)
				      : (struct bt_origin){ifcfg->source, 1, 1, 0};
	size_t length = base ? strlen(base) : 0;

	if (!line || !line->value) {
		if (ifcfg->reading != BT_IFCFG_NM)
			return true;
		bt_warning(bt, "ifcfg/alias", &place,
			   "the alias has no DEVICE: NetworkManager passes over it");
		return false;
	}
	if (base && strncmp(line->value, base, length) == 0 && line->value[length] == ':')
		return true;
	bt_warning(bt, "ifcfg/alias", &place, "'%s' is no alias of '%s': the file is passed over",
		   line->value, base ? base : bt_profile_label(profile));
	return false;
}

/* initscripts bring an alias up with its interface unless it says no. */
static bool comes_up(struct bondtool *bt, const struct bt_ifcfg *ifcfg)
{
	const struct bt_ifcfg_line *line = bt_ifcfg_find(ifcfg, "ONPARENT");
	struct bt_origin place;

	if (!line || !line->value || !bt_equal_ignoring_case(line->value, "no") ||
	    ifcfg->reading == BT_IFCFG_NM)
		return true;
	place = bt_ifcfg_line_place(ifcfg, line);
	bt_note(bt, "ifcfg/alias", &place,
		"this address does not come up with its interface, and is not read");
	return false;
}

int bt_ifcfg_read_alias(struct bondtool *bt, const struct bt_source *source,
			struct bondtool_profile *profile)
{
	BT_AUTOIFCFG struct bt_ifcfg ifcfg = {0};
	BT_AUTOFREE bool *taken = NULL;
	int r = bt_ifcfg_parse_as_owner(source, &ifcfg);

	if (r < 0)
		return r;
	taken = calloc(ifcfg.count + 1, sizeof(*taken));
	if (!taken)
		return -ENOMEM;
	if (!is_of_device(bt, &ifcfg, profile) || !comes_up(bt, &ifcfg))
		return 0;
	return bt_ifcfg_read_address(bt, &ifcfg, taken, profile);
}

/* Where the interface itself has no address, it has one all the same. */
static int add_alias(struct bondtool *bt, const struct bt_source *source,
		     struct bondtool_profile *profile)
{
	const struct bt_value *value = bt_profile_value(profile, BT_PROP_IPV4_ADDRESSES);
	size_t before = value ? value->n_items : 0;
	struct bt_origin place = {source, 1, 1, 0};
	int r = bt_ifcfg_read_alias(bt, source, profile);

	value = bt_profile_value(profile, BT_PROP_IPV4_ADDRESSES);
	if (r < 0 || !value || value->n_items == before)
		return r;
	bt_note(bt, "ifcfg/alias", &place,
		"the file stands for a further address of '%s'; that it has a label is not kept",
		bt_profile_label(profile));
	if (!bt_equal(bt_profile_text(profile, BT_PROP_IPV4_METHOD), "disabled"))
		return 0;
	return bt_profile_set(bt, profile, BT_PROP_IPV4_METHOD, "manual", &place);
}

int bt_ifcfg_read_companion(struct bondtool *bt, const struct bt_source *source,
			    struct bondtool_profile *profile)
{
	struct bt_origin place = {source, 1, 1, 0};

	if (bt_ifcfg_is_alias(source->name))
		return add_alias(bt, source, profile);
	if (!bt_ifcfg_is_rule_file(source->name))
		return bt_ifcfg_read_routes(bt, source, profile);
	bt_warning(bt, "ifcfg/rules", &place,
		   "profiles have no policy rules: those of '%s' stay in this file only",
		   bt_profile_label(profile));
	return 0;
}
