/* SPDX-License-Identifier: GPL-2.0-or-later
 * Requests as netlink messages: the bytes of each kind of option, every option there and back, and
 * what stands in the messages about links, addresses and routes.
 */
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>

#include "model/bond-uapi.h"
#include "test.h"
#include "wire/option-wire.h"

enum { IFINDEX_OF_PORT = 7 };

static int ifindex_of(void *data, const char *name)
{
	(void)data;
	return strcmp(name, "port0") == 0 ? IFINDEX_OF_PORT : 0;
}

static const char *name_of(const void *data, int ifindex)
{
	(void)data;
	return ifindex == IFINDEX_OF_PORT ? "port0" : NULL;
}

static const struct bt_resolver resolver = {.ifindex = ifindex_of};
static const struct bt_namer namer = {.name = name_of};

/* A message with the attribute of VALUE alone behind a link's header. */
static struct nl_msg *encode(const struct bt_value *value)
{
	struct ifinfomsg header = {0};
	struct bt_builder builder;
	struct nl_msg *message = NULL;

	bt_build_start(&builder, RTM_NEWLINK, 0, &header, sizeof(header));
	CHECK(bt_option_put(&builder, value, &resolver));
	CHECK_INT(bt_build_take(&builder, &message), 0);
	return message;
}

static struct nlattr *first_attribute(struct nl_msg *message)
{
	return nlmsg_attrdata(nlmsg_hdr(message), sizeof(struct ifinfomsg));
}

/* The text that OPTION is set to, as a value. */
static struct bt_value value_of(const char *option, const char *text)
{
	struct bondtool *bt = bondtool_new();
	struct bt_values values = {0};
	struct bt_value value = {0};

	if (CHECK_INT(bt_options_set(bt, &values, option, text, NULL), 0))
		bt_value_copy(&values.values[0], &value);
	bt_values_release(&values);
	bondtool_free(bt);
	return value;
}

static void test_each_encoding_has_its_bytes(void)
{
	static const struct {
		const char *option, *text;
		uint16_t attribute;
		const char *bytes;
		size_t length;
	} cases[] = {
		{"mode", "802.3ad", IFLA_BOND_MODE, "\4", 1},
		{"miimon", "0", IFLA_BOND_MIIMON, "\0\0\0\0", 4},
		{"miimon", "100", IFLA_BOND_MIIMON, "d\0\0\0", 4},
		{"ad_user_port_key", "1023", IFLA_BOND_AD_USER_PORT_KEY, "\xff\3", 2},
		{"prio", "-2", IFLA_BOND_SLAVE_PRIO, "\xfe\xff\xff\xff", 4},
		{"primary", "port0", IFLA_BOND_PRIMARY, "\7\0\0\0", 4},
		{"ad_actor_system", "02:00:5E:10:00:fe", IFLA_BOND_AD_ACTOR_SYSTEM,
		 "\2\0\x5e\x10\0\xfe", 6},
		{"arp_ip_target", "10.0.0.1,192.168.255.9", IFLA_BOND_ARP_IP_TARGET,
		 "\10\0\0\0\x0a\0\0\1\10\0\1\0\xc0\xa8\xff\x09", 16},
		{"ns_ip6_target", "fe80::1", IFLA_BOND_NS_IP6_TARGET,
		 "\x14\0\0\0\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 20},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++) {
		BT_AUTOVALUE struct bt_value value = value_of(cases[i].option, cases[i].text);
		BT_AUTOMESSAGE struct nl_msg *message = encode(&value);
		struct nlattr *attribute = first_attribute(message);

		CHECK_INT(nla_type(attribute), cases[i].attribute);
		if (CHECK_INT(nla_len(attribute), cases[i].length))
			CHECK_MEM(nla_data(attribute), cases[i].bytes, cases[i].length);
	}
}

static void check_comes_back(const struct bt_option *option, const struct bt_value *value)
{
	BT_AUTOMESSAGE struct nl_msg *message = encode(value);
	BT_AUTOVALUE struct bt_value back = {0};
	struct nlattr *attribute = first_attribute(message);
	bool port = option->flags & BT_OPTION_PORT;

	CHECK(bt_option_of_attribute((unsigned)nla_type(attribute), port) == option);
	CHECK_INT(bt_option_get(option, attribute, &namer, &back), 0);
	CHECK_INT(back.id, value->id);
	CHECK(bt_value_equal(&back, value));
}

static void check_numbers_come_back(const struct bt_option *option)
{
	struct bt_value value = {.id = bt_option_id(option)};

	if (option->spec.type == BT_TYPE_NAME) {
		for (const struct bondtool_name *name = option->spec.names; name->name; name++) {
			value.number = name->number;
			check_comes_back(option, &value);
		}
		return;
	}
	value.number = option->spec.minimum;
	check_comes_back(option, &value);
	value.number = option->spec.maximum;
	check_comes_back(option, &value);
}

static void test_every_option_comes_back(void)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];
		static const char *const texts[] = {
			[BT_WIRE_IFINDEX] = "port0",
			[BT_WIRE_MAC] = "02:00:00:00:00:01",
			[BT_WIRE_IP4S] = "10.0.0.1,10.0.0.2",
			[BT_WIRE_IP6S] = "2001:db8::1,fe80::2",
		};

		if (option->wire < BT_WIRE_IFINDEX) {
			check_numbers_come_back(option);
		} else {
			BT_AUTOVALUE struct bt_value value =
				value_of(option->name, texts[option->wire]);

			check_comes_back(option, &value);
		}
	}
}

