/* Writes decisions: new ones are drafted and checked like any text of a triage file, those that are
 * there get other lists. Each goes to the file in which decisions about its subject stand. */
// SPDX-License-Identifier: MIT
#include "project/decider.h"
#include "project/decision_files.h"
#include "syntax/builder.h"
#include "syntax/edit_text.h"

/* ---- statements -------------------------------------------------------------------------- */

/* What the ids of a request say, and what only the tool writes. */
static bool is_made(enum attribute_id id) {
    static const enum attribute_id made[] = {
        ATTRIBUTE_candidate,   ATTRIBUTE_category, ATTRIBUTE_threat_on, ATTRIBUTE_dismissed,
        ATTRIBUTE_for_threats, ATTRIBUTE_patterns, ATTRIBUTE_basis,     ATTRIBUTE_seen};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        if (id == made[i])
            return true;
    return false;
}

static bool refuse_attribute(struct decider *decider, enum kind kind, struct slice name) {
    ARRAY_OF(struct slice) names = {0};
    for (size_t i = 0; attribute_of_kind(kind, i) != ATTRIBUTE_COUNT; i++)
        *ARRAY_ADD(decider->arena, &names) =
            slice_of(attribute_rows[attribute_of_kind(kind, i)].name);
    if (slice_is(name, "evidence") && kind_in(kind, ON_SUBJECT | ON_BOUNDARY))
        return refuse_request(decider, "",
                              "evidence is that of a fact, 'evidence.FACT', with a place such as "
                              "FILE#NAME");
    int near = text_nearest(name, names.items, names.count);
    const char *code = diag_kind(DIAG_unknown_attribute)->code;
    return near < 0 || !names.items
               ? refuse_request(decider, code, "%s has no '%.*s'", kind_rows[kind].article,
                                SLICE_ARGS(name))
               : refuse_request(decider, code, "%s has no '%.*s'; did you mean '%.*s'?",
                                kind_rows[kind].article, SLICE_ARGS(name),
                                SLICE_ARGS(names.items[near]));
}

bool is_whole_list(const struct slice *values, size_t count) {
    struct slice value = count == 1 ? slice_trim(*values) : SLICE("");
    return value.length > 1 && value.at[0] == '[' && slice_ends(value, "]");
}

/* Commas stand between words; a sentence may have some of its own. */
static void split(struct decider *decider, struct statement *statement) {
    enum attribute_type type = attribute_rows[statement->id].type;
    ARRAY_OF(struct slice) words = {0};
    struct slice inside = SLICE("");
    if (!attribute_takes_list(type) || type == TYPE_STRINGS)
        return;
    if (is_whole_list(statement->values, statement->count)) {
        inside = slice_trim(*statement->values);
        inside = slice_part(inside, 1, inside.length - 2);
        statement->values = &inside;
    }
    for (size_t i = 0; i < statement->count; i++) {
        struct slice rest = statement->values[i], word;
        while (slice_cut(&rest, ',', &word))
            *ARRAY_ADD(decider->arena, &words) = slice_trim(word);
    }
    statement->values = words.items;
    statement->count = words.count;
}

/* False when the kind has none of this name, or it takes something else. */
static bool read_statement(struct decider *decider, enum kind kind,
                           const struct named_values *given, struct statement *statement) {
    enum attribute_id id =
        attribute_find(&decider->project->vocabulary->attributes, given->name, kind);
    *statement = (struct statement){id, given->values, given->count};
    if (id == ATTRIBUTE_COUNT || is_made(id))
        return false;
    split(decider, statement);
    return statement->count == 1 ||
           (statement->count && attribute_takes_list(attribute_rows[id].type));
}

bool take_statement(struct decider *decider, enum kind kind, const struct named_values *given,
                    struct statement *statement) {
    if (read_statement(decider, kind, given, statement))
        return true;
    enum attribute_id id = statement->id;
    if (id == ATTRIBUTE_COUNT)
        return refuse_attribute(decider, kind, given->name);
    const struct attribute_row *row = &attribute_rows[id];
    return is_made(id)
               ? refuse_request(decider, "", "'%s' is not stated: it comes from what is decided",
                                row->name)
               : refuse_request(decider, diag_kind(DIAG_wrong_type)->code, "'%s' takes %s",
                                row->name, attribute_type_words[row->type]);
}

