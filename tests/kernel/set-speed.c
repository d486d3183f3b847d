/* SPDX-License-Identifier: GPL-2.0-or-later
 * set-speed INTERFACE MBPS: sets the speed that a tap says it has, as "ethtool -s" does; the kernel
 * tells nobody about it.
 */
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
	struct ethtool_cmd command = {.cmd = ETHTOOL_GSET};
	struct ifreq request = {0};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (argc != 3 || fd < 0)
		return 2;
	strncpy(request.ifr_name, argv[1], sizeof(request.ifr_name) - 1);
	request.ifr_data = (char *)&command;
	if (ioctl(fd, SIOCETHTOOL, &request) < 0) {
		perror("set-speed: ETHTOOL_GSET");
		return 1;
	}
	ethtool_cmd_speed_set(&command, (unsigned)atoi(argv[2]));
	command.cmd = ETHTOOL_SSET;
	if (ioctl(fd, SIOCETHTOOL, &request) < 0) {
		perror("set-speed: ETHTOOL_SSET");
		return 1;
	}
	return 0;
}
