/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the keys of a stanza in /etc/network/interfaces mean, in each of the three dialects. */
#ifndef BT_PARSERS_INTERFACES_KEYS_H
#define BT_PARSERS_INTERFACES_KEYS_H

#include "model/property.h"
#include "parsers/interfaces/interfaces-syntax.h"

enum bt_eni_meaning {
	BT_ENI_UNRESOLVED,   /* not looked up yet */
	BT_ENI_OTHER_KEY,    /* none of ours: kept */
	BT_ENI_BOND_OPTION,  /* the argument is its bt_option_id */
	BT_ENI_STRAY_OPTION, /* "bond-..." that the tool does not know */
	BT_ENI_PORTS,	     /* the ports of this bond */
	BT_ENI_MASTER,	     /* the bond of this port */
	BT_ENI_QUEUE_ID,
	BT_ENI_ADDRESS,
	BT_ENI_NETMASK,
	BT_ENI_BROADCAST,
	BT_ENI_NETWORK,
	BT_ENI_GATEWAY,
	BT_ENI_PROPERTY,  /* the argument is the property */
	BT_ENI_IP_PROPERTY, /* the argument is the property of IPv4, or its like in the family */
	BT_ENI_DNS_SERVERS,
	BT_ENI_DNS_SEARCH,
	BT_ENI_MAC,
	BT_ENI_VLAN_DEVICE,
	BT_ENI_VLAN_ID,
	BT_ENI_BRIDGE_PORTS,
	BT_ENI_COMMAND_UP,
	BT_ENI_COMMAND_DOWN,
	BT_ENI_USE,
	BT_ENI_REQUIRES,
	BT_ENI_INHERIT,
};

enum { BT_ENI_KEY_LENGTH = 64 }; /* bytes of a key with its NUL; no known one is so long */

/*
 * The key in the one spelling under which it is looked up: '-' for '_' (and for other characters,
 * and lower case, where the tool does not care). False when it is too long to be known.
 */
bool bt_eni_key_spelling(const struct bt_eni_dialect *dialect, const char *key, size_t length,
			 char ret_spelling[BT_ENI_KEY_LENGTH]);

/* Looks the first word of LINE up in the tables. */
void bt_eni_resolve_key(struct bt_eni_text *text, struct bt_eni_line *line);

/* The meaning of the first word of LINE, kept in the line once it has been found. */
static inline enum bt_eni_meaning bt_eni_key_meaning(struct bt_eni_text *text,
						     struct bt_eni_line *line)
{
	if (line->meaning == BT_ENI_UNRESOLVED)
		bt_eni_resolve_key(text, line);
	return (enum bt_eni_meaning)line->meaning;
}

/* Whether KEY begins a command, "post-up", where FORMAT is that of one of the dialects. */
bool bt_eni_is_command_key(enum bt_format_id format, const char *key);

/* Numbers beyond which a tool refuses an option, or only grumbles. */
struct bt_eni_limit {
	enum bt_format_id format;
	enum bt_option_id option;
	int64_t maximum;
	bool refused; /* it leaves the option out */
};
/* The limit that DIALECT's tool has for OPTION; NULL when it is the driver's. */
const struct bt_eni_limit *bt_eni_limit(const struct bt_eni_dialect *dialect,
					enum bt_option_id option);

/* The key that DIALECT's writer uses for MEANING (and ARGUMENT); NULL when it has none. */
const char *bt_eni_key_of(const struct bt_eni_dialect *dialect, enum bt_eni_meaning meaning,
			  unsigned argument);

#endif
