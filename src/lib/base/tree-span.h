/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where everything of a YAML text stands, byte by byte, so that single values of it can be replaced
 * (tree-draft.h). Values are not judged here: a tree of what the text means is tree.h's.
 */
#ifndef BT_BASE_TREE_SPAN_H
#define BT_BASE_TREE_SPAN_H

#include "base/context.h"
#include "base/hash.h"

enum bt_span_kind {
	BT_SPAN_SCALAR,
	BT_SPAN_LIST,
	BT_SPAN_MAP,
};

enum bt_span_style {
	BT_SPAN_PLAIN,	/* of scalars: without quotes */
	BT_SPAN_SINGLE, /* 'in quotes' */
	BT_SPAN_DOUBLE, /* "in quotes" */
	BT_SPAN_LINES,	/* of scalars: | or >; of lists and maps: a line each */
	BT_SPAN_FLOW,	/* of lists and maps: in brackets */
};

/* A value of the text. Offsets are bytes from its start; an end is the byte behind the last one. */
struct bt_span {
	enum bt_span_kind kind;
	enum bt_span_style style;
	size_t start, end;	   /* comments and blanks behind it are not of it */
	char *text;		   /* of scalars: the value, without quotes */
	char *key;		   /* in a map; else NULL */
	size_t key_start, key_end; /* in a map */
	struct bt_span **items;	   /* of lists and maps: in the order of the text */
	size_t count, size;
	struct bt_hash by_key; /* of maps: what bt_span_get() looks into */
};

void bt_span_free(struct bt_span *span);
BT_DEFINE_AUTO(struct bt_span, bt_span_auto, bt_span_free);
#define BT_AUTOSPAN BT_CLEANUP(bt_span_auto)

/*
 * Takes the one document of the text apart. 0 and *ret_root, which is NULL when there is none; or
 * -ENOMEM; or -EOPNOTSUPP with *ret_reason ("it has anchors") when the text is no YAML, or has what
 * cannot be followed from place to place: several documents, anchors and aliases, tags, keys that
 * are no plain words, keys that come twice.
 */
int bt_span_parse(const struct bt_source *source, struct bt_span **ret_root,
		  const char **ret_reason);

/* The item of a map with this key; NULL when there is none or the span is no map. Borrowed. */
struct bt_span *bt_span_get(const struct bt_span *map, const char *key);

#endif
