/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages about addresses and routes. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "wire/builder.h"

/* An address with its prefix length, as bytes. */
struct prefix {
	int family;
	unsigned char bytes[sizeof(struct in6_addr)];
	size_t size;
	unsigned char length; /* bits */
};

/* Reads "10.0.0.1/24" or "10.0.0.1"; 0 or -EINVAL. */
static int parse_prefix(const char *text, struct prefix *ret_prefix)
{
	struct prefix prefix = {.family = strchr(text, ':') ? AF_INET6 : AF_INET};
	const char *slash = strchrnul(text, '/');
	char address[INET6_ADDRSTRLEN] = "";
	uint64_t bits;

	prefix.size = prefix.family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
	bits = prefix.size * 8;
	if ((size_t)(slash - text) >= sizeof(address))
		return -EINVAL;
	memcpy(address, text, (size_t)(slash - text));
	if (inet_pton(prefix.family, address, prefix.bytes) != 1)
		return -EINVAL;
	if (*slash && (bt_parse_uint(slash + 1, &bits) < 0 || bits > prefix.size * 8))
		return -EINVAL;
	prefix.length = (unsigned char)bits;
	*ret_prefix = prefix;
	return 0;
}

static int verb_type(enum bt_verb verb, int add, int remove)
{
	return verb == BT_REMOVE ? remove : add;
}

static int verb_flags(enum bt_verb verb)
{
	static const int flags[] = {
		[BT_ADD] = NLM_F_CREATE | NLM_F_EXCL,
		[BT_REPLACE] = NLM_F_CREATE | NLM_F_REPLACE,
		[BT_REMOVE] = 0,
	};

	return flags[verb] | NLM_F_ACK;
}

/*
 * IPv4 addresses of broad networks get the broadcast address that every tool gives them; the kernel
 * itself sets none.
 */
static void put_broadcast(struct bt_builder *builder, const struct prefix *prefix)
{
	uint32_t address, mask;

	if (prefix->family != AF_INET || prefix->length > 30)
		return;
	memcpy(&address, prefix->bytes, sizeof(address));
	mask = htonl(prefix->length ? UINT32_MAX << (32 - prefix->length) : 0);
	address |= ~mask;
	bt_build_put(builder, IFA_BROADCAST, &address, sizeof(address));
}

static void put_address_details(struct bt_builder *builder,
				const struct bt_address_details *details)
{
	if (details->flags)
		bt_build_u32(builder, IFA_FLAGS, details->flags);
	if (details->priority)
		bt_build_u32(builder, IFA_RT_PRIORITY, details->priority);
	if (details->label)
		bt_build_string(builder, IFA_LABEL, details->label);
	if (details->valid) {
		struct ifa_cacheinfo lease = {
			.ifa_valid = details->valid,
			.ifa_prefered = details->preferred,
		};

		bt_build_put(builder, IFA_CACHEINFO, &lease, sizeof(lease));
	}
}

int bt_message_address(enum bt_verb verb, int ifindex, const char *address,
		       const struct bt_address_details *details, struct nl_msg **ret_message)
{
	struct ifaddrmsg header = {.ifa_index = (unsigned)ifindex};
	struct prefix local, peer;
	struct bt_builder builder;
	bool has_peer = details && details->peer;

	if (parse_prefix(address, &local) < 0)
		return -EINVAL;
	if (has_peer && (parse_prefix(details->peer, &peer) < 0 || peer.family != local.family))
		return -EINVAL;
	header.ifa_family = (unsigned char)local.family;
	header.ifa_prefixlen = local.length;
	header.ifa_scope = details ? (unsigned char)details->scope : 0;
	bt_build_start(&builder, verb_type(verb, RTM_NEWADDR, RTM_DELADDR), verb_flags(verb),
		       &header, sizeof(header));
	bt_build_put(&builder, IFA_LOCAL, local.bytes, local.size);
	bt_build_put(&builder, IFA_ADDRESS, has_peer ? peer.bytes : local.bytes, local.size);
	if (verb != BT_REMOVE && !has_peer)
		put_broadcast(&builder, &local);
	if (verb != BT_REMOVE && details)
		put_address_details(&builder, details);
	return bt_build_take(&builder, ret_message);
}

/* How an attribute of a route stands in the message. */
enum place {
	IN_TABLE,   /* rtm_table or RTA_TABLE */
	IN_TOS,	    /* rtm_tos */
	IN_SCOPE,   /* rtm_scope */
	IN_TYPE,    /* rtm_type */
	IN_FLAGS,   /* a bit of rtm_flags */
	IN_SOURCE,  /* RTA_PREFSRC */
	IN_FROM,    /* RTA_SRC and rtm_src_len */
	IN_METRICS, /* RTAX_* in RTA_METRICS */
	IN_LOCK,    /* a bit of RTAX_LOCK: the metric may not be learned */
};

