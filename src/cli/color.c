/* SPDX-License-Identifier: GPL-2.0-or-later
 * Colours: nmcli's palette and nmcli's rules on when to use it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/table.h"

/* Sequences of "ESC [ ... m". */
static const char *const palette[] = {
	[TINT_UP] = "32",   [TINT_CHANGING] = "33",  [TINT_DOWN] = "31",
	[TINT_FAINT] = "2", [TINT_FOREIGN] = "32;2",
};

static bool is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

static bool decide(const struct cli *cli)
{
	if (cli->verbosity == VERBOSITY_TERSE || cli->json)
		return false;
	if (cli->colors != COLORS_AUTO)
		return cli->colors == COLORS_YES;
	if (is_set("NO_COLOR"))
		return false;
	if (is_set("CLICOLOR_FORCE"))
		return true;
	return !equal(getenv("TERM"), "dumb") && isatty(STDOUT_FILENO);
}

static bool wanted(const struct cli *cli)
{
	static int decided = -1;

	if (decided < 0)
		decided = decide(cli);
	return decided;
}

void tint_begin(const struct cli *cli, enum tint tint)
{
	if (tint != TINT_NONE && wanted(cli))
		printf("\033[%sm", palette[tint]);
}

void tint_end(const struct cli *cli, enum tint tint)
{
	if (tint != TINT_NONE && wanted(cli))
		fputs("\033[0m", stdout);
}
