/* SPDX-License-Identifier: GPL-2.0-or-later
 * The registry of formats: names, what is said of unknown ones, and inputs found twice.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parsers/ifcfg/ifcfg.h"
#include "parsers/modprobe/modprobe.h"
#include "test.h"

static void test_names_are_unique(void)
{
	struct bondtool_format_info info;

	CHECK(bt_format_find("nothing") == NULL);
	for (size_t i = 0; bondtool_format_info(i, &info); i++) {
		CHECK(bt_format_find(info.name) == bt_formats[i]);
		CHECK(info.reads || info.writes);
		CHECK(info.text && *info.text);
		for (size_t k = 0; k < i; k++)
			CHECK(bt_formats[k]->id != bt_formats[i]->id);
	}
}

static void test_unknown_format_is_refused(void)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;
	const char *path = "/dev/null";

	CHECK_INT(bondtool_read(bt, "ifcgf", &path, 1, &config), -EINVAL);
	CHECK(!config);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "format/unknown");
	bondtool_free(bt);
}

static void test_missing_file_is_named(void)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;
	const char *path = "/nonexistent/ifcfg-bond0";

	CHECK_INT(bondtool_read(bt, NULL, &path, 1, &config), -ENOENT);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->message,
			  "cannot read '/nonexistent/ifcfg-bond0': No such file or directory");
	bondtool_free(bt);
}

static void test_unrecognised_text_is_refused(void)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;
	const char *path = "/dev/null";

	CHECK_INT(bondtool_read(bt, NULL, &path, 1, &config), -EINVAL);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "format/unrecognised");
	bondtool_free(bt);
}

/* The name of the format that recognises a text of this name; "" when none does. */
static const char *recognised(const char *name, const char *text)
{
	struct bondtool *bt = bondtool_new();
	const struct bt_format *format =
		bt_format_recognise(bt_source_add(bt, name, text, strlen(text)));

	bondtool_free(bt);
	return format ? bt_format_name(format->id) : "";
}

/* Red Hat's, SUSE's and even Debian's files stand under one name. */
static void test_ifcfg_files_are_told_apart_by_content(void)
{
	CHECK_STR(recognised("ifcfg-bond0", "DEVICE=bond0\nTYPE=Bond\nBOOTPROTO=none\n"), "ifcfg");
	CHECK_STR(recognised("ifcfg-bond0", "BOOTPROTO=none\nSTARTMODE=auto\n"), "ifcfg-suse");
	CHECK_STR(recognised("ifcfg-bond0", "DEVICE=bond0\nONBOOT=yes\nSTARTMODE='auto'\n"),
		  "ifcfg-suse");
	CHECK_STR(recognised("ifcfg-eth0", "DEVICE=eth0\nONBOOT=yes\nLLADDR=02:00:5e:00:53:01\n"),
		  "ifcfg");
	CHECK_STR(recognised("ifcfg-bond0.1", "  ETHERDEVICE='bond0'\n"), "ifcfg-suse");
	CHECK_STR(recognised("bond0.txt", "STARTMODE='auto'\n"), "ifcfg-suse");
	CHECK_STR(recognised("ifcfg-bond0", "auto bond0\niface bond0 inet manual\n"),
		  "interfaces");
	CHECK_STR(recognised("ifcfg-eth0", "BOOTPROTO=dhcp\n"), "ifcfg");
	CHECK_STR(recognised("/etc/sysconfig/network/ifcfg-eth0", "BOOTPROTO=dhcp\n"),
		  "ifcfg-suse");
	CHECK_STR(recognised("/etc/sysconfig/network/routes", "default 192.0.2.1 - -\n"),
		  "ifcfg-suse");
	CHECK_STR(recognised("routes", "default 192.0.2.1 - -\n"), "");
	CHECK_STR(recognised("ifroute-bond0", "default 192.0.2.1 - -\n"), "ifcfg-suse");
}

