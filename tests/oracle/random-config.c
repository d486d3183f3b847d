/* SPDX-License-Identifier: GPL-2.0-or-later
 * random-config SEED: prints the random configuration of that number as JSON, for the oracle tests.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../unit/generate.h"

int main(int argc, char **argv)
{
	struct generator g = generator_of(argc > 1 ? strtoull(argv[1], NULL, 10) : 1);
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = bt ? generate_config(&g, bt) : NULL;
	char *text = config ? bondtool_config_json(config) : NULL;

	if (text)
		puts(text);
	free(text);
	bondtool_config_free(config);
	bondtool_free(bt);
	return text ? EXIT_SUCCESS : EXIT_FAILURE;
}
