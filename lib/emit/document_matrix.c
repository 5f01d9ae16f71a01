/* Section 5 of the document: a cell for every subject and letter. It says what was decided there,
 * with the worst state of its threats, and how many questions wait. */
// SPDX-License-Identifier: MIT
#include "emit/document_decisions.h"
#include "emit/extent.h"

/* What was decided about the questions of a row. */
struct cell {
    ARRAY_OF(const struct threat *) threats;
    struct table met;                            /* their addresses */
    size_t decided, baselined, pending, waiting; /* of those that no fact settles */
};

/* A threat may answer several questions of a row. */
static void add_threats(struct arena *arena, struct cell *cell, const struct verdict_on *verdict) {
    for (size_t i = 0; i < verdict->threats.count; i++) {
        struct threat *threat = verdict->threats.items[i];
        size_t met = cell->met.count;
        table_intern(arena, &cell->met, kept_address(arena, threat), threat);
        if (cell->met.count > met)
            *ARRAY_ADD(arena, &cell->threats) = threat;
    }
}

static void add_question(const struct emission *emission, struct cell *cell, const struct row *row,
                         const struct pattern *pattern) {
    const struct verdict_on *verdict = verdict_about(emission->decisions, row, pattern);
    bool pending = is_pending(emission->decisions, row, pattern);
    bool settled =
        pattern && pattern->state == PATTERN_COVERED && verdict && verdict->answer != ANSWER_THREAT;
    cell->pending += pending;
    cell->waiting += is_new_question(emission->decisions, row, pattern);
    if (!verdict)
        return;
    cell->decided += !pending && !settled;
    cell->baselined += verdict->answer == ANSWER_BASELINED && !pending && !settled;
    add_threats(emission->arena, cell, verdict);
}

static struct cell find_cell(const struct emission *emission, const struct row *row) {
    struct cell cell = {0};
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (at->state == PATTERN_OPEN || at->state == PATTERN_COVERED)
            add_question(emission, &cell, row, at);
    if (!row->open && !row->covered)
        add_question(emission, &cell, row, NULL);
    return cell;
}

/* ---- what a cell says -------------------------------------------------------------------- */

/* States stand in the order in which they are tried: the worst is the last. */
static enum threat_state worst_state(const struct cell *cell) {
    enum threat_state worst = THREAT_ORPHAN;
    for (size_t i = 0; i < cell->threats.count; i++)
        if (cell->threats.items[i]->state > worst)
            worst = cell->threats.items[i]->state;
    return worst;
}

static void put_cell_threats(struct document *document, const struct cell *cell) {
    for (size_t i = 0; i < cell->threats.count; i++) {
        put_between(document, i > 0, ", ");
        put_threat_link(document, decl_id(cell->threats.items[i]->decision.decl));
    }
    put_words(document, " ");
    put_spaced(document, slice_of(threat_states[worst_state(cell)].word));
}

/* Every cell in which something is asked links to where that is. */
static bool is_linked(const struct document *document, const struct row *row) {
    const struct emission *emission = document->emission;
    if (document->form->shows_all)
        return page_has_row(emission, row);
    return shows_section(emission, SECTION_questions) && shows_tier(emission, row->tier) &&
           count_pending(emission->decisions, row) > 0;
}

static void put_mark(struct document *document, const struct row *row, const char *mark) {
    bool linked = is_linked(document, row);
    if (linked)
        open_row_link(document, row);
    put_words(document, mark);
    if (linked)
        close_part(document, PART_LINK);
}

static void put_pending(struct document *document, const struct row *row, const struct cell *cell) {
    put_mark(document, row, row->tier == 1 ? "●" : "○");
    if (cell->decided) {
        put_words(document, " ");
        put_number(document, cell->pending);
        put_words(document, " of ");
        put_number(document, cell->pending + cell->decided);
    }
}

static const char *mark_of(const struct row *row, const struct cell *cell) {
    static const char *const marks[ROW_STATE_COUNT] = {
        [ROW_OUT_OF_SCOPE] = "×", [ROW_NOT_APPLICABLE] = "–", [ROW_ANSWERED] = "◆",
        [ROW_FOLDED] = "↗",       [ROW_OPEN] = "○",           [ROW_COVERED] = "✓"};
    if (row->covered && !row->open)
        return marks[ROW_COVERED]; /* whatever was decided before that was stated */
    if (row->state == ROW_ANSWERED && cell->waiting)
        return "◌";
    if (row->state == ROW_ANSWERED && cell->baselined)
        return "◇";
    return marks[row->state];
}

static void write_cell(struct document *document, const struct row *row) {
    struct cell cell = find_cell(document->emission, row);
    next_cell(document);
    if (cell.threats.count)
        put_cell_threats(document, &cell);
    put_between(document, cell.threats.count && cell.pending, ", ");
    if (cell.pending)
        put_pending(document, row, &cell);
    else if (!cell.threats.count)
        put_mark(document, row, mark_of(row, &cell));
}

/* ---- the table --------------------------------------------------------------------------- */

/* The subject, then a column for each letter. */
#define COLUMNS_BEFORE 1

static void open_matrix(struct document *document) {
    const struct emission *emission = document->emission;
    const struct method *method = emission->rows->pack->method;
    size_t count = COLUMNS_BEFORE + method->letter_count;
    const char **titles = ARENA_ARRAY(emission->arena, const char *, count);
    titles[0] = "Subject";
    for (size_t i = 0; i < method->letter_count; i++)
        titles[COLUMNS_BEFORE + i] = slice_string(emission->arena, method->letters[i].code);
    document->form->open_table(document,
                               (struct columns){titles, count, method->letter_count, "matrix"});
}

/* Whether something is open or decided at a subject that this file does not name. */
static bool tells_any(const struct emission *emission, size_t subject) {
    size_t letters = emission->rows->pack->method->letter_count;
    for (size_t i = subject * letters; i < (subject + 1) * letters; i++)
        if (emission->rows->cells[i].state == ROW_OPEN ||
            emission->rows->cells[i].state == ROW_ANSWERED)
            return true;
    return false;
}

static void write_row(struct document *document, const struct decl *subject,
                      const struct row *cells, size_t letters) {
    struct arena_mark mark = arena_mark(document->emission->arena);
    open_part(document, PART_ROW);
    next_cell(document);
    put_named(document, subject);
    for (size_t i = 0; i < letters; i++)
        write_cell(document, &cells[i]);
    close_part(document, PART_ROW);
    arena_rewind(document->emission->arena, mark);
}

void write_matrix(struct document *document) {
    const struct emission *emission = document->emission;
    const struct decl_list *subjects = &emission->analysis->model->subjects;
    size_t letters = emission->rows->pack->method->letter_count;
    put_paragraph(document,
                  "● to decide, tier 1 · ○ to decide, tiers 2 and 3 · ◆ dismissed · ◇ left "
                  "open · ◌ new question · ✓ covered · ↗ asked at a flow · – does not "
                  "apply · × out of scope");
    size_t left_out = 0;
    open_matrix(document);
    for (size_t i = 0; i < subjects->count; i++) {
        if (i >= emission->model->subjects.count && !tells_any(emission, i))
            continue;
        if (page_has_subject(emission, subjects->items[i]))
            write_row(document, subjects->items[i], &emission->rows->cells[i * letters], letters);
        else
            left_out++;
    }
    close_part(document, PART_TABLE);
    put_absent_flows(document, left_out);
}
