#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The status text is the driver's own, byte for byte: status-dump compares the two and prints ours.

load lib

dump=$BONDTOOL_BUILDDIR/tests/kernel/status-dump
modes=(balance-rr active-backup balance-xor broadcast 802.3ad balance-tlb balance-alb)

# same BOND: as root, and as a user who may not see everything.
same()
{
	"$dump" text "$1" >"$BATS_TEST_TMPDIR/text"
	as_nobody "$dump" text "$1" >"$BATS_TEST_TMPDIR/text-nobody"
}

# shows LINE: the last status compared has this line.
shows()
{
	grep -qxF -- "$1" "$BATS_TEST_TMPDIR/text"
}

# lacks TEXT [FILE]: the last status compared (or another) has no line with TEXT.
lacks()
{
	if grep -F -- "$1" "$BATS_TEST_TMPDIR/${2-text}"; then
		return 1
	fi
}

# add_ports BOND PORT...
add_ports()
{
	local bond=$1 port
	shift
	for port; do
		ip link set "$port" down
		ip link set "$port" master "$bond"
	done
}

# make_bond NAME OPTION...: with two ports p0 and p1, up.
make_bond()
{
	local bond=$1
	shift
	ip link add "$bond" type bond "$@"
	make_port p0 p1
	add_ports "$bond" p0 p1
	ip link set "$bond" up
}

@test "a new bond in each mode, without ports" {
	local mode
	for mode in "${modes[@]}"; do
		ip link add bond0 type bond mode "$mode"
		same bond0
		lacks "Slave Interface: p0"
		ip link delete bond0
	done
}

@test "a running bond in each mode, then with a cable pulled" {
	local mode
	for mode in "${modes[@]}"; do
		make_bond bond0 mode "$mode" miimon 50
		wait_until proc_says bond0 "MII Status: up"
		same bond0
		shows "Slave Interface: p1"
		shows "Speed: 10000 Mbps"
		pull_cable p0
		wait_until proc_says bond0 "Link Failure Count: 1"
		same bond0
		shows "MII Status: down"
		ip link delete bond0
		ip link delete p0
		ip link delete p1
	done
}

@test "each fail_over_mac" {
	local policy
	for policy in none active follow; do
		make_bond bond0 mode active-backup miimon 50 fail_over_mac $policy
		wait_until proc_says bond0 "Currently Active Slave: p0"
		same bond0
		pull_cable p0
		wait_until proc_says bond0 "Currently Active Slave: p1"
		same bond0
		[ $policy = none ] ||
			shows "Bonding Mode: fault-tolerance (active-backup) (fail_over_mac $policy)"
		ip link delete bond0
		ip link delete p0
		ip link delete p1
	done
}

@test "a primary that is there, one that is not yet, and one that left" {
	make_bond bond0 mode active-backup miimon 50
	echo p2 >/sys/class/net/bond0/bonding/primary
	same bond0
	shows "Primary Slave: None"
	make_port p2
	add_ports bond0 p2
	same bond0
	shows "Primary Slave: p2 (primary_reselect always)"
	ip link set bond0 type bond primary_reselect failure
	same bond0
	shows "Primary Slave: p2 (primary_reselect failure)"
	ip link set p2 nomaster
	same bond0
	shows "Primary Slave: None"
}

@test "delays, and a link that is going back and going down" {
	make_bond bond0 mode active-backup miimon 50
	wait_until proc_says bond0 "Currently Active Slave: p0"
	ip link set bond0 type bond updelay 5000 downdelay 5000 peer_notify_delay 300
	pull_cable p1
	wait_until proc_says bond0 "MII Status: going down"
	same bond0
	shows "MII Status: going down"
	shows "Peer Notification Delay (ms): 300"
	ip link set bond0 type bond downdelay 0
	wait_until proc_says bond0 "MII Status: down"
	plug_cable p1
	wait_until proc_says bond0 "MII Status: going back"
	same bond0
	shows "Up Delay (ms): 5000"
	shows "MII Status: going back"
}

