/* Reads decisions in order of the files: policies first, as they say how scores count; then what
 * names rows, then what names threats. */
// SPDX-License-Identifier: MIT
#include "analysis/decisions.h"

#include "analysis/answers.h"
#include "analysis/targets.h"
#include "analysis/threats.h"
#include "syntax/bands.h"

const char *const standing_words[] = {"orphan",   "asleep", "stale",     "nearer", "unconfirmed",
                                      "resolved", "gone",   "elsewhere", NULL};
const char *const answer_words[] = {"none", "threat", "dismissed", "baselined"};

/* A model, and the threats beside it by their ids. */
struct owner {
    const struct model *model;
    struct naming naming;
    struct table ids; /* of all that is declared beside it -> struct decl */
    struct table threats;
    struct table former_threats; /* by ids of the past */
    const struct word *scaled;   /* the first score, and whether it is a number */
    bool numbers;
};

struct reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct decisions *decisions;
    struct target_reader targets;
    struct decl_list renamed;
    struct table owners; /* address of a model -> struct owner */
    const struct decision_file *file;
    struct owner *owner;
    ARRAY_OF(struct threat *) threats; /* of all files, as are */
    ARRAY_OF(struct decision *) dismissals;
};

static struct owner *owner_of(struct reader *reader, const struct decision_file *file) {
    const void *address = file->about;
    struct owner *owner = table_get(&reader->owners, address_key(&address));
    if (owner)
        return owner;
    owner = ARENA_NEW(reader->arena, struct owner);
    owner->model = file->about;
    owner->naming = naming_of(reader->arena, reader->decisions->rows, file->about, file->imported,
                              &reader->renamed);
    table_intern(reader->arena, &reader->owners, kept_address(reader->arena, address), owner);
    return owner;
}

static void enter(struct reader *reader, const struct decision_file *file) {
    reader->file = file;
    reader->owner = owner_of(reader, file);
    reader->targets.uses = file->own->uses;
}

/* ---- form -------------------------------------------------------------------------------- */

static const struct attribute *stated(const struct decl *decl, enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(decl, id);
    return attribute && attribute->stated ? attribute : NULL;
}

static void need(struct reader *reader, const struct decl *decl, enum attribute_id id) {
    if (!stated(decl, id) && !reader->file->imported)
        diag_add(reader->diagnostics, DIAG_incomplete_decision, decl_source(decl), decl_span(decl),
                 ARGS(slice_of(kind_rows[decl->kind].article), slice_of(attribute_rows[id].name)));
}

static void suggest_name(struct reader *reader, struct diagnostic *added, const struct word *word,
                         unsigned kinds) {
    ARRAY_OF(struct slice) names = {0};
    if (reader->targets.suggestions++ >= SUGGESTION_LIMIT)
        return;
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0;
             kind_in((enum kind)kind, kinds) && i < reader->owner->model->of[kind].count; i++)
            *ARRAY_ADD(reader->arena, &names) = decl_id(reader->owner->model->of[kind].items[i]);
    for (size_t i = 0; kind_in(KIND_THREAT, kinds) && i < reader->threats.count; i++)
        *ARRAY_ADD(reader->arena, &names) = decl_id(reader->threats.items[i]->decision.decl);
    diag_suggest(reader->diagnostics, added, word_text(word), names.items, names.count);
}

static void report_missing_name(struct reader *reader, const struct decl *decl,
                                const struct word *word, unsigned kinds, const char *what) {
    if (reader->file->imported)
        return;
    struct diagnostic *added =
        diag_add(reader->diagnostics, DIAG_unknown_element, decl_source(decl), word_span(word),
                 ARGS(slice_of(what), word_text(word)));
    suggest_name(reader, added, word, kinds);
}

