/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Runs the rules over a configuration: relates the profiles once, then asks each rule. */
#include "check/check.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

struct bt_judge {
	struct bondtool *bt;
	const struct bt_rule *rule;	 /* being asked */
	struct bt_subject *subjects;	 /* one a profile, in their order */
	const struct bt_subject **ports; /* those of each controller side by side */
	struct bt_hash interfaces, ports_of, uuids, vlans; /* claims: to the first who made it */
	struct bt_strings claims;			   /* the keys of vlans */
	size_t count;
};

void bt_find(struct bt_judge *judge, const struct bt_origin *origin, const char *hint,
	     const char *format, ...)
{
	BT_AUTOFREE char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = bt_vformat(format, arguments);
	va_end(arguments);
	if (message)
		bt_diag(judge->bt, judge->rule->severity, judge->rule->id, origin, hint, "%s",
			message);
}

const struct bt_origin *bt_subject_origin(const struct bt_subject *subject,
					  const struct bt_value *value)
{
	return value && value->origin.source ? &value->origin : &subject->profile->origin;
}

const struct bt_value *bt_subject_option(const struct bt_subject *subject, enum bt_option_id id)
{
	const struct bt_value *value = bt_values_find(&subject->profile->options, id);

	return value ? value : bt_values_find(&subject->profile->implied, id);
}

int64_t bt_subject_number(const struct bt_subject *subject, enum bt_option_id id)
{
	const struct bt_value *value = bt_subject_option(subject, id);

	return value ? value->number : bt_options[id].standard;
}

bool bt_subject_is_bond(const struct bt_subject *subject)
{
	return bt_profile_is(subject->profile, "bond");
}

enum bt_mode bt_subject_mode(const struct bt_subject *subject)
{
	int64_t mode;

	if (!bt_subject_is_bond(subject))
		subject = subject->controller;
	if (!subject || !bt_subject_is_bond(subject))
		return BT_MODE_COUNT;
	mode = bt_subject_number(subject, BT_OPT_MODE);
	return mode >= 0 && mode < BT_MODE_COUNT ? (enum bt_mode)mode : BT_MODE_COUNT;
}

bool bt_subject_allows(const struct bt_subject *subject, enum bt_option_id id)
{
	enum bt_mode mode = bt_subject_mode(subject);

	return mode == BT_MODE_COUNT || bt_option_allowed_in(&bt_options[id], mode);
}

int64_t bt_subject_miimon(const struct bt_subject *subject)
{
	if (!bt_subject_option(subject, BT_OPT_MIIMON) &&
	    !bt_subject_allows(subject, BT_OPT_ARP_INTERVAL))
		return BT_FORCED_MIIMON;
	return bt_subject_number(subject, BT_OPT_MIIMON);
}

const char *bt_subject_label(const struct bt_subject *subject)
{
	return bt_profile_label(subject->profile);
}

const char *bt_subject_interface(const struct bt_subject *subject)
{
	return bt_profile_text(subject->profile, BT_PROP_INTERFACE_NAME);
}

/* The subject of the profile that PROPERTY of SUBJECT refers to; NULL when it is not here. */
static const struct bt_subject *referred(const struct bt_judge *judge,
					 struct bondtool_config *config,
					 const struct bt_subject *subject,
					 enum bt_property_id property)
{
	const char *text = bt_profile_text(subject->profile, property);
	size_t number;

	if (!text || !bt_config_referred_number(config, text, &number))
		return NULL;
	return &judge->subjects[number];
}

/* Makes a claim: returns the subject that made it before, or NULL when this one is the first. */
static const struct bt_subject *claim(const struct bt_judge *judge, struct bt_hash *claims,
				      const char *key, const struct bt_subject *subject)
{
	size_t number;

	if (!key)
		return NULL;
	if (bt_hash_get(claims, key, &number))
		return &judge->subjects[number];
	bt_hash_put(claims, key, (size_t)(subject - judge->subjects));
	return NULL;
}

/* "PARENT/ID" of a VLAN, kept by the judge; NULL when it lacks one of them. */
static const char *vlan_key(struct bt_judge *judge, const struct bt_subject *subject)
{
	const char *text = bt_profile_text(subject->profile, BT_PROP_VLAN_PARENT);
	const struct bt_value *id = bt_profile_value(subject->profile, BT_PROP_VLAN_ID);
	const char *parent = subject->parent ? bt_subject_interface(subject->parent) : text;
	char *key;

	if (!id || !(parent || text))
		return NULL;
	key = bt_format("%s/%" PRId64, parent ? parent : text, id->number);
	return key && bt_strings_take(&judge->claims, key) == 0 ? key : NULL;
}

static void relate(struct bt_judge *judge, struct bondtool_config *config,
		   struct bt_subject *subject)
{
	const char *interface = bt_subject_interface(subject);

	subject->controller = referred(judge, config, subject, BT_PROP_CONTROLLER);
	subject->parent = referred(judge, config, subject, BT_PROP_VLAN_PARENT);
	subject->same_interface = claim(judge, &judge->interfaces, interface, subject);
	subject->same_uuid = claim(judge, &judge->uuids,
				   bt_profile_text(subject->profile, BT_PROP_UUID), subject);
	if (bt_profile_text(subject->profile, BT_PROP_CONTROLLER))
		subject->same_port = claim(judge, &judge->ports_of, interface, subject);
	if (bt_profile_is(subject->profile, "vlan"))
		subject->same_vlan = claim(judge, &judge->vlans, vlan_key(judge, subject), subject);
}

