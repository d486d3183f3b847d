/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operations as JSON and back: for the journal, and for those who read plans. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "plan/journal.h"

/* Numbers as numbers, names by name, lists as arrays. */
static json_t *value_to_json(const struct bt_value *value)
{
	const struct bt_spec *spec = &bt_options[value->id].spec;
	BT_AUTOFREE char *text = NULL;

	if (bt_type_is_list(spec->type)) {
		json_t *array = json_array();

		for (size_t i = 0; i < value->n_items; i++)
			json_array_append_new(array, json_string(value->items[i].text));
		return array;
	}
	if (spec->type == BT_TYPE_NUMBER)
		return json_integer(value->number);
	text = bt_value_text(spec, value, BONDTOOL_PARSABLE);
	return text ? json_string(text) : NULL;
}

static json_t *options_to_json(const struct bt_values *options)
{
	json_t *object = json_object();

	for (size_t i = 0; i < options->count; i++)
		if (json_object_set_new(object, bt_options[options->values[i].id].name,
					value_to_json(&options->values[i])) < 0) {
			json_decref(object);
			return NULL;
		}
	return object;
}

static json_t *map_to_json(const struct bt_vlan_map *map, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_pack("[I, I]", (json_int_t)map[i].from,
						       (json_int_t)map[i].to));
	return array;
}

static json_t *vlan_to_json(const struct bt_vlan *vlan)
{
	return json_pack("{s:i, s:i, s:I, s:I, s:o, s:o}", "id", vlan->id, "protocol",
			 vlan->protocol, "flags", (json_int_t)vlan->flags, "mask",
			 (json_int_t)vlan->mask, "ingress",
			 map_to_json(vlan->ingress, vlan->n_ingress), "egress",
			 map_to_json(vlan->egress, vlan->n_egress));
}

static json_t *address_to_json(const struct bt_address *address)
{
	const json_int_t flags = address->flags, scope = address->scope;
	const json_int_t priority = address->priority;
	const json_int_t valid = address->valid, preferred = address->preferred;

	return json_pack("{s:s, s:s?, s:s?, s:I, s:I, s:I, s:I, s:I}", "address", address->text,
			 "peer", address->peer, "label", address->label, "flags", flags, "scope",
			 scope, "priority", priority, "valid", valid, "preferred", preferred);
}

static void put_text(json_t *object, const char *key, const char *text)
{
	if (text)
		json_object_set_new(object, key, json_string(text));
}

static int put_parts(json_t *object, const struct bt_operation *operation)
{
	int r = 0;

	put_text(object, "other", operation->other);
	put_text(object, "mac", operation->mac);
	put_text(object, "route", operation->route);
	if (operation->mtu)
		r |= json_object_set_new(object, "mtu", json_integer(operation->mtu));
	if (operation->kind == BT_OP_IPV6)
		r |= json_object_set_new(object, "enable", json_boolean(operation->enable));
	if (operation->protocol)
		r |= json_object_set_new(object, "protocol", json_integer(operation->protocol));
	if (operation->family)
		put_text(object, "family", operation->family == AF_INET ? "ipv4" : "ipv6");
	if (operation->through_sysfs)
		put_text(object, "through", "sysfs");
	if (operation->options.count)
		r |= json_object_set_new(object, "options", options_to_json(&operation->options));
	if (operation->before.count)
		r |= json_object_set_new(object, "before", options_to_json(&operation->before));
	if (operation->vlan)
		r |= json_object_set_new(object, "vlan", vlan_to_json(operation->vlan));
	if (operation->address)
		r |= json_object_set_new(object, "address", address_to_json(operation->address));
	return r;
}

json_t *bt_operation_to_json(const struct bt_operation *operation)
{
	json_t *object = json_pack("{s:s, s:s}", "operation", bt_operation_word(operation->kind),
				   "interface", operation->interface);

	if (object && put_parts(object, operation) == 0)
		return object;
	json_decref(object);
	return NULL;
}

/* ---- and back -------------------------------------------------------------------------------- */

static int take_text(const json_t *object, const char *key, char **ret_text)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (!text)
		return 0;
	*ret_text = strdup(text);
	return *ret_text ? 0 : -ENOMEM;
}

/* The value's text as the option's parser reads it. */
static char *text_of(const json_t *json)
{
	BT_AUTOTEXT struct bt_text text = {0};

	if (json_is_integer(json))
		bt_text_addf(&text, "%lld", (long long)json_integer_value(json));
	for (size_t i = 0; i < json_array_size(json); i++)
		bt_text_addf(&text, "%s%s", i ? " " : "",
			     json_string_value(json_array_get(json, i)) ?: "");
	if (json_is_string(json))
		bt_text_add(&text, json_string_value(json));
	return bt_text_take(&text);
}

static int take_option(struct bondtool *bt, const char *name, const json_t *json,
		       struct bt_values *options)
{
	const struct bt_option *option = bt_option_find(name);
	BT_AUTOFREE char *text = text_of(json);
	struct bt_value empty;

	if (!text || !option)
		return text ? -EINVAL : -ENOMEM;
	if (*text)
		return bt_options_set(bt, options, name, text, NULL);
	empty = (struct bt_value){.id = bt_option_id(option)};
	if (option->spec.type == BT_TYPE_INTERFACE && !(empty.text = strdup("")))
		return -ENOMEM;
	return bt_values_put(options, &empty);
}

