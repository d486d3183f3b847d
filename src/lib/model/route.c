/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Routes of a profile: from their text and back. */
#include "model/route.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "model/value.h"

/* The attributes that a route may have, as nmcli names them. */
static const char *const attribute_names[] = {
	"advmss",      "cwnd",	     "from",	 "initcwnd",	   "initrwnd",	   "lock-cwnd",
	"lock-initcwnd", "lock-initrwnd", "lock-mtu", "lock-window", "mtu",	   "onlink",
	"quickack",    "rto_min",    "scope",	 "src",		   "table",	   "tos",
	"type",	       "weight",     "window",	 NULL,
};

void bt_route_release(struct bt_route *route)
{
	free(route->destination);
	free(route->gateway);
	bt_strings_release(&route->attributes);
	*route = (struct bt_route){0};
}

/* Clears the bits of ADDRESS behind the prefix: a destination is a network. */
static void mask(unsigned char *address, size_t size, unsigned prefix)
{
	for (size_t i = 0; i < size; i++) {
		unsigned bits = prefix > i * 8 ? prefix - (unsigned)i * 8 : 0;

		if (bits < 8)
			address[i] &= (unsigned char)(0xff00 >> bits);
	}
}

static int parse_destination(int family, const char *word, char **ret_destination)
{
	unsigned char address[sizeof(struct in6_addr)];
	size_t size = family == AF_INET ? 4 : 16;
	char canonical[INET6_ADDRSTRLEN];
	uint64_t prefix = size * 8;
	BT_AUTOFREE char *copy = strdup(bt_equal(word, "default")
						? family == AF_INET ? "0.0.0.0/0" : "::/0"
						: word);

	if (!copy)
		return -ENOMEM;

	char *slash = strchr(copy, '/');

	if (slash) {
		*slash++ = '\0';
		if (bt_parse_uint(slash, &prefix) < 0 || prefix > size * 8)
			return -EINVAL;
	}
	if (inet_pton(family, copy, address) != 1)
		return -EINVAL;
	mask(address, size, (unsigned)prefix);
	inet_ntop(family, address, canonical, sizeof(canonical));
	*ret_destination = bt_format("%s/%" PRIu64, canonical, prefix);
	return *ret_destination ? 0 : -ENOMEM;
}

static int parse_attribute(const char *word, const char *equals, struct bt_route *route)
{
	size_t length = (size_t)(equals - word);

	for (const char *const *name = attribute_names; *name; name++)
		if (strlen(*name) == length && strncmp(*name, word, length) == 0)
			return equals[1] ? bt_strings_add(&route->attributes, word) : -EINVAL;
	return -EINVAL;
}

/* One word after the destination: an attribute, the gateway or the metric, in this order. */
static int parse_word(int family, const char *word, struct bt_route *route)
{
	const char *equals = strchr(word, '=');
	uint64_t metric;

	if (equals)
		return parse_attribute(word, equals, route);
	if (bt_parse_uint(word, &metric) == 0) {
		if (route->metric >= 0 || metric > UINT32_MAX || route->attributes.count)
			return -EINVAL;
		route->metric = (int64_t)metric;
		return 0;
	}
	if (route->gateway || route->metric >= 0 || route->attributes.count)
		return -EINVAL;
	return bt_item_canonical(family == AF_INET ? BT_TYPE_IP4 : BT_TYPE_IP6, word,
				 &route->gateway);
}

int bt_route_parse(int family, const char *text, struct bt_route *ret_route)
{
	BT_AUTOROUTE struct bt_route route = {.metric = -1};
	BT_AUTOFREE char *words = strdup(text);
	char *save = NULL;
	int r = words ? -EINVAL : -ENOMEM; /* of an empty text */

	for (char *word = words ? strtok_r(words, " \t", &save) : NULL; word;
	     word = strtok_r(NULL, " \t", &save)) {
		r = route.destination ? parse_word(family, word, &route)
				      : parse_destination(family, word, &route.destination);
		if (r < 0)
			break;
	}
	if (r < 0)
		return r;
	*ret_route = route;
	route = (struct bt_route){0};
	return 0;
}

int bt_route_canonical(int family, const char *text, char **ret_text)
{
	BT_AUTOROUTE struct bt_route route = {0};
	BT_AUTOTEXT struct bt_text out = {0};
	int r = bt_route_parse(family, text, &route);

	if (r < 0)
		return r;
	bt_text_add(&out, route.destination);
	if (route.gateway)
		bt_text_addf(&out, " %s", route.gateway);
	if (route.metric >= 0)
		bt_text_addf(&out, " %" PRId64, route.metric);
	for (size_t i = 0; i < route.attributes.count; i++)
		bt_text_addf(&out, " %s", route.attributes.items[i]);
	*ret_text = bt_text_take(&out);
	return *ret_text ? 0 : -ENOMEM;
}

char *bt_route_pretty(const char *canonical)
{
	BT_AUTOROUTE struct bt_route route = {0};
	BT_AUTOTEXT struct bt_text out = {0};

	if (bt_route_parse(strchr(canonical, ':') ? AF_INET6 : AF_INET, canonical, &route) < 0)
		return strdup(canonical);
	bt_text_addf(&out, "{ ip = %s", route.destination);
	if (route.gateway)
		bt_text_addf(&out, ", nh = %s", route.gateway);
	if (route.metric >= 0)
		bt_text_addf(&out, ", mt = %" PRId64, route.metric);
	for (size_t i = 0; i < route.attributes.count; i++)
		bt_text_addf(&out, " %s", route.attributes.items[i]);
	bt_text_add(&out, " }");
	return bt_text_take(&out);
}

const char *bt_route_attribute(const struct bt_route *route, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < route->attributes.count; i++) {
		const char *attribute = route->attributes.items[i];

		if (strncmp(attribute, name, length) == 0 && attribute[length] == '=')
			return attribute + length + 1;
	}
	return NULL;
}
