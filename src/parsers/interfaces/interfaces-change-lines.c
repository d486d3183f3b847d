/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Changing, in /etc/network/interfaces, the lines that say something else than they shall. */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-change.h"

/* ---- groups of facts ---- */

/* Who is whose port is seen to elsewhere. */
static bool is_membership(const struct bt_eni_fact *fact)
{
	return fact->meaning == BT_ENI_PORTS || fact->meaning == BT_ENI_MASTER ||
	       fact->meaning == BT_ENI_REQUIRES || fact->effect == BT_ENI_ENSLAVES ||
	       fact->effect == BT_ENI_RELEASES ||
	       (fact->meaning == BT_ENI_USE && bt_equal(fact->value, "bond"));
}

/* The next fact of SAMPLE's group behind PREVIOUS (NULL: the first), or NULL. */
struct bt_eni_fact *bt_eni_next_in_group(struct bt_eni_facts *facts,
					 const struct bt_eni_fact *sample,
					 struct bt_eni_fact *previous)
{
	for (size_t i = previous ? (size_t)(previous - facts->items) + 1 : 0; i < facts->count; i++)
		if (bt_eni_same_group(&facts->items[i], sample))
			return &facts->items[i];
	return NULL;
}

static struct bt_eni_fact *next_unplaced(struct bt_eni_facts *facts,
					 const struct bt_eni_fact *sample)
{
	struct bt_eni_fact *fact = bt_eni_next_in_group(facts, sample, NULL);

	while (fact && fact->placed)
		fact = bt_eni_next_in_group(facts, sample, fact);
	return fact;
}

static size_t count_in(struct bt_eni_facts *facts, const struct bt_eni_fact *sample)
{
	size_t count = 0;

	for (struct bt_eni_fact *f = NULL; (f = bt_eni_next_in_group(facts, sample, f));)
		count++;
	return count;
}

/* Whether the group says the same as it did; in any case it has been seen to. */
static bool is_same_group(struct bt_eni_change *change, const struct bt_eni_fact *sample)
{
	struct bt_eni_fact *was = bt_eni_next_in_group(&change->facts_was, sample, NULL);
	struct bt_eni_fact *now = bt_eni_next_in_group(&change->facts_now, sample, NULL);
	bool same = true;

	for (; was || now;
	     was = was ? bt_eni_next_in_group(&change->facts_was, sample, was) : NULL,
	     now = now ? bt_eni_next_in_group(&change->facts_now, sample, now) : NULL) {
		same = same && was && now && bt_equal(was->value, now->value);
		if (was)
			was->settled = true;
		if (now)
			now->settled = true;
	}
	return same;
}

static void place_all(struct bt_eni_facts *facts, const struct bt_eni_fact *sample)
{
	for (struct bt_eni_fact *f = NULL; (f = bt_eni_next_in_group(facts, sample, f));)
		f->placed = true;
}

/* Lines that say already what they shall stay as they are. */
static void place_equals(struct bt_eni_change *change, const struct bt_eni_fact *sample)
{
	for (struct bt_eni_fact *now = NULL;
	     (now = bt_eni_next_in_group(&change->facts_now, sample, now));)
		for (struct bt_eni_fact *f = NULL;
		     !now->placed && (f = bt_eni_next_in_group(&change->facts, sample, f));)
			if (!f->placed && bt_equal(f->value, now->value))
				f->placed = now->placed = true;
}

/* ---- lines ---- */

static void remove_line(struct bt_eni_change *change, const struct bt_eni_fact *fact)
{
	bt_eni_draft_remove(bt_eni_draft_of(change->rewriting, fact->text), fact->line);
}

/*
 * What stands with an address that changes or goes: its broadcast address and network, unless they
 * are kept as lines of their own, and, if MASK says so, its netmask.
 */
static void remove_companions(struct bt_eni_change *change, const struct bt_eni_fact *address,
			      bool mask)
{
	bool counts = change->rewriting->dialect == &bt_eni_ifupdown2;

	for (size_t i = 0; i < change->facts.count; i++) {
		const struct bt_eni_fact *fact = &change->facts.items[i];
		bool implied =
			(fact->meaning == BT_ENI_BROADCAST || fact->meaning == BT_ENI_NETWORK) &&
			!bt_eni_next_in_group(&change->facts_was, fact, NULL);

		if (fact->stanza != address->stanza)
			continue;
		/* in ifupdown2 a netmask is of the address before it */
		if (counts && fact->meaning == BT_ENI_ADDRESS && fact->line > address->line)
			break;
		if (implied || (mask && fact->meaning == BT_ENI_NETMASK &&
				(!counts || fact->line > address->line)))
			remove_line(change, fact);
	}
}

/* Commands that undo the route when the interface goes down. */
static void remove_undoing(struct bt_eni_change *change, const struct bt_eni_fact *route)
{
	for (size_t i = 0; i < change->facts.count; i++) {
		const struct bt_eni_fact *fact = &change->facts.items[i];

		if (fact->effect == BT_ENI_REMOVES_ROUTE && fact->v6 == route->v6 &&
		    bt_has_prefix(route->value, fact->value))
			remove_line(change, fact);
	}
}

