/* SPDX-License-Identifier: GPL-2.0-or-later
 * The status of bonds in every mode, as text and as JSON, compared with tests/unit/golden/status;
 * BONDTOOL_REGENERATE=1 writes these files anew. That the text is the driver's own is shown by
 * tests/kernel/status.bats.
 */
#include <stdlib.h>

#include "canned.h"
#include "test.h"

static char *read_file(const char *path)
{
	char *text = calloc(1, 65536);
	FILE *file = fopen(path, "r");

	if (file && !fread(text, 1, 65535, file))
		*text = '\0';
	if (file)
		fclose(file);
	return text;
}

static void check_golden(const char *name, const char *suffix, const char *text)
{
	const char *source = getenv("SRCDIR");
	BT_AUTOFREE char *path = bt_format("%s/tests/unit/golden/status/%s.%s",
					   source ? source : ".", name, suffix);
	BT_AUTOFREE char *golden = NULL;
	FILE *file;

	if (getenv("BONDTOOL_REGENERATE") && (file = fopen(path, "w"))) {
		fputs(text, file);
		fclose(file);
	}
	golden = read_file(path);
	CHECK_STR(text, golden);
}

static void check_status(struct bondtool *bt, const char *name)
{
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	BT_AUTOFREE char *text = NULL;
	BT_AUTOFREE char *json = NULL;
	BT_AUTOFREE char *json_line = NULL;

	if (!CHECK_INT(bondtool_snapshot_read_bond(bt, "bond0", &snapshot), 0))
		return;
	text = bondtool_status_text(bt, snapshot, "bond0");
	json = bondtool_status_json(bt, snapshot, "bond0");
	if (!CHECK(text && json))
		return;
	json_line = bt_format("%s\n", json);
	check_golden(name, "text", text);
	check_golden(name, "json", json_line);
}

/* A bond with two ports: one works, the other lost its link. */
static struct bondtool *prepare(struct canned **ret_canned, const char *options,
				const struct bt_aggregator *aggregator)
{
	struct bondtool *bt = canned_new(ret_canned);
	bool lacp = aggregator;
	struct canned_link bond = {.ifindex = 2,
				   .name = "bond0",
				   .kind = "bond",
				   .flags = IFF_UP | IFF_LOWER_UP,
				   .options = options,
				   .aggregator = aggregator};
	struct canned_link p3 = {.ifindex = 3,
				 .name = "p3",
				 .controller = 2,
				 .flags = IFF_UP | IFF_LOWER_UP,
				 .lacp = lacp,
				 .aggregator_id = 1,
				 .actor_state = 63,
				 .partner_state = 61,
				 .churn = -1};
	struct canned_link p4 = {.ifindex = 4,
				 .name = "p4",
				 .controller = 2,
				 .flags = IFF_UP,
				 .state = BOND_STATE_BACKUP,
				 .mii_status = BOND_LINK_DOWN,
				 .failures = 2,
				 .port_options = "queue_id=9 prio=-1"};

	canned_add_link(*ret_canned, &bond);
	canned_add_link(*ret_canned, &p3);
	canned_add_link(*ret_canned, &p4);
	canned_file(*ret_canned, "bond0/bonding/slaves", "p4 p3\n");
	(*ret_canned)->has_ethtool = true;
	return bt;
}

static void test_every_mode(void)
{
	static const struct {
		const char *name, *options;
	} cases[] = {
		{"balance-rr", "mode=balance-rr miimon=100 updelay=200 downdelay=300 "
			       "peer_notif_delay=0"},
		{"active-backup",
		 "mode=active-backup miimon=0 updelay=0 downdelay=0 peer_notif_delay=0 "
		 "arp_interval=1000 arp_missed_max=2 arp_ip_target=10.0.0.1,10.0.0.2 "
		 "ns_ip6_target=fe80::5efe:10.0.0.1,2001:db8::1 primary=p4 primary_reselect=better "
		 "active_slave=p3 fail_over_mac=follow"},
		{"balance-xor", "mode=balance-xor miimon=50 xmit_hash_policy=vlan+srcmac"},
		{"broadcast", "mode=broadcast miimon=0 arp_interval=10"},
		{"balance-tlb", "mode=balance-tlb miimon=100 tlb_dynamic_lb=0 active_slave=p3"},
		{"balance-alb", "mode=balance-alb miimon=100 tlb_dynamic_lb=1"},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++) {
		struct canned *canned;
		struct bondtool *bt = prepare(&canned, cases[i].options, NULL);

		check_status(bt, cases[i].name);
		CHECK_INT(canned->proc_reads, 0);
		bondtool_free(bt);
	}
}

static const struct bt_aggregator aggregator = {
	.id = 1, .ports = 1, .actor_key = 15, .partner_key = 17,
	.partner = {.bytes = {2, 0, 0x5e, 0, 0, 0x99}, .length = 6}};

static const char lacp_options[] =
	"mode=802.3ad miimon=100 updelay=0 downdelay=0 peer_notif_delay=0 "
	"xmit_hash_policy=layer3+4 lacp_active=on lacp_rate=fast min_links=1 ad_select=bandwidth";

