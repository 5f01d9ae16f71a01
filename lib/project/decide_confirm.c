/* Confirming: somebody has looked at a decision again, and it holds as things are now. */
// SPDX-License-Identifier: MIT
#include "project/decider.h"

/* Whether it says that it rests on just this. */
static bool states_basis(const struct decision *decision, const struct statement *basis) {
    const struct attribute *attribute = decl_attribute(decision->decl, ATTRIBUTE_basis);
    const struct value *at = stated_values(attribute);
    size_t same = 0;
    for (; at && same < basis->count; at = next_stated(attribute, at), same++)
        if (!slice_equal(word_text(&at->word), basis->values[same]))
            return false;
    return !at && same == basis->count;
}

static void remove_stubs(struct decider *decider, const struct decision *decision) {
    struct decided_file *file = file_of(decider, unit_of(decider->project, decision->decl));
    for (size_t i = 0; i < decision->target_count; i++)
        remove_stub(file, target_id(decider, &decision->targets[i]));
}

/* ---- rows that have questions by now ----------------------------------------------------- */

bool row_got_questions(const struct decider *decider, const struct target *target) {
    if (!(target->standing & STANDS_STALE) || target->rule || !target->subject)
        return false;
    const struct row *row = row_of(decider->project->rows, target->subject, target->letter);
    return row->open || row->covered;
}

bool refuse_row_with_questions(struct decider *decider, const struct target *target,
                               struct slice threat) {
    struct slice id = target_id(decider, target);
    return refuse_request(decider, diag_kind(DIAG_stale_threat)->code,
                          "'%.*s' is about '%.*s', which has questions by now: look whether it is "
                          "about these, and say so by `triage confirm %.*s`",
                          SLICE_ARGS(threat), SLICE_ARGS(id), SLICE_ARGS(threat));
}

/* A threat may stand beside other threats, and on a question that a fact covers; any other decision
 * takes only what is pending. */
static bool may_be_meant(const struct decider *decider, const struct decision *decision,
                         const struct row *row, const struct pattern *question) {
    if (decision->decl->kind == KIND_THREAT)
        return question->state == PATTERN_OPEN || question->state == PATTERN_COVERED;
    return is_pending(decider->project->decisions, row, question);
}

/* Confirmed, a decision about a row becomes one about its questions, if it has room for them. */
static bool name_questions(struct decider *decider, const struct decision *decision, size_t i,
                           struct rewrite *rewrite) {
    const struct target *target = &decision->targets[i];
    struct slice id = target_id(decider, target);
    const struct row *row = row_of(decider->project->rows, target->subject, target->letter);
    for (struct pattern *at = row->patterns; at; at = at->next) {
        if (may_be_meant(decider, decision, row, at))
            *ARRAY_ADD(decider->arena, &rewrite->questions[i]) = question_in(target, at);
    }
    if (!rewrite->questions[i].count)
        return refuse_request(decider, diag_kind(DIAG_stale)->code,
                              "'%.*s' has questions by now, and each of them is decided or "
                              "settled: write at %s which one is meant",
                              SLICE_ARGS(id), place_text(decider, decision->decl));
    bool has_room_for_several = decision->decl->kind == KIND_THREAT || decision->decl->kind == KIND_BASELINE ||
                   decl_attribute(decision->decl, ATTRIBUTE_dismissed);
    if (rewrite->questions[i].count > 1 && !has_room_for_several)
        return refuse_request(decider, diag_kind(DIAG_stale)->code,
                              "'%.*s' has %zu questions by now: decide each of them, and remove "
                              "what is decided about the row, %s",
                              SLICE_ARGS(id), rewrite->questions[i].count,
                              place_text(decider, decision->decl));
    return true;
}

/* The threat of a risk that is to be confirmed first; "" where there is none. */
static struct slice threat_to_confirm(struct decider *decider, const struct decl *risk) {
    const struct attribute *about = decl_attribute(risk, ATTRIBUTE_for_threats);
    for (const struct value *at = stated_values(about); at; at = next_stated(about, at)) {
        const struct decl *threat = table_get(&decider->ids, word_text(&at->word));
        const struct decision *decision = threat ? decision_of(decider, threat) : NULL;
        for (size_t i = 0; decision && i < decision->target_count; i++)
            if (row_got_questions(decider, &decision->targets[i]))
                return decl_id(threat);
    }
    return SLICE("");
}

/* An acceptance is about what its threats are about. */
static bool find_questions(struct decider *decider, const struct decision *decision) {
    bool fine = true;
    for (size_t i = 0; i < decision->target_count; i++) {
        if (!row_got_questions(decider, &decision->targets[i]))
            continue;
        if (decision->decl->kind == KIND_RISK)
            return refuse_row_with_questions(decider, &decision->targets[i],
                                             threat_to_confirm(decider, decision->decl));
        struct rewrite *rewrite = rewrite_of(decider, decision);
        if (!rewrite->questions)
            rewrite->questions =
                ARENA_ARRAY(decider->arena, struct targets, decision->target_count);
        if (!rewrite->questions[i].count)
            fine &= name_questions(decider, decision, i, rewrite);
    }
    return fine;
}

