/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libbondtool: reads, judges, writes, applies and shows Linux network bonds.
 *
 * The way of the data: texts in any format -> configuration (profiles) -> check -> plan -> apply;
 * and back: the running system -> snapshot -> status. The library never prints and never exits.
 *
 * Results: functions that can fail return 0 (or a count) or a negative errno; what happened stands
 * in the context's diagnostics. Outputs are named ret_* and are untouched on failure. Strings that
 * come back as "char *" belong to the caller (free()); "const char *" is borrowed from the object
 * named in the comment.
 */
#ifndef BONDTOOL_H
#define BONDTOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Everything else is built hidden; what stands in this header is what the library exports. */
#pragma GCC visibility push(default)

/* ---- context ------------------------------------------------------------------------------- */

/* Owns source texts, diagnostics and settings. Not for use by two threads at once. */
struct bondtool;

/* A new context, or NULL without memory. */
struct bondtool *bondtool_new(void);
void bondtool_free(struct bondtool *bt);

/* The library's version, such as "0.1.0". */
const char *bondtool_version(void);

/* Columns that a UTF-8 text takes on a terminal: wide characters count 2, combining ones 0. */
size_t bondtool_display_width(const char *text);

/*
 * Puts DIRECTORY before every path of the store ("/etc/bondtool", "/run/bondtool"), so that an
 * image can be prepared offline. Returns 0 or -ENOMEM.
 */
int bondtool_set_root(struct bondtool *bt, const char *directory);

/* ---- diagnostics ---------------------------------------------------------------------------- */

enum bondtool_severity {
	BONDTOOL_NOTE,	  /* worth knowing: nothing is wrong */
	BONDTOOL_WARNING, /* accepted, but hardly what is wanted */
	BONDTOOL_ERROR,	  /* refused */
};

/* One finding. All strings belong to the context and live until bondtool_diags_clear(). */
struct bondtool_diag {
	enum bondtool_severity severity;
	const char *rule;    /* "driver/mode-option", "ifcfg/unknown-key", ...; never NULL */
	const char *file;    /* name of the text at fault; NULL when there is none */
	unsigned line;	     /* from 1; 0 when unknown */
	unsigned column;     /* in bytes, from 1; 0 when unknown */
	unsigned length;     /* bytes at fault from column on, 1023 of more; 0 when unknown */
	const char *message; /* one line, without a full stop */
	const char *hint;    /* what to do instead, one line; may be NULL */
};

/* The findings so far, in the order in which they were made. */
size_t bondtool_diags_count(const struct bondtool *bt);
const struct bondtool_diag *bondtool_diags_at(const struct bondtool *bt, size_t index);
/* How many of them have at least this severity. */
size_t bondtool_diags_at_least(const struct bondtool *bt, enum bondtool_severity severity);
void bondtool_diags_clear(struct bondtool *bt);

/* "note", "warning", "error". */
const char *bondtool_severity_name(enum bondtool_severity severity);

/*
 * The finding as text for a person: "FILE:LINE:COLUMN: error: MESSAGE [RULE]", the source line, a
 * caret under the place, the hint. Several lines, each ended; NULL without memory.
 */
char *bondtool_diag_text(const struct bondtool *bt, const struct bondtool_diag *diag);

/* All findings as a JSON array: objects with rule, severity, file, line, column, message, hint. */
char *bondtool_diags_json(const struct bondtool *bt);

/* ---- tables: options, properties, formats ---------------------------------------------------- */

/* A number with a name; arrays of these end with .name = NULL. Static. */
struct bondtool_name {
	const char *name;
	int64_t number;
	const char *text; /* one line of explanation; may be NULL */
};

