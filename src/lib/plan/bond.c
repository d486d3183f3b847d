/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The planner's part for bonds: a new one in one message, or the least that leads an existing one
 * to what its profile says.
 */
#include <errno.h>
#include <net/if_arp.h>
#include <string.h>

#include "base/text.h"
#include "plan/options.h"
#include "plan/planner.h"

/* What is known while a bond is planned. */
struct job {
	struct bt_planner *planner;
	const struct bondtool_profile *profile;
	const char *name;
	const struct bt_link *link; /* NULL: it is to be made */
	struct bt_wanted_ports ports;
	enum bt_mode mode;
	bool went_down;
	bool ports_off;
};

/* Modes in which a port's MAC address is the driver's business at failovers. */
static bool mac_follows_ports(const struct bondtool_profile *profile)
{
	return bt_options_mode(&profile->options) == BT_MODE_ACTIVE_BACKUP &&
	       bt_options_number(&profile->options, BT_OPT_FAIL_OVER_MAC);
}

/* The name of the interface that the profile calls primary, where netlink cannot carry it. */
static const struct bt_value *absent_primary(const struct job *job)
{
	const struct bt_value *primary =
		bt_values_find(&job->profile->options, BT_OPT_PRIMARY);

	if (!primary || !*primary->text ||
	    bt_snapshot_by_name(job->planner->snapshot, primary->text))
		return NULL;
	return primary;
}

static void add_value(struct bt_planner *planner, struct bt_values *into,
		      const struct bt_value *value)
{
	struct bt_value copy;
	int r = bt_value_copy(value, &copy);

	bt_planner_check(planner, r < 0 ? r : bt_values_put(into, &copy));
}

/* Back to the primary that the bond has, or to none. */
static void undo_primary(struct job *job, struct bt_operations *undo)
{
	const struct bt_value *live = bt_values_find(&job->link->bond->options, BT_OPT_PRIMARY);
	struct bt_operation *back = bt_planner_add_to(job->planner, undo, BT_OP_OPTIONS, job->name);
	struct bt_value none;

	back->through_sysfs = true;
	if (live) {
		add_value(job->planner, &back->options, live);
		return;
	}
	bt_planner_check(job->planner, bt_option_default(BT_OPT_PRIMARY, job->mode, &none));
	if (!job->planner->failed)
		bt_planner_check(job->planner, bt_values_put(&back->options, &none));
}

/* Only sysfs takes the name of a port that is not there: the driver remembers it. */
static void plan_absent_primary(struct job *job)
{
	const struct bt_value *primary = absent_primary(job);
	struct bt_operation *set;

	if (!primary)
		return;
	set = bt_planner_add(job->planner, BT_OP_OPTIONS, BT_DISRUPTION_NONE, job->name,
			     "the interface is not there yet");
	set->through_sysfs = true;
	set->origin = primary->origin;
	add_value(job->planner, &set->options, primary);
	if (job->link)
		undo_primary(job, &set->undo);
}

/* The options of the profile that go into the message which makes the bond. */
static void creation_options(struct job *job, struct bt_values *into)
{
	const struct bt_values *options = &job->profile->options;

	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_values_find(options, id);

		if (value && !(bt_options[id].flags & (BT_OPTION_PORT | BT_OPTION_RUNTIME)) &&
		    value != absent_primary(job))
			add_value(job->planner, into, value);
	}
}

/* The module made unasked the bond0 that its max_bonds means: we load it without. */
static void plan_driver(struct bt_planner *planner)
{
	struct bt_transport *transport;

	for (size_t i = 0; i < planner->snapshot->count; i++)
		if (planner->snapshot->links[i]->bond)
			return;
	if (bt_transport_get(planner->bt, &transport) < 0 || transport->driver_loaded(transport))
		return;
	bt_planner_add(planner, BT_OP_LOAD_DRIVER, BT_DISRUPTION_NONE, "bonding", NULL);
}

static void plan_create(struct job *job)
{
	struct bt_planner *planner = job->planner;
	struct bt_operation *create;

	plan_driver(planner);
	create = bt_planner_add(planner, BT_OP_CREATE_BOND, BT_DISRUPTION_NONE, job->name, NULL);
	create->through_sysfs = planner->through_sysfs;
	create->origin = job->profile->origin;
	create->mtu = (uint32_t)bt_profile_number(job->profile, BT_PROP_MTU);
	bt_plan_wanted_mac(planner, job->profile, NULL, &create->mac);
	creation_options(job, &create->options);
	bt_planner_add_to(planner, &create->undo, BT_OP_DELETE, job->name)->through_sysfs =
		planner->through_sysfs;
	plan_absent_primary(job);
}

