/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Values: what an option or a property holds, with the place it came from; and the rules by which
 * a text becomes a value and a value a text. A row of the option table or of the property table
 * begins with a struct bt_spec, and everything here needs no more than that.
 */
#ifndef BT_MODEL_VALUE_H
#define BT_MODEL_VALUE_H

#include "base/context.h"
#include "base/pool.h"

enum bt_type {
	BT_TYPE_NUMBER,	   /* minimum..maximum; "names" are words that stand for numbers */
	BT_TYPE_NICKNAMED, /* a number; "names" are nicknames, shown behind it: "-1 (default)" */
	BT_TYPE_NAME,	   /* one of "names", held as its number */
	BT_TYPE_BOOLEAN,   /* yes/no, held as 1/0 */
	BT_TYPE_TEXT,	   /* any text */
	BT_TYPE_CHOICE,	   /* one of "names", held as text */
	BT_TYPE_INTERFACE, /* the name of a network interface */
	BT_TYPE_UUID,
	BT_TYPE_MAC,	   /* six bytes, held as "aa:bb:cc:dd:ee:ff" in lower case */
	BT_TYPE_TEXTS,	   /* list of any texts */
	BT_TYPE_IP4,	   /* an IPv4 address */
	BT_TYPE_IP6,	   /* an IPv6 address */
	BT_TYPE_IP4S,	   /* list of IPv4 addresses */
	BT_TYPE_IP6S,	   /* list of IPv6 addresses */
	BT_TYPE_ADDRESS4S, /* list of IPv4 addresses with prefix length: "10.0.0.1/24" */
	BT_TYPE_ADDRESS6S, /* the same for IPv6 */
	BT_TYPE_ROUTE4S,   /* list of routes: "10.1.0.0/16 [gateway] [metric] [name=value ...]" */
	BT_TYPE_ROUTE6S,
	BT_TYPE_OPTIONS,   /* the property bond.options: stands for the profile's options */
};

/* What a value may be. */
struct bt_spec {
	enum bt_type type;
	const char *unit;	    /* of numbers: "ms", "s"; NULL without one */
	int64_t minimum, maximum;   /* of numbers */
	const struct bondtool_name *names; /* see the types; NULL when there are none */
	unsigned limit;		    /* most items of a list; 0: any number */
};

/* One item of a list. */
struct bt_item {
	char *text;
	struct bt_origin origin;
};

/* Who owns the text of a value. */
enum bt_keeper {
	BT_KEPT_BY_VALUE,   /* to be freed with it */
	BT_KEPT_BY_TABLE,   /* the word of a CHOICE: nobody frees it */
	BT_KEPT_BY_PROFILE, /* in the profile's pool, as long as the profile is there */
};

/*
 * A value that was set. It owns its items, and its text as the keeper says; the origins borrow from
 * the context.
 */
struct bt_value {
	unsigned id;		 /* enum bt_option_id or enum bt_property_id */
	unsigned n_items : 30;
	unsigned keeper : 2;	 /* enum bt_keeper */
	union { /* a list without items has the number 0 */
		struct bt_item *items; /* lists, while n_items is not 0 */
		int64_t number;	       /* NUMBER, NICKNAMED, NAME, BOOLEAN */
	};
	char *text;		 /* TEXT, CHOICE, INTERFACE, UUID, MAC, IP4, IP6 */
	struct bt_origin origin;
};

enum { BT_VALUES_BITS = 47 };

/*
 * The values that are set; an id that is not here is unset. Zero-initialise. There are several of
 * these in each profile, so they are small: no table has more than some hundred ids.
 */
struct bt_values {
	struct bt_value *values;
	uint64_t count : 8, size : 8;
	uint64_t lent : 1; /* the array is another's, see bt_values_lend() */
	/* Bit "id % BT_VALUES_BITS" of each id that is here: most searches are in vain. */
	uint64_t present : BT_VALUES_BITS;
};

void bt_value_release(struct bt_value *value);
#define BT_AUTOVALUE BT_CLEANUP(bt_value_release)
void bt_values_release(struct bt_values *values);

/* Makes room for COUNT values in all, where that is known before; less without memory. */
void bt_values_reserve(struct bt_values *values, unsigned count);
/* Gives values that have no room yet that of ARRAY, which is not freed with them. */
void bt_values_lend(struct bt_values *values, struct bt_value *array, unsigned count);
/* The value of ID, or NULL when it is unset. Borrowed; moves when a value is put. */
struct bt_value *bt_values_find(const struct bt_values *values, unsigned id);
/* The place of ID, with a value of nothing in it, to be filled in; NULL without memory. */
struct bt_value *bt_values_place(struct bt_values *values, unsigned id);
/* Puts VALUE in the place of its id and takes it over, even on error. 0 or -ENOMEM. */
int bt_values_put(struct bt_values *values, struct bt_value *value);
/* Makes ID unset; true when it was set. */
bool bt_values_unset(struct bt_values *values, unsigned id);
/* Makes the values unset that were put last, so that COUNT of them are left. */
void bt_values_cut(struct bt_values *values, unsigned count);
/*
 * Copies to RET_COPY, which has no values yet, with texts in POOL, to be kept by the profile that
 * has it; NULL: by the values. 0 or -ENOMEM, after which it has none.
 */
