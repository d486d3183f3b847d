/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What tests of writing a configuration back into its files are written with: texts in, changes to
 * profiles, files out.
 */
#ifndef BT_TEST_REWRITING_H
#define BT_TEST_REWRITING_H

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

static inline void read_all(struct rewriting *r)
{
	CHECK_INT(bt_format_read(r->bt, r->format, &r->inputs, r->config), 0);
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

/* Whether it was said that a text is written anew. */
static inline bool is_anew(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		if (!strcmp(bondtool_diags_at(bt, i)->rule, "rewrite/anew"))
			return true;
	return false;
}

#endif
