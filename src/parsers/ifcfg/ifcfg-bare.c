/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of what may be an ifcfg file, see ifcfg-bare.h. */
#include "parsers/ifcfg/ifcfg-bare.h"

#include <string.h>

bool bt_ifcfg_next_bare(const struct bt_source *source, struct bt_ifcfg_bare *line)
{
	if (line->next >= source->length)
		return false;

	const char *start = source->text + line->next;
	size_t left = source->length - line->next;
	const char *end = memchr(start, '\n', left);
	size_t length = end ? (size_t)(end - start) : left;
	size_t blanks = 0;

	while (blanks < length && (start[blanks] == ' ' || start[blanks] == '\t'))
		blanks++;
	*line = (struct bt_ifcfg_bare){start + blanks, length - blanks, line->next + length + 1};
	return true;
}

bool bt_ifcfg_bare_begins(const struct bt_ifcfg_bare *line, const char *const *words)
{
	for (; *words; words++)
		if (line->length >= strlen(*words) &&
		    strncmp(line->text, *words, strlen(*words)) == 0)
			return true;
	return false;
}

bool bt_ifcfg_bare_is_debian(const struct bt_ifcfg_bare *line)
{
	static const char *const words[] = {"iface ", "auto ", "allow-hotplug ", "source ", NULL};

	return bt_ifcfg_bare_begins(line, words);
}