int bt_values_copy(const struct bt_values *values, struct bt_pool *pool,
		   struct bt_values *ret_copy);
/* A copy that owns its text. 0 or -ENOMEM. */
int bt_value_copy(const struct bt_value *value, struct bt_value *ret_copy);

/* Equal in meaning: same number, text or items in the same order; origins do not count. */
bool bt_value_equal(const struct bt_value *a, const struct bt_value *b);

/* Whether the type is one of the lists (OPTIONS is none). */
bool bt_type_is_list(enum bt_type type);
/* "number", "name", "IPv4 list", ...: for messages and help. */
const char *bt_type_text(enum bt_type type);

/* The row of SPEC's names with this name, or with this number; NULL when there is none. */
const struct bondtool_name *bt_name_find(const struct bondtool_name *names, const char *name);
const struct bondtool_name *bt_name_of(const struct bondtool_name *names, int64_t number);

/* What a value is for, as far as the diagnostic that refuses it needs to know. */
struct bt_about {
	const char *rule;
	const char *what[3]; /* put together in a message only: "option '", "miimon", "'" */
};

/*
 * Reads one scalar TEXT as SPEC says: exact names or numbers, as the kernel reads sysfs. A value
 * that is refused is a diagnostic with ABOUT, what is allowed and the nearest name. Lists are read
 * by bt_value_add_item(). Returns 0, -EINVAL, -ERANGE or -ENOMEM; *ret_value has only number or
 * text set, and is to be released where it has a text.
 */
int bt_value_parse(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
		   const char *text, const struct bt_origin *origin, struct bt_value *ret_value);

/* The scalar TEXT as SPEC says, without a word: as above, or the table's own default. */
int bt_value_parse_quietly(const struct bt_spec *spec, const char *text,
			   struct bt_value *ret_value);

/*
 * What a scalar text means, before anything of it is kept: a number or, in canonical form, a text.
 * That is the text that was read, a word of the table, or stands in what follows.
 */
struct bt_meaning {
	int64_t number;
	const char *text; /* NULL: a number */
	bool of_table;
	char *made;	  /* to be freed */
	char buffer[56];  /* long enough for addresses with prefix length and for UUIDs */
};
/* 0, -EINVAL, -ERANGE or -ENOMEM, without a word; only after 0 there is something to be freed. */
int bt_value_mean(const struct bt_spec *spec, const char *text, struct bt_meaning *ret_meaning);
/* The diagnostic on TEXT, for which ERROR came of reading it; yields ERROR, or -ENOMEM. */
int bt_value_refuse(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
		    const char *text, const struct bt_origin *origin, int error);

/*
 * Adds one item to a list value after reading it as SPEC says; items are kept in canonical form
 * ("10.0.0.1/24", "fe80::1"). Duplicates are kept: whoever must refuse them does. Errors as above.
 */
int bt_value_add_item(struct bondtool *bt, const struct bt_spec *spec, const struct bt_about *about,
		      const char *text, const struct bt_origin *origin, struct bt_value *value);

/* Adds TEXT, which is taken over, even on error, as it is; NULL is -ENOMEM. 0 or -ENOMEM. */
int bt_value_append(struct bt_value *value, char *text, const struct bt_origin *origin);
/* Removes an item. */
void bt_value_remove(struct bt_value *value, unsigned index);

/*
 * The canonical form of one list item or scalar address; 0 or -EINVAL without a diagnostic.
 * *ret_text is a new string.
 */
int bt_item_canonical(enum bt_type type, const char *text, char **ret_text);

/* What SPEC allows, for messages: "0 to 255", "layer2, layer3+4 or ..."; NULL without memory. */
char *bt_spec_allowed(const struct bt_spec *spec);

/* One scalar or one item as text: names by name, numbers in decimal; NULL without memory. */
char *bt_value_text(const struct bt_spec *spec, const struct bt_value *value,
		    enum bondtool_style style);
/* The whole value as one text, list items joined by SEPARATOR. */
char *bt_value_joined(const struct bt_spec *spec, const struct bt_value *value,
		      const char *separator, enum bondtool_style style);

/* Whether NAME can be the name of an interface, by the kernel's dev_valid_name(). */
bool bt_interface_name_valid(const char *name);

#endif
