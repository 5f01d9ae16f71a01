/* The rows of the page as a table that can be filtered and sorted: the one list that has them all.
 * Its cells are read by the script; what no cell says stands in an attribute. */
// SPDX-License-Identifier: MIT
#include "analysis/ahead.h"
#include "emit/answer_cells.h"
#include "emit/page.h"

/* So many rows are laid out only when they come near to what is seen. */
#define ROWS_OF_A_PART 50

/* ---- what the filter offers -------------------------------------------------------------- */

static void write_option(struct writer *writer, const char *value, struct slice shown) {
    write_format(writer, "<option value=\"%s\">", value);
    write_html(writer, shown);
    write_string(writer, "</option>");
}

static void open_select(struct writer *writer, const char *name, const char *label,
                        const char *all) {
    write_format(writer, "<label>%s <select name=\"%s\">", label, name);
    write_option(writer, "", slice_of(all));
}

static void close_select(struct writer *writer) {
    write_string(writer, "</select></label>\n");
}

/* "not applicable" */
static void write_spaced(struct writer *writer, const char *word) {
    for (; *word; word++)
        write_char(writer, *word == '_' ? ' ' : *word);
}

static void write_state_options(struct page *page) {
    static const enum row_state states[] = {ROW_OPEN,   ROW_ANSWERED,       ROW_COVERED,
                                            ROW_FOLDED, ROW_NOT_APPLICABLE, ROW_OUT_OF_SCOPE};
    const struct rows *rows = page->emission->rows;
    open_select(page->writer, "state", "State", "all that apply");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        const char *word = row_state_words[states[i]];
        if (!rows->counts[states[i]])
            continue;
        write_format(page->writer, "<option value=\"%s\">", word);
        write_spaced(page->writer, word);
        write_string(page->writer, "</option>");
    }
    write_option(page->writer, "any", SLICE("all there are"));
    close_select(page->writer);
}

static void write_letter_options(struct page *page) {
    const struct method *method = page->emission->rows->pack->method;
    open_select(page->writer, "letter", "Letter", "all");
    for (size_t i = 0; i < method->letter_count; i++) {
        write_string(page->writer, "<option value=\"");
        write_html(page->writer, method->letters[i].code);
        write_string(page->writer, "\">");
        write_html(page->writer, method->letters[i].code);
        write_string(page->writer, " ");
        write_html(page->writer, method->letters[i].name);
        write_string(page->writer, "</option>");
    }
    close_select(page->writer);
}

/* Elements and owners are listed by the script, from the rows. */
static void write_filter(struct page *page) {
    struct writer *writer = page->writer;
    write_string(writer, "<form id=\"filter\" class=\"filter scripted\" role=\"search\" "
                         "aria-label=\"Filter the questions\">\n");
    write_string(writer, "<label>Text <input type=\"search\" name=\"text\" "
                         "autocomplete=\"off\"/></label>\n");
    open_select(writer, "tier", "Tier", "all");
    write_string(writer, "<option>1</option><option>2</option><option>3</option>");
    close_select(writer);
    write_letter_options(page);
    write_state_options(page);
    open_select(writer, "element", "Element", "all");
    close_select(writer);
    open_select(writer, "owner", "Owner", "all");
    close_select(writer);
    write_string(writer, "<button type=\"reset\">Clear</button>\n"
                         "<output id=\"shown\" aria-live=\"polite\"></output></form>\n");
}

/* ---- what was decided -------------------------------------------------------------------- */

/* What the decisions about a row come to, each thing once. */
struct decided {
    ARRAY_OF(struct slice) owners;
    ARRAY_OF(const struct threat *) threats;
    struct table met; /* their addresses */
    bool dismissed, baselined;
};

static void add_owner(struct arena *arena, struct decided *decided, struct slice owner) {
    for (size_t i = 0; i < decided->owners.count; i++)
        if (slice_equal(decided->owners.items[i], owner))
            return;
    if (owner.length)
        *ARRAY_ADD(arena, &decided->owners) = owner;
}

static void add_verdict(const struct emission *emission, struct decided *decided,
                        const struct row *row, const struct pattern *pattern) {
    struct arena *arena = emission->arena;
    const struct verdict_on *verdict = verdict_about(emission->decisions, row, pattern);
    if (!verdict)
        return;
    struct question_answer answer = answer_of(arena, verdict);
    add_owner(arena, decided, text_cut(arena, column_text(arena, &answer, COLUMN_owner)));
    decided->dismissed |= verdict->answer == ANSWER_DISMISSED;
    decided->baselined |= verdict->answer == ANSWER_BASELINED;
    for (size_t i = 0; i < verdict->threats.count; i++) {
        struct threat *threat = verdict->threats.items[i];
        size_t met = decided->met.count;
        table_intern(arena, &decided->met, kept_address(arena, threat), threat);
        if (decided->met.count > met)
            *ARRAY_ADD(arena, &decided->threats) = threat;
    }
}

static struct decided find_decided(const struct emission *emission, const struct row *row) {
    struct decided decided = {0};
    for (const struct pattern *at = row->patterns; at; at = at->next)
        add_verdict(emission, &decided, row, at);
    add_verdict(emission, &decided, row, NULL);
    return decided;
}

