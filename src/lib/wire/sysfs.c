/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The driver's sysfs files; see wire/sysfs.h. Every text ends in a newline, as echo writes it. */
#include "wire/sysfs.h"

#include <errno.h>
#include <string.h>

/* The end of a list of ports that was too long for the file, if there was room for these words. */
#define MORE "++more++"

/* Writes PREFIX and WORD to a file of BOND. */
static int write_word(struct bondtool *bt, const char *bond, const char *file, const char *prefix,
		      const char *word)
{
	BT_AUTOFREE char *path = bt_format("%s/bonding/%s", bond, file);
	BT_AUTOFREE char *text = bt_format("%s%s\n", prefix, word);
	struct bt_transport *transport;
	int r = bt_transport_get(bt, &transport);

	if (r < 0 || !path || !text)
		return r < 0 ? r : -ENOMEM;
	return transport->sysfs_write(transport, path, text);
}

/* The words of a file, in order. */
static int read_words(struct bondtool *bt, const char *path, struct bt_strings *ret_words)
{
	BT_AUTOTEXT struct bt_text text = {0};
	struct bt_transport *transport;
	char *save = NULL;
	int r = bt_transport_get(bt, &transport);

	if (r == 0)
		r = transport->sysfs_read(transport, path, &text);
	for (char *word = text.data ? strtok_r(text.data, " \n", &save) : NULL; word && r == 0;
	     word = strtok_r(NULL, " \n", &save))
		r = bt_strings_add(ret_words, word);
	return r;
}

/* Writes the items of LIST from number FROM on. */
static int write_items(struct bondtool *bt, const char *bond, const char *file, const char *sign,
		       const struct bt_value *list, size_t from)
{
	int r = 0;

	for (size_t i = from; i < list->n_items && r == 0; i++)
		r = write_word(bt, bond, file, sign, list->items[i].text);
	return r;
}

/*
 * The driver adds at the end, so what is behind the first difference goes and comes again: the
 * order will be the wanted one. It goes first, since a full list has no room.
 */
static int write_list(struct bondtool *bt, const char *bond, const struct bt_option *option,
		      const struct bt_value *value)
{
	BT_AUTOVALUE struct bt_value present = {0};
	int r = bt_sysfs_read_option(bt, bond, NULL, option, &present);
	size_t same = 0;

	if (r < 0 && r != -ENODATA)
		return r;
	while (same < present.n_items && same < value->n_items &&
	       strcmp(present.items[same].text, value->items[same].text) == 0)
		same++;
	r = write_items(bt, bond, option->name, "-", &present, same);
	return r < 0 ? r : write_items(bt, bond, option->name, "+", value, same);
}

int bt_sysfs_write_option(struct bondtool *bt, const char *bond, const char *port,
			  const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];
	BT_AUTOFREE char *word = NULL;
	BT_AUTOFREE char *prefix = NULL;

	if (!option->has_sysfs)
		return -EOPNOTSUPP;
	if (bt_type_is_list(option->spec.type))
		return write_list(bt, bond, option, value);
	word = bt_value_text(&option->spec, value, BONDTOOL_PARSABLE);
	prefix = option->flags & BT_OPTION_PORT ? bt_format("%s:", port) : strdup("");
	if (!word || !prefix)
		return -ENOMEM;
	return write_word(bt, bond, option->name, prefix, word);
}

/* An enumeration is shown as "NAME NUMBER", all others as one word. */
static int parse_scalar(const struct bt_option *option, const char *word, struct bt_value *value)
{
	const struct bondtool_name *name;

	switch (option->spec.type) {
	case BT_TYPE_NAME:
		name = bt_name_find(option->spec.names, word);
		if (!name)
			return -EINVAL;
		value->number = name->number;
		return 0;
	case BT_TYPE_NUMBER:
		return bt_parse_int(word, &value->number) < 0 ? -EINVAL : 0;
	default:
		return bt_item_canonical(option->spec.type, word, &value->text);
	}
}

static int parse_list(const struct bt_option *option, const struct bt_strings *words,
		      struct bt_value *value)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < words->count; i++) {
		char *text;

		r = bt_item_canonical(option->spec.type, words->items[i], &text);
		if (r == 0)
			r = bt_value_append(value, text, NULL);
	}
	return r;
}

int bt_sysfs_read_option(struct bondtool *bt, const char *bond, const char *port,
			 const struct bt_option *option, struct bt_value *ret_value)
{
	bool of_port = option->flags & BT_OPTION_PORT;
	BT_AUTOFREE char *path = bt_format("%s/%s/%s", of_port ? port : bond,
					   of_port ? "bonding_slave" : "bonding", option->name);
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option)};
	BT_AUTOSTRINGS struct bt_strings words = {0};
	int r;

	if (!option->has_sysfs)
		return -EOPNOTSUPP;
	r = path ? read_words(bt, path, &words) : -ENOMEM;
	if (r < 0)
		return r;
	if (!words.count)
		return -ENODATA;
	r = bt_type_is_list(option->spec.type) ? parse_list(option, &words, &value)
					       : parse_scalar(option, words.items[0], &value);
	if (r < 0)
		return r;
	*ret_value = value;
	value = (struct bt_value){0};
	return 0;
}

int bt_sysfs_read_ports(struct bondtool *bt, const char *bond, struct bt_strings *ret_names)
{
	BT_AUTOFREE char *path = bt_format("%s/bonding/slaves", bond);
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = path ? read_words(bt, path, &names) : -ENOMEM;

	if (r < 0)
		return r;
	if (names.count && strcmp(names.items[names.count - 1], MORE) == 0)
		free(names.items[--names.count]);
	*ret_names = names;
	names = (struct bt_strings){0};
	return 0;
}

int bt_sysfs_add_port(struct bondtool *bt, const char *bond, const char *port)
{
	return write_word(bt, bond, "slaves", "+", port);
}

int bt_sysfs_remove_port(struct bondtool *bt, const char *bond, const char *port)
{
	return write_word(bt, bond, "slaves", "-", port);
}

static int write_bonds(struct bondtool *bt, char sign, const char *bond)
{
	BT_AUTOFREE char *text = bt_format("%c%s\n", sign, bond);
	struct bt_transport *transport;
	int r = bt_transport_get(bt, &transport);

	if (r < 0 || !text)
		return r < 0 ? r : -ENOMEM;
	return transport->sysfs_write(transport, "bonding_masters", text);
}

int bt_sysfs_add_bond(struct bondtool *bt, const char *bond)
{
	return write_bonds(bt, '+', bond);
}

int bt_sysfs_remove_bond(struct bondtool *bt, const char *bond)
{
	return write_bonds(bt, '-', bond);
}
