/* Words of other tools are compared as people vary them: in any case, with - or _ or neither, and
 * in the plural. */
// SPDX-License-Identifier: MIT
#include "syntax/synonyms.h"

#define LONGEST 32

static const struct {
    const char *theirs;
    enum kind ours;
} kind_synonyms[] = {
#define KIND_SYNONYM(theirs, ours) {theirs, KIND_##ours},
#define ATTRIBUTE_SYNONYM(theirs, ours, yes, no)
#include "syntax/synonyms.def"
#undef KIND_SYNONYM
#undef ATTRIBUTE_SYNONYM
};

static const struct attribute_synonym attribute_synonyms[] = {
#define KIND_SYNONYM(theirs, ours)
#define ATTRIBUTE_SYNONYM(theirs, ours, yes, no) {theirs, ours, yes, no},
#include "syntax/synonyms.def"
#undef KIND_SYNONYM
#undef ATTRIBUTE_SYNONYM
};

/* Small letters and digits of `word`, without a plural's ending; `plain` has room for LONGEST. */
static struct slice plain_word(char *plain, struct slice word, const char *plural,
                               struct slice singular) {
    size_t length = 0;
    if (word.length >= LONGEST - 2)
        return SLICE("");
    for (size_t i = 0; i < word.length; i++)
        if (word.at[i] != '_' && word.at[i] != '-')
            plain[length++] = lower_letter(word.at[i]);
    struct slice found = {plain, length};
    if (!slice_ends(found, plural))
        return SLICE("");
    length -= strlen(plural);
    memcpy(plain + length, singular.at, singular.length);
    return (struct slice){plain, length + singular.length};
}

static enum kind find_meant(struct slice word) {
    static const char *const endings[][2] = {{"", ""}, {"s", ""}, {"ies", "y"}, {"es", ""}};
    char plain[LONGEST];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct slice form = plain_word(plain, word, endings[i][0], slice_of(endings[i][1]));
        enum kind own = kind_find(form);
        if (own != KIND_COUNT && *kind_rows[own].section)
            return own;
        for (size_t j = 0; j < sizeof kind_synonyms / sizeof *kind_synonyms; j++)
            if (slice_is(form, kind_synonyms[j].theirs))
                return kind_synonyms[j].ours;
    }
    return KIND_COUNT;
}

const char *kind_meant(struct slice word) {
    enum kind kind = find_meant(word);
    return kind == KIND_COUNT ? NULL : kind_rows[kind].word;
}

const char *section_meant(struct slice key) {
    enum kind kind = find_meant(key);
    return kind == KIND_COUNT ? NULL : kind_rows[kind].section;
}

static bool can_have(const struct attribute_index *index, const char *ours, enum kind kind) {
    if (slice_is(slice_of(ours), "ends") || slice_is(slice_of(ours), "request"))
        return kind == KIND_FLOW;
    if (slice_is(slice_of(ours), "inside"))
        return kind == KIND_BOUNDARY;
    return slice_is(slice_of(ours), "label") || slice_is(slice_of(ours), "evidence") ||
           attribute_find(index, slice_of(ours), kind) != ATTRIBUTE_COUNT;
}

const struct attribute_synonym *attribute_meant(const struct attribute_index *index,
                                                struct slice word, enum kind kind) {
    static const char *const plurals[] = {"", "s"};
    const struct attribute_synonym *elsewhere = NULL;
    char plain[LONGEST];
    for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++) {
        struct slice form = plain_word(plain, word, plurals[i], SLICE(""));
        for (size_t j = 0; j < sizeof attribute_synonyms / sizeof *attribute_synonyms; j++) {
            const struct attribute_synonym *row = &attribute_synonyms[j];
            if (!form.length || !slice_is(form, row->theirs))
                continue;
            if (can_have(index, row->ours, kind))
                return row;
            elsewhere = elsewhere ? elsewhere : row;
        }
    }
    return elsewhere;
}
