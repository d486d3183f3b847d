/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A bond's "parameters": keys of the option table, with values as the renderer takes them. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "parsers/implied.h"
#include "parsers/netplan/netplan-reading.h"
#include "parsers/networkd/networkd.h"

static const char map_key[] = "parameters";

/* The reading of one bond's options. */
struct options {
	struct bt_netplan_reading *reading;
	struct bt_netplan_device *device;
};

static int keep(struct options *options, const struct bt_node *node)
{
	return bt_netplan_keep(options->reading, options->device, map_key, node);
}

static int ignored(struct options *options, const struct bt_node *node, const char *hint,
		   const char *why)
{
	bt_netplan_ignored(options->reading->bt, options->device, node, hint, why);
	return keep(options, node);
}

static int unknown(struct options *options, const struct bt_node *node)
{
	struct bt_nearest nearest = {.word = node->key};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (bt_options[i].keys[BT_FORMAT_NETPLAN])
			bt_nearest_offer(&nearest, bt_options[i].keys[BT_FORMAT_NETPLAN]);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(options->reading->bt, BONDTOOL_ERROR, "netplan/unknown-key", &node->key_origin,
		hint,
		bt_option_find(node->key)
			? "netplan refuses the configuration: it has no key for the option '%s'"
			: "netplan refuses the configuration: it knows no bond parameter '%s'",
		node->key);
	return keep(options, node);
}

/* ---- values ---------------------------------------------------------------------------------- */

/* Milliseconds: digits, or a span of time as systemd writes it. */
static bool is_time(const struct bt_option *option)
{
	return bt_equal(option->spec.unit, "ms");
}

static bool is_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

static bool is_boolean(const struct bt_option *option)
{
	return option->spec.type == BT_TYPE_NUMBER && option->spec.minimum == 0 &&
	       option->spec.maximum == 1;
}

/* Options that netplan itself reads as numbers. The others are texts to it. */
static bool is_number(const struct bt_option *option)
{
	return option->spec.type == BT_TYPE_NUMBER && !is_time(option) && !is_boolean(option) &&
	       bt_option_id(option) != BT_OPT_LP_INTERVAL;
}

/* A span that has a unit, as systemd-networkd takes it. NetworkManager takes none. */
static int time_text(struct options *options, const struct bt_option *option,
		     const struct bt_node *node, char **ret_text)
{
	const uint64_t usec_per_unit = is_time(option) ? 1000 : 1000000;
	uint64_t usec;

	if (options->device->renderer == BT_NETPLAN_MANAGER)
		return ignored(options, node, "write the number without a unit",
			       "netplan hands the text on as it is, and a number is needed");
	if (bt_networkd_parse_time(node->text, &usec) < 0)
		return ignored(options, node, NULL, "it is no span of time");
	if (usec % usec_per_unit)
		bt_note(options->reading->bt, "netplan/rounded", &node->origin,
			"'%s: %s' becomes %" PRIu64 " %s", node->key, node->text,
			usec / usec_per_unit, option->spec.unit);
	*ret_text = bt_format("%" PRIu64, usec / usec_per_unit);
	return *ret_text ? 0 : -ENOMEM;
}

/* systemd-networkd takes the driver's names and no numbers; NetworkManager takes both. */
static int name_text(struct options *options, const struct bt_option *option,
		     const struct bt_node *node, char **ret_text)
{
	const struct bondtool_name *name = bt_name_find(option->spec.names, node->text);
	const struct bondtool_name *meant = NULL;
	BT_AUTOFREE char *hint = NULL;
	int64_t number;

	if (!name && bt_parse_int(node->text, &number) == 0)
		meant = bt_name_of(option->spec.names, number);
	if (name || (meant && options->device->renderer == BT_NETPLAN_MANAGER)) {
		*ret_text = strdup(name ? name->name : meant->name);
		return *ret_text ? 0 : -ENOMEM;
	}
	if (meant)
		hint = bt_format("write '%s: %s'", node->key, meant->name);
	else
		hint = bt_spec_allowed(&option->spec);
	return ignored(options, node, hint, "it is no name that the driver knows");
}

