/* Tools beside compiling: house style, the other form, explanations, tests of rules. */
// SPDX-License-Identifier: MIT
#include "stridec.h"

#include "api/compilation.h"
#include "explain/explain.h"
#include "project/merging.h"
#include "syntax/form.h"

/* The outcome of what wrote into it. */
static stridec_status close_writer(struct writer *writer) {
    return writer_close(writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

struct text_task {
    struct named_text input;
    bool sort, to_yaml;
    stridec_sink *sink;
    void *context;
};

static stridec_status reformat(struct stridec *self, void *context) {
    const struct text_task *task = context;
    struct writer writer;
    if (!is_sound(&task->input) || !task->sink)
        return STRIDEC_MISUSE;
    writer_open(&writer, task->sink, task->context);
    if (!project_reformat(&self->project, &task->input, task->sort, &writer))
        return STRIDEC_INVALID;
    return close_writer(&writer);
}

stridec_status stridec_reformat(stridec *self, const char *path, const char *text, size_t length,
                                bool sort, stridec_sink *sink, void *context) {
    struct text_task task = {{path, {text, length}}, sort, false, sink, context};
    return run_guarded(self, reformat, &task);
}

static stridec_status convert(struct stridec *self, void *context) {
    const struct text_task *task = context;
    struct writer writer;
    writer_open(&writer, task->sink, task->context);
    if (!project_convert(&self->project, task->to_yaml, &writer))
        return STRIDEC_MISUSE;
    return close_writer(&writer);
}

stridec_status stridec_convert(stridec *self, const char *path, const char *text, size_t length,
                               const char *form, stridec_sink *sink, void *context) {
    stridec_status state = call_state(self);
    if (state != STRIDEC_OK || !path || !sink)
        return state != STRIDEC_OK ? state : STRIDEC_MISUSE;
    bool is_yaml = is_yaml_path(slice_of(path));
    struct slice wanted = form ? slice_of(form) : is_yaml ? SLICE("dfd") : SLICE("yaml");
    bool to_yaml = slice_is(wanted, "yaml");
    if (!to_yaml && !slice_is(wanted, "dfd"))
        return STRIDEC_MISUSE;
    struct text_task task = {.to_yaml = to_yaml, .sink = sink, .context = context};
    stridec_status status = stridec_compile(self, path, text, length);
    return status == STRIDEC_OK ? run_guarded(self, convert, &task) : status;
}

/* ---- merging ----------------------------------------------------------------------------- */

#define MARKER_LENGTH 7
#define LONGEST_MARKER 1000

struct merge_task {
    stridec_merging texts;
    stridec_sink *sink;
    void *context;
};

static bool is_whole(const stridec_merging *texts) {
    return texts->path && (texts->base || !texts->base_length) &&
           (texts->ours || !texts->ours_length) && (texts->theirs || !texts->theirs_length) &&
           texts->marker_length <= LONGEST_MARKER;
}

static stridec_status merge(struct stridec *self, void *context) {
    const struct merge_task *task = context;
    const stridec_merging *texts = &task->texts;
    struct writer writer;
    if (!task->sink || !is_whole(texts))
        return STRIDEC_MISUSE;
    const struct merge_input input = {
        .path = texts->path,
        .base = {texts->base, texts->base_length},
        .ours = {texts->ours, texts->ours_length},
        .theirs = {texts->theirs, texts->theirs_length},
        .marker_length = texts->marker_length ? texts->marker_length : MARKER_LENGTH,
    };
    writer_open(&writer, task->sink, task->context);
    if (!project_merge(&self->project, &input, &writer, &self->conflicts))
        return STRIDEC_INVALID;
    if (!writer_close(&writer))
        return STRIDEC_NOT_TAKEN;
    return self->conflicts ? STRIDEC_FINDINGS : STRIDEC_OK;
}

stridec_status stridec_merge(stridec *self, const stridec_merging *texts, stridec_sink *sink,
                             void *context) {
    struct merge_task task = {.sink = sink, .context = context};
    if (!texts || !take_in(&task.texts, texts, sizeof task.texts))
        return STRIDEC_MISUSE;
    return run_guarded(self, merge, &task);
}

size_t stridec_conflict_count(const stridec *self) {
    return call_state(self) == STRIDEC_OK ? self->conflicts : 0;
}

/* ---- topics ------------------------------------------------------------------------------ */

struct explain_task {
    const char *topic;
    stridec_sink *sink;
    void *context;
};

static stridec_status explain(struct stridec *self, void *context) {
    const struct explain_task *task = context;
    struct writer writer;
    if (!task->sink)
        return STRIDEC_MISUSE;
    if (!load_builtin_rules(&self->project))
        return STRIDEC_INVALID;
    writer_open(&writer, task->sink, task->context);
    if (!explain_topic(&self->project, &writer, slice_of(task->topic)))
        return STRIDEC_MISUSE;
    return close_writer(&writer);
}

stridec_status stridec_explain(stridec *self, const char *topic, stridec_sink *sink,
                               void *context) {
    struct explain_task task = {topic, sink, context};
    return run_guarded(self, explain, &task);
}

struct topic_task {
    size_t index;
    stridec_topic *topic;
};

static stridec_status find_topic(struct stridec *self, void *context) {
    const struct topic_task *task = context;
    struct topic topic;
    if (!task->topic)
        return STRIDEC_MISUSE;
    if (!load_builtin_rules(&self->project))
        return STRIDEC_INVALID;
    self->topics.project = &self->project;
    if (!topic_at(&self->topics, task->index, &topic))
        return STRIDEC_MISUSE;
    const stridec_topic known = {.name = topic.name, .group = topic.group, .about = topic.about};
    return hand_out(task->topic, &known, sizeof known) ? STRIDEC_OK : STRIDEC_MISUSE;
}

bool stridec_topic_at(stridec *self, size_t index, stridec_topic *topic) {
    struct topic_task task = {index, topic};
    return run_guarded(self, find_topic, &task) == STRIDEC_OK;
}

/* ---- tests of rules ---------------------------------------------------------------------- */

static stridec_status test_rules(struct stridec *self, void *context) {
    const struct text_task *task = context;
    struct writer writer;
    if (!task->sink)
        return STRIDEC_MISUSE;
    if (!load_builtin_rules(&self->project) || self->project.diagnostics.errors)
        return STRIDEC_INVALID;
    writer_open(&writer, task->sink, task->context);
    self->tests = project_test_rules(&self->project, &writer);
    if (!writer_close(&writer))
        return STRIDEC_NOT_TAKEN;
    return self->tests.failed ? STRIDEC_FINDINGS : STRIDEC_OK;
}

stridec_status stridec_test_rules(stridec *self, stridec_sink *sink, void *context) {
    struct text_task task = {.sink = sink, .context = context};
    return run_guarded(self, test_rules, &task);
}

size_t stridec_tests_passed(const stridec *self) {
    return call_state(self) == STRIDEC_OK ? self->tests.passed : 0;
}

size_t stridec_tests_failed(const stridec *self) {
    return call_state(self) == STRIDEC_OK ? self->tests.failed : 0;
}
