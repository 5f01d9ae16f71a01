# A line for each row that `stridec threats --all --format json` prints: its id, tier and state, then
# each of its questions that is in scope with what was decided and whether it is still to be decided.
# A row without questions is decided itself. For cases about answers.
# SPDX-License-Identifier: MIT
function value(text, key,    rest) {
    if (!index(text, "\"" key "\": "))
        return ""
    rest = substr(text, index(text, "\"" key "\": ") + length(key) + 4)
    gsub(/^"/, "", rest)
    return substr(rest, 1, match(rest, /[",}]/) - 1)
}

function decided(text,    told) {
    told = value(text, "answer")
    if (value(text, "holds") == "false")
        told = told " before"
    if (value(text, "new"))
        told = told " new"
    if (value(text, "pending") == "true")
        told = told " pending"
    sub(/^ /, "", told)
    return told
}

/^  \{"id": "[^"]*", "letter"/ {
    count = split($0, part, "{\"id\": \"")
    line = substr(part[2], 1, index(part[2], "\"") - 1) " tier " value(part[2], "tier") " " value(part[2], "state")
    asked = 0
    for (i = 3; i <= count; i++) {
        state = value(part[i], "state")
        if (state == "possible")
            continue
        asked++
        line = line "; " substr(part[i], 1, index(part[i], "\"") - 1) " " state ": " decided(part[i])
    }
    print line (asked ? "" : ": " decided(part[count]))
}
