/* Files that import each other. Each is read and compiled once, whichever file imports it by
 * whatever path; the imports of a file are compiled before it, so that their names are known. */
// SPDX-License-Identifier: MIT
#include "project/units.h"

#include "model/union.h"
#include "project/import_path.h"
#include "project/loading.h"
#include "project/read.h"
#include "syntax/builder.h"
#include "syntax/foreign.h"

struct import_site {
    struct source *source;
    const struct item *item;
    const char *path;
};

static struct diagnostic *report(struct project *project, enum diag_code code,
                                 const struct import_site *site, const struct slice *args) {
    return diag_add(&project->diagnostics, code, site->source, word_span(&site->item->head->label),
                    args);
}

#define CHAIN_SHOWN 4

/* "a.dfd imports b.dfd, that imports a.dfd", of files that are all under way, in order. */
static void report_cycle(struct project *project, const struct unit *unit,
                         const struct import_site *site) {
    struct arena *arena = &project->arena;
    struct diagnostic *added =
        report(project, DIAG_import_cycle, site, ARGS(word_text(&site->item->head->label)));
    struct slice chain = slice_of(unit->path);
    size_t count = 0, at = 0;
    while (project->units.items[at] != unit)
        at++;
    for (at++; at < project->units.count; at++)
        if (project->units.items[at]->under_way && ++count <= CHAIN_SHOWN)
            chain = text_format(arena, "%.*s imports %s%s", SLICE_ARGS(chain),
                                project->units.items[at]->path, ", which");
    if (!count)
        return; /* the very file */
    if (count > CHAIN_SHOWN)
        chain = text_format(arena, "%.*s imports %zu more in a row, the last of which",
                            SLICE_ARGS(chain), count - CHAIN_SHOWN);
    diag_hint(&project->diagnostics, added, "%.*s imports %s", SLICE_ARGS(chain), unit->path);
}

/* Reads the text of the unit. When that fails, returns false and keeps the reason in the unit. */
static bool load(struct project *project, struct unit *unit, struct slice *text) {
    unit->refusal = load_text(project, unit->path, text, &unit->why);
    if (unit->refusal == DIAG_import_too_large)
        unit->detail = text_format(&project->arena, "%zu", SOURCE_LIMIT >> 20);
    return unit->refusal == DIAG_COUNT;
}

/* Returns NULL when the text is no model, and keeps the reason in the unit. */
static const struct tree *parse_import(struct project *project, struct unit *unit,
                                       struct slice text) {
    const struct diagnostics before = project->diagnostics;
    const struct tree *tree = read_tree(project, slice_of(unit->path), text);
    enum file_kind file = file_kind_of(tree);
    if (tree->foreign) {
        unit->refusal = REPORTED; /* by the reader, in one message that shows no line */
        return NULL;
    }
    if (!tree_is_mostly_ours(tree, project->diagnostics.errors - before.errors)) {
        project->diagnostics = before; /* they could show lines of a file that holds secrets */
        unit->refusal = DIAG_import_unlike;
        return NULL;
    }
    if (file == IN_MODEL)
        return tree;
    unit->refusal = DIAG_import_no_model;
    unit->detail = file == IN_RULES ? SLICE("a rule pack") : SLICE("a triage file");
    return NULL;
}

/* Whether the path may be imported; if not, that is reported. */
static bool may_import(struct project *project, const struct import_site *site) {
    struct slice name = word_text(&site->item->head->label);
    if (slice_starts(name, "/"))
        diag_hint(&project->diagnostics, report(project, DIAG_import_outside, site, ARGS(name)),
                  "write the path as seen from this file");
    else if (!is_model_path(name))
        report(project, DIAG_import_no_model_name, site, ARGS(name));
    else
        return true;
    return false;
}

/* Whether one more file may be read. Each import that nests too deeply is reported, and once that
 * there are too many files. */
static bool has_room(struct project *project, const struct import_site *site) {
    if (project->units_under_way > NESTING_LIMIT) {
        report(project, DIAG_import_too_deep, site,
               ARGS(text_format(&project->arena, "%d", NESTING_LIMIT)));
        return false;
    }
    if (project->units.count + project->tried.count <= UNIT_LIMIT)
        return true;
    if (!project->too_many_units)
        report(project, DIAG_import_too_many, site,
               ARGS(text_format(&project->arena, "%d", UNIT_LIMIT)));
    project->too_many_units = true;
    return false;
}

static void compile_unit(struct project *project, struct unit *unit, const struct tree *tree);

static struct unit *unit_new(struct project *project, const char *path, struct slice place) {
    struct unit *unit = ARENA_NEW(&project->arena, struct unit);
    unit->path = path;
    unit->place = place;
    table_intern(&project->arena, &project->units_by_place, place, unit);
    return unit;
}

static void report_refusal(struct project *project, const struct unit *unit,
                           const struct import_site *site) {
    struct slice name = word_text(&site->item->head->label);
    struct diagnostic *added =
        diag_add(&project->diagnostics, unit->refusal, site->source,
                 word_span(&site->item->head->label), ARGS(name, unit->detail));
    if (unit->why.length)
        diag_hint(&project->diagnostics, added, "%.*s", SLICE_ARGS(unit->why));
    else if (unit->refusal == DIAG_import_outside)
        diag_hint(&project->diagnostics, added,
                  "the root is the repository, or else the model's own folder; --root names a "
                  "wider one");
}

