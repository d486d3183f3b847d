/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A bond's options as netplan's "parameters", and what netplan or its renderer would not pass on.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "parsers/netplan/netplan-writing.h"
#include "parsers/networkd/networkd.h"

/* The key: the one that the texts use already, else the first. */
static const char *key_of(const struct bt_netplan_written *w, const struct bt_option *option)
{
	const struct bt_node *old = bt_netplan_old(w, "parameters");

	for (size_t i = 0; old && i < old->count; i++)
		if (old->items[i]->key &&
		    bt_option_by_key(BT_FORMAT_NETPLAN, old->items[i]->key) == option)
			return old->items[i]->key;
	return option->keys[BT_FORMAT_NETPLAN];
}

static struct bt_node *list_node(const struct bt_value *value)
{
	BT_AUTONODE struct bt_node *list = bt_node_new(BT_NODE_LIST);

	for (size_t i = 0; list && i < value->n_items; i++)
		if (bt_node_append(list, bt_node_scalar(BT_NODE_TEXT, value->items[i].text)) < 0)
			return NULL;
	return BT_TAKE(list);
}

/* The id of the port that is the primary one, when it is here; else NULL. */
static const char *port_id(const struct bt_netplan_written *w, const char *interface)
{
	struct bondtool_config *config = w->writing->config;
	const struct bondtool_profile *port = bt_config_by_interface(config, interface);

	return port && bt_config_controller(config, port) == w->profile
		       ? bt_netplan_id(w->writing, port)
		       : NULL;
}

static struct bt_node *value_node(const struct bt_netplan_written *w,
				  const struct bt_option *option, const struct bt_value *value)
{
	const struct bt_spec *spec = &option->spec;
	BT_AUTOFREE char *text = NULL;

	if (bt_type_is_list(spec->type))
		return list_node(value);
	if (spec->type == BT_TYPE_INTERFACE)
		return bt_node_scalar(BT_NODE_TEXT, port_id(w, value->text));
	if (spec->type == BT_TYPE_NUMBER && spec->minimum == 0 && spec->maximum == 1)
		return bt_node_scalar(BT_NODE_BOOLEAN, value->number ? "true" : "false");
	if (spec->type == BT_TYPE_NUMBER)
		return bt_node_number(value->number);
	text = bt_value_text(spec, value, BONDTOOL_PARSABLE);
	return bt_node_scalar(BT_NODE_TEXT, text);
}

/* Why the value would not reach the driver; NULL when it does. */
static const char *refused(const struct bt_netplan_written *w, const struct bt_option *option,
			   const struct bt_value *value)
{
	const struct bt_values *options = &w->profile->options;
	const struct bt_key_limit *limit = bt_option_limit(BT_FORMAT_NETPLAN, options, value);

	if (!limit && w->renderer == BT_NETPLAN_NETWORKD)
		limit = bt_option_limit(BT_FORMAT_NETWORKD, options, value);
	if (limit)
		return limit->text;
	if (option->spec.type == BT_TYPE_INTERFACE && !port_id(w, value->text))
		return "netplan takes only a port of the bond that is defined, too";
	return NULL;
}

/* ---- the way around -------------------------------------------------------------------------- */

/* The same by ip, from a script that the renderer runs; it does so when the interface is up. */
static char *by_script(const char *scripts, const char *interface, const struct bt_option *option,
		       const struct bt_value *value)
{
	BT_AUTOFREE char *key = bt_option_key(option, BT_FORMAT_IPROUTE2);
	BT_AUTOFREE char *text = bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE);

	if (!key || !text || !bt_option_has_key(option, BT_FORMAT_IPROUTE2))
		return NULL;
	if (option->flags & BT_OPTION_IFDOWN)
		return bt_format("in a script of %s: ip link set %s down && ip link set %s up type "
				 "bond %s %s",
				 scripts, interface, interface, key, text);
	return bt_format("in a script of %s: ip link set %s type %s %s %s", scripts, interface,
			 option->flags & BT_OPTION_PORT ? "bond_slave" : "bond", key, text);
}

char *bt_netplan_hint_networkd(const struct bondtool_profile *profile,
			       const struct bt_option *option)
{
	const struct bt_value *value = bt_values_find(&profile->options, bt_option_id(option));
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *key = option->keys[BT_FORMAT_NETWORKD];
	BT_AUTOFREE char *text = NULL;

	if (!value || !interface)
		return NULL;
	if (!key || !bt_networkd_option(key) ||
	    bt_option_limit(BT_FORMAT_NETWORKD, &profile->options, value))
		return by_script("networkd-dispatcher", interface, option, value);
	text = bt_networkd_option_text(option, value);
	if (!text)
		return NULL;
	return bt_format("in /etc/systemd/network/10-netplan-%s.netdev.d/bond.conf: [Bond] %s=%s",
			 interface, key, text);
}

char *bt_netplan_hint_manager(const struct bondtool_profile *profile,
			      const struct bt_option *option)
{
	const struct bt_value *value = bt_values_find(&profile->options, bt_option_id(option));
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	BT_AUTOFREE char *text =
		value ? bt_value_joined(&option->spec, value, ",", BONDTOOL_PARSABLE) : NULL;

	if (!text || !interface)
		return NULL;
	if (option->flags & BT_OPTION_PORT || !bt_option_has_key(option, BT_FORMAT_KEYFILE))
		return by_script("NetworkManager-dispatcher", interface, option, value);
	return bt_format("networkmanager: {passthrough: {bond.%s: \"%s\"}}", option->name, text);
}

/* ---- options --------------------------------------------------------------------------------- */

static char *hint_for(const struct bt_netplan_written *w, const struct bt_option *option)
{
	return w->renderer == BT_NETPLAN_MANAGER ? bt_netplan_hint_manager(w->profile, option)
						 : bt_netplan_hint_networkd(w->profile, option);
}

static void lose_option(const struct bt_netplan_written *w, const struct bt_option *option,
			const struct bt_value *value, const char *reason)
{
	BT_AUTOFREE char *hint =
		option->spec.type == BT_TYPE_INTERFACE ? NULL : hint_for(w, option);

	if (w->writing->bt)
		bt_report_loss(w->writing->bt, &bt_format_netplan, value, hint,
			       "'%s': the option %s is lost: %s", bt_profile_label(w->profile),
			       option->name, reason);
}

static int put_option(struct bt_netplan_written *w, const struct bt_value *value)
{
	const struct bt_option *option = &bt_options[value->id];
	const char *reason;
	struct bt_node *map;

	if (!option->keys[BT_FORMAT_NETPLAN])
		return 0;
	w->written.option[value->id] = true;
	reason = refused(w, option, value);
	if (reason) {
		lose_option(w, option, value, reason);
		return 0;
	}
	map = bt_netplan_map_in(w->map, "parameters");
	return map ? bt_netplan_put(map, key_of(w, option), value_node(w, option, value)) : -ENOMEM;
}

int bt_netplan_put_options(struct bt_netplan_written *w)
{
	int r = 0;

	bt_written_property(&w->written, BT_PROP_BOND_OPTIONS);
	for (unsigned i = 0; r == 0 && i < BT_OPT_COUNT; i++) {
		const struct bt_value *value = bt_values_find(&w->profile->options, i);

		if (value)
			r = put_option(w, value);
	}
	return r;
}
