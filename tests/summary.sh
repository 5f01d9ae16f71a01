#!/bin/sh
# Counts what tests/run.sh kept in $BUILD/results and closes with "N passed, N failed". A part counts by
# its own tests where it says how many there were, else as one. Fails when a part failed, or when an
# argument says that something else did.
# SPDX-License-Identifier: MIT
set -eu
passed=0
failed=0
for kept in "$BUILD"/results/*.status; do
    [ -e "$kept" ] || { echo "no test ran"; exit 1; }
    status=$(cat "$kept")
    log=${kept%.status}.log
    run=$(sed -n 's/^\[==========\] \([0-9]*\) test(s) run\.$/\1/p' "$log" | tail -n 1)
    good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\.$/\1/p' "$log" | tail -n 1)
    counted=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log" | tail -n 1)
    if [ -n "$run" ]; then # what is skipped has not failed
        bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test(s), listed below:$/\1/p' "$log" | tail -n 1)
        bad=${bad:-0}
    elif [ -n "$counted" ]; then good=${counted% *} bad=${counted#* }
    else good=$((status == 0)) bad=0
    fi
    [ "$status" = 0 ] || [ "$bad" -gt 0 ] || bad=1 # it ended before it could count
    passed=$((passed + ${good:-0}))
    failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ -z "${1:-}" ]
