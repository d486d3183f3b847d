/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool connection add: a new profile from words, with nmcli's defaults.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/commands.h"
#include "cli/edit.h"

/* "type bond-port" stands for a port of a bond, whatever interface it is. */
static const char *const pseudo_types[] = {"bond-port", "bond-slave"};
static const char port_type[] = "ethernet";

/* One "KEY VALUE" of the command line; which property it means decides when it is applied. */
struct pair {
	const char *word, *value;
};
struct pairs {
	struct pair *items;
	size_t count;
};

static void pairs_release(struct pairs *pairs)
{
	free(pairs->items);
}

static bool means(const char *word, const char *property)
{
	struct bondtool_item_info info;
	AUTOFREE char *name = NULL;

	word += *word == '+' || *word == '-';
	if (!bondtool_property_find(word, &info))
		return false;
	name = format_text("%s.%s", info.setting, info.name);
	return equal(name, property);
}

/* nmcli applies what others depend on first, wherever it stands. */
static int rank(const char *word)
{
	static const char *const order[] = {"connection.type", "connection.port-type",
					    "connection.controller"};

	for (size_t i = 0; i < ARRAY_SIZE(order); i++)
		if (means(word, order[i]))
			return (int)i;
	return ARRAY_SIZE(order);
}

static int take_pairs(const struct arguments *arguments, struct pairs *pairs)
{
	pairs->items = must(calloc(arguments->count + 1, sizeof(*pairs->items)));
	for (size_t i = 0; i < arguments->count; i += 2) {
		const char *word = arguments->words[i];
		const char *value = arguments->words[i + 1];

		if (i + 1 == arguments->count)
			return cli_fail(STATUS_USAGE, "value for '%s' is missing.", word);
		pairs->items[pairs->count++] = (struct pair){word, value};
	}
	return STATUS_OK;
}

static const char *value_of(const struct pairs *pairs, const char *property)
{
	for (size_t i = 0; i < pairs->count; i++)
		if (means(pairs->items[i].word, property))
			return pairs->items[i].value;
	return NULL;
}

/* ---- the type -----------------------------------------------------------------------------------
 */

/* All words that may stand for a type, in alphabetical order. */
static void type_words(struct strings *words)
{
	struct bondtool_type_info info;

	for (size_t i = 0; bondtool_type_info(i, &info); i++) {
		strings_add(words, info.alias);
		if (i == 0)
			for (size_t j = 0; j < ARRAY_SIZE(pseudo_types); j++)
				strings_add(words, pseudo_types[j]);
	}
}

/* The word that WORD is, or begins in any case: exactly one. */
static int find_type(const char *word, const char **ret_type)
{
	AUTOSTRINGS struct strings words = {0}, near = {0};
	AUTOFREE char *list = NULL;
	static char found[32];
	struct bondtool_type_info info;

	type_words(&words);
	for (size_t i = 0; bondtool_type_info(i, &info); i++)
		if (equal_ignoring_case(info.name, word))
			word = info.alias;
	for (size_t i = 0; i < words.count; i++) {
		if (*word && strncasecmp(words.items[i], word, strlen(word)) == 0)
			strings_add(&near, words.items[i]);
		if (equal_ignoring_case(words.items[i], word)) {
			strings_release(&near);
			strings_add(&near, words.items[i]);
			break;
		}
	}
	list = strings_joined(near.count ? &near : &words, ", ");
	if (near.count == 0)
		return cli_fail(STATUS_USAGE, "bad connection type: '%s' not among [%s].", word,
				list);
	if (near.count > 1)
		return cli_fail(STATUS_USAGE, "bad connection type: '%s' is ambiguous: %s.", word,
				list);
	snprintf(found, sizeof(found), "%s", near.items[0]);
	*ret_type = found;
	return STATUS_OK;
}

static bool is_pseudo_type(const char *type)
{
	for (size_t i = 0; i < ARRAY_SIZE(pseudo_types); i++)
		if (equal(type, pseudo_types[i]))
			return true;
	return false;
}

