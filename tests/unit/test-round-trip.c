/* SPDX-License-Identifier: GPL-2.0-or-later
 * Every format that can be written and read: a random configuration comes back as it was, or what
 * differs is exactly what the loss report named. And every pair of formats: what came back from the
 * one goes through the other as well, with the values, references and unknown keys of its texts.
 * BONDTOOL_ROUNDS=N makes N configurations a pair, and three times as many a format.
 */
#include "base/text.h"
#include "generate.h"
#include "trip.h"

#include <stdio.h>
#include <stdlib.h>

enum { STANDARD_ROUNDS = 50 };

static unsigned rounds_of_pairs(void)
{
	const char *wanted = getenv("BONDTOOL_ROUNDS");
	int rounds = wanted ? atoi(wanted) : STANDARD_ROUNDS;

	return rounds > 0 ? (unsigned)rounds : STANDARD_ROUNDS;
}

/* Sends a random configuration through FORMAT, and what came back on through NEXT (may be NULL). */
static bool travel(const struct bt_format *format, const struct bt_format *next, unsigned seed)
{
	struct generator g = generator_of(seed);
	struct bondtool *bt = bondtool_new();
	BT_AUTOCONFIG struct bondtool_config *config = generate_config(&g, bt);
	BT_AUTOFREE char *name = bt_format("%s, seed %u", bt_format_name(format->id), seed);
	struct trip first, second;
	bool ok = trip_make(&first, name, format, config);

	if (ok && next) {
		BT_AUTOFREE char *both = bt_format("%s, on to %s", name, bt_format_name(next->id));

		ok = trip_make(&second, both, next, first.returned);
		trip_release(&second);
	}
	trip_release(&first);
	bondtool_free(bt);
	return ok;
}

static bool travel_often(const struct bt_format *format, const struct bt_format *next,
			 unsigned rounds)
{
	for (unsigned seed = 1; seed <= rounds; seed++)
		if (!travel(format, next, seed))
			return false;
	return true;
}

/* From FORMAT on to every other format, and to itself. */
static bool travel_on(const struct bt_format *format, unsigned rounds)
{
	bool ok = true;

	for (const struct bt_format *const *next = bt_formats; *next; next++)
		if (trip_can(*next))
			ok &= travel_often(format, *next, rounds);
	return ok;
}

static int report(bool ok, int number, unsigned rounds, const char *what,
		  const struct bt_format *format)
{
	printf("%s %d - %u configurations %s %s\n", ok ? "ok" : "not ok", number, rounds, what,
	       bt_format_name(format->id));
	return !ok;
}

int main(void)
{
	unsigned rounds = rounds_of_pairs();
	int number = 0, failures = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	for (const struct bt_format *const *format = bt_formats; *format; format++) {
		if (!trip_can(*format))
			continue;
		failures += report(travel_often(*format, NULL, 3 * rounds), ++number, 3 * rounds,
				   "come back from", *format);
		failures += report(travel_on(*format, rounds), ++number, rounds,
				   "go on to every format from", *format);
	}
	printf("1..%d\n", number);
	return failures || !number;
}
