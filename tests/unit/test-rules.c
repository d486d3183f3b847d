/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every rule fires on a small configuration that breaks it, and not on the nearest good one. A rule
 * without a case here fails the test.
 */
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>

#include "base/text.h"
#include "bondtool.h"
#include "check/check.h"

#include "test.h"

/*
 * Configurations are written "TYPE NAME [WORD...]", separated by ';'. NAME is the profile's id and
 * its interface, "-" for none. A word is OPTION=VALUE, SETTING.PROPERTY=VALUE, of=BOND for a port,
 * on=PARENT for a VLAN, implied:OPTION=VALUE for what the owning tool adds. "file PATH" reads one.
 */
struct rule_case {
	const char *rule;
	const char *bad;
	const char *good;
};

#define TWO_PORTS "; ethernet eth0 of=bond0; ethernet eth1 of=bond0"
#define MII	  "bond bond0 mode=active-backup miimon=100 primary=eth0"
#define ARP	  "bond bond0 mode=active-backup arp_interval=100 primary=eth0 "
#define LACP	  "bond bond0 mode=802.3ad miimon=100 "
#define FOURTEEN                                                                                   \
	"10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5,10.0.0.6,10.0.0.7,10.0.0.8,10.0.0.9,"        \
	"10.0.0.10,10.0.0.11,10.0.0.12,10.0.0.13,10.0.0.14"

