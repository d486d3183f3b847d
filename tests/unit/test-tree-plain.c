/* SPDX-License-Identifier: GPL-2.0-or-later
 * Plain YAML: what our scanner takes is what libyaml reads, at the same places; the rest it leaves.
 */
#include <errno.h>

#include "base/tree-yaml-plain.h"
#include "same-tree.h"
#include "test.h"

/* Whether the scanner took the text; what it made of that is compared. */
static bool is_taken(const char *text)
{
	struct bondtool *bt = bondtool_new(), *judge = bondtool_new();
	const struct bt_source *source = bt_source_add(bt, "t.yaml", text, strlen(text));
	BT_AUTONODE struct bt_node *ours = NULL, *theirs = NULL;
	int r = bt_tree_from_plain_yaml(source, &ours);

	if (r == 0) {
		CHECK_INT(bt_tree_from_yaml_events(judge, source, &theirs), 0);
		CHECK_INT((int)bondtool_diags_count(judge), 0);
		if (!theirs || !same_tree(ours, theirs))
			CHECK_STR(text, "a text that both read alike");
	} else {
		CHECK_INT(r, -EOPNOTSUPP);
	}
	bondtool_free(bt);
	bondtool_free(judge);
	return r == 0;
}

static void test_plain_texts_are_taken(void)
{
	static const char *const texts[] = {
		"",
		"# nothing but a comment",
		"\n  \n# c\n\n",
		"a: {}\n",
		"- []\n",
		"a: 1\n",
		"a: 1",
		"---\na: 1\n",
		"# c\n---   # d\na: 1\n",
		"  a: 1\n  b: 2\n",
		"a:\n  b:\n    c: d\n  e: f\ng: h\n",
		"a: # c\n  b: 1 # d\n# e\n    # f\n  c: 2\n",
		"a:\n\n\n  b: 1\n\nc: 2\n",
		"a:\nb:\n- c\n-\n- d\ne: f\n",
		"a:\n  -\n  - b\n  -\n    c: d\n",
		"- a: 1\n  b:\n  - 1\n  - 2\n- c: 3\n",
		"- a:\n- b\n",
		"a: [b, 'c d', \"e\", {f: g, h: [1]}, [], {}]   # i\n",
		"a: [fe80::1/64, 2001:db8::1]\n",
		"a: 2001:db8::1/64\nb: 10.0.0.1/24\n",
		"a b  c : d e  f   # g\n",
		"'a': \"b\"\n\"c\" : 'd: #e'\n",
		"a: b#c 'd' \"e\" [f] {g}, & * ! % @ ` | > ?\n",
		"a: -1\nb: -x\nc: 1.5\nd: 010\ne: true\nf: yes\ng: ~\nh: null\ni: Null\n",
		"a: b:c\nd:e: f\n",
		"a: ~b\n",
		"/a: _b\n",
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(texts); i++)
		if (!is_taken(texts[i]))
			CHECK_STR(texts[i], "a text that is taken");
}

static void test_other_texts_are_left(void)
{
	static const char *const texts[] = {
		"a",
		"[a, b]\n",
		"{a: b}\n",
		"---\n",
		"--- a: b\n",
		"a: b\n---\nc: d\n",
		"a: b\n...\n",
		"%YAML 1.1\n---\na: b\n",
		"a: b\n  c\n",
		"a: 'b\n  c'\n",
		"a: [b,\n  c]\n",
		"a: [b, ]\n",
		"a: [b: c]\n",
		"a: {b, c: d}\n",
		"a: {b: , c: d}\n",
		"a: [b]c\n",
		"a: [b]#c\n",
		"a: 'b' c\n",
		"a: 'b'#c\n",
		"a: 'it''s'\n",
		"a: \"b\\n\"\n",
		"a: |\n  b\n",
		"a: >-\n  b\n",
		"a: &b c\n",
		"a: *b\n",
		"a: !!str b\n",
		"? a\n: b\n",
		"a: b: c\n",
		"a: b:\n",
		"a: - b\n",
		"- - a\n",
		"a: 1\na: 2\n",
		"a: {b: 1, b: 2}\n",
		"a:\n  b: 1\n c: 2\n",
		"a:\n  - b\n  c: d\n",
		"a:\n  - b\n - c\n",
		"- a\nb: c\n",
		"a: b\n- c\n",
		"a:\tb\n",
		"a: b\r\n",
		"a: b\x7f\n",
		"a: 'b\x7f'\n",
		"a: b # \x7f\n",
		"# \xc3\xa4\na: b\n",
		"a: b\n# \t\n",
		"\xc3\xa4: b\n",
		"\357\273\277a: b\n", /* a byte order mark; behind \xbf the a would be a digit */
		"a: @b\n",
		"a: `b`\n",
		"a: [?b]\n",
		"a: [b:]\n",
		"a: ::1\n",
		"a: 'b\n",
		"a: [b\n",
		"a\nb: c\n",
	};

	for (size_t i = 0; i < BT_ARRAY_SIZE(texts); i++)
		if (is_taken(texts[i]))
			CHECK_STR(texts[i], "a text that is left to libyaml");
}

