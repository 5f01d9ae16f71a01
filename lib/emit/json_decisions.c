/* What the team has decided, with what follows from it: states, priorities, what has changed. */
// SPDX-License-Identifier: MIT
#include "analysis/review.h"
#include "emit/json_parts.h"

/* By its id of today; of what is gone, the one that is written. */
static struct slice target_id(const struct emission *emission, const struct target *target) {
    if (target->pattern)
        return pattern_key(emission->arena, emission->rows, target->pattern);
    if (target->rule || !target->subject)
        return word_text(target->word);
    return row_id(emission->arena, row_of(emission->rows, target->subject, target->letter));
}

/* ---- beside the questions ---------------------------------------------------------------- */

static void write_ids_of_threats(struct json *json, const struct verdict_on *verdict) {
    for (size_t i = 0; i < verdict->threats.count; i++)
        json_string(json, decl_id(verdict->threats.items[i]->decision.decl));
}

static void write_verdict(struct json *json, const struct emission *emission,
                          const struct verdict_on *verdict) {
    json_key(json, "decision");
    json_open(json, '{');
    json_member_word(json, "answer", answer_words[verdict->answer]);
    json_key(json, "by");
    json_open(json, '[');
    if (verdict->answer == ANSWER_THREAT)
        write_ids_of_threats(json, verdict);
    else
        json_string(json, decl_id(verdict->first->decl));
    json_close(json, ']');
    json_member_boolean(json, "holds", verdict->holds);
    if (verdict->through)
        json_member(json, "through", target_id(emission, verdict->through));
    json_close(json, '}');
}

void write_answer(struct json *json, const struct emission *emission, const struct row *row,
                  const struct pattern *pattern) {
    const struct decisions *decisions = emission->decisions;
    if (!decisions || !decisions->any)
        return;
    const struct verdict_on *verdict = verdict_about(decisions, row, pattern);
    if (verdict)
        write_verdict(json, emission, verdict);
    if (is_new_question(decisions, row, pattern))
        json_member_boolean(json, "new", true);
    if (pattern ? pattern->state == PATTERN_OPEN : !row->open && !row->covered)
        json_member_boolean(json, "pending", is_pending(decisions, row, pattern));
}

/* ---- lists of decisions ------------------------------------------------------------------ */