static bool confirm(struct decider *decider, const struct decision *decision) {
    struct slice id = decl_id(decision->decl);
    bool gone = decision->target_count > 0;
    for (size_t i = 0; i < decision->target_count; i++)
        gone &= (decision->targets[i].standing & STANDS_ORPHAN) != 0;
    if (!id.length && decision->target_count)
        id = target_id(decider, &decision->targets[0]);
    if (gone)
        return refuse_request(
            decider, diag_kind(DIAG_orphan)->code,
            "'%.*s' names nothing that there is, %s: write there what it is about", SLICE_ARGS(id),
            place_text(decider, decision->decl));
    if (!find_questions(decider, decision))
        return false;
    const void *address = decision->decl;
    const struct rewrite *begun = table_get(&decider->rewritten, address_key(&address));
    struct statement basis = basis_of(decider, decision->targets, decision->target_count,
                                      decision->decl->kind != KIND_THREAT);
    bool holds = !(begun && begun->questions) && states_basis(decision, &basis);
    if (!holds) {
        rewrite_of(decider, decision)->confirmed = true;
        decider->rests_on_facts = true;
        remove_stubs(decider, decision);
    }
    note_done(decider, decision);
    decider->deeds->list.items[decider->deeds->list.count - 1].changes = !holds;
    return true;
}

struct decision_list {
    struct decision **items;
    size_t count, capacity;
};

static struct decision_list all_decisions(struct arena *arena, const struct decisions *decisions) {
    struct decision_list list = {0};
    for (size_t i = 0; i < decisions->threats.count; i++)
        *ARRAY_ADD(arena, &list) = &decisions->threats.items[i]->decision;
    for (size_t i = 0; i < decisions->dismissals.count; i++)
        *ARRAY_ADD(arena, &list) = decisions->dismissals.items[i];
    for (size_t i = 0; i < decisions->baselines.count; i++)
        *ARRAY_ADD(arena, &list) = decisions->baselines.items[i];
    for (size_t i = 0; i < decisions->risks.count; i++)
        *ARRAY_ADD(arena, &list) = decisions->risks.items[i];
    return list;
}

/* ---- which ones -------------------------------------------------------------------------- */

static bool names(struct decider *decider, const struct decision *decision, struct slice id) {
    for (size_t i = 0; i < decision->target_count; i++) {
        struct slice named = target_id(decider, &decision->targets[i]);
        if (slice_equal(named, id) || (named.length > id.length && named.at[id.length] == '/' &&
                                     slice_equal(slice_part(named, 0, id.length), id)))
            return true;
    }
    return false;
}

/* Every decision but risks that names this id, or a question of this row. */
static bool confirm_about(struct decider *decider, struct slice id) {
    struct decision_list list = all_decisions(decider->arena, decider->project->decisions);
    bool found = false, fine = true;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i]->decl->kind != KIND_RISK && names(decider, list.items[i], id)) {
            fine &= confirm(decider, list.items[i]);
            found = true;
        }
    return found ? fine
                 : refuse_request(decider, "", "nothing is decided about '%.*s'", SLICE_ARGS(id));
}

static bool confirm_id(struct decider *decider, struct slice id) {
    const struct decl *decl = table_get(&decider->ids, id);
    const struct decision *decision = decl ? decision_of(decider, decl) : NULL;
    if (decision)
        return confirm(decider, decision);
    if (decl)
        return refuse_request(decider, "", "%s rests on nothing that could have changed",
                              kind_rows[decl->kind].article);
    return slice_has(id, '@') ? confirm_about(decider, id)
                              : refuse_unknown(decider, "decision", id);
}

/* All that has been written by hand: a decision that says nothing of what it rests on. */
static bool confirm_new(struct decider *decider) {
    const struct decisions *decisions = decider->project->decisions;
    struct decision_list list = all_decisions(decider->arena, decisions);
    bool fine = true, any = false;
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i]->standing & STANDS_UNCONFIRMED) {
            fine &= confirm(decider, list.items[i]);
            any = true;
        }
    if (!any)
        note_deed(decider, false, "decision", SLICE(""));
    return fine;
}

bool decide_confirm(struct decider *decider, const struct decision_request *request) {
    bool fine = true;
    if (request->attribute_count)
        return refuse_request(decider, "",
                              "confirm takes no attributes: it only looks at what is there");
    if (!request->id_count)
        return confirm_new(decider);
    for (size_t i = 0; i < request->id_count; i++)
        fine &= confirm_id(decider, request->ids[i]);
    return fine;
}
