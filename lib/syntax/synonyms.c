/* Their words are compared as people vary them: in any case, with - or _ or neither, and in the
 * plural. */
// SPDX-License-Identifier: MIT
#include "syntax/synonyms.h"

#define LONGEST 32

static const struct {
    const char *theirs;
    enum kind ours;
} kind_synonyms[] = {
#define KIND_SYNONYM(theirs, ours) {theirs, KIND_##ours},
#include "syntax/synonyms.def"
#undef KIND_SYNONYM
};

/* Small letters and digits of `word`, without a plural's ending; `plain` has room for LONGEST. */
static struct slice plain_word(char *plain, struct slice word, const char *plural,
                               const char *singular) {
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
    memcpy(plain + length, singular, strlen(singular));
    return (struct slice){plain, length + strlen(singular)};
}

static enum kind find_meant(struct slice word) {
    static const char *const endings[][2] = {{"", ""}, {"s", ""}, {"ies", "y"}, {"es", ""}};
    char plain[LONGEST];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct slice form = plain_word(plain, word, endings[i][0], endings[i][1]);
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
