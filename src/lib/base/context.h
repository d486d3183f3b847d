/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The context behind "struct bondtool": source texts, diagnostics that point into them, and the
 * few settings that are the same for a whole run.
 */
#ifndef BT_BASE_CONTEXT_H
#define BT_BASE_CONTEXT_H

#include "base/cleanup.h"
#include "bondtool.h"

/* One text that was read: kept until the context ends, so that any value can show its origin. */
struct bt_source {
	struct bt_source *next;
	char *name;    /* path as given, or "<...>" for texts that are no file */
	char *text;    /* NUL-terminated copy; may hold NUL bytes inside */
	size_t length; /* bytes */
	uint32_t *lines; /* where each begins, see bt_source_line(); NULL: not asked for yet */
	unsigned n_lines;
};

enum {
	BT_SOURCE_LIMIT = 64 << 20, /* bytes; a longer file is refused with -EFBIG */
	BT_MARKED_LIMIT = (1 << 10) - 1,
};

/*
 * Where a value stands in a text. A copy is cheap; it borrows the source from the context. All
 * zero: from no text. Each value and each node has one, so it is small: lines and columns are as
 * many as a text may have bytes, and of what is longer than BT_MARKED_LIMIT the beginning counts.
 */
struct bt_origin {
	const struct bt_source *source;
	uint64_t line : 27;   /* from 1; 0: unknown */
	uint64_t column : 27; /* bytes, from 1; 0: unknown */
	uint64_t length : 10; /* bytes to be marked, see bt_marked(); 0: unknown */
};
_Static_assert(BT_SOURCE_LIMIT + 1 < 1 << 27, "lines and columns have 27 bits");

/* The length of an origin for what has SIZE bytes. */
static inline unsigned bt_marked(size_t size)
{
	return size < BT_MARKED_LIMIT ? (unsigned)size : BT_MARKED_LIMIT;
}

struct bt_transport;

struct bondtool {
	struct bt_source *sources;
	struct bt_diag *diags; /* array, see diag.c */
	size_t n_diags, size_diags;
	char *root; /* "" or a directory without a slash at its end */
	struct bt_transport *transport; /* to the driver, see wire/transport.h; NULL: not opened */
	void (*transport_release)(struct bt_transport *transport);
};

/*
 * Takes a copy of a text into the context. NAME is what messages call it. Returns the source,
 * owned by the context, or NULL without memory.
 */
const struct bt_source *bt_source_add(struct bondtool *bt, const char *name, const char *text,
				      size_t length);

/*
 * Reads a whole file ("-": standard input) into the context. Returns 0, or a negative errno with a
 * diagnostic of rule "file/read". Directories are -EISDIR.
 */
int bt_source_read(struct bondtool *bt, const char *path, const struct bt_source **ret_source);

/*
 * The origin of the LENGTH bytes at OFFSET of the source. The first call for a source looks for all
 * its lines, so use it for findings.
 */
struct bt_origin bt_origin_at(const struct bt_source *source, size_t offset, size_t length);

/* The place of the LENGTH bytes at OFFSET behind ORIGIN (may be NULL), on the same line. */
struct bt_origin bt_origin_part(const struct bt_origin *origin, size_t offset, size_t length);

/*
 * Line NUMBER (from 1) of the source: returns its start and sets *ret_length (no line end). That is
 * the last one for a higher number, and "" without memory to look for lines.
 */
const char *bt_source_line(const struct bt_source *source, unsigned number, size_t *ret_length);

/* PATH below the context's root, in a new string; NULL without memory. */
char *bt_path(const struct bondtool *bt, const char *path);

enum { BT_DIAG_LIMIT = 10000 }; /* findings; a last one says that there were more */

/*
 * Adds a finding. ORIGIN may be NULL. RULE and HINT are copied; HINT may be NULL. A finding that is
 * lost for lack of memory is not an error.
 */
void bt_diag(struct bondtool *bt, enum bondtool_severity severity, const char *rule,
	     const struct bt_origin *origin, const char *hint, const char *format, ...)
	BT_PRINTF(6, 7);

/* The text that finding number INDEX points into; NULL when it points into none. Borrowed. */
const struct bt_source *bt_diag_source(const struct bondtool *bt, size_t index);

/* An error finding that yields the given errno: return bt_error(bt, -EINVAL, "rule", &o, "..."); */
#define bt_error(bt, error, rule, origin, ...)                                                     \
	(bt_diag(bt, BONDTOOL_ERROR, rule, origin, NULL, __VA_ARGS__), (error))
#define bt_warning(bt, rule, origin, ...)                                                          \
	bt_diag(bt, BONDTOOL_WARNING, rule, origin, NULL, __VA_ARGS__)
#define bt_note(bt, rule, origin, ...) bt_diag(bt, BONDTOOL_NOTE, rule, origin, NULL, __VA_ARGS__)

#endif