static const struct route_attribute {
	const char *name;
	enum place place;
	unsigned number;
} route_attributes[] = {
	{"table", IN_TABLE, 0},
	{"tos", IN_TOS, 0},
	{"scope", IN_SCOPE, 0},
	{"type", IN_TYPE, 0},
	{"onlink", IN_FLAGS, RTNH_F_ONLINK},
	{"src", IN_SOURCE, 0},
	{"from", IN_FROM, 0},
	{"mtu", IN_METRICS, RTAX_MTU},
	{"advmss", IN_METRICS, RTAX_ADVMSS},
	{"window", IN_METRICS, RTAX_WINDOW},
	{"cwnd", IN_METRICS, RTAX_CWND},
	{"initcwnd", IN_METRICS, RTAX_INITCWND},
	{"initrwnd", IN_METRICS, RTAX_INITRWND},
	{"rto_min", IN_METRICS, RTAX_RTO_MIN},
	{"quickack", IN_METRICS, RTAX_QUICKACK},
	{"lock-mtu", IN_LOCK, RTAX_MTU},
	{"lock-window", IN_LOCK, RTAX_WINDOW},
	{"lock-cwnd", IN_LOCK, RTAX_CWND},
	{"lock-initcwnd", IN_LOCK, RTAX_INITCWND},
	{"lock-initrwnd", IN_LOCK, RTAX_INITRWND},
};

static const struct bondtool_name scopes[] = {
	{"global", RT_SCOPE_UNIVERSE, NULL}, {"site", RT_SCOPE_SITE, NULL},
	{"link", RT_SCOPE_LINK, NULL},	     {"host", RT_SCOPE_HOST, NULL},
	{"nowhere", RT_SCOPE_NOWHERE, NULL}, {0},
};

static const struct bondtool_name types[] = {
	{"unicast", RTN_UNICAST, NULL},	    {"local", RTN_LOCAL, NULL},
	{"blackhole", RTN_BLACKHOLE, NULL}, {"unreachable", RTN_UNREACHABLE, NULL},
	{"prohibit", RTN_PROHIBIT, NULL},   {"throw", RTN_THROW, NULL},
	{0},
};

/* A route on its way into a message. */
struct route_parts {
	struct rtmsg header;
	uint32_t table;
	uint32_t metrics[RTAX_MAX + 1]; /* 0: unset */
	struct prefix source, from;
	bool has_source, has_scope;
};

/* A number, or one of NAMES (may be NULL), or true and false. */
static int parse_number(const char *text, const struct bondtool_name *names, uint32_t *ret_number)
{
	static const struct bondtool_name truth[] = {{"false", 0, NULL}, {"no", 0, NULL},
					       {"true", 1, NULL}, {"yes", 1, NULL}, {0}};
	const struct bondtool_name *name = bt_name_find(names ? names : truth, text);
	uint64_t number;

	if (name)
		number = (uint64_t)name->number;
	else if (bt_parse_uint(text, &number) < 0 || number > UINT32_MAX)
		return -EINVAL;
	*ret_number = (uint32_t)number;
	return 0;
}

static int set_prefix(const struct route_parts *parts, const char *text, struct prefix *prefix)
{
	if (parse_prefix(text, prefix) < 0 || prefix->family != parts->header.rtm_family)
		return -EINVAL;
	return 0;
}

static int set_number(struct route_parts *parts, const struct route_attribute *attribute,
		      uint32_t number)
{
	switch (attribute->place) {
	case IN_TABLE:
		parts->table = number;
		return 0;
	case IN_TOS:
		parts->header.rtm_tos = (unsigned char)number;
		break;
	case IN_SCOPE:
		parts->header.rtm_scope = (unsigned char)number;
		parts->has_scope = true;
		break;
	case IN_TYPE:
		parts->header.rtm_type = (unsigned char)number;
		break;
	case IN_FLAGS:
		parts->header.rtm_flags |= number ? attribute->number : 0;
		break;
	case IN_LOCK:
		parts->metrics[RTAX_LOCK] |= number ? 1U << attribute->number : 0;
		break;
	default:
		parts->metrics[attribute->number] = number;
		return 0;
	}
	return number <= UINT8_MAX ? 0 : -EINVAL;
}

static int set_attribute(struct route_parts *parts, const char *text)
{
	const char *value = strchr(text, '=') + 1;
	size_t length = (size_t)(value - text) - 1;

	for (size_t i = 0; i < BT_ARRAY_SIZE(route_attributes); i++) {
		const struct route_attribute *a = &route_attributes[i];
		const struct bondtool_name *names = a->place == IN_SCOPE  ? scopes
					      : a->place == IN_TYPE ? types
								    : NULL;
		uint32_t number;

		if (strlen(a->name) != length || strncmp(a->name, text, length) != 0)
			continue;
		if (a->place == IN_SOURCE)
			parts->has_source = true;
		if (a->place == IN_SOURCE)
			return set_prefix(parts, value, &parts->source);
		if (a->place == IN_FROM)
			return set_prefix(parts, value, &parts->from);
		return parse_number(value, names, &number) < 0 ? -EINVAL
							       : set_number(parts, a, number);
	}
	return -EINVAL; /* such as "weight": this route has one next hop */
}

