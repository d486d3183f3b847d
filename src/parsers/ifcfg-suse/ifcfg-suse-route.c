/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files ifroute-NAME and routes beside SUSE's ifcfg files, a route a line:
 *
 *	DESTINATION GATEWAY NETMASK INTERFACE [WORDS...]
 *
 * where "-" stands for nothing, and the words are those of "ip route", but that wicked wants
 * rto_min without a unit, does not know "from", "onlink" and "quickack", and has "priority" and
 * "preference" for "metric", too. See ifcfg-routes(5) and wicked's client/suse/compat-suse.c.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "model/route.h"
#include "parsers/ifcfg-suse/ifcfg-suse.h"
#include "parsers/route-words.h"

static void route_release(struct bt_suse_route *route)
{
	free(route->text);
	free(route->gateway);
	free(route->device);
	free(route->lost);
}

void bt_suse_routes_release(struct bt_suse_routes *routes)
{
	for (size_t i = 0; i < routes->count; i++)
		route_release(&routes->items[i]);
	free(routes->items);
	*routes = (struct bt_suse_routes){0};
}

static struct bt_suse_route *add_route(struct bt_suse_routes *routes, size_t start)
{
	if (!BT_MAKE_ROOM(routes->items, routes->count, routes->size))
		return NULL;

	struct bt_suse_route *route = &routes->items[routes->count++];

	*route = (struct bt_suse_route){.start = start, .family = AF_INET};
	return route;
}

/* ---- one line ------------------------------------------------------------------------------ */

static const char not_a_route[] = "not a route: DESTINATION GATEWAY NETMASK INTERFACE [WORDS...]";

/* The words behind the interface as they are put together. */
struct words {
	struct bt_text attributes;
	const char *metric; /* borrowed from the line */
	const char *lost;
	const char *fault;
};

bool bt_suse_lacks_route_word(const char *text, size_t length)
{
	static const char *const words[] = {"from", "onlink", "quickack"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == length && strncmp(words[i], text, length) == 0)
			return true;
	return false;
}

/* Why wicked refuses the words of an attribute, which ip takes; NULL when it does not. */
static const char *refusal(const char *const *first, size_t count)
{
	if (bt_suse_lacks_route_word(*first, strlen(*first)))
		return "wicked refuses the route: of the words of ip it does not know 'from', "
		       "'onlink' and 'quickack'";
	if (bt_equal(*first, "rto_min") && count > 1 && first[1][strspn(first[1], "0123456789")])
		return "wicked refuses the route: the value of 'rto_min' is milliseconds, "
		       "without a unit";
	return NULL;
}

static void take_type(struct words *words, const char *type)
{
	if (!bt_equal(type, "unicast"))
		bt_text_addf(&words->attributes, " type=%s", type);
}

/* Takes what begins at FIRST, of which there may be less; returns how many words that would be. */
static size_t take_words(struct words *words, const char *const *first, size_t count)
{
	const char *fault = refusal(first, count);
	bool locked = count > 1 && bt_equal(first[1], "lock");
	size_t taken = fault ? 0 : bt_route_read_words(first, count, &words->attributes);

	if (taken)
		return taken;
	if (bt_route_is_type(*first)) {
		take_type(words, *first);
		return 1;
	}
	if (!fault && count < 2)
		fault = not_a_route;
	if (fault)
		words->fault = fault;
	else if (bt_equal(*first, "metric") || bt_equal(*first, "priority") ||
		 bt_equal(*first, "preference"))
		words->metric = first[1];
	else if (bt_equal(*first, "type"))
		take_type(words, first[1]);
	else
		words->lost = words->lost ? words->lost : first[locked];
	return locked ? 3 : 2;
}

/* DESTINATION with the length of the third column, where it has none itself. NULL: no memory. */
static char *destination_of(const char *destination, const char *mask)
{
	int length = mask && strchr(mask, '.') ? bt_ifcfg_prefix_of_netmask(mask) : -1;

	if (strchr(destination, '/') || bt_equal(destination, "default") || !mask ||
	    bt_equal(mask, "-"))
		return strdup(destination);
	if (strchr(mask, '.'))
		return length < 0 ? bt_format("%s/%s", destination, mask)
				  : bt_format("%s/%d", destination, length);
	return bt_format("%s/%s", destination, mask);
}

/* A column in front of the words; NULL where it is "-" or the line is over. */
static const char *column(const char *const *all, size_t count, size_t number)
{
	return number >= count || bt_equal(all[number], "-") ? NULL : all[number];
}

