/* SPDX-License-Identifier: GPL-2.0-or-later
 * status-dump text|print|json [BOND]: what the library says about a bond, by its public interface
 * alone. "text" compares with the driver's own text and says where they differ (exit status 1).
 *
 * Both are read in turn. Since a value may change between two reads, ours counts as compared when
 * the driver's text was the same before and after it; a difference then is a difference.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bondtool.h"

enum { TEXT_MAX = 1 << 20, ATTEMPTS = 50 };

static int complain(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		char *text = bondtool_diag_text(bt, bondtool_diags_at(bt, i));

		fputs(text, stderr);
		free(text);
	}
	return 2;
}

/* The driver's own text; "" when it cannot be read. */
static char *proc_text(const char *bond)
{
	char path[64];
	char *text = calloc(1, TEXT_MAX);
	FILE *file;

	snprintf(path, sizeof(path), "/proc/net/bonding/%s", bond);
	file = fopen(path, "r");
	if (file && !fread(text, 1, TEXT_MAX - 1, file))
		*text = '\0';
	if (file)
		fclose(file);
	return text;
}

static char *our_text(struct bondtool *bt, const char *bond)
{
	struct bondtool_snapshot *snapshot = NULL;
	char *text = NULL;

	if (bondtool_snapshot_read_bond(bt, bond, &snapshot) == 0)
		text = bondtool_status_text(bt, snapshot, bond);
	bondtool_snapshot_free(snapshot);
	return text;
}

static void show_difference(const char *ours, const char *theirs)
{
	while (*ours && *theirs) {
		size_t a = strcspn(ours, "\n"), b = strcspn(theirs, "\n");

		if (a != b || strncmp(ours, theirs, a) != 0)
			break;
		ours += a + (ours[a] == '\n');
		theirs += b + (theirs[b] == '\n');
	}
	fprintf(stderr, "bondtool: %.*s\ndriver:   %.*s\n", (int)strcspn(ours, "\n"), ours,
		(int)strcspn(theirs, "\n"), theirs);
}

static int compare(struct bondtool *bt, const char *bond)
{
	for (int i = 0; i < ATTEMPTS; i++) {
		char *before = proc_text(bond);
		char *ours = our_text(bt, bond);
		char *after = proc_text(bond);
		bool still = strcmp(before, after) == 0;
		int status = !ours ? complain(bt) : strcmp(ours, after) != 0;

		if (still && status == 0)
			fputs(ours, stdout);
		if (still && status == 1)
			show_difference(ours, after);
		free(before);
		free(ours);
		free(after);
		if (still || status == 2)
			return status;
	}
	fprintf(stderr, "%s: changes all the time\n", bond);
	return 3;
}

static int print_text(struct bondtool *bt, const char *bond)
{
	char *text = our_text(bt, bond);
	int status = text ? 0 : complain(bt);

	if (text)
		fputs(text, stdout);
	free(text);
	return status;
}

static int print_json(struct bondtool *bt, const char *bond)
{
	struct bondtool_snapshot *snapshot = NULL;
	char *text = NULL;

	if (bondtool_snapshot_read(bt, &snapshot) == 0)
		text = bondtool_status_json(bt, snapshot, bond);
	if (text)
		puts(text);
	bondtool_snapshot_free(snapshot);
	free(text);
	return text ? 0 : complain(bt);
}

int main(int argc, char **argv)
{
	struct bondtool *bt = bondtool_new();
	int status = 2;

	if (argc == 3 && strcmp(argv[1], "text") == 0)
		status = compare(bt, argv[2]);
	else if (argc == 3 && strcmp(argv[1], "print") == 0)
		status = print_text(bt, argv[2]);
	else if (argc >= 2 && strcmp(argv[1], "json") == 0)
		status = print_json(bt, argv[2]);
	else
		fprintf(stderr, "usage: status-dump text|print BOND | status-dump json [BOND]\n");
	bondtool_free(bt);
	return status;
}
