/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bond options in /etc/network/interfaces: what each tool makes of them. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "model/kernel-paths.h"
#include "parsers/interfaces/interfaces-building.h"
#include "parsers/interfaces/interfaces-command.h"

static int unless_memory(int r)
{
	return r == -ENOMEM ? r : 0;
}

/* ifupdown2 takes values in any case, and words of agreement for switches. */
static char *spelled_out(enum bt_option_id id, const char *text)
{
	static const char *const yes[] = {"yes", "y", "true", "on"};
	static const char *const no[] = {"no", "n", "false", "off"};
	char *copy = strdup(text);

	for (char *p = copy; p && *p; p++)
		*p = (char)tolower((unsigned char)*p);
	for (size_t i = 0; copy && i < BT_ARRAY_SIZE(yes); i++) {
		if (id != BT_OPT_USE_CARRIER && id != BT_OPT_LACP_RATE)
			break;
		if (strcmp(copy, yes[i]) == 0 || strcmp(copy, no[i]) == 0)
			strcpy(copy, strcmp(copy, yes[i]) == 0 ? "1" : "0");
	}
	return copy;
}

/* Separators that the tool does not know as such. */
static void check_separators(struct bt_eni_building *building, const struct bt_option *option,
			     const char *text, const struct bt_origin *origin)
{
	struct bt_eni_reader *reader = building->reader;

	if (!bt_type_is_list(option->spec.type))
		return;
	if (reader->dialect == &bt_eni_ifupdown && strchr(text, ','))
		bt_eni_diag(reader, BONDTOOL_ERROR, "separator", origin, "use blanks",
			    "ifenslave does not split '%s' at commas: the driver refuses it", text);
	else if (reader->dialect == &bt_eni_ifupdown_ng && strpbrk(text, " \t"))
		bt_eni_diag(reader, BONDTOOL_ERROR, "separator", origin, "use commas",
			    "ip link takes the first of '%s' only and fails at the next", text);
}

/*
 * The option again in one stanza. ifupdown hands both values on as one text, of which the driver
 * takes the first; another spelling of the key takes the first one's place. True when the line does
 * not count.
 */
static bool is_repeated(struct bt_eni_building *building, const struct bt_option *option,
			const struct bt_eni_line *line)
{
	struct bt_eni_reader *reader = building->reader;
	const struct bt_eni_line **seen = &building->option_lines[bt_option_id(option)];
	const char *text = reader->words.text->source->text;
	struct bt_origin origin;
	bool same_key;

	if (!*seen) {
		*seen = line;
		building->has_options = true;
		return false;
	}
	origin = bt_eni_word_origin(&reader->words, 0);
	same_key = memcmp(text + (*seen)->offset, text + line->offset,
			  strlen(bt_eni_word(&reader->words, 0))) == 0;
	if (bt_type_is_list(option->spec.type) && reader->dialect->repeats_add_up)
		return false;
	if (reader->dialect == &bt_eni_ifupdown_ng ||
	    (reader->dialect == &bt_eni_ifupdown && !same_key)) {
		bt_eni_diag(reader, BONDTOOL_WARNING, "repeated", &origin, NULL,
			    "the stanza has '%s' before; this later line holds", option->name);
		return false;
	}
	bt_eni_diag(reader, BONDTOOL_WARNING, "repeated", &origin, NULL,
		    "the stanza has '%s' before; the first line holds", option->name);
	return true;
}

/* "bond-primary eth0 eth1": the first of them that is a port. */
static size_t choose_primary(struct bt_eni_building *building, uint32_t bond)
{
	struct bt_eni_reader *reader = building->reader;
	const struct bt_eni_words *words = &reader->words;
	size_t chosen = 1;
	struct bt_origin origin;

	for (size_t i = words->count; i-- > 1;) {
		struct bt_eni_interface *port =
			bt_eni_find_interface(reader, bt_eni_word(words, i));

		if (port && port->bond == bond)
			chosen = i;
	}
	origin = bt_eni_rest_origin(words, 1);
	if (words->count > 2)
		bt_eni_diag(reader, BONDTOOL_NOTE, "primary-list", &origin, NULL,
			    "of '%s' the first that is a port becomes the primary: '%s'",
			    bt_eni_rest(words, 1), bt_eni_word(words, chosen));
	return chosen;
}

/* The value of the line and where it stands; in *RET_OWNED if it is spelled in another way. */
static const char *value_of(struct bt_eni_building *building, enum bt_option_id id, uint32_t bond,
			    struct bt_origin *ret_origin, char **ret_owned)
{
	const struct bt_eni_words *words = &building->reader->words;

