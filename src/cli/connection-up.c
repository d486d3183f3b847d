/* SPDX-License-Identifier: GPL-2.0-or-later
 * bondtool connection up and down: a plan is made, shown or applied.
 */
#include <errno.h>
#include <stdio.h>

#include "cli/commands.h"
#include "cli/connection.h"

static void release_plan(struct bondtool_plan **plan)
{
	bondtool_plan_free(*plan);
}
#define AUTOPLAN __attribute__((cleanup(release_plan)))

static unsigned plan_flags(const struct cli *cli)
{
	return cli->via == VIA_SYSFS ? BONDTOOL_VIA_SYSFS : 0;
}

/* --dry-run: what would be done. */
static int show_plan(const struct cli *cli, const struct bondtool_plan *plan)
{
	cli_print(cli->json ? bondtool_plan_json(plan) : bondtool_plan_text(plan));
	return STATUS_OK;
}

/* ---- up -----------------------------------------------------------------------------------------
 */

/* --wait: until the interface carries packets. Without it nothing is waited for. */
static int wait_up(struct cli *cli, const char *interface)
{
	int r;

	if (cli->wait <= 0 || !*interface)
		return STATUS_OK;
	r = bondtool_wait_up(cli->bt, interface, (unsigned)cli->wait * 1000);
	cli_print_findings(cli);
	if (r == -ETIMEDOUT)
		return cli_fail(STATUS_TIMEOUT, "Timeout expired (%d seconds)", cli->wait);
	return r < 0 ? STATUS_UP_FAILED : STATUS_OK;
}

static void report_up(const struct cli *cli, const struct bondtool_plan *plan,
		      const char *interface)
{
	size_t steps = bondtool_plan_count(plan);

	if (cli->json)
		show_plan(cli, plan);
	else if (steps == 0)
		printf("Connection successfully activated (%s: nothing to do)\n", interface);
	else
		printf("Connection successfully activated (%s: %zu step%s)\n", interface, steps,
		       steps == 1 ? "" : "s");
}

static int bring_up(struct cli *cli, struct bondtool_config *config,
		    const struct bondtool_profile *profile)
{
	AUTOFREE char *interface = profile_text(profile, "connection.interface-name");
	AUTOPLAN struct bondtool_plan *plan = NULL;
	int r = bondtool_plan_up(cli->bt, config, profile, plan_flags(cli), &plan);

	if (r == 0 && cli->dry_run) {
		cli_print_findings(cli);
		return show_plan(cli, plan);
	}
	if (r == 0)
		r = bondtool_plan_apply(cli->bt, plan);
	cli_print_findings_as(cli, "Connection activation failed: ");
	if (r < 0)
		return STATUS_UP_FAILED;
	r = wait_up(cli, interface);
	if (r == STATUS_OK)
		report_up(cli, plan, interface);
	return r;
}

static struct bondtool_profile *profile_of_interface(struct bondtool_config *config,
						     const char *interface)
{
	for (size_t i = 0; i < bondtool_config_count(config); i++)
		if (profile_is(bondtool_config_at(config, i), "connection.interface-name",
			       interface))
			return bondtool_config_at(config, i);
	return NULL;
}

/* The profile to bring up: named, or the one of an interface. */
static int find_profile(struct bondtool_config *config, const struct arguments *arguments,
			struct bondtool_profile **ret_profile)
{
	const char *interface = argument_value(arguments, "ifname");
	size_t position = 0;
	int status;

	if (arguments->count == 0 && !interface)
		return cli_fail(STATUS_NOT_FOUND, "neither a valid connection nor device given.");
	if (arguments->count == 0) {
		*ret_profile = profile_of_interface(config, interface);
		return *ret_profile ? STATUS_OK
				    : cli_fail(STATUS_NOT_FOUND, "unknown device '%s'.", interface);
	}
	status = profile_take(config, arguments, &position, ret_profile);
	if (status != STATUS_OK)
		return status;
	if (position < arguments->count)
		return cli_fail(STATUS_USAGE, "invalid extra argument '%s'.",
				arguments->words[position]);
	if (interface && !profile_is(*ret_profile, "connection.interface-name", interface))
		return cli_fail(STATUS_UP_FAILED,
				"device '%s' not compatible with connection '%s': The interface "
				"names of the device and the connection didn't match.",
				interface, arguments->words[position - 1]);
	return STATUS_OK;
}

int run_connection_up(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	struct bondtool_profile *profile = NULL;
	int status = profiles_open(cli, BONDTOOL_STORE_READ, &store);

	if (status != STATUS_OK)
		return STATUS_UP_FAILED;
	status = find_profile(bondtool_store_config(store), arguments, &profile);
	if (status == STATUS_OK)
		status = bring_up(cli, bondtool_store_config(store), profile);
	return status;
}

/* ---- down ---------------------------------------------------------------------------------------
 */

bool owns_link(const struct bondtool_profile *profile)
{
	return !profile_is(profile, "connection.type", "802-3-ethernet") ||
	       bondtool_profile_has(profile, "connection.controller");
}

int take_down(struct cli *cli, struct bondtool_config *config,
	      const struct bondtool_profile *profile)
{
	AUTOFREE char *id = profile_text(profile, "connection.id");
	AUTOFREE char *failure = format_text("Connection '%s' deactivation failed: ", id);
	AUTOPLAN struct bondtool_plan *plan = NULL;
	int r = bondtool_plan_down(cli->bt, config, profile, plan_flags(cli), &plan);

	if (r == -ENOTCONN) {
		bondtool_diags_clear(cli->bt);
		return cli_fail(STATUS_NOT_FOUND, "'%s' is not an active connection.", id);
	}
	if (r == 0 && cli->dry_run) {
		cli_print_findings(cli);
		return show_plan(cli, plan);
	}
	if (r == 0)
		r = bondtool_plan_apply(cli->bt, plan);
	cli_print_findings_as(cli, failure);
	if (r < 0)
		return STATUS_DOWN_FAILED;
	if (cli->json)
		return show_plan(cli, plan);
	printf("Connection '%s' successfully deactivated\n", id);
	return STATUS_OK;
}

/* Takes down what the next name means. */
static int take_down_next(struct cli *cli, struct bondtool_config *config,
			  const struct arguments *arguments, size_t *position)
{
	AUTOPROFILES struct profile_list list = {0};
	int status = profiles_take(config, arguments, position, &list);

	if (status != STATUS_OK)
		return status;
	if (list.count == 0)
		return cli_fail(STATUS_NOT_FOUND, "'%s' is not an active connection.", list.name);
	return take_down(cli, config, list.items[0]);
}

int run_connection_down(struct cli *cli, const struct arguments *arguments)
{
	AUTOSTORE struct bondtool_store *store = NULL;
	size_t done = 0, missing = 0;
	int status;

	if (arguments->count == 0)
		return cli_fail(STATUS_USAGE, "No connection specified.");
	status = profiles_open(cli, BONDTOOL_STORE_READ, &store);
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < arguments->count;) {
		status = take_down_next(cli, bondtool_store_config(store), arguments, &i);
		if (status != STATUS_OK && status != STATUS_NOT_FOUND)
			return status;
		*(status == STATUS_OK ? &done : &missing) += 1;
	}
	if (missing == 0)
		return STATUS_OK;
	return cli_fail(STATUS_NOT_FOUND, done ? "not all active connections found."
					       : "no active connection provided.");
}
