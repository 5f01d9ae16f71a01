/* The gate's rules about the review: the latest counts. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

#include "analysis/threats.h"

/* By its day; of two on one day, the later in the file. NULL: there is none. */
static const struct decl *latest_review(const struct decisions *decisions) {
    const struct decl *latest = NULL;
    int last = 0;
    for (size_t i = 0; i < decisions->reviews.count; i++) {
        const struct decl *review = decisions->reviews.items[i];
        int day = day_number(decl_text(review, ATTRIBUTE_review_on));
        if (latest && day < last)
            continue;
        latest = review;
        last = day;
    }
    return latest;
}

static bool is_author(const struct gate *gate, struct slice name) {
    const struct decl *system = gate->rows->analysis->shown->system;
    const struct attribute *authors = system ? decl_attribute(system, ATTRIBUTE_authors) : NULL;
    for (const struct value *at = stated_values(authors); at; at = next_stated(authors, at))
        if (slice_equal_letters(slice_trim(word_text(&at->word)), slice_trim(name)))
            return true;
    return false;
}

/* What has no review is reported where the model begins. */
static const struct decl *place_of_model(const struct gate *gate) {
    const struct model *model = gate->rows->analysis->shown;
    return model->system ? model->system : model->subjects.items[0];
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
    if (is_author(gate, by))
        gate_add(gate, DIAG_reviewed_by_author, review, decl_id(review), ARGS(by));
    else if (attribute_says(review, ATTRIBUTE_verdict, "failed"))
        gate_add(gate, DIAG_review_failed, review, decl_id(review), ARGS(on));
}
