/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The world: reading it from lines, carrying operations out, and writing it down. */
#include "world.h"

#include <errno.h>
#include <net/if_arp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "wire/mac.h"
#include "wire/snapshot-decode.h"

struct hidden *world_hidden(struct world *world, const char *name)
{
	for (size_t i = 0; i < world->n_hidden; i++)
		if (strcmp(world->hidden[i].name, name) == 0)
			return &world->hidden[i];
	return NULL;
}

struct bt_link *world_find(const struct world *world, const char *name)
{
	return bt_snapshot_by_name(world->snapshot, name);
}

static struct bt_link *at(const struct world *world, int ifindex)
{
	return bt_snapshot_by_index(world->snapshot, ifindex);
}

static struct bt_mac new_mac(int number)
{
	unsigned char bytes[6] = {2, 0, 0, 0, 0, (unsigned char)number};

	return bt_mac_of(bytes, sizeof(bytes));
}

struct bt_link *world_add_link(struct world *world, const char *name, const char *kind)
{
	struct bt_link *link = calloc(1, sizeof(*link));
	struct hidden *hidden =
		reallocarray(world->hidden, world->n_hidden + 1, sizeof(*hidden));

	snprintf(link->name, sizeof(link->name), "%s", name);
	link->ifindex = world->next_ifindex++;
	link->kind = kind ? strdup(kind) : NULL;
	link->type = ARPHRD_ETHER;
	link->mtu = 1500;
	link->mac = new_mac(link->ifindex);
	world->hidden = hidden;
	hidden[world->n_hidden] = (struct hidden){.random_mac = true};
	snprintf(hidden[world->n_hidden++].name, IFNAMSIZ, "%s", name);
	bt_snapshot_add(world->snapshot, link);
	bt_snapshot_index(world->snapshot);
	return link;
}

struct bt_link *world_add_bond(struct world *world, const char *name)
{
	struct bt_link *bond = world_add_link(world, name, "bond");

	bond->bond = calloc(1, sizeof(*bond->bond));
	world_default_options(&bond->bond->options);
	return bond;
}

static void forget_hidden(struct world *world, const char *name)
{
	struct hidden *hidden = world_hidden(world, name);

	*hidden = world->hidden[--world->n_hidden];
}

static void remove_link(struct world *world, struct bt_link *link)
{
	struct bondtool_snapshot *snapshot = world->snapshot;

	forget_hidden(world, link->name);
	for (size_t i = 0; i < snapshot->count; i++) {
		if (snapshot->links[i] != link)
			continue;
		memmove(&snapshot->links[i], &snapshot->links[i + 1],
			(--snapshot->count - i) * sizeof(struct bt_link *));
		break;
	}
	bt_link_free(link);
	bt_hash_release(&snapshot->by_name);
	bt_snapshot_index(snapshot);
}

/* ---- up and down ---------------------------------------------------------------------------- */

void world_set_up(struct world *world, struct bt_link *link, bool up)
{
	if (up == bt_link_is_up(link))
		return;
	link->flags ^= IFF_UP;
	link->carrier = up;
	if (!up) {
		bt_link_clear_routes(link, AF_UNSPEC);
		for (size_t i = link->n_addresses; i > 0; i--)
			if (link->addresses[i - 1].family == AF_INET6)
				world_drop_address(link, i - 1);
	}
	for (size_t i = 0; i < world->snapshot->count; i++) {
		struct bt_link *upper = world->snapshot->links[i];

		if (upper->vlan && upper->parent == link->ifindex)
			world_set_up(world, upper, up);
	}
}

/* ---- ports ---------------------------------------------------------------------------------- */

static bool keeps_port_macs(const struct bt_link *bond)
{
	return bt_options_mode(&bond->bond->options) == BT_MODE_ACTIVE_BACKUP &&
	       bt_options_number(&bond->bond->options, BT_OPT_FAIL_OVER_MAC);
}

