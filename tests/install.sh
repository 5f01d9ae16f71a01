#!/bin/sh
# Uses an installed copy: sh tests/install.sh. Installs into a folder of its own, builds doc/example.c
# there with pkg-config alone, shared and static, and compares the source and what it prints with
# doc/library.md; draws a picture with the installed programs; installs below DESTDIR, and takes all
# of it away again.
# SPDX-License-Identifier: MIT
set -eu
build=${BUILD:-build}
make=${MAKE:-make}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "$1" >&2
    exit 1
}
install_copy() { $make -s BUILD="$build" "$@" >"$work/log" 2>&1 || { cat "$work/log"; fail "make $* fails"; }; }
# The contents of the first block of a kind in the manual.
shown() { awk -v kind="$1" '/^```/ { inside = !done && $0 == "```" kind; if (was) done = 1; was = inside; next } inside' doc/library.md; }
files() { (cd "$1" && find . ! -type d | LC_ALL=C sort); }

# By whatever name the folder goes, make knows what the objects in it depend on.
there=$(cd "$build" && pwd)
known=$(BUILD=$there $make -npq 2>/dev/null | awk -v object="${there#"$PWD"/}/lib/base/text.o:" \
    '$1 == object && / Makefile/ && /lib\/base\/text\.h/ { print "yes" }')
[ "$known" = yes ] || fail "make does not know what objects depend on when BUILD is an absolute path"

place=$work/place
install_copy install PREFIX="$place"
unset CPATH LIBRARY_PATH
export PKG_CONFIG_PATH="$place/lib/pkgconfig"

shown c | diff doc/example.c - || fail "doc/library.md does not show doc/example.c"
shown text >"$work/expected"
cp doc/example.c "$work"
cd "$work"
${CC:-cc} -o shared example.c $(pkg-config --cflags --libs stridec)
${CC:-cc} -static -o static example.c $(pkg-config --static --cflags --libs stridec)
readelf -d shared | grep -q 'NEEDED.*\[libstridec\.so\.' || fail "the example is not linked with the shared library"
LD_LIBRARY_PATH=$place/lib ./shared | diff expected - || fail "the example prints something else than doc/library.md says"
./static | diff expected - || fail "the static example prints something else"
# The names of its own that a program may have are not taken.
printf '%s\n' '#include <stridec.h>' 'int parse(void);' 'int parse(void) { return !stridec_version(); }' \
    'int main(void) { return parse(); }' >own.c
${CC:-cc} -static -o own own.c $(pkg-config --static --cflags --libs stridec) && ./own ||
    fail "a program with a parse() of its own does not link"

[ "$(pkg-config --modversion stridec)" = "$("$place/bin/stridec" --version | awk '{ print $2 }')" ] ||
    fail "pkg-config and stridec tell different versions"
for file in man/man1/stridec.1 man/man1/stridec-build.1 bash-completion/completions/stridec; do
    [ -s "$place/share/$file" ] || fail "share/$file is not installed"
done
[ -x "$(pkg-config --variable=layout stridec)" ] || fail "pkg-config tells no layout program"
cp "$OLDPWD/samples/payment/payment.dfd" "$OLDPWD/samples/payment/payment.triage.dfd" .
env -u STRIDEC_LAYOUT "$place/bin/stridec" build payment.dfd >log 2>&1 || { cat log; fail "the installed stridec does not build"; }
cmp payment.svg "$OLDPWD/samples/payment/payment.svg" || fail "the installed stridec draws another picture"
cd "$OLDPWD"

install_copy install DESTDIR="$work/root" PREFIX=/opt/stridec
files "$place" >"$work/here"
files "$work/root/opt/stridec" | diff "$work/here" - || fail "DESTDIR changes what is installed"
[ "$(files "$work/root" | grep -vc '^\./opt/stridec/')" = 0 ] || fail "something is installed outside PREFIX"
grep -rlF "$work" "$work/root" && fail "an installed file names DESTDIR"
grep -q '^prefix=/opt/stridec$' "$work/root/opt/stridec/lib/pkgconfig/stridec.pc" || fail "stridec.pc names another prefix"

install_copy uninstall DESTDIR="$work/root" PREFIX=/opt/stridec
[ -z "$(files "$work/root")" ] || { files "$work/root"; fail "uninstall leaves something"; }
[ ! -e "$work/root/opt/stridec/share/doc/stridec" ] || fail "uninstall leaves its folders"
