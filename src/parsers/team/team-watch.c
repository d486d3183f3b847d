/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What watches the links of a team, "link_watch", to the monitor of a bond. A team may have several
 * watchers, also for single ports; a bond has one monitor for all of them.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "parsers/team/team.h"

/* The watchers of a node "link_watch": itself, or its items. */
static size_t watcher_count(const struct bt_node *watch)
{
	return watch->kind == BT_NODE_LIST ? watch->count : 1;
}

static const struct bt_node *watcher_at(const struct bt_node *watch, size_t index)
{
	return watch->kind == BT_NODE_LIST ? watch->items[index] : watch;
}

static bool is_named(const struct bt_node *watcher, const char *name)
{
	return bt_equal(bt_team_text(watcher, "name"), name);
}

static bool is_ping(const struct bt_node *watcher)
{
	return is_named(watcher, "arp_ping") || is_named(watcher, "nsna_ping");
}

/* The first watcher that probes, or NULL. */
static const struct bt_node *first_ping(const struct bt_node *watch)
{
	for (size_t i = 0; i < watcher_count(watch); i++)
		if (is_ping(watcher_at(watch, i)))
			return watcher_at(watch, i);
	return NULL;
}

/* ---- miimon -------------------------------------------------------------------------------- */

/* Intervals below this one are no longer worth their while. */
enum { SHORTEST_MIIMON = 10 };

