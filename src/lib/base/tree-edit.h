/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Edits of a YAML text: places of it, and what stands there instead. What to edit: tree-draft.h. */
#ifndef BT_BASE_TREE_EDIT_H
#define BT_BASE_TREE_EDIT_H

#include "base/tree-span.h"
#include "base/tree-yaml-text.h"

/* Bytes of the old text and what comes in their place. */
struct bt_edit {
	size_t start, end;
	char *text;
};

/* The edits of one text, in any order; they do not overlap. Release with bt_edits_release(). */
struct bt_edits {
	const struct bt_source *source;
	struct bt_yaml_style style; /* that of the text */
	bool crlf;		    /* its lines end so */
	bool ended;		    /* the last line has its end, or an edit adds it */
	struct bt_edit *items;
	size_t count, size;
	bool failed; /* memory ran out: there will be no new text */
	bool unsafe; /* something stands so that it cannot be edited: the new text is wrong */
};
void bt_edits_release(struct bt_edits *edits);

/* A value of the text and what it hangs on. */
struct bt_place {
	const struct bt_span *span; /* NULL: the whole of a text that holds nothing */
	enum { BT_PLACE_ROOT, BT_PLACE_ENTRY, BT_PLACE_ITEM } of;
	bool in_flow;  /* within brackets */
	size_t behind; /* the byte behind the colon or the dash */
	size_t column; /* of the key or the dash; from 0 */
	const struct bt_source *source;
};

/* Begins with a text and what bt_span_parse() made of it (may be NULL). Yields the root's place. */
struct bt_place bt_edits_begin(struct bt_edits *edits, const struct bt_source *source,
			       const struct bt_span *root);
/* The place of an item of the list or map at PLACE. */
struct bt_place bt_place_below(const struct bt_place *place, size_t index);

/* Puts another value there. */
void bt_edit_replace(struct bt_edits *edits, const struct bt_place *place,
		     const struct bt_node *value);
/* Removes the items of a list or map that are marked, an array; one at least must stay. */
void bt_edit_remove(struct bt_edits *edits, const struct bt_place *place, const bool *removed);
/*
 * Adds an item to a list or map that has some, behind the first INDEX ones of the old text; what is
 * added at one place later comes later. Items of maps bring their key.
 */
void bt_edit_insert(struct bt_edits *edits, const struct bt_place *place, size_t index,
		    const struct bt_node *item);

/* The new text in a new string; NULL when memory ran out. */
char *bt_edits_apply(struct bt_edits *edits);

#endif
