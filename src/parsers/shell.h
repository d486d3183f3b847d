/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words, comments and redirections of a POSIX shell, for scripts and for commands within files. */
#ifndef BT_PARSERS_SHELL_H
#define BT_PARSERS_SHELL_H

#include "base/text.h"

/* Adds WORD so that the shell takes it for one word and as it is: in quotes where it needs them. */
void bt_shell_add_word(struct bt_text *text, const char *word);
/* Adds STRING, of any origin, to a comment: nothing in it can end that. */
void bt_shell_add_comment(struct bt_text *text, const char *string);
/*
 * Adds a command that writes VALUE into the file FOLDER DEVICE FILE, without the end of the line.
 * DEVICE and VALUE are words of the shell.
 */
void bt_shell_add_write(struct bt_text *text, const char *value, const char *folder,
			const char *device, const char *file);

#endif
