/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * YAML from trees: what a person would write. Block style, two blanks a level, quotes only where a
 * reader of YAML 1.1 or 1.2 would otherwise see something else, short lists in one line.
 */
#include "base/tree-yaml-text.h"

#include <string.h>
#include <strings.h>

enum { WIDTH = 80 }; /* columns that a list in one line may reach */

/* Words that some reader takes for a boolean or for nothing. */
static bool is_reserved_word(const char *text)
{
	static const char *const words[] = {"null", "true", "false", "yes", "no",
					    "on",   "off",  "y",     "n",   "~"};

	for (size_t i = 0; i < BT_ARRAY_SIZE(words); i++)
		if (strcasecmp(words[i], text) == 0)
			return true;
	return false;
}

/* 1e3, 1.5E-7 */
static bool has_exponent(const char *text)
{
	size_t digits = strspn(text, "0123456789._");
	const char *p = text + digits;

	if (!digits || (*p != 'e' && *p != 'E'))
		return false;
	p += 1 + (p[1] == '-' || p[1] == '+');
	return *p && p[strspn(p, "0123456789")] == '\0';
}

/*
 * Whether some reader takes the text for a number or a date: 100, 1.5, 1e3, 0x1f, 0o17, .inf,
 * 2026-11-21, and 12:34:56, which YAML 1.1 reads to the base 60. "10.0.0.1" and "802.3ad" are none.
 */
static bool looks_like_number(const char *text)
{
	const char *p = text + (*text == '-' || *text == '+');
	const char *dot = strchr(p, '.');

	if (strncasecmp(p, "0x", 2) == 0 || strncasecmp(p, "0o", 2) == 0 ||
	    strcasecmp(p, ".inf") == 0 || strcasecmp(p, ".nan") == 0 || has_exponent(p))
		return true;
	if (dot && strchr(dot + 1, '.'))
		return false;
	return strpbrk(p, "0123456789") && p[strspn(p, "0123456789_.:+-TtZz ")] == '\0';
}

/* Characters that YAML does not let stand as they are, and line ends, which only quotes keep. */
static bool needs_escape(uint32_t code)
{
	return code < ' ' || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029 ||
	       code == 0xfeff || code == 0xfffe || code == 0xffff;
}

static bool is_printable(const char *text)
{
	while (*text)
		if (needs_escape(bt_utf8_next(&text)))
			return false;
	return true;
}

/* Whether the text can stand without quotes; IN_FLOW: within brackets. */
static bool is_plain(const char *text, bool in_flow)
{
	size_t length = strlen(text);

	if (!length || strchr("-?:,[]{}#&*!|>'\"%@` ", *text) || text[length - 1] == ' ' ||
	    text[length - 1] == ':')
		return false;
	if (is_reserved_word(text) || looks_like_number(text))
		return false;
	if (strstr(text, ": ") || strstr(text, " #"))
		return false;
	/* libyaml before 0.2.1, in distributions of long support, takes no colon in brackets. */
	if (in_flow && strpbrk(text, ",[]{}:"))
		return false;
	return is_printable(text);
}

static void add_quoted(struct bt_text *out, const char *text)
{
	bt_text_add_char(out, '"');
	while (*text) {
		const char *start = text;
		uint32_t code = bt_utf8_next(&text);

		if (code == '"' || code == '\\')
			bt_text_addf(out, "\\%c", (char)code);
		else if (code == '\n')
			bt_text_add(out, "\\n");
		else if (code == '\t')
			bt_text_add(out, "\\t");
		else if (needs_escape(code))
			bt_text_addf(out, code < 0x100 ? "\\x%02x" : "\\u%04x", code);
		else
			bt_text_add_bytes(out, start, (size_t)(text - start));
	}
	bt_text_add_char(out, '"');
}

static bool is_container(const struct bt_node *node)
{
	return node->kind == BT_NODE_LIST || node->kind == BT_NODE_MAP;
}

void bt_yaml_add_scalar(struct bt_text *out, const struct bt_node *node, enum bt_yaml_quotes quotes,
			bool in_flow)
{
	const char *text = node->kind == BT_NODE_NULL ? "null" : node->text;
	bool plain = node->kind != BT_NODE_TEXT || is_plain(text, in_flow);

	if (quotes == BT_YAML_SINGLE && !strpbrk(text, "'\n") && is_printable(text))
		bt_text_addf(out, "'%s'", text);
	else if (quotes == BT_YAML_AS_NEEDED && plain)
		bt_text_add(out, text);
	else
		add_quoted(out, text);
}

