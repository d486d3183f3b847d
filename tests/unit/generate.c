/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random configurations, see generate.h. */
#include "generate.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct generator generator_of(uint64_t seed)
{
	return (struct generator){.state = seed * 2654435769u + 1};
}

/* splitmix64: small, good, and the same everywhere. */
static uint64_t next(struct generator *g)
{
	uint64_t z = g->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

unsigned generate_below(struct generator *g, unsigned below)
{
	return (unsigned)(next(g) % below);
}

bool generate_once_in(struct generator *g, unsigned n)
{
	return generate_below(g, n) == 0;
}

static void must(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "generator: %s\n", what);
	abort();
}

/* A number of the range: often a boundary, mostly small, sometimes anything. */
static int64_t number_of(struct generator *g, const struct bt_spec *spec)
{
	uint64_t range = (uint64_t)spec->maximum - (uint64_t)spec->minimum;

	switch (generate_below(g, 6)) {
	case 0:
		return spec->minimum;
	case 1:
		return spec->maximum;
	case 2:
		return spec->minimum + (int64_t)(next(g) % (range + 1));
	default:
		return spec->minimum + (int64_t)(next(g) % (range < 1000 ? range + 1 : 1000));
	}
}

static int64_t named(struct generator *g, const struct bondtool_name *names)
{
	unsigned count = 0;

	while (names[count].name)
		count++;
	return names[generate_below(g, count)].number;
}

static char *ip4(struct generator *g)
{
	return bt_format("10.%u.%u.%u", generate_below(g, 256), generate_below(g, 256),
			 1 + generate_below(g, 254));
}

static char *ip6(struct generator *g)
{
	return bt_format("2001:db8:%x::%x", generate_below(g, 65536), 1 + generate_below(g, 65535));
}

static char *mac(struct generator *g)
{
	return bt_format("02:%02x:%02x:%02x:%02x:%02x", generate_below(g, 256),
			 generate_below(g, 256), generate_below(g, 256), generate_below(g, 256),
			 generate_below(g, 256));
}

/* One to three different addresses, or once in a while as many as are allowed. */
static void targets(struct generator *g, struct bondtool *bt, const struct bt_option *option,
		    struct bt_value *value)
{
	static const struct bt_about about = {"", {""}};
	bool v4 = option->spec.type == BT_TYPE_IP4S;
	unsigned count = generate_once_in(g, 8) ? option->spec.limit : 1 + generate_below(g, 3);

	while (value->n_items < count) {
		BT_AUTOFREE char *address = v4 ? ip4(g) : ip6(g);
		bool known = false;

		for (size_t i = 0; i < value->n_items; i++)
			known = known || strcmp(value->items[i].text, address) == 0;
		if (!known)
			must(bt_value_add_item(bt, &option->spec, &about, address, NULL, value) ==
				     0, "a target is refused");
	}
}

static const char *one_of(struct generator *g, const char *const *words)
{
	unsigned count = 0;

	while (words[count])
		count++;
	return count ? words[generate_below(g, count)] : NULL;
}

void generate_option(struct generator *g, struct bondtool *bt, struct bt_values *values,
		     enum bt_option_id id, const char *const *ports)
{
	const struct bt_option *option = &bt_options[id];
	struct bt_value value = {.id = id};
	const char *port;

	switch (option->spec.type) {
	case BT_TYPE_NUMBER:
		value.number = number_of(g, &option->spec);
		break;
	case BT_TYPE_NAME:
		value.number = named(g, option->spec.names);
		break;
	case BT_TYPE_INTERFACE:
		port = one_of(g, ports);
		if (!port)
			return;
		value.text = strdup(port);
		break;
	case BT_TYPE_MAC:
		value.text = mac(g);
		break;
	default:
		targets(g, bt, option, &value);
	}
	must(bt_values_put(values, &value) == 0, "no memory");
}

