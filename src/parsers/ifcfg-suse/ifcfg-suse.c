/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of SUSE's ifcfg files: which files are some, and which belong together. */
#include "parsers/ifcfg-suse/ifcfg-suse.h"

#include <string.h>

#include "parsers/ifcfg/ifcfg-bare.h"
#include "parsers/neighbours.h"

/* ---- recognising --------------------------------------------------------------------------- */

/* What one line says for us: 1, against us: -1, or nothing. */
static int judge_line(const struct bt_ifcfg_bare *line)
{
	static const char *const ours[] = {
		"STARTMODE=", "BONDING_MODULE_OPTS=", "ETHERDEVICE=", "LLADDR=",
		"PREFIXLEN=", "USERCONTROL=",	      "DHCLIENT_",    NULL};
	static const char *const red_hats[] = {
		"ONBOOT=",	 "DEVICE=", "HWADDR=", "MASTER=",	 "SLAVE=",
		"BONDING_OPTS=", "PREFIX=", "UUID=",   "NM_CONTROLLED=", NULL};

	if (bt_ifcfg_bare_begins(line, ours))
		return 1;
	return bt_ifcfg_bare_begins(line, red_hats) ? -1 : 0;
}

static bool lies_in_our_folder(const struct bt_source *source)
{
	BT_AUTOFREE char *folder = bt_path_folder(source->name);

	return folder && bt_has_suffix(folder, "sysconfig/network");
}

/* STARTMODE decides, whatever was copied from Red Hat's files; else the keys that there are more
   of, and where there are none the folder. */
static unsigned recognise(const struct bt_source *source)
{
	static const char *const decisive[] = {"STARTMODE=", NULL};
	struct bt_ifcfg_bare line = {0};
	bool named = bt_suse_interface(source->name, "ifcfg-") != NULL;
	bool at_home = lies_in_our_folder(source);
	int balance = 0;

	if (bt_suse_is_route_file(source))
		return bt_suse_interface(source->name, "ifroute-") ? 40 : at_home ? 30 : 0;
	while (bt_ifcfg_next_bare(source, &line)) {
		if (bt_ifcfg_bare_is_debian(&line))
			return 0;
		if (bt_ifcfg_bare_begins(&line, decisive) && line.length > strlen(*decisive))
			return named ? 95 : 65;
		balance += judge_line(&line);
	}
	if (balance > 0)
		return named ? 95 : 65;
	return balance == 0 && named && at_home ? 92 : 0;
}

/* ---- the files ----------------------------------------------------------------------------- */

/* Leftovers of editors and packages, which wicked passes over. */
static bool is_leftover(const char *name)
{
	static const char *const suffixes[] = {"~",	      ".old",	 ".bak",     ".orig",
					       ".scpmbackup", ".rpmnew", ".rpmsave", ".rpmorig"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(suffixes); i++)
		if (bt_has_suffix(name, suffixes[i]))
			return true;
	return false;
}

static bool is_read(const char *name)
{
	return (bt_suse_interface(name, "ifcfg-") && !is_leftover(name)) ||
	       bt_suse_interface(name, "ifroute-") || bt_equal(name, "routes");
}

/* Route files count for the interfaces that are read, whether they were asked for or not. */
static int add(struct bondtool *bt, const struct bt_source *source, bool beside,
	       struct bt_inputs *inputs)
{
	bool route = bt_suse_is_route_file(source);

	(void)bt;
	if (beside && !route && bt_format_recognise(source) != &bt_format_ifcfg_suse)
		return 0;
	return bt_inputs_add(inputs, source, beside && !route);
}

static int gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	static const struct bt_neighbours neighbours = {.is_read = is_read, .add = add};

	return bt_gather_neighbours(bt, &neighbours, path, inputs);
}

const struct bt_format bt_format_ifcfg_suse = {
	.id = BT_FORMAT_IFCFG_SUSE,
	.text = "SUSE's ifcfg files for wicked, /etc/sysconfig/network/ifcfg-*",
	.recognise = recognise,
	.gather = gather,
	.read = bt_suse_read,
	.write = bt_suse_write,
};
