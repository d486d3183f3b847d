/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Finds the files of ports beside those of bonds, for formats with a file for each interface. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "parsers/neighbours.h"

static int add_file(struct bondtool *bt, const struct bt_neighbours *neighbours, const char *path,
		    bool beside, struct bt_inputs *inputs)
{
	const struct bt_source *source;
	size_t number;
	int r;

	if (bt_inputs_find(inputs, path, &number)) {
		inputs->items[number].beside &= beside;
		return 0;
	}
	r = bt_source_read(bt, path, &source);
	if (r < 0)
		return beside ? 0 : r;
	return neighbours->add(bt, source, beside, inputs);
}

static int add_folder(struct bondtool *bt, const struct bt_neighbours *neighbours,
		      const char *folder, bool beside, struct bt_inputs *inputs)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};
	int r = bt_folder_files(bt, folder, &names);

	for (size_t i = 0; r == 0 && i < names.count; i++) {
		BT_AUTOFREE char *path = bt_path_join(folder, names.items[i]);

		if (!path)
			return -ENOMEM;
		if (neighbours->is_read(names.items[i]))
			r = add_file(bt, neighbours, path, beside, inputs);
	}
	return r;
}

int bt_gather_neighbours(struct bondtool *bt, const struct bt_neighbours *neighbours,
			 const char *path, struct bt_inputs *inputs)
{
	BT_AUTOFREE char *folder = NULL;
	struct stat status;
	int r;

	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
		bt_inputs_enter(inputs, path);
		return add_folder(bt, neighbours, path, false, inputs);
	}
	r = add_file(bt, neighbours, path, false, inputs);
	folder = bt_path_folder(path);
	if (r < 0 || !folder)
		return r < 0 ? r : -ENOMEM;
	return bt_inputs_enter(inputs, folder)
		       ? add_folder(bt, neighbours, folder, true, inputs)
		       : 0;
}