static void check_scale(struct reader *reader, const struct decl *threat, enum attribute_id id) {
    const struct attribute *score = stated(threat, id);
    struct owner *owner = reader->owner;
    if (!score || reader->file->imported)
        return;
    const struct word *word = &score->item->value->word;
    int number;
    bool is_number = slice_number(word_text(word), &number);
    if (!owner->scaled) {
        owner->scaled = word;
        owner->numbers = is_number;
    } else if (owner->numbers != is_number) {
        diag_add(reader->diagnostics, DIAG_mixed_scale, decl_source(threat), word_span(word),
                 ARGS(word_text(word)));
    }
}

/* ---- policies ---------------------------------------------------------------------------- */

static void read_policy(struct reader *reader, struct decl *policy) {
    const struct attribute *bands = stated(policy, ATTRIBUTE_bands);
    const struct attribute *pin = stated(policy, ATTRIBUTE_policy_rules);
    const struct attribute *scale = stated(policy, ATTRIBUTE_scale);
    struct decisions *decisions = reader->decisions;
    if (bands && !decisions->bands.count)
        read_bands(reader->diagnostics, decl_source(policy), bands, &decisions->bands);
    if (pin && !decisions->pin)
        decisions->pin = pin->number;
    if (scale && !reader->owner->scaled) {
        reader->owner->scaled = &scale->item->value->word;
        reader->owner->numbers = attribute_says(policy, ATTRIBUTE_scale, "numbers");
    }
    *ARRAY_ADD(reader->arena, &decisions->policies) = policy;
    decisions->own_policies += !reader->file->imported;
}

/* ---- decisions about rows ---------------------------------------------------------------- */

static void read_words(struct reader *reader, const struct decl *decl,
                       const struct attribute *attribute, struct targets *targets) {
    for (const struct value *at = stated_values(attribute); at; at = next_stated(attribute, at))
        read_target(&reader->targets, &reader->owner->naming, decl, &at->word, targets);
}

static void begin(struct reader *reader, struct decision *decision, const struct decl *decl,
                  const struct targets *targets, bool loose) {
    decision->decl = decl;
    decision->file = reader->file;
    decision->targets = targets->items;
    decision->target_count = targets->count;
    judge_targets(&reader->targets, &reader->owner->naming, decision, loose);
}

static void check_component(struct reader *reader, const struct threat *threat) {
    const struct attribute *component = stated(threat->decision.decl, ATTRIBUTE_component);
    if (component && !threat->component)
        report_missing_name(reader, threat->decision.decl, &component->item->value->word,
                            ON_ELEMENT, "element");
}

static void check_adversaries(struct reader *reader, const struct threat *threat) {
    const struct attribute *by = stated(threat->decision.decl, ATTRIBUTE_by_adversaries);
    for (const struct value *at = stated_values(by); at; at = next_stated(by, at))
        if (!find_by_id(&reader->owner->naming, word_text(&at->word), ON_ADVERSARY))
            report_missing_name(reader, threat->decision.decl, &at->word, ON_ADVERSARY,
                                "adversary");
}

static void note_former_ids(struct reader *reader, struct threat *threat) {
    const struct attribute *was = decl_attribute(threat->decision.decl, ATTRIBUTE_was);
    for (const struct value *at = stated_values(was); at; at = next_stated(was, at))
        table_intern(reader->arena, &reader->owner->former_threats, word_text(&at->word), threat);
}

