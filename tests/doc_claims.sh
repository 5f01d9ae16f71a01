#!/bin/sh
# Holds README.md and the manual against the program: sh tests/doc_claims.sh. Codes, commands, options,
# formats, attributes and their values, functions of the library, targets of make and limits that a page
# names exist; and each of them is named in the page that should list all of its kind. Prints FILE: what is
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
# Starting a program for each of some 700 claims would take seconds: most are answered together at the
# end. holds FILE CLAIM COMMAND...: one claim, that needs a program.
holds() {
    file=$1 claim=$2
    shift 2
    if "$@" >/dev/null 2>&1; then echo >>"$work/passed"; else echo "$file: $claim" >>"$work/failed"; fi
}
# listed FILE CLAIM LIST LINE: one claim, that the list has this line.
: >"$work/asked"
listed() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"$work/asked"; }
# written FILE CLAIM TEXT [any]: one claim, that a line of the file has this text, with `any` in letters of any size.
: >"$work/sought"
written() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${4:-}" >>"$work/sought"; }

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
    written "doc/$page.md" "says nothing of '$term', to which the glossary leads" "${term%al}" any
done

# ---- the page that a picture is to be read on ----------------------------------------------------

sheet=$(awk '/define LAYOUT_PAGE_/ { sub(/u$/, "", $3); size[$2] = $3 + 0 > 999 ? int($3 / 1000) "," substr($3, 2) : $3 }
END { print size["LAYOUT_PAGE_WIDTH"] " by " size["LAYOUT_PAGE_HEIGHT"] " points" }' lib/layout/layout.h)
written doc/large.md "says of no page of $sheet" "$sheet"
for page in doc/large.md doc/picture.md doc/diagnostics.md; do
    written "$page" "does not name the page" "a page a little larger than A3"
done

# ---- commands and options -----------------------------------------------------------------------

"$stridec" --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }' >"$work/commands"
while read -r command; do
    "$stridec" help "$command" >"$work/text-$command"
    listed doc/commands.md "no section '## $command'" sections "$command"
done <"$work/commands"
sed -n 's/^## \([a-z-]*\)$/\1/p; s/^## \([a-z-]*\) .*/\1/p' doc/commands.md >"$work/sections"
# The options that a text names: a file help-COMMAND for each.
(cd "$work" && awk '
FNR == 1 { list = FILENAME; sub(/^text/, "help", list); printf "" >list }
{
    for (rest = $0; match(rest, /--[a-z-]+/); rest = substr(rest, RSTART + RLENGTH)) print substr(rest, RSTART, RLENGTH) >list
    for (rest = " " $0; match(rest, / -[a-z]([^A-Za-z0-9_]|$)/); rest = substr(rest, RSTART + 3)) print substr(rest, RSTART + 1, 2) >list
}' text-*)

# Each use of the program, up to where the shell goes on.
sed -nE 's/^([^\t]*)\t(span|shell)\t(.*[ (])?(build\/)?stridec ([a-z-]+ [^|>&;]*|[a-z-]+$).*/\1 \5/p' "$work/spans" | sort -u |
awk '
FILENAME != "-" { is_command[$1] = 1; next }
$2 ~ /^-|\.|\// { next }
{ print $1 "\tthere is no command \047" $2 "\047\tcommands\t" $2 }
!is_command[$2] { next }
{
    for (i = 3; i <= NF; i++) {
        if (match($i, /^--[a-z-]+/)) option = substr($i, 1, RLENGTH)
        else if ($i ~ /^-[a-z]([^A-Za-z0-9_]|$)/) option = substr($i, 1, 2)
        else continue
        if (option != "--help") print $1 "\t" $2 " has no " option "\thelp-" $2 "\t" option
    }
}' "$work/commands" - >>"$work/asked"

# A section of a command names its own options; those of several commands have a section of their own.
awk '/^## / { section = $2; if ($0 ~ /^## Options of several/) section = "several" } /^# / { section = "" } { print section "\t" $0 }' doc/commands.md |
awk -F '\t' '{ rest = $2; while (match(rest, /--[a-z][a-z-]*/)) { print $1 "\t" substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH) } }' |
sort -u >"$work/named"
cat "$work"/help-* | sort -u >"$work/options"
cut -f 2 "$work/named" | sort -u | while read -r option; do
    case $option in --help|--version|--name) continue ;; esac # the last stands for any
    listed doc/commands.md "no command has $option" options "$option"
