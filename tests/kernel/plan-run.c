/* SPDX-License-Identifier: GPL-2.0-or-later
 * plan-run [OPTION...] up|down ID FILE...: plans and applies what brings the profile ID of FILEs
 * up or down, and prints the plan. A wrapper around the driver counts the requests that change
 * something, and can refuse one of them, so that a test sees what is left of a half-done change.
 *
 *	-s     through sysfs		-n     print the plan, change nothing
 *	-j     the plan as JSON		-q     do not print the plan
 *	-r N   refuse the Nth change	-k N   kill ourselves (SIGKILL) before the Nth
 *	-t N   send ourselves SIGTERM before the Nth
 *
 * The last line is "changes: N". Exit status: 0, 1 when something was refused, 2 for bad usage.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "model/profile.h"
#include "wire/transport.h"

/* Stands before the kernel's transport, whose functions it calls. */
struct wrapper {
	struct bt_transport base; /* first: it is cast back to this */
	struct bt_transport *kernel;
	unsigned changes;
	unsigned refuse, kill, terminate; /* which change; 0: none */
};

/* Counts a change; -EIO where it is the one to be refused. */
static int count(struct wrapper *wrapper)
{
	wrapper->changes++;
	if (wrapper->changes == wrapper->kill)
		raise(SIGKILL);
	if (wrapper->changes == wrapper->terminate)
		raise(SIGTERM);
	return wrapper->changes == wrapper->refuse ? -EIO : 0;
}

static bool changes_something(int protocol, const struct nlmsghdr *message)
{
	/* RTM_NEW*, RTM_DEL*, RTM_GET*, RTM_SET* follow each other in fours */
	return protocol == NETLINK_ROUTE && (message->nlmsg_type & 3) != (RTM_GETLINK & 3);
}

static int exchange(struct bt_transport *transport, int protocol, struct nlmsghdr *message,
		    bt_reply_function *on_reply, void *data, struct bt_ack *ret_ack)
{
	struct wrapper *wrapper = (struct wrapper *)transport;
	int r = changes_something(protocol, message) ? count(wrapper) : 0;

	if (r < 0) {
		if (ret_ack)
			*ret_ack = (struct bt_ack){.error = r, .text = strdup("refused by test")};
		return r;
	}
	return wrapper->kernel->exchange(wrapper->kernel, protocol, message, on_reply, data,
					 ret_ack);
}

static int sysfs_read(struct bt_transport *transport, const char *path, struct bt_text *ret_text)
{
	struct wrapper *wrapper = (struct wrapper *)transport;

	return wrapper->kernel->sysfs_read(wrapper->kernel, path, ret_text);
}

static int sysfs_write(struct bt_transport *transport, const char *path, const char *text)
{
	struct wrapper *wrapper = (struct wrapper *)transport;
	int r = count(wrapper);

	return r < 0 ? r : wrapper->kernel->sysfs_write(wrapper->kernel, path, text);
}

static int proc_read(struct bt_transport *transport, const char *bond, struct bt_text *ret_text)
{
	struct wrapper *wrapper = (struct wrapper *)transport;

	return wrapper->kernel->proc_read(wrapper->kernel, bond, ret_text);
}

static int ipv6_switch(struct bt_transport *transport, const char *interface, bool on)
{
	struct wrapper *wrapper = (struct wrapper *)transport;
	int r = count(wrapper);

	return r < 0 ? r : wrapper->kernel->ipv6_switch(wrapper->kernel, interface, on);
}

static bool driver_loaded(struct bt_transport *transport)
{
	struct wrapper *wrapper = (struct wrapper *)transport;

	return wrapper->kernel->driver_loaded(wrapper->kernel);
}

static bool driver_present(struct bt_transport *transport)
{
	struct wrapper *wrapper = (struct wrapper *)transport;

	return wrapper->kernel->driver_present(wrapper->kernel);
}

static int driver_load(struct bt_transport *transport)
{
	struct wrapper *wrapper = (struct wrapper *)transport;

	return wrapper->kernel->driver_load(wrapper->kernel);
}

static void release(struct bt_transport *transport)
{
	struct wrapper *wrapper = (struct wrapper *)transport;

	wrapper->kernel->release(wrapper->kernel);
}

