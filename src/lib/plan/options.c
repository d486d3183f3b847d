/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Transitions between sets of options: what to send, what it does besides, how to undo it. */
#include "plan/options.h"

#include <errno.h>
#include <string.h>

/* What the driver sets miimon to in a mode that has no other monitor (BOND_DEFAULT_MIIMON). */
enum { FORCED_MIIMON = 100 };
/* In place of a delay that the driver keeps as a multiple which we cannot see. */
enum { NOT_FORESEEN = -1 };

static const enum bt_option_id delays[] = {BT_OPT_UPDELAY, BT_OPT_DOWNDELAY,
					   BT_OPT_PEER_NOTIF_DELAY};

void bt_transition_release(struct bt_transition *transition)
{
	bt_values_release(&transition->change);
	bt_values_release(&transition->before);
	bt_values_release(&transition->undo);
	bt_values_release(&transition->undo_first);
}

static uint64_t bit(enum bt_option_id id)
{
	return 1ULL << id;
}

static bool is_delay(enum bt_option_id id)
{
	return bt_options[id].flags & BT_OPTION_NEEDS_MIIMON;
}

/* Modes without an ARP monitor get a MII monitor whether they ask for one or not. */
static bool forces_miimon(enum bt_mode mode)
{
	return !bt_option_allowed_in(&bt_options[BT_OPT_ARP_INTERVAL], mode);
}

int bt_option_default(enum bt_option_id id, enum bt_mode mode, struct bt_value *ret_value)
{
	const struct bt_option *option = &bt_options[id];
	struct bt_value value = {.id = id, .number = option->standard};

	if (id == BT_OPT_MIIMON && forces_miimon(mode))
		value.number = FORCED_MIIMON;
	if (option->spec.type == BT_TYPE_MAC && !(value.text = strdup("00:00:00:00:00:00")))
		return -ENOMEM;
	if (option->spec.type == BT_TYPE_INTERFACE && !(value.text = strdup("")))
		return -ENOMEM;
	*ret_value = value;
	return 0;
}

/* Types whose attribute is left out of the kernel's answer when they are not set. */
static bool may_be_absent(const struct bt_option *option)
{
	return option->spec.type == BT_TYPE_INTERFACE || bt_type_is_list(option->spec.type);
}

bool bt_option_unknown_to_kernel(const struct bt_values *live, enum bt_option_id id)
{
	const struct bt_option *option = &bt_options[id];

	return !bt_values_find(live, id) && !may_be_absent(option) &&
	       !(option->flags & BT_OPTION_ADMIN_ONLY);
}

static bool is_empty(const struct bt_value *value)
{
	return !value->n_items && (!value->text || !*value->text) && !value->number;
}

/* The driver keeps a list's order, but nothing depends on it. */
static bool same_items(const struct bt_value *a, const struct bt_value *b)
{
	if (a->n_items != b->n_items)
		return false;
	for (size_t i = 0; i < a->n_items; i++) {
		bool found = false;

		for (size_t j = 0; j < b->n_items && !found; j++)
			found = strcmp(a->items[i].text, b->items[j].text) == 0;
		if (!found)
			return false;
	}
	return true;
}

/* Whether a bond that has HAS (NULL: unset) has what is WANTED. MIIMON is for rounding delays. */
static bool holds(const struct bt_value *wanted, const struct bt_value *has, int64_t miimon)
{
	if (!has)
		return is_empty(wanted);
	if (bt_type_is_list(bt_options[wanted->id].spec.type))
		return same_items(wanted, has);
	if (is_delay(wanted->id))
		return has->number ==
		       (miimon ? wanted->number / miimon * miimon : wanted->number);
	return bt_value_equal(wanted, has);
}

static int put_copy(struct bt_values *values, const struct bt_value *value)
{
	struct bt_value copy;
	int r = bt_value_copy(value, &copy);

	return r < 0 ? r : bt_values_put(values, &copy);
}

static int64_t number_of(const struct bt_values *values, enum bt_option_id id)
{
	const struct bt_value *value = bt_values_find(values, id);

	return value ? value->number : 0;
}

/* Sets the number of an option that the kernel tells of. */
static void foresee(struct bt_values *values, enum bt_option_id id, int64_t number)
{
	struct bt_value *value = bt_values_find(values, id);

	if (value)
		value->number = number;
}

