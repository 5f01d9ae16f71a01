/* A table of answers in CSV; after a line %% a model in place of the one below, and after another
 * one the decisions beside it. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include <stdlib.h>
#include <string.h>

#define MODEL "x.dfd"
#define TRIAGE "x.triage.dfd"
#define LIMIT ((size_t)64 << 20)

static const char usual_model[] =
    "asset books \"Books\" { confidentiality: high; integrity: high; availability: high }\n"
    "external shop \"Shop\" { kind: service }\n"
    "boundary ours \"Ours\" {\n"
    "  process api \"API\" { kind: api }\n"
    "  store db \"Ledger\" { kind: sql; data: [books] }\n"
    "}\n"
    "flow order = shop -> api : \"orders\" { protocol: https; carries: [event]; data: [books] }\n"
    "flow save = api -> db : \"save\" { carries: [query] }\n";
/* By rules that fuzzers have, too. */
static const char usual_decisions[] =
    "threat D-1 \"Flood\" { candidate: D@order/callback_flood; likelihood: 4; impact: 5 }\n"
    "mitigation m \"Limit\" { for: [D-1]; state: in_progress; ticket: \"P-7\" }\n"
    "threat R-1 { candidate: [R@db/store_no_trace, D@db/store_lost] }\n"
    "risk r { for: [R-1]; decision: accepted; because: \"A pilot\"; review: 2027-06-01 }\n"
    "dismiss I@api/reveals { reason: \"One partner\"; basis: [\"api.errors=generic\"] }\n"
    "baseline b { patterns: [R@shop, D@save] }\n"
    "threat X-1 \"Loose\" { category: I; on: api }\n";

struct input {
    struct bytes sheet, model, triage;
};

/* ---- the input --------------------------------------------------------------------------- */

static struct input split_input(const uint8_t *data, size_t size) {
    struct input input = {.sheet = {0}};
    struct bytes *const parts[] = {&input.sheet, &input.model, &input.triage};
    split_texts(data, size, parts, 3);
    if (!input.model.at) {
        bytes_add(&input.model, usual_model, sizeof usual_model - 1);
        bytes_add(&input.triage, usual_decisions, sizeof usual_decisions - 1);
    }
    return input;
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    const struct input *input = context;
    if (strcmp(path, TRIAGE) != 0 || !input->triage.length)
        return STRIDEC_NOT_THERE;
    take(taker, input->triage.at, input->triage.length);
    return STRIDEC_LOADED;
}

static stridec *compile(struct input *input, size_t limit, stridec_status *status) {
    const stridec_config config = {.size = sizeof config,
                                   .memory_limit = limit,
                                   .load = load,
                                   .load_context = input,
                                   .decisions = true,
                                   .pack = built_in_pack()};
    stridec *self = stridec_new(&config);
    *status = stridec_compile(self, MODEL, input->model.at, input->model.length);
    return self;
}

static struct bytes printed(stridec *self) {
    struct bytes said = {0};
    bytes_add(&said, "", 0);
    stridec_print_diagnostics(self, false, bytes_take, &said);
    return said;
}

/* ---- claims ------------------------------------------------------------------------------ */

static size_t count_lines(struct bytes text) {
    size_t lines = 1;
    for (size_t i = 0; i < text.length; i++)
        lines += text.at[i] == '\n';
    return lines;
}

/* What is refused changes nothing, and says where and why. */
static void check_refused(stridec *self, stridec_status status, struct bytes sheet) {
    stridec_change change = {.size = sizeof change};
    stridec_decided decided = {.size = sizeof decided};
    stridec_refused refused = {.size = sizeof refused};
    size_t count = 0;
    if (stridec_change_at(self, 0, &change))
        refuse("refused, and it changes %s", change.path);
    for (; stridec_refused_at(self, count, &refused); count++)
        if (!refused.line || refused.line > count_lines(sheet) || !*refused.message)
            refuse("line %zu: '%s'", refused.line, refused.message);
    if ((status == STRIDEC_MISUSE) != (count > 0))
        refuse("%s, with %zu refusals", stridec_status_text(status), count);
    if (count && stridec_decided_at(self, 0, &decided))
        refuse("refused, and decided %s", decided.id);
}