static void test_empty_list_is_sent_empty(void)
{
	struct bt_value value = {.id = BT_OPT_ARP_IP_TARGET};
	BT_AUTOMESSAGE struct nl_msg *message = encode(&value);

	CHECK_INT(nla_len(first_attribute(message)), 0);
	CHECK_INT(nla_type(first_attribute(message)), IFLA_BOND_ARP_IP_TARGET);
}

static void test_value_too_big_is_refused(void)
{
	struct ifinfomsg header = {0};
	struct bt_value value = {.id = BT_OPT_NUM_PEER_NOTIF, .number = 256};
	struct bt_builder builder;
	struct nl_msg *message = NULL;

	bt_build_start(&builder, RTM_NEWLINK, 0, &header, sizeof(header));
	bt_option_put(&builder, &value, NULL);
	CHECK_INT(bt_build_take(&builder, &message), -EINVAL);
	CHECK(!message);
}

/* Attributes of the wrong length are refused, not read. */
static void test_wrong_lengths_are_refused(void)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		struct {
			struct nlattr header;
			unsigned char bytes[3];
		} attribute = {{NLA_HDRLEN + 3, bt_options[i].attribute}, {1, 2, 3}};
		struct bt_value value = {0};
		bool list = bt_type_is_list(bt_options[i].spec.type);

		/* three bytes are no item, so a list of them is empty */
		CHECK_INT(bt_option_get(&bt_options[i], &attribute.header, &namer, &value),
			  list ? 0 : -EINVAL);
		CHECK_INT(value.n_items, 0);
	}
}

/* The attribute PATH[0] / PATH[1] / ... of a link message; NULL when it is not there. */
static struct nlattr *find(struct nl_msg *message, size_t fixed, const int *path, size_t depth)
{
	struct nlattr *attribute = nlmsg_find_attr(nlmsg_hdr(message), (int)fixed, path[0]);

	for (size_t i = 1; i < depth && attribute; i++)
		attribute = nla_find(nla_data(attribute), nla_len(attribute), path[i]);
	return attribute;
}

