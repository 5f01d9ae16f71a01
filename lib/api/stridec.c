/* The public functions. Each packs its arguments, is run under guard, and maps the outcome. */
// SPDX-License-Identifier: MIT
#include "stridec.h"

#include "api/compilation.h"
#include "emit/division.h"
#include "emit/document_words.h"
#include "emit/origin.h"
#include "project/output.h"
#include "project/units.h"

#include <string.h>

#define LAST_TIER 3

#ifndef STRIDEC_VERSION
#error "STRIDEC_VERSION comes from the Makefile"
#endif

const char *stridec_version(void) {
    return STRIDEC_VERSION;
}

const char *stridec_status_text(stridec_status status) {
    static const char *const texts[] = {
        [STRIDEC_OK] = "all went well",
        [STRIDEC_FINDINGS] = "something is not as it should be",
        [STRIDEC_INVALID] = "the input does not compile",
        [STRIDEC_MISUSE] = "that cannot be asked for here",
        [STRIDEC_NO_MEMORY] = "out of memory",
        [STRIDEC_OVER_LIMIT] = "the memory limit is used up",
        [STRIDEC_NOT_TAKEN] = "the output could not be written",
        [STRIDEC_NO_PICTURE] = "the picture could not be drawn",
        [STRIDEC_CANCELLED] = "the host has cancelled it",
    };
    size_t index = (size_t)status; /* a negative one becomes a large one */
    return index < sizeof texts / sizeof *texts ? texts[index] : "no such status";
}

stridec_status call_state(const struct stridec *self) {
    if (!self || (self->project.arena.failure && !self->spent))
        return STRIDEC_MISUSE;
    return self->spent;
}

/* The first step of a call asks, so that even a short one can be cancelled. */
stridec_status run_guarded(struct stridec *self, guarded_work *work, void *task) {
    static const stridec_status ends[] = {[ENDED_NO_MEMORY] = STRIDEC_NO_MEMORY,
                                          [ENDED_OVER_LIMIT] = STRIDEC_OVER_LIMIT,
                                          [ENDED_CANCELLED] = STRIDEC_CANCELLED};
    jmp_buf failure;
    stridec_status status = call_state(self);
    if (status != STRIDEC_OK)
        return status;
    self->project.arena.failure = &failure;
    self->project.arena.steps_left = 0;
    if (setjmp(failure) == 0) {
        status = work(self, task);
    } else {
        status = self->spent = ends[self->project.arena.end_reason];
        layout_end(&self->project.process);
    }
    self->project.arena.failure = NULL;
    return status;
}

bool take_in(void *to, const void *from, size_t size) {
    const size_t given = *(const size_t *)from;
    if (given < sizeof given)
        return false;
    for (size_t i = size; i < given; i++)
        if (((const char *)from)[i])
            return false;
    memset(to, 0, size);
    memcpy(to, from, given < size ? given : size);
    return true;
}

bool hand_out(void *to, const void *from, size_t size) {
    const size_t room = *(size_t *)to, head = sizeof room;
    if (room < head)
        return false;
    size_t common = room < size ? room : size;
    memcpy((char *)to + head, (const char *)from + head, common - head);
    memset((char *)to + common, 0, room - common);
    return true;
}

const char *const *strings_of(struct arena *arena, const struct slice *texts, size_t count) {
    const char **strings = ARENA_ARRAY(arena, const char *, count);
    for (size_t i = 0; i < count; i++)
        strings[i] = slice_string(arena, texts[i]);
    return strings;
}

bool is_sound(const struct named_text *input) {
    return input->path && (input->text.at || !input->text.length);
}

static stridec_status add_rules(struct stridec *self, void *input) {
    if (self->project.model || !is_sound(input))
        return STRIDEC_MISUSE;
    return project_add_rules(&self->project, input) ? STRIDEC_OK : STRIDEC_INVALID;
}

stridec_status stridec_add_rules(stridec *self, const char *path, const char *text, size_t length) {
    struct named_text input = {path, {text, length}};
    return run_guarded(self, add_rules, &input);
}

static stridec_status compile(struct stridec *self, void *input) {
    if (self->project.model || !is_sound(input))
        return STRIDEC_MISUSE;
    return project_compile(&self->project, input) ? STRIDEC_OK : STRIDEC_INVALID;
}

