/* SPDX-License-Identifier: GPL-2.0-or-later
 * The least that reading YAML can cost: runs libyaml over standard input and counts the events.
 */
#include <stdio.h>
#include <yaml.h>

int main(void)
{
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type;
	size_t count = 0;

	if (!yaml_parser_initialize(&parser))
		return 1;
	yaml_parser_set_input_file(&parser, stdin);
	do {
		if (!yaml_parser_parse(&parser, &event))
			return 1;
		type = event.type;
		yaml_event_delete(&event);
		count++;
	} while (type != YAML_STREAM_END_EVENT);
	yaml_parser_delete(&parser);
	printf("%zu\n", count);
	return 0;
}
