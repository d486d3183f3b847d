/* SPDX-License-Identifier: GPL-2.0-or-later
 * The texts that are named on the command line.
 */
#include "cli/input.h"

#include <sys/stat.h>

enum {
	GROWTH = 10,	/* what is made of a text takes about so many times its size */
	LOOKED_AT = 16, /* paths: of thousands, the others are much like the first ones */
};

/* About how many bytes the files among PATHS have; what folders hold does not count. */
static size_t size_of(const char *const *paths, size_t count)
{
	size_t looked_at = count < LOOKED_AT ? count : LOOKED_AT, size = 0;
	struct stat status;

	for (size_t i = 0; i < looked_at; i++)
		if (stat(paths[i], &status) == 0 && S_ISREG(status.st_mode))
			size += (size_t)status.st_size;
	return looked_at ? size / looked_at * count : 0;
}

int input_read(struct cli *cli, const char *format, const char *const *paths, size_t count,
	       struct bondtool_config **ret_config)
{
	memory_expect(size_of(paths, count) * GROWTH);
	return bondtool_read(cli->bt, format, paths, count, ret_config);
}
