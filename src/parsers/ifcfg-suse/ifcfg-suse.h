/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * SUSE's ifcfg files, as wicked reads them: what gathering, reading and writing have in common. The
 * syntax is that of ifcfg-syntax.h. Source of the rules: wicked's client/suse/compat-suse.c and
 * src/bonding.c, ifcfg(5) and ifcfg-bonding(5) of SLES 15.
 */
#ifndef BT_PARSERS_IFCFG_SUSE_H
#define BT_PARSERS_IFCFG_SUSE_H

#include "parsers/format.h"
#include "parsers/ifcfg/ifcfg.h"

extern const struct bt_format bt_format_ifcfg_suse;

/* ---- tables -------------------------------------------------------------------------------- */

/* Keys that stand for one property, ended by .key = NULL. */
extern const struct bt_ifcfg_key bt_suse_keys[];
/* Beginnings of keys that the reader treats one by one, and of those that wicked alone knows. */
extern const char *const bt_suse_special_keys[];
extern const char *const bt_suse_foreign_keys[];

/* What to write instead of a key of Red Hat's tools; NULL when there is no such thing. */
const char *bt_suse_instead_of(const char *key);

/* A word of STARTMODE. */
struct bt_suse_startmode {
	const char *word;
	bool starts;	  /* wicked brings the interface up by itself */
	const char *now;  /* how the word is written today; NULL when it is not old */
	bool special;	  /* says more than connection.autoconnect can */
};
/* The row of WORD, which wicked compares exactly; NULL when it does not know it. */
const struct bt_suse_startmode *bt_suse_startmode(const char *word);

/* Whether wicked takes VALUE for true; NULL is not. */
bool bt_suse_is_yes(const char *value);

/* ---- one file ------------------------------------------------------------------------------ */

/* A port that a bond names. */
struct bt_suse_port {
	char *name;
	struct bt_origin place;
};

/* What one ifcfg file says. Zero-initialise. */
struct bt_suse_file {
	struct bondtool *bt;
	struct bt_ifcfg ifcfg;
	struct bt_hash values; /* the keys to the numbers of the lines whose value holds */
	bool *taken;	       /* of each line: its key was understood */
	struct bondtool_profile *profile; /* NULL: of no type of ours */
	struct bt_suse_port *ports;
	size_t n_ports, size_ports;
};
void bt_suse_file_release(struct bt_suse_file *file);
#define BT_AUTOSUSE BT_CLEANUP(bt_suse_file_release)

/* Reads the ifcfg file SOURCE into FILE, which says what is wrong in BT. 0 or -ENOMEM. */
int bt_suse_read_file(struct bondtool *bt, const struct bt_source *source,
		      struct bt_suse_file *file);

/*
 * The line of KEY whose value holds: the last that wicked can read; NULL when there is none or the
 * value is empty. The second marks all lines of the key as understood.
 */
const struct bt_ifcfg_line *bt_suse_line(const struct bt_suse_file *file, const char *key);
const struct bt_ifcfg_line *bt_suse_take(struct bt_suse_file *file, const char *key);
/* Whether the line has a value, and no later line of the same key has another. */
bool bt_suse_holds(const struct bt_suse_file *file, const struct bt_ifcfg_line *line);
/* Sets PROPERTY; a value that is refused is reported and no error. 0 or -ENOMEM. */
int bt_suse_set(struct bt_suse_file *file, enum bt_property_id property, const char *text,
		const struct bt_origin *place);

/* The parts of bt_suse_read_file(). */
int bt_suse_read_bond(struct bt_suse_file *file);
int bt_suse_read_ip(struct bt_suse_file *file);

/*
 * The address that the line IPADDR<SUFFIX> stands for, with its prefix length, in a new string, and
 * the line that tells the length in *ret_length (NULL: the value itself or nothing does). NULL when
 * it is no address (*ret_length is NULL then) or without memory.
 */
char *bt_suse_address(const struct bt_suse_file *file, const struct bt_ifcfg_line *line,
		      const struct bt_ifcfg_line **ret_length);

/*
 * Why wicked refuses a bond with these OPTIONS as a whole; NULL when it does not. What it refuses
 * of single options stands in bt_key_limits. *ret_option is the option to blame, or -1.
 */
const char *bt_suse_refusal(const struct bt_values *options, int *ret_option);

/*
 * Makes the profile a port of BOND, named at PLACE: it has no addresses of its own, so that a
 * method "disabled" says nothing. 0 or -ENOMEM.
 */
int bt_suse_make_port(struct bondtool *bt, struct bondtool_profile *profile, const char *bond,
		      const struct bt_origin *place);

/* The name behind "ifcfg-" or "ifroute-" in a path; NULL when there is none. Borrowed. */
const char *bt_suse_interface(const char *path, const char *prefix);
/* Whether SOURCE holds routes: ifroute-NAME, or the file "routes" of all interfaces. */
bool bt_suse_is_route_file(const struct bt_source *source);

/* ---- routes -------------------------------------------------------------------------------- */

/* One line of a file of routes, continuation lines included. */
struct bt_suse_route {
	size_t start, end;  /* in the source, without the last line end */
	int family;	    /* AF_INET or AF_INET6 */
	char *text;	    /* as ipv4.routes has it; NULL: an empty line, or one that is none */
	bool plain_default; /* "default GATEWAY" and no more: the profile's gateway */
	char *gateway;	    /* NULL without one */
	char *device;	    /* NULL when the line names none */
	const char *fault;  /* why the line is no route; NULL when it is or is empty */
	char *lost;	    /* a word that has no place in a profile; NULL without one */
};

struct bt_suse_routes {
	const struct bt_source *source; /* borrowed */
	struct bt_suse_route *items;	/* in the order of the text */
	size_t count, size;
};
void bt_suse_routes_release(struct bt_suse_routes *routes);
#define BT_AUTOSUSEROUTES BT_CLEANUP(bt_suse_routes_release)

/* Takes a file of routes apart; faults stand in its lines. 0 or -ENOMEM. */
int bt_suse_routes_parse(const struct bt_source *source, struct bt_suse_routes *ret_routes);

/* Whether TEXT begins with a word of ip-route(8) of this LENGTH that wicked does not know. */
bool bt_suse_lacks_route_word(const char *text, size_t length);

/*
 * Whether a line of the common file is for the interface of PROFILE: it names it, or names none and
 * its gateway is in the network of one of the profile's addresses.
 */
bool bt_suse_route_is_for(const struct bt_suse_route *route,
			  const struct bondtool_profile *profile);

/* Adds the routes of the profile's own file to it. 0 or -ENOMEM. */
int bt_suse_add_routes(struct bondtool *bt, const struct bt_suse_routes *routes,
		       struct bondtool_profile *profile);
/* The same with the routes of the common file that are for it; a destination it has comes first. */
int bt_suse_add_common_routes(struct bondtool *bt, const struct bt_suse_routes *routes,
			      struct bondtool_profile *profile);
/* Says which lines are no routes. */
void bt_suse_report_routes(struct bondtool *bt, const struct bt_suse_routes *routes);

/* Reading and writing, as format.h wants them. */
int bt_suse_read(struct bondtool *bt, const struct bt_inputs *inputs,
		 struct bondtool_config *config);
int bt_suse_write(struct bondtool *bt, struct bondtool_config *config,
		  struct bondtool_files *files);

#endif
