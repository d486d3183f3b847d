/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random configurations for property tests, made from the tables: every mode, every option,
 * several bonds with ports and VLANs, addresses and routes. What is made is what a driver
 * accepts, so that a format that cannot hold it loses something real. The same seed makes the
 * same configuration.
 */
#ifndef BT_TEST_GENERATE_H
#define BT_TEST_GENERATE_H

#include "model/profile.h"

struct generator {
	uint64_t state;
	unsigned counter; /* of names, so that none is used twice */
};

struct generator generator_of(uint64_t seed);
/* A number from 0 to BELOW - 1. */
unsigned generate_below(struct generator *g, unsigned below);
/* True once in N times. */
bool generate_once_in(struct generator *g, unsigned n);

/*
 * Sets OPTION of VALUES to a random value that the driver accepts in its mode: names, boundaries
 * and numbers between. Interfaces are taken from the NULL-ended list PORTS.
 */
void generate_option(struct generator *g, struct bondtool *bt, struct bt_values *values,
		     enum bt_option_id option, const char *const *ports);

/* One to four bonds with zero to four ports each, some VLANs on top. Never NULL. */
struct bondtool_config *generate_config(struct generator *g, struct bondtool *bt);

#endif
