/* Can a condition hold? What it wants of its tests is collected, alternative by alternative, until
 * a set of wishes is found that some declarations could grant: each owner (the subject, an end of a
 * flow, ...) is of one kind, each attribute has one value that this kind knows or is not stated,
 * each truth holds or does not. All that is not looked at counts as possible, so that what is
 * reported is certain; the search gives up, with that answer, after a number of steps. */
// SPDX-License-Identifier: MIT
#include "syntax/consistent.h"

#define MOST_STEPS 400
#define MOST_WISHES 32

/* A verdict that is wanted, or one that is not: not stated is neither true nor false. */
enum wanted { WANT_TRUE, WANT_FALSE, WANT_NOT_TRUE, WANT_NOT_FALSE };
enum verdict { IS_FALSE, IS_UNKNOWN, IS_TRUE };

static bool grants(enum wanted wanted, enum verdict verdict) {
    switch (wanted) {
    case WANT_TRUE:
        return verdict == IS_TRUE;
    case WANT_FALSE:
        return verdict == IS_FALSE;
    case WANT_NOT_TRUE:
        return verdict != IS_TRUE;
    default:
        return verdict != IS_FALSE;
    }
}

static enum wanted opposite(enum wanted wanted) {
    static const enum wanted opposites[] = {
        [WANT_TRUE] = WANT_FALSE,
        [WANT_FALSE] = WANT_TRUE,
        [WANT_NOT_TRUE] = WANT_NOT_FALSE,
        [WANT_NOT_FALSE] = WANT_NOT_TRUE,
    };
    return opposites[wanted];
}

/* The owner of the attribute or truth. Inside a quantifier HERE is one of its flows. */
enum party { PARTY_SELF, PARTY_HERE, PARTY_FROM, PARTY_TO, PARTY_AT, PARTY_INTO, PARTY_COUNT };

struct wish {
    const struct condition *test;
    enum wanted wanted;
    enum party party;
};

/* The verdict that a quantifier wants of all flows of its range, or of one. */
struct demand {
    const struct condition *quantifier;
    enum wanted wanted;
    bool of_all;
};

struct search {
    const struct consistency *about;
    const struct condition *inside; /* the quantifier whose flow is looked at, or NULL */
    struct wish wishes[MOST_WISHES];
    struct demand demands[MOST_WISHES];
    size_t wish_count, demand_count;
    size_t *steps;
};

struct goal {
    const struct condition *condition;
    enum wanted wanted;
    const struct goal *next;
};

static bool solve(struct search *search, const struct goal *goals);

/* ---- one owner ---------------------------------------------------------------------------- */

/* The verdict of a test when its attribute has this one value. */
static enum verdict verdict_of(const struct vocabulary *vocabulary, const struct condition *test,
                               struct slice value, bool safe) {
    bool met = test->kind == CONDITION_SAFE ? safe
               : test->kind == CONDITION_STATED
                   ? !slice_is(value, "none") && !slice_is(value, "no")
                   : condition_names(vocabulary, test, value) != test->negated;
    return met ? IS_TRUE : IS_FALSE;
}

static bool is_attribute(const struct condition *test) {
    return test->kind == CONDITION_SAFE || test->kind == CONDITION_STATED ||
           test->kind == CONDITION_VALUE;
}

static bool same_attribute(const struct wish *one, const struct wish *other) {
    return is_attribute(one->test) && is_attribute(other->test) && one->party == other->party &&
           one->test->family == other->test->family;
}

/* All wishes about the attribute of `first` accept this value. */
static bool value_is_granted(const struct search *search, const struct wish *first,
                             struct slice value, bool safe) {
    for (size_t i = 0; i < search->wish_count; i++) {
        const struct wish *wish = &search->wishes[i];
        if (same_attribute(first, wish) &&
            !grants(wish->wanted, verdict_of(search->about->vocabulary, wish->test, value, safe)) &&
            !wish->test->reported)
            return false;
    }
    return true;
}

/* In a list that one test wants to hold a word, no other may forbid all that it names. */
static bool list_is_granted(const struct search *search, const struct wish *first,
                            const struct condition *wanted) {
    const struct vocabulary *vocabulary = search->about->vocabulary;
    for (size_t i = 0; i < wanted->word_count; i++) {
        struct slice word = symbol_word(vocabulary, wanted->words[i]);
        bool forbidden = false;
        for (size_t j = 0; j < search->wish_count; j++) {
            const struct wish *wish = &search->wishes[j];
            bool holds = wish->test->negated != (wish->wanted == WANT_TRUE);
            forbidden |= same_attribute(first, wish) && wish->test->kind == CONDITION_VALUE &&
                         wish->wanted <= WANT_FALSE && !holds &&
                         condition_names(vocabulary, wish->test, word);
        }
        if (!forbidden)
            return true;
    }
    return false;
}