static void read_one_threat(struct reader *reader, struct decl *decl) {
    struct threat *threat = ARENA_NEW(reader->arena, struct threat);
    const struct attribute *category = stated(decl, ATTRIBUTE_category);
    const struct attribute *on = stated(decl, ATTRIBUTE_threat_on);
    struct targets targets = {0};
    bool loose = !stated(decl, ATTRIBUTE_candidate) && category && on;
    if (loose)
        read_spot(&reader->targets, &reader->owner->naming, decl, category, on, &targets);
    else
        need(reader, decl, ATTRIBUTE_candidate);
    if (!loose)
        read_words(reader, decl, decl_attribute(decl, ATTRIBUTE_candidate), &targets);
    if (stated(decl, ATTRIBUTE_priority))
        need(reader, decl, ATTRIBUTE_priority_reason);
    begin(reader, &threat->decision, decl, &targets, loose);
    threat->loose = loose;
    read_threat(reader->arena, reader->decisions->rows->bands, &reader->owner->naming, threat);
    check_scale(reader, decl, ATTRIBUTE_likelihood);
    check_scale(reader, decl, ATTRIBUTE_threat_impact);
    check_component(reader, threat);
    check_adversaries(reader, threat);
    note_former_ids(reader, threat);
    table_intern(reader->arena, &reader->owner->threats, decl_id(decl), threat);
    *ARRAY_ADD(reader->arena, &reader->threats) = threat;
    if (!reader->file->imported)
        *ARRAY_ADD(reader->arena, &reader->decisions->threats) = threat;
}

static bool is_answered_elsewhere(const struct decl *dismissal) {
    return attribute_says(dismissal, ATTRIBUTE_dismiss_code, "covered_elsewhere") ||
           attribute_says(dismissal, ATTRIBUTE_dismiss_code, "duplicate");
}

static void read_dismissal(struct reader *reader, struct decl *decl) {
    struct decision *decision = ARENA_NEW(reader->arena, struct decision);
    struct targets targets = {0};
    if (slice_has(decl_id(decl), '@'))
        read_target(&reader->targets, &reader->owner->naming, decl, &decl->item->head->name,
                    &targets);
    read_words(reader, decl, decl_attribute(decl, ATTRIBUTE_dismissed), &targets);
    need(reader, decl, is_answered_elsewhere(decl) ? ATTRIBUTE_see : ATTRIBUTE_reason);
    begin(reader, decision, decl, &targets, false);
    answer_targets(reader->diagnostics, reader->decisions, decision, ANSWER_DISMISSED);
    *ARRAY_ADD(reader->arena, &reader->dismissals) = decision;
    if (!reader->file->imported)
        *ARRAY_ADD(reader->arena, &reader->decisions->dismissals) = decision;
}

static void read_baseline(struct reader *reader, struct decl *decl) {
    struct decision *decision = ARENA_NEW(reader->arena, struct decision);
    struct targets targets = {0};
    need(reader, decl, ATTRIBUTE_patterns);
    read_words(reader, decl, decl_attribute(decl, ATTRIBUTE_patterns), &targets);
    begin(reader, decision, decl, &targets, false);
    answer_targets(reader->diagnostics, reader->decisions, decision, ANSWER_BASELINED);
    if (!reader->file->imported)
        *ARRAY_ADD(reader->arena, &reader->decisions->baselines) = decision;
}

/* ---- what is done about threats ---------------------------------------------------------- */

/* An id that is in use beats one of the past. */
static struct threat *threat_called(const struct owner *owner, struct slice id) {
    struct threat *threat = table_get(&owner->threats, id);
    return threat ? threat : table_get(&owner->former_threats, id);
}

static struct threat *find_threat(struct reader *reader, const struct decl *decl,
                                  const struct word *word) {
    struct threat *threat = threat_called(reader->owner, word_text(word));
    if (threat)
        keep_use(reader->arena, reader->file->own->uses, word, threat->decision.decl);
    else
        report_missing_name(reader, decl, word, ON_THREAT, "threat");
    return threat;
}

/* Once, by whatever ids it names the threat. */
static void hang(struct arena *arena, struct decl_list *list, struct decl *decl) {
    if (!list->count || list->items[list->count - 1] != decl)
        *ARRAY_ADD(arena, list) = decl;
}

