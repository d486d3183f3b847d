/* SPDX-License-Identifier: GPL-2.0-or-later
 * Completion: what stands for each kind of argument, from the tables, the profiles and the running
 * system.
 */
#include <string.h>

#include "cli/candidates.h"
#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/edit.h"

/* ---- what there is
 * -------------------------------------------------------------------------------- */

static void offer_interfaces(struct cli *cli, struct candidates *candidates, const char *kind)
{
	AUTOLIVE struct live live = {0};

	live_read(cli, &live);
	for (size_t i = 0; i < live.count; i++)
		if (!kind || equal(live.links[i].kind, kind))
			candidate_offer(candidates, live.links[i].name, link_type(&live.links[i]));
}

/* PROPERTY of all profiles, of those of TYPE, or of those that are up. */
static void offer_profiles(struct cli *cli, struct candidates *candidates, const char *property,
			   const char *type, bool active)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	AUTOLIVE struct live live = {0};
	struct bondtool_config *config;

	if (profiles_open(cli, BONDTOOL_STORE_PART, &store) != STATUS_OK)
		return;
	config = bondtool_store_config(store);
	if (active)
		live_read(cli, &live);
	for (size_t i = 0; i < bondtool_config_count(config); i++) {
		const struct bondtool_profile *profile = bondtool_config_at(config, i);
		AUTOFREE char *text = profile_text(profile, property);

		if ((!type || equal(profile_type(profile), type)) &&
		    (!active || live_link_of(&live, config, profile)))
			candidate_offer(candidates, text, profile_type(profile));
	}
}

static void offer_formats(struct candidates *candidates, bool to_write)
{
	struct bondtool_format_info info;

	for (size_t i = 0; bondtool_format_info(i, &info); i++)
		if (to_write ? info.writes : info.reads)
			candidate_offer(candidates, info.name, info.text);
}

static void offer_rules(struct candidates *candidates)
{
	struct bondtool_rule_info rule;

	for (size_t i = 0; bondtool_rule_info(i, &rule); i++)
		candidate_offer(candidates, rule.id, rule.text);
}

static void offer_words(struct candidates *candidates, const char *const *words)
{
	for (; *words; words++)
		candidate_offer(candidates, *words, NULL);
}

/* ---- profiles
 * ------------------------------------------------------------------------------------- */

/* The word before the one that is completed, when it says how a profile is named. */
static const char *selector_before(const struct arguments *arguments)
{
	const char *last = arguments->count ? arguments->words[arguments->count - 1] : NULL;

	return last && is_profile_keyword(last) ? last : NULL;
}

static void offer_names(struct cli *cli, struct candidates *candidates,
			const struct arguments *arguments, bool active)
{
	const char *selector = selector_before(arguments);

	if (!selector)
		offer_words(candidates, profile_keywords);
	offer_profiles(cli, candidates,
		       equal(selector, "uuid") ? "connection.uuid" : "connection.id", NULL, active);
}

/* ---- properties
 * ----------------------------------------------------------------------------------- */

static void offer_named(struct candidates *candidates, const struct bondtool_name *names)
{
	for (; names && names->name; names++)
		candidate_offer(candidates, names->name, names->text);
}

/* The last item of a list of options: a name with "=", or a value behind it. */
static void offer_option(struct cli *cli, struct candidates *candidates, bool to_remove)
{
	const char *comma = strrchr(candidates->word, ',');
	const char *item = comma ? comma + 1 : candidates->word;
	const char *equals = strchr(item, '=');
	size_t kept = (size_t)((equals ? equals + 1 : item) - candidates->word);
	struct candidates items = {.word = candidates->word + kept,
				   .described = candidates->described};
	AUTOFREE char *name = equals ? copy_of_bytes(item, (size_t)(equals - item)) : NULL;
	struct bondtool_item_info info;

	for (size_t i = 0; bondtool_option_info(i, &info); i++) {
		AUTOFREE char *assigned = format_text("%s=", info.name);

		if (info.port || (name && !equal(info.name, name)))
			continue;
		if (!name)
			candidate_offer(&items, to_remove ? info.name : assigned, info.text);
		else if (equal(info.value_type, "interface name"))
			offer_interfaces(cli, &items, NULL);
		else
			offer_named(&items, info.names);
	}
	for (size_t i = 0; i < items.list.count; i++)
		strings_take(&candidates->list, format_text("%.*s%s", (int)kept, candidates->word,
							    items.list.items[i]));
	candidates_release(&items);
}

static void offer_option_value(struct cli *cli, struct candidates *candidates, const char *word)
{
	struct bondtool_item_info info;

	for (size_t i = 0; bondtool_option_info(i, &info); i++) {
		AUTOFREE char *name = copy_of(word);

		for (char *p = name; *p; p++)
			*p = *p == '-' ? '_' : *p;
		if (info.port || !equal(info.name, name))
			continue;
		if (equal(info.value_type, "interface name"))
			offer_interfaces(cli, candidates, NULL);
		offer_named(candidates, info.names);
	}
}

static void offer_types(struct candidates *candidates)
{
	struct bondtool_type_info info;

	for (size_t i = 0; bondtool_type_info(i, &info); i++)
		candidate_offer(candidates, info.alias, info.text);
	candidate_offer(candidates, "bond-port", "a port of a bond");
}

