/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Link messages of rtnetlink, encoded by hand on a plain socket: the tests that compare the library
 * with the driver must not share its encoder, or both would make the same mistake.
 */
#ifndef BT_TEST_RAW_LINK_H
#define BT_TEST_RAW_LINK_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct raw_message {
	union {
		struct nlmsghdr header;
		char bytes[8192];
	};
};

/* What the kernel answered. */
struct raw_answer {
	int error;	 /* 0, or a positive errno */
	char text[256];	 /* its extended acknowledgement; "" without one */
	size_t offset;	 /* of the attribute at fault in the message; 0: not said */
};

/* A socket with extended acknowledgements; ends the program when there is none. */
int raw_open(void);

/* Begins a link message of TYPE (RTM_NEWLINK, ...) about link INDEX (0: none). */
void raw_begin(struct raw_message *message, uint16_t type, uint16_t flags, int index);
/* Adds an attribute and returns its offset. */
size_t raw_put(struct raw_message *message, uint16_t type, const void *data, size_t length);
/* Begins a nest of attributes; raw_end() with what it returned closes it. */
size_t raw_nest(struct raw_message *message, uint16_t type);
void raw_end(struct raw_message *message, size_t nest);

/* Sends the message and waits for the kernel's answer. */
struct raw_answer raw_send(int socket, struct raw_message *message);

/* Makes a link of KIND without options; ends the program when that fails. Returns its index. */
int raw_make(int socket, const char *kind, const char *name);
void raw_delete(int socket, int index);
/* Puts INDEX up or down, or below the controller CONTROLLER (0: below none). */
struct raw_answer raw_set_up(int socket, int index, bool up);
struct raw_answer raw_set_controller(int socket, int index, int controller);

/*
 * Whether link INDEX shows attribute TYPE in its bond data (IFLA_INFO_DATA), or with PORT in its
 * port data (IFLA_INFO_SLAVE_DATA).
 */
bool raw_shows(int socket, int index, bool port, uint16_t type);

#endif
