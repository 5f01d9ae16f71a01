/* Explains what the model calls by an id: what it is and states, and what is asked of it. */
// SPDX-License-Identifier: MIT
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "explain/explainer.h"

#define COLUMN 16
#define ON_EXPLAINED (ON_SUBJECT | ON_BOUNDARY | ON_ASSET | ON_ADVERSARY)

/* ---- what it is -------------------------------------------------------------------------- */

/* "booking: a process, Booking service, at clinic.dfd:9" */
static void tell_head(struct explainer *explainer, const struct decl *decl) {
    struct arena *arena = &explainer->project->arena;
    struct source *source = decl_source(decl);
    struct slice label = decl_label(decl);
    tell(explainer, 0, "",
         text_format(arena, "%.*s: %s%s%.*s, %.*s:%zu", SLICE_ARGS(explainer->topic),
                     kind_rows[decl->kind].article, label.length ? ", " : "", SLICE_ARGS(label),
                     SLICE_ARGS(source->path),
                     source_line_number(arena, source, decl_span(decl).start)));
}

static void tell_part(struct explainer *explainer, const char *name, struct slice text) {
    if (text.length)
        tell_entry(explainer, COLUMN, slice_of(name), text);
}

static struct slice ends_text(struct explainer *explainer, const struct decl *flow) {
    return text_format(&explainer->project->arena, "%.*s -> %.*s", SLICE_ARGS(decl_id(flow->from)),
                       SLICE_ARGS(decl_id(flow->to)));
}

/* "kind: web; logs: central" */
static struct slice statements_of(struct explainer *explainer, const struct decl *decl) {
    struct arena *arena = &explainer->project->arena;
    struct slice text = {"", 0};
    for (const struct attribute *at = decl->attributes; at; at = at->next) {
        struct memory_writer words;
        if (!at->stated || !at->item)
            continue;
        memory_writer_open(&words, arena);
        write_format(&words.writer, "%s: ", attribute_rows[at->id].name);
        write_stated_value(&words.writer, at);
        text = text_join(arena, text, text.length ? SLICE("; ") : SLICE(""),
                         text_cut(arena, memory_writer_close(&words)));
    }
    return text;
}

static void tell_flows(struct explainer *explainer, const struct decl *element) {
    struct arena *arena = &explainer->project->arena;
    for (size_t i = 0; i < decl_flow_count(element); i++) {
        const struct decl *flow = element->flows[i];
        tell_part(explainer, i ? "" : "flows",
                  text_format(arena, "%.*s: %.*s", SLICE_ARGS(decl_id(flow)),
                              SLICE_ARGS(ends_text(explainer, flow))));
    }
}

static void tell_place(struct explainer *explainer, const struct decl *decl) {
    if (decl->kind == KIND_FLOW)
        tell_part(explainer, "from, to", ends_text(explainer, decl));
    if (more_of(decl)->at)
        tell_part(explainer, "at", decl_id(more_of(decl)->at));
    if (decl->parent)
        tell_part(explainer, "in", decl_id(decl->parent));
    tell_part(explainer, "states", statements_of(explainer, decl));
    if (decl_is_element(decl))
        tell_flows(explainer, decl);
}

/* ---- what is asked ----------------------------------------------------------------------- */

static void tell_row(struct explainer *explainer, const struct row *row) {
    struct arena *arena = &explainer->project->arena;
    tell_entry(explainer, COLUMN, row_id(arena, row),
               text_format(arena, "%s, tier %d: %.*s", row_state_words[row->state], row->tier,
                           SLICE_ARGS(row_question(arena, explainer->project->rows, row))));
}

static void tell_rows(struct explainer *explainer, const struct rows *rows,
                      const struct decl *subject) {
    const struct method *method = rows->pack->method;
    const struct row *first = NULL;
    for (size_t i = 0; i < method->letter_count; i++) {
        const struct row *row = row_of(rows, subject, &method->letters[i]);
        if (!row || row->state == ROW_NOT_APPLICABLE)
            continue;
        if (!first)
            tell_line(explainer);
        first = first ? first : row;
        tell_row(explainer, row);
    }
    if (first)
        tell(explainer, 0, "All about one of these: ",
             text_format(&explainer->project->arena, "`stridec explain %.*s FILE`",
                         SLICE_ARGS(row_id(&explainer->project->arena, first))));
}

bool explain_subject(struct explainer *explainer) {
    const struct rows *rows = project_rows(explainer->project);
    const struct decl *decl = rows ? model_find(rows->analysis->shown, explainer->topic) : NULL;
    if (!decl || !kind_in(decl->kind, ON_EXPLAINED))
        return false;
    tell_head(explainer, decl);
    tell_place(explainer, decl);
    if (kind_in(decl->kind, ON_SUBJECT))
        tell_rows(explainer, rows, decl);
    return true;
}
