/* SPDX-License-Identifier: GPL-2.0-or-later
 * The library says the version it was built as.
 */
#include "config.h"

#include "bondtool.h"
#include "test.h"

static void test_is_the_package_version(void)
{
	CHECK_STR(bondtool_version(), PACKAGE_VERSION);
}

TESTS(TEST(test_is_the_package_version))
