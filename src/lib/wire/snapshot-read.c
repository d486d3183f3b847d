/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading snapshots: what is asked for, in which order, and how the parts are put together. The
 * order of ports comes from sysfs and LACP's details from /proc, since netlink tells neither.
 */
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "wire/builder.h"
#include "wire/ethtool.h"
#include "wire/proc.h"
#include "wire/snapshot-decode.h"
#include "wire/sysfs.h"

/* How often a dump is begun anew when the system changes while we read. */
enum { ATTEMPTS = 20 };

struct reader {
	struct bondtool *bt;
	struct bt_transport *transport;
	struct bondtool_snapshot *snapshot;
	int controller; /* of the ports that are wanted; 0: all links */
};

/* Sends the message and frees it. */
static int ask(struct reader *reader, struct bt_builder *builder, bt_reply_function *on_reply)
{
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	int r = bt_build_take(builder, &message);

	if (r < 0)
		return r;
	return reader->transport->exchange(reader->transport, NETLINK_ROUTE,
					   bt_message_header(message), on_reply, reader, NULL);
}

static bool is_retried(int error)
{
	return error == -EINTR || error == -ENOBUFS;
}

/* Statistics are most of a link's message, and not wanted. */
static void start_links(struct bt_builder *builder, int flags)
{
	struct ifinfomsg header = {0};

	bt_build_start(builder, RTM_GETLINK, flags, &header, sizeof(header));
	bt_build_u32(builder, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
}

/* A kernel that does not filter sends all links, so this looks, too. */
static int take_link(const struct nlmsghdr *message, void *data)
{
	struct reader *reader = data;
	struct bt_link *link;
	int r = bt_decode_link(message, &link);

	if (r == -EBADMSG)
		return 0;
	if (r < 0)
		return r;
	if (reader->controller && link->controller != reader->controller) {
		bt_link_free(link);
		return 0;
	}
	return bt_snapshot_add(reader->snapshot, link);
}

static int dump_links(struct reader *reader)
{
	struct bt_builder builder;

	start_links(&builder, NLM_F_DUMP);
	if (reader->controller)
		bt_build_u32(&builder, IFLA_MASTER, (uint32_t)reader->controller);
	return ask(reader, &builder, take_link);
}

static int read_links(struct reader *reader)
{
	int r = -EINTR;

	for (int i = 0; i < ATTEMPTS && is_retried(r); i++) {
		bt_snapshot_clear(reader->snapshot);
		r = dump_links(reader);
	}
	return r < 0 ? r : bt_snapshot_index(reader->snapshot);
}

static int get_link(struct reader *reader, const char *name)
{
	struct bt_builder builder;

	if (strlen(name) >= IFNAMSIZ)
		return -ENODEV;
	start_links(&builder, NLM_F_ACK);
	bt_build_string(&builder, IFLA_IFNAME, name);
	return ask(reader, &builder, take_link);
}

/* A bond and its ports: the bond is asked for first, since its index filters the ports. */
static int read_bond_links(struct reader *reader, const char *name)
{
	int r = -EINTR;

	for (int i = 0; i < ATTEMPTS && is_retried(r); i++) {
		bt_snapshot_clear(reader->snapshot);
		reader->controller = 0;
		r = get_link(reader, name);
		if (r == 0 && !reader->snapshot->count)
			r = -ENODEV;
		if (r < 0)
			continue;
		reader->controller = reader->snapshot->links[0]->ifindex;
		r = dump_links(reader);
	}
	return r < 0 ? r : bt_snapshot_index(reader->snapshot);
}

static int take_address(const struct nlmsghdr *message, void *data)
{
	return bt_decode_address(((struct reader *)data)->snapshot, message);
}

static int read_addresses(struct reader *reader)
{
	struct ifaddrmsg header = {.ifa_index = (unsigned)reader->controller};
	int r = -EINTR;

	for (int i = 0; i < ATTEMPTS && is_retried(r); i++) {
		struct bt_builder builder;

		for (size_t j = 0; j < reader->snapshot->count; j++)
			bt_link_clear_addresses(reader->snapshot->links[j]);
		bt_build_start(&builder, RTM_GETADDR, NLM_F_DUMP, &header, sizeof(header));
		r = ask(reader, &builder, take_address);
	}
	return r;
}

static int take_route(const struct nlmsghdr *message, void *data)
{
	return bt_decode_route(((struct reader *)data)->snapshot, message);
}

static int read_routes(struct reader *reader, int family)
{
	struct rtmsg header = {.rtm_family = (unsigned char)family};
	int r = -EINTR;

	for (int i = 0; i < ATTEMPTS && is_retried(r); i++) {
		struct bt_builder builder;

		for (size_t j = 0; j < reader->snapshot->count; j++)
			bt_link_clear_routes(reader->snapshot->links[j], family);
		bt_build_start(&builder, RTM_GETROUTE, NLM_F_DUMP, &header, sizeof(header));
		if (reader->controller)
			bt_build_u32(&builder, RTA_OIF, (uint32_t)reader->controller);
		r = ask(reader, &builder, take_route);
	}
	/* a kernel without IPv6 has no such routes */
	return r == -EOPNOTSUPP || r == -EAFNOSUPPORT ? 0 : r;
}

/* Puts every port into its bond, by ifindex for now. */
static int gather_ports(struct bondtool_snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->count; i++) {
		struct bt_link *link = snapshot->links[i];
		struct bt_link *controller = bt_snapshot_by_index(snapshot, link->controller);
		struct bt_bond *bond = controller ? controller->bond : NULL;
		struct bt_link **ports;

		if (!bond)
			continue;
		if (!link->port)
			link->port = bt_port_new();
		ports = reallocarray(bond->ports, bond->n_ports + 1, sizeof(struct bt_link *));
		if (!link->port || !ports)
			return -ENOMEM;
		bond->ports = ports;
		ports[bond->n_ports++] = link;
	}
	return 0;
}