static int finish(struct bt_suse_route *route, const char *destination, const struct words *words)
{
	BT_AUTOFREE char *text =
		bt_format("%s%s%s%s%s%s", destination, route->gateway ? " " : "",
			  route->gateway ? route->gateway : "", words->metric ? " " : "",
			  words->metric ? words->metric : "",
			  words->attributes.data ? words->attributes.data : "");
	int r = text ? 0 : -ENOMEM;

	if (words->attributes.failed)
		return -ENOMEM;
	if (words->lost)
		route->lost = strdup(words->lost);
	if (words->lost && !route->lost)
		return -ENOMEM;
	if (r == 0)
		r = bt_route_canonical(route->family, text, &route->text);
	route->fault = words->fault ? words->fault : r == -EINVAL ? not_a_route : NULL;
	return r == -EINVAL ? 0 : r;
}

static bool is_v6(const char *destination, const char *gateway)
{
	return strchr(destination, ':') || (gateway && strchr(gateway, ':'));
}

/* LINE, without comment and continuation marks, is taken apart in place. */
static int read_words(struct bt_suse_route *route, char *line)
{
	enum { DESTINATION, GATEWAY, NETMASK, INTERFACE, COLUMNS };
	size_t count;
	BT_AUTOFREE const char **all = bt_route_split(line, &count);
	const char *gateway = all ? column(all, count, GATEWAY) : NULL;
	const char *device = all ? column(all, count, INTERFACE) : NULL;
	struct words words = {0};
	int r;

	if (!all)
		return -ENOMEM;
	if (!count)
		return 0;
	for (size_t i = COLUMNS; i < count;)
		i += take_words(&words, all + i, count - i);

	BT_AUTOFREE char *full = destination_of(all[DESTINATION], column(all, count, NETMASK));

	route->family = is_v6(all[DESTINATION], gateway) ? AF_INET6 : AF_INET;
	route->gateway = gateway ? strdup(gateway) : NULL;
	route->device = device ? strdup(device) : NULL;
	r = !full || (gateway && !route->gateway) || (device && !route->device)
		    ? -ENOMEM
		    : finish(route, full, &words);
	route->plain_default = bt_equal(all[DESTINATION], "default") && gateway &&
			       !words.metric && !words.attributes.length && !words.lost &&
			       !route->fault;
	bt_text_release(&words.attributes);
	return r;
}

/* ---- the whole file ------------------------------------------------------------------------ */

/*
 * The line at START with those that a backslash at its end joins to it, without the comment, in
 * *ret_line; *ret_end is behind it.
 */
static int join_lines(const struct bt_source *source, size_t start, char **ret_line,
		      size_t *ret_end, const char **ret_fault)
{
	BT_AUTOTEXT struct bt_text text = {0};
	size_t at = start;
	bool more = true;

	while (more && at < source->length) {
		const char *line = source->text + at;
		const char *newline = memchr(line, '\n', source->length - at);
		size_t length = newline ? (size_t)(newline - line) : source->length - at;
		const char *backslash = memchr(line, '\\', length);
		size_t used = backslash ? (size_t)(backslash - line) : length;

		if (backslash && used + 1 < length && line[used + 1] != '\r')
			*ret_fault = "a backslash joins lines and may stand at their end only";
		bt_text_add_bytes(&text, line, used);
		*ret_end = at + length;
		at += length + 1;
		more = backslash != NULL;
	}
	*ret_line = bt_text_take(&text);
	if (!*ret_line)
		return -ENOMEM;
	(*ret_line)[strcspn(*ret_line, "#\r")] = '\0';
	return 0;
}

int bt_suse_routes_parse(const struct bt_source *source, struct bt_suse_routes *ret_routes)
{
	BT_AUTOSUSEROUTES struct bt_suse_routes routes = {.source = source};
	int r = 0;

	for (size_t at = 0; r == 0 && at < source->length;) {
		struct bt_suse_route *route = add_route(&routes, at);
		BT_AUTOFREE char *line = NULL;

		if (!route)
			return -ENOMEM;
		r = join_lines(source, at, &line, &route->end, &route->fault);
		if (r == 0 && !route->fault)
			r = read_words(route, line);
		at = route->end + 1;
	}
	if (r < 0)
		return r;
	*ret_routes = routes;
	routes = (struct bt_suse_routes){0};
	return 0;
}

/* ---- into profiles ------------------------------------------------------------------------- */

static struct bt_origin place_of(const struct bt_suse_routes *routes,
				 const struct bt_suse_route *route)
{
	return bt_origin_at(routes->source, route->start, route->end - route->start);
}

void bt_suse_report_routes(struct bondtool *bt, const struct bt_suse_routes *routes)
{
	for (size_t i = 0; i < routes->count; i++) {
		const struct bt_suse_route *route = &routes->items[i];
		struct bt_origin place;

		if (!route->fault && !route->lost)
			continue;
		place = place_of(routes, route);
		if (route->fault)
			bt_diag(bt, BONDTOOL_ERROR, "ifcfg-suse/route", &place, NULL, "%s",
				route->fault);
		else
			bt_warning(bt, "ifcfg-suse/route", &place,
				   "'%s' in a route has no place in a profile", route->lost);
	}
}

