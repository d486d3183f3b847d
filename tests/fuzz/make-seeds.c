/* SPDX-License-Identifier: GPL-2.0-or-later
 * make-seeds DIR: writes the seeds of each format into DIR/FORMAT and its dictionary to
 * DIR/FORMAT.dict, for libFuzzer and AFL++.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "seeds.h"

static void spill(const char *path, const char *text)
{
	FILE *file = path && text ? fopen(path, "we") : NULL;

	if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
		fprintf(stderr, "make-seeds: cannot write '%s': %s\n", path, strerror(errno));
		exit(EXIT_FAILURE);
	}
}

static void make_folder(const char *path)
{
	if (!path || (mkdir(path, 0777) < 0 && errno != EEXIST)) {
		fprintf(stderr, "make-seeds: cannot make '%s': %s\n", path, strerror(errno));
		exit(EXIT_FAILURE);
	}
}

static void make_format(const char *folder, const struct bt_format *format)
{
	const char *name = bt_format_name(format->id);
	BT_AUTOFREE char *place = bt_format("%s/%s", folder, name);
	BT_AUTOFREE char *list = bt_format("%s/%s.dict", folder, name);
	BT_AUTOFREE char *words = seeds_dictionary(format);

	make_folder(place);
	spill(list, words);
	for (unsigned i = 0;; i++) {
		BT_AUTOFREE char *seed = seeds_make(format, i);
		BT_AUTOFREE char *path = bt_format("%s/all-options-%u", place, i);

		if (!seed)
			return;
		spill(path, seed);
	}
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: make-seeds DIR\n", stderr);
		return EXIT_FAILURE;
	}
	make_folder(argv[1]);
	for (const struct bt_format *const *format = bt_formats; *format; format++)
		if ((*format)->read)
			make_format(argv[1], *format);
	return EXIT_SUCCESS;
}
