/* SPDX-License-Identifier: GPL-2.0-or-later
 * Writing a configuration back into the files that it came from: what was changed changes, and the
 * rest keeps its order, its comments and its spacing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "rewriting.h"

static const char keyfile[] = "# the uplink\n"
			      "[connection]\n"
			      "type = bond\n"
			      "id=up\n"
			      "# until the migration\n"
			      "autoconnect = false\n"
			      "interface-name=bond0\n"
			      "master=br0\n"
			      "port-type=bridge\n"
			      "\n"
			      "[bond]\n"
			      "num_unsol_na=3\n"
			      "miimon=100\n"
			      "mode=1\n"
			      "nonsense=5\n"
			      "\n"
			      "[802-3-ethernet]\n"
			      "mtu=1500\n"
			      "\n"
			      "[ipv4]\n"
			      "method=manual\n"
			      "addresses1=192.0.2.1;24;192.0.2.254\n"
			      "# the old one\n"
			      "address7=192.0.2.7/24\n"
			      "route3=198.51.100.0/24,192.0.2.9\n"
			      "route3_options=table=7\n"
			      "\n"
			      "[proxy]\n";

static const struct original keyfiles[] = {{"dir/", "up.nmconnection", keyfile}, {0}};

static void test_keyfile_without_a_change_is_the_same(void)
{
	check_unchanged("keyfile", keyfiles);
}

static void test_keyfile_changes_single_lines(void)
{
	struct rewriting r = begin("keyfile");

	read_originals(&r, keyfiles);
	change(&r, "up", "connection.autoconnect", "yes");
	change(&r, "up", "connection.controller", "br1");
	change(&r, "up", "connection.zone", "internal");
	change(&r, "up", "bond.options", "mode=802.3ad,num_grat_arp=4,miimon=100");
	change(&r, "up", "ethernet.mtu", "9000");
	change(&r, "up", "ipv4.gateway", "192.0.2.253");
	change(&r, "up", "ipv4.routes", "");
	change(&r, "up", "ipv6.method", "disabled");
	write_all(&r);
	check_written(&r, "up.nmconnection", keyfile, "autoconnect = false", "autoconnect = true",
		      "master=br0", "master=br1", "port-type=bridge\n",
		      "port-type=bridge\nzone=internal\n", "num_unsol_na=3\n", "", "mode=1\n",
		      "mode=802.3ad\n", "nonsense=5\n", "nonsense=5\nnum_grat_arp=4\n", "mtu=1500",
		      "mtu=9000", "addresses1=192.0.2.1;24;192.0.2.254\n", "",
		      "address7=192.0.2.7/24\n"
		      "route3=198.51.100.0/24,192.0.2.9\n"
		      "route3_options=table=7\n",
		      "address1=192.0.2.1/24,192.0.2.253\n"
		      "address2=192.0.2.7/24\n",
		      "[proxy]\n", "[proxy]\n\n[ipv6]\nmethod=disabled\n", NULL);
	end(&r);
}

static const char netdev[] = "; the uplink\n"
			     "[NetDev]\n"
			     "Name=bond0\n"
			     "Kind=bond\n"
			     "MTUBytes=1500\n"
			     "\n"
			     "[Bond]\n"
			     "Mode = active-backup\n"
			     "# often enough\n"
			     "MIIMonitorSec=0.1\n"
			     "Nonsense=5\n";
static const char dropin[] = "[Bond]\nMIIMonitorSec=0.2\n";
static const char network[] = "[Match]\n"
			      "Name=bond0\n"
			      "\n"
			      "[Network]\n"
			      "LinkLocalAddressing=no\n"
			      "# temporary\n"
			      "DNS=192.0.2.53\n"
			      "DNS=192.0.2.54\n"
			      "\n"
			      "[Address]\n"
			      "Address=192.0.2.1/24\n"
			      "Label=bond0:1\n"
			      "\n"
			      "[Route]\n"
			      "Gateway=192.0.2.254\n"
			      "Metric=100\n";
static const char ports[] = "[Match]\nName=eth0 eth1\n\n[Network]\nBond=bond0\n";

static const struct original units[] = {{"dir/", "10-bond0.netdev", netdev},
					{"dir/", "10-bond0.netdev.d/faster.conf", dropin},
					{"dir/", "20-bond0.network", network},
					{"dir/", "30-ports.network", ports},
					{0}};

static void test_units_without_a_change_are_the_same(void)
{
	check_unchanged("networkd", units);
}

static void test_units_change_single_lines(void)
{
	struct rewriting r = begin("networkd");

	read_originals(&r, units);
	change(&r, "bond0", "bond.options", "mode=balance-rr,miimon=250,updelay=500");
	change(&r, "bond0", "ethernet.mtu", "9000");
	change(&r, "bond0", "ipv4.dns", "192.0.2.55");
	change(&r, "bond0", "ipv4.addresses", "192.0.2.1/24,192.0.2.2/24");
	change(&r, "bond0", "ipv4.routes", "");
	write_all(&r);
	check_written(&r, "10-bond0.netdev", netdev, "active-backup", "balance-rr",
		      "MIIMonitorSec=0.1\n", "", "Nonsense=5\n", "Nonsense=5\nUpDelaySec=500ms\n",
		      NULL);
	CHECK_STR(written(&r, "10-bond0.netdev.d/faster.conf"), "[Bond]\nMIIMonitorSec=250ms\n");
	check_written(&r, "20-bond0.network", network, "DNS=192.0.2.53\nDNS=192.0.2.54\n",
		      "DNS=192.0.2.55\nAddress=192.0.2.2/24\n\n[Link]\nMTUBytes=9000\n",
		      "\n[Route]\nGateway=192.0.2.254\nMetric=100\n", "", NULL);
	CHECK_STR(written(&r, "30-ports.network"), ports);
	end(&r);
}

/* A file that is for others too is left alone; a new one comes before it. */
static void test_shared_units_are_left_alone(void)
{
	struct rewriting r = begin("networkd");

	read_originals(&r, units);
	change(&r, "eth1", "connection.lldp", "disable");
	write_all(&r);
	CHECK_STR(written(&r, "30-ports.network"), ports);
	CHECK_STR(written(&r, "10-eth1.network"),
		  "[Match]\nName=eth1\n\n[Network]\nLLDP=no\nBond=bond0\n");
	end(&r);
}

