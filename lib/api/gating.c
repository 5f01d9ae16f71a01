/* The gate across the public boundary. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "project/output.h"

struct gate_task {
    const stridec_gate_options *options;
    const struct table *known;
};

static stridec_status gather_pending(struct stridec *self, void *context) {
    struct gate_task *task = context;
    task->known = pending_ids(&self->project);
    return task->known ? STRIDEC_OK : STRIDEC_MISUSE;
}

static bool is_list(const stridec_gate_options *given) {
    const struct named_text list = {given->list_path, {given->list, given->list_length}};
    return is_sound(&list) && given->list_model && list.text.length <= SOURCE_LIMIT;
}

/* The diagnostics show lines of the list as long as the compilation lives. */
static struct gate_list open_list(struct arena *arena, const stridec_gate_options *given) {
    struct slice path = slice_of(arena_copy(arena, given->list_path, strlen(given->list_path)));
    struct slice text = {arena_copy(arena, given->list, given->list_length), given->list_length};
    struct slice model = slice_of(given->list_model);
    return (struct gate_list){
        .source = source_new(arena, path, text),
        .model = {arena_copy(arena, model.at, model.length), model.length},
    };
}

/* NULL: all that is found. */
static const struct table *names_of(struct arena *arena, const stridec_gate_options *options) {
    struct table *names = ARENA_NEW(arena, struct table);
    for (size_t i = 0; options->about && i < options->about_count; i++)
        if (options->about[i])
            table_intern(arena, names, slice_copy(arena, slice_of(options->about[i])), names);
    return options->about ? names : NULL;
}

static stridec_status gate(struct stridec *self, void *context) {
    const struct gate_task *task = context;
    struct gate_list list;
    struct gate_options options = {.today = slice_of(task->options->today),
                                   .known = task->known,
                                   .about = names_of(&self->project.arena, task->options),
                                   .evidence = &self->project.evidence};
    if (!self->project.compiled || !self->project.reads_decisions || self->gated)
        return STRIDEC_MISUSE;
    if (task->options->list_path && !is_list(task->options))
        return STRIDEC_MISUSE;
    self->gated = true;
    if (task->options->list_path) {
        list = open_list(&self->project.arena, task->options);
        project_judge_list(&self->project, &list);
        options.list = &list;
    }
    return project_gate(&self->project, &options) ? STRIDEC_OK : STRIDEC_FINDINGS;
}

stridec_status stridec_gate(stridec *self, const stridec_gate_options *options) {
    stridec_gate_options known = {.size = sizeof known};
    if (options && !take_in(&known, options, sizeof known))
        return STRIDEC_MISUSE;
    struct gate_task task = {&known, NULL};
    if (known.since) {
        stridec_status status = run_guarded(known.since, gather_pending, &task);
        if (status != STRIDEC_OK)
            return status;
    }
    return run_guarded(self, gate, &task);
}

/* ---- what is switched off ---------------------------------------------------------------- */

struct disabled_task {
    size_t index;
    const char *word;
};

static stridec_status find_disabled(struct stridec *self, void *context) {
    struct disabled_task *task = context;
    struct project *project = &self->project;
    if (!project_rows(project))
        return STRIDEC_MISUSE;
    struct slice_list words = disabled_gate_rules(&project->arena, project->decisions);
    if (task->index < words.count)
        task->word = slice_string(&project->arena, words.items[task->index]);
    return STRIDEC_OK;
}

const char *stridec_disabled_rule_at(stridec *self, size_t index) {
    struct disabled_task task = {index, NULL};
    return run_guarded(self, find_disabled, &task) == STRIDEC_OK ? task.word : NULL;
}
