/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The running kernel's files: sysfs, /proc, and the module of the bonding driver. */
#include <errno.h>
#include <fcntl.h>
#include <netlink/socket.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "model/kernel-paths.h"
#include "wire/kernel.h"

#define SYSFS_NET "/sys/class/net/"

const char bt_path_interfaces[] = SYSFS_NET;
const char bt_path_bonds[] = SYSFS_NET "bonding_masters";
const char bt_path_ipv6[] = "/proc/sys/net/ipv6/conf/";
static const char path_status[] = "/proc/net/bonding/";

/* Reads FD to its end; the files here are made anew at each read, so their size tells nothing. */
static int read_file(int fd, struct bt_text *text)
{
	char chunk[4096];
	ssize_t n;

	do {
		n = read(fd, chunk, sizeof(chunk));
		if (n > 0)
			bt_text_add_bytes(text, chunk, (size_t)n);
	} while (n > 0 || (n < 0 && errno == EINTR));
	if (n < 0)
		return -errno;
	return text->failed ? -ENOMEM : 0;
}

static int read_path(const char *folder, const char *path, struct bt_text *ret_text)
{
	BT_AUTOFREE char *name = bt_format("%s%s", folder, path);
	BT_AUTOCLOSE int fd = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
	BT_AUTOTEXT struct bt_text text = {0};
	int r = !name ? -ENOMEM : fd < 0 ? -errno : read_file(fd, &text);

	if (r < 0)
		return r;
	bt_text_release(ret_text);
	*ret_text = text;
	text = (struct bt_text){0};
	return 0;
}

int bt_kernel_sysfs_read(struct bt_transport *transport, const char *path,
			 struct bt_text *ret_text)
{
	(void)transport;
	return read_path(bt_path_interfaces, path, ret_text);
}

int bt_kernel_proc_read(struct bt_transport *transport, const char *bond,
			struct bt_text *ret_text)
{
	(void)transport;
	return read_path(path_status, bond, ret_text);
}

/* The whole TEXT in one write, as the kernel's files want it. NAME may be NULL: no memory. */
static int write_path(const char *name, const char *text)
{
	BT_AUTOCLOSE int fd = name ? open(name, O_WRONLY | O_CLOEXEC) : -1;
	size_t length = strlen(text);
	ssize_t n;

	if (fd < 0)
		return name ? -errno : -ENOMEM;
	n = write(fd, text, length);
	if (n < 0)
		return -errno;
	return (size_t)n == length ? 0 : -EIO;
}

int bt_kernel_sysfs_write(struct bt_transport *transport, const char *path, const char *text)
{
	BT_AUTOFREE char *name = bt_format("%s%s", bt_path_interfaces, path);

	(void)transport;
	return write_path(name, text);
}

int bt_kernel_ipv6_switch(struct bt_transport *transport, const char *interface, bool on)
{
	BT_AUTOFREE char *name = bt_format("%s%s/disable_ipv6", bt_path_ipv6, interface);

	(void)transport;
	return write_path(name, on ? "0" : "1");
}

bool bt_kernel_driver_loaded(struct bt_transport *transport)
{
	(void)transport;
	/* The driver makes this file in every network namespace. */
	return access(bt_path_bonds, F_OK) == 0;
}

/* Whether a line of FILE, of the kernel's module folder, names the bonding module. */
static bool modules_list_driver(const struct bt_transport *transport, const char *file)
{
	BT_AUTOFREE char *path = bt_format("/lib/modules/%s/%s", transport->version, file);
	BT_AUTOFREE char *line = NULL;
	FILE *stream = path ? fopen(path, "re") : NULL;
	size_t size = 0;
	bool found = false;

	if (!stream)
		return false;
	while (!found && getline(&line, &size, stream) >= 0) {
		const char *name = strstr(line, "/bonding.ko");

		/* "PATH:" in modules.dep, where what follows the colon are needed modules */
		found = name && name < strchrnul(line, ':');
	}
	fclose(stream);
	return found;
}

bool bt_kernel_driver_present(struct bt_transport *transport)
{
	return bt_kernel_driver_loaded(transport) ||
	       modules_list_driver(transport, "modules.dep") ||
	       modules_list_driver(transport, "modules.builtin");
}

/*
 * By modprobe, which knows the dependencies. If the kernel loaded the module for the first bond
 * that is made, max_bonds would be 1 and a bond0 would appear that nobody asked for.
 */
int bt_kernel_driver_load(struct bt_transport *transport)
{
	char program[] = "modprobe", quiet[] = "-q", module[] = "bonding";
	char parameter[] = "max_bonds=0";
	char *const arguments[] = {program, quiet, module, parameter, NULL};
	pid_t pid;
	int status, r;

	if (bt_kernel_driver_loaded(transport))
		return 0;
	r = posix_spawnp(&pid, program, NULL, NULL, arguments, environ);
	if (r != 0)
		return -r;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return bt_kernel_driver_loaded(transport) ? 0 : -ENOENT;
}

static void release(struct bt_transport *transport)
{
	struct bt_kernel *kernel = (struct bt_kernel *)transport;

	nl_socket_free(kernel->route);
	nl_socket_free(kernel->generic);
	free(kernel);
}

int bt_transport_kernel(struct bt_transport **ret_transport)
{
	struct bt_kernel *kernel = malloc(sizeof(*kernel));

	if (!kernel)
		return -ENOMEM;
	*kernel = (struct bt_kernel){
		.transport = {
			.name = "kernel",
			.exchange = bt_kernel_exchange,
			.sysfs_read = bt_kernel_sysfs_read,
			.sysfs_write = bt_kernel_sysfs_write,
			.proc_read = bt_kernel_proc_read,
			.ipv6_switch = bt_kernel_ipv6_switch,
			.driver_loaded = bt_kernel_driver_loaded,
			.driver_present = bt_kernel_driver_present,
			.driver_load = bt_kernel_driver_load,
			.release = release,
		},
	};
	if (uname(&kernel->system) < 0)
		strcpy(kernel->system.release, "");
	kernel->transport.version = kernel->system.release;
	*ret_transport = &kernel->transport;
	return 0;
}