static void test_profiles_that_are_gone_take_their_files_along(void)
{
	struct rewriting r = begin("networkd");

	add(&r, "a.netdev", netdev);
	add(&r, "b.network", "[Match]\nName=eth0\n\n[Network]\nBond=bond0\n");
	read_all(&r);
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "eth0")));
	write_all(&r);
	CHECK_INT(bondtool_files_count(r.files), 2); /* the bond's own .network file is new */
	CHECK(!written(&r, "b.network"));
	end(&r);
}

static const char native[] = "# the uplink\n"
			     "connection:\n"
			     "    type: bond\n"
			     "    uuid: 9c5d1c0e-5a53-4bd1-8d6f-2f6f3f2f0001\n"
			     "    id: up\n"
			     "    master: br0\n"
			     "    slave-type: bridge\n"
			     "ethernet: {mtu: 1500}\n"
			     "bond:\n"
			     "    options:\n"
			     "        # as the switch\n"
			     "        num_unsol_na: 3\n"
			     "        mode: '1'\n"
			     "        miimon: 100   # ms\n"
			     "        nonsense: 5\n"
			     "\n"
			     "ipv4:\n"
			     "    addresses:\n"
			     "    - 192.0.2.1/24 # first\n"
			     "    - 192.0.2.7/24\n";

static const struct original natives[] = {{"dir/", "up.yaml", native}, {0}};

