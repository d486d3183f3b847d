/* SPDX-License-Identifier: GPL-2.0-or-later
 * What a unit test is written with: checks that report and go on, and a table of tests that one
 * main() runs. Speaks TAP on standard output, so that the harness counts single tests:
 *
 *	static void test_trims(void) { CHECK_STR(trim(" a "), "a"); }
 *	TESTS(TEST(test_trims), TEST(test_other))
 */
#ifndef BT_TEST_H
#define BT_TEST_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct test_case {
	const char *name;
	void (*run)(void);
};

/* Checks of the running test: made and failed. A test that checks nothing counts as failed. */
static unsigned int test_checked, test_failed;

/* Counts one check; false where it failed, so that a test can stop: if (!CHECK(p)) return; */
#define CHECK(cond) test_note((cond), __FILE__, __LINE__, #cond)
/* Equal as integers of any sign and width up to 64 bits; both values are shown where not. */
#define CHECK_INT(a, b) test_note_int((intmax_t)(a), (intmax_t)(b), __FILE__, __LINE__, #a)
/* Equal as strings; NULL equals only NULL. */
#define CHECK_STR(a, b) test_note_str((a), (b), __FILE__, __LINE__, #a)
/* Equal in LEN bytes. */
#define CHECK_MEM(a, b, len) test_note(!memcmp((a), (b), (len)), __FILE__, __LINE__, #a " == " #b)

static inline bool test_note(bool ok, const char *file, int line, const char *what)
{
	test_checked++;
	if (!ok) {
		test_failed++;
		printf("# %s:%d: failed: %s\n", file, line, what);
	}
	return ok;
}

static inline bool test_note_int(intmax_t a, intmax_t b, const char *file, int line,
				 const char *what)
{
	if (!test_note(a == b, file, line, what))
		printf("#   is %" PRIdMAX ", should be %" PRIdMAX "\n", a, b);
	return a == b;
}

static inline bool test_note_str(const char *a, const char *b, const char *file, int line,
				 const char *what)
{
	bool ok = a && b ? !strcmp(a, b) : a == b;

	if (!test_note(ok, file, line, what))
		printf("#   is '%s', should be '%s'\n", a ? a : "(null)", b ? b : "(null)");
	return ok;
}

static inline int test_run(const struct test_case *cases, size_t count)
{
	int failures = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%zu\n", count);
	for (size_t i = 0; i < count; i++) {
		bool ok;

		test_checked = test_failed = 0;
		cases[i].run();
		ok = test_checked && !test_failed;
		failures += !ok;
		printf("%s %zu - %s\n", ok ? "ok" : "not ok", i + 1, cases[i].name);
		if (!test_checked)
			printf("# %s checked nothing\n", cases[i].name);
	}
	return failures != 0;
}

#define TEST(function) {#function, function}
#define TESTS(...)                                                                                 \
	static const struct test_case test_cases[] = {__VA_ARGS__};                                \
	int main(void)                                                                             \
	{                                                                                          \
		return test_run(test_cases, sizeof(test_cases) / sizeof(test_cases[0]));           \
	}

#endif