/* What one property or option may hold, for help and completion. Strings are static. */
struct bondtool_item_info {
	const char *setting;	   /* of a property: "ipv4"; NULL for options */
	const char *setting_alias; /* "ethernet" for "802-3-ethernet"; NULL when there is none */
	const char *name;	   /* "miimon", "method" */
	const char *old_name;	   /* "master" for "controller"; NULL when there is none */
	const char *alias;	   /* property: "connection add", an option's other name */
	const char *text;	   /* one line of explanation */
	const char *unit;	   /* "ms", "s", "packets"; NULL without one */
	const char *value_type;	   /* "number", "name", "boolean", "interface name", ... */
	int64_t minimum, maximum;  /* of numbers */
	const char *standard;	   /* a property's default; NULL when there is none */
	bool has_number;	   /* an option's default is known: */
	int64_t number;		   /* ... this one */
	const struct bondtool_name *names; /* allowed names or words; NULL when there are none */
	bool port;		   /* an option of a port rather than of the bond */
};

/* Fills *ret_info with row INDEX of the option table; false past the end. */
bool bondtool_option_info(size_t index, struct bondtool_item_info *ret_info);
/* The same for the property table, which is in the order of settings and properties in nmcli. */
bool bondtool_property_info(size_t index, struct bondtool_item_info *ret_info);

/*
 * What NAME means as a property: "setting.property", shortened as far as it stays unique, or a word
 * of "connection add" ("ifname"). False when it means none, or several.
 */
bool bondtool_property_find(const char *name, struct bondtool_item_info *ret_info);

/* A kind of profile. Strings are static. */
struct bondtool_type_info {
	const char *name;  /* value of connection.type: "802-3-ethernet" */
	const char *alias; /* as typed and listed: "ethernet" */
	const char *text;  /* one line of explanation */
};

/* Fills *ret_info with row INDEX of the table of types; false past the end. */
bool bondtool_type_info(size_t index, struct bondtool_type_info *ret_info);

/* Whether profiles of a type hold a setting. */
enum bondtool_presence {
	BONDTOOL_NEVER,
	BONDTOOL_POSSIBLE,
	BONDTOOL_ALWAYS,
};

/* Of TYPE and SETTING, by name or alias; BONDTOOL_NEVER also when one of them is unknown. */
enum bondtool_presence bondtool_type_setting(const char *type, const char *setting);

/* ---- configurations and profiles ------------------------------------------------------------- */

/*
 * A profile is what nmcli calls a connection: settings with properties, named as nmcli names them
 * ("connection.id", "bond.options", "ipv4.addresses"). A configuration is a set of profiles that
 * refer to each other: a port names its bond, a VLAN its parent.
 */
struct bondtool_config;
struct bondtool_profile;

struct bondtool_config *bondtool_config_new(void); /* empty; NULL without memory */
void bondtool_config_free(struct bondtool_config *config);
size_t bondtool_config_count(const struct bondtool_config *config);
/* Borrowed from the configuration. */
struct bondtool_profile *bondtool_config_at(const struct bondtool_config *config, size_t index);

/* Adds a profile and takes it over, even on error. 0 or -ENOMEM. */
int bondtool_config_add(struct bondtool_config *config, struct bondtool_profile *profile);
/*
 * The profile that TEXT refers to as connection.controller does: a UUID or an interface name, else
 * an id. Borrowed; NULL when there is none.
 */
struct bondtool_profile *bondtool_config_referred(struct bondtool_config *config, const char *text);

/*
 * A profile outside any configuration: empty, a copy, or a copy of another id with a UUID of its
 * own. NULL without memory.
 */
struct bondtool_profile *bondtool_profile_new(void);
struct bondtool_profile *bondtool_profile_copy(const struct bondtool_profile *profile);
struct bondtool_profile *bondtool_profile_clone(const struct bondtool_profile *profile,
						const char *id);
void bondtool_profile_free(struct bondtool_profile *profile);

/* How a value is written: as nmcli does for a person, or for a program. */
enum bondtool_style {
	BONDTOOL_PRETTY,   /* "-1 (default)", "{ ip = 10.1.0.0/16, nh = 10.0.0.1 }" */
	BONDTOOL_PARSABLE, /* "-1", "10.1.0.0/16 10.0.0.1" */
};

