#!/bin/sh
# Makes the pictures of doc/gallery.md: sh tests/gallery.sh [check]. They are built in $BUILD/gallery from the samples
# and from two models of tests/speed/generate.c, and copied to samples/ and doc/gallery; with `check` nothing is
# copied, and a picture there that differs fails. Otherwise, with CORPUS=FOLDER, five models of that folder are
# built as well, from the smallest to the largest; they stay in $BUILD/gallery, as texts of others are not in
# this repository.
# $BUILD/gallery/index.html shows each picture in light, in dark and in grey.
# SPDX-License-Identifier: MIT
set -eu
build=$(cd "${BUILD:-build}" && pwd)
mode=${1:-copy}
gallery=$build/gallery
kept=doc/gallery
failed=0
rm -rf "$gallery"
mkdir -p "$gallery"

# draw FILE: the warnings of a generated model, and of a bare drawing, are not what is looked at.
draw() { "$build/stridec" build "$1" >"$gallery/log" 2>&1 || { cat "$gallery/log"; exit 1; }; }

# keep PICTURE COPY: what is committed is what is made.
keep() {
    if [ "$mode" != check ]; then
        cmp -s "$1" "$2" || cp "$1" "$2"
    elif ! cmp -s "$1" "$2"; then
        echo "$2 is stale: make gallery"
        failed=1
    fi
}

for sample in samples/*/; do
    name=$(basename "$sample")
    mkdir "$gallery/$name"
    cp "$sample"*.dfd "$gallery/$name"
    draw "$gallery/$name/$name.dfd"
    keep "$gallery/$name/$name.svg" "samples/$name/$name.svg"
done

# made ELEMENTS PAGE...: the overview is kept, and these pages.
made() {
    name=made-$1
    mkdir "$gallery/$name"
    "$build/speed/generate" "$1" dsl >"$gallery/$name/$name.dfd"
    draw "$gallery/$name/$name.dfd"
    shift
    for picture in "$name" "$@"; do
        keep "$gallery/$name/$picture.svg" "$kept/$picture.svg"
        echo "$picture.svg" >>"$gallery/expected"
    done
}

mkdir -p "$kept"
made 60 made-60.b1 made-60.b2 made-60.part-1
made 500 made-500.b6 made-500.b13

# What nothing makes any more would stay for ever.
for picture in "$kept"/*.svg; do
    file=$(basename "$picture")
    grep -qxF "$file" "$gallery/expected" || { echo "$picture is made by nothing: remove it"; failed=1; }
    grep -qF "(gallery/$file)" doc/gallery.md || { echo "doc/gallery.md does not show $picture"; failed=1; }
done

# Five of all by size, at equal distances.
if [ "$mode" != check ] && [ -n "${CORPUS:-}" ]; then
    wc -c "$CORPUS"/*.dfd | grep -v ' total$' | sort -n | sed 's/^ *[0-9]* //' >"$gallery/models"
    [ -s "$gallery/models" ] || { echo "no *.dfd in $CORPUS"; exit 1; }
    awk '{ line[NR] = $0 } END { for (i = 0; i < 5; i++) print line[1 + int(i * (NR - 1) / 4 + 0.5)] }' \
        "$gallery/models" | uniq >"$gallery/chosen"
    while read -r model; do
        name=$(basename "$model" .dfd)
        mkdir "$gallery/corpus-$name"
        cp "$model" "$gallery/corpus-$name"
        draw "$gallery/corpus-$name/$name.dfd"
    done <"$gallery/chosen"
fi

# A picture is drawn in the scheme of the element of the page that shows it.
{
    cat <<'HEAD'
<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Gallery</title>
<style>
body { margin: 0; font: 14px sans-serif }
h2 { margin: 0; padding: 12px }
div { display: inline-block; vertical-align: top; box-sizing: border-box; width: 33.3%; padding: 8px }
img { width: 100% }
.light, .grey { color-scheme: light; background: #fff }
.dark { color-scheme: dark; background: #0d1117 }
.grey img { filter: grayscale(1) }
</style>
HEAD
    for picture in "$gallery"/*/*.svg; do
        path=${picture#"$gallery"/}
        echo "<h2>$path</h2>"
        # No blank between the three: they fill the line.
        for scheme in light dark grey; do
            printf '<div class=%s><img alt=%s loading=lazy src="%s"></div>' "$scheme" "$scheme" "$path"
        done
    done
} >"$gallery/index.html"
rm -f "$gallery/log" "$gallery/expected" "$gallery/models" "$gallery/chosen"

count=$(find "$gallery" -name '*.svg' | wc -l)
[ "$mode" = check ] && [ "$failed" = 0 ] && echo "$count pictures made, those that are committed are the same"
[ "$mode" = check ] || echo "$count pictures: $gallery/index.html"
exit "$failed"
