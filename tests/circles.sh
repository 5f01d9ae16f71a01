#!/bin/sh
# Checks who calls whom within a layer: sh tests/circles.sh [FOLDER]. Below FOLDER ($BUILD) each folder of
# objects is a layer; no two files of one may call each other in a circle, so that each can be read after
# those that it calls. Prints each call that is part of a circle, with the names called, and fails.
# SPDX-License-Identifier: MIT
set -eu
folder=${1:-${BUILD:-build}}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Objects of sources that were removed are left out; in a planted tree the sources lie beside the objects.
find "$folder/lib" "$folder/cli" -name '*.o' | LC_ALL=C sort | while read -r object; do
    source=${object%.o}.c
    [ ! -e "${source#"$folder"/}" ] && [ ! -e "$source" ] || echo "$object"
done >"$work/objects"
xargs nm -A <"$work/objects" | awk '
# FILE.o:ADDRESS TYPE NAME, or without address where the name is used and not defined.
{
    colon = index($0, ".o:")
    file = substr($0, 1, colon - 1)
    layer = file
    sub(/\/[^\/]*$/, "", layer)
    if (!(file in layer_of)) files[++count] = file
    layer_of[file] = layer
    type = $(NF - 1); name = $NF
    if (type ~ /^[TDRBCVW]$/) defined[layer, name] = file
    else if (type == "U") { uses++; user[uses] = file; used[uses] = name }
}
END {
    if (!count) { print "no objects found"; exit 1 }
    for (i = 1; i <= uses; i++) {
        to = defined[layer_of[user[i]], used[i]]
        if (to == "" || to == user[i]) continue
        names[user[i], to] = names[user[i], to] " " used[i]
        reach[user[i], to] = 1
    }
    for (k = 1; k <= count; k++)
        for (i = 1; i <= count; i++)
            if ((files[i], files[k]) in reach)
                for (j = 1; j <= count; j++)
                    if ((files[k], files[j]) in reach) reach[files[i], files[j]] = 1
    for (i = 1; i <= count; i++)
        for (j = 1; j <= count; j++)
            if ((files[i], files[j]) in names && (files[j], files[i]) in reach) {
                printf "%s.c calls %s.c, which leads back:%s\n", files[i], files[j], names[files[i], files[j]]
                broken = 1
            }
    exit broken
}' >"$work/circles" || { sed "s|$folder/||g" "$work/circles"; exit 1; }
