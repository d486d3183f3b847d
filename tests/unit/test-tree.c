/* SPDX-License-Identifier: GPL-2.0-or-later
 * Trees: what YAML and JSON texts mean, where things stand in them, and what is written.
 */
#include <errno.h>

#include "base/tree.h"
#include "test.h"

static struct bt_node *yaml(struct bondtool *bt, const char *text)
{
	struct bt_node *documents = NULL;

	bt_tree_from_yaml(bt, bt_source_add(bt, "t.yaml", text, strlen(text)), &documents);
	return documents;
}

static const char *first_rule(const struct bondtool *bt)
{
	return bondtool_diags_count(bt) ? bondtool_diags_at(bt, 0)->rule : "";
}

/* The text becomes JSON as WANTED, from YAML. */
static void check_yaml(const char *text, const char *wanted)
{
	struct bondtool *bt = bondtool_new();
	struct bt_node *documents = yaml(bt, text);
	BT_AUTOFREE char *json = documents ? bt_tree_to_json(documents, false) : NULL;

	CHECK_STR(json, wanted);
	CHECK_STR(first_rule(bt), "");
	bt_node_free(documents);
	bondtool_free(bt);
}

static void test_yaml_means(void)
{
	check_yaml("", "[]");
	check_yaml("a: 1\n", "[{\"a\": 1}]");
	check_yaml("a: [x, 'y', \"z\\n\", -2, 1.5, 010, 0x10, true, yes, ~]\n",
		   "[{\"a\": [\"x\", \"y\", \"z\\n\", -2, 1.5, \"010\", \"0x10\", true, \"yes\", "
		   "null]}]");
	check_yaml("--- 1\n--- 2\n", "[1, 2]");
	check_yaml("a: &x {b: c}\nd: *x\n", "[{\"a\": {\"b\": \"c\"}, \"d\": {\"b\": \"c\"}}]");
	check_yaml("a: |\n  one\n  two\n", "[{\"a\": \"one\\ntwo\\n\"}]");
	check_yaml("a: b\r\nc: d\r\n", "[{\"a\": \"b\", \"c\": \"d\"}]");
}

static void check_bad_yaml(const char *text, const char *rule, unsigned line, unsigned column)
{
	struct bondtool *bt = bondtool_new();

	bt_node_free(yaml(bt, text));
	CHECK_STR(first_rule(bt), rule);
	if (bondtool_diags_count(bt)) {
		CHECK_INT(bondtool_diags_at(bt, 0)->line, line);
		CHECK_INT(bondtool_diags_at(bt, 0)->column, column);
	}
	bondtool_free(bt);
}

static void test_bad_yaml_is_refused(void)
{
	check_bad_yaml("a: [b\n", "yaml/syntax", 2, 1);
	check_bad_yaml("a: b\n\tc: d\n", "yaml/syntax", 2, 1);
	check_bad_yaml("a: b\nc: d\na: e\n", "yaml/duplicate-key", 3, 1);
	check_bad_yaml("\xc3\xa4\xc3\xa4: {x: 1, x: 2}\n", "yaml/duplicate-key", 1, 14);
	check_bad_yaml("a: \xff\n", "yaml/syntax", 1, 4);
	check_bad_yaml("a: *none\n", "yaml/syntax", 1, 4);
	check_bad_yaml("&a [*a]\n", "yaml/syntax", 1, 5);
	check_bad_yaml("? [a]\n: b\n", "yaml/syntax", 1, 3);
	check_bad_yaml("a: \"\\0\"\n", "yaml/syntax", 1, 4);
}

static void test_yaml_is_bounded(void)
{
	BT_AUTOTEXT struct bt_text deep = {0}, bomb = {0};
	BT_AUTOTEXT struct bt_text wide = {0};

	for (int i = 0; i < 1000; i++)
		bt_text_add(&deep, "[");
	check_bad_yaml(deep.data, "yaml/limit", 1, 65);
	bt_text_add(&bomb, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 12; i++) {
		bt_text_addf(&bomb, "a%d: &a%d [", i, i);
		for (int k = 0; k < 10; k++)
			bt_text_addf(&bomb, "%s*a%d", k ? ", " : "", i - 1);
		bt_text_add(&bomb, "]\n");
	}
	check_bad_yaml(bomb.data, "yaml/limit", 5, 20);
	/* ... and a long text without any anchor has no limit. */
	bt_text_add(&wide, "a: [x");
	for (int i = 0; i < 100000; i++)
		bt_text_add(&wide, ", x");
	bt_text_add(&wide, "]\n");
	check_bad_yaml(wide.data, "", 0, 0);
}

static void test_values_know_their_places(void)
{
	static const char text[] = "a: {b: [10.0.0.1, '\xc3\xa4', x]}\n";
	struct bondtool *bt = bondtool_new();
	BT_AUTONODE struct bt_node *documents = yaml(bt, text);
	const struct bt_node *list = bt_node_get(bt_node_get(documents->items[0], "a"), "b");

	CHECK_INT(list->key_origin.column, 5);
	CHECK_INT(list->items[0]->origin.column, 9);
	CHECK_INT(list->items[0]->origin.length, 8);
	CHECK_INT(list->items[1]->origin.length, 4);
	CHECK_INT(list->items[2]->origin.column, 25);
	bondtool_free(bt);
}

