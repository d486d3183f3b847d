#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What the rules say of the kernel, apart from options that it refuses, is so.

load lib

# refused CMD...: the kernel must not do it.
refused()
{
	run "$@"
	[ "$status" -ne 0 ]
}

# make_bond OPTION...: bond0 with the ports p0 and p1, up.
make_bond()
{
	make_port p0 p1
	ip link add bond0 type bond "$@"
	ip link set p0 master bond0
	ip link set p1 master bond0
	ip link set bond0 up
}

carrier_is() # INTERFACE VALUE
{
	[ "$(cat "/sys/class/net/$1/carrier")" = "$2" ]
}

answers() # ADDRESS
{
	busybox ping -q -c 1 -W 1 "$1"
}

mac_is() # INTERFACE ADDRESS
{
	[ "$(cat "/sys/class/net/$1/address")" = "$2" ]
}

@test "name/reserved: the kernel refuses these names" {
	refused ip link add all type bond
	refused ip link add default type bond
	refused ip link add bonding_masters type bond
}

@test "name/template: a per cent sign is filled in or refused" {
	ip link add 'x%d' type bond
	[ -e /sys/class/net/x0 ]
	refused ip link add 'x%s' type bond
}

@test "mtu/range: a bond has 68 to 65535" {
	ip link add bond0 type bond
	ip link set bond0 mtu 68
	ip link set bond0 mtu 65535
	refused ip link set bond0 mtu 67
	refused ip link set bond0 mtu 65536
}

@test "mtu/port: a port gets the MTU of its bond" {
	make_port p0
	ip link set p0 mtu 9000
	ip link add bond0 type bond
	ip link set p0 master bond0
	[ "$(cat /sys/class/net/p0/mtu)" = 1500 ]
	ip link set bond0 mtu 2000
	[ "$(cat /sys/class/net/p0/mtu)" = 2000 ]
}

@test "mtu/vlan: a VLAN's MTU is at most its parent's" {
	make_bond miimon 50
	ip link add link bond0 name v5 type vlan id 5
	refused ip link set v5 mtu 9000
	ip link set bond0 mtu 9000
	ip link set v5 mtu 9000
}

@test "vlan/twice: a parent has a number once" {
	ip link add bond0 type bond
	ip link add link bond0 name v5 type vlan id 5
	refused ip link add link bond0 name w5 type vlan id 5
}

@test "profile/loop: nothing stands on itself" {
	ip link add bond0 type bond
	ip link add bond1 type bond
	refused ip link set bond0 master bond0
	ip link set bond0 master bond1
	ip link set bond1 down
	refused ip link set bond1 master bond0
}

@test "mac/port: a port's address is overwritten, but not with fail_over_mac" {
	make_port p0 p1
	ip link set p1 address 02:00:00:00:00:11
	ip link add bond0 address 02:00:00:00:00:01 type bond mode active-backup
	ip link set p0 master bond0
	ip link set p1 master bond0
	mac_is p1 02:00:00:00:00:01
	ip link add bond1 type bond mode active-backup fail_over_mac active
	ip link set p1 nomaster
	ip link set p1 down
	ip link set p1 address 02:00:00:00:00:11
	ip link set p1 master bond1
	mac_is p1 02:00:00:00:00:11
}

@test "mac/fixed: fail_over_mac=active replaces a fixed address" {
	make_port p0
	ip link set p0 address 02:00:00:00:00:10
	ip link add bond0 address 02:00:00:00:00:01 type bond mode active-backup miimon 50 \
		fail_over_mac active
	ip link set bond0 up
	ip link set p0 master bond0
	wait_until mac_is bond0 02:00:00:00:00:10
}

@test "monitor/none: a pulled cable is not noticed" {
	make_bond mode active-backup
	active=$(cat /sys/class/net/bond0/bonding/active_slave)
	pull_cable "$active"
	wait_until carrier_is "$active" 0
	sleep 1
	[ "$(cat /sys/class/net/bond0/bonding/active_slave)" = "$active" ]
	grep -q up "/sys/class/net/$active/bonding_slave/mii_status"
	carrier_is bond0 1
}

@test "monitor/none: 802.3ad, balance-tlb and balance-alb look every 100 ms by themselves" {
	for mode in 802.3ad balance-tlb balance-alb; do
		ip link add bond0 type bond mode $mode
		[ "$(cat /sys/class/net/bond0/bonding/miimon)" = 100 ]
		ip link delete bond0
	done
}

@test "monitor/no-targets: all ports go down on a quiet network" {
	sysctl -qw net.ipv6.conf.default.disable_ipv6=1
	make_bond mode active-backup arp_interval 50
	wait_until grep -q 'Currently Active Slave: None' /proc/net/bonding/bond0
	wait_until carrier_is bond0 0 # the driver turns it off a moment later
}

@test "value/delay-rounded: a delay is rounded down to a multiple of miimon" {
	ip link add bond0 type bond mode active-backup miimon 100 updelay 250 downdelay 99
	[ "$(cat /sys/class/net/bond0/bonding/updelay)" = 200 ]
	[ "$(cat /sys/class/net/bond0/bonding/downdelay)" = 0 ]
}

@test "mode/unset: a bond without a mode is balance-rr" {
	ip link add bond0 type bond
	[ "$(cat /sys/class/net/bond0/bonding/mode)" = "balance-rr 0" ]
}

@test "lacp/too-few-ports: no carrier with fewer ports than min_links" {
	make_bond mode 802.3ad miimon 50 min_links 3
	sleep 1
	carrier_is bond0 0
	ip link delete bond0
	ip link add bond0 type bond mode 802.3ad miimon 50 min_links 1
	ip link set p0 down
	ip link set p0 master bond0
	ip link set bond0 up
	wait_until carrier_is bond0 1
}

@test "primary/missing: without a primary the port that took over stays" {
	make_bond mode active-backup miimon 50
	wait_until proc_says bond0 "Currently Active Slave: p0"
	pull_cable p0
	wait_until proc_says bond0 "Currently Active Slave: p1"
	plug_cable p0
	wait_until grep -q up /sys/class/net/p0/bonding_slave/mii_status
	sleep 0.3
	proc_says bond0 "Currently Active Slave: p1"
}

@test "port/prio-unused: prio does not count while the primary is up" {
	make_bond mode active-backup miimon 50 primary p0
	ip link set p1 type bond_slave prio 10
	sleep 0.3
	proc_says bond0 "Currently Active Slave: p0"
	echo >/sys/class/net/bond0/bonding/primary
	wait_until proc_says bond0 "Currently Active Slave: p1"
}

@test "port/addresses: an address on a port reaches nobody" {
	make_bond mode active-backup miimon 50 primary p0
	ip -n switch address add 10.0.0.254/24 dev switch
	ip address add 10.0.0.1/24 dev bond0
	wait_until answers 10.0.0.254
	ip address del 10.0.0.1/24 dev bond0
	ip address add 10.0.0.1/24 dev p0
	refused answers 10.0.0.254
}

@test "vlan/on-port: a VLAN on a port works, but does not fail over" {
	make_bond mode active-backup miimon 50 primary p0
	ip -n switch link add link switch name v5 up type vlan id 5
	ip -n switch address add 10.5.0.254/24 dev v5
	ip link add link p0 name p0v5 type vlan id 5
	ip address add 10.5.0.1/24 dev p0v5
	ip link set p0v5 up
	wait_until answers 10.5.0.254
	pull_cable p0
	wait_until proc_says bond0 "Currently Active Slave: p1"
	refused answers 10.5.0.254
}
