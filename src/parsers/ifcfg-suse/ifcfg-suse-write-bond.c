/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Options and ports of a bond as SUSE's ifcfg files have them. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "parsers/ifcfg-suse/ifcfg-suse-write.h"

static const char key[] = "BONDING_MODULE_OPTS";
static const char blanks[] = " \t";

/* ---- options ------------------------------------------------------------------------------- */

/* Adds an item to the line unless that becomes too long; returns whether it did. */
static bool add_item(struct bt_text *line, const char *name, size_t name_length, const char *value)
{
	BT_AUTOFREE char *longer =
		bt_format("%s%s%.*s=%s", line->data ? line->data : "", line->length ? " " : "",
			  (int)name_length, name, value ? value : "");

	if (!longer || !value) {
		line->failed = true;
		return false;
	}
	if (!bt_ifcfg_can_quote(key, longer, BT_IFCFG_WICKED))
		return false;
	bt_text_add(line, longer + line->length);
	return true;
}

static char *value_text(const struct bt_value *value)
{
	return bt_value_joined(&bt_options[value->id].spec, value, ",", BONDTOOL_PARSABLE);
}

/* What the profile's own file says of the option; NULL when it has no file or says nothing. */
static const struct bt_value *original_value(const struct bt_suse_writing *writing, unsigned id)
{
	return writing->original ? bt_values_find(&writing->original->profile->options, id) : NULL;
}

/* An item of the original line: as it was, or with its new value, or not at all. */
static void put_original_item(struct bt_suse_writing *writing, struct bt_text *line,
			      const char *item, size_t length)
{
	size_t name_length = strcspn(item, "= \t");
	BT_AUTOFREE char *name = strndup(item, name_length);
	const struct bt_option *option = name ? bt_option_find(name) : NULL;
	const struct bt_value *value, *before;
	BT_AUTOFREE char *text = NULL;
	bool same;

	if (!option || (option->flags & BT_OPTION_PORT) || name_length >= length)
		return;
	value = bt_values_find(&writing->profile->options, bt_option_id(option));
	before = original_value(writing, bt_option_id(option));
	same = value && before && bt_value_equal(value, before);
	if (!value || (!same && writing->written.option[value->id]))
		return;
	text = same ? strndup(item + name_length + 1, length - name_length - 1)
		    : value_text(value);
	writing->written.option[value->id] = add_item(line, name, name_length, text);
}

static void put_original_items(struct bt_suse_writing *writing, struct bt_text *line)
{
	const struct bt_ifcfg_line *original =
		writing->original ? bt_suse_line(writing->original, key) : NULL;

	for (const char *p = original ? original->value : ""; *p;) {
		size_t skipped = strspn(p, blanks);
		size_t length = strcspn(p + skipped, blanks);

		if (length)
			put_original_item(writing, line, p + skipped, length);
		p += skipped + length;
	}
}

/* Whether wicked would take the value; else it would refuse the whole bond for it. */
static bool is_taken(const struct bt_suse_writing *writing, const struct bt_option *option,
		     const struct bt_value *value)
{
	unsigned first;

	if (!bt_option_has_key(option, BT_FORMAT_IFCFG_SUSE) ||
	    bt_option_limit(BT_FORMAT_IFCFG_SUSE, &writing->profile->options, value))
		return false;
	if (option->spec.type != BT_TYPE_MAC)
		return true;
	first = (unsigned)strtoul(value->text, NULL, 16); /* no null, no group address */
	return !(first & 1) && strcmp(value->text, "00:00:00:00:00:00") != 0;
}

static void put_new_item(struct bt_suse_writing *writing, struct bt_text *line,
			 enum bt_option_id id)
{
	const struct bt_option *option = &bt_options[id];
	const struct bt_value *value = bt_values_find(&writing->profile->options, id);
	BT_AUTOFREE char *text = NULL;

	if (!value || writing->written.option[id] || !is_taken(writing, option, value))
		return;
	text = value_text(value);
	writing->written.option[id] = add_item(line, option->name, strlen(option->name), text);
}

/* In the order of the original line; then the mode, and the others as the driver has them. */
void bt_suse_put_options(struct bt_suse_writing *writing)
{
	const struct bondtool_profile *profile = writing->profile;
	BT_AUTOTEXT struct bt_text line = {0};

	put_original_items(writing, &line);
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		put_new_item(writing, &line, (enum bt_option_id)i);
	for (size_t i = 0; i < profile->n_extras; i++) {
		const struct bt_extra *extra = &profile->extras[i];

		if (extra->format == BT_FORMAT_IFCFG_SUSE && bt_equal(extra->section, key))
			add_item(&line, extra->key, strlen(extra->key), extra->value);
	}
	if (line.failed)
		writing->pairs.failed = true;
	else if (line.length)
		bt_suse_put(writing, key, line.data);
}

/* ---- ports --------------------------------------------------------------------------------- */

static bool is_port(const struct bt_suse_writing *writing, const char *name)
{
	for (const char *const *port = writing->ports; port && *port; port++)
		if (bt_equal(*port, name))
			return true;
	return false;
}

