/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Texts that nobody can read, see unreadable.h. */
#include "parsers/unreadable.h"

#include <string.h>

#include "base/text.h"

/* Whether a finding from number FIRST on is about the line of ORIGIN. */
static bool is_found(const struct bondtool *bt, size_t first, const struct bt_origin *origin)
{
	for (size_t i = first; i < bondtool_diags_count(bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(bt, i);

		if (diag->line == origin->line && bt_equal(diag->file, origin->source->name))
			return true;
	}
	return false;
}

static void report_text(struct bondtool *bt, const struct bt_source *source, size_t first)
{
	const char *nul = memchr(source->text, '\0', source->length);
	struct bt_origin origin;
	size_t bad;

	if (!nul && bt_utf8_valid(source->text, source->length, &bad))
		return;
	origin = bt_origin_at(source, nul ? (size_t)(nul - source->text) : bad, 1);
	if (is_found(bt, first, &origin))
		return;
	if (nul)
		bt_warning(bt, "file/nul", &origin,
			   "the text holds a NUL byte, where many tools stop reading");
	else
		bt_note(bt, "file/encoding", &origin, "the text is not valid UTF-8 from here on");
}

void bt_report_bytes(struct bondtool *bt, const struct bt_inputs *inputs, size_t first)
{
	for (size_t i = 0; i < inputs->count; i++)
		report_text(bt, inputs->items[i].source, first);
}

static bool is_blank(const struct bt_source *source)
{
	for (size_t i = 0; i < source->length; i++)
		if (!strchr(" \t\r\n", source->text[i]))
			return false;
	return true;
}

void bt_report_emptiness(struct bondtool *bt, const struct bt_format *format,
			 const struct bt_inputs *inputs, size_t first)
{
	for (size_t i = first; i < bondtool_diags_count(bt); i++)
		if (bondtool_diags_at(bt, i)->line > 0)
			return;
	for (size_t i = 0; i < inputs->count; i++) {
		const struct bt_source *source = inputs->items[i].source;
		struct bt_origin origin;

		if (is_blank(source))
			continue;
		origin = bt_origin_at(source, 0, 1);
		bt_note(bt, "format/empty", &origin, "read as %s, there is no profile in '%s'",
			bt_format_name(format->id), bt_path_base(source->name));
		return;
	}
}
