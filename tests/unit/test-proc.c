/* SPDX-License-Identifier: GPL-2.0-or-later
 * The parser of the driver's status text, on the shapes that driver versions have given it.
 */
#include "test.h"
#include "wire/proc.h"

static struct bt_proc parse(const char *text)
{
	struct bt_proc proc = {0};

	CHECK_INT(bt_proc_parse(text, &proc), 0);
	return proc;
}

static void check_mac(const struct bt_mac *mac, const char *text)
{
	BT_AUTOFREE char *shown = bt_mac_text(mac);

	CHECK_STR(shown, text);
}

/* As 6.x prints it for a reader with CAP_NET_ADMIN. */
static const char modern[] =
	"Ethernet Channel Bonding Driver: v6.1.0\n\n"
	"Bonding Mode: IEEE 802.3ad Dynamic link aggregation\n"
	"Transmit Hash Policy: layer2 (0)\nMII Status: up\n\n"
	"802.3ad info\nLACP active: on\nLACP rate: fast\nMin links: 0\n"
	"Aggregator selection policy (ad_select): stable\n"
	"System priority: 4096\nSystem MAC address: 02:00:5e:00:00:01\n"
	"Active Aggregator Info:\n\tAggregator ID: 7\n\tNumber of ports: 1\n\tActor Key: 15\n"
	"\tPartner Key: 17\n\tPartner Mac Address: 02:00:5e:00:00:99\n"
	"\nSlave Interface: eth0\nMII Status: up\nSpeed: 25000 Mbps\nDuplex: full\n"
	"Link Failure Count: 3\nPermanent HW addr: 02:00:00:00:00:01\nSlave queue ID: 0\n"
	"Aggregator ID: 7\nActor Churn State: none\nPartner Churn State: churned\n"
	"Actor Churned Count: 0\nPartner Churned Count: 4\n"
	"details actor lacp pdu:\n    system priority: 4096\n"
	"    system mac address: 02:00:5e:00:00:01\n    port key: 15\n    port priority: 255\n"
	"    port number: 1\n    port state: 63\n"
	"details partner lacp pdu:\n    system priority: 32768\n"
	"    system mac address: 02:00:5e:00:00:99\n    oper key: 17\n    port priority: 32767\n"
	"    port number: 4\n    port state: 61\n"
	"\nSlave Interface: eth1\nMII Status: down\nSpeed: Unknown\nDuplex: Unknown\n"
	"Link Failure Count: 0\nPermanent HW addr: 02:00:00:00:00:02\nSlave queue ID: 0\n"
	"Aggregator ID: N/A\n";

static void test_all_that_a_modern_driver_tells(void)
{
	BT_AUTOPROC struct bt_proc proc = parse(modern);

	CHECK_INT(proc.system_priority, 4096);
	check_mac(&proc.system_mac, "02:00:5e:00:00:01");
	if (!CHECK_INT(proc.n_ports, 2))
		return;
	CHECK_STR(proc.ports[0].name, "eth0");
	CHECK_INT(proc.ports[0].speed.mbps, 25000);
	CHECK_INT(proc.ports[0].speed.duplex, BT_DUPLEX_FULL);
	CHECK_INT(proc.ports[0].aggregator_id, 7);
	CHECK_INT(proc.ports[0].actor_churn, BT_CHURN_NONE);
	CHECK_INT(proc.ports[0].partner_churn, BT_CHURN_CHURNED);
	CHECK_INT(proc.ports[0].actor_churned, 0);
	CHECK_INT(proc.ports[0].partner_churned, 4);
	CHECK(proc.ports[0].has_lacp);
	CHECK_INT(proc.ports[0].actor.system_priority, 4096);
	CHECK_INT(proc.ports[0].actor.key, 15);
	CHECK_INT(proc.ports[0].actor.port_priority, 255);
	CHECK_INT(proc.ports[0].actor.port_number, 1);
	CHECK_INT(proc.ports[0].actor.port_state, 63);
	CHECK_INT(proc.ports[0].partner.system_priority, 32768);
	check_mac(&proc.ports[0].partner.system_mac, "02:00:5e:00:00:99");
	CHECK_INT(proc.ports[0].partner.key, 17);
	CHECK_INT(proc.ports[0].partner.port_priority, 32767);
	CHECK_INT(proc.ports[0].partner.port_number, 4);
	CHECK_INT(proc.ports[0].partner.port_state, 61);
	CHECK_STR(proc.ports[1].name, "eth1");
	CHECK_INT(proc.ports[1].speed.mbps, 0);
	CHECK_INT(proc.ports[1].speed.duplex, BT_DUPLEX_UNKNOWN);
	CHECK_INT(proc.ports[1].aggregator_id, -1);
	CHECK_INT(proc.ports[1].actor_churn, -1);
	CHECK(!proc.ports[1].has_lacp);
}

