/* SPDX-License-Identifier: GPL-2.0-or-later
 * What every part of the program shares: the state of one run, its exit statuses, how it speaks to
 * the user. The program knows the library by bondtool.h alone.
 */
#ifndef CLI_H
#define CLI_H

#include <bondtool.h>
#include <stdbool.h>
#include <stddef.h>

#include "cli/memory.h"

/* Exit statuses: nmcli's, so that scripts keep their meaning. */
enum status {
	STATUS_OK = 0,
	STATUS_FAILED = 1,	    /* unknown or unspecified */
	STATUS_USAGE = 2,	    /* invalid user input */
	STATUS_TIMEOUT = 3,	    /* --wait ran out */
	STATUS_UP_FAILED = 4,	    /* activation, or adding a profile */
	STATUS_DOWN_FAILED = 5,	    /* deactivation */
	STATUS_DEVICE_FAILED = 6,   /* disconnecting or deleting a device */
	STATUS_DELETE_FAILED = 7,   /* deleting a profile */
	STATUS_NOT_FOUND = 10,	    /* profile, device or bond */
	STATUS_COMPLETE_FILES = 65, /* of --complete-args: complete names of files here */

	/* of commands that nmcli does not have */
	STATUS_CHECK_WARNINGS = 1, /* check --strict: nothing but warnings */
	STATUS_CHECK_ERRORS = 2,   /* check: errors */
	STATUS_LOSSES = 3,	   /* convert, export: the format cannot express everything */
	STATUS_DIFFERENT = 1,	   /* diff: as diff(1) */
	STATUS_TROUBLE = 2,	   /* diff: nothing was compared */
};

enum verbosity {
	VERBOSITY_NORMAL,
	VERBOSITY_TERSE,
	VERBOSITY_PRETTY,
};

/* Each in the order of the option's choices. */
enum layout {
	LAYOUT_USUAL = -1, /* tabular for lists, multiline for details */
	LAYOUT_TABULAR,
	LAYOUT_MULTILINE,
};
enum colors {
	COLORS_AUTO,
	COLORS_YES,
	COLORS_NO,
};
enum escape {
	ESCAPE_YES,
	ESCAPE_NO,
};
enum via {
	VIA_NETLINK,
	VIA_SYSFS,
};

/* One run of the program: the library's context and what the global options say. */
struct cli {
	struct bondtool *bt;
	struct bondtool_config *config; /* that a command read and wrote elsewhere; or NULL */
	enum verbosity verbosity;
	int layout;	    /* enum layout; ints, because options set them by their place */
	int colors;	    /* enum colors */
	int escape;	    /* enum escape */
	int via;	    /* enum via */
	int wait;	    /* seconds; -1: the command's own limit */
	const char *fields; /* of --fields, --get-values; NULL: the usual ones */
	const char *root;   /* NULL: the running system */
	bool get_values;    /* --get-values: bare values of what is asked for */
	bool overview;	    /* hide properties that have their default */
	bool offline;
	bool dry_run;
	bool json;
	bool version; /* asked for */
	bool help;    /* asked for */
	bool ignored; /* options without a meaning here */
};

/* What --fields, --colors and the rest say about how the style of values should be. */
enum bondtool_style cli_style(const struct cli *cli);

/* Prints "Error: MESSAGE" on standard error and yields STATUS, to be returned. */
int cli_fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints "Hint: TEXT" on standard error, after an error. */
void cli_hint(const char *text);
/* Prints "Warning: MESSAGE" on standard error. */
void cli_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Prints what the library found and forgets it: findings that stand in a text with their place,
 * the others as "Error: MESSAGE", "Warning: MESSAGE", "Note: MESSAGE", on standard error.
 */
void cli_print_findings(struct cli *cli);
/* The same, with PREFIX ("failed to modify bond.options: ") before the first error's message. */
void cli_print_findings_as(struct cli *cli, const char *prefix);
/* Prints the first COUNT findings and forgets all of them. */
void cli_print_first_findings(struct cli *cli, size_t count);

/* Prints a text of the library on standard output, with one newline at its end; frees it. */
void cli_print(char *text);

/* Ends the program for want of memory. */
void cli_out_of_memory(void) __attribute__((noreturn));

#endif
