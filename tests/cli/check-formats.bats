#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The faults that bondtool finds are found whatever the format: each configuration below is written
# in every format and checked there.

setup()
{
	cd "$BATS_TEST_TMPDIR" || return
}

formats='cmdline ifcfg ifcfg-suse interfaces keyfile netplan networkd nmstate'

# profile NAME TYPE [SETTING JSON]...: as bondtool's own YAML has them, which may be JSON.
profile()
{
	local name=$1 type=$2
	shift 2
	printf '{"connection": {"id": "%s", "type": "%s", "interface-name": "%s"}' "$name" "$type" "$name"
	while [ $# -gt 0 ]; do
		printf ', "%s": {%s}' "$1" "$2"
		shift 2
	done
	printf '}\n'
}

# bond NAME OPTIONS, port NAME [BOND]
bond()
{
	profile "$1" bond bond '"options": {'"$2"'}'
}

port()
{
	profile "$1" 802-3-ethernet | jq -c --arg bond "${2-bond0}" \
		'.connection += {controller: $bond, "port-type": "bond"}'
}

# write_model: the profiles on standard input as one model.
write_model()
{
	jq -s '{profiles: .}' >model
}

# found_in RULE FORMAT: whether the rule, or one of the format's own, finds something in the model
# written in FORMAT; what cannot be written there is no fault of it.
found_in()
{
	local status=0
	rm -rf "$2"
	"$BONDTOOL" convert --from json --to "$2" -o "$2" model >/dev/null 2>&1 || status=$?
	[ $status != 3 ] || return 0
	[ $status = 0 ] || { echo "$2: cannot be written" && return 1; }
	written=$((written + 1))
	"$BONDTOOL" -j check --from "$2" "$2" >found || true
	jq -e --arg rule "$1" --arg own "$2/" \
		'any(.[]; .rule == $rule or (.severity != "note" and (.rule | startswith($own))))' \
		found >/dev/null || { echo "$1 is not found in $2: $(jq -c '[.[].rule]' found)" && return 1; }
}

# expect RULE LEAST: RULE is found in the model in every format, of which LEAST can hold it.
expect()
{
	local format written=0 failed=0
	write_model
	for format in $formats; do
		found_in "$1" "$format" || failed=1
	done
	[ $written -ge "$2" ] || { echo "$written formats only can hold a case of $1" && return 1; }
	return $failed
}

ports='eval port eth0; port eth1'
watched='"mode": "active-backup", "miimon": 100'
probed='"arp_interval": 100, "arp_ip_target": ["192.0.2.1"]'

@test "nothing watches the links" {
	{ bond bond0 '"mode": "active-backup", "miimon": 0'; $ports; } | expect monitor/none 6
}

@test "a monitor that the mode forbids" {
	{ bond bond0 '"mode": "802.3ad", '"$probed"; $ports; } | expect driver/mode-option 6
}

@test "two monitors" {
	{ bond bond0 "$watched, $probed"; $ports; } | expect driver/two-monitors 6
}

@test "probing without a target" {
	{ bond bond0 '"mode": "active-backup", "arp_interval": 100'; $ports; } | expect monitor/no-targets 5
}

@test "a delay that is no multiple of miimon" {
	{ bond bond0 "$watched"', "updelay": 250'; $ports; } | expect value/delay-rounded 6
}

@test "a delay without miimon" {
	{ bond bond0 '"mode": "active-backup", "updelay": 200, '"$probed"; $ports; } |
		expect driver/delay-needs-miimon 6
}

@test "a number in another unit" {
	{ bond bond0 '"mode": "active-backup", "miimon": 100000'; $ports; } | expect value/unit 6
}

@test "a primary that is no port" {
	{ bond bond0 "$watched"', "primary": "eth7"'; $ports; } | expect primary/not-a-port 5
}

@test "a bond of one port" {
	{ bond bond0 "$watched"; port eth0; } | expect port/single 6
}

@test "one port in two bonds" {
	{
		bond bond0 "$watched"
		bond bond1 "$watched"
		$ports
		port eth1 bond1 | jq -c '.connection.id = "again"'
		port eth2 bond1
	} | expect port/two-bonds 4
}

@test "an MTU of a VLAN above that of its bond" {
	{
		bond bond0 "$watched"
		$ports
		profile bond0.5 vlan vlan '"parent": "bond0", "id": 5' 802-3-ethernet '"mtu": 9000'
	} | expect mtu/vlan 5
}

@test "an MTU of a port that is not its bond's" {
	{
		bond bond0 "$watched"
		port eth0 | jq -c '."802-3-ethernet" = {mtu: 9000}'
		port eth1
	} | expect mtu/port 5
}

@test "an option that does nothing in the mode" {
	{ bond bond0 "$watched"', "xmit_hash_policy": "layer3+4"'; $ports; } | expect option/no-effect 5
}

@test "InfiniBand in a mode that does not take it" {
	{ bond bond0 '"mode": "802.3ad", "miimon": 100'; port ib0; port ib1; } | expect port/infiniband 6
}

@test "a VLAN number that is there twice" {
	{
		bond bond0 "$watched"
		$ports
		profile front vlan vlan '"parent": "bond0", "id": 5'
		profile back vlan vlan '"parent": "bond0", "id": 5'
	} | expect vlan/twice 4
}
