#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The main job as an administrator does it: from ifcfg files, or by nmcli's words, to a running bond
# whose status is the driver's own text, through failovers and changes.

load lib

bats_require_minimum_version 1.5.0
fixtures=$BATS_TEST_DIRNAME/../fixtures/ifcfg

bondtool() { "$BONDTOOL" "$@"; }

# The status that bondtool prints is the driver's text; both are read until the driver's is at rest.
same_status()
{
	local before ours after
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		before=$(cat "/proc/net/bonding/$1"; echo .)
		ours=$(bondtool status "$1"; echo .)
		after=$(cat "/proc/net/bonding/$1"; echo .)
		[ "$before" = "$after" ] && break
	done
	[ "$before" = "$after" ]
	diff <(echo "$ours") <(echo "$after")
}

mac() { cat "/sys/class/net/$1/address"; }
active() { proc_says bond0 "Currently Active Slave: $1"; }

# files CASE: copies of the fixture's files in the current folder.
files()
{
	mkdir -p "$BATS_TEST_TMPDIR/files"
	cd "$BATS_TEST_TMPDIR/files" || return
	cp "$fixtures/$1/in/"* .
}

# A bond of ifcfg files with the given fail_over_mac, up; $mac1 and $mac2 are the ports' addresses.
bond_with_fail_over_mac()
{
	make_port enp0s8 enp0s9
	mac1=$(mac enp0s8) mac2=$(mac enp0s9)
	files fail-over-mac
	sed -i "s/fail_over_mac=1/fail_over_mac=$1/" ifcfg-bond0
	bondtool import ifcfg-bond0
	bondtool connection up bond0
	wait_until active enp0s8
}

macs_are() # BOND ENP0S8 ENP0S9
{
	[ "$(mac bond0) $(mac enp0s8) $(mac enp0s9)" = "$1 $2 $3" ]
}

