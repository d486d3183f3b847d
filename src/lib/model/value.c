/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values: keeping, copying and comparing them. Their texts are in value-text.c. */
#include "model/value.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

static void free_texts(struct bt_value *value)
{
	if (value->text && value->keeper == BT_KEPT_BY_VALUE)
		free(value->text);
	if (!value->n_items)
		return;
	for (size_t i = 0; i < value->n_items; i++)
		free(value->items[i].text);
	free(value->items);
}

void bt_value_release(struct bt_value *value)
{
	free_texts(value);
	*value = (struct bt_value){.id = value->id};
}

void bt_values_release(struct bt_values *values)
{
	for (size_t i = 0; i < values->count; i++)
		free_texts(&values->values[i]);
	if (!values->lent)
		free(values->values);
	*values = (struct bt_values){0};
}

static uint64_t bit_of(unsigned id)
{
	return UINT64_C(1) << id % BT_VALUES_BITS;
}

struct bt_value *bt_values_find(const struct bt_values *values, unsigned id)
{
	if (!(values->present & bit_of(id)))
		return NULL;
	for (size_t i = 0; i < values->count; i++)
		if (values->values[i].id == id)
			return &values->values[i];
	return NULL;
}

void bt_values_reserve(struct bt_values *values, unsigned count)
{
	struct bt_value *array =
		reallocarray(values->lent ? NULL : values->values, count, sizeof(*array));

	if (!array)
		return;
	if (values->lent)
		memcpy(array, values->values, values->count * sizeof(*array));
	values->values = array;
	values->size = count;
	values->lent = false;
}

void bt_values_lend(struct bt_values *values, struct bt_value *array, unsigned count)
{
	*values = (struct bt_values){.values = array, .size = count, .lent = true};
}

enum { FIRST_SIZE = 2 }; /* many bonds have no more options */

struct bt_value *bt_values_place(struct bt_values *values, unsigned id)
{
	struct bt_value *place = bt_values_find(values, id);

	if (place) {
		free_texts(place);
	} else {
		if (values->count == values->size)
			bt_values_reserve(values, values->size ? values->size + values->size / 2 + 1
							       : FIRST_SIZE);
		if (values->count == values->size)
			return NULL;
		place = &values->values[values->count++];
		values->present |= bit_of(id);
	}
	*place = (struct bt_value){.id = id};
	return place;
}

int bt_values_put(struct bt_values *values, struct bt_value *value)
{
	struct bt_value *place = bt_values_place(values, value->id);

	if (!place) {
		bt_value_release(value);
		return -ENOMEM;
	}
	*place = *value;
	*value = (struct bt_value){.id = value->id};
	return 0;
}

static void find_present(struct bt_values *values)
{
	values->present = 0;
	for (size_t i = 0; i < values->count; i++)
		values->present |= bit_of(values->values[i].id);
}

bool bt_values_unset(struct bt_values *values, unsigned id)
{
	struct bt_value *value = bt_values_find(values, id);

	if (!value)
		return false;
	bt_value_release(value);

	size_t after = values->count - (size_t)(value - values->values) - 1;

	memmove(value, value + 1, after * sizeof(*value));
	values->count--;
	find_present(values);
	return true;
}

void bt_values_cut(struct bt_values *values, unsigned count)
{
	if (values->count <= count)
		return;
	while (values->count > count)
		free_texts(&values->values[--values->count]);
	find_present(values);
}

int bt_value_append(struct bt_value *value, char *text, const struct bt_origin *origin)
{
	struct bt_item item = {.text = text, .origin = origin ? *origin : (struct bt_origin){0}};
	struct bt_item *items = value->n_items ? value->items : NULL;

	if (text)
		items = reallocarray(items, value->n_items + 1, sizeof(*items));
	if (!text || !items) {
		free(text);
		return -ENOMEM;
	}
	items[value->n_items++] = item;
	value->items = items;
	return 0;
}

void bt_value_remove(struct bt_value *value, unsigned index)
{
	free(value->items[index].text);
	value->n_items--;
	memmove(&value->items[index], &value->items[index + 1],
		(value->n_items - index) * sizeof(*value->items));
	if (!value->n_items) {
		free(value->items);
		value->number = 0;
	}
}

