/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Configurations: sets of profiles, and finding the one that another refers to. */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "model/profile.h"

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
	if (config->count == config->size) {
		size_t size = config->size ? config->size * 2 : 8;
		struct bondtool_profile **profiles =
			reallocarray(config->profiles, size, sizeof(struct bondtool_profile *));

		if (!profiles) {
			bt_profile_free(profile);
			return -ENOMEM;
		}
		config->profiles = profiles;
		config->size = size;
	}
	config->profiles[config->count++] = profile;
	return 0;
}

struct bondtool_profile *bt_config_take(struct bondtool_config *config,
					const struct bondtool_profile *profile)
{
	for (size_t i = 0; i < config->count; i++) {
		struct bondtool_profile *found = config->profiles[i];

		if (found != profile)
			continue;
		forget_index(config);
		memmove(&config->profiles[i], &config->profiles[i + 1],
			(--config->count - i) * sizeof(struct bondtool_profile *));
		return found;
	}
	return NULL;
}

static void index_property(const struct bondtool_profile *profile, enum bt_property_id property,
			   size_t number, struct bt_hash *hash)
{
	const char *text = bt_profile_text(profile, property);

	if (text)
		bt_hash_put(hash, text, number);
}

static void index_all(struct bondtool_config *config)
{
	for (; config->indexed < config->count; config->indexed++) {
		const struct bondtool_profile *profile = config->profiles[config->indexed];

		index_property(profile, BT_PROP_UUID, config->indexed, &config->by_uuid);
		index_property(profile, BT_PROP_INTERFACE_NAME, config->indexed,
			       &config->by_interface);
		index_property(profile, BT_PROP_ID, config->indexed, &config->by_id);
	}
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

struct bondtool_profile *bt_config_controller(struct bondtool_config *config,
					      const struct bondtool_profile *port)
{
	const char *controller = bt_profile_text(port, BT_PROP_CONTROLLER);

	return controller ? bt_config_referred(config, controller) : NULL;
}
