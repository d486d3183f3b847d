/* SPDX-License-Identifier: GPL-2.0-or-later
 * What a command costs, apart from what else the machine does: runs it without output and prints
 * the processor's time that it took, in microseconds, and the most memory that it had, in KiB.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int run(char **command)
{
	int nothing = open("/dev/null", O_RDWR);

	if (nothing < 0)
		return 127;
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	execvp(command[0], command);
	return 127;
}

static long microseconds(const struct timeval *time)
{
	return time->tv_sec * 1000000L + time->tv_usec;
}

int main(int argc, char **argv)
{
	struct rusage usage;
	pid_t child;
	int status;

	if (argc < 2)
		return 2;
	child = fork();
	if (child == 0)
		_exit(run(argv + 1));
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 1;
	printf("%ld %ld\n", microseconds(&usage.ru_utime) + microseconds(&usage.ru_stime),
	       usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
