/* SPDX-License-Identifier: LGPL-2.1-or-later
 * libbondtool: the one installed header. Results are 0 or a negative errno; outputs are named
 * ret_* and stay untouched on failure; the library never prints and never exits.
 */
#ifndef BONDTOOL_H
#define BONDTOOL_H

#ifdef __cplusplus
extern "C" {
#endif

/* Everything else is built hidden; what stands in this header is what the library exports. */
#pragma GCC visibility push(default)

/* The version of the library that runs, as "0.1.0". Static storage. */
const char *bondtool_version(void);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
