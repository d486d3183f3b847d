/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration of a team to options of a bond: the runner, and what is of the whole team. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "parsers/team/team.h"

void bt_team_release(struct bt_team *team)
{
	bt_node_free(team->config);
	free(team->ports);
	*team = (struct bt_team){0};
}

int bt_team_add_port(struct bt_team *team, struct bondtool_profile *profile,
		     const struct bt_node *node)
{
	if (!BT_MAKE_ROOM(team->ports, team->count, team->size))
		return -ENOMEM;
	team->ports[team->count++] = (struct bt_team_port){profile, node};
	return 0;
}

/* ---- helpers ------------------------------------------------------------------------------- */

static void find(struct bt_team *team, const char *rule, const struct bt_node *node,
		 const char *hint, const char *format, va_list arguments)
{
	BT_AUTOFREE char *message = bt_vformat(format, arguments);

	bt_diag(team->bt, BONDTOOL_WARNING, rule,
		node->origin.source ? &node->origin : &team->bond->origin, hint, "'%s': %s",
		bt_profile_label(team->bond), message ? message : "something is lost");
}

void bt_team_lost(struct bt_team *team, const struct bt_node *node, const char *hint,
		  const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	find(team, "loss/team", node, hint, format, arguments);
	va_end(arguments);
}

void bt_team_near(struct bt_team *team, const struct bt_node *node, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	find(team, "loss/team-nearest", node, NULL, format, arguments);
	va_end(arguments);
}

const struct bt_node *bt_team_scalar(const struct bt_node *node, const char *key)
{
	const struct bt_node *item = node ? bt_node_get(node, key) : NULL;

	return item && bt_node_is_scalar(item) ? item : NULL;
}

const char *bt_team_text(const struct bt_node *node, const char *key)
{
	const struct bt_node *item = bt_team_scalar(node, key);

	return item ? item->text : NULL;
}

bool bt_team_is_true(const char *text)
{
	return bt_equal(text, "true") || bt_equal(text, "yes") || bt_equal(text, "1");
}

int bt_team_set(struct bt_team *team, struct bondtool_profile *profile, enum bt_option_id id,
		const char *text, const struct bt_node *node)
{
	const struct bt_option *option = &bt_options[id];
	enum bt_mode mode = bt_options_mode(&team->bond->options);
	int r;

	if (!bt_option_allowed_in(option, mode)) {
		bt_team_lost(team, node, NULL,
			     "%s=%s is left out: the driver refuses it in mode %s", option->name,
			     text, bt_name_of(bt_options[BT_OPT_MODE].spec.names, mode)->name);
		return 0;
	}
	r = bt_options_set(team->bt, &profile->options, option->name, text, &node->origin);
	return r == -ENOMEM ? r : 0;
}

static void report_unknown(struct bt_team *team, const struct bt_node *node, const char *where,
			   const struct bt_team_key *keys)
{
	struct bt_nearest nearest = {.word = node->key};
	const struct bt_origin *place = node->key_origin.source ? &node->key_origin : &node->origin;
	BT_AUTOFREE char *hint = NULL;

	for (; keys->name; keys++)
		bt_nearest_offer(&nearest, keys->name);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(team->bt, BONDTOOL_WARNING, "team/unknown-key", place, hint,
		"teamd knows no '%s' in %s", node->key, where);
}

static bool is_false(const char *text)
{
	return bt_equal(text, "false") || bt_equal(text, "no") || bt_equal(text, "0");
}

/* NULL when the node is of the kind, else what it should be. */
static const char *wanted_kind(const struct bt_node *node, enum bt_team_kind kind)
{
	int64_t number;

	switch (kind) {
	case BT_TEAM_SCALAR:
		return bt_node_is_scalar(node) ? NULL : "a text or a number";
	case BT_TEAM_NUMBER:
		return node->text && bt_parse_int(node->text, &number) == 0 ? NULL : "a number";
	case BT_TEAM_FLAG:
		return bt_team_is_true(node->text) || is_false(node->text) ? NULL : "true or false";
	case BT_TEAM_LIST:
		return node->kind == BT_NODE_LIST && node->count ? NULL : "a list of something";
	case BT_TEAM_MAP:
		return node->kind == BT_NODE_MAP ? NULL : "a map";
	default:
		return NULL;
	}
}

