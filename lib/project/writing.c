/* A declaration on its way: what it states is gathered, put in order, and recorded with what it
 * rests on. */
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "project/decider.h"
#include "syntax/build_state.h"

#include <stdlib.h>

void begin_writing(struct writing *writing, struct decider *decider, enum kind kind,
                   const struct decision_request *request) {
    *writing = (struct writing){.decider = decider};
    writing->draft = (struct draft){.kind = kind,
                                    .id = request->id,
                                    .label = request->label,
                                    .statements = writing->statements};
}

void writing_state(struct writing *writing, struct statement statement) {
    writing->statements[writing->draft.count++] = statement;
}

bool writing_states(const struct writing *writing, enum attribute_id id) {
    for (size_t i = 0; i < writing->draft.count; i++)
        if (writing->statements[i].id == id)
            return true;
    return false;
}

struct slice writing_value(const struct writing *writing, enum attribute_id id) {
    for (size_t i = 0; i < writing->draft.count; i++)
        if (writing->statements[i].id == id)
            return writing->statements[i].values[0];
    return (struct slice){"", 0};
}

void writing_suggest(struct writing *writing, enum attribute_id id, struct slice word) {
    struct slice *value = ARENA_NEW(writing->decider->arena, struct slice);
    *value = word;
    if (!writing_states(writing, id))
        writing_state(writing, (struct statement){id, value, 1});
}

bool writing_take(struct writing *writing, const struct decision_request *request) {
    bool fine = true;
    for (size_t i = 0; i < request->attribute_count; i++) {
        struct statement statement;
        if (!take_statement(writing->decider, writing->draft.kind, &request->attributes[i],
                            &statement) ||
            !check_names(writing->decider, writing->decider->project->units.items[0], &statement))
            fine = false;
        else if (writing_states(writing, statement.id))
            fine = refuse_request(writing->decider, diag_kind(DIAG_duplicate_attribute)->code,
                                  "'%s' is stated twice", attribute_rows[statement.id].name);
        else
            writing_state(writing, statement);
    }
    return fine;
}

bool writing_needs(const struct writing *writing, enum attribute_id id) {
    return writing_states(writing, id) ||
           refuse_request(writing->decider, diag_kind(DIAG_incomplete_decision)->code,
                          "%s needs '%s'", kind_rows[writing->draft.kind].article,
                          attribute_rows[id].name);
}

/* What the declaration is about stands first, unless its id says so, then all else in order of the
 * table: in whatever order things were given, the same decision is the same text. */
static int compare_statements(const void *left, const void *right) {
    const struct statement *a = left, *b = right;
    return (a->id > b->id) - (a->id < b->id);
}

void sort_statements(struct writing *writing) {
    const struct draft *draft = &writing->draft;
    bool is_named = draft->kind == KIND_DISMISS && draft->id.length;
    size_t first = draft->kind == KIND_REVIEW || is_named ? 0 : 1;
    if (writing->draft.count > first)
        qsort(writing->statements + first, writing->draft.count - first,
              sizeof *writing->statements, compare_statements);
}

bool finish_writing(struct writing *writing) {
    sort_statements(writing);
    struct statement basis = basis_of(writing->decider, writing->targets, writing->count,
                                      writing->draft.kind != KIND_THREAT);
    if (basis.count)
        writing_state(writing, basis);
    writing->decider->rests_on_facts |= basis.count > 0;
    return record_decision(writing);
}

bool check_new_id(struct decider *decider, struct slice id, bool digit_first) {
    const struct decl *decl = table_get(&decider->ids, id);
    const char *code = diag_kind(DIAG_duplicate_id)->code;
    if (!id.length)
        return true;
    if (!is_id(id, digit_first) || id.length > ID_LIMIT)
        return refuse_request(
            decider, diag_kind(DIAG_malformed_id)->code,
            "'%.*s' is no id: it has letters, digits, _ and -, at most %d of them", SLICE_ARGS(id),
            ID_LIMIT);
    if (decl)
        return refuse_request(decider, code, "'%.*s' is taken: %s declares it", SLICE_ARGS(id),
                              place_text(decider, decl));
    return !table_get(&decider->made, id) ||
           refuse_request(decider, code, "'%.*s' is taken by another one of these decisions",
                          SLICE_ARGS(id));
}

void note_done(struct decider *decider, const struct decision *done) {
    struct slice id = decl_id(done->decl);
    if (!id.length && done->target_count)
        id = target_id(decider, &done->targets[0]);
    struct deed *deed = note_deed(decider, false, kind_rows[done->decl->kind].word, id);
    deed->path = slice_string(decider->arena, decl_source(done->decl)->path);
    deed->ids = ARENA_ARRAY(decider->arena, struct slice, done->target_count);
    deed->id_count = done->target_count;
    for (size_t i = 0; i < done->target_count; i++)
        deed->ids[i] = target_id(decider, &done->targets[i]);
}
