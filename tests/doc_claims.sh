#!/bin/sh
# Holds README.md and the manual against the program: sh tests/doc_claims.sh. Codes, commands, options,
# formats, attributes and their values, functions of the library, targets of make and limits that a page
# names are there; and what is there is named in the page that is to have all of it. Prints FILE: what is
# wrong, and how many claims passed and failed. The program and its tables are in $BUILD.
# SPDX-License-Identifier: MIT
set -eu
build=$(cd "${BUILD:-build}" && pwd)
stridec=$build/stridec
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pages=$(ls README.md doc/*.md)
: >"$work/failed"
: >"$work/passed"
# holds FILE CLAIM COMMAND...: one claim.
holds() {
    file=$1 claim=$2
    shift 2
    if "$@" >/dev/null 2>&1; then echo >>"$work/passed"; else echo "$file: $claim" >>"$work/failed"; fi
}
# listed FILE CLAIM LIST LINE: one claim, that the list has this line. All of these are answered at the end.
: >"$work/asked"
listed() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"$work/asked"; }

# FILE KIND TEXT, a line for each code span and each line of a block of shell.
# shellcheck disable=SC2086
awk '
FNR == 1 { block = "" }
/^```/ { block = block != "" ? "" : length($0) > 3 ? substr($0, 4) : "plain"; next }
block ~ /^(sh|make|console)$/ { sub(/#.*/, "") }
block ~ /^(sh|make)$/ { print FILENAME "\tshell\t" $0; next }
block == "console" && sub(/^\$ /, "") { print FILENAME "\tshell\t" $0; next }
block != "" { next }
{ parts = split($0, part, "`"); for (i = 2; i < parts; i += 2) print FILENAME "\tspan\t" part[i] }
' $pages >"$work/spans"

# ---- codes and topics ---------------------------------------------------------------------------

"$stridec" explain codes | sed -n 's/^  \([EW][0-9]*\) .*/\1/p' >"$work/codes"
# shellcheck disable=SC2086
grep -oE '\b[EW]0[0-9]{3}\b' $pages | sort -u | while IFS=: read -r page code; do
    listed "$page" "there is no code $code" codes "$code"
done
sed -n 's/^\(.*\)\tspan\tstridec explain \([a-z0-9_-]*\)$/\1 \2/p' "$work/spans" | while read -r page topic; do
    holds "$page" "explain knows nothing of $topic" "$stridec" explain "$topic"
done
sed -n 's/^TERM("\([^"]*\)", "\([a-z]*\)".*/\2 \1/p' lib/explain/terms.def | while read -r page term; do
    holds "doc/$page.md" "says nothing of '$term', to which the glossary leads" grep -qi "${term%al}" "doc/$page.md"
done

# ---- commands and options -----------------------------------------------------------------------

"$stridec" --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' >"$work/commands"
while read -r command; do
    "$stridec" help "$command" | grep -oE -- '(--[a-z-]+|(^| )-[a-z]\b)' | tr -d ' ' | sort -u >"$work/help-$command"
    holds doc/commands.md "no section '## $command'" grep -qE "^## $command( |\$)" doc/commands.md
done <"$work/commands"

# Each use of the program, up to where the shell goes on.
sed -nE 's/^([^\t]*)\t(span|shell)\t(.*[ (])?(build\/)?stridec ([a-z-]+ [^|>&;]*|[a-z-]+$).*/\1 \5/p' "$work/spans" | sort -u |
while read -r page command rest; do
    case $command in -*|*.*|*/*) continue ;; esac
    listed "$page" "there is no command '$command'" commands "$command"
    [ -e "$work/help-$command" ] || continue
    for option in $(printf '%s' "$rest" | grep -oE -- '(^| )(--[a-z-]+|-[a-z]\b)' || true); do
        [ "$option" = --help ] || listed "$page" "$command has no $option" "help-$command" "$option"
    done
done

# A section of a command names its own options; those of several commands have a section of their own.
awk '/^## / { section = $2; if ($0 ~ /^## Options of several/) section = "several" } /^# / { section = "" } { print section "\t" $0 }' doc/commands.md |
awk -F '\t' '{ rest = $2; while (match(rest, /--[a-z][a-z-]*/)) { print $1 "\t" substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH) } }' |
sort -u >"$work/named"
cat "$work"/help-* | sort -u >"$work/options"
cut -f 2 "$work/named" | sort -u | while read -r option; do
    case $option in --help|--version|--name) continue ;; esac # the last stands for any
    listed doc/commands.md "no command has $option" options "$option"
