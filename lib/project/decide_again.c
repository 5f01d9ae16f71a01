/* The same verb again, about the same things and with other values: the record that is there says
 * these from then on, and the deed what it said before. So whoever changes his mind need not know
 * another verb, and whoever runs a script twice writes nothing twice. */
// SPDX-License-Identifier: MIT
#include "project/decider.h"

/* "Ann", "[a, b]", or "not stated". */
static struct slice value_text(struct decider *decider, const struct decl *decl,
                               enum attribute_id id) {
    const struct attribute *attribute = decl_attribute(decl, id);
    struct slice text = {"", 0};
    size_t count = 0;
    for (const struct value *at = stated_values(attribute); at; at = next_stated(attribute, at))
        text = text_join(decider->arena, text, count++ ? SLICE(", ") : SLICE(""),
                         word_text(&at->word));
    return count ? text_cut(decider->arena, text) : SLICE("not stated");
}

static struct slice list_text(struct decider *decider, const struct statement *statement) {
    struct slice text = {"", 0};
    for (size_t i = 0; i < statement->count; i++)
        text = text_join(decider->arena, text, i ? SLICE(", ") : SLICE(""), statement->values[i]);
    return text_cut(decider->arena, text);
}

bool claim_change(struct decider *decider, const struct decl *decl) {
    const void *address = decl;
    if (table_get(&decider->rewritten, address_key(&address)) ||
        table_get(&decider->changed, address_key(&address)))
        return false;
    table_intern(decider->arena, &decider->changed, kept_address(decider->arena, address), decider);
    return true;
}

static bool may_change(struct decider *decider, const struct decl *decl) {
    return claim_change(decider, decl) ||
           refuse_request(decider, diag_kind(DIAG_conflict)->code,
                          "what is decided at %s is changed by another one of these decisions",
                          place_text(decider, decl));
}

/* "owner was Ann, is Bo" */
static void note_change(struct decider *decider, struct deed *deed, const char *name,
                        struct slice was, struct slice is) {
    *ARRAY_ADD(decider->arena, &deed->notes) =
        text_format(decider->arena, "%s was %.*s, is %.*s", name, SLICE_ARGS(was), SLICE_ARGS(is));
    deed->changes = true;
}

/* What it is about, as it says that itself. */
void note_record(struct decider *decider, const struct decl *decl) {
    static const enum attribute_id lists[] = {ATTRIBUTE_for_threats, ATTRIBUTE_candidate,
                                              ATTRIBUTE_dismissed};
    struct slice_list ids = {0};
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !ids.count; i++)
        ids = decl_words(decider->arena, decl, lists[i]);
    struct slice id = decl_id(decl);
    if (!ids.count)
        *ARRAY_ADD(decider->arena, &ids) = id;
    struct deed *deed =
        note_deed(decider, false, kind_rows[decl->kind].word, id.length ? id : ids.items[0]);
    deed->path = slice_string(decider->arena, decl_source(decl)->path);
    deed->ids = ids.items;
    deed->id_count = ids.count;
}

/* The statements that are not so yet: `own`, unless it is NULL, and those of the request. */
static bool take_differences(struct decider *decider, const struct decl *decl,
                             const struct decision_request *request, const struct statement *own,
                             struct draft *draft) {
    struct statement *statements =
        ARENA_ARRAY(decider->arena, struct statement, request->attribute_count + 1);
    draft->statements = statements;
    if (own && !states(decl, own))
        statements[draft->count++] = *own;
    for (size_t i = 0; i < request->attribute_count; i++) {
        struct statement *statement = &statements[draft->count];
        if (!check_statement(decider, decl, &request->attributes[i], statement))
            return false;
        draft->count += !states(decl, statement);
    }
    if (request->label.length && !slice_equal(decl_label(decl), request->label))
        draft->label = request->label;
    return true;
}

static void note_differences(struct decider *decider, const struct decl *decl,
                             const struct draft *draft) {
    struct deed *deed = &decider->deeds->list.items[decider->deeds->list.count - 1];
    for (size_t i = 0; i < draft->count; i++)
        note_change(decider, deed, attribute_rows[draft->statements[i].id].name,
                    value_text(decider, decl, draft->statements[i].id),
                    list_text(decider, &draft->statements[i]));
    struct slice label = decl_label(decl);
    if (draft->label.length)
        note_change(decider, deed, "its title",
                    label.length ? text_cut(decider->arena, label) : SLICE("not stated"),
                    text_cut(decider->arena, draft->label));
}

bool decide_again(struct decider *decider, const struct decl *decl,
                  const struct decision_request *request) {
    return decide_again_about(decider, decl, request, NULL);
}

bool decide_again_about(struct decider *decider, const struct decl *decl,
                        const struct decision_request *request, const struct slice_list *about) {
    const struct statement all = {ATTRIBUTE_for_threats, about ? about->items : NULL,
                                  about ? about->count : 0};
    struct edit *edit = &file_of(decider, unit_of(decider->project, decl))->edit;
    struct draft draft = {0};
    if (!may_change(decider, decl) ||
        !take_differences(decider, decl, request, about ? &all : NULL, &draft))
        return false;
    if (!edit_declaration(edit, decl->item, &draft))
        return refuse_request(decider, "", "%s: the text has no place where that can be written",
                              place_text(decider, decl));
    note_record(decider, decl);
    note_differences(decider, decl, &draft);
    if (about) {
        struct deed *deed = &decider->deeds->list.items[decider->deeds->list.count - 1];
        deed->ids = about->items;
        deed->id_count = about->count;
    }
    return true;
}
