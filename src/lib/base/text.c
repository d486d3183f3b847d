/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text: the growing buffer and the string helpers that base/text.h describes. */
#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "base/array.h"

void bt_text_release(struct bt_text *text)
{
	free(text->data);
	*text = (struct bt_text){0};
}

char *bt_text_grow(struct bt_text *text, size_t more)
{
	size_t need = text->length + more + 1;
	size_t size = text->size ? text->size : 64;

	if (need < text->length)
		text->failed = true;
	if (text->failed)
		return NULL;
	while (size < need)
		size *= 2;

	char *data = realloc(text->data, size);

	if (!data) {
		text->failed = true;
		return NULL;
	}
	text->data = data;
	text->size = size;
	return data + text->length;
}

void bt_text_add_bytes(struct bt_text *text, const char *bytes, size_t length)
{
	char *at = bt_text_room(text, length);

	if (at)
		bt_text_end(text, mempcpy(at, bytes, length));
}

void bt_text_add(struct bt_text *text, const char *string)
{
	bt_text_add_bytes(text, string, strlen(string));
}

void bt_text_fill(struct bt_text *text, char c, size_t count)
{
	char *at = bt_text_room(text, count);

	if (!at)
		return;
	memset(at, c, count);
	bt_text_end(text, at + count);
}

char *bt_put_digits(char *at, int64_t number)
{
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char digits[BT_DIGITS], *end = digits + sizeof(digits), *first = end;

	if (number < 0)
		*at++ = '-';
	do
		*--first = (char)('0' + left % 10);
	while (left /= 10);
	return mempcpy(at, first, (size_t)(end - first));
}

void bt_text_add_number(struct bt_text *text, int64_t number)
{
	char *at = bt_text_room(text, BT_DIGITS);

	if (at)
		bt_text_end(text, bt_put_digits(at, number));
}

void bt_text_addf(struct bt_text *text, const char *format, ...)
{
	enum { GUESS = 80 }; /* bytes: enough for most, so that they are put together once */
	char *at = bt_text_room(text, GUESS);
	size_t room = at ? text->size - text->length : 0;
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(at, room, format, arguments);
	va_end(arguments);

	if (length < 0 || !(at = bt_text_room(text, (size_t)length))) {
		text->failed = true;
		return;
	}
	if ((size_t)length >= room) {
		va_start(arguments, format);
		vsnprintf(at, (size_t)length + 1, format, arguments);
		va_end(arguments);
	}
	text->length += (size_t)length;
}

void bt_text_pad(struct bt_text *text, size_t width)
{
	const char *last = text->length ? memrchr(text->data, '\n', text->length) : NULL;
	const char *line = last ? last + 1 : text->data;
	size_t have = line ? bt_display_width(line) : 0;

	if (have < width)
		bt_text_fill(text, ' ', width - have);
}

char *bt_text_take(struct bt_text *text)
{
	char *data = text->data;

	if (text->failed) {
		bt_text_release(text);
		return NULL;
	}
	*text = (struct bt_text){0};
	return data ? data : strdup("");
}

char *bt_vformat(const char *format, va_list arguments)
{
	char *string;

	return vasprintf(&string, format, arguments) < 0 ? NULL : string;
}

char *bt_format(const char *format, ...)
{
	va_list arguments;
	char *string;

	va_start(arguments, format);
	string = bt_vformat(format, arguments);
	va_end(arguments);
	return string;
}

