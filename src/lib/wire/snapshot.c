/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Snapshots as such: keeping links, finding them, comparing options; reading is elsewhere. */
#include "wire/snapshot.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "wire/snapshot-decode.h"

const char *bt_churn_name(int churn)
{
	static const char *const names[] = {"monitoring", "churned", "none", "unknown"};

	return names[churn >= 0 && churn < BT_CHURN_UNKNOWN ? churn : BT_CHURN_UNKNOWN];
}

static void unknowns_release(struct bt_unknowns *unknowns)
{
	for (size_t i = 0; i < unknowns->count; i++)
		free(unknowns->items[i].bytes);
	free(unknowns->items);
	*unknowns = (struct bt_unknowns){0};
}

static void bond_free(struct bt_bond *bond)
{
	if (!bond)
		return;
	bt_values_release(&bond->options);
	unknowns_release(&bond->unknowns);
	free(bond->ports);
	free(bond);
}

static void port_free(struct bt_port *port)
{
	if (!port)
		return;
	bt_values_release(&port->options);
	unknowns_release(&port->unknowns);
	free(port);
}

void bt_vlan_free(struct bt_vlan *vlan)
{
	if (!vlan)
		return;
	free(vlan->ingress);
	free(vlan->egress);
	free(vlan);
}

void bt_link_clear_addresses(struct bt_link *link)
{
	for (size_t i = 0; i < link->n_addresses; i++) {
		free(link->addresses[i].text);
		free(link->addresses[i].peer);
		free(link->addresses[i].label);
	}
	link->n_addresses = 0;
}

void bt_link_clear_routes(struct bt_link *link, int family)
{
	size_t kept = 0;

	for (size_t i = 0; i < link->n_routes; i++) {
		struct bt_live_route *route = &link->routes[i];

		if (family != AF_UNSPEC && route->family != family) {
			link->routes[kept++] = *route;
			continue;
		}
		free(route->destination);
		free(route->gateway);
		free(route->source);
	}
	link->n_routes = kept;
}

void bt_link_free(struct bt_link *link)
{
	if (!link)
		return;
	bt_strings_release(&link->altnames);
	free(link->kind);
	free(link->port_kind);
	bt_vlan_free(link->vlan);
	bond_free(link->bond);
	port_free(link->port);
	bt_link_clear_addresses(link);
	free(link->addresses);
	bt_link_clear_routes(link, AF_UNSPEC);
	free(link->routes);
	bt_link_texts_free(link->texts);
	free(link);
}

void bt_snapshot_clear(struct bondtool_snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->count; i++)
		bt_link_free(snapshot->links[i]);
	snapshot->count = 0;
	bt_hash_release(&snapshot->by_name);
}

void bondtool_snapshot_free(struct bondtool_snapshot *snapshot)
{
	if (!snapshot)
		return;
	bt_snapshot_clear(snapshot);
	free(snapshot->links);
	free(snapshot->version);
	free(snapshot);
}

int bt_snapshot_add(struct bondtool_snapshot *snapshot, struct bt_link *link)
{
	if (!BT_MAKE_ROOM(snapshot->links, snapshot->count, snapshot->size)) {
		bt_link_free(link);
		return -ENOMEM;
	}
	snapshot->links[snapshot->count++] = link;
	return 0;
}

static int by_ifindex(const void *a, const void *b)
{
	int left = (*(struct bt_link *const *)a)->ifindex;
	int right = (*(struct bt_link *const *)b)->ifindex;

	return (left > right) - (left < right);
}

/* All names first: an alternative name of one link never hides the name of another. */
int bt_snapshot_index(struct bondtool_snapshot *snapshot)
{
	int r = 0;

	if (snapshot->count)
		qsort(snapshot->links, snapshot->count, sizeof(struct bt_link *), by_ifindex);
	bt_hash_release(&snapshot->by_name);
	for (size_t i = 0; i < snapshot->count && r == 0; i++)
		r = bt_hash_put(&snapshot->by_name, snapshot->links[i]->name, i);
	for (size_t i = 0; i < snapshot->count && r == 0; i++)
		for (size_t j = 0; j < snapshot->links[i]->altnames.count && r == 0; j++)
			r = bt_hash_put(&snapshot->by_name, snapshot->links[i]->altnames.items[j],
					i);
	return r;
}

struct bt_link *bt_snapshot_by_name(const struct bondtool_snapshot *snapshot, const char *name)
{
	size_t i;

	return bt_hash_get(&snapshot->by_name, name, &i) ? snapshot->links[i] : NULL;
}

struct bt_link *bt_snapshot_by_index(const struct bondtool_snapshot *snapshot, int ifindex)
{
	struct bt_link key = {.ifindex = ifindex};
	struct bt_link *pointer = &key;
	struct bt_link **found = snapshot->count ? bsearch(&pointer, snapshot->links,
							   snapshot->count,
							   sizeof(struct bt_link *), by_ifindex)
						 : NULL;

	return found ? *found : NULL;
}

struct bt_link *bt_snapshot_bond(struct bondtool *bt, const struct bondtool_snapshot *snapshot,
				 const char *name)
{
	struct bt_link *link = bt_snapshot_by_name(snapshot, name);

	if (!link)
		bt_diag(bt, BONDTOOL_ERROR, "system/no-device", NULL, NULL,
			"there is no interface '%s'", name);
	else if (!link->bond)
		bt_diag(bt, BONDTOOL_ERROR, "system/no-bond", NULL, NULL,
			"interface '%s' is no bond", name);
	return link && link->bond ? link : NULL;
}

static int resolve(void *data, const char *name)
{
	const struct bt_link *link = bt_snapshot_by_name(data, name);

	return link ? link->ifindex : 0;
}

struct bt_resolver bt_snapshot_resolver(const struct bondtool_snapshot *snapshot)
{
	return (struct bt_resolver){.ifindex = resolve, .data = (void *)(uintptr_t)snapshot};
}

/* What an option is that the driver does not tell: some are not told while they are unset. */
static enum bt_took took_untold(const struct bt_option *option, const struct bt_value *wanted)
{
	if (bt_type_is_list(option->spec.type))
		return wanted->n_items ? BT_TOOK_NOT : BT_TOOK;
	if (option->wire == BT_WIRE_IFINDEX && (!wanted->text || !*wanted->text))
		return BT_TOOK;
	return BT_TOOK_UNKNOWN;
}

/* The driver keeps delays as numbers of miimon intervals. */
static bool is_rounded(const struct bt_link *link, const struct bt_value *live,
		       const struct bt_value *wanted)
{
	int64_t miimon = bt_options_number(&link->bond->options, BT_OPT_MIIMON);

	return bt_options[wanted->id].flags & BT_OPTION_NEEDS_MIIMON && miimon > 0 &&
	       live->number == wanted->number - wanted->number % miimon;
}

enum bt_took bt_snapshot_took(const struct bt_link *link, const struct bt_value *wanted)
{
	const struct bt_option *option = &bt_options[wanted->id];
	const struct bt_values *options =
		option->flags & BT_OPTION_PORT ? link->port ? &link->port->options : NULL
		: link->bond		       ? &link->bond->options
					       : NULL;
	const struct bt_value *live = options ? bt_values_find(options, wanted->id) : NULL;

	if (!options)
		return BT_TOOK_UNKNOWN;
	if (!live)
		return took_untold(option, wanted);
	if (bt_value_equal(live, wanted))
		return BT_TOOK;
	return link->bond && is_rounded(link, live, wanted) ? BT_TOOK_ROUNDED : BT_TOOK_NOT;
}
