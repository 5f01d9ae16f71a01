/* Reports across the public boundary. A report has memory of its own: a call on it is run under
 * guard as one on a compilation is. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "emit/findings.h"

#include <stdlib.h>

struct stridec_report {
    struct arena arena;
    stridec_status spent; /* how memory ran out */
    struct viewpoint viewpoint;
    struct findings_list list;
};

typedef stridec_status report_work(struct stridec_report *self, void *task);

static stridec_status run_report(struct stridec_report *self, report_work *work, void *task) {
    jmp_buf failure;
    stridec_status status = STRIDEC_OK;
    if (!self || (self->arena.failure && !self->spent))
        return STRIDEC_MISUSE;
    if (self->spent)
        return self->spent;
    self->arena.failure = &failure;
    if (setjmp(failure) == 0)
        status = work(self, task);
    else
        status = self->spent =
            self->arena.end_reason == ENDED_OVER_LIMIT ? STRIDEC_OVER_LIMIT : STRIDEC_NO_MEMORY;
    self->arena.failure = NULL;
    return status;
}

/* ---- coming and going -------------------------------------------------------------------- */

static stridec_status open_report(struct stridec_report *self, void *context) {
    const stridec_report_config *config = context;
    const char *command = config->command ? config->command : "check";
    self->list.command = slice_copy(&self->arena, slice_of(command));
    struct slice link = slice_of(config->link);
    link.length -= slice_ends(link, "/");
    self->list.link = slice_copy(&self->arena, link);
    self->viewpoint.root = slice_copy(&self->arena, slice_of(config->root));
    self->viewpoint.folder = slice_copy(&self->arena, slice_of(config->folder));
    return STRIDEC_OK;
}

stridec_report *stridec_report_new(const stridec_report_config *config) {
    stridec_report_config known = {0};
    struct arena_source source;
    if (config && !take_in(&known, config, sizeof known))
        return NULL;
    bool own = known.allocate != NULL;
    if (own != (known.release != NULL))
        return NULL;
    if (own)
        source = (struct arena_source){known.allocate, known.release, known.context};
    stridec_report *self = own ? known.allocate(known.context, sizeof *self) : malloc(sizeof *self);
    if (!self)
        return NULL;
    *self = (stridec_report){0};
    arena_open(&self->arena, own ? &source : NULL, known.memory_limit);
    if (run_report(self, open_report, &known) == STRIDEC_OK)
        return self;
    stridec_report_free(self);
    return NULL;
}

void stridec_report_free(stridec_report *self) {
    if (!self)
        return;
    struct arena_source source = self->arena.source;
    arena_close(&self->arena);
    source.release(source.context, self);
}

/* ---- adding ------------------------------------------------------------------------------ */

struct add_task {
    struct stridec_report *report;
    stridec *compilation;
    const char *path, *message;
    struct findings *found; /* in memory of the compilation */
};

/* Nothing here takes memory of the report: each of the two can run out under its own guard only. */
static stridec_status gather(struct stridec *self, void *context) {
    struct add_task *task = context;
    diag_sort(&self->project.diagnostics);
    task->found = findings_of(&self->project.diagnostics, &task->report->viewpoint);
    return STRIDEC_OK;
}

static struct findings *findings_of_path(struct stridec_report *self, const char *path) {
    struct slice seen = seen_from(&self->arena, &self->viewpoint, slice_of(path));
    return findings_at(&self->arena, &self->list, seen);
}

static stridec_status add(struct stridec_report *self, void *context) {
    struct add_task *task = context;
    struct findings *findings = findings_of_path(self, task->path);
    stridec_status status =
        task->compilation ? run_guarded(task->compilation, gather, task) : STRIDEC_OK;
    if (task->found)
        copy_findings(&self->arena, findings, task->found);
    return status;
}

stridec_status stridec_report_add(stridec_report *self, stridec *compilation, const char *path) {
    struct add_task task = {.report = self, .compilation = compilation, .path = path};
    return path ? run_report(self, add, &task) : STRIDEC_MISUSE;
}

static stridec_status add_problem(struct stridec_report *self, void *context) {
    const struct add_task *task = context;
    struct findings *findings = findings_of_path(self, task->path);
    *ARRAY_ADD(&self->arena, &findings->problems) =
        visible_line(&self->arena, slice_of(task->message));
    return STRIDEC_OK;
}

stridec_status stridec_report_problem(stridec_report *self, const char *path, const char *message) {
    struct add_task task = {.path = path, .message = message};
    return path && message ? run_report(self, add_problem, &task) : STRIDEC_MISUSE;
}

/* ---- writing ----------------------------------------------------------------------------- */

struct write_task {
    const struct report_format *format;
    stridec_sink *sink;
    void *context;
};

static stridec_status write_report(struct stridec_report *self, void *context) {
    const struct write_task *task = context;
    struct writer writer;
    bool lacks_link = task->format && task->format->needs == NEEDS_LINK && !self->list.link.length;
    if (!task->format || !task->sink || lacks_link)
        return STRIDEC_MISUSE;
    struct arena_mark mark = arena_mark(&self->arena);
    writer_open(&writer, task->sink, task->context);
    task->format->report(&self->arena, &self->list, &writer);
    bool taken = writer_close(&writer);
    arena_rewind(&self->arena, mark);
    return taken ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_report_write(stridec_report *self, const char *format, stridec_sink *sink,
                                    void *context) {
    struct write_task task = {NULL, sink, context};
    for (size_t i = 0; i < report_format_count; i++)
        if (slice_is(slice_of(format), report_formats[i].name))
            task.format = &report_formats[i];
    return run_report(self, write_report, &task);
}

bool stridec_report_format_at(size_t index, stridec_report_format *info) {
    if (!info || index >= report_format_count)
        return false;
    const struct report_format *format = &report_formats[index];
    const stridec_report_format known = {
        .name = format->name,
        .extension = format->extension,
        .about = format->about,
        .opening = format->opening,
        .needs_link = format->needs == NEEDS_LINK,
    };
    return hand_out(info, &known, sizeof known);
}