bool bt_equal(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool bt_equal_ignoring_case(const char *a, const char *b)
{
	return a == b || (a && b && strcasecmp(a, b) == 0);
}

bool bt_has_prefix(const char *string, const char *prefix)
{
	return strncmp(string, prefix, strlen(prefix)) == 0;
}

bool bt_has_suffix(const char *string, const char *suffix)
{
	size_t length = strlen(string);
	size_t tail = strlen(suffix);

	return length >= tail && strcmp(string + length - tail, suffix) == 0;
}

int bt_parse_uint(const char *text, uint64_t *ret_number)
{
	uint64_t number = 0;

	if (!*text)
		return -EINVAL;
	for (const char *p = text; *p; p++)
		if (*p < '0' || *p > '9')
			return -EINVAL;
	for (const char *p = text; *p; p++) {
		if (__builtin_mul_overflow(number, (uint64_t)10, &number) ||
		    __builtin_add_overflow(number, (uint64_t)(*p - '0'), &number))
			return -ERANGE;
	}
	*ret_number = number;
	return 0;
}

int bt_parse_int(const char *text, int64_t *ret_number)
{
	bool negative = *text == '-';
	uint64_t magnitude;
	int r = bt_parse_uint(text + (*text == '-' || *text == '+'), &magnitude);

	if (r < 0)
		return r;
	if (magnitude > (uint64_t)INT64_MAX + negative)
		return -ERANGE;
	*ret_number = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
	return 0;
}

/* How many bytes from the start are ASCII, in whole words: nearly all texts are nothing else. */
static size_t ascii_length(const char *bytes, size_t length)
{
	uint64_t word;
	size_t i = 0;

	for (; i + sizeof(word) <= length; i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		if (word & UINT64_C(0x8080808080808080))
			break;
	}
	return i;
}

bool bt_utf8_valid(const char *bytes, size_t length, size_t *ret_offset)
{
	const unsigned char *s = (const unsigned char *)bytes;

	for (size_t i = ascii_length(bytes, length); i < length;) {
		size_t more = s[i] < 0x80 ? 0 : s[i] >> 5 == 6 ? 1 : s[i] >> 4 == 14 ? 2 : 3;
		uint32_t code = s[i] & (more ? 0x3f >> more : 0x7f);
		static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
		bool good = more < 3 || s[i] >> 3 == 30;

		good = good && i + more < length;
		for (size_t k = 1; good && k <= more; k++) {
			good = (s[i + k] & 0xc0) == 0x80;
			code = code << 6 | (s[i + k] & 0x3f);
		}
		if (!good || code < least[more] || code > 0x10ffff || (code >> 11) == 27) {
			*ret_offset = i;
			return false;
		}
		i += more + 1;
	}
	return true;
}

char *bt_utf8_escaped(const char *string)
{
	BT_AUTOTEXT struct bt_text text = {0};
	size_t length = strlen(string), bad;

	while (!bt_utf8_valid(string, length, &bad)) {
		bt_text_add_bytes(&text, string, bad);
		bt_text_addf(&text, "\\x%02x", (unsigned char)string[bad]);
		string += bad + 1;
		length -= bad + 1;
	}
	bt_text_add(&text, string);
	return bt_text_take(&text);
}

uint32_t bt_utf8_next(const char **where)
{
	const unsigned char *s = (const unsigned char *)*where;
	size_t more = s[0] < 0xc0 ? 0 : s[0] >> 5 == 6 ? 1 : s[0] >> 4 == 14 ? 2 : 3;
	uint32_t code = s[0] & (more ? 0x3f >> more : 0xff);
	size_t used = 1;

	for (; used <= more && (s[used] & 0xc0) == 0x80; used++)
		code = code << 6 | (s[used] & 0x3f);
	*where += used;
	return code;
}

static size_t character_width(uint32_t code)
{
	if (code < 0x300) /* nearly all: no need to look through the rest */
		return 1;
	if (code <= 0x36f || (code >= 0x200b && code <= 0x200f))
		return 0;
	return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) ||
			       (code >= 0xac00 && code <= 0xd7a3) ||
			       (code >= 0xf900 && code <= 0xfaff) ||
			       (code >= 0xfe30 && code <= 0xfe6f) ||
			       (code >= 0xff00 && code <= 0xff60) ||
			       (code >= 0x1f300 && code <= 0x1faff) ||
			       (code >= 0x20000 && code <= 0x3fffd)
		       ? 2
		       : 1;
}

size_t bt_display_width(const char *string)
{
	size_t width = 0;

	while (*string)
		width += character_width(bt_utf8_next(&string));
	return width;
}