	if (id == BT_OPT_PRIMARY && words->count > 2) {
		size_t chosen = choose_primary(building, bond);

		*ret_origin = bt_eni_word_origin(words, chosen);
		return bt_eni_word(words, chosen);
	}
	*ret_origin = bt_eni_rest_origin(words, 1);
	if (building->reader->dialect != &bt_eni_ifupdown2)
		return bt_eni_rest(words, 1);
	return *ret_owned = spelled_out(id, bt_eni_rest(words, 1));
}

/* Adds to a list that an earlier line of the stanza began. */
static int extend_list(struct bt_eni_building *building, const struct bt_option *option,
		       const char *text, const struct bt_origin *origin)
{
	BT_AUTOTEXT struct bt_text all = {0};
	const struct bt_value *present =
		bt_values_find(&building->profile->options, bt_option_id(option));
	int r;

	for (size_t i = 0; present && i < present->n_items; i++)
		bt_text_addf(&all, "%s ", present->items[i].text);
	bt_text_add(&all, text);
	if (all.failed)
		return -ENOMEM;
	bt_values_unset(&building->profile->options, bt_option_id(option));
	r = bt_options_set(building->reader->bt, &building->profile->options, option->name,
			   all.data, origin);
	return unless_memory(r);
}

/* What the tool says of a value that the driver takes; false when the tool leaves it out. */
static bool is_within_limit(struct bt_eni_building *building, enum bt_option_id id)
{
	const struct bt_eni_limit *limit = bt_eni_limit(building->reader->dialect, id);
	const struct bt_value *value = bt_values_find(&building->profile->options, id);

	if (!limit || !value || value->number <= limit->maximum)
		return true;
	bt_eni_diag(building->reader, limit->refused ? BONDTOOL_ERROR : BONDTOOL_WARNING, "range",
		    &value->origin, NULL,
		    limit->refused ? "%s does not know this value and leaves '%s' out"
				   : "%s declares a smaller range for '%s', but sets the value",
		    building->reader->dialect->tool, bt_options[id].name);
	return !limit->refused;
}

static int set_on_bond(struct bt_eni_building *building, const struct bt_option *option,
		       const struct bt_eni_line *line)
{
	struct bt_eni_reader *reader = building->reader;
	enum bt_option_id id = bt_option_id(option);
	bool again = building->option_lines[id] != NULL;
	struct bt_origin origin;
	BT_AUTOFREE char *owned = NULL;
	const char *text;

	if (is_repeated(building, option, line))
		return 0;
	text = value_of(building, id, bt_eni_interface_number(reader, building->interface),
			&origin, &owned);
	if (!text)
		return -ENOMEM;
	check_separators(building, option, text, &origin);
	if (again && bt_type_is_list(option->spec.type))
		return extend_list(building, option, text, &origin);
	if (bt_options_set(reader->bt, &building->profile->options, option->name, text, &origin) ==
	    -ENOMEM)
		return -ENOMEM;
	if (!is_within_limit(building, id))
		bt_values_unset(&building->profile->options, id);
	return 0;
}

/* Whether the bond has this option with the value that TEXT says. */
static bool bond_agrees(const struct bondtool_profile *bond, const struct bt_option *option,
			const char *text)
{
	struct bondtool *silent = bondtool_new();
	struct bt_values values = {0};
	const struct bt_value *present = bt_values_find(&bond->options, bt_option_id(option));
	bool agrees = silent && present &&
		      bt_options_set(silent, &values, option->name, text, NULL) == 0 &&
		      bt_value_equal(present, bt_values_find(&values, bt_option_id(option)));

	bt_values_release(&values);
	bondtool_free(silent);
	return agrees;
}

