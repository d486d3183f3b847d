/* SPDX-License-Identifier: GPL-2.0-or-later
 * The concrete syntax of INI files in both dialects, and drafts that change single lines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "parsers/ini/ini-draft.h"
#include "parsers/ini/ini-syntax.h"
#include "test.h"

static const struct bt_ini_rules plain = {.comments = "#"};
static const struct bt_ini_rules unit = {
	.comments = "#;", .continues = true, .trims_values = true, .byte_order_mark = true,
	.whole_utf8 = true, .many_line_ends = true, .longest_line = 100};

/* A text taken apart; freed by the next call or by parse(NULL, ...). */
static const struct bt_ini *parse_bytes(const struct bt_ini_rules *rules, const char *text,
					size_t length)
{
	static struct bondtool *bt;
	static struct bt_ini ini;

	bt_ini_release(&ini);
	bondtool_free(bt);
	bt = NULL;
	if (!text)
		return NULL;
	bt = bondtool_new();
	CHECK_INT(bt_ini_parse(bt_source_add(bt, "text", text, length), rules, &ini), 0);
	return &ini;
}

static const struct bt_ini *parse(const struct bt_ini_rules *rules, const char *text)
{
	return parse_bytes(rules, text, text ? strlen(text) : 0);
}

static void test_lines_keep_their_place(void)
{
	const struct bt_ini *ini = parse(&plain, "# c\n\n[a]\n  key  =  value\nx=\n");
	struct bt_origin key, value;

	if (!CHECK_INT(ini->count, 5))
		return;
	CHECK_INT(ini->lines[0].kind, BT_INI_COMMENT);
	CHECK_INT(ini->lines[1].kind, BT_INI_BLANK);
	CHECK_INT(ini->lines[2].kind, BT_INI_SECTION);
	CHECK_STR(ini->lines[2].section, "a");
	CHECK_INT(ini->lines[3].kind, BT_INI_KEY);
	CHECK_STR(ini->lines[3].section, "a");
	CHECK_STR(ini->lines[3].key, "key");
	CHECK_STR(ini->lines[3].value, "value");
	key = bt_ini_key_place(ini, &ini->lines[3]);
	value = bt_ini_value_place(ini, &ini->lines[3]);
	CHECK_INT(key.line, 4);
	CHECK_INT(key.column, 3);
	CHECK_INT(value.column, 11);
	CHECK_INT(value.length, 5);
	CHECK_STR(ini->lines[4].value, "");
	parse(NULL, NULL);
}

static void test_dialects_differ_in_blanks_behind_values(void)
{
	CHECK_STR(parse(&plain, "[a]\nk=v \t\r\n")->lines[1].value, "v \t");
	CHECK_STR(parse(&unit, "[a]\nk=v \t\r\n")->lines[1].value, "v");
	parse(NULL, NULL);
}

static void test_dialects_differ_in_comments(void)
{
	CHECK_INT(parse(&plain, ";x\n")->lines[0].kind, BT_INI_BAD);
	CHECK_INT(parse(&unit, ";x\n")->lines[0].kind, BT_INI_COMMENT);
	CHECK_STR(parse(&unit, "[a]\nk=v # no comment\n")->lines[1].value, "v # no comment");
	parse(NULL, NULL);
}

static void test_lines_continue(void)
{
	const struct bt_ini *ini =
		parse(&unit, "[a]\nk=one\\\n  # in between\n\t two \\\\\\\nthree\nx=\\\\\ny=1\n");
	struct bt_origin place;

	if (!CHECK_INT(ini->count, 4))
		return;
	CHECK_STR(ini->lines[1].value, "one two \\\\ three");
	place = bt_ini_place(ini, strstr(ini->lines[1].value, "three"), 5);
	CHECK_INT(place.line, 5);
	CHECK_INT(place.column, 1);
	place = bt_ini_place(ini, strstr(ini->lines[1].value, "two"), 3);
	CHECK_INT(place.line, 4);
	CHECK_INT(place.column, 3);
	CHECK_STR(ini->lines[2].value, "\\\\");
	CHECK_INT(bt_ini_key_place(ini, &ini->lines[3]).line, 7);
	CHECK_INT(parse(&plain, "[a]\nk=v\\\nx=y\n")->count, 3);
	CHECK_STR(parse(&unit, "[a]\nk=v\\")->lines[1].value, "v");
	CHECK_STR(parse(&unit, "[a]\nk=v\\\n\nx=y\n")->lines[1].value, "v");
	parse(NULL, NULL);
}

static void check_bad(const struct bt_ini_rules *rules, const char *text, enum bt_ini_fault fault)
{
	const struct bt_ini *ini = parse(rules, text);
	const struct bt_ini_line *last = &ini->lines[ini->count - 1];

	CHECK_INT(last->kind, BT_INI_BAD);
	CHECK_INT(last->fault, fault);
	CHECK(bt_ini_fault_text(fault) != NULL);
	CHECK_INT(bt_ini_key_place(ini, last).line, ini->count);
}