void bt_yaml_add_key(struct bt_text *out, const char *key, bool in_flow)
{
	const struct bt_node node = {.kind = BT_NODE_TEXT, .text = (char *)key};

	bt_yaml_add_scalar(out, &node, BT_YAML_AS_NEEDED, in_flow);
	bt_text_add(out, ":");
}

void bt_yaml_add_flow(struct bt_text *out, const struct bt_node *node)
{
	if (!is_container(node)) {
		bt_yaml_add_scalar(out, node, BT_YAML_AS_NEEDED, true);
		return;
	}
	bt_text_add(out, node->kind == BT_NODE_MAP ? "{" : "[");
	for (size_t i = 0; i < node->count; i++) {
		bt_text_add(out, i ? ", " : "");
		if (node->kind == BT_NODE_MAP) {
			bt_yaml_add_key(out, node->items[i]->key, true);
			bt_text_add(out, " ");
		}
		bt_yaml_add_flow(out, node->items[i]);
	}
	bt_text_add(out, node->kind == BT_NODE_MAP ? "}" : "]");
}

/* Columns that stand in the last line. */
static size_t last_line(const struct bt_text *out)
{
	const char *last = out->data ? memrchr(out->data, '\n', out->length) : NULL;

	return out->length - (last ? (size_t)(last + 1 - out->data) : 0);
}

/* The list in one line behind what stands in the last one, if it is of scalars and short enough. */
static bool add_short_list(struct bt_text *out, const struct bt_node *list)
{
	BT_AUTOTEXT struct bt_text line = {0};

	for (size_t i = 0; i < list->count; i++)
		if (is_container(list->items[i]) || i > WIDTH)
			return false;
	bt_yaml_add_flow(&line, list);
	if (last_line(out) + 1 + line.length > WIDTH)
		return false;
	bt_text_addf(out, " %s", line.data ? line.data : "");
	return true;
}

void bt_yaml_add_value(struct bt_text *out, const struct bt_node *node, unsigned indent,
		       const struct bt_yaml_style *style)
{
	bool list = node->kind == BT_NODE_LIST;

	if (!is_container(node)) {
		bt_text_add(out, " ");
		bt_yaml_add_scalar(out, node, BT_YAML_AS_NEEDED, false);
	} else if (!node->count) {
		bt_text_add(out, list ? " []" : " {}");
	} else if (!list || !add_short_list(out, node)) {
		bt_text_add(out, "\n");
		bt_yaml_add_items(out, node, indent + (list ? style->dash : style->step), false,
				  style);
		return;
	}
	bt_text_add(out, "\n");
}

/* What stands behind the dash of a list's item; ends the line. */
static void add_item(struct bt_text *out, const struct bt_node *item, unsigned indent,
		     const struct bt_yaml_style *style)
{
	const struct bt_yaml_style below = {.step = style->step, .dash = 2};

	if (item->kind == BT_NODE_MAP && item->count) {
		bt_text_add(out, " ");
		bt_yaml_add_items(out, item, indent + 2, true, style);
	} else {
		bt_yaml_add_value(out, item, indent, &below);
	}
}

void bt_yaml_add_items(struct bt_text *out, const struct bt_node *node, unsigned indent,
		       bool first_in_place, const struct bt_yaml_style *style)
{
	for (size_t i = 0; i < node->count; i++) {
		const struct bt_node *item = node->items[i];

		if (i || !first_in_place)
			bt_text_addf(out, "%*s", (int)indent, "");
		if (item->key) {
			bt_yaml_add_key(out, item->key, false);
			bt_yaml_add_value(out, item, indent, style);
		} else {
			bt_text_add(out, "-");
			add_item(out, item, indent, style);
		}
	}
}

char *bt_tree_to_yaml(const struct bt_node *tree)
{
	static const struct bt_yaml_style style = {.step = 2, .dash = 2};
	BT_AUTOTEXT struct bt_text out = {0};

	if (is_container(tree) && tree->count)
		bt_yaml_add_items(&out, tree, 0, false, &style);
	else
		bt_yaml_add_value(&out, tree, 0, &style);
	return bt_text_take(&out);
}
