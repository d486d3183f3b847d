/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The concrete syntax of ifcfg files: assignments and everything between them, with the place of
 * every byte of a value. The same text has three readings: bash sources it (initscripts), and
 * NetworkManager and SUSE's wicked read it line by line, each in its way, and run nothing.
 */
#ifndef BT_PARSERS_IFCFG_SYNTAX_H
#define BT_PARSERS_IFCFG_SYNTAX_H

#include "base/context.h"
#include "base/hash.h"

enum bt_ifcfg_reading {
	BT_IFCFG_NM,   /* NetworkManager's svGetValue(): one assignment a line, quoting as bash's */
	BT_IFCFG_BASH, /* what bash does with it, as far as that can be known without running it */
	BT_IFCFG_WICKED, /* wicked's ni_sysconfig_read(): one quote, no escapes, 511 bytes a line */
};

/* One assignment, or a line that is none. */
struct bt_ifcfg_line {
	size_t start, end; /* its line, or lines, in the source; without the last line end */
	char *key;	   /* NULL: no assignment */
	size_t key_at;	   /* bytes into the source */
	char *value;	   /* without quotes; NULL when it cannot be read */
	uint32_t *places;  /* of each byte of the value in the source, and of its end */
	size_t value_at, value_end; /* the value as it is written, quotes included */
	const char *fault; /* why the line or its value cannot be read; NULL when it can */
	size_t fault_at;
	bool needs_shell;  /* only bash, and only on the running system, could tell the value */
	bool alone;	   /* nothing else stands on its lines */
	size_t sibling;	   /* the number of another line of the key; see bt_ifcfg_take() */
};

struct bt_ifcfg {
	const struct bt_source *source; /* borrowed */
	enum bt_ifcfg_reading reading;
	struct bt_ifcfg_line *lines; /* in the order of the text */
	size_t count, size;
	/*
	 * The last line of each key. It begins the ring of all lines of the key, so that asking for
	 * a key, which a reader does for every key it knows, does not go through the file.
	 */
	struct bt_hash by_key;
};

void bt_ifcfg_release(struct bt_ifcfg *ifcfg);
#define BT_AUTOIFCFG BT_CLEANUP(bt_ifcfg_release)

/* Takes the text apart. Anything is accepted; faults stand in the lines. 0 or -ENOMEM. */
int bt_ifcfg_parse(const struct bt_source *source, enum bt_ifcfg_reading reading,
		   struct bt_ifcfg *ret_ifcfg);

/*
 * Parses with the reading of the tool that the file is for: bash when it says NM_CONTROLLED=no,
 * else NetworkManager.
 */
int bt_ifcfg_parse_as_owner(const struct bt_source *source, struct bt_ifcfg *ret_ifcfg);

/* The last assignment of KEY, which is the one that holds; NULL when there is none. */
const struct bt_ifcfg_line *bt_ifcfg_find(const struct bt_ifcfg *ifcfg, const char *key);
/* Its value; NULL when there is none, when it cannot be read, and when it is empty. */
const char *bt_ifcfg_value(const struct bt_ifcfg *ifcfg, const char *key);

/*
 * The last assignment of KEY; NULL when there is none, or its value cannot be read or is empty.
 * Marks all lines of the key in TAKEN, which has a place for each line.
 */
const struct bt_ifcfg_line *bt_ifcfg_take(const struct bt_ifcfg *ifcfg, const char *key,
					  bool *taken);

/* Where LENGTH bytes of the line's value, from OFFSET on, stand in the text. */
struct bt_origin bt_ifcfg_place(const struct bt_ifcfg *ifcfg, const struct bt_ifcfg_line *line,
				size_t offset, size_t length);
/* The whole value, or the key where there is no value. */
struct bt_origin bt_ifcfg_line_place(const struct bt_ifcfg *ifcfg,
				     const struct bt_ifcfg_line *line);
struct bt_origin bt_ifcfg_fault_place(const struct bt_ifcfg *ifcfg,
				      const struct bt_ifcfg_line *line);

/* Whether NAME can be the name of a shell variable. */
bool bt_ifcfg_is_name(const char *name, size_t length);

/*
 * VALUE quoted so that READING yields it again, and bash too; plain where that is enough, but
 * always in quotes for wicked, as YaST writes. Only for what bt_ifcfg_can_quote(). New string.
 */
char *bt_ifcfg_quote(const char *value, enum bt_ifcfg_reading reading);
/*
 * Whether KEY=VALUE can be written at all: wicked knows no escapes, reads no value over several
 * lines, and cuts long lines.
 */
bool bt_ifcfg_can_quote(const char *key, const char *value, enum bt_ifcfg_reading reading);

#endif