static size_t count_stated(const struct attribute *attribute) {
    size_t count = 0;
    for (const struct value *at = stated_values(attribute); at; at = next_stated(attribute, at))
        count++;
    return count;
}

bool states(const struct decl *decl, const struct statement *statement) {
    const struct attribute *attribute = decl_attribute(decl, statement->id);
    const struct value *at = stated_values(attribute);
    if (count_stated(attribute) != statement->count)
        return false;
    for (size_t i = 0; i < statement->count; i++, at = next_stated(attribute, at))
        if (!slice_equal(word_text(&at->word), statement->values[i]))
            return false;
    return true;
}

/* Who decided, and when: somebody else may come to the same. */
static bool is_about_deciding(enum attribute_id id) {
    return id == ATTRIBUTE_author || id == ATTRIBUTE_decided;
}

bool says_the_same(struct decider *decider, const struct decl *decl,
                   const struct decision_request *request) {
    if (request->id.length && !slice_equal(decl_id(decl), request->id))
        return false;
    if (request->label.length && !slice_equal(decl_label(decl), request->label))
        return false;
    for (size_t i = 0; i < request->attribute_count; i++) {
        struct statement statement;
        if (!read_statement(decider, (enum kind)decl->kind, &request->attributes[i], &statement))
            return false; /* it is refused where it is to be written */
        if (!is_about_deciding(statement.id) && !states(decl, &statement))
            return false;
    }
    return true;
}

struct statement basis_of(struct decider *decider, const struct target *targets, size_t count,
                          bool reach) {
    struct arena *arena = decider->arena;
    struct table seen = {0};
    ARRAY_OF(struct slice) lines = {0};
    for (size_t i = 0; i < count; i++) {
        struct basis basis = {0};
        if (!targets[i].subject)
            continue;
        find_basis(arena, decider->project->rows, &targets[i], &basis);
        for (size_t j = 0; j < basis.count; j++) {
            struct slice line = basis_text(arena, &basis.items[j]);
            if ((basis.items[j].kind != BASIS_REACH || reach) &&
                table_intern(arena, &seen, line, basis.items + j) == basis.items + j)
                *ARRAY_ADD(arena, &lines) = line;
        }
    }
    return (struct statement){ATTRIBUTE_basis, lines.items, lines.count};
}

/* ---- files ------------------------------------------------------------------------------- */

/* NULL, and refused, where the model has no path of its own. */
static const struct unit *main_file(struct decider *decider) {
    struct project *project = decider->project;
    const struct unit *unit = decision_file(project, project->units.items[0]);
    if (!unit)
        refuse_request(decider, "",
                       "the model has no name of its own, so nothing can stand beside it");
    return unit;
}

struct decided_file *file_of(struct decider *decider, const struct unit *unit) {
    for (size_t i = 0; i < decider->files.count; i++)
        if (decider->files.items[i]->unit == unit)
            return decider->files.items[i];
    struct decided_file *file = ARENA_NEW(decider->arena, struct decided_file);
    file->unit = unit;
    file->edit = edit_of(decider->arena, unit->tree);
    find_stubs(&file->edit, &file->stubs);
    return *ARRAY_ADD(decider->arena, &decider->files) = file;
}

/* ---- new ones ---------------------------------------------------------------------------- */

/* The same checks as of a text that somebody has typed. */
static bool check(struct decider *decider, const struct tree *tree) {
    struct model *model = model_new(decider->arena, decider->project->vocabulary);
    build_model(&decider->scratch, model, tree, IN_TRIAGE);
    return !decider->scratch.list.count || refuse_as_reported(decider);
}

bool check_draft(struct decider *decider, const struct draft *draft) {
    const struct tree *tree;
    draft_text(&decider->scratch, draft, &tree);
    return check(decider, tree);
}

static struct slice line_of(struct decider *decider, struct slice subject) {
    const struct decl *decl =
        subject.length ? find_by_id(&decider->naming, subject, ON_SUBJECT) : NULL;
    if (!subject.length)
        return subject;
    return subject_line(decider->arena, subject, decl ? decl_label(decl) : (struct slice){"", 0});
}

static void note_made(const struct writing *writing) {
    struct made *made = ARENA_NEW(writing->decider->arena, struct made);
    *made = (struct made){writing->draft.kind, writing->targets, writing->count};
    if (writing->draft.id.length)
        table_intern(writing->decider->arena, &writing->decider->made, writing->draft.id, made);
}

/* The file in which decisions about the subject stand; NULL, and refused, where there can be none.
 */
