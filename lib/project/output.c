/* Outputs of a project, within a budget: none grows faster than the model and its rows. */
// SPDX-License-Identifier: MIT
#include "project/output.h"
#include "base/limits.h"
#include "emit/checklist.h"
#include "emit/division.h"
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

static enum outcome outcome_of(struct project *project, struct writer *writer,
                               const struct budget *budget, size_t most) {
    if (writer_close(writer))
        return OUTCOME_WRITTEN;
    if (budget->exceeded)
        report_large_output(project, most);
    return budget->exceeded ? OUTCOME_INVALID : OUTCOME_NOT_TAKEN;
}

static struct emission emission_of(struct project *project, struct writer *writer,
                                   const struct emit_options *options) {
    const struct rows *rows = project_rows(project); /* and what they rest on */
    struct emission emission = {.arena = &project->arena,
                                .writer = writer,
                                .model = project->model,
                                .analysis = project->analysis,
                                .rows = rows,
                                .diagnostics = &project->diagnostics,
                                .options = *options};
    emission.options.path = project->units.items[0]->source->path;
    emission.decisions = project->decisions;
    emission.division = project->pages;
    emission.evidence = &project->evidence;
    emission.process = &project->process;
    return emission;
}

static bool finds_page(struct emission *emission) {
    if (!emission->division)
        emission->division = divide(emission);
    return emission->division && division_page(emission->division, emission->options.page);
}

enum outcome project_emit(struct project *project, const struct format *format,
                          const struct emit_options *options, writer_sink *sink, void *context) {
    if (!project->model->elements.count) {
        report_nothing_to_draw(project);
        return OUTCOME_INVALID;
    }
    struct writer writer;
    struct emission emission = emission_of(project, &writer, options);
    if (!emission.rows)
        return OUTCOME_INVALID;
    bool is_all = format->emit == emit_svg && !options->view && !options->page.length;
    if (is_all)
        emission.division = NULL;
    if (options->page.length && !finds_page(&emission))
        return OUTCOME_NO_PAGE;
    if (format->opens_evidence)
        look_at_evidence(&project->evidence, project->model, &project->decisions->mitigations);
    struct budget budget = {&project->arena, sink, context, budget_of(project), false};
    writer_open(&writer, budget_spend, &budget);
    struct arena_mark mark = arena_mark(&project->arena);
    size_t said = project->diagnostics.list.count;
    bool drawn = emit_with_origin(&emission, format);
    if (!options->more)
        layout_end(&project->process);
    if (is_all)
        project->pages = emission.division;
    enum outcome outcome = outcome_of(project, &writer, &budget, budget_of(project));
    if (options->page.length && project->diagnostics.list.count == said)
        arena_rewind(&project->arena, mark); /* there may be very many pages */
    if (options->page.length && emission.table_problem[0])
        tell_of_table(&emission, division_page(emission.division, options->page));
    return outcome == OUTCOME_WRITTEN && !drawn ? OUTCOME_NO_PICTURE : outcome;
}

void project_judge_list(struct project *project, struct gate_list *list) {
    static const char *const faults[] = {
        [LIST_BEHIND] = "have changed since they were written here",
        [LIST_WITHOUT] = "are not in this list",
        [LIST_NO_PAIR] = "stand here between lines that are no pair: take these out",
    };
    const struct emit_options options = {.model_name = list->model};
    const struct emission emission = emission_of(project, NULL, &options);
    struct slice text = list->source->text, first;
    if (!emission.rows)
        return;
    list->fault = faults[judge_checklist(&emission, text, &first)];
    if (first.length) {
        list->place.start = (uint32_t)(first.at - text.at);
        list->place.end = list->place.start + (uint32_t)first.length;
    }
}

enum outcome project_checklist(struct project *project, struct slice model_name, struct slice list,
                               writer_sink *sink, void *context, bool *paired) {
    struct writer writer;
    const struct emit_options options = {.model_name = model_name};
    struct emission emission = emission_of(project, &writer, &options);
    if (!emission.rows)
        return OUTCOME_INVALID;
    size_t most = budget_of(project) + 2 * list.length; /* where its lines get other ends */
    struct budget budget = {&project->arena, sink, context, most, false};
    writer_open(&writer, budget_spend, &budget);
    *paired = write_checklist(&emission, list);
    return outcome_of(project, &writer, &budget, most);
}