static int take_options(struct bondtool *bt, const json_t *object, const char *key,
			struct bt_values *options)
{
	const char *name;
	json_t *value;
	int r = 0;

	json_object_foreach (json_object_get(object, key), name, value)
		if (r == 0)
			r = take_option(bt, name, value, options);
	return r;
}

static int take_map(const json_t *object, const char *key, struct bt_vlan_map **ret_map,
		    size_t *ret_count)
{
	const json_t *array = json_object_get(object, key);
	size_t count = json_array_size(array);

	*ret_map = calloc(count ? count : 1, sizeof(**ret_map));
	if (!*ret_map)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++) {
		const json_t *pair = json_array_get(array, i);

		(*ret_map)[i].from = (uint32_t)json_integer_value(json_array_get(pair, 0));
		(*ret_map)[i].to = (uint32_t)json_integer_value(json_array_get(pair, 1));
	}
	*ret_count = count;
	return 0;
}

static int64_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static int take_vlan(const json_t *object, struct bt_operation *operation)
{
	const json_t *json = json_object_get(object, "vlan");
	struct bt_vlan *vlan = json ? calloc(1, sizeof(*vlan)) : NULL;
	int r;

	if (!vlan)
		return json ? -ENOMEM : 0;
	operation->vlan = vlan;
	vlan->id = (uint16_t)number(json, "id");
	vlan->protocol = (uint16_t)number(json, "protocol");
	vlan->flags = (uint32_t)number(json, "flags");
	vlan->mask = (uint32_t)number(json, "mask");
	r = take_map(json, "ingress", &vlan->ingress, &vlan->n_ingress);
	return r < 0 ? r : take_map(json, "egress", &vlan->egress, &vlan->n_egress);
}

static int take_address(const json_t *object, struct bt_operation *operation)
{
	const json_t *json = json_object_get(object, "address");
	struct bt_address *address = json ? calloc(1, sizeof(*address)) : NULL;
	int r;

	if (!address)
		return json ? -ENOMEM : 0;
	operation->address = address;
	address->family = operation->family;
	address->flags = (uint32_t)number(json, "flags");
	address->scope = (unsigned)number(json, "scope");
	address->priority = (uint32_t)number(json, "priority");
	address->valid = (uint32_t)number(json, "valid");
	address->preferred = (uint32_t)number(json, "preferred");
	r = take_text(json, "address", &address->text);
	if (r == 0)
		r = take_text(json, "peer", &address->peer);
	if (r == 0)
		r = take_text(json, "label", &address->label);
	return r < 0 ? r : address->text ? 0 : -EINVAL;
}

static int take_parts(struct bondtool *bt, const json_t *json, struct bt_operation *operation)
{
	const char *family = json_string_value(json_object_get(json, "family"));
	int r = take_text(json, "other", &operation->other);

	operation->family = !family ? 0 : strcmp(family, "ipv4") == 0 ? AF_INET : AF_INET6;
	operation->mtu = (uint32_t)number(json, "mtu");
	operation->protocol = (unsigned)number(json, "protocol");
	operation->enable = json_is_true(json_object_get(json, "enable"));
	operation->through_sysfs = json_object_get(json, "through");
	if (r == 0)
		r = take_text(json, "mac", &operation->mac);
	if (r == 0)
		r = take_text(json, "route", &operation->route);
	if (r == 0)
		r = take_options(bt, json, "options", &operation->options);
	if (r == 0)
		r = take_options(bt, json, "before", &operation->before);
	if (r == 0)
		r = take_vlan(json, operation);
	return r < 0 ? r : take_address(json, operation);
}

/* What the kind needs and the JSON does not have would be a NULL later. */
static bool is_whole(const struct bt_operation *operation)
{
	switch (operation->kind) {
	case BT_OP_ATTACH:
	case BT_OP_DETACH:
	case BT_OP_PORT_OPTIONS:
		return operation->other;
	case BT_OP_CREATE_VLAN:
		return operation->other && operation->vlan;
	case BT_OP_ADD_ADDRESS:
	case BT_OP_REMOVE_ADDRESS:
		return operation->address && operation->family;
	case BT_OP_ADD_ROUTE:
	case BT_OP_REMOVE_ROUTE:
		return operation->route && operation->family;
	case BT_OP_MAC:
		return operation->mac;
	default:
		return true;
	}
}

int bt_operation_from_json(struct bondtool *bt, const json_t *json, struct bt_operations *list)
{
	const char *word = json_string_value(json_object_get(json, "operation"));
	const char *interface = json_string_value(json_object_get(json, "interface"));
	int kind = word ? bt_operation_of_word(word) : -1;
	struct bt_operation *operation;
	int r;

	if (kind < 0 || !interface)
		return -EINVAL;
	operation = bt_operations_add(list, (enum bt_operation_kind)kind, interface);
	if (!operation)
		return -ENOMEM;
	r = take_parts(bt, json, operation);
	if (r == 0 && !is_whole(operation))
		r = -EINVAL;
	if (r < 0)
		bt_operation_release(&list->items[--list->count]);
	return r;
}
