/* From one form of a model to the other, on the tree. */
// SPDX-License-Identifier: MIT
#include "stridec.h"

#include "api/compilation.h"
#include "syntax/builder.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"
#include "syntax/write_dsl.h"
#include "syntax/write_yaml.h"
#include "syntax/yaml.h"

struct convert_task {
    const char *path;
    struct slice text;
    bool to_yaml;
    stridec_sink *sink;
    void *context;
};

/* What it says compiles; so there are no messages, and no file but this one is needed. */
static stridec_status convert(struct stridec *self, void *context) {
    const struct convert_task *task = context;
    struct diagnostics none = {.arena = &self->arena};
    struct slice path = slice_copy(&self->arena, slice_of(task->path));
    struct source *source = source_new(&self->arena, path, slice_copy(&self->arena, task->text));
    bool is_yaml = is_yaml_path(path);
    struct tree *tree = is_yaml ? parse_yaml(&none, source) : parse(&none, source);
    if (file_kind_of(tree) != IN_MODEL)
        return STRIDEC_MISUSE;
    struct writer writer;
    writer_open(&writer, task->sink, task->context);
    if (task->to_yaml)
        write_yaml(&self->arena, &writer, tree);
    else if (is_yaml)
        write_dsl(&self->arena, &writer, tree);
    else
        format_tree(&self->arena, &writer, tree, false);
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

stridec_status stridec_convert(stridec *self, const char *path, const char *text, size_t length,
                               const char *form, stridec_sink *sink, void *context) {
    stridec_status state = call_state(self);
    if (state != STRIDEC_OK || !path || !sink)
        return state != STRIDEC_OK ? state : STRIDEC_MISUSE;
    bool is_yaml = is_yaml_path(slice_of(path));
    struct slice wanted = form ? slice_of(form) : is_yaml ? SLICE("dfd") : SLICE("yaml");
    struct convert_task task = {path, {text, length}, slice_is(wanted, "yaml"), sink, context};
    if (!task.to_yaml && !slice_is(wanted, "dfd"))
        return STRIDEC_MISUSE;
    stridec_status status = stridec_compile(self, path, text, length);
    return status == STRIDEC_OK ? run_guarded(self, convert, &task) : status;
}
