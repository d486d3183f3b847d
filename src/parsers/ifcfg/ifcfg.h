/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Red Hat's ifcfg files: what gathering, reading and writing them have in common. */
#ifndef BT_PARSERS_IFCFG_H
#define BT_PARSERS_IFCFG_H

#include "parsers/format.h"
#include "parsers/ifcfg/ifcfg-syntax.h"

extern const struct bt_format bt_format_ifcfg;

/* How a key's value becomes a property. */
enum bt_ifcfg_kind {
	BT_IFCFG_AS_IS,	   /* as our property is written */
	BT_IFCFG_INVERTED, /* a boolean of the opposite meaning */
	BT_IFCFG_WORDS,	   /* a list separated by blanks */
};

/* A key that stands for one property. */
struct bt_ifcfg_key {
	const char *key;
	enum bt_property_id property;
	enum bt_ifcfg_kind kind;
};
extern const struct bt_ifcfg_key bt_ifcfg_keys[]; /* ended by .key = NULL */

/* Keys that the reader treats one by one, and keys of the tools that our model has no place for. */
extern const char *const bt_ifcfg_special_keys[];
extern const char *const bt_ifcfg_foreign_keys[];

/*
 * BASE, or BASE with a number: "IPADDR" is -1, "IPADDR0" is 0. False when KEY is neither, as
 * "IPADDR01", which no tool asks for.
 */
bool bt_ifcfg_numbered(const char *key, const char *base, int *ret_number);

/* The highest number that NetworkManager puts behind such a key. */
enum { BT_IFCFG_MOST_NUMBER = 255 };

/* The prefix length of the IPv4 netmask TEXT; -1 when it is none. */
int bt_ifcfg_prefix_of_netmask(const char *text);

/* Whether the value of a key means yes. NULL does not. */
bool bt_ifcfg_is_yes(const char *value);
/*
 * The type of profile that the file stands for, by the rules of the tool that reads it; NULL when
 * it is none of ours. CONTROLLERS as below.
 */
const char *bt_ifcfg_type(const struct bt_ifcfg *ifcfg, const struct bt_hash *controllers);
/* The same where a team is to become a bond. */
const char *bt_ifcfg_type_for_team(const struct bt_ifcfg *ifcfg);
/* A note that the file, of which there is no type, is none of ours. */
void bt_ifcfg_report_other_type(struct bondtool *bt, const struct bt_ifcfg *ifcfg);
/* Whether TYPE=... of this value comes back when a profile of its type is written. */
bool bt_ifcfg_is_written_type(const char *type);

/*
 * The meaning of one text: a profile, or NULL in *ret_profile when it is of no type of ours.
 * CONTROLLERS holds the devices that other files name as their MASTER; may be NULL.
 */
int bt_ifcfg_read_one(struct bondtool *bt, const struct bt_source *source,
		      const struct bt_hash *controllers, struct bondtool_profile **ret_profile);
/* The same, but a team is read as a bond, and *ret_team says so. */
int bt_ifcfg_read_team(struct bondtool *bt, const struct bt_source *source,
		       struct bondtool_profile **ret_profile, bool *ret_team);
/* Whether the file is of a team. */
bool bt_ifcfg_is_team(const struct bt_ifcfg *ifcfg);
/* Addresses, methods, name servers of the file; into PROFILE. Marks lines in TAKEN. */
int bt_ifcfg_read_ip(struct bondtool *bt, const struct bt_ifcfg *ifcfg, bool *taken,
		     struct bondtool_profile *profile);
/* The routes of a route-NAME or route6-NAME file, added to PROFILE. */
int bt_ifcfg_read_routes(struct bondtool *bt, const struct bt_source *source,
			 struct bondtool_profile *profile);
/* Whether SOURCE is a route file by its name; *ret_family is AF_INET or AF_INET6. */
bool bt_ifcfg_is_route_file(const struct bt_source *source, int *ret_family);
/* The label behind "ifcfg-", "route-" or "route6-"; NULL when the name is none of these. */
const char *bt_ifcfg_label(const char *path);

/* Whether the file stands beside that of an interface and says more of it: see ifcfg-beside.c. */
bool bt_ifcfg_is_companion(const char *path);
/* Whether it is a file of policy rules, which profiles do not have. */
bool bt_ifcfg_is_rule_file(const char *path);
/* Whether it is one of a further address: "ifcfg-bond0:1". */
bool bt_ifcfg_is_alias(const char *path);
/* Whether the companion at PATH stands beside the interface's file at BASE. */
bool bt_ifcfg_belongs_to(const char *path, const char *base);
/* What such a file says is added to PROFILE. 0 or -ENOMEM. */
int bt_ifcfg_read_companion(struct bondtool *bt, const struct bt_source *source,
			    struct bondtool_profile *profile);
/* The one address of an alias file; 0, also without one, or -ENOMEM. */
int bt_ifcfg_read_alias(struct bondtool *bt, const struct bt_source *source,
			struct bondtool_profile *profile);
/* The address in IPADDR with its PREFIX or NETMASK, into PROFILE. Marks lines in TAKEN. */
int bt_ifcfg_read_address(struct bondtool *bt, const struct bt_ifcfg *ifcfg, bool *taken,
			  struct bondtool_profile *profile);

/* The functions of the format, see format.h. */
int bt_ifcfg_read(struct bondtool *bt, const struct bt_inputs *inputs,
		  struct bondtool_config *config);
int bt_ifcfg_write(struct bondtool *bt, struct bondtool_config *config,
		   struct bondtool_files *files);

#endif
