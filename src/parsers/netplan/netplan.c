/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of netplan's files: which texts are some, and which files of a system count. */
#include "parsers/netplan/netplan.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* ---- recognition ----------------------------------------------------------------------------- */

/* Whether the lines behind "network:" have a section of devices; cloud-init's version 1 has none.
 */
static bool has_section(const char *text)
{
	static const char *const words[] = {
		"ethernets:", "bonds:",	  "vlans:",  "bridges:", "wifis:",
		"renderer:",  "tunnels:", "modems:", "vrfs:"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++) {
		const char *found = strstr(text, words[i]);

		if (found && found > text && strchr(" \t\n{,", found[-1]))
			return true;
	}
	return false;
}

static unsigned recognise(const struct bt_source *source)
{
	static const char key[] = "network:";
	bool home = strstr(source->name, "netplan/") && bt_has_suffix(source->name, ".yaml");

	for (const char *line = source->text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (bt_has_prefix(line, key))
			return has_section(line) ? (home ? 95 : 75) : home ? 60 : 0;
	}
	return home ? 40 : 0;
}

/* ---- files ----------------------------------------------------------------------------------- */

/* Below a root, in the order in which a file of one hides the same name in the next. */
static const char *const directories[] = {"run/netplan", "etc/netplan", "lib/netplan",
					  "usr/lib/netplan"};

/* What lies in a folder of a system is for root's eyes only. */
static void check_installed(struct bondtool *bt, const struct bt_source *source)
{
	struct bt_origin origin = {.source = source};
	struct stat status;

	if (*source->name != '/' || !strstr(source->name, "/etc/netplan/") ||
	    stat(source->name, &status) < 0 || !(status.st_mode & 077))
		return;
	bt_diag(bt, BONDTOOL_WARNING, "netplan/permissions", &origin, "chmod 600",
		"netplan finds the permissions %04o too open: it wants 0600",
		status.st_mode & 07777);
}

static int add_file(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	const struct bt_source *source;
	int r;

	if (bt_inputs_find(inputs, path, NULL))
		return 0;
	r = bt_source_read(bt, path, &source);
	if (r < 0)
		return r;
	check_installed(bt, source);
	return bt_inputs_add(inputs, source, false);
}

/* The files of one folder, without those that SEEN has. */
static int add_folder(struct bondtool *bt, const char *folder, struct bt_strings *seen,
		      struct bt_inputs *inputs)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = bt_folder_files(bt, folder, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		BT_AUTOFREE char *path = bt_path_join(folder, names.items[i]);

		if (!path)
			return -ENOMEM;
		if (!bt_has_suffix(path, ".yaml"))
			continue;
		if (bt_strings_contain(seen, names.items[i])) {
			bt_note(bt, "netplan/hidden", NULL,
				"'%s' is hidden by the file of the same name in a folder that goes "
				"before",
				path);
			continue;
		}
		r = add_file(bt, path, inputs);
		if (r == 0)
			r = bt_strings_add(seen, names.items[i]);
	}
	return r;
}

int bt_netplan_gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	BT_AUTOSTRINGS struct bt_strings seen = {0};
	struct stat status;
	bool system = false;
	int r = 0;

	if (stat(path, &status) < 0 || !S_ISDIR(status.st_mode))
		return add_file(bt, path, inputs);
	bt_inputs_enter(inputs, path);
	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(directories); i++) {
		BT_AUTOFREE char *folder = bt_path_join(path, directories[i]);

		if (!folder)
			return -ENOMEM;
		if (stat(folder, &status) < 0 || !S_ISDIR(status.st_mode))
			continue;
		system = true;
		r = add_folder(bt, folder, &seen, inputs);
	}
	return r == 0 && !system ? add_folder(bt, path, &seen, inputs) : r;
}

const struct bt_format bt_format_netplan = {
	.id = BT_FORMAT_NETPLAN,
	.text = "netplan's YAML, /etc/netplan/*.yaml",
	.recognise = recognise,
	.gather = bt_netplan_gather,
	.read = bt_netplan_read,
	.write = bt_netplan_write,
};
