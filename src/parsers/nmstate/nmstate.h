/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * nmstate's declarations (nmstate.io), as YAML or JSON: what reading and writing them have in
 * common. The names of keys and what is refused were read in the sources of nmstate 2.2. Syntax is
 * base/tree.h.
 */
#ifndef BT_PARSERS_NMSTATE_H
#define BT_PARSERS_NMSTATE_H

#include "base/tree.h"
#include "parsers/format.h"

extern const struct bt_format bt_format_nmstate;

/* How the value of a key becomes that of a property. */
enum bt_nmstate_kind {
	BT_NMSTATE_TEXT,
	BT_NMSTATE_NUMBER,
	BT_NMSTATE_YES_NO,
	BT_NMSTATE_NO_YES, /* "auto-dns: false" is "ignore-auto-dns=yes" */
};

/* A key of "ipv4" and "ipv6" that stands for one property. */
struct bt_nmstate_key {
	const char *key;
	enum bt_property_id ipv4, ipv6; /* BT_PROP_ID: there is no such key */
	enum bt_nmstate_kind kind;
	bool always; /* it has an effect without DHCP too */
};
extern const struct bt_nmstate_key bt_nmstate_ip_keys[]; /* ended by .key = NULL */

/* As "dhcp-client-id": the interface's own address, which NetworkManager calls "mac". */
#define BT_NMSTATE_OWN_ADDRESS "ll"

/* The methods of a family that nmstate knows, by the switches that make them. */
struct bt_nmstate_method {
	const char *method;
	bool v4, v6;		      /* of which families */
	bool enabled, dhcp, autoconf; /* "autoconf" is of IPv6 only */
	bool addresses;		      /* there must be some (without DHCP) */
};
extern const struct bt_nmstate_method bt_nmstate_methods[]; /* ended by .method = NULL */

/* Kinds of interface that have others as ports, and are not bonds. */
struct bt_nmstate_controller {
	const char *type;      /* "linux-bridge" */
	const char *section;   /* the key below which its ports are: "bridge" */
	const char *port_type; /* connection.port-type of its ports */
};
extern const struct bt_nmstate_controller bt_nmstate_controllers[]; /* ended by .type = NULL */

/* A bit of vlan.flags that is a boolean of its own. */
struct bt_nmstate_flag {
	const char *key;
	unsigned bit;
	bool standard; /* what holds where the key is not there */
};
extern const struct bt_nmstate_flag bt_nmstate_vlan_flags[]; /* ended by .key = NULL */
enum { BT_NMSTATE_GVRP = 2, BT_NMSTATE_MVRP = 8 }; /* the bits of "registration-protocol" */

/* Attributes of a route, by nmstate's name and by that of the model. */
struct bt_nmstate_attribute {
	const char *key, *attribute;
};
extern const struct bt_nmstate_attribute bt_nmstate_route_keys[]; /* ended by .key = NULL */

/* Whether WORD is one of the words, which end in NULL. */
bool bt_nmstate_is_in(const char *const *words, const char *word);
/* Keys of an interface that nmstate knows and our model does not: kept without a word. */
bool bt_nmstate_is_foreign(const char *section, const char *key);
/* Keys that only report what is, and that nmstate ignores in a declaration. */
bool bt_nmstate_is_report(const char *key);
/* Offers the keys of a section (NULL: of the interface itself) to a search for the nearest. */
void bt_nmstate_offer_keys(struct bt_nearest *nearest, const char *section);

/* The meaning of one document's tree, wrappers included, added to CONFIG. 0 or -ENOMEM. */
int bt_nmstate_read_tree(struct bondtool *bt, const struct bt_node *tree,
			 struct bondtool_config *config);

/* What a map wraps a declaration in: the item of a policy or the like, or NULL. Borrowed. */
const struct bt_node *bt_nmstate_wrapped(const struct bt_node *map);
/* Whether the text is JSON and not YAML. */
bool bt_nmstate_is_json(const struct bt_source *source);
/* The text as trees: one a document. 0, -EINVAL after an error of syntax, or -ENOMEM. */
int bt_nmstate_parse(struct bondtool *bt, const struct bt_source *source,
		     struct bt_node **ret_documents);

/*
 * The declaration that stands for the profiles: a map of "interfaces", "routes" and "dns-resolver";
 * what it cannot say is reported. BEFORE: what a text that it goes into means, so that interfaces
 * which are down there stay so; NULL: it goes into none. NULL without memory.
 */
struct bt_node *bt_nmstate_declare(struct bondtool *bt, struct bondtool_config *config,
				   struct bondtool_config *before);

/*
 * The text of SOURCE, a declaration, changed so that it means CONFIG, in a new string. What needs
 * no change stays as it is. 0 or -ENOMEM.
 */
int bt_nmstate_rewrite(struct bondtool *bt, const struct bt_source *source,
		       struct bondtool_config *config, char **ret_text);

/* The functions of the format, see format.h. */
int bt_nmstate_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files);

#endif
