/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A small hash table from strings to numbers, so that looking a profile up by name stays fast in
 * configurations with thousands of them; and sets of strings on it. The keys of a table are
 * borrowed and must outlive it.
 */
#ifndef BT_BASE_HASH_H
#define BT_BASE_HASH_H

#include "base/text.h"

struct bt_hash_slot {
	const char *key; /* NULL: free */
	size_t number;
};

/* Zero-initialise. */
struct bt_hash {
	struct bt_hash_slot *slots;
	size_t size, count; /* size is a power of two */
};

void bt_hash_release(struct bt_hash *hash);
/* Maps KEY to NUMBER unless the key is there already. 0 (also then) or -ENOMEM. */
int bt_hash_put(struct bt_hash *hash, const char *key, size_t number);
/*
 * The slot of KEY, whose own key is NULL when it was not there: the caller then sets it, to a copy
 * that outlives the table, and the number. NULL without memory.
 */
struct bt_hash_slot *bt_hash_place(struct bt_hash *hash, const char *key);
/* Makes room for COUNT keys, so that the table does not grow step by step. 0 or -ENOMEM. */
int bt_hash_reserve(struct bt_hash *hash, size_t count);
/* True, and *ret_number set, when KEY is there. */
bool bt_hash_get(const struct bt_hash *hash, const char *key, size_t *ret_number);

/* A set of strings that owns them, in the order in which they came. Zero-initialise. */
struct bt_set {
	struct bt_strings members;
	struct bt_hash index;
};

void bt_set_release(struct bt_set *set);
#define BT_AUTOSET BT_CLEANUP(bt_set_release)
/* Adds a copy of MEMBER unless it is there: 1 when it is new, 0 when it is not, or -ENOMEM. */
int bt_set_add(struct bt_set *set, const char *member);

#endif
