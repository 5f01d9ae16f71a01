/* A place is a path from the root, with an identifier after a # where there is one. Places are
 * sorted, so that those of one file stand together and its text is in memory once. */
// SPDX-License-Identifier: MIT
#include "analysis/evidence.h"

#include "base/intake.h"

#include <stdlib.h>

#define SHORTEST_IDENTIFIER 4
#define EVIDENCE_LIMIT ((size_t)16 << 20)

struct evidence_place {
    struct slice place, path;
    struct slice word; /* after the #; empty where there is none */
    const char *fault;
};

struct place_list {
    struct evidence_place **items;
    size_t count, capacity;
};

static bool is_identifier(struct slice text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = lower_letter(text.at[i]);
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && !strchr("_$-.:", c))
            return false;
    }
    return text.length >= SHORTEST_IDENTIFIER;
}

/* Inside the root, and no folder or file in it is hidden. */
static bool is_plain_path(struct slice path) {
    struct slice rest = path, part;
    if (!path.length || slice_starts(path, "/") || slice_has(path, '\0') || slice_has(path, '\\'))
        return false;
    while (slice_cut(&rest, '/', &part))
        if (slice_starts(part, "."))
            return false;
    return true;
}

static bool contains(struct slice text, struct slice word) {
    for (size_t i = 0; i + word.length <= text.length; i++) {
        const char *found = memchr(text.at + i, *word.at, text.length - word.length - i + 1);
        if (!found)
            return false;
        i = (size_t)(found - text.at);
        if (memcmp(found, word.at, word.length) == 0)
            return true;
    }
    return false;
}

/* ---- which places ------------------------------------------------------------------------ */

static void add_place(struct evidence *evidence, const struct attribute *attribute,
                      struct place_list *list) {
    if (!attribute || !attribute->stated)
        return;
    struct evidence_place *place = ARENA_NEW(evidence->arena, struct evidence_place);
    place->place = word_text(&attribute->item->value->word);
    if (table_intern(evidence->arena, &evidence->places, place->place, place) != place)
        return;
    struct slice rest = place->place;
    slice_cut(&rest, '#', &place->path);
    place->word = rest;
    if (slice_has(place->place, '#') && !is_identifier(place->word))
        place->fault = "what stands after # is no identifier of four characters or more";
    else if (!is_plain_path(place->path))
        place->fault = "it is no path from the root without dot folders";
    else
        *ARRAY_ADD(evidence->arena, list) = place;
}

static void add_of_kind(struct evidence *evidence, const struct decl_list *decls,
                        struct place_list *list) {
    for (size_t i = 0; i < decls->count; i++)
        for (const struct attribute *at = more_of(decls->items[i])->evidence; at; at = at->next)
            add_place(evidence, at, list);
}

static int compare_paths(const void *left, const void *right) {
    const struct evidence_place *a = *(const struct evidence_place *const *)left;
    const struct evidence_place *b = *(const struct evidence_place *const *)right;
    return slice_compare(a->path, b->path);
}

/* ---- reading them ------------------------------------------------------------------------ */

/* Its `at` is NULL where it cannot be read. */
static struct slice read_file(struct evidence *evidence, const char *path) {
    struct intake intake;
    intake_open(&intake, evidence->arena, EVIDENCE_LIMIT);
    enum diag_code refusal = evidence->load(evidence->load_context, path, intake_take, &intake);
    struct slice text = intake_close(&intake);
    if (refusal != DIAG_COUNT || intake.too_large)
        text.at = NULL;
    return text;
}

/* The places of one file. */
static void look_at_file(struct evidence *evidence, struct evidence_place **places, size_t count) {
    const char *path = slice_string(evidence->arena, places[0]->path);
    struct arena_mark mark = arena_mark(evidence->arena);
    struct slice text = read_file(evidence, path);
    bool there = text.at != NULL;
    for (size_t i = 0; i < count; i++)
        if (!there)
            places[i]->fault = "no such file can be read inside the root";
        else if (places[i]->word.length && !contains(text, places[i]->word))
            places[i]->fault = "the file does not have it";
    arena_rewind(evidence->arena, mark);
    if (there)
        *ARRAY_ADD(evidence->arena, &evidence->read) = path;
}

void look_at_evidence(struct evidence *evidence, const struct model *shown,
                      const struct decl_list *mitigations) {
    struct place_list list = {0};
    if (!evidence || !evidence->load || evidence->looked)
        return;
    evidence->looked = true;
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        if (kind_in((enum kind)kind, ON_SUBJECT | ON_BOUNDARY))
            add_of_kind(evidence, &shown->of[kind], &list);
    for (size_t i = 0; i < mitigations->count; i++) {
        add_place(evidence, decl_attribute(mitigations->items[i], ATTRIBUTE_code), &list);
        add_place(evidence, decl_attribute(mitigations->items[i], ATTRIBUTE_test), &list);
    }
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, compare_paths);
    for (size_t i = 0, end; i < list.count; i = end) {
        for (end = i + 1; end < list.count && !compare_paths(&list.items[i], &list.items[end]);)
            end++;
        look_at_file(evidence, &list.items[i], end - i);
    }
}

const char *evidence_fault(const struct evidence *evidence, struct slice place) {
    const struct evidence_place *found = evidence ? table_get(&evidence->places, place) : NULL;
    return found ? found->fault : NULL;
}
