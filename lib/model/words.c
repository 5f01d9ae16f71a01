/* What a word of a value means: a known value in whatever case and with whatever hyphens, or a
 * synonym of one (words.def); and what a slip was meant to be. */
// SPDX-License-Identifier: MIT
#include "model/kind.h"

static const struct {
    enum attribute_id id;
    const char *value, *theirs;
} synonyms[] = {
#define SYNONYMS(attribute, value, theirs) {ATTRIBUTE_##attribute, value, theirs},
#include "model/words.def"
#undef SYNONYMS
};
#define SYNONYM_COUNT (sizeof synonyms / sizeof *synonyms)

bool attribute_next_value(const char **rest, struct slice *value, bool *safe) {
    const char *at = *rest;
    while (*at == ' ')
        at++;
    if (!*at)
        return false;
    *safe = *at == '!';
    at += *safe;
    size_t length = 0;
    while (at[length] && at[length] != ' ')
        length++;
    *value = (struct slice){at, length};
    *rest = at + length;
    return true;
}

static bool is_joint(char c) {
    return c == '-' || c == '_';
}

/* In any case, with '-', '_' or neither. */
static bool is_same_word(struct slice a, struct slice b) {
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a.length && is_joint(a.at[i]))
            i++;
        while (j < b.length && is_joint(b.at[j]))
            j++;
        if (i == a.length || j == b.length)
            return i == a.length && j == b.length;
        if (lower_letter(a.at[i]) != lower_letter(b.at[j]))
            return false;
    }
}

bool next_synonym(const char **rest, struct slice *word) {
    bool ignored;
    return attribute_next_value(rest, word, &ignored);
}

const char *value_synonyms(enum attribute_id id, struct slice value) {
    for (size_t i = 0; i < SYNONYM_COUNT; i++)
        if (synonyms[i].id == id && slice_is(value, synonyms[i].value))
            return synonyms[i].theirs;
    return "";
}

/* The value that a synonym stands for, or an empty slice. */
static struct slice find_synonym(enum attribute_id id, struct slice word) {
    struct slice theirs;
    for (size_t i = 0; i < SYNONYM_COUNT; i++)
        for (const char *rest = synonyms[i].id == id ? synonyms[i].theirs : "";
             next_synonym(&rest, &theirs);)
            if (is_same_word(theirs, word))
                return slice_of(synonyms[i].value);
    return (struct slice){0};
}

/* The known value that the word is, by the letter or nearly so. */
static struct slice find_value(enum attribute_id id, struct slice word, bool by_letter,
                               bool *safe) {
    const char *rest = attribute_rows[id].values;
    struct slice known;
    while (attribute_next_value(&rest, &known, safe))
        if (by_letter ? slice_equal(known, word) : is_same_word(known, word))
            return known;
    *safe = false;
    return (struct slice){0};
}

struct slice attribute_meaning(enum attribute_id id, struct slice word, bool *safe) {
    bool free = !*attribute_rows[id].values;
    struct slice found = find_value(id, word, true, safe);
    if (!found.length && attribute_rows[id].type != TYPE_YESNO)
        found = find_value(id, word, false, safe);
    if (!found.length) {
        struct slice meant = find_synonym(id, word);
        found = free ? meant : find_value(id, meant, true, safe);
    }
    return found.length || !free ? found : word;
}

bool value_is_known(enum attribute_id id, struct slice value, bool *safe) {
    *safe = false;
    return !*attribute_rows[id].values || attribute_meaning(id, value, safe).length;
}

static size_t count_digits(struct slice text) {
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += is_digit(text.at[i]);
    return count;
}

/* Whether one is the other with something before or after it: a version, a negation, the s of a
 * protocol that is protected. A last letter that is typed twice says nothing. */
static bool is_extended(struct slice a, struct slice b) {
    struct slice longer = a.length > b.length ? a : b, shorter = a.length > b.length ? b : a;
    size_t more = longer.length - shorter.length;
    if (!more || !shorter.length)
        return false;
    bool doubled = more == 1 && lower_letter(longer.at[shorter.length]) ==
                                    lower_letter(shorter.at[shorter.length - 1]);
    return slice_equal_letters(slice_part(longer, more, shorter.length), shorter) ||
           (!doubled && slice_equal_letters(slice_part(longer, 0, shorter.length), shorter));
}

/* Whether `typed` is a mistyped `known`: both are long enough that one wrong letter is a slip (two
 * in a long word), have equally many digits, and neither is the other with something added. */
static bool is_slip(struct slice typed, struct slice known) {
    if (slice_equal_letters(typed, known))
        return true;
    if (typed.length < 5 || known.length < 5 || is_extended(typed, known) ||
        count_digits(typed) != count_digits(known))
        return false;
    return text_distance(typed, known) <= (typed.length < 8 ? 1u : 2u);
}

/* Whether the user may as well have meant a value that is safe instead of not safe, or the
 * reverse. */
static bool is_ambiguous(enum attribute_id id, struct slice typed, struct slice found, bool safe) {
    const char *rest = attribute_rows[id].values;
    size_t distance = text_distance(typed, found);
    struct slice known;
    bool other;
    if (slice_equal_letters(typed, found))
        return false;
    while (attribute_next_value(&rest, &known, &other))
        if (other != safe && text_distance(typed, known) <= distance + 1)
            return true;
    return false;
}

struct slice attribute_nearest_value(enum attribute_id id, struct slice value) {
    const char *rest = attribute_rows[id].values;
    struct slice known, found = {0};
    bool safe, found_safe = false, judged = attribute_answers(id);
    size_t best = SIZE_MAX;
    while (attribute_next_value(&rest, &known, &safe)) {
        bool near = judged ? is_slip(value, known) : text_nearest(value, &known, 1) == 0;
        size_t distance = near ? text_distance(value, known) : SIZE_MAX;
        if (distance < best) {
            best = distance;
            found = known;
            found_safe = safe;
        }
    }
    if (found.length && judged && is_ambiguous(id, value, found, found_safe))
        return (struct slice){0};
    return found;
}
