/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A bond's status as /proc/net/bonding shows it, made from a snapshot, line by line what
 * bond_procfs.c of the driver prints. Labels and names of values come from the option table; a line
 * whose option the driver did not tell is left out, since such a driver does not print it either.
 *
 * The driver prints the speed that it saw last. It looks when a port joins, when a port's link
 * changes, when miimon finds a link up, and at every port that can send when somebody asks for the
 * speed of the bond, as the snapshot's reader does. So the live speed is the same, except of a port
 * that is down: its own driver tells nothing then, and what the bonding driver saw before is known
 * from /proc alone. (A link that can change its speed unnoticed, such as a tap, shows its new speed
 * here as long as it is a backup port.)
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "model/bond-uapi.h"
#include "wire/snapshot.h"

#define IN(mode) BT_MODE_BIT(BT_MODE_##mode)

/* The driver's own words for a mode; the option's values are the words of the configuration. */
static const char *mode_text(enum bt_mode mode)
{
	static const char *const texts[BT_MODE_COUNT] = {
		[BT_MODE_BALANCE_RR] = "load balancing (round-robin)",
		[BT_MODE_ACTIVE_BACKUP] = "fault-tolerance (active-backup)",
		[BT_MODE_BALANCE_XOR] = "load balancing (xor)",
		[BT_MODE_BROADCAST] = "fault-tolerance (broadcast)",
		[BT_MODE_8023AD] = "IEEE 802.3ad Dynamic link aggregation",
		[BT_MODE_BALANCE_TLB] = "transmit load balancing",
		[BT_MODE_BALANCE_ALB] = "adaptive load balancing",
	};

	return (unsigned)mode < BT_MODE_COUNT ? texts[mode] : "unknown";
}

static const char *mii_status_text(int status)
{
	switch (status) {
	case BOND_LINK_UP:
		return "up";
	case BOND_LINK_FAIL:
		return "going down";
	case BOND_LINK_DOWN:
		return "down";
	case BOND_LINK_BACK:
		return "going back";
	default:
		return "unknown";
	}
}

/* The name of the value that an option has. */
static const char *name_of(const struct bt_values *options, enum bt_option_id id)
{
	const struct bondtool_name *name =
		bt_name_of(bt_options[id].spec.names, bt_options_number(options, id));

	return name ? name->name : "unknown";
}

/* Where the longest run of zero words, of at least two, begins among the first RANGE; -1: none. */
static int zero_run(const uint16_t *words, int range, int *ret_length)
{
	int start = -1, longest = 1;

	for (int i = 0; i < range; i++) {
		int length = 0;

		while (i + length < range && !words[i + length])
			length++;
		if (length > longest) {
			longest = length;
			start = i;
		}
	}
	*ret_length = longest;
	return start;
}

/*
 * An IPv6 address as the kernel writes it: like inet_ntop(), except that the last four bytes are
 * dotted in mapped and ISATAP addresses, and in no other.
 */
static void add_ip6(struct bt_text *text, const char *address)
{
	struct in6_addr ip6;
	uint16_t words[8];
	int start, length, range = 8;

	inet_pton(AF_INET6, address, &ip6);
	if (IN6_IS_ADDR_V4MAPPED(&ip6) ||
	    (ip6.s6_addr32[2] | htonl(0x02000000)) == htonl(0x02005efe))
		range = 6;
	for (int i = 0; i < 8; i++)
		words[i] = ntohs(ip6.s6_addr16[i]);
	start = zero_run(words, range, &length);
	for (int i = 0; i < range; i++) {
		if (i == start) {
			bt_text_add(text, "::");
			i += length - 1;
			continue;
		}
		bt_text_addf(text, "%s%x", i && i != start + length ? ":" : "", words[i]);
	}
	if (range == 6)
		bt_text_addf(text, "%s%d.%d.%d.%d", start + length == 6 && start >= 0 ? "" : ":",
			     ip6.s6_addr[12], ip6.s6_addr[13], ip6.s6_addr[14], ip6.s6_addr[15]);
}

/* "LABEL: VALUE", when the driver told the option. */
static void add_option(struct bt_text *text, const struct bt_values *options,
		       enum bt_option_id id)
{
	const struct bt_option *option = &bt_options[id];
	const struct bt_value *value = bt_values_find(options, id);
	BT_AUTOFREE char *shown =
		value ? bt_value_text(&option->spec, value, BONDTOOL_PARSABLE) : NULL;

	if (value && !shown)
		text->failed = true;
	if (shown)
		bt_text_addf(text, "%s: %s\n", option->label, shown);
}

/* "LABEL: A, B"; also without an item. */
static void add_targets(struct bt_text *text, const struct bt_values *options,
			enum bt_option_id id)
{
	const struct bt_option *option = &bt_options[id];
	const struct bt_value *value = bt_values_find(options, id);

	bt_text_addf(text, "%s:", option->label);
	for (size_t i = 0; value && i < value->n_items; i++) {
		bt_text_add(text, i ? ", " : " ");
		if (option->spec.type == BT_TYPE_IP6S)
			add_ip6(text, value->items[i].text);
		else
			bt_text_add(text, value->items[i].text);
	}
	bt_text_add_char(text, '\n');
}

