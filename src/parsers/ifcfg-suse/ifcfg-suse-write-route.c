/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Routes into ifroute-NAME and the common file: lines that still hold stay as they are. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "model/route.h"
#include "parsers/ifcfg-suse/ifcfg-suse-write.h"
#include "parsers/route-words.h"

/* ---- what the profile has ------------------------------------------------------------------- */

/* A gateway or a route that the files shall have. */
struct wanted {
	int family;
	const char *text;  /* of a gateway the address, else the route; borrowed */
	bool is_gateway;
	bool there; /* a line says so */
};

struct wants {
	struct wanted *items;
	size_t count;
};

static void wants_release(struct wants *wants)
{
	free(wants->items);
}

static void want_family(struct bt_suse_writing *writing, int family, struct wants *wants)
{
	unsigned block = family == AF_INET ? 0 : BT_IP_BLOCK;
	const char *gateway = bt_profile_text(writing->profile, BT_PROP_IPV4_GATEWAY + block);
	const struct bt_value *routes =
		bt_profile_value(writing->profile, BT_PROP_IPV4_ROUTES + block);

	if (gateway)
		wants->items[wants->count++] = (struct wanted){family, gateway, true, false};
	for (size_t i = 0; routes && i < routes->n_items; i++)
		wants->items[wants->count++] =
			(struct wanted){family, routes->items[i].text, false, false};
	bt_written_property(&writing->written, BT_PROP_IPV4_GATEWAY + block);
	bt_written_property(&writing->written, BT_PROP_IPV4_ROUTES + block);
}

static int want(struct bt_suse_writing *writing, struct wants *wants)
{
	static const enum bt_property_id lists[] = {BT_PROP_IPV4_ROUTES, BT_PROP_IPV6_ROUTES};
	size_t most = 2;

	for (size_t i = 0; i < BT_ARRAY_SIZE(lists); i++) {
		const struct bt_value *routes = bt_profile_value(writing->profile, lists[i]);

		most += routes ? routes->n_items : 0;
	}
	wants->items = calloc(most, sizeof(*wants->items));
	if (!wants->items)
		return -ENOMEM;
	want_family(writing, AF_INET, wants);
	want_family(writing, AF_INET6, wants);
	return 0;
}

/* Whether the line says what is wanted. */
static bool says(const struct bt_suse_route *route, const struct wanted *wanted)
{
	if (route->family != wanted->family || !route->text || route->fault)
		return false;
	if (wanted->is_gateway)
		return route->plain_default && bt_equal(route->gateway, wanted->text);
	return strcmp(route->text, wanted->text) == 0;
}

/* Takes the line for the first thing wanted that it says; false when there is none. */
static bool serves(const struct bt_suse_route *route, struct wants *wants)
{
	for (size_t i = 0; i < wants->count; i++) {
		if (wants->items[i].there || !says(route, &wants->items[i]))
			continue;
		wants->items[i].there = true;
		return true;
	}
	return false;
}

/* ---- a route as a line ---------------------------------------------------------------------- */

static void lose_attribute(const struct bt_suse_writing *writing, const struct wanted *wanted,
			   const char *attribute)
{
	enum bt_property_id id = wanted->family == AF_INET ? BT_PROP_IPV4_ROUTES
							   : BT_PROP_IPV6_ROUTES;
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[id]);

	bt_report_loss(writing->writer->bt, &bt_format_ifcfg_suse,
		       bt_profile_value(writing->profile, id), NULL,
		       "'%s': %s: wicked has no word for %s", bt_profile_label(writing->profile),
		       name ? name : "routes", attribute);
}

/* Adds WORD, which follows PREVIOUS: ip gives a span its unit, wicked takes the bare number. */
static void add_word(struct bt_text *line, const char *previous, const char *word)
{
	size_t length = strlen(word);

	if (bt_equal(previous, "rto_min") && bt_has_suffix(word, "ms"))
		length -= strlen("ms");
	bt_text_add(line, " ");
	bt_text_add_bytes(line, word, length);
}

