#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What bondtool writes as netplan, as netplan itself reads it: what `generate' makes of it for
# systemd-networkd and for NetworkManager, read by bondtool, is what bondtool reads in the text.
load lib

units=run/systemd/network keyfiles=run/NetworkManager/system-connections # below the root of generate

setup_file()
{
	local written=$BATS_FILE_TMPDIR/netplan
	write_all netplan "$written" 30 ifcfg ifupdown-ng interfaces json keyfile networkd yaml
	rm -r "$written/interfaces-continuation-lost" # an interface called "\\", which jq escapes
}

# generate ROOT FILE...: what netplan makes of the files, below ROOT/run.
generate()
{
	local root=$1
	shift
	rm -rf "$root"
	mkdir -p "$root/etc/netplan"
	install -m 600 -t "$root/etc/netplan" "$@"
	"${tools:?}/netplan.io/usr/libexec/netplan/generate" --root-dir "$root"
}

# More facts than those of lib.bash: what netplan hands on besides. A default route is a gateway,
# and a route without one is one on the link. Where 0 is the default, netplan does not pass it on.
netplan_facts()
{
	jq -r '
		def route: sub(" scope=253"; "") | sub("^(0\\.0\\.0\\.0/0|::/0) "; "default ") |
			split(" ") | [.[] | select(contains("=") | not)] + ([.[] | select(contains("="))] | sort) |
			join(" ");
		.profiles[] | .connection["interface-name"] as $name |
		((.bond.options // {}) | to_entries[] |
			select((.key == "all_slaves_active" or .key == "min_links") and .value == 0 | not) |
			"\($name) option \(.key) \([.value] | flatten | join(","))"),
		(.connection | select(.controller) | "\($name) controller \(.controller)"),
		(.["802-3-ethernet"] // {} | to_entries[] |
			"\($name) \(.key) \(.value | tostring | ascii_downcase)"),
		(.vlan // {} | to_entries[] | select(.key == "id" or .key == "parent") |
			"\($name) vlan.\(.key) \(.value)"),
		(select(.connection["port-type"] != "bond") | .ipv4, .ipv6 | select(.) |
			(.method | "\($name) method \(.)"),
			(.addresses // [] | .[] | "\($name) address \(.)"),
			(.gateway // empty | "\($name) route default \(.)"),
			(.routes // [] | .[] | "\($name) route \(route)"),
			(.dns // [] | .[] | "\($name) dns \(.)"),
			(.["dns-search"] // [] | .[] | "\($name) search \(.)"))' |
		sort -u
}

# The facts of a model in which bondtool finds no error.
facts()
{
	model "$@" | netplan_facts
}

# says RULE FORMAT PATH...: the messages of bondtool under the rules that RULE, an expression, matches.
says()
{
	local rule=$1
	shift
	"$BONDTOOL" check -j --from "$@" 2>/dev/null |
		jq -r --arg rule "^($rule)\$" '.. | objects | select(.rule // "" | test($rule)) | .message'
}

@test "netplan accepts the files that bondtool writes, and makes the same units of them" {
	need_tool netplan.io
	local folder failed=0 root=$BATS_TEST_TMPDIR/root
	for folder in "$BATS_FILE_TMPDIR"/netplan/*/; do
		if ! generate "$root" "$folder"/*.yaml >"$root.said" 2>&1; then
			echo "$folder: $(cat "$root.said")" && failed=1
			continue
		fi
		agree "$folder" "$(facts netplan "$folder"/*.yaml)" "$(facts networkd "$root/$units")" || failed=1
	done
	[ "$failed" = 0 ]
}

@test "for NetworkManager netplan makes the keyfiles that bondtool understands" {
	need_tool netplan.io
	local folder failed=0 compared=0 root=$BATS_TEST_TMPDIR/root text=$BATS_TEST_TMPDIR/manager.yaml
	for folder in "$BATS_FILE_TMPDIR"/netplan/*/; do
		sed 's/^  renderer: networkd/  renderer: NetworkManager/' "$folder"/*.yaml >"$text"
		generate "$root" "$text" >"$root.said" 2>&1 || continue # only networkd can do that
		if [ -n "$(says keyfile/refused keyfile "$root/$keyfiles")" ]; then
			[ -n "$(says 'netplan/ignored|monitor/no-targets' netplan "$text")" ] && continue
			echo "$folder: NetworkManager refuses it, and bondtool does not say so" && failed=1
			continue
		fi
		compared=$((compared + 1))
		# A MAC address by which the interface gets its name is not NetworkManager's matter.
		agree "$folder" "$(facts netplan "$text" | grep -v ' mac-address ')" \
			"$(facts keyfile "$root/$keyfiles" | grep -v ' mac-address ')" || failed=1
	done
	[ "$failed" = 0 ] && [ "$compared" -gt 50 ]
}

# same_verdict FORMAT PATH...: whether netplan refuses the fixture here if and only if bondtool says so.
same_verdict()
{
	local root=$BATS_TEST_TMPDIR/root ours theirs=accepts files
	local refusing='netplan/(refused|unknown-key)|yaml/syntax'
	case ${PWD##*/} in openvswitch | no-netplan) return 0 ;; esac # needs a tool; no text of netplan's
	shift
	mapfile -t files < <(find "$@" -name '*.yaml' | sort)
	generate "$root" "${files[@]}" >"$root.said" 2>&1 || theirs=refuses
	ours=$([ -n "$(says "$refusing" netplan "${files[@]}")" ] && echo refuses || echo accepts)
	[ "$ours" = "$theirs" ] || { echo "${PWD##*/}: netplan $theirs, bondtool $ours" && cat "$root.said"; }
}

@test "netplan refuses what bondtool says that it refuses, and nothing else" {
	need_tool netplan.io
	[ -z "$(each_fixture netplan same_verdict | tee /dev/stderr)" ]
}

@test "the fixtures that netplan accepts mean what it makes of them" {
	need_tool netplan.io
	local folder files failed=0 compared=0 root=$BATS_TEST_TMPDIR/root
	for folder in "$SRCDIR"/tests/fixtures/netplan/*/in; do
		mapfile -t files < <(find "$folder" -maxdepth 1 -name '*.yaml' | sort)
		[ ${#files[@]} -gt 0 ] && ! grep -q NetworkManager "${files[@]}" &&
			generate "$root" "${files[@]}" >"$root.said" 2>&1 || continue
		compared=$((compared + 1))
		# Of interfaces without a wire bondtool reads no more than their ids.
		agree "$folder" "$(facts netplan "${files[@]}")" \
			"$(facts networkd "$root/$units" | grep -v '^wl')" || failed=1
	done
	[ "$failed" = 0 ] && [ "$compared" -gt 10 ]
}
