/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The format of systemd-networkd's units: which files are some, and which of a folder count. */
#include "parsers/networkd/networkd.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool is_unit_name(const char *name)
{
	return bt_has_suffix(name, ".netdev") || bt_has_suffix(name, ".network");
}

static unsigned recognise(const struct bt_source *source)
{
	bool named = is_unit_name(source->name);
	bool dropin = strstr(source->name, ".netdev.d/") || strstr(source->name, ".network.d/");

	if (bt_has_suffix(source->name, ".link"))
		return 0; /* of udev */
	if (bt_ini_has_section(source, "NetDev"))
		return named ? 95 : 75;
	if (bt_ini_has_section(source, "Match") && bt_ini_has_section(source, "Network"))
		return named ? 95 : 75;
	return named ? 50 : dropin ? 45 : 0;
}

/* ---- the folders of a system -------------------------------------------------------------------
 */

/* Below a root, in the order in which a file of one hides the same name in the next. */
static const char *const directories[] = {"etc/systemd/network", "run/systemd/network",
					  "usr/local/lib/systemd/network",
					  "usr/lib/systemd/network", "lib/systemd/network"};

char *bt_networkd_home(const struct bt_source *source)
{
	BT_AUTOFREE char *folder = bt_path_folder(source->name);

	if (folder && bt_has_suffix(source->name, ".conf")) {
		char *unit = folder;

		folder = bt_path_folder(unit);
		free(unit);
	}
	for (size_t i = 0; folder && i < BT_ARRAY_SIZE(directories); i++) {
		size_t length = strlen(folder) - strlen(directories[i]);

		if (bt_has_suffix(folder, directories[i]) &&
		    (length == 0 || folder[length - 1] == '/')) {
			folder[length] = '\0';
			break;
		}
	}
	return BT_TAKE(folder);
}

/* The gathering of one input. */
struct search {
	struct bondtool *bt;
	struct bt_inputs *inputs;
	bool beside;
	struct bt_strings folders; /* in the order of precedence */
	struct bt_hash seen;	   /* names that count, or that a mask hides: "a.netdev.d/b.conf" */
	struct bt_strings names;   /* that the table borrows */
};

static void search_release(struct search *search)
{
	bt_strings_release(&search->folders);
	bt_hash_release(&search->seen);
	bt_strings_release(&search->names);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All names in FOLDER, sorted, links to nowhere included; nothing when there is no such folder. */
static int list(const char *folder, struct bt_strings *ret_names)
{
	DIR *stream = opendir(folder);
	int r = 0;

	if (!stream)
		return 0;
	for (struct dirent *entry; r == 0 && (entry = readdir(stream));)
		if (entry->d_name[0] != '.')
			r = bt_strings_add(ret_names, entry->d_name);
	closedir(stream);
	if (ret_names->count)
		qsort(ret_names->items, ret_names->count, sizeof(char *), by_name);
	return r;
}

/* Adds the file, unless it is an empty one or a link to /dev/null: those only hide others. */
static int add_file(struct search *search, const char *path)
{
	const struct bt_source *source;
	struct stat status;
	size_t number;
	int r;

	if (bt_inputs_find(search->inputs, path, &number)) {
		search->inputs->items[number].beside &= search->beside;
		return 0;
	}
	if (stat(path, &status) < 0 || !S_ISREG(status.st_mode) || status.st_size == 0)
		return 0;
	r = bt_source_read(search->bt, path, &source);
	if (r < 0)
		return r == -ENOMEM || !search->beside ? r : 0;
	return bt_inputs_add(search->inputs, source, search->beside);
}

/* A file of the folder, unless one of the same name counts already. */
static int add_once(struct search *search, const char *folder, const char *name, const char *key)
{
	BT_AUTOFREE char *path = bt_path_join(folder, name);
	size_t unused;
	int r;

	if (!path)
		return -ENOMEM;
	if (bt_hash_get(&search->seen, key, &unused))
		return 0;
	r = bt_strings_add(&search->names, key);
	if (r == 0)
		r = bt_hash_put(&search->seen, search->names.items[search->names.count - 1], 1);
	return r == 0 ? add_file(search, path) : r;
}

/* The drop-ins of a unit, of all folders. */
static int add_dropins(struct search *search, const char *unit)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < search->folders.count; i++) {
		BT_AUTOSTRINGS struct bt_strings names = {0};
		BT_AUTOFREE char *folder = bt_format("%s/%s.d", search->folders.items[i], unit);

		r = folder ? list(folder, &names) : -ENOMEM;
		for (size_t k = 0; r == 0 && k < names.count; k++) {
			BT_AUTOFREE char *key = bt_format("%s.d/%s", unit, names.items[k]);

			if (!key)
				return -ENOMEM;
			if (bt_has_suffix(names.items[k], ".conf"))
				r = add_once(search, folder, names.items[k], key);
		}
	}
	return r;
}

