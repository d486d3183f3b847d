/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Our own formats: YAML, one file a profile, as the store keeps them, and JSON in one text. */
#ifndef BT_PARSERS_NATIVE_H
#define BT_PARSERS_NATIVE_H

#include "parsers/format.h"

extern const struct bt_format bt_format_yaml;
extern const struct bt_format bt_format_json;

/*
 * Adds the profiles of one YAML text to CONFIG, as the format does. 0 also when parts were not
 * understood; -EINVAL when nothing was, or -ENOMEM.
 */
int bt_yaml_read(struct bondtool *bt, const struct bt_source *source,
		 struct bondtool_config *config);

/* The profile as YAML; NULL without memory. */
char *bt_yaml_text(const struct bondtool_profile *profile);

/*
 * The text of SOURCE, which holds the profile as it was BEFORE and no other, changed where the
 * profile is another now: comments, order and spelling stay. What cannot be changed in place is
 * written anew, with a note "rewrite/anew". 0 and a new string, or -ENOMEM.
 */
int bt_yaml_rewrite(struct bondtool *bt, const struct bt_source *source,
		    const struct bondtool_profile *before, const struct bondtool_profile *profile,
		    char **ret_text);

/*
 * The name of a profile's file: its label with what is unsafe in a file name written as %XX, and
 * SUFFIX (".yaml"). If TAKEN has that name already, the UUID stands between them. In a new string,
 * which TAKEN has then too; NULL without memory.
 */
char *bt_profile_file_name(const struct bondtool_profile *profile, const char *suffix,
			   struct bt_set *taken);

#endif
