/* Compares two projects and writes what differs, within the budgets of both. */
// SPDX-License-Identifier: MIT
#include "project/difference.h"

#include "project/output.h"

enum outcome project_diff(const struct project *was, struct project *is,
                          const struct diff_format *format, const struct emit_options *options,
                          writer_sink *sink, void *context, bool *same) {
    struct writer writer;
    const size_t most = budget_of(was) + budget_of(is);
    struct budget budget = {&is->arena, sink, context, most, false};
    const struct comparison *comparison = compare_models(&is->arena, was->rows, is->rows);
    const struct emission emission = {.arena = &is->arena,
                                      .writer = &writer,
                                      .model = is->model,
                                      .analysis = is->analysis,
                                      .rows = is->rows,
                                      .diagnostics = &is->diagnostics,
                                      .options = *options};
    *same = comparison_is_empty(comparison);
    writer_open(&writer, budget_spend, &budget);
    format->write(&emission, comparison);
    if (writer_close(&writer))
        return OUTCOME_WRITTEN;
    if (budget.exceeded)
        report_large_output(is, most);
    return budget.exceeded ? OUTCOME_INVALID : OUTCOME_NOT_TAKEN;
}