#define FIND(message, type, ...)                                                                   \
	find(message, sizeof(type), (const int[]){__VA_ARGS__},                                    \
	     sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

static void set(struct bt_values *values, const char *option, const char *text)
{
	struct bt_value value = value_of(option, text);

	CHECK_INT(bt_values_put(values, &value), 0);
}

static void test_bond_is_made_by_one_message(void)
{
	struct bt_values options = {0};
	struct bt_link_request request = {.create = true,
					  .name = "bond0",
					  .kind = "bond",
					  .options = &options,
					  .resolver = &resolver,
					  .mtu = 9000,
					  .mac = "02:00:00:00:00:05"};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	uint64_t unsent = 0;
	struct nlmsghdr *header;

	set(&options, "primary", "absent0");
	set(&options, "updelay", "0");
	set(&options, "mode", "active-backup");
	set(&options, "queue_id", "3");
	CHECK_INT(bt_message_link(&request, &message, &unsent), 0);
	header = bt_message_header(message);
	CHECK_INT(header->nlmsg_type, RTM_NEWLINK);
	CHECK_INT(header->nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL);
	CHECK_INT(((struct ifinfomsg *)nlmsg_data(header))->ifi_change, 0);
	CHECK_STR(nla_get_string(FIND(message, struct ifinfomsg, IFLA_IFNAME)), "bond0");
	CHECK_INT(nla_get_u32(FIND(message, struct ifinfomsg, IFLA_MTU)), 9000);
	CHECK_MEM(nla_data(FIND(message, struct ifinfomsg, IFLA_ADDRESS)), "\2\0\0\0\0\5", 6);
	CHECK_STR(nla_get_string(FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_KIND)),
		  "bond");
	CHECK_INT(nla_get_u8(FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA,
				  IFLA_BOND_MODE)),
		  1);
	/* an explicit 0 is sent */
	CHECK_INT(nla_get_u32(FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA,
				   IFLA_BOND_UPDELAY)),
		  0);
	/* what was not set is not */
	CHECK(!FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_BOND_MIIMON));
	CHECK(!FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_SLAVE_DATA));
	/* an interface that is not there cannot be sent, and the caller is told */
	CHECK(!FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_BOND_PRIMARY));
	CHECK(unsent == 1ULL << BT_OPT_PRIMARY);
	bt_values_release(&options);
}

static void test_port_options(void)
{
	struct bt_values options = {0};
	struct bt_link_request request = {.ifindex = 7, .port_options = &options};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;

	set(&options, "queue_id", "3");
	set(&options, "prio", "-5");
	set(&options, "miimon", "100");
	CHECK_INT(bt_message_link(&request, &message, NULL), 0);
	CHECK_INT(((struct ifinfomsg *)nlmsg_data(bt_message_header(message)))->ifi_index, 7);
	CHECK_STR(nla_get_string(
			  FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_SLAVE_KIND)),
		  "bond");
	CHECK_INT(nla_get_u16(FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_SLAVE_DATA,
				   IFLA_BOND_SLAVE_QUEUE_ID)),
		  3);
	CHECK_INT(nla_get_s32(FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_SLAVE_DATA,
				   IFLA_BOND_SLAVE_PRIO)),
		  -5);
	CHECK(!FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_SLAVE_DATA,
		    IFLA_BOND_SLAVE_LINK_FAILURE_COUNT));
	bt_values_release(&options);
}

static void test_joining_and_flags_are_two_messages(void)
{
	struct bt_link_request request = {.ifindex = 7, .set_controller = true, .controller = 9};
	BT_AUTOMESSAGE struct nl_msg *join = NULL;
	BT_AUTOMESSAGE struct nl_msg *up = NULL;
	struct nl_msg *both = NULL;
	struct ifinfomsg *header;

	CHECK_INT(bt_message_link(&request, &join, NULL), 0);
	CHECK_INT(nla_get_u32(FIND(join, struct ifinfomsg, IFLA_MASTER)), 9);
	request.admin = BT_ADMIN_UP;
	CHECK_INT(bt_message_link(&request, &both, NULL), -EINVAL);
	CHECK(!both);
	request.set_controller = false;
	CHECK_INT(bt_message_link(&request, &up, NULL), 0);
	header = nlmsg_data(bt_message_header(up));
	CHECK_INT(header->ifi_change, IFF_UP);
	CHECK_INT(header->ifi_flags, IFF_UP);
	CHECK(!FIND(up, struct ifinfomsg, IFLA_MASTER));
}

