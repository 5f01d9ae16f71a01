/* Rules and a model become an analysis, and that becomes rows when somebody asks for them. */
// SPDX-License-Identifier: MIT
#include "project/project.h"

#include "analysis/builtin.h"
#include "analysis/lints.h"
#include "analysis/reasons.h"
#include "model/products.h"
#include "model/union.h"
#include "project/read.h"
#include "project/rule_files.h"
#include "project/triage_files.h"
#include "project/units.h"
#include "syntax/builder.h"
#include "syntax/foreign.h"
#include "syntax/formatter.h"
#include "syntax/rule_builder.h"

void project_open(struct project *project, const struct arena_source *source, size_t limit) {
    *project = (struct project){0};
    arena_open(&project->arena, source, limit);
    project->diagnostics.arena = &project->arena;
}

void project_close(struct project *project) {
    layout_end(&project->process);
    arena_close(&project->arena);
}

/* ---- rules ------------------------------------------------------------------------------- */

static bool add_pack(struct project *project, const struct tree *tree, struct model *decls) {
    size_t before = project->diagnostics.errors;
    if (project->pack != &project->own_pack) { /* which others read */
        rule_pack_copy(&project->arena, &project->own_pack, project->pack);
        project->pack = &project->own_pack;
    }
    build_rules(&project->diagnostics, decls, &project->own_pack, tree);
    return project->diagnostics.errors == before;
}

/* What it declares and names is kept for places. */
static bool add_pack_file(struct project *project, const struct tree *tree) {
    struct unit *unit = ARENA_NEW(&project->arena, struct unit);
    unit->path = slice_string(&project->arena, tree->source->path);
    unit->source = tree->source;
    unit->tree = tree;
    unit->of_rules = true;
    unit->model = model_new(&project->arena, project->vocabulary);
    if (project->keeps_places)
        unit->model->uses = ARENA_NEW(&project->arena, struct uses);
    *ARRAY_ADD(&project->arena, &project->pack_units) = unit;
    return add_pack(project, tree, unit->model);
}

/* Attributes are known before any rule is. */
static void begin_words(struct project *project) {
    if (!project->vocabulary)
        project->vocabulary =
            vocabulary_new(&project->arena, project->shared ? project->shared->vocabulary : NULL);
}

static void take_shared_rules(struct project *project) {
    const struct project *shared = project->shared;
    project->pack = shared->pack;
    for (size_t i = 0; i < shared->packs.count; i++)
        *ARRAY_ADD(&project->arena, &project->packs) = shared->packs.items[i];
    for (size_t i = 0; i < shared->pack_units.count; i++)
        *ARRAY_ADD(&project->arena, &project->pack_units) = shared->pack_units.items[i];
}

/* The messages about a model may have been so many that reading would stop. */
static bool read_builtin_rules(struct project *project) {
    struct slice text = {builtin_rules, builtin_rules_length};
    struct diagnostics before = project->diagnostics;
    project->diagnostics = (struct diagnostics){.arena = &project->arena};
    project->pack = &project->own_pack;
    const struct tree *tree = read_tree(project, SLICE("built-in rules"), text);
    *ARRAY_ADD(&project->arena, &project->packs) = tree->source;
    bool fine = add_pack(project, tree, model_new(&project->arena, project->vocabulary));
    diag_take(&before, &project->diagnostics);
    project->diagnostics = before;
    return fine;
}

bool load_builtin_rules(struct project *project) {
    if (project->pack)
        return project->pack->method != NULL;
    begin_words(project);
    if (!project->shared)
        return read_builtin_rules(project);
    take_shared_rules(project);
    return true;
}

const struct phrases *project_phrases(struct project *project) {
    if (!project->phrases && project->shared)
        project->phrases = project->shared->phrases;
    if (!project->phrases) {
        struct phrases *phrases = ARENA_NEW(&project->arena, struct phrases);
        open_phrases(&project->arena, phrases);
        project->phrases = phrases;
    }
    return project->phrases;
}

bool share_rules(struct project *project) {
    if (!load_builtin_rules(project) || project->diagnostics.errors)
        return false;
    project_phrases(project);
    for (size_t i = 0; i < project->packs.count; i++)
        source_share(&project->arena, project->packs.items[i]);
    return true;
}

/* One message, and not one for each declaration that cannot stand in a pack. */
static bool is_pack(struct project *project, const struct tree *tree) {
    const struct item *first = tree->file.items;
    enum file_kind file = file_kind_of(tree);
    if (!first || file == IN_RULES || !tree_is_ours(tree))
        return true;
    diag_add(
        &project->diagnostics, DIAG_rules_no_pack, tree->source, word_span(&first->word),
        ARGS(tree->source->path, file == IN_MODEL ? SLICE("a model") : SLICE("a triage file")));
    return false;
}

bool project_add_rules(struct project *project, const struct named_text *input) {
    bool fine = load_builtin_rules(project);
    size_t before = project->diagnostics.errors;
    const struct tree *tree = read_named(project, input, true);
    fine &= project->diagnostics.errors == before;
    *ARRAY_ADD(&project->arena, &project->packs) = tree->source;
    return (!fine || is_pack(project, tree)) && add_pack_file(project, tree) && fine;
}

/* ---- models ------------------------------------------------------------------------------ */

/* A policy cannot keep questions waiting that nobody has asked yet. */
static void check_pins(struct project *project, struct source *source) {
    const struct decl_list *policies = &project->model->of[KIND_POLICY];
    if (!policies->count || !load_builtin_rules(project))
        return;
    int last = project->pack->method->pack;
    for (size_t i = 0; i < policies->count; i++) {
        const struct attribute *pin = decl_attribute(policies->items[i], ATTRIBUTE_policy_rules);
        if (pin && pin->stated && pin->number > last)
            diag_add(
                &project->diagnostics, DIAG_rules_too_new, source,
                word_span(&pin->item->value->word),
                ARGS(text_format(&project->arena, "%d", last), word_text(&pin->item->value->word)));
    }
}