done
# has-COMMAND: what its section and that of several commands name.
while read -r command; do : >"$work/has-$command"; done <"$work/commands"
(cd "$work" && awk -F '\t' '
FILENAME == "commands" { command[++count] = $1; is_command[$1] = 1; next }
FILENAME == "named" {
    if (is_command[$1]) print $2 >("has-" $1)
    for (i = 1; $1 == "several" && i <= count; i++) print $2 >("has-" command[i])
    if (is_command[$1] && $2 != "--help") print "doc/commands.md\tin the section of " $1 ": it has no " $2 "\thelp-" $1 "\t" $2 >>"asked"
    next
}
FNR == 1 { name = substr(FILENAME, 6) }
/^--/ && !/^--(help|color|format|output)$/ && !seen[name, $0]++ {
    print "doc/commands.md\t" $0 " of " name " is not in its section, nor in that of several commands\thas-" name "\t" $0 >>"asked"
}' commands named help-*)

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
awk -F '\t' '
FILENAME != "-" { split($0, pair, " "); is_name[pair[1]] = 1; takes_any[pair[1]] += pair[2] == "*"; next }
{ print $1 "\tthere is no attribute \047" $2 "\047\tattributes\t" $2 }
!is_name[$2] || takes_any[$2] { next }
{
    gsub(/[][,]/, "", $3)
    count = split($3, word, " ")
    for (i = 1; i <= count; i++)
        if (word[i] != "value") print $1 "\t\047" word[i] "\047 is not a known value of \047" $2 "\047\tvalues\t" $2 " " word[i]
}' "$work/values" - >>"$work/asked"

# ---- the library, make, the environment, tests --------------------------------------------------

grep -v '^typedef' include/stridec.h | grep -oE 'stridec_[a-z_]+\(' | tr -d '(' | sort -u >"$work/functions"
while read -r function; do
    written doc/library.md "says nothing of $function" "\`$function\`"
done <"$work/functions"
grep -oE '\w+' include/stridec.h | sort -u >"$work/header"
sed -nE 's/^([^\t]*)\tspan\t(stridec_[a-z_]+)$/\1 \2/p' "$work/spans" | sort -u | while read -r page name; do
    listed "$page" "the header has no $name" header "$name"
done
awk '/^[a-z -]+:/ { sub(/:.*/, ""); for (i = 1; i <= NF; i++) print $i }' Makefile tests/*.mk tests/*/*.mk >"$work/targets"
sed -nE 's/^([^\t]*)\t(span|shell)\tmake ([a-z-]+).*/\1 \3/p' "$work/spans" | sort -u | while read -r page target; do
    listed "$page" "there is no target $target" targets "$target"
done
sed -nE 's/^([^\t]*)\tspan\t\$?(STRIDEC_LAYOUT[A-Z_]*|NO_COLOR)$/\1 \2/p' "$work/spans" | sort -u | while read -r page name; do
    holds "$page" "nothing reads $name" grep -rq "\"$name\"" cli
done
for source in tests/*.c; do
    [ "$source" = tests/support.c ] || written doc/inside.md "says nothing of $source" "\`$source\`"
done
for layer in lib/*/; do
    written doc/inside.md "says nothing of ${layer%/}" "\`${layer%/}\`"
done

# ---- limits -------------------------------------------------------------------------------------

"$build/doc/tables" limits >"$work/limits"
cp doc/language.md "$work/language"
while read -r row; do
    listed doc/language.md "the table of limits lacks: $row" language "$row"
done <"$work/limits"

# shellcheck disable=SC2046
(cd "$work" && awk -F '\t' '
FILENAME != "asked" { has[FILENAME, $0]; next }
($3, $4) in has { print >>"passed"; next }
{ print $1 ": " $2 >>"failed" }
' $(cut -f 3 asked | sort -u) asked)
# shellcheck disable=SC2086
awk -F '\t' -v work="$work" '
FILENAME == work "/sought" { file[++count] = $1; claim[count] = $2; any[count] = $4 != ""; text[count] = any[count] ? tolower($3) : $3; wanted[$1] = wanted[$1] " " count; next }
FNR == 1 { split("", open); left = split(wanted[FILENAME], open, " ") }
{ line = tolower($0); for (i in open) if (index(any[open[i]] ? line : $0, text[open[i]])) { print >>(work "/passed"); found[open[i]] = 1; delete open[i] } }
END { for (i = 1; i <= count; i++) if (!found[i]) print file[i] ": " claim[i] >>(work "/failed") }
' "$work/sought" $pages
cat "$work/failed"
echo "$(wc -l <"$work/passed") passed, $(wc -l <"$work/failed") failed" | sed 's/  */ /g; s/^ //'
[ ! -s "$work/failed" ]
