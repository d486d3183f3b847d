/* SPDX-License-Identifier: GPL-2.0-or-later
 * The program: runs one command and says how it went by its exit status.
 */
#include "config.h"

#include <bondtool.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--version")) {
		printf("bondtool %s\n", bondtool_version());
		return 0;
	}
	fprintf(stderr, "bondtool: say what to do; try 'bondtool --version'\n");
	return 2;
}
