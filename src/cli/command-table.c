/* SPDX-License-Identifier: GPL-2.0-or-later
 * The command tree. Groups and commands stand in nmcli's order, our own behind them, because any
 * beginning of a word is accepted and the first row that matches is meant.
 */
#include "cli/commands.h"

#define OPTIONAL ARGUMENT_OPTIONAL
#define REPEATED ARGUMENT_REPEATED

/* ---- arguments ---------------------------------------------------------------------------------- */

static const struct argument show_arguments[] = {
	{.word = "--active", .flags = OPTIONAL, .text = "only profiles that are up"},
	{.word = "--order", .name = "SPEC", .kind = ARGUMENT_ORDER, .flags = OPTIONAL,
	 .text = "[+|-]active|name|type|path, several separated by ':'"},
	{.name = "[id|uuid|path] NAME", .kind = ARGUMENT_PROFILE, .flags = OPTIONAL | REPEATED,
	 .text = "profiles to show in detail; without one, all are listed"},
	{0},
};

static const struct argument up_arguments[] = {
	{.name = "[id|uuid|path] NAME", .kind = ARGUMENT_PROFILE, .flags = OPTIONAL,
	 .text = "the profile"},
	{.word = "ifname", .name = "INTERFACE", .kind = ARGUMENT_INTERFACE, .flags = OPTIONAL,
	 .text = "its interface, which is enough to find it"},
	{0},
};

static const struct argument down_arguments[] = {
	{.name = "[id|uuid|path] NAME", .kind = ARGUMENT_ACTIVE, .flags = REPEATED,
	 .text = "profiles that are up"},
	{0},
};

static const struct argument add_arguments[] = {
	{.name = "PROPERTY VALUE", .kind = ARGUMENT_NEW_PROPERTIES, .flags = REPEATED,
	 .text = "properties of the new profile"},
	{0},
};

static const struct argument modify_arguments[] = {
	{.name = "[id|uuid|path] NAME", .kind = ARGUMENT_PROFILE, .flags = OPTIONAL,
	 .text = "the profile; the only bond profile when not given"},
	{.name = "[+|-]PROPERTY VALUE", .kind = ARGUMENT_PROPERTIES, .flags = REPEATED,
	 .text = "what to set, to add (+) or to remove (-)"},
	{0},
};

static const struct argument delete_arguments[] = {
	{.name = "[id|uuid|path] NAME", .kind = ARGUMENT_PROFILE, .flags = REPEATED,
	 .text = "profiles to delete"},
	{0},
};

static const struct argument clone_arguments[] = {
	{.name = "[id|uuid|path] NAME", .kind = ARGUMENT_PROFILE, .text = "the profile to copy"},
	{.name = "NEW-NAME", .text = "the name of the copy"},
	{0},
};

static const struct argument load_arguments[] = {
	{.name = "FILE", .kind = ARGUMENT_FILE, .flags = REPEATED, .text = "files of profiles"},
	{0},
};

static const struct argument import_arguments[] = {
	{.word = "--replace", .flags = OPTIONAL,
	 .text = "replace profiles of the same name, UUID or interface"},
	{.word = "--from", .name = "FORMAT", .kind = ARGUMENT_FORMAT_READ, .flags = OPTIONAL,
	 .text = "format of the files; told by their content when not given"},
	{.word = "type", .name = "FORMAT", .kind = ARGUMENT_FORMAT_READ, .flags = OPTIONAL,
	 .text = "as in nmcli: the same as --from"},
	{.word = "file", .name = "FILE", .kind = ARGUMENT_FILE, .flags = OPTIONAL,
	 .text = "as in nmcli: the file"},
	{.name = "FILE", .kind = ARGUMENT_FILE, .flags = REPEATED,
	 .text = "a file, a folder, or - for standard input"},
	{0},
};

static const struct argument export_arguments[] = {
	{.word = "--to", .name = "FORMAT", .kind = ARGUMENT_FORMAT_WRITE, .flags = OPTIONAL,
	 .text = "format to write; keyfile when not given"},
	{.word = "--output", .letter = "-o", .name = "DIR", .kind = ARGUMENT_FILE, .flags = OPTIONAL,
	 .text = "write the files into DIR"},
	{.word = "--strict", .flags = OPTIONAL,
	 .text = "write nothing when the format cannot express everything"},
	{.name = "[id|uuid|path] NAME", .kind = ARGUMENT_PROFILE, .text = "the profile"},
	{.name = "FILE", .kind = ARGUMENT_FILE, .flags = OPTIONAL,
	 .text = "as in nmcli: where to write it; else standard output"},
	{0},
};

