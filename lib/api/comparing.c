/* Two compilations, compared. */
// SPDX-License-Identifier: MIT
#include "stridec.h"

#include "api/compilation.h"
#include "project/difference.h"

struct diff_task {
    struct stridec *was, *is;
    const struct diff_format *format;
    struct emit_options options;
    stridec_sink *sink;
    void *context;
};

static stridec_status diff(struct stridec *is, void *context) {
    struct diff_task *task = context;
    bool same = false;
    if (!project_rows(&is->project))
        return is->project.compiled ? STRIDEC_INVALID : STRIDEC_MISUSE;
    switch (project_diff(&task->was->project, &is->project, task->format, &task->options,
                         task->sink, task->context, &same)) {
    case OUTCOME_WRITTEN:
        return same ? STRIDEC_OK : STRIDEC_FINDINGS;
    case OUTCOME_INVALID:
    case OUTCOME_NO_PICTURE:
    case OUTCOME_NO_PAGE:
        return STRIDEC_INVALID;
    case OUTCOME_NOT_TAKEN:
        break;
    }
    return STRIDEC_NOT_TAKEN;
}

/* The older one is under guard while the newer one is, as its rows are made on first use, and so
 * that no sink can call on it. */
static stridec_status diff_from(struct stridec *was, void *context) {
    struct diff_task *task = context;
    if (!project_rows(&was->project))
        return was->project.compiled ? STRIDEC_INVALID : STRIDEC_MISUSE;
    return was == task->is ? diff(was, task) : run_guarded(task->is, diff, task);
}

stridec_status stridec_diff(stridec *was, stridec *is, const char *format,
                            const stridec_output *output, stridec_sink *sink, void *context) {
    stridec_output known = {0};
    struct diff_task task = {.was = was,
                             .is = is,
                             .format = diff_format_named(slice_of(format)),
                             .sink = sink,
                             .context = context};
    stridec_status state = call_state(is);
    if (state != STRIDEC_OK)
        return state;
    if (!task.format || !sink || (output && !take_in(&known, output, sizeof known)))
        return STRIDEC_MISUSE;
    task.options.all = known.all;
    task.options.color = known.color;
    task.options.width = known.width > 0 ? (size_t)known.width : 0;
    return run_guarded(was, diff_from, &task);
}
