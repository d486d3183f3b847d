/* SPDX-License-Identifier: GPL-2.0-or-later
 * corpus-check DIR [FORMAT]: reads real files and compares with what a person found in them.
 *
 * DIR/index.tsv has a line for each file below DIR: its path, the format, the bonds, the mode and
 * the ports that it names. Each one must be found, or a diagnostic must say why it is not; and no
 * file may crash the reader or keep it for more than ten seconds. TAP; a format that cannot be read
 * is skipped. Such a collection is no part of the project, so this is no part of make check.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "parsers/format.h"

enum { PATIENCE = 10 }; /* seconds for one file */

/* What became of one file. */
enum outcome { FOUND, EXPLAINED, MISSING };

/* Formats that the index calls otherwise. */
static const struct {
	const char *index, *ours;
} names[] = {
	{"ifcfg-rh", "ifcfg"},	   {"suse-ifcfg", "ifcfg-suse"}, {"nm-keyfile", "keyfile"},
	{"cloudinit", "cloud-init"}, {"dracut-cmdline", "cmdline"},
};

/* A line of the index. */
struct row {
	const char *path, *format, *bonds, *mode, *ports;
};

static bool parse_row(char *line, struct row *ret_row)
{
	const char *fields[7] = {NULL};
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *field; count < BT_ARRAY_SIZE(fields) && (field = strsep(&line, "\t"));)
		fields[count++] = field;
	if (count < BT_ARRAY_SIZE(fields) || strcmp(fields[0], "local_path") == 0)
		return false;
	*ret_row = (struct row){fields[0], fields[1], fields[4], fields[5], fields[6]};
	for (size_t i = 0; i < BT_ARRAY_SIZE(names); i++)
		if (strcmp(names[i].index, ret_row->format) == 0)
			ret_row->format = names[i].ours;
	return true;
}

static bool has_text(const struct bondtool_profile *profile, enum bt_property_id property,
		     const char *text)
{
	return bt_equal(bt_profile_text(profile, property), text);
}

/* A bond is found as itself, or as what a port or a VLAN refers to. */
static bool has_bond(const struct bondtool_config *config, const char *name)
{
	for (size_t i = 0; i < config->count; i++) {
		const struct bondtool_profile *profile = config->profiles[i];

		if ((bt_profile_is(profile, "bond") &&
		     (has_text(profile, BT_PROP_INTERFACE_NAME, name) ||
		      has_text(profile, BT_PROP_ID, name) ||
		      has_text(profile, BT_PROP_UUID, name))) ||
		    has_text(profile, BT_PROP_CONTROLLER, name) ||
		    has_text(profile, BT_PROP_VLAN_PARENT, name))
			return true;
	}
	return false;
}

/* "none" in a bond's list names no port, though the index has the word. */
static bool has_port(const struct bondtool_config *config, const char *name)
{
	if (bt_equal(name, "none"))
		return true;
	for (size_t i = 0; i < config->count; i++) {
		const struct bondtool_profile *profile = config->profiles[i];

		if (bt_profile_text(profile, BT_PROP_CONTROLLER) &&
		    (has_text(profile, BT_PROP_INTERFACE_NAME, name) ||
		     has_text(profile, BT_PROP_ID, name) ||
		     has_text(profile, BT_PROP_MAC_ADDRESS, name)))
			return true;
	}
	return false;
}

static bool has_mode(const struct bondtool_config *config, const char *name)
{
	for (size_t i = 0; i < config->count; i++) {
		const struct bondtool_profile *profile = config->profiles[i];
		const struct bt_value *mode = bt_values_find(&profile->options, BT_OPT_MODE);
		BT_AUTOFREE char *text =
			mode ? bt_value_text(&bt_options[BT_OPT_MODE].spec, mode,
					     BONDTOOL_PARSABLE)
			     : NULL;

		if (bt_equal(text, name))
			return true;
	}
	return false;
}

