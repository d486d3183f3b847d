/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RTM_NEWADDR and RTM_NEWROUTE decoded into the links of a snapshot. */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <string.h>

#include "base/array.h"
#include "wire/snapshot-decode.h"

static size_t size_of(int family)
{
	return family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
}

/*
 * "10.0.0.1/24" in a new string, or "10.0.0.1" with PREFIX -1. Returns 0, -EBADMSG when the
 * attribute is missing or holds no address of the family, -ENOMEM.
 */
static int address_text(int family, const struct nlattr *attribute, int prefix, char **ret_text)
{
	char text[INET6_ADDRSTRLEN];
	char *copy;

	if (!attribute || (size_t)nla_len(attribute) != size_of(family))
		return -EBADMSG;
	inet_ntop(family, nla_data(attribute), text, sizeof(text));
	copy = prefix < 0 ? strdup(text) : bt_format("%s/%d", text, prefix);
	if (!copy)
		return -ENOMEM;
	*ret_text = copy;
	return 0;
}

static void address_release(struct bt_address *address)
{
	free(address->text);
	free(address->peer);
	free(address->label);
	*address = (struct bt_address){0};
}

/* IFA_LOCAL is ours and IFA_ADDRESS the far end; without a far end IPv6 sends the latter only. */
static int fill_address(struct bt_address *address, const struct ifaddrmsg *header,
			struct nlattr *const *attributes)
{
	const struct nlattr *local = attributes[IFA_LOCAL];
	const struct nlattr *other = attributes[IFA_ADDRESS];
	int r = address_text(header->ifa_family, local ? local : other, header->ifa_prefixlen,
			     &address->text);

	if (r == 0 && local && other && nla_len(local) == nla_len(other) &&
	    memcmp(nla_data(local), nla_data(other), (size_t)nla_len(local)) != 0)
		r = address_text(header->ifa_family, other, header->ifa_prefixlen,
				 &address->peer);
	if (r == 0 && attributes[IFA_LABEL]) {
		address->label = strndup(nla_data(attributes[IFA_LABEL]),
					 (size_t)nla_len(attributes[IFA_LABEL]));
		r = address->label ? 0 : -ENOMEM;
	}
	return r;
}

/* What only some addresses have: a lease, a metric. */
static void fill_address_extras(struct bt_address *address, struct nlattr *const *attributes)
{
	const struct nlattr *lease = attributes[IFA_CACHEINFO];
	const struct nlattr *flags = attributes[IFA_FLAGS];
	const struct nlattr *priority = attributes[IFA_RT_PRIORITY];

	if (flags && nla_len(flags) == sizeof(uint32_t))
		address->flags = nla_get_u32(flags);
	if (priority && nla_len(priority) == sizeof(uint32_t))
		address->priority = nla_get_u32(priority);
	if (lease && nla_len(lease) >= (int)sizeof(struct ifa_cacheinfo)) {
		const struct ifa_cacheinfo *info = nla_data(lease);

		if (info->ifa_valid == UINT32_MAX)
			return;
		address->valid = info->ifa_valid;
		address->preferred = info->ifa_prefered;
	}
}

/* Sorts the attributes of a message by number; ones that we do not know are left out. */
static void sort_attributes(const struct nlmsghdr *message, size_t fixed, int last,
			    struct nlattr **attributes)
{
	struct nlattr *attribute;
	int rest;

	nlmsg_for_each_attr(attribute, message, (int)fixed, rest)
		if (nla_type(attribute) <= last)
			attributes[nla_type(attribute)] = attribute;
}

static bool is_ip(int family)
{
	return family == AF_INET || family == AF_INET6;
}

int bt_decode_address(struct bondtool_snapshot *snapshot, const struct nlmsghdr *message)
{
	const struct ifaddrmsg *header = nlmsg_data(message);
	struct nlattr *attributes[IFA_MAX + 1] = {0};
	struct bt_address address = {0};
	struct bt_link *link;
	int r;

	if (message->nlmsg_type != RTM_NEWADDR || !nlmsg_valid_hdr(message, sizeof(*header)) ||
	    !is_ip(header->ifa_family))
		return 0;
	link = bt_snapshot_by_index(snapshot, (int)header->ifa_index);
	if (!link)
		return 0; /* made since the links were read */
	sort_attributes(message, sizeof(*header), IFA_MAX, attributes);
	address.family = header->ifa_family;
	address.scope = header->ifa_scope;
	address.flags = header->ifa_flags;
	fill_address_extras(&address, attributes);
	r = fill_address(&address, header, attributes);
	if (r < 0 || !BT_MAKE_ROOM(link->addresses, link->n_addresses, link->size_addresses)) {
		address_release(&address);
		return r == -EBADMSG ? 0 : -ENOMEM;
	}
	link->addresses[link->n_addresses++] = address;
	return 0;
}

