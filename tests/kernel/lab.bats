#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The lab itself: that it has the driver, and that the means of the other tests do what they say.

load lib

@test "a test stands in its own network namespace" {
	[ "$(readlink /proc/self/ns/net)" != "$BONDTOOL_LAB_NETNS" ]
	ip link add leftover type dummy
	touch /etc/bondtool/leftover /run/bondtool/leftover
}

@test "nothing of another test is left" {
	run ip link show leftover
	[ "$status" -ne 0 ]
	[ "$(ls /sys/class/net)" = "$(printf 'bonding_masters\nlo')" ]
	[ -z "$(find /etc/bondtool /run/bondtool /run/netns -mindepth 1)" ]
}

@test "the driver is there and makes a bond" {
	ip link add bond0 type bond mode active-backup
	proc_says bond0 "Bonding Mode: fault-tolerance (active-backup)"
	[ "$(cat /sys/class/net/bond0/bonding/mode)" = "active-backup 1" ]
}

@test "vlan, bridge, macvlan, dummy and tun devices can be made" {
	ip link add d0 type dummy
	ip link add link d0 name d0.5 type vlan id 5
	ip link add br0 type bridge
	ip link add link d0 name mv0 type macvlan
	ip tuntap add tap0 mode tap
	[ -e /sys/class/net/d0.5 ] && [ -e /sys/class/net/br0 ] && [ -e /sys/class/net/mv0 ] &&
		[ -e /sys/class/net/tap0 ]
}

@test "a pulled cable fails over and a plugged one is seen" {
	make_port p0 p1
	ip link add bond0 type bond mode active-backup miimon 50
	ip link set p0 master bond0
	ip link set p1 master bond0
	ip link set bond0 up
	wait_until proc_says bond0 "Currently Active Slave: p0"
	pull_cable p0
	wait_until proc_says bond0 "Currently Active Slave: p1"
	[ "$(cat /sys/class/net/p0/carrier)" = 0 ]
	plug_cable p0
	wait_until grep -q 1 /sys/class/net/p0/carrier
}

@test "two bonds negotiate LACP over two cables" {
	local ns
	make_cable p0 peer q0
	make_cable p1 peer q1
	ip link add bond0 type bond mode 802.3ad miimon 50 lacp_rate fast
	ip -n peer link add bond0 type bond mode 802.3ad miimon 50 lacp_rate fast
	for ns in p q; do
		[ $ns = p ] && at=(ip) || at=(ip -n peer)
		"${at[@]}" link set ${ns}0 down
		"${at[@]}" link set ${ns}1 down
		"${at[@]}" link set ${ns}0 master bond0
		"${at[@]}" link set ${ns}1 master bond0
		"${at[@]}" link set bond0 up
	done
	wait_until -t 60 grep -q "Number of ports: 2" /proc/net/bonding/bond0
	peer_mac=$(ip -n peer -o link show bond0 | sed 's/.*ether \([0-9a-f:]*\).*/\1/')
	wait_until -t 60 proc_says bond0 "	Partner Mac Address: $peer_mac"
}

@test "a user without rights can read but not change" {
	ip link add bond0 type bond
	as_nobody cat /proc/net/bonding/bond0
	run as_nobody ip link set bond0 up
	[ "$status" -ne 0 ]
	[ "$(as_nobody id -u)" -ne 0 ]
}

@test "bondtool runs in the lab" {
	run "$BONDTOOL" --version
	[ "$status" -eq 0 ]
	[[ $output == bondtool* ]]
}