static const struct rule_case cases[] = {
	{"driver/value", "bond bond0 mode=1 miimon=-1", "bond bond0 mode=1 miimon=0"},
	{"driver/value", "bond bond0 mode=7", "bond bond0 mode=6"},
	{"driver/value", "bond bond0 number:resend_igmp=256", "bond bond0 number:resend_igmp=255"},
	{"driver/value", "bond bond0 number:ad_select=7", "bond bond0 number:ad_select=2"},
	{"driver/mode-option", MII " lacp_rate=fast", LACP "lacp_rate=fast"},
	{"driver/mode-option", MII " packets_per_slave=1", "bond bond0 packets_per_slave=1"},
	{"driver/mode-option", "bond bond0 mode=4 arp_interval=0", "bond bond0 arp_interval=0"},
	{"driver/mode-option", LACP "; ethernet eth0 of=bond0 prio=3",
	 MII "; ethernet eth0 of=bond0 prio=3"},
	{"driver/mode-option", MII "; ethernet eth0 of=bond0 actor_port_prio=3",
	 LACP "; ethernet eth0 of=bond0 actor_port_prio=3"},
	{"driver/delay-needs-miimon", "bond bond0 mode=1 updelay=0", "bond bond0 mode=4 updelay=0"},
	{"driver/delay-needs-miimon", "bond bond0 mode=4 miimon=0 downdelay=100",
	 "bond bond0 mode=4 miimon=100 downdelay=100"},
	{"driver/delay-needs-miimon", ARP "peer_notif_delay=100",
	 "bond bond0 mode=1 implied:miimon=100 peer_notif_delay=100"},
	{"driver/two-monitors", ARP "miimon=100", ARP "miimon=0"},
	{"driver/two-monitors", MII " arp_validate=all", ARP "arp_validate=all"},
	{"driver/target", ARP "arp_ip_target=0.0.0.0", ARP "arp_ip_target=0.1.2.3"},
	{"driver/target", ARP "arp_ip_target=255.255.255.255", ARP "arp_ip_target=255.255.255.254"},
	{"driver/target", ARP "ns_ip6_target=::1", ARP "ns_ip6_target=::2"},
	{"driver/target", ARP "ns_ip6_target=::", ARP "ns_ip6_target=fe80::1"},
	{"driver/target", ARP "ns_ip6_target=ff02::1", ARP "ns_ip6_target=fe02::1"},
	{"driver/target-twice", ARP "arp_ip_target=10.0.0.1,10.0.0.1",
	 ARP "arp_ip_target=10.0.0.1,10.0.0.2"},
	{"driver/target-twice", ARP "ns_ip6_target=fe80::1,fe80:0::1",
	 ARP "ns_ip6_target=fe80::1,fe80::2"},
	{"driver/too-many-targets", ARP "arp_ip_target=" FOURTEEN ",10.0.1.1,10.0.1.2,10.0.1.3",
	 ARP "arp_ip_target=" FOURTEEN ",10.0.1.1,10.0.1.2"},
	{"driver/actor-system", LACP "ad_actor_system=01:00:5e:00:00:01",
	 LACP "ad_actor_system=00:00:00:00:00:00"},
	{"driver/active-slave", "bond bond0 mode=1 miimon=100 active_slave=eth2" TWO_PORTS,
	 "bond bond0 mode=1 miimon=100 active_slave=eth1" TWO_PORTS},
	{"driver/mac-address", MII " 802-3-ethernet.cloned-mac-address=03:00:00:00:00:01",
	 MII " 802-3-ethernet.cloned-mac-address=02:00:00:00:00:01"},
	{"driver/mac-address", MII " 802-3-ethernet.cloned-mac-address=00:00:00:00:00:00",
	 MII " 802-3-ethernet.cloned-mac-address=random"},
	{"driver/queue-id-range", MII "; ethernet eth0 of=bond0 queue_id=17",
	 MII "; ethernet eth0 of=bond0 queue_id=16"},
	{"driver/queue-id-twice",
	 MII "; ethernet eth0 of=bond0 queue_id=1; ethernet eth1 of=bond0 queue_id=1",
	 MII "; ethernet eth0 of=bond0 queue_id=0; ethernet eth1 of=bond0 queue_id=0"},

	{"monitor/none", "bond bond0 mode=active-backup", "bond bond0 mode=802.3ad"},
	{"monitor/none", "bond bond0 mode=802.3ad miimon=0",
	 "bond bond0 mode=active-backup implied:miimon=100"},
	{"monitor/none", "bond bond0 arp_interval=0", ARP "arp_ip_target=10.0.0.1"},
	{"monitor/no-targets", ARP, ARP "ns_ip6_target=fe80::1"},
	{"monitor/targets-unused", MII " arp_ip_target=10.0.0.1", ARP "arp_ip_target=10.0.0.1"},
	{"value/delay-rounded", MII " updelay=250", MII " updelay=200"},
	{"value/delay-rounded", "bond bond0 mode=4 downdelay=50",
	 "bond bond0 mode=4 downdelay=100"},
	{"value/unit", "bond bond0 mode=1 miimon=100000", "bond bond0 mode=1 miimon=1000"},
	{"value/unit", "bond bond0 mode=1 miimon=1", "bond bond0 mode=1 miimon=0"},
	{"value/unit", "bond bond0 mode=5 lp_interval=1000", "bond bond0 mode=5 lp_interval=10"},

	{"mode/unset", "bond bond0 miimon=100", "bond bond0 miimon=100 mode=balance-rr"},
	{"mode/bridge",
	 "bond bond0 mode=6 connection.controller=br0 connection.port-type=bridge",
	 "bond bond0 mode=2 connection.controller=br0 connection.port-type=bridge"},
	{"option/no-effect", MII " xmit_hash_policy=layer3+4", MII " xmit_hash_policy=layer2"},
	{"option/no-effect", MII " min_links=1", LACP "min_links=1"},
	{"option/needs-other", "bond bond0 mode=1 arp_validate=all", ARP "arp_validate=all"},
	{"option/needs-other", ARP "use_carrier=0", "bond bond0 mode=4 use_carrier=0"},
	{"option/hash-unused", "bond bond0 mode=5 xmit_hash_policy=layer3+4",
	 "bond bond0 mode=5 xmit_hash_policy=layer3+4 tlb_dynamic_lb=0"},
	{"option/obsolete", MII " use_carrier=0", MII " use_carrier=1"},
	{"option/new", LACP "lacp_strict=on", LACP "lacp_active=off"},
	{"option/new", LACP "coupled_control=off", LACP "coupled_control=on"},
	{"option/unknown", "bond bond0 mod=1", "bond bond0 mode=1"},
	{"option/twice", "bond bond0 num_grat_arp=1 num_unsol_na=2",
	 "bond bond0 num_grat_arp=2 num_unsol_na=2"},
	{"primary/not-a-port", "bond bond0 mode=1 primary=eth2" TWO_PORTS, MII TWO_PORTS},
	{"primary/not-a-port",
	 "bond bond0 mode=1 primary=eth2; ethernet eth0 of=bond0; ethernet eth1 of=bond0",
	 "bond bond0 mode=1 primary=eth2; ethernet eth0 of=bond0; "
	 "ethernet - of=bond0 802-3-ethernet.mac-address=02:00:00:00:00:01"},
	{"primary/missing", "bond bond0 mode=1 miimon=100" TWO_PORTS, MII TWO_PORTS},
	{"primary/missing", "bond bond0 mode=1 miimon=100" TWO_PORTS,
	 "bond bond0 mode=1; ethernet eth0 of=bond0 prio=5; ethernet eth1 of=bond0"},
	{"lacp/min-links", LACP TWO_PORTS "; ethernet eth2 of=bond0",
	 LACP "min_links=2" TWO_PORTS "; ethernet eth2 of=bond0"},
	{"lacp/too-few-ports", LACP "min_links=3" TWO_PORTS, LACP "min_links=2" TWO_PORTS},
	{"lacp/passive", LACP "lacp_active=off", LACP "lacp_active=on"},

	{"port/none", MII, MII "; ethernet eth0 of=bond0"},
	{"port/single", MII "; ethernet eth0 of=bond0", MII TWO_PORTS},
	{"port/two-bonds", MII "; bond bond1; ethernet eth0 of=bond0; ethernet eth0 of=bond1",
	 MII "; bond bond1; ethernet eth0 of=bond0; ethernet eth1 of=bond1"},
	{"port/two-bonds", "ethernet eth0 of=bond0; ethernet eth0 of=bond1",
	 "ethernet eth0 of=bond0; ethernet eth0 of=bond0"},
	{"port/unnamed", MII "; ethernet - of=bond0",
	 MII "; ethernet - of=bond0 802-3-ethernet.mac-address=02:00:00:00:00:01"},
	{"port/no-controller", "ethernet eth0 of=bond0", MII "; ethernet eth0 of=bond0"},
	{"port/no-controller", "ethernet eth0 of=br0",
	 "ethernet eth0 of=br0 connection.port-type=bridge"},
	{"port/of-no-bond", "ethernet eth0 of=eth1; ethernet eth1",
	 "ethernet eth0 of=eth1 connection.port-type=bridge; ethernet eth1"},
	{"port/addresses", MII "; ethernet eth0 of=bond0 ipv4.addresses=10.0.0.1/24",
	 MII " ipv4.addresses=10.0.0.1/24; ethernet eth0 of=bond0"},
	{"port/addresses", MII "; ethernet eth0 of=bond0 ipv6.method=auto",
	 MII "; ethernet eth0 of=bond0 ipv6.method=ignore"},
	{"port/addresses", MII "; ethernet eth0 of=bond0 ipv4.addresses=10.0.0.1/24",
	 MII " connection.controller=br0 connection.port-type=bridge ipv4.addresses=10.0.0.1/24"},
	{"port/infiniband", LACP "; ethernet ib0 of=bond0", MII "; ethernet ib0 of=bond0"},
	{"port/infiniband", LACP "; ethernet ibp1s0 of=bond0", LACP "; ethernet ibis of=bond0"},
	{"port/prio-unused", MII "; ethernet eth0 of=bond0 prio=5",
	 "bond bond0 mode=1; ethernet eth0 of=bond0 prio=5"},
	{"profile/same-interface", "ethernet eth0; ethernet eth0",
	 "ethernet eth0; ethernet eth0 connection.autoconnect=no"},
	{"profile/same-uuid",
	 "ethernet eth0 connection.uuid=6f1a1d6e-0000-4000-8000-000000000001; "
	 "ethernet eth1 connection.uuid=6f1a1d6e-0000-4000-8000-000000000001",
	 "ethernet eth0 connection.uuid=6f1a1d6e-0000-4000-8000-000000000001; "
	 "ethernet eth1 connection.uuid=6f1a1d6e-0000-4000-8000-000000000002"},
	{"profile/loop", "bond bond0 of=bond1; bond bond1 of=bond0",
	 "bond bond0 of=bond1; bond bond1"},
	{"profile/loop", "bond bond0 of=bond0", "bond bond0"},
	{"profile/loop", "bond bond0 of=v; vlan v on=bond0 vlan.id=1",
	 "bond bond0; vlan v on=bond0 vlan.id=1"},
	{"property/value", "ethernet eth0 802-3-ethernet.mtu=big",
	 "ethernet eth0 802-3-ethernet.mtu=9000"},
	{"file/read", "file /nonexistent/bondtool", "file /dev/null"},

	{"vlan/incomplete", "vlan v on=bond0", "vlan v on=bond0 vlan.id=1"},
	{"vlan/incomplete", "vlan v vlan.id=1", "vlan v on=bond0 vlan.id=0"},
	{"vlan/no-parent", "vlan v on=bond0 vlan.id=1", "vlan v on=bond0 vlan.id=1; " MII},
	{"vlan/on-port", MII "; ethernet eth0 of=bond0; vlan v on=eth0 vlan.id=1",
	 MII "; ethernet eth0 of=bond0; vlan v on=bond0 vlan.id=1"},
	{"vlan/on-port", MII "; ethernet eth0 of=bond0; vlan v on=eth0 vlan.id=1",
	 MII " connection.controller=br0 connection.port-type=bridge; vlan v on=bond0 vlan.id=1"},
	{"vlan/twice", "vlan a on=bond0 vlan.id=1; vlan b on=bond0 vlan.id=1",
	 "vlan a on=bond0 vlan.id=1; vlan b on=bond1 vlan.id=1"},
	{"name/missing", "bond -", "bond bond0"},
	{"name/reserved", "bond bonding_masters", "bond bondingmasters"},
	{"name/reserved", "ethernet all", "ethernet al"},
	{"name/template", "bond bond%d", "bond bondd"},
	{"mtu/range", MII " 802-3-ethernet.mtu=65536", MII " 802-3-ethernet.mtu=65535"},
	{"mtu/range", MII " 802-3-ethernet.mtu=67", MII " 802-3-ethernet.mtu=68"},
	{"mtu/port", MII "; ethernet eth0 of=bond0 802-3-ethernet.mtu=9000",
	 MII " 802-3-ethernet.mtu=9000; ethernet eth0 of=bond0 802-3-ethernet.mtu=9000"},
	{"mtu/port", MII " 802-3-ethernet.mtu=9000; ethernet eth0 of=bond0 802-3-ethernet.mtu=1500",
	 MII "; ethernet eth0 of=bond0 802-3-ethernet.mtu=1500"},
	{"mtu/vlan", MII "; vlan v on=bond0 vlan.id=1 802-3-ethernet.mtu=9000",
	 MII " 802-3-ethernet.mtu=9000; vlan v on=bond0 vlan.id=1 802-3-ethernet.mtu=9000"},
	{"mac/value", MII " 802-3-ethernet.cloned-mac-address=2:0:0:0:0:1",
	 MII " 802-3-ethernet.cloned-mac-address=preserve"},
	{"mac/port",
	 MII "; ethernet eth0 of=bond0 802-3-ethernet.cloned-mac-address=02:00:00:00:00:01",
	 MII " fail_over_mac=active; "
	     "ethernet eth0 of=bond0 802-3-ethernet.cloned-mac-address=02:00:00:00:00:01"},
	{"mac/fixed",
	 MII " fail_over_mac=active 802-3-ethernet.cloned-mac-address=02:00:00:00:00:01",
	 MII " fail_over_mac=follow 802-3-ethernet.cloned-mac-address=02:00:00:00:00:01"},
};

