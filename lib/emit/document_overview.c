/* Section 1 of the document: what is built. The diagram as text, then elements, flows, boundaries
 * and the numbered crossings as tables. */
// SPDX-License-Identifier: MIT
#include "emit/division.h"
#include "emit/extent.h"

static void put_parent(struct document *document, const struct decl *parent) {
    if (parent)
        put_id(document, parent);
    else
        put_words(document, "outside");
}

/* All facts and traits that are stated, `logs: local`, except what has a column of its own. */
static void put_statements(struct document *document, const struct decl *decl, unsigned columns) {
    bool any = false;
    for (const struct attribute *at = decl->attributes; at; at = at->next) {
        bool column = at->id == ATTRIBUTE_protocol || at->id == ATTRIBUTE_auth;
        if (!at->stated || attribute_rows[at->id].role == ROLE_NOTE || (column && columns))
            continue;
        put_between(document, any, ", ");
        put_words(document, attribute_rows[at->id].name);
        put_words(document, " ");
        put_stated(document, at);
        any = true;
    }
}

static void put_data(struct document *document, const struct decl *decl) {
    const struct more *more = more_of(decl);
    for (size_t i = 0; i < more->data_count; i++)
        put_listed(document, i > 0, decl_id(more->data[i]));
}

/* Columns that stand only where somebody states something for them. */
struct told {
    bool data, about;
};

static struct told what_is_told(const struct decl_list *list) {
    struct told told = {0};
    for (size_t i = 0; i < list->count; i++) {
        told.data |= more_of(list->items[i])->data_count > 0;
        told.about |= decl_text(list->items[i], ATTRIBUTE_about).length > 0;
    }
    return told;
}

static void write_element(struct document *document, const struct decl *element, struct told told) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_id(document, element);
    next_cell(document);
    put_text(document, decl_title(element));
    next_cell(document);
    put_words(document, kind_rows[element->kind].word);
    next_cell(document);
    put_parent(document, element->parent);
    next_cell(document);
    put_statements(document, element, 0);
    if (told.data) {
        next_cell(document);
        put_data(document, element);
    }
    if (told.about) {
        next_cell(document);
        put_note(document, element, ATTRIBUTE_about);
    }
    close_part(document, PART_ROW);
}

#define ELEMENT_COLUMNS 5

static void write_elements(struct document *document) {
    const char *titles[ELEMENT_COLUMNS + 2] = {"Id", "Element", "Kind", "In", "Stated"};
    const struct decl_list *elements = &document->emission->model->elements;
    struct told told = what_is_told(elements);
    size_t count = ELEMENT_COLUMNS;
    if (told.data)
        titles[count++] = "Data";
    if (told.about)
        titles[count++] = "About";
    put_heading(document, 3, "Elements");
    put_paragraph(document, "What is not stated is never taken for safe.");
    document->form->open_table(document, (struct columns){titles, count, 0, NULL});
    for (size_t i = 0; i < elements->count; i++)
        write_element(document, elements->items[i], told);
    close_part(document, PART_TABLE);
}

/* F1, bold where the flow crosses. */
static void put_badge(struct document *document, const struct decl *flow) {
    const struct analysis *analysis = document->emission->analysis;
    bool crosses = flow_passage(analysis, flow)->step_count > 0;
    if (crosses)
        open_part(document, PART_STRONG);
    put_words(document, "F");
    put_number(document, badge_number(analysis, flow));
    if (crosses)
        close_part(document, PART_STRONG);
}

static void write_flow(struct document *document, const struct decl *flow) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_badge(document, flow);
    next_cell(document);
    put_id(document, flow);
    next_cell(document);
    put_id(document, flow->from);
    put_words(document, " → ");
    put_id(document, flow->to);
    next_cell(document);
    put_text(document, decl_label(flow));
    next_cell(document);
    put_stated(document, decl_attribute(flow, ATTRIBUTE_protocol));
    next_cell(document);
    put_stated(document, decl_attribute(flow, ATTRIBUTE_auth));
    next_cell(document);
    put_statements(document, flow, 1);
    next_cell(document);
    put_data(document, flow);
    close_part(document, PART_ROW);
}

