/* Outputs of a project, within a budget: none grows faster than the model and its rows. */
// SPDX-License-Identifier: MIT
#include "project/output.h"
#include "base/limits.h"
#include "emit/origin.h"
#include "project/units.h"

/* Reports it once, however many outputs are asked for. */
static void report_nothing_to_draw(struct project *project) {
    if (!project->diagnostics.errors)
        diag_add(&project->diagnostics, DIAG_nothing_to_draw, project->units.items[0]->source,
                 (struct span){0, 0}, NULL);
}

size_t budget_of(const struct project *project) {
    size_t said = project->rows->listed_count + project->rows->pattern_count;
    return OUTPUT_BASE + OUTPUT_PER_BYTE * project->model_bytes + OUTPUT_PER_ROW * said;
}

bool budget_spend(void *context, const char *at, size_t length) {
    struct budget *budget = context;
    arena_ask(budget->arena);
    budget->exceeded |= length > budget->left;
    if (budget->exceeded)
        return false;
    budget->left -= length;
    return budget->sink(budget->context, at, length);
}

void report_large_output(struct project *project, size_t budget) {
    diag_add(&project->diagnostics, DIAG_large_output, NULL, (struct span){0},
             ARGS(text_format(&project->arena, "%zu", budget >> 20)));
}

enum outcome project_emit(struct project *project, const struct format *format,
                          const struct emit_options *options, writer_sink *sink, void *context) {
    if (!project->model->elements.count) {
        report_nothing_to_draw(project);
        return OUTCOME_INVALID;
    }
    struct writer writer;
    struct emission emission = {.arena = &project->arena,
                                .writer = &writer,
                                .model = project->model,
                                .analysis = project->analysis,
                                .rows = project_rows(project),
                                .diagnostics = &project->diagnostics,
                                .options = *options};
    if (!emission.rows)
        return OUTCOME_INVALID;
    emission.options.path = project->units.items[0]->source->path;
    emission.decisions = project->decisions;
    struct budget budget = {&project->arena, sink, context, budget_of(project), false};
    writer_open(&writer, budget_spend, &budget);
    if (!emit_with_origin(&emission, format))
        return OUTCOME_NO_PICTURE;
    if (writer_close(&writer))
        return OUTCOME_WRITTEN;
    if (budget.exceeded)
        report_large_output(project, budget_of(project));
    return budget.exceeded ? OUTCOME_INVALID : OUTCOME_NOT_TAKEN;
}
