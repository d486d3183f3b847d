/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ports that leave a bond and join another one, in the lines of /etc/network/interfaces. */
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-rewrite.h"

/* One port on its way. */
struct moving {
	struct bt_eni_rewriting *rewriting;
	const char *port;
};

static bool is_list(const struct bt_eni_fact *fact)
{
	return fact->meaning == BT_ENI_PORTS || fact->meaning == BT_ENI_REQUIRES;
}

static struct bt_eni_interface *find(const struct moving *moving, const char *name)
{
	struct bt_eni_interface *found = bt_eni_find_interface(&moving->rewriting->original, name);

	return found && found->first != BT_ENI_NONE ? found : NULL;
}

/* Takes the port out of a line that names ports; without any, the line goes or says so. */
static int take_out(struct moving *moving, const struct bt_eni_fact *fact)
{
	struct bt_eni_rewriting *rewriting = moving->rewriting;
	struct bt_eni_draft *draft = bt_eni_draft_of(rewriting, fact->text);
	const struct bt_eni_words *words = &rewriting->original.words;
	bool says_none = rewriting->dialect != &bt_eni_ifupdown_ng;

	if (bt_eni_split_original(rewriting, fact->text, fact->line) < 0)
		return -ENOMEM;
	if (bt_eni_draft_swap(draft, fact->line, words, moving->port, NULL) > 1)
		return 0;
	if (says_none)
		bt_eni_draft_replace(draft, fact->line, words, 1, SIZE_MAX, "none");
	else
		bt_eni_draft_remove(draft, fact->line);
	return 0;
}

/* Takes the port out of a command that makes it one; without another port, the line goes. */
static int take_out_of_command(struct moving *moving, const struct bt_eni_fact *fact,
			       const char *interface)
{
	struct bt_eni_rewriting *rewriting = moving->rewriting;
	const struct bt_eni_words *words = &rewriting->original.words;
	struct bt_eni_draft *draft = bt_eni_draft_of(rewriting, fact->text);
	BT_AUTOENICOMMAND struct bt_eni_command command = {0};
	const char *list[32];
	size_t count = 0;

	if (bt_eni_split_original(rewriting, fact->text, fact->line) < 0)
		return -ENOMEM;
	for (; count < BT_ARRAY_SIZE(list) && count + 1 < words->count; count++)
		list[count] = bt_eni_word(words, count + 1);
	if (bt_eni_understand(list, count, interface, &command) < 0)
		return -ENOMEM;
	if (!bt_strings_contain(&command.ports, moving->port))
		return 0;
	if (command.ports.count == 1)
		bt_eni_draft_remove(draft, fact->line);
	else
		bt_eni_draft_swap(draft, fact->line, words, moving->port, NULL);
	return 0;
}

static int leave_line(struct moving *moving, const struct bt_eni_interface *interface,
		      const struct bt_eni_fact *fact, const char *bond)
{
	bool of_bond = bt_equal(interface->name, bond);

	if (of_bond && is_list(fact))
		return take_out(moving, fact);
	if (!of_bond && fact->meaning == BT_ENI_MASTER && bt_equal(fact->value, bond))
		bt_eni_draft_remove(bt_eni_draft_of(moving->rewriting, fact->text), fact->line);
	if (fact->effect == BT_ENI_ENSLAVES || fact->effect == BT_ENI_RELEASES)
		return take_out_of_command(moving, fact, interface->name);
	return 0;
}

/* The lines of the bond's stanzas, or of the port's own. */
static int leave(struct moving *moving, const char *name, const char *bond)
{
	struct bt_eni_interface *interface = find(moving, name);
	BT_AUTOENIFACTS struct bt_eni_facts facts = {0};
	int r;

	if (!interface)
		return 0;
	r = bt_eni_facts_collect(&moving->rewriting->original, interface, &facts);
	for (size_t i = 0; r == 0 && i < facts.count; i++)
		r = leave_line(moving, interface, &facts.items[i], bond);
	return r;
}