static void write_flows(struct document *document) {
    static const char *const titles[] = {"#",        "Id",   "From → to", "What",
                                         "Protocol", "Auth", "Stated",    "Data"};
    const struct decl_list *flows = &document->emission->model->of[KIND_FLOW];
    if (!flows->count)
        return;
    put_heading(document, 3, "Flows");
    put_paragraph(document, "Bold ones cross a boundary.");
    OPEN_TABLE(document, titles);
    size_t left_out = 0;
    for (size_t i = 0; i < flows->count; i++) {
        if (page_has_subject(document->emission, flows->items[i]))
            write_flow(document, flows->items[i]);
        else
            left_out++;
    }
    close_part(document, PART_TABLE);
    put_absent_flows(document, left_out);
}

static size_t *count_members(const struct emission *emission) {
    const struct decl_list *elements = &emission->model->elements;
    size_t *counts =
        ARENA_ARRAY(emission->arena, size_t, emission->model->of[KIND_BOUNDARY].count + 1);
    for (size_t i = 0; i < elements->count; i++)
        if (elements->items[i]->parent)
            counts[elements->items[i]->parent->index]++;
    return counts;
}

/* `mark` is the number in its name, TB1; 0 where it is not drawn. */
static void write_boundary(struct document *document, const struct decl *boundary, size_t mark,
                           size_t members) {
    const struct attribute *trust = decl_attribute(boundary, ATTRIBUTE_trust);
    open_part(document, PART_ROW);
    next_cell(document);
    put_words(document, mark ? "TB" : "–");
    if (mark)
        put_number(document, mark);
    next_cell(document);
    put_id(document, boundary);
    next_cell(document);
    put_text(document, decl_title(boundary));
    next_cell(document);
    put_stated(document, decl_attribute(boundary, ATTRIBUTE_boundary_kind));
    next_cell(document);
    put_parent(document, boundary->parent);
    next_cell(document);
    if (trust && trust->stated)
        put_number(document, (size_t)trust->number);
    next_cell(document);
    put_number(document, members);
    close_part(document, PART_ROW);
}

static void write_boundaries(struct document *document) {
    static const char *const titles[] = {"#", "Id", "Boundary", "Kind", "In", "Trust", "Elements"};
    const struct decl_list *boundaries = &document->emission->model->of[KIND_BOUNDARY];
    const size_t *members = count_members(document->emission);
    size_t drawn = 0;
    if (!boundaries->count)
        return;
    put_heading(document, 3, "Boundaries");
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < boundaries->count; i++) {
        const struct decl *boundary = boundaries->items[i];
        size_t mark = boundary_is_hidden(boundary) ? 0 : ++drawn;
        write_boundary(document, boundary, mark, members[boundary->index]);
    }
    close_part(document, PART_TABLE);
}

static void put_steps(struct document *document, const struct crossing *crossing, bool entered) {
    bool any = false;
    for (size_t i = 0; i < crossing->step_count; i++) {
        struct boundary_step step = find_step(crossing->subject, i);
        if (step.entered != entered)
            continue;
        put_between(document, any, ", ");
        put_id(document, step.boundary);
        any = true;
    }
}

/* A flow is described above. */
static void put_crossing_subject(struct document *document, const struct decl *subject) {
    if (subject->kind == KIND_FLOW) {
        put_id(document, subject);
        return;
    }
    put_declared(document, subject);
    if (more_of(subject)->at) {
        put_words(document, " at ");
        put_mention(document, decl_title(more_of(subject)->at));
    }
}

