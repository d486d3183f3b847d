/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Changing a profile from words, with the meaning of "nmcli connection modify": a property is set,
 * added to or removed from. Bond options have their own grammar: option-change.c.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "model/change.h"

static int unknown_property(struct bondtool *bt, const char *name, bool ambiguous)
{
	struct bt_nearest nearest = {.word = name};
	BT_AUTOSTRINGS struct bt_strings names = {0};
	BT_AUTOFREE char *hint = NULL;

	for (size_t i = 0; i < BT_PROP_COUNT; i++)
		bt_strings_take(&names, bt_property_full_name(&bt_properties[i]));
	for (size_t i = 0; i < names.count; i++)
		bt_nearest_offer(&nearest, names.items[i]);
	if (nearest.best && !ambiguous)
		hint = bt_format("did you mean '%s'?", nearest.best);
	bt_diag(bt, BONDTOOL_ERROR, "property/unknown", NULL, hint, "%s property '%s'",
		ambiguous ? "ambiguous" : "unknown", name);
	return -ENOENT;
}

/*
 * nmcli takes unique beginnings of words, in any case, and ours must not be stricter: the one of
 * NAMES that TEXT begins, or TEXT itself.
 */
static const char *completed(const struct bondtool_name *names, const char *text)
{
	const char *found = NULL;

	if (!*text || bt_name_find(names, text))
		return text;
	for (const struct bondtool_name *n = names; n && n->name; n++) {
		if (strncasecmp(n->name, text, strlen(text)) != 0)
			continue;
		if (found)
			return text;
		found = n->name;
	}
	return found ? found : text;
}

/* Values that mean "unset" besides the empty one: "ifname *" in nmcli. */
static bool means_unset(enum bt_property_id property, const char *text)
{
	return !*text || (property == BT_PROP_INTERFACE_NAME && bt_equal(text, "*"));
}

static int change_scalar(struct bondtool *bt, struct bondtool_profile *profile,
			 const struct bt_property *property, enum bondtool_change change,
			 const char *text, const struct bt_origin *origin)
{
	enum bt_property_id id = bt_property_id(property);
	const struct bt_spec *spec = bt_property_spec(property);

	if (change != BONDTOOL_REMOVE && !means_unset(id, text))
		return bt_profile_set(bt, profile, id, completed(spec->names, text), origin);
	if (property->flags & BT_PROPERTY_REQUIRED) {
		BT_AUTOFREE char *name = bt_property_full_name(property);

		return bt_error(bt, -EPERM, "property/required", origin,
				"'%s' must have a value", name ? name : property->name);
	}
	bt_profile_unset(profile, id);
	return 0;
}

/* Calls EACH for every item of TEXT with its place; stops at the first error. */
static int for_each_item(const char *text, const char *separators, const struct bt_origin *origin,
			 int (*each)(void *context, char *item, const struct bt_origin *place),
			 void *context)
{
	for (const char *p = text; *p;) {
		size_t length = strcspn(p, separators);
		const char *start = p + strspn(p, " \t");
		const char *end = p + length;

		while (end > start && (end[-1] == ' ' || end[-1] == '\t'))
			end--;
		if (end > start) {
			struct bt_origin place = bt_origin_part(origin, (size_t)(start - text),
								(size_t)(end - start));
			BT_AUTOFREE char *item = strndup(start, (size_t)(end - start));
			int r = item ? each(context, item, &place) : -ENOMEM;

			if (r < 0)
				return r;
		}
		p += length + (p[length] != '\0');
	}
	return 0;
}

struct list_change {
	struct bondtool *bt;
	struct bondtool_profile *profile;
	const struct bt_property *property;
};

static bool has_item(const struct bt_value *value, const char *text)
{
	for (size_t i = 0; value && i < value->n_items; i++)
		if (strcmp(value->items[i].text, text) == 0)
			return true;
	return false;
}

static int add_item(void *context, char *item, const struct bt_origin *place)
{
	struct list_change *c = context;
	enum bt_property_id id = bt_property_id(c->property);
	BT_AUTOFREE char *canonical = NULL;

	if ((c->property->flags & BT_PROPERTY_NO_DUPLICATES) &&
	    bt_item_canonical(c->property->spec.type, item, &canonical) == 0 &&
	    has_item(bt_profile_value(c->profile, id), canonical))
		return 0;
	return bt_profile_set(c->bt, c->profile, id, item, place);
}

