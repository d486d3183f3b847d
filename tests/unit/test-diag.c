/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Diagnostics: the text with its caret, and JSON. */
#include <jansson.h>
#include <stdlib.h>

#include "base/context.h"
#include "base/text.h"
#include "test.h"

static char *shown(struct bondtool *bt, const char *text, size_t offset, size_t length,
		   const char *hint)
{
	const struct bt_source *source = bt_source_add(bt, "ifcfg-bond0", text, strlen(text));
	struct bt_origin origin = bt_origin_at(source, offset, length);

	bondtool_diags_clear(bt);
	bt_diag(bt, BONDTOOL_ERROR, "driver/value", &origin, hint, "it is wrong");
	return bondtool_diag_text(bt, bondtool_diags_at(bt, 0));
}

static void test_the_caret_stands_under_the_place(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOFREE char *plain = shown(bt, "A=1\nMTU=x9\n", 8, 2, "say a number");
	BT_AUTOFREE char *wide = shown(bt, "N='\xe6\x97\xa5' B=2", 8, 1, NULL);
	BT_AUTOFREE char *tab = shown(bt, "\tB=2", 3, 1, NULL);
	BT_AUTOFREE char *end = shown(bt, "B=", 2, 0, NULL);
	BT_AUTOFREE char *junk = shown(bt, "\xff\xc3\xa4\xe6=\x1b", 5, 1, NULL);

	CHECK_STR(plain, "ifcfg-bond0:2:5: error: it is wrong [driver/value]\n"
			 "  MTU=x9\n"
			 "      ^~\n"
			 "  hint: say a number\n");
	CHECK_STR(wide, "ifcfg-bond0:1:9: error: it is wrong [driver/value]\n"
			"  N='\xe6\x97\xa5' B=2\n"
			"         ^\n");
	CHECK_STR(tab, "ifcfg-bond0:1:4: error: it is wrong [driver/value]\n"
		       "   B=2\n"
		       "     ^\n");
	CHECK_STR(end, "ifcfg-bond0:1:3: error: it is wrong [driver/value]\n"
		       "  B=\n"
		       "    ^\n");
	CHECK_STR(junk, "ifcfg-bond0:1:6: error: it is wrong [driver/value]\n"
			"  ?\xc3\xa4?= \n"
			"      ^\n");
	bondtool_free(bt);
}

static void test_long_lines_are_cut_around_the_place(void)
{
	struct bondtool *bt = bondtool_new();
	char line[5001];

	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';

	BT_AUTOFREE char *text = shown(bt, line, 4000, 5000, NULL);

	for (const char *p = text, *n; p && *p; p = n) {
		n = strchr(p, '\n');
		CHECK(n && n - p <= 80);
		n = n ? n + 1 : NULL;
	}
	bondtool_free(bt);
}

static void test_json_says_the_same(void)
{
	struct bondtool *bt = bondtool_new();
	BT_AUTOFREE char *text = shown(bt, "A=1\nMTU=x9\n", 8, 2, NULL);
	BT_AUTOFREE char *json = bondtool_diags_json(bt);
	json_t *array = json_loads(json, 0, NULL);
	json_t *diag = json_array_get(array, 0);

	CHECK(text != NULL);
	CHECK_INT(json_array_size(array), 1);
	CHECK_STR(json_string_value(json_object_get(diag, "rule")), "driver/value");
	CHECK_STR(json_string_value(json_object_get(diag, "severity")), "error");
	CHECK_STR(json_string_value(json_object_get(diag, "file")), "ifcfg-bond0");
	CHECK_INT(json_integer_value(json_object_get(diag, "line")), 2);
	CHECK_INT(json_integer_value(json_object_get(diag, "column")), 5);
	CHECK_STR(json_string_value(json_object_get(diag, "message")), "it is wrong");
	json_decref(array);
	bondtool_free(bt);
}

static void test_severities_are_counted(void)
{
	struct bondtool *bt = bondtool_new();

	bt_note(bt, "a/b", NULL, "one");
	bt_warning(bt, "a/b", NULL, "two");
	CHECK_INT(bt_error(bt, -22, "a/b", NULL, "three"), -22);
	CHECK_INT(bondtool_diags_at_least(bt, BONDTOOL_NOTE), 3);
	CHECK_INT(bondtool_diags_at_least(bt, BONDTOOL_WARNING), 2);
	CHECK_INT(bondtool_diags_at_least(bt, BONDTOOL_ERROR), 1);
	CHECK(!bondtool_diags_at(bt, 3));
	bondtool_diags_clear(bt);
	CHECK_INT(bondtool_diags_count(bt), 0);
	bondtool_free(bt);
}

static void test_findings_are_bounded(void)
{
	struct bondtool *bt = bondtool_new();

	for (int i = 0; i < BT_DIAG_LIMIT + 5; i++)
		bt_note(bt, "a/b", NULL, "number %d", i);
	CHECK_INT(bondtool_diags_count(bt), BT_DIAG_LIMIT + 1);
	CHECK_INT(bondtool_diags_at_least(bt, BONDTOOL_ERROR), 1);
	CHECK_STR(bondtool_diags_at(bt, BT_DIAG_LIMIT)->rule, "diag/limit");
	bondtool_free(bt);
}

TESTS(TEST(test_the_caret_stands_under_the_place), TEST(test_long_lines_are_cut_around_the_place),
      TEST(test_json_says_the_same), TEST(test_severities_are_counted),
      TEST(test_findings_are_bounded))
