/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is said about texts that netplan refuses, and about values that its renderers ignore. */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>

#include "parsers/netplan/netplan-reading.h"

const char *bt_netplan_renderer_name(enum bt_netplan_renderer renderer)
{
	return renderer == BT_NETPLAN_MANAGER ? "NetworkManager" : "systemd-networkd";
}

void bt_netplan_refused(struct bondtool *bt, const struct bt_origin *origin, const char *hint,
			const char *format, ...)
{
	BT_AUTOFREE char *why = NULL;
	va_list arguments;

	va_start(arguments, format);
	why = bt_vformat(format, arguments);
	va_end(arguments);
	bt_diag(bt, BONDTOOL_ERROR, "netplan/refused", origin, hint,
		"netplan refuses the configuration: %s", why ? why : "it is not valid");
}

void bt_netplan_ignored(struct bondtool *bt, const struct bt_netplan_device *device,
			const struct bt_node *node, const char *hint, const char *why)
{
	bt_diag(bt, BONDTOOL_ERROR, "netplan/ignored", &node->origin, hint,
		"%s ignores '%s: %s': %s", bt_netplan_renderer_name(device->renderer),
		node->key ? node->key : "-", node->text ? node->text : "", why);
}

void bt_netplan_unknown_key(struct bondtool *bt, const struct bt_node *node,
			    enum bt_netplan_map map)
{
	struct bt_nearest nearest = {.word = node->key};
	BT_AUTOFREE char *hint = NULL;

	bt_netplan_offer_keys(&nearest, map);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(bt, BONDTOOL_ERROR, "netplan/unknown-key", &node->key_origin, hint,
		"netplan refuses the configuration: it knows no key '%s' here", node->key);
}

static const char *const kinds[] = {
	[BT_NETPLAN_TEXT] = "a single value",	  [BT_NETPLAN_NUMBER] = "a number",
	[BT_NETPLAN_BOOLEAN] = "true or false",	  [BT_NETPLAN_LIST] = "a list",
	[BT_NETPLAN_MAP] = "a map with its keys",
};

int bt_netplan_wrong_kind(struct bondtool *bt, const struct bt_node *node,
			  enum bt_netplan_kind wanted)
{
	BT_AUTOFREE char *name = node->key ? bt_format("'%s'", node->key) : strdup("this");
	BT_AUTOFREE char *is = bt_node_is_scalar(node) ? bt_format("'%s'", node->text)
						       : strdup(bt_node_kind_text(node->kind));

	bt_netplan_refused(bt, &node->origin, NULL, "%s should be %s, not %s", name ? name : "this",
			   kinds[wanted], is ? is : "that");
	return -EINVAL;
}

static bool is_number(const char *text)
{
	uint64_t number;

	return bt_parse_uint(text + strspn(text, " "), &number) == 0 && number <= UINT_MAX;
}

static bool is_of_kind(const struct bt_node *node, enum bt_netplan_kind kind)
{
	bool yes;

	switch (kind) {
	case BT_NETPLAN_TEXT:
		return bt_node_is_scalar(node);
	case BT_NETPLAN_NUMBER:
		return bt_node_is_scalar(node) && is_number(node->text);
	case BT_NETPLAN_BOOLEAN:
		return bt_node_is_scalar(node) && bt_netplan_parse_boolean(node->text, &yes);
	case BT_NETPLAN_LIST:
		return node->kind == BT_NODE_LIST;
	case BT_NETPLAN_MAP:
		return node->kind == BT_NODE_MAP;
	case BT_NETPLAN_ANY:
		return true;
	}
	return false;
}

bool bt_netplan_is_kind(struct bondtool *bt, const struct bt_node *node, enum bt_netplan_kind kind)
{
	if (is_of_kind(node, kind))
		return true;
	bt_netplan_wrong_kind(bt, node, kind);
	return false;
}

const struct bt_node *bt_netplan_get(const struct bt_netplan_device *device, const char *key)
{
	const struct bt_node *node = device->node->count ? bt_node_get(device->node, key) : NULL;
	const struct bt_netplan_key *row =
		node ? bt_netplan_find_key(device->row->map, key) : NULL;

	return row && is_of_kind(node, row->kind) ? node : NULL;
}

int bt_netplan_get_boolean(const struct bt_netplan_device *device, const char *key)
{
	const struct bt_node *node = bt_netplan_get(device, key);
	bool yes;

	return node && bt_netplan_parse_boolean(node->text, &yes) ? yes : -1;
}