static int copy_items(const struct bt_value *value, struct bt_value *copy)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < value->n_items; i++)
		r = bt_value_append(copy, strdup(value->items[i].text), &value->items[i].origin);
	return r;
}

static int copy_value(const struct bt_value *value, struct bt_pool *pool, struct bt_value *ret_copy)
{
	BT_AUTOVALUE struct bt_value copy = {.id = value->id, .origin = value->origin};

	if (value->keeper == BT_KEPT_BY_TABLE) {
		copy.text = value->text;
		copy.keeper = BT_KEPT_BY_TABLE;
	} else if (value->text) {
		copy.text = pool ? bt_pool_string(pool, value->text, strlen(value->text))
				 : strdup(value->text);
		copy.keeper = pool ? BT_KEPT_BY_PROFILE : BT_KEPT_BY_VALUE;
		if (!copy.text)
			return -ENOMEM;
	}
	if (!value->n_items)
		copy.number = value->number;
	else if (copy_items(value, &copy) < 0)
		return -ENOMEM;
	*ret_copy = copy;
	copy = (struct bt_value){0};
	return 0;
}

int bt_value_copy(const struct bt_value *value, struct bt_value *ret_copy)
{
	return copy_value(value, NULL, ret_copy);
}

int bt_values_copy(const struct bt_values *values, struct bt_pool *pool, struct bt_values *ret_copy)
{
	if (values->count > ret_copy->size)
		bt_values_reserve(ret_copy, values->count);
	for (size_t i = 0; i < values->count; i++) {
		struct bt_value value;
		int r = copy_value(&values->values[i], pool, &value);

		if (r == 0)
			r = bt_values_put(ret_copy, &value);
		if (r < 0) {
			bt_values_release(ret_copy);
			return r;
		}
	}
	return 0;
}

bool bt_value_equal(const struct bt_value *a, const struct bt_value *b)
{
	if (!bt_equal(a->text, b->text) || a->n_items != b->n_items)
		return false;
	if (!a->n_items)
		return a->number == b->number;
	for (size_t i = 0; i < a->n_items; i++)
		if (strcmp(a->items[i].text, b->items[i].text) != 0)
			return false;
	return true;
}

bool bt_type_is_list(enum bt_type type)
{
	switch (type) {
	case BT_TYPE_TEXTS:
	case BT_TYPE_IP4S:
	case BT_TYPE_IP6S:
	case BT_TYPE_ADDRESS4S:
	case BT_TYPE_ADDRESS6S:
	case BT_TYPE_ROUTE4S:
	case BT_TYPE_ROUTE6S:
		return true;
	default:
		return false;
	}
}

const char *bt_type_text(enum bt_type type)
{
	static const char *const texts[] = {
		[BT_TYPE_NUMBER] = "number",
		[BT_TYPE_NICKNAMED] = "number",
		[BT_TYPE_NAME] = "name",
		[BT_TYPE_BOOLEAN] = "boolean",
		[BT_TYPE_TEXT] = "text",
		[BT_TYPE_CHOICE] = "word",
		[BT_TYPE_INTERFACE] = "interface name",
		[BT_TYPE_UUID] = "UUID",
		[BT_TYPE_MAC] = "MAC address",
		[BT_TYPE_TEXTS] = "list of texts",
		[BT_TYPE_IP4] = "IPv4 address",
		[BT_TYPE_IP6] = "IPv6 address",
		[BT_TYPE_IP4S] = "list of IPv4 addresses",
		[BT_TYPE_IP6S] = "list of IPv6 addresses",
		[BT_TYPE_ADDRESS4S] = "list of IPv4 addresses with prefix length",
		[BT_TYPE_ADDRESS6S] = "list of IPv6 addresses with prefix length",
		[BT_TYPE_ROUTE4S] = "list of IPv4 routes",
		[BT_TYPE_ROUTE6S] = "list of IPv6 routes",
		[BT_TYPE_OPTIONS] = "list of OPTION=VALUE",
	};

	return texts[type];
}

const struct bondtool_name *bt_name_find(const struct bondtool_name *names, const char *name)
{
	for (; names && names->name; names++)
		if (*names->name == *name && strcmp(names->name, name) == 0)
			return names;
	return NULL;
}

const struct bondtool_name *bt_name_of(const struct bondtool_name *names, int64_t number)
{
	for (; names && names->name; names++)
		if (names->number == number)
			return names;
	return NULL;
}
