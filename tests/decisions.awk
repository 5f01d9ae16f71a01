# A line for each row or pattern that a decision names, of all that `stridec threats --format json`
# prints: the decision's kind, id, state and priority, what it names, how that stands, what has
# changed. For cases about states.
# SPDX-License-Identifier: MIT

# The text between two others, first found from there on; "" where they are not.
function between(text, before, after,    start, rest) {
    start = index(text, before)
    if (!start)
        return ""
    rest = substr(text, start + length(before))
    return substr(rest, 1, index(rest, after) - 1)
}

/^[]"]/ { kind = "" }
/^"(threats|risks|dismissals|baselines)": \[/ {
    kind = $0
    gsub(/[^a-z]/, "", kind)
    sub(/s$/, "", kind)
}
kind && /^  \{"id": / {
    line = kind " " between($0, "{\"id\": \"", "\"")
    if (kind == "threat")
        line = line " " between($0, "\"state\": \"", "\"") " " between($0, "\"priority\": \"", "\"")
    targets = between($0, "\"targets\": [{", "}], \"")
    count = split(targets, target, /\{"id": |^"id": /)
    for (i = 1; i <= count; i++) {
        if (target[i] !~ /"standing"/)
            continue
        told = line ": " between(target[i], "\"", "\"")
        standing = between(target[i], "\"standing\": [", "]")
        gsub(/[",]/, "", standing)
        told = told (standing ? " " standing : "")
        changes = between(target[i], "\"changes\": [{", "}]")
        gsub(/"name": |"was": |"is": |[{}]/, "", changes)
        gsub(/", "/, "\" \"", changes)
        print told (changes ? " (" changes ")" : "")
    }
    if (!targets)
        print line
}
