/* Judges reviews: the latest counts, whoever it is by. */
// SPDX-License-Identifier: MIT
#include "analysis/review.h"

#include "analysis/seen.h"

#include <string.h>

const char *const review_words[] = {"latest", "by_author", "outdated", "unseen", NULL};

/* ---- people ------------------------------------------------------------------------------ */

struct person {
    struct slice name, address; /* either may be empty */
};

/* "Ana Ruiz" is "ana-ruiz" as well. */
static bool is_same_name(struct slice a, struct slice b) {
    size_t i = 0, j = 0;
    while (true) {
        while (i < a.length && strchr(" .-_", a.at[i]))
            i++;
        while (j < b.length && strchr(" .-_", b.at[j]))
            j++;
        if (i == a.length || j == b.length)
            return i == a.length && j == b.length;
        if (!slice_equal_letters(slice_part(a, i++, 1), slice_part(b, j++, 1)))
            return false;
    }
}

static struct person read_person(struct slice text) {
    struct person person = {.name = slice_trim(text), .address = {"", 0}};
    struct slice rest = person.name, before;
    if (slice_ends(rest, ">") && slice_has(rest, '<')) {
        slice_cut(&rest, '<', &before);
        person.name = slice_trim(before);
        person.address = slice_trim(slice_part(rest, 0, rest.length - 1));
    } else if (slice_starts(rest, "@")) { /* as hosts of code name people */
        person.name = slice_part(rest, 1, rest.length);
    } else if (slice_has(rest, '@') && !slice_has(rest, ' ')) {
        person.address = rest;
        person.name.length = 0;
    }
    return person;
}

bool is_same_person(struct slice a, struct slice b) {
    struct person first = read_person(a), second = read_person(b);
    return (first.name.length && second.name.length && is_same_name(first.name, second.name)) ||
           (first.address.length && slice_equal_letters(first.address, second.address));
}

/* ---- reviews ----------------------------------------------------------------------------- */

bool is_author(const struct model *model, struct slice name) {
    const struct attribute *authors =
        model->system ? decl_attribute(model->system, ATTRIBUTE_authors) : NULL;
    for (const struct value *at = stated_values(authors); at; at = next_stated(authors, at))
        if (is_same_person(word_text(&at->word), name))
            return true;
    return false;
}

unsigned review_standing(struct arena *arena, const struct model *model,
                         const struct decisions *decisions, const struct decl *review) {
    unsigned standing =
        is_author(model, decl_text(review, ATTRIBUTE_review_by)) ? REVIEW_BY_AUTHOR : 0;
    struct seen_changes changes = changes_since(arena, model, decisions, review);
    if (!changes.known)
        standing |= REVIEW_UNSEEN;
    if (review != latest_review(decisions))
        return standing;
    standing |= REVIEW_LATEST;
    return changes.known && changes.count ? standing | REVIEW_OUTDATED : standing;
}
