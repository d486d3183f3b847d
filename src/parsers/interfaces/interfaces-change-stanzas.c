/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Stanzas of /etc/network/interfaces: which correspond to which, and what is new in them. */
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-change.h"

const struct bt_eni_stanza *bt_eni_changed_stanza(const struct bt_eni_change *change,
						  uint32_t number)
{
	return &change->rewriting->original.stanzas[number];
}

/* ---- stanzas that correspond to each other ---- */

bool bt_eni_is_v6(const struct bt_eni_stanza *stanza)
{
	return stanza->family == BT_ENI_INET6;
}

/* Stanza NUMBER, from 0, of a family; one without a family counts as of IPv4. */
static uint32_t find_stanza(const struct bt_eni_reader *reader,
			    const struct bt_eni_interface *interface, bool v6, unsigned number)
{
	uint32_t i = interface ? interface->first : BT_ENI_NONE;

	for (; i != BT_ENI_NONE; i = reader->stanzas[i].next)
		if (bt_eni_is_v6(&reader->stanzas[i]) == v6 && number-- == 0)
			break;
	return i;
}

/* The number of the stanza among those of its family. */
static unsigned number_in_family(const struct bt_eni_reader *reader,
				 const struct bt_eni_interface *interface, uint32_t stanza)
{
	bool v6 = bt_eni_is_v6(&reader->stanzas[stanza]);
	unsigned number = 0;

	for (uint32_t i = interface->first; i != stanza; i = reader->stanzas[i].next)
		number += bt_eni_is_v6(&reader->stanzas[i]) == v6;
	return number;
}

/* The stanza of the original, or of what was, that stands for one of what shall be. */
static uint32_t counterpart(const struct bt_eni_change *change, uint32_t stanza,
			    const struct bt_eni_reader *reader,
			    const struct bt_eni_interface *interface)
{
	const struct bt_eni_reader *now = &change->rewriting->now.reader;

	return find_stanza(reader, interface, bt_eni_is_v6(&now->stanzas[stanza]),
			   number_in_family(now, change->now, stanza));
}

/* Where a line of a stanza that shall be has its place; BT_ENI_NONE: in a stanza of its own. */
static uint32_t home_of(const struct bt_eni_change *change, uint32_t stanza)
{
	const struct bt_eni_rewriting *rewriting = change->rewriting;
	uint32_t home = counterpart(change, stanza, &rewriting->original, change->original);
	bool first = stanza == change->now->first;

	if (home != BT_ENI_NONE)
		return home;
	if (first ||
	    counterpart(change, stanza, &rewriting->was.reader, change->was) != BT_ENI_NONE)
		return change->original->first;
	return BT_ENI_NONE;
}

/* ---- new lines ---- */

char *bt_eni_line_content(const struct bt_eni_text *text, size_t line)
{
	return strndup(text->source->text + text->lines[line].offset, text->lines[line].length);
}

/*
 * A port's own stanza names the primary for the sake of ifenslave, which cannot know it before the
 * port comes; where the bond lists its ports, there is no need.
 */
static bool is_needless(struct bt_eni_change *change, const struct bt_eni_fact *fact)
{
	const struct bt_eni_fact master = {.meaning = BT_ENI_MASTER};

	return fact->meaning == BT_ENI_BOND_OPTION &&
	       bt_eni_next_in_group(&change->facts_now, &master, NULL) &&
	       !bt_eni_next_in_group(&change->facts, &master, NULL);
}

/* A line of what shall be: behind the others of its group, else at the end of its stanza. */
static int add_fact(struct bt_eni_change *change, struct bt_eni_fact *fact)
{
	struct bt_eni_rewriting *rewriting = change->rewriting;
	uint32_t home = home_of(change, fact->stanza);
	struct bt_eni_fact *last = NULL;
	BT_AUTOFREE char *content = bt_eni_line_content(fact->text, fact->line);

	if (fact->placed || is_needless(change, fact))
		return 0;
	for (struct bt_eni_fact *f = NULL; (f = bt_eni_next_in_group(&change->facts, fact, f));)
		if (!bt_eni_draft_of(rewriting, f->text)->lines[f->line].gone)
			last = f;
	if (fact->meaning == BT_ENI_ADDRESS && !rewriting->dialect->repeats_add_up)
		last = NULL;
	if (!content)
		return -ENOMEM;
	if (!last && home == BT_ENI_NONE)
		return 0; /* comes with its stanza */
	fact->placed = true;
	if (last)
		return bt_eni_add_to_stanza(rewriting, bt_eni_changed_stanza(change, last->stanza),
					    last->line, content);
	return bt_eni_add_to_stanza(rewriting, bt_eni_changed_stanza(change, home),
				    bt_eni_last_line(bt_eni_changed_stanza(change, home)), content);
}

/* A stanza that no text has, with those of its lines that have no other place. */
static int add_stanza(struct bt_eni_change *change, uint32_t number)
{
	const struct bt_eni_stanza *stanza = &change->rewriting->now.reader.stanzas[number];
	BT_AUTOFREE char *header = bt_eni_line_content(stanza->text, stanza->header);
	BT_AUTOTEXT struct bt_text lines = {0};
	uint32_t last = change->original->last;

	if (!header)
		return -ENOMEM;
	bt_text_addf(&lines, "\n%s\n", header);
	for (size_t i = 0; i < change->facts_now.count; i++) {
		const struct bt_eni_fact *fact = &change->facts_now.items[i];
		BT_AUTOFREE char *content = NULL;

		if (fact->stanza != number || fact->placed)
			continue;
		content = bt_eni_line_content(fact->text, fact->line);
		bt_text_addf(&lines, "    %s\n", content ? content : "");
		lines.failed |= !content;
	}
	if (lines.failed)
		return -ENOMEM;
	bt_eni_draft_add_behind(
		bt_eni_draft_of(change->rewriting, bt_eni_changed_stanza(change, last)->text),
		bt_eni_last_line(bt_eni_changed_stanza(change, last)), lines.data);
	return 0;
}

