/* The threat-model document: its first screen, and the order of its sections. */
// SPDX-License-Identifier: MIT
#include "emit/markdown.h"

#define FIRST_SCREEN_ROWS 5

static bool write_authors(struct writer *writer, const struct decl *system) {
    const struct attribute *authors = decl_attribute(system, ATTRIBUTE_authors);
    const struct value *value = authors && authors->stated ? authors->value : NULL;
    bool any = false;
    for (value = value && value->kind == VALUE_LIST ? value->items : value; value;
         value = value->next) {
        if (!slice_is_visible(value->word.text))
            continue;
        write_string(writer, any ? ", " : "- Model by ");
        write_markdown(writer, value->word.text);
        any = true;
    }
    write_string(writer, any ? "\n" : "");
    return any;
}

static void write_people(struct writer *writer, const struct decl *system) {
    bool owned = decl_text(system, ATTRIBUTE_owner).length > 0;
    if (owned) {
        write_string(writer, "- Owned by ");
        write_note(writer, system, ATTRIBUTE_owner);
        write_char(writer, '\n');
    }
    if (write_authors(writer, system) || owned)
        write_char(writer, '\n');
}

static void write_system(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct decl *system = emission->model->system;
    write_string(writer, "# Threat model: ");
    if (system && decl_title(system).length)
        write_markdown(writer, decl_title(system));
    else
        write_string(writer, "a system without a name");
    write_string(writer, "\n\n");
    if (!system)
        return;
    if (decl_text(system, ATTRIBUTE_about).length) {
        write_note(writer, system, ATTRIBUTE_about);
        write_string(writer, "\n\n");
    }
    write_people(writer, system);
}

/* A relative link: everything that is not plain in a path is percent-encoded. */
static void write_path(struct writer *writer, struct slice path) {
    static const char digits[] = "0123456789ABCDEF";
    struct slice plain =
        SLICE("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./");
    for (size_t i = 0; i < path.length; i++) {
        unsigned char byte = (unsigned char)path.at[i];
        if (slice_has(plain, (char)byte))
            write_char(writer, (char)byte);
        else
            write_format(writer, "%%%c%c", digits[byte >> 4], digits[byte & 0xf]);
    }
}

static void write_picture(struct emission *emission) {
    struct writer *writer = emission->writer;
    if (!emission->options.picture.length)
        return;
    write_string(writer, "![Data-flow diagram](");
    write_path(writer, emission->options.picture);
    write_string(writer, ")\n\n");
}

static void write_crossing_count(struct emission *emission) {
    struct writer *writer = emission->writer;
    size_t crossings = emission->analysis->crossings.count;
    size_t inside = emission->model->of[KIND_CROSSING].count;
    write_string(writer, "| Crossings | ");
    write_format(writer, "%zu of ", crossings - inside);
    write_count(writer, emission->model->of[KIND_FLOW].count, "flow", "flows");
    write_string(writer, crossings - inside == 1 ? " crosses" : " cross");
    write_string(writer, " a boundary");
    if (inside) {
        write_string(writer, "; ");
        write_count(writer, inside, "change of trust", "changes of trust");
        write_string(writer, " inside a process");
    }
    write_string(writer, " |\n");
}

static void write_row_counts(struct emission *emission) {
    struct writer *writer = emission->writer;
    const struct rows *rows = emission->rows;
    write_format(writer, "| Open | **%zu in tier 1**, %zu in tier 2, %zu in tier 3 |\n",
                 rows->open_by_tier[1], rows->open_by_tier[2], rows->open_by_tier[3]);
    write_format(writer, "| Settled | %zu covered by the model, %zu folded into a crossing flow",
                 rows->counts[ROW_COVERED], rows->counts[ROW_FOLDED]);
    if (rows->counts[ROW_ANSWERED])
        write_format(writer, ", %zu answered", rows->counts[ROW_ANSWERED]);
    write_string(writer, " |\n");
}

/* The number of rows that each element, flow, crossing or boundary silences, by its number. */
static size_t *count_silenced(struct emission *emission) {
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
static bool write_silent(struct emission *emission, const struct decl_list *list,
                         const size_t *silenced, bool any) {
    struct writer *writer = emission->writer;
    for (size_t i = 0; i < list->count; i++) {
        const struct decl *decl = list->items[i];
        if (more_of(decl)->origin || !decl_text(decl, ATTRIBUTE_out_of_scope).length)
            continue;
        write_string(writer, any ? "<br>" : "| Out of scope | ");
        any = true;
        write_named(writer, decl);
        write_string(writer, ": ");
        write_note(writer, decl, ATTRIBUTE_out_of_scope);
        write_string(writer, " (");
        write_count(writer, silenced[decl->number], "row", "rows");
        write_string(writer, " silenced)");
    }
    return any;
}

/* Writes the number of imported elements, and how many of their rows are open in their own files.
 */
static void write_imported(struct emission *emission) {
    const size_t *open = emission->rows->imported;
    size_t elements = 0;
    for (size_t i = 0; i < emission->model->elements.count; i++)
        elements += more_of(emission->model->elements.items[i])->origin != NULL;
    if (!elements)
        return;
    write_string(emission->writer, "| Imported | ");
    write_count(emission->writer, elements, "element", "elements");
    write_format(emission->writer,
                 "; rows open where declared: %zu in tier 1, %zu in tier 2, %zu in tier 3 |\n",
                 open[1], open[2], open[3]);
}

static void write_scope(struct emission *emission) {
    const size_t *silenced = count_silenced(emission);
    bool any = write_silent(emission, &emission->model->of[KIND_BOUNDARY], silenced, false);
    any = write_silent(emission, &emission->model->subjects, silenced, any);
    write_string(emission->writer, any ? " |\n" : "| Out of scope | nothing |\n");
    write_imported(emission);
}

static void write_row_link(struct writer *writer, const struct row *row) {
    write_format(writer, "[`%.*s@%.*s`](#", S(row->letter->code), S(row->subject->id));
    write_row_anchor(writer, row);
    write_char(writer, ')');
}

static void write_first_rows(struct emission *emission) {
    struct writer *writer = emission->writer;
    size_t shown = 0;
    for (size_t i = 0; i < emission->rows->ranked_count && shown < FIRST_SCREEN_ROWS; i++) {
        const struct row *row = emission->rows->ranked[i];
        if (!row_is_open_in(emission, row, 1))
            continue;
        if (shown++ == 0)
            write_string(writer, "Start here:\n\n");
        write_format(writer, "%zu. ", shown);
        write_row_link(writer, row);
        write_char(writer, ' ');
        write_question(emission, row);
        write_char(writer, '\n');
    }
    if (shown)
        write_char(writer, '\n');
}

static void write_first_screen(struct emission *emission) {
    struct writer *writer = emission->writer;
    write_system(emission);
    write_picture(emission);
    write_string(writer, "| | |\n|---|---|\n");
    write_crossing_count(emission);
    write_row_counts(emission);
    write_scope(emission);
    write_string(writer, "| Review | none recorded yet |\n\n");
    write_first_rows(emission);
}

bool emit_markdown(struct emission *emission) {
    write_first_screen(emission);
    write_overview(emission);
    write_assets(emission);
    write_adversaries(emission);
    write_attack_surface(emission);
    write_open_rows(emission);
    write_settled_rows(emission);
    write_coverage(emission);
    return true;
}
