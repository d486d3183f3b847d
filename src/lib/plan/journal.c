/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The journal's file: one line of JSON an operation, written before the operation is sent. The lock
 * on it goes with the process that holds it, so a journal that is not empty and not locked is what
 * an interrupted change left.
 */
#include "plan/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

static const char run_directory[] = "/run/bondtool";
static const char journal_file[] = "/run/bondtool/journal";

/* The file is replaced by none at the end of a change, so the one that we locked may be gone. */
static bool is_current(int fd, const char *path)
{
	struct stat ours, there;

	return fstat(fd, &ours) == 0 && stat(path, &there) == 0 && ours.st_ino == there.st_ino &&
	       ours.st_dev == there.st_dev;
}

static int open_locked(const char *path)
{
	for (;;) {
		BT_AUTOCLOSE int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
		int result;

		if (fd < 0)
			return -errno;
		while (flock(fd, LOCK_EX) < 0)
			if (errno != EINTR)
				return -errno;
		if (!is_current(fd, path))
			continue;
		result = fd;
		fd = -1;
		return result;
	}
}

static int make_directories(const char *root, const char *path)
{
	BT_AUTOFREE char *parent = bt_format("%s/run", root);

	if (!parent)
		return -ENOMEM;
	if (mkdir(path, 0755) == 0 || errno == EEXIST)
		return 0;
	if (errno != ENOENT || (mkdir(parent, 0755) < 0 && errno != EEXIST))
		return -errno;
	return mkdir(path, 0755) < 0 && errno != EEXIST ? -errno : 0;
}

/* One line: the operations that take one operation back. */
static int read_line(struct bondtool *bt, const char *line, struct bt_operations *undo)
{
	json_t *array = json_loads(line, 0, NULL);
	int r = array ? 0 : -EINVAL;

	for (size_t i = 0; r == 0 && i < json_array_size(array); i++)
		r = bt_operation_from_json(bt, json_array_get(array, i), undo);
	json_decref(array);
	return r;
}

/* Moves all operations of FROM to the front of INTO: what came last is taken back first. */
static int put_before(struct bt_operations *into, struct bt_operations *from)
{
	struct bt_operations joined = {0};
	size_t count = into->count + from->count;

	if (!count)
		return 0;
	joined.items = calloc(count, sizeof(*joined.items));
	if (!joined.items)
		return -ENOMEM;
	memcpy(joined.items, from->items, from->count * sizeof(*joined.items));
	if (into->count)
		memcpy(joined.items + from->count, into->items,
		       into->count * sizeof(*joined.items));
	joined.count = joined.size = count;
	free(into->items);
	free(from->items);
	*into = joined;
	*from = (struct bt_operations){0};
	return 0;
}

/* A last line that was cut off belongs to an operation that was not sent. */
static int read_left(struct bondtool *bt, int fd, struct bt_operations *ret_left)
{
	FILE *stream = fdopen(dup(fd), "r");
	BT_AUTOFREE char *line = NULL;
	size_t size = 0;
	int r = stream ? 0 : -errno;

	while (r == 0 && getline(&line, &size, stream) > 0) {
		BT_AUTOOPERATIONS struct bt_operations undo = {0};

		r = read_line(bt, line, &undo);
		if (r == 0)
			r = put_before(ret_left, &undo);
	}
	if (stream)
		fclose(stream);
	return r == -EINVAL ? 0 : r;
}

int bt_journal_open(struct bondtool *bt, struct bt_journal *journal, struct bt_operations *ret_left)
{
	BT_AUTOFREE char *directory = bt_path(bt, run_directory);
	BT_AUTOFREE char *path = bt_path(bt, journal_file);
	int r = directory && path ? make_directories(bt->root, directory) : -ENOMEM;
	int fd = r < 0 ? r : open_locked(path);

	if (fd == -EACCES || fd == -EPERM || fd == -EROFS)
		return 0;
	if (fd < 0)
		return bt_error(bt, fd, "plan/journal", NULL, "cannot open '%s': %s",
				path ? path : journal_file, strerror(-fd));
	journal->fd = fd;
	journal->path = BT_TAKE(path);
	return read_left(bt, fd, ret_left);
}

int bt_journal_record(struct bt_journal *journal, const struct bt_operation *operation)
{
	BT_AUTOFREE char *line = NULL;
	BT_AUTOFREE char *text = NULL;
	json_t *array;
	ssize_t n;

	if (!journal->path)
		return 0;
	array = json_array();
	for (size_t i = 0; i < operation->undo.count; i++)
		json_array_append_new(array, bt_operation_to_json(&operation->undo.items[i]));
	text = json_dumps(array, JSON_COMPACT);
	json_decref(array);
	line = text ? bt_format("%s\n", text) : NULL;
	if (!line)
		return -ENOMEM;
	n = write(journal->fd, line, strlen(line));
	if (n < 0)
		return -errno;
	return (size_t)n == strlen(line) ? 0 : -ENOSPC;
}

void bt_journal_close(struct bt_journal *journal)
{
	if (!journal->path)
		return;
	unlink(journal->path);
	close(journal->fd);
	free(journal->path);
	*journal = (struct bt_journal){0};
}