/* What may follow the word that names a property. */
static void offer_value(struct cli *cli, struct candidates *candidates, const char *word)
{
	const char *name = word + (*word == '+' || *word == '-');
	struct bondtool_item_info info;

	if (!bondtool_property_find(name, &info)) {
		offer_option_value(cli, candidates, name);
		return;
	}
	if (equal(info.setting, "bond"))
		offer_option(cli, candidates, *word == '-');
	else if (equal(info.name, "controller"))
		offer_profiles(cli, candidates, "connection.id", "bond", false);
	else if (equal(info.name, "parent") || equal(info.value_type, "interface name"))
		offer_interfaces(cli, candidates, NULL);
	else if (equal(info.name, "type"))
		offer_types(candidates);
	else if (equal(info.value_type, "boolean"))
		offer_words(candidates, (const char *const[]){"yes", "no", NULL});
	else
		offer_named(candidates, info.names);
}

/* The settings first; behind a dot the properties of the one that is typed. */
static void offer_property(struct candidates *candidates, const char *sign,
			   const struct bondtool_item_info *info)
{
	AUTOFREE char *setting = format_text("%s%s.", sign, info->setting);
	AUTOFREE char *name = format_text("%s%s", setting, info->name);

	if (strchr(candidates->word, '.'))
		candidate_offer(candidates, name, info->text);
	else
		candidate_offer(candidates, setting, NULL);
}

static void offer_properties(struct candidates *candidates, bool adding)
{
	const char *sign = *candidates->word == '+' ? "+" : *candidates->word == '-' ? "-" : "";
	struct bondtool_item_info info;

	for (size_t i = 0; bondtool_property_info(i, &info); i++) {
		offer_property(candidates, sign, &info);
		if (info.alias && !*sign)
			candidate_offer(candidates, info.alias, info.text);
	}
	for (size_t i = 0; bondtool_option_info(i, &info); i++)
		if (!info.port && !*sign)
			candidate_offer(candidates, info.name, info.text);
	if (!adding)
		candidate_offer(candidates, "remove", "reset a whole setting");
}

static void offer_settings(struct candidates *candidates)
{
	struct bondtool_item_info info;

	for (size_t i = 0; bondtool_property_info(i, &info); i++)
		candidate_offer(candidates, info.setting, NULL);
}

/* Words and values take turns from word number FIRST on. */
static void offer_pair(struct cli *cli, struct candidates *candidates,
		       const struct arguments *arguments, size_t first, bool adding)
{
	const char *last = arguments->count ? arguments->words[arguments->count - 1] : "";

	if (arguments->count < first)
		return;
	if ((arguments->count - first) % 2 == 0)
		offer_properties(candidates, adding);
	else if (equal(last, "remove") && !adding)
		offer_settings(candidates);
	else
		offer_value(cli, candidates, last);
}

/* Of "modify": how many words name the profile; none when a property comes first. */
static size_t name_words(const struct candidates *candidates, const struct arguments *arguments)
{
	struct bondtool_item_info info;
	const char *word = arguments->count ? arguments->words[0] : candidates->word;

	if (is_profile_keyword(word))
		return 2;
	return *word == '+' || *word == '-' || bondtool_property_find(word, &info) ? 0 : 1;
}

/* ---- fields
 * --------------------------------------------------------------------------------------- */

static void offer_columns(struct candidates *candidates, const struct column *columns)
{
	for (; columns->name; columns++)
		candidate_offer(candidates, columns->name, NULL);
}

/* The last of the fields; the command is not known yet, so all that any command has. */
static void offer_fields(struct candidates *candidates)
{
	const char *comma = strrchr(candidates->word, ',');
	size_t kept = comma ? (size_t)(comma + 1 - candidates->word) : 0;
	struct candidates items = {.word = candidates->word + kept};

	offer_words(&items, (const char *const[]){"all", "common", "profile", "active", NULL});
	offer_columns(&items, connection_columns);
	offer_columns(&items, device_columns);
	offer_columns(&items, general_columns);
	offer_settings(&items);
	if (strchr(items.word, '.'))
		offer_properties(&items, true);
	for (size_t i = 0; i < items.list.count; i++)
		strings_take(&candidates->list, format_text("%.*s%s", (int)kept, candidates->word,
							    items.list.items[i]));
	candidates_release(&items);
}

/* ---- all kinds
 * ------------------------------------------------------------------------------------ */

void candidates_of_kind(struct cli *cli, struct candidates *candidates, const struct argument *row,
			const struct arguments *arguments)
{
	switch (row->kind) {
	case ARGUMENT_CHOICE:
		offer_words(candidates, row->choices);
		break;
	case ARGUMENT_FILE:
		candidates->files = true;
		break;
	case ARGUMENT_PROFILE:
	case ARGUMENT_ACTIVE:
		offer_names(cli, candidates, arguments, row->kind == ARGUMENT_ACTIVE);
		break;
	case ARGUMENT_PROPERTIES:
		offer_pair(cli, candidates, arguments, name_words(candidates, arguments), false);
		break;
	case ARGUMENT_NEW_PROPERTIES:
		offer_pair(cli, candidates, arguments, 0, true);
		break;
	case ARGUMENT_INTERFACE:
	case ARGUMENT_BOND:
		offer_interfaces(cli, candidates, row->kind == ARGUMENT_BOND ? "bond" : NULL);
		break;
	case ARGUMENT_FORMAT_READ:
	case ARGUMENT_FORMAT_WRITE:
		offer_formats(candidates, row->kind == ARGUMENT_FORMAT_WRITE);
		break;
	case ARGUMENT_RULE:
		offer_rules(candidates);
		break;
	case ARGUMENT_FIELDS:
		offer_fields(candidates);
		break;
	case ARGUMENT_ORDER:
		offer_words(candidates, order_words);
		break;
	case ARGUMENT_TEXT:
		break;
	}
}