static void test_link_requests_that_make_no_sense(void)
{
	struct bt_values options = {0};
	const struct bt_link_request requests[] = {
		{.create = true, .kind = "bond"},
		{.create = true, .name = "bond0"},
		{.ifindex = 3, .options = &options},
		{.ifindex = 3, .mac = "nonsense"},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(requests); i++) {
		struct nl_msg *message = NULL;

		CHECK_INT(bt_message_link(&requests[i], &message, NULL), -EINVAL);
		CHECK(!message);
	}
}

static void test_vlan(void)
{
	struct bt_vlan_map map = {.from = 1, .to = 5};
	struct bt_vlan vlan = {.id = 100,
			       .protocol = 0x88a8,
			       .flags = VLAN_FLAG_REORDER_HDR,
			       .mask = VLAN_FLAG_REORDER_HDR | VLAN_FLAG_GVRP,
			       .egress = &map,
			       .n_egress = 1};
	struct bt_link_request request = {
		.create = true, .name = "bond0.100", .kind = "vlan", .parent = 9, .vlan = &vlan};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	struct ifla_vlan_flags *flags;

	CHECK_INT(bt_message_link(&request, &message, NULL), 0);
	CHECK_INT(nla_get_u32(FIND(message, struct ifinfomsg, IFLA_LINK)), 9);
	CHECK_INT(nla_get_u16(FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA,
				   IFLA_VLAN_ID)),
		  100);
	CHECK_MEM(nla_data(FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA,
				IFLA_VLAN_PROTOCOL)),
		  "\x88\xa8", 2);
	flags = nla_data(
		FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA, IFLA_VLAN_FLAGS));
	CHECK_INT(flags->flags, VLAN_FLAG_REORDER_HDR);
	CHECK_INT(flags->mask, VLAN_FLAG_REORDER_HDR | VLAN_FLAG_GVRP);
	CHECK_MEM(nla_data(FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA,
				IFLA_VLAN_EGRESS_QOS, IFLA_VLAN_QOS_MAPPING)),
		  "\1\0\0\0\5\0\0\0", 8);
	CHECK(!FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA,
		    IFLA_VLAN_INGRESS_QOS));
}

static void test_refused_option_is_found(void)
{
	struct bt_values options = {0};
	struct bt_link_request request = {.ifindex = 3, .kind = "bond", .options = &options};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;
	struct nlattr *attribute;
	struct bt_ack ack = {.error = -EINVAL};

	set(&options, "mode", "802.3ad");
	set(&options, "lacp_rate", "fast");
	CHECK_INT(bt_message_link(&request, &message, NULL), 0);
	CHECK(!bt_ack_option(message, &ack));
	attribute = FIND(message, struct ifinfomsg, IFLA_LINKINFO, IFLA_INFO_DATA,
			 IFLA_BOND_AD_LACP_RATE);
	ack.offset = (size_t)((char *)attribute - (char *)bt_message_header(message));
	CHECK(bt_ack_option(message, &ack) == &bt_options[BT_OPT_LACP_RATE]);
	ack.offset = 100000;
	CHECK(!bt_ack_option(message, &ack));
	bt_values_release(&options);
}

