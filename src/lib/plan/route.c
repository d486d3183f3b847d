/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The planner's part for routes: those of a profile, its gateway, and those that a link loses. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/text.h"
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

static enum bt_property_id property_of(int family, enum bt_property_id ipv4_property)
{
	return family == AF_INET ? ipv4_property
				 : (enum bt_property_id)(ipv4_property + BT_IP_BLOCK);
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

/* The words of a route with the profile's own metric and table where it names none. */
static char *complete(const struct bondtool_profile *profile, int family, const char *text)
{
	int64_t metric =
		bt_profile_number(profile, property_of(family, BT_PROP_IPV4_ROUTE_METRIC));
	int64_t table = bt_profile_number(profile, property_of(family, BT_PROP_IPV4_ROUTE_TABLE));
	BT_AUTOROUTE struct bt_route route = {0};
	BT_AUTOTEXT struct bt_text out = {0};

	if (bt_route_parse(family, text, &route) < 0)
		return NULL;
	bt_text_add(&out, route.destination);
	if (route.gateway)
		bt_text_addf(&out, " %s", route.gateway);
	if (route.metric >= 0 || metric >= 0)
		bt_text_addf(&out, " %" PRId64, route.metric >= 0 ? route.metric : metric);
	for (size_t i = 0; i < route.attributes.count; i++)
		bt_text_addf(&out, " %s", route.attributes.items[i]);
	if (table && !bt_route_attribute(&route, "table"))
		bt_text_addf(&out, " table=%" PRId64, table);
	return bt_text_take(&out);
}

static void add_wish(struct bt_planner *planner, const struct bondtool_profile *profile,
		     const char *text, const struct bt_origin *origin, struct wishes *wishes)
{
	struct wish wish = {.origin = *origin, .text = complete(profile, wishes->family, text)};
	struct wish *items = reallocarray(wishes->items, wishes->count + 1, sizeof(*items));

	if (items)
		wishes->items = items;
	if (!items || !wish.text || bt_route_parse(wishes->family, wish.text, &wish.route) < 0) {
		planner->failed = true;
		free(wish.text);
		return;
	}
	items[wishes->count++] = wish;
}

/* The default route, marked as on the link where no address of ours reaches the gateway. */
static void add_gateway(struct bt_planner *planner, const struct bondtool_profile *profile,
			struct wishes *wishes)
{
	int family = wishes->family;
	enum bt_property_id property = property_of(family, BT_PROP_IPV4_GATEWAY);
	const char *gateway = bt_profile_text(profile, property);
	const struct bt_value *addresses =
		bt_profile_value(profile, property_of(family, BT_PROP_IPV4_ADDRESSES));
	struct bt_origin origin = bt_profile_origin(profile, property);

	if (!gateway || bt_profile_number(profile, property_of(family, BT_PROP_IPV4_NEVER_DEFAULT)))
		return;

	BT_AUTOFREE char *text =
		bt_format("default %s%s", gateway,
			  bt_plan_on_link(family, gateway, addresses) ? "" : " onlink=true");

	if (!text)
		planner->failed = true;
	else
		add_wish(planner, profile, text, &origin, wishes);
}

static void collect(struct bt_planner *planner, const struct bondtool_profile *profile,
		    struct wishes *wishes)
{
	const struct bt_value *routes =
		bt_profile_value(profile, property_of(wishes->family, BT_PROP_IPV4_ROUTES));

	for (size_t i = 0; routes && i < routes->n_items; i++)
		add_wish(planner, profile, routes->items[i].text, &routes->items[i].origin, wishes);
	add_gateway(planner, profile, wishes);
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
	enum bt_ip_method method = bt_plan_ip_method(profile, family);
	struct wishes wishes = {.family = family};

	if (method != BT_IP_LEFT_ALONE)
		collect(planner, profile, &wishes);
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
