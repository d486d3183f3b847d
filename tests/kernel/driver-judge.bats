#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Our rules and the driver agree on what is refused.
# limit: 600

@test "rules driver/... are broken exactly where the driver refuses" {
	run "$BONDTOOL_BUILDDIR/tests/kernel/driver-judge" -n "${BONDTOOL_JUDGE_COUNT:-2500}"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *" 0 disagreements, 0 blind spots" ]]
}

@test "values are taken as texts exactly where the driver takes them" {
	run "$BONDTOOL_BUILDDIR/tests/kernel/value-words"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *" 0 disagreements, 0 stale" ]]
}