static bool lists_are_granted(const struct search *search, const struct wish *first) {
    bool something = false, nothing = false;
    for (size_t i = 0; i < search->wish_count; i++) {
        const struct wish *wish = &search->wishes[i];
        if (!same_attribute(first, wish) || wish->test->reported)
            continue;
        if (wish->test->kind == CONDITION_STATED) {
            something |= wish->wanted == WANT_TRUE;
            nothing |= wish->wanted == WANT_FALSE;
        } else if (wish->wanted <= WANT_FALSE &&
                   wish->test->negated != (wish->wanted == WANT_TRUE) &&
                   !list_is_granted(search, first, wish->test)) {
            return false;
        }
    }
    return !(something && nothing);
}

static bool number_is_granted(const struct search *search, const struct wish *first) {
    for (int number = 0; number < 10; number++) {
        char digit = (char)('0' + number);
        if (value_is_granted(search, first, (struct slice){&digit, 1}, false))
            return true;
    }
    return false;
}

/* Any word: one of those that the tests name, one that none does, or `none`. */
static bool any_word_is_granted(const struct search *search, const struct wish *first) {
    const struct vocabulary *vocabulary = search->about->vocabulary;
    if (value_is_granted(search, first, SLICE("\x01"), false) ||
        value_is_granted(search, first, SLICE("none"), false))
        return true;
    for (size_t i = 0; i < search->wish_count; i++) {
        const struct condition *test = search->wishes[i].test;
        if (!same_attribute(first, &search->wishes[i]))
            continue;
        for (size_t j = 0; j < test->word_count; j++)
            if (value_is_granted(search, first, symbol_word(vocabulary, test->words[j]), false))
                return true;
    }
    return false;
}

static bool stated_is_granted(const struct search *search, const struct wish *first,
                              enum attribute_id id) {
    const char *rest = attribute_rows[id].values;
    struct slice value;
    bool safe;
    if (attribute_takes_list(attribute_rows[id].type))
        return lists_are_granted(search, first);
    if (attribute_rows[id].type == TYPE_NUMBER)
        return number_is_granted(search, first);
    if (!*rest)
        return any_word_is_granted(search, first);
    while (attribute_next_value(&rest, &value, &safe))
        if (value_is_granted(search, first, value, safe))
            return true;
    return false;
}

/* `initiator` alone has a value when it is not stated, and that is among the known ones. */
static bool silence_is_granted(const struct search *search, const struct wish *first) {
    for (size_t i = 0; i < search->wish_count; i++)
        if (same_attribute(first, &search->wishes[i]) &&
            !grants(search->wishes[i].wanted, IS_UNKNOWN) && !search->wishes[i].test->reported)
            return false;
    return first->test->family != ATTRIBUTE_initiator;
}

static bool attribute_is_granted(const struct search *search, const struct wish *first,
                                 enum kind kind) {
    enum attribute_id id = first->test->family;
    while (id != ATTRIBUTE_COUNT && !kind_in(kind, attribute_rows[id].kinds))
        id = search->about->vocabulary->attributes.next[id];
    return silence_is_granted(search, first) ||
           (id != ATTRIBUTE_COUNT && stated_is_granted(search, first, id)) || first->test->reported;
}

/* ---- wishes together ---------------------------------------------------------------------- */

static unsigned kinds_of_party(const struct search *search, enum party party) {
    switch (party) {
    case PARTY_SELF:
        return search->about->subject;
    case PARTY_HERE:
        return ON_FLOW;
    case PARTY_AT:
        return ON_PROCESS;
    case PARTY_INTO:
        return ON_BOUNDARY;
    default:
        return ON_ELEMENT;
    }
}

static bool kind_is_granted(const struct search *search, enum party party, enum kind kind) {
    for (size_t i = 0; i < search->wish_count; i++) {
        const struct wish *wish = &search->wishes[i];
        if (wish->party != party)
            continue;
        if (wish->test->kind == CONDITION_KIND) {
            bool met = kind_in(kind, wish->test->kinds) != wish->test->negated;
            if (!grants(wish->wanted, met ? IS_TRUE : IS_FALSE))
                return false;
        } else if (is_attribute(wish->test) && !attribute_is_granted(search, wish, kind)) {
            return false;
        }
    }
    return true;
}

#define MOST_CALLS 32 /* and more */

static bool calls_are_granted(const struct search *search, enum party party) {
    for (unsigned calls = 0; calls <= MOST_CALLS; calls++) {
        bool granted = true;
        for (size_t i = 0; i < search->wish_count; i++) {
            const struct wish *wish = &search->wishes[i];
            if (wish->party != party || wish->test->kind != CONDITION_CALLS)
                continue;
            bool met = calls < MOST_CALLS && (wish->test->numbers >> calls & 1);
            granted &= grants(wish->wanted, met != wish->test->negated ? IS_TRUE : IS_FALSE);
        }
        if (granted)
            return true;
    }
    return false;
}