static int take_key(struct bt_team *team, const struct bt_team_key *key, const struct bt_node *node)
{
	const char *wanted = wanted_kind(node, key->kind);

	if (!wanted)
		return key->take ? key->take(team, node) : 0;
	bt_diag(team->bt, BONDTOOL_ERROR, "team/value", &node->origin, NULL,
		"'%s' is %s and should be %s", node->key,
		node->text ? node->text : bt_node_kind_text(node->kind), wanted);
	return 0;
}

int bt_team_take_keys(struct bt_team *team, const struct bt_node *map, const char *where,
		      const struct bt_team_key *keys)
{
	int r = 0;

	if (map->kind != BT_NODE_MAP) {
		bt_diag(team->bt, BONDTOOL_ERROR, "team/value", &map->origin, NULL,
			"%s is %s and should be a map", where, bt_node_kind_text(map->kind));
		return 0;
	}
	for (size_t i = 0; r == 0 && i < map->count; i++) {
		const struct bt_team_key *key = keys;

		while (key->name && !bt_equal(key->name, map->items[i]->key))
			key++;
		if (key->name)
			r = take_key(team, key, map->items[i]);
		else
			report_unknown(team, map->items[i], where, keys);
	}
	return r;
}

static int set_bond(struct bt_team *team, enum bt_option_id id, const struct bt_node *node)
{
	return bt_team_set(team, team->bond, id, node->text, node);
}

/* ---- the runner ---------------------------------------------------------------------------- */

/* A value of teamd and the one of the driver; NEAR says in what it differs, or is NULL. */
struct value_row {
	const char *teamd, *driver;
	const char *near;
};

static const struct value_row runners[] = {
	{"activebackup", "active-backup", NULL},
	{"broadcast", "broadcast", NULL},
	{"lacp", "802.3ad", NULL},
	{"loadbalance", "balance-xor", NULL},
	{"random", "balance-rr", NULL}, /* with packets_per_slave=0, see below */
	{"roundrobin", "balance-rr", NULL},
	{NULL, NULL, NULL},
};
static const struct value_row hwaddr_policies[] = {
	{"same_all", "none", NULL},
	{"by_active", "active", NULL},
	{"only_active", "follow",
	 "a port keeps the bond's address when it is replaced, until it is active again"},
	{NULL, NULL, NULL},
};
static const struct value_row select_policies[] = {
	{"bandwidth", "bandwidth", NULL},
	{"count", "count", NULL},
	{"lacp_prio", "stable", "the bond does not choose an aggregator by the priority of LACP"},
	{"lacp_prio_stable", "stable",
	 "the bond does not choose an aggregator by the priority of LACP"},
	{"port_config", "stable", "the bond does not choose an aggregator by prio and sticky"},
	{NULL, NULL, NULL},
};

static const struct value_row *find_row(const struct value_row *rows, const char *teamd)
{
	while (rows->teamd && !bt_equal(rows->teamd, teamd))
		rows++;
	return rows->teamd ? rows : NULL;
}

/* Sets an option from one of ROWS. */
static int set_from(struct bt_team *team, enum bt_option_id id, const struct value_row *rows,
		    const struct bt_node *node)
{
	const struct value_row *row = find_row(rows, node->text);
	struct bt_nearest nearest = {.word = node->text};
	BT_AUTOFREE char *hint = NULL;

	if (!row) {
		for (; rows->teamd; rows++)
			bt_nearest_offer(&nearest, rows->teamd);
		if (nearest.best)
			hint = bt_format("did you mean '%s'?", nearest.best);
		bt_diag(team->bt, BONDTOOL_ERROR, "team/value", &node->origin, hint,
			"teamd refuses '%s' as '%s'", node->text, node->key);
		return 0;
	}
	if (row->near)
		bt_team_near(team, node, "%s becomes %s=%s: %s", node->text, bt_options[id].name,
			     row->driver, row->near);
	return bt_team_set(team, team->bond, id, row->driver, node);
}

