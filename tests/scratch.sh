#!/bin/sh
# Makes an empty folder for what tests write, and prints its path: below TMPDIR where that is set, else in
# memory where programs can be run there and 200 MB are free, else below /tmp.
# SPDX-License-Identifier: MIT
set -eu
memory=/dev/shm
if [ -z "${TMPDIR:-}" ] && [ -w "$memory" ] &&
    [ "$(df -Pk "$memory" 2>/dev/null | awk 'NR == 2 { print $4 }')" -gt 200000 ] 2>/dev/null; then
    folder=$(mktemp -d "$memory/stridec-tests-XXXXXX")
    printf '#!/bin/sh\n' >"$folder/try" && chmod +x "$folder/try"
    if "$folder/try" 2>/dev/null; then
        rm "$folder/try"
        echo "$folder"
        exit
    fi
    rm -r "$folder"
fi
mktemp -d "${TMPDIR:-/tmp}/stridec-tests-XXXXXX"
