/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The planner: which part plans what, and what the parts share. */
#include "plan/planner.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

struct bt_operation *bt_planner_add_to(struct bt_planner *planner, struct bt_operations *list,
				       enum bt_operation_kind kind, const char *interface)
{
	struct bt_operation *operation = bt_operations_add(list, kind, interface);

	if (operation)
		return operation;
	planner->failed = true;
	bt_operation_release(&planner->spare);
	return &planner->spare;
}

struct bt_operation *bt_planner_add(struct bt_planner *planner, enum bt_operation_kind kind,
				    enum bt_disruption disruption, const char *interface,
				    const char *why)
{
	struct bt_operation *operation =
		bt_planner_add_to(planner, planner->operations, kind, interface);

	operation->disruption = disruption;
	operation->why = bt_planner_copy(planner, why);
	return operation;
}

char *bt_planner_copy(struct bt_planner *planner, const char *text)
{
	char *copy = text ? strdup(text) : NULL;

	if (text && !copy)
		planner->failed = true;
	return copy;
}

void bt_planner_check(struct bt_planner *planner, int result)
{
	if (result < 0)
		planner->failed = true;
}

void bt_planner_options(struct bt_planner *planner, struct bt_values *into,
			const struct bt_values *values)
{
	bt_planner_check(planner, bt_values_copy(values, NULL, into));
}

bool bt_link_is_up(const struct bt_link *link)
{
	return link->flags & IFF_UP;
}

const char *bt_planner_name(const struct bt_planner *planner, int ifindex)
{
	const struct bt_link *link = bt_snapshot_by_index(planner->snapshot, ifindex);

	return link ? link->name : "?";
}

/* A port comes up with its bond; where the bond is up already, it alone joins. */
static int plan_port_or_ethernet(struct bt_planner *planner, const struct bondtool_profile *profile)
{
	const char *controller = bt_profile_text(profile, BT_PROP_CONTROLLER);
	const struct bondtool_profile *bond;

	if (!controller)
		return bt_plan_ethernet_up(planner, profile);
	bond = bt_config_controller(planner->config, profile);
	if (!bond || !bt_profile_is(bond, "bond")) {
		struct bt_origin origin = bt_profile_origin(profile, BT_PROP_CONTROLLER);

		return bt_error(planner->bt, -ENOENT, "plan/controller", &origin,
				"no bond profile '%s', which is the controller of '%s'", controller,
				bt_profile_label(profile));
	}
	return bt_plan_port_up(planner, bond, profile);
}

static int plan_up(struct bt_planner *planner, const struct bondtool_profile *profile)
{
	if (bt_profile_is(profile, "bond"))
		return bt_plan_bond_up(planner, profile);
	if (bt_profile_is(profile, "vlan"))
		return bt_plan_vlan_up(planner, profile);
	return plan_port_or_ethernet(planner, profile);
}

/* Runs one part of the planner; a profile without an interface is nothing to begin with. */
static int run(struct bondtool *bt, struct bondtool_config *config,
	       const struct bondtool_snapshot *snapshot, const struct bondtool_profile *profile,
	       unsigned flags, int (*part)(struct bt_planner *, const struct bondtool_profile *),
	       struct bondtool_plan *plan)
{
	struct bt_planner planner = {
		.bt = bt,
		.config = config,
		.snapshot = snapshot,
		.through_sysfs = flags & BONDTOOL_VIA_SYSFS,
		.operations = &plan->operations,
	};
	const char *name = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	int r = part(&planner, profile);

	bt_operation_release(&planner.spare);
	plan->subject = strdup(name ? name : bt_profile_label(profile));
	return r < 0 ? r : planner.failed || !plan->subject ? -ENOMEM : 0;
}

int bt_plan_up(struct bondtool *bt, struct bondtool_config *config,
	       const struct bondtool_snapshot *snapshot, const struct bondtool_profile *profile,
	       unsigned flags, struct bondtool_plan *plan)
{
	return run(bt, config, snapshot, profile, flags, plan_up, plan);
}

int bt_plan_down(struct bondtool *bt, struct bondtool_config *config,
		 const struct bondtool_snapshot *snapshot, const struct bondtool_profile *profile,
		 unsigned flags, struct bondtool_plan *plan)
{
	return run(bt, config, snapshot, profile, flags, bt_plan_link_down, plan);
}

void bondtool_plan_free(struct bondtool_plan *plan)
{
	if (!plan)
		return;
	bt_operations_release(&plan->operations);
	free(plan->subject);
	bondtool_snapshot_free(plan->snapshot);
	free(plan);
}

typedef int plan_function(struct bondtool *, struct bondtool_config *,
			  const struct bondtool_snapshot *, const struct bondtool_profile *,
			  unsigned, struct bondtool_plan *);

static int plan_from_system(struct bondtool *bt, struct bondtool_config *config,
			    const struct bondtool_profile *profile, unsigned flags,
			    plan_function *function, struct bondtool_plan **ret_plan)
{
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	struct bondtool_plan *plan;
	int r = bt_snapshot_read(bt, BT_SNAPSHOT_ADDRESSES | BT_SNAPSHOT_ROUTES, &snapshot);

	if (r < 0)
		return r;
	plan = calloc(1, sizeof(*plan));
	r = plan ? function(bt, config, snapshot, profile, flags, plan) : -ENOMEM;
	if (r < 0) {
		bondtool_plan_free(plan);
		return r;
	}
	plan->snapshot = BT_TAKE(snapshot);
	*ret_plan = plan;
	return 0;
}

int bondtool_plan_up(struct bondtool *bt, struct bondtool_config *config,
		     const struct bondtool_profile *profile, unsigned flags,
		     struct bondtool_plan **ret_plan)
{
	return plan_from_system(bt, config, profile, flags, bt_plan_up, ret_plan);
}

int bondtool_plan_down(struct bondtool *bt, struct bondtool_config *config,
		       const struct bondtool_profile *profile, unsigned flags,
		       struct bondtool_plan **ret_plan)
{
	return plan_from_system(bt, config, profile, flags, bt_plan_down, ret_plan);
}

size_t bondtool_plan_count(const struct bondtool_plan *plan)
{
	return plan->operations.count;
}
