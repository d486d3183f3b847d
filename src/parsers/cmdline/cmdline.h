/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The network words of the kernel's command line, dracut.cmdline(7): what reading and writing have
 * in common. Two programs act on them in the initial ramdisk: nm-initrd-generator(8), whose reading
 * is ours, and dracut's own scripts (network-legacy); where these differ, a finding says so.
 */
#ifndef BT_PARSERS_CMDLINE_H
#define BT_PARSERS_CMDLINE_H

#include "parsers/cmdline/cmdline-syntax.h"
#include "parsers/format.h"

extern const struct bt_format bt_format_cmdline;

/* Command lines on their way to profiles. Zero-initialise but for "bt". */
struct bt_cmdline_reading {
	struct bondtool *bt;
	struct bt_cmdline *texts; /* owned, n_texts of them, in dracut's order */
	size_t n_texts;
	struct bondtool_config *profiles; /* owned; in the order in which they were named */
	struct bt_hash by_name;		  /* of "names" to the number in "profiles" */
	struct bt_strings names;	  /* of interfaces, or MAC addresses */
	struct bt_strings parents;	  /* that VLANs stand on */
	const char *bootdev;		  /* the last one; one of "names", or NULL */
};
void bt_cmdline_reading_release(struct bt_cmdline_reading *reading);
#define BT_AUTOREADING BT_CLEANUP(bt_cmdline_reading_release)

/* A word that is being read. */
struct bt_cmdline_at {
	struct bt_cmdline *text;
	struct bt_cmdline_word *word;
};

/* Parses the sources and fills "profiles". 0 or -ENOMEM. */
int bt_cmdline_understand(struct bt_cmdline_reading *reading,
			  const struct bt_source *const *sources, size_t count);

/*
 * The profile of the interface that PART names, by its name or its MAC address, made when it is
 * new; NULL in *ret_profile, with a diagnostic, when it is no name. *ret_name, which is borrowed
 * and may be NULL, is what the profile is known as. 0 or -ENOMEM.
 */
int bt_cmdline_profile(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		       const struct bt_cmdline_part *part, struct bondtool_profile **ret_profile,
		       const char **ret_name);
/* The profile that is known as NAME, or NULL. */
struct bondtool_profile *bt_cmdline_known(const struct bt_cmdline_reading *reading,
					  const char *name);

/* Sets PROPERTY from PART, or from TEXT that stands there. What is refused was reported: 0,
 * -ENOMEM. */
int bt_cmdline_set(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		   struct bondtool_profile *profile, enum bt_property_id property,
		   const struct bt_cmdline_part *part, const char *text);

/* Keeps what the model has no place for: KEY in the word of SECTION, or NULL for a whole word. */
int bt_cmdline_keep(const struct bt_cmdline_at *at, struct bondtool_profile *profile,
		    const char *section, const char *key, const struct bt_cmdline_part *value);

/* A finding at PART; NULL stands for the whole word. */
void bt_cmdline_find(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		     const struct bt_cmdline_part *part, enum bondtool_severity severity,
		     const char *rule, const char *hint, const char *format, ...) BT_PRINTF(7, 8);

/* Says that there are more fields than in FORM, "vlan=NAME:INTERFACE", if so. */
void bt_cmdline_report_rest(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
			    const struct bt_cmdline_fields *fields, const char *form);
/* What is to be said of words as such: quotes, comments, words that are not understood. */
void bt_cmdline_report_words(struct bt_cmdline_reading *reading);

/* The words bond= and bridge=, and those that are about addresses. 0 or -ENOMEM. */
int bt_cmdline_take_bond(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at);
/* bridge=, which counts when a port of it is known; to be read after the words that make some. */
int bt_cmdline_take_bridge(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at);
int bt_cmdline_take_ip(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at);
int bt_cmdline_take_peerdns(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at);
int bt_cmdline_take_route(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at);
int bt_cmdline_take_nameserver(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at);

/* "auto", "manual", ... of the family whose properties begin at BLOCK: set, else implied. */
const char *bt_cmdline_method(const struct bondtool_profile *profile, enum bt_property_id block);
/* Whether nameserver= words are for PROFILE, too: ports and families without addresses get none. */
bool bt_cmdline_takes_dns(const struct bondtool_profile *profile, enum bt_property_id block);

/* The number at the end of a VLAN's name; NULL when there is none. */
const char *bt_cmdline_vlan_number(const char *name);
/* The MAC address that TEXT, written with ':' or '-', stands for, in a new string; else NULL. */
char *bt_cmdline_mac(const char *text);

/* The functions of the format, see format.h. */
int bt_cmdline_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files);

#endif