static struct decided_file *home_of(struct decider *decider, struct slice subject) {
    const struct unit *unit = table_get(&decider->homes, subject);
    if (!unit)
        unit = main_file(decider);
    return unit ? file_of(decider, unit) : NULL;
}

static void take_up(struct decider *decider, struct decided_file *file, struct slice subject,
                    struct new_decision decision) {
    decision.subject_line = line_of(decider, subject);
    *ARRAY_ADD(decider->arena, &file->list) = decision;
}

/* The table keeps it, as it goes but once. */
void remove_stub(struct decided_file *file, struct slice id) {
    struct span *stub = table_get(&file->stubs, id);
    if (!stub || stub->end == stub->start)
        return;
    add_change(&file->edit, stub->start, stub->end, SLICE(""));
    stub->end = stub->start;
}

bool record_stub(struct decider *decider, struct slice id, struct slice text,
                 const struct tree *about) {
    struct slice subject = sort_key_of(about->file.items, &decider->threats).subject;
    struct decided_file *file = home_of(decider, subject);
    if (!file)
        return false;
    bool is_new = !table_get(&file->stubs, id);
    if (is_new)
        take_up(decider, file, subject,
                (struct new_decision){.tree = about, .text = text, .is_stub = true});
    note_deed(decider, is_new, "stub", id)->path = file->unit->path;
    return true;
}

/* What is done about a threat stands in the file of that. */
static struct decided_file *home_of_writing(const struct writing *writing, struct slice subject) {
    struct decider *decider = writing->decider;
    bool is_about_threats = kind_in(writing->draft.kind, ON_MITIGATION | ON_RISK);
    const struct decl *threat =
        is_about_threats && writing->id_count ? table_get(&decider->ids, writing->ids[0]) : NULL;
    return threat ? file_of(decider, unit_of(decider->project, threat)) : home_of(decider, subject);
}

static void note_recorded(const struct writing *writing, const struct unit *unit) {
    struct decider *decider = writing->decider;
    bool named = writing->draft.id.length || !writing->id_count;
    note_made(writing);
    struct deed *deed = note_deed(decider, true, kind_rows[writing->draft.kind].word,
                                  named ? writing->draft.id : writing->ids[0]);
    deed->path = unit->path;
    deed->ids = writing->ids;
    deed->id_count = writing->id_count;
}

bool record_in_place(const struct writing *writing, const struct decl *former) {
    struct decider *decider = writing->decider;
    const struct unit *unit = unit_of(decider->project, former);
    const struct tree *tree;
    struct slice text = draft_text(&decider->scratch, &writing->draft, &tree);
    if (!check(decider, tree))
        return false;
    replace_decision(&file_of(decider, unit)->edit, former->item, text);
    note_recorded(writing, unit);
    return true;
}

bool record_decision(const struct writing *writing) {
    struct decider *decider = writing->decider;
    const struct tree *tree;
    struct slice text = draft_text(&decider->scratch, &writing->draft, &tree);
    if (!check(decider, tree))
        return false;
    index_threats(decider->arena, &tree->file, &decider->threats);
    struct slice subject = sort_key_of(tree->file.items, &decider->threats).subject;
    struct decided_file *file = home_of_writing(writing, subject);
    if (!file)
        return false;
    take_up(decider, file, subject, (struct new_decision){.tree = tree, .text = text});
    for (size_t i = 0; i < writing->id_count; i++)
        remove_stub(file, writing->ids[i]);
    note_recorded(writing, file->unit);
    return true;
}

/* ---- those that are there ---------------------------------------------------------------- */

struct rewrite *rewrite_of(struct decider *decider, const struct decision *decision) {
    const void *address = decision->decl;
    struct rewrite *rewrite = table_get(&decider->rewritten, address_key(&address));
    if (rewrite)
        return rewrite;
    rewrite = ARENA_NEW(decider->arena, struct rewrite);
    rewrite->decision = decision;
    rewrite->leaves = ARENA_ARRAY(decider->arena, bool, decision->target_count);
    *ARRAY_ADD(decider->arena, &decider->rewrites) = rewrite;
    return table_intern(decider->arena, &decider->rewritten, kept_address(decider->arena, address),
                        rewrite);
}