/* Moves the port NAME to place AT, and returns the next place. */
static size_t move_port(struct bt_bond *bond, size_t at, const char *name)
{
	for (size_t i = at; i < bond->n_ports; i++) {
		struct bt_link *port = bond->ports[i];

		if (strcmp(port->name, name) != 0)
			continue;
		memmove(&bond->ports[at + 1], &bond->ports[at], (i - at) * sizeof(port));
		bond->ports[at] = port;
		return at + 1;
	}
	return at; /* gone since, or come since */
}

static void apply_proc_port(struct bt_port *port, const struct bt_proc_port *told)
{
	if (port->aggregator_id < 0)
		port->aggregator_id = told->aggregator_id;
	if (port->actor_churn < 0)
		port->actor_churn = told->actor_churn;
	if (port->partner_churn < 0)
		port->partner_churn = told->partner_churn;
	port->actor_churned = told->actor_churned;
	port->partner_churned = told->partner_churned;
	port->has_seen_speed = true;
	port->seen_speed = told->speed;
	port->has_lacp = told->has_lacp;
	port->actor = told->actor;
	port->partner = told->partner;
}

/* What only the driver's own text tells; its order of ports is always whole. */
static void apply_proc(struct bondtool_snapshot *snapshot, struct bt_bond *bond,
		       const struct bt_proc *proc)
{
	size_t at = 0;

	bond->has_system = proc->system_priority >= 0 && proc->system_mac.length;
	bond->system_priority = proc->system_priority;
	bond->system_mac = proc->system_mac;
	for (size_t i = 0; i < proc->n_ports; i++) {
		struct bt_link *link = bt_snapshot_by_name(snapshot, proc->ports[i].name);

		at = move_port(bond, at, proc->ports[i].name);
		if (link && link->port)
			apply_proc_port(link->port, &proc->ports[i]);
	}
}

/* A text that cannot be read is no error: its lines will be missing. */
static int read_proc(struct reader *reader, struct bt_link *link)
{
	BT_AUTOTEXT struct bt_text text = {0};
	BT_AUTOPROC struct bt_proc proc = {0};
	int r = reader->transport->proc_read(reader->transport, link->name, &text);

	if (r == 0 && text.data)
		r = bt_proc_parse(text.data, &proc);
	if (r == 0)
		apply_proc(reader->snapshot, link->bond, &proc);
	return r == -ENOMEM ? r : 0;
}

/* Orders the ports as the bond does; *ret_complete: sysfs listed all of them. */
static int order_ports(struct reader *reader, struct bt_link *link, bool *ret_complete)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	size_t at = 0;
	int r = bt_sysfs_read_ports(reader->bt, link->name, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++)
		at = move_port(link->bond, at, names.items[i]);
	*ret_complete = at == link->bond->n_ports;
	return r == -ENOMEM ? r : 0;
}

/*
 * Whether something is wanted that only /proc tells: LACP, and the speed at which the driver saw
 * a port that is down now (see status/text.c).
 */
