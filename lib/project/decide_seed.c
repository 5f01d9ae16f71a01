/* Stubs for those who rather write than type commands. */
// SPDX-License-Identifier: MIT
#include "emit/stub.h"
#include "project/decider.h"

static bool seed(struct decider *decider, const struct target *target) {
    struct slice id = target_id(decider, target);
    const struct draft about = {.kind = KIND_DISMISS, .id = id};
    const struct rows *rows = decider->project->rows;
    const struct row *row = row_of(rows, target->subject, target->letter);
    const struct tree *tree;
    draft_text(&decider->scratch, &about, &tree);
    return record_stub(decider, id, stub_text(decider->arena, rows, row, target->pattern, id),
                       tree);
}

bool decide_seed(struct decider *decider, const struct decision_request *request) {
    struct choices choices = {0};
    if (request->attribute_count || request->id.length || request->label.length)
        return refuse_request(decider, "", "seed takes no attributes: whoever answers writes them");
    if (request->id_count && !choose_questions(decider, VERB_SEED, request, &choices))
        return false;
    if (!request->id_count)
        choose_pending(decider, request->tier, &choices);
    if (!choices.count)
        note_deed(decider, false, "stub", SLICE(""));
    for (size_t i = 0; i < choices.count; i++)
        if (!seed(decider, &choices.items[i].target))
            return false;
    return true;
}
