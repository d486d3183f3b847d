/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which interfaces of /etc/network/interfaces are bonds, and which are the ports of which. */
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-command.h"
#include "parsers/interfaces/interfaces-reader.h"

/* The interface whose lines are looked at; interfaces move when one is added, so by number. */
struct looking {
	struct bt_eni_reader *reader;
	uint32_t self;
};

static struct bt_eni_interface *self_of(const struct looking *looking)
{
	return &looking->reader->interfaces[looking->self];
}

/* Makes PORT a port of BOND, because ORIGIN says so. */
static void make_port(struct bt_eni_reader *reader, uint32_t bond, struct bt_eni_interface *port,
		      const struct bt_origin *origin)
{
	if (port->bond == bond)
		return;
	if (port->bond != BT_ENI_NONE) {
		bt_eni_diag(reader, BONDTOOL_ERROR, "two-bonds", origin,
			    "an interface can be a port of one bond only",
			    "'%s' is a port of '%s' already, and cannot be one of '%s'", port->name,
			    reader->interfaces[port->bond].name, reader->interfaces[bond].name);
		return;
	}
	port->bond = bond;
	port->membership = *origin;
}

static int list_port(struct looking *looking, const char *name, const struct bt_origin *origin)
{
	struct bt_eni_interface *port = bt_eni_interface(looking->reader, name, origin);

	if (!port)
		return -ENOMEM;
	make_port(looking->reader, looking->self, port, origin);
	port->is_listed |= port->bond == looking->self;
	return 0;
}

static int list_glob(struct looking *looking, size_t word)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	struct bt_origin origin = bt_eni_word_origin(&looking->reader->words, word);
	int r = bt_eni_expand_glob(bt_eni_word(&looking->reader->words, word), &names);

	if (r == -ERANGE) {
		bt_eni_diag(looking->reader, BONDTOOL_ERROR, "syntax", &origin, NULL,
			    "the expression stands for too many names");
		return 0;
	}
	for (size_t i = 0; r == 0 && i < names.count; i++)
		r = list_port(looking, names.items[i], &origin);
	return r;
}

static void report_needs_system(struct looking *looking, size_t word)
{
	struct bt_origin origin = bt_eni_word_origin(&looking->reader->words, word);

	bt_eni_diag(looking->reader, BONDTOOL_WARNING, "needs-system", &origin,
		    "name the ports",
		    "which ports '%s' means, only a running system can tell",
		    bt_eni_word(&looking->reader->words, word));
}

/* A comment behind the names, which the tool takes for names. */
static bool is_comment(struct looking *looking, size_t word)
{
	const struct bt_eni_words *words = &looking->reader->words;
	struct bt_origin origin;

	if (*bt_eni_word(words, word) != '#')
		return false;
	origin = bt_eni_rest_origin(words, word);
	bt_eni_diag(looking->reader, BONDTOOL_ERROR, "comment-in-value", &origin,
		    "put the comment on a line of its own",
		    "%s takes '%s' for names of ports", looking->reader->dialect->tool,
		    bt_eni_rest(words, word));
	return true;
}

/* The words of ifupdown2's lists: "glob EXPRESSION", "regex EXPRESSION". True when it was one. */
static int take_expression(struct looking *looking, size_t *word, bool *ret_taken)
{
	const char *name = bt_eni_word(&looking->reader->words, *word);

	*ret_taken = true;
	if (strcmp(name, "glob") == 0)
		return list_glob(looking, ++*word);
	if (strcmp(name, "regex") == 0)
		report_needs_system(looking, ++*word);
	else if (strcmp(name, "noglob") != 0 && strcmp(name, "noregex") != 0)
		*ret_taken = false;
	return 0;
}

/* ifupdown2 takes the first of several lists. True when this one does not count. */
static bool is_second_list(struct looking *looking)
{
	struct bt_eni_reader *reader = looking->reader;
	struct bt_origin origin;

	if (reader->dialect != &bt_eni_ifupdown2 || !self_of(looking)->is_bond)
		return false;
	origin = bt_eni_word_origin(&reader->words, 0);
	bt_eni_diag(reader, BONDTOOL_WARNING, "repeated", &origin, "put all ports on one line",
		    "'%s' has a list of ports before; the first one holds",
		    self_of(looking)->name);
	return true;
}

/* "bond-slaves eth0 eth1" */
static int take_ports(struct looking *looking)
{
	struct bt_eni_reader *reader = looking->reader;
	bool debian = reader->dialect == &bt_eni_ifupdown;
	int r = 0;

	if (is_second_list(looking))
		return 0;
	self_of(looking)->is_bond = true;
	for (size_t i = 1; r == 0 && i < reader->words.count; i++) {
		struct bt_origin origin = bt_eni_word_origin(&reader->words, i);
		const char *name = bt_eni_word(&reader->words, i);
		bool taken = false;

		if (is_comment(looking, i))
			break;
		if (reader->dialect == &bt_eni_ifupdown2)
			r = take_expression(looking, &i, &taken);
		if (r < 0 || taken || strcmp(name, "none") == 0)
			continue;
		if (debian && strcmp(name, "all") == 0)
			report_needs_system(looking, i);
		else
			r = list_port(looking, name, &origin);
	}
	return r;
}

