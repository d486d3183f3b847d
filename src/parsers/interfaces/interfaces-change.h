/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Changing one interface in the texts of /etc/network/interfaces: what its parts share. Its lines
 * are in interfaces-change-lines.c, its stanzas in interfaces-change-stanzas.c, all else in
 * interfaces-change.c.
 */
#ifndef BT_PARSERS_INTERFACES_CHANGE_H
#define BT_PARSERS_INTERFACES_CHANGE_H

#include "parsers/interfaces/interfaces-rewrite.h"

/* The change of one interface. The interfaces are NULL where a text does not have it. */
struct bt_eni_change {
	struct bt_eni_rewriting *rewriting;
	const char *name, *name_before;
	struct bt_eni_interface *original, *was, *now;
	struct bt_eni_facts facts, facts_was, facts_now;
	bool autoconnect, autoconnect_before;
	bool stays_port;
	bool stays_listed; /* where the bond lists its ports */
};

/* ---- lines ---- */

/* The next fact of SAMPLE's group behind PREVIOUS (NULL: the first), or NULL. */
struct bt_eni_fact *bt_eni_next_in_group(struct bt_eni_facts *facts,
					 const struct bt_eni_fact *sample,
					 struct bt_eni_fact *previous);
/*
 * Changes and removes lines of the original. What of the facts that shall be is not placed then,
 * needs a new line. 0 or -ENOMEM.
 */
int bt_eni_change_lines(struct bt_eni_change *change);

/* ---- stanzas ---- */

/* Whether the stanza is of IPv6; one without a family counts as of IPv4. */
bool bt_eni_is_v6(const struct bt_eni_stanza *stanza);
/* A stanza of the original by its number. */
const struct bt_eni_stanza *bt_eni_changed_stanza(const struct bt_eni_change *change,
						  uint32_t number);
/* The line from its first word to its last; a new string, NULL without memory. */
char *bt_eni_line_content(const struct bt_eni_text *text, size_t line);

/* Adds the lines, and the stanzas, that are new. 0 or -ENOMEM. */
int bt_eni_add_lines(struct bt_eni_change *change);
/* Gives headers another method. 0 or -ENOMEM. */
int bt_eni_change_methods(struct bt_eni_change *change);
/* Removes a header, and the blank lines behind the stanza when there are some before it, too. */
void bt_eni_remove_header(struct bt_eni_rewriting *rewriting, const struct bt_eni_stanza *stanza);
/* Removes stanzas that say nothing any more. */
void bt_eni_remove_empty_stanzas(struct bt_eni_change *change);

#endif
