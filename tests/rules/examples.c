/* Loading, building and judging; what `stridec test-rules` does, in steps that can be repeated. */
// SPDX-License-Identifier: MIT
#include "examples.h"

#include "analysis/builtin.h"
#include "emit/diagnostics.h"
#include "project/read.h"
#include "syntax/builder.h"
#include "syntax/rule_builder.h"

#include "../support.h"

#include <stdio.h>
#include <stdlib.h>

static bool print(void *context, const char *at, size_t length) {
    return fwrite(at, 1, length, context) == length;
}

static bool complain(struct project *project) {
    struct writer writer;
    writer_open(&writer, print, stderr);
    diag_sort(&project->diagnostics);
    write_diagnostics(&project->diagnostics, &writer, false);
    writer_close(&writer);
    return false;
}

static const struct tree *read_source(struct project *project, const char *path) {
    struct text text = read_file(path);
    struct slice copy = slice_copy(&project->arena, (struct slice){text.at, text.length});
    free(text.at);
    return read_tree(project, slice_of(path), copy);
}

static bool load_pack(struct project *project, char *const *packs, size_t pack_count) {
    const struct slice built_in = {tested_rules, tested_rules_length};
    project->pack = &project->own_pack;
    project->vocabulary = vocabulary_new(&project->arena, NULL);
    if (!pack_count)
        build_rules(&project->diagnostics, model_new(&project->arena, project->vocabulary),
                    &project->own_pack, read_tree(project, SLICE("built-in rules"), built_in));
    for (size_t i = 0; i < pack_count; i++)
        build_rules(&project->diagnostics, model_new(&project->arena, project->vocabulary),
                    &project->own_pack, read_source(project, packs[i]));
    if (!project->pack->method)
        fputs("no method in the rule pack\n", stderr);
    return project->pack->method && !project->diagnostics.errors;
}

static void add_example(struct examples *examples, struct rule *rule, const struct item *item,
                        bool hit) {
    struct project *project = examples->project;
    struct tree tree = {.source = decl_source(rule->decl)};
    struct model *model = model_new(&project->arena, project->vocabulary);
    build_block(&project->diagnostics, model, &tree, item_block(item));
    model_list_subjects(&project->arena, model); /* it is judged in memory that it outlives */
    *ARRAY_ADD(&project->arena, &examples->list) = (struct example){rule, item, hit, model};
}

bool open_examples(struct examples *examples, struct project *project, char *const *packs,
                   size_t pack_count) {
    *examples = (struct examples){.project = project};
    if (!load_pack(project, packs, pack_count))
        return complain(project);
    for (size_t i = 0; i < project->pack->rules.count; i++) {
        struct rule *rule = project->pack->rules.items[i];
        for (size_t j = 0; j < rule->hit_count && !rule->disabled; j++)
            add_example(examples, rule, rule->hits[j], true);
        for (size_t j = 0; j < rule->miss_count && !rule->disabled; j++)
            add_example(examples, rule, rule->misses[j], false);
    }
    return !project->diagnostics.errors || complain(project);
}

struct model *read_model(struct examples *examples, const char *path) {
    struct project *project = examples->project;
    const struct tree *tree = read_source(project, path);
    if (file_kind_of(tree) != IN_MODEL)
        return NULL;
    struct model *model = model_new(&project->arena, project->vocabulary);
    build_model(&project->diagnostics, model, tree, IN_MODEL);
    model_list_subjects(&project->arena, model);
    return model;
}

const struct rows *judge_model(struct examples *examples, struct model *model,
                               struct arena *scratch) {
    struct project *project = examples->project;
    arena_open(scratch, NULL, 0);
    scratch->failure = project->arena.failure;
    return find_rows(scratch, analyse(scratch, model), project->pack, NULL);
}

bool opens_somewhere(const struct rows *rows, const struct rule *rule) {
    for (size_t i = 0; i < rows->ranked_count; i++)
        for (const struct pattern *p = rows->ranked[i]->patterns; p; p = p->next)
            if (p->rule == rule && p->state == PATTERN_OPEN && rows->ranked[i]->state == ROW_OPEN)
                return true;
    return false;
}

bool is_open(struct examples *examples, const struct example *example) {
    struct arena scratch;
    bool open = opens_somewhere(judge_model(examples, example->model, &scratch), example->rule);
    arena_close(&scratch);
    return open;
}
