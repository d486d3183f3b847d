/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The words of lines of /etc/network/interfaces and where they stand: plain lines, and those that
 * each tool joins or cuts in its own way. Each line is taken apart twice, as readers do.
 */
#include "parsers/interfaces/interfaces-syntax.h"

#include "test.h"

struct expected {
	const char *rest; /* everything behind the first word */
	size_t words;
	unsigned line, column, length; /* of the second word */
};

static void check_split(const struct bt_eni_text *text, size_t line,
			const struct expected *expected)
{
	BT_AUTOENIWORDS struct bt_eni_words words = {0};

	for (int again = 0; again < 2; again++) {
		struct bt_origin origin;

		if (!CHECK_INT(bt_eni_split(&words, text, &text->lines[line]), 0))
			return;
		origin = bt_eni_word_origin(&words, 1);
		CHECK_INT(words.count, expected->words);
		CHECK_STR(bt_eni_rest(&words, 1), expected->rest);
		CHECK_INT(strlen(bt_eni_word(&words, 1)), expected->length);
		CHECK_INT(origin.line, expected->line);
		CHECK_INT(origin.column, expected->column);
		CHECK_INT(origin.length, expected->length);
	}
}

static void check_text(const struct bt_eni_dialect *dialect, const char *string,
		       const struct expected *expected, size_t count)
{
	struct bondtool *bt = bondtool_new();
	const struct bt_source *source = bt_source_add(bt, "interfaces", string, strlen(string));
	BT_AUTOENI struct bt_eni_text text = {0};

	if (CHECK(source) && CHECK_INT(bt_eni_parse(bt, source, dialect, &text), 0) &&
	    CHECK_INT(text.n_lines, count))
		for (size_t i = 0; i < count; i++)
			check_split(&text, i, &expected[i]);
	bondtool_free(bt);
}

static void test_plain_lines(void)
{
	static const char text[] = "iface bond0  inet manual\n"
				   "\tbond-mode\t4 \n"
				   "  bond-slaves eth0\teth1";
	static const struct expected expected[] = {
		{"bond0  inet manual", 4, 1, 7, 5},
		{"4", 2, 2, 12, 1},
		{"eth0\teth1", 3, 3, 15, 4},
	};

	check_text(&bt_eni_ifupdown, text, expected, BT_ARRAY_SIZE(expected));
	check_text(&bt_eni_ifupdown2, text, expected, BT_ARRAY_SIZE(expected));
	check_text(&bt_eni_ifupdown_ng, text, expected, BT_ARRAY_SIZE(expected));
}

static void test_lines_joined_at_their_end(void)
{
	static const char text[] = "bond-slaves \\\n  eth0 \\\neth1\nmtu 9000 # no comment\n";
	static const struct expected expected[] = {
		{"eth0 eth1", 3, 2, 3, 4},
		{"9000 # no comment", 5, 4, 5, 4},
	};

	check_text(&bt_eni_ifupdown, text, expected, BT_ARRAY_SIZE(expected));
}

static void test_lines_joined_before_their_mark(void)
{
	static const char text[] = "bond-slaves eth0\n  \\ eth1\nmtu 9000\n";
	static const struct expected expected[] = {
		{"eth0 eth1", 3, 1, 13, 4},
		{"9000", 2, 3, 5, 4},
	};

	check_text(&bt_eni_ifupdown2, text, expected, BT_ARRAY_SIZE(expected));
}

static void test_comments_are_cut(void)
{
	static const char text[] = "requires eth0 eth1 # ports\nmtu 9000# bytes\n";
	static const struct expected expected[] = {
		{"eth0 eth1", 3, 1, 10, 4},
		{"9000", 2, 2, 5, 4},
	};

	check_text(&bt_eni_ifupdown_ng, text, expected, BT_ARRAY_SIZE(expected));
}

static void test_the_end_of_a_line_is_forgotten(void)
{
	static const char string[] = "bond-slaves eth0 eth1  # ports\n";
	struct bondtool *bt = bondtool_new();
	const struct bt_source *source = bt_source_add(bt, "interfaces", string, strlen(string));
	BT_AUTOENI struct bt_eni_text text = {0};
	BT_AUTOENIWORDS struct bt_eni_words words = {0};

	if (CHECK_INT(bt_eni_parse(bt, source, &bt_eni_ifupdown, &text), 0) &&
	    CHECK_INT(bt_eni_split(&words, &text, &text.lines[0]), 0)) {
		bt_eni_cut(&words, 3);
		CHECK_INT(words.count, 3);
		CHECK_STR(bt_eni_rest(&words, 1), "eth0 eth1");
	}
	bondtool_free(bt);
}

TESTS(TEST(test_plain_lines), TEST(test_lines_joined_at_their_end),
      TEST(test_lines_joined_before_their_mark), TEST(test_comments_are_cut),
      TEST(test_the_end_of_a_line_is_forgotten))
