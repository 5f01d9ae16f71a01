#!/bin/sh
# Fuzzes: sh tests/fuzz/run.sh TARGET... with BUILD, the folder of the fuzzers, and FUZZ_SECONDS for
# each. Files of the folder FUZZ_SEEDS, models or not, are seeds of all targets that read models. The
# inputs that it learns stay in $BUILD/fuzz/corpus for the next time; an input that breaks a claim is put into
# $BUILD/fuzz/found.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/../.."
fuzz=$BUILD/fuzz
mkdir -p "$fuzz/found" "$fuzz/seeds"
IFS='
' # names of files may have blanks

# copy FOLDER FILE...: below their own paths, by one process.
copy() {
    folder=$fuzz/seeds/$1
    mkdir -p "$folder"
    shift
    cp --parents -t "$folder" "$@"
}

models=$(find samples tests/cases tests/diagnostics -name '*.dfd')
copy dsl $models
copy yaml $(find samples tests/cases tests/diagnostics -name '*.yaml')
copy rules $(grep -l '^rule ' $models)
awk '/^rule / { file = folder "/" $2 } file { print > file }' folder="$fuzz/seeds/rules" \
    lib/analysis/rules/*.dfd
# A text that begins with # is a model as it stands for fuzz_outputs.
copy_as_model() {
    mkdir -p "$fuzz/seeds/outputs"
    for file; do { echo '#'; cat "$file"; } >"$fuzz/seeds/outputs/$(echo "$file" | tr / _)"; done
}
copy_as_model samples/*/*.dfd
# A text that begins with - is YAML for fuzz_edits.
copy_as_edited() {
    mkdir -p "$fuzz/seeds/edits"
    for file; do
        case $file in *.dfd) cat "$file" ;; *) { printf %s -; cat "$file"; } ;; esac \
            >"$fuzz/seeds/edits/$(echo "$file" | tr / _)"
    done
}
copy_as_edited samples/*/*.dfd samples/*/*.yaml $(grep -L '^rule ' $models | head -n 200) \
    $(find tests/cases tests/diagnostics -name '*.yaml')

# Each model with the one that comes next, for fuzz_diff.
copy_as_pairs() {
    mkdir -p "$fuzz/seeds/diff"
    last=
    for file; do
        if [ -n "$last" ]; then
            { cat "$last"; printf '\n%%%%\n'; cat "$file"; } >"$fuzz/seeds/diff/$(echo "$file" | tr / _)"
        fi
        last=$file
    done
}
copy_as_pairs $(grep -L '^rule ' $models | head -n 200)
# Three times the same text with a line %% between is a merge that changes nothing; a model and its
# decisions with one between are renamed, or read, or decided about.
mkdir -p "$fuzz/seeds/merge" "$fuzz/seeds/rename" "$fuzz/seeds/decisions" "$fuzz/seeds/decide"
for file in samples/*/*.dfd $(grep -l '^threat \|^dismiss ' $models | head -n 100); do
    { cat "$file"; echo %%; cat "$file"; echo %%; cat "$file"; } >"$fuzz/seeds/merge/$(echo "$file" | tr / _)"
done
for file in $(find samples tests/cases -name '*.triage.dfd'); do
    model=${file%.triage.dfd}.dfd
    seed=$(echo "$file" | tr / _)
    [ ! -e "$model" ] || { cat "$model"; echo %%; cat "$file"; } >"$fuzz/seeds/rename/$seed"
    [ ! -e "$model" ] || cp "$fuzz/seeds/rename/$seed" "$fuzz/seeds/decisions/$seed"
    [ ! -e "$model" ] || { cat "$fuzz/seeds/rename/$seed"; printf '%%%%\nwords'; } >"$fuzz/seeds/decide/$seed"
done

if [ -n "${FUZZ_SEEDS:-}" ]; then
    files=$(find "$FUZZ_SEEDS" -type f)
    copy dsl $files
    copy yaml $files
    copy_as_model $(find "$FUZZ_SEEDS" -type f -name '*.dfd')
    copy_as_edited $(find "$FUZZ_SEEDS" -type f -name '*.dfd' -o -type f -name '*.yaml')
fi

status=0
for target; do
    mkdir -p "$fuzz/corpus/$target" "$fuzz/seeds/$target"
    echo "$target, ${FUZZ_SECONDS} seconds"
    "$fuzz/fuzz_$target" -max_total_time="$FUZZ_SECONDS" -max_len=8192 -timeout=10 \
        -rss_limit_mb=2048 -dict="$fuzz/tokens.dict" -artifact_prefix="$fuzz/found/$target-" \
        -print_final_stats=1 "$fuzz/corpus/$target" "tests/fuzz/corpus/$target" \
        "$fuzz/seeds/$target" >"$fuzz/$target.log" 2>&1 || status=1
    grep -a -E '^refused|runtime error|ERROR: |Test unit written' "$fuzz/$target.log" ||
        grep -a -E 'DONE|executed_units' "$fuzz/$target.log"
done
exit $status
