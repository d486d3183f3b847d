/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The planner's part for ports: which a bond is to have, putting them in, taking them out. */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "plan/options.h"
#include "plan/planner.h"

enum { KERNEL_MTU = 1500 }; /* of a new bond, in bytes */

void bt_wanted_ports_release(struct bt_wanted_ports *ports)
{
	free(ports->items);
	*ports = (struct bt_wanted_ports){0};
}

static int add_port(struct bt_wanted_ports *ports, const struct bt_wanted_port *port)
{
	if (!BT_MAKE_ROOM(ports->items, ports->count, ports->size))
		return -ENOMEM;
	ports->items[ports->count++] = *port;
	return 0;
}

static const struct bt_wanted_port *find_port(const struct bt_wanted_ports *ports,
					      const struct bt_link *link)
{
	for (size_t i = 0; i < ports->count; i++)
		if (ports->items[i].link == link)
			return &ports->items[i];
	return NULL;
}

/* The address that a link has by nature: many virtual ones tell none, then it is what they use. */
static char *permanent_mac(struct bt_planner *planner, const struct bt_link *link)
{
	const struct bt_mac *mac = &link->mac;
	char *text;

	if (link->permanent_mac.length)
		mac = &link->permanent_mac;
	else if (link->port && link->port->permanent_mac.length)
		mac = &link->port->permanent_mac;
	text = bt_mac_text(mac);
	if (!text)
		planner->failed = true;
	return text;
}

bool bt_plan_has_permanent_mac(struct bt_planner *planner, const struct bt_link *link,
			       const char *mac)
{
	BT_AUTOFREE char *permanent = permanent_mac(planner, link);

	return permanent && bt_equal_ignoring_case(permanent, mac);
}

/* Links that stand on others borrow their addresses; a MAC address means hardware. */
static bool is_hardware_like(const struct bt_link *link)
{
	/* of a veth pair, the "parent" is the other end */
	return !link->bond && (!link->parent || bt_equal(link->kind, "veth")) &&
	       !(link->flags & IFF_LOOPBACK) && !bt_equal(link->kind, "bridge");
}

static const struct bt_link *link_with_mac(struct bt_planner *planner, const char *mac)
{
	for (size_t i = 0; i < planner->snapshot->count; i++) {
		const struct bt_link *link = planner->snapshot->links[i];

		if (is_hardware_like(link) && bt_plan_has_permanent_mac(planner, link, mac))
			return link;
	}
	return NULL;
}

const struct bt_link *bt_plan_link_of(struct bt_planner *planner,
				      const struct bondtool_profile *profile)
{
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *mac = bt_profile_text(profile, BT_PROP_MAC_ADDRESS);
	struct bt_origin origin = bt_profile_origin(profile, BT_PROP_MAC_ADDRESS);
	const struct bt_link *link = NULL;

	if (name)
		link = bt_snapshot_by_name(planner->snapshot, name);
	else if (mac)
		link = link_with_mac(planner, mac);
	if (link && name && mac && is_hardware_like(link) &&
	    !bt_plan_has_permanent_mac(planner, link, mac)) {
		BT_AUTOFREE char *other = permanent_mac(planner, link);

		bt_warning(planner->bt, "plan/other-mac", &origin,
			   "'%s' has the permanent MAC address %s, not %s: it is left alone",
			   link->name, other ? other : "?", mac);
		return NULL;
	}
	return link;
}

/* As nmcli: a port that does not come up by itself joins only if the bond asks for its ports. */
static bool comes_along(const struct bondtool_profile *bond, const struct bondtool_profile *port)
{
	return bt_profile_number(port, BT_PROP_AUTOCONNECT) ||
	       bt_profile_number(bond, BT_PROP_AUTOCONNECT_PORTS) > 0;
}

