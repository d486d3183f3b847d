/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The planner's part for links of any kind: up and down, MTU, MAC address, VLANs, deleting. */
#include <errno.h>
#include <inttypes.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <string.h>

#include "base/text.h"
#include "plan/planner.h"

void bt_plan_take_down(struct bt_planner *planner, const struct bt_link *link,
		       enum bt_disruption disruption, const char *why)
{
	struct bt_operation *down =
		bt_planner_add(planner, BT_OP_DOWN, disruption, link->name, why);

	bt_planner_add_to(planner, &down->undo, BT_OP_UP, link->name);
	bt_plan_restore_ip(planner, &down->undo, link);
}

void bt_plan_bring_up(struct bt_planner *planner, const char *name, const char *why)
{
	struct bt_operation *up =
		bt_planner_add(planner, BT_OP_UP, BT_DISRUPTION_NONE, name, why);

	bt_planner_add_to(planner, &up->undo, BT_OP_DOWN, name);
}

void bt_plan_mtu(struct bt_planner *planner, const struct bt_link *link,
		 const struct bondtool_profile *profile, enum bt_property_id property)
{
	int64_t mtu = bt_profile_number(profile, property);
	struct bt_operation *set;

	if (!mtu || mtu == link->mtu)
		return;
	set = bt_planner_add(planner, BT_OP_MTU, BT_DISRUPTION_NONE, link->name, NULL);
	set->mtu = (uint32_t)mtu;
	set->origin = bt_profile_origin(profile, property);
	bt_planner_add_to(planner, &set->undo, BT_OP_MTU, link->name)->mtu = link->mtu;
}

void bt_plan_mac(struct bt_planner *planner, const struct bt_link *link, const char *mac,
		 const char *why, const struct bt_origin *origin)
{
	struct bt_operation *set =
		bt_planner_add(planner, BT_OP_MAC, BT_DISRUPTION_NONE, link->name, why);

	set->mac = bt_planner_copy(planner, mac);
	if (origin)
		set->origin = *origin;

	struct bt_operation *back = bt_planner_add_to(planner, &set->undo, BT_OP_MAC, link->name);

	back->mac = bt_mac_text(&link->mac);
	if (!back->mac)
		planner->failed = true;
}

void bt_plan_wanted_mac(struct bt_planner *planner, const struct bondtool_profile *profile,
			const struct bt_link *link, char **ret_mac)
{
	const char *wanted = bt_profile_text(profile, BT_PROP_CLONED_MAC_ADDRESS);
	struct bt_origin origin = bt_profile_origin(profile, BT_PROP_CLONED_MAC_ADDRESS);
	char *canonical = NULL;

	*ret_mac = NULL;
	if (!wanted || bt_equal(wanted, "preserve"))
		return;
	if (bt_equal(wanted, "permanent")) {
		if (link && link->permanent_mac.length)
			*ret_mac = bt_mac_text(&link->permanent_mac);
		return;
	}
	if (bt_item_canonical(BT_TYPE_MAC, wanted, &canonical) < 0)
		bt_warning(planner->bt, "plan/mac", &origin,
			   "MAC address '%s' of '%s' is not supported: the address stays as it is",
			   wanted, bt_profile_label(profile));
	*ret_mac = canonical;
}

/* Brings the interface up where it is not, and gives it what its profile says. */
static void plan_plain(struct bt_planner *planner, const struct bt_link *link,
		       const struct bondtool_profile *profile)
{
	BT_AUTOFREE char *mac = NULL;
	BT_AUTOFREE char *present = bt_mac_text(&link->mac);

	bt_plan_wanted_mac(planner, profile, link, &mac);
	if (mac && !bt_equal_ignoring_case(mac, present)) {
		struct bt_origin origin = bt_profile_origin(profile, BT_PROP_CLONED_MAC_ADDRESS);

		bt_plan_mac(planner, link, mac, NULL, &origin);
	}
	bt_plan_mtu(planner, link, profile, BT_PROP_MTU);
	if (!bt_link_is_up(link))
		bt_plan_bring_up(planner, link->name, NULL);
	bt_plan_ip(planner, link->name, link, profile, false);
}

int bt_plan_ethernet_up(struct bt_planner *planner, const struct bondtool_profile *profile)
{
	const struct bt_link *link = bt_plan_link_of(planner, profile);
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);

	if (!link)
		return bt_error(planner->bt, -ENODEV, "plan/no-device", &profile->origin,
				"there is no interface '%s' for '%s'",
				name ? name : bt_profile_label(profile),
				bt_profile_label(profile));
	if (link->controller)
		return bt_error(planner->bt, -EBUSY, "plan/is-port", &profile->origin,
				"'%s' is a port of '%s', but its profile is for no port",
				link->name, bt_planner_name(planner, link->controller));
	plan_plain(planner, link, profile);
	return 0;
}

/* ---- VLANs ----------------------------------------------------------------------------------- */

