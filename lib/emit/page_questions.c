/* Each row of the page in full: why it is there, its questions, and what was decided about them.
 * What all questions of a rule have in common is told with the rule, and the script brings it here.
 * Of those that wait it makes the commands and the stub that decide them, to be copied. The page
 * itself changes nothing. */
// SPDX-License-Identifier: MIT
#include "analysis/agenda.h"
#include "analysis/ahead.h"
#include "analysis/grouping.h"
#include "base/limits.h"
#include "emit/answer_cells.h"
#include "emit/page.h"
#include "emit/ways.h"

/* ---- what was decided -------------------------------------------------------------------- */

/* A dismissal or a baseline. */
static void write_other(struct page *page, const struct verdict_on *verdict) {
    const struct decl *decl = verdict->first->decl;
    open_entry(page, "Decided");
    put_words(&page->document, verdict->answer == ANSWER_DISMISSED ? "dismissed" : "left open");
    put_between(&page->document, !verdict->holds, "; it no longer holds");
    close_entry(page);
    if (decl->kind == KIND_DISMISS)
        write_said(page, "Reason", decl, ATTRIBUTE_reason);
    if (verdict->first->see_threat) {
        open_entry(page, "See");
        put_threat_link(&page->document, decl_id(verdict->first->see_threat->decision.decl));
        close_entry(page);
    }
    write_said(page, "Note", decl, ATTRIBUTE_note);
}

static void write_verdict(struct page *page, const struct row *row, const struct pattern *pattern) {
    static const struct {
        enum answer_column column;
        const char *name;
    } columns[] = {{COLUMN_owner, "Owner"},       {COLUMN_ticket, "Ticket"},
                   {COLUMN_due, "Due"},           {COLUMN_review, "Review on"},
                   {COLUMN_author, "Decided by"}, {COLUMN_decided, "Decided on"}};
    struct arena *arena = page->emission->arena;
    const struct verdict_on *verdict = verdict_about(page->emission->decisions, row, pattern);
    if (!verdict)
        return;
    struct question_answer answer = answer_of(arena, verdict);
    if (verdict->answer != ANSWER_THREAT)
        write_other(page, verdict);
    for (size_t i = 0; i < verdict->threats.count; i++)
        write_threat_entry(page, verdict->threats.items[i]);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        write_entry(page, columns[i].name,
                    text_cut(arena, column_text(arena, &answer, columns[i].column)));
}

/* ---- what settles it --------------------------------------------------------------------- */

/* "`auth: jwt`", or "`auth`" where nothing is known to be enough. */
static void put_fact(struct page *page, const struct remedy *fact) {
    const char *name = attribute_rows[fact->attribute].name;
    struct slice value = fact->value_count ? fact->values[0] : SLICE("");
    put_code(&page->document, text_format(page->emission->arena, "%s%s%.*s", name,
                                          value.length ? ": " : "", SLICE_ARGS(value)));
}

/* What is enough alone stands in the first entry; else each has those of which one is needed. */
static void write_settling(struct page *page, const struct pattern *pattern) {
    const struct settling_facts facts = find_settling_facts(page->emission, pattern);
    for (size_t i = 0; i < facts.count; i++) {
        const struct settling_fact *fact = &facts.items[i];
        const struct settling_fact *before = i ? fact - 1 : NULL;
        const struct settling_fact *next = i + 1 < facts.count ? fact + 1 : NULL;
        if (!before || before->group != fact->group)
            write_format(page->writer, "<dt>%s</dt><dd class=\"%s\">",
                         !before         ? "Would settle it"
                         : before->group ? "and"
                                         : "Or together",
                         fact->group ? "part" : "alone");
        else
            put_words(&page->document, ", or ");
        put_fact(page, fact->fact);
        bool ends = !next || next->group != fact->group;
        if (ends || next->fact->decl != fact->fact->decl) {
            put_words(&page->document, " of ");
            put_id(&page->document, fact->fact->decl);
        }
        if (ends)
            close_entry(page);
    }
}

/* The facts that are stated. */
static void write_facts(struct page *page, const struct pattern *pattern) {
    bool any = false;
    for (size_t i = 0; i < pattern->fact_count; i++) {
        const struct attribute *attribute = pattern->facts[i].attribute;
        if (!attribute || !attribute->stated)
            continue;
        if (!any)
            open_entry(page, "Stated");
        put_between(&page->document, any, ", ");
        put_reading(&page->document, &pattern->facts[i]);
        any = true;
    }
    if (any)
        close_entry(page);
}

/* ---- questions --------------------------------------------------------------------------- */

static void write_rule_address(struct page *page, const struct rule *rule) {
    write_string(page->writer, " href=\"#" RULE_ANCHOR);
    write_fragment(page->writer, rule->id);
    write_string(page->writer, "\">");
}

/* "likelihood 4 × impact 4 = 16, critical" */
static void put_score(struct page *page, struct score score) {
    struct document *document = &page->document;
    put_words(document, "likelihood ");
    put_number(document, (size_t)score.likelihood);
    put_words(document, " × impact ");
    put_number(document, (size_t)score.impact);
    put_points(document, score);
}

