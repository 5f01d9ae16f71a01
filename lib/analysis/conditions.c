/* A verdict "rests on a trait" when it would change without the trait. If all parts of a condition
 * were needed, one resting part suffices; if each part decided alone, all of them must rest. */
// SPDX-License-Identifier: MIT
#include "analysis/conditions.h"

struct outcome {
    enum verdict verdict;
    bool rests;
};

static struct outcome evaluate(const struct judgement *judgement, const struct condition *condition,
                               const struct decl *here);

static struct outcome known(bool truth) {
    return (struct outcome){truth ? VERDICT_TRUE : VERDICT_FALSE, false};
}

/* Outcomes joined by `and` (false decides) or `or` (true decides). */
struct joined {
    enum verdict verdict, deciding;
    bool decided, any, every; /* some part rests; every deciding part does */
};

static struct joined join_start(enum verdict deciding) {
    enum verdict neutral = (enum verdict)(VERDICT_TRUE - deciding);
    return (struct joined){neutral, deciding, false, false, true};
}

static void join(struct joined *joined, struct outcome one) {
    bool lower = one.verdict < joined->verdict;
    if (lower == (joined->deciding == VERDICT_FALSE) && one.verdict != joined->verdict)
        joined->verdict = one.verdict;
    joined->any |= one.rests;
    if (one.verdict == joined->deciding) {
        joined->decided = true;
        joined->every &= one.rests;
    }
}

static struct outcome join_end(const struct joined *joined) {
    return (struct outcome){joined->verdict, joined->decided ? joined->every : joined->any};
}

/* Whether no later part can change the outcome. */
static bool is_settled(const struct judgement *judgement, const struct joined *joined) {
    return joined->decided && (judgement->verdict_only || !joined->every) && !judgement->results;
}

static enum verdict opposite(enum verdict verdict) {
    return (enum verdict)(VERDICT_TRUE - verdict);
}

static const struct decl *owner_elsewhere(const struct judgement *judgement,
                                          const struct condition *condition,
                                          const struct decl *here) {
    switch (condition->of) {
    case OF_SELF:
        return judgement->subject;
    case OF_FROM:
        return here->kind == KIND_FLOW ? here->from : NULL;
    case OF_TO:
        return here->kind == KIND_FLOW ? here->to : NULL;
    case OF_AT:
        return more_of(here)->at;
    case OF_INTO:
        return more_of(here)->into;
    default:
        return here;
    }
}

static inline const struct decl *owner(const struct judgement *judgement,
                                       const struct condition *condition, const struct decl *here) {
    return condition->of == OF_SUBJECT ? here : owner_elsewhere(judgement, condition, here);
}

static bool is_enclosed(const struct decl *decl) {
    if (decl->kind == KIND_FLOW)
        return decl->from->parent && decl->to->parent;
    return (more_of(decl)->at ? more_of(decl)->at : decl)->parent != NULL;
}

/* Whether a `crossing` is declared where the subject is called, or lies. */
static bool has_crossing(const struct analysis *analysis, const struct decl *decl) {
    if (decl->kind == KIND_FLOW)
        decl = flow_callee(analysis, decl);
    return decl->kind == KIND_CROSSING || subject_spot(analysis, decl)->crossing_declared;
}

