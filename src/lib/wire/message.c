/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages about links: bonds, ports, VLANs; and which option a refusal is about. */
#include "wire/message.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>

#include "wire/option-wire.h"
#include "wire/mac.h"

void bt_message_free(struct nl_msg *message)
{
	nlmsg_free(message);
}

struct nlmsghdr *bt_message_header(struct nl_msg *message)
{
	return nlmsg_hdr(message);
}

/* The attributes of the options in VALUES that belong to a bond, or to a port. */
static void put_options(struct bt_builder *builder, const struct bt_link_request *request,
			bool port, uint64_t *unsent)
{
	const struct bt_values *values = port ? request->port_options : request->options;
	struct nlattr *nest =
		bt_build_nest(builder, port ? IFLA_INFO_SLAVE_DATA : IFLA_INFO_DATA);

	for (unsigned id = 0; id < BT_OPT_COUNT; id++) {
		const struct bt_value *value = bt_values_find(values, id);

		if (!value || !!(bt_options[id].flags & BT_OPTION_PORT) != port)
			continue;
		if (!bt_option_put(builder, value, request->resolver))
			*unsent |= 1ULL << id;
	}
	bt_build_end(builder, nest);
}

static void put_vlan_maps(struct bt_builder *builder, int attribute, int item,
			  const struct bt_vlan_map *maps, size_t count)
{
	if (!count)
		return;

	struct nlattr *nest = bt_build_nest(builder, attribute);

	for (size_t i = 0; i < count; i++) {
		struct ifla_vlan_qos_mapping map = {.from = maps[i].from, .to = maps[i].to};

		bt_build_put(builder, item, &map, sizeof(map));
	}
	bt_build_end(builder, nest);
}

static void put_vlan(struct bt_builder *builder, const struct bt_vlan *vlan)
{
	struct nlattr *nest = bt_build_nest(builder, IFLA_INFO_DATA);
	uint16_t protocol = __builtin_bswap16(vlan->protocol);

	bt_build_u16(builder, IFLA_VLAN_ID, vlan->id);
	if (vlan->protocol)
		bt_build_put(builder, IFLA_VLAN_PROTOCOL, &protocol, sizeof(protocol));
	if (vlan->mask) {
		struct ifla_vlan_flags flags = {.flags = vlan->flags, .mask = vlan->mask};

		bt_build_put(builder, IFLA_VLAN_FLAGS, &flags, sizeof(flags));
	}
	put_vlan_maps(builder, IFLA_VLAN_INGRESS_QOS, IFLA_VLAN_QOS_MAPPING, vlan->ingress,
		      vlan->n_ingress);
	put_vlan_maps(builder, IFLA_VLAN_EGRESS_QOS, IFLA_VLAN_QOS_MAPPING, vlan->egress,
		      vlan->n_egress);
	bt_build_end(builder, nest);
}

/* IFLA_LINKINFO: the kind, what is particular to it, and what is particular to a port. */
static void put_info(struct bt_builder *builder, const struct bt_link_request *request,
		     uint64_t *unsent)
{
	if (!request->kind && !request->port_options)
		return;

	struct nlattr *nest = bt_build_nest(builder, IFLA_LINKINFO);

	if (request->kind)
		bt_build_string(builder, IFLA_INFO_KIND, request->kind);
	if (request->options)
		put_options(builder, request, false, unsent);
	else if (request->vlan)
		put_vlan(builder, request->vlan);
	if (request->port_options) {
		bt_build_string(builder, IFLA_INFO_SLAVE_KIND, "bond");
		put_options(builder, request, true, unsent);
	}
	bt_build_end(builder, nest);
}

static void put_mac(struct bt_builder *builder, const char *text)
{
	struct bt_mac mac;

	if (bt_mac_parse(text, &mac) < 0)
		bt_build_fail(builder, -EINVAL);
	else
		bt_build_put(builder, IFLA_ADDRESS, mac.bytes, mac.length);
}