/* Sets what WORD says; what cannot be set has its diagnostic. */
static void apply_word(struct bondtool *bt, struct bondtool_profile *profile, char *word)
{
	char *equal = strchr(word, '=');
	const char *name = word;

	if (!CHECK(equal))
		return;
	*equal = '\0';
	if (strcmp(name, "of") == 0)
		name = "connection.controller";
	else if (strcmp(name, "on") == 0)
		name = "vlan.parent";
	if (bt_has_prefix(name, "implied:")) {
		bt_options_set(bt, &profile->implied, name + strlen("implied:"), equal + 1, NULL);
	} else if (bt_has_prefix(name, "number:")) {
		struct bt_value value = {.number = atoi(equal + 1)};

		value.id = bt_option_id(bt_option_find(name + strlen("number:")));
		CHECK_INT(bt_values_put(&profile->options, &value), 0);
	} else if (strchr(name, '.')) {
		bondtool_profile_change(bt, profile, name, BONDTOOL_SET, equal + 1);
	} else {
		bt_options_set(bt, &profile->options, name, equal + 1, NULL);
	}
}

static void add_profile(struct bondtool *bt, struct bondtool_config *config, char *text)
{
	char *rest = NULL;
	const char *type = strtok_r(text, " ", &rest);
	const char *name = strtok_r(NULL, " ", &rest);
	struct bondtool_profile *profile = bt_profile_new();
	const struct bt_source *source;

	if (!CHECK(name) || !CHECK(profile) || strcmp(type, "file") == 0) {
		bt_profile_free(profile);
		bt_source_read(bt, name, &source);
		return;
	}
	bt_profile_set(bt, profile, BT_PROP_TYPE, bt_profile_type_find(type)->name, NULL);
	bt_profile_set(bt, profile, BT_PROP_ID, name, NULL);
	if (strcmp(name, "-") != 0)
		bt_profile_set(bt, profile, BT_PROP_INTERFACE_NAME, name, NULL);
	for (char *word = strtok_r(NULL, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		apply_word(bt, profile, word);
	CHECK_INT(bt_config_add(config, profile), 0);
}

/* A context that holds what is found in the configuration TEXT. */
static struct bondtool *judged(const char *text)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	BT_AUTOFREE char *copy = strdup(text);
	char *rest = NULL;

	for (char *part = strtok_r(copy, ";", &rest); part; part = strtok_r(NULL, ";", &rest))
		add_profile(bt, config, part);
	CHECK_INT(bondtool_check(bt, config), 0);
	return bt;
}

static const struct bt_rule *rule_of(const char *id)
{
	for (const struct bt_rule *rule = bt_rules; rule->id; rule++)
		if (strcmp(rule->id, id) == 0)
			return rule;
	return NULL;
}

/* How many findings name the rule; each must have the rule's severity. */
static size_t count_of(const struct bondtool *bt, const struct bt_rule *rule)
{
	size_t count = 0;

	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(bt, i);

		if (strcmp(diag->rule, rule->id) == 0) {
			CHECK_INT(diag->severity, rule->severity);
			count++;
		}
	}
	return count;
}