static void default_port_options(struct bt_port *port)
{
	static const unsigned ids[] = {BT_OPT_QUEUE_ID, BT_OPT_PRIO};

	for (size_t i = 0; i < BT_ARRAY_SIZE(ids); i++) {
		struct bt_value value = {.id = ids[i]};

		if (!bt_values_find(&port->options, ids[i]))
			bt_values_put(&port->options, &value);
	}
}

int world_attach(struct world *world, struct bt_link *port, struct bt_link *bond)
{
	struct hidden *hidden = world_hidden(world, port->name);

	if (port->controller)
		return -EBUSY;
	port->controller = bond->ifindex;
	if (!bond->bond)
		return 0;
	if (bt_link_is_up(port)) {
		port->controller = 0;
		return -EPERM;
	}
	if (!bond->bond->n_ports && world_hidden(world, bond->name)->random_mac)
		bond->mac = port->mac;
	hidden->mac = port->mac;
	hidden->mtu = port->mtu;
	port->mtu = bond->mtu;
	if (!keeps_port_macs(bond))
		port->mac = bond->mac;
	port->port = bt_port_new();
	port->port->permanent_mac = hidden->mac;
	default_port_options(port->port);
	bond->bond->ports = reallocarray(bond->bond->ports, bond->bond->n_ports + 1,
					 sizeof(struct bt_link *));
	bond->bond->ports[bond->bond->n_ports++] = port;
	world_set_up(world, port, true);
	world_show_primary(world, bond);
	return 0;
}

static int detach(struct world *world, struct bt_link *port)
{
	struct bt_link *bond = at(world, port->controller);
	struct hidden *hidden = world_hidden(world, port->name);

	if (!bond)
		return -EINVAL;
	port->controller = 0;
	if (!bond->bond)
		return 0;
	for (size_t i = 0; i < bond->bond->n_ports; i++) {
		if (bond->bond->ports[i] != port)
			continue;
		memmove(&bond->bond->ports[i], &bond->bond->ports[i + 1],
			(--bond->bond->n_ports - i) * sizeof(struct bt_link *));
	}
	bt_values_release(&port->port->options);
	free(port->port);
	port->port = NULL;
	world_set_up(world, port, false);
	port->mac = hidden->mac;
	port->mtu = hidden->mtu;
	if (!bond->bond->n_ports) {
		world_hidden(world, bond->name)->random_mac = true;
		bond->mac = new_mac(0xff);
	}
	world_show_primary(world, bond);
	return 0;
}

static int set_mac(struct world *world, struct bt_link *link, const char *text)
{
	struct bt_mac mac;
	int r = bt_mac_parse(text, &mac);

	if (r < 0)
		return r;
	if (link->bond && keeps_port_macs(link) && link->bond->n_ports)
		return 0;
	link->mac = mac;
	world_hidden(world, link->name)->random_mac = false;
	for (size_t i = 0; link->bond && i < link->bond->n_ports; i++)
		link->bond->ports[i]->mac = mac;
	return 0;
}

static int set_mtu(struct bt_link *link, uint32_t mtu)
{
	link->mtu = mtu;
	for (size_t i = 0; link->bond && i < link->bond->n_ports; i++)
		link->bond->ports[i]->mtu = mtu;
	return 0;
}

static int set_port_options(struct bt_link *port, const struct bt_values *options)
{
	for (size_t i = 0; i < options->count; i++) {
		struct bt_value copy;

		bt_value_copy(&options->values[i], &copy);
		bt_values_put(&port->port->options, &copy);
	}
	return 0;
}

/* ---- making and deleting -------------------------------------------------------------------- */

static int create_bond(struct world *world, const struct bt_operation *operation)
{
	struct bt_link *bond;
	int r;

	if (world_find(world, operation->interface))
		return -EEXIST;
	bond = world_add_bond(world, operation->interface);
	r = world_set_options(world, bond, &operation->options);
	if (r < 0) {
		remove_link(world, bond);
		return r;
	}
	if (operation->mac)
		set_mac(world, bond, operation->mac);
	if (operation->mtu)
		set_mtu(bond, operation->mtu);
	return 0;
}

