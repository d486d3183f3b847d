/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which files a "source" or "source-directory" line of /etc/network/interfaces means. */
#ifndef BT_PARSERS_INTERFACES_SOURCE_H
#define BT_PARSERS_INTERFACES_SOURCE_H

#include "parsers/format.h"
#include "parsers/interfaces/interfaces-syntax.h"

/* What one word of such a line refers to. Release with bt_eni_reference_release(). */
struct bt_eni_reference {
	char *pattern;	/* a path, or a glob of paths; relative to nothing but our own folder */
	bool directory; /* the files in it are meant */
	bool wild;	/* the pattern has wildcards */
	bool elsewhere; /* an absolute path, and the file is no copy of a whole /etc/network */
	bool needs_shell; /* holds "$", "`" or "~" */
};
void bt_eni_reference_release(struct bt_eni_reference *reference);
#define BT_AUTOENIREFERENCE BT_CLEANUP(bt_eni_reference_release)

/*
 * What word INDEX (from 1) of the line in WORDS refers to. Relative paths start at the folder of
 * the text; absolute ones below the root that the text's own path ".../etc/network/..." implies.
 * 0 or -ENOMEM.
 */
int bt_eni_refer(const struct bt_eni_words *words, size_t index,
		 struct bt_eni_reference *ret_reference);

/* Whether the file at PATH is meant. */
bool bt_eni_refers_to(const struct bt_eni_reference *reference, const char *path);

/*
 * The gather() of the three formats: the file at PATH (or "interfaces" in the folder PATH, or all
 * that is of the format there) with everything that it includes. 0 or a negative errno.
 */
int bt_eni_gather(struct bondtool *bt, const char *path, const struct bt_eni_dialect *dialect,
		  struct bt_inputs *inputs);

#endif