/* What the driver takes must not be mixed up with what it refuses. */
static bool has_driver_error(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		if (bt_has_prefix(bondtool_diags_at(bt, i)->rule, "driver/"))
			return true;
	return false;
}

static void check_case(const struct rule_case *c)
{
	const struct bt_rule *rule = rule_of(c->rule);
	struct bondtool *bad = judged(c->bad);
	struct bondtool *good = judged(c->good);
	bool ok = CHECK(rule);

	ok = ok && CHECK_INT(count_of(bad, rule), 1);
	ok = ok && CHECK_INT(count_of(good, rule), 0);
	ok = ok && CHECK(!has_driver_error(good));
	ok = ok && CHECK(bt_has_prefix(c->rule, "driver/") == has_driver_error(bad));
	if (!ok)
		printf("# in the case of %s: bad '%s', good '%s'\n", c->rule, c->bad, c->good);
	bondtool_free(bad);
	bondtool_free(good);
}

static void test_rules_fire_on_bad_and_not_on_good(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_case(&cases[i]);
}

static bool has_case(const char *id)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (strcmp(cases[i].rule, id) == 0)
			return true;
	return false;
}

static const char *wanted; /* what the walk below looks for */

static int look_into(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	const struct bt_source *source;
	struct bondtool *bt;
	bool found;

	(void)status;
	(void)walk;
	if (type != FTW_F || !(bt_has_suffix(path, "/diag") || bt_has_suffix(path, ".c")) ||
	    bt_has_suffix(path, "/test-rules.c"))
		return 0;
	bt = bondtool_new();
	found = bt_source_read(bt, path, &source) == 0 && strstr(source->text, wanted);
	bondtool_free(bt);
	return found;
}

