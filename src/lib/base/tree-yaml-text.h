/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Pieces of YAML text out of trees, for whoever writes into a text that is there already. */
#ifndef BT_BASE_TREE_YAML_TEXT_H
#define BT_BASE_TREE_YAML_TEXT_H

#include "base/tree.h"

/* How far things are indented. */
struct bt_yaml_style {
	unsigned step; /* columns of a map below its key */
	unsigned dash; /* columns of a list's dashes below its key; often 0 */
};

enum bt_yaml_quotes {
	BT_YAML_AS_NEEDED,
	BT_YAML_SINGLE, /* where the text can stand in them */
	BT_YAML_DOUBLE,
};

/* Adds a scalar; IN_FLOW: within brackets, where some characters need quotes. */
void bt_yaml_add_scalar(struct bt_text *out, const struct bt_node *node, enum bt_yaml_quotes quotes,
			bool in_flow);
/* Adds "key:". */
void bt_yaml_add_key(struct bt_text *out, const char *key, bool in_flow);
/* Adds a value of any kind in one line, lists and maps in brackets. */
void bt_yaml_add_flow(struct bt_text *out, const struct bt_node *node);
/*
 * Adds what stands behind a "key:" at column INDENT, and ends the line: " value", or a line end and
 * a list or map of several lines.
 */
void bt_yaml_add_value(struct bt_text *out, const struct bt_node *node, unsigned indent,
		       const struct bt_yaml_style *style);
/*
 * Adds the items of a list or map at column INDENT, a line or more each. FIRST_IN_PLACE: the first
 * one goes where the text ends now.
 */
void bt_yaml_add_items(struct bt_text *out, const struct bt_node *node, unsigned indent,
		       bool first_in_place, const struct bt_yaml_style *style);

#endif
