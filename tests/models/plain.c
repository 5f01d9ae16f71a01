/* In the order of the design's section 6. Whatever is looked for is looked for among all. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "models/plain_court.h"

#include <stdlib.h>

/* ---- a row or pattern that a decision names ---------------------------------------------- */

static const struct pattern *pattern_at(const struct row *row, const struct rule *rule,
                                        struct slice spot) {
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (at->rule == rule && slice_equal(decl_id(at->subject), spot))
            return at;
    return NULL;
}

static void add_aims(const struct plain *plain, const struct decided *decided, struct slice word,
                     struct aims *aims) {
    struct spots_named named = find_named(plain, word, decided->imported);
    if (!named.count)
        *ARRAY_ADD(plain->arena, aims) = (struct aim){.word = word, .orphan = true};
    for (size_t i = 0; i < named.count; i++) {
        struct aim *aim = ARRAY_ADD(plain->arena, aims);
        *aim = (struct aim){.word = word, .at = named.items[i]};
        if (aim->at.rule)
            aim->pattern = pattern_at(aim->at.row, aim->at.rule, aim->at.spot);
    }
}

/* ---- how it stands ----------------------------------------------------------------------- */

static bool part_is_out(const struct sketch *sketch, size_t part) {
    for (; part != NO_PART; part = sketch->parts[part].parent)
        if (sketch_stated(sketch, part, ATTRIBUTE_out_of_scope))
            return true;
    return false;
}

/* A flow is out of scope when it says so, or both of its ends are. */
static bool is_out(const struct plain *plain, const struct decl *subject) {
    const struct sketch *sketch = &plain->world->sketch;
    size_t at = find_part(plain, decl_id(subject), false, ON_SUBJECT);
    const struct part *part = &sketch->parts[at];
    if (part_is_out(sketch, at))
        return true;
    return (part->kind == KIND_CROSSING && part_is_out(sketch, part->from)) ||
           (part->kind == KIND_FLOW && part_is_out(sketch, part->from) &&
            part_is_out(sketch, part->to));
}

static bool is_bare(const struct row *row) {
    return !row->open && !row->covered;
}

/* "near" is nearer than "far", and that than "none". */
static int nearness(struct slice word) {
    return slice_is(word, "near") ? 2 : slice_is(word, "far") ? 1 : slice_is(word, "none") ? 0 : -1;
}

static unsigned effect_of(const struct read *read, struct slice was) {
    if (read->basis == BASIS_REACH)
        return nearness(was) >= 0 && nearness(read->value) > nearness(was) ? NEARER : 0;
    if (read->basis == BASIS_FACT)
        return safety_of_words(read->kind, read->attribute, read->value) <
                       safety_of_words(read->kind, read->attribute, was)
                   ? STALE
                   : 0;
    return slice_equal(read->value, was) ? 0 : STALE;
}

/* Compares what is read now with the lines of the decision. False: no line is about it. */
static bool compare(const struct plain *plain, const struct decided *decided, struct aim *aim) {
    struct reads reads = find_reads(plain, &aim->at, true);
    bool any = false;
    for (size_t i = 0; i < reads.count; i++) {
        const struct read *read = &reads.items[i];
        struct slice was;
        if (!was_written(plain, decided, read, &was))
            continue;
        any = true;
        unsigned effect = effect_of(read, was);
        aim->standing |= effect;
        if (effect)
            *ARRAY_ADD(plain->arena, &aim->changes) =
                text_format(plain->arena, "%.*s: %.*s -> %.*s", SLICE_ARGS(read->name),
                            SLICE_ARGS(was), SLICE_ARGS(read->value));
    }
    return any;
}

static bool is_silent(const struct aim *aim) {
    return aim->pattern && aim->pattern->state == PATTERN_SILENCED;
}

