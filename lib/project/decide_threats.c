/* The verbs that say what is done about threats: a mitigation, or a risk that somebody takes. */
// SPDX-License-Identifier: MIT
#include "analysis/threats.h"
#include "project/decider.h"

/* A threat that a request is about: of the files, or of this call. */
struct named_threat {
    struct slice id;
    const struct threat *threat; /* NULL: it is being made */
    const struct target *targets;
    size_t count;
};
struct named_threats {
    struct named_threat *items;
    size_t count, capacity;
    const struct decl *done; /* what says the same about some of those that were named */
};

/* ---- which ones -------------------------------------------------------------------------- */

static struct threat *find_threat(const struct decider *decider, const struct decl *decl) {
    const struct decisions *decisions = decider->project->decisions;
    for (size_t i = 0; i < decisions->threats.count; i++)
        if (decisions->threats.items[i]->decision.decl == decl)
            return decisions->threats.items[i];
    return NULL;
}

static void add(struct decider *decider, struct named_threats *threats, struct named_threat one) {
    for (size_t i = 0; i < threats->count; i++)
        if (slice_equal(threats->items[i].id, one.id))
            return;
    *ARRAY_ADD(decider->arena, threats) = one;
}

static void add_threat(struct decider *decider, struct named_threats *threats,
                       const struct threat *threat) {
    const struct decision *decision = &threat->decision;
    size_t count = threat->loose ? 0 : decision->target_count;
    add(decider, threats,
        (struct named_threat){decl_id(decision->decl), threat, decision->targets, count});
}

/* A row stands for all its questions. */
static bool is_within(const struct target *target, const struct target *named) {
    return named->subject && target->subject == named->subject && target->letter == named->letter &&
           (!named->rule || (target->rule == named->rule && target->spot == named->spot));
}

static bool answers(const struct target *answered, size_t count, const struct targets *named) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < named->count; j++)
            if (is_within(&answered[i], &named->items[j]))
                return true;
    return false;
}

/* By a question or a row: all threats that answer it, also those that this call makes. */
static bool add_answers(struct decider *decider, struct slice id, struct named_threats *threats) {
    const struct decisions *decisions = decider->project->decisions;
    struct targets named = {0};
    size_t found = 0;
    if (!read_question_id(decider, id, &named))
        return false;
    for (size_t i = 0; i < decisions->threats.count; i++) {
        const struct decision *decision = &decisions->threats.items[i]->decision;
        if (!answers(decision->targets, decision->target_count, &named))
            continue;
        add_threat(decider, threats, decisions->threats.items[i]);
        found++;
    }
    return found ||
           refuse_request(decider, "", "no threat answers '%.*s': record one first, by `add`",
                          SLICE_ARGS(id));
}

static bool add_named(struct decider *decider, struct slice id, struct named_threats *threats) {
    const struct decl *decl = table_get(&decider->ids, id);
    const struct made *made = table_get(&decider->made, id);
    const struct threat *threat = decl ? find_threat(decider, decl) : NULL;
    if (threat)
        add_threat(decider, threats, threat);
    else if (made && made->kind == KIND_THREAT)
        add(decider, threats, (struct named_threat){id, NULL, made->targets, made->count});
    else if (slice_has(id, '@'))
        return add_answers(decider, id, threats);
    else
        return refuse_unknown(decider, "threat", id);
    return true;
}

static bool find_named(struct decider *decider, enum verb verb,
                       const struct decision_request *request, struct named_threats *threats) {
    bool fine = true;
    if (!request->id_count)
        return refuse_request(decider, "", "%s needs the ids of threats", verb_rows[verb].word);
    for (size_t i = 0; i < request->id_count; i++)
        fine &= add_named(decider, request->ids[i], threats);
    return fine;
}

/* Leaves out those about which something says the same. */
static void drop_done(struct decider *decider, const struct decision_request *request,
                      enum kind kind, struct named_threats *threats) {
    size_t kept = 0;
    for (size_t i = 0; i < threats->count; i++) {
        const struct threat *threat = threats->items[i].threat;
        const struct decl_list none = {0};
        const struct decl_list *list = !threat                   ? &none
                                       : kind == KIND_MITIGATION ? &threat->mitigations
                                                                 : &threat->risks;
        const struct decl *same = NULL;
        for (size_t j = 0; j < list->count && !same; j++) {
            const struct decision *decision = decision_of(decider, list->items[j]);
            if ((!decision || !(decision->standing & STANDS_STALE)) &&
                says_the_same(decider, list->items[j], request))
                same = list->items[j];
        }
        if (same)
            threats->done = same;
        else
            threats->items[kept++] = threats->items[i];
    }
    threats->count = kept;
}

static bool note_same(struct decider *decider, const struct named_threats *threats) {
    if (threats->count || !threats->done)
        return false;
    note_record(decider, threats->done);
    return true;
}

static void begin(struct writing *writing, struct decider *decider, enum kind kind,
                  const struct decision_request *request, const struct named_threats *threats) {
    begin_writing(writing, decider, kind, request);
    writing->ids = ARENA_ARRAY(decider->arena, struct slice, threats->count);
    writing->id_count = threats->count;
    for (size_t i = 0; i < threats->count; i++)
        writing->ids[i] = threats->items[i].id;
    writing_state(writing,
                  (struct statement){ATTRIBUTE_for_threats, writing->ids, writing->id_count});
}

