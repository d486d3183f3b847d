/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The planner's part for addresses: those of a profile against those of an interface. */
#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/text.h"
#include "model/ip.h"
#include "plan/planner.h"

/* The addresses of one family of a link, and which of them are gone by now in the plan. */
struct present {
	int family;
	const struct bt_link *link; /* NULL: none */
	bool *gone;		    /* of each address of the link */
};

static void add_address(struct bt_planner *planner, struct bt_operation *operation,
			const struct bt_address *address)
{
	operation->family = address->family;
	operation->address = bt_address_copy(address);
	if (!operation->address)
		planner->failed = true;
}

/* What an administrator or a program set, as opposed to the kernel and to leases. */
static bool is_static(const struct bt_address *address)
{
	return address->flags & IFA_F_PERMANENT && address->scope < RT_SCOPE_LINK;
}

/* What does not come back by itself once it is gone: leases, too, but for what the kernel makes. */
static bool is_restorable(const struct bt_address *address)
{
	bool temporary = address->family == AF_INET6 && address->flags & IFA_F_TEMPORARY;

	return address->scope < RT_SCOPE_LINK && !temporary;
}

static bool is_wanted(const struct bt_value *wanted, const char *address)
{
	for (size_t i = 0; wanted && i < wanted->n_items; i++)
		if (bt_equal(wanted->items[i].text, address))
			return true;
	return false;
}

static bool is_present(const struct present *present, const char *address)
{
	for (size_t i = 0; present->link && i < present->link->n_addresses; i++) {
		const struct bt_address *live = &present->link->addresses[i];

		if (live->family == present->family && !present->gone[i] &&
		    bt_equal(live->text, address))
			return true;
	}
	return false;
}

/* Whether removing ADDRESS and adding TEXT afterwards is the only order that works. */
static bool must_go_first(const struct present *present, const struct bt_value *wanted,
			  const char *text)
{
	for (size_t i = 0; present->link && i < present->link->n_addresses; i++) {
		const struct bt_address *live = &present->link->addresses[i];

		if (live->family == AF_INET && is_static(live) && !is_wanted(wanted, live->text) &&
		    bt_ip_same_network(live->text, text))
			return true;
	}
	return false;
}

static void plan_add(struct bt_planner *planner, const char *name, int family,
		     const struct bt_item *item)
{
	struct bt_address address = {.family = family, .text = item->text};
	struct bt_operation *add = bt_planner_add(planner, BT_OP_ADD_ADDRESS, BT_DISRUPTION_NONE,
						  name, NULL);

	add_address(planner, add, &address);
	add->origin = item->origin;
	add_address(planner,
		    bt_planner_add_to(planner, &add->undo, BT_OP_REMOVE_ADDRESS, name), &address);
}

/* Adds what is wanted and not there; EARLY: only what can come before the removals. */
static void plan_adds(struct bt_planner *planner, const char *name, const struct present *present,
		      const struct bt_value *wanted, bool removes, bool early)
{
	for (size_t i = 0; wanted && i < wanted->n_items; i++) {
		const struct bt_item *item = &wanted->items[i];
		bool late = present->family == AF_INET && removes &&
			    must_go_first(present, wanted, item->text);

		if (early != late && !is_present(present, item->text))
			plan_add(planner, name, present->family, item);
	}
}

static struct bt_operation *plan_remove(struct bt_planner *planner, const struct bt_link *link,
					const struct bt_address *address, const char *why)
{
	struct bt_operation *remove = bt_planner_add(planner, BT_OP_REMOVE_ADDRESS,
						     BT_DISRUPTION_NONE, link->name, why);

	add_address(planner, remove, address);
	add_address(planner,
		    bt_planner_add_to(planner, &remove->undo, BT_OP_ADD_ADDRESS, link->name),
		    address);
	return remove;
}

/* With an IPv4 address go those of its subnet that came after it; UNDO adds them again. */
static void note_secondaries(struct bt_planner *planner, struct present *present,
			     const struct bt_address *primary, struct bt_operations *undo)
{
	if (present->family != AF_INET || primary->flags & IFA_F_SECONDARY)
		return;
	for (size_t i = 0; i < present->link->n_addresses; i++) {
		const struct bt_address *live = &present->link->addresses[i];

		if (live->family != AF_INET || present->gone[i] ||
		    !(live->flags & IFA_F_SECONDARY) ||
		    !bt_ip_same_network(live->text, primary->text))
			continue;
		present->gone[i] = true;
		add_address(planner,
			    bt_planner_add_to(planner, undo, BT_OP_ADD_ADDRESS,
					      present->link->name),
			    live);
	}
}

