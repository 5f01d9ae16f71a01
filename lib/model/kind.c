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
    [TYPE_SCORES] = "likelihood and impact, such as [2, 4]",
    [TYPE_DATE] = "a date such as 2027-01-31",
    [TYPE_ID] = "one id",
    [TYPE_IDS] = "an id or a list of ids",
    [TYPE_ROW] = "the id of a row or pattern, such as T@pay or T@pay/replay",
    [TYPE_ROWS] = "a row or pattern, or a list of them",
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
        index->family[i] = (enum attribute_id)place;
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
           slice_cut(&rest, ' ', &high) && slice_integer(low, lowest) &&
           slice_integer(high, highest);
}

bool score_level(struct slice word, int *level) {
    static const char *const words[] = {"low", "medium", "high", "critical"};
    for (int i = 0; i < 4; i++)
        if (slice_is(word, words[i]))
            return *level = i + 2, true;
    return slice_number(word, level) && *level >= 1 && *level <= 5;
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
