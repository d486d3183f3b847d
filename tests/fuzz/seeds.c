/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Seeds and dictionaries from the option table, see seeds.h. */
#include "seeds.h"

#include <string.h>

#include "../unit/generate.h"
#include "base/text.h"

/* Ways to watch the links: the driver takes one of them at a time. */
enum watch { WATCH_MII, WATCH_ARP, WATCH_COUNT };

static bool is_delay(const struct bt_option *option)
{
	return option->flags & BT_OPTION_NEEDS_MIIMON;
}

static bool belongs(const struct bt_option *option, const struct bt_values *options,
		    enum watch watch)
{
	enum bt_option_id id = bt_option_id(option);

	if (id == BT_OPT_MODE || option->flags & BT_OPTION_PORT ||
	    !bt_option_allowed_in(option, bt_options_mode(options)))
		return false;
	if (watch == WATCH_MII)
		return id != BT_OPT_ARP_INTERVAL && id != BT_OPT_ARP_VALIDATE;
	return id != BT_OPT_MIIMON && !is_delay(option);
}

static void every_option(struct generator *g, struct bondtool *bt, struct bt_values *options,
			 enum watch watch)
{
	static const char *const ports[] = {"eth1", "eth2", NULL};

	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (belongs(&bt_options[i], options, watch))
			generate_option(g, bt, options, (enum bt_option_id)i, ports);
}

static struct bondtool_profile *profile(struct bondtool *bt, struct bondtool_config *config,
					const char *type, const char *interface)
{
	struct bondtool_profile *new = bt_profile_new();

	if (!new || bt_profile_set(bt, new, BT_PROP_ID, interface, NULL) < 0 ||
	    bt_profile_set(bt, new, BT_PROP_TYPE, type, NULL) < 0 ||
	    bt_profile_set(bt, new, BT_PROP_INTERFACE_NAME, interface, NULL) < 0 ||
	    bt_config_add(config, new) < 0)
		abort();
	return new;
}

static void add_port(struct generator *g, struct bondtool *bt, struct bondtool_config *config,
		     const char *name, const struct bt_values *options)
{
	struct bondtool_profile *port = profile(bt, config, "802-3-ethernet", name);

	bt_profile_set(bt, port, BT_PROP_CONTROLLER, "bond0", NULL);
	bt_profile_set(bt, port, BT_PROP_PORT_TYPE, "bond", NULL);
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (bt_options[i].flags & BT_OPTION_PORT &&
		    bt_option_allowed_in(&bt_options[i], bt_options_mode(options)))
			generate_option(g, bt, &port->options, (enum bt_option_id)i, NULL);
}

/* A bond with every option of the mode, two ports with theirs, and a VLAN. */
static struct bondtool_config *configuration(struct bondtool *bt, enum bt_mode mode,
					     enum watch watch)
{
	struct generator g = generator_of(mode);
	struct bondtool_config *config = bondtool_config_new();
	struct bt_value value = {.id = BT_OPT_MODE, .number = mode};
	struct bondtool_profile *bond, *vlan;

	if (!config)
		abort();
	bond = profile(bt, config, "bond", "bond0");
	if (bt_values_put(&bond->options, &value) < 0)
		abort();
	every_option(&g, bt, &bond->options, watch);
	bt_profile_set(bt, bond, BT_PROP_IPV4_METHOD, "manual", NULL);
	bt_profile_set(bt, bond, BT_PROP_IPV4_ADDRESSES, "192.0.2.1/24", NULL);
	bt_profile_set(bt, bond, BT_PROP_IPV4_ROUTES, "198.51.100.0/24 192.0.2.2 9", NULL);
	bt_profile_set(bt, bond, BT_PROP_IPV4_DNS, "192.0.2.53", NULL);
	bt_profile_set(bt, bond, BT_PROP_MTU, "9000", NULL);
	add_port(&g, bt, config, "eth1", &bond->options);
	add_port(&g, bt, config, "eth2", &bond->options);
	vlan = profile(bt, config, "vlan", "bond0.7");
	bt_profile_set(bt, vlan, BT_PROP_VLAN_PARENT, "bond0", NULL);
	bt_profile_set(bt, vlan, BT_PROP_VLAN_ID, "7", NULL);
	return config;
}