/* "accepted-T-1" */
static void name(struct writing *writing, struct slice what) {
    if (!writing->draft.id.length)
        writing->draft.id = make_up_id(writing->decider, text_join(writing->decider->arena, what,
                                                                   SLICE("-"), writing->ids[0]));
}

/* Whether the declaration is about just these threats. */
static bool is_about(const struct decl *decl, const struct named_threats *threats) {
    const struct attribute *about = decl_attribute(decl, ATTRIBUTE_for_threats);
    size_t count = 0;
    for (const struct value *at = stated_values(about); at; at = next_stated(about, at), count++) {
        bool found = false;
        for (size_t i = 0; i < threats->count; i++)
            found |= slice_equal(threats->items[i].id, word_text(&at->word));
        if (!found)
            return false;
    }
    return count == threats->count;
}

/* ---- mitigations ------------------------------------------------------------------------- */

static bool refuse_contradiction(struct decider *decider, const struct decl *mitigation,
                                 const char *what) {
    return refuse_request(decider, diag_kind(DIAG_duplicate_id)->code,
                          "'%.*s' is taken: %s declares it, with another %s; to make it one "
                          "against these threats as well, leave that away",
                          SLICE_ARGS(decl_id(mitigation)), place_text(decider, mitigation), what);
}

/* False, refused, where the request says something else of it than it says itself: then it may
 * have the id of another one by mistake. */
static bool agrees(struct decider *decider, const struct decl *mitigation,
                   const struct decision_request *request) {
    struct statement statement;
    if (request->label.length && decl_label(mitigation).length &&
        !slice_equal(request->label, decl_label(mitigation)))
        return refuse_contradiction(decider, mitigation, "title");
    for (size_t i = 0; i < request->attribute_count; i++) {
        if (!check_statement(decider, mitigation, &request->attributes[i], &statement))
            return false;
        const struct attribute *before = decl_attribute(mitigation, statement.id);
        if (before && before->stated && !states(mitigation, &statement))
            return refuse_contradiction(decider, mitigation, attribute_rows[statement.id].name);
    }
    return true;
}

/* What is there becomes one against these threats as well. */
static bool extend(struct decider *decider, const struct decl *mitigation,
                   const struct decision_request *request, const struct named_threats *threats) {
    struct slice_list ids = decl_words(decider->arena, mitigation, ATTRIBUTE_for_threats);
    for (size_t i = 0; i < threats->count; i++) {
        bool known = false;
        for (size_t j = 0; j < ids.count && !known; j++)
            known = slice_equal(ids.items[j], threats->items[i].id);
        if (!known)
            *ARRAY_ADD(decider->arena, &ids) = threats->items[i].id;
    }
    return decide_again_about(decider, mitigation, request, &ids);
}

bool decide_mitigate(struct decider *decider, const struct decision_request *request) {
    struct named_threats threats = {0};
    struct writing writing;
    if (!find_named(decider, VERB_MITIGATE, request, &threats))
        return false;
    drop_done(decider, request, KIND_MITIGATION, &threats);
    if (note_same(decider, &threats))
        return true;
    const struct decl *own = request->id.length ? table_get(&decider->ids, request->id) : NULL;
    if (own && own->kind == KIND_MITIGATION && is_about(own, &threats))
        return decide_again(decider, own, request);
    if (own && own->kind == KIND_MITIGATION)
        return agrees(decider, own, request) && extend(decider, own, request, &threats);
    begin(&writing, decider, KIND_MITIGATION, request, &threats);
    name(&writing, SLICE("fix"));
    return check_new_id(decider, request->id, false) && writing_take(&writing, request) &&
           finish_writing(&writing);
}

/* ---- risks ------------------------------------------------------------------------------- */

/* What an acceptance rests on. */
static void take_targets(struct writing *writing, const struct named_threats *threats) {
    for (size_t i = 0; i < threats->count; i++)
        writing->count += threats->items[i].count;
    writing->targets = ARENA_ARRAY(writing->decider->arena, struct target, writing->count);
    writing->count = 0;
    for (size_t i = 0; i < threats->count; i++)
        for (size_t j = 0; j < threats->items[i].count; j++)
            writing->targets[writing->count++] = threats->items[i].targets[j];
}

static bool is_decided(const struct decl *risk, struct slice decision) {
    return slice_equal(decl_text(risk, ATTRIBUTE_decision), decision);
}

/* A risk that is stale gives way; one that holds and decides the same has to be changed instead.
 * `former` is set to one that goes as a whole, whose id is free then. */