/* The decisions with what was taken; its `at` is NULL where nothing changes. */
static struct bytes changed_decisions(stridec *self) {
    stridec_change change = {.size = sizeof change};
    struct bytes changed = {0};
    for (size_t i = 0; stridec_change_at(self, i, &change); i++)
        if (strcmp(change.path, TRIAGE) != 0)
            refuse("it changes %s", change.path);
    if (stridec_change_at(self, 0, &change) &&
        stridec_write_changed(self, TRIAGE, bytes_take, &changed) != STRIDEC_OK)
        refuse("what changes cannot be written");
    return changed;
}

static void require_no_change(struct input *input, struct bytes sheet, const char *what) {
    stridec_status status;
    stridec *self = compile(input, LIMIT, &status);
    status = stridec_decide_csv(self, sheet.at, sheet.length, NULL);
    struct bytes changed = changed_decisions(self);
    if (status != STRIDEC_OK)
        refuse("%s: %s\n%s\n----\n%s", what, stridec_refusal(self), sheet.at, input->triage.at);
    if (changed.at)
        refuse("%s changes\n%s\n---- to\n%s", what, input->triage.at, changed.at);
    stridec_free(self);
}

/* Compiles as before, but for what only all decisions together show: then nobody writes it. */
static bool still_compiles(struct input *input, struct bytes before) {
    stridec_status status;
    stridec *self = compile(input, LIMIT, &status);
    bool fine = status == STRIDEC_OK;
    struct bytes said = printed(self);
    if (!fine && !strstr(said.at, "[E06"))
        refuse("what was taken does not compile\n%s\n---- before\n%s", said.at, before.at);
    free(said.at);
    stridec_free(self);
    return fine;
}

static void check_taken(struct input *input, struct bytes changed) {
    struct bytes before = input->triage, table = {0};
    stridec_status status;
    if (changed.at)
        input->triage = changed;
    if (still_compiles(input, before)) {
        require_no_change(input, input->sheet, "the same again");
        stridec *self = compile(input, LIMIT, &status);
        if (stridec_emit(self, "csv", NULL, bytes_take, &table) == STRIDEC_OK) {
            check_csv(table);
            require_no_change(input, table, "the table of what was taken");
        }
        stridec_free(self);
    }
    free(table.at);
    input->triage = before;
}

/* Whatever memory there is, nothing is taken in part. */
static void try_little_memory(struct input *input) {
    stridec_status status;
    for (size_t limit = (size_t)1 << 18; limit < LIMIT; limit *= 2) {
        stridec *self = compile(input, limit, &status);
        if (status == STRIDEC_OK)
            status = stridec_decide_csv(self, input->sheet.at, input->sheet.length, "A");
        stridec_change change = {.size = sizeof change};
        if (status == STRIDEC_OVER_LIMIT && stridec_change_at(self, 0, &change))
            refuse("out of memory, and it changes something");
        stridec_free(self);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = split_input(data, size);
    stridec_status status;
    stridec *self = compile(&input, LIMIT, &status);
    stridec_model model = {.size = sizeof model};
    if (status == STRIDEC_OK && stridec_describe(self, &model)) {
        status = stridec_decide_csv(self, input.sheet.at, input.sheet.length, NULL);
        struct bytes changed = {0};
        if (status == STRIDEC_OK)
            changed = changed_decisions(self);
        else
            check_refused(self, status, input.sheet);
        if (status == STRIDEC_OK)
            check_taken(&input, changed);
        free(changed.at);
        if (size % 16 == 0)
            try_little_memory(&input);
    }
    stridec_free(self);
    free(input.sheet.at);
    free(input.model.at);
    free(input.triage.at);
    return 0;
}
