/* SPDX-License-Identifier: GPL-2.0-or-later
 * Golden files of all formats: tests/fixtures/FORMAT/CASE holds the texts in the folder "in", and
 *
 *	args		what to read instead of the whole folder, one path a line
 *	model.json	what they mean
 *	diag		what is said about them
 *	imported.json	if present: what prepare_import makes of it (its words follow in diag)
 *	written		if present: all files that come of writing it in the same format
 *	anew		if present: the same, as if it had come from no text of the format
 *
 * Formats that can only be written have texts of other formats in "in", and "written" and "diag".
 * BONDTOOL_REGENERATE=1 writes what is, where it is not what should be. A case without the two
 * golden files that it must have fails, so that none can be forgotten.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "parsers/format.h"

static bool regenerate;

/* The whole file, or NULL. */
static char *slurp(const char *path)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t size = 0;

	if (!file)
		return NULL;
	if (getdelim(&text, &size, '\0', file) < 0) {
		free(text);
		text = strdup("");
	}
	fclose(file);
	return text;
}

static void spill(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
		fprintf(stderr, "cannot write %s: %s\n", path, strerror(errno));
		exit(1);
	}
}

/* Shows the first line that differs. */
static void show_difference(const char *name, const char *is, const char *should)
{
	unsigned line = 1;

	while (*is && *is == *should) {
		line += *is == '\n';
		is++;
		should++;
	}
	printf("# %s differs in line %u\n", name, line);
	printf("#   is     %.*s\n", (int)strcspn(is, "\n"), is);
	printf("#   should %.*s\n", (int)strcspn(should, "\n"), should);
}

/* Compares with the golden file NAME; OPTIONAL: there may be none. */
static bool compare(const char *name, const char *is, bool optional)
{
	BT_AUTOFREE char *should = slurp(name);

	if (!should && optional)
		return true;
	if (should && strcmp(is, should) == 0)
		return true;
	if (regenerate) {
		spill(name, is);
		printf("# %s written\n", name);
		return true;
	}
	show_difference(name, is, should ? should : "");
	return false;
}

static char *diags_text(const struct bondtool *bt, int result)
{
	BT_AUTOTEXT struct bt_text text = {0};

	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		BT_AUTOFREE char *one = bondtool_diag_text(bt, bondtool_diags_at(bt, i));

		bt_text_add(&text, one ? one : "");
	}
	if (result < 0)
		bt_text_addf(&text, "result: %s\n", strerror(-result));
	return bt_text_take(&text);
}

static char *written_text(struct bondtool *bt, struct bondtool_config *config, const char *format)
{
	struct bondtool_files *files = NULL;
	BT_AUTOTEXT struct bt_text text = {0};

	if (bondtool_write(bt, config, format, &files) < 0)
		return strdup("(not written)\n");
	for (size_t i = 0; i < bondtool_files_count(files); i++) {
		const struct bondtool_file *file = bondtool_files_at(files, i);

		bt_text_addf(&text, "==> %s %04o <==\n%s", file->name, file->mode, file->text);
	}
	bondtool_files_free(files);
	return bt_text_take(&text);
}

static char *anew_text(struct bondtool *bt, struct bondtool_config *config, const char *format)
{
	enum bt_format_id read_as = config->count ? config->profiles[0]->format : BT_FORMAT_YAML;
	char *text;

	for (size_t i = 0; i < config->count; i++)
		config->profiles[i]->format = BT_FORMAT_YAML;
	text = written_text(bt, config, format);
	for (size_t i = 0; i < config->count; i++)
		config->profiles[i]->format = read_as;
	return text;
}

static void read_arguments(struct bt_strings *paths)
{
	BT_AUTOFREE char *text = slurp("args");
	char *save = NULL;

	for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save))
		bt_strings_add(paths, line);
	if (!paths->count)
		bt_strings_add(paths, "in");
}

/* Gives the profiles whose UUID is not in KNOWN, and so is random, the same one each time. */
static void settle_uuids(struct bondtool *bt, struct bondtool_config *config,
			 const struct bt_strings *known)
{
	for (size_t i = 0; i < config->count; i++) {
		const char *uuid = bt_profile_text(config->profiles[i], BT_PROP_UUID);
		BT_AUTOFREE char *settled = bt_format("00000000-0000-4000-8000-%012zu", i);

		if (uuid && !bt_strings_contain(known, uuid))
			bt_profile_set(bt, config->profiles[i], BT_PROP_UUID, settled, NULL);
	}
}

