/* A threat of the team's own, which no question asks about: it has a letter and a subject instead,
 * and answers nothing. */
// SPDX-License-Identifier: MIT
#include "project/decider.h"

/* A request, with what only this kind of threat states taken out of it. */
struct own_threat {
    struct decision_request request;
    struct slice category, on; /* "" where they are not stated */
    struct target target;      /* the row */
};

static void take_apart(struct decider *decider, const struct decision_request *request,
                       struct own_threat *own) {
    struct named_values *rest =
        ARENA_ARRAY(decider->arena, struct named_values, request->attribute_count);
    *own = (struct own_threat){.request = *request};
    own->request.attributes = rest;
    own->request.attribute_count = 0;
    for (size_t i = 0; i < request->attribute_count; i++) {
        const struct named_values *at = &request->attributes[i];
        if (at->count == 1 && slice_is(at->name, "category"))
            own->category = *at->values;
        else if (at->count == 1 && slice_is(at->name, "on"))
            own->on = *at->values;
        else
            rest[own->request.attribute_count++] = *at;
    }
}

bool is_own_threat(const struct decision_request *request) {
    for (size_t i = 0; i < request->attribute_count; i++)
        if (slice_is(request->attributes[i].name, "category") ||
            slice_is(request->attributes[i].name, "on"))
            return true;
    return false;
}

/* Its row, by the same words as decisions use. */
static bool find_row(struct decider *decider, struct own_threat *own) {
    struct targets targets = {0};
    if (!own->category.length || !own->on.length)
        return refuse_request(decider, diag_kind(DIAG_incomplete_decision)->code,
                              "a threat that answers no question needs 'category', its letter, and "
                              "'on', its subject");
    struct slice id = text_join(decider->arena, own->category, SLICE("@"), own->on);
    if (!read_question_id(decider, id, &targets))
        return false;
    if (targets.count != 1 || targets.items->rule || !targets.items->subject)
        return refuse_request(decider, "",
                              "'%.*s' is no row: 'category' is a letter such as T, and "
                              "'on' a subject",
                              SLICE_ARGS(id));
    own->target = targets.items[0];
    return true;
}

static bool is_same_spot(const struct threat *threat, const struct own_threat *own) {
    const struct target *target = threat->decision.targets;
    return threat->loose && threat->decision.target_count == 1 &&
           target->subject == own->target.subject && target->letter == own->target.letter;
}

/* By its id, else by its title. */
static const struct decl *find_record(const struct decider *decider, const struct own_threat *own) {
    const struct decisions *decisions = decider->project->decisions;
    const struct decision_request *request = &own->request;
    for (size_t i = 0; i < decisions->threats.count; i++) {
        const struct threat *threat = decisions->threats.items[i];
        const struct decl *decl = threat->decision.decl;
        if (is_same_spot(threat, own) &&
            (request->id.length ? slice_equal(decl_id(decl), request->id)
                                : slice_equal(decl_label(decl), request->label)))
            return decl;
    }
    return NULL;
}

static bool write(struct decider *decider, const struct own_threat *own) {
    struct writing writing;
    struct arena *arena = decider->arena;
    struct slice *words = ARENA_ARRAY(arena, struct slice, 3);
    struct target *target = ARENA_NEW(arena, struct target);
    words[0] = own->category;
    words[1] = own->on;
    words[2] = target_id(decider, &own->target);
    *target = own->target;
    begin_writing(&writing, decider, KIND_THREAT, &own->request);
    if (!own->request.id.length)
        writing.draft.id =
            make_up_id(decider, text_join(arena, own->category, SLICE("-"), own->on));
    writing_state(&writing, (struct statement){ATTRIBUTE_category, &words[0], 1});
    writing_state(&writing, (struct statement){ATTRIBUTE_threat_on, &words[1], 1});
    if (!writing_take(&writing, &own->request))
        return false;
    writing.targets = target;
    writing.count = 1;
    suggest_scores(&writing);
    writing.count = 0; /* it is about the row whatever is asked there, and rests on nothing */
    writing.ids = &words[2];
    writing.id_count = 1;
    return finish_writing(&writing);
}

bool decide_own_threat(struct decider *decider, const struct decision_request *request) {
    struct own_threat own;
    take_apart(decider, request, &own);
    if (request->id_count)
        return refuse_request(decider, "",
                              "a threat answers questions, or has a category and a subject of its "
                              "own: not both");
    if (!find_row(decider, &own))
        return false;
    if (!own.request.label.length)
        return refuse_request(decider, diag_kind(DIAG_incomplete_decision)->code,
                              "a threat that answers no question needs a title: its label");
    const struct decl *record = find_record(decider, &own);
    if (record && says_the_same(decider, record, &own.request)) {
        note_done(decider, decision_of(decider, record));
        return true;
    }
    if (record)
        return decide_again(decider, record, &own.request);
    return check_new_id(decider, request->id, true) && write(decider, &own);
}