/* How formats that cannot be written say the options of a bond, and what stands around them. */
static const struct hand {
	enum bt_format_id format;
	const char *head, *key_and_value, *tail;
} hands[] = {
	{BT_FORMAT_MODPROBE, "%%% modprobe.d/bonding.conf\nalias bond0 bonding\noptions bonding",
	 " %s=%s", "\n"},
	{BT_FORMAT_CLOUD_INIT,
	 "%%% network-config\nversion: 1\nconfig:\n  - {type: physical, name: eth1}\n"
	 "  - type: bond\n    name: bond0\n    bond_interfaces: [eth1, eth2]\n    params:\n",
	 "      %s: '%s'\n", "    subnets: [{type: static, address: 192.0.2.1/24}]\n"},
};

static void write_by_hand(struct bt_text *text, const struct hand *hand,
			  const struct bt_values *options)
{
	bt_text_add(text, hand->head);
	for (size_t i = 0; i < options->count; i++) {
		const struct bt_option *option = &bt_options[options->values[i].id];
		BT_AUTOFREE char *key = bt_option_key(option, hand->format);
		BT_AUTOFREE char *value = bt_value_joined(&option->spec, &options->values[i], ",",
							  BONDTOOL_PARSABLE);

		if (key && value)
			bt_text_addf(text, hand->key_and_value, key, value);
	}
	bt_text_add(text, hand->tail);
}

static const struct hand *hand_of(const struct bt_format *format)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(hands); i++)
		if (hands[i].format == format->id)
			return &hands[i];
	return NULL;
}

/* The files that a format writes, each behind its name. */
static void write_files(struct bt_text *text, struct bondtool *bt, struct bondtool_config *config,
			enum bt_format_id format)
{
	struct bondtool_files *files = NULL;

	if (bondtool_write(bt, config, bt_format_name(format), &files) < 0)
		abort();
	for (size_t i = 0; i < bondtool_files_count(files); i++)
		bt_text_addf(text, "%%%%%% %s\n%s", bondtool_files_at(files, i)->name,
			     bondtool_files_at(files, i)->text);
	bondtool_files_free(files);
}

char *seeds_make(const struct bt_format *format, unsigned index)
{
	const struct hand *hand = hand_of(format);
	struct bondtool *bt;
	struct bondtool_config *config;
	BT_AUTOTEXT struct bt_text text = {0};

	if ((!format->write && !hand) || index >= BT_MODE_COUNT * WATCH_COUNT)
		return NULL;
	bt = bondtool_new();
	config = configuration(bt, (enum bt_mode)(index / WATCH_COUNT),
			       (enum watch)(index % WATCH_COUNT));
	if (format->write)
		write_files(&text, bt, config, format->id);
	else
		write_by_hand(&text, hand, &config->profiles[0]->options);
	if (format->id == BT_FORMAT_CLOUD_INIT) /* version 2 is as netplan writes */
		write_files(&text, bt, config, BT_FORMAT_NETPLAN);
	bondtool_config_free(config);
	bondtool_free(bt);
	return bt_text_take(&text);
}

/* Words that no dictionary needs to quote: names and keys of tables. */
static void add_word(struct bt_text *text, const char *word)
{
	bt_text_addf(text, "\"%s\"\n", word);
}

char *seeds_dictionary(const struct bt_format *format)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		BT_AUTOFREE char *key = bt_option_key(option, format->id);

		if (key)
			add_word(&text, key);
		for (const struct bondtool_name *name = option->spec.names; name && name->name;
		     name++)
			add_word(&text, name->name);
	}
	for (const struct bt_key_alias *alias = bt_key_aliases; alias->key; alias++)
		if (alias->format == format->id)
			add_word(&text, alias->key);
	return bt_text_take(&text);
}
