/* SPDX-License-Identifier: GPL-2.0-or-later
 * Memory of the program, and the few string helpers that go with it.
 */
#include "cli/memory.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/cli.h"

void autofree(void *where)
{
	free(*(void **)where);
}

void *must(void *pointer)
{
	if (!pointer)
		cli_out_of_memory();
	return pointer;
}

char *copy_of(const char *text)
{
	return must(strdup(text));
}

char *copy_of_bytes(const char *bytes, size_t length)
{
	return must(strndup(bytes, length));
}

char *format_text(const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	return must(text);
}

void strings_take(struct strings *strings, char *text)
{
	/* Grows at each power of two, so that adding n strings costs n steps. */
	if ((strings->count & (strings->count - 1)) == 0) {
		size_t size = strings->count ? strings->count * 2 : 1;

		strings->items = must(reallocarray(strings->items, size, sizeof(char *)));
	}
	strings->items[strings->count++] = text;
}

void strings_add(struct strings *strings, const char *text)
{
	strings_take(strings, copy_of(text));
}

void strings_split(struct strings *strings, const char *text, char separator)
{
	const char *end;

	while ((end = strchr(text, separator))) {
		strings_take(strings, copy_of_bytes(text, (size_t)(end - text)));
		text = end + 1;
	}
	strings_add(strings, text);
}

bool strings_contain(const struct strings *strings, const char *text)
{
	for (size_t i = 0; i < strings->count; i++)
		if (equal(strings->items[i], text))
			return true;
	return false;
}

char *strings_joined(const struct strings *strings, const char *separator)
{
	size_t length = 1;

	for (size_t i = 0; i < strings->count; i++)
		length += strlen(strings->items[i]) + strlen(separator);

	char *joined = must(malloc(length));
	char *end = joined;

	*end = '\0';
	for (size_t i = 0; i < strings->count; i++) {
		if (i > 0)
			end = stpcpy(end, separator);
		end = stpcpy(end, strings->items[i]);
	}
	return joined;
}

void strings_release(struct strings *strings)
{
	for (size_t i = 0; i < strings->count; i++)
		free(strings->items[i]);
	free(strings->items);
	*strings = (struct strings){0};
}

bool equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool equal_ignoring_case(const char *a, const char *b)
{
	return a == b || (a && b && strcasecmp(a, b) == 0);
}

bool begins_with(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

enum {
	LARGE_PAGE = 2 << 20, /* of most machines; it begins at a multiple of its size */
	MUCH = 4 << 20,
	MOST_EXPECTED = 31 << 20, /* malloc() takes no more from the heap at once */
};

void memory_keep(void)
{
	mallopt(M_MMAP_THRESHOLD, MUCH);
	mallopt(M_TRIM_THRESHOLD, MOST_EXPECTED + MUCH);
}

/* The heap grows by as much and stays so: what is freed at its end is kept. */
void memory_expect(size_t size)
{
	size_t room = size < MOST_EXPECTED - LARGE_PAGE ? size + LARGE_PAGE : MOST_EXPECTED;
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *heap;

	if (size < LARGE_PAGE / 2)
		return;
	mallopt(M_MMAP_THRESHOLD, MOST_EXPECTED + 1);
	heap = malloc(room);
	mallopt(M_MMAP_THRESHOLD, MUCH);
	if (heap)
		madvise(heap + page - (uintptr_t)heap % page, room - page, MADV_HUGEPAGE);
	free(heap);
}

void memory_trim(void)
{
	if (mallinfo2().fordblks > MUCH)
		malloc_trim(0);
}
