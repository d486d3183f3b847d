/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The running kernel over netlink: sockets, and one request with all of its answers. */
#include <errno.h>
#include <linux/netlink.h>
#include <netlink/attr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/socket.h>
#include <string.h>

#include "wire/kernel.h"

/*
 * Room for answers that the kernel sends faster than we read. A dump waits for its reader, so this
 * matters for bursts only; the kernel caps it at net.core.rmem_max.
 */
enum { RECEIVE_BYTES = 1 << 20 };
/* One read of a dump: the kernel fills what it gets, up to 32 KiB; more means fewer calls. */
enum { MESSAGE_BYTES = 32 << 10 };

/* What went wrong below libnl: the system call's errno, which the caller has cleared before. */
static int failure(int nl_error)
{
	if (errno)
		return -errno;
	return nl_error == -NLE_NOMEM ? -ENOMEM : -EIO;
}

/* Asks for what makes answers better; a kernel that knows less still works. */
static void set_option(struct nl_sock *sock, int option)
{
	int on = 1;

	(void)!setsockopt(nl_socket_get_fd(sock), SOL_NETLINK, option, &on, sizeof(on));
}

static int open_socket(int protocol, struct nl_sock **ret_sock)
{
	struct nl_sock *sock = nl_socket_alloc();
	int r;

	if (!sock)
		return -ENOMEM;
	errno = 0;
	r = nl_connect(sock, protocol);
	if (r < 0) {
		r = failure(r);
		nl_socket_free(sock);
		return r;
	}
	nl_socket_set_buffer_size(sock, RECEIVE_BYTES, 0);
	nl_socket_set_msg_buf_size(sock, MESSAGE_BYTES);
	set_option(sock, NETLINK_EXT_ACK);
	set_option(sock, NETLINK_CAP_ACK);
	set_option(sock, NETLINK_GET_STRICT_CHK);
	*ret_sock = sock;
	return 0;
}

static int socket_for(struct bt_kernel *kernel, int protocol, struct nl_sock **ret_sock)
{
	struct nl_sock **place = protocol == NETLINK_GENERIC ? &kernel->generic : &kernel->route;
	int r = *place ? 0 : open_socket(protocol, place);

	*ret_sock = *place;
	return r;
}

/* What one exchange has come to know. */
struct exchange {
	uint32_t sequence;
	bt_reply_function *on_reply;
	void *data;
	struct bt_ack ack;
	bool ended;
	bool interrupted; /* the dump does not show one moment */
	int error;	  /* of on_reply; the rest of the answer is still taken in */
};

/* The extended acknowledgement: attributes behind the error code and the (capped) request. */
static void read_words(struct exchange *exchange, const struct nlmsghdr *header, size_t fixed)
{
	struct nlattr *attributes = (struct nlattr *)((char *)nlmsg_data(header) + fixed);
	int length = (int)header->nlmsg_len - NLMSG_HDRLEN - (int)fixed;
	struct nlattr *text, *offset;

	if (!(header->nlmsg_flags & NLM_F_ACK_TLVS) || length <= 0)
		return;
	text = nla_find(attributes, length, NLMSGERR_ATTR_MSG);
	offset = nla_find(attributes, length, NLMSGERR_ATTR_OFFS);
	if (text && nla_len(text) > 0)
		exchange->ack.text = nla_strdup(text);
	if (offset && nla_len(offset) >= (int)sizeof(uint32_t))
		exchange->ack.offset = nla_get_u32(offset);
}

/* NLMSG_ERROR: the acknowledgement of a request, or its refusal. */
static void take_error(struct exchange *exchange, const struct nlmsghdr *header)
{
	const struct nlmsgerr *error = nlmsg_data(header);
	size_t fixed = sizeof(*error);

	exchange->ended = true;
	if (header->nlmsg_len < NLMSG_HDRLEN + sizeof(*error)) {
		exchange->ack.error = -EBADMSG;
		return;
	}
	exchange->ack.error = error->error;
	if (!(header->nlmsg_flags & NLM_F_CAPPED))
		fixed += NLMSG_ALIGN(error->msg.nlmsg_len - NLMSG_HDRLEN);
	read_words(exchange, header, fixed);
}

/* NLMSG_DONE: the end of a dump, with its result. */
static void take_done(struct exchange *exchange, const struct nlmsghdr *header)
{
	exchange->ended = true;
	if (header->nlmsg_len >= NLMSG_HDRLEN + sizeof(int)) {
		memcpy(&exchange->ack.error, nlmsg_data(header), sizeof(int));
		read_words(exchange, header, sizeof(int));
	}
}

static void take_message(struct exchange *exchange, const struct nlmsghdr *header)
{
	if (header->nlmsg_seq != exchange->sequence)
		return; /* left over from an exchange that was given up */
	if (header->nlmsg_flags & NLM_F_DUMP_INTR)
		exchange->interrupted = true;
	switch (header->nlmsg_type) {
	case NLMSG_NOOP:
		break;
	case NLMSG_ERROR:
		take_error(exchange, header);
		break;
	case NLMSG_DONE:
		take_done(exchange, header);
		break;
	case NLMSG_OVERRUN:
		exchange->ended = true;
		exchange->ack.error = -ENOBUFS;
		break;
	default:
		if (exchange->on_reply && !exchange->error)
			exchange->error = exchange->on_reply(header, exchange->data);
	}
}

/* Reads one packet of the socket and all messages in it. */
static int receive(struct nl_sock *sock, struct exchange *exchange)
{
	BT_AUTOFREE unsigned char *packet = NULL;
	struct sockaddr_nl from;
	struct nlmsghdr *header;
	int length;

	errno = 0;
	length = nl_recv(sock, &from, &packet, NULL);
	if (length <= 0)
		return failure(length);
	if (from.nl_pid)
		return 0; /* not from the kernel */
	for (header = (struct nlmsghdr *)packet; nlmsg_ok(header, length);
	     header = nlmsg_next(header, &length))
		take_message(exchange, header);
	return 0;
}

static int transmit(struct nl_sock *sock, struct nlmsghdr *message, struct exchange *exchange)
{
	int r;

	exchange->sequence = message->nlmsg_seq = nl_socket_use_seq(sock);
	message->nlmsg_pid = nl_socket_get_local_port(sock);
	errno = 0;
	r = nl_sendto(sock, message, message->nlmsg_len);
	return r < 0 ? failure(r) : 0;
}

int bt_kernel_exchange(struct bt_transport *transport, int protocol, struct nlmsghdr *message,
		       bt_reply_function *on_reply, void *data, struct bt_ack *ret_ack)
{
	struct exchange exchange = {.on_reply = on_reply, .data = data};
	struct nl_sock *sock;
	int r = socket_for((struct bt_kernel *)transport, protocol, &sock);

	if (r == 0)
		r = transmit(sock, message, &exchange);
	while (r == 0 && !exchange.ended)
		r = receive(sock, &exchange);
	if (r == 0)
		r = exchange.ack.error;
	if (r == 0)
		r = exchange.error;
	if (r == 0 && exchange.interrupted)
		r = -EINTR;
	if (ret_ack) {
		exchange.ack.error = r;
		*ret_ack = exchange.ack;
	} else {
		bt_ack_release(&exchange.ack);
	}
	return r;
}
