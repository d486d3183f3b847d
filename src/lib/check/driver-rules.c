/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the bonding driver refuses in the one message that creates a bond, in bond_changelink(), and
 * then for each of its ports, in bond_slave_changelink(). Facts of single options come from the
 * option table.
 */
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>

#include "base/text.h"
#include "check/check.h"

enum {
	TX_QUEUES = 16, /* of a bond, unless the module was loaded with another tx_queues= */
};

static bool within(const struct bt_spec *spec, const struct bt_value *value)
{
	if (spec->type == BT_TYPE_NAME)
		return bt_name_of(spec->names, value->number);
	return spec->type != BT_TYPE_NUMBER ||
	       (value->number >= spec->minimum && value->number <= spec->maximum);
}

/* Texts are judged when they are read; this is for values that came as numbers. */
BT_RULE(driver_value)
{
	const struct bt_values *options = &subject->profile->options;

	for (size_t i = 0; i < options->count; i++) {
		const struct bt_value *value = &options->values[i];
		const struct bt_option *option = &bt_options[value->id];
		BT_AUTOFREE char *allowed = NULL;

		if (within(&option->spec, value))
			continue;
		allowed = bt_spec_allowed(&option->spec);
		bt_find(judge, bt_subject_origin(subject, value), NULL,
			"option '%s': %" PRId64 " is out of range; allowed: %s", option->name,
			value->number, allowed ? allowed : "?");
	}
}

/* "active-backup, balance-tlb or balance-alb"; NULL without memory. */
static char *mode_names(unsigned modes)
{
	BT_AUTOTEXT struct bt_text text = {0};
	const struct bondtool_name *names = bt_options[BT_OPT_MODE].spec.names;

	for (int mode = 0; modes; mode++) {
		if (!(modes & BT_MODE_BIT(mode)))
			continue;
		modes &= ~BT_MODE_BIT(mode);
		bt_text_addf(&text, "%s%s", !text.length ? "" : modes ? ", " : " or ",
			     bt_name_of(names, mode)->name);
	}
	return bt_text_take(&text);
}

/* How to mend an option that the mode refuses; nothing is lost with one that says the default. */
static const char *mode_hint(const struct bt_option *option, const struct bt_value *value)
{
	if (option->has_default && option->standard == value->number)
		return "leave it out: it is the driver's default and changes nothing";
	return "leave it out, or choose a mode that takes it";
}

BT_RULE(driver_mode_option)
{
	const struct bt_values *options = &subject->profile->options;
	enum bt_mode mode = bt_subject_mode(subject);

	for (size_t i = 0; i < options->count && mode != BT_MODE_COUNT; i++) {
		const struct bt_value *value = &options->values[i];
		const struct bt_option *option = &bt_options[value->id];
		BT_AUTOFREE char *modes = NULL;

		if (bt_option_allowed_in(option, mode))
			continue;
		modes = mode_names(BT_MODES_ALL & ~option->refused_modes);
		bt_find(judge, bt_subject_origin(subject, value), mode_hint(option, value),
			"option '%s' is refused in mode %s; it belongs to %s", option->name,
			bt_name_of(bt_options[BT_OPT_MODE].spec.names, mode)->name,
			modes ? modes : "?");
	}
}

BT_RULE(driver_delay_needs_miimon)
{
	if (bt_subject_miimon(subject) > 0)
		return;
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_option *option = &bt_options[id];
		const struct bt_value *value = bt_subject_option(subject, id);

		if (!value || !(option->flags & BT_OPTION_NEEDS_MIIMON))
			continue;
		bt_find(judge, bt_subject_origin(subject, value),
			value->number ? "set miimon as well, for example miimon=100"
				      : "leave it out: 0 is the driver's default",
			"option '%s' is refused while miimon is 0, whatever its value",
			option->name);
	}
}

/* An ARP option that is on beside a miimon that is on; one that the mode refuses is said there. */
static void find_second_monitor(struct bt_judge *judge, const struct bt_subject *subject,
				enum bt_option_id id, const struct bt_value *miimon)
{
	const struct bt_value *value = bt_subject_option(subject, id);

	if (value && value->number && bt_subject_allows(subject, id))
		bt_find(judge, bt_subject_origin(subject, value),
			"keep one of the two; miimon=0 switches the other off",
			"option '%s' is refused beside miimon=%" PRId64
			": links are watched by ARP or by MII, not by both",
			bt_options[id].name, miimon->number);
}

BT_RULE(driver_two_monitors)
{
	const struct bt_value *miimon = bt_subject_option(subject, BT_OPT_MIIMON);

	if (!miimon || !miimon->number)
		return;
	find_second_monitor(judge, subject, BT_OPT_ARP_INTERVAL, miimon);
	find_second_monitor(judge, subject, BT_OPT_ARP_VALIDATE, miimon);
}

/* Why the driver does not probe this address; NULL when it does. */
static const char *why_no_target(enum bt_type type, const char *text)
{
	struct in6_addr six;
	struct in_addr four;

	if (type == BT_TYPE_IP4S && inet_pton(AF_INET, text, &four) == 1) {
		if (four.s_addr == INADDR_ANY)
			return "it is the unspecified address";
		if (four.s_addr == INADDR_BROADCAST)
			return "it is the broadcast address";
	}
	if (type == BT_TYPE_IP6S && inet_pton(AF_INET6, text, &six) == 1) {
		if (IN6_IS_ADDR_UNSPECIFIED(&six))
			return "it is the unspecified address";
		if (IN6_IS_ADDR_LOOPBACK(&six))
			return "it is this machine itself";
		if (IN6_IS_ADDR_MULTICAST(&six))
			return "it is a multicast address";
	}
	return NULL;
}