/* Adds the words of the route's type and attributes; says which have none. */
static int add_words(const struct bt_suse_writing *writing, const struct wanted *wanted,
		     const struct bt_route *route, struct bt_text *line)
{
	const char *type = bt_route_attribute(route, "type");
	BT_AUTOSTRINGS struct bt_strings words = {0}, left_out = {0};
	BT_AUTOROUTE struct bt_route known = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < route->attributes.count; i++) {
		const char *attribute = route->attributes.items[i];
		bool lacks = bt_suse_lacks_route_word(attribute, strcspn(attribute, "="));

		r = bt_strings_add(lacks ? &left_out : &known.attributes, attribute);
	}
	if (r == 0)
		r = bt_route_add_words(&known, &words, &left_out);
	if (r < 0)
		return r;
	if (type)
		bt_text_addf(line, " %s", type);
	for (size_t i = 0; i < words.count; i++)
		add_word(line, i ? words.items[i - 1] : NULL, words.items[i]);
	for (size_t i = 0; i < left_out.count; i++)
		lose_attribute(writing, wanted, left_out.items[i]);
	return 0;
}

static int add_line(const struct bt_suse_writing *writing, const struct wanted *wanted,
		    const char *interface, struct bt_text *text)
{
	BT_AUTOROUTE struct bt_route route = {0};
	int r;

	if (wanted->is_gateway) {
		bt_text_addf(text, "default %s - %s\n", wanted->text, interface);
		return 0;
	}
	r = bt_route_parse(wanted->family, wanted->text, &route);
	if (r < 0)
		return r;
	bt_text_addf(text, "%s %s - %s", route.destination, route.gateway ? route.gateway : "-",
		     interface);
	if (route.metric >= 0)
		bt_text_addf(text, " metric %" PRId64, route.metric);
	r = add_words(writing, wanted, &route, text);
	bt_text_add(text, "\n");
	return r;
}

/* ---- the common file ------------------------------------------------------------------------ */

/* The common file in FOLDER, read when it is asked for first; NULL when there is none. */
static struct bt_suse_common *common_of(struct bt_suse_writer *writer, const char *folder, int *ret)
{
	BT_AUTOFREE char *path = bt_path_join(folder, "routes");
	const struct bt_source *source = path ? bt_suse_source(writer, path) : NULL;
	struct bt_suse_common *commons;

	*ret = path ? 0 : -ENOMEM;
	if (!source)
		return NULL;
	for (size_t i = 0; i < writer->n_commons; i++)
		if (writer->commons[i].routes.source == source)
			return &writer->commons[i];
	commons = reallocarray(writer->commons, writer->n_commons + 1, sizeof(*commons));
	*ret = -ENOMEM;
	if (!commons)
		return NULL;
	writer->commons = commons;
	commons = &commons[writer->n_commons++];
	*commons = (struct bt_suse_common){0};
	*ret = bt_suse_routes_parse(source, &commons->routes);
	commons->dropped = calloc(commons->routes.count + 1, sizeof(*commons->dropped));
	if (*ret == 0 && !commons->dropped)
		*ret = -ENOMEM;
	return *ret == 0 ? commons : NULL;
}

/* Whether one of the profile's own lines hides the common one: both have one destination. */
static bool is_hidden(const struct bt_suse_route *route, const struct bt_suse_routes *own)
{
	size_t length = strcspn(route->text, " ");

	for (size_t i = 0; i < own->count; i++)
		if (own->items[i].text && strcspn(own->items[i].text, " ") == length &&
		    strncmp(own->items[i].text, route->text, length) == 0)
			return true;
	return false;
}

/* What the common file has for the profile is there; what the profile no longer has is dropped. */
static void use_common(const struct bt_suse_writing *writing, struct bt_suse_common *common,
		       const struct bt_suse_routes *own, struct wants *wants)
{
	for (size_t i = 0; i < common->routes.count; i++) {
		const struct bt_suse_route *route = &common->routes.items[i];

		if (bt_suse_route_is_for(route, writing->profile) && !is_hidden(route, own) &&
		    !serves(route, wants))
			common->dropped[i] = true;
	}
}

