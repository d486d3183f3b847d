/* SPDX-License-Identifier: GPL-2.0-or-later
 * yaml-events PATH: the least that reading YAML can cost: runs libyaml over a file and counts the
 * events.
 */
#include <stdio.h>
#include <yaml.h>

int main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type;
	size_t count = 0;

	if (!file || !yaml_parser_initialize(&parser))
		return 1;
	yaml_parser_set_input_file(&parser, file);
	do {
		if (!yaml_parser_parse(&parser, &event))
			return 1;
		type = event.type;
		yaml_event_delete(&event);
		count++;
	} while (type != YAML_STREAM_END_EVENT);
	yaml_parser_delete(&parser);
	fclose(file);
	printf("%zu\n", count);
	return 0;
}