static char *imported_text(struct bondtool *bt, struct bondtool_config *config)
{
	BT_AUTOSTRINGS struct bt_strings known = {0};

	for (size_t i = 0; i < config->count; i++) {
		const char *uuid = bt_profile_text(config->profiles[i], BT_PROP_UUID);

		if (uuid)
			bt_strings_add(&known, uuid);
	}
	if (bondtool_config_prepare_import(bt, config) < 0)
		return NULL;
	settle_uuids(bt, config, &known);
	return bondtool_config_json(config);
}

/* What is to come of a configuration that was read in its own format. */
static bool compare_meaning(struct bondtool *bt, struct bondtool_config *config,
			    const char *format)
{
	BT_AUTOFREE char *model = config ? bondtool_config_json(config) : strdup("");
	BT_AUTOFREE char *imported = NULL, *written = NULL, *anew = NULL;
	bool ok = compare("model.json", model ? model : "(no JSON)", false);

	if (config && access("written", F_OK) == 0) {
		written = written_text(bt, config, format);
		ok &= compare("written", written, true);
	}
	if (config && access("anew", F_OK) == 0) {
		anew = anew_text(bt, config, format);
		ok &= compare("anew", anew, true);
	}
	if (config && access("imported.json", F_OK) == 0) {
		imported = imported_text(bt, config);
		ok &= compare("imported.json", imported ? imported : "", true);
	}
	return ok;
}

/* Whoever reads a finding can ask for an explanation of its rule. */
static bool all_explained(const struct bondtool *bt)
{
	struct bondtool_rule_info rule;
	bool ok = true;

	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		const char *id = bondtool_diags_at(bt, i)->rule;

		if (bondtool_rule_find(id, &rule))
			continue;
		printf("# there is no rule %s\n", id);
		ok = false;
	}
	return ok;
}

/* The case in the current folder. */
static bool run_case(const struct bondtool_format_info *info)
{
	struct bondtool *bt = bondtool_new();
	struct bondtool_config *config = NULL;
	BT_AUTOSTRINGS struct bt_strings paths = {0};
	BT_AUTOFREE char *written = NULL, *said = NULL;
	bool ok;
	int r;

	read_arguments(&paths);
	r = bondtool_read(bt, info->reads ? info->name : NULL, (const char *const *)paths.items,
			  paths.count, &config);
	if (info->reads) {
		ok = compare_meaning(bt, config, info->name);
	} else {
		written = config ? written_text(bt, config, info->name) : strdup("");
		ok = compare("written", written, false);
	}
	said = diags_text(bt, r);
	ok &= compare("diag", said, false);
	ok &= all_explained(bt);
	bondtool_config_free(config);
	bondtool_free(bt);
	return ok;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Runs all cases below the folder of one format; counts them in *NUMBER. */
static int run_format(const struct bondtool_format_info *info, int *number)
{
	struct dirent **cases;
	int count = scandir(info->name, &cases, visible, by_name);
	int failures = 0;

	for (int i = 0; i < count; i++) {
		BT_AUTOFREE char *folder = bt_format("%s/%s", info->name, cases[i]->d_name);
		bool ok = folder && chdir(folder) == 0 && run_case(info);

		failures += !ok;
		printf("%s %d - %s\n", ok ? "ok" : "not ok", ++*number, folder);
		if (chdir("../..") < 0)
			exit(1);
		free(cases[i]);
	}
	if (count >= 0)
		free(cases);
	return failures;
}

int main(void)
{
	BT_AUTOFREE char *fixtures = bt_format("%s/tests/fixtures", getenv("SRCDIR"));
	struct bondtool_format_info info;
	int number = 0, failures = 0;

	regenerate = getenv("BONDTOOL_REGENERATE") != NULL;
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!fixtures || chdir(fixtures) < 0) {
		printf("Bail out! no fixtures in %s\n", fixtures);
		return 1;
	}
	for (size_t i = 0; bondtool_format_info(i, &info); i++)
		if (access(info.name, F_OK) == 0)
			failures += run_format(&info, &number);
	printf("1..%d\n", number);
	return failures || !number;
}
