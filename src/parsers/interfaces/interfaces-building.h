/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lines of /etc/network/interfaces to one profile: what the parts that do it share. */
#ifndef BT_PARSERS_INTERFACES_BUILDING_H
#define BT_PARSERS_INTERFACES_BUILDING_H

#include "parsers/interfaces/interfaces-reader.h"

/* An address that waits for its netmask. */
struct bt_eni_address {
	char *text, *netmask; /* owned; the netmask may be NULL */
	struct bt_origin origin;
};

/* An option of the address of a stanza that mostly says what follows from it anyway. */
struct bt_eni_extra_word {
	char *key, *value;
	struct bt_origin origin;
};

struct bt_eni_building {
	struct bt_eni_reader *reader;
	struct bt_eni_interface *interface;
	struct bondtool_profile *profile;
	enum bt_eni_method methods[2]; /* of IPv4 and IPv6, the strongest so far */
	struct bt_origin method_origins[2];
	/* of the stanza: */
	struct bt_eni_address *addresses;
	size_t n_addresses;
	char *netmask;
	struct bt_eni_extra_word broadcast, network;
	const struct bt_eni_line *option_lines[BT_OPT_COUNT];
	bool has_options; /* in option_lines */
	bool no_ipv6; /* a command switches IPv6 off */
};

/* Forgets what belongs to one stanza only. */
void bt_eni_building_reset(struct bt_eni_building *building);

/*
 * Sets a property; one that is refused has been reported and is left out. One that has another
 * value already is a finding. 0 or -ENOMEM.
 */
int bt_eni_set(struct bt_eni_building *building, enum bt_property_id property, const char *text,
	       const struct bt_origin *origin);
/* Adds to a list what it does not have yet. 0 or -ENOMEM. */
int bt_eni_add(struct bt_eni_building *building, enum bt_property_id property, const char *text,
	       const struct bt_origin *origin);
/* Keeps the present line as one that the model does not know. 0 or -ENOMEM. */
int bt_eni_keep(struct bt_eni_building *building, const struct bt_eni_stanza *stanza);

/* An address line, in reader->words. 0 or -ENOMEM. */
int bt_eni_take_address(struct bt_eni_building *building, const struct bt_eni_stanza *stanza);
int bt_eni_take_netmask(struct bt_eni_building *building);
int bt_eni_take_gateway(struct bt_eni_building *building, const struct bt_eni_stanza *stanza);
/* "broadcast" and "network". */
int bt_eni_take_implied(struct bt_eni_building *building, struct bt_eni_extra_word *word);
/* Addresses and method of the stanza, once all its lines are known. */
int bt_eni_end_stanza(void *building, struct bt_eni_stanza *stanza);
/* The methods of the interface, once all its stanzas are known. */
int bt_eni_end_interface(struct bt_eni_building *building);

/* A line of any kind; see bt_eni_for_each_line(). */
int bt_eni_take_option_line(void *building, struct bt_eni_stanza *stanza, struct bt_eni_text *text,
			    struct bt_eni_line *line);
/* A bond option, in reader->words, of LINE. */
int bt_eni_take_bond_option(struct bt_eni_building *building, const struct bt_eni_stanza *stanza,
			    const struct bt_eni_line *line);
/* "bond-..." that the tool does not know. */
int bt_eni_take_stray_option(struct bt_eni_building *building, const struct bt_eni_stanza *stanza);
/* "up", "down" and their like. */
int bt_eni_take_command(struct bt_eni_building *building, const struct bt_eni_stanza *stanza,
			enum bt_eni_meaning meaning);

#endif
