/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The doors of bondtool.h to tables and profiles where a private function does the work. */
#include <string.h>

#include "base/text.h"
#include "model/profile.h"

size_t bondtool_display_width(const char *text)
{
	return bt_display_width(text);
}

int bondtool_config_add(struct bondtool_config *config, struct bondtool_profile *profile)
{
	return bt_config_add(config, profile);
}

struct bondtool_profile *bondtool_config_referred(struct bondtool_config *config, const char *text)
{
	return bt_config_referred(config, text);
}

struct bondtool_profile *bondtool_profile_new(void)
{
	return bt_profile_new();
}

/* The copy is a profile of its own: it belongs to no file of the store. */
struct bondtool_profile *bondtool_profile_copy(const struct bondtool_profile *profile)
{
	struct bondtool_profile *copy = bt_profile_copy(profile);

	if (copy) {
		free(copy->file);
		copy->file = NULL;
	}
	return copy;
}

struct bondtool_profile *bondtool_profile_clone(const struct bondtool_profile *profile,
						const char *id)
{
	BT_AUTOPROFILE struct bondtool_profile *clone = bondtool_profile_copy(profile);
	BT_AUTOFREE char *uuid = bt_uuid_random();

	if (!clone || !uuid)
		return NULL;
	bt_profile_unset(clone, BT_PROP_ID);
	bt_profile_unset(clone, BT_PROP_UUID);
	if (bt_profile_set(NULL, clone, BT_PROP_ID, id, NULL) < 0 ||
	    bt_profile_set(NULL, clone, BT_PROP_UUID, uuid, NULL) < 0)
		return NULL;
	return BT_TAKE(clone);
}

void bondtool_profile_free(struct bondtool_profile *profile)
{
	bt_profile_free(profile);
}

bool bondtool_property_find(const char *name, struct bondtool_item_info *ret_info)
{
	const struct bt_property *property = bt_property_find(name, NULL);

	if (!property && !strchr(name, '.'))
		property = bt_property_by_alias(name);
	return property && bondtool_property_info(bt_property_id(property), ret_info);
}

bool bondtool_type_info(size_t index, struct bondtool_type_info *ret_info)
{
	const struct bt_profile_type *type = bt_profile_types;

	for (; type->name && index > 0; index--)
		type++;
	if (!type->name)
		return false;
	*ret_info = (struct bondtool_type_info){type->name, type->alias, type->text};
	return true;
}

enum bondtool_presence bondtool_type_setting(const char *type, const char *setting)
{
	const struct bt_profile_type *row = bt_profile_type_find(type);
	int id = bt_setting_find(setting);

	if (!row || id < 0 || !(row->settings & 1U << id))
		return BONDTOOL_NEVER;
	return row->mandatory & 1U << id ? BONDTOOL_ALWAYS : BONDTOOL_POSSIBLE;
}
