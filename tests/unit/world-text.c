/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The world in lines of text: how a test describes it, and what it is compared by. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>

#include "wire/mac.h"
#include "wire/snapshot-decode.h"
#include "world.h"

/* What a line says after the name: words, and names with values. */
static void set_option(struct world *world, struct bt_values *options, const char *name,
		       const char *value)
{
	if (bt_options_set(world->bt, options, name, value, NULL) < 0)
		printf("# bad option in the world: %s=%s\n", name, value);
}

static void set_mac(struct world *world, struct bt_link *link, const char *text)
{
	bt_mac_parse(text, &link->mac);
	world_hidden(world, link->name)->random_mac = false;
}

/* Each word of a link; options go to OPTIONS. */
static void read_word(struct world *world, struct bt_link *link, char *word,
		      struct bt_values *options)
{
	char *value = strchr(word, '=');

	if (value)
		*value++ = '\0';
	if (strcmp(word, "up") == 0)
		world_set_up(world, link, true);
	else if (strcmp(word, "down") == 0)
		world_set_up(world, link, false);
	else if (strcmp(word, "no-ipv6") == 0)
		link->ipv6_disabled = true;
	else if (strcmp(word, "mtu") == 0)
		link->mtu = (uint32_t)atoi(value);
	else if (strcmp(word, "mac") == 0)
		set_mac(world, link, value);
	else if (strcmp(word, "permanent") == 0)
		bt_mac_parse(value, &link->permanent_mac);
	else if (strcmp(word, "kind") == 0)
		link->kind = strdup(value);
	else if (strcmp(word, "controller") == 0)
		world_attach(world, link, world_find(world, value));
	else if (strcmp(word, "id") == 0)
		link->vlan->id = (uint16_t)atoi(value);
	else if (options && value)
		set_option(world, options, word, value);
}

static void read_words(struct world *world, struct bt_link *link, char **save,
		       struct bt_values *options)
{
	for (char *word = strtok_r(NULL, " ", save); word; word = strtok_r(NULL, " ", save))
		read_word(world, link, word, options);
}

static void read_bond(struct world *world, const char *name, char **save)
{
	struct bt_link *bond = world_add_bond(world, name);
	struct hidden *hidden = world_hidden(world, name);
	const struct bt_value *miimon;

	bt_values_release(&bond->bond->options);
	read_words(world, bond, save, &bond->bond->options);
	world_default_options(&bond->bond->options);
	miimon = bt_values_find(&bond->bond->options, BT_OPT_MIIMON);
	for (unsigned i = 0; i < 3 && miimon->number; i++) {
		static const unsigned ids[] = {BT_OPT_UPDELAY, BT_OPT_DOWNDELAY,
					       BT_OPT_PEER_NOTIF_DELAY};

		hidden->multiples[i] =
			bt_values_find(&bond->bond->options, ids[i])->number / miimon->number;
	}
	if (bt_values_find(&bond->bond->options, BT_OPT_PRIMARY))
		snprintf(hidden->primary, sizeof(hidden->primary), "%s",
			 bt_values_find(&bond->bond->options, BT_OPT_PRIMARY)->text);
	world_show_primary(world, bond);
}

static void read_port(struct world *world, const char *name, char **save)
{
	struct bt_link *port = world_add_link(world, name, NULL);
	struct bt_link *bond;
	struct bt_values options = {0};

	strtok_r(NULL, " ", save); /* of */
	bond = world_find(world, strtok_r(NULL, " ", save));
	world_attach(world, port, bond);
	read_words(world, port, save, &options);
	for (size_t i = 0; i < options.count; i++)
		bt_values_put(&port->port->options, &options.values[i]);
	bt_values_release(&options);
}

static void read_vlan(struct world *world, const char *name, char **save)
{
	struct bt_link *vlan = world_add_link(world, name, "vlan");
	const struct bt_link *parent;

	strtok_r(NULL, " ", save); /* on */
	parent = world_find(world, strtok_r(NULL, " ", save));
	vlan->vlan = calloc(1, sizeof(*vlan->vlan));
	vlan->parent = parent->ifindex;
	vlan->mac = parent->mac;
	vlan->mtu = parent->mtu;
	read_words(world, vlan, save, NULL);
}

static void read_address(struct bt_link *link, char **save)
{
	char *text = strtok_r(NULL, " ", save);
	char *word = strtok_r(NULL, " ", save);
	struct bt_address address = {.family = strchr(text, ':') ? AF_INET6 : AF_INET,
				     .text = text};

	world_add_address(link, &address);
	if (word && strcmp(word, "dynamic") == 0)
		link->addresses[link->n_addresses - 1].flags &= ~(uint32_t)IFA_F_PERMANENT;
	if (word && strcmp(word, "kernel") == 0)
		link->addresses[link->n_addresses - 1].scope = RT_SCOPE_LINK;
}