static void read_mitigation(struct reader *reader, struct decl *decl) {
    const struct attribute *about = decl_attribute(decl, ATTRIBUTE_for_threats);
    need(reader, decl, ATTRIBUTE_for_threats);
    for (const struct value *at = stated_values(about); at; at = next_stated(about, at)) {
        struct threat *threat = find_threat(reader, decl, &at->word);
        if (threat)
            hang(reader->arena, &threat->mitigations, decl);
    }
    if (!reader->file->imported)
        *ARRAY_ADD(reader->arena, &reader->decisions->mitigations) = decl;
}

/* The threat, where the risk says something of its questions; else NULL. */
static struct threat *threat_of_risk(struct reader *reader, const struct value *at) {
    struct threat *threat = threat_called(reader->owner, word_text(&at->word));
    return threat && !threat->loose ? threat : NULL;
}

/* An acceptance rests on what its threats are about, as it stood when that was accepted. */
static void add_targets_of_threats(struct reader *reader, const struct attribute *about,
                                   struct targets *targets) {
    for (const struct value *at = stated_values(about); at; at = next_stated(about, at)) {
        const struct threat *threat = threat_of_risk(reader, at);
        for (size_t i = 0; threat && i < threat->decision.target_count; i++)
            add_again(&reader->targets, &threat->decision.targets[i], targets);
    }
}

/* Where the acceptance is not stale, its threats stay accepted. */
static void accept_targets(struct reader *reader, const struct attribute *about,
                           const struct decision *risk) {
    const struct target *own = risk->targets;
    for (const struct value *at = stated_values(about); at; at = next_stated(about, at)) {
        const struct threat *threat = threat_of_risk(reader, at);
        for (size_t i = 0; threat && i < threat->decision.target_count; i++)
            threat->decision.targets[i].accepted |= !(own++->standing & STANDS_STALE);
    }
}

static void read_risk(struct reader *reader, struct decl *decl) {
    struct decision *decision = ARENA_NEW(reader->arena, struct decision);
    const struct attribute *about = decl_attribute(decl, ATTRIBUTE_for_threats);
    struct targets targets = {0};
    need(reader, decl, ATTRIBUTE_decision);
    for (const struct value *at = stated_values(about); at; at = next_stated(about, at)) {
        struct threat *threat = find_threat(reader, decl, &at->word);
        if (threat)
            hang(reader->arena, &threat->risks, decl);
    }
    add_targets_of_threats(reader, about, &targets);
    begin(reader, decision, decl, &targets, false);
    if (!attribute_says(decl, ATTRIBUTE_decision, "deferred"))
        accept_targets(reader, about, decision);
    if (!reader->file->imported)
        *ARRAY_ADD(reader->arena, &reader->decisions->risks) = decision;
}

static void read_review(struct reader *reader, struct decl *decl) {
    need(reader, decl, ATTRIBUTE_review_by);
    need(reader, decl, ATTRIBUTE_review_on);
    need(reader, decl, ATTRIBUTE_verdict);
    if (!reader->file->imported)
        *ARRAY_ADD(reader->arena, &reader->decisions->reviews) = decl;
}

/* After all threats are known. */
static void read_see(struct reader *reader, struct decision *dismissal) {
    enter(reader, dismissal->file);
    const struct attribute *see = stated(dismissal->decl, ATTRIBUTE_see);
    struct targets targets = {0};
    if (!see)
        return;
    dismissal->see = &see->item->value->word;
    if (slice_has(word_text(dismissal->see), '@'))
        read_target(&reader->targets, &reader->owner->naming, dismissal->decl, dismissal->see,
                    &targets);
    else
        dismissal->see_threat = find_threat(reader, dismissal->decl, dismissal->see);
    dismissal->see_targets = targets.items;
    dismissal->see_count = targets.count;
}

/* ---- all of them ------------------------------------------------------------------------- */

