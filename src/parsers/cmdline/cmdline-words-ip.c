/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses, routes and name servers to words of a command line. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/socket.h>

#include "model/route.h"
#include "parsers/cmdline/cmdline-write.h"

/* The properties of a family, by those of IPv4. */
static enum bt_property_id of_family(enum bt_property_id block, enum bt_property_id in_ipv4)
{
	return block + (in_ipv4 - BT_PROP_IPV4);
}

static const struct bt_value *addresses_of(const struct bondtool_profile *profile,
					   enum bt_property_id block)
{
	return bt_profile_value(profile, of_family(block, BT_PROP_IPV4_ADDRESSES));
}

static bool is_auto(const struct bondtool_profile *profile, enum bt_property_id block)
{
	const char *method = bt_cmdline_method(profile, block);

	return bt_equal(method, "auto") || bt_equal(method, "dhcp");
}

/* The word for both methods together; what it does not say is lost. */
static const char *kind_of(const struct bondtool_profile *profile)
{
	bool auto4 = is_auto(profile, BT_PROP_IPV4);

	if (bt_profile_text(profile, BT_PROP_IPV6_METHOD) && is_auto(profile, BT_PROP_IPV6))
		return auto4 ? "on" : "auto6";
	if (auto4)
		return "dhcp";
	if (is_auto(profile, BT_PROP_IPV6))
		return "auto6";
	return bt_equal(bt_cmdline_method(profile, BT_PROP_IPV6), "link-local") ? "link6" : "none";
}

/* Whether KIND leaves the family's addresses as they are written: "on" has none of its own. */
static bool keeps_addresses(const struct bondtool_profile *profile, enum bt_property_id block,
			    const char *kind)
{
	const char *method = bt_cmdline_method(profile, block);

	if (bt_equal(method, "manual"))
		return true;
	return block == BT_PROP_IPV4 ? bt_equal(kind, "dhcp")
				     : bt_equal(kind, "auto6") || bt_equal(kind, "link6");
}

/* Whether the words yield METHOD of the family again. */
static bool says_method(const struct bondtool_profile *profile, enum bt_property_id block,
			const char *kind)
{
	const char *method = bt_profile_text(profile, block);
	bool v4 = block == BT_PROP_IPV4;

	if (bt_equal(method, "manual"))
		return addresses_of(profile, block) != NULL;
	if (bt_equal(method, "auto"))
		return bt_equal(kind, "on") || bt_equal(kind, v4 ? "dhcp" : "auto6");
	if (bt_equal(method, "link-local"))
		return !v4 && bt_equal(kind, "link6");
	if (bt_equal(method, "disabled"))
		return v4 ? !bt_equal(kind, "on") && !bt_equal(kind, "dhcp")
			  : bt_equal(kind, "none");
	return false;
}

/* ---- name servers for all ------------------------------------------------------------------ */

/* Whether a reader gives the words nameserver= to the profile. */
static bool takes_servers(const struct bondtool_profile *profile, enum bt_property_id block)
{
	const char *kind = kind_of(profile);

	if (bt_profile_text(profile, BT_PROP_CONTROLLER))
		return false;
	if (bt_cmdline_takes_dns(profile, block))
		return true;
	return block == BT_PROP_IPV6 && bt_equal(kind, "dhcp");
}

static bool is_of(const char *server, enum bt_property_id block)
{
	return !strchr(server, ':') == (block == BT_PROP_IPV4);
}

/* How many of SERVERS end the profile's own list of a family: all of that family, or -1. */
static int count_common(const struct bondtool_profile *profile, enum bt_property_id block,
			const struct bt_strings *servers)
{
	const struct bt_value *own = bt_profile_value(profile, of_family(block, BT_PROP_IPV4_DNS));
	size_t left = own ? own->n_items : 0;
	int count = 0;

	for (size_t i = servers->count; i-- > 0;) {
		if (!is_of(servers->items[i], block))
			continue;
		if (left == 0 || !bt_equal(own->items[--left].text, servers->items[i]))
			return -1;
		count++;
	}
	return count;
}

static bool is_common(const struct bt_cmdline_writing *writing, enum bt_property_id block,
		      const struct bt_strings *servers)
{
	for (size_t i = 0; i < writing->config->count; i++)
		if (takes_servers(writing->config->profiles[i], block) &&
		    count_common(writing->config->profiles[i], block, servers) < 0)
			return false;
	return true;
}