/* A key is asked for by its name: its last line holds, and all of them are understood. */
static void test_ifcfg_keys_are_found_with_all_their_lines(void)
{
	static const char text[] = "A=1\nB=2\n\nA=3\nC=\n# A=4\nA=5\nA\n";
	static const bool of_a[] = {true, false, false, true, false, false, true, false};
	struct bondtool *bt = bondtool_new();
	const struct bt_source *source = bt_source_add(bt, "ifcfg-x", text, strlen(text));
	bool taken[BT_ARRAY_SIZE(of_a)] = {false};
	BT_AUTOIFCFG struct bt_ifcfg ifcfg = {0};
	int number;

	CHECK_INT(bt_ifcfg_parse(source, BT_IFCFG_NM, &ifcfg), 0);
	if (CHECK_INT(ifcfg.count, BT_ARRAY_SIZE(of_a))) {
		CHECK(bt_ifcfg_take(&ifcfg, "A", taken) == &ifcfg.lines[6]);
		CHECK_MEM(taken, of_a, sizeof(of_a));
		CHECK(!bt_ifcfg_take(&ifcfg, "C", taken));
		CHECK(taken[4]);
		CHECK(!bt_ifcfg_take(&ifcfg, "D", taken));
	}
	CHECK(bt_ifcfg_numbered("IPADDR10", "IPADDR", &number));
	CHECK_INT(number, 10);
	CHECK(!bt_ifcfg_numbered("IPADDR010", "IPADDR", &number));
	bondtool_free(bt);
}

/* Other files begin lines with the same words. */
static void test_modprobe_files_are_recognised(void)
{
	CHECK_STR(recognised("/etc/modprobe.d/x.conf", "options pcspkr a=b\n"), "modprobe");
	CHECK_STR(recognised("modprobe.conf", "alias eth0 e1000\nnonsense\n"), "modprobe");
	CHECK_STR(recognised("x", "# bonds\nalias bond0 bonding\noptions bond0 mode=1\n"),
		  "modprobe");
	CHECK_STR(recognised("resolv.conf", "nameserver 192.0.2.53\noptions ndots:1\n"), "");
	CHECK_STR(recognised("interfaces", "auto bond0\niface bond0 inet manual\n"
					   "\tpre-up modprobe bonding\n"),
		  "interfaces");
}

/* A number is no reason to make two thousand million profiles. */
static void test_bonds_of_modprobe_are_bounded(void)
{
	static const char text[] = "options bonding max_bonds=0x7fffffff mode=1 miimon=100\n";
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = bondtool_config_new();
	struct bt_inputs inputs = {0};

	bt_inputs_add(&inputs, bt_source_add(bt, "x.conf", text, strlen(text)), true);
	CHECK_INT(bt_format_modprobe.read(bt, &inputs, config), 0);
	CHECK_INT(bondtool_config_count(config), BT_MODPROBE_MOST);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "modprobe/too-many");
	bt_inputs_release(&inputs);
	bondtool_config_free(config);
	bondtool_free(bt);
}

static void test_folder_without_texts_is_refused(void)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;
	char folder[] = "/tmp/test-formats.XXXXXX";
	const char *path = mkdtemp(folder);

	CHECK(path);
	CHECK_INT(bondtool_read(bt, NULL, &path, 1, &config), -EINVAL);
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "format/none");
	rmdir(folder);
	bondtool_free(bt);
}

/* NetworkManager would watch the links of a bond that says nothing: so it is told not to. */
static void test_absence_is_written_out(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	struct bondtool_profile *bond = bt_profile_new();
	struct bondtool_files *files = NULL;

	bt_profile_set(bt, bond, BT_PROP_TYPE, "bond", NULL);
	bt_profile_set(bt, bond, BT_PROP_INTERFACE_NAME, "bond0", NULL);
	CHECK_INT(bt_config_add(config, bond), 0);
	CHECK_INT(bondtool_write(bt, config, "keyfile", &files), 0);
	CHECK(strstr(bondtool_files_at(files, 0)->text, "miimon=0"));
	CHECK_STR(bondtool_diags_at(bt, 0)->rule, "write/implied");
	bondtool_files_free(files);
	bondtool_free(bt);
}

