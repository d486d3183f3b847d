/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The registry of formats. A format is one row with three independent parts, a file each: syntax
 * (text to lines that keep comments and order), meaning (lines to profiles) and writing (profiles
 * to text). Adding a format is its files and one row in formats.c.
 */
#ifndef BT_PARSERS_FORMAT_H
#define BT_PARSERS_FORMAT_H

#include "model/profile.h"

/* Texts to read, in the order in which the owning tool would. Borrows them from the context. */
struct bt_sources {
	const struct bt_source **items;
	size_t count, size;
};
void bt_sources_release(struct bt_sources *sources);
#define BT_AUTOSOURCES BT_CLEANUP(bt_sources_release)
int bt_sources_add(struct bt_sources *sources, const struct bt_source *source); /* 0 or -ENOMEM */

/* Files to write: names relative to the directory in which the owning tool looks. Owns its strings. */
struct bt_file {
	char *name;
	char *text;
	unsigned mode; /* permissions, such as 0600 */
};
struct bt_files {
	struct bt_file *items;
	size_t count, size;
};
void bt_files_release(struct bt_files *files);
#define BT_AUTOFILES BT_CLEANUP(bt_files_release)
/* Adds a file; takes TEXT over, even on error (and NULL is -ENOMEM). */
int bt_files_add(struct bt_files *files, const char *name, unsigned mode, char *text);

struct bt_format {
	const char *name;  /* as in --from and --to */
	const char *text;  /* one line for help */
	enum bt_format_id id;

	/*
	 * How surely SOURCE is of this format, 0 to 100, from its content and then its name. Must be
	 * quick and must not read files.
	 */
	unsigned (*recognise)(const struct bt_source *source);

	/*
	 * Optional: which files belong to the input at PATH (a file or a directory), as the owning
	 * tool would find them: ports beside a bond's ifcfg file, "source" lines, drop-ins. NULL:
	 * the file itself, or every file of the directory that the format recognises.
	 */
	int (*gather)(struct bondtool *bt, const char *path, struct bt_sources *sources);

	/*
	 * The meaning of the texts, added to CONFIG. Reads no files. What cannot be understood is a
	 * diagnostic, and the rest is read all the same. Returns 0, or a negative errno only when
	 * nothing sensible could be read. NULL: the format can only be written.
	 */
	int (*read)(struct bondtool *bt, const struct bt_sources *sources,
		    struct bondtool_config *config);

	/*
	 * CONFIG as files. What the format cannot express is a warning of rule "loss/..." with the
	 * origin of the value. NULL: the format can only be read.
	 */
	int (*write)(struct bondtool *bt, struct bondtool_config *config, struct bt_files *files);
};

/* All formats, ended by .name = NULL. */
extern const struct bt_format *const bt_formats[];

const struct bt_format *bt_format_find(const char *name);
/* The format that recognises SOURCE best; NULL when none does. */
const struct bt_format *bt_format_recognise(const struct bt_source *source);

#endif
