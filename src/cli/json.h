/* SPDX-License-Identifier: GPL-2.0-or-later
 * Writing JSON to standard output as it comes, indented by two as the library's.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; every value goes to standard output at once. */
struct json {
	unsigned depth;
	bool filled; /* the innermost object or array holds something already */
};

/* KEY is the member's name in an object, NULL in an array and for the outermost value. */
void json_begin(struct json *json, const char *key, char bracket); /* '{' or '[' */
void json_end(struct json *json, char bracket);			   /* '}' or ']' */
/* A NULL text is null. Bytes that are no UTF-8 become U+FFFD. */
void json_text(struct json *json, const char *key, const char *text);
void json_number(struct json *json, const char *key, int64_t number);
void json_bool(struct json *json, const char *key, bool value);
/* The same as json_text() for a text, and nothing for NULL. */
void json_text_if(struct json *json, const char *key, const char *text);

#endif