static void put_metrics(struct bt_builder *builder, const struct route_parts *parts)
{
	struct nlattr *nest = NULL;

	for (int i = 1; i <= RTAX_MAX; i++) {
		if (!parts->metrics[i])
			continue;
		if (!nest)
			nest = bt_build_nest(builder, RTA_METRICS);
		bt_build_u32(builder, i, parts->metrics[i]);
	}
	if (nest)
		bt_build_end(builder, nest);
}

/* What a new route gets unless it says so itself; to remove one, anything matches. */
static void set_defaults(struct route_parts *parts, enum bt_verb verb)
{
	parts->header.rtm_scope = RT_SCOPE_NOWHERE;
	if (verb == BT_REMOVE)
		return;
	parts->header.rtm_protocol = RTPROT_STATIC;
	parts->header.rtm_type = RTN_UNICAST;
}

/* The scope by the type, as ip(8) has it; IPv6 has none. */
static void set_scope(struct route_parts *parts, enum bt_verb verb, bool on_link)
{
	if (verb == BT_REMOVE || parts->has_scope)
		return;
	parts->header.rtm_scope = RT_SCOPE_UNIVERSE;
	if (parts->header.rtm_family == AF_INET && parts->header.rtm_type == RTN_LOCAL)
		parts->header.rtm_scope = RT_SCOPE_HOST;
	else if (parts->header.rtm_family == AF_INET && parts->header.rtm_type == RTN_UNICAST &&
		 on_link)
		parts->header.rtm_scope = RT_SCOPE_LINK;
}

static int set_parts(struct route_parts *parts, const struct bt_route *route, const char **ret_bad)
{
	for (size_t i = 0; i < route->attributes.count; i++) {
		if (set_attribute(parts, route->attributes.items[i]) == 0)
			continue;
		if (ret_bad)
			*ret_bad = route->attributes.items[i];
		return -EINVAL;
	}
	return 0;
}

static bool leaves_by_link(unsigned type)
{
	return type == RTN_UNICAST || type == RTN_LOCAL || type == RTN_UNSPEC;
}

/* Everything behind the fixed header. */
static void put_route(struct bt_builder *builder, const struct route_parts *parts, int ifindex,
		      const struct prefix *destination, const struct prefix *gateway,
		      int64_t metric)
{
	if (destination->length)
		bt_build_put(builder, RTA_DST, destination->bytes, destination->size);
	if (parts->from.length)
		bt_build_put(builder, RTA_SRC, parts->from.bytes, parts->from.size);
	if (gateway)
		bt_build_put(builder, RTA_GATEWAY, gateway->bytes, gateway->size);
	if (parts->has_source)
		bt_build_put(builder, RTA_PREFSRC, parts->source.bytes, parts->source.size);
	if (leaves_by_link(parts->header.rtm_type))
		bt_build_u32(builder, RTA_OIF, (uint32_t)ifindex);
	if (parts->table)
		bt_build_u32(builder, RTA_TABLE, parts->table);
	if (metric >= 0)
		bt_build_u32(builder, RTA_PRIORITY, (uint32_t)metric);
	put_metrics(builder, parts);
}

int bt_message_route(enum bt_verb verb, int family, int ifindex, const struct bt_route *route,
		     uint32_t table, int64_t metric, unsigned protocol,
		     struct nl_msg **ret_message, const char **ret_bad)
{
	struct route_parts parts = {.header = {.rtm_family = (unsigned char)family}};
	struct prefix destination, gateway;
	struct bt_builder builder;

	if (ret_bad)
		*ret_bad = NULL;
	parts.table = table ? table : RT_TABLE_MAIN;
	set_defaults(&parts, verb);
	if (protocol)
		parts.header.rtm_protocol = (unsigned char)protocol;
	if (set_parts(&parts, route, ret_bad) < 0)
		return -EINVAL;
	set_scope(&parts, verb, !route->gateway);
	if (set_prefix(&parts, route->destination, &destination) < 0 ||
	    (route->gateway && set_prefix(&parts, route->gateway, &gateway) < 0))
		return -EINVAL;
	parts.header.rtm_dst_len = destination.length;
	parts.header.rtm_src_len = parts.from.length;
	parts.header.rtm_table = parts.table < 256 ? (unsigned char)parts.table : RT_TABLE_UNSPEC;
	bt_build_start(&builder, verb_type(verb, RTM_NEWROUTE, RTM_DELROUTE), verb_flags(verb),
		       &parts.header, sizeof(parts.header));
	put_route(&builder, &parts, ifindex, &destination, route->gateway ? &gateway : NULL,
		  route->metric >= 0 ? route->metric : metric);
	return bt_build_take(&builder, ret_message);
}
