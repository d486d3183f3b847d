/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Findings for code review tools: SARIF 2.1.0 (OASIS), with the text of every rule that was broken.
 * Names of files become relative URIs where they can, since that is how such tools find the lines.
 */
#include <errno.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "check/check.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* The rules of the findings, each once, in the order in which they come first. */
struct broken {
	struct bt_hash places; /* from id to number */
	const char **ids;      /* borrowed from the findings */
	size_t count;
};

static void broken_release(struct broken *broken)
{
	bt_hash_release(&broken->places);
	free(broken->ids);
}

static int collect(const struct bondtool *bt, struct broken *broken)
{
	size_t findings = bondtool_diags_count(bt), known;

	broken->ids = calloc(findings + 1, sizeof(char *));
	if (!broken->ids)
		return -ENOMEM;
	for (size_t i = 0; i < findings; i++) {
		const char *id = bondtool_diags_at(bt, i)->rule;

		if (bt_hash_get(&broken->places, id, &known))
			continue;
		if (bt_hash_put(&broken->places, id, broken->count) < 0)
			return -ENOMEM;
		broken->ids[broken->count++] = id;
	}
	return 0;
}

/* KEY: {"text": TEXT} */
static void add_message(struct bt_json *json, const char *key, const char *text)
{
	bt_json_open(json, key, '{');
	bt_json_string(json, "text", text);
	bt_json_close(json, '}');
}

/* ---- places ---------------------------------------------------------------------------------- */

/* The file's name below BASE (may be NULL) as other programs name it; "./" is dropped. */
static const char *relative_name(const char *file, const char *base)
{
	size_t length = base ? strlen(base) : 0;

	while (length && base[length - 1] == '/')
		length--;
	if (base && *file == '/' && strncmp(file, base, length) == 0 && file[length] == '/')
		file += length + 1;
	while (strncmp(file, "./", 2) == 0)
		file += 2 + strspn(file + 2, "/");
	return file;
}

/* RFC 3986: everything but unreserved characters and slashes is encoded. */
static char *uri_of(const char *name)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";
	BT_AUTOTEXT struct bt_text uri = {0};

	bt_text_add(&uri, *name == '/' ? "file://" : "");
	for (; *name; name++) {
		if (strchr(plain, *name))
			bt_text_add_char(&uri, *name);
		else
			bt_text_addf(&uri, "%%%02X", (unsigned char)*name);
	}
	return bt_text_take(&uri);
}

static void add_file(struct bt_json *json, const char *file, const char *base)
{
	const char *name = relative_name(file, base);
	BT_AUTOFREE char *uri = uri_of(name);

	json->text.failed |= !uri;
	bt_json_open(json, "artifactLocation", '{');
	bt_json_string(json, "uri", uri ? uri : "");
	if (*name != '/')
		bt_json_string(json, "uriBaseId", "%SRCROOT%");
	bt_json_close(json, '}');
}

/* The column in characters, where findings have it in bytes of LINE. */
static unsigned in_characters(const char *line, size_t length, unsigned column)
{
	const char *end = line + (column - 1 < length ? column - 1 : length);
	unsigned count = 1;

	while (line < end) {
		bt_utf8_next(&line);
		count++;
	}
	return count;
}

static void add_region(struct bt_json *json, const struct bondtool_diag *diag,
		       const struct bt_source *source)
{
	size_t length = 0;
	const char *line = source ? bt_source_line(source, diag->line, &length) : "";

	bt_json_open(json, "region", '{');
	bt_json_number(json, "startLine", diag->line);
	if (diag->column)
		bt_json_number(json, "startColumn", in_characters(line, length, diag->column));
	if (diag->column && diag->length && diag->column - 1 + diag->length <= length)
		bt_json_number(json, "endColumn",
			       in_characters(line, length, diag->column + diag->length));
	bt_json_close(json, '}');
}

