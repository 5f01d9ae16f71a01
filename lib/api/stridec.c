/* The public functions. Each packs its arguments, is run under guard, and maps the outcome. */
// SPDX-License-Identifier: MIT
#include "stridec.h"

#include "analysis/builtin.h"
#include "analysis/lints.h"
#include "api/compilation.h"
#include "base/limits.h"
#include "emit/diagnostics.h"
#include "emit/emit.h"
#include "emit/origin.h"
#include "syntax/builder.h"
#include "syntax/foreign.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"
#include "syntax/rule_builder.h"
#include "syntax/yaml.h"

#include <stdlib.h>
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
    };
    size_t index = (size_t)status; /* a negative one becomes a large one */
    return index < sizeof texts / sizeof *texts ? texts[index] : "no such status";
}

stridec_status call_state(const struct stridec *self) {
    if (!self || (self->arena.failure && !self->spent))
        return STRIDEC_MISUSE;
    return self->spent;
}

stridec_status run_guarded(struct stridec *self, guarded_work *work, void *task) {
    jmp_buf failure;
    stridec_status status = call_state(self);
    if (status != STRIDEC_OK)
        return status;
    self->arena.failure = &failure;
    if (setjmp(failure) == 0)
        status = work(self, task);
    else
        status = self->spent = self->arena.over_limit ? STRIDEC_OVER_LIMIT : STRIDEC_NO_MEMORY;
    self->arena.failure = NULL;
    return status;
}

static void take_callbacks(struct stridec *self, const stridec_config *config,
                           struct slice version) {
    char *copy = (char *)(self + 1);
    if (version.length)
        memcpy(copy, version.at, version.length);
    self->load = config->load;
    self->locate = config->locate;
    self->load_context = config->load_context;
    self->host = (struct layout_host){config->draw, config->draw_context, {copy, version.length}};
}

stridec *stridec_new(const stridec_config *config) {
    struct arena_source source;
    bool own = config && config->allocate;
    if (config && own != (config->release != NULL))
        return NULL;
    if (own)
        source = (struct arena_source){config->allocate, config->release, config->context};
    const struct slice version = slice_of(config ? config->draw_version : NULL);
    size_t size = sizeof(struct stridec) + version.length;
    stridec *self = own ? config->allocate(config->context, size) : malloc(size);
    if (!self)
        return NULL;
    *self = (stridec){.sorted = true};
    arena_open(&self->arena, own ? &source : NULL, config ? config->memory_limit : 0);
    self->diagnostics.arena = &self->arena;
    if (config)
        take_callbacks(self, config, version);
    return self;
}

void stridec_free(stridec *self) {
    if (!self)
        return;
    struct arena_source source = self->arena.source;
    arena_close(&self->arena);
    source.release(source.context, self);
}

struct input {
    const char *path;
    struct slice text;
};

static bool is_sound(const struct input *input) {
    return input->path && (input->text.at || !input->text.length);
}

/* What is no file of ours is one message, instead of one for each line of it. */
static struct tree *report_foreign(struct stridec *self, struct source *source,
                                   const struct foreign *foreign) {
    struct diagnostic *added = diag_add(&self->diagnostics, DIAG_foreign_file, source,
                                        (struct span){0, 0}, ARGS(slice_of(foreign->name)));
    added->about_file = true;
    diag_hint(&self->diagnostics, added, "%s", foreign->advice);
    struct tree *nothing = ARENA_NEW(&self->arena, struct tree);
    *nothing = (struct tree){.source = source, .damaged = true, .truncated = true, .foreign = true};
    return nothing;
}

/* What reads as items of ours, and declares nothing, is a file of ours to be written in house
 * style; to be compiled it must be more. */
