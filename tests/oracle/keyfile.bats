#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What bondtool writes for NetworkManager, as libnm itself reads it: `nmcli --offline' needs no
# daemon; it reads a keyfile, verifies it and prints it anew.
load lib

setup_file()
{
	local written=$BATS_FILE_TMPDIR/keyfile
	write_all keyfile "$written" 60 ifcfg ifupdown-ng interfaces json networkd yaml
	# Options that the driver refuses in the mode, a VLAN on nothing, a bond without a name.
	rm -r "$written"/{ifcfg-many-options,interfaces-ports-name-their-bond}
	rm -r "$written"/{networkd-no-netdev,yaml-crlf-no-newline}
}

nmcli_offline()
{
	LC_ALL=C "${tools:?}/network-manager/usr/bin/nmcli" --offline "$@"
}

# The keyfile on standard input as libnm prints it: changed in nothing, for it is not set there.
reprint()
{
	nmcli_offline connection modify connection.stable-id ''
}

# The bond options that this libnm knows, each between blanks: it lists them when it refuses one.
known_options()
{
	nmcli_offline connection add type bond con-name x ifname x bond.options none=0 2>&1 |
		sed -n "s/.*'none' not among \[\(.*\)\].*/ \1 /p" | tr -d ,
}

# The lines of a keyfile, each with its section, as far as libnm knows them. Debian 12 has one that
# lacks the newest; addresses of devices it writes in capitals.
lines() # KNOWN-OPTIONS
{
	awk -v known="$1" '
		/^\[/ { section = $0; next }
		!/=/ { next }
		section == "[bond]" && !index(known, " " substr($0, 1, index($0, "=") - 1) " ") { next }
		section == "[bond-port]" && /^prio=/ { next }
		section == "[ethernet]" && /mac-address=/ { $0 = tolower($0) }
		/_options=/ { # in any order
			count = split(substr($0, index($0, "=") + 1), items, ",")
			for (i = 1; i <= count; i++)
				print section substr($0, 1, index($0, "=")) items[i]
			next
		}
		{ print section $0 }' | sort
}

# What libnm writes out where a keyfile does not say it, and what it leaves out as its default.
implied='^(\[connection\](uuid|autoconnect)|\[bond\]mode|\[vlan\]flags|\[ipv[46]\]method|\[ipv6\]addr-gen-mode)='

# same_lines FILE PRINTED KNOWN: whether libnm found in FILE what stands there, and nothing else.
same_lines()
{
	local difference
	difference=$(diff <(lines "$3" <"$1") <(lines "$3" <"$2") | grep '^[<>]' |
		grep -vE "^[<>] ${implied#^}")
	[ -z "$difference" ] || { printf '%s:\n%s\n' "$1" "$difference" && return 1; }
}

@test "libnm accepts the keyfiles that bondtool writes, and prints them with the same values" {
	need_tool network-manager
	local file known failed=0 printed=$BATS_TEST_TMPDIR/printed
	known=$(known_options)
	[[ "$known" = *" miimon "* ]]
	for file in "$BATS_FILE_TMPDIR"/keyfile/*/*; do
		if reprint <"$file" >"$printed" 2>"$printed.said"; then
			same_lines "$file" "$printed" "$known" || failed=1
		elif ! { [[ $known != *" ns_ip6_target "* ]] && grep -q ^ns_ip6_target= "$file"; }; then
			echo "$file: $(cat "$printed.said")"
			failed=1
		fi
	done
	return $failed
}
