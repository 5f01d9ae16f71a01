/* The gate's rules about the review: the latest counts. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

#include "analysis/review.h"
#include "analysis/seen.h"
#include "analysis/threats.h"

/* What has no review is reported where the model begins. */
static const struct decl *place_of_model(const struct gate *gate, const struct decl *review) {
    const struct model *model = gate->rows->analysis->shown;
    return model->system           ? model->system
           : model->subjects.count ? model->subjects.items[0]
                                   : review;
}

/* ---- by whom ----------------------------------------------------------------------------- */

#define NAMES_SHOWN 5

/* "threat T-1, dismiss R@browser and 3 more": what somebody has recorded; "" where that is nothing. */
struct recorded {
    struct memory_writer text;
    size_t count;
};

static void note_recorded(struct recorded *recorded, const struct decl *decl, struct slice by) {
    struct slice author = decl_text(decl, ATTRIBUTE_author), id = decl_id(decl);
    if (!author.length || !is_same_person(author, by))
        return;
    const struct value *first = stated_values(decl_attribute(decl, ATTRIBUTE_dismissed));
    if (recorded->count++ < NAMES_SHOWN)
        write_format(&recorded->text.writer, "%s%s%s%.*s", recorded->count > 1 ? ", " : "",
                     kind_rows[decl->kind].word, id.length || first ? " " : "",
                     SLICE_ARGS(id.length || !first ? id : word_text(&first->word)));
}

static struct slice recorded_by(const struct gate *gate, struct slice by) {
    const struct decisions *decisions = gate->decisions;
    struct recorded recorded = {.count = 0};
    memory_writer_open(&recorded.text, gate->arena);
    for (size_t i = 0; i < decisions->threats.count; i++)
        note_recorded(&recorded, decisions->threats.items[i]->decision.decl, by);
    for (size_t i = 0; i < decisions->dismissals.count; i++)
        note_recorded(&recorded, decisions->dismissals.items[i]->decl, by);
    for (size_t i = 0; i < decisions->mitigations.count; i++)
        note_recorded(&recorded, decisions->mitigations.items[i], by);
    for (size_t i = 0; i < decisions->risks.count; i++)
        note_recorded(&recorded, decisions->risks.items[i]->decl, by);
    for (size_t i = 0; i < decisions->baselines.count; i++)
        note_recorded(&recorded, decisions->baselines.items[i]->decl, by);
    if (recorded.count > NAMES_SHOWN)
        write_format(&recorded.text.writer, " and %zu more", recorded.count - NAMES_SHOWN);
    return memory_writer_close(&recorded.text);
}

static bool names_authors(const struct model *model) {
    return model->system && stated_values(decl_attribute(model->system, ATTRIBUTE_authors));
}

/* A second pair of eyes is neither that which drew nor that which decided. */
static void check_reader(struct gate *gate, const struct decl *review) {
    const struct model *model = gate->rows->analysis->shown;
    struct slice by = decl_text(review, ATTRIBUTE_review_by);
    if (is_author(model, by)) {
        gate_add(gate, DIAG_reviewed_by_author, review, decl_id(review), ARGS(by));
        return;
    }
    struct slice recorded = recorded_by(gate, by);
    if (recorded.length)
        gate_add(gate, DIAG_reviewed_by_decider, review, decl_id(review), ARGS(by, recorded));
    if (!names_authors(model))
        gate_add(gate, DIAG_authors_unknown, place_of_model(gate, review), SLICE(""), ARGS(by));
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

static bool is_in(const struct table *urgent, const struct decl *decl) {
    const void *key = decl;
    return table_get(urgent, address_key(&key));
}

static bool is_urgent_subject(const struct gate *gate, const struct table *urgent,
                              const struct decl *subject) {
    return is_in(urgent, subject) || has_urgent_question(gate, subject);
}

static void add_around(struct gate *gate, struct table *urgent, const struct decl *element) {
    const struct decl *at = element ? element->parent : NULL;
    for (; at && !is_in(urgent, at); at = at->parent)
        add_urgent(gate, urgent, at);
}

/* A boundary is as urgent as what lies in it, or ends there. */
static void add_boundaries(struct gate *gate, struct table *urgent) {
    const struct decl_list *subjects = &gate->rows->analysis->shown->subjects;
    for (size_t i = 0; i < subjects->count; i++) {
        const struct decl *subject = subjects->items[i];
        if (!is_urgent_subject(gate, urgent, subject))
            continue;
        if (subject->kind == KIND_FLOW) {
            add_around(gate, urgent, subject->from);
            add_around(gate, urgent, subject->to);
        } else {
            add_around(gate, urgent,
                       subject->kind == KIND_CROSSING ? more_of(subject)->at : subject);
        }
    }
}

static bool has_boundary(const struct seen_changes *changes) {
    for (size_t i = 0; i < changes->count; i++)
        if (changes->items[i].decl && changes->items[i].decl->kind == KIND_BOUNDARY)
            return true;
    return false;
}

/* Whether the change may have silenced what was urgent: then nobody can tell from the model as it is
 * now. Out of scope nothing is asked, an asset rates all that is asked about it, and a policy rates
 * the rest. */
static bool may_silence(const struct seen_change *change) {
    const struct decl *decl = change->decl;
    if (slice_is(change->kind, kind_rows[KIND_ASSET].word))
        return !change->is_new;
    if (!decl || change->is_new)
        return decl && decl->kind == KIND_POLICY;
    if (decl->kind == KIND_BOUNDARY)
        return boundary_out_of_scope(decl);
    return decl->kind == KIND_POLICY ||
           (kind_in(decl->kind, ON_SUBJECT) && decl_out_of_scope(decl));
}

/* What is gone needs no second look by the reviewer of a release, unless it was an asset. */
static bool is_urgent_change(const struct gate *gate, const struct table *urgent,
                             const struct seen_change *change) {
    const struct decl *decl = change->decl;
    if (may_silence(change))
        return true;
    return decl && (is_in(urgent, decl) ||
                    (kind_in(decl->kind, ON_SUBJECT) && has_urgent_question(gate, decl)));
}

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
    struct table urgent_decls = find_urgent(gate);
    if (has_boundary(changes))
        add_boundaries(gate, &urgent_decls);
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
    if (!changes.known) {
        struct diagnostic *unseen = gate_add(gate, DIAG_review_unseen, review, decl_id(review),
                                             ARGS(decl_text(review, ATTRIBUTE_review_on)));
        struct slice path =
            shell_path(gate->arena, decl_source(place_of_model(gate, review))->path);
        if (unseen)
            diag_hint(gate->diagnostics, unseen,
                      "stridec triage review %.*s --by NAME --verdict passed", SLICE_ARGS(path));
        return;
    }
    if (!changes.count)
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

/* A day that has begun somewhere. */
#define DAYS_OF_TIME_ZONES 1

void gate_reviews(struct gate *gate) {
    const struct decl *review = latest_review(gate->decisions);
    if (!review) {
        if (gate->rows->analysis->shown->subjects.count)
            gate_add(gate, DIAG_unreviewed, place_of_model(gate, NULL), SLICE(""), NULL);
        return;
    }
    struct slice on = decl_text(review, ATTRIBUTE_review_on);
    check_reader(gate, review);
    if (attribute_says(review, ATTRIBUTE_verdict, "failed"))
        gate_add(gate, DIAG_review_failed, review, decl_id(review), ARGS(on));
    if (gate->today && day_number(on) > gate->today + DAYS_OF_TIME_ZONES)
        gate_add(gate, DIAG_review_ahead, review, decl_id(review), ARGS(on));
    check_newer(gate, review);
}
