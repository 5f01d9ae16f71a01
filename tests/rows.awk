# A line for each row that `stridec threats --format json` prints: id, tier, state, then its questions
# that are open or covered. For cases in which only these matter.
# SPDX-License-Identifier: MIT
/^  \{"id": .*"letter"/ {
    count = split($0, part, "{\"id\": \"")
    split(part[2], row, "\"")
    match($0, /"tier": [0-9]/)
    line = row[1] " " substr($0, RSTART + 8, 1)
    match($0, /"state": "[a-z_]*/)
    line = line " " substr($0, RSTART + 10, RLENGTH - 10)
    for (i = 3; i <= count; i++) {
        split(part[i], question, "\"")
        if (question[5] == "open" || question[5] == "covered")
            line = line " " question[1] (question[5] == "covered" ? "(covered)" : "")
    }
    print line
}
