/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The section [Match]: which interfaces a .network file is for, as far as texts can tell. */
#include <errno.h>
#include <fnmatch.h>
#include <string.h>

#include "parsers/networkd/networkd.h"

/* The state of looking at one criterion, word by word. */
struct criterion {
	const char *subject; /* what the words are compared with; NULL: unknown */
	bool any;	     /* there is a word at all */
	bool inverted;	     /* the first word begins with '!' */
	bool found;
};

static int match_word(void *context, struct bt_networkd_line *line, const char *word,
		      const struct bt_origin *place)
{
	struct criterion *criterion = context;

	(void)line;
	(void)place;
	if (!criterion->any && *word == '!') {
		criterion->inverted = true;
		word++;
	}
	criterion->any = true;
	if (criterion->subject && fnmatch(word, criterion->subject, 0) == 0)
		criterion->found = true;
	return 0;
}

static enum bt_networkd_match match_globs(const struct bt_networkd_unit *unit, const char *key,
					  const char *subject, bool *any)
{
	struct criterion criterion = {.subject = subject};

	bt_networkd_each_word(unit, "Match", key, match_word, &criterion);
	if (!criterion.any)
		return BT_NETWORKD_YES;
	*any = true;
	if (!subject)
		return BT_NETWORKD_MAYBE;
	return criterion.found != criterion.inverted ? BT_NETWORKD_YES : BT_NETWORKD_NO;
}

static int match_mac(void *context, struct bt_networkd_line *line, const char *word,
		     const struct bt_origin *place)
{
	struct criterion *criterion = context;
	BT_AUTOFREE char *mac = NULL;

	(void)line;
	(void)place;
	criterion->any = true;
	if (criterion->subject && bt_item_canonical(BT_TYPE_MAC, word, &mac) == 0 &&
	    bt_equal(mac, criterion->subject))
		criterion->found = true;
	return 0;
}

static enum bt_networkd_match match_macs(const struct bt_networkd_unit *unit, const char *key,
					 const char *subject, bool *any)
{
	struct criterion criterion = {0};
	BT_AUTOFREE char *mac = NULL;

	if (subject && bt_item_canonical(BT_TYPE_MAC, subject, &mac) == 0)
		criterion.subject = mac;
	bt_networkd_each_word(unit, "Match", key, match_mac, &criterion);
	if (!criterion.any)
		return BT_NETWORKD_YES;
	*any = true;
	if (!mac)
		return BT_NETWORKD_MAYBE;
	return criterion.found ? BT_NETWORKD_YES : BT_NETWORKD_NO;
}

/* Bonds and VLANs borrow the addresses of others, and have no permanent ones. */
static enum bt_networkd_match match_permanent(const struct bt_networkd_unit *unit,
					      const struct bt_networkd_interface *interface,
					      bool *any)
{
	enum bt_networkd_match match =
		match_macs(unit, "PermanentMACAddress", interface->mac, any);
	bool borrows = bt_equal(interface->type, "bond") || bt_equal(interface->type, "vlan");

	return match == BT_NETWORKD_MAYBE && borrows ? BT_NETWORKD_NO : match;
}

static bool is_understood(const char *key)
{
	return bt_equal(key, "Name") || bt_equal(key, "MACAddress") ||
	       bt_equal(key, "PermanentMACAddress") || bt_equal(key, "Type") ||
	       bt_equal(key, "Kind");
}

/* Criteria that only a running system can answer: drivers, paths, hosts, kernels. */
static enum bt_networkd_match match_others(const struct bt_networkd_unit *unit, bool *any)
{
	enum bt_networkd_match match = BT_NETWORKD_YES;

	for (size_t i = 0; i < unit->n_lines; i++) {
		const struct bt_ini_line *line = unit->lines[i].line;

		if (!bt_equal(line->section, "Match") || is_understood(line->key) ||
		    !*line->value || !bt_networkd_find_key(unit->file, "Match", line->key))
			continue;
		*any = true;
		match = BT_NETWORKD_MAYBE;
	}
	return match;
}

static enum bt_networkd_match least(enum bt_networkd_match a, enum bt_networkd_match b)
{
	return a < b ? a : b;
}

enum bt_networkd_match bt_networkd_match(const struct bt_networkd_unit *unit,
					 const struct bt_networkd_interface *interface)
{
	bool any = false;
	enum bt_networkd_match match = match_globs(unit, "Name", interface->name, &any);

	match = least(match, match_globs(unit, "Type", interface->type, &any));
	match = least(match, match_globs(unit, "Kind", interface->type, &any));
	match = least(match, match_macs(unit, "MACAddress", interface->mac, &any));
	match = least(match, match_permanent(unit, interface, &any));
	match = least(match, match_others(unit, &any));
	/* Without any criterion the file is for nobody. */
	return any && !unit->refused ? match : BT_NETWORKD_NO;
}

