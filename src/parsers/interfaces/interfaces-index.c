/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The interfaces that the reader of /etc/network/interfaces knows, by their names; and its end. */
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-reader.h"

void bt_eni_reader_release(struct bt_eni_reader *reader)
{
	for (size_t i = 0; reader->texts && i < reader->inputs->count; i++)
		bt_eni_text_release(&reader->texts[i]);
	free(reader->texts);
	free(reader->visited);
	for (size_t i = 0; i < reader->n_interfaces; i++)
		free(reader->interfaces[i].allowed);
	bt_pool_release(&reader->names);
	free(reader->interfaces);
	free(reader->stanzas);
	bt_hash_release(&reader->by_name);
	bt_eni_words_release(&reader->words);
}

struct bt_eni_interface *bt_eni_find_interface(struct bt_eni_reader *reader, const char *name)
{
	size_t number;

	return bt_hash_get(&reader->by_name, name, &number) ? &reader->interfaces[number] : NULL;
}

uint32_t bt_eni_interface_number(const struct bt_eni_reader *reader,
				 const struct bt_eni_interface *interface)
{
	return (uint32_t)(interface - reader->interfaces);
}

const char *bt_eni_allowed(const struct bt_eni_interface *interface)
{
	return interface->allowed ? interface->allowed->keyword : NULL;
}

/* Makes room for COUNT interfaces. */
static int reserve(struct bt_eni_reader *reader, size_t count)
{
	size_t size = reader->size_interfaces * 2 > count ? reader->size_interfaces * 2 : count;
	struct bt_eni_interface *interfaces;

	if (count <= reader->size_interfaces)
		return 0;
	interfaces = reallocarray(reader->interfaces, size, sizeof(*interfaces));
	if (!interfaces)
		return -ENOMEM;
	reader->interfaces = interfaces;
	reader->size_interfaces = size;
	return 0;
}

int bt_eni_reserve_interfaces(struct bt_eni_reader *reader, size_t count)
{
	if (reserve(reader, reader->n_interfaces + count) < 0)
		return -ENOMEM;
	return bt_hash_reserve(&reader->by_name, reader->n_interfaces + count);
}

struct bt_eni_interface *bt_eni_interface(struct bt_eni_reader *reader, const char *name,
					  const struct bt_origin *origin)
{
	struct bt_hash_slot *slot = bt_hash_place(&reader->by_name, name);
	struct bt_eni_interface *interface;

	if (!slot)
		return NULL;
	if (slot->key)
		return &reader->interfaces[slot->number];
	if (reserve(reader, reader->n_interfaces + 1) < 0)
		return NULL;
	slot->key = bt_pool_string(&reader->names, name, strlen(name));
	if (!slot->key)
		return NULL;
	slot->number = reader->n_interfaces++;
	interface = &reader->interfaces[slot->number];
	*interface = (struct bt_eni_interface){
		.name = slot->key,
		.first = BT_ENI_NONE,
		.last = BT_ENI_NONE,
		.bond = BT_ENI_NONE,
		.origin = *origin,
	};
	return interface;
}
