/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values from texts and texts from values. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/route.h"
#include "model/value.h"

bool bt_interface_name_valid(const char *name)
{
	size_t length = 0;

	for (; name[length]; length++)
		if (length + 1 == IFNAMSIZ || name[length] == '/' || name[length] == ':' ||
		    bt_is_space(name[length]))
			return false;
	return length && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* ---- canonical forms ------------------------------------------------------------------------ */

/* A MAC address of six bytes as the kernel's mac_pton() reads it, '-' tolerated for ':'. */
static int mean_mac(const char *text, struct bt_meaning *meaning)
{
	enum { LENGTH = sizeof("00:00:00:00:00:00") - 1 };

	for (size_t i = 0; i < LENGTH; i++) {
		bool between = i % 3 == 2;

		if (between ? text[i] != ':' && text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return -EINVAL;
		meaning->buffer[i] = between ? ':' : (char)tolower((unsigned char)text[i]);
	}
	if (text[LENGTH])
		return -EINVAL;
	meaning->buffer[LENGTH] = '\0';
	meaning->text = meaning->buffer;
	return 0;
}

/*
 * Behind an IPv4 address at the beginning of TEXT, or NULL. There is but one form of it: four
 * numbers without zeros before them, as inet_pton() has it.
 */
static const char *behind_ip4(const char *text)
{
	for (unsigned i = 0; i < 4; i++) {
		const char *start = text;
		unsigned number = 0;

		if (i && *text++ != '.')
			return NULL;
		for (start = text; *text >= '0' && *text <= '9' && number <= 255; text++)
			number = number * 10 + (unsigned)(*text - '0');
		if (text == start || number > 255 || (*start == '0' && text - start > 1))
			return NULL;
	}
	return text;
}

/*
 * Writes the canonical form of the LENGTH bytes of TEXT, an address, to BUFFER; returns its end, or
 * NULL when it is none. Of the forms of IPv6, inet_ntop() knows which it is.
 */
static char *put_address(int family, const char *text, size_t length, char *buffer)
{
	struct in6_addr address;

	if (family == AF_INET)
		return behind_ip4(text) == text + length ? mempcpy(buffer, text, length) : NULL;
	if (length >= INET6_ADDRSTRLEN)
		return NULL;
	memcpy(buffer, text, length);
	buffer[length] = '\0';
	if (inet_pton(family, buffer, &address) != 1)
		return NULL;
	inet_ntop(family, &address, buffer, INET6_ADDRSTRLEN);
	return buffer + strlen(buffer);
}

static int mean_ip(int family, const char *text, struct bt_meaning *meaning)
{
	char *end = put_address(family, text, strlen(text), meaning->buffer);

	if (!end)
		return -EINVAL;
	*end = '\0';
	meaning->text = meaning->buffer;
	return 0;
}

/* "ADDRESS[/PREFIX]"; without a prefix the address stands alone (/32, /128). */
static int mean_address(int family, const char *text, struct bt_meaning *meaning)
{
	const char *slash = strchrnul(text, '/');
	uint64_t most = family == AF_INET ? 32 : 128;
	uint64_t prefix = most;
	char *end;

	_Static_assert(sizeof(meaning->buffer) > INET6_ADDRSTRLEN + sizeof("/128"), "it fits");
	end = put_address(family, text, (size_t)(slash - text), meaning->buffer);
	if (!end || (*slash && bt_parse_uint(slash + 1, &prefix) < 0) || prefix > most)
		return -EINVAL;
	*end++ = '/';
	*bt_put_digits(end, (int64_t)prefix) = '\0';
	meaning->text = meaning->buffer;
	return 0;
}

static int mean_uuid(const char *text, struct bt_meaning *meaning)
{
	char *end = meaning->buffer;

	if (!bt_uuid_valid(text))
		return -EINVAL;
	for (; *text; text++)
		*end++ = (char)tolower((unsigned char)*text);
	*end = '\0';
	meaning->text = meaning->buffer;
	return 0;
}

static int mean_route(int family, const char *text, struct bt_meaning *meaning)
{
	int r = bt_route_canonical(family, text, &meaning->made);

	if (r == 0)
		meaning->text = meaning->made;
	return r;
}

/* What TEXT, one item of a list or no number, means. */
static int mean_text(enum bt_type type, const char *text, struct bt_meaning *meaning)
{
	switch (type) {
	case BT_TYPE_MAC:
		return mean_mac(text, meaning);
	case BT_TYPE_IP4:
	case BT_TYPE_IP4S:
		return mean_ip(AF_INET, text, meaning);
	case BT_TYPE_IP6:
	case BT_TYPE_IP6S:
		return mean_ip(AF_INET6, text, meaning);
	case BT_TYPE_ADDRESS4S:
		return mean_address(AF_INET, text, meaning);
	case BT_TYPE_ADDRESS6S:
		return mean_address(AF_INET6, text, meaning);
	case BT_TYPE_ROUTE4S:
		return mean_route(AF_INET, text, meaning);
	case BT_TYPE_ROUTE6S:
		return mean_route(AF_INET6, text, meaning);
	case BT_TYPE_UUID:
		return mean_uuid(text, meaning);
	case BT_TYPE_INTERFACE:
		meaning->text = text;
		return bt_interface_name_valid(text) ? 0 : -EINVAL;
	default:
		meaning->text = text;
		return 0;
	}
}

/* The text of MEANING as one that the caller owns. 0 or -ENOMEM. */
static int take_text(struct bt_meaning *meaning, char **ret_text)
{
	*ret_text = meaning->made ? meaning->made : strdup(meaning->text);
	return *ret_text ? 0 : -ENOMEM;
}

int bt_item_canonical(enum bt_type type, const char *text, char **ret_text)
{
	struct bt_meaning meaning;
	int r;

	meaning.made = NULL;
	r = mean_text(type, text, &meaning);
	return r < 0 ? r : take_text(&meaning, ret_text);
}

/* ---- scalars -------------------------------------------------------------------------------- */

static void add_alternatives(struct bt_text *text, const struct bondtool_name *names)
{
	for (const struct bondtool_name *n = names; n->name; n++)
		bt_text_addf(text, "%s%s", n == names ? "" : n[1].name ? ", " : " or ", n->name);
}

char *bt_spec_allowed(const struct bt_spec *spec)
{
	BT_AUTOTEXT struct bt_text text = {0};

	switch (spec->type) {
	case BT_TYPE_NUMBER:
	case BT_TYPE_NICKNAMED:
		bt_text_addf(&text, "%" PRId64 " to %" PRId64, spec->minimum, spec->maximum);
		if (spec->unit)
			bt_text_addf(&text, " (%s)", spec->unit);
		break;
	case BT_TYPE_NAME:
	case BT_TYPE_CHOICE:
		add_alternatives(&text, spec->names);
		break;
	case BT_TYPE_BOOLEAN:
		bt_text_add(&text, "yes or no");
		break;
	case BT_TYPE_INTERFACE:
		bt_text_add(&text, "an interface name of 1 to 15 characters without '/', ':' or "
				   "blanks");
		break;
	case BT_TYPE_MAC:
		bt_text_add(&text, "a MAC address such as 02:00:5e:10:00:01");
		break;
	default:
		bt_text_add(&text, strchr("aeioAEIO", *bt_type_text(spec->type)) ? "an " : "a ");
		bt_text_add(&text, bt_type_text(spec->type));
	}
	return bt_text_take(&text);
}

int bt_value_refuse(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
		    const char *text, const struct bt_origin *origin, int error)
{
	struct bt_nearest nearest = {.word = text};
	BT_AUTOFREE char *allowed = bt_spec_allowed(spec);
	BT_AUTOFREE char *hint = NULL;

	if (error == -ENOMEM || !allowed)
		return -ENOMEM;
	if (spec->type == BT_TYPE_NAME || spec->type == BT_TYPE_CHOICE)
		for (const struct bondtool_name *n = spec->names; n->name; n++)
			bt_nearest_offer(&nearest, n->name);
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(bt, BONDTOOL_ERROR, about->rule, origin, hint,
		"%s%s%s: '%s' is %s; allowed: %s", about->what[0],
		about->what[1] ? about->what[1] : "", about->what[2] ? about->what[2] : "", text,
		error == -ERANGE ? "out of range" : "not valid", allowed);
	return error;
}

/* A number; a sign only where it says something, for else the driver takes it for a word. */
static int parse_digits(const struct bt_spec *spec, const char *text, int64_t *ret_number)
{
	int r = bt_parse_int(text, ret_number);

	if (r == 0 && spec->minimum >= 0 &&
	    (*text == '+' || (*text == '-' && *ret_number == 0)))
		return -EINVAL;
	return r;
}

/* Digits are a number; anything else is a word that stands for one. */
static int parse_number(const struct bt_spec *spec, const char *text, int64_t *ret_number)
{
	const struct bondtool_name *word = bt_name_find(spec->names, text);
	int64_t number;
	int r;

	if (word) {
		*ret_number = word->number;
		return 0;
	}
	r = parse_digits(spec, text, &number);
	if (r < 0)
		return r;
	if (number < spec->minimum || number > spec->maximum)
		return -ERANGE;
	*ret_number = number;
	return 0;
}

static int parse_name(const struct bt_spec *spec, const char *text, int64_t *ret_number)
{
	const struct bondtool_name *name = bt_name_find(spec->names, text);
	int64_t number;

	if (!name && parse_digits(spec, text, &number) == 0)
		name = bt_name_of(spec->names, number);
	if (!name)
		return -EINVAL;
	*ret_number = name->number;
	return 0;
}

static int parse_boolean(const char *text, int64_t *ret_number)
{
	static const char *const words[] = {"no",  "yes", "false", "true", "off",
					    "on",  "n",	  "y",	   "f",	   "t",
					    "0",   "1"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++) {
		if (bt_equal_ignoring_case(words[i], text)) {
			*ret_number = i % 2;
			return 0;
		}
	}
	return -EINVAL;
}

static int parse_choice(const struct bt_spec *spec, const char *text, struct bt_meaning *meaning)
{
	const struct bondtool_name *name = bt_name_find(spec->names, text);

	if (!name)
		return -EINVAL;
	meaning->text = name->name;
	meaning->of_table = true;
	return 0;
}

int bt_value_mean(const struct bt_spec *spec, const char *text, struct bt_meaning *ret_meaning)
{
	ret_meaning->number = 0;
	ret_meaning->text = NULL;
	ret_meaning->of_table = false;
	ret_meaning->made = NULL;
	switch (spec->type) {
	case BT_TYPE_NUMBER:
	case BT_TYPE_NICKNAMED:
		return parse_number(spec, text, &ret_meaning->number);
	case BT_TYPE_NAME:
		return parse_name(spec, text, &ret_meaning->number);
	case BT_TYPE_BOOLEAN:
		return parse_boolean(text, &ret_meaning->number);
	case BT_TYPE_CHOICE:
		return parse_choice(spec, text, ret_meaning);
	default:
		return mean_text(spec->type, text, ret_meaning);
	}
}

int bt_value_parse_quietly(const struct bt_spec *spec, const char *text, struct bt_value *ret_value)
{
	struct bt_meaning meaning;
	char *kept = NULL;
	int r = bt_value_mean(spec, text, &meaning);

	if (r == 0 && meaning.of_table)
		kept = (char *)meaning.text;
	else if (r == 0 && meaning.text)
		r = take_text(&meaning, &kept);
	if (r < 0)
		return r;
	ret_value->number = meaning.number;
	ret_value->text = kept;
	ret_value->keeper = meaning.of_table ? BT_KEPT_BY_TABLE : BT_KEPT_BY_VALUE;
	return 0;
}

int bt_value_parse(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
		   const char *text, const struct bt_origin *origin, struct bt_value *ret_value)
{
	int r = bt_value_parse_quietly(spec, text, ret_value);

	if (r < 0)
		return bt_value_refuse(bt, spec, about, text, origin, r);
	if (origin)
		ret_value->origin = *origin;
	return 0;
}

int bt_value_add_item(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
		      const char *text, const struct bt_origin *origin, struct bt_value *value)
{
	char *canonical;
	int r = bt_item_canonical(spec->type, text, &canonical);

	return r < 0 ? bt_value_refuse(bt, spec, about, text, origin, r)
		     : bt_value_append(value, canonical, origin);
}

static void add_number(struct bt_text *text, const struct bt_spec *spec, int64_t number,
		       enum bondtool_style style)
{
	const struct bondtool_name *name = bt_name_of(spec->names, number);

	bt_text_addf(text, "%" PRId64, number);
	if (style == BONDTOOL_PRETTY && spec->type == BT_TYPE_NICKNAMED && name)
		bt_text_addf(text, " (%s)", name->name);
}

static void add_item(struct bt_text *text, enum bt_type type, const char *item,
		     enum bondtool_style style)
{
	BT_AUTOFREE char *pretty = NULL;

	if (style == BONDTOOL_PRETTY && (type == BT_TYPE_ROUTE4S || type == BT_TYPE_ROUTE6S))
		pretty = bt_route_pretty(item);
	bt_text_add(text, pretty ? pretty : item);
}

char *bt_value_joined(const struct bt_spec *spec, const struct bt_value *value,
		      const char *separator, enum bondtool_style style)
{
	BT_AUTOTEXT struct bt_text text = {0};
	const struct bondtool_name *name;

	switch (spec->type) {
	case BT_TYPE_NUMBER:
	case BT_TYPE_NICKNAMED:
		add_number(&text, spec, value->number, style);
		break;
	case BT_TYPE_NAME:
		name = bt_name_of(spec->names, value->number);
		if (name)
			bt_text_add(&text, name->name);
		else
			bt_text_addf(&text, "%" PRId64, value->number);
		break;
	case BT_TYPE_BOOLEAN:
		bt_text_add(&text, value->number ? "yes" : "no");
		break;
	default:
		if (value->text)
			bt_text_add(&text, value->text);
		for (size_t i = 0; i < value->n_items; i++) {
			bt_text_add(&text, i ? separator : "");
			add_item(&text, spec->type, value->items[i].text, style);
		}
	}
	return bt_text_take(&text);
}

char *bt_value_text(const struct bt_spec *spec, const struct bt_value *value,
		    enum bondtool_style style)
{
	return bt_value_joined(spec, value, ", ", style);
}