static bool truth_of(const struct judgement *judgement, enum truth truth, const struct decl *decl) {
    const struct spot *spot = subject_spot(judgement->analysis, decl);
    switch (truth) {
    case TRUTH_crosses:
        return spot->crosses;
    case TRUTH_inward:
        return spot->inward;
    case TRUTH_outward:
        return spot->outward;
    case TRUTH_called_inward:
        return spot->called_inward;
    case TRUTH_called_from_outside:
        return spot->called_from_outside;
    case TRUTH_exposed:
        return spot_exposed(spot);
    case TRUTH_edge:
        return spot->edge;
    case TRUTH_near_crossing:
        return spot->near_crossing;
    case TRUTH_by_hand:
        return spot->by_hand;
    case TRUTH_on_screen:
        return spot->on_screen;
    case TRUTH_by_file:
        return spot->by_file;
    case TRUTH_on_disk:
        return spot->on_disk;
    case TRUTH_published:
        return spot->published;
    case TRUTH_takes_files:
        return spot->takes_files;
    case TRUTH_holds_secrets:
        return spot->holds_secrets;
    case TRUTH_person:
        return spot->person;
    case TRUTH_enclosed:
        return is_enclosed(decl);
    case TRUTH_crossing_declared:
        return has_crossing(judgement->analysis, decl);
    case TRUTH_unsafe:
        return judgement->standing.unsafe;
    case TRUTH_specific:
        return judgement->standing.specific;
    case TRUTH_taken_over:
        return judgement->standing.taken_over;
    case TRUTH_specific_near:
        return judgement->standing.specific_near;
    case TRUTH_in_scope:
        return judgement->standing.in_scope;
    case TRUTH_COUNT:
        break;
    }
    return false;
}

static bool has_word(const struct condition *condition, const symbol *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < condition->word_count; j++)
            if (words[i] == condition->words[j])
                return true;
    return false;
}

/* Something other than `none` or `no`, for lists and for traits that take any word. */
static bool says_something(const struct attribute *attribute) {
    const struct value *first = stated_values(attribute);
    struct slice word = first ? word_text(&first->word) : (struct slice){"", 0};
    return attribute->word_count &&
           (attribute->word_count > 1 || (!slice_is(word, "none") && !slice_is(word, "no")));
}

/* What holds where nothing is stated, or NULL: the source calls, and an actor is a person. */
static const symbol *unstated_word(const struct judgement *judgement,
                                   const struct condition *condition, const struct decl *decl) {
    if (condition->family == ATTRIBUTE_initiator)
        return &judgement->source_word;
    bool is_person = condition->family == ATTRIBUTE_process_kind && decl->kind == KIND_ACTOR &&
                     !decl_attribute(decl, ATTRIBUTE_external_kind);
    return is_person ? &judgement->person_word : NULL;
}

static enum verdict compare(const struct judgement *judgement, const struct condition *condition,
                            const struct decl *decl, const struct attribute *attribute) {
    bool stated = attribute && attribute->stated;
    const symbol *words =
        stated ? attribute_words(attribute) : unstated_word(judgement, condition, decl);
    size_t count = stated ? attribute->word_count : 1;
    if (!words)
        return VERDICT_UNKNOWN;
    if (stated && condition->kind == CONDITION_SAFE)
        return attribute->safe ? VERDICT_TRUE : VERDICT_FALSE;
    if (stated && condition->kind == CONDITION_STATED)
        return says_something(attribute) ? VERDICT_TRUE : VERDICT_FALSE;
    bool has = has_word(condition, words, count);
    if (!has && stated && attribute->partial)
        return VERDICT_UNKNOWN; /* what nobody knows may be what is asked for */
    return has != condition->negated ? VERDICT_TRUE : VERDICT_FALSE;
}

/* What an answer takes from its request, as it is about the caller or the channel; else NULL. */
static const struct request *find_request(const struct exchange *exchange, enum attribute_id name) {
    return name == ATTRIBUTE_auth       ? &exchange->auth
           : name == ATTRIBUTE_protocol ? &exchange->protocol
           : name == ATTRIBUTE_rotated  ? &exchange->rotated
                                        : NULL;
}

/* Of an answer that says nothing itself, its request's. `mixed`: its requests say different things.
 */
