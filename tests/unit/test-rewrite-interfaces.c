/* SPDX-License-Identifier: GPL-2.0-or-later
 * Writing profiles back into /etc/network/interfaces and what it includes, as each of the three
 * tools reads it: the lines whose meaning was changed change, and no others.
 */
#include <glob.h>
#include <stdlib.h>

#include "rewriting.h"

static const char main_text[] = "# the uplink\n"
				"auto lo\n"
				"iface lo inet loopback\n"
				"\n"
				"source interfaces.d/*\n"
				"\n"
				"# one of two\n"
				"auto eth0\n"
				"iface eth0 inet manual\n"
				"\tbond-master bond0\n";
static const char bond_text[] = "auto   bond0 eth1\n"
				"iface bond0 inet static\n"
				"        # of the rack\n"
				"\taddress 192.0.2.10\n"
				"\tnetmask 255.255.255.0\n"
				"\tbroadcast 192.0.2.255\n"
				"\tgateway   192.0.2.1\n"
				"\tbond_mode 1\n"
				"\tbond-miimon\t100\n"
				"\t# slaves\n"
				"\tbond-slaves none\n"
				"\n"
				"\tup ip route add 198.51.100.0/24 via 192.0.2.2 dev bond0\n"
				"\tdown ip route del 198.51.100.0/24\n"
				"\tup logger bond0 is up\n"
				"\tup echo 3 > /sys/class/net/bond0/bonding/resend_igmp\n"
				"\tdns-nameservers 192.0.2.53 \\\n"
				"\t\t192.0.2.54\n"
				"\n"
				"# second\n"
				"iface eth1 inet manual\n"
				"\tbond-master bond0";

static const struct original texts[] = {
	{"dir/", "interfaces", main_text}, {"dir/", "interfaces.d/bond0", bond_text}, {0}};

static const char *written_main(const struct rewriting *r)
{
	return written(r, "interfaces");
}

static const char *written_bond(const struct rewriting *r)
{
	return written(r, "interfaces.d/bond0");
}

static void test_without_a_change_all_is_the_same(void)
{
	check_unchanged("interfaces", texts);
}

/* One property of bond0 gets a VALUE: in the text, OTHER takes the place of PART. */
static void check_change(const char *property, const char *value, const char *part,
			 const char *other)
{
	BT_AUTOFREE char *expected = with(bond_text, part, other);
	struct rewriting r = begin("interfaces");

	read_originals(&r, texts);
	change(&r, "bond0", property, value);
	write_all(&r);
	CHECK_STR(written_main(&r), main_text);
	CHECK_STR(written_bond(&r), expected);
	end(&r);
}

static void test_single_values_change_single_lines(void)
{
	check_change("bond.options", "mode=1,miimon=250,resend_igmp=3", "-miimon\t100",
		     "-miimon\t250");
	check_change("bond.options", "mode=4,miimon=100,resend_igmp=3", "bond_mode 1",
		     "bond_mode 802.3ad");
	check_change("bond.options", "mode=1,resend_igmp=3", "\tbond-miimon\t100\n", "");
	check_change("bond.options", "mode=1,miimon=100,resend_igmp=7", "echo 3", "echo 7");
	check_change("bond.options", "mode=1,miimon=100,resend_igmp=3,updelay=200",
		     "\t\t192.0.2.54\n", "\t\t192.0.2.54\n\tbond-updelay 200\n");
	check_change("ipv4.addresses", "192.0.2.11/24", "address 192.0.2.10\n",
		     "address 192.0.2.11\n");
	check_change("ipv4.gateway", "192.0.2.254", "gateway   192.0.2.1\n",
		     "gateway   192.0.2.254\n");
	check_change("ipv4.gateway", "", "\tgateway   192.0.2.1\n", "");
	check_change("ipv4.dns", "192.0.2.55", "192.0.2.53 \\\n\t\t192.0.2.54", "192.0.2.55");
	check_change("ethernet.mtu", "9000", "\t\t192.0.2.54\n", "\t\t192.0.2.54\n\tmtu 9000\n");
	check_change("connection.autoconnect", "no", "auto   bond0 eth1", "auto   eth1");
}

/* What goes with an address or a route goes with it. */
static void test_lines_that_go_together(void)
{
	check_change("ipv4.addresses", "192.0.2.10/25",
		     "address 192.0.2.10\n\tnetmask 255.255.255.0\n\tbroadcast 192.0.2.255\n",
		     "address 192.0.2.10/25\n");
	check_change("ipv4.routes", "198.51.100.0/24 192.0.2.3",
		     "up ip route add 198.51.100.0/24 via 192.0.2.2 dev bond0\n"
		     "\tdown ip route del 198.51.100.0/24\n",
		     "up ip route add 198.51.100.0/24 via 192.0.2.3 dev $IFACE\n");
	check_change("ipv4.routes", "",
		     "\tup ip route add 198.51.100.0/24 via 192.0.2.2 dev bond0\n"
		     "\tdown ip route del 198.51.100.0/24\n",
		     "");
	check_change("ipv4.addresses", "192.0.2.10/24,192.0.2.12/24", "\t\t192.0.2.54\n",
		     "\t\t192.0.2.54\n"
		     "\n"
		     "iface bond0 inet static\n"
		     "    address 192.0.2.12/24\n");
	check_change("ipv6.method", "auto", "\t\t192.0.2.54\n",
		     "\t\t192.0.2.54\n"
		     "\n"
		     "iface bond0 inet6 auto\n");
}