static struct tree *read_items(struct stridec *self, struct slice path, struct slice text,
                               bool to_compile) {
    /* More than that is refused, and need not be copied. */
    struct slice copy = slice_copy(&self->arena, slice_part(text, 0, SOURCE_LIMIT + 1));
    struct source *source = source_new(&self->arena, slice_copy(&self->arena, path), copy);
    const struct diagnostics before = self->diagnostics;
    bool is_yaml = is_yaml_path(path);
    self->sorted = false;
    struct tree *tree =
        is_yaml ? parse_yaml(&self->diagnostics, source) : parse(&self->diagnostics, source);
    bool failed = self->diagnostics.errors > before.errors || (to_compile && !tree_is_ours(tree));
    struct foreign foreign;
    if (!failed || !find_foreign(&self->arena, tree, is_yaml, &foreign))
        return tree;
    self->diagnostics = before;
    return report_foreign(self, source, &foreign);
}

struct tree *read_tree(struct stridec *self, struct slice path, struct slice text) {
    return read_items(self, path, text, true);
}

/* A file that the caller has named. Behind a link may be anything: of what does not look like ours no
 * line is shown. */
static struct tree *read_named(struct stridec *self, const struct input *input, bool to_compile) {
    const struct diagnostics before = self->diagnostics;
    struct tree *tree = read_items(self, slice_of(input->path), input->text, to_compile);
    size_t errors = self->diagnostics.errors - before.errors;
    if (tree->foreign || tree_is_mostly_ours(tree, errors) || !is_named_by_link(self, input->path))
        return tree;
    self->diagnostics = before;
    struct diagnostic *added = diag_add(&self->diagnostics, DIAG_import_unlike, tree->source,
                                        (struct span){0, 0}, ARGS(slice_of(input->path)));
    added->about_file = true;
    diag_hint(&self->diagnostics, added, "name the file itself, not a link to it");
    *tree = (struct tree){.source = tree->source, .damaged = true, .truncated = true, .foreign = true};
    return tree;
}

static bool read_rules(struct stridec *self, const struct input *input, bool added) {
    size_t before = self->diagnostics.errors;
    const struct tree *tree = added ? read_named(self, input, true)
                                    : read_tree(self, slice_of(input->path), input->text);
    if (added)
        *ARRAY_ADD(&self->arena, &self->packs) = tree->source;
    build_rules(&self->diagnostics, self->vocabulary, &self->pack, tree);
    return self->diagnostics.errors == before;
}

bool load_builtin_rules(struct stridec *self) {
    if (self->vocabulary)
        return self->pack.method != NULL;
    struct input input = {"built-in rules", {builtin_rules, builtin_rules_length}};
    self->vocabulary = vocabulary_new(&self->arena);
    return read_rules(self, &input, false);
}

static stridec_status add_rules(struct stridec *self, void *task) {
    if (self->model || !is_sound(task))
        return STRIDEC_MISUSE;
    bool fine = load_builtin_rules(self);
    return read_rules(self, task, true) && fine ? STRIDEC_OK : STRIDEC_INVALID;
}

stridec_status stridec_add_rules(stridec *self, const char *path, const char *text, size_t length) {
    struct input input = {path, {text, length}};
    return run_guarded(self, add_rules, &input);
}

static void report_too_many_patterns(struct stridec *self) {
    struct diagnostic *added = diag_add(
        &self->diagnostics, DIAG_too_many_patterns, self->units.items[0]->source,
        (struct span){0, 0}, ARGS(text_format(&self->arena, "%d", PATTERN_LIMIT)));
    added->about_file = true;
    self->too_many_patterns = true;
    self->sorted = false;
}

const struct rows *compiled_rows(struct stridec *self) {
    if (self->rows || !self->analysis || self->too_many_patterns)
        return self->rows;
    struct rows *rows = find_rows(&self->arena, self->analysis, &self->pack);
    if (rows && count_imported_rows(self, rows))
        self->rows = rows;
    else
        report_too_many_patterns(self);
    return self->rows;
}

/* Rules or decisions: for their form only. */
static void check_form(struct stridec *self, const struct tree *tree, enum file_kind file) {
    self->model = model_new(&self->arena, self->vocabulary);
    if (file == IN_RULES)
        build_rules(&self->diagnostics, self->vocabulary, &self->pack, tree);
    else
        build_model(&self->diagnostics, self->model, tree, file, NULL);
}

