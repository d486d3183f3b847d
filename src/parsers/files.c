/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What readers and writers handle: the texts that belong to an input, the files of an output. */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/text.h"
#include "parsers/format.h"

void bt_inputs_release(struct bt_inputs *inputs)
{
	free(inputs->items);
	bt_hash_release(&inputs->by_name);
	bt_strings_release(&inputs->folders);
	*inputs = (struct bt_inputs){0};
}

int bt_inputs_add(struct bt_inputs *inputs, const struct bt_source *source, bool beside)
{
	size_t number;

	if (bt_inputs_find(inputs, source->name, &number)) {
		inputs->items[number].beside &= beside;
		return 0;
	}
	if (!BT_MAKE_ROOM(inputs->items, inputs->count, inputs->size))
		return -ENOMEM;

	int r = bt_hash_put(&inputs->by_name, source->name, inputs->count);

	if (r < 0)
		return r;
	inputs->items[inputs->count++] = (struct bt_input){source, beside};
	return 0;
}

bool bt_inputs_find(const struct bt_inputs *inputs, const char *path, size_t *ret_number)
{
	size_t number;

	if (!bt_hash_get(&inputs->by_name, path, &number))
		return false;
	if (ret_number)
		*ret_number = number;
	return true;
}

bool bt_inputs_enter(struct bt_inputs *inputs, const char *folder)
{
	return !bt_strings_contain(&inputs->folders, folder) &&
	       bt_strings_add(&inputs->folders, folder) == 0;
}

int bt_read_each(struct bondtool *bt, const struct bt_inputs *inputs, bt_read_text *read_one,
		 struct bondtool_config *config)
{
	int r = -EINVAL; /* until one of the texts could be read */

	for (size_t i = 0; i < inputs->count; i++) {
		int one = read_one(bt, inputs->items[i].source, config);

		if (one == -ENOMEM)
			return one;
		if (one == 0)
			r = 0;
	}
	return r;
}

const char *bt_path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *bt_path_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return strdup(".");
	return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

char *bt_path_join(const char *folder, const char *name)
{
	/* A file of the current folder keeps its bare name, as it was typed. */
	if (bt_equal(folder, "."))
		return strdup(name);
	return bt_format("%s%s%s", folder, bt_has_suffix(folder, "/") ? "" : "/", name);
}

/* Whether the entry can be read as a file: links and pipes can, folders and sockets cannot. */
static bool is_file(const char *folder, const struct dirent *entry)
{
	struct stat status;
	BT_AUTOFREE char *path = NULL;

	if (entry->d_type == DT_REG)
		return true;
	if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
		return false;
	path = bt_path_join(folder, entry->d_name);
	return path && stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int bt_folder_files(struct bondtool *bt, const char *folder, struct bt_strings *ret_names)
{
	DIR *stream = opendir(folder);
	int r = stream ? 0 : -errno;

	if (r < 0)
		return bt_error(bt, r, "file/read", NULL, "cannot read the folder '%s': %s", folder,
				strerror(-r));

	BT_AUTOSTRINGS struct bt_strings names = {0};

	for (struct dirent *entry; r == 0 && (entry = readdir(stream));)
		if (entry->d_name[0] != '.' && is_file(folder, entry))
			r = bt_strings_add(&names, entry->d_name);
	closedir(stream);
	if (r < 0)
		return r;
	if (names.count)
		qsort(names.items, names.count, sizeof(*names.items), compare_names);
	*ret_names = names;
	names = (struct bt_strings){0};
	return 0;
}

static void file_release(struct bondtool_file *file)
{
	free((char *)file->name);
	free((char *)file->text);
}

int bt_files_add(struct bondtool_files *files, const char *name, unsigned mode, char *text)
{
	struct bondtool_file file = {.name = strdup(name), .text = text, .mode = mode};

	if (!file.name || !file.text || !BT_MAKE_ROOM(files->items, files->count, files->size) ||
	    bt_hash_put(&files->by_name, file.name, files->count) < 0) {
		file_release(&file);
		return -ENOMEM;
	}
	files->items[files->count++] = file;
	return 0;
}

bool bt_files_have(const struct bondtool_files *files, const char *name)
{
	size_t number;

	return bt_hash_get(&files->by_name, name, &number);
}

size_t bondtool_files_count(const struct bondtool_files *files)
{
	return files->count;
}

const struct bondtool_file *bondtool_files_at(const struct bondtool_files *files, size_t index)
{
	return index < files->count ? &files->items[index] : NULL;
}

void bondtool_files_free(struct bondtool_files *files)
{
	if (!files)
		return;
	for (size_t i = 0; i < files->count; i++)
		file_release(&files->items[i]);
	free(files->items);
	bt_hash_release(&files->by_name);
	free(files);
}
