/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool check: judges configuration files, and explains the rules by which it does. What it
 * finds is its output.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/json.h"

enum { WIDTH = 78 };

/* ---- the rules ----------------------------------------------------------------------------------
 */

static void json_rule(struct json *json, const struct bondtool_rule_info *rule)
{
	json_begin(json, NULL, '{');
	json_text(json, "rule", rule->id);
	json_text(json, "severity", bondtool_severity_name(rule->severity));
	json_text(json, "text", rule->text);
	json_text(json, "explanation", rule->explanation);
	json_text(json, "fix", rule->fix);
	json_end(json, '}');
}

static void list_rules_json(void)
{
	struct bondtool_rule_info rule;
	struct json json = {0};

	json_begin(&json, NULL, '[');
	for (size_t i = 0; bondtool_rule_info(i, &rule); i++)
		json_rule(&json, &rule);
	json_end(&json, ']');
}

static void list_rules(void)
{
	struct bondtool_rule_info rule;

	for (size_t i = 0; bondtool_rule_info(i, &rule); i++)
		printf("%-26s %-8s %s\n", rule.id, bondtool_severity_name(rule.severity),
		       rule.text);
}

/* Prints the paragraph folded at blanks. */
static void print_paragraph(const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t length = strcspn(text, " \n");

		if (column > 0 && column + 1 + length > WIDTH) {
			putchar('\n');
			column = 0;
		}
		column += (size_t)printf("%s%.*s", column ? " " : "", (int)length, text);
		text += length;
		text += strspn(text, " \n");
	}
	putchar('\n');
}

static int explain(const struct cli *cli, const char *id)
{
	struct bondtool_rule_info rule;
	struct json json = {0};

	if (!bondtool_rule_find(id, &rule))
		return cli_fail(STATUS_USAGE,
				"there is no rule '%s'; see 'bondtool check --list-rules'.", id);
	if (cli->json) {
		json_rule(&json, &rule);
		return STATUS_OK;
	}
	printf("%s (%s)\n", rule.id, bondtool_severity_name(rule.severity));
	print_paragraph(rule.text);
	putchar('\n');
	print_paragraph(rule.explanation);
	putchar('\n');
	print_paragraph(rule.fix);
	return STATUS_OK;
}

/* ---- judging ------------------------------------------------------------------------------------
 */

/* How findings are printed. */
enum output {
	OUTPUT_TEXT,
	OUTPUT_JSON,
	OUTPUT_SARIF,
};

/* Files below the current folder, mostly a checked out repository, are named from there. */
static void print_sarif(const struct cli *cli)
{
	AUTOFREE char *here = getcwd(NULL, 0);

	cli_print(bondtool_diags_sarif(cli->bt, here));
}

static void print_text(const struct cli *cli)
{
	for (size_t i = 0; i < bondtool_diags_count(cli->bt); i++) {
		AUTOFREE char *text =
			must(bondtool_diag_text(cli->bt, bondtool_diags_at(cli->bt, i)));

		fputs(text, stdout);
	}
}

static void print_findings(const struct cli *cli, enum output output)
{
	if (output == OUTPUT_SARIF)
		print_sarif(cli);
	else if (output == OUTPUT_JSON)
		cli_print(bondtool_diags_json(cli->bt));
	else
		print_text(cli);
}

static int verdict(const struct cli *cli, bool strict)
{
	if (bondtool_diags_at_least(cli->bt, BONDTOOL_ERROR) > 0)
		return STATUS_CHECK_ERRORS;
	if (strict && bondtool_diags_at_least(cli->bt, BONDTOOL_WARNING) > 0)
		return STATUS_CHECK_WARNINGS;
	return STATUS_OK;
}

static int judge_files(struct cli *cli, const struct arguments *arguments)
{
	const char *const *paths = (const char *const *)arguments->words;
	enum output output = argument_given(arguments, "--sarif") ? OUTPUT_SARIF
			     : cli->json			  ? OUTPUT_JSON
								  : OUTPUT_TEXT;
	struct bondtool_config *config = NULL;
	int r = input_read(cli, argument_value(arguments, "--from"), paths, arguments->count,
			   &config);

	if (r < 0 && output == OUTPUT_TEXT) {
		cli_print_findings(cli);
		return STATUS_CHECK_ERRORS;
	}
	if (r == 0 && bondtool_check(cli->bt, config) < 0)
		cli_out_of_memory();
	bondtool_config_free(config);
	print_findings(cli, output);
	return verdict(cli, argument_given(arguments, "--strict"));
}

int run_check(struct cli *cli, const struct arguments *arguments)
{
	const char *rule = argument_value(arguments, "--explain");

	if (rule)
		return explain(cli, rule);
	if (argument_given(arguments, "--list-rules")) {
		if (cli->json)
			list_rules_json();
		else
			list_rules();
		return STATUS_OK;
	}
	if (arguments->count == 0)
		return cli_fail(STATUS_USAGE, "'FILE' argument is missing.");
	return judge_files(cli, arguments);
}