/* A new miimon drags the delays along: the driver keeps them as multiples of it. */
static void foresee_miimon(struct bt_values *bond, int64_t miimon)
{
	int64_t before = number_of(bond, BT_OPT_MIIMON);

	for (size_t i = 0; i < BT_ARRAY_SIZE(delays); i++) {
		int64_t delay = number_of(bond, delays[i]);

		if (miimon && (!before || delay == NOT_FORESEEN))
			foresee(bond, delays[i], NOT_FORESEEN);
		else
			foresee(bond, delays[i], before ? delay / before * miimon : 0);
	}
	foresee(bond, BT_OPT_MIIMON, miimon);
}

static void foresee_mode(struct bt_values *bond, enum bt_mode mode)
{
	if (forces_miimon(mode)) {
		foresee(bond, BT_OPT_ARP_INTERVAL, 0);
		if (!number_of(bond, BT_OPT_MIIMON))
			foresee_miimon(bond, FORCED_MIIMON);
	}
	if (mode == BT_MODE_BALANCE_ALB)
		foresee(bond, BT_OPT_TLB_DYNAMIC_LB, 1);
	foresee(bond, BT_OPT_ARP_VALIDATE, 0);
	foresee(bond, BT_OPT_BROADCAST_NEIGHBOR, 0);
}

/* What setting VALUE does to other options, before it is itself put into BOND. */
static void foresee_side_effects(struct bt_values *bond, const struct bt_value *value)
{
	switch (value->id) {
	case BT_OPT_MODE:
		foresee_mode(bond, (enum bt_mode)value->number);
		break;
	case BT_OPT_MIIMON:
		foresee_miimon(bond, value->number);
		if (value->number && number_of(bond, BT_OPT_ARP_INTERVAL)) {
			foresee(bond, BT_OPT_ARP_INTERVAL, 0);
			foresee(bond, BT_OPT_ARP_VALIDATE, 0);
		}
		break;
	case BT_OPT_ARP_INTERVAL:
		if (value->number)
			foresee_miimon(bond, 0);
		break;
	default:
		break;
	}
}

/* The options that a bond with LIVE has once CHANGE was applied in the driver's order. */
static int foresee_all(const struct bt_values *live, const struct bt_values *change,
		       struct bt_values *ret_bond)
{
	int r = bt_values_copy(live, NULL, ret_bond);

	for (unsigned id = 0; r == 0 && id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_values_find(change, id);

		if (!value)
			continue;
		foresee_side_effects(ret_bond, value);
		r = put_copy(ret_bond, value);

		int64_t miimon = number_of(ret_bond, BT_OPT_MIIMON);

		if (r == 0 && is_delay(id) && miimon)
			foresee(ret_bond, id, value->number / miimon * miimon);
	}
	return r;
}

/* Whether the profile, or its silence, says anything about the bond's option ID. */
static bool is_judged(const struct bt_values *wanted, const struct bt_values *live, uint64_t keep,
		      enum bt_option_id id)
{
	const struct bt_option *option = &bt_options[id];

	if (keep & bit(id) || option->flags & (BT_OPTION_PORT | BT_OPTION_RUNTIME))
		return false;
	if (bt_option_unknown_to_kernel(live, id))
		return false;
	if (bt_values_find(wanted, id))
		return true;
	/* What only an administrator sees, and only in 802.3ad, is judged only when it is seen. */
	return bt_option_allowed_in(option, bt_options_mode(wanted)) &&
	       (bt_values_find(live, id) || !(option->flags & BT_OPTION_ADMIN_ONLY));
}

/* The values that the bond is to have, for all options that are judged. */
static int make_target(const struct bt_values *wanted, const struct bt_values *live, uint64_t keep,
		       struct bt_values *ret_target)
{
	int r = 0;

	for (unsigned id = 0; r == 0 && id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_values_find(wanted, id);
		struct bt_value standard;

		if (!is_judged(wanted, live, keep, id))
			continue;
		if (value) {
			r = put_copy(ret_target, value);
			continue;
		}
		r = bt_option_default(id, bt_options_mode(wanted), &standard);
		if (r == 0)
			r = bt_values_put(ret_target, &standard);
	}
	return r;
}

/*
 * Delays come once miimon is what it is to be: they are kept as multiples of it, and without it the
 * driver refuses even a 0, which is then what it has anyway.
 */
