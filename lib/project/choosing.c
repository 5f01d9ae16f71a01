/* From the ids of a request to the questions that it decides: a row stands for those of it that are
 * pending. What is decided already as the request wants it is done; otherwise it has to be undone
 * first, unless it does not hold any longer. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "project/decider.h"
#include "syntax/build_state.h"
#include "tree/make.h"

struct chooser {
    struct decider *decider;
    enum verb verb;
    const struct decision_request *request;
    struct choices *choices;
    bool fine;
};

static void refuse_target(struct chooser *chooser, const struct target *target, const char *code,
                          const char *why) {
    struct slice id = target_id(chooser->decider, target);
    chooser->fine = refuse_request(chooser->decider, code, "'%.*s' %s", SLICE_ARGS(id), why);
}

/* ---- what is decided --------------------------------------------------------------------- */

static const struct decision *find_same(struct chooser *chooser, const struct verdict_on *verdict) {
    enum kind kind = verb_rows[chooser->verb].kind;
    if (verdict->answer != ANSWER_THREAT)
        return verdict->first->decl->kind == kind &&
                       says_the_same(chooser->decider, verdict->first->decl, chooser->request)
                   ? verdict->first
                   : NULL;
    for (size_t i = 0; kind == KIND_THREAT && i < verdict->threats.count; i++)
        if (says_the_same(chooser->decider, verdict->threats.items[i]->decision.decl,
                          chooser->request))
            return &verdict->threats.items[i]->decision;
    return NULL;
}

static const void *place_of_question(const struct decider *decider, const struct target *target) {
    return target->pattern ? (const void *)target->pattern
                           : row_of(decider->project->rows, target->subject, target->letter);
}

static void add(struct decider *decider, const struct target *target, struct decision *before,
                struct choices *choices) {
    table_intern(decider->arena, &decider->questions,
                 kept_address(decider->arena, place_of_question(decider, target)), decider);
    *ARRAY_ADD(decider->arena, choices) = (struct choice){*target, before};
}

/* Decided by a record of the same kind, which may be changed instead. */
static bool take_again(struct chooser *chooser, const struct target *target,
                       const struct decision *other) {
    struct choices *choices = chooser->choices;
    const void *place = place_of_question(chooser->decider, target);
    if ((choices->other && choices->other != other) ||
        other->decl->kind != verb_rows[chooser->verb].kind)
        return false;
    choices->other = other;
    for (size_t i = 0; i < choices->again.count; i++)
        if (place_of_question(chooser->decider, &choices->again.items[i].target) == place)
            return true;
    *ARRAY_ADD(chooser->decider->arena, &choices->again) = (struct choice){*target, NULL};
    return true;
}

static bool has(const struct decider *decider, const struct choices *choices, const void *place) {
    for (size_t i = 0; i < choices->count; i++)
        if (place_of_question(decider, &choices->items[i].target) == place)
            return true;
    return false;
}

static void take(struct chooser *chooser, const struct target *target, struct decision *before) {
    struct decider *decider = chooser->decider;
    const void *place = place_of_question(decider, target);
    if (!table_get(&decider->questions, address_key(&place)))
        add(decider, target, before, chooser->choices);
    else if (!has(decider, chooser->choices, place)) /* else it is named twice in this request */
        refuse_target(chooser, target, diag_kind(DIAG_conflict)->code,
                      "is decided by another one of these decisions as well");
}

/* What gives way to a new decision; NULL where the other one names another row, and stays. */
static struct decision *former_decision(const struct verdict_on *verdict) {
    return verdict && !verdict->through ? verdict->first : NULL;
}

void add_pending(struct decider *decider, const struct target *target, struct choices *choices) {
    const void *place = place_of_question(decider, target);
    const struct row *row = row_of(decider->project->rows, target->subject, target->letter);
    const struct verdict_on *verdict =
        verdict_about(decider->project->decisions, row, target->pattern);
    bool gives_way = verdict && verdict->answer != ANSWER_THREAT;
    if (!table_get(&decider->questions, address_key(&place)) && (!verdict || gives_way))
        add(decider, target, former_decision(verdict), choices);
}

bool refuse_decided(struct decider *decider, const struct target *target, const struct decl *decl,
                    const char *way) {
    struct slice id = target_id(decider, target), by = decl_id(decl);
    bool named = by.length && decl->kind != KIND_DISMISS;
    return refuse_request(decider, diag_kind(DIAG_conflict)->code,
                          "'%.*s' is decided already: by %s%s%.*s, %s%s", SLICE_ARGS(id),
                          kind_rows[decl->kind].article, named ? " " : "",
                          named ? (int)by.length : 0, by.at, place_text(decider, decl), way);
}

/* Unless it is a record of the verb itself. `named`: the target that was asked for, or its row. */
static void refuse_other(struct chooser *chooser, const struct target *named,
                         const struct target *target, const struct verdict_on *verdict) {
    if (!take_again(chooser, target, verdict->first))
        chooser->fine = refuse_decided(chooser->decider, named, verdict->first->decl, "");
}

