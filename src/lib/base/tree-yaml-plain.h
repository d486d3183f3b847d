/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Trees from plain YAML: the part of the language in which people write down networks. A text that
 * uses any more of it, or none of it, is libyaml's.
 */
#ifndef BT_BASE_TREE_YAML_PLAIN_H
#define BT_BASE_TREE_YAML_PLAIN_H

#include "base/tree.h"

/*
 * Reads a text that is plain YAML, without a diagnostic, in *ret_documents: the same tree with the
 * same origins as libyaml's events give. -EOPNOTSUPP where it cannot vouch for that: then the text
 * may use more of the language, or be none of it. 0 or -ENOMEM otherwise.
 *
 * Plain are texts of printable ASCII in lines that end with a line feed, with at most one document,
 * which may begin with "---", of
 *
 *  - maps and lists by indentation, "- key: value" among them, no key twice, and none a "?" key;
 *  - lists and maps in brackets that close in the same line, without a comma too many;
 *  - scalars of one line: plain ones, and quoted ones without escapes; or none at all;
 *  - comments.
 */
int bt_tree_from_plain_yaml(const struct bt_source *source, struct bt_node **ret_documents);

/* What bt_tree_from_yaml() does with other texts, with any text: the judge of the above. */
int bt_tree_from_yaml_events(struct bondtool *bt, const struct bt_source *source,
			     struct bt_node **ret_documents);

/* A scalar without quotes: what it is by its text, as bt_tree_from_yaml() has it. */
enum bt_node_kind bt_yaml_plain_kind(const char *text);

#endif
