/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Words, comments and redirections of a POSIX shell. */
#include "parsers/shell.h"

#include <string.h>

/* Whether the shell takes every character of WORD for itself. */
static bool is_plain(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789%+,-./:=@_";

	return *word && !word[strspn(word, plain)];
}

void bt_shell_add_word(struct bt_text *text, const char *word)
{
	if (is_plain(word)) {
		bt_text_add(text, word);
		return;
	}
	bt_text_add_char(text, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			bt_text_add(text, "'\\''");
		else
			bt_text_add_char(text, *word);
	}
	bt_text_add_char(text, '\'');
}

void bt_shell_add_comment(struct bt_text *text, const char *string)
{
	for (; *string; string++)
		bt_text_add_char(text, (unsigned char)*string < ' ' || *string == 127 ? '?'
										      : *string);
}

/* Shells differ in what echo makes of a word that begins with '-' or has a backslash. */
static bool is_for_echo(const char *word)
{
	return !strchr(word, '\\') && *word != '-' && strncmp(word, "'-", 2) != 0;
}

void bt_shell_add_write(struct bt_text *text, const char *value, const char *folder,
			const char *device, const char *file)
{
	bt_text_addf(text, "%s %s >%s%s%s", is_for_echo(value) ? "echo" : "printf '%s\\n'", value,
		     folder, device, file);
}
