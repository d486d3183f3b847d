/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * systemd-networkd's units (systemd.netdev(5), systemd.network(5)): what reading and writing them
 * have in common. Syntax is ini-syntax.h with systemd's rules. A bond is a .netdev file; addresses,
 * ports and VLANs on top stand in .network files, which are matched with interfaces.
 */
#ifndef BT_PARSERS_NETWORKD_H
#define BT_PARSERS_NETWORKD_H

#include "base/text.h"
#include "parsers/format.h"
#include "parsers/ini/ini-syntax.h"

extern const struct bt_format bt_format_networkd;
extern const struct bt_ini_rules bt_networkd_rules;

/* The functions of the format, see format.h. */
int bt_networkd_read(struct bondtool *bt, const struct bt_inputs *inputs,
		     struct bondtool_config *config);
int bt_networkd_write(struct bondtool *bt, struct bondtool_config *config,
		      struct bondtool_files *files);

/*
 * Where the units stand that SOURCE, one of them or a drop-in, is read together with: its folder,
 * or the root of the system whose folder it is. In a new string; NULL without memory.
 */
char *bt_networkd_home(const struct bt_source *source);

enum bt_networkd_file {
	BT_NETWORKD_NETDEV,
	BT_NETWORKD_NETWORK,
};

/* ---- keys: networkd-table.c ---------------------------------------------------------------- */

/* How the value of a key becomes the value of a property. */
enum bt_networkd_how {
	BT_NETWORKD_KEPT,     /* networkd knows it, the model does not */
	BT_NETWORKD_SPECIAL,  /* by code of its own */
	BT_NETWORKD_NUMBER,
	BT_NETWORKD_SIZE,     /* bytes, with K, M or G */
	BT_NETWORKD_BOOLEAN,
	BT_NETWORKD_INVERTED, /* a boolean that says the opposite */
	BT_NETWORKD_WORDS,    /* one of "words" for the number beside it */
	BT_NETWORKD_TEXT,
};

struct bt_networkd_key {
	enum bt_networkd_file file;
	const char *section, *key;
	enum bt_networkd_how how;
	enum bt_property_id property;
	const struct bondtool_name *words;
	unsigned types; /* where it is written: bits of enum bt_networkd_type; 0: only read */
};

/* Kinds of profile that write a key in different places. */
enum bt_networkd_type {
	BT_NETWORKD_VIRTUAL = 1,  /* bond, vlan: made by a .netdev file */
	BT_NETWORKD_PHYSICAL = 2,
};

extern const struct bt_networkd_key bt_networkd_keys[]; /* ended by .key = NULL */

/* The row of a key; NULL when networkd knows no such key in this section of this file. */
const struct bt_networkd_key *bt_networkd_find_key(enum bt_networkd_file file, const char *section,
						   const char *key);
/* Whether networkd knows the section; ret_keys: whether we know all of its keys. */
bool bt_networkd_knows_section(enum bt_networkd_file file, const char *section, bool *ret_keys);
/*
 * Offers the keys of a section, or all sections, to a search for the nearest word, which then may
 * end in a blank instead of a NUL.
 */
void bt_networkd_offer_keys(struct bt_nearest *nearest, enum bt_networkd_file file,
			    const char *section);
void bt_networkd_offer_sections(struct bt_nearest *nearest, enum bt_networkd_file file);
/* Whether each section of this name is a thing of its own: addresses, routes, rules. */
bool bt_networkd_repeats(const char *section);
/* What to write instead of a key that people invent; NULL without one. */
const char *bt_networkd_advice(const char *section, const char *key);
/* The option that a key of [Bond] names; NULL when there is none. */
const struct bt_option *bt_networkd_option(const char *key);

/* ---- values: networkd-values.c ------------------------------------------------------------- */

/* A span of time as parse_sec() of systemd reads it, in microseconds. 0, -EINVAL or -ERANGE. */
int bt_networkd_parse_time(const char *text, uint64_t *ret_usec);
/* Whether such a text is a mere number. */
bool bt_networkd_lacks_unit(const char *text);
/* Milliseconds in a new string: "100ms", "2s"; NULL without memory. */
char *bt_networkd_format_time(int64_t ms);
/* An option's value as its key in [Bond] has it, in a new string; NULL without memory. */
char *bt_networkd_option_text(const struct bt_option *option, const struct bt_value *value);
/* "yes", "on", "true", "1", ... in any case. False when it is no boolean. */
bool bt_networkd_parse_boolean(const char *text, bool *ret_yes);
/* Whether networkd takes a MAC address for AdActorSystem=; what is none counts as taken. */
bool bt_networkd_is_system(const char *mac);
/* A number in C's notation (0x10, 020). 0, -EINVAL or -ERANGE. */
int bt_networkd_parse_number(const char *text, uint64_t *ret_number);
/* "9000", "9K". 0, -EINVAL or -ERANGE. */
int bt_networkd_parse_size(const char *text, uint64_t *ret_bytes);

