/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Keys that become a property each, by the table; and what is left over. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "parsers/networkd/networkd.h"

static int set(struct bondtool *bt, const struct bt_networkd_key *row,
	       struct bt_networkd_line *line, struct bondtool_profile *profile, const char *text)
{
	struct bt_origin origin = bt_networkd_value_place(line);
	int r = bt_profile_set(bt, profile, row->property, text, &origin);

	if (r == -ENOMEM)
		return r;
	line->used = r == 0;
	return 0;
}

static int set_number(struct bondtool *bt, const struct bt_networkd_key *row,
		      struct bt_networkd_line *line, struct bondtool_profile *profile,
		      int64_t number)
{
	BT_AUTOFREE char *text = bt_format("%" PRId64, number);

	return text ? set(bt, row, line, profile, text) : -ENOMEM;
}

/* Words of systemd that stand for values of ours; VALUE is what the line's value comes to. */
static int take_words(struct bondtool *bt, const struct bt_networkd_key *row,
		      struct bt_networkd_line *line, struct bondtool_profile *profile,
		      const char *value)
{
	const struct bondtool_name *word = bt_name_find(row->words, value);
	const struct bondtool_name *first;
	int r;

	if (!word)
		return 0; /* another word of networkd's, or none: kept */
	first = bt_name_of(row->words, word->number);
	r = word->text ? set(bt, row, line, profile, word->text)
		       : set_number(bt, row, line, profile, word->number);
	/* Of two words for one number the second says more. */
	line->used = line->used && first == word;
	return r;
}

static int take_boolean(struct bondtool *bt, const struct bt_networkd_key *row,
			struct bt_networkd_line *line, struct bondtool_profile *profile)
{
	bool yes;

	if (!bt_networkd_parse_boolean(line->line->value, &yes)) {
		bt_networkd_ignored(bt, line, NULL, "'yes' or 'no' is needed");
		return 0;
	}
	return set(bt, row, line, profile, yes == (row->how == BT_NETWORKD_BOOLEAN) ? "yes" : "no");
}

/* Words that are booleans too: "LLMNR=true". */
static const char *plain_word(const struct bt_networkd_key *row, const char *value)
{
	bool yes;

	if (bt_name_find(row->words, value) || !bt_networkd_parse_boolean(value, &yes))
		return value;
	return yes ? "yes" : "no";
}

static int take_number(struct bondtool *bt, const struct bt_networkd_key *row,
		       struct bt_networkd_line *line, struct bondtool_profile *profile)
{
	uint64_t number;
	int r = row->how == BT_NETWORKD_SIZE ? bt_networkd_parse_size(line->line->value, &number)
					     : bt_networkd_parse_number(line->line->value, &number);

	if (r == -ENOMEM)
		return r;
	if (r < 0 || number > INT64_MAX) {
		bt_networkd_ignored(bt, line, NULL, "a number is needed");
		return 0;
	}
	return set_number(bt, row, line, profile, (int64_t)number);
}

static int take_row(struct bondtool *bt, const struct bt_networkd_key *row,
		    struct bt_networkd_line *line, struct bondtool_profile *profile)
{
	BT_AUTOFREE char *mac = NULL;

	switch (row->how) {
	case BT_NETWORKD_NUMBER:
	case BT_NETWORKD_SIZE:
		return take_number(bt, row, line, profile);
	case BT_NETWORKD_BOOLEAN:
	case BT_NETWORKD_INVERTED:
		return take_boolean(bt, row, line, profile);
	case BT_NETWORKD_WORDS:
		return take_words(bt, row, line, profile, plain_word(row, line->line->value));
	default:
		/* Addresses have one form here; "none" is a word of newer releases. */
		if (row->property == BT_PROP_CLONED_MAC_ADDRESS &&
		    bt_item_canonical(BT_TYPE_MAC, line->line->value, &mac) < 0) {
			if (!bt_equal(line->line->value, "none"))
				bt_networkd_ignored(bt, line, NULL, "it is no MAC address");
			return 0;
		}
		return set(bt, row, line, profile, mac ? mac : line->line->value);
	}
}

int bt_networkd_take_rows(struct bondtool *bt, const struct bt_networkd_unit *unit,
			  struct bondtool_profile *profile)
{
	int r = 0;

	for (const struct bt_networkd_key *row = bt_networkd_keys; r == 0 && row->key; row++) {
		struct bt_networkd_line *line;

		if (row->file != unit->file || row->how == BT_NETWORKD_SPECIAL)
			continue;
		line = bt_networkd_last(unit, row->section, row->key);
		if (!line)
			continue;
		/* Earlier assignments of the key do not count, and an empty one is none. */
		bt_networkd_use(unit, row->section, row->key);
		if (!*line->line->value)
			continue;
		line->used = false;
		r = take_row(bt, row, line, profile);
	}
	return r;
}

/* RequiredFamilyForOnline= is what may-fail is, the other way round. */
static int take_required_family(const struct bt_networkd_unit *unit,
				struct bondtool_profile *profile)
{
	static const char key[] = "RequiredFamilyForOnline";
	struct bt_networkd_line *line = bt_networkd_last(unit, "Link", key);
	const char *value = bt_networkd_value(unit, "Link", key);
	bool v4 = bt_equal(value, "ipv4") || bt_equal(value, "both");
	bool v6 = bt_equal(value, "ipv6") || bt_equal(value, "both");
	struct bt_origin origin;
	int r = 0;

	if (!v4 && !v6)
		return 0;
	origin = bt_networkd_value_place(line);
	bt_networkd_use(unit, "Link", key);
	if (v4)
		r = bt_profile_set_number(profile, BT_PROP_IPV4_MAY_FAIL, 0, &origin);
	if (r == 0 && v6)
		r = bt_profile_set_number(profile, BT_PROP_IPV6_MAY_FAIL, 0, &origin);
	return r;
}

int bt_networkd_take_network(struct bondtool *bt, struct bt_networkd_device *device)
{
	int r = bt_networkd_take_rows(bt, device->network, device->profile);

	if (r == 0)
		r = take_required_family(device->network, device->profile);
	return r == 0 ? bt_networkd_take_ip(bt, device) : r;
}

/*
 * "network/Route 3": the file, the section, and, of sections that may come more than once, which:
 * by what it is about, "network/Route 10.1.0.0/16", where that is known.
 */
static char *section_text(const struct bt_networkd_unit *unit, const struct bt_networkd_line *line)
{
	const char *section = line->line->section;
	const char *file = unit->file == BT_NETWORKD_NETDEV ? "netdev" : "network";

	if (!bt_networkd_repeats(section))
		return bt_format("%s/%s", file, section);
	if (unit->block_names[line->block])
		return bt_format("%s/%s %s", file, section, unit->block_names[line->block]);
	return bt_format("%s/%s %zu", file, section, line->block);
}

int bt_networkd_keep_rest(const struct bt_networkd_unit *unit, struct bondtool_profile *profile)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < unit->n_lines; i++) {
		const struct bt_networkd_line *line = &unit->lines[i];
		struct bt_origin origin = bt_networkd_key_place(line);
		BT_AUTOFREE char *section = NULL;

		if (line->used)
			continue;
		section = section_text(unit, line);
		r = section ? bt_profile_add_extra(profile, BT_FORMAT_NETWORKD, section,
						   line->line->key, line->line->value, &origin)
			    : -ENOMEM;
	}
	return r;
}