static const struct bondtool_name protocols[] = {
	{"boot", RTPROT_BOOT, NULL}, {"static", RTPROT_STATIC, NULL},
	{"kernel", RTPROT_KERNEL, NULL}, {"ra", RTPROT_RA, NULL}, {0}};

static void read_route(struct world *world, struct bt_link *link, char **save)
{
	char *protocol = strtok_r(NULL, " ", save);
	char *text = strtok_r(NULL, "", save);

	if (world_add_route(world, link, strchr(text, ':') ? AF_INET6 : AF_INET, text,
			    (unsigned)bt_name_find(protocols, protocol)->number) < 0)
		printf("# bad route in the world: %s\n", text);
}

bool world_line(struct world *world, char *line)
{
	char *save = NULL;
	char *what = strtok_r(line, " ", &save);
	char *name = strtok_r(NULL, " ", &save);

	if (!what || !name)
		return false;
	if (strcmp(what, "link") == 0)
		read_words(world, world_add_link(world, name, NULL), &save, NULL);
	else if (strcmp(what, "bond") == 0)
		read_bond(world, name, &save);
	else if (strcmp(what, "port") == 0)
		read_port(world, name, &save);
	else if (strcmp(what, "vlan") == 0)
		read_vlan(world, name, &save);
	else if (strcmp(what, "address") == 0)
		read_address(world_find(world, name), &save);
	else if (strcmp(what, "route") == 0)
		read_route(world, world_find(world, name), &save);
	else
		return false;
	return true;
}

/* ---- writing it down ------------------------------------------------------------------------- */

static void write_options(struct bt_text *text, const struct bt_values *options)
{
	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_values_find(options, id);
		BT_AUTOFREE char *words = NULL;

		if (!value)
			continue;
		words = bt_value_joined(&bt_options[id].spec, value, ",", BONDTOOL_PARSABLE);
		bt_text_addf(text, " %s=%s", bt_options[id].name, words);
	}
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Addresses and routes in order of their text: which came first is of no account. */
static void write_sorted(struct bt_text *text, struct bt_strings *lines)
{
	if (lines->count)
		qsort(lines->items, lines->count, sizeof(*lines->items), compare_texts);
	for (size_t i = 0; i < lines->count; i++)
		bt_text_addf(text, "  %s\n", lines->items[i]);
}

static void write_ip(struct bt_text *text, const struct bt_link *link)
{
	BT_AUTOSTRINGS struct bt_strings lines = {0};

	for (size_t i = 0; i < link->n_addresses; i++)
		if (link->addresses[i].scope != RT_SCOPE_LINK)
			bt_strings_take(&lines, bt_format("address %s", link->addresses[i].text));
	for (size_t i = 0; i < link->n_routes; i++) {
		const struct bt_live_route *route = &link->routes[i];

		if (route->protocol == RTPROT_KERNEL)
			continue; /* goes and comes by itself */
		bt_strings_take(&lines,
				bt_format("route %s via %s table %u metric %" PRId64
					  " protocol %u scope %u flags %u src %s mtu %u",
					  route->destination, route->gateway ?: "-", route->table,
					  route->metric, route->protocol, route->scope,
					  route->flags, route->source ?: "-", route->mtu));
	}
	write_sorted(text, &lines);
}

char *world_text(const struct world *world)
{
	struct bt_text text = {0};
	BT_AUTOSTRINGS struct bt_strings links = {0};

	for (size_t i = 0; i < world->snapshot->count; i++) {
		const struct bt_link *link = world->snapshot->links[i];
		const struct bt_link *controller =
			bt_snapshot_by_index(world->snapshot, link->controller);
		BT_AUTOFREE char *mac = bt_mac_text(&link->mac);
		struct bt_text one = {0};

		bt_text_addf(&one, "%s %s %s mtu=%u mac=%s controller=%s%s", link->name,
			     link->kind ?: "-", bt_link_is_up(link) ? "up" : "down", link->mtu,
			     mac, controller ? controller->name : "-",
			     link->ipv6_disabled ? " no-ipv6" : "");
		if (link->bond)
			write_options(&one, &link->bond->options);
		for (size_t j = 0; link->bond && j < link->bond->n_ports; j++)
			bt_text_addf(&one, " [%s]", link->bond->ports[j]->name);
		if (link->port)
			write_options(&one, &link->port->options);
		bt_text_add(&one, "\n");
		write_ip(&one, link);
		bt_strings_take(&links, bt_text_take(&one));
	}
	qsort(links.items, links.count, sizeof(*links.items), compare_texts);
	for (size_t i = 0; i < links.count; i++)
		bt_text_add(&text, links.items[i]);
	return bt_text_take(&text);
}
