/* SPDX-License-Identifier: GPL-2.0-or-later
 * The texts that are named on the command line.
 */
#ifndef CLI_INPUT_H
#define CLI_INPUT_H

#include "cli/cli.h"

/* As bondtool_read(), with the memory for large texts made ready. */
int input_read(struct cli *cli, const char *format, const char *const *paths, size_t count,
	       struct bondtool_config **ret_config);

#endif
