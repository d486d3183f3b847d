/* SPDX-License-Identifier: GPL-2.0-or-later */
/* See raw-link.h. */
#include "raw-link.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static _Noreturn void die(const char *what)
{
	fprintf(stderr, "raw-link: %s: %s\n", what, strerror(errno));
	exit(2);
}

int raw_open(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	int one = 1;

	if (fd < 0 || setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one)) < 0)
		die("netlink");
	return fd;
}

void raw_begin(struct raw_message *message, uint16_t type, uint16_t flags, int index)
{
	struct ifinfomsg *info = NLMSG_DATA(&message->header);

	memset(message, 0, NLMSG_SPACE(sizeof(*info)));
	message->header.nlmsg_len = NLMSG_SPACE(sizeof(*info));
	message->header.nlmsg_type = type;
	message->header.nlmsg_flags = NLM_F_REQUEST | flags;
	info->ifi_index = index;
}

size_t raw_put(struct raw_message *message, uint16_t type, const void *data, size_t length)
{
	size_t offset = message->header.nlmsg_len;
	struct nlattr *attribute = (struct nlattr *)(void *)(message->bytes + offset);

	if (offset + NLA_HDRLEN + NLA_ALIGN(length) > sizeof(message->bytes)) {
		errno = EMSGSIZE;
		die("message");
	}
	memset(attribute, 0, NLA_HDRLEN + NLA_ALIGN(length));
	attribute->nla_len = (uint16_t)(NLA_HDRLEN + length);
	attribute->nla_type = type;
	if (length)
		memcpy((char *)attribute + NLA_HDRLEN, data, length);
	message->header.nlmsg_len += NLA_HDRLEN + NLA_ALIGN((uint32_t)length);
	return offset;
}

size_t raw_nest(struct raw_message *message, uint16_t type)
{
	return raw_put(message, type | NLA_F_NESTED, NULL, 0);
}

void raw_end(struct raw_message *message, size_t nest)
{
	struct nlattr *attribute = (struct nlattr *)(void *)(message->bytes + nest);

	attribute->nla_len = (uint16_t)(message->header.nlmsg_len - nest);
}

/* Reads the attributes behind an error message. */
static void read_extended(const struct nlmsghdr *header, size_t skip, struct raw_answer *answer)
{
	const char *end = (const char *)header + header->nlmsg_len;
	const char *at = (const char *)NLMSG_DATA(header) + skip;

	while (at + NLA_HDRLEN <= end) {
		const struct nlattr *attribute = (const void *)at;
		const char *data = at + NLA_HDRLEN;

		if (attribute->nla_len < NLA_HDRLEN)
			return;
		if (attribute->nla_type == NLMSGERR_ATTR_MSG)
			snprintf(answer->text, sizeof(answer->text), "%s", data);
		if (attribute->nla_type == NLMSGERR_ATTR_OFFS)
			answer->offset = *(const uint32_t *)(const void *)data;
		at += NLA_ALIGN(attribute->nla_len);
	}
}

struct raw_answer raw_send(int socket, struct raw_message *message)
{
	static uint32_t sequence;
	union {
		struct nlmsghdr header;
		char bytes[16384];
	} reply;
	const struct nlmsgerr *error = NLMSG_DATA(&reply.header);
	struct raw_answer answer = {0};
	size_t skip = sizeof(*error);

	message->header.nlmsg_seq = ++sequence;
	message->header.nlmsg_flags |= NLM_F_ACK;
	if (send(socket, message, message->header.nlmsg_len, 0) < 0)
		die("send");
	do {
		if (recv(socket, &reply, sizeof(reply), 0) < 0)
			die("receive");
	} while (reply.header.nlmsg_seq != sequence || reply.header.nlmsg_type != NLMSG_ERROR);
	answer.error = -error->error;
	if (!(reply.header.nlmsg_flags & NLM_F_CAPPED))
		skip += NLMSG_ALIGN(error->msg.nlmsg_len) - sizeof(error->msg);
	if (reply.header.nlmsg_flags & NLM_F_ACK_TLVS)
		read_extended(&reply.header, skip, &answer);
	return answer;
}

static void check(struct raw_answer answer, const char *what)
{
	if (!answer.error)
		return;
	errno = answer.error;
	die(what);
}

int raw_make(int socket, const char *kind, const char *name)
{
	struct raw_message message;
	size_t info;

	raw_begin(&message, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	raw_put(&message, IFLA_IFNAME, name, strlen(name) + 1);
	info = raw_nest(&message, IFLA_LINKINFO);
	raw_put(&message, IFLA_INFO_KIND, kind, strlen(kind) + 1);
	raw_end(&message, info);
	check(raw_send(socket, &message), name);
	return (int)if_nametoindex(name);
}

void raw_delete(int socket, int index)
{
	struct raw_message message;

	raw_begin(&message, RTM_DELLINK, 0, index);
	check(raw_send(socket, &message), "delete");
}

struct raw_answer raw_set_up(int socket, int index, bool up)
{
	struct raw_message message;
	struct ifinfomsg *info = NLMSG_DATA(&message.header);

	raw_begin(&message, RTM_NEWLINK, 0, index);
	info->ifi_flags = up ? IFF_UP : 0;
	info->ifi_change = IFF_UP;
	return raw_send(socket, &message);
}

struct raw_answer raw_set_controller(int socket, int index, int controller)
{
	struct raw_message message;

	raw_begin(&message, RTM_NEWLINK, 0, index);
	raw_put(&message, IFLA_MASTER, &controller, sizeof(controller));
	return raw_send(socket, &message);
}

/* The attribute TYPE among LENGTH bytes of attributes; NULL when it is not there. */
static const struct nlattr *find(const char *at, size_t length, uint16_t type)
{
	const char *end = at + length;

	while (at + NLA_HDRLEN <= end) {
		const struct nlattr *attribute = (const void *)at;

		if (attribute->nla_len < NLA_HDRLEN)
			return NULL;
		if ((attribute->nla_type & NLA_TYPE_MASK) == type)
			return attribute;
		at += NLA_ALIGN(attribute->nla_len);
	}
	return NULL;
}

static const struct nlattr *find_in(const struct nlattr *nest, uint16_t type)
{
	return nest ? find((const char *)nest + NLA_HDRLEN, nest->nla_len - NLA_HDRLEN, type)
		    : NULL;
}

bool raw_shows(int socket, int index, bool port, uint16_t type)
{
	struct raw_message message;
	union {
		struct nlmsghdr header;
		char bytes[32768];
	} reply;
	const struct nlattr *info;

	raw_begin(&message, RTM_GETLINK, 0, index);
	if (send(socket, &message, message.header.nlmsg_len, 0) < 0 ||
	    recv(socket, &reply, sizeof(reply), 0) < 0)
		die("get");
	if (reply.header.nlmsg_type != RTM_NEWLINK)
		return false;
	info = find((const char *)NLMSG_DATA(&reply.header) + NLMSG_ALIGN(sizeof(struct ifinfomsg)),
		    reply.header.nlmsg_len - NLMSG_SPACE(sizeof(struct ifinfomsg)), IFLA_LINKINFO);
	return find_in(find_in(info, port ? IFLA_INFO_SLAVE_DATA : IFLA_INFO_DATA), type);
}
