/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The context's transport, and one request over it. */
#include "wire/transport.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>

#include "wire/message.h"

void bt_ack_release(struct bt_ack *ack)
{
	free(ack->text);
	*ack = (struct bt_ack){0};
}

const char *bt_ack_explain(const struct bt_ack *ack)
{
	return ack->text ? ack->text : strerror(-ack->error);
}

static void release(struct bt_transport *transport)
{
	transport->release(transport);
}

void bt_transport_set(struct bondtool *bt, struct bt_transport *transport)
{
	if (bt->transport)
		bt->transport_release(bt->transport);
	bt->transport = transport;
	bt->transport_release = release;
}

int bt_transport_get(struct bondtool *bt, struct bt_transport **ret_transport)
{
	struct bt_transport *kernel;
	int r;

	if (!bt->transport) {
		r = bt_transport_kernel(&kernel);
		if (r < 0)
			return r;
		bt_transport_set(bt, kernel);
	}
	*ret_transport = bt->transport;
	return 0;
}

int bt_request(struct bondtool *bt, struct nl_msg *message, struct bt_ack *ret_ack)
{
	struct bt_transport *transport;
	int r = bt_transport_get(bt, &transport);

	if (r < 0)
		return r;
	return transport->exchange(transport, NETLINK_ROUTE, bt_message_header(message), NULL,
				   NULL, ret_ack);
}
