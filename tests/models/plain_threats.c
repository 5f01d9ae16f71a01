/* What becomes of threats, by what is done about them. */
// SPDX-License-Identifier: MIT
#include "models/plain_court.h"

struct about *find_threat(const struct court *court, struct slice id, bool imported) {
    for (int former = 0; former < 2; former++)
        for (size_t i = 0; i < court->count; i++) {
            const struct decided *decided = court->about[i].decided;
            struct words ids = words_of(court->plain, decided_says(decided, "was"));
            bool has = !former && slice_equal(decided->id, id);
            for (size_t j = 0; former && j < ids.count; j++)
                has |= slice_equal(ids.items[j], id);
            if (decided->kind == KIND_THREAT && decided->imported == imported && has)
                return &court->about[i];
        }
    return NULL;
}

static bool names(const struct court *court, const struct decided *decided,
                  const struct about *threat) {
    for (size_t i = 0; i < decided->named_count; i++)
        if (find_threat(court, decided->named[i], decided->imported) == threat)
            return true;
    return false;
}

static bool all_stand(const struct about *about, unsigned standing) {
    for (size_t i = 0; i < about->aims.count; i++)
        if (!(about->aims.items[i].standing & standing))
            return false;
    return about->aims.count > 0;
}

static enum threat_state treated(const struct court *court, const struct about *threat,
                                 bool deferred) {
    size_t all = 0, complete = 0, begun = 0, put_off = 0;
    for (size_t i = 0; i < court->count; i++) {
        const struct decided *one = court->about[i].decided;
        if (one->kind != KIND_MITIGATION || one->imported != threat->decided->imported ||
            !names(court, one, threat) || says(one, "extra", "yes") ||
            says(one, "state", "dropped"))
            continue;
        all++;
        complete += says(one, "state", "complete");
        begun += says(one, "state", "in_progress") || says(one, "state", "partial");
        put_off += says(one, "state", "deferred");
    }
    if (all && complete == all)
        return THREAT_MITIGATED;
    if (complete || begun)
        return THREAT_IN_PROGRESS;
    if (deferred || (all && put_off == all))
        return THREAT_DEFERRED;
    return all ? THREAT_PLANNED : THREAT_UNMITIGATED;
}

void settle(const struct court *court, struct about *threat) {
    bool accepted = false, deferred = false;
    for (size_t i = 0; i < court->count; i++) {
        const struct decided *one = court->about[i].decided;
        bool about_it = one->imported == threat->decided->imported && names(court, one, threat);
        threat->mitigations += about_it && one->kind == KIND_MITIGATION;
        if (!about_it || one->kind != KIND_RISK)
            continue;
        threat->risk_count++;
        deferred |= says(one, "decision", "deferred");
        accepted |= !says(one, "decision", "deferred");
    }
    threat->state = all_stand(threat, ORPHAN)            ? THREAT_ORPHAN
                    : all_stand(threat, ORPHAN | ASLEEP) ? THREAT_ASLEEP
                    : accepted                           ? THREAT_ACCEPTED
                                                         : treated(court, threat, deferred);
}

static int level_of(struct slice word) {
    static const char *const words[] = {"", "", "low", "medium", "high", "critical"};
    for (int i = 2; i < 6; i++)
        if (slice_is(word, words[i]))
            return i;
    return word.length == 1 ? word.at[0] - '0' : 0;
}

/* "[[critical, 16], [high, 8]]", highest first; below all is low. */
static struct slice priority_in(struct slice bands, int score) {
    struct slice rest = bands, band, word;
    while (score && slice_cut(&rest, ']', &band)) {
        int lowest = 0;
        while (band.length && strchr("[, ", band.at[0]))
            band = slice_part(band, 1, band.length);
        if (slice_cut(&band, ',', &word) && slice_number(slice_trim(band), &lowest) &&
            score >= lowest)
            return word;
    }
    return score ? SLICE("low") : SLICE("");
}

struct slice bands_of_method(const struct plain *plain) {
    const struct bands *bands = &plain->rows->pack->method->bands;
    struct slice text = SLICE("");
    for (size_t i = 0; i < bands->count; i++)
        text = text_format(plain->arena, "%.*s[%.*s, %d]", SLICE_ARGS(text),
                           SLICE_ARGS(bands->of[i].word), bands->of[i].lowest);
    return text;
}

static struct slice component_of(const struct plain *plain, const struct about *threat) {
    const struct sketch *sketch = &plain->world->sketch;
    struct slice stated = decided_says(threat->decided, "component");
    size_t part = NO_PART;
    if (stated.length)
        part = find_part(plain, stated, threat->decided->imported, ON_ELEMENT);
    for (size_t i = 0; i < threat->aims.count && !stated.length && part == NO_PART; i++)
        if (!threat->aims.items[i].orphan)
            part =
                find_part(plain, decl_id(threat->aims.items[i].at.row->subject), false, ON_SUBJECT);
    if (part != NO_PART && sketch->parts[part].kind == KIND_FLOW)
        part = sketch->parts[part].to;
    if (part != NO_PART && sketch->parts[part].kind == KIND_CROSSING)
        part = sketch->parts[part].from;
    return part == NO_PART ? SLICE("") : part_id(plain, part);
}

static int residual_of(const struct decided *threat) {
    struct slice both = decided_says(threat, "residual"), first;
    if (!both.length)
        return 0;
    both = slice_part(both, 1, both.length - 2);
    slice_cut(&both, ',', &first);
    return level_of(slice_trim(first)) * level_of(slice_trim(both));
}

void tell_about_threat(const struct court *court, const struct about *threat) {
    const struct decided *decided = threat->decided;
    struct told_threat told = {.id = decided->id,
                               .state = slice_of(threat_states[threat->state].word),
                               .priority = decided_says(decided, "priority"),
                               .component = component_of(court->plain, threat),
                               .residual = residual_of(decided),
                               .mitigations = threat->mitigations,
                               .risks = threat->risk_count};
    told.score =
        level_of(decided_says(decided, "likelihood")) * level_of(decided_says(decided, "impact"));
    if (!told.priority.length)
        told.priority = priority_in(court->bands, told.score);
    for (size_t i = 0; i < threat->aims.count && !told.letter.length; i++)
        if (!threat->aims.items[i].orphan)
            told.letter = threat->aims.items[i].at.row->letter->code;
    tell_threat(court->report, &told);
}