/* What the driver refuses together: one monitor, and delays that are multiples of miimon. */
static void settle_monitors(struct generator *g, struct bt_values *values)
{
	const struct bt_option *probing = &bt_options[BT_OPT_ARP_INTERVAL];
	bool arp = bt_option_allowed_in(probing, bt_options_mode(values)) &&
		   bt_options_number(values, BT_OPT_ARP_INTERVAL) > 0;
	static const enum bt_option_id delays[] = {BT_OPT_UPDELAY, BT_OPT_DOWNDELAY,
						   BT_OPT_PEER_NOTIF_DELAY};
	int64_t miimon = bt_options_number(values, BT_OPT_MIIMON);

	if (arp)
		bt_values_unset(values, BT_OPT_MIIMON);
	else
		bt_values_unset(values, BT_OPT_ARP_VALIDATE);
	for (size_t i = 0; i < BT_ARRAY_SIZE(delays); i++) {
		struct bt_value *delay = bt_values_find(values, delays[i]);
		int64_t number = miimon * generate_below(g, 4);

		if (delay && !arp && miimon > 0 && number <= bt_options[delays[i]].spec.maximum)
			delay->number = number;
		else
			bt_values_unset(values, delays[i]);
	}
}

static void bond_options(struct generator *g, struct bondtool *bt, struct bt_values *values,
			 const char *const *ports)
{
	unsigned sparse = 1 + generate_below(g, 6);

	generate_option(g, bt, values, BT_OPT_MODE, ports);
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];

		if (i == BT_OPT_MODE || (option->flags & (BT_OPTION_PORT | BT_OPTION_RUNTIME)) ||
		    !bt_option_allowed_in(option, bt_options_mode(values)) ||
		    !generate_once_in(g, sparse))
			continue;
		generate_option(g, bt, values, (enum bt_option_id)i, ports);
	}
	settle_monitors(g, values);
}

static void set(struct bondtool *bt, struct bondtool_profile *profile, enum bt_property_id id,
		const char *text)
{
	must(bt_profile_set(bt, profile, id, text, NULL) == 0, "a property is refused");
}

static struct bondtool_profile *profile_of(struct bondtool *bt, struct bondtool_config *config,
					   const char *type, const char *interface)
{
	struct bondtool_profile *profile = bt_profile_new();
	BT_AUTOFREE char *uuid = bt_uuid_random();

	must(profile && uuid, "no memory");
	set(bt, profile, BT_PROP_ID, interface);
	set(bt, profile, BT_PROP_UUID, uuid);
	set(bt, profile, BT_PROP_TYPE, type);
	set(bt, profile, BT_PROP_INTERFACE_NAME, interface);
	must(bt_config_add(config, profile) == 0, "no memory");
	return profile;
}

static void addresses(struct generator *g, struct bondtool *bt, struct bondtool_profile *profile,
		      bool v4)
{
	enum bt_property_id block = v4 ? BT_PROP_IPV4 : BT_PROP_IPV6;
	unsigned count = 1 + generate_below(g, 3);

	set(bt, profile, block, "manual");
	for (unsigned i = 0; i < count; i++) {
		BT_AUTOFREE char *address = v4 ? ip4(g) : ip6(g);
		BT_AUTOFREE char *full =
			bt_format("%s/%u", address, v4 ? 8 + generate_below(g, 25) : 64);

		set(bt, profile, block + (BT_PROP_IPV4_ADDRESSES - BT_PROP_IPV4), full);
	}
	if (generate_once_in(g, 2)) {
		BT_AUTOFREE char *gateway = v4 ? ip4(g) : ip6(g);

		set(bt, profile, block + (BT_PROP_IPV4_GATEWAY - BT_PROP_IPV4), gateway);
	}
	if (generate_once_in(g, 3)) {
		BT_AUTOFREE char *gateway = v4 ? ip4(g) : ip6(g);
		BT_AUTOFREE char *route =
			v4 ? bt_format("192.168.%u.0/24 %s %u", generate_below(g, 256), gateway,
				       1 + generate_below(g, 1000))
			   : bt_format("2001:db8:ffff:%x::/64 %s", generate_below(g, 65536),
				       gateway);

		set(bt, profile, block + (BT_PROP_IPV4_ROUTES - BT_PROP_IPV4), route);
	}
	if (generate_once_in(g, 3)) {
		BT_AUTOFREE char *server = v4 ? ip4(g) : ip6(g);

		set(bt, profile, block + (BT_PROP_IPV4_DNS - BT_PROP_IPV4), server);
		set(bt, profile, block + (BT_PROP_IPV4_DNS_SEARCH - BT_PROP_IPV4), "example.net");
	}
}