/* Whether the question arises in the model of all files, whoever asks it: that is the model's. */
static bool arises(const struct plain *plain, const struct aim *aim) {
    const struct decl_list *subjects = &plain->rows->analysis->model->subjects;
    struct trial trial = {.judgement = judgement_at(plain->arena, plain->rows->analysis, NULL)};
    for (size_t i = 0; i < subjects->count; i++)
        if (slice_equal(decl_id(subjects->items[i]), aim->at.spot))
            trial.judgement.subject = subjects->items[i];
    return try_rule(&trial, aim->at.rule) != NULL;
}

/* At a subject of another file, only what that one does not ask itself is asked here. */
static bool is_elsewhere(const struct plain *plain, const struct aim *aim) {
    const struct row *row = aim->at.row;
    if (!more_of(row->subject)->origin)
        return false;
    return aim->at.rule && !aim->pattern ? arises(plain, aim) : row->state == ROW_OUT_OF_SCOPE;
}

static void judge_aim(const struct plain *plain, const struct decided *decided, struct aim *aim,
                      bool loose) {
    if (aim->orphan) {
        aim->standing = ORPHAN;
        return;
    }
    const struct row *row = aim->at.row;
    bool asked = loose || (aim->at.rule ? aim->pattern && !is_silent(aim)
                                        : row->state != ROW_NOT_APPLICABLE);
    if (is_out(plain, row->subject)) {
        aim->standing = ASLEEP;
    } else if (is_elsewhere(plain, aim)) {
        aim->standing = ELSEWHERE;
    } else if (!asked) {
        compare(plain, decided, aim);
        aim->standing |= GONE;
    } else if (aim->pattern && aim->pattern->state == PATTERN_COVERED) {
        aim->standing = RESOLVED;
    } else if (!aim->at.rule && !loose && !is_bare(row)) {
        aim->standing = STALE;
        size_t count = (size_t)row->open + row->covered;
        *ARRAY_ADD(plain->arena, &aim->changes) =
            text_format(plain->arena, "%.*s: a row without questions -> %zu question%s",
                        SLICE_ARGS(row_id(plain->arena, row)), count, count == 1 ? "" : "s");
    } else if (!loose && !compare(plain, decided, aim)) {
        aim->standing = UNCONFIRMED;
    }
}

/* ---- all decisions ----------------------------------------------------------------------- */

/* An acceptance rests on what its threats are about. */
static void read_risk_aims(const struct court *court, struct about *about) {
    const struct decided *risk = about->decided;
    for (size_t i = 0; i < risk->named_count; i++) {
        const struct about *threat = find_threat(court, risk->named[i], risk->imported);
        for (size_t j = 0; threat && !threat->loose && j < threat->aims.count; j++) {
            struct aim *aim = ARRAY_ADD(court->plain->arena, &about->aims);
            *aim = threat->aims.items[j];
            aim->standing = 0;
            aim->changes = (struct words){0};
        }
    }
}

static void read_aims(const struct plain *plain, const struct court *court, struct about *about) {
    const struct decided *decided = about->decided;
    about->loose =
        decided->kind == KIND_THREAT && !decided->named_count && decided_says(decided, "on").length;
    if (about->loose)
        add_aims(plain, decided,
                 text_join(plain->arena, decided_says(decided, "category"), SLICE("@"),
                           decided_says(decided, "on")),
                 &about->aims);
    if (about->loose)
        about->aims.items[0].word = decided_says(decided, "on");
    else if (decided->kind == KIND_RISK)
        read_risk_aims(court, about);
    else if (decided->kind != KIND_MITIGATION)
        for (size_t i = 0; i < decided->named_count; i++)
            add_aims(plain, decided, decided->named[i], &about->aims);
    for (size_t i = 0; i < about->aims.count; i++)
        judge_aim(plain, decided, &about->aims.items[i], about->loose);
}

/* ---- verdicts ---------------------------------------------------------------------------- */

static const void *place_of(const struct aim *aim) {
    if (aim->orphan)
        return NULL;
    if (aim->at.rule)
        return aim->pattern;
    return is_bare(aim->at.row) ? (const void *)aim->at.row : NULL;
}