/*
 * Whether a profile could have made the route. What routing daemons add is theirs, and there can
 * be a million of it.
 */
static bool is_kept(const struct rtmsg *header, uint32_t table)
{
	if (!is_ip(header->rtm_family) || table == RT_TABLE_LOCAL ||
	    header->rtm_flags & RTM_F_CLONED || header->rtm_type != RTN_UNICAST)
		return false;
	switch (header->rtm_protocol) {
	case RTPROT_KERNEL:
	case RTPROT_BOOT:
	case RTPROT_STATIC:
	case RTPROT_RA:
	case RTPROT_DHCP:
		return true;
	default:
		return header->rtm_dst_len == 0;
	}
}

static void route_release(struct bt_live_route *route)
{
	free(route->destination);
	free(route->gateway);
	free(route->source);
	*route = (struct bt_live_route){0};
}

static uint32_t u32_of(const struct nlattr *attribute, uint32_t otherwise)
{
	return attribute && nla_len(attribute) == sizeof(uint32_t) ? nla_get_u32(attribute)
								   : otherwise;
}

/* An IPv4 route may have an IPv6 gateway: RTA_VIA, a family and an address. */
static int fill_via(struct bt_live_route *route, const struct nlattr *attribute)
{
	const struct rtvia *via = nla_data(attribute);
	size_t length = (size_t)nla_len(attribute);
	char text[INET6_ADDRSTRLEN];

	if (length < sizeof(*via) || !is_ip(via->rtvia_family) ||
	    length - sizeof(*via) != size_of(via->rtvia_family))
		return 0;
	inet_ntop(via->rtvia_family, via->rtvia_addr, text, sizeof(text));
	route->gateway = strdup(text);
	return route->gateway ? 0 : -ENOMEM;
}

static int fill_destination(struct bt_live_route *route, const struct rtmsg *header,
			    const struct nlattr *attribute)
{
	if (attribute)
		return address_text(header->rtm_family, attribute, header->rtm_dst_len,
				    &route->destination);
	route->destination = strdup(header->rtm_family == AF_INET ? "0.0.0.0/0" : "::/0");
	return route->destination ? 0 : -ENOMEM;
}

static int fill_route(struct bt_live_route *route, const struct rtmsg *header,
		      struct nlattr *const *attributes)
{
	struct nlattr *mtu = attributes[RTA_METRICS]
				     ? nla_find(nla_data(attributes[RTA_METRICS]),
						nla_len(attributes[RTA_METRICS]), RTAX_MTU)
				     : NULL;
	int r = fill_destination(route, header, attributes[RTA_DST]);

	route->family = header->rtm_family;
	route->metric = u32_of(attributes[RTA_PRIORITY], 0);
	route->protocol = header->rtm_protocol;
	route->scope = header->rtm_scope;
	route->type = header->rtm_type;
	route->flags = header->rtm_flags;
	route->mtu = u32_of(mtu, 0);
	if (r == 0 && attributes[RTA_GATEWAY])
		r = address_text(header->rtm_family, attributes[RTA_GATEWAY], -1,
				 &route->gateway);
	else if (r == 0 && attributes[RTA_VIA])
		r = fill_via(route, attributes[RTA_VIA]);
	if (r == 0 && attributes[RTA_PREFSRC])
		r = address_text(header->rtm_family, attributes[RTA_PREFSRC], -1, &route->source);
	return r;
}

int bt_decode_route(struct bondtool_snapshot *snapshot, const struct nlmsghdr *message)
{
	const struct rtmsg *header = nlmsg_data(message);
	struct nlattr *attributes[RTA_MAX + 1] = {0};
	struct bt_live_route route = {0};
	struct bt_link *link;
	uint32_t table;
	int r;

	if (message->nlmsg_type != RTM_NEWROUTE || !nlmsg_valid_hdr(message, sizeof(*header)))
		return 0;
	sort_attributes(message, sizeof(*header), RTA_MAX, attributes);
	table = u32_of(attributes[RTA_TABLE], header->rtm_table);
	link = bt_snapshot_by_index(snapshot, (int)u32_of(attributes[RTA_OIF], 0));
	if (!link || !is_kept(header, table))
		return 0;
	route.table = table;
	r = fill_route(&route, header, attributes);
	if (r < 0 || !BT_MAKE_ROOM(link->routes, link->n_routes, link->size_routes)) {
		route_release(&route);
		return r == -EBADMSG ? 0 : -ENOMEM;
	}
	link->routes[link->n_routes++] = route;
	return 0;
}
