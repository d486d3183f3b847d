/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Links of a snapshot as the public interface shows them: all values as text. */
#include <errno.h>
#include <inttypes.h>
#include <linux/rtnetlink.h>
#include <net/if_arp.h>

#include "wire/snapshot-decode.h"

/* What is made of a link the first time that somebody asks; the link owns it. */
struct bt_link_texts {
	char *mac, *permanent_mac;
	struct bt_strings routes;	  /* what the lists below borrow from */
	const char **addresses[2], **route_lists[2]; /* IPv4, IPv6; NULL-ended */
};

static const int families[2] = {AF_INET, AF_INET6};

void bt_link_texts_free(struct bt_link_texts *texts)
{
	if (!texts)
		return;
	free(texts->mac);
	free(texts->permanent_mac);
	bt_strings_release(&texts->routes);
	for (size_t i = 0; i < BT_ARRAY_SIZE(families); i++) {
		free(texts->addresses[i]);
		free(texts->route_lists[i]);
	}
	free(texts);
}

/* "10.1.0.0/16 10.0.0.1 100 table=7": as a route in a profile is written. */
static char *route_text(const struct bt_live_route *route)
{
	BT_AUTOTEXT struct bt_text text = {0};

	bt_text_add(&text, route->destination);
	if (route->gateway)
		bt_text_addf(&text, " %s", route->gateway);
	bt_text_addf(&text, " %" PRId64, route->metric);
	if (route->flags & RTNH_F_ONLINK)
		bt_text_add(&text, " onlink=true");
	if (route->mtu)
		bt_text_addf(&text, " mtu=%" PRIu32, route->mtu);
	if (route->source)
		bt_text_addf(&text, " src=%s", route->source);
	if (route->table != RT_TABLE_MAIN)
		bt_text_addf(&text, " table=%" PRIu32, route->table);
	return bt_text_take(&text);
}

static int fill_addresses(const struct bt_link *link, struct bt_link_texts *texts)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(families); i++) {
		size_t count = 0;

		texts->addresses[i] = calloc(link->n_addresses + 1, sizeof(char *));
		if (!texts->addresses[i])
			return -ENOMEM;
		for (size_t j = 0; j < link->n_addresses; j++)
			if (link->addresses[j].family == families[i])
				texts->addresses[i][count++] = link->addresses[j].text;
	}
	return 0;
}

static int fill_routes(const struct bt_link *link, struct bt_link_texts *texts)
{
	for (size_t i = 0; i < link->n_routes; i++)
		if (bt_strings_take(&texts->routes, route_text(&link->routes[i])) < 0)
			return -ENOMEM;
	for (size_t i = 0; i < BT_ARRAY_SIZE(families); i++) {
		size_t count = 0;

		texts->route_lists[i] = calloc(link->n_routes + 1, sizeof(char *));
		if (!texts->route_lists[i])
			return -ENOMEM;
		for (size_t j = 0; j < link->n_routes; j++)
			if (link->routes[j].family == families[i])
				texts->route_lists[i][count++] = texts->routes.items[j];
	}
	return 0;
}

static int make_texts(struct bt_link *link)
{
	struct bt_link_texts *texts;

	if (link->texts)
		return 0;
	texts = calloc(1, sizeof(*texts));
	if (!texts)
		return -ENOMEM;
	texts->mac = bt_mac_text(&link->mac);
	texts->permanent_mac = bt_mac_text(&link->permanent_mac);
	if (!texts->mac || !texts->permanent_mac || fill_addresses(link, texts) < 0 ||
	    fill_routes(link, texts) < 0) {
		bt_link_texts_free(texts);
		return -ENOMEM;
	}
	link->texts = texts;
	return 0;
}

/* The gateway of the best default route of the main table; NULL when there is none. */
static const char *gateway_of(const struct bt_link *link, int family)
{
	const struct bt_live_route *best = NULL;

	for (size_t i = 0; i < link->n_routes; i++) {
		const struct bt_live_route *route = &link->routes[i];

		if (route->family == family && route->gateway && route->table == RT_TABLE_MAIN &&
		    bt_has_suffix(route->destination, "/0") &&
		    (!best || route->metric < best->metric))
			best = route;
	}
	return best ? best->gateway : NULL;
}

/* Hardware has no kind of its own. */
static const char *kind_of(const struct bt_link *link)
{
	if (link->kind)
		return link->kind;
	switch (link->type) {
	case ARPHRD_ETHER:
		return "ethernet";
	case ARPHRD_LOOPBACK:
		return "loopback";
	case ARPHRD_INFINIBAND:
		return "infiniband";
	default:
		return "generic";
	}
}

static const char *name_of(const struct bondtool_snapshot *snapshot, int ifindex)
{
	const struct bt_link *link = bt_snapshot_by_index(snapshot, ifindex);

	return link ? link->name : NULL;
}

size_t bondtool_links_count(const struct bondtool_snapshot *snapshot)
{
	return snapshot->count;
}

bool bondtool_link_info(struct bondtool_snapshot *snapshot, size_t index,
			struct bondtool_link_info *ret_info)
{
	static const char *const duplexes[] = {"half", "full", NULL};
	struct bt_link *link = index < snapshot->count ? snapshot->links[index] : NULL;

	if (!link || make_texts(link) < 0)
		return false;
	*ret_info = (struct bondtool_link_info){
		.ifindex = link->ifindex,
		.name = link->name,
		.kind = kind_of(link),
		.mac = link->texts->mac,
		.permanent_mac = link->texts->permanent_mac,
		.mtu = link->mtu,
		.up = link->flags & IFF_UP,
		.carrier = link->carrier,
		.controller = name_of(snapshot, link->controller),
		.parent = link->parent_elsewhere ? NULL : name_of(snapshot, link->parent),
		.vlan_id = link->vlan ? link->vlan->id : -1,
		.speed = link->has_speed ? link->speed.mbps : 0,
		.duplex = link->has_speed ? duplexes[link->speed.duplex] : NULL,
		.addresses4 = link->texts->addresses[0],
		.addresses6 = link->texts->addresses[1],
		.gateway4 = gateway_of(link, AF_INET),
		.gateway6 = gateway_of(link, AF_INET6),
		.routes4 = link->texts->route_lists[0],
		.routes6 = link->texts->route_lists[1],
	};
	return true;
}