/* "bond-master bond0" */
static int take_master(struct looking *looking)
{
	struct bt_eni_reader *reader = looking->reader;
	struct bt_origin origin = bt_eni_word_origin(&reader->words, 1);
	struct bt_eni_interface *bond =
		bt_eni_interface(reader, bt_eni_word(&reader->words, 1), &origin);

	if (!bond)
		return -ENOMEM;
	if (bond->first == BT_ENI_NONE)
		bt_eni_diag(reader, BONDTOOL_ERROR, "no-stanza", &origin,
			    "add a stanza for the bond",
			    "'%s' has no stanza: ifup refuses to bring '%s' up", bond->name,
			    self_of(looking)->name);
	bond->is_bond = true;
	make_port(reader, bt_eni_interface_number(reader, bond), self_of(looking), &origin);
	return 0;
}

/* A command that makes ports: of a tool that cannot know, so they come and go as it runs. */
static int take_command(struct looking *looking)
{
	struct bt_eni_reader *reader = looking->reader;
	BT_AUTOENICOMMAND struct bt_eni_command command = {0};
	const char *words[32];
	size_t count = 0;
	struct bt_eni_interface *bond;
	struct bt_origin origin;
	int r;

	for (; count < BT_ARRAY_SIZE(words) && count + 1 < reader->words.count; count++)
		words[count] = bt_eni_word(&reader->words, count + 1);
	r = bt_eni_understand(words, count, self_of(looking)->name, &command);
	if (r < 0 || command.effect != BT_ENI_ENSLAVES)
		return r;
	origin = bt_eni_rest_origin(&reader->words, 1);
	bond = bt_eni_interface(reader, command.device, &origin);
	if (!bond)
		return -ENOMEM;
	bond->is_bond = true;

	uint32_t number = bt_eni_interface_number(reader, bond);

	bt_eni_diag(reader, BONDTOOL_WARNING, "command-only", &origin,
		    reader->dialect->master_keys ? "say it with 'bond-slaves' or 'bond-master'"
						 : "say it with the bond's list of ports",
		    "only a command makes ports of '%s'", command.device);
	for (size_t i = 0; i < command.ports.count; i++) {
		struct bt_eni_interface *port =
			bt_eni_interface(reader, command.ports.items[i], &origin);

		if (!port)
			return -ENOMEM;
		make_port(reader, number, port, &origin);
	}
	return 0;
}

static bool is_simple_role(enum bt_eni_meaning meaning)
{
	return meaning == BT_ENI_PORTS || meaning == BT_ENI_MASTER ||
	       meaning == BT_ENI_COMMAND_UP || meaning == BT_ENI_USE ||
	       meaning == BT_ENI_REQUIRES;
}

static int look_at_line(void *context, struct bt_eni_stanza *stanza, struct bt_eni_text *text,
			struct bt_eni_line *line)
{
	struct looking *looking = context;
	struct bt_eni_reader *reader = looking->reader;
	enum bt_eni_meaning meaning = bt_eni_key_meaning(text, line);

	(void)stanza;
	if (meaning == BT_ENI_BOND_OPTION || meaning == BT_ENI_STRAY_OPTION)
		self_of(looking)->says_bond_mode |= reader->dialect == &bt_eni_ifupdown_ng ||
			(meaning == BT_ENI_BOND_OPTION && line->argument == BT_OPT_MODE);
	else if (meaning == BT_ENI_VLAN_DEVICE)
		self_of(looking)->has_raw_device = true;
	else if (meaning == BT_ENI_BRIDGE_PORTS)
		self_of(looking)->is_bridge = true;
	if (!is_simple_role(meaning))
		return 0;
	if (bt_eni_split(&reader->words, text, line) < 0)
		return -ENOMEM;
	if (meaning == BT_ENI_USE && strcmp(bt_eni_word(&reader->words, 1), "bond") == 0)
		self_of(looking)->is_bond = true;
	if (meaning == BT_ENI_COMMAND_UP)
		return take_command(looking);
	if (reader->words.count < 2)
		return 0;
	return meaning == BT_ENI_PORTS	  ? take_ports(looking)
	       : meaning == BT_ENI_MASTER ? take_master(looking)
					  : 0;
}

/* ifupdown-ng: what a bond requires are its ports. */
static int look_at_requirement(void *context, struct bt_eni_stanza *stanza,
			       struct bt_eni_text *text, struct bt_eni_line *line)
{
	struct looking *looking = context;

	(void)stanza;
	if (bt_eni_key_meaning(text, line) != BT_ENI_REQUIRES)
		return 0;
	if (bt_eni_split(&looking->reader->words, text, line) < 0)
		return -ENOMEM;
	return take_ports(looking);
}

/* Who has bond options and is no port is a bond, where the tool sees it so. */
static void settle(struct bt_eni_reader *reader, struct bt_eni_interface *interface)
{
	if (reader->dialect == &bt_eni_ifupdown2 || !interface->says_bond_mode)
		return;
	interface->is_bond |= interface->bond == BT_ENI_NONE;
}

int bt_eni_find_roles(struct bt_eni_reader *reader)
{
	struct looking looking = {.reader = reader};
	int r = 0;

	for (size_t i = 0; r == 0 && i < reader->n_interfaces; i++) {
		looking.self = (uint32_t)i;
		if (reader->interfaces[i].first != BT_ENI_NONE &&
		    !reader->stanzas[reader->interfaces[i].first].template)
			r = bt_eni_for_each_line(reader, &reader->interfaces[i], look_at_line, NULL,
						 &looking);
	}
	for (size_t i = 0; i < reader->n_interfaces; i++)
		settle(reader, &reader->interfaces[i]);
	for (size_t i = 0; r == 0 && reader->dialect == &bt_eni_ifupdown_ng &&
			   i < reader->n_interfaces; i++) {
		looking.self = (uint32_t)i;
		if (reader->interfaces[i].is_bond)
			r = bt_eni_for_each_line(reader, &reader->interfaces[i],
						 look_at_requirement, NULL, &looking);
	}
	return r;
}