/* Netplan itself knows the modes, and two of Open vSwitch. */
static int mode_text(struct options *options, const struct bt_node *node, char **ret_text)
{
	const struct bt_option *mode = &bt_options[BT_OPT_MODE];
	const struct bondtool_name *meant = NULL;
	BT_AUTOFREE char *hint = NULL;
	int64_t number;

	if (bt_name_find(mode->spec.names, node->text)) {
		*ret_text = strdup(node->text);
		return *ret_text ? 0 : -ENOMEM;
	}
	if (bt_equal(node->text, "balance-tcp") || bt_equal(node->text, "balance-slb")) {
		bt_warning(options->reading->bt, "netplan/openvswitch", &node->origin,
			   "'%s' is a mode of Open vSwitch and none of the kernel's driver",
			   node->text);
		return keep(options, node);
	}
	if (bt_parse_int(node->text, &number) == 0)
		meant = bt_name_of(mode->spec.names, number);
	hint = meant ? bt_format("write 'mode: %s'", meant->name) : bt_spec_allowed(&mode->spec);
	bt_netplan_refused(options->reading->bt, &node->origin, hint, "there is no bond mode '%s'",
			   node->text);
	return keep(options, node);
}

/*
 * The value as the driver would read it, in *ret_text; NULL there when it is ignored or refused,
 * and kept. 0 or -ENOMEM.
 */
static int value_text(struct options *options, const struct bt_option *option,
		      const struct bt_node *node, char **ret_text)
{
	enum bt_netplan_kind kind = is_boolean(option)	? BT_NETPLAN_BOOLEAN
				    : is_number(option) ? BT_NETPLAN_NUMBER
							: BT_NETPLAN_TEXT;
	bool yes;

	if (!bt_netplan_is_kind(options->reading->bt, node, kind))
		return keep(options, node);
	if (bt_option_id(option) == BT_OPT_MODE)
		return mode_text(options, node, ret_text);
	if (option->spec.type == BT_TYPE_NAME)
		return name_text(options, option, node, ret_text);
	if (kind == BT_NETPLAN_TEXT && !is_digits(node->text))
		return time_text(options, option, node, ret_text);
	if (kind == BT_NETPLAN_BOOLEAN) {
		bt_netplan_parse_boolean(node->text, &yes);
		*ret_text = strdup(yes ? "1" : "0");
	} else {
		*ret_text = strdup(node->text + strspn(node->text, " "));
	}
	return *ret_text ? 0 : -ENOMEM;
}

/* ---- options --------------------------------------------------------------------------------- */

static int take_scalar(struct options *options, const struct bt_option *option,
		       const struct bt_node *node)
{
	BT_AUTOFREE char *text = NULL;
	int r = value_text(options, option, node, &text);

	if (r < 0 || !text)
		return r;
	r = bt_options_set(options->reading->bt, &options->device->profile->options, option->name,
			   text, &node->origin);
	return r == 0 || r == -ENOMEM ? r : keep(options, node);
}

static int take_targets(struct options *options, const struct bt_option *option,
			const struct bt_node *node)
{
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option), .origin = node->origin};
	const struct bt_about about = {"netplan/refused",
				       {"netplan refuses the configuration: ", node->key}};
	int r = 0;

	if (!bt_netplan_is_kind(options->reading->bt, node, BT_NETPLAN_LIST))
		return keep(options, node);
	for (size_t i = 0; r == 0 && i < node->count; i++) {
		const struct bt_node *item = node->items[i];

		if (!bt_netplan_is_kind(options->reading->bt, item, BT_NETPLAN_TEXT))
			return keep(options, node);
		r = bt_value_add_item(options->reading->bt, &option->spec, &about, item->text,
				      &item->origin, &value);
	}
	if (r < 0)
		return r == -ENOMEM ? r : keep(options, node);
	return value.n_items ? bt_values_put(&options->device->profile->options, &value) : 0;
}