static bool is_in(const char *folder, const char *format, const char *id)
{
	BT_AUTOFREE char *path = bt_format("%s/tests/%s", getenv("SRCDIR"), folder);
	BT_AUTOFREE char *text = bt_format(format, id);

	wanted = text;
	return nftw(path, look_into, 8, FTW_PHYS) == 1;
}

/* What is found while texts are read: a golden diagnosis has it, or a test of the parsers. */
static bool is_found(const char *id)
{
	return is_in("fixtures", "[%s]", id) || is_in("unit", "\"%s\"", id);
}

static bool is_proved_by_reading(const struct bt_rule *rule)
{
	static const char shared[] = "interfaces/";
	static const char *const readers[] = {"ifupdown2/", "ifupdown-ng/"};

	if (rule->scope != BT_SCOPE_READING)
		return false;
	for (size_t i = 0; i < BT_ARRAY_SIZE(readers) && bt_has_prefix(rule->id, shared); i++) {
		BT_AUTOFREE char *id =
			bt_format("%s%s", readers[i], rule->id + strlen(shared));

		CHECK(bt_rule_find(id) == rule);
		if (is_found(id))
			return true;
	}
	return is_found(rule->id);
}

static void test_every_rule_has_a_case(void)
{
	for (const struct bt_rule *rule = bt_rules; rule->id; rule++)
		if (!CHECK(has_case(rule->id) || is_proved_by_reading(rule)))
			printf("# no case for %s\n", rule->id);
}

