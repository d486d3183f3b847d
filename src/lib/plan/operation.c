/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operations: keeping lists of them, and saying in words what each does. */
#include "plan/operation.h"

#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "base/array.h"

static void address_free(struct bt_address *address)
{
	if (!address)
		return;
	free(address->text);
	free(address->peer);
	free(address->label);
	free(address);
}

struct bt_address *bt_address_copy(const struct bt_address *address)
{
	struct bt_address *copy = calloc(1, sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *address;
	copy->text = strdup(address->text);
	copy->peer = address->peer ? strdup(address->peer) : NULL;
	copy->label = address->label ? strdup(address->label) : NULL;
	if (copy->text && !copy->peer == !address->peer && !copy->label == !address->label)
		return copy;
	address_free(copy);
	return NULL;
}

static struct bt_vlan_map *copy_map(const struct bt_vlan_map *map, size_t count)
{
	struct bt_vlan_map *copy = calloc(count ? count : 1, sizeof(*copy));

	if (copy && count)
		memcpy(copy, map, count * sizeof(*copy));
	return copy;
}

struct bt_vlan *bt_vlan_copy(const struct bt_vlan *vlan)
{
	struct bt_vlan *copy = calloc(1, sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *vlan;
	copy->ingress = copy_map(vlan->ingress, vlan->n_ingress);
	copy->egress = copy_map(vlan->egress, vlan->n_egress);
	if (copy->ingress && copy->egress)
		return copy;
	bt_vlan_free(copy);
	return NULL;
}

void bt_operation_release(struct bt_operation *operation)
{
	free(operation->interface);
	free(operation->other);
	bt_values_release(&operation->options);
	bt_values_release(&operation->before);
	free(operation->mac);
	address_free(operation->address);
	free(operation->route);
	bt_vlan_free(operation->vlan);
	free(operation->why);
	bt_operations_release(&operation->undo);
	*operation = (struct bt_operation){0};
}

void bt_operations_release(struct bt_operations *operations)
{
	for (size_t i = 0; i < operations->count; i++)
		bt_operation_release(&operations->items[i]);
	free(operations->items);
	*operations = (struct bt_operations){0};
}

struct bt_operation *bt_operations_add(struct bt_operations *operations,
				       enum bt_operation_kind kind, const char *interface)
{
	struct bt_operation operation = {.kind = kind, .interface = strdup(interface)};

	if (!operation.interface)
		return NULL;
	if (!BT_MAKE_ROOM(operations->items, operations->count, operations->size)) {
		free(operation.interface);
		return NULL;
	}
	operations->items[operations->count] = operation;
	return &operations->items[operations->count++];
}

static const char *const kind_words[BT_OP_KIND_COUNT] = {
	[BT_OP_LOAD_DRIVER] = "load-driver",
	[BT_OP_CREATE_BOND] = "create-bond",
	[BT_OP_CREATE_VLAN] = "create-vlan",
	[BT_OP_DELETE] = "delete",
	[BT_OP_UP] = "up",
	[BT_OP_DOWN] = "down",
	[BT_OP_ATTACH] = "attach",
	[BT_OP_DETACH] = "detach",
	[BT_OP_OPTIONS] = "set-options",
	[BT_OP_PORT_OPTIONS] = "set-port-options",
	[BT_OP_MTU] = "set-mtu",
	[BT_OP_MAC] = "set-mac",
	[BT_OP_ADD_ADDRESS] = "add-address",
	[BT_OP_REMOVE_ADDRESS] = "remove-address",
	[BT_OP_ADD_ROUTE] = "add-route",
	[BT_OP_REMOVE_ROUTE] = "remove-route",
	[BT_OP_IPV6] = "set-ipv6",
};

const char *bt_operation_word(enum bt_operation_kind kind)
{
	return kind_words[kind];
}

int bt_operation_of_word(const char *word)
{
	for (int kind = 0; kind < BT_OP_KIND_COUNT; kind++)
		if (strcmp(kind_words[kind], word) == 0)
			return kind;
	return -1;
}

const char *bt_disruption_word(enum bt_disruption disruption)
{
	static const char *const words[] = {
		[BT_DISRUPTION_NONE] = "none",		 [BT_DISRUPTION_PORT] = "port",
		[BT_DISRUPTION_BOND_DOWN] = "bond-down", [BT_DISRUPTION_PORTS_OFF] = "ports-off",
		[BT_DISRUPTION_REMOVED] = "removed",
	};

	return words[disruption];
}

/* "miimon 100", "no primary", "arp_ip_target 10.0.0.1 10.0.0.2". */
static void add_option(struct bt_text *text, const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];
	BT_AUTOFREE char *words = bt_value_joined(&option->spec, value, " ", BONDTOOL_PARSABLE);

