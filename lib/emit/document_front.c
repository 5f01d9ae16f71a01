/* The first screen of the document: what the system is, how many rows are open, where to begin.
 * Then the order of the sections. */
// SPDX-License-Identifier: MIT
#include "emit/document_words.h"

#define FIRST_SCREEN_ROWS 5

/* The first author from this one on whose name can be seen. */
static const struct value *seen_author(const struct value *author) {
    while (author && !slice_is_visible(word_text(&author->word)))
        author = author->next;
    return author;
}

static const struct value *first_author(const struct decl *system) {
    const struct attribute *authors = decl_attribute(system, ATTRIBUTE_authors);
    const struct value *value = authors && authors->stated ? authors->item->value : NULL;
    return seen_author(value && value->word.kind == VALUE_LIST ? value_items(value) : value);
}

static void write_authors(struct document *document, const struct value *author) {
    open_part(document, PART_ITEM);
    put_words(document, "Model by ");
    for (bool any = false; author; author = seen_author(author->next), any = true) {
        put_between(document, any, ", ");
        put_text(document, word_text(&author->word));
    }
    close_part(document, PART_ITEM);
}

static void write_people(struct document *document, const struct decl *system) {
    bool owned = decl_text(system, ATTRIBUTE_owner).length > 0;
    const struct value *author = first_author(system);
    if (!owned && !author)
        return;
    open_part(document, PART_LIST);
    if (owned) {
        open_part(document, PART_ITEM);
        put_words(document, "Owned by ");
        put_note(document, system, ATTRIBUTE_owner);
        close_part(document, PART_ITEM);
    }
    if (author)
        write_authors(document, author);
    close_part(document, PART_LIST);
}

static void write_system(struct document *document) {
    const struct decl *system = document->emission->model->system;
    open_heading(document, 1);
    put_words(document, "Threat model: ");
    if (system && decl_title(system).length)
        put_text(document, decl_title(system));
    else
        put_words(document, "a system without a name");
    close_part(document, PART_HEADING);
    if (!system)
        return;
    if (decl_text(system, ATTRIBUTE_about).length) {
        open_part(document, PART_PARAGRAPH);
        put_note(document, system, ATTRIBUTE_about);
        close_part(document, PART_PARAGRAPH);
    }
    write_people(document, system);
}

static void write_picture(struct document *document) {
    struct slice path = document->emission->options.picture;
    if (!path.length)
        return;
    open_part(document, PART_PARAGRAPH);
    document->form->image(document, path, "Data-flow diagram");
    close_part(document, PART_PARAGRAPH);
}

/* ---- what there is, in numbers ----------------------------------------------------------- */

/* A row of the table: what it is about, then the cell that the caller fills. */
static void open_fact(struct document *document, const char *about) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_words(document, about);
    next_cell(document);
}

static void put_fact(struct document *document, const char *about, const char *words) {
    open_fact(document, about);
    put_words(document, words);
    close_part(document, PART_ROW);
}

static void write_crossing_count(struct document *document) {
    const struct model *model = document->emission->model;
    size_t inside = model->of[KIND_CROSSING].count;
    size_t flows = document->emission->analysis->crossings.count - inside;
    open_fact(document, "Crossings");
    put_number(document, flows);
    put_words(document, " of ");
    put_count(document, model->of[KIND_FLOW].count, "flow", "flows");
    put_words(document, flows == 1 ? " crosses a boundary" : " cross a boundary");
    if (inside) {
        put_words(document, "; ");
        put_count(document, inside, "change of trust", "changes of trust");
        put_words(document, " inside a process");
    }
    close_part(document, PART_ROW);
}

/* "2 in tier 2, 3 in tier 3" */
static void put_lower_tiers(struct document *document, const size_t *open) {
    put_number(document, open[2]);
    put_words(document, " in tier 2, ");
    put_number(document, open[3]);
    put_words(document, " in tier 3");
}

static void write_row_counts(struct document *document) {
    const struct rows *rows = document->emission->rows;
    open_fact(document, "Open");
    open_part(document, PART_STRONG);
    put_number(document, rows->open_by_tier[1]);
    put_words(document, " in tier 1");
    close_part(document, PART_STRONG);
    put_words(document, ", ");
    put_lower_tiers(document, rows->open_by_tier);
    close_part(document, PART_ROW);
    open_fact(document, "Settled");
    put_number(document, rows->counts[ROW_COVERED]);
    put_words(document, " covered by the model, ");
    put_number(document, rows->counts[ROW_FOLDED]);
    put_words(document, " folded into a crossing flow");
    if (rows->counts[ROW_ANSWERED]) {
        put_words(document, ", ");
        put_number(document, rows->counts[ROW_ANSWERED]);
        put_words(document, " answered");
    }
    close_part(document, PART_ROW);
}

