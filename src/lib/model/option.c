/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Looking things up in the option table, and setting options from texts. */
#include "model/option.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"

const struct bt_option *bt_option_find(const char *name)
{
	for (size_t i = 0; i < BT_OPT_COUNT; i++)
		if (strcmp(bt_options[i].name, name) == 0 || bt_equal(bt_options[i].alias, name))
			return &bt_options[i];
	return NULL;
}

enum bt_option_id bt_option_id(const struct bt_option *option)
{
	return (enum bt_option_id)(option - bt_options);
}

bool bt_option_allowed_in(const struct bt_option *option, enum bt_mode mode)
{
	return !(option->refused_modes & BT_MODE_BIT(mode));
}

bool bt_option_has_key(const struct bt_option *option, enum bt_format_id format)
{
	return option->keys[format] ||
	       ((option->plain_in | option->dashed_in) & BT_FORMAT_BIT(format));
}

/* NAME as a dashed key: "bond-arp-interval". */
static char *dashed(const char *name)
{
	char *key = bt_format("bond-%s", name);

	for (char *p = key; p && *p; p++)
		if (*p == '_')
			*p = '-';
	return key;
}

/* The key that NAME (the option's name or its alias) has in FORMAT. */
static char *key_of(const struct bt_option *option, const char *name, enum bt_format_id format)
{
	if (option->keys[format])
		return strdup(option->keys[format]);
	if (option->plain_in & BT_FORMAT_BIT(format))
		return strdup(name);
	if (option->dashed_in & BT_FORMAT_BIT(format))
		return dashed(name);
	errno = 0;
	return NULL;
}

char *bt_option_key(const struct bt_option *option, enum bt_format_id format)
{
	return key_of(option, option->name, format);
}

/* Whether KEY is "bond-" and NAME with '-' for '_'; looked up for every line of some formats. */
static bool is_dashed(const char *key, const char *name)
{
	static const char prefix[] = "bond-";

	if (strncmp(key, prefix, sizeof(prefix) - 1) != 0)
		return false;
	for (key += sizeof(prefix) - 1; *key && *name; key++, name++)
		if (*key != (*name == '_' ? '-' : *name))
			return false;
	return *key == *name;
}

/* Whether KEY is what key_of() makes of NAME. */
static bool is_key_of(const struct bt_option *option, const char *name, enum bt_format_id format,
		      const char *key)
{
	if (!name)
		return false;
	if (option->keys[format])
		return strcmp(option->keys[format], key) == 0;
	if (option->plain_in & BT_FORMAT_BIT(format))
		return strcmp(name, key) == 0;
	return (option->dashed_in & BT_FORMAT_BIT(format)) && is_dashed(key, name);
}

const struct bt_option *bt_option_by_key(enum bt_format_id format, const char *key)
{
	for (const struct bt_key_alias *a = bt_key_aliases; a->key; a++)
		if (a->format == format && strcmp(a->key, key) == 0)
			return &bt_options[a->option];
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		const struct bt_option *option = &bt_options[i];

		if (is_key_of(option, option->name, format, key) ||
		    is_key_of(option, option->alias, format, key))
			return option;
	}
	return NULL;
}

const char *bt_option_value_name(enum bt_format_id format, enum bt_option_id option, int64_t number)
{
	for (const struct bt_value_name *n = bt_value_names; n->name; n++)
		if (n->format == format && n->option == option && n->number == number && !n->also)
			return n->name;
	return NULL;
}

bool bt_option_value_number(enum bt_format_id format, enum bt_option_id option, const char *name,
			    int64_t *ret_number)
{
	for (const struct bt_value_name *n = bt_value_names; n->name; n++) {
		if (n->format != format || n->option != option || strcmp(n->name, name) != 0)
			continue;
		*ret_number = n->number;
		return true;
	}
	return false;
}

static bool is_limited(const struct bt_key_limit *limit, const struct bt_values *options,
		       const struct bt_value *value)
{
	int64_t number = value->n_items ? (int64_t)value->n_items : value->number;

	if (number < limit->values.least || number > limit->values.most)
		return false;
	if (!(limit->modes & BT_MODE_BIT(bt_options_mode(options))))
		return true;
	return (limit->explicitly && !bt_values_find(options, BT_OPT_MODE)) ||
	       (limit->with != BT_OPT_MODE && bt_options_number(options, limit->with) == 0);
}

const struct bt_key_limit *bt_option_limit(enum bt_format_id format,
					   const struct bt_values *options,
					   const struct bt_value *value)
{
	for (const struct bt_key_limit *limit = bt_key_limits; limit->text; limit++)
		if (limit->format == format && (unsigned)limit->option == value->id &&
		    is_limited(limit, options, value))
			return limit;
	return NULL;
}

static int unknown_option(struct bondtool *bt, const char *name, const struct bt_origin *origin)
{
	struct bt_nearest nearest = {.word = name};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		bt_nearest_offer(&nearest, bt_options[i].name);
		if (bt_options[i].alias)
			bt_nearest_offer(&nearest, bt_options[i].alias);
	}
	if (nearest.best)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(bt, BONDTOOL_ERROR, "option/unknown", origin, hint,
		"the bonding driver has no option '%s'", name);
	return -ENOENT;
}

static int add_items(struct bondtool *bt, const struct bt_option *option,
		     const struct bt_about *about, const char *text,
		     const struct bt_origin *origin, struct bt_value *value)
{
	static const char separators[] = " \t,";

	for (const char *p = text + strspn(text, separators); *p;) {
		size_t length = strcspn(p, separators);
		struct bt_origin place = bt_origin_part(origin, (size_t)(p - text), length);
		BT_AUTOFREE char *item = strndup(p, length);
		int r = item ? bt_value_add_item(bt, &option->spec, about, item, &place, value)
			     : -ENOMEM;

		if (r < 0)
			return r;
		p += length;
		p += strspn(p, separators);
	}
	return 0;
}

static int parse_option(struct bondtool *bt, const struct bt_option *option, const char *name,
			const char *text, const struct bt_origin *origin, struct bt_value *value)
{
	const struct bt_about about = {"driver/value", {"option '", name, "'"}};

	if (origin)
		value->origin = *origin;
	if (bt_type_is_list(option->spec.type))
		return add_items(bt, option, &about, text, origin, value);
	if (bt_equal(text, "default") && option->has_default &&
	    !(option->flags & BT_OPTION_NO_DEFAULT_WORD)) {
		value->number = option->standard;
		return 0;
	}
	return bt_value_parse(bt, &option->spec, &about, text, origin, value);
}

int bt_options_set(struct bondtool *bt, struct bt_values *values, const char *name,
		   const char *text, const struct bt_origin *origin)
{
	const struct bt_option *option = bt_option_find(name);

	if (!option)
		return unknown_option(bt, name, origin);

	BT_AUTOVALUE struct bt_value value = {.id = bt_option_id(option)};
	const struct bt_value *present = bt_values_find(values, value.id);
	int r = parse_option(bt, option, name, text, origin, &value);

	if (r < 0)
		return r;
	if (present && !bt_value_equal(present, &value))
		bt_warning(bt, "option/twice", origin,
			   "option '%s' is set twice; this later value holds", option->name);
	return bt_values_put(values, &value);
}

int64_t bt_options_number(const struct bt_values *values, enum bt_option_id id)
{
	const struct bt_value *value = bt_values_find(values, id);

	return value ? value->number : bt_options[id].standard;
}

enum bt_mode bt_options_mode(const struct bt_values *values)
{
	return (enum bt_mode)bt_options_number(values, BT_OPT_MODE);
}