static bool makes_sense(const struct bt_link_request *request)
{
	if (request->ifindex <= 0 && !request->name)
		return false;
	if (request->set_controller && request->admin != BT_ADMIN_KEEP)
		return false;
	if ((request->options || request->vlan || request->create) && !request->kind)
		return false;
	return !(request->options && request->vlan);
}

int bt_message_link(const struct bt_link_request *request, struct nl_msg **ret_message,
		    uint64_t *ret_unsent)
{
	struct ifinfomsg header = {.ifi_index = request->ifindex};
	int flags = request->create ? NLM_F_CREATE | NLM_F_EXCL : 0;
	struct bt_builder builder;
	uint64_t unsent = 0;
	int r;

	if (!makes_sense(request))
		return -EINVAL;
	if (request->admin != BT_ADMIN_KEEP)
		header.ifi_change = IFF_UP;
	if (request->admin == BT_ADMIN_UP)
		header.ifi_flags = IFF_UP;
	bt_build_start(&builder, RTM_NEWLINK, flags | NLM_F_ACK, &header, sizeof(header));
	if (request->name)
		bt_build_string(&builder, IFLA_IFNAME, request->name);
	if (request->mtu)
		bt_build_u32(&builder, IFLA_MTU, request->mtu);
	if (request->mac)
		put_mac(&builder, request->mac);
	if (request->parent)
		bt_build_u32(&builder, IFLA_LINK, (uint32_t)request->parent);
	if (request->set_controller)
		bt_build_u32(&builder, IFLA_MASTER, (uint32_t)request->controller);
	put_info(&builder, request, &unsent);
	r = bt_build_take(&builder, ret_message);
	if (r == 0 && ret_unsent)
		*ret_unsent = unsent;
	return r;
}

int bt_message_link_delete(int ifindex, struct nl_msg **ret_message)
{
	struct ifinfomsg header = {.ifi_index = ifindex};
	struct bt_builder builder;

	bt_build_start(&builder, RTM_DELLINK, NLM_F_ACK, &header, sizeof(header));
	return bt_build_take(&builder, ret_message);
}

/* The attribute of NEST that holds the byte OFFSET bytes behind HEADER; NULL when none does. */
static struct nlattr *attribute_at(const struct nlmsghdr *header, const struct nlattr *nest,
				   size_t offset)
{
	const char *place = (const char *)header + offset;
	struct nlattr *attribute;
	int rest;

	nla_for_each_nested(attribute, nest, rest)
		if (place >= (char *)attribute &&
		    place < (char *)attribute + nla_total_size(nla_len(attribute)))
			return attribute;
	return NULL;
}

/* Whether the data in INFO is a bond's, or a port's of a bond. */
static bool is_about_bond(const struct nlattr *info, bool port)
{
	struct nlattr *kind = nla_find(nla_data(info), nla_len(info),
				       port ? IFLA_INFO_SLAVE_KIND : IFLA_INFO_KIND);

	return kind && nla_strcmp(kind, "bond") == 0;
}

const struct bt_option *bt_ack_option(struct nl_msg *message, const struct bt_ack *ack)
{
	struct nlmsghdr *header = nlmsg_hdr(message);
	struct nlattr *info, *nest, *attribute;
	bool port;

	if (!ack->offset || ack->offset >= header->nlmsg_len || header->nlmsg_type != RTM_NEWLINK)
		return NULL;
	info = nlmsg_find_attr(header, sizeof(struct ifinfomsg), IFLA_LINKINFO);
	nest = info ? attribute_at(header, info, ack->offset) : NULL;
	port = nest && nla_type(nest) == IFLA_INFO_SLAVE_DATA;
	if (!nest || (!port && nla_type(nest) != IFLA_INFO_DATA) || !is_about_bond(info, port))
		return NULL;
	attribute = attribute_at(header, nest, ack->offset);
	return attribute ? bt_option_of_attribute((unsigned)nla_type(attribute), port) : NULL;
}