/* A bond option in the stanza of a port: most have no effect there. */
static int take_on_port(struct bt_eni_building *building, const struct bt_eni_stanza *stanza,
			const struct bt_option *option)
{
	struct bt_eni_reader *reader = building->reader;
	enum bt_option_id id = bt_option_id(option);
	uint32_t number = building->interface->bond;
	struct bondtool_profile *bond =
		number == BT_ENI_NONE ? NULL : reader->interfaces[number].profile;
	struct bt_origin origin;
	BT_AUTOFREE char *owned = NULL;
	const char *text = value_of(building, id, number, &origin, &owned);

	if (!text)
		return -ENOMEM;
	if (bond && bond_agrees(bond, option, text))
		return 0;
	if (bond && reader->dialect == &bt_eni_ifupdown &&
	    (id == BT_OPT_PRIMARY || id == BT_OPT_PRIMARY_RESELECT) &&
	    !bt_values_find(&bond->options, id))
		return unless_memory(bt_options_set(reader->bt, &bond->options, option->name, text,
						    &origin));
	bt_eni_diag(reader, BONDTOOL_WARNING, "port-option", &origin,
		    number == BT_ENI_NONE ? NULL : "put it into the stanza of the bond",
		    number == BT_ENI_NONE
			    ? "'%s' is no bond: %s does nothing with '%s'"
			    : "'%s' is a port: %s does nothing with '%s' in its stanza",
		    building->interface->name, reader->dialect->tool,
		    bt_eni_word(&reader->words, 0));
	return bt_eni_keep(building, stanza);
}

int bt_eni_take_bond_option(struct bt_eni_building *building, const struct bt_eni_stanza *stanza,
			    const struct bt_eni_line *line)
{
	const struct bt_option *option = &bt_options[line->argument];

	return building->interface->is_bond ? set_on_bond(building, option, line)
					    : take_on_port(building, stanza, option);
}

/* The option that KEY names when one does not ask whether the tool knows it. */
static const struct bt_option *option_of_key(const char *key)
{
	char name[BT_ENI_KEY_LENGTH];
	size_t length = 0;

	for (const char *p = key + strlen("bond-"); *p && length + 1 < sizeof(name); p++)
		name[length++] = *p == '-' ? '_' : (char)tolower((unsigned char)*p);
	name[length] = '\0';
	return bt_option_find(name);
}

/* What to write instead of a key that the tool does not know; NULL when nothing comes to mind. */
static char *advice(const struct bt_eni_dialect *dialect, const char *key, const char *value)
{
	const struct bt_option *option = option_of_key(key);
	struct bt_nearest nearest = {.word = key};

	if (option && (option->flags & BT_OPTION_PORT))
		return bt_format("post-up echo \"%s\" > %s$IFACE/bonding/%s", value,
				 bt_path_interfaces, option->name);
	if (option && option->has_sysfs)
		return bt_format("post-up echo %s > %s$IFACE/bonding/%s", value,
				 bt_path_interfaces, option->name);
	if (option)
		return bt_format("post-up ip link set $IFACE type bond %s %s", option->name, value);
	for (size_t i = 0; i < BT_OPT_COUNT; i++) {
		BT_AUTOFREE char *offer = bt_option_key(&bt_options[i], dialect->format);

		if (offer && bt_edit_distance(key, offer, 2) <= 2)
			return bt_format("did you mean '%s'?", offer);
	}
	bt_nearest_offer(&nearest, "bond-slaves");
	if (dialect->master_keys)
		bt_nearest_offer(&nearest, "bond-master");
	return nearest.best ? bt_format("did you mean '%s'?", nearest.best) : NULL;
}

int bt_eni_take_stray_option(struct bt_eni_building *building, const struct bt_eni_stanza *stanza)
{
	struct bt_eni_reader *reader = building->reader;
	const char *key = bt_eni_word(&reader->words, 0);
	struct bt_origin origin = bt_eni_word_origin(&reader->words, 0);
	char spelling[BT_ENI_KEY_LENGTH] = "";
	BT_AUTOFREE char *hint = NULL;

	if (bt_eni_key_spelling(reader->dialect, key, strlen(key), spelling))
		hint = advice(reader->dialect, spelling, bt_eni_rest(&reader->words, 1));
	if (strcmp(spelling, "bond-queue-id") == 0 && reader->dialect == &bt_eni_ifupdown)
		bt_eni_diag(reader, BONDTOOL_WARNING, "ignored-option", &origin, hint,
			    "ifenslave writes '%s' to a file that no bond has", key);
	else if (reader->dialect == &bt_eni_ifupdown)
		bt_eni_diag(reader, BONDTOOL_WARNING, "ignored-option", &origin, hint,
			    "ifenslave does not know '%s' and ignores it without a word", key);
	else if (reader->dialect == &bt_eni_ifupdown2)
		bt_eni_diag(reader, BONDTOOL_ERROR, "unknown-option", &origin, hint,
			    "ifupdown2 refuses the key '%s'", key);
	else
		bt_eni_diag(reader, BONDTOOL_ERROR, "unknown-option", &origin, hint,
			    "'%s' is handed to ip link, which does not know it and makes no bond",
			    key);
	return bt_eni_keep(building, stanza);
}