static void report_missing(struct bt_planner *planner, const struct bondtool_profile *port)
{
	const char *name = bt_profile_text(port, BT_PROP_INTERFACE_NAME);
	const char *mac = bt_profile_text(port, BT_PROP_MAC_ADDRESS);
	struct bt_nearest nearest = {.word = name};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; name && i < planner->snapshot->count; i++)
		bt_nearest_offer(&nearest, planner->snapshot->links[i]->name);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	if (name || mac)
		bt_diag(planner->bt, BONDTOOL_WARNING, "plan/port-missing", &port->origin, hint,
			"port '%s': there is no interface %s'%s'; the bond comes up without it",
			bt_profile_label(port), name ? "" : "with the MAC address ",
			name ? name : mac);
	else
		bt_diag(planner->bt, BONDTOOL_WARNING, "plan/port-missing", &port->origin,
			"set connection.interface-name",
			"port '%s' names no interface; the bond comes up without it",
			bt_profile_label(port));
}

/* Judges one port profile of the bond; what can be used is added to PORTS. */
static int consider(struct bt_planner *planner, const struct bondtool_profile *bond_profile,
		    const struct bondtool_profile *profile, const struct bt_link *bond,
		    struct bt_wanted_ports *ports)
{
	struct bt_wanted_port port = {.profile = profile};
	size_t warnings = bondtool_diags_count(planner->bt);

	port.link = bt_plan_link_of(planner, profile);
	if (!port.link) {
		if (warnings == bondtool_diags_count(planner->bt))
			report_missing(planner, profile);
		return 0;
	}
	port.attached = bond && port.link->controller == bond->ifindex;
	if (!port.attached && !comes_along(bond_profile, profile)) {
		bt_note(planner->bt, "plan/port-waits", &profile->origin,
			"port '%s' does not come up by itself (connection.autoconnect is no)",
			bt_profile_label(profile));
		return 0;
	}
	if (find_port(ports, port.link)) {
		bt_warning(planner->bt, "plan/port-twice", &profile->origin,
			   "profile '%s' is passed over: interface '%s' has another one",
			   bt_profile_label(profile), port.link->name);
		return 0;
	}
	return add_port(ports, &port);
}

/* Where PORT stands in BOND now; after all others for one that is not in it. */
static size_t place_in(const struct bt_link *bond, const struct bt_link *port)
{
	for (size_t i = 0; bond && bond->bond && i < bond->bond->n_ports; i++)
		if (bond->bond->ports[i] == port)
			return i;
	return SIZE_MAX;
}

static int compare_ports(const void *a, const void *b, void *bond)
{
	const struct bt_wanted_port *one = a, *other = b;
	size_t place = place_in(bond, one->link), other_place = place_in(bond, other->link);

	if (place != other_place)
		return place < other_place ? -1 : 1;
	return one->link->ifindex < other->link->ifindex ? -1 : 1;
}

/* The profile that the attached LINK has in this configuration; NULL: nobody speaks for it. */
static const struct bondtool_profile *profile_for(struct bt_planner *planner,
						  const struct bt_link *link)
{
	return bt_config_by_interface(planner->config, link->name);
}

/*
 * A port that someone else attached stays: nothing here says that it must not. One with a profile
 * that does not name this bond goes, see bt_plan_detach_others().
 */
static int keep_foreign(struct bt_planner *planner, const struct bt_link *bond,
			struct bt_wanted_ports *ports)
{
	for (size_t i = 0; bond && bond->bond && i < bond->bond->n_ports; i++) {
		struct bt_wanted_port port = {.link = bond->bond->ports[i], .attached = true};
		int r;

		if (find_port(ports, port.link) || profile_for(planner, port.link))
			continue;
		bt_note(planner->bt, "plan/foreign-port", NULL,
			"'%s' is a port of '%s' without a profile: it stays", port.link->name,
			bond->name);
		r = add_port(ports, &port);
		if (r < 0)
			return r;
	}
	return 0;
}

int bt_plan_choose_ports(struct bt_planner *planner, const struct bondtool_profile *profile,
			 const struct bt_link *bond, struct bt_wanted_ports *ret_ports)
{
	BT_AUTOPORTS struct bt_wanted_ports ports = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < planner->config->count; i++) {
		const struct bondtool_profile *port = planner->config->profiles[i];

		if (port != profile && bt_config_controller(planner->config, port) == profile)
			r = consider(planner, profile, port, bond, &ports);
	}
	if (r == 0)
		r = keep_foreign(planner, bond, &ports);
	if (r < 0)
		return r;
	if (ports.count)
		qsort_r(ports.items, ports.count, sizeof(*ports.items), compare_ports,
			(void *)bond);
	*ret_ports = ports;
	ports = (struct bt_wanted_ports){0};
	return 0;
}

