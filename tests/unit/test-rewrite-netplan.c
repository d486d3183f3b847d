/* SPDX-License-Identifier: GPL-2.0-or-later
 * Writing netplan's files back: what was changed changes where it stands, in whichever of the files
 * decides it, and the rest keeps its order, its comments and its spelling.
 */
#include "generate.h"
#include "rewriting.h"

static const char base[] = "# the rack's switches\n"
			   "network:\n"
			   "  version: 2\n"
			   "  ethernets:\n"
			   "    left:\n"
			   "      match: {macaddress: \"52:54:00:00:00:01\"}\n"
			   "      set-name: eno1\n"
			   "    eno2: {}   # the right one\n"
			   "  bonds:\n"
			   "    bond0:\n"
			   "      interfaces: [left, eno2]\n"
			   "      critical: yes\n"
			   "      addresses:\n"
			   "        - 192.0.2.1/24   # for ever\n"
			   "        - 192.0.2.7/24:\n"
			   "            label: old\n"
			   "      gateway4: 192.0.2.254\n"
			   "      nameservers:\n"
			   "        addresses: [192.0.2.53, \"2001:db8::53\"]\n"
			   "      parameters:\n"
			   "        mode: active-backup\n"
			   "        # as the switch wants it\n"
			   "        mii-monitor-interval: 100ms\n"
			   "        gratuitious-arp: 2\n"
			   "        primary: left\n"
			   "  bridges:\n"
			   "    br0: {interfaces: [bond0.7], dhcp4: true}\n"
			   "  vlans:\n"
			   "    bond0.7: {id: 7, link: bond0}\n";
static const char site[] = "network:\n"
			   "  bonds:\n"
			   "    bond0:\n"
			   "      mtu: 9000 # jumbo\n"
			   "      addresses: [192.0.2.9/24]\n"
			   "      parameters: {mii-monitor-interval: 200}\n";

static void add_files(struct rewriting *r)
{
	add(r, "etc/netplan/10-base.yaml", base);
	add(r, "etc/netplan/90-site.yaml", site);
	read_all(r);
}

/* TEXT with OLD, which stands there once, replaced by NEW. */
static char *edited(const char *text, const char *old, const char *new)
{
	const char *place = strstr(text, old);

	CHECK(place && !strstr(place + 1, old));
	return place ? bt_format("%.*s%s%s", (int)(place - text), text, new, place + strlen(old))
		     : NULL;
}

/* The files are BASE with OLD replaced by NEW, and SITE. */
static void check_files(struct rewriting *r, const char *old, const char *new, const char *of_site)
{
	BT_AUTOFREE char *wanted = edited(base, old, new);

	write_all(r);
	CHECK_INT(bondtool_files_count(r->files), 2);
	CHECK_STR(written(r, "10-base.yaml"), wanted);
	CHECK_STR(written(r, "90-site.yaml"), of_site);
}

static void test_files_without_a_change_are_the_same(void)
{
	struct rewriting r = begin("netplan");

	add_files(&r);
	write_all(&r);
	CHECK_INT(bondtool_files_count(r.files), 2);
	CHECK_STR(written(&r, "10-base.yaml"), base);
	CHECK_STR(written(&r, "90-site.yaml"), site);
	end(&r);
}

/* The last file that has a key decides its value; one that stands in the first changes there. */
static void test_values_change_where_they_are_decided(void)
{
	struct rewriting r = begin("netplan");

	add_files(&r);
	change(&r, "bond0", "ethernet.mtu", "1500");
	change(&r, "bond0", "bond.options",
	       "mode=active-backup,miimon=250,num_grat_arp=3,primary=eno1");
	check_files(&r, "gratuitious-arp: 2", "gratuitious-arp: 3",
		    "network:\n"
		    "  bonds:\n"
		    "    bond0:\n"
		    "      mtu: 1500 # jumbo\n"
		    "      addresses: [192.0.2.9/24]\n"
		    "      parameters: {mii-monitor-interval: 250}\n");
	end(&r);
}

/* What is gone goes from all files, or the first one's value would come back. */
static void test_values_go_from_all_files(void)
{
	struct rewriting r = begin("netplan");

	add_files(&r);
	change(&r, "bond0", "bond.options", "mode=active-backup,num_grat_arp=2,primary=eno1");
	check_files(&r, "        mii-monitor-interval: 100ms\n", "",
		    "network:\n"
		    "  bonds:\n"
		    "    bond0:\n"
		    "      mtu: 9000 # jumbo\n"
		    "      addresses: [192.0.2.9/24]\n"
		    "      parameters: {}\n");
	end(&r);
}

/* Items of lists stay in the files that have them, with what they say besides. */
static void test_lists_keep_their_items(void)
{
	struct rewriting r = begin("netplan");

	add_files(&r);
	change(&r, "bond0", "ipv4.addresses", "192.0.2.7/24,192.0.2.9/24,192.0.2.10/24");
	check_files(&r, "        - 192.0.2.1/24   # for ever\n", "",
		    "network:\n"
		    "  bonds:\n"
		    "    bond0:\n"
		    "      mtu: 9000 # jumbo\n"
		    "      addresses: [192.0.2.9/24, 192.0.2.10/24]\n"
		    "      parameters: {mii-monitor-interval: 200}\n");
	end(&r);
}

/* The old words for a default route and for its switch stay; what is new comes in new words. */
static void test_old_words_stay(void)
{
	struct rewriting r = begin("netplan");

	add_files(&r);
	change(&r, "bond0", "ipv4.gateway", "192.0.2.253");
	check_files(&r, "gateway4: 192.0.2.254", "gateway4: 192.0.2.253", site);
	end(&r);
}

