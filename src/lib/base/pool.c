/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pool of base/pool.h: blocks, of which objects are taken from below and strings from above. */
#include "base/pool.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct bt_pool_block {
	struct bt_pool_block *next;
	size_t used;  /* bytes from below, a multiple of the alignment */
	size_t limit; /* where what is used from above begins */
	alignas(max_align_t) char bytes[];
};

enum { ALIGNMENT = alignof(max_align_t), BLOCK_SIZE = 32768 - sizeof(struct bt_pool_block) };

void bt_pool_release(struct bt_pool *pool)
{
	while (pool->blocks) {
		struct bt_pool_block *block = pool->blocks;

		pool->blocks = block->next;
		free(block);
	}
}

/* A block with room for SIZE bytes; NULL without memory. */
static struct bt_pool_block *block_with_room(struct bt_pool *pool, size_t size)
{
	struct bt_pool_block *block = pool->blocks;

	if (block && block->limit - block->used >= size)
		return block;
	if (size < BLOCK_SIZE)
		size = BLOCK_SIZE;
	block = malloc(sizeof(*block) + size);
	if (!block)
		return NULL;
	block->next = pool->blocks;
	block->used = 0;
	block->limit = size;
	pool->blocks = block;
	return block;
}

void *bt_pool_take(struct bt_pool *pool, size_t size)
{
	size_t aligned = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct bt_pool_block *block = block_with_room(pool, aligned);
	void *object;

	if (!block)
		return NULL;
	object = memset(block->bytes + block->used, 0, size);
	block->used += aligned;
	return object;
}

char *bt_pool_string(struct bt_pool *pool, const char *bytes, size_t length)
{
	struct bt_pool_block *block = block_with_room(pool, length + 1);
	char *string;

	if (!block)
		return NULL;
	block->limit -= length + 1;
	string = block->bytes + block->limit;
	memcpy(string, bytes, length);
	string[length] = '\0';
	return string;
}
