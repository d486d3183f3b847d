/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The planner: what is wanted (a profile and those that belong to it) against what is (a snapshot)
 * gives operations. The parts of it: bonds, ports, addresses and routes, plain links and VLANs.
 * Nothing here talks to the kernel.
 */
#ifndef BT_PLAN_PLANNER_H
#define BT_PLAN_PLANNER_H

#include "model/profile.h"
#include "plan/operation.h"

struct bondtool_plan {
	struct bt_operations operations;
	char *subject; /* the interface that it is about */
	struct bondtool_snapshot *snapshot; /* what it was made from; NULL: not ours to keep */
};

/* What the parts of the planner work on. A lack of memory sticks in .failed. */
struct bt_planner {
	struct bondtool *bt;
	struct bondtool_config *config;
	const struct bondtool_snapshot *snapshot;
	bool through_sysfs;
	struct bt_operations *operations; /* what is planned so far */
	bool failed;
	struct bt_operation spare; /* takes what is filled into an operation that there is not */
};

/*
 * Plans into PLAN what brings PROFILE up (or down) from the state of SNAPSHOT. The snapshot needs
 * addresses and routes. FLAGS are those of bondtool_plan_up(). Returns 0 or a negative errno with
 * diagnostics.
 */
int bt_plan_up(struct bondtool *bt, struct bondtool_config *config,
	       const struct bondtool_snapshot *snapshot, const struct bondtool_profile *profile,
	       unsigned flags, struct bondtool_plan *plan);
int bt_plan_down(struct bondtool *bt, struct bondtool_config *config,
		 const struct bondtool_snapshot *snapshot, const struct bondtool_profile *profile,
		 unsigned flags, struct bondtool_plan *plan);

/* ---- what the parts share (planner.c) -------------------------------------------------------- */

/* Adds an operation to a list: the plan's, or the undo list of an operation. Never NULL. */
struct bt_operation *bt_planner_add_to(struct bt_planner *planner, struct bt_operations *list,
				       enum bt_operation_kind kind, const char *interface);
/* Adds one to the plan. WHY may be NULL. */
struct bt_operation *bt_planner_add(struct bt_planner *planner, enum bt_operation_kind kind,
				    enum bt_disruption disruption, const char *interface,
				    const char *why);
/* A copy of TEXT (may be NULL); a lack of memory sticks. */
char *bt_planner_copy(struct bt_planner *planner, const char *text);
/* Keeps the result of a function that returns 0 or -ENOMEM. */
void bt_planner_check(struct bt_planner *planner, int result);
/* Fills the options of an operation. */
void bt_planner_options(struct bt_planner *planner, struct bt_values *into,
			const struct bt_values *values);

/* Whether the link is administratively up. */
bool bt_link_is_up(const struct bt_link *link);
/* The name of the interface IFINDEX in the snapshot, or "?". */
const char *bt_planner_name(const struct bt_planner *planner, int ifindex);

/* ---- bonds (bond.c) and their ports (ports.c) ------------------------------------------------ */

/* A bond with its ports, addresses and routes; a port alone where its bond is up already. */
int bt_plan_bond_up(struct bt_planner *planner, const struct bondtool_profile *profile);
int bt_plan_port_up(struct bt_planner *planner, const struct bondtool_profile *bond,
		    const struct bondtool_profile *port);

/* Undoing a deletion of BOND: with its options, ports, addresses and routes. */
void bt_plan_undo_delete_bond(struct bt_planner *planner, const struct bt_link *bond,
			      struct bt_operations *undo);

/* A port that the bond is to have. */
struct bt_wanted_port {
	const struct bondtool_profile *profile; /* NULL: attached now, without a profile */
	const struct bt_link *link;
	bool attached; /* to this bond, now */
};

/* In the order in which the bond is to hold them: those it has first. */
struct bt_wanted_ports {
	struct bt_wanted_port *items;
	size_t count, size;
};
void bt_wanted_ports_release(struct bt_wanted_ports *ports);
#define BT_AUTOPORTS BT_CLEANUP(bt_wanted_ports_release)

/*
 * The ports of the bond PROFILE: the links that profiles of ports name, and those attached to BOND
 * (NULL: there is none yet) that no profile claims for something else. A port that is not there is
 * a warning "plan/port-missing". 0 or -ENOMEM.
 */
int bt_plan_choose_ports(struct bt_planner *planner, const struct bondtool_profile *profile,
			 const struct bt_link *bond, struct bt_wanted_ports *ret_ports);
/* The link that the profile is for: by name, else by permanent MAC address; NULL: not there. */
const struct bt_link *bt_plan_link_of(struct bt_planner *planner,
				      const struct bondtool_profile *profile);

