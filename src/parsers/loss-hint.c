/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Ways around what a format has no place for, by means that do not belong to the format's tool. */
#include <inttypes.h>

#include "base/text.h"
#include "parsers/loss.h"

/* sysctl(8) keeps the dots of names apart from its own by a slash. */
static char *sysctl(const char *interface, const char *name, int64_t value)
{
	BT_AUTOTEXT struct bt_text hint = {0};

	bt_text_add(&hint, "in a file of /etc/sysctl.d: net.ipv6.conf.");
	for (; *interface; interface++)
		bt_text_add_char(&hint, *interface == '.' ? '/' : *interface);
	bt_text_addf(&hint, ".%s = %" PRId64, name, value);
	return bt_text_take(&hint);
}

char *bt_loss_hint(const struct bondtool_profile *profile, enum bt_property_id property)
{
	const char *interface = bt_profile_text(profile, BT_PROP_INTERFACE_NAME);
	const char *text = bt_profile_text(profile, property);

	if (!interface)
		return NULL;
	switch (property) {
	case BT_PROP_MAC_ADDRESS:
		return bt_format("a .link file keeps it: [Match] PermanentMACAddress=%s, "
				 "[Link] Name=%s", text, interface);
	case BT_PROP_ZONE:
		return bt_format("firewall-cmd --permanent --zone=%s --add-interface=%s", text,
				 interface);
	case BT_PROP_IPV6_METHOD:
		return bt_equal(text, "disabled") ? sysctl(interface, "disable_ipv6", 1) : NULL;
	case BT_PROP_IPV6_PRIVACY:
		return sysctl(interface, "use_tempaddr", bt_profile_number(profile, property));
	default:
		return NULL;
	}
}