/* A bond begins with the driver's default mode; "bond.options" replaces it. */
static int apply_mode(struct edit *edit)
{
	struct bondtool_item_info info;

	if (!profile_is(edit->profile, "connection.type", "bond"))
		return STATUS_OK;
	for (size_t i = 0; bondtool_option_info(i, &info); i++)
		for (const struct bondtool_name *n = info.names; n && n->name; n++)
			if (equal(info.name, "mode") && n->number == info.number)
				return edit_change(edit, info.name, n->name);
	return STATUS_OK;
}

static int apply_type(struct edit *edit, const char *word)
{
	struct bondtool_type_info info;
	const char *type;
	bool pseudo;
	int status;

	if (!word)
		return cli_fail(STATUS_USAGE, "'type' argument is required.");
	status = find_type(word, &type);
	if (status != STATUS_OK)
		return status;
	pseudo = is_pseudo_type(type);
	for (size_t i = 0; bondtool_type_info(i, &info); i++)
		if (equal(info.alias, pseudo ? port_type : type) &&
		    bondtool_profile_change(edit->cli->bt, edit->profile, "connection.type",
					    BONDTOOL_SET, info.name) < 0)
			cli_out_of_memory();
	return pseudo ? edit_change(edit, "connection.port-type", "bond") : apply_mode(edit);
}

/* ---- names --------------------------------------------------------------------------------------
 */

static bool is_taken(struct bondtool_config *config, const char *property, const char *text)
{
	for (size_t i = 0; i < bondtool_config_count(config); i++)
		if (profile_is(bondtool_config_at(config, i), property, text))
			return true;
	return false;
}

/* FIRST, or FIRST with SEPARATOR and a number, whatever no profile has yet. */
static char *free_name(struct bondtool_config *config, const char *property, const char *first,
		       const char *separator)
{
	char *name = copy_of(first);

	for (unsigned i = 1; is_taken(config, property, name); i++) {
		free(name);
		name = format_text("%s%s%u", first, separator, i);
	}
	return name;
}

/* The name that nmcli gives a bond's interface when it is not told. */
static int name_interface(struct edit *edit)
{
	AUTOFREE char *name = NULL;

	if (!profile_is(edit->profile, "connection.type", "bond") ||
	    bondtool_profile_has(edit->profile, "connection.interface-name"))
		return STATUS_OK;
	name = free_name(edit->config, "connection.interface-name", "nm-bond", "");
	return edit_change(edit, "connection.interface-name", name);
}

/* "bond-bond0", "bond-slave-eth1", "vlan": made unique. */
static int name_profile(struct edit *edit)
{
	AUTOFREE char *interface = profile_text(edit->profile, "connection.interface-name");
	AUTOFREE char *first = NULL, *name = NULL;
	const char *type = profile_type(edit->profile);

	if (bondtool_profile_has(edit->profile, "connection.id"))
		return STATUS_OK;
	if (bondtool_profile_has(edit->profile, "connection.controller"))
		type = "bond-slave";
	first = *interface ? format_text("%s-%s", type, interface) : copy_of(type);
	name = free_name(edit->config, "connection.id", first, "-");
	return edit_change(edit, "connection.id", name);
}

/* A second profile of the same name is allowed, but hard to refer to. */
static void warn_of_namesakes(const struct edit *edit, const char *id)
{
	size_t count = 0;
	AUTOFREE char *uuid = profile_text(edit->profile, "connection.uuid");

	for (size_t i = 0; i < bondtool_config_count(edit->config); i++)
		count += profile_is(bondtool_config_at(edit->config, i), "connection.id", id);
	if (count == 1)
		cli_warn("There is another connection with the name '%s'. Reference the "
			 "connection by its uuid '%s'",
			 id, uuid);
	if (count > 1)
		cli_warn("There are %zu other connections with the name '%s'. Reference the "
			 "connection by its uuid '%s'",
			 count, id, uuid);
}

/* ---- the command --------------------------------------------------------------------------------
 */

/* "save yes" is what happens anyway. */
static int check_save(const char *value)
{
	if (word_matches(value, "yes") || word_matches(value, "true") || equal(value, "on"))
		return STATUS_OK;
	return cli_fail(
		STATUS_USAGE,
		"'save': '%s' is not valid; a profile is always saved: use [true, yes, on].",
		value);
}

