/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The lines of a text as they stand, nothing understood: so much is enough to tell whose ifcfg file
 * it is, Red Hat's or SUSE's, or that it is none.
 */
#ifndef BT_PARSERS_IFCFG_BARE_H
#define BT_PARSERS_IFCFG_BARE_H

#include "base/context.h"

/* One line. Zero-initialise before the first. */
struct bt_ifcfg_bare {
	const char *text; /* behind the blanks that it begins with; borrowed from the source */
	size_t length;	  /* without the line end */
	size_t next;	  /* where the next line begins in the source */
};

/* Moves LINE on to the next line of SOURCE; false when there is none. */
bool bt_ifcfg_next_bare(const struct bt_source *source, struct bt_ifcfg_bare *line);
/* Whether the line begins with one of WORDS, which NULL ends. */
bool bt_ifcfg_bare_begins(const struct bt_ifcfg_bare *line, const char *const *words);
/* Whether it is one of Debian's interfaces: such texts exist under the names of ifcfg files. */
bool bt_ifcfg_bare_is_debian(const struct bt_ifcfg_bare *line);

#endif