/* The servers of the first profile that takes some: what all may have in common. */
static int first_servers(const struct bt_cmdline_writing *writing, enum bt_property_id block,
			 struct bt_strings *ret_servers)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < writing->config->count && !ret_servers->count; i++) {
		const struct bondtool_profile *profile = writing->config->profiles[i];
		const struct bt_value *own =
			bt_profile_value(profile, of_family(block, BT_PROP_IPV4_DNS));

		if (!own || !takes_servers(profile, block))
			continue;
		for (size_t k = 0; r == 0 && k < own->n_items; k++)
			r = bt_strings_add(ret_servers, own->items[k].text);
	}
	return r;
}

/* Adds those of CANDIDATES that are of the family, if all profiles end with them. */
static int take_common(struct bt_cmdline_writing *writing, enum bt_property_id block,
		       const struct bt_strings *candidates)
{
	int r = 0;

	if (!is_common(writing, block, candidates))
		return 0;
	for (size_t i = 0; r == 0 && i < candidates->count; i++)
		if (is_of(candidates->items[i], block))
			r = bt_strings_add(&writing->servers, candidates->items[i]);
	return r;
}

/* Whether every profile that has name servers of DHCP ignores them, and there is one. */
static bool ignores_dhcp(const struct bt_cmdline_writing *writing)
{
	size_t count = 0;

	for (size_t i = 0; i < writing->config->count; i++) {
		const struct bondtool_profile *profile = writing->config->profiles[i];

		for (int v6 = 0; v6 < 2; v6++) {
			enum bt_property_id block = v6 ? BT_PROP_IPV6 : BT_PROP_IPV4;

			if (!takes_servers(profile, block))
				continue;
			if (!bt_profile_number(profile,
					       of_family(block, BT_PROP_IPV4_IGNORE_AUTO_DNS)))
				return false;
			count++;
		}
	}
	return count > 0;
}

int bt_cmdline_choose_servers(struct bt_cmdline_writing *writing, const struct bt_strings *present)
{
	int r = 0;

	writing->peerdns_off = ignores_dhcp(writing);
	for (int v6 = 0; r == 0 && v6 < 2; v6++) {
		enum bt_property_id block = v6 ? BT_PROP_IPV6 : BT_PROP_IPV4;
		BT_AUTOSTRINGS struct bt_strings first = {0};

		if (!present)
			r = first_servers(writing, block, &first);
		if (r == 0)
			r = take_common(writing, block, present ? present : &first);
	}
	return r;
}

int bt_cmdline_common_words(const struct bt_cmdline_writing *writing, struct bt_strings *words)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < writing->servers.count; i++) {
		const char *server = writing->servers.items[i];

		r = bt_strings_take(
			words, bt_format(strchr(server, ':') ? "nameserver=[%s]" : "nameserver=%s",
					 server));
	}
	if (r == 0 && writing->peerdns_off)
		r = bt_strings_add(words, "rd.peerdns=0");
	return r == 0 ? bt_cmdline_bridge_words(writing, words) : r;
}

/* ---- ip= ----------------------------------------------------------------------------------- */

/* What the words ip= of a profile have to say. */
struct ip_words {
	struct bt_cmdline_writing *writing;
	const char *kind;
	const char *host, *peer;
	struct bt_strings servers; /* in brackets where needed */
	size_t used;		   /* of the servers */
	char *tail;		   /* ":MTU:MAC" for the first word, or NULL */
	size_t count;		   /* words so far */
};

static const char *kept(const struct bondtool_profile *profile, const char *key)
{
	for (size_t i = 0; i < profile->n_extras; i++)
		if (profile->extras[i].format == BT_FORMAT_CMDLINE &&
		    bt_equal(profile->extras[i].section, "ip") &&
		    bt_equal(profile->extras[i].key, key))
			return profile->extras[i].value;
	return NULL;
}

static int collect_servers(struct ip_words *ip, enum bt_property_id block)
{
	struct bt_cmdline_writing *writing = ip->writing;
	enum bt_property_id dns = of_family(block, BT_PROP_IPV4_DNS);
	const struct bt_value *own = bt_profile_value(writing->profile, dns);
	int common = takes_servers(writing->profile, block)
			     ? count_common(writing->profile, block, &writing->servers)
			     : 0;
	int r = 0;

	bt_written_property(&writing->written, dns);
	for (size_t i = 0; r == 0 && own && i + (size_t)(common > 0 ? common : 0) < own->n_items;
	     i++)
		r = bt_strings_take(&ip->servers, bt_format(block == BT_PROP_IPV4 ? "%s" : "[%s]",
							    own->items[i].text));
	return r;
}