enum { LONGEST_WORD = 63 }; /* longer words are never a misspelling of one of ours */

unsigned bt_edit_distance(const char *a, const char *b, unsigned limit)
{
	size_t la = strlen(a), lb = strlen(b);
	unsigned rows[3][LONGEST_WORD + 1];

	if (la > LONGEST_WORD || lb > LONGEST_WORD)
		return limit + 1;
	for (size_t j = 0; j <= lb; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= la; i++) {
		unsigned *now = rows[i % 3], *before = rows[(i + 2) % 3];
		const unsigned *earlier = rows[(i + 1) % 3];

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= lb; j++) {
			int ca = tolower((unsigned char)a[i - 1]);
			int cb = tolower((unsigned char)b[j - 1]);
			unsigned best = before[j - 1] + (ca != cb);

			if (before[j] + 1 < best)
				best = before[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && ca == tolower((unsigned char)b[j - 2]) &&
			    cb == tolower((unsigned char)a[i - 2]) && earlier[j - 2] + 1 < best)
				best = earlier[j - 2] + 1;
			now[j] = best;
		}
	}
	unsigned distance = rows[la % 3][lb];

	return distance > limit ? limit + 1 : distance;
}

void bt_nearest_offer(struct bt_nearest *nearest, const char *candidate)
{
	/* A third of the letters may be wrong: enough for slips, too little for nonsense. */
	unsigned limit = (unsigned)(strlen(nearest->word) + 2) / 3;
	unsigned distance = bt_edit_distance(nearest->word, candidate, limit);

	if (distance > limit || (nearest->best && distance >= nearest->distance))
		return;
	nearest->best = candidate;
	nearest->distance = distance;
}

void bt_strings_release(struct bt_strings *strings)
{
	for (size_t i = 0; i < strings->count; i++)
		free(strings->items[i]);
	free(strings->items);
	*strings = (struct bt_strings){0};
}

int bt_strings_take(struct bt_strings *strings, char *string)
{
	BT_AUTOFREE char *owned = string;

	if (!owned)
		return -ENOMEM;
	if (!BT_MAKE_ROOM(strings->items, strings->count, strings->size))
		return -ENOMEM;
	strings->items[strings->count++] = BT_TAKE(owned);
	return 0;
}

int bt_strings_add(struct bt_strings *strings, const char *string)
{
	return bt_strings_take(strings, strdup(string));
}

bool bt_strings_contain(const struct bt_strings *strings, const char *string)
{
	for (size_t i = 0; i < strings->count; i++)
		if (strcmp(strings->items[i], string) == 0)
			return true;
	return false;
}

char *bt_uuid_random(void)
{
	unsigned char b[16];

	if (getrandom(b, sizeof(b), 0) != sizeof(b))
		return NULL;
	b[6] = (b[6] & 0x0f) | 0x40; /* version 4 */
	b[8] = (b[8] & 0x3f) | 0x80; /* variant of RFC 4122 */
	return bt_format("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
			 b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
			 b[12], b[13], b[14], b[15]);
}

char *bt_uuid_of(const char *name)
{
	uint64_t high = 14695981039346656037ULL, low = 1099511628211ULL;

	for (; *name; name++) {
		high = (high ^ (unsigned char)*name) * 1099511628211ULL;
		low = (low ^ (unsigned char)*name) * 6364136223846793005ULL + 1;
	}
	high = (high & ~0xf000ULL) | 0x8000;			 /* version 8: made our own way */
	low = (low & ~(3ULL << 62)) | 2ULL << 62; /* variant of RFC 9562 */
	return bt_format("%08x-%04x-%04x-%04x-%012llx", (unsigned)(high >> 32),
			 (unsigned)(high >> 16 & 0xffff), (unsigned)(high & 0xffff),
			 (unsigned)(low >> 48), (unsigned long long)(low & 0xffffffffffffULL));
}

bool bt_uuid_valid(const char *text)
{
	for (size_t i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return false;
	}
	return text[36] == '\0';
}
