/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The syntax of values in keyfiles: escapes, numbered keys, addresses and routes. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "parsers/keyfile/keyfile.h"

/* GLib keeps the blanks behind a value: NetworkManager then finds them in a bond option. */
const struct bt_ini_rules bt_keyfile_rules = {.comments = "#"};

static const char escaped[] = " \t\n\r\\";
static const char letters[] = "stnr\\";

char *bt_keyfile_decode(const char *value)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (const char *p = value; *p; p++) {
		const char *letter = *p == '\\' && p[1] ? strchr(letters, p[1]) : NULL;

		if (*p != '\\') {
			bt_text_add_char(&text, *p);
			continue;
		}
		if (!letter) {
			errno = EINVAL;
			return NULL;
		}
		bt_text_add_char(&text, escaped[letter - letters]);
		p++;
	}
	errno = ENOMEM;
	return bt_text_take(&text);
}

char *bt_keyfile_encode(const char *text)
{
	BT_AUTOTEXT struct bt_text value = {0};
	bool begun = false;

	for (const char *p = text; *p; p++) {
		const char *special = strchr(escaped, *p);

		/* Blanks in the middle need no escape, and nobody wants to read one there. */
		if (special && !(*p == ' ' && begun && p[1])) {
			bt_text_add_char(&value, '\\');
			bt_text_add_char(&value, letters[special - escaped]);
		} else {
			bt_text_add_char(&value, *p);
		}
		begun = true;
	}
	return bt_text_take(&value);
}

bool bt_keyfile_numbered(const char *key, const char *base, long *ret_number)
{
	uint64_t number;

	if (!bt_has_prefix(key, base))
		return false;
	key += strlen(base);
	if (!*key) {
		*ret_number = -1;
		return true;
	}
	if ((*key == '0' && key[1]) || bt_parse_uint(key, &number) < 0 || number > INT_MAX)
		return false;
	*ret_number = (long)number;
	return true;
}

static const char separators[] = "/;,";

/* Takes the field at *WHERE when it has only CHARACTERS; NULL, and *WHERE unmoved, when not. */
static const char *take_field(char **where, const char *characters)
{
	char *start = *where;
	char *end;

	if (!start || !*start)
		return NULL;
	end = start + strspn(start, characters);
	if (*end && !strchr(separators, *end))
		return NULL;
	*where = *end ? end + 1 : NULL;
	*end = '\0';
	return start;
}

void bt_keyfile_ip_split(char *buffer, bool route, struct bt_keyfile_ip *ret_ip)
{
	static const char of_address[] = "0123456789abcdefABCDEF:.%";
	static const char of_number[] = "0123456789";
	char *rest = buffer;
	struct bt_keyfile_ip ip = {0};

	ip.address = take_field(&rest, of_address);
	if (ip.address) {
		/* A field that is no number is no prefix: the next field begins there. */
		ip.prefix = take_field(&rest, of_number);
		ip.gateway = take_field(&rest, of_address);
	}
	if (route && ip.address)
		ip.metric = take_field(&rest, of_number);
	ip.garbage = !ip.address || (rest && *rest);
	ip.garbage_at = rest ? (size_t)(rest - buffer) : 0;
	*ret_ip = ip;
}
