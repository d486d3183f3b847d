#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel's command line as NetworkManager reads it in an initramfs: nm-initrd-generator makes
# keyfiles of it, which have to mean what bondtool finds in the line.
load lib

generator=${tools:?}/network-manager/usr/lib/NetworkManager/nm-initrd-generator

# generate FOLDER WORD...: the keyfiles of a command line, in FOLDER.
generate()
{
	local folder=$1
	shift
	mkdir "$folder"
	"$generator" -c "$folder" -p "$folder.none" -i "$folder.initrd" -r "$folder.run" \
		-d "$folder.none" -- "$@" 2>"$folder.said"
}

# What the generator sets besides, to have an interface soon or never, and the hostname, which
# bondtool keeps as it is: it is the machine's.
besides='^(connection\.(autoconnect(-priority|-retries)?|multi-connect|wait-device-timeout)|ipv[46]\.(dhcp-timeout|dhcp-hostname|may-fail))$'

# same_meaning FILE FOLDER: whether the command line in FILE and the keyfiles in FOLDER mean the
# same. A bond without ports gets eth0, of which bondtool warns; the interface below a VLAN gets a
# profile that says nothing.
same_meaning()
{
	local difference
	difference=$("$BONDTOOL" diff --from cmdline --to keyfile "$1" "$2" 2>/dev/null |
		awk -v besides="$besides" '
			NR == 1 || $2 ~ besides { next }
			$2 == "connection.type" && $3 == "--" && $4 == "802-3-ethernet" { next }
			{ print }')
	[ -z "$difference" ] || { printf '%s:\n%s\n%s\n' "$(cat "$1")" "$difference" "$(cat "$2.said")" && return 1; }
}

@test "nm-initrd-generator finds in a command line what bondtool finds there" {
	need_tool network-manager
	local case folder=$BATS_TEST_TMPDIR count=0 failed=0 words
	for case in by-mac-address ipv6-addresses mtu option-order peerdns plain repeated-bond \
		route-by-bootdev second-ip single-target vlan-as-port; do
		case $case in
		# Debian 12 has one that cannot read [2001:db8::]/48, sets the prefix apart, and drops
		# the name server of an interface that has none.
		ipv6-addresses) words='bond=bond0:ens3,ens4:mode=802.3ad ip=[2001:db8::10]::[2001:db8::1]:64::bond0:none:[2001:db8::53]:[2001:db8::54] rd.route=[2001:db8:7::/48]:[2001:db8::2]:bond0' ;;
		mtu) words='bond=bond0:eth0,eth1:mode=1:9000 ip=192.0.2.1::192.0.2.254:24::bond0:none:1480:52:54:00:12:34:56 ip=eth5:dhcp:1400' ;;
		peerdns) words='bond=bond0:eth0,eth1:mode=1 ip=bond0:on rd.peerdns=0 nameserver=192.0.2.53' ;;
		single-target) words='bond=bond0:ens3,ens4:mode=active-backup,arp_interval=200,arp_ip_target=10.0.0.1,arp_validate=all ip=bond0:dhcp' ;;
		*) words=$(cat "$SRCDIR/tests/fixtures/cmdline/$case/in/"*) ;;
		esac
		echo "$words" >"$folder/$case"
		# shellcheck disable=SC2086 # the words of a command line
		set -f && generate "$folder/$case.found" $words && set +f
		same_meaning "$folder/$case" "$folder/$case.found" || failed=1
		count=$((count + 1))
	done
	[ $count = 11 ] && return $failed
}

# The model on standard input without what Debian 12's generator cannot read (several targets, those
# of IPv6, options that are newer) and what NetworkManager refuses: targets without an interval, and
# the other way round.
tame()
{
	jq '.profiles[] |= if .bond.options then .bond.options |= (
			del(.ns_ip6_target, .arp_missed_max, .lacp_active, .ad_actor_system) |
			if .arp_ip_target and (.arp_interval // 0) > 0 then .arp_ip_target |= .[:1]
			else del(.arp_interval, .arp_ip_target) end
		) else . end'
}

# try_model MODEL FOLDER: whether the command line that bondtool writes for it is read alike.
try_model()
{
	local file
	write json cmdline "$2" "$1"
	file=$(find "$2" -type f)
	[ -s "$file" ] || return 0
	# shellcheck disable=SC2046 # the words of a command line
	set -f && generate "$2.found" $(cat "$file") && set +f
	same_meaning "$file" "$2.found"
}

@test "nm-initrd-generator reads the command lines that bondtool writes as they were meant" {
	need_tool network-manager
	local folder=$BATS_TEST_TMPDIR seed failed=0 tried=0
	for ((seed = 1; seed <= 60; seed++)); do
		"$BUILDDIR/tests/oracle/random-config" $seed | tame >"$folder/$seed.json"
		try_model "$folder/$seed.json" "$folder/$seed" || failed=1
		tried=$((tried + 1))
	done
	[ $tried = 60 ] && return $failed
}
