/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a team says about its ports, "ports", to options of the bond and its ports. teamd weighs
 * ports by numbers, prio; a bond knows one primary, and since Linux 6.0 numbers as well.
 */
#include "base/text.h"
#include "parsers/team/team.h"

static int64_t prio_of(const struct bt_team_port *port)
{
	const char *text = bt_team_text(port->node, "prio");
	int64_t number;

	return text && bt_parse_int(text, &number) == 0 ? number : 0;
}

static size_t count_prio(const struct bt_team *team, int64_t prio)
{
	size_t count = 0;

	for (size_t i = 0; i < team->count; i++)
		count += prio_of(&team->ports[i]) == prio;
	return count;
}

/* The port with the highest prio, if there is one such port only. */
static const struct bt_team_port *strongest(const struct bt_team *team)
{
	const struct bt_team_port *best = NULL;

	for (size_t i = 0; i < team->count; i++)
		if (!best || prio_of(&team->ports[i]) > prio_of(best))
			best = &team->ports[i];
	return best && count_prio(team, prio_of(best)) == 1 ? best : NULL;
}

/* Whether the ports below the strongest are all alike, so that naming it says everything. */
static bool is_primary_enough(const struct bt_team *team, const struct bt_team_port *best)
{
	for (size_t i = 0; i < team->count; i++)
		if (&team->ports[i] != best &&
		    count_prio(team, prio_of(&team->ports[i])) + 1 != team->count)
			return false;
	return true;
}

static int set_prio(struct bt_team *team, const struct bt_team_port *port)
{
	const struct bt_node *node = bt_team_scalar(port->node, "prio");

	return node ? bt_team_set(team, port->profile, BT_OPT_PRIO, node->text, node) : 0;
}

/*
 * "prio" of the ports: the primary, which every kernel knows, or a rank for each of them. The same
 * for all says nothing.
 */
static int map_prios(struct bt_team *team)
{
	const struct bt_team_port *best = strongest(team);
	const char *name = best ? bt_profile_text(best->profile, BT_PROP_INTERFACE_NAME) : NULL;
	const struct bt_node *node = best && best->node ? bt_node_get(best->node, "prio") : NULL;
	int r = 0;

	if (bt_options_mode(&team->bond->options) != BT_MODE_ACTIVE_BACKUP || !team->count ||
	    count_prio(team, prio_of(&team->ports[0])) == team->count)
		return 0;
	if (name && team->count > 1 && is_primary_enough(team, best))
		return bt_team_set(team, team->bond, BT_OPT_PRIMARY, name,
				   node ? node : team->config);
	for (size_t i = 0; r == 0 && i < team->count; i++)
		r = set_prio(team, &team->ports[i]);
	return r;
}

static bool is_sticky(const struct bt_team_port *port)
{
	return bt_team_is_true(bt_team_text(port->node, "sticky"));
}

/*
 * A sticky port is not replaced by a better one: the bond has that for all ports together. For the
 * strongest port it does not matter.
 */
static int map_sticky(struct bt_team *team)
{
	const struct bt_team_port *best = strongest(team), *first = NULL;
	const struct bt_node *node;
	bool all = true;

	for (size_t i = 0; i < team->count; i++) {
		first = first || !is_sticky(&team->ports[i]) ? first : &team->ports[i];
		all = all && (is_sticky(&team->ports[i]) || &team->ports[i] == best);
	}
	if (!first || bt_options_mode(&team->bond->options) != BT_MODE_ACTIVE_BACKUP)
		return 0;
	node = bt_node_get(first->node, "sticky");
	if (!all)
		bt_team_near(team, node,
			     "sticky becomes primary_reselect=failure, which is for all ports");
	return bt_team_set(team, team->bond, BT_OPT_PRIMARY_RESELECT, "failure", node);
}

static void report_lost(struct bt_team *team, const struct bt_team_port *port)
{
	const struct bt_node *key = bt_team_scalar(port->node, "lacp_key");
	const struct bt_node *prio = bt_team_scalar(port->node, "prio");
	const struct bt_node *sticky = bt_team_scalar(port->node, "sticky");

	if (key && !bt_equal(key->text, "0"))
		bt_team_lost(team, key, "ad_user_port_key of the bond is for all its ports",
			     "a port of a bond has no LACP key of its own");
	if (bt_options_mode(&team->bond->options) == BT_MODE_ACTIVE_BACKUP)
		return;
	if (prio && !bt_equal(prio->text, "0"))
		bt_team_lost(team, prio, NULL, "'prio' has no effect but in mode active-backup");
	if (sticky && bt_team_is_true(sticky->text))
		bt_team_lost(team, sticky, NULL,
			     "'sticky' has no effect but in mode active-backup");
}

static int map_port(struct bt_team *team, const struct bt_team_port *port)
{
	static const struct bt_team_key keys[] = {
		{"lacp_key", BT_TEAM_NUMBER, NULL},
		{"lacp_prio", BT_TEAM_SCALAR, NULL},
		{"link_watch", BT_TEAM_ANY, NULL},
		{"prio", BT_TEAM_NUMBER, NULL},
		{"queue_id", BT_TEAM_SCALAR, NULL},
		{"sticky", BT_TEAM_FLAG, NULL},
		{0},
	};
	const struct bt_node *queue = bt_team_scalar(port->node, "queue_id");
	const struct bt_node *prio = bt_team_scalar(port->node, "lacp_prio");
	int r = bt_team_take_keys(team, port->node, "a port", keys);

	if (r == 0 && queue)
		r = bt_team_set(team, port->profile, BT_OPT_QUEUE_ID, queue->text, queue);
	if (r == 0 && prio)
		r = bt_team_set(team, port->profile, BT_OPT_ACTOR_PORT_PRIO, prio->text, prio);
	report_lost(team, port);
	return r;
}

int bt_team_map_ports(struct bt_team *team)
{
	int r = map_prios(team);

	if (r == 0)
		r = map_sticky(team);
	for (size_t i = 0; r == 0 && i < team->count; i++)
		if (team->ports[i].node)
			r = map_port(team, &team->ports[i]);
	return r;
}
