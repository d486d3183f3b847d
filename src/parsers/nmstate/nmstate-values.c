/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values of nmstate's declarations: what they may be, and what becomes of those that may not. */
#include <errno.h>
#include <string.h>

#include "parsers/nmstate/nmstate-reading.h"

bool bt_nmstate_yes_no(const struct bt_node *node, bool *ret_yes)
{
	static const char *const yes[] = {"1", "true", "yes", "on", "y"};
	static const char *const no[] = {"0", "false", "no", "off", "n"};

	for (size_t i = 0; node->text && i < BT_ARRAY_SIZE(yes); i++) {
		*ret_yes = bt_equal_ignoring_case(node->text, yes[i]);
		if (*ret_yes || bt_equal_ignoring_case(node->text, no[i]))
			return true;
	}
	return false;
}

bool bt_nmstate_number(const struct bt_node *node, int64_t *ret_number)
{
	char *end;

	if (node->kind != BT_NODE_NUMBER && node->kind != BT_NODE_TEXT)
		return false;
	if (!bt_has_prefix(node->text, "0x"))
		return bt_parse_int(node->text, ret_number) == 0;
	errno = 0;
	*ret_number = strtoll(node->text + 2, &end, 16);
	return errno == 0 && end > node->text + 2 && !*end && node->text[2] != '-';
}

int bt_nmstate_keep(struct bondtool_profile *profile, const char *section,
		    const struct bt_node *node)
{
	BT_AUTOFREE char *value = bt_tree_to_json(node, false);

	return value ? bt_profile_add_extra(profile, BT_FORMAT_NMSTATE, section, node->key, value,
					    &node->key_origin)
		     : -ENOMEM;
}

int bt_nmstate_refused_value(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			     const char *section, const struct bt_node *node, const char *needed)
{
	bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &node->origin, NULL,
		"nmstate refuses '%s: %s': %s", node->key,
		node->text ? node->text : bt_node_kind_text(node->kind), needed);
	return bt_nmstate_keep(profile, section, node);
}

int bt_nmstate_other_key(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
			 const char *section, const struct bt_node *node)
{
	struct bt_nearest nearest = {.word = node->key};
	BT_AUTOFREE char *hint = NULL;

	if (!section && bt_nmstate_is_report(node->key))
		return 0;
	if (bt_nmstate_is_foreign(section, node->key))
		return bt_nmstate_keep(profile, section, node);
	bt_nmstate_offer_keys(&nearest, section);
	if (nearest.best && !bt_equal(nearest.best, node->key)) /* of the other family, it may be */
		hint = bt_format("did you mean '%s'?", nearest.best);
	if (bt_equal(section, "link-aggregation.ports-config")) /* the one that is not strict */
		bt_diag(reading->bt, BONDTOOL_WARNING, "nmstate/ignored", &node->key_origin, hint,
			"nmstate ignores '%s': it knows no such key of a port", node->key);
	else
		bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/unknown-key", &node->key_origin, hint,
			section ? "nmstate refuses the whole text: it knows no '%s' in '%s'"
				: "nmstate refuses the whole text: it knows no '%s' of an "
				  "interface",
			node->key, section);
	return bt_nmstate_keep(profile, section, node);
}

bool bt_nmstate_is_template(struct bt_nmstate_reading *reading, const struct bt_node *node)
{
	if (!node->text || !strstr(node->text, "{{"))
		return false;
	bt_warning(reading->bt, "nmstate/needs-system", &node->origin,
		   "'%s' is filled in from what the running system is; it is left out", node->text);
	return true;
}

const struct bt_node *bt_nmstate_scalar(struct bt_nmstate_reading *reading,
					const struct bt_node *map, const char *key)
{
	const struct bt_node *node = bt_node_get(map, key);

	if (!node || node->kind == BT_NODE_NULL)
		return NULL;
	if (bt_node_is_scalar(node))
		return bt_nmstate_is_template(reading, node) ? NULL : node;
	bt_diag(reading->bt, BONDTOOL_ERROR, "nmstate/value", &node->origin, NULL,
		"nmstate refuses the whole text: '%s' must be a single value, not %s", key,
		bt_node_kind_text(node->kind));
	return NULL;
}

int bt_nmstate_set(struct bt_nmstate_reading *reading, struct bondtool_profile *profile,
		   const char *section, const struct bt_node *node, enum bt_property_id property,
		   const char *text)
{
	int r = bt_profile_set(reading->bt, profile, property, text, &node->origin);

	return r == -EINVAL || r == -ERANGE ? bt_nmstate_keep(profile, section, node) : r;
}
