/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The hash table of base/hash.h: open addressing, at most two thirds full. */
#include "base/hash.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void bt_hash_release(struct bt_hash *hash)
{
	free(hash->slots);
	*hash = (struct bt_hash){0};
}

/* FNV-1a: good enough for names, and short. */
static size_t hash_of(const char *key)
{
	uint64_t h = 14695981039346656037ULL;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211ULL;
	return (size_t)(h ^ h >> 32);
}

static struct bt_hash_slot *slot_for(const struct bt_hash *hash, const char *key)
{
	size_t at = hash_of(key) & (hash->size - 1);

	while (hash->slots[at].key && strcmp(hash->slots[at].key, key) != 0)
		at = (at + 1) & (hash->size - 1);
	return &hash->slots[at];
}

static int resize(struct bt_hash *hash, size_t size)
{
	struct bt_hash bigger = {.size = size, .count = hash->count};

	bigger.slots = calloc(bigger.size, sizeof(*bigger.slots));
	if (!bigger.slots)
		return -ENOMEM;
	for (size_t i = 0; i < hash->size; i++)
		if (hash->slots[i].key)
			*slot_for(&bigger, hash->slots[i].key) = hash->slots[i];
	free(hash->slots);
	*hash = bigger;
	return 0;
}

int bt_hash_reserve(struct bt_hash *hash, size_t count)
{
	size_t size = hash->size ? hash->size : 32;

	while (size * 2 < count * 3)
		size *= 2;
	return size == hash->size ? 0 : resize(hash, size);
}

struct bt_hash_slot *bt_hash_place(struct bt_hash *hash, const char *key)
{
	struct bt_hash_slot *slot;

	if (hash->count * 3 >= hash->size * 2 && bt_hash_reserve(hash, hash->count + 1) < 0)
		return NULL;
	slot = slot_for(hash, key);
	hash->count += !slot->key;
	return slot;
}

int bt_hash_put(struct bt_hash *hash, const char *key, size_t number)
{
	struct bt_hash_slot *slot = bt_hash_place(hash, key);

	if (!slot)
		return -ENOMEM;
	if (!slot->key)
		*slot = (struct bt_hash_slot){key, number};
	return 0;
}

bool bt_hash_get(const struct bt_hash *hash, const char *key, size_t *ret_number)
{
	if (!hash->size)
		return false;

	const struct bt_hash_slot *slot = slot_for(hash, key);

	if (!slot->key)
		return false;
	*ret_number = slot->number;
	return true;
}

void bt_set_release(struct bt_set *set)
{
	bt_hash_release(&set->index);
	bt_strings_release(&set->members);
}

int bt_set_add(struct bt_set *set, const char *member)
{
	size_t number;
	int r;

	if (bt_hash_get(&set->index, member, &number))
		return 0;
	number = set->members.count;
	r = bt_strings_add(&set->members, member);
	if (r == 0)
		r = bt_hash_put(&set->index, set->members.items[number], number);
	return r < 0 ? r : 1;
}
