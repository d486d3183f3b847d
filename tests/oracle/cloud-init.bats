#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What bondtool reads in cloud-init's network configurations, as cloud-init itself reads them: it
# writes them as interfaces(5), which bondtool reads in turn.
load lib

# Below "network-config" is what others take off first: an installer, VMware's data source.
others="v2-installer v2-metadata"

setup_file()
{
	[ ! -d "${tools:?}/cloud-init" ] || each_fixture cloud-init cloud_init
}

setup()
{
	need_tool cloud-init
}

# cloud_init FORMAT PATH: what cloud-init makes of the fixture here for ifupdown.
cloud_init()
{
	local folder=$BATS_FILE_TMPDIR/${PWD##*/} made=etc/network/interfaces.d/50-cloud-init
	mkdir "$folder"
	PYTHONPATH=$tools/cloud-init/usr/lib/python3/dist-packages privately \
		/usr/bin/python3 -m cloudinit.cmd.devel.net_convert --network-data "$2"/* --kind yaml \
		--distro debian --output-kind eni --directory "$folder" >"$folder/log" 2>&1 || :
	[ ! -f "$folder/$made" ] || mv "$folder/$made" "$folder/interfaces"
}

# complaints FILE: the rules behind what bondtool reports there, but for notes.
complaints()
{
	"$BONDTOOL" check --json --from cloud-init "$1" | jq -r '.[] | select(.severity != "note").rule'
}

# compare FORMAT PATH: whether both read the same, where cloud-init reads anything at all.
compare()
{
	local made=$BATS_FILE_TMPDIR/${PWD##*/}/interfaces ours theirs
	[ -f "$made" ] || return 0
	! complaints "$2"/* | grep -qE '^(cloud-init|property)/' || return 0
	ours=$(model cloud-init "$2" | model_facts)
	theirs=$(model interfaces "$made" | model_facts)
	echo "$ours" >>"$BATS_TEST_TMPDIR/facts"
	agree "${PWD##*/}" "$ours" "$theirs"
}

# judge FORMAT PATH: whether bondtool has something to say where cloud-init fails.
judge()
{
	local folder=$BATS_FILE_TMPDIR/${PWD##*/}
	[ ! -f "$folder/interfaces" ] || return 0
	echo "${PWD##*/}" >>"$BATS_TEST_TMPDIR/failures"
	[[ " $others " != *" ${PWD##*/} "* ]] || return 0
	[ -z "$(complaints "$2"/*)" ] || return 0
	echo "${PWD##*/}: cloud-init fails, and bondtool says nothing:"
	tail -n 1 "$folder/log"
	return 1
}

@test "cloud-init reads what bondtool reads" {
	each_fixture cloud-init compare
	[ "$(wc -l <"$BATS_TEST_TMPDIR/facts")" -gt 50 ]
}

@test "bondtool knows where cloud-init fails" {
	each_fixture cloud-init judge
	[ "$(wc -l <"$BATS_TEST_TMPDIR/failures")" -gt 15 ]
}
