/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the lines of an interface in /etc/network/interfaces say, in a form in which the lines of
 * two texts can be compared, however each of them spells it. The writer compares the texts that it
 * would write for a profile as it was and as it is, and then looks for the lines that say so in the
 * text that was there.
 */
#ifndef BT_PARSERS_INTERFACES_FACTS_H
#define BT_PARSERS_INTERFACES_FACTS_H

#include "parsers/interfaces/interfaces-command.h"
#include "parsers/interfaces/interfaces-reader.h"

/* One line of a stanza. What is equal but for the value is of one group. */
struct bt_eni_fact {
	uint8_t meaning; /* enum bt_eni_meaning */
	uint8_t effect;	 /* enum bt_eni_effect, of a command */
	bool v6;
	uint16_t argument;   /* see enum bt_eni_meaning */
	char *key;	     /* of what is kept as it is, and of what has groups by a name */
	char *value;	     /* in the one spelling by which it is compared */
	char *words;	     /* what a line has to say to mean the same */
	size_t first, count; /* the words of the line that say it */
	const struct bt_eni_text *text;
	uint32_t line;	 /* of the text */
	uint32_t stanza; /* of the reader */
	bool settled;	 /* it was compared */
	bool placed;	 /* a line of the other text says it */
};

/* Those of one interface, in the order of its stanzas. Zero-initialise. */
struct bt_eni_facts {
	struct bt_eni_fact *items;
	size_t count, size;
};
void bt_eni_facts_release(struct bt_eni_facts *facts);
#define BT_AUTOENIFACTS BT_CLEANUP(bt_eni_facts_release)

/* Takes down what INTERFACE's own lines say, not those that it inherits. 0 or -ENOMEM. */
int bt_eni_facts_collect(struct bt_eni_reader *reader, const struct bt_eni_interface *interface,
			 struct bt_eni_facts *ret_facts);

/* Whether two facts are values of the same thing. */
bool bt_eni_same_group(const struct bt_eni_fact *a, const struct bt_eni_fact *b);

/* Whether two interfaces have the same stanzas, that say the same in the same order. */
bool bt_eni_same_facts(const struct bt_eni_reader *a, const struct bt_eni_interface *of_a,
		       const struct bt_eni_facts *facts_a, const struct bt_eni_reader *b,
		       const struct bt_eni_interface *of_b, const struct bt_eni_facts *facts_b);

#endif
