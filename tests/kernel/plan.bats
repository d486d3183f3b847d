#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# limit: 900
# Plans on the real driver: bringing profiles up and down with as little disruption as there can be,
# and back to the state before when something is refused. plan-run counts and refuses requests.
# shellcheck disable=SC2030,SC2031 # each test is a process of its own

load lib

run_plan=$BONDTOOL_BUILDDIR/tests/kernel/plan-run

setup()
{
	profiles=$BATS_TEST_TMPDIR/profiles.yaml
	echo "profiles:" >"$profiles"
}

# bond NAME OPTIONS [MORE]: a profile; OPTIONS and MORE are YAML.
bond()
{
	cat >>"$profiles" <<-END
		- connection: {id: $1, type: bond, interface-name: $1}
		  bond: {options: {$2}}
	END
	[ -z "${3-}" ] || printf '  %s\n' "${@:3}" >>"$profiles"
}

# port NAME BOND [MORE]
port()
{
	cat >>"$profiles" <<-END
		- connection: {id: $1, type: 802-3-ethernet, interface-name: $1, controller: $2}
	END
	[ -z "${3-}" ] || printf '  %s\n' "${@:3}" >>"$profiles"
}

# two_ports OPTIONS [MORE]: bond0 with p0 and p1 is all that there is.
two_ports()
{
	echo "profiles:" >"$profiles"
	bond bond0 "$@"
	port p0 bond0
	port p1 bond0
}

# up|down ID [OPTION...]: carried out; what it says is in $output.
up() { run "$run_plan" "${@:2}" up "$1" "$profiles" && show_status; }
down() { run "$run_plan" "${@:2}" down "$1" "$profiles" && show_status; }
show_status() { echo "$output"; [ "$status" -eq 0 ]; }

says() { grep -qF -- "$1" <<<"$output"; }

# nothing_to_do ID: a second time sends nothing.
nothing_to_do()
{
	up "$1"
	says "nothing to do"
	says "changes: 0"
}

# all that a plan can change; what changes by itself is left out
state()
{
	grep -sH '' /sys/class/net/*/{mtu,address,flags} || true
	for dir in /sys/class/net/*/bonding; do
		grep -sH '' "$dir"/* | grep -v '/\(ad_aggregator\|ad_num_ports\|ad_.*_key\|ad_partner_mac\|active_slave\|mii_status\|queue_id\):' || true
	done
	ip -o addr show | grep -v 'inet6 fe80' | sed 's/ *valid_lft forever.*//; s/[0-9]\+sec/leased/g; s/tentative//; s/\\//; s/ *$//' | sort
	ip route show | grep -v 'proto kernel' | sed 's/ linkdown//' | sort
	ip -6 route show | grep -v 'proto kernel' | sed 's/ linkdown//' | sort
}

# undone_at_every_step VERB ID [OPTION...]: refusing each change in turn leaves all as it was.
undone_at_every_step()
{
	local changes n verb=$1 id=$2
	shift 2
	changes=$("$run_plan" "$@" -n "$verb" "$id" "$profiles" 2>/dev/null | grep -c '^ *[0-9]')
	[ "$changes" -gt 1 ]
	state >"$BATS_TEST_TMPDIR/before"
	for ((n = 1; n <= changes; n++)); do
		run "$run_plan" "$@" -q -r "$n" "$verb" "$id" "$profiles"
		[ "$status" -eq 1 ] || { echo "change $n was not refused: $output" && return 1; }
		grep -q 'refused by test\|Input/output error' <<<"$output"
		state >"$BATS_TEST_TMPDIR/after"
		diff -u "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after" ||
			{ echo "after the refusal of change $n: $output" && return 1; }
	done
	[ ! -e /run/bondtool/journal ]
}

@test "a bond with two ports comes up, and a second time sends nothing" {
	make_port p0 p1
	two_ports "mode: active-backup, miimon: 100, primary: p1" \
		"ipv4: {method: manual, addresses: [192.0.2.1/24], gateway: 192.0.2.254}"
	up bond0
	says "no interruption"
	says "changes: 6"
	proc_says bond0 "Currently Active Slave: p1"
	proc_says bond0 "Primary Slave: p1 (primary_reselect always)"
	ip -o addr show bond0 | grep -q "192.0.2.1/24 brd 192.0.2.255"
	ip route show default | grep -q "via 192.0.2.254 dev bond0 proto static"
	nothing_to_do bond0
	[ ! -e /run/bondtool/journal ]
}