static void test_addresses(void)
{
	struct bt_address_details details = {.flags = IFA_F_NODAD, .priority = 300};
	BT_AUTOMESSAGE struct nl_msg *add = NULL;
	BT_AUTOMESSAGE struct nl_msg *remove = NULL;
	struct nl_msg *bad = NULL;
	struct ifaddrmsg *header;

	CHECK_INT(bt_message_address(BT_ADD, 4, "10.1.2.3/20", NULL, &add), 0);
	header = nlmsg_data(bt_message_header(add));
	CHECK_INT(bt_message_header(add)->nlmsg_type, RTM_NEWADDR);
	CHECK_INT(header->ifa_family, AF_INET);
	CHECK_INT(header->ifa_prefixlen, 20);
	CHECK_INT(header->ifa_index, 4);
	CHECK_MEM(nla_data(FIND(add, struct ifaddrmsg, IFA_LOCAL)), "\x0a\1\2\3", 4);
	CHECK_MEM(nla_data(FIND(add, struct ifaddrmsg, IFA_BROADCAST)), "\x0a\1\x0f\xff", 4);

	CHECK_INT(bt_message_address(BT_REMOVE, 4, "fe80::1/64", &details, &remove), 0);
	CHECK_INT(bt_message_header(remove)->nlmsg_type, RTM_DELADDR);
	CHECK_INT(nla_len(FIND(remove, struct ifaddrmsg, IFA_LOCAL)), 16);
	CHECK(!FIND(remove, struct ifaddrmsg, IFA_FLAGS));
	CHECK_INT(bt_message_address(BT_ADD, 4, "10.0.0.1/33", NULL, &bad), -EINVAL);
	CHECK_INT(bt_message_address(BT_ADD, 4, "10.0.0/8", NULL, &bad), -EINVAL);
	CHECK(!bad);
}

static void test_address_details(void)
{
	struct bt_address_details details = {.flags = IFA_F_NODAD,
					     .priority = 300,
					     .label = "bond0:1",
					     .peer = "10.9.9.9/32"};
	BT_AUTOMESSAGE struct nl_msg *message = NULL;

	CHECK_INT(bt_message_address(BT_REPLACE, 4, "10.0.0.1/32", &details, &message), 0);
	CHECK_INT(bt_message_header(message)->nlmsg_flags,
		  NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE);
	CHECK_INT(nla_get_u32(FIND(message, struct ifaddrmsg, IFA_FLAGS)), IFA_F_NODAD);
	CHECK_INT(nla_get_u32(FIND(message, struct ifaddrmsg, IFA_RT_PRIORITY)), 300);
	CHECK_STR(nla_get_string(FIND(message, struct ifaddrmsg, IFA_LABEL)), "bond0:1");
	CHECK_MEM(nla_data(FIND(message, struct ifaddrmsg, IFA_ADDRESS)), "\x0a\x09\x09\x09", 4);
	CHECK(!FIND(message, struct ifaddrmsg, IFA_BROADCAST));
}

static struct nl_msg *route_message(enum bt_verb verb, int family, const char *text,
				    uint32_t table, int64_t metric)
{
	BT_AUTOROUTE struct bt_route route = {0};
	struct nl_msg *message = NULL;
	const char *bad = "untouched";

	CHECK_INT(bt_route_parse(family, text, &route), 0);
	CHECK_INT(bt_message_route(verb, family, 4, &route, table, metric, 0, &message, &bad), 0);
	CHECK(!bad);
	return message;
}

static void test_default_route(void)
{
	BT_AUTOMESSAGE struct nl_msg *message =
		route_message(BT_ADD, AF_INET, "0.0.0.0/0 10.0.0.254", 0, -1);
	struct rtmsg *header = nlmsg_data(bt_message_header(message));

	CHECK_INT(header->rtm_dst_len, 0);
	CHECK_INT(header->rtm_table, RT_TABLE_MAIN);
	CHECK_INT(header->rtm_protocol, RTPROT_STATIC);
	CHECK_INT(header->rtm_scope, RT_SCOPE_UNIVERSE);
	CHECK_INT(header->rtm_type, RTN_UNICAST);
	CHECK_MEM(nla_data(FIND(message, struct rtmsg, RTA_GATEWAY)), "\x0a\0\0\xfe", 4);
	CHECK_INT(nla_get_u32(FIND(message, struct rtmsg, RTA_OIF)), 4);
	CHECK(!FIND(message, struct rtmsg, RTA_PRIORITY));
	CHECK(!FIND(message, struct rtmsg, RTA_DST));
}

