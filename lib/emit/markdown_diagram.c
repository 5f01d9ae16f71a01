/* The data-flow diagram as text: boundaries as an indented tree with the elements in them, then the
 * flows. It says the same as the picture and stays readable in a diff. */
// SPDX-License-Identifier: MIT
#include "emit/markdown.h"

/* The members that lie directly in each boundary, as lists in order of declaration. The outside
 * comes first. */
struct nesting {
    struct decl **first_element, **next_element;
    struct decl **first_boundary, **next_boundary;
    size_t *mark; /* TB1, TB2, ... of drawn boundaries, by index */
};

static size_t slot_of(const struct decl *parent) {
    return parent ? parent->index + 1 : 0;
}

static void add_elements(struct nesting *nesting, const struct decl_list *elements) {
    for (size_t i = elements->count; i-- > 0;) {
        struct decl *element = elements->items[i];
        struct decl **first = &nesting->first_element[slot_of(element->parent)];
        nesting->next_element[element->number] = *first;
        *first = element;
    }
}

static void add_boundaries(struct nesting *nesting, const struct decl_list *boundaries) {
    size_t mark = 0;
    for (size_t i = 0; i < boundaries->count; i++)
        if (!boundary_is_hidden(boundaries->items[i]))
            nesting->mark[i] = ++mark;
    for (size_t i = boundaries->count; i-- > 0;) {
        struct decl *boundary = boundaries->items[i];
        struct decl **first = &nesting->first_boundary[slot_of(boundary->parent)];
        nesting->next_boundary[boundary->index] = *first;
        *first = boundary;
    }
}

static struct nesting find_nesting(struct emission *emission) {
    const struct model *model = emission->model;
    struct arena *arena = emission->arena;
    size_t boundaries = model->of[KIND_BOUNDARY].count, elements = model->elements.count;
    struct nesting nesting = {
        .first_element = ARENA_ARRAY(arena, struct decl *, boundaries + 1),
        .next_element = ARENA_ARRAY(arena, struct decl *, elements + 1),
        .first_boundary = ARENA_ARRAY(arena, struct decl *, boundaries + 1),
        .next_boundary = ARENA_ARRAY(arena, struct decl *, boundaries + 1),
        .mark = ARENA_ARRAY(arena, size_t, boundaries + 1),
    };
    add_elements(&nesting, &model->elements);
    add_boundaries(&nesting, &model->of[KIND_BOUNDARY]);
    return nesting;
}

/* Without blanks before it, which would look like a boundary around it. The tables below have it in
 * full. */
static void write_cut(struct writer *writer, struct slice text) {
    text = slice_trim(text);
    bool whole = text_fits(&text);
    write_terminal(writer, text);
    write_string(writer, whole ? "" : "\u2026");
}

static void write_title(struct writer *writer, const struct decl *decl) {
    write_cut(writer, decl_title(decl));
}

static void write_element(struct writer *writer, const struct decl *element, unsigned depth) {
    static const char *const marks[KIND_COUNT] = {
        [KIND_EXTERNAL] = "[]", [KIND_ACTOR] = "[]", [KIND_PROCESS] = "()", [KIND_STORE] = "=="};
    const char *mark = marks[element->kind];
    write_repeated(writer, ' ', 2 * (size_t)depth);
    write_char(writer, mark[0]);
    write_char(writer, ' ');
    write_title(writer, element);
    write_format(writer, " %c\n", mark[1]);
}

static void write_elements(struct writer *writer, const struct nesting *nesting, size_t slot,
                           unsigned depth) {
    for (const struct decl *at = nesting->first_element[slot]; at;
         at = nesting->next_element[at->number])
        write_element(writer, at, depth);
}

static void write_boundary(struct writer *writer, const struct nesting *nesting,
                           const struct decl *boundary) {
    write_repeated(writer, ' ', 2 * (size_t)(boundary->depth - 1));
    if (nesting->mark[boundary->index])
        write_format(writer, "TB%zu ", nesting->mark[boundary->index]);
    else
        write_string(writer, "– "); /* no line begins with what a user wrote */
    write_title(writer, boundary);
    write_string(writer, boundary_is_hidden(boundary) ? " (identity, not drawn)\n" : "\n");
    write_elements(writer, nesting, slot_of(boundary), boundary->depth);
}

/* The boundary that follows in the tree: the first one inside, else beside it or its parents. */
static const struct decl *boundary_after(const struct nesting *nesting,
                                         const struct decl *boundary) {
    const struct decl *inside = nesting->first_boundary[slot_of(boundary)];
    if (inside)
        return inside;
    while (boundary && !nesting->next_boundary[boundary->index])
        boundary = boundary->parent;
    return boundary ? nesting->next_boundary[boundary->index] : NULL;
}

static void write_flow(struct emission *emission, const struct decl *flow) {
    struct writer *writer = emission->writer;
    struct slice protocol = decl_text(flow, ATTRIBUTE_protocol);
    write_format(writer, "F%zu ", badge_number(emission->analysis, flow));
    write_title(writer, flow->from);
    write_string(writer, " -> ");
    write_title(writer, flow->to);
    if (flow->label.length) {
        write_string(writer, ": ");
        write_cut(writer, flow->label);
    }
    if (protocol.length) {
        write_string(writer, " [");
        write_terminal(writer, protocol);
        write_char(writer, ']');
    }
    write_string(writer,
                 flow_passage(emission->analysis, flow)->step_count ? " *crosses*\n" : "\n");
}

static void write_inner_crossing(struct emission *emission, const struct decl *crossing) {
    struct writer *writer = emission->writer;
    write_format(writer, "X%zu ", badge_number(emission->analysis, crossing));
    if (more_of(crossing)->at)
        write_title(writer, more_of(crossing)->at);
    write_string(writer, ": ");
    write_title(writer, crossing);
    write_string(writer, " *crosses*\n");
}

void write_text_diagram(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct decl_list *of = emission->model->of;
    struct nesting nesting = find_nesting(emission);
    write_string(writer, "```text\n");
    write_elements(writer, &nesting, 0, 0);
    for (const struct decl *at = nesting.first_boundary[0]; at; at = boundary_after(&nesting, at))
        write_boundary(writer, &nesting, at);
    write_char(writer, '\n');
    for (size_t i = 0; i < of[KIND_FLOW].count; i++)
        write_flow(emission, of[KIND_FLOW].items[i]);
    for (size_t i = 0; i < of[KIND_CROSSING].count; i++)
        write_inner_crossing(emission, of[KIND_CROSSING].items[i]);
    write_string(writer, "```\n\n");
}
