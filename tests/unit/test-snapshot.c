/* SPDX-License-Identifier: GPL-2.0-or-later
 * Snapshots from prepared answers of a driver: what is read, in which order, from old kernels and
 * from newer ones than we know, and from messages that are no messages.
 */
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>

#include "canned.h"
#include "test.h"
#include "wire/snapshot-decode.h"
#include "wire/sysfs.h"

/* bond0 (2) with ports p5, p4 in this order of joining, and lo, which has nothing to do with it. */
static struct bondtool *prepare(struct canned **ret_canned)
{
	struct bondtool *bt = canned_new(ret_canned);
	struct canned_link lo = {.ifindex = 1, .name = "lo", .flags = IFF_UP};
	struct canned_link bond = {.ifindex = 2,
				   .name = "bond0",
				   .kind = "bond",
				   .flags = IFF_UP | IFF_LOWER_UP,
				   .options = "mode=active-backup miimon=100 updelay=200 "
					      "primary=p4 active_slave=p5 "
					      "arp_ip_target=10.0.0.1,10.0.0.2"};
	struct canned_link p4 = {
		.ifindex = 4, .name = "p4", .controller = 2, .state = 1, .mii_status = 2};
	struct canned_link p5 = {.ifindex = 5,
				 .name = "p5",
				 .controller = 2,
				 .flags = IFF_UP | IFF_LOWER_UP,
				 .failures = 7,
				 .port_options = "queue_id=3 prio=-9"};

	canned_add_link(*ret_canned, &p5); /* ports may come before their bond */
	canned_add_link(*ret_canned, &bond);
	canned_add_link(*ret_canned, &p4);
	canned_add_link(*ret_canned, &lo);
	canned_file(*ret_canned, "bond0/bonding/slaves", "p5 p4\n");
	return bt;
}

static struct bondtool_snapshot *read_all(struct bondtool *bt)
{
	struct bondtool_snapshot *snapshot = NULL;

	CHECK_INT(bondtool_snapshot_read(bt, &snapshot), 0);
	return snapshot;
}

static const char *text_of(const struct bt_values *options, enum bt_option_id id)
{
	const struct bt_value *value = bt_values_find(options, id);

	return value ? value->text : NULL;
}

static void test_a_bond_and_its_ports(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = read_all(bt);
	struct bt_link *link = bt_snapshot_by_name(snapshot, "bond0");

	CHECK_INT(snapshot->count, 4);
	CHECK_STR(snapshot->version, "6.12.0-test");
	CHECK(bt_snapshot_by_index(snapshot, 2) == link);
	CHECK(!bt_snapshot_by_index(snapshot, 3));
	CHECK(!bt_snapshot_by_name(snapshot, "bond1"));
	if (!CHECK(link && link->bond && link->bond->n_ports == 2))
		return;
	CHECK_INT(bt_options_mode(&link->bond->options), BT_MODE_ACTIVE_BACKUP);
	CHECK_STR(text_of(&link->bond->options, BT_OPT_PRIMARY), "p4");
	CHECK_STR(text_of(&link->bond->options, BT_OPT_ACTIVE_SLAVE), "p5");
	CHECK_INT(bt_values_find(&link->bond->options, BT_OPT_PRIMARY)->number, 0);
	CHECK(!bt_values_find(&link->bond->options, BT_OPT_LACP_RATE));
	CHECK_STR(link->bond->ports[0]->name, "p5");
	CHECK_STR(link->bond->ports[1]->name, "p4");
	link = link->bond->ports[0];
	CHECK_INT(link->port->link_failures, 7);
	CHECK_INT(link->port->state, BOND_STATE_ACTIVE);
	CHECK_INT(bt_options_number(&link->port->options, BT_OPT_QUEUE_ID), 3);
	CHECK_INT(bt_options_number(&link->port->options, BT_OPT_PRIO), -9);
	CHECK_INT(link->permanent_mac.bytes[2], 0x5e);
	CHECK_INT(link->port->aggregator_id, -1);
	CHECK(!link->port->has_lacp);
	bondtool_free(bt);
}

