/* The label is listened to, and the id where that has no words of its own: people read labels, and
 * an id that was chosen for something else means nothing beside one. An attribute that is there,
 * with whatever value, is left alone. */
// SPDX-License-Identifier: MIT
#include "analysis/suggestions.h"

#include "analysis/lints.h"

#include <stdlib.h>

struct finder {
    struct arena *arena;
    const struct model *model;
    const struct phrases *phrases;
    struct suggestions *found;
};

/* Of a part of the text as it stands in the source; of a text with escapes, the whole word. */
static struct span span_of(const struct decl *decl, struct slice part, struct span whole) {
    const struct source *source = decl_source(decl);
    const char *start = source->text.at, *end = start + source->text.length;
    if (part.at < start || part.at >= end)
        return whole;
    uint32_t at = (uint32_t)(part.at - start);
    return (struct span){at, at + (uint32_t)part.length};
}

static struct slice join_words(struct arena *arena, const struct heard *heard) {
    struct slice words = heard->words[0];
    for (size_t i = 1; i < heard->count; i++)
        if (!slice_equal(heard->words[i], heard->words[i - 1]))
            words = text_join(arena, words, SLICE(", "), heard->words[i]);
    return words;
}

static bool suggest_from(struct finder *finder, const struct decl *decl, enum attribute_id id,
                         const struct heard *heard, struct span whole) {
    if (heard->count) {
        struct suggestion *added = ARRAY_ADD(finder->arena, &finder->found->list);
        *added = (struct suggestion){.decl = decl,
                                     .attribute = id,
                                     .count = heard->count,
                                     .span = span_of(decl, heard->words[0], whole),
                                     .words = join_words(finder->arena, heard)};
        memcpy(added->values, heard->values, sizeof added->values);
    }
    return heard->count || heard->unclear;
}

/* What its ends are called says nothing of what goes from one to the other. */
static const struct table *names_of_ends(struct finder *finder, const struct decl *decl) {
    if (decl->kind != KIND_FLOW)
        return NULL;
    struct table *names = ARENA_NEW(finder->arena, struct table);
    const struct decl *ends[] = {decl->from, decl->to};
    for (size_t i = 0; i < 2; i++) {
        note_names(finder->arena, names, decl_id(ends[i]));
        note_names(finder->arena, names, decl_label(ends[i]));
    }
    return names;
}

static void listen(struct finder *finder, const struct decl *decl) {
    struct arena *arena = finder->arena;
    struct slice label = decl_label(decl), id = word_text(&decl->item->head->name);
    struct hearing *texts[] = {listen_to(arena, finder->phrases, label),
                               listen_to(arena, finder->phrases, id)};
    struct span wholes[] = {word_span(&decl->item->head->label), decl_span(decl)};
    const struct table *names = names_of_ends(finder, decl);
    size_t count = says_more(texts[0], texts[1]) ? 1 : 2;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        enum attribute_id attribute = (enum attribute_id)i;
        if (!kind_in(decl->kind, attribute_rows[i].kinds) ||
            !finder->phrases->suggests[attribute] || decl_attribute(decl, attribute))
            continue;
        bool said = false;
        for (size_t j = 0; j < count && !said; j++) {
            struct heard heard = hear(texts[j], (enum kind)decl->kind, attribute, names);
            said = suggest_from(finder, decl, attribute, &heard, wholes[j]);
        }
    }
}

static bool may_be_described(const struct finder *finder, const struct decl *decl) {
    return !more_of(decl)->origin && !decl_out_of_scope(decl) &&
           !allows_code(decl, DIAG_sounds_like) &&
           !allows_code(finder->model->system, DIAG_sounds_like);
}

static int compare(const void *a, const void *b) {
    const struct suggestion *first = a, *second = b;
    uint32_t one = decl_span(first->decl).start, two = decl_span(second->decl).start;
    if (one != two)
        return one < two ? -1 : 1;
    return (first->attribute > second->attribute) - (first->attribute < second->attribute);
}

struct suggestions *find_suggestions(struct arena *arena, const struct model *model,
                                     const struct phrases *phrases) {
    static const enum kind kinds[] = {KIND_BOUNDARY, KIND_EXTERNAL, KIND_PROCESS, KIND_STORE,
                                      KIND_FLOW};
    struct finder finder = {.arena = arena,
                            .model = model,
                            .phrases = phrases,
                            .found = ARENA_NEW(arena, struct suggestions)};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t j = 0; j < model->of[kinds[i]].count; j++) {
            arena_step(arena);
            if (may_be_described(&finder, model->of[kinds[i]].items[j]))
                listen(&finder, model->of[kinds[i]].items[j]);
        }
    if (finder.found->list.count)
        qsort(finder.found->list.items, finder.found->list.count, sizeof(struct suggestion),
              compare);
    return finder.found;
}

struct slice suggestion_value(struct arena *arena, const struct suggestion *suggestion) {
    struct slice list = suggestion->values[0];
    if (!attribute_takes_list(attribute_rows[suggestion->attribute].type))
        return list;
    for (size_t i = 1; i < suggestion->count; i++)
        list = text_join(arena, list, SLICE(", "), suggestion->values[i]);
    return text_format(arena, "[%.*s]", SLICE_ARGS(list));
}

struct slice suggestion_sentence(struct arena *arena, const struct suggestion *suggestion) {
    struct slice value = suggestion_value(arena, suggestion);
    return diag_message(
        arena, DIAG_sounds_like,
        ARGS(suggestion->words, slice_of(attribute_rows[suggestion->attribute].name), value));
}
