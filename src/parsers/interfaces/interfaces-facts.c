/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of /etc/network/interfaces to facts, see interfaces-facts.h. */
#include "parsers/interfaces/interfaces-facts.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"

static void fact_release(struct bt_eni_fact *fact)
{
	free(fact->key);
	free(fact->value);
	free(fact->words);
}

void bt_eni_facts_release(struct bt_eni_facts *facts)
{
	for (size_t i = 0; i < facts->count; i++)
		fact_release(&facts->items[i]);
	free(facts->items);
	*facts = (struct bt_eni_facts){0};
}

bool bt_eni_same_group(const struct bt_eni_fact *a, const struct bt_eni_fact *b)
{
	return a->meaning == b->meaning && a->effect == b->effect && a->v6 == b->v6 &&
	       a->argument == b->argument && bt_equal(a->key, b->key);
}

/* One walk over the lines of an interface. */
struct collecting {
	struct bt_eni_reader *reader;
	const struct bt_eni_interface *interface;
	struct bt_eni_facts facts;
};

/* Takes the fact over. */
static int add(struct collecting *collecting, struct bt_eni_fact *fact)
{
	struct bt_eni_facts *facts = &collecting->facts;

	if (!BT_MAKE_ROOM(facts->items, facts->count, facts->size))
		return -ENOMEM;
	facts->items[facts->count++] = *fact;
	*fact = (struct bt_eni_fact){0};
	return 0;
}

/* ---- single lines ---- */

static int set(char **where, const char *text)
{
	free(*where);
	*where = text ? strdup(text) : NULL;
	return *where ? 0 : -ENOMEM;
}

/* The value is all that stands behind the key. */
static int say_rest(const struct bt_eni_words *words, struct bt_eni_fact *fact)
{
	return set(&fact->value, bt_eni_rest(words, 1)) < 0 ||
			       set(&fact->words, bt_eni_rest(words, 1)) < 0
		       ? -ENOMEM
		       : 0;
}

/* The netmask that holds for the address on line AT of the stanza; a new string, or NULL. */
static char *netmask_of(struct collecting *collecting, const struct bt_eni_stanza *stanza,
			size_t at)
{
	bool counts = stanza->text->dialect == &bt_eni_ifupdown2; /* it is of the address before */
	struct bt_eni_words *words = &collecting->reader->words;
	char *mask = NULL;

	for (size_t i = counts ? at + 1 : stanza->header + 1; i < stanza->end; i++) {
		struct bt_eni_line *line = &stanza->text->lines[i];
		enum bt_eni_meaning meaning = line->kind == BT_ENI_OPTION
						      ? bt_eni_key_meaning(stanza->text, line)
						      : BT_ENI_OTHER_KEY;

		if (counts && meaning == BT_ENI_ADDRESS)
			break;
		if (meaning != BT_ENI_NETMASK || bt_eni_split(words, stanza->text, line) < 0)
			continue;
		free(mask);
		mask = strdup(bt_eni_word(words, 1));
	}
	return mask;
}

static int say_address(struct collecting *collecting, const struct bt_eni_stanza *stanza,
		       struct bt_eni_fact *fact)
{
	BT_AUTOFREE char *mask =
		strchr(fact->words, '/') ? NULL : netmask_of(collecting, stanza, fact->line);
	char *full = bt_eni_full_address(stanza->text->dialect, fact->words, mask);

	if (!full && errno == ENOMEM)
		return -ENOMEM;
	fact->v6 = strchr(fact->words, ':') != NULL;
	if (!full) /* a mask that is none: reading has said so */
		return 0;
	free(fact->value);
	fact->value = full;
	return 0;
}

/* Options are compared in the one spelling of their values, if they have any. */
static int say_option(struct bt_eni_fact *fact)
{
	BT_AUTOFREE char *canonical = NULL;
	int r = bt_item_canonical(bt_options[fact->argument].spec.type, fact->value, &canonical);

	if (r == -ENOMEM)
		return r;
	return canonical ? set(&fact->value, canonical) : 0;
}