	if (!words)
		text->failed = true;
	else if (*words)
		bt_text_addf(text, "%s %s", option->name, words);
	else
		bt_text_addf(text, "no %s", option->name);
}

/* " (was 100)", where that is known. */
static void add_before(struct bt_text *text, const struct bt_values *before,
		       const struct bt_value *value)
{
	const struct bt_value *old = bt_values_find(before, value->id);
	BT_AUTOFREE char *words = NULL;

	if (!old || bt_value_equal(old, value))
		return;
	words = bt_value_joined(&bt_options[value->id].spec, old, " ", BONDTOOL_PARSABLE);
	if (!words)
		text->failed = true;
	else
		bt_text_addf(text, " (was %s)", *words ? words : "none");
}

static void add_options(struct bt_text *text, const char *start,
			const struct bt_operation *operation)
{
	for (size_t i = 0; i < operation->options.count; i++) {
		const struct bt_value *value = &operation->options.values[i];

		bt_text_add(text, i ? ", " : start);
		add_option(text, value);
		add_before(text, &operation->before, value);
	}
}

/* "10.1.0.0/16 via 10.0.0.1 metric 100 table=5" */
static void add_route(struct bt_text *text, const char *start, const struct bt_operation *operation)
{
	BT_AUTOROUTE struct bt_route route = {0};

	if (bt_route_parse(operation->family, operation->route, &route) < 0) {
		text->failed = true;
		return;
	}
	if (bt_has_suffix(route.destination, "/0"))
		bt_text_addf(text, "%s the %s default route", start,
			     operation->family == AF_INET ? "IPv4" : "IPv6");
	else
		bt_text_addf(text, "%s route %s", start, route.destination);
	if (route.gateway)
		bt_text_addf(text, " via %s", route.gateway);
	if (route.metric > 0)
		bt_text_addf(text, " metric %" PRId64, route.metric);
	for (size_t i = 0; i < route.attributes.count; i++)
		bt_text_addf(text, " %s", route.attributes.items[i]);
}

static void add_details(struct bt_text *text, const struct bt_operation *operation)
{
	if (operation->mac)
		bt_text_addf(text, ", MAC address %s", operation->mac);
	if (operation->mtu)
		bt_text_addf(text, ", MTU %" PRIu32, operation->mtu);
}

static void add_words(struct bt_text *text, const struct bt_operation *operation)
{
	switch (operation->kind) {
	case BT_OP_LOAD_DRIVER:
		bt_text_add(text, "load the driver");
		break;
	case BT_OP_CREATE_BOND:
		bt_text_add(text, "create the bond");
		add_options(text, " with ", operation);
		add_details(text, operation);
		break;
	case BT_OP_CREATE_VLAN:
		bt_text_addf(text, "create VLAN %u on %s", operation->vlan->id, operation->other);
		add_details(text, operation);
		break;
	case BT_OP_DELETE:
		bt_text_add(text, "delete");
		break;
	case BT_OP_UP:
		bt_text_add(text, "bring up");
		break;
	case BT_OP_DOWN:
		bt_text_add(text, "take down");
		break;
	case BT_OP_ATTACH:
		bt_text_addf(text, "attach to %s", operation->other);
		break;
	case BT_OP_DETACH:
		bt_text_addf(text, "detach from %s", operation->other);
		break;
	case BT_OP_OPTIONS:
	case BT_OP_PORT_OPTIONS:
		add_options(text, "set ", operation);
		break;
	case BT_OP_MTU:
		bt_text_addf(text, "set MTU %" PRIu32, operation->mtu);
		break;
	case BT_OP_MAC:
		bt_text_addf(text, "set MAC address %s", operation->mac);
		break;
	case BT_OP_ADD_ADDRESS:
		bt_text_addf(text, "add address %s", operation->address->text);
		break;
	case BT_OP_REMOVE_ADDRESS:
		bt_text_addf(text, "remove address %s", operation->address->text);
		break;
	case BT_OP_ADD_ROUTE:
		add_route(text, "add", operation);
		break;
	case BT_OP_REMOVE_ROUTE:
		add_route(text, "remove", operation);
		break;
	case BT_OP_IPV6:
		bt_text_addf(text, "switch IPv6 %s", operation->enable ? "on" : "off");
		break;
	case BT_OP_KIND_COUNT:
		break;
	}
}

char *bt_operation_text(const struct bt_operation *operation)
{
	BT_AUTOTEXT struct bt_text text = {0};

	add_words(&text, operation);
	if (operation->through_sysfs)
		bt_text_add(&text, " through sysfs");
	return bt_text_take(&text);
}