static struct ruling *verdict_at(const struct court *court, const void *place) {
    for (size_t i = 0; place && i < court->verdict_count; i++)
        if (court->verdicts[i].place == place)
            return &court->verdicts[i];
    return NULL;
}

static void give(struct court *court, const struct about *about, const struct aim *aim,
                 enum answer answer, bool holds) {
    const void *place = place_of(aim);
    struct ruling *verdict = verdict_at(court, place);
    if (!place)
        return;
    if (!verdict) {
        court->verdicts[court->verdict_count++] =
            (struct ruling){place, aim->at.row, answer, holds, about, false};
        return;
    }
    if (verdict->answer != answer || (answer == ANSWER_DISMISSED && verdict->first != about))
        court->report->conflicts++;
    else if (verdict->first != about || answer == ANSWER_THREAT)
        verdict->holds |= holds;
}

/* Whether the question was there when the decision was written. */
static bool was_there(const struct plain *plain, const struct decided *decided,
                      const struct asked *asked) {
    const struct spot_named spot = {asked->row, asked->pattern->rule,
                                    decl_id(asked->pattern->subject)};
    struct reads reads = find_reads(plain, &spot, true);
    struct slice was;
    size_t written = 0, missing = 0;
    for (size_t i = 0; i < reads.count; i++)
        if (reads.items[i].basis == BASIS_FACT || reads.items[i].basis == BASIS_ZONE) {
            bool has = was_written(plain, decided, &reads.items[i], &was);
            written += has;
            missing += !has;
        }
    return written && !missing;
}

static void give_there(struct court *court, const struct about *about, const struct asked *asked,
                       enum answer answer, bool holds) {
    struct ruling *verdict = verdict_at(court, asked->pattern);
    if (!verdict)
        court->verdicts[court->verdict_count++] =
            (struct ruling){asked->pattern, asked->row, answer, holds, about, true};
    else if (verdict->folded && verdict->answer == answer &&
             (answer == ANSWER_THREAT || (answer == ANSWER_BASELINED && verdict->first != about)))
        verdict->holds |= holds;
}

/* A decision about a row that folds counts where it is asked, unless that is decided by itself. */
static void give_folded(struct court *court, const struct about *about, const struct aim *aim,
                        enum answer answer, bool holds) {
    const unsigned nowhere = ORPHAN | ASLEEP | ELSEWHERE | GONE;
    if (aim->standing & nowhere)
        return;
    struct askeds asked = find_asked_for(court->plain, &aim->at);
    for (size_t i = 0; i < asked.count; i++)
        if (!about->decided->basis.count ||
            was_there(court->plain, about->decided, &asked.items[i]))
            give_there(court, about, &asked.items[i], answer, holds);
}

/* Whether some acceptance of the threat still stands where it is about this. */
static bool is_accepted_still(const struct court *court, const struct about *threat,
                              const void *place) {
    for (size_t i = 0; i < court->count; i++) {
        const struct decided *risk = court->about[i].decided;
        if (risk->kind != KIND_RISK || risk->imported != threat->decided->imported ||
            says(risk, "decision", "deferred"))
            continue;
        for (size_t j = 0; j < risk->named_count; j++)
            for (size_t k = 0; find_threat(court, risk->named[j], risk->imported) == threat &&
                               k < court->about[i].aims.count;
                 k++) {
                const struct aim *aim = &court->about[i].aims.items[k];
                if (place_of(aim) == place && !(aim->standing & STALE))
                    return true;
            }
    }
    return false;
}

typedef void giving(struct court *court, const struct about *about, const struct aim *aim,
                    enum answer answer, bool holds);

static void give_all(struct court *court, const struct about *about, giving *to) {
    for (size_t i = 0; i < about->aims.count && !about->loose; i++) {
        const struct aim *aim = &about->aims.items[i];
        switch (about->decided->kind) {
        case KIND_DISMISS:
            to(court, about, aim, ANSWER_DISMISSED, !(aim->standing & STALE));
            break;
        case KIND_BASELINE:
            to(court, about, aim, ANSWER_BASELINED, !(aim->standing & (STALE | NEARER)));
            break;
        case KIND_THREAT:
            to(court, about, aim, ANSWER_THREAT,
               about->state != THREAT_ACCEPTED || is_accepted_still(court, about, place_of(aim)));
            break;
        default:
            break;
        }
    }
}

