/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Speed and duplex: ethtool's generic netlink family, or the files of sysfs. */
#include "wire/ethtool.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <netlink/attr.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>
#include <string.h>

#include "wire/builder.h"

/* What a walk over answers needs; transport first opened by the caller. */
struct asking {
	struct bt_transport *transport;
	struct bondtool_snapshot *snapshot; /* NULL when asking for one link: */
	struct bt_link *link;
	int family; /* id of ethtool's family; 0 until known */
};

/*
 * As the driver judges in bond_update_speed_duplex(): a speed without a duplex, or the other way
 * round, is neither.
 */
static struct bt_speed speed_of(uint32_t mbps, uint8_t duplex)
{
	static const struct bt_speed unknown = {0, BT_DUPLEX_UNKNOWN};

	if (!mbps || mbps == (uint32_t)SPEED_UNKNOWN)
		return unknown;
	switch (duplex) {
	case DUPLEX_HALF:
		return (struct bt_speed){mbps, BT_DUPLEX_HALF};
	case DUPLEX_FULL:
		return (struct bt_speed){mbps, BT_DUPLEX_FULL};
	default:
		return unknown;
	}
}

static void start(struct bt_builder *builder, int family, int flags, uint8_t command)
{
	struct genlmsghdr header = {.cmd = command, .version = 1};

	bt_build_start(builder, family, flags, &header, sizeof(header));
}

static int take_family(const struct nlmsghdr *reply, void *data)
{
	struct nlattr *id = nlmsg_find_attr((struct nlmsghdr *)(uintptr_t)reply, GENL_HDRLEN,
					    CTRL_ATTR_FAMILY_ID);

	if (id && nla_len(id) == sizeof(uint16_t))
		*(int *)data = nla_get_u16(id);
	return 0;
}

/* The number that the running kernel gave to ethtool's family. 0, -ENOENT: it has none. */
static int find_family(struct asking *asking)
{
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	struct bt_builder builder;
	int r;

	start(&builder, GENL_ID_CTRL, NLM_F_ACK, CTRL_CMD_GETFAMILY);
	bt_build_string(&builder, CTRL_ATTR_FAMILY_NAME, ETHTOOL_GENL_NAME);
	r = bt_build_take(&builder, &message);
	if (r == 0)
		r = asking->transport->exchange(asking->transport, NETLINK_GENERIC,
						bt_message_header(message), take_family,
						&asking->family, NULL);
	return r == 0 && !asking->family ? -ENOENT : r;
}

/* The index of the link that an answer is about; 0 when it does not say. */
static int ifindex_of(struct nlmsghdr *reply)
{
	struct nlattr *header = nlmsg_find_attr(reply, GENL_HDRLEN, ETHTOOL_A_LINKMODES_HEADER);
	struct nlattr *index = header ? nla_find(nla_data(header), nla_len(header),
						 ETHTOOL_A_HEADER_DEV_INDEX)
				      : NULL;

	return index && nla_len(index) == sizeof(uint32_t) ? (int)nla_get_u32(index) : 0;
}

static int take_speed(const struct nlmsghdr *reply, void *data)
{
	struct asking *asking = data;
	struct nlmsghdr *message = (struct nlmsghdr *)(uintptr_t)reply;
	struct nlattr *speed = nlmsg_find_attr(message, GENL_HDRLEN, ETHTOOL_A_LINKMODES_SPEED);
	struct nlattr *duplex = nlmsg_find_attr(message, GENL_HDRLEN, ETHTOOL_A_LINKMODES_DUPLEX);
	struct bt_link *link = asking->snapshot
				       ? bt_snapshot_by_index(asking->snapshot, ifindex_of(message))
				       : asking->link;

	if (link && speed && duplex && nla_len(speed) == sizeof(uint32_t) &&
	    nla_len(duplex) == sizeof(uint8_t))
		link->speed = speed_of(nla_get_u32(speed), nla_get_u8(duplex));
	return 0;
}

