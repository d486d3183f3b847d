/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Choosing among what lies beside, see beside.h. */
#include "parsers/beside.h"

#include <errno.h>

#include "base/array.h"

void bt_candidates_release(struct bt_candidates *candidates)
{
	for (size_t i = 0; i < candidates->count; i++)
		bt_profile_free(candidates->items[i].profile);
	free(candidates->items);
	*candidates = (struct bt_candidates){0};
}

int bt_candidates_add(struct bt_candidates *candidates, struct bondtool_profile *profile,
		      bool beside)
{
	if (!BT_MAKE_ROOM(candidates->items, candidates->count, candidates->size)) {
		bt_profile_free(profile);
		return -ENOMEM;
	}
	candidates->items[candidates->count++] = (struct bt_candidate){profile, beside};
	return 0;
}

/* Names of the chosen ones by which others may refer to them. */
static int name(struct bt_hash *names, const struct bondtool_profile *profile)
{
	static const enum bt_property_id by[] = {BT_PROP_UUID, BT_PROP_INTERFACE_NAME, BT_PROP_ID};
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(by); i++) {
		const char *text = bt_profile_text(profile, by[i]);

		if (text)
			r = bt_hash_put(names, text, 1);
	}
	return r;
}

static bool refers(const struct bt_hash *names, const struct bondtool_profile *profile)
{
	const char *controller = bt_profile_text(profile, BT_PROP_CONTROLLER);
	const char *parent = bt_profile_text(profile, BT_PROP_VLAN_PARENT);
	size_t unused;

	return (controller && bt_hash_get(names, controller, &unused)) ||
	       (parent && bt_hash_get(names, parent, &unused));
}

/* Chooses those that refer to a name; *ret_more says whether there were any. */
static int choose_referring(struct bt_candidates *candidates, struct bt_hash *names, bool *ret_more)
{
	int r = 0;

	*ret_more = false;
	for (size_t i = 0; r == 0 && i < candidates->count; i++) {
		struct bt_candidate *item = &candidates->items[i];

		if (!item->beside || !item->profile || !refers(names, item->profile))
			continue;
		item->beside = false;
		*ret_more = true;
		r = name(names, item->profile);
	}
	return r;
}

int bt_candidates_choose(struct bt_candidates *candidates)
{
	struct bt_hash names = {0};
	bool more = true;
	int r = 0;

	for (size_t i = 0; r == 0 && i < candidates->count; i++)
		if (!candidates->items[i].beside && candidates->items[i].profile)
			r = name(&names, candidates->items[i].profile);
	while (r == 0 && more)
		r = choose_referring(candidates, &names, &more);
	bt_hash_release(&names);
	return r;
}
