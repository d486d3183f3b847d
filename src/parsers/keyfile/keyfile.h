/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * NetworkManager's keyfiles (nm-settings-keyfile(5)): what reading and writing them have in common.
 * Syntax is ini-syntax.h with GLib's rules; the names of settings and properties are those of our
 * property table.
 */
#ifndef BT_PARSERS_KEYFILE_H
#define BT_PARSERS_KEYFILE_H

#include "base/text.h"
#include "parsers/format.h"
#include "parsers/ini/ini-syntax.h"

extern const struct bt_format bt_format_keyfile;
extern const struct bt_ini_rules bt_keyfile_rules;

/*
 * Texts of the format to and from their value in the file: "\s", "\t", "\n", "\r" and "\\". Both
 * yield a new string; NULL without memory, and bt_keyfile_decode() also (errno EINVAL) for an
 * unknown escape, which GLib refuses.
 */
char *bt_keyfile_decode(const char *value);
char *bt_keyfile_encode(const char *text);

/*
 * A key that numbers the items of a list: "address1" is 1, "address" alone -1. False when KEY is
 * not BASE with a number that NetworkManager accepts.
 */
bool bt_keyfile_numbered(const char *key, const char *base, long *ret_number);

/*
 * "ADDRESS/PREFIX,GATEWAY" or "DESTINATION/PREFIX,GATEWAY,METRIC" taken apart; '/', ';' and ','
 * separate alike. Fields are borrowed from *buffer, NULL where the value has none.
 */
struct bt_keyfile_ip {
	const char *address, *prefix, *gateway, *metric;
	bool garbage;	   /* more text than fields, or a character that no field has */
	size_t garbage_at; /* where it begins */
};
void bt_keyfile_ip_split(char *buffer, bool route, struct bt_keyfile_ip *ret_ip);

/* A key that NetworkManager knows and our model does not: kept without a word. */
bool bt_keyfile_is_foreign_key(enum bt_setting_id setting, const char *key);
/* The same for a whole section ("proxy"). */
bool bt_keyfile_is_foreign_section(const char *section);
/* Offers what NetworkManager knows to a search for the nearest word. */
void bt_keyfile_offer_sections(struct bt_nearest *nearest);
void bt_keyfile_offer_keys(struct bt_nearest *nearest, enum bt_setting_id setting);

/* How a property is written: an enumeration by its name or by its number. */
bool bt_keyfile_has_names(enum bt_property_id property);

/* What NetworkManager refuses in a whole profile, or would ignore. Adds diagnostics. */
void bt_keyfile_verify(struct bondtool *bt, const struct bondtool_profile *profile);
/*
 * Whether NetworkManager would refuse the whole profile for this option, which is set: the reason,
 * static, or NULL. And the same for a property.
 */
const char *bt_keyfile_refuses_option(const struct bondtool_profile *profile, enum bt_option_id id);
bool bt_keyfile_refuses_property(const struct bondtool_profile *profile, enum bt_property_id id);

/* The meaning of one text: a profile, or NULL in *ret_profile when it is none of our types. */
int bt_keyfile_read_one(struct bondtool *bt, const struct bt_source *source,
			struct bondtool_profile **ret_profile);

/* The same, but a team's profile is read as that of a bond, and *ret_team says so. */
int bt_keyfile_read_team(struct bondtool *bt, const struct bt_source *source,
			 struct bondtool_profile **ret_profile, bool *ret_team);

/* The functions of the format, see format.h. */
int bt_keyfile_read(struct bondtool *bt, const struct bt_inputs *inputs,
		    struct bondtool_config *config);
int bt_keyfile_write(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files);

#endif
