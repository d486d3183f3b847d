/* SPDX-License-Identifier: GPL-2.0-or-later
 * Configurations on their way out of the program, for convert and export: as files, or as text.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli/cli.h"

#define AUTOCONFIG __attribute__((cleanup(config_release)))
void config_release(struct bondtool_config **config);

/* Where a configuration goes; with neither folder nor file, to standard output. */
struct output {
	const char *format;
	const char *folder; /* where the files of the format are put; NULL */
	const char *file;   /* takes the only file of the format; NULL */
	bool strict;	    /* nothing is put out when something is wrong or gets lost */
};

/*
 * Writes CONFIG as OUTPUT says and prints all findings, those of the reading before among them.
 * Yields STATUS_OK, STATUS_LOSSES, STATUS_FAILED where there were errors, or STATUS_USAGE for a
 * format that cannot be written. With --json, an object goes to standard output instead: the files
 * (with their text, unless that went to the disk) and the findings.
 */
int output_config(struct cli *cli, struct bondtool_config *config, const struct output *output);

/* The texts of files; a line with its name before each where there are several. */
void output_texts(const struct bondtool_files *files);

#endif
