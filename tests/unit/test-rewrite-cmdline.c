/* SPDX-License-Identifier: GPL-2.0-or-later
 * Writing command lines back: the words whose meaning was changed change, and the others keep their
 * order and their spelling.
 */
#include "rewriting.h"

static const char pieces[] = "bond=bond0:enp1s0,enp2s0:mode=1,miimon=100  \n"
			     "vlan=bond0.7:bond0 ip=bond0.7:dhcp\n"
			     "\n"
			     "ip=192.0.2.1::192.0.2.254:255.255.255.0::bond0:none\n"
			     "rd.route=198.51.100.0/24:192.0.2.9:bond0";
static const char boot[] = "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro bond=bond1:enp3s0,enp4s0:mode=4 "
			   "ip=bond1:dhcp nameserver=192.0.2.53 quiet\n";

static const struct original lines[] = {
	{"etc/cmdline.d/", "10-bond.conf", pieces}, {"proc/", "cmdline", boot}, {0}};

static void test_lines_without_a_change_are_the_same(void)
{
	check_unchanged("cmdline", lines);
}

/* The word changes whose meaning does; the others keep their spelling. */
static void test_lines_change_single_words(void)
{
	struct rewriting r = begin("cmdline");

	read_originals(&r, lines);
	change(&r, "bond0", "bond.options", "mode=active-backup,miimon=200");
	change(&r, "bond0", "ipv4.addresses", "192.0.2.1/24,192.0.2.2/24");
	change(&r, "bond0", "ipv4.routes", "");
	change(&r, "enp3s0", "ethernet.mac-address", "52:54:00:00:00:01");
	change(&r, "enp4s0", "connection.interface-name", "enp5s0");
	write_all(&r);
	CHECK_STR(written(&r, "10-bond.conf"),
		  "bond=bond0:enp1s0,enp2s0:mode=active-backup,miimon=200  \n"
		  "vlan=bond0.7:bond0 ip=bond0.7:dhcp\n"
		  "\n"
		  "ip=192.0.2.1::192.0.2.254:24::bond0:none ip=192.0.2.2:::24::bond0:none\n");
	CHECK_STR(written(&r, "cmdline"),
		  "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro bond=bond1:enp3s0,enp5s0:mode=802.3ad "
		  "ip=bond1:dhcp nameserver=192.0.2.53 quiet ifname=enp3s0:52:54:00:00:00:01\n");
	end(&r);
}

/* bridge= is about several interfaces: those that have none of ours stay as they are. */
static void test_bridges_get_and_lose_ports(void)
{
	struct rewriting r = begin("cmdline");

	add(&r, "proc/cmdline",
	    "ro bond=bond0:eth0,eth1:mode=1 bridge=br0:bond0,eth5 bridge=br1:eth8 quiet\n");
	read_all(&r);
	change(&r, "bond0", "connection.controller", "br2");
	write_all(&r);
	CHECK_STR(written(&r, "cmdline"), "ro bond=bond0:eth0,eth1:mode=1 bridge=br2:bond0 "
					  "bridge=br0:eth5 bridge=br1:eth8 quiet\n");
	end(&r);
}

/* nameserver= is for all interfaces: where one has another, each says its own. */
static void test_common_words_become_single_ones(void)
{
	struct rewriting r = begin("cmdline");

	read_originals(&r, lines);
	change(&r, "bond0.7", "ipv4.dns", "192.0.2.54");
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "bond1")));
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "enp3s0")));
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "enp4s0")));
	write_all(&r);
	CHECK_STR(written(&r, "10-bond.conf"),
		  "bond=bond0:enp1s0,enp2s0:mode=1,miimon=100  \n"
		  "vlan=bond0.7:bond0 ip=:::::bond0.7:dhcp:192.0.2.54\n"
		  "\n"
		  "ip=192.0.2.1::192.0.2.254:24::bond0:none:192.0.2.53\n"
		  "rd.route=198.51.100.0/24:192.0.2.9:bond0");
	CHECK_STR(written(&r, "cmdline"), "BOOT_IMAGE=/vmlinuz root=/dev/sda1 ro quiet\n");
	end(&r);
}

TESTS(TEST(test_bridges_get_and_lose_ports), TEST(test_lines_without_a_change_are_the_same),
      TEST(test_lines_change_single_words), TEST(test_common_words_become_single_ones))
