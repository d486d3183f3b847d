/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The message builder of wire/builder.h, on libnl's attribute functions. */
#include "wire/builder.h"

#include <errno.h>
#include <string.h>

void bt_build_fail(struct bt_builder *builder, int error)
{
	if (!builder->error)
		builder->error = error;
}

void bt_build_start(struct bt_builder *builder, int type, int flags, const void *header,
		    size_t size)
{
	*builder = (struct bt_builder){.message = nlmsg_alloc_simple(type, NLM_F_REQUEST | flags)};
	if (!builder->message)
		bt_build_fail(builder, -ENOMEM);
	else if (nlmsg_append(builder->message, (void *)(uintptr_t)header, size, NLMSG_ALIGNTO) < 0)
		bt_build_fail(builder, -EMSGSIZE);
}

void bt_build_put(struct bt_builder *builder, int attribute, const void *data, size_t size)
{
	if (!builder->error && nla_put(builder->message, attribute, (int)size, data) < 0)
		bt_build_fail(builder, -EMSGSIZE);
}

void bt_build_u8(struct bt_builder *builder, int attribute, uint8_t number)
{
	bt_build_put(builder, attribute, &number, sizeof(number));
}

void bt_build_u16(struct bt_builder *builder, int attribute, uint16_t number)
{
	bt_build_put(builder, attribute, &number, sizeof(number));
}

void bt_build_u32(struct bt_builder *builder, int attribute, uint32_t number)
{
	bt_build_put(builder, attribute, &number, sizeof(number));
}

void bt_build_string(struct bt_builder *builder, int attribute, const char *string)
{
	bt_build_put(builder, attribute, string, strlen(string) + 1);
}

struct nlattr *bt_build_nest(struct bt_builder *builder, int attribute)
{
	struct nlattr *nest =
		builder->error ? NULL : nla_nest_start(builder->message, attribute);

	if (!nest)
		bt_build_fail(builder, -EMSGSIZE);
	return nest;
}

void bt_build_end(struct bt_builder *builder, struct nlattr *nest)
{
	if (!builder->error)
		nla_nest_end_keep_empty(builder->message, nest);
}

int bt_build_take(struct bt_builder *builder, struct nl_msg **ret_message)
{
	if (builder->error)
		bt_message_free(builder->message);
	else
		*ret_message = builder->message;
	builder->message = NULL;
	return builder->error;
}