static void test_depth_and_length_are_bounded(void)
{
	BT_AUTOTEXT struct bt_text deep = {0}, nested = {0}, key = {0};

	bt_text_add(&deep, "a: ");
	bt_text_fill(&deep, '[', 1000);
	for (size_t i = 0; i < 1000; i++) {
		bt_text_fill(&nested, ' ', i);
		bt_text_add(&nested, "a:\n");
	}
	bt_text_fill(&key, 'k', 2000);
	bt_text_add(&key, ": v\n");
	CHECK(!is_taken(deep.data));
	CHECK(!is_taken(nested.data));
	CHECK(!is_taken(key.data));
}

/* ---- random texts ---------------------------------------------------------------------------- */

static uint32_t random_state = 20240229;

static unsigned below(unsigned limit)
{
	random_state = random_state * 1664525 + 1013904223;
	return (random_state >> 8) % limit;
}

/* A line of what YAML is made of: most of them make sense, where they stand. */
static void add_line(struct bt_text *text, unsigned *indent)
{
	static const char *const keys[] = {"a: ", "b:", "cc: ", "'d': ", "e : ", "f: # g"};
	static const char *const values[] = {
		"x",	 "y z",	 "'q'",	     "\"r\"", "[1, b]", "{k: v}", "[]", "{}", "~", "-",
		"1 # c", "1::2", "[x, [y]]", "it's",  "#",	"a: b",	  "",	"",   ""};

	if (below(3) == 0)
		*indent += 2;
	else if (below(3) == 0 && *indent >= 2)
		*indent -= 2 * (1 + below(*indent / 2));
	bt_text_fill(text, ' ', *indent + (below(40) == 0));
	if (below(3) == 0)
		bt_text_add(text, "- ");
	if (below(3) != 0)
		bt_text_add(text, keys[below(BT_ARRAY_SIZE(keys))]);
	bt_text_add(text, values[below(BT_ARRAY_SIZE(values))]);
	bt_text_add(text, below(30) == 0 ? "\n\n" : "\n");
}

/* Changes a byte, so that what is nearly right comes up, too. */
static void spoil(struct bt_text *text)
{
	static const char bytes[] = " :-#[]{},'\"\n?&ax1";

	text->data[below((unsigned)text->length)] = bytes[below(sizeof(bytes) - 1)];
}

static void test_random_texts_are_read_alike(void)
{
	unsigned taken = 0;

	for (int i = 0; i < 20000; i++) {
		BT_AUTOTEXT struct bt_text text = {0};
		unsigned indent = 0, lines = 1 + below(6);

		for (unsigned line = 0; line < lines; line++)
			add_line(&text, &indent);
		if (below(2))
			spoil(&text);
		taken += is_taken(text.data);
	}
	CHECK(taken > 2000); /* or nothing was compared */
}

TESTS(TEST(test_plain_texts_are_taken), TEST(test_other_texts_are_left),
      TEST(test_depth_and_length_are_bounded), TEST(test_random_texts_are_read_alike))
