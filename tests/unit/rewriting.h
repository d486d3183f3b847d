/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What tests of writing a configuration back into its files are written with: texts in, changes to
 * profiles, files out.
 */
#ifndef BT_TEST_REWRITING_H
#define BT_TEST_REWRITING_H

#include <stdarg.h>

#include "base/text.h"
#include "parsers/format.h"
#include "test.h"

/* One rewriting: texts in, changes to profiles, files out. */
struct rewriting {
	struct bondtool *bt;
	const struct bt_format *format;
	struct bt_inputs inputs;
	struct bondtool_config *config;
	struct bondtool_files *files;
};

static inline struct rewriting begin(const char *format)
{
	return (struct rewriting){.bt = bondtool_new(),
				  .format = bt_format_find(format),
				  .config = bondtool_config_new()};
}

static inline void end(struct rewriting *r)
{
	bondtool_files_free(r->files);
	bondtool_config_free(r->config);
	bt_inputs_release(&r->inputs);
	bondtool_free(r->bt);
}

static inline void add(struct rewriting *r, const char *name, const char *text)
{
	const struct bt_source *source = bt_source_add(r->bt, name, text, strlen(text));

	CHECK_INT(bt_inputs_add(&r->inputs, source, false), 0);
}

/* A file that is read from FOLDER, which ends with a slash, and written again by its NAME. */
struct original {
	const char *folder, *name, *text;
};

static inline void read_all(struct rewriting *r)
{
	CHECK_INT(bt_format_read(r->bt, r->format, &r->inputs, r->config), 0);
}

/* Reads ORIGINALS, which one without a name ends. */
static inline void read_originals(struct rewriting *r, const struct original *originals)
{
	for (; originals->name; originals++) {
		BT_AUTOFREE char *path = bt_format("%s%s", originals->folder, originals->name);

		add(r, path, originals->text);
	}
	read_all(r);
}

static inline void change(struct rewriting *r, const char *id, const char *property,
			  const char *value)
{
	struct bondtool_profile *profile = bt_config_by_id(r->config, id);

	CHECK(profile && !bondtool_profile_change(r->bt, profile, property, BONDTOOL_SET, value));
	bt_config_changed(r->config);
}

static inline void write_all(struct rewriting *r)
{
	CHECK_INT(bondtool_write(r->bt, r->config, bt_format_name(r->format->id), &r->files), 0);
}

static inline const char *written(const struct rewriting *r, const char *name)
{
	for (size_t i = 0; i < bondtool_files_count(r->files); i++)
		if (!strcmp(bondtool_files_at(r->files, i)->name, name))
			return bondtool_files_at(r->files, i)->text;
	return NULL;
}

/* TEXT with OTHER in the place of PART, which it has once; a new string. */
static inline char *with(const char *text, const char *part, const char *other)
{
	const char *found = strstr(text, part);

	if (!CHECK(found) || !CHECK(!strstr(found + 1, part)))
		return strdup(text);
	return bt_format("%.*s%s%s", (int)(found - text), text, other, found + strlen(part));
}

/* Checks the file NAME: TEXT with OTHER in the place of PART for each pair of these; NULL ends
 * them. */
__attribute__((sentinel)) static inline void check_written(const struct rewriting *r,
							   const char *name, const char *text, ...)
{
	BT_AUTOFREE char *expected = strdup(text);
	const char *part;
	va_list pairs;

	va_start(pairs, text);
	while ((part = va_arg(pairs, const char *))) {
		char *next = with(expected, part, va_arg(pairs, const char *));

		free(expected);
		expected = next;
	}
	va_end(pairs);
	CHECK_STR(written(r, name), expected);
}

/* Checks that ORIGINALS, read and written as FORMAT, are the same, and that there are no others. */
static inline void check_unchanged(const char *format, const struct original *originals)
{
	struct rewriting r = begin(format);
	size_t count = 0;

	read_originals(&r, originals);
	write_all(&r);
	for (; originals[count].name; count++)
		CHECK_STR(written(&r, originals[count].name), originals[count].text);
	CHECK_INT(bondtool_files_count(r.files), count);
	end(&r);
}

/* Whether it was said that a text is written anew. */
static inline bool is_anew(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		if (!strcmp(bondtool_diags_at(bt, i)->rule, "rewrite/anew"))
			return true;
	return false;
}

#endif