@test "a change without interruption does not touch the ports" {
	local before
	make_port p0 p1
	two_ports "mode: active-backup, miimon: 100"
	up bond0
	before=$(cat /sys/class/net/{bond0,p0,p1}/{ifindex,carrier_changes})
	two_ports "mode: active-backup, miimon: 50, updelay: 100, primary: p1, xmit_hash_policy: layer2+3, arp_all_targets: all, num_grat_arp: 0, resend_igmp: 0, all_slaves_active: 1, min_links: 1, lp_interval: 9"
	up bond0
	says "no interruption"
	says "changes: 1"
	[ "$before" = "$(cat /sys/class/net/{bond0,p0,p1}/{ifindex,carrier_changes})" ]
	[ "$(grep -c 'Link Failure Count: 0' /proc/net/bonding/bond0)" -eq 2 ]
	nothing_to_do bond0
	two_ports "mode: active-backup, miimon: 100"
	up bond0
	says "updelay 0 (was 100)"
	says "min_links 0 (was 1)"
	[ "$(cat /sys/class/net/bond0/bonding/num_grat_arp)" = 1 ]
	nothing_to_do bond0
}

@test "any mode follows any other, and then there is nothing left to do" {
	local modes=(balance-rr active-backup balance-xor broadcast 802.3ad balance-tlb balance-alb)
	local -A options=([balance-rr]="miimon: 100, packets_per_slave: 5"
		[active-backup]="arp_interval: 500, arp_ip_target: [192.0.2.9], arp_validate: all, fail_over_mac: follow, primary: p1"
		[balance-xor]="arp_interval: 200, arp_ip_target: [192.0.2.8, 192.0.2.9], xmit_hash_policy: layer3+4"
		[broadcast]="miimon: 200, updelay: 400"
		[802.3ad]="lacp_rate: fast, ad_select: count, ad_actor_sys_prio: 77, ad_user_port_key: 9, lacp_active: off"
		[balance-tlb]="miimon: 50, downdelay: 150, tlb_dynamic_lb: 0"
		[balance-alb]="peer_notif_delay: 300, tlb_dynamic_lb: 0")
	local from to mac
	make_port p0 p1
	two_ports "mode: balance-rr, miimon: 100" "ipv4: {method: manual, addresses: [192.0.2.1/24]}"
	up bond0
	mac=$(cat /sys/class/net/bond0/address)
	for from in "${modes[@]}"; do
		for to in "${modes[@]}"; do
			[ "$from" != "$to" ] || continue
			two_ports "mode: $to, ${options[$to]}" \
				"ipv4: {method: manual, addresses: [192.0.2.1/24]}"
			up bond0
			nothing_to_do bond0
			[ "$(cat /sys/class/net/bond0/bonding/slaves)" = "p0 p1" ]
			[ "$(cat /sys/class/net/bond0/bonding/mode)" = "$to $(index_of "$to" "${modes[@]}")" ]
			[ "$(cat /sys/class/net/bond0/flags)" = 0x1403 ]
			ip -o addr show bond0 | grep -q 192.0.2.1/24
		done
	done
	[ "$mac" = "$(cat /sys/class/net/bond0/address)" ]
}

# index_of WORD LIST...
index_of()
{
	local word=$1 i=0
	shift
	for item; do
		[ "$item" != "$word" ] || { echo $i && return; }
		i=$((i + 1))
	done
}

@test "routes, IPv6 addresses and VLANs survive a moment without the bond" {
	make_port p0 p1
	two_ports "mode: 802.3ad" \
		"ipv4: {method: manual, addresses: [192.0.2.1/24], gateway: 192.0.2.254}" \
		"ipv6: {method: manual, addresses: ['2001:db8::1/64'], gateway: '2001:db8::fe'}"
	up bond0
	fast="mode: 802.3ad, lacp_rate: fast"
	sed "s/mode: 802.3ad/$fast/" "$profiles" >"$BATS_TEST_TMPDIR/fast" && mv "$BATS_TEST_TMPDIR/fast" "$profiles"
	undone_at_every_step up bond0
	ip link add link bond0 name bond0.7 up type vlan id 7
	ip addr add 198.51.100.1/24 dev bond0.7
	ip addr add 2001:db8:7::1/64 dev bond0.7
	ip addr add 2001:db8::77/128 dev bond0 valid_lft 3600 preferred_lft 1800
	ip route add 203.0.113.0/24 via 198.51.100.9
	ip route add 10.0.0.0/8 via 192.0.2.77 metric 7
	state >"$BATS_TEST_TMPDIR/before"
	up bond0
	says "bond0 will be down for a moment, to change lacp_rate"
	state | sed 's/lacp_rate:fast 1/lacp_rate:slow 0/' >"$BATS_TEST_TMPDIR/after"
	diff -u "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
	nothing_to_do bond0
}

