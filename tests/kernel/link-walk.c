/* SPDX-License-Identifier: GPL-2.0-or-later
 * link-walk: makes and changes links of a real kernel by our messages (VLANs, MAC, MTU, addresses,
 * routes) and reads them back as a snapshot. To be run in an empty network namespace, in a lab.
 * Speaks TAP.
 */
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_vlan.h>

#include "../unit/test.h"
#include "wire/snapshot.h"

static struct bondtool *bt;

/* Sends MESSAGE and frees it. */
static int send_message(struct nl_msg *message)
{
	BT_AUTOACK struct bt_ack ack = {0};
	int r = bt_request(bt, message, &ack);

	if (r < 0)
		printf("# refused: %s\n", bt_ack_explain(&ack));
	bt_message_free(message);
	return r;
}

static int send_link(const struct bt_link_request *request)
{
	struct nl_msg *message = NULL;
	int r = bt_message_link(request, &message, NULL);

	return r < 0 ? r : send_message(message);
}

static struct bondtool_snapshot *read_all(void)
{
	struct bondtool_snapshot *snapshot = NULL;

	CHECK_INT(bondtool_snapshot_read(bt, &snapshot), 0);
	return snapshot;
}

static int ifindex_of(const char *name)
{
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = read_all();
	struct bt_link *link = bt_snapshot_by_name(snapshot, name);

	return link ? link->ifindex : 0;
}

static int make_dummy(const char *name)
{
	struct bt_link_request request = {
		.create = true, .name = name, .kind = "dummy", .admin = BT_ADMIN_UP};

	CHECK_INT(send_link(&request), 0);
	return ifindex_of(name);
}

static void delete_link(int ifindex)
{
	struct nl_msg *message = NULL;

	CHECK_INT(bt_message_link_delete(ifindex, &message), 0);
	CHECK_INT(send_message(message), 0);
}

static struct bondtool_link_info info_of(struct bondtool_snapshot *snapshot, int ifindex)
{
	struct bondtool_link_info info = {0};

	for (size_t i = 0; i < bondtool_links_count(snapshot); i++)
		if (CHECK(bondtool_link_info(snapshot, i, &info)) && info.ifindex == ifindex)
			return info;
	CHECK(false);
	return info;
}

static void test_changes_of_a_link(void)
{
	int ifindex = make_dummy("d0");
	struct bt_link_request down = {.ifindex = ifindex, .admin = BT_ADMIN_DOWN};
	struct bt_link_request change = {.ifindex = ifindex,
					 .name = "d1",
					 .mtu = 9000,
					 .mac = "02:00:5e:00:00:07"};
	BT_AUTOSNAPSHOT struct bondtool_snapshot *before = read_all();
	BT_AUTOSNAPSHOT struct bondtool_snapshot *after = NULL;
	struct bondtool_link_info info = info_of(before, ifindex);

	CHECK(info.up);
	CHECK_STR(info.kind, "dummy");
	CHECK_INT(info.mtu, 1500);
	CHECK_INT(info.speed, 0);
	CHECK_INT(send_link(&down), 0);
	CHECK_INT(send_link(&change), 0);
	after = read_all();
	info = info_of(after, ifindex);
	CHECK(!info.up);
	CHECK_STR(info.name, "d1");
	CHECK_INT(info.mtu, 9000);
	CHECK_STR(info.mac, "02:00:5e:00:00:07");
	CHECK(!bt_snapshot_by_name(after, "d0"));
	delete_link(ifindex);
}

static void test_made_twice_is_refused(void)
{
	struct bt_link_request request = {.create = true, .name = "d0", .kind = "dummy"};
	int ifindex = make_dummy("d0");

	CHECK_INT(send_link(&request), -EEXIST);
	delete_link(ifindex);
	request = (struct bt_link_request){.name = "d0", .mtu = 1400};
	CHECK_INT(send_link(&request), -ENODEV);
}

