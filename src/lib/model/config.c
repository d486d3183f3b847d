/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configurations: sets of profiles, and finding the one that another refers to. */
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "model/profile.h"

/* Lists of numbers of profiles, each plus 1 so that 0 ends a list. */
struct bt_on_top {
	size_t first_vlan; /* on this profile */
	size_t next_vlan;  /* of this profile's parent */
};

struct bondtool_config *bondtool_config_new(void)
{
	return calloc(1, sizeof(struct bondtool_config));
}

static void forget_index(struct bondtool_config *config)
{
	bt_hash_release(&config->by_uuid);
	bt_hash_release(&config->by_interface);
	bt_hash_release(&config->by_id);
	config->indexed = 0;
	free(config->on_top);
	config->on_top = NULL;
}

void bondtool_config_free(struct bondtool_config *config)
{
	if (!config)
		return;
	forget_index(config);
	for (size_t i = 0; i < config->count; i++)
		bt_profile_free(config->profiles[i]);
	free(config->profiles);
	free(config);
}

size_t bondtool_config_count(const struct bondtool_config *config)
{
	return config->count;
}

struct bondtool_profile *bondtool_config_at(const struct bondtool_config *config, size_t index)
{
	return index < config->count ? config->profiles[index] : NULL;
}

int bt_config_add(struct bondtool_config *config, struct bondtool_profile *profile)
{
	if (!BT_MAKE_ROOM(config->profiles, config->count, config->size)) {
		bt_profile_free(profile);
		return -ENOMEM;
	}
	profile->number = config->count;
	config->profiles[config->count++] = profile;
	return 0;
}

struct bondtool_profile *bt_config_take(struct bondtool_config *config,
					const struct bondtool_profile *profile)
{
	size_t at = profile->number;
	struct bondtool_profile *found = at < config->count ? config->profiles[at] : NULL;

	if (found != profile)
		return NULL;
	forget_index(config);
	config->count--;
	for (; at < config->count; at++) {
		config->profiles[at] = config->profiles[at + 1];
		config->profiles[at]->number = at;
	}
	return found;
}

static void index_property(const struct bondtool_profile *profile, enum bt_property_id property,
			   size_t number, struct bt_hash *hash)
{
	const char *text = bt_profile_text(profile, property);

	if (text)
		bt_hash_put(hash, text, number);
}

static void index_profile(struct bondtool_config *config, size_t number)
{
	const struct bondtool_profile *profile = config->profiles[number];

	index_property(profile, BT_PROP_UUID, number, &config->by_uuid);
	index_property(profile, BT_PROP_INTERFACE_NAME, number, &config->by_interface);
	index_property(profile, BT_PROP_ID, number, &config->by_id);
}

static void index_all(struct bondtool_config *config)
{
	for (; config->indexed < config->count; config->indexed++)
		index_profile(config, config->indexed);
}

static struct bondtool_profile *find(struct bondtool_config *config, const struct bt_hash *hash,
				     const char *text)
{
	size_t number;

	index_all(config);
	return bt_hash_get(hash, text, &number) ? config->profiles[number] : NULL;
}

void bt_config_changed(struct bondtool_config *config)
{
	forget_index(config);
}

void bt_config_named(struct bondtool_config *config, const struct bondtool_profile *profile)
{
	if (profile->number < config->indexed)
		index_profile(config, profile->number);
}

struct bondtool_profile *bt_config_by_uuid(struct bondtool_config *config, const char *text)
{
	return find(config, &config->by_uuid, text);
}

struct bondtool_profile *bt_config_by_interface(struct bondtool_config *config, const char *text)
{
	return find(config, &config->by_interface, text);
}

struct bondtool_profile *bt_config_by_id(struct bondtool_config *config, const char *text)
{
	return find(config, &config->by_id, text);
}

bool bt_config_referred_number(struct bondtool_config *config, const char *text,
			       size_t *ret_number)
{
	index_all(config);
	return bt_hash_get(&config->by_uuid, text, ret_number) ||
	       bt_hash_get(&config->by_interface, text, ret_number) ||
	       bt_hash_get(&config->by_id, text, ret_number);
}

struct bondtool_profile *bt_config_referred(struct bondtool_config *config, const char *text)
{
	size_t number;

	return bt_config_referred_number(config, text, &number) ? config->profiles[number] : NULL;
}

/* From the last to the first, so that each list is in the order of the configuration. */
static int relate(struct bondtool_config *config)
{
	free(config->on_top);
	config->on_top = calloc(config->count + 1, sizeof(*config->on_top));
	if (!config->on_top)
		return -ENOMEM;
	config->n_on_top = config->count;
	for (size_t i = config->count; i-- > 0;) {
		const struct bondtool_profile *vlan = config->profiles[i];
		const char *text = bt_profile_text(vlan, BT_PROP_VLAN_PARENT);
		size_t parent;

		if (!text || !bt_profile_is(vlan, "vlan") ||
		    !bt_config_referred_number(config, text, &parent) || parent == i)
			continue;
		config->on_top[i].next_vlan = config->on_top[parent].first_vlan;
		config->on_top[parent].first_vlan = i + 1;
	}
	return 0;
}

struct bondtool_profile *bt_config_next_vlan(struct bondtool_config *config,
					     const struct bondtool_profile *parent,
					     const struct bondtool_profile *previous)
{
	size_t next;

	if ((!config->on_top || config->n_on_top != config->count) && relate(config) < 0)
		return NULL;
	next = previous ? config->on_top[previous->number].next_vlan
			: config->on_top[parent->number].first_vlan;
	return next ? config->profiles[next - 1] : NULL;
}

struct bondtool_profile *bt_config_controller(struct bondtool_config *config,
					      const struct bondtool_profile *port)
{
	const char *controller = bt_profile_text(port, BT_PROP_CONTROLLER);

	return controller ? bt_config_referred(config, controller) : NULL;
}