void bt_plan_undo_detach(struct bt_planner *planner, const struct bt_link *bond,
			 const struct bt_link *port, struct bt_operations *undo)
{
	BT_AUTOTRANSITION struct bt_transition transition = {0};
	struct bt_operation *back = bt_planner_add_to(planner, undo, BT_OP_ATTACH, port->name);

	back->other = bt_planner_copy(planner, bond->name);
	back->through_sysfs = planner->through_sysfs;
	if (port->mtu != bond->mtu)
		bt_planner_add_to(planner, undo, BT_OP_MTU, port->name)->mtu = port->mtu;
	if (!bt_link_is_up(port))
		bt_planner_add_to(planner, undo, BT_OP_DOWN, port->name);
	if (!port->port || !bond->bond)
		return;
	bt_planner_check(planner, bt_port_transition_make(&port->port->options, NULL,
							  bt_options_mode(&bond->bond->options),
							  &transition));
	if (!transition.change.count)
		return;

	struct bt_operation *options =
		bt_planner_add_to(planner, undo, BT_OP_PORT_OPTIONS, port->name);

	options->other = bt_planner_copy(planner, bond->name);
	bt_planner_options(planner, &options->options, &transition.change);
}

void bt_plan_detach(struct bt_planner *planner, const struct bt_link *bond,
		    const struct bt_link *port, enum bt_disruption disruption, const char *why)
{
	struct bt_operation *detach =
		bt_planner_add(planner, BT_OP_DETACH, disruption, port->name, why);

	detach->other = bt_planner_copy(planner, bond->name);
	detach->through_sysfs = planner->through_sysfs && bond->bond;
	bt_plan_undo_detach(planner, bond, port, &detach->undo);
	/* The driver closes a port that it lets go, other controllers leave it as it is. */
	if (!bond->bond && bt_link_is_up(port))
		bt_plan_take_down(planner, port, disruption, NULL);
}

/*
 * The driver gives a bond without ports a random MAC address, and the one of the first port that
 * comes back. Where that is another than now, undoing sets the present one before that.
 */
static void undo_lost_mac(struct bt_planner *planner, const struct bt_link *bond,
			  const struct bt_link *first, struct bt_operations *undo)
{
	BT_AUTOFREE char *mac = bt_mac_text(&bond->mac);
	BT_AUTOFREE char *natural = permanent_mac(planner, first);
	struct bt_operation *set;

	if (!mac) {
		planner->failed = true;
		return;
	}
	if (bt_equal(mac, natural) || bt_options_number(&bond->bond->options, BT_OPT_FAIL_OVER_MAC))
		return;
	set = bt_planner_add_to(planner, undo, BT_OP_MAC, bond->name);
	set->mac = BT_TAKE(mac);
}

void bt_plan_detach_all(struct bt_planner *planner, const struct bt_link *bond, const char *why)
{
	for (size_t i = bond->bond->n_ports; i > 0; i--) {
		const struct bt_link *port = bond->bond->ports[i - 1];
		struct bt_operation *detach = bt_planner_add(planner, BT_OP_DETACH,
							     BT_DISRUPTION_PORTS_OFF, port->name,
							     why);

		detach->other = bt_planner_copy(planner, bond->name);
		detach->through_sysfs = planner->through_sysfs;
		if (i == 1)
			undo_lost_mac(planner, bond, port, &detach->undo);
		bt_plan_undo_detach(planner, bond, port, &detach->undo);
	}
}

void bt_plan_detach_others(struct bt_planner *planner, const struct bt_link *bond,
			   const struct bt_wanted_ports *ports)
{
	for (size_t i = bond->bond->n_ports; i > 0; i--) {
		const struct bt_link *port = bond->bond->ports[i - 1];
		const struct bondtool_profile *profile = profile_for(planner, port);

		if (profile && !find_port(ports, port))
			bt_plan_detach(planner, bond, port, BT_DISRUPTION_PORT,
				       "its profile does not name this bond");
	}
}

