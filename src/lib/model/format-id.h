/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The formats in which bonds are described: ids for the tables; the parsers are in src/parsers. */
#ifndef BT_MODEL_FORMAT_ID_H
#define BT_MODEL_FORMAT_ID_H

enum bt_format_id {
	BT_FORMAT_IFCFG,       /* Red Hat */
	BT_FORMAT_IFCFG_SUSE,  /* SUSE, wicked */
	BT_FORMAT_INTERFACES,  /* Debian, ifupdown with ifenslave */
	BT_FORMAT_IFUPDOWN2,
	BT_FORMAT_IFUPDOWN_NG,
	BT_FORMAT_NETPLAN,
	BT_FORMAT_NMSTATE,
	BT_FORMAT_KEYFILE,     /* NetworkManager */
	BT_FORMAT_NETWORKD,    /* systemd-networkd */
	BT_FORMAT_MODPROBE,
	BT_FORMAT_CMDLINE,     /* dracut's bond= on the kernel's command line */
	BT_FORMAT_CLOUD_INIT,
	BT_FORMAT_TEAM,
	BT_FORMAT_YAML,	       /* our own */
	BT_FORMAT_JSON,	       /* our own */
	BT_FORMAT_IPROUTE2,    /* commands of ip-link(8) */
	BT_FORMAT_SYSFS,       /* commands that write to sysfs */
	BT_FORMAT_COUNT
};

#define BT_FORMAT_BIT(format) (1U << (format))

/* The format's name, as in --from and --to: "ifcfg-suse". */
const char *bt_format_name(enum bt_format_id format);
/* The id of the format with this name, or -1. */
int bt_format_id(const char *name);

#endif