static enum bt_property_id property_of(const struct bt_suse_route *route,
				       const struct bondtool_profile *profile)
{
	unsigned block = route->family == AF_INET ? 0 : BT_IP_BLOCK;

	if (route->plain_default && !bt_profile_text(profile, BT_PROP_IPV4_GATEWAY + block))
		return BT_PROP_IPV4_GATEWAY + block;
	return BT_PROP_IPV4_ROUTES + block;
}

static int add(struct bondtool *bt, const struct bt_suse_routes *routes,
	       const struct bt_suse_route *route, struct bondtool_profile *profile)
{
	enum bt_property_id property = property_of(route, profile);
	bool gateway = property == BT_PROP_IPV4_GATEWAY || property == BT_PROP_IPV6_GATEWAY;
	struct bt_origin place = place_of(routes, route);
	int r = bt_profile_set(bt, profile, property, gateway ? route->gateway : route->text,
			       &place);

	return r == -ENOMEM ? r : 0;
}

int bt_suse_add_routes(struct bondtool *bt, const struct bt_suse_routes *routes,
		       struct bondtool_profile *profile)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	int r = 0;

	for (size_t i = 0; r == 0 && i < routes->count; i++) {
		const struct bt_suse_route *route = &routes->items[i];
		struct bt_origin place;

		if (!route->text || route->fault)
			continue;
		if (route->device && !bt_equal(route->device, interface)) {
			place = place_of(routes, route);
			bt_warning(bt, "ifcfg-suse/route", &place,
				   "wicked ignores the interface '%s' in the routes of '%s'",
				   route->device, bt_profile_label(profile));
		}
		r = add(bt, routes, route, profile);
	}
	return r;
}

/* Whether the first LENGTH bits of two addresses are the same. */
static bool same_network(const unsigned char *a, const unsigned char *b, unsigned length)
{
	unsigned bits = length % 8;
	unsigned char mask = (unsigned char)(0xff00 >> bits);

	return memcmp(a, b, length / 8) == 0 &&
	       (!bits || (a[length / 8] & mask) == (b[length / 8] & mask));
}

static bool reaches(int family, const char *address, const char *gateway)
{
	unsigned char ours[sizeof(struct in6_addr)], theirs[sizeof(struct in6_addr)];
	const char *slash = strchr(address, '/');
	BT_AUTOFREE char *bare = strndup(address, slash ? (size_t)(slash - address) : 0);
	uint64_t length;

	return bare && slash && bt_parse_uint(slash + 1, &length) == 0 && length <= 128 &&
	       inet_pton(family, bare, ours) == 1 && inet_pton(family, gateway, theirs) == 1 &&
	       same_network(ours, theirs, (unsigned)length);
}

bool bt_suse_route_is_for(const struct bt_suse_route *route,
			  const struct bondtool_profile *profile)
{
	enum bt_property_id property = route->family == AF_INET ? BT_PROP_IPV4_ADDRESSES
								: BT_PROP_IPV6_ADDRESSES;
	const struct bt_value *addresses = bt_profile_value(profile, property);

	if (!route->text || route->fault)
		return false;
	if (route->device)
		return bt_equal(route->device, bt_profile_text(profile, BT_PROP_INTERFACE_NAME));
	for (size_t i = 0; route->gateway && addresses && i < addresses->n_items; i++)
		if (reaches(route->family, addresses->items[i].text, route->gateway))
			return true;
	return false;
}

/* Whether the profile's own file has a route to the same destination, which comes first. */
static bool has_destination(const struct bondtool_profile *profile,
			    const struct bt_suse_route *route)
{
	unsigned block = route->family == AF_INET ? 0 : BT_IP_BLOCK;
	const struct bt_value *routes = bt_profile_value(profile, BT_PROP_IPV4_ROUTES + block);
	size_t length = strcspn(route->text, " ");

	if (bt_profile_text(profile, BT_PROP_IPV4_GATEWAY + block) &&
	    strncmp(route->text, route->family == AF_INET ? "0.0.0.0/0" : "::/0", length) == 0)
		return true;
	for (size_t i = 0; routes && i < routes->n_items; i++)
		if (strcspn(routes->items[i].text, " ") == length &&
		    strncmp(routes->items[i].text, route->text, length) == 0)
			return true;
	return false;
}

int bt_suse_add_common_routes(struct bondtool *bt, const struct bt_suse_routes *routes,
			      struct bondtool_profile *profile)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < routes->count; i++) {
		const struct bt_suse_route *route = &routes->items[i];

		if (bt_suse_route_is_for(route, profile) && !has_destination(profile, route))
			r = add(bt, routes, route, profile);
	}
	return r;
}
