# SPDX-License-Identifier: GPL-2.0-or-later
# What the kernel tests share: ports with cables that can be pulled, waiting, and a user without
# rights. A test already stands in its own network namespace (see run), so plain ip, bondtool, cat
# and /sys work on that; what is at the far end of the cables stands in other namespaces.
# shellcheck shell=bash

# The namespace and the peer at the far end of each port's cable.
declare -gA cable_ns cable_peer

# far_end NS: a namespace for the far end of cables, once.
far_end()
{
	[ -e "/run/netns/$1" ] || ip netns add "$1"
}

# make_port NAME...: ports whose cables lead to one switch.
make_port()
{
	local name
	if [ ! -e /run/netns/switch ]; then
		far_end switch
		ip -n switch link add switch up type bridge
	fi
	for name; do
		make_cable "$name" switch "$name"
		ip -n switch link set "$name" master switch
	done
}

# make_cable PORT NS PEER: a port whose cable leads to the port PEER in the namespace NS; both down,
# as new ports are, but the far end has power, so that the cable is in.
make_cable()
{
	far_end "$2"
	ip link add "$1" type veth peer name "$3" netns "$2"
	ip -n "$2" link set "$3" up
	cable_ns[$1]=$2
	cable_peer[$1]=$3
}

pull_cable()
{
	ip -n "${cable_ns[$1]}" link set "${cable_peer[$1]}" down
}

plug_cable()
{
	ip -n "${cable_ns[$1]}" link set "${cable_peer[$1]}" up
}

# wait_until [-t SECONDS] CMD [ARG...]: runs CMD again and again until it succeeds; at most 20 s.
wait_until()
{
	local seconds=20 end
	if [ "$1" = -t ]; then
		seconds=$2
		shift 2
	fi
	end=$((SECONDS + seconds))
	until "$@"; do
		if ((SECONDS >= end)); then
			echo "after $seconds s still not: $*" >&2
			return 1
		fi
		sleep 0.05
	done
}

# proc_says BOND TEXT: whether a line of the kernel's own status of BOND is TEXT.
proc_says()
{
	grep -qxF -- "$2" "/proc/net/bonding/$1"
}

# as_nobody CMD [ARG...]: runs CMD as a user without rights.
as_nobody()
{
	setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all "$@"
}