static void test_another_method(void)
{
	BT_AUTOFREE char *header = with(bond_text, "bond0 inet static", "bond0 inet dhcp");
	BT_AUTOFREE char *address = with(header,
					 "\taddress 192.0.2.10\n\tnetmask 255.255.255.0\n"
					 "\tbroadcast 192.0.2.255\n\tgateway   192.0.2.1\n",
					 "");
	struct rewriting r = begin("interfaces");

	read_originals(&r, texts);
	change(&r, "bond0", "ipv4.addresses", "");
	change(&r, "bond0", "ipv4.gateway", "");
	change(&r, "bond0", "ipv4.method", "auto");
	write_all(&r);
	CHECK_STR(written_bond(&r), address);
	end(&r);
}

static void test_ports_come_and_go(void)
{
	BT_AUTOFREE char *main_gone = with(main_text,
					   "auto eth0\niface eth0 inet manual\n"
					   "\tbond-master bond0\n",
					   "");
	BT_AUTOFREE char *bond_more = with(bond_text, "bond-slaves none", "bond-slaves eth2");
	struct rewriting r = begin("interfaces");
	struct bondtool_profile *port;

	read_originals(&r, texts);
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "eth0")));
	port = bt_profile_new();
	bt_profile_set(r.bt, port, BT_PROP_ID, "eth2", NULL);
	bt_profile_set(r.bt, port, BT_PROP_TYPE, "802-3-ethernet", NULL);
	bt_profile_set(r.bt, port, BT_PROP_INTERFACE_NAME, "eth2", NULL);
	bt_profile_set(r.bt, port, BT_PROP_CONTROLLER, "bond0", NULL);
	bt_profile_set(r.bt, port, BT_PROP_PORT_TYPE, "bond", NULL);
	bt_config_add(r.config, port);
	write_all(&r);
	CHECK_STR(written_main(&r), main_gone);
	CHECK_STR(written_bond(&r), bond_more);
	end(&r);
}

/* A port that leaves its bond stays, without it. */
static void test_port_leaves(void)
{
	BT_AUTOFREE char *alone =
		with(bond_text, "inet manual\n\tbond-master bond0", "inet dhcp\n");
	struct rewriting r = begin("interfaces");

	read_originals(&r, texts);
	change(&r, "eth1", "connection.controller", "");
	change(&r, "eth1", "ipv4.method", "auto");
	write_all(&r);
	CHECK_STR(written_main(&r), main_text);
	CHECK_STR(written_bond(&r), alone);
	end(&r);
}

static void test_another_name(void)
{
	BT_AUTOFREE char *start = with(bond_text, "auto   bond0 eth1", "auto   bond0 eth7");
	BT_AUTOFREE char *named = with(start, "iface eth1", "iface eth7");
	struct rewriting r = begin("interfaces");

	read_originals(&r, texts);
	change(&r, "eth1", "connection.interface-name", "eth7");
	change(&r, "eth1", "connection.id", "eth7");
	write_all(&r);
	CHECK_STR(written_bond(&r), named);
	end(&r);
}

/* The file at PATH in a new string; NULL when it cannot be read. */
static char *slurp(const char *path)
{
	BT_AUTOTEXT struct bt_text text = {0};
	FILE *file = fopen(path, "re");
	int c;

	if (!file)
		return NULL;
	while ((c = getc(file)) != EOF)
		bt_text_add_char(&text, (char)c);
	bt_text_add(&text, "");
	fclose(file);
	return bt_text_take(&text);
}

/* Where the file of this name was read from, below FOLDER. */
static char *original(const char *folder, const char *name)
{
	BT_AUTOFREE char *tree = bt_format("%s/etc/network/%s", folder, name);
	BT_AUTOFREE char *beside = bt_format("%s/%s", folder, name);
	char *text = slurp(tree);

	return text ? text : slurp(beside);
}

/* True when all files are as they were. */
static bool check_fixture(const char *format, const char *folder)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;
	struct bondtool_files *files = NULL;
	const char *path = folder;
	bool anew;

	if (bondtool_read(bt, format, &path, 1, &config) == 0 &&
	    CHECK_INT(bondtool_write(bt, config, format, &files), 0) &&
	    bondtool_config_count(config) && !is_anew(bt)) {
		CHECK(bondtool_files_count(files) > 0);
		for (size_t i = 0; i < bondtool_files_count(files); i++) {
			const struct bondtool_file *file = bondtool_files_at(files, i);
			BT_AUTOFREE char *text = original(folder, file->name);

			if (!CHECK_STR(file->text, text))
				printf("# %s: %s\n", folder, file->name);
		}
	}
	anew = is_anew(bt);
	bondtool_files_free(files);
	bondtool_config_free(config);
	bondtool_free(bt);
	return !anew;
}

