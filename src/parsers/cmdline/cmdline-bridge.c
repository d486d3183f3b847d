/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The word bridge=NAME:PORT,PORT, read and written: the bridge itself is none of ours, but bonds
 * and VLANs may be its ports.
 */
#include <errno.h>

#include "base/text.h"
#include "parsers/cmdline/cmdline-write.h"

/* ---- reading ------------------------------------------------------------------------------- */

/* Whether one of the ports is an interface that other words are about. */
static bool has_known_port(const struct bt_cmdline_reading *reading, struct bt_cmdline_part rest)
{
	struct bt_cmdline_part part;

	while (bt_cmdline_next(&rest, ',', &part)) {
		BT_AUTOFREE char *name = part.length ? bt_cmdline_text(&part) : NULL;

		if (name && bt_cmdline_known(reading, name))
			return true;
	}
	return false;
}

static int take_port(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at,
		     const struct bt_cmdline_part *part, const struct bt_cmdline_part *bridge)
{
	struct bondtool_profile *port = NULL;
	const char *present;
	int r = bt_cmdline_profile(reading, at, part, &port, NULL);

	if (r < 0 || !port)
		return r;
	present = bt_profile_text(port, BT_PROP_CONTROLLER);
	if (present) {
		bt_cmdline_find(reading, at, part, BONDTOOL_ERROR, "cmdline/twice", NULL,
				"'%s' is a port of '%s' and cannot be one of a bridge",
				bt_profile_label(port), present);
		return 0;
	}
	r = bt_cmdline_set(reading, at, port, BT_PROP_CONTROLLER, bridge, NULL);
	return r == 0 ? bt_cmdline_set(reading, at, port, BT_PROP_PORT_TYPE, part, "bridge") : r;
}

int bt_cmdline_take_bridge(struct bt_cmdline_reading *reading, const struct bt_cmdline_at *at)
{
	struct bt_cmdline_fields fields = bt_cmdline_split(at->word, 2);
	struct bt_cmdline_part rest, part;
	int r = 0;

	if (fields.count < 2 || !fields.parts[0].length ||
	    !has_known_port(reading, fields.parts[1])) {
		at->word->owner = ""; /* nobody's, and no word to be written anew */
		bt_cmdline_find(reading, at, NULL, BONDTOOL_NOTE, "cmdline/other-kind", NULL,
				"'bridge' is not read: no bond or VLAN here is one of its ports");
		return 0;
	}
	bt_cmdline_report_rest(reading, at, &fields, "bridge=NAME:PORT,PORT");
	rest = fields.parts[1];
	while (r == 0 && bt_cmdline_next(&rest, ',', &part))
		if (part.length)
			r = take_port(reading, at, &part, &fields.parts[0]);
	return r;
}

/* ---- writing ------------------------------------------------------------------------------- */

const char *bt_cmdline_bridge(const struct bondtool_profile *profile)
{
	const char *controller = bt_profile_text(profile, BT_PROP_CONTROLLER);
	bool bridge = bt_equal(bt_profile_text(profile, BT_PROP_PORT_TYPE), "bridge");

	return bridge && controller && bt_interface_name_valid(controller) ? controller : NULL;
}

/* Adds the port to the word of its bridge, which is made when there is none. */
static int add_port(struct bt_strings *words, struct bt_hash *bridges, const char *bridge,
		    const char *port)
{
	size_t number;
	char *word;

	if (!bt_hash_get(bridges, bridge, &number)) {
		int r = bt_hash_put(bridges, bridge, words->count);

		return r == 0 ? bt_strings_take(words, bt_format("bridge=%s:%s", bridge, port)) : r;
	}
	word = bt_format("%s,%s", words->items[number], port);
	if (!word)
		return -ENOMEM;
	free(words->items[number]);
	words->items[number] = word;
	return 0;
}

int bt_cmdline_bridge_words(const struct bt_cmdline_writing *writing, struct bt_strings *words)
{
	struct bt_hash bridges = {0};
	int r = 0;

	for (size_t i = 0; r == 0 && i < writing->config->count; i++) {
		const struct bondtool_profile *profile = writing->config->profiles[i];
		const char *bridge = bt_cmdline_bridge(profile);
		BT_AUTOFREE char *port = bridge ? bt_cmdline_name(profile) : NULL;

		if (port)
			r = add_port(words, &bridges, bridge, port);
		else if (bridge && errno == ENOMEM)
			r = -ENOMEM;
	}
	bt_hash_release(&bridges);
	return r;
}
