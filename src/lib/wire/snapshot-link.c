/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RTM_NEWLINK decoded: the link, and what the driver says about a bond or a port. */
#include <errno.h>
#include <net/if.h> /* before linux/ipv6.h, which would bring the kernel's own */
#include <linux/if_link.h>
#include <linux/ipv6.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/array.h"
#include "model/bond-uapi.h"
#include "wire/option-wire.h"
#include "wire/snapshot-decode.h"

/* Numbers of whatever width the attribute has; 0 for one of no known width. */
static uint64_t number_of(const struct nlattr *attribute)
{
	switch (nla_len(attribute)) {
	case sizeof(uint8_t):
		return nla_get_u8(attribute);
	case sizeof(uint16_t):
		return nla_get_u16(attribute);
	case sizeof(uint32_t):
		return nla_get_u32(attribute);
	case sizeof(uint64_t):
		return nla_get_u64(attribute);
	default:
		return 0;
	}
}

static struct bt_mac mac_of(const struct nlattr *attribute)
{
	return bt_mac_of(nla_data(attribute), (size_t)nla_len(attribute));
}

/* A string that is not ended within its attribute is cut there. */
static int string_of(const struct nlattr *attribute, char **string)
{
	free(*string);
	*string = strndup(nla_data(attribute), (size_t)nla_len(attribute));
	return *string ? 0 : -ENOMEM;
}

static int keep_unknown(struct bt_unknowns *unknowns, const struct nlattr *attribute)
{
	size_t length = (size_t)nla_len(attribute);
	unsigned char *bytes;

	if (!BT_MAKE_ROOM(unknowns->items, unknowns->count, unknowns->size))
		return -ENOMEM;
	bytes = malloc(length ? length : 1);
	if (!bytes)
		return -ENOMEM;
	memcpy(bytes, nla_data(attribute), length);
	unknowns->items[unknowns->count++] = (struct bt_unknown){
		.attribute = (unsigned)nla_type(attribute), .bytes = bytes, .length = length};
	return 0;
}

/* An option, when the attribute is one that we can read; else it is kept as it came. */
static int take_option(struct bt_values *options, struct bt_unknowns *unknowns,
		       const struct nlattr *attribute, bool port)
{
	const struct bt_option *option =
		bt_option_of_attribute((unsigned)nla_type(attribute), port);
	struct bt_value value = {0};
	int r = option ? bt_option_get(option, attribute, NULL, &value) : -EINVAL;

	if (r == -EINVAL)
		return keep_unknown(unknowns, attribute);
	return r < 0 ? r : bt_values_put(options, &value);
}

static void take_aggregator(struct bt_bond *bond, const struct nlattr *info)
{
	struct nlattr *attribute;
	int rest;

	bond->has_aggregator = true;
	nla_for_each_nested(attribute, info, rest) {
		uint16_t number = (uint16_t)number_of(attribute);

		switch (nla_type(attribute)) {
		case IFLA_BOND_AD_INFO_AGGREGATOR:
			bond->aggregator.id = number;
			break;
		case IFLA_BOND_AD_INFO_NUM_PORTS:
			bond->aggregator.ports = number;
			break;
		case IFLA_BOND_AD_INFO_ACTOR_KEY:
			bond->aggregator.actor_key = number;
			break;
		case IFLA_BOND_AD_INFO_PARTNER_KEY:
			bond->aggregator.partner_key = number;
			break;
		case IFLA_BOND_AD_INFO_PARTNER_MAC:
			bond->aggregator.partner = mac_of(attribute);
			break;
		}
	}
}

static int take_bond(struct bt_link *link, const struct nlattr *data)
{
	struct nlattr *attribute;
	int rest, r = 0;

	if (!link->bond)
		link->bond = calloc(1, sizeof(*link->bond));
	if (!link->bond)
		return -ENOMEM;
	nla_for_each_nested(attribute, data, rest) {
		if (nla_type(attribute) == IFLA_BOND_AD_INFO)
			take_aggregator(link->bond, attribute);
		else
			r = take_option(&link->bond->options, &link->bond->unknowns, attribute,
					false);
		if (r < 0)
			return r;
	}
	return 0;
}

struct bt_port *bt_port_new(void)
{
	struct bt_port *port = malloc(sizeof(*port));

	if (port)
		*port = (struct bt_port){.state = -1,
					 .mii_status = -1,
					 .link_failures = -1,
					 .aggregator_id = -1,
					 .actor_state = -1,
					 .partner_state = -1,
					 .actor_churn = -1,
					 .partner_churn = -1,
					 .actor_churned = -1,
					 .partner_churned = -1};
	return port;
}