static struct reading find_reading(const struct judgement *judgement, const struct decl *decl,
                                   enum attribute_id name, bool *mixed) {
    const struct analysis *analysis = judgement->analysis;
    const struct attribute *attribute = decl_attribute_by_family(decl, name);
    struct reading reading = {decl, name, attribute && attribute->stated ? attribute : NULL};
    const struct exchange *exchange = reading.attribute ? NULL : exchange_of(analysis, decl);
    const struct request *request = exchange ? find_request(exchange, name) : NULL;
    if (!request)
        return reading;
    if (judgement->answer == decl) {
        attribute = decl_attribute_by_family(judgement->request, name);
        reading.attribute = attribute && attribute->stated ? attribute : NULL;
        reading.decl = judgement->request;
        return reading;
    }
    bool stated = request->stated && request->stated->stated;
    *mixed = request->mixed;
    return (struct reading){request->flow, name, stated ? request->stated : NULL};
}

static bool is_trait(const struct attribute *attribute) {
    return attribute && attribute_rows[attribute->id].role == ROLE_TRAIT;
}

static struct outcome read_attribute(const struct judgement *judgement,
                                     const struct condition *condition, const struct decl *decl) {
    bool mixed = false;
    struct reading reading = find_reading(judgement, decl, condition->family, &mixed);
    const struct attribute *attribute = reading.attribute;
    enum verdict verdict = compare(judgement, condition, decl, attribute);
    if (mixed && condition->kind == CONDITION_VALUE)
        verdict = VERDICT_UNKNOWN; /* one request says so, and another does not */
    if (judgement->without_facts && attribute && (!is_trait(attribute) || attribute->safe))
        verdict = VERDICT_UNKNOWN;
    if (judgement->results)
        *ARRAY_ADD(judgement->arena, judgement->results) =
            (struct test_result){reading, decl, verdict, condition};
    /* `initiator` says who calls, not what a thing is. */
    bool rests = attribute && is_trait(attribute) && attribute->id != ATTRIBUTE_initiator;
    return (struct outcome){verdict, rests};
}

static bool in_range(const struct analysis *analysis, enum flow_range range,
                     const struct decl *flow, const struct decl *element) {
    const struct passage *passage = flow_passage(analysis, flow);
    switch (range) {
    case RANGE_INCOMING:
        return flow->to == element;
    case RANGE_OUTGOING:
        return flow->from == element;
    case RANGE_CALLED:
        return passage->callee == element->number;
    case RANGE_CALLING:
        return passage->caller == element->number;
    default:
        return true;
    }
}

/* What requests say differently is unknown test by test; each of them by itself may give the same
 * verdict of the whole. */
static struct outcome hear_each(const struct judgement *judgement,
                                const struct condition *condition, const struct decl *flow,
                                struct outcome outcome) {
    const struct exchange *exchange = exchange_of(judgement->analysis, flow);
    if (!exchange || judgement->answer == flow || exchange->requests.count < 2 ||
        exchange->requests.count >= REQUEST_LIMIT)
        return outcome;
    struct judgement alone = *judgement;
    struct outcome first = outcome;
    alone.results = NULL;
    alone.answer = flow;
    for (size_t i = 0; i < exchange->requests.count; i++) {
        alone.request = exchange->requests.items[i];
        struct outcome one = evaluate(&alone, condition, flow);
        if (i && one.verdict != first.verdict)
            return outcome;
        first = one;
    }
    return first;
}

static inline struct outcome hear_requests(const struct judgement *judgement,
                                           const struct condition *condition,
                                           const struct decl *flow, struct outcome outcome) {
    return outcome.verdict == VERDICT_UNKNOWN && judgement->analysis->exchanges
               ? hear_each(judgement, condition, flow, outcome)
               : outcome;
}

