/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Operations carried out on the driver: which request each of them is. */
#include <errno.h>
#include <linux/if_addr.h>
#include <string.h>

#include "plan/apply.h"
#include "wire/sysfs.h"

/* The index of a link that was made or deleted since the snapshot. */
struct known {
	char name[IFNAMSIZ];
	int ifindex; /* 0: it was deleted; NOT_LEARNED: it is there, but we have not asked */
};
enum { NOT_LEARNED = -1 };

struct bt_driver_executor {
	struct bt_executor base; /* first: it is cast back to this */
	struct bondtool *bt;
	const struct bondtool_snapshot *snapshot;
	struct known *known;
	size_t n_known;
};

static int ask_index(struct bt_driver_executor *executor, const char *name)
{
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	const struct bt_link *link = NULL;

	if (bt_snapshot_read_bond(executor->bt, name, 0, &snapshot) == 0)
		link = bt_snapshot_by_name(snapshot, name);
	return link ? link->ifindex : 0;
}

/* Links that we made or deleted are looked up first: an index of the snapshot may be old. */
static int index_of(struct bt_driver_executor *executor, const char *name)
{
	const struct bt_link *link;

	for (size_t i = executor->n_known; i > 0; i--) {
		struct known *known = &executor->known[i - 1];

		if (strcmp(known->name, name) != 0)
			continue;
		if (known->ifindex == NOT_LEARNED)
			known->ifindex = ask_index(executor, name);
		return known->ifindex;
	}
	if (!executor->snapshot)
		return ask_index(executor, name);
	link = bt_snapshot_by_name(executor->snapshot, name);
	return link ? link->ifindex : 0;
}

static int resolve(void *data, const char *name)
{
	return index_of(data, name);
}

static int remember(struct bt_driver_executor *executor, const char *name, int ifindex)
{
	struct known *known =
		reallocarray(executor->known, executor->n_known + 1, sizeof(*known));

	if (!known)
		return -ENOMEM;
	executor->known = known;
	known[executor->n_known] = (struct known){.ifindex = ifindex};
	strncat(known[executor->n_known++].name, name, IFNAMSIZ - 1);
	return 0;
}

/* Sends MESSAGE; whose attribute the driver minds is found out while the message is there. */
static int send_message(struct bt_driver_executor *executor, struct nl_msg *message,
			struct bt_refusal *refusal)
{
	int r = bt_request(executor->bt, message, &refusal->ack);

	if (r < 0)
		refusal->option = bt_ack_option(message, &refusal->ack);
	return r;
}

/* Options that name an interface which is not there go by name, through sysfs. */
static int write_options(struct bt_driver_executor *executor, const char *bond, const char *port,
			 const struct bt_values *options, uint64_t which,
			 struct bt_refusal *refusal)
{
	for (size_t i = 0; i < options->count; i++) {
		const struct bt_value *value = &options->values[i];
		int r;

		if (!(which & 1ULL << value->id) || !bt_options[value->id].has_sysfs)
			continue;
		r = bt_sysfs_write_option(executor->bt, bond, port, value);
		if (r < 0) {
			refusal->option = &bt_options[value->id];
			refusal->ack.error = r;
			return r;
		}
	}
	return 0;
}

/* The values whose options have no file in sysfs. 0 or -ENOMEM. */
static int without_sysfs(const struct bt_values *options, struct bt_values *ret_rest)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < options->count; i++) {
		struct bt_value copy;

		if (bt_options[options->values[i].id].has_sysfs)
			continue;
		r = bt_value_copy(&options->values[i], &copy);
		if (r == 0)
			r = bt_values_put(ret_rest, &copy);
	}
	return r;
}

static int send_link(struct bt_driver_executor *executor, const char *name,
		     struct bt_link_request *request, struct bt_refusal *refusal)
{
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	struct bt_resolver resolver = {resolve, executor};
	uint64_t unsent = 0;
	int r;