static int64_t delay_of(const struct bt_node *watcher, const char *key)
{
	const char *text = bt_team_text(watcher, key);
	int64_t delay;

	return text && bt_parse_int(text, &delay) == 0 && delay > 0 ? delay : 0;
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* The interval that divides both delays, which the driver would round down otherwise. */
static int64_t choose_miimon(const struct bt_node *watcher)
{
	int64_t divisor = common_divisor(BT_FORCED_MIIMON, delay_of(watcher, "delay_up"));

	divisor = common_divisor(divisor, delay_of(watcher, "delay_down"));
	return divisor < SHORTEST_MIIMON ? BT_FORCED_MIIMON : divisor;
}

/* teamd hears of link changes from the kernel; a bond has to look for them. */
static int set_miimon(struct bt_team *team, const struct bt_node *node, const char *why)
{
	BT_AUTOFREE char *miimon = bt_format("%" PRId64, choose_miimon(node));

	if (!miimon)
		return -ENOMEM;
	bt_note(team->bt, "team/implied", node->origin.source ? &node->origin : &team->bond->origin,
		"'%s': miimon=%s is written out: %s", bt_profile_label(team->bond), miimon, why);
	return bt_team_set(team, team->bond, BT_OPT_MIIMON, miimon, node);
}

static int set_delay(struct bt_team *team, const struct bt_node *watcher, const char *key,
		     enum bt_option_id id)
{
	const struct bt_node *node = bt_team_scalar(watcher, key);

	return node ? bt_team_set(team, team->bond, id, node->text, node) : 0;
}

static int map_ethtool(struct bt_team *team, const struct bt_node *watcher)
{
	int r = set_miimon(team, watcher, "teamd is told of link changes, a bond looks for them");

	if (r == 0)
		r = set_delay(team, watcher, "delay_up", BT_OPT_UPDELAY);
	return r == 0 ? set_delay(team, watcher, "delay_down", BT_OPT_DOWNDELAY) : r;
}

/* ---- probing ------------------------------------------------------------------------------- */

/* What a bond cannot be told about its probes. */
static void report_lost_keys(struct bt_team *team, const struct bt_node *watcher)
{
	static const struct {
		const char *key, *why;
	} lost[] = {
		{"init_wait", "a bond begins to probe at once"},
		{"send_always", "a bond sends probes through the active port"},
		{"source_host", "a bond probes with an address of its own interface"},
		{"vlanid", "a bond finds the VLAN by the route to the target"},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(lost); i++) {
		const struct bt_node *node = bt_team_scalar(watcher, lost[i].key);

		if (node && !bt_equal(node->text, "0") && !bt_equal(node->text, "false"))
			bt_team_lost(team, node, NULL, "%s=%s is lost: %s", lost[i].key, node->text,
				     lost[i].why);
	}
}

static int add_target(struct bt_team *team, const struct bt_node *watcher,
		      struct bt_value *targets4, struct bt_value *targets6)
{
	const struct bt_node *host = bt_team_scalar(watcher, "target_host");
	unsigned char address[sizeof(struct in6_addr)];
	enum bt_option_id id = BT_OPT_ARP_IP_TARGET;
	struct bt_about about = {.rule = "driver/value"};
	struct bt_value *targets = targets4;
	int r;

	if (!host) {
		bt_diag(team->bt, BONDTOOL_ERROR, "team/value", &watcher->origin, NULL,
			"teamd refuses to probe without 'target_host'");
		return 0;
	}
	if (inet_pton(AF_INET6, host->text, address) == 1) {
		targets = targets6;
		id = BT_OPT_NS_IP6_TARGET;
	} else if (inet_pton(AF_INET, host->text, address) != 1) {
		bt_team_lost(team, host, "write its address into the bond",
			     "the target '%s' is a name, which only a running system can resolve",
			     host->text);
		return 0;
	}
	if (!targets->n_items)
		targets->origin = host->origin;
	about.what[0] = bt_options[id].name;
	r = bt_value_add_item(team->bt, &bt_options[id].spec, &about, host->text, &host->origin,
			      targets);
	return r == -ENOMEM ? r : 0;
}

/* The targets of all watchers that probe. */
static int set_targets(struct bt_team *team, const struct bt_node *watch)
{
	BT_AUTOVALUE struct bt_value targets4 = {.id = BT_OPT_ARP_IP_TARGET};
	BT_AUTOVALUE struct bt_value targets6 = {.id = BT_OPT_NS_IP6_TARGET};
	int r = 0;

	for (size_t i = 0; r == 0 && i < watcher_count(watch); i++)
		if (is_ping(watcher_at(watch, i)))
			r = add_target(team, watcher_at(watch, i), &targets4, &targets6);
	if (r == 0 && targets4.n_items)
		r = bt_values_put(&team->bond->options, &targets4);
	if (r == 0 && targets6.n_items)
		r = bt_values_put(&team->bond->options, &targets6);
	return r;
}

/*
 * teamd lets ARP packets alone tell that a port is alive, which the driver calls a filter; and
 * nsna_ping looks into them always.
 */
static const char *validation(const struct bt_node *watcher)
{
	bool active = bt_team_is_true(bt_team_text(watcher, "validate_active"));
	bool inactive = bt_team_is_true(bt_team_text(watcher, "validate_inactive"));

	if (is_named(watcher, "nsna_ping") || (active && inactive))
		return "all";
	return active ? "filter_active" : inactive ? "filter_backup" : "filter";
}

static int set_validate(struct bt_team *team, const struct bt_node *watcher)
{
	const struct bt_node *active = bt_node_get(watcher, "validate_active");
	const struct bt_node *inactive = bt_node_get(watcher, "validate_inactive");
	const char *value = validation(watcher);

	if (!active && !inactive)
		bt_note(team->bt, "team/implied", &watcher->origin,
			"'%s': arp_validate=%s is written out: teamd does not count other packets",
			bt_profile_label(team->bond), value);
	return bt_team_set(team, team->bond, BT_OPT_ARP_VALIDATE, value,
			   active     ? active
			   : inactive ? inactive
				      : watcher);
}

/* A number of the watcher, or the one that teamd takes without it. */
static int set_number(struct bt_team *team, const struct bt_node *watcher, const char *key,
		      enum bt_option_id id, const char *standard)
{
	const struct bt_node *node = bt_team_scalar(watcher, key);

	if (node)
		return bt_team_set(team, team->bond, id, node->text, node);
	bt_note(team->bt, "team/implied", &watcher->origin,
		"'%s': %s=%s is written out: it is teamd's default", bt_profile_label(team->bond),
		bt_options[id].name, standard);
	return bt_team_set(team, team->bond, id, standard, watcher);
}

static int map_ping(struct bt_team *team, const struct bt_node *watch,
		    const struct bt_node *watcher)
{
	int r;

	if (!bt_option_allowed_in(&bt_options[BT_OPT_ARP_INTERVAL],
				  bt_options_mode(&team->bond->options))) {
		bt_team_lost(team, watcher, NULL, "the driver does not probe by ARP in this mode");
		return set_miimon(team, watcher, "the links are looked at instead");
	}
	r = set_number(team, watcher, "interval", BT_OPT_ARP_INTERVAL, "1000");
	if (r == 0)
		r = set_targets(team, watch);
	if (r == 0)
		r = set_validate(team, watcher);
	if (r == 0)
		r = set_number(team, watcher, "missed_max", BT_OPT_ARP_MISSED_MAX, "3");
	report_lost_keys(team, watcher);
	return r;
}

/* ---- which watchers count ------------------------------------------------------------------ */

static void report_unknown_watcher(struct bt_team *team, const struct bt_node *watcher)
{
	const char *name = bt_team_text(watcher, "name");

	if (is_named(watcher, "ethtool") || is_ping(watcher))
		return;
	bt_team_lost(team, watcher, NULL, "a bond cannot watch its links by '%s'",
		     name ? name : "?");
}

/* Beside probes nothing else can watch; and the probes have one interval. */
static void report_others(struct bt_team *team, const struct bt_node *watch,
			  const struct bt_node *chosen)
{
	for (size_t i = 0; i < watcher_count(watch); i++) {
		const struct bt_node *other = watcher_at(watch, i);

		if (other == chosen)
			continue;
		if (!is_ping(other) || !is_ping(chosen))
			bt_team_lost(team, other, NULL,
				     "a bond has one monitor: this watcher is left out");
		else
			bt_team_near(team, other,
				     "a bond probes all targets in one interval, that of the first "
				     "watcher");
	}
}

static int take_policy(struct bt_team *team, const struct bt_node *watch)
{
	const struct bt_node *policy = bt_node_get(team->config, "link_watch_policy");

	if (!policy || watcher_count(watch) < 2 || !bt_equal(policy->text, "all"))
		return 0;
	return bt_team_set(team, team->bond, BT_OPT_ARP_ALL_TARGETS, "all", policy);
}

static int map_watch(struct bt_team *team, const struct bt_node *watch)
{
	static const struct bt_team_key keys[] = {
		{"delay_down", BT_TEAM_NUMBER, NULL},	 {"delay_up", BT_TEAM_NUMBER, NULL},
		{"init_wait", BT_TEAM_SCALAR, NULL},	 {"interval", BT_TEAM_SCALAR, NULL},
		{"missed_max", BT_TEAM_SCALAR, NULL},	 {"name", BT_TEAM_SCALAR, NULL},
		{"send_always", BT_TEAM_FLAG, NULL},	 {"source_host", BT_TEAM_SCALAR, NULL},
		{"target_host", BT_TEAM_SCALAR, NULL},	 {"tipc_bearer", BT_TEAM_SCALAR, NULL},
		{"validate_active", BT_TEAM_FLAG, NULL}, {"validate_inactive", BT_TEAM_FLAG, NULL},
		{"vlanid", BT_TEAM_SCALAR, NULL},	 {0},
	};
	const struct bt_node *chosen;
	int r = 0;

	if (!watcher_count(watch))
		return set_miimon(team, watch, "nothing watches the links otherwise");
	for (size_t i = 0; r == 0 && i < watcher_count(watch); i++) {
		r = bt_team_take_keys(team, watcher_at(watch, i), "link_watch", keys);
		report_unknown_watcher(team, watcher_at(watch, i));
	}
	chosen = first_ping(watch);
	if (r == 0 && chosen)
		r = map_ping(team, watch, chosen);
	else if (r == 0)
		r = map_ethtool(team, watcher_at(watch, 0));
	report_others(team, watch, chosen ? chosen : watcher_at(watch, 0));
	return r == 0 ? take_policy(team, watch) : r;
}

/* The watcher of the first port that has one, when the team has none for all. */
static const struct bt_node *port_watch(const struct bt_team *team)
{
	for (size_t i = 0; i < team->count; i++) {
		const struct bt_node *node =
			team->ports[i].node ? bt_node_get(team->ports[i].node, "link_watch") : NULL;

		if (node)
			return node;
	}
	return NULL;
}

static void report_port_watches(struct bt_team *team, const struct bt_node *chosen)
{
	for (size_t i = 0; i < team->count; i++) {
		const struct bt_node *node =
			team->ports[i].node ? bt_node_get(team->ports[i].node, "link_watch") : NULL;

		if (node && node != chosen)
			bt_team_lost(
				team, node, NULL,
				"a bond watches all ports in one way: that of '%s' is left out",
				bt_profile_label(team->ports[i].profile));
		else if (node)
			bt_team_near(team, node,
				     "the bond watches all ports as it was said for '%s'",
				     bt_profile_label(team->ports[i].profile));
	}
}

int bt_team_map_watch(struct bt_team *team)
{
	const struct bt_node *watch = bt_node_get(team->config, "link_watch");
	const struct bt_node *chosen = watch ? watch : port_watch(team);

	report_port_watches(team, chosen);
	if (!chosen)
		return set_miimon(team, team->config, "teamd watches links by ethtool");
	return map_watch(team, chosen);
}