static const struct argument diff_arguments[] = {
	{.word = "--from", .name = "FORMAT", .kind = ARGUMENT_FORMAT_READ, .flags = OPTIONAL,
	 .text = "format of the files; told by their content when not given"},
	{.word = "--to", .name = "FORMAT", .kind = ARGUMENT_FORMAT_READ, .flags = OPTIONAL,
	 .text = "format of B when it is another one"},
	{.name = "A", .kind = ARGUMENT_FILE,
	 .text = "file, folder, - for standard input, or stored profile"},
	{.name = "B", .kind = ARGUMENT_FILE, .text = "the same"},
	{0},
};

static const struct argument device_show_arguments[] = {
	{.name = "INTERFACE", .kind = ARGUMENT_INTERFACE, .flags = OPTIONAL,
	 .text = "the interface; without one, all of them"},
	{0},
};

static const struct argument status_arguments[] = {
	{.name = "BOND", .kind = ARGUMENT_BOND, .flags = OPTIONAL | REPEATED,
	 .text = "interfaces that are bonds; without one, all of them"},
	{0},
};

static const struct argument check_arguments[] = {
	{.word = "--from", .name = "FORMAT", .kind = ARGUMENT_FORMAT_READ, .flags = OPTIONAL,
	 .text = "format of the files; told by their content when not given"},
	{.word = "--strict", .flags = OPTIONAL, .text = "exit status 1 when there are only warnings"},
	{.word = "--sarif", .flags = OPTIONAL,
	 .text = "output for code review tools: SARIF 2.1.0"},
	{.word = "--list-rules", .flags = OPTIONAL, .text = "list all rules"},
	{.word = "--explain", .name = "RULE", .kind = ARGUMENT_RULE, .flags = OPTIONAL,
	 .text = "why there is a rule, and what to do about what it finds"},
	{.name = "FILE", .kind = ARGUMENT_FILE, .flags = REPEATED,
	 .text = "a file, a folder, or - for standard input"},
	{0},
};

static const struct argument convert_arguments[] = {
	{.word = "--from", .name = "FORMAT", .kind = ARGUMENT_FORMAT_READ, .flags = OPTIONAL,
	 .text = "format of the files; told by their content when not given"},
	{.word = "--to", .name = "FORMAT", .kind = ARGUMENT_FORMAT_WRITE, .text = "format to write"},
	{.word = "--output", .letter = "-o", .name = "DIR", .kind = ARGUMENT_FILE, .flags = OPTIONAL,
	 .text = "write the files into DIR"},
	{.word = "--strict", .flags = OPTIONAL,
	 .text = "write nothing when the format cannot express everything"},
	{.name = "FILE", .kind = ARGUMENT_FILE, .flags = REPEATED,
	 .text = "a file, a folder, or - for standard input"},
	{0},
};

/* ---- commands that stand in a group and by themselves -------------------------------------------- */

#define SHOW                                                                                       \
	.word = "show", .text = "list profiles, or show what some hold", .arguments = show_arguments, \
	.columns = connection_columns, .run = run_connection_show

#define UP                                                                                         \
	.word = "up", .text = "bring a profile up: a bond with its ports", .arguments = up_arguments, \
	.run = run_connection_up, .flags = COMMAND_DRY_RUN,                                        \
	.details =                                                                                 \
		"Of all ways from the running system to the profile the least disruptive is taken;\n" \
		"what is as wanted already is left alone. When the kernel refuses something, all\n"   \
		"that was done is undone. --dry-run shows the steps and takes none.\n"

#define DOWN                                                                                       \
	.word = "down", .text = "take profiles down: a bond is deleted, its ports are released",   \
	.arguments = down_arguments, .run = run_connection_down, .flags = COMMAND_DRY_RUN

#define ADD                                                                                        \
	.word = "add", .text = "add a profile", .arguments = add_arguments,                        \
	.run = run_connection_add, .flags = COMMAND_PROPERTIES | COMMAND_OFFLINE,                  \
	.details = "Needs 'type'. Words without a dot are short for properties: con-name, ifname,\n"  \
		   "controller (master), ip4, gw4, ip6, gw6, mtu, mac, dev, id, and every bond\n"  \
		   "option (mode, miimon, arp-ip-target, ...).\n\n"                                \
		   "  bondtool connection add type bond con-name bond0 ifname bond0 \\\n"          \
		   "          bond.options mode=active-backup,miimon=100\n"                        \
		   "  bondtool connection add type ethernet ifname eth0 controller bond0\n"

