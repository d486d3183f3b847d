/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A scanner for plain YAML, see tree-yaml-plain.h: one pass, by recursive descent. Functions that
 * read a node leave the scan behind it; those of block nodes, at the next line that says something.
 * Whatever is not certain is NOT_PLAIN, and never an error.
 */
#include "base/tree-yaml-plain.h"

#include <errno.h>
#include <string.h>

enum {
	NOT_PLAIN = -EOPNOTSUPP,
	DEEPEST = 32,	    /* levels of nesting: half of what we take of any YAML */
	LONGEST_KEY = 1000, /* bytes; YAML allows 1,024 characters */
};

struct scan {
	struct bondtool *bt;
	const struct bt_source *source;
	const char *at, *end; /* the text has a NUL at its end */
	const char *line_start;
	unsigned line;	 /* from 1 */
	unsigned indent; /* of the line, once next_line() went there */
	unsigned depth;
	bool ended; /* there is no further line */
};

/* A scalar in the text. */
struct word {
	const char *start, *stop; /* with its quotes */
	bool quoted;
};

static int block_node(struct scan *scan, unsigned indent, struct bt_node **ret_node);
static int flow_node(struct scan *scan, struct bt_node **ret_node);

/* Whether libyaml reads every byte as the same one character, and a line ends with "\n" alone. */
static bool is_printable_ascii(const struct bt_source *source)
{
	const unsigned char *text = (const unsigned char *)source->text;
	bool printable = true;

	for (size_t i = 0; i < source->length; i++)
		printable &= (text[i] >= ' ' && text[i] < 127) || text[i] == '\n';
	return printable;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static bool ends_line(char c)
{
	return c == '\n' || c == '\0';
}

static bool ends_word(char c)
{
	return c == ' ' || ends_line(c);
}

static void skip_blanks(struct scan *scan)
{
	while (*scan->at == ' ')
		scan->at++;
}

/* Goes to what the next line says that says something; the scan is at the start of a line. */
static void find_line(struct scan *scan)
{
	for (;;) {
		scan->line_start = scan->at;
		skip_blanks(scan);
		if (*scan->at == '#')
			scan->at = memchr(scan->at, '\n', (size_t)(scan->end - scan->at));
		if (!scan->at || scan->at >= scan->end)
			break;
		if (*scan->at != '\n') {
			scan->indent = (unsigned)(scan->at - scan->line_start);
			return;
		}
		scan->at++;
		scan->line++;
	}
	scan->at = scan->end;
	scan->ended = true;
}

/* Goes from behind a value to the next line; NOT_PLAIN when more than a comment follows here. */
static int next_line(struct scan *scan)
{
	const char *behind = scan->at;

	skip_blanks(scan);
	if (*scan->at == '#' && scan->at > behind)
		scan->at += strcspn(scan->at, "\n");
	if (!ends_line(*scan->at))
		return NOT_PLAIN;
	if (*scan->at == '\n') {
		scan->at++;
		scan->line++;
	}
	find_line(scan);
	return 0;
}

/* Whether a block in this column goes on with this line. */
static bool goes_on(const struct scan *scan, unsigned indent)
{
	return !scan->ended && scan->indent == indent;
}

/* What follows a block must belong to one that is further out. */
static int end_block(const struct scan *scan, unsigned indent)
{
	return scan->ended || scan->indent < indent ? 0 : NOT_PLAIN;
}

static bool is_entry(const struct scan *scan)
{
	return *scan->at == '-' && ends_word(scan->at[1]);
}

static struct bt_origin origin_of(const struct scan *scan, const char *start, const char *stop)
{
	return (struct bt_origin){
		.source = scan->source,
		.line = scan->line,
		.column = (unsigned)(start - scan->line_start) + 1,
		.length = (unsigned)(stop - start),
	};
}

/* ---- scalars --------------------------------------------------------------------------------- */

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

static bool is_bracket_or_comma(char c)
{
	return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

/* Whether a plain scalar surely may begin here, in a block or in brackets. */
static bool may_begin_plain(const char *at)
{
	char c = *at == '-' ? at[1] : *at;

	return is_letter_or_digit(c) || c == '_' || c == '/' || (c == '~' && *at == '~');
}

/* Passes a plain scalar; IN_BRACKETS these and commas end it, and a "?" is a riddle. */
static int scan_plain(struct scan *scan, bool in_brackets, struct word *word)
{
	const char *at = scan->at;

	if (!may_begin_plain(at))
		return NOT_PLAIN;
	*word = (struct word){.start = at};
	for (; !ends_line(*at); at++) {
		if (is_letter_or_digit(*at))
			continue;
		if (*at == '#' && at[-1] == ' ')
			break;
		if (*at == ':' && ends_word(at[1]))
			break;
		if (in_brackets && is_bracket_or_comma(*at))
			break;
		if (in_brackets && (*at == '?' || (*at == ':' && is_bracket_or_comma(at[1]))))
			return NOT_PLAIN;
	}
	while (at[-1] == ' ')
		at--;
	word->stop = scan->at = at;
	return 0;
}

/* Passes a scalar in quotes that ends in this line and has no escapes. */
static int scan_quoted(struct scan *scan, struct word *word)
{
	const char quote = *scan->at, *at = scan->at + 1;

	while (*at != quote && *at != '\\' && !ends_line(*at))
		at++;
	if (*at != quote || at[1] == quote)
		return NOT_PLAIN;
	*word = (struct word){.start = scan->at, .stop = at + 1, .quoted = true};
	scan->at = at + 1;
	return 0;
}

static int scan_word(struct scan *scan, bool in_brackets, struct word *word)
{
	if (*scan->at == '"' || *scan->at == '\'')
		return scan_quoted(scan, word);
	return scan_plain(scan, in_brackets, word);
}

/* Passes the colon behind a key; false when WORD is none. */
static bool pass_colon(struct scan *scan, const struct word *word)
{
	const char *at = scan->at;

	while (*at == ' ')
		at++;
	if (*at != ':' || !ends_word(at[1]) || word->stop - word->start > LONGEST_KEY)
		return false;
	scan->at = at + 1;
	return true;
}

static const char *keep_word(const struct scan *scan, const struct word *word)
{
	return bt_keep(scan->bt, word->start + word->quoted,
		       (size_t)(word->stop - word->start) - 2 * word->quoted);
}

static int make_scalar(const struct scan *scan, const struct word *word, struct bt_node **ret_node)
{
	const char *text = keep_word(scan, word);
	struct bt_node *node = text ? bt_node_new(BT_NODE_TEXT) : NULL;

	if (!node)
		return -ENOMEM;
	if (!word->quoted)
		node->kind = bt_yaml_plain_kind(text);
	bt_node_set_kept_text(node, text);
	node->origin = origin_of(scan, word->start, word->stop);
	*ret_node = node;
	return 0;
}

/* The value that is not there, behind the colon or the dash before PLACE. */
static int make_nothing(const struct scan *scan, const char *place, struct bt_node **ret_node)
{
	return make_scalar(scan, &(struct word){place, place, false}, ret_node);
}

/* ---- lists and maps -------------------------------------------------------------------------- */

/* A list or map that begins here, one level deeper. */
static int open_node(struct scan *scan, enum bt_node_kind kind, struct bt_node **ret_node)
{
	struct bt_node *node;

	if (scan->depth == DEEPEST)
		return NOT_PLAIN;
	node = bt_node_new(kind);
	if (!node)
		return -ENOMEM;
	scan->depth++;
	node->origin = origin_of(scan, scan->at, scan->at);
	*ret_node = node;
	return 0;
}

/* Puts VALUE, which is taken over, under the key; a second time is for libyaml's reader to tell. */
static int put(struct scan *scan, struct bt_node *map, const struct word *key,
	       const struct bt_origin *origin, struct bt_node *value)
{
	const char *kept = keep_word(scan, key);
	int r;

	value->key_origin = *origin;
	if (!kept) {
		bt_node_free(value);
		return -ENOMEM;
	}
	r = bt_node_put_kept(map, kept, value);
	return r == -EEXIST ? NOT_PLAIN : r;
}

/* ---- in brackets ----------------------------------------------------------------------------- */

static int flow_item(struct scan *scan, struct bt_node *list)
{
	struct bt_node *item = NULL;
	int r = flow_node(scan, &item);

	return r < 0 ? r : bt_node_append(list, item);
}

static int flow_pair(struct scan *scan, struct bt_node *map)
{
	struct bt_node *value = NULL;
	struct bt_origin origin;
	struct word key;
	int r = scan_word(scan, true, &key);

	if (r < 0)
		return r;
	origin = origin_of(scan, key.start, key.stop);
	if (!pass_colon(scan, &key))
		return NOT_PLAIN;
	skip_blanks(scan);
	r = flow_node(scan, &value);
	return r < 0 ? r : put(scan, map, &key, &origin, value);
}

static int flow_items(struct scan *scan, char close, struct bt_node *node)
{
	scan->at++;
	skip_blanks(scan);
	if (*scan->at == close)
		return 0;
	for (;;) {
		int r = node->kind == BT_NODE_LIST ? flow_item(scan, node) : flow_pair(scan, node);

		if (r < 0)
			return r;
		skip_blanks(scan);
		if (*scan->at == close)
			return 0;
		if (*scan->at++ != ',')
			return NOT_PLAIN;
		skip_blanks(scan);
	}
}

static int flow_collection(struct scan *scan, enum bt_node_kind kind, struct bt_node **ret_node)
{
	BT_AUTONODE struct bt_node *node = NULL;
	int r = open_node(scan, kind, &node);

	if (r == 0)
		r = flow_items(scan, kind == BT_NODE_LIST ? ']' : '}', node);
	if (r < 0)
		return r;
	scan->at++;
	scan->depth--;
	*ret_node = BT_TAKE(node);
	return 0;
}

/* What stands within brackets, or begins with one. */
static int flow_node(struct scan *scan, struct bt_node **ret_node)
{
	struct word word;
	int r;

	if (*scan->at == '[')
		return flow_collection(scan, BT_NODE_LIST, ret_node);
	if (*scan->at == '{')
		return flow_collection(scan, BT_NODE_MAP, ret_node);
	r = scan_word(scan, true, &word);
	return r < 0 ? r : make_scalar(scan, &word, ret_node);
}

/* ---- by indentation -------------------------------------------------------------------------- */

static bool begins_flow(const struct scan *scan)
{
	return *scan->at == '[' || *scan->at == '{';
}

/* Brackets as a value, and the rest of their line. */
static int flow_value(struct scan *scan, struct bt_node **ret_node)
{
	BT_AUTONODE struct bt_node *node = NULL;
	int r = flow_node(scan, &node);

	if (r == 0)
		r = next_line(scan);
	if (r == 0)
		*ret_node = BT_TAKE(node);
	return r;
}

/* A scalar as a value, and the rest of its line. */
static int word_value(struct scan *scan, const struct word *word, struct bt_node **ret_node)
{
	BT_AUTONODE struct bt_node *node = NULL;
	int r = make_scalar(scan, word, &node);

	if (r == 0)
		r = next_line(scan);
	if (r == 0)
		*ret_node = BT_TAKE(node);
	return r;
}

/*
 * What stands below a key or dash that ends its line: a block that is further in than INDENT, a
 * list in this very column where a key allows that, or nothing.
 */
static int value_below(struct scan *scan, unsigned indent, bool list_beside,
		       struct bt_node **ret_node)
{
	BT_AUTONODE struct bt_node *nothing = NULL;
	int r = make_nothing(scan, scan->at, &nothing);

	if (r == 0)
		r = next_line(scan);
	if (r < 0)
		return r;
	if (!scan->ended &&
	    (scan->indent > indent || (scan->indent == indent && list_beside && is_entry(scan))))
		return block_node(scan, scan->indent, ret_node);
	*ret_node = BT_TAKE(nothing);
	return 0;
}

/* Whether nothing but a comment follows in this line. */
static bool is_at_end(const struct scan *scan)
{
	const char *at = scan->at;

	while (*at == ' ')
		at++;
	return ends_line(*at) || *at == '#';
}

/* The value of a key in this column; the scan is behind the colon. */
static int value_of_key(struct scan *scan, unsigned indent, struct bt_node **ret_value)
{
	struct word word;
	int r;

	if (is_at_end(scan))
		return value_below(scan, indent, true, ret_value);
	skip_blanks(scan);
	if (begins_flow(scan))
		return flow_value(scan, ret_value);
	r = scan_word(scan, false, &word);
	return r < 0 ? r : word_value(scan, &word, ret_value);
}

/* The map in this column, of whose first key the scan has passed the WORD, but not the colon. */
static int block_map(struct scan *scan, unsigned indent, struct word key, struct bt_node *map)
{
	for (;;) {
		struct bt_origin origin = origin_of(scan, key.start, key.stop);
		struct bt_node *value = NULL;
		int r = pass_colon(scan, &key) ? value_of_key(scan, indent, &value) : NOT_PLAIN;

		if (r == 0)
			r = put(scan, map, &key, &origin, value);
		if (r < 0)
			return r;
		if (!goes_on(scan, indent))
			return end_block(scan, indent);
		r = scan_word(scan, false, &key);
		if (r < 0)
			return r;
	}
}

/* A map that begins with the key that the scan is at. */
static int map_from(struct scan *scan, unsigned indent, const struct word *key,
		    struct bt_node **ret_node)
{
	BT_AUTONODE struct bt_node *map = NULL;
	int r = open_node(scan, BT_NODE_MAP, &map);

	if (r < 0)
		return r;
	map->origin = origin_of(scan, key->start, key->start);
	r = block_map(scan, indent, *key, map);
	if (r < 0)
		return r;
	scan->depth--;
	*ret_node = BT_TAKE(map);
	return 0;
}

/* What a dash in this column stands for; the scan is behind it. */
static int value_of_entry(struct scan *scan, unsigned indent, struct bt_node **ret_item)
{
	struct word word, colon;
	int r;

	if (is_at_end(scan))
		return value_below(scan, indent, false, ret_item);
	skip_blanks(scan);
	if (begins_flow(scan))
		return flow_value(scan, ret_item);
	r = scan_word(scan, false, &word);
	if (r < 0)
		return r;
	colon = word;
	if (pass_colon(&(struct scan){.at = scan->at}, &colon))
		return map_from(scan, (unsigned)(word.start - scan->line_start), &word, ret_item);
	return word_value(scan, &word, ret_item);
}

static int block_list(struct scan *scan, unsigned indent, struct bt_node **ret_node)
{
	BT_AUTONODE struct bt_node *list = NULL;
	int r = open_node(scan, BT_NODE_LIST, &list);

	while (r == 0 && goes_on(scan, indent) && is_entry(scan)) {
		struct bt_node *item = NULL;

		scan->at++;
		r = value_of_entry(scan, indent, &item);
		if (r == 0)
			r = bt_node_append(list, item);
	}
	if (r < 0)
		return r;
	scan->depth--;
	*ret_node = BT_TAKE(list);
	return 0;
}

/* The block in this column, at whose first line the scan is. */
static int block_node(struct scan *scan, unsigned indent, struct bt_node **ret_node)
{
	struct word key;
	int r;

	if (is_entry(scan))
		return block_list(scan, indent, ret_node);
	r = scan_word(scan, false, &key);
	return r < 0 ? r : map_from(scan, indent, &key, ret_node);
}

/* ---- the text -------------------------------------------------------------------------------- */

/* Passes a "---" in a line of its own; true when there was one. */
static bool pass_mark(struct scan *scan)
{
	if (scan->ended || scan->indent || strncmp(scan->at, "---", 3) != 0 ||
	    !ends_word(scan->at[3]))
		return false;
	scan->at += 3;
	return true;
}

/* The one document; none where nothing but comments are left. */
static int scan_document(struct scan *scan, struct bt_node **ret_root)
{
	find_line(scan);
	if (pass_mark(scan)) {
		int r = next_line(scan);

		if (r < 0 || scan->ended)
			return NOT_PLAIN; /* an empty document, unlike none */
	}
	if (scan->ended)
		return 0;

	int r = block_node(scan, scan->indent, ret_root);

	return r == 0 && !scan->ended ? NOT_PLAIN : r;
}

int bt_tree_from_plain_yaml(struct bondtool *bt, const struct bt_source *source,
			    struct bt_node **ret_documents)
{
	struct scan scan = {
		.bt = bt,
		.source = source,
		.at = source->text,
		.end = source->text + source->length,
		.line = 1,
	};
	BT_AUTONODE struct bt_node *documents = NULL;
	BT_AUTONODE struct bt_node *root = NULL;
	int r;

	if (!is_printable_ascii(source))
		return NOT_PLAIN;
	documents = bt_node_new(BT_NODE_LIST);
	r = documents ? scan_document(&scan, &root) : -ENOMEM;
	if (r == 0 && root)
		r = bt_node_append(documents, BT_TAKE(root));
	if (r == 0)
		*ret_documents = BT_TAKE(documents);
	return r;
}