static void add_mac_line(struct bt_text *text, const char *label, const struct bt_mac *mac)
{
	bt_text_addf(text, "%s: ", label);
	for (size_t i = 0; i < mac->length; i++)
		bt_text_addf(text, "%s%02x", i ? ":" : "", mac->bytes[i]);
	bt_text_add_char(text, '\n');
}

static void add_mode(struct bt_text *text, const struct bt_values *options, enum bt_mode mode)
{
	bt_text_addf(text, "%s: %s", bt_options[BT_OPT_MODE].label, mode_text(mode));
	if (mode == BT_MODE_ACTIVE_BACKUP && bt_options_number(options, BT_OPT_FAIL_OVER_MAC))
		bt_text_addf(text, " (%s %s)", bt_options[BT_OPT_FAIL_OVER_MAC].name,
			     name_of(options, BT_OPT_FAIL_OVER_MAC));
	bt_text_add_char(text, '\n');
}

static bool uses_hash(const struct bt_values *options, enum bt_mode mode)
{
	if (BT_MODE_BIT(mode) & (IN(BALANCE_TLB) | IN(BALANCE_ALB)))
		return !bt_options_number(options, BT_OPT_TLB_DYNAMIC_LB);
	return BT_MODE_BIT(mode) & (IN(BALANCE_XOR) | IN(8023AD));
}

static void add_hash(struct bt_text *text, const struct bt_values *options)
{
	bt_text_addf(text, "%s: %s (%" PRId64 ")\n", bt_options[BT_OPT_XMIT_HASH_POLICY].label,
		     name_of(options, BT_OPT_XMIT_HASH_POLICY),
		     bt_options_number(options, BT_OPT_XMIT_HASH_POLICY));
}

/* The name that an option of an interface holds, or NULL. */
static const char *interface_of(const struct bt_values *options, enum bt_option_id id)
{
	const struct bt_value *value = bt_values_find(options, id);

	return value && value->text && *value->text ? value->text : NULL;
}

static void add_active(struct bt_text *text, const struct bt_values *options)
{
	const char *primary = interface_of(options, BT_OPT_PRIMARY);
	const char *active = interface_of(options, BT_OPT_ACTIVE_SLAVE);

	bt_text_addf(text, "%s: %s", bt_options[BT_OPT_PRIMARY].label, primary ? primary : "None");
	if (primary)
		bt_text_addf(text, " (%s %s)", bt_options[BT_OPT_PRIMARY_RESELECT].name,
			     name_of(options, BT_OPT_PRIMARY_RESELECT));
	bt_text_addf(text, "\n%s: %s\n", bt_options[BT_OPT_ACTIVE_SLAVE].label,
		     active ? active : "None");
}

/* Drivers that know no arp_missed_max (before 5.17) know no IPv6 targets either. */
static void add_arp(struct bt_text *text, const struct bt_values *options)
{
	add_option(text, options, BT_OPT_ARP_INTERVAL);
	add_option(text, options, BT_OPT_ARP_MISSED_MAX);
	add_targets(text, options, BT_OPT_ARP_IP_TARGET);
	if (bt_values_find(options, BT_OPT_ARP_MISSED_MAX))
		add_targets(text, options, BT_OPT_NS_IP6_TARGET);
}

/* What the driver shows to CAP_NET_ADMIN only; whether we have it shows in what /proc told. */
static void add_aggregator(struct bt_text *text, const struct bt_link *link)
{
	const struct bt_bond *bond = link->bond;

	if (!bond->has_system)
		return;
	bt_text_addf(text, "%s: %" PRId64 "\n", bt_options[BT_OPT_AD_ACTOR_SYS_PRIO].label,
		     bond->system_priority);
	add_mac_line(text, bt_options[BT_OPT_AD_ACTOR_SYSTEM].label, &bond->system_mac);
	if (!bond->has_aggregator) {
		bt_text_addf(text, "bond %s has no active aggregator\n", link->name);
		return;
	}
	bt_text_add(text, "Active Aggregator Info:\n");
	bt_text_addf(text, "\tAggregator ID: %u\n", bond->aggregator.id);
	bt_text_addf(text, "\tNumber of ports: %u\n", bond->aggregator.ports);
	bt_text_addf(text, "\tActor Key: %u\n", bond->aggregator.actor_key);
	bt_text_addf(text, "\tPartner Key: %u\n", bond->aggregator.partner_key);
	add_mac_line(text, "\tPartner Mac Address", &bond->aggregator.partner);
}

static void add_lacp(struct bt_text *text, const struct bt_link *link)
{
	const struct bt_values *options = &link->bond->options;

	bt_text_add(text, "\n802.3ad info\n");
	add_option(text, options, BT_OPT_LACP_ACTIVE);
	add_option(text, options, BT_OPT_LACP_RATE);
	add_option(text, options, BT_OPT_MIN_LINKS);
	add_option(text, options, BT_OPT_AD_SELECT);
	add_aggregator(text, link);
}