static void write_crossing(struct document *document, const struct crossing *crossing) {
    const struct analysis *analysis = document->emission->analysis;
    const struct decl *subject = crossing->subject;
    bool is_flow = subject->kind == KIND_FLOW;
    open_part(document, PART_ROW);
    next_cell(document);
    put_words(document, is_flow ? "F" : "X");
    put_number(document, badge_number(analysis, subject));
    next_cell(document);
    put_crossing_subject(document, subject);
    next_cell(document);
    put_steps(document, crossing, false);
    next_cell(document);
    put_steps(document, crossing, true);
    next_cell(document);
    put_words(document, direction_words[crossing->direction]);
    put_between(document, is_flow && flow_passage(analysis, subject)->from_outside,
                ", from outside");
    close_part(document, PART_ROW);
}

static void write_crossings(struct document *document) {
    static const char *const titles[] = {"#", "What crosses", "Leaves", "Enters", "Direction"};
    const struct analysis *analysis = document->emission->analysis;
    if (!analysis->crossings.count)
        return;
    put_heading(document, 3, "Crossings");
    put_paragraph(document,
                  "The direction is unknown where nothing says which side is trusted more.");
    OPEN_TABLE(document, titles);
    for (size_t i = 0; i < analysis->crossings.count; i++)
        if (page_has_subject(document->emission, analysis->crossings.items[i].subject))
            write_crossing(document, &analysis->crossings.items[i]);
    close_part(document, PART_TABLE);
}

static void write_legend(struct document *document) {
    bool drawn = document->emission->options.picture.length > 0;
    open_part(document, PART_PARAGRAPH);
    put_words(document, drawn ? "The picture above as text: " : "The diagram as text: ");
    put_code(document, SLICE("[ ]"));
    put_words(document, " is an external entity, ");
    put_code(document, SLICE("( )"));
    put_words(document, " a process, ");
    put_code(document, SLICE("= ="));
    put_words(document, " a store, TB a boundary with what is indented under it.");
    close_part(document, PART_PARAGRAPH);
}

/* ---- views ------------------------------------------------------------------------------- */

static void write_view_picture(struct document *document, const struct decl *view) {
    const struct emission *emission = document->emission;
    struct slice pictures = emission->options.view_pictures;
    if (!pictures.length)
        return;
    open_part(document, PART_PARAGRAPH);
    document->form->image(document, picture_of_part(emission->arena, pictures, decl_id(view)),
                          "A part of the data-flow diagram");
    close_part(document, PART_PARAGRAPH);
}

static void write_views(struct document *document) {
    const struct decl_list *views = &document->emission->model->of[KIND_VIEW];
    if (!views->count)
        return;
    put_heading(document, 3, "Views");
    for (size_t i = 0; i < views->count; i++) {
        open_part(document, PART_PARAGRAPH);
        put_declared(document, views->items[i]);
        put_note_after(document, views->items[i], ATTRIBUTE_about);
        close_part(document, PART_PARAGRAPH);
        write_view_picture(document, views->items[i]);
    }
}

/* ---- pages ------------------------------------------------------------------------------- */

static void write_page(struct document *document, const struct fold *page) {
    const struct emission *emission = document->emission;
    open_part(document, PART_PARAGRAPH);
    put_mention(document, page->title);
    put_words(document, ": ");
    put_count(document, page->end - page->start, "element", "elements");
    put_words(document, ", ");
    put_count(document, page->flows, "flow inside", "flows inside");
    close_part(document, PART_PARAGRAPH);
    open_part(document, PART_PARAGRAPH);
    document->form->image(
        document, picture_of_part(emission->arena, emission->options.page_pictures, page->id),
        "A page of the data-flow diagram");
    close_part(document, PART_PARAGRAPH);
}

/* Those that the picture above, an overview, is divided into. */
static void write_pages(struct document *document) {
    const struct division *division = document->emission->division;
    if (!document->emission->options.page_pictures.length || !division)
        return;
    put_heading(document, 3, "Pages of the picture");
    for (size_t i = 1; i < division->pages.count; i++)
        write_page(document, division->pages.items[i]);
}

void write_overview(struct document *document) {
    put_heading(document, 2, "1 Overview");
    write_legend(document);
    write_pages(document);
    write_text_diagram(document);
    write_elements(document);
    write_flows(document);
    write_boundaries(document);
    write_crossings(document);
    write_views(document);
}