	request->resolver = &resolver;
	r = bt_message_link(request, &message, &unsent);
	if (r == 0)
		r = send_message(executor, message, refusal);
	if (r == 0 && unsent)
		r = write_options(executor, name, NULL, request->options, unsent, refusal);
	return r;
}

/* A request for the link that the operation is about; -ENODEV when it is not there. */
static int start_request(struct bt_driver_executor *executor, const struct bt_operation *operation,
			 struct bt_link_request *request)
{
	*request = (struct bt_link_request){.ifindex = index_of(executor, operation->interface)};
	return request->ifindex ? 0 : -ENODEV;
}

/* ---- options --------------------------------------------------------------------------------- */

/* One message, or sysfs for those that have a file there and netlink for the rest. */
static int set_options(struct bt_driver_executor *executor, const struct bt_operation *operation,
		       struct bt_refusal *refusal)
{
	bool of_port = operation->kind == BT_OP_PORT_OPTIONS;
	struct bt_values rest = {0};
	struct bt_link_request request;
	int r = start_request(executor, operation, &request);

	if (r == 0 && operation->through_sysfs) {
		r = write_options(executor, of_port ? operation->other : operation->interface,
				  of_port ? operation->interface : NULL, &operation->options,
				  UINT64_MAX, refusal);
		if (r == 0)
			r = without_sysfs(&operation->options, &rest);
	}
	request.name = NULL;
	request.kind = "bond";
	if (of_port)
		request.port_options = operation->through_sysfs ? &rest : &operation->options;
	else
		request.options = operation->through_sysfs ? &rest : &operation->options;
	if (r == 0 && (!operation->through_sysfs || rest.count))
		r = send_link(executor, operation->interface, &request, refusal);
	bt_values_release(&rest);
	return r;
}

/* ---- making and deleting links --------------------------------------------------------------- */

/* What was asked for and does not hold, although the driver said that all was well. */
static void report_untaken(struct bondtool *bt, const struct bt_link *link,
			   const struct bt_operation *operation)
{
	for (size_t i = 0; i < operation->options.count; i++) {
		const struct bt_value *value = &operation->options.values[i];
		const struct bt_option *option = &bt_options[value->id];
		enum bt_took took = bt_snapshot_took(link, value);

		/* A port that is named but not attached yet is not told. */
		if (took == BT_TOOK || took == BT_TOOK_ROUNDED ||
		    option->wire == BT_WIRE_IFINDEX)
			continue;
		bt_warning(bt, "kernel/unknown-option", &value->origin,
			   took == BT_TOOK_UNKNOWN
				   ? "'%s': the running kernel does not know option '%s'%s%s"
				   : "'%s': the running kernel did not take option '%s'%s%s",
			   operation->interface, option->name,
			   option->since ? ": it is there since Linux " : "",
			   option->since ? option->since : "");
	}
}

/* A link that was just made: its index, and whether all of its options hold. */
static int learn(struct bt_driver_executor *executor, const struct bt_operation *operation,
		 struct bt_refusal *refusal)
{
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	const struct bt_link *link;
	int r = remember(executor, operation->interface, NOT_LEARNED);

	refusal->done = true;
	if (r == 0)
		r = bt_snapshot_read_bond(executor->bt, operation->interface, 0, &snapshot);
	if (r < 0)
		return r;
	link = bt_snapshot_by_name(snapshot, operation->interface);
	if (!link)
		return -ENODEV;
	if (!operation->through_sysfs)
		report_untaken(executor->bt, link, operation);
	executor->known[executor->n_known - 1].ifindex = link->ifindex;
	return 0;
}

/* Through sysfs a bond is made bare, and gets one option after the other. */
static int create_bond_bare(struct bt_driver_executor *executor,
			    const struct bt_operation *operation, struct bt_refusal *refusal)
{
	struct bt_link_request request;
	int r = bt_sysfs_add_bond(executor->bt, operation->interface);

	if (r == 0)
		r = learn(executor, operation, refusal);
	if (r == 0 && (operation->mac || operation->mtu))
		r = start_request(executor, operation, &request);
	if (r == 0 && (operation->mac || operation->mtu)) {
		request.mac = operation->mac;
		request.mtu = operation->mtu;
		r = send_link(executor, operation->interface, &request, refusal);
	}
	return r < 0 ? r : set_options(executor, operation, refusal);
}