/* Boundaries and assets alone are of use to files that import them. */
static bool has_something_to_import(const struct model *model) {
    return model->elements.count || model->of[KIND_BOUNDARY].count || model->of[KIND_ASSET].count;
}

static void report_nothing(struct stridec *self, struct source *source) {
    struct diagnostic *added =
        diag_add(&self->diagnostics, DIAG_nothing_to_draw, source, (struct span){0, 0}, NULL);
    added->about_file = true;
    if (!slice_trim(source->text).length)
        diag_hint(&self->diagnostics, added,
                  "the file is empty; `stridec init` writes a model to begin with");
    else
        diag_hint(&self->diagnostics, added, "say what there is, such as: process api \"API\"");
}

static void compile_model(struct stridec *self, const char *path, const struct tree *tree) {
    const struct unit *unit = compile_units(self, path, tree);
    self->model = unit->model;
    if (!has_something_to_import(self->model) && !self->diagnostics.errors)
        report_nothing(self, tree->source);
    else if (unit->analysis)
        lint(&self->diagnostics, unit->analysis, self->is_imported);
    if (!self->diagnostics.errors) /* also no warning that was made one */
        self->analysis = unit->analysis;
}

static stridec_status compile(struct stridec *self, void *task) {
    const struct input *input = task;
    if (self->model || !is_sound(input))
        return STRIDEC_MISUSE;
    if (!load_builtin_rules(self))
        return STRIDEC_INVALID;
    const struct tree *tree = read_named(self, input, true);
    enum file_kind file = file_kind_of(tree);
    if (file == IN_MODEL)
        compile_model(self, input->path, tree);
    else
        check_form(self, tree, file);
    return self->diagnostics.errors ? STRIDEC_INVALID : STRIDEC_OK;
}

stridec_status stridec_compile(stridec *self, const char *path, const char *text, size_t length) {
    struct input input = {path, {text, length}};
    return run_guarded(self, compile, &input);
}

void stridec_set_imported(stridec *self) {
    if (self)
        self->is_imported = true;
}

struct emit_task {
    const struct format *format;
    const stridec_output *output;
    stridec_sink *sink;
    void *context;
};

static bool take_options(struct stridec *self, const stridec_output *output,
                         struct emit_options *options) {
    const struct layout_host *host = self->host.draw ? &self->host : NULL;
    options->host = host;
    if (!output)
        return true;
    if (output->tier < 0 || output->tier > LAST_TIER)
        return false;
    *options = (struct emit_options){
        .model_name = slice_of(output->model_name),
        .picture = slice_of(output->picture),
        .layout = output->layout,
        .host = host,
        .layout_seconds = output->layout_seconds > 0 ? (unsigned)output->layout_seconds : 0,
        .previous = slice_of(output->previous),
        .tier = output->tier,
        .all = output->all,
        .color = output->color,
        .width = output->width > 0 ? (size_t)output->width : 0,
    };
    if (!output->view)
        return true;
    options->view = model_find(self->model, slice_of(output->view));
    return options->view && options->view->kind == KIND_VIEW;
}

/* Once, however many outputs are asked for. */
static void report_nothing_to_draw(struct stridec *self) {
    struct source *source = self->units.items[0]->source;
    if (self->diagnostics.errors)
        return;
    diag_add(&self->diagnostics, DIAG_nothing_to_draw, source, (struct span){0, 0}, NULL);
    self->sorted = false;
}

/* Between a format and its sink: no output grows faster than the model and its rows. */
struct budget {
    const struct emit_task *task;
    size_t left;
    bool exceeded;
};

static size_t budget_of(const struct stridec *self, const struct rows *rows) {
    size_t count = self->model->subjects.count * rows->pack->method->letter_count;
    size_t said = count;
    for (size_t i = 0; i < count; i++)
        for (const struct pattern *at = rows->cells[i].patterns; at; at = at->next)
            said++;
    return OUTPUT_BASE + OUTPUT_PER_BYTE * self->model_bytes + OUTPUT_PER_ROW * said;
}

