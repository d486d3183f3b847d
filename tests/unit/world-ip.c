/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The world's addresses and routes: what the kernel takes, and what goes with what. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "world.h"
#include "wire/snapshot-decode.h"

void world_drop_address(struct bt_link *link, size_t i)
{
	free(link->addresses[i].text);
	free(link->addresses[i].peer);
	free(link->addresses[i].label);
	memmove(&link->addresses[i], &link->addresses[i + 1],
		(--link->n_addresses - i) * sizeof(*link->addresses));
}

/* The network of an IPv4 address with its prefix length, as text to be compared. */
static char *network_of(const char *text)
{
	char *network = NULL;

	bt_route_canonical(AF_INET, text, &network);
	return network;
}

static bool same_network(const char *a, const char *b)
{
	BT_AUTOFREE char *one = network_of(a);
	BT_AUTOFREE char *other = network_of(b);

	return bt_equal(one, other);
}

int world_add_address(struct bt_link *link, const struct bt_address *address)
{
	struct bt_address *copy = bt_address_copy(address);
	struct bt_address *array;

	copy->flags |= IFA_F_PERMANENT;
	for (size_t i = 0; i < link->n_addresses; i++) {
		if (bt_equal(link->addresses[i].text, address->text)) {
			free(copy->text);
			free(copy->peer);
			free(copy->label);
			free(copy);
			return -EEXIST;
		}
		if (address->family == AF_INET && link->addresses[i].family == AF_INET &&
		    same_network(link->addresses[i].text, address->text))
			copy->flags |= IFA_F_SECONDARY;
	}
	array = reallocarray(link->addresses, link->n_addresses + 1, sizeof(*array));
	link->addresses = array;
	array[link->n_addresses++] = *copy;
	free(copy);
	return 0;
}

static bool has_family(const struct bt_link *link, int family)
{
	for (size_t i = 0; i < link->n_addresses; i++)
		if (link->addresses[i].family == family)
			return true;
	return false;
}

/* With a primary address go its secondaries, with the last one all routes. */
static int remove_address(struct bt_link *link, const struct bt_address *address)
{
	BT_AUTOFREE char *text = strdup(address->text);
	size_t i = 0;
	bool primary;

	while (i < link->n_addresses && !bt_equal(link->addresses[i].text, text))
		i++;
	if (i == link->n_addresses)
		return -EADDRNOTAVAIL;
	primary = !(link->addresses[i].flags & IFA_F_SECONDARY);
	world_drop_address(link, i);
	for (i = link->n_addresses; address->family == AF_INET && primary && i > 0; i--)
		if (link->addresses[i - 1].family == AF_INET &&
		    same_network(link->addresses[i - 1].text, text))
			world_drop_address(link, i - 1);
	if (address->family == AF_INET && !has_family(link, AF_INET))
		bt_link_clear_routes(link, AF_INET);
	return 0;
}

static uint32_t number(const struct bt_route *route, const char *name, uint32_t standard)
{
	const char *text = bt_route_attribute(route, name);

	return text ? (uint32_t)strtoul(text, NULL, 10) : standard;
}

static struct bt_live_route live_route(int family, const struct bt_route *route,
				       unsigned protocol)
{
	const char *source = bt_route_attribute(route, "src");

	return (struct bt_live_route){
		.family = family,
		.destination = strdup(route->destination),
		.gateway = route->gateway ? strdup(route->gateway) : NULL,
		.source = source ? strdup(source) : NULL,
		.table = number(route, "table", RT_TABLE_MAIN),
		.metric = route->metric > 0 ? route->metric : family == AF_INET6 ? 1024 : 0,
		.protocol = protocol ? protocol : RTPROT_STATIC,
		.scope = family == AF_INET && !route->gateway ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE,
		.type = RTN_UNICAST,
		.flags = bt_route_attribute(route, "onlink") ? RTNH_F_ONLINK : 0,
		.mtu = number(route, "mtu", 0),
	};
}