/* ---- an existing bond ------------------------------------------------------------------------ */

/* InfiniBand ports force fail_over_mac to active, whatever was asked for (bond_enslave()). */
static uint64_t kept_options(const struct job *job)
{
	uint64_t keep = absent_primary(job) ? 1ULL << BT_OPT_PRIMARY : 0;

	if (job->link->type == ARPHRD_INFINIBAND)
		keep |= 1ULL << BT_OPT_FAIL_OVER_MAC;
	return keep;
}

/* Options that the running kernel has never heard of cannot be set by anybody. */
static void warn_of_unknown_options(struct job *job)
{
	const struct bt_values *options = &job->profile->options;

	for (size_t i = 0; i < options->count; i++) {
		const struct bt_option *option = &bt_options[options->values[i].id];

		if (option->flags & (BT_OPTION_PORT | BT_OPTION_RUNTIME) ||
		    !bt_option_unknown_to_kernel(&job->link->bond->options, options->values[i].id))
			continue;
		bt_warning(job->planner->bt, "kernel/unknown-option", &options->values[i].origin,
			   "the running kernel does not know option '%s' (Linux %s has it)",
			   option->name, option->since ? option->since : "?");
	}
}

/* "to change mode", for the operations that only make the driver take the change. */
static char *reason(struct bt_planner *planner, const struct bt_transition *transition)
{
	char *text = bt_format("to change %s", bt_options[transition->culprit].name);

	if (!text)
		planner->failed = true;
	return text;
}

static struct bt_origin culprit_origin(const struct bt_transition *transition)
{
	const struct bt_value *value =
		bt_values_find(&transition->change, transition->culprit);

	return value ? value->origin : (struct bt_origin){0};
}

/* Brings the bond into the state in which the driver takes the change. */
static void plan_preparations(struct job *job, const struct bt_transition *transition)
{
	struct bt_planner *planner = job->planner;
	BT_AUTOFREE char *why = reason(planner, transition);
	size_t first = planner->operations->count;

	if (transition->needs_down && bt_link_is_up(job->link)) {
		bt_plan_take_down(planner, job->link, BT_DISRUPTION_BOND_DOWN, why);
		job->went_down = true;
	}
	if (transition->needs_no_ports && job->link->bond->n_ports) {
		bt_plan_detach_all(planner, job->link, why);
		job->ports_off = true;
	} else {
		bt_plan_detach_others(planner, job->link, &job->ports);
	}
	for (size_t i = first; i < planner->operations->count; i++)
		planner->operations->items[i].origin = culprit_origin(transition);
}

/*
 * The MAC address that the profile asks for, else the one that the bond has: without ports it would
 * get that of the first port which comes back.
 */
static void plan_bond_mac(struct job *job)
{
	struct bt_planner *planner = job->planner;
	BT_AUTOFREE char *wanted = NULL;
	BT_AUTOFREE char *present = bt_mac_text(&job->link->mac);
	const struct bt_link *first = job->ports.count ? job->ports.items[0].link : NULL;
	struct bt_origin origin = bt_profile_origin(job->profile, BT_PROP_CLONED_MAC_ADDRESS);

	bt_plan_wanted_mac(planner, job->profile, NULL, &wanted);
	if (!present)
		planner->failed = true;
	if (!present || mac_follows_ports(job->profile))
		return;
	if (wanted && !bt_equal_ignoring_case(wanted, present)) {
		bt_plan_mac(planner, job->link, wanted, NULL, &origin);
		return;
	}
	if (job->ports_off &&
	    !(first && bt_plan_has_permanent_mac(planner, first, present)))
		bt_plan_mac(planner, job->link, present, "it is to keep its address", NULL);
}

static void undo_change(struct job *job, const struct bt_values *options,
			struct bt_operations *undo)
{
	struct bt_operation *back;

	if (!options->count)
		return;
	back = bt_planner_add_to(job->planner, undo, BT_OP_OPTIONS, job->name);
	back->through_sysfs = job->planner->through_sysfs;
	bt_planner_options(job->planner, &back->options, options);
}

