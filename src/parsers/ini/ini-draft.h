/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writing files with [sections] and key=value lines: a draft begins empty or as the lines of a file
 * that was read, is changed key by key, and yields the text. What nobody changes stays as it was,
 * comments, order and spacing included.
 */
#ifndef BT_PARSERS_INI_DRAFT_H
#define BT_PARSERS_INI_DRAFT_H

#include "parsers/ini/ini-syntax.h"

struct bt_ini_draft_line;

/* Zero-initialise, release with bt_ini_draft_release(). */
struct bt_ini_draft {
	struct bt_ini_draft_line *lines;
	size_t count, size;
	bool failed; /* memory ran out: the text will be NULL */
};
void bt_ini_draft_release(struct bt_ini_draft *draft);
#define BT_AUTODRAFT BT_CLEANUP(bt_ini_draft_release)

/* Begins with the lines of INI, which must outlive the draft. */
void bt_ini_draft_from(struct bt_ini_draft *draft, const struct bt_ini *ini);

/* Whether there is such a line. */
bool bt_ini_draft_has(const struct bt_ini_draft *draft, const char *section, const char *key);
/* Whether anything but blank lines and comments is left. */
bool bt_ini_draft_is_empty(const struct bt_ini_draft *draft);

/* Removes every line with this key from every section of this name. */
void bt_ini_draft_remove(struct bt_ini_draft *draft, const char *section, const char *key);
/* Removes the section whose header is the NUMBER-th of the file, with all that stands in it. */
void bt_ini_draft_remove_section(struct bt_ini_draft *draft, size_t number);

/*
 * Gives KEY the one VALUE, in the place of the last line that has the key; without one, behind the
 * keys of the last section of this name, which is added when there is none.
 */
void bt_ini_draft_set(struct bt_ini_draft *draft, const char *section, const char *key,
		      const char *value);
/* Adds a further line, behind the last of the same key, else as above. */
void bt_ini_draft_add(struct bt_ini_draft *draft, const char *section, const char *key,
		      const char *value);
/* Begins a further section of this name at the end, for sections that may come more than once. */
void bt_ini_draft_add_section(struct bt_ini_draft *draft, const char *section);
/* Adds a line at the very end, to the section that was begun last. */
void bt_ini_draft_append(struct bt_ini_draft *draft, const char *section, const char *key,
			 const char *value);

/* The text in a new string; NULL when memory ran out at any time. */
char *bt_ini_draft_text(const struct bt_ini_draft *draft);

#endif
