/* SPDX-License-Identifier: GPL-2.0-or-later
 * The prepared driver of canned.h.
 */
#include "canned.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/ethtool_netlink.h>
#include <linux/genetlink.h>
#include <linux/rtnetlink.h>
#include <netlink/genl/genl.h>
#include <stdio.h>
#include <string.h>

#include "wire/option-wire.h"

static const char *name_in(struct nlmsghdr *message)
{
	struct nlattr *name = nlmsg_find_attr(message, sizeof(struct ifinfomsg), IFLA_IFNAME);

	return name ? nla_get_string(name) : NULL;
}

/* All messages of TYPE; only the link of NAME where that is given. The number handed out. */
static int answer(struct canned *canned, int type, const char *name, bt_reply_function *on_reply,
		  void *data)
{
	int count = 0;

	for (size_t i = 0; i < canned->n_messages; i++) {
		struct nlmsghdr *message = nlmsg_hdr(canned->messages[i]);

		if (message->nlmsg_type != type ||
		    (name && strcmp(name, name_in(message)) != 0))
			continue;
		if (on_reply(message, data) < 0)
			return -ENOMEM;
		count++;
	}
	return count;
}

static int answer_family(bt_reply_function *on_reply, void *data)
{
	struct genlmsghdr header = {.cmd = CTRL_CMD_NEWFAMILY};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	struct bt_builder builder;

	bt_build_start(&builder, GENL_ID_CTRL, 0, &header, sizeof(header));
	bt_build_u16(&builder, CTRL_ATTR_FAMILY_ID, CANNED_FAMILY);
	bt_build_take(&builder, &message);
	return on_reply(nlmsg_hdr(message), data);
}

static int answer_speed(int ifindex, bt_reply_function *on_reply, void *data)
{
	struct genlmsghdr header = {.cmd = ETHTOOL_MSG_LINKMODES_GET_REPLY};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	struct bt_builder builder;
	struct nlattr *nest;

	bt_build_start(&builder, CANNED_FAMILY, 0, &header, sizeof(header));
	nest = bt_build_nest(&builder, ETHTOOL_A_LINKMODES_HEADER);
	bt_build_u32(&builder, ETHTOOL_A_HEADER_DEV_INDEX, (uint32_t)ifindex);
	bt_build_end(&builder, nest);
	bt_build_u32(&builder, ETHTOOL_A_LINKMODES_SPEED, 1000 + (uint32_t)ifindex);
	bt_build_u8(&builder, ETHTOOL_A_LINKMODES_DUPLEX, DUPLEX_FULL);
	bt_build_take(&builder, &message);
	return on_reply(nlmsg_hdr(message), data);
}

static int answer_speeds(struct canned *canned, struct nlmsghdr *request,
			 bt_reply_function *on_reply, void *data)
{
	struct nlattr *nest =
		nlmsg_find_attr(request, GENL_HDRLEN, ETHTOOL_A_LINKMODES_HEADER);
	struct nlattr *index =
		nla_find(nla_data(nest), nla_len(nest), ETHTOOL_A_HEADER_DEV_INDEX);

	if (index)
		return answer_speed((int)nla_get_u32(index), on_reply, data);
	for (size_t i = 0; i < canned->n_messages; i++) {
		struct nlmsghdr *message = nlmsg_hdr(canned->messages[i]);
		struct ifinfomsg *link = nlmsg_data(message);

		if (message->nlmsg_type == RTM_NEWLINK)
			answer_speed(link->ifi_index, on_reply, data);
	}
	return 0;
}

static int exchange_generic(struct canned *canned, struct nlmsghdr *message,
			    bt_reply_function *on_reply, void *data)
{
	if (!canned->has_ethtool)
		return -ENOENT;
	return message->nlmsg_type == GENL_ID_CTRL
		       ? answer_family(on_reply, data)
		       : answer_speeds(canned, message, on_reply, data);
}