/* Returns the unit of an imported file, which is read on its first import. Returns NULL, and
 * reports why, when it cannot be used. */
static const struct unit *import_file(struct project *project, const struct import_site *site) {
    if (!may_import(project, site))
        return NULL;
    struct slice place = place_of(project, site->path);
    struct unit *unit = table_get(&project->units_by_place, place);
    if (!unit) {
        if (!has_room(project, site))
            return NULL;
        struct slice text;
        unit = unit_new(project, site->path, place);
        const struct tree *tree =
            load(project, unit, &text) ? parse_import(project, unit, text) : NULL;
        if (tree)
            compile_unit(project, unit, tree);
        else
            *ARRAY_ADD(&project->arena, &project->tried) = unit->path;
    }
    if (unit->under_way)
        report_cycle(project, unit, site);
    else if (!unit->model && unit->refusal != REPORTED)
        report_refusal(project, unit, site);
    return unit->under_way || !unit->model ? NULL : unit;
}

static bool is_import(const struct item *item) {
    return item->kind == ITEM_DECLARATION && slice_is(word_text(&item->word), "import") &&
           word_text(&item->head->label).length && word_text(alias_of(item->head)).length;
}

static struct imports *import_all(struct project *project, struct slice place,
                                  const struct tree *tree) {
    struct imports *imports = ARENA_NEW(&project->arena, struct imports);
    struct table aliases = {0};
    for (struct item *item = tree->has_imports ? tree->file.items : NULL; item; item = item->next) {
        if (!is_import(item))
            continue;
        struct import_site site = {
            tree->source, item,
            resolve_path(&project->arena, place, word_text(&item->head->label))};
        const struct word *alias = alias_of(item->head);
        if (table_intern(&project->arena, &aliases, word_text(alias), item) != item)
            diag_add(&project->diagnostics, DIAG_duplicate_id, tree->source, word_span(alias),
                     ARGS(word_text(alias)));
        const struct unit *unit = import_file(project, &site);
        *ARRAY_ADD(&project->arena, imports) =
            (struct import){word_text(alias), unit ? unit->model : NULL};
    }
    /* only now, as the array moves while it grows */
    for (size_t i = 0; i < imports->count; i++)
        table_intern(&project->arena, &imports->by_alias, imports->items[i].alias,
                     &imports->items[i]);
    return imports;
}

static void compile_unit(struct project *project, struct unit *unit, const struct tree *tree) {
    unit->source = tree->source;
    unit->tree = tree;
    unit->source->unit = project->units.count;
    unit->under_way = true;
    project->units_under_way++;
    project->model_bytes += tree->source->text.length;
    *ARRAY_ADD(&project->arena, &project->units) = unit;
    const struct imports *imports = import_all(project, unit->place, tree);
    unit->model = model_new(&project->arena, project->vocabulary);
    unit->model->source = unit->source;
    unit->model->imports = imports;
    find_prefixes(&project->arena, unit->model);
    if (project->keeps_places)
        unit->model->uses = ARENA_NEW(&project->arena, struct uses);
    build_model(&project->diagnostics, unit->model, tree, IN_MODEL);
    if (project->units.count > 1) /* before anything stands in for something of this file */
        model_list_subjects(&project->arena, unit->model);
    unit->under_way = false;
    project->units_under_way--;
}

struct unit *compile_units(struct project *project, const char *path, const struct tree *tree) {
    const char *own = slice_string(&project->arena, slice_of(path));
    struct unit *unit = unit_new(project, own, place_of(project, own));
    compile_unit(project, unit, tree);
    return unit;
}

static struct rows *judge_alone(void *context, size_t file) {
    struct project *project = context;
    const struct analysis *analysis = analyse(&project->arena, project->units.items[file]->model);
    return find_rows(&project->arena, analysis, project->pack, NULL);
}

static bool reads(const struct unit *unit, const struct unit *other) {
    const void *source = other->source;
    return unit == other || table_get(&unit->model->prefixes, address_key(&source));
}

/* Decisions as the file itself reads them. What is wrong with them is told when it is checked, and
 * each use of a name is kept once. */
static void decide_alone(void *context, size_t file, struct rows *rows) {
    struct project *project = context;
    const struct unit *unit = project->units.items[file];
    size_t most = project->triage.count, count = 0;
    struct decision_file *files = ARENA_ARRAY(&project->arena, struct decision_file, most + 1);
    struct diagnostics unheard = {.arena = &project->arena};
    for (size_t i = 0; i < most; i++) {
        const struct unit *triage = project->triage.items[i];
        if (!reads(unit, triage->owner))
            continue;
        struct model *own = ARENA_NEW(&project->arena, struct model);
        *own = *triage->model;
        own->uses = NULL;
        files[count++] = (struct decision_file){triage->owner->model, own, triage->owner != unit};
    }
    find_decisions(&unheard, rows, files, count);
}

static void forget(void *context, size_t file) {
    const struct project *project = context;
    model_divide(project->units.items[file]->model);
}

struct rows *find_project_rows(struct project *project) {
    const struct elsewhere elsewhere = {project->units.count, judge_alone, decide_alone, forget,
                                        project};
    return find_rows(&project->arena, project->analysis, project->pack,
                     project->units.count > 1 ? &elsewhere : NULL);
}
