/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The registry of formats. A format is one row with three independent parts, a file each: syntax
 * (text to lines that keep comments and order), meaning (lines to profiles) and writing (profiles
 * to text). Adding a format is its files, its row, and the row's name in formats.c.
 */
#ifndef BT_PARSERS_FORMAT_H
#define BT_PARSERS_FORMAT_H

#include "base/text.h"
#include "model/profile.h"

/* One text to read. */
struct bt_input {
	const struct bt_source *source; /* borrowed from the context */
	bool beside; /* not asked for but found beside it: counts only as far as referred to */
};

/* Texts to read, in the order in which the owning tool would. Zero-initialise. */
struct bt_inputs {
	struct bt_input *items;
	size_t count, size;
	struct bt_hash by_name;	   /* of what is in items */
	struct bt_strings folders; /* those whose files were looked through */
};
void bt_inputs_release(struct bt_inputs *inputs);
#define BT_AUTOINPUTS BT_CLEANUP(bt_inputs_release)

/*
 * Adds a text that was read. One that is there already is not added again, but having been asked
 * for wins over having been found beside. 0 or -ENOMEM.
 */
int bt_inputs_add(struct bt_inputs *inputs, const struct bt_source *source, bool beside);
/* The number of the text with this path in *ret_number (may be NULL); false if it is not there. */
bool bt_inputs_find(const struct bt_inputs *inputs, const char *path, size_t *ret_number);
/* Whether FOLDER is entered for the first time: its files need to be looked through once only. */
bool bt_inputs_enter(struct bt_inputs *inputs, const char *folder);

/* Adds to CONFIG what one text means; 0, or a negative errno with a diagnostic. */
typedef int bt_read_text(struct bondtool *bt, const struct bt_source *source,
			 struct bondtool_config *config);
/*
 * Reads INPUTS one by one, where no text depends on another. A text that cannot be read does not
 * hold up the others: 0 when one could be read, -EINVAL when none could, -ENOMEM at once.
 */
int bt_read_each(struct bondtool *bt, const struct bt_inputs *inputs, bt_read_text *read_one,
		 struct bondtool_config *config);

/*
 * The names of the files in FOLDER, sorted by bytes; hidden ones, folders and sockets left out. 0,
 * or a negative errno with a diagnostic "file/read".
 */
int bt_folder_files(struct bondtool *bt, const char *folder, struct bt_strings *ret_names);
/* New strings, NULL without memory: the folder of a path ("." if none), and "FOLDER/NAME". */
char *bt_path_folder(const char *path);
char *bt_path_join(const char *folder, const char *name);
/* The part of PATH behind the last slash; borrowed. */
const char *bt_path_base(const char *path);

/* Files to write. They own their strings, which look const from outside. */
struct bondtool_files {
	struct bondtool_file *items;
	size_t count, size;
	struct bt_hash by_name;
};
BT_DEFINE_AUTO(struct bondtool_files, bt_files_auto, bondtool_files_free);
#define BT_AUTOFILES BT_CLEANUP(bt_files_auto)
/* Adds a file; takes TEXT over, even on error (and NULL is -ENOMEM). 0 or -ENOMEM. */
int bt_files_add(struct bondtool_files *files, const char *name, unsigned mode, char *text);
/* Whether there is a file of this name already. */
bool bt_files_have(const struct bondtool_files *files, const char *name);

struct bt_format {
	enum bt_format_id id; /* its name is bt_format_name(id) */
	const char *text;     /* one line for help */

	/*
	 * How surely SOURCE is of this format, 0 to 100, by its content and then its name. Must be
	 * quick and must not read files. NULL: never, it has to be named.
	 */
	unsigned (*recognise)(const struct bt_source *source);

	/*
	 * Optional: adds the texts that belong to the input at PATH (a file or a folder), as the
	 * owning tool would find them: ports beside a bond's ifcfg file, "source" lines, drop-ins.
	 * NULL: the file itself, or every file of the folder that the format recognises. Returns 0,
	 * or a negative errno with a diagnostic.
	 */
	int (*gather)(struct bondtool *bt, const char *path, struct bt_inputs *inputs);

	/*
	 * The meaning of the texts, added to CONFIG. Reads no files. What cannot be understood is a
	 * diagnostic, and the rest is read all the same. Returns 0, or a negative errno only when
	 * nothing sensible could be read. NULL: the format can only be written.
	 */
	int (*read)(struct bondtool *bt, const struct bt_inputs *inputs,
		    struct bondtool_config *config);

	/*
	 * Optional: whether the format's tool sets miimon=100 where PROFILE, a bond, does not
	 * say how its links are watched.
	 */
	bool (*implies_miimon)(const struct bondtool_profile *profile);

	/*
	 * Whether the format's tool looks for addresses where a profile does not say how it gets
	 * them.
	 */
	bool implies_addresses;

	/*
	 * CONFIG as files, named relative to the folder in which the owning tool looks. What the
	 * format cannot express is a warning of rule "loss/..." with the origin of the value. NULL:
	 * the format can only be read.
	 */
	int (*write)(struct bondtool *bt, struct bondtool_config *config,
		     struct bondtool_files *files);
};

/* All formats, ended by NULL. */
extern const struct bt_format *const bt_formats[];

/* The format of this name, or NULL. */
const struct bt_format *bt_format_find(const char *name);
/* Reads INPUTS as FORMAT, which can be read; the profiles remember it. As its read(). */
int bt_format_read(struct bondtool *bt, const struct bt_format *format,
		   const struct bt_inputs *inputs, struct bondtool_config *config);
/* The format that recognises SOURCE best, the first of equals; NULL when none does. */
const struct bt_format *bt_format_recognise(const struct bt_source *source);

#endif
