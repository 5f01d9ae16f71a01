/* The words of rules. */
// SPDX-License-Identifier: MIT
#include "model/rule.h"

const struct subject_row subject_rows[SUBJECT_COUNT] = {
#define SUBJECT(id, word, kinds) {#word, kinds},
#include "model/subjects.def"
#undef SUBJECT
};

const struct truth_row truth_rows[TRUTH_COUNT] = {
#define TRUTH(name, of, about) {#name, about, TRUTH_OF_##of},
#include "model/truths.def"
#undef TRUTH
};

enum subject_kind subject_kind_of(const struct decl *decl) {
    unsigned kind = 0;
    while (kind + 1 < SUBJECT_COUNT && !kind_in(decl->kind, subject_rows[kind].kinds))
        kind++;
    return (enum subject_kind)kind;
}

/* "Information disclosure" is information_disclosure. */
static bool is_name_of(struct slice word, struct slice name) {
    bool same = word.length == name.length;
    for (size_t i = 0; i < word.length && same; i++) {
        char c = name.at[i];
        same = word.at[i] == (c == ' ' ? '_' : lower_letter(c));
    }
    return same;
}

struct letter *method_letter(struct method *method, struct slice word) {
    for (size_t i = 0; i < method->letter_count; i++)
        if (slice_equal(method->letters[i].code, word) || is_name_of(word, method->letters[i].name))
            return &method->letters[i];
    return NULL;
}

struct slice method_priority(const struct method *method, int score) {
    for (size_t i = 0; i < method->band_count; i++)
        if (score >= method->bands[i].lowest)
            return method->bands[i].word;
    return method->band_count ? SLICE("low") : SLICE("");
}