@test "a new bond that is refused at any step leaves nothing" {
	make_port p0 p1
	ip link set p0 up
	ip addr add 192.0.2.50/24 brd + dev p0
	ip addr add 192.0.2.60/24 brd + dev p0 valid_lft 3600 preferred_lft 1800
	ip addr add 198.51.100.60/25 brd + dev p0 metric 77
	ip addr add 2001:db8::50/64 dev p0
	ip route add default via 192.0.2.254
	two_ports "mode: active-backup, miimon: 100" "802-3-ethernet: {mtu: 1400}" \
		"ipv4: {method: manual, addresses: [192.0.2.1/24], gateway: 192.0.2.254}"
	undone_at_every_step up bond0
}

@test "a change of mode that is refused at any step leaves the bond as it was" {
	make_port p0 p1 p2
	two_ports "mode: active-backup, miimon: 100, updelay: 200, primary: p1" \
		"ipv4: {method: manual, addresses: [192.0.2.1/24], gateway: 192.0.2.254}" \
		"ipv6: {method: manual, addresses: ['2001:db8::1/64']}"
	up bond0
	two_ports "mode: balance-alb, tlb_dynamic_lb: 0" "802-3-ethernet: {mtu: 1400}" \
		"ipv4: {method: manual, addresses: [192.0.2.2/24]}"
	port p2 bond0
	undone_at_every_step up bond0
	up bond0
	nothing_to_do bond0
}

@test "the same through sysfs, and its refusals" {
	make_port p0 p1
	two_ports "mode: 802.3ad, miimon: 50, lacp_rate: fast, ad_select: count"
	undone_at_every_step up bond0 -s
	up bond0 -s
	nothing_to_do bond0
	two_ports "mode: active-backup, arp_interval: 100, arp_ip_target: [192.0.2.7, 192.0.2.8], primary: p1"
	undone_at_every_step up bond0 -s
	up bond0 -s
	nothing_to_do bond0
	down bond0
	up bond0 -s
	state >"$BATS_TEST_TMPDIR/sysfs"
	down bond0
	up bond0
	state >"$BATS_TEST_TMPDIR/netlink"
	diff -u "$BATS_TEST_TMPDIR/sysfs" "$BATS_TEST_TMPDIR/netlink"
	down bond0 -s
	[ ! -e /sys/class/net/bond0 ]
}

@test "a kernel's refusal has its own words and the place of the value" {
	make_port p0 p1
	two_ports "mode: active-backup, miimon: 100"
	up bond0
	state >"$BATS_TEST_TMPDIR/before"
	two_ports "mode: active-backup, miimon: 200, lacp_rate: fast"
	run "$run_plan" up bond0 "$profiles"
	echo "$output"
	[ "$status" -eq 1 ]
	says "profiles.yaml:3:"
	says "cannot set option 'lacp_rate' to 'fast'"
	says "[kernel/refused]"
	says "everything is as it was before"
	state >"$BATS_TEST_TMPDIR/after"
	diff -u "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "a signal between two operations leads back" {
	make_port p0 p1
	two_ports "mode: active-backup, miimon: 100"
	state >"$BATS_TEST_TMPDIR/before"
	run "$run_plan" -t 3 up bond0 "$profiles"
	echo "$output"
	[ "$status" -eq 1 ]
	says "stopped by SIGTERM"
	state >"$BATS_TEST_TMPDIR/after"
	diff -u "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "what a killed change left is undone by the next one" {
	make_port p0 p1
	two_ports "mode: active-backup, miimon: 100"
	up bond0
	state >"$BATS_TEST_TMPDIR/before"
	two_ports "mode: balance-rr, miimon: 100"
	run "$run_plan" -k 5 up bond0 "$profiles"
	[ "$status" -eq 137 ]
	[ -s /run/bondtool/journal ]
	run "$run_plan" up bond0 "$profiles"
	echo "$output"
	[ "$status" -eq 1 ]
	says "an earlier change was interrupted"
	state >"$BATS_TEST_TMPDIR/after"
	diff -u "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
	[ ! -e /run/bondtool/journal ]
	up bond0
	nothing_to_do bond0
}

