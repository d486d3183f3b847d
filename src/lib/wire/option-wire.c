/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Options on the wire. Each kind of encoding is written and read here once; no option is named.
 */
#include "wire/option-wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { MAC_SIZE = 6 };

/* Puts the lowest SIZE bytes of a number that must lie within minimum..maximum. */
static void put_number(struct bt_builder *builder, const struct bt_option *option, int64_t number)
{
	static const int64_t maxima[] = {
		[BT_WIRE_U8] = UINT8_MAX,
		[BT_WIRE_U16] = UINT16_MAX,
		[BT_WIRE_U32] = UINT32_MAX,
		[BT_WIRE_S32] = INT32_MAX,
	};
	int64_t minimum = option->wire == BT_WIRE_S32 ? INT32_MIN : 0;

	if (number < minimum || number > maxima[option->wire])
		bt_build_fail(builder, -EINVAL);
	else if (option->wire == BT_WIRE_U8)
		bt_build_u8(builder, option->attribute, (uint8_t)number);
	else if (option->wire == BT_WIRE_U16)
		bt_build_u16(builder, option->attribute, (uint16_t)number);
	else
		bt_build_u32(builder, option->attribute, (uint32_t)number);
}

/* An empty name clears the option, which index 0 does. */
static bool put_ifindex(struct bt_builder *builder, const struct bt_option *option,
			const char *name, const struct bt_resolver *resolver)
{
	int ifindex = 0;

	if (name && *name) {
		ifindex = resolver ? resolver->ifindex(resolver->data, name) : 0;
		if (ifindex <= 0)
			return false;
	}
	bt_build_u32(builder, option->attribute, (uint32_t)ifindex);
	return true;
}

static void put_mac(struct bt_builder *builder, int attribute, const char *text)
{
	unsigned char mac[MAC_SIZE];
	int end = -1;

	if (!text || sscanf(text, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%n", &mac[0], &mac[1],
			    &mac[2], &mac[3], &mac[4], &mac[5], &end) != MAC_SIZE ||
	    end < 0 || text[end])
		bt_build_fail(builder, -EINVAL);
	else
		bt_build_put(builder, attribute, mac, sizeof(mac));
}

/* A list replaces the one that the bond has; an empty one clears it. */
static void put_addresses(struct bt_builder *builder, int attribute, int family,
			  const struct bt_value *value)
{
	struct nlattr *nest = bt_build_nest(builder, attribute);
	size_t size = family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);

	for (size_t i = 0; i < value->n_items; i++) {
		unsigned char address[sizeof(struct in6_addr)];

		if (inet_pton(family, value->items[i].text, address) != 1)
			bt_build_fail(builder, -EINVAL);
		else
			bt_build_put(builder, (int)i, address, size);
	}
	bt_build_end(builder, nest);
}

bool bt_option_put(struct bt_builder *builder, const struct bt_value *value,
		   const struct bt_resolver *resolver)
{
	const struct bt_option *option = &bt_options[value->id];

	switch (option->wire) {
	case BT_WIRE_U8:
	case BT_WIRE_U16:
	case BT_WIRE_U32:
	case BT_WIRE_S32:
		put_number(builder, option, value->number);
		return true;
	case BT_WIRE_IFINDEX:
		return put_ifindex(builder, option, value->text, resolver);
	case BT_WIRE_MAC:
		put_mac(builder, option->attribute, value->text);
		return true;
	case BT_WIRE_IP4S:
		put_addresses(builder, option->attribute, AF_INET, value);
		return true;
	case BT_WIRE_IP6S:
		put_addresses(builder, option->attribute, AF_INET6, value);
		return true;
	}
	return false;
}

/* Sets the text of VALUE from a new string; -ENOMEM when there is none. */
static int take_text(struct bt_value *value, char *text)
{
	value->text = text;
	return text ? 0 : -ENOMEM;
}

char *bt_interface_name(int ifindex, const struct bt_namer *namer)
{
	const char *name = ifindex ? namer->name(namer->data, ifindex) : "";

	return name ? strdup(name) : bt_format("if%d", ifindex);
}

/* Without a namer the number holds the index. */
static int get_interface(int ifindex, const struct bt_namer *namer, struct bt_value *value)
{
	if (namer)
		return take_text(value, bt_interface_name(ifindex, namer));
	value->number = ifindex;
	return 0;
}

static int get_mac(const unsigned char *mac, struct bt_value *value)
{
	return take_text(value, bt_format("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
					  mac[3], mac[4], mac[5]));
}

static int get_addresses(const struct nlattr *nest, int family, struct bt_value *value)
{
	size_t size = family == AF_INET ? sizeof(struct in_addr) : sizeof(struct in6_addr);
	struct nlattr *item;
	int rest;

	nla_for_each_nested(item, nest, rest) {
		char text[INET6_ADDRSTRLEN];

		if ((size_t)nla_len(item) != size)
			return -EINVAL;
		inet_ntop(family, nla_data(item), text, sizeof(text));
		if (bt_value_append(value, strdup(text), NULL) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* How long an attribute of each kind is; -1: any length. */
static const int wire_sizes[] = {
	[BT_WIRE_U8] = sizeof(uint8_t),	  [BT_WIRE_U16] = sizeof(uint16_t),
	[BT_WIRE_U32] = sizeof(uint32_t), [BT_WIRE_S32] = sizeof(int32_t),
	[BT_WIRE_IFINDEX] = sizeof(uint32_t), [BT_WIRE_MAC] = MAC_SIZE,
	[BT_WIRE_IP4S] = -1,		  [BT_WIRE_IP6S] = -1,
};

static int get(const struct bt_option *option, const struct nlattr *attribute,
	       const struct bt_namer *namer, struct bt_value *value)
{
	switch (option->wire) {
	case BT_WIRE_U8:
		value->number = nla_get_u8(attribute);
		return 0;
	case BT_WIRE_U16:
		value->number = nla_get_u16(attribute);
		return 0;
	case BT_WIRE_U32:
		value->number = nla_get_u32(attribute);
		return 0;
	case BT_WIRE_S32:
		value->number = nla_get_s32(attribute);
		return 0;
	case BT_WIRE_IFINDEX:
		return get_interface((int)nla_get_u32(attribute), namer, value);
	case BT_WIRE_MAC:
		return get_mac(nla_data(attribute), value);
	case BT_WIRE_IP4S:
		return get_addresses(attribute, AF_INET, value);
	case BT_WIRE_IP6S:
		return get_addresses(attribute, AF_INET6, value);
	}
	return -EINVAL;
}

int bt_option_get(const struct bt_option *option, const struct nlattr *attribute,
		  const struct bt_namer *namer, struct bt_value *ret_value)
{
	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option)};
	int size = wire_sizes[option->wire];
	int r;

	if (size >= 0 && nla_len(attribute) != size)
		return -EINVAL;
	r = get(option, attribute, namer, &value);
	if (r < 0)
		return r;
	*ret_value = value;
	value = (struct bt_value){0};
	return 0;
}

const struct bt_option *bt_option_of_attribute(unsigned attribute, bool port)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (bt_options[i].attribute == attribute &&
		    !!(bt_options[i].flags & BT_OPTION_PORT) == port)
			return &bt_options[i];
	return NULL;
}