static int say_route(const struct bt_eni_command *command, struct bt_eni_fact *fact)
{
	enum bt_property_id routes = command->v6 ? BT_PROP_IPV6_ROUTES : BT_PROP_IPV4_ROUTES;
	BT_AUTOFREE char *canonical = NULL;

	fact->v6 = command->v6;
	if (bt_item_canonical(bt_properties[routes].spec.type, command->text, &canonical) ==
	    -ENOMEM)
		return -ENOMEM;
	return set(&fact->value, canonical ? canonical : command->text);
}

/* "echo 5 > .../bonding/resend_igmp": of the same group as the option's own key. */
static int say_written_option(const struct bt_eni_command *command, struct bt_eni_fact *fact)
{
	const struct bt_option *option = bt_option_find(command->option);
	size_t name = strcspn(command->text, ":");
	int r = 0;

	if (!option)
		return 0;
	fact->meaning = BT_ENI_BOND_OPTION;
	fact->effect = BT_ENI_UNKNOWN_EFFECT;
	fact->argument = (uint16_t)bt_option_id(option);
	fact->first = command->word + 1;
	fact->count = 1;
	if (set(&fact->value, command->text) < 0 || set(&fact->words, command->text) < 0)
		return -ENOMEM;
	if (bt_option_id(option) == BT_OPT_QUEUE_ID) {
		fact->key = strndup(command->text, name);
		r = fact->key ? 0 : -ENOMEM;
	}
	return r;
}

static int say_command(struct collecting *collecting, struct bt_eni_fact *fact)
{
	const struct bt_eni_words *words = &collecting->reader->words;
	BT_AUTOENICOMMAND struct bt_eni_command command = {0};
	const char *list[32];
	size_t count = 0;
	int r;

	for (; count < BT_ARRAY_SIZE(list) && count + 1 < words->count; count++)
		list[count] = bt_eni_word(words, count + 1);
	if (count + 1 == words->count)
		r = bt_eni_understand(list, count, collecting->interface->name, &command);
	else
		r = 0;
	fact->effect = (uint8_t)command.effect;
	if (r == 0 &&
	    (command.effect == BT_ENI_ADDS_ROUTE || command.effect == BT_ENI_REMOVES_ROUTE))
		return say_route(&command, fact);
	if (r == 0 && command.effect == BT_ENI_SETS_OPTION &&
	    bt_equal(command.device, collecting->interface->name))
		return say_written_option(&command, fact);
	if (r == 0 && command.effect == BT_ENI_UNKNOWN_EFFECT)
		r = set(&fact->key, bt_eni_word(words, 0));
	return r;
}

/* What a line says besides the words that stand behind its key. */
static int say(struct collecting *collecting, const struct bt_eni_stanza *stanza,
	       struct bt_eni_fact *fact)
{
	const struct bt_eni_words *words = &collecting->reader->words;
	bool in_v6 = stanza->family == BT_ENI_INET6;

	switch ((enum bt_eni_meaning)fact->meaning) {
	case BT_ENI_ADDRESS:
		return say_address(collecting, stanza, fact);
	case BT_ENI_BOND_OPTION:
		return say_option(fact);
	case BT_ENI_COMMAND_UP:
	case BT_ENI_COMMAND_DOWN:
		fact->v6 = in_v6;
		return say_command(collecting, fact);
	case BT_ENI_GATEWAY:
		fact->v6 = strchr(fact->value, ':') != NULL;
		return 0;
	case BT_ENI_DNS_SEARCH:
	case BT_ENI_IP_PROPERTY:
		fact->v6 = in_v6;
		return 0;
	case BT_ENI_MAC:
		fact->first = bt_equal(bt_eni_word(words, 1), "ether") ? 2 : 1;
		return set(&fact->value, bt_eni_word(words, fact->first));
	case BT_ENI_USE:
		return set(&fact->key, fact->value);
	case BT_ENI_PORTS:
	case BT_ENI_MASTER:
	case BT_ENI_PROPERTY:
	case BT_ENI_DNS_SERVERS:
	case BT_ENI_VLAN_DEVICE:
	case BT_ENI_VLAN_ID:
	case BT_ENI_REQUIRES:
	case BT_ENI_NETMASK:
		return 0;
	default:
		fact->v6 = in_v6;
		return set(&fact->key, bt_eni_word(words, 0));
	}
}