/* Those of the past last: an id that is in use is meant before them. */
static void note_threat_ids(struct arena *arena, struct decisions *decisions) {
    struct threat **threats = decisions->threats.items;
    for (size_t i = 0; i < decisions->threats.count; i++)
        table_intern(arena, &decisions->threat_ids, decl_id(threats[i]->decision.decl), threats[i]);
    for (size_t i = 0; i < decisions->threats.count; i++) {
        const struct attribute *was = decl_attribute(threats[i]->decision.decl, ATTRIBUTE_was);
        for (const struct value *at = stated_values(was); at; at = next_stated(was, at))
            table_intern(arena, &decisions->threat_ids, word_text(&at->word), threats[i]);
    }
}

/* Within a file that was reported when it was read; a row's id is told by what is decided twice. */
static void take_id(struct reader *reader, struct decl *decl) {
    struct slice id = decl_id(decl);
    if (!id.length || slice_has(id, '@'))
        return;
    const struct decl *first = table_intern(reader->arena, &reader->owner->ids, id, decl);
    if (decl_source(first) == decl_source(decl) || reader->file->imported)
        return;
    struct diagnostic *added = diag_add(reader->diagnostics, DIAG_duplicate_id, decl_source(decl),
                                        decl_span(decl), ARGS(id));
    diag_note(reader->diagnostics, added, decl_source(first), decl_span(first),
              "it is declared here first");
}

/* Several files beside a model are one, as far as ids go. */
static void take_ids(struct reader *reader, const struct decision_file *files, size_t count) {
    for (size_t i = 0; i < count; i++) {
        enter(reader, &files[i]);
        for (unsigned kind = 0; kind < KIND_COUNT; kind++)
            for (size_t j = 0; j < files[i].own->of[kind].count; j++)
                take_id(reader, files[i].own->of[kind].items[j]);
    }
}

typedef void reading(struct reader *reader, struct decl *decl);

static void for_each(struct reader *reader, const struct decision_file *files, size_t count,
                     enum kind kind, reading *read) {
    for (size_t i = 0; i < count; i++) {
        const struct decl_list *list = &files[i].own->of[kind];
        enter(reader, &files[i]);
        for (size_t j = 0; j < list->count; j++) {
            arena_step(reader->arena);
            read(reader, list->items[j]);
        }
    }
}

struct decisions *find_decisions(struct diagnostics *diagnostics, struct rows *rows,
                                 const struct decision_file *files, size_t count) {
    struct arena *arena = diagnostics->arena;
    struct decisions *decisions = ARENA_NEW(arena, struct decisions);
    struct reader reader = {.arena = arena,
                            .diagnostics = diagnostics,
                            .decisions = decisions,
                            .targets = {.arena = arena, .diagnostics = diagnostics, .rows = rows}};
    decisions->rows = rows;
    rows->decisions = decisions;
    decisions->any = count > 0;
    if (!count)
        return decisions;
    reader.targets.rules = rule_names_of(arena, rows);
    reader.renamed = find_renamed(arena, rows);
    take_ids(&reader, files, count);
    for_each(&reader, files, count, KIND_POLICY, read_policy);
    if (decisions->bands.count)
        rows->bands = &decisions->bands;
    for_each(&reader, files, count, KIND_THREAT, read_one_threat);
    note_threat_ids(arena, decisions);
    for_each(&reader, files, count, KIND_DISMISS, read_dismissal);
    for_each(&reader, files, count, KIND_BASELINE, read_baseline);
    for_each(&reader, files, count, KIND_MITIGATION, read_mitigation);
    for_each(&reader, files, count, KIND_RISK, read_risk);
    for_each(&reader, files, count, KIND_REVIEW, read_review);
    for (size_t i = 0; i < reader.dismissals.count; i++)
        read_see(&reader, reader.dismissals.items[i]);
    for (size_t i = 0; i < reader.threats.count; i++) {
        settle_threat(reader.threats.items[i]);
        answer_threat(diagnostics, decisions, reader.threats.items[i]);
    }
    answer_rows(arena, decisions);
    return decisions;
}
