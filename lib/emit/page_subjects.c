/* Each element, flow, crossing and boundary of the page in full: what is stated about it and where
 * that is shown, what it is joined with, its rows, and the threats to it. The picture links here.
 */
// SPDX-License-Identifier: MIT
#include "emit/page.h"

/* ---- what belongs to a part -------------------------------------------------------------- */

/* What lies in a boundary, and the threats to an element: found for all at once. */
struct belongings {
    ARRAY_OF(const struct decl *) members;
    ARRAY_OF(const struct threat *) threats;
};

static struct belongings *belongings_of(struct arena *arena, struct table *all,
                                        const struct decl *decl) {
    const void *address = decl;
    struct belongings *own = table_get(all, address_key(&address));
    if (own)
        return own;
    own = ARENA_NEW(arena, struct belongings);
    return table_intern(arena, all, kept_address(arena, decl), own);
}

static void add_members(const struct emission *emission, struct table *all,
                        const struct decl_list *list) {
    struct arena *arena = emission->arena;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->parent)
            *ARRAY_ADD(arena, &belongings_of(arena, all, list->items[i]->parent)->members) =
                list->items[i];
}

static struct table find_belongings(const struct emission *emission) {
    const struct model *model = emission->analysis->model;
    const struct decisions *decisions = emission->decisions;
    struct arena *arena = emission->arena;
    struct table all = {0};
    add_members(emission, &all, &model->elements);
    add_members(emission, &all, &model->of[KIND_BOUNDARY]);
    for (size_t i = 0; decisions && i < decisions->threats.count; i++) {
        const struct threat *threat = decisions->threats.items[i];
        if (threat->component)
            *ARRAY_ADD(arena, &belongings_of(arena, &all, threat->component)->threats) = threat;
    }
    return all;
}

/* ---- what is stated ---------------------------------------------------------------------- */

/* What has an entry of its own, or is for the compiler. */
static bool is_told_elsewhere(enum attribute_id id) {
    return id == ATTRIBUTE_data || id == ATTRIBUTE_allow || id == ATTRIBUTE_in ||
           id == ATTRIBUTE_at || id == ATTRIBUTE_into;
}

/* A link is followed only where it leads to the web. */
static void write_outer_link(struct page *page, const struct decl *decl) {
    struct slice text = decl_text(decl, ATTRIBUTE_link);
    if (has_outer_link(decl)) {
        write_string(page->writer, "<a href=\"");
        write_link(page->writer, decl);
        write_string(page->writer, "\">");
    }
    write_html(page->writer, text);
    write_string(page->writer, has_outer_link(decl) ? "</a>" : "");
}

static void write_value(struct page *page, const struct decl *decl,
                        const struct attribute *attribute) {
    if (attribute->id == ATTRIBUTE_link)
        write_outer_link(page, decl);
    else if (attribute_rows[attribute->id].role == ROLE_NOTE)
        put_text(&page->document, value_text(page->emission, attribute));
    else
        put_stated(&page->document, attribute);
}

/* In order of statement. */
static void write_statements(struct page *page, const struct decl *decl) {
    for (const struct attribute *at = decl->attributes; at; at = at->next) {
        const struct attribute_row *row = &attribute_rows[at->id];
        if (!at->stated || is_told_elsewhere(at->id))
            continue;
        open_entry(page, row->name);
        write_value(page, decl, at);
        if (row->role == ROLE_FACT || has_evidence(decl, at->family))
            put_proof(&page->document, decl, at->family);
        close_entry(page);
    }
}

static void write_data(struct page *page, const struct decl *decl) {
    const struct more *more = more_of(decl);
    if (!more->data_count)
        return;
    open_entry(page, "Data");
    for (size_t i = 0; i < more->data_count; i++) {
        put_between(&page->document, i > 0, ", ");
        put_named(&page->document, more->data[i]);
    }
    close_entry(page);
}

/* ---- what it is joined with -------------------------------------------------------------- */

static void write_place(struct page *page, const char *name, const struct decl *decl) {
    if (!decl)
        return;
    open_entry(page, name);
    put_named(&page->document, decl);
    close_entry(page);
}

static void write_flows(struct page *page, const struct decl *element, bool inward) {
    struct document *document = &page->document;
    bool any = false;
    size_t left_out = 0;
    for (size_t i = 0; i < decl_flow_count(element); i++) {
        const struct decl *flow = element->flows[i];
        const struct decl *other = inward ? flow->from : flow->to;
        if ((inward ? flow->to : flow->from) != element)
            continue;
        if (!page_has_subject(page->emission, flow)) {
            left_out++;
            continue;
        }
        if (any)
            break_line(document);
        else
            open_entry(page, inward ? "Takes" : "Sends");
        any = true;
        put_named(document, flow);
        put_words(document, inward ? " from " : " to ");
        put_text(document, short_title(page->emission->arena, other));
    }
    if (left_out && !any)
        open_entry(page, inward ? "Takes" : "Sends");
    if (left_out) {
        put_between(document, any, " and ");
        put_count(document, left_out, "more flow, which is", "more flows, which are");
        put_words(document, " not in this page");
    }
    if (any || left_out)
        close_entry(page);
}

static void write_steps(struct page *page, const struct decl *subject, size_t count) {
    struct document *document = &page->document;
    for (size_t i = 0; i < count; i++) {
        struct boundary_step step = find_step(subject, i);
        open_entry(page, step.entered ? "Enters" : "Leaves");
        put_named(document, step.boundary);
        close_entry(page);
    }
}

