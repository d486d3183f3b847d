/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and routes of a keyfile: numbered keys, each with an item of a list. */
#include <errno.h>
#include <string.h>

#include "parsers/keyfile/keyfile-reading.h"

/* A key such as "address2" with what decides over its place among the others. */
struct numbered {
	const struct bt_ini_line *line;
	long number;
	bool plural;
};

static int compare_numbered(const void *a, const void *b)
{
	const struct numbered *one = a, *other = b;

	if (one->number != other->number)
		return one->number < other->number ? -1 : 1;
	return (int)one->plural - (int)other->plural;
}

static bool is_numbered(const struct bt_ini_line *line, bool route, struct numbered *ret)
{
	ret->line = line;
	ret->plural = bt_keyfile_numbered(line->key, route ? "routes" : "addresses", &ret->number);
	return ret->plural ||
	       bt_keyfile_numbered(line->key, route ? "route" : "address", &ret->number);
}

static int ip_fault(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
		    const char *needed)
{
	return bt_keyfile_ignore_value(reading, line, NULL, needed);
}

/* The prefix length as text, or the default that NetworkManager warns of. */
static const char *prefix_of(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			     const struct bt_keyfile_ip *ip, bool v4, bool route)
{
	const char *standard = v4 ? "24" : route ? "128" : "64";
	struct bt_origin origin = bt_ini_value_place(&reading->ini, line);
	uint64_t number;

	if (ip->prefix && bt_parse_uint(ip->prefix, &number) == 0 && number <= (v4 ? 32 : 128))
		return ip->prefix;
	bt_warning(reading->bt, "keyfile/prefix", &origin,
		   "'%s=%s' has no valid prefix length; NetworkManager takes %s", line->key,
		   line->value, standard);
	return standard;
}

static int take_gateway(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			enum bt_property_id property, const char *gateway)
{
	struct bt_origin whole = bt_ini_value_place(&reading->ini, line);
	const char *present = bt_profile_text(reading->profile, property);
	const char *where =
		strstr(strchr(line->value, '/') ? strchr(line->value, '/') : line->value, gateway);
	struct bt_origin origin =
		where ? bt_origin_part(&whole, (size_t)(where - line->value), strlen(gateway))
		      : whole;

	if (!present)
		return bt_keyfile_kept_unless(
			reading, line,
			bt_profile_set(reading->bt, reading->profile, property, gateway, &origin));
	if (!bt_equal(present, gateway))
		bt_warning(reading->bt, "keyfile/ignored", &origin,
			   "NetworkManager ignores this gateway: there is another one, '%s'",
			   present);
	return 0;
}

static int take_address(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			enum bt_property_id block, const struct bt_keyfile_ip *ip)
{
	bool v4 = block == BT_PROP_IPV4;
	BT_AUTOFREE char *address =
		bt_format("%s/%s", ip->address, prefix_of(reading, line, ip, v4, false));
	int r;

	if (!address)
		return -ENOMEM;
	r = bt_keyfile_take_text(reading, line, block + (BT_PROP_IPV4_ADDRESSES - BT_PROP_IPV4),
				 address);
	if (r == 0 && ip->gateway && *ip->gateway)
		r = take_gateway(reading, line, block + (BT_PROP_IPV4_GATEWAY - BT_PROP_IPV4),
				 ip->gateway);
	return r;
}

/* The attributes of a route from its own key "route1_options", as blanks and words. */
static int add_attributes(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			  struct bt_text *route)
{
	BT_AUTOFREE char *key = bt_format("%s_options", line->key);
	const struct bt_ini_line *options =
		key ? bt_keyfile_find(reading, bt_keyfile_section_name(line->section), key) : NULL;
	BT_AUTOFREE char *text = options ? bt_keyfile_decode(options->value) : NULL;

	if (!key)
		return -ENOMEM;
	if (text)
		bt_text_add_char(route, ' ');
	for (const char *p = text ? text : ""; *p; p++)
		bt_text_add_char(route, *p == ',' ? ' ' : *p);
	return 0;
}

/* An old writer left the gateway out where it was "::": then the metric stands in its place. */
static void mend_route(struct bt_keyfile_ip *ip, bool v4)
{
	if (!v4 && ip->gateway && !ip->metric && bt_keyfile_is_digits(ip->gateway)) {
		ip->metric = ip->gateway;
		ip->gateway = NULL;
	}
	if (ip->gateway &&
	    (!*ip->gateway || bt_equal(ip->gateway, "0.0.0.0") || bt_equal(ip->gateway, "::")))
		ip->gateway = NULL;
}

static int take_route(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
		      enum bt_property_id block, struct bt_keyfile_ip *ip)
{
	bool v4 = block == BT_PROP_IPV4;
	BT_AUTOTEXT struct bt_text text = {0};
	BT_AUTOFREE char *route = NULL;
	int r;

	mend_route(ip, v4);
	bt_text_addf(&text, "%s/%s", ip->address, prefix_of(reading, line, ip, v4, true));
	if (ip->gateway)
		bt_text_addf(&text, " %s", ip->gateway);
	if (ip->metric && *ip->metric)
		bt_text_addf(&text, " %s", ip->metric);
	r = add_attributes(reading, line, &text);
	route = bt_text_take(&text);
	if (r < 0 || !route)
		return -ENOMEM;
	return bt_keyfile_take_text(reading, line, block + (BT_PROP_IPV4_ROUTES - BT_PROP_IPV4),
				    route);
}

static int take_ip(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
		   enum bt_property_id block, bool route)
{
	BT_AUTOFREE char *buffer = bt_keyfile_decode(line->value);
	struct bt_keyfile_ip ip;

	if (!buffer && errno != EINVAL)
		return -ENOMEM;
	if (!buffer)
		return ip_fault(reading, line, "there is no such escape");
	bt_keyfile_ip_split(buffer, route, &ip);
	if (ip.garbage)
		return ip_fault(reading, line,
				route ? "'DESTINATION/PREFIX,GATEWAY,METRIC' is needed"
				      : "'ADDRESS/PREFIX,GATEWAY' is needed");
	return route ? take_route(reading, line, block, &ip)
		     : take_address(reading, line, block, &ip);
}

/* All addresses, or all routes, of one family in the order of their numbers. */
int bt_keyfile_take_ips(struct bt_keyfile_reading *reading, enum bt_property_id block, bool route)
{
	BT_AUTOFREE struct numbered *found = calloc(reading->n_lines + 1, sizeof(*found));
	const char *section = bt_settings[bt_properties[block].setting].name;
	size_t count = 0;
	int r = found ? 0 : -ENOMEM;

	for (size_t i = 0; r == 0 && i < reading->n_lines; i++)
		if (bt_equal(reading->lines[i]->section, section) &&
		    is_numbered(reading->lines[i], route, &found[count]))
			count++;
	if (count)
		qsort(found, count, sizeof(*found), compare_numbered);
	for (size_t i = 0; r == 0 && i < count; i++)
		r = take_ip(reading, found[i].line, block, route);
	return r;
}

/* Whether bt_keyfile_take_ips() sees to the line: addresses, routes, and the attributes of a route.
 */
bool bt_keyfile_is_ip_line(const struct bt_ini_line *line)
{
	BT_AUTOFREE char *base = NULL;
	struct numbered unused;

	if (is_numbered(line, false, &unused) || is_numbered(line, true, &unused))
		return true;
	if (!bt_has_suffix(line->key, "_options"))
		return false;
	base = strndup(line->key, strlen(line->key) - strlen("_options"));
	return base && is_numbered(&(struct bt_ini_line){.key = base}, true, &unused);
}