/* Blanks out the remarks of the index: "(no interface-name)", but not "(=802.3ad)". */
static void drop_remarks(char *words)
{
	for (char *p = words; (p = strchr(p, '(')); p++)
		if (p[1] != '=')
			memset(p, ' ', strcspn(p, ")") + (strchr(p, ')') != NULL));
}

/* Looks for each word of WORDS; names those that are not there. */
static bool find_all(const struct bondtool_config *config, const char *words, const char *what,
		     bool (*has)(const struct bondtool_config *config, const char *name))
{
	BT_AUTOFREE char *copy = strdup(words);
	char *save = NULL;
	bool all = true;

	drop_remarks(copy);
	for (char *word = strtok_r(copy, " ,", &save); word; word = strtok_r(NULL, " ,", &save)) {
		char *name = strstr(word, "(=");

		if (name) { /* "4 (=802.3ad)": the name is what counts */
			word = name + 2;
			word[strcspn(word, ")")] = '\0';
		} else if (has == has_mode && word[1] == '\0') {
			continue; /* the number before it */
		}
		if (has(config, word))
			continue;
		printf("# %s '%s' is not found\n", what, word);
		all = false;
	}
	return all;
}

static void show_diags(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		const struct bondtool_diag *diag = bondtool_diags_at(bt, i);

		if (diag->severity != BONDTOOL_NOTE)
			printf("#   %s:%u: %s [%s]\n", diag->file ? bt_path_base(diag->file) : "",
			       diag->line, diag->message, diag->rule);
	}
}

static enum outcome check_file(const char *folder, const struct row *row)
{
	BT_AUTOFREE char *path = bt_format("%s/%s", folder, row->path);
	const char *paths[] = {path};
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;
	bool found;

	if (bondtool_read(bt, row->format, paths, 1, &config) < 0)
		config = bondtool_config_new();
	found = find_all(config, row->bonds, "bond", has_bond);
	found &= find_all(config, row->ports, "port", has_port);
	found &= find_all(config, row->mode, "mode", has_mode);
	if (!found)
		show_diags(bt);

	bool explained = bondtool_diags_at_least(bt, BONDTOOL_WARNING) > 0;

	bondtool_config_free(config);
	bondtool_free(bt);
	return found ? FOUND : explained ? EXPLAINED : MISSING;
}

/* Checks in a process of its own, so that a crash or a loop costs one file only. */
static bool check_row(const char *folder, const struct row *row)
{
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		alarm(PATIENCE);
		enum outcome outcome = check_file(folder, row);

		fflush(stdout);
		_exit(outcome);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return false;
	if (WIFSIGNALED(status)) {
		printf("# %s\n", strsignal(WTERMSIG(status)));
		return false;
	}
	if (WEXITSTATUS(status) == EXPLAINED)
		printf("# the diagnostics above say why\n");
	return WEXITSTATUS(status) == FOUND || WEXITSTATUS(status) == EXPLAINED;
}

static bool can_read(const char *name)
{
	const struct bt_format *format = bt_format_find(name);

	return format && format->read;
}

int main(int argc, char **argv)
{
	const char *only = argc > 2 ? argv[2] : NULL;
	BT_AUTOFREE char *path = argc > 1 ? bt_format("%s/index.tsv", argv[1]) : NULL;
	FILE *index = path ? fopen(path, "re") : NULL;
	BT_AUTOFREE char *line = NULL;
	size_t size = 0;
	int number = 0, failures = 0;

	if (!index) {
		printf("1..0 # SKIP there is no collection in '%s'\n", argc > 1 ? argv[1] : "");
		return 0;
	}
	while (getline(&line, &size, index) > 0) {
		struct row row;

		if (!parse_row(line, &row) || (only && strcmp(only, row.format) != 0))
			continue;
		if (!can_read(row.format)) {
			printf("ok %d - %s # SKIP no format '%s'\n", ++number, row.path,
			       row.format);
			continue;
		}

		bool ok = check_row(argv[1], &row);

		failures += !ok;
		printf("%s %d - %s\n", ok ? "ok" : "not ok", ++number, row.path);
	}
	fclose(index);
	printf("1..%d\n", number);
	return failures > 0;
}