/* Frees a link from the bond or bridge that has it now. */
static void take_away(struct bt_planner *planner, const char *name, const struct bt_link *link)
{
	const struct bt_link *controller =
		bt_snapshot_by_index(planner->snapshot, link->controller);

	if (!controller)
		return;
	bt_warning(planner->bt, "plan/port-taken", NULL, "'%s' leaves '%s' and goes to '%s'",
		   link->name, controller->name, name);
	bt_plan_detach(planner, controller, link, BT_DISRUPTION_PORT, "it goes to another bond");
}

/* Whether anything goes over the link: IPv6 link-local addresses alone mean nothing. */
static bool is_in_use(const struct bt_link *link)
{
	for (size_t i = 0; i < link->n_addresses; i++)
		if (link->addresses[i].scope < RT_SCOPE_LINK)
			return true;
	return link->n_routes > 0 && link->n_addresses > 0;
}

static void warn_of_default_route(struct bt_planner *planner, const struct bt_link *link)
{
	for (size_t i = 0; i < link->n_routes; i++) {
		if (!bt_has_suffix(link->routes[i].destination, "/0"))
			continue;
		bt_warning(planner->bt, "plan/port-routes", NULL,
			   "'%s' carries a default route, which goes when it becomes a port",
			   link->name);
		return;
	}
}

/* A port's own MAC address counts before it is attached: the first one lends it to the bond. */
static void plan_own_mac(struct bt_planner *planner, const struct bt_wanted_port *port)
{
	BT_AUTOFREE char *wanted = NULL;
	BT_AUTOFREE char *mac = bt_mac_text(&port->link->mac);
	struct bt_origin origin;

	if (!port->profile || port->attached)
		return;
	bt_plan_wanted_mac(planner, port->profile, port->link, &wanted);
	if (!wanted || bt_equal_ignoring_case(wanted, mac))
		return;
	origin = bt_profile_origin(port->profile, BT_PROP_CLONED_MAC_ADDRESS);
	bt_plan_mac(planner, port->link, wanted, NULL, &origin);
}

void bt_plan_attach(struct bt_planner *planner, const char *name, const struct bt_wanted_port *port,
		    bool detached_before)
{
	const struct bt_link *link = port->link;
	struct bt_operation *attach;
	bool in_bond = link->port;

	if (!detached_before) {
		warn_of_default_route(planner, link);
		take_away(planner, name, link);
		if (!link->controller && bt_link_is_up(link))
			bt_plan_take_down(planner, link,
					  is_in_use(link) ? BT_DISRUPTION_PORT
							  : BT_DISRUPTION_NONE,
					  "a port must be down to be attached");
		if (!in_bond)
			bt_plan_remove_addresses(planner, link);
		plan_own_mac(planner, port);
	}
	/* Attaching brings the port up; nothing needs to be said about that. */
	attach = bt_planner_add(planner, BT_OP_ATTACH, BT_DISRUPTION_NONE, link->name, NULL);
	attach->other = bt_planner_copy(planner, name);
	attach->through_sysfs = planner->through_sysfs;
	if (port->profile)
		attach->origin = port->profile->origin;

	struct bt_operation *detach =
		bt_planner_add_to(planner, &attach->undo, BT_OP_DETACH, link->name);

	detach->other = bt_planner_copy(planner, name);
	detach->through_sysfs = planner->through_sysfs;
}

