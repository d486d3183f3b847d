/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Which version of the library runs.
 */
#include "config.h"

#include "bondtool.h"

const char *bondtool_version(void)
{
	return PACKAGE_VERSION;
}
