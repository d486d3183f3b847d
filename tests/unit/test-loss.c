/* SPDX-License-Identifier: GPL-2.0-or-later
 * The report of losses: what it says of what a format cannot hold, and where it points.
 */
#include "base/text.h"
#include "parsers/format.h"
#include "test.h"

/* TEXT, a file called NAME of format FROM, as the first of the files of format TO. */
static char *converted(struct bondtool *bt, const char *name, const char *text, const char *from,
		       const char *to)
{
	const struct bt_source *source = bt_source_add(bt, name, text, strlen(text));
	BT_AUTOINPUTS struct bt_inputs inputs = {0};
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	struct bondtool_files *files = NULL;
	const struct bondtool_file *file;
	char *written;

	CHECK_INT(bt_inputs_add(&inputs, source, false), 0);
	CHECK_INT(bt_format_find(from)->read(bt, &inputs, config), 0);
	for (size_t i = 0; i < config->count; i++)
		config->profiles[i]->format = bt_format_find(from)->id;
	CHECK_INT(bondtool_write(bt, config, to, &files), 0);
	file = bondtool_files_at(files, 0);
	written = strdup(file ? file->text : "");
	bondtool_files_free(files);
	return written;
}

/* TEXT, a keyfile, written in FORMAT: the first finding of RULE; the caller frees *RET_BT. */
static const struct bondtool_diag *loss(const char *text, const char *format, const char *rule,
					struct bondtool **ret_bt)
{
	struct bondtool *bt = *ret_bt = bondtool_new();

	free(converted(bt, "bond0.nmconnection", text, "keyfile", format));
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		if (strcmp(bondtool_diags_at(bt, i)->rule, rule) == 0)
			return bondtool_diags_at(bt, i);
	return NULL;
}

#define BOND "[connection]\nid=bond0\ntype=bond\ninterface-name=bond0\n"