static void test_one_bond_asks_little(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;

	CHECK_INT(bt_snapshot_read_bond(bt, "bond0", 0, &snapshot), 0);
	/* the prepared driver sends all links, and only the bond's are kept */
	CHECK_INT(snapshot->count, 3);
	CHECK(!bt_snapshot_by_name(snapshot, "lo"));
	CHECK_INT(canned->exchanges, 2);
	CHECK_INT(canned->proc_reads, 0);
	bondtool_free(bt);
}

static void test_what_is_not_there(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;

	CHECK_INT(bondtool_snapshot_read_bond(bt, "bond1", &snapshot), -ENODEV);
	CHECK(!snapshot);
	CHECK_STR(bondtool_diags_at(bt, 0)->rule, "system/no-device");
	CHECK_INT(bondtool_snapshot_read_bond(bt, "lo", &snapshot), 0);
	CHECK(!bondtool_status_text(bt, snapshot, "lo"));
	CHECK_STR(bondtool_diags_at(bt, 1)->rule, "system/no-bond");
	bondtool_free(bt);
}

static void test_interrupted_dumps_are_begun_anew(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	struct bondtool_snapshot *none = NULL;

	canned->interruptions = 5;
	CHECK_INT(bt_snapshot_read(bt, 0, &snapshot), 0);
	CHECK_INT(snapshot->count, 4);
	CHECK_INT(canned->exchanges, 6);
	canned->interruptions = 1000;
	CHECK_INT(bt_snapshot_read(bt, 0, &none), -EAGAIN);
	CHECK(!none);
	CHECK_STR(bondtool_diags_at(bt, 0)->rule, "system/read");
	bondtool_free(bt);
}

static void test_speed_by_ethtool_and_by_sysfs(void)
{
	for (int has_ethtool = 0; has_ethtool < 2; has_ethtool++) {
		for (int alone = 0; alone < 2; alone++) {
			struct canned *canned;
			struct bondtool *bt = prepare(&canned);
			BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
			struct bt_link *link;

			canned->has_ethtool = has_ethtool;
			canned_file(canned, "p5/speed", "2500\n");
			canned_file(canned, "p5/duplex", "half\n");
			canned_file(canned, "p4/speed", "-1\n");
			canned_file(canned, "p4/duplex", "unknown\n");
			if (alone)
				bt_snapshot_read_bond(bt, "bond0", BT_SNAPSHOT_SPEED, &snapshot);
			else
				bt_snapshot_read(bt, BT_SNAPSHOT_SPEED, &snapshot);
			link = bt_snapshot_by_name(snapshot, "p5");
			CHECK(link->has_speed);
			CHECK_INT(link->speed.mbps, has_ethtool ? 1005 : 2500);
			CHECK_INT(link->speed.duplex,
				  has_ethtool ? BT_DUPLEX_FULL : BT_DUPLEX_HALF);
			link = bt_snapshot_by_name(snapshot, "p4");
			CHECK_INT(link->speed.mbps, has_ethtool ? 1004 : 0);
			bondtool_free(bt);
		}
	}
}

/* A bond with attributes of a driver that is newer than we are, and of odd lengths. */
static struct nl_msg *newer_bond(void)
{
	struct ifinfomsg header = {.ifi_index = 9};
	struct nl_msg *message = NULL;
	struct nlattr *info, *data;
	struct bt_builder builder;

	bt_build_start(&builder, RTM_NEWLINK, 0, &header, sizeof(header));
	bt_build_string(&builder, IFLA_IFNAME, "bond9");
	info = bt_build_nest(&builder, IFLA_LINKINFO);
	bt_build_string(&builder, IFLA_INFO_KIND, "bond");
	data = bt_build_nest(&builder, IFLA_INFO_DATA);
	bt_build_u8(&builder, IFLA_BOND_MODE, BT_MODE_8023AD);
	bt_build_u16(&builder, 35, 0x1234);
	bt_build_u32(&builder, 99, 1);
	bt_build_put(&builder, IFLA_BOND_MIIMON, "ab", 2); /* no u32 */
	bt_build_end(&builder, data);
	bt_build_end(&builder, info);
	CHECK_INT(bt_build_take(&builder, &message), 0);
	return message;
}

