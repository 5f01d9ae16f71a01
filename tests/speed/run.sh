#!/usr/bin/env bash
# Prints the time of stridec beside that of what it is compared with: bash tests/speed/run.sh BUILD. Each line is
# a ratio of medians of five runs made in turn, so that it says the same on any machine. BENCH_RUNS sets
# another number of runs. Where a command fails, what it printed is shown, its row says so, the others are
# measured, and the exit status is 1.
# SPDX-License-Identifier: MIT
set -euo pipefail
build=$(cd "${1:-build}" && pwd)
runs=${BENCH_RUNS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
broken=0
stridec=$build/stridec
measure=$build/speed/measure

model() { "$build/speed/generate" "$1" "${2:-dsl}" >"$1.${2:-dfd}"; }

# seconds COMMAND...: medians of wall time, one a line; processor COMMAND...: of the processor's time.
seconds() { "$measure" "$runs" "$@" | cut -d' ' -f1; }
processor() { "$measure" "$runs" "$@" | cut -d' ' -f2; }

# row NAME RATIO TARGET: the verdict is beside the target; a target of - is only reported. Without a ratio, what
# it is made of could not be measured.
row() {
    if [ -z "$2" ]; then
        printf '%-58s %9s\n' "$1" failed
        broken=1
        return
    fi
    awk -v name="$1" -v value="$2" -v target="$3" 'BEGIN {
        verdict = target == "-" ? "" : value + 0 <= target + 0 ? "ok" : "OVER"
        printf "%-58s %9s  %6s  %s\n", name, value, target, verdict
    }'
}

# ratio CLOCK NAME TARGET COMMAND COMMAND: how long the first takes in terms of the second.
ratio() {
    local clock=$1 name=$2 target=$3 times
    shift 3
    times=$("$clock" "$@") || times=
    row "$name" "$(echo "$times" | paste -sd' ' | awk 'NF { printf "%.3f", $1 / $2 }')" "$target"
}

# growth NAME COMMAND MIB: exponents of the processor's time, from 1,000 to 100,000 elements, and of memory, from
# 10,000 on, as it comes in pages of 2 MiB. MIB is the target for 100,000. What a run takes with ten elements
# is start-up and left out.
growth() {
    local time= memory= each= total= peak=
    { "$measure" "$runs" "$stridec $2 10.dfd" "$stridec $2 1000.dfd" "$stridec $2 10000.dfd" \
        "$stridec $2 100000.dfd" || true; } |
        awk '{ time[NR] = $2; memory[NR] = $3 }
             END { if (NR < 4) exit
                   small = time[2] - time[1]; if (small < 0.0001) small = 0.0001
                   least = memory[3] - memory[1]; if (least < 0.1) least = 0.1
                   printf "%.2f %.2f %.2f %.2f %.0f\n", log((time[4] - time[1]) / small) / log(100),
                      log((memory[4] - memory[1]) / least) / log(10), time[4] / time[2] / 100,
                      time[4], memory[4] }' \
            >grown
    read -r time memory each total peak <grown || true
    row "$1: exponent of time" "$time" 1.1
    row "$1: exponent of memory" "$memory" 1.1
    row "$1: time per element at 100,000 / at 1,000" "$each" 1.2
    row "$1: seconds at 100,000 elements" "$total" -
    row "$1: MiB at 100,000 elements" "$peak" "$3"
}

# said NUMBER: waits until the stream of events of `watch` names the page.
said() {
    local line
    while read -r line <&5; do case $line in "data: $1"*) return ;; esac; done
}

# saves MODEL: milliseconds from each of five saves to the last byte of the page that `watch` serves then.
saves() {
    local url port path host number begun
    coproc "$stridec" watch "$1" 2>/dev/null
    read -r url <&"${COPROC[0]}"
    path=${url#http://*/} port=${url#http://127.0.0.1:} port=${port%%/*}
    host="Host: 127.0.0.1:$port"
    exec 5<>"/dev/tcp/127.0.0.1/$port"
    printf 'GET /%sevents HTTP/1.1\r\n%s\r\n\r\n' "$path" "$host" >&5
    said 2
    for number in 3 4 5 6 7; do
        sleep 0.3
        begun=${EPOCHREALTIME/[.,]/}
        sed -i "0,/\"[^\"]*\"/s//\"Save $number\"/" "$1"
        said "$number"
        exec 6<>"/dev/tcp/127.0.0.1/$port"
        printf 'GET /%s HTTP/1.1\r\nConnection: close\r\n%s\r\n\r\n' "$path" "$host" >&6
        cat <&6 >page
        echo $(((${EPOCHREALTIME/[.,]/} - begun) / 1000))
    done
    exec 5>&- 6>&-
    kill -INT "$COPROC_PID"
    wait "$COPROC_PID" || true
}

for size in 10 100 500 1000 10000 100000; do model $size; done
"$build/speed/generate" 100000 yaml >100000.yaml

printf '%-58s %9s  %6s\n' "" measured target
ratio processor "check of 100,000 elements / libyaml's events" 0.6 \
    "$stridec check 100000.dfd" "$build/speed/yaml_events 100000.yaml"
ratio processor "the same as YAML / libyaml's events" 1.6 \
    "$stridec check 100000.yaml" "$build/speed/yaml_events 100000.yaml"
# An edit at 1,000 elements: as many texts as fit the one large model.
ratio processor "100 edits of 1,000 elements / libyaml's events of 100,000" 2.4 \
    "$build/speed/edit 1000.dfd 100" "$build/speed/yaml_events 100000.yaml"
row "an edit of 1,000 elements to its diagnostics: ms" \
    "$(processor "$build/speed/edit 1000.dfd 100" | awk 'NF { printf "%.1f", $1 * 10 }')" 8

"$stridec" threats --format json 10000.dfd >10000.json
ratio seconds "JSON of 10,000 elements / jq -c . of it" 0.2 \
    "$stridec threats --format json 10000.dfd" "jq -c . 10000.json"

row "1,000 elements, all rows / (5 x --version + 40 ms)" \
    "$(seconds "$stridec threats --format json 1000.dfd" "$stridec --version" | paste -sd' ' |
        awk 'NF { printf "%.3f", $1 / (5 * $2 + 0.04) }')" 1.0

