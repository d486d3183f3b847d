/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Attributes of routes and the words by which ip-route(8) knows them. */
#include "parsers/route-words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum spelling {
	A_WORD,	  /* "WORD VALUE" */
	A_NUMBER, /* the same */
	A_HEX,	  /* "WORD 0xVALUE": ip takes every number here for hexadecimal */
	A_FLAG,	  /* "WORD", when it is true */
	A_SWITCH, /* "WORD 1" or "WORD 0" */
	A_SPAN,	  /* "WORD VALUEms" */
};

static const struct attribute {
	const char *name; /* in the model and for ip */
	enum spelling spelling;
	const char *lock; /* the attribute that makes it "NAME lock VALUE"; NULL when none does */
} attributes[] = {
	{"tos", A_HEX, NULL},
	{"table", A_NUMBER, NULL},
	{"scope", A_WORD, NULL},
	{"from", A_WORD, NULL},
	{"src", A_WORD, NULL},
	{"mtu", A_NUMBER, "lock-mtu"},
	{"advmss", A_NUMBER, NULL},
	{"window", A_NUMBER, "lock-window"},
	{"cwnd", A_NUMBER, "lock-cwnd"},
	{"initcwnd", A_NUMBER, "lock-initcwnd"},
	{"initrwnd", A_NUMBER, "lock-initrwnd"},
	{"rto_min", A_SPAN, NULL},
	{"quickack", A_SWITCH, NULL},
	{"onlink", A_FLAG, NULL},
};

bool bt_route_is_type(const char *word)
{
	static const char *const types[] = {"unicast",	 "local",	"broadcast", "anycast",
					    "multicast", "blackhole", "unreachable", "prohibit",
					    "throw"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(types); i++)
		if (bt_equal(word, types[i]))
			return true;
	return false;
}

bool bt_route_has_device(const struct bt_route *route)
{
	const char *type = bt_route_attribute(route, "type");

	return !type || bt_equal(type, "unicast") || bt_equal(type, "local");
}

static bool is_true(const char *text)
{
	return text && (bt_equal(text, "1") || bt_equal(text, "true") || bt_equal(text, "yes"));
}

/* ---- reading --------------------------------------------------------------------------------- */

const char **bt_route_split(char *line, size_t *ret_count)
{
	const char **words = calloc(strlen(line) / 2 + 1, sizeof(*words));
	char *save = NULL;

	*ret_count = 0;
	for (char *word = strtok_r(line, " \t\r", &save); words && word;
	     word = strtok_r(NULL, " \t\r", &save))
		words[(*ret_count)++] = word;
	return words;
}

/* The attribute that WORD stands for; ip has two words for one of them. */
static const struct attribute *find(const char *word)
{
	word = bt_equal(word, "dsfield") ? "tos" : word;
	for (size_t i = 0; i < BT_ARRAY_SIZE(attributes); i++)
		if (bt_equal(attributes[i].name, word))
			return &attributes[i];
	return NULL;
}

/* A value of ip as the model has it: "0x10" and "10" of tos are 16, "200ms" is 200. */
static void add_read_value(struct bt_text *text, enum spelling spelling, const char *value)
{
	char *end;
	unsigned long number;

	if (spelling == A_SWITCH)
		bt_text_add(text, is_true(value) ? "true" : "false");
	else if (spelling == A_SPAN && bt_has_suffix(value, "ms"))
		bt_text_addf(text, "%.*s", (int)(strlen(value) - strlen("ms")), value);
	else if (spelling == A_HEX && (number = strtoul(value, &end, 16), !*end))
		bt_text_addf(text, "%lu", number);
	else
		bt_text_add(text, value);
}

size_t bt_route_read_words(const char *const *words, size_t count, struct bt_text *text)
{
	const struct attribute *attribute = count ? find(words[0]) : NULL;
	size_t value = 1;

	if (!attribute)
		return 0;
	if (attribute->spelling == A_FLAG) {
		bt_text_addf(text, " %s=true", attribute->name);
		return 1;
	}
	if (count > 1 && bt_equal(words[1], "lock"))
		value = 2;
	if (count <= value || (value == 2 && !attribute->lock))
		return 0;
	if (value == 2)
		bt_text_addf(text, " %s=true", attribute->lock);
	bt_text_addf(text, " %s=", attribute->name);
	add_read_value(text, attribute->spelling, words[value]);
	return value + 1;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* The value in a new string. Numbers are written anew: ip would take "010" for 8. */
static char *value_word(enum spelling spelling, const char *value)
{
	uint64_t number;
	bool numeric = spelling != A_WORD && bt_parse_uint(value, &number) == 0;

	if (spelling == A_SWITCH)
		return strdup(is_true(value) ? "1" : "0");
	if (numeric && spelling == A_HEX)
		return bt_format("0x%" PRIx64, number);
	if (numeric)
		return bt_format("%" PRIu64 "%s", number, spelling == A_SPAN ? "ms" : "");
	return strdup(value);
}

static int add_attribute(const struct bt_route *route, const struct attribute *attribute,
			 struct bt_strings *words)
{
	const char *value = bt_route_attribute(route, attribute->name);
	bool flag = attribute->spelling == A_FLAG;
	int r;

	if (!value || (flag && !is_true(value)))
		return 0;

	BT_AUTOFREE char *word = value_word(attribute->spelling, value);

	if (!word)
		return -ENOMEM;
	r = bt_strings_add(words, attribute->name);
	if (r == 0 && attribute->lock && is_true(bt_route_attribute(route, attribute->lock)))
		r = bt_strings_add(words, "lock");
	return r == 0 && !flag ? bt_strings_add(words, word) : r;
}

/* Whether the attribute, "NAME=VALUE", has words: of itself, or as the lock of another. */
static bool has_words(const struct bt_route *route, const char *text)
{
	size_t length = strcspn(text, "=");

	for (size_t i = 0; i < BT_ARRAY_SIZE(attributes); i++) {
		const char *lock = attributes[i].lock;

		if (strlen(attributes[i].name) == length &&
		    strncmp(text, attributes[i].name, length) == 0)
			return true;
		if (lock && strlen(lock) == length && strncmp(text, lock, length) == 0)
			return !is_true(text + length + 1) ||
			       bt_route_attribute(route, attributes[i].name);
	}
	return strncmp(text, "type=", strlen("type=")) == 0;
}

int bt_route_add_words(const struct bt_route *route, struct bt_strings *words,
		       struct bt_strings *left_out)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < BT_ARRAY_SIZE(attributes); i++)
		r = add_attribute(route, &attributes[i], words);
	for (size_t i = 0; r == 0 && i < route->attributes.count; i++)
		if (!has_words(route, route->attributes.items[i]))
			r = bt_strings_add(left_out, route->attributes.items[i]);
	return r;
}
