/* The tables, and looking things up in them. */
// SPDX-License-Identifier: MIT
#include "model/kind.h"

const struct kind_row kind_rows[KIND_COUNT] = {
#define KIND(id, word, article, section, files, parents, id_rule, about)                           \
    {#word, article, section, files, parents, id_rule, about},
#include "model/kinds.def"
#undef KIND
};

const struct attribute_row attribute_rows[ATTRIBUTE_COUNT] = {
#define ATTRIBUTE(id, name, kinds, role, type, values, about)                                      \
    {name, kinds, ROLE_##role, TYPE_##type, values, about},
#include "model/attributes.def"
#undef ATTRIBUTE
};

const char *const attribute_type_words[TYPE_COUNT] = {
    [TYPE_TEXT] = "a string",
    [TYPE_STRINGS] = "a string or a list of strings",
    [TYPE_WORD] = "one word",
    [TYPE_WORDS] = "a word or a list of words",
    [TYPE_YESNO] = "yes or no",
    [TYPE_NUMBER] = "a whole number",
    [TYPE_SCORE] = "a number from 1 to 5, or low, medium, high, critical",
    [TYPE_DATE] = "a date such as 2027-01-31",
    [TYPE_ID] = "one id",
    [TYPE_IDS] = "an id or a list of ids",
    [TYPE_ROW] = "the id of a row or pattern, such as T@pay or T@pay/replay",
    [TYPE_ROWS] = "a list of ids of rows",
    [TYPE_PAIRS] = "a list of pairs, such as [[critical, 16], [high, 8]]",
    [TYPE_BOUNDARY] = "the id of a boundary",
    [TYPE_PROCESS] = "the id of a process",
    [TYPE_ASSETS] = "an asset or a list of assets",
    [TYPE_PLACES] = "a list of elements and boundaries",
};

const char *const attribute_role_words[] = {"trait", "fact", "note"};

enum kind kind_find(struct slice word) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (word.length && *word.at == *kind_rows[i].word && slice_is(word, kind_rows[i].word))
            return (enum kind)i;
    return KIND_COUNT;
}

enum kind section_find(struct slice word) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (*kind_rows[i].section && slice_is(word, kind_rows[i].section))
            return (enum kind)i;
    return KIND_COUNT;
}

enum kind first_kind(unsigned kinds) {
    unsigned kind = 0;
    while (kind + 1 < KIND_COUNT && !kind_in((enum kind)kind, kinds))
        kind++;
    return (enum kind)kind;
}

const char *kind_files(enum kind kind) {
    unsigned files = kind_rows[kind].files;
    return files == IN_RULES ? "rule packs" : files == IN_TRIAGE ? "triage files" : "models";
}

void attribute_index_open(struct arena *arena, struct attribute_index *index) {
    const struct attribute_row *last[ATTRIBUTE_COUNT] = {NULL};
    *index = (struct attribute_index){0};
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_row *row = &attribute_rows[i];
        const struct attribute_row *first =
            table_intern(arena, &index->first, slice_of(row->name), (void *)(uintptr_t)row);
        size_t place = (size_t)(first - attribute_rows);
        index->next[i] = ATTRIBUTE_COUNT;
        if (first != row)
            index->next[last[place] - attribute_rows] = (enum attribute_id)i;
        last[place] = row;
    }
}

enum attribute_id attribute_family(const struct attribute_index *index, struct slice name) {
    const struct attribute_row *row = table_get(&index->first, name);
    return row ? (enum attribute_id)(row - attribute_rows) : ATTRIBUTE_COUNT;
}

enum attribute_id attribute_find(const struct attribute_index *index, struct slice name,
                                 enum kind kind) {
    enum attribute_id id = attribute_family(index, name);
    while (id != ATTRIBUTE_COUNT && !kind_in(kind, attribute_rows[id].kinds))
        id = index->next[id];
    return id;
}

bool attribute_range(enum attribute_id id, int *lowest, int *highest) {
    struct slice rest = slice_of(attribute_rows[id].values), low, high;
    return !attribute_lists_words(attribute_rows[id].type) && slice_cut(&rest, ' ', &low) &&
           slice_cut(&rest, ' ', &high) && slice_number(low, lowest) && slice_number(high, highest);
}

enum attribute_id attribute_of_kind(enum kind kind, size_t index) {
    size_t id = 0;
    for (size_t before = 0; id < ATTRIBUTE_COUNT; id++)
        if (kind_in(kind, attribute_rows[id].kinds) && before++ == index)
            break;
    return (enum attribute_id)id;
}

bool attribute_answers(enum attribute_id id) {
    return attribute_rows[id].role == ROLE_FACT || strchr(attribute_rows[id].values, '!');
}

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

bool attribute_knows(enum attribute_id id, struct slice value, bool *safe) {
    const char *rest = attribute_rows[id].values;
    struct slice known;
    *safe = false;
    if (!*rest)
        return true;
    while (attribute_next_value(&rest, &known, safe))
        if (slice_equal(known, value))
            return true;
    *safe = false;
    return false;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
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