for size in 100 500; do
    "$stridec" render --format dot $size.dfd >$size.dot
    target=0.5
    [ $size = 100 ] || target=1.0
    ratio seconds "picture of $size elements / dot -Tsvg" $target \
        "$stridec render --format svg $size.dfd" "dot -Tsvg $size.dot"
done

"$stridec" render -o 100.svg 100.dfd 2>/dev/null
ratio seconds "an unchanged picture of 100 elements / drawing it" - \
    "$stridec render -o 100.svg 100.dfd" "$stridec render 100.dfd"

cp 100.dfd saved.dfd
row "a save of 100 elements to the page of watch: ms" "$(saves saved.dfd | sort -n | sed -n 3p)" 150

# A large model with all its pages, and the same with each element in a boundary of its own, which is the shape
# that takes most.
model 2000
awk '/^ *boundary |^ *}$|^ *kind: network$/ { next }
     /^ *(process|store) / { printf "boundary z%d \"Zone %d\" { kind: network\n%s\n}\n", NR, NR, $0; next }
     { print }' 2000.dfd >alone.dfd
for each in 2000:"20 in a zone" alone:"each in a zone of its own"; do
    row "2,000 elements, ${each#*:}, pages: seconds" \
        "$(processor "$stridec build --force ${each%%:*}.dfd" | awk 'NF { printf "%.2f", $1 }')" 2
done

# A large model whose gate passes: 50,000 of the questions of tier 1 are dismissed, the others are left open by
# baselines.
mkdir decided && cp 100000.dfd decided/m.dfd
"$stridec" threats --tier 1 --format csv 100000.dfd |
    awk -F, 'BEGIN { print "policy { disable: [unreviewed] }" }
             $6 != "open" { next }
             ++pending <= 50000 { print "dismiss " $1 " { reason: \"an example\"; basis: [\"x.reach=near\"] }"; next }
             { printf "%s%s", pending % 1000 == 1 ? "baseline { patterns: [" : ", ", $1 }
             pending % 1000 == 0 { print "] }" }
             END { if (pending > 50000 && pending % 1000) print "] }" }' >decided/m.triage.dfd
ratio processor "gate of 100,000 elements, 50,000 decisions / check" 1.5 \
    "$stridec check --gate --today 2026-11-30 decided/m.dfd" "$stridec check decided/m.dfd"

# A team's folder of models: each built, and its JSON written, by one make.
mkdir many && "$build/speed/generate" 30 dsl >many/m1.dfd
for i in $(seq 2 500); do cp many/m1.dfd many/m$i.dfd; done
{
    printf 'MODELS = $(wildcard m*.dfd)\nall: $(MODELS:.dfd=.md) $(MODELS:.dfd=.json)\n'
    printf '%%.md: %%.dfd\n\t@%s build --depfile $*.d -o $@ $< >$*.log 2>&1\n' "$stridec"
    printf '%%.json: %%.dfd\n\t@%s threats -o $@ $< 2>>$*.log\n-include $(wildcard *.d)\n' "$stridec"
} >many/Makefile
printf '"%s" build -o one.md m.dfd >/dev/null\n"%s" threats -o one.json m.dfd\nrm m.svg one.md one.json\n' \
    "$stridec" "$stridec" >one.sh
cp many/m1.dfd m.dfd
before=$("$measure" 5 "sh one.sh" | cut -d' ' -f2) || before=
after=$("$measure" 1 "make -s -C many -j2 all" | cut -d' ' -f2) || after=
row "500 models of 30 elements by make -j2 / 500 times one" \
    "$(echo "$after $before" | awk 'NF == 2 { printf "%.3f", $1 / (500 * $2) }')" 1.2
row "the same again, when nothing has changed: seconds" \
    "$("$measure" 1 "make -s -C many -j2 all" | cut -d' ' -f1)" -

growth "check" "check" 160
growth "all rows as JSON" "threats --format json" -
exit "$broken"
