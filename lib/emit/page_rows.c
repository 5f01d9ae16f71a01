/* What the rows of the page are found by: the filter, the head of the table that the script makes
 * of their descriptions, and what was decided about a row, in short. */
// SPDX-License-Identifier: MIT
#include "emit/answer_cells.h"
#include "emit/page.h"

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

void write_decided_entries(struct page *page, const struct row *row) {
    struct decided decided = find_decided(page->emission, row);
    if (decided.threats.count || decided.dismissed || decided.baselined) {
        write_string(page->writer, "<dt>In short</dt><dd class=\"decided\">");
        write_decided(page, &decided);
        close_entry(page);
    }
    if (!decided.owners.count)
        return;
    write_string(page->writer, "<dt>Owned by</dt><dd class=\"owners\">");
    for (size_t i = 0; i < decided.owners.count; i++) {
        write_string(page->writer, i ? "; " : "");
        write_html(page->writer, decided.owners.items[i]);
    }
    close_entry(page);
}

void write_row_link(struct page *page, const struct row *row) {
    open_row_link(&page->document, row);
    put_text(&page->document, row_id(page->emission->arena, row));
    close_part(&page->document, PART_LINK);
}

/* ---- the table --------------------------------------------------------------------------- */

/* Without its rows: what they say stands in the descriptions, once. */
static void write_table(struct writer *writer) {
    static const struct {
        const char *title, *sort;
    } columns[] = {{"Id", "text"},       {"Tier", "number"},  {"Letter", "text"},
                   {"State", "text"},    {"Score", "number"}, {"At", "text"},
                   {"Question", "text"}, {"Decided", "text"}, {"Owner", "text"}};
    write_string(writer, "<div class=\"wide rows scripted\" tabindex=\"0\" role=\"region\" "
                         "aria-label=\"Questions, as a table\"><table id=\"list\">"
                         "<thead><tr>");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        write_format(writer, "<th scope=\"col\" data-sort=\"%s\">%s</th>", columns[i].sort,
                     columns[i].title);
    write_string(writer, "</tr></thead></table></div>\n");
}

/* Of a model with very many rows the page has the first, and says so. */
static void write_left_out(struct page *page) {
    const struct emission *emission = page->emission;
    struct writer *writer = page->writer;
    if (!emission->page_is_cut)
        return;
    write_format(writer,
                 "<p id=\"left-out\" tabindex=\"-1\">The page has the first %d of %zu rows, by tier "
                 "and score, as a browser could hardly show more. ",
                 PAGE_ROWS, count_wanted_rows(emission));
    write_string(writer, "<code>stridec report --all</code> writes all of them, <code>stridec threats "
                         "--all --format csv</code> a table of them, and <code>stridec explain</code> "
                         "tells of one by its id.</p>\n");
}

void write_row_table(struct page *page) {
    write_string(page->writer, "<section id=\"rows\"><h2>Questions</h2>\n");
    write_left_out(page);
    write_filter(page);
    write_table(page->writer);
    write_string(page->writer,
                 "<p class=\"unscripted\">One after the other they are "
                 "<a href=\"#questions\">further below</a>.</p>\n"
                 "<p id=\"none\" hidden=\"\">No question fits the filter.</p></section>\n");
}
