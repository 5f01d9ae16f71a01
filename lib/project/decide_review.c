/* A review keeps what its reader has seen, so that what is newer can be named. */
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
    if (!check_new_id(decider, request->id, false) || !writing_take(&writing, request) ||
        !writing_needs(&writing, ATTRIBUTE_review_by) ||
        !writing_needs(&writing, ATTRIBUTE_review_on) ||
        !writing_needs(&writing, ATTRIBUTE_verdict))
        return false;
    if (!request->id.length)
        writing.draft.id =
            make_up_id(decider, text_join(decider->arena, SLICE("review"), SLICE("-"),
                                          writing_value(&writing, ATTRIBUTE_review_on)));
    if (seen.count)
        writing_state(&writing, seen);
    return finish_writing(&writing);
}