@test "ARP targets of both families, few and many" {
	ip link add bond0 type bond mode active-backup arp_interval 100
	same bond0
	shows "ARP IP target/s (n.n.n.n form):"
	ip link set bond0 type bond arp_ip_target 10.0.0.1,192.168.255.254
	same bond0
	shows "ARP IP target/s (n.n.n.n form): 10.0.0.1, 192.168.255.254"
	shows "NS IPv6 target/s (xx::xx form):"
	ip link set bond0 type bond arp_missed_max 5 \
		arp_ip_target "$(printf '10.1.2.%d,' {1..15})10.1.2.16" \
		ns_ip6_target "$(printf '2001:db8::%x,' {1..15})2001:db8::10"
	same bond0
	shows "ARP Missed Max: 5"
}

# The kernel's way of writing these is not quite that of the C library.
@test "IPv6 targets of every shape" {
	local -A shapes=(
		[fe80::1]=fe80::1
		[2001:db8:0:0:1:0:0:1]=2001:db8::1:0:0:1
		[2001:db8:0:1:1:1:1:1]=2001:db8:0:1:1:1:1:1
		[2001:0:0:1:0:0:0:1]=2001:0:0:1::1
		[1:2:3:4:5:6:0:0]=1:2:3:4:5:6::
		[1:0:0:0:0:0:0:0]=1::
		[::2]=::2
		[::10.0.0.1]=::a00:1
		[::ffff:10.0.0.1]=::ffff:10.0.0.1
		[fe80::5efe:10.0.0.1]=fe80::5efe:10.0.0.1
		[2001:db8:1:1:200:5efe:c000:201]=2001:db8:1:1:200:5efe:192.0.2.1
		[1:2:3::5efe:1.2.3.4]=1:2:3::5efe:1.2.3.4
		[2001:db8::c000:201]=2001:db8::c000:201
		[abcd:ef01:2345:6789:abcd:ef01:2345:6789]=abcd:ef01:2345:6789:abcd:ef01:2345:6789
	)
	local shape
	ip link add bond0 type bond mode active-backup arp_interval 100
	for shape in "${!shapes[@]}"; do
		ip link set bond0 type bond ns_ip6_target "$shape"
		same bond0
		shows "NS IPv6 target/s (xx::xx form): ${shapes[$shape]}"
	done
}

@test "the hash policies, and modes that hash only without dynamic balancing" {
	local policy
	ip link add bond0 type bond mode balance-xor
	for policy in layer2 layer3+4 layer2+3 encap2+3 encap3+4 vlan+srcmac; do
		ip link set bond0 type bond xmit_hash_policy $policy
		same bond0
		grep -qF "Transmit Hash Policy: $policy (" "$BATS_TEST_TMPDIR/text"
	done
	for mode in balance-tlb balance-alb; do
		ip link delete bond0
		ip link add bond0 type bond mode $mode
		same bond0
		lacks "Transmit Hash Policy: layer2 (0)"
		ip link set bond0 type bond tlb_dynamic_lb 0
		same bond0
		shows "Transmit Hash Policy: layer2 (0)"
	done
}

@test "ports that are down, whose speed was another when they were up" {
	ip link add bond0 type bond mode active-backup miimon 50
	ip tuntap add tap0 mode tap
	ip tuntap add tap1 mode tap
	add_ports bond0 tap0 tap1
	ip link set bond0 up
	ip link set tap0 down
	same bond0
	lacks "Speed: Unknown"
	"$BONDTOOL_BUILDDIR/tests/kernel/set-speed" tap0 2500
	same bond0
	lacks 2500
	ip link set tap0 up
	same bond0
	shows "Speed: 2500 Mbps"
}

@test "a port whose driver tells no speed" {
	ip link add bond0 type bond mode balance-rr
	ip link add d0 type dummy
	add_ports bond0 d0
	ip link set bond0 up
	same bond0
	shows "Speed: Unknown"
	shows "Duplex: Unknown"
}

@test "ports in the order in which they came, not of their numbers" {
	make_port p0 p1 p2
	ip link add bond0 type bond mode balance-rr
	add_ports bond0 p2 p0 p1
	same bond0
	[ "$(grep -h 'Slave Interface' "$BATS_TEST_TMPDIR/text" | tr '\n' ,)" = \
		"Slave Interface: p2,Slave Interface: p0,Slave Interface: p1," ]
	ip link set p2 nomaster
	add_ports bond0 p2
	same bond0
}