/* Takes every port out of BOND, so that undoing puts them back in their order. */
void bt_plan_detach_all(struct bt_planner *planner, const struct bt_link *bond, const char *why);
/* Takes those out that have a profile which wants them elsewhere. */
void bt_plan_detach_others(struct bt_planner *planner, const struct bt_link *bond,
			   const struct bt_wanted_ports *ports);
void bt_plan_detach(struct bt_planner *planner, const struct bt_link *bond,
		    const struct bt_link *port, enum bt_disruption disruption, const char *why);
/* Adds to UNDO what puts PORT back into BOND with all that it has there. */
void bt_plan_undo_detach(struct bt_planner *planner, const struct bt_link *bond,
			 const struct bt_link *port, struct bt_operations *undo);
/* Puts a port into the bond NAME, freeing it from what it was used for before. */
void bt_plan_attach(struct bt_planner *planner, const char *name, const struct bt_wanted_port *port,
		    bool detached_before);
/* The port options of each port. RESET: the ports were taken out and put back. */
void bt_plan_port_options(struct bt_planner *planner, const char *bond, enum bt_mode mode,
			  const struct bt_wanted_ports *ports, bool reset);
/* The MTU of a port's own profile, where it is not what BOND (NULL: a new one) gives it. */
void bt_plan_port_mtu(struct bt_planner *planner, const struct bt_link *bond,
		      const struct bondtool_profile *bond_profile,
		      const struct bt_wanted_port *port, bool reset);
/* Whether MAC is the address that LINK has by nature, or now where it has none. */
bool bt_plan_has_permanent_mac(struct bt_planner *planner, const struct bt_link *link,
			       const char *mac);

/* ---- links of any kind (link.c) -------------------------------------------------------------- */

/* A VLAN, and an interface that is no port; taking any profile down. */
int bt_plan_vlan_up(struct bt_planner *planner, const struct bondtool_profile *profile);
int bt_plan_ethernet_up(struct bt_planner *planner, const struct bondtool_profile *profile);
int bt_plan_link_down(struct bt_planner *planner, const struct bondtool_profile *profile);

/* Takes LINK down; undoing brings it up with the addresses and routes that it lost. */
void bt_plan_take_down(struct bt_planner *planner, const struct bt_link *link,
		       enum bt_disruption disruption, const char *why);
void bt_plan_bring_up(struct bt_planner *planner, const char *name, const char *why);
/* Sets the MTU of the profile on LINK, where it has another one. */
void bt_plan_mtu(struct bt_planner *planner, const struct bt_link *link,
		 const struct bondtool_profile *profile, enum bt_property_id property);
void bt_plan_mac(struct bt_planner *planner, const struct bt_link *link, const char *mac,
		 const char *why, const struct bt_origin *origin);
/*
 * The MAC address that the profile asks for, in *ret_mac (NULL: none). PERMANENT stands for
 * "permanent", NULL for a link that has none of its own. What cannot be done is a warning.
 */
void bt_plan_wanted_mac(struct bt_planner *planner, const struct bondtool_profile *profile,
			const struct bt_link *link, char **ret_mac);

/* ---- addresses and routes (address.c, route.c) ----------------------------------------------- */

/*
 * Gives the interface NAME the addresses and routes of PROFILE. LINK is its state, NULL for one
 * that is just made; WENT_DOWN: the plan takes it down and up again, which costs it routes and its
 * addresses of IPv6.
 */
void bt_plan_ip(struct bt_planner *planner, const char *name, const struct bt_link *link,
		const struct bondtool_profile *profile, bool went_down);
/* Adds to LIST the addresses of FAMILY that an administrator or a program gave LINK. */
void bt_plan_restore_addresses(struct bt_planner *planner, struct bt_operations *list, int family,
			       const struct bt_link *link);
/* Takes a port's own addresses away: under a bond they would only confuse. */
void bt_plan_remove_addresses(struct bt_planner *planner, const struct bt_link *link);
/* Adds to LIST what a LINK that was down lacks: IPv6 addresses; routes, also of VLANs on it. */
void bt_plan_restore_ip(struct bt_planner *planner, struct bt_operations *list,
			const struct bt_link *link);
/* The same for the VLANs on LINK alone. */
void bt_plan_restore_upper(struct bt_planner *planner, struct bt_operations *list,
			   const struct bt_link *link);

/* Adds the wanted routes of a family, removes those of ours that are not wanted any more. */
void bt_plan_routes(struct bt_planner *planner, int family, const char *name,
		    const struct bt_link *link, const struct bondtool_profile *profile,
		    bool all_lost);
/* Adds to LIST the routes of FAMILY that LINK loses when it goes down. */
void bt_plan_restore_routes(struct bt_planner *planner, struct bt_operations *list, int family,
			    const struct bt_link *link);

#endif
