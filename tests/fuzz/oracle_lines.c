/* Outputs that are read line by line: CSV as a spreadsheet reads it, Mermaid as a page does. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include <string.h>

/* ---- CSV --------------------------------------------------------------------------------- */

/* Skips a cell, which may not be a formula. */
static const char *skip_cell(const char *at) {
    bool quoted = *at == '"';
    at += quoted;
    if (strchr("=+-@%|\t\r", at[strspn(at, " ")]) && (quoted || *at != '\r'))
        refuse("csv: a formula: %.60s", at);
    if (!quoted)
        return at + strcspn(at, ",\"\r\n");
    while (*at != '"' || at[1] == '"') {
        if (!*at)
            refuse("csv: a cell that does not end");
        at += *at == '"' ? 2 : 1;
    }
    return at + 1;
}

void check_csv(struct bytes text) {
    size_t head = 0;
    for (const char *at = text.at; *at; at += 2) {
        size_t cells = 1;
        for (at = skip_cell(at); *at == ','; cells++)
            at = skip_cell(at + 1);
        if (strncmp(at, "\r\n", 2) != 0 || (head && cells != head))
            refuse("csv: %zu cells under %zu, up to %.60s", cells, head, at);
        head = cells;
    }
}

/* ---- Mermaid ----------------------------------------------------------------------------- */

/* Goes to the quote that ends a label: text, entity codes and breaks. */
static const char *skip_label(const char *at) {
    while (*at != '"') {
        if (!strncmp(at, "<br/>", 5))
            at += 5;
        else if (*at == '#' && at[1 + strspn(at + 1, "0123456789")] == ';')
            at += 2 + strspn(at + 1, "0123456789");
        else if (!*at || strchr("#<>&'`{}[]|;\\\n%:@$*~^=+-", *at))
            refuse("mermaid: in a label: %.60s", at);
        else
            at++;
    }
    return at;
}

/* User text between quotes only; a comment, which names the model, is the first line. */
void check_mermaid(struct bytes text) {
    const char *at = text.at;
    if (!strncmp(at, "%% ", 3) && !strstr(at, "%%{"))
        at += strcspn(at, "\n") + 1;
    if (strncmp(at, "flowchart LR\n", 13) != 0)
        refuse("mermaid: starts with %.60s", at);
    for (; *at; at++) {
        if (*at == '"')
            at = skip_label(at + 1);
        else if (!strncmp(at, MARKER, strlen(MARKER)) || !strncmp(at, "%%", 2))
            refuse("mermaid: not in a label: %.60s", at);
    }
}
