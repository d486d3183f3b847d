/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lines of an interface in /etc/network/interfaces, with those that it inherits. */
#include <errno.h>

#include "parsers/interfaces/interfaces-reader.h"

enum { DEEPEST = 32 }; /* heirs of heirs */

/* One walk over the lines of an interface. */
struct visit {
	struct bt_eni_reader *reader;
	struct bt_eni_stanza *heir; /* the stanza that has the lines in the end */
	int (*each)(void *context, struct bt_eni_stanza *stanza, struct bt_eni_text *text,
		    struct bt_eni_line *line);
	void *context;
};

static int visit_lines(const struct visit *visit, const struct bt_eni_stanza *stanza,
		       unsigned depth);

/* The lines of what STANZA inherits: of the stanzas before it, in ifupdown of its family. */
static int visit_parent(const struct visit *visit, const struct bt_eni_stanza *stanza,
			uint32_t parent, unsigned depth)
{
	struct bt_eni_reader *reader = visit->reader;
	uint32_t self = (uint32_t)(stanza - reader->stanzas);
	int r = 0;

	for (uint32_t i = reader->interfaces[parent].first; r == 0 && i < self;
	     i = reader->stanzas[i].next) {
		const struct bt_eni_stanza *inherited = &reader->stanzas[i];

		if (reader->dialect->family_optional || inherited->family == stanza->family)
			r = visit_lines(visit, inherited, depth + 1);
	}
	return r;
}

/* ifupdown-ng: "inherit NAME" among the lines. */
static int visit_named(const struct visit *visit, const struct bt_eni_stanza *stanza,
		       const struct bt_eni_line *line, unsigned depth)
{
	struct bt_eni_reader *reader = visit->reader;
	struct bt_eni_interface *parent;

	if (bt_eni_split(&reader->words, stanza->text, line) < 0)
		return -ENOMEM;
	parent = bt_eni_find_interface(reader, bt_eni_word(&reader->words, 1));
	if (!parent)
		return 0;
	parent->inherited = true;
	return visit_parent(visit, stanza, bt_eni_interface_number(reader, parent), depth);
}

static int visit_lines(const struct visit *visit, const struct bt_eni_stanza *stanza,
		       unsigned depth)
{
	struct bt_eni_text *text = stanza->text;
	int r = 0;

	if (depth > DEEPEST)
		return 0;
	if (stanza->parent != BT_ENI_NONE)
		r = visit_parent(visit, stanza, stanza->parent, depth);
	for (size_t i = stanza->header + 1; r == 0 && i < stanza->end; i++) {
		struct bt_eni_line *line = &text->lines[i];

		if (line->kind != BT_ENI_OPTION || (depth && !visit->reader->budget))
			continue;
		visit->reader->budget -= depth > 0;
		r = bt_eni_key_meaning(text, line) == BT_ENI_INHERIT
			    ? visit_named(visit, stanza, line, depth)
			    : visit->each(visit->context, visit->heir, text, line);
	}
	return r;
}

int bt_eni_for_each_line(struct bt_eni_reader *reader, struct bt_eni_interface *interface,
			 int (*each)(void *context, struct bt_eni_stanza *stanza,
				     struct bt_eni_text *text, struct bt_eni_line *line),
			 int (*end)(void *context, struct bt_eni_stanza *stanza), void *context)
{
	struct visit visit = {.reader = reader, .each = each, .context = context};
	uint32_t first = interface->first; /* interfaces move when EACH adds one */
	int r = 0;

	for (uint32_t i = first; r == 0 && i != BT_ENI_NONE; i = reader->stanzas[i].next) {
		visit.heir = &reader->stanzas[i];
		r = visit_lines(&visit, visit.heir, 0);
		if (r == 0 && end)
			r = end(context, visit.heir);
	}
	return r;
}