@test "20 ports, names of 15 characters, and queues" {
	local i names=()
	for i in {10..29}; do
		names+=("a-long.name_@$i")
		ip link add "a-long.name_@$i" type dummy
	done
	ip link add bond-with-15-ch type bond mode balance-xor
	add_ports bond-with-15-ch "${names[@]}"
	ip link set a-long.name_@12 type bond_slave queue_id 7
	ip link set bond-with-15-ch up
	same bond-with-15-ch
	shows "Slave Interface: a-long.name_@29"
	shows "Slave queue ID: 7"
}

# add_many BOND PREFIX: 350 ports, in an order that is not that of their numbers.
add_many()
{
	local i
	ip link add "$1" type bond mode balance-rr
	for i in {449..100}; do
		echo "link add $2$i type dummy"
	done >"$BATS_TEST_TMPDIR/batch"
	for i in {100..449}; do
		echo "link set $2$i master $1"
	done >>"$BATS_TEST_TMPDIR/batch"
	ip -batch "$BATS_TEST_TMPDIR/batch"
}

# sysfs shows only as many ports as fit on a page, then "++more++" if there is room for that.
@test "more ports than sysfs can list, in their order" {
	add_many bond0 names-of-
	grep -qF '++more++' /sys/class/net/bond0/bonding/slaves
	same bond0
	[ "$(grep -c 'Slave Interface' "$BATS_TEST_TMPDIR/text")" = 350 ]
	add_many bond1 a-name-of-15
	[ "$(grep -cF '++more++' /sys/class/net/bond1/bonding/slaves)" = 0 ]
	same bond1
	[ "$(grep -c 'Slave Interface' "$BATS_TEST_TMPDIR/text")" = 350 ]
}

@test "802.3ad without a partner, and every LACP option" {
	make_bond bond0 mode 802.3ad miimon 50 lacp_rate fast min_links 2 ad_select bandwidth \
		ad_actor_sys_prio 1000 ad_user_port_key 77 ad_actor_system 02:00:5e:00:00:01 \
		lacp_active off
	same bond0
	shows "System priority: 1000"
	shows "System MAC address: 02:00:5e:00:00:01"
	shows "LACP active: off"
	shows "Aggregator selection policy (ad_select): bandwidth"
	lacks "System priority" text-nobody
	grep -q "Aggregator ID" "$BATS_TEST_TMPDIR/text-nobody"
}

@test "802.3ad whose ports are all down, and one that lost them" {
	make_bond bond0 mode 802.3ad miimon 50
	pull_cable p0
	pull_cable p1
	wait_until grep -q "Link Failure Count: 1" /proc/net/bonding/bond0
	same bond0
	ip link set p0 nomaster
	ip link set p1 nomaster
	same bond0
	shows "bond bond0 has no active aggregator"
}

@test "LACP negotiated with a partner, a port lost, and churn" {
	local end
	make_cable p0 peer q0
	make_cable p1 peer q1
	for end in "" "-n peer"; do
		# shellcheck disable=SC2086 # no word, or two
		ip $end link add bond0 type bond mode 802.3ad miimon 50 lacp_rate fast
	done
	add_ports bond0 p0 p1
	for port in q0 q1; do
		ip -n peer link set $port down
		ip -n peer link set $port master bond0
	done
	ip link set bond0 up
	ip -n peer link set bond0 up
	wait_until -t 60 grep -q "Number of ports: 2" /proc/net/bonding/bond0
	wait_until -t 60 grep -q "port state: 63" /proc/net/bonding/bond0
	same bond0
	shows "	Number of ports: 2"
	shows "    port state: 63"
	grep -q "Partner Churn State" "$BATS_TEST_TMPDIR/text-nobody"
	lacks "lacp pdu" text-nobody
	ip netns exec peer "$dump" text bond0 >"$BATS_TEST_TMPDIR/text"
	shows "    port state: 63"
	ip -n peer link set q1 nomaster
	wait_until -t 60 grep -q "Number of ports: 1" /proc/net/bonding/bond0
	same bond0
}

# without_proc CMD [ARG...]: runs CMD where there is no /proc.
without_proc()
{
	unshare --mount sh -c 'mount -t tmpfs none /proc && exec "$@"' sh "$@"
}

