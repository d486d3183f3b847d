/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the parts of the reader of /etc/network/interfaces share. The way: texts -> stanzas and
 * interfaces (interfaces-collect.c) -> who is a bond, and whose port is who (interfaces-roles.c) ->
 * profiles (interfaces-read.c), line by line (interfaces-options.c).
 */
#ifndef BT_PARSERS_INTERFACES_READER_H
#define BT_PARSERS_INTERFACES_READER_H

#include "parsers/format.h"
#include "parsers/interfaces/interfaces-keys.h"

#define BT_ENI_NONE UINT32_MAX /* no stanza, no interface */

enum bt_eni_family { BT_ENI_ANY_FAMILY, BT_ENI_INET, BT_ENI_INET6, BT_ENI_OTHER_FAMILY };

/* Where addresses come from; a later one of a family holds over an earlier one. */
enum bt_eni_method {
	BT_ENI_NO_METHOD,
	BT_ENI_MANUAL,
	BT_ENI_LINK_LOCAL,
	BT_ENI_STATIC,
	BT_ENI_DHCP,
	BT_ENI_SLAAC,
	BT_ENI_LOOPBACK,
	BT_ENI_OTHER_METHOD, /* a kind of interface that is none of ours */
};

/* One "iface" with its lines. */
struct bt_eni_stanza {
	struct bt_eni_text *text;
	uint32_t header, end;	/* its line, and the line behind its last one */
	uint32_t interface;
	uint32_t next;		/* stanza of the same interface */
	uint32_t parent;	/* interface whose lines it inherits */
	uint8_t family, method;
	bool template;
	bool alias;		/* "bond0:0": further addresses of bond0 */
};

/* That an "allow-CLASS" line names an interface: its place there, and the line's first word. */
struct bt_eni_allowed {
	struct bt_origin origin;
	char keyword[];
};

/* One interface, with all that the texts say about it. There are thousands: keep it small. */
struct bt_eni_interface {
	const char *name;	/* in the reader's names */
	uint32_t first, last;	/* stanzas */
	uint32_t bond;		/* the interface that it is a port of */
	bool automatic : 1;	/* brought up at boot */
	bool is_bond : 1, is_bridge : 1;
	bool says_bond_mode : 1; /* there are bond options */
	bool is_listed : 1;	/* the bond names it as its port */
	bool has_raw_device : 1; /* vlan-raw-device */
	bool inherited : 1;	/* others take its lines */
	struct bt_origin origin;     /* of its name, where it comes first */
	struct bt_origin membership; /* of what makes it a port */
	struct bt_eni_allowed *allowed; /* owned; NULL without one */
	struct bondtool_profile *profile; /* in the configuration; NULL when it has none */
};

/* How far an input is: one that is being read and is included again includes itself. */
enum bt_eni_visit { BT_ENI_UNVISITED, BT_ENI_VISITING, BT_ENI_VISITED };

struct bt_eni_reader {
	struct bondtool *bt;
	const struct bt_eni_dialect *dialect;
	const struct bt_inputs *inputs;
	struct bondtool_config *config;
	struct bt_eni_text *texts; /* one for each input */
	enum bt_eni_visit *visited; /* inputs */
	unsigned depth;		   /* of includes */
	struct bt_eni_stanza *stanzas;
	size_t n_stanzas, size_stanzas;
	struct bt_eni_interface *interfaces;
	size_t n_interfaces, size_interfaces;
	struct bt_hash by_name;
	struct bt_pool names; /* of the interfaces */
	struct bt_eni_words words;
	bool all_automatic;	/* "auto all" */
	uint64_t budget;	/* steps that inheritance and includes may take yet */
	unsigned errors;
	bool stopped;		/* there were too many */
};
void bt_eni_reader_release(struct bt_eni_reader *reader);
#define BT_AUTOENIREADER BT_CLEANUP(bt_eni_reader_release)

/* A finding of rule "FORMAT/RULE". ORIGIN and HINT may be NULL. */
void bt_eni_diag(struct bt_eni_reader *reader, enum bondtool_severity severity, const char *rule,
		 const struct bt_origin *origin, const char *hint, const char *format, ...)
	BT_PRINTF(6, 7);

/* Makes room for COUNT interfaces more. 0 or -ENOMEM. */
int bt_eni_reserve_interfaces(struct bt_eni_reader *reader, size_t count);
/* The interface called NAME, which is made if there is none yet. NULL without memory. */
struct bt_eni_interface *bt_eni_interface(struct bt_eni_reader *reader, const char *name,
					  const struct bt_origin *origin);
/* The interface called NAME, or NULL. */
struct bt_eni_interface *bt_eni_find_interface(struct bt_eni_reader *reader, const char *name);
/* The first word of the "allow-CLASS" line that names the interface; NULL without one. */
const char *bt_eni_allowed(const struct bt_eni_interface *interface);
uint32_t bt_eni_interface_number(const struct bt_eni_reader *reader,
				 const struct bt_eni_interface *interface);

/* Reads the inputs into the reader's configuration; the reader knows stanzas and lines then. */
int bt_eni_read_all(struct bt_eni_reader *reader);

/* Takes the texts apart into stanzas and interfaces. 0 or -ENOMEM. */
int bt_eni_collect(struct bt_eni_reader *reader);

/*
 * Calls EACH for every line of the interface's stanzas that holds an option, inherited ones first,
 * with the stanza that has it in the end; and END (may be NULL) behind each stanza. Stops at the
 * first negative result, which it returns.
 */
int bt_eni_for_each_line(struct bt_eni_reader *reader, struct bt_eni_interface *interface,
			 int (*each)(void *context, struct bt_eni_stanza *stanza,
				     struct bt_eni_text *text, struct bt_eni_line *line),
			 int (*end)(void *context, struct bt_eni_stanza *stanza), void *context);

/* Finds out which interfaces are bonds and which are their ports. 0 or -ENOMEM. */
int bt_eni_find_roles(struct bt_eni_reader *reader);

/* The family and the method that the words of an "iface" line name; see enum bt_eni_method. */
enum bt_eni_family bt_eni_family_of(const char *word);
/* False when the tool does not know the method in this family. */
bool bt_eni_method_of(const struct bt_eni_dialect *dialect, enum bt_eni_family family,
		      const char *word, enum bt_eni_method *ret_method);
/* The word for a method in this family; NULL when the dialect has none. */
const char *bt_eni_method_word(const struct bt_eni_dialect *dialect, enum bt_eni_family family,
			       enum bt_eni_method method);

/*
 * The address with its prefix length in a new string: its own, else that of NETMASK (may be NULL),
 * else what the tool takes then. NULL, and errno ENOMEM or, where the mask is none, EINVAL.
 */
char *bt_eni_full_address(const struct bt_eni_dialect *dialect, const char *address,
			  const char *netmask);

/*
 * The names that ifupdown2 makes of "swp[1-4]" and "swp[1-4].100", or NAME alone, added to NAMES.
 * 0, -ERANGE when they are too many, or -ENOMEM.
 */
int bt_eni_expand_range(const char *name, struct bt_strings *names);
/* The same of a "glob" expression of its lists of ports: "swp1-4", "swp[1-4]s[0-3]". */
int bt_eni_expand_glob(const char *expression, struct bt_strings *names);

#endif
