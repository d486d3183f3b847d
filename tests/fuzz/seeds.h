/* SPDX-License-Identifier: GPL-2.0-or-later
 * Seeds for fuzzing that are made from the option table: in each format a configuration for every
 * mode with all of its options, and the format's keys and words for a dictionary.
 */
#ifndef BT_FUZZ_SEEDS_H
#define BT_FUZZ_SEEDS_H

#include "parsers/format.h"

/*
 * Yields seed INDEX of FORMAT in a new string, with a line "%%% NAME" before each file; NULL past
 * the last one, and for formats that have no options of bonds (team).
 */
char *seeds_make(const struct bt_format *format, unsigned index);

/* The keys of FORMAT and the words of values, as libFuzzer and AFL++ read a dictionary. */
char *seeds_dictionary(const struct bt_format *format);

#endif
