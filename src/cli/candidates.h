/* SPDX-License-Identifier: GPL-2.0-or-later
 * Completion: what a word of the command line may become. The shells ask for it with
 * "bondtool --complete-args WORDS", so that they hold no list of anything.
 */
#ifndef CLI_CANDIDATES_H
#define CLI_CANDIDATES_H

#include "cli/command.h"

/* Candidates for one word. Zero-initialise but for .word. */
struct candidates {
	const char *word;    /* as far as it is typed */
	struct strings list; /* whole words; with .described, each with a tab and its text */
	bool described;
	bool files; /* names of files may stand here */
};
void candidates_release(struct candidates *candidates);

/* Adds TEXT when the word is its beginning. DESCRIPTION may be NULL. */
void candidate_offer(struct candidates *candidates, const char *text, const char *description);
/* Adds the options among ROWS (may be NULL) that have all FLAGS, with as many dashes as typed. */
void candidates_of_options(struct candidates *candidates, const struct argument *rows,
			   unsigned flags);
/* Adds what may stand for ROW; ARGUMENTS are those before it. */
void candidates_of_kind(struct cli *cli, struct candidates *candidates, const struct argument *row,
			const struct arguments *arguments);

/*
 * Answers "--complete-args WORDS...": prints the candidates for the last word, one a line. Yields
 * STATUS_OK, or STATUS_COMPLETE_FILES when the shell is to complete names of files.
 */
int complete(struct cli *cli, char **words, size_t count, bool described);

#endif