static bool needs_proc(const struct bt_bond *bond, unsigned parts)
{
	if (!(parts & BT_SNAPSHOT_PROC))
		return false;
	for (size_t i = 0; i < bond->n_ports; i++)
		if (!(bond->ports[i]->flags & IFF_UP))
			return true;
	return bt_options_mode(&bond->options) == BT_MODE_8023AD;
}

static int finish_bond(struct reader *reader, struct bt_link *link, unsigned parts)
{
	bool complete = true;
	int r = link->bond->n_ports > 1 ? order_ports(reader, link, &complete) : 0;

	if (r == 0 && (needs_proc(link->bond, parts) || !complete))
		r = read_proc(reader, link);
	return r;
}

static int finish_bonds(struct reader *reader, unsigned parts)
{
	int r = bt_snapshot_name_interfaces(reader->snapshot);

	if (r == 0)
		r = gather_ports(reader->snapshot);
	for (size_t i = 0; r == 0 && i < reader->snapshot->count; i++)
		if (reader->snapshot->links[i]->bond)
			r = finish_bond(reader, reader->snapshot->links[i], parts);
	return r;
}

static int begin(struct reader *reader)
{
	int r = bt_transport_get(reader->bt, &reader->transport);

	if (r < 0)
		return r;
	reader->snapshot = calloc(1, sizeof(*reader->snapshot));
	if (!reader->snapshot)
		return -ENOMEM;
	reader->snapshot->version = strdup(reader->transport->version);
	return reader->snapshot->version ? 0 : -ENOMEM;
}

static int read_speeds(struct reader *reader)
{
	struct bt_link *bond = bt_snapshot_by_index(reader->snapshot, reader->controller);

	return bond ? bt_ethtool_read_bond(reader->bt, bond)
		    : bt_ethtool_read_all(reader->bt, reader->snapshot);
}

/* Everything but the links themselves. */
static int read_parts(struct reader *reader, unsigned parts)
{
	int r = finish_bonds(reader, parts);

	if (r == 0 && parts & BT_SNAPSHOT_ADDRESSES)
		r = read_addresses(reader);
	if (r == 0 && parts & BT_SNAPSHOT_ROUTES)
		r = read_routes(reader, AF_INET);
	if (r == 0 && parts & BT_SNAPSHOT_ROUTES)
		r = read_routes(reader, AF_INET6);
	if (r == 0 && parts & BT_SNAPSHOT_SPEED)
		r = read_speeds(reader);
	return r;
}

/* Hands the snapshot over, or frees it and says why there is none. */
static int end(struct reader *reader, int r, struct bondtool_snapshot **ret_snapshot)
{
	if (r == 0) {
		*ret_snapshot = reader->snapshot;
		return 0;
	}
	bondtool_snapshot_free(reader->snapshot);
	if (is_retried(r))
		return bt_error(reader->bt, -EAGAIN, "system/read", NULL,
				"cannot read the system's links: they change all the time");
	return bt_error(reader->bt, r, "system/read", NULL, "cannot read the system's links: %s",
			strerror(-r));
}

int bt_snapshot_read(struct bondtool *bt, unsigned parts, struct bondtool_snapshot **ret_snapshot)
{
	struct reader reader = {.bt = bt};
	int r = begin(&reader);

	if (r == 0)
		r = read_links(&reader);
	if (r == 0)
		r = read_parts(&reader, parts);
	return end(&reader, r, ret_snapshot);
}

int bt_snapshot_read_bond(struct bondtool *bt, const char *name, unsigned parts,
			  struct bondtool_snapshot **ret_snapshot)
{
	struct reader reader = {.bt = bt};
	int r = begin(&reader);

	if (r == 0)
		r = read_bond_links(&reader, name);
	if (r == 0)
		r = read_parts(&reader, parts);
	if (r != -ENODEV)
		return end(&reader, r, ret_snapshot);
	bondtool_snapshot_free(reader.snapshot);
	return bt_error(bt, r, "system/no-device", NULL, "there is no interface '%s'", name);
}

int bondtool_snapshot_read(struct bondtool *bt, struct bondtool_snapshot **ret_snapshot)
{
	return bt_snapshot_read(bt, BT_SNAPSHOT_ALL, ret_snapshot);
}

int bondtool_snapshot_read_bond(struct bondtool *bt, const char *bond,
				struct bondtool_snapshot **ret_snapshot)
{
	return bt_snapshot_read_bond(bt, bond, BT_SNAPSHOT_ALL, ret_snapshot);
}