/* The MTU, which a bond has in its own word, and the MAC address. */
static int make_tail(struct ip_words *ip)
{
	struct bt_cmdline_writing *writing = ip->writing;
	const char *mac = bt_profile_text(writing->profile, BT_PROP_CLONED_MAC_ADDRESS);
	BT_AUTOFREE char *address = mac ? bt_cmdline_mac(mac) : NULL;
	bool is_bond = bt_profile_is(writing->profile, "bond");
	int64_t mtu = is_bond ? 0 : bt_profile_number(writing->profile, BT_PROP_MTU);
	BT_AUTOTEXT struct bt_text tail = {0};

	if (!mtu && !address)
		return 0;
	bt_text_add_char(&tail, ':');
	if (mtu)
		bt_text_addf(&tail, "%" PRId64, mtu);
	if (address)
		bt_text_addf(&tail, ":%s", address);
	ip->tail = bt_text_take(&tail);
	return ip->tail ? 0 : -ENOMEM;
}

/* What stands behind the kind of the next word. */
static void add_tail(struct ip_words *ip, struct bt_text *word)
{
	if (ip->tail && ip->count == 0) {
		bt_text_add(word, ip->tail);
		return;
	}
	for (int i = 0; i < 2 && ip->used < ip->servers.count; i++)
		bt_text_addf(word, ":%s", ip->servers.items[ip->used++]);
}

/* "ip=ADDRESS:PEER:GATEWAY:PREFIX:HOST:INTERFACE:KIND"; ADDRESS and GATEWAY may be NULL. */
static int add_word(struct ip_words *ip, const char *address, const char *gateway)
{
	const char *slash = address ? strrchr(address, '/') : NULL;
	bool v6 = address && strchr(address, ':');
	BT_AUTOTEXT struct bt_text word = {0};

	bt_text_add(&word, v6 ? "ip=[" : "ip=");
	if (slash)
		bt_text_add_bytes(&word, address, (size_t)(slash - address));
	bt_text_addf(&word, "%s:%s:", v6 ? "]" : "", ip->count == 0 && ip->peer ? ip->peer : "");
	bt_text_addf(&word, v6 && gateway ? "[%s]" : "%s", gateway ? gateway : "");
	bt_text_addf(&word, ":%s:%s:%s:%s", slash ? slash + 1 : "",
		     ip->count == 0 && ip->host ? ip->host : "", ip->writing->name, ip->kind);
	add_tail(ip, &word);
	ip->count++;
	return bt_strings_take(ip->writing->words, bt_text_take(&word));
}

/* "ip=INTERFACE:KIND:MTU:MAC", which has no room for name servers. */
static int add_short_word(struct ip_words *ip)
{
	ip->count++;
	return bt_strings_take(ip->writing->words, bt_format("ip=%s:%s%s", ip->writing->name,
							     ip->kind, ip->tail ? ip->tail : ""));
}

static int add_addresses(struct ip_words *ip, enum bt_property_id block)
{
	struct bt_cmdline_writing *writing = ip->writing;
	enum bt_property_id via = of_family(block, BT_PROP_IPV4_GATEWAY);
	const char *gateway = bt_profile_text(writing->profile, via);
	const struct bt_value *value = addresses_of(writing->profile, block);
	int r = 0;

	if (!value || !keeps_addresses(writing->profile, block, ip->kind))
		return 0;
	bt_written_property(&writing->written, of_family(block, BT_PROP_IPV4_ADDRESSES));
	bt_written_property(&writing->written, via);
	for (size_t i = 0; r == 0 && i < value->n_items; i++)
		r = add_word(ip, value->items[i].text, i == 0 ? gateway : NULL);
	return r;
}

/* Whether anything has to be said: ports have nothing, and what is not said is automatic. */
static bool needs_words(const struct ip_words *ip)
{
	const struct bondtool_profile *profile = ip->writing->profile;

	if (bt_profile_text(profile, BT_PROP_IPV4_METHOD) ||
	    bt_profile_text(profile, BT_PROP_IPV6_METHOD) || addresses_of(profile, BT_PROP_IPV4) ||
	    addresses_of(profile, BT_PROP_IPV6))
		return true;
	if (bt_profile_text(profile, BT_PROP_CONTROLLER))
		return false;
	return ip->servers.count || ip->tail || ip->host || ip->peer ||
	       !bt_cmdline_method(profile, BT_PROP_IPV4);
}

/* One word is for both families: it speaks of one of which the profile says nothing. */
static void report_method(const struct ip_words *ip, enum bt_property_id block)
{
	const struct bondtool_profile *profile = ip->writing->profile;
	bool says_nothing = block == BT_PROP_IPV6 && bt_equal(ip->kind, "dhcp");
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[block]);

	if (!says_nothing && name && !bt_cmdline_method(profile, block))
		bt_note(ip->writing->bt, "write/implied", &profile->origin,
			"'%s': %s=%s is written out: 'ip=' says '%s' for both families",
			bt_profile_label(profile), name,
			addresses_of(profile, block) ? "manual" : "disabled", ip->kind);
}