static bool truths_are_granted(const struct search *search, enum party party) {
    bool wanted[TRUTH_COUNT][2] = {{false}};
    for (size_t i = 0; i < search->wish_count; i++) {
        const struct wish *wish = &search->wishes[i];
        if (wish->party == party && wish->test->kind == CONDITION_TRUTH)
            wanted[wish->test->truth][grants(wish->wanted, IS_TRUE)] = true;
    }
    for (size_t i = 0; i < TRUTH_COUNT; i++)
        if (wanted[i][0] && wanted[i][1])
            return false;
    return true;
}

/* One more test of the party can change no more than this. */
static bool party_is_granted(const struct search *search, enum party party,
                             enum condition_kind test) {
    unsigned kinds = kinds_of_party(search, party);
    if (test == CONDITION_CALLS)
        return calls_are_granted(search, party);
    if (test == CONDITION_TRUTH)
        return truths_are_granted(search, party);
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        if (kind_in((enum kind)kind, kinds) && kind_is_granted(search, party, (enum kind)kind))
            return true;
    return false;
}

/* ---- quantifiers -------------------------------------------------------------------------- */

static bool covers(const struct condition *quantifier, const struct condition *other) {
    return quantifier->range == RANGE_FLOW || quantifier->range == other->range;
}

/* There may be a flow that meets what is wanted of one, and of all in its range. */
static bool demand_is_granted(const struct search *search, const struct demand *demand) {
    struct search flow = {
        .about = search->about, .inside = demand->quantifier, .steps = search->steps};
    struct goal goals[MOST_WISHES];
    size_t count = 0;
    goals[count++] = (struct goal){demand->quantifier->parts, demand->wanted, NULL};
    for (size_t i = 0; i < search->demand_count; i++) {
        const struct demand *other = &search->demands[i];
        if (!other->of_all || !covers(other->quantifier, demand->quantifier) ||
            count == MOST_WISHES)
            continue;
        goals[count] = (struct goal){other->quantifier->parts, other->wanted, NULL};
        goals[count - 1].next = &goals[count];
        count++;
    }
    for (size_t i = 0; i < search->wish_count; i++)
        if (search->wishes[i].party == PARTY_SELF)
            flow.wishes[flow.wish_count++] = search->wishes[i];
    return solve(&flow, goals);
}

static bool demands_are_granted(const struct search *search) {
    for (size_t i = 0; i < search->demand_count; i++)
        if (!search->demands[i].of_all && !demand_is_granted(search, &search->demands[i]))
            return false;
    return true;
}

/* Adds what it wants of the flows. `any` is true by one flow, false by all; `all` the other way
 * round, and unknown over none; `no` is the contrary of `any`. */
static void demand(struct search *search, const struct condition *quantifier, enum wanted wanted) {
    bool all = quantifier->quantifier == QUANTIFIER_ALL;
    if (quantifier->quantifier == QUANTIFIER_NO)
        wanted = opposite(wanted);
    bool towards = wanted == WANT_TRUE || wanted == WANT_NOT_FALSE;
    bool of_all = all == towards;
    if (all && wanted == WANT_NOT_TRUE)
        return; /* no flows will do */
    search->demands[search->demand_count++] = (struct demand){quantifier, wanted, of_all};
    if (all && wanted == WANT_TRUE && search->demand_count < MOST_WISHES)
        search->demands[search->demand_count++] = (struct demand){quantifier, wanted, false};
}

/* ---- the search --------------------------------------------------------------------------- */

/* The flow of `any incoming` ends at the subject. */
static enum party party_of(const struct search *search, const struct condition *test) {
    const struct condition *inside = search->inside;
    switch (test->of) {
    case OF_SELF:
        return PARTY_SELF;
    case OF_FROM:
        return inside && inside->range == RANGE_OUTGOING ? PARTY_SELF : PARTY_FROM;
    case OF_TO:
        return inside && inside->range == RANGE_INCOMING ? PARTY_SELF : PARTY_TO;
    case OF_AT:
        return PARTY_AT;
    case OF_INTO:
        return PARTY_INTO;
    default:
        return inside ? PARTY_HERE : PARTY_SELF;
    }
}

static bool solve_test(struct search *search, const struct goal *goal) {
    enum party party = party_of(search, goal->condition);
    search->wishes[search->wish_count++] = (struct wish){goal->condition, goal->wanted, party};
    bool solved =
        party_is_granted(search, party, goal->condition->kind) && solve(search, goal->next);
    search->wish_count--;
    return solved;
}

static bool solve_quantifier(struct search *search, const struct goal *goal) {
    size_t before = search->demand_count;
    demand(search, goal->condition, goal->wanted);
    bool solved = solve(search, goal->next);
    search->demand_count = before;
    return solved;
}

