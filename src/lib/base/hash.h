/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A small hash table from strings to numbers, so that looking a profile up by name stays fast in
 * configurations with thousands of them. Keys are borrowed and must outlive the table.
 */
#ifndef BT_BASE_HASH_H
#define BT_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>

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
/* True, and *ret_number set, when KEY is there. */
bool bt_hash_get(const struct bt_hash *hash, const char *key, size_t *ret_number);

#endif
