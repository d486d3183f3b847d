/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values of keyfiles to values of properties, with NetworkManager's understanding of every type. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "parsers/keyfile/keyfile-reading.h"

/* What the model cannot hold is kept as it was written. */
int bt_keyfile_keep(struct bt_keyfile_reading *reading, const struct bt_ini_line *line)
{
	struct bt_origin origin = bt_ini_key_place(&reading->ini, line);

	return bt_profile_add_extra(reading->profile, BT_FORMAT_KEYFILE, line->section, line->key,
				    line->value, &origin);
}

/* A value that NetworkManager does not take: it goes on as if the key was not there. */
int bt_keyfile_ignore_value(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			    const char *hint, const char *needed)
{
	struct bt_origin origin = bt_ini_value_place(&reading->ini, line);

	bt_diag(reading->bt, BONDTOOL_ERROR, "keyfile/value", &origin, hint,
		"NetworkManager ignores '%s=%s': %s", line->key, line->value, needed);
	return bt_keyfile_keep(reading, line);
}

/* Keeps the line when the model refused its value, which was said. */
int bt_keyfile_kept_unless(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			   int r)
{
	return r == -EINVAL || r == -ERANGE ? bt_keyfile_keep(reading, line) : r;
}

int bt_keyfile_take_text(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			 enum bt_property_id property, const char *text)
{
	struct bt_origin origin = bt_ini_value_place(&reading->ini, line);

	return bt_keyfile_kept_unless(
		reading, line,
		bt_profile_set(reading->bt, reading->profile, property, text, &origin));
}

static int take_boolean(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			enum bt_property_id property)
{
	size_t length = strcspn(line->value, " \t");
	bool yes = (length == 4 && bt_has_prefix(line->value, "true")) ||
		   (length == 1 && *line->value == '1');
	bool no = (length == 5 && bt_has_prefix(line->value, "false")) ||
		  (length == 1 && *line->value == '0');

	if ((!yes && !no) || line->value[length + strspn(line->value + length, " \t")])
		return bt_keyfile_ignore_value(reading, line, NULL,
					       "only true, false, 1 and 0 are known");
	return bt_keyfile_take_text(reading, line, property, yes ? "yes" : "no");
}

/* An integer as NetworkManager takes it: decimal or 0x..., blanks around it. */
static bool parse_integer(const char *text, int64_t *ret_number)
{
	char *end;

	errno = 0;
	*ret_number = strtoimax(text, &end, 0);
	return errno == 0 && end > text && !end[strspn(end, " \t")];
}

static int take_number(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
		       enum bt_property_id property)
{
	const struct bt_spec *spec = bt_property_spec(&bt_properties[property]);
	const struct bondtool_name *name = bt_name_find(spec->names, line->value);
	BT_AUTOFREE char *text = NULL;
	int64_t number;

	if (name && bt_keyfile_has_names(property))
		return bt_keyfile_take_text(reading, line, property, line->value);
	if (parse_integer(line->value, &number)) {
		text = bt_format("%" PRId64, number);
		return text ? bt_keyfile_take_text(reading, line, property, text) : -ENOMEM;
	}
	if (name)
		text = bt_format("write '%s=%" PRId64 "'", line->key, name->number);
	return bt_keyfile_ignore_value(reading, line, text,
				       bt_keyfile_has_names(property) ? "a name is needed"
								      : "a number is needed");
}

/* NetworkManager still reads a MAC address as it was written long ago: "2;0;94;16;0;1;". */
static char *old_mac(const char *value)
{
	unsigned byte[6];
	int end = 0;

	if (sscanf(value, "%3u;%3u;%3u;%3u;%3u;%3u%n", &byte[0], &byte[1], &byte[2], &byte[3],
		   &byte[4], &byte[5], &end) != 6 ||
	    value[end + (value[end] == ';')])
		return NULL;
	for (size_t i = 0; i < 6; i++)
		if (byte[i] > 255)
			return NULL;
	return bt_format("%02x:%02x:%02x:%02x:%02x:%02x", byte[0], byte[1], byte[2], byte[3],
			 byte[4], byte[5]);
}

int bt_keyfile_take_scalar(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			   enum bt_property_id property)
{
	BT_AUTOFREE char *mac = bt_properties[property].spec.type == BT_TYPE_MAC ||
						property == BT_PROP_CLONED_MAC_ADDRESS
					? old_mac(line->value)
					: NULL;
	BT_AUTOFREE char *text = bt_keyfile_decode(line->value);

	if (!text && errno != EINVAL)
		return -ENOMEM;
	if (!text)
		return bt_keyfile_ignore_value(reading, line, "write '\\\\' for a backslash",
					       "there is no such escape");
	if (property == BT_PROP_TYPE && bt_profile_type_find(text))
		return bt_keyfile_take_text(reading, line, property,
					    bt_profile_type_find(text)->name);
	return bt_keyfile_take_text(reading, line, property, mac ? mac : text);
}

/* One item of a list; *ret_end is behind its separator. "\;" is a semicolon. */
static char *take_item(const char *start, const char **ret_end)
{
	BT_AUTOTEXT struct bt_text raw = {0};
	const char *p = start;

	for (; *p && *p != ';'; p++) {
		if (*p == '\\' && p[1] == ';')
			p++;
		else if (*p == '\\' && p[1])
			bt_text_add_char(&raw, *p++);
		bt_text_add_char(&raw, *p);
	}
	*ret_end = *p ? p + 1 : p;

	BT_AUTOFREE char *item = bt_text_take(&raw);

	return item ? bt_keyfile_decode(item) : NULL;
}

/* Permissions are "user:NAME", with or without a colon behind them. */
static void trim_permission(enum bt_property_id property, char *item)
{
	size_t length = strlen(item);

	if (property == BT_PROP_PERMISSIONS && length && item[length - 1] == ':')
		item[length - 1] = '\0';
}

static int take_list(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
		     enum bt_property_id property)
{
	struct bt_origin whole = bt_ini_value_place(&reading->ini, line);
	int r = 0;

	for (const char *p = line->value, *next; r == 0 && *p; p = next) {
		BT_AUTOFREE char *item = take_item(p, &next);
		size_t length = (size_t)(next - p) - (next[-1] == ';');
		struct bt_origin origin = bt_origin_part(&whole, (size_t)(p - line->value), length);

		if (!item && errno == EINVAL)
			return bt_keyfile_ignore_value(reading, line, NULL,
						       "there is no such escape");
		if (!item)
			return -ENOMEM;
		trim_permission(property, item);
		if (*item)
			r = bt_profile_set(reading->bt, reading->profile, property, item, &origin);
		if (r == -EINVAL)
			r = 0; /* said; NetworkManager leaves out the item too */
	}
	return r;
}

int bt_keyfile_take_property(struct bt_keyfile_reading *reading, const struct bt_ini_line *line,
			     enum bt_property_id property)
{
	const struct bt_spec *spec = bt_property_spec(&bt_properties[property]);

	switch (spec->type) {
	case BT_TYPE_BOOLEAN:
		return take_boolean(reading, line, property);
	case BT_TYPE_NUMBER:
	case BT_TYPE_NICKNAMED:
	case BT_TYPE_NAME:
		return take_number(reading, line, property);
	default:
		return bt_type_is_list(spec->type)
			       ? take_list(reading, line, property)
			       : bt_keyfile_take_scalar(reading, line, property);
	}
}