/* What no longer holds, and can be confirmed. */
static void write_before(struct page *page, const struct row *row, const struct pattern *pattern) {
    const struct agenda_item item = {.row = row, .pattern = pattern};
    const struct decision *before = decided_before(page->emission->decisions, &item);
    if (!before)
        return;
    struct slice id = decl_id(before->decl);
    write_string(page->writer, "<dt>Decided before</dt><dd class=\"before\">");
    if (id.length)
        put_code(&page->document, id);
    else
        put_words(&page->document, "yes");
    close_entry(page);
}

static void write_pattern(struct page *page, const struct row *row, const struct pattern *pattern,
                          bool is_first) {
    const struct emission *emission = page->emission;
    struct slice key = pattern_key(emission->arena, emission->rows, pattern);
    bool pending = is_pending(emission->decisions, row, pattern);
    write_format(page->writer, "<section class=\"pattern %s%s\" id=\"",
                 pending ? "pending" : pattern_state_words[pattern->state],
                 is_first ? " first" : "");
    write_html(page->writer, key);
    write_string(page->writer, "\"><h4>");
    write_html_text(page->writer, pattern_ask(emission, pattern));
    write_string(page->writer, "</h4>\n<dl>");
    open_entry(page, "Question");
    use_rule(page, pattern->rule, pending ? RULE_ASKED : RULE_MENTIONED);
    write_string(page->writer, "<a");
    write_rule_address(page, pattern->rule);
    write_html(page->writer, key);
    write_string(page->writer, "</a>");
    if (pending) {
        write_string(page->writer, ", to decide: <span class=\"urgency\">");
        put_words(&page->document, "tier ");
        put_number(&page->document, pattern->tier);
        put_words(&page->document, ", ");
        put_score(page, score_of(emission->arena, emission->rows, row, pattern));
        write_string(page->writer, "</span>");
    } else {
        put_words(&page->document, ", ");
        put_words(&page->document, pattern_state_words[pattern->state]);
    }
    close_entry(page);
    write_facts(page, pattern);
    if (pattern->state == PATTERN_OPEN)
        write_settling(page, pattern);
    write_verdict(page, row, pattern);
    if (pending)
        write_before(page, row, pattern);
    write_string(page->writer, "</dl>\n</section>\n");
}

/* ---- what is not asked ------------------------------------------------------------------- */

/* No more than its name, as there may be many. */
static void write_unasked(struct page *page, const struct pattern *pattern) {
    struct arena *arena = page->emission->arena;
    use_rule(page, pattern->rule, RULE_MENTIONED);
    write_string(page->writer, "<a id=\"");
    write_html(page->writer, pattern_key(arena, page->emission->rows, pattern));
    write_string(page->writer, "\"");
    write_rule_address(page, pattern->rule);
    write_html(page->writer, pattern_id(arena, pattern));
    write_string(page->writer, "</a>");
    if (pattern->state == PATTERN_YIELDED) {
        put_words(&page->document, ", now ");
        put_code(&page->document, successor_id(arena, page->emission->rows, pattern));
    }
}

/* "`executes` would decide: foreign_code, ..." */
static void write_group(struct page *page, const struct row *row,
                        const struct pattern_group *group) {
    const struct decl *decider = group->reading.decl;
    write_string(page->writer, "<p class=\"unasked\">");
    if (decider)
        put_code(&page->document, slice_of(attribute_rows[group->reading.family].name));
    if (decider && decider != row->subject) {
        put_words(&page->document, " of ");
        put_id(&page->document, decider);
    }
    put_words(&page->document, decider ? " would decide: "
                               : group->patterns.items[0]->state == PATTERN_YIELDED
                                   ? "Asked otherwise: "
                                   : "Possible: ");
    for (size_t i = 0; i < group->patterns.count; i++) {
        put_between(&page->document, i > 0, " ");
        write_unasked(page, group->patterns.items[i]);
    }
    write_string(page->writer, "</p>\n");
}

static bool is_listed_only(const struct page *page, const struct row *row,
                           const struct pattern *pattern) {
    return (pattern->state == PATTERN_POSSIBLE || pattern->state == PATTERN_YIELDED) &&
           !verdict_about(page->emission->decisions, row, pattern);
}

/* Those that the same attribute would decide stand together, and those that have yielded. */
static void write_all_unasked(struct page *page, const struct row *row) {
    static const struct reading yielded = {.family = ATTRIBUTE_COUNT};
    struct pattern_groups groups = {0};
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (is_listed_only(page, row, at))
            group_pattern(page->emission->arena, &groups,
                          at->state == PATTERN_YIELDED ? &yielded : &at->settle, at);
    for (size_t i = 0; i < groups.list.count; i++)
        write_group(page, row, groups.list.items[i]);
}

/* ---- rows -------------------------------------------------------------------------------- */

