/* Diagnostics across the public boundary. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "emit/diagnostics.h"

_Static_assert((int)LEVEL_NOTE == STRIDEC_NOTE && (int)LEVEL_WARNING == STRIDEC_WARNING &&
                   (int)LEVEL_ERROR == STRIDEC_ERROR && LEVEL_COUNT == 3,
               "levels.def and the public header have the same levels");

const char *stridec_level_text(stridec_level level) {
    size_t index = (size_t)level; /* a negative one becomes a large one */
    return index < LEVEL_COUNT ? level_words[index] : NULL;
}

size_t stridec_diagnostic_count(const stridec *self) {
    return call_state(self) == STRIDEC_OK ? self->project.diagnostics.list.count : 0;
}

size_t stridec_level_count(const stridec *self, stridec_level level) {
    if (call_state(self) != STRIDEC_OK)
        return 0;
    return level == STRIDEC_ERROR     ? self->project.diagnostics.errors
           : level == STRIDEC_WARNING ? self->project.diagnostics.warnings
                                      : 0;
}

struct diagnostic_task {
    size_t index, note;
    bool want_note;
    stridec_diagnostic *result;
};

static void fill_place(struct stridec *self, struct source *source, struct span span,
                       stridec_diagnostic *result) {
    result->path = "";
    if (!source)
        return;
    struct place start = source_place(&self->project.arena, source, span.start);
    struct place end = source_place(&self->project.arena, source, span.end);
    result->path = slice_string(&self->project.arena, source->path);
    result->line = start.line, result->column = start.column;
    result->end_line = end.line, result->end_column = end.column;
    result->start = source_offset(source, span.start),
    result->end = source_offset(source, span.end);
}

static bool fill_note(struct stridec *self, const struct diagnostic *diagnostic, size_t index,
                      stridec_diagnostic *result) {
    const struct diag_note *note = diagnostic->notes;
    for (size_t i = 0; i < index && note; i++)
        note = note->next;
    if (!note)
        return false;
    result->level = STRIDEC_NOTE;
    result->message = slice_string(&self->project.arena, note->message);
    fill_place(self, note->source, note->span, result);
    return true;
}

static void fill_diagnostic(struct stridec *self, const struct diagnostic *diagnostic,
                            stridec_diagnostic *result) {
    result->level = (stridec_level)diagnostic->level;
    result->message = slice_string(&self->project.arena, diagnostic->message);
    result->hint = slice_string(&self->project.arena, diagnostic->hint);
    for (const struct diag_note *note = diagnostic->notes; note; note = note->next)
        result->note_count++;
    fill_place(self, diagnostic->source, diagnostic->span, result);
}

static stridec_status find_diagnostic(struct stridec *self, void *context) {
    const struct diagnostic_task *task = context;
    diag_sort(&self->project.diagnostics);
    if (!task->result || task->index >= self->project.diagnostics.list.count)
        return STRIDEC_MISUSE;
    const struct diagnostic *diagnostic = self->project.diagnostics.list.items[task->index];
    stridec_diagnostic known = {.code = diag_kind(diagnostic->code)->code, .hint = ""};
    if (!task->want_note)
        fill_diagnostic(self, diagnostic, &known);
    else if (!fill_note(self, diagnostic, task->note, &known))
        return STRIDEC_MISUSE;
    return hand_out(task->result, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_diagnostic_at(stridec *self, size_t index, stridec_diagnostic *diagnostic) {
    struct diagnostic_task task = {index, 0, false, diagnostic};
    return run_guarded(self, find_diagnostic, &task) == STRIDEC_OK;
}

bool stridec_note_at(stridec *self, size_t index, size_t note, stridec_diagnostic *diagnostic) {
    struct diagnostic_task task = {index, note, true, diagnostic};
    return run_guarded(self, find_diagnostic, &task) == STRIDEC_OK;
}

stridec_status stridec_set_level(stridec *self, const char *code, stridec_level level) {
    stridec_status state = call_state(self);
    if (state != STRIDEC_OK)
        return state;
    if (level != STRIDEC_ERROR && level != STRIDEC_WARNING && level != STRIDEC_NOTE)
        return STRIDEC_MISUSE;
    enum diag_code found = diag_find(slice_of(code));
    bool is_error = found != DIAG_COUNT && diag_kind(found)->level == LEVEL_ERROR;
    if (found == DIAG_COUNT || (is_error && level != STRIDEC_ERROR))
        return STRIDEC_MISUSE;
    self->project.diagnostics.weights[found] = level == STRIDEC_ERROR     ? WEIGHT_ERROR
                                               : level == STRIDEC_WARNING ? WEIGHT_OF_TABLE
                                                                          : WEIGHT_SILENT;
    return STRIDEC_OK;
}

struct print_task {
    bool color;
    stridec_sink *sink;
    void *context;
};

static stridec_status print(struct stridec *self, void *context) {
    struct print_task *task = context;
    struct writer writer;
    if (!task->sink)
        return STRIDEC_MISUSE;
    diag_sort(&self->project.diagnostics);
    writer_open(&writer, task->sink, task->context);
    write_diagnostics(&self->project.diagnostics, &writer, task->color);
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_print_diagnostics(stridec *self, bool color, stridec_sink *sink,
                                         void *context) {
    struct print_task task = {color, sink, context};
    return run_guarded(self, print, &task);
}
