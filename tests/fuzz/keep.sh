#!/bin/sh
# Chooses the inputs to keep: sh tests/fuzz/keep.sh TARGET CORPUS. Of the files of at most 2 KB in the
# folder CORPUS, the 60 that reach the most code that smaller ones do not; they replace the files with a
# number in tests/fuzz/corpus/TARGET. Named ones, each from a finding, stay. BUILD is the folder of
# the fuzzers.
# SPDX-License-Identifier: MIT
set -eu
target=$1 corpus=$(cd "$2" && pwd) kept=tests/fuzz/corpus/$1
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/small" "$work/merged" "$kept"
find "$corpus" -type f -size -2049c -exec cp {} "$work/small" ';' 2>/dev/null ||
    true # a fuzzer at work drops files
"$BUILD/fuzz/fuzz_$target" -merge=1 -merge_control_file="$work/control" "$work/merged" \
    "$work/small" 2>"$work/log"
find "$kept" -name '[0-9][0-9]' -exec rm {} +

# The control file: how many files, a number, their names; then for each, lines with its index: FT,
# the features that are new with it, and COV, the new places in the code.
awk 'NR == 1 { count = $1 } NR > 2 && NR <= 2 + count { name[NR - 3] = $0 }
     $1 == "FT" { features = NF - 2 } $1 == "COV" { print NF - 2, features, name[$2] }' "$work/control" |
    sort -k1,1nr -k2,2nr -k3 | head -n 60 | sort -k3 | awk '{ printf "%02d %s\n", NR - 1, $3 }' |
    while read -r number file; do cp "$file" "$kept/$number"; done
ls "$kept" | wc -l