/* What a port is, as opposed to its options. False: not one of these. */
static bool take_port_state(struct bt_port *port, const struct nlattr *attribute)
{
	int number = (int)number_of(attribute);

	switch (nla_type(attribute)) {
	case IFLA_BOND_SLAVE_STATE:
		port->state = number;
		return true;
	case IFLA_BOND_SLAVE_MII_STATUS:
		port->mii_status = number;
		return true;
	case IFLA_BOND_SLAVE_LINK_FAILURE_COUNT:
		port->link_failures = (int64_t)number_of(attribute);
		return true;
	case IFLA_BOND_SLAVE_PERM_HWADDR:
		port->permanent_mac = mac_of(attribute);
		return true;
	case IFLA_BOND_SLAVE_AD_AGGREGATOR_ID:
		port->aggregator_id = number;
		return true;
	case IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE:
		port->actor_state = number;
		return true;
	case IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE:
		port->partner_state = number;
		return true;
	case IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE:
		port->actor_churn = number;
		return true;
	case IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE:
		port->partner_churn = number;
		return true;
	default:
		return false;
	}
}

static int take_port(struct bt_link *link, const struct nlattr *data)
{
	struct nlattr *attribute;
	int rest, r = 0;

	if (!link->port)
		link->port = bt_port_new();
	if (!link->port)
		return -ENOMEM;
	nla_for_each_nested(attribute, data, rest) {
		if (!take_port_state(link->port, attribute))
			r = take_option(&link->port->options, &link->port->unknowns, attribute,
					true);
		if (r < 0)
			return r;
	}
	return 0;
}

static int take_vlan_maps(const struct nlattr *nest, struct bt_vlan_map **maps, size_t *count)
{
	struct nlattr *item;
	int rest;

	nla_for_each_nested(item, nest, rest) {
		const struct ifla_vlan_qos_mapping *map = nla_data(item);
		struct bt_vlan_map *array = reallocarray(*maps, *count + 1, sizeof(*array));

		if (!array)
			return -ENOMEM;
		*maps = array;
		if (nla_len(item) >= (int)sizeof(*map))
			array[(*count)++] = (struct bt_vlan_map){map->from, map->to};
	}
	return 0;
}

static int take_vlan(struct bt_link *link, const struct nlattr *data)
{
	struct bt_vlan *vlan = link->vlan ? link->vlan : calloc(1, sizeof(*vlan));
	const struct ifla_vlan_flags *flags;
	struct nlattr *attribute;
	int rest, r = 0;

	link->vlan = vlan;
	if (!vlan)
		return -ENOMEM;
	nla_for_each_nested(attribute, data, rest) {
		switch (nla_type(attribute)) {
		case IFLA_VLAN_ID:
			vlan->id = (uint16_t)number_of(attribute);
			break;
		case IFLA_VLAN_PROTOCOL:
			vlan->protocol = __builtin_bswap16((uint16_t)number_of(attribute));
			break;
		case IFLA_VLAN_FLAGS:
			flags = nla_data(attribute);
			if (nla_len(attribute) >= (int)sizeof(*flags)) {
				vlan->flags = flags->flags;
				vlan->mask = flags->mask;
			}
			break;
		case IFLA_VLAN_INGRESS_QOS:
			r = take_vlan_maps(attribute, &vlan->ingress, &vlan->n_ingress);
			break;
		case IFLA_VLAN_EGRESS_QOS:
			r = take_vlan_maps(attribute, &vlan->egress, &vlan->n_egress);
			break;
		}
		if (r < 0)
			return r;
	}
	return 0;
}

/* The data belongs to the kind that stands beside it, so all four are looked up first. */
static int take_info(struct bt_link *link, const struct nlattr *info)
{
	const struct nlattr *parts[IFLA_INFO_MAX + 1] = {0};
	struct nlattr *attribute;
	int rest, r = 0;

	nla_for_each_nested(attribute, info, rest)
		if (nla_type(attribute) <= IFLA_INFO_MAX)
			parts[nla_type(attribute)] = attribute;
	if (parts[IFLA_INFO_KIND])
		r = string_of(parts[IFLA_INFO_KIND], &link->kind);
	if (r == 0 && parts[IFLA_INFO_SLAVE_KIND])
		r = string_of(parts[IFLA_INFO_SLAVE_KIND], &link->port_kind);
	if (r == 0 && parts[IFLA_INFO_DATA] && bt_equal(link->kind, "bond"))
		r = take_bond(link, parts[IFLA_INFO_DATA]);
	if (r == 0 && parts[IFLA_INFO_DATA] && bt_equal(link->kind, "vlan"))
		r = take_vlan(link, parts[IFLA_INFO_DATA]);
	if (r == 0 && parts[IFLA_INFO_SLAVE_DATA] && bt_equal(link->port_kind, "bond"))
		r = take_port(link, parts[IFLA_INFO_SLAVE_DATA]);
	return r;
}

