/* SPDX-License-Identifier: GPL-2.0-or-later
 * Declarations of nmstate written back into the texts that they came from.
 */
#include "rewriting.h"

/* The entry that goes in one test. */
#define BOND0_7                                                                                    \
	"- name: bond0.7\n"                                                                        \
	"  type: vlan\n"                                                                           \
	"  vlan: {base-iface: bond0, id: 7}\n"                                                     \
	"  ipv4:\n"                                                                                \
	"    enabled: yes\n"                                                                       \
	"    address:\n"                                                                           \
	"    - {ip: 192.0.2.1, prefix-length: 24}\n"
static const char declaration[] = "---\n"
				  "# the uplink\n"
				  "interfaces:\n"
				  "- name: br0   # not ours\n"
				  "  type: linux-bridge\n"
				  "  bridge: {port: [{name: bond0}]}\n"
				  "- name: bond0\n"
				  "  type: bond\n"
				  "  state: up\n"
				  "  description: to the rack\n"
				  "  link-aggregation:\n"
				  "    mode: 1 # active-backup\n"
				  "    options:\n"
				  "      miimon: '140'   # as it was\n"
				  "      primary: eth0\n"
				  "    ports:\n"
				  "    - eth0\n"
				  "    # the spare one\n"
				  "    - eth1\n" BOND0_7 "hostname: {config: node1}\n"
				  "routes:\n"
				  "  config:\n"
				  "  # the way out\n"
				  "  - destination: 0.0.0.0/0\n"
				  "    next-hop-address: 192.0.2.254\n"
				  "    next-hop-interface: bond0.7\n"
				  "    table-id: 254\n"
				  "  - {destination: 10.0.0.0/8, next-hop-interface: br0}\n";

static const struct original rack[] = {{"dir/", "rack.yml", declaration}, {0}};

static void test_nothing_changes_without_need(void)
{
	check_unchanged("nmstate", rack);
}

static void test_single_values_change(void)
{
	struct rewriting r = begin("nmstate");

	read_originals(&r, rack);
	change(&r, "bond0", "bond.options", "mode=active-backup,miimon=100,updelay=200");
	change(&r, "bond0", "ethernet.mtu", "9000");
	change(&r, "bond0.7", "ipv4.addresses", "192.0.2.1/24,192.0.2.2/24");
	change(&r, "bond0.7", "ipv4.gateway", "192.0.2.253");
	write_all(&r);
	check_written(&r, "rack.yml", declaration, "'140'", "'100'", /* quoted as it was */
		      "      primary: eth0\n", "      updelay: 200\n", "    - eth1\n",
		      "    - eth1\n  mtu: 9000\n", "prefix-length: 24}\n",
		      "prefix-length: 24}\n    - ip: 192.0.2.2\n      prefix-length: 24\n",
		      "192.0.2.254", "192.0.2.253", NULL);
	end(&r);
}

static void test_ports_and_interfaces_come_and_go(void)
{
	struct rewriting r = begin("nmstate");

	read_originals(&r, rack);
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "bond0.7")));
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "eth1")));
	change(&r, "eth0", "ethernet.mtu", "9000");
	write_all(&r);
	check_written(&r, "rack.yml", declaration, "    - eth1\n", "", BOND0_7,
		      "- name: eth0\n"
		      "  type: ethernet\n"
		      "  state: up\n"
		      "  mtu: 9000\n",
		      "  - destination: 0.0.0.0/0\n"
		      "    next-hop-address: 192.0.2.254\n"
		      "    next-hop-interface: bond0.7\n"
		      "    table-id: 254\n",
		      "", NULL);
	end(&r);
}

static void test_what_is_down_may_stay_down(void)
{
	static const char down[] = "interfaces:\n"
				   "- {name: eth0, type: ethernet, state: down}\n"
				   "- {name: eth1, type: ethernet, state: down}\n";
	struct rewriting r = begin("nmstate");

	add(&r, "a.yml", down);
	read_all(&r);
	change(&r, "eth1", "connection.autoconnect", "yes");
	write_all(&r);
	CHECK_STR(written(&r, "a.yml"), "interfaces:\n"
					"- {name: eth0, type: ethernet, state: down}\n"
					"- {name: eth1, type: ethernet, state: up}\n");
	end(&r);
}