static void write_see(struct page *page, const struct row *row) {
    const struct row *seen[SEE_LIMIT];
    size_t count = rows_to_see(page->emission->rows, row, seen, SEE_LIMIT);
    if (!count)
        return;
    open_entry(page, "Asked at");
    for (size_t i = 0; i < count && i < SEE_LIMIT; i++) {
        put_between(&page->document, i > 0, ", ");
        if (page_has_row(page->emission, seen[i]))
            write_row_link(page, seen[i]);
        else
            put_row_id(&page->document, seen[i]);
    }
    close_entry(page);
}

static void write_score(struct page *page, const struct row *row) {
    const struct emission *emission = page->emission;
    struct score score = {row->likelihood, row->impact, row->score};
    open_entry(page, "Suggested");
    put_score(page, score);
    put_words(&page->document, "; ");
    put_text(&page->document, score_reason(emission->arena, emission->rows, row, row->scored));
    close_entry(page);
}

static bool asks(const struct row *row) {
    return row->state != ROW_NOT_APPLICABLE && row->state != ROW_OUT_OF_SCOPE;
}

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

/* The script makes a row of the table of it: what the row says stands here, or in an attribute. */
static void open_row(struct page *page, const struct row *row, bool pending) {
    struct document *document = &page->document;
    struct arena *arena = page->emission->arena;
    begin_description(page, pending ? "open pending" : row_state_words[row->state],
                      row_id(arena, row));
    write_elements(page, row->subject);
    write_string(page->writer, ">\n<h3>");
    put_row_id(document, row);
    put_words(document, " ");
    put_text(document, row->letter->name);
    put_words(document, " of ");
    document->form->open_link(document, true, shape_anchor(document, row->subject));
    put_text(document, short_title(arena, row->subject));
    close_part(document, PART_LINK);
    write_string(page->writer, "</h3>\n<dl>");
    open_entry(page, "State");
    put_spaced(document, slice_of(row_state_words[row->state]));
    put_words(document, ", tier ");
    put_number(document, (size_t)row->tier);
    if (!asks(row)) {
        put_words(document, ", score ");
        put_number(document, (size_t)row->score);
    }
    close_entry(page);
}

/* What the table says of it, where no question below does. */
static void write_asked(struct page *page, const struct row *row, const struct pattern *first) {
    const struct emission *emission = page->emission;
    if (first ? !asks(row) : row->state == ROW_OPEN)
        write_entry(page, "Asked", row_question(emission->arena, emission->rows, row));
}

static void write_row(struct page *page, const struct row *row) {
    const struct emission *emission = page->emission;
    struct arena_mark mark = arena_mark(emission->arena);
    bool pending = is_pending(emission->decisions, row, NULL);
    const struct pattern *first = row_first(emission->rows, row);
    open_row(page, row, pending);
    write_asked(page, row, first);
    write_decided_entries(page, row);
    write_entry(page, "Why", row_reason(emission->arena, emission->rows, row));
    write_see(page, row);
    if (asks(row))
        write_score(page, row);
    write_verdict(page, row, NULL);
    if (pending)
        write_before(page, row, NULL);
    write_string(page->writer, "</dl>\n");
    for (const struct pattern *at = asks(row) ? row->patterns : NULL; at; at = at->next)
        if (!is_listed_only(page, row, at))
            write_pattern(page, row, at, at == first);
    if (asks(row))
        write_all_unasked(page, row);
    write_string(page->writer, "</article>\n");
    arena_rewind(emission->arena, mark);
}

/* For those who read without the script, which makes them for each question. */
static void write_how_to_decide(struct page *page) {
    static const char *const commands[][2] = {{"add", "QUESTION"},
                                              {"dismiss", "QUESTION --reason \"...\""},
                                              {"state", "ID FACT VALUE"},
                                              {"seed", "QUESTION"}};
    struct memory_writer path;
    struct slice name = page->emission->options.model_name;
    memory_writer_open(&path, page->emission->arena);
    write_shell_path(&path.writer, name.length ? name : SLICE("MODEL.dfd"));
    name = memory_writer_close(&path);
    write_string(page->writer, "<p>A question is decided by one of these commands, run where this "
                               "page is; the last one writes a stub into the file of decisions, to "
                               "be filled in:</p>\n<pre tabindex=\"0\"><code>");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        write_format(page->writer, "stridec triage %s ", commands[i][0]);
        write_html(page->writer, name);
        write_string(page->writer, " ");
        write_html(page->writer, slice_of(commands[i][1]));
        write_string(page->writer, "\n");
    }
    write_string(page->writer, "</code></pre>\n");
}

void write_row_descriptions(struct page *page) {
    const struct rows *rows = page->emission->rows;
    write_string(page->writer, "<section id=\"questions\" class=\"abouts\">"
                               "<h2>The questions in full</h2>\n");
    write_how_to_decide(page);
    for (size_t i = 0; i < rows->listed_count; i++) {
        prefetch_rows(rows, i);
        if (page_has_row(page->emission, rows->ranked[i]))
            write_row(page, rows->ranked[i]);
    }
    write_string(page->writer, "</section>\n");
}