static void test_unknown_attributes_are_kept(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	BT_AUTOFREE char *json = NULL;
	struct bt_link *link;

	canned_add(canned, newer_bond());
	snapshot = read_all(bt);
	link = bt_snapshot_by_name(snapshot, "bond9");
	CHECK_INT(bt_options_mode(&link->bond->options), BT_MODE_8023AD);
	CHECK(!bt_values_find(&link->bond->options, BT_OPT_MIIMON));
	if (CHECK_INT(link->bond->unknowns.count, 3)) {
		CHECK_INT(link->bond->unknowns.items[0].attribute, 35);
		CHECK_MEM(link->bond->unknowns.items[0].bytes, "\x34\x12", 2);
		CHECK_INT(link->bond->unknowns.items[2].attribute, IFLA_BOND_MIIMON);
	}
	json = bondtool_status_json(bt, snapshot, "bond9");
	CHECK(json && strstr(json, "\"attr35\": \"3412\""));
	CHECK(json && strstr(json, "\"attr99\": \"01000000\""));
	bondtool_free(bt);
}

/* More ports than sysfs lists: the order is in the driver's own text. */
static void test_order_when_sysfs_is_too_short(void)
{
	static const char *const lists[] = {"p5 ++more++\n", "p5\n", NULL};

	for (size_t i = 0; i < BT_ARRAY_SIZE(lists); i++) {
		struct canned *canned;
		struct bondtool *bt = prepare(&canned);
		BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
		struct bt_bond *bond;

		canned->files[0].text = lists[i];
		canned->n_files = lists[i] ? 1 : 0;
		canned->proc = "Slave Interface: p5\nSlave Interface: gone0\nSlave Interface: p4\n";
		CHECK_INT(bt_snapshot_read(bt, 0, &snapshot), 0);
		CHECK_INT(canned->proc_reads, 1);
		bond = bt_snapshot_by_name(snapshot, "bond0")->bond;
		CHECK_STR(bond->ports[0]->name, "p5");
		CHECK_STR(bond->ports[1]->name, "p4");
		bondtool_free(bt);
	}
}

static struct nl_msg *address(int family, int ifindex, const char *bytes, uint32_t flags)
{
	struct ifaddrmsg header = {.ifa_family = (unsigned char)family,
				   .ifa_prefixlen = 24,
				   .ifa_index = (unsigned)ifindex};
	size_t size = family == AF_INET ? 4 : 16;
	struct nl_msg *message = NULL;
	struct bt_builder builder;

	bt_build_start(&builder, RTM_NEWADDR, 0, &header, sizeof(header));
	bt_build_put(&builder, IFA_ADDRESS, bytes, size);
	bt_build_u32(&builder, IFA_FLAGS, flags);
	CHECK_INT(bt_build_take(&builder, &message), 0);
	return message;
}

static struct nl_msg *route(int protocol, int table, int bits)
{
	struct rtmsg header = {.rtm_family = AF_INET,
			       .rtm_dst_len = (unsigned char)bits,
			       .rtm_type = RTN_UNICAST,
			       .rtm_protocol = (unsigned char)protocol,
			       .rtm_table = (unsigned char)table};
	struct nl_msg *message = NULL;
	struct bt_builder builder;

	bt_build_start(&builder, RTM_NEWROUTE, 0, &header, sizeof(header));
	if (bits)
		bt_build_put(&builder, RTA_DST, "\x0a\x05\0\0", 4);
	bt_build_put(&builder, RTA_GATEWAY, "\x0a\0\0\xfe", 4);
	bt_build_u32(&builder, RTA_OIF, 2);
	CHECK_INT(bt_build_take(&builder, &message), 0);
	return message;
}

