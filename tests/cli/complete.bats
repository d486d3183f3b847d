#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion: what the program offers, and what bash makes of it.

setup()
{
    PATH=$(dirname "$BONDTOOL"):$PATH
}

# What TAB after LINE would insert or list, as bash calls the function: $1 is the line up to the
# cursor. "+OPTION" lines are what compopt was told.
tab()
{
    bash --norc -c '
        compopt() { while [ $# -gt 0 ]; do [ "$1" = -o ] || echo "+$1"; shift; done; }
        source "$1/completions/bondtool"
        COMP_LINE=$2 COMP_POINT=${#2}
        # The part of the last word that bash would replace: after a quote, else after a break.
        word=${COMP_LINE##*[[:blank:]=:]}
        [[ $COMP_LINE =~ ^([^\"]*\"[^\"]*\")*[^\"]*\"([^\"]*)$ ]] && word=${BASH_REMATCH[2]}
        _bondtool bondtool "$word" ""
        printf "%s\n" "${COMPREPLY[@]}"' bash "$SRCDIR" "$1"
}

@test "an empty word is any command, or help" {
    run "$BONDTOOL" --complete-args ""
    [ "$status" -eq 0 ]
    [[ " ${lines[*]} " = *" convert "* ]]
    [ "${lines[-1]}" = help ]
}

@test "hidden commands are not offered" {
    run "$BONDTOOL" --complete-args dump
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
}

@test "options before the command, with one dash or two" {
    run "$BONDTOOL" --complete-args --te
    [ "$output" = --terse ]
    run "$BONDTOOL" --complete-args -te
    [ "$output" = -terse ]
}

@test "values of options, in a word of their own or behind =" {
    run "$BONDTOOL" --complete-args --mode ""
    [ "$output" = "tabular"$'\n'"multiline" ]
    run "$BONDTOOL" --complete-args --mode=t
    [ "$output" = "--mode=tabular" ]
    run "$BONDTOOL" --complete-args -c y
    [ "$output" = yes ]
}

@test "options of a command, and global ones that may follow it" {
    run "$BONDTOOL" --complete-args convert --
    [ "$status" -eq 0 ]
    [[ " ${lines[*]} " = *" --strict "* ]]
    [[ " ${lines[*]} " = *" --json "* ]]
    [[ " ${lines[*]} " != *" --terse "* ]]
}

@test "names of files are left to the shell" {
    run "$BONDTOOL" --complete-args convert --output ""
    [ "$status" -eq 65 ]
    [ "$output" = "" ]
}

@test "nothing is said about words that are wrong" {
    run "$BONDTOOL" --complete-args nonsense ""
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    run "$BONDTOOL" --complete-args convert --wrong ""
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
}

@test "--complete-described adds a text behind a tab" {
    run "$BONDTOOL" --complete-described conv
    [ "$output" = "convert"$'\t'"rewrite configuration files in another format" ]
}

@test "bash: a command" {
    run tab "bondtool conv"
    [ "$output" = convert ]
}

@test "bash: behind = only the value is replaced" {
    run tab "bondtool --mode=m"
    [ "$output" = multiline ]
}

@test "bash: inside an open quote" {
    run tab 'bondtool "conv'
    [ "$output" = convert ]
}

@test "bash: file names where the program says so" {
    run tab "bondtool convert "
    [ "${lines[0]}" = +default ]
}

@test "bash: a line that no shell could read breaks nothing" {
    run tab "bondtool \"a' b"
    [ "$status" -eq 0 ]
}

# The candidates for the last word, in one line; with a bond and a port among the profiles.
offered()
{
    "$BONDTOOL" --complete-args --root "$BATS_TEST_TMPDIR" "$@" | tr '\n' ' '
}

add_profiles()
{
    "$BONDTOOL" --root "$BATS_TEST_TMPDIR" connection add type bond con-name bond0 ifname bond0 mode 1
    "$BONDTOOL" --root "$BATS_TEST_TMPDIR" connection add type ethernet con-name "my port" \
        ifname eth0 master bond0
}

@test "names of profiles, and how they may be named" {
    add_profiles
    [ "$(offered c show "")" = "id uuid path filename bond0 my port help " ]
    [ "$(offered c show id "")" = "bond0 my port " ]
    [ "$(offered c show id bo)" = "bond0 " ]
    [ "$(offered c clone bond0 "")" = "" ]
    [[ "$(offered c show uuid "")" =~ ^[0-9a-f]{8}-[^\ ]*\ [0-9a-f]{8}-[^\ ]*\ $ ]]
}

@test "properties of settings, by their signs too" {
    add_profiles
    [ "$(offered c modify bond0 bond.)" = "bond.options " ]
    [ "$(offered c modify bond0 +bond.o)" = "+bond.options " ]
    [ "$(offered modify +bo)" = "+bond. +bond-port. " ]
    [ "$(offered c add type bond ipv4.me)" = "ipv4.method " ]
    [ "$(offered c modify bond0 remo)" = "remove " ]
    [ "$(offered c modify bond0 remove bond-)" = "bond-port " ]
}

@test "values of properties" {
    add_profiles
    [ "$(offered c add type "")" = "bond ethernet vlan bond-port " ]
    [ "$(offered c add type ethernet master "")" = "bond0 " ]
    [ "$(offered c modify bond0 ipv4.method m)" = "manual " ]
    [ "$(offered c modify bond0 connection.autoconnect "")" = "yes no " ]
    [ "$(offered c modify bond0 mode 802)" = "802.3ad " ]
    [ "$(offered c modify bond0 arp-validate filter_a)" = "filter_active " ]
}

@test "options of a bond, also after a comma, and their values" {
    add_profiles
    [ "$(offered c modify bond0 bond.options mii)" = "miimon= " ]
    [ "$(offered c modify bond0 bond.options mode=bal)" = \
        "mode=balance-rr mode=balance-xor mode=balance-tlb mode=balance-alb " ]
    [ "$(offered c modify bond0 +bond.options mode=1,primary_r)" = "mode=1,primary_reselect= " ]
    [ "$(offered modify +bond.options mode=4,lacp_rate=f)" = "mode=4,lacp_rate=fast " ]
    [ "$(offered c modify bond0 -bond.options mii)" = "miimon " ]
}

@test "fields, orders, formats, rules" {
    [ "$(offered --fields NAME,UU)" = "NAME,UUID " ]
    [ "$(offered -f bond.o)" = "bond.options " ]
    [ "$(offered c show --order n)" = "name " ]
    [[ " $(offered convert --to "")" = *" yaml "* ]]
    [ "$(offered check --explain monitor/non)" = "monitor/none " ]
}

@test "bash: values behind = and after a comma, names with blanks" {
    add_profiles
    root=$BATS_TEST_TMPDIR
    [ "$(tab "bondtool --root $root modify +bond.options mode=1,lacp_rate=f")" = fast ]
    run tab "bondtool --root $root modify +bond.options mii"
    [ "$output" = "+nospace"$'\n'"miimon=" ]
    [ "$(tab "bondtool --root $root c show my")" = 'my\ port' ]
    [ "$(tab "bondtool --root $root c show \"my")" = 'my port' ]
}