static const struct loss_case {
	const char *text, *format, *rule;
	enum bondtool_severity severity;
	unsigned line, column;
	const char *message;
	const char *hint; /* NULL: there is none */
} cases[] = {
	{BOND "[bond]\nmode=active-backup\nmiimon=100\nmin_links=2\n", "interfaces", "loss/option",
	 BONDTOOL_WARNING, 8, 11, "'bond0': interfaces has no place for the option min_links=2",
	 "post-up echo 2 > /sys/class/net/$IFACE/bonding/min_links"},
	{BOND "[bond]\nmode=802.3ad\nad_actor_sys_prio=7\n", "netplan", "loss/option",
	 BONDTOOL_WARNING, 7, 19,
	 "'bond0': netplan has no place for the option ad_actor_sys_prio=7",
	 "in /etc/systemd/network/10-netplan-bond0.netdev.d/bond.conf: "
	 "[Bond] AdActorSystemPriority=7"},
	{BOND "[bond]\nmode=802.3ad\nlacp_active=0\n", "netplan", "loss/option",
	 BONDTOOL_WARNING, 7, 13, "'bond0': netplan has no place for the option lacp_active=off",
	 "in a script of networkd-dispatcher: ip link set bond0 down && "
	 "ip link set bond0 up type bond lacp_active off"},
	{BOND "[bond]\nmode=802.3ad\nnum_grat_arp=0\n", "netplan", "loss/value",
	 BONDTOOL_WARNING, 7, 14,
	 "netplan: 'bond0': the option num_grat_arp is lost: netplan does not pass 0 on",
	 "in /etc/systemd/network/10-netplan-bond0.netdev.d/bond.conf: [Bond] GratuitousARP=0"},
	{BOND "zone=home\n[bond]\nmode=active-backup\n", "networkd", "loss/property",
	 BONDTOOL_WARNING, 5, 6, "'bond0': networkd has no place for connection.zone: home",
	 "firewall-cmd --permanent --zone=home --add-interface=bond0"},
	{"[connection]\nid=a\ntype=ethernet\ninterface-name=eth0\n[ethernet]\n"
	 "mac-address=52:54:00:00:00:01\n", "interfaces", "loss/property", BONDTOOL_WARNING, 6, 13,
	 "'a': interfaces has no place for 802-3-ethernet.mac-address: 52:54:00:00:00:01",
	 "a .link file keeps it: [Match] PermanentMACAddress=52:54:00:00:00:01, [Link] Name=eth0"},
	{"[connection]\nid=v\ntype=vlan\ninterface-name=bond0.5\n[vlan]\nparent=bond0\nid=5\n"
	 "[ipv6]\nmethod=disabled\n", "interfaces", "loss/property", BONDTOOL_WARNING, 9, 8,
	 "'v': interfaces has no place for ipv6.method: disabled",
	 "in a file of /etc/sysctl.d: net.ipv6.conf.bond0/5.disable_ipv6 = 1"},
	{"[connection]\nid=v\ntype=vlan\ninterface-name=bond0.5\n[vlan]\nparent=bond0\nid=5\n"
	 "flags=1\n", "interfaces", "loss/property", BONDTOOL_NOTE, 8, 7,
	 "'v': interfaces has no place for vlan.flags: 1, which is so anyway", NULL},
	{"[connection]\nid=v\ntype=vlan\ninterface-name=bond0.5\n[vlan]\nparent=bond0\nid=5\n"
	 "flags=3\n", "interfaces", "loss/property", BONDTOOL_WARNING, 8, 7,
	 "'v': interfaces has no place for vlan.flags: 3", NULL},
	{BOND "[bond]\nmode=802.3ad\n[ipv4]\nmethod=manual\naddress1=10.0.0.1/24\n"
	      "never-default=true\n", "networkd", "loss/property", BONDTOOL_NOTE, 10, 15,
	 "'bond0': networkd has no place for ipv4.never-default: yes, which is so anyway", NULL},
	{BOND "[bond]\nmode=802.3ad\n[ipv4]\nmethod=manual\naddress1=10.0.0.1/24,10.0.0.2\n"
	      "never-default=true\n", "networkd", "loss/property", BONDTOOL_WARNING, 10, 15,
	 "'bond0': networkd has no place for ipv4.never-default: yes", NULL},
	{BOND "colour=red\n[bond]\nmode=active-backup\n", "ifcfg", "loss/key", BONDTOOL_WARNING, 5,
	 1, "'bond0': ifcfg has no place for the key colour=red", NULL},
	{BOND "uuid=5c6b7a1e-0000-4000-8000-000000000001\n[bond]\nmode=active-backup\n", "networkd",
	 "loss/identity", BONDTOOL_NOTE, 0, 0, "'bond0': networkd does not keep connection.uuid",
	 NULL},
	{BOND "[bond]\nmode=802.3ad\n[ipv4]\nmethod=manual\naddress1=10.0.0.1/24\n"
	      "route1=10.9.0.0/16,10.0.0.2\nroute1_options=weight=3\n",
	 "interfaces", "loss/value", BONDTOOL_WARNING, 10, 8,
	 "interfaces: 'bond0': some attributes of ipv4.routes are left out", NULL},
	{BOND "[bond]\nmode=802.3ad\n[ipv4]\nmethod=manual\naddress1=10.0.0.1/24\n"
	      "dns-search=example.net;~corp;\n",
	 "interfaces", "loss/value", BONDTOOL_WARNING, 10, 24,
	 "interfaces: 'bond0': ipv4.dns-search: resolv.conf can only search domains, so '~corp' is "
	 "left out", NULL},
	{"[connection]\nid=a\ntype=ethernet\ninterface-name=eth0\n[ipv4]\nmethod=manual\n"
	 "address1=10.0.0.1/24\ndns=10.0.0.53;10.0.0.54;\n",
	 "ifcfg-suse", "loss/value", BONDTOOL_WARNING, 8, 5,
	 "ifcfg-suse: 'a': ipv4.dns stands in one file for all interfaces",
	 "in the file config: NETCONFIG_DNS_STATIC_SERVERS=\"10.0.0.53 10.0.0.54\""},
	{"[connection]\nid=any\ntype=ethernet\n[ipv4]\nmethod=auto\n", "interfaces", "loss/profile",
	 BONDTOOL_WARNING, 1, 1, "", NULL},
};

static void test_losses_are_named_with_their_place(void)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++) {
		const struct loss_case *c = &cases[i];
		struct bondtool *bt;
		const struct bondtool_diag *diag = loss(c->text, c->format, c->rule, &bt);

		if (CHECK(diag)) {
			CHECK_INT(diag->severity, c->severity);
			CHECK_STR(diag->file, c->line ? "bond0.nmconnection" : NULL);
			CHECK_INT(diag->line, c->line);
			CHECK_INT(diag->column, c->column);
			CHECK(*c->message ? strcmp(diag->message, c->message) == 0
					  : strstr(diag->message, "any") != NULL);
			CHECK_STR(diag->hint, c->hint);
		} else {
			printf("# no %s in %s\n", c->rule, c->format);
		}
		bondtool_free(bt);
	}
}

