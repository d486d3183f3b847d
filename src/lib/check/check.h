/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Judging a configuration: the rules are one table, each with its function; here is what those
 * functions are given and how they report. Model in, diagnostics out; nothing running is looked at.
 */
#ifndef BT_CHECK_CHECK_H
#define BT_CHECK_CHECK_H

#include "model/profile.h"

/*
 * A profile as the rules see it: with the profiles that it refers to and that refer to it. Borrows
 * everything from the configuration.
 */
struct bt_subject {
	const struct bondtool_profile *profile;
	const struct bt_subject *controller;   /* of a port, where its profile is here */
	const struct bt_subject *parent;       /* of a VLAN, where its profile is here */
	const struct bt_subject *const *ports; /* of a controller, in the order of the profiles */
	size_t n_ports;
	/* the first other profile that claims the same; NULL: none before this one */
	const struct bt_subject *same_interface;
	const struct bt_subject *same_port; /* the same interface, and both are ports */
	const struct bt_subject *same_uuid;
	const struct bt_subject *same_vlan; /* the same number on the same parent */
	bool closes_loop; /* controller or parent lead back to this very profile */
};

struct bt_judge; /* one run of the rules */

/* Which profiles a rule is asked about. */
enum bt_scope {
	BT_SCOPE_READING, /* none: it is found while texts are read, and is only explained here */
	BT_SCOPE_PROFILE, /* all */
	BT_SCOPE_BOND,
	BT_SCOPE_PORT,	  /* what has a controller */
	BT_SCOPE_VLAN,
};

struct bt_rule {
	const char *id; /* "driver/mode-option"; what is before the slash says who minds */
	enum bondtool_severity severity;
	enum bt_scope scope;
	void (*judge)(struct bt_judge *judge, const struct bt_subject *subject);
	const char *text;	 /* one line: what is found */
	const char *explanation; /* why it matters, and how it is known */
	const char *fix;	 /* what to do about it */
};

extern const struct bt_rule bt_rules[]; /* ended by .id = NULL */

/* The rule that findings of this id are explained by; NULL when there is none. */
const struct bt_rule *bt_rule_find(const char *id);

/*
 * Reports that the rule being judged is broken, with its id and severity. ORIGIN and HINT may be
 * NULL.
 */
void bt_find(struct bt_judge *judge, const struct bt_origin *origin, const char *hint,
	     const char *format, ...) BT_PRINTF(4, 5);
/* Where findings about the value belong; without one, those about the profile. */
const struct bt_origin *bt_subject_origin(const struct bt_subject *subject,
					  const struct bt_value *value);

/* The option as the owning tool would set it: set in the profile or implied; NULL when neither. */
const struct bt_value *bt_subject_option(const struct bt_subject *subject, enum bt_option_id id);
/* Its number, or the driver's default. */
int64_t bt_subject_number(const struct bt_subject *subject, enum bt_option_id id);
/* The mode; of a port, its bond's. BT_MODE_COUNT when there is none that the driver knows. */
enum bt_mode bt_subject_mode(const struct bt_subject *subject);
/* Whether the driver takes the option in the subject's mode. Of a port without its bond: true. */
bool bt_subject_allows(const struct bt_subject *subject, enum bt_option_id id);
/* miimon when the driver comes to the delays: set, or forced by the mode. */
int64_t bt_subject_miimon(const struct bt_subject *subject);
const char *bt_subject_label(const struct bt_subject *subject);
const char *bt_subject_interface(const struct bt_subject *subject); /* NULL: none is named */
bool bt_subject_is_bond(const struct bt_subject *subject);

/* The rules' functions; what they find stands in rule-table.c. */
#define BT_RULE(name) void bt_rule_##name(struct bt_judge *judge, const struct bt_subject *subject)
/* driver-rules.c */
BT_RULE(driver_value);
BT_RULE(driver_mode_option);
BT_RULE(driver_delay_needs_miimon);
BT_RULE(driver_two_monitors);
BT_RULE(driver_target);
BT_RULE(driver_target_twice);
BT_RULE(driver_too_many_targets);
BT_RULE(driver_actor_system);
BT_RULE(driver_active_slave);
BT_RULE(driver_mac_address);
BT_RULE(driver_queue_id_range);
BT_RULE(driver_queue_id_twice);
/* monitor-rules.c */
BT_RULE(monitor_none);
BT_RULE(monitor_no_targets);
BT_RULE(monitor_targets_unused);
BT_RULE(value_delay_rounded);
BT_RULE(value_unit);
/* option-rules.c */
BT_RULE(mode_unset);
BT_RULE(mode_bridge);
BT_RULE(option_no_effect);
BT_RULE(option_needs_other);
BT_RULE(option_hash_unused);
BT_RULE(option_obsolete);
BT_RULE(option_new);
BT_RULE(primary_not_a_port);
BT_RULE(primary_missing);
BT_RULE(lacp_min_links);
BT_RULE(lacp_too_few_ports);
BT_RULE(lacp_passive);
/* profile-rules.c */
BT_RULE(port_none);
BT_RULE(port_single);
BT_RULE(port_two_bonds);
BT_RULE(port_unnamed);
BT_RULE(port_no_controller);
BT_RULE(port_of_no_bond);
BT_RULE(port_addresses);
BT_RULE(port_prio_unused);
BT_RULE(port_infiniband);
BT_RULE(profile_same_interface);
BT_RULE(profile_same_uuid);
BT_RULE(profile_loop);
BT_RULE(vlan_incomplete);
BT_RULE(vlan_no_parent);
BT_RULE(vlan_on_port);
BT_RULE(vlan_twice);
BT_RULE(name_missing);
BT_RULE(name_reserved);
BT_RULE(name_template);
BT_RULE(mtu_range);
BT_RULE(mtu_port);
BT_RULE(mtu_vlan);
BT_RULE(mac_value);
BT_RULE(mac_port);
BT_RULE(mac_fixed);

#endif