/*
 * The value of PROPERTY ("setting.property" or an alias), its default where it is unset; "" when
 * there is neither. NULL without memory or when there is no such property.
 */
char *bondtool_profile_get(const struct bondtool_profile *profile, const char *property,
			   enum bondtool_style style);

/* Whether the profile itself sets PROPERTY. */
bool bondtool_profile_has(const struct bondtool_profile *profile, const char *property);

/* How bondtool_profile_change() combines the value with the present one. */
enum bondtool_change {
	BONDTOOL_SET,	 /* property VALUE: replace; "" resets to the default */
	BONDTOOL_ADD,	 /* +property VALUE: add to lists, merge options */
	BONDTOOL_REMOVE, /* -property VALUE: remove by value, index or option name */
};

/*
 * Changes PROPERTY as "nmcli connection modify" does. Returns 0, -ENOENT for an unknown property,
 * -EINVAL for a bad value, -EPERM for one that may not change, -ENOMEM; with diagnostics. The
 * profile is as before after a failure.
 */
int bondtool_profile_change(struct bondtool *bt, struct bondtool_profile *profile,
			    const char *property, enum bondtool_change change, const char *value);

/*
 * Completes a profile that was put together from words, as NetworkManager does before it keeps one:
 * a UUID, the port type by the controller that CONFIG has, method auto; a port
 * loses its addresses. MONITOR: miimon=100 is set unless a link monitor was chosen. Returns 0,
 * -EINVAL with a diagnostic when something needed is missing, or -ENOMEM.
 */
int bondtool_profile_complete(struct bondtool *bt, struct bondtool_config *config,
			      struct bondtool_profile *profile, bool monitor);

/* The configuration as {"profiles": [...]} in JSON: only what is set; NULL without memory. */
char *bondtool_config_json(const struct bondtool_config *config);

/* ---- comparing ------------------------------------------------------------------------------- */

/* One difference between two configurations. Strings belong to the comparison. */
struct bondtool_difference {
	const char *interface; /* of the profile; its name where it has none */
	/*
	 * "ipv4.addresses", or a bond option: "miimon". "connection.type" with a value on one side
	 * alone stands for a profile that the other side lacks.
	 */
	const char *property;
	const char *first, *second; /* as text; NULL where there is neither value nor default */
};

/* All differences, profile by profile in the order of the first configuration. */
struct bondtool_comparison;

/*
 * Compares two configurations in meaning: profiles are matched by interface, what is unset counts
 * as its default or as what the tool that owns the text implies, and a port's bond is the same
 * however it is referred to. UUIDs, names of profiles and keys that only one tool knows do not
 * count. Returns 0 or -ENOMEM.
 */
int bondtool_compare(struct bondtool_config *first, struct bondtool_config *second,
		     struct bondtool_comparison **ret_comparison);
size_t bondtool_comparison_count(const struct bondtool_comparison *comparison);
const struct bondtool_difference *bondtool_comparison_at(const struct bondtool_comparison *all,
							 size_t index);
void bondtool_comparison_free(struct bondtool_comparison *comparison);

/* ---- formats: reading and writing configurations --------------------------------------------- */

struct bondtool_format_info {
	const char *name; /* "ifcfg"; static, as the text is */
	const char *text; /* one line of explanation */
	bool reads, writes;
};

/* Fills *ret_info with row INDEX of the table of formats; false past the end. */
bool bondtool_format_info(size_t index, struct bondtool_format_info *ret_info);
/* 0 when FORMAT can be written; else -EINVAL, with a diagnostic that names those that can. */
int bondtool_format_writes(struct bondtool *bt, const char *format);

/*
 * Reads files, folders and "-" (standard input) into one configuration. FORMAT is a name of the
 * table of formats; NULL tells the format of each text from its content. What belongs to a file is
 * read with it, as the tool that owns the format would. Returns 0 also when parts could not be
 * understood: diagnostics of severity error say so. -EINVAL for an unknown format, a negative errno
 * when a file cannot be read at all, -ENOMEM.
 */
