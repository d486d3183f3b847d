/* SPDX-License-Identifier: GPL-2.0-or-later
 * Commands as data: one const tree, and one walker that runs, explains and completes it. A command
 * is a row with its word, its arguments, its text and its function; adding one is adding the row.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "cli/cli.h"

/* What an argument holds: how its value is completed. */
enum argument_kind {
	ARGUMENT_TEXT,	 /* anything: nothing to offer */
	ARGUMENT_CHOICE, /* one of the row's choices */
	ARGUMENT_FILE,
	ARGUMENT_PROFILE,	 /* [id | uuid | path] ID */
	ARGUMENT_ACTIVE,	 /* the same, of profiles that are up */
	ARGUMENT_PROPERTIES,	 /* [+|-]PROPERTY VALUE, of the profile named before */
	ARGUMENT_NEW_PROPERTIES, /* the same of a new profile, and ALIAS VALUE */
	ARGUMENT_INTERFACE,
	ARGUMENT_BOND, /* an interface that is a bond */
	ARGUMENT_FORMAT_READ,
	ARGUMENT_FORMAT_WRITE,
	ARGUMENT_RULE,	 /* of check */
	ARGUMENT_FIELDS, /* comma-separated columns, settings, properties */
	ARGUMENT_ORDER,	 /* of the list of profiles */
};

enum argument_flag {
	ARGUMENT_OPTIONAL = 1 << 0,
	ARGUMENT_REPEATED = 1 << 1,
	ARGUMENT_ANYWHERE = 1 << 2, /* a global option that counts after the command too */
};

/* A row of a command's arguments, or of the global options. */
struct argument {
	const char *word;   /* "--order" or "ifname"; NULL: known by its place */
	const char *letter; /* short form for help: "-o"; any beginning of the word is accepted */
	const char *name;   /* of its value, for help: "SPEC"; NULL: the word stands alone */
	enum argument_kind kind;
	unsigned flags;
	const char *const *choices; /* of ARGUMENT_CHOICE, ended by NULL */
	const char *text;	    /* one line of explanation */

	/* of a global option: */
	int (*apply)(struct cli *cli, const struct argument *option, const char *value);
	size_t target; /* offset in struct cli of the member that it sets */
};

/* A command's arguments as given. Borrows the words of the command line. */
struct arguments {
	const struct command *command;
	char **words; /* those known by their place */
	size_t count;
	const char **values;		/* by row of the command's arguments; "" of a lone word */
	const struct argument *pending; /* row whose value the next word is; NULL: none */
	bool options_ended;		/* by "--" */
};

/* The value given for the argument of this word ("--order"); NULL when it was not given. */
const char *argument_value(const struct arguments *arguments, const char *word);
/* Whether the lone word ("--active") was given. */
bool argument_given(const struct arguments *arguments, const char *word);

enum command_flag {
	COMMAND_HIDDEN = 1 << 0,     /* works, but is neither helped nor completed */
	COMMAND_DEFAULT = 1 << 1,    /* runs when no word chooses a command of its group */
	COMMAND_OFFLINE = 1 << 2,    /* knows --offline */
	COMMAND_DRY_RUN = 1 << 3,    /* knows --dry-run */
	COMMAND_PROPERTIES = 1 << 4, /* words beginning with "-" may be properties */
};

struct command {
	const char *word;
	const char *text;		  /* one line */
	const char *details;		  /* further lines of help; NULL for none */
	const struct command *commands;	  /* of a group, ended by .word = NULL */
	const struct argument *arguments; /* ended by {0}; NULL for none */
	const struct column *columns;	  /* that --fields knows, ended by {0}; NULL for none */
	int (*run)(struct cli *cli, const struct arguments *arguments); /* yields enum status */
	unsigned flags;
};

/* The whole program; its .word is the program's name. */
extern const struct command command_tree;

/* Runs the command that the words choose; yields the exit status. */
int command_run(struct cli *cli, char **words, size_t count);

struct candidates;
/* Walks the words before the last as command_run() would, and offers what the last may become. */
void command_complete(struct cli *cli, struct candidates *candidates, char **words, size_t count);

/* Prints help on the command that PATH (COUNT rows from the root on) leads to. */
void command_help(const struct command *const *path, size_t count);

/*
 * Whether WORD, not empty, is a beginning of NAME: nmcli's rule for all words. The first row that
 * matches is meant, so the order of rows is part of the interface.
 */
bool word_matches(const char *word, const char *name);
/* Whether WORD asks for help: "help", "-h", "--help" or a beginning of these. */
bool word_asks_help(const char *word);

/*
 * The row of ROWS (may be NULL) that the option WORD ("--ord", "-ord=name") names; NULL when there
 * is none. FLAGS: only rows that have all of them. *ret_value is what follows "=", or NULL.
 */
const struct argument *option_find(const struct argument *rows, unsigned flags, const char *word,
				   const char **ret_value);

#endif