static bool all_gone(const struct present *present)
{
	bool any = false;

	for (size_t i = 0; present->link && i < present->link->n_addresses; i++) {
		if (present->link->addresses[i].family != present->family)
			continue;
		if (!present->gone[i])
			return false;
		any = true;
	}
	return any;
}

/*
 * Removes what is static and not wanted. Returns whether that costs the link its routes: the kernel
 * drops those of IPv4 with the last address. Undoing brings them back after all addresses.
 */
static bool plan_removes(struct bt_planner *planner, struct present *present,
			 const struct bt_value *wanted)
{
	size_t first = planner->operations->count;

	for (size_t i = 0; present->link && i < present->link->n_addresses; i++) {
		const struct bt_address *address = &present->link->addresses[i];

		struct bt_operation *remove;

		if (address->family != present->family || present->gone[i] ||
		    !is_static(address) || is_wanted(wanted, address->text))
			continue;
		remove = plan_remove(planner, present->link, address, "not in the profile");
		present->gone[i] = true;
		note_secondaries(planner, present, address, &remove->undo);
	}
	if (present->family != AF_INET || planner->operations->count == first ||
	    !all_gone(present))
		return false;
	bt_plan_restore_routes(planner, &planner->operations->items[first].undo, AF_INET,
			       present->link);
	return true;
}

/* A link that was down has lost its IPv6 addresses, but for those that the kernel makes anew. */
static void note_went_down(struct present *present)
{
	for (size_t i = 0; present->link && i < present->link->n_addresses; i++)
		present->gone[i] = present->family == AF_INET6 &&
				   present->link->addresses[i].family == AF_INET6;
}

/* What was lost, is not in the profile and may stay comes back. */
static void plan_restore(struct bt_planner *planner, const struct present *present,
			 const struct bt_value *wanted, enum bt_ip_method method)
{
	for (size_t i = 0; present->link && i < present->link->n_addresses; i++) {
		const struct bt_address *address = &present->link->addresses[i];
		struct bt_operation *add;

		if (address->family != present->family || !present->gone[i] ||
		    !is_restorable(address) || is_wanted(wanted, address->text) ||
		    (method == BT_IP_EXACT && is_static(address)))
			continue;
		add = bt_planner_add(planner, BT_OP_ADD_ADDRESS, BT_DISRUPTION_NONE,
				     present->link->name, "it was lost with the link");
		add_address(planner, add, address);
	}
}

static void plan_family(struct bt_planner *planner, const char *name, const struct bt_link *link,
			const struct bondtool_profile *profile, bool went_down, int family)
{
	enum bt_ip_method method = bt_ip_method(profile, family);
	const struct bt_value *wanted =
		bt_profile_value(profile, bt_ip_property(family, BT_PROP_IPV4_ADDRESSES));
	bool removes = method == BT_IP_EXACT && link;
	BT_AUTOFREE bool *gone = calloc(link ? link->n_addresses + 1 : 1, sizeof(*gone));
	struct present present = {family, link, gone};
	bool routes_lost = went_down;

	if (!gone) {
		planner->failed = true;
		return;
	}
	if (went_down)
		note_went_down(&present);
	if (method == BT_IP_LEFT_ALONE)
		wanted = NULL;
	plan_adds(planner, name, &present, wanted, removes, true);
	if (removes) {
		routes_lost |= plan_removes(planner, &present, wanted);
		plan_adds(planner, name, &present, wanted, removes, false);
	}
	plan_restore(planner, &present, wanted, method);
	bt_plan_routes(planner, family, name, link, profile, routes_lost);
}

/* What a method asks for that nobody here does. */
static void warn_of_method(struct bt_planner *planner, const struct bondtool_profile *profile,
			   int family)
{
	enum bt_property_id property = bt_ip_property(family, BT_PROP_IPV4_METHOD);
	const char *method = bt_profile_text(profile, property);
	struct bt_origin origin = bt_profile_origin(profile, property);

	if (bt_equal(method, "dhcp") || (family == AF_INET && bt_equal(method, "auto")))
		bt_diag(planner->bt, BONDTOOL_WARNING, "plan/no-dhcp", &origin,
			"run a DHCP client on it, or set addresses and the method manual",
			"'%s' asks for addresses by DHCP, and bondtool runs no DHCP client",
			bt_profile_label(profile));
	else if (bt_equal(method, "shared") ||
		 (family == AF_INET && bt_equal(method, "link-local")))
		bt_warning(planner->bt, "plan/method", &origin,
			   "'%s' asks for the method '%s', which bondtool does not do",
			   bt_profile_label(profile), method);
}

