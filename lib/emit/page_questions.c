/* Each row of the page in full: why it is there, its questions with what may happen and what helps,
 * what was decided about them, and of those that wait the commands and the stub that decide them,
 * to be copied. The page itself changes nothing. */
// SPDX-License-Identifier: MIT
#include "analysis/ahead.h"
#include "base/limits.h"
#include "emit/answer_cells.h"
#include "emit/page.h"
#include "emit/stub.h"
#include "emit/ways.h"

void open_description(struct page *page, const char *state, struct slice id) {
    write_format(page->writer, "<article class=\"about %s\" id=\"", state);
    write_html(page->writer, id);
    write_string(page->writer, "\">\n<h3 tabindex=\"-1\">");
}

void open_entry(struct page *page, const char *name) {
    write_format(page->writer, "<dt>%s</dt><dd>", name);
}

void close_entry(struct page *page) {
    write_string(page->writer, "</dd>\n");
}

static void write_entry(struct page *page, const char *name, struct slice text) {
    if (!text.length)
        return;
    open_entry(page, name);
    write_html_text(page->writer, text);
    close_entry(page);
}

/* ---- what was decided -------------------------------------------------------------------- */

/* It stands in full where decisions are listed, and may be about many questions. */
static void write_said(struct page *page, const char *name, const struct decl *decl,
                       enum attribute_id id) {
    write_entry(page, name, text_cut(page->emission->arena, decl_text(decl, id)));
}

static void write_threat(struct page *page, const struct threat *threat) {
    struct document *document = &page->document;
    const struct decl *decl = threat->decision.decl;
    open_entry(page, "Threat");
    put_threat_link(document, decl_id(decl));
    put_words(document, " ");
    put_mention(document, decl_title(decl));
    if (threat->priority.length) {
        put_words(document, ", ");
        put_text(document, threat->priority);
    }
    put_words(document, ", ");
    put_threat_state(document, threat);
    close_entry(page);
    write_said(page, "Why", decl, ATTRIBUTE_because);
    for (size_t i = 0; i < threat->mitigations.count; i++) {
        const struct decl *mitigation = threat->mitigations.items[i];
        open_entry(page, "Mitigation");
        put_mention(document, decl_title(mitigation));
        put_between(document, decl_text(mitigation, ATTRIBUTE_state).length > 0, ", ");
        put_word_of(document, mitigation, ATTRIBUTE_state);
        close_entry(page);
    }
    for (size_t i = 0; i < threat->risks.count; i++) {
        open_entry(page, "Risk");
        put_mention(document, decl_title(threat->risks.items[i]));
        put_words(document, ", ");
        put_word_of(document, threat->risks.items[i], ATTRIBUTE_decision);
        close_entry(page);
        write_said(page, "Why", threat->risks.items[i], ATTRIBUTE_because);
    }
}

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
        write_threat(page, verdict->threats.items[i]);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        write_entry(page, columns[i].name,
                    text_cut(arena, column_text(arena, &answer, columns[i].column)));
}

/* ---- what decides it --------------------------------------------------------------------- */

static void write_copied(struct page *page, struct slice text, const char *label) {
    write_format(page->writer, "<pre class=\"copy\" tabindex=\"0\" aria-label=\"%s\"><code>",
                 label);
    write_html_lines(page->writer, text);
    write_string(page->writer, "</code></pre>\n");
}

/* By its name from where the page is. */
static struct slice model_path(const struct emission *emission) {
    struct slice name = emission->options.model_name;
    return name.length ? name : SLICE("MODEL.dfd");
}

static void write_commands(struct page *page, const struct row *row,
                           const struct pattern *pattern) {
    struct way_list ways = find_ways(page->emission, model_path(page->emission), row, pattern);
    size_t group = 0;
    write_string(page->writer, "<p>One of these commands, run where this page is:</p>\n");
    for (size_t i = 0; i < ways.count; i++) {
        if (ways.items[i].group != group)
            write_string(page->writer, group ? "<p>And one of these:</p>\n"
                                             : "<p>Or these together, one of each group:</p>\n");
        group = ways.items[i].group;
        write_copied(page, ways.items[i].command, "Command");
    }
}

static void write_ways(struct page *page, const struct row *row, const struct pattern *pattern) {
    const struct emission *emission = page->emission;
    if (!is_pending(emission->decisions, row, pattern))
        return;
    struct slice id = question_id(emission->arena, emission->rows, row, pattern);
    write_string(page->writer, "<details class=\"ways\"><summary>Decide it</summary>\n");
    write_commands(page, row, pattern);
    write_string(page->writer, "<p>Or this stub for the file of decisions; take away the # of the "
                               "line that holds, and fill it in:</p>\n");
    write_copied(page, stub_text(emission->arena, emission->rows, row, pattern, id), "Stub");
    write_string(page->writer, "</details>\n");
}

/* ---- questions --------------------------------------------------------------------------- */

static void write_references(struct page *page, const char *name, const char *address,
                             const struct slice *ids, size_t count) {
    if (!count)
        return;
    open_entry(page, name);
    for (size_t i = 0; i < count; i++) {
        struct slice rest = ids[i], word;
        slice_cut(&rest, '-', &word);
        int number;
        bool known = slice_number(rest, &number);
        write_string(page->writer, i ? ", " : "");
        if (known)
            write_format(page->writer, "<a rel=\"noreferrer\" href=\"%s%d.html\">", address,
                         number);
        write_html(page->writer, ids[i]);
        write_string(page->writer, known ? "</a>" : "");
    }
    close_entry(page);
}

