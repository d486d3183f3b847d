#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The manual page names everything that is in the program's tables, and formats without a warning.

setup()
{
    page=$SRCDIR/man/bondtool.1
    # The page's words as they are typed: without fonts and escapes.
    plain=$(sed -e 's/\\f[BIR]//g' -e 's/\\-/-/g' -e "s/\\\\(aq/'/g" "$page")
}

# missing KEY [FIELD]: names of a table ("name": "...") that the page does not have as a heading or
# an item of its own.
missing()
{
    "$BONDTOOL" dump-tables | awk -v table="\"$1\": [" -v key="\"$2\": \"" '
        /^  "/ { inside = index($0, table) }
        inside && index($0, key) && /^      "/ {
            sub(/^[^:]*: "/, ""); sub(/",?$/, ""); print
        }' | while IFS= read -r name; do
        grep -qE -- "^(\.SS )?([^ ]*[., ]+|.*, )?${name//./\\.}([ ,(*]|\$)" <<<"$plain" || echo "$name"
    done
}

@test "options of the driver" { [ "$(missing options name)" = "" ]; }
@test "properties" { [ "$(missing properties name)" = "" ]; }
@test "settings" { [ "$(missing properties setting)" = "" ]; }
@test "formats" { [ "$(missing formats name)" = "" ]; }
@test "global options" { [ "$(missing global-options word)" = "" ]; }

@test "commands" {
    plain=$plain$'\n'"dump-tables"$'\n'"general"$'\n'"connection"$'\n'"device"
    [ "$(missing commands words)" = "" ]
}

@test "the check can fail: a table with names is seen, and a page without them" {
    [ "$(missing options name | wc -l)" -eq 0 ]
    plain=
    [ "$(missing options name | wc -l)" -gt 30 ]
    [ "$(missing properties name | wc -l)" -gt 50 ]
    [ "$(missing commands words | wc -l)" -gt 15 ]
    [ "$(missing global-options word | wc -l)" -gt 15 ]
    [ "$(missing formats name | wc -l)" -gt 1 ]
}

@test "exit statuses" {
    local status
    for status in 0 1 2 3 4 5 6 7 10 65; do
        grep -qx "\.B $status" "$page"
    done
}

@test "it formats without a warning" {
    command -v groff >/dev/null || skip "no groff"
    [ "$(groff -man -Tascii -ww "$page" 2>&1 >/dev/null)" = "" ]
}