/* Calls FIND for each list of addresses that the subject sets. */
static void each_targets(struct bt_judge *judge, const struct bt_subject *subject,
			 void (*find)(struct bt_judge *judge, const struct bt_option *option,
				      const struct bt_value *targets))
{
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_subject_option(subject, id);

		if (value && bt_type_is_list(bt_options[id].spec.type))
			find(judge, &bt_options[id], value);
	}
}

static void find_bad_target(struct bt_judge *judge, const struct bt_option *option,
			    const struct bt_value *targets)
{
	for (size_t i = 0; i < targets->n_items; i++) {
		const struct bt_item *item = &targets->items[i];
		const char *why = why_no_target(option->spec.type, item->text);

		if (why)
			bt_find(judge, &item->origin, NULL, "option '%s': '%s' is no target: %s",
				option->name, item->text, why);
	}
}

BT_RULE(driver_target)
{
	each_targets(judge, subject, find_bad_target);
}

static void find_twin_target(struct bt_judge *judge, const struct bt_option *option,
			     const struct bt_value *targets)
{
	for (size_t i = 1; i < targets->n_items && i < option->spec.limit; i++) {
		const struct bt_item *item = &targets->items[i];

		for (size_t k = 0; k < i; k++) {
			if (strcmp(targets->items[k].text, item->text) != 0)
				continue;
			bt_find(judge, &item->origin, "leave one of them out",
				"option '%s': '%s' is there twice", option->name, item->text);
			break;
		}
	}
}

BT_RULE(driver_target_twice)
{
	each_targets(judge, subject, find_twin_target);
}

static void find_surplus_target(struct bt_judge *judge, const struct bt_option *option,
				const struct bt_value *targets)
{
	unsigned limit = option->spec.limit;

	if (targets->n_items > limit)
		bt_find(judge, &targets->items[limit].origin, NULL,
			"option '%s' has %u targets; the driver takes %u", option->name,
			targets->n_items, limit);
}

BT_RULE(driver_too_many_targets)
{
	each_targets(judge, subject, find_surplus_target);
}

/* Whether the canonical MAC address is that of a group: the lowest bit of its first byte. */
static bool is_group_address(const char *mac)
{
	return strchr("13579bdf", mac[1]);
}

BT_RULE(driver_actor_system)
{
	const struct bt_value *value = bt_subject_option(subject, BT_OPT_AD_ACTOR_SYSTEM);

	if (value && value->text && is_group_address(value->text))
		bt_find(judge, bt_subject_origin(subject, value),
			"an address of one station has an even second digit",
			"option '%s': '%s' is a multicast address",
			bt_options[BT_OPT_AD_ACTOR_SYSTEM].name, value->text);
}

static bool has_port(const struct bt_subject *bond, const char *interface)
{
	for (size_t i = 0; i < bond->n_ports; i++)
		if (bt_equal(bt_subject_interface(bond->ports[i]), interface))
			return true;
	return false;
}

BT_RULE(driver_active_slave)
{
	const struct bt_value *value = bt_subject_option(subject, BT_OPT_ACTIVE_SLAVE);

	if (value && value->text && !has_port(subject, value->text))
		bt_find(judge, bt_subject_origin(subject, value),
			"to prefer a port, use primary: it may come later",
			"option '%s': '%s' is no port of '%s'",
			bt_options[BT_OPT_ACTIVE_SLAVE].name, value->text,
			bt_subject_label(subject));
}

BT_RULE(driver_mac_address)
{
	const struct bt_value *value =
		bt_profile_value(subject->profile, BT_PROP_CLONED_MAC_ADDRESS);
	BT_AUTOFREE char *mac = NULL;

	if (!value || bt_item_canonical(BT_TYPE_MAC, value->text, &mac) < 0)
		return;
	if (is_group_address(mac) || bt_equal(mac, "00:00:00:00:00:00"))
		bt_find(judge, bt_subject_origin(subject, value),
			"an address of one station has an even second digit and is not all zero",
			"'%s' cannot be the MAC address of '%s'", value->text,
			bt_subject_label(subject));
}

BT_RULE(driver_queue_id_range)
{
	const struct bt_value *value = bt_subject_option(subject, BT_OPT_QUEUE_ID);

	if (value && value->number > TX_QUEUES)
		bt_find(judge, bt_subject_origin(subject, value), NULL,
			"option '%s': %" PRId64 " is out of range; a bond has %d queues",
			bt_options[BT_OPT_QUEUE_ID].name, value->number, TX_QUEUES);
}

BT_RULE(driver_queue_id_twice)
{
	for (size_t i = 1; i < subject->n_ports; i++) {
		const struct bt_value *value =
			bt_subject_option(subject->ports[i], BT_OPT_QUEUE_ID);

		for (size_t k = 0; k < i && value && value->number; k++) {
			const struct bt_subject *other = subject->ports[k];

			if (bt_subject_number(other, BT_OPT_QUEUE_ID) != value->number)
				continue;
			bt_find(judge, bt_subject_origin(subject->ports[i], value),
				"give each port a queue of its own, or 0 for none",
				"option '%s': '%s' and '%s' both have %" PRId64,
				bt_options[BT_OPT_QUEUE_ID].name, bt_subject_label(other),
				bt_subject_label(subject->ports[i]), value->number);
			break;
		}
	}
}
