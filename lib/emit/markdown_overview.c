/* Section 1 of the document: what is built. The diagram as text, then elements, flows, boundaries
 * and the numbered crossings as tables. */
// SPDX-License-Identifier: MIT
#include "emit/markdown.h"

static void next_cell(struct writer *writer) {
    write_string(writer, " | ");
}

static void write_parent(struct writer *writer, const struct decl *parent) {
    if (parent)
        write_format(writer, "`%.*s`", S(parent->id));
    else
        write_string(writer, "outside");
}

/* All facts and traits that are stated, `logs: local`, except what has a column of its own. */
static void write_statements(struct emission *emission, const struct decl *decl, unsigned columns) {
    bool any = false;
    for (const struct attribute *at = decl->attributes; at; at = at->next) {
        bool column = at->id == ATTRIBUTE_protocol || at->id == ATTRIBUTE_auth;
        if (!at->stated || attribute_rows[at->id].role == ROLE_NOTE || (column && columns))
            continue;
        write_string(emission->writer, any ? ", " : "");
        write_format(emission->writer, "%s ", attribute_rows[at->id].name);
        write_stated(emission, at);
        any = true;
    }
}

static void write_data(struct writer *writer, const struct decl *decl) {
    const struct more *more = more_of(decl);
    for (size_t i = 0; i < more->data_count; i++)
        write_format(writer, "%s`%.*s`", i ? ", " : "", S(more->data[i]->id));
}

static void write_elements(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct decl_list *elements = &emission->model->elements;
    write_string(writer, "### Elements\n\nWhat is not stated is never taken for safe.\n\n| Id | "
                         "Element | Kind | In | Stated | Data | About |\n"
                         "|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < elements->count; i++) {
        const struct decl *element = elements->items[i];
        write_format(writer, "| `%.*s` | ", S(element->id));
        write_markdown(writer, decl_title(element));
        next_cell(writer);
        write_string(writer, kind_rows[element->kind].word);
        next_cell(writer);
        write_parent(writer, element->parent);
        next_cell(writer);
        write_statements(emission, element, 0);
        next_cell(writer);
        write_data(writer, element);
        next_cell(writer);
        write_note(writer, element, ATTRIBUTE_about);
        write_string(writer, " |\n");
    }
    write_char(writer, '\n');
}

static void write_flow(struct emission *emission, const struct decl *flow) {
    struct writer *writer = emission->writer;
    bool crosses = flow_passage(emission->analysis, flow)->step_count > 0;
    write_format(writer, crosses ? "| **F%zu** | `%.*s` | " : "| F%zu | `%.*s` | ",
                 badge_number(emission->analysis, flow), S(flow->id));
    write_mention(writer, decl_title(flow->from));
    write_string(writer, " → ");
    write_mention(writer, decl_title(flow->to));
    next_cell(writer);
    write_markdown(writer, flow->label);
    next_cell(writer);
    write_stated(emission, decl_attribute(flow, ATTRIBUTE_protocol));
    next_cell(writer);
    write_stated(emission, decl_attribute(flow, ATTRIBUTE_auth));
    next_cell(writer);
    write_statements(emission, flow, 1);
    next_cell(writer);
    write_data(writer, flow);
    write_string(writer, " |\n");
}

static void write_flows(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct decl_list *flows = &emission->model->of[KIND_FLOW];
    if (!flows->count)
        return;
    write_string(writer, "### Flows\n\nBold ones cross a boundary.\n\n"
                         "| # | Id | From → to | What | Protocol | Auth | Stated | Data |\n"
                         "|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < flows->count; i++)
        write_flow(emission, flows->items[i]);
    write_char(writer, '\n');
}

static size_t *count_members(struct emission *emission) {
    const struct decl_list *elements = &emission->model->elements;
    size_t *counts =
        ARENA_ARRAY(emission->arena, size_t, emission->model->of[KIND_BOUNDARY].count + 1);
    for (size_t i = 0; i < elements->count; i++)
        if (elements->items[i]->parent)
            counts[elements->items[i]->parent->index]++;
    return counts;
}

static void write_boundaries(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct decl_list *boundaries = &emission->model->of[KIND_BOUNDARY];
    const size_t *members = count_members(emission);
    size_t mark = 0;
    if (!boundaries->count)
        return;
    write_string(writer, "### Boundaries\n\n| # | Id | Boundary | Kind | In | Trust | Elements |\n"
                         "|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < boundaries->count; i++) {
        const struct decl *boundary = boundaries->items[i];
        const struct attribute *trust = decl_attribute(boundary, ATTRIBUTE_trust);
        if (boundary_is_hidden(boundary))
            write_format(writer, "| – | `%.*s` | ", S(boundary->id));
        else
            write_format(writer, "| TB%zu | `%.*s` | ", ++mark, S(boundary->id));
        write_markdown(writer, decl_title(boundary));
        next_cell(writer);
        write_stated(emission, decl_attribute(boundary, ATTRIBUTE_boundary_kind));
        next_cell(writer);
        write_parent(writer, boundary->parent);
        next_cell(writer);
        if (trust && trust->stated)
            write_format(writer, "%d", trust->number);
        write_format(writer, " | %zu |\n", members[boundary->index]);
    }
    write_char(writer, '\n');
}

static void write_steps(struct writer *writer, const struct crossing *crossing, bool entered) {
    bool any = false;
    for (size_t i = 0; i < crossing->step_count; i++) {
        struct boundary_step step = find_step(crossing->subject, i);
        if (step.entered != entered)
            continue;
        write_format(writer, "%s`%.*s`", any ? ", " : "", S(step.boundary->id));
        any = true;
    }
}

static void write_crossing(struct emission *emission, const struct crossing *crossing) {
    struct writer *writer = emission->writer;
    const struct decl *subject = crossing->subject;
    bool is_flow = subject->kind == KIND_FLOW;
    write_format(writer, "| %c%zu | ", is_flow ? 'F' : 'X',
                 badge_number(emission->analysis, subject));
    if (is_flow)
        write_named(writer, subject);
    else
        write_declared(writer, subject);
    if (!is_flow && more_of(subject)->at) {
        write_string(writer, " at ");
        write_mention(writer, decl_title(more_of(subject)->at));
    }
    next_cell(writer);
    write_steps(writer, crossing, false);
    next_cell(writer);
    write_steps(writer, crossing, true);
    next_cell(writer);
    write_string(writer, direction_words[crossing->direction]);
    next_cell(writer);
    if (is_flow && flow_passage(emission->analysis, subject)->from_outside)
        write_string(writer, "yes");
    write_string(writer, " |\n");
}

static void write_crossings(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct analysis *analysis = emission->analysis;
    if (!analysis->crossings.count)
        return;
    write_string(writer, "### Crossings\n\n| # | What crosses | Leaves | Enters | Direction | "
                         "Called from outside |\n|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < analysis->crossings.count; i++)
        write_crossing(emission, &analysis->crossings.items[i]);
    write_char(writer, '\n');
}

static void write_legend(struct emission *emission) {
    struct writer *writer = emission->writer;
    if (emission->options.picture.length)
        write_string(writer, "The picture above as text: ");
    else
        write_string(writer, "The diagram as text: ");
    write_string(writer, "`[ ]` is an external entity, `( )` a process, `= =` a store, TB a "
                         "boundary with what is indented under it.\n\n");
}

void write_overview(struct emission *emission) {
    write_string(emission->writer, "## 1 Overview\n\n");
    write_legend(emission);
    write_text_diagram(emission);
    write_elements(emission);
    write_flows(emission);
    write_boundaries(emission);
    write_crossings(emission);
}
