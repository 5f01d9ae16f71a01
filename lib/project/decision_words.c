/* Which words hold ids is said by attribute; rows, lists and what a decision rests on are taken
 * apart. */
// SPDX-License-Identifier: MIT
#include "project/decision_words.h"

#include <stdlib.h>

/* ---- ids --------------------------------------------------------------------------------- */

struct slice renamed_id(struct arena *arena, struct slice written, struct slice to) {
    size_t end = written.length;
    while (end && written.at[end - 1] != '.')
        end--;
    return end ? text_join(arena, slice_part(written, 0, end), SLICE(""), to) : to;
}

const struct decl *find_meant(const struct model *model, struct slice id) {
    struct slice alias;
    while (model && slice_has(id, '.') && slice_cut(&id, '.', &alias)) {
        const struct import *import =
            model->imports ? table_get(&model->imports->by_alias, alias) : NULL;
        model = import ? import->model : NULL;
    }
    const struct decl *found = model ? table_get(&model->ids, id) : NULL;
    return found ? declared(found) : NULL;
}

typedef struct slice renew_text(const struct word_renewal *renewal, struct slice text);

static struct slice new_subject(const struct word_renewal *renewal, struct slice id) {
    return renewal->subject(renewal->context, id, true);
}

static struct slice new_name(const struct word_renewal *renewal, struct slice id) {
    return renewal->subject(renewal->context, id, false);
}

static struct slice new_threat(const struct word_renewal *renewal, struct slice id) {
    return renewal->threat(renewal->context, id);
}

/* LETTER@SUBJECT[/RULE[/FLOW]] */
static struct slice new_question(const struct word_renewal *renewal, struct slice row, bool about) {
    struct slice letter, subject, rule, text;
    if (!slice_has(row, '@') || !slice_cut(&row, '@', &letter) || !slice_cut(&row, '/', &subject))
        return row;
    text = text_join(renewal->arena, letter, SLICE("@"),
                     renewal->subject(renewal->context, subject, about));
    if (slice_cut(&row, '/', &rule))
        text = text_join(renewal->arena, text, SLICE("/"), renewal->rule(renewal->context, rule));
    return row.length ? text_join(renewal->arena, text, SLICE("/"), new_name(renewal, row)) : text;
}

static struct slice new_row(const struct word_renewal *renewal, struct slice row) {
    return new_question(renewal, row, true);
}

static struct slice new_row_named(const struct word_renewal *renewal, struct slice row) {
    return new_question(renewal, row, false);
}

/* ---- what decisions rest on -------------------------------------------------------------- */

static int compare_slices(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* In order of the words, as they are compared. */
static struct slice new_list(const struct word_renewal *renewal, struct slice list) {
    ARRAY_OF(struct slice) ids = {0};
    struct slice id, joined = {"", 0};
    while (slice_cut(&list, ',', &id))
        *ARRAY_ADD(renewal->arena, &ids) = new_name(renewal, id);
    if (ids.count > 1)
        qsort(ids.items, ids.count, sizeof *ids.items, compare_slices);
    for (size_t i = 0; i < ids.count; i++)
        joined = i ? text_join(renewal->arena, joined, SLICE(","), ids.items[i]) : ids.items[i];
    return joined;
}

static bool is_list_of_ids(const struct word_renewal *renewal, struct slice name) {
    enum attribute_id id = attribute_family(renewal->attributes, name);
    return slice_is(name, "crosses") || slice_is(name, "in") ||
           (id != ATTRIBUTE_COUNT && attribute_refers(attribute_rows[id].type));
}

/* ID.NAME=VALUE; whatever else stands there says nothing. */
static struct slice new_basis(const struct word_renewal *renewal, struct slice line) {
    struct slice name, value = line;
    if (!slice_has(line, '=') || !slice_cut(&value, '=', &name) || !slice_has(name, '.'))
        return line;
    size_t dot = name.length;
    while (name.at[dot - 1] != '.')
        dot--;
    struct slice id = new_name(renewal, slice_part(name, 0, dot - 1));
    name = slice_part(name, dot, name.length);
    if (is_list_of_ids(renewal, name))
        value = new_list(renewal, value);
    return text_join(renewal->arena, text_join(renewal->arena, id, SLICE("."), name), SLICE("="),
                     value);
}

/* ---- words ------------------------------------------------------------------------------- */

/* NULL: it has no ids, or ids of the past. */
static renew_text *renewal_of(const struct attribute *attribute, struct slice text) {
    switch (attribute->id) {
    case ATTRIBUTE_candidate:
    case ATTRIBUTE_dismissed:
    case ATTRIBUTE_patterns:
        return new_row;
    case ATTRIBUTE_see:
        return slice_has(text, '@') ? new_row_named : new_threat;
    case ATTRIBUTE_for_threats:
        return new_threat;
    case ATTRIBUTE_threat_on:
        return new_subject;
    case ATTRIBUTE_component:
    case ATTRIBUTE_by_adversaries:
        return new_name;
    case ATTRIBUTE_basis:
        return new_basis;
    default:
        return NULL;
    }
}

static bool renew(const struct word_renewal *renewal, const struct word *word, renew_text *how,
                  struct edit *edit) {
    struct slice text = word_text(word), renewed = how ? how(renewal, text) : text;
    return !edit || slice_equal(text, renewed) || edit_word(edit, word_span(word), renewed);
}

static bool renew_attribute(const struct word_renewal *renewal, const struct attribute *attribute,
                            struct edit *edit) {
    const struct value *value = attribute->item->value;
    bool list = value->word.kind == VALUE_LIST;
    for (value = list ? value_items(value) : value; value; value = list ? value->next : NULL)
        if (value->word.kind != VALUE_LIST &&
            !renew(renewal, &value->word, renewal_of(attribute, word_text(&value->word)), edit))
            return false;
    return true;
}

bool renew_words(const struct word_renewal *renewal, const struct decl *decision,
                 struct edit *edit) {
    if (decision->kind == KIND_DISMISS &&
        !renew(renewal, &decision->item->head->name, new_row, edit))
        return false;
    for (const struct attribute *at = decision->attributes; at; at = at->next)
        if (!renew_attribute(renewal, at, edit))
            return false;
    return true;
}
