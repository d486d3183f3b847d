/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Rewriting a YAML text in place: what a program changes is changed, and everything else stays byte
 * by byte: comments, order, blank lines, indentation, quotes, and keys that nobody here knows.
 *
 * A writer makes two trees in the same way: WAS of what the text means, read anew, and NOW of what
 * it is to mean. Only their difference goes into the text, so that it does not matter how the text
 * spells what both have ("yes" for true, "0.1s" for 100), nor what it has besides:
 *
 *  - what WAS and NOW have equally stays, whether it stands in the text or not;
 *  - a scalar that differs is replaced at its place, in the quotes that it had;
 *  - a key that only WAS has loses its lines, with all that stands below it;
 *  - a key that only NOW has comes at the end of its map, in the map's own indentation, or within
 *    the brackets of one that has some;
 *  - items of lists come and go in the same way, each behind the one before it in NOW. Maps in a
 *    list are taken for the same one when they have equal values of the keys NAMES, all other items
 *    when they are equal;
 *  - what changes its kind, the order of a list, and a list whose items the text spells so that
 *    they are not found in it, are replaced as a whole.
 *
 * Where WAS and NOW use a key that the text has under an older name, they must use that name: look
 * into the text's tree. With the text's own tree as WAS, unknown keys go too unless NOW has them.
 */
#ifndef BT_BASE_TREE_DRAFT_H
#define BT_BASE_TREE_DRAFT_H

#include "base/tree.h"

/*
 * The text of SOURCE with the difference between WAS and NOW made, in *ret_text, a new string.
 * NAMES: keys that tell maps of a list apart, such as "name", ended by NULL; NULL: there are none.
 *
 * What cannot be edited safely is written anew, with a note "rewrite/anew" that names the reason:
 * anchors, tags, several documents. So it is wherever the edited text, read again, does not have
 * exactly this difference. Keys that the trees do not know stay then too, comments and further
 * documents do not; a text that is no YAML is replaced by NOW. 0 or -ENOMEM.
 */
int bt_tree_rewrite(struct bondtool *bt, const struct bt_source *source, const struct bt_node *was,
		    const struct bt_node *now, const char *const *names, char **ret_text);

/* Equal in kind, text and everything below, keys in any order. Either may be NULL. */
bool bt_node_equal(const struct bt_node *a, const struct bt_node *b);

#endif
