#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The program starts and says who it is.

@test "--version names the program and its version" {
	run "$BONDTOOL" --version
	[ "$status" -eq 0 ]
	[[ "$output" =~ ^bondtool\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}