/* ---- units: networkd-unit.c ---------------------------------------------------------------- */

/* An assignment that counts. */
struct bt_networkd_line {
	const struct bt_ini *ini; /* of the file or of a drop-in */
	const struct bt_ini_line *line;
	size_t block; /* which section of the unit it stands in, from 1 */
	bool used;    /* it has become part of a profile */
};

/* A file together with its drop-ins. */
struct bt_networkd_unit {
	const char *name; /* "10-bond0.netdev"; borrowed from the source */
	enum bt_networkd_file file;
	bool beside;	  /* not asked for, and nothing that was refers to it */
	bool refused;	  /* networkd does not load it */
	struct bt_ini *inis;
	size_t n_inis;
	struct bt_networkd_line *lines;
	size_t n_lines;
	char **block_names; /* what a block of [Address] or [Route] is about; NULL where unknown */
	size_t n_blocks;    /* the array has one more */
};

/* All units in the order in which networkd reads them: by name. Zero-initialise. */
struct bt_networkd_units {
	struct bt_networkd_unit *items;
	size_t count;
};
void bt_networkd_units_release(struct bt_networkd_units *units);
#define BT_AUTOUNITS BT_CLEANUP(bt_networkd_units_release)
/* Takes all texts apart and joins drop-ins to their files. 0 or -ENOMEM. */
int bt_networkd_units_load(const struct bt_inputs *inputs, struct bt_networkd_units *ret_units);
/* What networkd says about lines, sections and keys that it does not know. */
void bt_networkd_unit_report(struct bondtool *bt, const struct bt_networkd_unit *unit);

/* The line that holds for a key with one value, the last; NULL when there is none. */
struct bt_networkd_line *bt_networkd_last(const struct bt_networkd_unit *unit, const char *section,
					  const char *key);
/* Its value; NULL when there is none or it is empty, which means the same. */
const char *bt_networkd_value(const struct bt_networkd_unit *unit, const char *section,
			      const char *key);
/* Whether the line is of this section and key. */
bool bt_networkd_is(const struct bt_networkd_line *line, const char *section, const char *key);
/* Warns when a key with one value has several in the same file: a drop-in may replace it. */
void bt_networkd_report_twice(struct bondtool *bt, const struct bt_networkd_unit *unit,
			      const char *section, const char *key);
/* Marks every line of the key as used. */
void bt_networkd_use(const struct bt_networkd_unit *unit, const char *section, const char *key);
/*
 * The words of a key that collects them over all its lines, where an empty one forgets those before
 * (which are marked as used): calls EACH for every word with its line and place; stops at the first
 * result that is not 0.
 */
int bt_networkd_each_word(const struct bt_networkd_unit *unit, const char *section, const char *key,
			  int (*each)(void *context, struct bt_networkd_line *line,
				      const char *word, const struct bt_origin *place),
			  void *context);
struct bt_origin bt_networkd_key_place(const struct bt_networkd_line *line);
struct bt_origin bt_networkd_value_place(const struct bt_networkd_line *line);
/* The first line of the unit's own file. */
struct bt_origin bt_networkd_unit_place(const struct bt_networkd_unit *unit);

/* ---- [Match]: networkd-match.c ------------------------------------------------------------- */

enum bt_networkd_match {
	BT_NETWORKD_NO,
	BT_NETWORKD_MAYBE, /* only a running system can tell */
	BT_NETWORKD_YES,
};

/* An interface as far as texts tell; NULL: unknown. */
struct bt_networkd_interface {
	const char *name;
	const char *type; /* "bond", "vlan" */
	const char *mac;
};

/*
 * The .network files, so that the first one for an interface is found without trying all: most name
 * their interfaces and ask for nothing else. Zero-initialise.
 */
struct bt_networkd_matcher {
	const struct bt_networkd_units *units; /* borrowed */
	struct bt_hash by_name;	  /* numbers of units that only name interfaces */
	struct bt_strings names;  /* that the table borrows */
	size_t *others, n_others; /* numbers of all other units */
};
void bt_networkd_matcher_release(struct bt_networkd_matcher *matcher);
int bt_networkd_matcher_init(struct bt_networkd_matcher *matcher,
			     const struct bt_networkd_units *units);
/*
 * The first of the units before END that matches (NULL: none); MAYBE is called for those before it
 * of which only a running system can tell.
 */