static void test_json_means_and_knows_its_places(void)
{
	static const char text[] =
		"{\n  \"a\": [1, \"x\\u00e4\\/\", true, null],\n  \"b\": {}\n}\n";
	struct bondtool *bt = bondtool_new();
	BT_AUTONODE struct bt_node *tree = NULL;

	CHECK_INT(bt_tree_from_json(bt, bt_source_add(bt, "t", text, strlen(text)), &tree), 0);

	const struct bt_node *list = bt_node_get(tree, "a");

	CHECK_STR(list->items[1]->text, "x\xc3\xa4/");
	CHECK_INT(list->items[1]->origin.line, 2);
	CHECK_INT(list->items[1]->origin.column, 12);
	CHECK_INT(list->items[1]->origin.length, 11);
	CHECK_INT(list->items[3]->kind, BT_NODE_NULL);
	CHECK_INT(bt_node_get(tree, "b")->key_origin.line, 3);
	bondtool_free(bt);
}

static void check_bad_json(const char *text, size_t length, const char *rule, unsigned line,
			   unsigned column)
{
	struct bondtool *bt = bondtool_new();
	struct bt_node *tree = NULL;

	CHECK_INT(bt_tree_from_json(bt, bt_source_add(bt, "t", text, length), &tree), -EINVAL);
	CHECK(!tree);
	CHECK_STR(first_rule(bt), rule);
	CHECK_INT(bondtool_diags_at(bt, 0)->line, line);
	CHECK_INT(bondtool_diags_at(bt, 0)->column, column);
	bondtool_free(bt);
}

static void test_bad_json_is_refused(void)
{
	check_bad_json("", 0, "json/syntax", 1, 1);
	check_bad_json("{\"a\": 1,\n \"a\": 2}", 17, "json/duplicate-key", 2, 4);
	check_bad_json("[1,\n 2", 6, "json/syntax", 2, 2);
	check_bad_json("{\"a\": \0}", 8, "json/syntax", 1, 7);
	check_bad_json("[5\0\n]", 5, "json/syntax", 1, 3);
	check_bad_json("[1] x", 5, "json/syntax", 1, 5);
	check_bad_json("[\"\\u0000\"]", 10, "json/syntax", 1, 9);
}

/* What is written is WANTED, and means the same when it is read again. */
static void check_written(const char *json, const char *wanted)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTONODE struct bt_node *tree = bt_node_from_json(json);
	BT_AUTOFREE char *text = tree ? bt_tree_to_yaml(tree) : NULL;
	BT_AUTONODE struct bt_node *again = text ? yaml(bt, text) : NULL;
	BT_AUTOFREE char *back = again && again->count ? bt_tree_to_json(again->items[0], false)
						       : NULL;

	CHECK_STR(text, wanted);
	CHECK_STR(back, json);
	bondtool_free(bt);
}

static void test_yaml_is_written_as_people_do(void)
{
	check_written("{\"a\": \"b\", \"c\": 5, \"d\": true, \"e\": null}",
		      "a: b\nc: 5\nd: true\ne: null\n");
	check_written("{\"options\": {\"mode\": \"802.3ad\", \"t\": [\"10.0.0.1\", \"fe80::1\"]}}",
		      "options:\n  mode: 802.3ad\n  t: [10.0.0.1, \"fe80::1\"]\n");
	check_written("{\"profiles\": [{\"a\": {\"b\": 1}, \"c\": 2}, {}], \"x\": [], \"z\": {}}",
		      "profiles:\n  - a:\n      b: 1\n    c: 2\n  - {}\nx: []\nz: {}\n");
	check_written("[[1, 2], [[3]]]", "- [1, 2]\n-\n  - [3]\n");
}

static void test_yaml_quotes_what_needs_it(void)
{
	check_written("{\"a\": \"no\", \"b\": \"1\", \"c\": \"12:34:56\", \"d\": \"0x1f\"}",
		      "a: \"no\"\nb: \"1\"\nc: \"12:34:56\"\nd: \"0x1f\"\n");
	check_written("{\"a\": \"\", \"b\": \" x\", \"c\": \"x: y\", \"d\": \"x #y\"}",
		      "a: \"\"\nb: \" x\"\nc: \"x: y\"\nd: \"x #y\"\n");
	check_written("{\"a\": [\"x,y\", \"x y\"], \"b\": \"x,y\", \"c\": \"02:00:5e:10:00:01\"}",
		      "a: [\"x,y\", x y]\nb: x,y\nc: 02:00:5e:10:00:01\n");
	check_written("{\"a\": \"x\\ny\\t\\\"\\\\\", \"b\": \"\xc3\xa4\", \"c\": \"\xc2\x85\"}",
		      "a: \"x\\ny\\t\\\"\\\\\"\nb: \xc3\xa4\nc: \"\\x85\"\n");
}

TESTS(TEST(test_yaml_means), TEST(test_bad_yaml_is_refused), TEST(test_yaml_is_bounded),
      TEST(test_values_know_their_places), TEST(test_json_means_and_knows_its_places),
      TEST(test_bad_json_is_refused), TEST(test_yaml_is_written_as_people_do),
      TEST(test_yaml_quotes_what_needs_it))
