/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hardware addresses of any length: bytes and their text. */
#ifndef BT_WIRE_MAC_H
#define BT_WIRE_MAC_H

#include <stdbool.h>
#include <stddef.h>

enum { BT_MAC_MAX = 32 }; /* bytes: MAX_ADDR_LEN of the kernel */

/* A hardware address: 6 bytes for Ethernet, 20 for InfiniBand; length 0: none. */
struct bt_mac {
	unsigned char bytes[BT_MAC_MAX];
	size_t length;
};

/* The address of LENGTH bytes; what is too long to be one becomes none. */
struct bt_mac bt_mac_of(const void *bytes, size_t length);
/* Reads "aa:bb:cc:dd:ee:ff", of any length. 0 or -EINVAL. */
int bt_mac_parse(const char *text, struct bt_mac *ret_mac);
/* The address in lower case with colons, "" for none, in a new string; NULL without memory. */
char *bt_mac_text(const struct bt_mac *mac);
bool bt_mac_equal(const struct bt_mac *a, const struct bt_mac *b);

#endif
