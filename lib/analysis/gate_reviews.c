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

/* The table is a set; any value will do. */
static void add_urgent(struct gate *gate, struct table *urgent, const struct decl *decl) {
    if (decl)
        table_intern(gate->arena, urgent, kept_address(gate->arena, decl), gate);
}

static void add_threat(struct gate *gate, struct table *urgent, const struct threat *threat) {
    add_urgent(gate, urgent, threat->decision.decl);
    add_urgent(gate, urgent, threat->component);
    for (size_t i = 0; i < threat->decision.target_count; i++)
        add_urgent(gate, urgent, threat->decision.targets[i].subject);
    for (size_t i = 0; i < threat->mitigations.count; i++)
        add_urgent(gate, urgent, threat->mitigations.items[i]);
    for (size_t i = 0; i < threat->risks.count; i++)
        add_urgent(gate, urgent, threat->risks.items[i]);
}

/* The decisions that are urgent, and what they are about: a dismissal is as urgent as its rows. */
static struct table find_urgent(struct gate *gate) {
    const struct decisions *decisions = gate->decisions;
    struct table urgent = {0};
    for (size_t i = 0; i < decisions->threats.count; i++)
        if (is_urgent(decisions->threats.items[i]->priority))
            add_threat(gate, &urgent, decisions->threats.items[i]);
    for (size_t i = 0; i < decisions->dismissals.count; i++) {
        const struct decision *dismissal = decisions->dismissals.items[i];
        for (size_t j = 0; j < dismissal->target_count; j++)
            if (dismissal->targets[j].subject &&
                has_urgent_question(gate, dismissal->targets[j].subject))
                add_urgent(gate, &urgent, dismissal->decl);
    }
    return urgent;
}

/* What is gone needs no second look by the reviewer of a release. */
static bool is_urgent_change(const struct gate *gate, const struct table *urgent,
                             const struct seen_change *change) {
    const void *key = change->decl;
    return key &&
           (table_get(urgent, address_key(&key)) ||
            (kind_in(change->decl->kind, ON_SUBJECT) && has_urgent_question(gate, change->decl)));
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
static size_t order_changes(struct gate *gate, const struct seen_changes *changes,
                            const struct seen_change **ordered) {
    const struct table urgent_decls = find_urgent(gate);
    size_t urgent = 0, others = 0;
    const struct seen_change **less =
        ARENA_ARRAY(gate->arena, const struct seen_change *, changes->count);
    for (size_t i = 0; i < changes->count; i++)
        if (is_urgent_change(gate, &urgent_decls, &changes->items[i]))
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