@test "a missing port, and a misspelt one" {
	make_port p0
	two_ports "mode: active-backup, miimon: 100"
	up bond0
	says "there is no interface 'p1'; the bond comes up without it"
	[ "$(cat /sys/class/net/bond0/bonding/slaves)" = p0 ]
	make_port p1
	up bond0
	says "attach to bond0"
	[ "$(cat /sys/class/net/bond0/bonding/slaves)" = "p0 p1" ]
	nothing_to_do bond0
}

@test "a primary that is not there is remembered" {
	make_port p0
	echo "profiles:" >"$profiles"
	bond bond0 "mode: active-backup, miimon: 50, primary: p1"
	port p0 bond0
	port p1 bond0
	up bond0
	proc_says bond0 "Primary Slave: None"
	make_port p1
	up bond0
	wait_until proc_says bond0 "Currently Active Slave: p1"
}

@test "a port of another bond or of a bridge is taken, and given back when that fails" {
	make_port p0 p1
	ip link add other type bond mode active-backup miimon 100
	ip link set p0 master other
	ip link set other up
	ip link add br0 up type bridge
	ip link set p1 master br0
	ip link set p1 up
	two_ports "mode: active-backup, miimon: 100"
	undone_at_every_step up bond0
	up bond0
	says "'p0' leaves 'other' and goes to 'bond0'"
	says "'p1' leaves 'br0' and goes to 'bond0'"
	[ "$(cat /sys/class/net/bond0/bonding/slaves)" = "p0 p1" ]
	nothing_to_do bond0
}

@test "an interface of another kind is left alone" {
	ip link add bond0 type dummy
	two_ports "mode: active-backup"
	run "$run_plan" up bond0 "$profiles"
	[ "$status" -eq 1 ]
	says "'bond0' is there already and is no bond but dummy"
}

@test "MTU 9000 over the bond, its ports and a VLAN" {
	make_port p0 p1
	two_ports "mode: balance-xor, miimon: 100" "802-3-ethernet: {mtu: 9000}"
	cat >>"$profiles" <<-END
		- connection: {id: office, type: vlan, interface-name: bond0.100}
		  vlan: {parent: bond0, id: 100}
		  802-3-ethernet: {mtu: 8000}
		  ipv4: {method: manual, addresses: [192.0.2.1/24]}
	END
	up bond0
	up office
	[ "$(cat /sys/class/net/{bond0,p0,p1}/mtu | sort -u)" = 9000 ]
	[ "$(cat /sys/class/net/bond0.100/mtu)" = 8000 ]
	ip -o addr show bond0.100 | grep -q 192.0.2.1/24
	nothing_to_do bond0
	nothing_to_do office
	down bond0
	says "delete: it stands on what is deleted"
	[ ! -e /sys/class/net/bond0.100 ]
	[ "$(cat /sys/class/net/{p0,p1}/mtu | sort -u)" = 1500 ]
}

@test "IPv6: addresses and a gateway, and switched off and on" {
	make_port p0 p1
	two_ports "mode: active-backup, miimon: 100" \
		"ipv6: {method: manual, addresses: ['2001:db8::1/64', '2001:db8::2/64'], gateway: '2001:db8::fe'}"
	up bond0
	[ "$(ip -6 -o addr show dev bond0 scope global | wc -l)" -eq 2 ]
	ip -6 route show default | grep -q 2001:db8::fe
	nothing_to_do bond0
	two_ports "mode: active-backup, miimon: 100" "ipv6: {method: disabled}"
	undone_at_every_step_of_one
	up bond0
	[ "$(cat /proc/sys/net/ipv6/conf/bond0/disable_ipv6)" = 1 ]
	[ -z "$(ip -6 addr show dev bond0)" ]
	nothing_to_do bond0
	two_ports "mode: active-backup, miimon: 100" "ipv6: {method: auto}"
	up bond0
	[ "$(cat /proc/sys/net/ipv6/conf/bond0/disable_ipv6)" = 0 ]
	nothing_to_do bond0
}