static void test_native_without_a_change_is_the_same(void)
{
	check_unchanged("yaml", natives);
}

static void test_native_changes_single_lines(void)
{
	struct rewriting r = begin("yaml");

	read_originals(&r, natives);
	change(&r, "up", "connection.controller", "br1");
	change(&r, "up", "bond.options", "mode=1,num_grat_arp=4,updelay=200,miimon=100");
	change(&r, "up", "ethernet.mtu", "9000");
	change(&r, "up", "ipv4.addresses", "192.0.2.1/24,192.0.2.2/24");
	change(&r, "up", "ipv6.method", "disabled");
	write_all(&r);
	check_written(&r, "up.yaml", native, "master: br0", "master: br1", "mtu: 1500", "mtu: 9000",
		      "num_unsol_na: 3", "num_unsol_na: 4", "nonsense: 5\n",
		      "nonsense: 5\n        updelay: 200\n", "    - 192.0.2.7/24\n",
		      "    - 192.0.2.2/24\nipv6:\n    method: disabled\n", NULL);
	end(&r);
}

/* The same setting under both of its names: which of them a change meant cannot be told. */
static void test_native_that_says_things_twice_is_written_anew(void)
{
	static const char text[] = "connection: {id: up, type: bond}\n"
				   "802-3-ethernet: {mtu: 1500}\n"
				   "ethernet: {mtu: 9000}\n";
	struct rewriting r = begin("yaml");

	add(&r, "dir/up.yaml", text);
	read_all(&r);
	change(&r, "up", "ethernet.mtu", "2000");
	write_all(&r);
	CHECK_STR(written(&r, "up.yaml"), "connection:\n"
					  "  id: up\n"
					  "  type: bond\n"
					  "802-3-ethernet:\n"
					  "  mtu: 2000\n"
					  "bond:\n"
					  "  options: {}\n");
	CHECK_STR(bondtool_diags_at(r.bt, bondtool_diags_count(r.bt) - 1)->rule, "rewrite/anew");
	end(&r);
}

static const char suse_bond[] = "# the uplink\n"
				"STARTMODE=onboot\n"
				"BOOTPROTO='static'   # by hand\n"
				"IPADDR='192.0.2.10'\n"
				"NETMASK='255.255.255.0'\n"
				"IPADDR_two=\"192.0.2.11/24\"\n"
				"LABEL_two='two'\n"
				"\n"
				"BONDING_MASTER=YES\n"
				"  BONDING_MODULE_OPTS=\"mode=1  miimon=100 num_unsol_na=3\"\n"
				"BONDING_SLAVE0='eth0'\n"
				"BONDING_SLAVE_7='eth1'\n"
				"NAME='first' # not the one\n"
				"NAME='Uplink'\n"
				"# temporary\n"
				"MTU=1500";
static const char suse_port[] = "STARTMODE='hotplug'\nBOOTPROTO='static'\nNAME='left'\n";
static const char suse_own_routes[] = "# ways out\n"
				      "198.51.100.0/24  192.0.2.2\n"
				      "nonsense\n";
static const char suse_routes[] = "default 192.0.2.1 - - # the router\n"
				  "203.0.113.0/24 192.0.2.3 - -\n"
				  "198.18.0.0/15 192.0.9.9 - -\n";

static const struct original suse[] = {{"dir/", "ifcfg-bond0", suse_bond},
				       {"dir/", "ifcfg-eth0", suse_port},
				       {"dir/", "ifroute-bond0", suse_own_routes},
				       {"dir/", "routes", suse_routes},
				       {0}};

static void test_suse_without_a_change_is_the_same(void)
{
	check_unchanged("ifcfg-suse", suse);
}

