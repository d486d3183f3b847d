/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The string helpers: the cases at which such code breaks. */
#include "base/text.h"

#include <errno.h>

#include "test.h"

static void test_numbers_fill_the_whole_text(void)
{
	static const struct {
		const char *text;
		int result;
		int64_t number;
	} cases[] = {
		{"0", 0, 0},	    {"007", 0, 7},	       {"-5", 0, -5},
		{"+5", 0, 5},	    {"", -EINVAL, 0},	       {"-", -EINVAL, 0},
		{" 1", -EINVAL, 0}, {"1 ", -EINVAL, 0},	       {"0x10", -EINVAL, 0},
		{"--1", -EINVAL, 0}, {"9223372036854775807", 0, INT64_MAX},
		{"-9223372036854775808", 0, INT64_MIN},	       {"9223372036854775808", -ERANGE, 0},
		{"18446744073709551616", -ERANGE, 0},
		{"99999999999999999999x", -EINVAL, 0},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++) {
		int64_t number = 0;

		CHECK_INT(bt_parse_int(cases[i].text, &number), cases[i].result);
		CHECK_INT(number, cases[i].number);
	}
}

static void test_utf8_is_judged(void)
{
	static const struct {
		const char *bytes;
		size_t length;
		bool valid;
		size_t offset;
	} cases[] = {
		{"plain", 5, true, 0},	      {"caf\xc3\xa9", 5, true, 0},
		{"\xe6\x97\xa5", 3, true, 0}, {"\xf0\x9f\x98\x80", 4, true, 0},
		{"a\xc3", 2, false, 1},	      {"\xff", 1, false, 0},
		{"\xc0\x80", 2, false, 0},    {"\xed\xa0\x80", 3, false, 0},
		{"\xf4\x90\x80\x80", 4, false, 0}, {"ok\x80", 3, false, 2},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++) {
		size_t offset = 0;

		CHECK_INT(bt_utf8_valid(cases[i].bytes, cases[i].length, &offset), cases[i].valid);
		CHECK_INT(offset, cases[i].offset);
	}
}

static void test_columns_are_counted_as_a_terminal_does(void)
{
	CHECK_INT(bt_display_width(""), 0);
	CHECK_INT(bt_display_width("bond0"), 5);
	CHECK_INT(bt_display_width("caf\xc3\xa9"), 4);
	CHECK_INT(bt_display_width("\xe6\x97\xa5\xe6\x9c\xac"), 4);
	CHECK_INT(bt_display_width("e\xcc\x81"), 1);
}

static void test_near_words_are_found(void)
{
	struct bt_nearest nearest = {.word = "mimon"};
	struct bt_nearest nonsense = {.word = "xyzzy"};

	bt_nearest_offer(&nearest, "min_links");
	bt_nearest_offer(&nearest, "miimon");
	bt_nearest_offer(&nearest, "mode");
	CHECK_STR(nearest.best, "miimon");
	bt_nearest_offer(&nonsense, "miimon");
	CHECK_STR(nonsense.best, NULL);
	CHECK_INT(bt_edit_distance("lacp_rate", "lacp_raet", 3), 1);
	CHECK_INT(bt_edit_distance("", "abc", 5), 3);
	CHECK_INT(bt_edit_distance("MODE", "mode", 5), 0);
}

static void test_a_buffer_grows_and_pads(void)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (int i = 0; i < 1000; i++)
		bt_text_addf(&text, "%d\n", i % 10);
	bt_text_add(&text, "a");
	bt_text_pad(&text, 4);
	bt_text_add(&text, "|");
	CHECK_INT(text.length, 2005);
	CHECK_STR(text.data + 2000, "a   |");

	BT_AUTOFREE char *taken = bt_text_take(&text);
	BT_AUTOFREE char *empty = bt_text_take(&text);

	CHECK_INT(strlen(taken), 2005);
	CHECK_STR(empty, "");
}

static void test_uuids_are_random_and_valid(void)
{
	BT_AUTOFREE char *a = bt_uuid_random();
	BT_AUTOFREE char *b = bt_uuid_random();

	CHECK(bt_uuid_valid(a) && bt_uuid_valid(b));
	CHECK(!bt_equal(a, b));
	CHECK(a[14] == '4');
	CHECK(!bt_uuid_valid("8dee873b-e8d8-4ec4-a85f-f20f0435fd8"));
	CHECK(!bt_uuid_valid("8dee873b-e8d8-4ec4-a85f-f20f0435fd899"));
	CHECK(!bt_uuid_valid(""));
}

static void test_what_is_no_utf8_is_escaped(void)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"plain \xc3\xa9", "plain \xc3\xa9"},
		{"\xff\xc3\xa9\xed", "\\xff\xc3\xa9\\xed"},
		{"a\x80\x81z", "a\\x80\\x81z"},
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(cases); i++) {
		BT_AUTOFREE char *escaped = bt_utf8_escaped(cases[i][0]);

		CHECK_STR(escaped, cases[i][1]);
	}
}

TESTS(TEST(test_numbers_fill_the_whole_text), TEST(test_utf8_is_judged),
      TEST(test_what_is_no_utf8_is_escaped),
      TEST(test_columns_are_counted_as_a_terminal_does), TEST(test_near_words_are_found),
      TEST(test_a_buffer_grows_and_pads), TEST(test_uuids_are_random_and_valid))