static bool is_sentence(const char *text)
{
	return text && strlen(text) > 10 && text[strlen(text) - 1] == '.';
}

static void test_rows_are_whole(void)
{
	struct bondtool_rule_info info;
	size_t count = 0;

	for (const struct bt_rule *rule = bt_rules; rule->id; rule++, count++) {
		CHECK(strchr(rule->id, '/'));
		CHECK(rule_of(rule->id) == rule);
		CHECK_INT(!rule->judge, rule->scope == BT_SCOPE_READING);
		CHECK(rule->text && *rule->text && !is_sentence(rule->text));
		CHECK(is_sentence(rule->explanation) && is_sentence(rule->fix));
		CHECK(!bt_has_prefix(rule->id, "driver/") || rule->severity == BONDTOOL_ERROR);
		CHECK(bondtool_rule_info(count, &info));
		CHECK_STR(info.id, rule->id);
	}
	CHECK(!bondtool_rule_info(count, &info));
	CHECK(!bondtool_rule_info(count + 7, &info));
}

static void test_findings_point_at_the_text(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	struct bondtool_profile *bond = bt_profile_new();
	static const char text[] = "mode=1\nmiimon=100\narp_interval=100\n";
	const struct bt_source *source = bt_source_add(bt, "ifcfg-bond0", text, strlen(text));
	struct bt_origin mode = bt_origin_at(source, 5, 1);
	struct bt_origin miimon = bt_origin_at(source, 14, 3);
	struct bt_origin arp = bt_origin_at(source, 31, 3);
	const struct bondtool_diag *diag;

	bt_profile_set(bt, bond, BT_PROP_TYPE, "bond", NULL);
	bt_options_set(bt, &bond->options, "mode", "1", &mode);
	bt_options_set(bt, &bond->options, "miimon", "100", &miimon);
	bt_options_set(bt, &bond->options, "arp_interval", "100", &arp);
	CHECK_INT(bt_config_add(config, bond), 0);
	CHECK_INT(bondtool_check(bt, config), 0);
	diag = bondtool_diags_at(bt, 0);
	CHECK_STR(diag->rule, "driver/two-monitors");
	CHECK_STR(diag->file, "ifcfg-bond0");
	CHECK_INT(diag->line, 3);
	CHECK_INT(diag->column, 14);
	bondtool_free(bt);
}

TESTS(TEST(test_rules_fire_on_bad_and_not_on_good), TEST(test_every_rule_has_a_case),
      TEST(test_rows_are_whole), TEST(test_findings_point_at_the_text))
