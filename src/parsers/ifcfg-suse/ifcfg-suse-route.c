/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files ifroute-NAME and routes beside SUSE's ifcfg files, a route a line:
 *
 *	DESTINATION GATEWAY NETMASK INTERFACE [WORDS...]
 *
 * where "-" stands for nothing, and the words are those of "ip route". See ifcfg-routes(5).
 */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "model/route.h"
#include "parsers/ifcfg-suse/ifcfg-suse.h"

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
	if (routes->count == routes->size) {
		size_t size = routes->size ? routes->size * 2 : 16;
		struct bt_suse_route *items = reallocarray(routes->items, size, sizeof(*items));

		if (!items)
			return NULL;
		routes->items = items;
		routes->size = size;
	}

	struct bt_suse_route *route = &routes->items[routes->count++];

	*route = (struct bt_suse_route){.start = start, .family = AF_INET};
	return route;
}

/* ---- one line ------------------------------------------------------------------------------ */

/* The words behind the interface as they are put together. */
struct words {
	struct bt_text attributes;
	const char *metric; /* borrowed from the line */
	const char *lost;
	bool short_of_value;
};

/* Whether WORD has a value, and what ipv4.routes calls it; NULL: it is no such word. */
static const char *attribute_of(const char *word)
{
	static const char *const same[] = {"src",    "mtu",	"window", "cwnd",  "advmss",
					   "rto_min", "initcwnd", "initrwnd", "table", "scope",
					   "quickack", "tos"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(same); i++)
		if (bt_equal(word, same[i]))
			return same[i];
	return bt_equal(word, "dsfield") ? "tos" : NULL;
}

static bool is_type(const char *word)
{
	static const char *const types[] = {"unicast",	 "local",	"broadcast", "anycast",
					    "multicast", "blackhole", "unreachable", "prohibit",
					    "throw"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(types); i++)
		if (bt_equal(word, types[i]))
			return true;
	return false;
}

static void take_type(struct words *words, const char *type)
{
	if (type && !bt_equal(type, "unicast"))
		bt_text_addf(&words->attributes, " type=%s", type);
}

/* One word and the value that is taken from *SAVE. */
static void take_word(struct words *words, const char *word, char **save)
{
	const char *attribute = attribute_of(word);
	const char *value;

	if (is_type(word)) {
		take_type(words, word);
		return;
	}
	value = strtok_r(NULL, " \t", save);
	if (value && attribute && bt_equal(value, "lock")) {
		bt_text_addf(&words->attributes, " lock-%s=true", attribute);
		value = strtok_r(NULL, " \t", save);
	}
	words->short_of_value = words->short_of_value || !value;
	if (bt_equal(word, "metric") || bt_equal(word, "priority") || bt_equal(word, "preference"))
		words->metric = value;
	else if (bt_equal(word, "type"))
		take_type(words, value);
	else if (attribute)
		bt_text_addf(&words->attributes, " %s=%s", attribute, value ? value : "");
	else
		words->lost = words->lost ? words->lost : word;
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

/* The next column; NULL where it is "-" or the line is over. */
static const char *next_column(char **save)
{
	const char *column = strtok_r(NULL, " \t", save);

	return bt_equal(column, "-") ? NULL : column;
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
	if (r == -EINVAL || words->short_of_value)
		route->fault = "not a route: DESTINATION GATEWAY NETMASK INTERFACE [WORDS...]";
	return r == -EINVAL ? 0 : r;
}

static bool is_v6(const char *destination, const char *gateway)
{
	return strchr(destination, ':') || (gateway && strchr(gateway, ':'));
}

/* LINE, without comment and continuation marks, is taken apart in place. */
static int read_words(struct bt_suse_route *route, char *line)
{
	char *save = NULL;
	const char *destination = strtok_r(line, " \t\r", &save);
	const char *gateway = destination ? next_column(&save) : NULL;
	const char *mask = destination ? next_column(&save) : NULL;
	const char *device = destination ? next_column(&save) : NULL;
	struct words words = {0};
	int r;

	if (!destination)
		return 0;
	for (char *word = strtok_r(NULL, " \t", &save); word; word = strtok_r(NULL, " \t", &save))
		take_word(&words, word, &save);

	BT_AUTOFREE char *full = destination_of(destination, mask);

	route->family = is_v6(destination, gateway) ? AF_INET6 : AF_INET;
	route->gateway = gateway ? strdup(gateway) : NULL;
	route->device = device ? strdup(device) : NULL;
	r = !full || (gateway && !route->gateway) || (device && !route->device)
		    ? -ENOMEM
		    : finish(route, full, &words);
	route->plain_default = bt_equal(destination, "default") && gateway && !words.metric &&
			       !words.attributes.length && !words.lost && !route->fault;
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