static void write_decided(struct page *page, const struct decided *decided) {
    bool any = false;
    for (size_t i = 0; i < decided->threats.count; i++, any = true) {
        put_between(&page->document, any, ", ");
        put_threat_link(&page->document, decl_id(decided->threats.items[i]->decision.decl));
        put_words(&page->document, " ");
        put_threat_state(&page->document, decided->threats.items[i]);
    }
    put_between(&page->document, any && (decided->dismissed || decided->baselined), ", ");
    put_between(&page->document, decided->dismissed, "dismissed");
    put_between(&page->document, decided->dismissed && decided->baselined, ", ");
    put_between(&page->document, decided->baselined, "left open");
}

void write_decided_about(struct page *page, const struct row *row) {
    struct decided decided = find_decided(page->emission, row);
    put_between(&page->document,
                decided.threats.count > 0 || decided.dismissed || decided.baselined, ": ");
    write_decided(page, &decided);
}

/* ---- rows -------------------------------------------------------------------------------- */

/* The elements by which the row is found, but for its subject, which its id names. */
static void write_elements(struct page *page, const struct decl *subject) {
    const struct decl *elements[] = {
        subject->kind == KIND_FLOW ? subject->from : NULL,
        subject->kind == KIND_FLOW ? subject->to : NULL,
        subject->kind == KIND_CROSSING ? more_of(subject)->at : NULL,
    };
    if (decl_is_element(subject))
        return;
    write_string(page->writer, " data-elements=\"");
    for (size_t i = 0, any = 0; i < sizeof elements / sizeof *elements; i++)
        if (elements[i]) {
            write_string(page->writer, any++ ? " " : "");
            write_html(page->writer, decl_id(elements[i]));
        }
    write_string(page->writer, "\"");
}

static void write_cell(struct writer *writer) {
    write_string(writer, "</td><td>");
}

void write_row_link(struct page *page, const struct row *row) {
    open_row_link(&page->document, row);
    put_text(&page->document, row_id(page->emission->arena, row));
    close_part(&page->document, PART_LINK);
}

static void write_row(struct page *page, const struct row *row) {
    const struct emission *emission = page->emission;
    struct writer *writer = page->writer;
    struct arena_mark mark = arena_mark(emission->arena);
    struct decided decided = find_decided(emission, row);
    write_string(writer, "<tr");
    write_elements(page, row->subject);
    write_string(writer, "><td>");
    write_row_link(page, row);
    write_cell(writer);
    write_decimal(writer, (size_t)row->tier);
    write_cell(writer);
    write_html(writer, row->letter->code);
    write_cell(writer);
    write_string(writer, row->state == ROW_OPEN ? "<strong>" : "");
    write_spaced(writer, row_state_words[row->state]);
    write_string(writer, row->state == ROW_OPEN ? "</strong>" : "");
    write_cell(writer);
    write_decimal(writer, (size_t)row->score);
    write_cell(writer);
    write_html(writer, short_title(emission->arena, row->subject));
    write_cell(writer);
    put_question(&page->document, row);
    write_cell(writer);
    write_decided(page, &decided);
    write_cell(writer);
    for (size_t i = 0; i < decided.owners.count; i++) {
        write_string(writer, i ? "; " : "");
        write_html(writer, decided.owners.items[i]);
    }
    write_string(writer, "</td></tr>\n");
    arena_rewind(emission->arena, mark);
}

static void write_head(struct writer *writer) {
    static const struct {
        const char *title, *sort;
    } columns[] = {{"Id", "text"},       {"Tier", "number"},  {"Letter", "text"},
                   {"State", "text"},    {"Score", "number"}, {"At", "text"},
                   {"Question", "text"}, {"Decided", "text"}, {"Owner", "text"}};
    write_string(writer, "<div class=\"wide rows\" tabindex=\"0\" role=\"region\" "
                         "aria-label=\"Questions, as a table\"><table id=\"list\">"
                         "<thead><tr>");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        write_format(writer, "<th scope=\"col\" data-sort=\"%s\">%s</th>", columns[i].sort,
                     columns[i].title);
    write_string(writer, "</tr></thead>\n");
}

void write_row_table(struct page *page) {
    const struct rows *rows = page->emission->rows;
    size_t written = 0;
    write_string(page->writer, "<section id=\"rows\"><h2>Questions</h2>\n");
    write_filter(page);
    write_head(page->writer);
    for (size_t i = 0; i < rows->listed_count; i++) {
        prefetch_rows(rows, i);
        if (!page_has_row(page->emission, rows->ranked[i]))
            continue;
        if (written % ROWS_OF_A_PART == 0)
            write_string(page->writer, written ? "</tbody><tbody>\n" : "<tbody>\n");
        written++;
        write_row(page, rows->ranked[i]);
    }
    write_string(page->writer, written ? "</tbody></table></div>\n" : "</table></div>\n");
    write_string(page->writer,
                 "<p id=\"none\" hidden=\"\">No question fits the filter.</p></section>\n");
}
