/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The syntax of /etc/network/interfaces ("ENI"): a text becomes lines that keep everything, and a
 * line becomes words that know where they stand. The three tools that read such files (ifupdown,
 * ifupdown2, ifupdown-ng) join and cut lines in their own ways; a dialect says how. Nothing here
 * knows what an option means.
 */
#ifndef BT_PARSERS_INTERFACES_SYNTAX_H
#define BT_PARSERS_INTERFACES_SYNTAX_H

#include "base/context.h"
#include "base/text.h"
#include "model/format-id.h"

/* What a line is, by its first word. */
enum bt_eni_kind {
	BT_ENI_OPTION, /* of the open stanza */
	BT_ENI_BLANK,
	BT_ENI_COMMENT, /* also what the tool skips without a word */
	BT_ENI_IFACE,
	BT_ENI_TEMPLATE, /* as IFACE, of no interface */
	BT_ENI_AUTO,
	BT_ENI_ALLOW,	/* "allow-CLASS" */
	BT_ENI_MAPPING, /* opens a stanza of its own */
	BT_ENI_SOURCE,
	BT_ENI_SOURCE_DIRECTORY,
	BT_ENI_RENAME,
	BT_ENI_LISTED, /* names interfaces for a purpose that is none of ours: "no-auto-down" */
};

struct bt_eni_keyword {
	const char *word;
	enum bt_eni_kind kind;
	bool prefix; /* any word that begins so */
};

/* How lines are joined and cut. */
enum bt_eni_joining {
	BT_ENI_JOIN_AT_END,   /* '\' as the last character; '#' only as the first */
	BT_ENI_JOIN_ANYWHERE, /* '\' and the white space around it are one blank, anywhere */
	BT_ENI_JOIN_AND_CUT,  /* '\' as the last character; '#' anywhere begins a comment */
};

/* One of the three readings. The registry's rows and the tables of keys refer to them. */
struct bt_eni_dialect {
	enum bt_format_id format;
	const char *name; /* of the format, and the first part of its rules */
	const char *tool; /* for messages */
	enum bt_eni_joining joining;
	const struct bt_eni_keyword *keywords; /* ended by .word = NULL */
	bool letters_only;    /* a line that does not begin with a letter is skipped */
	bool family_optional; /* "iface NAME" alone is a stanza; addresses of both families mix */
	bool one_auto;	      /* "auto" takes one name, and opens its stanza */
	bool any_case;	      /* keys of options in any case */
	bool master_keys;     /* a port names its bond */
	bool repeats_add_up;  /* an option given again is a further value of a list */
	size_t longest;	      /* bytes that a line may have; 0: any number */
};

extern const struct bt_eni_dialect bt_eni_ifupdown, bt_eni_ifupdown2, bt_eni_ifupdown_ng;

enum { BT_ENI_KNOWN = 32 }; /* keys that a text remembers, a power of two */

/* One line with those that continue it. */
struct bt_eni_line {
	uint32_t offset; /* in the source, of the first byte that is not white space */
	uint32_t length; /* bytes, white space at the end left out */
	uint32_t number; /* from 1 */
	uint32_t first_word;   /* in the text's words */
	uint32_t n_words : 12; /* 0: they are looked for when the line is taken apart */
	uint32_t kind : 4;     /* enum bt_eni_kind */
	uint32_t meaning : 6;  /* with "argument": what the reader found out about the key, */
	uint32_t argument : 10; /* ... see interfaces-keys.h */
};

/* A text taken apart. Zero-initialise. */
struct bt_eni_text {
	const struct bt_source *source; /* borrowed */
	const struct bt_eni_dialect *dialect;
	struct bt_eni_line *lines;
	size_t n_lines, size;
	size_t n_interfaces; /* lines of the kind IFACE */
	/*
	 * A copy of the source's text, in which words are ended by NUL: so a word is a string
	 * without being copied for itself. Most lines are plain, without marks that join them and
	 * without comments, and their words are found when the line is.
	 */
	char *words;
	uint16_t *starts; /* of the words of plain lines, in their lines */
	size_t n_starts, size_starts;
	/* Lines whose keys were looked up, by their hash: a text has few different ones. */
	const struct bt_eni_line *known[BT_ENI_KNOWN];
};
void bt_eni_text_release(struct bt_eni_text *text);
#define BT_AUTOENI BT_CLEANUP(bt_eni_text_release)

/*
 * Takes SOURCE apart as DIALECT's tool does. What is no text (NUL bytes, broken UTF-8) and what
 * does not mean what it seems to (a blank behind a continuing '\') are diagnostics, and the rest is
 * read. 0 or -ENOMEM.
 */
int bt_eni_parse(struct bondtool *bt, const struct bt_source *source,
		 const struct bt_eni_dialect *dialect, struct bt_eni_text *ret_text);

/* What stands in a joined line from byte AT on begins here in the source. */
struct bt_eni_piece {
	size_t at;
	unsigned line, column;
};

/* The words of one line. Zero-initialise once and use for line after line. */
struct bt_eni_words {
	const struct bt_eni_text *text;
	const struct bt_eni_line *line;
	size_t length;	       /* of the line without its continuation marks and its comment */
	char *first;	       /* that line with NULs behind its words: the text's or in "split" */
	size_t count;	       /* of words */
	const uint16_t *plain; /* where they start in it, of a plain line */
	uint32_t *starts;      /* ... of any other line */
	size_t size;
	struct bt_text joined; /* the line, if it has marks or more than a key and a word */
	struct bt_text split;  /* the same with a NUL behind each word, if it has marks */
	struct bt_eni_piece *pieces; /* of a line with marks that join; none: as it stands */
	size_t n_pieces, size_pieces;
};
void bt_eni_words_release(struct bt_eni_words *words);
#define BT_AUTOENIWORDS BT_CLEANUP(bt_eni_words_release)

/* Takes a line of TEXT apart. 0 or -ENOMEM. */
int bt_eni_split(struct bt_eni_words *words, const struct bt_eni_text *text,
		 const struct bt_eni_line *line);
/* Forgets word INDEX (from 1) and what follows it. */
void bt_eni_cut(struct bt_eni_words *words, size_t index);
/* Where word INDEX begins in the line. */
static inline size_t bt_eni_start(const struct bt_eni_words *words, size_t index)
{
	return words->plain ? words->plain[index] : words->starts[index];
}
/* Word INDEX, "" behind the last one; valid until the next split. */
static inline const char *bt_eni_word(const struct bt_eni_words *words, size_t index)
{
	return index < words->count ? words->first + bt_eni_start(words, index) : "";
}
/* Everything from word INDEX (from 1) to the end of the line; "" when there is none. */
const char *bt_eni_rest(const struct bt_eni_words *words, size_t index);
/* Where word INDEX stands; behind the last one: the line. */
struct bt_origin bt_eni_word_origin(const struct bt_eni_words *words, size_t index);
/* Where everything from word INDEX on stands; of a joined line its part on the first line. */
struct bt_origin bt_eni_rest_origin(const struct bt_eni_words *words, size_t index);
/* Where the line stands. */
struct bt_origin bt_eni_line_origin(const struct bt_eni_text *text, const struct bt_eni_line *line);

#endif