done
while read -r command; do
    awk -F '\t' -v command="$command" '$1 == command { print $2 }' "$work/named" | while read -r option; do
        [ "$option" = --help ] || listed doc/commands.md "in the section of $command: it has no $option" "help-$command" "$option"
    done
    grep '^--' "$work/help-$command" | while read -r option; do
        case $option in --help|--color|--format|--output) continue ;; esac
        holds doc/commands.md "$option of $command is not in its section, nor in that of several commands" \
            grep -qE "^($command|several)	$option\$" "$work/named"
    done
done <"$work/commands"

# ---- formats ------------------------------------------------------------------------------------

"$stridec" explain formats | sed -n 's/^  \([a-z]*\) .*/\1/p' >"$work/formats"
awk '/^\| format \|/ { on = 1; next } !/^\|/ { on = 0 } on' doc/commands.md | sed -n 's/^| `\([a-z]*\)` |.*/\1/p' >"$work/table"
while read -r format; do listed doc/commands.md "the table of formats lacks $format" table "$format"; done <"$work/formats"
while read -r format; do listed doc/commands.md "there is no format $format" formats "$format"; done <"$work/table"

# ---- attributes and values ----------------------------------------------------------------------

# The reference page is made from the tables: NAME VALUE, a line each; a name that takes any word has '*'.
sed -n 's/^| `\([a-z_]*\)` | [a-z]* | \([^|]*\) | \([^|]*\) |.*/\1\t\3/p' doc/attributes.md |
awk -F '\t' '{ values = $2; gsub(/[`*]/, "", values); if (values ~ /^ *$/ || values ~ / to /) print $1 " *"; else { n = split(values, value, " "); for (i = 1; i <= n; i++) print $1 " " value[i] } }' |
sort -u >"$work/values"
cut -d ' ' -f 1 "$work/values" | sort -u >"$work/attributes"
# Keys of the YAML form, and `name: value` itself.
printf '%s\n' label id from to evidence name >>"$work/attributes"
sed -nE 's/^([^\t]*)\tspan\t(.*[{;] *)?([a-z_]+): (\[?[a-z_, ]+\]?)( *[;}].*)?$/\1\t\3\t\4/p' "$work/spans" | sort -u |
while IFS='	' read -r page name words; do
    listed "$page" "there is no attribute '$name'" attributes "$name"
    grep -q "^$name " "$work/values" && ! grep -qxF "$name *" "$work/values" || continue
    for word in $(printf '%s' "$words" | tr -d '[],'); do
        [ "$word" = value ] || listed "$page" "'$word' is not a known value of '$name'" values "$name $word"
    done
done

# ---- the library, make, the environment, tests --------------------------------------------------

grep -v '^typedef' include/stridec.h | grep -oE 'stridec_[a-z_]+\(' | tr -d '(' | sort -u >"$work/functions"
while read -r function; do
    holds doc/library.md "says nothing of $function" grep -qF "\`$function\`" doc/library.md
done <"$work/functions"
sed -nE 's/^([^\t]*)\tspan\t(stridec_[a-z_]+)$/\1 \2/p' "$work/spans" | sort -u | while read -r page name; do
    holds "$page" "the header has no $name" grep -qw "$name" include/stridec.h
done
sed -nE 's/^([^\t]*)\t(span|shell)\tmake ([a-z-]+).*/\1 \3/p' "$work/spans" | sort -u | while read -r page target; do
    holds "$page" "there is no target $target" grep -qE "^([a-z -]* )?$target( [a-z -]*)?:" Makefile tests/*.mk tests/*/*.mk
done
sed -nE 's/^([^\t]*)\tspan\t\$?(STRIDEC_LAYOUT[A-Z_]*|NO_COLOR)$/\1 \2/p' "$work/spans" | sort -u | while read -r page name; do
    holds "$page" "nothing reads $name" grep -rq "\"$name\"" cli
done
for source in tests/*.c; do
    [ "$source" = tests/support.c ] || holds doc/inside.md "says nothing of $source" grep -qF "\`$source\`" doc/inside.md
done
for layer in lib/*/; do
    holds doc/inside.md "says nothing of ${layer%/}" grep -qF "\`${layer%/}\`" doc/inside.md
done

# ---- limits -------------------------------------------------------------------------------------

"$build/doc/tables" limits >"$work/limits"
while read -r row; do
    holds doc/language.md "the table of limits lacks: $row" grep -qxF -e "$row" doc/language.md
done <"$work/limits"

# shellcheck disable=SC2046
(cd "$work" && awk -F '\t' '
FILENAME != "asked" { has[FILENAME, $0]; next }
($3, $4) in has { print >>"passed"; next }
{ print $1 ": " $2 >>"failed" }
' $(cut -f 3 asked | sort -u) asked)
cat "$work/failed"
echo "$(wc -l <"$work/passed") passed, $(wc -l <"$work/failed") failed" | sed 's/  */ /g; s/^ //'
[ ! -s "$work/failed" ]