stridec_status stridec_compile(stridec *self, const char *path, const char *text, size_t length) {
    struct named_text input = {path, {text, length}};
    return run_guarded(self, compile, &input);
}

void stridec_set_imported(stridec *self) {
    if (self)
        self->project.is_imported = true;
}

const char *stridec_file_kind(const stridec *self) {
    return call_state(self) == STRIDEC_OK ? self->project.holds : NULL;
}

const char *stridec_source_at(const stridec *self, size_t index) {
    if (call_state(self) != STRIDEC_OK)
        return NULL;
    const struct project *project = &self->project;
    size_t units = project->units.count, rules = project->rule_files.count;
    if (index < units)
        return project->units.items[index]->path;
    if (index - units < rules)
        return project->rule_files.items[index - units];
    index -= units + rules;
    return index < project->triage.count ? project->triage.items[index]->path : NULL;
}

const char *stridec_tried_at(const stridec *self, size_t index) {
    if (call_state(self) != STRIDEC_OK)
        return NULL;
    const struct project *project = &self->project;
    if (index < project->tried.count)
        return project->tried.items[index];
    index -= project->tried.count;
    return index < project->absent.count ? project->absent.items[index] : NULL;
}

const char *stridec_evidence_at(const stridec *self, size_t index) {
    if (call_state(self) != STRIDEC_OK || index >= self->project.evidence.read.count)
        return NULL;
    return self->project.evidence.read.items[index];
}

struct emit_task {
    const struct format *format;
    const stridec_output *output;
    stridec_sink *sink;
    void *context;
};

/* False when a reader of HTML would end it early, or begin a comment in it. */
static bool take_script(const char *given, struct slice *script) {
    *script = slice_of(given);
    for (size_t i = 0; i + 1 < script->length; i++)
        if (given[i] == '<' && (given[i + 1] == '/' || given[i + 1] == '!'))
            return false;
    return true;
}

/* The bits of the sections that are named; false when one is none. */
static bool take_sections(struct slice names, unsigned *sections) {
    struct slice name;
    while (slice_cut(&names, ',', &name)) {
        int section = 0;
        while (section < SECTION_COUNT && !slice_is(name, section_rows[section].word))
            section++;
        if (section == SECTION_COUNT)
            return false;
        *sections |= 1u << section;
    }
    return true;
}

static bool take_options(struct stridec *self, const stridec_output *given,
                         struct emit_options *options) {
    const struct layout_host *host = self->host.draw ? &self->host : NULL;
    stridec_output known, *output = &known;
    options->host = host;
    if (!given)
        return true;
    if (!take_in(&known, given, sizeof known) || output->tier < 0 || output->tier > LAST_TIER)
        return false;
    *options = (struct emit_options){
        .model_name = slice_of(output->model_name),
        .picture = slice_of(output->picture),
        .view_pictures = slice_of(output->view_pictures),
        .page_pictures = slice_of(output->page_pictures),
        .page = slice_of(output->page),
        .whole = output->whole,
        .layout = output->layout,
        .host = host,
        .no_legend = output->no_legend,
        .more = output->more,
        .layout_seconds = output->layout_seconds > 0 ? (unsigned)output->layout_seconds : 0,
        .previous = slice_of(output->previous),
        .tier = output->tier,
        .all = output->all,
        .color = output->color,
        .width = output->width > 0 ? (size_t)output->width : 0,
        .viewpoint = {slice_of(output->root), slice_of(output->folder)},
    };
    if (!take_sections(slice_of(output->sections), &options->sections) ||
        !take_script(output->script, &options->script))
        return false;
    if (!output->view)
        return true;
    options->view = model_find(self->project.model, slice_of(output->view));
    return options->view && options->view->kind == KIND_VIEW;
}

struct view_task {
    size_t index;
    const char *id; /* the answer */
};

static stridec_status find_view(struct stridec *self, void *context) {
    struct view_task *task = context;
    const struct model *model = self->project.compiled ? self->project.model : NULL;
    if (model && task->index < model->of[KIND_VIEW].count)
        task->id =
            slice_string(&self->project.arena, decl_id(model->of[KIND_VIEW].items[task->index]));
    return STRIDEC_OK;
}

const char *stridec_view_at(stridec *self, size_t index) {
    struct view_task task = {index, NULL};
    return run_guarded(self, find_view, &task) == STRIDEC_OK ? task.id : NULL;
}

