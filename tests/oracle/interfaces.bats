#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What bondtool writes for ifupdown, ifupdown-ng and ifupdown2, as these tools themselves read it:
# the same interfaces, ports, bond options and addresses.
load lib

setup_file()
{
	write_all interfaces "$BATS_FILE_TMPDIR/interfaces" 60 ifcfg json keyfile networkd yaml
	write_all ifupdown-ng "$BATS_FILE_TMPDIR/ifupdown-ng" 60 ifcfg json keyfile networkd yaml
	write_all ifupdown2 "$BATS_FILE_TMPDIR/ifupdown2" 20 keyfile networkd
	# Two profiles for one interface are no configuration of ifupdown's.
	rm -r "$BATS_FILE_TMPDIR"/*/keyfile-two-profiles-for-one-bond
}

# Lines INTERFACE KEY VALUE... of any of the tools, as facts.
facts()
{
	awk '
	function prefix_of(mask,   bytes, i, sum) {
		if (split(mask, bytes, ".") != 4)
			return mask
		for (i = 1; i <= 4; i++)
			for (; bytes[i] > 0; bytes[i] = bytes[i] * 2 % 256)
				sum++
		return sum + 0
	}
	{
		name = $1
		key = tolower($2)
		sub(/:$/, "", key)
		gsub(/_/, "-", key)
		value = $0
		sub(/^[^ ]+ +[^ ]+ */, "", value)
		count = split(value, words, /[ ,]+/)
	}
	key ~ /^bond-(slaves|ports|members)$/ {
		for (i = 1; i <= count; i++)
			if (words[i] != "none")
				print words[i], "controller", name
		next
	}
	key == "bond-master" {
		print name, "controller", value
		port[name] = 1
		next
	}
	key ~ /^bond-/ {
		gsub(/-/, "_", key)
		sub(/peer_notify_delay/, "peer_notif_delay", key)
		list = words[1]
		for (i = 2; i <= count; i++)
			list = list "," words[i]
		options[++n_options] = name " option " substr(key, 6) " " list
	}
	key == "address" && value ~ /\// { print name, "address", value; next }
	key == "address" { address = value }
	key == "netmask" { print name, "address", address "/" prefix_of(value) }
	END {
		for (i = 1; i <= n_options; i++) { # the primary of a port is meant for its bond
			split(options[i], words, " ")
			if (words[3] != "primary" || !(words[1] in port))
				print options[i]
		}
	}' | sort -u
}

ifquery_facts() # FILE INTERFACE...
{
	local name file=$1
	shift
	for name; do
		"${tools:?}/ifupdown/sbin/ifquery" -i "$file" --state-dir="$BATS_TEST_TMPDIR" "$name" |
			sed "s/^/$name /"
	done | facts
}

ifparse_facts() # FILE
{
	"${tools:?}/ifupdown-ng/sbin/ifparse" -A -i "$1" |
		awk '/^iface / { name = $2; next } /^  / { sub(/^ +/, name " "); print }' | facts
}

ifupdown2_facts() # FILE INTERFACE...
{
	local file=$1
	shift
	[ $# -gt 0 ] || return 0
	ifupdown2_query -i "$file" "$@" 2>"$BATS_TEST_TMPDIR/said" |
		awk '/^iface / { name = $2; next } /^\t/ { sub(/^\t/, name " "); print }' | facts
	complaints "$BATS_TEST_TMPDIR/said"
}

# What ifupdown2 minds. Debian 12 has 3.0.0, which does not know ARP monitoring yet; dns-... is for
# resolvconf's scripts; and `none' it takes for the name of a port.
complaints()
{
	grep -vE -e 'unsupported keyword \((bond-arp-(interval|ip-target)|dns-(nameservers|search))\)' \
		-e 'none bond slave is enslaved to multiple interfaces' "$1" || :
}

# Its main program acts by its name, and tells its settings from /etc/network.
ifupdown2_query()
{
	# shellcheck disable=SC2016 # expands inside
	privately bash -c '
		cp -r "$1/etc/network/ifupdown2" /etc/network/ && mkdir -p /run/network /run/bin
		sed -i "s/^addon_syntax_check=.*/addon_syntax_check=1/" /etc/network/ifupdown2/*.conf
		cp -r "$1/usr/share/ifupdown2" /run/ && cd /run/ifupdown2
		mv __main__.py ifquery && shift
		exec python3 ./ifquery "$@"' ifupdown2 "${tools:?}/ifupdown2" "$@"
}

# The interfaces that a file describes with stanzas of their own.
stanzas()
{
	sed -n 's/^iface \([^ ]*\) .*/\1/p' "$1" | grep -vx lo | sort -u
}

# compare FORMAT CMD: CMD FILE INTERFACE... yields the tool's facts of all that was written.
compare()
{
	local folder file failed=0 names ours
	for folder in "$BATS_FILE_TMPDIR/$1"/*/; do
		file=$folder/interfaces
		mapfile -t names < <(stanzas "$file")
		ours=$(model "$1" "$file" | model_facts)
		[ "$1" != ifupdown2 ] || ours=$(grep -v ' option arp_' <<<"$ours")
		agree "$(basename "$folder")" "$ours" "$("$2" "$file" "${names[@]}")" || failed=1
	done
	return $failed
}

@test "ifupdown understands what is written for it" {
	need_tool ifupdown
	compare interfaces ifquery_facts
}

@test "ifupdown-ng understands what is written for it" {
	need_tool ifupdown-ng
	compare ifupdown-ng ifparse_facts
}

@test "ifupdown2 understands what is written for it" {
	need_tool ifupdown2
	compare ifupdown2 ifupdown2_facts
}