/* Whether the port, as it would be written, names its bond itself. */
static int names_bond(struct moving *moving, bool *ret_names)
{
	struct bt_eni_reader *now = &moving->rewriting->now.reader;
	struct bt_eni_interface *interface = bt_eni_find_interface(now, moving->port);
	BT_AUTOENIFACTS struct bt_eni_facts facts = {0};
	int r = interface ? bt_eni_facts_collect(now, interface, &facts) : 0;

	*ret_names = false;
	for (size_t i = 0; r == 0 && i < facts.count; i++)
		*ret_names |= facts.items[i].meaning == BT_ENI_MASTER;
	return r;
}

static int add_to_first(struct moving *moving, const struct bt_eni_interface *interface,
			enum bt_eni_meaning meaning, const char *name)
{
	const struct bt_eni_stanza *stanza = &moving->rewriting->original.stanzas[interface->first];
	BT_AUTOFREE char *line =
		bt_format("%s %s", bt_eni_key_of(moving->rewriting->dialect, meaning, 0), name);

	return line ? bt_eni_add_to_stanza(moving->rewriting, stanza, bt_eni_last_line(stanza),
					   line)
		    : -ENOMEM;
}

/* Adds the port to the bond's first list. */
static int join_list(struct moving *moving, const struct bt_eni_interface *bond)
{
	struct bt_eni_rewriting *rewriting = moving->rewriting;
	BT_AUTOENIFACTS struct bt_eni_facts facts = {0};
	const struct bt_eni_fact *list = NULL;
	int r = bt_eni_facts_collect(&rewriting->original, bond, &facts);

	for (size_t i = 0; r == 0 && i < facts.count && !list; i++)
		if (is_list(&facts.items[i]))
			list = &facts.items[i];
	if (r < 0 || !list)
		return r < 0 ? r : add_to_first(moving, bond, BT_ENI_PORTS, moving->port);
	if (bt_eni_split_original(rewriting, list->text, list->line) < 0)
		return -ENOMEM;
	bt_eni_draft_append(bt_eni_draft_of(rewriting, list->text), list->line,
			    &rewriting->original.words, moving->port);
	return 0;
}

static int join(struct moving *moving, const char *bond)
{
	struct bt_eni_interface *port = find(moving, moving->port);
	struct bt_eni_interface *of_bond = find(moving, bond);
	bool names;
	int r = names_bond(moving, &names);

	if (r == 0 && names && port)
		return add_to_first(moving, port, BT_ENI_MASTER, bond);
	return r == 0 && !names && of_bond ? join_list(moving, of_bond) : r;
}

int bt_eni_rename_port(struct bt_eni_rewriting *rewriting, const char *bond, const char *name,
		       const char *other)
{
	struct moving moving = {rewriting, name};
	struct bt_eni_interface *interface = find(&moving, bond);
	BT_AUTOENIFACTS struct bt_eni_facts facts = {0};
	int r = interface ? bt_eni_facts_collect(&rewriting->original, interface, &facts) : 0;

	for (size_t i = 0; r == 0 && i < facts.count; i++) {
		const struct bt_eni_fact *fact = &facts.items[i];

		if (!is_list(fact) && fact->effect != BT_ENI_ENSLAVES &&
		    fact->effect != BT_ENI_RELEASES)
			continue;
		r = bt_eni_split_original(rewriting, fact->text, fact->line);
		if (r == 0)
			bt_eni_draft_swap(bt_eni_draft_of(rewriting, fact->text), fact->line,
					  &rewriting->original.words, name, other);
	}
	return r;
}

int bt_eni_change_membership(struct bt_eni_rewriting *rewriting, const char *name,
			     const char *bond_before, const char *bond)
{
	struct moving moving = {rewriting, name};
	int r = 0;

	if (bt_equal(bond_before, bond))
		return 0;
	if (bond_before)
		r = leave(&moving, bond_before, bond_before);
	if (r == 0 && bond_before)
		r = leave(&moving, name, bond_before);
	return r == 0 && bond ? join(&moving, bond) : r;
}