#define MODIFY                                                                                     \
	.word = "modify", .text = "change a profile", .arguments = modify_arguments,               \
	.run = run_connection_modify, .flags = COMMAND_PROPERTIES | COMMAND_OFFLINE,               \
	.details = "PROPERTY sets, +PROPERTY adds to lists and options, -PROPERTY removes from them;\n" \
		   "an empty value resets. 'remove SETTING' resets a whole setting. All of it is\n" \
		   "stored, or nothing. The running system changes with 'up'.\n\n"                 \
		   "  bondtool connection modify bond0 +bond.options miimon=1000\n"                \
		   "  bondtool connection modify eth1 controller bond0\n"

#define DELETE                                                                                     \
	.word = "delete", .text = "take profiles down and delete them",                            \
	.arguments = delete_arguments, .run = run_connection_delete

#define IMPORT                                                                                     \
	.word = "import", .text = "store configuration files of any format as profiles",           \
	.arguments = import_arguments, .run = run_import,                                          \
	.details = "The files of a bond's ports that lie beside it are found. What the tool that\n"        \
		   "owns the format would imply is written out, with a note. All files are\n"      \
		   "stored, or none.\n"

#define EXPORT                                                                                     \
	.word = "export", .text = "print a profile as configuration files of any format",          \
	.arguments = export_arguments, .run = run_export,                                          \
	.details = "A bond comes with its ports and the VLANs on it. What the format cannot\n"      \
		   "express is reported as by convert, with exit status 3.\n"

/* ---- the tree ----------------------------------------------------------------------------------- */

static const struct command general_commands[] = {
	{.word = "status", .text = "the driver, the bonds and the profiles, in a line",
	 .columns = general_columns, .run = run_general_status, .flags = COMMAND_DEFAULT},
	{0},
};

static const struct command connection_commands[] = {
	{SHOW, .flags = COMMAND_DEFAULT},
	{UP},
	{DOWN},
	{ADD},
	{DELETE},
	{.word = "reload", .text = "accepted: profiles are read anew by every command",
	 .run = run_connection_reload},
	{.word = "load", .text = "see whether files of profiles can be read",
	 .arguments = load_arguments, .run = run_connection_load},
	{MODIFY},
	{.word = "clone", .text = "copy a profile", .arguments = clone_arguments,
	 .run = run_connection_clone},
	{IMPORT},
	{EXPORT},
	{0},
};

static const struct command device_commands[] = {
	{.word = "status", .text = "list the interfaces and what is up on them",
	 .columns = device_columns, .run = run_device_status, .flags = COMMAND_DEFAULT},
	{.word = "show", .text = "show interfaces in detail", .arguments = device_show_arguments,
	 .run = run_device_show},
	{0},
};

static const struct command commands[] = {
	{.word = "general", .text = "the whole in a line", .commands = general_commands},
	{.word = "connection", .text = "profiles: show, add, modify, bring up and down",
	 .commands = connection_commands},
	{.word = "device", .text = "interfaces of the running system", .commands = device_commands},
	/* our own */
	{IMPORT},
	{MODIFY},
	{UP},
	{DOWN},
	{.word = "status", .text = "show bonds exactly as the driver does",
	 .arguments = status_arguments, .run = run_status},
	{.word = "check", .text = "judge configuration files as the driver and experience do",
	 .arguments = check_arguments, .run = run_check,
	 .details = "Exit status: 0 when nothing is wrong, 1 with --strict when there are only\n"
		    "warnings, 2 when there are errors.\n"},
	{.word = "convert", .text = "rewrite configuration files in another format",
	 .arguments = convert_arguments, .run = run_convert,
	 .details = "Without --output the files go to standard output. What the format cannot\n"
		    "express is reported on standard error, and the exit status is 3 then;\n"
		    "what is wrong with the files read, too, with exit status 1.\n"},
	{.word = "diff", .text = "compare two configurations, of any formats, in meaning",
	 .arguments = diff_arguments, .columns = diff_columns, .run = run_diff,
	 .details = "Profiles are compared by interface: what they set, what their tools imply and\n"
		    "the defaults of the rest; names and UUIDs do not count. A line with\n"
		    "connection.type on one side alone stands for a profile that the other lacks.\n"
		    "Exit status: 0 when there is no difference, 1 when there is, 2 for trouble.\n"},
	{EXPORT},
	{SHOW},
	{ADD},
	{DELETE},
	{.word = "dump-tables", .text = "print the program's own tables as JSON",
	 .run = run_dump_tables, .flags = COMMAND_HIDDEN},
	{0},
};

const struct command command_tree = {
	.word = "bondtool",
	.text = "configure, change, watch and explain network bonds",
	.commands = commands,
	.details = "Exit status: 0 success, 1 failure, 2 wrong usage, 3 timeout or losses,\n"
		   "4 activation failed, 5 deactivation failed, 6 device failed,\n"
		   "7 deletion failed, 10 no such profile, device or bond.\n",
};
