#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# check --sarif, as tools for code review read it: every property that the schema of SARIF 2.1.0
# requires, places that such a tool finds; and the exit statuses of check.

setup()
{
    command -v jq >/dev/null || skip "no jq"
    cd "$BATS_TEST_TMPDIR" || return
}

bondtool() { "$BONDTOOL" "$@"; }

# bond FILE [LINE...]: an ifcfg file with the lines besides those that any bond has.
bond()
{
    printf '%s\n' DEVICE=bond0 TYPE=Bond BONDING_MASTER=yes "${@:2}" >"$1"
}

# clean: a bond about which nothing at all is to be said.
clean()
{
    bond ifcfg-bond0 'BONDING_OPTS="mode=active-backup miimon=100 primary=eth0"'
    for port in eth0 eth1; do
        printf '%s\n' DEVICE=$port TYPE=Ethernet MASTER=bond0 SLAVE=yes >ifcfg-$port
    done
}

# What the schema requires, and that rules and results fit together.
is_sarif()
{
    jq -e '
        def text: type == "string" and length > 0;
        def level: IN("note", "warning", "error");
        def region: .startLine >= 1
            and (.startColumn == null or .startColumn >= 1)
            and (.endColumn == null or .endColumn >= .startColumn);
        def place: (.artifactLocation.uri | test("^[-A-Za-z0-9._~/%:]+$"))
            and ((.artifactLocation.uri | startswith("file:///")) or
                .artifactLocation.uriBaseId == "%SRCROOT%")
            and (.region == null or (.region | region));
        def rule: (.id | text) and (.shortDescription.text | text)
            and (.fullDescription.text | text) and (.help.text | text)
            and (.defaultConfiguration.level | level);

        .version == "2.1.0" and (."$schema" | endswith("sarif-2.1.0.json"))
        and (.runs | type == "array" and length == 1)
        and (.runs[0] | .columnKind == "unicodeCodePoints"
            and .tool.driver.name == "bondtool"
            and (.tool.driver.version | test("^[0-9]+(\\.[0-9]+)+"))
            and (.tool.driver.rules | type == "array" and all(.[]; rule)
                and ([.[].id] | length == (unique | length)))
            and (.tool.driver.rules as $rules | .results | type == "array" and all(.[];
                (.message.text | text) and (.level | level)
                and $rules[.ruleIndex].id == .ruleId
                and (.locations | type == "array" and all(.[]; .physicalLocation | place)))))' \
        "$1" >/dev/null
}

# uris FILE...: where the findings are said to be.
uris()
{
    bondtool check --sarif "$@" | tee log |
        jq -r '.runs[0].results[].locations[].physicalLocation.artifactLocation.uri' | sort -u
    is_sarif log
}

@test "nothing to say: exit status 0 and no results" {
    clean
    run bondtool check --strict ifcfg-bond0
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    run bondtool check --sarif ifcfg-bond0
    [ "$status" -eq 0 ]
    is_sarif - <<<"$output"
    [ "$(jq '.runs[0].results | length' <<<"$output")" -eq 0 ]
}

@test "warnings only: exit status 0, and 1 with --strict" {
    clean
    sed -i 's/primary=eth0/updelay=150 primary=eth0/' ifcfg-bond0
    for format in '' --json --sarif; do
        run bondtool check $format ifcfg-bond0
        [ "$status" -eq 0 ]
        [[ $output == *value/delay-rounded* ]]
        run bondtool check --strict $format ifcfg-bond0
        [ "$status" -eq 1 ]
    done
}

@test "errors: exit status 2, with --strict or without" {
    clean
    sed -i 's/miimon=100/miimon=0/' ifcfg-bond0
    for format in '' --json --sarif; do
        run bondtool check $format ifcfg-bond0
        [ "$status" -eq 2 ]
        run bondtool check --strict $format ifcfg-bond0
        [ "$status" -eq 2 ]
    done
}