/* Driver 3.6 and 3.7: no PDUs, the aggregator before the queue, no names for unknown speeds. */
static void test_an_old_driver(void)
{
	BT_AUTOPROC struct bt_proc proc = parse(
		"Ethernet Channel Bonding Driver: v3.7.1 (April 27, 2011)\n\n"
		"Bonding Mode: IEEE 802.3ad Dynamic link aggregation\n"
		"802.3ad info\nLACP rate: slow\nActive Aggregator Info:\n\tAggregator ID: 2\n"
		"\nSlave Interface: eth0\nMII Status: up\nSpeed: 1000 Mbps\nDuplex: half\n"
		"Link Failure Count: 0\nPermanent HW addr: 02:00:00:00:00:01\nAggregator ID: 2\n"
		"Slave queue ID: 0\n"
		"\nSlave Interface: eth1\nMII Status: down\nSpeed: -1 Mbps\nDuplex: full\n");

	CHECK_INT(proc.system_priority, -1);
	CHECK_INT(proc.system_mac.length, 0);
	if (!CHECK_INT(proc.n_ports, 2))
		return;
	CHECK_INT(proc.ports[0].speed.mbps, 1000);
	CHECK_INT(proc.ports[0].speed.duplex, BT_DUPLEX_HALF);
	CHECK_INT(proc.ports[0].aggregator_id, 2);
	CHECK_INT(proc.ports[0].actor_churned, -1);
	CHECK(!proc.ports[0].has_lacp);
	CHECK_INT(proc.ports[1].speed.mbps, 0);
}

/* 2.6: no more than names and states. */
static void test_an_ancient_driver(void)
{
	BT_AUTOPROC struct bt_proc proc = parse("Ethernet Channel Bonding Driver: v2.6.3-rh\n\n"
						"Bonding Mode: fault-tolerance\n"
						"Currently Active Slave: eth0\nMII Status: up\n"
						"\nSlave Interface: eth0\nMII Status: up\n"
						"\nSlave Interface: eth1\nMII Status: up\n");

	if (CHECK_INT(proc.n_ports, 2)) {
		CHECK_STR(proc.ports[0].name, "eth0");
		CHECK_STR(proc.ports[1].name, "eth1");
		CHECK_INT(proc.ports[1].aggregator_id, -1);
	}
}

/* Copied through a mail or a ticket: other line ends, indented, addresses masked. */
static void test_a_copied_text(void)
{
	BT_AUTOPROC struct bt_proc proc =
		parse("  System priority: 100\r\n  System MAC address: xx:xx:xx:xx:xx:xx\r\n"
		      "  Slave Interface: eth0  \r\n  Speed: 1000 Mbps\r\n  Aggregator ID: 3\r\n"
		      "  something new: 5\r\n  no colon here\r\n");

	CHECK_INT(proc.system_priority, 100);
	CHECK_INT(proc.system_mac.length, 0);
	if (CHECK_INT(proc.n_ports, 1)) {
		CHECK_STR(proc.ports[0].name, "eth0");
		CHECK_INT(proc.ports[0].speed.mbps, 1000);
		CHECK_INT(proc.ports[0].aggregator_id, 3);
	}
}

/* Both ends count only when they are there in full. */
static void test_half_a_pdu(void)
{
	BT_AUTOPROC struct bt_proc proc = parse("details actor lacp pdu:\n    port key: 1\n"
						"Slave Interface: eth0\nAggregator ID: 1\n"
						"details actor lacp pdu:\n    port key: 15\n"
						"details partner lacp pdu:\n    port key: 15\n"
						"    oper key: nonsense\n");

	if (CHECK_INT(proc.n_ports, 1))
		CHECK(!proc.ports[0].has_lacp);
}

static void test_names_and_values_beyond_measure(void)
{
	BT_AUTOPROC struct bt_proc proc =
		parse("Slave Interface: a-name-that-is-much-too-long-for-any-interface\n"
		      "Speed: 99999999999999999999 Mbps\n"
		      "Actor Churned Count: 99999999999999999999\nActor Churn State: upset\n");

	if (CHECK_INT(proc.n_ports, 1)) {
		CHECK_STR(proc.ports[0].name, "a-name-that-is-");
		CHECK_INT(proc.ports[0].speed.mbps, 0);
		CHECK_INT(proc.ports[0].actor_churned, -1);
		CHECK_INT(proc.ports[0].actor_churn, BT_CHURN_UNKNOWN);
	}
}

/* Cut off anywhere, as a reader of a file sees it that is being written. */
static void test_any_beginning_can_be_read(void)
{
	for (size_t length = 0; length < sizeof(modern); length++) {
		BT_AUTOFREE char *text = strndup(modern, length);
		BT_AUTOPROC struct bt_proc proc = parse(text);

		CHECK(proc.n_ports <= 2);
	}
}

TESTS(TEST(test_all_that_a_modern_driver_tells), TEST(test_an_old_driver),
      TEST(test_an_ancient_driver), TEST(test_a_copied_text), TEST(test_half_a_pdu),
      TEST(test_names_and_values_beyond_measure), TEST(test_any_beginning_can_be_read))