static void test_wrappers_stay(void)
{
	static const char policy[] =
		"kind: NodeNetworkConfigurationPolicy\n"
		"metadata: {name: rack}\n"
		"spec:\n"
		"  desiredState:\n"
		"    interfaces:\n"
		"    - name: bond0 # ours\n"
		"      type: bond\n"
		"      link-aggregation: {mode: active-backup, port: [eth0]}\n";
	struct rewriting r = begin("nmstate");

	add(&r, "policy.yaml", policy);
	read_all(&r);
	change(&r, "bond0", "bond.options", "mode=802.3ad,lacp_rate=fast");
	write_all(&r);
	CHECK_STR(written(&r, "policy.yaml"), "kind: NodeNetworkConfigurationPolicy\n"
					      "metadata: {name: rack}\n"
					      "spec:\n"
					      "  desiredState:\n"
					      "    interfaces:\n"
					      "    - name: bond0 # ours\n"
					      "      type: bond\n"
					      "      link-aggregation: {mode: 802.3ad, port: "
					      "[eth0], options: {lacp_rate: fast}}\n");
	end(&r);
}

static void test_json_stays_json(void)
{
	static const char json[] =
		"{\"hostname\": {\"config\": \"node1\"}, \"interfaces\": [{\"name\": "
		"\"bond0\",\n\"type\": \"bond\", \"link-aggregation\": {\"mode\": "
		"\"active-backup\", \"port\": []}}]}";
	struct rewriting r = begin("nmstate");

	add(&r, "state.json", json);
	read_all(&r);
	write_all(&r);
	CHECK_STR(written(&r, "state.json"), json);
	bondtool_files_free(r.files);
	r.files = NULL;
	change(&r, "bond0", "ethernet.mtu", "9000");
	write_all(&r);

	const char *text = written(&r, "state.json");
	BT_AUTOFREE char *name = strdup("state.json");

	if (CHECK(text)) {
		struct rewriting back = begin("nmstate");

		add(&back, name, text);
		read_all(&back);
		CHECK(strstr(text, "\"node1\""));
		CHECK_INT(back.config->count, 1);
		CHECK(bt_profile_equal(back.config->profiles[0], r.config->profiles[0]));
		end(&back);
	}
	end(&r);
}

/* What belongs to no text goes into the first one; other texts are left as they are. */
static void test_new_profiles_join_the_first_text(void)
{
	static const char one[] = "# one\ninterfaces:\n- name: bond0\n  type: bond\n"
				  "  link-aggregation: {mode: active-backup, port: []}\n";
	static const char two[] = "# two\ninterfaces:\n- name: bond1\n  type: bond\n"
				  "  link-aggregation: {mode: active-backup, port: []}\n";
	struct rewriting r = begin("nmstate");
	struct bondtool_profile *vlan = bt_profile_new();

	add(&r, "1.yml", one);
	add(&r, "2.yml", two);
	read_all(&r);
	if (!CHECK(vlan))
		return;
	bt_profile_set(r.bt, vlan, BT_PROP_ID, "bond0.7", NULL);
	bt_profile_set(r.bt, vlan, BT_PROP_INTERFACE_NAME, "bond0.7", NULL);
	bt_profile_set(r.bt, vlan, BT_PROP_TYPE, "vlan", NULL);
	bt_profile_set(r.bt, vlan, BT_PROP_VLAN_PARENT, "bond0", NULL);
	bt_profile_set(r.bt, vlan, BT_PROP_VLAN_ID, "7", NULL);
	CHECK_INT(bt_config_add(r.config, vlan), 0);
	write_all(&r);
	CHECK_INT(bondtool_files_count(r.files), 2);
	CHECK_STR(written(&r, "1.yml"), "# one\ninterfaces:\n- name: bond0\n  type: bond\n"
					"  link-aggregation: {mode: active-backup, port: []}\n"
					"- name: bond0.7\n"
					"  type: vlan\n"
					"  state: up\n"
					"  vlan:\n"
					"    base-iface: bond0\n"
					"    id: 7\n");
	CHECK_STR(written(&r, "2.yml"), two);
	end(&r);
}

TESTS(TEST(test_nothing_changes_without_need), TEST(test_single_values_change),
      TEST(test_ports_and_interfaces_come_and_go), TEST(test_what_is_down_may_stay_down),
      TEST(test_wrappers_stay), TEST(test_json_stays_json),
      TEST(test_new_profiles_join_the_first_text))