/* "primary" names a device, which must be a member of the bond to be of any effect. */
static int take_primary(struct options *options, const struct bt_option *option,
			const struct bt_node *node)
{
	struct bondtool *bt = options->reading->bt;
	const struct bt_netplan_device *port;

	if (!bt_netplan_is_kind(bt, node, BT_NETPLAN_TEXT))
		return keep(options, node);
	port = bt_netplan_find_device(options->reading, node->text);
	if (!port) {
		bt_netplan_refused(bt, &node->origin, NULL, "'%s' is the id of no device here",
				   node->text);
		return keep(options, node);
	}
	if (port->controller != options->device &&
	    options->device->renderer == BT_NETPLAN_NETWORKD) {
		bt_warning(bt, "netplan/not-passed-on", &node->origin,
			   "'primary: %s' has no effect: it is no member of the bond", node->text);
		return keep(options, node);
	}
	if (!port->name) {
		bt_warning(bt, "netplan/needs-system", &node->origin,
			   "only a running system knows the name of '%s' for 'primary'", port->id);
		return keep(options, node);
	}
	int r = bt_options_set(bt, &options->device->profile->options, option->name, port->name,
			       &node->origin);

	return r == 0 || r == -ENOMEM ? r : keep(options, node);
}

static int take_option(struct options *options, const struct bt_node *node)
{
	const struct bt_option *option = bt_option_by_key(BT_FORMAT_NETPLAN, node->key);

	if (!option)
		return unknown(options, node);
	if (bt_option_id(option) == BT_OPT_PRIMARY)
		return take_primary(options, option, node);
	if (bt_type_is_list(option->spec.type))
		return take_targets(options, option, node);
	return take_scalar(options, option, node);
}

/* ---- what is not passed on ------------------------------------------------------------------- */

/* The node that the option came from. */
static const struct bt_node *node_of(const struct bt_node *map, enum bt_option_id id)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct bt_option *option =
			bt_option_by_key(BT_FORMAT_NETPLAN, map->items[i]->key);

		if (option && bt_option_id(option) == id)
			return map->items[i];
	}
	return NULL;
}

/* Values that netplan or its renderer does not hand on: they are as if they were not there. */
static int drop_unsent(struct options *options, const struct bt_node *map)
{
	struct bt_values *values = &options->device->profile->options;
	int r = 0;

	for (size_t i = values->count; r == 0 && i-- > 0;) {
		const struct bt_value *value = &values->values[i];
		const struct bt_key_limit *limit =
			bt_option_limit(BT_FORMAT_NETPLAN, values, value);
		const struct bt_node *node;

		if (!limit && options->device->renderer == BT_NETPLAN_NETWORKD)
			limit = bt_option_limit(BT_FORMAT_NETWORKD, values, value);
		node = limit ? node_of(map, (enum bt_option_id)value->id) : NULL;
		if (!node)
			continue;
		bt_warning(options->reading->bt, "netplan/not-passed-on", &value->origin,
			   "'%s' has no effect: %s", node->key, limit->text);
		bt_values_unset(values, value->id);
		r = keep(options, node);
	}
	return r;
}

int bt_netplan_read_options(struct bt_netplan_reading *reading, struct bt_netplan_device *device)
{
	const struct bt_node *map = bt_netplan_get(device, map_key);
	struct options options = {reading, device};
	int r = 0;

	for (size_t i = 0; r == 0 && map && i < map->count; i++)
		r = take_option(&options, map->items[i]);
	if (r == 0 && map)
		r = drop_unsent(&options, map);
	if (r < 0)
		return r;
	return device->renderer == BT_NETPLAN_MANAGER ? bt_implied_monitor(device->profile)
						      : bt_implied_driver_monitor(device->profile);
}
