/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Bonds as JSON: everything that the snapshot holds about them. Options are named as the kernel
 * names them; what the driver does not tell is left out; attributes that we do not know are there
 * in hexadecimal ("attr35").
 */
#include <jansson.h>
#include <string.h>

#include "model/bond-uapi.h"
#include "wire/snapshot.h"

/* jansson's own setters free the value when they fail, and pass a missing value on as failure. */

/* The name of an interface may be any bytes; what is no UTF-8 is escaped. */
static json_t *text_json(const char *text)
{
	BT_AUTOFREE char *escaped = bt_utf8_escaped(text);

	return escaped ? json_string(escaped) : NULL;
}

static int add_text(json_t *object, const char *key, const char *text)
{
	return json_object_set_new(object, key, text ? text_json(text) : json_null());
}

static int add_number(json_t *object, const char *key, int64_t number)
{
	return json_object_set_new(object, key, json_integer(number));
}

static int add_bool(json_t *object, const char *key, bool truth)
{
	return json_object_set_new(object, key, json_boolean(truth));
}

/* Numbers that are -1 were not told. */
static int add_told(json_t *object, const char *key, int64_t number)
{
	return number < 0 ? 0 : add_number(object, key, number);
}

static int add_mac(json_t *object, const char *key, const struct bt_mac *mac)
{
	BT_AUTOFREE char *text = bt_mac_text(mac);

	if (!text)
		return -1;
	return mac->length ? add_text(object, key, text) : 0;
}

static json_t *option_json(const struct bt_value *value)
{
	const struct bt_spec *spec = &bt_options[value->id].spec;
	const struct bondtool_name *name = bt_name_of(spec->names, value->number);
	json_t *list;

	if (bt_type_is_list(spec->type)) {
		list = json_array();
		for (size_t i = 0; i < value->n_items; i++)
			if (json_array_append_new(list, json_string(value->items[i].text)) < 0)
				break;
		return list;
	}
	if (value->text)
		return *value->text ? text_json(value->text) : json_null();
	return spec->type == BT_TYPE_NAME && name ? json_string(name->name)
						  : json_integer(value->number);
}

/* In the order of the table. */
static int add_options(json_t *object, const struct bt_values *options)
{
	json_t *list = json_object();
	int r = json_object_set_new(object, "options", list);

	for (unsigned id = 0; id < BT_OPT_COUNT && r == 0; id++) {
		const struct bt_value *value = bt_values_find(options, id);

		if (value)
			r = json_object_set_new(list, bt_options[id].name, option_json(value));
	}
	return r;
}

static int add_unknowns(json_t *object, const struct bt_unknowns *unknowns)
{
	json_t *list;
	int r;

	if (!unknowns->count)
		return 0;
	list = json_object();
	r = json_object_set_new(object, "unknown", list);
	for (size_t i = 0; i < unknowns->count && r == 0; i++) {
		BT_AUTOFREE char *name = bt_format("attr%u", unknowns->items[i].attribute);
		BT_AUTOTEXT struct bt_text hex = {0};

		for (size_t j = 0; j < unknowns->items[i].length; j++)
			bt_text_addf(&hex, "%02x", unknowns->items[i].bytes[j]);
		r = name && !hex.failed ? add_text(list, name, hex.data ? hex.data : "") : -1;
	}
	return r;
}

/* The bits of LACP's port state, lowest first (IEEE 802.1AX, Actor_State). */
static json_t *state_json(int64_t state)
{
	static const char *const words[] = {"activity",	  "timeout",	  "aggregation",
					    "synchronization", "collecting", "distributing",
					    "defaulted",  "expired"};
	json_t *list = json_array();

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++)
		if (state & 1 << i && json_array_append_new(list, json_string(words[i])) < 0)
			break;
	return list;
}

/* One end of a port's link. STATE is what netlink told; the rest is from /proc. */
static int add_lacp_end(json_t *object, const char *key, int64_t state,
			const struct bt_lacp_end *end, int churn, int64_t churned)
{
	json_t *json;
	int r;

	if (state < 0 && !end && churn < 0)
		return 0;
	json = json_object();
	r = json_object_set_new(object, key, json);
	if (end) {
		r |= add_number(json, "system_priority", end->system_priority);
		r |= add_mac(json, "system_mac", &end->system_mac);
		r |= add_number(json, "key", end->key);
		r |= add_number(json, "port_priority", end->port_priority);
		r |= add_number(json, "port_number", end->port_number);
		state = end->port_state;
	}
	if (state >= 0) {
		r |= add_number(json, "port_state", state);
		r |= json_object_set_new(json, "port_state_bits", state_json(state));
	}
	if (churn >= 0)
		r |= add_text(json, "churn", bt_churn_name(churn));
	return r | add_told(json, "churned", churned);
}