int bondtool_read(struct bondtool *bt, const char *format, const char *const *paths, size_t count,
		  struct bondtool_config **ret_config);

/*
 * Makes a configuration that was read storable. Profiles get the UUIDs, ids and types that they
 * lack; two of the same name or UUID are told apart, with a warning. What the tool that owns the
 * source text implies (miimon=100 of NetworkManager) is written out, with a note. Options that the
 * driver refuses in the bond's mode are left out: with a note when the value is the driver's
 * default and so says nothing, else with a warning. Returns 0 or -ENOMEM.
 */
int bondtool_config_prepare_import(struct bondtool *bt, struct bondtool_config *config);

/* A file to write: its name is relative to the folder in which the owning tool looks. */
struct bondtool_file {
	const char *name;
	const char *text;
	unsigned mode; /* permissions, such as 0600 */
};

/* The files of one writing; they own their strings. */
struct bondtool_files;
size_t bondtool_files_count(const struct bondtool_files *files);
const struct bondtool_file *bondtool_files_at(const struct bondtool_files *files, size_t index);
void bondtool_files_free(struct bondtool_files *files);

/*
 * CONFIG in FORMAT. Nothing goes to disk. What FORMAT cannot express is a warning of a rule that
 * begins with "loss/", and a mere note where that changes nothing (a UUID). Returns 0, -EINVAL for
 * an unknown format, or -ENOMEM.
 */
int bondtool_write(struct bondtool *bt, struct bondtool_config *config, const char *format,
		   struct bondtool_files **ret_files);

/* ---- check ----------------------------------------------------------------------------------- */

/*
 * Judges CONFIG, offline: adds a diagnostic for each rule that is broken, at the text at fault.
 * Rules "driver/..." say what the bonding driver refuses when it is asked to create the bond, its
 * options being those of the profile and those that the owning tool would add; all others say what
 * it accepts although it can hardly be meant. Returns 0 (also with findings) or -ENOMEM.
 */
int bondtool_check(struct bondtool *bt, struct bondtool_config *config);

/*
 * All findings as SARIF 2.1.0, for code review tools: JSON with the rules that were broken and the
 * places in characters. Files below the folder BASE (may be NULL) are named relative to it. NULL
 * without memory.
 */
char *bondtool_diags_sarif(const struct bondtool *bt, const char *base);

/* What a rule minds. Strings are static. */
struct bondtool_rule_info {
	const char *id; /* as in bondtool_diag.rule: "driver/mode-option" */
	enum bondtool_severity severity;
	const char *text;	 /* one line: what is found */
	const char *explanation; /* why it matters and how that is known; one paragraph */
	const char *fix;	 /* what to do about it; one paragraph */
};

/* Fills *ret_info with row INDEX of the table of rules; false past the end. */
bool bondtool_rule_info(size_t index, struct bondtool_rule_info *ret_info);
/* The same with the rule that findings of this id belong to; false when there is none. */
bool bondtool_rule_find(const char *id, struct bondtool_rule_info *ret_info);

/* ---- the running system ---------------------------------------------------------------------- */

/* The links, bonds, addresses and routes of the running system at one moment. */
struct bondtool_snapshot;

/*
 * Reads the running system. Returns 0 or a negative errno with a diagnostic. What the caller may
 * not see for lack of CAP_NET_ADMIN is left out.
 */
int bondtool_snapshot_read(struct bondtool *bt, struct bondtool_snapshot **ret_snapshot);

/*
 * The same for one bond and its ports alone, which costs little where there are many links. Returns
 * -ENODEV, with a diagnostic, when there is no interface of that name.
 */
int bondtool_snapshot_read_bond(struct bondtool *bt, const char *bond,
				struct bondtool_snapshot **ret_snapshot);
void bondtool_snapshot_free(struct bondtool_snapshot *snapshot);