/* The attribute that says what a decision is about. */
static enum attribute_id list_of(const struct decl *decl) {
    return decl->kind == KIND_BASELINE ? ATTRIBUTE_patterns
           : decl->kind == KIND_RISK   ? ATTRIBUTE_for_threats
           : decl->kind == KIND_THREAT ? ATTRIBUTE_candidate
                                       : ATTRIBUTE_dismissed;
}

static bool has_slice(const struct slice_list *list, struct slice wanted) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->items[i], wanted))
            return true;
    return false;
}

/* What the decision is about from now on, as ids and as targets. */
struct remainder {
    struct slice_list ids;
    struct targets targets;
    bool is_all; /* nothing is different */
};

static void remain(struct decider *decider, const struct target *target, struct remainder *rest) {
    *ARRAY_ADD(decider->arena, &rest->ids) = target_id(decider, target);
    *ARRAY_ADD(decider->arena, &rest->targets) = *target;
}

static struct remainder remaining_threats(struct decider *decider, const struct rewrite *rewrite) {
    const struct decl *risk = rewrite->decision->decl;
    const struct attribute *about = decl_attribute(risk, ATTRIBUTE_for_threats);
    struct remainder rest = {.is_all = true};
    for (const struct value *at = stated_values(about); at; at = next_stated(about, at))
        if (!has_slice(&rewrite->less, word_text(&at->word)))
            *ARRAY_ADD(decider->arena, &rest.ids) = word_text(&at->word);
        else
            rest.is_all = false;
    return rest;
}

static struct remainder what_stays(struct decider *decider, const struct rewrite *rewrite) {
    const struct decision *decision = rewrite->decision;
    if (decision->decl->kind == KIND_RISK)
        return remaining_threats(decider, rewrite);
    struct remainder rest = {.is_all = true};
    for (size_t i = 0; i < decision->target_count; i++) {
        const struct targets *questions = rewrite->questions ? &rewrite->questions[i] : NULL;
        rest.is_all &= !rewrite->leaves[i] && !(questions && questions->count);
        if (rewrite->leaves[i])
            continue;
        if (!questions || !questions->count)
            remain(decider, &decision->targets[i], &rest);
        for (size_t j = 0; questions && j < questions->count; j++)
            remain(decider, &questions->items[j], &rest);
    }
    return rest;
}

/* What it is about stands in a list, or before the block, where only one id has room. */
static bool say_what_stays(const struct rewrite *rewrite, const struct remainder *rest,
                           struct statement *statement, struct draft *draft) {
    const struct decl *decl = rewrite->decision->decl;
    *statement = (struct statement){list_of(decl), NULL, 0};
    if (rest->is_all)
        return true;
    if (!decl_attribute(decl, statement->id)) {
        if (rest->ids.count == 1)
            draft->id = rest->ids.items[0];
        return rest->ids.count == 1;
    }
    statement->values = rest->ids.items;
    statement->count = rest->ids.count;
    return true;
}

static bool apply_rewrite(struct decider *decider, const struct rewrite *rewrite) {
    const struct decision *decision = rewrite->decision;
    const struct item *item = decision->decl->item;
    struct edit *edit = &file_of(decider, unit_of(decider->project, decision->decl))->edit;
    struct remainder rest = what_stays(decider, rewrite);
    struct statement statements[2] = {{0}, {0}};
    struct draft draft = {
        .kind = (enum kind)decision->decl->kind, .statements = statements, .count = 2};
    if (!rest.is_all && !rest.ids.count) {
        remove_decision(edit, item, sort_key_of(item, &decider->threats).subject);
        return true;
    }
    if (!say_what_stays(rewrite, &rest, &statements[0], &draft))
        return false;
    bool is_risk = decision->decl->kind == KIND_RISK;
    if (rewrite->confirmed)
        statements[1] = basis_of(decider, is_risk ? decision->targets : rest.targets.items,
                                 is_risk ? decision->target_count : rest.targets.count,
                                 decision->decl->kind != KIND_THREAT);
    return edit_declaration(edit, item, &draft);
}

bool take_changes(struct decider *decider) {
    for (size_t i = 0; i < decider->rewrites.count; i++)
        if (!apply_rewrite(decider, decider->rewrites.items[i]))
            return false;
    for (size_t i = 0; i < decider->files.count; i++) {
        struct decided_file *file = decider->files.items[i];
        insert_decisions(&file->edit, file->list.items, file->list.count);
        begin_decision_file(file->unit, &file->edit);
        edits_take(decider->project, file->unit, &file->edit);
    }
    return true;
}