static int wrap(struct bondtool *bt, struct wrapper *wrapper)
{
	int r = bt_transport_kernel(&wrapper->kernel);

	if (r < 0)
		return r;
	wrapper->base = (struct bt_transport){
		.name = "counting",
		.version = wrapper->kernel->version,
		.exchange = exchange,
		.sysfs_read = sysfs_read,
		.sysfs_write = sysfs_write,
		.proc_read = proc_read,
		.ipv6_switch = ipv6_switch,
		.driver_loaded = driver_loaded,
		.driver_present = driver_present,
		.driver_load = driver_load,
		.release = release,
	};
	bt_transport_set(bt, &wrapper->base);
	return 0;
}

struct arguments {
	unsigned flags;
	bool dry, json, quiet;
	const char *verb, *id;
	const char *const *files;
	size_t n_files;
};

static bool read_arguments(int argc, char **argv, struct arguments *arguments,
			   struct wrapper *wrapper)
{
	int option;

	while ((option = getopt(argc, argv, "snjqr:k:t:")) != -1) {
		switch (option) {
		case 's':
			arguments->flags |= BONDTOOL_VIA_SYSFS;
			break;
		case 'n':
			arguments->dry = true;
			break;
		case 'j':
			arguments->json = true;
			break;
		case 'q':
			arguments->quiet = true;
			break;
		case 'r':
			wrapper->refuse = (unsigned)atoi(optarg);
			break;
		case 'k':
			wrapper->kill = (unsigned)atoi(optarg);
			break;
		case 't':
			wrapper->terminate = (unsigned)atoi(optarg);
			break;
		default:
			return false;
		}
	}
	if (argc - optind < 3)
		return false;
	arguments->verb = argv[optind];
	arguments->id = argv[optind + 1];
	arguments->files = (const char *const *)&argv[optind + 2];
	arguments->n_files = (size_t)(argc - optind - 2);
	return true;
}

static void show(const struct arguments *arguments, const struct bondtool_plan *plan)
{
	char *text = arguments->json ? bondtool_plan_json(plan) : bondtool_plan_text(plan);

	if (!arguments->quiet)
		printf("%s%s", text ? text : "", arguments->json ? "\n" : "");
	free(text);
}

static int plan_and_apply(struct bondtool *bt, const struct arguments *arguments,
			  struct bondtool_config *config)
{
	struct bondtool_profile *profile = bt_config_by_id(config, arguments->id);
	struct bondtool_plan *plan = NULL;
	int r;

	if (!profile) {
		fprintf(stderr, "plan-run: no profile '%s'\n", arguments->id);
		return -ENOENT;
	}
	r = strcmp(arguments->verb, "up") == 0
		    ? bondtool_plan_up(bt, config, profile, arguments->flags, &plan)
		    : bondtool_plan_down(bt, config, profile, arguments->flags, &plan);
	if (r == 0)
		show(arguments, plan);
	if (r == 0 && !arguments->dry)
		r = bondtool_plan_apply(bt, plan);
	bondtool_plan_free(plan);
	return r;
}

static void complain(const struct bondtool *bt)
{
	for (size_t i = 0; i < bondtool_diags_count(bt); i++) {
		char *text = bondtool_diag_text(bt, bondtool_diags_at(bt, i));

		fputs(text ? text : "", stderr);
		free(text);
	}
}

int main(int argc, char **argv)
{
	struct wrapper wrapper = {0};
	struct arguments arguments = {0};
	struct bondtool_config *config = NULL;
	struct bondtool *bt;
	int r;

	if (!read_arguments(argc, argv, &arguments, &wrapper)) {
		fputs("usage: plan-run [-snjq] [-r N] [-k N] [-t N] up|down ID FILE...\n", stderr);
		return 2;
	}
	bt = bondtool_new();
	if (!bt || wrap(bt, &wrapper) < 0)
		return 2;
	r = bondtool_read(bt, NULL, arguments.files, arguments.n_files, &config);
	if (r == 0)
		r = plan_and_apply(bt, &arguments, config);
	complain(bt);
	printf("changes: %u\n", wrapper.changes);
	bondtool_config_free(config);
	bondtool_free(bt);
	return r < 0;
}
