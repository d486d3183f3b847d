/* SPDX-License-Identifier: GPL-2.0-or-later
 * Any bytes through any parser, and on through the writers and the diagnostics.
 */
#include <stdlib.h>
#include <string.h>

#include "../unit/same-tree.h"
#include "base/tree-yaml-plain.h"
#include "fuzz-format.h"
#include "parsers/format.h"

/* Where the next "%%% NAME" line begins at or after TEXT; END when there is none. */
static const char *next_mark(const char *text, const char *end)
{
	while (text < end) {
		const char *line_end = memchr(text, '\n', (size_t)(end - text));

		if (end - text > 4 && !memcmp(text, "%%% ", 4))
			return text;
		text = line_end ? line_end + 1 : end;
	}
	return end;
}

/* Takes the name out of the mark at *TEXT and moves that behind the mark's line. */
static char *take_name(const char **text, const char *end)
{
	const char *name = *text + strlen("%%% ");
	const char *line_end = memchr(name, '\n', (size_t)(end - name));
	size_t length = (size_t)((line_end ? line_end : end) - name);

	*text = line_end ? line_end + 1 : end;
	return strndup(name, length);
}

/* Splits the input into the texts that it stands for. */
static int add_texts(struct bondtool *bt, const char *text, const char *end,
		     struct bt_inputs *inputs)
{
	BT_AUTOFREE char *name = strdup("etc/ifcfg-bond0");
	int r = 0;

	do {
		const char *mark = next_mark(text, end);
		const struct bt_source *source = NULL;

		if (mark > text || mark == end)
			source = bt_source_add(bt, name, text, (size_t)(mark - text));
		if (source)
			r = bt_inputs_add(inputs, source, inputs->count > 0);
		text = mark;
		if (text < end) {
			free(name);
			name = take_name(&text, end);
		}
	} while (r == 0 && text < end && name);
	return r;
}

static void write_all(struct bondtool *bt, struct bondtool_config *config)
{
	for (const struct bt_format *const *format = bt_formats; *format; format++) {
		struct bondtool_files *files = NULL;

		if ((*format)->write &&
		    !bondtool_write(bt, config, bt_format_name((*format)->id), &files))
			bondtool_files_free(files);
	}
}

static void render_diags(struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt) && i < 20; i++)
		free(bondtool_diag_text(bt, bondtool_diags_at(bt, i)));
	free(bondtool_diags_json(bt));
}

/* What our scanner takes of YAML, it must read as libyaml does. */
static void judge_plain_yaml(struct bondtool *bt, const struct bt_source *source)
{
	BT_AUTONODE struct bt_node *ours = NULL, *theirs = NULL;

	if (!bt_tree_from_plain_yaml(source, &ours) &&
	    (bt_tree_from_yaml_events(bt, source, &theirs) || !same_tree(ours, theirs)))
		abort();
}

static void try_format(const struct bt_format *format, const char *text, size_t size)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *config = bondtool_config_new();
	BT_AUTOINPUTS struct bt_inputs inputs = {0};

	if (bt && config && !add_texts(bt, text, text + size, &inputs)) {
		for (size_t i = 0; i < inputs.count; i++) {
			bt_format_recognise(inputs.items[i].source);
			judge_plain_yaml(bt, inputs.items[i].source);
		}
		if (!bt_format_read(bt, format, &inputs, config))
			write_all(bt, config);
		render_diags(bt);
	}
	/* Origins in the configuration point into the context's texts. */
	bondtool_config_free(BT_TAKE(config));
	bondtool_free(bt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *wanted = getenv("BONDTOOL_FUZZ_FORMAT");

	for (const struct bt_format *const *format = bt_formats; *format; format++)
		if ((*format)->read && (!wanted || !strcmp(bt_format_name((*format)->id), wanted)))
			try_format(*format, (const char *)data, size);
	return 0;
}