const struct bt_networkd_unit *
bt_networkd_first(const struct bt_networkd_matcher *matcher,
		  const struct bt_networkd_interface *interface, const struct bt_networkd_unit *end,
		  void (*maybe)(void *context, const struct bt_networkd_unit *unit), void *context);

/* Whether the unit is for the interface. */
enum bt_networkd_match bt_networkd_match(const struct bt_networkd_unit *unit,
					 const struct bt_networkd_interface *interface);
/* The names of [Match] that stand for one interface each, and the MAC addresses. 0 or -ENOMEM. */
int bt_networkd_matched(const struct bt_networkd_unit *unit, struct bt_strings *ret_names,
			struct bt_strings *ret_macs);

/* ---- meaning: networkd-netdev.c, networkd-network.c, networkd-ip.c ------------------------- */

/* One device that a .netdev file makes, or one interface that a .network file names. */
struct bt_networkd_device {
	const char *name;			/* NULL: only its MAC address is known */
	const char *kind;			/* of a .netdev file; NULL: it is not made by one */
	const struct bt_networkd_unit *netdev;	/* NULL: as above */
	const struct bt_networkd_unit *network; /* that configures it; NULL: none */
	struct bondtool_profile *profile;	/* NULL: of a kind that is none of ours */
};

/* Reads the keys of the unit that become a property each, by the table. 0 or -ENOMEM. */
int bt_networkd_take_rows(struct bondtool *bt, const struct bt_networkd_unit *unit,
			  struct bondtool_profile *profile);
/* Reads [NetDev], [Bond] and [VLAN] into the profile of the device. 0 or -ENOMEM. */
int bt_networkd_take_netdev(struct bondtool *bt, struct bt_networkd_device *device);
/* Reads its .network file, without the references to other devices. 0 or -ENOMEM. */
int bt_networkd_take_network(struct bondtool *bt, struct bt_networkd_device *device);
/* Addresses, gateways, routes, name servers and methods. 0 or -ENOMEM. */
int bt_networkd_take_ip(struct bondtool *bt, struct bt_networkd_device *device);
/* Keeps as extras what no reader has used of the unit. 0 or -ENOMEM. */
int bt_networkd_keep_rest(const struct bt_networkd_unit *unit, struct bondtool_profile *profile);

/* An error that networkd ignores the line's value, and why. */
void bt_networkd_ignored(struct bondtool *bt, const struct bt_networkd_line *line, const char *hint,
			 const char *format, ...) BT_PRINTF(4, 5);

/* What the keys of [Network] say about where addresses come from. */
struct bt_networkd_methods {
	int dhcp;	/* bits 1: IPv4, 2: IPv6; -1: not said */
	int link_local; /* the same */
	int accept_ra;	/* 0, 1; -1: not said */
	bool addresses4, addresses6;
};
/* The method that they come to, ipv4.method or ipv6.method; NULL: none is said. */
const char *bt_networkd_method(const struct bt_networkd_methods *methods, bool v4);

/* ---- writing: networkd-lines.c ------------------------------------------------------------- */

/* One assignment to write. */
struct bt_networkd_text {
	enum bt_networkd_file file;
	char *section;
	char *block; /* what tells sections of one name apart; NULL: there is only one */
	char *key, *value;
};

/* The assignments of one profile. Zero-initialise. */
struct bt_networkd_texts {
	struct bt_networkd_text *items;
	size_t count, size;
	bool failed;
};
void bt_networkd_texts_release(struct bt_networkd_texts *texts);
#define BT_AUTOTEXTS BT_CLEANUP(bt_networkd_texts_release)

/*
 * The profile as assignments, in the order in which they are written. With BT also the loss report.
 * False when no interface can be matched: then there is nothing to write.
 */
bool bt_networkd_lines(struct bondtool *bt, struct bondtool_config *config,
		       const struct bondtool_profile *profile, struct bt_networkd_texts *texts);

/* The same for what of it concerns addresses: networkd-lines-ip.c. */
struct bt_written;
void bt_networkd_ip_lines(struct bondtool *bt, const struct bondtool_profile *profile,
			  struct bt_written *written, struct bt_networkd_texts *texts);
void bt_networkd_add(struct bt_networkd_texts *texts, enum bt_networkd_file file,
		     const char *section, const char *block, const char *key, const char *format,
		     ...) BT_PRINTF(6, 7);

/* The names of route attributes in [Route] and in our routes; ended by .key = NULL. */
struct bt_networkd_attribute {
	const char *key, *name;
	const struct bondtool_name *words; /* for numbers of ours; NULL: the same text */
	bool boolean;
};
extern const struct bt_networkd_attribute bt_networkd_attributes[];

#endif