/* Reads "FROM:TO" items. */
static int read_map(const struct bt_value *value, struct bt_vlan_map **ret_map, size_t *ret_count)
{
	struct bt_vlan_map *map;

	if (!value || !value->n_items)
		return 0;
	map = calloc(value->n_items, sizeof(*map));
	if (!map)
		return -ENOMEM;
	for (size_t i = 0; i < value->n_items; i++) {
		BT_AUTOFREE char *from = strdup(value->items[i].text);
		char *colon = from ? strchr(from, ':') : NULL;
		uint64_t a = 0, b = 0;

		if (colon)
			*colon++ = '\0';
		if (!colon || bt_parse_uint(from, &a) < 0 || bt_parse_uint(colon, &b) < 0 ||
		    a > UINT32_MAX || b > UINT32_MAX) {
			free(map);
			return from ? -EINVAL : -ENOMEM;
		}
		map[i] = (struct bt_vlan_map){(uint32_t)a, (uint32_t)b};
	}
	*ret_map = map;
	*ret_count = value->n_items;
	return 0;
}

static int read_vlan(struct bt_planner *planner, const struct bondtool_profile *profile,
		     struct bt_vlan *vlan)
{
	static const uint32_t all_flags = VLAN_FLAG_REORDER_HDR | VLAN_FLAG_GVRP |
					  VLAN_FLAG_LOOSE_BINDING | VLAN_FLAG_MVRP;
	const char *protocol = bt_profile_text(profile, BT_PROP_VLAN_PROTOCOL);
	struct bt_origin origin = bt_profile_origin(profile, BT_PROP_VLAN_INGRESS);
	int r;

	vlan->id = (uint16_t)bt_profile_number(profile, BT_PROP_VLAN_ID);
	vlan->flags = (uint32_t)bt_profile_number(profile, BT_PROP_VLAN_FLAGS);
	vlan->mask = all_flags;
	if (protocol)
		vlan->protocol = bt_equal(protocol, "802.1ad") ? ETH_P_8021AD : ETH_P_8021Q;
	r = read_map(bt_profile_value(profile, BT_PROP_VLAN_INGRESS), &vlan->ingress,
		     &vlan->n_ingress);
	if (r == 0) {
		origin = bt_profile_origin(profile, BT_PROP_VLAN_EGRESS);
		r = read_map(bt_profile_value(profile, BT_PROP_VLAN_EGRESS), &vlan->egress,
			     &vlan->n_egress);
	}
	if (r == -EINVAL)
		return bt_error(planner->bt, r, "plan/vlan-map", &origin,
				"a priority map of '%s' is no list of FROM:TO",
				bt_profile_label(profile));
	return r;
}

static int plan_vlan_create(struct bt_planner *planner, const char *name,
			    const struct bondtool_profile *profile, const struct bt_link *parent)
{
	struct bt_operation *create =
		bt_planner_add(planner, BT_OP_CREATE_VLAN, BT_DISRUPTION_NONE, name, NULL);
	int64_t mtu = bt_profile_number(profile, BT_PROP_MTU);
	int r;

	create->other = bt_planner_copy(planner, parent->name);
	create->origin = profile->origin;
	create->vlan = calloc(1, sizeof(*create->vlan));
	if (!create->vlan)
		return -ENOMEM;
	r = read_vlan(planner, profile, create->vlan);
	if (r < 0)
		return r;
	create->mtu = (uint32_t)mtu;
	bt_plan_wanted_mac(planner, profile, NULL, &create->mac);
	bt_planner_add_to(planner, &create->undo, BT_OP_DELETE, name);
	bt_plan_bring_up(planner, name, NULL);
	bt_plan_ip(planner, name, NULL, profile, false);
	return 0;
}

/* The interface of the VLAN's parent: named, or the one of the profile that is named. */
static const struct bt_link *parent_of(struct bt_planner *planner,
				       const struct bondtool_profile *profile,
				       const char **ret_name)
{
	const char *parent = bt_profile_text(profile, BT_PROP_VLAN_PARENT);
	const struct bondtool_profile *below =
		parent ? bt_config_referred(planner->config, parent) : NULL;
	const char *interface = below ? bt_profile_text(below, BT_PROP_INTERFACE_NAME) : NULL;

	*ret_name = interface ? interface : parent;
	return *ret_name ? bt_snapshot_by_name(planner->snapshot, *ret_name) : NULL;
}

/* "bond0.100" where the profile names no interface, as nmcli does. */
static char *vlan_name(struct bt_planner *planner, const struct bondtool_profile *profile,
		       const char *parent)
{
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	char *text = name ? strdup(name)
			  : bt_format("%s.%" PRId64, parent ? parent : "vlan",
				      bt_profile_number(profile, BT_PROP_VLAN_ID));

	if (!text)
		planner->failed = true;
	return text;
}

