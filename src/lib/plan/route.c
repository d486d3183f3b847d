/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The planner's part for routes: those of a profile, its gateway, and those that a link loses. */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/text.h"
#include "model/ip.h"
#include "plan/planner.h"

enum {
	KERNEL_METRIC_IPV6 = 1024, /* where none is given: IP6_RT_PRIO_USER */
};

/* A route that is wanted, complete: metric and table are filled in. */
struct wish {
	struct bt_route route;
	struct bt_origin origin;
	char *text; /* canonical */
};

struct wishes {
	int family;
	struct wish *items;
	size_t count;
};

static void wishes_release(struct wishes *wishes)
{
	for (size_t i = 0; i < wishes->count; i++) {
		bt_route_release(&wishes->items[i].route);
		free(wishes->items[i].text);
	}
	free(wishes->items);
}

static uint32_t table_of(const struct bt_route *route)
{
	const char *text = bt_route_attribute(route, "table");
	uint64_t table;

	return text && bt_parse_uint(text, &table) == 0 ? (uint32_t)table : RT_TABLE_MAIN;
}

/* The metric that the kernel will show. */
static int64_t metric_of(int family, const struct bt_route *route)
{
	if (route->metric > 0)
		return route->metric;
	return family == AF_INET6 ? KERNEL_METRIC_IPV6 : 0;
}

static bool same_route(int family, const struct bt_route *wanted, const struct bt_live_route *live)
{
	return live->family == family && bt_equal(wanted->destination, live->destination) &&
	       bt_equal(wanted->gateway, live->gateway) && table_of(wanted) == live->table &&
	       metric_of(family, wanted) == live->metric;
}

static int add_wish(const struct bt_item *item, struct wishes *wishes)
{
	struct wish *wish = &wishes->items[wishes->count];

	*wish = (struct wish){.origin = item->origin, .text = strdup(item->text)};
	if (!wish->text || bt_route_parse(wishes->family, wish->text, &wish->route) < 0) {
		free(wish->text);
		return -ENOMEM;
	}
	wishes->count++;
	return 0;
}

static int collect(const struct bondtool_profile *profile, struct wishes *wishes)
{
	BT_AUTOVALUE struct bt_value routes = {0};
	int r = bt_ip_routes(profile, wishes->family, &routes);

	if (r == 0 && !(wishes->items = calloc(routes.n_items + 1, sizeof(*wishes->items))))
		r = -ENOMEM;
	for (size_t i = 0; r == 0 && i < routes.n_items; i++)
		r = add_wish(&routes.items[i], wishes);
	return r;
}

/* Whether LINK becomes a port of the interface NAME in this plan, and so loses its routes. */
static bool is_port_of(const struct bt_planner *planner, const struct bt_link *link,
		       const char *name)
{
	for (size_t i = 0; i < planner->operations->count; i++) {
		const struct bt_operation *operation = &planner->operations->items[i];

		if (operation->kind == BT_OP_ATTACH && bt_equal(operation->interface, link->name) &&
		    bt_equal(operation->other, name))
			return true;
	}
	return false;
}

/* Another interface's route that the kernel would not let ours stand beside; NULL: none. */
static const struct bt_link *rival(const struct bt_planner *planner, const char *name, int family,
				   const struct bt_route *route)
{
	for (size_t i = 0; i < planner->snapshot->count; i++) {
		const struct bt_link *link = planner->snapshot->links[i];

		if (bt_equal(link->name, name) || is_port_of(planner, link, name))
			continue;
		for (size_t j = 0; j < link->n_routes; j++) {
			const struct bt_live_route *live = &link->routes[j];

			if (live->family == family && live->table == table_of(route) &&
			    bt_equal(live->destination, route->destination) &&
			    live->metric == metric_of(family, route))
				return link;
		}
	}
	return NULL;
}

static void fill_route(struct bt_planner *planner, struct bt_operation *operation, int family,
		       const char *text, unsigned protocol)
{
	operation->family = family;
	operation->route = bt_planner_copy(planner, text);
	operation->protocol = protocol;
}

static void plan_add(struct bt_planner *planner, const char *name, int family,
		     const struct wish *wish)
{
	const struct bt_link *other = rival(planner, name, family, &wish->route);
	struct bt_operation *add;

	if (other) {
		bt_diag(planner->bt, BONDTOOL_WARNING, "plan/route-taken", &wish->origin,
			"set a route-metric that no other route has",
			"'%s' has a route to %s with the same metric: it stays, and '%s' gets none",
			other->name, wish->route.destination, name);
		return;
	}
	add = bt_planner_add(planner, BT_OP_ADD_ROUTE, BT_DISRUPTION_NONE, name, NULL);
	fill_route(planner, add, family, wish->text, 0);
	add->origin = wish->origin;
	fill_route(planner, bt_planner_add_to(planner, &add->undo, BT_OP_REMOVE_ROUTE, name),
		   family, wish->text, 0);
}