/* ---- files ---------------------------------------------------------------------------------- */

/* The lines that are not DROPPED, as they stand. */
static void keep_lines(const struct bt_suse_routes *routes, const bool *dropped,
		       struct bt_text *text)
{
	for (size_t i = 0; i < routes->count; i++) {
		const struct bt_suse_route *route = &routes->items[i];

		if (dropped[i])
			continue;
		bt_text_add_bytes(text, routes->source->text + route->start,
				  route->end - route->start);
		if (route->end < routes->source->length)
			bt_text_add_char(text, '\n');
	}
}

static int add_missing(const struct bt_suse_writing *writing, const struct wants *wants,
		       const char *interface, struct bt_text *text)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < wants->count; i++) {
		if (wants->items[i].there)
			continue;
		if (text->length && text->data[text->length - 1] != '\n')
			bt_text_add_char(text, '\n');
		r = add_line(writing, &wants->items[i], interface, text);
	}
	return r;
}

/* The lines of the own file that are still wanted, and those that are no routes. */
static int keep_own(const struct bt_suse_routes *own, struct wants *wants, struct bt_text *text)
{
	BT_AUTOFREE bool *dropped = calloc(own->count + 1, sizeof(*dropped));

	if (!dropped)
		return -ENOMEM;
	for (size_t i = 0; i < own->count; i++)
		dropped[i] = own->items[i].text && !own->items[i].fault &&
			     !serves(&own->items[i], wants);
	keep_lines(own, dropped, text);
	return 0;
}

/* The texts that the profile's routes came from; both stay empty for a profile from elsewhere. */
static int find_sources(const struct bt_suse_writing *writing, const char *file,
			struct bt_suse_routes *ret_own, struct bt_suse_common **ret_common)
{
	const struct bt_source *ifcfg = writing->profile->origin.source;
	BT_AUTOFREE char *folder = writing->original ? bt_path_folder(ifcfg->name) : NULL;
	BT_AUTOFREE char *path = folder ? bt_path_join(folder, file) : NULL;
	const struct bt_source *own = path ? bt_suse_source(writing->writer, path) : NULL;
	int r;

	if (!writing->original)
		return 0;
	if (!path)
		return -ENOMEM;
	*ret_common = common_of(writing->writer, folder, &r);
	return r == 0 && own ? bt_suse_routes_parse(own, ret_own) : r;
}

int bt_suse_write_routes(struct bt_suse_writing *writing)
{
	const char *interface = bt_profile_text(writing->profile, BT_PROP_INTERFACE_NAME);
	BT_AUTOFREE char *file = interface ? bt_format("ifroute-%s", interface) : NULL;
	BT_CLEANUP(wants_release) struct wants wants = {0};
	BT_AUTOSUSEROUTES struct bt_suse_routes own = {0};
	BT_AUTOTEXT struct bt_text text = {0};
	struct bt_suse_common *common = NULL;
	int r;

	if (!interface)
		return 0;
	r = file ? want(writing, &wants) : -ENOMEM;
	if (r == 0)
		r = find_sources(writing, file, &own, &common);
	if (r == 0)
		r = keep_own(&own, &wants, &text);
	if (r == 0 && common)
		use_common(writing, common, &own, &wants);
	if (r == 0)
		r = add_missing(writing, &wants, interface, &text);
	if (r < 0 || (!text.length && !text.failed))
		return r;
	return bt_files_add(writing->writer->files, file, 0644, bt_text_take(&text));
}

int bt_suse_write_commons(struct bt_suse_writer *writer)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < writer->n_commons; i++) {
		struct bt_suse_common *common = &writer->commons[i];
		BT_AUTOTEXT struct bt_text text = {0};

		keep_lines(&common->routes, common->dropped, &text);
		if (text.length || text.failed)
			r = bt_files_add(writer->files, "routes", 0644, bt_text_take(&text));
	}
	return r;
}
