/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of names: what is put is found, however the table grew, and a place is found once. */
#include "base/hash.h"

#include "test.h"

enum { MANY = 1000 };

static char names[MANY][16];

static void name_all(void)
{
	for (size_t i = 0; i < MANY; i++)
		snprintf(names[i], sizeof(names[i]), "eth%zu", i);
}

static void check_all(const struct bt_hash *hash)
{
	size_t number, found = 0;

	for (size_t i = 0; i < MANY; i++)
		found += bt_hash_get(hash, names[i], &number) && number == i;
	CHECK_INT(found, MANY);
	CHECK(!bt_hash_get(hash, "eth", &number));
}

static void test_a_table_grows(void)
{
	struct bt_hash hash = {0};

	name_all();
	for (size_t i = 0; i < MANY; i++)
		CHECK_INT(bt_hash_put(&hash, names[i], i), 0);
	CHECK_INT(bt_hash_put(&hash, "eth7", MANY), 0);
	check_all(&hash);
	bt_hash_release(&hash);
}

static void test_room_is_made_at_once(void)
{
	struct bt_hash hash = {0};
	size_t size;

	name_all();
	CHECK_INT(bt_hash_reserve(&hash, MANY), 0);
	size = hash.size;
	for (size_t i = 0; i < MANY; i++)
		CHECK_INT(bt_hash_put(&hash, names[i], i), 0);
	CHECK_INT(hash.size, size);
	check_all(&hash);
	bt_hash_release(&hash);
}

static void test_a_place_is_new_or_known(void)
{
	struct bt_hash hash = {0};
	struct bt_hash_slot *slot = bt_hash_place(&hash, "bond0");

	if (!CHECK(slot && !slot->key))
		return;
	*slot = (struct bt_hash_slot){"bond0", 3};
	slot = bt_hash_place(&hash, "bond0");
	if (!CHECK(slot && slot->key))
		return;
	CHECK_INT(slot->number, 3);
	CHECK_INT(hash.count, 1);
	bt_hash_release(&hash);
}

TESTS(TEST(test_a_table_grows), TEST(test_room_is_made_at_once),
      TEST(test_a_place_is_new_or_known))