static bool spend(void *context, const char *at, size_t length) {
    struct budget *budget = context;
    budget->exceeded |= length > budget->left;
    if (budget->exceeded)
        return false;
    budget->left -= length;
    return budget->task->sink(budget->task->context, at, length);
}

static stridec_status report_size(struct stridec *self, const struct rows *rows) {
    diag_add(&self->diagnostics, DIAG_large_output, NULL, (struct span){0},
             ARGS(text_format(&self->arena, "%zu", budget_of(self, rows) >> 20)));
    return STRIDEC_INVALID;
}

static stridec_status emit(struct stridec *self, void *context) {
    struct emit_task *task = context;
    struct writer writer;
    if (!task->format || !task->sink || !self->analysis)
        return STRIDEC_MISUSE;
    if (!self->model->elements.count) {
        report_nothing_to_draw(self);
        return STRIDEC_INVALID;
    }
    struct emission emission = {.arena = &self->arena,
                                .writer = &writer,
                                .model = self->model,
                                .analysis = self->analysis,
                                .rows = compiled_rows(self),
                                .diagnostics = &self->diagnostics};
    if (!emission.rows)
        return STRIDEC_INVALID;
    if (!take_options(self, task->output, &emission.options))
        return STRIDEC_MISUSE;
    struct budget budget = {.task = task, .left = budget_of(self, emission.rows)};
    writer_open(&writer, spend, &budget);
    self->sorted = false;
    if (!emit_with_origin(&emission, task->format))
        return STRIDEC_NO_PICTURE;
    if (writer_close(&writer))
        return STRIDEC_OK;
    return budget.exceeded ? report_size(self, emission.rows) : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_emit(stridec *self, const char *format, const stridec_output *output,
                            stridec_sink *sink, void *context) {
    struct emit_task task = {NULL, output, sink, context};
    for (size_t i = 0; i < format_count; i++)
        if (slice_is(slice_of(format), formats[i].name))
            task.format = &formats[i];
    return run_guarded(self, emit, &task);
}

bool stridec_format_at(size_t index, stridec_format_info *info) {
    if (!info || index >= format_count)
        return false;
    const struct format *format = &formats[index];
    *info = (stridec_format_info){format->name, format->extension, format->also, format->about};
    return true;
}

bool stridec_read_origin(const char *text, size_t length, stridec_origin *origin) {
    struct origin read = read_origin((struct slice){text, length});
    if (!read.format)
        return false;
    *origin = (stridec_origin){read.format->name, read.model.at, read.model.length, read.edited};
    return true;
}

static stridec_status count_open_rows(struct stridec *self, void *context) {
    size_t *tier_and_count = context;
    const struct rows *rows = compiled_rows(self);
    if (!rows)
        return STRIDEC_MISUSE;
    *tier_and_count =
        *tier_and_count ? rows->open_by_tier[*tier_and_count] : rows->counts[ROW_OPEN];
    return STRIDEC_OK;
}

size_t stridec_open_rows(stridec *self, int tier) {
    size_t tier_and_count = (size_t)tier;
    if (tier < 0 || tier > LAST_TIER)
        return 0;
    return run_guarded(self, count_open_rows, &tier_and_count) == STRIDEC_OK ? tier_and_count : 0;
}

struct reformat_task {
    struct input input;
    bool sort;
    stridec_sink *sink;
    void *context;
};

static stridec_status reformat(struct stridec *self, void *context) {
    struct reformat_task *task = context;
    size_t before = self->diagnostics.errors;
    if (!is_sound(&task->input) || !task->sink)
        return STRIDEC_MISUSE;
    const struct tree *tree = read_named(self, &task->input, false);
    if (self->diagnostics.errors > before || tree->damaged)
        return STRIDEC_INVALID;
    struct writer writer;
    writer_open(&writer, task->sink, task->context);
    format_tree(&self->arena, &writer, tree, task->sort);
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_reformat(stridec *self, const char *path, const char *text, size_t length,
                                bool sort, stridec_sink *sink, void *context) {
    struct reformat_task task = {{path, {text, length}}, sort, sink, context};
    return run_guarded(self, reformat, &task);
}
