/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The running kernel as a transport: its two halves, netlink sockets and files. */
#ifndef BT_WIRE_KERNEL_H
#define BT_WIRE_KERNEL_H

#include <sys/utsname.h>

#include "wire/transport.h"

struct nl_sock;

struct bt_kernel {
	struct bt_transport transport; /* first: a transport is cast back to this */
	struct nl_sock *route, *generic; /* NULL until first used */
	struct utsname system;
};

/* The transport's functions, which see. */
int bt_kernel_exchange(struct bt_transport *transport, int protocol, struct nlmsghdr *message,
		       bt_reply_function *on_reply, void *data, struct bt_ack *ret_ack);
int bt_kernel_sysfs_read(struct bt_transport *transport, const char *path,
			 struct bt_text *ret_text);
int bt_kernel_sysfs_write(struct bt_transport *transport, const char *path, const char *text);
int bt_kernel_proc_read(struct bt_transport *transport, const char *bond,
			struct bt_text *ret_text);
int bt_kernel_ipv6_switch(struct bt_transport *transport, const char *interface, bool on);
bool bt_kernel_driver_loaded(struct bt_transport *transport);
bool bt_kernel_driver_present(struct bt_transport *transport);
int bt_kernel_driver_load(struct bt_transport *transport);

#endif
