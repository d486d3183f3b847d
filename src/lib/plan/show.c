/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Plans for those who read them: as text of 80 columns that can be read aloud, and as JSON. The
 * first line says what becomes of the traffic.
 */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/text.h"
#include "plan/journal.h"
#include "plan/planner.h"

enum { TEXT_WIDTH = 80 };

/* The operation that disturbs most; NULL in an empty plan. */
static const struct bt_operation *worst(const struct bondtool_plan *plan)
{
	const struct bt_operation *found = NULL;

	for (size_t i = 0; i < plan->operations.count; i++) {
		const struct bt_operation *operation = &plan->operations.items[i];

		if (!found || operation->disruption > found->disruption)
			found = operation;
	}
	return found;
}

/* "p0 loses its link", "p0 and p1 lose their link": the ports in the order of the plan. */
static void add_ports(struct bt_text *text, const struct bondtool_plan *plan)
{
	BT_AUTOSTRINGS struct bt_strings names = {0};

	for (size_t i = 0; i < plan->operations.count; i++) {
		const struct bt_operation *operation = &plan->operations.items[i];

		if (operation->disruption == BT_DISRUPTION_PORT &&
		    !bt_strings_contain(&names, operation->interface) &&
		    bt_strings_add(&names, operation->interface) < 0)
			text->failed = true;
	}
	for (size_t i = 0; i < names.count; i++)
		bt_text_addf(text, "%s%s",
			     i == 0			? ""
			     : i + 1 == names.count ? " and "
							: ", ",
			     names.items[i]);
	bt_text_add(text, names.count == 1 ? " loses its link" : " lose their link");
}

/* Whether the plan takes BOND down for a moment. */
static bool takes_down(const struct bondtool_plan *plan, const char *bond)
{
	for (size_t i = 0; i < plan->operations.count; i++)
		if (plan->operations.items[i].disruption == BT_DISRUPTION_BOND_DOWN &&
		    bt_equal(plan->operations.items[i].interface, bond))
			return true;
	return false;
}

/* "bond0 will be down and without ports for a moment, to change mode" */
static void add_moment(struct bt_text *text, const struct bondtool_plan *plan,
		       const struct bt_operation *operation)
{
	bool ports_off = operation->disruption == BT_DISRUPTION_PORTS_OFF;
	const char *bond = ports_off ? operation->other : operation->interface;

	bt_text_addf(text, "%s will be %s for a moment", bond,
		     !ports_off		      ? "down"
		     : takes_down(plan, bond) ? "down and without ports"
					      : "without ports");
	if (operation->why)
		bt_text_addf(text, ", %s", operation->why);
}

char *bondtool_plan_summary(const struct bondtool_plan *plan)
{
	const struct bt_operation *operation = worst(plan);
	BT_AUTOTEXT struct bt_text text = {0};

	if (!operation) {
		bt_text_add(&text, "nothing to do");
		return bt_text_take(&text);
	}
	switch (operation->disruption) {
	case BT_DISRUPTION_NONE:
		bt_text_add(&text, "no interruption");
		break;
	case BT_DISRUPTION_PORT:
		add_ports(&text, plan);
		break;
	case BT_DISRUPTION_BOND_DOWN:
	case BT_DISRUPTION_PORTS_OFF:
		add_moment(&text, plan, operation);
		break;
	case BT_DISRUPTION_REMOVED:
		bt_text_addf(&text, "%s goes away", plan->subject);
		break;
	}
	return bt_text_take(&text);
}

/* Adds WORDS, broken at blanks so that no line is wider than the text; later lines are indented. */
static void add_wrapped(struct bt_text *text, size_t column, size_t indent, const char *words)
{
	for (bool first = true; *words; first = false) {
		size_t length = strcspn(words, " ");
		BT_AUTOFREE char *word = strndup(words, length);
		size_t width = word ? bt_display_width(word) : 0;

		if (!word)
			text->failed = true;
		if (!first && column + 1 + width > TEXT_WIDTH) {
			bt_text_add_char(text, '\n');
			bt_text_pad(text, indent);
			column = indent;
		} else if (!first) {
			bt_text_add_char(text, ' ');
			column++;
		}
		bt_text_add_bytes(text, words, length);
		column += width;
		words += length + strspn(words + length, " ");
	}
	bt_text_add_char(text, '\n');
}

static void add_operation(struct bt_text *text, size_t number, size_t width,
			  const struct bt_operation *operation)
{
	BT_AUTOFREE char *words = bt_operation_text(operation);
	BT_AUTOTEXT struct bt_text whole = {0};
	BT_AUTOFREE char *sentence = NULL;
	size_t indent = 4 + width + 2;

	bt_text_add(&whole, words ? words : "");
	if (operation->why)
		bt_text_addf(&whole, "%s %s", bt_has_prefix(operation->why, "to ") ? "" : ":",
			     operation->why);
	sentence = bt_text_take(&whole);
	if (!words || !sentence) {
		text->failed = true;
		return;
	}
	bt_text_addf(text, "%3zu %s", number, operation->interface);
	bt_text_pad(text, indent);
	add_wrapped(text, indent, indent, sentence);
}

char *bondtool_plan_text(const struct bondtool_plan *plan)
{
	BT_AUTOTEXT struct bt_text text = {0};
	BT_AUTOFREE char *summary = bondtool_plan_summary(plan);
	size_t width = 0;

	if (!summary)
		return NULL;
	add_wrapped(&text, 0, 2, summary);
	for (size_t i = 0; i < plan->operations.count; i++) {
		size_t one = bt_display_width(plan->operations.items[i].interface);

		width = one > width ? one : width;
	}
	for (size_t i = 0; i < plan->operations.count; i++)
		add_operation(&text, i + 1, width, &plan->operations.items[i]);
	return bt_text_take(&text);
}

/* What only those who read a plan want to know, on top of what the journal holds. */
static json_t *shown_operation(const struct bt_operation *operation)
{
	BT_AUTOFREE char *words = bt_operation_text(operation);
	json_t *json = bt_operation_to_json(operation);
	json_t *origin;

	if (!json || !words) {
		json_decref(json);
		return NULL;
	}
	json_object_set_new(json, "disruption",
			    json_string(bt_disruption_word(operation->disruption)));
	json_object_set_new(json, "text", json_string(words));
	if (operation->why)
		json_object_set_new(json, "why", json_string(operation->why));
	if (!operation->origin.source)
		return json;
	origin = json_object();
	json_object_set_new(origin, "file", json_string(operation->origin.source->name));
	json_object_set_new(origin, "line", json_integer(operation->origin.line));
	json_object_set_new(origin, "column", json_integer(operation->origin.column));
	json_object_set_new(json, "origin", origin);
	return json;
}

char *bondtool_plan_json(const struct bondtool_plan *plan)
{
	BT_AUTOFREE char *summary = bondtool_plan_summary(plan);
	const struct bt_operation *operation = worst(plan);
	json_t *json = json_object(), *operations = json_array();
	bool failed = !summary;
	char *text;

	for (size_t i = 0; i < plan->operations.count; i++)
		failed |= json_array_append_new(operations,
						shown_operation(&plan->operations.items[i])) < 0;
	json_object_set_new(json, "interface", json_string(plan->subject));
	json_object_set_new(json, "disruption",
			    json_string(bt_disruption_word(operation ? operation->disruption
								     : BT_DISRUPTION_NONE)));
	json_object_set_new(json, "summary", json_string(summary ? summary : ""));
	failed |= json_object_set_new(json, "operations", operations) < 0;
	text = failed ? NULL : json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
	json_decref(json);
	return text;
}