/* What it is called elsewhere, and where it is listed. */
static void write_other_names(struct page *page, const struct rule *rule) {
    if (rule->ref_count) {
        open_entry(page, "In lists");
        for (size_t i = 0; i < rule->ref_count; i++)
            write_format(page->writer, "%s<a rel=\"noreferrer\" href=\"%s\">%s</a>", i ? ", " : "",
                         reference_lists[rule->refs[i]->list].home, rule->refs[i]->id);
        close_entry(page);
    }
    if (rule->aka_count) {
        open_entry(page, "Known as");
        for (size_t i = 0; i < rule->aka_count; i++) {
            write_string(page->writer, i ? ", " : "");
            write_html(page->writer, rule->aka[i]);
        }
        close_entry(page);
    }
}

/* What the pattern rests on: facts that are stated, and the first one that would settle it. */
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
    if (!pattern->settle.decl)
        return;
    open_entry(page, pattern->state == PATTERN_OPEN ? "Would settle it" : "Would decide");
    put_code(&page->document, slice_of(attribute_rows[pattern->settle.family].name));
    put_words(&page->document, " of ");
    put_id(&page->document, pattern->settle.decl);
    close_entry(page);
}

/* Of one that is asked, or would be. */
static void write_question(struct page *page, const struct row *row,
                           const struct pattern *pattern) {
    const struct rows *rows = page->emission->rows;
    const struct rule *rule = pattern->rule;
    struct arena *arena = page->emission->arena;
    write_entry(page, "What may happen", pattern_text(arena, rows, pattern, rule->scenario));
    write_entry(page, "First step", pattern_text(arena, rows, pattern, rule->mitigation));
    write_facts(page, pattern);
    write_verdict(page, row, pattern);
    write_references(page, "CWE", CWE_HOME, rule->cwe, rule->cwe_count);
    write_references(page, "CAPEC", CAPEC_HOME, rule->capec, rule->capec_count);
    write_other_names(page, rule);
}

static void write_pattern(struct page *page, const struct row *row, const struct pattern *pattern) {
    const struct emission *emission = page->emission;
    struct arena *arena = emission->arena;
    struct slice key = pattern_key(arena, emission->rows, pattern);
    bool pending = is_pending(emission->decisions, row, pattern);
    write_format(page->writer, "<section class=\"pattern %s\" id=\"",
                 pending ? "pending" : pattern_state_words[pattern->state]);
    write_html(page->writer, key);
    write_string(page->writer, "\"><h4 tabindex=\"-1\">");
    write_html_text(page->writer, pattern_ask(emission, pattern));
    write_string(page->writer, "</h4>\n<dl>");
    open_entry(page, "Question");
    put_code(&page->document, key);
    put_words(&page->document, pending ? ", to decide" : ", ");
    put_words(&page->document, pending ? "" : pattern_state_words[pattern->state]);
    if (pattern->state == PATTERN_YIELDED) {
        put_words(&page->document, " to ");
        put_code(&page->document, pattern_key(arena, emission->rows, pattern->successor));
    }
    close_entry(page);
    if (pattern->state != PATTERN_YIELDED && pattern->state != PATTERN_SILENCED)
        write_question(page, row, pattern);
    write_string(page->writer, "</dl>\n");
    write_ways(page, row, pattern);
    write_string(page->writer, "</section>\n");
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
    struct slice priority = priority_of(emission->rows->bands, row->score);
    open_entry(page, "Suggested");
    put_words(&page->document, "likelihood ");
    put_number(&page->document, (size_t)row->likelihood);
    put_words(&page->document, " × impact ");
    put_number(&page->document, (size_t)row->impact);
    put_words(&page->document, " = ");
    put_number(&page->document, (size_t)row->score);
    put_between(&page->document, priority.length > 0, ", ");
    write_html(page->writer, priority);
    put_words(&page->document, "; ");
    put_text(&page->document, score_reason(emission->arena, emission->rows, row, row->scored));
    close_entry(page);
}

static bool asks(const struct row *row) {
    return row->state != ROW_NOT_APPLICABLE && row->state != ROW_OUT_OF_SCOPE;
}

static void write_row(struct page *page, const struct row *row) {
    const struct emission *emission = page->emission;
    struct arena_mark mark = arena_mark(emission->arena);
    open_description(page, row_state_words[row->state], row_id(emission->arena, row));
    put_row_id(&page->document, row);
    put_words(&page->document, " ");
    put_text(&page->document, row->letter->name);
    put_words(&page->document, " of ");
    put_text(&page->document, short_title(emission->arena, row->subject));
    write_string(page->writer, "</h3>\n<dl>");
    open_entry(page, "State");
    put_spaced(&page->document, slice_of(row_state_words[row->state]));
    put_words(&page->document, ", tier ");
    put_number(&page->document, (size_t)row->tier);
    close_entry(page);
    open_entry(page, "At");
    put_named(&page->document, row->subject);
    close_entry(page);
    write_entry(page, "Why", row_reason(emission->arena, emission->rows, row));
    write_see(page, row);
    if (asks(row))
        write_score(page, row);
    write_verdict(page, row, NULL);
    write_string(page->writer, "</dl>\n");
    for (const struct pattern *at = asks(row) ? row->patterns : NULL; at; at = at->next)
        write_pattern(page, row, at);
    write_ways(page, row, NULL);
    write_string(page->writer, "</article>\n");
    arena_rewind(emission->arena, mark);
}

void write_row_descriptions(struct page *page) {
    const struct rows *rows = page->emission->rows;
    write_string(page->writer, "<section id=\"questions\" class=\"abouts\">"
                               "<h2>The questions in full</h2>\n");
    for (size_t i = 0; i < rows->listed_count; i++) {
        prefetch_rows(rows, i);
        if (page_has_row(page->emission, rows->ranked[i]))
            write_row(page, rows->ranked[i]);
    }
    write_string(page->writer, "</section>\n");
}
