/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Families, methods, and names that stand for many, in /etc/network/interfaces. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "parsers/interfaces/interfaces-reader.h"

enum { MOST_NAMES = 5000 }; /* of one range: VLANs end at 4094 */

struct method {
	const char *word;
	unsigned families; /* bits of enum bt_eni_family */
	enum bt_eni_method method;
	bool in_two; /* ifupdown2 knows it */
};

#define INET  (1U << BT_ENI_INET)
#define INET6 (1U << BT_ENI_INET6)

static const struct method methods[] = {
	{"manual", INET | INET6, BT_ENI_MANUAL, true},
	{"static", INET | INET6, BT_ENI_STATIC, true},
	{"dhcp", INET | INET6, BT_ENI_DHCP, true},
	{"auto", INET6, BT_ENI_SLAAC, false},
	{"loopback", INET | INET6, BT_ENI_LOOPBACK, true},
	{"ipv4ll", INET, BT_ENI_LINK_LOCAL, false},
	{"dhcp6", INET6, BT_ENI_DHCP, true},
	{"bootp", INET, BT_ENI_OTHER_METHOD, false},
	{"tunnel", INET | INET6, BT_ENI_OTHER_METHOD, true},
	{"ppp", INET | INET6, BT_ENI_OTHER_METHOD, true},
	{"wvdial", INET, BT_ENI_OTHER_METHOD, false},
	{"v4tunnel", INET6, BT_ENI_OTHER_METHOD, false},
	{"6to4", INET6, BT_ENI_OTHER_METHOD, false},
};

enum bt_eni_family bt_eni_family_of(const char *word)
{
	static const char *const others[] = {"can", "ipx", "link", "meta"};

	if (strcmp(word, "inet") == 0)
		return BT_ENI_INET;
	if (strcmp(word, "inet6") == 0)
		return BT_ENI_INET6;
	for (size_t i = 0; i < BT_ARRAY_SIZE(others); i++)
		if (strcmp(word, others[i]) == 0)
			return BT_ENI_OTHER_FAMILY;
	return BT_ENI_ANY_FAMILY;
}

bool bt_eni_method_of(const struct bt_eni_dialect *dialect, enum bt_eni_family family,
		      const char *word, enum bt_eni_method *ret_method)
{
	*ret_method = BT_ENI_OTHER_METHOD;
	if (family == BT_ENI_OTHER_FAMILY)
		return *word;
	*ret_method = BT_ENI_NO_METHOD;
	for (size_t i = 0; i < BT_ARRAY_SIZE(methods); i++) {
		const struct method *m = &methods[i];

		if (strcmp(m->word, word) != 0 ||
		    (family != BT_ENI_ANY_FAMILY && !(m->families & (1U << family))) ||
		    (dialect == &bt_eni_ifupdown2 && !m->in_two) ||
		    (dialect == &bt_eni_ifupdown && strcmp(word, "dhcp6") == 0))
			continue;
		*ret_method = m->method;
		return true;
	}
	/* ifupdown-ng looks for the words that it knows and at nothing else. */
	return dialect == &bt_eni_ifupdown_ng;
}

const char *bt_eni_method_word(const struct bt_eni_dialect *dialect, enum bt_eni_family family,
			       enum bt_eni_method method)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(methods); i++)
		if (methods[i].method == method && (methods[i].families & (1U << family)) &&
		    (dialect != &bt_eni_ifupdown2 || methods[i].in_two))
			return methods[i].word;
	return NULL;
}

/* "FIRST-LAST" in digits at TEXT: sets both and returns what follows; NULL when it is none. */
static const char *take_range(const char *text, uint64_t *ret_first, uint64_t *ret_last)
{
	size_t first = strspn(text, "0123456789");
	size_t last = text[first] == '-' ? strspn(text + first + 1, "0123456789") : 0;
	BT_AUTOFREE char *a = strndup(text, first);
	BT_AUTOFREE char *b = last ? strndup(text + first + 1, last) : NULL;

	if (!a || !b || bt_parse_uint(a, ret_first) < 0 || bt_parse_uint(b, ret_last) < 0)
		return NULL;
	return text + first + 1 + last;
}

/* The same in brackets. */
static const char *take_bracketed(const char *text, uint64_t *ret_first, uint64_t *ret_last)
{
	const char *behind = *text == '[' ? take_range(text + 1, ret_first, ret_last) : NULL;

	return behind && *behind == ']' ? behind + 1 : NULL;
}

static int add_numbered(struct bt_strings *names, const char *prefix, size_t length, uint64_t first,
			uint64_t last, const char *suffix)
{
	if (last >= first && last - first >= MOST_NAMES)
		return -ERANGE;
	for (uint64_t i = first; i <= last; i++) {
		int r = bt_strings_take(names, bt_format("%.*s%llu%s", (int)length, prefix,
							 (unsigned long long)i, suffix));

		if (r < 0)
			return r;
	}
	return 0;
}

int bt_eni_expand_range(const char *name, struct bt_strings *names)
{
	size_t length = 0;
	uint64_t first, last;
	const char *suffix;

	while (isalnum((unsigned char)name[length]) || name[length] == '_' || name[length] == '.')
		length++;
	suffix = length ? take_bracketed(name + length, &first, &last) : NULL;
	return suffix ? add_numbered(names, name, length, first, last, suffix)
		      : bt_strings_add(names, name);
}

/* "swp[1-4]s[0-3].100", from the suffix behind the first range on. */
static int expand_twice(const char *prefix, size_t length, uint64_t first, uint64_t last,
			const char *suffix, struct bt_strings *names)
{
	size_t middle = strcspn(suffix, "[");
	uint64_t inner_first, inner_last;
	const char *end = middle ? take_bracketed(suffix + middle, &inner_first, &inner_last)
				 : NULL;
	int r = 0;

	if (!end)
		return add_numbered(names, prefix, length, first, last, suffix);
	if (last >= first && inner_last >= inner_first &&
	    (last - first >= MOST_NAMES || inner_last - inner_first >= MOST_NAMES ||
	     (last - first + 1) * (inner_last - inner_first + 1) > MOST_NAMES))
		return -ERANGE;
	for (uint64_t i = first; r == 0 && i <= last; i++) {
		BT_AUTOFREE char *outer = bt_format("%.*s%llu%.*s", (int)length, prefix,
						    (unsigned long long)i, (int)middle, suffix);

		r = outer ? add_numbered(names, outer, strlen(outer), inner_first, inner_last, end)
			  : -ENOMEM;
	}
	return r;
}

int bt_eni_expand_glob(const char *expression, struct bt_strings *names)
{
	size_t length = 0;
	uint64_t first, last;
	const char *suffix;

	while (isalnum((unsigned char)expression[length]))
		length++;
	suffix = length ? take_bracketed(expression + length, &first, &last) : NULL;
	if (suffix)
		return expand_twice(expression, length, first, last, suffix, names);
	while (length && isdigit((unsigned char)expression[length - 1]))
		length--;
	suffix = length ? take_range(expression + length, &first, &last) : NULL;
	return suffix ? add_numbered(names, expression, length, first, last, suffix)
		      : bt_strings_add(names, expression);
}
