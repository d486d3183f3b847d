/* SPDX-License-Identifier: GPL-2.0-or-later
 * The program's tables as JSON: manual page, completions and schema are checked against them.
 */
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/options.h"

static void dump_names(struct json *json, const struct bondtool_name *names)
{
	if (!names)
		return;
	json_begin(json, "names", '[');
	for (; names->name; names++) {
		json_begin(json, NULL, '{');
		json_text(json, "name", names->name);
		json_number(json, "number", names->number);
		json_text_if(json, "text", names->text);
		json_end(json, '}');
	}
	json_end(json, ']');
}

static void dump_item(struct json *json, const struct bondtool_item_info *info)
{
	json_begin(json, NULL, '{');
	json_text_if(json, "setting", info->setting);
	json_text(json, "name", info->name);
	json_text_if(json, "old-name", info->old_name);
	json_text_if(json, "alias", info->alias);
	json_text(json, "text", info->text);
	json_text(json, "type", info->value_type);
	json_text_if(json, "unit", info->unit);
	if (info->minimum != info->maximum) {
		json_number(json, "minimum", info->minimum);
		json_number(json, "maximum", info->maximum);
	}
	json_text_if(json, "default", info->standard);
	if (info->has_number)
		json_number(json, "default", info->number);
	if (info->port)
		json_bool(json, "port", true);
	dump_names(json, info->names);
	json_end(json, '}');
}

static void dump_items(struct json *json, const char *key,
		       bool (*row)(size_t index, struct bondtool_item_info *ret_info))
{
	struct bondtool_item_info info;

	json_begin(json, key, '[');
	for (size_t i = 0; row(i, &info); i++)
		dump_item(json, &info);
	json_end(json, ']');
}

static void dump_formats(struct json *json)
{
	struct bondtool_format_info info;

	json_begin(json, "formats", '[');
	for (size_t i = 0; bondtool_format_info(i, &info); i++) {
		json_begin(json, NULL, '{');
		json_text(json, "name", info.name);
		json_text(json, "text", info.text);
		json_bool(json, "reads", info.reads);
		json_bool(json, "writes", info.writes);
		json_end(json, '}');
	}
	json_end(json, ']');
}

static void dump_arguments(struct json *json, const char *key, const struct argument *rows)
{
	json_begin(json, key, '[');
	for (; rows && rows->text; rows++) {
		json_begin(json, NULL, '{');
		json_text_if(json, "word", rows->word);
		json_text_if(json, "letter", rows->letter);
		json_text_if(json, "name", rows->name);
		json_text(json, "text", rows->text);
		json_end(json, '}');
	}
	json_end(json, ']');
}

/* The commands of a group, each with the words that lead to it. */
static void dump_commands(struct json *json, const char *path, const struct command *commands)
{
	for (; commands->word; commands++) {
		AUTOFREE char *words =
			format_text("%s%s%s", path, *path ? " " : "", commands->word);

		json_begin(json, NULL, '{');
		json_text(json, "words", words);
		json_text(json, "text", commands->text);
		json_bool(json, "hidden", commands->flags & COMMAND_HIDDEN);
		dump_arguments(json, "arguments", commands->arguments);
		json_end(json, '}');
		if (commands->commands)
			dump_commands(json, words, commands->commands);
	}
}

int run_dump_tables(struct cli *cli, const struct arguments *arguments)
{
	struct json json = {0};

	(void)cli;
	(void)arguments;
	json_begin(&json, NULL, '{');
	dump_items(&json, "options", bondtool_option_info);
	dump_items(&json, "properties", bondtool_property_info);
	dump_formats(&json);
	json_begin(&json, "commands", '[');
	dump_commands(&json, "", command_tree.commands);
	json_end(&json, ']');
	dump_arguments(&json, "global-options", global_options);
	json_end(&json, '}');
	return STATUS_OK;
}
