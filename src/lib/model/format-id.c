/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The names of the formats. */
#include "model/format-id.h"

#include <string.h>

static const char *const names[BT_FORMAT_COUNT] = {
	[BT_FORMAT_IFCFG] = "ifcfg",
	[BT_FORMAT_IFCFG_SUSE] = "ifcfg-suse",
	[BT_FORMAT_INTERFACES] = "interfaces",
	[BT_FORMAT_IFUPDOWN2] = "ifupdown2",
	[BT_FORMAT_IFUPDOWN_NG] = "ifupdown-ng",
	[BT_FORMAT_NETPLAN] = "netplan",
	[BT_FORMAT_NMSTATE] = "nmstate",
	[BT_FORMAT_KEYFILE] = "keyfile",
	[BT_FORMAT_NETWORKD] = "networkd",
	[BT_FORMAT_MODPROBE] = "modprobe",
	[BT_FORMAT_CMDLINE] = "cmdline",
	[BT_FORMAT_CLOUD_INIT] = "cloud-init",
	[BT_FORMAT_TEAM] = "team",
	[BT_FORMAT_YAML] = "yaml",
	[BT_FORMAT_JSON] = "json",
	[BT_FORMAT_IPROUTE2] = "iproute2",
	[BT_FORMAT_SYSFS] = "sysfs",
};

const char *bt_format_name(enum bt_format_id format)
{
	return names[format];
}

int bt_format_id(const char *name)
{
	for (int i = 0; i < BT_FORMAT_COUNT; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}
