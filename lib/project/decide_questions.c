/* The verbs that answer questions: a threat, a dismissal, a place in a baseline. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "analysis/threats.h"
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

/* 2 is low, 5 is critical. */
struct slice level_text(struct decider *decider, int level) {
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

/* What the most severe of the rows suggests, where nobody says otherwise. */
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
    if (!score)
        return;
    writing_suggest(writing, ATTRIBUTE_likelihood, level_text(writing->decider, likelihood));
    writing_suggest(writing, ATTRIBUTE_threat_impact, level_text(writing->decider, impact));
}

bool decide_add(struct decider *decider, const struct decision_request *request) {
    struct choices choices = {0};
    struct writing writing;
    if (!choose_questions(decider, VERB_ADD, request, &choices))
        return false;
    if (is_done(decider, &choices))
        return true;
    if (!check_new_id(decider, request->id, true))
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
    return finish_questions(&writing, &choices);
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
        struct target target = {.letter = row->letter, .subject = row->subject};
        if (is_pending(decisions, row, NULL) && (!tier || row->tier == tier))
            add_pending(decider, &target, choices);
        for (struct pattern *at = row->patterns; at; at = at->next) {
            if (!is_pending(decisions, row, at) || (tier && at->tier != tier))
                continue;
            target.rule = at->rule;
            target.spot = at->subject;
            target.pattern = at;
            add_pending(decider, &target, choices);
        }
    }
}

bool decide_baseline(struct decider *decider, const struct decision_request *request) {
    struct choices choices = {0};
    struct writing writing;
    if (request->id_count ? !choose_questions(decider, VERB_BASELINE, request, &choices)
                          : !check_new_id(decider, request->id, false))
        return false;
    if (!request->id_count)
        choose_pending(decider, request->tier, &choices);
    if (is_done(decider, &choices))
        return true;
    if (!choices.count) {
        note_deed(decider, false, "baseline", SLICE("")); /* nothing is left to decide */
        return true;
    }
    begin_questions(&writing, decider, KIND_BASELINE, request, &choices);
    writing_state(&writing, (struct statement){ATTRIBUTE_patterns, writing.ids, writing.count});
    return check_new_id(decider, request->id, false) && writing_take(&writing, request) &&
           finish_questions(&writing, &choices);
}
