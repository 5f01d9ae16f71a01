/* Names of other declarations that a request states are looked up before anything is written: what
 * is refused says which word is wrong, and not that a file would no longer compile. */
// SPDX-License-Identifier: MIT
#include "project/decider.h"

struct named_kind {
    enum attribute_id id; /* ATTRIBUTE_COUNT: of whatever attribute has the type */
    enum attribute_type type;
    unsigned kinds;
    const char *word;
};

static const struct named_kind named_kinds[] = {
    {ATTRIBUTE_by_adversaries, TYPE_IDS, ON_ADVERSARY, "adversary"},
    {ATTRIBUTE_component, TYPE_ID, ON_ELEMENT, "element"},
    {ATTRIBUTE_COUNT, TYPE_BOUNDARY, ON_BOUNDARY, "boundary"},
    {ATTRIBUTE_COUNT, TYPE_PROCESS, ON_PROCESS, "process"},
    {ATTRIBUTE_COUNT, TYPE_ASSETS, ON_ASSET, "asset"},
    {ATTRIBUTE_COUNT, TYPE_PLACES, ON_ELEMENT | ON_BOUNDARY, "element or boundary"},
};

static const struct named_kind *kind_named_by(enum attribute_id id) {
    for (size_t i = 0; i < sizeof named_kinds / sizeof *named_kinds; i++) {
        const struct named_kind *named = &named_kinds[i];
        if (named->id == id ||
            (named->id == ATTRIBUTE_COUNT && named->type == attribute_rows[id].type))
            return named;
    }
    return NULL;
}

static bool refuse_name(struct decider *decider, const struct model *model,
                        const struct named_kind *named, enum attribute_id id, struct slice name) {
    ARRAY_OF(struct slice) names = {0};
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; kind_in((enum kind)kind, named->kinds) && i < model->of[kind].count; i++)
            *ARRAY_ADD(decider->arena, &names) = decl_id(model->of[kind].items[i]);
    int near = text_nearest(name, names.items, names.count);
    const char *code = diag_kind(DIAG_unknown_element)->code;
    return near < 0 || !names.items
               ? refuse_request(decider, code, "'%s': there is no %s '%.*s'",
                                attribute_rows[id].name, named->word, SLICE_ARGS(name))
               : refuse_request(decider, code, "'%s': there is no %s '%.*s'; did you mean '%.*s'?",
                                attribute_rows[id].name, named->word, SLICE_ARGS(name),
                                SLICE_ARGS(names.items[near]));
}

/* By another alias than those of the main file: what is written is compiled all the same. */
static bool is_known(const struct decider *decider, const struct model *model,
                     const struct named_kind *named, struct slice name) {
    const struct decl *found;
    if (model == decider->naming.model)
        return find_by_id(&decider->naming, name, named->kinds);
    found = model_find(model, name);
    return slice_has(name, '.') || (found && kind_in(found->kind, named->kinds));
}

bool check_names(struct decider *decider, const struct unit *unit,
                 const struct statement *statement) {
    const struct named_kind *named = kind_named_by(statement->id);
    const struct model *model = unit->owner ? decider->naming.model : unit->model;
    bool fine = true;
    for (size_t i = 0; named && model && i < statement->count; i++)
        fine &= is_known(decider, model, named, statement->values[i]) ||
                refuse_name(decider, model, named, statement->id, statement->values[i]);
    return fine;
}