/* any: or over the flows; all: and, unknown over none; no: not any. */
static struct outcome quantify(const struct judgement *judgement, const struct condition *condition,
                               const struct decl *element) {
    bool all = condition->quantifier == QUANTIFIER_ALL, none = true;
    struct joined joined = join_start(all ? VERDICT_FALSE : VERDICT_TRUE);
    for (size_t i = 0; i < decl_flow_count(element) && !is_settled(judgement, &joined); i++) {
        const struct decl *flow = element->flows[i];
        if (!in_range(judgement->analysis, condition->range, flow, element))
            continue;
        none = false;
        struct outcome outcome = evaluate(judgement, condition->parts, flow);
        join(&joined, hear_requests(judgement, condition->parts, flow, outcome));
    }
    struct outcome outcome = join_end(&joined);
    if (none && all)
        outcome.verdict = VERDICT_UNKNOWN;
    if (condition->quantifier == QUANTIFIER_NO)
        outcome.verdict = opposite(outcome.verdict);
    return outcome;
}

static struct outcome evaluate_parts(const struct judgement *judgement,
                                     const struct condition *condition, const struct decl *here) {
    struct joined joined =
        join_start(condition->kind == CONDITION_AND ? VERDICT_FALSE : VERDICT_TRUE);
    for (const struct condition *part = condition->parts; part && !is_settled(judgement, &joined);
         part = part->next)
        join(&joined, evaluate(judgement, part, here));
    return join_end(&joined);
}

static struct outcome evaluate(const struct judgement *judgement, const struct condition *condition,
                               const struct decl *here) {
    if (condition->kind == CONDITION_AND || condition->kind == CONDITION_OR)
        return evaluate_parts(judgement, condition, here);
    if (condition->kind == CONDITION_NOT) {
        struct outcome inner = evaluate(judgement, condition->parts, here);
        return (struct outcome){opposite(inner.verdict), inner.rests};
    }
    if (condition->kind == CONDITION_QUANTIFIER)
        return quantify(judgement, condition, here);
    const struct decl *decl = owner(judgement, condition, here);
    /* A tier without `on` may ask for the source of a subject that is no flow. */
    if (!decl)
        return (struct outcome){VERDICT_UNKNOWN, false};
    switch (condition->kind) {
    case CONDITION_TRUTH:
        return known(truth_of(judgement, condition->truth, decl));
    case CONDITION_CALLS: {
        unsigned calls = subject_spot(judgement->analysis, decl)->calls;
        bool met = calls < 32 && (condition->numbers >> calls & 1);
        return known(met != condition->negated);
    }
    case CONDITION_KIND:
        return known(kind_in(decl->kind, condition->kinds) != condition->negated);
    default:
        return read_attribute(judgement, condition, decl);
    }
}

/* What a whole condition rests on is asked only where it holds: an `and` is left at the first part
 * that does not. */
static struct outcome evaluate_whole(const struct judgement *judgement,
                                     const struct condition *condition) {
    if (condition->kind != CONDITION_AND || judgement->results)
        return evaluate(judgement, condition, judgement->subject);
    struct joined joined = join_start(VERDICT_FALSE);
    for (const struct condition *part = condition->parts; part && !joined.decided;
         part = part->next)
        join(&joined, evaluate(judgement, part, judgement->subject));
    return join_end(&joined);
}

enum verdict judge(const struct judgement *judgement, const struct condition *condition,
                   bool *rests) {
    struct outcome outcome = evaluate_whole(judgement, condition);
    outcome = hear_requests(judgement, condition, judgement->subject, outcome);
    if (rests)
        *rests = outcome.verdict == VERDICT_TRUE && outcome.rests;
    return outcome.verdict;
}

struct judgement judgement_at(struct arena *arena, const struct analysis *analysis,
                              const struct decl *subject) {
    return (struct judgement){
        .arena = arena,
        .analysis = analysis,
        .subject = subject,
        .source_word = find_symbol(analysis->model->vocabulary, SLICE("source")),
        .person_word = find_symbol(analysis->model->vocabulary, SLICE("person")),
    };
}

bool may_be_stated(const struct analysis *analysis, const struct reading *reading) {
    return attribute_find(&analysis->model->vocabulary->attributes,
                          slice_of(attribute_rows[reading->family].name),
                          reading->decl->kind) != ATTRIBUTE_COUNT;
}

