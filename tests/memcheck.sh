#!/bin/sh
# The program under valgrind's memcheck: no wrong access, no branch on memory that was never
# written, and no memory still held at the end. Runs over the samples, both forms, the inputs that the fuzzers
# kept, and rule packs.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp -R samples "$place"

# under EXIT-CODE COMMAND...; the code is `any` where it does not matter. Output is ignored.
under() {
    wanted=$1
    shift
    code=0
    valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all \
        --log-file="$place/log" "$BUILD/stridec" "$@" >"$place/output" 2>&1 || code=$?
    [ "$code" = "$wanted" ] || { [ "$wanted" = any ] && [ "$code" -lt 5 ]; } || {
        echo "stridec $*: exit code $code, not $wanted" >&2
        cat "$place/log" >&2
        exit 1
    }
}

for twin in "$place"/samples/*/*.yaml; do
    model=${twin%.yaml}
    under 0 build --force "$model.dfd"
    under 0 build --force --format json "$model.yaml"
    for format in text json csv markdown html dot svg mermaid; do
        under 0 threats --all --format "$format" "$model.dfd"
    done
    for form in dfd yaml; do
        under 0 check --format json "$model.$form"
        under 0 convert "$model.$form"
    done
    under 0 check "$model.triage.dfd"
    under 0 fmt --sort "$model.triage.dfd"
done
for format in text markdown json; do
    under 0 diff --format "$format" "$place/samples/payment/payment.dfd" "$place/samples/stridec/stridec.yaml"
done
for format in text markdown csv json; do
    under 0 summary --format "$format" --due 30 --today 2026-12-01 "$place"/samples/*/*.dfd
done
under 0 threats --format json -o "$place/payment.json" "$place/samples/payment/payment.dfd"
under 0 summary "$place/payment.json"
under 2 summary tests/diagnostics/*.dfd
under 4 diff nowhere:payment.dfd "$place/samples/payment/payment.dfd"
under 0 explain S@webhook "$place/samples/payment/payment.dfd"
under 0 explain flow
under 0 test-rules
under 0 init "$place/new.dfd"
under 3 threats --tier 4 "$place/new.dfd"
under 4 check "$place/nothing.dfd"

# Models that were written to do harm, all in one run of each command.
for kind in dsl yaml rules outputs; do
    case $kind in yaml) end=yaml ;; *) end=dfd ;; esac
    mkdir "$place/$kind"
    for kept in tests/fuzz/corpus/$kind/*; do
        cp "$kept" "$place/$kind/$(basename "$kept").$end"
    done
    under any check "$place/$kind"/*
done
under 2 check tests/diagnostics/*.dfd tests/diagnostics/*.yaml
under any fmt --check "$place"/dsl/*
for hostile in "$place"/outputs/*0.dfd; do
    under any build --force "$hostile"
done
echo "memcheck has nothing to say"