static int apply_pairs(struct edit *edit, const struct pairs *pairs)
{
	for (int r = 1; r <= rank(""); r++) {
		for (size_t i = 0; i < pairs->count; i++) {
			const struct pair *pair = &pairs->items[i];
			int status;

			if (rank(pair->word) != r)
				continue;
			status = equal(pair->word, "save")
					 ? check_save(pair->value)
					 : edit_change(edit, pair->word, pair->value);
			if (status != STATUS_OK)
				return status;
		}
	}
	return STATUS_OK;
}

/* What nmcli asks for by its alias. */
static int check_required(const struct edit *edit)
{
	if (!profile_is(edit->profile, "connection.type", "vlan"))
		return STATUS_OK;
	if (!bondtool_profile_has(edit->profile, "vlan.parent"))
		return cli_fail(STATUS_USAGE, "'dev' argument is required.");
	if (!bondtool_profile_has(edit->profile, "vlan.id"))
		return cli_fail(STATUS_USAGE, "'id' argument is required.");
	return STATUS_OK;
}

static int check_uuid(const struct edit *edit, const char *failure)
{
	AUTOFREE char *uuid = profile_text(edit->profile, "connection.uuid");

	if (!is_taken(edit->config, "connection.uuid", uuid))
		return STATUS_OK;
	return cli_fail(STATUS_UP_FAILED, "%sa connection with this UUID already exists", failure);
}

static int build_profile(struct edit *edit, const struct pairs *pairs)
{
	AUTOFREE char *id = NULL, *failure = NULL;
	int status = apply_type(edit, value_of(pairs, "connection.type"));

	if (status == STATUS_OK)
		status = apply_pairs(edit, pairs);
	if (status == STATUS_OK)
		status = check_required(edit);
	if (status == STATUS_OK)
		status = name_interface(edit);
	if (status == STATUS_OK)
		status = name_profile(edit);
	if (status != STATUS_OK)
		return status;
	id = profile_text(edit->profile, "connection.id");
	failure = format_text("Failed to add '%s' connection: ", id);
	status = edit_finish(edit, true, failure,
			     edit->cli->offline ? STATUS_FAILED : STATUS_UP_FAILED);
	if (status == STATUS_OK)
		status = check_uuid(edit, failure);
	if (status == STATUS_OK)
		warn_of_namesakes(edit, id);
	return status;
}

static int add_to_store(struct edit *edit, struct bondtool_store *store)
{
	AUTOFREE char *id = profile_text(edit->profile, "connection.id");
	AUTOFREE char *uuid = profile_text(edit->profile, "connection.uuid");
	int status;

	if (bondtool_store_add(store, edit->profile) < 0)
		cli_out_of_memory();
	edit->profile = NULL;
	status = profiles_commit(edit->cli, store);
	if (status == STATUS_OK)
		printf("Connection '%s' (%s) successfully added.\n", id, uuid);
	return status == STATUS_OK ? STATUS_OK : STATUS_UP_FAILED;
}

static int add_offline(struct edit *edit, const struct pairs *pairs)
{
	int status;

	edit->config = must(bondtool_config_new());
	status = build_profile(edit, pairs);
	if (status == STATUS_OK)
		status = print_keyfile(edit->cli, edit->profile);
	bondtool_config_free(edit->config);
	return status;
}

int run_connection_add(struct cli *cli, const struct arguments *arguments)
{
	__attribute__((cleanup(pairs_release))) struct pairs pairs = {0};
	AUTOSTORE struct bondtool_store *store = NULL;
	struct edit edit = {.cli = cli, .adding = true};
	int status = take_pairs(arguments, &pairs);

	if (status == STATUS_OK && !cli->offline)
		status = profiles_open(cli, BONDTOOL_STORE_WRITE, &store);
	if (status != STATUS_OK)
		return status;
	edit.profile = must(bondtool_profile_new());
	if (cli->offline) {
		status = add_offline(&edit, &pairs);
	} else {
		edit.config = bondtool_store_config(store);
		status = build_profile(&edit, &pairs);
		if (status == STATUS_OK)
			status = add_to_store(&edit, store);
	}
	bondtool_profile_free(edit.profile);
	return status;
}
