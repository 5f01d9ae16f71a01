/* Loading, building and judging; what `stridec test-rules` does, in steps that can be repeated. */
// SPDX-License-Identifier: MIT
#include "examples.h"

#include "syntax/builder.h"
#include "syntax/rule_builder.h"

#include "../support.h"

#include <stdio.h>
#include <stdlib.h>

static bool print(void *context, const char *at, size_t length) {
    return fwrite(at, 1, length, context) == length;
}

static bool complain(struct stridec *self) {
    stridec_print_diagnostics(self, false, print, stderr);
    return false;
}

static struct tree *read_source(struct stridec *self, const char *path) {
    struct text text = read_file(path);
    struct tree *tree = read_tree(self, slice_of(path), (struct slice){text.at, text.length});
    free(text.at);
    return tree;
}

static bool load_pack(struct stridec *self, char *const *packs, size_t pack_count) {
    if (!pack_count)
        return load_builtin_rules(self) && !self->diagnostics.errors;
    self->vocabulary = vocabulary_new(&self->arena);
    for (size_t i = 0; i < pack_count; i++)
        build_rules(&self->diagnostics, self->vocabulary, &self->pack, read_source(self, packs[i]));
    if (!self->pack.method)
        fputs("no method in the rule pack\n", stderr);
    return self->pack.method && !self->diagnostics.errors;
}

static void add_example(struct examples *examples, struct rule *rule, const struct item *item,
                        bool hit) {
    struct stridec *self = examples->self;
    struct tree tree = {.source = rule->decl->source};
    struct model *model = model_new(&self->arena, self->vocabulary);
    build_block(&self->diagnostics, model, &tree, item->block);
    *ARRAY_ADD(&self->arena, &examples->list) = (struct example){rule, item, hit, model};
}

bool open_examples(struct examples *examples, struct stridec *self, char *const *packs,
                   size_t pack_count) {
    *examples = (struct examples){.self = self};
    if (!load_pack(self, packs, pack_count))
        return complain(self);
    /* Judging looks it up and must not be the first to do so: its memory does not stay. */
    word_symbol(&self->arena, self->vocabulary, SLICE("source"));
    for (size_t i = 0; i < self->pack.rules.count; i++) {
        struct rule *rule = self->pack.rules.items[i];
        for (size_t j = 0; j < rule->hit_count && !rule->disabled; j++)
            add_example(examples, rule, rule->hits[j], true);
        for (size_t j = 0; j < rule->miss_count && !rule->disabled; j++)
            add_example(examples, rule, rule->misses[j], false);
    }
    return !self->diagnostics.errors || complain(self);
}

struct model *read_model(struct examples *examples, const char *path) {
    struct stridec *self = examples->self;
    const struct tree *tree = read_source(self, path);
    if (file_kind_of(tree) != IN_MODEL)
        return NULL;
    struct model *model = model_new(&self->arena, self->vocabulary);
    build_model(&self->diagnostics, model, tree, IN_MODEL, NULL);
    return model;
}

const struct rows *judge_model(struct examples *examples, struct model *model,
                               struct arena *scratch) {
    struct stridec *self = examples->self;
    arena_open(scratch, NULL, 0);
    scratch->failure = self->arena.failure;
    return find_rows(scratch, analyse(scratch, model), &self->pack);
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