static void test_vlan(void)
{
	int parent = make_dummy("d0");
	struct bt_vlan_map ingress = {.from = 2, .to = 3}, egress = {.from = 1, .to = 5};
	struct bt_vlan vlan = {.id = 100,
			       .protocol = 0x88a8,
			       .flags = VLAN_FLAG_REORDER_HDR,
			       .mask = VLAN_FLAG_REORDER_HDR,
			       .ingress = &ingress,
			       .n_ingress = 1,
			       .egress = &egress,
			       .n_egress = 1};
	struct bt_link_request request = {
		.create = true, .name = "d0.100", .kind = "vlan", .parent = parent, .vlan = &vlan};
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	struct bondtool_link_info info;
	struct bt_link *link;

	CHECK_INT(send_link(&request), 0);
	snapshot = read_all();
	link = bt_snapshot_by_name(snapshot, "d0.100");
	if (!CHECK(link && link->vlan))
		return;
	info = info_of(snapshot, link->ifindex);
	CHECK_STR(info.kind, "vlan");
	CHECK_STR(info.parent, "d0");
	CHECK_INT(info.vlan_id, 100);
	CHECK_INT(link->vlan->protocol, 0x88a8);
	CHECK_INT(link->vlan->flags, VLAN_FLAG_REORDER_HDR);
	CHECK(link->vlan->n_ingress == 1 && link->vlan->ingress[0].from == 2 &&
	      link->vlan->ingress[0].to == 3);
	CHECK(link->vlan->n_egress == 1 && link->vlan->egress[0].from == 1 &&
	      link->vlan->egress[0].to == 5);
	delete_link(parent);
	CHECK_INT(ifindex_of("d0.100"), 0);
}

static int send_address(enum bt_verb verb, int ifindex, const char *address,
			const struct bt_address_details *details)
{
	struct nl_msg *message = NULL;
	int r = bt_message_address(verb, ifindex, address, details, &message);

	return r < 0 ? r : send_message(message);
}

static const struct bt_address *address_of(const struct bt_link *link, const char *text)
{
	for (size_t i = 0; i < link->n_addresses; i++)
		if (strcmp(link->addresses[i].text, text) == 0)
			return &link->addresses[i];
	return NULL;
}

static void test_addresses(void)
{
	int ifindex = make_dummy("d0");
	struct bt_address_details quick = {.flags = IFA_F_NODAD | IFA_F_NOPREFIXROUTE};
	struct bt_address_details peer = {.peer = "10.9.9.9/32", .label = "d0:peer"};
	BT_AUTOSNAPSHOT struct bondtool_snapshot *before = NULL;
	BT_AUTOSNAPSHOT struct bondtool_snapshot *after = NULL;
	const struct bt_address *address;
	const struct bt_link *link;

	CHECK_INT(send_address(BT_ADD, ifindex, "10.0.0.1/24", NULL), 0);
	CHECK_INT(send_address(BT_ADD, ifindex, "10.0.0.1/24", NULL), -EEXIST);
	CHECK_INT(send_address(BT_REPLACE, ifindex, "10.0.0.1/24", NULL), 0);
	CHECK_INT(send_address(BT_ADD, ifindex, "2001:db8::1/64", &quick), 0);
	CHECK_INT(send_address(BT_ADD, ifindex, "10.9.9.1/32", &peer), 0);
	before = read_all();
	link = bt_snapshot_by_index(before, ifindex);
	address = address_of(link, "10.0.0.1/24");
	CHECK(address && address->family == AF_INET && !address->peer);
	address = address_of(link, "2001:db8::1/64");
	if (CHECK(address))
		CHECK_INT(address->flags & quick.flags, quick.flags);
	address = address_of(link, "10.9.9.1/32");
	if (CHECK(address)) {
		CHECK_STR(address->peer, "10.9.9.9/32");
		CHECK_STR(address->label, "d0:peer");
	}
	CHECK_STR(info_of(before, ifindex).addresses4[0], "10.0.0.1/24");
	CHECK_INT(send_address(BT_REMOVE, ifindex, "10.0.0.1/24", NULL), 0);
	CHECK_INT(send_address(BT_REMOVE, ifindex, "10.0.0.1/24", NULL), -EADDRNOTAVAIL);
	CHECK_INT(send_address(BT_REMOVE, ifindex, "2001:db8::1/64", NULL), 0);
	CHECK_INT(send_address(BT_REMOVE, ifindex, "10.9.9.1/32", &peer), 0);
	after = read_all();
	CHECK(!info_of(after, ifindex).addresses4[0]);
	delete_link(ifindex);
}

static int send_route(enum bt_verb verb, int family, int ifindex, const char *text)
{
	BT_AUTOROUTE struct bt_route route = {0};
	struct nl_msg *message = NULL;
	int r = bt_route_parse(family, text, &route);

	if (r == 0)
		r = bt_message_route(verb, family, ifindex, &route, 0, -1, 0, &message, NULL);
	return r < 0 ? r : send_message(message);
}

static bool has_route(const char *const *routes, const char *text)
{
	for (; *routes; routes++)
		if (strcmp(*routes, text) == 0)
			return true;
	return false;
}