/* All units of the folders, each with its drop-ins. */
static int add_units(struct search *search)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < search->folders.count; i++) {
		BT_AUTOSTRINGS struct bt_strings names = {0};
		const char *folder = search->folders.items[i];

		r = list(folder, &names);
		for (size_t k = 0; r == 0 && k < names.count; k++) {
			if (!is_unit_name(names.items[k]))
				continue;
			r = add_once(search, folder, names.items[k], names.items[k]);
			if (r == 0)
				r = add_dropins(search, names.items[k]);
		}
	}
	return r;
}

/* The folder itself, or where it is the root of a system, those in which networkd looks. */
static int add_folders(struct search *search, const char *folder)
{
	struct stat status;
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(directories); i++) {
		BT_AUTOFREE char *path = bt_path_join(folder, directories[i]);

		if (!path)
			return -ENOMEM;
		if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
			r = bt_strings_add(&search->folders, path);
	}
	return r == 0 && !search->folders.count ? bt_strings_add(&search->folders, folder) : r;
}

static int gather_folder(struct bondtool *bt, const char *folder, bool beside,
			 struct bt_inputs *inputs)
{
	BT_CLEANUP(search_release)
	struct search search = {.bt = bt, .inputs = inputs, .beside = beside};
	int r = add_folders(&search, folder);

	return r == 0 ? add_units(&search) : r;
}

/* A file with its drop-ins. */
static int gather_file(struct bondtool *bt, const char *path, const char *folder,
		       struct bt_inputs *inputs)
{
	BT_CLEANUP(search_release) struct search search = {.bt = bt, .inputs = inputs};
	const struct bt_source *source;
	size_t number;
	int r = bt_strings_add(&search.folders, folder);

	if (r == 0 && bt_inputs_find(inputs, path, &number)) {
		inputs->items[number].beside = false;
	} else if (r == 0) {
		r = bt_source_read(bt, path, &source);
		if (r == 0)
			r = bt_inputs_add(inputs, source, false);
	}
	return r == 0 ? add_dropins(&search, bt_path_base(path)) : r;
}

static int gather(struct bondtool *bt, const char *path, struct bt_inputs *inputs)
{
	BT_AUTOFREE char *folder = bt_path_folder(path);
	struct stat status;
	int r;

	if (!folder)
		return -ENOMEM;
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
		bt_inputs_enter(inputs, path);
		return gather_folder(bt, path, false, inputs);
	}
	r = gather_file(bt, path, folder, inputs);
	if (r < 0 || !bt_inputs_enter(inputs, folder))
		return r;
	return gather_folder(bt, folder, true, inputs);
}

const struct bt_format bt_format_networkd = {
	.id = BT_FORMAT_NETWORKD,
	.text = "systemd-networkd's units, /etc/systemd/network/*.netdev and *.network",
	.recognise = recognise,
	.gather = gather,
	.read = bt_networkd_read,
	.write = bt_networkd_write,
};