/* What was read from standard input has no place that anybody could look up. */
static bool has_place(const struct bondtool_diag *diag)
{
	return diag->file && *diag->file && *diag->file != '<';
}

static void add_place(struct bt_json *json, const struct bondtool_diag *diag,
		      const struct bt_source *source, const char *base)
{
	bt_json_open(json, NULL, '{');
	bt_json_open(json, "physicalLocation", '{');
	add_file(json, diag->file, base);
	if (diag->line)
		add_region(json, diag, source);
	bt_json_close(json, '}');
	bt_json_close(json, '}');
}

/* ---- rules and results ----------------------------------------------------------------------- */

static void add_rule(struct bt_json *json, const char *id)
{
	const struct bt_rule *rule = bt_rule_find(id);

	bt_json_open(json, NULL, '{');
	bt_json_string(json, "id", id);
	if (rule) {
		add_message(json, "shortDescription", rule->text);
		add_message(json, "fullDescription", rule->explanation);
		add_message(json, "help", rule->fix);
		bt_json_open(json, "defaultConfiguration", '{');
		bt_json_string(json, "level", bondtool_severity_name(rule->severity));
		bt_json_close(json, '}');
	}
	bt_json_close(json, '}');
}

static void add_tool(struct bt_json *json, const struct broken *broken)
{
	bt_json_open(json, "tool", '{');
	bt_json_open(json, "driver", '{');
	bt_json_string(json, "name", "bondtool");
	bt_json_string(json, "version", bondtool_version());
	bt_json_open(json, "rules", '[');
	for (size_t i = 0; i < broken->count; i++)
		add_rule(json, broken->ids[i]);
	bt_json_close(json, ']');
	bt_json_close(json, '}');
	bt_json_close(json, '}');
}

static void add_result(struct bt_json *json, const struct bondtool *bt, size_t index,
		       const struct broken *broken, const char *base)
{
	const struct bondtool_diag *diag = bondtool_diags_at(bt, index);
	BT_AUTOFREE char *text = bt_format("%s%s%s", diag->message, diag->hint ? "\nhint: " : "",
					   diag->hint ? diag->hint : "");
	size_t rule = 0;

	json->text.failed |= !text || !bt_hash_get(&broken->places, diag->rule, &rule);
	bt_json_open(json, NULL, '{');
	bt_json_string(json, "ruleId", diag->rule);
	bt_json_number(json, "ruleIndex", (int64_t)rule);
	bt_json_string(json, "level", bondtool_severity_name(diag->severity));
	add_message(json, "message", text ? text : "");
	bt_json_open(json, "locations", '[');
	if (has_place(diag))
		add_place(json, diag, bt_diag_source(bt, index), base);
	bt_json_close(json, ']');
	bt_json_close(json, '}');
}

static void add_run(struct bt_json *json, const struct bondtool *bt, const struct broken *broken,
		    const char *base)
{
	bt_json_open(json, NULL, '{');
	add_tool(json, broken);
	bt_json_string(json, "columnKind", "unicodeCodePoints");
	bt_json_open(json, "results", '[');
	for (size_t i = 0; i < bondtool_diags_count(bt); i++)
		add_result(json, bt, i, broken, base);
	bt_json_close(json, ']');
	bt_json_close(json, '}');
}

char *bondtool_diags_sarif(const struct bondtool *bt, const char *base)
{
	BT_CLEANUP(broken_release) struct broken broken = {0};
	struct bt_json json = {.pretty = true};

	if (collect(bt, &broken) < 0)
		return NULL;
	bt_json_open(&json, NULL, '{');
	bt_json_string(&json, "$schema", SCHEMA);
	bt_json_string(&json, "version", "2.1.0");
	bt_json_open(&json, "runs", '[');
	add_run(&json, bt, &broken, base);
	bt_json_close(&json, ']');
	bt_json_close(&json, '}');
	return bt_text_take(&json.text);
}