int bt_plan_vlan_up(struct bt_planner *planner, const struct bondtool_profile *profile)
{
	const char *parent_name;
	const struct bt_link *parent = parent_of(planner, profile, &parent_name);
	BT_AUTOFREE char *name = vlan_name(planner, profile, parent_name);
	struct bt_origin origin = bt_profile_origin(profile, BT_PROP_VLAN_PARENT);
	const struct bt_link *link = name ? bt_snapshot_by_name(planner->snapshot, name) : NULL;

	if (!name)
		return -ENOMEM;
	if (!parent)
		return bt_error(planner->bt, -ENODEV, "plan/no-parent", &origin,
				"there is no interface '%s' for the VLAN '%s' to stand on",
				parent_name ? parent_name : "?", name);
	if (!link)
		return plan_vlan_create(planner, name, profile, parent);
	if (!link->vlan || link->parent != parent->ifindex ||
	    link->vlan->id != bt_profile_number(profile, BT_PROP_VLAN_ID))
		return bt_error(planner->bt, -EEXIST, "plan/other-kind", &profile->origin,
				"'%s' is there already and is not VLAN %" PRId64 " on '%s'", name,
				bt_profile_number(profile, BT_PROP_VLAN_ID), parent->name);
	plan_plain(planner, link, profile);
	return 0;
}

/* ---- down ------------------------------------------------------------------------------------ */

/* Undoing a deletion of a VLAN: as it was, with its addresses and routes. */
static void undo_delete_vlan(struct bt_planner *planner, const struct bt_link *link,
			     struct bt_operations *undo)
{
	struct bt_operation *create =
		bt_planner_add_to(planner, undo, BT_OP_CREATE_VLAN, link->name);

	create->other = bt_planner_copy(planner, bt_planner_name(planner, link->parent));
	create->mtu = link->mtu;
	create->mac = bt_mac_text(&link->mac);
	create->vlan = bt_vlan_copy(link->vlan);
	if (!create->mac || !create->vlan)
		planner->failed = true;
	if (bt_link_is_up(link))
		bt_planner_add_to(planner, undo, BT_OP_UP, link->name);
	bt_plan_restore_addresses(planner, undo, AF_INET, link);
	bt_plan_restore_ip(planner, undo, link);
}

/* VLANs die with what they stand on: better one by one, and said. */
static void delete_upper(struct bt_planner *planner, const struct bt_link *lower)
{
	for (size_t i = 0; i < planner->snapshot->count; i++) {
		const struct bt_link *link = planner->snapshot->links[i];
		struct bt_operation *delete;

		if (!link->vlan || link->parent != lower->ifindex || link->parent_elsewhere)
			continue;
		delete_upper(planner, link);
		delete = bt_planner_add(planner, BT_OP_DELETE, BT_DISRUPTION_REMOVED, link->name,
					"it stands on what is deleted");
		undo_delete_vlan(planner, link, &delete->undo);
	}
}

static void plan_delete(struct bt_planner *planner, const struct bt_link *link)
{
	struct bt_operation *delete;

	delete_upper(planner, link);
	delete = bt_planner_add(planner, BT_OP_DELETE, BT_DISRUPTION_REMOVED, link->name, NULL);
	delete->through_sysfs = planner->through_sysfs && link->bond;
	if (link->vlan)
		undo_delete_vlan(planner, link, &delete->undo);
	else if (link->bond)
		bt_plan_undo_delete_bond(planner, link, &delete->undo);
}

static int plan_port_down(struct bt_planner *planner, const struct bondtool_profile *profile,
			  const struct bt_link *link)
{
	const struct bt_link *controller =
		bt_snapshot_by_index(planner->snapshot, link->controller);

	if (!controller || !link->port)
		return bt_error(planner->bt, -ENOTCONN, "plan/not-active", &profile->origin,
				"'%s' is not an active profile: '%s' is a port of no bond",
				bt_profile_label(profile), link->name);
	if (controller->bond->n_ports == 1)
		bt_warning(planner->bt, "plan/last-port", NULL,
			   "'%s' is the last port of '%s', which loses its carrier", link->name,
			   controller->name);
	bt_plan_detach(planner, controller, link, BT_DISRUPTION_PORT, NULL);
	return 0;
}

int bt_plan_link_down(struct bt_planner *planner, const struct bondtool_profile *profile)
{
	const char *parent;
	const struct bt_link *link;

	if (bt_profile_is(profile, "vlan")) {
		parent_of(planner, profile, &parent);

		BT_AUTOFREE char *name = vlan_name(planner, profile, parent);

		link = name ? bt_snapshot_by_name(planner->snapshot, name) : NULL;
	} else {
		link = bt_plan_link_of(planner, profile);
	}
	if (!link || (bt_profile_is(profile, "bond") && !link->bond) ||
	    (bt_profile_is(profile, "vlan") && !link->vlan))
		return bt_error(planner->bt, -ENOTCONN, "plan/not-active", &profile->origin,
				"'%s' is not an active profile", bt_profile_label(profile));
	if (bt_profile_text(profile, BT_PROP_CONTROLLER))
		return plan_port_down(planner, profile, link);
	if (link->bond || link->vlan)
		plan_delete(planner, link);
	else
		bt_plan_take_down(planner, link, BT_DISRUPTION_REMOVED, NULL);
	return 0;
}