static bool is_too_early(const struct bt_value *delay, const struct bt_values *bond, int64_t miimon)
{
	return number_of(bond, BT_OPT_MIIMON) != miimon || (!miimon && !delay->number);
}

/* Adds to CHANGE what TARGET wants otherwise than BOND has it; *ret_added: there was some. */
static int add_differences(const struct bt_values *target, const struct bt_values *bond,
			   struct bt_values *change, bool *ret_added)
{
	int64_t miimon = number_of(target, BT_OPT_MIIMON);
	int r = 0;

	*ret_added = false;
	/* The mode is the target's first: what it changes by itself needs not be sent. */
	for (size_t i = 0; r == 0 && i < target->count; i++) {
		if (*ret_added && change->values[0].id == BT_OPT_MODE && change->count == 1)
			break;

		const struct bt_value *value = &target->values[i];

		if (bt_values_find(change, value->id) ||
		    holds(value, bt_values_find(bond, value->id), miimon) ||
		    (is_delay(value->id) && is_too_early(value, bond, miimon)))
			continue;
		r = put_copy(change, value);
		*ret_added = true;
	}
	return r;
}

static void note_needs(struct bt_transition *transition)
{
	for (size_t i = 0; i < transition->change.count; i++) {
		const struct bt_value *value = &transition->change.values[i];
		unsigned flags = bt_options[value->id].flags;

		if (flags & BT_OPTION_IFDOWN && !transition->needs_down &&
		    !transition->needs_no_ports)
			transition->culprit = value->id;
		if (flags & BT_OPTION_NO_PORTS && !transition->needs_no_ports)
			transition->culprit = value->id;
		transition->needs_down |= !!(flags & BT_OPTION_IFDOWN);
		transition->needs_no_ports |= !!(flags & BT_OPTION_NO_PORTS);
	}
}

/* Whether putting LIVE's value of ID back makes sense to the driver, in LIVE's own mode. */
static bool can_be_put_back(const struct bt_values *live, enum bt_option_id id)
{
	const struct bt_option *option = &bt_options[id];

	if (!bt_option_allowed_in(option, bt_options_mode(live)) ||
	    bt_option_unknown_to_kernel(live, id) || option->flags & BT_OPTION_RUNTIME)
		return false;
	return !is_delay(id) || number_of(live, BT_OPT_MIIMON);
}

static bool differs(const struct bt_values *a, const struct bt_values *b, enum bt_option_id id)
{
	const struct bt_value *one = bt_values_find(a, id), *other = bt_values_find(b, id);

	return one && other && !bt_value_equal(one, other);
}

/* LIVE's value of ID, or the default where it is not told, into the set that can carry it back. */
static int add_undo(const struct bt_values *live, enum bt_mode after, enum bt_option_id id,
		    struct bt_transition *transition)
{
	const struct bt_value *value = bt_values_find(live, id);
	struct bt_values *into = &transition->undo;
	struct bt_value standard;
	int r;

	if (!can_be_put_back(live, id)) {
		if (bt_option_allowed_in(&bt_options[id], bt_options_mode(live)) ||
		    !bt_option_allowed_in(&bt_options[id], after) ||
		    bt_option_unknown_to_kernel(live, id))
			return 0;
		into = &transition->undo_first;
	}
	if (value)
		return put_copy(into, value);
	r = bt_option_default(id, bt_options_mode(live), &standard);
	return r < 0 ? r : bt_values_put(into, &standard);
}

/* What leads back: the old values of all that was sent and of all that it changed besides. */
static int make_undo(const struct bt_values *live, const struct bt_values *after,
		     struct bt_transition *transition)
{
	int r = 0;

	for (unsigned id = 0; r == 0 && id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_values_find(live, id);

		if (!bt_values_find(&transition->change, id) && !differs(live, after, id))
			continue;
		if (value && bt_values_find(&transition->change, id))
			r = put_copy(&transition->before, value);
		if (r == 0)
			r = add_undo(live, bt_options_mode(after), id, transition);
	}
	return r;
}

/* Puts the values into the table's order, which is the driver's. */
static int sort_values(struct bt_values *values)
{
	struct bt_values sorted = {0};
	int r = 0;

	for (unsigned id = 0; r == 0 && id < BT_OPT_COUNT; id++) {
		struct bt_value *value = bt_values_find(values, id);

		if (value)
			r = bt_values_put(&sorted, value);
	}
	bt_values_release(values);
	*values = sorted;
	return r;
}

