/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The grammar of the property bond.options. */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "model/change.h"

/* One "name=value" of the list, taken apart. */
struct assignment {
	struct bt_text name, value;
	bool has_value;
	struct bt_origin origin; /* of the value, or of the name when there is none */
};

static void assignment_release(struct assignment *a)
{
	bt_text_release(&a->name);
	bt_text_release(&a->value);
}

static void trim(struct bt_text *text)
{
	while (text->length && strchr(" \t", text->data[text->length - 1]))
		text->data[--text->length] = '\0';
}

/*
 * Reads one assignment from *WHERE up to its comma, with '\' taking the next character literally,
 * and moves *WHERE behind it.
 */
static void read_assignment(const char *text, const char **where, const struct bt_origin *origin,
			    struct assignment *a)
{
	const char *p = *where + strspn(*where, " \t");
	const char *start = p;
	struct bt_text *part = &a->name;

	for (; *p && *p != ','; p++) {
		if (*p == '=' && part == &a->name) {
			trim(&a->name);
			part = &a->value;
			a->has_value = true;
			start = p + 1 + strspn(p + 1, " \t");
			p = start - 1;
			continue;
		}
		if (*p == '\\' && p[1])
			p++;
		bt_text_add_char(part, *p);
	}
	trim(part);
	a->origin = bt_origin_part(origin, (size_t)(start - text), (size_t)(p - start));
	*where = *p ? p + 1 : p;
}

static void offer_name(const char *name, const char *word, const char **found, bool *several)
{
	if (!name || strncasecmp(name, word, strlen(word)) != 0)
		return;
	*several = *several || *found;
	*found = name;
}

/* The bond option that WORD names, wholly or by a unique beginning in any case. */
static const struct bt_option *find_option(const char *word, bool *ret_ambiguous)
{
	const struct bt_option *option = bt_option_find(word);
	const char *found = NULL;
	bool several = false;

	if (!option && *word) {
		for (size_t i = 0; i < BT_OPT_COUNT; i++) {
			if (bt_options[i].flags & BT_OPTION_PORT)
				continue;
			if (bt_equal_ignoring_case(bt_options[i].name, word))
				return &bt_options[i];
			offer_name(bt_options[i].name, word, &found, &several);
			offer_name(bt_options[i].alias, word, &found, &several);
		}
		option = found && !several ? bt_option_find(found) : NULL;
	}
	*ret_ambiguous = several;
	return option && !(option->flags & BT_OPTION_PORT) ? option : NULL;
}

static int refuse_name(struct bondtool *bt, const char *word, bool ambiguous,
		       const struct bt_origin *origin)
{
	struct bt_values none = {0};

	if (ambiguous)
		return bt_error(bt, -EINVAL, "option/ambiguous", origin,
				"several options begin with '%s'", word);
	if (bt_option_find(word))
		return bt_error(bt, -EINVAL, "option/of-a-port", origin,
				"'%s' is an option of a port, not of a bond: see bond-port", word);
	return bt_options_set(bt, &none, word, "", origin); /* says what is near */
}

/* nmcli completes modes only; the other names must be whole. */
static const char *completed_mode(const struct bt_option *option, const char *text)
{
	const char *found = NULL;
	bool several = false;

	if (bt_option_id(option) != BT_OPT_MODE || bt_name_find(option->spec.names, text) || !*text)
		return text;
	for (const struct bondtool_name *n = option->spec.names; n->name; n++)
		offer_name(n->name, text, &found, &several);
	return found && !several ? found : text;
}

static void drop(struct bondtool *bt, struct bt_values *values, enum bt_option_id id,
		 const char *because, const struct bt_origin *origin)
{
	if (bt_values_unset(values, id))
		bt_note(bt, "option/replaced", origin, "option '%s' is dropped, because %s is set",
			bt_options[id].name, because);
}

