/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small world for tests of plans: links, bonds, addresses and routes that behave as the kernel's
 * do as far as plans care, written down in a few lines of text. It carries operations out, and can
 * refuse one of them.
 */
#ifndef BT_TEST_WORLD_H
#define BT_TEST_WORLD_H

#include "plan/apply.h"
#include "plan/planner.h"

/* What a snapshot does not tell. */
struct hidden {
	char name[IFNAMSIZ];
	struct bt_mac mac; /* of a port, before it was attached */
	uint32_t mtu;
	char primary[IFNAMSIZ]; /* what a bond remembers */
	int64_t multiples[3];	/* of miimon: updelay, downdelay, peer_notif_delay */
	bool random_mac;	/* a bond's: the first port lends it another */
};

struct world {
	struct bt_executor executor; /* first: it is cast back to this */
	struct bondtool *bt;
	struct bondtool_snapshot *snapshot;
	struct hidden *hidden;
	size_t n_hidden;
	int next_ifindex;
	unsigned done;	    /* operations that were asked for */
	unsigned refuse;    /* which of them is refused with EIO; 0: none */
	unsigned interrupt; /* before which of them SIGTERM comes; 0: none */
};

void world_begin(struct world *world, struct bondtool *bt);
void world_end(struct world *world);

/*
 * Adds what one line says; false for a line that says nothing of the world:
 *	link NAME [up] [mtu=N] [mac=MAC] [permanent=MAC] [kind=KIND] [controller=NAME] [no-ipv6]
 *	bond NAME [up] [mtu=N] [mac=MAC] [OPTION=VALUE...]
 *	port NAME of BOND [down] [mac=MAC] [OPTION=VALUE...]
 *	vlan NAME on PARENT id=N [up]
 *	address NAME ADDRESS [dynamic|kernel|secondary]
 *	route NAME [boot|static|kernel|ra] DESTINATION...
 * A bond has the driver's defaults in what the line does not say.
 */
bool world_line(struct world *world, char *line);

/* All that there is, to be compared with another time; the caller frees it. */
char *world_text(const struct world *world);

/* ---- between the parts of the world ---------------------------------------------------------- */

struct bt_link *world_find(const struct world *world, const char *name);
struct bt_link *world_add_link(struct world *world, const char *name, const char *kind);
/* With options of all defaults. */
struct bt_link *world_add_bond(struct world *world, const char *name);
/* As bond_enslave() does: the port gets the bond's MTU and mostly its MAC address, and comes up. */
int world_attach(struct world *world, struct bt_link *port, struct bt_link *bond);
/* With all that goes and comes with it: routes, IPv6 addresses, VLANs. */
void world_set_up(struct world *world, struct bt_link *link, bool up);

/* Addresses, routes and the switch of IPv6 (world-ip.c). */
int world_change_ip(struct world *world, struct bt_link *link,
		    const struct bt_operation *operation);
int world_add_address(struct bt_link *link, const struct bt_address *address);
int world_add_route(struct world *world, struct bt_link *link, int family, const char *text,
		    unsigned protocol);
void world_drop_address(struct bt_link *link, size_t i);

/* The kernel's side of setting options (world-options.c): 0 or the driver's refusal. */
int world_set_options(struct world *world, struct bt_link *bond, const struct bt_values *options);
/* Every option that the kernel tells has a value: those given, and the driver's defaults. */
void world_default_options(struct bt_values *options);
/* Shows as primary what the bond remembers, if that is one of its ports. */
void world_show_primary(struct world *world, struct bt_link *bond);
struct hidden *world_hidden(struct world *world, const char *name);

#endif