static void test_routes(void)
{
	static const struct {
		int family;
		const char *sent, *read;
	} cases[] = {
		{AF_INET, "0.0.0.0/0 10.0.0.254 100", "0.0.0.0/0 10.0.0.254 100"},
		{AF_INET, "0.0.0.0/0 10.0.0.253 200", "0.0.0.0/0 10.0.0.253 200"},
		{AF_INET, "10.5.0.0/16", "10.5.0.0/16 0"},
		{AF_INET, "10.6.0.0/16 10.0.0.9 5 mtu=1400 src=10.0.0.1 table=1000",
		 "10.6.0.0/16 10.0.0.9 5 mtu=1400 src=10.0.0.1 table=1000"},
		{AF_INET, "10.7.0.0/16 192.168.77.1 onlink=true",
		 "10.7.0.0/16 192.168.77.1 0 onlink=true"},
		{AF_INET6, "2001:db8:5::/48 fe80::99 50", "2001:db8:5::/48 fe80::99 50"},
		{AF_INET6, "::/0 fe80::98 60", "::/0 fe80::98 60"},
	};
	int ifindex = make_dummy("d0");
	struct bondtool_link_info info;

	CHECK_INT(send_address(BT_ADD, ifindex, "10.0.0.1/24", NULL), 0);
	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++) {
		BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;

		CHECK_INT(send_route(BT_ADD, cases[i].family, ifindex, cases[i].sent), 0);
		snapshot = read_all();
		info = info_of(snapshot, ifindex);
		if (!CHECK(has_route(cases[i].family == AF_INET ? info.routes4 : info.routes6,
				     cases[i].read)))
			printf("# %s\n", cases[i].read);
	}

	BT_AUTOSNAPSHOT struct bondtool_snapshot *all = read_all();

	info = info_of(all, ifindex);
	CHECK_STR(info.gateway4, "10.0.0.254");
	CHECK_STR(info.gateway6, "fe80::98");
	CHECK(has_route(info.routes4, "10.0.0.0/24 0 src=10.0.0.1"));
	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++)
		CHECK_INT(send_route(BT_REMOVE, cases[i].family, ifindex, cases[i].sent), 0);
	CHECK_INT(send_route(BT_REMOVE, AF_INET, ifindex, cases[0].sent), -ESRCH);
	delete_link(ifindex);
}

static void test_one_bond_alone_is_the_same(void)
{
	struct bt_link_request bond = {.create = true, .name = "bond0", .kind = "bond"};
	struct bt_link_request join = {.name = "d0", .set_controller = true};
	struct bt_link_request down = {.name = "d0", .admin = BT_ADMIN_DOWN};
	BT_AUTOSNAPSHOT struct bondtool_snapshot *alone = NULL;
	BT_AUTOSNAPSHOT struct bondtool_snapshot *all = NULL;
	BT_AUTOFREE char *a = NULL;
	BT_AUTOFREE char *b = NULL;
	int port = make_dummy("d0"), other = make_dummy("d1");

	CHECK_INT(send_link(&bond), 0);
	join.controller = ifindex_of("bond0");
	CHECK_INT(send_link(&down), 0);
	CHECK_INT(send_link(&join), 0);
	CHECK_INT(send_address(BT_ADD, join.controller, "10.0.0.1/24", NULL), 0);
	CHECK_INT(send_address(BT_ADD, other, "10.0.1.1/24", NULL), 0);
	CHECK_INT(bondtool_snapshot_read_bond(bt, "bond0", &alone), 0);
	all = read_all();
	CHECK_INT(alone->count, 2);
	CHECK(all->count > 3);
	a = bondtool_status_json(bt, alone, "bond0");
	b = bondtool_status_json(bt, all, "bond0");
	CHECK_STR(a, b);
	CHECK_STR(info_of(alone, join.controller).addresses4[0], "10.0.0.1/24");
	CHECK_STR(info_of(all, port).controller, "bond0");
	delete_link(join.controller);
	delete_link(port);
	delete_link(other);
}

static void test_driver_is_there(void)
{
	struct bt_transport *transport = NULL;

	CHECK(bondtool_driver_present(bt));
	CHECK_INT(bt_transport_get(bt, &transport), 0);
	CHECK_STR(transport->name, "kernel");
	CHECK(transport->driver_loaded(transport));
	CHECK_INT(transport->driver_load(transport), 0);
	CHECK_INT(ifindex_of("bond0"), 0);
}

static const struct test_case cases[] = {
	TEST(test_driver_is_there), TEST(test_changes_of_a_link),
	TEST(test_made_twice_is_refused), TEST(test_vlan), TEST(test_addresses),
	TEST(test_routes), TEST(test_one_bond_alone_is_the_same),
};

int main(void)
{
	int status;

	bt = bondtool_new();
	status = test_run(cases, BT_ARRAY_SIZE(cases));
	bondtool_free(bt);
	return status;
}
