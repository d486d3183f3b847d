/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The pool of base/pool.h: blocks, of which objects are taken from below and strings from above. */
#include "base/pool.h"

#include <limits.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct bt_pool_block {
	struct bt_pool_block *next;
	unsigned used;	/* bytes from below, a multiple of the alignment */
	unsigned limit; /* where what is used from above begins */
	unsigned size;
	alignas(void *) char bytes[];
};

/*
 * Bytes. The first block, with what malloc() needs, is one line of the cache; each other is larger
 * than the one before, so that the system gets the large ones back.
 */
enum { ALIGNMENT = alignof(void *), FIRST_SIZE = 32, LARGEST_SIZE = 1 << 20 };

void bt_pool_release(struct bt_pool *pool)
{
	while (pool->blocks) {
		struct bt_pool_block *block = pool->blocks;

		pool->blocks = block->next;
		free(block);
	}
}

/* A new block with room for NEEDED bytes; NULL without memory. */
static struct bt_pool_block *add_block(struct bt_pool *pool, size_t needed)
{
	size_t size = pool->blocks ? 2 * (size_t)pool->blocks->size : FIRST_SIZE;
	struct bt_pool_block *block;

	if (size > LARGEST_SIZE)
		size = LARGEST_SIZE;
	if (size < needed)
		size = needed;
	block = size <= UINT_MAX ? malloc(sizeof(*block) + size) : NULL;
	if (!block)
		return NULL;
	*block = (struct bt_pool_block){
		.next = pool->blocks, .limit = (unsigned)size, .size = (unsigned)size};
	pool->blocks = block;
	return block;
}

static struct bt_pool_block *block_with_room(struct bt_pool *pool, size_t needed)
{
	struct bt_pool_block *block = pool->blocks;

	return block && block->limit - block->used >= needed ? block : add_block(pool, needed);
}

void bt_pool_reserve(struct bt_pool *pool, size_t size)
{
	block_with_room(pool, size);
}

void *bt_pool_take(struct bt_pool *pool, size_t size)
{
	size_t aligned = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct bt_pool_block *block = block_with_room(pool, aligned);
	void *object;

	if (!block)
		return NULL;
	object = memset(block->bytes + block->used, 0, size);
	block->used += (unsigned)aligned;
	return object;
}

char *bt_pool_string(struct bt_pool *pool, const char *bytes, size_t length)
{
	struct bt_pool_block *block = block_with_room(pool, length + 1);
	char *string;

	if (!block)
		return NULL;
	block->limit -= (unsigned)length + 1;
	string = block->bytes + block->limit;
	memcpy(string, bytes, length);
	string[length] = '\0';
	return string;
}
