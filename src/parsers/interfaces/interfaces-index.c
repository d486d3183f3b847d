/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The interfaces that the reader of /etc/network/interfaces knows, by their names; and its end. */
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-reader.h"

enum { NAMES_SIZE = 4000 }; /* bytes of names that are allocated at once */

/* Names one behind the other: they are short and many, and live as long as the reader. */
struct bt_eni_names {
	struct bt_eni_names *next;
	size_t used, size;
	char bytes[];
};

void bt_eni_reader_release(struct bt_eni_reader *reader)
{
	for (size_t i = 0; reader->texts && i < reader->inputs->count; i++)
		bt_eni_text_release(&reader->texts[i]);
	free(reader->texts);
	free(reader->visited);
	for (size_t i = 0; i < reader->n_interfaces; i++)
		free(reader->interfaces[i].allowed);
	while (reader->names) {
		struct bt_eni_names *names = reader->names;

		reader->names = names->next;
		free(names);
	}
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

static int reserve_interface(struct bt_eni_reader *reader)
{
	size_t size = reader->size_interfaces ? reader->size_interfaces * 2 : 16;
	struct bt_eni_interface *interfaces;

	if (reader->n_interfaces < reader->size_interfaces)
		return 0;
	interfaces = reallocarray(reader->interfaces, size, sizeof(*interfaces));
	if (!interfaces)
		return -ENOMEM;
	reader->interfaces = interfaces;
	reader->size_interfaces = size;
	return 0;
}

/* Makes room for a name of SIZE bytes; NULL without memory. */
static struct bt_eni_names *add_names(struct bt_eni_reader *reader, size_t size)
{
	struct bt_eni_names *names;

	if (size < NAMES_SIZE)
		size = NAMES_SIZE;
	names = malloc(sizeof(*names) + size);
	if (!names)
		return NULL;
	*names = (struct bt_eni_names){.next = reader->names, .size = size};
	reader->names = names;
	return names;
}

/* A copy of NAME that lives as long as the reader; NULL without memory. */
static const char *keep_name(struct bt_eni_reader *reader, const char *name)
{
	struct bt_eni_names *names = reader->names;
	size_t size = strlen(name) + 1;
	char *copy;

	if (!names || names->size - names->used < size)
		names = add_names(reader, size);
	if (!names)
		return NULL;
	copy = names->bytes + names->used;
	names->used += size;
	return memcpy(copy, name, size);
}

struct bt_eni_interface *bt_eni_interface(struct bt_eni_reader *reader, const char *name,
					  const struct bt_origin *origin)
{
	struct bt_eni_interface *interface = bt_eni_find_interface(reader, name);
	const char *copy;

	if (interface)
		return interface;
	copy = keep_name(reader, name);
	if (!copy || reserve_interface(reader) < 0 ||
	    bt_hash_put(&reader->by_name, copy, reader->n_interfaces) < 0)
		return NULL;
	interface = &reader->interfaces[reader->n_interfaces++];
	*interface = (struct bt_eni_interface){
		.name = copy,
		.first = BT_ENI_NONE,
		.last = BT_ENI_NONE,
		.bond = BT_ENI_NONE,
		.origin = *origin,
	};
	return interface;
}