static void remove_at(struct bondtool_profile *profile, enum bt_property_id id, size_t index)
{
	struct bt_value *value = (struct bt_value *)bt_profile_value(profile, id);

	bt_value_remove(value, (unsigned)index);
	if (!value->n_items)
		bt_profile_unset(profile, id);
}

/* Removes by value; what is not there is no error, as in nmcli. */
static int remove_item(void *context, char *item, const struct bt_origin *place)
{
	struct list_change *c = context;
	enum bt_property_id id = bt_property_id(c->property);
	const struct bt_value *value = bt_profile_value(c->profile, id);
	BT_AUTOFREE char *canonical = NULL;

	(void)place;
	if (bt_item_canonical(c->property->spec.type, item, &canonical) < 0)
		return 0;
	for (size_t i = value ? value->n_items : 0; i-- > 0;)
		if (strcmp(value->items[i].text, canonical) == 0) {
			remove_at(c->profile, id, i);
			break;
		}
	return 0;
}

/*
 * "-property 0,2" removes by index, counted before anything is removed. True when TEXT is such a
 * list of numbers.
 */
static bool remove_by_index(struct bondtool_profile *profile, enum bt_property_id id,
			    const char *text)
{
	const struct bt_value *value = bt_profile_value(profile, id);

	if (!*text || strspn(text, "0123456789, ") != strlen(text))
		return false;
	for (size_t i = value ? value->n_items : 0; i-- > 0;) {
		for (const char *p = text; *p; p += strcspn(p, ", "), p += strspn(p, ", ")) {
			if (strtoumax(p, NULL, 10) == i) {
				remove_at(profile, id, i);
				break;
			}
		}
		value = bt_profile_value(profile, id);
	}
	return true;
}

static int change_list(struct bondtool *bt, struct bondtool_profile *profile,
		       const struct bt_property *property, enum bondtool_change change,
		       const char *text, const struct bt_origin *origin)
{
	struct list_change context = {bt, profile, property};
	const char *separators = property->flags & BT_PROPERTY_COMMAS_ONLY ? "," : ", \t";
	enum bt_property_id id = bt_property_id(property);

	if (change == BONDTOOL_REMOVE && remove_by_index(profile, id, text))
		return 0;
	if (change == BONDTOOL_SET || (change == BONDTOOL_REMOVE && !*text))
		bt_profile_unset(profile, id);
	return for_each_item(text, separators, origin,
			     change == BONDTOOL_REMOVE ? remove_item : add_item, &context);
}

static int change_copy(struct bondtool *bt, struct bondtool_profile *copy,
		       const struct bt_property *property, enum bondtool_change change,
		       const char *text, const struct bt_origin *origin)
{
	if (property->spec.type == BT_TYPE_OPTIONS)
		return bt_options_change(bt, &copy->options, change, text, origin);
	if (bt_type_is_list(property->spec.type))
		return change_list(bt, copy, property, change, text, origin);
	return change_scalar(bt, copy, property, change, text, origin);
}

int bondtool_profile_change(struct bondtool *bt, struct bondtool_profile *profile,
			    const char *name, enum bondtool_change change, const char *text)
{
	bool ambiguous = false;
	const struct bt_property *property = bt_property_find(name, &ambiguous);

	if (!property && !strchr(name, '.'))
		property = bt_property_by_alias(name);
	if (!property)
		return unknown_property(bt, name, ambiguous);
	if ((property->flags & BT_PROPERTY_FIXED) &&
	    bt_profile_value(profile, bt_property_id(property)))
		return bt_error(bt, -EPERM, "property/fixed", NULL, "'%s' cannot be changed", name);

	BT_AUTOFREE char *source_name = bt_format("<%s>", name);
	const struct bt_source *source =
		source_name ? bt_source_add(bt, source_name, text, strlen(text)) : NULL;
	BT_AUTOPROFILE struct bondtool_profile *copy = bt_profile_copy(profile);

	if (!source || !copy)
		return -ENOMEM;

	struct bt_origin origin = {source, 1, 1, (unsigned)strlen(text)};
	int r = change_copy(bt, copy, property, change, text, &origin);

	if (r < 0)
		return r;

	copy->number = profile->number; /* it stays where it is in its configuration */
	struct bondtool_profile before = *profile;

	*profile = *copy;
	*copy = before;
	return 0;
}