static int take_altnames(struct bt_link *link, const struct nlattr *list)
{
	struct nlattr *item;
	int rest;

	nla_for_each_nested(item, list, rest) {
		char *name = NULL;

		if (string_of(item, &name) < 0 || bt_strings_take(&link->altnames, name) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* What the address families say; of interest is the array of IPv6's sysctls. */
static void take_families(struct bt_link *link, const struct nlattr *families)
{
	struct nlattr *family, *attribute;
	int rest, rest_of_family;

	nla_for_each_nested(family, families, rest) {
		if (nla_type(family) != AF_INET6)
			continue;
		nla_for_each_nested(attribute, family, rest_of_family) {
			const int32_t *values = nla_data(attribute);

			if (nla_type(attribute) == IFLA_INET6_CONF &&
			    nla_len(attribute) > DEVCONF_DISABLE_IPV6 * (int)sizeof(*values))
				link->ipv6_disabled = values[DEVCONF_DISABLE_IPV6] != 0;
		}
	}
}

static int take_attribute(struct bt_link *link, const struct nlattr *attribute)
{
	size_t length = (size_t)nla_len(attribute);

	switch (nla_type(attribute)) {
	case IFLA_IFNAME:
		if (length > sizeof(link->name) - 1)
			length = sizeof(link->name) - 1;
		memcpy(link->name, nla_data(attribute), length);
		return 0;
	case IFLA_PROP_LIST:
		return take_altnames(link, attribute);
	case IFLA_ADDRESS:
		link->mac = mac_of(attribute);
		return 0;
	case IFLA_PERM_ADDRESS:
		link->permanent_mac = mac_of(attribute);
		return 0;
	case IFLA_MTU:
		link->mtu = (uint32_t)number_of(attribute);
		return 0;
	case IFLA_MASTER:
		link->controller = (int)number_of(attribute);
		return 0;
	case IFLA_LINK:
		link->parent = (int)number_of(attribute);
		return 0;
	case IFLA_LINK_NETNSID:
		link->parent_elsewhere = true;
		return 0;
	case IFLA_OPERSTATE:
		link->operstate = (unsigned)number_of(attribute);
		return 0;
	case IFLA_CARRIER:
		link->carrier = number_of(attribute) != 0;
		return 0;
	case IFLA_NUM_TX_QUEUES:
		link->num_tx_queues = (uint32_t)number_of(attribute);
		return 0;
	case IFLA_LINKINFO:
		return take_info(link, attribute);
	case IFLA_AF_SPEC:
		take_families(link, attribute);
		return 0;
	default:
		return 0;
	}
}

int bt_decode_link(const struct nlmsghdr *message, struct bt_link **ret_link)
{
	const struct ifinfomsg *header = nlmsg_data(message);
	struct nlattr *attribute;
	struct bt_link *link;
	int rest, r = 0;

	if (message->nlmsg_type != RTM_NEWLINK || !nlmsg_valid_hdr(message, sizeof(*header)))
		return -EBADMSG;
	link = calloc(1, sizeof(*link));
	if (!link)
		return -ENOMEM;
	link->ifindex = header->ifi_index;
	link->type = header->ifi_type;
	link->flags = header->ifi_flags;
	link->carrier = header->ifi_flags & IFF_LOWER_UP;
	nlmsg_for_each_attr(attribute, message, sizeof(*header), rest) {
		r = take_attribute(link, attribute);
		if (r < 0) {
			bt_link_free(link);
			return r;
		}
	}
	if (link->port && !link->permanent_mac.length)
		link->permanent_mac = link->port->permanent_mac;
	*ret_link = link;
	return 0;
}

static const char *name_of(const void *data, int ifindex)
{
	const struct bt_link *link = bt_snapshot_by_index(data, ifindex);

	return link ? link->name : NULL;
}

int bt_snapshot_name_interfaces(struct bondtool_snapshot *snapshot)
{
	struct bt_namer namer = {.name = name_of, .data = snapshot};

	for (size_t i = 0; i < snapshot->count; i++) {
		struct bt_bond *bond = snapshot->links[i]->bond;

		for (size_t j = 0; bond && j < bond->options.count; j++) {
			struct bt_value *value = &bond->options.values[j];

			if (bt_options[value->id].wire != BT_WIRE_IFINDEX || value->text)
				continue;
			value->text = bt_interface_name((int)value->number, &namer);
			if (!value->text)
				return -ENOMEM;
			value->number = 0;
		}
	}
	return 0;
}