static const struct bt_node *runner_node(const struct bt_team *team, const char *key)
{
	const struct bt_node *runner = bt_node_get(team->config, "runner");

	return runner ? bt_node_get(runner, key) : NULL;
}

/* The mode comes first: which options there are depends on it. */
static int map_runner_name(struct bt_team *team)
{
	const struct bt_node *name = bt_team_scalar(bt_node_get(team->config, "runner"), "name");
	const struct bt_node *balancer = runner_node(team, "tx_balancer");
	int r;

	if (!name) {
		bt_diag(team->bt, BONDTOOL_NOTE, "team/implied", &team->bond->origin, NULL,
			"'%s': mode=balance-rr is written out: without a runner teamd takes "
			"roundrobin",
			bt_profile_label(team->bond));
		return bt_team_set(team, team->bond, BT_OPT_MODE, "balance-rr", team->config);
	}
	if (bt_equal(name->text, "loadbalance") && bt_team_text(balancer, "name")) {
		bt_team_near(
			team, balancer,
			"a loadbalance runner with a balancer becomes mode=balance-tlb, which "
			"moves flows by load in its own way, and receives through one port; where "
			"the switch has a static group for the ports, balance-xor is nearer");
		return bt_team_set(team, team->bond, BT_OPT_MODE, "balance-tlb", name);
	}
	r = set_from(team, BT_OPT_MODE, runners, name);
	if (r == 0 && bt_equal(name->text, "random"))
		r = bt_team_set(team, team->bond, BT_OPT_PACKETS_PER_SLAVE, "0", name);
	return r;
}

static int take_hwaddr_policy(struct bt_team *team, const struct bt_node *node)
{
	return set_from(team, BT_OPT_FAIL_OVER_MAC, hwaddr_policies, node);
}

static int take_select_policy(struct bt_team *team, const struct bt_node *node)
{
	return set_from(team, BT_OPT_AD_SELECT, select_policies, node);
}

/* What goes into the hash, as bits. */
enum { HASH_ETH = 1, HASH_VLAN = 2, HASH_L3 = 4, HASH_L4 = 8 };

static unsigned hash_bit(const char *fragment)
{
	static const struct {
		const char *name;
		unsigned bit;
	} fragments[] = {
		{"eth", HASH_ETH}, {"vlan", HASH_VLAN}, {"ipv4", HASH_L3}, {"ipv6", HASH_L3},
		{"ip", HASH_L3},   {"l3", HASH_L3},	{"tcp", HASH_L4},  {"udp", HASH_L4},
		{"sctp", HASH_L4}, {"l4", HASH_L4},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(fragments); i++)
		if (bt_equal(fragments[i].name, fragment))
			return fragments[i].bit;
	return 0;
}

static unsigned hash_bits(struct bt_team *team, const struct bt_node *list)
{
	unsigned bits = 0;

	for (size_t i = 0; i < list->count; i++) {
		unsigned bit = hash_bit(list->items[i]->text);

		bits |= bit;
		if (!bit)
			bt_diag(team->bt, BONDTOOL_ERROR, "team/value", &list->items[i]->origin,
				NULL, "teamd knows no part '%s' of a packet to hash",
				list->items[i]->text ? list->items[i]->text : "?");
	}
	return bits;
}

/* The nearest of the driver's policies; those that are not the same are said to be near. */
static int take_tx_hash(struct bt_team *team, const struct bt_node *node)
{
	unsigned bits = hash_bits(team, node);
	const char *policy = bits & HASH_L4	? "layer3+4"
			     : bits & HASH_L3	? "layer2+3"
			     : bits & HASH_VLAN ? "vlan+srcmac"
						: "layer2";

	if (!bits)
		return 0;
	if (bits != HASH_ETH && bits != (HASH_ETH | HASH_L3) && bits != (HASH_L3 | HASH_L4))
		bt_team_near(team, node,
			     "tx_hash becomes xmit_hash_policy=%s, the nearest that there is",
			     policy);
	return bt_team_set(team, team->bond, BT_OPT_XMIT_HASH_POLICY, policy, node);
}