/* ---- rows -------------------------------------------------------------------------------- */

/* Whether it is asked in place of a question from before the pin, which nobody has decided: one of
 * its row, or then one of an answer that asks there. */
static bool inherits(const struct court *court, const struct pattern *pattern) {
    const struct rows *rows = court->plain->rows;
    for (size_t i = 0; i < rows->cell_count && pattern->succeeds; i++)
        for (const struct pattern *at = rows->cells[i].patterns; at; at = at->next)
            if (at->state == PATTERN_YIELDED && at->successor == pattern &&
                at->rule->since <= court->pin && !verdict_at(court, at))
                return true;
    return false;
}

static bool waits(const struct court *court, const struct pattern *pattern) {
    return court->pin && pattern->rule->since > court->pin && !verdict_at(court, pattern) &&
           !inherits(court, pattern);
}

static bool is_pending_at(const struct court *court, const struct row *row,
                          const struct pattern *pattern) {
    const struct ruling *verdict = verdict_at(court, pattern ? (const void *)pattern : row);
    bool open = pattern ? pattern->state == PATTERN_OPEN : is_bare(row);
    return row->state == ROW_OPEN && open && !(verdict && verdict->holds) &&
           !(pattern && waits(court, pattern));
}

static void tell_row_and_questions(const struct court *court, const struct row *row) {
    int tier = 0;
    bool pending = is_pending_at(court, row, NULL), decided = verdict_at(court, row) != NULL;
    enum row_state state = (enum row_state)row->state;
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        decided |= verdict_at(court, at) != NULL;
        if (!is_pending_at(court, row, at))
            continue;
        pending = true;
        tier = !tier || at->tier < tier ? at->tier : tier;
    }
    if ((state == ROW_OPEN || state == ROW_COVERED) && !pending && decided)
        state = ROW_ANSWERED;
    tell_row(court->report, row, state, tier ? tier : row->tier);
    for (const struct pattern *at = row->patterns; at; at = at->next) {
        const struct ruling *verdict = verdict_at(court, at);
        tell_question(court->report, row, at, verdict ? verdict->answer : ANSWER_NONE,
                      is_pending_at(court, row, at), waits(court, at));
    }
    const struct ruling *verdict = verdict_at(court, row);
    if (is_bare(row))
        tell_question(court->report, row, NULL, verdict ? verdict->answer : ANSWER_NONE,
                      is_pending_at(court, row, NULL), false);
}

/* ---- the whole --------------------------------------------------------------------------- */

/* The main model's first, then by file, then as they stand. */
static void list_decisions(struct court *court) {
    const struct world *world = court->plain->world;
    court->about = ARENA_ARRAY(court->plain->arena, struct about, world->count + 1);
    for (size_t i = 0; i < 2; i++)
        for (size_t file = 0; file < TRIAGE_FILES; file++)
            for (size_t j = 0; j < world->count; j++)
                if (!world->items[j].gone && world->items[j].imported == (i == 1) &&
                    world->items[j].file == file && (!i || world_imports(world)))
                    court->about[court->count++] = (struct about){.decided = &world->items[j]};
}

static void read_policies(struct court *court) {
    for (size_t i = 0; i < court->count; i++) {
        const struct decided *policy = court->about[i].decided;
        if (policy->kind != KIND_POLICY)
            continue;
        if (!court->pin)
            slice_number(decided_says(policy, "rules"), &court->pin);
        if (!court->bands.length)
            court->bands = decided_says(policy, "bands");
    }
    if (!court->bands.length)
        court->bands = bands_of_method(court->plain);
}