static int create(struct bt_driver_executor *executor, const struct bt_operation *operation,
		  struct bt_refusal *refusal)
{
	bool vlan = operation->kind == BT_OP_CREATE_VLAN;
	struct bt_link_request request = {
		.create = true,
		.name = operation->interface,
		.kind = vlan ? "vlan" : "bond",
		.options = vlan ? NULL : &operation->options,
		.mac = operation->mac,
		.mtu = operation->mtu,
		.vlan = operation->vlan,
	};
	int r;

	if (operation->through_sysfs)
		return create_bond_bare(executor, operation, refusal);
	if (vlan && !(request.parent = index_of(executor, operation->other)))
		return -ENODEV;
	r = send_link(executor, operation->interface, &request, refusal);
	return r < 0 ? r : learn(executor, operation, refusal);
}

static int delete(struct bt_driver_executor *executor, const struct bt_operation *operation,
		  struct bt_refusal *refusal)
{
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	int ifindex = index_of(executor, operation->interface);
	int r;

	if (operation->through_sysfs) {
		r = bt_sysfs_remove_bond(executor->bt, operation->interface);
	} else {
		r = ifindex ? bt_message_link_delete(ifindex, &message) : -ENODEV;
		if (r == 0)
			r = send_message(executor, message, refusal);
	}
	return r < 0 ? r : remember(executor, operation->interface, 0);
}

/* ---- everything else ------------------------------------------------------------------------- */

static int set_admin(struct bt_driver_executor *executor, const struct bt_operation *operation,
		     struct bt_refusal *refusal)
{
	struct bt_link_request request;
	int r = start_request(executor, operation, &request);

	request.admin = operation->kind == BT_OP_UP ? BT_ADMIN_UP : BT_ADMIN_DOWN;
	return r < 0 ? r : send_link(executor, operation->interface, &request, refusal);
}

/* As its own message, see struct bt_link_request. */
static int set_controller(struct bt_driver_executor *executor,
			  const struct bt_operation *operation, struct bt_refusal *refusal)
{
	bool attach = operation->kind == BT_OP_ATTACH;
	struct bt_link_request request;
	int r;

	if (operation->through_sysfs)
		return attach ? bt_sysfs_add_port(executor->bt, operation->other,
						  operation->interface)
			      : bt_sysfs_remove_port(executor->bt, operation->other,
						     operation->interface);
	r = start_request(executor, operation, &request);
	request.set_controller = true;
	request.controller = attach ? index_of(executor, operation->other) : 0;
	if (r == 0 && attach && !request.controller)
		r = -ENODEV;
	return r < 0 ? r : send_link(executor, operation->interface, &request, refusal);
}

static int set_mtu_or_mac(struct bt_driver_executor *executor,
			  const struct bt_operation *operation, struct bt_refusal *refusal)
{
	struct bt_link_request request;
	int r = start_request(executor, operation, &request);

	request.mtu = operation->mtu;
	request.mac = operation->mac;
	return r < 0 ? r : send_link(executor, operation->interface, &request, refusal);
}

/* One that is there already is what was wanted, and so is one that is gone already. */
static int change_address(struct bt_driver_executor *executor,
			  const struct bt_operation *operation, struct bt_refusal *refusal)
{
	const struct bt_address *address = operation->address;
	bool add = operation->kind == BT_OP_ADD_ADDRESS;
	const uint32_t chosen = IFA_F_NOPREFIXROUTE | IFA_F_NODAD | IFA_F_MANAGETEMPADDR;
	struct bt_address_details details = {
		.flags = address->flags & chosen,
		.priority = address->priority,
		.scope = address->scope,
		.valid = address->valid,
		.preferred = address->preferred,
		.label = address->label,
		.peer = address->peer,
	};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	int ifindex = index_of(executor, operation->interface);
	int r = ifindex ? bt_message_address(add ? BT_ADD : BT_REMOVE, ifindex, address->text,
					     &details, &message)
			: -ENODEV;

	if (r == 0)
		r = send_message(executor, message, refusal);
	return r == (add ? -EEXIST : -EADDRNOTAVAIL) ? 0 : r;
}

