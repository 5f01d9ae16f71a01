#!/bin/sh
# Checks README.md and the manual: sh tests/doc_examples.sh [FOLDER]. Every block of ```dfd, ```dfd-rules
# and ```dfd-triage compiles and is in house style, and rules pass their tests; a block of ```yaml
# compiles; one of them that begins with the comment `# wrong` fails to compile instead. Blocks of ```c
# compile. A block after a line that ends in "`NAME.dfd`:" is that file, on all pages; the lines with $ of
# a block of ```console run beside those files, and print what follows them, where ... stands for any
# lines. Every path in a code span (a slash, and an ending that sources and pages have) and every
# target of a link exists. Prints FILE:LINE of what fails, and how many passed and failed. The program
# is in $BUILD.
# SPDX-License-Identifier: MIT
set -eu
SOURCE_DATE_EPOCH=1795996800 # 2026-11-30, so that dates of the pages do not pass
export SOURCE_DATE_EPOCH
build=$(cd "${BUILD:-build}" && pwd)
stridec=$build/stridec
cd "${1:-.}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/named" "$work/runs"
ln -s "$build" "$work/named/build" # as in a clone of this repository

# A list of what there is to check: KIND FILE LINE NAME, a line each. A block is copied to a file of
# its own after as many empty lines as stand before it, so that messages have the line of the page, and
# to a file plain-NAME without these; one that is wrong by its first line has a file NAME.wrong.
awk -v work="$work" '
FNR == 1 { kind = ""; page = FILENAME; gsub("/", "-", page) }
kind != "" && /^```[ \t]*$/ { close(copy); close(plain); if (named != "") { close(named); close(beside) } kind = named = last = ""; next }
kind != "" { if (kind != "other") { print >copy; print >plain; if (first && /^# wrong/) { printf "" >(copy ".wrong"); close(copy ".wrong") } first = 0 } if (named != "") { print >named; print >beside } next }
/^```/ {
    kind = substr($0, 4)
    if (kind !~ /^(dfd|dfd-rules|dfd-triage|yaml|c|console)$/) { kind = "other"; next }
    if (kind != "console" && match(last, /`[A-Za-z0-9_-]+\.(dfd|yaml)`:$/)) {
        named = work "/named/" substr(last, RSTART + 1, RLENGTH - 3)
        beside = work "/" substr(last, RSTART + 1, RLENGTH - 3)
        printf "" >named; printf "" >beside
    }
    copy = work "/" page "-" FNR "." (kind ~ /^(c|yaml|console)$/ ? kind : "dfd")
    plain = copy
    sub(/[^\/]*$/, "plain-&", plain)
    first = 1
    printf "" >copy; printf "" >plain
    for (i = 1; i <= FNR; i++) print "" >copy
    print kind, FILENAME, FNR, copy
    next
}
{
    if ($0 != "") last = $0
    parts = split($0, part, "`")
    for (i = 2; i < parts; i += 2)
        if (part[i] ~ /^[A-Za-z0-9_.-]+\/[A-Za-z0-9_.\/-]+\.(c|h|md|dfd|yaml|def|sh)$/) print "path", FILENAME, FNR, part[i]
    folder = FILENAME
    if (!sub("/[^/]*$", "/", folder)) folder = ""
    for (rest = $0; match(rest, /\]\([^)# ]+/); rest = substr(rest, RSTART + RLENGTH)) {
        target = substr(rest, RSTART + 2, RLENGTH - 2)
        if (target !~ /^[a-z]+:/) print "path", FILENAME, FNR, folder target
    }
}' README.md doc/*.md >"$work/list"

passed=0 failed=0
fail() {
    echo "$file:$line: $1"
    [ ! -s "$work/said" ] || sed "s|^$name:|  $file:|" "$work/said"
    failed=$((failed + 1))
}

# The example without the empty lines before it.
plain_of() { plain=${name%/*}/plain-${name##*/}; }

compiles() {
    code=0
    "$stridec" check "$name" >"$work/said" 2>&1 || code=$?
    if [ -e "$name.wrong" ]; then
        [ "$code" = 2 ] || { fail "should not compile, but check ends with $code"; return; }
    else
        [ "$code" = 0 ] || { fail "does not compile"; return; }
        [ "$kind" != yaml ] || { passed=$((passed + 1)); return; }
        plain_of
        "$stridec" fmt - <"$plain" >"$work/said" 2>&1 || true
        cmp -s "$plain" "$work/said" || {
            diff "$plain" "$work/said" >"$work/diff" || true # it says what differs by its status, too
            mv "$work/diff" "$work/said"; fail "not in house style"; return; }
        [ "$kind" != dfd-rules ] || "$stridec" test-rules "$name" >"$work/said" 2>&1 ||
            { fail "a rule fails its tests"; return; }
    fi
    passed=$((passed + 1))
}

# Runs each line with a $ in a folder of the page, and compares. What "..." stands for ends where the line
# after it comes for the first time.
console() {
    here=$work/runs/$(echo "$file" | tr / -)
    [ -d "$here" ] || cp -R "$work/named" "$here"
    plain_of
    awk -v stem="$name" '
        /^\$ / { close(want); want = stem "-want" ++n; print substr($0, 3) >(stem "-run" n); close(stem "-run" n); printf "" >want; next }
        { print >want }' "$plain"
    n=0
    while n=$((n + 1)) && [ -e "$name-run$n" ]; do
        (cd "$here" && PATH=$build:$PATH NO_COLOR=1 sh "$name-run$n") >"$work/got" 2>&1 || true
        awk -v want="$name-want$n" '
            { got[++count] = $0 }
            END {
                at = 1
                while ((getline line <want) > 0) {
                    if (line == "...") { any = 1; continue }
                    while (any && at <= count && got[at] != line) at++
                    if (at > count || got[at] != line) { print "  missing: " line; exit 1 }
                    any = 0; at++
                }
                if (!any && at <= count) { print "  besides: " got[at]; exit 1 }
            }' "$work/got" >"$work/said" || { fail "'$(cat "$name-run$n")' prints something else"; continue; }
        passed=$((passed + 1))
    done
}

while read -r kind file line name; do
    : >"$work/said"
    case $kind in
    console) console ;;
    path) if [ -e "$name" ]; then passed=$((passed + 1)); else fail "there is no $name"; fi ;;
    c)  if ${CC:-cc} -std=c11 -Wall -Wextra -Werror -Iinclude -fsyntax-only "$name" >"$work/said" 2>&1; then
            passed=$((passed + 1)); else fail "does not compile"; fi ;;
    *)  compiles ;;
    esac
done <"$work/list"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