static void plan_change(struct job *job, const struct bt_transition *transition)
{
	struct bt_planner *planner = job->planner;
	struct bt_operation *set;

	if (!transition->change.count)
		return;
	set = bt_planner_add(planner, BT_OP_OPTIONS, BT_DISRUPTION_NONE, job->name, NULL);
	set->through_sysfs = planner->through_sysfs;
	set->origin = transition->change.values[0].origin;
	bt_planner_options(planner, &set->options, &transition->change);
	bt_planner_options(planner, &set->before, &transition->before);
	undo_change(job, &transition->undo_first, &set->undo);
	undo_change(job, &transition->undo, &set->undo);
}

static int plan_existing(struct job *job)
{
	BT_AUTOTRANSITION struct bt_transition transition = {0};
	int r = bt_transition_make(&job->profile->options, &job->link->bond->options,
				   kept_options(job), &transition);

	if (r < 0)
		return r;
	warn_of_unknown_options(job);
	plan_preparations(job, &transition);
	plan_bond_mac(job);
	plan_change(job, &transition);
	plan_absent_primary(job);
	bt_plan_mtu(job->planner, job->link, job->profile, BT_PROP_MTU);
	return 0;
}

/* ---- both ------------------------------------------------------------------------------------ */

static void plan_ports(struct job *job)
{
	for (size_t i = 0; i < job->ports.count; i++) {
		const struct bt_wanted_port *port = &job->ports.items[i];

		if (!port->attached || job->ports_off)
			bt_plan_attach(job->planner, job->name, port,
				       port->attached && job->ports_off);
		else if (!bt_link_is_up(port->link))
			bt_plan_bring_up(job->planner, port->link->name, NULL);
	}
	bt_plan_port_options(job->planner, job->name, job->mode, &job->ports, job->ports_off);
	for (size_t i = 0; i < job->ports.count; i++)
		if (job->ports.items[i].profile)
			bt_plan_port_mtu(job->planner, job->link, job->profile,
					 &job->ports.items[i], job->ports_off);
}

static bool has_port(const struct job *job, const char *name)
{
	for (size_t i = 0; i < job->ports.count; i++)
		if (bt_equal(job->ports.items[i].link->name, name))
			return true;
	return false;
}

/* A state to reach rather than a setting; no failure if the port is not ready for it. */
static void plan_active_port(struct job *job)
{
	const struct bt_value *active =
		bt_values_find(&job->profile->options, BT_OPT_ACTIVE_SLAVE);
	const struct bt_value *live =
		job->link ? bt_values_find(&job->link->bond->options, BT_OPT_ACTIVE_SLAVE) : NULL;
	struct bt_operation *set;

	if (!active || !has_port(job, active->text) ||
	    (live && bt_equal(live->text, active->text)))
		return;
	set = bt_planner_add(job->planner, BT_OP_OPTIONS, BT_DISRUPTION_NONE, job->name, NULL);
	set->through_sysfs = job->planner->through_sysfs;
	set->may_fail = true;
	set->origin = active->origin;
	add_value(job->planner, &set->options, active);
	if (!live)
		return;
	add_value(job->planner, &set->before, live);

	struct bt_operation *back =
		bt_planner_add_to(job->planner, &set->undo, BT_OP_OPTIONS, job->name);

	add_value(job->planner, &back->options, live);
}

static void plan_up(struct job *job)
{
	if (job->link && bt_link_is_up(job->link) && !job->went_down)
		return;
	bt_plan_bring_up(job->planner, job->name, NULL);
	if (job->went_down) {
		size_t first = job->planner->operations->count;

		bt_plan_restore_upper(job->planner, job->planner->operations, job->link);
		for (size_t i = first; i < job->planner->operations->count; i++) {
			job->planner->operations->items[i].may_fail = true;
			job->planner->operations->items[i].why =
				bt_planner_copy(job->planner, "it was lost with the link");
		}
	}
}

