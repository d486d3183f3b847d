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
	if (!*name || strlen(name) >= IFNAMSIZ || bt_equal(name, ".") || bt_equal(name, ".."))
		return false;
	for (const char *p = name; *p; p++)
		if (*p == '/' || *p == ':' || isspace((unsigned char)*p))
			return false;
	return true;
}

/* A MAC address of six bytes as the kernel's mac_pton() reads it, '-' tolerated for ':'. */
static int canonical_mac(const char *text, char **ret_text)
{
	unsigned char mac[6];

	for (size_t i = 0; i < 6; i++) {
		if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1]))
			return -EINVAL;
		sscanf(text, "%2hhx", &mac[i]);
		text += 2;
		if (i < 5 && *text != ':' && *text != '-')
			return -EINVAL;
		text += i < 5;
	}
	if (*text)
		return -EINVAL;
	*ret_text = bt_format("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
			      mac[4], mac[5]);
	return *ret_text ? 0 : -ENOMEM;
}

/*
 * Writes the canonical form of the address TEXT into CANONICAL. IPv4 has only one form that
 * inet_pton() takes; of IPv6, inet_ntop() knows which of the many it is. 0 or -EINVAL.
 */
static int canonicalise(int family, const char *text, char canonical[INET6_ADDRSTRLEN])
{
	unsigned char address[sizeof(struct in6_addr)];

	if (inet_pton(family, text, address) != 1)
		return -EINVAL;
	if (family == AF_INET)
		strcpy(canonical, text);
	else
		inet_ntop(family, address, canonical, INET6_ADDRSTRLEN);
	return 0;
}

static int canonical_ip(int family, const char *text, char **ret_text)
{
	char canonical[INET6_ADDRSTRLEN];

	if (canonicalise(family, text, canonical) < 0)
		return -EINVAL;
	*ret_text = strdup(canonical);
	return *ret_text ? 0 : -ENOMEM;
}

/* "ADDRESS[/PREFIX]"; without a prefix the address stands alone (/32, /128). */
static int canonical_address(int family, const char *text, char **ret_text)
{
	size_t length = strcspn(text, "/");
	char address[INET6_ADDRSTRLEN], canonical[INET6_ADDRSTRLEN + sizeof("/128")];
	uint64_t most = family == AF_INET ? 32 : 128;
	uint64_t prefix = most;

	if (length >= sizeof(address))
		return -EINVAL;
	memcpy(address, text, length);
	address[length] = '\0';
	if (canonicalise(family, address, canonical) < 0 ||
	    (text[length] && bt_parse_uint(text + length + 1, &prefix) < 0) || prefix > most)
		return -EINVAL;
	snprintf(canonical + strlen(canonical), sizeof("/128"), "/%u", (unsigned)prefix);
	*ret_text = strdup(canonical);
	return *ret_text ? 0 : -ENOMEM;
}

static int canonical_uuid(const char *text, char **ret_text)
{
	if (!bt_uuid_valid(text))
		return -EINVAL;
	*ret_text = strdup(text);
	if (!*ret_text)
		return -ENOMEM;
	for (char *p = *ret_text; *p; p++)
		*p = (char)tolower((unsigned char)*p);
	return 0;
}

static int copy_if(bool good, const char *text, char **ret_text)
{
	if (!good)
		return -EINVAL;
	*ret_text = strdup(text);
	return *ret_text ? 0 : -ENOMEM;
}

int bt_item_canonical(enum bt_type type, const char *text, char **ret_text)
{
	switch (type) {
	case BT_TYPE_MAC:
		return canonical_mac(text, ret_text);
	case BT_TYPE_IP4:
	case BT_TYPE_IP4S:
		return canonical_ip(AF_INET, text, ret_text);
	case BT_TYPE_IP6:
	case BT_TYPE_IP6S:
		return canonical_ip(AF_INET6, text, ret_text);
	case BT_TYPE_ADDRESS4S:
		return canonical_address(AF_INET, text, ret_text);
	case BT_TYPE_ADDRESS6S:
		return canonical_address(AF_INET6, text, ret_text);
	case BT_TYPE_ROUTE4S:
		return bt_route_canonical(AF_INET, text, ret_text);
	case BT_TYPE_ROUTE6S:
		return bt_route_canonical(AF_INET6, text, ret_text);
	case BT_TYPE_UUID:
		return canonical_uuid(text, ret_text);
	case BT_TYPE_INTERFACE:
		return copy_if(bt_interface_name_valid(text), text, ret_text);
	default:
		return copy_if(true, text, ret_text);
	}
}

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

/* Says what was wrong with TEXT and what would be right; yields ERROR. */
static int refuse(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
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

static int parse_choice(const struct bt_spec *spec, const char *text, struct bt_value *value)
{
	const struct bondtool_name *name = bt_name_find(spec->names, text);

	if (!name)
		return -EINVAL;
	value->text = (char *)name->name;
	value->borrowed = true;
	return 0;
}

static int parse_scalar(const struct bt_spec *spec, const char *text, struct bt_value *value)
{
	switch (spec->type) {
	case BT_TYPE_NUMBER:
	case BT_TYPE_NICKNAMED:
		return parse_number(spec, text, &value->number);
	case BT_TYPE_NAME:
		return parse_name(spec, text, &value->number);
	case BT_TYPE_BOOLEAN:
		return parse_boolean(text, &value->number);
	case BT_TYPE_CHOICE:
		return parse_choice(spec, text, value);
	default:
		return bt_item_canonical(spec->type, text, &value->text);
	}
}

int bt_value_parse_quietly(const struct bt_spec *spec, const char *text, struct bt_value *ret_value)
{
	struct bt_value value = {0};
	int r = parse_scalar(spec, text, &value);

	if (r < 0)
		return r;
	ret_value->number = value.number;
	ret_value->text = value.text;
	ret_value->borrowed = value.borrowed;
	return 0;
}

int bt_value_parse(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
		   const char *text, const struct bt_origin *origin, struct bt_value *ret_value)
{
	int r = bt_value_parse_quietly(spec, text, ret_value);

	if (r < 0)
		return refuse(bt, spec, about, text, origin, r);
	if (origin)
		ret_value->origin = *origin;
	return 0;
}

int bt_value_add_item(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
		      const char *text, const struct bt_origin *origin, struct bt_value *value)
{
	BT_AUTOFREE char *canonical = NULL;
	int r = bt_item_canonical(spec->type, text, &canonical);

	if (r < 0)
		return refuse(bt, spec, about, text, origin, r);

	struct bt_item *items = reallocarray(value->items, value->n_items + 1, sizeof(*items));

	if (!items)
		return -ENOMEM;
	value->items = items;
	items[value->n_items++] = (struct bt_item){
		.text = BT_TAKE(canonical),
		.origin = origin ? *origin : (struct bt_origin){0},
	};
	return 0;
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