static void test_ports_leave_and_come(void)
{
	struct rewriting r = begin("netplan");

	add_files(&r);
	change(&r, "eno2", "connection.controller", "");
	change(&r, "eno2", "connection.port-type", "");
	check_files(&r, "[left, eno2]", "[left]", site);
	end(&r);
}

/* A profile that is gone takes its entry along, and its place in the lists of others. */
static void test_profiles_that_are_gone_take_their_entries_along(void)
{
	struct rewriting r = begin("netplan");
	BT_AUTOFREE char *wanted = NULL, *shorter = edited(base, "[left, eno2]", "[left]");

	add_files(&r);
	bt_profile_free(bt_config_take(r.config, bt_config_by_id(r.config, "eno2")));
	wanted = shorter ? edited(shorter, "    eno2: {}   # the right one\n", "") : NULL;
	write_all(&r);
	CHECK_STR(written(&r, "10-base.yaml"), wanted);
	CHECK_STR(written(&r, "90-site.yaml"), site);
	end(&r);
}

/* A device that is new goes to where others of its kind stand. */
static void test_a_new_profile_finds_its_section(void)
{
	struct rewriting r = begin("netplan");
	struct bondtool_profile *vlan = bt_profile_new();

	add_files(&r);
	CHECK_INT(bondtool_profile_change(r.bt, vlan, "connection.type", BONDTOOL_SET, "vlan"), 0);
	CHECK_INT(bondtool_profile_change(r.bt, vlan, "connection.id", BONDTOOL_SET, "bond0.8"), 0);
	CHECK_INT(bt_config_add(r.config, vlan), 0);
	change(&r, "bond0.8", "connection.interface-name", "bond0.8");
	change(&r, "bond0.8", "vlan.parent", "bond0");
	change(&r, "bond0.8", "vlan.id", "8");
	check_files(&r, "    bond0.7: {id: 7, link: bond0}\n",
		    "    bond0.7: {id: 7, link: bond0}\n"
		    "    bond0.8:\n"
		    "      id: 8\n"
		    "      link: bond0\n",
		    site);
	end(&r);
}

/* Takes some options, properties and VLANs away; none that others need to be passed on. */
static void thin_out(struct generator *g, struct bondtool_config *config)
{
	static const enum bt_property_id properties[] = {BT_PROP_MTU, BT_PROP_IPV4_DNS,
							 BT_PROP_IPV6_ROUTES, BT_PROP_IPV4_GATEWAY};

	for (size_t i = config->count; i-- > 0;) {
		struct bondtool_profile *profile = config->profiles[i];

		for (unsigned id = 0; id < BT_OPT_COUNT; id++)
			if (id != BT_OPT_MODE && id != BT_OPT_ARP_INTERVAL &&
			    id != BT_OPT_MIIMON && generate_once_in(g, 3))
				bt_values_unset(&profile->options, id);
		for (size_t k = 0; k < BT_ARRAY_SIZE(properties); k++)
			if (generate_once_in(g, 3))
				bt_profile_unset(profile, properties[k]);
		if (bt_profile_is(profile, "vlan") && generate_once_in(g, 3))
			bt_profile_free(bt_config_take(config, profile));
	}
	bt_config_changed(config);
}

/* The files that are written for CONFIG, read into an empty configuration. */
static struct rewriting reading_of(struct rewriting *from, struct bondtool_config *config)
{
	struct rewriting to = begin("netplan");
	struct bondtool_files *files = NULL;

	CHECK_INT(bondtool_write(from->bt, config, "netplan", &files), 0);
	for (size_t i = 0; i < bondtool_files_count(files); i++)
		add(&to, bondtool_files_at(files, i)->name, bondtool_files_at(files, i)->text);
	bondtool_files_free(files);
	read_all(&to);
	return to;
}

static bool is_written_anew(const struct rewriting *r)
{
	for (size_t i = 0; i < bondtool_diags_count(r->bt); i++)
		if (!strcmp(bondtool_diags_at(r->bt, i)->rule, "rewrite/anew"))
			return true;
	return false;
}

/* Random files, changed in place, mean what the changed configuration means. */
static void test_random_changes_are_made(void)
{
	for (unsigned seed = 1; seed <= 60; seed++) {
		struct generator g = generator_of(seed);
		struct rewriting made = begin("netplan");
		struct bondtool_config *original = generate_config(&g, made.bt);
		struct rewriting changing = reading_of(&made, original);
		BT_AUTOFREE char *wanted = NULL, *found = NULL;

		thin_out(&g, changing.config);
		wanted = bondtool_config_json(changing.config);

		struct rewriting changed = reading_of(&changing, changing.config);

		found = bondtool_config_json(changed.config);
		if (!CHECK_STR(found, wanted) || !CHECK(!is_written_anew(&changing)))
			printf("# seed %u\n", seed);
		end(&changed);
		end(&changing);
		end(&made);
		bondtool_config_free(original);
	}
}

TESTS(TEST(test_files_without_a_change_are_the_same),
      TEST(test_values_change_where_they_are_decided), TEST(test_values_go_from_all_files),
      TEST(test_lists_keep_their_items), TEST(test_old_words_stay), TEST(test_ports_leave_and_come),
      TEST(test_profiles_that_are_gone_take_their_entries_along),
      TEST(test_a_new_profile_finds_its_section), TEST(test_random_changes_are_made))