/* What the driver's text adds for a reader with CAP_NET_ADMIN. */
static void test_lacp_with_all_rights(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned, lacp_options, &aggregator);

	canned->proc =
		"System priority: 65535\nSystem MAC address: 02:00:00:00:00:02\n"
		"Slave Interface: p4\nAggregator ID: N/A\n"
		"Slave Interface: p3\nAggregator ID: 1\nActor Churn State: none\n"
		"Partner Churn State: monitoring\nActor Churned Count: 0\n"
		"Partner Churned Count: 3\ndetails actor lacp pdu:\n"
		"    system priority: 65535\n    system mac address: 02:00:00:00:00:02\n"
		"    port key: 15\n    port priority: 255\n    port number: 1\n"
		"    port state: 63\ndetails partner lacp pdu:\n    system priority: 127\n"
		"    system mac address: 02:00:5e:00:00:99\n    oper key: 17\n"
		"    port priority: 128\n    port number: 5\n    port state: 61\n";
	check_status(bt, "802.3ad");
	CHECK_INT(canned->proc_reads, 1);
	bondtool_free(bt);
}

/* A reader without rights, on a kernel that tells no churn by netlink and has no /proc. */
static void test_lacp_with_little_told(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned, lacp_options, &aggregator);

	check_status(bt, "802.3ad-little");
	bondtool_free(bt);
}

static void test_bond_without_ports(void)
{
	struct canned *canned;
	struct bondtool *bt = canned_new(&canned);
	struct canned_link bond = {.ifindex = 2,
				   .name = "bond0",
				   .kind = "bond",
				   .options = "mode=active-backup miimon=0 updelay=0 downdelay=0"};

	canned_add_link(canned, &bond);
	check_status(bt, "no-ports");
	bondtool_free(bt);
}

/* The port went down; what the driver saw before is in its own text alone. */
static void test_speed_of_a_port_that_is_down(void)
{
	struct canned *canned;
	struct bondtool *bt = canned_new(&canned);
	struct canned_link bond = {
		.ifindex = 2, .name = "bond0", .kind = "bond", .options = "mode=balance-rr"};
	struct canned_link port = {.ifindex = 3, .name = "p3", .controller = 2};
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	BT_AUTOFREE char *text = NULL;

	canned_add_link(canned, &bond);
	canned_add_link(canned, &port);
	canned->has_ethtool = true;
	canned->proc = "Slave Interface: p3\nSpeed: 40000 Mbps\nDuplex: half\n";
	CHECK_INT(bondtool_snapshot_read(bt, &snapshot), 0);
	text = bondtool_status_text(bt, snapshot, "bond0");
	CHECK(text && strstr(text, "Speed: 40000 Mbps\nDuplex: half\n"));
	CHECK_INT(bt_snapshot_by_name(snapshot, "p3")->speed.mbps, 1003);
	bondtool_free(bt);
}

static void test_address_of_infiniband(void)
{
	struct canned *canned;
	struct bondtool *bt = canned_new(&canned);
	struct canned_link bond = {
		.ifindex = 2, .name = "bond0", .kind = "bond", .options = "mode=active-backup"};
	struct canned_link port = {
		.ifindex = 3, .name = "p3", .controller = 2, .infiniband = true};
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	BT_AUTOFREE char *text = NULL;

	canned_add_link(canned, &bond);
	canned_add_link(canned, &port);
	CHECK_INT(bondtool_snapshot_read(bt, &snapshot), 0);
	text = bondtool_status_text(bt, snapshot, "bond0");
	CHECK(text && strstr(text, "Permanent HW addr: 02:00:5e:00:00:03:00:00:00:00:00:00:00:00:"
				   "00:00:00:00:00:00\n"));
	bondtool_free(bt);
}

static void test_unknown_bond(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned, "mode=balance-rr", NULL);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;

	CHECK_INT(bondtool_snapshot_read(bt, &snapshot), 0);
	CHECK(!bondtool_status_text(bt, snapshot, "bond7"));
	CHECK(!bondtool_status_json(bt, snapshot, "p3"));
	CHECK_STR(bondtool_diags_at(bt, 0)->message, "there is no interface 'bond7'");
	CHECK_STR(bondtool_diags_at(bt, 1)->message, "interface 'p3' is no bond");
	bondtool_free(bt);
}

static void test_links_for_a_program(void)
{
	struct canned *canned;
	struct bondtool *bt = prepare(&canned, "mode=balance-rr", NULL);
	BT_AUTOSNAPSHOT struct bondtool_snapshot *snapshot = NULL;
	struct bondtool_link_info info;

	CHECK_INT(bondtool_snapshot_read(bt, &snapshot), 0);
	CHECK_INT(bondtool_links_count(snapshot), 3);
	CHECK(bondtool_link_info(snapshot, 1, &info));
	CHECK_STR(info.name, "p3");
	CHECK_STR(info.kind, "ethernet");
	CHECK_STR(info.mac, "02:00:00:00:00:03");
	CHECK_STR(info.permanent_mac, "02:00:5e:00:00:03");
	CHECK_STR(info.controller, "bond0");
	CHECK(!info.parent);
	CHECK_INT(info.vlan_id, -1);
	CHECK_INT(info.speed, 1003);
	CHECK_STR(info.duplex, "full");
	CHECK(info.up && info.carrier);
	CHECK(!info.addresses4[0] && !info.routes6[0] && !info.gateway4);
	CHECK(!bondtool_link_info(snapshot, 3, &info));
	bondtool_free(bt);
}

TESTS(TEST(test_every_mode), TEST(test_lacp_with_all_rights), TEST(test_lacp_with_little_told),
      TEST(test_bond_without_ports), TEST(test_speed_of_a_port_that_is_down),
      TEST(test_address_of_infiniband),
      TEST(test_unknown_bond), TEST(test_links_for_a_program))
