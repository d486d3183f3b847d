/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hardware addresses; see wire/mac.h. */
#include "wire/mac.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct bt_mac bt_mac_of(const void *bytes, size_t length)
{
	struct bt_mac mac = {.length = length <= BT_MAC_MAX ? length : 0};

	if (mac.length)
		memcpy(mac.bytes, bytes, mac.length);
	return mac;
}

int bt_mac_parse(const char *text, struct bt_mac *ret_mac)
{
	struct bt_mac mac = {0};

	for (;; text++) {
		if (mac.length == BT_MAC_MAX || !isxdigit((unsigned char)text[0]) ||
		    !isxdigit((unsigned char)text[1]))
			return -EINVAL;
		sscanf(text, "%2hhx", &mac.bytes[mac.length++]);
		text += 2;
		if (!*text)
			break;
		if (*text != ':')
			return -EINVAL;
	}
	*ret_mac = mac;
	return 0;
}

char *bt_mac_text(const struct bt_mac *mac)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < mac->length; i++)
		bt_text_addf(&text, "%s%02x", i ? ":" : "", mac->bytes[i]);
	return bt_text_take(&text);
}

bool bt_mac_equal(const struct bt_mac *a, const struct bt_mac *b)
{
	return a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}