/* One network interface. Strings are borrowed from the snapshot. */
struct bondtool_link_info {
	int ifindex;
	const char *name;
	const char *kind; /* of the kernel: "bond", "vlan", "veth", ...; "ethernet", "loopback" */
	const char *mac, *permanent_mac; /* "" when there is none */
	uint32_t mtu;
	bool up;	 /* set up by an administrator */
	bool carrier;	 /* ... and able to carry packets */
	const char *controller; /* bond or bridge that it is a port of; NULL */
	const char *parent;	/* what a VLAN stands on; NULL */
	int vlan_id;		/* -1 when it is no VLAN */
	uint32_t speed;		/* Mbit/s; 0 when unknown */
	const char *duplex;	/* "full", "half"; NULL when unknown */
	const char *const *addresses4, *const *addresses6; /* "10.0.0.1/24"; NULL-ended */
	const char *gateway4, *gateway6; /* of the best default route; NULL without one */
	const char *const *routes4, *const *routes6; /* as in profiles; NULL-ended */
};

/* The interfaces of the snapshot, ordered by index. */
size_t bondtool_links_count(const struct bondtool_snapshot *snapshot);
/* Fills *ret_info with interface number INDEX; false past the end or without memory. */
bool bondtool_link_info(struct bondtool_snapshot *snapshot, size_t index,
			struct bondtool_link_info *ret_info);

/*
 * The status of BOND, exactly as /proc/net/bonding/BOND shows it to this reader. NULL without
 * memory or, with a diagnostic, when there is no such bond.
 */
char *bondtool_status_text(struct bondtool *bt, const struct bondtool_snapshot *snapshot,
			   const char *bond);

/*
 * The status of BOND, or of all bonds (NULL), as JSON: {"driver_version": ..., "bonds": [...]} with
 * all options, all ports and both ends of LACP, bits of the port state by name. NULL as above.
 */
char *bondtool_status_json(struct bondtool *bt, const struct bondtool_snapshot *snapshot,
			   const char *bond);

/* Whether the bonding driver is there, or can be loaded. */
bool bondtool_driver_present(struct bondtool *bt);

/* ---- plan and apply -------------------------------------------------------------------------- */

/* Operations that lead the running system to what a profile says, in their order. */
struct bondtool_plan;

enum bondtool_plan_flag {
	BONDTOOL_VIA_SYSFS = 1 << 0, /* bonds, ports and options not by netlink but by sysfs */
};

/*
 * Compares PROFILE with the running system and plans what brings it up: a bond with its options,
 * the ports whose profiles in CONFIG name it, addresses and routes; a port with its bond; a VLAN on
 * an interface that is there; another interface with its addresses. Of all ways the least
 * disruptive is taken; a system that is as wanted gives an empty plan. Nothing is changed yet.
 *
 * The profile is the whole truth: an option that it does not set goes back to the driver's default,
 * and with the methods manual and disabled, static addresses that it does not have are removed.
 * Ports without a profile stay; ports whose profile names another controller, or none, leave.
 * A port whose interface is missing is a warning, and the bond comes up without it.
 *
 * Returns 0 or a negative errno with diagnostics: -EEXIST when an interface of that name is of
 * another kind, -ENODEV when one that is needed is missing, -ENOENT for a controller without a
 * profile.
 */
int bondtool_plan_up(struct bondtool *bt, struct bondtool_config *config,
		     const struct bondtool_profile *profile, unsigned flags,
		     struct bondtool_plan **ret_plan);

/*
 * The same for taking PROFILE down: a bond or a VLAN is deleted, with the VLANs on it; a port
 * leaves its bond; another interface is taken down. -ENOTCONN, with a diagnostic
 * "plan/not-active", when there is nothing to take down.
 */
int bondtool_plan_down(struct bondtool *bt, struct bondtool_config *config,
		       const struct bondtool_profile *profile, unsigned flags,
		       struct bondtool_plan **ret_plan);
void bondtool_plan_free(struct bondtool_plan *plan);