static void test_route_with_attributes(void)
{
	BT_AUTOMESSAGE struct nl_msg *message = route_message(
		BT_ADD, AF_INET,
		"10.1.0.0/16 50 onlink=true mtu=1400 lock-mtu=true src=10.0.0.1 tos=8", 1000, 20);
	struct rtmsg *header = nlmsg_data(bt_message_header(message));

	CHECK_INT(header->rtm_dst_len, 16);
	CHECK_INT(header->rtm_table, RT_TABLE_UNSPEC);
	CHECK_INT(header->rtm_scope, RT_SCOPE_LINK);
	CHECK_INT(header->rtm_flags, RTNH_F_ONLINK);
	CHECK_INT(header->rtm_tos, 8);
	CHECK_INT(nla_get_u32(FIND(message, struct rtmsg, RTA_TABLE)), 1000);
	CHECK_INT(nla_get_u32(FIND(message, struct rtmsg, RTA_PRIORITY)), 50);
	CHECK_INT(nla_get_u32(FIND(message, struct rtmsg, RTA_METRICS, RTAX_MTU)), 1400);
	CHECK_INT(nla_get_u32(FIND(message, struct rtmsg, RTA_METRICS, RTAX_LOCK)), 1 << RTAX_MTU);
	CHECK_MEM(nla_data(FIND(message, struct rtmsg, RTA_PREFSRC)), "\x0a\0\0\1", 4);
}

static void test_blackhole_leaves_by_no_link(void)
{
	BT_AUTOMESSAGE struct nl_msg *message =
		route_message(BT_ADD, AF_INET6, "2001:db8::/32 type=blackhole table=77", 0, 1024);
	struct rtmsg *header = nlmsg_data(bt_message_header(message));

	CHECK_INT(header->rtm_type, RTN_BLACKHOLE);
	CHECK_INT(header->rtm_table, 77);
	CHECK(!FIND(message, struct rtmsg, RTA_OIF));
	CHECK_INT(nla_get_u32(FIND(message, struct rtmsg, RTA_PRIORITY)), 1024);
}

static void test_removed_route_matches_any_maker(void)
{
	BT_AUTOMESSAGE struct nl_msg *message =
		route_message(BT_REMOVE, AF_INET, "10.1.0.0/16", 0, -1);
	struct rtmsg *header = nlmsg_data(bt_message_header(message));

	CHECK_INT(bt_message_header(message)->nlmsg_type, RTM_DELROUTE);
	CHECK_INT(header->rtm_scope, RT_SCOPE_NOWHERE);
	CHECK_INT(header->rtm_protocol, RTPROT_UNSPEC);
}

static void test_bad_route_attribute_is_named(void)
{
	static const char *const texts[] = {
		"10.1.0.0/16 mtu=much",	 "10.1.0.0/16 weight=3",      "10.1.0.0/16 src=fe80::1",
		"10.1.0.0/16 tos=256",	 "10.1.0.0/16 type=somewhere",
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(texts); i++) {
		BT_AUTOROUTE struct bt_route route = {0};
		struct nl_msg *message = NULL;
		const char *bad = NULL;

		CHECK_INT(bt_route_parse(AF_INET, texts[i], &route), 0);
		CHECK_INT(bt_message_route(BT_ADD, AF_INET, 4, &route, 0, -1, 0, &message, &bad),
			  -EINVAL);
		CHECK_STR(bad, strchr(texts[i], ' ') + 1);
		CHECK(!message);
	}
}

TESTS(TEST(test_each_encoding_has_its_bytes), TEST(test_every_option_comes_back),
      TEST(test_empty_list_is_sent_empty), TEST(test_value_too_big_is_refused),
      TEST(test_wrong_lengths_are_refused), TEST(test_bond_is_made_by_one_message),
      TEST(test_port_options), TEST(test_joining_and_flags_are_two_messages),
      TEST(test_link_requests_that_make_no_sense), TEST(test_vlan),
      TEST(test_refused_option_is_found), TEST(test_addresses), TEST(test_address_details),
      TEST(test_default_route), TEST(test_route_with_attributes),
      TEST(test_blackhole_leaves_by_no_link), TEST(test_removed_route_matches_any_maker),
      TEST(test_bad_route_attribute_is_named))