static bool same_key(const struct bt_live_route *a, const struct bt_live_route *b)
{
	return a->family == b->family && bt_equal(a->destination, b->destination) &&
	       a->table == b->table && a->metric == b->metric;
}

static bool is_there(const struct world *world, const struct bt_live_route *route)
{
	for (size_t i = 0; i < world->snapshot->count; i++) {
		const struct bt_link *link = world->snapshot->links[i];

		for (size_t j = 0; j < link->n_routes; j++)
			if (same_key(&link->routes[j], route))
				return true;
	}
	return false;
}

/* Whether an address of the link reaches the gateway. */
static bool is_reachable(const struct bt_link *link, const struct bt_live_route *route)
{
	if (!route->gateway || route->flags & RTNH_F_ONLINK || route->family == AF_INET6)
		return true;
	for (size_t i = 0; i < link->n_addresses; i++) {
		const char *slash = strchr(link->addresses[i].text, '/');
		BT_AUTOFREE char *gateway = bt_format("%s%s", route->gateway, slash);

		if (link->addresses[i].family == AF_INET &&
		    same_network(link->addresses[i].text, gateway))
			return true;
	}
	return false;
}

static void release_route(struct bt_live_route *route)
{
	free(route->destination);
	free(route->gateway);
	free(route->source);
}

static int put_route(struct world *world, struct bt_link *link, struct bt_live_route *route)
{
	struct bt_live_route *array;
	int r = !bt_link_is_up(link)	     ? -ENETDOWN
		: is_there(world, route)     ? -EEXIST
		: !is_reachable(link, route) ? -ENETUNREACH
					     : 0;

	if (r < 0) {
		release_route(route);
		return r;
	}
	array = reallocarray(link->routes, link->n_routes + 1, sizeof(*array));
	link->routes = array;
	array[link->n_routes++] = *route;
	return 0;
}

int world_add_route(struct world *world, struct bt_link *link, int family, const char *text,
		    unsigned protocol)
{
	BT_AUTOROUTE struct bt_route route = {0};
	struct bt_live_route live;
	int r = bt_route_parse(family, text, &route);

	if (r < 0)
		return r;
	live = live_route(family, &route, protocol);
	return put_route(world, link, &live);
}

static int remove_route(struct bt_link *link, int family, const char *text)
{
	BT_AUTOROUTE struct bt_route route = {0};
	struct bt_live_route wanted;
	int r = bt_route_parse(family, text, &route);

	if (r < 0)
		return r;
	wanted = live_route(family, &route, 0);
	r = -ESRCH;
	for (size_t i = 0; r < 0 && i < link->n_routes; i++) {
		if (!same_key(&link->routes[i], &wanted))
			continue;
		release_route(&link->routes[i]);
		memmove(&link->routes[i], &link->routes[i + 1],
			(--link->n_routes - i) * sizeof(*link->routes));
		r = 0;
	}
	release_route(&wanted);
	return r;
}

static int switch_ipv6(struct bt_link *link, bool on)
{
	link->ipv6_disabled = !on;
	for (size_t i = link->n_addresses; !on && i > 0; i--)
		if (link->addresses[i - 1].family == AF_INET6)
			world_drop_address(link, i - 1);
	if (!on)
		bt_link_clear_routes(link, AF_INET6);
	return 0;
}

int world_change_ip(struct world *world, struct bt_link *link,
		    const struct bt_operation *operation)
{
	int r;

	switch (operation->kind) {
	case BT_OP_ADD_ADDRESS:
		r = world_add_address(link, operation->address);
		return r == -EEXIST ? 0 : r;
	case BT_OP_REMOVE_ADDRESS:
		r = remove_address(link, operation->address);
		return r == -EADDRNOTAVAIL ? 0 : r;
	case BT_OP_ADD_ROUTE:
		return world_add_route(world, link, operation->family, operation->route,
				       operation->protocol);
	case BT_OP_REMOVE_ROUTE:
		r = remove_route(link, operation->family, operation->route);
		return r == -ESRCH ? 0 : r;
	case BT_OP_IPV6:
		return switch_ipv6(link, operation->enable);
	default:
		return -EINVAL;
	}
}
