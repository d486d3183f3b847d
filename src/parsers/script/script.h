/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Configurations as scripts for sh: what the parts of the writer share. "iproute2" says everything
 * with ip(8), as iproute2 6.1 knows it; "sysfs" writes into the bonding driver's files, and takes
 * ip for what has no file. Neither can be read back.
 */
#ifndef BT_PARSERS_SCRIPT_H
#define BT_PARSERS_SCRIPT_H

#include "parsers/loss.h"
#include "parsers/port-lists.h"
#include "parsers/shell.h"

extern const struct bt_format bt_format_iproute2, bt_format_sysfs;

/* How far the commands for a profile are. */
enum bt_script_state {
	BT_SCRIPT_TO_DO,
	BT_SCRIPT_BEGUN, /* coming back to one like this closes a circle */
	BT_SCRIPT_DONE,
	BT_SCRIPT_LEFT_OUT, /* and said to be */
};

/* A script being written. */
struct bt_script {
	struct bondtool *bt;
	const struct bt_format *format;
	struct bondtool_config *config;
	struct bt_port_lists lists;
	struct bt_text text;
	/* of each profile: */
	enum bt_script_state *states;
	char **devices; /* its interface as a word of the shell: bond0, "$port1"; NULL: none */
	struct bt_written *written;
};

/* ---- options (script-options.c) -------------------------------------------------------------- */

/*
 * Behind "ip link add ... type bond": the options of the bond that ip takes when it makes it, a
 * line each, and the end of the command.
 */
void bt_script_new_bond(struct bt_script *script, size_t bond);
/* A line for each other option, in the order in which the driver takes them. */
void bt_script_bond_options(struct bt_script *script, size_t bond);
/* What names ports and comes behind them: the primary. */
void bt_script_primary(struct bt_script *script, size_t bond);
/* What needs the bond to be up: the active port. */
void bt_script_active_port(struct bt_script *script, size_t bond);
void bt_script_port_options(struct bt_script *script, size_t bond, size_t port);

/* ---- links (script-link.c) ------------------------------------------------------------------- */

/*
 * The commands for profile NUMBER, with all that has to be there before and all ports of it, unless
 * they are in the script already.
 */
void bt_script_profile(struct bt_script *script, size_t number);

/* ---- addresses and routes (script-ip.c) ------------------------------------------------------ */

/* The commands for what profile NUMBER says of IPv4 and IPv6; its interface is up. */
void bt_script_ip(struct bt_script *script, size_t number);
/* Marks what a port says of IP and has anyway: nothing of its own. */
void bt_script_no_ip(struct bt_script *script, size_t number);

#endif
