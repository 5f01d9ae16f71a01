/* What is known before the first request: what the files of decisions beside the main model
 * declare, and where decisions about each subject stand. */
// SPDX-License-Identifier: MIT
#include "project/decider.h"

#include "analysis/patterns.h"
#include "base/limits.h"
#include "syntax/build_state.h"

/* ---- beginning --------------------------------------------------------------------------- */

static bool is_own(const struct project *project, const struct unit *unit) {
    return unit->owner == project->units.items[0];
}

static void note_decision(struct decider *decider, struct decision *decision) {
    table_intern(decider->arena, &decider->judged, kept_address(decider->arena, decision->decl),
                 decision);
}

static void note_decisions(struct decider *decider) {
    const struct decisions *decisions = decider->project->decisions;
    for (size_t i = 0; i < decisions->threats.count; i++)
        note_decision(decider, &decisions->threats.items[i]->decision);
    for (size_t i = 0; i < decisions->dismissals.count; i++)
        note_decision(decider, decisions->dismissals.items[i]);
    for (size_t i = 0; i < decisions->risks.count; i++)
        note_decision(decider, decisions->risks.items[i]);
    for (size_t i = 0; i < decisions->baselines.count; i++)
        note_decision(decider, decisions->baselines.items[i]);
}

static void note_ids(struct decider *decider, const struct unit *unit) {
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < unit->model->of[kind].count; i++) {
            struct decl *decl = unit->model->of[kind].items[i];
            if (decl_id(decl).length)
                table_intern(decider->arena, &decider->ids, decl_id(decl), decl);
        }
}

static void note_homes(struct decider *decider, const struct unit *unit) {
    for (const struct item *item = unit->tree->file.items; item; item = item->next) {
        struct sort_key key = sort_key_of(item, &decider->threats);
        if (key.subject.length)
            table_intern(decider->arena, &decider->homes, key.subject, (void *)(uintptr_t)unit);
    }
}

void decider_open(struct decider *decider, struct project *project) {
    struct arena *arena = &project->arena;
    *decider = (struct decider){.project = project, .arena = arena};
    decider->scratch.arena = arena;
    decider->deeds = ARENA_NEW(arena, struct deeds);
    if (!project->units.count)
        return; /* no model: all is refused */
    struct decl_list renamed = find_renamed(arena, project->rows);
    decider->naming =
        naming_of(arena, project->rows, project->units.items[0]->model, false, &renamed);
    decider->reader = (struct target_reader){.arena = arena, .rows = project->rows};
    decider->reader.rules = rule_names_of(arena, project->rows);
    note_decisions(decider);
    for (size_t i = 0; i < project->triage.count; i++)
        if (is_own(project, project->triage.items[i])) {
            note_ids(decider, project->triage.items[i]);
            index_threats(arena, &project->triage.items[i]->tree->file, &decider->threats);
        }
    for (size_t i = 0; i < project->triage.count; i++)
        if (is_own(project, project->triage.items[i]))
            note_homes(decider, project->triage.items[i]);
}

struct decision *decision_of(const struct decider *decider, const struct decl *decl) {
    const void *address = decl;
    return table_get(&decider->judged, address_key(&address));
}

/* ---- what comes of a request ------------------------------------------------------------- */

static bool add_refusal(struct decider *decider, const char *code, struct slice message) {
    struct project *project = decider->project;
    const char *text = slice_string(decider->arena, message);
    *ARRAY_ADD(decider->arena, &decider->deeds->refusals) =
        (struct refusal){decider->request, code, text, decider->line_id};
    return *project->refusal ? false : edits_refuse(project, "%s", text);
}

bool refuse_request(struct decider *decider, const char *code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct slice message = text_vformat(decider->arena, format, args);
    va_end(args);
    return add_refusal(decider, code, message);
}

bool refuse_as_reported(struct decider *decider) {
    const struct diagnostic *first = decider->scratch.list.items[0];
    struct slice message = first->message;
    if (first->hint.length)
        message = text_join(decider->arena, message, SLICE("; "), first->hint);
    decider->scratch = (struct diagnostics){.arena = decider->arena};
    return add_refusal(decider, diag_kind(first->code)->code, message);
}

/* Only the first refusal of a call is the project's. */
bool refuse_as_edit(struct decider *decider, const char *code) {
    const struct deeds *deeds = decider->deeds;
    struct slice message = slice_of(decider->project->refusal);
    decider->project->refusal = deeds->refusals.count ? deeds->refusals.items[0].message : "";
    return add_refusal(decider, code, message);
}

