/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One keyfile on its way to a profile: what the parts of the reader share. */
#ifndef BT_PARSERS_KEYFILE_READING_H
#define BT_PARSERS_KEYFILE_READING_H

#include "parsers/keyfile/keyfile.h"

struct bt_keyfile_reading {
	struct bondtool *bt;
	struct bt_ini ini;
	const struct bt_ini_line **lines; /* those that hold: the last of each key */
	size_t n_lines;
	struct bt_hash by_key;	 /* of "SECTION\nKEY", to the number of its line */
	struct bt_strings names; /* that the table borrows */
	struct bondtool_profile *profile;
	const struct bt_ini_line *active_slave; /* put off: another key may say the same */
	bool takes_teams; /* a team's profile is read as a bond's */
	bool is_team;	  /* it is one */
};

/* The setting that a section holds, or -1; and the name that both of its names share. */
int bt_keyfile_setting(const char *section);
const char *bt_keyfile_section_name(const char *section);
/* The line of KEY in a section, by the name that its names share; NULL when there is none. */
const struct bt_ini_line *bt_keyfile_find(const struct bt_keyfile_reading *reading,
					  const char *section, const char *key);

/*
 * All of these return 0 or -ENOMEM. What the model cannot hold, or what NetworkManager does not
 * take, is kept as an extra of the profile.
 */
int bt_keyfile_keep(struct bt_keyfile_reading *reading, const struct bt_ini_line *line);
/* With an error that says what NetworkManager would have NEEDED; it ignores the key. */
int bt_keyfile_ignore_value(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			    const char *hint, const char *needed);
/* Keeps the line when R says that the model refused its value, which was reported. */
int bt_keyfile_kept_unless(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			   int r);

/* Sets PROPERTY from TEXT, or from the line's value as the property's type is written. */
int bt_keyfile_take_text(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			 enum bt_property_id property, const char *text);
int bt_keyfile_take_scalar(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			   enum bt_property_id property);
int bt_keyfile_take_property(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			     enum bt_property_id property);
bool bt_keyfile_is_digits(const char *text);

/* A line of [bond]; and, when all are read, the one that was put off. */
int bt_keyfile_take_option(struct bt_keyfile_reading *reading, const struct bt_ini_line *line);
int bt_keyfile_take_active_slave(struct bt_keyfile_reading *reading);
/* Keeps as extras the options of the link monitor that NetworkManager ignores for the other one. */
int bt_keyfile_settle_monitors(struct bt_keyfile_reading *reading);

/* Whether the line of [ipv4] or [ipv6] is of addresses or routes, which are read at the end. */
bool bt_keyfile_is_ip_line(const struct bt_ini_line *line);
/* The addresses, or the routes, of the family whose properties begin at BLOCK. */
int bt_keyfile_take_ips(struct bt_keyfile_reading *reading, enum bt_property_id block, bool route);

#endif
