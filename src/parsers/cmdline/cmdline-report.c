/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is to be said of words as such: how they are written, and which are left out. */
#include <string.h>

#include "parsers/cmdline/cmdline.h"

/* Words about the network that have no place in a model of bonds. */
static const struct {
	const char *key;
	const char *rule, *what;
} left_out[] = {
	{"BOOTIF", "cmdline/needs-system", "the boot loader says by it which interface it used"},
	{"ib.pkey", "cmdline/other-kind", "InfiniBand partitions are left out"},
	{"rd.iscsi.ibft", "cmdline/needs-system", "the firmware has these settings"},
	{"rd.znet", "cmdline/needs-system", "the channels of s390 are left out"},
	{"team", "cmdline/other-kind",
	 "teams are left out; the format 'team' migrates their files"},
};

/* Words that are easily misspelt, for hints. */
static const char *const known_keys[] = {"bond",       "bootdev",   "bridge",	  "ifname",
					 "nameserver", "rd.bootif", "rd.neednet", "rd.peerdns",
					 "rd.route",   "vlan",	    NULL};

static void report_left_out(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(left_out); i++)
		if (bt_cmdline_is(at->word, left_out[i].key))
			bt_cmdline_find(reading, at, NULL, BONDTOOL_NOTE, left_out[i].rule, NULL,
					"'%s' is not read: %s", left_out[i].key, left_out[i].what);
}

/*
 * A word that is one letter away from one of ours. The kernel passes over words that it does not
 * know, and so does everybody else.
 */
static void report_misspelt(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	enum { LONGEST = 16 };
	BT_AUTOFREE char *key =
		at->word->key.length <= LONGEST ? bt_cmdline_text(&at->word->key) : NULL;

	for (const char *const *known = known_keys; key && at->word->has_value && *known; known++) {
		BT_AUTOFREE char *hint = NULL;

		if (bt_edit_distance(key, *known, 1) != 1)
			continue;
		hint = bt_format("did you mean '%s'?", *known);
		bt_cmdline_find(reading, at, &at->word->key, BONDTOOL_WARNING,
				"cmdline/unknown-word", hint, "nobody knows the word '%s'", key);
	}
}

/* dracut divides lines at blanks only: it keeps the quotes that the kernel takes away. */
static void report_quotes(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	if (at->word->quoted && at->word->owner)
		bt_cmdline_find(reading, at, NULL, BONDTOOL_WARNING, "cmdline/quotes",
				"leave the quotes away",
				"dracut takes the quotes for a part of the word");
}

static void report_comment(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	bt_cmdline_find(reading, at, NULL, BONDTOOL_WARNING, "cmdline/comment",
			"leave the line away",
			"dracut knows no comments: the other words of this line count");
}

static void report_control(struct bt_cmdline_reading *reading, const struct bt_cmdline *text)
{
	struct bt_origin place = bt_origin_at(text->source, text->first_control, 1);
	bool is_return = text->source->text[text->first_control] == '\r';

	bt_warning(reading->bt, "cmdline/control", &place, "%s",
		   is_return ? "a carriage return: dracut takes it for a part of the word before it"
			     : "a control character: no word can hold it");
}

static void report_text(struct bt_cmdline_reading *reading, struct bt_cmdline *text)
{
	unsigned comment_line = 0;

	if (text->first_control != SIZE_MAX)
		report_control(reading, text);
	for (size_t i = 0; i < text->count; i++) {
		struct bt_cmdline_at at = {text, &text->words[i]};

		if (*at.word->key.start == '#' && at.word->origin.line != comment_line) {
			comment_line = at.word->origin.line;
			report_comment(reading, &at);
		}
		report_quotes(reading, &at);
		report_left_out(reading, &at);
		report_misspelt(reading, &at);
	}
}

void bt_cmdline_report_words(struct bt_cmdline_reading *reading)
{
	for (size_t i = 0; i < reading->n_texts; i++)
		report_text(reading, &reading->texts[i]);
}