@test "a result says rule, level, message with the hint, and place" {
    clean
    sed -i 's/updelay=[0-9]* //; s/miimon=100/miimon=0/' ifcfg-bond0
    bondtool check --sarif ifcfg-bond0 >log || [ $? -eq 2 ]
    is_sarif log
    run jq -c '.runs[0].results[0] | [.ruleId, .level, .message.text]' log
    [ "$output" = '["monitor/none","error","nothing watches the links of '\''bond0'\'': miimon and arp_interval are both 0\nhint: set miimon, for example miimon=100"]' ]
    run jq -c '.runs[0].results[0].locations[0].physicalLocation' log
    [ "$output" = '{"artifactLocation":{"uri":"ifcfg-bond0","uriBaseId":"%SRCROOT%"},"region":{"startLine":4,"startColumn":41,"endColumn":42}}' ]
    run jq -r '.runs[0].tool.driver.rules[0] | .id, .defaultConfiguration.level' log
    [ "$output" = $'monitor/none\nerror' ]
}

@test "columns count characters, not bytes" {
    printf '%s\n' 'profiles:' \
        '- {connection: {id: "Büro", type: bond, interface-name: b0}, bond: {options: {mode: 9}}}' >b.yaml
    bondtool check --sarif b.yaml >log || [ $? -eq 2 ]
    is_sarif log
    place=$(jq -r '.runs[0].results[] | select(.ruleId == "driver/value")
        | .locations[0].physicalLocation.region.startColumn' log)
    line=$(sed -n 2p b.yaml) LC_ALL=C.UTF-8
    [ "${line:place - 1:3}" = "9}}" ]
}

@test "names of files become URIs below the current folder" {
    mkdir -p "sub dir/é%"
    bond "sub dir/é%/ifcfg-bond0" 'BONDING_OPTS="mode=9"'
    [ "$(uris "./sub dir/é%/ifcfg-bond0")" = "sub%20dir/%C3%A9%25/ifcfg-bond0" ]
    [ "$(uris "$PWD/sub dir/é%/ifcfg-bond0")" = "sub%20dir/%C3%A9%25/ifcfg-bond0" ]
    cd "sub dir"
    [ "$(uris "../sub dir/é%/ifcfg-bond0")" = "../sub%20dir/%C3%A9%25/ifcfg-bond0" ]
    [ "$(uris "$BATS_TEST_TMPDIR/sub dir/é%/ifcfg-bond0" | head -n 1)" = "%C3%A9%25/ifcfg-bond0" ]
    cd /
    [ "$(uris "$BATS_TEST_TMPDIR/sub dir/é%/ifcfg-bond0")" = \
        "${BATS_TEST_TMPDIR#/}/sub%20dir/%C3%A9%25/ifcfg-bond0" ]
    cd "$BATS_TEST_TMPDIR/sub dir/é%"
    cp ifcfg-bond0 "$BATS_TEST_TMPDIR/ifcfg-bond9"
    [[ $(uris "$BATS_TEST_TMPDIR/ifcfg-bond9") == file:///*/ifcfg-bond9 ]]
}

@test "standard input has findings without a place" {
    clean
    sed 's/miimon=100/miimon=0/' ifcfg-bond0 >input
    bondtool check --sarif --from ifcfg - <input >log || [ $? -eq 2 ]
    is_sarif log
    [ "$(jq -c '[.runs[0].results[] | select(.ruleId == "monitor/none") | .locations]' log)" = '[[]]' ]
}

@test "a file that cannot be read, or of no known format, is a result too" {
    echo "no format at all" >nothing
    for file in missing nothing; do
        bondtool check --sarif $file >log || [ $? -eq 2 ]
        is_sarif log
        [ "$(jq '.runs[0].results | length' log)" -eq 1 ]
    done
}

@test "bytes that are no UTF-8 do no harm" {
    bond ifcfg-bond0 $'BONDING_OPTS="mode=\xff\xfe"'
    bondtool check --sarif ifcfg-bond0 >log || [ $? -eq 2 ]
    is_sarif log
    iconv -f UTF-8 -t UTF-8 log >/dev/null
}

@test "completion offers --sarif, and --strict keeps its short forms" {
    run "$BONDTOOL" --complete-args check --sa
    [ "$output" = --sarif ]
    clean
    sed -i 's/primary=eth0/updelay=150 primary=eth0/' ifcfg-bond0
    run bondtool check --st ifcfg-bond0
    [ "$status" -eq 1 ]
}

@test "the check can fail: what is no SARIF is told" {
    clean
    sed -i 's/miimon=100/miimon=0/' ifcfg-bond0
    bondtool check --sarif ifcfg-bond0 >log || [ $? -eq 2 ]
    is_sarif log
    for change in 'del(.version)' 'del(.runs[0].tool.driver.name)' '.runs[0].results[0].ruleIndex = 7' \
        'del(.runs[0].results[0].message)' '.runs[0].results[0].level = "bad"' \
        '.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0' \
        '.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = "a b"' \
        'del(.runs[0].tool.driver.rules[0].help)'; do
        jq "$change" log >broken
        run is_sarif broken
        [ "$status" -ne 0 ]
    done
}
