/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool status: bonds as /proc/net/bonding shows them, or as JSON.
 */
#include <errno.h>
#include <stdio.h>

#include "cli/commands.h"

static void release_snapshot(struct bondtool_snapshot **snapshot)
{
	bondtool_snapshot_free(*snapshot);
}

/* The names of all bonds that run. */
static void find_bonds(struct bondtool_snapshot *snapshot, struct strings *bonds)
{
	struct bondtool_link_info link;

	for (size_t i = 0; bondtool_link_info(snapshot, i, &link); i++)
		if (equal(link.kind, "bond"))
			strings_add(bonds, link.name);
}

static int print_text(struct cli *cli, const struct bondtool_snapshot *snapshot, const char *bond,
		      bool first)
{
	AUTOFREE char *text = bondtool_status_text(cli->bt, snapshot, bond);

	if (!text) {
		cli_print_findings(cli);
		return STATUS_NOT_FOUND;
	}
	printf("%s%s", first ? "" : "\n", text);
	return STATUS_OK;
}

static int print_texts(struct cli *cli, struct bondtool_snapshot *snapshot,
		       const struct strings *bonds)
{
	int status = STATUS_OK;
	bool first = true;

	for (size_t i = 0; i < bonds->count; i++) {
		int s = print_text(cli, snapshot, bonds->items[i], first);

		first = first && s != STATUS_OK;
		status = s == STATUS_OK ? status : s;
	}
	return status;
}

static int print_json(struct cli *cli, const struct bondtool_snapshot *snapshot, const char *bond)
{
	char *text = bondtool_status_json(cli->bt, snapshot, bond);

	if (!text) {
		cli_print_findings(cli);
		return STATUS_NOT_FOUND;
	}
	cli_print(text);
	return STATUS_OK;
}

/* One bond alone costs less to read than the whole system. */
static int read_snapshot(struct cli *cli, const struct arguments *arguments,
			 struct bondtool_snapshot **ret_snapshot)
{
	int r = arguments->count == 1
			? bondtool_snapshot_read_bond(cli->bt, arguments->words[0], ret_snapshot)
			: bondtool_snapshot_read(cli->bt, ret_snapshot);

	if (r >= 0)
		return STATUS_OK;
	cli_print_findings(cli);
	return r == -ENODEV ? STATUS_NOT_FOUND : STATUS_FAILED;
}

int run_status(struct cli *cli, const struct arguments *arguments)
{
	__attribute__((cleanup(release_snapshot))) struct bondtool_snapshot *snapshot = NULL;
	AUTOSTRINGS struct strings bonds = {0};
	int status;

	if (cli->json && arguments->count > 1)
		return cli_fail(STATUS_USAGE,
				"with --json, name one bond, or none for all of them.");
	status = read_snapshot(cli, arguments, &snapshot);
	if (status != STATUS_OK)
		return status;
	if (cli->json)
		return print_json(cli, snapshot, arguments->count ? arguments->words[0] : NULL);
	for (size_t i = 0; i < arguments->count; i++)
		strings_add(&bonds, arguments->words[i]);
	if (bonds.count == 0)
		find_bonds(snapshot, &bonds);
	if (bonds.count == 0)
		return cli_fail(STATUS_NOT_FOUND, "there is no bond.");
	return print_texts(cli, snapshot, &bonds);
}