static bool is_only_address(struct bt_eni_change *change, const struct bt_eni_fact *address)
{
	for (size_t i = 0; i < change->facts.count; i++) {
		const struct bt_eni_fact *fact = &change->facts.items[i];

		if (fact != address && fact->stanza == address->stanza &&
		    fact->meaning == BT_ENI_ADDRESS)
			return false;
	}
	return true;
}

static void remove_fact(struct bt_eni_change *change, const struct bt_eni_fact *fact)
{
	remove_line(change, fact);
	if (fact->meaning == BT_ENI_ADDRESS)
		remove_companions(change, fact,
				  change->rewriting->dialect == &bt_eni_ifupdown2 ||
					  is_only_address(change, fact));
	else if (fact->effect == BT_ENI_ADDS_ROUTE)
		remove_undoing(change, fact);
}

/* Whether what is said of the network of one address holds for the other, too. */
static bool is_same_network(const char *a, const char *b)
{
	struct in_addr address_a, address_b;
	const char *slash_a = strchr(a, '/'), *slash_b = strchr(b, '/');
	BT_AUTOFREE char *host_a = slash_a ? strndup(a, (size_t)(slash_a - a)) : NULL;
	BT_AUTOFREE char *host_b = slash_b ? strndup(b, (size_t)(slash_b - b)) : NULL;
	int length = slash_a ? atoi(slash_a + 1) : 0;

	if (!host_a || !host_b || length > 32 || strcmp(slash_a, slash_b) != 0 ||
	    inet_pton(AF_INET, host_a, &address_a) != 1 ||
	    inet_pton(AF_INET, host_b, &address_b) != 1)
		return false;
	return length <= 0 ||
	       ((ntohl(address_a.s_addr) ^ ntohl(address_b.s_addr)) >> (32 - length)) == 0;
}

/* The address alone, where the netmask that stands beside it still holds. */
static char *address_words(struct bt_eni_change *change, const struct bt_eni_fact *fact,
			   const struct bt_eni_fact *now)
{
	const char *slash = strchr(now->value, '/');
	const char *slash_was = strchr(fact->value, '/');
	bool beside = !strchr(fact->words, '/');
	bool same = beside && slash && slash_was && strcmp(slash, slash_was) == 0;

	if (!is_same_network(fact->value, now->value))
		remove_companions(change, fact, beside && !same);
	return same ? strndup(now->value, (size_t)(slash - now->value)) : strdup(now->value);
}

static int replace_fact(struct bt_eni_change *change, const struct bt_eni_fact *fact,
			const struct bt_eni_fact *now)
{
	struct bt_eni_rewriting *rewriting = change->rewriting;
	BT_AUTOFREE char *words = fact->meaning == BT_ENI_ADDRESS ? address_words(change, fact, now)
								  : strdup(now->words);
	int r = words ? bt_eni_split_original(rewriting, fact->text, fact->line) : -ENOMEM;

	if (r < 0)
		return r;
	bt_eni_draft_replace(bt_eni_draft_of(rewriting, fact->text), fact->line,
			     &rewriting->original.words, fact->first, fact->count, words);
	if (fact->effect == BT_ENI_ADDS_ROUTE)
		remove_undoing(change, fact);
	return 0;
}

/*
 * Where each address has a stanza of its own and one goes, the others move up, so that the first
 * stanza, with all that stands in it, stays.
 */
static bool must_move_up(struct bt_eni_change *change, const struct bt_eni_fact *sample)
{
	size_t left = count_in(&change->facts_now, sample);

	return sample->meaning == BT_ENI_ADDRESS && !change->rewriting->dialect->repeats_add_up &&
	       left && left < count_in(&change->facts, sample);
}

static int change_group(struct bt_eni_change *change, const struct bt_eni_fact *sample)
{
	struct bt_eni_fact *fact, *now;
	int r = 0;

	if (is_same_group(change, sample)) {
		place_all(&change->facts_now, sample);
		return 0;
	}
	if (!must_move_up(change, sample))
		place_equals(change, sample);
	while (r == 0 && (fact = next_unplaced(&change->facts, sample)) &&
	       (now = next_unplaced(&change->facts_now, sample))) {
		if (!bt_equal(fact->value, now->value))
			r = replace_fact(change, fact, now);
		fact->placed = now->placed = true;
	}
	while ((fact = next_unplaced(&change->facts, sample))) {
		remove_fact(change, fact);
		fact->placed = true;
	}
	return r;
}

/* What a port says of its bond would not be written without a stanza, and may stay all the same. */
static bool may_stay(const struct bt_eni_change *change, const struct bt_eni_fact *fact)
{
	return fact->meaning == BT_ENI_BOND_OPTION && !change->now && change->stays_port;
}

static int change_groups(struct bt_eni_change *change, struct bt_eni_facts *facts)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < facts->count; i++) {
		if (is_membership(&facts->items[i]) || may_stay(change, &facts->items[i]))
			facts->items[i].settled = facts->items[i].placed = true;
		if (!facts->items[i].settled)
			r = change_group(change, &facts->items[i]);
	}
	return r;
}

int bt_eni_change_lines(struct bt_eni_change *change)
{
	int r = change_groups(change, &change->facts_was);

	return r == 0 ? change_groups(change, &change->facts_now) : r;
}