/* Asks for one link, or (0) for all. */
static int ask(struct asking *asking, int ifindex)
{
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	struct bt_builder builder;
	struct nlattr *nest;
	int r;

	start(&builder, asking->family, ifindex ? NLM_F_ACK : NLM_F_DUMP,
	      ETHTOOL_MSG_LINKMODES_GET);
	nest = bt_build_nest(&builder, ETHTOOL_A_LINKMODES_HEADER);
	if (ifindex)
		bt_build_u32(&builder, ETHTOOL_A_HEADER_DEV_INDEX, (uint32_t)ifindex);
	bt_build_u32(&builder, ETHTOOL_A_HEADER_FLAGS, ETHTOOL_FLAG_COMPACT_BITSETS);
	bt_build_end(&builder, nest);
	r = bt_build_take(&builder, &message);
	if (r == 0)
		r = asking->transport->exchange(asking->transport, NETLINK_GENERIC,
						bt_message_header(message), take_speed, asking,
						NULL);
	return r;
}

/* The number, or the word, that a file of LINK holds; "" when it cannot be read. */
static void read_word(struct bt_transport *transport, const struct bt_link *link,
		      const char *file, struct bt_text *text)
{
	BT_AUTOFREE char *path = bt_format("%s/%s", link->name, file);

	bt_text_release(text);
	if (path && transport->sysfs_read(transport, path, text) == 0 && text->data)
		text->data[strcspn(text->data, "\n")] = '\0';
}

static void read_sysfs(struct bt_transport *transport, struct bt_link *link)
{
	BT_AUTOTEXT struct bt_text text = {0};
	uint64_t mbps = 0;
	uint8_t duplex;

	read_word(transport, link, "speed", &text);
	if (!text.data || bt_parse_uint(text.data, &mbps) < 0 || mbps > UINT32_MAX)
		mbps = 0;
	read_word(transport, link, "duplex", &text);
	duplex = bt_equal(text.data, "full")   ? DUPLEX_FULL
		 : bt_equal(text.data, "half") ? DUPLEX_HALF
					       : DUPLEX_UNKNOWN;
	link->speed = speed_of((uint32_t)mbps, duplex);
}

static void begin(struct bt_link *link)
{
	link->has_speed = true;
	link->speed = speed_of(0, DUPLEX_UNKNOWN);
}

int bt_ethtool_read_all(struct bondtool *bt, struct bondtool_snapshot *snapshot)
{
	struct asking asking = {.snapshot = snapshot};
	int r = bt_transport_get(bt, &asking.transport);

	if (r < 0)
		return r;
	for (size_t i = 0; i < snapshot->count; i++)
		begin(snapshot->links[i]);
	r = find_family(&asking);
	if (r == 0)
		r = ask(&asking, 0);
	if (r == 0 || r == -EINTR) /* what a change came between was answered all the same */
		return 0;
	if (r == -ENOMEM)
		return r;
	for (size_t i = 0; i < snapshot->count; i++)
		read_sysfs(asking.transport, snapshot->links[i]);
	return 0;
}

/* A driver that cannot tell refuses, and that leaves the speed unknown. */
static int read_one(struct asking *asking, struct bt_link *link)
{
	int r = 0;

	begin(link);
	asking->link = link;
	if (asking->family)
		r = ask(asking, link->ifindex);
	else
		read_sysfs(asking->transport, link);
	return r == -ENOMEM ? r : 0;
}

int bt_ethtool_read_bond(struct bondtool *bt, struct bt_link *bond)
{
	struct asking asking = {0};
	int r = bt_transport_get(bt, &asking.transport);

	if (r == 0 && find_family(&asking) == -ENOMEM)
		r = -ENOMEM;
	if (r == 0)
		r = read_one(&asking, bond);
	for (size_t i = 0; r == 0 && bond->bond && i < bond->bond->n_ports; i++)
		r = read_one(&asking, bond->bond->ports[i]);
	return r;
}