static int exchange(struct bt_transport *transport, int protocol, struct nlmsghdr *message,
		    bt_reply_function *on_reply, void *data, struct bt_ack *ret_ack)
{
	struct canned *canned = (struct canned *)transport;
	bool dump = message->nlmsg_flags & NLM_F_DUMP;
	int count;

	if (ret_ack)
		*ret_ack = (struct bt_ack){0};
	canned->exchanges++;
	if (protocol == NETLINK_GENERIC)
		return exchange_generic(canned, message, on_reply, data);
	switch (message->nlmsg_type) {
	case RTM_GETLINK:
		count = answer(canned, RTM_NEWLINK, dump ? NULL : name_in(message), on_reply, data);
		if (!dump && !count)
			return -ENODEV;
		break;
	case RTM_GETADDR:
		count = answer(canned, RTM_NEWADDR, NULL, on_reply, data);
		break;
	case RTM_GETROUTE:
		count = answer(canned, RTM_NEWROUTE, NULL, on_reply, data);
		break;
	default:
		return -EOPNOTSUPP;
	}
	if (count < 0)
		return count;
	return dump && canned->interruptions-- > 0 ? -EINTR : 0;
}

static int sysfs_read(struct bt_transport *transport, const char *path, struct bt_text *ret_text)
{
	struct canned *canned = (struct canned *)transport;

	for (size_t i = 0; i < canned->n_files; i++) {
		if (strcmp(canned->files[i].path, path) == 0) {
			bt_text_add(ret_text, canned->files[i].text);
			return 0;
		}
	}
	return -ENOENT;
}

static int sysfs_write(struct bt_transport *transport, const char *path, const char *text)
{
	struct canned *canned = (struct canned *)transport;

	canned->writes++;
	snprintf(canned->last_write, sizeof(canned->last_write), "%s %s", path, text);
	return canned->write_result;
}

static int proc_read(struct bt_transport *transport, const char *bond, struct bt_text *ret_text)
{
	struct canned *canned = (struct canned *)transport;

	(void)bond;
	canned->proc_reads++;
	if (!canned->proc)
		return -EACCES;
	bt_text_add(ret_text, canned->proc);
	return 0;
}

static void release(struct bt_transport *transport)
{
	struct canned *canned = (struct canned *)transport;

	for (size_t i = 0; i < canned->n_messages; i++)
		bt_message_free(canned->messages[i]);
	free(canned);
}

struct bondtool *canned_new(struct canned **ret_canned)
{
	struct canned *canned = calloc(1, sizeof(*canned));
	struct bondtool *bt = bondtool_new();

	canned->transport = (struct bt_transport){
		.name = "canned",
		.version = "6.12.0-test",
		.exchange = exchange,
		.sysfs_read = sysfs_read,
		.sysfs_write = sysfs_write,
		.proc_read = proc_read,
		.release = release,
	};
	bt_transport_set(bt, &canned->transport);
	*ret_canned = canned;
	return bt;
}

void canned_add(struct canned *canned, struct nl_msg *message)
{
	canned->messages[canned->n_messages++] = message;
}

void canned_file(struct canned *canned, const char *path, const char *text)
{
	canned->files[canned->n_files].path = path;
	canned->files[canned->n_files++].text = text;
}

static int resolve(void *data, const char *name)
{
	(void)data;
	return *name == 'p' ? atoi(name + 1) : 0;
}

/* "NAME=VALUE NAME=VALUE", lists with commas. */
static void put_options(struct bt_builder *builder, const char *text)
{
	static const struct bt_resolver resolver = {.ifindex = resolve};
	struct bondtool *bt = bondtool_new();
	struct bt_values values = {0};
	char *copy = strdup(text), *save = NULL;

	for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *value = strchr(word, '=');

		*value++ = '\0';
		if (bt_options_set(bt, &values, word, value, NULL) < 0)
			bt_build_fail(builder, -EINVAL);
	}
	for (size_t i = 0; i < values.count; i++)
		bt_option_put(builder, &values.values[i], &resolver);
	bt_values_release(&values);
	free(copy);
	bondtool_free(bt);
}

