#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Our messages, our sysfs writes and our readers on a real kernel.

load lib

@test "every option: what netlink sets, sysfs shows, and the other way round" {
	"$BONDTOOL_BUILDDIR/tests/kernel/option-walk"
}

@test "links, addresses and routes that we make are read back" {
	"$BONDTOOL_BUILDDIR/tests/kernel/link-walk"
}