static const char *port_state_word(int state)
{
	return state == BOND_STATE_ACTIVE ? "active" : state == BOND_STATE_BACKUP ? "backup" : NULL;
}

static const char *mii_status_word(int status)
{
	static const char *const words[] = {[BOND_LINK_UP] = "up",
					    [BOND_LINK_FAIL] = "going down",
					    [BOND_LINK_DOWN] = "down",
					    [BOND_LINK_BACK] = "going back"};

	return status >= 0 && status <= BOND_LINK_BACK ? words[status] : NULL;
}

static int add_speed(json_t *object, const struct bt_link *link)
{
	static const char *const duplexes[] = {"half", "full", NULL};
	int r;

	if (!link->has_speed)
		return 0;
	r = json_object_set_new(object, "speed",
				link->speed.mbps ? json_integer(link->speed.mbps) : json_null());
	return r | add_text(object, "duplex", duplexes[link->speed.duplex]);
}

/* What a link of any kind has. */
static int add_link(json_t *object, const struct bt_link *link)
{
	return add_text(object, "name", link->name) |
	       add_number(object, "ifindex", link->ifindex) |
	       add_bool(object, "up", link->flags & IFF_UP) |
	       add_bool(object, "carrier", link->carrier) | add_number(object, "mtu", link->mtu) |
	       add_mac(object, "mac", &link->mac);
}

static json_t *port_json(const struct bt_link *link)
{
	const struct bt_port *port = link->port;
	json_t *json = json_object();
	int r = add_link(json, link);

	r |= add_mac(json, "permanent_mac", &port->permanent_mac);
	r |= add_text(json, "state", port_state_word(port->state));
	r |= add_text(json, "mii_status", mii_status_word(port->mii_status));
	r |= add_speed(json, link);
	r |= add_told(json, "link_failures", port->link_failures);
	r |= add_options(json, &port->options);
	r |= add_told(json, "aggregator_id", port->aggregator_id);
	r |= add_lacp_end(json, "actor", port->actor_state, port->has_lacp ? &port->actor : NULL,
			  port->actor_churn, port->actor_churned);
	r |= add_lacp_end(json, "partner", port->partner_state,
			  port->has_lacp ? &port->partner : NULL, port->partner_churn,
			  port->partner_churned);
	r |= add_unknowns(json, &port->unknowns);
	if (r == 0)
		return json;
	json_decref(json);
	return NULL;
}

static const char *monitor_of(const struct bt_values *options)
{
	if (bt_options_number(options, BT_OPT_MIIMON))
		return "mii";
	return bt_options_number(options, BT_OPT_ARP_INTERVAL) ? "arp" : "none";
}

static int add_aggregator(json_t *object, const struct bt_aggregator *aggregator)
{
	json_t *json = json_object();

	return json_object_set_new(object, "aggregator", json) |
	       add_number(json, "id", aggregator->id) |
	       add_number(json, "ports", aggregator->ports) |
	       add_number(json, "actor_key", aggregator->actor_key) |
	       add_number(json, "partner_key", aggregator->partner_key) |
	       add_mac(json, "partner_mac", &aggregator->partner);
}

static json_t *bond_json(const struct bt_link *link)
{
	const struct bt_bond *bond = link->bond;
	json_t *json = json_object(), *ports = json_array();
	int r = add_link(json, link);

	r |= add_text(json, "monitor", monitor_of(&bond->options));
	r |= add_speed(json, link);
	r |= add_options(json, &bond->options);
	if (bond->has_system) {
		r |= add_number(json, "system_priority", bond->system_priority);
		r |= add_mac(json, "system_mac", &bond->system_mac);
	}
	if (bond->has_aggregator)
		r |= add_aggregator(json, &bond->aggregator);
	r |= add_unknowns(json, &bond->unknowns);
	r |= json_object_set_new(json, "ports", ports);
	for (size_t i = 0; i < bond->n_ports && r == 0; i++)
		r = json_array_append_new(ports, port_json(bond->ports[i]));
	if (r == 0)
		return json;
	json_decref(json);
	return NULL;
}

char *bondtool_status_json(struct bondtool *bt, const struct bondtool_snapshot *snapshot,
			   const char *bond)
{
	const struct bt_link *only = bond ? bt_snapshot_bond(bt, snapshot, bond) : NULL;
	json_t *json, *bonds;
	char *text = NULL;
	int r;

	if (bond && !only)
		return NULL;
	json = json_object();
	bonds = json_array();
	r = add_text(json, "driver_version", snapshot->version);
	r |= json_object_set_new(json, "bonds", bonds);
	for (size_t i = 0; i < snapshot->count && r == 0; i++)
		if (snapshot->links[i]->bond && (!only || snapshot->links[i] == only))
			r = json_array_append_new(bonds, bond_json(snapshot->links[i]));
	if (r == 0)
		text = json_dumps(json, JSON_INDENT(2));
	json_decref(json);
	return text;
}
