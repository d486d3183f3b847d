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
	alignas(max_align_t) char bytes[];
};

enum {
	ALIGNMENT = alignof(max_align_t),
	BLOCK_SIZE = 32768 - sizeof(struct bt_pool_block),
	/* of small pools: the first block, with what malloc() needs, is a line of the cache */
	FIRST_SMALL_SIZE = 40,
	SMALL_SIZE = 232,
};

void bt_pool_release(struct bt_pool *pool)
{
	while (pool->blocks) {
		struct bt_pool_block *block = pool->blocks;

		pool->blocks = block->next;
		free(block);
	}
}

/* A block with room for SIZE bytes, a new one of USUAL bytes at least; NULL without memory. */
static struct bt_pool_block *block_with_room(struct bt_pool *pool, size_t size, size_t usual)
{
	struct bt_pool_block *block = pool->blocks;

	if (block && block->limit - block->used >= size)
		return block;
	if (size < usual)
		size = usual;
	block = size <= UINT_MAX ? malloc(sizeof(*block) + size) : NULL;
	if (!block)
		return NULL;
	block->next = pool->blocks;
	block->used = 0;
	block->limit = (unsigned)size;
	pool->blocks = block;
	return block;
}

void *bt_pool_take(struct bt_pool *pool, size_t size)
{
	size_t aligned = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct bt_pool_block *block = block_with_room(pool, aligned, BLOCK_SIZE);
	void *object;

	if (!block)
		return NULL;
	object = memset(block->bytes + block->used, 0, size);
	block->used += (unsigned)aligned;
	return object;
}

static char *put_string(struct bt_pool_block *block, const char *bytes, size_t length)
{
	char *string;

	if (!block)
		return NULL;
	block->limit -= (unsigned)length + 1;
	string = block->bytes + block->limit;
	memcpy(string, bytes, length);
	string[length] = '\0';
	return string;
}

char *bt_pool_string(struct bt_pool *pool, const char *bytes, size_t length)
{
	return put_string(block_with_room(pool, length + 1, BLOCK_SIZE), bytes, length);
}

char *bt_pool_small(struct bt_pool *pool, const char *string)
{
	size_t length = strlen(string);
	size_t usual = pool->blocks ? SMALL_SIZE : FIRST_SMALL_SIZE;

	return put_string(block_with_room(pool, length + 1, usual), string, length);
}
