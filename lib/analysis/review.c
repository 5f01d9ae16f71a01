/* The latest review counts, whoever it is by. */
// SPDX-License-Identifier: MIT
#include "analysis/review.h"

#include "analysis/seen.h"

const char *const review_words[] = {"latest", "by_author", "outdated", NULL};

bool is_author(const struct model *model, struct slice name) {
    const struct attribute *authors =
        model->system ? decl_attribute(model->system, ATTRIBUTE_authors) : NULL;
    for (const struct value *at = stated_values(authors); at; at = next_stated(authors, at))
        if (slice_equal_letters(slice_trim(word_text(&at->word)), slice_trim(name)))
            return true;
    return false;
}

unsigned review_standing(struct arena *arena, const struct model *model,
                         const struct decisions *decisions, const struct decl *review) {
    unsigned standing =
        is_author(model, decl_text(review, ATTRIBUTE_review_by)) ? REVIEW_BY_AUTHOR : 0;
    if (review != latest_review(decisions))
        return standing;
    struct seen_changes changes = changes_since(arena, model, decisions, review);
    standing |= REVIEW_LATEST;
    return changes.known && changes.count ? standing | REVIEW_OUTDATED : standing;
}
