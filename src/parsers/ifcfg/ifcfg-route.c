/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files route-NAME and route6-NAME beside an ifcfg file. They hold either variables (ADDRESS0,
 * NETMASK0, GATEWAY0) or the words of "ip route add", a route a line.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "parsers/ifcfg/ifcfg.h"
#include "parsers/route-words.h"

bool bt_ifcfg_is_route_file(const struct bt_source *source, int *ret_family)
{
	const char *base = bt_path_base(source->name);

	*ret_family = bt_has_prefix(base, "route6-") ? AF_INET6 : AF_INET;
	return bt_has_prefix(base, "route-") || bt_has_prefix(base, "route6-");
}

const char *bt_ifcfg_label(const char *path)
{
	static const char *const prefixes[] = {"ifcfg-", "route6-", "route-"};
	const char *base = bt_path_base(path);

	for (size_t i = 0; i < BT_ARRAY_SIZE(prefixes); i++)
		if (bt_has_prefix(base, prefixes[i]) && base[strlen(prefixes[i])])
			return base + strlen(prefixes[i]);
	return NULL;
}

static enum bt_property_id routes_of(int family)
{
	return family == AF_INET ? BT_PROP_IPV4_ROUTES : BT_PROP_IPV6_ROUTES;
}

static int add_route(struct bondtool *bt, struct bondtool_profile *profile, int family,
		     const char *text, const struct bt_origin *place)
{
	int r = bt_profile_set(bt, profile, routes_of(family), text, place);

	return r == -ENOMEM ? r : 0;
}

/* ---- the words of "ip route add" ----------------------------------------------------------- */

/* A route of such words as it is put together. Borrows the words. */
struct words {
	const char *type, *destination, *gateway, *metric;
	struct bt_text attributes;
	const char *unknown; /* the first word that has no place */
};

static void words_release(struct words *words)
{
	bt_text_release(&words->attributes);
}

/* Takes what begins at FIRST, behind the destination; returns how many words that was. */
static size_t take_words(struct words *words, const char *const *first, size_t count)
{
	size_t taken = bt_route_read_words(first, count, &words->attributes);

	if (taken)
		return taken;
	if (count > 1 && bt_equal(first[0], "via"))
		words->gateway = first[1];
	else if (count > 1 && bt_equal(first[0], "metric"))
		words->metric = first[1];
	else if (!bt_equal(first[0], "dev")) /* the interface of the file */
		words->unknown = words->unknown ? words->unknown : first[0];
	return 2;
}

static void understand(struct words *words, const char *const *all, size_t count)
{
	size_t i = 0;

	if (i < count && bt_route_is_type(all[i]))
		words->type = all[i++];
	if (i < count && bt_equal(all[i], "to"))
		i++;
	words->destination = i < count ? all[i++] : "";
	while (i < count)
		i += take_words(words, all + i, count - i);
}

/* The route as the model has it in a new string; NULL: no memory. */
static char *route_of(struct words *words)
{
	BT_AUTOTEXT struct bt_text text = {0};

	bt_text_add(&text, words->destination);
	if (words->gateway)
		bt_text_addf(&text, " %s", words->gateway);
	if (words->metric)
		bt_text_addf(&text, " %s", words->metric);
	if (words->type && !bt_equal(words->type, "unicast"))
		bt_text_addf(&text, " type=%s", words->type);
	bt_text_add(&text, words->attributes.data ? words->attributes.data : "");
	return words->attributes.failed ? NULL : bt_text_take(&text);
}

/* LINE is taken apart in place. */
static int read_words(struct bondtool *bt, struct bondtool_profile *profile, int family, char *line,
		      const struct bt_origin *place)
{
	BT_CLEANUP(words_release) struct words words = {0};
	size_t count;
	BT_AUTOFREE const char **all = bt_route_split(line, &count);
	BT_AUTOFREE char *text = NULL;

	if (!all)
		return -ENOMEM;
	understand(&words, all, count);
	if (words.unknown)
		bt_diag(bt, BONDTOOL_WARNING, "ifcfg/route", place, NULL,
			"'%s' in a route has no place in the model and is lost", words.unknown);
	text = route_of(&words);
	return text ? add_route(bt, profile, family, text, place) : -ENOMEM;
}

