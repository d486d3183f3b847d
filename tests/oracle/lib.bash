# SPDX-License-Identifier: GPL-2.0-or-later
# What the oracle tests share: the tools that own the formats (unpacked by `scripts/deps oracles'),
# configurations to try them with, and facts on which both sides have to agree. A fact is a line:
#
#	INTERFACE option NAME VALUE	of a bond; items of a list are joined by commas
#	INTERFACE controller BOND	of a port
#	INTERFACE address ADDRESS/PREFIX
# shellcheck shell=bash

tools=${BONDTOOL_ORACLE_CACHE:-/var/cache/bondtool-oracles}

need_tool() # PACKAGE
{
	[ -d "$tools/$1" ] || skip "no $1; scripts/deps oracles unpacks it"
}

# privately CMD [ARG...]: where there is no network, and nothing in /run, /etc/network and
# /etc/systemd/network; what is written there is gone afterwards.
privately()
{
	local flags=(--mount --net --pid --fork --kill-child)
	[ "$(id -u)" = 0 ] || flags+=(--map-root-user)
	# shellcheck disable=SC2016 # expands inside
	unshare "${flags[@]}" bash -c '
		mount -t tmpfs tmpfs /run
		[ -d /etc/network ] && [ -d /etc/systemd/network ] || {
			cp -r /etc /run/etc 2>/dev/null # what may be read of it
			mount --bind /run/etc /etc
		}
		for folder in /etc/network /etc/systemd/network; do
			mkdir -p $folder && mount -t tmpfs tmpfs $folder
		done
		exec "$@"' privately "$@"
}

# ---- configurations -----------------------------------------------------------------------------

# each_fixture FORMATS CMD [ARG...]: runs CMD ARG... FORMAT PATH... in the folder of each fixture of
# the FORMATS; PATHs are what it says should be read.
each_fixture()
{
	local format folder formats=$1 paths
	shift
	for format in $formats; do
		for folder in "$SRCDIR/tests/fixtures/$format"/*/; do
			paths=(in)
			[ ! -f "$folder/args" ] || mapfile -t paths <"$folder/args"
			(cd "$folder" && "$@" "$format" "${paths[@]}") || return
		done
	done
}

# write_fixture TO FOLDER FROM PATH...: the fixture here in the format TO, below FOLDER; nothing when
# there is no configuration in it.
write_fixture()
{
	local to=$1 folder=$2/$3-${PWD##*/} from=$3
	shift 3
	write "$from" "$to" "$folder" "$@" || rm -rf "$folder"
}

# write FROM TO FOLDER PATH...: what bondtool reads at PATHs, written into FOLDER.
write()
{
	local from=$1 to=$2 folder=$3
	shift 3
	"$BONDTOOL" convert --from "$from" --to "$to" -o "$folder" "$@" >/dev/null 2>&1 || [ $? = 3 ]
}

# write_all FORMAT FOLDER COUNT FROM...: the fixtures of the formats FROM, and COUNT random
# configurations with all modes and options, in FORMAT, each in a folder of its own below FOLDER.
write_all()
{
	local format=$1 folder=$2 count=$3 seed
	shift 3
	mkdir -p "$folder"
	each_fixture "$*" write_fixture "$format" "$folder"
	for ((seed = 1; seed <= count; seed++)); do
		"$BUILDDIR/tests/oracle/random-config" $seed >"$folder/random.json"
		write json "$format" "$folder/random-$seed" "$folder/random.json"
	done
	rm "$folder/random.json"
	[ "$(find "$folder" -mindepth 1 -maxdepth 1 -type d | wc -l)" -gt $((count + 30)) ]
}

# ---- facts --------------------------------------------------------------------------------------

# model FORMAT PATH...: what bondtool reads there, as JSON; nothing where it finds errors.
model()
{
	local format=$1
	shift
	"$BONDTOOL" convert --from "$format" --to json "$@" 2>/dev/null || [ $? = 3 ]
}

# The facts of a model on standard input.
model_facts()
{
	jq -r '
		.profiles[] | .connection["interface-name"] as $name |
		((.bond.options // {}) | to_entries[] |
			"\($name) option \(.key) \([.value] | flatten | join(","))"),
		(.connection | select(.controller and .["port-type"] == "bond") |
			"\($name) controller \(.controller)"),
		((.ipv4.addresses // []), (.ipv6.addresses // []) | .[] | "\($name) address \(.)")' |
		sort -u
}

# agree WHAT OURS THEIRS: whether two lists of facts are the same; says where not.
agree()
{
	local difference
	difference=$(diff -u --label bondtool --label tool <(echo "$2") <(echo "$3")) && return 0
	printf '%s:\n%s\n' "$1" "$difference"
	return 1
}