int bt_eni_add_lines(struct bt_eni_change *change)
{
	const struct bt_eni_reader *now = &change->rewriting->now.reader;
	int r = 0;

	for (size_t i = 0; r == 0 && i < change->facts_now.count; i++)
		r = add_fact(change, &change->facts_now.items[i]);
	for (uint32_t i = change->now ? change->now->first : BT_ENI_NONE;
	     r == 0 && i != BT_ENI_NONE; i = now->stanzas[i].next)
		if (home_of(change, i) == BT_ENI_NONE)
			r = add_stanza(change, i);
	return r;
}

/* ---- headers ---- */

/* "iface NAME FAMILY METHOD": another method. */
static int set_method(struct bt_eni_change *change, const struct bt_eni_stanza *original,
		      const struct bt_eni_stanza *now)
{
	struct bt_eni_rewriting *rewriting = change->rewriting;
	struct bt_eni_words *words = &rewriting->original.words;
	struct bt_eni_draft *draft = bt_eni_draft_of(rewriting, original->text);
	enum bt_eni_method method = (enum bt_eni_method)now->method;
	const char *word = bt_eni_method_word(
		rewriting->dialect, bt_eni_is_v6(now) ? BT_ENI_INET6 : BT_ENI_INET, method);
	BT_AUTOFREE char *header = NULL;

	if (bt_eni_split_original(rewriting, original->text, original->header) < 0)
		return -ENOMEM;
	if (original->family != BT_ENI_ANY_FAMILY) {
		bt_eni_draft_replace(draft, original->header, words, 3, 1, word ? word : "manual");
		return 0;
	}
	/* such a stanza has addresses or none as it likes */
	if (method == BT_ENI_STATIC || method == BT_ENI_MANUAL || words->count != 2)
		return 0;
	header = bt_format("%s %s %s", bt_eni_word(words, 1), bt_eni_is_v6(now) ? "inet6" : "inet",
			   word);
	if (!header)
		return -ENOMEM;
	bt_eni_draft_replace(draft, original->header, words, 1, 1, header);
	return 0;
}

int bt_eni_change_methods(struct bt_eni_change *change)
{
	struct bt_eni_rewriting *rewriting = change->rewriting;
	const struct bt_eni_stanza *stanzas = rewriting->now.reader.stanzas;
	int r = 0;

	for (uint32_t i = change->now ? change->now->first : BT_ENI_NONE;
	     r == 0 && i != BT_ENI_NONE; i = stanzas[i].next) {
		uint32_t o = counterpart(change, i, &rewriting->original, change->original);
		uint32_t w = counterpart(change, i, &rewriting->was.reader, change->was);
		uint8_t before;

		if (o == BT_ENI_NONE)
			continue;
		before = w == BT_ENI_NONE ? bt_eni_changed_stanza(change, o)->method
					  : rewriting->was.reader.stanzas[w].method;
		if (before != stanzas[i].method)
			r = set_method(change, bt_eni_changed_stanza(change, o), &stanzas[i]);
	}
	return r;
}

static bool is_left_empty(struct bt_eni_change *change, const struct bt_eni_stanza *stanza)
{
	const struct bt_eni_draft *draft = bt_eni_draft_of(change->rewriting, stanza->text);

	for (size_t i = stanza->header + 1; i < stanza->end; i++)
		if ((stanza->text->lines[i].kind == BT_ENI_OPTION && !draft->lines[i].gone) ||
		    draft->lines[i].behind.length)
			return false;
	return !draft->lines[stanza->header].behind.length;
}

/* Removes the header, and the blank lines behind the stanza when there are some before it, too. */
void bt_eni_remove_header(struct bt_eni_rewriting *rewriting, const struct bt_eni_stanza *stanza)
{
	struct bt_eni_draft *draft = bt_eni_draft_of(rewriting, stanza->text);
	const struct bt_eni_line *lines = stanza->text->lines;
	size_t last = bt_eni_last_line(stanza) + 1;

	bt_eni_draft_remove(draft, stanza->header);
	if (stanza->header && lines[stanza->header - 1].kind != BT_ENI_BLANK)
		return;
	for (; last < stanza->end && lines[last].kind == BT_ENI_BLANK; last++)
		bt_eni_draft_remove(draft, last);
}

/* Stanzas of what was that have no counterpart in what shall be, and say nothing any more. */
void bt_eni_remove_empty_stanzas(struct bt_eni_change *change)
{
	struct bt_eni_rewriting *rewriting = change->rewriting;
	const struct bt_eni_reader *was = &rewriting->was.reader;

	for (uint32_t i = change->was ? change->was->first : BT_ENI_NONE; i != BT_ENI_NONE;
	     i = was->stanzas[i].next) {
		bool v6 = bt_eni_is_v6(&was->stanzas[i]);
		unsigned number = number_in_family(was, change->was, i);
		uint32_t o = find_stanza(&rewriting->original, change->original, v6, number);
		uint32_t n = find_stanza(&rewriting->now.reader, change->now, v6, number);

		if (o != BT_ENI_NONE && n == BT_ENI_NONE && o != change->original->first &&
		    is_left_empty(change, bt_eni_changed_stanza(change, o)))
			bt_eni_remove_header(rewriting, bt_eni_changed_stanza(change, o));
	}
}
