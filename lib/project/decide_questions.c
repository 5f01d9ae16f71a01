/* The verbs that answer questions: a threat, a dismissal, a place in a baseline. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "project/decider.h"

static void begin_questions(struct writing *writing, struct decider *decider, enum kind kind,
                            const struct decision_request *request, const struct choices *choices) {
    begin_writing(writing, decider, kind, request);
    writing->count = choices->count;
    writing->targets = ARENA_ARRAY(decider->arena, struct target, choices->count);
    writing->ids = ARENA_ARRAY(decider->arena, struct slice, choices->count);
    writing->id_count = choices->count;
    for (size_t i = 0; i < choices->count; i++) {
        writing->targets[i] = choices->items[i].target;
        writing->ids[i] = target_id(decider, &writing->targets[i]);
    }
}

/* The decisions that these questions leave. */
static void take_out(struct decider *decider, const struct choices *choices) {
    for (size_t i = 0; i < choices->count; i++) {
        const struct decision *before = choices->items[i].before;
        const struct target *target = &choices->items[i].target;
        for (size_t j = 0; before && j < before->target_count; j++)
            if (before->targets[j].subject == target->subject &&
                before->targets[j].letter == target->letter &&
                before->targets[j].pattern == target->pattern)
                rewrite_of(decider, before)->leaves[j] = true;
    }
}

static bool finish_questions(struct writing *writing, const struct choices *choices) {
    if (!finish_writing(writing))
        return false;
    take_out(writing->decider, choices);
    return true;
}

/* True when it has been decided so before, and nothing is left to decide. */
static bool is_done(struct decider *decider, const struct choices *choices) {
    if (choices->count || !choices->done)
        return false;
    note_done(decider, choices->done);
    return true;
}

/* ---- records that are there -------------------------------------------------------------- */

static bool has_target(const struct choice *items, size_t count, const struct target *target) {
    for (size_t i = 0; i < count; i++)
        if (items[i].target.subject == target->subject &&
            items[i].target.letter == target->letter && items[i].target.pattern == target->pattern)
            return true;
    return false;
}

/* Whether the request is about all that the record is about, and about nothing else. */
static bool is_about(const struct choices *choices, const struct decision *record) {
    if (choices->count + choices->again.count != record->target_count)
        return false;
    for (size_t i = 0; i < record->target_count; i++)
        if (!has_target(choices->items, choices->count, &record->targets[i]) &&
            !has_target(choices->again.items, choices->again.count, &record->targets[i]))
            return false;
    return true;
}

/* That of the id, or that which was found. */
static const struct decision *find_record(struct decider *decider, struct slice id,
                                          const struct choices *choices) {
    const struct decl *decl = id.length ? table_get(&decider->ids, id) : NULL;
    const struct decision *record = decl ? decision_of(decider, decl) : NULL;
    record = id.length ? record : choices->other;
    return record && is_about(choices, record) ? record : NULL;
}

/* What is of the same kind and is not to be changed as a whole. */
static bool refuse_parts(struct decider *decider, const struct choices *choices, const char *way) {
    return refuse_decided(decider, &choices->again.items->target, choices->other->decl, way);
}

/* ---- threats ----------------------------------------------------------------------------- */

static struct slice title_of(struct decider *decider, const struct target *target) {
    const struct rows *rows = decider->project->rows;
    if (target->pattern)
        return pattern_text(decider->arena, rows, target->pattern, target->rule->title);
    return row_title(decider->arena, rows, row_of(rows, target->subject, target->letter));
}

/* "T-pay-replay"; of a row "T-pay". */
static struct slice id_of(struct decider *decider, const struct target *target) {
    struct arena *arena = decider->arena;
    struct slice id = text_join(arena, target->letter->code, SLICE("-"), decl_id(target->subject));
    if (target->rule)
        id = text_join(arena, id, SLICE("-"), target->rule->id);
    return make_up_id(decider, id);
}

#define WAYS_OF_THREATS ": change it by `triage state`, or give another threat an id of its own"

/* A question may have several threats; two of one title are the same one, with other values. */
static bool is_another(struct decider *decider, const struct decision_request *request,
                       const struct choices *choices) {
    const struct target *target = &choices->items->target;
    const struct row *row = row_of(decider->project->rows, target->subject, target->letter);
    const struct verdict_on *verdict =
        verdict_about(decider->project->decisions, row, target->pattern);
    struct slice title = request->label.length ? request->label : title_of(decider, target);
    for (size_t i = 0; !request->id.length && verdict && i < verdict->threats.count; i++) {
        const struct decl *decl = verdict->threats.items[i]->decision.decl;
        if (slice_equal(decl_label(decl), title))
            return refuse_decided(decider, target, decl, WAYS_OF_THREATS);
    }
    return true;
}

static void note_settled(struct decider *decider, const struct slice_list *settled) {
    struct deed *deed = &decider->deeds->list.items[decider->deeds->list.count - 1];
    for (size_t i = 0; i < settled->count; i++)
        *ARRAY_ADD(decider->arena, &deed->notes) =
            text_format(decider->arena, "note: a fact of the model settles '%.*s' already",
                        SLICE_ARGS(settled->items[i]));
}

