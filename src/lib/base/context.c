/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The context: life, root directory, and the source texts it keeps. */
#include "base/context.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

struct bondtool *bondtool_new(void)
{
	struct bondtool *bt = calloc(1, sizeof(*bt));

	if (!bt)
		return NULL;
	bt->root = strdup("");
	if (!bt->root) {
		free(bt);
		return NULL;
	}
	return bt;
}

static void source_free(struct bt_source *source)
{
	free(source->name);
	free(source->text);
	free(source->lines);
	free(source);
}

void bondtool_free(struct bondtool *bt)
{
	if (!bt)
		return;
	if (bt->transport)
		bt->transport_release(bt->transport);
	bondtool_diags_clear(bt);
	free(bt->diags);
	while (bt->sources) {
		struct bt_source *source = bt->sources;

		bt->sources = source->next;
		source_free(source);
	}
	free(bt->root);
	free(bt);
}

int bondtool_set_root(struct bondtool *bt, const char *directory)
{
	size_t length = strlen(directory);

	while (length && directory[length - 1] == '/')
		length--;

	char *root = strndup(directory, length);

	if (!root)
		return -ENOMEM;
	free(bt->root);
	bt->root = root;
	return 0;
}

char *bt_path(const struct bondtool *bt, const char *path)
{
	return bt_format("%s%s", bt->root, path);
}

/* Takes over TEXT (freed on failure). */
static const struct bt_source *source_take(struct bondtool *bt, const char *name, char *text,
					   size_t length)
{
	struct bt_source *source = calloc(1, sizeof(*source));

	if (source)
		source->name = strdup(name);
	if (!source || !source->name) {
		free(source);
		free(text);
		return NULL;
	}
	source->text = text;
	source->length = length;
	source->next = bt->sources;
	bt->sources = source;
	return source;
}

const struct bt_source *bt_source_add(struct bondtool *bt, const char *name, const char *text,
				      size_t length)
{
	char *copy = malloc(length + 1);

	if (!copy)
		return NULL;
	memcpy(copy, text, length);
	copy[length] = '\0';
	return source_take(bt, name, copy, length);
}

/* How much there is likely to be read, and a byte more, by which to see that it was all. */
static size_t expected_size(int fd)
{
	struct stat status;

	if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || status.st_size > BT_SOURCE_LIMIT)
		return 1;
	return (size_t)status.st_size + 1;
}

/* Reads FD to its end; 0 or a negative errno. */
static int read_all(int fd, struct bt_text *ret_text)
{
	size_t expected = expected_size(fd);

	for (;;) {
		char *room = bt_text_room(ret_text, expected);
		ssize_t n;

		if (!room)
			return -ENOMEM;
		n = read(fd, room, ret_text->size - ret_text->length - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		bt_text_end(ret_text, room + n);
		if (n == 0)
			return 0;
		if (ret_text->length > BT_SOURCE_LIMIT)
			return -EFBIG;
		expected = 1;
	}
}

int bt_source_read(struct bondtool *bt, const char *path, const struct bt_source **ret_source)
{
	bool standard_input = bt_equal(path, "-");
	BT_AUTOCLOSE int fd = standard_input ? dup(STDIN_FILENO)
					     : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	BT_AUTOTEXT struct bt_text text = {0};
	int r = fd < 0 ? -errno : read_all(fd, &text);

	if (r < 0)
		return bt_error(bt, r, "file/read", NULL, "cannot read '%s': %s", path,
				strerror(-r));

	size_t length = text.length;
	char *bytes = bt_text_take(&text);
	const struct bt_source *source =
		bytes ? source_take(bt, standard_input ? "<stdin>" : path, bytes, length) : NULL;

	if (!source)
		return -ENOMEM;
	*ret_source = source;
	return 0;
}

/*
 * Looks for the lines of a text, once: nothing is asked about the lines of most. The text never
 * changes, and whoever reads it does not see that this is filled in late.
 */
static bool find_lines(const struct bt_source *source)
{
	struct bt_source *owned = (struct bt_source *)source;
	const char *text = source->text, *end = text + source->length;
	unsigned count = 1;

	if (source->lines)
		return true;
	for (const char *p = text; (p = memchr(p, '\n', (size_t)(end - p))); p++)
		count++;
	owned->lines = malloc(count * sizeof(*owned->lines));
	if (!owned->lines)
		return false;
	owned->lines[owned->n_lines++] = 0;
	for (const char *p = text; (p = memchr(p, '\n', (size_t)(end - p)));)
		owned->lines[owned->n_lines++] = (uint32_t)(++p - text);
	return true;
}

struct bt_origin bt_origin_at(const struct bt_source *source, size_t offset, size_t length)
{
	struct bt_origin origin = {.source = source, .length = bt_marked(length)};
	unsigned low = 0, high;

	if (!find_lines(source))
		return origin;
	if (offset > source->length)
		offset = source->length;
	for (high = source->n_lines; high - low > 1;) {
		unsigned middle = low + (high - low) / 2;

		if (source->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	origin.line = low + 1;
	origin.column = (unsigned)(offset - source->lines[low]) + 1;
	return origin;
}

struct bt_origin bt_origin_part(const struct bt_origin *origin, size_t offset, size_t length)
{
	struct bt_origin part = origin ? *origin : (struct bt_origin){0};

	if (part.column) {
		part.column += (unsigned)offset;
		part.length = bt_marked(length);
	}
	return part;
}

const char *bt_source_line(const struct bt_source *source, unsigned number, size_t *ret_length)
{
	const char *line, *stop, *end = source->text + source->length;

	*ret_length = 0;
	if (!number || !find_lines(source))
		return "";
	if (number > source->n_lines)
		number = source->n_lines;
	line = source->text + source->lines[number - 1];
	stop = memchr(line, '\n', (size_t)(end - line));
	*ret_length = (size_t)((stop ? stop : end) - line);
	return line;
}