@test "without /proc only what nothing else tells is missing" {
	make_bond bond0 mode active-backup miimon 50
	ip link set bond0 type bond primary p1
	wait_until proc_says bond0 "Currently Active Slave: p1"
	[ "$(without_proc "$dump" print bond0)" = "$(cat /proc/net/bonding/bond0)" ]
	ip link add bond1 type bond mode 802.3ad miimon 50
	add_ports bond1 p0
	ip link set bond1 up
	wait_until grep -q "Number of ports: 1" /proc/net/bonding/bond1
	without_proc "$dump" print bond1 >"$BATS_TEST_TMPDIR/text"
	diff "$BATS_TEST_TMPDIR/text" <(grep -vE '^(System|Active Agg|	)|Churned Count|^details|^    ' \
		/proc/net/bonding/bond1)
}

@test "JSON spells LACP's port state out" {
	make_bond bond0 mode 802.3ad miimon 50
	ip link add bond1 type bond mode active-backup arp_interval 200 arp_ip_target 10.0.0.1
	"$dump" json bond0 >"$BATS_TEST_TMPDIR/json"
	jq -e '.bonds | length == 1' "$BATS_TEST_TMPDIR/json"
	jq -e '.bonds[0].options.mode == "802.3ad" and .bonds[0].monitor == "mii"' \
		"$BATS_TEST_TMPDIR/json"
	jq -e '["activity", "timeout", "aggregation", "synchronization", "collecting",
		"distributing", "defaulted", "expired"] as $words | .bonds[0].ports[0].actor |
		.port_state as $state | .port_state_bits == [$words | to_entries[] |
		select(($state / pow(2; .key) | floor) % 2 == 1) | .value] and $state > 0' \
		"$BATS_TEST_TMPDIR/json"
	"$dump" json >"$BATS_TEST_TMPDIR/json"
	jq -e '[.bonds[].name] == ["bond0", "bond1"]' "$BATS_TEST_TMPDIR/json"
	jq -e '.bonds[1].options.arp_ip_target == ["10.0.0.1"] and .bonds[1].monitor == "arp"' \
		"$BATS_TEST_TMPDIR/json"
	as_nobody "$dump" json bond0 >"$BATS_TEST_TMPDIR/json"
	jq -e '.bonds[0] | has("system_priority") | not' "$BATS_TEST_TMPDIR/json"
}

@test "names that are no text" {
	local name=$'b\xff\xc3\xa9\xed'
	ip link add "$name" type bond mode active-backup
	ip link add $'p\xfe' type dummy
	add_ports "$name" $'p\xfe'
	ip link set "$name" type bond primary $'p\xfe'
	same "$name"
	"$dump" json >"$BATS_TEST_TMPDIR/json"
	jq -e '.bonds[0].name == "b\\xffé\\xed" and .bonds[0].options.primary == "p\\xfe"' \
		"$BATS_TEST_TMPDIR/json"
}

# The kernel marks dumps between which links came or went; those are begun anew.
@test "links that come and go while we read" {
	local pid i good=0
	make_bond bond0 mode 802.3ad miimon 50
	for i in {1..50}; do
		echo "link add d$i type dummy"
	done >"$BATS_TEST_TMPDIR/batch"
	for i in {1..50}; do
		echo "link delete d$i"
	done >>"$BATS_TEST_TMPDIR/batch"
	(while :; do ip -batch "$BATS_TEST_TMPDIR/batch"; done) >/dev/null 2>&1 3>&- &
	pid=$!
	for i in {1..30}; do
		"$dump" json >"$BATS_TEST_TMPDIR/json" &&
			jq -e '[.bonds[0].ports[].name] == ["p0", "p1"]' "$BATS_TEST_TMPDIR/json" &&
			good=$((good + 1))
	done
	kill $pid
	[ $good -eq 30 ]
}

@test "a name that is no bond, and one that is nothing" {
	run "$dump" text lo
	[ "$status" -eq 2 ]
	[[ $output == *"interface 'lo' is no bond"* ]]
	run "$dump" text bond7
	[ "$status" -eq 2 ]
	[[ $output == *"there is no interface 'bond7'"* ]]
	run "$dump" text a-name-of-more-than-15
	[ "$status" -eq 2 ]
	[[ $output == *"there is no interface"* ]]
}