/* What the kernel keeps in modes that do not show it, so that it comes back with the next one. */
static bool is_remembered(enum bt_option_id id)
{
	return id == BT_OPT_PRIMARY || id == BT_OPT_AD_ACTOR_SYS_PRIO ||
	       id == BT_OPT_AD_USER_PORT_KEY;
}

/* A new mode brings back what was remembered: the default is sent where nothing else is wanted. */
static int forget_remembered(const struct bt_values *target, const struct bt_values *live,
			     uint64_t keep, struct bt_values *change)
{
	enum bt_mode before = bt_options_mode(live), mode = bt_options_mode(target);
	int r = 0;

	for (unsigned id = 0; r == 0 && before != mode && id < BT_OPT_COUNT; id++) {
		struct bt_value standard;

		if (!is_remembered(id) || keep & bit(id) || bt_values_find(change, id) ||
		    bt_option_allowed_in(&bt_options[id], before) ||
		    !bt_option_allowed_in(&bt_options[id], mode))
			continue;
		r = bt_option_default(id, mode, &standard);
		if (r == 0)
			r = bt_values_put(change, &standard);
	}
	return r;
}

/*
 * Sends what differs, foresees what the driver makes of it, adds what differs then, until nothing
 * does. Each round adds an option, so it ends.
 */
static int make_change(const struct bt_values *target, const struct bt_values *live, uint64_t keep,
		       struct bt_values *change, struct bt_values *ret_after)
{
	bool added = true;
	int r = 0;

	while (r == 0 && added) {
		bt_values_release(ret_after);
		r = foresee_all(live, change, ret_after);
		if (r == 0)
			r = add_differences(target, ret_after, change, &added);
	}
	if (r == 0)
		r = forget_remembered(target, live, keep, change);
	return r < 0 ? r : sort_values(change);
}

int bt_transition_make(const struct bt_values *wanted, const struct bt_values *live, uint64_t keep,
		       struct bt_transition *ret_transition)
{
	struct bt_transition transition = {0};
	struct bt_values target = {0}, after = {0};
	int r = make_target(wanted, live, keep, &target);

	if (r == 0)
		r = make_change(&target, live, keep, &transition.change, &after);
	if (r == 0)
		r = make_undo(live, &after, &transition);
	bt_values_release(&target);
	bt_values_release(&after);
	if (r < 0) {
		bt_transition_release(&transition);
		return r;
	}
	note_needs(&transition);
	*ret_transition = transition;
	return 0;
}

/* What the port has now; a new one has the defaults. */
static int port_value(const struct bt_values *live, enum bt_option_id id, enum bt_mode mode,
		      struct bt_value *ret_value)
{
	const struct bt_value *value = live ? bt_values_find(live, id) : NULL;

	return value ? bt_value_copy(value, ret_value) : bt_option_default(id, mode, ret_value);
}

static int add_port_difference(const struct bt_value *wanted, const struct bt_values *live,
			       enum bt_mode mode, struct bt_transition *transition)
{
	BT_AUTOVALUE struct bt_value has = {0};
	int r = port_value(live, wanted->id, mode, &has);

	if (r < 0 || holds(wanted, &has, 0))
		return r;
	r = put_copy(&transition->change, wanted);
	return r < 0 ? r : bt_values_put(&transition->before, &has);
}

int bt_port_transition_make(const struct bt_values *wanted, const struct bt_values *live,
			    enum bt_mode mode, struct bt_transition *ret_transition)
{
	struct bt_transition transition = {0};
	int r = 0;

	for (unsigned id = 0; r == 0 && id < BT_OPT_COUNT; id++) {
		const struct bt_option *option = &bt_options[id];
		const struct bt_value *value = bt_values_find(wanted, id);
		BT_AUTOVALUE struct bt_value standard = {.id = id};

		if (!(option->flags & BT_OPTION_PORT) ||
		    (live && bt_option_unknown_to_kernel(live, id)) ||
		    (!value && !bt_option_allowed_in(option, mode)))
			continue;
		if (!value)
			r = bt_option_default(id, mode, &standard);
		if (r == 0)
			r = add_port_difference(value ? value : &standard, live, mode, &transition);
	}
	if (r < 0) {
		bt_transition_release(&transition);
		return r;
	}
	*ret_transition = transition;
	return 0;
}