/* The driver refuses a queue that another port has; such a one gives it up first. */
static void free_queue(struct bt_planner *planner, const char *bond,
		       const struct bt_wanted_ports *ports, const struct bt_wanted_port *port,
		       int64_t queue)
{
	for (size_t i = (size_t)(port - ports->items) + 1; queue && i < ports->count; i++) {
		const struct bt_link *other = ports->items[i].link;
		struct bt_value none = {.id = BT_OPT_QUEUE_ID};
		const struct bt_value *has =
			other->port ? bt_values_find(&other->port->options, BT_OPT_QUEUE_ID) : NULL;

		if (!ports->items[i].attached || !has || has->number != queue)
			continue;

		struct bt_operation *clear =
			bt_planner_add(planner, BT_OP_PORT_OPTIONS, BT_DISRUPTION_NONE, other->name,
				       "another port gets its queue");
		struct bt_value copy;

		clear->other = bt_planner_copy(planner, bond);
		bt_planner_check(planner, bt_values_put(&clear->options, &none));
		bt_planner_check(planner, bt_value_copy(has, &copy));
		bt_planner_check(planner, bt_values_put(&clear->before, &copy));
		struct bt_operation *back = bt_planner_add_to(planner, &clear->undo,
							      BT_OP_PORT_OPTIONS, other->name);

		back->other = bt_planner_copy(planner, bond);
		bt_planner_options(planner, &back->options, &clear->before);
	}
}

static void plan_options(struct bt_planner *planner, const char *bond, enum bt_mode mode,
			 const struct bt_wanted_ports *ports, const struct bt_wanted_port *port,
			 bool reset)
{
	BT_AUTOTRANSITION struct bt_transition transition = {0};
	const struct bt_values *live =
		port->attached && port->link->port ? &port->link->port->options : NULL;
	static const struct bt_values none;
	const struct bt_values *wanted = port->profile ? &port->profile->options : live;
	const struct bt_value *queue;

	if (!wanted)
		wanted = &none;
	if (!port->profile && !reset)
		return;
	bt_planner_check(planner, bt_port_transition_make(wanted, reset ? NULL : live, mode,
							  &transition));
	if (!transition.change.count)
		return;
	queue = bt_values_find(&transition.change, BT_OPT_QUEUE_ID);
	if (queue && !reset)
		free_queue(planner, bond, ports, port, queue->number);

	struct bt_operation *set = bt_planner_add(planner, BT_OP_PORT_OPTIONS, BT_DISRUPTION_NONE,
						  port->link->name, NULL);

	set->other = bt_planner_copy(planner, bond);
	set->origin = transition.change.values[0].origin;
	bt_planner_options(planner, &set->options, &transition.change);
	bt_planner_options(planner, &set->before, &transition.before);

	struct bt_operation *back =
		bt_planner_add_to(planner, &set->undo, BT_OP_PORT_OPTIONS, port->link->name);

	back->other = bt_planner_copy(planner, bond);
	bt_planner_options(planner, &back->options, &transition.before);
}

void bt_plan_port_options(struct bt_planner *planner, const char *bond, enum bt_mode mode,
			  const struct bt_wanted_ports *ports, bool reset)
{
	for (size_t i = 0; i < ports->count; i++) {
		const struct bt_wanted_port *port = &ports->items[i];

		plan_options(planner, bond, mode, ports, port, reset);
	}
}

void bt_plan_port_mtu(struct bt_planner *planner, const struct bt_link *bond,
		      const struct bondtool_profile *bond_profile,
		      const struct bt_wanted_port *port, bool reset)
{
	int64_t of_bond = bt_profile_number(bond_profile, BT_PROP_MTU);
	int64_t wanted = bt_profile_number(port->profile, BT_PROP_MTU);
	bool attached = port->attached && !reset;
	bool bond_changes = bond && of_bond && of_bond != bond->mtu;
	/* What it will have without us: the bond hands its own down when either of them changes. */
	int64_t mtu = attached && !bond_changes ? port->link->mtu
		      : of_bond			? of_bond
		      : bond			? bond->mtu
						: KERNEL_MTU;
	struct bt_operation *set;

	if (!wanted || wanted == mtu)
		return;
	set = bt_planner_add(planner, BT_OP_MTU, BT_DISRUPTION_NONE, port->link->name, NULL);
	set->mtu = (uint32_t)wanted;
	set->origin = bt_profile_origin(port->profile, BT_PROP_MTU);
	bt_planner_add_to(planner, &set->undo, BT_OP_MTU, port->link->name)->mtu = (uint32_t)mtu;
}