/* The text of a bond of MODE as wicked gets it; the findings are those of writing. */
static char *written_for_wicked(struct bondtool *bt, const char *mode)
{
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	struct bondtool_profile *bond = bt_profile_new();
	struct bondtool_profile *port = bt_profile_new();
	struct bondtool_files *files = NULL;
	char *text = NULL;

	bt_profile_set(bt, bond, BT_PROP_TYPE, "bond", NULL);
	bt_profile_set(bt, bond, BT_PROP_INTERFACE_NAME, "bond0", NULL);
	bt_options_set(bt, &bond->options, "mode", mode, NULL);
	bt_profile_set(bt, port, BT_PROP_TYPE, "802-3-ethernet", NULL);
	bt_profile_set(bt, port, BT_PROP_INTERFACE_NAME, "eth0", NULL);
	bt_profile_set(bt, port, BT_PROP_CONTROLLER, "bond0", NULL);
	bt_profile_set(bt, port, BT_PROP_PORT_TYPE, "bond", NULL);
	CHECK_INT(bt_config_add(config, bond), 0);
	CHECK_INT(bt_config_add(config, port), 0);
	bondtool_diags_clear(bt);
	if (CHECK_INT(bondtool_write(bt, config, "ifcfg-suse", &files), 0))
		text = strdup(bondtool_files_at(files, 0)->text);
	CHECK(!bt_values_find(&bond->options, BT_OPT_MIIMON));
	bondtool_files_free(files);
	return text;
}

/* wicked refuses a bond without a monitor; it is told one only where the driver has it anyway. */
static void test_wicked_is_told_of_the_drivers_own_monitor(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOFREE char *forced = written_for_wicked(bt, "802.3ad");

	CHECK(forced && strstr(forced, "BONDING_MODULE_OPTS='mode=802.3ad miimon=100'"));
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->rule, "write/implied");

	BT_AUTOFREE char *free_to_choose = written_for_wicked(bt, "active-backup");

	CHECK(free_to_choose && !strstr(free_to_choose, "miimon"));
	if (CHECK_INT(bondtool_diags_count(bt), 1))
		CHECK_STR(bondtool_diags_at(bt, 0)->message,
			  "ifcfg-suse: wicked will refuse 'bond0': it has neither miimon nor "
			  "arp_interval");
	bondtool_free(bt);
}

static void test_inputs_keep_each_text_once(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOINPUTS struct bt_inputs inputs = {0};
	const struct bt_source *one = bt_source_add(bt, "a/one", "", 0);
	const struct bt_source *again = bt_source_add(bt, "a/one", "", 0);
	const struct bt_source *two = bt_source_add(bt, "a/two", "", 0);

	CHECK_INT(bt_inputs_add(&inputs, one, true), 0);
	CHECK_INT(bt_inputs_add(&inputs, two, true), 0);
	CHECK_INT(bt_inputs_add(&inputs, again, false), 0);
	CHECK_INT(inputs.count, 2);
	CHECK(inputs.items[0].source == one);
	CHECK(!inputs.items[0].beside); /* asked for after all */
	CHECK(inputs.items[1].beside);
	CHECK(bt_inputs_enter(&inputs, "a"));
	CHECK(!bt_inputs_enter(&inputs, "a"));
	bondtool_free(bt);
}

static void test_paths(void)
{
	BT_AUTOFREE char *folder = bt_path_folder("/etc/x/ifcfg-bond0");
	BT_AUTOFREE char *here = bt_path_folder("ifcfg-bond0");
	BT_AUTOFREE char *top = bt_path_folder("/ifcfg-bond0");
	BT_AUTOFREE char *joined = bt_path_join("/etc/x", "ifcfg-eth0");
	BT_AUTOFREE char *bare = bt_path_join(".", "ifcfg-eth0");

	CHECK_STR(folder, "/etc/x");
	CHECK_STR(here, ".");
	CHECK_STR(top, "/");
	CHECK_STR(joined, "/etc/x/ifcfg-eth0");
	CHECK_STR(bare, "ifcfg-eth0");
	CHECK_STR(bt_path_base("/etc/x/ifcfg-bond0"), "ifcfg-bond0");
}

TESTS(TEST(test_names_are_unique), TEST(test_unknown_format_is_refused),
      TEST(test_missing_file_is_named), TEST(test_unrecognised_text_is_refused),
      TEST(test_folder_without_texts_is_refused), TEST(test_absence_is_written_out),
      TEST(test_wicked_is_told_of_the_drivers_own_monitor),
      TEST(test_ifcfg_files_are_told_apart_by_content),
      TEST(test_ifcfg_keys_are_found_with_all_their_lines),
      TEST(test_modprobe_files_are_recognised), TEST(test_bonds_of_modprobe_are_bounded),
      TEST(test_inputs_keep_each_text_once), TEST(test_paths))
