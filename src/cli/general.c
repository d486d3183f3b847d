/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool general status: the driver, the bonds that run and the profiles there are.
 */
#include "cli/commands.h"
#include "cli/live.h"
#include "cli/profiles.h"
#include "cli/table.h"

enum status_column {
	VERSION,
	STATE,
	DRIVER,
	BONDS,
	PROFILES,
};
const struct column general_columns[] = {
	[VERSION] = {"VERSION"},
	[STATE] = {"STATE", .usual = true},
	[DRIVER] = {"DRIVER", .usual = true},
	[BONDS] = {"BONDS", .usual = true},
	[PROFILES] = {"PROFILES", .usual = true},
	{0},
};

/* How many bonds there are, and how many of them carry packets. */
static size_t count_bonds(const struct live *live, size_t *ret_working)
{
	size_t count = 0;

	*ret_working = 0;
	for (size_t i = 0; i < live->count; i++) {
		if (!equal(live->links[i].kind, "bond"))
			continue;
		count++;
		*ret_working += live->links[i].up && live->links[i].carrier;
	}
	return count;
}

int run_general_status(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	AUTOLIVE struct live live = {0};
	struct group group = {.columns = general_columns};
	struct sheet sheet = {.title = "bondtool status", .groups = &group, .count = 1};
	struct record *row;
	size_t bonds, working;
	int status = profiles_open(cli, BONDTOOL_STORE_PART, &store);

	(void)arguments;
	if (status != STATUS_OK)
		return status;
	live_read(cli, &live);
	bonds = count_bonds(&live, &working);
	row = group_add(&group, working ? TINT_UP : TINT_NONE);
	cell_set(row, VERSION, bondtool_version());
	cell_set(row, STATE,
		 working == 0	    ? "disconnected"
		 : working == bonds ? "connected"
				    : "partly connected");
	cell_set(row, DRIVER,
		 cli->root			    ? NULL
		 : bondtool_driver_present(cli->bt) ? "present"
						    : "missing");
	cell_take(row, BONDS, format_text("%zu", bonds));
	cell_take(row, PROFILES,
		  format_text("%zu", bondtool_config_count(bondtool_store_config(store))));
	cli_print_findings(cli);
	status = sheets_print(cli, &sheet, 1);
	group_release(&group);
	return status;
}
