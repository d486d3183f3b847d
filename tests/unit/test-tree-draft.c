/* SPDX-License-Identifier: GPL-2.0-or-later
 * Rewriting YAML in place: only what differs between two trees changes in the text.
 */
#include <stdlib.h>

#include "base/tree-draft.h"
#include "generate.h"
#include "model/config-tree.h"
#include "test.h"

static const char *const names[] = {"name", NULL};

static struct bt_node *tree_of(struct bondtool *bt, const char *text)
{
	BT_AUTONODE struct bt_node *documents = NULL;

	bt_tree_from_yaml(bt, bt_source_add(bt, "tree", text, strlen(text)), &documents);
	if (!documents || documents->count != 1)
		return bt_node_new(BT_NODE_NULL);
	return bt_node_copy(documents->items[0]);
}

/* TEXT becomes WANTED where WAS (NULL: what the text says) becomes NOW; and says RULE or nothing.
 */
static void check(const char *text, const char *was, const char *now, const char *wanted,
		  const char *rule)
{
	struct bondtool *bt = bondtool_new();
	struct bt_node *from = tree_of(bt, was ? was : text), *to = tree_of(bt, now);
	const struct bt_source *source = bt_source_add(bt, "text", text, strlen(text));
	BT_AUTOFREE char *written = NULL;

	CHECK_INT(bt_tree_rewrite(bt, source, from, to, names, &written), 0);
	CHECK_STR(written, wanted);
	CHECK_STR(bondtool_diags_count(bt) ? bondtool_diags_at(bt, 0)->rule : NULL, rule);
	bt_node_free(from);
	bt_node_free(to);
	bondtool_free(bt);
}

static void test_nothing_changes_nothing(void)
{
	static const char text[] = "# all\na:   1 # one\n\nb: [ x,  'y' ]\n...\n";

	check(text, NULL, "{b: [x, y], a: 1}", text, NULL);
	check("not: [yaml", "{a: 1}", "{a: 1}", "not: [yaml", NULL);
}

static void test_scalars_keep_place_and_quotes(void)
{
	check("a: 1 # one\nb: 'x'\nc: \"x\"\n", NULL, "{a: 2, b: y, c: y}",
	      "a: 2 # one\nb: 'y'\nc: \"y\"\n", NULL);
	check("a: x\n", NULL, "{a: 'no'}", "a: \"no\"\n", NULL);
	check("b: 'x'\n", NULL, "{b: \"it's\"}", "b: \"it's\"\n", NULL);
	check("a: # soon\nb: 1\n", NULL, "{a: 5, b: 1}", "a: 5 # soon\nb: 1\n", NULL);
	check("a: |\n  one\n  two\nb: 1\n", NULL, "{a: x, b: 1}", "a: x\nb: 1\n", NULL);
	check("a: one\n  two\nb: 1\n", NULL, "{a: x, b: 1}", "a: x\nb: 1\n", NULL);
	check("{\"a\":1}", NULL, "{a: 2}", "{\"a\":2}", NULL);
	check("a: \xc3\xa4\xc3\xb6 # \xe2\x82\xac\nb: \xc3\xa4\n", NULL, "{a: \xc3\xbc, b: x}",
	      "a: \xc3\xbc # \xe2\x82\xac\nb: x\n", NULL);
}

static void test_what_both_have_may_be_spelt_otherwise(void)
{
	check("a: yes\nd: 1\n", "{a: true, b: 5, c: 1}", "{a: true, b: 5, c: 2}",
	      "a: yes\nd: 1\nc: 2\n", NULL);
}

static void test_keys_come_and_go(void)
{
	static const char text[] = "top:\n"
				   "    # first\n"
				   "    a: 1   # gone with its key\n"
				   "    b:\n"
				   "        c: 2\n"
				   "\n"
				   "        d: 3\n"
				   "# end\n"
				   "more: {x: 1, y: 2}\n";

	check(text, NULL, "{top: {b: {c: 2, e: {f: 4}}, g: [1, 2]}, more: {z: 3, y: 2}, new: w}",
	      "top:\n"
	      "    # first\n"
	      "    b:\n"
	      "        c: 2\n"
	      "\n"
	      "        e:\n"
	      "            f: 4\n"
	      "    g: [1, 2]\n"
	      "# end\n"
	      "more: {y: 2, z: 3}\n"
	      "new: w\n",
	      NULL);
	check("a: 1\nb: 2", NULL, "{b: 2, c: 3}", "b: 2\nc: 3\n", NULL);
	check("a: {b: 1}\n", NULL, "{a: {}}", "a: {}\n", NULL);
	check("a:\n  b: 1\nc: 2\n", NULL, "{a: {}, c: 2}", "a: {}\nc: 2\n", NULL);
	check("a: {} # none\nc: 2\n", NULL, "{a: {b: 1}, c: 2}", "a: # none\n  b: 1\nc: 2\n", NULL);
	check("a:\nc: 2\n", NULL, "{a: {b: 1}, c: 2}", "a:\n  b: 1\nc: 2\n", NULL);
	check("a: 1 # one\n", NULL, "{a: {b: 1}}", "a: # one\n  b: 1\n", NULL);
	check("a: # one\n  b: 1\n", NULL, "{a: 1}", "a: 1 # one\n", NULL);
	check("# nothing yet\n", "null", "{a: 1}", "# nothing yet\na: 1\n", NULL);
	check("a: 1\r\nb: 2\r\n", NULL, "{a: 1, b: {c: 3}}", "a: 1\r\nb:\r\n  c: 3\r\n", NULL);
}