static void write_changes(struct json *json, const struct target *target) {
    if (!target->changes)
        return;
    json_key(json, "changes");
    json_open(json, '[');
    for (const struct basis_change *at = target->changes; at; at = at->next) {
        json_open(json, '{');
        json_member(json, "name", at->name);
        json_member(json, "was", at->was);
        json_member(json, "is", at->is);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_targets(struct json *json, const struct emission *emission,
                          const struct decision *decision) {
    json_key(json, "targets");
    json_open(json, '[');
    for (size_t i = 0; i < decision->target_count; i++) {
        const struct target *target = &decision->targets[i];
        json_open(json, '{');
        json_member(json, "id", target_id(emission, target));
        json_bits(json, "standing", standing_words, target->standing);
        write_changes(json, target);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_ids(struct json *json, const char *name, const struct decl_list *list) {
    json_key(json, name);
    json_open(json, '[');
    for (size_t i = 0; i < list->count; i++)
        json_string(json, decl_id(list->items[i]));
    json_close(json, ']');
}

static void write_scores(struct json *json, const struct threat *threat) {
    if (threat->likelihood)
        json_member_number(json, "likelihood", (size_t)threat->likelihood);
    if (threat->impact)
        json_member_number(json, "impact", (size_t)threat->impact);
    if (threat->score)
        json_member_number(json, "score", (size_t)threat->score);
    if (threat->residual)
        json_member_number(json, "residual", (size_t)threat->residual);
    if (threat->priority.length)
        json_member(json, "priority", threat->priority);
}

static void write_threat(struct json *json, const struct emission *emission,
                         const struct threat *threat) {
    write_name(json, threat->decision.decl);
    json_member_word(json, "state", threat_states[threat->state].word);
    if (threat->letter)
        json_member(json, "letter", threat->letter->code);
    write_id(json, "component", threat->component);
    write_scores(json, threat);
    write_targets(json, emission, &threat->decision);
    write_ids(json, "mitigations", &threat->mitigations);
    write_ids(json, "risks", &threat->risks);
    write_attributes(json, emission->model, threat->decision.decl);
}

static void write_threats(struct json *json, const struct emission *emission) {
    const struct decisions *decisions = emission->decisions;
    json_key_line(json, "threats");
    json_open_lines(json);
    for (size_t i = 0; i < decisions->threats.count; i++) {
        struct arena_mark mark = arena_mark(emission->arena);
        json_line(json);
        json_open(json, '{');
        write_threat(json, emission, decisions->threats.items[i]);
        json_close(json, '}');
        arena_rewind(emission->arena, mark);
    }
    json_close_lines(json, ']');
}

static void write_about_rows(struct json *json, const struct emission *emission, const char *name,
                             struct decision *const *list, size_t count) {
    json_key_line(json, name);
    json_open_lines(json);
    for (size_t i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(emission->arena);
        json_line(json);
        json_open(json, '{');
        write_name(json, list[i]->decl);
        write_targets(json, emission, list[i]);
        write_attributes(json, emission->model, list[i]->decl);
        json_close(json, '}');
        arena_rewind(emission->arena, mark);
    }
    json_close_lines(json, ']');
}

static void write_plain(struct json *json, const struct emission *emission, const char *name,
                        const struct decl_list *list) {
    json_key_line(json, name);
    json_open_lines(json);
    for (size_t i = 0; i < list->count; i++) {
        json_line(json);
        json_open(json, '{');
        write_name(json, list->items[i]);
        write_attributes(json, emission->model, list->items[i]);
        json_close(json, '}');
    }
    json_close_lines(json, ']');
}

static void write_mitigations(struct json *json, const struct emission *emission) {
    const struct decisions *decisions = emission->decisions;
    json_key_line(json, "mitigations");
    json_open_lines(json);
    for (size_t i = 0; i < decisions->mitigations.count; i++) {
        const struct decl *mitigation = decisions->mitigations.items[i];
        json_line(json);
        json_open(json, '{');
        write_name(json, mitigation);
        if (mitigation_is_asleep(decisions, mitigation))
            json_bits(json, "standing", standing_words, STANDS_ASLEEP);
        write_attributes(json, emission->model, mitigation);
        json_close(json, '}');
    }
    json_close_lines(json, ']');
}

static void write_reviews(struct json *json, const struct emission *emission) {
    const struct decl_list *reviews = &emission->decisions->reviews;
    json_key_line(json, "reviews");
    json_open_lines(json);
    for (size_t i = 0; i < reviews->count; i++) {
        struct arena_mark mark = arena_mark(emission->arena);
        unsigned standing = review_standing(emission->arena, emission->model, emission->decisions,
                                            reviews->items[i]);
        json_line(json);
        json_open(json, '{');
        write_name(json, reviews->items[i]);
        json_bits(json, "standing", review_words, standing);
        write_attributes(json, emission->model, reviews->items[i]);
        json_close(json, '}');
        arena_rewind(emission->arena, mark);
    }
    json_close_lines(json, ']');
}

void write_decisions(struct json *json, const struct emission *emission) {
    const struct decisions *decisions = emission->decisions;
    if (!decisions || !decisions->any)
        return;
    write_plain(json, emission, "policies", &decisions->policies);
    write_threats(json, emission);
    write_mitigations(json, emission);
    write_about_rows(json, emission, "risks", decisions->risks.items, decisions->risks.count);
    write_about_rows(json, emission, "dismissals", decisions->dismissals.items,
                     decisions->dismissals.count);
    write_about_rows(json, emission, "baselines", decisions->baselines.items,
                     decisions->baselines.count);
    write_reviews(json, emission);
}
