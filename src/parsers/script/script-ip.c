/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and routes as commands of ip; sysfs has nothing to do with them. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

#include "model/ip.h"
#include "model/kernel-paths.h"
#include "model/route.h"
#include "parsers/script/script.h"

static const struct bondtool_profile *profile_of(const struct bt_script *script, size_t number)
{
	return script->config->profiles[number];
}

/* ---- routes --------------------------------------------------------------------------------- */

/* How ip says what a route's attribute says. */
enum spelling {
	A_WORD,	  /* "WORD VALUE" */
	A_NUMBER, /* the same */
	A_HEX,	  /* "WORD 0xVALUE": ip takes every number here for hexadecimal */
	A_FLAG,	  /* "WORD", when it is true */
	A_SWITCH, /* "WORD 1" or "WORD 0" */
	A_SPAN,	  /* "WORD VALUEms" */
};

static const struct {
	const char *name;
	const char *word;
	enum spelling spelling;
	const char *lock; /* the attribute that makes it "WORD lock VALUE"; NULL when none does */
} attributes[] = {
	{"tos", "tos", A_HEX, NULL},
	{"table", "table", A_NUMBER, NULL},
	{"scope", "scope", A_WORD, NULL},
	{"from", "from", A_WORD, NULL},
	{"src", "src", A_WORD, NULL},
	{"mtu", "mtu", A_NUMBER, "lock-mtu"},
	{"advmss", "advmss", A_NUMBER, NULL},
	{"window", "window", A_NUMBER, "lock-window"},
	{"cwnd", "cwnd", A_NUMBER, "lock-cwnd"},
	{"initcwnd", "initcwnd", A_NUMBER, "lock-initcwnd"},
	{"initrwnd", "initrwnd", A_NUMBER, "lock-initrwnd"},
	{"rto_min", "rto_min", A_SPAN, NULL},
	{"quickack", "quickack", A_SWITCH, NULL},
	{"onlink", "onlink", A_FLAG, NULL},
};

static bool is_true(const char *text)
{
	return text && (bt_equal(text, "1") || bt_equal(text, "true") || bt_equal(text, "yes"));
}

/* The value, of which numbers are written anew: ip would take "010" for 8. */
static void add_value(struct bt_text *text, enum spelling spelling, const char *value)
{
	uint64_t number;
	bool numeric = spelling != A_WORD && bt_parse_uint(value, &number) == 0;

	if (spelling == A_SWITCH)
		bt_text_add(text, is_true(value) ? "1" : "0");
	else if (numeric && spelling == A_HEX)
		bt_text_addf(text, "0x%" PRIx64, number);
	else if (numeric)
		bt_text_addf(text, "%" PRIu64 "%s", number, spelling == A_SPAN ? "ms" : "");
	else
		bt_shell_add_word(text, value);
}

static void add_attributes(struct bt_text *text, const struct bt_route *route)
{
	for (size_t i = 0; i < BT_ARRAY_SIZE(attributes); i++) {
		const char *value = bt_route_attribute(route, attributes[i].name);
		bool locked = attributes[i].lock &&
			      is_true(bt_route_attribute(route, attributes[i].lock));

		if (!value || (attributes[i].spelling == A_FLAG && !is_true(value)))
			continue;
		bt_text_addf(text, " %s%s", attributes[i].word, locked ? " lock" : "");
		if (attributes[i].spelling == A_FLAG)
			continue;
		bt_text_add(text, " ");
		add_value(text, attributes[i].spelling, value);
	}
}

/* Whether the attribute, "NAME=VALUE", is in the command: by itself, or as the lock of another. */
static bool is_expressed(const struct bt_route *route, const char *attribute)
{
	size_t length = strcspn(attribute, "=");

	for (size_t i = 0; i < BT_ARRAY_SIZE(attributes); i++) {
		const char *lock = attributes[i].lock;

		if (strlen(attributes[i].name) == length &&
		    strncmp(attribute, attributes[i].name, length) == 0)
			return true;
		if (lock && strlen(lock) == length && strncmp(attribute, lock, length) == 0)
			return !is_true(attribute + length + 1) ||
			       bt_route_attribute(route, attributes[i].name);
	}
	return strncmp(attribute, "type=", strlen("type=")) == 0;
}

static void report_attributes(struct bt_script *script, size_t number, const struct bt_item *item,
			      const struct bt_route *route)
{
	const struct bt_value place = {.origin = item->origin};

	for (size_t i = 0; i < route->attributes.count; i++)
		if (!is_expressed(route, route->attributes.items[i]))
			bt_report_loss(script->bt, script->format, &place, NULL,
				       "'%s': the route to %s is written without %s",
				       bt_profile_label(profile_of(script, number)),
				       route->destination, route->attributes.items[i]);
}

/* Routes that lead nowhere are on no interface. */
static bool leaves_by_link(const char *type)
{
	return !type || bt_equal(type, "unicast") || bt_equal(type, "local");
}

static void add_route(struct bt_script *script, size_t number, int family,
		      const struct bt_item *item)
{
	BT_AUTOROUTE struct bt_route route = {0};
	struct bt_text *text = &script->text;
	const char *type;

	if (bt_route_parse(family, item->text, &route) < 0) {
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
	if (leaves_by_link(type))
		bt_text_addf(text, " dev %s", script->devices[number]);
	bt_text_add(text, " proto static");
	if (route.metric >= 0)
		bt_text_addf(text, " metric %" PRId64, route.metric);
	add_attributes(text, &route);
	bt_text_add(text, "\n");
	report_attributes(script, number, item, &route);
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
