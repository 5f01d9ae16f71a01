/* From what is being typed to what may stand there: by the tables, and by what the model declares.
 */
// SPDX-License-Identifier: MIT
#include "project/completion.h"

#include "project/typing.h"
#include "syntax/form.h"
#include "syntax/lexer.h"

static void offer(struct project *project, struct slice text, const char *group, const char *about,
                  bool safe) {
    *ARRAY_ADD(&project->arena, &project->candidates->list) =
        (struct candidate){text, group, about, safe};
}

static void offer_ids(struct project *project, const struct unit *unit, unsigned kinds) {
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; kind_in((enum kind)kind, kinds) && i < unit->model->of[kind].count; i++)
            if (decl_id(unit->model->of[kind].items[i]).length)
                offer(project, decl_id(unit->model->of[kind].items[i]), "id", kind_rows[kind].word,
                      false);
}

static void offer_attributes(struct project *project, enum kind kind) {
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (kind_in(kind, attribute_rows[i].kinds))
            offer(project, slice_of(attribute_rows[i].name), "attribute", attribute_rows[i].about,
                  false);
}

/* In the DSL; the file itself is KIND_COUNT. */
static void offer_kinds(struct project *project, enum kind parent) {
    for (size_t i = 0; i < KIND_COUNT; i++) {
        unsigned parents = kind_rows[i].parents;
        bool here = parent == KIND_COUNT ? (parents & ON_FILE) != 0 : kind_in(parent, parents);
        if (here && (kind_rows[i].files & IN_MODEL))
            offer(project, slice_of(kind_rows[i].word), "kind", kind_rows[i].about, false);
    }
    if (parent == KIND_COUNT)
        offer(project, SLICE("import"), "kind", "Another model", false);
}

static void offer_sections(struct project *project) {
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (*kind_rows[i].section)
            offer(project, slice_of(kind_rows[i].section), "section", kind_rows[i].about, false);
    offer(project, SLICE("imports"), "section", "Other models", false);
}

/* Offers the keys of a declaration: label, ends and attributes. In the DSL the first two are its
 * head. */
static void offer_keys(struct project *project, enum kind kind) {
    offer(project, SLICE("label"), "attribute", "What people call it", false);
    if (kind == KIND_FLOW) {
        offer(project, SLICE("from"), "attribute", "Where the data comes from", false);
        offer(project, SLICE("to"), "attribute", "Where the data goes", false);
    }
    offer_attributes(project, kind);
}

/* Offers the known values, then the words that mean one of them. */
static void offer_words(struct project *project, enum attribute_id row) {
    const char *about = attribute_rows[row].about, *values = attribute_rows[row].values, *theirs;
    struct slice value, word;
    bool safe;
    for (const char *rest = values; attribute_next_value(&rest, &value, &safe);)
        offer(project, value, "value", about, safe);
    for (const char *rest = values; attribute_next_value(&rest, &value, &safe);) {
        struct slice same = text_format(&project->arena, "The same as %.*s", SLICE_ARGS(value));
        for (theirs = value_synonyms(row, value); next_synonym(&theirs, &word);)
            offer(project, word, "value", slice_string(&project->arena, same), safe);
    }
}

static void offer_values(struct project *project, const struct unit *unit,
                         const struct typed *typed) {
    enum attribute_id row =
        typed->kind == KIND_COUNT
            ? ATTRIBUTE_COUNT
            : attribute_find(&project->vocabulary->attributes, typed->attribute, typed->kind);
    if (row == ATTRIBUTE_COUNT)
        return;
    switch (attribute_rows[row].type) {
    case TYPE_BOUNDARY:
        offer_ids(project, unit, ON_BOUNDARY);
        break;
    case TYPE_PROCESS:
        offer_ids(project, unit, ON_PROCESS);
        break;
    case TYPE_ASSETS:
        offer_ids(project, unit, ON_ASSET);
        break;
    case TYPE_PLACES:
        offer_ids(project, unit, ON_ELEMENT | ON_BOUNDARY);
        break;
    default:
        if (attribute_rows[row].type != TYPE_NUMBER)
            offer_words(project, row);
        break;
    }
}

static void offer_all(struct project *project, const struct unit *unit, const struct typed *typed) {
    switch (typed->what) {
    case TYPING_NOTHING:
        break;
    case TYPING_SECTION:
        offer_sections(project);
        break;
    case TYPING_ITEM:
        if (typed->kind != KIND_COUNT)
            offer_attributes(project, typed->kind);
        offer_kinds(project, typed->kind);
        if (typed->kind == KIND_COUNT || typed->kind == KIND_BOUNDARY)
            offer_ids(project, unit, ON_ELEMENT);
        break;
    case TYPING_KEY:
        offer_keys(project, typed->kind);
        break;
    case TYPING_VALUE:
        offer_values(project, unit, typed);
        break;
    case TYPING_END:
        offer_ids(project, unit, ON_ELEMENT);
        break;
    }
}

const struct candidates *complete(struct project *project, const struct unit *unit,
                                  uint32_t offset) {
    struct slice text = unit->source->text;
    uint32_t start = offset, end = offset;
    if (project->candidates && project->candidates->unit == unit &&
        project->candidates->offset == offset)
        return project->candidates;
    while (start && is_word_character(text.at[start - 1]))
        start--;
    while (end < text.length && is_word_character(text.at[end]))
        end++;
    project->candidates = ARENA_NEW(&project->arena, struct candidates);
    project->candidates->unit = unit;
    project->candidates->offset = offset;
    project->candidates->typed = (struct span){start, end};
    struct slice before = slice_part(text, 0, start);
    struct typed typed = is_yaml_path(unit->source->path) ? typed_in_yaml(before)
                                                          : typed_in_dsl(&project->arena, before);
    offer_all(project, unit, &typed);
    return project->candidates;
}