/* But for the junk of each, which has NUL bytes: a file that is written has none. */
static void test_fixtures_without_a_change_are_the_same(void)
{
	static const char *const formats[] = {"interfaces", "ifupdown2", "ifupdown-ng"};
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < BT_ARRAY_SIZE(formats); i++) {
		BT_AUTOFREE char *pattern =
			bt_format("%s/tests/fixtures/%s/*/in", getenv("SRCDIR"), formats[i]);
		glob_t found = {0};

		if (!CHECK_INT(glob(pattern, 0, NULL, &found), 0))
			continue;
		for (size_t k = 0; k < found.gl_pathc; k++, count++)
			kept += check_fixture(formats[i], found.gl_pathv[k]);
		globfree(&found);
	}
	CHECK(count > 75);
	CHECK_INT(kept, count - BT_ARRAY_SIZE(formats));
}

/* TEXT as it becomes of a change in it, however a tool reads it. */
static void check_text(const char *format, const char *text, const char *id, const char *property,
		       const char *value, const char *expected)
{
	struct rewriting r = begin(format);

	add(&r, "interfaces", text);
	read_all(&r);
	change(&r, id, property, value);
	write_all(&r);
	CHECK_STR(written(&r, "interfaces"), expected);
	end(&r);
}

/* Stanzas without a family, and several addresses in one. */
static void test_changes_for_ifupdown2(void)
{
	static const char text[] = "auto bond0\n"
				   "iface bond0\n"
				   "  # both\n"
				   "  address 192.0.2.1/24\n"
				   "  address 192.0.2.2\n"
				   "  netmask 255.255.255.0\n"
				   "  bond-slaves glob swp1-2\n"
				   "  bond-lacp-rate YES\n"
				   "  bond-mode 802.3AD\n";
	BT_AUTOFREE char *second = with(text, "192.0.2.2\n", "192.0.2.3\n");
	BT_AUTOFREE char *rate = with(text, "YES", "slow");
	BT_AUTOFREE char *one = with(text, "  address 192.0.2.2\n  netmask 255.255.255.0\n", "");

	check_text("ifupdown2", text, "bond0", "ipv4.addresses", "192.0.2.1/24,192.0.2.3/24",
		   second);
	check_text("ifupdown2", text, "bond0", "ipv4.addresses", "192.0.2.1/24", one);
	check_text("ifupdown2", text, "bond0", "bond.options", "mode=802.3ad,lacp_rate=slow", rate);
}

/* "auto" opens a stanza, and '#' begins a comment anywhere. */
static void test_changes_for_ifupdown_ng(void)
{
	static const char text[] = "auto bond0 # at boot\n"
				   "\tbond-members eth0 eth1 # both\n"
				   "\tbond-mode active-backup # one at a time\n"
				   "\tmtu 9000\n";
	BT_AUTOFREE char *mode = with(text, "active-backup", "802.3ad");
	BT_AUTOFREE char *manual = with(text, "auto bond0", "iface bond0");
	BT_AUTOFREE char *mtu = with(text, "\tmtu 9000\n", "");

	check_text("ifupdown-ng", text, "bond0", "bond.options", "mode=802.3ad", mode);
	check_text("ifupdown-ng", text, "bond0", "connection.autoconnect", "no", manual);
	check_text("ifupdown-ng", text, "bond0", "ethernet.mtu", "", mtu);
}

/* What an interface inherits is another one's, too: the text cannot be changed alone. */
static void test_inherited_lines_are_written_anew(void)
{
	struct rewriting r = begin("interfaces");

	add(&r, "interfaces",
	    "iface fast inet manual\n\tmtu 9000\n"
	    "auto bond0\niface bond0 inet manual inherits fast\n"
	    "\tbond-slaves eth0\n\tbond-mode 1\n");
	read_all(&r);
	change(&r, "bond0", "ethernet.mtu", "");
	write_all(&r);
	CHECK(is_anew(r.bt));
	CHECK(!strstr(written(&r, "interfaces"), "9000"));
	end(&r);
}

TESTS(TEST(test_fixtures_without_a_change_are_the_same),
      TEST(test_without_a_change_all_is_the_same), TEST(test_single_values_change_single_lines),
      TEST(test_lines_that_go_together), TEST(test_another_method), TEST(test_ports_come_and_go),
      TEST(test_port_leaves), TEST(test_another_name), TEST(test_changes_for_ifupdown2),
      TEST(test_changes_for_ifupdown_ng), TEST(test_inherited_lines_are_written_anew))
