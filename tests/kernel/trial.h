/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A trial: one question with random values, put to the driver as the bytes of a message and to the
 * library as text, for driver-judge.
 */
#ifndef BT_TEST_TRIAL_H
#define BT_TEST_TRIAL_H

#include "base/text.h"
#include "model/profile.h"

#include "../unit/generate.h"
#include "raw-link.h"

struct trial {
	struct generator *random;
	int idle; /* index of the interface "idle", which is no port */
	struct raw_message message;
	struct bondtool *bt;
	struct bondtool_config *config;
	const struct bt_source *lines; /* line N+1 is the origin of option N */
	bool used[BT_OPT_COUNT];
	size_t offsets[BT_OPT_COUNT]; /* in the message, of each option's attribute */
	struct bt_text words;	      /* the question for a person */
};

/* Ends the program when MEMORY is NULL, as all that follows does without memory. */
void *must(void *memory);

void trial_begin(struct trial *trial, struct generator *random, int idle);
void trial_end(struct trial *trial);

struct bondtool_profile *trial_add_profile(struct trial *trial, const char *type,
					   const char *name);

/* Gives an option to the library alone. */
void trial_give_text(struct trial *trial, struct bondtool_profile *profile, unsigned id,
		     const char *text);
/* Gives an option with this value to both. */
void trial_give(struct trial *trial, struct bondtool_profile *profile, unsigned id,
		const char *text, const void *bytes, size_t length);
/* Gives an option with a random value to both: mostly one that the driver takes. */
void trial_give_option(struct trial *trial, struct bondtool_profile *profile, unsigned id);
/* Gives the bond a random MAC address. */
void trial_give_address(struct trial *trial, struct bondtool_profile *bond);

/*
 * The number of the option's attribute: from a list of this test, since the columns of the option
 * table are on trial too. Ends the program when the list lacks the option.
 */
uint16_t trial_attribute(unsigned id);

/* The option whose attribute stands at OFFSET of the message; BT_OPT_COUNT when there is none. */
unsigned trial_option_at(const struct trial *trial, size_t offset);

#endif