static void write_passage(struct page *page, const struct decl *flow) {
    const struct passage *passage = flow_passage(page->emission->analysis, flow);
    write_place(page, "From", flow->from);
    write_place(page, "To", flow->to);
    write_steps(page, flow, passage->step_count);
    if (!passage->step_count)
        return;
    open_entry(page, "Direction");
    put_words(&page->document, direction_words[passage->direction]);
    put_between(&page->document, passage->from_outside, ", from outside");
    close_entry(page);
}

static void write_exposure(struct page *page, const struct decl *subject) {
    unsigned calls = subject_spot(page->emission->analysis, subject)->calls;
    open_entry(page, "Steps from outside");
    if (calls)
        put_number(&page->document, calls);
    else
        put_words(&page->document, "not reached by calls");
    close_entry(page);
}

/* ---- what is asked and decided there ----------------------------------------------------- */

static void write_rows(struct page *page, const struct decl *subject) {
    const struct emission *emission = page->emission;
    const struct row *rows = rows_of(emission->rows, subject);
    size_t letters = emission->rows->pack->method->letter_count;
    write_string(page->writer, "<ul class=\"row-links\">");
    for (size_t i = 0; i < letters; i++) {
        if (!page_has_row(emission, &rows[i]))
            continue;
        write_string(page->writer, "<li>");
        write_row_link(page, &rows[i]);
        put_words(&page->document, " ");
        put_spaced(&page->document, slice_of(row_state_words[rows[i].state]));
        if (rows[i].state == ROW_OPEN) {
            put_words(&page->document, ", tier ");
            put_number(&page->document, rows[i].tier);
        }
        write_decided_about(page, &rows[i]);
        write_string(page->writer, "</li>");
    }
    write_string(page->writer, "</ul>\n");
}

static void write_threats_to(struct page *page, const struct belongings *own) {
    for (size_t i = 0; own && i < own->threats.count; i++) {
        const struct threat *threat = own->threats.items[i];
        open_entry(page, "Threat");
        put_threat_link(&page->document, decl_id(threat->decision.decl));
        put_words(&page->document, " ");
        put_mention(&page->document, decl_title(threat->decision.decl));
        put_words(&page->document, ", ");
        put_threat_state(&page->document, threat);
        close_entry(page);
    }
}

static void open_shape(struct page *page, const struct decl *decl) {
    open_description(page, kind_rows[decl->kind].word, shape_anchor(&page->document, decl));
    put_text(&page->document, decl_title(decl));
    write_string(page->writer, " <span class=\"kind\">");
    put_words(&page->document, kind_rows[decl->kind].word);
    put_words(&page->document, " ");
    put_code(&page->document, decl_id(decl));
    write_string(page->writer, "</span></h3>\n<dl>");
}

/* Where the picture shows more of it than the overview. */
static void write_shown_on(struct page *page, struct fold *fold) {
    const struct fold *shown = fold ? page_around(fold) : NULL;
    if (!shown || !shown->parent)
        return;
    open_entry(page, "Picture");
    write_page_of(page, shown);
    close_entry(page);
}

static void write_subject(struct page *page, const struct decl *subject,
                          const struct belongings *own) {
    struct arena_mark mark = arena_mark(page->emission->arena);
    open_shape(page, subject);
    write_place(page, "In", subject->kind == KIND_FLOW ? NULL : subject->parent);
    if (page->division && decl_is_element(subject))
        write_shown_on(page, page->division->fold_of[subject->number]);
    if (subject->kind == KIND_FLOW)
        write_passage(page, subject);
    if (subject->kind == KIND_CROSSING) {
        write_place(page, "At", more_of(subject)->at);
        write_place(page, "Into", more_of(subject)->into);
    }
    write_statements(page, subject);
    write_data(page, subject);
    write_exposure(page, subject);
    write_flows(page, subject, true);
    write_flows(page, subject, false);
    write_threats_to(page, own);
    write_string(page->writer, "</dl>\n");
    write_rows(page, subject);
    write_string(page->writer, "</article>\n");
    arena_rewind(page->emission->arena, mark);
}

/* ---- boundaries -------------------------------------------------------------------------- */

static void write_members(struct page *page, const struct belongings *own) {
    if (!own || !own->members.count)
        return;
    open_entry(page, "Holds");
    for (size_t i = 0; i < own->members.count; i++) {
        if (i)
            break_line(&page->document);
        put_named(&page->document, own->members.items[i]);
    }
    close_entry(page);
}

static void write_boundary(struct page *page, const struct decl *boundary,
                           const struct belongings *own) {
    struct arena_mark mark = arena_mark(page->emission->arena);
    open_shape(page, boundary);
    write_place(page, "In", boundary->parent);
    if (page->division)
        write_shown_on(page, fold_of_boundary(page->division, boundary));
    write_statements(page, boundary);
    write_members(page, own);
    write_string(page->writer, "</dl>\n</article>\n");
    arena_rewind(page->emission->arena, mark);
}

static const struct belongings *of_part(const struct table *all, const struct decl *decl) {
    const void *address = decl;
    return table_get(all, address_key(&address));
}

void write_subject_descriptions(struct page *page) {
    const struct emission *emission = page->emission;
    const struct decl_list *subjects = &emission->analysis->model->subjects;
    const struct decl_list *boundaries = &emission->analysis->model->of[KIND_BOUNDARY];
    struct table all = find_belongings(emission);
    write_string(page->writer, "<section id=\"parts\" class=\"abouts\">"
                               "<h2>The parts of the diagram in full</h2>\n");
    for (size_t i = 0; i < boundaries->count; i++)
        write_boundary(page, boundaries->items[i], of_part(&all, boundaries->items[i]));
    for (size_t i = 0; i < subjects->count; i++)
        if (page_has_subject(emission, subjects->items[i]))
            write_subject(page, subjects->items[i], of_part(&all, subjects->items[i]));
    write_string(page->writer, "</section>\n");
}
