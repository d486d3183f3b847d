/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A scanner for plain YAML, see tree-yaml-plain.h: one pass, by recursive descent. Functions that
 * read a node leave it pending, and the scan behind it; those of whole lines, at the next line that
 * says something. Whatever is not certain is NOT_PLAIN, and never an error.
 */
#include "base/tree-yaml-plain.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"

enum {
	NOT_PLAIN = -EOPNOTSUPP,
	DEEPEST = 32,	    /* levels of nesting: half of what we take of any YAML */
	LONGEST_KEY = 1000, /* bytes; YAML allows 1,024 characters */
	RECENT_KEYS = 64,
};

struct scan {
	const struct bt_source *source;
	const char *at, *end; /* the text has a NUL at its end */
	const char *line_start;
	unsigned line;	 /* from 1 */
	unsigned indent; /* of the line, once next_line() went there */
	unsigned depth;
	bool ended;		   /* there is no further line */
	struct bt_node *documents; /* with the pool */
	struct bt_node **pending;  /* complete, but for what they are items of */
	size_t n_pending, size_pending;
	const char *keys[RECENT_KEYS]; /* in the pool: most come again and again */
};

/* A scalar in the text. */
struct word {
	const char *start, *stop; /* with its quotes */
	bool quoted;
};

static size_t length_of(const struct word *word)
{
	return (size_t)(word->stop - word->start) - 2 * word->quoted;
}

static int block_node(struct scan *scan, unsigned indent);
static int block_map(struct scan *scan, unsigned indent, const struct word *key);
static int flow_node(struct scan *scan);

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

/* What libyaml reads as the same one character. */
static bool is_printable_ascii(char c)
{
	return c >= ' ' && c <= '~';
}

static void skip_comment(struct scan *scan)
{
	while (is_printable_ascii(*scan->at))
		scan->at++;
}

/* Goes to what the next line says that says something; the scan is at the start of a line. */
static int find_line(struct scan *scan)
{
	for (;; scan->at++, scan->line++) {
		scan->line_start = scan->at;
		skip_blanks(scan);
		scan->indent = (unsigned)(scan->at - scan->line_start);
		if (*scan->at == '#')
			skip_comment(scan);
		else if (*scan->at != '\n' && scan->at < scan->end)
			return 0;
		scan->ended = scan->at == scan->end;
		if (*scan->at != '\n')
			return scan->ended ? 0 : NOT_PLAIN;
	}
}

/* Goes from behind a value to the next line; NOT_PLAIN when more than a comment follows here. */
static int next_line(struct scan *scan)
{
	const char *behind = scan->at;

	skip_blanks(scan);
	if (*scan->at == '#' && scan->at > behind)
		skip_comment(scan);
	if (*scan->at == '\n') {
		scan->at++;
		scan->line++;
	} else if (scan->at < scan->end) {
		return NOT_PLAIN;
	}
	return find_line(scan);
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
		.length = bt_marked((size_t)(stop - start)),
	};
}

/* ---- scalars --------------------------------------------------------------------------------- */