/* Gives every controller its ports: counts, lays out, fills. */
static void gather_ports(struct bt_judge *judge)
{
	const struct bt_subject **next = judge->ports;

	for (size_t i = 0; i < judge->count; i++)
		if (judge->subjects[i].controller)
			judge->subjects[judge->subjects[i].controller - judge->subjects].n_ports++;
	for (size_t i = 0; i < judge->count; i++) {
		judge->subjects[i].ports = next;
		next += judge->subjects[i].n_ports;
		judge->subjects[i].n_ports = 0;
	}
	for (size_t i = 0; i < judge->count; i++) {
		const struct bt_subject *port = &judge->subjects[i];
		struct bt_subject *controller;

		if (!port->controller)
			continue;
		controller = &judge->subjects[port->controller - judge->subjects];
		judge->ports[controller->ports - judge->ports + controller->n_ports++] = port;
	}
}

static const struct bt_subject *above(const struct bt_subject *subject)
{
	return subject->controller ? subject->controller : subject->parent;
}

/* Walks upward from every subject once; coming back to a subject of the same walk closes a loop. */
static void find_loops(struct bt_judge *judge, size_t *walk_of)
{
	for (size_t i = 0; i < judge->count; i++) {
		const struct bt_subject *subject = &judge->subjects[i];

		while (subject && !walk_of[subject - judge->subjects]) {
			walk_of[subject - judge->subjects] = i + 1;
			subject = above(subject);
		}
		if (subject && walk_of[subject - judge->subjects] == i + 1)
			judge->subjects[subject - judge->subjects].closes_loop = true;
	}
}

static int prepare(struct bt_judge *judge, struct bondtool_config *config)
{
	BT_AUTOFREE size_t *walk_of = calloc(config->count + 1, sizeof(*walk_of));

	judge->subjects = calloc(config->count + 1, sizeof(*judge->subjects));
	judge->ports = calloc(config->count + 1, sizeof(struct bt_subject *));
	if (!walk_of || !judge->subjects || !judge->ports)
		return -ENOMEM;
	judge->count = config->count;
	for (size_t i = 0; i < judge->count; i++)
		judge->subjects[i].profile = config->profiles[i];
	for (size_t i = 0; i < judge->count; i++)
		relate(judge, config, &judge->subjects[i]);
	gather_ports(judge);
	find_loops(judge, walk_of);
	return 0;
}

static bool concerns(const struct bt_rule *rule, const struct bt_subject *subject)
{
	switch (rule->scope) {
	case BT_SCOPE_READING:
		return false;
	case BT_SCOPE_PROFILE:
		return true;
	case BT_SCOPE_BOND:
		return bt_subject_is_bond(subject);
	case BT_SCOPE_PORT:
		return bt_profile_text(subject->profile, BT_PROP_CONTROLLER);
	case BT_SCOPE_VLAN:
		return bt_profile_is(subject->profile, "vlan");
	}
	return false;
}

int bondtool_check(struct bondtool *bt, struct bondtool_config *config)
{
	struct bt_judge judge = {.bt = bt};
	int r = prepare(&judge, config);

	for (size_t i = 0; r == 0 && i < judge.count; i++)
		for (judge.rule = bt_rules; judge.rule->id; judge.rule++)
			if (concerns(judge.rule, &judge.subjects[i]))
				judge.rule->judge(&judge, &judge.subjects[i]);
	free(judge.subjects);
	free(judge.ports);
	bt_hash_release(&judge.interfaces);
	bt_hash_release(&judge.ports_of);
	bt_hash_release(&judge.uuids);
	bt_hash_release(&judge.vlans);
	bt_strings_release(&judge.claims);
	return r;
}

/* The readers of interfaces files share their rules, which are explained under one name. */
static const char *shared_name(const char *id)
{
	static const char *const readers[] = {"ifupdown2/", "ifupdown-ng/"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(readers); i++)
		if (bt_has_prefix(id, readers[i]))
			return id + strlen(readers[i]);
	return NULL;
}

const struct bt_rule *bt_rule_find(const char *id)
{
	static const char prefix[] = "interfaces/";
	const char *name = shared_name(id);

	for (const struct bt_rule *rule = bt_rules; rule->id; rule++)
		if (bt_equal(rule->id, id) || (name && bt_has_prefix(rule->id, prefix) &&
					       bt_equal(rule->id + strlen(prefix), name)))
			return rule;
	return NULL;
}

static void describe(const struct bt_rule *rule, struct bondtool_rule_info *ret_info)
{
	*ret_info = (struct bondtool_rule_info){
		.id = rule->id,
		.severity = rule->severity,
		.text = rule->text,
		.explanation = rule->explanation,
		.fix = rule->fix,
	};
}

bool bondtool_rule_info(size_t index, struct bondtool_rule_info *ret_info)
{
	for (size_t i = 0; i < index; i++)
		if (!bt_rules[i].id)
			return false;
	if (!bt_rules[index].id)
		return false;
	describe(&bt_rules[index], ret_info);
	return true;
}

bool bondtool_rule_find(const char *id, struct bondtool_rule_info *ret_info)
{
	const struct bt_rule *rule = bt_rule_find(id);

	if (rule)
		describe(rule, ret_info);
	return rule;
}
