/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Options that the driver takes and then does nothing with, and what a mode should have. */
#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "check/check.h"

/* The Linux release up to which an option is taken for known everywhere. */
static const char common_kernel[] = "6.1";

static const char *mode_name(enum bt_mode mode)
{
	const struct bondtool_name *name = bt_name_of(bt_options[BT_OPT_MODE].spec.names, mode);

	return name ? name->name : "?";
}

static bool is_default(const struct bt_option *option, const struct bt_value *value)
{
	return option->has_default && value->number == option->standard;
}

BT_RULE(mode_unset)
{
	/* What a tool implies, nobody has said. */
	if (!bt_values_find(&subject->profile->options, BT_OPT_MODE))
		bt_find(judge, &subject->profile->origin,
			"say mode=active-backup, or what is meant",
			"'%s' has no mode: the driver makes it %s", bt_subject_label(subject),
			mode_name((enum bt_mode)bt_options[BT_OPT_MODE].standard));
}

BT_RULE(mode_bridge)
{
	const struct bt_value *port_type = bt_profile_value(subject->profile, BT_PROP_PORT_TYPE);
	enum bt_mode mode = bt_subject_mode(subject);

	if (port_type && bt_equal(port_type->text, "bridge") &&
	    (mode == BT_MODE_BALANCE_TLB || mode == BT_MODE_BALANCE_ALB))
		bt_find(judge, bt_subject_origin(subject, bt_subject_option(subject, BT_OPT_MODE)),
			"below a bridge use active-backup, balance-xor or 802.3ad",
			"'%s' is a bridge's port in mode %s, which rewrites MAC addresses",
			bt_subject_label(subject), mode_name(mode));
}

/*
 * Calls FIND for each option that the subject itself sets to other than the default and that the
 * driver takes in its mode.
 */
static void each_option(struct bt_judge *judge, const struct bt_subject *subject,
			void (*find)(struct bt_judge *judge, const struct bt_subject *subject,
				     const struct bt_option *option, const struct bt_value *value))
{
	const struct bt_values *options = &subject->profile->options;

	for (size_t i = 0; i < options->count; i++) {
		const struct bt_value *value = &options->values[i];
		const struct bt_option *option = &bt_options[value->id];

		if (!is_default(option, value) && bt_subject_allows(subject, value->id))
			find(judge, subject, option, value);
	}
}

static void find_no_effect(struct bt_judge *judge, const struct bt_subject *subject,
			   const struct bt_option *option, const struct bt_value *value)
{
	enum bt_mode mode = bt_subject_mode(subject);

	if (mode != BT_MODE_COUNT && !(option->acts_in & BT_MODE_BIT(mode)))
		bt_find(judge, bt_subject_origin(subject, value), "leave it out",
			"option '%s' has no effect in mode %s", option->name, mode_name(mode));
}

BT_RULE(option_no_effect)
{
	each_option(judge, subject, find_no_effect);
}

static void find_needs_other(struct bt_judge *judge, const struct bt_subject *subject,
			     const struct bt_option *option, const struct bt_value *value)
{
	const struct bt_option *other = &bt_options[option->acts_with];
	int64_t number = option->acts_with == BT_OPT_MIIMON
				 ? bt_subject_miimon(subject)
				 : bt_subject_number(subject, option->acts_with);

	if (option->acts_with != BT_OPT_MODE && !number)
		bt_find(judge, bt_subject_origin(subject, value), NULL,
			"option '%s' has no effect while %s is 0", option->name, other->name);
}

BT_RULE(option_needs_other)
{
	each_option(judge, subject, find_needs_other);
}

BT_RULE(option_hash_unused)
{
	const struct bt_value *hash = bt_subject_option(subject, BT_OPT_XMIT_HASH_POLICY);
	enum bt_mode mode = bt_subject_mode(subject);

	if (!hash || is_default(&bt_options[BT_OPT_XMIT_HASH_POLICY], hash) ||
	    (mode != BT_MODE_BALANCE_TLB && mode != BT_MODE_BALANCE_ALB))
		return;
	if (bt_subject_number(subject, BT_OPT_TLB_DYNAMIC_LB))
		bt_find(judge, bt_subject_origin(subject, hash),
			"set tlb_dynamic_lb=0 to send by the hash",
			"option 'xmit_hash_policy' acts in mode %s only with tlb_dynamic_lb=0",
			mode_name(mode));
}