static void ip(struct generator *g, struct bondtool *bt, struct bondtool_profile *profile)
{
	if (generate_once_in(g, 2))
		addresses(g, bt, profile, true);
	else
		set(bt, profile, BT_PROP_IPV4_METHOD, generate_once_in(g, 2) ? "auto" : "disabled");
	if (generate_once_in(g, 3))
		addresses(g, bt, profile, false);
	else
		set(bt, profile, BT_PROP_IPV6_METHOD, generate_once_in(g, 2) ? "auto" : "disabled");
	if (generate_once_in(g, 4))
		bt_profile_set_number(profile, BT_PROP_AUTOCONNECT, 0, NULL);
}

static void link_layer(struct generator *g, struct bondtool *bt, struct bondtool_profile *profile,
		       int64_t mtu)
{
	if (mtu)
		bt_profile_set_number(profile, BT_PROP_MTU, mtu, NULL);
	if (generate_once_in(g, 4)) {
		BT_AUTOFREE char *address = mac(g);

		set(bt, profile, BT_PROP_CLONED_MAC_ADDRESS, address);
	}
}

static void port_of(struct generator *g, struct bondtool *bt, struct bondtool_config *config,
		    const char *bond, const struct bt_values *options, const char *name,
		    int64_t mtu)
{
	struct bondtool_profile *port = profile_of(bt, config, "802-3-ethernet", name);

	set(bt, port, BT_PROP_CONTROLLER, bond);
	set(bt, port, BT_PROP_PORT_TYPE, "bond");
	if (mtu)
		bt_profile_set_number(port, BT_PROP_MTU, mtu, NULL);
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if ((bt_options[i].flags & BT_OPTION_PORT) && i != BT_OPT_QUEUE_ID &&
		    bt_option_allowed_in(&bt_options[i], bt_options_mode(options)) &&
		    generate_once_in(g, 4))
			generate_option(g, bt, &port->options, (enum bt_option_id)i, NULL);
	if (generate_once_in(g, 4)) /* a queue belongs to one port only */
		bt_profile_set_number(port, BT_PROP_PORT_QUEUE_ID, 1 + g->counter % 15, NULL);
}

static void vlan_on(struct generator *g, struct bondtool *bt, struct bondtool_config *config,
		    const char *bond)
{
	unsigned id = 1 + generate_below(g, 4094);
	BT_AUTOFREE char *name = bt_format("%s.%u", bond, id);
	BT_AUTOFREE char *number = bt_format("%u", id);
	struct bondtool_profile *vlan = profile_of(bt, config, "vlan", name);

	set(bt, vlan, BT_PROP_VLAN_PARENT, bond);
	set(bt, vlan, BT_PROP_VLAN_ID, number);
	ip(g, bt, vlan);
}

enum { MOST_PORTS = 4 };

static void bond(struct generator *g, struct bondtool *bt, struct bondtool_config *config)
{
	BT_AUTOFREE char *name = bt_format("bond%u", g->counter++);
	struct bondtool_profile *profile = profile_of(bt, config, "bond", name);
	char names[MOST_PORTS][16];
	const char *ports[MOST_PORTS + 1] = {NULL};
	unsigned n_ports = generate_below(g, MOST_PORTS + 1);
	int64_t mtu = generate_once_in(g, 3) ? 1500 + generate_below(g, 7500) : 0;

	for (unsigned i = 0; i < n_ports; i++) {
		snprintf(names[i], sizeof(names[i]), "eth%u", g->counter++);
		ports[i] = names[i];
	}
	bond_options(g, bt, &profile->options, ports);
	ip(g, bt, profile);
	link_layer(g, bt, profile, mtu);
	for (unsigned i = 0; i < n_ports; i++)
		port_of(g, bt, config, name, &profile->options, names[i], mtu);
	if (generate_once_in(g, 3))
		vlan_on(g, bt, config, name);
}

struct bondtool_config *generate_config(struct generator *g, struct bondtool *bt)
{
	struct bondtool_config *config = bondtool_config_new();
	unsigned n_bonds = 1 + generate_below(g, 4);

	must(config, "no memory");
	for (unsigned i = 0; i < n_bonds; i++)
		bond(g, bt, config);
	return config;
}