/* One link monitor excludes the other: the one that is set last holds, as in nmcli. */
static void drop_other_monitor(struct bondtool *bt, struct bt_values *values,
			       const struct bt_option *option, const struct bt_origin *origin)
{
	static const enum bt_option_id of_miimon[] = {BT_OPT_MIIMON, BT_OPT_UPDELAY,
						      BT_OPT_DOWNDELAY, BT_OPT_PEER_NOTIF_DELAY};
	static const enum bt_option_id of_arp[] = {BT_OPT_ARP_INTERVAL, BT_OPT_ARP_IP_TARGET,
						   BT_OPT_NS_IP6_TARGET, BT_OPT_ARP_VALIDATE};
	enum bt_option_id id = bt_option_id(option);

	if (bt_options_number(values, id) <= 0)
		return;
	for (size_t i = 0; id == BT_OPT_ARP_INTERVAL && i < BT_ARRAY_SIZE(of_miimon); i++)
		drop(bt, values, of_miimon[i], "arp_interval", origin);
	for (size_t i = 0; id == BT_OPT_MIIMON && i < BT_ARRAY_SIZE(of_arp); i++)
		drop(bt, values, of_arp[i], "miimon", origin);
}

static int set_one(struct bondtool *bt, struct bt_values *values, const struct bt_option *option,
		   const struct assignment *a)
{
	const char *text = a->value.data ? a->value.data : "";

	bt_values_unset(values, bt_option_id(option)); /* replacing on purpose is no duplicate */
	if (!*text)
		return 0;

	int r = bt_options_set(bt, values, option->name, completed_mode(option, text), &a->origin);

	if (r == 0)
		drop_other_monitor(bt, values, option, &a->origin);
	return r;
}

static bool is_address(const char *text)
{
	unsigned char address[sizeof(struct in6_addr)];

	return inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
}

/* "arp_ip_target=10.0.0.1,10.0.0.2": the second address belongs to the list before it. */
static int continue_list(struct bondtool *bt, struct bt_values *values,
			 const struct bt_option *option, const struct assignment *a)
{
	const struct bt_about about = {"driver/value", {option->name}};
	struct bt_value *value = bt_values_find(values, bt_option_id(option));

	if (!value)
		return -ENOENT;
	return bt_value_add_item(bt, &option->spec, &about, a->name.data, &a->origin, value);
}

static int change_one(struct bondtool *bt, struct bt_values *values, enum bondtool_change change,
		      const struct assignment *a, const struct bt_option **last)
{
	const char *name = a->name.data ? a->name.data : "";
	bool ambiguous;
	const struct bt_option *option;

	if (change != BONDTOOL_REMOVE && !a->has_value && *last &&
	    bt_type_is_list((*last)->spec.type) && is_address(name))
		return continue_list(bt, values, *last, a);
	option = find_option(name, &ambiguous);
	if (!option)
		return refuse_name(bt, name, ambiguous, &a->origin);
	*last = option;
	if (change == BONDTOOL_REMOVE) {
		bt_values_unset(values, bt_option_id(option));
		return 0;
	}
	if (!a->has_value)
		return bt_error(bt, -EINVAL, "option/no-value", &a->origin,
				"'%s' is not valid; use <option>=<value>", name);
	return set_one(bt, values, option, a);
}

static void unset_bond_options(struct bt_values *values)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (!(bt_options[i].flags & BT_OPTION_PORT))
			bt_values_unset(values, (unsigned)i);
}

int bt_options_change(struct bondtool *bt, struct bt_values *values, enum bondtool_change change,
		      const char *text, const struct bt_origin *origin)
{
	const struct bt_option *last = NULL;

	if (change == BONDTOOL_SET || (change == BONDTOOL_REMOVE && !*text))
		unset_bond_options(values);
	for (const char *p = text; *p;) {
		BT_CLEANUP(assignment_release) struct assignment a = {0};

		read_assignment(text, &p, origin, &a);
		if (a.name.failed || a.value.failed)
			return -ENOMEM;

		int r = change_one(bt, values, change, &a, &last);

		if (r < 0)
			return r;
	}
	return 0;
}