/* A condition and the verdict that it would need. */
struct wish {
    const struct judgement *judgement;
    struct test_results *failing;
};

static void add_failing(const struct wish *wish, const struct condition *condition,
                        const struct decl *here, enum verdict wanted);

static void add_failing_flows(const struct wish *wish, const struct condition *condition,
                              const struct decl *element, enum verdict wanted) {
    for (size_t i = 0; i < decl_flow_count(element); i++)
        if (in_range(wish->judgement->analysis, condition->range, element->flows[i], element))
            add_failing(wish, condition->parts, element->flows[i], wanted);
}

/* Structure, or who calls: no fact changes it. */
static bool is_about_place(const struct condition *condition) {
    return condition->kind == CONDITION_TRUTH || condition->kind == CONDITION_KIND ||
           condition->kind == CONDITION_CALLS ||
           (condition->kind >= CONDITION_SAFE && condition->family == ATTRIBUTE_initiator);
}

/* Whether the place alone keeps an `and` from holding, so that its facts keep nothing open. */
static bool is_misplaced(const struct judgement *judgement, const struct condition *condition,
                         const struct decl *here, enum verdict wanted) {
    if (condition->kind != CONDITION_AND || wanted != VERDICT_TRUE)
        return false;
    for (const struct condition *part = condition->parts; part; part = part->next)
        if (is_about_place(part) && evaluate(judgement, part, here).verdict == VERDICT_FALSE)
            return true;
    return false;
}

static void add_failing(const struct wish *wish, const struct condition *condition,
                        const struct decl *here, enum verdict wanted) {
    if (evaluate(wish->judgement, condition, here).verdict == wanted ||
        is_misplaced(wish->judgement, condition, here, wanted))
        return;
    switch (condition->kind) {
    case CONDITION_AND:
    case CONDITION_OR:
        for (const struct condition *part = condition->parts; part; part = part->next)
            add_failing(wish, part, here, wanted);
        break;
    case CONDITION_NOT:
        add_failing(wish, condition->parts, here, opposite(wanted));
        break;
    case CONDITION_QUANTIFIER:
        add_failing_flows(wish, condition, here,
                          condition->quantifier == QUANTIFIER_NO ? opposite(wanted) : wanted);
        break;
    case CONDITION_SAFE:
    case CONDITION_STATED:
    case CONDITION_VALUE: {
        struct judgement recording = *wish->judgement;
        recording.results = wish->failing;
        evaluate(&recording, condition, here);
        break;
    }
    default:
        break;
    }
}

void find_failing(const struct judgement *judgement, const struct condition *condition,
                  struct test_results *failing) {
    struct judgement silent = *judgement;
    silent.results = NULL;
    silent.verdict_only = true;
    struct wish wish = {&silent, failing};
    add_failing(&wish, condition, judgement->subject, VERDICT_TRUE);
}

/* ---- what could be stated ---------------------------------------------------------------- */

/* Which verdicts a condition could have if everything were stated; each test is looked at by
 * itself. */
struct prospect {
    bool holds, fails;
};

static struct prospect prospect_of(const struct judgement *judgement,
                                   const struct condition *condition, const struct decl *here);

static struct prospect prospect_of_test(const struct judgement *judgement,
                                        const struct condition *condition,
                                        const struct decl *here) {
    const struct decl *decl = owner(judgement, condition, here);
    enum verdict verdict = evaluate(judgement, condition, here).verdict;
    if (verdict != VERDICT_UNKNOWN)
        return (struct prospect){verdict == VERDICT_TRUE, verdict == VERDICT_FALSE};
    if (!decl) /* `into` of a crossing that does not say it */
        return (struct prospect){true, true};
    return (struct prospect){kind_in(decl->kind, condition->may_hold),
                             kind_in(decl->kind, condition->may_fail)};
}

