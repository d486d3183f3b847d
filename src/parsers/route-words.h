/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The attributes of a route as words of ip-route(8), in which ifcfg's route files, commands in
 * interfaces and scripts say them: "table 100", "mtu lock 1400", "onlink".
 */
#ifndef BT_PARSERS_ROUTE_WORDS_H
#define BT_PARSERS_ROUTE_WORDS_H

#include "model/route.h"

/* Whether WORD, before the destination, says what becomes of packets: "blackhole", "unicast". */
bool bt_route_is_type(const char *word);
/* Whether packets leave by an interface; a route of another type names none. */
bool bt_route_has_device(const struct bt_route *route);

/*
 * The words of LINE, which is taken apart in place, in a new array; NULL without memory. Blanks and
 * a carriage return stand between words.
 */
const char **bt_route_split(char *line, size_t *ret_count);

/*
 * Reads an attribute at the beginning of the COUNT words and adds it to ATTRIBUTES as
 * " NAME=VALUE". Returns how many words it took; 0 when they are no attribute, lack a value, or
 * lock what a profile cannot lock.
 */
size_t bt_route_read_words(const char *const *words, size_t count, struct bt_text *attributes);

/*
 * Adds the words of ROUTE's attributes to WORDS, which may have any characters in them, but for the
 * type, which stands before the destination. Attributes that ip has no words for go to LEFT_OUT as
 * "NAME=VALUE". Returns 0 or -ENOMEM.
 */
int bt_route_add_words(const struct bt_route *route, struct bt_strings *words,
		       struct bt_strings *left_out);

#endif