/* Checks rules or decisions for their form only. */
static void check_form(struct project *project, const struct tree *tree, enum file_kind file) {
    project->model = model_new(&project->arena, project->vocabulary);
    if (file == IN_RULES && load_builtin_rules(project))
        add_pack_file(project, tree);
    else if (file != IN_RULES)
        build_model(&project->diagnostics, project->model, tree, file);
    check_pins(project, tree->source);
}

/* Boundaries and assets alone are of use to files that import them. */
static bool has_something_to_import(const struct model *model) {
    return model->elements.count || model->of[KIND_BOUNDARY].count || model->of[KIND_ASSET].count;
}

static void report_nothing(struct project *project, struct source *source) {
    struct diagnostic *added =
        diag_add(&project->diagnostics, DIAG_nothing_to_draw, source, (struct span){0, 0}, NULL);
    added->about_file = true;
    if (!slice_trim(source->text).length)
        diag_hint(&project->diagnostics, added,
                  "the file is empty; `stridec init` writes a model to begin with");
    else
        diag_hint(&project->diagnostics, added, "say what there is, such as: process api \"API\"");
}

static void compile_model(struct project *project, const char *path, const struct tree *tree) {
    struct rule_files files = {0};
    read_rule_files(project, path, tree, &files);
    for (size_t i = 0; i < files.count && load_builtin_rules(project); i++)
        add_pack_file(project, files.items[i]);
    project->model = compile_units(project, path, tree)->model;
    if (!has_something_to_import(project->model) && !project->diagnostics.errors)
        report_nothing(project, tree->source);
    else if (!project->diagnostics.errors) {
        if (project->units.count > 1)
            model_unite(&project->arena, project->model);
        lint(&project->diagnostics, project->model, project->is_imported);
    }
    project->compiled = !project->diagnostics.errors; /* nor any warning that was made an error */
    read_triage_files(project);
    if (project->triage.count)
        project_rows(project);         /* which decisions are checked against */
    if (project->diagnostics.errors) { /* those of decisions may have come after the rows */
        project->compiled = false;
        project->rows = NULL;
        project->decisions = NULL;
    }
}

bool project_compile(struct project *project, const struct named_text *input) {
    begin_words(project); /* what only checks a model does without the rules */
    const struct tree *tree = read_named(project, input, true);
    enum file_kind file = file_kind_of(tree);
    project->holds = file == IN_MODEL ? "model" : file == IN_RULES ? "rule pack" : "triage file";
    if (file == IN_MODEL)
        compile_model(project, input->path, tree);
    else
        check_form(project, tree, file);
    return !project->diagnostics.errors;
}

bool project_reformat(struct project *project, const struct named_text *input, bool sort,
                      struct writer *writer) {
    size_t before = project->diagnostics.errors;
    const struct tree *tree = read_named(project, input, false);
    if (project->diagnostics.errors > before || tree->damaged)
        return false;
    format_tree(&project->arena, writer, tree, sort);
    return true;
}

/* ---- rows -------------------------------------------------------------------------------- */

static void report_too_many_patterns(struct project *project) {
    struct diagnostic *added =
        diag_add(&project->diagnostics, DIAG_too_many_patterns, project->units.items[0]->source,
                 (struct span){0, 0}, ARGS(text_format(&project->arena, "%d", PATTERN_LIMIT)));
    added->about_file = true;
    project->too_many_patterns = true;
}

/* Decisions beside the main model come first, and are its own. */
static void find_project_decisions(struct project *project, struct rows *rows) {
    struct decision_file *files =
        ARENA_ARRAY(&project->arena, struct decision_file, project->triage.count);
    for (size_t i = 0; i < project->triage.count; i++) {
        const struct unit *unit = project->triage.items[i];
        files[i] = (struct decision_file){unit->owner->model, unit->model,
                                          unit->owner != project->units.items[0]};
    }
    project->decisions = find_decisions(&project->diagnostics, rows, files, project->triage.count);
    check_policies(&project->diagnostics, project->decisions);
}

const struct rows *project_rows(struct project *project) {
    if (project->rows || !project->compiled || project->too_many_patterns)
        return project->rows;
    if (!load_builtin_rules(project))
        return NULL;
    project->analysis = analyse(&project->arena, project->model);
    struct rows *rows = find_project_rows(project);
    if (rows)
        find_project_decisions(project, rows);
    else
        report_too_many_patterns(project);
    return project->rows = rows;
}

/* ---- the gate ---------------------------------------------------------------------------- */

bool project_gate(struct project *project, const struct gate_options *options) {
    if (!project_rows(project))
        return false;
    size_t before = project->diagnostics.errors;
    run_gate(&project->diagnostics, project->decisions, options);
    return project->diagnostics.errors == before;
}

static void note_pending(struct project *project, const struct row *row, struct table *ids) {
    struct arena *arena = &project->arena;
    if (is_pending(project->decisions, row, NULL))
        table_intern(arena, ids, row_id(arena, row), ids);
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (is_pending(project->decisions, row, at))
            table_intern(arena, ids, pattern_key(arena, project->rows, at), ids);
}

const struct table *pending_ids(struct project *project) {
    const struct rows *rows = project_rows(project);
    if (!rows)
        return NULL;
    struct table *ids = ARENA_NEW(&project->arena, struct table);
    for (size_t i = 0; i < rows->ranked_count; i++)
        note_pending(project, rows->ranked[i], ids);
    return ids;
}
