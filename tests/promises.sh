#!/bin/sh
# Checks that each promise is tested and each claim has its evidence. Each row of the tables in doc/security.md names
# cases (a folder with a `cmd`), programs or scripts that run with the tests, and nothing else. Each
# place that samples/stridec names as evidence is a file of this repository that holds the name.
# SPDX-License-Identifier: MIT
set -eu
cd "${1:-$(dirname "$0")/..}"
problems=$(mktemp)
trap 'rm -f "$problems"' EXIT
page=doc/security.md sample=samples/stridec/stridec.dfd

# LINE PATH for each code span in the last cell of a row, LINE - for a row without any.
promised() {
    awk -F '|' '/^\|/ && !/^\|[-|]*$/ && $2 !~ /^ promise $/ {
        count = split($(NF - 1), part, "`")
        if (count < 3) print FNR, "-"
        for (i = 2; i <= count; i += 2) print FNR, part[i]
    }' "$page"
}

rows=0
for row in $(promised | tr ' ' '|'); do
    rows=$((rows + 1)) line=${row%%|*} test=${row#*|}
    case $test in
    tests/cases/*/*) [ -f "$test/cmd" ] || echo "$page:$line: there is no case $test" ;;
    tests/*.c | tests/*.sh | tests/*.mjs) [ -f "$test" ] || echo "$page:$line: there is no $test" ;;
    -) echo "$page:$line: a promise without a test" ;;
    *) echo "$page:$line: $test is no test" ;;
    esac >>"$problems"
done

places=0
for place in $(grep -o '"[a-z]*/[^" ]*#[A-Za-z_]*"' "$sample" | tr -d '"'); do
    places=$((places + 1))
    grep -qw -- "${place#*#}" "${place%%#*}" 2>/dev/null || echo "$sample: there is no $place" >>"$problems"
done

[ "$rows" -gt 10 ] || echo "$page: $rows promises were found" >>"$problems"
[ "$places" -gt 3 ] || echo "$sample: $places pieces of evidence were found" >>"$problems"
cat "$problems"
[ ! -s "$problems" ] && echo "$rows tests of promises, $places pieces of evidence"
