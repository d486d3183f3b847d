/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and routes as commands of ip; sysfs has nothing to do with them. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

#include "model/ip.h"
#include "model/kernel-paths.h"
#include "parsers/route-words.h"
#include "parsers/script/script.h"

static const struct bondtool_profile *profile_of(const struct bt_script *script, size_t number)
{
	return script->config->profiles[number];
}

/* ---- routes --------------------------------------------------------------------------------- */

static void report_left_out(struct bt_script *script, size_t number, const struct bt_item *item,
			    const char *destination, const struct bt_strings *left_out)
{
	const struct bt_value place = {.origin = item->origin};

	for (size_t i = 0; i < left_out->count; i++)
		bt_report_loss(script->bt, script->format, &place, NULL,
			       "'%s': the route to %s is written without %s",
			       bt_profile_label(profile_of(script, number)), destination,
			       left_out->items[i]);
}

static void add_route(struct bt_script *script, size_t number, int family,
		      const struct bt_item *item)
{
	BT_AUTOROUTE struct bt_route route = {0};
	BT_AUTOSTRINGS struct bt_strings words = {0}, left_out = {0};
	struct bt_text *text = &script->text;
	const char *type;

	if (bt_route_parse(family, item->text, &route) < 0 ||
	    bt_route_add_words(&route, &words, &left_out) < 0) {
		text->failed = true;
		return;
	}
	type = bt_route_attribute(&route, "type");
	bt_text_addf(text, "ip %sroute add ", family == AF_INET6 ? "-6 " : "");
	if (type) {
		bt_shell_add_word(text, type);
		bt_text_add(text, " ");
	}
	bt_text_add(text, bt_has_suffix(route.destination, "/0") ? "default" : route.destination);
	if (route.gateway)
		bt_text_addf(text, " via %s", route.gateway);
	if (bt_route_has_device(&route))
		bt_text_addf(text, " dev %s", script->devices[number]);
	bt_text_add(text, " proto static");
	if (route.metric >= 0)
		bt_text_addf(text, " metric %" PRId64, route.metric);
	for (size_t i = 0; i < words.count; i++) {
		bt_text_add(text, " ");
		bt_shell_add_word(text, words.items[i]);
	}
	bt_text_add(text, "\n");
	report_left_out(script, number, item, route.destination, &left_out);
}

/* ---- addresses ------------------------------------------------------------------------------ */

/* Networks with more than two addresses have one for broadcasts, which ip sets only when asked. */
static bool has_broadcast(int family, const char *address)
{
	const char *slash = strchr(address, '/');
	uint64_t prefix = 32;

	if (family != AF_INET || (slash && bt_parse_uint(slash + 1, &prefix) < 0))
		return false;
	return prefix <= 30;
}

static void add_addresses(struct bt_script *script, size_t number, int family)
{
	const struct bt_value *addresses = bt_profile_value(
		profile_of(script, number), bt_ip_property(family, BT_PROP_IPV4_ADDRESSES));

	for (size_t i = 0; addresses && i < addresses->n_items; i++) {
		const char *address = addresses->items[i].text;

		bt_text_addf(&script->text, "ip address add %s%s dev %s\n", address,
			     has_broadcast(family, address) ? " brd +" : "",
			     script->devices[number]);
	}
}

static void add_routes(struct bt_script *script, size_t number, int family)
{
	BT_AUTOVALUE struct bt_value routes = {0};

	if (bt_ip_routes(profile_of(script, number), family, &routes) < 0)
		script->text.failed = true;
	for (size_t i = 0; i < routes.n_items; i++)
		add_route(script, number, family, &routes.items[i]);
}

/* ---- methods -------------------------------------------------------------------------------- */

static bool is_dhcp(int family, const char *method)
{
	return bt_equal(method, "dhcp") || (family == AF_INET && bt_equal(method, "auto"));
}

/* What the kernel does by itself, or what the commands say in full. */
static bool is_expressible(int family, const char *method)
{
	if (family == AF_INET)
		return bt_equal(method, "manual") || bt_equal(method, "disabled");
	return !bt_equal(method, "shared");
}