/* How many operations; 0: nothing is to be done. */
size_t bondtool_plan_count(const struct bondtool_plan *plan);
/* What becomes of the traffic: "no interruption", "bond0 will be down for a moment, to ..." */
char *bondtool_plan_summary(const struct bondtool_plan *plan);
/* The summary and a line for each operation, 80 columns wide; NULL without memory. */
char *bondtool_plan_text(const struct bondtool_plan *plan);
/* The same as {"interface", "disruption", "summary", "operations": [...]}; NULL without memory. */
char *bondtool_plan_json(const struct bondtool_plan *plan);

/*
 * Applies the plan: all of it or, when the kernel refuses an operation or SIGINT, SIGTERM or SIGHUP
 * comes, nothing of it: what was done is undone, attribute by attribute. Returns 0 or a negative
 * errno; the diagnostic "kernel/refused" has the kernel's own words and the origin of the value,
 * "system/permission" and "system/no-driver" say what is missing. An option that the kernel took
 * without having it is a warning "kernel/unknown-option".
 */
int bondtool_plan_apply(struct bondtool *bt, struct bondtool_plan *plan);

/*
 * Waits until INTERFACE is up with carrier, at most so many milliseconds. 0, -ETIMEDOUT, or -ENODEV
 * with a diagnostic.
 */
int bondtool_wait_up(struct bondtool *bt, const char *interface, unsigned milliseconds);

/* ---- store: profiles on disk ----------------------------------------------------------------- */

/*
 * The profiles in /etc/bondtool/connections below the context's root: one YAML file each, readable
 * by root alone. Files may be written by hand; a bad one is a diagnostic and does not hide the
 * others.
 */
struct bondtool_store;

/* What a store is opened for. */
enum bondtool_store_use {
	BONDTOOL_STORE_READ,  /* all profiles: which ports a bond has, say */
	BONDTOOL_STORE_WRITE, /* the same, and to change them */
	BONDTOOL_STORE_PART,  /* as many as this user may read; a warning "store/read" if not all */
};

/*
 * Reads the profiles. For writing it takes a lock, kept until the store is closed, so that what
 * others write in the meantime cannot be lost; it waits for another writer for half a minute.
 * Returns 0 also when there are no profiles; -EBUSY when the lock was not to be had; -EACCES,
 * -EROFS or another errno with a diagnostic; -ENOMEM.
 */
int bondtool_store_open(struct bondtool *bt, enum bondtool_store_use use,
			struct bondtool_store **ret_store);

/* All profiles, those added included; borrowed, and changed in place until the commit. */
struct bondtool_config *bondtool_store_config(struct bondtool_store *store);

/*
 * The first profile whose id, UUID or file is NAME. KIND says which of them counts: "id", "uuid" or
 * "path"; NULL tries UUID, id and path in this order. NULL when there is none.
 */
struct bondtool_profile *bondtool_store_find(struct bondtool_store *store, const char *kind,
					     const char *name);

/* Adds a profile and takes it over, even on error. 0 or -ENOMEM. */
int bondtool_store_add(struct bondtool_store *store, struct bondtool_profile *profile);
/*
 * Puts PROFILE in the place and the file of OLD, a profile of the store, which keeps its address:
 * *OLD holds what PROFILE held. PROFILE is taken over, even on error. 0 or -ENOENT.
 */
int bondtool_store_replace(struct bondtool_store *store, struct bondtool_profile *old,
			   struct bondtool_profile *profile);
/* Removes a profile and frees it. 0, or -ENOENT when it is not in the store. */
int bondtool_store_remove(struct bondtool_store *store, struct bondtool_profile *profile);

/*
 * Writes what was added, changed or removed since the store was opened, to the disk for good. When
 * something cannot be written, nothing is changed; should only the last step fail for one file, the
 * diagnostic names it. Returns 0 or a negative errno.
 */
int bondtool_store_commit(struct bondtool_store *store);

/* Ends the use and lets others write. What was not committed is not stored. */
void bondtool_store_close(struct bondtool_store *store);

/* The path of the file that holds the profile; NULL for one that is not stored. Borrowed. */
const char *bondtool_profile_file(const struct bondtool_profile *profile);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