# undone_at_every_step_of_one: the same where a plan has a single step.
undone_at_every_step_of_one()
{
	state >"$BATS_TEST_TMPDIR/before"
	run "$run_plan" -r 1 up bond0 "$profiles"
	[ "$status" -eq 1 ]
	state >"$BATS_TEST_TMPDIR/after"
	diff -u "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "several bonds, each with its own ports" {
	local i
	for i in 0 1 2 3; do
		make_port "a$i" "b$i"
		bond "bond$i" "mode: active-backup, miimon: 100"
		port "a$i" "bond$i"
		port "b$i" "bond$i"
	done
	for i in 0 1 2 3; do up "bond$i"; done
	for i in 0 1 2 3; do
		[ "$(cat "/sys/class/net/bond$i/bonding/slaves")" = "a$i b$i" ]
		nothing_to_do "bond$i"
	done
	down bond2
	[ ! -e /sys/class/net/bond2 ]
	[ -e /sys/class/net/bond3 ]
}

@test "sixteen ports with queues" {
	local i names=()
	for i in {1..16}; do names+=("port$i"); done
	make_port "${names[@]}"
	bond bond0 "mode: balance-rr, miimon: 100"
	for i in {1..16}; do port "port$i" bond0 "bond-port: {queue-id: $i}"; done
	up bond0
	[ "$(cat /sys/class/net/bond0/bonding/slaves)" = "${names[*]}" ]
	[[ $(cat /sys/class/net/bond0/bonding/queue_id) == "port1:1 port2:2 "*"port16:16" ]]
	nothing_to_do bond0
}

@test "odd names" {
	local name
	for name in "a" "fifteen-letters" "b.0" "ünï" "bond_0-x+y"; do
		make_port "p$name" 2>/dev/null || make_port p9
		[ -e "/sys/class/net/p$name" ] || continue
		echo "profiles:" >"$profiles"
		bond "$name" "mode: active-backup, miimon: 100"
		port "p$name" "$name"
		up "$name"
		nothing_to_do "$name"
		down "$name"
	done
}

@test "another network namespace" {
	make_port p0 p1
	two_ports "mode: active-backup, miimon: 100"
	ip netns add inner
	ip link set p0 netns inner
	ip link set p1 netns inner
	run ip netns exec inner "$run_plan" up bond0 "$profiles"
	show_status
	ip netns exec inner grep -q "Currently Active Slave: p0" /proc/net/bonding/bond0
	[ ! -e /sys/class/net/bond0 ]
}

@test "a user without rights changes nothing" {
	make_port p0 p1
	profiles=$(mktemp -p /run/tmp)
	two_ports "mode: active-backup, miimon: 100"
	chmod a+r "$profiles"
	state >"$BATS_TEST_TMPDIR/before"
	run as_nobody "$run_plan" up bond0 "$profiles"
	echo "$output"
	[ "$status" -eq 1 ]
	says "needs root or CAP_NET_ADMIN"
	state >"$BATS_TEST_TMPDIR/after"
	diff -u "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after"
}

@test "one port goes and another comes, and the rest does not notice" {
	local before
	make_port p0 p1 p2
	two_ports "mode: active-backup, miimon: 100"
	up bond0
	before=$(cat /sys/class/net/p0/carrier_changes)
	down p1
	[ "$(cat /sys/class/net/bond0/bonding/slaves)" = p0 ]
	port p2 bond0
	up p2
	[ "$(cat /sys/class/net/bond0/bonding/slaves)" = "p0 p2" ]
	[ "$before" = "$(cat /sys/class/net/p0/carrier_changes)" ]
}

@test "two 802.3ad bonds in two namespaces find each other" {
	make_cable p0 peer q0
	make_cable p1 peer q1
	ip -n peer link set q0 down
	ip -n peer link set q1 down
	two_ports "mode: 802.3ad, miimon: 50, lacp_rate: fast"
	sed 's/p0/q0/g; s/p1/q1/g' "$profiles" >"$BATS_TEST_TMPDIR/peer.yaml"
	up bond0
	run ip netns exec peer "$run_plan" up bond0 "$BATS_TEST_TMPDIR/peer.yaml"
	show_status
	wait_until -t 60 grep -q "Number of ports: 2" /proc/net/bonding/bond0
	wait_until -t 60 ip netns exec peer grep -q "Number of ports: 2" /proc/net/bonding/bond0
	nothing_to_do bond0
}