static void mark_method(struct bt_script *script, size_t number, int family)
{
	const struct bondtool_profile *profile = profile_of(script, number);
	enum bt_property_id property = bt_ip_property(family, BT_PROP_IPV4_METHOD);
	const char *method = bt_profile_text(profile, property);
	BT_AUTOFREE char *hint = NULL;

	if (is_dhcp(family, method)) {
		hint = bt_format("run a DHCP client after the script: dhclient %s%s",
				 family == AF_INET6 ? "-6 " : "", script->devices[number]);
		bt_report_loss(script->bt, script->format, bt_profile_value(profile, property),
			       hint, "'%s': %s=%s needs a DHCP client, which is not started",
			       bt_profile_label(profile),
			       family == AF_INET6 ? "ipv6.method" : "ipv4.method", method);
	}
	if (is_dhcp(family, method) || is_expressible(family, method))
		bt_written_property(&script->written[number], property);
}

/* Name servers and domains are no matter of the kernel's: whoever resolves names must be told. */
static void report_resolver(struct bt_script *script, size_t number, enum bt_property_id property,
			    const char *command)
{
	const struct bondtool_profile *profile = profile_of(script, number);
	const struct bt_value *value = bt_profile_value(profile, property);
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[property]);
	BT_AUTOTEXT struct bt_text hint = {0};

	bt_written_property(&script->written[number], property);
	if (!value || !value->n_items)
		return;
	bt_text_addf(&hint, "after the script: resolvectl %s %s", command, script->devices[number]);
	for (size_t i = 0; i < value->n_items; i++) {
		bt_text_add(&hint, " ");
		bt_shell_add_word(&hint, value->items[i].text);
	}
	bt_report_loss(script->bt, script->format, value, hint.data,
		       "'%s': nothing in a script holds %s", bt_profile_label(profile),
		       name ? name : command);
}

static void mark_addresses(struct bt_script *script, size_t number, int family)
{
	static const enum bt_property_id properties[] = {
		BT_PROP_IPV4_ADDRESSES,	   BT_PROP_IPV4_GATEWAY,     BT_PROP_IPV4_ROUTES,
		BT_PROP_IPV4_ROUTE_METRIC, BT_PROP_IPV4_ROUTE_TABLE, BT_PROP_IPV4_NEVER_DEFAULT,
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(properties); i++)
		bt_written_property(&script->written[number],
				    bt_ip_property(family, properties[i]));
}

static void write_family(struct bt_script *script, size_t number, int family)
{
	const struct bondtool_profile *profile = profile_of(script, number);
	const char *method = bt_profile_text(profile, bt_ip_property(family, BT_PROP_IPV4_METHOD));

	mark_method(script, number, family);
	report_resolver(script, number, bt_ip_property(family, BT_PROP_IPV4_DNS), "dns");
	report_resolver(script, number, bt_ip_property(family, BT_PROP_IPV4_DNS_SEARCH), "domain");
	if (family == AF_INET6 && bt_equal(method, "disabled")) {
		bt_shell_add_write(&script->text, "1", bt_path_ipv6, script->devices[number],
				   "/disable_ipv6");
		bt_text_add(&script->text, "\n");
		return;
	}
	if (bt_ip_method(profile, family) == BT_IP_LEFT_ALONE)
		return;
	add_addresses(script, number, family);
	add_routes(script, number, family);
	mark_addresses(script, number, family);
}

void bt_script_ip(struct bt_script *script, size_t number)
{
	write_family(script, number, AF_INET);
	write_family(script, number, AF_INET6);
}

void bt_script_no_ip(struct bt_script *script, size_t number)
{
	static const int families[] = {AF_INET, AF_INET6};

	for (size_t i = 0; i < BT_ARRAY_SIZE(families); i++) {
		enum bt_property_id property = bt_ip_property(families[i], BT_PROP_IPV4_METHOD);
		const char *method = bt_profile_text(profile_of(script, number), property);

		if (bt_equal(method, "disabled") || bt_equal(method, "ignore"))
			bt_written_property(&script->written[number], property);
	}
}