static void test_nothing_is_lost_where_all_is_kept(void)
{
	struct bondtool *bt;

	CHECK(!loss(BOND "zone=home\n[bond]\nmode=802.3ad\nmin_links=2\n", "keyfile",
		    "loss/property", &bt));
	CHECK_INT(bondtool_diags_count(bt), 0);
	bondtool_free(bt);
}

/* NetworkManager refuses ports that say not of what, and looks for addresses unless told. */
static void test_keyfiles_say_what_networkmanager_would_assume(void)
{
	static const char port[] = "profiles:\n- connection: {id: a, type: 802-3-ethernet, "
				   "interface-name: eth0, controller: bond0}\n",
			  bond[] = "profiles:\n- connection: {id: b, type: bond, interface-name: "
				   "bond0}\n  bond: {options: {mode: 802.3ad, miimon: 100}}\n";
	struct bondtool *bt = bondtool_new();
	BT_AUTOFREE char *both = bt_format("%s%s", port, bond + strlen("profiles:\n"));
	BT_AUTOFREE char *first = converted(bt, "both.yaml", both, "yaml", "keyfile");
	BT_AUTOFREE char *alone = converted(bt, "bond.yaml", bond, "yaml", "keyfile");

	CHECK(strstr(first, "\nmaster=bond0\nslave-type=bond\n"));
	CHECK(!strstr(first, "[ipv"));
	CHECK(strstr(alone, "\n[ipv4]\nmethod=disabled\n\n[ipv6]\nmethod=ignore\n"));
	bondtool_free(bt);
}

/* All that read such files run commands; other keys of theirs differ. */
static void test_commands_go_from_reader_to_reader(void)
{
	static const char text[] = "auto bond0\niface bond0 inet manual\n"
				   "    bond-mode 802.3ad\n    bond-slaves eth0\n"
				   "    post-up ethtool -K bond0 gro off\n    broken-key 1\n";
	struct bondtool *bt = bondtool_new();
	BT_AUTOFREE char *written = converted(bt, "interfaces", text, "interfaces", "ifupdown2");
	size_t lost = 0;

	CHECK(strstr(written, "    post-up ethtool -K bond0 gro off\n"));
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		lost += bt_equal(bondtool_diags_at(bt, i)->rule, "loss/key");
	CHECK_INT(lost, 1);
	bondtool_free(bt);
}

/* The name of the interface, which every format has, does as the profile's own. */
static void test_a_name_that_is_found_again_is_not_reported(void)
{
	struct bondtool *bt;

	CHECK(!loss(BOND "[bond]\nmode=802.3ad\n", "networkd", "loss/identity", &bt));
	bondtool_free(bt);
}

/* Of two profiles that would have one file the second is lost as a whole, with its unknown keys. */
static void test_second_of_one_file(void)
{
	struct bondtool *bt = bondtool_new();
	size_t lost = 0;

	free(converted(bt, "10-ports.network",
		       "[Match]\nOdd=1\n"
		       "PermanentMACAddress=02:00:5e:10:00:06 02:00:5e:10:00:07\n"
		       "[Network]\nOdd=2\n",
		       "networkd", "ifcfg-suse"));
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		lost += strcmp(bondtool_diags_at(bt, i)->rule, "loss/profile") == 0;
	CHECK_INT(lost, 1);
	bondtool_free(bt);
}

/* One list of name servers for the machine: a family that gets words of the other has none. */
static void test_resolver_lists_point_at_what_they_come_from(void)
{
	static const char text[] = "[connection]\nid=bond0\ntype=bond\ninterface-name=bond0\n"
				   "[ipv4]\nmethod=manual\naddress1=192.0.2.1/24\n"
				   "dns=192.0.2.53;\n"
				   "dns-search=example.net;\n"
				   "[ipv6]\nmethod=manual\naddress1=2001:db8::1/64\n"
				   "dns=2001:db8::53;\n";
	struct bondtool *bt;
	const struct bondtool_diag *diag = loss(text, "nmstate", "loss/value", &bt);

	if (CHECK(diag)) {
		CHECK_STR(diag->message,
			  "nmstate: 'bond0': ipv6.dns-search gets these, too: there is one list "
			  "for the whole machine");
		CHECK_INT(diag->line, 9);
		CHECK_INT(diag->column, 12);
	}
	bondtool_free(bt);
}

TESTS(TEST(test_losses_are_named_with_their_place), TEST(test_nothing_is_lost_where_all_is_kept),
      TEST(test_keyfiles_say_what_networkmanager_would_assume),
      TEST(test_commands_go_from_reader_to_reader),
      TEST(test_a_name_that_is_found_again_is_not_reported), TEST(test_second_of_one_file),
      TEST(test_resolver_lists_point_at_what_they_come_from))
