/* Two models have words of their own, so values are compared as text; names of declarations are
 * compared by what they stand for. */
// SPDX-License-Identifier: MIT
#include "compare/values.h"

#include <stdlib.h>

enum attribute_id statement_id(const struct statement_pair *pair) {
    return (enum attribute_id)(pair->is ? pair->is->id : pair->was->id);
}

static bool is_unsafe(const struct attribute *attribute) {
    return attribute && !attribute->safe;
}

static bool is_safe(const struct attribute *attribute) {
    return attribute && attribute->safe;
}

enum safety statement_safety(const struct statement_pair *pair) {
    enum attribute_id id = statement_id(pair);
    if (attribute_rows[id].role == ROLE_NOTE || pair->is_evidence)
        return SAFETY_NONE;
    if (!attribute_answers(id))
        return SAFETY_OTHER;
    if ((is_safe(pair->was) && !is_safe(pair->is)) ||
        (is_unsafe(pair->is) && !is_unsafe(pair->was)))
        return SAFETY_WORSE;
    return is_safe(pair->is) && !is_safe(pair->was) ? SAFETY_BETTER : SAFETY_OTHER;
}

/* ---- words ------------------------------------------------------------------------------- */

static bool has_known_words(enum attribute_type type) {
    return type == TYPE_WORD || type == TYPE_WORDS || type == TYPE_YESNO;
}

/* A pair of a list of them: "critical 16". */
static struct slice joined_items(struct arena *arena, const struct value *list) {
    struct slice joined = SLICE("");
    for (const struct value *item = value_items(list); item; item = item->next)
        joined = joined.length ? text_join(arena, joined, SLICE(" "), word_text(&item->word))
                               : word_text(&item->word);
    return joined;
}

struct words stated_words(struct arena *arena, const struct vocabulary *vocabulary,
                          const struct attribute *attribute, bool is_evidence) {
    struct words words = {0};
    enum attribute_type type = is_evidence ? TYPE_TEXT : attribute_rows[attribute->id].type;
    if (type == TYPE_NUMBER || type == TYPE_SCORE) {
        *ARRAY_ADD(arena, &words) = text_format(arena, "%d", attribute->number);
        return words;
    }
    for (size_t i = 0; has_known_words(type) && i < attribute->word_count; i++)
        *ARRAY_ADD(arena, &words) = symbol_word(vocabulary, attribute_words(attribute)[i]);
    if (has_known_words(type))
        return words;
    for (const struct value *value = stated_values(attribute); value;
         value = next_stated(attribute, value))
        *ARRAY_ADD(arena, &words) =
            value->word.kind == VALUE_LIST ? joined_items(arena, value) : word_text(&value->word);
    return words;
}

static int compare_words(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* Sorted, and each word once. */
static void make_set(struct words *words) {
    size_t kept = 0;
    if (words->count > 1)
        qsort(words->items, words->count, sizeof *words->items, compare_words);
    for (size_t i = 0; i < words->count; i++)
        if (!kept || !slice_equal(words->items[kept - 1], words->items[i]))
            words->items[kept++] = words->items[i];
    words->count = kept;
}

static bool is_same_set(struct words *a, struct words *b) {
    make_set(a);
    make_set(b);
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = slice_equal(a->items[i], b->items[i]);
    return same;
}

/* The ids of assets, which are known by what their names stand for in the file that names them. */
static struct words asset_ids(struct arena *arena, const struct pairs *pairs,
                              const struct decl *decl, bool is_old) {
    struct words ids = {0};
    const struct more *more = more_of(decl);
    for (size_t i = 0; i < more->data_count; i++) {
        const struct decl *later = is_old ? what_became_of(pairs, more->data[i]) : NULL;
        *ARRAY_ADD(arena, &ids) = decl_id(later ? later : more->data[i]);
    }
    return ids;
}

/* The same of the places of a view, and of what decisions name; what is gone keeps the id that it
 * had. */
static void make_ids(struct words *names, const struct pairs *pairs, bool is_old) {
    for (size_t i = 0; i < names->count; i++) {
        const struct analysis *analysis = is_old ? pairs->was : pairs->is;
        const struct decl *place = model_find(analysis->shown, names->items[i]);
        const struct decl *later =
            is_old && place && kind_is_paired(place->kind) ? what_became_of(pairs, place) : NULL;
        if (place)
            names->items[i] = decl_id(later ? later : place);
    }
}

/* What is stated, such that equal words mean the same in both models. */
static struct words common_words(struct arena *arena, const struct pairs *pairs,
                                 const struct statement_pair *pair, bool is_old) {
    const struct attribute *attribute = is_old ? pair->was : pair->is;
    const struct model *model = is_old ? pairs->was->model : pairs->is->model;
    enum attribute_type type = attribute_rows[attribute->id].type;
    if (type == TYPE_ASSETS && !pair->is_evidence)
        return asset_ids(arena, pairs, is_old ? pair->old : pair->now, is_old);
    struct words words = stated_words(arena, model->vocabulary, attribute, pair->is_evidence);
    bool names = attribute_refers(type) || type == TYPE_ID ||
                 (type == TYPE_IDS && attribute->id != ATTRIBUTE_was);
    if (names)
        make_ids(&words, pairs, is_old);
    return words;
}

bool statement_is_same(struct arena *arena, const struct pairs *pairs,
                       const struct statement_pair *pair) {
    if (!pair->was || !pair->is)
        return pair->was == pair->is;
    struct words was = common_words(arena, pairs, pair, true);
    struct words is = common_words(arena, pairs, pair, false);
    return is_same_set(&was, &is);
}