static void add_bond(struct bt_text *text, const struct bt_link *link)
{
	const struct bt_values *options = &link->bond->options;
	enum bt_mode mode = bt_options_mode(options);

	add_mode(text, options, mode);
	if (uses_hash(options, mode))
		add_hash(text, options);
	if (bt_option_allowed_in(&bt_options[BT_OPT_PRIMARY], mode))
		add_active(text, options);
	bt_text_addf(text, "MII Status: %s\n", link->carrier ? "up" : "down");
	add_option(text, options, BT_OPT_MIIMON);
	add_option(text, options, BT_OPT_UPDELAY);
	add_option(text, options, BT_OPT_DOWNDELAY);
	add_option(text, options, BT_OPT_PEER_NOTIF_DELAY);
	if (bt_options_number(options, BT_OPT_ARP_INTERVAL) > 0)
		add_arp(text, options);
	if (mode == BT_MODE_8023AD)
		add_lacp(text, link);
}

static void add_lacp_end(struct bt_text *text, const char *whose, const char *key,
			 const struct bt_lacp_end *end)
{
	bt_text_addf(text, "details %s lacp pdu:\n", whose);
	bt_text_addf(text, "    system priority: %" PRId64 "\n", end->system_priority);
	add_mac_line(text, "    system mac address", &end->system_mac);
	bt_text_addf(text, "    %s key: %" PRId64 "\n", key, end->key);
	bt_text_addf(text, "    port priority: %" PRId64 "\n", end->port_priority);
	bt_text_addf(text, "    port number: %" PRId64 "\n", end->port_number);
	bt_text_addf(text, "    port state: %" PRId64 "\n", end->port_state);
}

static void add_port_lacp(struct bt_text *text, const struct bt_port *port)
{
	if (port->aggregator_id < 0) {
		bt_text_add(text, "Aggregator ID: N/A\n");
		return;
	}
	bt_text_addf(text, "Aggregator ID: %d\n", port->aggregator_id);
	if (port->actor_churn >= 0)
		bt_text_addf(text, "Actor Churn State: %s\n", bt_churn_name(port->actor_churn));
	if (port->partner_churn >= 0)
		bt_text_addf(text, "Partner Churn State: %s\n",
			     bt_churn_name(port->partner_churn));
	if (port->actor_churned >= 0)
		bt_text_addf(text, "Actor Churned Count: %" PRId64 "\n", port->actor_churned);
	if (port->partner_churned >= 0)
		bt_text_addf(text, "Partner Churned Count: %" PRId64 "\n", port->partner_churned);
	if (!port->has_lacp)
		return;
	add_lacp_end(text, "actor", "port", &port->actor);
	add_lacp_end(text, "partner", "oper", &port->partner);
}

/* See the head of this file. */
static struct bt_speed speed_of(const struct bt_link *link)
{
	return !(link->flags & IFF_UP) && link->port->has_seen_speed ? link->port->seen_speed
								     : link->speed;
}

static void add_speed(struct bt_text *text, struct bt_speed speed)
{
	static const char *const duplexes[] = {
		[BT_DUPLEX_HALF] = "half",
		[BT_DUPLEX_FULL] = "full",
		[BT_DUPLEX_UNKNOWN] = "Unknown",
	};

	if (speed.mbps)
		bt_text_addf(text, "Speed: %" PRIu32 " Mbps\n", speed.mbps);
	else
		bt_text_add(text, "Speed: Unknown\n");
	bt_text_addf(text, "Duplex: %s\n", duplexes[speed.duplex]);
}

static void add_port(struct bt_text *text, const struct bt_link *link, enum bt_mode mode)
{
	const struct bt_port *port = link->port;

	bt_text_addf(text, "\nSlave Interface: %s\n", link->name);
	bt_text_addf(text, "MII Status: %s\n", mii_status_text(port->mii_status));
	add_speed(text, speed_of(link));
	if (port->link_failures >= 0)
		bt_text_addf(text, "Link Failure Count: %" PRId64 "\n", port->link_failures);
	add_mac_line(text, "Permanent HW addr", &port->permanent_mac);
	add_option(text, &port->options, BT_OPT_QUEUE_ID);
	if (mode == BT_MODE_8023AD)
		add_port_lacp(text, port);
}

char *bondtool_status_text(struct bondtool *bt, const struct bondtool_snapshot *snapshot,
			   const char *bond)
{
	const struct bt_link *link = bt_snapshot_bond(bt, snapshot, bond);
	BT_AUTOTEXT struct bt_text text = {0};

	if (!link)
		return NULL;
	bt_text_addf(&text, "Ethernet Channel Bonding Driver: v%s\n\n", snapshot->version);
	add_bond(&text, link);
	for (size_t i = 0; i < link->bond->n_ports; i++)
		add_port(&text, link->bond->ports[i], bt_options_mode(&link->bond->options));
	return bt_text_take(&text);
}
