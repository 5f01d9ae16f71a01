/* Triage files are found by the name of their model, and read through the loader as imports are.
 * Each has a model of its own, which holds what it declares. */
// SPDX-License-Identifier: MIT
#include "project/triage_files.h"

#include "base/intake.h"
#include "project/import_path.h"
#include "project/loading.h"
#include "project/read.h"
#include "syntax/builder.h"
#include "syntax/foreign.h"

#include <stdlib.h>

#define TRIAGE ".triage"
#define ENDING ".dfd"

/* The path without the ending of a model; empty where it has none, and of a triage file itself. */
static struct slice stem_of(struct slice path) {
    static const char *const endings[] = {ENDING, ".yaml", ".yml"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = slice_of(endings[i]).length;
        if (!slice_ends_any_case(path, endings[i]) || path.length == length)
            continue;
        struct slice stem = slice_part(path, 0, path.length - length);
        return slice_ends_any_case(stem, TRIAGE) ? SLICE("") : stem;
    }
    return SLICE("");
}

struct slice triage_path(struct arena *arena, struct slice model) {
    struct slice stem = stem_of(model);
    return stem.length ? text_join(arena, stem, SLICE(TRIAGE), SLICE(ENDING)) : stem;
}

static void report(struct project *project, enum diag_code code, const char *path,
                   struct source *source, struct slice detail) {
    struct diagnostic *added = diag_add(&project->diagnostics, code, source, (struct span){0, 0},
                                        ARGS(slice_of(path), detail));
    added->about_file = true;
}

/* NULL, and reported, when the text holds no decisions. */
static const struct tree *parse(struct project *project, const char *path, struct slice text) {
    const struct diagnostics before = project->diagnostics;
    const struct tree *tree = read_tree(project, slice_of(path), text);
    if (tree->foreign)
        return NULL; /* reported in one message that shows no line */
    if (!tree_is_mostly_ours(tree, project->diagnostics.errors - before.errors)) {
        project->diagnostics = before; /* they could show lines of a file that holds secrets */
        report(project, DIAG_triage_unlike, path, tree->source, SLICE(""));
        return NULL;
    }
    if (!tree->file.items || file_kind_of(tree) == IN_TRIAGE)
        return tree;
    report(project, DIAG_no_triage_file, path, tree->source,
           file_kind_of(tree) == IN_RULES ? SLICE("a rule pack") : SLICE("a model"));
    return NULL;
}

static void report_unread(struct project *project, struct unit *owner, const char *path,
                          enum diag_code refusal) {
    report(project, refusal, path, owner->source,
           refusal == DIAG_import_too_large
               ? text_format(&project->arena, "%zu", SOURCE_LIMIT >> 20)
               : SLICE(""));
}

/* False when it holds none. */
static bool add_unit(struct project *project, struct unit *owner, const char *path,
                     struct slice text) {
    const struct tree *tree = parse(project, path, text);
    if (!tree)
        return false;
    struct unit *unit = ARENA_NEW(&project->arena, struct unit);
    unit->path = path;
    unit->source = tree->source;
    unit->tree = tree;
    unit->owner = owner;
    unit->model = model_new(&project->arena, project->vocabulary);
    if (project->keeps_places)
        unit->model->uses = ARENA_NEW(&project->arena, struct uses);
    project->model_bytes += tree->source->text.length;
    build_model(&project->diagnostics, unit->model, tree, IN_TRIAGE);
    *ARRAY_ADD(&project->arena, &project->triage) = unit;
    return true;
}

/* `listed`: its folder says that it is there. */
static void read_one(struct project *project, struct unit *owner, const char *path, bool listed) {
    struct slice text;
    enum diag_code refusal = load_decisions(project, path, &text);
    if (refusal == DIAG_COUNT && add_unit(project, owner, path, text))
        return;
    *ARRAY_ADD(&project->arena, &project->absent) = path;
    if (refusal != DIAG_COUNT && (refusal != DIAG_import_missing || listed))
        report_unread(project, owner, path,
                      refusal == DIAG_import_missing ? DIAG_triage_unread : refusal);
}

/* ---- a folder of them -------------------------------------------------------------------- */

struct names {
    struct arena *arena;
    ARRAY_OF(struct slice) list;
    struct slice other; /* the first that is not wanted, or "" */
    size_t others;
};

/* What people and editors put beside files, and nobody takes for decisions. */
static bool is_expected(struct slice name) {
    return slice_starts(name, ".") || slice_ends(name, "~") || slice_starts(name, "README");
}

static bool take_name(void *context, const char *at, size_t length) {
    struct names *names = context;
    struct slice name = {at, length};
    bool wanted = slice_ends_any_case(name, ENDING) && !slice_starts(name, ".") &&
                  !slice_has(name, '/') && names->list.count <= UNIT_LIMIT;
    if (wanted)
        *ARRAY_ADD(names->arena, &names->list) = slice_copy(names->arena, name);
    else if (!slice_ends_any_case(name, ENDING) && !is_expected(name)) {
        bool first = !names->others++ || slice_compare(name, names->other) < 0;
        names->other = first ? slice_copy(names->arena, name) : names->other;
    }
    return true;
}

static int compare_names(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

static void list_names(struct project *project, struct unit *owner, const char *folder,
                       struct names *names) {
    enum diag_code refusal = project->list(project->load_context, folder, take_name, names);
    if (refusal != DIAG_COUNT && refusal != DIAG_import_missing)
        report_unread(project, owner, folder, refusal);
    if (names->others)
        report(project, DIAG_triage_not_read, folder, owner->source,
               names->others == 1 ? names->other
                                  : text_format(&project->arena, "%.*s and %zu more",
                                                SLICE_ARGS(names->other), names->others - 1));
    if (names->list.count <= UNIT_LIMIT)
        return;
    report(project, DIAG_triage_too_many, folder, owner->source,
           text_format(&project->arena, "%d", UNIT_LIMIT));
    names->list.count = 0;
}

/* In order of their names, which no file system promises. */
static void read_folder(struct project *project, struct unit *owner, const char *folder) {
    struct arena *arena = &project->arena;
    struct names names = {.arena = arena};
    if (!project->list)
        return;
    list_names(project, owner, folder, &names);
    if (names.list.count)
        qsort(names.list.items, names.list.count, sizeof *names.list.items, compare_names);
    for (size_t i = 0; i < names.list.count; i++) {
        struct slice path = text_join(arena, slice_of(folder), SLICE("/"), names.list.items[i]);
        read_one(project, owner, slice_string(arena, path), true);
    }
}

void read_triage_files(struct project *project) {
    size_t models = project->reads_decisions && project->load ? project->units.count : 0;
    for (size_t i = 0; i < models; i++) {
        struct unit *unit = project->units.items[i];
        struct slice path = unit->model ? triage_path(&project->arena, unit->place) : SLICE("");
        if (!path.length)
            continue;
        struct slice folder =
            text_join(&project->arena, stem_of(unit->place), SLICE(TRIAGE), SLICE(""));
        read_one(project, unit, slice_string(&project->arena, path), false);
        read_folder(project, unit, slice_string(&project->arena, folder));
    }
}