/*
 * Whether the line names a port that another file claims as well, or the bond itself: it had no
 * effect before, and stays for its author to correct.
 */
static bool is_disputed(const struct bt_suse_writing *writing, const char *name)
{
	const struct bondtool_profile *port =
		bt_config_by_interface(writing->writer->config, name);
	const struct bt_value *controller =
		port ? bt_profile_value(port, BT_PROP_CONTROLLER) : NULL;

	if (bt_equal(name, bt_profile_text(writing->profile, BT_PROP_INTERFACE_NAME)))
		return true;
	return controller && controller->origin.source &&
	       controller->origin.source != writing->original->ifcfg.source;
}

/* The lines of the ports that stay; *ret_next is a number that none of the variables has. */
static int put_original_ports(struct bt_suse_writing *writing, struct bt_hash *done,
			      uint64_t *ret_next)
{
	static const char base[] = "BONDING_SLAVE";
	const struct bt_ifcfg *ifcfg = &writing->original->ifcfg;
	int r = 0;

	for (size_t i = 0; r == 0 && i < ifcfg->count; i++) {
		const struct bt_ifcfg_line *line = &ifcfg->lines[i];
		const char *digits;
		uint64_t number;

		if (!line->key || !bt_has_prefix(line->key, base))
			continue;
		digits = line->key + strlen(base) + (line->key[strlen(base)] == '_');
		if (bt_parse_uint(digits, &number) == 0 && number < UINT32_MAX &&
		    number >= *ret_next)
			*ret_next = number + 1;
		if (!bt_suse_holds(writing->original, line) ||
		    (!is_port(writing, line->value) && !is_disputed(writing, line->value)))
			continue;
		bt_suse_put(writing, line->key, line->value);
		r = bt_hash_put(done, line->value, i);
	}
	return r;
}

void bt_suse_put_ports(struct bt_suse_writing *writing)
{
	struct bt_hash done = {0};
	uint64_t next = 0;
	size_t unused;

	if (writing->original && put_original_ports(writing, &done, &next) < 0)
		writing->pairs.failed = true;
	for (const char *const *port = writing->ports; port && *port; port++) {
		BT_AUTOFREE char *variable = bt_format("BONDING_SLAVE_%" PRIu64, next);

		if (bt_hash_get(&done, *port, &unused))
			continue;
		if (variable)
			bt_suse_put(writing, variable, *port);
		else
			writing->pairs.failed = true;
		next++;
	}
	bt_hash_release(&done);
}

/* ---- the monitor --------------------------------------------------------------------------- */

static bool says_monitor(const struct bondtool_profile *profile)
{
	return bt_values_find(&profile->options, BT_OPT_MIIMON) ||
	       bt_values_find(&profile->options, BT_OPT_ARP_INTERVAL);
}

/* A text that left it out before, and that wicked refused for that, is left to its author. */
bool bt_suse_must_say_monitor(const struct bondtool_profile *profile,
			      const struct bondtool_profile *before)
{
	const struct bt_option *probing = &bt_options[BT_OPT_ARP_INTERVAL];

	return bt_profile_is(profile, "bond") && !says_monitor(profile) &&
	       !bt_option_allowed_in(probing, bt_options_mode(&profile->options)) &&
	       (!before || says_monitor(before));
}

int bt_suse_say_monitor(struct bondtool *bt, struct bondtool_profile *profile)
{
	struct bt_value miimon = {
		.id = BT_OPT_MIIMON, .number = BT_FORCED_MIIMON, .origin = profile->origin};

	bt_note(bt, "write/implied", &profile->origin,
		"'%s': miimon=%d is written out: without it, wicked would refuse the bond; the "
		"driver sets it anyway",
		bt_profile_label(profile), BT_FORCED_MIIMON);
	return bt_values_put(&profile->options, &miimon);
}

/* ---- what wicked will say ------------------------------------------------------------------ */

void bt_suse_warn_of_refusal(const struct bt_suse_writing *writing)
{
	const struct bondtool_profile *profile = writing->profile;
	const struct bt_suse_file *original = writing->original;
	int blamed = -1, unused;
	const char *why = bt_suse_refusal(&profile->options, &blamed);
	const char *before =
		original ? bt_suse_refusal(&original->profile->options, &unused) : NULL;
	const struct bt_value *value =
		blamed >= 0 ? bt_values_find(&profile->options, (unsigned)blamed) : NULL;

	if (why && why != before)
		bt_report_loss(writing->writer->bt, &bt_format_ifcfg_suse, value,
			       blamed < 0 ? "set miimon, for example miimon=100" : NULL,
			       "wicked will refuse '%s': %s", bt_profile_label(profile), why);
	if (!(writing->ports && writing->ports[0]) && !(original && !original->n_ports))
		bt_report_loss(writing->writer->bt, &bt_format_ifcfg_suse, NULL,
			       "add a port", "wicked will refuse '%s': it has no ports",
			       bt_profile_label(profile));
}