/* A table, because nothing is asked more often. */
static bool is_letter_or_digit(char c)
{
	static const bool yes[256] = {
		['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true};

	return yes[(unsigned char)c];
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
		if (!is_printable_ascii(*at))
			return NOT_PLAIN;
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

	while (*at != quote && *at != '\\' && is_printable_ascii(*at))
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

/* ---- nodes ----------------------------------------------------------------------------------- */

/* Puts a node that is complete, or NULL without memory, on top of the pending ones. */
static int push(struct scan *scan, struct bt_node *node)
{
	if (!node)
		return -ENOMEM;
	if (!BT_MAKE_ROOM(scan->pending, scan->n_pending, scan->size_pending)) {
		bt_node_free(node);
		return -ENOMEM;
	}
	scan->pending[scan->n_pending++] = node;
	return 0;
}

static const char *string_of(struct scan *scan, const struct word *word)
{
	return bt_tree_string(scan->documents, word->start + word->quoted, length_of(word));
}

/* The same of a key: the string that an earlier one has, if that was not too long ago. */
static const char *string_of_key(struct scan *scan, const struct word *word)
{
	const char *text = word->start + word->quoted;
	size_t length = length_of(word);
	const char **recent = &scan->keys[(length + (unsigned char)*text) % RECENT_KEYS];

	if (!*recent || strncmp(*recent, text, length) != 0 || (*recent)[length])
		*recent = string_of(scan, word);
	return *recent;
}

/* Gives the pending node on top its key. */
static int set_key(struct scan *scan, const struct word *key, const struct bt_origin *origin)
{
	struct bt_node *value = scan->pending[scan->n_pending - 1];
	const char *string = string_of_key(scan, key);

	if (!string)
		return -ENOMEM;
	value->key_origin = *origin;
	bt_tree_set_key(value, string);
	return 0;
}

static int push_scalar(struct scan *scan, const struct word *word, const struct bt_origin *origin)
{
	struct bt_node *node = bt_tree_node(scan->documents, BT_NODE_TEXT);
	const char *string = string_of(scan, word);
	int r = push(scan, node);

	if (r < 0 || !string)
		return -ENOMEM;
	bt_tree_set_text(node, string);
	if (!word->quoted)
		node->kind = bt_yaml_plain_kind(node->text);
	node->origin = *origin;
	return 0;
}

/* The list or map of the nodes that became pending since there were FIRST. */
static int close_node(struct scan *scan, enum bt_node_kind kind, size_t first,
		      const struct bt_origin *origin)
{
	struct bt_node *node = bt_tree_node(scan->documents, kind);
	unsigned count = (unsigned)(scan->n_pending - first);
	struct bt_node *const *items = count ? scan->pending + first : NULL;
	int r;

	if (!node)
		return -ENOMEM;
	node->origin = *origin;
	scan->n_pending = first;
	scan->depth--;
	r = bt_tree_set_items(scan->documents, node, items, count);
	if (r < 0) {
		bt_node_free(node);
		return r == -EEXIST ? NOT_PLAIN : r;
	}
	return push(scan, node);
}

static int go_deeper(struct scan *scan)
{
	return ++scan->depth > DEEPEST ? NOT_PLAIN : 0;
}

/* ---- in brackets ----------------------------------------------------------------------------- */

static int flow_pair(struct scan *scan)
{
	struct bt_origin origin;
	struct word key;
	int r = scan_word(scan, true, &key);

	if (r < 0)
		return r;
	origin = origin_of(scan, key.start, key.stop);
	if (!pass_colon(scan, &key))
		return NOT_PLAIN;
	skip_blanks(scan);
	r = flow_node(scan);
	return r < 0 ? r : set_key(scan, &key, &origin);
}

static int flow_items(struct scan *scan, char close, int (*item)(struct scan *scan))
{
	scan->at++;
	skip_blanks(scan);
	if (*scan->at == close)
		return 0;
	for (;;) {
		int r = item(scan);

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

static int flow_collection(struct scan *scan)
{
	struct bt_origin origin = origin_of(scan, scan->at, scan->at);
	bool list = *scan->at == '[';
	size_t first = scan->n_pending;
	int r = go_deeper(scan);

	if (r == 0)
		r = list ? flow_items(scan, ']', flow_node) : flow_items(scan, '}', flow_pair);
	if (r < 0)
		return r;
	scan->at++;
	return close_node(scan, list ? BT_NODE_LIST : BT_NODE_MAP, first, &origin);
}

static bool begins_collection(const struct scan *scan)
{
	return *scan->at == '[' || *scan->at == '{';
}

/* What stands within brackets, or begins with one. */
static int flow_node(struct scan *scan)
{
	struct bt_origin origin;
	struct word word;
	int r;

	if (begins_collection(scan))
		return flow_collection(scan);
	r = scan_word(scan, true, &word);
	if (r < 0)
		return r;
	origin = origin_of(scan, word.start, word.stop);
	return push_scalar(scan, &word, &origin);
}

/* ---- by indentation -------------------------------------------------------------------------- */

/* A value that stands in the line, and the rest of that. */
static int flow_value(struct scan *scan)
{
	int r = flow_collection(scan);

	return r < 0 ? r : next_line(scan);
}

static int word_value(struct scan *scan, const struct word *word)
{
	struct bt_origin origin = origin_of(scan, word->start, word->stop);
	int r = push_scalar(scan, word, &origin);

	return r < 0 ? r : next_line(scan);
}

/*
 * What stands below a key or dash that ends its line: a block that is further in than INDENT, a
 * list in this very column where a key allows that, or nothing.
 */
static int value_below(struct scan *scan, unsigned indent, bool list_beside)
{
	const struct word nothing = {scan->at, scan->at, false};
	struct bt_origin origin = origin_of(scan, scan->at, scan->at);
	int r = next_line(scan);

	if (r < 0)
		return r;
	if (!scan->ended &&
	    (scan->indent > indent || (scan->indent == indent && list_beside && is_entry(scan))))
		return block_node(scan, scan->indent);
	return push_scalar(scan, &nothing, &origin);
}

/* Whether nothing but a comment follows in this line. */
static bool is_at_end(const struct scan *scan)
{
	const char *at = scan->at;

	while (*at == ' ')
		at++;
	return ends_line(*at) || *at == '#';
}

/* Whether WORD, which the scan has passed, is a key. */
static bool is_key(const struct scan *scan, const struct word *word)
{
	struct scan ahead = {.at = scan->at};

	return pass_colon(&ahead, word);
}

/*
 * What a key or dash in this column stands for; the scan is behind the colon or dash. Behind a dash
 * may begin a map.
 */
static int value_of(struct scan *scan, unsigned indent, bool of_key)
{
	struct word word;
	int r;

	if (is_at_end(scan))
		return value_below(scan, indent, of_key);
	skip_blanks(scan);
	if (begins_collection(scan))
		return flow_value(scan);
	r = scan_word(scan, false, &word);
	if (r < 0)
		return r;
	if (!of_key && is_key(scan, &word))
		return block_map(scan, (unsigned)(word.start - scan->line_start), &word);
	return word_value(scan, &word);
}

/* The pairs of a map in this column; of the first, the scan has passed the key. */
static int block_pairs(struct scan *scan, unsigned indent, struct word key)
{
	for (;;) {
		struct bt_origin origin = origin_of(scan, key.start, key.stop);
		int r = pass_colon(scan, &key) ? value_of(scan, indent, true) : NOT_PLAIN;

		if (r == 0)
			r = set_key(scan, &key, &origin);
		if (r < 0)
			return r;
		if (!goes_on(scan, indent))
			return end_block(scan, indent);
		r = scan_word(scan, false, &key);
		if (r < 0)
			return r;
	}
}

/* The map in this column; the scan has passed its first key. */
static int block_map(struct scan *scan, unsigned indent, const struct word *key)
{
	struct bt_origin origin = origin_of(scan, key->start, key->start);
	size_t first = scan->n_pending;
	int r = go_deeper(scan);

	if (r == 0)
		r = block_pairs(scan, indent, *key);
	return r < 0 ? r : close_node(scan, BT_NODE_MAP, first, &origin);
}

static int block_list(struct scan *scan, unsigned indent)
{
	struct bt_origin origin = origin_of(scan, scan->at, scan->at);
	size_t first = scan->n_pending;
	int r = go_deeper(scan);

	while (r == 0 && goes_on(scan, indent) && is_entry(scan)) {
		scan->at++;
		r = value_of(scan, indent, false);
	}
	return r < 0 ? r : close_node(scan, BT_NODE_LIST, first, &origin);
}

/* The block in this column, at whose first line the scan is. */
static int block_node(struct scan *scan, unsigned indent)
{
	struct word key;
	int r;

	if (is_entry(scan))
		return block_list(scan, indent);
	r = scan_word(scan, false, &key);
	return r < 0 ? r : block_map(scan, indent, &key);
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
static int scan_document(struct scan *scan)
{
	int r = find_line(scan);

	if (r == 0 && pass_mark(scan)) {
		r = next_line(scan);
		if (scan->ended)
			return NOT_PLAIN; /* an empty document, unlike none */
	}
	if (r < 0 || scan->ended)
		return r;
	r = block_node(scan, scan->indent);
	return r == 0 && !scan->ended ? NOT_PLAIN : r;
}

static void scan_release(struct scan *scan)
{
	for (size_t i = 0; i < scan->n_pending; i++)
		bt_node_free(scan->pending[i]);
	free(scan->pending);
	bt_node_free(scan->documents);
}

int bt_tree_from_plain_yaml(const struct bt_source *source, struct bt_node **ret_documents)
{
	BT_CLEANUP(scan_release)
	struct scan scan = {
		.source = source,
		.at = source->text,
		.end = source->text + source->length,
		.line = 1,
	};
	unsigned count;
	int r;

	scan.documents = bt_tree_new();
	r = scan.documents ? scan_document(&scan) : -ENOMEM;
	if (r < 0)
		return r;
	count = (unsigned)scan.n_pending;
	scan.n_pending = 0;
	r = bt_tree_set_items(scan.documents, scan.documents, scan.pending, count);
	if (r < 0)
		return r;
	*ret_documents = BT_TAKE(scan.documents);
	return 0;
}