static bool is_there(const struct bt_link *link, int family, const struct bt_route *route)
{
	for (size_t i = 0; link && i < link->n_routes; i++)
		if (same_route(family, route, &link->routes[i]))
			return true;
	return false;
}

static bool is_wished(const struct wishes *wishes, const struct bt_live_route *live)
{
	for (size_t i = 0; i < wishes->count; i++)
		if (same_route(wishes->family, &wishes->items[i].route, live))
			return true;
	return false;
}

/* Routes that go with the link and that nobody brings back: the kernel and daemons do theirs. */
static bool must_be_restored(const struct bt_live_route *route)
{
	return route->protocol == RTPROT_BOOT || route->protocol == RTPROT_STATIC ||
	       route->protocol == RTPROT_DHCP;
}

/* A live route in the words of a profile. */
static char *words_of(const struct bt_live_route *live)
{
	BT_AUTOTEXT struct bt_text out = {0};

	bt_text_add(&out, live->destination);
	if (live->gateway)
		bt_text_addf(&out, " %s", live->gateway);
	bt_text_addf(&out, " %" PRId64, live->metric);
	if (live->table != RT_TABLE_MAIN)
		bt_text_addf(&out, " table=%" PRIu32, live->table);
	if (live->source)
		bt_text_addf(&out, " src=%s", live->source);
	if (live->mtu)
		bt_text_addf(&out, " mtu=%" PRIu32, live->mtu);
	if (live->flags & RTNH_F_ONLINK)
		bt_text_add(&out, " onlink=true");
	if (live->family == AF_INET && !live->gateway && live->scope == RT_SCOPE_UNIVERSE)
		bt_text_add(&out, " scope=global");
	return bt_text_take(&out);
}

static void add_live(struct bt_planner *planner, struct bt_operation *operation,
		     const struct bt_live_route *live)
{
	BT_AUTOFREE char *words = words_of(live);

	if (!words)
		planner->failed = true;
	fill_route(planner, operation, live->family, words, live->protocol);
}

/* Ours (static) that the profile does not have go; what others set stays. */
static void plan_removes(struct bt_planner *planner, const struct bt_link *link,
			 const struct wishes *wishes)
{
	for (size_t i = 0; i < link->n_routes; i++) {
		const struct bt_live_route *live = &link->routes[i];
		struct bt_operation *remove;

		if (live->family != wishes->family || live->protocol != RTPROT_STATIC ||
		    is_wished(wishes, live))
			continue;
		remove = bt_planner_add(planner, BT_OP_REMOVE_ROUTE, BT_DISRUPTION_NONE, link->name,
					"not in the profile");
		add_live(planner, remove, live);
		add_live(planner,
			 bt_planner_add_to(planner, &remove->undo, BT_OP_ADD_ROUTE, link->name),
			 live);
	}
}

/* What was lost with the link or its last address, is not in the profile and may stay. */
static void plan_restores(struct bt_planner *planner, const struct bt_link *link,
			  const struct wishes *wishes, bool exact)
{
	for (size_t i = 0; i < link->n_routes; i++) {
		const struct bt_live_route *live = &link->routes[i];
		struct bt_operation *add;

		if (live->family != wishes->family || !must_be_restored(live) ||
		    is_wished(wishes, live) || (exact && live->protocol == RTPROT_STATIC))
			continue;
		add = bt_planner_add(planner, BT_OP_ADD_ROUTE, BT_DISRUPTION_NONE, link->name,
				     "it was lost on the way");
		add_live(planner, add, live);
		add->may_fail = true;
	}
}

void bt_plan_routes(struct bt_planner *planner, int family, const char *name,
		    const struct bt_link *link, const struct bondtool_profile *profile,
		    bool all_lost)
{
	enum bt_ip_method method = bt_ip_method(profile, family);
	struct wishes wishes = {.family = family};

	if (method != BT_IP_LEFT_ALONE)
		bt_planner_check(planner, collect(profile, &wishes));
	if (link && method == BT_IP_EXACT && !all_lost)
		plan_removes(planner, link, &wishes);
	for (size_t i = 0; i < wishes.count; i++)
		if (all_lost || !is_there(link, family, &wishes.items[i].route))
			plan_add(planner, name, family, &wishes.items[i]);
	if (link && all_lost)
		plan_restores(planner, link, &wishes, method == BT_IP_EXACT);
	wishes_release(&wishes);
}

void bt_plan_restore_routes(struct bt_planner *planner, struct bt_operations *list, int family,
			    const struct bt_link *link)
{
	for (size_t i = 0; i < link->n_routes; i++)
		if (link->routes[i].family == family && must_be_restored(&link->routes[i]))
			add_live(planner,
				 bt_planner_add_to(planner, list, BT_OP_ADD_ROUTE, link->name),
				 &link->routes[i]);
}