static int change_route(struct bt_driver_executor *executor, const struct bt_operation *operation,
			struct bt_refusal *refusal)
{
	bool add = operation->kind == BT_OP_ADD_ROUTE;
	BT_AUTOROUTE struct bt_route route = {0};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	int ifindex = index_of(executor, operation->interface);
	int r = ifindex ? bt_route_parse(operation->family, operation->route, &route) : -ENODEV;

	if (r == 0)
		r = bt_message_route(add ? BT_ADD : BT_REMOVE, operation->family, ifindex, &route,
				     0, -1, operation->protocol, &message, NULL);
	if (r == 0)
		r = send_message(executor, message, refusal);
	return r == -ESRCH && !add ? 0 : r;
}

static int load_driver(struct bt_driver_executor *executor)
{
	struct bt_transport *transport;
	int r = bt_transport_get(executor->bt, &transport);

	return r < 0 ? r : transport->driver_load(transport);
}

static int set_ipv6(struct bt_driver_executor *executor, const struct bt_operation *operation)
{
	struct bt_transport *transport;
	int r = bt_transport_get(executor->bt, &transport);

	return r < 0 ? r
		     : transport->ipv6_switch(transport, operation->interface, operation->enable);
}

static int run(struct bt_executor *base, const struct bt_operation *operation,
	       struct bt_refusal *ret_refusal)
{
	struct bt_driver_executor *executor = (struct bt_driver_executor *)base;

	switch (operation->kind) {
	case BT_OP_LOAD_DRIVER:
		return load_driver(executor);
	case BT_OP_CREATE_BOND:
	case BT_OP_CREATE_VLAN:
		return create(executor, operation, ret_refusal);
	case BT_OP_DELETE:
		return delete(executor, operation, ret_refusal);
	case BT_OP_UP:
	case BT_OP_DOWN:
		return set_admin(executor, operation, ret_refusal);
	case BT_OP_ATTACH:
	case BT_OP_DETACH:
		return set_controller(executor, operation, ret_refusal);
	case BT_OP_OPTIONS:
	case BT_OP_PORT_OPTIONS:
		return set_options(executor, operation, ret_refusal);
	case BT_OP_MTU:
	case BT_OP_MAC:
		return set_mtu_or_mac(executor, operation, ret_refusal);
	case BT_OP_ADD_ADDRESS:
	case BT_OP_REMOVE_ADDRESS:
		return change_address(executor, operation, ret_refusal);
	case BT_OP_ADD_ROUTE:
	case BT_OP_REMOVE_ROUTE:
		return change_route(executor, operation, ret_refusal);
	case BT_OP_IPV6:
		return set_ipv6(executor, operation);
	case BT_OP_KIND_COUNT:
		break;
	}
	return -EINVAL;
}

struct bt_driver_executor *bt_driver_executor_new(struct bondtool *bt,
						  const struct bondtool_snapshot *snapshot)
{
	struct bt_driver_executor *executor = calloc(1, sizeof(*executor));

	if (executor)
		*executor = (struct bt_driver_executor){
			.base = {.run = run}, .bt = bt, .snapshot = snapshot};
	return executor;
}

void bt_driver_executor_free(struct bt_driver_executor *executor)
{
	if (!executor)
		return;
	free(executor->known);
	free(executor);
}

struct bt_executor *bt_driver_executor_base(struct bt_driver_executor *executor)
{
	return &executor->base;
}
