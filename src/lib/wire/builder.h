/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Writing a netlink message attribute by attribute. As with struct bt_text the first failure
 * sticks: put everything in, look once at the end with bt_build_take().
 */
#ifndef BT_WIRE_BUILDER_H
#define BT_WIRE_BUILDER_H

#include <netlink/attr.h>
#include <netlink/msg.h>

#include "wire/message.h"

struct bt_builder {
	struct nl_msg *message; /* owned */
	int error;		/* 0, -ENOMEM, -EMSGSIZE, or what a caller put in with "fail" */
};

/* Begins a message of TYPE (RTM_*) with NLM_F_REQUEST | FLAGS and its fixed HEADER. */
void bt_build_start(struct bt_builder *builder, int type, int flags, const void *header,
		    size_t size);
void bt_build_fail(struct bt_builder *builder, int error);
void bt_build_put(struct bt_builder *builder, int attribute, const void *data, size_t size);
void bt_build_u8(struct bt_builder *builder, int attribute, uint8_t number);
void bt_build_u16(struct bt_builder *builder, int attribute, uint16_t number);
void bt_build_u32(struct bt_builder *builder, int attribute, uint32_t number);
void bt_build_string(struct bt_builder *builder, int attribute, const char *string);
/* Begins a nest; what is put next goes into it. Ended by bt_build_end(), kept even if empty. */
struct nlattr *bt_build_nest(struct bt_builder *builder, int attribute);
void bt_build_end(struct bt_builder *builder, struct nlattr *nest);

/* Ends the building: hands the message over, or frees it and returns the first error. */
int bt_build_take(struct bt_builder *builder, struct nl_msg **ret_message);

#endif
