/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The formats of /etc/network/interfaces, one for each tool that reads it. */
#ifndef BT_PARSERS_INTERFACES_H
#define BT_PARSERS_INTERFACES_H

#include "parsers/format.h"

extern const struct bt_format bt_format_interfaces;  /* Debian: ifupdown with ifenslave */
extern const struct bt_format bt_format_ifupdown2;   /* Cumulus Linux, Proxmox */
extern const struct bt_format bt_format_ifupdown_ng; /* Alpine */

#endif