BT_RULE(option_obsolete)
{
	const struct bt_value *value = bt_values_find(&subject->profile->options,
						      BT_OPT_USE_CARRIER);

	if (value && !value->number)
		bt_find(judge, bt_subject_origin(subject, value), "leave it out",
			"use_carrier=0 is refused from Linux 6.18 on");
}

static bool is_newer(const char *release, const char *than)
{
	unsigned a[2] = {0}, b[2] = {0};

	sscanf(release, "%u.%u", &a[0], &a[1]);
	sscanf(than, "%u.%u", &b[0], &b[1]);
	return a[0] != b[0] ? a[0] > b[0] : a[1] > b[1];
}

static void find_new(struct bt_judge *judge, const struct bt_subject *subject,
		     const struct bt_option *option, const struct bt_value *value)
{
	if (option->since && is_newer(option->since, common_kernel))
		bt_find(judge, bt_subject_origin(subject, value), NULL,
			"option '%s' came with Linux %s: a kernel without it ignores it",
			option->name, option->since);
}

BT_RULE(option_new)
{
	each_option(judge, subject, find_new);
}

/* Whether INTERFACE is a port. All that is known counts: a port may be named by its MAC address. */
static bool may_be_port(const struct bt_subject *bond, const char *interface)
{
	for (size_t i = 0; i < bond->n_ports; i++) {
		const char *port = bt_subject_interface(bond->ports[i]);

		if (!port || bt_equal(port, interface))
			return true;
	}
	return false;
}

BT_RULE(primary_not_a_port)
{
	const struct bt_value *primary = bt_subject_option(subject, BT_OPT_PRIMARY);
	struct bt_nearest nearest = {0};
	BT_AUTOFREE char *hint = NULL;

	if (!primary || !subject->n_ports || !bt_subject_allows(subject, BT_OPT_PRIMARY) ||
	    may_be_port(subject, primary->text))
		return;
	nearest.word = primary->text;
	for (size_t i = 0; i < subject->n_ports; i++)
		bt_nearest_offer(&nearest, bt_subject_interface(subject->ports[i]));
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_find(judge, bt_subject_origin(subject, primary), hint,
		"primary '%s' is none of the ports of '%s'", primary->text,
		bt_subject_label(subject));
}

static bool any_port_sets(const struct bt_subject *bond, enum bt_option_id id)
{
	for (size_t i = 0; i < bond->n_ports; i++)
		if (bt_subject_option(bond->ports[i], id))
			return true;
	return false;
}

BT_RULE(primary_missing)
{
	if (bt_subject_mode(subject) == BT_MODE_ACTIVE_BACKUP && subject->n_ports > 1 &&
	    !bt_subject_option(subject, BT_OPT_PRIMARY) &&
	    !bt_subject_option(subject, BT_OPT_ACTIVE_SLAVE) &&
	    !any_port_sets(subject, BT_OPT_PRIO))
		bt_find(judge, bt_subject_origin(subject, bt_subject_option(subject, BT_OPT_MODE)),
			"set primary to the port that should work",
			"'%s' has no primary: the order of its ports decides which works",
			bt_subject_label(subject));
}

BT_RULE(lacp_min_links)
{
	if (bt_subject_mode(subject) == BT_MODE_8023AD && subject->n_ports > 2 &&
	    !bt_subject_option(subject, BT_OPT_MIN_LINKS))
		bt_find(judge, bt_subject_origin(subject, bt_subject_option(subject, BT_OPT_MODE)),
			"set min_links to the number of ports that carry the load",
			"'%s' stays up while one of its %zu ports works: min_links is not set",
			bt_subject_label(subject), subject->n_ports);
}

BT_RULE(lacp_too_few_ports)
{
	const struct bt_value *value = bt_subject_option(subject, BT_OPT_MIN_LINKS);

	if (value && bt_subject_mode(subject) == BT_MODE_8023AD && subject->n_ports &&
	    value->number > (int64_t)subject->n_ports)
		bt_find(judge, bt_subject_origin(subject, value), NULL,
			"min_links=%" PRId64 " is never reached: '%s' has %zu port%s",
			value->number, bt_subject_label(subject), subject->n_ports,
			subject->n_ports == 1 ? "" : "s");
}

BT_RULE(lacp_passive)
{
	const struct bt_value *value = bt_subject_option(subject, BT_OPT_LACP_ACTIVE);

	if (value && !value->number && bt_subject_mode(subject) == BT_MODE_8023AD)
		bt_find(judge, bt_subject_origin(subject, value),
			"leave lacp_active out unless the switch is known to be active",
			"'%s' only answers: with lacp_active=off the switch must speak first",
			bt_subject_label(subject));
}