static void note_name_servers(struct bt_planner *planner, const struct bondtool_profile *profile)
{
	static const enum bt_property_id properties[] = {BT_PROP_IPV4_DNS, BT_PROP_IPV6_DNS};

	for (size_t i = 0; i < BT_ARRAY_SIZE(properties); i++) {
		struct bt_origin origin = bt_profile_origin(profile, properties[i]);

		if (!bt_profile_value(profile, properties[i]))
			continue;
		bt_note(planner->bt, "plan/dns", &origin,
			"the name servers of '%s' are not put into resolv.conf",
			bt_profile_label(profile));
		return;
	}
}

static void plan_ipv6_switch(struct bt_planner *planner, const char *name,
			     const struct bt_link *link, const struct bondtool_profile *profile)
{
	const char *method = bt_profile_text(profile, BT_PROP_IPV6_METHOD);
	bool enabled = !link || !link->ipv6_disabled;
	bool wanted = !bt_equal(method, "disabled");
	struct bt_operation *set;

	if (!method || bt_equal(method, "ignore") || enabled == wanted)
		return;
	set = bt_planner_add(planner, BT_OP_IPV6, BT_DISRUPTION_NONE, name, NULL);
	set->enable = wanted;
	set->origin = bt_profile_origin(profile, BT_PROP_IPV6_METHOD);

	struct bt_operation *back = bt_planner_add_to(planner, &set->undo, BT_OP_IPV6, name);

	back->enable = !wanted;
	if (link && !wanted) {
		bt_plan_restore_addresses(planner, &set->undo, AF_INET6, link);
		bt_plan_restore_routes(planner, &set->undo, AF_INET6, link);
	}
}

void bt_plan_ip(struct bt_planner *planner, const char *name, const struct bt_link *link,
		const struct bondtool_profile *profile, bool went_down)
{
	warn_of_method(planner, profile, AF_INET);
	warn_of_method(planner, profile, AF_INET6);
	note_name_servers(planner, profile);
	plan_ipv6_switch(planner, name, link, profile);
	plan_family(planner, name, link, profile, went_down, AF_INET);
	/* with IPv6 switched off the kernel drops all of it */
	if (!bt_equal(bt_profile_text(profile, BT_PROP_IPV6_METHOD), "disabled"))
		plan_family(planner, name, link, profile, went_down, AF_INET6);
}

void bt_plan_remove_addresses(struct bt_planner *planner, const struct bt_link *link)
{
	bool was_up = bt_link_is_up(link);

	/* The last one first: with an IPv4 address go those of its network behind it. */
	for (size_t i = link->n_addresses; i-- > 0;) {
		const struct bt_address *address = &link->addresses[i];

		/* Those of IPv6 go when the link goes down. */
		if (address->family == AF_INET || !was_up)
			plan_remove(planner, link, address, "a port needs no address of its own");
	}
}

void bt_plan_restore_addresses(struct bt_planner *planner, struct bt_operations *list, int family,
			       const struct bt_link *link)
{
	for (size_t i = 0; i < link->n_addresses; i++) {
		const struct bt_address *address = &link->addresses[i];

		if (address->family == family && is_restorable(address))
			add_address(planner,
				    bt_planner_add_to(planner, list, BT_OP_ADD_ADDRESS, link->name),
				    address);
	}
}

void bt_plan_restore_upper(struct bt_planner *planner, struct bt_operations *list,
			   const struct bt_link *link)
{
	for (size_t i = 0; i < planner->snapshot->count; i++) {
		const struct bt_link *upper = planner->snapshot->links[i];

		if (upper->vlan && upper->parent == link->ifindex && !upper->parent_elsewhere &&
		    bt_link_is_up(upper))
			bt_plan_restore_ip(planner, list, upper);
	}
}

void bt_plan_restore_ip(struct bt_planner *planner, struct bt_operations *list,
			const struct bt_link *link)
{
	if (!bt_link_is_up(link))
		return;
	bt_plan_restore_addresses(planner, list, AF_INET6, link);
	bt_plan_restore_routes(planner, list, AF_INET, link);
	bt_plan_restore_routes(planner, list, AF_INET6, link);
	bt_plan_restore_upper(planner, list, link);
}
