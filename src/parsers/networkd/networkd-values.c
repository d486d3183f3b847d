/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values as systemd reads them: spans of time, booleans, numbers, sizes. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "parsers/networkd/networkd.h"

static const char blanks[] = " \t\n\r";

#define SECOND UINT64_C(1000000)

/* systemd.time(7); the first that a text begins with counts, so that longer ones come first. */
static const struct {
	const char *suffix;
	uint64_t usec;
} units[] = {
	{"seconds", SECOND},
	{"second", SECOND},
	{"sec", SECOND},
	{"s", SECOND},
	{"minutes", 60 * SECOND},
	{"minute", 60 * SECOND},
	{"min", 60 * SECOND},
	{"months", 2629800 * SECOND},
	{"month", 2629800 * SECOND},
	{"M", 2629800 * SECOND},
	{"msec", SECOND / 1000},
	{"ms", SECOND / 1000},
	{"m", 60 * SECOND},
	{"hours", 3600 * SECOND},
	{"hour", 3600 * SECOND},
	{"hr", 3600 * SECOND},
	{"h", 3600 * SECOND},
	{"days", 86400 * SECOND},
	{"day", 86400 * SECOND},
	{"d", 86400 * SECOND},
	{"weeks", 604800 * SECOND},
	{"week", 604800 * SECOND},
	{"w", 604800 * SECOND},
	{"years", 31557600 * SECOND},
	{"year", 31557600 * SECOND},
	{"y", 31557600 * SECOND},
	{"usec", 1},
	{"us", 1},
	{"\xc2\xb5s", 1},
	{"\xce\xbcs", 1},
};

/* Takes the unit at *WHERE; without one it is seconds. */
static uint64_t take_unit(const char **where)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(units); i++) {
		if (bt_has_prefix(*where, units[i].suffix)) {
			*where += strlen(units[i].suffix);
			return units[i].usec;
		}
	}
	return SECOND;
}

/* The digits behind the point, each worth a tenth of the one before. */
static uint64_t fraction(const char *digits, uint64_t unit)
{
	uint64_t usec = 0;

	for (unit /= 10; *digits >= '0' && *digits <= '9'; digits++, unit /= 10)
		usec += (uint64_t)(*digits - '0') * unit;
	return usec;
}

/* One number with its unit: "1.5s". */
static int take_span(const char **where, uint64_t *ret_usec)
{
	size_t whole = strspn(*where, "0123456789");
	bool pointed = (*where)[whole] == '.';
	const char *decimals = *where + whole + 1;
	size_t more = pointed ? strspn(decimals, "0123456789") : 0;
	const char *rest = *where + whole + pointed + more;
	const char *unit = rest + strspn(rest, blanks);
	uint64_t number, usec;
	BT_AUTOFREE char *digits = strndup(*where, whole);

	if (!digits)
		return -ENOMEM;
	if ((!whole && !pointed) || (pointed && !more))
		return -EINVAL;
	if (bt_parse_uint(whole ? digits : "0", &number) < 0)
		return -ERANGE;

	const char *end = unit;

	usec = take_unit(&end);
	if (end == rest && *end)
		return -EINVAL;
	*where = end;
	if (pointed)
		*ret_usec = fraction(decimals, usec);
	else
		*ret_usec = 0;
	return __builtin_mul_overflow(number, usec, &number) ||
			       __builtin_add_overflow(*ret_usec, number, ret_usec)
		       ? -ERANGE
		       : 0;
}

int bt_networkd_parse_time(const char *text, uint64_t *ret_usec)
{
	const char *p = text + strspn(text, blanks);
	uint64_t sum = 0;

	if (!*p)
		return -EINVAL;
	if (*p == '-' || bt_has_prefix(p, "infinity"))
		return -ERANGE;
	while (*p) {
		uint64_t usec;
		int r = take_span(&p, &usec);

		if (r < 0)
			return r;
		if (__builtin_add_overflow(sum, usec, &sum))
			return -ERANGE;
		p += strspn(p, blanks);
	}
	*ret_usec = sum;
	return 0;
}

bool bt_networkd_lacks_unit(const char *text)
{
	return text[strspn(text, "0123456789. \t\n\r")] == '\0';
}

char *bt_networkd_format_time(int64_t ms)
{
	if (ms && ms % 1000 == 0)
		return bt_format("%" PRId64 "s", ms / 1000);
	return bt_format("%" PRId64 "ms", ms);
}

bool bt_networkd_parse_boolean(const char *text, bool *ret_yes)
{
	static const char *const words[] = {"no", "yes", "false", "true", "off", "on",
					    "n",  "y",	 "f",	  "t",	  "0",	 "1"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++) {
		if (bt_equal_ignoring_case(words[i], text)) {
			*ret_yes = i % 2;
			return true;
		}
	}
	return false;
}

bool bt_networkd_is_system(const char *mac)
{
	static const char no_address[] = "00:00:00:00:00:00";
	unsigned first;

	return sscanf(mac, "%2x", &first) != 1 || (!(first & 1) && strcmp(mac, no_address) != 0);
}

int bt_networkd_parse_number(const char *text, uint64_t *ret_number)
{
	char *end;

	if (*text < '0' || *text > '9')
		return -EINVAL;
	errno = 0;
	*ret_number = strtoumax(text, &end, 0);
	if (errno)
		return -errno;
	return *end ? -EINVAL : 0;
}

int bt_networkd_parse_size(const char *text, uint64_t *ret_bytes)
{
	static const char suffixes[] = "KMGT";
	size_t digits = strspn(text, "0123456789");
	const char *suffix = text[digits] ? strchr(suffixes, text[digits]) : NULL;
	BT_AUTOFREE char *number = strndup(text, digits);
	uint64_t bytes;
	int r;

	if (!number)
		return -ENOMEM;
	if (text[digits] && !bt_equal(text + digits, "B") && (!suffix || text[digits + 1]))
		return -EINVAL;
	r = bt_parse_uint(number, &bytes);
	if (r < 0)
		return r;
	for (const char *p = suffixes; suffix && p <= suffix; p++)
		if (__builtin_mul_overflow(bytes, (uint64_t)1024, &bytes))
			return -ERANGE;
	*ret_bytes = bytes;
	return 0;
}

char *bt_networkd_option_text(const struct bt_option *option, const struct bt_value *value)
{
	bool boolean = option->spec.type == BT_TYPE_NUMBER && option->spec.minimum == 0 &&
		       option->spec.maximum == 1;

	if (bt_has_suffix(option->keys[BT_FORMAT_NETWORKD], "Sec")) {
		int64_t ms = value->number;

		if (bt_equal(option->spec.unit, "s"))
			return bt_format("%" PRId64 "s", ms);
		return bt_networkd_format_time(ms);
	}
	if (boolean)
		return strdup(value->number ? "yes" : "no");
	return bt_value_joined(&option->spec, value, " ", BONDTOOL_PARSABLE);
}
