/* Every declaration claims its id, and decisions claim what they are about. A claim counts when it
 * is in the result: both sides have it, or one has added it. */
// SPDX-License-Identifier: MIT
#include "syntax/merge_claims.h"

#include "model/kind.h"

/* One row has few patterns; a file with more claims on it has other troubles. */
#define CLAIMS_COMPARED 64

struct claim {
    struct claim *older;  /* about the same */
    struct slice what;    /* a pattern or row, the id of a threat, an id */
    struct slice kind;    /* of decision: its word */
    struct slice verdict; /* of a risk */
    struct entry *entry;
    bool in[VERSIONS];
};

struct claims {
    struct arena *arena;
    struct table by_topic; /* topic -> the newest claim, in a box */
    ARRAY_OF(struct claim *) all;
    struct entry *entry;  /* whose claims are found, */
    enum version version; /* in which version */
};

/* ---- finding them ------------------------------------------------------------------------ */

/* `topic` and `what` say what it is about; the same claim in another version is one. */
static void add_claim(struct claims *claims, const char *topic, struct slice what,
                      struct slice verdict) {
    const struct item *item = claims->entry->in[claims->version]->item;
    struct claim **newest =
        table_intern(claims->arena, &claims->by_topic,
                     text_join(claims->arena, slice_of(topic), SLICE(" "), what),
                     ARENA_NEW(claims->arena, struct claim *));
    for (struct claim *claim = *newest; claim && claim->entry == claims->entry;
         claim = claim->older)
        if (slice_equal(claim->verdict, verdict)) {
            claim->in[claims->version] = true;
            return;
        }
    struct claim *claim = ARENA_NEW(claims->arena, struct claim);
    *claim = (struct claim){.older = *newest,
                            .what = what,
                            .kind = word_text(&item->word),
                            .verdict = verdict,
                            .entry = claims->entry};
    claim->in[claims->version] = true;
    *newest = claim;
    *ARRAY_ADD(claims->arena, &claims->all) = claim;
}

static const struct value *values_of(const struct item *item, const char *attribute) {
    const struct item *line = items_inside(item);
    while (line && !(line->kind == ITEM_ATTRIBUTE && slice_is(word_text(&line->word), attribute)))
        line = line->next;
    return line ? line->value : NULL;
}

static const struct value *first_value(const struct value *value) {
    return value && value->word.kind == VALUE_LIST ? value_items(value) : value;
}

static const struct value *next_value(const struct value *list, const struct value *value) {
    return list->word.kind == VALUE_LIST ? value->next : NULL;
}

static void claim_patterns(struct claims *claims, const struct item *item, const char *attribute) {
    const struct value *list = values_of(item, attribute);
    for (const struct value *at = first_value(list); at; at = next_value(list, at))
        if (at->word.kind != VALUE_LIST)
            add_claim(claims, "pattern", word_text(&at->word), SLICE(""));
}

static void claim_threats(struct claims *claims, const struct item *item) {
    const struct value *list = values_of(item, "for"), *decision = values_of(item, "decision");
    struct slice verdict =
        decision && decision->word.kind != VALUE_LIST ? word_text(&decision->word) : SLICE("");
    for (const struct value *at = first_value(list); at; at = next_value(list, at))
        if (at->word.kind != VALUE_LIST)
            add_claim(claims, "risk", word_text(&at->word), verdict);
}

static void claim_id(struct claims *claims, const struct item *item) {
    struct slice id = word_text(&item->head->name);
    if (id.length)
        add_claim(claims, "id", id, SLICE(""));
}

/* Kinds whose ids no two declarations may share. */
#define ON_NAMES                                                                                   \
    (ON_SUBJECT | ON_BOUNDARY | ON_ASSET | ON_ADVERSARY | ON_ASSUMPTION | ON_VIEW |                \
     ON_MITIGATION | ON_REVIEW)