struct deed *note_deed(struct decider *decider, bool changes, const char *kind, struct slice id) {
    struct deed *deed = ARRAY_ADD(decider->arena, &decider->deeds->list);
    *deed = (struct deed){
        .request = decider->request, .changes = changes, .kind = kind, .id = id, .path = ""};
    return deed;
}

const char *place_text(struct decider *decider, const struct decl *decl) {
    struct source *source = decl_source(decl);
    size_t line = source_line_number(decider->arena, source, decl_span(decl).start);
    return slice_string(decider->arena,
                        text_format(decider->arena, "%.*s:%zu", SLICE_ARGS(source->path), line));
}

/* ---- ids --------------------------------------------------------------------------------- */

#define LONGER_SHOWN 3

static bool is_taken(const struct decider *decider, struct slice id) {
    return table_get(&decider->ids, id) || table_get(&decider->made, id);
}

/* What an id cannot have, as the '.' of an import's alias, becomes '_'. */
static struct slice as_id(struct decider *decider, struct slice base) {
    char *copy = arena_copy(decider->arena, base.at, base.length);
    size_t length = base.length < ID_LIMIT - 12 ? base.length : ID_LIMIT - 12;
    for (size_t i = 0; i < length; i++)
        if (!is_id(slice_part((struct slice){copy, length}, i, 1), true) && copy[i] != '-')
            copy[i] = '_';
    return (struct slice){copy, length};
}

struct slice make_up_id(struct decider *decider, struct slice base) {
    struct slice plain = as_id(decider, base), id = plain;
    for (size_t i = 2; is_taken(decider, id); i++)
        id = text_format(decider->arena, "%.*s-%zu", SLICE_ARGS(plain), i);
    return id;
}

struct slice target_id(struct decider *decider, const struct target *target) {
    struct arena *arena = decider->arena;
    if (!target->subject)
        return word_text(target->word);
    struct slice row = text_join(arena, target->letter->code, SLICE("@"), decl_id(target->subject));
    if (!target->rule)
        return row;
    const struct pattern pattern = {.rule = target->rule, .subject = target->spot};
    return text_join(arena, row, SLICE("/"), pattern_id(arena, &pattern));
}

/* In the order of the files. */
static struct slice_list known_ids(const struct decider *decider) {
    struct slice_list names = {0};
    for (size_t i = 0; i < decider->project->triage.count; i++) {
        const struct unit *unit = decider->project->triage.items[i];
        for (size_t kind = 0; is_own(decider->project, unit) && kind < KIND_COUNT; kind++)
            for (size_t j = 0; j < unit->model->of[kind].count; j++)
                if (decl_id(unit->model->of[kind].items[j]).length)
                    *ARRAY_ADD(decider->arena, &names) = decl_id(unit->model->of[kind].items[j]);
    }
    return names;
}

/* Those that go on where this one ends: ids are made of a letter, a subject and a rule, and people
 * leave the last of these away. */
static struct slice longer_ids(struct decider *decider, struct slice id,
                               const struct slice_list *names) {
    struct slice text = {"", 0}, start = text_join(decider->arena, id, SLICE(""), SLICE("-"));
    size_t found = 0;
    for (size_t i = 0; i < names->count; i++) {
        if (!id.length || names->items[i].length <= start.length ||
            !slice_equal_letters(slice_part(names->items[i], 0, start.length), start))
            continue;
        if (++found <= LONGER_SHOWN)
            text = text_format(decider->arena, "%.*s%s'%.*s'", SLICE_ARGS(text),
                               text.length ? " or " : "", SLICE_ARGS(names->items[i]));
    }
    return found <= LONGER_SHOWN ? text
                                 : text_format(decider->arena, "%.*s or %zu more", SLICE_ARGS(text),
                                               found - LONGER_SHOWN);
}

bool refuse_unknown(struct decider *decider, const char *what, struct slice id) {
    struct slice_list names = known_ids(decider);
    int near = text_nearest(id, names.items, names.count);
    const char *code = diag_kind(DIAG_unknown_element)->code;
    struct slice meant = longer_ids(decider, id, &names);
    if (!meant.length && near >= 0 && names.items)
        meant = text_join(decider->arena, SLICE("'"), names.items[near], SLICE("'"));
    return meant.length
               ? refuse_request(decider, code, "there is no %s '%.*s'; did you mean %.*s?", what,
                                SLICE_ARGS(id), SLICE_ARGS(meant))
               : refuse_request(decider, code, "there is no %s '%.*s'", what, SLICE_ARGS(id));
}
