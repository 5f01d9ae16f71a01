/* Any bytes as a rule pack after the built-in one: a model is judged by it, its own tests are run,
 * and its own texts are printed too. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include <stdlib.h>
#include <string.h>

/* One of each kind that rules can hang on, some facts stated, safe and not, and some left open. */
static const char model[] =
    "model m \"Fixed\" { owner: ana }\n"
    "asset card \"Card\" { confidentiality: critical; integrity: high; availability: low }\n"
    "external web \"Browser\" { kind: browser }\n"
    "actor admin \"Admin\" { authenticated_by: password }\n"
    "boundary net \"Net\" {\n"
    "  trust: 5\n"
    "  process api \"API\" { kind: api; parses: [json]; logs: local; errors: verbose }\n"
    "  process job { kind: worker; out_of_scope: \"not now\" }\n"
    "  boundary db \"DB\" { store sql \"SQL\" { kind: sql; encrypted: yes; data: [card] } }\n"
    "}\n"
    "boundary who { kind: identity }\n"
    "flow pay = web -> api : \"Pay\" { protocol: https; auth: session; carries: [command, amount] "
    "}\n"
    "flow look = admin -> api { protocol: http; auth: none; data: [card] }\n"
    "flow keep = api -> sql { carries: [query] }\n"
    "flow load = sql -> job { initiator: target }\n"
    "crossing login { at: api; into: who; from: jwt; to: session; verifies: no }\n";

static void explain_rules(stridec *compilation) {
    stridec_topic topic = {.size = sizeof topic};
    for (size_t i = 0; stridec_topic_at(compilation, i, &topic); i++) {
        if (strcmp(topic.group, "rule") && strcmp(topic.group, "letter") &&
            strcmp(topic.group, "list"))
            continue;
        struct bytes text = {0};
        bytes_add(&text, "", 0);
        if (stridec_explain(compilation, topic.name, bytes_take, &text) != STRIDEC_OK)
            refuse("%s %s cannot be explained", topic.group, topic.name);
        check_terminal("explain", text, NOTHING);
        check_log("explain", text);
        free(text.at);
    }
}

static void judge_by(stridec *compilation) {
    static const char *const formats[] = {"json", "text", "markdown"};
    const stridec_output output = {.size = sizeof output, .all = true};
    stridec_status status = stridec_compile(compilation, "m.dfd", model, sizeof model - 1);
    if (status != STRIDEC_OK)
        refuse("the fixed model: %s", stridec_status_text(status));
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct bytes text = emit_output(compilation, formats[i], &output);
        check_output(formats[i], text, &output);
        free(text.at);
    }
    explain_rules(compilation);
    struct bytes tests = {0};
    bytes_add(&tests, "", 0);
    status = stridec_test_rules(compilation, bytes_take, &tests);
    if (status != STRIDEC_OK && status != STRIDEC_FINDINGS)
        refuse("test-rules: %s", stridec_status_text(status));
    check_terminal("test-rules", tests, NOTHING);
    check_log("test-rules", tests);
    free(tests.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct document document = {"x.rules.dfd", (const char *)data, size};
    stridec *compilation = open_compilation(&document);
    stridec_status status = stridec_add_rules(compilation, document.path, document.at, size);
    if (status != STRIDEC_OK && status != STRIDEC_INVALID)
        refuse("add_rules: %s", stridec_status_text(status));
    check_diagnostics(compilation, &document);
    if (status == STRIDEC_OK)
        judge_by(compilation);
    try_with_little_memory(&document);
    stridec_free(compilation);
    return 0;
}
