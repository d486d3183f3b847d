/* SPDX-License-Identifier: GPL-2.0-or-later
 * The command tree. Groups and commands stand in nmcli's order, our own behind them, because any
 * beginning of a word is accepted and the first row that matches is meant.
 */
#include "cli/command.h"

#include "cli/commands.h"

static const struct argument convert_arguments[] = {
	{.word = "--from", .name = "FORMAT", .kind = ARGUMENT_FORMAT_READ,
	 .flags = ARGUMENT_OPTIONAL, .text = "format of the input; recognised when not given"},
	{.word = "--to", .name = "FORMAT", .kind = ARGUMENT_FORMAT_WRITE, .text = "format to write"},
	{.word = "--output", .letter = "-o", .name = "DIR", .kind = ARGUMENT_FILE,
	 .flags = ARGUMENT_OPTIONAL, .text = "write the files into DIR"},
	{.word = "--strict", .flags = ARGUMENT_OPTIONAL,
	 .text = "write nothing when the format cannot express everything"},
	{.name = "FILE", .kind = ARGUMENT_FILE, .flags = ARGUMENT_REPEATED,
	 .text = "a file, a folder, or - for standard input"},
	{0},
};

static const struct command commands[] = {
	{.word = "convert", .text = "rewrite configuration files in another format",
	 .arguments = convert_arguments, .run = run_convert,
	 .details = "Without --output the files go to standard output. What the format cannot\n"
		    "express is reported on standard error, and the exit status is 3 then.\n"},
	{.word = "dump-tables", .text = "print the program's own tables as JSON",
	 .run = run_dump_tables, .flags = COMMAND_HIDDEN},
	{0},
};

const struct command command_tree = {
	.word = "bondtool",
	.text = "configure, change, watch and explain network bonds",
	.commands = commands,
	.details = "Exit status: 0 success, 1 failure, 2 wrong usage, 3 timeout or losses,\n"
		   "4 activation failed, 5 deactivation failed, 6 device failed, 7 deletion failed,\n"
		   "10 no such profile, device or bond.\n",
};