static void put_aggregator(struct bt_builder *builder, const struct bt_aggregator *aggregator)
{
	struct nlattr *nest = bt_build_nest(builder, IFLA_BOND_AD_INFO);

	bt_build_u16(builder, IFLA_BOND_AD_INFO_AGGREGATOR, aggregator->id);
	bt_build_u16(builder, IFLA_BOND_AD_INFO_NUM_PORTS, aggregator->ports);
	bt_build_u16(builder, IFLA_BOND_AD_INFO_ACTOR_KEY, aggregator->actor_key);
	bt_build_u16(builder, IFLA_BOND_AD_INFO_PARTNER_KEY, aggregator->partner_key);
	bt_build_put(builder, IFLA_BOND_AD_INFO_PARTNER_MAC, aggregator->partner.bytes,
		     aggregator->partner.length);
	bt_build_end(builder, nest);
}

/* 02:00:00:00:00:IFINDEX; the permanent address has 5e in the middle. */
static void put_mac(struct bt_builder *builder, int attribute, const struct canned_link *link)
{
	bool permanent = attribute == IFLA_BOND_SLAVE_PERM_HWADDR;
	unsigned char mac[20] = {2, 0, permanent ? 0x5e : 0, 0, 0, (unsigned char)link->ifindex};

	bt_build_put(builder, attribute, mac, permanent && link->infiniband ? 20 : 6);
}

static void put_port(struct bt_builder *builder, const struct canned_link *link)
{
	struct nlattr *nest;

	bt_build_string(builder, IFLA_INFO_SLAVE_KIND, "bond");
	nest = bt_build_nest(builder, IFLA_INFO_SLAVE_DATA);
	bt_build_u8(builder, IFLA_BOND_SLAVE_STATE, (uint8_t)link->state);
	bt_build_u8(builder, IFLA_BOND_SLAVE_MII_STATUS, (uint8_t)link->mii_status);
	bt_build_u32(builder, IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, (uint32_t)link->failures);
	put_mac(builder, IFLA_BOND_SLAVE_PERM_HWADDR, link);
	put_options(builder, link->port_options ? link->port_options : "queue_id=0 prio=0");
	if (link->lacp) {
		bt_build_u16(builder, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID,
			     (uint16_t)link->aggregator_id);
		bt_build_u8(builder, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE,
			    (uint8_t)link->actor_state);
		bt_build_u16(builder, IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE,
			     (uint16_t)link->partner_state);
	}
	if (link->lacp && link->churn >= 0) {
		bt_build_u8(builder, IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE, (uint8_t)link->churn);
		bt_build_u8(builder, IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE,
			    (uint8_t)link->churn);
	}
	bt_build_end(builder, nest);
}

struct nl_msg *canned_link_message(const struct canned_link *link)
{
	struct ifinfomsg header = {.ifi_index = link->ifindex, .ifi_flags = link->flags,
				   .ifi_type = 1 /* ARPHRD_ETHER */};
	struct nl_msg *message = NULL;
	struct nlattr *info, *data;
	struct bt_builder builder;

	bt_build_start(&builder, RTM_NEWLINK, 0, &header, sizeof(header));
	bt_build_string(&builder, IFLA_IFNAME, link->name);
	bt_build_u32(&builder, IFLA_MTU, 1500);
	put_mac(&builder, IFLA_ADDRESS, link);
	bt_build_u8(&builder, IFLA_CARRIER, !!(link->flags & IFF_LOWER_UP));
	if (link->controller)
		bt_build_u32(&builder, IFLA_MASTER, (uint32_t)link->controller);
	info = bt_build_nest(&builder, IFLA_LINKINFO);
	if (link->kind)
		bt_build_string(&builder, IFLA_INFO_KIND, link->kind);
	if (link->options) {
		data = bt_build_nest(&builder, IFLA_INFO_DATA);
		put_options(&builder, link->options);
		if (link->aggregator)
			put_aggregator(&builder, link->aggregator);
		bt_build_end(&builder, data);
	}
	if (link->controller)
		put_port(&builder, link);
	bt_build_end(&builder, info);
	bt_build_take(&builder, &message);
	return message;
}

void canned_add_link(struct canned *canned, const struct canned_link *link)
{
	canned_add(canned, canned_link_message(link));
}
