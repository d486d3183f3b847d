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
