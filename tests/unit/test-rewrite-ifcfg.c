/* SPDX-License-Identifier: GPL-2.0-or-later
 * Writing profiles back into Red Hat's ifcfg files, and into those of aliases, routes and rules
 * that stand beside them.
 */
#include "rewriting.h"

static const char bond[] = "# the uplink\n"
			   "DEVICE=bond0\n"
			   "NAME=bond0\n"
			   "TYPE=Bond   # not Team\n"
			   "BONDING_OPTS='mode=1  miimon=100'\n"
			   "\n"
			   "BOOTPROTO=none\n"
			   "IPADDR=192.0.2.1\n"
			   "PREFIX=24\n"
			   "  MTU=1500\n"
			   "NONSENSE=5";
static const char alias[] = "# for the web\nDEVICE=bond0:1\nIPADDR=192.0.2.10\nPREFIX=24\n";
static const char routes[] = "# ways out\n"
			     "198.51.100.0/24   via 192.0.2.254\n"
			     "\n"
			     "203.0.113.0/24 via 192.0.2.253 dev bond0";
static const char rules[] = "from 192.0.2.0/24 table 5\n";

static const struct original files[] = {{"dir/", "ifcfg-bond0", bond},
					{"dir/", "ifcfg-bond0:1", alias},
					{"dir/", "route-bond0", routes},
					{"dir/", "rule-bond0", rules},
					{0}};

static void test_without_a_change_all_is_the_same(void)
{
	check_unchanged("ifcfg", files);
}

static void test_single_lines_change(void)
{
	struct rewriting r = begin("ifcfg");

	read_originals(&r, files);
	change(&r, "bond0", "bond.options", "mode=1,miimon=250");
	change(&r, "bond0", "ethernet.mtu", "9000");
	change(&r, "bond0", "ipv4.routes", "203.0.113.0/24 192.0.2.253,203.0.114.0/24 192.0.2.4 7");
	write_all(&r);
	check_written(&r, "ifcfg-bond0", bond, "'mode=1  miimon=100'",
		      "\"mode=active-backup miimon=250\"", "MTU=1500", "MTU=9000", NULL);
	CHECK_STR(written(&r, "ifcfg-bond0:1"), alias);
	CHECK_STR(written(&r, "route-bond0"), "# ways out\n"
					      "\n"
					      "203.0.113.0/24 via 192.0.2.253 dev bond0\n"
					      "203.0.114.0/24 via 192.0.2.4 metric 7\n");
	end(&r);
}

/* An alias goes with its address, and what is new stands in the interface's own file. */
static void test_addresses_of_aliases(void)
{
	struct rewriting r = begin("ifcfg");

	read_originals(&r, files);
	change(&r, "bond0", "ipv4.addresses", "192.0.2.1/24,192.0.2.10/24,192.0.2.11/24");
	write_all(&r);
	CHECK_STR(written(&r, "ifcfg-bond0:1"), alias);
	CHECK(strstr(written(&r, "ifcfg-bond0"), "IPADDR1=192.0.2.11\nPREFIX1=24\n"));
	bondtool_files_free(r.files);
	change(&r, "bond0", "ipv4.addresses", "192.0.2.1/24");
	write_all(&r);
	CHECK(!written(&r, "ifcfg-bond0:1"));
	CHECK(!strstr(written(&r, "ifcfg-bond0"), "192.0.2.11"));
	end(&r);
}

/* Routes as variables cannot be changed line by line. */
static void test_variables_of_routes(void)
{
	static const char text[] = "# ways out\nADDRESS0=198.51.100.0\nNETMASK0=255.255.255.0\n"
				   "GATEWAY0=192.0.2.254\n";
	struct rewriting r = begin("ifcfg");

	add(&r, "dir/ifcfg-bond0", bond);
	add(&r, "dir/route-bond0", text);
	read_all(&r);
	change(&r, "bond0", "ipv4.routes", "203.0.113.0/24 192.0.2.253");
	write_all(&r);
	CHECK_STR(written(&r, "route-bond0"), "203.0.113.0/24 via 192.0.2.253\n");
	end(&r);
}

TESTS(TEST(test_without_a_change_all_is_the_same), TEST(test_single_lines_change),
      TEST(test_addresses_of_aliases), TEST(test_variables_of_routes))
