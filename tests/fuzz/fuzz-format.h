/* SPDX-License-Identifier: GPL-2.0-or-later
 * What libFuzzer and the short run of make check have in common: one input for the parsers.
 */
#ifndef BT_FUZZ_FORMAT_H
#define BT_FUZZ_FORMAT_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads the SIZE bytes at DATA as the format that the variable BONDTOOL_FUZZ_FORMAT names, or as
 * each format in turn, and writes and renders what came of it. Returns 0; faults are for the
 * sanitizers to find. A line "%%% NAME" begins a new text with that file name.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