/* `all` over no flows is unknown, whatever is stated. */
static struct prospect prospect_of_flows(const struct judgement *judgement,
                                         const struct condition *condition,
                                         const struct decl *element) {
    bool all = condition->quantifier == QUANTIFIER_ALL, none = true;
    struct prospect prospect = {all, !all};
    for (size_t i = 0; i < decl_flow_count(element); i++) {
        const struct decl *flow = element->flows[i];
        if (!in_range(judgement->analysis, condition->range, flow, element))
            continue;
        none = false;
        struct prospect one = prospect_of(judgement, condition->parts, flow);
        prospect.holds = all ? prospect.holds && one.holds : prospect.holds || one.holds;
        prospect.fails = all ? prospect.fails || one.fails : prospect.fails && one.fails;
    }
    prospect.holds &= !(all && none);
    if (condition->quantifier == QUANTIFIER_NO)
        return (struct prospect){prospect.fails, prospect.holds};
    return prospect;
}

static struct prospect prospect_of(const struct judgement *judgement,
                                   const struct condition *condition, const struct decl *here) {
    bool all = condition->kind == CONDITION_AND;
    struct prospect prospect = {all, !all};
    if (condition->kind == CONDITION_QUANTIFIER)
        return prospect_of_flows(judgement, condition, here);
    if (condition->kind == CONDITION_NOT) {
        prospect = prospect_of(judgement, condition->parts, here);
        return (struct prospect){prospect.fails, prospect.holds};
    }
    if (!all && condition->kind != CONDITION_OR)
        return prospect_of_test(judgement, condition, here);
    /* Until one part settles it, whatever the others are. */
    for (const struct condition *part = condition->parts;
         part && (prospect.holds == all || prospect.fails != all); part = part->next) {
        struct prospect one = prospect_of(judgement, part, here);
        prospect.holds = all ? prospect.holds && one.holds : prospect.holds || one.holds;
        prospect.fails = all ? prospect.fails || one.fails : prospect.fails && one.fails;
    }
    return prospect;
}

static bool find_deciding(const struct judgement *judgement, const struct condition *condition,
                          const struct decl *here, enum verdict wanted, struct reading *found);

/* In a condition that has not the wanted verdict, and could have it. */
static bool find_inside(const struct judgement *judgement, const struct condition *condition,
                        const struct decl *here, enum verdict wanted, struct reading *found) {
    if (condition->kind == CONDITION_NOT)
        return find_deciding(judgement, condition->parts, here, opposite(wanted), found);
    if (condition->kind == CONDITION_QUANTIFIER) {
        bool no = condition->quantifier == QUANTIFIER_NO, done = false;
        for (size_t i = 0; i < decl_flow_count(here) && !done; i++)
            done = in_range(judgement->analysis, condition->range, here->flows[i], here) &&
                   find_deciding(judgement, condition->parts, here->flows[i],
                                 no ? opposite(wanted) : wanted, found);
        return done;
    }
    if (condition->kind == CONDITION_AND || condition->kind == CONDITION_OR) {
        const struct condition *part = condition->parts;
        while (part && !find_deciding(judgement, part, here, wanted, found))
            part = part->next;
        return part != NULL;
    }
    *found = (struct reading){owner(judgement, condition, here), condition->family, NULL};
    return true;
}

static bool find_deciding(const struct judgement *judgement, const struct condition *condition,
                          const struct decl *here, enum verdict wanted, struct reading *found) {
    if (evaluate(judgement, condition, here).verdict == wanted)
        return false;
    struct prospect prospect = prospect_of(judgement, condition, here);
    bool can = wanted == VERDICT_TRUE ? prospect.holds : prospect.fails;
    return can && find_inside(judgement, condition, here, wanted, found);
}

bool could_hold(const struct judgement *judgement, const struct condition *condition,
                struct reading *deciding) {
    struct judgement alone = *judgement;
    alone.verdict_only = true;
    if (!prospect_of(&alone, condition, alone.subject).holds)
        return false;
    find_inside(&alone, condition, alone.subject, VERDICT_TRUE, deciding);
    return true;
}