@test "three ifcfg files become three profiles, a line each" {
	files fail-over-mac
	run --separate-stderr bondtool import ifcfg-bond0
	[ "$status" -eq 0 ]
	[ "${#lines[@]}" -eq 3 ]
	for i in 0 1 2; do
		[[ ${lines[i]} =~ ^Connection\ \'(bond0|enp0s8|enp0s9)\'\ \([-0-9a-f]{36}\)\ successfully\ added\.$ ]]
	done
	[ "$(bondtool -g NAME connection show | sort | tr '\n' ' ')" = "bond0 enp0s8 enp0s9 " ]
}

@test "ifcfg: up with address and options, and the driver's own status" {
	bond_with_fail_over_mac 1
	same_status bond0
	ip -brief address show bond0 | grep -q 192.168.99.101/24
	proc_says bond0 "Bonding Mode: fault-tolerance (active-backup) (fail_over_mac active)"
	proc_says bond0 "MII Polling Interval (ms): 100"
	run bondtool connection up bond0
	[[ $output == *"nothing to do"* ]]
}

@test "fail_over_mac none: one MAC address for all, before and after a failover" {
	bond_with_fail_over_mac 0
	macs_are "$mac1" "$mac1" "$mac1"
	pull_cable enp0s8
	wait_until active enp0s9
	macs_are "$mac1" "$mac1" "$mac1"
	same_status bond0
}

@test "fail_over_mac active: the bond takes the active port's MAC address" {
	bond_with_fail_over_mac 1
	macs_are "$mac1" "$mac1" "$mac2"
	pull_cable enp0s8
	wait_until active enp0s9
	wait_until macs_are "$mac2" "$mac1" "$mac2"
	same_status bond0
}

@test "fail_over_mac follow: the ports swap their MAC addresses" {
	bond_with_fail_over_mac 2
	macs_are "$mac1" "$mac1" "$mac2"
	pull_cable enp0s8
	wait_until active enp0s9
	wait_until macs_are "$mac1" "$mac2" "$mac1"
	same_status bond0
}

@test "ifcfg for initscripts: mode=1 and nothing that watches the links" {
	make_port eth0 eth1
	files initscripts
	run bondtool check ifcfg-bond0
	[ "$status" -eq 2 ]
	[[ $output == *"[monitor/none]"* ]]
	bondtool import ifcfg-bond0
	bondtool up bond0
	same_status bond0
	proc_says bond0 "MII Polling Interval (ms): 0"
	proc_says bond0 "Currently Active Slave: eth0"
	ip -4 route show default | grep -q "via 192.168.122.1 dev bond0"
	bondtool connection down eth0
	active eth1
	bondtool connection up eth0
	active eth1
	grep -qx "Slave Interface: eth0" /proc/net/bonding/bond0
	same_status bond0
}

@test "ifcfg with 25 options: those that the mode refuses are named and left out" {
	make_port eth0 eth1
	files many-options
	for port in eth0 eth1; do
		printf 'DEVICE=%s\nMASTER=bond0\nSLAVE=yes\n' $port >ifcfg-$port
	done
	run bondtool import ifcfg-bond0
	[ "$status" -eq 0 ]
	for option in lacp_rate packets_per_slave tlb_dynamic_lb ad_user_port_key ad_actor_sys_prio; do
		[[ $output == *"$option="*"is left out"* ]]
	done
	bondtool up bond0
	wait_until active eth1
	proc_says bond0 "Primary Slave: eth1 (primary_reselect always)"
	same_status bond0
}

@test "nmcli's words: add, modify, up, change, and a port that is going back" {
	make_port ens192 ens224
	run --separate-stderr bondtool connection add type bond con-name bond0 ifname bond0 \
		bond.options "mode=active-backup"
	[[ $output =~ ^Connection\ \'bond0\'\ \([-0-9a-f]{36}\)\ successfully\ added\.$ ]]
	for port in ens192 ens224; do
		bondtool connection add type ethernet con-name $port ifname $port
		bondtool connection modify $port master bond0
	done
	bondtool connection modify bond0 ipv4.addresses 10.0.0.7/24
	bondtool connection modify bond0 ipv4.gateway 10.0.0.254
	bondtool connection modify bond0 ipv4.dns 10.0.0.53
	bondtool connection modify bond0 ipv4.dns-search k.local.lab
	bondtool connection modify bond0 ipv4.method manual
	bondtool connection show bond0 | grep -qx 'ipv4.method: *manual'
	bondtool connection up bond0
	ip -brief address show bond0 | grep -q 10.0.0.7/24
	bondtool device | grep -q '^bond0 *bond *connected *bond0'
	same_status bond0

	bondtool connection modify bond0 +bond.options 'miimon=1000'
	bondtool connection up bond0
	proc_says bond0 "MII Polling Interval (ms): 1000"
	bondtool modify +bond.options miimon=100
	bondtool connection modify bond0 +bond.options "primary=ens192,primary_reselect=always"
	bondtool connection up bond0
	proc_says bond0 "MII Polling Interval (ms): 100"
	proc_says bond0 "Primary Slave: ens192 (primary_reselect always)"
	bondtool connection modify bond0 +bond.options "updelay=10000"
	bondtool connection up bond0
	proc_says bond0 "Up Delay (ms): 10000"
	same_status bond0

	pull_cable ens192
	wait_until active ens224
	plug_cable ens192
	wait_until proc_says bond0 "MII Status: going back"
	same_status bond0
	bondtool status bond0 | grep -qx "MII Status: going back"
}

@test "with several bonds the short form names them and changes none" {
	bondtool connection add type bond con-name bond0 ifname bond0 mode active-backup
	bondtool connection add type bond con-name bond1 ifname bond1 mode active-backup
	run bondtool modify +bond.options miimon=1000
	[ "$status" -eq 2 ]
	[[ $output == *bond0* && $output == *bond1* ]]
	run bondtool -g bond.options connection show bond0
	[[ $output != *1000* ]]
}

@test "without rights: one clear line, and nothing has changed" {
	make_port eth0
	bondtool connection add type bond con-name bond0 ifname bond0 mode active-backup
	bondtool connection up bond0
	before=$(cat /proc/net/bonding/bond0)
	run as_nobody "$BONDTOOL" connection up bond0
	[ "$status" -ne 0 ]
	run as_nobody "$BONDTOOL" connection modify bond0 +bond.options miimon=7
	[ "$status" -ne 0 ]
	[ "$(cat /proc/net/bonding/bond0)" = "$before" ]
	diff <(as_nobody "$BONDTOOL" status bond0) <(as_nobody cat /proc/net/bonding/bond0)
}

@test "a kernel's refusal leaves the bond as it was" {
	make_port eth0 eth1
	bondtool connection add type bond con-name bond0 ifname bond0 \
		bond.options mode=active-backup,miimon=100
	for port in eth0 eth1; do
		bondtool connection add type ethernet con-name $port ifname $port master bond0
	done
	bondtool connection up bond0
	wait_until active eth0
	before=$(cat /proc/net/bonding/bond0)
	run bondtool connection modify bond0 +bond.options lacp_rate=fast
	[ "$status" -ne 0 ]
	[[ $output == *lacp_rate* ]]
	[ "$(cat /proc/net/bonding/bond0)" = "$before" ]
}

@test "down takes the bond away and lets its ports go" {
	bond_with_fail_over_mac 1
	bondtool connection down bond0
	[ ! -e /sys/class/net/bond0 ]
	[ -e /sys/class/net/enp0s8 ]
	run bondtool connection down bond0
	[ "$status" -eq 10 ]
}