static void mark_methods(struct ip_words *ip)
{
	struct bt_cmdline_writing *writing = ip->writing;

	report_method(ip, BT_PROP_IPV4);
	report_method(ip, BT_PROP_IPV6);
	if (says_method(writing->profile, BT_PROP_IPV4, ip->kind))
		bt_written_property(&writing->written, BT_PROP_IPV4_METHOD);
	if (says_method(writing->profile, BT_PROP_IPV6, ip->kind))
		bt_written_property(&writing->written, BT_PROP_IPV6_METHOD);
	bt_written_property(&writing->written, BT_PROP_MTU);
	if (ip->tail && strchr(ip->tail + 1, ':'))
		bt_written_property(&writing->written, BT_PROP_CLONED_MAC_ADDRESS);
	if (ip->host && is_auto(writing->profile, BT_PROP_IPV4))
		bt_written_property(&writing->written, BT_PROP_IPV4_DHCP_HOSTNAME);
}

static int add_words(struct ip_words *ip)
{
	int r = add_addresses(ip, BT_PROP_IPV4);

	if (r == 0)
		r = add_addresses(ip, BT_PROP_IPV6);
	if (r == 0 && !ip->count && !ip->host && !ip->peer && (ip->tail || !ip->servers.count))
		r = add_short_word(ip);
	while (r == 0 && (!ip->count || ip->used < ip->servers.count))
		r = add_word(ip, NULL, NULL);
	return r;
}

static int write_ip(struct bt_cmdline_writing *writing)
{
	const struct bondtool_profile *profile = writing->profile;
	const char *name = bt_profile_text(profile, BT_PROP_IPV4_DHCP_HOSTNAME);
	struct ip_words ip = {
		.writing = writing,
		.kind = kind_of(profile),
		.host = name && is_auto(profile, BT_PROP_IPV4) ? name : kept(profile, "hostname"),
		.peer = kept(profile, "peer"),
	};
	int r = collect_servers(&ip, BT_PROP_IPV4);

	if (r == 0)
		r = collect_servers(&ip, BT_PROP_IPV6);
	if (r == 0)
		r = make_tail(&ip);
	if (r == 0 && needs_words(&ip)) {
		mark_methods(&ip);
		r = add_words(&ip);
	}
	bt_strings_release(&ip.servers);
	free(ip.tail);
	return r;
}

/* ---- rd.route= ----------------------------------------------------------------------------- */

static void report_rest_of_route(struct bt_cmdline_writing *writing, enum bt_property_id routes,
				 const struct bt_item *item)
{
	BT_AUTOFREE char *name = bt_property_full_name(&bt_properties[routes]);
	struct bt_value place = {.origin = item->origin};

	bt_report_loss(writing->bt, &bt_format_cmdline, &place, NULL,
		       "'%s': %s: the metric and the attributes of '%s' have no place",
		       bt_profile_label(writing->profile), name ? name : "routes", item->text);
}

static int write_routes(struct bt_cmdline_writing *writing, enum bt_property_id block)
{
	enum bt_property_id routes = of_family(block, BT_PROP_IPV4_ROUTES);
	const struct bt_value *value = bt_profile_value(writing->profile, routes);
	bool v6 = block == BT_PROP_IPV6;
	int r = 0;

	bt_written_property(&writing->written, routes);
	for (size_t i = 0; r == 0 && value && i < value->n_items; i++) {
		BT_AUTOROUTE struct bt_route route = {0};

		r = bt_route_parse(v6 ? AF_INET6 : AF_INET, value->items[i].text, &route);
		if (r < 0)
			break;
		if (route.metric >= 0 || route.attributes.count)
			report_rest_of_route(writing, routes, &value->items[i]);
		r = bt_strings_take(
			writing->words,
			bt_format(v6 ? "rd.route=[%s]:%s%s%s:%s" : "rd.route=%s:%s%s%s:%s",
				  route.destination, v6 && route.gateway ? "[" : "",
				  route.gateway ? route.gateway : "",
				  v6 && route.gateway ? "]" : "", writing->name));
	}
	return r;
}

int bt_cmdline_ip_words(struct bt_cmdline_writing *writing)
{
	int r = write_ip(writing);

	if (writing->peerdns_off) {
		bt_written_property(&writing->written, BT_PROP_IPV4_IGNORE_AUTO_DNS);
		bt_written_property(&writing->written, BT_PROP_IPV6_IGNORE_AUTO_DNS);
	}
	if (r == 0)
		r = write_routes(writing, BT_PROP_IPV4);
	return r == 0 ? write_routes(writing, BT_PROP_IPV6) : r;
}
