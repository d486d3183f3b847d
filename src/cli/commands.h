/* SPDX-License-Identifier: GPL-2.0-or-later
 * The functions of the command tree, one file each. All yield an exit status (enum status).
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/command.h"

/* convert, dump-tables */
int run_convert(struct cli *cli, const struct arguments *arguments);
int run_dump_tables(struct cli *cli, const struct arguments *arguments);

#endif
