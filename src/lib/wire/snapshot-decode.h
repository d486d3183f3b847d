/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From the kernel's messages to the parts of a snapshot. Nothing here asks for anything: whatever a
 * message holds, truncated or newer than we are, ends in the snapshot or is passed over.
 */
#ifndef BT_WIRE_SNAPSHOT_DECODE_H
#define BT_WIRE_SNAPSHOT_DECODE_H

#include <sys/socket.h>

#include "wire/snapshot.h"

/* Takes LINK over, even on error; bt_snapshot_index() comes after the last one. 0 or -ENOMEM. */
int bt_snapshot_add(struct bondtool_snapshot *snapshot, struct bt_link *link);
/* Orders the links and makes them findable by name and by index. 0 or -ENOMEM. */
int bt_snapshot_index(struct bondtool_snapshot *snapshot);
/* Forgets all links. */
void bt_snapshot_clear(struct bondtool_snapshot *snapshot);

void bt_link_free(struct bt_link *link);
/* What bondtool_link_info() has made of the link. */
void bt_link_texts_free(struct bt_link_texts *texts);
/* A port of which nothing is known yet; NULL without memory. */
struct bt_port *bt_port_new(void);
/* Forgets the addresses, or the routes of one family (AF_UNSPEC: of both). */
void bt_link_clear_addresses(struct bt_link *link);
void bt_link_clear_routes(struct bt_link *link, int family);

/*
 * Decodes an RTM_NEWLINK. Options that name an interface hold its index as a
 * number until bt_snapshot_name_interfaces() is called. Returns 0, -EBADMSG when it is no such
 * message, -ENOMEM.
 */
int bt_decode_link(const struct nlmsghdr *message, struct bt_link **ret_link);

/* Names the interfaces in the options of all bonds, once all links are there. 0 or -ENOMEM. */
int bt_snapshot_name_interfaces(struct bondtool_snapshot *snapshot);

/* Adds what an RTM_NEWADDR or RTM_NEWROUTE tells to the link it is about. 0 or -ENOMEM. */
int bt_decode_address(struct bondtool_snapshot *snapshot, const struct nlmsghdr *message);
int bt_decode_route(struct bondtool_snapshot *snapshot, const struct nlmsghdr *message);

#endif
