/* SPDX-License-Identifier: GPL-2.0-or-later
 * The functions of the command tree, and what the tree borrows from the files that they stand in.
 */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/command.h"
#include "cli/table.h"

/* One for each command, named by its words; all yield an exit status (enum status). */
int run_check(struct cli *cli, const struct arguments *arguments);
int run_connection_add(struct cli *cli, const struct arguments *arguments);
int run_connection_clone(struct cli *cli, const struct arguments *arguments);
int run_connection_delete(struct cli *cli, const struct arguments *arguments);
int run_connection_down(struct cli *cli, const struct arguments *arguments);
int run_connection_load(struct cli *cli, const struct arguments *arguments);
int run_connection_modify(struct cli *cli, const struct arguments *arguments);
int run_connection_reload(struct cli *cli, const struct arguments *arguments);
int run_connection_show(struct cli *cli, const struct arguments *arguments);
int run_connection_up(struct cli *cli, const struct arguments *arguments);
int run_convert(struct cli *cli, const struct arguments *arguments);
int run_device_show(struct cli *cli, const struct arguments *arguments);
int run_device_status(struct cli *cli, const struct arguments *arguments);
int run_diff(struct cli *cli, const struct arguments *arguments);
int run_dump_tables(struct cli *cli, const struct arguments *arguments);
int run_export(struct cli *cli, const struct arguments *arguments);
int run_general_status(struct cli *cli, const struct arguments *arguments);
int run_import(struct cli *cli, const struct arguments *arguments);
int run_status(struct cli *cli, const struct arguments *arguments);

/* Columns of lists, for --fields. */
extern const struct column connection_columns[], device_columns[], diff_columns[],
	general_columns[];
/* The words of "connection show --order"; ended by NULL. */
extern const char *const order_words[];

/* --offline: prints the profile as NetworkManager keeps it; yields an exit status. */
int print_keyfile(struct cli *cli, const struct bondtool_profile *profile);

#endif