static void test_suse_changes_single_lines(void)
{
	struct rewriting r = begin("ifcfg-suse");

	read_originals(&r, suse);
	change(&r, "bond0", "bond.options",
	       "mode=active-backup,miimon=250,updelay=500,num_grat_arp=3");
	change(&r, "bond0", "ipv4.addresses", "192.0.2.20/24,192.0.2.11/24");
	change(&r, "bond0", "ipv4.routes",
	       "203.0.113.0/24 192.0.2.3,203.0.114.0/24 192.0.2.4 7 table=5");
	change(&r, "bond0", "ipv4.gateway", "");
	change(&r, "bond0", "ethernet.mtu", "9000");
	change(&r, "eth0", "ethernet.cloned-mac-address", "02:00:5e:00:53:01");
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "eth1")));
	write_all(&r);
	check_written(&r, "ifcfg-bond0", suse_bond, "192.0.2.10'\n", "192.0.2.20/24'\n",
		      "NETMASK='255.255.255.0'\n", "", "\"mode=1  miimon=100 num_unsol_na=3\"",
		      "'mode=1 miimon=250 num_unsol_na=3 updelay=500'", "BONDING_SLAVE_7='eth1'\n",
		      "", "MTU=1500", "MTU='9000'\n", NULL);
	CHECK_STR(written(&r, "ifcfg-eth0"),
		  "STARTMODE='hotplug'\nBOOTPROTO='static'\nNAME='left'\n"
		  "LLADDR='02:00:5e:00:53:01'\n");
	CHECK_STR(written(&r, "ifroute-bond0"),
		  "# ways out\n"
		  "nonsense\n"
		  "203.0.114.0/24 192.0.2.4 - bond0 metric 7 table 5\n");
	CHECK_STR(written(&r, "routes"), "203.0.113.0/24 192.0.2.3 - -\n"
					 "198.18.0.0/15 192.0.9.9 - -\n");
	end(&r);
}

/* wicked's words for routes are those of ip, but for some. */
static void test_suse_routes_have_words_that_wicked_knows(void)
{
	struct rewriting r = begin("ifcfg-suse");

	add(&r, "dir/ifcfg-eth0", suse_port);
	read_all(&r);
	change(&r, "eth0", "ipv4.routes",
	       "203.0.114.0/24 192.0.2.4 9 tos=16 rto_min=250 lock-mtu=true mtu=1400 onlink=true "
	       "quickack=yes,203.0.115.0/24 type=blackhole weight=5");
	bondtool_diags_clear(r.bt);
	write_all(&r);
	CHECK_STR(written(&r, "ifroute-eth0"),
		  "203.0.114.0/24 192.0.2.4 - eth0 metric 9 tos 0x10 mtu lock 1400 rto_min 250\n"
		  "203.0.115.0/24 - - eth0 blackhole\n");
	if (CHECK_INT(bondtool_diags_count(r.bt), 3))
		CHECK_STR(bondtool_diags_at(r.bt, 0)->message,
			  "ifcfg-suse: 'eth0': ipv4.routes: wicked has no word for onlink=true");
	end(&r);
}

/* A value that wicked drops because nothing ends it must not come to life. */
static void test_suse_dead_ends_stay_dead(void)
{
	struct rewriting r = begin("ifcfg-suse");

	add(&r, "dir/ifcfg-eth0", "BOOTPROTO='dhcp4'\nSTARTMODE=auto");
	read_all(&r);
	change(&r, "eth0", "ethernet.mtu", "9000");
	write_all(&r);
	CHECK_STR(written(&r, "ifcfg-eth0"), "BOOTPROTO='dhcp4'\nMTU='9000'\nSTARTMODE=auto");
	change(&r, "eth0", "connection.autoconnect", "yes");
	bondtool_files_free(r.files);
	write_all(&r);
	CHECK_STR(written(&r, "ifcfg-eth0"), "BOOTPROTO='dhcp4'\nSTARTMODE='auto'\nMTU='9000'\n");
	end(&r);
}