static void test_addresses_and_routes(void)
{
	enum { RTPROT_OF_A_DAEMON = 186 /* bgp */ };
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	struct bt_link *link;

	canned_add(canned, address(AF_INET, 2, "\x0a\0\0\1", IFA_F_PERMANENT));
	canned_add(canned, address(AF_INET6, 2, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 0));
	canned_add(canned, address(AF_INET, 77, "\x0a\0\0\2", 0)); /* of no link that we saw */
	canned_add(canned, route(RTPROT_STATIC, RT_TABLE_MAIN, 0));
	canned_add(canned, route(RTPROT_STATIC, RT_TABLE_MAIN, 16));
	canned_add(canned, route(RTPROT_OF_A_DAEMON, RT_TABLE_MAIN, 16));
	canned_add(canned, route(RTPROT_KERNEL, RT_TABLE_LOCAL, 16));
	canned->interruptions = 3; /* nothing is there twice */
	snapshot = read_all(bt);
	link = bt_snapshot_by_name(snapshot, "bond0");
	if (CHECK_INT(link->n_addresses, 2)) {
		CHECK_STR(link->addresses[0].text, "10.0.0.1/24");
		CHECK_INT(link->addresses[0].flags, IFA_F_PERMANENT);
		CHECK_STR(link->addresses[1].text, "fe80::1/24");
	}
	/* the prepared driver sends IPv4 routes when asked for IPv6, too */
	if (CHECK_INT(link->n_routes, 4)) {
		CHECK_STR(link->routes[0].destination, "0.0.0.0/0");
		CHECK_STR(link->routes[0].gateway, "10.0.0.254");
		CHECK_STR(link->routes[1].destination, "10.5.0.0/16");
	}
	bondtool_free(bt);
}

/* The decoders on LENGTH bytes in memory of just that size, so that a sanitizer sees each step. */
static void decode(const void *bytes, size_t length)
{
	struct bondtool_snapshot snapshot = {0};
	struct nlmsghdr *message = malloc(length);
	struct bt_link *link = NULL;

	memcpy(message, bytes, length);
	message->nlmsg_len = (uint32_t)length;
	if (bt_decode_link(message, &link) == 0)
		CHECK_INT(bt_snapshot_add(&snapshot, link), 0);
	CHECK_INT(bt_snapshot_index(&snapshot), 0);
	CHECK_INT(bt_snapshot_name_interfaces(&snapshot), 0);
	CHECK_INT(bt_decode_address(&snapshot, message), 0);
	CHECK_INT(bt_decode_route(&snapshot, message), 0);
	bt_snapshot_clear(&snapshot);
	free(snapshot.links);
	free(message);
}

/* Every message of the prepared driver cut at every length. */
static void test_truncated_messages(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);

	canned_add(canned, newer_bond());
	canned_add(canned, address(AF_INET6, 2, "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 0));
	canned_add(canned, route(RTPROT_STATIC, RT_TABLE_MAIN, 16));
	for (size_t i = 0; i < canned->n_messages; i++) {
		struct nlmsghdr *message = nlmsg_hdr(canned->messages[i]);

		for (size_t length = sizeof(*message); length <= message->nlmsg_len; length++)
			decode(message, length);
	}
	bondtool_free(bt);
}

/* ... and with bytes changed at random; the same ones each time. */
static void test_garbled_messages(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);
	uint32_t random = 12345;

	canned_add(canned, newer_bond());
	canned_add(canned, address(AF_INET, 2, "\x0a\0\0\1", 0));
	canned_add(canned, route(RTPROT_STATIC, RT_TABLE_MAIN, 16));
	for (int round = 0; round < 20000; round++) {
		struct nlmsghdr *message =
			nlmsg_hdr(canned->messages[(size_t)round % canned->n_messages]);
		unsigned char bytes[4096];
		size_t length = message->nlmsg_len;

		memcpy(bytes, message, length);
		for (int changes = 0; changes < 4; changes++) {
			random = random * 1664525 + 1013904223;
			/* the type stays, so that the message gets somewhere */
			bytes[16 + (random >> 8) % (length - 16)] = (unsigned char)random;
		}
		decode(bytes, length);
	}
	bondtool_free(bt);
}

static enum bt_took took(const struct bt_link *link, const char *name, const char *text)
{
	struct bondtool *bt = bondtool_new();
	struct bt_values wanted = {0};
	enum bt_took result;

	CHECK_INT(bt_options_set(bt, &wanted, name, text, NULL), 0);
	result = bt_snapshot_took(link, &wanted.values[0]);
	bt_values_release(&wanted);
	bondtool_free(bt);
	return result;
}