/* What teamd takes where the runner does not say it, and the driver would not. */
static int map_runner_defaults(struct bt_team *team)
{
	enum bt_mode mode = bt_options_mode(&team->bond->options);

	if (mode == BT_MODE_8023AD && !runner_node(team, "agg_select_policy"))
		bt_note(team->bt, "team/implied", &team->bond->origin,
			"'%s': ad_select stays at stable: without agg_select_policy teamd takes "
			"the "
			"aggregator with the best LACP priority",
			bt_profile_label(team->bond));
	if ((mode != BT_MODE_8023AD && mode != BT_MODE_BALANCE_XOR) || runner_node(team, "tx_hash"))
		return 0;
	bt_note(team->bt, "team/implied", &team->bond->origin,
		"'%s': xmit_hash_policy=layer2+3 is written out: without tx_hash teamd takes eth, "
		"ipv4 and ipv6",
		bt_profile_label(team->bond));
	return bt_team_set(team, team->bond, BT_OPT_XMIT_HASH_POLICY, "layer2+3", team->config);
}

static int take_balancer(struct bt_team *team, const struct bt_node *node)
{
	static const struct bt_team_key keys[] = {
		{"name", BT_TEAM_SCALAR, NULL}, {"balancing_interval", BT_TEAM_NUMBER, NULL}, {0}};
	const struct bt_node *interval = bt_node_get(node, "balancing_interval");

	if (bt_options_mode(&team->bond->options) != BT_MODE_BALANCE_TLB)
		bt_team_lost(team, node, NULL, "a bond of this mode does not balance by load");
	else if (interval)
		bt_team_lost(team, interval, NULL, "balancing_interval has no counterpart");
	return bt_team_take_keys(team, node, "runner.tx_balancer", keys);
}

static int take_active(struct bt_team *team, const struct bt_node *node)
{
	return bt_team_set(team, team->bond, BT_OPT_LACP_ACTIVE,
			   bt_team_is_true(node->text) ? "on" : "off", node);
}

static int take_fast_rate(struct bt_team *team, const struct bt_node *node)
{
	return bt_team_set(team, team->bond, BT_OPT_LACP_RATE,
			   bt_team_is_true(node->text) ? "fast" : "slow", node);
}

static int take_sys_prio(struct bt_team *team, const struct bt_node *node)
{
	return set_bond(team, BT_OPT_AD_ACTOR_SYS_PRIO, node);
}

static int take_min_ports(struct bt_team *team, const struct bt_node *node)
{
	if (bt_options_mode(&team->bond->options) != BT_MODE_8023AD) {
		bt_team_lost(team, node, NULL, "min_ports is of the runner lacp alone");
		return 0;
	}
	return set_bond(team, BT_OPT_MIN_LINKS, node);
}

static int take_runner(struct bt_team *team, const struct bt_node *node)
{
	static const struct bt_team_key keys[] = {
		{"name", BT_TEAM_SCALAR, NULL},
		{"active", BT_TEAM_FLAG, take_active},
		{"agg_select_policy", BT_TEAM_SCALAR, take_select_policy},
		{"fast_rate", BT_TEAM_FLAG, take_fast_rate},
		{"hwaddr_policy", BT_TEAM_SCALAR, take_hwaddr_policy},
		{"min_ports", BT_TEAM_SCALAR, take_min_ports},
		{"sys_prio", BT_TEAM_SCALAR, take_sys_prio},
		{"tx_balancer", BT_TEAM_MAP, take_balancer},
		{"tx_hash", BT_TEAM_LIST, take_tx_hash},
		{0},
	};

	return bt_team_take_keys(team, node, "runner", keys);
}

