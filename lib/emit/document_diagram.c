/* The data-flow diagram as text: boundaries as an indented tree with the elements in them, then the
 * flows. It says the same as the picture and stays readable in a diff. */
// SPDX-License-Identifier: MIT
#include "emit/extent.h"

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

static struct nesting find_nesting(const struct emission *emission) {
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
static void put_trimmed(struct document *document, struct slice text) {
    put_mention(document, slice_trim(text));
}

static void put_title(struct document *document, const struct decl *decl) {
    put_trimmed(document, decl_title(decl));
}

static void indent(struct document *document, unsigned depth) {
    while (depth--)
        put_words(document, "  ");
}

static void write_element(struct document *document, const struct decl *element, unsigned depth) {
    static const struct {
        const char *before, *after;
    } marks[KIND_COUNT] = {[KIND_EXTERNAL] = {"[ ", " ]\n"},
                           [KIND_ACTOR] = {"[ ", " ]\n"},
                           [KIND_PROCESS] = {"( ", " )\n"},
                           [KIND_STORE] = {"= ", " =\n"}};
    indent(document, depth);
    put_words(document, marks[element->kind].before);
    put_title(document, element);
    put_words(document, marks[element->kind].after);
}

static void write_elements(struct document *document, const struct nesting *nesting, size_t slot,
                           unsigned depth) {
    for (const struct decl *at = nesting->first_element[slot]; at;
         at = nesting->next_element[at->number])
        write_element(document, at, depth);
}

static void write_boundary(struct document *document, const struct nesting *nesting,
                           const struct decl *boundary) {
    size_t mark = nesting->mark[boundary->index];
    indent(document, boundary->depth - 1);
    put_words(document, mark ? "TB" : "–"); /* no line begins with what a user wrote */
    if (mark)
        put_number(document, mark);
    put_words(document, " ");
    put_title(document, boundary);
    put_words(document, boundary_is_hidden(boundary) ? " (identity, not drawn)\n" : "\n");
    write_elements(document, nesting, slot_of(boundary), boundary->depth);
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

static void put_badge(struct document *document, const char *prefix, const struct decl *decl) {
    put_words(document, prefix);
    put_number(document, badge_number(document->emission->analysis, decl));
    put_words(document, " ");
}

static void write_flow(struct document *document, const struct decl *flow) {
    struct slice protocol = decl_text(flow, ATTRIBUTE_protocol);
    bool crosses = flow_passage(document->emission->analysis, flow)->step_count > 0;
    put_badge(document, "F", flow);
    put_title(document, flow->from);
    put_words(document, " -> ");
    put_title(document, flow->to);
    if (decl_label(flow).length) {
        put_words(document, ": ");
        put_trimmed(document, decl_label(flow));
    }
    if (protocol.length) {
        put_words(document, " [");
        put_text(document, protocol);
        put_words(document, "]");
    }
    put_words(document, crosses ? " *crosses*\n" : "\n");
}

static void write_inner_crossing(struct document *document, const struct decl *crossing) {
    put_badge(document, "X", crossing);
    if (more_of(crossing)->at)
        put_title(document, more_of(crossing)->at);
    put_words(document, ": ");
    put_title(document, crossing);
    put_words(document, " *crosses*\n");
}

void write_text_diagram(struct document *document) {
    const struct decl_list *of = document->emission->model->of;
    struct nesting nesting = find_nesting(document->emission);
    open_part(document, PART_VERBATIM);
    write_elements(document, &nesting, 0, 0);
    for (const struct decl *at = nesting.first_boundary[0]; at; at = boundary_after(&nesting, at))
        write_boundary(document, &nesting, at);
    put_words(document, "\n");
    for (size_t i = 0; i < of[KIND_FLOW].count; i++)
        if (page_has_subject(document->emission, of[KIND_FLOW].items[i]))
            write_flow(document, of[KIND_FLOW].items[i]);
    for (size_t i = 0; i < of[KIND_CROSSING].count; i++)
        write_inner_crossing(document, of[KIND_CROSSING].items[i]);
    close_part(document, PART_VERBATIM);
}
