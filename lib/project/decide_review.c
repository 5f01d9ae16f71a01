/* A review keeps what its reader has seen, so that what is newer can be named. It takes the place
 * of those that the same reader recorded before: git has these, and a digest of everything each. */
// SPDX-License-Identifier: MIT
#include "analysis/seen.h"
#include "project/decider.h"

static struct statement what_is_seen(struct decider *decider) {
    struct project *project = decider->project;
    const struct model *model = project->rows->analysis->model;
    struct slice_list sights = {0};
    struct seen_list list = things_to_see(decider->arena, model, project->decisions);
    for (size_t i = 0; i < list.count; i++)
        *ARRAY_ADD(decider->arena, &sights) =
            sight_of(decider->arena, model, project->decisions, list.items[i]);
    return (struct statement){ATTRIBUTE_seen, sights.items, sights.count};
}

static const struct decl *find_same(struct decider *decider, const struct decision_request *request,
                                    const struct statement *seen) {
    const struct decl_list *reviews = &decider->project->decisions->reviews;
    for (size_t i = 0; i < reviews->count; i++)
        if (says_the_same(decider, reviews->items[i], request) && states(reviews->items[i], seen))
            return reviews->items[i];
    return NULL;
}

/* ---- what it takes the place of ---------------------------------------------------------- */

/* One of the same reader that was recorded by this verb, and not by hand. */
static bool is_former(const struct decl *review, struct slice by) {
    return decl_attribute(review, ATTRIBUTE_seen) && by.length &&
           slice_equal(slice_trim(decl_text(review, ATTRIBUTE_review_by)), slice_trim(by));
}

static bool is_free(const struct decider *decider, struct slice id, struct slice by) {
    const struct decl *decl = table_get(&decider->ids, id);
    return decl && decl->kind == KIND_REVIEW && is_former(decl, by) &&
           !table_get(&decider->made, id);
}

/* Once in a call. */
static bool may_replace(struct decider *decider, const struct decl *review) {
    return claim_change(decider, review) ||
           refuse_request(decider, diag_kind(DIAG_conflict)->code,
                          "the review at %s gives way to another one of these already",
                          place_text(decider, review));
}

static bool find_former(struct decider *decider, struct slice by, struct decl_list *former) {
    const struct decl_list *reviews = &decider->project->decisions->reviews;
    bool fine = true;
    for (size_t i = 0; i < reviews->count; i++)
        if (is_former(reviews->items[i], by)) {
            fine &= may_replace(decider, reviews->items[i]);
            *ARRAY_ADD(decider->arena, former) = reviews->items[i];
        }
    return fine;
}

/* In the place of the last one; the others go. */
static bool replace(struct writing *writing, const struct decl_list *former) {
    struct decider *decider = writing->decider;
    sort_statements(writing);
    if (!record_in_place(writing, former->items[former->count - 1]))
        return false;
    struct deed *deed = &decider->deeds->list.items[decider->deeds->list.count - 1];
    for (size_t i = 0; i < former->count; i++) {
        const struct decl *review = former->items[i];
        if (i + 1 < former->count)
            remove_lone_decision(&file_of(decider, unit_of(decider->project, review))->edit,
                                 review->item);
        *ARRAY_ADD(decider->arena, &deed->notes) =
            text_format(decider->arena, "takes the place of that of %.*s, by the same reader",
                        SLICE_ARGS(decl_text(review, ATTRIBUTE_review_on)));
    }
    return true;
}

/* ---- the verb ---------------------------------------------------------------------------- */

/* That of the day, also where the review that has it gives way. */
static void name_by_day(struct writing *writing, struct slice by) {
    struct slice id = text_join(writing->decider->arena, SLICE("review"), SLICE("-"),
                                writing_value(writing, ATTRIBUTE_review_on));
    if (!writing->draft.id.length)
        writing->draft.id =
            is_free(writing->decider, id, by) ? id : make_up_id(writing->decider, id);
}

bool decide_review(struct decider *decider, const struct decision_request *request) {
    struct writing writing;
    if (request->id_count)
        return refuse_request(decider, "", "a review is about all there is, and takes no ids");
    struct statement seen = what_is_seen(decider);
    const struct decl *same = find_same(decider, request, &seen);
    if (same) {
        note_deed(decider, false, "review", decl_id(same))->path =
            slice_string(decider->arena, decl_source(same)->path);
        return true;
    }
    begin_writing(&writing, decider, KIND_REVIEW, request);
    if (!writing_take(&writing, request) || !writing_needs(&writing, ATTRIBUTE_review_by) ||
        !writing_needs(&writing, ATTRIBUTE_review_on) ||
        !writing_needs(&writing, ATTRIBUTE_verdict))
        return false;
    struct slice by = writing_value(&writing, ATTRIBUTE_review_by);
    if (!is_free(decider, request->id, by) && !check_new_id(decider, request->id, false))
        return false;
    name_by_day(&writing, by);
    if (seen.count)
        writing_state(&writing, seen);
    struct decl_list former = {0};
    if (!find_former(decider, by, &former))
        return false;
    return former.count ? replace(&writing, &former) : finish_writing(&writing);
}