/* Finds the bond and its ports; what has the name and is no bond is not touched. */
static int start(struct bt_planner *planner, const struct bondtool_profile *profile,
		 struct job *ret_job)
{
	struct job job = {
		.planner = planner,
		.profile = profile,
		.name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME),
		.mode = bt_options_mode(&profile->options),
	};
	int r;

	if (!job.name)
		return bt_error(planner->bt, -EINVAL, "plan/no-name", &profile->origin,
				"bond profile '%s' has no connection.interface-name",
				bt_profile_label(profile));
	job.link = bt_snapshot_by_name(planner->snapshot, job.name);
	if (job.link && !job.link->bond)
		return bt_error(planner->bt, -EEXIST, "plan/other-kind", &profile->origin,
				"'%s' is there already and is no bond but %s", job.name,
				job.link->kind ? job.link->kind : "hardware");
	r = bt_plan_choose_ports(planner, profile, job.link, &job.ports);
	if (r < 0)
		return r;
	*ret_job = job;
	return 0;
}

int bt_plan_bond_up(struct bt_planner *planner, const struct bondtool_profile *profile)
{
	struct job job = {0};
	int r = start(planner, profile, &job);

	if (r < 0)
		return r;
	if (job.link)
		r = plan_existing(&job);
	else
		plan_create(&job);
	if (r == 0) {
		plan_ports(&job);
		plan_up(&job);
		plan_active_port(&job);
		bt_plan_ip(planner, job.name, job.link, profile, job.went_down);
	}
	bt_wanted_ports_release(&job.ports);
	return r;
}

int bt_plan_port_up(struct bt_planner *planner, const struct bondtool_profile *bond,
		    const struct bondtool_profile *profile)
{
	const char *name = bt_profile_text(bond, BT_PROP_INTERFACE_NAME);
	const struct bt_link *link = name ? bt_snapshot_by_name(planner->snapshot, name) : NULL;
	struct bt_wanted_port port = {.profile = profile};
	struct bt_wanted_ports ports = {.items = &port, .count = 1};

	if (!link || !link->bond || !bt_link_is_up(link))
		return bt_plan_bond_up(planner, bond);
	port.link = bt_plan_link_of(planner, profile);
	if (!port.link)
		return bt_error(planner->bt, -ENODEV, "plan/no-device", &profile->origin,
				"there is no interface for the port '%s'",
				bt_profile_label(profile));
	port.attached = port.link->controller == link->ifindex;
	if (!port.attached)
		bt_plan_attach(planner, name, &port, false);
	else if (!bt_link_is_up(port.link))
		bt_plan_bring_up(planner, port.link->name, NULL);
	bt_plan_port_options(planner, name, bt_options_mode(&link->bond->options), &ports, false);
	bt_plan_port_mtu(planner, link, bond, &port, false);
	return 0;
}

/* ---- deleting -------------------------------------------------------------------------------- */

/* The options that LINK was made with, as far as the kernel tells them. */
static void options_to_make_anew(struct bt_planner *planner, const struct bt_link *bond,
				 struct bt_values *into)
{
	const struct bt_values *live = &bond->bond->options;
	bool has_miimon = bt_options_number(live, BT_OPT_MIIMON);

	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_option *option = &bt_options[id];
		const struct bt_value *value = bt_values_find(live, id);

		if (value && bt_option_allowed_in(option, bt_options_mode(live)) &&
		    !(option->flags & BT_OPTION_RUNTIME) &&
		    (has_miimon || !(option->flags & BT_OPTION_NEEDS_MIIMON)))
			add_value(planner, into, value);
	}
}

void bt_plan_undo_delete_bond(struct bt_planner *planner, const struct bt_link *bond,
			      struct bt_operations *undo)
{
	struct bt_operation *create =
		bt_planner_add_to(planner, undo, BT_OP_CREATE_BOND, bond->name);

	create->mtu = bond->mtu;
	if (!bt_options_number(&bond->bond->options, BT_OPT_FAIL_OVER_MAC) &&
	    !(create->mac = bt_mac_text(&bond->mac)))
		planner->failed = true;
	options_to_make_anew(planner, bond, &create->options);
	for (size_t i = 0; i < bond->bond->n_ports; i++)
		bt_plan_undo_detach(planner, bond, bond->bond->ports[i], undo);
	if (!bt_link_is_up(bond))
		return;
	bt_planner_add_to(planner, undo, BT_OP_UP, bond->name);
	bt_plan_restore_addresses(planner, undo, AF_INET, bond);
	bt_plan_restore_ip(planner, undo, bond);
}