/* A threat is one of several, all else is the only answer. */
static void choose_decided(struct chooser *chooser, const struct target *target,
                           const struct verdict_on *verdict) {
    const struct decision *same = find_same(chooser, verdict);
    bool is_threat = verdict->answer == ANSWER_THREAT;
    bool gives_way = is_threat ? chooser->verb == VERB_ADD
                               : !verdict->holds || verdict->answer == ANSWER_BASELINED;
    if (same && (verdict->holds || is_threat))
        chooser->choices->done = same;
    else if (gives_way)
        take(chooser, target, is_threat ? NULL : former_decision(verdict));
    else
        refuse_other(chooser, target, target, verdict);
}

/* ---- what can be decided ----------------------------------------------------------------- */

/* Why nobody is asked there; NULL where somebody is. */
static const char *why_row_is_silent(struct chooser *chooser, const struct row *row) {
    struct arena *arena = chooser->decider->arena;
    switch ((enum row_state)row->state) {
    case ROW_OUT_OF_SCOPE:
        return more_of(row->subject)->origin ? "is asked in the file that declares its subject"
                                             : "is out of scope";
    case ROW_NOT_APPLICABLE:
        return "does not apply";
    case ROW_FOLDED: {
        const struct row *into;
        size_t count = rows_to_see(chooser->decider->project->rows, row, &into, 1);
        return count ? slice_string(arena, text_join(arena, SLICE("is asked in another row: see '"),
                                                     row_id(arena, into), SLICE("'")))
                     : "is asked in other rows";
    }
    default:
        return NULL;
    }
}

static const char *why_pattern_is_silent(struct chooser *chooser, const struct pattern *pattern) {
    struct arena *arena = chooser->decider->arena;
    if (!pattern)
        return "is not asked: its rule makes no sense there as the model is";
    switch ((enum pattern_state)pattern->state) {
    case PATTERN_COVERED:
        return chooser->verb == VERB_ADD ? NULL
                                         : "is settled by a fact: there is nothing to decide";
    case PATTERN_POSSIBLE:
        return "is not asked until a trait is stated that decides whether it makes sense";
    case PATTERN_YIELDED:
        return slice_string(arena, text_join(arena, SLICE("is not asked: decide '"),
                                             pattern_key(arena, chooser->decider->project->rows,
                                                         pattern->successor),
                                             SLICE("', which stands in its place")));
    case PATTERN_SILENCED:
        return "is not asked: its row is silent";
    default:
        return NULL;
    }
}

static void choose_pattern(struct chooser *chooser, const struct target *target) {
    const struct decider *decider = chooser->decider;
    const struct row *row = row_of(decider->project->rows, target->subject, target->letter);
    const char *why = why_row_is_silent(chooser, row);
    if (!why)
        why = why_pattern_is_silent(chooser, target->pattern);
    if (why) {
        bool is_possible = target->pattern && target->pattern->state == PATTERN_POSSIBLE;
        refuse_target(chooser, target,
                      diag_kind(is_possible ? DIAG_not_asked_yet : DIAG_not_asked)->code, why);
        return;
    }
    const struct verdict_on *verdict =
        verdict_about(decider->project->decisions, row, target->pattern);
    if (target->pattern->state == PATTERN_COVERED)
        *ARRAY_ADD(decider->arena, &chooser->choices->settled) =
            target_id(chooser->decider, target);
    if (verdict)
        choose_decided(chooser, target, verdict);
    else
        take(chooser, target, NULL);
}

/* ---- rows -------------------------------------------------------------------------------- */

static void choose_bare(struct chooser *chooser, const struct target *target,
                        const struct row *row) {
    const struct verdict_on *verdict =
        verdict_about(chooser->decider->project->decisions, row, NULL);
    if (row->state == ROW_COVERED)
        refuse_target(chooser, target, "", "is covered: there is nothing to decide");
    else if (verdict)
        choose_decided(chooser, target, verdict);
    else
        take(chooser, target, NULL);
}

/* A baseline leaves a question open, so any other answer takes its place. */
static bool is_left_open(const struct chooser *chooser, const struct verdict_on *verdict) {
    return verdict->answer == ANSWER_BASELINED && chooser->verb != VERB_BASELINE;
}

struct target question_in(const struct target *row, struct pattern *question) {
    struct target target = *row;
    target.rule = question->rule;
    target.spot = question->subject;
    target.pattern = question;
    return target;
}

/* Its pending questions; where none is left, those in a baseline; and where none of these is, one
 * that is decided as is wanted. */
