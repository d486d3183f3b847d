#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# limit: 900
# Scripts on the real driver: what convert --to iproute2 and --to sysfs write, run by sh, leads to
# the same state as "connection up" of the same configuration does in another namespace.

load lib

every_option=$BONDTOOL_BUILDDIR/tests/kernel/every-option

setup()
{
	config=$BATS_TEST_TMPDIR/profiles.yaml
	cd "$BATS_TEST_TMPDIR" || return
}

# The names of the ports that CONFIG names.
ports()
{
	"$BONDTOOL" convert --to json "$config" 2>/dev/null |
		jq -r '.. | .connection? | select(.type == "802-3-ethernet" and ."interface-name")
			| ."interface-name"'
}

# a_namespace NAME [PORT...]: a namespace with these ports, whose addresses are the same each time,
# and their cables in.
a_namespace()
{
	local n=0 port
	ip netns add "$1"
	ip -n "$1" link set lo up
	for port in "${@:2}"; do
		n=$((n + 1))
		ip -n "$1" link add dev "$port" address "$(printf 02:00:00:00:01:%02x $n)" type veth \
			peer name "far$n" address "$(printf 02:00:00:00:02:%02x $n)"
		ip -n "$1" link set "far$n" up
	done
}

# What the kernel says of the interfaces, without what depends on the moment or on indexes.
links()
{
	ip -d -j link show | jq -S '[.[] | {ifname, mtu, address, master, link,
		up: (.flags | index("UP") != null), kind: .linkinfo.info_kind,
		vlan: (if .linkinfo.info_kind == "vlan" then .linkinfo.info_data else null end),
		bond: (if .linkinfo.info_kind == "bond" then .linkinfo.info_data
			| del(.active_slave, .ad_info) else null end),
		port: (.linkinfo.info_slave_data // {} | {queue_id, prio, perm_hwaddr})}] |
		sort_by(.ifname)'
}

options()
{
	grep -rs '' /sys/class/net/*/bonding |
		grep -vE '/(active_slave|mii_status|ad_(aggregator|num_ports|actor_key|partner_key|partner_mac)):' |
		sort
}

ip_state()
{
	ip -j address show | jq -S '[.[] | {ifname, addresses: [.addr_info[] | select(.scope == "global")
		| {family, local, prefixlen, broadcast}]}] | sort_by(.ifname)'
	ip route show table all proto static | sed 's/ *linkdown *//' | sort
	ip -6 route show table all proto static | sed 's/ *linkdown *//' | sort
	grep -s '' /proc/sys/net/ipv6/conf/*/disable_ipv6
}

# A bond without ports has a random address, and so have VLANs on it. Ports of a bond that follows
# swap their addresses whenever another of them becomes the active one.
without_random()
{
	local file script=""
	for file in /sys/class/net/*/addr_assign_type; do
		[ "$(cat "$file")" != 1 ] || script+="s/$(cat "${file%/*}/address")/random/g;"
	done
	for file in /sys/class/net/*/master; do
		grep -qs follow "$file/bonding/fail_over_mac" || continue
		script+="s/$(cat "${file%/*}/address")/followed/g;"
	done
	sed "$script"
}

state() { { links && options && ip_state; } | without_random; }
export -f without_random links options ip_state state

# state_of NAMESPACE: into a file named after it.
state_of()
{
	local file=state-$1
	ip netns exec "$1" bash -c state >"$file"
}

same_state() { state_of "$1" && diff -u "state-$expected" "state-$1" >difference; }

# The tool brings up everything that is no port.
bring_up()
{
	local id ids said
	"$BONDTOOL" import "$config" >imported 2>&1 || { cat imported; return 1; }
	mapfile -t ids < <("$BONDTOOL" convert --to json "$config" 2>/dev/null |
		jq -r '.. | objects | select(.connection) | select(.connection.controller | not)
			| .connection.id')
	for id in "${ids[@]}"; do
		said=$("$BONDTOOL" connection up "$id" 2>&1) || { echo "$said"; return 1; }
	done
}
export -f bring_up
export config

# write FORMAT: the configuration as a script; losses are no failure, errors are.
write()
{
	local status=0
	"$BONDTOOL" convert --to "$1" "$config" >"$1.sh" 2>"$1.said" || status=$?
	[ "$status" = 0 ] || [ "$status" = 3 ] || { cat "$1.said"; return 1; }
}

# by_scripts [PORT...]: both scripts lead to what the tool leads to.
by_scripts()
{
	expected=tool
	a_namespace tool "$@"
	ip netns exec tool bash -c bring_up
	for format in iproute2 sysfs; do
		write $format
		a_namespace $format "$@"
		ip netns exec $format sh "$format.sh" || { cat $format.sh; return 1; }
	done
	for format in iproute2 sysfs; do
		state_of tool
		wait_until -t 5 same_state $format || { cat difference $format.sh; return 1; }
	done
}

@test "every mode with every option that it takes, watched by MII" {
	"$every_option" mii >"$config"
	# shellcheck disable=SC2046 # a word each
	by_scripts $(ports)
	grep -q 'mode:802.3ad 4$' state-tool && grep -q 'updelay:400$' state-tool
	[ "$(grep -c 'bonding/slaves:eth' state-tool)" -eq 7 ]
}

@test "every mode that can be watched by ARP, with every option" {
	"$every_option" arp >"$config"
	# shellcheck disable=SC2046
	by_scripts $(ports)
	grep -q 'arp_ip_target:10.0.0.98 10.0.0.99$' state-tool
	grep -q '2001:db8::98' state-tool
}

@test "configurations of random options, ports, VLANs and addresses" {
	local seeds=(1 2 3)
	[ "${BONDTOOL_LAB-}" != qemu ] || seeds=(3) # the slow one
	for seed in "${seeds[@]}"; do
		"$every_option" "$seed" >"$config"
		rm -f /etc/bondtool/connections/*
		# shellcheck disable=SC2046
		by_scripts $(ports) || { echo "seed $seed"; return 1; }
		for namespace in tool iproute2 sysfs; do ip netns delete $namespace; done
	done
}

@test "two bonds with ports, options of ports, VLANs, both families and routes" {
	cat >"$config" <<-'END'
	profiles:
	- connection: {id: Uplink, type: bond, interface-name: bond0}
	  802-3-ethernet: {mtu: 9000}
	  bond: {options: {mode: active-backup, miimon: 100, fail_over_mac: active, num_grat_arp: 3}}
	  ipv4: {method: manual, addresses: [10.0.0.1/24, 10.0.0.2/24, 10.0.5.0/31], gateway: 10.0.0.254,
	         routes: ["10.9.0.0/16 10.0.0.9 50 mtu=1400 src=10.0.0.2", "10.8.0.0/16", "10.7.0.0/16 type=blackhole",
	         "10.6.0.0/16 10.0.0.9 table=100 tos=16 initcwnd=20 quickack=1", "10.5.0.0/16 10.99.0.1 onlink=true"]}
	  ipv6: {method: manual, addresses: ["2001:db8::1/64"], gateway: "2001:db8::ff", route-metric: 300,
	         routes: ["2001:db8:1::/48 fe80::9", "2001:db8:2::/48 2001:db8::9 70"]}
	- connection: {id: eth0, type: 802-3-ethernet, interface-name: eth0, controller: bond0}
	  bond-port: {queue-id: 3, prio: 10}
	- connection: {id: eth1, type: 802-3-ethernet, interface-name: eth1, controller: bond0}
	  802-3-ethernet: {mtu: 1500}
	  bond-port: {queue-id: 4, prio: -10}
	- connection: {id: bond1, type: bond, interface-name: bond1}
	  802-3-ethernet: {cloned-mac-address: "02:00:00:00:00:aa"}
	  bond: {options: {mode: 802.3ad, miimon: 100, lacp_rate: fast}}
	  ipv4: {method: disabled}
	  ipv6: {method: disabled}
	- connection: {id: eth2, type: 802-3-ethernet, interface-name: eth2, controller: bond1}
	- connection: {id: tagged, type: vlan, interface-name: bond1.100}
	  802-3-ethernet: {mtu: 1400}
	  vlan: {parent: bond1, id: 100, flags: 2, ingress-priority-map: ["1:2", "3:4"], egress-priority-map: ["0:7"]}
	  ipv4: {method: manual, addresses: [192.0.2.1/30]}
	- connection: {id: service, type: vlan, interface-name: service}
	  vlan: {parent: bond0, id: 7, protocol: 802.1ad}
	  ipv6: {method: manual, addresses: ["2001:db8:7::1/64"]}
	END
	by_scripts eth0 eth1 eth2
	grep -q 'bonding/slaves:eth0 eth1$' state-tool
	[ "$(ip -n tool -4 route show table all proto static | wc -l)" -eq 6 ]
	[ "$(ip -n tool -6 route show table all proto static | wc -l)" -eq 3 ]
}

@test "ports that are known by their permanent MAC address" {
	cat >"$config" <<-'END'
	profiles:
	- connection: {id: bond0, type: bond, interface-name: bond0}
	  bond: {options: {mode: active-backup, miimon: 100, primary: red}}
	- connection: {id: first, type: 802-3-ethernet, controller: bond0}
	  802-3-ethernet: {mac-address: "02:00:00:00:01:02"}
	- connection: {id: second, type: 802-3-ethernet, interface-name: red, controller: bond0}
	  802-3-ethernet: {mac-address: "02:00:00:00:01:03"}
	END
	by_scripts blue green red
	grep -q 'bonding/slaves:green red$' state-tool
}

@test "an address that nobody has: nothing is changed" {
	cat >"$config" <<-'END'
	profiles:
	- connection: {id: bond0, type: bond, interface-name: bond0}
	  bond: {options: {mode: active-backup, miimon: 100}}
	- connection: {id: first, type: 802-3-ethernet, controller: bond0}
	  802-3-ethernet: {mac-address: "02:00:00:00:01:77"}
	END
	for format in iproute2 sysfs; do
		write $format
		run sh $format.sh
		[ "$status" -eq 1 ]
		[[ $output == *"no interface has the permanent MAC address 02:00:00:00:01:77"* ]]
		[ ! -e /sys/class/net/bond0 ]
	done
}

@test "a bond and a VLAN that are ports of a bond" {
	cat >"$config" <<-'END'
	profiles:
	- connection: {id: outer, type: bond, interface-name: outer}
	  bond: {options: {mode: active-backup, miimon: 100, primary: inner}}
	- connection: {id: eth9, type: 802-3-ethernet, interface-name: eth9}
	- connection: {id: eth9.5, type: vlan, interface-name: eth9.5, controller: outer}
	  vlan: {parent: eth9, id: 5}
	- connection: {id: inner, type: bond, interface-name: inner, controller: outer}
	  bond: {options: {mode: 802.3ad, miimon: 100}}
	- connection: {id: eth0, type: 802-3-ethernet, interface-name: eth0, controller: inner}
	END
	for format in iproute2 sysfs; do
		write $format
		a_namespace $format eth0 eth9
		ip netns exec $format sh $format.sh || { cat $format.sh; return 1; }
		state_of $format
		grep -q 'outer/bonding/slaves:eth9.5 inner$' state-$format
		grep -q 'outer/bonding/primary:inner$' state-$format
		grep -q 'inner/bonding/slaves:eth0$' state-$format
		expected=iproute2
		same_state $format
	done
}

@test "names that a shell would take for more than names" {
	cat >"$config" <<-'END'
	profiles:
	- connection: {id: "$(touch id)", type: bond, interface-name: "$(touch$IFS'a')"}
	  bond: {options: {mode: active-backup, miimon: 100, primary: "-n"}}
	  ipv4: {method: manual, addresses: [10.0.0.1/24]}
	  ipv6: {method: disabled}
	- connection: {id: "-n", type: 802-3-ethernet, interface-name: "-n", controller: "$(touch$IFS'a')"}
	  bond-port: {queue-id: 3, prio: 2}
	- connection: {id: quote, type: 802-3-ethernet, interface-name: "it's", controller: "$(touch$IFS'a')"}
	  802-3-ethernet: {mtu: 1400}
	- connection: {id: backslash, type: 802-3-ethernet, interface-name: 'a\nb', controller: "$(touch$IFS'a')"}
	  bond-port: {queue-id: 4}
	- connection: {id: tagged, type: vlan, interface-name: "`v`*"}
	  vlan: {parent: "$(touch$IFS'a')", id: 5}
	END
	by_scripts -n "it's" 'a\nb'
	[ ! -e id ] && [ ! -e a ]
}

@test "a primary that is not there yet, and an active port" {
	cat >"$config" <<-'END'
	profiles:
	- connection: {id: bond0, type: bond, interface-name: bond0}
	  bond: {options: {mode: active-backup, miimon: 100, primary: later0, active_slave: eth1}}
	- connection: {id: eth0, type: 802-3-ethernet, interface-name: eth0, controller: bond0}
	- connection: {id: eth1, type: 802-3-ethernet, interface-name: eth1, controller: bond0}
	END
	by_scripts eth0 eth1
	for format in iproute2 sysfs; do
		[ "$(ip netns exec $format cat /sys/class/net/bond0/bonding/active_slave)" = eth1 ]
		ip -n $format link add later0 type veth peer name far9
		ip -n $format link set far9 up
		ip -n $format link set later0 master bond0
		[ "$(ip netns exec $format cat /sys/class/net/bond0/bonding/primary)" = later0 ]
	done
}