static int add_name(void *context, struct bt_networkd_line *line, const char *word,
		    const struct bt_origin *place)
{
	struct bt_strings *names = context;

	(void)line;
	(void)place;
	if (strpbrk(word, "*?[!") || !bt_interface_name_valid(word))
		return 0;
	return bt_strings_contain(names, word) ? 0 : bt_strings_add(names, word);
}

static int add_any_name(void *context, struct bt_networkd_line *line, const char *word,
			const struct bt_origin *place)
{
	(void)line;
	(void)place;
	return bt_strings_add(context, word);
}

static int add_mac(void *context, struct bt_networkd_line *line, const char *word,
		   const struct bt_origin *place)
{
	struct bt_strings *macs = context;
	char *mac;

	(void)line;
	(void)place;
	if (bt_item_canonical(BT_TYPE_MAC, word, &mac) < 0)
		return 0;
	if (bt_strings_contain(macs, mac)) {
		free(mac);
		return 0;
	}
	return bt_strings_take(macs, mac);
}

int bt_networkd_matched(const struct bt_networkd_unit *unit, struct bt_strings *ret_names,
			struct bt_strings *ret_macs)
{
	const char *name = bt_networkd_value(unit, "Match", "Name");
	int r = 0;

	/* An inverted list names whom it is not for. */
	if (name && *name != '!')
		r = bt_networkd_each_word(unit, "Match", "Name", add_name, ret_names);
	if (r == 0)
		r = bt_networkd_each_word(unit, "Match", "PermanentMACAddress", add_mac, ret_macs);
	if (r == 0)
		r = bt_networkd_each_word(unit, "Match", "MACAddress", add_mac, ret_macs);
	return r;
}

/* ---- finding the first -------------------------------------------------------------------------
 */

void bt_networkd_matcher_release(struct bt_networkd_matcher *matcher)
{
	bt_hash_release(&matcher->by_name);
	bt_strings_release(&matcher->names);
	free(matcher->others);
}

/* Whether [Match] has names that stand for one interface each, and nothing else. */
static bool only_names(const struct bt_networkd_unit *unit)
{
	bool any = false;

	for (size_t i = 0; i < unit->n_lines; i++) {
		const struct bt_ini_line *line = unit->lines[i].line;

		if (!bt_equal(line->section, "Match"))
			continue;
		if (!bt_equal(line->key, "Name") || strpbrk(line->value, "*?[!\\"))
			return false;
		any = true;
	}
	return any && !unit->refused;
}

int bt_networkd_matcher_init(struct bt_networkd_matcher *matcher,
			     const struct bt_networkd_units *units)
{
	int r = 0;

	matcher->units = units;
	matcher->others = calloc(units->count + 1, sizeof(*matcher->others));
	if (!matcher->others)
		return -ENOMEM;
	for (size_t i = 0; r == 0 && i < units->count; i++) {
		const struct bt_networkd_unit *unit = &units->items[i];
		size_t first = matcher->names.count;

		if (unit->file != BT_NETWORKD_NETWORK)
			continue;
		if (!only_names(unit)) {
			matcher->others[matcher->n_others++] = i;
			continue;
		}
		r = bt_networkd_each_word(unit, "Match", "Name", add_any_name, &matcher->names);
		for (size_t k = first; r == 0 && k < matcher->names.count; k++)
			r = bt_hash_put(&matcher->by_name, matcher->names.items[k], i);
	}
	return r;
}

const struct bt_networkd_unit *
bt_networkd_first(const struct bt_networkd_matcher *matcher,
		  const struct bt_networkd_interface *interface, const struct bt_networkd_unit *end,
		  void (*maybe)(void *context, const struct bt_networkd_unit *unit), void *context)
{
	const struct bt_networkd_unit *items = matcher->units->items;
	size_t limit = (size_t)(end - items), named;
	const struct bt_networkd_unit *found = NULL;

	if (interface->name && bt_hash_get(&matcher->by_name, interface->name, &named) &&
	    named < limit) {
		found = &items[named];
		limit = named;
	}
	for (size_t i = 0; i < matcher->n_others && matcher->others[i] < limit; i++) {
		const struct bt_networkd_unit *unit = &items[matcher->others[i]];
		enum bt_networkd_match match = bt_networkd_match(unit, interface);

		if (match == BT_NETWORKD_YES)
			return unit;
		if (match == BT_NETWORKD_MAYBE)
			maybe(context, unit);
	}
	return found;
}
