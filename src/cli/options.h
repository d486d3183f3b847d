/* SPDX-License-Identifier: GPL-2.0-or-later
 * The global options: nmcli's, in nmcli's order of matching, then our own.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/command.h"

/* Their rows, ended by {0}. */
extern const struct argument global_options[];

/*
 * Takes one word (and the next, when the option has a value that does not follow "=") from WORDS.
 * Sets *ret_taken to how many. Yields STATUS_OK, or another status after an error was printed.
 */
int global_option_take(struct cli *cli, const struct argument *option, const char *value,
		       char **words, size_t count, size_t *ret_taken);

#endif