static bool clear_risks(struct decider *decider, const struct named_threats *threats,
                        struct slice decision, const struct decl **former) {
    for (size_t i = 0; i < threats->count; i++) {
        const struct threat *threat = threats->items[i].threat;
        for (size_t j = 0; threat && j < threat->risks.count; j++) {
            const struct decl *risk = threat->risks.items[j];
            const struct decision *judged = decision_of(decider, risk);
            struct slice id = threats->items[i].id;
            bool is_stale = judged && (judged->standing & STANDS_STALE);
            if (is_stale && is_about(risk, threats))
                *former = risk;
            if (is_stale)
                *ARRAY_ADD(decider->arena, &rewrite_of(decider, judged)->less) = id;
            else if (is_decided(risk, decision))
                return refuse_request(decider, diag_kind(DIAG_conflict)->code,
                                      "'%.*s' is %.*s already: by '%.*s', %s: change that by "
                                      "`triage state`",
                                      SLICE_ARGS(id), SLICE_ARGS(decision),
                                      SLICE_ARGS(decl_id(risk)), place_text(decider, risk));
        }
    }
    return true;
}

/* What decides the same about just these threats, and holds; NULL: nothing does. */
static const struct decl *find_risk(struct decider *decider, const struct named_threats *threats,
                                    const struct decision_request *request) {
    const struct threat *first = threats->count ? threats->items[0].threat : NULL;
    struct slice decision = {"", 0};
    for (size_t i = 0; i < request->attribute_count; i++)
        if (slice_is(request->attributes[i].name, "decision") && request->attributes[i].count)
            decision = request->attributes[i].values[0];
    for (size_t i = 0; first && i < first->risks.count; i++) {
        const struct decl *risk = first->risks.items[i];
        const struct decision *judged = decision_of(decider, risk);
        bool stale = judged && (judged->standing & STANDS_STALE);
        bool named = !request->id.length || slice_equal(decl_id(risk), request->id);
        if (!stale && named && is_decided(risk, decision) && is_about(risk, threats))
            return risk;
    }
    return NULL;
}

/* An acceptance of what has changed since would be stale from the first day. */
static bool rest_on_questions(struct decider *decider, const struct named_threats *threats) {
    for (size_t i = 0; i < threats->count; i++)
        for (size_t j = 0; j < threats->items[i].count; j++)
            if (row_got_questions(decider, &threats->items[i].targets[j]))
                return refuse_row_with_questions(decider, &threats->items[i].targets[j],
                                                 threats->items[i].id);
    return true;
}

/* Whoever defers what is accepted, say, has to know that both are recorded from then on. */
static void note_other_risks(struct decider *decider, const struct named_threats *threats) {
    struct deed *deed = &decider->deeds->list.items[decider->deeds->list.count - 1];
    for (size_t i = 0; i < threats->count; i++) {
        const struct threat *threat = threats->items[i].threat;
        for (size_t j = 0; threat && j < threat->risks.count; j++) {
            const struct decl *risk = threat->risks.items[j];
            const struct decision *judged = decision_of(decider, risk);
            struct slice decision = decl_text(risk, ATTRIBUTE_decision);
            if (judged && !(judged->standing & STANDS_STALE))
                *ARRAY_ADD(decider->arena, &deed->notes) =
                    text_format(decider->arena, "'%.*s' is %.*s as well, by '%.*s', %s",
                                SLICE_ARGS(threats->items[i].id), SLICE_ARGS(decision),
                                SLICE_ARGS(decl_id(risk)), place_text(decider, risk));
        }
    }
}

/* What is not stated is `accepted`, also where it is looked for. */
static void with_decision(struct decider *decider, struct decision_request *request) {
    static const struct slice accepted = {"accepted", 8};
    struct named_values *more =
        ARENA_ARRAY(decider->arena, struct named_values, request->attribute_count + 1);
    for (size_t i = 0; i < request->attribute_count; i++) {
        if (slice_is(request->attributes[i].name, "decision"))
            return;
        more[i] = request->attributes[i];
    }
    more[request->attribute_count++] = (struct named_values){SLICE("decision"), &accepted, 1};
    request->attributes = more;
}

bool decide_accept(struct decider *decider, const struct decision_request *given) {
    struct decision_request request = *given;
    struct named_threats threats = {0};
    struct writing writing;
    with_decision(decider, &request);
    if (!find_named(decider, VERB_ACCEPT, &request, &threats))
        return false;
    drop_done(decider, &request, KIND_RISK, &threats);
    if (note_same(decider, &threats))
        return true;
    const struct decl *own = find_risk(decider, &threats, &request);
    if (own)
        return decide_again(decider, own, &request);
    if (!rest_on_questions(decider, &threats))
        return false;
    begin(&writing, decider, KIND_RISK, &request, &threats);
    const struct decl *former = NULL;
    if (!writing_take(&writing, &request))
        return false;
    struct slice decision = writing_value(&writing, ATTRIBUTE_decision);
    if (!clear_risks(decider, &threats, decision, &former))
        return false;
    if (former && !request.id.length && is_decided(former, decision)) /* else its id may say it */
        writing.draft.id = decl_id(former);
    bool is_free = former && slice_equal(writing.draft.id, decl_id(former));
    if (!is_free && !check_new_id(decider, request.id, false))
        return false;
    name(&writing, decision);
    take_targets(&writing, &threats);
    if (!finish_writing(&writing))
        return false;
    note_other_risks(decider, &threats);
    return true;
}