/* Where NetworkManager reads, it wants its files to be private, and their names to be right. */
static void test_installed_keyfiles_are_looked_at(void)
{
	char root[] = "/tmp/bondtool-test.XXXXXX";
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;

	if (!CHECK(mkdtemp(root)))
		return;

	BT_AUTOFREE char *manager = bt_format("%s/NetworkManager", root);
	BT_AUTOFREE char *folder = bt_format("%s/system-connections", manager);
	BT_AUTOFREE char *path = bt_format("%s/up.nmconnection", folder);
	BT_AUTOFREE char *bare = bt_format("%s/up", folder);
	const char *paths[] = {path};
	FILE *file;

	mkdir(manager, 0700);
	mkdir(folder, 0700);
	file = fopen(path, "we");
	if (CHECK(file)) {
		fputs("[connection]\nid=up\ntype=bond\ninterface-name=bond0\n", file);
		fclose(file);
	}
	chmod(path, 0640);
	CHECK_INT(bondtool_read(bt, "keyfile", paths, 1, &config), 0);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "keyfile/permissions");
	bondtool_config_free(config);
	bondtool_diags_clear(bt);
	chmod(path, 0600);
	CHECK_INT(bondtool_read(bt, "keyfile", paths, 1, &config), 0);
	CHECK_INT(bondtool_diags_count(bt), 0);
	bondtool_config_free(config);
	paths[0] = bare;
	CHECK_INT(rename(path, bare), 0);
	CHECK_INT(bondtool_read(bt, "keyfile", paths, 1, &config), 0);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "keyfile/file-name");
	bondtool_config_free(config);
	bondtool_free(bt);
	unlink(bare);
	rmdir(folder);
	rmdir(manager);
	rmdir(root);
}

/* ... and so does netplan. */
static void test_installed_netplan_files_are_looked_at(void)
{
	char root[] = "/tmp/bondtool-test.XXXXXX";
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;

	if (!CHECK(mkdtemp(root)))
		return;

	BT_AUTOFREE char *etc = bt_format("%s/etc", root);
	BT_AUTOFREE char *folder = bt_format("%s/netplan", etc);
	BT_AUTOFREE char *path = bt_format("%s/a.yaml", folder);
	const char *paths[] = {root};
	FILE *file;

	mkdir(etc, 0700);
	mkdir(folder, 0700);
	file = fopen(path, "we");
	if (CHECK(file)) {
		fputs("network: {bonds: {bond0: {}}}\n", file);
		fclose(file);
	}
	chmod(path, 0644);
	CHECK_INT(bondtool_read(bt, "netplan", paths, 1, &config), 0);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "netplan/permissions");
	bondtool_config_free(config);
	bondtool_diags_clear(bt);
	chmod(path, 0600);
	CHECK_INT(bondtool_read(bt, "netplan", paths, 1, &config), 0);
	CHECK_INT(bondtool_diags_count(bt), 0);
	CHECK_INT(bondtool_config_count(config), 1);
	bondtool_config_free(config);
	bondtool_free(bt);
	unlink(path);
	rmdir(folder);
	rmdir(etc);
	rmdir(root);
}

TESTS(TEST(test_keyfile_without_a_change_is_the_same), TEST(test_keyfile_changes_single_lines),
      TEST(test_units_without_a_change_are_the_same), TEST(test_units_change_single_lines),
      TEST(test_shared_units_are_left_alone),
      TEST(test_profiles_that_are_gone_take_their_files_along),
      TEST(test_suse_without_a_change_is_the_same), TEST(test_suse_changes_single_lines),
      TEST(test_suse_routes_have_words_that_wicked_knows), TEST(test_suse_dead_ends_stay_dead),
      TEST(test_native_without_a_change_is_the_same), TEST(test_native_changes_single_lines),
      TEST(test_native_that_says_things_twice_is_written_anew),
      TEST(test_installed_keyfiles_are_looked_at), TEST(test_installed_netplan_files_are_looked_at))
