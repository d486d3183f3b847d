/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Profiles as stanzas of /etc/network/interfaces: what the parts of the writer share. */
#ifndef BT_PARSERS_INTERFACES_WRITE_H
#define BT_PARSERS_INTERFACES_WRITE_H

#include "parsers/interfaces/interfaces-keys.h"
#include "parsers/interfaces/interfaces-reader.h"
#include "parsers/loss.h"
#include "parsers/port-lists.h"

struct bt_eni_writing {
	struct bondtool *bt;
	const struct bt_eni_dialect *dialect;
	const struct bt_format *format;
	struct bondtool_config *config;
	struct bondtool_config *before; /* what the texts say that will be changed; NULL: none */
	struct bt_port_lists lists;
	struct bt_text *text;

	/* of the profile that is being written: */
	size_t number;
	const struct bondtool_profile *profile;
	const char *name; /* of its interface */
	struct bt_written written;
};

/* A line of the stanza that is being written: "    KEY VALUE". */
void bt_eni_put(struct bt_eni_writing *writing, const char *key, const char *format, ...)
	BT_PRINTF(3, 4);

/* Options, ports and the bond of a port. */
int bt_eni_write_bond(struct bt_eni_writing *writing);
/* All stanzas of the profile. 0 or -ENOMEM. */
int bt_eni_write_stanzas(struct bt_eni_writing *writing);
/* Whether a port names its bond in a stanza of its own, and is not in the bond's list. */
bool bt_eni_stands_alone(const struct bt_eni_writing *writing, size_t port);
/*
 * Whether the extra is a command ("post-up ...") in a stanza of the profile's own interface: all
 * tools that read such files run them.
 */
bool bt_eni_is_command(const struct bondtool_profile *profile, const struct bt_extra *extra);
/* Whether a port says more than that it is one. */
bool bt_eni_needs_stanza(const struct bt_eni_writing *writing, size_t port);

#endif