static int take_line(struct collecting *collecting, uint32_t number, size_t at)
{
	struct bt_eni_reader *reader = collecting->reader;
	const struct bt_eni_stanza *stanza = &reader->stanzas[number];
	struct bt_eni_line *line = &stanza->text->lines[at];
	struct bt_eni_fact fact = {.text = stanza->text,
				   .line = (uint32_t)at,
				   .stanza = number,
				   .first = 1,
				   .count = SIZE_MAX};
	int r;

	fact.meaning = (uint8_t)bt_eni_key_meaning(stanza->text, line);
	fact.argument = line->argument;
	r = bt_eni_split(&reader->words, stanza->text, line);
	if (r == 0)
		r = say_rest(&reader->words, &fact);
	if (r == 0)
		r = say(collecting, stanza, &fact);
	if (r == 0)
		r = add(collecting, &fact);
	fact_release(&fact);
	return r;
}

int bt_eni_facts_collect(struct bt_eni_reader *reader, const struct bt_eni_interface *interface,
			 struct bt_eni_facts *ret_facts)
{
	struct collecting collecting = {.reader = reader, .interface = interface};
	int r = 0;

	for (uint32_t i = interface->first; r == 0 && i != BT_ENI_NONE;
	     i = reader->stanzas[i].next) {
		const struct bt_eni_stanza *stanza = &reader->stanzas[i];

		for (size_t at = stanza->header + 1; r == 0 && at < stanza->end; at++)
			if (stanza->text->lines[at].kind == BT_ENI_OPTION)
				r = take_line(&collecting, i, at);
	}
	if (r == 0)
		*ret_facts = collecting.facts;
	else
		bt_eni_facts_release(&collecting.facts);
	return r;
}

/* ---- comparing ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words of a list in their alphabetical order, as one text: the order of ports says nothing. */
static char *sorted(const char *list)
{
	BT_AUTOSTRINGS struct bt_strings words = {0};
	BT_AUTOTEXT struct bt_text text = {0};

	for (const char *p = list; *p;) {
		size_t blanks = strspn(p, " \t");
		size_t size = strcspn(p + blanks, " \t");
		char *word = strndup(p + blanks, size);

		if (!word || bt_strings_take(&words, word) < 0)
			return NULL;
		p += blanks + size;
	}
	if (words.count)
		qsort(words.items, words.count, sizeof(*words.items), by_text);
	bt_text_add(&text, "");
	for (size_t i = 0; i < words.count; i++)
		bt_text_addf(&text, "%s ", words.items[i]);
	return bt_text_take(&text);
}

static bool same_fact(const struct bt_eni_fact *a, const struct bt_eni_fact *b)
{
	BT_AUTOFREE char *list_a = NULL;
	BT_AUTOFREE char *list_b = NULL;

	if (!bt_eni_same_group(a, b))
		return false;
	if (a->meaning != BT_ENI_PORTS)
		return strcmp(a->value, b->value) == 0;
	list_a = sorted(a->value);
	list_b = sorted(b->value);
	return list_a && bt_equal(list_a, list_b);
}

static bool same_stanzas(const struct bt_eni_reader *a, uint32_t of_a,
			 const struct bt_eni_reader *b, uint32_t of_b)
{
	for (; of_a != BT_ENI_NONE && of_b != BT_ENI_NONE;
	     of_a = a->stanzas[of_a].next, of_b = b->stanzas[of_b].next)
		if (a->stanzas[of_a].family != b->stanzas[of_b].family ||
		    a->stanzas[of_a].method != b->stanzas[of_b].method)
			return false;
	return of_a == of_b;
}

bool bt_eni_same_facts(const struct bt_eni_reader *a, const struct bt_eni_interface *of_a,
		       const struct bt_eni_facts *facts_a, const struct bt_eni_reader *b,
		       const struct bt_eni_interface *of_b, const struct bt_eni_facts *facts_b)
{
	if (of_a->automatic != of_b->automatic ||
	    !bt_equal(bt_eni_allowed(of_a), bt_eni_allowed(of_b)) ||
	    facts_a->count != facts_b->count || !same_stanzas(a, of_a->first, b, of_b->first))
		return false;
	for (size_t i = 0; i < facts_a->count; i++)
		if (!same_fact(&facts_a->items[i], &facts_b->items[i]))
			return false;
	return true;
}