static void tell_aim(const struct court *court, const struct aim *aim) {
    const struct plain *plain = court->plain;
    struct words lines = {0};
    struct reads reads = {0};
    if (!aim->orphan)
        reads = find_reads(plain, &aim->at, false);
    for (size_t i = 0; i < reads.count; i++)
        *ARRAY_ADD(plain->arena, &lines) =
            text_join(plain->arena, reads.items[i].name, SLICE("="), reads.items[i].value);
    tell_target(court->report, aim->word, aim->orphan ? SLICE("") : aim_id(plain, &aim->at),
                aim->standing, aim->changes, lines);
}

static void tell_about(const struct court *court, const struct about *about) {
    const struct decided *decided = about->decided;
    unsigned standing = 0;
    if (decided->kind == KIND_MITIGATION || decided->kind == KIND_POLICY || decided->imported)
        return;
    for (size_t i = 0; i < about->aims.count; i++)
        standing |= about->aims.items[i].standing;
    tell_decision(court->report, decided->kind, decided->id, standing);
    if (decided->kind == KIND_THREAT)
        tell_about_threat(court, about);
    for (size_t i = 0; i < about->aims.count; i++) {
        const struct aim *aim = &about->aims.items[i];
        court->report->orphans += aim->orphan && decided->kind != KIND_RISK;
        court->report->gone += (aim->standing & GONE) && decided->kind != KIND_RISK;
        tell_aim(court, aim);
    }
}

void plain_report(const struct plain *plain, struct report *report) {
    static const enum kind order[] = {KIND_THREAT, KIND_DISMISS, KIND_BASELINE, KIND_RISK};
    struct court court = {.plain = plain, .report = report};
    size_t targets = 0;
    list_decisions(&court);
    read_policies(&court);
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < court.count; i++)
            if (court.about[i].decided->kind == order[k])
                read_aims(plain, &court, &court.about[i]);
    for (size_t i = 0; i < court.count; i++)
        targets += court.about[i].aims.count;
    for (size_t i = 0; i < plain->rows->cell_count; i++) /* and what folds counts for others */
        targets += plain->rows->cells[i].open;
    court.verdicts = ARENA_ARRAY(plain->arena, struct ruling, targets + 1);
    for (size_t i = 0; i < court.count; i++)
        if (court.about[i].decided->kind == KIND_THREAT)
            settle(&court, &court.about[i]);
    static const enum kind given[] = {KIND_DISMISS, KIND_BASELINE, KIND_THREAT};
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < court.count; i++)
            if (court.about[i].decided->kind == given[k])
                give_all(&court, &court.about[i], give);
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < court.count; i++)
            if (court.about[i].decided->kind == given[k])
                give_all(&court, &court.about[i], give_folded);
    for (size_t i = 0; i < plain->rows->cell_count; i++)
        tell_row_and_questions(&court, &plain->rows->cells[i]);
    for (size_t k = 0; k < 4; k++)
        for (size_t i = 0; i < court.count; i++)
            if (court.about[i].decided->kind == order[k])
                tell_about(&court, &court.about[i]);
}

/* ---- a basis ----------------------------------------------------------------------------- */

/* As the imported file spells them; what stands in the main one has no name there. */
static bool respell(struct slice *ids) {
    if (!slice_starts(*ids, "lib.") || slice_has(*ids, ','))
        return false;
    *ids = slice_part(*ids, 4, ids->length);
    return true;
}

struct words plain_basis(const struct plain *plain, struct slice word, bool imported,
                         bool keeps_reach) {
    struct spots_named named = find_named(plain, word, imported);
    struct words lines = {0};
    for (size_t i = 0; i < named.count; i++) {
        struct reads reads = find_reads(plain, &named.items[i], false);
        for (size_t j = 0; j < reads.count; j++) {
            struct slice name = reads.items[j].name, value = reads.items[j].value;
            bool ids = reads.items[j].basis == BASIS_ZONE && value.length;
            if ((reads.items[j].basis == BASIS_REACH && !keeps_reach) ||
                (imported && (!respell(&name) || (ids && !respell(&value)))))
                continue;
            *ARRAY_ADD(plain->arena, &lines) = text_join(plain->arena, name, SLICE("="), value);
        }
    }
    return lines;
}
