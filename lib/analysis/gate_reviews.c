/* The gate's rules about the review: the latest counts. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

#include "analysis/review.h"
#include "analysis/seen.h"
#include "analysis/threats.h"

/* What has no review is reported where the model begins. */
static const struct decl *place_of_model(const struct gate *gate) {
    const struct model *model = gate->rows->analysis->shown;
    return model->system ? model->system : model->subjects.items[0];
}

/* ---- what is newer ----------------------------------------------------------------------- */

static bool is_about(const struct threat *threat, const struct decl *decl) {
    if (threat->decision.decl == decl || threat->component == decl)
        return true;
    for (size_t i = 0; i < threat->decision.target_count; i++)
        if (threat->decision.targets[i].subject == decl)
            return true;
    for (size_t i = 0; i < threat->mitigations.count; i++)
        if (threat->mitigations.items[i] == decl)
            return true;
    for (size_t i = 0; i < threat->risks.count; i++)
        if (threat->risks.items[i] == decl)
            return true;
    return false;
}

static bool has_urgent_threat(const struct gate *gate, const struct decl *decl) {
    for (size_t i = 0; i < gate->decisions->threats.count; i++)
        if (is_urgent(gate->decisions->threats.items[i]->priority) &&
            is_about(gate->decisions->threats.items[i], decl))
            return true;
    return false;
}

static bool has_urgent_question(const struct gate *gate, const struct decl *subject) {
    const struct method *method = gate->rows->pack->method;
    for (size_t i = 0; i < method->letter_count; i++) {
        const struct row *row = row_of(gate->rows, subject, &method->letters[i]);
        if ((row->state == ROW_OPEN || row->state == ROW_ANSWERED) &&
            is_urgent(priority_of(gate->rows->bands, row->score)))
            return true;
    }
    return false;
}

/* What is gone needs no second look by the reviewer of a release; a dismissal is as urgent as the
 * rows that it is about. */
static bool is_urgent_change(const struct gate *gate, const struct seen_change *change) {
    const struct decl *decl = change->decl;
    if (!decl)
        return false;
    if (kind_in(decl->kind, ON_SUBJECT))
        return has_urgent_question(gate, decl) || has_urgent_threat(gate, decl);
    if (decl->kind != KIND_DISMISS)
        return has_urgent_threat(gate, decl);
    for (size_t i = 0; i < gate->decisions->dismissals.count; i++) {
        const struct decision *dismissal = gate->decisions->dismissals.items[i];
        for (size_t j = 0; dismissal->decl == decl && j < dismissal->target_count; j++)
            if (dismissal->targets[j].subject &&
                has_urgent_question(gate, dismissal->targets[j].subject))
                return true;
    }
    return false;
}

#define NAMES_SHOWN 5

/* "flow webhook (changed), threat S-9 (new)": from one place to the other. */
static struct slice name_changes(const struct gate *gate, const struct seen_change *const *changes,
                                 size_t from, size_t to) {
    struct memory_writer text;
    memory_writer_open(&text, gate->arena);
    for (size_t i = from; i < to; i++)
        write_format(&text.writer, "%s%.*s %.*s (%s)", i > from ? ", " : "",
                     SLICE_ARGS(changes[i]->kind), SLICE_ARGS(changes[i]->id),
                     !changes[i]->decl    ? "gone"
                     : changes[i]->is_new ? "new"
                                          : "changed");
    return memory_writer_close(&text);
}

/* What is urgent comes first; returns how many are. */
static size_t order_changes(const struct gate *gate, const struct seen_changes *changes,
                            const struct seen_change **ordered) {
    size_t urgent = 0, others = 0;
    const struct seen_change **less =
        ARENA_ARRAY(gate->arena, const struct seen_change *, changes->count);
    for (size_t i = 0; i < changes->count; i++)
        if (is_urgent_change(gate, &changes->items[i]))
            ordered[urgent++] = &changes->items[i];
        else
            less[others++] = &changes->items[i];
    for (size_t i = 0; i < others; i++)
        ordered[urgent + i] = less[i];
    return urgent;
}

/* The message has the first few, and a note the rest of them. */
static void check_newer(struct gate *gate, const struct decl *review) {
    struct seen_changes changes =
        changes_since(gate->arena, gate->rows->analysis->shown, gate->decisions, review);
    if (!changes.known || !changes.count)
        return;
    const struct seen_change **ordered =
        ARENA_ARRAY(gate->arena, const struct seen_change *, changes.count);
    size_t urgent = order_changes(gate, &changes, ordered), count = changes.count;
    size_t shown = count < NAMES_SHOWN ? count : NAMES_SHOWN;
    struct slice names = name_changes(gate, ordered, 0, shown);
    if (shown < count)
        names = text_format(gate->arena, "%.*s and %zu more", SLICE_ARGS(names), count - shown);
    struct diagnostic *added =
        gate_add_as(gate, DIAG_review_outdated, urgent ? LEVEL_ERROR : LEVEL_WARNING, review,
                    decl_id(review), ARGS(decl_text(review, ATTRIBUTE_review_on), names));
    if (added && shown < count)
        diag_note(gate->diagnostics, added, decl_source(review), decl_span(review),
                  "nor has it seen: %.*s", SLICE_ARGS(name_changes(gate, ordered, shown, count)));
}

void gate_reviews(struct gate *gate) {
    const struct decl *review = latest_review(gate->decisions);
    if (!review) {
        if (gate->rows->analysis->shown->subjects.count)
            gate_add(gate, DIAG_unreviewed, place_of_model(gate), SLICE(""), NULL);
        return;
    }
    struct slice by = decl_text(review, ATTRIBUTE_review_by);
    struct slice on = decl_text(review, ATTRIBUTE_review_on);
    if (is_author(gate->rows->analysis->shown, by))
        gate_add(gate, DIAG_reviewed_by_author, review, decl_id(review), ARGS(by));
    else if (attribute_says(review, ATTRIBUTE_verdict, "failed"))
        gate_add(gate, DIAG_review_failed, review, decl_id(review), ARGS(on));
    check_newer(gate, review);
}
