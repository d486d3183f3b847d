/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Memory for many small things that end together: each costs a few instructions and nothing of its
 * own, and all are freed at once.
 */
#ifndef BT_BASE_POOL_H
#define BT_BASE_POOL_H

#include <stddef.h>

struct bt_pool_block;

/* Zero-initialise. What is in it stays where it is. */
struct bt_pool {
	struct bt_pool_block *blocks;
};

void bt_pool_release(struct bt_pool *pool);

/* Makes room for SIZE bytes in one block, where that is known before; less without memory. */
void bt_pool_reserve(struct bt_pool *pool, size_t size);
/* SIZE bytes of zeros, aligned as pointers are; NULL without memory. */
void *bt_pool_take(struct bt_pool *pool, size_t size);
/* A copy of the LENGTH bytes as a string; NULL without memory. */
char *bt_pool_string(struct bt_pool *pool, const char *bytes, size_t length);

#endif
