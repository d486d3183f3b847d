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

/* The first byte that is none of a text: a NUL, else one that is no UTF-8; false without one. */
static bool find_bad_byte(const struct bt_source *source, size_t *ret_at)
{
	const char *nul = memchr(source->text, '\0', source->length);

	if (!nul)
		return !bt_utf8_valid(source->text, source->length, ret_at);
	*ret_at = (size_t)(nul - source->text);
	return true;
}

/* Whether the text begins with the mark by which UTF-16 says the order of its bytes. */
static bool is_utf16(const struct bt_source *source)
{
	return source->length >= 2 && (memcmp(source->text, "\xfe\xff", 2) == 0 ||
				       memcmp(source->text, "\xff\xfe", 2) == 0);
}

void bt_report_unrecognised(struct bondtool *bt, const struct bt_source *source)
{
	static const char rule[] = "format/unrecognised";
	struct bt_origin origin = {0};
	size_t bad;

	if (is_utf16(source)) {
		origin = bt_origin_at(source, 0, 1);
		bt_diag(bt, BONDTOOL_ERROR, rule, &origin,
			"convert it first: iconv -f UTF-16 -t UTF-8 FILE",
			"cannot tell the format of '%s': it is UTF-16, and not UTF-8",
			source->name);
	} else if (find_bad_byte(source, &bad)) {
		origin = bt_origin_at(source, bad, 1);
		bt_diag(bt, BONDTOOL_ERROR, rule, &origin, "say which it is: --from FORMAT",
			source->text[bad] ? "cannot tell the format of '%s': it holds the byte "
					    "0x%02x, which is no UTF-8"
					  : "cannot tell the format of '%s': it holds the byte "
					    "0x%02x, as no text does",
			source->name, (unsigned char)source->text[bad]);
	} else {
		bt_diag(bt, BONDTOOL_ERROR, rule, NULL, "say which it is: --from FORMAT",
			"cannot tell the format of '%s'", source->name);
	}
}

static void report_text(struct bondtool *bt, const struct bt_source *source, size_t first)
{
	struct bt_origin origin;
	size_t bad;

	if (!find_bad_byte(source, &bad))
		return;
	origin = bt_origin_at(source, bad, 1);
	if (is_found(bt, first, &origin))
		return;
	if (!source->text[bad])
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