/* ---- notifications ------------------------------------------------------------------------- */

static int take_peer_count(struct bt_team *team, const struct bt_node *node)
{
	return set_bond(team, BT_OPT_NUM_PEER_NOTIF, node);
}

static int take_peer_interval(struct bt_team *team, const struct bt_node *node)
{
	if (bt_equal(node->text, "0"))
		return 0;
	if (bt_options_number(&team->bond->options, BT_OPT_ARP_INTERVAL) > 0) {
		bt_team_lost(team, node, NULL,
			     "notify_peers.interval is lost: a bond that probes by ARP sends all "
			     "notifications one interval apart");
		return 0;
	}
	return set_bond(team, BT_OPT_PEER_NOTIF_DELAY, node);
}

static int take_notify_peers(struct bt_team *team, const struct bt_node *node)
{
	static const struct bt_team_key keys[] = {{"count", BT_TEAM_SCALAR, take_peer_count},
						  {"interval", BT_TEAM_NUMBER, take_peer_interval},
						  {0}};

	return bt_team_take_keys(team, node, "notify_peers", keys);
}

static int take_rejoin_count(struct bt_team *team, const struct bt_node *node)
{
	return set_bond(team, BT_OPT_RESEND_IGMP, node);
}

static int take_rejoin_interval(struct bt_team *team, const struct bt_node *node)
{
	if (!bt_equal(node->text, "0"))
		bt_team_near(team, node,
			     "mcast_rejoin.interval is lost: the bond sends the reports 200 ms "
			     "apart");
	return 0;
}

static int take_mcast_rejoin(struct bt_team *team, const struct bt_node *node)
{
	static const struct bt_team_key keys[] = {
		{"count", BT_TEAM_SCALAR, take_rejoin_count},
		{"interval", BT_TEAM_NUMBER, take_rejoin_interval},
		{0}};

	return bt_team_take_keys(team, node, "mcast_rejoin", keys);
}

/* ---- all of it ----------------------------------------------------------------------------- */

static int set_property(struct bt_team *team, enum bt_property_id property,
			const struct bt_node *node)
{
	int r = bt_profile_set(team->bt, team->bond, property, node->text, &node->origin);

	return r == -ENOMEM ? r : 0;
}

static int take_device(struct bt_team *team, const struct bt_node *node)
{
	bool named = bt_profile_text(team->bond, BT_PROP_INTERFACE_NAME);

	return named ? 0 : set_property(team, BT_PROP_INTERFACE_NAME, node);
}

static int take_hwaddr(struct bt_team *team, const struct bt_node *node)
{
	return set_property(team, BT_PROP_CLONED_MAC_ADDRESS, node);
}

static int take_debug_level(struct bt_team *team, const struct bt_node *node)
{
	bt_note(team->bt, "team/daemon", &node->origin,
		"'%s': debug_level is left out: a bond needs no daemon whose messages it could "
		"tell",
		bt_profile_label(team->bond));
	return 0;
}

int bt_team_map(struct bt_team *team)
{
	static const struct bt_team_key keys[] = {
		{"debug_level", BT_TEAM_ANY, take_debug_level},
		{"device", BT_TEAM_SCALAR, take_device},
		{"hwaddr", BT_TEAM_SCALAR, take_hwaddr},
		{"link_watch", BT_TEAM_ANY, NULL},
		{"link_watch_policy", BT_TEAM_SCALAR, NULL},
		{"mcast_rejoin", BT_TEAM_MAP, take_mcast_rejoin},
		{"notify_peers", BT_TEAM_MAP, take_notify_peers},
		{"ports", BT_TEAM_MAP, NULL},
		{"runner", BT_TEAM_MAP, take_runner},
		{0},
	};
	int r = map_runner_name(team);

	if (r == 0)
		r = map_runner_defaults(team);
	if (r == 0)
		r = bt_team_map_watch(team);
	if (r == 0)
		r = bt_team_take_keys(team, team->config, "the configuration", keys);
	return r == 0 ? bt_team_map_ports(team) : r;
}