/* The number of rows that each element, flow, crossing or boundary silences, by its number. */
static size_t *count_silenced(const struct emission *emission) {
    const struct model *model = emission->model;
    size_t *counts = ARENA_ARRAY(emission->arena, size_t,
                                 model->subjects.count + model->of[KIND_BOUNDARY].count);
    size_t letters = emission->rows->pack->method->letter_count;
    for (size_t i = 0; i < model->subjects.count * letters; i++) {
        const struct row *row = &emission->rows->cells[i];
        if (row->silenced)
            counts[decl_out_of_scope(row->subject)->number]++;
    }
    return counts;
}

/* Writes the declarations of the list that state `out_of_scope`; true when there is any. */
static bool write_silent(struct document *document, const struct decl_list *list,
                         const size_t *silenced, bool any) {
    for (size_t i = 0; i < list->count; i++) {
        const struct decl *decl = list->items[i];
        if (more_of(decl)->origin || !decl_text(decl, ATTRIBUTE_out_of_scope).length)
            continue;
        if (any)
            break_line(document);
        any = true;
        put_named(document, decl);
        put_words(document, ": ");
        put_note(document, decl, ATTRIBUTE_out_of_scope);
        put_words(document, " (");
        put_count(document, silenced[decl->number], "row", "rows");
        put_words(document, " silenced)");
    }
    return any;
}

/* Writes the number of imported elements, and how many of their rows are open in their own files.
 */
static void write_imported(struct document *document) {
    const struct emission *emission = document->emission;
    const size_t *open = emission->rows->imported;
    const struct decl_list *all = &emission->analysis->model->elements;
    size_t elements = 0;
    for (size_t i = 0; i < all->count; i++)
        elements += more_of(all->items[i])->origin != NULL;
    if (!elements)
        return;
    open_fact(document, "Imported");
    put_count(document, elements, "element", "elements");
    put_words(document, "; rows open where declared: ");
    put_number(document, open[1]);
    put_words(document, " in tier 1, ");
    put_lower_tiers(document, open);
    close_part(document, PART_ROW);
}

static void write_scope(struct document *document) {
    const struct emission *emission = document->emission;
    const size_t *silenced = count_silenced(emission);
    open_fact(document, "Out of scope");
    bool any = write_silent(document, &emission->model->of[KIND_BOUNDARY], silenced, false);
    any = write_silent(document, &emission->model->subjects, silenced, any);
    put_between(document, !any, "nothing");
    close_part(document, PART_ROW);
}

static void write_numbers(struct document *document) {
    static const char *const titles[] = {"", ""};
    OPEN_TABLE(document, titles);
    write_crossing_count(document);
    write_row_counts(document);
    write_scope(document);
    write_imported(document);
    put_fact(document, "Review", "none recorded yet");
    close_part(document, PART_TABLE);
}

/* ---- where to begin ---------------------------------------------------------------------- */

static void write_first_row(struct document *document, const struct row *row) {
    open_part(document, PART_ITEM);
    open_row_link(document, row);
    put_row_id(document, row);
    close_part(document, PART_LINK);
    put_words(document, " ");
    put_question(document, row);
    close_part(document, PART_ITEM);
}

static void write_first_rows(struct document *document) {
    const struct emission *emission = document->emission;
    size_t shown = 0;
    for (size_t i = 0; i < emission->rows->ranked_count && shown < FIRST_SCREEN_ROWS; i++) {
        if (!row_is_open_in(emission, emission->rows->ranked[i], 1))
            continue;
        if (shown++ == 0) {
            put_paragraph(document, "Start here:");
            open_part(document, PART_STEPS);
        }
        write_first_row(document, emission->rows->ranked[i]);
    }
    if (shown)
        close_part(document, PART_STEPS);
}

void write_document(struct document *document) {
    write_system(document);
    write_picture(document);
    write_numbers(document);
    write_first_rows(document);
    write_overview(document);
    write_assets(document);
    write_adversaries(document);
    write_attack_surface(document);
    write_open_rows(document);
    write_settled_rows(document);
    write_coverage(document);
    write_threats(document);
    write_risks(document);
    write_mitigations(document);
    write_residual_risk(document);
    write_open_items(document);
}