/* All parts need that verdict: they become goals before the others. */
static bool solve_parts(struct search *search, const struct condition *part, enum wanted wanted,
                        const struct goal *rest) {
    struct goal goal = {part, wanted, rest};
    struct goal *last = &goal;
    for (part = part->next; part; part = part->next) {
        struct goal *more = ARENA_NEW(search->about->arena, struct goal);
        *more = (struct goal){part, wanted, rest};
        last->next = more;
        last = more;
    }
    return solve(search, &goal);
}

static bool solve_joined(struct search *search, const struct goal *goal) {
    const struct condition *condition = goal->condition;
    bool towards = goal->wanted == WANT_TRUE || goal->wanted == WANT_NOT_FALSE;
    if ((condition->kind == CONDITION_AND) == towards)
        return solve_parts(search, condition->parts, goal->wanted, goal->next);
    for (const struct condition *part = condition->parts; part; part = part->next) {
        struct goal one = {part, goal->wanted, goal->next};
        if (solve(search, &one))
            return true;
    }
    return false;
}

static bool solve(struct search *search, const struct goal *goals) {
    if (!goals)
        return demands_are_granted(search);
    if (++*search->steps > MOST_STEPS || search->wish_count == MOST_WISHES ||
        search->demand_count == MOST_WISHES)
        return true;
    switch (goals->condition->kind) {
    case CONDITION_AND:
    case CONDITION_OR:
        return solve_joined(search, goals);
    case CONDITION_NOT: {
        struct goal inner = {goals->condition->parts, opposite(goals->wanted), goals->next};
        return solve(search, &inner);
    }
    case CONDITION_QUANTIFIER:
        return solve_quantifier(search, goals);
    default:
        return solve_test(search, goals);
    }
}

static bool can_be(const struct consistency *about, const struct condition *inside,
                   const struct goal *goals) {
    struct arena_mark mark = arena_mark(about->arena);
    size_t steps = 0;
    struct search search = {.about = about, .inside = inside, .steps = &steps};
    bool possible = solve(&search, goals);
    arena_rewind(about->arena, mark);
    return possible;
}

/* ---- what is reported --------------------------------------------------------------------- */

static bool holds_somewhere(const struct consistency *about, const struct condition *inside,
                            const struct condition *condition) {
    struct goal goal = {condition, WANT_TRUE, NULL};
    return can_be(about, inside, &goal);
}

/* Two parts of an `and` that exclude each other, the first such pair; false when it takes more than
 * two. */
static bool report_pair(const struct consistency *about, const struct condition *inside,
                        const struct condition *condition) {
    for (const struct condition *later = condition->parts; later; later = later->next)
        for (const struct condition *part = condition->parts; part != later; part = part->next) {
            struct goal first = {part, WANT_TRUE, NULL}, both = {later, WANT_TRUE, &first};
            if (can_be(about, inside, &both))
                continue;
            struct diagnostic *added =
                diag_add(about->diagnostics, DIAG_contradiction, about->source, later->span, NULL);
            diag_note(about->diagnostics, added, about->source, part->span,
                      "this is what it contradicts");
            return true;
        }
    return false;
}

static bool check_part(const struct consistency *about, const struct condition *inside,
                       const struct condition *condition) {
    const struct condition *around = condition->kind == CONDITION_QUANTIFIER ? condition : inside;
    bool fine = true;
    for (const struct condition *part = condition->parts; part; part = part->next)
        fine &= check_part(about, around, part);
    if (!fine || holds_somewhere(about, inside, condition))
        return fine;
    if (condition->kind != CONDITION_AND || !report_pair(about, inside, condition))
        diag_add(about->diagnostics, DIAG_never_holds, about->source, condition->span, NULL);
    return false;
}

bool can_hold(const struct consistency *consistency, const struct condition *condition) {
    return holds_somewhere(consistency, NULL, condition);
}

bool check_holds(const struct consistency *consistency, const struct condition *condition) {
    return check_part(consistency, NULL, condition);
}

void check_together(const struct consistency *consistency, const struct condition *when,
                    const struct condition *unless) {
    struct goal scope = {when, WANT_TRUE, NULL};
    struct goal covered = {unless, WANT_TRUE, &scope}, open = {unless, WANT_NOT_TRUE, &scope};
    enum diag_code code = DIAG_COUNT;
    if (!can_be(consistency, NULL, &covered))
        code = DIAG_never_covered;
    else if (!can_be(consistency, NULL, &open))
        code = DIAG_never_open;
    if (code != DIAG_COUNT)
        diag_note(consistency->diagnostics,
                  diag_add(consistency->diagnostics, code, consistency->source, unless->span, NULL),
                  consistency->source, when->span, "this is where it asks");
}