static int read_lines(struct bondtool *bt, const struct bt_source *source, int family,
		      struct bondtool_profile *profile)
{
	int r = 0;

	for (size_t at = 0; r == 0 && at < source->length;) {
		const char *start = source->text + at;
		const char *end = memchr(start, '\n', source->length - at);
		size_t length = end ? (size_t)(end - start) : source->length - at;
		size_t blanks = strspn(start, " \t");
		struct bt_origin place = bt_origin_at(source, at, length);
		BT_AUTOFREE char *line = strndup(start, length);

		if (!line)
			return -ENOMEM;
		if (length > blanks && start[blanks] != '#' && start[blanks] != '\r' &&
		    start[blanks] != '\n')
			r = read_words(bt, profile, family, line, &place);
		at += length + 1;
	}
	return r;
}

/* ---- variables ----------------------------------------------------------------------------- */

static int read_variable_route(struct bondtool *bt, const struct bt_ifcfg *ifcfg, int number,
			       struct bondtool_profile *profile, bool *ret_found)
{
	static const char *const names[] = {"ADDRESS", "NETMASK", "GATEWAY", "METRIC", "OPTIONS"};
	const char *values[BT_ARRAY_SIZE(names)];
	BT_AUTOTEXT struct bt_text text = {0};
	struct in_addr mask;

	for (size_t i = 0; i < BT_ARRAY_SIZE(names); i++) {
		BT_AUTOFREE char *key = bt_format("%s%d", names[i], number);

		if (!key)
			return -ENOMEM;
		values[i] = bt_ifcfg_value(ifcfg, key);
	}
	*ret_found = values[0];
	if (!values[0])
		return 0;
	bt_text_add(&text, values[0]);
	if (values[1] && inet_pton(AF_INET, values[1], &mask) == 1)
		bt_text_addf(&text, "/%d", __builtin_popcount(mask.s_addr));
	for (size_t i = 2; i < BT_ARRAY_SIZE(names) - 1; i++)
		if (values[i])
			bt_text_addf(&text, " %s", values[i]);

	BT_AUTOFREE char *key = bt_format("ADDRESS%d", number);
	BT_AUTOFREE char *route = bt_text_take(&text);

	if (!key || !route)
		return -ENOMEM;

	struct bt_origin place = bt_ifcfg_line_place(ifcfg, bt_ifcfg_find(ifcfg, key));

	return add_route(bt, profile, AF_INET, route, &place);
}

static int read_variables(struct bondtool *bt, const struct bt_ifcfg *ifcfg,
			  struct bondtool_profile *profile)
{
	bool found;
	int r = 0;

	for (int number = 0; r == 0 && number <= BT_IFCFG_MOST_NUMBER; number++)
		r = read_variable_route(bt, ifcfg, number, profile, &found);
	return r;
}

static bool has_variables(const struct bt_ifcfg *ifcfg)
{
	for (size_t i = 0; i < ifcfg->count; i++)
		if (ifcfg->lines[i].key && bt_has_prefix(ifcfg->lines[i].key, "ADDRESS"))
			return true;
	return false;
}

int bt_ifcfg_read_routes(struct bondtool *bt, const struct bt_source *source,
			 struct bondtool_profile *profile)
{
	BT_AUTOIFCFG struct bt_ifcfg ifcfg = {0};
	int family;
	int r = bt_ifcfg_parse(source, BT_IFCFG_NM, &ifcfg);

	bt_ifcfg_is_route_file(source, &family);
	if (r < 0)
		return r;
	return family == AF_INET && has_variables(&ifcfg)
		       ? read_variables(bt, &ifcfg, profile)
		       : read_lines(bt, source, family, profile);
}
