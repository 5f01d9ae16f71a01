#!/bin/sh
# Checks what was built in $BUILD with the flags $HARDENING: sh tests/binaries.sh. Both libraries export
# exactly the functions that include/stridec.h declares, and the manual names each of them; the shared
# library has its name, and reaches for no file, network or shell; the programs are hardened; no binary
# holds a path of the machine it was built on. Prints what is wrong, and fails.
# SPDX-License-Identifier: MIT
set -eu
build=$(cd "${BUILD:-build}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
broken=0
refuse() {
    echo "$1"
    broken=1
}

# Prints the functions that a header declares: statements with a parameter list that are no typedef, outside
# of directives and braces. The name is before the first parenthesis.
declared() {
    ${CC:-cc} -std=c11 -E -P "$1" | sed '/^#/d' | tr '\n' ' ' |
        sed -e ':again' -e 's/{[^{}]*}//g' -e 't again' | tr ';' '\n' |
        sed -n -e '/^ *typedef/d' -e 's/^\([^(]*[^A-Za-z0-9_(]\)\([a-z0-9_]*\)(.*/\2/p' | LC_ALL=C sort
}
shown() { nm "$1" --defined-only "$2" | awk 'NF == 3 { print $3 }' | LC_ALL=C sort; }

declared include/stridec.h >"$work/declared"
[ "$(wc -l <"$work/declared")" -gt 10 ] || refuse "include/stridec.h: no functions found"
for library in -D:libstridec.so -g:libstridec.a; do
    shown "${library%%:*}" "$build/${library#*:}" >"$work/shown"
    diff "$work/declared" "$work/shown" >"$work/differences" || {
        refuse "${library#*:} does not show what include/stridec.h declares (<: only declared, >: only shown):"
        grep '^[<>]' "$work/differences"
    }
done
while read -r name; do
    grep -q "\`$name\`" doc/library.md || refuse "doc/library.md does not name $name"
done <"$work/declared"

readelf -d "$build/libstridec.so" | grep -q 'SONAME.*\[libstridec\.so\.[0-9]*\]' || refuse "libstridec.so: no SONAME"
readelf -d "$build/libstridec.so" | grep -q 'NEEDED.*graphviz\|NEEDED.*gvc\|NEEDED.*cgraph' &&
    refuse "libstridec.so links Graphviz"

# Functions that open files, speak to a network or start a shell, for which the library has no use.
# posix_spawn starts the layout program; socketpair, send and recv speak with it.
nm -D --undefined-only "$build/libstridec.so" | awk '{ sub(/@.*/, "", $2); print $2 }' |
    grep -xE '(__)?(f?open(at)?(64)?(_2)?|fdopen|freopen|creat|rename|unlink|mkdir|opendir|socket|connect|bind|getaddrinfo|system|popen|fork|exec.*|posix_spawnp|dlopen|tmpfile|mkstemp|setenv|putenv|setlocale|exit|_exit|printf|puts|std(out|err)|rand|time)' \
        >"$work/reached" && refuse "libstridec.so reaches for $(tr '\n' ' ' <"$work/reached")"

for binary in stridec stridec-layout libstridec.so; do
    file=$build/$binary
    readelf -hldW "$file" >"$work/about"
    readelf -sW "$file" >"$work/names"
    grep -q 'Type: *DYN' "$work/about" || refuse "$binary: its place in memory is fixed (-pie)"
    grep -q 'GNU_RELRO' "$work/about" || refuse "$binary: -z relro is missing"
    grep -q 'BIND_NOW\|FLAGS_1.*NOW' "$work/about" || refuse "$binary: -z now is missing"
    grep -q 'GNU_STACK.*RWE' "$work/about" && refuse "$binary: its stack can be executed"
    grep -q 'TEXTREL' "$work/about" && refuse "$binary: code is relocated"
    case ${HARDENING:-} in *stack-protector*)
        grep -q '__stack_chk_fail' "$work/names" || refuse "$binary: its stack is not protected" ;;
    esac
    case ${HARDENING:-} in *FORTIFY*)
        grep -q '_chk\(@\|$\)' "$work/names" || refuse "$binary: no function is fortified" ;;
    esac
done

for file in "$build/stridec" "$build/stridec-layout" "$build/libstridec.so" "$build/libstridec.a"; do
    for path in "$PWD" "$build"; do
        ! grep -aqF -e "$path" "$file" || refuse "$file holds the path $path"
    done
done
exit "$broken"