static void test_what_took(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = read_all(bt);
	struct bt_link *link = bt_snapshot_by_name(snapshot, "bond0");
	struct bt_value no_targets = {.id = BT_OPT_NS_IP6_TARGET};

	CHECK_INT(took(link, "mode", "1"), BT_TOOK);
	CHECK_INT(took(link, "mode", "802.3ad"), BT_TOOK_NOT);
	CHECK_INT(took(link, "updelay", "200"), BT_TOOK);
	CHECK_INT(took(link, "updelay", "299"), BT_TOOK_ROUNDED);
	CHECK_INT(took(link, "updelay", "300"), BT_TOOK_NOT);
	CHECK_INT(took(link, "primary", "p4"), BT_TOOK);
	CHECK_INT(took(link, "primary", "p5"), BT_TOOK_NOT);
	CHECK_INT(took(link, "arp_ip_target", "10.0.0.1,10.0.0.2"), BT_TOOK);
	CHECK_INT(took(link, "arp_ip_target", "10.0.0.1"), BT_TOOK_NOT);
	CHECK_INT(took(link, "ns_ip6_target", "fe80::1"), BT_TOOK_NOT);
	CHECK_INT(bt_snapshot_took(link, &no_targets), BT_TOOK);
	CHECK_INT(took(link, "lacp_strict", "on"), BT_TOOK_UNKNOWN);
	CHECK_INT(took(link, "queue_id", "3"), BT_TOOK_UNKNOWN);
	CHECK_INT(took(bt_snapshot_by_name(snapshot, "p5"), "queue_id", "3"), BT_TOOK);
	CHECK_INT(took(bt_snapshot_by_name(snapshot, "p5"), "queue_id", "4"), BT_TOOK_NOT);
	CHECK_INT(took(bt_snapshot_by_name(snapshot, "lo"), "mode", "1"), BT_TOOK_UNKNOWN);
	bondtool_free(bt);
}

static int write_option(struct bondtool *bt, const char *name, const char *text)
{
	struct bt_values values = {0};
	int r;

	CHECK_INT(bt_options_set(bt, &values, name, text, NULL), 0);
	r = bt_sysfs_write_option(bt, "bond0", "p4", &values.values[0]);
	bt_values_release(&values);
	return r;
}

/* The grammar of each kind of file. */
static void test_options_as_sysfs_wants_them(void)
{
	static const struct {
		const char *option, *text, *written;
		unsigned writes;
	} cases[] = {
		{"miimon", "0", "bond0/bonding/miimon 0\n", 1},
		{"mode", "4", "bond0/bonding/mode 802.3ad\n", 1},
		{"xmit_hash_policy", "layer3+4", "bond0/bonding/xmit_hash_policy layer3+4\n", 1},
		{"primary", "p4", "bond0/bonding/primary p4\n", 1},
		{"num_unsol_na", "3", "bond0/bonding/num_grat_arp 3\n", 1},
		{"ad_actor_system", "02:00:00:00:00:01",
		 "bond0/bonding/ad_actor_system 02:00:00:00:00:01\n", 1},
		{"queue_id", "3", "bond0/bonding/queue_id p4:3\n", 1},
		{"arp_ip_target", "10.0.0.1,10.0.0.3", "bond0/bonding/arp_ip_target +10.0.0.3\n",
		 2},
		{"arp_ip_target", "10.0.0.1,10.0.0.2", "", 0},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++) {
		struct canned *canned;
		struct bondtool *bt = prepare(&canned);

		canned_file(canned, "bond0/bonding/arp_ip_target", "10.0.0.1 10.0.0.2\n");
		CHECK_INT(write_option(bt, cases[i].option, cases[i].text), 0);
		CHECK_STR(canned->last_write, cases[i].written);
		CHECK_INT(canned->writes, cases[i].writes);
		canned->write_result = -EBUSY;
		if (cases[i].writes)
			CHECK_INT(write_option(bt, cases[i].option, cases[i].text), -EBUSY);
		CHECK_INT(write_option(bt, "ns_ip6_target", "fe80::1"), -EOPNOTSUPP);
		bondtool_free(bt);
	}
}

TESTS(TEST(test_a_bond_and_its_ports), TEST(test_one_bond_asks_little),
      TEST(test_what_is_not_there), TEST(test_interrupted_dumps_are_begun_anew),
      TEST(test_speed_by_ethtool_and_by_sysfs), TEST(test_unknown_attributes_are_kept),
      TEST(test_order_when_sysfs_is_too_short), TEST(test_addresses_and_routes),
      TEST(test_truncated_messages), TEST(test_garbled_messages), TEST(test_what_took),
      TEST(test_options_as_sysfs_wants_them))
