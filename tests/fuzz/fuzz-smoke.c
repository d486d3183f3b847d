/* SPDX-License-Identifier: GPL-2.0-or-later
 * The short run of the fuzz target that make check does, without libFuzzer: every format reads its
 * own fixtures and seeds whole, cut short and changed at random (the same way each time), and those
 * of the other formats whole and changed once.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz-format.h"
#include "parsers/format.h"
#include "seeds.h"

enum { CHANGES = 20, CHANGES_OF_OTHERS = 1, SEED_LIMIT = 64 << 10 };

static struct seed {
	char *path;
	uint8_t *bytes;
	size_t size;
} *seeds;
static size_t n_seeds;

static int add_seed(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	FILE *file;
	struct seed seed = {0}, *more;

	(void)walk;
	if (type != FTW_F || !strstr(path, "/in/") || status->st_size == 0 ||
	    status->st_size > SEED_LIMIT)
		return 0;
	file = fopen(path, "re");
	more = reallocarray(seeds, n_seeds + 1, sizeof(*seeds));
	seed.path = strdup(path);
	seed.bytes = malloc((size_t)status->st_size);
	if (!file || !more || !seed.path || !seed.bytes)
		return -1;
	seed.size = fread(seed.bytes, 1, (size_t)status->st_size, file);
	fclose(file);
	seeds = more;
	seeds[n_seeds++] = seed;
	return 0;
}

/* xorshift: the same numbers on every machine. */
static uint32_t random_below(uint32_t limit)
{
	static uint32_t state = 2463534242u;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return limit ? state % limit : 0;
}

/* Changes a few bytes of a copy, or moves a piece of it to elsewhere. */
static void change(uint8_t *bytes, size_t size)
{
	static const char tokens[] = "=\"'\\\n\t #:{}[]-,;&*!|>%@`$\0\xff\xc3";
	uint32_t length = (uint32_t)size;

	for (uint32_t n = 1 + random_below(4); n; n--) {
		uint32_t at = random_below(length), from = random_below(length);
		uint32_t piece = random_below(16);

		if (random_below(3))
			bytes[at] = (uint8_t)tokens[random_below(sizeof(tokens) - 1)];
		else if (at + piece < length && from + piece < length)
			memmove(bytes + at, bytes + from, piece);
	}
}

static void try_seed(const struct seed *seed, int changes)
{
	uint8_t *bytes = malloc(seed->size);

	if (!bytes)
		abort();
	LLVMFuzzerTestOneInput(seed->bytes, seed->size);
	for (int i = 0; i < changes; i++) {
		memcpy(bytes, seed->bytes, seed->size);
		change(bytes, seed->size);
		LLVMFuzzerTestOneInput(bytes, i % 4 ? seed->size
						    : random_below((uint32_t)seed->size));
	}
	free(bytes);
}

/* The fixtures. Yields how many are of the format itself. */
static size_t try_fixtures(const struct bt_format *format)
{
	BT_AUTOFREE char *folder = bt_format("/tests/fixtures/%s/", bt_format_name(format->id));
	size_t own = 0;

	for (size_t i = 0; folder && i < n_seeds; i++) {
		bool is_own = strstr(seeds[i].path, folder);

		try_seed(&seeds[i], is_own ? CHANGES : CHANGES_OF_OTHERS);
		own += is_own;
	}
	return own;
}

/* Texts with every option. Yields how many; none of a format that cannot be written. */
static size_t try_made_seeds(const struct bt_format *format)
{
	for (unsigned i = 0;; i++) {
		BT_AUTOFREE char *text = seeds_make(format, i);
		struct seed seed = {.bytes = (uint8_t *)text};

		if (!text)
			return i;
		seed.size = strlen(text);
		try_seed(&seed, CHANGES);
	}
}

/* What no fixture is: nothing, one long line, deep nesting, an alias bomb, an endless include. */
static void try_extremes(void)
{
	enum { LONG = 1 << 20 };
	static const char bomb[] = "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n"
				   "c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c]\n"
				   "e: &e [*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e]\n";
	static const char loop[] = "%%% etc/interfaces\nsource etc/interfaces\nsource interfaces\n";
	static const char kinds[] = "[{x\n\0\xff- =";
	uint8_t *bytes = malloc(LONG);

	if (!bytes)
		abort();
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	LLVMFuzzerTestOneInput((const uint8_t *)bomb, sizeof(bomb) - 1);
	LLVMFuzzerTestOneInput((const uint8_t *)loop, sizeof(loop) - 1);
	for (size_t i = 0; i < sizeof(kinds) - 1; i++) {
		memset(bytes, kinds[i], LONG);
		LLVMFuzzerTestOneInput(bytes, LONG);
	}
	free(bytes);
}

static void try_format(const struct bt_format *format, size_t number)
{
	size_t own;

	setenv("BONDTOOL_FUZZ_FORMAT", bt_format_name(format->id), 1);
	own = try_fixtures(format) + try_made_seeds(format);
	try_extremes();
	printf("%s %zu - %s survives %zu texts, each changed in %d ways, and those of others\n",
	       own ? "ok" : "not ok", number, bt_format_name(format->id), own, CHANGES);
	fflush(stdout);
}

int main(void)
{
	BT_AUTOFREE char *fixtures = bt_format("%s/tests/fixtures", getenv("SRCDIR"));
	size_t count = 0, number = 0;

	if (!fixtures || nftw(fixtures, add_seed, 8, FTW_PHYS) < 0)
		return 1;
	for (const struct bt_format *const *format = bt_formats; *format; format++)
		count += (*format)->read != NULL;
	printf("1..%zu\n", count);
	for (const struct bt_format *const *format = bt_formats; *format; format++)
		if ((*format)->read)
			try_format(*format, ++number);
	for (size_t i = 0; i < n_seeds; i++) {
		free(seeds[i].path);
		free(seeds[i].bytes);
	}
	free(seeds);
	return 0;
}