static void choose_of_row(struct chooser *chooser, const struct target *target,
                          const struct row *row) {
    const struct decisions *decisions = chooser->decider->project->decisions;
    size_t before = chooser->choices->count;
    const struct decision *done = NULL;
    ARRAY_OF(struct target) others = {0}, left = {0};
    for (struct pattern *at = row->patterns; at; at = at->next) {
        struct target one = question_in(target, at);
        const struct verdict_on *verdict = verdict_about(decisions, row, at);
        if (is_pending(decisions, row, at))
            choose_pattern(chooser, &one);
        else if (verdict && is_left_open(chooser, verdict) && at->state == PATTERN_OPEN)
            *ARRAY_ADD(chooser->decider->arena, &left) = one;
        else if (verdict && find_same(chooser, verdict))
            done = find_same(chooser, verdict);
        else if (verdict)
            *ARRAY_ADD(chooser->decider->arena, &others) = one;
    }
    if (!chooser->fine || chooser->choices->count > before)
        return;
    for (size_t i = 0; i < left.count; i++)
        choose_pattern(chooser, &left.items[i]);
    if (left.count)
        return;
    chooser->choices->done = chooser->choices->done ? chooser->choices->done : done;
    for (size_t i = 0; !chooser->choices->done && chooser->fine && i < others.count; i++)
        refuse_other(chooser, target, &others.items[i],
                     verdict_about(decisions, row, others.items[i].pattern));
    if (!chooser->choices->done && !others.count)
        refuse_target(chooser, target, "", "has nothing that is pending");
}

static void choose_row(struct chooser *chooser, const struct target *target) {
    const struct row *row =
        row_of(chooser->decider->project->rows, target->subject, target->letter);
    const char *why = why_row_is_silent(chooser, row);
    if (why)
        refuse_target(chooser, target, diag_kind(DIAG_not_asked)->code, why);
    else if (row->open || row->covered)
        choose_of_row(chooser, target, row);
    else
        choose_bare(chooser, target, row);
}

/* ---- ids --------------------------------------------------------------------------------- */

/* A declaration that nobody has written, with the id as a value: readers of ids say by it where
 * they are. */
static void read_id(struct decider *decider, struct slice id, struct targets *targets) {
    struct maker maker;
    make_tree(&maker, decider->arena, SLICE("decision"));
    make_declaration(&maker, SLICE("baseline"), SLICE(""), SLICE(""));
    const struct decl decl = {.kind = KIND_BASELINE, .item = maker.latest};
    struct value *value = make_value(&maker, VALUE_WORD, id);
    decider->reader.diagnostics = &decider->scratch;
    read_target(&decider->reader, &decider->naming, &decl, &value->word, targets);
}

/* "S@pay, T@pay": those that ask something. */
static struct slice open_rows_of(struct decider *decider, const struct decl *subject) {
    const struct rows *rows = decider->project->rows;
    struct slice text = {"", 0};
    for (size_t i = 0; i < rows->pack->method->letter_count; i++) {
        const struct row *row = &rows_of(rows, subject)[i];
        if (row->state == ROW_OPEN)
            text = text_join(decider->arena, text, text.length ? SLICE(", ") : SLICE(""),
                             row_id(decider->arena, row));
    }
    return text;
}

/* What an id is that is none of a question. */
static bool refuse_id(struct decider *decider, struct slice id) {
    const char *code = diag_kind(DIAG_malformed_row)->code;
    const struct decl *declared = table_get(&decider->ids, id);
    const struct decl *subject = find_by_id(&decider->naming, id, ON_SUBJECT);
    struct slice open = subject ? open_rows_of(decider, subject) : SLICE("");
    if (open.length)
        return refuse_request(decider, code, "'%.*s' is %s: say which of its rows, %.*s",
                              SLICE_ARGS(id), kind_rows[subject->kind].article, SLICE_ARGS(open));
    if (declared)
        return refuse_request(decider, code, "'%.*s' is %s, and not the id of a row or pattern",
                              SLICE_ARGS(id), kind_rows[declared->kind].article);
    if (slice_has(id, ',') && slice_has(id, '@'))
        return refuse_request(decider, code, "'%.*s': ids stand apart, with a blank between",
                              SLICE_ARGS(id));
    return refuse_request(decider, code,
                          "'%.*s' is not the id of a row or pattern, such as S@webhook or "
                          "T@pay/replay",
                          SLICE_ARGS(id));
}

bool read_question_id(struct decider *decider, struct slice id, struct targets *targets) {
    if (!is_row_id(id, true))
        return refuse_id(decider, id);
    read_id(decider, id, targets);
    return !decider->scratch.list.count || refuse_as_reported(decider);
}

static void choose_id(struct chooser *chooser, struct slice id) {
    struct targets targets = {0};
    chooser->fine = read_question_id(chooser->decider, id, &targets);
    for (size_t i = 0; chooser->fine && i < targets.count; i++)
        if (targets.items[i].rule)
            choose_pattern(chooser, &targets.items[i]);
        else if (targets.items[i].subject)
            choose_row(chooser, &targets.items[i]);
}

bool choose_questions(struct decider *decider, enum verb verb,
                      const struct decision_request *request, struct choices *choices) {
    struct chooser chooser = {decider, verb, request, choices, true};
    if (!request->id_count)
        return refuse_request(decider, "", "%s needs the ids of rows or patterns",
                              verb_rows[verb].word);
    bool fine = true;
    for (size_t i = 0; i < request->id_count; i++) {
        chooser.fine = true;
        choose_id(&chooser, request->ids[i]);
        fine &= chooser.fine;
    }
    return fine;
}
