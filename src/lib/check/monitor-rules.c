/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether anybody watches the links, and whether the numbers say what was meant. */
#include <inttypes.h>

#include "base/text.h"
#include "check/check.h"

/* Whether the driver takes the ARP monitor here, and it is on. */
static bool arp_is_on(const struct bt_subject *bond)
{
	return bt_subject_number(bond, BT_OPT_ARP_INTERVAL) > 0 &&
	       bt_subject_allows(bond, BT_OPT_ARP_INTERVAL);
}

static bool has_targets(const struct bt_subject *bond, enum bt_option_id id)
{
	const struct bt_value *value = bt_subject_option(bond, id);

	return value && value->n_items;
}

BT_RULE(monitor_none)
{
	/* What a tool implies stands nowhere; then the mode is where to add something. */
	const struct bt_value *miimon = bt_values_find(&subject->profile->options, BT_OPT_MIIMON);
	const struct bt_value *mode = bt_subject_option(subject, BT_OPT_MODE);

	if (bt_subject_miimon(subject) > 0 || arp_is_on(subject))
		return;
	bt_find(judge, bt_subject_origin(subject, miimon ? miimon : mode),
		"set miimon, for example miimon=100",
		"nothing watches the links of '%s': miimon and arp_interval are both 0",
		bt_subject_label(subject));
}

BT_RULE(monitor_no_targets)
{
	const struct bt_value *interval = bt_subject_option(subject, BT_OPT_ARP_INTERVAL);

	if (arp_is_on(subject) && !has_targets(subject, BT_OPT_ARP_IP_TARGET) &&
	    !has_targets(subject, BT_OPT_NS_IP6_TARGET))
		bt_find(judge, bt_subject_origin(subject, interval),
			"set arp_ip_target, for example to the gateway's address",
			"arp_interval=%" PRId64 " has no target to probe", interval->number);
}

BT_RULE(monitor_targets_unused)
{
	static const enum bt_option_id lists[] = {BT_OPT_ARP_IP_TARGET, BT_OPT_NS_IP6_TARGET};

	if (bt_subject_number(subject, BT_OPT_ARP_INTERVAL) > 0)
		return;
	for (size_t i = 0; i < BT_ARRAY_SIZE(lists); i++)
		if (has_targets(subject, lists[i]))
			bt_find(judge,
				bt_subject_origin(subject, bt_subject_option(subject, lists[i])),
				"set arp_interval instead of miimon, or leave the targets out",
				"the targets of '%s' are never probed: arp_interval is 0",
				bt_options[lists[i]].name);
}

BT_RULE(value_delay_rounded)
{
	int64_t miimon = bt_subject_miimon(subject);

	for (unsigned id = 0; id < BT_OPT_COUNT && miimon > 0; id++) {
		const struct bt_value *value = bt_subject_option(subject, id);
		BT_AUTOFREE char *hint = NULL;

		if (!value || !(bt_options[id].flags & BT_OPTION_NEEDS_MIIMON) ||
		    value->number % miimon == 0)
			continue;
		hint = bt_format("set a multiple of %" PRId64 ", such as %" PRId64, miimon,
				 (value->number / miimon + 1) * miimon);
		bt_find(judge, bt_subject_origin(subject, value), hint,
			"%s=%" PRId64 " is no multiple of miimon=%" PRId64
			": the driver makes %" PRId64 " of it",
			bt_options[id].name, value->number, miimon,
			value->number / miimon * miimon);
	}
}

/* What the number would be in the next unit, when that is usual; else 0. */
static int64_t in_other_unit(const struct bt_range *usual, int64_t number)
{
	int64_t other = number > usual->most ? number / 1000 : number * 1000;

	return other >= usual->least && other <= usual->most ? other : 0;
}

BT_RULE(value_unit)
{
	const struct bt_values *options = &subject->profile->options;

	for (size_t i = 0; i < options->count; i++) {
		const struct bt_value *value = &options->values[i];
		const struct bt_option *option = &bt_options[value->id];
		const struct bt_range *usual = &option->usual;
		BT_AUTOFREE char *hint = NULL;
		int64_t other;

		if (!usual->most || !value->number ||
		    (value->number >= usual->least && value->number <= usual->most))
			continue;
		other = in_other_unit(usual, value->number);
		if (other)
			hint = bt_format("was %" PRId64 " %s meant?", other, option->spec.unit);
		bt_find(judge, bt_subject_origin(subject, value), hint,
			"%s=%" PRId64 " is in %s: usual are %" PRId64 " to %" PRId64, option->name,
			value->number, option->spec.unit, usual->least, usual->most);
	}
}
