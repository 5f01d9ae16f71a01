/* The tables of the program as data: codes, topics and schemas. */
// SPDX-License-Identifier: MIT

#include "analysis/reasons.h"
#include "api/explain.h"
#include "emit/emit.h"
#include "emit/schema.h"

#include <string.h>

bool stridec_code_at(size_t index, stridec_code_info *info) {
    if (!info || index >= DIAG_COUNT)
        return false;
    const struct diag_kind *kind = diag_kind((enum diag_code)index);
    *info = (stridec_code_info){
        .code = kind->code,
        .message = kind->message,
        .about = kind->about,
        .level = kind->level == LEVEL_ERROR ? STRIDEC_ERROR : STRIDEC_WARNING,
    };
    return true;
}

/* ---- topics ------------------------------------------------------------------------------ */

typedef void topic_filler(struct stridec *self, size_t index, stridec_topic *topic);

static void fill_list(struct stridec *self, size_t index, stridec_topic *topic) {
    (void)self;
    topic->name = topic_lists[index].name;
    topic->about = topic_lists[index].about;
}

static void fill_letter(struct stridec *self, size_t index, stridec_topic *topic) {
    topic->name = slice_string(&self->arena, self->pack.method->letters[index].code);
    topic->about = slice_string(&self->arena, self->pack.method->letters[index].name);
}

static void fill_code(struct stridec *self, size_t index, stridec_topic *topic) {
    (void)self;
    topic->name = diag_kind((enum diag_code)index)->code;
    topic->about = diag_kind((enum diag_code)index)->message;
}

/* A name that stands on several rows comes up as often. */
static void fill_attribute(struct stridec *self, size_t index, stridec_topic *topic) {
    (void)self;
    topic->name = attribute_rows[index].name;
    topic->about = attribute_rows[index].about;
}

static void fill_kind(struct stridec *self, size_t index, stridec_topic *topic) {
    (void)self;
    topic->name = kind_rows[index].word;
    topic->about = kind_rows[index].about;
}

static void fill_truth(struct stridec *self, size_t index, stridec_topic *topic) {
    (void)self;
    topic->name = truth_rows[index].name;
    topic->about = truth_rows[index].about;
}

static void fill_value(struct stridec *self, size_t index, stridec_topic *topic) {
    size_t count;
    topic->name = slice_string(&self->arena, value_topics(self, &count)[index]);
    topic->about = "a value of an attribute";
}

static void fill_format(struct stridec *self, size_t index, stridec_topic *topic) {
    (void)self;
    topic->name = formats[index].name;
    topic->about = formats[index].about;
}

/* One word, so that it can be typed as it stands. */
static void fill_term(struct stridec *self, size_t index, stridec_topic *topic) {
    char *name = arena_copy(&self->arena, term_rows[index].word, strlen(term_rows[index].word));
    for (char *c = name; *c; c++)
        *c = *c == ' ' ? '_' : *c;
    topic->name = name;
    topic->about = term_rows[index].about;
}

static void fill_rule(struct stridec *self, size_t index, stridec_topic *topic) {
    topic->name = slice_string(&self->arena, self->pack.rules.items[index]->id);
    topic->about = slice_string(&self->arena, self->pack.rules.items[index]->title);
}

static void fill_row(struct stridec *self, size_t index, stridec_topic *topic) {
    const struct row *row = self->rows->ranked[index];
    topic->name = slice_string(&self->arena, row_id(&self->arena, row));
    topic->about = slice_string(&self->arena, row_reason(&self->arena, self->rows, row));
}

struct topic_task {
    size_t index;
    stridec_topic *topic;
};

static stridec_status find_topic(struct stridec *self, void *context) {
    struct topic_task *task = context;
    if (!task->topic)
        return STRIDEC_MISUSE;
    if (!load_builtin_rules(self))
        return STRIDEC_INVALID;
    const struct rows *rows = compiled_rows(self);
    size_t values;
    value_topics(self, &values);
    const struct {
        const char *sort;
        size_t count;
        topic_filler *fill;
    } sorts[] = {
        {"list", topic_list_count, fill_list},
        {"letter", self->pack.method->letter_count, fill_letter},
        {"code", DIAG_COUNT, fill_code},
        {"attribute", ATTRIBUTE_COUNT, fill_attribute},
        {"kind", KIND_COUNT, fill_kind},
        {"truth", TRUTH_COUNT, fill_truth},
        {"value", values, fill_value},
        {"format", format_count, fill_format},
        {"word", term_count, fill_term},
        {"rule", self->pack.rules.count, fill_rule},
        {"row", rows ? rows->ranked_count : 0, fill_row},
    };
    size_t index = task->index;
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if (index < sorts[i].count) {
            task->topic->sort = sorts[i].sort;
            sorts[i].fill(self, index, task->topic);
            return STRIDEC_OK;
        }
        index -= sorts[i].count;
    }
    return STRIDEC_MISUSE;
}

bool stridec_topic_at(stridec *self, size_t index, stridec_topic *topic) {
    struct topic_task task = {index, topic};
    return run_guarded(self, find_topic, &task) == STRIDEC_OK;
}

/* ---- schemas ----------------------------------------------------------------------------- */

stridec_status stridec_write_schema(const char *name, stridec_sink *sink, void *context) {
    struct slice wanted = slice_of(name);
    struct writer writer;
    if (!sink)
        return STRIDEC_MISUSE;
    writer_open(&writer, sink, context);
    if (slice_is(wanted, "model"))
        write_model_schema(&writer);
    else if (slice_is(wanted, "output"))
        write_bytes(&writer, output_schema, output_schema_length);
    else
        return STRIDEC_MISUSE;
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}

/* ---- text of others ---------------------------------------------------------------------- */

stridec_status stridec_write_text(const char *form, const char *text, size_t length,
                                  stridec_sink *sink, void *context) {
    struct slice wanted = slice_of(form), slice = {text, length};
    struct writer writer;
    writer_open(&writer, sink, context);
    if (slice_is(wanted, "terminal"))
        write_file_name(&writer, slice);
    else if (slice_is(wanted, "json"))
        write_json_string(&writer, slice);
    else
        return STRIDEC_MISUSE;
    return writer_close(&writer) ? STRIDEC_OK : STRIDEC_NOT_TAKEN;
}
