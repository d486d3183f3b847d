/* SPDX-License-Identifier: GPL-2.0-or-later
 * Memory of the program: released at the end of the scope, and never NULL: a program of one command
 * that runs out of memory says so and ends.
 */
#ifndef CLI_MEMORY_H
#define CLI_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Frees a string or an array at the end of the scope. */
#define AUTOFREE __attribute__((cleanup(autofree)))
void autofree(void *where);

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* The pointer, unless it is NULL: then memory has run out, and the program ends. */
void *must(void *pointer);

/* Copies of a string, or of its first LENGTH bytes. */
char *copy_of(const char *text);
char *copy_of_bytes(const char *bytes, size_t length);
/* printf() into a new string. */
char *format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A growing array of strings that owns them. Zero-initialise. */
struct strings {
	char **items;
	size_t count;
};
void strings_take(struct strings *strings, char *text);	     /* takes TEXT over */
void strings_add(struct strings *strings, const char *text); /* adds a copy */
/* The parts of TEXT between separators; empty ones too. */
void strings_split(struct strings *strings, const char *text, char separator);
bool strings_contain(const struct strings *strings, const char *text);
/* All of them with SEPARATOR between, in a new string. */
char *strings_joined(const struct strings *strings, const char *separator);
void strings_release(struct strings *strings);
#define AUTOSTRINGS __attribute__((cleanup(strings_release)))

/* NULL equals only NULL. */
bool equal(const char *a, const char *b);
bool equal_ignoring_case(const char *a, const char *b);
/* Whether TEXT begins with PREFIX. */
bool begins_with(const char *text, const char *prefix);

/*
 * From now on what is freed is used again, up to megabytes, and not given back to the system and
 * asked for anew: clean pages cost more than what is done with them, and we live for milliseconds.
 */
void memory_keep(void);
/*
 * Tells the system that about SIZE bytes are going to be used, so that it may hand them out by
 * large pages: a fault for each small one takes longer than what is done with them.
 */
void memory_expect(size_t size);
/* Gives much free memory back all the same, where the most is yet to be needed, of another kind. */
void memory_trim(void);

#endif