static void test_brackets_stay(void)
{
	check("a: [x, y, z]\n", NULL, "{a: [y]}", "a: [y]\n", NULL);
	check("a: [x, y, z]\n", NULL, "{a: [x, m, z, w]}", "a: [x, m, z, w]\n", NULL);
	check("a: [x]\n", NULL, "{a: [m, x]}", "a: [m, x]\n", NULL);
	check("a: [x]\n", NULL, "{a: [m]}", "a: [m]\n", NULL);
	check("a: [x]\n", NULL, "{a: []}", "a: []\n", NULL);
	check("a: {b: {c: 1}}\n", NULL, "{a: {b: {c: 1, d: [2, {e: \"f,g\"}]}}}",
	      "a: {b: {c: 1, d: [2, {e: \"f,g\"}]}}\n", NULL);
	check("a: [ x, # one\n  y,\n]\n", NULL, "{a: [x]}", "a: [ x,\n]\n", NULL);
	check("a: {b: , c: 1}\n", NULL, "{a: {b: 2, c: 1}}", "a: {b: 2, c: 1}\n", NULL);
	/* Old readers of YAML take no colon there. */
	check("a: [x, y]\nb: x\n", NULL, "{a: [x, \"1::2\"], b: \"1::2f\"}",
	      "a: [x, \"1::2\"]\nb: 1::2f\n", NULL);
}

static void test_items_come_and_go(void)
{
	check("a:\n- x # one\n- y\n# end\n", NULL, "{a: [x, m, y, z], b: [[1, {c: d}]]}",
	      "a:\n- x # one\n- m\n- y\n- z\nb:\n-\n  - 1\n  - c: d\n# end\n", NULL);
}

static void test_items_are_known_by_name(void)
{
	static const char text[] = "l:\n"
				   "  - name: one\n"
				   "    v: 1 # first\n"
				   "  - v: 2\n"
				   "    name: two\n"
				   "  # third\n"
				   "  - name: three\n"
				   "    w: 3\n";

	check(text, NULL,
	      "{l: [{name: one, v: 5, u: 0}, {name: new, l: [1]}, {name: three, w: 3}]}",
	      "l:\n"
	      "  - name: one\n"
	      "    v: 5 # first\n"
	      "    u: 0\n"
	      "  - name: new\n"
	      "    l: [1]\n"
	      "  # third\n"
	      "  - name: three\n"
	      "    w: 3\n",
	      NULL);
	/* Others in the list, which the trees do not know, stay. */
	check(text, "{l: [{name: two, v: 2}]}", "{l: [{name: two}]}",
	      "l:\n"
	      "  - name: one\n"
	      "    v: 1 # first\n"
	      "  - name: two\n"
	      "  # third\n"
	      "  - name: three\n"
	      "    w: 3\n",
	      NULL);
	/* Another order is another list. */
	check("l:\n  - name: a\n  - name: b\n", NULL, "{l: [{name: b}, {name: a}]}",
	      "l:\n  - name: b\n  - name: a\n", NULL);
}

static void test_what_is_unsafe_is_written_anew(void)
{
	check("a: &x 1\nb: *x\n", NULL, "{a: 2, b: 1}", "a: 2\nb: 1\n", "rewrite/anew");
	check("a: 1\n--- \nb: 2\n", "{a: 1}", "{a: 2}", "a: 2\n", "rewrite/anew");
	check("a: !!str 1\n", NULL, "{a: 2}", "a: 2\n", "rewrite/anew");
	check("a: 1\na: 2\n", "{a: 1}", "{a: 3}", "a: 3\n", "rewrite/anew");
	check("a: [1\n", "{a: 1}", "{a: 3}", "a: 3\n", "rewrite/anew");
	check("? a\n: 1\n", NULL, "{a: {b: 2}}", "a:\n  b: 2\n", "rewrite/anew");
}

/* One random configuration rewritten as another one reads as that one. */
static void test_random_configurations(void)
{
	for (unsigned seed = 1; seed <= 60; seed++) {
		struct bondtool *bt = bondtool_new();
		struct generator g = generator_of(seed);
		struct bondtool_config *a = generate_config(&g, bt), *b = generate_config(&g, bt);
		struct bt_node *was = bt_profile_to_tree(a->profiles[0]);
		struct bt_node *now = bt_profile_to_tree(b->profiles[0]);
		BT_AUTOFREE char *text = bt_tree_to_yaml(was), *written = NULL;
		const struct bt_source *source = bt_source_add(bt, "text", text, strlen(text));

		CHECK_INT(bt_tree_rewrite(bt, source, was, now, NULL, &written), 0);

		struct bt_node *read = tree_of(bt, written);

		if (!CHECK(bt_node_equal(read, now)) || !CHECK_INT(bondtool_diags_count(bt), 0))
			printf("# seed %u:\n%s\n", seed, written);
		bt_node_free(read);
		bt_node_free(was);
		bt_node_free(now);
		bondtool_config_free(a);
		bondtool_config_free(b);
		bondtool_free(bt);
	}
}

TESTS(TEST(test_nothing_changes_nothing), TEST(test_scalars_keep_place_and_quotes),
      TEST(test_what_both_have_may_be_spelt_otherwise), TEST(test_keys_come_and_go),
      TEST(test_brackets_stay), TEST(test_items_come_and_go), TEST(test_items_are_known_by_name),
      TEST(test_what_is_unsafe_is_written_anew), TEST(test_random_configurations))
