#!/bin/sh
# Checks who includes whom: sh tests/layers.sh [FOLDER]. In lib/ a quoted include names its layer and
# never a higher one; only api sees the public header; cli/ sees nothing of lib/, the layout program only
# the limits in layout/layout.h; headers form no ring. Prints FILE:LINE of each include that breaks this, and fails.
# SPDX-License-Identifier: MIT
set -eu
cd "${1:-.}"
find lib cli -type f \( -name '*.[ch]' -o -name '*.def' \) | LC_ALL=C sort |
xargs grep -Hn '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<]' /dev/null | awk '
function refuse(why) {
    printf "%s:%s: %s\n", file, line, why
    broken = 1
}

# Follows the includes of a header until one leads back to a header on the way.
function follow(header,    i, next_one) {
    state[header] = "on the way"
    for (i = 1; i <= count[header]; i++) {
        next_one = includes[header, i]
        if (state[next_one] == "on the way") {
            printf "%s: a ring: %s includes %s, which leads back here\n", place[header, i], header, next_one
            broken = 1
        } else if (state[next_one] == "")
            follow(next_one)
    }
    state[header] = "done"
}

BEGIN {
    layers = split("base diag tree model syntax analysis compare layout emit project explain api", names, " ")
    for (i = 1; i <= layers; i++) rank[names[i]] = i
}
{
    split($0, part, ":"); file = part[1]; line = part[2]
    split($0, part, /["<>]/); target = part[2]
    quoted = $0 ~ /include[ \t]*"/
    split(file, own, "/"); split(target, aim, "/")
    program = file ~ /^lib\/layout\/program\//
    if (target ~ /(^|\/)\.\.\//) { refuse("includes are written from lib/, without ..: " target); next }
    if (own[1] != "lib" || program) {
        shared = program && target == "layout/layout.h"
        if ((aim[1] in rank && !shared) || aim[1] == "lib")
            refuse((program ? "the layout program" : own[1] "/") " sees nothing of lib/: " target)
        next
    }
    if (target == "stridec.h") {
        if (own[2] != "api") refuse("only api sees the public header")
        next
    }
    if (!quoted) next
    if (!(aim[1] in rank)) { refuse("not written as LAYER/FILE: " target); next }
    if (!(own[2] in rank)) { refuse("lib/" own[2] " is no layer"); next }
    if (rank[aim[1]] > rank[own[2]]) refuse(own[2] " is below " aim[1] ": " target)
    header = own[2] "/" own[3]
    includes[header, ++count[header]] = target
    place[header, count[header]] = file ":" line
    headers[++all] = header
}
END {
    for (i = 1; i <= all; i++) if (state[headers[i]] == "") follow(headers[i])
    exit broken
}'