static int create_vlan(struct world *world, const struct bt_operation *operation)
{
	const struct bt_link *parent = world_find(world, operation->other);
	struct bt_link *vlan;

	if (!parent || world_find(world, operation->interface))
		return parent ? -EEXIST : -ENODEV;
	vlan = world_add_link(world, operation->interface, "vlan");
	vlan->parent = parent->ifindex;
	vlan->vlan = bt_vlan_copy(operation->vlan);
	vlan->mac = parent->mac;
	vlan->mtu = operation->mtu ? operation->mtu : parent->mtu;
	return operation->mac ? set_mac(world, vlan, operation->mac) : 0;
}

static int delete(struct world *world, struct bt_link *link)
{
	while (link->bond && link->bond->n_ports)
		detach(world, link->bond->ports[0]);
	for (size_t i = world->snapshot->count; i > 0; i--) {
		struct bt_link *upper = world->snapshot->links[i - 1];

		if (upper->vlan && upper->parent == link->ifindex)
			remove_link(world, upper);
	}
	if (link->controller)
		detach(world, link);
	remove_link(world, link);
	return 0;
}

/* ---- operations ----------------------------------------------------------------------------- */

static int carry_out(struct world *world, const struct bt_operation *operation)
{
	struct bt_link *link = world_find(world, operation->interface);
	struct bt_link *other = operation->other ? world_find(world, operation->other) : NULL;

	if (operation->kind == BT_OP_CREATE_BOND)
		return create_bond(world, operation);
	if (operation->kind == BT_OP_CREATE_VLAN)
		return create_vlan(world, operation);
	if (operation->kind == BT_OP_LOAD_DRIVER)
		return 0;
	if (!link || (operation->other && !other))
		return -ENODEV;
	switch (operation->kind) {
	case BT_OP_DELETE:
		return delete(world, link);
	case BT_OP_UP:
	case BT_OP_DOWN:
		world_set_up(world, link, operation->kind == BT_OP_UP);
		return 0;
	case BT_OP_ATTACH:
		return world_attach(world, link, other);
	case BT_OP_DETACH:
		return detach(world, link);
	case BT_OP_OPTIONS:
		return world_set_options(world, link, &operation->options);
	case BT_OP_PORT_OPTIONS:
		return set_port_options(link, &operation->options);
	case BT_OP_MTU:
		return set_mtu(link, operation->mtu);
	case BT_OP_MAC:
		return set_mac(world, link, operation->mac);
	default:
		return world_change_ip(world, link, operation);
	}
}

/* A plan that is refused half-way in a set of options shows what the driver leaves behind. */
static int half_way(struct world *world, const struct bt_operation *operation)
{
	struct bt_link *link = world_find(world, operation->interface);
	struct bt_values half = {0};

	for (size_t i = 0; i < operation->options.count / 2; i++) {
		struct bt_value copy;

		bt_value_copy(&operation->options.values[i], &copy);
		bt_values_put(&half, &copy);
	}
	if (operation->kind == BT_OP_OPTIONS)
		world_set_options(world, link, &half);
	bt_values_release(&half);
	return -EIO;
}

static int run(struct bt_executor *executor, const struct bt_operation *operation,
	       struct bt_refusal *ret_refusal)
{
	struct world *world = (struct world *)executor;
	int r;

	world->done++;
	if (world->done == world->interrupt)
		raise(SIGTERM);
	if (world->done == world->refuse)
		r = half_way(world, operation);
	else
		r = carry_out(world, operation);
	ret_refusal->ack.error = r;
	return r;
}

void world_begin(struct world *world, struct bondtool *bt)
{
	*world = (struct world){.executor = {.run = run}, .bt = bt, .next_ifindex = 2};
	world->snapshot = calloc(1, sizeof(*world->snapshot));
}

void world_end(struct world *world)
{
	bondtool_snapshot_free(world->snapshot);
	free(world->hidden);
}