static void find_claims(struct claims *claims, const struct item *item) {
    enum kind kind = kind_find(word_text(&item->word));
    switch (kind) {
    case KIND_THREAT:
        claim_id(claims, item);
        claim_patterns(claims, item, "candidate");
        break;
    case KIND_DISMISS:
        if (word_text(&item->head->name).length)
            add_claim(claims, "pattern", word_text(&item->head->name), SLICE(""));
        claim_patterns(claims, item, "for");
        break;
    case KIND_RISK:
        claim_id(claims, item);
        claim_threats(claims, item);
        break;
    case KIND_BASELINE:
        claim_patterns(claims, item, "patterns");
        break;
    default:
        if (kind != KIND_COUNT && kind_in(kind, ON_NAMES))
            claim_id(claims, item);
        break;
    }
}

/* ---- comparing them ---------------------------------------------------------------------- */

/* What both had before, and one has taken back, is no claim any more. */
static bool counts(const struct claim *claim) {
    return (claim->in[OURS] && claim->in[THEIRS]) ||
           ((claim->in[OURS] || claim->in[THEIRS]) && !claim->in[BASE]) ||
           !claim->entry->in[OURS] || !claim->entry->in[THEIRS];
}

/* Any number of threats may stand on one pattern. */
static bool contradict(const struct claim *a, const struct claim *b) {
    if (!counts(a) || !counts(b) || (a->in[OURS] && b->in[OURS]) ||
        (a->in[THEIRS] && b->in[THEIRS]))
        return false;
    bool alike = slice_equal(a->kind, b->kind) && !slice_is(a->kind, "dismiss") &&
                 !slice_is(a->kind, "baseline");
    return !alike || !slice_equal(a->verdict, b->verdict);
}

/* The chain gets shorter each time that it is walked. */
static struct entry *leader(struct entry *entry) {
    while (entry->against) {
        if (entry->against->against)
            entry->against = entry->against->against;
        entry = entry->against;
    }
    return entry;
}

static struct slice reason_of(struct arena *arena, const struct claim *claim) {
    bool row = slice_has(claim->what, '@'), risk = claim->verdict.length > 0;
    return text_join(arena,
                     risk  ? SLICE("both decide the risk of")
                     : row ? SLICE("both decide")
                           : SLICE("both declare"),
                     SLICE(" "), claim->what);
}

static void compare_with_older(struct arena *arena, const struct claim *claim) {
    const struct claim *older = claim->older;
    for (size_t i = 0; older && i < CLAIMS_COMPARED; i++, older = older->older) {
        struct entry *first = leader(older->entry), *second = leader(claim->entry);
        if (first == second || !contradict(claim, older))
            continue;
        bool swapped = first->number > second->number;
        (swapped ? first : second)->against = swapped ? second : first;
        if (!(swapped ? second : first)->reason.length)
            (swapped ? second : first)->reason = reason_of(arena, claim);
    }
}

static void find_all_claims(struct claims *claims, struct entry *entry) {
    for (int i = 0; i < VERSIONS; i++) {
        const struct item *item = entry->in[i] ? entry->in[i]->item : NULL;
        claims->entry = entry;
        claims->version = (enum version)i;
        if (item && item->kind == ITEM_DECLARATION)
            find_claims(claims, item);
    }
}

void find_contradictions(struct arena *arena, struct entry *first) {
    struct claims claims = {.arena = arena};
    ARRAY_OF(struct entry *) entries = {0};
    for (struct entry *entry = first; entry; entry = entry->next) {
        entry->number = entries.count;
        *ARRAY_ADD(arena, &entries) = entry;
        find_all_claims(&claims, entry);
    }
    for (size_t i = 0; i < claims.all.count; i++)
        compare_with_older(arena, claims.all.items[i]);
    for (size_t i = entries.count; i-- > 0;) {
        struct entry *entry = entries.items[i], *against = leader(entry);
        if (against == entry)
            continue;
        entry->against = against;
        entry->mate = against->mate;
        against->mate = entry;
    }
}