static stridec_status find_page(struct stridec *self, void *context) {
    struct view_task *task = context;
    const struct division *pages = self->project.pages;
    if (pages && task->index + 1 < pages->pages.count)
        task->id = slice_string(&self->project.arena, pages->pages.items[task->index + 1]->id);
    return STRIDEC_OK;
}

const char *stridec_page_at(stridec *self, size_t index) {
    struct view_task task = {index, NULL};
    return run_guarded(self, find_page, &task) == STRIDEC_OK ? task.id : NULL;
}

static stridec_status emit(struct stridec *self, void *context) {
    static const stridec_status statuses[] = {
        [OUTCOME_WRITTEN] = STRIDEC_OK,
        [OUTCOME_INVALID] = STRIDEC_INVALID,
        [OUTCOME_NO_PICTURE] = STRIDEC_NO_PICTURE,
        [OUTCOME_NOT_TAKEN] = STRIDEC_NOT_TAKEN,
        [OUTCOME_NO_PAGE] = STRIDEC_MISUSE,
    };
    const struct emit_task *task = context;
    struct emit_options options = {0};
    if (!task->format || !task->sink || !self->project.compiled ||
        !take_options(self, task->output, &options))
        return STRIDEC_MISUSE;
    return statuses[project_emit(&self->project, task->format, &options, task->sink,
                                 task->context)];
}

stridec_status stridec_emit(stridec *self, const char *format, const stridec_output *output,
                            stridec_sink *sink, void *context) {
    struct emit_task task = {NULL, output, sink, context};
    for (size_t i = 0; i < format_count; i++)
        if (slice_is(slice_of(format), formats[i].name))
            task.format = &formats[i];
    return run_guarded(self, emit, &task);
}

struct checklist_task {
    struct slice model_name, list;
    stridec_sink *sink;
    void *context;
};

static stridec_status checklist(struct stridec *self, void *context) {
    const struct checklist_task *task = context;
    bool paired = true;
    if (!task->sink || !self->project.compiled || (!task->list.at && task->list.length))
        return STRIDEC_MISUSE;
    switch (project_checklist(&self->project, task->model_name, task->list, task->sink,
                              task->context, &paired)) {
    case OUTCOME_WRITTEN:
        return paired ? STRIDEC_OK : STRIDEC_FINDINGS;
    case OUTCOME_NOT_TAKEN:
        return STRIDEC_NOT_TAKEN;
    case OUTCOME_INVALID:
    case OUTCOME_NO_PICTURE:
    case OUTCOME_NO_PAGE:
        break;
    }
    return STRIDEC_INVALID;
}

stridec_status stridec_checklist(stridec *self, const char *model_name, const char *list,
                                 size_t length, stridec_sink *sink, void *context) {
    struct checklist_task task = {slice_of(model_name), {list, length}, sink, context};
    return run_guarded(self, checklist, &task);
}

bool stridec_format_at(size_t index, stridec_format_info *info) {
    if (!info || index >= format_count)
        return false;
    const struct format *format = &formats[index];
    const stridec_format_info known = {
        .name = format->name,
        .extension = format->extension,
        .also = format->also,
        .about = format->about,
        .is_picture = format->shows == SHOWS_PICTURE,
    };
    return hand_out(info, &known, sizeof known);
}

bool stridec_read_origin(const char *text, size_t length, stridec_origin *origin) {
    struct origin read = read_origin((struct slice){text, length});
    if (!origin || !read.format)
        return false;
    const stridec_origin known = {
        .format = read.format->name,
        .model = read.model.at,
        .model_length = read.model.length,
        .edited = read.edited,
    };
    return hand_out(origin, &known, sizeof known);
}

/* A tier, and how many rows are open in it. */
struct open_rows {
    int tier;
    size_t count;
};

static stridec_status count_open_rows(struct stridec *self, void *context) {
    struct open_rows *open = context;
    const struct rows *rows = project_rows(&self->project);
    if (!rows)
        return STRIDEC_MISUSE;
    open->count = open->tier ? rows->open_by_tier[open->tier] : rows->counts[ROW_OPEN];
    return STRIDEC_OK;
}

size_t stridec_open_rows(stridec *self, int tier) {
    struct open_rows open = {tier, 0};
    if (tier < 0 || tier > LAST_TIER)
        return 0;
    return run_guarded(self, count_open_rows, &open) == STRIDEC_OK ? open.count : 0;
}