static void test_bad_lines_are_told_apart(void)
{
	check_bad(&plain, "[a]\nword\n", BT_INI_NO_EQUALS);
	check_bad(&plain, "[a]\n=v\n", BT_INI_NO_KEY);
	check_bad(&plain, "[a\n", BT_INI_NO_BRACKET);
	check_bad(&plain, "[a] b\n", BT_INI_NO_BRACKET);
	check_bad(&plain, "[a]b]\n", BT_INI_NO_BRACKET);
	check_bad(&unit, "[a]\nk=\xff\n", BT_INI_NOT_UTF8);
	check_bad(&unit,
		  "[a]\nk=0123456789012345678901234567890123456789012345678901234567890123456789"
		  "01234567890123456789012345678901234567890123456789\n",
		  BT_INI_TOO_LONG);
	CHECK_INT(parse_bytes(&plain, "k=\0v\n", 5)->lines[0].fault, BT_INI_NUL);
	CHECK_INT(parse(&plain, "[a]\nk=\xff\n")->lines[1].kind, BT_INI_KEY);
	parse(NULL, NULL);
}

static void test_other_line_ends(void)
{
	const struct bt_ini *ini = parse_bytes(&unit, "[a]\rx=1\0y=2\r\nz=3", 16);

	if (!CHECK_INT(ini->count, 4))
		return;
	CHECK_STR(ini->lines[1].key, "x");
	CHECK_STR(ini->lines[2].value, "2");
	CHECK_INT(bt_ini_key_place(ini, &ini->lines[2]).line, 1);
	CHECK_INT(bt_ini_key_place(ini, &ini->lines[2]).column, 9);
	CHECK_INT(bt_ini_key_place(ini, &ini->lines[3]).line, 2);
	parse(NULL, NULL);
}

static void test_byte_order_mark(void)
{
	const struct bt_ini *ini = parse(&unit, "\xef\xbb\xbf[a]\n");

	CHECK_INT(ini->lines[0].kind, BT_INI_SECTION);
	CHECK_INT(bt_ini_key_place(ini, &ini->lines[0]).column, 5);
	CHECK_INT(parse(&plain, "\xef\xbb\xbf[a]\n")->lines[0].kind, BT_INI_BAD);
	parse(NULL, NULL);
}

static void test_sections_are_found(void)
{
	struct bondtool *bt = bondtool_new();
	const char text[] = "#[no]\n  [yes]\n[longer]";
	const struct bt_source *source = bt_source_add(bt, "text", text, strlen(text));

	CHECK(bt_ini_has_section(source, "yes"));
	CHECK(bt_ini_has_section(source, "longer"));
	CHECK(!bt_ini_has_section(source, "no"));
	CHECK(!bt_ini_has_section(source, "long"));
	bondtool_free(bt);
}

static void check_draft(struct bt_ini_draft *draft, const char *should)
{
	BT_AUTOFREE char *text = bt_ini_draft_text(draft);

	CHECK_STR(text, should);
}

static void test_drafts_change_single_lines(void)
{
	const struct bt_ini *ini =
		parse(&plain, "# c\r\n[a]\r\nx = 1\r\ny=2\r\nx=3\r\n\r\n[b]\r\nz=4");
	BT_AUTODRAFT struct bt_ini_draft draft = {0};

	bt_ini_draft_from(&draft, ini);
	check_draft(&draft, ini->source->text);
	bt_ini_draft_set(&draft, "a", "x", "5");
	bt_ini_draft_add(&draft, "a", "new", "6");
	bt_ini_draft_add(&draft, "b", "z", "7");
	check_draft(&draft, "# c\r\n[a]\r\ny=2\r\nx=5\r\nnew=6\n\r\n[b]\r\nz=4\nz=7\n");
	bt_ini_draft_remove(&draft, "b", "z");
	CHECK(!bt_ini_draft_has(&draft, "b", "z"));
	CHECK(bt_ini_draft_has(&draft, "a", "y"));
	bt_ini_draft_remove_section(&draft, 1);
	check_draft(&draft, "# c\r\n[b]\r\n\n");
	CHECK(!bt_ini_draft_is_empty(&draft));
	parse(NULL, NULL);
}

static void test_drafts_begin_empty(void)
{
	BT_AUTODRAFT struct bt_ini_draft draft = {0};

	CHECK(bt_ini_draft_is_empty(&draft));
	check_draft(&draft, "");
	bt_ini_draft_set(&draft, "a", "x", "1");
	bt_ini_draft_add_section(&draft, "b");
	bt_ini_draft_append(&draft, "b", "y", "2");
	bt_ini_draft_add_section(&draft, "b");
	bt_ini_draft_append(&draft, "b", "y", "3");
	bt_ini_draft_set(&draft, "a", "x", "4");
	check_draft(&draft, "[a]\nx=4\n\n[b]\ny=2\n\n[b]\ny=3\n");
}

TESTS(TEST(test_lines_keep_their_place), TEST(test_dialects_differ_in_blanks_behind_values),
      TEST(test_dialects_differ_in_comments), TEST(test_lines_continue),
      TEST(test_bad_lines_are_told_apart), TEST(test_other_line_ends), TEST(test_byte_order_mark),
      TEST(test_sections_are_found), TEST(test_drafts_change_single_lines),
      TEST(test_drafts_begin_empty))
