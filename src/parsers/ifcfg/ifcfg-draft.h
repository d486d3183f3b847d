/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writing ifcfg files: first as a list of keys and values, then into the text that was there, of
 * which only those lines change whose keys got another value.
 */
#ifndef BT_PARSERS_IFCFG_DRAFT_H
#define BT_PARSERS_IFCFG_DRAFT_H

#include "base/hash.h"
#include "parsers/ifcfg/ifcfg-syntax.h"

/* One key that the file shall have. */
struct bt_ifcfg_pair {
	char *key, *value;
	const char *const *group; /* bases of keys that are written together; NULL-ended, or NULL */
};

/* A list of them. Zero-initialise. */
struct bt_ifcfg_pairs {
	struct bt_ifcfg_pair *items;
	size_t count, size;
	struct bt_hash by_key; /* the first pair of each key */
	bool failed; /* memory ran out */
};
void bt_ifcfg_pairs_release(struct bt_ifcfg_pairs *pairs);
#define BT_AUTOPAIRS BT_CLEANUP(bt_ifcfg_pairs_release)

/* Adds a pair, taking VALUE over (NULL: memory ran out). GROUP may be NULL. */
void bt_ifcfg_pairs_add(struct bt_ifcfg_pairs *pairs, const char *const *group, const char *key,
			char *value);

/* Whether there is a pair of KEY. */
bool bt_ifcfg_pairs_have(const struct bt_ifcfg_pairs *pairs, const char *key);

/*
 * The text of a file that has PAIRS, quoted for READING. Without IFCFG it is made anew; else its
 * lines stay, but for those of keys whose value in BEFORE, the pairs that the same text stands for,
 * differs from PAIRS. Returns a new string; NULL without memory.
 */
char *bt_ifcfg_draft_text(enum bt_ifcfg_reading reading, const struct bt_ifcfg *ifcfg,
			  const struct bt_ifcfg_pairs *before, const struct bt_ifcfg_pairs *pairs);

#endif
