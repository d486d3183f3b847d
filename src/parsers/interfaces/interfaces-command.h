/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a command in "up", "post-up", "down" ... does, as far as it is of a simple form: a route, a
 * membership, an option written to sysfs. Anything with a shell's own characters is not understood.
 */
#ifndef BT_PARSERS_INTERFACES_COMMAND_H
#define BT_PARSERS_INTERFACES_COMMAND_H

#include "base/text.h"

enum bt_eni_effect {
	BT_ENI_UNKNOWN_EFFECT,
	BT_ENI_ADDS_ROUTE,
	BT_ENI_REMOVES_ROUTE,
	BT_ENI_ENSLAVES,    /* "ifenslave BOND PORT...", "ip link set PORT master BOND", sysfs */
	BT_ENI_RELEASES,
	BT_ENI_SETS_OPTION, /* "echo VALUE > /sys/class/net/BOND/bonding/OPTION" */
	BT_ENI_NO_IPV6,	    /* writes 1 to disable_ipv6 */
};

struct bt_eni_command {
	enum bt_eni_effect effect;
	bool v6;		  /* the route is of IPv6 */
	char *text;		  /* the route as profiles have it; the value of the option */
	char *option;		  /* the file below "bonding": the kernel's name of the option */
	char *device;		  /* the bond */
	struct bt_strings ports;
	size_t word;		  /* at which what matters begins */
};
void bt_eni_command_release(struct bt_eni_command *command);
#define BT_AUTOENICOMMAND BT_CLEANUP(bt_eni_command_release)

/*
 * Understands the command whose COUNT words begin at WORDS; $IFACE stands for INTERFACE. 0, or
 * -ENOMEM.
 */
int bt_eni_understand(const char *const *words, size_t count, const char *interface,
		      struct bt_eni_command *ret_command);

#endif
