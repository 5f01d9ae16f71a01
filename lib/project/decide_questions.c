/* The verbs that answer questions: a threat, a dismissal, a place in a baseline. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "analysis/threats.h"
#include "base/limits.h"
#include "project/decider.h"
#include "syntax/build_state.h"

#include <stdlib.h>

/* A declaration on its way, with room for all that it may state. */
struct writing {
    struct decider *decider;
    struct draft draft;
    struct statement statements[ATTRIBUTE_COUNT];
    struct target *targets;
    struct slice *ids;
    size_t count;
};

static void state(struct writing *writing, struct statement statement) {
    writing->statements[writing->draft.count++] = statement;
}

static bool is_stated(const struct writing *writing, enum attribute_id id) {
    for (size_t i = 0; i < writing->draft.count; i++)
        if (writing->statements[i].id == id)
            return true;
    return false;
}

static int compare_statements(const void *left, const void *right) {
    const struct statement *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

/* In order of the table, after the questions. */
static bool take_attributes(struct writing *writing, const struct decision_request *request) {
    bool fine = true;
    for (size_t i = 0; i < request->attribute_count; i++) {
        struct statement statement;
        if (!take_statement(writing->decider, writing->draft.kind, &request->attributes[i],
                            &statement))
            fine = false;
        else if (is_stated(writing, statement.id))
            fine = refuse_request(writing->decider, diag_kind(DIAG_duplicate_attribute)->code,
                                  "'%s' is stated twice", attribute_rows[statement.id].name);
        else
            state(writing, statement);
    }
    return fine;
}

static void begin(struct writing *writing, struct decider *decider, enum kind kind,
                  const struct decision_request *request, const struct choices *choices) {
    *writing = (struct writing){.decider = decider, .count = choices->count};
    writing->draft = (struct draft){.kind = kind,
                                    .id = request->id,
                                    .label = request->label,
                                    .statements = writing->statements};
    writing->targets = ARENA_ARRAY(decider->arena, struct target, choices->count);
    writing->ids = ARENA_ARRAY(decider->arena, struct slice, choices->count);
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

static bool finish(struct writing *writing, const struct choices *choices) {
    struct decider *decider = writing->decider;
    if (writing->draft.count > 1)
        qsort(writing->statements + 1, writing->draft.count - 1, sizeof *writing->statements,
              compare_statements);
    struct statement basis =
        basis_of(decider, writing->targets, writing->count, writing->draft.kind != KIND_THREAT);
    if (basis.count)
        state(writing, basis);
    if (!record_decision(decider, &writing->draft, writing->ids, writing->count))
        return false;
    take_out(decider, choices);
    return true;
}

/* True when it has been decided so before, and nothing is left to decide. */
static bool is_done(struct decider *decider, const struct choices *choices) {
    const struct decision *done = choices->done;
    if (choices->count || !done)
        return false;
    struct slice id = decl_id(done->decl);
    if (!id.length && done->target_count)
        id = target_id(decider, &done->targets[0]);
    struct deed *deed = note_deed(decider, false, kind_rows[done->decl->kind].word, id);
    deed->path = slice_string(decider->arena, decl_source(done->decl)->path);
    deed->ids = ARENA_ARRAY(decider->arena, struct slice, done->target_count);
    deed->id_count = done->target_count;
    for (size_t i = 0; i < done->target_count; i++)
        deed->ids[i] = target_id(decider, &done->targets[i]);
    return true;
}

/* False, and refused, when the id is none or taken. */
static bool check_id(struct decider *decider, struct slice id, bool digit_first) {
    const struct decl *decl = table_get(&decider->ids, id);
    const char *code = diag_kind(DIAG_duplicate_id)->code;
    if (!id.length)
        return true;
    if (!is_id(id, digit_first) || id.length > ID_LIMIT)
        return refuse_request(
            decider, diag_kind(DIAG_malformed_id)->code,
            "'%.*s' is no id: it has letters, digits, _ and -, at most %d of them", SLICE_ARGS(id),
            ID_LIMIT);
    if (decl)
        return refuse_request(decider, code, "'%.*s' is taken: %s declares it", SLICE_ARGS(id),
                              place_text(decider, decl));
    return !table_get(&decider->made, id) ||
           refuse_request(decider, code, "'%.*s' is taken by another one of these decisions",
                          SLICE_ARGS(id));
}

/* ---- threats ----------------------------------------------------------------------------- */

static struct slice title_of(struct decider *decider, const struct target *target) {
    const struct rows *rows = decider->project->rows;
    if (target->pattern)
        return pattern_text(decider->arena, rows, target->pattern, target->rule->title);
    return row_question(decider->arena, rows, row_of(rows, target->subject, target->letter));
}

/* "T-pay-replay"; of a row "T-pay". */
static struct slice id_of(struct decider *decider, const struct target *target) {
    struct arena *arena = decider->arena;
    struct slice id = text_join(arena, target->letter->code, SLICE("-"), decl_id(target->subject));
    if (target->rule)
        id = text_join(arena, id, SLICE("-"), target->rule->id);
    return make_up_id(decider, id);
}

/* On the scale of the scores that are there: 2 is low, 5 is critical. */
static struct slice level_text(struct decider *decider, int level) {
    static const char *const words[] = {"low", "low", "medium", "high", "critical"};
    const struct decisions *decisions = decider->project->decisions;
    bool in_words = false;
    for (size_t i = 0; i < decisions->threats.count; i++) {
        struct slice word =
            decl_text(decisions->threats.items[i]->decision.decl, ATTRIBUTE_likelihood);
        int ignored;
        in_words |= word.length && !slice_number(word, &ignored);
    }
    for (size_t i = 0; i < decisions->policies.count; i++)
        in_words |= attribute_says(decisions->policies.items[i], ATTRIBUTE_scale, "words");
    return in_words ? slice_of(words[level - 1]) : text_format(decider->arena, "%d", level);
}

/* What the rows suggest, at the most severe of them, where nobody says otherwise. */
static void suggest_level(struct writing *writing, enum attribute_id id, int level) {
    struct slice *value = ARENA_NEW(writing->decider->arena, struct slice);
    if (is_stated(writing, id) || level < 1 || level > LEVEL_LIMIT)
        return;
    *value = level_text(writing->decider, level);
    state(writing, (struct statement){id, value, 1});
}

static void suggest_scores(struct writing *writing) {
    int likelihood = 0, impact = 0, score = 0;
    for (size_t i = 0; i < writing->count; i++) {
        const struct target *target = &writing->targets[i];
        const struct row *row =
            row_of(writing->decider->project->rows, target->subject, target->letter);
        if (row->score > score) {
            likelihood = row->likelihood;
            impact = row->impact;
            score = row->score;
        }
    }
    suggest_level(writing, ATTRIBUTE_likelihood, likelihood);
    suggest_level(writing, ATTRIBUTE_threat_impact, impact);
}

bool decide_add(struct decider *decider, const struct decision_request *request) {
    struct choices choices = {0};
    struct writing writing;
    if (!choose_questions(decider, VERB_ADD, request, &choices))
        return false;
    if (is_done(decider, &choices))
        return true;
    if (!check_id(decider, request->id, true))
        return false;
    begin(&writing, decider, KIND_THREAT, request, &choices);
    if (!request->id.length)
        writing.draft.id = id_of(decider, &writing.targets[0]);
    if (!request->label.length)
        writing.draft.label = title_of(decider, &writing.targets[0]);
    state(&writing, (struct statement){ATTRIBUTE_candidate, writing.ids, writing.count});
    if (!take_attributes(&writing, request))
        return false;
    suggest_scores(&writing);
    return finish(&writing, &choices);
}

/* ---- dismissals -------------------------------------------------------------------------- */

/* What a dismissal cannot do without. */
static bool check_dismissal(const struct writing *writing) {
    struct slice code = {"", 0};
    for (size_t i = 0; i < writing->draft.count; i++)
        if (writing->statements[i].id == ATTRIBUTE_dismiss_code)
            code = writing->statements[i].values[0];
    enum attribute_id needed = slice_is(code, "covered_elsewhere") || slice_is(code, "duplicate")
                                   ? ATTRIBUTE_see
                                   : ATTRIBUTE_reason;
    return is_stated(writing, needed) ||
           refuse_request(writing->decider, diag_kind(DIAG_incomplete_decision)->code,
                          "a dismissal needs '%s'", attribute_rows[needed].name);
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
    begin(&writing, decider, KIND_DISMISS, request, &choices);
    if (writing.count == 1)
        writing.draft.id = writing.ids[0];
    else
        state(&writing, (struct statement){ATTRIBUTE_dismissed, writing.ids, writing.count});
    return take_attributes(&writing, request) && check_dismissal(&writing) &&
           finish(&writing, &choices);
}