bool decide_add(struct decider *decider, const struct decision_request *request) {
    struct choices choices = {0};
    struct writing writing;
    if (is_own_threat(request))
        return decide_own_threat(decider, request);
    if (!choose_questions(decider, VERB_ADD, request, &choices))
        return false;
    if (is_done(decider, &choices))
        return true;
    const struct decision *record = find_record(decider, request->id, &choices);
    if (record && request->id.length && record->decl->kind == KIND_THREAT)
        return decide_again(decider, record->decl, request);
    if (choices.again.count)
        return refuse_parts(decider, &choices, WAYS_OF_THREATS);
    if (!check_new_id(decider, request->id, true) || !is_another(decider, request, &choices))
        return false;
    begin_questions(&writing, decider, KIND_THREAT, request, &choices);
    if (!request->id.length)
        writing.draft.id = id_of(decider, &writing.targets[0]);
    if (!request->label.length)
        writing.draft.label = title_of(decider, &writing.targets[0]);
    writing_state(&writing, (struct statement){ATTRIBUTE_candidate, writing.ids, writing.count});
    if (!writing_take(&writing, request))
        return false;
    suggest_scores(&writing);
    if (!finish_questions(&writing, &choices))
        return false;
    note_settled(decider, &choices.settled);
    return true;
}

/* ---- dismissals -------------------------------------------------------------------------- */

/* What a dismissal cannot do without. */
static bool check_dismissal(const struct writing *writing) {
    struct slice code = writing_value(writing, ATTRIBUTE_dismiss_code);
    bool elsewhere = slice_is(code, "covered_elsewhere") || slice_is(code, "duplicate");
    return writing_needs(writing, elsewhere ? ATTRIBUTE_see : ATTRIBUTE_reason);
}

bool decide_dismiss(struct decider *decider, const struct decision_request *request) {
    struct choices choices = {0};
    struct writing writing;
    if (request->id.length)
        return refuse_request(decider, "", "a dismissal has the id of what it dismisses");
    if (!choose_questions(decider, VERB_DISMISS, request, &choices))
        return false;
    if (is_done(decider, &choices))
        return true;
    const struct decision *record = find_record(decider, request->id, &choices);
    if (record)
        return decide_again(decider, record->decl, request);
    if (choices.again.count)
        return refuse_parts(decider, &choices,
                            ": name all of its questions, and no others, to change it");
    begin_questions(&writing, decider, KIND_DISMISS, request, &choices);
    if (writing.count == 1)
        writing.draft.id = writing.ids[0];
    else
        writing_state(&writing,
                      (struct statement){ATTRIBUTE_dismissed, writing.ids, writing.count});
    return writing_take(&writing, request) && check_dismissal(&writing) &&
           finish_questions(&writing, &choices);
}

/* ---- baselines --------------------------------------------------------------------------- */

void choose_pending(struct decider *decider, int tier, struct choices *choices) {
    const struct rows *rows = decider->project->rows;
    const struct decisions *decisions = decider->project->decisions;
    for (size_t i = 0; i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        const struct target target = {.letter = row->letter, .subject = row->subject};
        if (is_pending(decisions, row, NULL) && (!tier || row->tier == tier))
            add_pending(decider, &target, choices);
        for (struct pattern *at = row->patterns; at; at = at->next) {
            if (!is_pending(decisions, row, at) || (tier && at->tier != tier))
                continue;
            const struct target question = question_in(&target, at);
            add_pending(decider, &question, choices);
        }
    }
}

/* As many as an item of a file has room for, with what they rest on (TOKEN_LIMIT). */
#define QUESTIONS_OF_A_BASELINE ((size_t)10000)

static bool record_baseline(struct decider *decider, const struct decision_request *request,
                            const struct choices *choices) {
    struct writing writing;
    begin_questions(&writing, decider, KIND_BASELINE, request, choices);
    writing_state(&writing, (struct statement){ATTRIBUTE_patterns, writing.ids, writing.count});
    return writing_take(&writing, request) && finish_questions(&writing, choices);
}

/* Several of them where there are very many questions, with ids of their own after the first. */
static bool record_baselines(struct decider *decider, const struct decision_request *request,
                             const struct choices *choices) {
    struct decision_request again = *request;
    struct choices part = *choices;
    for (size_t start = 0; start < choices->count; start += part.count) {
        size_t left = choices->count - start;
        part.items = choices->items + start;
        part.count = left < QUESTIONS_OF_A_BASELINE ? left : QUESTIONS_OF_A_BASELINE;
        if (start && request->id.length)
            again.id = make_up_id(decider, request->id);
        if (!record_baseline(decider, &again, &part))
            return false;
    }
    return true;
}

bool decide_baseline(struct decider *decider, const struct decision_request *request) {
    struct choices choices = {0};
    if (request->id_count ? !choose_questions(decider, VERB_BASELINE, request, &choices)
                          : !check_new_id(decider, request->id, false))
        return false;
    if (choices.again.count)
        return refuse_parts(decider, &choices, "");
    if (!request->id_count)
        choose_pending(decider, request->tier, &choices);
    if (is_done(decider, &choices))
        return true;
    if (!choices.count) {
        note_deed(decider, false, "baseline", SLICE("")); /* nothing is left to decide */
        return true;
    }
    return check_new_id(decider, request->id, false) &&
           record_baselines(decider, request, &choices);
}
