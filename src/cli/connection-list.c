/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool connection show, without a name: the list of profiles.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/commands.h"
#include "cli/connection.h"

enum column_index {
	NAME,
	UUID,
	TYPE,
	TIMESTAMP,
	TIMESTAMP_REAL,
	AUTOCONNECT,
	AUTOCONNECT_PRIORITY,
	READONLY,
	DBUS_PATH,
	ACTIVE,
	DEVICE,
	STATE,
	ACTIVE_PATH,
	PORT,
	FILENAME,
};

/* nmcli's; the paths of D-Bus are always empty, because there is none. */
const struct column connection_columns[] = {
	[NAME] = {"NAME", .usual = true},
	[UUID] = {"UUID", .usual = true},
	[TYPE] = {"TYPE", .usual = true},
	[TIMESTAMP] = {"TIMESTAMP"},
	[TIMESTAMP_REAL] = {"TIMESTAMP-REAL"},
	[AUTOCONNECT] = {"AUTOCONNECT"},
	[AUTOCONNECT_PRIORITY] = {"AUTOCONNECT-PRIORITY"},
	[READONLY] = {"READONLY"},
	[DBUS_PATH] = {"DBUS-PATH"},
	[ACTIVE] = {"ACTIVE"},
	[DEVICE] = {"DEVICE", .usual = true},
	[STATE] = {"STATE"},
	[ACTIVE_PATH] = {"ACTIVE-PATH"},
	[PORT] = {"PORT", "SLAVE"},
	[FILENAME] = {"FILENAME"},
	{0},
};

/* A profile with what the list is ordered by. */
struct line {
	const struct bondtool_profile *profile;
	const struct bondtool_link_info *link; /* on which it is up; NULL */
	char *name, *path;
};

/* ---- order --------------------------------------------------------------------------------------
 */

enum category { BY_ACTIVE, BY_NAME, BY_TYPE, BY_PATH, CATEGORIES };

const char *const order_words[CATEGORIES + 1] = {
	[BY_ACTIVE] = "active", [BY_NAME] = "name", [BY_TYPE] = "type", [BY_PATH] = "path"};

struct order {
	enum category category;
	bool reversed;
};
/* qsort() has no place for it. */
static struct order orders[16];
static size_t n_orders;

static int compare_by(enum category category, const struct line *a, const struct line *b)
{
	switch (category) {
	case BY_ACTIVE:
		return (a->link == NULL) - (b->link == NULL);
	case BY_NAME:
		return strcoll(a->name, b->name);
	case BY_TYPE:
		return strcmp(profile_type(a->profile), profile_type(b->profile));
	default:
		return strcmp(a->path, b->path);
	}
}

static int compare(const void *left, const void *right)
{
	const struct line *a = left, *b = right;

	for (size_t i = 0; i < n_orders; i++) {
		int order = compare_by(orders[i].category, a, b);

		if (order != 0)
			return orders[i].reversed ? -order : order;
	}
	return 0;
}

static bool parse_order_item(const char *item)
{
	const char *word = item + (*item == '+' || *item == '-');

	for (int i = 0; i < CATEGORIES; i++) {
		if (!word_matches(word, order_words[i]))
			continue;
		orders[n_orders++] = (struct order){(enum category)i, *item == '-'};
		return true;
	}
	return false;
}

/* "active:name", "-type:+path": each with any beginning of the word. */
static int parse_order(const char *text)
{
	AUTOSTRINGS struct strings items = {0};

	strings_split(&items, text ? text : "active:name:path", ':');
	if (items.count > ARRAY_SIZE(orders))
		return cli_fail(STATUS_USAGE, "too many items in '--order' option.");
	for (size_t i = 0; i < items.count; i++)
		if (!parse_order_item(items.items[i]))
			return cli_fail(STATUS_USAGE, "incorrect item '%s' in '--order' option.",
					items.items[i]);
	return STATUS_OK;
}

/* ---- rows ---------------------------------------------------------------------------------------
 */

static char *timestamp_text(const char *timestamp)
{
	time_t seconds = (time_t)strtoll(timestamp, NULL, 10);
	char text[64];
	struct tm local;

	if (seconds == 0)
		return copy_of("never");
	if (!localtime_r(&seconds, &local) ||
	    !strftime(text, sizeof(text), "%a %d %b %Y %T %Z", &local))
		return copy_of(timestamp);
	return copy_of(text);
}

static void fill_row(struct record *row, const struct line *line)
{
	const struct bondtool_profile *profile = line->profile;
	AUTOFREE char *timestamp = profile_text(profile, "connection.timestamp");

	cell_set(row, NAME, line->name);
	cell_take(row, UUID, profile_text(profile, "connection.uuid"));
	cell_set(row, TYPE, profile_type(profile));
	cell_set(row, TIMESTAMP, timestamp);
	cell_take(row, TIMESTAMP_REAL, timestamp_text(timestamp));
	cell_take(row, AUTOCONNECT, profile_text(profile, "connection.autoconnect"));
	cell_take(row, AUTOCONNECT_PRIORITY,
		  profile_text(profile, "connection.autoconnect-priority"));
	cell_set(row, READONLY, "no");
	cell_set(row, ACTIVE, line->link ? "yes" : "no");
	cell_set(row, DEVICE, line->link ? line->link->name : NULL);
	cell_set(row, STATE, line->link ? "activated" : NULL);
	cell_take(row, PORT, profile_text(profile, "connection.port-type"));
	cell_set(row, FILENAME, line->path);
}

int connection_list(struct cli *cli, struct bondtool_config *config, const struct live *live,
		    const struct arguments *arguments)
{
	size_t count = bondtool_config_count(config);
	struct line *lines = must(calloc(count + 1, sizeof(*lines)));
	struct group group = {.columns = connection_columns};
	struct sheet sheet = {
		.title = "bondtool connection profiles", .groups = &group, .count = 1};
	int status = parse_order(argument_value(arguments, "--order"));

	for (size_t i = 0; i < count; i++) {
		const struct bondtool_profile *profile = bondtool_config_at(config, i);
		const char *path = bondtool_profile_file(profile);

		lines[i] = (struct line){
			.profile = profile,
			.link = live_link_of(live, config, profile),
			.name = profile_text(profile, "connection.id"),
			.path = copy_of(path ? path : ""),
		};
	}
	qsort(lines, count, sizeof(*lines), compare);
	for (size_t i = 0; i < count; i++) {
		if (lines[i].link || !argument_given(arguments, "--active"))
			fill_row(group_add(&group, lines[i].link ? TINT_UP : TINT_NONE), &lines[i]);
		free(lines[i].name);
		free(lines[i].path);
	}
	free(lines);
	if (status == STATUS_OK)
		status = sheets_print(cli, &sheet, 1);
	group_release(&group);
	return status;
}
