#!/bin/sh
# Runs one part of the tests: sh tests/run.sh NAME COMMAND... with BUILD. Its output goes to
# $BUILD/results/NAME.log and its exit status to NAME.status, for tests/summary.sh. Prints the failures of
# a part that fails, and all of every part when V is set.
# SPDX-License-Identifier: MIT
set -u
name=$1
shift
results=$BUILD/results
log=$results/$name.log
mkdir -p "$results"
# A test that compiles a thousand models in one process would spend most of its time on giving memory back
# to the system and asking for it again.
export MALLOC_TRIM_THRESHOLD_=300000000 MALLOC_MMAP_THRESHOLD_=300000000
status=0
"$@" >"$log" 2>&1 || status=$?
echo "$status" >"$results/$name.status"
if [ -n "${V:-}" ]; then
    cat "$log"
elif [ "$status" != 0 ]; then
    echo "== $name failed, exit code $status"
    # The lines of what went well are left out; the whole log stays.
    grep -v '^\[ RUN      \]\|^\[       OK \]\|^\[==========\]\|^\[  PASSED  \]' "$log" | tail -n 200
    echo "== the whole log: $log"
fi
exit "$status"
